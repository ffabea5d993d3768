"""`kier doctor`: what Kier would run on and with, in one look. Changes nothing, sends nothing."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import version
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.backup import last_failure, size_words
from bot.clock import SystemClock
from bot.gateway import Gateway
from bot.hooks import Connection
from bot.outcomes import Me, Unauthorized
from bot.settings import Settings
from scheduler.workdays import Workdays
from storage import backup, inbox, teams
from storage.database import Database
from storage.errors import DatabaseRefused, KeysRefused
from storage.inbox import DeadLetter
from storage.keys import Keyring, new_key

WRONG = 1
LETTERS_MAX = 10
AHEAD = timedelta(days=120)
CLOSED_SHOWN = 6
WAIT_S = 30.0  # for Telegram and for a PostgreSQL that does not answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line: what was looked at, what was found, and whether Kier can run with it."""

    what: str
    found: str
    well: bool = True


def main(settings: Settings, *, as_json: bool = False) -> int:
    """Print what was found, line by line; return 1 when Kier could not run like this."""
    findings = asyncio.run(look(settings))
    if as_json:
        print(json.dumps([asdict(each) for each in findings], indent=2))  # noqa: T201  the answer
    else:
        show(findings, Console(soft_wrap=True))
    return 0 if all(each.well for each in findings) else WRONG


def show(findings: Iterable[Finding], console: Console) -> None:
    """Print findings, a line each; what keeps Kier from running begins with an exclamation."""
    table = Table.grid(padding=(0, 1))
    table.add_column(width=1, style="red")
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for each in findings:
        table.add_row("" if each.well else "!", each.what, escape(each.found))
    console.print(table)


async def look(settings: Settings) -> list[Finding]:
    """Return what there is: the machine, the database, the way to Telegram."""
    database = await _database(settings)
    return [*_machine(settings), *database, *_backups(settings), await _telegram(settings)]


def _machine(settings: Settings) -> Iterator[Finding]:
    team = settings.team
    free = shutil.disk_usage(settings.data_dir).free // 2**20
    yield Finding(what="Kier", found=f"{version('kier')} on Python {platform.python_version()}")
    yield Finding(
        what="Team",
        found=f"{team.name} ({team.calendar.country}, {team.calendar.timezone}), "
        f"{', '.join(team.procedures)}; from {settings.team_file}",
    )
    if team.phone is None:
        found = "none in the team file: a note to a client has a gap where it should stand"
        yield Finding(what="Phone", found=found)
    yield _calendar(Workdays(team.calendar), SystemClock().now())
    yield Finding(what="Files", found=f"{settings.data_dir} ({free} MB free)")


def _calendar(days: Workdays, now: datetime) -> Finding:
    """Say what time it is for the team: a wrong zone or a wrong clock shows here."""
    today = days.day_of(now)
    local = now.astimezone(ZoneInfo(days.rules.timezone))
    closed = ", ".join(f"{day:%a %d %b}" for day in closed_days(days, today)) or "no day"
    state = "open" if days.is_open(now) else f"opens {_short(days.next_opening(now), days)}"
    found = f"{local:%a %d %b %H:%M}, {state}; closed soon besides weekends: {closed}"
    return Finding(what="Calendar", found=found)


def _short(moment: datetime, days: Workdays) -> str:
    return f"{moment.astimezone(ZoneInfo(days.rules.timezone)):%a %d %b %H:%M}"


def closed_days(days: Workdays, today: date) -> list[date]:
    """Return the next days on which the team would work, were they not closed."""
    usual = {number for number, blocks in enumerate(days.rules.hours) if blocks}
    closed = days.closed_between(today, today + AHEAD)
    return [day for day in closed if day.weekday() in usual][:CLOSED_SHOWN]


async def _database(settings: Settings) -> tuple[Finding, ...]:
    name = _database_name(settings.database_url)
    is_file = settings.database_url.startswith("sqlite")
    if is_file and not settings.key_file.exists():
        found = f"{name}; no key yet at {settings.key_file}: both are made at the first start"
        return (Finding(what="Database", found=found),)
    try:
        async with asyncio.timeout(WAIT_S):
            # without a key yet a server is tried all the same: an empty database needs none
            is_made = settings.key_file.exists()
            keys = Keyring.load(settings.key_file) if is_made else Keyring([new_key(os.urandom)])
            database = await Database.open(settings.database_url, keys=keys, migrate=False)
            try:
                dead, failure = await database.read(lambda c: (_dead(c), last_failure(c)))
            finally:
                await database.close()
    except DatabaseRefused as refused:
        if refused.reason in ("missing", "old_schema"):
            found = f"{name}; made, or brought up to date, at the next start"
            return (Finding(what="Database", found=found),)
        return (Finding(what="Database", found=f"{name}: {refused.way_out}", well=False),)
    except KeysRefused as refused:
        return (Finding(what="Key", found=refused.way_out, well=False),)
    except (TimeoutError, OSError):
        return (Finding(what="Database", found=f"{name} does not answer", well=False),)
    there = Finding(what="Database", found="; ".join((name, *database.warnings)))
    return (there, *_letters(dead), *_failed_backup(failure))


def _dead(c: Connection) -> tuple[DeadLetter, ...]:
    team = teams.team(c)
    return inbox.dead_letters(c, team.id) if team is not None else ()


def _letters(dead: tuple[DeadLetter, ...]) -> Iterator[Finding]:
    """Say number, moment (UTC) and code of what could not be handled, never what it says."""
    for letter in dead[:LETTERS_MAX]:
        when = f"{letter.settled_at:%Y-%m-%d %H:%M} UTC"
        found = f"no. {letter.id}, {when}, {letter.code}, {letter.attempts} attempts: kept"
        yield Finding(what="Unhandled", found=found)
    if (more := len(dead) - LETTERS_MAX) > 0:
        yield Finding(what="Unhandled", found=f"and {more} older")


def _failed_backup(code: str | None) -> Iterator[Finding]:
    if code is not None:
        found = f"the last one could not be made ({code}); try kier backup, it says why"
        yield Finding(what="Backup", found=found, well=False)


def _backups(settings: Settings) -> Iterator[Finding]:
    """Say how many backups there are and how old the newest is; none yet is no fault."""
    if settings.backup_dir is None:
        return
    kept = backup.kept(settings.backup_dir)
    if not kept:
        found = f"none yet in {settings.backup_dir}; the bot makes one every hour"
        yield Finding(what="Backup", found=found)
        return
    made_at, newest = kept[-1]
    minutes = int((SystemClock().now() - made_at).total_seconds() // 60)
    age = f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"
    found = f"{newest}, {age} old, {size_words(newest.stat().st_size)}; {len(kept)} kept"
    yield Finding(what="Backup", found=found)


def _database_name(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return f"SQLite in {parts.path.removeprefix('/')}"
    # never the user's name or password
    return f"PostgreSQL on {parts.hostname or 'a local socket'}, {parts.path.removeprefix('/')}"


async def _telegram(settings: Settings) -> Finding:
    gateway = Gateway(settings.token.get_secret_value(), settings.api_url)
    try:
        async with asyncio.timeout(WAIT_S):
            me = await gateway.get_me()
            webhook = await gateway.get_webhook_url() if isinstance(me, Me) else ""
    except TimeoutError:
        me, webhook = None, ""
    finally:
        await gateway.close()
    if isinstance(me, Me):
        is_set = isinstance(webhook, str) and webhook != ""
        taken = "; a webhook is set: kier run takes it away" if is_set else ""
        return Finding(what="Telegram", found=f"{settings.api_url}, as @{me.username}{taken}")
    if isinstance(me, Unauthorized):
        found = f"{settings.api_url} does not know this token; BotFather gives another (/token)"
        return Finding(what="Telegram", found=found, well=False)
    found = f"{settings.api_url} cannot be reached, or does not answer as Telegram does"
    return Finding(what="Telegram", found=found, well=False)

"""`kier procedure replay`: a new version tried on the cases of a database; nothing is written.

Names cases by their reference alone. What is compared is `scheduler.trial`'s.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from bot.command import AskedWrongly, ended
from bot.handle.office import Office
from bot.hooks import Connection
from bot.settings import Settings
from scheduler.load import ProcedureError, load_named
from scheduler.procedure import Procedure
from scheduler.trial import Follows, Otherwise, trial
from scheduler.workdays import Workdays
from storage import cases, history, procedures, teams
from storage.database import Database
from storage.keys import Keyring

DIFFERENT: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One case and where it would have gone on otherwise."""

    ref: str
    otherwise: tuple[Otherwise, ...]


def main(settings: Settings, name: str) -> int:
    """Print, by case, what would have been otherwise; 0: nothing, 1: something, 2: asked wrongly.

    `name` is a procedure that ships, an example or a file; its key says which cases are meant.
    """
    out = Console(soft_wrap=True, highlight=False)
    err = Console(stderr=True, soft_wrap=True, highlight=False)

    def work() -> int:
        new = _read(name, settings)
        found = asyncio.run(_tried(settings, new, err))
        _say(out, found, new, ZoneInfo(settings.team.calendar.timezone))
        return DIFFERENT if any(each.otherwise for each in found) else 0

    return ended(err, work)


def _read(name: str, settings: Settings) -> Procedure:
    try:
        plain = load_named(name)
        overrides = settings.team.overrides.get(plain.id)
        return load_named(name, overrides) if overrides else plain
    except ProcedureError as error:
        said = "\n".join(f"{name}: {problem}" for problem in error.problems)
        raise AskedWrongly(said) from None


async def _tried(settings: Settings, new: Procedure, err: Console) -> tuple[Tried, ...]:
    keys = Keyring.load(settings.key_file)
    database = await Database.open(settings.database_url, keys=keys, migrate=False)
    try:
        return await database.snapshot(lambda c: read(c, settings, new, err))
    finally:
        await database.close()


def read(c: Connection, settings: Settings, new: Procedure, err: Console) -> tuple[Tried, ...]:
    """Return the team's cases that followed a version of `new`, by reference."""
    known = {each.name: each.id for each in teams.teams(c)}
    if settings.team.name not in known:
        raise AskedWrongly(
            f"The database knows no team {settings.team.name}; look whether KIER_TEAM_FILE and "
            "the database belong together."
        )
    team_id, days = known[settings.team.name], Workdays(settings.team.calendar)
    office = Office(team_id=team_id, team=settings.team, days=days, bot_name=None, current={})
    keys = {version.key for version in procedures.versions(c, team_id)}
    if new.id not in keys:
        theirs = ", ".join(sorted(keys)) or "none"
        raise AskedWrongly(f"No case followed {new.id}; procedures of this database: {theirs}.")
    every = [one for one in cases.all_cases(c, team_id) if one.case.procedure == new.id]
    found = []
    with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        for stored in progress.track(every, description="Trying"):
            lines = [(line.at, line.event) for line in history.events(c, stored.row.id)]
            old = office.procedure(c, stored.row.procedure_id)
            found.append(Tried(ref=stored.row.ref, otherwise=trial(lines, old, new, days)))
    return tuple(sorted(found, key=lambda each: each.ref))


def _say(out: Console, found: tuple[Tried, ...], new: Procedure, zone: ZoneInfo) -> None:
    for tried in found:
        if tried.otherwise:
            out.print(f"[bold]{escape(tried.ref)}[/]")
            for each in tried.otherwise:
                for line in _lines(each, zone):
                    out.print(escape(f"  {line}"))
    differ = sum(bool(each.otherwise) for each in found)
    out.print(escape(f"{len(found)} cases of {new.id} tried: {differ} would have gone otherwise."))


def _lines(each: Otherwise, zone: ZoneInfo) -> Iterator[str]:
    head = {
        "report": "after the report",
        "answer": f"after {each.step}: {each.answer}",
        "time": f"while nobody answered {each.step}".rstrip(),
    }[each.what]
    yield f"{_moment(each.at, zone)}, {head}"
    yield f"    was:      {_all(each.then, zone)}"
    yield f"    would be: {_all(each.now, zone)}"


def _all(follows: tuple[Follows, ...], zone: ZoneInfo) -> str:
    return ", ".join(_one(each, zone) for each in follows) or "nothing of that"


def _one(each: Follows, zone: ZoneInfo) -> str:
    if each.what == "refused":
        return "this cannot be answered"
    at = f" {_WHEN.get(each.what, 'at')} {_moment(each.at, zone)}" if each.at else ""
    what = each.what.replace("_", " ")
    return f"{what} {each.step}".rstrip() + at


_WHEN: Final = {"opens": "due", "again": "due"}


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"

"""`kier rotate-key`: another master key for all that is sealed, with the bot stopped.

The new key goes on top of the key file, every value is sealed under it, and only when all of them
open with it alone is the old one taken out. Killed at any moment, the next call goes on.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.backup import back_up
from bot.clock import SystemClock
from bot.leader import Leader
from bot.loops import Stop
from bot.settings import Settings
from storage import rotate, teams
from storage.database import Database, lock_for_running
from storage.errors import BackupRefused, DatabaseFailed, DatabaseRefused, KeysRefused, LeaseLost
from storage.keys import Keyring, key_lines, new_key, write_key_file

NOT_DONE: Final = 1
WRONG: Final = 2
AGAIN: Final = "Run kier rotate-key again: it goes on where it was."

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotated:
    """What was done. `backup` None: none could be made under the new key."""

    values: int
    went_on: bool
    old_keys: str
    backup: str | None


def main(settings: Settings, *, as_json: bool) -> int:
    """Change the key; exit status 0, 1 when it is not done yet, 2 when Kier cannot work here."""
    console = Console(stderr=True, soft_wrap=True)
    try:
        with _progress(console) as told:
            rotated = asyncio.run(change(settings, SystemClock().now(), told))
    except (DatabaseRefused, KeysRefused) as refused:
        console.print(escape(refused.way_out))
        return WRONG
    except DatabaseFailed as failed:
        console.print(f"The database did not take it ({failed.code}). {AGAIN}")
        return NOT_DONE
    except LeaseLost:
        console.print(f"A bot was started meanwhile; stop it. {AGAIN}")
        return NOT_DONE
    except KeyboardInterrupt:
        console.print(f"Stopped; both keys are in the key file, and all can be read. {AGAIN}")
        return 130
    if as_json:
        Console(soft_wrap=True).print_json(json.dumps(asdict(rotated)))
        return 0
    for line in summary(settings, rotated):
        console.print(escape(line))
    return 0


def summary(settings: Settings, rotated: Rotated) -> list[str]:
    """Return what was done and what is left to do, line by line."""
    key_file = settings.key_file
    lines = [
        f"Values sealed under the new key in {key_file}: {rotated.values}. Keep a copy of it.",
        f"The old key is in {rotated.old_keys}. Backups from before now open only with it.",
        f"To put one of these back: add that line to {key_file}, restore, run kier rotate-key.",
        "Delete it when those backups are gone (a month); at once, and them too, if it leaked.",
    ]
    if rotated.backup is None:
        lines.append("No backup could be made under the new key: run kier backup.")
    else:
        lines.append(f"A backup under the new key: {rotated.backup}.")
    lines.append(
        f"The backups' own key is another one ({settings.backup_key_file}) and was left as it is: "
        "to change it, put a new one on its first line."
    )
    return lines


async def change(settings: Settings, now: datetime, told: Told = rotate.hear_nothing) -> Rotated:
    """Change the key of a database on which no bot runs.

    Raises `KeysRefused`, `DatabaseRefused`, `DatabaseFailed` and `LeaseLost`; what was done by
    then stays done, and nothing is unreadable.
    """
    async with AsyncExitStack() as opened:
        if settings.database_url.startswith("sqlite"):
            place = Path(settings.database_url.partition(":///")[2])
            opened.callback(lock_for_running(place).release)
        lines = key_lines(settings.key_file)
        went_on = len(lines) > 1
        if not went_on:
            lines = (new_key(os.urandom), *lines)
        database = await Database.open(settings.database_url, keys=Keyring(lines), migrate=False)
        opened.push_async_callback(database.close)
        beat = await _lead(database, opened)
        if not went_on:  # the keys fit, nobody else is at work: now, and before it seals anything
            write_key_file(settings.key_file, lines)
        values = await rotate.reseal_all(database, told, beat)
        await beat()
        if not await rotate.opens_alone(database, Keyring(lines[:1])):
            raise DatabaseFailed("not_all_sealed")
        await database.fold_log()
        old = _put_aside(settings.key_file, lines[1:], now)
        write_key_file(settings.key_file, lines[:1])
        return Rotated(
            values=values,
            went_on=went_on,
            old_keys=str(old),
            backup=await _backup(database, settings, now),
        )


def _put_aside(path: Path, old: tuple[bytes, ...], now: datetime) -> Path:
    """Keep old keys beside the key file, for the backups of before; return where."""
    aside = path.with_name(f"{path.name}.old-{now.astimezone(UTC):%Y%m%d}")
    known = key_lines(aside) if aside.exists() else ()
    write_key_file(aside, dict.fromkeys((*old, *known)))
    return aside


async def _backup(database: Database, settings: Settings, now: datetime) -> str | None:
    try:
        return str((await back_up(database, settings, now)).path)
    except (BackupRefused, KeysRefused, DatabaseFailed):
        return None


async def _lead(database: Database, opened: AsyncExitStack) -> rotate.Beat:
    """Hold the bot's lease on PostgreSQL, and return what renews it; SQLite has its lock file."""
    leaders = []
    if database.dialect == "postgresql":
        for team in await database.read(teams.teams):
            leader = Leader(database, team.id, stop=Stop())
            if not await leader.take():
                raise DatabaseRefused("running", "Kier runs on this database; stop it first.")
            opened.push_async_callback(leader.release)
            leaders.append(leader)

    async def renew() -> None:
        for leader in leaders:
            await leader.run_once()

    return renew


@contextmanager
def _progress(console: Console) -> Iterator[Told]:
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    quiet = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=quiet) as progress:
        task = progress.add_task("Sealing anew", total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)

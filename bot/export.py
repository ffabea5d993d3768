"""`kier export …`: files of cases from the server, beside the running bot.

Reads one snapshot and writes nothing but the access log's line and a notice to the coordinators,
before the file. What it says goes
to standard error, so that the file itself can go to standard output.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot import acts
from bot.clock import SystemClock
from bot.command import AskedWrongly, ended
from bot.handle.exporting import Exporter, File
from bot.handle.looking import Looking
from bot.handle.notices import exported, tell_coordinators
from bot.handle.office import Desk, Office
from bot.handle.posting import Post
from bot.hooks import Connection
from bot.making import make
from bot.reading.references import read_reference
from bot.settings import Settings
from bot.texts import settled
from bot.whole_file import look_first, write_whole
from scheduler.workdays import Workdays
from storage import cases, teams
from storage.database import Database
from storage.keys import Keyring


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was typed. `ref`: the case as typed, of the export of one; `more` goes to DDAS."""

    act: acts.Export
    out: Path
    force: bool = False
    language: str | None = None
    ref: str | None = None
    more: tuple[tuple[str, str], ...] = ()


def main(settings: Settings, order: Order) -> int:
    """Write the file; exit status 0, 1 when it could not be written, 2 when it was asked wrongly.

    Every refusal says its cause and what to do next, in one sentence.
    """
    console = Console(stderr=True, soft_wrap=True)

    def work() -> None:
        look_first(order.out, force=order.force)
        file = asyncio.run(_read(settings, order, console, SystemClock().now()))
        with console.status("Making the file"):
            content = make(file.made.kind, file.made.values)
        write_whole(order.out, content, force=order.force)
        said = "1 case" if file.count == 1 else f"{file.count} cases"
        names = " with names" if order.act.with_names or order.act.what == "case" else ""
        console.print(f"{escape(str(order.out))}: {said}{names}, noted in the access log")

    return ended(console, work, stopped="Stopped; no file was written.")


async def _read(settings: Settings, order: Order, console: Console, now: datetime) -> File:
    keys = Keyring.load(settings.key_file)
    database = await Database.open(settings.database_url, keys=keys, migrate=False)
    try:
        with _progress(console) as progress:
            bar = progress.add_task("Reading cases", total=None)

            def told(number: int, of: int) -> None:
                progress.update(bar, completed=number, total=of)

            act, file = await database.read(_reading(settings, order, now, told))
        await database.write(partial(_note, settings, act, file, now))
        return file
    finally:
        await database.close()


def _progress(console: Console) -> Progress:
    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*shown, console=console, transient=True)


def _reading(
    settings: Settings, order: Order, now: datetime, told: Callable[[int, int], None]
) -> Callable[[Connection], tuple[acts.Export, File]]:
    def unit(c: Connection) -> tuple[acts.Export, File]:
        exporter = _exporter(c, settings, now)
        act = order.act
        if order.ref is not None:
            act = replace(act, case=_case_id(c, settings, order.ref))
        language = settled(order.language, settings.team.language)
        frame = exporter.frame(act, language=language, made_by=None)
        more: dict[str, Any] = dict(order.more)
        file = exporter.file(act, frame, told=told, **more)
        if file is None:
            raise AskedWrongly("There is nothing in this period; ask for a longer one.")
        return act, file

    return unit


def _note(settings: Settings, act: acts.Export, file: File, now: datetime, c: Connection) -> None:
    """Write the export down, and tell the coordinators (S22)."""
    desk = _desk(c, settings, now)
    look = Looking(desk)
    Exporter(desk, look).log(act, file, None)
    tell_coordinators(desk, Post(desk, look), exported(act), None, file.count)


def _exporter(c: Connection, settings: Settings, now: datetime) -> Exporter:
    """Return who exports."""
    desk = _desk(c, settings, now)
    return Exporter(desk, Looking(desk))


def _desk(c: Connection, settings: Settings, now: datetime) -> Desk:
    """Return a desk that changes no case: the procedures are those stored."""
    office = Office(
        team_id=_team_id(c, settings),
        team=settings.team,
        days=Workdays(settings.team.calendar),
        bot_name=None,
        current={},
    )
    return Desk(c, office, now)


def _team_id(c: Connection, settings: Settings) -> int:
    known = {each.name: each.id for each in teams.teams(c)}
    if settings.team.name not in known:
        raise AskedWrongly(
            f"The database knows no team {settings.team.name}; look whether KIER_TEAM_FILE and "
            "KIER_DATABASE_URL belong together."
        )
    return known[settings.team.name]


def _case_id(c: Connection, settings: Settings, typed: str) -> int:
    ref = read_reference(typed)
    row = cases.case_by_ref(c, _team_id(c, settings), ref) if ref is not None else None
    if row is None:
        raise AskedWrongly(
            f"There is no case {typed}; a number reads like K7QM-4T and stands in every message."
        )
    return row.id

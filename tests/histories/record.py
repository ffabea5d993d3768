"""Records what cases of this version leave behind: `python -m tests.histories.record`.

Plays rehearsals through the real bot and writes each case's history and last state as they lie in
storage, with the procedure's file beside them: codes, moments and row numbers, all invented. Do
so when a procedure gets a new version, and keep what older versions left: cases of theirs go on.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from bot.rehearsal.player import Player
from bot.rehearsal.story import Story
from bot.rehearsal.story_file import read_stories
from scheduler.agenda import Rules, first_moment
from scheduler.apply import replay
from scheduler.case import Case
from scheduler.decision import Event
from scheduler.load import load, load_named, shipped_text
from scheduler.people import Roster
from scheduler.procedure import Procedure
from scheduler.workdays import CalendarRules, Workdays
from storage import cases, codec, history
from storage.database import Database
from storage.keys import Keyring, new_key

HERE: Final = Path(__file__).parent
STORIES: Final = HERE.parent / "stories"
CHOSEN: Final = {
    "ravels": (
        "s01-five-days-nobody-reached", "s03-refusal-national-day", "s06-client-calls-back",
        "k10-appointment", "k14-actions", "k16-hearing", "k17-eviction-ravels",
        "k26-three-month-check-ravels", "k27-reopened-by-the-client", "k29-second-report",
        "k34-leaving-the-team", "k37-done-differently",
    ),
    "eropaf": (
        "s09-crisis-eviction-in-three-days", "s13-kings-day", "s15-three-month-check",
        "k18-eviction-eropaf", "k22-gate-lifted", "k23-three-times-not-reached",
        "k24-call-rounds-and-meeting", "k25-escalation", "k50-hearing-eropaf",
        "k53-reopened-eropaf", "k54-leaving-eropaf", "k64-postponed-in-a-round",
    ),
}  # fmt: skip
PROCEDURE: Final = "procedure.yaml"


@dataclass(frozen=True)
class Recorded:
    """One case as it was left: `events` with their moments, and what it was and when it woke."""

    events: tuple[tuple[datetime, Event], ...]
    final: Case
    wakes: tuple[datetime | None, ...]
    """After each moment at which something happened, when the case was to wake next."""
    days: Workdays


def folder_of(procedure: Procedure) -> Path:
    """Return where the histories of a procedure's version are."""
    return HERE / f"{procedure.id}-v{procedure.version}"


def procedure_in(folder: Path) -> Procedure:
    """Return the procedure of that version, from the file that was recorded with it."""
    return load((folder / PROCEDURE).read_text("utf-8"), origin=folder.name)


def read(file: Path) -> tuple[Recorded, ...]:
    """Return the cases of one story. Raises `CodecError` for what today's code cannot read."""
    story = json.loads(file.read_text("utf-8"))
    days = Workdays(codec.decoder(CalendarRules)(story["calendar"]))
    return tuple(
        Recorded(
            events=tuple((datetime.fromisoformat(t), _load(Event, x)) for t, x in case["events"]),
            final=_load(Case, case["final"]),
            wakes=tuple(at and datetime.fromisoformat(at) for at in case["wakes"]),
            days=days,
        )
        for case in story["cases"]
    )


def wakes(recorded: Recorded, procedure: Procedure) -> tuple[datetime | None, ...]:
    """Return when the case wakes next, after each moment at which something happened."""
    rules = Rules(procedure=procedure, days=recorded.days, roster=Roster(people={}))
    case = Case(procedure=procedure.id, version=procedure.version)
    found = []
    for at, several in groupby(recorded.events, key=lambda line: line[0]):
        case = replay(case, (event for _, event in several))
        moment = first_moment(case, at, rules)
        found.append(moment.at if moment else None)
    return tuple(found)


def _load(hint: Any, plain: Any) -> Any:
    return codec.loads(hint, json.dumps(plain).encode())


async def _play(story: Story, procedure: Procedure) -> list[Recorded]:
    with tempfile.TemporaryDirectory() as place:
        keys = Keyring([new_key(os.urandom)])
        database = await Database.open(f"sqlite:///{place}/history.sqlite", keys=keys)
        try:
            player = Player(story, database)
            wrong = await player.play()
            assert wrong == [], f"{story.title}: {wrong}"
            return await database.read(lambda c: _cases(c, player, procedure))
        finally:
            await database.close()


def _cases(c: Any, player: Player, procedure: Procedure) -> list[Recorded]:
    found = []
    for stored in cases.all_cases(c, player.team_id):
        events = tuple((line.at, line.event) for line in history.events(c, stored.row.id))
        one = Recorded(events=events, final=stored.case, wakes=(), days=player.days)
        found.append(Recorded(events, stored.case, wakes(one, procedure), player.days))
    return found


def _written(story: Story, recorded: list[Recorded]) -> str:
    """Return a story as JSON, one event a line."""

    def plain(value: Any, hint: Any) -> str:
        return codec.dumps(value, hint).decode()

    parts = []
    for case in recorded:
        lines = ",\n".join(f'["{at.isoformat()}", {plain(e, Event)}]' for at, e in case.events)
        woke = json.dumps([at and at.isoformat() for at in case.wakes])
        last = plain(case.final, Case)
        parts.append(f'{{"events": [\n{lines}\n],\n"wakes": {woke},\n"final": {last}}}')
    calendar = json.dumps(codec.encoder(CalendarRules)(story.calendar))
    body = ",\n".join(parts)
    head = f'"story": {json.dumps(story.title)},\n"calendar": {calendar}'
    return f'{{{head},\n"cases": [\n{body}\n]}}\n'


def main() -> None:
    """Write the histories of the versions that ship now; those of others stay."""
    for name, stems in CHOSEN.items():
        procedure = load_named(name)
        folder = folder_of(procedure)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / PROCEDURE).write_text(shipped_text(name), "utf-8")
        for stem in stems:
            story = read_stories((STORIES / f"{stem}.yaml").read_bytes(), folder=STORIES)[0]
            assert story.procedure == name and not story.overrides, stem
            recorded = asyncio.run(_play(story, procedure))
            (folder / f"{stem}.json").write_text(_written(story, recorded), "utf-8")


if __name__ == "__main__":
    main()

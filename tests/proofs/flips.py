"""A bit flipped anywhere in what history holds is found."""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import text

from storage import history
from storage.database import Database
from storage.keys import Keyring
from tests.proofs.figures import Figures, Tell
from tests.storage.test_cases import flipped
from tests.world import KEYS, REPORT, World

NAME: Final = "Bits flipped in history"
PROMISES: Final = ("P10",)
FLIPS: Final = 1_000
COLUMNS: Final = ("seq", "at", "kind", "body", "hash", "by_id", "team_id")
ANSWERS: Final = ("Niet gesproken", "Gesproken – wil nu geen hulp")
HOUSEHOLDS: Final = (("Verbeke", "Dorpsstraat"), ("Peeters", "Kerkstraat"))
SEED: Final = 10


class _Looked(Exception):
    """Ends the unit, so that nothing of it is committed. `args`: found, seen without a chain."""


def prove(scale: float, tell: Tell) -> Figures:
    """Flip a thousand bits (1.0), one at a time, each put back."""
    began = time.monotonic()
    flips = max(round(FLIPS * scale), 20)
    with tempfile.TemporaryDirectory(prefix="kier-proof-") as place:
        cases, events, found, seen = asyncio.run(_all(Path(place), flips, tell))
    return Figures(
        counts={"cases": cases, "events": events, "bits flipped": flips},
        bad={"flips that `kier verify` did not find": flips - found},
        control={"flips that a look at each event alone did not find": flips - seen},
        seconds=time.monotonic() - began,
    )


async def _all(place: Path, flips: int, tell: Tell) -> tuple[int, int, int, int]:
    database = await Database.open(f"sqlite:///{place}/kier.sqlite", keys=Keyring.load(KEYS))
    try:
        world = await World.open(database)
        for (name, street), answer in zip(HOUSEHOLDS, ANSWERS, strict=True):
            report = REPORT.replace("Verbeke", name).replace("Dorpsstraat", street)
            await world.assigned(text=report.replace("0470 12 34 56", "onbekend nummer"))
            await world.presses("An", answer)
        rows = await database.read(_rows)
        unit = partial(_flip, team_id=world.team_id, rows=rows, flips=flips, tell=tell)
        with pytest.raises(_Looked) as looked:
            await database.write(unit)
        return len({case for case, _ in rows}), len(rows), *looked.value.args
    finally:
        await database.close()


def _rows(c: Any) -> list[tuple[int, int]]:
    return [(row[0], row[1]) for row in c.execute(text("SELECT case_id, seq FROM event"))]


def _flip(c: Any, *, team_id: int, rows: list[tuple[int, int]], flips: int, tell: Tell) -> None:
    dice = random.Random(SEED)
    found = seen = 0
    c.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for done in range(1, flips + 1):
        column, (case_id, seq) = dice.choice(COLUMNS), dice.choice(rows)
        here = {"kase": case_id, "seq": seq}
        where = "WHERE case_id = :kase AND seq = :seq"
        before = c.execute(text(f"SELECT {column} FROM event {where}"), here).scalar()  # noqa: S608
        point = c.begin_nested()
        after = flipped(column, before, dice)
        c.execute(text(f"UPDATE event SET {column} = :after {where}"), here | {"after": after})  # noqa: S608
        found += bool(history.verify(c, team_id))
        seen += not _is_plausible(column, after)
        point.rollback()
        tell(done, flips)
    raise _Looked(found, seen)


def _is_plausible(column: str, value: Any) -> bool:
    """Say whether a look without a chain would let it pass: all but a body that does not read."""
    if column != "body":
        return True
    try:
        json.loads(value)
    except ValueError:
        return False
    return True

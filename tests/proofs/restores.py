"""Backups made under load and put back, on both databases and from one to the other."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final

from storage import teams
from storage.database import Database
from storage.keys import Keyring
from tests.proofs.figures import Figures, Tell
from tests.proofs.suite import ran
from tests.world import KEYS, MONDAY

NAME: Final = "Backups under load, put back"
PROMISES: Final = ("P16",)
ROUNDS: Final = 25
"""On each of the two databases: fifty in all."""
TESTS: Final = "tests/storage/test_restore.py"
UNITS: Final = 50
UNDER_LOAD: Final = "test_a_backup_under_load_is_whole"


def prove(scale: float, tell: Tell) -> Figures:
    """Fifty restores under load (1.0), and every other test of a restore once."""
    began = time.monotonic()
    rounds = max(round(ROUNDS * scale), 1)
    found = ran(TESTS, tell=tell, env={"PROVE_RESTORES": str(rounds)})
    loaded = [name for name in found.passed if UNDER_LOAD in name]
    return Figures(
        counts={
            "restores of a backup made under load": len(loaded),
            "other tests of a restore (damaged, killed, erased since, other database)": len(
                found.passed
            )
            - len(loaded),
        },
        bad={"that did not hold": len(found.failed)},
        control={"units that a plain copy of the file lacked": asyncio.run(_plain_copy())},
        seconds=time.monotonic() - began,
    )


async def _plain_copy() -> int:
    """Return how many committed units are not in a copy of the file, made as one copies a file."""
    with tempfile.TemporaryDirectory() as folder:
        path, copy = Path(folder) / "kier.sqlite", Path(folder) / "copy.sqlite"
        database = await Database.open(f"sqlite:///{path}", keys=Keyring.load(KEYS))
        for number in range(UNITS):
            await database.write(
                partial(teams.put_team, name=f"{number}", settings={}, now=MONDAY)
            )
        shutil.copy(path, copy)
        await database.close()
        with closing(sqlite3.connect(copy)) as there:
            try:
                (kept,) = there.execute("SELECT count(*) FROM team").fetchone()
            except sqlite3.DatabaseError:  # not even the table, or no database at all
                kept = 0
        return UNITS - int(kept)

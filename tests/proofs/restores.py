"""Backups made under load and put back, on both databases and from one to the other."""

from __future__ import annotations

import time
from typing import Final

from tests.proofs.figures import Figures, Tell
from tests.proofs.suite import ran

NAME: Final = "Backups under load, put back"
PROMISES: Final = ("P16",)
ROUNDS: Final = 25
"""On each of the two databases: fifty in all."""
TESTS: Final = "tests/storage/test_restore.py"
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
        control={},
        seconds=time.monotonic() - began,
    )

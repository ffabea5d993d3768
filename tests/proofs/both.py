"""The same tests and the same stories on SQLite and on PostgreSQL."""

from __future__ import annotations

import time
from typing import Final

from tests.proofs.figures import Figures, Tell
from tests.proofs.suite import ran

NAME: Final = "The same tests on both databases"
PROMISES: Final = ("P20",)
WHERE: Final = ("tests/storage", "tests/bot/handle", "tests/test_stories.py")
KINDS: Final = ("sqlite", "postgresql")


def prove(scale: float, tell: Tell) -> Figures:
    """All that is written for both, and the stories of the specification on each (1.0).

    Below 1 the storage tests alone.
    """
    began = time.monotonic()
    where = WHERE if scale >= 1.0 else WHERE[:1]
    found = ran(*where, "-k", " or ".join(KINDS), tell=tell)
    counts = {kind: sum(kind in name for name in found.passed) for kind in KINDS}
    return Figures(
        counts={f"tests on {kind}": count for kind, count in counts.items()},
        bad={"that did not hold": len(found.failed)},
        seconds=time.monotonic() - began,
    )

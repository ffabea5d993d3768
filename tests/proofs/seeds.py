"""Ten thousand seeded stories under the whole catalogue of faults, judged by the oracles."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

from tests.proofs.figures import Figures, Tell
from tests.proofs.page import commit
from tests.proofs.runs import excluded, played
from tests.simulation.plan import plan_of

NAME: Final = "Seeded stories under every fault"
PROMISES: Final = ("P1", "P2", "P3", "P4", "P5", "P7", "P9", "P10", "P12", "P15", "P16")
SEEDS: Final = 10_000
CHUNK: Final = 250
KEPT: Final = Path("artefacts/proofs/seeds")
"""What each chunk came to, by commit: a night that broke off goes on with what is left."""


def prove(scale: float, tell: Tell) -> Figures:
    """Play ten thousand seeds (1.0), from 0 on."""
    seeds = max(round(SEEDS * scale), 4)
    counts: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    seconds = 0.0
    for first in range(0, seeds, CHUNK):

        def told(done: int, _: int, first: int = first) -> None:
            tell(first + done, seeds)

        found = _chunk(first, min(CHUNK, seeds - first), told)
        counts.update(found["counts"])
        broken.update(found["broken"])
        seconds += found["seconds"]
        tell(min(first + CHUNK, seeds), seeds)
    return Figures(counts={"seeds": seeds, **counts}, bad=excluded(broken), seconds=seconds)


def _chunk(first: int, many: int, tell: Tell) -> dict[str, Any]:
    """Return what so many seeds came to; played once by each commit."""
    at = commit()
    kept = KEPT / at / f"{first}-{many}.json"
    if kept.exists():
        found: dict[str, Any] = json.loads(kept.read_text())
        return found
    began = time.monotonic()
    counts, broken = played((plan_of(first + n) for n in range(many)), many, tell)
    found = {"counts": counts, "broken": broken, "seconds": time.monotonic() - began}
    if not at.endswith("dirty"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(found, indent=2) + "\n")
    return found

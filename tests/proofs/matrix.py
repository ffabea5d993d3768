"""Every way in, times every kind of person: what somebody without business with a case learns."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Final

from storage.database import Database
from storage.keys import Keyring
from tests.matrix.cast import Cast, Kind
from tests.matrix.rights import RIGHTS
from tests.matrix.test_matrix import ALL, both, leaks, told
from tests.proofs.figures import Figures, Tell
from tests.world import KEYS

NAME: Final = "Every way in, times every kind of person"
PROMISES: Final = ("P8", "P9")


def prove(scale: float, tell: Tell) -> Figures:
    """All cells (1.0), or those of some kinds of people."""
    began = time.monotonic()
    kinds = list(Kind)[:: max(round(1 / scale), 1)] if scale < 1.0 else list(Kind)
    counts: Counter[str] = Counter()
    for number, kind in enumerate(kinds, start=1):
        with tempfile.TemporaryDirectory(prefix="kier-proof-") as place:
            asyncio.run(_of(kind, Path(place), counts))
        tell(number, len(kinds))
    leaking, learning = counts.pop("leaking"), counts.pop("learning")
    return Figures(
        counts={"kinds of people": len(kinds), "ways in": len(ALL), **counts},
        bad={"leaks": leaking},
        control={"cells in which somebody with a right to it learns of the case": learning},
        seconds=time.monotonic() - began,
    )


async def _of(kind: Kind, place: Path, counts: Counter[str]) -> None:
    database = await Database.open(f"sqlite:///{place}/kier.sqlite", keys=Keyring.load(KEYS))
    try:
        cast = await Cast.open(database)
        for entrance in ALL:
            if kind not in entrance.kinds:
                continue
            real, absent = await both(cast, entrance, kind)
            has_right = kind in RIGHTS[entrance.key]
            counts["cells"] += 1
            counts["cells of people without a right"] += not has_right
            counts["leaking"] += len(leaks(cast, kind, entrance, real, absent))
            differs = told(cast, kind, real) != told(cast, kind, absent)
            counts["learning"] += has_right and differs
    finally:
        await database.close()

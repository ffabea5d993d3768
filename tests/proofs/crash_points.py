"""A crash before and after each unit, commit and call of every short story, exhaustively."""

from __future__ import annotations

import time
from typing import Final

from tests.proofs.figures import Figures, Tell
from tests.proofs.runs import excluded, played
from tests.simulation.play import every_point
from tests.simulation.stories import STORIES

NAME: Final = "A crash at every point of every short story"
PROMISES: Final = ("P1", "P2", "P3", "P4", "P5", "P7", "P9", "P10", "P12")


def prove(scale: float, tell: Tell) -> Figures:
    """Crash at each point (1.0), or at as many of them, spread evenly."""
    began = time.monotonic()
    every = max(round(1 / scale), 1)
    plans = [plan for story in STORIES.values() for plan in every_point(story)][::every]
    counts, broken = played(iter(plans), len(plans), tell)
    return Figures(
        counts={"stories": len(STORIES), "points": len(plans), **counts},
        bad=excluded(broken),
        seconds=time.monotonic() - began,
    )

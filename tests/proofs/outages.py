"""Outages of a second to thirty days around the moments when prompts fall due (P4)."""

from __future__ import annotations

import math
import random
import time
from dataclasses import replace
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tests.proofs.figures import Figures, Tell
from tests.proofs.runs import excluded, played
from tests.simulation.mutants import SchedulerKeeps
from tests.simulation.plan import DAY_S, Fault, Plan, plan_of
from tests.simulation.play import play

NAME: Final = "Outages of a second to thirty days around due moments"
PROMISES: Final = ("P4", "P5", "P12")
STORIES: Final = 1_300
"""Some eight prompts fall due in each: ten thousand in all."""
SHORTEST_S: Final = 1.0
LONGEST_S: Final = 30 * DAY_S
KINDS: Final = ("stop", "unreachable", "asleep")
"""The process is not running; Telegram cannot be reached; the machine is suspended."""
HOURS: Final = (9, 12, 13, 17)
"""When prompts and deadlines lie: opening, noon, after lunch, close."""
HOME: Final = ZoneInfo("Europe/Brussels")
CONTROLS: Final = 20


def prove(scale: float, tell: Tell) -> Figures:
    """Play thirteen hundred stories with outages and no other fault (1.0)."""
    began = time.monotonic()
    stories = max(round(STORIES * scale), 3)
    counts, broken = played((plan(seed) for seed in range(stories)), stories, tell)
    forgot = sum(
        any(wrong.startswith("P4") for wrong in play(plan(seed), SchedulerKeeps).wrong)
        for seed in range(max(round(CONTROLS * scale), 3))
    )
    return Figures(
        counts={"stories": stories, **counts},
        bad=excluded(broken),
        control={"stories in which a scheduler in memory forgot a moment": forgot},
        seconds=time.monotonic() - began,
    )


def plan(seed: int) -> Plan:
    """Return the story of a seed with one to three outages in place of its faults."""
    story, dice = plan_of(seed), random.Random(f"outage {seed}")
    faults = tuple(_outage(number, story, dice) for number in range(dice.choice((1, 1, 2, 3))))
    return replace(story, faults=tuple(sorted(faults, key=lambda each: each.at)))


def _outage(number: int, story: Plan, dice: random.Random) -> Fault:
    length = math.exp(dice.uniform(math.log(SHORTEST_S), math.log(LONGEST_S)))
    day = story.start.astimezone(HOME) + timedelta(days=dice.randrange(5))
    due = day.replace(hour=dice.choice(HOURS), minute=0, second=0, microsecond=0)
    at = (due - story.start).total_seconds() - dice.uniform(0.0, min(length, 2 * DAY_S))
    at, kind = max(at, 60.0), dice.choice(KINDS)
    args = {"stop": {"down_s": length}, "asleep": {"for_s": length}}.get(kind, {})
    until = at + 1.0 if kind == "stop" else at + length
    return Fault(number=number, kind=kind, at=at, until=until, args=args)

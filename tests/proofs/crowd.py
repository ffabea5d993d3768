"""A thousand prompts overdue at once, and a hundred thousand with nothing in their way (P4, P5).

Virtual time: how late a prompt is follows from the messenger's limits and from Kier's own waits,
not from the machine. What the machine adds is measured by `make bench`.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import Final
from unittest.mock import patch

import bot.sender as sender_room
from tests.proofs.figures import Figures, Tell
from tests.simulation.crowd import EVENING, Crowd
from tests.simulation.ground import template
from tests.simulation.mutants import Mutant
from tests.simulation.oracles import judge
from tests.simulation.plan import DAY_S, Fault, Plan

NAME: Final = "A thousand prompts overdue at once, a hundred thousand undisturbed"
PROMISES: Final = ("P4", "P5")
OVERDUE: Final = 1_000
WORKERS: Final = 50
TROUBLES: Final = ("unreachable", "stop", "asleep")
"""Telegram cannot be reached; the process is not running; the machine is suspended."""
AWAY_S: Final = 40 * 60.0
"""From ten minutes before the opening to half an hour after it."""
HOURS_S: Final = 3600.0
LATE_S: Final = 60.0

UNDISTURBED: Final = 100_000
CASES: Final = 200
"""Of one team without faults: nobody answers, so each is asked five times in a working week."""
ASKED_EACH: Final = 5
WEEK_S: Final = 7 * DAY_S

Seen = tuple[Counter[str], list[float]]
"""What a story came to, and by how many seconds each overdue prompt came after the return."""


class WaitsEverLonger(Mutant):
    """Doubles its waits without an end while Telegram is out of reach."""

    def lives(self, stack: ExitStack) -> None:
        """Let a wait grow to what an hour's outage makes of it."""
        stack.enter_context(patch.object(sender_room, "BACK_OFF_LONGEST_S", HOURS_S))


def prove(scale: float, tell: Tell) -> Figures:
    """Play three returns with a thousand overdue, and a hundred thousand undisturbed (1.0)."""
    began = time.monotonic()
    overdue, workers = max(round(OVERDUE * scale), 20), max(round(WORKERS * scale), 2)
    stories = max(round(UNDISTURBED * scale / (CASES * ASKED_EACH)), 1)
    cases = CASES if scale >= 0.1 else 20
    runs: list[Callable[[], Seen]] = [
        *(partial(returned, trouble, overdue, workers) for trouble in TROUBLES),
        partial(returned, "unreachable", overdue, workers, WaitsEverLonger),
        *(partial(undisturbed, seed, cases) for seed in range(stories)),
    ]
    counts: Counter[str] = Counter()
    bad = Counter({"prompts missing": 0, "copies too many": 0, "other promises broken": 0})
    slowest = late = 0
    for number, (seen, lags) in enumerate(_in_workers(runs)):
        careless = number == len(TROUBLES)
        if careless:
            late = sum(lag > LATE_S for lag in lags)
        elif number < len(TROUBLES):
            slowest = max(slowest, round(quantiles(lags, n=100)[98] * 1000))
            counts["overdue prompts"] += len(lags)
            bad["prompts missing"] += abs(overdue - len(lags))
        if not careless:
            counts["prompts sent"] += seen.pop("prompts sent")
            bad.update(seen)
        tell(number + 1, len(runs))
    counts["ms after the return, p99 of the slowest"] = slowest
    return Figures(
        counts=dict(counts),
        bad={**bad, "ms that this is above a minute": max(slowest - round(LATE_S * 1000), 0)},
        control={f"prompts later than a minute by one that {_words(WaitsEverLonger)}": late},
        seconds=time.monotonic() - began,
    )


def returned(trouble: str, overdue: int, workers: int, mutant: type[Mutant] | None = None) -> Seen:
    """Play an outage over the moment at which so many prompts fall due."""
    start = EVENING + timedelta(hours=13, minutes=40)
    args = {"stop": {"down_s": AWAY_S}, "asleep": {"for_s": AWAY_S}}.get(trouble, {})
    at = 600.0
    until = at + (AWAY_S if trouble == "unreachable" else 1.0)
    fault = Fault(number=0, kind=trouble, at=at, until=until, args=args)
    plan = Plan(seed=16, start=start, acts=(), faults=(fault,), tail_s=AWAY_S + HOURS_S)
    back = start + timedelta(seconds=at + AWAY_S)
    with tempfile.TemporaryDirectory(dir=template().parent) as folder:
        sim = Crowd(plan, Path(folder), workers, overdue, mutant() if mutant else None)
        sim.play()
        return _seen(sim), [
            (noted.call.at - back).total_seconds()
            for noted in sim.facts.calls
            if noted.call.delivered and noted.claimed is not None
            and noted.claimed.kind == "prompt"
        ]  # fmt: skip


def undisturbed(seed: int, cases: int) -> Seen:
    """Play a week without a fault in which nobody answers."""
    start = EVENING + timedelta(hours=13, minutes=50)
    plan = Plan(seed=seed, start=start, acts=(), faults=(), tail_s=WEEK_S)
    with tempfile.TemporaryDirectory(dir=template().parent) as folder:
        sim = Crowd(plan, Path(folder), max(cases // 20, 2), cases)
        sim.play()
        return _seen(sim), []


def _seen(sim: Crowd) -> Counter[str]:
    """Return how many prompts were sent, what is missing, doubled, or wrong otherwise."""
    wrong = judge(sim)
    arrived = Counter(
        noted.key
        for noted in sim.facts.calls
        if noted.call.delivered and noted.claimed is not None and noted.claimed.kind == "prompt"
    )
    sent = {
        key
        for key, row in sim.facts.outbox.items()
        if row.kind == "prompt" and row.state != "cancelled" and row.attempts
    }
    return Counter(
        {
            "prompts sent": len(arrived),
            "prompts missing": len(sent - set(arrived)),
            "copies too many": sum(count - 1 for count in arrived.values()),
            "other promises broken": len(wrong),
        }
    )


def _words(mutant: type[Mutant]) -> str:
    said = (mutant.__doc__ or "").split("\n")[0].rstrip(".")
    return said[0].lower() + said[1:]


def _in_workers(runs: list[Callable[[], Seen]]) -> Iterator[Seen]:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=spawn) as pool:
        yield from (future.result() for future in [pool.submit(run) for run in runs])

"""Plays stories: one, each point of one, and a failing one made as short as it can be."""

from __future__ import annotations

import multiprocessing
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from tests.simulation.ground import template
from tests.simulation.mutants import Mutant
from tests.simulation.oracles import judge
from tests.simulation.plan import Plan
from tests.simulation.simulation import Run, Simulation
from tests.simulation.stories import HOME

TRIES_MAX: Final = 80
"""Stories played at most to make one shorter."""
AHEAD: Final = 64
"""Stories handed to the workers beforehand: a pool would take all ten thousand at once."""


@contextmanager
def _folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="story-", dir=template().parent))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def play(plan: Plan, mutant: type[Mutant] | None = None, *, lines: list[str] | None = None) -> Run:
    """Play a plan and judge it; `wrong` is empty when all promises held.

    `lines` is filled with the whole trace.
    """
    with _folder() as folder:
        sim = Simulation(plan, folder, mutant() if mutant is not None else None)
        sim.trace.lines = lines
        run = sim.play()
        run.wrong = judge(sim)
        run.struck = dict(sim.world.struck)
        return run


def every_point(plan: Plan) -> Iterator[Plan]:
    """Give the plan once for each point before or after a unit, a commit and a call."""
    points = play(plan).points
    for point in range(1, points + 1):
        yield replace(plan, crash_at=point, down_s=(1.0, 60.0, 7200.0)[point % 3])


def shortest(plan: Plan, mutant: type[Mutant] | None = None) -> Run:
    """Return the run of the shortest story found that shows the same broken promise.

    Leaves out acts and faults, halves first, then smaller parts (delta debugging).
    """
    best = play(plan, mutant)
    promise = _promise(best)
    tries = 0

    def shows(candidate: Plan) -> bool:
        nonlocal best, tries
        tries += 1
        run = play(candidate, mutant)
        if promise is not None and _promise(run) == promise:
            best = run
            return True
        return False

    size = max(len(plan.acts), len(plan.faults))
    while size >= 1 and tries < TRIES_MAX:
        kept = best.plan
        for name in ("faults", "acts"):
            at = 0
            while at < len(getattr(best.plan, name)) and tries < TRIES_MAX:
                items = getattr(best.plan, name)
                fewer = items[:at] + items[at + size :]
                if not shows(replace(best.plan, **{name: fewer})):
                    at += size
        if best.plan == kept:
            size //= 2
    return best


def _promise(run: Run) -> str | None:
    return run.wrong[0].partition(":")[0] if run.wrong else None


def as_story(run: Run) -> str:
    """Return a run as a person can read it: when what happened, and what is wrong at the end."""
    head = (
        f"seed {run.plan.seed}, crash at point {run.plan.crash_at}"
        if run.plan.crash_at
        else (f"seed {run.plan.seed}")
    )
    told = [f"  {each.at.astimezone(HOME):%a %d %b %H:%M:%S}  {each.line}" for each in run.story]
    return "\n".join([head, *told, *(f"  wrong: {each}" for each in run.wrong)])


def briefly(plan: Plan) -> Run:
    """Play a plan in a worker; a story that went well need not travel back."""
    run = play(plan)
    if not run.wrong:
        run.story = []
    return run


def in_workers(plans: Iterator[Plan], jobs: int) -> Iterator[Run]:
    """Play plans in so many processes; give the runs in the order of the plans."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=spawn, max_tasks_per_child=400) as pool:
        waiting = [pool.submit(briefly, plan) for plan in islice(plans, AHEAD)]
        while waiting:
            run = waiting.pop(0).result()
            waiting += [pool.submit(briefly, plan) for plan in islice(plans, 1)]
            yield run


def total(runs: Sequence[Run]) -> dict[str, int]:
    """Return the sums over runs."""
    sums: dict[str, int] = {"seeds": len(runs), "crashes": sum(run.crashes for run in runs)}
    for run in runs:
        for name, value in run.figures.items():
            sums[name] = sums.get(name, 0) + value
    return sums

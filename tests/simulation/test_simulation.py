"""A share of the simulation: seeds, every point of a story, and mutants that must be caught.

All of it: `python -m tests.simulation` (README.md here).
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from itertools import islice

import pytest

from tests.simulation.mutants import MUTANTS, Mutant, RetriesAll
from tests.simulation.people import FINDS_NO
from tests.simulation.plan import Fault, plan_of, with_faults
from tests.simulation.play import as_story, every_point, play, shortest
from tests.simulation.simulation import Run
from tests.simulation.stories import STORIES

pytestmark = pytest.mark.timeout(300)  # a machine with other work to do

SEEDS = 24
SHOWS = {
    "known": "ReportJoined",
    "assigned": "WorkerSet",
    "claimed": "WorkerSet",
    "answered": "ComingDropped",
    "corrected": "Restored",
    "differently": "StepEnded",
    "note": "NoteMade",
    "crisis": "CrisisSet",
    "hearing": "FactsSet",
    "closed": "CaseClosed",
    "reopened": "CaseClosed",
    "withdrawn": "AdditionMade",
}
PARTS = 6
"""So many tests share the work, for two cores and a time-out each."""
TRIES = 40


@pytest.mark.parametrize("part", range(PARTS))
def test_a_seeded_story_breaks_no_promise(part: int) -> None:
    """P1-P5, P7, P9, P10, P12, P14-P16: crashes, doubled and reordered updates, every fault of
    the catalogue, in seeded stories: nothing is lost, doubled, leaked or forgotten."""
    for seed in range(part, SEEDS, PARTS):
        run = play(plan_of(seed))
        assert not run.wrong, as_story(shortest(run.plan))


@pytest.mark.parametrize("part", range(PARTS))
def test_a_crash_at_any_point_of_a_report_breaks_no_promise(part: int) -> None:
    """P1-P5: the process ends before or after each unit, commit and call, from the first word of
    a report to its receipt: told or not, it is there once. Every third point here."""
    for plan in islice(every_point(STORIES["report"]), part, None, 3 * PARTS):
        run = play(plan)
        assert not run.wrong, as_story(run)
        assert run.crashes == 1
        assert run.figures["receipts"] >= run.figures["cases"]


@pytest.mark.parametrize("name", STORIES)
def test_a_short_story_does_what_it_is_there_for(name: str) -> None:
    """Each button that a story needs was there, and its history shows what it is about."""
    run = play(STORIES[name])
    assert not run.wrong, as_story(run)
    assert not [told.line for told in run.story if FINDS_NO in told.line]
    assert SHOWS.get(name, "EpisodeBegan") in run.events
    crashed = play(replace(STORIES[name], crash_at=run.points // 2))
    assert not crashed.wrong, as_story(crashed)
    assert crashed.crashes == 1


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda each: each.__name__)
def test_a_bot_built_the_usual_way_is_caught(mutant: type[Mutant]) -> None:
    """The oracles see: each mutant breaks the promise that it is known to break, under faults
    under which the real bot breaks none."""
    run = caught(mutant)
    assert play(run.plan).wrong == []


def caught(mutant: type[Mutant]) -> Run:
    """Return the first story in which the oracles catch a mutant by its own promise."""
    for seed in range(mutant.first_seed, mutant.first_seed + TRIES):
        run = play(with_faults(seed, mutant.faults, mutant.points), mutant)
        if any(wrong.startswith(mutant.caught_by) for wrong in run.wrong):
            return run
    raise AssertionError(f"{mutant.__name__} was never caught")


def test_a_seed_is_the_same_story_in_each_process() -> None:
    """A seed and a commit are a run, bit for bit: two processes that order their sets otherwise
    play the same."""
    code = "from tests.simulation.play import *; from tests.simulation.plan import *; "
    code += "print(play(plan_of(7)).digest)"
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": hashes},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hashes in ("1", "2")
    }
    assert len(said) == 1


def test_a_failing_story_is_told_as_short_as_it_can_be() -> None:
    """What fails is told with what is needed to show it, and no act or fault more."""
    faults = [
        Fault(number=n, kind=kind, at=20.0 + n, until=4000.0, args={"rate": 0.9})
        for n, kind in enumerate(("duplicates", "timeout-delivered", "reordering"))
    ]
    long = replace(STORIES["case"], faults=tuple(faults))
    short = shortest(long, RetriesAll)
    assert any(wrong.startswith("P5") for wrong in short.wrong)
    assert [fault.kind for fault in short.plan.faults] == ["timeout-delivered"]
    assert len(short.plan.acts) < len(long.acts)
    assert "timeout-delivered" in as_story(short)

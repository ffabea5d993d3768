"""Five bots built as such bots usually are: the oracles must catch each by its own promise."""

from __future__ import annotations

import time
from typing import Final

from tests.proofs.figures import Figures, Tell
from tests.proofs.runs import tell_shortest
from tests.simulation.mutants import MUTANTS, Mutant
from tests.simulation.plan import Plan, with_faults
from tests.simulation.play import play

NAME: Final = "Mutants under the same oracles"
PROMISES: Final = ("P1", "P2", "P4", "P5")
STORIES: Final = 40
"""Stories that each of them plays, and the real bot after it."""
LEAST: Final = 4


def prove(scale: float, tell: Tell) -> Figures:
    """Play the same stories with each mutant and with the real bot."""
    began = time.monotonic()
    stories = max(round(STORIES * scale), LEAST)
    caught = {_words(mutant): 0 for mutant in MUTANTS}
    wrong, done = 0, 0
    failing: list[Plan] = []
    for mutant in MUTANTS:
        for seed in range(mutant.first_seed, mutant.first_seed + stories):
            plan = with_faults(seed, mutant.faults, mutant.points)
            run = play(plan, mutant)
            caught[_words(mutant)] += any(w.startswith(mutant.caught_by) for w in run.wrong)
            found = play(plan).wrong
            wrong += len(found)
            failing += [plan] if found else []
            done += 1
            tell(done, stories * len(MUTANTS))
    tell_shortest(failing)
    return Figures(
        counts={"mutants": len(MUTANTS), "stories each": stories},
        bad={"promises that the real bot broke in the same stories": wrong},
        control={f"stories that caught: {words}": count for words, count in caught.items()},
        seconds=time.monotonic() - began,
    )


def _words(mutant: type[Mutant]) -> str:
    return (mutant.__doc__ or "").split("\n")[0].rstrip(".")

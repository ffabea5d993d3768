"""What simulated stories come to, in the words of the page."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console

from tests.proofs.figures import Tell
from tests.simulation.plan import Plan
from tests.simulation.play import as_story, in_workers, shortest, total

EXCLUDED: Final = {
    "P1": "confirmed reports missing",
    "P2": "updates without an end",
    "P3": "double effects",
    "P4": "moments that never came, or prompts unsent and unexplained",
    "P5": "copies beyond the bound, or without a mark",
    "P7": "sendings begun after a removal",
    "P9": "words of a client in a group",
    "P10": "histories broken, or not what their case says",
    "P12": "prompts outside opening hours",
    "P13": "processes that never rest",
    "P15": "second processes that served",
}
"""Promise → what its oracle must find none of."""
OTHER: Final = "errors that nothing caught"
TOLD_MAX: Final = 3
"""Failing stories that are told, each as short as it can be."""
_SHOWN: Final = (
    "crashes", "receipts", "received", "dead", "prompts", "prompts sent twice", "doubts", "calls",
)  # fmt: skip


def played(plans: Iterator[Plan], count: int, tell: Tell) -> tuple[Counter[str], Counter[str]]:
    """Play plans on all cores; return what was seen, and what the oracles found wrong.

    Tells the first failing stories, shortened, on the standard error.
    """
    counts: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    failing: list[Plan] = []
    for number, run in enumerate(in_workers(plans, os.cpu_count() or 1), start=1):
        sums = total([run])
        counts.update({name: sums.get(name, 0) for name in _SHOWN})
        counts["faults that struck"] += sum(run.struck.values())
        counts.update({f"of these {kind}": strikes for kind, strikes in run.struck.items()})
        for wrong in run.wrong:
            broken[EXCLUDED.get(wrong.partition(":")[0], OTHER)] += 1
        if run.wrong:
            failing.append(run.plan)
        tell(number, count)
    tell_shortest(failing)
    return counts, broken


def tell_shortest(failing: Sequence[Plan]) -> None:
    """Tell the first of the stories that broke a promise, each as short as it can be."""
    out = Console(stderr=True, highlight=False)
    for plan in failing[:TOLD_MAX]:
        out.rule("the shortest story that shows it")
        out.print(as_story(shortest(plan)), markup=False)


def excluded(broken: Counter[str]) -> dict[str, int]:
    """Return all that must be zero, whether it is or not."""
    return {name: broken[name] for name in (*EXCLUDED.values(), OTHER)}

"""What each released version of a procedure left in storage, replayed by today's code."""

from __future__ import annotations

import time
from typing import Final

from scheduler.case import Case
from scheduler.engine import replay
from tests.histories.record import procedure_in, read, wakes
from tests.histories.test_histories import FILES, test_an_old_case_goes_on
from tests.proofs.figures import Figures, Tell

NAME: Final = "Recorded histories of each released version"
PROMISES: Final = ("P10", "P11")


def prove(scale: float, tell: Tell) -> Figures:
    """All of them, whatever the scale: they are few and quick."""
    began = time.monotonic()
    events = cases = 0
    changed = asleep = stuck = noticed = 0
    for number, file in enumerate(FILES, start=1):
        procedure = procedure_in(file.parent)
        for recorded in read(file):
            first = Case(procedure=procedure.id, version=procedure.version)
            told = [event for _, event in recorded.events]
            changed += replay(first, told) != recorded.final
            asleep += wakes(recorded, procedure) != recorded.wakes
            # another engine is one that reads one of its events otherwise: here, not at all
            noticed += any(
                replay(first, told[:n] + told[n + 1 :]) != recorded.final for n in range(len(told))
            )
            events += len(told)
            cases += 1
        try:
            test_an_old_case_goes_on(file)
        except AssertionError:
            stuck += 1
        tell(number, len(FILES))
    return Figures(
        counts={"versions": len({f.parent for f in FILES}), "cases": cases, "events": events},
        bad={
            "cases that are another than when they were stored": changed,
            "cases that wake at another moment": asleep,
            "files with a case that does not go on": stuck,
        },
        control={"cases in which one event left out was noticed": noticed},
        seconds=time.monotonic() - began,
    )

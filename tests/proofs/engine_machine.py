"""The machine of random acts over the engine, in full: whatever is done, in any order."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from typing import Any, Final
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from scheduler.decision import Decision
from scheduler.engine import decide
from tests.machine import test_engine
from tests.machine.test_engine import Casework
from tests.proofs.figures import Figures, Tell

NAME: Final = "A machine of random acts over the engine"
PROMISES: Final = ("P6", "P10", "P12")
EXAMPLES: Final = 5_000
STEPS: Final = 50


def prove(scale: float, tell: Tell) -> Figures:
    """Walk five thousand times fifty acts (1.0), elsewhere each time."""
    began = time.monotonic()
    examples = max(round(EXAMPLES * scale), 3)
    counts: Counter[str] = Counter()

    class Counted(Casework):
        def do(self, stimulus: Any) -> Any:
            counts["acts decided"] += 1
            return super().do(stimulus)

        def teardown(self) -> None:
            super().teardown()
            counts["walks"] += 1
            tell(min(counts["walks"], examples), examples)

    wrong = _walk(Counted, examples, tuple(Phase))
    with patch.object(test_engine, "decide", _saying_twice):
        caught = _walk(Casework, 20, (Phase.generate,))
    return Figures(
        counts=dict(counts),
        bad={"walks that broke a promise": wrong},
        control={"engines that ask twice and were caught": caught},
        seconds=time.monotonic() - began,
    )


def _walk(machine: type[Casework], examples: int, phases: tuple[Phase, ...]) -> int:
    """Return 1 when a walk was found that breaks a promise; the shortest is printed."""
    try:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=examples,
                phases=phases,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                print_blob=True,
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
    except AssertionError:
        return 1
    return 0


def _saying_twice(*args: Any) -> Any:
    """Decide as an engine that hands each message out twice."""
    outcome = decide(*args)
    if isinstance(outcome, Decision):
        return replace(outcome, messages=outcome.messages * 2)
    return outcome

"""P11: what each version of a procedure left in storage goes on under today's code.

A procedure that gets a new version brings its histories: `python -m tests.histories.record`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Final

import pytest

from scheduler.agenda import Rules
from scheduler.case import Case
from scheduler.decision import Decision
from scheduler.engine import decide, replay
from scheduler.load import load_named, shipped
from scheduler.people import Person, Roster
from scheduler.procedure import Procedure, Role
from scheduler.stimuli import TimePassed
from tests.histories.record import HERE, PROCEDURE, folder_of, procedure_in, read, wakes

FILES: Final = sorted(HERE.glob("*-v*/*.json"))
ENOUGH: Final = 10
"""Stories of a version: fewer do not go through all of its steps."""
WORDS: Final = frozenset({"Text", "Mapping[str, Text]"})


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem[:3]}")
def test_an_old_history_is_the_case_that_it_was(file: Path) -> None:
    """P10, P11: what was stored is read, its fold is the state, and it wakes when it did then."""
    procedure = procedure_in(file.parent)
    for recorded in read(file):
        first = Case(procedure=procedure.id, version=procedure.version)
        case = replay(first, (event for _, event in recorded.events))
        assert case == recorded.final
        assert wakes(recorded, procedure) == recorded.wakes


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem[:3]}")
def test_an_old_case_goes_on(file: Path) -> None:
    """P11: left alone, a case of that version lives on to its last moment under today's code."""
    procedure = procedure_in(file.parent)
    for recorded in read(file):
        ids = {recorded.final.worker or 2, 2, 3}
        people = {id_: Person(id=id_, role=Role.WORKER) for id_ in ids}
        people[1] = Person(id=1, role=Role.COORDINATOR)
        rules = Rules(procedure=procedure, days=recorded.days, roster=Roster(people=people))
        case, wake_at = recorded.final, recorded.wakes[-1]
        for _ in range(30):
            if wake_at is None:
                break
            outcome = decide(case, TimePassed(), wake_at, rules)
            assert isinstance(outcome, Decision)
            case, wake_at = outcome.case, outcome.wake_at


def test_a_version_that_ships_brings_its_histories() -> None:
    """P11: each version of a shipped procedure has recorded histories, through all its steps."""
    for name in shipped():
        procedure = load_named(name)
        files = sorted(folder_of(procedure).glob("*.json"))
        assert len(files) >= ENOUGH, f"record {name} {procedure.version}"
        opened = {id_ for file in files for one in read(file) for id_ in _opened(one.events)}
        assert set(procedure.steps) - opened <= {"consent_check", "client_contact"}, name


def _opened(events: Any) -> set[str]:
    return {event.step.id for _, event in events if type(event).__name__ == "StepOpened"}


def test_what_a_version_decides_does_not_change_under_its_number() -> None:
    """P11: another rule is another version. Its words, and what is asked at intake, may change."""
    for name in shipped():
        now = load_named(name)
        assert (folder_of(now) / PROCEDURE).exists()
        assert _rules_of(now) == _rules_of(procedure_in(folder_of(now))), f"raise {name}'s version"


def _rules_of(value: Any) -> Any:
    """Return what a procedure decides, as plain values: without its words and sources."""
    if isinstance(value, Procedure):
        value = dataclasses.replace(value, intake=())
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = (f for f in dataclasses.fields(value) if f.name != "source")
        return {
            f.name: sorted(getattr(value, f.name)) if f.type in WORDS else
            _rules_of(getattr(value, f.name))
            for f in fields if f.type != "Text"
        }  # fmt: skip
    if isinstance(value, Mapping):
        return {key: _rules_of(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(map(_rules_of, value))
    return value.value if isinstance(value, Enum) else value

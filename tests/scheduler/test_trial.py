"""A new version, tried on recorded histories: where it parts from the old, and only there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.load import load
from scheduler.procedure import Nudge, Procedure, Step
from scheduler.trial import Otherwise, trial
from tests.histories.record import HERE, PROCEDURE, procedure_in, read

FILES = sorted(HERE.glob("*-v*/*.json"))
RAVELS = HERE / "ravels-v1"
FIVE_DAYS = RAVELS / "s01-five-days-nobody-reached.json"


def tried(file: Path, new: Procedure) -> list[tuple[Otherwise, ...]]:
    """Return where each case of a file would have gone otherwise."""
    old = procedure_in(file.parent)
    return [trial(one.events, old, new, one.days) for one in read(file)]


def changed(written: str, instead: str) -> Procedure:
    text = (RAVELS / PROCEDURE).read_text("utf-8")
    assert written in text
    return load(text.replace(written, instead), origin="new.yaml")


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem[:3]}")
def test_the_same_version_parts_nowhere(file: Path):
    """Every recorded history, tried on its own version: nothing would have been otherwise."""
    assert tried(file, procedure_in(file.parent)) == [()] * len(read(file))


def test_its_own_version_takes_every_answer_of_a_history():
    """The control: were answers refused, nothing would be compared, and nothing found."""
    old = procedure_in(RAVELS)
    nobody = Procedure(
        **{name: getattr(old, name) for name in old.__slots__} | {"steps": _mute(old)}
    )
    answers = [
        each
        for file in RAVELS.glob("*.json")
        for case in tried(file, nobody)
        for each in case
        if each.what == "answer"
    ]
    given = [
        event
        for file in RAVELS.glob("*.json")
        for one in read(file)
        for _, event in one.events
        if type(event).__name__ == "StepAnswered" and event.answer is not None  # type: ignore[union-attr]
    ]
    assert len(answers) == len(given) > 50


def _mute(procedure: Procedure) -> dict[str, Step]:
    return {id_: replace(step, answers={}) for id_, step in procedure.steps.items()}


def test_a_later_deadline_is_told_where_the_step_opened():
    """The call of the first day due a day later: one difference, and both moments."""
    [[one]] = tried(FIVE_DAYS, changed("due: W1 close", "due: W2 close"))
    assert (one.what, one.step, one.answer) == ("answer", "assign", "assigned")
    [then], [now] = one.then, one.now
    assert (then.what, then.step, now.step) == ("opens", "call_day1", "call_day1")
    assert now.at is not None and then.at is not None
    assert (now.at - then.at).days == 1


def test_an_answer_that_is_gone_is_told():
    """What people answered, and could not any more."""
    new = procedure_in(RAVELS)
    call = new.step("call_day1")
    steps = {**new.steps, "call_day1": replace(call, answers={})}
    [found] = tried(FIVE_DAYS, replace(new, steps=steps))
    [one] = [each for each in found if each.what == "answer"]
    assert (one.step, one.now[0].what) == ("call_day1", "refused")


def test_a_nudge_that_would_not_have_come_is_told():
    """What comes when nobody answers is compared too: the moments that wake a case."""
    new = procedure_in(RAVELS)
    steps = {id_: replace(step, nudge=Nudge.NONE) for id_, step in new.steps.items()}
    [found] = tried(FIVE_DAYS, replace(new, steps=steps))
    times = [each for each in found if each.what == "time"]
    assert times
    assert {follows.what for each in times for follows in each.then} <= {"nudge", "soft_nudge"}

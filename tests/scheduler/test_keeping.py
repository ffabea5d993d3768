"""How steps were kept: on time, late, done differently, not done."""

from __future__ import annotations

from dataclasses import replace

from scheduler.case import StepState
from scheduler.decision import DeviationMade, Event, StepChanged, StepEnded, StepOpened
from scheduler.keeping import How, kept
from tests.scheduler.histories import at, history, opened, said

CALL = opened("13 10:00", "call_day1", "13 17:00")


def changed(when: str, why: str, **more: object) -> tuple[str, Event]:
    opening = CALL[1]
    assert isinstance(opening, StepOpened)
    state: StepState = replace(opening.step, **more)  # type: ignore[arg-type]
    return when, StepChanged(why=why, step=state)


def hows(*events: tuple[str, Event]) -> list[How | None]:
    return [one.how for one in kept(history(*events))]


def test_done_by_the_deadline_is_on_time():
    """The deadline itself is on time; a minute later is late."""
    assert hows(CALL, said("13 17:00", "call_day1", "not_reached", "13 17:00")) == [How.ON_TIME]
    assert hows(CALL, said("13 17:01", "call_day1", "not_reached", "13 17:00")) == [How.LATE]


def test_late_with_a_reason_or_an_extension():
    """A reason with the answer, or a coordinator's extension: late, but with a reason (R-11)."""
    reason = said("14 10:00", "call_day1", "not_reached", "13 17:00", reason_ref=4)
    assert hows(CALL, reason) == [How.LATE_REASON]
    extended = changed("13 16:00", "extended", due_at=at("14 12:00"))
    within = said("14 10:00", "call_day1", "not_reached", "14 12:00")
    assert hows(CALL, extended, within) == [How.LATE_REASON]


def test_an_extension_that_was_not_needed_is_on_time():
    """Done by the first deadline after all."""
    extended = changed("13 16:00", "extended", due_at=at("14 12:00"))
    before = said("13 16:30", "call_day1", "not_reached", "14 12:00")
    assert hows(CALL, extended, before) == [How.ON_TIME]


def test_done_differently_goes_before_late():
    """A deviation is told as such, once, whenever the step was answered after it."""
    deviated = (
        "13 12:00",
        DeviationMade(step="call_day1", by=7, did_ref=1, reason_ref=2, done=False, due_at=None),
    )
    late = said("14 10:00", "call_day1", "not_reached", "13 17:00")
    assert hows(CALL, deviated, late) == [How.DEVIATED]
    assert hows(CALL, deviated, ("13 12:00", StepEnded(step="call_day1", how="deviated"))) == [
        How.DEVIATED
    ]


def test_a_deadline_that_passed_without_an_answer_is_not_done():
    """Whether the step is open still, or fell away since."""
    late = changed("13 17:00", "late", alerted=True)
    assert hows(CALL, late) == [How.MISSED]
    assert hows(CALL, late, ("14 09:00", StepEnded(step="call_day1", how="fallen_away"))) == [
        How.MISSED
    ]


def test_what_falls_away_in_time_says_nothing():
    """A step that another answer made needless was not missed; one that is open has no end."""
    assert hows(CALL, ("13 12:00", StepEnded(step="call_day1", how="fallen_away"))) == [
        How.FELL_AWAY
    ]
    assert hows(CALL) == [None]


def test_asked_again_is_a_question_of_its_own():
    """Each try has its own deadline: on time, then late."""
    again = changed("13 11:00", "again", due_at=at("14 17:00"), planned_due=at("14 17:00"))
    first = said("13 11:00", "call_day1", "not_reached", "13 17:00")
    second = said("15 09:00", "call_day1", "not_reached", "14 17:00")
    found = kept(history(CALL, first, again, second))
    assert [one.how for one in found] == [How.ON_TIME, How.LATE]
    assert found[1].opened_at == at("13 11:00")


def test_a_date_told_first_is_no_answer_and_its_result_has_its_own_deadline():
    """An appointment made on Monday for Wednesday is not late on Wednesday."""
    told = said("13 12:00", "call_day1", None, "13 17:00")
    dated = changed("13 12:00", "dated", due_at=None, planned_due=None)
    result = changed("15 11:00", "result", due_at=at("15 17:00"), planned_due=at("15 17:00"))
    went = said("15 12:00", "call_day1", "went_ahead", "15 17:00")
    found = kept(history(CALL, told, dated, result, went))
    assert [(one.how, one.due_at) for one in found] == [(How.ON_TIME, at("15 17:00"))]


def test_without_a_deadline_it_is_done():
    """What is asked in the same talk is neither on time nor late."""
    assert hows(opened("13 10:00", "contents"), said("13 11:00", "contents", "phase_1")) == [
        How.DONE
    ]

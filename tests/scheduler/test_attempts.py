"""The attempts to reach a client, coded from what people answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from scheduler.attempts import Attempt, attempts, channels_of, standing
from scheduler.case import Case
from scheduler.decision import ContactMade, Event, Restored, StepAnswered
from scheduler.load import Code, ProcedureError, load, load_named
from scheduler.procedure import Channel, Procedure
from scheduler.stimuli import NO_FIELDS

RAVELS, EROPAF = load_named("ravels"), load_named("eropaf")
MONDAY = datetime(2027, 9, 13, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """An event with its number and moment."""

    seq: int
    at: datetime
    event: Event


def told(*events: Event) -> tuple[Line, ...]:
    """Return a history of these events, an hour apart."""
    return tuple(
        Line(seq=n, at=MONDAY + timedelta(hours=n), event=event)
        for n, event in enumerate(events, start=1)
    )


def said(step: str, answer: str | None, done_at: datetime = MONDAY, by: int = 7) -> StepAnswered:
    return StepAnswered(
        step=step,
        answer=answer,
        by=by,
        done_at=done_at,
        reported_at=done_at,
        late=False,
        due_at=None,
        fields=NO_FIELDS,
    )


def coded(found: tuple[Attempt, ...]) -> list[tuple[str, bool]]:
    return [(str(one.channel), one.reached) for one in found]


def silent(procedure: Procedure) -> Procedure:
    """Return the procedure as a team would have it that says no channels."""
    steps = {
        id_: replace(
            step,
            channel=None,
            answers={key: replace(a, reached=False) for key, a in step.answers.items()},
        )
        for id_, step in procedure.steps.items()
    }
    return replace(procedure, steps=steps)


def test_calls_visits_and_notes_are_attempts_each_by_its_channel():
    """Five working days of Ravels: call, call, visit, note, visit; let in is reached (R-27)."""
    lines = told(
        said("assign", "assigned"),
        said("call_day1", "not_reached"),
        said("call_day2", "no_number"),
        said("visit_1", "nobody_home"),
        said("note_1", "done"),
        said("visit_2", "let_in"),
        said("contents", "phase_1"),
    )
    assert coded(attempts(lines, RAVELS)) == [
        ("phone", False),
        ("phone", False),
        ("visit", False),
        ("note", False),
        ("visit", True),
    ]


def test_an_attempt_is_of_when_it_was_done_and_by_whom():
    """The moment of the attempt is when it was done, however late it was told."""
    done = MONDAY - timedelta(hours=2)
    (found,) = attempts(told(said("call_day1", "accepts_help", done, by=9)), RAVELS)
    assert found == Attempt(
        seq=1,
        at=done,
        step="call_day1",
        channel=Channel.PHONE,
        reached=True,
        answer="accepts_help",
        by=9,
    )


def test_what_was_taken_back_is_no_attempt():
    """A corrected answer does not count, and what was answered instead does."""
    lines = told(
        said("call_day1", "not_reached"),
        said("call_day2", "not_reached"),
        Restored(case=Case(procedure="ravels", version=1), seq=2, by=7),
        said("call_day2", "accepts_help"),
    )
    assert [line.seq for line in standing(lines)] == [1, 4]
    assert coded(attempts(lines, RAVELS)) == [("phone", False), ("phone", True)]


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("home_appointment", None),
        ("home_appointment", "moved"),
        ("note_1", "not_done"),
        ("speak_reporter", "spoken"),
        ("three_month_check", "still_housed"),
    ],
)
def test_what_did_not_try_to_reach_the_client_is_no_attempt(step: str, answer: str | None):
    """A date agreed or moved, a note not delivered, a talk with the reporter, the check later."""
    procedure = RAVELS if step in RAVELS.steps else EROPAF
    assert attempts(told(said(step, answer)), procedure) == ()


def test_the_clients_own_call_is_no_attempt_of_ours_but_calling_back_is():
    """G-07: the client contacted us; asked to be called back, we phoned and spoke."""
    contact = ContactMade(
        answer="wants_call", by=7, done_at=MONDAY, reported_at=MONDAY, fields=NO_FIELDS
    )
    lines = told(contact, said("client_contact", "accepts_help"))
    assert coded(attempts(lines, RAVELS)) == [("phone", True)]


def test_a_procedure_without_channels_is_read_by_its_steps_names():
    """A team's own procedure may say no channel at all: names of steps and answers tell."""
    for procedure in (RAVELS, EROPAF):
        assert channels_of(silent(procedure)) == channels_of(procedure)
    lines = told(said("call_day1", "not_reached"), said("visit_1", "let_in"))
    assert attempts(lines, silent(RAVELS)) == attempts(lines, RAVELS)


def test_an_answer_that_an_older_version_had_counts_as_not_reached():
    """What nobody can look up any more flatters no figure."""
    lines = told(said("call_day1", "spoke_to_the_cat"), said("gone", "done"))
    assert coded(attempts(lines, RAVELS)) == [("phone", False)]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("averted: {outcomes: [saved]}", Code.UNKNOWN_OUTCOME),
        ("reached: yes", Code.CONFLICT),
        ("channel: pigeon", Code.BAD_VALUE),
        ("help: perhaps", Code.BAD_VALUE),
    ],
)
def test_a_file_that_codes_attempts_wrongly_is_refused(own_procedure: str, wrong: str, code: Code):
    """An outcome nobody has, a reached answer without a channel, a word that is none."""
    step, answer = "    source: ours\n  note:", "opens: note}"
    text = {
        "averted": own_procedure.replace("assign: assign", f"assign: assign\n{wrong}"),
        "channel": own_procedure.replace(step, f"    {wrong}\n{step}"),
    }.get(wrong.partition(":")[0], own_procedure.replace(answer, f"opens: note, {wrong}}}"))
    with pytest.raises(ProcedureError) as refused:
        load(text, origin="own.yaml")
    assert code in [problem.code for problem in refused.value.problems]
    load(own_procedure, origin="own.yaml")

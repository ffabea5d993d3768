"""What the machine found, told plainly: one short tale each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from scheduler import stimuli as s
from scheduler.agenda import Rules
from scheduler.case import Case, Facts, Planned, State, is_over
from scheduler.decision import Decision, Kind, Message, Refused
from scheduler.engine import decide
from scheduler.people import Absence, Person, Roster
from scheduler.workdays import CalendarRules, Workdays, parse_hours
from tests.machine.ground import AN, BRAM, KARIN, LIES, MIET, PROCEDURES, people
from tests.machine.oracle import stands_in_the_morning_list

DAYS = Workdays(
    CalendarRules(
        country="BE", timezone="Europe/Brussels", hours=parse_hours({"mon-fri": ["09:00-17:00"]})
    )
)
MONDAY = "2027-09-13 10:20"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=DAYS.zone)


class Tale:
    """A case, reported at `MONDAY` and given to An."""

    def __init__(self, key: str = "ravels", **facts: Any) -> None:
        self.procedure = PROCEDURES[key]
        self.people: dict[int, Person] = people()
        self.case = Case(procedure=key, version=1)
        self.told: list[Message] = []
        self.wake_at: datetime | None = None
        self.act(MONDAY, s.Reported(by=LIES, facts=Facts(**facts), received_at=at(MONDAY)))
        step, answer = ("crisis_check", "no_crisis") if key == "eropaf" else ("assign", "assigned")
        self.answer("2027-09-13 10:30", step, answer, by=KARIN, to=AN)

    @property
    def rules(self) -> Rules:
        return Rules(procedure=self.procedure, days=DAYS, roster=Roster(people=self.people))

    def act(self, now: str, stimulus: s.Stimulus) -> None:
        outcome = decide(self.case, stimulus, at(now), self.rules)
        assert isinstance(outcome, Decision), outcome
        self.case, self.told, self.wake_at = outcome.case, list(outcome.messages), outcome.wake_at

    def answer(self, now: str, step: str, answer: str | None, *, by: int = AN, **f: Any) -> None:
        fields = s.Fields(**f)
        act = s.StepAnswer(by=by, step=step, answer=answer, done_at=at(now), fields=fields)
        self.act(now, act)

    def wakes(self, now: str) -> None:
        """It was down until then: everything due by now happens at once."""
        self.act(now, s.TimePassed())

    def heard(self, kind: Kind) -> list[tuple[int, str | None]]:
        return [(m.to, m.step) for m in self.told if m.kind is kind]

    def planned(self, day: str, when: str, known: str) -> Planned:
        return Planned(day=date.fromisoformat(day), at=at(f"{day} {when}"), known_at=at(known))


def test_a_reminder_that_was_missed_waits_for_opening_hours() -> None:
    """§1.2: workers hear in opening hours only, also of a deadline that lies outside them."""
    tale = Tale()
    until = at("2027-09-13 17:50")
    tale.act("2027-09-13 10:40", s.Extended(by=KARIN, step="call_day1", until=until))
    tale.wakes("2027-09-13 17:20")  # it would have been sent at 16:50
    assert tale.told == []
    assert tale.wake_at is not None and tale.wake_at >= at("2027-09-14 09:00")


def test_a_client_comes_back_to_a_procedure_that_does_not_say_how() -> None:
    """Such a case begins from the start: nobody who asks for help again meets an error."""
    tale = Tale("door")
    tale.answer("2027-09-13 11:00", "visit", "spoken")
    assert tale.case.outcome == "spoken"
    tale.act("2027-10-04 10:00", s.ReopenedByClient(by=KARIN))
    assert tale.case.state is State.OPEN
    assert (KARIN, "assign") in tale.heard(Kind.PROMPT)


def test_another_question_of_a_step_is_asked_however_soon() -> None:
    """§1.2: two prompts in a minute are one when they ask the same, and only then."""
    tale = Tale()
    tale.answer("2027-09-13 10:40", "call_day1", "accepts_help")
    over = tale.planned("2027-09-13", "09:15", "2027-09-13 10:40")
    tale.answer("2027-09-13 10:40", "home_appointment", None, when=over)
    assert tale.heard(Kind.PROMPT) == [(AN, "home_appointment")]
    assert tale.told[-1].question == "result"


def test_a_step_that_opens_again_has_new_buttons() -> None:
    """P6: the round that was answered and is opened anew by its own answer is another question."""
    tale = Tale("eropaf")
    for step, answer in (
        ("speak_reporter", "spoken"), ("first_contact", "reached"), ("plan", "done"),
        ("call_round_1", "prospect"),
    ):  # fmt: skip
        tale.answer("2027-09-13 11:00", step, answer)
    before = tale.case.steps["call_round_2"]
    later = tale.planned("2027-10-25", "10:00", "2027-09-13 11:30")
    tale.answer("2027-09-13 11:30", "call_round_2", "postponed", when=later)
    after = tale.case.steps["call_round_2"]
    assert after.question is before.question and after.asked_at is not None
    assert is_over(before, after)


def test_a_crisis_that_a_coordinator_calls_is_not_ended_by_an_old_date() -> None:
    """§4: an eviction day that was over when the crisis was called does not end it."""
    tale = Tale(eviction=Planned(day=date(2027, 9, 1), known_at=at(MONDAY)))
    tale.act("2027-09-13 11:00", s.Changed(by=KARIN, fact="crisis"))
    assert tale.case.crisis is not None
    tale.wakes("2027-09-14 09:00")
    status = [m for m in tale.told if m.about == "crisis_status"]
    assert {m.to for m in status} == {AN, KARIN, MIET} and status[0].days_left is None


def test_moments_to_be_asked_again_that_come_together_are_one_prompt() -> None:
    """§1.2: two prompts for one step in one minute are one; two Laters of one night too."""
    tale = Tale()
    for when in ("2027-09-13 13:00", "2027-09-13 14:00"):
        tale.act("2027-09-13 10:40", s.PutOff(by=AN, step="call_day1", until=at(when)))
    tale.wakes("2027-09-13 14:30")
    assert tale.heard(Kind.PROMPT) == [(AN, "call_day1")]


def test_who_left_the_team_answers_nothing() -> None:
    """P7: every right ends with the leaving, also to a step that one was asked."""
    tale = Tale()
    tale.answer("2027-09-13 10:40", "call_day1", "not_reached")
    tale.wakes("2027-09-14 09:00")
    tale.people[AN] = replace(tale.people[AN], left=True)
    done = at("2027-09-14 09:10")
    act = s.StepAnswer(by=AN, step="call_day2", answer="no_number", done_at=done)
    assert decide(tale.case, act, done, tale.rules) == Refused(reason="not_yours")


def test_a_case_is_given_to_nobody_but_the_team_where_that_may_be_left_open_too() -> None:
    """P8: a reporter never gets a case, nor who has left."""
    tale = Tale("eropaf")
    tale.act("2027-09-13 11:00", s.Closing(by=KARIN, outcome="other"))
    report = s.Reported(by=LIES, facts=Facts(), received_at=at("2027-09-14 10:00"))
    tale.act("2027-09-14 10:00", report)
    act = s.StepAnswer(
        by=KARIN,
        step="crisis_check",
        answer="no_crisis",
        done_at=at("2027-09-14 10:10"),
        fields=s.Fields(to=LIES),
    )
    refused = decide(tale.case, act, at("2027-09-14 10:10"), tale.rules)
    assert refused == Refused(reason="needs_to")


@pytest.mark.parametrize("gone", ["leave", "left"])
def test_a_call_that_was_asked_for_goes_to_who_is_there_on_that_day(gone: str) -> None:
    """§1.1: leave moves the recipient, chosen when a message is sent; who left gets nothing."""
    tale = Tale()
    when = tale.planned("2027-09-15", "11:00", "2027-09-13 11:00")
    fields = s.Fields(when=when)
    contact = s.Contacted(
        by=AN, answer="wants_call", done_at=at("2027-09-13 11:00"), fields=fields
    )
    tale.act("2027-09-13 11:00", contact)
    day = date(2027, 9, 15)
    tale.people[AN] = (
        replace(tale.people[AN], absences=(Absence(from_on=day, to_on=day, stand_in=BRAM),))
        if gone == "leave"
        else replace(tale.people[AN], left=True)
    )
    tale.wakes("2027-09-15 11:00")
    asked = [to for to, step in tale.heard(Kind.PROMPT) if step == "client_contact"]
    assert asked == ([BRAM] if gone == "leave" else [KARIN, MIET])


def test_room_for_the_client_is_told_in_opening_hours_after_an_outage_too() -> None:
    """§1.2: what falls due outside opening hours goes out at the next opening."""
    tale = Tale()
    tale.answer("2027-09-13 10:40", "call_day1", "no_number")
    tale.wakes("2027-09-14 09:00")
    tale.answer("2027-09-14 10:00", "visit_1", "nobody_home")
    tale.wakes("2027-09-16 22:00")  # W4 was this day, at 09:00
    assert [m for m in tale.told if m.about == "room"] == []
    tale.wakes("2027-09-17 09:00")
    assert [(m.to, m.step) for m in tale.told if m.about == "room"] == [(AN, "room_day4")]


def test_a_case_that_waits_for_a_date_nobody_knows_stands_in_the_morning_list() -> None:
    """design 6: what nothing will wake cannot stay unseen."""
    tale = Tale()
    tale.act("2027-09-13 11:00", s.Changed(by=KARIN, fact="phase", phase="phase_3"))
    tale.answer("2027-09-13 11:10", "call_day1", "accepts_help")
    when = tale.planned("2027-09-14", "10:00", "2027-09-13 11:10")
    tale.answer("2027-09-13 11:10", "home_appointment", None, when=when)
    tale.wakes("2027-09-14 11:00")
    tale.answer("2027-09-14 11:10", "home_appointment", "went_ahead")
    tale.answer("2027-09-14 11:11", "contents", "phase_3")
    tale.answer("2027-09-14 11:12", "phase3_leaving", None)
    assert tale.wake_at is None and list(tale.case.steps) == ["phase3_leaving"]
    assert stands_in_the_morning_list(tale.case, at("2027-09-15 09:00"), tale.rules)


def test_a_case_that_nobody_takes_is_reminded_of_for_as_long_as_it_lasts() -> None:
    """§1.2: every hour, three times a working day, without an end; weeks later as cheaply."""
    tale = Tale()
    tale.people[AN] = replace(tale.people[AN], left=True)
    tale.act("2027-09-13 11:00", s.WorkerLeft(by=KARIN))
    tale.wakes("2028-02-01 08:00")
    assert tale.wake_at is not None
    for _ in range(20):
        assert tale.wake_at is not None
        tale.wakes(tale.wake_at.astimezone(DAYS.zone).replace(tzinfo=None).isoformat(" "))
        if (KARIN, "assign") in tale.heard(Kind.NUDGE):
            return
    raise AssertionError("no reminder any more")

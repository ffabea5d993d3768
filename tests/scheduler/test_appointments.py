"""What stands in a worker's calendar, who must hear of a change, and how often it changed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from scheduler.appointments import (
    Appointment,
    Change,
    appointments,
    invitations,
    sequence,
)
from scheduler.case import Case, Planned, State
from scheduler.stimuli import Changed, Closing, HandedOver
from tests.bot.conversations.casework import AN, BRAM, CASE, DAYS, KARIN, Office, local

NOW = local("2027-09-13 10:20")
HEARING = Appointment(
    id="hearing-1",
    what="hearing",
    step=None,
    day=local("2027-10-07 10:00").date(),
    at=local("2027-10-07 10:00"),
    worker=AN.id,
)


def planned(text: str) -> Planned:
    at = local(text)
    return Planned(day=DAYS.day_of(at), at=at, known_at=NOW)


def moved(one: Appointment, to: str, worker: int | None = None) -> Appointment:
    at = local(to)
    return Appointment(
        id=one.id,
        what=one.what,
        step=one.step,
        day=DAYS.day_of(at),
        at=at,
        worker=worker or one.worker,
    )


def told(before: list[Appointment], after: list[Appointment], now: datetime = NOW):
    found = invitations({one.id: one for one in before}, {one.id: one for one in after}, now, DAYS)
    return [(one.change, one.to, one.appointment) for one in found]


def test_what_is_new_moved_or_withdrawn_is_told_once():
    """A calendar hears of each change, and of nothing that stayed."""
    later = moved(HEARING, "2027-10-14 09:00")
    assert told([], [HEARING]) == [(Change.NEW, AN.id, HEARING)]
    assert told([HEARING], [later]) == [(Change.MOVED, AN.id, later)]
    assert told([HEARING], []) == [(Change.GONE, AN.id, HEARING)]
    assert told([HEARING], [HEARING]) == []


def test_who_hands_over_loses_it_and_who_takes_over_gets_it():
    """The old worker's phone lets go of it first."""
    theirs = moved(HEARING, "2027-10-07 10:00", BRAM.id)
    assert told([HEARING], [theirs]) == [
        (Change.GONE, AN.id, HEARING),
        (Change.NEW, BRAM.id, theirs),
    ]


def test_what_is_over_is_left_in_peace():
    """An appointment that took place stays in the calendar; a date in the past is no event."""
    after = local("2027-10-07 10:30")
    assert told([HEARING], [], after) == []
    assert told([], [HEARING], after) == []
    again = moved(HEARING, "2027-10-14 09:00")
    assert told([HEARING], [again], after) == [(Change.MOVED, AN.id, again)]
    past = moved(HEARING, "2027-09-06 10:00")
    assert told([HEARING], [past]) == [(Change.GONE, AN.id, HEARING)]


def test_a_day_without_a_time_is_ahead_until_it_is_over():
    """All day is all day."""
    whole = Appointment(
        id="eviction-1",
        what="eviction",
        step=None,
        day=HEARING.day,
        at=None,
        worker=AN.id,
    )
    evening = local("2027-10-07 22:00")
    assert told([whole], [], evening) == [(Change.GONE, AN.id, whole)]
    assert told([whole], [], evening + timedelta(hours=3)) == []


# On real cases


@pytest.fixture
def office():
    office = Office()
    office.assigned(hearing=planned("2027-10-07 10:00"))
    office.answers(AN, "call_day1", "accepts_help")
    return office


def plan(office):
    return appointments(office.view.case, office.view.procedure)


def number(office, id_: str) -> int:
    first = Case(procedure="ravels", version=office.view.procedure.version)
    events = [line.event for line in office.history(CASE)]
    return sequence(first, events, office.view.procedure, id_)


def test_an_appointment_and_a_hearing_are_known(office):
    """Steps with a date, and the legal dates, of the case's worker."""
    assert [one.what for one in plan(office).values()] == ["hearing"]
    office.answers(AN, "home_appointment", None, when=planned("2027-09-14 14:00"))
    assert {one.what: one.worker for one in plan(office).values()} == {
        "home_appointment": AN.id,
        "hearing": AN.id,
    }
    assert not any("Verlinden" in id_ or "Weelde" in id_ for id_ in plan(office))


def test_the_number_grows_with_each_change_and_with_nothing_else(office):
    """RFC 5545: SEQUENCE. Counted in the history, so it is the same after any restart."""
    seen = [number(office, "hearing-1")]
    office.answers(AN, "home_appointment", None, when=planned("2027-09-14 14:00"))
    assert number(office, "hearing-1") == seen[-1] == 0
    for what in (
        Changed(by=AN.id, fact="hearing", planned=planned("2027-10-14 09:00")),
        HandedOver(by=KARIN.id, to=BRAM.id),
        Changed(by=BRAM.id, fact="hearing", planned=None),
        Changed(by=BRAM.id, fact="hearing", planned=planned("2027-10-07 10:00")),
    ):
        office.happens(what)
        seen.append(number(office, "hearing-1"))
    assert seen == [0, 1, 2, 3, 4]


def test_an_appointment_that_moves_stays_the_same(office):
    """Another date of the same appointment is a change of it, not another one."""
    office.answers(AN, "home_appointment", None, when=planned("2027-09-14 14:00"))
    (first,) = [id_ for id_ in plan(office) if id_.startswith("home")]
    office.answers(AN, "home_appointment", "moved", when=planned("2027-09-15 14:00"))
    assert first in plan(office)
    assert number(office, first) >= 1


def test_a_closed_case_has_no_appointments(office):
    """Nobody goes to a hearing of a case that is closed."""
    assert plan(office) != {}
    office.happens(Closing(by=AN.id, outcome="averted"))
    assert office.view.case.state is State.CLOSED
    assert plan(office) == {}


def test_a_case_without_a_worker_is_in_nobodys_calendar():
    """A report with a hearing waits for who gets the case."""
    office = Office()
    office.reports(hearing=planned("2027-10-07 10:00"))
    assert plan(office) == {}
    office.answers(KARIN, "assign", "assigned", to=AN.id)
    assert [one.worker for one in plan(office).values()] == [AN.id]

"""Lists and morning lists: what is late first, one line a case, pages, nothing too much."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.conversations.scene import AbsenceLine
from bot.reading.words import utf16_len
from bot.screen import Verb
from bot.texts import say
from bot.views.cases import next_line
from bot.views.heads import Sight
from bot.views.lists import coordinator_digest, rows_of, worker_digest
from scheduler.stimuli import Changed, Lifted
from tests.bot.conversations.casework import (
    AN,
    BRAM,
    CASE,
    KARIN,
    REF,
    Chat,
    Office,
    labels,
    local,
)


@pytest.fixture
def office():
    made = Office()
    made.assigned()
    return made


def digest(office):
    """Return Karin's morning list."""
    return coordinator_digest(
        KARIN, office.open_cases(), office.people(), office.team, office.roster, office.now
    )


def late(office):
    """Let W1 pass without an answer, and W2 begin."""
    office.now = local("2027-09-13 17:00")
    office.happens_time()
    office.now = local("2027-09-14 09:00")
    office.happens_time()


def test_the_coordinators_morning_list_says_what_is_late(office):
    """screens.md: the day and how many, then who has what and since when it is late."""
    late(office)
    html = digest(office).html
    assert html.startswith("<b>Dinsdag 14 september · 1 dossier vraagt aandacht</b>")
    assert "🔴 <code>K7QM-4T</code> · An · M.V., Weelde · bel vandaag – te laat sinds" in html
    assert "Vandaag: 1 vraag aan An." in html


def test_questions_are_counted_for_who_gets_them(office):
    """A stand-in's day holds the questions of the colleague who is away."""
    late(office)
    day = date(2027, 9, 14)
    office.leave.append(
        AbsenceLine(id=1, person=AN.id, from_on=day, to_on=day, stand_in=BRAM.id, accepted=True)
    )
    assert "Vandaag: 1 vraag aan Bram." in digest(office).html


def test_all_well_is_one_line(office):
    """§1.2: one line when all is well."""
    office.answers(AN, "call_day1", "not_reached")
    assert digest(office).html == "<b>Maandag 13 september · alles op schema</b>"


def test_a_team_without_cases_is_not_on_schedule(office):
    """Where nothing is open, the one line says that."""
    html = coordinator_digest(KARIN, (), office.people(), office.team, office.roster, office.now)
    assert html.html == "<b>Maandag 13 september · geen open dossiers</b>"


def test_who_is_absent_is_said_with_the_stand_in(office):
    """§1.2: the coordinator's list names who is absent, and who stands in."""
    day = date(2027, 9, 13)
    office.leave.append(
        AbsenceLine(id=1, person=BRAM.id, from_on=day, to_on=day, stand_in=AN.id, accepted=True)
    )
    assert "Bram is er niet (vervanger: An)." in digest(office).html
    office.leave[0] = replace(office.leave[0], stand_in=None)
    assert say("nl-BE", "digest-absent-nobody", name="Bram") in digest(office).html


def test_a_worker_with_nothing_to_do_gets_no_list(office):
    """§1.2: each worker's list only when there is something in it."""
    office.answers(AN, "call_day1", "not_reached")
    assert worker_digest(AN, office.cases_of(AN.id), office.team, office.now) is None


def test_a_workers_list_is_in_their_language(office):
    """Two late or due steps of one's own, in one's own language."""
    late(office)
    reader = replace(AN, language="en")
    screen = worker_digest(reader, office.cases_of(AN.id), office.team, office.now)
    assert screen is not None
    assert screen.html.startswith("<b>Tuesday 14 September · 1 question waits for you</b>")
    assert "late since" in screen.html


def test_what_opens_this_morning_is_in_this_mornings_list(office):
    """§1.2: today's steps, also those that open in the very minute of the list."""
    office.answers(AN, "call_day1", "not_reached")
    office.now = local("2027-09-14 09:00")
    assert "bel vóór 12 uur – tot vandaag 12:00" in digest(office).html
    screen = worker_digest(AN, office.cases_of(AN.id), office.team, office.now)
    assert screen is not None
    assert "1 vraag wacht op je" in screen.html


def test_what_is_only_told_today_is_no_question(office):
    """R-51: room for the client on working day 4 asks nothing: all is well that day."""
    office.answers(AN, "call_day1", "not_reached")
    office.now = local("2027-09-14 09:00")
    office.happens_time()
    office.answers(AN, "call_day2", "not_reached")
    office.answers(AN, "visit_1", "nobody_home")
    office.answers(AN, "note_1", "done")
    assert "room_day4" in {coming.step for coming in office.view.case.coming}
    office.now = local("2027-09-16 09:00")
    assert digest(office).html == "<b>Donderdag 16 september · alles op schema</b>"
    office.now = local("2027-09-17 09:00")
    assert "laatste huisbezoek – tot vandaag 17:00" in digest(office).html


def test_a_case_without_a_next_step_is_seen(office):
    """design 6: an open case without an open step stands in the list every day."""
    case = replace(office.view.case, steps={}, coming=())
    office.views[CASE] = replace(office.view, case=case)
    assert say("nl-BE", "no-next-step") in digest(office).html


def test_late_comes_before_today_and_today_before_calm(office):
    """The most urgent case is the first that is read."""
    office.now = local("2027-09-14 08:00")
    for n in range(8, 11):
        office.reports(id_=n, ref=f"B4WX-{n}N")
        office.answers(KARIN, "assign", "assigned", n, to=AN.id)
    office.answers(AN, "call_day1", "not_reached", 9)
    late(office)
    rows = rows_of(office.open_cases(), office.team, "nl-BE", office.now)
    assert rows[0].sight.view.ref == REF
    assert rows[-1].sight.view.id == 9


def test_long_lists_have_pages(office):
    """A list longer than a look has pages, turned in the same message."""
    for n in range(20, 50):
        office.reports(id_=n, ref=f"B4WX-{n}")
    chat = Chat(office, member=KARIN)
    chat.order("status")
    assert "Dossiers: 31" in chat.last.html
    first = [label for label in labels(chat.last) if "-" in label]
    assert len(first) == 12
    chat.press(Verb.LIST, "status", page=1)
    assert chat.turn.edit is not None
    assert not set(first) & set(labels(chat.last))
    chat.force(Verb.LIST, arg="status", page=99)
    assert "3 van 3" in labels(chat.last)


def test_a_morning_list_of_hundreds_fits_in_one_message(office):
    """One message, not thirty: how many more there are is said."""
    for n in range(20, 320):
        office.reports(id_=n, ref=f"B4WX-{n}")
    html = digest(office).html
    assert utf16_len(html) <= 4096
    assert "en nog" in html


@pytest.mark.parametrize("command", ["status", "STATUS", "Status", "sTaTuS"])
def test_commands_in_any_letter_case(office, command):
    """Row 19: /STATUS is /status."""
    chat = Chat(office, member=KARIN)
    chat.order(command)
    assert "Dossiers: 1" in chat.last.html


@pytest.mark.parametrize("command", ["frobnicate", "statuss", ""])
def test_an_unknown_command_is_answered_with_help(office, command):
    """Row 19: help, not silence."""
    chat = Chat(office, member=KARIN)
    chat.order(command)
    assert "/telaat" in chat.last.html


@pytest.mark.parametrize("ref", ["k7qm-4t", "K7QM4T", " K7QM 4T ", "`K7QM-4T`"])
def test_a_reference_is_read_as_people_copy_it(office, ref):
    """Row 23: lower case, without hyphen, with spaces."""
    chat = Chat(office)
    chat.order(f"case {ref}")
    assert "<code>K7QM-4T</code>" in chat.last.html


@pytest.mark.parametrize(
    "ref", ["K7QM-4T'; DROP TABLE", "%", "_", "*", "B4WX-1N", "nope", "K7QM-4T extra"]
)
def test_what_is_no_reference_is_the_one_refusal(office, ref):
    """Rows 23, 24: unknown, malformed and someone else's read the same."""
    chat = Chat(office)
    chat.order(f"case {ref}")
    assert chat.last.html == say("nl-BE", "refused")
    chat.order(f"status {ref}")
    assert chat.last.html == say("nl-BE", "refused")


def test_a_worker_sees_only_their_own(office):
    """/today and /cases: one's own cases, and those one stands in for."""
    office.reports(id_=8, ref="B4WX-1N")
    office.answers(KARIN, "assign", "assigned", 8, to=BRAM.id)
    chat = Chat(office)
    for command in ("today", "cases", "vandaag", "dossiers"):
        chat.order(command)
        assert REF in chat.last.html
        assert "B4WX-1N" not in chat.last.html


def test_overdue_lists_what_is_late_alone(office):
    """/overdue: late steps only."""
    chat = Chat(office, member=KARIN)
    chat.order("overdue")
    assert say("nl-BE", "list-overdue-empty") in chat.last.html
    late(office)
    chat.order("overdue")
    assert REF in chat.last.html


def test_a_step_whose_gate_was_lifted_is_not_late():
    """E-08: it stays open and is waited for no more: no red mark, not among what is overdue."""
    office = Office()
    office.assigned("eropaf")
    office.happens(Changed(by=KARIN.id, fact="crisis"))
    office.now = local("2027-09-13 11:30")
    office.happens(Lifted(by=KARIN.id, what="gate"))
    office.answers(AN, "first_contact", "reached")
    office.now = local("2027-09-14 17:30")
    office.happens_time()
    assert "speak_reporter" in office.view.case.steps
    chat = Chat(office, member=KARIN)
    chat.order("overdue")
    assert "spreek de melder" not in chat.last.html
    chat.order(f"case {REF}")
    assert "🔴 spreek de melder" not in chat.last.html


def test_what_comes_next_is_what_the_answer_led_to(office):
    """A call that is late already is told as late elsewhere: after the visit comes the note."""
    office.answers(AN, "call_day1", "not_reached")
    for hour in ("09:00", "13:00"):
        office.now = local(f"2027-09-14 {hour}")
        office.happens_time()
    office.answers(AN, "visit_1", "nobody_home")
    assert "call_day2" in office.view.case.steps
    sight = Sight(view=office.view, team=office.team, language="nl-BE", now=office.now)
    assert str(next_line(sight)).startswith("Volgende: briefje")


def test_the_team_list_shows_load_and_leave(office):
    """/team: who is there, how many cases each has, who is away and who stands in."""
    day = date(2027, 9, 13)
    office.leave.append(
        AbsenceLine(id=1, person=BRAM.id, from_on=day, to_on=day, stand_in=AN.id, accepted=None)
    )
    chat = Chat(office, member=KARIN)
    chat.order("team")
    html = chat.last.html
    assert "<b>An</b> · begeleider · 1 dossier" in html
    assert "ma 13 sep, vervanging gevraagd aan An" in html
    assert "Lies" not in html
    chat.press(Verb.LIST, "absent")
    assert "Bram" in chat.last.html


def test_help_says_what_ones_role_can_ask(office):
    """A worker is not told of commands that would be refused."""
    worker, coordinator = Chat(office), Chat(office, member=KARIN)
    worker.order("help")
    coordinator.order("help")
    assert "/telaat" not in worker.last.html
    assert "/telaat" in coordinator.last.html

"""Answering a step: one tap where nothing is asked, else one fact at a time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.acts import AddDetails, AnswerStep, RawFields, RawItem, When
from bot.conversations.followup import LASTS
from bot.conversations.outcome import Decided
from bot.conversations.scene import Likeness
from bot.screen import Verb
from bot.texts import say
from scheduler.case import Planned
from scheduler.stimuli import Fields, StepAnswer
from tests.bot.conversations.casework import (
    AN,
    BRAM,
    CASE,
    KARIN,
    LIES,
    REF,
    Chat,
    Office,
    labels,
    local,
)


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def chat(office):
    return Chat(office)


def at_appointment(office):
    """An has the case, and the client has accepted help by phone."""
    office.assigned()
    office.answers(AN, "call_day1", "accepts_help")


def at_step(office, *answers):
    """An has answered these, one after the other."""
    office.assigned()
    for step, answer in answers:
        office.answers(AN, step, answer)


def test_an_answer_without_fields_is_one_tap(office, chat):
    """One message, one question, one tap: the act follows at once (screens.md)."""
    office.assigned()
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "not_reached")
    assert chat.act == AnswerStep(case=CASE, step="call_day1", answer="not_reached")
    assert chat.dialogue is None


def test_a_typed_appointment_is_kept_with_its_time(office, chat):
    """ "do 16 sep 10:00" is a day and a moment in the team's zone (design 3)."""
    at_appointment(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    assert chat.asking == "when"
    chat.say("wo 15 sep 10:00")
    chat.press(Verb.PICK, "yes")
    when = When(day=date(2027, 9, 15), at=local("2027-09-15 10:00"))
    assert chat.act == AnswerStep(
        case=CASE, step="home_appointment", answer=None, fields=RawFields(when=when)
    )


def test_an_appointment_without_a_time_asks_for_it(office, chat):
    """A day alone is no appointment: the time is asked, and may be tapped."""
    at_appointment(office)
    chat.order(f"case {REF}")
    chat.tap("Werkdag 2 · di 14 sep")
    assert chat.asking == "when"
    assert chat.acts == []
    chat.tap("14:00")
    assert chat.act.fields.when == When(day=date(2027, 9, 14), at=local("2027-09-14 14:00"))


def test_the_days_can_be_leafed_through(office, chat):
    """design 3: a date is typed as people say it, or picked from a small calendar."""
    at_appointment(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    chat.tap("okt ▸")
    chat.tap("◂ sep")
    chat.tap("22")
    chat.tap("09:00")
    chat.press(Verb.SKIP)
    assert chat.act.fields.when.day == date(2027, 9, 22)


def test_an_appointment_may_have_no_time_yet(office, chat):
    """The client said "Wednesday": the day is kept."""
    at_appointment(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    chat.say("woensdag")
    chat.tap("Uur nog niet bekend")
    assert chat.act.fields.when == When(day=date(2027, 9, 15))


def test_a_typed_hour_completes_the_day(office, chat):
    """After a day, "14u30" is the time of that day."""
    at_appointment(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    chat.tap("14")
    chat.say("14u30")
    chat.press(Verb.PICK, "yes")
    assert chat.act.fields.when == When(day=date(2027, 9, 14), at=local("2027-09-14 14:30"))


def test_an_appointment_beyond_the_window_asks_why(office, chat):
    """G-08: later than W3 is a deviation, with a reason that may be left out."""
    at_appointment(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    chat.say("ma 20 sep 10:00")
    assert chat.asking == "reason"
    chat.say("ze is in het ziekenhuis")
    assert chat.act.fields.reason == "ze is in het ziekenhuis"
    assert chat.act.fields.when.day == date(2027, 9, 20)


def test_a_date_in_the_past_is_echoed(office, chat):
    """Row 40: a past date is not refused but asked about; one tap confirms it."""
    at_appointment(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    chat.say("10-9-2027 10:00")
    assert chat.acts == []
    assert say("nl-BE", "ask-date-past") in chat.last.html
    chat.press(Verb.PICK, "yes")
    assert chat.act.fields.when.day == date(2027, 9, 10)


@pytest.mark.parametrize("text", ["31-02", "29-02-2027 10:00", "9999", "ja", "1-1-0001"])
def test_a_date_that_does_not_exist_is_asked_again(office, chat, text):
    """Row 40: what is no date is never taken as one; the question stays."""
    at_appointment(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    chat.say(text)
    assert chat.acts == []
    assert chat.asking == "when"


def test_a_suggested_neighbour_of_a_bad_date_can_be_tapped(office, chat):
    """ "31 feb does not exist. Do you mean …?" (screens.md)"""
    at_appointment(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    chat.say("31 sep 2027 10:00")
    first = labels(chat.last)[0]
    chat.tap(first)
    chat.press(Verb.SKIP)
    assert chat.act.fields.when.day in (date(2027, 9, 30), date(2027, 10, 1))


def test_ticks_are_ticked_one_by_one_or_all(office, chat):
    """R-65 … R-67: what was told is ticked; a tick pressed twice is no tick."""
    at_appointment(office)
    office.answers(AN, "home_appointment", "went_ahead")
    office.answers(AN, "contents", "phase_1")
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "yes")
    chat.counts()
    assert chat.asking == "ticks"
    chat.press(Verb.PICK, "leaflet")
    chat.press(Verb.PICK, "consequences")
    chat.press(Verb.PICK, "leaflet")
    chat.press(Verb.DONE)
    assert chat.act.fields.ticks == ("consequences",)


def test_an_answers_own_ticks_replace_the_steps(office, chat):
    """R-68: "no" has its own two ticks, and closes the case."""
    at_appointment(office)
    office.answers(AN, "home_appointment", "went_ahead")
    office.answers(AN, "contents", "phase_1")
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "no")
    chat.counts()
    chat.press(Verb.DONE, "all")
    assert isinstance(chat.act, AddDetails)
    assert chat.act.answer == "no"
    assert chat.act.fields.ticks == ("consequences", "always_welcome")


def test_all_done_ticks_the_whole_checklist(office, chat):
    """R-44 … R-50: [All done] is one tap and keeps all five contents of the note."""
    at_step(office, ("call_day1", "no_number"))
    office.now = local("2027-09-14 10:00")
    office.happens_time()
    office.answers(AN, "visit_1", "nobody_home")
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "done", page=0)
    assert chat.act.answer == "done"
    assert len(chat.act.fields.ticks) == 5


def test_a_box_is_ticked_in_place(office, chat):
    """screens.md: the boxes stand on the prompt: a tap turns one over, there."""
    at_step(office, ("call_day1", "no_number"))
    office.now = local("2027-09-14 10:00")
    office.happens_time()
    office.answers(AN, "visit_1", "nobody_home")
    chat.order(f"case {REF}")
    for box in ("☐ folder uithuiszetting", "☐ ik kom terug", "☐ vraag om snel contact"):
        chat.tap(box)
    chat.tap("☑ ik kom terug")
    assert (chat.turn.screens, chat.dialogue) == ((), None)
    assert "Briefje in de bus?" in chat.last.html
    chat.tap("✓ Klaar: 2 van 5")
    assert chat.act.answer == "done"
    assert chat.act.fields.ticks == ("contact_us", "leaflet")


def test_every_box_ticked_is_all_done(office, chat):
    """R-44 … R-50: ticking the last box offers the one tap for all, and no other."""
    at_step(office, ("call_day1", "no_number"))
    office.now = local("2027-09-14 10:00")
    office.happens_time()
    office.answers(AN, "visit_1", "nobody_home")
    chat.order(f"case {REF}")
    while any(one.startswith("☐") for one in labels(chat.last)):
        chat.tap(next(one for one in labels(chat.last) if one.startswith("☐")))
    chat.tap("Alles gedaan ✓")
    assert len(chat.act.fields.ticks) == 5


def test_details_show_what_was_written_and_who_was_tried(office, chat):
    """E-18 … E-21: facts of an answer are read back; to assign is no attempt at contact."""
    office.assigned("eropaf")
    office.answers(AN, "speak_reporter", "spoken")
    office.know({7: "Werk verloren in mei"})
    chat.order(f"case {REF}")
    chat.press(Verb.DETAILS)
    assert "• Werk verloren in mei" in chat.last.html
    assert "spreek de melder · Gesproken" in chat.last.html
    assert "Toewijzen" not in chat.last.html


def test_a_date_is_said_back(office, chat):
    """screens.md: after one tap the message reads what was told, not that it was noted down."""
    at_appointment(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    chat.say("morgen 10u")
    chat.press(Verb.PICK, "yes")
    act = chat.act
    at = local("2027-09-14 10:00")
    when = Planned(day=at.date(), at=at, known_at=office.now)
    fields = Fields(when=when)
    decision = office.happens(
        StepAnswer(by=AN.id, step=act.step, answer=None, done_at=office.now, fields=fields)
    )
    chat.told(act, Decided(case=CASE, decision=decision, seq=3))
    assert chat.last.html.startswith("✓ <b>Afspraak thuis: di 14 sep 10:00</b>\n")


def test_a_required_reason_cannot_be_skipped(office, chat):
    """`not_done` wants its reason: a note that was not delivered is never silent."""
    at_step(office, ("call_day1", "no_number"))
    office.now = local("2027-09-14 10:00")
    office.happens_time()
    office.answers(AN, "visit_1", "nobody_home")
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "not_done")
    assert all(key != "Overslaan" for key in labels(chat.last))
    chat.force(Verb.SKIP)
    assert chat.acts == []
    chat.say("geen bus gevonden")
    assert chat.act.fields.reason == "geen bus gevonden"


@pytest.mark.parametrize("text", ["", "   ", "👍", "\u200d\u2069", "…!"])
def test_blank_text_is_asked_again(office, chat, text):
    """Row 28: spaces, emoji and invisible marks are no reason."""
    at_step(office, ("call_day1", "no_number"))
    office.now = local("2027-09-14 10:00")
    office.happens_time()
    office.answers(AN, "visit_1", "nobody_home")
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "not_done")
    chat.say(text)
    assert chat.acts == []
    assert chat.asking == "reason"


def to_actions(office):
    """An and the client are at the priority actions."""
    at_appointment(office)
    office.answers(AN, "home_appointment", "went_ahead")
    office.answers(AN, "contents", "phase_1")
    office.answers(AN, "phase1_offer", "yes")
    office.answers(AN, "phase1_explore", "done")


def test_actions_are_told_one_after_another(office, chat):
    """R-72 … R-79: what, who, by when; then another, or done."""
    to_actions(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    assert chat.asking == "items.what"
    chat.tap("Huurtoelage")
    assert chat.asking == "items.who"
    chat.say("An")
    assert chat.asking == "items.day"
    chat.say("20 sep")
    assert chat.asking == "items.more"
    chat.press(Verb.PICK, "another")
    chat.say("Verhuurder bellen")
    chat.press(Verb.SKIP)
    chat.press(Verb.SKIP)
    chat.press(Verb.DONE)
    assert chat.act.answer is None
    assert chat.act.fields.items == (
        RawItem(what="Huurtoelage", who="An", day=date(2027, 9, 20)),
        RawItem(what="Verhuurder bellen"),
    )


def test_typing_on_is_another_action(office, chat):
    """Who simply types the next action need not press a button for it."""
    to_actions(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    chat.say("Huurtoelage")
    chat.press(Verb.SKIP)
    chat.press(Verb.SKIP)
    chat.say("Budgetbeheer")
    assert chat.asking == "items.who"


def with_two_actions(office):
    """Two actions on one day, whose day has come."""
    to_actions(office)
    from scheduler.stimuli import NewItem

    day = date(2027, 9, 20)
    items = (NewItem(what_ref=51, day=day), NewItem(what_ref=52, who_ref=53, day=day))
    office.answers(AN, "phase1_actions", None, items=items)
    texts = {51: "Huurtoelage", 52: "Bellen", 53: "huurder"}
    office.know(texts)


def test_an_item_answer_names_its_item(office, chat):
    """§2: per action `done`, `moved`, `dropped`; several on one date have their own buttons."""
    with_two_actions(office)
    items = office.view.case.items
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "done", item=items[1].id)
    assert chat.act == AnswerStep(
        case=CASE,
        step="phase1_actions",
        answer="done",
        fields=RawFields(item=items[1].id),
    )


def test_an_item_answer_without_its_item_asks_which(office, chat):
    """Never guess which of two was meant."""
    with_two_actions(office)
    items = office.view.case.items
    chat.force(Verb.ANSWER, case=CASE, step="phase1_actions", arg="moved")
    assert chat.asking == "item"
    chat.press(Verb.PICK, item=items[0].id)
    assert chat.asking == "when"
    chat.say("27 sep")
    chat.press(Verb.PICK, "yes")
    assert chat.act.fields.item == items[0].id
    assert chat.act.fields.when == When(day=date(2027, 9, 27))


def test_hearing_first_asks_ticks_support_and_date(office, chat):
    """R-81, R-82: before the hearing its date, which counts; then the ticks and the support."""
    at_appointment(office)
    office.answers(AN, "home_appointment", "went_ahead")
    office.answers(AN, "contents", "phase_2")
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    assert chat.asking == "hearing"
    chat.say("14 okt 2027 9:00")
    chat.press(Verb.PICK, "yes")
    hearing = When(day=date(2027, 10, 14), at=local("2027-10-14 09:00"))
    assert chat.act.fields == RawFields(hearing=hearing)
    chat.counts()
    chat.press(Verb.DONE, "all")
    assert chat.asking == "support"
    chat.press(Verb.PICK, "later")
    assert chat.act.fields == RawFields(ticks=("hearing_matters",), choice="later")


def known_hearing(office):
    """The date of the hearing came with the report."""
    at = local("2027-10-14 09:00")
    office.assigned(hearing=Planned(day=at.date(), at=at, known_at=office.now))
    office.answers(AN, "call_day1", "accepts_help")
    office.answers(AN, "home_appointment", "went_ahead")
    office.answers(AN, "contents", "phase_2")


def test_a_date_that_is_known_is_left_so_by_one_tap(office, chat):
    """What the report said already is shown, not asked anew: one tap leaves it, and it counts."""
    known_hearing(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    assert "In het dossier staat: do 14 okt 09:00." in chat.last.html
    assert labels(chat.last)[:2] == ["Andere dag…", "Laat zo"]
    chat.tap("Laat zo")
    assert chat.act.fields == RawFields()


def test_a_date_that_is_known_can_be_another(office, chat):
    """The other date stands behind a button, and can be typed at once."""
    known_hearing(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    chat.say("21 okt 2027 9:00")
    chat.press(Verb.PICK, "yes")
    assert chat.act.fields.hearing == When(day=date(2027, 10, 21), at=local("2027-10-21 09:00"))


def test_a_hearing_that_is_over_is_not_left_so(office, chat):
    """A date of the past says nothing of the next hearing: it is asked as ever."""
    known_hearing(office)
    office.now = local("2027-10-20 10:00")
    chat.force(Verb.ANSWER, case=CASE, step="phase2_hearing", arg="")
    assert "Laat zo" not in labels(chat.last)


def test_assign_is_one_tap_per_worker(office):
    """The coordinator's first prompt: a worker's name assigns at once."""
    office.reports()
    chat = Chat(office, member=KARIN)
    chat.force(Verb.ANSWER, case=CASE, step="assign", arg="assigned", person=AN.id)
    assert chat.act == AnswerStep(
        case=CASE, step="assign", answer="assigned", fields=RawFields(to=AN.id)
    )


def test_a_likeness_is_for_a_human_to_decide(office):
    """R-13: a possibly known household is asked about before the case is given to anyone."""
    office.reports()
    office.likes.append(
        Likeness(case=3, ref="H2DP-9C", closed_on=None, outcome=None, worker_name="Bram")
    )
    chat = Chat(office, member=KARIN)
    chat.force(Verb.ANSWER, case=CASE, step="assign", arg="assigned", person=AN.id)
    assert chat.asking == "known"
    chat.press(Verb.PICK, "known", item=3)
    assert chat.act.fields == RawFields(to=AN.id, known=3)


def test_a_new_household_is_new(office):
    """R-13: the coordinator may say that the likeness is none."""
    office.reports()
    office.likes.append(
        Likeness(case=3, ref="H2DP-9C", closed_on=None, outcome=None, worker_name="Bram")
    )
    chat = Chat(office, member=KARIN)
    chat.force(Verb.ANSWER, case=CASE, step="assign", arg="assigned")
    chat.press(Verb.PICK, "new")
    assert chat.asking == "to"
    chat.press(Verb.PICK, person=BRAM.id)
    assert chat.act.fields == RawFields(to=BRAM.id)


def test_a_name_may_be_typed_for_a_person(office):
    """Where a worker's name is asked, typing it is as good as tapping it."""
    office.reports("eropaf")
    chat = Chat(office, member=KARIN)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "no_crisis")
    chat.say("bram")
    assert chat.act.fields.to == BRAM.id


def test_the_four_facts_of_first_contact_are_one_message(office, chat):
    """E-18 … E-21: the answer counts at once; then one text takes causes, professionals, network
    and own idea, or is left out."""
    office.assigned("eropaf")
    office.answers(AN, "speak_reporter", "spoken")
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "reached")
    chat.counts()
    for asked in ("oorzaken", "professionals", "netwerk", "eigen idee"):
        assert asked in chat.last.html
    chat.say("Ontslag in mei. CAW en een zus helpen. Zelf denken ze aan budgetbeheer.")
    assert chat.act == AddDetails(
        case=CASE,
        step="first_contact",
        answer="reached",
        fields=RawFields(
            note="Ontslag in mei. CAW en een zus helpen. Zelf denken ze aan budgetbeheer."
        ),
    )


def at_meeting(office):
    """The calls brought no agreement: all are asked to one table."""
    office.assigned("eropaf")
    for step, answer in (
        ("speak_reporter", "spoken"),
        ("first_contact", "reached"),
        ("plan", "done"),
        ("call_round_1", "none"),
    ):
        office.answers(AN, step, answer)


def test_a_meeting_asks_when_and_who_with_which_mandate(office, chat):
    """E-31, E-35: date and participants, one a message, each with their mandate."""
    at_meeting(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    chat.say("wo 15 sep 14:00")
    chat.press(Verb.PICK, "yes")
    chat.counts()
    assert chat.asking == "participants"
    chat.say("Jan Peeters, verhuurder, mandaat ja")
    chat.say("Sofie, bewindvoerder, mandaat onbekend")
    assert "Jan Peeters" in chat.last.html
    chat.press(Verb.DONE)
    assert chat.act.fields.participants == (
        "Jan Peeters, verhuurder, mandaat ja\nSofie, bewindvoerder, mandaat onbekend"
    )


def test_signed_agreements_come_with_a_photo(office, chat):
    """E-33, E-34: written down on the spot, signed by all; a photo of the paper, or none."""
    at_meeting(office)
    chat.force(Verb.ANSWER, case=CASE, step="meeting", arg="signed_by_all")
    chat.say("200 euro per maand")
    chat.say("huurder")
    chat.say("1 okt")
    chat.press(Verb.DONE)
    assert chat.act.fields.items == (
        RawItem(what="200 euro per maand", who="huurder", day=date(2027, 10, 1)),
    )
    chat.counts()
    assert chat.asking == "photo"
    chat.hand("sticker", file_id="S1")
    assert len(chat.acts) == 1
    chat.hand("photo", file_id="F1")
    assert chat.act.fields == RawFields(file_id="photo:F1")


def test_done_earlier_keeps_when_it_was_done(office, chat):
    """§1.2: *done at* and *reported at* are two things; the answer after it keeps the first."""
    office.assigned()
    office.now = local("2027-09-13 16:00")
    chat.force(Verb.STEP, case=CASE, step="call_day1", arg="earlier")
    assert chat.asking == "done_at"
    chat.say("vandaag 14:30")
    chat.press(Verb.ANSWER, "not_reached")
    assert chat.act == AnswerStep(
        case=CASE,
        step="call_day1",
        answer="not_reached",
        done_at=local("2027-09-13 14:30"),
    )
    assert chat.dialogue is None


def test_done_earlier_lies_behind_us(office, chat):
    """A thing that was done cannot have been done tomorrow."""
    office.assigned()
    chat.force(Verb.STEP, case=CASE, step="call_day1", arg="earlier")
    chat.say("morgen 10:00")
    assert chat.asking == "done_at"
    assert say("nl-BE", "ask-date-ahead") in chat.last.html


def test_back_takes_the_latest_answer_back(office, chat):
    """Back asks the previous question again; at the first one it stops."""
    to_actions(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    chat.say("Huurtoelage")
    chat.press(Verb.BACK)
    assert chat.asking == "items.what"
    chat.press(Verb.BACK)
    assert chat.dialogue is None


def test_cancel_changes_nothing(office, chat):
    """Cancel ends the dialogue without an act."""
    at_appointment(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    chat.press(Verb.CANCEL)
    assert (chat.dialogue, chat.acts) == (None, [])


def test_a_second_dialogue_asks_first(office, chat):
    """Row 37: what was typed is not lost because another button was pressed."""
    to_actions(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    chat.say("Huurtoelage")
    chat.force(Verb.DEVIATE, case=CASE, step="phase1_actions")
    assert say("nl-BE", "two-at-once") in chat.last.html
    assert chat.dialogue.kind == "answer"
    chat.press(Verb.RESUME)
    assert chat.asking == "items.who"
    chat.press(Verb.CANCEL)
    chat.force(Verb.DEVIATE, case=CASE, step="phase1_actions")
    assert chat.dialogue.kind == "deviate"


def test_a_one_tap_answer_leaves_a_dialogue_where_it_is(office, chat):
    """Row 37: a quick answer on another case does not throw away what is being typed."""
    to_actions(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    chat.say("Huurtoelage")
    office.reports(id_=8, ref="B4WX-1N")
    office.answers(KARIN, "assign", "assigned", 8, to=AN.id)
    chat.force(Verb.ANSWER, case=8, step="call_day1", arg="not_reached")
    assert chat.act.case == 8
    assert chat.asking == "items.who"


@pytest.mark.parametrize("member", [BRAM, LIES])
def test_somebody_elses_case_is_the_one_refusal(office, member):
    """Rows 23, 47: a press on a case that is not theirs says what an unknown one says."""
    office.assigned()
    chat = Chat(office, member=member)
    chat.force(Verb.ANSWER, case=CASE, step="call_day1", arg="not_reached")
    theirs = chat.screens[-1].html
    chat.force(Verb.ANSWER, case=999, step="call_day1", arg="not_reached")
    assert chat.screens[-1].html == theirs == say(member.language, "refused")
    assert chat.acts == []


def test_a_forged_answer_is_refused(office, chat):
    """Row 46: an answer, step or tick that the procedure does not have does nothing."""
    office.assigned()
    for parts in ({"step": "nope", "arg": "x"}, {"step": "call_day1", "arg": "nope"}):
        chat.force(Verb.ANSWER, case=CASE, **parts)
        assert chat.acts == []
        assert chat.last.html == say("nl-BE", "refused")


def test_who_loses_the_case_in_mid_dialogue_is_refused(office, chat):
    """Row 85: rights are looked at again with every message of a dialogue."""
    at_appointment(office)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "")
    from scheduler.stimuli import HandedOver

    office.happens(HandedOver(by=KARIN.id, to=BRAM.id))
    chat.say("wo 15 sep 10:00")
    assert chat.acts == []
    assert chat.dialogue is None
    assert chat.last.html == say("nl-BE", "refused")


def at_first_contact(office, chat):
    """The people concerned have been reached, and that has counted."""
    office.assigned("eropaf")
    office.answers(AN, "speak_reporter", "spoken")
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "reached")
    chat.counts()


def test_what_follows_an_answer_is_left_out_by_one_tap(office, chat):
    """E-18 … E-21: nothing waits for it: skipped, it leaves nothing behind."""
    at_first_contact(office, chat)
    chat.press(Verb.SKIP)
    assert (chat.turn.act, chat.dialogue) == (None, None)
    assert "Goed, niets erbij." in chat.last.html


def test_the_next_answer_does_not_wait_for_it(office, chat):
    """Who goes on at once answers the next step by one tap; the question falls away."""
    at_first_contact(office, chat)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "done")
    assert chat.act == AnswerStep(case=CASE, step="plan", answer="done")


def test_a_text_of_later_asks_where_it_belongs(office, chat):
    """Half an hour on, a text may be meant for another case: it is asked, not taken."""
    at_first_contact(office, chat)
    office.now += LASTS + timedelta(minutes=1)
    chat.say("De verhuurder belde.")
    assert chat.turn.act is None
    assert "Bij welk dossier" in chat.last.html


def test_words_in_place_of_boxes_count_with_what_is_ticked(office, chat):
    """R-65 … R-67: who types where boxes are offered has said it."""
    at_appointment(office)
    office.answers(AN, "home_appointment", "went_ahead")
    office.answers(AN, "contents", "phase_1")
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "yes")
    chat.counts()
    chat.press(Verb.PICK, "leaflet")
    chat.say("Ze wil graag budgetbegeleiding.")
    note = "Ze wil graag budgetbegeleiding."
    assert chat.act.fields == RawFields(ticks=("leaflet",), note=note)


def test_what_is_half_said_elsewhere_is_not_pushed_aside(office, chat):
    """Row 37: a one-tap answer in the middle of another dialogue leaves that as it is."""
    office.assigned("eropaf")
    office.answers(AN, "speak_reporter", "spoken")
    chat.order(f"case {REF}")
    chat.press(Verb.MORE)
    chat.press(Verb.DEVIATE)
    chat.say("We schreven een brief.")
    kept = chat.dialogue
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "reached")
    chat.counts()
    assert kept is not None
    assert chat.dialogue == kept

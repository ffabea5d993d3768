"""What a worker does beside answering: each ends in the one act that was meant."""

from __future__ import annotations

from datetime import date

import pytest

from bot.acts import (
    ChangeFact,
    ClientContact,
    CloseCase,
    Deviate,
    HandOver,
    NoteOnCase,
    PutOffStep,
    ReopenCase,
    TakeBack,
    When,
)
from bot.screen import Verb
from bot.texts import say
from scheduler.stimuli import Closing
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


@pytest.fixture
def chat(office):
    made = Chat(office)
    made.order(f"case {REF}")
    made.press(Verb.MORE)
    return made


def test_more_holds_all_that_every_prompt_offers(chat):
    """§1.4: Done differently, Client contacted us, Later, Hand over, Details, Why now?, Note."""
    assert {
        "Anders gedaan",
        "Cliënt nam contact op",
        "Later",
        "Overdragen",
        "Details",
        "Waarom nu?",
        "Notitie",
    } <= set(labels(chat.last))


def test_contact_is_two_taps(chat):
    """G-07: the client accepts: recorded at once."""
    chat.press(Verb.CONTACT)
    chat.press(Verb.CONTACT, "accepts_help")
    assert chat.act == ClientContact(case=CASE, answer="accepts_help")


def test_a_wanted_call_asks_when(chat):
    """`wants_call` + when: the prompt comes then."""
    chat.press(Verb.CONTACT)
    chat.press(Verb.CONTACT, "wants_call")
    assert chat.asking == "when"
    chat.say("morgen 14u")
    chat.press(Verb.PICK, "yes")
    assert chat.act.when == When(day=date(2027, 9, 14), at=local("2027-09-14 14:00"))


def test_contact_does_not_offer_what_only_its_prompt_takes(chat):
    """`not_reached` answers the prompt of a wanted call, and nothing else."""
    chat.press(Verb.CONTACT)
    assert "Niet gesproken" not in labels(chat.last)


def test_a_contact_may_have_been_earlier(office, chat):
    """The client phoned this morning, told in the afternoon."""
    office.now = local("2027-09-13 15:00")
    chat.press(Verb.CONTACT)
    chat.press(Verb.STEP, "earlier")
    chat.say("vandaag 11:00")
    chat.press(Verb.CONTACT, "declines_help")
    assert chat.act == ClientContact(
        case=CASE, answer="declines_help", done_at=local("2027-09-13 11:00")
    )


def test_a_deviation_asks_what_why_and_whether_done(chat):
    """R-11: what and why; the step stays open unless the worker says that it is done."""
    chat.press(Verb.DEVIATE)
    chat.say("collega sprak haar aan de kassa")
    chat.press(Verb.SKIP)
    chat.press(Verb.PICK, "no")
    assert chat.act == Deviate(
        case=CASE, step="call_day1", did="collega sprak haar aan de kassa", done=False
    )


def test_later_takes_a_typed_or_offered_moment(chat):
    """Later: in an hour, in two, tomorrow at open, or as typed; nothing past the deadline."""
    chat.press(Verb.LATER)
    assert chat.asking == "until"
    assert not any("morgen" in label for label in labels(chat.last))
    chat.say("vandaag 15u")
    chat.press(Verb.PICK, "yes")
    assert chat.act == PutOffStep(case=CASE, step="call_day1", until=local("2027-09-13 15:00"))
    chat.press(Verb.LATER)
    chat.tap("vandaag 11:20")
    assert chat.act.until == local("2027-09-13 11:20")


def test_later_is_not_offered_once_it_is_too_late(office, chat):
    """§1.4, never past the deadline: no button any more, and an older one says so at once."""
    office.now = local("2027-09-13 17:01")
    chat.order(f"case {REF}")
    chat.press(Verb.MORE)
    assert "Later" not in labels(chat.last)
    turn = chat.force(Verb.LATER, case=CASE, step="call_day1")
    assert turn.refused
    assert "De termijn van deze vraag is voorbij" in chat.last.html
    assert chat.asking is None


def test_hand_over_shows_load_and_not_the_one_who_has_it(office, chat):
    """Hand over: to a colleague, whose load is seen; An has it already."""
    chat.press(Verb.HAND_OVER)
    assert labels(chat.last)[0] == "Bram · geen dossiers"
    assert not any(label.startswith("An") and label != "Annuleren" for label in labels(chat.last))
    chat.press(Verb.PICK, person=BRAM.id)
    assert chat.act == HandOver(case=CASE, to=BRAM.id)


def test_a_hearing_date_is_a_change_of_the_facts(chat):
    """§1.3: dates are typed as people say them; the reason may be left out."""
    chat.press(Verb.CHANGE)
    chat.press(Verb.CHANGE, "hearing")
    chat.say("do 7 okt 10:00")
    chat.press(Verb.SKIP)
    assert chat.act == ChangeFact(
        case=CASE,
        fact="hearing",
        when=When(day=date(2027, 10, 7), at=local("2027-10-07 10:00")),
    )


def test_only_a_known_date_can_be_withdrawn(office, chat):
    """Withdrawal needs something to withdraw; then it is one tap, and why."""
    chat.press(Verb.CHANGE)
    chat.press(Verb.CHANGE, "eviction")
    assert "Ingetrokken" not in labels(chat.last)
    chat.press(Verb.CANCEL)
    from scheduler.case import Planned
    from scheduler.stimuli import Changed

    planned = Planned(day=date(2027, 10, 20), known_at=office.now)
    office.happens(Changed(by=AN.id, fact="eviction", planned=planned))
    chat.press(Verb.CHANGE, "eviction")
    chat.tap("Ingetrokken")
    chat.say("verhuurder trekt in")
    assert chat.act == ChangeFact(case=CASE, fact="eviction", reason="verhuurder trekt in")


def test_a_phase_is_changed_by_a_tap(chat):
    """A phase changed later: the one before is shown in the question."""
    chat.press(Verb.CHANGE)
    chat.press(Verb.CHANGE, "phase")
    assert "Nu:" in chat.last.html
    chat.press(Verb.PICK, "phase_3")
    chat.press(Verb.SKIP)
    assert chat.act == ChangeFact(case=CASE, fact="phase", phase="phase_3")


def test_the_day_of_service_lies_behind_us(chat):
    """The judgment was served: a day that has been."""
    chat.press(Verb.CHANGE)
    chat.press(Verb.CHANGE, "served")
    chat.say("vr 10 sep")
    chat.press(Verb.SKIP)
    assert chat.act == ChangeFact(case=CASE, fact="served", served=date(2027, 9, 10))


def test_closing_asks_the_outcome_and_a_note(chat):
    """Close: an outcome of the procedure's list, and a note that may be left out."""
    chat.press(Verb.CLOSE)
    chat.press(Verb.CLOSE, "moved")
    chat.say("woont nu bij haar zus")
    assert chat.act == CloseCase(case=CASE, outcome="moved", note="woont nu bij haar zus")


def test_a_closed_case_is_reopened_by_one_tap(office):
    """R-58: the door stays ajar."""
    office.happens(Closing(by=AN.id, outcome="door_ajar"))
    chat = Chat(office)
    chat.order(f"case {REF}")
    chat.press(Verb.MORE)
    assert "Heropenen" in labels(chat.last)
    assert "Later" not in labels(chat.last)
    chat.press(Verb.REOPEN)
    assert chat.act == ReopenCase(case=CASE)


def test_closing_a_closed_case_shows_the_case(office, chat):
    """Row 49: a press after close tells the state and has no effect."""
    office.happens(Closing(by=AN.id, outcome="door_ajar"))
    chat.press(Verb.CLOSE)
    assert chat.acts == []
    assert "Afgesloten op" in chat.last.html


def test_details_are_protected_and_forgotten(chat):
    """P17, privacy.md: name, phone and address come on tap, protected, gone after ten minutes."""
    chat.press(Verb.DETAILS)
    screen = chat.last
    assert screen.protect
    assert screen.forget_after_s == 600
    for value in ("Marc Verlinden", "+32 470 00 01 12", "Kerkstraat 12, Weelde", "Lies"):
        assert value in screen.html


def test_nothing_but_details_names_the_client(office, chat):
    """P9: initials and municipality on every other screen of the case."""
    for verb in (Verb.MORE, Verb.WHY, Verb.HISTORY, Verb.CONTACT, Verb.CHANGE, Verb.CLOSE):
        chat.force(verb, case=CASE)
    for screen in chat.screens:
        assert "Verlinden" not in screen.html
        assert "Kerkstraat" not in screen.html
        assert "470" not in screen.html


def test_why_now_names_the_workday_and_the_slide(office, chat):
    """§1.2: one line that explains the date, with the seed's slide."""
    chat.press(Verb.WHY)
    assert "Werkdag 1 is ma 13 sep: de melding kwam ma 13 sep 10:20." in chat.last.html
    assert "Ravels, dia 6, 7." in chat.last.html


def test_correct_takes_back_the_event(office, chat):
    """A wrong tap is corrected by a new event within reach of one button."""
    office.answers(AN, "call_day1", "no_number")
    chat.press(Verb.HISTORY)
    chat.press(Verb.CORRECT)
    answered = office.histories[CASE]
    assert isinstance(chat.act, TakeBack)
    assert answered[chat.act.seq - 1].event.answer == "no_number"


# Notes


def test_a_note_is_the_next_text(chat):
    """Note: text, photo or voice message on the case."""
    chat.press(Verb.NOTE)
    chat.say("hond in de tuin")
    assert chat.act == NoteOnCase(case=CASE, text="hond in de tuin")


@pytest.mark.parametrize("kind", ["photo", "voice", "document"])
def test_a_file_is_a_note(chat, kind):
    """Row 42: a worker may send voice and photos as notes."""
    chat.press(Verb.NOTE)
    chat.hand(kind, file_id="F1", caption="de brief")
    assert chat.act == NoteOnCase(case=CASE, text="de brief", file_id="F1", file_kind=kind)


@pytest.mark.parametrize("kind", ["sticker", "video_note", "location", "poll", "dice", "story"])
def test_other_kinds_are_not_kept(chat, kind):
    """Row 42: polite "text only", nothing stored."""
    chat.press(Verb.NOTE)
    chat.hand(kind, file_id="F1")
    assert chat.acts == []
    chat.press(Verb.CANCEL)
    chat.hand(kind, file_id="F1")
    assert chat.acts == []
    assert chat.last.html == say("nl-BE", "text-only")


def test_a_loose_text_asks_where_it_belongs(chat):
    """Row 52: an answer typed to a button prompt is not guessed at."""
    chat.say("ze was niet thuis")
    assert chat.acts == []
    assert "ze was niet thuis" in chat.last.html
    chat.press(Verb.PICK, item=CASE)
    assert chat.act == NoteOnCase(case=CASE, text="ze was niet thuis")


def test_what_comes_while_it_is_asked_where_to_is_kept_with_it(chat):
    """A text, then an album: one note, and nothing is lost in silence."""
    chat.say("de buurvrouw belde")
    chat.hand("photo", file_id="F1", caption="")
    chat.hand("photo", file_id="F2", caption="haar brief")
    assert "de buurvrouw belde\nhaar brief" in chat.last.html
    assert "📎 2" in chat.last.html
    chat.press(Verb.PICK, item=CASE)
    assert chat.act == NoteOnCase(
        case=CASE,
        text="de buurvrouw belde\nhaar brief",
        file_id="F1",
        file_kind="photo",
        also=("photo:F2",),
    )


def test_a_reply_offers_the_prompts_case_alone(office, chat):
    """Row 52: a reply to a prompt says which case, and is still confirmed."""
    office.reports(id_=8, ref="B4WX-1N")
    office.answers(KARIN, "assign", "assigned", 8, to=AN.id)
    chat.say("bel eerst de buren", reply_to_case=8)
    assert labels(chat.last) == ["B4WX-1N · M.V., Weelde", "Annuleren"]


def test_a_reply_to_somebody_elses_prompt_offers_ones_own(office, chat):
    """Row 52: a forged or forwarded reply opens no door."""
    office.reports(id_=8, ref="B4WX-1N")
    office.answers(KARIN, "assign", "assigned", 8, to=BRAM.id)
    chat.say("hallo", reply_to_case=8)
    assert labels(chat.last) == [f"{REF} · M.V., Weelde", "Annuleren"]


def test_tags_in_a_note_are_shown_as_typed(chat):
    """Row 30: what looks like HTML is a text."""
    chat.say("<b>vet</b> & <a href='x'>")
    assert "&lt;b&gt;vet&lt;/b&gt; &amp; &lt;a" in chat.last.html


def test_a_stand_in_has_the_case_today(office):
    """§1.1: leave moves the recipient; who stands in today may answer, not others."""
    from bot.conversations.scene import AbsenceLine

    chat = Chat(office, member=BRAM)
    chat.order(f"case {REF}")
    assert chat.last.html == say("en", "refused")
    day = date(2027, 9, 13)
    office.leave.append(
        AbsenceLine(id=1, person=AN.id, from_on=day, to_on=day, stand_in=BRAM.id, accepted=True)
    )
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "not_reached")
    assert chat.act.answer == "not_reached"


def test_a_national_number_is_never_kept(chat):
    """Row 35: left out of every text of a worker too, said so, and asked to be removed."""
    chat.press(Verb.NOTE)
    chat.say("haar nummer is 85.07.30-033.28, bel morgen")
    assert chat.act == NoteOnCase(case=CASE, text="haar nummer is …, bel morgen")
    assert say("nl-BE", "number-left-out") in [screen.html for screen in chat.turn.screens]
    chat.force(Verb.DEVIATE, case=CASE, step="call_day1")
    chat.say("rekening BE68 5390 0754 7034 doorgegeven")
    assert chat.dialogue.values["did"] == "rekening … doorgegeven"


def test_a_whole_message_is_kept_whole(chat):
    """Row 29: 4096 units are kept to the last one."""
    text = "a" * 4094 + "😀"
    chat.press(Verb.NOTE)
    chat.say(text)
    assert chat.act.text == text


@pytest.mark.parametrize("command", ["instellingen", "weggaan"])
def test_help_names_what_no_button_leads_to(office, command):
    """One's own working days, and leaving the team: nobody reads a manual to find them."""
    chat = Chat(office)
    chat.order("help")
    assert f"/{command} " in chat.last.html

"""Reporting: what people write, from a greeting to a receipt; rows 28-41, 43, 45."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.acts import AddToReport, AskSupport, FileReport
from bot.conversations import dispatch, intake, reporter
from bot.conversations.dispatch import converse
from bot.conversations.intake import draft_of
from bot.conversations.outcome import Decided, Performed
from bot.conversations.scene import Dialogue, Handed, Ordered, Said
from bot.screen import Intent, Verb
from scheduler.case import State
from scheduler.decision import Decision, Kind, Message, Refused
from tests.bot.conversations.front_desk import (
    AN,
    LIES,
    MONDAY,
    Chat,
    case_view,
    intents,
    labels,
    team,
    with_case,
)

STORY = (
    "Huurachterstal: Marc Verlinden, Kerkstraat 12 Weelde, 0470 00 01 12. 2 maanden, 1.240 euro. "
    "Ik ben van woonmaatschappij De Heide, we krijgen hem zelf niet te pakken."
)
WORRY = (
    "Ik ben de buurvrouw van Sofie Claes, Dorpsstraat 3 in Weelde. "
    "Ze moet misschien haar huis uit."
)
NATIONAL = "85.07.30-033.28"
"""The register's own published example, with a right check figure."""


def filed(chat: Chat) -> FileReport:
    act = chat.acts[-1]
    assert isinstance(act, FileReport)
    return act


def guided(chat: Chat, procedure: str = "") -> Chat:
    chat.order("report")
    chat.press(Verb.REPORT, "guided")
    return chat


def asked_for(chat: Chat, field: str, **answers: str) -> Chat:
    """Go through the questions up to `field`, answering some and skipping the rest.

    What the form does not ask is a line of its summary.
    """
    while chat.asking != field:
        asking = chat.asking
        assert asking is not None
        if asking == intake.SUMMARY:
            chat.press(Verb.CHANGE_LINE, field)
        elif asking == intake.REACH:
            chat.press(Verb.PICK, intake.BY_CHAT)
        elif asking in answers:
            chat.say(answers[asking])
        elif asking == "client":
            chat.say("Marc Verlinden")
        else:
            chat.press(Verb.SKIP)
        assert chat.asking != asking, chat.last.html
    return chat


def no_tags(html: str) -> str:
    return re.sub(r"</?(?:b|i|code|blockquote)>", "", html)


# One free message


def test_one_free_message_is_understood_and_sent_in_three() -> None:
    """screens.md: one message, one summary, one tap; every field found is shown to be checked."""
    chat = Chat(member=None)
    chat.say(STORY)
    assert chat.asking == intake.SUMMARY
    shown = labels(chat.last)
    assert "Huurder: Marc Verlinden" in shown
    assert "Adres: Kerkstraat 12, Weelde" in shown
    assert "Telefoon: 0470 00 01 12" in shown
    assert "Bedrag: € 1.240 · 2 maanden" in shown
    assert "Datum uithuiszetting: niet bekend" in shown
    chat.press(Verb.SEND)
    report = filed(chat)
    assert report.procedure == "ravels"
    assert report.values["kind"] == "arrears"
    assert report.values["client"] == "Marc Verlinden"
    assert report.values["text"] == STORY
    assert chat.dialogue is None
    assert chat.sent == 2


@pytest.mark.parametrize("procedures", [("ravels",), ("eropaf",), ("ravels", "eropaf")])
@pytest.mark.parametrize(
    "story",
    [STORY, "Bij ons in de straat dreigt iemand op straat gezet te worden, kunnen jullie helpen?"],
)
def test_first_time_reporter_is_done_in_eight_messages(procedures: Any, story: str) -> None:
    """design.md §3: only what is missing is asked; at most eight messages from hello to sent."""
    chat = Chat(member=None, team=team(*procedures))
    chat.say(story)
    while not chat.acts:
        answers = {
            "client": "Els Bakker",
            "phone": "0470 00 09 16",
            "address": "Dorp 1, Ravels",
            "relation": "buurvrouw",
            "why": "ze heeft twee kinderen",
        }
        match chat.asking:
            case "procedure":
                chat.press(Verb.PICK, "eropaf")
            case "kind":
                chat.press(Verb.PICK, "petition")
            case "consent":
                chat.press(Verb.PICK, "no")
            case "reach":
                chat.press(Verb.PICK, "chat")
            case "summary":
                chat.press(Verb.SEND)
            case asking:
                assert asking is not None
                chat.say(answers[asking])
    assert chat.sent <= 8


def test_only_what_is_missing_is_asked_one_at_a_time() -> None:
    """screens.md: "Vraag 2 van 3", with Back, "I don't know" and Cancel."""
    chat = Chat(member=None)
    chat.say("Huurachterstal bij Marc Verlinden, Kerkstraat 12 te Weelde")
    assert chat.asking == "phone"
    assert "Vraag 1 van 2" in chat.last.html
    chat.press(Verb.SKIP)
    assert chat.asking == "relation"
    assert "Vraag 2 van 2" in chat.last.html
    assert {"Terug", "Weet ik niet", "Annuleren"} <= set(labels(chat.last))
    chat.say("buurman")
    assert chat.asking == intake.SUMMARY


def test_address_and_phone_are_one_question() -> None:
    """One tap or one message for both; what is not said then stands in the summary."""
    for answer, address, phone in (
        ("Kerkstraat 12, Weelde, 0470 00 01 12", "Kerkstraat 12, Weelde", "0470 00 01 12"),
        ("Kerkstraat 12 Weelde tel. 0470000112", "Kerkstraat 12, Weelde", "0470 00 01 12"),
        ("Kerkstraat 12", "Kerkstraat 12", None),
        ("ze woont in de Kerkstraat 12 te Weelde", "Kerkstraat 12, Weelde", None),
        (None, None, None),
    ):
        chat = Chat(member=None)
        chat.say("Huurachterstal bij Marc Verlinden, we zijn woonmaatschappij De Heide")
        assert chat.asking == "address"
        assert "Op welk nummer" in chat.last.html
        if answer is None:
            chat.press(Verb.SKIP)
        else:
            chat.say(answer)
        assert chat.asking == intake.SUMMARY
        draft = draft_of(chat.dialogue)
        assert draft is not None
        assert (draft.said.get("address"), draft.said.get("phone")) == (address, phone)


def test_only_a_number_leaves_the_address_asked() -> None:
    """A number is no address: it is kept, and the address is asked again."""
    chat = Chat(member=None)
    chat.say("Huurachterstal bij Marc Verlinden, we zijn woonmaatschappij De Heide")
    chat.say("0470 00 01 12")
    assert chat.asking == "address"
    assert "Genoteerd: 0470 00 01 12" in chat.last.html
    chat.say("0900 12 345")
    assert chat.asking == "address"
    assert "betaalnummer" in chat.last.html


@pytest.mark.parametrize(("procedure", "taps"), [("ravels", []), ("eropaf", [intake.BY_CHAT])])
def test_frightened_neighbour_in_short_messages_is_never_sent_back(
    procedure: str, taps: list[str]
) -> None:
    """design.md §3: five short messages are one story, whatever is being asked meanwhile."""
    chat = Chat(member=None, team=team(procedure))
    story = [
        "ik ben bang voor mijn buurvrouw",
        "er kwam vandaag een deurwaarder",
        "ze heet Fatima Haddad",
        "ze woont hiernaast, Kerkstraat 14 Weelde",
        "ze heeft twee kleine kinderen",
    ]
    for text in story:
        chat.say(text)
        assert "lees ik niet" not in chat.last.html
        assert "letters" not in chat.last.html
    for arg in taps:
        chat.press(Verb.PICK, arg)
    chat.press(Verb.SEND)
    values = filed(chat).values
    assert values["client"] == "Fatima Haddad"
    assert values["address"] == "Kerkstraat 14, Weelde"
    assert values["relation"] == "buur"
    told = values[intake.story_of(chat.team.procedures[procedure])]
    assert all(text in told for text in story)
    assert chat.sent <= 8


@pytest.mark.parametrize(
    ("story", "kind", "relation"),
    [
        ("Mijn huurder Marc Verlinden betaalt al 3 maanden niet meer", "arrears", "verhuurder"),
        ("Mon locataire Jean Dupont ne paie plus depuis trois mois", "arrears", "verhuurder"),
        ("Marc Verlinden is al 2 maanden huur achter, hij is mijn buur", "arrears", "buur"),
        ("Ik ben de buurvrouw van Fatima Haddad en ik ben bang", "other", "buurvrouw"),
    ],
)
def test_kind_and_relation_follow_from_the_story(story: str, kind: str, relation: str) -> None:
    """Who tells it in their own words is not asked for the name of a paper."""
    chat = Chat(member=None)
    chat.say(story)
    draft = draft_of(chat.dialogue)
    assert draft is not None
    assert draft.said["kind"] == kind
    assert draft.said["relation"] == relation


def test_second_text_while_a_draft_is_open_joins_it() -> None:
    """Rows 29, 37: a story told in several messages is one report, word for word."""
    chat = Chat(member=None)
    chat.say("Huurachterstal: Marc Verlinden, Kerkstraat 12 Weelde")
    chat.say("zijn nummer is 0470 00 01 12")
    assert chat.asking == "relation"
    chat.press(Verb.SKIP)
    chat.say("De uithuiszetting is op 7 oktober 2027")
    chat.press(Verb.SEND)
    report = filed(chat)
    assert report.values["phone"] == "0470 00 01 12"
    assert report.eviction is not None
    assert report.eviction.day == date(2027, 10, 7)
    assert report.values["text"].split("\n\n") == [
        "Huurachterstal: Marc Verlinden, Kerkstraat 12 Weelde",
        "De uithuiszetting is op 7 oktober 2027",
    ]


@pytest.mark.parametrize("text", ["hallo", "Dag!", "hi there"])
def test_a_greeting_gets_the_welcome(text: str) -> None:
    """screens.md: first contact."""
    chat = Chat(member=None)
    chat.say(text)
    assert chat.dialogue is None
    assert "meldlijn van OCMW Ravels" in chat.last.html
    assert Intent(verb=Verb.REPORT, arg="guided") in intents(chat.last)


def test_a_team_with_two_procedures_asks_which_first() -> None:
    """design.md §2: a team may run both; the story told before is not lost by the question."""
    chat = Chat(member=None, team=team("ravels", "eropaf"))
    chat.say(WORRY)
    assert chat.asking == intake.PROCEDURE
    labels = [key.label for row in chat.last.rows for key in row]
    assert labels[:4] == [
        "Huurachterstal",
        "Verzoekschrift (jurist OCMW)",
        "Kopie van de vordering",
        "Andere zorg over iemands woning",
    ]
    chat.press(Verb.PICK, "eropaf")
    asked_for(chat, intake.SUMMARY)
    chat.press(Verb.SEND)
    assert filed(chat).procedure == "eropaf"
    assert "Dorpsstraat 3" in filed(chat).values["view"]


def test_a_message_whose_kind_is_clear_is_not_asked_which() -> None:
    """R-22, R-25: arrears and a claim belong to one way of working; nobody names it."""
    chat = Chat(member=None, team=team("ravels", "eropaf"))
    chat.say(STORY)
    assert chat.asking == intake.SUMMARY
    chat.press(Verb.SEND)
    assert filed(chat).procedure == "ravels"


def test_one_tap_says_the_procedure_and_the_kind_of_message() -> None:
    """A team with both asks no more questions than one with either."""
    chat = guided(Chat(member=None, team=team("ravels", "eropaf")))
    assert chat.asking == intake.PROCEDURE
    chat.press(Verb.PICK, "ravels.claim")
    assert chat.asking == "client"
    draft = draft_of(chat.dialogue)
    assert draft is not None
    assert (draft.procedure, draft.said["kind"]) == ("ravels", "claim")
    for unknown in ("ravels.", "ravels.nothing", "nothing.claim", "eropaf.claim", "."):
        fresh = guided(Chat(member=None, team=team("ravels", "eropaf")))
        fresh.force(Intent(verb=Verb.PICK, step="procedure", arg=unknown))
        assert fresh.asking in (intake.PROCEDURE, "kind")


# Guided


ONE_BY_ONE = {
    "arrears": ["client", "address", "text"],
    "petition": ["consent", "client", "address", "text"],
    "claim": ["client", "address", "text", "hearing"],
    "other": ["client", "address", "text", "eviction"],
}


@pytest.mark.parametrize("kind", ONE_BY_ONE)
def test_guided_form_asks_what_the_kind_of_message_needs(kind: str) -> None:
    """R-22 … R-25: kind first; at most eight messages from Start to sent, told one by one."""
    chat = Chat(member=None)
    chat.say("Goedendag")
    chat.press(Verb.REPORT, "guided")
    chat.press(Verb.PICK, kind)
    asked = []
    while chat.asking != intake.SUMMARY:
        asking = chat.asking or ""
        asked.append(asking)
        said = {
            "client": "Marc Verlinden",
            "address": "Kerkstraat 12, Weelde, 0470 00 01 12",
            "text": "Ik ben Rita van De Heide, 2 maanden achter. De zitting is op 7 oktober 2027",
        }
        if asking in said:
            chat.say(said[asking])
        elif asking == "consent":
            chat.press(Verb.PICK, "yes")
        else:
            chat.press(Verb.SKIP)
    chat.press(Verb.SEND)
    wanted = [each for each in ONE_BY_ONE[kind] if each != "hearing"]
    assert asked == wanted
    assert chat.sent <= 8
    report = filed(chat)
    assert report.values["relation"] == "Rita van De Heide"
    assert report.values["phone"] == "0470 00 01 12"
    assert report.values["amount"] == "2 maanden"
    assert report.hearing is not None


def test_guided_form_asks_a_claim_for_its_hearing() -> None:
    """R-25: a claim has a hearing; before court no date is asked."""
    for kind in ONE_BY_ONE:
        chat = guided(Chat())
        chat.press(Verb.PICK, kind)
        asked = []
        while chat.asking != intake.SUMMARY:
            asked.append(chat.asking)
            if chat.asking == "client":
                chat.say("Marc Verlinden")
            else:
                chat.press(Verb.SKIP)
        # who passes over the story is still asked who they are
        assert [each for each in asked if each != "relation"] == ONE_BY_ONE[kind]


def test_guided_eropaf_is_done_in_eight_messages() -> None:
    """E-08 … E-12: why, what, which relation and how they are reached in one message."""
    chat = Chat(member=None, team=team("eropaf"))
    chat.say("Goedendag")
    chat.press(Verb.REPORT, "guided")
    chat.say("Fatima Haddad")
    chat.say("Kerkstraat 14 in Weelde, haar nummer ken ik niet")
    assert "wie u bent, waarom u het nu meldt en op welk nummer we u" in chat.last.html
    assert "voordat we iets ondernemen" in chat.last.html
    chat.say("Ik ben de buurvrouw. Er kwam een deurwaarder, ik ben bang. 0471 22 33 44")
    assert chat.asking == "eviction"
    chat.say("nee")
    chat.press(Verb.SEND)
    assert chat.sent <= 8
    assert filed(chat).values["reach"] == "0471 22 33 44"
    assert filed(chat).values["relation"] == "buurvrouw"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("0471/22.33.44", "0471 22 33 44"),
        ("via deze chat", intake.BY_CHAT),
        ("rita@example.org", "rita@example.org"),
        ("bel na 17u op 0471 22 33 44", "bel na 17u op 0471 22 33 44"),
    ],
)
def test_how_the_reporter_is_reached(said: str, kept: str) -> None:
    """E-08: the reporter is spoken to in person; a number, this chat, or in their own words."""
    chat = asked_for(guided(Chat(team=team("eropaf"))), intake.REACH)
    chat.say(said)
    draft = draft_of(chat.dialogue)
    assert draft is not None
    assert draft.said["reach"] == kept


def test_own_contact_answers_how_to_be_reached() -> None:
    """Row 45: somebody's own shared contact, and only where it is what is asked."""
    chat = asked_for(guided(Chat(team=team("eropaf"))), intake.REACH)
    chat.hand(Handed(kind="contact"))
    assert chat.asking == intake.REACH
    chat.hand(Handed(kind="contact", contact_phone="+32471223344"))
    assert chat.asking != intake.REACH
    draft = draft_of(chat.dialogue)
    assert draft is not None
    assert draft.said["reach"] == "0471 22 33 44"


@pytest.mark.parametrize("name", ["ravels", "eropaf"])
def test_everything_not_required_can_be_skipped(name: str) -> None:
    """rehearsals/FORMAT.md: a report may lack anything but what the intake requires."""
    chat = guided(Chat(team=team(name)))
    asked_for(chat, intake.SUMMARY)
    chat.press(Verb.SEND)
    needed = {each.id for each in chat.team.procedures[name].intake if each.required}
    assert set(filed(chat).values) - {"kind", "reach"} == needed


def test_required_field_has_no_skip_and_says_so() -> None:
    """design.md §3: Skip where allowed."""
    chat = asked_for(guided(Chat()), "client")
    assert "Weet ik niet" not in labels(chat.last)
    chat.say("weet ik niet")
    assert chat.asking == "client"
    chat.force(Intent(verb=Verb.SKIP))
    assert chat.asking == "client"


def test_not_knowing_typed_is_skipping() -> None:
    """Row 52: people answer in words where there are buttons."""
    chat = asked_for(guided(Chat()), "address")
    chat.say("Weet ik niet.")
    assert chat.asking == "text"


@pytest.mark.parametrize(
    ("press", "typed", "kept"),
    [("yes", None, "yes"), ("no", None, "no"), (None, "ja hoor", "yes"), (None, "Neen", "no")],
)
def test_petition_asks_for_the_landlords_consent(
    press: str | None, typed: str | None, kept: str
) -> None:
    """R-23, R-24: the permission to tell the social service is asked and recorded."""
    chat = guided(Chat())
    chat.press(Verb.PICK, "petition")
    assert chat.asking == "consent"
    if press:
        chat.press(Verb.PICK, press)
    else:
        chat.say(typed or "")
    assert chat.asking == "client"
    asked_for(chat, intake.SUMMARY)
    chat.press(Verb.SEND)
    assert filed(chat).values["consent"] == kept


def test_unknown_consent_counts_as_none() -> None:
    """R-24: the coordinator is then asked first (`consent_check`)."""
    chat = guided(Chat())
    chat.press(Verb.PICK, "petition")
    chat.press(Verb.SKIP)
    asked_for(chat, intake.SUMMARY)
    chat.press(Verb.SEND)
    assert filed(chat).values["consent"] == "no"


def test_changing_the_kind_drops_or_asks_consent() -> None:
    """R-24: consent belongs to a petition only."""
    chat = guided(Chat())
    chat.press(Verb.PICK, "petition")
    chat.press(Verb.PICK, "yes")
    asked_for(chat, intake.SUMMARY)
    chat.press(Verb.CHANGE_LINE, "kind")
    chat.press(Verb.PICK, "arrears")
    assert chat.asking == intake.SUMMARY
    assert not any(label.startswith("Verhuurder stemt in") for label in labels(chat.last))
    chat.press(Verb.CHANGE_LINE, "kind")
    chat.press(Verb.PICK, "petition")
    assert chat.asking == "consent"


def test_back_asks_the_one_before_and_keeps_its_answer() -> None:
    """design.md §3: Back; what was said can be left as it was with one tap."""
    chat = asked_for(guided(Chat()), "text", address="Kerkstraat 12, Weelde")
    chat.press(Verb.BACK)
    assert chat.asking == "address"
    chat.press(Verb.BACK)
    assert chat.asking == "client"
    chat.press(Verb.DONE)
    assert chat.asking == "text"
    draft = draft_of(chat.dialogue)
    assert draft is not None
    assert draft.said["address"] == "Kerkstraat 12, Weelde"


def test_each_line_of_the_summary_can_be_changed() -> None:
    """design.md §3: a summary in which each line can be changed before sending."""
    chat = Chat(member=None)
    chat.say(STORY)
    lines = [i.arg for i in intents(chat.last) if i.verb is Verb.CHANGE_LINE]
    assert lines == [
        each.id
        for each in intake.fields_of(chat.team.procedures["ravels"])
        if each.id != "consent"
    ]
    chat.press(Verb.CHANGE_LINE, "phone")
    assert chat.asking == "phone"
    chat.say("0470 00 01 99")
    assert chat.asking == intake.SUMMARY
    assert "Telefoon: 0470 00 01 99" in labels(chat.last)
    chat.press(Verb.CHANGE_LINE, "address")
    chat.press(Verb.BACK)
    assert chat.asking == intake.SUMMARY
    assert "Adres: Kerkstraat 12, Weelde" in labels(chat.last)


def test_story_instead_of_a_tap_is_taken() -> None:
    """Row 52: whoever tells the story at the first question is not sent back."""
    chat = guided(Chat())
    chat.say(STORY)
    assert chat.asking == intake.SUMMARY
    assert "Huurder: Marc Verlinden" in labels(chat.last)


def test_button_of_an_older_question_changes_nothing() -> None:
    """S4: "I don't know" of question one never skips question two."""
    chat = asked_for(guided(Chat()), "address")
    old = next(i for i in intents(chat.last) if i.verb is Verb.SKIP)
    chat.say("Kerkstraat 12, Weelde")
    chat.force(old)
    assert chat.asking == "text"
    assert chat.toasts


def test_send_twice_sends_once() -> None:
    """Row 48: the second tap finds no draft and says so."""
    chat = Chat(member=None)
    chat.say(STORY)
    send = next(i for i in intents(chat.last) if i.verb is Verb.SEND)
    chat.force(send)
    chat.force(send)
    assert len(chat.acts) == 1
    assert "al verzonden" in chat.toasts[-1]


# Drafts


def test_draft_survives_as_json() -> None:
    """design.md §3: the draft survives restarts: its values are JSON, there and back."""
    chat = asked_for(guided(Chat()), "eviction", amount="2 maanden")
    chat.say("7 oktober 2027 10:00")
    chat.hand(Handed(kind="photo", file_id="f1", size=9))
    assert chat.dialogue is not None
    values = json.loads(json.dumps(chat.dialogue.values))
    assert intake.from_values(values) == draft_of(chat.dialogue)
    assert intake.from_values({}) == intake.Draft(procedure="")


def test_cancel_asks_before_anything_is_thrown_away() -> None:
    """A frightened person's slip of the thumb loses nothing; an empty draft goes at once."""
    chat = guided(Chat())
    chat.press(Verb.CANCEL)
    assert chat.dialogue is None
    guided(chat)
    asked_for(chat, "phone")
    chat.press(Verb.CANCEL)
    assert chat.asking == "phone"
    assert labels(chat.last) == ["Verder", "Weggooien"]
    chat.press(Verb.RESUME)
    assert chat.asking == "phone"
    chat.press(Verb.CANCEL)
    chat.press(Verb.DISCARD)
    assert chat.dialogue is None
    assert not chat.acts


def test_draft_left_alone_is_there_on_thursday() -> None:
    """screens.md, row 37: /start and a new report both find the one draft."""
    chat = asked_for(guided(Chat()), "address")
    chat.later(MONDAY + timedelta(days=3))
    chat.take(reporter.home(chat.scene))
    assert "U was een melding aan het maken (M.V.)" in chat.last.html
    chat.order("report")
    assert labels(chat.last) == ["Verder", "Weggooien"]
    chat.press(Verb.RESUME)
    assert chat.asking == "address"


def test_text_days_later_asks_whether_it_belongs_to_the_draft() -> None:
    """Row 37: it may be about somebody else; one tap decides, and no word is lost."""
    chat = asked_for(guided(Chat()), "address")
    chat.later(MONDAY + timedelta(days=1))
    chat.say("Kerkstraat 12, Weelde")
    assert "Gaat uw bericht van daarnet daarover?" in chat.last.html
    chat.press(Verb.RESUME)
    assert chat.asking == "text"
    draft = draft_of(chat.dialogue)
    assert draft is not None
    assert draft.said["address"] == "Kerkstraat 12, Weelde"


def test_text_days_later_about_somebody_else_begins_anew() -> None:
    """Row 37: one clear draft state: the old one is gone, the new message begins its own."""
    chat = asked_for(guided(Chat()), "address")
    chat.later(MONDAY + timedelta(days=1))
    chat.say(STORY.replace("Marc Verlinden", "Greta Maes"))
    chat.press(Verb.DISCARD)
    assert chat.asking == intake.SUMMARY
    assert "Huurder: Greta Maes" in labels(chat.last)


def test_draft_expires_after_three_days_and_says_so() -> None:
    """procedures.md §2 `report`: expires after three days; what came now is heard as fresh."""
    chat = asked_for(guided(Chat()), "address")
    chat.later(MONDAY + timedelta(days=4))
    chat.say(STORY)
    assert "na drie dagen" in chat.screens[-2].html
    assert chat.asking == intake.SUMMARY
    chat.later(MONDAY + timedelta(days=8))
    chat.order("reports")
    assert "na drie dagen" in chat.screens[-2].html
    assert chat.dialogue is None


def test_draft_of_another_device_is_the_same_draft() -> None:
    """Row 37: the draft belongs to the person; a button of the other device's older screen too."""
    chat = asked_for(guided(Chat()), "phone")
    chat.force(Intent(verb=Verb.REPORT, arg="guided"))
    assert chat.asking == "phone"
    assert labels(chat.last) == ["Verder", "Weggooien"]


def test_words_of_another_dialogue_are_not_lost_by_a_report() -> None:
    """Row 37: a worker in the middle of an answer who begins a report is asked first."""
    answering = Dialogue(
        kind="answer", asking="reason", case=7, step="note_1", values={"note": "bijna klaar"}
    )
    for begin in (
        Intent(verb=Verb.REPORT, arg="guided"),
        Intent(verb=Verb.SUPPORT),
        Intent(verb=Verb.ADD, case=7),
    ):
        chat = Chat(member=AN, dialogue=answering)
        with_case(chat, case_view(7, "K7QM-4T"), person=AN.id)
        chat.force(begin)
        assert chat.dialogue == answering
        assert {i.verb for i in intents(chat.last)} == {Verb.RESUME, Verb.DISCARD}


# What people write: rows 28-36, 39-41


@pytest.mark.parametrize("text", ["", " \n ", "🙂🙂", "\u200d\u202e", "...?!", "\u2800"])
def test_blank_text_is_asked_again(text: str) -> None:
    """Row 28: empty, spaces, only emoji, only marks: "please write …", at every question."""
    chat = Chat(member=None)
    chat.say(text)
    assert "Schrijf het in een paar woorden" in chat.last.html
    assert chat.dialogue is None
    guided(chat)
    asked_for(chat, "client")
    chat.say(text)
    assert chat.asking == "client"


def test_long_texts_are_kept_whole_or_refused_whole() -> None:
    """Row 29: 4,096 units and 40 split messages; nothing is ever cut silently."""
    chat = Chat(member=None)
    first = "Marc Verlinden heeft huurachterstal. " + "a" * (4096 - 37)
    chat.say(first)
    draft = draft_of(chat.dialogue)
    assert draft is not None
    assert draft.said["text"] == first
    for number in range(40):
        before = draft_of(chat.dialogue)
        chat.force(Intent(verb=Verb.CANCEL))
        chat.dialogue = replace(chat.dialogue, asking=intake.SUMMARY)  # type: ignore[type-var]
        chat.say(f"{number} " + "b" * 4000)
        after = draft_of(chat.dialogue)
        assert before is not None
        assert after is not None
        if after.said["text"] == before.said["text"]:
            assert "kon er niet meer bij" in chat.last.html
            break
        assert after.said["text"].endswith(f"{number} " + "b" * 4000)
    else:
        raise AssertionError("never full")
    assert len(after.said["text"]) <= intake.STORY_UNITS_MAX


def test_too_long_an_answer_is_asked_shorter() -> None:
    """Row 29: a name of 300 signs is no name; nothing of it is kept."""
    chat = asked_for(guided(Chat()), "client")
    chat.say("x" * 300)
    assert chat.asking == "client"
    assert "langer dan past" in chat.last.html


@pytest.mark.parametrize(
    "typed",
    [
        "<b>Jan</b> Maes",
        "&lt;Jan",
        'Jan</a><a href="tg://user?id=1">x',
        "<b>Jan <i>Maes",
        "_Jan_ *Maes* [x](y) `z` ~ > # + - = | { } . !",
    ],
)
def test_markup_is_shown_literally(typed: str) -> None:
    """Rows 30, 31, S12: what people type is text, never mark-up, in labels and in messages."""
    chat = asked_for(guided(Chat()), "client")
    chat.say(typed)
    asked_for(chat, intake.SUMMARY, relation=typed)
    assert "<a" not in chat.last.html
    assert "<i" not in chat.last.html
    chat.press(Verb.SEND)
    assert filed(chat).values["client"] == typed
    chat = Chat(member=None)
    chat.say(f"{typed} met huurachterstal in de Kerkstraat 12 te Weelde, al drie maanden lang")
    for screen in chat.screens:
        assert "<a" not in screen.html
        assert "<i>" not in screen.html


def test_arabic_figures_are_read() -> None:
    """Row 33: Arabic and Devanagari digits in phone and amount."""
    chat = asked_for(guided(Chat()), "phone")
    chat.say("٠٤٧٠ ٠٠ ٠١ ١٢")
    asked_for(chat, "amount")
    chat.say("१२४० euro")
    assert "Bedrag: € 1.240" in labels(chat.last)


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+cmd", "-1 kat", "@SUM(A1)"])
def test_formulas_are_only_text(text: str) -> None:
    """Row 34: kept as typed; the export neutralises them."""
    chat = asked_for(guided(Chat()), "relation")
    chat.say(text)
    asked_for(chat, intake.SUMMARY)
    chat.press(Verb.SEND)
    assert filed(chat).values["relation"] == text


@pytest.mark.parametrize("where", ["free", "relation", "text", "client"])
def test_national_numbers_are_left_out_and_said_so(where: str) -> None:
    """Row 35: not stored, not even in the draft; the rest of the words is kept."""
    chat = Chat(converse=converse)
    typed = f"Jan Maes, rijksregisternummer {NATIONAL}, al twee maanden huurachterstal"
    if where == "free":
        chat.say(typed)
    else:
        asked_for(guided(chat), where)
        chat.say(typed)
    assert chat.dialogue is not None
    assert NATIONAL not in json.dumps(dict(chat.dialogue.values))
    assert NATIONAL not in "".join(screen.html for screen in chat.screens)
    assert any("weggelaten en niet bewaard" in screen.html for screen in chat.screens)
    assert "Jan Maes" in json.dumps(dict(chat.dialogue.values))


def test_national_number_in_a_text_that_waits_is_left_out_too() -> None:
    """Row 35: also while the person has not yet said which report it is about."""
    chat = Chat(converse=converse)
    with_case(chat, case_view(7, "K7QM-4T"))
    chat.say(f"Zijn nummer is {NATIONAL} en de huur is nog niet betaald")
    assert chat.asking == intake.WHICH
    assert chat.dialogue is not None
    assert NATIONAL not in json.dumps(dict(chat.dialogue.values))


def test_two_households_in_one_message_are_asked() -> None:
    """Row 36: two cases in one message: nobody guesses whose phone that is."""
    chat = Chat(member=None)
    chat.say(
        "Huurachterstal: Marc Verlinden, Kerkstraat 12 Weelde, 0470 00 01 12 en "
        "Greta Maes, Molenstraat 8 Ravels, 014 00 03 19"
    )
    assert chat.asking == "client"
    assert "meer dan één huurder" in chat.last.html
    draft = draft_of(chat.dialogue)
    assert draft is not None
    assert not {"client", "address", "phone"} & set(draft.said)


def test_twenty_names_are_asked() -> None:
    """Row 36: a list is no name."""
    chat = asked_for(guided(Chat()), "client")
    names = [f"Jan{'aeiou'[n % 5]} Peeters{'abcd'[n // 5]}" for n in range(20)]
    chat.say("\n".join(names))
    assert chat.asking == "client"


def test_a_couple_is_one_household() -> None:
    """Row 36: "Jan en Mia Peeters" is not two cases."""
    chat = asked_for(guided(Chat()), "client")
    chat.say("Jan en Mia Peeters")
    assert chat.asking == "address"


def test_name_with_the_rest_is_taken_apart() -> None:
    """design.md §3: everything recognisable is taken, nothing of it asked again."""
    chat = asked_for(guided(Chat()), "client")
    chat.say("Marc Verlinden, Kerkstraat 12 Weelde, 0470 00 01 12")
    assert chat.asking == "text"
    draft = draft_of(chat.dialogue)
    assert draft is not None
    assert draft.said["client"] == "Marc Verlinden"
    chat = asked_for(guided(Chat()), "client")
    chat.say("fatima haddad kerkstraat 14 weelde 0470000112")
    draft = draft_of(chat.dialogue)
    assert draft is not None
    assert (draft.said["client"], draft.said["phone"]) == ("fatima haddad", "0470 00 01 12")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+32 (0)470 00 01 12", "0470 00 01 12"),
        ("0032470000112", "0470 00 01 12"),
        ("0470/00.01.12", "0470 00 01 12"),
        ("0470 00 01 12, best na 17 uur", "0470 00 01 12"),
    ],
)
def test_phones_are_normalised(typed: str, kept: str) -> None:
    """Row 39: every way to write it is one number."""
    chat = asked_for(guided(Chat()), "phone")
    chat.say(typed)
    asked_for(chat, intake.SUMMARY)
    chat.press(Verb.SEND)
    assert filed(chat).values["phone"] == kept


@pytest.mark.parametrize("typed", ["BEL-MIJ", "123", "1" * 40, "0900 12 345", "geen"])
def test_what_is_no_phone_is_asked_again(typed: str) -> None:
    """Row 39: letters, three digits, forty digits, a premium number."""
    chat = asked_for(guided(Chat()), "phone")
    chat.say(typed)
    assert chat.asking == "phone"


@pytest.mark.parametrize("typed", ["31-02", "29-02-2027"])
def test_days_that_do_not_exist_are_offered_their_neighbours(typed: str) -> None:
    """Row 40, screens.md: "31 feb bestaat niet. Bedoelt u …", by buttons."""
    chat = asked_for(guided(Chat()), "hearing")
    chat.say(typed)
    assert "bestaat niet" in chat.last.html
    offered = [i for i in intents(chat.last) if i.verb is Verb.PICK]
    assert len(offered) == 2
    chat.press(Verb.PICK, offered[0].arg)
    assert chat.asking == intake.SUMMARY


def tapped(chat: Chat, end: str) -> str:
    """Tap the first date whose button ends so, and return what it held."""
    args = [i.arg or "" for i in intents(chat.last) if i.verb is Verb.PICK]
    arg = next(each for each in args if each.endswith(end))
    chat.press(Verb.PICK, arg)
    return arg


def dated(field: str) -> Chat:
    """Change a date in the summary."""
    chat = asked_for(guided(Chat()), intake.SUMMARY)
    chat.press(Verb.CHANGE_LINE, field)
    assert chat.asking == field
    return chat


def test_a_hearing_is_tapped_in_a_calendar() -> None:
    """A day, then its time; another day, or no time, is one tap away; it stays one message."""
    chat = dated("hearing")
    assert tapped(chat, "-10") == "2027-10"  # leafing
    assert tapped(chat, "-07") == "2027-10-07"
    assert chat.asking == "hearing"
    assert tapped(chat, "-10") == "2027-10"  # another day
    tapped(chat, "-14")
    tapped(chat, "T09:30")
    assert chat.asking == intake.SUMMARY
    chat.press(Verb.CHANGE_LINE, "eviction")
    tapped(chat, "-10")
    tapped(chat, "-29")
    tapped(chat, "!")
    assert chat.dialogue is not None
    dates = {"hearing": "2027-10-14T09:30", "eviction": "2027-10-29"}
    assert chat.dialogue.values["dates"] == dates


def test_an_hour_completes_the_day_that_was_tapped() -> None:
    """Typed after a tap, "16u45" is of that day, and is said back."""
    chat = dated("hearing")
    tapped(chat, "-10")
    tapped(chat, "-07")
    chat.say("16u45")
    assert "Zitting: do 7 okt 16:45" in labels(chat.last)
    assert chat.dialogue is not None
    assert chat.dialogue.values["dates"] == {"hearing": "2027-10-07T16:45"}


@pytest.mark.parametrize("typed", ["1-1-0001", "9999", "gauw", "01/02/03"])
def test_what_is_no_date_is_asked_again(typed: str) -> None:
    """Row 40: refused or asked; nothing is taken for a date that is none."""
    chat = asked_for(guided(Chat()), "hearing")
    chat.say(typed)
    assert chat.asking == "hearing"
    assert chat.dialogue is not None
    assert not chat.dialogue.values["dates"]


@pytest.mark.parametrize(("answer", "next_"), [("yes", "summary"), ("no", "hearing")])
def test_past_hearing_is_echoed_for_confirmation(answer: str, next_: str) -> None:
    """Row 40: a past court date may be right; a person says so."""
    chat = asked_for(guided(Chat()), "hearing")
    chat.say("6 september 2027 9:00")
    assert "al voorbij" in chat.last.html
    assert chat.asking == "hearing"
    chat.press(Verb.PICK, answer)
    assert chat.asking == next_


def test_time_that_the_clocks_skip_is_echoed() -> None:
    """Row 40: 28 March 2027 02:30 does not exist in Belgium."""
    chat = asked_for(guided(Chat(now=MONDAY - timedelta(days=200))), "hearing")
    chat.say("28-03-2027 02:30")
    assert "bestaat niet door de zomertijd" in chat.last.html
    chat.press(Verb.PICK, "yes")
    asked_for(chat, intake.SUMMARY)
    chat.press(Verb.SEND)
    hearing = filed(chat).hearing
    assert hearing is not None
    assert hearing.at is not None
    assert hearing.at.isoformat() == "2027-03-28T01:00:00+00:00"


def test_eviction_date_is_echoed_and_carries_its_moment() -> None:
    """procedures.md §1.3: typed on the team's wall, aware UTC inside."""
    chat = asked_for(guided(Chat()), "eviction")
    chat.say("vr 17 sep 10:00")
    assert "Genoteerd: vr 17 sep 10:00" in chat.last.html
    chat.press(Verb.SEND)
    eviction = filed(chat).eviction
    assert eviction is not None
    assert eviction.day == date(2027, 9, 17)
    assert eviction.at is not None
    assert eviction.at.isoformat() == "2027-09-17T08:00:00+00:00"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1.234,56", "€ 1.234,56"),
        ("1,234.56", "€ 1.234,56"),
        ("1240", "€ 1.240"),
        ("2 maanden", "2 maanden"),
        ("1 maand", "1 maand"),
        ("ongeveer 1.240 euro, 2 maanden", "€ 1.240 · 2 maanden"),
    ],
)
def test_amounts_have_one_reading_that_is_echoed(typed: str, shown: str) -> None:
    """Row 41: shown in the summary before anything is sent."""
    chat = asked_for(guided(Chat()), "amount")
    chat.say(typed)
    asked_for(chat, intake.SUMMARY)
    assert f"Bedrag: {shown}" in labels(chat.last)
    chat.press(Verb.SEND)
    assert filed(chat).values["amount"] == shown


@pytest.mark.parametrize("typed", ["€ -5", "1e9", "NaN", "∞", "12,5,6", "veel"])
def test_amounts_without_one_reading_are_asked_again(typed: str) -> None:
    """Row 41: no sum is guessed."""
    chat = asked_for(guided(Chat()), "amount")
    chat.say(typed)
    assert chat.asking == "amount"


@pytest.mark.parametrize(("arg", "shown"), [("euros", "€ 3"), ("months", "3 maanden")])
def test_a_small_number_asks_euros_or_months(arg: str, shown: str) -> None:
    """Row 41: "3" is either; one tap says which."""
    chat = asked_for(guided(Chat()), "amount")
    chat.say("3")
    assert "euro of maanden" in chat.last.html
    chat.press(Verb.PICK, arg)
    asked_for(chat, intake.SUMMARY)
    assert f"Bedrag: {shown}" in labels(chat.last)


_SAYABLE = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


@given(st.lists(_SAYABLE | st.sampled_from([STORY, "ja", "3", "31-02", NATIONAL]), max_size=6))
def test_nothing_said_breaks_a_draft(texts: list[str]) -> None:
    """Rows 28-41: whatever is said, in whatever order: a screen, a draft of JSON, no exception."""
    chat = guided(Chat(converse=dispatch.converse))
    chat.press(Verb.PICK, "petition")
    for text in texts:
        chat.say(text)
        assert chat.dialogue is not None
        assert json.loads(json.dumps(chat.dialogue.values)) == chat.dialogue.values
        assert NATIONAL not in json.dumps(chat.dialogue.values)
        assert all(0 < len(label) <= 40 for label in labels(chat.last))
        assert len(chat.last.html) <= 4096


# Files


def test_copy_of_the_claim_is_added_at_any_question() -> None:
    """R-25: a photo or PDF; the question stays, the file is noted in the summary."""
    chat = guided(Chat())
    chat.press(Verb.PICK, "claim")
    chat.hand(Handed(kind="document", file_id="f1", mime="application/pdf", size=2000))
    assert chat.asking == "client"
    chat.hand(Handed(kind="document", file_id="f1", mime="application/pdf", size=2000))
    asked_for(chat, intake.SUMMARY)
    assert "Bijgevoegd: 1 bestand." in chat.last.html
    chat.press(Verb.SEND)
    assert filed(chat).files == ("document:f1",)


def test_photo_with_a_story_begins_a_report() -> None:
    """design.md §3: whichever they begin with."""
    chat = Chat(member=None)
    chat.hand(Handed(kind="photo", file_id="f1", size=2000, caption=STORY))
    assert chat.asking == intake.SUMMARY
    chat.press(Verb.SEND)
    assert filed(chat).files == ("photo:f1",)


@pytest.mark.parametrize(
    "kind",
    ["voice", "sticker", "video_note", "location", "poll", "dice", "story", "paid_media", "other"],
)
def test_other_contents_get_text_only_and_are_not_stored(kind: str) -> None:
    """Row 42: in the intake and from anyone without a role."""
    chat = Chat(member=None)
    chat.hand(Handed(kind=kind, file_id="f"))
    assert "niet bewaard" in chat.last.html
    assert chat.dialogue is None
    asked_for(guided(chat), "address")
    before = chat.dialogue
    chat.hand(Handed(kind=kind, file_id="f"))
    assert chat.dialogue == before


@pytest.mark.parametrize(
    ("mime", "size"),
    [
        ("text/html", 10),
        ("image/svg+xml", 10),
        (None, 10),
        ("application/pdf", 0),
        ("application/pdf", 11 * 1024 * 1024),
    ],
)
def test_other_files_are_refused(mime: str | None, size: int) -> None:
    """Rows 60, 61, S15: photo or PDF of at most 10 MB, never empty."""
    chat = asked_for(guided(Chat()), "address")
    before = chat.dialogue
    chat.hand(Handed(kind="document", file_id="f", mime=mime, size=size))
    assert chat.dialogue == before


def test_files_are_bounded() -> None:
    """S15: ten to a report; the eleventh is answered, not kept."""
    chat = asked_for(guided(Chat()), "address")
    for number in range(intake.FILES_MAX + 1):
        chat.hand(Handed(kind="photo", file_id=f"f{number}", size=9))
    draft = draft_of(chat.dialogue)
    assert draft is not None
    assert len(draft.files) == intake.FILES_MAX
    assert "Dat is genoeg" in chat.last.html


@pytest.mark.parametrize("phone", [None, "+32470000112"])
def test_shared_contacts_are_refused(phone: str | None) -> None:
    """Row 45, S10: nobody's contact card is kept, not even one's own: the number is typed."""
    chat = asked_for(guided(Chat()), "phone")
    before = chat.dialogue
    chat.hand(Handed(kind="contact", contact_phone=phone))
    assert chat.dialogue == before
    assert "Typ het telefoonnummer" in chat.last.html


# Who may report


def test_invited_intake_refuses_strangers_kindly() -> None:
    """design.md §6: `intake: invited`; one text whatever they send, nothing kept."""
    chat = Chat(member=None, team=team(intake_open=False))
    heard: list[Any] = [Said(text=STORY), Ordered(name="report", rest="")]
    for incoming in [*heard, Handed(kind="photo", file_id="f")]:
        chat.hear(incoming)
        assert "uitgenodigd" in chat.last.html
        assert "014 00 00 00" in chat.last.html
        assert chat.dialogue is None
    assert not chat.acts


def test_invited_reporter_and_team_may_report() -> None:
    """design.md §6: whoever was invited may; workers and coordinators always."""
    for member in (LIES, AN):
        chat = Chat(member=member, team=team(intake_open=False))
        guided(chat)
        assert chat.asking == "kind"
    gone = Chat(member=replace(LIES, state="left"), team=team(intake_open=False))
    gone.order("report")
    assert gone.dialogue is None


# After sending


def decided(case: int, *messages: Message) -> Decided:
    view = case_view(case, "K7QM-4T")
    return Decided(
        case=case,
        seq=1,
        decision=Decision(case=view.case, events=(), messages=messages, wake_at=None),
    )


def test_receipt_is_sent_once() -> None:
    """procedures.md §1.2: the reporter is pushed the receipt only, and only one."""
    chat = Chat()
    with_case(chat, case_view(7, "K7QM-4T"))
    act = FileReport(procedure="ravels", values={"client": "Marc Verlinden"})
    turn = reporter.respond(act, decided(7), chat.scene)
    assert [("K7QM-4T" in screen.html) for screen in turn.screens] == [True]
    assert turn.edit is not None
    receipt = Message(to=LIES.id, kind=Kind.RECEIPT)
    assert reporter.respond(act, decided(7, receipt), chat.scene).screens == ()


def test_refused_report_keeps_the_draft() -> None:
    """screens.md: "wat u eerder schreef staat er nog"."""
    chat = Chat()
    chat.say(STORY)
    turn = reporter.respond(
        FileReport(procedure="ravels", values={}), Refused(reason="closed"), chat.scene
    )
    assert turn.dialogue == chat.dialogue


def test_my_reports_say_three_words_and_nothing_else() -> None:
    """procedures.md §6: received, being worked on, closed; no content, no name."""
    chat = Chat()
    chat.order("reports")
    assert "nog geen melding" in chat.last.html
    with_case(chat, case_view(7, "K7QM-4T"))
    with_case(chat, case_view(8, "B4WX-1N", worker=AN.id))
    with_case(chat, case_view(9, "T9CE-7V", state=State.CLOSED))
    with_case(chat, case_view(10, "H2DP-9C"), person=AN.id)
    chat.order("reports")
    assert no_tags(chat.last.html).split("\n") == [
        "Uw meldingen",
        "K7QM-4T · ontvangen",
        "B4WX-1N · in behandeling",
        "T9CE-7V · afgesloten",
    ]


def test_text_with_an_open_report_asks_which() -> None:
    """design.md §3: several reports are kept apart; the text waits for one tap."""
    chat = Chat()
    with_case(chat, case_view(7, "K7QM-4T"))
    chat.say("Hij heeft gisteren gebeld en wil graag praten")
    assert labels(chat.last)[:2] == ["Nieuwe melding", "Toevoegen aan K7QM-4T"]
    chat.press(Verb.ADD)
    assert chat.acts == [
        AddToReport(case=7, what="text", text="Hij heeft gisteren gebeld en wil graag praten")
    ]
    assert chat.dialogue is None


def test_text_with_an_open_report_can_be_a_new_one() -> None:
    """design.md §3: the text that waited is the first of the new report."""
    chat = Chat()
    with_case(chat, case_view(7, "K7QM-4T"))
    chat.say(STORY)
    chat.press(Verb.REPORT)
    assert chat.asking == intake.SUMMARY
    chat.press(Verb.SEND)
    assert filed(chat).values["text"] == STORY


def test_reply_to_the_receipt_is_added() -> None:
    """Row 52: a reply says itself what it belongs to; only to an own report."""
    chat = Chat()
    with_case(chat, case_view(7, "K7QM-4T"))
    chat.hear(Said(text="De huur is intussen betaald", reply_to_case=7))
    assert chat.acts == [AddToReport(case=7, what="text", text="De huur is intussen betaald")]
    chat.hear(Said(text="Een ander bericht over iemand anders", reply_to_case=99))
    assert len(chat.acts) == 1


@pytest.mark.parametrize("what", ["paid", "withdraw"])
def test_paid_and_withdrawn_are_confirmed_first(what: str) -> None:
    """One question before something that others act on."""
    chat = Chat()
    with_case(chat, case_view(7, "K7QM-4T"))
    chat.force(Intent(verb=Verb.ADD, case=7))
    chat.press(Verb.ADD, what)
    chat.press(Verb.PICK, "no")
    assert not chat.acts
    assert chat.dialogue is None
    chat.force(Intent(verb=Verb.ADD, case=7, arg=what))
    chat.say("ja")
    assert chat.acts == [AddToReport(case=7, what=what)]


def test_new_eviction_date_is_added() -> None:
    """procedures.md §4: a date that becomes known later may begin a crisis."""
    chat = Chat()
    with_case(chat, case_view(7, "K7QM-4T"))
    chat.force(Intent(verb=Verb.ADD, case=7, arg="eviction"))
    chat.say("1 sep 2027")
    assert "al voorbij" in chat.last.html
    chat.press(Verb.PICK, "yes")
    act = chat.acts[-1]
    assert isinstance(act, AddToReport)
    assert act.when is not None
    assert (act.what, act.when.day) == ("eviction", date(2027, 9, 1))


def test_file_is_added() -> None:
    """design.md §3: files may be added."""
    chat = Chat()
    with_case(chat, case_view(7, "K7QM-4T"))
    chat.force(Intent(verb=Verb.ADD, case=7))
    chat.hand(Handed(kind="photo", file_id="f", size=9, caption="de brief"))
    assert chat.acts == [AddToReport(case=7, what="file", text="de brief", file_id="photo:f")]


def test_somebody_elses_report_is_refused_like_an_unknown_one() -> None:
    """Row 25, design.md §6: "unknown" and "not yours" have one text."""
    chat = Chat()
    with_case(chat, case_view(7, "K7QM-4T"), person=AN.id)
    chat.force(Intent(verb=Verb.ADD, case=7))
    not_mine = chat.last
    chat.force(Intent(verb=Verb.ADD, case=999))
    assert chat.last == not_mine
    assert "K7QM" not in not_mine.html


def test_closed_report_offers_a_new_one_on_it() -> None:
    """procedures.md §2: reopened by a new report; `for_case` says that it is meant so."""
    chat = Chat()
    with_case(chat, case_view(7, "K7QM-4T", state=State.CLOSED))
    chat.force(Intent(verb=Verb.ADD, case=7))
    chat.press(Verb.REPORT)
    chat.say(STORY)
    chat.press(Verb.SEND)
    assert filed(chat).for_case == 7


def test_for_case_is_never_somebody_elses() -> None:
    """S3: a forged or old button names no case that is not one's own."""
    chat = Chat()
    chat.force(Intent(verb=Verb.REPORT, arg="free", case=7))
    chat.say(STORY)
    chat.press(Verb.SEND)
    assert filed(chat).for_case is None


def test_support_for_an_organisation() -> None:
    """E-47, E-48: the text of the procedure, and the question goes to the coordinator."""
    chat = Chat(team=team("eropaf"))
    chat.order("about")
    assert "negen stappen" in chat.last.html
    chat.press(Verb.SUPPORT)
    assert "stichting Eropaf!" in chat.last.html
    chat.say("Kunnen jullie ons team opleiden?")
    assert chat.acts == [AskSupport(text="Kunnen jullie ons team opleiden?")]
    turn = reporter.respond(chat.acts[-1], Performed(), chat.scene)
    assert "doorgegeven" in turn.screens[0].html


def test_about_says_what_may_be_expected() -> None:
    """E-01, E-02: whoever reports learns what happens, and what becomes of their words."""
    chat = Chat(team=team("ravels"))
    chat.order("about")
    assert "Wat mag u verwachten?" in chat.last.html
    assert "niet volledig versleuteld" in chat.last.html
    assert not any(i.verb is Verb.SUPPORT for i in intents(chat.last))


def test_everything_has_english_too() -> None:
    """P16: the same conversation in English, to the end."""
    chat = Chat(member=replace(LIES, language="en"), language="en")
    chat.say(STORY)
    assert "Tenant: Marc Verlinden" in labels(chat.last)
    assert "Amount: €1,240 · 2 months" in [label.replace("€ ", "€") for label in labels(chat.last)]
    chat.press(Verb.SEND)
    assert filed(chat).values["amount"] == "€ 1.240 · 2 maanden"


@pytest.mark.parametrize("asking", ["kind", "client", "summary", "gone_field"])
@pytest.mark.parametrize("procedure", ["ravels", "gone_procedure"])
def test_a_draft_of_an_older_version_is_no_error(asking: str, procedure: str) -> None:
    """P11, row 73: a field or procedure that is no more: the draft goes on with what there is."""
    dialogue = Dialogue(
        kind="report",
        asking=asking,
        values={"procedure": procedure, "said": {"client": "Marc Verlinden"}},
    )
    chat = Chat(dialogue=dialogue)
    chat.take(reporter.home(chat.scene))
    chat.press(Verb.RESUME)
    asked_for(chat, intake.SUMMARY)
    chat.press(Verb.SEND)
    assert filed(chat).procedure == "ravels"
    assert filed(chat).values["client"] == "Marc Verlinden"

"""What a draft takes from people's own words, and how it is shown to them to be checked."""

from __future__ import annotations

import pytest

from bot.conversations import intake
from bot.conversations.intake import Draft, draft_of
from bot.screen import Verb
from tests.bot.conversations.front_desk import Chat, labels, team


def draft(chat: Chat) -> Draft:
    found = draft_of(chat.dialogue)
    assert found is not None
    return found


def guided_to_the_name(language: str, *procedures: str) -> Chat:
    chat = Chat(member=None, language=language, team=team(*procedures))
    chat.order("report")
    chat.press(Verb.REPORT, "guided")
    if chat.asking == "kind":
        chat.press(Verb.PICK, "arrears")
    return chat


def test_messages_are_sentences_in_the_summary() -> None:
    """What was sent in several messages reads as sentences, with the punctuation that it had."""
    chat = Chat(member=None)
    chat.say("Huurachterstal: Marc Verlinden, Kerkstraat 12 Weelde, 0470 00 01 12")
    chat.say("huur niet betaald")
    chat.say("hij is ziek!")
    chat.say("wij zijn woonmaatschappij De Heide")
    assert chat.asking == intake.SUMMARY
    shown = "0470 00 01 12. huur niet betaald. hij is ziek! wij zijn woonmaatschappij De Heide<"
    assert shown in chat.last.html
    assert "U: woonmaatschappij De Heide" in labels(chat.last)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("hij is ziek", None),
        ("il est malade depuis janvier", None),
        ("ik ken hem van de voetbal", "ik ken hem van de voetbal"),
        ("wij helpen hem met zijn papieren", "wij helpen hem met zijn papieren"),
        ("buurman", "buurman"),
    ],
)
def test_who_asks_who_you_are_does_not_take_what_is_told_of_another(
    typed: str, kept: str | None
) -> None:
    """A sentence about the client is more of the story, one about oneself is the answer."""
    chat = Chat(member=None)
    chat.say("Huurachterstal: Marc Verlinden, Kerkstraat 12 Weelde, 0470 00 01 12")
    assert chat.asking == "relation"
    chat.say(typed)
    assert draft(chat).said.get("relation") == kept
    assert (typed in draft(chat).said["text"]) is (kept is None)


@pytest.mark.parametrize(
    ("language", "typed", "kept"),
    [
        ("fr", "M. Peeters", "Peeters"),
        ("fr", "M. J. Peeters", "J. Peeters"),
        ("fr", "Mme Anne Claes", "Anne Claes"),
        ("nl-BE", "M. Peeters", "M. Peeters"),
        ("nl-BE", "Mevr. A. Peeters", "A. Peeters"),
        ("nl-NL", "dhr. P. de Wit", "P. de Wit"),
        ("nl-NL", "Mw. De Wit", "De Wit"),
        ("en", "Mr. Smith", "Smith"),
        ("en", "M. Smith", "M. Smith"),
    ],
)
def test_the_name_is_kept_without_its_form_of_address(
    language: str, typed: str, kept: str
) -> None:
    """An initial stays; "M." is Monsieur for who writes French."""
    chat = guided_to_the_name(language)
    chat.say(typed)
    assert draft(chat).said["client"] == kept


@pytest.mark.parametrize(
    "typed", ["Achterdorp Weelde nu 4 maanden", "Achterdorp, nu al 4 maanden"]
)
def test_months_typed_behind_an_address_are_what_is_owed(typed: str) -> None:
    """The address is without them, the amount with them."""
    chat = guided_to_the_name("nl-BE")
    chat.say("Marc Verlinden")
    chat.say(typed)
    assert draft(chat).amount == (None, 4)
    assert draft(chat).said["address"] in ("Achterdorp Weelde", "Achterdorp")
    assert draft(chat).said.get("phone") is None


def test_months_in_a_story_whose_address_cannot_be_read() -> None:
    """The address is asked, the months are not."""
    chat = Chat(member=None)
    chat.say("Huurachterstal: Marc Verlinden, Achterdorp Weelde, nu 4 maanden")
    assert chat.asking == "address"
    assert draft(chat).amount == (None, 4)


def test_the_reporters_own_number_is_not_the_clients() -> None:
    """What Lies says of herself is in her story, and the client's number is asked."""
    chat = Chat(member=None, team=team("ravels"))
    chat.say(
        "Ik ben Lies van SVK Noord, 0470 00 01 12. Huurachterstal: Marc Verlinden, Dorpsstraat 3"
        " in Weelde"
    )
    assert chat.asking == "phone"
    chat.press(Verb.SKIP)
    assert "Telefoon: niet bekend" in labels(chat.last)
    assert "0470 00 01 12" in draft(chat).said["text"]


def test_the_reporters_own_number_is_how_they_are_reached() -> None:
    """E-08: who gave a number with their name is not asked for one again; it is shown."""
    chat = Chat(member=None, team=team("eropaf"))
    chat.say("Ik ben Rita, de buurvrouw, 0471 22 33 44. Het gaat over huurder Fatima Haddad")
    assert draft(chat).said["reach"] == "0471 22 33 44"
    assert draft(chat).said.get("phone") is None
    chat.say("Kerkstraat 14, Weelde")
    chat.say("buurvrouw")
    assert chat.asking == intake.SUMMARY
    assert any("0471 22 33 44" in label for label in labels(chat.last))

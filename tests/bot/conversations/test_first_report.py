"""The measure of a first report: eight messages, two minutes, by every path of the questions."""

from __future__ import annotations

import pytest

from bot.acts import FileReport
from bot.conversations import intake
from bot.screen import Verb
from tests.bot.conversations.first_report import PATHS, WORDS, Cost, Path, played
from tests.bot.conversations.front_desk import Chat, labels, team

MESSAGES_MAX = 8
SECONDS_MAX = 120


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_a_first_report_takes_eight_messages_and_two_minutes(path: Path, language: str) -> None:
    """design.md §3, from the first word to *Send*; the report is complete."""
    cost, chat = played(path, language)
    assert cost.messages == chat.sent
    assert cost.messages <= MESSAGES_MAX
    assert cost.seconds <= SECONDS_MAX
    report = chat.acts[-1]
    assert isinstance(report, FileReport)
    assert report.values["client"] == WORDS[language]["client"]
    assert report.values["address"]
    assert report.values["relation"]
    assert report.values.get("kind", "") == path.kind
    assert (report.hearing is not None) is (path.kind == "claim")
    if not path.kind:
        assert report.values["reach"] == "0471 22 33 44"


def test_reading_typing_and_tapping_cost_what_is_published() -> None:
    """238 words read, 36.2 words of five characters typed: a minute each; a tap 1.2 s."""
    assert Cost(read=238).seconds == pytest.approx(60)
    assert Cost(typed=181).seconds == pytest.approx(60)
    assert Cost(messages=2).seconds == pytest.approx(2.4)


def eropaf_story(text: str, *, phone: str = "") -> Chat:
    """Return the chat after the story; the address question was answered with `phone` too."""
    chat = Chat(member=None, team=team("eropaf"))
    chat.order("report")
    chat.press(Verb.REPORT, "guided")
    chat.say("Fatima Haddad")
    chat.say(f"Kerkstraat 14, Weelde {phone}".strip())
    assert "voordat we iets ondernemen" in chat.last.html
    assert "op welk nummer we u bereiken" in chat.last.html
    chat.say(text)
    return chat


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("Ik ben de buurvrouw. Er kwam een deurwaarder. 0471 22 33 44", "0471 22 33 44"),
        ("Er kwam een deurwaarder, ze is bang. Mijn nummer is 0471 22 33 44", "0471 22 33 44"),
        ("Deurwaarder geweest. Rita, 0471 22 33 44", "0471 22 33 44"),
        ("Er kwam een deurwaarder. Het nummer van de huurster is 0471 22 33 44", intake.BY_CHAT),
        ("Er kwam een deurwaarder, ik ben bang dat ze op straat komt", intake.BY_CHAT),
    ],
)
def test_how_the_reporter_is_reached_is_told_with_the_story(text: str, reach: str) -> None:
    """E-08: a number given where it was asked is the reporter's; without one it is this chat,
    which the summary says and changes."""
    chat = eropaf_story(text, phone="0470 00 01 12")
    draft = intake.draft_of(chat.dialogue)
    assert draft is not None
    assert draft.said["reach"] == reach
    assert draft.said["phone"] == "0470 00 01 12"
    assert chat.asking == "eviction"
    chat.say("nee")
    chat.press(Verb.CHANGE_LINE, "reach")
    assert "Via deze chat" in labels(chat.last)


def test_the_reporters_number_does_not_become_the_clients() -> None:
    """The client's was asked for before, and is not known."""
    chat = eropaf_story("Er kwam een deurwaarder. 0471 22 33 44")
    draft = intake.draft_of(chat.dialogue)
    assert draft is not None
    assert draft.said["reach"] == "0471 22 33 44"
    assert "phone" not in draft.said


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("naast de bakker in Weelde, er staat geen nummer", True),
        ("het is achter de kerk, op de hoek", True),
        ("boven het café, je moet aan de zijdeur bellen", True),
        ("ze heeft twee kleine kinderen", False),
        ("er kwam vandaag een deurwaarder", False),
        ("hij is al weken niet gezien", False),
    ],
)
def test_an_address_may_be_told_as_a_neighbour_would(typed: str, kept: bool) -> None:
    """A sentence that says where is the address; one that tells something else is the story."""
    chat = Chat(member=None)
    chat.order("report")
    chat.press(Verb.REPORT, "guided")
    chat.press(Verb.PICK, "claim")
    chat.say("Marc Verlinden")
    chat.say(typed)
    draft = intake.draft_of(chat.dialogue)
    assert draft is not None
    assert (draft.said.get("address") == typed) is kept
    assert (chat.asking == "address") is not kept

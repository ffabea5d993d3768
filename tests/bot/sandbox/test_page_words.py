"""The demo's page speaks each language of the bot."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.reading.report import recognise
from bot.sandbox.demo import BEGINS, team_of
from bot.sandbox.page.words import clock_face, day_face, words_of
from bot.team import Language
from bot.texts import LANGUAGES

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_every_word_in_every_language(language):
    """Nobody plays a page that is half in another language."""
    assert set(words_of(language)) == set(words_of("nl-BE"))
    assert "" not in words_of(language).values()
    assert language == "en" or words_of(language)["no-case"] != words_of("en")["no-case"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_is_a_whole_report(language):
    """Whoever plays along sees at once that one message is enough."""
    example = words_of(language)["example"]
    found = recognise(example, now=BEGINS, zone=BRUSSELS, country="BE", language=language)
    parts = (found.client, found.address, found.phone, found.amount, found.kind, found.relation)
    assert None not in parts
    assert found.questions == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_team_file_takes_every_language(language):
    """What the bot speaks, a team can choose; the demo's team shows it."""
    assert Language(str(team_of(language)["language"])) == language


def test_days_are_written_as_the_bot_writes_them():
    """The page's clock and the bot's messages name one day in one way."""
    first = datetime(2027, 10, 1, 10, 15, tzinfo=BRUSSELS)
    assert clock_face(first, "fr") == "ven 1er oct 2027, 10:15"
    assert clock_face(first, "nl-NL") == "vr 1 okt 2027, 10:15"
    assert day_face(date(2027, 9, 13), "en") == "Mon 13 Sep"

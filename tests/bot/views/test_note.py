"""The notes to copy by hand: all that the source wants in them, for a client, in each language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.conversations.access import sight_of
from bot.screen import Copy
from bot.texts import LANGUAGES
from bot.views.heads import organisation_words
from bot.views.note import sample_screen
from bot.views.words import filled
from tests.bot.conversations.casework import AN, BRAM, Chat, Office
from tests.screens.stage import LONG, Stage

WORDS_MAX = 45
"""What somebody copies by hand in a letterbox's hall."""

CONTENTS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "note_1": {
        "R-46 contact details": dict.fromkeys(LANGUAGES, "014 00 00 00"),
        "R-46 who": dict.fromkeys(LANGUAGES, "An"),
        "R-47 contact us soon": {
            "nl-BE": "Belt u mij snel?",
            "nl-NL": "Belt u mij snel?",
            "en": "Will you phone me soon?",
            "fr": "Pouvez-vous m’appeler bientôt ?",
        },
        "R-48 solutions together": {
            "nl-BE": "samen met u naar oplossingen zoek",
            "nl-NL": "samen met u naar oplossingen zoek",
            "en": "look for solutions for your home together with you",
            "fr": "chercher avec vous des solutions",
        },
        "R-49 we come back": {
            "nl-BE": "Ik kom nog eens langs",
            "nl-NL": "Ik kom nog een keer langs",
            "en": "I will come by again",
            "fr": "Je repasserai",
        },
    },
    "note_2": {
        "R-56 no further steps": {
            "nl-BE": "Ik zet nu geen verdere stappen",
            "nl-NL": "Ik zet nu geen verdere stappen",
            "en": "I take no further steps now",
            "fr": "Je ne fais plus d’autres démarches",
        },
        "R-57 always welcome": {
            "nl-BE": "U mag ons altijd bellen: 014 00 00 00",
            "nl-NL": "U mag ons altijd bellen: 014 00 00 00",
            "en": "You can always call us: 014 00 00 00",
            "fr": "Vous pouvez toujours nous appeler : 014 00 00 00",
        },
    },
}
"""By meaning: the words that carry each content of the source, per language."""

OURS = {
    "nl": r"dossier|zaak|cliënt|klant|\bje\b|\bjij\b|jouw|ontruim|uithuiszet|achterst",
    "en": r"client|\bcase|evict|arrears",
    "fr": r"dossier|bénéficiaire|\btu\b|\bte\b|\bton\b|expuls|arriér",
}
"""Words of the office, of threat, or of too much familiarity, that no client should read here."""


def note(step: str, language: str, country: str = "BE") -> str:
    office = Office()
    office.assigned()
    sample = office.view.procedure.steps[step].sample
    from_ = organisation_words(replace(office.team, country=country), language)
    values = {"worker": "An", "phone": "014 00 00 00", "organisation": from_}
    text = filled(sample, language, values)
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", CONTENTS)
def test_a_note_holds_all_that_the_source_wants(step: str, language: str):
    """R-46 … R-49, R-56, R-57: each content, in each language, by the words that carry it."""
    text = note(step, language)
    missing = [what for what, said in CONTENTS[step].items() if said[language] not in text]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", CONTENTS)
def test_a_note_is_short_polite_and_plain(step: str, language: str):
    """It is copied by hand, and its reader is the client: no word of ours, short sentences."""
    text = note(step, language)
    assert len(text.split()) <= WORDS_MAX
    assert re.findall(OURS[language[:2]], text, re.IGNORECASE) == []
    assert "{" not in text
    assert max(len(part.split()) for part in re.split(r"[.?!:] ", text)) <= 18


def at_the_door(stage: Office) -> Chat:
    stage.assigned()
    stage.answers(AN, "call_day1", "not_reached")
    return Chat(stage)


def test_the_name_in_it_is_of_who_copies_it():
    """Who stands in writes their own name, not that of the worker at home."""
    office = Office()
    at_the_door(office)
    bram = Chat(office, member=replace(BRAM, language="nl-BE"))
    assert sight_of(bram.scene, office.view).values()["worker"] == "Bram"


def test_what_is_too_long_to_be_copied_by_a_button_has_none():
    """Bot API: a button copies at most 256 characters; a very long name makes it more."""
    stage = Stage()
    stage.assigned()
    step = stage.view.procedure.steps["note_1"]
    sight = stage.sight()
    short = [key for row in sample_screen(sight, step).rows for key in row]
    assert [type(key) for key in short] == [Copy, Copy]
    assert sample_screen(replace(sight, writer=LONG * 3), step).rows == ()


@pytest.mark.parametrize(
    ("country", "language", "others"),
    [
        ("BE", "nl-BE", ["English", "Français"]),
        ("BE", "fr", ["Nederlands", "English"]),
        ("NL", "en", ["Nederlands", "Français"]),
        ("FR", "en", ["Nederlands", "Nederlands", "Français"]),
    ],
)
def test_the_languages_are_those_that_the_prompt_has_not(country, language, others):
    """Of the two kinds of Dutch that of the country: the other names another service."""
    stage = Stage(language=language)
    stage.assigned()
    step = stage.view.procedure.steps["note_1"]
    sight = replace(stage.sight(), team=replace(stage.team, country=country))
    html = sample_screen(sight, step).html
    assert re.findall(r"<b>(.*?)</b>", html) == others


@pytest.mark.parametrize("step", CONTENTS)
def test_a_note_is_from_the_teams_own_organisation(step: str):
    """A Dutch team is of the municipality, a Flemish one of the OCMW, in whatever language."""
    theirs = {
        "BE": ("OCMW", "OCMW", "CPAS"),
        "NL": ("van de gemeente", "from the municipality", "de la commune"),
    }
    for country, words in theirs.items():
        own = "nl-BE" if country == "BE" else "nl-NL"
        for language, word in zip((own, "en", "fr"), words, strict=True):
            assert word in note(step, language, country)
            others = [each for each in (*theirs["BE"], *theirs["NL"]) if each not in words]
            assert not any(other in note(step, language, country) for other in others)


def test_the_screen_of_a_dutch_team_names_the_municipality_in_each_language():
    """What is shown and what a button copies."""
    stage = Stage(language="nl-NL")
    stage.assigned()
    sight = replace(stage.sight(), team=replace(stage.team, country="NL"))
    screen = sample_screen(sight, stage.view.procedure.steps["note_1"])
    copied = " ".join(key.text for row in screen.rows for key in row if isinstance(key, Copy))
    for shown in (screen.html, copied):
        assert "from the municipality" in shown
        assert "de la commune" in shown
        assert "OCMW" not in shown
        assert "CPAS" not in shown

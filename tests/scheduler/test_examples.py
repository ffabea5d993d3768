"""The examples beside the procedures that ship: held to the same, word by word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.rehearsal.story_file import read_stories
from bot.team import read_team
from scheduler.check import LANGUAGES, check
from scheduler.load import ProcedureError, examples, load, load_named, named_text, shipped
from tests.scheduler.test_seeds import FOREIGN

STORIES = Path(__file__).parents[1] / "stories"
OF_FRENCH = re.compile(r"(?<!\u00a0)[:;?!»]|«(?!\u00a0)|'|\u202f| $")


@pytest.mark.parametrize("name", examples())
def test_an_example_has_nothing_to_doubt(name: str):
    """Complete in all four languages, without a problem or a warning."""
    procedure = load_named(name)
    assert procedure.id == name
    assert tuple(sorted(procedure.name)) == tuple(sorted(LANGUAGES))
    assert check(procedure, LANGUAGES) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", examples())
def test_each_language_of_an_example_has_its_own_words(name: str, language: str):
    """Glossary: Flemish is not Dutch of the Netherlands; French is set as French."""
    lines = re.findall(rf"^ *{language}: (.*)$", named_text(name), re.M)
    assert len(lines) > 20
    assert [line for line in lines if re.search(FOREIGN[language], line, re.I)] == []
    if language == "fr":
        said = [line.strip('"') for line in lines]
        assert [line for line in said if OF_FRENCH.search(line)] == []


@pytest.mark.parametrize("name", examples())
def test_a_text_that_an_example_lacks_refuses_it(name: str):
    """A file of ours is held to all four languages: without one text it is refused."""
    text, n = re.subn(r"^ +fr: .*\n", "", named_text(name), count=1, flags=re.M)
    assert n == 1
    with pytest.raises(ProcedureError):
        load(text, origin=name, languages=LANGUAGES)


@pytest.mark.parametrize("name", examples())
def test_an_example_is_rehearsed(name: str):
    """Stories are played on it, on the rules alone and through the whole bot (test_stories)."""
    files = STORIES.glob("*.yaml")
    played = {
        s.procedure for file in files for s in read_stories(file.read_bytes(), folder=STORIES)
    }
    assert name in played


@pytest.mark.parametrize("name", examples())
def test_a_team_can_run_an_example_as_it_is(name: str):
    """`procedures: [vroegsignalering]` in a team file; it is not among those that ship."""
    team = (
        f"name: Team\ncountry: NL\ntimezone: Europe/Amsterdam\nlanguage: nl-NL\n"
        f'hours: {{mon-fri: ["09:00-17:00"]}}\nprocedures: [{name}]\n'
    )
    assert read_team(team.encode(), STORIES).procedures == (name,)
    assert name not in shipped()

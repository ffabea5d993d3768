"""The texts as a whole: complete in every language, none unused, values always escaped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.conversations.command_names import name_in, own_name
from bot.texts import LANGUAGES, Markup, keys, plain, say, settled

ROOT = Path(__file__).parents[3]
SPOKEN = sorted([*(ROOT / "bot").rglob("*.py")])
KEY = re.compile(r"[a-z]+(?:-[A-Za-z0-9]+)*")
ALONE = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


def sources(language: str) -> Iterator[tuple[str, ftl.Resource]]:
    folder = files("bot.texts") / language
    for file in folder.iterdir():
        if file.name.endswith(".ftl"):
            text = file.read_text(encoding="utf-8")
            yield file.name, FluentParser().parse(text)


def literals() -> tuple[set[str], set[str]]:
    """Return every word in the code that could be a key, and every beginning of one."""
    whole: set[str] = set()
    beginnings: set[str] = set()
    for path in SPOKEN:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
    return whole, {one for one in beginnings if KEY.fullmatch(one.rstrip("-")) and one[-1:] == "-"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_is_read_whole(language):
    """A slip in a Fluent file would drop a sentence in silence."""
    for name, resource in sources(language):
        junk = [entry.content for entry in resource.body if isinstance(entry, ftl.Junk)]
        assert junk == [], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice(language):
    """Of two texts with one key nobody could tell which is shown."""
    seen: dict[str, str] = {}
    for name, entry in messages(language):
        assert entry.id.name not in seen, f"{entry.id.name}: {name}, {seen[entry.id.name]}"
        seen[entry.id.name] = name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_holds_every_text_in_the_same_file(language):
    """Nobody reads half a screen in another language; who mends a text finds it in each."""
    everywhere = set().union(*(places(each) for each in LANGUAGES))
    assert sorted(everywhere - places(language)) == []


def places(language: str) -> set[tuple[str, str]]:
    return {(name, entry.id.name) for name, entry in messages(language)}


def messages(language: str) -> Iterator[tuple[str, ftl.Message]]:
    for name, resource in sources(language):
        for entry in resource.body:
            if isinstance(entry, ftl.Message):
                yield name, entry


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fills_the_same_values(language):
    """A value named in one language only would be missing in the other."""
    ours = values(language)
    differ = {key: ours.get(key, own) ^ own for key, own in values("nl-BE").items()}
    assert {key: names for key, names in differ.items() if names} == {}


def values(language: str) -> dict[str, set[str]]:
    serialize = FluentSerializer().serialize_entry
    return {
        entry.id.name: set(re.findall(r"\$([a-z_]+)", serialize(entry)))
        for _, entry in messages(language)
    }


def test_every_text_is_used():
    """A sentence that nobody says is a sentence that nobody checks."""
    whole, beginnings = literals()
    unused = [
        key
        for key in keys("nl-BE")
        if key not in whole and not any(key.startswith(one) for one in beginnings)
    ]
    assert sorted(unused) == []


CALLS = {"say", "plain", "_again", "_offered", "key"}


def test_every_key_that_is_said_exists():
    """A key without a text would stop a person's message in the middle."""
    known = keys("nl-BE")
    missing = set()
    for path in SPOKEN:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            said = [a.value for a in node.args[:2] if isinstance(a, ast.Constant)]
            if name in CALLS:
                missing |= {
                    (path.name, s)
                    for s in said
                    if isinstance(s, str) and ALONE.fullmatch(s) and s not in known
                }
    assert missing == set()


def test_values_are_shown_literally():
    """Row 30: tags and entities that a person typed are shown as typed, never obeyed."""
    typed = '</a><a href="tg://user?id=1">&lt;'
    said = say("nl-BE", "case-worker", name=typed)
    assert said == 'Bij &lt;/a&gt;&lt;a href="tg://user?id=1"&gt;&amp;lt;'


def test_markup_stays_as_it_is():
    """What is HTML already is not escaped twice."""
    assert say("en", "new-report", ref=Markup("<code>A</code>")).endswith("<code>A</code>")


def test_labels_are_not_escaped():
    """A button shows its label as it is: an ampersand there is an ampersand."""
    assert plain("en", "press-yes-label", what="A & B") == "Yes, A & B"


def test_a_tag_that_nobody_knows_is_read_in_the_nearest_language():
    """Row 87: any tag finds texts, its family's first."""
    for tag, nearest in {"de": "nl-BE", "": "nl-BE", "zz-ZZ": "nl-BE", "EN-us": "en"}.items():
        assert say(tag, "cancelled") == say(nearest, "cancelled")


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_are_named_as_the_language_names_them(language):
    """Who reads French is told /aide: what a text says to type is no English, and understood."""
    serialize = FluentSerializer().serialize_entry
    for name, entry in messages(language):
        for word in re.findall(r"(?<![\w<])/([a-z_]+)\b", serialize(entry)):
            assert word == name_in(language, own_name(word)), (name, entry.id.name)


BREAKS = re.compile(r"(?:^|[^\u00a0?!])[?!;»]|[^\u00a0\d]:|^:|«(?!\u00a0)")


class Pieces(Visitor):
    """Collects the pieces of text between values, of every plural form."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_TextElement(self, node: ftl.TextElement) -> None:
        self.found.append(node.value)


def test_french_keeps_its_marks_at_their_word():
    """A no-break space stands before ? ! ; : and inside « »: no line begins with a mark."""
    for name, entry in messages("fr"):
        pieces = Pieces()
        pieces.visit(entry)
        broken = [each for each in pieces.found if BREAKS.search(each)]
        # the question for a language is asked in all of them
        assert broken == [] or entry.id.name == "member-language", (name, entry.id.name, broken)


def test_a_messengers_tag_becomes_a_language():
    """Row 87: missing and unknown tags become the team's language, families their own."""
    assert settled(None, "nl-NL") == "nl-NL"
    assert settled("nl", "nl-NL") == "nl-NL"
    assert settled("nl", "fr") == "nl-BE"
    assert settled("en-GB", "nl-BE") == "en"
    assert settled("fr_BE", "nl-BE") == "fr"
    assert settled("pt-BR", "nl-BE") == "nl-BE"


def test_an_unknown_key_is_our_mistake():
    """A key that no file knows raises at once: it cannot reach a person."""
    with pytest.raises(AssertionError):
        say("en", "no-such-text")


def test_plurals_are_a_languages_own():
    """One case is one case."""
    assert plain("nl-BE", "load", n=1) == "1 dossier"
    assert plain("en", "load", n=4) == "4 cases"

"""YAML that people wrote: what is refused, and in which line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.yaml_file import SIZE_MAX_BYTES, Problem, YamlError, parse


def problems(content: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(YamlError) as caught:
        parse(content if isinstance(content, bytes) else content.encode())
    return [(problem.line, problem.why) for problem in caught.value.problems]


def test_values_and_lines():
    """Every value keeps the line of its key; what stands between is found by what holds it."""
    document = parse(b"a: 1\nb:\n  c: [x,\n    y]\n  2027-12-24: z\n")
    assert document.value == {"a": 1, "b": {"c": ["x", "y"], date(2027, 12, 24): "z"}}
    lines = [
        ("a",),
        ("b",),
        ("b", "c"),
        ("b", "c", 1),
        ("b", date(2027, 12, 24)),
        ("b", "nothing"),
    ]
    assert [document.line(path) for path in lines] == [1, 2, 3, 4, 5, 2]


def test_yaml_1_1_readings_stand():
    """12:00 is 720 and on is true (design 6): the reader of a value sees it and can say so."""
    assert parse(b"[12:00, on, NO, 2027-09-13]").value == [720, True, False, date(2027, 9, 13)]


def test_a_byte_order_mark_is_no_mistake():
    """Notepad's files begin with one."""
    assert parse(b"\xef\xbb\xbfa: 1").value == {"a": 1}


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        ("", 1, "the file is empty"),
        ("# nothing\n", 1, "the file is empty"),
        ("a: 1\nb: *a\n", 2, "an alias (*) is not used here; write the value out"),
        ("a: &x 1\n", 1, "an anchor (&) is not used here"),
        (
            "a: 1\nb: !!python/object:os.system {}\n",
            2,
            "tag:yaml.org,2002:python/object:os.system",
        ),
        ("a: !mine 1", 1, "!mine is not used here"),
        ("a: !!binary aGk=", 1, "tag:yaml.org,2002:binary is not used here"),
        ("a: 1\n<<: {b: 2}\n", 2, "a key must be a word, a number or a date"),
        ("a: 1\n? [b]\n: 2\n", 2, "a key must be a word, a number or a date"),
        ("a: 1\nb: 2\na: 3\n", 3, "a stands here a second time; the first is in line 1"),
        ("a: 1\n\tb: 2\n", 2, "a tab stands here"),
        ("a: [1\nb: 2\n", 2, "a [ is not closed"),
        ("a: 1\n---\nb: 2\n", 2, "but found another document"),
        ("a: 1\nb: 2027-02-31\n", 2, "2027-02-31 does not exist; put it in quotes if it is text"),
        ("a: 1\nb: \x00\n", 2, "holds a character that cannot be printed"),
        (b"a: 1\nb: \xff\n", 2, "not text in UTF-8"),
        ("[" * 40, 1, "more than 12 levels deep"),
        ("a: " + "x" * SIZE_MAX_BYTES, 1, "larger than 64 kB"),
        ("a: " + "9" * 10_000, 1, "does not exist"),
    ],
)
def test_what_is_refused(content: str | bytes, line: int, why: str):
    """bad_inputs 72 and 74, S27: bombs, tags, tabs, duplicates; refused with line and reason."""
    [(found_line, found_why)] = problems(content)
    assert found_line == line
    assert why in found_why


def test_all_problems_at_once():
    """Whoever mends a file sees all that is wrong in it, in the order of the file."""
    found = problems("a: !x 1\nb: 1\nb: 2\nc: 2027-13-01\n")
    assert [line for line, _ in found] == [1, 3, 4]


@given(st.text(alphabet="ab:-[]{}&*!?|>'\"%@`,#\n\t 0129.", max_size=60))
def test_any_text_is_read_or_refused(content: str):
    """Whatever is typed: a value, or problems that have a line; never another error."""
    try:
        parse(content.encode())
    except YamlError as error:
        assert error.problems
        assert all(isinstance(each, Problem) and each.line >= 1 for each in error.problems)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("name: a: b\n", 1, "quotation marks"),
        ("a: 1\nhours: {\n\tx: 1}\n", 3, "a tab stands here"),
        ('name: "Team\ncountry: "BE"\n', 2, "close each quotation mark"),
        ("hours: {mon: [a\nname: b}\n", 2, "is not closed"),
        ("a:\n  b: 1\n c: 2\n", 3, "same column"),
    ],
)
def test_broken_yaml_is_told_without_yamls_words(content: str, line: int, words: str):
    """bad_inputs 72: an admin need not know what a mapping, a token or a block end is."""
    [(at, why)] = problems(content)
    assert (at, words in why) == (line, True), why
    assert not any(jargon in why for jargon in ("mapping", "token", "stream", "expected", "<"))

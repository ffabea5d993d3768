"""Telephone numbers: rows 33, 39 and R-13."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.phones import Phone, PhoneProblem, Unreadable, fold_phone, read_phone

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
NUMBERISH = st.text("0123456789+()/.- ٤०", max_size=25)


@pytest.mark.parametrize(
    ("typed", "country", "e164", "shown"),
    [
        ("0470 00 01 12", "BE", "+32470000112", "0470 00 01 12"),
        ("014 00 03 19", "BE", "+3214000319", "014 00 03 19"),
        ("06 00 00 09 16", "NL", "+31600000916", "06 00 00 09 16"),
        ("+32 (0)470 00 01 12", "BE", "+32470000112", "0470 00 01 12"),
        ("0032 470 00 01 12", "BE", "+32470000112", "0470 00 01 12"),
        ("0032 (0)470/00.01.12", "NL", "+32470000112", "+32 470 00 01 12"),
        ("gsm: 0470/00.01.12", "BE", "+32470000112", "0470 00 01 12"),
        ("٠٤٧٠ ٠٠ ٠١ ١٢", "BE", "+32470000112", "0470 00 01 12"),
        ("०४७० ०० ०१ १२", "BE", "+32470000112", "0470 00 01 12"),
        ("+33 6 12 34 56 78", "BE", "+33612345678", "+33 6 12 34 56 78"),
        ("0470 00 01 12\u202e", "BE", "+32470000112", "0470 00 01 12"),
    ],
)
def test_numbers_as_people_write_them(typed: str, country: str, e164: str, shown: str) -> None:
    """Rows 33, 39: every usual way of writing gives E.164 and the form people know."""
    read = read_phone(typed, country)
    assert isinstance(read, Phone)
    assert (read.e164, read.shown) == (e164, shown)


@pytest.mark.parametrize(
    ("typed", "country", "reason"),
    [
        ("112", "BE", PhoneProblem.TOO_SHORT),
        ("123", "NL", PhoneProblem.TOO_SHORT),
        ("1" * 40, "BE", PhoneProblem.TOO_LONG),
        ("0470-ABC-DEF", "BE", PhoneProblem.LETTERS),
        ("bel mij", "BE", PhoneProblem.NOT_A_NUMBER),
        ("0471 00 00 00 / 014 00 03 19", "BE", PhoneProblem.TOO_LONG),
        ("0900 12345", "BE", PhoneProblem.PREMIUM),
        ("0906 12345", "BE", PhoneProblem.PREMIUM),
        ("0906-1234", "NL", PhoneProblem.PREMIUM),
        ("0900 1234", "NL", PhoneProblem.PREMIUM),
        ("+32 900 12345", "NL", PhoneProblem.PREMIUM),
        ("", "BE", PhoneProblem.NOT_A_NUMBER),
        ("+", "BE", PhoneProblem.NOT_A_NUMBER),
        ("=1+1", "BE", PhoneProblem.NOT_A_NUMBER),
        ("+999 123 45 67 89", "BE", PhoneProblem.NOT_A_NUMBER),
    ],
)
def test_numbers_refused(typed: str, country: str, reason: PhoneProblem) -> None:
    """Row 39: letters, 3 digits, 40 digits, two numbers and pay lines are asked again."""
    assert read_phone(typed, country) == Unreadable(reason=reason)


def test_an_unknown_number_of_the_right_length_is_uncertain() -> None:
    """Row 39: numbering plans lag behind; a plausible number is taken, and says so."""
    fictitious, known = read_phone("06 00 00 09 16", "NL"), read_phone("0470 00 01 12", "BE")
    assert isinstance(fictitious, Phone)
    assert isinstance(known, Phone)
    assert not fictitious.certain
    assert known.certain


@given(ANY_TEXT | NUMBERISH, st.sampled_from(["BE", "NL", "FR"]))
def test_never_raises_and_folds_once(text: str, country: str) -> None:
    """R-13: any text has one key, and the key is its own key."""
    read = read_phone(text, country)
    key = fold_phone(text, country)
    assert fold_phone(key, country) == key
    if isinstance(read, Phone):
        assert fold_phone(text, country) == read.e164


def test_one_number_one_key() -> None:
    """R-13: the known household is found however the number was typed; nothing typed, no key."""
    ways = ["0470 00 01 12", "+32 (0)470 00 01 12", "0032470000112", "tel 0470/000112"]
    assert {fold_phone(way, "BE") for way in ways} == {"+32470000112"}
    assert fold_phone("geen", "BE") == ""

"""Cleaning and folding: rows 13, 28, 29, 30-32 and R-13."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.words import (
    FoldedAddress,
    clean,
    conflicts,
    cut,
    discreet,
    flatten,
    fold,
    fold_address,
    fold_name,
    initials,
    is_blank,
    municipality,
    utf16_len,
)

# Everything a Python string can hold, lone surrogates and NUL included.
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@given(ANY_TEXT)
def test_clean_text_can_be_stored_anywhere(text: str) -> None:
    """Row 13: no NUL, no surrogate, no control or format character is left, whatever comes in."""
    cleaned = clean(text)
    assert all(
        unicodedata.category(c) not in ("Cc", "Cf", "Cs") for c in cleaned.replace("\n", "")
    )
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """Row 32: clean is idempotent, so a stored text is the text that was shown."""
    assert clean(clean(text)) == clean(text)


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    """Row 32: a folded text, folded again, is the same key."""
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_folding_a_folded_name_changes_nothing(text: str) -> None:
    """R-13: the words of a folded name are their own fold."""
    words = fold_name(text)
    assert fold_name(" ".join(words)) == words


@given(ANY_TEXT)
def test_flat_text_keeps_every_place(text: str) -> None:
    """A place found in the flat text is a place in the text itself."""
    assert len(flatten(text)) == len(text)


@given(ANY_TEXT, ANY_TEXT)
def test_names_and_addresses_never_raise(name: str, address: str) -> None:
    """Rows 13, 32: whatever stands in a name or address, the case still has a way to be named."""
    assert initials(name)
    assert discreet(name, address)
    place = municipality(address)
    assert place is None or not any(char.isdigit() for char in place)
    assert not conflicts(fold_address(address), fold_address(address))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Marc\u202eneD", "MarcneD"),
        ("a\x00b", "ab"),
        ("\ud800x", "x"),
        ("\ud83d\ude00", "\U0001f600"),
        ("één\r\ntwee\u2028drie", "één\ntwee\ndrie"),
        ("e\u0301", "é"),
        ("a\tb\u00a0c", "a b c"),
        ("  x \n", "x"),
        ("<b>&lt;_*[x](y)~`>#+-=|{}.!", "<b>&lt;_*[x](y)~`>#+-=|{}.!"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
    ],
)
def test_what_cleaning_keeps(typed: str, kept: str) -> None:
    """Rows 13, 30-32, 34: marks that control go; everything that can be seen stays literally."""
    assert clean(typed) == kept


def test_heaped_marks_are_cut() -> None:
    """Row 32: zalgo keeps a few marks, and the letter under them."""
    assert len(clean("a" + "\u0335" * 200)) == 5


@pytest.mark.parametrize(
    "text", ["", "   ", "\n", "🙂👨‍👩‍👧", "\u200d\u202e", "!?…", "\u3164", "🇧🇪"]
)
def test_blank(text: str) -> None:
    """Row 28: nothing, spaces, only emoji, only invisible marks: nothing was said."""
    assert is_blank(clean(text))


@pytest.mark.parametrize("text", ["a", "1", "🙂 ok", "محمد", "٣"])
def test_not_blank(text: str) -> None:
    """Row 28: one letter or digit of any script is something."""
    assert not is_blank(clean(text))


def test_length_is_telegrams() -> None:
    """Row 29: an emoji outside the first plane counts as two."""
    assert utf16_len("a🙂é") == 4


@given(ANY_TEXT, st.integers(1, 40))
def test_cut_fits(text: str, units_max: int) -> None:
    """Row 29: what is left fits and is a beginning of the text; what fits is left alone."""
    short = cut(text, units_max=units_max)
    assert text.startswith(short)
    assert utf16_len(short) <= units_max
    assert short == text or utf16_len(text) > units_max


@pytest.mark.parametrize(
    ("text", "units_max", "left"),
    [
        ("ab👨‍👩‍👧", 5, "ab"),
        ("ae\u0301", 2, "a"),
        ("a👍🏽", 4, "a"),
        ("🇧🇪🇳🇱", 7, "🇧🇪"),
        ("abc", 3, "abc"),
        ("a\u0301\u0301\u0301", 2, "a\u0301"),
    ],
)
def test_cut_keeps_graphemes_whole(text: str, units_max: int, left: str) -> None:
    """Rows 29, 87: no half emoji, no half flag, no letter without its accent."""
    assert cut(text, units_max=units_max) == left


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Marc Verlinden", "VERLINDEN, Marc"),
        ("José Núñez", "Jose\u0301 Nun\u0303ez"),
        ("Marc Verlinden", "Маrс Vеrlіndеn"),  # Cyrillic а, с, е, і
        ("Mevr. An D'Hondt", "An D’Hondt"),
        ("Jean-Pierre Dubois", "Jean Pierre Dubois"),
        ("Müller Straße", "muller strasse"),
        ("Ｍａｒｃ Verlinden", "marc verlinden"),
        ("Marc\u200b Verlinden", "Marc Verlinden"),
    ],
)
def test_names_that_are_one(first: str, second: str) -> None:
    """Row 32, R-13: order, case, accents, NFD, width and look-alikes make no other person."""
    assert fold_name(first) == fold_name(second)


def test_names_that_are_two() -> None:
    """R-13: another name is another person; a title alone is still a name."""
    assert fold_name("Marc Verlinden") != fold_name("Mark Verlinde")
    assert fold_name("Madame") == ("madame",)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Marc Verlinden", "M.V."),
        ("Piet de Wit", "P.d.W."),
        ("Verlinden, Marc", "M.V."),
        ("Madonna", "M."),
        ("محمد علي", "م.ع."),
        ("de heer Marc Verlinden", "M.V."),
        ("Mme Dupont", "D."),
        ("éric D'Hondt", "É.D."),
        ("🙂", "?"),
        ("", "?"),
        ("Jan Piet Joris Corneel An Bea Cas Dirk", "J.P.J.C.A.B."),
    ],
)
def test_initials(name: str, short: str) -> None:
    """design.md §3: a prompt names the client by initials, in any script, and never by more."""
    assert initials(name) == short


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("Kerkstraat 12, Weelde", "Weelde"),
        ("Kerkstraat 12, 2381 Weelde", "Weelde"),
        ("Kerkstraat 12 Weelde", "Weelde"),
        ("kerkstraat 12 2381 weelde", "weelde"),
        ("Kerkstraat 12 bus 3, B-2381 Weelde, België", "Weelde"),
        ("Prinsengracht 263, 1016 GV Amsterdam", "Amsterdam"),
        ("12 rue de l'Église, 4000 Liège", "Liège"),
        ("Aardseweg 9\n2381 Weelde", "Weelde"),
        ("Kerkstraat, Weelde", "Weelde"),
        ("Weelde, Kerkstraat 12", "Weelde"),
        ("Kerkstraat 12, 2381 Weelde, bij Marc Verlinden", "Weelde"),
        ("Lange Poten 4, 's-Gravenhage", "'s-Gravenhage"),
        ("Kerkstraat 12", None),
        ("Kerkstraat", None),
        ("Weelde, Kerkstraat", None),
        ("Kerkstraat 12, bij Marc", None),
        ("12", None),
        ("", None),
    ],
)
def test_municipality(address: str, place: str | None) -> None:
    """design.md §6, P9: after the last comma, without postcode; never a street."""
    assert municipality(address) == place


def test_discreet() -> None:
    """design.md §3: "M.V., Weelde"; a name that was typed in the address does not slip through."""
    assert discreet("Marc Verlinden", "Kerkstraat 12, 2381 Weelde") == "M.V., Weelde"
    assert discreet("Marc Verlinden", "") == "M.V."
    assert discreet("Marc Verlinden", "Kerkstraat 12, Marc Verlinden") == "M.V."


@pytest.mark.parametrize(
    "typed",
    [
        "Kerkstraat 12, Weelde",
        "kerkstr. 12 weelde",
        "KERKSTRAAT 12, 2381 WEELDE",
        "Weelde, Kerkstraat 12",
        "Kerkstraat 012, B-2381 Weelde, België",
        "Kerkstraat 12\n2381 Weelde",
    ],
)
def test_one_address_written_in_many_ways(typed: str) -> None:
    """R-13: street, number and municipality fold equally however they are written."""
    assert fold_address(typed) == FoldedAddress(
        street="kerkstraat", number="12", municipality="weelde"
    )


def test_parts_of_an_address() -> None:
    """Letter and box belong to the number; it may stand first; a year may name a street."""
    assert fold_address("Kerkstraat 12 A bus 3, Weelde") == FoldedAddress(
        street="kerkstraat", number="12a", box="3", municipality="weelde"
    )
    assert fold_address("12, rue de l'Église, Liège") == FoldedAddress(
        street="rue de leglise", number="12", municipality="liege"
    )
    assert fold_address("Plein 1944 5, Nijmegen").number == "5"
    assert fold_address("St. Jansstraat 4").street == fold_address("Sint-Jansstraat 4").street


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ("Kerkstraat 12, Weelde", "Kerkstraat 14, Weelde", True),
        ("Kerkstraat 12, Weelde", "Kerkstraat 12, Ravels", True),
        ("Kerkstraat 12, Weelde", "Kerkstraat 12A, Weelde", True),
        ("Kerkstraat 12 bus 1, Weelde", "Kerkstraat 12 bus 2, Weelde", True),
        ("Kerkstraat 12, Weelde", "Kerkstraat 12", False),
        ("Kerkstraat 12 bus 1, Weelde", "Kerkstraat 12, Weelde", False),
        ("Kerkstraat 12, Weelde", "", False),
        ("Kerkstr. 12 weelde", "Kerkstraat 12, 2381 Weelde", False),
    ],
)
def test_conflicts(first: str, second: str, differ: bool) -> None:
    """procedures.md §1.4: addresses conflict when number or municipality differ, both known."""
    assert conflicts(fold_address(first), fold_address(second)) is differ
    assert conflicts(fold_address(second), fold_address(first)) is differ

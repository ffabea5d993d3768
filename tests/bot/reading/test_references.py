"""References: rows 23, 24 and S21."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.references import ALPHABET, read_reference


@given(st.text(ALPHABET, min_size=6, max_size=6))
def test_a_reference_reads_as_itself(signs: str) -> None:
    """S21: six signs of Crockford's alphabet, whichever they are."""
    reference = f"{signs[:4]}-{signs[4:]}"
    assert read_reference(reference) == reference


@pytest.mark.parametrize(
    "typed",
    [
        "K7QM-4T",
        "k7qm-4t",
        "K7QM4T",
        " k7qm 4t ",
        "`K7QM-4T`",
        "K7QM–4T",
        "Ｋ7QM-4T",
        "K7QM\u200b-4T",
    ],
)
def test_as_people_copy_it(typed: str) -> None:
    """Row 23: case, hyphen, space and width do not matter."""
    assert read_reference(typed) == "K7QM-4T"


def test_look_alikes() -> None:
    """Row 23: O is read as 0, I and L as 1."""
    assert read_reference("oOiI-lL") == "0011-11"


@pytest.mark.parametrize(
    "typed",
    [
        "K7QM-4T'; DROP TABLE",
        "%",
        "_",
        "*",
        "",
        "K7QM-4",
        "K7QM-4TT",
        "K7QU-4T",
        "K7QM-4T K7QM-4T",
        "____-__",
        "K7QM\n4T",
        "ßßßß-ßß",
    ],
)
def test_what_is_no_reference(typed: str) -> None:
    """Row 24: anything else is unknown, and never reaches a query."""
    assert read_reference(typed) is None


@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_reading_never_raises(text: str) -> None:
    """Row 24: any text is a reference in canonical form, or none."""
    read = read_reference(text)
    assert read is None or read_reference(read) == read

"""References: rows 23, 24 and S21."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.references import ALPHABET, new_reference, read_reference


@given(st.binary(min_size=4, max_size=8))
def test_a_new_reference_reads_as_itself(random: bytes) -> None:
    """S21: six signs of Crockford's alphabet, from random bytes alone."""
    reference = new_reference(random)
    assert read_reference(reference) == reference
    assert len(reference) == 7
    assert set(reference.replace("-", "")) <= set(ALPHABET)


def test_all_thirty_bits_count() -> None:
    """S21: the first and the last of the 30 bits change the reference."""
    assert new_reference(bytes(4)) == "0000-00"
    assert new_reference(b"\xff\xff\xff\xff") == "ZZZZ-ZZ"
    assert new_reference(b"\x00\x00\x00\x04") == "0000-01"
    assert new_reference(b"\x80\x00\x00\x00") == "G000-00"


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

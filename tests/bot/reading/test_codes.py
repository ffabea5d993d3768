"""A code of six digits, as it is typed."""

from __future__ import annotations

import pytest

from bot.reading.codes import is_easy, read_code


@pytest.mark.parametrize("typed", ["274918", "274 918", " 27-49-18\n", "27.49.18"])
def test_six_digits_are_a_code(typed: str) -> None:
    """However they are grouped."""
    assert read_code(typed) == "274918"


@pytest.mark.parametrize("typed", ["", "27491", "2749180", "27491a", "٢٧٤٩١٨", "/code 274918"])
def test_all_else_is_none(typed: str) -> None:
    """Too few, too many, letters, other digits than those of a keypad."""
    assert read_code(typed) is None


@pytest.mark.parametrize(
    ("code", "easy"),
    [("000000", True), ("123456", True), ("987654", True), ("890123", True), ("274918", False),
     ("121212", False)],
)  # fmt: skip
def test_what_would_be_tried_first_is_easy(code: str, easy: bool) -> None:
    """One digit six times, or a row upwards or downwards."""
    assert is_easy(code) is easy

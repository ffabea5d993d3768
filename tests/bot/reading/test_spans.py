"""How long, as people type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.spans import LONGEST, SHORTEST, read_minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45", 45),
        ("45 min", 45),
        (" 20 minuten. ", 20),
        ("1 uur", 60),
        ("1,5 uur", 90),
        ("1.5 h", 90),
        ("2u", 120),
        ("1u30", 90),
        ("2 h 15", 135),
        ("1:30", 90),
        ("2 heures", 120),
        ("3 hours", 180),
        ("5", 5),
        ("480", 480),
    ],
)
def test_a_time_as_people_type_it(text, minutes):
    """Dutch, French and English; a bare number is minutes."""
    assert read_minutes(text) == minutes


@pytest.mark.parametrize(
    "text", ["", "eventjes", "4", "481", "9 uur", "0", "-30", "1 dag", "x 45"]
)
def test_what_is_no_time_for_a_visit(text):
    """Too short, too long, or no time at all: asked again, never guessed."""
    assert read_minutes(text) is None


@given(st.text(max_size=40))
def test_it_never_raises(text):
    """Whatever is typed."""
    minutes = read_minutes(text)
    assert minutes is None or SHORTEST <= minutes <= LONGEST

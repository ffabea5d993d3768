"""Periods as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.periods import (
    PeriodProblem,
    month_of,
    quarter_before,
    quarter_of,
    read_period,
    written,
)
from scheduler.figures import Period

TODAY = date(2027, 9, 13)
Q3 = Period(first=date(2027, 7, 1), last=date(2027, 9, 30))


@pytest.mark.parametrize(
    "typed",
    [
        *("", "  ", "2027-Q3", "2027-q3", "q3 2027", "2027 K3", "T3 2027"),
        *("2027-07-01..2027-09-30", "1-7-2027 t/m 30-9-2027", "01/07/2027 au 30/09/2027"),
        *("2027-07-01 2027-09-30", "2027-7-1 – 2027-9-30", "1.7.2027 to 30.9.2027"),
        "2027-07-01 tot en met 2027-09-30",
    ],
)
def test_a_quarter_is_read_as_people_write_it(typed: str):
    """Nothing is the quarter of today; Q, K and T stand for the same in three languages."""
    assert read_period(typed, TODAY) == Q3


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("02/2027", date(2027, 2, 1), date(2027, 2, 28)),
        ("2027-09-13", TODAY, TODAY),
    ],
)
def test_a_year_a_month_a_day(typed: str, first: date, last: date):
    """Whole ones, also while they go on."""
    assert read_period(typed, TODAY) == Period(first=first, last=last)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("zomer", PeriodProblem.NOT_UNDERSTOOD),
        ("2027-Q5", PeriodProblem.NOT_UNDERSTOOD),
        ("2027-13", PeriodProblem.NOT_UNDERSTOOD),
        ("1890", PeriodProblem.NOT_UNDERSTOOD),
        ("0000", PeriodProblem.NOT_UNDERSTOOD),
        ("٢٠٢٧", PeriodProblem.NOT_UNDERSTOOD),
        ("9" * 500, PeriodProblem.NOT_UNDERSTOOD),
        ("2027-07-01..2027-08-01..2027-09-01", PeriodProblem.NOT_UNDERSTOOD),
        ("2027-02-29..2027-03-01", PeriodProblem.NO_SUCH_DAY),
        ("2027-09-30..2027-07-01", PeriodProblem.BACKWARDS),
        ("2027-Q4", PeriodProblem.NOT_BEGUN),
        ("2020-01-01..2027-01-01", PeriodProblem.TOO_LONG),
    ],
)
def test_what_is_no_period_says_why(typed: str, problem: PeriodProblem):
    """Bad input is refused with its reason, never guessed."""
    assert read_period(typed, TODAY) is problem


@given(st.text(max_size=80))
def test_no_text_breaks_it(typed: str):
    """Whatever is typed, a period or a reason comes back."""
    assert isinstance(read_period(typed, TODAY), Period | PeriodProblem)


@given(st.dates(date(2001, 1, 1), TODAY))
def test_a_period_that_is_written_is_read_back(day: date):
    """What a button carries is what was shown."""
    for period in (quarter_of(day), month_of(day), quarter_before(quarter_of(day))):
        assert read_period(written(period), TODAY) == period


def test_the_quarter_before_the_first_is_the_fourth():
    """Over New Year."""
    before = quarter_before(quarter_of(date(2027, 2, 3)))
    assert before == Period(first=date(2026, 10, 1), last=date(2026, 12, 31))

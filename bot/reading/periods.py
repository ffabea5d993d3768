"""Periods as people type them for figures: a quarter, a year, a month, or two days.

A small grammar, as for dates: what it does not know whole it refuses, with the reason. Reads no
clock: today is given.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import Final

from bot.reading.words import clean
from scheduler.figures import Period

TEXT_MAX: Final = 60
YEAR_MIN: Final = 2000
DAYS_MAX: Final = 3 * 366
"""Three years: more is another question, and long to count."""

_FLAGS: Final = re.ASCII | re.IGNORECASE
_QUARTER: Final = re.compile(
    r"(?:(?P<year>\d{4})[- /]?[qkt](?P<n>\d)|[qkt](?P<n2>\d)[- /]?(?P<year2>\d{4}))", _FLAGS
)
_YEAR: Final = re.compile(r"\d{4}", _FLAGS)
_MONTH: Final = re.compile(
    r"(?:(?P<year>\d{4})[-/](?P<n>\d{1,2})|(?P<n2>\d{1,2})[-/](?P<year2>\d{4}))", _FLAGS
)
_BETWEEN: Final = re.compile(
    r"\s*(?:\.\.+|…|\s[-–]\s|\s(?:t/m|tot en met|tot|to|until|au|jusqu[’']au)\s|–|\s)\s*", _FLAGS
)
_DAY: Final = re.compile(
    r"(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})[-/.](?P<m2>\d{1,2})[-/.](?P<y2>\d{4}))",
    _FLAGS,
)


class PeriodProblem(StrEnum):
    """Why a text is not taken as a period."""

    NOT_UNDERSTOOD = "not-understood"
    NO_SUCH_DAY = "no-such-day"
    BACKWARDS = "backwards"
    NOT_BEGUN = "not-begun"
    TOO_LONG = "too-long"


def read_period(text: str, today: date) -> Period | PeriodProblem:
    """Return the period: `2027-Q3`, `2027`, `2027-09`, `2027-07-01..2027-09-30`, or nothing.

    Nothing is the quarter of `today`. A quarter may be Q, K (kwartaal) or T (trimestre).
    """
    said = clean(text).strip()
    if not said:
        return quarter_of(today)
    if len(said) > TEXT_MAX:
        return PeriodProblem.NOT_UNDERSTOOD
    found = _read(said)
    if isinstance(found, PeriodProblem):
        return found
    if found.first > found.last:
        return PeriodProblem.BACKWARDS
    if found.first > today:
        return PeriodProblem.NOT_BEGUN
    if (found.last - found.first).days > DAYS_MAX:
        return PeriodProblem.TOO_LONG
    return found


def quarter_of(day: date) -> Period:
    """Return the quarter that the day lies in."""
    return _quarter(day.year, (day.month + 2) // 3)


def month_of(day: date) -> Period:
    """Return the month that the day lies in."""
    return _months(day.year, day.month, day.month)


def year_of(day: date) -> Period:
    """Return the year that the day lies in."""
    return _months(day.year, 1, 12)


def quarter_before(period: Period) -> Period:
    """Return the quarter before the one in which the period begins."""
    year, n = period.first.year, (period.first.month + 2) // 3
    return _quarter(year - 1, 4) if n == 1 else _quarter(year, n - 1)


def written(period: Period) -> str:
    """Return the period as `read_period` takes it."""
    return f"{period.first:%Y-%m-%d}..{period.last:%Y-%m-%d}"


def _read(said: str) -> Period | PeriodProblem:
    if (found := _QUARTER.fullmatch(said)) is not None:
        year, n = int(found["year"] or found["year2"]), int(found["n"] or found["n2"])
        known = year >= YEAR_MIN and 1 <= n <= 4
        return _quarter(year, n) if known else PeriodProblem.NOT_UNDERSTOOD
    if _YEAR.fullmatch(said):
        year = int(said)
        whole = Period(first=date(max(year, 1), 1, 1), last=date(max(year, 1), 12, 31))
        return whole if year >= YEAR_MIN else PeriodProblem.NOT_UNDERSTOOD
    if (found := _MONTH.fullmatch(said)) is not None:
        year, n = int(found["year"] or found["year2"]), int(found["n"] or found["n2"])
        known = year >= YEAR_MIN and 1 <= n <= 12
        return _months(year, n, n) if known else PeriodProblem.NOT_UNDERSTOOD
    return _two_days(said)


def _two_days(said: str) -> Period | PeriodProblem:
    ends = [_DAY.fullmatch(part) for part in _BETWEEN.split(said)]
    if not 1 <= len(ends) <= 2 or None in ends:
        return PeriodProblem.NOT_UNDERSTOOD
    days = []
    for end in ends:
        assert end is not None
        y, m, d = (end[name] or end[f"{name}2"] for name in "ymd")
        try:
            days.append(date(int(y), int(m), int(d)))
        except ValueError:
            return PeriodProblem.NO_SUCH_DAY
    if days[0].year < YEAR_MIN:
        return PeriodProblem.NOT_UNDERSTOOD
    return Period(first=days[0], last=days[-1])


def _quarter(year: int, n: int) -> Period:
    return _months(year, 3 * n - 2, 3 * n)


def _months(year: int, first: int, last: int) -> Period:
    return Period(first=date(year, first, 1), last=date(year, last, monthrange(year, last)[1]))

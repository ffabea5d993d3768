"""Dates and times as people type them. A small grammar, not a guesser: what it does not know whole
it refuses, so that "12" or "ja" is never a date. It reads no clock: `now` and the zone are given.

dateparser was tried and is not used: it reads "ma", "mei" and "12" as days, and does not tell a
day from a moment.
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from bot.reading import datewords
from bot.reading.datewords import Part
from bot.reading.words import clean

TEXT_MAX: Final = 80
"""Code points of the longest text that is one date."""

YEARS_AHEAD_MAX: Final = 10
"""A hearing or appointment later than this is a slip of the keyboard."""

YEARS_BACK_MAX: Final = 20
"""A judgment or arrears older than this likewise."""

CANDIDATES_MAX: Final = 4
"""Buttons offered for one unclear date."""

_JUST_PAST: Final = dt.timedelta(days=60)
_FAR_AHEAD: Final = dt.timedelta(days=270)


class DateProblem(StrEnum):
    """Why a text is not taken as a date."""

    NOT_UNDERSTOOD = "not_understood"
    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_TIME = "no_such_time"
    YEAR = "year"
    WEEKDAY_DIFFERS = "weekday_differs"
    NO_DAY = "no_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day with a time. `at` is aware UTC; `moved` when clocks skip the time that was typed.

    Then `at` is the first valid moment after; a doubled local time means the first.
    """

    at: dt.datetime
    is_past: bool
    moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day, in the calendar's zone, without a time. Today is not past."""

    on: dt.date
    is_past: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """Two to `CANDIDATES_MAX` readings, the likelier first."""

    candidates: tuple[Moment | Day, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Refused; `suggestions` are valid neighbours of what was typed, in order of time."""

    reason: DateProblem
    suggestions: tuple[Moment | Day, ...] = ()


Reading = Moment | Day | Ambiguous | Unreadable


def read_moment(
    text: str, *, now: dt.datetime, zone: dt.tzinfo, language: str, prefer_future: bool = True
) -> Reading:
    """Return the one day or moment that `text` means, seen from `now` in `zone`.

    All four languages are understood; `language` decides only where a short form means two things
    ("mar"). Numbers are day first. Without a year the next such day is meant (`prefer_future`),
    or the last one, for things that have happened. Raises ValueError only on a naive `now`, never
    on a text. Source: design.md §3, row 40, procedures.md §1.1 (changes of the clock).
    """
    if now.tzinfo is None:
        raise ValueError("`now` must be aware")
    scope = _Scope(now=now, zone=zone, forward=prefer_future)
    typed = clean(text)
    if not typed or len(typed) > TEXT_MAX:
        return Unreadable(reason=DateProblem.NOT_UNDERSTOOD)
    parts = datewords.parts_of(typed, language)
    if parts is None:
        return Unreadable(reason=DateProblem.NOT_UNDERSTOOD)
    return _meaning(parts, scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scope:
    now: dt.datetime
    zone: dt.tzinfo
    forward: bool
    today: dt.date = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "today", self.now.astimezone(self.zone).date())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Days:
    """The days that the date's part may mean, or why none."""

    days: tuple[dt.date, ...] = ()
    problem: DateProblem | None = None


def _meaning(parts: Part, scope: _Scope) -> Reading:
    if parts.shift is not None:
        return _shifted(parts.shift, scope)
    if parts.dotted is not None:
        return _dotted(parts, scope)
    times = _times(parts)
    if times is None:
        return Unreadable(reason=DateProblem.NO_SUCH_TIME)
    days = _days(parts, scope, times)
    if days.problem is not None:
        return Unreadable(
            reason=days.problem, suggestions=_readings(days.days, times, scope)[:CANDIDATES_MAX]
        )
    return _one_or_more(_readings(days.days, times, scope))


def _one_or_more(readings: tuple[Moment | Day, ...]) -> Reading:
    if len(readings) == 1:
        return readings[0]
    if not readings:
        return Unreadable(reason=DateProblem.NOT_UNDERSTOOD)
    return Ambiguous(candidates=readings[:CANDIDATES_MAX])


def _readings(
    days: tuple[dt.date, ...], times: tuple[dt.time, ...], scope: _Scope
) -> tuple[Moment | Day, ...]:
    if not times:
        return tuple(dict.fromkeys(Day(on=day, is_past=day < scope.today) for day in days))
    return tuple(dict.fromkeys(_moment(day, time, scope) for day in days for time in times))


def _moment(day: dt.date, time: dt.time, scope: _Scope) -> Moment:
    local = dt.datetime.combine(day, time)
    at, moved = _in_zone(local, scope.zone)
    return Moment(at=at, is_past=at < scope.now, moved=moved)


def _in_zone(local: dt.datetime, zone: dt.tzinfo) -> tuple[dt.datetime, bool]:
    """Return the UTC moment of a wall time; the first valid one after where clocks skip it."""
    wall = local
    for _ in range(24 * 60 + 1):
        at = wall.replace(tzinfo=zone).astimezone(dt.UTC)
        if at.astimezone(zone).replace(tzinfo=None) == wall:
            return at, wall != local
        wall = wall.replace(second=0, microsecond=0) + dt.timedelta(minutes=1)
    raise AssertionError("no zone skips more than a day")


def _shifted(shift: dt.timedelta, scope: _Scope) -> Reading:
    """Return the moment that is hours or minutes from now, to the minute."""
    at = (scope.now + shift).astimezone(dt.UTC).replace(second=0, microsecond=0)
    return Moment(at=at, is_past=shift < dt.timedelta())


def _dotted(parts: Part, scope: _Scope) -> Reading:
    """Return what "7.10" or "16.30" means: a time beside a day, a day beside a time, else both."""
    assert parts.dotted is not None
    first, second = parts.dotted
    bare = replace(parts, dotted=None)
    as_time = replace(bare, hour=first, minute=second, exact=True)
    as_date = replace(bare, day=first, month=second)
    if parts.has_day and not parts.has_time:
        plain_weekday = parts.weekday is not None and parts.day is None
        if not (plain_weekday and _fits(as_date, scope)):
            return _meaning(as_time, scope)
    if parts.has_time:
        return _meaning(as_date, scope)
    both = [_meaning(as_date, scope), _meaning(as_time, scope)]
    good = [one for one in both if isinstance(one, Moment | Day)]
    if len(good) == 2:
        return Ambiguous(candidates=tuple(good))
    return good[0] if good else both[0]


def _fits(parts: Part, scope: _Scope) -> bool:
    return isinstance(_meaning(parts, scope), Day | Moment)


def _times(parts: Part) -> tuple[dt.time, ...] | None:
    """Return the times of day meant, none when none is given; None for one that is not one."""
    if parts.hour is None:
        return ()
    hour, minute = parts.hour, parts.minute or 0
    if hour > 23 or minute > 59:
        return None
    match parts.half:
        case "am" | "night" if hour <= 12:
            return (dt.time(hour % 12, minute),)
        case "pm" | "afternoon" if hour <= 12:
            return (dt.time(hour % 12 + 12, minute),)
        case "morning":
            return (dt.time(hour, minute),)
        case _:
            pass
    if 1 <= hour <= 6 and not parts.exact:
        # "3 uur" is said of the afternoon; the night is only offered.
        return (dt.time(hour + 12, minute), dt.time(hour, minute))
    return (dt.time(hour, minute),)


def _days(parts: Part, scope: _Scope, times: tuple[dt.time, ...]) -> _Days:
    if parts.offset is not None:
        return _offset_day(parts, scope)
    if parts.day is not None and parts.month is not None:
        dated = _dated(parts, scope)
        return dated if parts.weekday is None else _agreed(dated, parts.weekday)
    if parts.weekday is not None:
        return _Days(days=_weekdays(parts, scope, times))
    if times:
        return _Days(days=_day_of_time(times, scope))
    return _Days(problem=DateProblem.NO_DAY)


def _offset_day(parts: Part, scope: _Scope) -> _Days:
    assert parts.offset is not None
    try:
        if parts.offset_months:
            day = _plus_months(scope.today, parts.offset)
        else:
            day = scope.today + dt.timedelta(days=parts.offset)
    except (OverflowError, ValueError):
        return _Days(problem=DateProblem.YEAR)
    if not _year_fits(day.year, scope):
        return _Days(problem=DateProblem.YEAR)
    return (
        _Days(days=(day,)) if parts.weekday is None else _agreed(_Days(days=(day,)), parts.weekday)
    )


def _plus_months(day: dt.date, months: int) -> dt.date:
    """Return the same day `months` later, held at the month's end (procedures.md §1.1)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, _days_in(year, month)))


def _days_in(year: int, month: int) -> int:
    if month == 12:
        return 31
    return (dt.date(year, month + 1, 1) - dt.timedelta(days=1)).day


def _year_fits(year: int, scope: _Scope) -> bool:
    return scope.today.year - YEARS_BACK_MAX <= year <= scope.today.year + YEARS_AHEAD_MAX


def _day_of_time(times: tuple[dt.time, ...], scope: _Scope) -> tuple[dt.date, ...]:
    """Return today when the time is still to come (looking back: has been), else its neighbour."""
    is_past = _moment(scope.today, times[0], scope).is_past
    step = dt.timedelta(days=1 if scope.forward else -1)
    return (scope.today,) if is_past != scope.forward else (scope.today + step,)


def _agreed(days: _Days, weekday: int) -> _Days:
    """Return `days` where the weekday beside the date agrees, else the two days it may mean."""
    if days.problem is not None:
        return days
    agreeing = tuple(day for day in days.days if day.weekday() == weekday)
    if agreeing:
        return _Days(days=agreeing)
    day = days.days[0]
    away = (weekday - day.weekday() + 3) % 7 - 3
    other = day + dt.timedelta(days=away)
    return _Days(days=tuple(sorted((day, other))), problem=DateProblem.WEEKDAY_DIFFERS)


def _weekdays(parts: Part, scope: _Scope, times: tuple[dt.time, ...]) -> tuple[dt.date, ...]:
    assert parts.weekday is not None
    monday = scope.today - dt.timedelta(days=scope.today.weekday())
    week = dt.timedelta(days=7)
    if parts.week is not None:
        return (monday + parts.week * week + dt.timedelta(days=parts.weekday),)
    ahead = scope.today + dt.timedelta(days=(parts.weekday - scope.today.weekday()) % 7)
    back = ahead if ahead == scope.today else ahead - week
    if parts.nearness == "last" or (parts.nearness is None and not scope.forward):
        if ahead == scope.today and parts.nearness is None:
            return (back, back - week)
        return (back - week if back == scope.today else back,)
    if parts.nearness == "next":
        # People disagree whether it is the coming one or that of next week: ask where they part.
        coming = ahead + week if ahead == scope.today else ahead
        following = monday + week + dt.timedelta(days=parts.weekday)
        return tuple(dict.fromkeys((following, coming)))
    if parts.nearness == "week_on":
        return (ahead + week,) if ahead != scope.today else (ahead + week, ahead + 2 * week)
    if ahead != scope.today:
        return (ahead,)
    if parts.nearness == "coming":
        return (ahead + week,)
    gone = bool(times) and all(_moment(ahead, time, scope).is_past for time in times)
    return (ahead + week,) if gone else (ahead, ahead + week)


def _dated(parts: Part, scope: _Scope) -> _Days:
    assert parts.day is not None
    assert parts.month is not None
    day, month = parts.day, parts.month
    if not 1 <= month <= 12:
        swapped = 1 <= day <= 12 and 1 <= month <= 31
        if not swapped:
            return _Days(problem=DateProblem.NO_SUCH_DAY)
        other = _dated(replace(parts, day=month, month=day), scope)
        return _Days(days=other.days[:2], problem=DateProblem.NO_SUCH_DAY)
    if not 1 <= day <= 31:
        return _Days(problem=DateProblem.NO_SUCH_DAY)
    if parts.year is None:
        return _without_year(day, month, scope)
    years = _years(parts, scope)
    if not years:
        near = _without_year(day, month, scope)
        return _Days(days=near.days[:2], problem=DateProblem.YEAR)
    return _in_year(years[0], month, day)


def _years(parts: Part, scope: _Scope) -> list[int]:
    """Return the year typed when it is plausible; two figures count from 2000."""
    assert parts.year is not None
    if parts.year_figures == 2:
        # "01/02/03" has too many readings to go far back with.
        year = 2000 + parts.year
        near = scope.today.year - 2 <= year <= scope.today.year + YEARS_AHEAD_MAX
        return [year] if near else []
    year = parts.year
    return [year] if parts.year_figures == 4 and _year_fits(year, scope) else []


def _in_year(year: int, month: int, day: int) -> _Days:
    last = _days_in(year, month)
    if day <= last:
        return _Days(days=(dt.date(year, month, day),))
    before = dt.date(year, month, last)
    after = before + dt.timedelta(days=1)
    if after.weekday() == 6:
        # Nobody sits or visits on a Sunday: the screen's "za 28 feb · ma 2 mrt".
        after += dt.timedelta(days=1)
    return _Days(days=(before, after), problem=DateProblem.NO_SUCH_DAY)


def _without_year(day: int, month: int, scope: _Scope) -> _Days:
    this = scope.today.year
    found = [_in_year(year, month, day) for year in (this - 1, this, this + 1)]
    ahead = [one for one in found if one.days[-1] >= scope.today]
    back = [one for one in found if one.days[0] <= scope.today]
    if not scope.forward:
        return back[-1]
    if back[-1].problem or ahead[0].problem:
        return ahead[0]
    last, coming = back[-1].days[0], ahead[0].days[0]
    if (
        last < scope.today
        and scope.today - last <= _JUST_PAST
        and coming - scope.today > _FAR_AHEAD
    ):
        # On 8 October "7 okt" is rather yesterday's hearing than one in a year.
        return _Days(days=(last, coming))
    return _Days(days=(coming,))

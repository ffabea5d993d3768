"""A team's calendar: opening hours, half days, closed and extra days, n-th working day, DST.

Pure: no clock is read; public holidays come from the `holidays` package, the team's own list wins.
Days are dates in the team's zone; moments are aware and given back in UTC. Source: procedures 1.1.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TypeAlias
from zoneinfo import ZoneInfo

import holidays

Block: TypeAlias = tuple[time, time]
"""Opening and closing time on the team's wall clock."""

Span: TypeAlias = tuple[datetime, datetime]
"""Start and end of a block as moments in UTC."""

SEARCH_DAYS_MAX = 400
"""A team that is closed for longer than a year and a month has a mistake in its calendar."""

BLOCKS_MAX = 8
"""Blocks in one day: more is a mistake in the file."""

CACHE_DAYS_MAX = 4000
"""Days kept: some eleven years, then the memory starts anew."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NOON = time(12)

_DAY = timedelta(days=1)
_CLOCK = "([01]?[0-9]|2[0-3]):([0-5][0-9])"
_BLOCK = re.compile(f"{_CLOCK} ?[-\u2013] ?{_CLOCK}")  # people type an en dash too


class CalendarError(Exception):
    """The calendar entry cannot be used."""

    def __init__(self, entry: str, why: str) -> None:
        """Keep `entry` (as it stands in the team file, or the day) and `why` (for its reader)."""
        super().__init__(f"{entry}: {why}")
        self.entry = entry
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRules:
    """What the team file says about its days.

    `hours` has seven entries, Monday first. A day in `open` is worked although it is a holiday or
    weekend, with the hours of the first weekday that has any. A half day
    is worked with its own blocks, whatever day it is. Raises `CalendarError` on contradictions.
    """

    country: str
    timezone: str
    hours: tuple[tuple[Block, ...], ...]
    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()
    half_days: tuple[tuple[date, tuple[Block, ...]], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what could not be told apart later."""
        if len(self.hours) != len(WEEKDAYS):
            raise CalendarError("hours", "seven weekdays are needed, Monday first")
        for name, blocks in zip(WEEKDAYS, self.hours, strict=True):
            _check_blocks(f"hours {name}", blocks)
        if not any(self.hours):
            raise CalendarError("hours", "no weekday is open")
        halves = [day for day, _ in self.half_days]
        for day in (*self.closed, *self.open, *halves):
            if type(day) is not date:  # a datetime would never equal a day, silently
                raise CalendarError(str(day), "a date is needed, without a time")
        for day, blocks in self.half_days:
            _check_blocks(f"half_days {day}", blocks)
            if not blocks:
                raise CalendarError(f"half_days {day}", "no hours; write the day under closed")
            if halves.count(day) > 1:
                raise CalendarError(f"half_days {day}", "stands there twice")
        for day in sorted(self.closed & (self.open | set(halves))):
            raise CalendarError(f"closed {day}", "is also listed as worked")


class Workdays:
    """The calendar of one team.

    Every method that searches raises `CalendarError` when no working day lies within
    `SEARCH_DAYS_MAX` days, or beyond the years 1 to 9999. A naive moment is our mistake:
    `AssertionError`.
    """

    __slots__ = ("_closed_years", "_halves", "_known", "_spare", "rules", "zone")

    def __init__(self, rules: CalendarRules) -> None:
        """Raise `CalendarError` when the time zone or country is unknown."""
        self.rules = rules
        self.zone = _zone(rules.timezone)
        self._halves = dict(rules.half_days)
        self._spare = next(blocks for blocks in rules.hours if blocks)
        self._known: dict[date, tuple[Span, ...]] = {}
        self._closed_years: dict[int, frozenset[date]] = {}
        try:
            holidays.country_holidays(rules.country)
        except NotImplementedError:
            why = f"{rules.country!r} is not known; write e.g. BE or NL"
            raise CalendarError("country", why) from None

    # One day

    def is_workday(self, day: date) -> bool:
        """Return whether the team works on `day`, if only for an hour."""
        return bool(self.blocks(day))

    def blocks(self, day: date) -> tuple[Span, ...]:
        """Return the blocks of `day`, ascending; none when closed. DST may shorten or drop one."""
        known = self._known.get(day)
        if known is None:
            spans = ((self.at(day, a), self.at(day, b)) for a, b in self._wall_blocks(day))
            known = tuple((start, end) for start, end in spans if start < end)
            if len(self._known) >= CACHE_DAYS_MAX:
                self._known.clear()
            self._known[day] = known
        return known

    def opens(self, day: date) -> datetime:
        """Return the start of the day's first block; `CalendarError` when closed."""
        return self._open_blocks(day)[0][0]

    def closes(self, day: date) -> datetime:
        """Return the end of the day's last block; `CalendarError` when closed."""
        return self._open_blocks(day)[-1][1]

    def noon(self, day: date) -> datetime:
        """Return the earlier of 12:00 and close; `CalendarError` when closed. Source: R-34."""
        return min(self.at(day, NOON), self.closes(day))

    def has_morning(self, day: date) -> bool:
        """Return False when the day opens at or after its noon: `call_day2` is left out (R-34)."""
        return self.opens(day) < self.noon(day)

    def day_of(self, moment: datetime) -> date:
        """Return the date on the team's wall at `moment`."""
        try:
            return _utc(moment).astimezone(self.zone).date()
        except OverflowError:
            raise CalendarError(str(moment), "lies outside the calendar") from None

    def at(self, day: date, clock: time) -> datetime:
        """Return the moment the team's wall shows `clock` on `day`.

        A time that DST removes is the first valid moment after it; a doubled one means the first.
        """
        assert clock.tzinfo is None, "a wall time has no zone of its own"
        wall = datetime.combine(day, clock, self.zone)
        try:
            moment = wall.astimezone(UTC)
            there = moment.astimezone(self.zone).replace(tzinfo=None)
        except OverflowError:
            raise CalendarError(str(day), "lies outside the calendar") from None
        if there == wall.replace(tzinfo=None):
            return moment
        return self._after_gap(wall)

    # Moments

    def is_open(self, moment: datetime) -> bool:
        """Return whether a rule's moment may stand: inside a block, both ends included (1.1)."""
        at = _utc(moment)
        return any(start <= at <= end for start, end in self.blocks(self.day_of(at)))

    def next_opening(self, moment: datetime) -> datetime:
        """Return `moment` itself when open (block ends included), else the next block's start."""
        return _utc(moment) if self.is_open(moment) else self.next_opening_after(moment)

    def next_opening_after(self, moment: datetime) -> datetime:
        """Return the start of the first block that begins strictly after `moment`."""
        return self._first_after(moment, day_open_only=False)

    def next_day_open(self, moment: datetime) -> datetime:
        """Return the first day-`open` (start of a day's first block) strictly after `moment`."""
        return self._first_after(moment, day_open_only=True)

    def next_close(self, moment: datetime) -> datetime:
        """Return the close of that working day, of the next one from its close on (1.1)."""
        return self.closes(self.first_workday(moment))

    # Counting days

    def first_workday(self, moment: datetime) -> date:
        """Return W1 of a person's act: its day, or the next one from exactly close on (G-05)."""
        day = self.day_of(moment)
        if self.is_workday(day) and _utc(moment) < self.closes(day):
            return day
        return self.next_workday(day)

    def workday(self, first: date, n: int) -> date:
        """Return Wn, where `first` is W1 and `n` is 1 or more. Source: R-18.

        A team may close its W1 afterwards; then the first working day after it counts as W1.
        """
        assert n >= 1, f"W{n} does not exist"
        day = self.roll(first)
        return day if n == 1 else self.add_workdays(day, n - 1)

    def add_workdays(self, day: date, n: int) -> date:
        """Return the n-th working day strictly after `day`, or before it for a negative `n`."""
        assert n != 0, "0 working days on is a question for roll()"
        step = 1 if n > 0 else -1
        for _ in range(abs(n)):
            day = self._seek(_plus(day, step), step)
        return day

    def next_workday(self, day: date) -> date:
        """Return the first working day strictly after `day`."""
        return self._seek(_plus(day, 1), 1)

    def roll(self, day: date) -> date:
        """Return `day` itself when worked, else the next working day (G-32)."""
        return self._seek(day, 1)

    def add_months(self, day: date, n: int) -> date:
        """Return the same day number `n` months on, clamped to month end, then rolled (G-32)."""
        return self.roll(months_later(day, n))

    def closed_between(self, a: date, b: date) -> tuple[date, ...]:
        """Return the days not worked after `a` up to and with `b`, ascending, for "Why now?"."""
        days = (a + _DAY * n for n in range(1, (b - a).days + 1))
        return tuple(day for day in days if not self.is_workday(day))

    # What the above is made of

    def _wall_blocks(self, day: date) -> tuple[Block, ...]:
        rules = self.rules
        own = rules.hours[day.weekday()]
        if day in self._halves:
            return self._halves[day]
        if day in rules.closed:
            return ()
        if own and day not in self._holidays(day.year):
            return own
        return self._spare if day in rules.open else ()

    def _holidays(self, year: int) -> frozenset[date]:
        known = self._closed_years.get(year)
        if known is None:
            found = holidays.country_holidays(self.rules.country, years=year, expand=False)
            known = self._closed_years[year] = frozenset(found)
        return known

    def _open_blocks(self, day: date) -> tuple[Span, ...]:
        blocks = self.blocks(day)
        if not blocks:
            raise CalendarError(str(day), "is not a working day")
        return blocks

    def _seek(self, day: date, step: int) -> date:
        return next(day for day in self._days(day, step) if self.is_workday(day))

    def _days(self, day: date, step: int) -> Iterator[date]:
        for n in range(SEARCH_DAYS_MAX + 1):
            yield _plus(day, step * n)
        raise CalendarError(str(day), f"no working day within {SEARCH_DAYS_MAX} days")

    def _first_after(self, moment: datetime, *, day_open_only: bool) -> datetime:
        at = _utc(moment)
        for day in self._days(self.day_of(at), 1):
            blocks = self.blocks(day)
            for start, _ in blocks[:1] if day_open_only else blocks:
                if start > at:
                    return start
        raise AssertionError("_days() either goes on or raises")

    def _after_gap(self, wall: datetime) -> datetime:
        # Inside a gap fold=0 reads the old offset and fold=1 the new one (PEP 495), so the change
        # itself lies after the second reading and not after the first: halve until found.
        late = wall.replace(fold=0).astimezone(UTC)
        early = wall.replace(fold=1).astimezone(UTC)
        old = early.astimezone(self.zone).utcoffset()
        low, high = 0, int((late - early).total_seconds())
        while high - low > 1:
            middle = (low + high) // 2
            is_old = (early + timedelta(seconds=middle)).astimezone(self.zone).utcoffset() == old
            low, high = (middle, high) if is_old else (low, middle)
        return (early + timedelta(seconds=high)).replace(microsecond=0)


def parse_hours(raw: Mapping[str, Sequence[str]]) -> tuple[tuple[Block, ...], ...]:
    """Return seven weekdays' blocks, Monday first, from `{"mon-fri": ["09:00-17:00"], …}`.

    Keys are a weekday or a range of them in English, three letters. What YAML makes of unquoted
    times and words (`12:00` is 720, `on` is true) is refused: `CalendarError` names the entry.
    """
    if not isinstance(raw, Mapping):
        raise CalendarError("hours", 'write e.g. {mon-fri: ["09:00-17:00"]}')
    hours: dict[int, tuple[Block, ...]] = {}
    for key, value in raw.items():
        entry = f"hours {key}"
        blocks = _parse_blocks(entry, value)
        for weekday in _parse_weekdays(entry, key):
            if weekday in hours:
                raise CalendarError(entry, f"{WEEKDAYS[weekday]} already has hours")
            hours[weekday] = blocks
    if not any(hours.values()):
        raise CalendarError("hours", "no weekday is open")
    return tuple(hours.get(weekday, ()) for weekday in range(len(WEEKDAYS)))


def parse_half_days(
    raw: Mapping[date, Sequence[str]],
) -> tuple[tuple[date, tuple[Block, ...]], ...]:
    """Return half days, ascending, from `{2027-12-24: ["09:00-12:00"]}`; else `CalendarError`."""
    if not isinstance(raw, Mapping):
        raise CalendarError("half_days", 'write e.g. {2027-12-24: ["09:00-12:00"]}')
    for day in raw:
        if type(day) is not date:
            raise CalendarError(f"half_days {day}", "a date is needed, e.g. 2027-12-24")
    return tuple((day, _parse_blocks(f"half_days {day}", raw[day])) for day in sorted(raw))


def _parse_weekdays(entry: str, key: object) -> range:
    names = key.strip().lower().split("-") if isinstance(key, str) else []
    if len(names) not in (1, 2) or any(name not in WEEKDAYS for name in names):
        raise CalendarError(entry, "write a weekday or a range, e.g. mon, sat or mon-fri")
    first, last = WEEKDAYS.index(names[0]), WEEKDAYS.index(names[-1])
    if first > last:
        raise CalendarError(entry, "the range runs backwards; the week begins on mon")
    return range(first, last + 1)


def _parse_blocks(entry: str, value: object) -> tuple[Block, ...]:
    if not isinstance(value, (list, tuple)):
        raise CalendarError(entry, f'{value!r} is not a list; write ["09:00-17:00"]')
    blocks = tuple(_parse_block(entry, text) for text in value)
    _check_blocks(entry, blocks)
    return blocks


def _parse_block(entry: str, text: object) -> Block:
    if not isinstance(text, str):
        raise CalendarError(entry, f'{text!r} is not text; write "09:00-17:00" with quotes')
    found = _BLOCK.fullmatch(text.strip())
    if found is None:
        raise CalendarError(entry, f"{text[:40]!r} is not a block; write e.g. 09:00-17:00")
    open_h, open_min, close_h, close_min = (int(part) for part in found.groups())
    return time(open_h, open_min), time(close_h, close_min)


def _check_blocks(entry: str, blocks: Sequence[Block]) -> None:
    if len(blocks) > BLOCKS_MAX:
        raise CalendarError(entry, f"more than {BLOCKS_MAX} blocks in one day")
    for start, end in blocks:
        if start >= end:
            raise CalendarError(
                entry, f"{start:%H:%M}-{end:%H:%M} does not end later on the same day"
            )
    for (_, end), (start, _) in pairwise(blocks):
        if start < end:
            raise CalendarError(entry, f"the block of {start:%H:%M} overlaps the one before it")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, malformed, a directory of zones
        why = f"{name!r} is not known; write e.g. Europe/Brussels"
        raise CalendarError("timezone", why) from None


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise AssertionError(f"naive moment {moment}")
    return moment.astimezone(UTC)


def _plus(day: date, days: int) -> date:
    try:
        return day + _DAY * days
    except OverflowError:
        raise CalendarError(str(day), "lies outside the calendar") from None


def months_later(day: date, n: int) -> date:
    """Return the same day number `n` calendar months on, clamped to the month's end."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    if not date.min.year <= year <= date.max.year:
        raise CalendarError(f"{day} and {n} months", "lies outside the calendar")
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))

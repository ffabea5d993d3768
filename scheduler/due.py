"""Due rules such as "W2 noon": read from a procedure's text, computed to a moment, written back.

Pure. Knows neither cases nor steps: what the anchor moment is, and what happens to a deadline that
has already passed, is the engine's. Source: procedures 1.1, 1.3 and the column *Due* of 2 and 3.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal, TypeAlias, assert_never

from scheduler.workdays import NOON, CalendarError, Workdays

DayTime: TypeAlias = Literal["open", "close", "noon"]
"""A time that each day of the calendar has of its own."""

TEXT_MAX = 60
"""Characters of a rule: the longest sensible one has half of that."""


class AnchorKind(StrEnum):
    """What a rule counts, and from where."""

    WORKDAY = "workday"
    """Wn of the episode's five-day clock."""
    WORKING_DAYS_AFTER = "working_days_after"
    """Working days from the one after the step opens."""
    WORKING_DAYS_BEFORE = "working_days_before"
    """Working days before the anchor's date."""
    SAME_DAY = "same_day"
    """The close of the opening's own working day, else of the next."""
    MINUTES = "minutes"
    """Minutes after the step opens, inside the working day."""
    NEXT_OPEN = "next_open"
    """The next day-`open` strictly after."""
    NEXT_OPENING = "next_opening"
    """The start of the next block strictly after: after lunch counts."""
    MONTHS = "months"
    """Calendar months from the closing date."""
    HOURS_AFTER_START = "hours_after_start"
    """Hours after an appointment, hearing or meeting begins, by the wall clock."""


N_MAX = {
    AnchorKind.WORKDAY: 30,
    AnchorKind.WORKING_DAYS_AFTER: 260,
    AnchorKind.WORKING_DAYS_BEFORE: 260,
    AnchorKind.SAME_DAY: 0,
    AnchorKind.MINUTES: 10_000,
    AnchorKind.NEXT_OPEN: 0,
    AnchorKind.NEXT_OPENING: 0,
    AnchorKind.MONTHS: 120,
    AnchorKind.HOURS_AFTER_START: 72,
}
"""Highest count of each kind (260 working days are a year); the lowest is 1, or 0 where 0."""


class DueError(Exception):
    """The due rule cannot be read, or not be applied to this case."""

    def __init__(self, text: str, why: str) -> None:
        """Keep `text` (the rule as written) and `why` (for its reader)."""
        super().__init__(f"{text!r}: {why}")
        self.text = text
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What is counted and how many; `n` is 0 for the kinds that count nothing."""

    kind: AnchorKind
    n: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRule:
    """A moment relative to an anchor. `str()` gives the text that `parse_due` reads back.

    `clock` is None for minutes and for hours alone; with hours, a time means "later of". Noon is
    written "noon", never 12:00, but for hours, where 12:00 is the wall's. A rule that no text
    could say is our mistake: `AssertionError`.
    """

    anchor: Anchor
    clock: time | DayTime | None

    def __post_init__(self) -> None:
        """Refuse what the grammar has no words for."""
        kind, n = self.anchor.kind, self.anchor.n
        assert min(1, N_MAX[kind]) <= n <= N_MAX[kind], f"{kind} {n}"
        assert _clock_fits(kind, self.clock), f"{kind} {self.clock}"

    def __str__(self) -> str:
        """Return the rule in the grammar of `parse_due`, in its shortest form."""
        n = self.anchor.n
        clock = f"{self.clock:%H:%M}" if isinstance(self.clock, time) else self.clock
        match self.anchor.kind:
            case AnchorKind.WORKDAY:
                return f"W{n} {clock}"
            case AnchorKind.WORKING_DAYS_AFTER:
                return f"next working day {clock}" if n == 1 else f"{n} working days {clock}"
            case AnchorKind.WORKING_DAYS_BEFORE:
                return f"-{n} working days {clock}"
            case AnchorKind.SAME_DAY:
                return "same day close"
            case AnchorKind.MINUTES:
                return f"{n} minutes"
            case AnchorKind.NEXT_OPEN:
                return "next open"
            case AnchorKind.NEXT_OPENING:
                return "next opening"
            case AnchorKind.MONTHS:
                return f"{n} months {clock}"
            case AnchorKind.HOURS_AFTER_START:
                after = f"{n} hours after start"
                return after if clock is None else f"later of {clock} and {after}"
            case _:
                assert_never(self.anchor.kind)


def parse_due(text: str) -> DueRule:
    """Return the rule that `text` says; letter case does not matter, spaces are single.

    `W2 noon` · `3 working days [open|close|noon]`, close when left out · `next working day noon`
    · `-5 working days open` · `same day close` · `60 minutes` · `next open` · `next opening` ·
    `3 months open` · `2 hours after start` · `later of 14:00 and 2 hours after start`. With a day,
    12:00 means noon: the earlier of 12:00 and close (R-34). Raises `DueError`, also for what is
    no text (YAML reads an unquoted 12:00 as 720).
    """
    if not isinstance(text, str):
        raise DueError(repr(text), 'is not text; write e.g. "W2 noon"')
    if len(text) > TEXT_MAX:
        raise DueError(text[:TEXT_MAX], f"is longer than {TEXT_MAX} characters")
    for pattern, read in _GRAMMAR:
        found = pattern.fullmatch(text.lower())
        if found is not None:
            return read(text, found)
    raise DueError(text, "is no due rule; write e.g. W2 noon, 3 working days, 60 minutes")


def due_at(rule: DueRule, opened: datetime, days: Workdays, *, first: date | None) -> datetime:
    """Return the moment in UTC that `rule` falls on; it may have passed already.

    `opened` is when the step opens; for hours the start, for months the closing, for working days
    before any moment on the anchor's date. `first` is W1 of the episode; without one a W rule
    raises `DueError`. Hours are not moved into opening hours (the engine does, 1.3). Raises
    `CalendarError` when the calendar finds no working day.
    """
    day, n = days.day_of(opened), rule.anchor.n
    match rule.anchor.kind:
        case AnchorKind.WORKDAY:
            if first is None:
                raise DueError(str(rule), "this episode has no five-day clock")
            return _on(days, days.workday(first, n), rule.clock)
        case AnchorKind.WORKING_DAYS_AFTER:
            return _on(days, days.add_workdays(day, n), rule.clock)
        case AnchorKind.WORKING_DAYS_BEFORE:
            return _on(days, days.add_workdays(day, -n), rule.clock)
        case AnchorKind.SAME_DAY:
            return days.next_close(opened)
        case AnchorKind.MINUTES:
            return _minutes_after(days, opened, n)
        case AnchorKind.NEXT_OPEN:
            return days.next_day_open(opened)
        case AnchorKind.NEXT_OPENING:
            return days.next_opening_after(opened)
        case AnchorKind.MONTHS:
            return _on(days, days.add_months(day, n), rule.clock)
        case AnchorKind.HOURS_AFTER_START:
            after = _later(opened, timedelta(hours=n))
            return max(after, days.at(day, rule.clock)) if isinstance(rule.clock, time) else after
        case _:
            assert_never(rule.anchor.kind)


def _on(days: Workdays, day: date, clock: time | DayTime | None) -> datetime:
    # A time past the end of a short day would make a deadline nobody is there for: close, as noon.
    match clock:
        case "open":
            return days.opens(day)
        case "close":
            return days.closes(day)
        case "noon":
            return days.noon(day)
        case time():
            return min(days.at(day, clock), days.closes(day))
        case None:
            raise AssertionError("a rule on a day has a clock; __post_init__ saw to it")
        case _:
            assert_never(clock)


def _minutes_after(days: Workdays, opened: datetime, n: int) -> datetime:
    # The working day runs from open to close: a lunch gap is inside, and past close the clock
    # starts anew at the next day's open, not after a lunch that is already behind.
    due = _later(opened, timedelta(minutes=n))
    day = days.day_of(due)
    if days.is_workday(day) and days.opens(day) <= due <= days.closes(day):
        return due
    return _later(days.next_day_open(opened), timedelta(minutes=n))


def _later(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment.astimezone(UTC) + by
    except OverflowError:
        raise CalendarError(str(moment), "lies outside the calendar") from None


def _clock_fits(kind: AnchorKind, clock: time | DayTime | None) -> bool:
    match kind:
        case AnchorKind.WORKDAY | AnchorKind.WORKING_DAYS_BEFORE:
            return clock is not None and clock != NOON and _is_whole(clock)
        case AnchorKind.WORKING_DAYS_AFTER:
            return clock in ("open", "close", "noon")
        case AnchorKind.MONTHS:
            return clock in ("open", "close")
        case AnchorKind.SAME_DAY:
            return clock == "close"
        case AnchorKind.NEXT_OPEN | AnchorKind.NEXT_OPENING:
            return clock == "open"
        case AnchorKind.MINUTES:
            return clock is None
        case AnchorKind.HOURS_AFTER_START:
            return clock is None or (isinstance(clock, time) and _is_whole(clock))
        case _:
            assert_never(kind)


def _is_whole(clock: time | DayTime) -> bool:
    if not isinstance(clock, time):
        return True
    return clock == time(clock.hour, clock.minute)


# The grammar: one pattern, one reader each

_DAY_TIMES: dict[str, DayTime] = {"open": "open", "close": "close", "noon": "noon"}
_HHMM = "[0-9]{1,2}:[0-9]{2}"
_N = "(?P<n>[0-9]+)"


def _read(kind: AnchorKind, default: DayTime | None) -> Callable[[str, re.Match[str]], DueRule]:
    """Return the reader of a kind whose clock, when not written, is `default`."""

    def read(text: str, found: re.Match[str]) -> DueRule:
        groups = found.groupdict()
        # "next working day" names its one; what counts nothing has no number
        n = int(groups.get("n") or min(1, N_MAX[kind]))
        if not min(1, N_MAX[kind]) <= n <= N_MAX[kind]:
            raise DueError(text, f"the number must be 1 to {N_MAX[kind]}")
        written = groups.get("clock")
        clock = default if written is None else _clock(text, written)
        if clock == NOON and kind is not AnchorKind.HOURS_AFTER_START:
            clock = "noon"
        return DueRule(anchor=Anchor(kind=kind, n=n), clock=clock)

    return read


def _clock(text: str, written: str) -> time | DayTime:
    if written in _DAY_TIMES:
        return _DAY_TIMES[written]
    hour, minute = (int(part) for part in written.split(":"))
    try:
        return time(hour, minute)
    except ValueError:
        raise DueError(text, f"{written} is no time of day; write 00:00 to 23:59") from None


_DAYS = f"{_N} working days?"
_DAY_TIME = "(?P<clock>open|close|noon|12:00)"
_ANY_TIME = f"(?P<clock>open|close|noon|{_HHMM})"
_HOURS = f"{_N} hours? after start"

_GRAMMAR = (
    (re.compile(f"w{_N} {_ANY_TIME}"), _read(AnchorKind.WORKDAY, None)),
    (re.compile(f"{_DAYS}( {_DAY_TIME})?"), _read(AnchorKind.WORKING_DAYS_AFTER, "close")),
    (
        re.compile(f"next working day( {_DAY_TIME})?"),
        _read(AnchorKind.WORKING_DAYS_AFTER, "close"),
    ),
    (re.compile(f"-{_DAYS} {_ANY_TIME}"), _read(AnchorKind.WORKING_DAYS_BEFORE, None)),
    (re.compile("same day close"), _read(AnchorKind.SAME_DAY, "close")),
    (re.compile(f"{_N} minutes?"), _read(AnchorKind.MINUTES, None)),
    (re.compile("next open"), _read(AnchorKind.NEXT_OPEN, "open")),
    (re.compile("next opening"), _read(AnchorKind.NEXT_OPENING, "open")),
    (re.compile(f"{_N} months? (?P<clock>open|close)"), _read(AnchorKind.MONTHS, None)),
    (re.compile(_HOURS), _read(AnchorKind.HOURS_AFTER_START, None)),
    (
        re.compile(f"later of (?P<clock>{_HHMM}) and {_HOURS}"),
        _read(AnchorKind.HOURS_AFTER_START, None),
    ),
)

PATTERNS = tuple(pattern.pattern for pattern, _ in _GRAMMAR)
"""What `parse_due` reads, in small letters, a pattern for each way of saying it."""

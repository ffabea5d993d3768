"""A small calendar in the chat: a month of buttons, and the times of a day. Pure.

Working days are plain numbers; closed days, and days that are not asked for, are dimmed.
"""

from __future__ import annotations

import re
from calendar import Calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from babel.dates import format_date

from bot.screen import Intent, Key, Verb
from bot.views.words import locale_of, press
from scheduler.workdays import CalendarError, Workdays

MONTHS_MAX: Final = 24
"""Months that can be leafed to, either way; a date beyond is typed."""

SLOT_MIN: Final = 30
"""Minutes between two times that are offered."""

SLOTS_MAX: Final = 24
"""More times than this are offered by the whole hour."""

A_ROW: Final = 4
"""Times beside each other: two hours, so that whole hours stand below each other."""

NOT_OFFERED: Final = "day"
"""The `arg` of a day that cannot be tapped here."""

_DAY: Final = timedelta(days=1)
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """What of a calendar may be tapped.

    `since` and `until` are the first and last day that can be meant, both included; `worked`:
    only a working day is asked. `field` goes with each button, as the reporter's questions want.
    """

    days: Workdays
    today: date
    language: str
    since: date | None = None
    until: date | None = None
    worked: bool = False
    field: str | None = None

    @property
    def first(self) -> date:
        """Return the first month that can be shown, by its first day."""
        return _within(self.since or date.min, self.today).replace(day=1)

    @property
    def last(self) -> date:
        """Return the last month that can be shown, by its first day."""
        return _within(self.until or date.max, self.today).replace(day=1)

    def offers(self, day: date) -> bool:
        """Return whether the day can be tapped."""
        if (self.since and day < self.since) or (self.until and day > self.until):
            return False
        return not self.worked or self.is_worked(day)

    def is_worked(self, day: date) -> bool:
        """Return whether the team works then; never in a year beyond the calendar."""
        try:
            return self.days.is_workday(day)
        except CalendarError:
            return False


def _within(day: date, today: date) -> date:
    return max(months_on(today, -MONTHS_MAX), min(day, months_on(today, MONTHS_MAX)))


def months_on(day: date, n: int) -> date:
    """Return the first day of the month `n` months on, held within the years there are."""
    index = min(max(day.year * 12 + day.month - 1 + n, 12), 9999 * 12 + 11)
    return date(index // 12, index % 12 + 1, 1)


def month_arg(day: date) -> str:
    """Return what a button holds that shows the day's month: "2027-09"."""
    return f"{day:%Y-%m}"


def read_month(arg: str) -> date | None:
    """Return the month's first day that a button holds, None when it holds something else."""
    found = _MONTH.fullmatch(arg)
    return date(max(int(found[1]), 1), int(found[2]), 1) if found else None


def month_rows(grid: Grid, month: date) -> tuple[tuple[Key, ...], ...]:
    """Return a month: its name between the ways to other months, weekdays, and its weeks.

    A month that cannot be shown is the nearest that can; weeks without a day to tap are left out.
    """
    shown = max(grid.first, min(month.replace(day=1), grid.last))
    weeks = (
        week
        for week in Calendar().monthdatescalendar(shown.year, shown.month)
        if any(grid.offers(day) for day in week if day.month == shown.month)
    )
    names = (_label(_written(date(2027, 3, n), "EEEEEE", grid)) for n in range(1, 8))
    cells = (tuple(_cell(grid, day, shown) for day in week) for week in weeks)
    return (tuple(_turning(grid, shown)), tuple(names), *cells)


def _turning(grid: Grid, shown: date) -> Iterator[Key]:
    before, after = months_on(shown, -1), months_on(shown, 1)
    if before >= grid.first:
        yield _pick(grid, f"◂ {_written(before, 'MMM', grid)}", month_arg(before))
    yield _label(_written(shown, "MMM y", grid))
    if after <= grid.last:
        yield _pick(grid, f"{_written(after, 'MMM', grid)} ▸", month_arg(after))


def _cell(grid: Grid, day: date, shown: date) -> Key:
    if day.month != shown.month:
        return _label("·")  # a label may not be empty, and a dot is read out short
    mark = "•" if day == grid.today else ""
    label = f"{mark}{day.day}" if grid.is_worked(day) else f"{mark}·{day.day}·"
    if not grid.offers(day):
        return press(f"{mark}·", Intent(verb=Verb.NOTHING, arg=NOT_OFFERED))
    return _pick(grid, label, day.isoformat(), "primary" if day == grid.today else "")


def _pick(grid: Grid, label: str, arg: str, style: str = "") -> Key:
    return press(label, Intent(verb=Verb.PICK, step=grid.field, arg=arg), style)


def _label(text: str) -> Key:
    return press(text, Intent(verb=Verb.NOTHING))


def _written(day: date, pattern: str, grid: Grid) -> str:
    return format_date(day, pattern, locale=locale_of(grid.language)).replace(".", "")


# Times


def slots(day: date, days: Workdays, *, now: datetime, past: bool) -> tuple[time, ...]:
    """Return the times of `day` that are offered, on the team's wall.

    Every half hour that the team works, of any other day from nine to five; nothing that a change
    of the clock skips. `past`: what lies behind `now`, else what is still to come.
    """
    found = tuple(clock for clock in _clocks(day, days) if (days.at(day, clock) <= now) is past)
    return found if len(found) <= SLOTS_MAX else tuple(each for each in found if not each.minute)


def _clocks(day: date, days: Workdays) -> Iterator[time]:
    spans = days.blocks(day) or ((days.at(day, time(9)), days.at(day, time(17))),)
    for minute in range(0, 24 * 60, SLOT_MIN):
        clock = time(minute // 60, minute % 60)
        at = days.at(day, clock)
        is_there = at.astimezone(days.zone).time() == clock
        if is_there and any(start <= at < end for start, end in spans):
            yield clock


def time_rows(
    day: date, clocks: Sequence[time], *, field: str | None = None
) -> tuple[tuple[Key, ...], ...]:
    """Return the times as buttons; each holds the day too ("2027-10-07T10:00")."""
    keys = tuple(
        press(
            f"{clock:%H:%M}",
            Intent(verb=Verb.PICK, step=field, arg=f"{day.isoformat()}T{clock:%H:%M}"),
        )
        for clock in clocks
    )
    return tuple(keys[n : n + A_ROW] for n in range(0, len(keys), A_ROW))

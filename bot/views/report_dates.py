"""A reporter's dates: the small calendar, then its times, under the question of the intake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.screen import Intent, Key, Verb
from bot.texts import Markup, plain, say
from bot.views.calendar import Grid, month_arg, month_rows, read_month, slots, time_rows
from bot.views.words import day_words, in_rows, press

WAITS: Final = "~"
"""After a day in `Draft.pending`: the time of that day is being asked."""
NO_TIME: Final = "!"
"""After a day in a PICK: its time is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """What stands under the question for a date."""

    hint: Markup
    rows: tuple[tuple[Key, ...], ...]


def dated(pending: str, grid: Grid, now: datetime) -> Dated:
    """Return the times of the day that waits for one, else the month that is shown."""
    day = waiting_day(pending)
    if day is None:
        rows = month_rows(grid, read_month(pending) or grid.today)
        return Dated(hint=say(grid.language, "reporter-hint-day"), rows=rows)
    words = day_words(day, grid.language, today=grid.today)
    other, untimed = (
        press(plain(grid.language, key), Intent(verb=Verb.PICK, step=grid.field, arg=arg))
        for key, arg in (
            ("date-other", month_arg(day)),
            ("press-no-time", f"{day.isoformat()}{NO_TIME}"),
        )
    )
    clocks = time_rows(day, slots(day, grid.days, now=now, past=False), field=grid.field)
    return Dated(
        hint=say(grid.language, "reporter-hint-time", day=words),
        rows=(*clocks, *in_rows((other, untimed))),
    )


def waiting_day(pending: str) -> date | None:
    """Return the day whose time is being asked, None where none is."""
    return date.fromisoformat(pending[:-1]) if pending.endswith(WAITS) else None

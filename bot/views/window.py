"""The days that a procedure asks an appointment for, ready to be tapped: working days 2 and 3."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.screen import Key, Verb
from bot.views.heads import Sight
from bot.views.words import counts_workdays, in_rows, press
from scheduler.case import Question
from scheduler.procedure import Step

DAYS_MAX: Final = 4
"""Days offered on a prompt: more is a calendar."""


def window_days(sight: Sight, step: Step) -> tuple[tuple[int | None, date], ...]:
    """Return the days of the step's window that are still to come, each with its n of Wn (G-08).

    Where no clock runs, or the window is over, the working days within which it asks.
    """
    dated, episode, days = step.dated, sight.case.episode, sight.days
    if dated is None:
        return ()
    found: list[tuple[int | None, date]] = []
    first, last = dated.window_first, dated.window_last
    if first is not None and last is not None and episode is not None and episode.clock:
        found = [(n, days.workday(episode.first, n)) for n in range(first, last + 1)]
    coming = [(n, day) for n, day in found if _is_coming(sight, day)]
    if not coming and dated.or_within is not None:
        coming = [(None, day) for day in _soon(sight, dated.or_within)]
    return tuple(coming[:DAYS_MAX])


def _is_coming(sight: Sight, day: date) -> bool:
    if not sight.days.is_workday(day):
        return False
    return day > sight.today or (day == sight.today and sight.now < sight.days.closes(day))


def _soon(sight: Sight, within: int) -> Iterator[date]:
    if _is_coming(sight, sight.today):
        yield sight.today
    yield from (sight.days.add_workdays(sight.today, n) for n in range(1, within + 1))


def window_label(sight: Sight, n: int | None, day: date) -> str:
    """Return "Werkdag 2 · di 14 sep", or the day alone where no clock is shown."""
    words = sight.on(day)  # never "tomorrow": a prompt is read for days
    if n is None or not counts_workdays(sight.view.procedure):
        return words[:1].upper() + words[1:]
    return sight.plain("date-workday", n=n, day=words)


def window_rows(sight: Sight, step: Step, question: str) -> tuple[tuple[Key, ...], ...]:
    """Return the window's days where the step asks its date: one tap, then the time."""
    if question != Question.WHEN:
        return ()
    return in_rows(
        press(
            window_label(sight, n, day),
            sight.intent(Verb.DATE, step=step.id, arg=day.isoformat()),
            "primary",
        )
        for n, day in window_days(sight, step)
    )

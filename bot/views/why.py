"""Why now? One line that explains a prompt's date from the case, the calendar and the seed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from bot.texts import Markup, escaped, plain
from bot.views.heads import Sight
from bot.views.words import clock_words, counts_workdays, workday_number
from scheduler.procedure import Step

DAYS_NAMED_MAX: Final = 6
"""Closed days named one by one; a fortnight's leave would fill the screen."""

_NEW_THREAT: Final = ("why-new-threat", "why-new-threat-short")
_BEGAN: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "report": ("why-report", "why-report-short"),
        "client": ("why-client", "why-client-short"),
    }
)
"""How an episode began, as a sentence and inside one."""

_SEED_PLACE: Final = re.compile(r"\b([ST])([0-9]+)(?: to [ST]([0-9]+))?")
"""A slide ("S8", "S7 to S10") or step ("T4") of a seed, as a procedure's source names it."""


def why_line(sight: Sight, step: Step) -> Markup:
    """Return e.g. "Werkdag 2 is wo 3 nov: de melding kwam vr 29 okt 11:00, en 1 en 2 november
    zijn sluitingsdagen. Ravels, S8." Source: procedures 1.2.
    """
    parts = [_clock_part(sight), _due_part(sight, step), _source_part(sight, step)]
    return Markup(" ".join(part for part in parts if part))


def _clock_part(sight: Sight) -> str | None:
    episode = sight.case.episode
    if episode is None:
        return None
    received = sight.days.day_of(episode.received_at)
    at = f"{sight.on(received)} {clock_words(episode.received_at, sight.days)}"
    shown = counts_workdays(sight.view.procedure)
    n = workday_number(sight.case, sight.today, sight.days) if shown else None
    began, began_short = _BEGAN.get(episode.began, _NEW_THREAT)
    if n is None or not sight.days.is_workday(sight.today):
        return sight.say(began, at=at)
    closed = _closed_words(sight, received)
    key = "why-workday-closed" if closed else "why-workday"
    return sight.say(
        key,
        n=n,
        day=sight.on(sight.today),
        began=sight.say(began_short, at=at),
        closed=closed or "",
    )


def _closed_words(sight: Sight, received: date) -> str | None:
    days = tuple(_named(sight, sight.days.closed_between(received, sight.today)))
    if not days:
        return None
    if len(days) > DAYS_NAMED_MAX:
        return sight.plain("why-many-closed", n=len(days))
    return sight.plain(
        "why-closed",
        days=_listed(sight, [sight.on(day) for day in days]),
        n=len(days),
    )


def _named(sight: Sight, closed: tuple[date, ...]) -> Iterator[date]:
    """Yield the closed days that surprise: not a weekend that is closed every week."""
    hours = sight.days.rules.hours
    return (day for day in closed if hours[day.weekday()])


def _listed(sight: Sight, words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return sight.plain("list-and", first=", ".join(words[:-1]), last=words[-1])


def _due_part(sight: Sight, step: Step) -> str | None:
    state = sight.case.steps.get(step.id)
    if state is None or state.due_at is None:
        return None
    if state.planned_due is not None and state.planned_due != state.due_at:
        return sight.say("why-extended", at=sight.when(state.due_at))
    if step.team_default:
        return sight.say("why-due-team", at=sight.when(state.due_at))
    return sight.say("why-due", at=sight.when(state.due_at))


def _source_part(sight: Sight, step: Step) -> str | None:
    """Return "Ravels, dia 8." in italics."""
    place = seed_place(step.source, sight.language)
    if place is None:
        return None
    name = sight.view.procedure.id.capitalize()
    return f"<i>{escaped(name)}, {escaped(place)}.</i>"


def seed_place(source: str, language: str) -> str | None:
    """Return "dia 7–10": where in the seed to look, not the reasoning, which is in the file."""
    places = [found.groups() for found in _SEED_PLACE.finditer(source)]
    if not places:
        return None
    kind = places[0][0]
    spans = dict.fromkeys(f"{a}–{b}" if b else a for each, a, b in places if each == kind)
    key = "seed-slide" if kind == "S" else "seed-step"
    return plain(language, key, places=", ".join(spans))

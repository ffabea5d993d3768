"""The cases as the page shows them: where each stands and its days, in the bot's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.handle.looking import Looking
from bot.handle.office import Desk, Office
from bot.hooks import Connection
from bot.sandbox import entities as rich
from bot.views.cases import case_screen
from bot.views.heads import Sight
from bot.views.history import PAGE_EVENTS, history_screen
from scheduler.case import State
from storage import cases, dues

CARDS_MAX: Final = 12
HISTORY_PAGES_MAX: Final = 5
HISTORY_HEAD: Final = 2
"""The lines above a history: which case, which page."""
TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What happened on one day: its name, and (time, HTML) of each event in order."""

    name: str
    events: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A case for the page: `now` and the days hold HTML made from the bot's own views.

    `next_at` is in the team's zone.
    """

    ref: str
    state: str
    next_at: datetime | None
    now: str
    days: tuple[Day, ...]


def cards_of(c: Connection, office: Office, language: str, now: datetime) -> tuple[Card, ...]:
    """Return the cases, open ones first, the newest first among each."""
    desk = Desk(c, office, now)
    look = Looking(desk)
    stored = cases.all_cases(c, office.team_id)
    ranked = sorted(stored, key=lambda one: (one.case.state is State.CLOSED, -one.row.id))
    return tuple(_card(desk, look, one.row.id, language) for one in ranked[:CARDS_MAX])


def _card(desk: Desk, look: Looking, case_id: int, language: str) -> Card:
    view = look.case(case_id)
    assert view is not None
    sight = Sight(view=view, team=desk.team(), language=language, now=desk.now)
    moments = dues.dues_of(desk.c, case_id)
    return Card(
        ref=view.ref,
        state=str(view.case.state),
        next_at=moments[0].due_at.astimezone(desk.days.zone) if moments else None,
        now=_drawn(case_screen(sight).html),
        days=days_of(_history(desk, look, sight)),
    )


def _history(desk: Desk, look: Looking, sight: Sight) -> list[str]:
    """Return the lines of the case's history as the bot words them, the oldest first."""
    names = {person.id: person.name for person in desk.people.values()}
    told: list[str] = []
    for page in range(HISTORY_PAGES_MAX):
        screen = history_screen(
            sight,
            look.history(sight.view.id),
            people=names,
            reader=0,
            is_coordinator=False,
            page=page,
        )
        lines = screen.html.splitlines()[HISTORY_HEAD:]
        if told[: len(lines)] == lines:  # past the last page the view shows that one again
            break
        told = [*lines, *told]
        if len(lines) < PAGE_EVENTS:
            break
    return told


def days_of(lines: Iterable[str]) -> tuple[Day, ...]:
    """Return history lines ("ma 13 sep 10:15 · …") by day."""
    days: list[Day] = []
    for line in lines:
        at, _, said = line.partition(" · ")
        name, _, clock = TAG.sub("", at).rpartition(" ")
        event = (clock, _drawn(said))
        if days and days[-1].name == name:
            days[-1] = Day(name=name, events=(*days[-1].events, event))
        else:
            days.append(Day(name=name, events=(event,)))
    return tuple(days)


def _drawn(html: str) -> str:
    text, spans = rich.parse_html(html)
    return rich.to_html(text, spans)

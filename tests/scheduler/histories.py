"""Histories written by hand: what a case's tests of attempts, keeping and figures share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from scheduler.case import Episode, Facts, StepState
from scheduler.decision import (
    CaseClosed,
    ContactMade,
    EpisodeBegan,
    Event,
    StepAnswered,
    StepOpened,
)
from scheduler.stimuli import Fields
from scheduler.workdays import CalendarRules, Workdays, parse_hours

DAYS = Workdays(
    CalendarRules(
        country="BE",
        timezone="Europe/Brussels",
        hours=parse_hours({"mon-fri": ["09:00-12:00", "13:00-17:00"]}),
    )
)


def at(text: str) -> datetime:
    """Return "13 10:20", in September 2027 on the team's wall, as UTC; Monday is the 13th."""
    day, clock = text.split()
    wall = datetime.fromisoformat(f"2027-09-{int(day):02} {clock}").replace(tzinfo=DAYS.zone)
    return wall.astimezone(UTC)


@dataclass(frozen=True)
class Line:
    """An event with its number and moment."""

    seq: int
    at: datetime
    event: Event


def history(*events: tuple[str, Event]) -> tuple[Line, ...]:
    """Return events at their moments, numbered."""
    return tuple(
        Line(seq=n, at=at(when), event=event) for n, (when, event) in enumerate(events, start=1)
    )


def began(when: str, how: str = "report") -> tuple[str, Event]:
    """Return an episode that began."""
    episode = Episode(number=1, began=how, received_at=at(when), first=date(2027, 9, 13))
    return when, EpisodeBegan(episode=episode, facts=Facts(), by=None)


def opened(when: str, step: str, due: str | None = None) -> tuple[str, Event]:
    """Return a step that opened, with its deadline."""
    due_at = at(due) if due else None
    state = StepState(id=step, opened_at=at(when), due_at=due_at, planned_due=due_at)
    return when, StepOpened(step=state)


def said(
    when: str, step: str, answer: str | None, due: str | None = None, **fields: Any
) -> tuple[str, Event]:
    """Return an answer, done when it was told; `due` is the deadline that stood then."""
    due_at = at(due) if due else None
    return when, StepAnswered(
        step=step,
        answer=answer,
        by=7,
        done_at=at(when),
        reported_at=at(when),
        late=due_at is not None and at(when) > due_at,
        due_at=due_at,
        fields=Fields(**fields),
    )


def contact(when: str, answer: str = "accepts_help") -> tuple[str, Event]:
    """Return that the client contacted us."""
    return when, ContactMade(
        answer=answer, by=7, done_at=at(when), reported_at=at(when), fields=Fields()
    )


def closed(when: str, outcome: str, *, joined: bool = False) -> tuple[str, Event]:
    """Return that the case closed."""
    return when, CaseClosed(outcome=outcome, by=7, at=at(when), joined=joined)

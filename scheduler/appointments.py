"""What of a case stands in somebody's calendar: dated steps, and the days of hearing and eviction.

Compared before and after a decision it says who must hear of what; how often an appointment
changed is counted in the history, so that nothing more needs to be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final

from scheduler.apply import apply
from scheduler.case import Case, Planned, State
from scheduler.decision import Event
from scheduler.procedure import Procedure
from scheduler.workdays import Workdays

FACTS: Final = ("hearing", "eviction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One entry of a worker's calendar.

    `id` stays the same however often it moves, and is another for the step's next opening or the
    next episode's hearing. `step` None: `what` is a fact, `hearing` or `eviction`.
    """

    id: str
    what: str
    step: str | None
    day: date
    at: datetime | None
    worker: int


class Change(StrEnum):
    """What becomes of an entry in the calendar of `Invitation.to`."""

    NEW = "new"
    MOVED = "moved"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What one person's calendar must know; of a GONE appointment as it was."""

    appointment: Appointment
    to: int
    change: Change


def appointments(case: Case, procedure: Procedure) -> Mapping[str, Appointment]:
    """Return the case's appointments by id: none of a case that is closed or has no worker."""
    if case.state is not State.OPEN or case.worker is None:
        return {}
    return {each.id: each for each in _appointments(case, procedure, case.worker)}


def _appointments(case: Case, procedure: Procedure, worker: int) -> Iterator[Appointment]:
    for state in case.steps.values():
        step = procedure.steps.get(state.id)
        if step is not None and step.dated is not None and state.planned is not None:
            opened = f"{state.opened_at.astimezone(UTC):%Y%m%dT%H%M}"
            yield _appointment(state.planned, state.id, opened, worker, step=state.id)
    number = str(case.episode.number) if case.episode is not None else "0"
    for fact, planned in zip(FACTS, (case.facts.hearing, case.facts.eviction), strict=True):
        if planned is not None:
            yield _appointment(planned, fact, number, worker)


def _appointment(
    planned: Planned, what: str, which: str, worker: int, *, step: str | None = None
) -> Appointment:
    return Appointment(
        id=f"{what}-{which}",
        what=what,
        step=step,
        day=planned.day,
        at=planned.at,
        worker=worker,
    )


def invitations(
    before: Mapping[str, Appointment],
    after: Mapping[str, Appointment],
    now: datetime,
    days: Workdays,
) -> tuple[Invitation, ...]:
    """Return who must hear what, the old worker's first; what is over is left in peace."""
    found: list[Invitation] = []
    for id_ in dict.fromkeys((*before, *after)):
        was, is_ = before.get(id_), after.get(id_)
        if was == is_:
            continue
        stays = is_ is not None and _is_ahead(is_, now, days)
        same_worker = was is not None and is_ is not None and was.worker == is_.worker
        if was is not None and _is_ahead(was, now, days) and not (stays and same_worker):
            found.append(Invitation(appointment=was, to=was.worker, change=Change.GONE))
        if is_ is not None and stays:
            change = Change.MOVED if same_worker else Change.NEW
            found.append(Invitation(appointment=is_, to=is_.worker, change=change))
    return tuple(found)


def _is_ahead(one: Appointment, now: datetime, days: Workdays) -> bool:
    return one.day >= days.day_of(now) if one.at is None else one.at > now


def sequence(case: Case, events: Iterable[Event], procedure: Procedure, id_: str) -> int:
    """Return how often the appointment changed since it was first known: its SEQUENCE.

    `case` is the state before the first of `events`. It counts states that lasted no longer than
    a decision too: a number only ever grows, which is all that a calendar asks.
    """
    count, last = -1, None
    for event in events:
        case = apply(case, event)
        now = appointments(case, procedure).get(id_)
        if now != last:
            count, last = count + 1, now
    return max(count, 0)

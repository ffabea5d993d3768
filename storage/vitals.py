"""How a team's bot does, read from its rows in one look: what waits, since when, what came late.

Every question is answered by an index, so that a look costs the same in the tenth year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, case, func, or_, select

from storage import dues, teams
from storage.backup import LAST
from storage.columns import to_moment
from storage.tables import inbox as inbox_rows
from storage.tables import outbox as outbox_rows

RECENT: Final = timedelta(hours=1)
LATE_MAX: Final = 5_000
"""Prompts of the last hour that are looked at; Telegram lets no more through in three minutes."""
STATES: Final = ("queued", "sending", "failed", "uncertain")
"""What is kept of the outbox besides what was sent or taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """Numbers and seconds; no person, no case. An age is None where there is nothing of it."""

    unhandled: int
    """Updates that Telegram handed over and that have no effect yet."""
    unhandled_s: float | None
    dead_letters: int
    overdue_s: float | None
    """For how long the earliest due moment has waited for its turn; None: none is past."""
    outbox: Mapping[str, int]
    unsent_s: float | None
    """For how long a message that may be sent waits to be sent, tries included."""
    lateness_s: tuple[float, ...]
    """Of the prompts sent within the last hour, ascending: from when they were due to be sent."""
    backup_s: float | None
    """Age of the last backup; None: none was made yet."""


def vitals(c: Connection, team_id: int, now: datetime) -> Vitals:
    """Return how the team's bot does at `now`."""
    new = c.execute(
        select(func.count(), func.min(inbox_rows.c.received_at)).where(
            inbox_rows.c.team_id == team_id, inbox_rows.c.state == "new"
        )
    ).one()
    dead = select(func.count()).where(
        inbox_rows.c.team_id == team_id, inbox_rows.c.state == "dead"
    )
    return Vitals(
        unhandled=new[0],
        unhandled_s=_age(new[1], now),
        dead_letters=c.scalar(dead) or 0,
        overdue_s=_past(dues.next_due(c, team_id), now),
        outbox={state: _in_state(c, team_id, state) for state in STATES},
        unsent_s=_age(_unsent_since(c, team_id, now), now),
        lateness_s=_lateness(c, team_id, now),
        backup_s=_age(_backup_made(c, team_id), now),
    )


def _in_state(c: Connection, team_id: int, state: str) -> int:
    here = (outbox_rows.c.team_id == team_id, outbox_rows.c.state == state)
    return c.scalar(select(func.count()).where(*here)) or 0


def _unsent_since(c: Connection, team_id: int, now: datetime) -> datetime | None:
    """Return since when the longest waiting message waits; a try that failed moves only the next.

    Deletions are left out: they are queued minutes before their time.
    """
    tried = outbox_rows.c.attempts > 0
    since = func.min(case((tried, outbox_rows.c.queued_at), else_=outbox_rows.c.not_before))
    found: datetime | None = c.scalar(
        select(since).where(
            outbox_rows.c.team_id == team_id,
            outbox_rows.c.state == "queued",
            outbox_rows.c.kind != "delete",
            or_(tried, outbox_rows.c.not_before <= now),
        )
    )
    return found


def _lateness(c: Connection, team_id: int, now: datetime) -> tuple[float, ...]:
    rows = c.execute(
        select(outbox_rows.c.queued_at, outbox_rows.c.settled_at)
        .where(
            outbox_rows.c.team_id == team_id,
            outbox_rows.c.state == "sent",
            outbox_rows.c.settled_at > now - RECENT,
            outbox_rows.c.kind.in_(("prompt", "nudge")),
        )
        .limit(LATE_MAX)
    )
    return tuple(sorted((row.settled_at - row.queued_at).total_seconds() for row in rows))


def _backup_made(c: Connection, team_id: int) -> datetime | None:
    flag = teams.flag(c, team_id, LAST)
    made_at: Any = flag.value.get("made_at") if flag is not None else None
    return None if made_at is None else to_moment(made_at)


def _age(moment: datetime | None, now: datetime) -> float | None:
    return None if moment is None else max((now - moment).total_seconds(), 0.0)


def _past(moment: datetime | None, now: datetime) -> float | None:
    return None if moment is None or moment > now else (now - moment).total_seconds()

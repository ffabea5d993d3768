"""Safe visits: who is inside at whose home, until when, and who looks into it. Codes only.

The company's name, where it is no colleague's, is a personal row of the case (`with_ref`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.rows import fields, insert_row
from storage.tables import visit as visits

OVER: Final = ("out", "safe", "cancelled")
"""States of which nothing more comes."""

INSIDE: Final = ("inside", "asked", "alerted")
"""States in which somebody is in a client's home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit of `person_id` at a case's home; `until` is when the bot gets worried.

    `state`: planned, inside, asked, alerted; out, safe, cancelled.
    """

    id: int
    team_id: int
    case_id: int
    person_id: int
    step: str
    state: str
    with_id: int | None
    with_ref: int | None
    planned_at: datetime
    in_at: datetime | None
    until: datetime | None
    asked_at: datetime | None
    alerted_at: datetime | None
    looks_id: int | None
    out_at: datetime | None


_ONE: Final = select(visits).where(
    visits.c.id == bindparam("row"), visits.c.team_id == bindparam("team")
)
_RUNNING: Final = (
    select(visits)
    .where(visits.c.person_id == bindparam("person"), visits.c.state.not_in(OVER))
    .order_by(visits.c.id)
)

_ALL_INSIDE: Final = (
    select(visits)
    .where(visits.c.team_id == bindparam("team"), visits.c.state.in_(INSIDE))
    .order_by(visits.c.until, visits.c.id)
)


def put(
    c: Connection,
    team_id: int,
    case_id: int,
    person_id: int,
    step: str,
    now: datetime,
    *,
    with_id: int | None = None,
    with_ref: int | None = None,
) -> int:
    """Return the number of a new visit, planned."""
    values = {
        "team_id": team_id,
        "case_id": case_id,
        "person_id": person_id,
        "step": step,
        "state": "planned",
        "with_id": with_id,
        "with_ref": with_ref,
        "planned_at": now,
    }
    return insert_row(c, insert(visits), values)


def visit(c: Connection, team_id: int, visit_id: int, *, lock: bool = False) -> Visit | None:
    """Return the team's visit; `lock`: no other unit changes it before this one ends."""
    query = _ONE.with_for_update(key_share=True) if lock else _ONE
    row = c.execute(query, {"row": visit_id, "team": team_id}).first()
    return Visit(**fields(row)) if row else None


def running(c: Connection, person_id: int) -> tuple[Visit, ...]:
    """Return the visits that the person has not ended, the oldest first."""
    return tuple(Visit(**fields(row)) for row in c.execute(_RUNNING, {"person": person_id}))


def inside(c: Connection, team_id: int) -> tuple[Visit, ...]:
    """Return the team's visits from which nobody has come out yet, the soonest to end first."""
    return tuple(Visit(**fields(row)) for row in c.execute(_ALL_INSIDE, {"team": team_id}))


def change(c: Connection, visit_id: int, **values: Any) -> None:
    """Set columns of a visit."""
    c.execute(update(visits).where(visits.c.id == visit_id).values(**values))

"""When a case, or the team, must be looked at again: rows, so that no moment is lost (P4, P12)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Integer, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from storage.errors import Stale
from storage.rows import fields
from storage.tables import due


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """A moment that a case wants: `key` is the case's own name for it."""

    key: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A moment that has come. `case_id` None: the team's own (the morning list)."""

    id: int
    team_id: int
    case_id: int | None
    key: str
    due_at: datetime
    attempts: int


_OF_CASE: Final = select(due.c.id, due.c.key, due.c.due_at).where(
    due.c.case_id == bindparam("kase")
)
_MOVE: Final = (
    update(due)
    .where(due.c.id == bindparam("row"))
    .values(due_at=bindparam("at"), wake_at=bindparam("at"), attempts=0, code=None)
)
_DROP: Final = delete(due).where(due.c.id == bindparam("row"))
_INSERT: Final = insert(due)


def sync(c: Connection, team_id: int, case_id: int, wanted: Sequence[DueRow]) -> None:
    """Make the stored moments of a case those that it wants now; touches only what differs."""
    missing = {row.key: row.due_at for row in wanted}
    assert len(missing) == len(wanted), "two moments under one key"
    moved, gone = [], []
    for stored in c.execute(_OF_CASE, {"kase": case_id}):
        at = missing.pop(stored.key, None)
        if at is None:
            gone.append({"row": stored.id})
        elif at != stored.due_at:
            moved.append({"row": stored.id, "at": at})
    if gone:
        c.execute(_DROP, gone)
    if moved:
        c.execute(_MOVE, moved)
    if missing:
        c.execute(_INSERT, [_row(team_id, case_id, key, at) for key, at in missing.items()])


def put_team_due(c: Connection, team_id: int, key: str, due_at: datetime) -> None:
    """Set the team's own moment of that key (the morning list), moving it when there is one."""
    here = (due.c.team_id == team_id, due.c.case_id.is_(None), due.c.key == key)
    moved = update(due).where(*here).values(due_at=due_at, wake_at=due_at, attempts=0, code=None)
    if not c.execute(moved).rowcount:
        c.execute(_INSERT, _row(team_id, None, key, due_at))


def remove_team_due(c: Connection, team_id: int, key: str) -> None:
    """Forget the team's own moment of that key; no error when it is not set."""
    here = (due.c.team_id == team_id, due.c.case_id.is_(None), due.c.key == key)
    c.execute(delete(due).where(*here))


def team_due(c: Connection, team_id: int, key: str) -> datetime | None:
    """Return when the team's own moment of that key comes; None when it is not set."""
    here = (due.c.team_id == team_id, due.c.case_id.is_(None), due.c.key == key)
    found: datetime | None = c.execute(select(due.c.due_at).where(*here)).scalar()
    return found


NEXT_DUE: Final = select(func.min(due.c.wake_at)).where(due.c.team_id == bindparam("team"))
CLAIM: Final = (
    select(due.c.id, due.c.team_id, due.c.case_id, due.c.key, due.c.due_at, due.c.attempts)
    .where(due.c.team_id == bindparam("team"), due.c.wake_at <= bindparam("now"))
    .order_by(due.c.wake_at, due.c.id)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(skip_locked=True)
)


def next_due(c: Connection, team_id: int) -> datetime | None:
    """Return the earliest moment for which to wake, past or to come; None when there is none."""
    found: datetime | None = c.execute(NEXT_DUE, {"team": team_id}).scalar()
    return found


def claim(c: Connection, team_id: int, now: datetime, limit: int) -> tuple[Due, ...]:
    """Return the moments that have come, the earliest first; another process's unit skips them.

    They stay until the unit that handles them removes or moves them (`sync`, `remove`), so that a
    crash before its commit loses none.
    """
    rows = c.execute(CLAIM, {"team": team_id, "now": now, "limit": limit})
    return tuple(Due(**fields(row)) for row in rows)


BACK_OFF_FIRST: Final = timedelta(minutes=1)
BACK_OFF_LAST: Final = timedelta(hours=1)


def guarded(c: Connection, row: Due, now: datetime, unit: Callable[[], None]) -> str | None:
    """Let `unit` handle a moment; when it raises undo it alone, and look again later.

    Returns the name of what was raised, None when all went well. Errors of the database itself
    are raised: the whole unit is at stake then.
    """
    try:
        with c.begin_nested():
            unit()
    except (DBAPIError, Stale):
        raise
    except Exception as error:  # noqa: BLE001  one broken case must not hold the others up
        postpone(c, row.id, now + _back_off(row.attempts), type(error).__name__)
        return type(error).__name__
    return None


def remove(c: Connection, row_id: int) -> None:
    """The moment was handled; no error when its case removed it already."""
    c.execute(_DROP, {"row": row_id})


def postpone(c: Connection, row_id: int, until: datetime, code: str) -> None:
    """Handling raised: look again at `until`; one broken case does not hold the others up."""
    c.execute(
        update(due)
        .where(due.c.id == row_id)
        .values(wake_at=until, attempts=due.c.attempts + 1, code=code)
    )


def clock_set_back(c: Connection, team_id: int, now: datetime) -> int:
    """Look again now at what was postponed by a clock that ran ahead; return how many.

    "In a minute" of then may be weeks off once the clock is right again (P4, P12).
    """
    query = select(due.c.id, due.c.due_at, due.c.wake_at, due.c.attempts).where(
        due.c.team_id == team_id, due.c.attempts > 0, due.c.wake_at > now
    )
    far = [row for row in c.execute(query) if row.wake_at > now + _back_off(row.attempts - 1)]
    for row in far:
        wake_at = max(row.due_at, now)
        c.execute(update(due).where(due.c.id == row.id).values(wake_at=wake_at))
    return len(far)


def _back_off(attempts: int) -> timedelta:
    return min(BACK_OFF_FIRST * (1 << min(attempts, 10)), BACK_OFF_LAST)


def dues_of(c: Connection, case_id: int) -> tuple[DueRow, ...]:
    """Return the stored moments of a case, the earliest first."""
    rows = c.execute(_OF_CASE.order_by(due.c.due_at, due.c.id), {"kase": case_id})
    return tuple(DueRow(key=row.key, due_at=row.due_at) for row in rows)


def _row(team_id: int, case_id: int | None, key: str, at: datetime) -> dict[str, object]:
    return {"team_id": team_id, "case_id": case_id, "key": key, "due_at": at, "wake_at": at}

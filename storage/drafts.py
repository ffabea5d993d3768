"""Conversations half-way: what a person has said so far, kept over restarts and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.rows import fields
from storage.tables import dialogue as dialogues


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleDialogue:
    """A conversation that nobody went on with since `updated_at`."""

    team_id: int
    user_id: int
    state: dict[str, Any]
    updated_at: datetime


_HERE: Final = (
    dialogues.c.team_id == bindparam("team"),
    dialogues.c.user_id == bindparam("user"),
)
_GET: Final = select(dialogues.c.state).where(*_HERE)
_SET: Final = (
    update(dialogues).where(*_HERE).values(state=bindparam("to"), updated_at=bindparam("now"))
)
_DROP: Final = delete(dialogues).where(*_HERE)


def dialogue(c: Connection, team_id: int, user_id: int) -> dict[str, Any] | None:
    """Return where this person's conversation stands, or None when there is none."""
    found: dict[str, Any] | None = c.execute(_GET, {"team": team_id, "user": user_id}).scalar()
    return found


def put_dialogue(
    c: Connection, team_id: int, user_id: int, state: Mapping[str, Any], now: datetime
) -> None:
    """Keep where the conversation stands (JSON; sealed at rest), in place of what was there."""
    values = {"team": team_id, "user": user_id, "to": dict(state), "now": now}
    if not c.execute(_SET, values).rowcount:
        c.execute(
            insert(dialogues),
            {"team_id": team_id, "user_id": user_id, "state": dict(state), "updated_at": now},
        )


def drop_dialogue(c: Connection, team_id: int, user_id: int) -> None:
    """The conversation is over; no error when there was none."""
    c.execute(_DROP, {"team": team_id, "user": user_id})


def drop_about(c: Connection, team_id: int, case_ids: frozenset[int]) -> None:
    """Forget the conversations about these cases: what was typed so far is about them."""
    rows = c.execute(select(dialogues).where(dialogues.c.team_id == team_id)).all()
    for row in rows:
        if row.state.get("case") in case_ids:
            drop_dialogue(c, team_id, row.user_id)


def purge(c: Connection, team_id: int, before: datetime) -> int:
    """Forget the conversations that nobody went on with since then; return how many."""
    here = (dialogues.c.team_id == team_id, dialogues.c.updated_at < before)
    return c.execute(delete(dialogues).where(*here)).rowcount


def stale_dialogues(
    c: Connection, before: datetime, limit: int = 100
) -> tuple[StaleDialogue, ...]:
    """Return conversations untouched since before then, the oldest first."""
    rows = c.execute(
        select(dialogues)
        .where(dialogues.c.updated_at < before)
        .order_by(dialogues.c.updated_at)
        .limit(limit)
    )
    return tuple(StaleDialogue(**fields(row)) for row in rows)

"""Which topic of the team's channel is about a case; the channel's own number names it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.rows import fields
from storage.tables import topic as topics

State: TypeAlias = Literal["plain", "asked", "there", "gone"]
"""plain: told of in the channel itself; asked: the topic is being made; there; gone: deleted by
hand or closed to us, and not made again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A case's place in the channel `chat_id`; `thread_id` is known once it is `there`."""

    case_id: int
    chat_id: int
    thread_id: int | None
    state: State


_OF_CASE: Final = select(
    topics.c.case_id, topics.c.chat_id, topics.c.thread_id, topics.c.state
).where(topics.c.case_id == bindparam("of"))
_SET: Final = update(topics).where(topics.c.case_id == bindparam("of"))


def topic(c: Connection, case_id: int) -> Topic | None:
    """Return the case's place in a channel, or None: nothing was told of it there yet."""
    row = c.execute(_OF_CASE, {"of": case_id}).first()
    return Topic(**fields(row)) if row else None


def put(
    c: Connection, team_id: int, case_id: int, chat_id: int, state: State, now: datetime
) -> None:
    """Give the case a place in a channel, in the stead of one it had; its thread is not known."""
    values: dict[str, Any] = {"chat_id": chat_id, "thread_id": None, "state": state, "at": now}
    if not c.execute(_SET.values(**values), {"of": case_id}).rowcount:
        c.execute(insert(topics).values(team_id=team_id, case_id=case_id, **values))


def opened(c: Connection, case_id: int, chat_id: int, thread_id: int) -> None:
    """The channel made the topic: it has this number there."""
    here = _SET.where(topics.c.chat_id == chat_id)
    c.execute(here.values(thread_id=thread_id, state="there"), {"of": case_id})


def lost(c: Connection, case_id: int, state: Literal["plain", "gone"]) -> bool:
    """The topic cannot be written in; False when that was known already."""
    here = (topics.c.case_id == case_id, topics.c.state.in_(("asked", "there")))
    return bool(
        c.execute(update(topics).where(*here).values(thread_id=None, state=state)).rowcount
    )

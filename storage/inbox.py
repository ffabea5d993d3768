"""What Telegram handed over: committed before it is acknowledged, settled once, never dropped.

An update is told from another by its content, not by its number: after an idle week Telegram may
begin its numbers anew. It is handled in order within its lane (one person's updates), and ends as
done, refused, or as a dead letter that a coordinator sees (P1, P2, P3).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from storage.columns import room_of
from storage.rows import fields
from storage.tables import inbox
from storage.teams import Flag, flag, secret_of, set_flag

BODY_BYTES_MAX: Final = 1_000_000
"""A real update is far below this (a message has at most 4,096 characters)."""
ATTEMPTS_MAX: Final = 5
CURSOR: Final = "update_cursor"
_INT64: Final = 2**63
_UPDATE_ID: Final = re.compile(rb'"update_id"\s*:\s*(\d{1,18})(?!\d)')
_SUSPECT: Final = re.compile(rb"\\u(0000|[dD][89a-fA-F])|\x00|\xed[\xa0-\xbf]")
_HALF_OR_NUL: Final = re.compile("[\ud800-\udfff\0]")
_ACTORS: Final = ("from", "user", "actor")
_NEW: Final[ColumnElement[str]] = literal_column("'new'")

_FIELDS: Final = (
    inbox.c.id,
    inbox.c.team_id,
    inbox.c.update_id,
    inbox.c.lane,
    inbox.c.raw,
    inbox.c.received_at,
    inbox.c.attempts,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """How many updates were new, and the number of the last one received (None: none had one).

    `dead`: how many of them could not even be read.
    """

    count: int
    cursor: int | None
    dead: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One update that waits. `lane`: the person (else the chat) whose order it keeps."""

    id: int
    team_id: int
    update_id: int | None
    lane: int
    raw: bytes
    received_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """An update that could not be handled: a code for why, and the body for a person to judge."""

    id: int
    update_id: int | None
    lane: int
    raw: bytes
    received_at: datetime
    attempts: int
    code: str
    settled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many updates are in which state."""

    new: int
    done: int
    refused: int
    dead: int


@dataclass(frozen=True, slots=True)
class _Read:
    """What could be read of a body without understanding it."""

    update_id: int | None
    lane: int
    raw: bytes
    code: str | None
    marked: bytes
    """What the digest is computed over: the same for every spelling of the same JSON."""


_KEY: Final = (inbox.c.team_id, inbox.c.digest)
_STORE_SQLITE: Final = sqlite_insert(inbox).on_conflict_do_nothing(index_elements=_KEY)
_STORE_POSTGRESQL: Final = postgresql_insert(inbox).on_conflict_do_nothing(index_elements=_KEY)


def store(c: Connection, team_id: int, bodies: Sequence[bytes], now: datetime) -> Stored:
    """Put updates in, each once however often it is delivered (bad_inputs 9-14).

    A body that is no update (not JSON, no usable number, a sender that is no number, more than
    1 MB) becomes a dead letter at once, so that it cannot stop what comes after it; NUL and halves
    of surrogate pairs are replaced in the rest. Never raises because of what a body holds.
    """
    keys, secret = room_of(c).keys, secret_of(c, team_id)
    rows: dict[bytes, dict[str, Any]] = {}
    cursor: int | None = None
    for body in bodies:
        read = _read(body)
        if read.update_id is not None:
            cursor = read.update_id
        digest = keys.mac(secret, "inbox", read.marked)
        rows.setdefault(
            digest,
            {
                "team_id": team_id,
                "update_id": read.update_id,
                "digest": digest,
                "lane": read.lane,
                "raw": read.raw,
                "received_at": now,
                "state": "dead" if read.code else "new",
                "code": read.code,
                "settled_at": now if read.code else None,
            },
        )
    count = _insert_new(c, list(rows.values())) if rows else 0
    dead = sum(row["state"] == "dead" for row in rows.values()) if count else 0
    if cursor is not None:
        set_flag(c, team_id, CURSOR, cursor, now)
    return Stored(count=count, cursor=cursor, dead=dead)


def cursor(c: Connection, team_id: int) -> Flag | None:
    """Return the number of the last update received, and when: to look at, not to poll from.

    Polling from a stored number would acknowledge updates that Telegram numbered anew.
    """
    return flag(c, team_id, CURSOR)


_EACH_LANE: Final = (
    select(func.min(inbox.c.lane).label("lane"))
    .where(inbox.c.team_id == bindparam("team"), inbox.c.state == _NEW)
    .cte("lanes", recursive=True)
)
_LANES: Final = _EACH_LANE.union_all(
    select(
        select(func.min(inbox.c.lane))
        .where(
            inbox.c.team_id == bindparam("team"),
            inbox.c.state == _NEW,
            inbox.c.lane > _EACH_LANE.c.lane,
        )
        .scalar_subquery()
    ).where(_EACH_LANE.c.lane.is_not(None))
)
# The first row of each lane, found by one step in the index per lane: a lane with ten thousand
# waiting updates (somebody floods) costs as much as one with a single one.
_HEADS: Final = (
    select(
        select(func.min(inbox.c.id))
        .where(
            inbox.c.team_id == bindparam("team"),
            inbox.c.state == _NEW,
            inbox.c.lane == _LANES.c.lane,
        )
        .scalar_subquery()
        .label("id")
    )
    .where(_LANES.c.lane.is_not(None), _LANES.c.lane.not_in(bindparam("busy", expanding=True)))
    .order_by("id")
    .limit(bindparam("limit", type_=Integer))
    .subquery("heads")
)
NEXT_LANES: Final = select(*_FIELDS).join(_HEADS, _HEADS.c.id == inbox.c.id).order_by(inbox.c.id)


def next_lanes(
    c: Connection, team_id: int, limit: int, busy: frozenset[int] = frozenset()
) -> tuple[InboxRow, ...]:
    """Return the oldest waiting update of each lane that is not `busy`, the oldest first."""
    rows = c.execute(NEXT_LANES, {"team": team_id, "limit": limit, "busy": list(busy)})
    return tuple(InboxRow(**fields(row)) for row in rows)


_TAKE: Final = (
    select(*_FIELDS)
    .where(inbox.c.id == bindparam("row"), inbox.c.state == _NEW)
    .with_for_update(skip_locked=True)
)
_OLDER: Final = (
    select(inbox.c.id)
    .where(
        inbox.c.team_id == bindparam("team"),
        inbox.c.state == _NEW,
        inbox.c.lane == bindparam("lane"),
        inbox.c.id < bindparam("row"),
    )
    .limit(1)
)


def take(c: Connection, row_id: int) -> InboxRow | None:
    """Return the update to handle in this unit, or None when it is settled or another's by now.

    It holds its lane until the unit ends: on PostgreSQL another process's unit on the same lane
    gets None (it asks again), and an update is never handled before an older one of its lane.
    """
    row = c.execute(_TAKE, {"row": row_id}).first()
    if row is None:
        return None
    if c.dialect.name == "postgresql" and not c.scalar(
        select(func.pg_try_advisory_xact_lock(func.hashtextextended(f"{row.team_id}", row.lane)))
    ):
        return None
    older = c.execute(_OLDER, {"team": row.team_id, "lane": row.lane, "row": row_id}).first()
    return None if older else InboxRow(**fields(row))


_BEHIND: Final = (
    select(*_FIELDS)
    .where(
        inbox.c.team_id == bindparam("team"),
        inbox.c.state == _NEW,
        inbox.c.lane == bindparam("lane"),
        inbox.c.id > bindparam("row"),
    )
    .order_by(inbox.c.id)
    .limit(bindparam("limit", type_=Integer))
)


def behind(c: Connection, row: InboxRow, limit: int) -> tuple[InboxRow, ...]:
    """Return what waits in the lane behind an update that was taken, the oldest first."""
    values = {"team": row.team_id, "lane": row.lane, "row": row.id, "limit": limit}
    return tuple(InboxRow(**fields(each)) for each in c.execute(_BEHIND, values))


def heard(c: Connection, team_id: int, lane: int, since: datetime) -> tuple[bytes, ...]:
    """Return the updates of one person that were settled since then, the oldest first."""
    rows = c.execute(
        select(inbox.c.raw)
        .where(
            inbox.c.team_id == team_id,
            inbox.c.state.in_(("done", "refused")),
            inbox.c.settled_at >= since,
            inbox.c.lane == lane,
        )
        .order_by(inbox.c.id)
    )
    return tuple(row.raw for row in rows)


def is_full(c: Connection, team_id: int, limit: int) -> bool:
    """Return whether `limit` updates wait: then no more are fetched (S20)."""
    waits = select(inbox.c.id).where(inbox.c.team_id == team_id, inbox.c.state == _NEW)
    return c.execute(waits.offset(limit - 1).limit(1)).first() is not None


_SETTLE: Final = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"), inbox.c.state == _NEW)
    .values(state=bindparam("to"), code=bindparam("reason"), settled_at=bindparam("now"))
)


def done(c: Connection, row_id: int, now: datetime) -> None:
    """The update took effect; in the same unit as the effect."""
    c.execute(_SETTLE, {"row": row_id, "to": "done", "reason": None, "now": now})


def refused(c: Connection, row_id: int, code: str, now: datetime) -> None:
    """The update was answered with a refusal, or counted as ignored; `code` says which."""
    c.execute(_SETTLE, {"row": row_id, "to": "refused", "reason": code, "now": now})


def bury(c: Connection, row_id: int, code: str, now: datetime) -> None:
    """The update cannot be read, now or ever: a dead letter at once; its lane goes on."""
    c.execute(_SETTLE, {"row": row_id, "to": "dead", "reason": code, "now": now})


def rewrite(c: Connection, row_id: int, raw: bytes) -> None:
    """Keep another body than the one that came: something in it must not stay (row 35).

    The digest stays: the same update, delivered again, is still the same.
    """
    c.execute(update(inbox).where(inbox.c.id == row_id).values(raw=raw))


def failed(c: Connection, row_id: int, code: str, now: datetime) -> None:
    """Handling raised: counted, and a dead letter at the fifth time, so that its lane goes on."""
    last = inbox.c.attempts + 1 >= ATTEMPTS_MAX
    c.execute(
        update(inbox)
        .where(inbox.c.id == row_id, inbox.c.state == _NEW)
        .values(
            attempts=inbox.c.attempts + 1,
            code=code,
            state=case((last, "dead"), else_="new"),
            settled_at=case((last, bindparam("now", now, inbox.c.settled_at.type)), else_=None),
        )
    )


def dead_letters(c: Connection, team_id: int, limit: int = 100) -> tuple[DeadLetter, ...]:
    """Return what could not be handled, the newest first."""
    rows = c.execute(
        select(
            inbox.c.id,
            inbox.c.update_id,
            inbox.c.lane,
            inbox.c.raw,
            inbox.c.received_at,
            inbox.c.attempts,
            inbox.c.code,
            inbox.c.settled_at,
        )
        .where(inbox.c.team_id == team_id, inbox.c.state == "dead")
        .order_by(inbox.c.settled_at.desc(), inbox.c.id.desc())
        .limit(limit)
    )
    return tuple(DeadLetter(**fields(row)) for row in rows)


def counts(c: Connection, team_id: int) -> Counts:
    """Return how many of the updates that are still kept are in which state."""
    rows = c.execute(
        select(inbox.c.state, func.count())
        .where(inbox.c.team_id == team_id)
        .group_by(inbox.c.state)
    )
    found = {row[0]: row[1] for row in rows}
    return Counts(**{state: found.get(state, 0) for state in ("new", "done", "refused", "dead")})


def empty_settled(c: Connection, team_id: int) -> None:
    """Empty the bodies of all that was handled, or never will be.

    The digests stay: an update that is delivered again is still the same.
    """
    here = (inbox.c.team_id == team_id, inbox.c.state != "new")
    c.execute(update(inbox).where(*here).values(raw=b""))


def forget_sender(c: Connection, team_id: int, user_id: int) -> None:
    """Keep nothing of whose the handled updates were."""
    here = (inbox.c.team_id == team_id, inbox.c.lane == user_id, inbox.c.state != "new")
    c.execute(update(inbox).where(*here).values(raw=b"", lane=0))


def purge_dead(c: Connection, team_id: int, before: datetime) -> int:
    """Delete the dead letters from before then, and return how many."""
    return c.execute(
        delete(inbox).where(
            inbox.c.team_id == team_id, inbox.c.state == "dead", inbox.c.settled_at < before
        )
    ).rowcount


def purge(c: Connection, team_id: int, before: datetime) -> int:
    """Delete updates done or refused before then, and return how many.

    Keep at least 48 hours: Telegram may deliver that long after, and the row is what tells.
    """
    return c.execute(
        delete(inbox).where(
            inbox.c.team_id == team_id,
            inbox.c.state.in_(("done", "refused")),
            inbox.c.settled_at < before,
        )
    ).rowcount


def _insert_new(c: Connection, rows: list[dict[str, Any]]) -> int:
    """Insert those that are not there yet, in order, and return how many that were."""
    if c.dialect.name == "sqlite":
        return c.execute(_STORE_SQLITE, rows).rowcount
    return sum(c.execute(_STORE_POSTGRESQL, row).rowcount for row in rows)


def _read(body: bytes) -> _Read:
    """Read the number and the lane of an update, trusting nothing."""
    if len(body) > BODY_BYTES_MAX:
        return _dead(body, "too_large", kept=b"")
    try:
        update_ = json.loads(body.decode("utf-8"))
    except UnicodeDecodeError:
        return _dead(body, "not_utf8")
    except (ValueError, RecursionError):
        return _dead(body, "not_json")
    if not isinstance(update_, dict):
        return _dead(body, "not_an_update")
    number = update_.get("update_id")
    if not isinstance(number, int) or not _is_int64(number) or number < 0:
        return _dead(body, "no_update_id")
    lane = _lane(update_)
    try:
        marked = json.dumps(update_, sort_keys=True, separators=(",", ":")).encode()
        if _SUSPECT.search(body):
            body = json.dumps(_cleaned(update_), ensure_ascii=False).encode()
    except RecursionError:
        return _dead(body, "too_deep")
    code = "bad_user_id" if lane is None else None
    return _Read(number, lane or 0, body, code, marked)


def _dead(body: bytes, code: str, kept: bytes | None = None) -> _Read:
    found = _UPDATE_ID.search(body)
    number = int(found[1]) if found else None
    return _Read(number, 0, body if kept is None else kept, code, body)


def _lane(update_: dict[str, Any]) -> int | None:
    """Return the sender's id, else the chat's, else 0; None when it is no 64-bit number."""
    parts = [part for part in update_.values() if isinstance(part, dict)]
    for part in parts:
        for key in _ACTORS:
            sender = part.get(key)
            if isinstance(sender, dict) and "id" in sender:
                return sender["id"] if _is_int64(sender["id"]) else None
    for part in parts:
        holder = part.get("message") if "chat" not in part else part
        chat = holder.get("chat") if isinstance(holder, dict) else None
        if isinstance(chat, dict) and "id" in chat:
            return chat["id"] if _is_int64(chat["id"]) else None
    return 0


def _is_int64(value: object) -> bool:
    return type(value) is int and -_INT64 <= value < _INT64


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _HALF_OR_NUL.sub("\ufffd", value)
    if isinstance(value, list):
        return [_cleaned(part) for part in value]
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(part) for key, part in value.items()}
    return value

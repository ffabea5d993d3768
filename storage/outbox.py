"""What leaves for Telegram: committed before it is sent, and known afterwards (P4, P5, P7).

`queued` → `sending` → `sent` | `failed` | `uncertain`, or `cancelled` with a reason. A row that is
`sending` was claimed by a commit of its own before the call; a crash leaves it there, and
`recover` treats it as ambiguous.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)

from storage.rows import fields, insert_row
from storage.tables import absence, case_person, kase, outbox, person, prompt, topic

Kind: TypeAlias = Literal[
    "receipt", "prompt", "nudge", "alert", "info", "confirm", "digest", "screen", "edit",
    "answer", "delete", "group", "topic", "file",
]  # fmt: skip

LEASE: Final = timedelta(minutes=2)
"""Longer than any call to Telegram may take; a row in `sending` beyond it was left by a crash."""
PAGE: Final = 64
PAGES_MAX: Final = 16
STAND_INS_MAX: Final = 5
_OF_A_CASE: Final = frozenset({"prompt", "nudge", "alert", "info"})
_REPEATABLE: Final = frozenset({"edit", "delete", "answer"})
"""Kinds that do no harm when they arrive twice: they are repeated unmarked and without an end."""
_IN_A_TOPIC: Final = frozenset({"closeForumTopic", "reopenForumTopic"})
"""Calls that mean nothing without the case's topic."""
_QUEUED: Final[ColumnElement[str]] = literal_column("'queued'")
_SENDING: Final[ColumnElement[str]] = literal_column("'sending'")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingRow:
    """A message to send. `lane` 0: a reply, goes first; 1: bulk.

    `payload` is the method's parameters without `chat_id` (the row's counts, a group may move);
    `meta` holds codes only, readable without keys.
    """

    team_id: int
    chat_id: int
    kind: Kind
    method: str
    payload: Mapping[str, Any]
    lane: Literal[0, 1] = 0
    person_id: int | None = None
    case_id: int | None = None
    meta: Mapping[str, Any]
    not_before: datetime | None = None
    prompt_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A message that may be sent now. `attempts` counts this one; `again`: it may be a repeat."""

    id: int
    team_id: int
    chat_id: int
    person_id: int | None
    case_id: int | None
    prompt_id: int | None
    lane: int
    kind: Kind
    method: str
    payload: dict[str, Any]
    meta: dict[str, Any]
    attempts: int
    again: bool
    queued_at: datetime
    started_at: datetime
    thread_id: int | None
    """The case's topic in that chat, as it is now (kinds `group` and `topic` go there)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """A message that did not arrive, or perhaps not; for a coordinator. No text in it."""

    id: int
    chat_id: int
    person_id: int | None
    case_id: int | None
    kind: Kind
    meta: dict[str, Any]
    state: str
    code: str | None
    attempts: int
    settled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was said to a person or in a group; `message_id` None: it still waits to be sent."""

    id: int
    chat_id: int
    person_id: int | None
    message_id: int | None


class AfterDoubt(StrEnum):
    """What was decided about a message of which nobody knows whether it arrived."""

    AGAIN = "again"
    GAVE_UP = "gave_up"


_INSERT: Final = insert(outbox)
_TIE: Final = (
    update(prompt)
    .where(prompt.c.id == bindparam("row"))
    .values(outbox_id=bindparam("message"), chat_id=bindparam("chat"))
)


def put(c: Connection, row: OutgoingRow, now: datetime) -> int:
    """Queue a message and return its number; a prompt learns which message carries it."""
    message = insert_row(c, _INSERT, _values(row, now))
    if row.prompt_id is not None:
        c.execute(_TIE, {"row": row.prompt_id, "message": message, "chat": row.chat_id})
    return message


_HELD = outbox.alias("held")
# A chat is held while a message to it is under way, or waits to be tried again: what comes after
# it must not arrive before it.
_IS_HELD: Final = exists().where(
    _HELD.c.team_id == bindparam("team"),
    _HELD.c.chat_id == outbox.c.chat_id,
    or_(_HELD.c.state == _SENDING, and_(_HELD.c.state == _QUEUED, _HELD.c.attempts > 0)),
    or_(_HELD.c.state == _SENDING, _HELD.c.not_before > bindparam("now")),
)
CANDIDATES: Final = (
    select(
        outbox.c.id,
        outbox.c.lane,
        outbox.c.chat_id,
        outbox.c.person_id,
        outbox.c.case_id,
        outbox.c.kind,
        outbox.c.method,
        person.c.state.label("person_state"),
        person.c.role.label("person_role"),
        exists()
        .where(
            case_person.c.case_id == outbox.c.case_id,
            case_person.c.person_id == outbox.c.person_id,
            case_person.c.part == "worker",
        )
        .label("on_case"),
    )
    .join_from(outbox, person, person.c.id == outbox.c.person_id, isouter=True)
    .where(
        outbox.c.team_id == bindparam("team"),
        outbox.c.state == _QUEUED,
        outbox.c.not_before <= bindparam("now"),
        tuple_(outbox.c.lane, outbox.c.id)
        > tuple_(
            bindparam("lane", type_=outbox.c.lane.type), bindparam("after", type_=outbox.c.id.type)
        ),
        outbox.c.chat_id.not_in(bindparam("taken", expanding=True)),
        ~_IS_HELD,
    )
    .order_by(outbox.c.lane, outbox.c.id)
    .limit(PAGE)
    .with_for_update(skip_locked=True, of=outbox)
)
_START: Final = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("rows", expanding=True)), outbox.c.state == _QUEUED)
    .values(
        state="sending",
        attempts=outbox.c.attempts + 1,
        started_at=bindparam("now"),
        lease_until=bindparam("until"),
        code=None,
    )
)
_STARTED: Final = (
    select(
        outbox.c.id,
        outbox.c.team_id,
        outbox.c.chat_id,
        outbox.c.person_id,
        outbox.c.case_id,
        outbox.c.prompt_id,
        outbox.c.lane,
        outbox.c.kind,
        outbox.c.method,
        outbox.c.payload,
        outbox.c.meta,
        outbox.c.attempts,
        outbox.c.again,
        outbox.c.queued_at,
        outbox.c.started_at,
        topic.c.thread_id,
    )
    .join_from(
        outbox,
        topic,
        and_(topic.c.case_id == outbox.c.case_id, topic.c.chat_id == outbox.c.chat_id),
        isouter=True,
    )
    .where(outbox.c.id.in_(bindparam("rows", expanding=True)))
    .order_by(outbox.c.lane, outbox.c.id)
)


def claim(c: Connection, team_id: int, now: datetime, limit: int) -> tuple[Claimed, ...]:
    """Take at most `limit` messages to send: replies first, then in order, one a chat at a time.

    Who left gets nothing any more but deletions, who lost the case nothing about it: such rows
    become `cancelled` here, in the commit that would begin the sending (P7). A stand-in gets what
    the absent one would.
    """
    taken: list[int] = []
    chats: list[int] = []
    place = (-1, 0)
    for _ in range(PAGES_MAX):
        page = c.execute(
            CANDIDATES,
            {"team": team_id, "now": now, "lane": place[0], "after": place[1], "taken": chats},
        ).all()
        for row in page:
            # a topic that is still being made stands before what is to be done with it
            waits = row.method in _IN_A_TOPIC and row.chat_id in chats
            reason = None if waits else _why_not(c, row)
            if reason is not None:
                _cancel(c, outbox.c.id == row.id, reason, now)
            elif row.chat_id not in chats:
                taken.append(row.id)
                chats.append(row.chat_id)
                if len(taken) == limit:
                    break
        if len(taken) == limit or len(page) < PAGE:
            break
        place = (page[-1].lane, page[-1].id)
    if not taken:
        return ()
    c.execute(_START, {"rows": taken, "now": now, "until": now + LEASE})
    return tuple(Claimed(**fields(row)) for row in c.execute(_STARTED, {"rows": taken}))


_HERE: Final = (outbox.c.id == bindparam("row"), outbox.c.state == _SENDING)
_SENT: Final = (
    update(outbox)
    .where(*_HERE)
    .values(
        state="sent",
        message_id=bindparam("message"),
        settled_at=bindparam("now"),
        lease_until=None,
    )
)
_SHOWN: Final = (
    update(prompt)
    .where(
        prompt.c.id
        == select(outbox.c.prompt_id).where(outbox.c.id == bindparam("row")).scalar_subquery()
    )
    .values(
        message_id=bindparam("message"),
        chat_id=select(outbox.c.chat_id).where(outbox.c.id == bindparam("row")).scalar_subquery(),
    )
)


def sent(c: Connection, row_id: int, message_id: int | None, now: datetime) -> bool:
    """Telegram took it as `message_id`; False when the row was no longer `sending`."""
    won = c.execute(_SENT, {"row": row_id, "message": message_id, "now": now}).rowcount
    if won and message_id is not None:
        c.execute(_SHOWN, {"row": row_id, "message": message_id})
    return bool(won)


def retry(c: Connection, row_id: int, at: datetime, code: str, now: datetime) -> bool:
    """Telegram did not take it, and may later: try at `at`; holds its chat until then."""
    return _leave_sending(c, row_id, state="queued", not_before=max(at, now), code=code)


def failed(c: Connection, row_id: int, code: str, now: datetime) -> bool:
    """Telegram will not take it (blocked, malformed); it stands among `unsent`."""
    return _leave_sending(c, row_id, state="failed", settled_at=now, code=code)


def again(c: Connection, row_id: int, now: datetime) -> None:
    """What Telegram would not take may go another way: queue it anew, in its old place."""
    c.execute(
        update(outbox)
        .where(outbox.c.id == row_id, outbox.c.state == "failed")
        .values(state="queued", not_before=now, settled_at=None, attempts=0)
    )


def ambiguous(c: Connection, row_id: int, now: datetime) -> AfterDoubt:
    """Nobody knows if it arrived: once it is sent again, marked; twice we stop (P5)."""
    row = c.execute(select(outbox.c.again, outbox.c.kind).where(outbox.c.id == row_id)).one()
    if row.kind in _REPEATABLE:
        _leave_sending(c, row_id, state="queued", not_before=now, code="ambiguous")
        return AfterDoubt.AGAIN
    if row.again:
        _leave_sending(c, row_id, state="uncertain", settled_at=now, code="ambiguous")
        return AfterDoubt.GAVE_UP
    _leave_sending(c, row_id, state="queued", not_before=now, code="ambiguous", again=True)
    return AfterDoubt.AGAIN


_LEFT: Final = select(outbox.c.id).where(
    outbox.c.team_id == bindparam("team"), outbox.c.state == _SENDING
)
_UNDER_WAY: Final = _LEFT.order_by(outbox.c.id)
_LAPSED: Final = _LEFT.where(outbox.c.lease_until < bindparam("now")).order_by(outbox.c.id)
_AHEAD: Final = (
    update(outbox)
    .where(
        outbox.c.team_id == bindparam("team"),
        outbox.c.state == _QUEUED,
        outbox.c.not_before > bindparam("now"),
        or_(outbox.c.queued_at > bindparam("now"), outbox.c.started_at > bindparam("now")),
    )
    .values(not_before=bindparam("now"))
)


def recover(
    c: Connection, team_id: int, now: datetime, *, lapsed_only: bool = False
) -> tuple[int, int]:
    """Judge what a crash left in `sending` as ambiguous; return how many go again, and not.

    At the start of the one process that sends: all of them. `lapsed_only`: those whose lease is
    over, while others may be sending.
    """
    query = _LAPSED if lapsed_only else _UNDER_WAY
    left = c.scalars(query, {"team": team_id, "now": now}).all()
    outcomes = [ambiguous(c, row_id, now) for row_id in left]
    again = sum(outcome is AfterDoubt.AGAIN for outcome in outcomes)
    return again, len(outcomes) - again


def known_again(
    c: Connection, team_id: int, in_hand: frozenset[tuple[int, int]]
) -> frozenset[tuple[int, int]]:
    """After a COMMIT of unknown outcome: return which of (row, attempt) are still under way.

    What is under way and not in the hand of the one process that sends was claimed by that COMMIT,
    and no call was begun for it: it is queued as it was, so that it is no doubt (P5, P14).
    """
    query = select(outbox.c.id, outbox.c.attempts).where(
        outbox.c.team_id == team_id, outbox.c.state == _SENDING
    )
    found = frozenset((row.id, row.attempts) for row in c.execute(query))
    for row_id, attempts in found - in_hand:
        _leave_sending(c, row_id, state="queued", attempts=attempts - 1)
    return found & in_hand


def clock_set_back(c: Connection, team_id: int, now: datetime) -> int:
    """What was queued or tried at a moment that is still to come may go now; return how many.

    The clock had run ahead and was set right: "in a second" of then may be weeks off, and the
    chat would be held for as long (P4, P12).
    """
    return c.execute(_AHEAD, {"team": team_id, "now": now}).rowcount


def after_restore(c: Connection, now: datetime) -> tuple[int, int]:
    """A backup was put back: what waited when it was made may have been sent since (P5).

    As after a crash: it goes once more, marked as a repeat; what was a repeat already becomes
    `uncertain`. What was not to go before now cannot have gone, and kinds that do no harm when
    they arrive twice go as they are. Return how many go again, and how many are uncertain.
    """
    at_risk = (outbox.c.kind.not_in(_REPEATABLE), outbox.c.not_before <= now)
    waiting = (outbox.c.state == _QUEUED, *at_risk)
    given_up = c.execute(
        update(outbox)
        .where(*waiting, outbox.c.again)
        .values(state="uncertain", settled_at=now, code="restored")
    ).rowcount
    repeated = c.execute(update(outbox).where(*waiting).values(again=True, code="restored"))
    again = repeated.rowcount
    for row_id in c.scalars(select(outbox.c.id).where(outbox.c.state == _SENDING)).all():
        outcome = ambiguous(c, row_id, now)
        again += outcome is AfterDoubt.AGAIN
        given_up += outcome is AfterDoubt.GAVE_UP
    return again, given_up


def cancel_for(c: Connection, person_id: int, case_id: int | None, now: datetime) -> int:
    """Cancel what is queued for a person (about one case), but deletions; return how many."""
    rows = and_(outbox.c.person_id == person_id, outbox.c.kind != "delete")
    if case_id is not None:
        rows = and_(rows, outbox.c.case_id == case_id)
    return _cancel(c, rows, "left" if case_id is None else "lost_case", now)


def delivered(c: Connection, person_id: int, since: datetime) -> tuple[tuple[int, int], ...]:
    """Return what a person was sent in private since then, as (chat, message); no receipts.

    Also what they asked for themselves: a list, a history or a file names people too.
    """
    rows = select(outbox.c.chat_id, outbox.c.message_id).where(
        outbox.c.person_id == person_id,
        outbox.c.chat_id > 0,
        outbox.c.kind != "receipt",
        outbox.c.method.startswith("send"),
        outbox.c.state == "sent",
        outbox.c.message_id.is_not(None),
        outbox.c.settled_at > since,
    )
    return tuple((row.chat_id, row.message_id) for row in c.execute(rows.order_by(outbox.c.id)))


def shown(c: Connection, team_id: int, chat_id: int, since: datetime) -> tuple[int, ...]:
    """Return the screens of a conversation that went to a chat since then, as messages."""
    rows = select(outbox.c.message_id).where(
        outbox.c.team_id == team_id,
        outbox.c.chat_id == chat_id,
        outbox.c.kind.in_(("confirm", "screen")),
        outbox.c.method.startswith("send"),
        outbox.c.state == "sent",
        outbox.c.message_id.is_not(None),
        outbox.c.settled_at >= since,
    )
    return tuple(c.scalars(rows.order_by(outbox.c.id)))


def cancel_prompt(c: Connection, prompt_id: int, now: datetime) -> int:
    """Cancel the message of a prompt that closed before it was sent; return how many."""
    return _cancel(c, outbox.c.prompt_id == prompt_id, "closed", now)


def told(c: Connection, case_id: int, kind: Kind, about: str, since: datetime) -> tuple[Told, ...]:
    """Return what was said of a case `since` then and may still change: sent, or waiting."""
    rows = c.execute(
        select(
            outbox.c.id,
            outbox.c.chat_id,
            outbox.c.person_id,
            outbox.c.message_id,
            outbox.c.meta,
        )
        .where(
            outbox.c.case_id == case_id,
            outbox.c.kind == kind,
            outbox.c.queued_at > since,
            outbox.c.state.in_(("queued", "sent")),
        )
        .order_by(outbox.c.id)
    )
    return tuple(
        Told(
            id=row.id,
            chat_id=row.chat_id,
            person_id=row.person_id,
            message_id=row.message_id,
        )
        for row in rows
        if row.meta.get("about") == about
    )


def withdraw(c: Connection, row_id: int, now: datetime) -> int:
    """Cancel a message that is true no more and was not sent; return how many."""
    return _cancel(c, outbox.c.id == row_id, "withdrawn", now)


def cancel_call(c: Connection, team_id: int, chat_id: int, method: str, now: datetime) -> int:
    """Cancel the queued calls of that method about a chat; return how many."""
    here = (outbox.c.team_id == team_id, outbox.c.chat_id == chat_id, outbox.c.method == method)
    return _cancel(c, and_(*here), "withdrawn", now)


def empty_case(c: Connection, case_id: int, now: datetime) -> int:
    """The case is being erased: cancel what is queued about it, and empty the texts of all of it.

    Return how many were cancelled. What is under way keeps its text until it is purged.
    """
    number = _cancel(c, outbox.c.case_id == case_id, "erased", now)
    c.execute(
        update(outbox)
        .where(outbox.c.case_id == case_id, outbox.c.state != _SENDING)
        .values(payload={})
    )
    return number


def empty_settled(c: Connection, team_id: int, now: datetime) -> None:
    """Empty the texts of all that was sent or given up.

    What failed for a person who may come back (`retry_person`) keeps its text when it is about a
    case that is not erased, and else goes out no more.
    """
    here = (outbox.c.team_id == team_id,)
    erased = select(kase.c.id).where(kase.c.id == outbox.c.case_id, kase.c.erased_at.is_not(None))
    of_none = or_(outbox.c.case_id.is_(None), erased.exists())
    c.execute(
        update(outbox)
        .where(*here, outbox.c.state == "failed", of_none)
        .values(state="cancelled", code="erased", settled_at=now)
    )
    c.execute(
        update(outbox)
        .where(*here, outbox.c.state.in_(("sent", "cancelled", "uncertain")))
        .values(payload={})
    )


def forget_person(c: Connection, person_id: int) -> None:
    """Delete what was sent to a person, or given up: their messenger's number is in it."""
    c.execute(
        delete(outbox).where(
            outbox.c.person_id == person_id,
            outbox.c.state.in_(("sent", "cancelled", "failed", "uncertain")),
        )
    )


OLDEST_DUE: Final = select(func.min(outbox.c.not_before)).where(
    outbox.c.team_id == bindparam("team"), outbox.c.state == _QUEUED
)


def oldest_due(c: Connection, team_id: int | None = None) -> datetime | None:
    """Return the earliest moment at which something may be sent, past or to come."""
    if team_id is None:
        query = select(func.min(outbox.c.not_before)).where(outbox.c.state == _QUEUED)
        return c.execute(query).scalar()
    found: datetime | None = c.execute(OLDEST_DUE, {"team": team_id}).scalar()
    return found


def retry_person(c: Connection, person_id: int, now: datetime) -> int:
    """The person is back in their chat: queue anew what failed for them; return how many."""
    return c.execute(
        update(outbox)
        .where(outbox.c.person_id == person_id, outbox.c.state == "failed")
        .values(state="queued", not_before=now, settled_at=None, attempts=0)
    ).rowcount


def unsent(c: Connection, team_id: int, limit: int = 100) -> tuple[Unsent, ...]:
    """Return what failed or is uncertain, the newest first."""
    rows = c.execute(
        select(
            outbox.c.id,
            outbox.c.chat_id,
            outbox.c.person_id,
            outbox.c.case_id,
            outbox.c.kind,
            outbox.c.meta,
            outbox.c.state,
            outbox.c.code,
            outbox.c.attempts,
            outbox.c.settled_at,
        )
        .where(outbox.c.team_id == team_id, outbox.c.state.in_(("failed", "uncertain")))
        .order_by(outbox.c.settled_at.desc(), outbox.c.id.desc())
        .limit(limit)
    )
    return tuple(Unsent(**fields(row)) for row in rows)


def counts(c: Connection, team_id: int) -> dict[str, int]:
    """Return how many of the messages that are still kept are in which state."""
    rows = c.execute(
        select(outbox.c.state, func.count())
        .where(outbox.c.team_id == team_id)
        .group_by(outbox.c.state)
    )
    return {row[0]: row[1] for row in rows}


def migrate_chat(c: Connection, team_id: int, old: int, new: int) -> int:
    """A group became a supergroup: what waits goes to its new id; return how many (row 54).

    Messages of before stay where they were: a change of one is said as a message of its own.
    """
    _changes_become_messages(c, team_id, old)
    for table in (prompt, outbox, topic):
        here = update(table).where(table.c.team_id == team_id, table.c.chat_id == old)
        # the new group counts its messages anew
        c.execute(here.values(chat_id=new, **({"message_id": None} if table is prompt else {})))
    return c.execute(
        select(func.count()).where(
            outbox.c.team_id == team_id, outbox.c.chat_id == new, outbox.c.state == _QUEUED
        )
    ).scalar_one()


def _changes_become_messages(c: Connection, team_id: int, chat_id: int) -> None:
    changes = select(outbox.c.id, outbox.c.payload).where(
        outbox.c.team_id == team_id,
        outbox.c.chat_id == chat_id,
        outbox.c.method == "editMessageText",
        outbox.c.state.in_((_QUEUED, _SENDING)),
    )
    for row in c.execute(changes).all():
        payload = {name: value for name, value in row.payload.items() if name != "message_id"}
        c.execute(
            update(outbox)
            .where(outbox.c.id == row.id)
            .values(method="sendMessage", kind="group", payload=payload)
        )


def purge(c: Connection, team_id: int, before: datetime) -> int:
    """Delete messages settled before then, and return how many."""
    return c.execute(
        delete(outbox).where(
            outbox.c.team_id == team_id,
            outbox.c.state.in_(("sent", "cancelled", "failed", "uncertain")),
            outbox.c.settled_at < before,
        )
    ).rowcount


def _values(row: OutgoingRow, now: datetime) -> dict[str, Any]:
    return {
        "team_id": row.team_id,
        "chat_id": row.chat_id,
        "person_id": row.person_id,
        "case_id": row.case_id,
        "prompt_id": row.prompt_id,
        "lane": row.lane,
        "kind": row.kind,
        "method": row.method,
        "payload": dict(row.payload),
        "meta": dict(row.meta),
        "state": "queued",
        "queued_at": now,
        "not_before": now if row.not_before is None else row.not_before,
    }


def _leave_sending(c: Connection, row_id: int, **values: Any) -> bool:
    statement = (
        update(outbox)
        .where(outbox.c.id == row_id, outbox.c.state == _SENDING)
        .values(lease_until=None, **values)
    )
    return bool(c.execute(statement).rowcount)


def _cancel(c: Connection, rows: Any, reason: str, now: datetime) -> int:
    return c.execute(
        update(outbox)
        .where(rows, outbox.c.state == _QUEUED)
        .values(state="cancelled", code=reason, settled_at=now)
    ).rowcount


def _why_not(c: Connection, row: Any) -> str | None:
    """Return why a message must not be sent any more, or None."""
    if row.method in _IN_A_TOPIC:
        return None if _has_topic(c, row.case_id, row.chat_id) else "no-topic"
    if row.person_id is None or row.kind == "delete":
        return None
    if row.person_state != "active":
        return "left"
    if row.kind not in _OF_A_CASE or row.case_id is None or row.person_role != "worker":
        return None
    if row.on_case or _stands_in(c, row.person_id, row.case_id):
        return None
    return "lost_case"


def _has_topic(c: Connection, case_id: int, chat_id: int) -> bool:
    return bool(
        c.scalar(
            select(topic.c.thread_id).where(topic.c.case_id == case_id, topic.c.chat_id == chat_id)
        )
    )


def _stands_in(c: Connection, person_id: int, case_id: int) -> bool:
    """Return whether stand-ins lead to this person from the case's people, or a coordinator."""
    seen: set[int] = set()
    on_it = select(case_person.c.person_id).where(
        case_person.c.case_id == case_id, case_person.c.part == "worker"
    )
    coordinators = select(person.c.id).where(
        person.c.team_id == select(kase.c.team_id).where(kase.c.id == case_id).scalar_subquery(),
        person.c.role == "coordinator",
        person.c.state == "active",
    )
    step = set(c.scalars(on_it.union(coordinators)))
    for _ in range(STAND_INS_MAX):
        step -= seen
        if not step or person_id in step:
            break
        seen |= step
        always = select(person.c.stand_in_id).where(person.c.id.in_(step))
        on_leave = select(absence.c.stand_in_id).where(
            absence.c.person_id.in_(step), absence.c.accepted
        )
        step = {found for found in c.scalars(always.union(on_leave)) if found is not None}
    return person_id in step

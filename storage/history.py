"""History: append-only and chained events, and the personal values that they name, kept apart.

Events hold codes, times and row numbers. A text that a person wrote is a row of `personal`, sealed
under its case's own key together with a random salt; the chain covers the digest of salt and text.
So the chain can be checked after the keys were changed, and after the text, its salt and its key
were erased; the digest that stays then tells nothing (P10, P18).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from scheduler.decision import EpisodeBegan, Event
from storage import buttons, chain, codec, outbox
from storage.columns import room_of, to_number
from storage.errors import NotFound, Stale, Unreadable
from storage.keys import Keyring, salted_digest
from storage.rows import insert_row
from storage.tables import blind, due, event, kase, team
from storage.tables import file as files_table
from storage.tables import personal as values_table
from storage.teams import secret_of

SALT_BYTES: Final = 16
REF_FIELDS: Final = "_ref"
"""An event's field of such a name holds the number of a personal row …"""
FILE_FIELDS: Final = frozenset({"photo_ref"})
"""… but these hold the number of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """One line of a case's history. `seq` counts from 1; `kind` is the event's class."""

    seq: int
    at: datetime
    by_id: int | None
    kind: str
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a case's history that is not as it was written.

    `changed` (an event), `missing`, `head` (the end was cut off, or the counter changed), `value`
    (a personal value or file is not the one the chain covers), `unreadable`.
    """

    case_id: int
    seq: int | None
    code: str


class PersonalValue(NamedTuple):
    """The latest value of a field; `text` None: erased."""

    id: int
    text: str | None


class PersonalRow(NamedTuple):
    """One value that a person gave, with its field."""

    id: int
    field: str
    text: str


_HEAD: Final = (
    select(
        kase.c.team_id,
        kase.c.events_count,
        team.c.secret,
        select(event.c.hash)
        .where(event.c.case_id == kase.c.id, event.c.seq == kase.c.events_count)
        .scalar_subquery()
        .label("last"),
    )
    .join_from(kase, team, team.c.id == kase.c.team_id)
    .where(kase.c.id == bindparam("row"))
    .with_for_update(of=kase, key_share=True)
)
_INSERT: Final = insert(event)
_GROW: Final = (
    update(kase)
    .where(kase.c.id == bindparam("row"))
    .values(events_count=bindparam("count"), chain_head=bindparam("head"))
)


def append(
    c: Connection, case_id: int, events: Sequence[Event], by: int | None, at: datetime
) -> int:
    """Write events to the end of the case's history and return the number of the first.

    In order; `by` None: the passing of time. Without events it is the number that would be next.
    A personal row or file that an event names must be the case's own and be there before.
    Raises `Stale` when another unit wrote to it meanwhile.
    """
    found = c.execute(_HEAD, {"row": case_id}).first()
    if found is None:
        raise NotFound(f"case {case_id}")
    first: int = found.events_count + 1
    if not events:
        return first
    keys, secret, count = room_of(c).keys, found.secret, first - 1
    last = found.last if count else chain.START
    if last is None:
        assert c.dialect.name == "postgresql", "the last event is missing"
        # it waited for another's unit, and then saw that one's count but not yet its events
        raise Stale(f"case {case_id}")
    rows = []
    for one in events:
        count += 1
        body = codec.dumps(one, Event)
        row = {
            "case_id": case_id,
            "seq": count,
            "team_id": found.team_id,
            "at": at,
            "by_id": by,
            "kind": type(one).__name__,
            "body": body,
        }
        digests = _digests(c, case_id, json.loads(body))
        assert None not in digests, "an event names a personal row that is not its case's"
        last = _link(keys, secret, last, row, digests)
        rows.append(row | {"hash": last})
    c.execute(_INSERT, rows)
    c.execute(
        _GROW, {"row": case_id, "count": count, "head": chain.head(keys, secret, last, count)}
    )
    return first


_EVENTS: Final = (
    select(event.c.seq, event.c.at, event.c.by_id, event.c.kind, event.c.body)
    .where(event.c.case_id == bindparam("row"))
    .order_by(event.c.seq)
)


def events(c: Connection, case_id: int) -> tuple[StoredEvent, ...]:
    """Return the case's history from its beginning; raises `CodecError` for what is not ours."""
    return tuple(_event(row) for row in c.execute(_EVENTS, {"row": case_id}))


class Begun(NamedTuple):
    """A case in which a report came, and the version of the procedure that it follows."""

    case_id: int
    procedure_id: int


class CaseHistory(NamedTuple):
    """A case with everything that happened to it."""

    begun: Begun
    events: tuple[StoredEvent, ...]


def begun(
    c: Connection, team_id: int, since: datetime, until: datetime, limit: int
) -> tuple[Begun, ...]:
    """Return the cases in which an episode began from `since` up to `until`, at most `limit`.

    By when it was written down; in order of their numbers, so that a part of them can be read.
    """
    query = (
        select(kase.c.id, kase.c.procedure_id)
        .join_from(event, kase, kase.c.id == event.c.case_id)
        .where(event.c.team_id == team_id, event.c.kind == EpisodeBegan.__name__)
        .where(event.c.at >= since, event.c.at < until)
        .distinct()
        .order_by(kase.c.id)
        .limit(limit)
    )
    return tuple(Begun(*row) for row in c.execute(query))


_READ_AT_ONCE: Final = 100
"""Cases whose events are read in one query: some thousands of rows."""


def histories(c: Connection, cases: Sequence[Begun]) -> Iterator[CaseHistory]:
    """Give the history of each of these cases, one at a time; only some are in memory at once."""
    for at in range(0, len(cases), _READ_AT_ONCE):
        part = cases[at : at + _READ_AT_ONCE]
        query = (
            select(
                event.c.case_id, event.c.seq, event.c.at, event.c.by_id, event.c.kind, event.c.body
            )
            .where(event.c.case_id.in_([one.case_id for one in part]))
            .order_by(event.c.case_id, event.c.seq)
        )
        found: dict[int, list[StoredEvent]] = {one.case_id: [] for one in part}
        for row in c.execute(query):
            found[row.case_id].append(_event(row))
        yield from (CaseHistory(one, tuple(found[one.case_id])) for one in part)


def _event(row: Any) -> StoredEvent:
    return StoredEvent(
        seq=row.seq,
        at=row.at,
        by_id=row.by_id,
        kind=row.kind,
        event=codec.loads(Event, row.body),
    )


def verify(c: Connection, team_id: int) -> tuple[Problem, ...]:
    """Return everything in the team's histories that is not as it was written; empty: all is well.

    Finds any changed byte of an event or of a personal value, a missing, added or moved event, and
    an end cut off; erased values are no problem. Works through all cases: some 20,000 events a
    second.
    """
    secret = secret_of(c, team_id)
    problems: list[Problem] = []
    heads = select(kase.c.id, kase.c.events_count, kase.c.chain_head, kase.c.data_key)
    for row in c.execute(heads.where(kase.c.team_id == team_id).order_by(kase.c.id)).all():
        try:
            problems += _verify_events(c, secret, team_id, row)
            problems += _verify_values(c, row)
        except (DBAPIError, OverflowError, ValueError, TypeError):
            # a byte that is no longer of its column's type: the driver cannot even read it
            problems.append(Problem(case_id=row.id, seq=None, code="unreadable"))
    return tuple(problems)


_PUT: Final = insert(values_table)
_KEY: Final = select(kase.c.team_id, kase.c.data_key).where(kase.c.id == bindparam("row"))


def put_personal(c: Connection, case_id: int, field: str, text: str, now: datetime) -> int:
    """Return the number of a new personal row; older rows of the field stay for history.

    Raises `NotFound` when there is no such case, or it was erased.
    """
    team_id, box = case_box(c, case_id)
    salted = room_of(c).randomness(SALT_BYTES) + text.encode(errors="replace")
    values = {
        "team_id": team_id,
        "case_id": case_id,
        "field": field,
        "value": box.encrypt_at_time(salted, 0),
        "digest": salted_digest(salted, field),
        "created_at": now,
    }
    return insert_row(c, _PUT, values)


_VALUES: Final = (
    select(values_table.c.id, values_table.c.field, values_table.c.value)
    .where(values_table.c.case_id == bindparam("row"))
    .order_by(values_table.c.id)
)


def personal(c: Connection, case_id: int) -> Mapping[str, PersonalValue]:
    """Return the latest value of each field of the case; text None where it was erased."""
    rows = {row.field: row for row in c.execute(_VALUES, {"row": case_id})}
    if all(row.value is None for row in rows.values()):
        return {field: PersonalValue(row.id, None) for field, row in rows.items()}
    _, box = case_box(c, case_id)
    return {field: PersonalValue(row.id, _open(box, row.value)) for field, row in rows.items()}


def personal_rows(c: Connection, case_id: int) -> tuple[PersonalRow, ...]:
    """Return every value of the case that is not erased, the oldest first."""
    rows = c.execute(_VALUES, {"row": case_id}).all()
    if all(row.value is None for row in rows):
        return ()
    _, box = case_box(c, case_id)
    opened = ((row.id, row.field, _open(box, row.value)) for row in rows)
    return tuple(PersonalRow(id_, field, text) for id_, field, text in opened if text is not None)


def personal_text(c: Connection, personal_id: int) -> str | None:
    """Return one value, None if erased; raises `NotFound`, and `Unreadable` if changed."""
    row = c.execute(
        select(values_table.c.case_id, values_table.c.value).where(
            values_table.c.id == personal_id
        )
    ).first()
    if row is None:
        raise NotFound(f"personal row {personal_id}")
    if row.value is None:
        return None
    return _open(case_box(c, row.case_id)[1], row.value)


def put_blind(c: Connection, case_id: int, kind: str, folded: str) -> None:
    """Index the case under a folded value (phone, address, name tokens)."""
    team_id, _ = case_box(c, case_id)
    token = room_of(c).keys.blind(secret_of(c, team_id), kind, folded)
    row = {"team_id": team_id, "case_id": case_id, "kind": kind, "token": token}
    known = select(blind.c.id).where(*(blind.c[name] == value for name, value in row.items()))
    if c.execute(known).first() is None:
        c.execute(insert(blind), row)


_MATCH: Final = (
    select(blind.c.case_id)
    .where(
        blind.c.team_id == bindparam("team"),
        blind.c.kind == bindparam("kind"),
        blind.c.token == bindparam("token"),
    )
    .order_by(blind.c.case_id)
)


def match(c: Connection, team_id: int, kind: str, folded: str) -> tuple[int, ...]:
    """Return the team's cases indexed under that value, the oldest first: a human decides."""
    token = room_of(c).keys.blind(secret_of(c, team_id), kind, folded)
    return tuple(c.scalars(_MATCH, {"team": team_id, "kind": kind, "token": token}))


def erase_case(c: Connection, case_id: int, now: datetime) -> None:
    """Erase every personal value of the case for good: values, salts, files, index, and its key.

    History keeps codes and times and can still be verified; what was queued is cancelled, what was
    asked is asked no more, and the texts of messages already sent are emptied. A second time
    changes nothing (row 84).
    """
    row = c.execute(_KEY, {"row": case_id}).first()
    if row is None:
        raise NotFound(f"case {case_id}")
    if row.data_key is None:
        return
    for table, columns in ((values_table, ("value",)), (files_table, ("name", "content", "mark"))):
        gone = dict.fromkeys(columns)
        c.execute(update(table).where(table.c.case_id == case_id).values(erased_at=now, **gone))
    c.execute(delete(blind).where(blind.c.case_id == case_id))
    c.execute(delete(due).where(due.c.case_id == case_id))
    buttons.close_prompts(c, case_id, None, now)
    outbox.empty_case(c, case_id, now)
    c.execute(update(kase).where(kase.c.id == case_id).values(data_key=None, erased_at=now))
    room_of(c).keys.forget(row.data_key)


def case_box(c: Connection, case_id: int) -> tuple[int, Fernet]:
    """Return the case's team and what seals and opens under the case's key.

    Raises `NotFound` when there is no such case, or it was erased.
    """
    row = c.execute(_KEY, {"row": case_id}).first()
    if row is None or row.data_key is None:
        raise NotFound(f"case {case_id} is not there, or was erased")
    return row.team_id, room_of(c).keys.box(row.data_key)


def _link(
    keys: Keyring, secret: bytes, before: bytes, row: Mapping[str, Any], digests: list[Any]
) -> bytes:
    place = (row["team_id"], row["case_id"], row["seq"], to_number(row["at"]), row["by_id"])
    return chain.link(
        keys, secret, before, repr(place).encode(), row["kind"].encode(), row["body"], *digests
    )


def _verify_events(c: Connection, secret: bytes, team_id: int, kase_row: Any) -> list[Problem]:
    keys = room_of(c).keys
    problems: list[Problem] = []
    last, expected = chain.START, 0
    rows = c.execute(select(event).where(event.c.case_id == kase_row.id).order_by(event.c.seq))
    for row in rows.all():
        expected += 1
        if row.seq != expected:
            problems.append(Problem(case_id=kase_row.id, seq=expected, code="missing"))
            expected = row.seq
        if not _is_as_written(c, keys, secret, last, row):
            problems.append(Problem(case_id=kase_row.id, seq=row.seq, code="changed"))
        last = row.hash
    if (
        expected != kase_row.events_count
        or chain.head(keys, secret, last, expected) != kase_row.chain_head
    ):
        problems.append(Problem(case_id=kase_row.id, seq=None, code="head"))
    return problems


def _is_as_written(c: Connection, keys: Keyring, secret: bytes, last: bytes, row: Any) -> bool:
    try:
        digests = _digests(c, row.case_id, json.loads(row.body))
    except (ValueError, RecursionError):
        return False
    if None in digests:
        return False
    return bool(_link(keys, secret, last, row._mapping, digests) == row.hash)


def _verify_values(c: Connection, kase_row: Any) -> Iterator[Problem]:
    """Give the personal values and files that do not open to what the chain covers."""
    for table, column, field in (
        (values_table, "value", values_table.c.field),
        (files_table, "content", files_table.c.mime),
    ):
        query = select(table.c.id, table.c[column], field, table.c.digest, table.c.erased_at)
        for row in c.execute(query.where(table.c.case_id == kase_row.id).order_by(table.c.id)):
            sealed = row[1]
            if sealed is None and row.erased_at is not None:
                continue
            try:
                assert kase_row.data_key is not None and sealed is not None
                salted = room_of(c).keys.box(kase_row.data_key).decrypt(sealed)
                well = salted_digest(salted, row[2]) == row.digest
            except (AssertionError, InvalidToken, Unreadable):
                well = False
            if not well:
                yield Problem(case_id=kase_row.id, seq=None, code="value")


_PERSONAL_DIGEST: Final = select(values_table.c.digest).where(
    values_table.c.id == bindparam("row"), values_table.c.case_id == bindparam("kase")
)
_FILE_DIGEST: Final = select(files_table.c.digest).where(
    files_table.c.id == bindparam("row"), files_table.c.case_id == bindparam("kase")
)


def _digests(c: Connection, case_id: int, plain: Any) -> list[bytes | None]:
    """Return the digests of the rows that an event names, in order of naming."""
    return [
        c.execute(
            _FILE_DIGEST if of_file else _PERSONAL_DIGEST, {"row": number, "kase": case_id}
        ).scalar()
        for of_file, number in _named(plain)
    ]


def _named(plain: Any) -> Iterator[tuple[bool, int]]:
    if isinstance(plain, dict):
        for key, part in sorted(plain.items()):
            if key.endswith(REF_FIELDS) and type(part) is int:
                yield key in FILE_FIELDS, part
            else:
                yield from _named(part)
    elif isinstance(plain, list):
        for part in plain:
            yield from _named(part)


def _open(box: Fernet, sealed: bytes | None) -> str | None:
    if sealed is None:
        return None
    try:
        return box.decrypt(sealed)[SALT_BYTES:].decode()
    except (InvalidToken, UnicodeDecodeError):
        raise Unreadable from None

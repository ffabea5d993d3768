"""Who looked at whose details: append-only, chained per team, kept for two years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from storage import chain
from storage.columns import room_of, to_number
from storage.errors import NotFound
from storage.keys import Keyring
from storage.rows import fields
from storage.tables import access
from storage.tables import team as teams_table
from storage.teams import flag, secret_of, set_flag

REFUSED: Final = "refused"
"""The code of a look that was not allowed, at what is there or at what is not."""
FLOOR: Final = "access_floor"
"""The flag that remembers where a chain begins after its oldest lines were deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One look: who, at what (a code), on which case if any, when."""

    seq: int
    at: datetime
    person_id: int | None
    what: str
    case_id: int | None


_HEAD: Final = (
    select(teams_table.c.access_count)
    .where(teams_table.c.id == bindparam("team"))
    .with_for_update(key_share=True)
)


def log(
    c: Connection,
    team_id: int,
    person_id: int | None,
    what: str,
    case_id: int | None,
    now: datetime,
) -> None:
    """Write down that somebody looked at something, in the unit that shows it (a code)."""
    count = c.execute(_HEAD, {"team": team_id}).scalar()
    if count is None:
        raise NotFound(f"team {team_id}")
    keys, secret = room_of(c).keys, secret_of(c, team_id)
    last = c.scalar(
        select(access.c.hash).where(access.c.team_id == team_id, access.c.seq == count)
    )
    if last is None:
        last = _floor(c, keys, secret, team_id)[1]
    row = {
        "team_id": team_id,
        "seq": count + 1,
        "at": now,
        "person_id": person_id,
        "what": what,
        "case_id": case_id,
    }
    row["hash"] = _link(keys, secret, last, row)
    c.execute(insert(access), row)
    c.execute(
        update(teams_table)
        .where(teams_table.c.id == team_id)
        .values(
            access_count=count + 1,
            access_head=chain.head(keys, secret, row["hash"], count + 1),
        )
    )


def who_saw(c: Connection, case_id: int) -> tuple[Seen, ...]:
    """Return who looked at this case, the oldest first."""
    query = select(
        access.c.seq, access.c.at, access.c.person_id, access.c.what, access.c.case_id
    ).where(access.c.case_id == case_id)
    return tuple(Seen(**fields(row)) for row in c.execute(query.order_by(access.c.seq)))


def misses(c: Connection, person_id: int, since: datetime) -> int:
    """Return how often the person was refused since then: guesses, for the most part (S21)."""
    query = select(func.count()).where(
        access.c.person_id == person_id, access.c.what == REFUSED, access.c.at > since
    )
    return c.scalar(query) or 0


def verify_access(c: Connection, team_id: int) -> tuple[int, ...]:
    """Return the lines that are not as they were written (0: the end); empty: all is well."""
    keys, secret = room_of(c).keys, secret_of(c, team_id)
    wrong: list[int] = []
    expected, last = _floor(c, keys, secret, team_id)
    query = select(access).where(access.c.team_id == team_id).order_by(access.c.seq)
    for row in c.execute(query):
        expected += 1
        if row.seq != expected or _link(keys, secret, last, row._mapping) != row.hash:
            wrong.append(row.seq)
            expected = row.seq
        last = row.hash
    team = c.execute(select(teams_table).where(teams_table.c.id == team_id)).one()
    whole = chain.head(keys, secret, last, expected) if expected else team.access_head
    if expected != team.access_count or whole != team.access_head:
        wrong.append(0)
    return tuple(wrong)


def prune_access(c: Connection, team_id: int, before: datetime, now: datetime) -> int:
    """Delete the oldest lines from before then, and return how many; what stays is verifiable."""
    keys, secret = room_of(c).keys, secret_of(c, team_id)
    last_old = c.scalar(
        select(func.max(access.c.seq)).where(access.c.team_id == team_id, access.c.at < before)
    )
    if last_old is None:
        return 0
    old = (access.c.team_id == team_id, access.c.seq <= last_old)
    hash_ = c.scalars(select(access.c.hash).where(*old).order_by(access.c.seq.desc())).first()
    assert hash_ is not None
    gone = c.execute(delete(access).where(*old)).rowcount
    value = {
        "seq": last_old,
        "hash": hash_.hex(),
        "proof": chain.head(keys, secret, b"floor" + hash_, last_old).hex(),
    }
    set_flag(c, team_id, FLOOR, value, now)
    return gone


def _floor(c: Connection, keys: Keyring, secret: bytes, team_id: int) -> tuple[int, bytes]:
    """Return the number and the hash of the last deleted line; a forged floor counts as none."""
    found = flag(c, team_id, FLOOR)
    if found is None:
        return 0, chain.START
    seq, hash_ = found.value["seq"], bytes.fromhex(found.value["hash"])
    proof = chain.head(keys, secret, b"floor" + hash_, seq).hex()
    return (seq, hash_) if proof == found.value["proof"] else (0, chain.START)


def _link(keys: Keyring, secret: bytes, before: bytes, row: Any) -> bytes:
    place = (row["team_id"], row["seq"], to_number(row["at"]), row["person_id"], row["case_id"])
    return chain.link(keys, secret, before, repr(place).encode(), row["what"].encode())

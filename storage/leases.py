"""Who may act for a team: one holder at a time, with an epoch that every write checks (P15).

On SQLite the lock file beside the database does this; on PostgreSQL a process may be frozen and
wake up after another has taken over: then its epoch is an old one, and it writes nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from storage.rows import fields
from storage.tables import lease


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Who holds it, since which epoch, until when unless renewed."""

    holder: str
    epoch: int
    until: datetime


CLOCKS_APART: Final = timedelta(minutes=10)
"""A lease that ends so much later than one taken now was written by a clock that ran ahead."""

_HERE: Final = (lease.c.team_id == bindparam("team"), lease.c.name == bindparam("lease"))
_GET: Final = select(lease.c.holder, lease.c.epoch, lease.c.until).where(*_HERE)
_HELD: Final = (
    select(lease.c.epoch)
    .where(*_HERE, lease.c.epoch == bindparam("number"))
    .with_for_update(read=True)
)
_RENEW: Final = (
    update(lease).where(*_HERE, lease.c.epoch == bindparam("number")).values(until=bindparam("to"))
)


def take(
    c: Connection, team_id: int, name: str, holder: str, now: datetime, until: datetime
) -> int | None:
    """Return a new epoch when the lease was free or over by `now`; None while another holds it."""
    values = {
        "team_id": team_id, "name": name, "holder": holder, "epoch": 1, "until": until,
    }  # fmt: skip
    put = postgresql_insert(lease) if c.dialect.name == "postgresql" else sqlite_insert(lease)
    if c.execute(put.on_conflict_do_nothing(), values).rowcount:
        return 1
    here = (lease.c.team_id == team_id, lease.c.name == name)
    taken = (
        update(lease)
        .where(*here, or_(lease.c.until <= now, lease.c.until > until + CLOCKS_APART))
        .values(holder=holder, epoch=lease.c.epoch + 1, until=until)
    )
    if not c.execute(taken).rowcount:
        return None
    epoch: int = c.execute(select(lease.c.epoch).where(*here)).scalar_one()
    return epoch


def renew(c: Connection, team_id: int, name: str, epoch: int, until: datetime) -> bool:
    """Hold on until `until`; False when it is another's by now: stop acting at once.

    One that ran out (the database was away) is renewed too, as long as nobody took it.
    """
    values = {"team": team_id, "lease": name, "number": epoch, "to": until}
    return bool(c.execute(_RENEW, values).rowcount)


def holds(c: Connection, team_id: int, name: str, epoch: int) -> bool:
    """Return whether this epoch is still the newest; nobody takes over before this unit ends.

    Call it first in a unit that writes, and write nothing on False.
    """
    return c.execute(_HELD, {"team": team_id, "lease": name, "number": epoch}).first() is not None


def release(c: Connection, team_id: int, name: str, epoch: int, now: datetime) -> None:
    """Let another take over at once; no error when that has happened."""
    renew(c, team_id, name, epoch, now)


def lease_of(c: Connection, team_id: int, name: str) -> Lease | None:
    """Return who holds it, or held it last; None when nobody ever did."""
    row = c.execute(_GET, {"team": team_id, "lease": name}).first()
    return Lease(**fields(row)) if row else None

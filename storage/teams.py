"""Teams, and the small things that each must remember."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from storage.chain import START
from storage.columns import room_of
from storage.errors import NotFound
from storage.keys import KEY_BYTES
from storage.rows import fields, insert_row
from storage.tables import flag as flags
from storage.tables import team as teams_table

_TEAM: Final = select(
    teams_table.c.id, teams_table.c.name, teams_table.c.settings, teams_table.c.created_at
)
_SECRET: Final = select(teams_table.c.secret).where(teams_table.c.id == bindparam("team"))
_LOCK: Final = (
    select(teams_table.c.id)
    .where(teams_table.c.id == bindparam("team"))
    .with_for_update(key_share=True)
)
_FLAG: Final = select(flags.c.value, flags.c.at).where(
    flags.c.team_id == bindparam("team"), flags.c.key == bindparam("flag")
)
_SET_FLAG: Final = (
    update(flags)
    .where(flags.c.team_id == bindparam("team"), flags.c.key == bindparam("flag"))
    .values(value=bindparam("to"), at=bindparam("now"))
)
_PUT_FLAG: Final = insert(flags)


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """One team. `settings` is its team file as it was last read."""

    id: int
    name: str
    settings: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A small thing that a team remembers, and since when."""

    value: Any
    at: datetime


def put_team(c: Connection, name: str, settings: Mapping[str, Any], now: datetime) -> int:
    """Return the id of the team of that name: made, or its settings brought up to date.

    Two processes that start at once on PostgreSQL do this one after the other.
    """
    if c.dialect.name == "postgresql":
        c.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
    found: int | None = c.scalar(select(teams_table.c.id).where(teams_table.c.name == name))
    if found is not None:
        c.execute(
            update(teams_table).where(teams_table.c.id == found).values(settings=dict(settings))
        )
        return found
    room = room_of(c)
    values = {
        "name": name,
        "settings": dict(settings),
        "secret": room.keys.wrap(room.randomness(KEY_BYTES)),
        "access_head": START,
        "created_at": now,
    }
    return insert_row(c, insert(teams_table), values)


def team(c: Connection, team_id: int | None = None) -> Team | None:
    """Return that team; without an id the first one, for most installations the only one."""
    query = _TEAM.order_by(teams_table.c.id).limit(1)
    row = c.execute(query if team_id is None else query.where(teams_table.c.id == team_id)).first()
    return Team(**fields(row)) if row else None


def teams(c: Connection) -> tuple[Team, ...]:
    """Return all teams of this installation, the oldest first."""
    return tuple(Team(**fields(row)) for row in c.execute(_TEAM.order_by(teams_table.c.id)))


def lock(c: Connection, team_id: int) -> None:
    """Let no other unit of the team that locks it go on before this one ends (PostgreSQL).

    On SQLite every writing unit is alone anyway.
    """
    c.execute(_LOCK, {"team": team_id})


def secret_of(c: Connection, team_id: int) -> bytes:
    """Return the team's secret as stored, for `Keyring.mac` and `blind`; raises `NotFound`."""
    found: bytes | None = c.execute(_SECRET, {"team": team_id}).scalar()
    if found is None:
        raise NotFound(f"team {team_id}")
    return found


def flag(c: Connection, team_id: int, key: str) -> Flag | None:
    """Return what the team remembers under `key`, or None."""
    row = c.execute(_FLAG, {"team": team_id, "flag": key}).first()
    return Flag(value=row.value, at=row.at) if row else None


def set_flag(c: Connection, team_id: int, key: str, value: Any, now: datetime) -> None:
    """Remember `value` (codes and numbers as JSON, never a person's words) under `key`."""
    if not c.execute(_SET_FLAG, {"team": team_id, "flag": key, "to": value, "now": now}).rowcount:
        c.execute(_PUT_FLAG, {"team_id": team_id, "key": key, "value": value, "at": now})


def drop_flag(c: Connection, team_id: int, key: str) -> None:
    """Remember it no longer."""
    c.execute(delete(flags).where(flags.c.team_id == team_id, flags.c.key == key))

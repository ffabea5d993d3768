"""After a new first key: seal everything anew under it, so that the old one can be taken away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    Table,
    func,
    select,
    tuple_,
    type_coerce,
    update,
)

from storage.columns import Sealed, SealedJson, SealedText, room_of
from storage.database import Database
from storage.errors import Unreadable
from storage.keys import Keyring
from storage.tables import kase, metadata, team

Told: TypeAlias = Callable[[int, int], None]
"""Hears how many values of how many have been worked through."""

BATCH: Final = 500
_WRAPPED: Final = (team.c.secret, kase.c.data_key)


def sealed_columns() -> tuple[Column[Any], ...]:
    """Return every column whose values lie under the master key: sealed ones and wrapped keys."""
    sealed = tuple(
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, (Sealed, SealedText, SealedJson))
    )
    return (*sealed, *_WRAPPED)


Beat: TypeAlias = Callable[[], Awaitable[None]]
"""Awaited after each unit: for who holds something that must be renewed."""


def hear_nothing(done: int, of: int) -> None:
    """Take no notice of the progress."""


async def go_on() -> None:
    """Nothing is held."""


async def reseal_all(database: Database, told: Told = hear_nothing, beat: Beat = go_on) -> int:
    """Seal every value under the first master key, in short units, and return how many there were.

    May be broken off and begun again at any time: a value opens under either key.
    """
    number, of = 0, await database.read(_counted)
    for column in sealed_columns():
        after: tuple[Any, ...] | None = None
        while True:
            unit: Callable[[Connection], tuple[int, tuple[Any, ...] | None]]
            unit = partial(_reseal, column=column, after=after)
            done, after = await database.write(unit)
            number += done
            told(number, max(number, of))
            await beat()
            if after is None:
                break
    return number


async def opens_alone(database: Database, keys: Keyring) -> bool:
    """Return whether these keys open every sealed value and wrapped key that is there."""
    for column in sealed_columns():
        if not await database.snapshot(partial(_opens, column=column, keys=keys)):
            return False
    return True


def _opens(c: Connection, *, column: Column[Any], keys: Keyring) -> bool:
    query = select(type_coerce(column, LargeBinary)).where(column.is_not(None))
    for part in c.execute(query.execution_options(yield_per=BATCH)).partitions():
        for (sealed,) in part:
            try:
                keys.open(sealed)
            except Unreadable:
                return False
    return True


def _counted(c: Connection) -> int:
    tables = [column.table for column in sealed_columns()]
    return sum(c.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def _reseal(
    c: Connection, *, column: Column[Any], after: tuple[Any, ...] | None
) -> tuple[int, tuple[Any, ...] | None]:
    table = column.table
    assert isinstance(table, Table)
    key = tuple(table.primary_key.columns)
    raw = type_coerce(column, LargeBinary)
    query = select(*key, raw.label("sealed")).order_by(*key).limit(BATCH)
    if after is not None:
        query = query.where(tuple_(*key) > tuple_(*after))
    rows = c.execute(query).all()
    for row in rows:
        if row.sealed is None:
            continue
        here = [part == row[place] for place, part in enumerate(key)]
        anew = type_coerce(room_of(c).keys.reseal(row.sealed), LargeBinary)
        c.execute(update(table).where(*here).values({column: anew}))
    return len(rows), tuple(rows[-1][: len(key)]) if len(rows) == BATCH else None

"""After a new first key: seal everything anew under it, so that the old one can be taken away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from sqlalchemy import Column, Connection, LargeBinary, Table, select, tuple_, type_coerce, update

from storage.columns import Sealed, SealedJson, SealedText, room_of
from storage.database import Database
from storage.tables import kase, metadata, team

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


async def reseal_all(database: Database) -> int:
    """Seal every value under the first master key, in short units, and return how many there were.

    May be broken off and begun again at any time: a value opens under either key.
    """
    number = 0
    for column in sealed_columns():
        after: tuple[Any, ...] | None = None
        while True:
            unit: Callable[[Connection], tuple[int, tuple[Any, ...] | None]]
            unit = partial(_reseal, column=column, after=after)
            done, after = await database.write(unit)
            number += done
            if after is None:
                break
    return number


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

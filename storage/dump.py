"""A whole database as lines, the same from SQLite and from PostgreSQL; and back again.

Per table one line of its columns and the last number it gave out, then a line per row; at the end
how many rows each table had. Values are as stored: what is sealed stays sealed, under the same
keys. The columns are asked of the database itself, so that a dump of an older schema is read into
that older schema, which is then brought up to date as every database is.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    LargeBinary,
    MetaData,
    Table,
    Text,
    bindparam,
    column,
    func,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy import table as bare_table
from sqlalchemy.types import TypeEngine

from storage.columns import canonical

Counts: TypeAlias = Mapping[str, int]
Told: TypeAlias = Callable[[str], None]
"""Hears what is worked at: the name of a table."""

ROWS_AT_ONCE: Final = 200
BULKY_AT_ONCE: Final = 4
BULKY: Final = "file"
"""The table whose rows are megabytes each."""
LEFT_OUT: Final = frozenset({"alembic_version", "lease", "sqlite_sequence"})
"""The schema is in the header; a lease is of a process that is gone by then."""

_KINDS: Final[Mapping[str, TypeEngine[Any]]] = {
    "int": BigInteger(),
    "bool": Boolean(),
    "text": Text(),
    "bytes": LargeBinary(),
    "day": Date(),
}
_SPELL: Final = json.JSONEncoder(separators=(",", ":")).encode
_LAST_SQLITE: Final = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
_LAST_POSTGRESQL: Final = text(
    "SELECT pg_sequence_last_value(pg_get_serial_sequence(quote_ident(:name), 'id')::regclass)"
)
_RAISE_SQLITE: Final = text("UPDATE sqlite_sequence SET seq = :last WHERE name = :name")
_BEGIN_SQLITE: Final = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)")
_RAISE_POSTGRESQL: Final = text(
    "SELECT setval(pg_get_serial_sequence(quote_ident(:name), 'id'), :last)"
)


class NotADump(Exception):
    """The lines are not those of a whole dump."""


def dump(c: Connection, write: Callable[[bytes], None], told: Told) -> Counts:
    """Write everything that this connection sees, in one snapshot; return the rows by table.

    `told` hears the name of each table as it begins.
    """
    here = MetaData()
    here.reflect(c)
    counts = {}
    for table in here.sorted_tables:
        if table.name in LEFT_OUT:
            continue
        told(table.name)
        kinds = [(each.name, _kind(each)) for each in table.columns]
        write(_line({"table": table.name, "columns": kinds, "last": _last(c, table)}))
        counts[table.name] = _dump_rows(c, table, [kind for _, kind in kinds], write)
    write(_line({"end": counts}))
    return counts


def _dump_rows(
    c: Connection, table: Table, kinds: list[str], write: Callable[[bytes], None]
) -> int:
    number = 0
    bytes_at = [at for at, kind in enumerate(kinds) if kind == "bytes"]
    days_at = [at for at, kind in enumerate(kinds) if kind == "day"]
    at_once = BULKY_AT_ONCE if table.name == BULKY else ROWS_AT_ONCE
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=at_once)
    for part in c.execute(query).partitions():
        lines = []
        for row in part:
            values = list(row)
            for at in bytes_at:
                if values[at] is not None:
                    values[at] = base64.b64encode(values[at]).decode()
            for at in days_at:
                if values[at] is not None:
                    values[at] = values[at].isoformat()
            lines.append(_SPELL(values))
        number += len(lines)
        write(("\n".join(lines) + "\n").encode())
    return number


def _kind(of: Column[Any]) -> str:
    """Return the one kind that a column has on both databases."""
    found = of.type.python_type
    names = {int: "int", bool: "bool", str: "text", bytes: "bytes", date: "day"}
    return names[found]


def _last(c: Connection, table: Table) -> int | None:
    """Return the last number that the table gave out, which may be that of a deleted row."""
    if "id" not in table.columns or _kind(table.columns["id"]) != "int":
        return None
    sqlite = c.dialect.name == "sqlite"
    found: int | None = c.execute(
        _LAST_SQLITE if sqlite else _LAST_POSTGRESQL, {"name": table.name}
    ).scalar()
    return found


def _line(value: Any) -> bytes:
    return canonical(value).encode() + b"\n"


def load(c: Connection, lines: Iterable[bytes], told: Told) -> Counts:
    """Put the rows of a dump into empty tables of the same schema; return how many, by table.

    Raises `NotADump` when something is missing; the caller's transaction undoes it then.
    """
    counts: dict[str, int] = {}
    for head, rows in _tables(lines):
        if "end" in head:
            if head["end"] != counts:
                raise NotADump
            return counts
        name = head["table"]
        told(name)
        counts[name] = _load_rows(c, name, head["columns"], rows)
        _begin_at(c, name, head["last"])
    raise NotADump


def count(lines: Iterable[bytes]) -> Counts:
    """Return the rows by table of a dump that is read to its end; raises `NotADump`."""
    counts: dict[str, int] = {}
    for head, rows in _tables(lines):
        if "end" in head:
            if head["end"] != counts:
                raise NotADump
            return counts
        counts[head["table"]] = sum(1 for _ in rows)
    raise NotADump


def _tables(lines: Iterable[bytes]) -> Iterator[tuple[dict[str, Any], Iterator[bytes]]]:
    """Give each heading with the lines of its rows; these are to be read before the next."""
    waiting = iter(lines)
    head = next(waiting, None)

    def rows() -> Iterator[bytes]:
        nonlocal head
        head = None
        for line in waiting:
            if line.startswith(b"{"):
                head = line
                return
            yield line

    while head is not None:
        if not head.startswith(b"{"):
            raise NotADump
        said = json.loads(head)
        if "end" in said:
            if next(waiting, None) is not None:
                raise NotADump
            yield said, iter(())
            return
        mine = rows()
        yield said, mine
        for _ in mine:
            raise AssertionError("rows were left unread")


def _load_rows(c: Connection, name: str, columns: list[list[str]], rows: Iterator[bytes]) -> int:
    names = [each for each, _ in columns]
    kinds = [kind for _, kind in columns]
    into = bare_table(name, *(column(each, _KINDS[kind]) for each, kind in columns))
    to_itself = [
        key["constrained_columns"][0]
        for key in inspect(c).get_foreign_keys(name)
        if key["referred_table"] == name
    ]
    number, later = 0, []
    while part := list(islice(rows, BULKY_AT_ONCE if name == BULKY else ROWS_AT_ONCE)):
        values = [dict(zip(names, _read(line, kinds), strict=True)) for line in part]
        for row in values:
            for each in to_itself:
                if row[each] is not None:
                    later.append((each, {"row": row["id"], "to": row[each]}))
                    row[each] = None
        c.execute(into.insert(), values)
        number += len(values)
    for each, tie in later:
        here = update(into).where(into.c.id == bindparam("row"))
        c.execute(here.values({each: bindparam("to")}), tie)
    return number


def _read(line: bytes, kinds: list[str]) -> list[Any]:
    values: list[Any] = json.loads(line)
    for at, kind in enumerate(kinds):
        if values[at] is None:
            continue
        if kind == "bytes":
            values[at] = base64.b64decode(values[at])
        elif kind == "day":
            values[at] = date.fromisoformat(values[at])
    return values


def _begin_at(c: Connection, name: str, last: int | None) -> None:
    """Let the table's next number come after the last it ever gave out: none is used twice."""
    if last is None:
        return
    values = {"name": name, "last": last}
    if c.dialect.name == "postgresql":
        c.execute(_RAISE_POSTGRESQL, values)
    elif not c.execute(_RAISE_SQLITE, values).rowcount:
        c.execute(_BEGIN_SQLITE, values)


def counted(c: Connection, names: Iterable[str]) -> Counts:
    """Return how many rows are in each of these tables now."""
    return {
        name: c.execute(select(func.count()).select_from(bare_table(name))).scalar_one()
        for name in names
    }

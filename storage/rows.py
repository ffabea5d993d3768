"""What every file of tables here needs: put a row in and learn its number, read one out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Insert


def insert_row(c: Connection, statement: Insert, values: dict[str, Any]) -> int:
    """Return the number of the row that was put in."""
    key = c.execute(statement, values).inserted_primary_key
    assert key is not None
    number: int = key[0]
    return number


def fields(row: Any) -> dict[str, Any]:
    """Return a row as the arguments of the value that it is; quicker than its own mapping."""
    return dict(zip(row._fields, row, strict=True))

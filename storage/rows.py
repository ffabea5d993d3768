"""What every file of tables here needs: put a row in and learn its number."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, CursorResult, Insert


def insert_row(c: Connection, statement: Insert, values: dict[str, Any]) -> int:
    """Return the number of the row that was put in."""
    key = c.execute(statement, values).inserted_primary_key
    assert key is not None
    number: int = key[0]
    return number


def changed(result: CursorResult[Any]) -> int:
    """Return how many rows an UPDATE or DELETE touched."""
    return result.rowcount

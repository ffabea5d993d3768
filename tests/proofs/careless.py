"""The failing control of `power`: `kier run` on a database that never flushes.

Started by the proof as `python -m tests.proofs.careless`, settings in the environment.
"""

from __future__ import annotations

import sys
from typing import Any

from bot.cli import main
from storage.sqlite import SqliteEngine

_connect = SqliteEngine._connect


def careless(self: SqliteEngine, busy_timeout_s: float) -> Any:
    """Connect as ever, then trust the disk."""
    connection = _connect(self, busy_timeout_s)
    connection.execute("PRAGMA synchronous = OFF").fetchall()
    return connection


if __name__ == "__main__":
    SqliteEngine._connect = careless  # type: ignore[method-assign]
    sys.argv = ["kier", "run"]
    main()

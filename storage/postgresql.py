"""PostgreSQL: whole units by `run_sync`, run again when the database says so, never half-known.

Isolation is READ COMMITTED for writing: every change that may collide names what it expects
(`WHERE state = …`, a version), so that the loser sees it. Reading is one snapshot.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.columns import Room, furnish
from storage.errors import DatabaseFailed, DatabaseRefused, Stale, Uncertain

T = TypeVar("T")
Unit = Callable[[Connection], T]

UNIT_ATTEMPTS_MAX: Final = 3
POOL_SIZE: Final = 8
CONNECT_S: Final = 10
COMMAND_S = 30.0
LOCK_MS: Final = 5_000
IDLE_MS: Final = 20_000
"""A process that was frozen in mid-unit keeps others out no longer than that."""
_VACUUM: Final = text(
    "VACUUM kase, personal, file, blind, outbox, inbox, dialogue, person, invite, prompt"
)
_AGAIN: Final = {
    "40001": "serialization",
    "40P01": "deadlock",
    "55P03": "lock",
    "53300": "connections",
    "57P01": "shutdown",
    "57P02": "crash",
    "57P03": "starting",
    "53100": "full",
    "53200": "memory",
    "25006": "readonly",
}
"""SQLSTATE of what the world did; all of them leave the unit undone."""


class PostgresqlEngine:
    """One PostgreSQL database behind a pool of connections."""

    def __init__(self, url: URL, room: Room) -> None:
        self._engine: AsyncEngine = create_async_engine(
            url,
            hide_parameters=True,
            pool_size=POOL_SIZE,
            max_overflow=0,
            pool_timeout=30,
            query_cache_size=1000,
            connect_args={
                "timeout": CONNECT_S,
                "command_timeout": COMMAND_S,
                "server_settings": {
                    "application_name": "kier",
                    "lock_timeout": str(LOCK_MS),
                    "idle_in_transaction_session_timeout": str(IDLE_MS),
                    "jit": "off",
                },
            },
        )
        furnish(self._engine.sync_engine.dialect, room)
        self._snapshots = self._engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    async def open(self) -> None:
        """Try one connection; raises `DatabaseRefused` when the server cannot be reached."""
        try:
            async with self._engine.connect():
                pass
        except (OSError, DBAPIError, TimeoutError) as error:
            await self._engine.dispose()
            raise DatabaseRefused(
                "unreachable",
                f"PostgreSQL does not answer or does not let us in ({type(error).__name__}); "
                "check that it runs and what the database URL says.",
            ) from None

    async def fold_log(self) -> None:
        """Give up the old rows of what was erased; raises `DatabaseFailed`."""
        alone = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        try:
            async with alone.connect() as connection:
                await connection.execute(_VACUUM)
        except DBAPIError as error:
            raise DatabaseFailed(world_code(error) or "vacuum") from error
        except (OSError, TimeoutError) as error:
            raise DatabaseFailed("unreachable") from error

    async def close(self) -> None:
        """Close the pool."""
        await self._engine.dispose()

    async def read(self, unit: Unit[T]) -> T:
        """Run the unit on one snapshot."""
        return await self._whole(self._snapshots, unit, writes=False)

    async def write(self, unit: Unit[T]) -> T:
        """Run the unit and commit; raises `Uncertain` when the connection broke during COMMIT."""
        return await self._whole(self._engine, unit, writes=True)

    async def _whole(self, engine: AsyncEngine, unit: Unit[T], *, writes: bool) -> T:
        attempt = 0
        while True:
            attempt += 1
            committing = False
            try:
                async with engine.connect() as connection:
                    outcome = await connection.run_sync(unit)
                    if writes:
                        committing = True
                        await connection.commit()
                    return outcome
            except Stale:
                if attempt == UNIT_ATTEMPTS_MAX:
                    raise
            except DBAPIError as error:
                code = world_code(error)
                if code is None:
                    raise
                if committing and code in ("lost", "shutdown", "crash"):
                    raise Uncertain from error
                if attempt == UNIT_ATTEMPTS_MAX:
                    raise DatabaseFailed(code) from error
            except (OSError, TimeoutError) as error:
                if committing:
                    raise Uncertain from error
                if attempt == UNIT_ATTEMPTS_MAX:
                    raise DatabaseFailed("unreachable") from error


def world_code(error: DBAPIError) -> str | None:
    """Return a word for what the world did (lost, deadlock, …), or None when it is our mistake."""
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(state, str) and state in _AGAIN:
        return _AGAIN[state]
    if error.connection_invalidated or (isinstance(state, str) and state.startswith("08")):
        return "lost"
    return None

"""The door to the memory: open a database, run units on it. Nothing else commits."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from sqlalchemy import URL, Connection, inspect, make_url, text
from sqlalchemy.exc import ArgumentError

from storage import sqlite
from storage.columns import Room
from storage.errors import DatabaseFailed, DatabaseRefused, Unreadable
from storage.keys import Keyring, Randomness
from storage.migrations import HEAD, REVISIONS
from storage.sqlite import SqliteEngine, lock_for_running

if TYPE_CHECKING:
    from storage.postgresql import PostgresqlEngine

__all__ = ["BUSY_S", "Database", "lock_for_running"]

T = TypeVar("T")

BUSY_S: Final = 5.0
"""How long a unit waits for another process's write (a `kier` command beside the bot)."""
_VERSION = text("SELECT version_num FROM alembic_version")
_SECRET = text("SELECT secret FROM team ORDER BY id LIMIT 1")


class Database:
    """One open database. `read` and `write` run a unit: a plain function on a connection.

    A unit may run more than once (a lost connection, another one's change came first, a group that
    could not be committed together), so it holds no state of its own and talks to nobody else.
    """

    def __init__(
        self,
        engine: SqliteEngine | PostgresqlEngine,
        *,
        dialect: Literal["sqlite", "postgresql"],
        path: Path | None,
        warnings: tuple[str, ...],
    ) -> None:
        self._engine = engine
        self.dialect: Literal["sqlite", "postgresql"] = dialect
        self.path = path
        self.warnings = warnings
        self._fence: Callable[[Connection], None] | None = None

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        keys: Keyring,
        migrate: bool = True,
        randomness: Randomness = os.urandom,
        busy_timeout_s: float = BUSY_S,
    ) -> Database:
        """Return the database at `url` with today's schema.

        `sqlite:///path` or `postgresql://…` (a driver's name in it is accepted and ignored). A
        database that is not there (SQLite) or has no tables (PostgreSQL) is made when `migrate`;
        an older schema is brought up to date when `migrate`. Raises `DatabaseRefused` for anything
        else than a whole database of Kier, of this version or an older one, under these keys; it
        changes nothing in what it refuses.
        """
        target = _parse(url)
        room = Room(keys=keys, randomness=randomness)
        if target.get_backend_name() == "postgresql":
            return await cls._open_postgresql(target, room, migrate)
        path = Path(target.database or "")
        if not sqlite.check_file(path):
            if not migrate:
                raise DatabaseRefused("missing", f"There is no database at {path}; run kier init.")
            with sqlite.creating(path) as place:
                if place != path:
                    await _create(place, room, busy_timeout_s)
        return await cls._open_sqlite(path, room, migrate, busy_timeout_s)

    @classmethod
    async def _open_sqlite(
        cls, path: Path, room: Room, migrate: bool, busy_timeout_s: float
    ) -> Database:
        engine = SqliteEngine(path, room, busy_timeout_s)
        await engine.open()
        warning = sqlite.driver_warning(sqlite.driver())
        database = cls(engine, dialect="sqlite", path=path, warnings=(warning,) if warning else ())
        await database._check_and_migrate(migrate, room)
        return database

    @classmethod
    async def _open_postgresql(cls, url: URL, room: Room, migrate: bool) -> Database:
        from storage.postgresql import PostgresqlEngine  # brings SQLAlchemy's ORM with it

        engine = PostgresqlEngine(url.set(drivername="postgresql+asyncpg"), room)
        await engine.open()
        database = cls(engine, dialect="postgresql", path=None, warnings=())
        await database._check_and_migrate(migrate, room)
        return database

    async def read(self, unit: Callable[[Connection], T]) -> T:
        """Return what the unit returns; it sees one snapshot and may change nothing.

        Raises `DatabaseFailed`, and whatever the unit raises.
        """
        return await self._engine.read(unit)

    def fence(self, check: Callable[[Connection], None]) -> None:
        """From now on begin each unit that writes with `check`; what it raises undoes the unit."""
        self._fence = check

    async def write(self, unit: Callable[[Connection], T], *, fenced: bool = True) -> T:
        """Return what the unit returned, with its COMMIT on disk; on SQLite in order of asking.

        Raises `DatabaseFailed` (certainly not committed), `Uncertain` (PostgreSQL: lost during
        COMMIT), and whatever the unit raises, which undoes it. A waiting task that is cancelled
        does not undo the unit.
        """
        if self._fence is None or not fenced:
            return await self._engine.write(unit)
        return await self._engine.write(partial(_behind, self._fence, unit))

    async def snapshot(self, unit: Callable[[Connection], T]) -> T:
        """Return what a long unit returns that only reads; it holds up nobody meanwhile.

        As `read`, but on SQLite on a connection and thread of its own. Raises as `read` does.
        """
        if isinstance(self._engine, SqliteEngine):
            return await self._engine.snapshot(unit)
        return await self._engine.read(unit)

    async def fold_log(self) -> None:
        """After erasing: leave the erased keys and values neither in the file nor in its log.

        On PostgreSQL the old rows are given up (VACUUM), and nothing is overwritten: their bytes
        stand in the server's pages and log until it needs the place (see deploy/RUNBOOK.md).
        Raises `DatabaseFailed`.
        """
        await self._engine.fold_log()

    async def close(self) -> None:
        """Finish the units that wait and close; may be called twice."""
        await self._engine.close()

    async def _check_and_migrate(self, migrate: bool, room: Room) -> None:
        try:
            found = await self.read(schema_version)
            if found != HEAD:
                if not migrate:
                    raise DatabaseRefused("old_schema", "Run kier migrate first (after a backup).")
                await self.write(upgrade)
            await self.read(partial(check_keys, room))
        except DatabaseFailed as error:
            await self.close()
            raise self._refused(error.code) from None
        except BaseException:
            await self.close()
            raise

    def _refused(self, code: str) -> DatabaseRefused:
        if self.path is not None:
            return sqlite.refusal(self.path, code)
        return DatabaseRefused("failed", f"PostgreSQL refused to work ({code}); read its log.")


def _behind(
    check: Callable[[Connection], None], unit: Callable[[Connection], T], c: Connection
) -> T:
    check(c)
    return unit(c)


def schema_version(c: Connection) -> str | None:
    """Return the revision of the schema, or None when there are no tables at all.

    Raises `DatabaseRefused` when it is another program's database or a newer version's.
    """
    names = set(inspect(c).get_table_names())
    if not names:
        return None
    found = c.execute(_VERSION).scalar() if "alembic_version" in names else None
    if found is None or "kase" not in names:
        raise DatabaseRefused("foreign", "This is another program's database; name another one.")
    if found not in REVISIONS:
        raise DatabaseRefused(
            "newer_schema",
            f"This database was made by a newer version of Kier (schema {found}, this version "
            f"knows {HEAD}); install that version again.",
        )
    return str(found)


def upgrade(c: Connection) -> None:
    """Bring the schema to `HEAD`, inside the caller's transaction: all of it, or nothing.

    On PostgreSQL two processes that upgrade at once wait for each other.
    """
    from storage.migrations import run  # Alembic takes its time, and a start rarely needs it

    if c.dialect.name == "postgresql":
        c.execute(text("SELECT pg_advisory_xact_lock(1263093074)"))
    run.upgrade(c)


async def _create(place: Path, room: Room, busy_timeout_s: float) -> None:
    engine = SqliteEngine(place, room, busy_timeout_s)
    await engine.open()
    try:
        await engine.write(upgrade)
    finally:
        await engine.close()  # the last connection's end folds the write-ahead log into the file


def check_keys(room: Room, c: Connection) -> None:
    """Raise `DatabaseRefused` when the rows were sealed with other keys than those of `room`."""
    secret = c.execute(_SECRET).scalar()
    if secret is None:
        return
    try:
        room.keys.unwrap(secret)
    except Unreadable:
        raise DatabaseRefused(
            "other_keys", "The key file is not the one this database was written with."
        ) from None


def _parse(url: str) -> URL:
    try:
        target = make_url(url)
    except ArgumentError:
        raise DatabaseRefused("url", "The database URL is not one; see KIER_DATABASE.") from None
    kind = target.get_backend_name()
    if kind not in ("sqlite", "postgresql") or (kind == "sqlite" and not target.database):
        raise DatabaseRefused(
            "url", "The database URL must be sqlite:///path or postgresql://user@host/name."
        )
    return target

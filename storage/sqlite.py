"""SQLite: files that may be opened or must be refused, and units in one hop on one thread each.

One connection writes, another reads (WAL lets them); each lives on the thread of its own
`aiosqlite.Connection`. A unit runs there whole, on a SQLAlchemy connection over the same driver
connection, so that a transaction costs one hop and not one per statement. Units that wait while
another commits are committed together, each under a savepoint of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import importlib
import os
import struct
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Generic, TypeVar

import aiosqlite
from sqlalchemy import Connection, Engine, StaticPool, create_engine
from sqlalchemy.exc import DBAPIError

from storage.columns import Room, furnish
from storage.errors import DatabaseFailed, DatabaseRefused

T = TypeVar("T")
Unit = Callable[[Connection], T]

MENDED: Final = (3, 51, 3)
"""The first SQLite without the WAL-reset bug (two connections, checkpoint racing a commit)."""
GROUP_MAX: Final = 32
"""Units in one commit at most: more would make the first of them wait for the last."""
STATEMENTS_KEPT: Final = 512
LOG_BYTES_KEPT: Final = 64 * 1024 * 1024
"""What a log grown by a long export is cut back to."""
NETWORK_FILE_SYSTEMS: Final = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "fuse.sshfs",
    "afs",
    "ceph",
    "glusterfs",
)
_WORLD: Final = (
    "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY",
    "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_CANTOPEN", "SQLITE_NOMEM", "SQLITE_INTERRUPT",
    "SQLITE_PROTOCOL", "SQLITE_PERM", "SQLITE_AUTH", "SQLITE_NOLFS",
)  # fmt: skip
_HEADER: Final = struct.Struct(">16sH6xII60xI")
"""Of a file's first 96 bytes: magic, page size, changes, pages, changes when pages was written."""


def driver() -> ModuleType:
    """Return the SQLite driver: the wheel with the mended SQLite, else Python's own."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3.dbapi2")


def driver_warning(module: ModuleType) -> str | None:
    """Return what to say at start about this driver's SQLite, or None when it is a mended one."""
    if module.sqlite_version_info >= MENDED:
        return None
    return (
        f"SQLite {module.sqlite_version} has the WAL-reset bug: do not run other kier commands "
        "beside the bot, or install the pysqlite3 wheel."
    )


class OneHop(aiosqlite.Connection):
    """An aiosqlite connection that runs a whole function on its thread, in one hop."""

    def __init__(self, connector: Callable[[], Any]) -> None:
        super().__init__(connector, 64)
        # A process that dies without closing must end: what was committed is on disk.
        self._thread.daemon = True
        self._ended: asyncio.Future[Any] | None = None

    def stop(self) -> asyncio.Future[Any] | None:
        """Let the thread end; the future is done when it will say no more."""
        self._ended = super().stop()
        return self._ended

    async def _connect(self) -> aiosqlite.Connection:
        try:
            return await super()._connect()
        except BaseException:
            # else its last word may come when the loop is closed: a stack trace for nothing
            if self._ended is not None:
                await self._ended
            raise

    async def run(self, function: Callable[[], T]) -> T:
        """Return what `function` returns on this connection's own thread, in order of asking."""
        if not self._running or self._connection is None:
            raise DatabaseFailed("closed")
        outcome: T = await self._execute(function)  # type: ignore[no-untyped-call]
        return outcome

    @property
    def driver_connection(self) -> Any:
        """The driver's connection below; for this connection's own thread only."""
        return self._conn


class _Ticket(Generic[T]):
    """One unit that waits for its turn, and its outcome after it."""

    __slots__ = ("error", "outcome", "settled", "unit")

    def __init__(self, unit: Unit[T]) -> None:
        self.unit = unit
        self.settled = False
        self.outcome: T | None = None
        self.error: Exception | None = None

    def settle(self, outcome: T | None, error: Exception | None) -> None:
        self.settled, self.outcome, self.error = True, outcome, error


class SqliteEngine:
    """One open database file: a writer's and a reader's connection."""

    def __init__(self, path: Path, room: Room, busy_timeout_s: float) -> None:
        self._path = path
        self._room = room
        self._busy_timeout_s = busy_timeout_s
        self._driver = driver()
        self._writer = OneHop(partial(self._connect, busy_timeout_s))
        self._reader = OneHop(partial(self._connect, busy_timeout_s))
        self._waiting: deque[_Ticket[Any]] = deque()
        self._engines: list[Engine] = []
        self._write_connection: Connection | None = None
        self._read_connection: Connection | None = None

    async def open(self) -> None:
        """Connect; raises `DatabaseRefused` when the file is not one to work on."""
        try:
            await self._writer
            await self._reader
            self._write_connection = await self._writer.run(partial(self._wire, self._writer))
            self._read_connection = await self._reader.run(partial(self._wire, self._reader))
            await self._reader.run(partial(_only_read, self._reader))
        except (self._driver.Error, DBAPIError) as error:
            await self.close()
            raise refusal(self._path, world_code(error) or "SQLITE_ERROR") from None

    async def close(self) -> None:
        """Finish what waits, then close both connections; may be called twice."""
        for hop, connection in (
            (self._reader, self._read_connection),
            (self._writer, self._write_connection),
        ):
            if hop._connection is None:
                continue
            if connection is not None:
                await hop.run(connection.close)
            await hop.close()
        self._read_connection = self._write_connection = None
        for engine in self._engines:
            engine.dispose(close=False)
        self._engines.clear()

    async def read(self, unit: Unit[T]) -> T:
        """Run the unit on the reader's thread, on what was committed when it began."""
        return await self._reader.run(partial(self._look, unit))

    async def write(self, unit: Unit[T]) -> T:
        """Run the unit on the writer's thread; when this returns, it is committed and on disk."""
        ticket: _Ticket[T] = _Ticket(unit)
        self._waiting.append(ticket)
        return await self._writer.run(partial(self._turn, ticket))

    async def snapshot(self, unit: Unit[T]) -> T:
        """Run a long unit that only reads, on a connection of its own beside both others."""
        third = OneHop(partial(self._connect, self._busy_timeout_s))
        try:
            await third
            return await third.run(partial(self._look_alone, third, unit))
        except self._driver.Error as error:
            raise _world_or_ours(error) from error
        finally:
            await third.close()

    async def fold_log(self) -> None:
        """Move the log into the file and empty it, so that erased bytes are in neither.

        Raises `DatabaseFailed` when a reader of another process holds on to the log.
        """
        busy = await self._writer.run(self._checkpoint)
        if busy:
            raise DatabaseFailed("SQLITE_BUSY")

    def _checkpoint(self) -> bool:
        raw = self._writer.driver_connection
        return bool(raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])

    def _connect(self, busy_timeout_s: float) -> Any:
        connection = self._driver.connect(
            str(self._path),
            timeout=busy_timeout_s,
            isolation_level=None,  # BEGIN and COMMIT are ours
            cached_statements=STATEMENTS_KEPT,
        )
        try:
            for pragma in (
                "journal_mode = WAL",
                "synchronous = FULL",
                "foreign_keys = ON",
                "secure_delete = ON",
                "trusted_schema = OFF",
                "temp_store = MEMORY",
                f"journal_size_limit = {LOG_BYTES_KEPT}",
            ):
                connection.execute(f"PRAGMA {pragma}").fetchall()
        except BaseException:
            connection.close()
            raise
        return connection

    def _wire(self, hop: OneHop) -> Connection:
        """Return a SQLAlchemy connection over the hop's own; it stays open, units follow on it."""
        engine = create_engine(
            "sqlite://",
            module=self._driver,
            creator=lambda: hop.driver_connection,
            poolclass=StaticPool,
            hide_parameters=True,
            query_cache_size=1000,
        )
        furnish(engine.dialect, self._room)
        self._engines.append(engine)
        connection = engine.connect()
        connection.rollback()
        return connection

    def _look(self, unit: Unit[T]) -> T:
        assert self._read_connection is not None
        return self._look_from(self._reader, self._read_connection, unit)

    def _look_alone(self, hop: OneHop, unit: Unit[T]) -> T:
        _only_read(hop)
        connection = self._wire(hop)
        try:
            return self._look_from(hop, connection, unit)
        finally:
            connection.close()
            self._engines.remove(connection.engine)
            connection.engine.dispose(close=False)

    def _look_from(self, hop: OneHop, connection: Connection, unit: Unit[T]) -> T:
        raw = hop.driver_connection
        try:
            raw.execute("BEGIN")
            return unit(connection)
        except (self._driver.Error, DBAPIError) as error:
            raise _world_or_ours(error) from error
        finally:
            connection.rollback()
            if raw.in_transaction:
                raw.execute("ROLLBACK")

    def _turn(self, ticket: _Ticket[T]) -> T:
        """Run on the writer's thread: settle this ticket, with those that wait behind it."""
        if not ticket.settled:
            self._settle_group()
        assert ticket.settled
        if ticket.error is not None:
            raise ticket.error
        return ticket.outcome  # type: ignore[return-value]

    def _settle_group(self) -> None:
        tickets = [self._waiting.popleft()]
        while self._waiting and len(tickets) < GROUP_MAX:
            tickets.append(self._waiting.popleft())
        if len(tickets) > 1 and self._commit_together(tickets):
            return
        for ticket in tickets:
            self._commit_alone(ticket)

    def _commit_together(self, tickets: list[_Ticket[Any]]) -> bool:
        """Settle all tickets in one commit; False: nothing was committed, each is to run alone.

        A unit that raises is rolled back to its savepoint and fails alone. When the database
        itself gives up (full, unreadable), the whole group is run again one by one, so that each
        ticket's outcome is its own.
        """
        connection, raw = self._writing()
        outcomes: list[tuple[Any, Exception | None]] = []
        try:
            raw.execute("BEGIN IMMEDIATE")
            for ticket in tickets:
                raw.execute("SAVEPOINT unit")
                try:
                    outcomes.append((ticket.unit(connection), None))
                except Exception as error:  # noqa: BLE001 - it is handed to the one who asked
                    if not raw.in_transaction or world_code(error) is not None:
                        return False
                    raw.execute("ROLLBACK TO unit")
                    outcomes.append((None, error))
                raw.execute("RELEASE unit")
            self._commit(connection, raw)
        except (self._driver.Error, DBAPIError):
            return False
        finally:
            self._end(connection, raw)
        for ticket, outcome in zip(tickets, outcomes, strict=True):
            ticket.settle(*outcome)
        return True

    def _commit_alone(self, ticket: _Ticket[Any]) -> None:
        connection, raw = self._writing()
        try:
            raw.execute("BEGIN IMMEDIATE")
            outcome = ticket.unit(connection)
            self._commit(connection, raw)
            ticket.settle(outcome, None)
        except Exception as error:  # noqa: BLE001 - it is handed to the one who asked
            ticket.settle(None, _world_or_ours(error))
        finally:
            self._end(connection, raw)

    def _writing(self) -> tuple[Connection, Any]:
        assert self._write_connection is not None
        return self._write_connection, self._writer.driver_connection

    def _commit(self, connection: Connection, raw: Any) -> None:
        connection.commit()
        if raw.in_transaction:  # the unit said no SQL, so that SQLAlchemy knew of no transaction
            raw.execute("COMMIT")

    def _end(self, connection: Connection, raw: Any) -> None:
        """Leave no transaction open, whatever happened."""
        with contextlib.suppress(DBAPIError):
            connection.rollback()
        if raw.in_transaction:
            with contextlib.suppress(self._driver.Error):
                raw.execute("ROLLBACK")


def _only_read(hop: OneHop) -> None:
    hop.driver_connection.execute("PRAGMA query_only = ON").fetchall()


def world_code(error: BaseException) -> str | None:
    """Return SQLite's name of what the world did (full, locked, …); None: it is our mistake."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    name = getattr(cause, "sqlite_errorname", None)
    if name is None and type(cause).__name__ == "OperationalError" and "locked" in str(cause):
        name = "SQLITE_BUSY"
    return name if isinstance(name, str) and name.startswith(_WORLD) else None


def _world_or_ours(error: Exception) -> Exception:
    """Return a `DatabaseFailed` when the world did it, else the error as it is."""
    code = world_code(error)
    if code is None:
        return error
    failed = DatabaseFailed(code)
    failed.__cause__ = error
    return failed


def check_file(path: Path) -> bool:
    """Return whether there is a file to open; raises `DatabaseRefused` when not a whole one.

    A new database is put in place whole (`creating`), so that an empty file is never ours.
    """
    if file_system(path).startswith(NETWORK_FILE_SYSTEMS):
        raise refusal(path, "network")
    if path.is_dir():
        raise refusal(path, "directory")
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return False
    except OSError:
        raise refusal(path, "SQLITE_CANTOPEN") from None
    if size == 0:
        raise refusal(path, "empty")
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError:
        raise refusal(path, "SQLITE_CANTOPEN") from None
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise refusal(path, "SQLITE_NOTADB")
    _, page_size, changes, pages, counted_at = _HEADER.unpack_from(header)
    page_bytes = 65536 if page_size == 1 else page_size
    wal = path.with_name(path.name + "-wal")
    # With a write-ahead log left by a crash the file may lag behind its own header: that is whole.
    whole = changes != counted_at or size >= page_bytes * pages
    if not whole and not (wal.exists() and wal.stat().st_size > 0):
        raise refusal(path, "truncated")
    return True


@contextlib.contextmanager
def creating(path: Path) -> Iterator[Path]:
    """Give a path to build a new database at; it is moved to `path` whole when the block ends.

    Killed before that, nothing is left but a file that the next attempt replaces; two that create
    at once wait for each other, and the second finds the first one's.
    """
    half = path.with_name(f".{path.name}.new")
    try:
        directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        raise refusal(path, "SQLITE_CANTOPEN") from None
    try:
        fcntl.flock(directory, fcntl.LOCK_EX)
        for leftover in (half, *(half.with_name(half.name + end) for end in ("-wal", "-shm"))):
            leftover.unlink(missing_ok=True)
        if path.exists():
            yield path
            return
        yield half
        half.chmod(0o600)
        half.rename(path)
        os.fsync(directory)
    except PermissionError:
        raise refusal(path, "SQLITE_READONLY") from None
    finally:
        os.close(directory)


class RunningLock:
    """Held by the one process that runs the bot on a database file."""

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    def release(self) -> None:
        """Let another process run; the end of this process does the same."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def lock_for_running(path: Path) -> RunningLock:
    """Return the running bot's lock; raises `DatabaseRefused` when another runs (P15)."""
    lock_path = path.with_name(path.name + ".lock")
    try:
        handle = os.open(lock_path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        raise refusal(path, "SQLITE_CANTOPEN") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise refusal(path, "running") from None
    os.truncate(handle, 0)
    os.write(handle, f"{os.getpid()}\n".encode())
    return RunningLock(handle)


_WAYS_OUT: Final = {
    "network": "{path} lies on a network disk, where SQLite is not safe; use a local disk or "
    "PostgreSQL.",
    "directory": "{path} is a directory; name a file in it.",
    "empty": "{path} is empty, which no database of Kier ever is; restore a backup, or move the "
    "file away to begin anew.",
    "truncated": "{path} is shorter than it says it should be; restore a backup (kier restore).",
    "running": "Another kier process runs on {path}; stop it first.",
    "foreign": "{path} is another program's database; name another file.",
    "SQLITE_NOTADB": "{path} is no database, or it is damaged; restore a backup (kier restore).",
    "SQLITE_CORRUPT": "{path} is damaged; restore a backup (kier restore).",
    "SQLITE_BUSY": "Another program holds {path} locked; close it and start again.",
    "SQLITE_READONLY": "{path} or its directory cannot be written; give the bot's user the right "
    "to write there.",
    "SQLITE_CANTOPEN": "{path} cannot be opened; check that its directory exists and can be "
    "written.",
    "SQLITE_FULL": "There is no space left for {path}; free some and start again.",
}


def refusal(path: Path, code: str) -> DatabaseRefused:
    """Return the refusal of a database file, with the way out for whoever runs the bot."""
    known = next((key for key in _WAYS_OUT if code.startswith(key)), None)
    way_out = _WAYS_OUT[known] if known else "{path} cannot be used ({code})."
    return DatabaseRefused((known or code).lower(), way_out.format(path=path, code=code))


def file_system(path: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """Return the kind of file system below `path`; empty where the system does not tell."""
    try:
        lines = mounts.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    here = path.resolve().parent
    best, kind = "", ""
    for line in lines:
        parts = line.split(" ")
        point = parts[1].replace("\\040", " ")
        if len(point) >= len(best) and here.is_relative_to(point):
            best, kind = point, parts[2]
    return kind

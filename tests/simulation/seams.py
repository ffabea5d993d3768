"""The outermost seams: SQLite's calls and HTTP's, each a point at which the world may strike.

Below them stand the real parts: SQLite with its file and log, and the sandbox's Bot API. Above
them nothing is replaced, but that a database call runs on the loop's own thread instead of one of
its own (`SimHop`), a little later, so that units meet and are committed together as in life.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import random
from collections import deque
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from types import ModuleType
from typing import Any, Protocol
from unittest.mock import patch

import httpx
from sqlalchemy import create_engine
from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox.server import Desk
from storage import sqlite
from storage.errors import DatabaseFailed
from storage.sqlite import OneHop

REAL: ModuleType = sqlite.driver()
NEVER_S = 10.0**7


class Crash(BaseException):
    """The process is gone: nothing after this line was ever done."""


class Striker(Protocol):
    """What decides about faults; told of each point before it is passed."""

    def point(self, kind: str, detail: str) -> None:
        """Pass a point, or raise `Crash`."""

    def statement(self, connection: Any, sql: str) -> None:
        """Let a statement through, or raise what SQLite would."""

    def committed(self, connection: Any) -> None:
        """A write is on the disk."""

    async def network(self, method: str, fields: bytes) -> None:
        """Let a request through after a while, or raise what the network would."""


class Trace:
    """What happened, as one number: two runs with the same are the same bit for bit."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.count = 0
        self.lines: list[str] | None = None

    def add(self, line: str) -> None:
        """Add a line."""
        self.count += 1
        self._hash.update(line.encode(errors="surrogatepass") + b"\n")
        if self.lines is not None:
            self.lines.append(line)

    @property
    def digest(self) -> str:
        """The number so far."""
        return self._hash.hexdigest()


# --- SQLite --------------------------------------------------------------------------------------


class SeamCursor(REAL.Cursor):  # type: ignore[name-defined, misc]
    """A cursor whose statements are points."""

    def execute(self, sql: str, *args: Any) -> Any:
        self.connection.passes(sql)
        return super().execute(sql, *args)

    def executemany(self, sql: str, *args: Any) -> Any:
        self.connection.passes(sql)
        return super().executemany(sql, *args)


class SeamConnection(REAL.Connection):  # type: ignore[name-defined, misc]
    """A connection whose statements and commits are points. Quiet: looked at from outside."""

    striker: Striker
    quiet = False

    def passes(self, sql: str) -> None:
        if not self.quiet:
            self.striker.statement(self, sql)

    def cursor(self, factory: Any = SeamCursor) -> Any:
        return super().cursor(factory)

    def execute(self, sql: str, *args: Any) -> Any:
        if sql == "COMMIT":
            return self.commit()
        if not self.quiet:
            self.striker.statement(self, sql)
        return super().execute(sql, *args)

    def commit(self) -> Any:
        if not self.in_transaction:
            return None
        self.striker.point("commit-before", "")
        self.striker.statement(self, "COMMIT")
        super().commit()
        self.quiet = True
        try:
            self.striker.committed(self)
        finally:
            self.quiet = False
        self.striker.point("commit-after", "")
        return None


class SeamDriver:
    """SQLite's driver, giving connections with a seam; notes them so that a crash can end them."""

    def __init__(self, striker: Striker) -> None:
        self._striker = striker
        self.connections: list[SeamConnection] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(REAL, name)

    def connect(self, *args: Any, **kwargs: Any) -> Any:
        class Connection(SeamConnection):
            striker = self._striker

        made = REAL.connect(*args, factory=Connection, **kwargs)
        self.connections.append(made)
        return made


class SimHop(OneHop):
    """The thread of a connection, as turns of the loop: in order, each a moment later."""

    striker: Striker
    dice: random.Random

    def __init__(self, connector: Callable[[], Any]) -> None:
        self._running = True
        self._connection = None
        self._connector = connector
        self._jobs: deque[tuple[asyncio.Future[Any], Callable[[], Any]]] = deque()
        self._busy = False

    def __del__(self) -> None:
        return

    def __await__(self) -> Any:
        return self._open().__await__()

    async def _open(self) -> SimHop:
        self._connection = await self._ask(self._connector)
        return self

    async def run(self, function: Callable[[], Any]) -> Any:
        if not self._running or self._connection is None:
            raise DatabaseFailed("closed")
        return await self._ask(function)

    async def close(self) -> None:
        if self._connection is not None:
            await self._ask(self._connection.close)
            self._connection, self._running = None, False

    def _ask(self, function: Callable[[], Any]) -> asyncio.Future[Any]:
        self.striker.point("ask", "")
        future = asyncio.get_running_loop().create_future()
        self._jobs.append((future, function))
        self._wake()
        return future

    def _wake(self) -> None:
        if self._jobs and not self._busy:
            self._busy = True
            loop = asyncio.get_running_loop()
            loop.call_later(self.dice.choice((0.0, 0.0002, 0.001, 0.02)), self._turn)

    def _turn(self) -> None:
        self._busy = False
        future, function = self._jobs.popleft()
        self.striker.point("unit-before", "")
        try:
            outcome = function()
        except Exception as error:  # noqa: BLE001  handed to the one who asked
            if not future.done():
                future.set_exception(error)
        else:
            self.striker.point("unit-after", "")
            if not future.done():
                future.set_result(outcome)
        self._wake()


# --- HTTP ----------------------------------------------------------------------------------------

ROW: ContextVar[Any] = ContextVar("row", default=None)
"""The outbox row on whose behalf a call is made; set by who watches the sender."""


class Line(httpx.AsyncBaseTransport):
    """The wire between httpx and the sandbox's Bot API: both sides encode and decode for real."""

    def __init__(self, striker: Striker, desk: Callable[[], Desk]) -> None:
        self._striker, self._desk = striker, desk
        self._port = 1024

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one request."""
        body = await request.aread()
        method = request.url.path.rpartition("/")[2]
        self._striker.point("http-before", method)
        await self._striker.network(method, body)
        self._port += 1
        peer = ("127.0.0.1", self._port)
        cut = asyncio.Event()
        desk = self._desk()
        desk.wires[peer] = _Wire(cut)  # type: ignore[assignment]
        asked = Request(_scope(request, peer), _receiver(body, cut))
        read_s = request.extensions["timeout"]["read"]
        try:
            answer: Response = await asyncio.wait_for(desk.call(asked, method), read_s)
        except TimeoutError:
            self._striker.point("http-lost", method)
            raise httpx.ReadTimeout("no answer", request=request) from None
        finally:
            desk.wires.pop(peer, None)
        if cut.is_set():
            self._striker.point("http-lost", method)
            raise httpx.RemoteProtocolError("cut", request=request)
        self._striker.point("http-after", method)
        return httpx.Response(
            answer.status_code, headers=dict(answer.headers), content=bytes(answer.body)
        )


class _Wire:
    def __init__(self, cut: asyncio.Event) -> None:
        self.abort = cut.set


def _scope(request: httpx.Request, peer: tuple[str, int]) -> dict[str, Any]:
    return {
        "type": "http",
        "method": request.method,
        "path": request.url.path,
        "query_string": request.url.query,
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "client": peer,
    }


def _receiver(body: bytes, cut: asyncio.Event) -> Any:
    parts: Iterator[dict[str, Any]] = iter(
        [{"type": "http.request", "body": body, "more_body": False}]
    )

    async def receive() -> dict[str, Any]:
        for part in parts:
            return part
        await cut.wait()
        return {"type": "http.disconnect"}

    return receive


_kept: dict[str, Any] = {}


def _engine(*args: Any, **kwargs: Any) -> Any:
    """Keep what SQLAlchemy has compiled: each life would compile the same statements again."""
    engine = create_engine(*args, **kwargs)
    if "dialect" not in _kept:
        _kept["dialect"], _kept["cache"] = engine.dialect, engine._compiled_cache
    engine.dialect, engine._compiled_cache = _kept["dialect"], _kept["cache"]
    return engine


@contextlib.contextmanager
def seams(striker: Striker, dice: random.Random, line: Line) -> Iterator[SeamDriver]:
    """Put the seams in for as long as one life of the process lasts."""
    driver = SeamDriver(striker)
    hop = type("Hop", (SimHop,), {"striker": striker, "dice": dice})
    with contextlib.ExitStack() as stack:
        for target, name, value in (
            (sqlite, "driver", lambda: driver),
            (sqlite, "OneHop", hop),
            (sqlite, "create_engine", _engine),
            (httpx.AsyncClient, "_init_transport", lambda self, **_: line),
        ):
            stack.enter_context(patch.object(target, name, value))
        yield driver


def sql_error(name: str) -> Exception:
    """Return the error that SQLite gives of that name."""
    words = {
        "SQLITE_BUSY": "database is locked",
        "SQLITE_FULL": "database or disk is full",
        "SQLITE_READONLY": "attempt to write a readonly database",
        "SQLITE_CORRUPT": "database disk image is malformed",
    }
    kind = REAL.DatabaseError if name == "SQLITE_CORRUPT" else REAL.OperationalError
    error: Exception = kind(words.get(name, "disk I/O error"))
    error.sqlite_errorname = name  # type: ignore[attr-defined]
    return error

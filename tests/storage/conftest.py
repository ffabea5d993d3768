"""One suite, two databases: every test that asks for `store` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import itertools
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection

from storage import teams
from storage.database import Database
from storage.keys import Keyring

T = TypeVar("T")

_numbers = itertools.count(1)

NOW = datetime(2027, 9, 13, 8, 20, tzinfo=UTC)


class Store:
    """A database and the loop that its units run on: tests of plain functions are plain."""

    def __init__(self, loop: asyncio.AbstractEventLoop, database: Database) -> None:
        self.loop = loop
        self.database = database

    @property
    def dialect(self) -> str:
        return self.database.dialect

    def write(self, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Return `function(connection, *args, **kwargs)`, committed."""
        return self.loop.run_until_complete(self.database.write(_unit(function, args, kwargs)))

    def read(self, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Return `function(connection, *args, **kwargs)` on a snapshot."""
        return self.loop.run_until_complete(self.database.read(_unit(function, args, kwargs)))

    def run(self, awaitable: Any) -> Any:
        """Return what the awaitable gives on this store's loop."""
        return self.loop.run_until_complete(awaitable)


def _unit(
    function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Callable[[Connection], T]:
    return lambda c: function(c, *args, **kwargs)


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def keys() -> Keyring:
    return Keyring.load([b"a2llcmtpZXJraWVya2llcmtpZXJraWVya2llcmtpZXI="])


@pytest.fixture
def randomness() -> Callable[[int], bytes]:
    return random.Random(1).randbytes


@pytest.fixture(scope="session")
def sqlite_template(
    loop: asyncio.AbstractEventLoop, keys: Keyring, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An empty database file with today's schema: copied, which is quicker than made."""
    path = tmp_path_factory.mktemp("template") / "kier.db"

    async def make() -> None:
        await (await Database.open(f"sqlite:///{path}", keys=keys)).close()

    loop.run_until_complete(make())
    return path


_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql_database(
    postgresql_server: Any, loop: asyncio.AbstractEventLoop, keys: Keyring
) -> Iterator[Database]:
    """One database for all tests: each works on a team of its own, and every row has its team."""
    postgresql_server.psql("CREATE DATABASE shared")
    url = postgresql_server.get_uri("shared")
    randomness = random.Random(1).randbytes
    database = loop.run_until_complete(Database.open(url, keys=keys, randomness=randomness))
    yield database
    loop.run_until_complete(database.close())


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A new database file with today's schema."""
    path = tmp_path / "kier.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def sqlite_store(
    sqlite_url: str,
    loop: asyncio.AbstractEventLoop,
    keys: Keyring,
    randomness: Callable[[int], bytes],
) -> Iterator[Store]:
    """A database file of its own, for tests of what only SQLite does."""
    database = loop.run_until_complete(
        Database.open(sqlite_url, keys=keys, randomness=randomness, busy_timeout_s=0.2)
    )
    yield Store(loop, database)
    loop.run_until_complete(database.close())


@pytest.fixture
def postgresql_store(postgresql_database: Database, loop: asyncio.AbstractEventLoop) -> Store:
    return Store(loop, postgresql_database)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """Each database in turn."""
    found: Store = request.getfixturevalue(f"{request.param}_store")
    return found


@pytest.fixture
def team_id(store: Store) -> int:
    """A team of this test's own."""
    return store.write(teams.put_team, f"OCMW {next(_numbers)}", {"language": "nl-BE"}, NOW)

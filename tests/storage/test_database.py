from __future__ import annotations

import asyncio
import fcntl
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from storage import cases, history, procedures, sqlite, teams
from storage.columns import Room
from storage.database import Database, lock_for_running, upgrade
from storage.errors import DatabaseFailed, DatabaseRefused, Stale, Uncertain
from storage.keys import Keyring, new_key
from storage.migrations import HEAD
from storage.sqlite import SqliteEngine
from tests.storage.conftest import NOW, Store

Open = Callable[..., Database]


@pytest.fixture
def refused(loop: asyncio.AbstractEventLoop, keys: Keyring) -> Callable[..., str]:
    """Open a database that must be refused, and give the reason."""

    def attempt(url: str, **given: Any) -> str:
        values: dict[str, Any] = {"keys": keys, "busy_timeout_s": 0.05} | given
        with pytest.raises(DatabaseRefused) as caught:
            loop.run_until_complete(Database.open(url, **values))
        assert len(caught.value.way_out) > 20
        return caught.value.reason

    return attempt


def add(c: Connection, number: int = 1) -> int:
    """A unit that reads and writes."""
    team = teams.team(c)
    assert team is not None
    total: int = team.settings.get("n", 0) + number
    teams.put_team(c, team.name, {"n": total}, NOW)
    return total


def total(c: Connection) -> int:
    team = teams.team(c)
    assert team is not None
    return int(team.settings.get("n", 0))


@pytest.fixture
def counted(sqlite_store: Store) -> Store:
    sqlite_store.write(teams.put_team, "x", {}, NOW)
    return sqlite_store


# ---------------------------------------------------------------------------- what is refused


def test_a_database_file_is_safe_by_its_settings(sqlite_store: Store) -> None:
    """A commit is on disk when it returns, deleted content is overwritten (design)."""
    wanted = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1,
        "application_id": 0x4B494552, "trusted_schema": 0,
    }  # fmt: skip
    for side in (sqlite_store.read, sqlite_store.write):
        found = side(
            lambda c: {name: c.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
        )
        assert found == wanted
    assert sqlite_store.read(lambda c: c.exec_driver_sql("PRAGMA query_only").scalar()) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"x", "sqlite_notadb"),
        (b"<html>" * 1000, "sqlite_notadb"),
        (b"SQLite format 3\0", "sqlite_notadb"),
        (b"SQLite format 3\0" + b"\xff" * 5000, "truncated"),
    ],
)
def test_what_is_no_database_is_refused_and_left_alone(
    tmp_path: Path, refused: Callable[..., str], content: bytes, reason: str
) -> None:
    """An empty file or another kind of file is never made ours (row 76)."""
    path = tmp_path / "kier.db"
    path.write_bytes(content)
    assert refused(f"sqlite:///{path}") == reason
    assert path.read_bytes() == content
    assert os.listdir(tmp_path) == ["kier.db"]


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.95])
def test_a_truncated_file_is_refused(
    sqlite_template: Path, tmp_path: Path, refused: Callable[..., str], kept: float
) -> None:
    """A file shorter than it says is never repaired silently (row 76)."""
    whole = sqlite_template.read_bytes()
    path = tmp_path / "kier.db"
    path.write_bytes(whole[: int(len(whole) * kept)])
    assert refused(f"sqlite:///{path}") == "truncated"


def test_a_damaged_file_is_refused(
    sqlite_template: Path, tmp_path: Path, refused: Callable[..., str]
) -> None:
    """Noise in the pages that hold the schema is noticed at opening (row 76)."""
    whole = bytearray(sqlite_template.read_bytes())
    whole[100:4096] = random.Random(1).randbytes(3996)
    path = tmp_path / "kier.db"
    path.write_bytes(whole)
    assert refused(f"sqlite:///{path}") == "sqlite_corrupt"


def test_a_refusal_is_not_followed_by_a_stack_trace(
    sqlite_template: Path, tmp_path: Path, keys: Keyring
) -> None:
    """The threads of a refused database have nothing to say after its loop is closed (row 76)."""
    path = tmp_path / "kier.db"
    whole = sqlite_template.read_bytes()
    path.write_bytes(whole[:100] + bytes(len(whole) - 100))
    for _ in range(30):
        with pytest.raises(DatabaseRefused):
            asyncio.run(Database.open(f"sqlite:///{path}", keys=keys))


def test_another_program_s_database_is_refused(
    tmp_path: Path, refused: Callable[..., str]
) -> None:
    """Tables that are not ours are not ours to touch (row 76)."""
    path = tmp_path / "other.db"
    for statement in ("CREATE TABLE photo (id)", "CREATE TABLE alembic_version (version_num)"):
        other = sqlite.driver().connect(path)
        other.execute(statement)
        other.close()
        assert refused(f"sqlite:///{path}") == "foreign"


def test_another_program_s_postgresql_is_refused(
    postgresql_server: Any, postgresql_url: str, refused: Callable[..., str]
) -> None:
    """The same on PostgreSQL (row 76)."""
    import asyncpg

    async def other() -> None:
        connection = await asyncpg.connect(postgresql_url)
        await connection.execute("CREATE TABLE photo (id int)")
        await connection.close()

    asyncio.run(other())
    assert refused(postgresql_url) == "foreign"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_newer_schema_is_refused_and_an_older_one_needs_leave(
    kind: str,
    request: pytest.FixtureRequest,
    refused: Callable[..., str],
    loop: asyncio.AbstractEventLoop,
    keys: Keyring,
) -> None:
    """An old version refuses a newer schema; `migrate=False` changes none (rows 76, 77)."""
    url = request.getfixturevalue(f"{kind}_url")

    async def set_version(value: str) -> None:
        database = await Database.open(url, keys=keys)
        await database.write(
            lambda c: c.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": value})
        )
        await database.close()

    if kind == "postgresql":
        assert refused(url, migrate=False) == "old_schema"
    loop.run_until_complete(set_version("9999"))
    assert refused(url) == "newer_schema"
    assert refused(url, migrate=False) == "newer_schema"


def test_a_place_that_cannot_hold_a_database_is_refused(
    tmp_path: Path, refused: Callable[..., str]
) -> None:
    """A directory, a missing directory, a place that cannot be written, no URL (74, 76)."""
    assert refused(f"sqlite:///{tmp_path}") == "directory"
    assert refused(f"sqlite:///{tmp_path}/none/kier.db") == "sqlite_cantopen"
    assert refused("sqlite:////proc/kier.db") in ("sqlite_cantopen", "sqlite_readonly")
    assert refused(f"sqlite:///{tmp_path}/kier.db", migrate=False) == "missing"
    assert refused("postgresql://nobody@127.0.0.1:1/x") == "unreachable"
    for url in ("", "sqlite://", "mysql://x/y", "kier.db"):
        assert refused(url) == "url"


def test_a_network_disk_is_told_from_a_local_one(tmp_path: Path) -> None:
    """WAL needs shared memory: a file on NFS is refused (row 76)."""
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\nnas:/x /mnt nfs4 rw 0 0\n/dev/sdb1 /mnt/my\\040disk xfs rw 0 0\n"
    )
    kinds = {
        place: sqlite.file_system(Path(place), mounts)
        for place in ("/srv/kier.db", "/mnt/kier.db", "/mnt/my disk/kier.db", "/mntx/kier.db")
    }
    assert list(kinds.values()) == ["ext4", "nfs4", "xfs", "ext4"]
    assert "nfs4".startswith(sqlite.NETWORK_FILE_SYSTEMS)
    assert sqlite.file_system(Path("/srv/kier.db"), tmp_path / "none") == ""


def test_a_database_locked_by_another_program_is_refused(
    sqlite_template: Path, tmp_path: Path, refused: Callable[..., str]
) -> None:
    """Somebody holds the file exclusively: wait a little, then say so (row 76)."""
    path = tmp_path / "kier.db"
    shutil.copy(sqlite_template, path)
    other = sqlite.driver().connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    other.execute("CREATE TABLE x (y)")
    assert refused(f"sqlite:///{path}") == "sqlite_busy"
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_other_keys_are_refused(
    kind: str,
    request: pytest.FixtureRequest,
    refused: Callable[..., str],
    loop: asyncio.AbstractEventLoop,
    keys: Keyring,
) -> None:
    """A database is not opened with a key file that cannot read it (design 6)."""
    url = request.getfixturevalue(f"{kind}_url")

    async def fill() -> None:
        database = await Database.open(url, keys=keys)
        await database.write(lambda c: teams.put_team(c, "x", {}, NOW))
        await database.close()

    loop.run_until_complete(fill())
    foreign = Keyring.load([new_key(random.Random(9).randbytes)])
    assert refused(url, keys=foreign) == "other_keys"


def test_a_log_left_by_a_crash_is_read(
    counted: Store, tmp_path: Path, loop: asyncio.AbstractEventLoop, keys: Keyring
) -> None:
    """What was committed before a crash is there after it, though only in the log (row 76, P1)."""
    counted.write(add, 41)
    path = counted.database.path
    assert path is not None
    crashed = tmp_path / "crashed.db"
    shutil.copy(path, crashed)
    shutil.copy(f"{path}-wal", f"{crashed}-wal")

    async def look() -> int:
        database = await Database.open(f"sqlite:///{crashed}", keys=keys)
        found = await database.read(total)
        await database.close()
        return found

    assert loop.run_until_complete(look()) == 41


def test_only_one_process_runs_on_a_file(tmp_path: Path) -> None:
    """A second `kier run` is refused; when the first is gone, it may (P15, row 77)."""
    path = tmp_path / "kier.db"
    first = lock_for_running(path)
    with pytest.raises(DatabaseRefused) as caught:
        lock_for_running(path)
    assert caught.value.reason == "running"
    assert (tmp_path / "kier.db.lock").read_text() == f"{os.getpid()}\n"
    first.release()
    first.release()
    lock_for_running(path).release()
    with pytest.raises(DatabaseRefused):
        lock_for_running(tmp_path / "none" / "kier.db")


def test_an_old_sqlite_is_told_at_start() -> None:
    """A SQLite with the WAL-reset bug is named; the mended one needs no word (design 1)."""
    module = sqlite.driver()
    assert module.sqlite_version_info >= sqlite.MENDED
    assert sqlite.driver_warning(module) is None

    class Old:
        sqlite_version = "3.45.1"
        sqlite_version_info = (3, 45, 1)

    assert "3.45.1" in (sqlite.driver_warning(Old) or "")  # type: ignore[arg-type]


# -------------------------------------------------------------------------------- making one


def test_a_new_database_appears_whole_or_not_at_all(
    tmp_path: Path, loop: asyncio.AbstractEventLoop, keys: Keyring
) -> None:
    """Killed while it is made, nothing is left that could be taken for a database (row 78)."""
    path = tmp_path / "kier.db"
    with pytest.raises(KeyboardInterrupt), sqlite.creating(path) as half:
        half.write_bytes(b"")
        half.with_name(half.name + "-wal").write_bytes(b"x")
        raise KeyboardInterrupt
    assert not path.exists()

    async def both() -> None:
        url = f"sqlite:///{path}"
        opened = [await Database.open(url, keys=keys) for _ in range(2)]
        for database in opened:
            await database.close()
            await database.close()

    loop.run_until_complete(both())
    assert [entry.name for entry in tmp_path.iterdir()] == ["kier.db"]
    assert path.stat().st_mode & 0o077 == 0


def test_two_processes_that_make_one_database_make_one(tmp_path: Path) -> None:
    """Whoever comes second waits for the first, and finds its database."""
    path = tmp_path / "kier.db"
    with sqlite.creating(path) as half:
        directory = os.open(tmp_path, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(directory, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(directory)
        half.write_bytes(b"first")
    with sqlite.creating(path) as found:
        assert found == path and path.read_bytes() == b"first"


def test_a_start_does_not_import_alembic(sqlite_url: str) -> None:
    """With today's schema neither Alembic nor an ORM is imported (performance: start)."""
    code = """
import asyncio, sys
from storage.database import Database
from storage.keys import Keyring
keys = Keyring.load([b"a2llcmtpZXJraWVya2llcmtpZXJraWVya2llcmtpZXI="])
async def main():
    await (await Database.open(sys.argv[1], keys=keys)).close()
asyncio.run(main())
late = {"alembic", "mako", "asyncpg", "sqlalchemy.orm"}
print(sorted(late & sys.modules.keys()))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, sqlite_url], capture_output=True, text=True, check=True
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_a_migration_killed_at_any_statement_leaves_nothing(
    tmp_path: Path, loop: asyncio.AbstractEventLoop, keys: Keyring
) -> None:
    """After each failure the file is as before, and a re-run finishes."""
    room = Room(keys=keys, randomness=os.urandom)

    engine = SqliteEngine(tmp_path / "kier.db", room, 0.1)
    assert loop.run_until_complete(_killed_at_each(1, engine)) > 40


def test_a_migration_killed_on_postgresql_leaves_nothing(
    postgresql_url: str, loop: asyncio.AbstractEventLoop, keys: Keyring
) -> None:
    """The same on PostgreSQL, at every seventh statement (row 78)."""
    from sqlalchemy import make_url

    from storage.postgresql import PostgresqlEngine

    room = Room(keys=keys, randomness=os.urandom)

    url = make_url(postgresql_url).set(drivername="postgresql+asyncpg")
    engine = PostgresqlEngine(url, room)
    assert loop.run_until_complete(_killed_at_each(7, engine)) > 40


VERSION = "SELECT version_num FROM alembic_version"


class Killed(Exception):
    """Stands for the end of the process between two statements."""


async def _killed_at_each(step: int, engine: Any) -> int:
    """Migrate, killed after 0, `step`, 2 `step` … statements; return how many it takes."""
    await engine.open()
    failures = 0
    while True:
        try:
            await engine.write(_failing_after(failures))
        except Killed:
            failures += step
            assert await engine.read(_names) == []
            continue
        assert await engine.read(lambda c: c.execute(text(VERSION)).scalar()) == HEAD
        await engine.close()
        return failures


def _failing_after(statements: int) -> Callable[[Connection], None]:
    """Return the migration, cut off after so many of its statements."""
    from sqlalchemy import event

    def unit(c: Connection) -> None:
        left = iter(range(statements))

        def count(*_: object) -> None:
            if next(left, None) is None:
                raise Killed

        event.listen(c, "after_cursor_execute", count)
        try:
            upgrade(c)
        finally:
            event.remove(c, "after_cursor_execute", count)

    return unit


def _names(c: Connection) -> list[str]:
    from sqlalchemy import inspect

    return inspect(c).get_table_names()


# ------------------------------------------------------------------------------------- units


def test_a_unit_that_raises_changes_nothing(store: Store, team_id: int) -> None:
    """What it wrote before is undone; the next unit is not disturbed."""

    def unit(c: Connection) -> None:
        teams.set_flag(c, team_id, "x", 1, NOW)
        raise KeyError("x")

    with pytest.raises(KeyError):
        store.write(unit)
    assert store.read(teams.flag, team_id, "x") is None
    store.write(teams.set_flag, team_id, "x", 2, NOW)
    assert store.read(teams.flag, team_id, "x") is not None


def test_a_unit_without_a_statement_is_a_unit(store: Store) -> None:
    """A unit may find nothing to do."""
    assert store.write(lambda c: 5) == store.read(lambda c: 5) == 5


def test_reading_changes_nothing(store: Store, team_id: int) -> None:
    """A read unit cannot write, on either database."""
    with pytest.raises(DatabaseFailed) as caught:
        store.read(teams.set_flag, team_id, "x", 1, NOW)
    assert caught.value.code in ("SQLITE_READONLY", "readonly")


def test_units_that_wait_are_committed_together_and_fail_alone(counted: Store) -> None:
    """Group commit: each unit's outcome is its own, in order of asking (performance)."""

    def unit(number: int) -> Callable[[Connection], int]:
        def run(c: Connection) -> int:
            found = add(c)
            if number % 7 == 3:
                raise ValueError(number)
            return found

        return run

    async def all_at_once() -> list[Any]:
        database = counted.database
        units = [database.write(unit(number)) for number in range(100)]
        return await asyncio.gather(*units, return_exceptions=True)

    outcomes = counted.run(all_at_once())
    failed = [n for n, outcome in enumerate(outcomes) if isinstance(outcome, ValueError)]
    assert failed == [n for n in range(100) if n % 7 == 3]
    kept = [outcome for outcome in outcomes if isinstance(outcome, int)]
    assert kept == list(range(1, len(kept) + 1))
    assert counted.read(total) == len(kept)


def test_a_waiter_that_is_cancelled_does_not_stop_the_others(counted: Store) -> None:
    """Units go on when a task is cancelled; nobody behind it waits for ever."""

    async def story() -> None:
        tasks = [asyncio.ensure_future(counted.database.write(add)) for _ in range(20)]
        await asyncio.sleep(0)
        for task in tasks[::3]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    counted.run(story())
    assert counted.read(total) == 20


def test_a_full_disk_fails_the_unit_that_met_it_only(counted: Store) -> None:
    """`full` is never answered with success; the others of its group are kept (P14, row 79)."""

    def limit(c: Connection, pages: int) -> None:
        here = c.exec_driver_sql("PRAGMA page_count").scalar_one()
        c.exec_driver_sql(f"PRAGMA max_page_count = {here + pages}")

    def big(c: Connection) -> None:
        teams.set_flag(c, 1, "big", "x" * 500_000, NOW)

    counted.write(limit, 4)

    async def story() -> list[Any]:
        units: list[Callable[[Connection], Any]] = [add, add, big, add, big, add]
        return await asyncio.gather(
            *(counted.database.write(unit) for unit in units), return_exceptions=True
        )

    outcomes = counted.run(story())
    codes = [o.code if isinstance(o, DatabaseFailed) else o for o in outcomes]
    assert codes == [1, 2, "SQLITE_FULL", 3, "SQLITE_FULL", 4]
    assert counted.read(total) == 4
    with pytest.raises(DatabaseFailed):
        counted.write(big)
    counted.write(limit, 10_000)
    counted.write(big)


def test_a_long_look_holds_nobody_up(counted: Store) -> None:
    """A snapshot sees one moment, however much is written meanwhile; writers do not wait."""

    async def story() -> tuple[int, int, int]:
        loop = asyncio.get_running_loop()

        def look(c: Connection) -> tuple[int, int]:
            before = total(c)
            written = asyncio.run_coroutine_threadsafe(counted.database.write(add), loop)
            assert written.result(30) == before + 1
            return before, total(c)

        before, after = await counted.database.snapshot(look)
        return before, after, await counted.database.read(total)

    assert counted.run(story()) == (0, 0, 1)


def test_a_look_changes_nothing(counted: Store) -> None:
    """What reads cannot write, on whichever connection."""
    for look in (counted.database.read, counted.database.snapshot):
        with pytest.raises(DatabaseFailed) as failed:
            counted.run(look(add))
        assert failed.value.code == "SQLITE_READONLY"
    assert counted.read(total) == 0


def test_an_erased_key_is_in_neither_the_file_nor_its_log(counted: Store) -> None:
    """After erasing, the wrapped key cannot be read from the disk (P18)."""
    path = counted.database.path
    assert path is not None
    files = (path, path.with_name(path.name + "-wal"))

    def put(c: Connection) -> tuple[int, bytes]:
        version = procedures.put_version(c, 1, "ravels", 1, "", "")
        case_id = cases.new_case(c, 1, "K7QM-4T", version, NOW)
        history.put_personal(c, case_id, "name", "Mia", NOW)
        key: bytes = c.execute(text("SELECT data_key FROM kase")).scalar_one()
        return case_id, key

    case_id, key = counted.write(put)
    assert any(key in file.read_bytes() for file in files)
    counted.write(history.erase_case, case_id, NOW)
    counted.run(counted.database.fold_log())
    assert not any(key in file.read_bytes() for file in files)


def test_two_processes_write_one_after_the_other(counted: Store, keys: Keyring) -> None:
    """A `kier` command writes beside the bot: no update of either is lost (WAL)."""

    async def story() -> int:
        url = f"sqlite:///{counted.database.path}"
        two = [await Database.open(url, keys=keys) for _ in range(2)]
        await asyncio.gather(*(database.write(add) for _ in range(60) for database in two))
        found = await two[0].read(total)
        for database in two:
            await database.close()
        return found

    assert counted.run(story()) == 120


def test_who_waits_too_long_is_told_that_nothing_was_written(counted: Store) -> None:
    """`locked` is a failure of the unit, never a success (P14)."""
    other = sqlite.driver().connect(str(counted.database.path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseFailed) as caught:
        counted.write(add)
    assert caught.value.code == "SQLITE_BUSY"
    other.execute("ROLLBACK")
    other.close()
    assert counted.write(add) == 1


def test_a_closed_database_fails_units_as_any_other_trouble(
    sqlite_url: str, loop: asyncio.AbstractEventLoop, keys: Keyring
) -> None:
    """At the end of the process a late unit is not committed, and its caller is told (row 81)."""

    async def story() -> None:
        database = await Database.open(sqlite_url, keys=keys)
        waiting = [asyncio.ensure_future(database.write(lambda c: 1)) for _ in range(5)]
        await asyncio.sleep(0)
        await database.close()
        assert await asyncio.gather(*waiting) == [1] * 5, "what waited was finished"
        for late in (database.read, database.write):
            with pytest.raises(DatabaseFailed) as caught:
                await late(lambda c: 1)
            assert caught.value.code == "closed"

    loop.run_until_complete(story())


def test_no_parameter_reaches_an_error_s_text(store: Store, team_id: int) -> None:
    """What people wrote is in no exception, though it was in the statement (P19)."""
    with pytest.raises(Exception) as caught:
        store.write(
            lambda c: c.execute(text("INSERT INTO team (name) VALUES (:n)"), {"n": "Canary"})
        )
    shown = [repr(caught.value), str(caught.value), repr(caught.value.__cause__)]
    if store.dialect == "postgresql":
        # PostgreSQL's own DETAIL line would hold the row: SQLAlchemy does not print it
        shown = shown[:2]
    assert not any("Canary" in part for part in shown)


def test_a_stale_unit_is_run_again(postgresql_store: Store) -> None:
    """On PostgreSQL another's change may come between: the unit runs again, at most thrice."""
    runs: list[int] = []

    def unit(c: Connection, until: int) -> str:
        runs.append(1)
        if len(runs) < until:
            raise Stale
        return "done"

    assert postgresql_store.write(unit, 3) == "done"
    runs.clear()
    with pytest.raises(Stale):
        postgresql_store.write(unit, 99)
    assert len(runs) == 3


def test_a_connection_lost_before_commit_is_no_loss(postgresql_store: Store) -> None:
    """The server ends the connection in mid-unit: the whole unit is run again (row 80)."""
    runs: list[int] = []

    def unit(c: Connection, times: int) -> int:
        runs.append(1)
        if len(runs) <= times:
            c.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        one: int = c.execute(text("SELECT 1")).scalar_one()
        return one

    assert postgresql_store.write(unit, 1) == 1
    assert len(runs) == 2
    runs.clear()
    with pytest.raises(DatabaseFailed):
        postgresql_store.write(unit, 99)
    assert len(runs) == 3
    assert postgresql_store.read(lambda c: c.execute(text("SELECT 1")).scalar_one()) == 1


def test_a_connection_lost_in_commit_is_uncertain(postgresql_store: Store) -> None:
    """Nobody claims to know: the caller reads the dedupe key again (P14, row 80)."""

    def prepare(c: Connection) -> None:
        c.execute(text("CREATE TABLE cut (n int)"))
        c.execute(
            text(
                "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS "
                "'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'"
            )
        )
        c.execute(
            text(
                "CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON cut DEFERRABLE INITIALLY DEFERRED "
                "FOR EACH ROW EXECUTE FUNCTION cut()"
            )
        )

    runs: list[int] = []

    def unit(c: Connection) -> None:
        runs.append(1)
        c.execute(text("INSERT INTO cut VALUES (1)"))

    postgresql_store.write(prepare)
    try:
        with pytest.raises(Uncertain):
            postgresql_store.write(unit)
        assert len(runs) == 1, "an uncertain unit is not run again by itself"
    finally:
        postgresql_store.write(lambda c: c.execute(text("DROP TABLE cut")))
        postgresql_store.write(lambda c: c.execute(text("DROP FUNCTION cut()")))


def test_two_that_wait_for_each_other_both_end(postgresql_store: Store) -> None:
    """A deadlock costs one of them a second run and nobody an effect (row 80)."""
    store = postgresql_store
    ids = [store.write(teams.put_team, f"deadlock {n}", {}, NOW) for n in range(2)]
    runs: list[int] = []

    def unit(c: Connection, order: list[int]) -> None:
        for place, number in enumerate(order):
            while place and len(runs) < 2:  # until the other holds what this one wants next
                c.execute(text("SELECT pg_sleep(0.01)"))
            c.execute(
                text("UPDATE team SET access_count = access_count + 1 WHERE id = :id"),
                {"id": number},
            )
            if place == 0:
                runs.append(1)

    async def story() -> None:
        write = store.database.write
        await asyncio.gather(write(lambda c: unit(c, ids)), write(lambda c: unit(c, ids[::-1])))

    store.run(story())
    counts = store.read(
        lambda c: (
            c.execute(text("SELECT access_count FROM team WHERE id = ANY(:ids)"), {"ids": ids})
            .scalars()
            .all()
        )
    )
    assert counts == [2, 2]
    assert len(runs) == 3

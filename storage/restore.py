"""Putting a backup back, and what must be so afterwards for a bot that has been elsewhere since.

A backup is put into a new database, looked through there (rows counted, chains verified), made
safe, and takes the place of the old one in one step: a rename, or a COMMIT. The old one is moved
aside, never deleted. A restore that fails or is killed leaves the old one as it was.

The world went on after the backup, and the database does not know of it. So:

- **What waited to be sent may have been sent since.** It goes once more, marked "(again)", as
  after a crash; what was a repeat already becomes uncertain (P5). Left unsent it might be a prompt
  that nobody ever gets (P4); sent unmarked it might be taken for a second one.
- **What fell due since is asked again**, late rather than never: the buttons of what was asked
  meanwhile are unknown here and get the text of refusal, so the new message is the one that works.
- **No update is swallowed.** Polling never begins at a stored number; the inbox knows an update by
  its content, so that what was handled since, if it is delivered again, takes effect here once.
- **What was erased since is erased again, and who left since has no rights again**: from the list
  beside the backups (`storage.erasures`), and from the old database where it can still be read.
- **An open invitation may have been used since**: none counts any more.
- **Nobody holds a lease.** Who acts takes a new one.
- **Every team remembers** (flag `RESTORED`) what it was put back to, so that its coordinators are
  told once, at the next start.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, func, inspect, make_url, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateSchema

from storage import backup, dump, erasures, outbox, people, teams, verify
from storage.backup import RESTORED, Contents, hear_nothing
from storage.columns import Room, room_of, to_number
from storage.database import BUSY_S, Database, check_keys, upgrade
from storage.dump import NotADump, Told
from storage.erasures import Applied
from storage.errors import BackupRefused, DatabaseFailed, DatabaseRefused
from storage.keys import Keyring, Randomness
from storage.migrations import run
from storage.sealed_file import BackupKeys
from storage.sqlite import SqliteEngine, lock_for_running
from storage.tables import lease, metadata
from storage.verify import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back. `aside`: where the old one is now, None when there was none.

    `again`: messages that go once more; `doubtful`: those that do not; `wrong`: what the restored
    database has of broken chains and the like, empty unless it was forced.
    """

    contents: Contents
    again: int
    doubtful: int
    erased: Applied
    invites: int
    wrong: tuple[Finding, ...]
    aside: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to put back and how. `erased`: the list of erasures; `force`: over what is there."""

    file: Path
    backup_keys: BackupKeys
    keys: Keyring
    erased: Path
    now: datetime
    force: bool = False
    told: Told = hear_nothing
    randomness: Randomness = os.urandom


async def restore(url: str, order: Order) -> Restored:
    """Put a backup back into the database at `url`; the bot must not run on it.

    Raises `BackupRefused` (a file that is not whole; something there already; chains that are
    broken, unless forced), `DatabaseRefused` (the bot runs, no such server) and `DatabaseFailed`;
    nothing was changed then.
    """
    contents = backup.read(order.file, order.backup_keys)
    target = make_url(url)
    if target.get_backend_name() == "postgresql":
        return await _into_postgresql(url, order, contents)
    path = Path(target.database or "")
    lock = lock_for_running(path)
    try:
        return await _into_sqlite(path, order, contents)
    finally:
        lock.release()


# SQLite: a new file, and one rename


async def _into_sqlite(path: Path, order: Order, contents: Contents) -> Restored:
    there = _is_there(path)
    if there:
        holds = await _look_at_old(f"sqlite:///{path}", order)
        if holds and not order.force:
            raise _there_already()
        if _is_there(path, "-wal") and not order.force:
            raise _in_use(path)
    with building(path) as half:
        restored = await build(half, order, contents)
        if there:
            restored = replace(restored, aside=str(_move_aside(path, order.now)))
        _take_place(half, path)
    return restored


def _is_there(path: Path, end: str = "") -> bool:
    return os.path.lexists(f"{path}{end}")


async def build(path: Path, order: Order, contents: Contents) -> Restored:
    """Make a new SQLite database of a backup at `path`; raises as `restore` does."""
    room = Room(keys=order.keys, randomness=order.randomness)
    engine = SqliteEngine(path, room, BUSY_S)
    await engine.open()
    try:
        return await engine.write(partial(_put_back, order, contents))
    finally:
        await engine.close()  # folds the log into the file


@contextlib.contextmanager
def building(path: Path) -> Iterator[Path]:
    """Give a path beside `path` for a database that is being built; nothing stays of it there."""
    half = path.with_name(f".{path.name}.restoring")
    halves = [half, *(half.with_name(half.name + end) for end in ("-wal", "-shm", "-journal"))]
    for each in halves:
        each.unlink(missing_ok=True)
    try:
        yield half
    finally:
        for each in halves:
            each.unlink(missing_ok=True)


def _move_aside(path: Path, now: datetime) -> Path:
    """Give the old file a second name; it keeps its own until the new one takes that in one step.

    A log that is still there is the old one's: it goes with it, and never meets the new file.
    """
    name = f"{path.name}.before-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    aside, number = path.with_name(name), 1
    while _is_there(aside):
        number += 1
        aside = path.with_name(f"{name}-{number}")
    try:
        os.link(path, aside)
    except OSError:
        shutil.copy2(path, aside)  # a file system without links
    for end in ("-wal", "-shm"):
        log = path.with_name(path.name + end)
        if log.exists():
            log.rename(aside.with_name(aside.name + end))
    return aside


def _take_place(half: Path, path: Path) -> None:
    half.chmod(0o600)
    handle = os.open(half, os.O_RDONLY)
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
        half.replace(path)
        os.fsync(directory)
    finally:
        os.close(handle)
        os.close(directory)


def _in_use(path: Path) -> BackupRefused:
    return BackupRefused(
        "in_use",
        f"Another program has {path} open, or crashed on it; end it, or say --force.",
    )


# PostgreSQL: new tables, and one COMMIT


async def _into_postgresql(url: str, order: Order, contents: Contents) -> Restored:
    from storage.postgresql import PostgresqlEngine

    holds = await _look_at_old(url, order)
    room = Room(keys=order.keys, randomness=order.randomness)
    engine = PostgresqlEngine(make_url(url).set(drivername="postgresql+asyncpg"), room)
    await engine.open()
    try:
        return await engine.write(partial(_replace_tables, order, contents, holds))
    finally:
        await engine.close()


def _replace_tables(order: Order, contents: Contents, holds: bool, c: Connection) -> Restored:
    ours = {"alembic_version", *metadata.tables} & set(inspect(c).get_table_names())
    if "lease" in ours and _is_led(c, order.now):
        raise DatabaseRefused("running", "Kier runs on this database; stop it first.")
    if ours and holds and not order.force:
        raise _there_already()
    aside = None
    if ours:
        aside = f"kier_before_{order.now.astimezone(UTC):%Y%m%dt%H%M%Sz}"
        quoted = c.dialect.identifier_preparer.quote
        c.execute(CreateSchema(aside))
        for name in sorted(ours):
            # names of our own tables: nobody typed them
            c.execute(text(f"ALTER TABLE {quoted(name)} SET SCHEMA {quoted(aside)}"))
    restored = _put_back(order, contents, c)
    return replace(restored, aside=None if aside is None else f"schema {aside}")


def _is_led(c: Connection, now: datetime) -> bool:
    held = select(func.count()).select_from(lease).where(lease.c.until > now)
    return bool(c.scalar(held))


# both


async def _look_at_old(url: str, order: Order) -> bool:
    """Return whether a team is there, as far as can be told; keep what it knows of erasures."""
    try:
        old = await Database.open(url, keys=order.keys, migrate=False)
    except DatabaseRefused as refused:
        if refused.reason in ("unreachable", "foreign", "network", "directory", "running"):
            raise
        return True
    try:
        if not await old.read(teams.teams):
            return False
        if order.force:
            await erasures.catch_up(old, order.erased)
        return True
    except DatabaseFailed:
        return True  # too damaged to be read
    finally:
        await old.close()


def _there_already() -> BackupRefused:
    return BackupRefused(
        "not_empty",
        "There is a database already; say --force to put the backup in its place (the old one is "
        "moved aside, not deleted).",
    )


def _put_back(order: Order, contents: Contents, c: Connection) -> Restored:
    """Make the tables, fill them, look them through and make them safe, in one transaction."""
    run.upgrade(c, contents.schema)
    with backup.opened(order.file, order.backup_keys) as (_, lines):
        try:
            counts = dump.load(c, lines, order.told)
        except (NotADump, IntegrityError):
            raise BackupRefused(
                "unsound", "Rows are missing in this backup; take the one before it."
            ) from None
    assert dump.counted(c, counts) == counts == contents.counts, "rows were lost on the way"
    upgrade(c)
    check_keys(room_of(c), c)
    wrong = tuple(each for each in verify.verify(c, order.told) if each.wrong)
    if wrong and not order.force:
        raise BackupRefused(
            "unsound",
            f"{len(wrong)} things in this backup are not as they were written; see kier verify "
            "--backup, take the one before it, or say --force.",
        )
    return _make_safe(order, contents, wrong, c)


def _make_safe(
    order: Order, contents: Contents, wrong: tuple[Finding, ...], c: Connection
) -> Restored:
    again, doubtful = outbox.after_restore(c, order.now)
    invites = people.end_invites(c, order.now)
    erased = erasures.apply(c, erasures.read(order.erased), order.now)
    told = {
        "made_at": to_number(contents.made_at),
        "again": again,
        "doubtful": doubtful,
        "invites": invites,
    }
    for each in teams.teams(c):
        teams.set_flag(c, each.id, RESTORED, told, order.now)
    return Restored(
        contents=contents,
        again=again,
        doubtful=doubtful,
        erased=erased,
        invites=invites,
        wrong=wrong,
    )

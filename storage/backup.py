"""Backups: one sealed file each, made beside the running bot, kept for a month, read back at once.

A backup is a dump (`storage.dump`) in a sealed file (`storage.sealed_file`): the same from both
databases, so that one made on SQLite can be put back on PostgreSQL. It is one snapshot: every
commit before it is in it whole, none after it in part. The file gets its name when it was written,
brought to the disk and read back; whoever is killed before that leaves a file that the next one
removes, and the older backups as they were.

What is sealed in the rows stays sealed under the keys of the rows: neither a backup without the
key file nor the key file without a backup tells anything, and the backup key is a third secret.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import fcntl
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from storage import dump
from storage.columns import room_of, to_moment, to_number
from storage.database import Database, schema_version
from storage.disk import make_directory, settle
from storage.dump import Counts, NotADump, Told
from storage.errors import BackupRefused
from storage.migrations import REVISIONS
from storage.sealed_file import (
    SALT_BYTES,
    BackupKeys,
    SealedWriter,
    read_header,
    read_sealed,
)

HOURS_KEPT: Final = 24
DAYS_KEPT: Final = 14
WEEKS_KEPT: Final = 4
"""The keys of erased cases are in older backups still: none is kept beyond 30 days (privacy)."""
LAST: Final = "backup"
"""The flag of the last one: {"made_at": microseconds or None, "failed": a code since then, or
None}."""
RESTORED: Final = "restored"
"""The flag that a restore leaves for each team, until its coordinators were told of it:
{"made_at": microseconds, "again": n, "doubtful": n, "invites": n}."""
_NAME: Final = re.compile(r"kier-(\d{8}T\d{6}Z)\.backup")
_SPELLED: Final = "%Y%m%dT%H%M%SZ"
_HALF: Final = ".kier-backup.part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that is there whole, with its rows by table. `size` in bytes."""

    path: Path
    made_at: datetime
    size: int
    counts: Counts


def hear_nothing(_: str) -> None:
    """Take no notice of what is worked at."""


async def make(
    database: Database,
    place: Path,
    keys: BackupKeys,
    now: datetime,
    *,
    told: Told = hear_nothing,
) -> Backup:
    """Make a backup in the directory `place` and remove those that are too many.

    Raises `BackupRefused` (another is being made, no room, not readable afterwards) and
    `DatabaseFailed`; the older ones are then as they were.
    """
    with _alone(place) as half:
        try:
            await database.snapshot(partial(_write, half, keys, now, told))
            found = await asyncio.to_thread(read, half, keys)
            path = place / f"kier-{now.astimezone(UTC):{_SPELLED}}.backup"
            with said(place):
                half.replace(path)
                settle(place)
        finally:
            with contextlib.suppress(OSError):
                half.unlink()
        for old in superseded(kept(place), now):
            with said(place):
                old.unlink()
    return Backup(path=path, made_at=now, size=path.stat().st_size, counts=found.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a backup holds, read to its end. `made_at`: the moment of its snapshot."""

    made_at: datetime
    schema: str
    counts: Counts


def read(path: Path, keys: BackupKeys) -> Contents:
    """Read a backup to its end and return what is in it; raises `BackupRefused`."""
    with opened(path, keys) as (header, lines):
        try:
            counts = dump.count(lines)
        except NotADump:
            raise _not_whole() from None
        return Contents(
            made_at=to_moment(header["made_at"]), schema=header["schema"], counts=counts
        )


@contextlib.contextmanager
def opened(path: Path, keys: BackupKeys) -> Iterator[tuple[Mapping[str, Any], Iterable[bytes]]]:
    """Give what a backup says in clear, and its lines; raises `BackupRefused`, also while read."""
    try:
        file = path.open("rb")
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise BackupRefused("unreadable", f"{path} cannot be read ({reason}).") from None
    with file:
        header = read_header(file)
        if header.get("schema") not in REVISIONS:
            raise BackupRefused(
                "newer_schema",
                f"This backup was made by a newer version of Kier (schema {header.get('schema')});"
                " install that version.",
            )
        file.seek(0)
        yield header, read_sealed(file, keys)


def _not_whole() -> BackupRefused:
    return BackupRefused("damaged", "This backup is not whole; take the one before it.")


def _write(half: Path, keys: BackupKeys, now: datetime, told: Told, c: Connection) -> None:
    """Write the dump of this snapshot; begins anew when it runs again."""
    header = {"schema": schema_version(c), "made_at": to_number(now), "from": c.dialect.name}
    with said(half.parent):
        handle = os.open(half, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            writer = SealedWriter(file, keys, header, room_of(c).randomness(SALT_BYTES))
            dump.dump(c, writer.write, told)
            writer.close()
            file.flush()
            os.fsync(file.fileno())


@contextlib.contextmanager
def _alone(place: Path) -> Iterator[Path]:
    """Give the path to write at, when no other process makes a backup here."""
    with said(place):
        make_directory(place)
        directory = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(directory, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupRefused("busy", "Another backup is being made; wait for it.") from None
        yield place / _HALF
    finally:
        os.close(directory)


@contextlib.contextmanager
def said(place: Path) -> Iterator[None]:
    """Turn what the disk refuses into a `BackupRefused`, with a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise BackupRefused("no_room", f"There is no room in {place}; make some.") from error
        reason = os.strerror(error.errno or 0)
        raise BackupRefused(
            "not_written", f"No backup can be written in {place} ({reason})."
        ) from error


def kept(place: Path) -> tuple[tuple[datetime, Path], ...]:
    """Return the backups in a directory by the moment in their names, the oldest first."""
    if not place.is_dir():
        return ()
    found = []
    for path in place.iterdir():
        named = _NAME.fullmatch(path.name)
        if named is not None:
            found.append((datetime.strptime(named[1], _SPELLED).replace(tzinfo=UTC), path))
    return tuple(sorted(found))


def superseded(backups: Iterable[tuple[datetime, Path]], now: datetime) -> tuple[Path, ...]:
    """Return those that need not be kept.

    Kept are the last one of each of the newest `HOURS_KEPT` hours, however old they are (a clock
    that jumped, a bot that was off); the last of each day of the last `DAYS_KEPT` days; the last
    of each week of the last `WEEKS_KEPT` weeks. Days and weeks are UTC's.
    """
    of_hour: dict[str, Path] = {}
    of_day: dict[str, Path] = {}
    of_week: dict[str, Path] = {}
    all_: list[Path] = []
    for at, path in sorted(backups):
        all_.append(path)
        of_hour[f"{at:%Y%m%d%H}"] = path
        if now - at < timedelta(days=DAYS_KEPT):
            of_day[f"{at:%Y%m%d}"] = path
        if now - at < timedelta(weeks=WEEKS_KEPT):
            of_week[f"{at:%G%V}"] = path
    wanted = {*list(of_hour.values())[-HOURS_KEPT:], *of_day.values(), *of_week.values()}
    return tuple(path for path in all_ if path not in wanted)

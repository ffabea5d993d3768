"""Backups of a whole database: what is in them, which are kept, and what a killed one leaves."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import backup, teams
from storage.errors import BackupRefused
from storage.keys import new_key
from storage.sealed_file import BackupKeys, SealedWriter
from tests.storage.conftest import NOW, Store
from tests.storage.test_cases import Made, made, note

__all__ = ["made"]

HOUR = timedelta(hours=1)
KEYS = BackupKeys([new_key(lambda n: b"k" * n)])
OTHER_KEYS = BackupKeys([new_key(lambda n: b"o" * n)])


def back_up(store: Store, place: Path, at: datetime = NOW) -> backup.Backup:
    found: backup.Backup = store.run(backup.make(store.database, place, KEYS, at))
    return found


def refused(path: Path, keys: BackupKeys = KEYS) -> str:
    with pytest.raises(BackupRefused) as caught:
        backup.read(path, keys)
    assert len(caught.value.way_out) > 30
    return caught.value.reason


def names(place: Path) -> list[str]:
    return sorted(each.name for each in place.iterdir())


def test_a_backup_is_a_file_for_its_owner_only(store: Store, made: Made, tmp_path: Path) -> None:
    """Sealed, mode 0600, named by its moment in UTC, with every row of every table counted."""
    note(store, made, "de huurder wil praten")
    done = back_up(store, tmp_path / "b")
    assert done.path == tmp_path / "b" / "kier-20270913T082000Z.backup"
    assert done.path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o700
    assert names(tmp_path / "b") == [done.path.name]
    counts = backup.read(done.path, KEYS).counts
    assert counts == done.counts and counts["event"] >= 1 and counts["kase"] >= 1
    content = done.path.read_bytes()
    assert made.ref.encode() not in content and b"huurder" not in content


def test_a_file_that_cannot_be_trusted_is_refused(
    store: Store, made: Made, tmp_path: Path
) -> None:
    """Cut off, changed, another key's, another program's, missing: each says the way out (P16)."""
    path = back_up(store, tmp_path).path
    whole = path.read_bytes()
    assert refused(path, OTHER_KEYS) == "other_key"
    for content, why in (
        (whole[: len(whole) // 2], "damaged"),
        (whole[:-1] + bytes([whole[-1] ^ 1]), "damaged"),
        (b"SQLite format 3\0" + whole, "not_a_backup"),
        (b"", "not_a_backup"),
    ):
        path.write_bytes(content)
        assert refused(path) == why
    path.unlink()
    assert refused(path) == "unreadable"


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    """A backup of a later version holds what this one would lose: it names that version's need."""
    path = tmp_path / "b"
    with path.open("wb") as file:
        header = {"made_at": 0, "schema": "9999", "from": "sqlite"}
        writer = SealedWriter(file, KEYS, header, b"s" * 32)
        writer.write(b'{"end":{}}\n')
        writer.close()
    assert refused(path) == "newer_schema"


def test_rows_that_are_missing_are_noticed(tmp_path: Path) -> None:
    """The end says how many rows there were; a dump without an end is none."""
    table = b'{"columns":[["id","int"]],"last":2,"table":"team"}\n'
    for lines in (
        table + b'[1]\n{"end":{"team":2}}\n',
        table + b"[1]\n[2]\n",
        b"",
        b'[1]\n{"end":{}}\n',
        b'{"end":{}}\n[1]\n',
    ):
        path = tmp_path / "b"
        with path.open("wb") as file:
            header = {"made_at": 0, "schema": "0001", "from": "sqlite"}
            writer = SealedWriter(file, KEYS, header, b"s" * 32)
            writer.write(lines)
            writer.close()
        assert refused(path) == "damaged", lines


def test_two_backups_are_not_made_at_once(store: Store, made: Made, tmp_path: Path) -> None:
    """`kier backup` beside the bot's own: the second says so, and the first is whole."""
    back_up(store, tmp_path)
    with backup._alone(tmp_path), pytest.raises(BackupRefused) as busy:
        back_up(store, tmp_path, NOW + HOUR)
    assert busy.value.reason == "busy"
    assert len(backup.kept(tmp_path)) == 1
    back_up(store, tmp_path, NOW + HOUR)
    assert len(backup.kept(tmp_path)) == 2


def test_a_disk_that_takes_nothing_leaves_the_older_ones(
    store: Store, made: Made, tmp_path: Path
) -> None:
    """A backup that cannot be written, or not read again, takes no name and no other's place."""
    place = tmp_path / "b"
    first = back_up(store, place)
    before = first.path.read_bytes()
    (place / ".kier-backup.part").mkdir()
    with pytest.raises(BackupRefused) as failed:
        back_up(store, place, NOW + HOUR)
    assert failed.value.reason == "not_written"
    (place / ".kier-backup.part").rmdir()
    (tmp_path / "file").touch()
    with pytest.raises(BackupRefused):
        back_up(store, tmp_path / "file" / "b")
    assert names(place) == [first.path.name] and first.path.read_bytes() == before


CHILD = """
import asyncio, os, signal, sys
from pathlib import Path
from datetime import datetime, UTC
from storage import backup, dump
from storage.database import Database
from storage.keys import Keyring
from storage.sealed_file import BackupKeys

url, place, key, rows_key, table = sys.argv[1:]

def told(name):
    if name == table:
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    database = await Database.open(url, keys=Keyring([rows_key.encode()]), migrate=False)
    now = datetime(2027, 9, 13, 9, tzinfo=UTC)
    await backup.make(database, Path(place), BackupKeys([key.encode()]), now, told=told)

asyncio.run(main())
"""


def test_killed_in_the_middle_the_older_ones_are_whole(
    sqlite_url: str, sqlite_store: Store, tmp_path: Path
) -> None:
    """kill -9 in mid-backup: what was there is there, and the next one clears up (P16)."""
    sqlite_store.write(teams.put_team, "x", {}, NOW)
    place = tmp_path / "b"
    first = back_up(sqlite_store, place)
    key, rows_key = new_key(lambda n: b"k" * n), b"a2llcmtpZXJraWVya2llcmtpZXJraWVya2llcmtpZXI="
    words = [sqlite_url, str(place), key.decode(), rows_key.decode(), "event"]
    child = subprocess.run([sys.executable, "-c", CHILD, *words], check=False, cwd=Path.cwd())
    assert child.returncode == -signal.SIGKILL
    assert len(names(place)) == 2, "it was killed while it wrote"
    assert [path for _, path in backup.kept(place)] == [first.path]
    assert backup.read(first.path, KEYS).counts["team"] == 1
    second = back_up(sqlite_store, place, NOW + HOUR)
    assert names(place) == [first.path.name, second.path.name]


def test_an_hourly_backup_leaves_24_hours_14_days_4_weeks() -> None:
    """After months of hours: each recent hour, each day of two weeks, each week of a month."""
    start = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)
    there: dict[Path, datetime] = {}
    now = start
    for hours in range(50 * 24):
        now = start + hours * HOUR
        there[Path(str(hours))] = now
        for path in backup.superseded([(at, path) for path, at in there.items()], now):
            del there[path]
    ages = sorted(now - at for at in there.values())
    assert [age for age in ages if age < 24 * HOUR] == [n * HOUR for n in range(24)]
    assert len({at.date() for at in there.values() if now - at < timedelta(days=14)}) == 14
    assert len(there) == 24 + 13 + 2
    assert ages[-1] < timedelta(days=28), "no key of an erased case is kept longer (privacy)"


def test_backups_of_before_a_long_pause_stay_until_there_are_new_ones() -> None:
    """A bot that was off for a year, or a clock that jumped, deletes no backup at once (P12)."""
    old = [(NOW + n * HOUR, Path(str(n))) for n in range(24)]
    later = NOW + timedelta(days=400)
    assert backup.superseded([*old, (later, Path("new"))], later) == (Path("0"),)
    back = NOW - timedelta(days=400)
    assert backup.superseded([*old, (back, Path("back"))], back) == ()


def test_other_files_are_left_alone(store: Store, made: Made, tmp_path: Path) -> None:
    """What is not a backup by its name is nobody's to delete here."""
    place = tmp_path / "b"
    place.mkdir()
    (place / "kier-20200101T000000Z.backup.old").touch()
    (place / "notes.txt").touch()
    for hours in range(30):
        (place / f"kier-20200101T{hours % 24:02}{hours:02}00Z.backup").touch()
    back_up(store, place)
    kept = Counter(name.split(".", 1)[1] for name in names(place))
    assert kept == {"backup": 24, "backup.old": 1, "txt": 1}

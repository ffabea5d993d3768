"""Backups: hourly beside the bot, and `kier backup` at any time. Decides nothing about cases.

A backup that fails is no reason to stop: it is tried again, and the coordinators hear of it once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.markup import escape

from bot.clock import Clock, SystemClock
from bot.command import ended
from bot.hooks import Connection, OnBackupFailed
from bot.loops import Caught, Ran, caught, code_of
from bot.settings import Settings
from storage import backup, erasures, teams
from storage.backup import LAST, Backup, hear_nothing
from storage.columns import to_moment, to_number
from storage.database import Database
from storage.errors import BackupRefused, KeysRefused
from storage.keys import Keyring
from storage.sealed_file import BackupKeys

log = logging.getLogger("kier.backup")

EVERY: Final = timedelta(hours=1)
"""What a lost disk costs at most, when the backups lie on another one (P16)."""
AGAIN_S: Final = 600.0
BUSY_S: Final = 60.0


class BackupJob:
    """Makes the hourly backup of a running bot."""

    def __init__(
        self, database: Database, settings: Settings, clock: Clock, failed: OnBackupFailed
    ) -> None:
        """`failed` tells a coordinator, in the transaction that remembers that they were told."""
        self._database, self._settings = database, settings
        self._clock, self._tell = clock, failed

    async def run_once(self) -> Ran:
        """Make a backup if the last one is an hour old; raises what the database raises."""
        now = self._clock.now()
        made_at = await self._database.read(last_made)
        if made_at is not None and timedelta() <= now - made_at < EVERY:
            return Ran(wait_s=(EVERY - (now - made_at)).total_seconds())
        had_key = self._has_key()
        outcome = await caught(back_up(self._database, self._settings, now))
        if not had_key and self._has_key():
            log.warning("made %s: keep a copy elsewhere", self._settings.backup_key_file)
        if not isinstance(outcome, Caught):
            return Ran(count=1, wait_s=EVERY.total_seconds())
        code = reason_of(outcome.error)
        if code == "busy":
            return Ran(wait_s=BUSY_S)
        log.error("no backup: %s, again in %.0f s", code, AGAIN_S)
        await self._database.write(partial(self._failed, code, now))
        return Ran(wait_s=AGAIN_S)

    def _has_key(self) -> bool:
        return self._settings.backup_key_file.exists()

    def _failed(self, code: str, now: datetime, c: Connection) -> None:
        before = _remembered(c)
        if before.get("failed") is None:
            self._tell(c, now)
        _remember(c, {"made_at": before.get("made_at"), "failed": code}, now)


async def back_up(
    database: Database,
    settings: Settings,
    now: datetime,
    *,
    told: Callable[[str], None] = hear_nothing,
) -> Backup:
    """Make a backup now, and bring the list of erasures up to date.

    Raises `BackupRefused`, `KeysRefused` and `DatabaseFailed`.
    """
    place = place_of(settings)
    keys = open_backup_keys(settings)
    await erasures.catch_up(database, place / erasures.NAME)
    made = await backup.make(database, place, keys, now, told=told)
    value = {"made_at": to_number(now), "failed": None}
    await database.write(lambda c: _remember(c, value, now))
    return made


def place_of(settings: Settings) -> Path:
    """Return the directory of the backups."""
    assert settings.backup_dir is not None, "these settings make no backups"
    return settings.backup_dir


def open_backup_keys(settings: Settings) -> BackupKeys:
    """Return the backup keys, made when there are none; raises `KeysRefused`."""
    path = settings.backup_key_file
    return BackupKeys.load(path) if path.exists() else BackupKeys.create(path)


def size_words(size: int) -> str:
    """Return "19 kB" or "8.2 MB"."""
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def last_made(c: Connection) -> datetime | None:
    """Return when the last backup of this database was made, by its own account."""
    made_at = _remembered(c).get("made_at")
    return None if made_at is None else to_moment(made_at)


def last_failure(c: Connection) -> str | None:
    """Return the code of the failure since then, None when the last one was made."""
    code: str | None = _remembered(c).get("failed")
    return code


def _remembered(c: Connection) -> Mapping[str, Any]:
    first = teams.team(c)
    flag = teams.flag(c, first.id, LAST) if first is not None else None
    return flag.value if flag is not None else {}


def _remember(c: Connection, value: Mapping[str, Any], now: datetime) -> None:
    for each in teams.teams(c):
        teams.set_flag(c, each.id, LAST, value, now)


def reason_of(error: Exception) -> str:
    """Return the code that may be logged."""
    if isinstance(error, BackupRefused | KeysRefused):
        return error.reason
    return code_of(error)


def main(settings: Settings) -> int:
    """Make a backup; exit status 0, 1 when it could not be made, 2 when Kier cannot work here."""
    console = Console(stderr=True, soft_wrap=True)

    def work() -> None:
        had_key = settings.backup_key_file.exists()
        with console.status("Reading") as status:
            made = asyncio.run(_make(settings, lambda table: status.update(f"Reading {table}")))
        cases, events = made.counts["kase"], made.counts["event"]
        said = f"cases: {cases}, events: {events}, {size_words(made.size)}, read back"
        console.print(f"{escape(str(made.path))}: {said}")
        if not had_key:
            console.print(
                f"A backup key was made: {escape(str(settings.backup_key_file))}. Keep a copy of "
                f"it elsewhere, and one of {escape(str(settings.key_file))}: without both no "
                "backup can be read."
            )

    return ended(console, work)


async def _make(settings: Settings, told: Callable[[str], None]) -> Backup:
    keys = Keyring.load(settings.key_file)
    database = await Database.open(settings.database_url, keys=keys, migrate=False)
    try:
        return await back_up(database, settings, SystemClock().now(), told=told)
    finally:
        await database.close()

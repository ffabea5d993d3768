"""The operator who makes a backup, loses the database and puts the backup back (P16)."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from storage import backup, erasures
from storage.database import Database
from storage.errors import BackupRefused, DatabaseFailed
from storage.keys import Keyring
from storage.restore import Order, restore
from storage.sealed_file import BackupKeys

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

KEPT_OF_A_DAMAGED_FILE: Final = 5000


class Restorer:
    """Keeps the newest backup of a story, and puts it back when ordered to."""

    def __init__(self, sim: Simulation, keys: Keyring) -> None:
        self._sim, self._keys = sim, keys
        self._made: backup.Backup | None = None
        self._ordered = False
        self._damaged = False
        self.lost_since: list[tuple[datetime, datetime]] = []
        """From when until when what happened is lost: a backup's age, as promised."""

    @property
    def _place(self) -> Path:
        return self._sim.folder / "backups"

    def _backup_keys(self) -> BackupKeys:
        path = self._sim.folder / "backup.key"
        if path.exists():
            return BackupKeys.load(path)
        return BackupKeys.create(path, self._sim.dice.randbytes)

    async def back_up(self, database: Database) -> None:
        """Make a backup beside the running bot, as `kier backup` does."""
        try:
            await erasures.catch_up(database, self._place / erasures.NAME)
            now = self._sim.clock.now()
            self._at = self._sim.clock.true()
            self._made = await backup.make(database, self._place, self._backup_keys(), now)
            self._sim.tell("a backup is made")
        except (BackupRefused, DatabaseFailed) as refused:
            self._sim.tell(f"no backup: {refused}")

    def order(self, *, damaged: bool) -> None:
        """Stop the process and put the backup back; `damaged`: the file is broken first."""
        if self._made is None:
            return
        self._ordered, self._damaged = True, damaged
        if self._sim.stop is not None:
            self._sim.stop.ask("SIGTERM")

    def at_rest(self) -> None:
        """The process is down: do what was ordered."""
        sim = self._sim
        if not self._ordered:
            return
        if self._damaged:
            self._damaged = False
            for end in ("-wal", "-shm"):
                sim.path.with_name(sim.path.name + end).unlink(missing_ok=True)
            sim.path.write_bytes(sim.path.read_bytes()[:KEPT_OF_A_DAMAGED_FILE])
            sim.tell("the database file is cut short")
            sim.facts.left_known = frozenset()
            return  # the process must refuse to start on it; then it is restored
        self._ordered = False
        assert self._made is not None
        order = Order(
            file=self._made.path,
            backup_keys=self._backup_keys(),
            keys=self._keys,
            erased=self._place / erasures.NAME,
            now=sim.clock.now(),
            force=True,
        )
        restored = asyncio.run(restore(f"sqlite:///{sim.path}", order))
        self.lost_since.append((self._at, sim.clock.true()))
        sim.tell(f"the backup is put back: {restored.again} go again, {restored.doubtful} do not")
        sim.facts.restored()

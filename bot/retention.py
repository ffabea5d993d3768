"""Beside the running bot: what is personal goes when its term is over, from the disk too (P18).

Hourly, in short transactions of its own; what is over is decided by rows, so that a restart or an
outage loses nothing. Announcing is part of the team's morning.
"""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial
from typing import Final

from bot.backup import place_of, reason_of
from bot.clock import Clock
from bot.handle.office import Desk, Office
from bot.handle.retention import Keeping
from bot.hooks import Connection
from bot.loops import Caught, Ran, caught
from bot.settings import Settings
from scheduler.workdays import Workdays
from storage import erasures
from storage.database import Database

log = logging.getLogger("kier.retention")

EVERY_S: Final = 3600.0
AGAIN_S: Final = 600.0


class RetentionJob:
    """Erases and deletes for one team."""

    def __init__(self, database: Database, settings: Settings, team_id: int, clock: Clock) -> None:
        """The terms are those of the team in `settings`."""
        self._database, self._settings, self._clock = database, settings, clock
        self._office = desk_office(settings, team_id)

    async def run_once(self) -> Ran:
        """Erase what is over; raises what the database raises."""
        now = self._clock.now()
        gone = 0
        while erased := await self._database.write(partial(self._erased, now)):
            gone += erased
        # then: who reported what was just erased may have nothing here any more
        gone += await self._database.write(partial(self._tidied, now))
        # each time: what was erased in a process that was killed, or beside us, must go too
        outcome = await caught(wipe(self._database, self._settings))
        if isinstance(outcome, Caught):
            log.error("erased, but not yet off the disk: %s", reason_of(outcome.error))
            return Ran(count=gone, wait_s=AGAIN_S)
        return Ran(count=gone, wait_s=EVERY_S)

    def _tidied(self, now: datetime, c: Connection) -> int:
        return Keeping(Desk(c, self._office, now)).tidy()

    def _erased(self, now: datetime, c: Connection) -> int:
        return Keeping(Desk(c, self._office, now)).erase()


def desk_office(settings: Settings, team_id: int) -> Office:
    """Return the office of a desk that begins no case: the procedures are those stored."""
    return Office(
        team_id=team_id,
        team=settings.team,
        days=Workdays(settings.team.calendar),
        bot_name=None,
        current={},
    )


async def wipe(database: Database, settings: Settings) -> None:
    """After erasing: write it down beside the backups, and leave nothing of it on the disk.

    Raises `BackupRefused` and `DatabaseFailed`; to be called again then.
    """
    if settings.backup_dir is not None:
        await erasures.catch_up(database, place_of(settings) / erasures.NAME)
    await database.fold_log()

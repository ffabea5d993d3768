"""Looks each minute how the bot does, and tells the coordinators once of what is out of bounds.

What was told is remembered beside it, in the same transaction: a restart tells nothing twice, and
what is well again may be told anew when it goes wrong anew. While Telegram is out of reach the
words wait in the outbox like all others; they say since when it was wrong.
"""

from __future__ import annotations

import logging
import shutil
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.clock import Clock
from bot.health.bounds import out_of_bounds
from bot.hooks import Connection, OnOutOfBounds
from bot.loops import Ran
from bot.settings import Settings
from storage import teams
from storage.database import Database
from storage.vitals import Vitals, vitals

log = logging.getLogger("kier.health")

EVERY_S: Final = 60.0
TOLD: Final = "health"
"""Key of the flag that holds the codes that were told and are still wrong."""


class Watch:
    """Watches over one team's bot from within."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        team_id: int,
        clock: Clock,
        tell: OnOutOfBounds,
    ) -> None:
        """`tell` queues the words, in the transaction that remembers that they were told."""
        self._database, self._settings = database, settings
        self._team_id, self._clock, self._tell = team_id, clock, tell
        self._began = clock.now()

    async def run_once(self) -> Ran:
        """Look once; raises what the database raises."""
        now = self._clock.now()
        seen, told = await self._database.read(partial(self._look, now))
        wrong = out_of_bounds(
            seen,
            free_bytes=shutil.disk_usage(self._settings.data_dir).free,
            makes_backups=self._settings.backup_dir is not None,
        )
        if now - self._began < timedelta(seconds=EVERY_S):
            # what a downtime left behind is being caught up with; it is not wrong yet
            return Ran(wait_s=EVERY_S)
        if set(wrong) != told:
            for code in sorted(set(wrong) - told):
                log.warning("out of bounds: %s", code)
            await self._database.write(partial(self._say, dict(wrong), now))
        return Ran(count=len(set(wrong) - told), wait_s=EVERY_S)

    def _look(self, now: datetime, c: Connection) -> tuple[Vitals, set[str]]:
        return vitals(c, self._team_id, now), _told(c, self._team_id)

    def _say(self, wrong: dict[str, float], now: datetime, c: Connection) -> None:
        for code in sorted(set(wrong) - _told(c, self._team_id)):
            since = now - timedelta(seconds=wrong[code]) if code != "disk-low" else now
            self._tell(c, code, since, now)
        if wrong:
            teams.set_flag(c, self._team_id, TOLD, sorted(wrong), now)
        else:
            teams.drop_flag(c, self._team_id, TOLD)


def _told(c: Connection, team_id: int) -> set[str]:
    flag = teams.flag(c, team_id, TOLD)
    return set(flag.value) if flag is not None else set()

"""One process at a time acts for a team on PostgreSQL; on SQLite the lock file does this (P15).

A lease in the database, renewed while the process lives; another process that starts meanwhile
ends with a sentence. One that was frozen, or cut off, while another took over writes nothing more:
each unit begins by looking at the epoch, with the lease's row held until its COMMIT. What cannot
ask the database, a call to Telegram, asks how long ago the lease was last renewed.
"""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from functools import partial
from typing import Final

from bot.clock import SystemClock, seconds_asleep_too
from bot.hooks import Connection
from bot.loops import Alarm, Ran, Stop, log_alarm
from storage import leases
from storage.database import Database
from storage.errors import LeaseLost

NAME: Final = "bot"
LEASE: Final = timedelta(seconds=30)
"""After a crash another process may start this much later."""
SURE_S: Final = 25.0
"""So long after a renewal nobody else can have taken over, be the clocks a little apart."""
RENEW_S: Final = 10.0
LOST: Final = "lease-lost"


class Leader:
    """The lease of this process; always by the real clock, also where the demo's is shifted."""

    def __init__(
        self, database: Database, team_id: int, *, stop: Stop, alarm: Alarm = log_alarm
    ) -> None:
        """Nothing is held before `take`."""
        self._database, self._team_id = database, team_id
        self._stop, self._alarm = stop, alarm
        self._epoch = 0
        self._sure_until = 0.0

    async def take(self) -> bool:
        """Return whether this process may act; False while another holds the lease.

        From then on each unit of the database that writes looks first whether it still does.
        """
        asked_at, now = seconds_asleep_too(), SystemClock().now()
        holder = f"{socket.gethostname()}:{os.getpid()}"
        epoch = await self._database.write(
            partial(
                leases.take,
                team_id=self._team_id,
                name=NAME,
                holder=holder,
                now=now,
                until=now + LEASE,
            )
        )
        if epoch is None:
            return False
        self._epoch, self._sure_until = epoch, asked_at + SURE_S
        self._database.fence(self._still)
        return True

    def leads(self) -> bool:
        """Return whether nobody can have taken over yet: ask before each call to Telegram."""
        return seconds_asleep_too() < self._sure_until

    async def run_once(self) -> Ran:
        """Renew; a lease that is another's by now ends the process at once."""
        asked_at, until = seconds_asleep_too(), SystemClock().now() + LEASE
        renew = partial(
            leases.renew, team_id=self._team_id, name=NAME, epoch=self._epoch, until=until
        )
        if not await self._database.write(renew, fenced=False):
            self._sure_until = 0.0
            return Ran(fatal=LOST if self._stop.reason != LOST else None, wait_s=None)
        self._sure_until = asked_at + SURE_S
        return Ran(count=1, wait_s=RENEW_S)

    def _still(self, c: Connection) -> None:
        if not leases.holds(c, self._team_id, NAME, self._epoch):
            self._sure_until = 0.0
            if self._stop.reason != LOST:
                self._alarm(LOST)
                self._stop.ask(LOST)
            raise LeaseLost

    async def release(self) -> None:
        """Let another start at once; no error when another has done so."""
        now = SystemClock().now()
        release = partial(
            leases.release, team_id=self._team_id, name=NAME, epoch=self._epoch, now=now
        )
        await self._database.write(release, fenced=False)

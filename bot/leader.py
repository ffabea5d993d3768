"""One process at a time acts for a team on PostgreSQL; on SQLite the lock file does this (P15).

A lease in the database, renewed while the process lives; another process that starts meanwhile
ends with a sentence, and one that lost its lease stops before it acts again.
"""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.clock import SystemClock
from bot.hooks import Connection
from bot.loops import Ran
from storage import leases
from storage.database import Database

NAME: Final = "bot"
LEASE: Final = timedelta(seconds=30)
"""After a crash another process may start this much later."""
RENEW_S: Final = 10.0


class Leader:
    """The lease of this process; always by the real clock, also where the demo's is shifted."""

    def __init__(self, database: Database, team_id: int) -> None:
        """Nothing is held before `take`."""
        self._database, self._team_id = database, team_id
        self._epoch: int | None = None

    async def take(self) -> bool:
        """Return whether this process may act; False while another holds the lease."""
        now = SystemClock().now()
        holder = f"{socket.gethostname()}:{os.getpid()}"
        self._epoch = await self._database.write(
            partial(
                leases.take,
                team_id=self._team_id,
                name=NAME,
                holder=holder,
                now=now,
                until=now + LEASE,
            )
        )
        return self._epoch is not None

    async def run_once(self) -> Ran:
        """Renew; a lease that is another's by now ends the process at once."""
        assert self._epoch is not None
        now = SystemClock().now()
        held = await self._database.write(partial(self._renew, now=now))
        return Ran(count=1, wait_s=RENEW_S) if held else Ran(fatal="lease-lost")

    def _renew(self, c: Connection, now: datetime) -> bool:
        assert self._epoch is not None
        return leases.renew(c, self._team_id, NAME, self._epoch, now, now + LEASE)

    async def release(self) -> None:
        """Let another start at once."""
        if self._epoch is not None:
            now = SystemClock().now()
            await self._database.write(partial(self._release, now=now))

    def _release(self, c: Connection, now: datetime) -> None:
        assert self._epoch is not None
        leases.release(c, self._team_id, NAME, self._epoch, now)

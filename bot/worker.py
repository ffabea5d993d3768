"""Inbox → handle: one update, one transaction; in order per lane, lanes side by side.

An update that raises is undone whole, counted and tried again; at the fifth time it becomes a dead
letter and its lane goes on. An error of the database counts against no update: nothing is
confirmed, and the same update is taken up again when the database is back (P2, P14).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.clock import Clock
from bot.hooks import Connection, Handle, Handled, OnDead
from bot.loops import Alarm, Caught, Ran, caught, code_of, log_alarm, together
from storage import inbox
from storage.database import Database
from storage.errors import DatabaseFailed, Uncertain
from storage.inbox import InboxRow

log = logging.getLogger("kier.worker")

LANES_AT_ONCE = 16  # SQLite commits what waits together, so more lanes mean fewer commits
LOOK_AGAIN_S = 5.0  # unwoken: another process may have stored something
BUSY_ELSEWHERE_S = 0.05  # all that waits raised, or is in another process's hands
REST_FIRST_S = 0.1  # a lane whose update raised; doubled with each attempt


class Worker:
    """Takes updates from the inbox and lets `handle` give them their effect."""

    def __init__(
        self,
        database: Database,
        *,
        team_id: int,
        clock: Clock,
        handle: Handle,
        on_dead: OnDead,
        handled: Callable[[datetime | None], None],
        alarm: Alarm = log_alarm,
    ) -> None:
        """`handled` is called after each batch of commits, with the earliest due moment set."""
        self._database = database
        self._team_id = team_id
        self._clock = clock
        self._handle = handle
        self._on_dead = on_dead
        self._handled = handled
        self._alarm = alarm
        self._rests: dict[int, float] = {}

    async def run_once(self) -> Ran:
        """Handle the oldest update of up to `LANES_AT_ONCE` lanes; return how many were settled.

        Raises what the database raises; what was committed before stays.
        """
        monotonic = self._clock.monotonic()
        self._rests = {lane: until for lane, until in self._rests.items() if until > monotonic}
        rows = await self._database.read(
            partial(
                inbox.next_lanes,
                team_id=self._team_id,
                limit=LANES_AT_ONCE,
                busy=frozenset(self._rests),
            )
        )
        if not rows:
            return Ran(wait_s=self._quiet_s(monotonic))
        outcomes = await together(self._one(row) for row in rows)
        settled = [each for each in outcomes if isinstance(each, Handled)]
        if settled:
            self._handled(min((each.wake_at for each in settled if each.wake_at), default=None))
        for each in outcomes:
            if isinstance(each, Caught):
                raise each.error
        return Ran(count=len(settled), wait_s=0.0 if settled else BUSY_ELSEWHERE_S)

    def _quiet_s(self, monotonic: float) -> float:
        return min([LOOK_AGAIN_S, *(until - monotonic for until in self._rests.values())])

    async def _one(self, row: InboxRow) -> Handled | Caught | None:
        """Return what became of an update; None: raised, or another's; Caught: no database."""
        outcome = await caught(self._database.write(partial(self._unit, row_id=row.id)))
        if not isinstance(outcome, Caught):
            return outcome
        if isinstance(outcome.error, DatabaseFailed | Uncertain):
            return outcome
        return await self._failed(row, code_of(outcome.error))

    def _unit(self, c: Connection, row_id: int) -> Handled | None:
        """The one transaction of an update: it is taken, has its effect, is settled."""
        row = inbox.take(c, row_id)
        if row is None:
            return None
        now = self._clock.now()
        handled = self._handle(c, row, now)
        if handled.dead is not None:
            inbox.bury(c, row.id, handled.dead, now)
            self._on_dead(c, row, now)
        elif handled.refused is not None:
            inbox.refused(c, row.id, handled.refused, now)
        else:
            inbox.done(c, row.id, now)
        return handled

    async def _failed(self, row: InboxRow, code: str) -> Handled | Caught | None:
        dead = row.attempts + 1 >= inbox.ATTEMPTS_MAX
        log.error("update %d: %s%s", row.id, code, ", a dead letter now" if dead else "")
        self._rests[row.lane] = self._clock.monotonic() + REST_FIRST_S * 2.0**row.attempts
        told = await caught(self._database.write(partial(self._count, row, code, tell=dead)))
        if isinstance(told, Caught) and not isinstance(told.error, DatabaseFailed | Uncertain):
            self._alarm("dead-letter-untold")
            told = await caught(self._database.write(partial(self._count, row, code, tell=False)))
        if isinstance(told, Caught):
            return told
        # a coordinator's message waits in the outbox
        return Handled(refused="dead") if dead else None

    def _count(self, row: InboxRow, code: str, c: Connection, *, tell: bool) -> None:
        now = self._clock.now()
        inbox.failed(c, row.id, code, now)
        if tell:
            self._on_dead(c, row, now)

"""Telegram → inbox: store, commit, and only then acknowledge. Looks at no update's content.

Telegram forgets an update when a later offset is asked for. So the next offset leaves this process
only after the commit of everything below it; an error of the database means the same updates come
again, and the inbox knows them by id and body.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, assert_never

from bot.clock import Clock
from bot.hooks import Connection, OnUnreadable, nothing
from bot.loops import Alarm, Ran, Stop, log_alarm
from bot.outcomes import (
    UPDATES_MAX,
    Fetched,
    FetchesUpdates,
    Rejected,
    RetryLater,
    TakenOver,
    Tangled,
    Trouble,
    Unauthorized,
    Unreachable,
    Unsure,
)
from storage import inbox
from storage.database import Database

POLL_S = 50  # the longest the server waits
OFFSET_AGE_MAX_S = 86_400.0
"""After an idle week Telegram goes on at a random number, which may be lower: an offset kept that
long would make it forget new updates unseen. For the same reason none is stored: after a start
Telegram gives again what was not acknowledged, and the inbox knows it."""

BACK_OFF_FIRST_S = 1.0
BACK_OFF_LONGEST_S = 30.0
DOWN_ALARM_S = 300.0  # bad_inputs 71
AT_ONCE_S = 0.5  # an empty answer sooner than this was not waited for
CONFLICT_FIRST_S = 3.0  # an instance of before may be ending its last poll
CONFLICT_S = 30.0  # 409: give the other one time to end; never a hot loop (bad_inputs 69)

QUEUE_MAX = 20_000
"""Updates that wait to be handled; more stay with Telegram, which keeps them for a day (S20)."""
FULL_S = 1.0

ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
"""What the bot reacts to. Telegram remembers the list; what is not named is never delivered."""


class Poller:
    """One poller for one token; a second one anywhere gets 409 and so does this one."""

    def __init__(
        self,
        gateway: FetchesUpdates,
        database: Database,
        *,
        team_id: int,
        clock: Clock,
        stop: Stop,
        stored: Callable[[], None],
        conflict: Callable[[bool], None],
        unreadable: OnUnreadable = nothing,
        alarm: Alarm = log_alarm,
        poll_s: int = POLL_S,
        allowed: tuple[str, ...] = ALLOWED,
    ) -> None:
        """`stored` is called after each commit that put something in.

        `unreadable` is told, in the same transaction, how many updates were none at all (P2).
        `conflict` is told when another poller uses the token, and when that is over (threats S28).
        """
        self._gateway = gateway
        self._database = database
        self._team_id = team_id
        self._clock = clock
        self._stop = stop
        self._stored = stored
        self._conflict = conflict
        self._unreadable = unreadable
        self._alarm = alarm
        self._poll_s = poll_s
        self._allowed = allowed
        self._offset: int | None = None
        self._is_full = False  # the last answer was: there is more
        self._singly = 0  # so many more are asked for one at a time
        self._tangled: bytes | None = None
        self._offset_at = clock.monotonic()
        self._conflicts = 0
        self._failures = 0
        self.answered_at: float | None = None
        """When Telegram last answered a poll, by the monotonic clock."""
        self._down_since: float | None = None
        self._alarmed = False

    async def run_once(self) -> Ran:
        """Make one long poll and store what came; return how many updates that were.

        Raises what the database raises: then nothing was acknowledged.
        """
        if self._is_full and await self._database.read(self._waits_too_much):
            return Ran(wait_s=FULL_S)
        self._forget_old_offset()
        asked_at = self._clock.monotonic()
        outcome = await self._stop.unless(
            self._gateway.fetch_updates(
                offset=self._offset,
                timeout_s=self._poll_s,
                allowed=self._allowed,
                limit=1 if self._singly else UPDATES_MAX,
            )
        )
        if outcome is None:
            return Ran(wait_s=None)
        if isinstance(outcome, Fetched):
            ran = await self._store(outcome)
            waited_s = self._clock.monotonic() - asked_at
            if not outcome.updates and waited_s < AT_ONCE_S < self._poll_s:
                return Ran(wait_s=AT_ONCE_S)  # a server that does not wait, as Telegram's does
            return ran
        if isinstance(outcome, Tangled):
            return await self._untangle(outcome)
        return self._trouble(outcome)

    async def _untangle(self, tangled: Tangled) -> Ran:
        """Find the one update that keeps the others from being read; it becomes a dead letter.

        They are asked for one at a time. What comes alone, and likewise twice (half an answer is
        not cut off at the same place again), is stored as it is, and a coordinator is told (P2).
        """
        if not self._singly:
            self._singly = UPDATES_MAX
            return Ran()
        if tangled.body != self._tangled:
            self._tangled = tangled.body
            return Ran(wait_s=BACK_OFF_FIRST_S)
        return await self._store(Fetched(updates=(tangled.body,)))

    async def _store(self, fetched: Fetched) -> Ran:
        self._recovered()
        self._is_full = len(fetched.updates) >= UPDATES_MAX
        if not fetched.updates:
            self._singly = 0
            return Ran()
        self._singly = max(self._singly - len(fetched.updates), 0)
        stored = await self._database.write(partial(self._unit, fetched))
        self._stored()
        if stored.cursor is None:
            # nothing in it has a number: it cannot be acknowledged, and will come again
            self._alarm("updates-without-number")
            return Ran(count=stored.count, wait_s=BACK_OFF_LONGEST_S)
        self._offset = stored.cursor + 1
        self._offset_at = self._clock.monotonic()
        return Ran(count=stored.count)

    def _waits_too_much(self, c: Connection) -> bool:
        return inbox.is_full(c, self._team_id, QUEUE_MAX)

    def _unit(self, fetched: Fetched, c: Connection) -> inbox.Stored:
        now = self._clock.now()
        stored = inbox.store(c, self._team_id, fetched.updates, now)
        if stored.dead:
            self._unreadable(c, stored.dead, now)
        return stored

    def _forget_old_offset(self) -> None:
        """Poll without an offset after a quiet day: what was below it is long acknowledged."""
        if self._clock.monotonic() - self._offset_at > OFFSET_AGE_MAX_S:
            self._offset = None

    def _trouble(self, trouble: Trouble) -> Ran:
        match trouble:
            case Unauthorized():
                return Ran(fatal="token-refused")
            case TakenOver():
                self._conflicts += 1
                if self._conflicts == 2:  # one may be our own last poll, not ended at the server
                    self._alarm("token-used-elsewhere")
                    self._conflict(True)
                return Ran(wait_s=CONFLICT_S if self._conflicts > 1 else CONFLICT_FIRST_S)
            case RetryLater(seconds=seconds):
                return Ran(wait_s=seconds)
            case Unreachable() | Unsure() | Rejected():
                return Ran(wait_s=self._back_off())
            case _:
                assert_never(trouble)

    def _back_off(self) -> float:
        now = self._clock.monotonic()
        if self._down_since is None:
            self._down_since = now
        if now - self._down_since >= DOWN_ALARM_S and not self._alarmed:
            self._alarmed = True
            self._alarm("telegram-unreachable")
        self._failures += 1
        return min(BACK_OFF_LONGEST_S, BACK_OFF_FIRST_S * 2.0 ** min(self._failures - 1, 10))

    def _recovered(self) -> None:
        self.answered_at = self._clock.monotonic()
        self._failures = 0
        self._down_since = None
        self._alarmed = False
        if self._conflicts:
            self._conflicts = 0
            self._conflict(False)

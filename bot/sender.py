"""Outbox → Telegram: replies before bulk, within Telegram's limits, once or marked as a repeat.

A message is `sending` by a commit of its own before the call, and settled by another after it. A
crash or a time-out between the two is the one case in which nobody knows: then it goes out once
more, marked; after a second doubt a person is told (P5). Knows no text and no case.
"""

from __future__ import annotations

import asyncio
import html
import logging
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from typing import Any, assert_never

from bot.clock import Clock
from bot.hooks import FILLED, Attachment, Connection, SendHooks
from bot.loops import Alarm, Caught, Ran, Tasks, caught, code_of, log_alarm
from bot.maker import Maker, NotMade
from bot.outcomes import (
    Blocked,
    Gone,
    Migrated,
    NotModified,
    ParseRejected,
    Rejected,
    RetryLater,
    SendOutcome,
    SendsMessages,
    Sent,
    TakenOver,
    TooOld,
    Unauthorized,
    Unreachable,
    Unsure,
    Upload,
)
from bot.pacing import Pacing
from storage import outbox, people
from storage.database import Database
from storage.errors import DatabaseFailed, NotFound, Uncertain
from storage.outbox import Claimed

log = logging.getLogger("kier.sender")

READY_MAX = 2  # claimed ahead of the pace: enough never to wait for a commit, few after a crash
IN_HAND_MAX = 30  # claimed in all, begun or not
HOLD_CHAT_S = 0.1  # a claimed message whose chat has to wait longer goes back into the queue:
HOLD_S = 3.0  # a crash would make a doubt of it; the same when all have to wait
ANSWER_AGE_MAX = timedelta(seconds=15)  # an answer to a press is worth nothing after that
BACK_OFF_FIRST_S = 0.5
BACK_OFF_LONGEST_S = 30.0
RETRY_LONGEST_S = 60.0
DOWN_ALARM_S = 300.0
DOUBTS_IN_A_ROW = 3  # so many, and it is the network, not the message
LOOK_AGAIN_S = 5.0
NOT_LEADING_S = 1.0  # frozen or cut off for long: renewed or lost within seconds
RECOVER_EVERY_S = 60.0
SET_BACK_S = 30.0  # a clock that is set back so far leaves what waits in a time to come
HOOK_ATTEMPTS_MAX = 3

# Methods whose repeat does no harm: never marked, repeated until Telegram has answered.
_REPEATABLE = frozenset({"edit", "delete", "answer"})
# Kinds that go to the case's topic, where the channel has one for it.
_IN_TOPIC = frozenset({"group", "topic"})
# Calls that are not about a chat: the row's chat is whom it is for, not a parameter.
_CHATLESS = ("answer", "setMy", "deleteMy")


@dataclass(slots=True)
class _Finished:
    """A call that was answered and waits to be settled; `hooks_failed`: tries that raised."""

    row: Claimed
    outcome: SendOutcome
    hooks_failed: int = 0

    @property
    def quiet(self) -> bool:
        """Whether it is settled without hooks: they raised too often."""
        return self.hooks_failed >= HOOK_ATTEMPTS_MAX


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turned:
    """What one commit did: which answered rows go again as plain text, what was claimed."""

    plainly: tuple[bool, ...]
    claimed: tuple[Claimed, ...]
    upcoming: datetime | None


class Sender:
    """The one sender of a token. `wake` is set when something was queued or answered."""

    def __init__(
        self,
        gateway: SendsMessages,
        database: Database,
        *,
        team_id: int,
        clock: Clock,
        hooks: SendHooks | None = None,
        alarm: Alarm = log_alarm,
        leads: Callable[[], bool] = lambda: True,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """`leads` is asked before each call whether this process may still act (P15)."""
        self.wake = asyncio.Event()
        self._gateway = gateway
        self._database = database
        self._team_id = team_id
        self._clock = clock
        self._hooks = hooks or SendHooks()
        self._alarm = alarm
        self._leads = leads
        self._jitter = jitter
        self._maker = Maker()
        self._pacing = Pacing()
        self._tasks = Tasks()
        self._held: list[Claimed] = []
        self._calling: list[Claimed] = []
        self._finished: list[_Finished] = []
        self._plain: set[int] = set()
        self._unknown = False  # the outcome of a COMMIT
        self._paused = False
        self._signalled = True  # somebody says that there is something
        self._look = False  # a chat has become free
        self._next_claim = 0.0
        self._free_again: list[float] = []  # when chats that were made to wait are free again
        self._recovered_at: float | None = None
        self._ahead_s: float | None = None  # of the monotonic seconds, by the wall clock
        self._failures = 0
        self._doubts = 0
        self._down_since: float | None = None
        self._alarmed = False
        self._fatal: str | None = None

    # --- what others say to it -------------------------------------------------------------------

    def signal(self) -> None:
        """Look at the outbox now: something was queued, perhaps a person's answer."""
        self._signalled = True
        self.wake.set()

    def pause(self, paused: bool) -> None:
        """Begin nothing while another instance uses the token (threats S28)."""
        self._paused = paused
        self.signal()

    # --- the loop --------------------------------------------------------------------------------

    async def run_once(self) -> Ran:
        """Settle what was answered, claim what may go, begin what the limits allow now.

        Returns how many calls were begun. Raises what the database raises: what was answered is
        then settled by the next call, and never sent again for it.
        """
        try:
            return await self._turn()
        except Uncertain:
            self._unknown = True
            raise

    async def _turn(self) -> Ran:
        if self._unknown:
            await self._know_again()
        if self._was_set_back():
            await self._database.write(self._set_back_unit)
        await self._recover()
        if self._tasks.broken:
            raise self._tasks.broken.pop()
        idle = self._paused or self._fatal or not self._leads()
        await self._settle_and_claim(0 if idle else self._room())
        if self._fatal is not None:
            return Ran(fatal=self._fatal)
        if self._paused:
            await self._release(self._held, 0.0, "paused")
            return Ran(wait_s=None)
        if not self._leads():
            return Ran(wait_s=NOT_LEADING_S)
        begun, wait_s = self._begin_held()
        await self._release_slow()
        if self._free_again:
            wait_s = min(wait_s, max(self._free_again[0] - self._clock.monotonic(), 0.001))
        return Ran(count=begun, wait_s=wait_s)

    async def drain(self) -> None:
        """Give back what was not begun, wait for what was, and settle it: a clean stop."""
        await self._release(self._held, 0.0, "stopped")
        await self._tasks.drain()
        await self._settle_and_claim(0)
        await self._release(self._held, 0.0, "stopped")

    # --- crash -----------------------------------------------------------------------------------

    async def _recover(self) -> None:
        """Judge what a crash left under way: all of it at the start, later what nobody settled."""
        monotonic = self._clock.monotonic()
        first = self._recovered_at is None
        if not first and monotonic - (self._recovered_at or 0.0) < RECOVER_EVERY_S:
            return
        if self._held or self._finished or len(self._tasks):
            return  # ours are under way; a clock that jumped must not make a doubt of them
        found = await self._database.write(partial(self._recover_unit, first=first))
        self._recovered_at = monotonic
        self._pacing.forget(monotonic)
        if any(found):
            log.warning("left under way: %d go again, %d uncertain", *found)
            self._signalled = True

    def _recover_unit(self, c: Connection, *, first: bool) -> tuple[int, int]:
        self._set_back_unit(c)
        return outbox.recover(c, self._team_id, self._clock.now(), lapsed_only=not first)

    def _was_set_back(self) -> bool:
        """Return whether the wall clock was set back since the last turn: nobody waits for it."""
        ahead_s = self._clock.now().timestamp() - self._clock.monotonic()
        before, self._ahead_s = self._ahead_s, ahead_s
        return before is not None and before - ahead_s >= SET_BACK_S

    def _set_back_unit(self, c: Connection) -> None:
        outbox.clock_set_back(c, self._team_id, self._clock.now())
        self._signalled = True

    async def _know_again(self) -> None:
        """Read what a COMMIT of unknown outcome left: it was settled, claimed, given back, or not.

        What it gave back must not be begun, what it claimed must not wait as if a crash had left
        it, and what it settled has had its hooks.
        """
        rows = [*self._held, *self._calling, *(each.row for each in self._finished)]
        in_hand = frozenset((row.id, row.attempts) for row in rows)
        unit = partial(outbox.known_again, team_id=self._team_id, in_hand=in_hand)
        still = await self._database.write(unit)
        self._held = [row for row in self._held if (row.id, row.attempts) in still]
        self._finished = [
            each for each in self._finished if (each.row.id, each.row.attempts) in still
        ]
        self._unknown, self._signalled = False, True

    # --- settle and claim: one commit for both ---------------------------------------------------

    async def _settle_and_claim(self, room: int) -> None:
        """Write down what became of the calls that ended, and claim up to `room` messages."""
        finished = tuple(self._finished)
        if not finished and room <= 0:
            return
        signalled, self._signalled, self._look = self._signalled, False, False
        unit = partial(self._turn_unit, finished, room)
        turned = await caught(self._database.write(unit))
        if isinstance(turned, Caught):
            self._signalled, self._look = signalled, True
            if isinstance(turned.error, DatabaseFailed | Uncertain) or not finished:
                raise turned.error
            await self._settle_each(finished)
            return
        for each, plainly in zip(finished, turned.plainly, strict=True):
            self._settled(each, plainly)
        self._held += turned.claimed
        self._held.sort(key=lambda row: (row.lane, row.id))
        if room > 0:
            more = len(turned.claimed) == room
            quiet_s = 0.0 if more else self._quiet_s(turned.upcoming)
            self._next_claim = self._clock.monotonic() + quiet_s

    def _turn_unit(self, finished: tuple[_Finished, ...], room: int, c: Connection) -> _Turned:
        plainly = tuple(self._settle(each, c) for each in finished)
        claimed = outbox.claim(c, self._team_id, self._clock.now(), room) if room > 0 else ()
        upcoming = outbox.oldest_due(c, self._team_id) if len(claimed) < room else None
        return _Turned(plainly=plainly, claimed=claimed, upcoming=upcoming)

    async def _settle_each(self, finished: tuple[_Finished, ...]) -> None:
        """One of them raised (a hook): each alone, so that it costs the others nothing."""
        for each in finished:
            settled = await caught(self._database.write(partial(self._settle, each)))
            if not isinstance(settled, Caught):
                self._settled(each, settled)
                continue
            if isinstance(settled.error, DatabaseFailed | Uncertain) or each.quiet:
                raise settled.error
            each.hooks_failed += 1
            log.error("message %d: %s", each.row.id, code_of(settled.error))
            if each.hooks_failed == HOOK_ATTEMPTS_MAX:
                self._alarm("unsent-untold")

    def _settled(self, finished: _Finished, plainly: bool) -> None:
        self._finished.remove(finished)
        row = finished.row
        if plainly:
            self._plain.add(row.id)
            self._held.insert(0, row)
        else:
            self._plain.discard(row.id)
        self._look = True  # its chat may have more
        if isinstance(finished.outcome, RetryLater):
            heappush(self._free_again, self._clock.monotonic() + finished.outcome.seconds)

    def _room(self) -> int:
        """Return how many to claim now: few ahead of the pace, more when somebody may wait."""
        monotonic = self._clock.monotonic()
        while self._free_again and self._free_again[0] <= monotonic:
            heappop(self._free_again)
            self._look = True
        if (rest_s := self._pacing.overall_wait_s(monotonic)) > HOLD_S:
            self._next_claim = monotonic + rest_s
            return 0
        looking = self._signalled or self._look or self._finished
        return self._places() if looking or monotonic >= self._next_claim else 0

    def _places(self) -> int:
        in_hand = len(self._held) + len(self._tasks)
        ahead = READY_MAX if self._signalled else READY_MAX - len(self._held)
        return min(ahead, IN_HAND_MAX - in_hand)

    def _quiet_s(self, upcoming: datetime | None) -> float:
        """Return the seconds until the outbox is worth a look, if nobody signals before."""
        if upcoming is None:
            return LOOK_AGAIN_S
        ahead_s = (upcoming - self._clock.now()).total_seconds()
        # in the past: it waits for its chat, where a call is under way or is to be tried again
        return min(ahead_s, LOOK_AGAIN_S) if ahead_s > 0 else 1.0

    # --- begin -----------------------------------------------------------------------------------

    def _begin_held(self) -> tuple[int, float]:
        """Begin what may begin; return how many, and the seconds until the next may."""
        begun = 0
        wait_s = max(self._next_claim - self._clock.monotonic(), 0.0)
        for row in tuple(self._held):
            if self._failures and len(self._tasks):
                return begun, LOOK_AGAIN_S  # one alone finds out whether the way is open again
            monotonic = self._clock.monotonic()
            paced = not row.method.startswith("answer")
            overall_s = self._pacing.overall_wait_s(monotonic) if paced else 0.0
            row_s = max(overall_s, self._chat_wait_s(row, monotonic))
            if row_s > 0.0:
                wait_s = min(wait_s, row_s) if wait_s else row_s
                continue
            self._held.remove(row)
            self._pacing.begun(row.chat_id, row.method, monotonic)
            self._calling.append(row)
            self._tasks.start(self._call(row))
            begun += 1
        if self._places() <= 0 and not self._held:
            return begun, LOOK_AGAIN_S  # an answer wakes us
        return begun, max(wait_s, 0.001)

    def _chat_wait_s(self, row: Claimed, monotonic: float) -> float:
        return self._pacing.chat_wait_s(row.chat_id, row.method, monotonic)

    async def _call(self, row: Claimed) -> None:
        try:
            files = await self._files(row)
            if not self._leads():  # the last moment: nobody can take a call to Telegram back
                self._held.insert(0, row)
                return
            outcome = await self._gateway.send(row.method, self._payload(row), files)
        except NotFound:
            outcome = Rejected(code="no-file")
        except NotMade as error:
            outcome = Rejected(code=f"not-made:{error.code}")
        except DatabaseFailed as error:
            outcome = Unreachable(code=error.code)
        finally:
            self._calling.remove(row)
            self._pacing.ended(row.chat_id, row.method, self._clock.monotonic())
        self._note(row, outcome)
        self._finished.append(_Finished(row, outcome))
        self.wake.set()

    async def _files(self, row: Claimed) -> Mapping[str, Upload] | None:
        if not row.method.startswith(
            (
                "sendDocument",
                "sendPhoto",
                "sendVoice",
                "sendAudio",
                "sendMedia",
                "editMessageMedia",
            )
        ):
            return None
        found: Mapping[str, Attachment] = await self._database.read(
            lambda c: self._hooks.attach(c, row)
        )
        files = {name: Upload(name=at.name, content=at.content) for name, at in found.items()}
        for field, value in row.payload.items():
            if isinstance(value, dict) and "made" in value:
                content = await self._maker.make(value["made"], value["values"])
                files[field] = Upload(name=value["name"], content=content)
        return files

    def _payload(self, row: Claimed) -> dict[str, Any]:
        payload = {name: value for name, value in row.payload.items() if name != FILLED}
        if not row.method.startswith(_CHATLESS):
            payload["chat_id"] = row.chat_id  # the row's counts: a group may have moved
        if row.thread_id is not None and row.kind in _IN_TOPIC:
            payload["message_thread_id"] = row.thread_id
        if row.id in self._plain:
            payload = as_plain(payload)
        if row.again and row.kind not in _REPEATABLE:
            payload = marked_again(
                payload, str(row.meta.get("again_text", self._hooks.again_text))
            )
        return payload

    # --- what an answer means for the others -----------------------------------------------------

    def _note(self, row: Claimed, outcome: SendOutcome) -> None:
        """Slow down, rest or come back by what one answer says about the way to Telegram."""
        monotonic = self._clock.monotonic()
        match outcome:
            case RetryLater(seconds=seconds, chat_only=chat_only):
                self._reached()
                chat = row.chat_id if chat_only else None
                self._pacing.too_many(chat, seconds, monotonic)
            case Unreachable():
                self._out_of_reach(monotonic)
            case Unsure():
                self._doubts += 1
                if self._doubts >= DOUBTS_IN_A_ROW:
                    self._out_of_reach(monotonic)
            case Unauthorized():
                self._fatal = "token-refused"
            case _:
                self._reached()
                self._pacing.went_well()

    def _out_of_reach(self, monotonic: float) -> None:
        if self._down_since is None:
            self._down_since = monotonic
        if monotonic - self._down_since >= DOWN_ALARM_S and not self._alarmed:
            self._alarmed = True
            self._alarm("telegram-unreachable-sending")
        longest = min(BACK_OFF_LONGEST_S, BACK_OFF_FIRST_S * 2.0 ** min(self._failures, 10))
        self._failures += 1
        self._pacing.rest(longest * (0.5 + 0.5 * self._jitter()), monotonic)

    def _reached(self) -> None:
        self._failures = 0
        self._doubts = 0
        self._down_since = None
        self._alarmed = False

    # --- what became of it -----------------------------------------------------------------------

    def _settle(self, finished: _Finished, c: Connection) -> bool:
        """Settle one row by its outcome; return True when it should go at once as plain text."""
        row, outcome, now = finished.row, finished.outcome, self._clock.now()
        hooks = SendHooks() if finished.quiet else self._hooks
        if row.kind == "answer" and not isinstance(outcome, Sent) and _too_late(row, now):
            outbox.sent(c, row.id, None, now)  # nobody waits for it any more
            return False
        match outcome:
            case Sent(message_id=message_id, result=result):
                if outbox.sent(c, row.id, message_id, now):
                    hooks.on_sent(c, row, result, now)
            case NotModified() | Gone() | TooOld():
                if row.kind in _REPEATABLE or not row.method.startswith("send"):
                    outbox.sent(c, row.id, None, now)
                else:
                    self._failed(c, row, "gone", now, hooks)
            case ParseRejected():
                if row.id not in self._plain:
                    return True
                self._failed(c, row, "mark-up", now, hooks)
            case Blocked(code=code):
                if row.person_id is not None:
                    people.set_person(c, row.person_id, chat_ok=False)
                self._failed(c, row, code, now, hooks)
            case Rejected(code=code):
                self._failed(c, row, code, now, hooks)
            case Migrated(new_chat_id=new):
                outbox.migrate_chat(c, row.team_id, row.chat_id, new)
                outbox.retry(c, row.id, now, "migrated", now)
                hooks.on_migrated(c, row.team_id, row.chat_id, new, now)
            case Unsure(code=code):
                self._doubtful(c, row, code, now, hooks)
            case RetryLater(seconds=seconds):
                outbox.retry(c, row.id, now + timedelta(seconds=seconds), "429", now)
            case Unreachable(code=code):
                outbox.retry(c, row.id, now + self._back_off(row), code, now)
            case Unauthorized() | TakenOver():
                outbox.retry(c, row.id, now + timedelta(seconds=5), "not-ours", now)
            case _:
                assert_never(outcome)
        return False

    def _doubtful(
        self, c: Connection, row: Claimed, code: str, now: datetime, hooks: SendHooks
    ) -> None:
        if row.kind in _REPEATABLE:
            outbox.retry(c, row.id, now + self._back_off(row), code, now)
        elif outbox.ambiguous(c, row.id, now) is outbox.AfterDoubt.GAVE_UP:
            hooks.on_uncertain(c, row, now)

    def _failed(
        self, c: Connection, row: Claimed, code: str, now: datetime, hooks: SendHooks
    ) -> None:
        if outbox.failed(c, row.id, code, now):
            hooks.on_failed(c, row, code, now)

    def _back_off(self, row: Claimed) -> timedelta:
        """Return how long a message waits for its next attempt: doubling, with jitter, no end."""
        longest = min(RETRY_LONGEST_S, 2.0 ** min(row.attempts - 1, 10))
        return timedelta(seconds=longest * (0.5 + 0.5 * self._jitter()))

    # --- give back -------------------------------------------------------------------------------

    async def _release_slow(self) -> None:
        """Give back what would wait for long, so that a crash leaves it unsent, not in doubt."""
        monotonic = self._clock.monotonic()
        overall_s = self._pacing.overall_wait_s(monotonic)
        for row in tuple(self._held):
            chat_s = self._chat_wait_s(row, monotonic)
            if chat_s > HOLD_CHAT_S or overall_s > HOLD_S:
                await self._release([row], max(chat_s, overall_s), "paced")

    async def _release(self, rows: list[Claimed], wait_s: float, code: str) -> None:
        for row in tuple(rows):
            unit = partial(self._release_unit, row=row, wait_s=wait_s, code=code)
            await self._database.write(unit)
            self._held = [each for each in self._held if each.id != row.id]
            heappush(self._free_again, self._clock.monotonic() + wait_s)

    def _release_unit(self, c: Connection, *, row: Claimed, wait_s: float, code: str) -> None:
        now = self._clock.now()
        outbox.retry(c, row.id, now + timedelta(seconds=wait_s), code, now)


def _too_late(row: Claimed, now: datetime) -> bool:
    return now - row.queued_at > ANSWER_AGE_MAX


# --- payloads ------------------------------------------------------------------------------------

_TAG = re.compile(r"<[^<>]*>")


def as_plain(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a payload without mark-up: Telegram could not read it, a person can read the rest."""
    plain = {
        name: value
        for name, value in payload.items()
        if name not in ("parse_mode", "entities", "caption_entities")
    }
    if str(payload.get("parse_mode", "")).upper() == "HTML":
        for name in ("text", "caption"):
            if isinstance(plain.get(name), str):
                plain[name] = html.unescape(_TAG.sub("", plain[name]))
    return plain


def marked_again(payload: Mapping[str, Any], mark: str) -> dict[str, Any]:
    """Return a payload whose text begins with `mark`; entities move along (in UTF-16 units)."""
    marked = dict(payload)
    shift = len(f"{mark} ".encode("utf-16-le")) // 2
    for name, spans in (("text", "entities"), ("caption", "caption_entities")):
        if not isinstance(marked.get(name), str):
            continue
        marked[name] = f"{mark} {marked[name]}"
        if isinstance(marked.get(spans), list):
            marked[spans] = [{**each, "offset": each["offset"] + shift} for each in marked[spans]]
    return marked

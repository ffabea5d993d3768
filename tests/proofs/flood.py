"""Overload: twenty messages a second, bursts of fifty, and one account that sends a hundred.

The real `kier run` on a file, and a Telegram of our own that keeps its limits. How long an answer
takes is counted from the message to the call that answers it. In full an hour and a half; a share
plays the same in seconds and holds no time against anybody, since it says nothing about a machine
that does other things as well.
"""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections import Counter, deque
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any, Final

from bot.sandbox.state import ActError, Call
from storage import inbox, teams
from storage.database import Database
from storage.keys import Keyring
from tests.kill.yard import KIER, Yard, end, yard_at
from tests.proofs.figures import Figures, Tell
from tests.proofs.load import FIRST, RECEIVED, SEND, STORY, SYLLABLES, a_place

NAME: Final = "overload: bursts of 50 a second, one account with 100"
PROMISES: Final = ("P2", "P13")

STEADY, BURST, NOISY = 20, 50, 100
"""Messages a second: of everybody, of everybody in a burst, of one account alone."""
STEADY_S, BURST_S, FLOOD_S = 1500.0, 600.0, 600.0
"""Twice as long before and after a burst; then the flood."""
SHORTEST_S: Final = 1.0
REPORTING: Final = 0.05
"""The share of people who report; the others ask something."""
ASKED: Final = ("/about", "/reports", "/help")
P99_STEADY_S, P99_OTHERS_S = 2.0, 3.0
MEMORY_MAX_MB: Final = 300
DRAIN_S: Final = 60.0
QUIET_S: Final = 2.0
SENT_A_SECOND: Final = 25
"""What Telegram lets through, with some to spare: so fast a queue must drain."""

UNANSWERED: Final = "messages without an answer"
UNSETTLED: Final = "updates not done or refused"
REFUSED: Final = "messages refused of others than the flooder"
TOO_FAST: Final = "calls above Telegram's limits"
ENDED: Final = "processes that ended by themselves"
SLOW: Final = "ms that the slowest hundredth took too long"
FAT: Final = "MB above what it may take"


@dataclass(slots=True)
class Person:
    """Somebody who waits for an answer. `since`: when they sent what is not answered yet."""

    user: int
    since: float | None = None
    reports: bool = False
    pressed: bool = False


@dataclass(slots=True)
class Crowd:
    """People who write, each when the one before was answered; and how long that took."""

    yard: Yard
    dice: random.Random = field(default_factory=lambda: random.Random("flood"))
    people: dict[int, Person] = field(default_factory=dict)
    idle: deque[Person] = field(default_factory=deque)
    took: list[float] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    read: int = 0
    noise: int = 0

    def writes(self) -> None:
        """Let somebody write who waits for nothing, or somebody new."""
        if self.dice.random() < REPORTING:
            one = self._newcomer(reports=True)
            self._says(one, self._story(len(self.people)))
        else:
            one = self.idle.popleft() if len(self.idle) > BURST else self._newcomer()
            self._says(one, self.dice.choice(ASKED))

    def hears(self) -> None:
        """Take in what the bot has called since the last look."""
        calls = self.yard.sandbox.calls
        for call in calls[self.read :]:
            self._heard(call)
        self.read = len(calls)

    @property
    def waiting(self) -> list[Person]:
        """Who has no answer yet."""
        return [one for one in self.people.values() if one.since is not None]

    def _newcomer(self, *, reports: bool = False) -> Person:
        user = self.yard.sandbox.add_user(f"P{len(self.people)}")
        self.yard.sandbox.people[user].started = True
        one = self.people[user] = Person(user, reports=reports)
        return one

    def _says(self, one: Person, text: str) -> None:
        one.since = time.monotonic()
        self.counts["messages"] += 1
        self.yard.sandbox.user_text(one.user, text)

    def _story(self, number: int) -> str:
        last = "".join(SYLLABLES[int(digit)] for digit in f"{number:06}").capitalize()
        pairs = {name: number // 100**place % 100 for place, name in enumerate("cba")}
        return STORY.format(first=FIRST[number % 10], last=last, number=number, **pairs)

    def _heard(self, call: Call) -> None:
        one = self.people.get(call.payload.get("chat_id", 0))
        text = str(call.payload.get("text", ""))
        if one is None or call.method not in ("sendMessage", "editMessageText"):
            return
        if one.pressed and RECEIVED not in text:
            return
        if one.since is not None and call.delivered:
            self.took.append(call.tick - one.since)
            one.since = None
            self.counts["reports confirmed"] += one.pressed
        self._goes_on(one)

    def _goes_on(self, one: Person) -> None:
        """Let who reports press Send once; who asked something may ask again."""
        if not one.reports:
            self.idle.append(one)
            return
        if one.pressed:
            return
        shown = self.yard.sandbox.last(one.user)
        with suppress(ActError):
            self.yard.sandbox.press_label(one.user, shown["message_id"], SEND)
            one.since, one.pressed = time.monotonic(), True
            self.counts["messages"] += 1


async def _load(crowd: Crowd, per_s: float, seconds: float, noisy: int | None = None) -> None:
    """Let so many messages come each second, evenly; `noisy`: an account that sends beside."""
    began = time.monotonic()
    sent = noise = 0
    while (passed := time.monotonic() - began) < seconds:
        crowd.hears()
        while sent < passed * per_s:
            crowd.writes()
            sent += 1
        while noisy is not None and noise < passed * NOISY:
            crowd.yard.sandbox.user_text(noisy, crowd.dice.choice(ASKED))
            noise += 1
        await asyncio.sleep(0.005)
    crowd.noise += noise


async def _drained(crowd: Crowd) -> float:
    """Wait until everybody was answered, as fast as Telegram lets it; return the seconds."""
    began = time.monotonic()
    longest = DRAIN_S + len(crowd.waiting) / SENT_A_SECOND
    while crowd.waiting and time.monotonic() - began < longest:
        await asyncio.sleep(0.05)
        crowd.hears()
    return time.monotonic() - began


def _p99_ms(took: list[float]) -> int:
    return round(quantiles(took, n=100)[98] * 1000) if len(took) > 1 else 0


def _memory_mb(pid: int) -> int:
    """Return the most memory that the process ever held at once."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM"))
    return int(peak.split()[1]) // 1024


async def _settled(data: Path) -> inbox.Counts:
    keys = Keyring.load(data / "kier.key")
    database = await Database.open(f"sqlite:///{data}/kier.sqlite", keys=keys, migrate=False)

    def read(c: Any) -> inbox.Counts:
        return inbox.counts(c, teams.teams(c)[0].id)

    try:
        return await database.read(read)
    finally:
        await database.close()


async def _prove(scale: float, tell: Tell) -> Figures:
    began = time.monotonic()
    lasts = [max(each * scale, SHORTEST_S) for each in (STEADY_S, BURST_S, STEADY_S, FLOOD_S)]
    counts: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    with ExitStack() as places:
        place = a_place(places)
        async with yard_at(place, people=0) as yard:
            process = await yard.start(*KIER)
            crowd = Crowd(yard)
            crowd.writes()
            await _drained(crowd)
            phases = [STEADY, BURST, STEADY]
            for number, (per_s, seconds) in enumerate(zip(phases, lasts, strict=False)):
                crowd.took.clear()
                await _load(crowd, per_s, seconds)
                if per_s == STEADY and number == 0:
                    counts["ms at 20 a second, p99"] = _p99_ms(crowd.took)
                drained = await _drained(crowd)
                if per_s == BURST:
                    counts["s until the burst had drained"] = round(drained)
                    counts["ms at 50 a second, p99"] = _p99_ms(crowd.took)
                tell(number + 1, len(lasts))
            noisy = yard.sandbox.add_user("Noisy")
            yard.sandbox.people[noisy].started = True
            crowd.took.clear()
            await _load(crowd, STEADY, lasts[-1], noisy)
            await _drained(crowd)
            counts["ms beside a flooder, p99"] = _p99_ms(crowd.took)
            await _until_quiet(yard)
            counts["MB at most"] = _memory_mb(process.pid)
            bad[ENDED] += process.returncode is not None
            await end(process, signal.SIGTERM)
            settled = await _settled(place / "data")
            handed = len(yard.sandbox.updates.history)
            counts.update(crowd.counts)
            counts["messages of the flooder"] = crowd.noise
            bad[UNANSWERED] += len(crowd.waiting)
            bad[UNSETTLED] += abs(handed - settled.done - settled.refused) + settled.new
            bad[REFUSED] += max(settled.refused - crowd.noise, 0)
            bad[TOO_FAST] += len(yard.sandbox.meter.violations)
            tell(len(lasts), len(lasts))
    if scale >= 1:
        bad[SLOW] += max(counts["ms at 20 a second, p99"] - round(P99_STEADY_S * 1000), 0)
        bad[SLOW] += max(counts["ms beside a flooder, p99"] - round(P99_OTHERS_S * 1000), 0)
        bad[FAT] += max(counts["MB at most"] - MEMORY_MAX_MB, 0)
    return Figures(
        counts=dict(counts),
        bad=dict(bad),
        control={"messages of the flooder that were refused": settled.refused},
        seconds=time.monotonic() - began,
    )


async def _until_quiet(yard: Yard) -> None:
    """Wait until nothing but polls has come for a while: what the flooder sent is settled."""
    quiet_since, seen = time.monotonic(), 0
    while time.monotonic() - quiet_since < QUIET_S:
        await asyncio.sleep(0.1)
        calls = yard.sandbox.calls
        if any(call.method != "getUpdates" for call in calls[seen:]):
            quiet_since = time.monotonic()
        seen = len(calls)


def prove(scale: float, tell: Tell) -> Figures:
    """Load it for an hour and a half (1.0)."""
    return asyncio.run(_prove(scale, tell))

"""The connection to PostgreSQL is cut or frozen at each message of a report and of an answer."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from unittest.mock import patch

from bot.loops import Ran, Stop
from bot.outcomes import Fetched, FetchOutcome, SendOutcome
from bot.poller import Poller
from bot.screen import Verb
from storage import postgresql
from storage.database import Database
from storage.errors import DatabaseFailed, Uncertain
from storage.keys import Keyring
from tests.proofs.figures import Figures, Tell
from tests.proofs.postgresql import How, Server, Wire, server, through, wire_to
from tests.world import KEYS, TEAM, Telephone, World

NAME = "PostgreSQL cut during COMMIT"
PROMISES = ("P14", "P3", "P5")

COMMAND_S: Final = 1.0
"""How long a frozen connection is waited for; the bot waits thirty times as long."""
REST_S: Final = 20.0
"""A round that does not come to rest within this, by the wall, never will."""
REFERENCE: Final = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{2}\b")
EXCLUDED: Final = (
    "false confirmations",
    "effects missing or doubled",
    "messages missing, doubled or marked",
    "errors without a name",
)
KINDS: Final = tuple(How)


@dataclass(slots=True)
class Phone(Telephone):
    """The messenger, which looks at each message whether what it says is so."""

    truth: Callable[[], Awaitable[set[str]]] | None = None
    """The numbers of the cases that are in the database."""
    false: int = 0
    confirmed: int = 0

    async def send(self, method: str, payload: Any, files: Any = None) -> SendOutcome:
        """Show it as Telegram would."""
        said = set(REFERENCE.findall(str(payload.get("text", ""))))
        if said and self.truth is not None:
            self.confirmed += 1
            self.false += not said <= await self.truth()
        return await Telephone.send(self, method, payload, files)


class Updates:
    """What Telegram holds, and gives again until it is acknowledged."""

    def __init__(self) -> None:
        self.waiting: list[tuple[int, bytes]] = []

    async def fetch_updates(self, *, offset: int | None, **_: Any) -> FetchOutcome:
        """Forget what is below the offset, give the rest."""
        self.waiting = [each for each in self.waiting if each[0] >= (offset or 0)]
        return Fetched(updates=tuple(body for _, body in self.waiting))


@dataclass(slots=True)
class Trial:
    """One journey: what was cut, and what came of it."""

    hit: str = ""
    messages: int = 0
    commits: int = 0
    uncertain: int = 0
    failed: int = 0
    surprises: list[str] = field(default_factory=list)
    end: Any = None
    false: int = 0
    confirmed: int = 0


class Cut(NamedTuple):
    """Where a connection is cut: at the n-th statement or at the n-th COMMIT; 0: not."""

    statement: int = 0
    commit: int = 0
    how: How = How.BEFORE


class Ground:
    """One database, reached by the wire and beside it."""

    def __init__(self, plain: Database, wired: Database, wire: Wire) -> None:
        self.plain, self.wired, self.wire = plain, wired, wire
        self._teams = 0

    async def world(self) -> World:
        """Return a team of its own, with a report that wants but a press."""
        self._teams += 1
        team = TEAM.replace("OCMW Ravels", f"OCMW {self._teams}")
        world = await World.open(self.plain, team=team)
        world.phone = Phone()
        world.restart()
        await world.drafted()
        return world

    async def play(self, cut: Cut) -> tuple[Trial, ...]:
        """Let Rita send her report and Carla give it to An, each cut there."""
        world = await self.world()
        reporting = await self._journey(world, "Rita", Verb.SEND, {}, cut)
        if reporting.surprises:
            return (reporting,)
        meaning = {"step": "assign", "person": world.ids["An"]}
        assigning = await self._journey(world, "Carla", Verb.ANSWER, meaning, cut)
        return reporting, assigning

    async def _journey(self, world: World, who: str, verb: Verb, meaning: Any, cut: Cut) -> Trial:
        trial, phone = Trial(), world.phone
        assert isinstance(phone, Phone)

        async def truth() -> set[str]:
            return {each.row.ref for each in await world.cases()}

        phone.truth = truth
        message_id, callback = await world.button(world.user(who), verb, **meaning)
        updates = Updates()
        body = world.numbered(world.pressed(who, callback, message_id=message_id))
        updates.waiting = [(world.update_id, _json(body))]
        before = (await world.inbox()).done
        bot = _Bot(world, self.wired, updates)
        self.wire.plan(cut.statement, cut.how, at_commit=cut.commit)
        await bot.until_quiet(trial, before + 1)
        trial.messages, trial.commits = self.wire.messages, self.wire.commits
        if self.wire.hit is not None:
            trial.hit = "COMMIT" if b"COMMIT" in self.wire.hit else "statement"
        trial.false, trial.confirmed = phone.false, phone.confirmed
        phone.false = phone.confirmed = 0
        trial.end = await _end(world)
        return trial


class _Bot:
    """Poller, worker and sender on the wire, called as the loops of a process call them."""

    def __init__(self, world: World, wired: Database, updates: Updates) -> None:
        self._world = world
        plain = world.database
        world.database = wired  # what the two are made with
        world.restart()
        world.database = plain
        self._sender = world.sender
        poller = Poller(
            updates, wired, team_id=world.team_id, clock=world.clock, stop=Stop(),
            stored=lambda: None, conflict=lambda _: None, poll_s=0,
        )  # fmt: skip
        self._loops: tuple[Callable[[], Awaitable[Ran]], ...] = (
            poller.run_once, world.worker.run_once, world.sender.run_once,
        )  # fmt: skip

    async def until_quiet(self, trial: Trial, done: int) -> None:
        """Run until so many updates are handled, and all that may go is sent."""
        clock, here = self._world.clock, self._world.clock.at
        until = time.monotonic() + REST_S
        while time.monotonic() < until:
            for run_once in self._loops:
                try:
                    await run_once()
                except Uncertain:
                    trial.uncertain += 1
                except DatabaseFailed:
                    trial.failed += 1
                except Exception as error:  # noqa: BLE001  a loop would go on; the proof must say it
                    trial.surprises.append(type(error).__name__)
                await self._sender._tasks.drain()
            counts, waiting = await self._world.inbox(), await self._world.outbox()
            if counts.done == done and not counts.new and not set(waiting) & {"queued", "sending"}:
                break
            clock.go(0.5)
            self._sender.signal()
            await asyncio.sleep(0.01)  # the server may hold what a dead connection had locked
        else:
            trial.surprises.append("did not come to rest")
        clock.at = here


async def _end(world: World) -> Any:
    """Return all that may not differ from what an undisturbed journey leaves."""
    found = await world.cases()
    mended = {each.row.ref: f"<case {number}>" for number, each in enumerate(found)}

    def plain(text: str) -> str:
        return REFERENCE.sub(lambda match: mended.get(match[0], match[0]), text)

    return {
        "cases": [await world.kinds(number) for number in range(len(found))],
        "inbox": await world.inbox(),
        "chats": {
            name: [plain(shown.text) for shown in world.chat(name)]
            for name in ("Rita", "Carla", "An", "Bram")
        },
        "toasts": list(world.phone.toasts),
        "outbox": await world.outbox(),
    }


def _json(body: Any) -> bytes:
    import json

    return json.dumps(body).encode()


@asynccontextmanager
async def ground(at: Server) -> AsyncIterator[Ground]:
    """A database, and two ways to it."""
    name, url = at.fresh()
    keys = Keyring.load(KEYS)
    async with wire_to(at) as wire:
        plain = await Database.open(url, keys=keys)
        with patch.object(postgresql, "COMMAND_S", COMMAND_S):
            wired = await Database.open(through(wire, name), keys=keys)
        try:
            yield Ground(plain, wired, wire)
        finally:
            await wired.close()
            await plain.close()


async def _all(scale: float, tell: Tell) -> tuple[Counter[str], Counter[str]]:
    counts: Counter[str] = Counter()
    bad: Counter[str] = Counter(dict.fromkeys(EXCLUDED, 0))
    with server() as at:
        async with ground(at) as here:
            await here.play(Cut())  # the first speaks to the server about types
            clean = await here.play(Cut())
            planned = _planned(clean, scale)
            for number, cut in enumerate(planned):
                tell(number, len(planned))
                trials = await here.play(cut)
                for trial, good in zip(trials, clean, strict=False):
                    _judge(trial, good, cut.how, counts, bad)
            tell(len(planned), len(planned))
    return counts, bad


def _planned(clean: Sequence[Trial], scale: float) -> list[Cut]:
    """Return all cuts; of a share half are at a COMMIT, in each way in turn."""
    longest = max(each.messages for each in clean)
    statements = [Cut(statement=at, how=how) for at in range(1, longest + 1) for how in KINDS]
    if scale == 1.0:
        return statements  # a COMMIT is one of them
    dice, half = random.Random(1), max(round(len(statements) * scale / 2), len(KINDS))
    most = min(each.commits for each in clean)
    commits = [
        Cut(commit=dice.randint(1, most), how=KINDS[number % len(KINDS)]) for number in range(half)
    ]
    return commits + dice.sample(statements, half)


def _judge(trial: Trial, good: Trial, how: How, counts: Counter[str], bad: Counter[str]) -> None:
    if not trial.hit:
        return  # this journey is the shorter one
    counts[f"cut at a {trial.hit}, {how.value}"] += 1
    counts["confirmations seen"] += trial.confirmed
    counts["outcomes of COMMIT unknown"] += trial.uncertain
    counts["units that failed for certain"] += trial.failed
    bad["false confirmations"] += trial.false
    bad["errors without a name"] += len(trial.surprises)
    effects = ("cases", "inbox")
    bad["effects missing or doubled"] += any(trial.end[each] != good.end[each] for each in effects)
    bad[EXCLUDED[2]] += any(
        trial.end[each] != good.end[each] for each in ("chats", "toasts", "outbox")
    )


def prove(scale: float, tell: Tell) -> Figures:
    """Cut at each message, in each way; 1.0: all of them."""
    began = time.monotonic()
    counts, bad = asyncio.run(_all(scale, tell))
    return Figures(
        counts=dict(sorted(counts.items())), bad=dict(bad), seconds=time.monotonic() - began
    )

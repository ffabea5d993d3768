"""One story played: lives of the real process on one file, under the faults of a plan."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import heapq
import random
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pydantic import SecretStr

import bot.assemble as assemble
from bot.assemble import Parts, Refused, serving
from bot.loops import Stop
from bot.sandbox.acts import Sandbox
from bot.sandbox.params import Params
from bot.sandbox.server import Desk
from bot.sandbox.state import Call
from bot.sandbox.updates import RETENTION_S, Queued, UpdateQueue
from bot.settings import Settings
from storage.columns import to_number
from storage.database import Database
from storage.errors import DatabaseRefused, KeysRefused
from storage.keys import Keyring
from tests.simulation.facts import Facts, Noted
from tests.simulation.ground import (
    CHANNEL_ID,
    KEY,
    MEMBERS,
    QUIET_S,
    RESTART_S,
    TOKEN,
    quiet_machine,
    team,
    template,
)
from tests.simulation.people import People
from tests.simulation.plan import COORDINATORS, REPORTERS, WORKERS, Plan
from tests.simulation.restorer import Restorer
from tests.simulation.seams import ROW, Crash, Line, SeamDriver, Trace, seams
from tests.simulation.timeline import SimClock, Stalled, VirtualLoop
from tests.simulation.world import World


@dataclass(slots=True)
class Told:
    """A line of the story as a person can read it."""

    at: datetime
    line: str


@dataclass(slots=True)
class Run:
    """What came of a story."""

    plan: Plan
    digest: str = ""
    points: int = 0
    lives: int = 0
    crashes: int = 0
    struck: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    story: list[Told] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)
    events: frozenset[str] = frozenset()
    """What kinds of events the histories hold at the end."""


class NotedQueue(UpdateQueue):
    """The messenger's queue, which remembers what was acknowledged and what grew too old."""

    def take(self, offset: int, limit: int) -> list[Queued]:
        before = list(self.waiting)
        # what it gives twice it has kept, and it keeps nothing for longer than a day
        self.again = [each for each in self.again if self.monotonic() - each.at < RETENTION_S]
        given = super().take(offset, limit)
        kept = {id(each) for each in self.waiting}
        for queued in before:
            if id(queued) not in kept:
                too_old = self.monotonic() - queued.at >= RETENTION_S
                (self.expired if too_old else self.confirmed).append(queued)
        return given

    expired: list[Queued]
    confirmed: list[Queued]


class NotedDesk(Desk):
    """The messenger's desk, which notes on whose behalf a call came."""

    facts: Facts

    def record(self, name: str, params: Params) -> Call:
        call = super().record(name, params)
        row = ROW.get()
        key = None if row is None else (self.facts.era, row.id)
        self.facts.calls.append(Noted(key, row, call))
        return call


class Simulation:
    """One plan on one database file."""

    def __init__(self, plan: Plan, folder: Path, mutant: Any = None) -> None:
        self.plan, self.folder, self.mutant = plan, folder, mutant
        self.dice = random.Random(f"{plan.seed} world")
        self.run = Run(plan=plan)
        self.trace = Trace()
        self.facts = Facts()
        self.clock = SimClock(plan.start)
        self.seconds = 0.0
        self.loop: VirtualLoop | None = None
        self.clock.seconds = lambda: self.loop.seconds if self.loop else self.seconds
        self.sandbox = Sandbox(
            clock=self.clock.true, monotonic=self.clock.monotonic, token=TOKEN, seed=plan.seed
        )
        queue = NotedQueue(monotonic=self.clock.monotonic, dice=self.sandbox.dice)
        queue.expired, queue.confirmed = [], []
        self.sandbox.updates = queue
        self.queue = queue
        self.users: dict[str, int] = {}
        self.numbers: dict[str, int] = {}
        self.people = People(self)
        self.agenda: list[tuple[float, int, Callable[[], None]]] = []
        self._agenda_number = 0
        self.world = World(self)
        self.restorer = Restorer(self, Keyring([KEY]))
        self.end_at = plan.end + plan.tail_s
        self.dead = False
        self.down_s = RESTART_S
        self.longest_down_s = 0.0
        self.unreachable_s = sum(
            each.until - each.at for each in plan.faults if each.kind == "unreachable"
        )
        """For so long in all the messenger could not be reached: it is asked again each second."""
        self.stop: Stop | None = None
        self.database: Database | None = None
        self.path = folder / "0" / "kier.sqlite"
        self.alarms: list[str] = []
        self.finished = False

    # --- the whole story -------------------------------------------------------------------------

    def play(self) -> Run:
        """Play the story to its end and return what came of it (the oracles' part is not in)."""
        with quiet_machine(self):
            self._settle_in()
            for act in self.plan.acts:
                self.at(act.at, functools.partial(self.people.begin, act))
            for fault in self.plan.faults:
                self.at(fault.at, functools.partial(self.world.begin, fault))
                self.at(fault.until, functools.partial(self.world.end, fault))
            while not self.finished:
                self._live()
                self._be_down()
        self.run.digest, self.run.points = self.trace.digest, self.world.points
        return self.run

    def _settle_in(self) -> None:
        self.path.parent.mkdir(parents=True)
        shutil.copy(template(), self.path)
        for number, name in enumerate((*REPORTERS, *WORKERS, *COORDINATORS, "Stranger")):
            user = 70_000_001 + number
            self.users[name] = user
            self.sandbox.add_user(name, user_id=user, language_code="nl")
            self.sandbox.people[user].started = True
        self.numbers = {name: number + 1 for number, name in enumerate(MEMBERS)}
        self.names = {user: name for name, user in self.users.items()}
        members = [self.users[name] for name in MEMBERS]
        owner = self.users["Carla"]
        self.sandbox.add_group("Team", owner=owner, members=members, chat_id=CHANNEL_ID)
        self.sandbox.set_bot(CHANNEL_ID, self.users["Carla"], "administrator")
        self.sandbox.updates.clear()

    # --- one life --------------------------------------------------------------------------------

    def _live(self) -> None:
        """Let the process run until it crashes, exits or the story is over."""
        self.run.lives += 1
        self.dead = False
        self.facts.undone()
        loop = self.loop = VirtualLoop(self.seconds)
        loop.set_exception_handler(self._unhandled)
        asyncio.set_event_loop(loop)
        line = Line(self.world, lambda: self.desk)
        with seams(self.world, self.dice, line) as driver, ExitStack() as stack:
            for name, value in (self.mutant.parts if self.mutant else {}).items():
                stack.enter_context(patch.object(assemble, name, value))
            if self.mutant is not None:
                self.mutant.lives(stack)
            self.desk = NotedDesk(self.sandbox, {})
            self.desk.facts = self.facts
            task = loop.create_task(self._process(), name="process")
            task.add_done_callback(lambda _: loop.stop())
            self._next_of_agenda()
            with contextlib.suppress(Stalled):
                loop.run_forever()
            crashed = self.dead or not task.done()
            self.seconds = loop.seconds
            self._bury(driver, task, crashed=crashed)
        self.loop, self.stop, self.database = None, None, None

    async def _process(self) -> None:
        self.stop = Stop()
        settings = self.settings()
        try:
            async with serving(
                settings,
                stop=self.stop,
                clock=self.clock,
                assembly=self._assembly,
                alarm=self.alarms.append,
                poll_s=int(QUIET_S),
                sweep_s=QUIET_S,
            ) as running:
                self.database = running.database
                await self.stop.wait()
        except (Refused, DatabaseRefused, KeysRefused) as refused:
            self.tell(f"the process ends: {getattr(refused, 'reason', None) or refused}")

    def settings(self) -> Settings:
        """Return what the environment says."""
        return Settings(
            token=SecretStr(TOKEN),
            team=team(),
            team_file=Path("team.yaml"),
            data_dir=self.path.parent,
            key_file=template().parent / "kier.key",
            database_url=f"sqlite:///{self.path}",
            api_url="http://127.0.0.1:1",
        )

    async def _assembly(self, *args: Any) -> Parts:
        parts = await assemble.kier(*args)
        facts = self.facts

        def fire(c: Any, now: datetime) -> datetime | None:
            facts.fired_at.add(to_number(now))
            return parts.fire(c, now)

        def handle(c: Any, row: Any, now: datetime) -> Any:
            facts.handled_at.add(to_number(now))
            return parts.handle(c, row, now)

        watched = replace(parts, commands={}, fire=fire, handle=handle)
        return self.mutant.parts_of(self, watched) if self.mutant else watched

    def _unhandled(self, loop: Any, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if not isinstance(error, Crash) and not self.dead:
            self.run.wrong.append(f"unhandled: {context.get('message')} {error!r}")

    def crash(self, where: str) -> None:
        """The process is gone, here and now."""
        self.tell(f"CRASH {where}")
        self.run.crashes += 1
        self.dead = True
        assert self.loop is not None
        self.loop.stop()
        raise Crash(where)

    def _bury(self, driver: SeamDriver, task: asyncio.Task[None], *, crashed: bool) -> None:
        """Leave of the process what a crash leaves: the file and its log as they are."""
        loop = self.loop
        assert loop is not None
        was, self.dead = self.path, True
        self.desk.unsubscribe()
        if crashed:
            self.facts.lost_life()
            self.path = self.folder / str(self.run.lives) / "kier.sqlite"
            self.path.parent.mkdir()
            for end in ("", "-wal"):
                if was.with_name(was.name + end).exists():
                    shutil.copy(was.with_name(was.name + end), self.path.with_name(
                        self.path.name + end))  # fmt: skip
        _end_tasks(loop)
        for connection in driver.connections:
            connection.quiet = True
            with contextlib.suppress(Exception):
                connection.close()
        if crashed:
            shutil.rmtree(was.parent)
        asyncio.set_event_loop(None)
        loop.close()
        error = task.exception() if task.done() and not task.cancelled() else None
        if error is not None and not isinstance(error, Crash):
            self.run.wrong.append(f"the process ended with {error!r}")
        self.finished = not crashed and self.seconds >= self.end_at

    def _be_down(self) -> None:
        """Let time go by without a process; people go on."""
        if self.finished:
            return
        self.restorer.at_rest()
        up_at = self.seconds + self.down_s
        self.longest_down_s = max(self.longest_down_s, self.down_s)
        self.down_s = RESTART_S
        while self.agenda and self.agenda[0][0] <= up_at:
            at, _, act = heapq.heappop(self.agenda)
            self.seconds = max(self.seconds, at)
            act()
            up_at = max(up_at, self.seconds)
        self.seconds = up_at
        self.restorer.at_rest()
        self.end_at = max(self.end_at, up_at + self.plan.tail_s)
        self.tell("the process starts again")

    # --- the agenda ------------------------------------------------------------------------------

    def at(self, seconds: float, act: Callable[[], None]) -> None:
        """Let something happen at that moment, whether the process runs or not."""
        self._agenda_number += 1
        heapq.heappush(self.agenda, (seconds, self._agenda_number, act))
        if self.loop is not None and not self.dead:
            self._next_of_agenda()

    def later(self, wait_s: float, act: Callable[[], None]) -> None:
        """Let something happen after a while."""
        self.at(self.clock.monotonic() + wait_s, act)

    def _next_of_agenda(self) -> None:
        assert self.loop is not None
        when = self.agenda[0][0] if self.agenda else self.end_at
        self.loop.call_at(max(when, self.loop.seconds), self._of_agenda)

    def _of_agenda(self) -> None:
        if self.dead:
            return
        assert self.loop is not None
        while self.agenda and self.agenda[0][0] <= self.loop.seconds and not self.dead:
            heapq.heappop(self.agenda)[2]()
        if not self.agenda and self.loop.seconds >= self.end_at and self.stop is not None:
            self.stop.ask("SIGTERM")
        elif not self.dead:
            self._next_of_agenda()

    # --- what others ask -------------------------------------------------------------------------

    @property
    def channel(self) -> int:
        """The team's group, wherever it moved."""
        chat = self.sandbox.chats[CHANNEL_ID]
        return chat.migrated_to or CHANNEL_ID

    def name_of(self, user: int) -> str:
        """Return the name of a person or a chat."""
        return self.names.get(user, "the channel" if user < 0 else "?")

    def tell(self, line: str) -> None:
        """Add a line to the story."""
        self.run.story.append(Told(self.clock.true(), line))
        self.trace.add(f"{self.clock.monotonic():.6f} {line}")

    def receipts(self, user: int) -> int:
        """Return how many receipts a reporter has seen."""
        return sum(
            noted.claimed is not None
            and noted.claimed.kind == "receipt"
            and noted.claimed.chat_id == user
            and noted.call.delivered
            for noted in self.facts.calls
        )


def _end_tasks(loop: VirtualLoop) -> None:
    """End every task; its seams are dead, so that nothing it still does has an effect."""
    for _ in range(20):
        tasks = sorted(asyncio.all_tasks(loop), key=lambda each: each.get_name())
        if not tasks:
            return
        for task in tasks:
            task.cancel()
        with contextlib.suppress(BaseException):
            loop.run_until_complete(asyncio.wait(tasks, timeout=30.0))
    for task in asyncio.all_tasks(loop):
        task.get_coro().close()

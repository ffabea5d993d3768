"""One process that waits with N scheduled moments while ten fall due: Kier, or a peer.

Each runs in a process of its own, so that its start and its memory can be measured. Prints one
line of JSON. What each does at a moment differs, and README.md says how.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol

from bot.clock import ShiftedClock, SystemClock

TEN: Final = 10
SETTLE_S: Final = 0.15
"""Rest after the ten were put in, so that this work is not measured."""
WINDOW_S: Final = 0.25
BEFORE_S: Final = 0.1
"""How far into its window the ten fall due."""
LEAD_S: Final = SETTLE_S + WINDOW_S + BEFORE_S
PATIENCE: Final = 40
"""Windows after the first in which the ten may still happen: on a machine that is busy."""
TICK_S: Final = 0.005
FIRST_DUE: Final = datetime(2027, 9, 13, 10, 20, tzinfo=UTC)
"""The first ten of our file; each following ten a minute later."""
BOT_NAME: Final = "KierTestBot"

told: Final[list[datetime]] = []


async def tell(case_id: int, chat_id: int, kind: str) -> None:
    """What APScheduler calls at a moment: nothing but the note that it did."""
    told.append(SystemClock().now())


async def tell_ptb(context: Any) -> None:
    """The same, as python-telegram-bot calls it."""
    told.append(SystemClock().now())


class Peer(Protocol):
    """Something that wakes up when a moment falls due."""

    async def start(self) -> None:
        """Be ready: all that is scheduled is waited for."""
        ...

    async def ten_due(self, number: int) -> None:
        """See to it that ten fall due in `LEAD_S` from now."""
        ...

    def lateness_s(self) -> float | None:
        """Return how late the last of them was; None: not all of them happened yet."""
        ...


class Ours:
    """The real wake-up: `Wake`, `_Due.fire`, the handler's `fire`, the file's due rows."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._clock = ShiftedClock()
        self._due = FIRST_DUE
        self._happened: datetime | None = None

    async def start(self) -> None:
        """As `kier run` starts, but that nobody polls or sends."""
        from bot.assemble import Parts, _Due
        from bot.gateway import Gateway
        from bot.handle import Handler
        from bot.handle.office import open_office
        from bot.sender import Sender
        from bot.team import read_team
        from scheduler.wake import Wake
        from storage.database import Database
        from storage.keys import Keyring

        self._clock.jump_to(FIRST_DUE - timedelta(minutes=10))
        keys = Keyring.load(self._path.with_name("keys"))
        database = await Database.open(f"sqlite:///{self._path}", keys=keys)
        team = read_team(self._path.with_name("team.yaml").read_bytes(), self._path.parent)

        def opened(c: Any) -> Handler:
            handler = Handler(open_office(c, team, BOT_NAME, self._clock.now()))
            handler.begin(c, self._clock.now())
            return handler

        handler = await database.write(opened)
        parts = Parts(
            team_id=handler.office.team_id,
            handle=handler.handle,
            fire=handler.fire,
            on_dead=handler.on_dead,
        )
        gateway = Gateway("1:A", "http://127.0.0.1:9")
        sender = Sender(gateway, database, team_id=parts.team_id, clock=self._clock)
        due, first = _Due(database, parts, self._clock, sender), asyncio.Event()

        async def fire() -> datetime | None:
            upcoming = await due.fire()
            if self._happened is None and upcoming is not None and upcoming > self._due:
                self._happened = self._clock.now()
            first.set()
            return upcoming

        self._wake = Wake(fire, now=self._clock.now, real_now=SystemClock().now)
        self._clock.on_jump(self._wake.rearm)
        self._wake.start()
        await first.wait()
        self._database = database

    async def ten_due(self, number: int) -> None:
        """Jump to just before the next ten; the wake-up looks anew, as after a real jump."""
        self._due = FIRST_DUE + timedelta(minutes=number)
        self._happened = None
        self._clock.jump_to(self._due - timedelta(seconds=LEAD_S))

    def lateness_s(self) -> float | None:
        """Return how long after the moment all ten were committed to the outbox."""
        happened = self._happened
        return None if happened is None else (happened - self._due).total_seconds()


class _TellsOfTen:
    _due: datetime

    def lateness_s(self) -> float | None:
        """Return how long after the moment the last of the ten was called."""
        return None if len(told) < TEN else (max(told) - self._due).total_seconds()


class Apscheduler(_TellsOfTen):
    """APScheduler with its SQLAlchemyJobStore on SQLite."""

    def __init__(self, path: Path) -> None:
        import telegram.ext  # noqa: F401  whoever uses it has a bot around it

        self._scheduler = _scheduler(path)

    async def start(self) -> None:
        """Start; it reads the next moment only."""
        self._scheduler.start()
        await asyncio.sleep(0)

    async def ten_due(self, number: int) -> None:
        """Add ten jobs with no grace: by default it deletes what it meets a second late."""
        told.clear()
        self._due = SystemClock().now() + timedelta(seconds=LEAD_S)
        for each in range(TEN):
            self._scheduler.add_job(
                tell,
                "date",
                run_date=self._due,
                args=(number, each, "nudge"),
                misfire_grace_time=None,
            )


class JobQueue(_TellsOfTen):
    """python-telegram-bot's JobQueue: all in memory, loaded from a table at the start."""

    def __init__(self, path: Path) -> None:
        from telegram.ext import Application

        self._path = path
        self._application = Application.builder().token("1:A").build()  # the queue holds it weakly
        queue = self._application.job_queue
        assert queue is not None
        self._queue = queue

    async def start(self) -> None:
        """Load every row into a job, then start."""
        table = sqlite3.connect(self._path)
        for case_id, due, chat_id, kind in table.execute("SELECT * FROM scheduled"):
            self._add(datetime.fromtimestamp(due, UTC), case_id, chat_id, kind)
        table.close()
        await self._queue.start()

    async def ten_due(self, number: int) -> None:
        """Add ten jobs with no grace."""
        told.clear()
        self._due = SystemClock().now() + timedelta(seconds=LEAD_S)
        for each in range(TEN):
            self._add(self._due, number, each, "nudge")

    def _add(self, due: datetime, case_id: int, chat_id: int, kind: str) -> None:
        self._queue.run_once(
            tell_ptb,
            due,
            data=(case_id, kind),
            chat_id=chat_id,
            name=f"case {case_id}",
            job_kwargs={"misfire_grace_time": None},
        )


def _scheduler(path: Path) -> Any:
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    store = SQLAlchemyJobStore(url=f"sqlite:///{path}")
    return AsyncIOScheduler(timezone=UTC, jobstores={"default": store})


def fill_apscheduler(path: Path, dues: Iterator[datetime]) -> None:
    """Put jobs into a job store of APScheduler, as it would itself, but in one commit."""
    import pickle

    from apscheduler.triggers.date import DateTrigger

    scheduler = _scheduler(path)
    scheduler.start(paused=True)
    job = scheduler.add_job(tell, "date", run_date=next(dues), args=(1, 1, "nudge"))
    state = job.__getstate__()
    scheduler.shutdown(wait=False)
    table = sqlite3.connect(path)
    rows = (
        (
            f"{number:032x}",
            due.timestamp(),
            pickle.dumps(
                {
                    **state,
                    "id": f"{number:032x}",
                    "next_run_time": due,
                    "trigger": DateTrigger(due),
                },
                pickle.HIGHEST_PROTOCOL,
            ),
        )
        for number, due in enumerate(dues)
    )
    table.executemany("INSERT INTO apscheduler_jobs VALUES (?, ?, ?)", rows)
    table.commit()
    table.close()


def fill_table(path: Path, dues: Iterator[datetime]) -> None:
    """Make the table from which jobs in memory are loaded at the start."""
    table = sqlite3.connect(path)
    table.execute("CREATE TABLE scheduled (case_id INTEGER, due REAL, chat_id INTEGER, kind TEXT)")
    rows = ((number, due.timestamp(), number % 5000, "nudge") for number, due in enumerate(dues))
    table.executemany("INSERT INTO scheduled VALUES (?, ?, ?, ?)", rows)
    table.commit()
    table.close()


PEERS: Final[dict[str, Callable[[Path], Peer]]] = {
    "Kier": Ours,
    "APScheduler, SQL job store": Apscheduler,
    "PTB JobQueue, in memory": JobQueue,
}


async def worst_lag_s(for_s: float) -> float:
    """Return by how much the loop was late for a timer, at worst."""
    worst, until = 0.0, time.perf_counter() + for_s
    while (began := time.perf_counter()) < until:
        await asyncio.sleep(TICK_S)
        worst = max(worst, time.perf_counter() - began - TICK_S)
    return worst


def resident_mb() -> float:
    """Return the memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def _measure(name: str, path: Path, wakes: int, spawned_ns: int) -> dict[str, Any]:
    peer = PEERS[name](path)
    await peer.start()
    start_s = (time.monotonic_ns() - spawned_ns) / 1e9
    found: dict[str, Any] = {"start_s": start_s, "resident_mb": resident_mb()}
    idle, lags, late = [], [], []
    for number in range(wakes):
        await peer.ten_due(number)
        await asyncio.sleep(SETTLE_S)
        idle.append(await worst_lag_s(WINDOW_S))
        worst = await worst_lag_s(WINDOW_S)
        for _ in range(PATIENCE):
            lateness = peer.lateness_s()
            if lateness is not None:
                break
            worst = max(worst, await worst_lag_s(WINDOW_S))
        else:
            raise AssertionError("the ten did not happen")
        lags.append(worst)
        late.append(lateness)
    return {**found, "idle_s": idle, "lag_s": lags, "late_s": late}


def main() -> None:
    """Run as `name path wakes spawned_ns` and print what was found."""
    logging.disable(logging.CRITICAL)
    name, path, wakes, spawned_ns = sys.argv[1:]
    found = asyncio.run(_measure(name, Path(path), int(wakes), int(spawned_ns)))
    print(json.dumps(found), flush=True)
    os._exit(0)  # what a peer leaves running is not measured

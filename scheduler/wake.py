"""The metronome, the only file that imports APScheduler: asleep until the earliest due moment.

It keeps nothing: which moments are due stands in the caller's database, and what to do at one is
the caller's. So a moment cannot be lost here, only noticed late, and the sweep bounds how late.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.job import Job
from apscheduler.jobstores.base import JobLookupError
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

log = logging.getLogger("kier.wake")

SWEEP_S = 30.0
"""A clock that jumps and a machine that was suspended are noticed within this; so is a row that
another process (a command, another `kier run`) put in."""

AGAIN_S = 5.0
"""After a firing that raised, the next try; the database may be back by then."""

SLEEP_LONGEST = timedelta(days=1)
"""An event loop's timer takes no year; the sweep would re-arm long before anyway."""


class Wake:
    """Calls `fire` when the earliest due moment has come.

    `fire` handles what is due and returns the next due moment (aware), or None when there is none.
    It is never run twice at once. `now` is the clock that due moments are compared with; it may
    run ahead of the machine's (demo) and may jump. `real_now` is the machine's: APScheduler
    compares with that, so it is handed real delays. Times are exact to some 10 ms.
    """

    def __init__(
        self,
        fire: Callable[[], Awaitable[datetime | None]],
        *,
        now: Callable[[], datetime],
        real_now: Callable[[], datetime],
        sweep_s: float = SWEEP_S,
        alarm: Callable[[str], None] | None = None,
    ) -> None:
        self._fire = fire
        self._now = now
        self._real_now = real_now
        self._sweep_s = sweep_s
        self._alarm = alarm
        self._due: datetime | None = None
        self._firing = False
        self._again = False
        self._stopped = True  # until start()
        self._failures = 0
        self._job: Job | None = None
        self._idle = asyncio.Event()
        self._idle.set()
        self._sweep_timer: asyncio.TimerHandle | None = None
        # misfire_grace_time: APScheduler's default of 1 s deletes what it meets later than that
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            jobstores={"default": MemoryJobStore()},
            executors={"default": AsyncIOExecutor()},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    @property
    def due(self) -> datetime | None:
        """The moment it is armed for; None when it sleeps until armed or the sweep."""
        return self._due

    def start(self) -> None:
        """Fire at once (something may have fallen due while the process was down), then go on."""
        for name in ("apscheduler.scheduler", "apscheduler.executors.default"):
            logging.getLogger(name).setLevel(logging.ERROR)  # each firing is a line at INFO
        self._scheduler.start()
        self._stopped = False
        self._plan(timedelta(0))
        self._next_sweep()

    async def stop(self) -> None:
        """Return when a firing under way has ended; none begins after that."""
        if self._sweep_timer is not None:
            self._sweep_timer.cancel()
        self._stopped = True
        if self._scheduler.running:
            self._scheduler.remove_all_jobs()
            await self._idle.wait()
            self._scheduler.shutdown(wait=False)

    def arm(self, moment: datetime | None) -> None:
        """Be awake at `moment` (aware) at the latest; one that is not earlier changes nothing."""
        if moment is None:
            return
        assert moment.tzinfo is not None, "a due moment without a zone"
        if self._due is None or moment < self._due:
            self._due = moment
            self._plan_due()

    def rearm(self) -> None:
        """Look at the clock and the rows anew: the clock was jumped, or rows changed elsewhere."""
        if self._firing:
            self._again = True  # this firing may have looked before the change
        else:
            self._plan(timedelta(0))

    def _plan_due(self) -> None:
        if self._due is not None:
            self._plan(min(max(self._due - self._now(), timedelta(0)), SLEEP_LONGEST))

    def _plan(self, delay: timedelta) -> None:
        if self._firing or self._stopped:
            return  # at its end a firing plans for whatever came in meanwhile
        if self._job is not None:
            with suppress(JobLookupError):  # it has begun, and is gone from the store
                self._job.remove()
        # Each under an id of its own: APScheduler counts an instance of the same id as still
        # running until some turns of the loop after its end, and would drop the new one.
        trigger = DateTrigger(run_date=self._real_now() + delay, timezone=UTC)
        self._job = self._scheduler.add_job(self._run, trigger)

    async def _run(self) -> None:
        if self._firing:
            return
        self._firing = True
        self._again = False
        self._idle.clear()
        self._due = None
        upcoming: datetime | None = None
        try:
            upcoming = await self._fire()
            self._failures = 0
        except Exception as error:  # noqa: BLE001  a metronome that stops would lose every prompt
            self._failed(error)
            upcoming = self._now() + timedelta(seconds=AGAIN_S)
        finally:
            self._firing = False
            self._idle.set()
        self.arm(upcoming)
        self._plan(timedelta(0)) if self._again else self._plan_due()

    def _failed(self, error: Exception) -> None:
        # the class alone: an error's text may hold what people wrote
        log.error("firing failed: %s", type(error).__name__)
        self._failures += 1
        if self._failures == 3 and self._alarm is not None:
            self._alarm("due-failing")

    def _next_sweep(self) -> None:
        # the event loop's timer runs on monotonic seconds, so no jump of the wall clock delays it
        loop = asyncio.get_running_loop()
        self._sweep_timer = loop.call_later(self._sweep_s, self._sweep)

    def _sweep(self) -> None:
        self._next_sweep()
        self.rearm()

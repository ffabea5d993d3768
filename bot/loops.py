"""Loops around `run_once()`: started, watched, restarted after an error, stopped without a tear.

The only file that starts tasks, sleeps and catches what nobody expected. It knows neither the
messenger nor the memory. What it logs of an error is its class, never its text: texts of errors
hold addresses with the token, and what people wrote.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")

log = logging.getLogger("kier.loops")

RESTART_FIRST_S = 0.2  # wait after a first error; doubled with each one in a row
RESTART_LONGEST_S = 30.0
DRAIN_S = 25.0  # systemd and Docker kill after 30 (deploy sets that); a send takes 20 at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What one `run_once` did, and when it wants to be called again.

    `wait_s`: seconds until the next call if nobody wakes the loop before; 0 is at once, None is
    only when woken. `fatal` is a code that ends the whole process: going on would do harm.
    """

    count: int = 0
    wait_s: float | None = 0.0
    fatal: str | None = None


RunOnce = Callable[[], Awaitable[Ran]]
Alarm = Callable[[str], None]


def log_alarm(code: str) -> None:
    """Say in the log that a person should look: `code` alone, words stand in the RUNBOOK."""
    log.error("alarm %s", code)


class Stop:
    """Whether the process is asked to stop, and by what."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.reason: str | None = None

    def ask(self, reason: str) -> None:
        """Ask all loops to finish what they are at; the first reason is the one that counts."""
        if self.reason is None:
            self.reason = reason
        self._event.set()

    @property
    def asked(self) -> bool:
        """Whether it was asked."""
        return self._event.is_set()

    async def wait(self) -> None:
        """Return when it is asked."""
        await self._event.wait()

    async def rest(self, seconds: float) -> None:
        """Return after so many seconds, or at once when it is asked."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            pass

    async def unless(self, work: Coroutine[Any, Any, T]) -> T | None:
        """Return what `work` returns, or None when the stop came first; `work` is then cancelled.

        Only for waiting on others (a long poll), never for a write.
        """
        task = asyncio.create_task(work)
        stopping = asyncio.create_task(self._event.wait())
        try:
            await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return await task if task.done() else None
        finally:
            await _cancelled(task, stopping)


class Tasks:
    """Pieces of work under way, each watched: how many, and the first that broke."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self.broken: list[BaseException] = []

    def __len__(self) -> int:
        return len(self._running)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin `work`; an error of it is kept in `broken`."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.broken.append(error)

    async def drain(self) -> None:
        """Return when all that was started has ended."""
        while self._running:
            await asyncio.wait(set(self._running))

    async def cancel(self) -> None:
        """Cancel what is under way and wait for its end."""
        await _cancelled(*self._running)


class Loops:
    """All loops of a process: run together, stopped together.

    A loop that raises is called again after a wait that doubles up to `RESTART_LONGEST_S`; a loop
    that keeps failing is an alarm, not an end: the others go on.
    """

    def __init__(self, stop: Stop, *, alarm: Alarm = log_alarm) -> None:
        self._stop = stop
        self._alarm = alarm
        self._loops: list[_Loop] = []
        self._tasks: list[asyncio.Task[None]] = []

    def add(self, name: str, run_once: RunOnce, *, wake: asyncio.Event | None = None) -> None:
        """Add a loop; `wake` ends its wait."""
        self._loops.append(_Loop(name=name, run_once=run_once, wake=wake or asyncio.Event()))

    def start(self) -> None:
        """Begin all loops; `drain` must follow."""
        self._tasks = [
            asyncio.create_task(self._keep(each), name=each.name) for each in self._loops
        ]

    async def drain(self) -> None:
        """Return when every loop has finished the unit it was at; the stop must have been asked.

        A loop that does not finish within `DRAIN_S` is cancelled: what it left half done is what a
        crash would have left, and is picked up at the next start.
        """
        assert self._stop.asked, "a drain without a stop would wait for ever"
        try:
            for each in self._loops:
                each.wake.set()
            if self._tasks:
                _, late = await asyncio.wait(self._tasks, timeout=DRAIN_S)
                for task in late:
                    log.warning("loop %s did not finish in time", task.get_name())
        finally:
            await _cancelled(*self._tasks)

    async def _keep(self, loop: _Loop) -> None:
        failures = 0
        while not self._stop.asked:
            try:
                ran = await loop.run_once()
            except Exception as error:
                failures += 1
                wait_s = min(RESTART_LONGEST_S, RESTART_FIRST_S * 2 ** min(failures - 1, 10))
                log.error("loop %s: %s, again in %.1f s", loop.name, code_of(error), wait_s)
                if failures == 5:
                    self._alarm(f"loop-{loop.name}-failing")
                await self._stop.rest(wait_s)
                continue
            failures = 0
            if ran.fatal is not None:
                self._alarm(ran.fatal)
                self._stop.ask(ran.fatal)
                return
            if ran.wait_s != 0:
                await self._until_woken(loop.wake, ran.wait_s)
            else:
                await asyncio.sleep(0)
            loop.wake.clear()

    async def _until_woken(self, wake: asyncio.Event, wait_s: float | None) -> None:
        if self._stop.asked:
            return
        try:
            await asyncio.wait_for(wake.wait(), wait_s)
        except TimeoutError:
            pass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loop:
    name: str
    run_once: RunOnce
    wake: asyncio.Event


@dataclass(frozen=True, slots=True)
class Caught:
    """An error as a value, for a loop that goes on with the next."""

    error: Exception


async def caught(work: Awaitable[T]) -> T | Caught:
    """Return what `work` returns, or what it raised."""
    try:
        return await work
    except Exception as error:
        return Caught(error)


async def together(works: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Return what all return, run side by side; one that raises cancels the others."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work) for work in works]
    return [task.result() for task in tasks]


def code_of(error: BaseException) -> str:
    """Return what may be logged of an error: its class and, where it has one, its code."""
    code = getattr(error, "code", None)
    name = type(error).__name__
    return f"{name}({code})" if isinstance(code, str | int) else name


def stop_on_signals(stop: Stop) -> None:
    """Ask to stop at SIGTERM or SIGINT; a second one ends the process as a crash would."""

    def caught(number: signal.Signals) -> None:
        if stop.asked:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        stop.ask(number.name)

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, caught, number)


async def _cancelled(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks and wait until they have ended, whatever they end with."""
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)
    for task in tasks:
        if not task.cancelled():
            task.exception()  # read, so that asyncio does not report it as forgotten

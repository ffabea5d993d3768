"""Virtual time: an event loop that jumps to its next timer, and the clocks that hang on it."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any


class Stalled(BaseException):
    """Nothing is left to wait for: in a real process, a loop that sleeps for ever."""


class _Selector:
    """Waits for no file: the time that a real one would sleep goes by at once."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop

    def select(self, timeout: float | None) -> list[Any]:
        if timeout is None:
            raise Stalled
        self._loop.seconds += max(timeout, 0.0)
        return []

    def close(self) -> None:
        return


class VirtualLoop(asyncio.BaseEventLoop):
    """An event loop on one thread, without sockets and threads, whose seconds cost nothing."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds
        self._selector = _Selector(self)
        self._clock_resolution = 1e-9

    def time(self) -> float:
        """Return the virtual seconds since the story began."""
        return self.seconds

    def _process_events(self, event_list: Any) -> None:
        return

    def _write_to_self(self) -> None:
        return

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Run it now: what a thread beside the loop would do at some moment."""
        future = self.create_future()
        try:
            future.set_result(contextvars.copy_context().run(func, *args))
        except Exception as error:  # noqa: BLE001  handed to the one who asked
            future.set_exception(error)
        return future

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:
        """There is none."""


class SimClock:
    """The bot's clock: the true time, and what somebody set it off by."""

    def __init__(self, start: datetime) -> None:
        self.start = start
        self.seconds: Callable[[], float] = lambda: 0.0
        self.off = timedelta()

    def now(self) -> datetime:
        """Return the machine's moment, which may be wrong."""
        return self.true() + self.off

    def true(self) -> datetime:
        """Return the moment that it is everywhere else."""
        return self.start + timedelta(microseconds=round(self.seconds() * 1e6))

    def monotonic(self) -> float:
        """Return the seconds that never jump."""
        return self.seconds()


def datetime_of(clock: SimClock) -> type[datetime]:
    """Return a `datetime` whose `now` is the clock's, for a library that asks the machine."""

    class Datetime(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return clock.now().astimezone(tz or UTC)

    return Datetime

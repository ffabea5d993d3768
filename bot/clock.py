"""The only wall clock of Kier: what time it is, and how many seconds went by. Decides nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the loops ask. Tests and the simulation bring one that stands still until told."""

    def now(self) -> datetime:
        """Return the moment it is: aware, UTC. It may jump in both directions."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go back; only differences mean something."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's moment, aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return the machine's monotonic seconds (they stand still while it is suspended)."""
        return time.monotonic()


def seconds_asleep_too() -> float:
    """Return seconds that never go back, and go by while the machine is suspended (on Linux)."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class ShiftedClock:
    """A clock some way ahead of another, for the demo: time goes by, and can be jumped.

    Only `now` is shifted. The sender's limits run on `monotonic`, which the demo cannot hurry:
    Telegram's second stays a second.
    """

    def __init__(self, base: Clock | None = None, *, offset: timedelta = timedelta(0)) -> None:
        self._base: Clock = base or SystemClock()
        self._offset = offset
        self._listeners: list[Callable[[], None]] = []

    @property
    def offset(self) -> timedelta:
        """How far ahead of the base clock this one is."""
        return self._offset

    def now(self) -> datetime:
        """Return the shifted moment, aware, UTC."""
        return self._base.now() + self._offset

    def monotonic(self) -> float:
        """Return the base clock's monotonic seconds, unshifted."""
        return self._base.monotonic()

    def jump(self, by: timedelta) -> None:
        """Move by `by` (negative: back) and tell the listeners, so that wake-ups are re-armed."""
        self._offset += by
        for listener in tuple(self._listeners):
            listener()

    def jump_to(self, moment: datetime) -> None:
        """Move to `moment` (aware) and tell the listeners."""
        self.jump(moment - self.now())

    def on_jump(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each jump."""
        self._listeners.append(listener)

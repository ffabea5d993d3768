"""Clocks for the tests of the loops: they stand still until told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2027, 9, 14, 7, tzinfo=UTC)


class StandingClock:
    """A clock that a test moves; both of its hands together, or the wall clock alone."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at
        self.seconds = 1000.0

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self.at

    def monotonic(self) -> float:
        """Return the seconds it stands at."""
        return self.seconds

    def go(self, seconds: float) -> None:
        """Let time go by."""
        self.seconds += seconds
        self.at += timedelta(seconds=seconds)

"""The metronome, with a wall clock of the test's own and real (short) delays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from scheduler.wake import Wake

SOON = timedelta(milliseconds=20)


class Dues:
    """Due moments as a database holds them, and a clock that can be pushed."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)
        self.moments: list[datetime] = []
        self.done: list[datetime] = []
        self.looks = 0
        self.changed = asyncio.Event()
        self.broken = 0
        self.at_work = 0
        self.at_work_most = 0
        self.during: Callable[[], None] = lambda: None

    def real_now(self) -> datetime:
        """Return the machine's moment."""
        return datetime.fromtimestamp(asyncio.get_running_loop().time() + 1.8e9, UTC)

    def now(self) -> datetime:
        """Return the moment on the clock that may be pushed."""
        return self.real_now() + self.ahead

    async def fire(self) -> datetime | None:
        """Handle what is due; return the next."""
        self.looks += 1
        self.at_work += 1
        self.at_work_most = max(self.at_work_most, self.at_work)
        try:
            return self._fire()
        finally:
            await asyncio.sleep(0)
            self.at_work -= 1
            self.changed.set()

    def _fire(self) -> datetime | None:
        if self.broken:
            self.broken -= 1
            raise ConnectionError("with a name in it")
        due = [moment for moment in self.moments if moment <= self.now()]
        self.moments = [moment for moment in self.moments if moment not in due]
        self.done += due
        upcoming = min(self.moments, default=None)
        self.during()  # what happens after this firing has looked
        return upcoming

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        async with asyncio.timeout(20):
            while not holds():
                self.changed.clear()
                await self.changed.wait()


@pytest.fixture
def dues(monkeypatch: pytest.MonkeyPatch) -> Dues:
    """APScheduler asks `datetime.now`; here that is the loop's own time, some years on."""
    found = Dues()

    class Shown(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return found.real_now()

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Shown)
    return found


def wake(dues: Dues, sweep_s: float = 30.0) -> Wake:
    """Return a metronome over these dues."""
    return Wake(dues.fire, now=dues.now, real_now=dues.real_now, sweep_s=sweep_s)


async def test_it_wakes_at_the_moment(dues: Dues) -> None:
    """P4: a moment is met when it comes, and not before; then it sleeps until the next."""
    dues.moments = [dues.now() + SOON, dues.now() + timedelta(hours=1)]
    first, second = dues.moments
    metronome = wake(dues)
    metronome.start()
    await dues.until(lambda: dues.done == [first])
    assert dues.now() >= first
    await dues.until(lambda: metronome.due == second)
    await metronome.stop()
    assert dues.done == [first]
    assert dues.looks <= 3


async def test_what_fell_due_while_it_was_down_is_met_at_the_start(dues: Dues) -> None:
    """P4: overdue by five minutes or thirty days is late, never dropped (APScheduler's 1 s)."""
    dues.moments = [dues.now() - timedelta(days=30), dues.now() - timedelta(minutes=5)]
    metronome = wake(dues)
    metronome.start()
    await dues.until(lambda: len(dues.done) == 2)
    await metronome.stop()


async def test_a_blocked_loop_drops_nothing(dues: Dues) -> None:
    """A moment that passes while the loop stands still is met after (APScheduler drops at 1 s)."""
    dues.moments = [dues.now() + SOON]
    metronome = wake(dues)
    metronome.start()
    await dues.until(lambda: dues.looks == 1)
    dues.ahead = timedelta(seconds=90)  # all that a loop sees of having been blocked so long
    metronome.rearm()
    await dues.until(lambda: len(dues.done) == 1)
    await metronome.stop()


async def test_an_earlier_moment_moves_the_alarm(dues: Dues) -> None:
    """A new case's first prompt may be earlier than all others; a later one changes nothing."""
    metronome = wake(dues)
    metronome.start()
    await dues.until(lambda: dues.looks == 1)
    far, near = dues.now() + timedelta(hours=2), dues.now() + SOON
    dues.moments = [far, near]
    metronome.arm(far)
    metronome.arm(near)
    metronome.arm(far)
    metronome.arm(None)
    await dues.until(lambda: dues.done == [near])
    await metronome.stop()


async def test_what_is_armed_while_it_fires_is_not_lost(dues: Dues) -> None:
    """A case changed by an answer in the very moment of a firing is met all the same."""
    metronome = wake(dues)
    late = dues.now() + SOON

    def arm_now() -> None:
        if dues.looks == 1:
            metronome.arm(late)

    dues.during = arm_now
    metronome.start()
    await dues.until(lambda: dues.looks >= 1)
    dues.moments = [late]
    await dues.until(lambda: dues.done == [late])
    await metronome.stop()


async def test_a_jump_while_it_fires_is_looked_at_again(dues: Dues) -> None:
    """The demo's clock may jump in the midst of a firing; that firing looked before."""
    metronome = wake(dues)
    tomorrow = dues.now() + timedelta(days=1)

    def jump() -> None:
        if dues.looks == 1:
            dues.moments = [tomorrow]
            dues.ahead = timedelta(days=2)
            metronome.rearm()

    dues.during = jump
    metronome.start()
    await dues.until(lambda: dues.done == [tomorrow])
    await metronome.stop()


async def test_a_clock_that_jumps_unseen_is_noticed_by_the_sweep(dues: Dues) -> None:
    """P12: +30 days without a word to anybody (NTP, a suspended machine): the sweep looks."""
    month = dues.now() + timedelta(days=30)
    dues.moments = [month]
    metronome = wake(dues, sweep_s=0.02)
    metronome.start()
    await dues.until(lambda: dues.looks == 1)
    dues.ahead = timedelta(days=31)
    await dues.until(lambda: dues.done == [month])
    await metronome.stop()


async def test_a_clock_set_back_fires_nothing_early_and_nothing_twice(dues: Dues) -> None:
    """P12: an hour back after a moment was met; the next is met when the clock says so."""
    first = dues.now()
    dues.moments = [first]
    metronome = wake(dues, sweep_s=0.01)
    metronome.start()
    await dues.until(lambda: dues.done == [first])
    dues.ahead = timedelta(hours=-1)
    dues.moments = [first + timedelta(minutes=1)]
    looks = dues.looks
    await dues.until(lambda: dues.looks >= looks + 3)
    assert dues.done == [first]
    dues.ahead = timedelta(minutes=2)
    await dues.until(lambda: len(dues.done) == 2)
    await metronome.stop()


async def test_many_firings_in_a_row_lose_none(dues: Dues) -> None:
    """Each batch that leaves more due is followed by the next at once, 200 times over."""
    moments = [dues.now() - timedelta(seconds=n) for n in range(200)]
    left = list(moments)

    def one_each() -> None:
        dues.done.append(left.pop())
        dues.moments = [left[-1]] if left else []

    async def fire() -> datetime | None:
        dues.looks += 1
        if left:
            one_each()
        dues.changed.set()
        return dues.moments[0] if dues.moments else None

    metronome = Wake(fire, now=dues.now, real_now=dues.real_now)
    metronome.start()
    await dues.until(lambda: len(dues.done) == 200)
    await metronome.stop()


async def test_it_never_fires_twice_at_once(dues: Dues) -> None:
    """Re-armed from all sides, one firing runs at a time."""
    metronome = wake(dues, sweep_s=0.001)
    metronome.start()
    for _ in range(50):
        metronome.rearm()
        metronome.arm(dues.now())
        await asyncio.sleep(0)
    await dues.until(lambda: dues.looks > 5)
    await metronome.stop()
    assert dues.at_work_most == 1


async def test_a_firing_that_fails_is_tried_again(
    dues: Dues, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A database out of reach: again soon, an alarm at the third time, no text in the log."""
    monkeypatch.setattr("scheduler.wake.AGAIN_S", 0.01)
    dues.broken = 3
    dues.moments = [dues.now()]
    alarms: list[str] = []
    metronome = Wake(dues.fire, now=dues.now, real_now=dues.real_now, alarm=alarms.append)
    metronome.start()
    await dues.until(lambda: len(dues.done) == 1)
    await metronome.stop()
    assert alarms == ["due-failing"]
    assert "ConnectionError" in caplog.text
    assert "name in it" not in caplog.text


async def test_after_the_stop_nothing_fires(dues: Dues) -> None:
    """A stopped process lets a moment lie for the next start."""
    metronome = wake(dues)
    metronome.start()
    await dues.until(lambda: dues.looks == 1)
    await metronome.stop()
    metronome.arm(dues.now())
    metronome.rearm()
    for _ in range(5):
        await asyncio.sleep(0)
    assert dues.looks == 1

"""The real process is asked to end, is frozen, and has its clock set, all under load."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tests.kill.yard import KIER, Yard, end, yard_at
from tests.proofs.figures import Figures, Tell
from tests.proofs.kills import stock_loses
from tests.proofs.load import BROKEN, Crowd, a_place, judged, kept

NAME: Final = "Signals, and a clock that is set, under load"
PROMISES: Final = ("P1", "P2", "P3", "P12")
ENDS: Final = 60
"""Times that it is asked to end, by SIGTERM and by SIGINT in turn, in the middle of its work."""
ASKED: Final = (signal.SIGTERM, signal.SIGINT)
FROZEN_S: Final = 60.0
CONTROL_ENDS: Final = 20
JUMPS_S: Final = (600.0, 0.0, -600.0, 0.0)
"""By how much the clock is off: set ahead, put right, set back, put right."""
AT_ONCE: Final = 6
UNCLEAN: Final = "ends with another status than 0"
EXCLUDED: Final = (*BROKEN, UNCLEAN)
_CODE: Final = """
import os
from datetime import timedelta
from pathlib import Path
from bot.clock import SystemClock
right, off = SystemClock.now, Path(os.environ["CLOCK_OFF"])
SystemClock.now = lambda self: right(self) + timedelta(seconds=float(off.read_text()))
from bot.cli import main
main()
"""
OFF: Final = ("-c", _CODE, "run")
"""`kier run` on a machine whose clock is off by what stands in a file."""


def prove(scale: float, tell: Tell) -> Figures:
    """Sixty ends, a minute frozen, and four settings of the clock by ten minutes (1.0)."""
    began = time.monotonic()
    counts: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    with ExitStack() as places:
        asyncio.run(_ended(a_place(places), max(round(ENDS * scale), 2), counts, bad, tell))
        asyncio.run(_troubled(a_place(places), FROZEN_S * max(scale, 0.05), counts, bad))
        often = max(round(CONTROL_ENDS * scale), 2)
        lost = asyncio.run(stock_loses(a_place(places), often, signal.SIGTERM))
    return Figures(
        counts=dict(counts),
        bad={name: bad[name] for name in EXCLUDED},
        control={"messages lost by a loop of python-telegram-bot that hears no signal": lost},
        seconds=time.monotonic() - began,
    )


async def _ended(
    place: Path, ends: int, counts: Counter[str], bad: Counter[str], tell: Tell
) -> None:
    """Ask it to end at some moment after its first call, and start it again."""
    dice = random.Random("signals")
    async with yard_at(place, people=0) as yard, Crowd(yard, AT_ONCE) as crowd:
        for number in range(ends):
            process = await _at_work(yard, KIER)
            calls = len(yard.sandbox.calls) + dice.randint(1, 25)
            await yard.until(lambda calls=calls: len(yard.sandbox.calls) >= calls, 5, strict=False)  # type: ignore[misc]
            await asyncio.sleep(dice.choice((0, 0, 0.001, 0.003, 0.01, 0.1)))
            how = ASKED[number % 2]
            bad[UNCLEAN] += await end(process, how) != 0
            counts[f"ends by {how.name}"] += 1
            tell(number + 1, ends)
        await _judge(yard, crowd, await _at_work(yard, KIER), counts, bad)


async def _troubled(place: Path, frozen_s: float, counts: Counter[str], bad: Counter[str]) -> None:
    """Freeze it, then set its clock, while people write."""
    off = place / "clock"
    off.write_text("0")
    async with yard_at(place, people=0) as yard, Crowd(yard, AT_ONCE) as crowd:
        yard.settings["CLOCK_OFF"] = str(off)
        process = await _at_work(yard, OFF)
        await asyncio.sleep(2.0)
        process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(frozen_s)
        process.send_signal(signal.SIGCONT)
        counts["seconds frozen"] += round(frozen_s)
        for seconds in JUMPS_S:
            await asyncio.sleep(2.0)
            off.write_text(str(seconds))
            counts["times that the clock was set"] += 1
        await _judge(yard, crowd, process, counts, bad)


async def _at_work(yard: Yard, words: tuple[str, ...]) -> asyncio.subprocess.Process:
    calls = len(yard.sandbox.calls)
    process = await yard.start(*words)
    await yard.until(lambda: len(yard.sandbox.calls) > calls)
    return process


async def _judge(
    yard: Yard,
    crowd: Crowd,
    process: asyncio.subprocess.Process,
    counts: Counter[str],
    bad: Counter[str],
) -> None:
    await crowd.drained(120)
    await asyncio.sleep(3)  # a repeat may follow a receipt
    bad[UNCLEAN] += await end(process, signal.SIGTERM) != 0
    bad += judged(crowd, await kept(yard.place / "data"))
    counts["reports acknowledged"] += crowd.acknowledged

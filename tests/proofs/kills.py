"""kill -9 of the real `kier run` while people report, at any moment, its own start included."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tests.kill.yard import KIER, TOKEN, Yard, end, yard_at
from tests.proofs.figures import Figures, Tell
from tests.proofs.load import Crowd, a_place, judged, kept

NAME: Final = "kill -9 under load"
PROMISES: Final = ("P1", "P2", "P3", "P5")
KILLS: Final = 500
YARDS: Final = 2
"""Processes side by side: one starts while the other works."""
AT_ONCE: Final = 6
LIVES_LONGEST_S: Final = 1.6
"""From a life's first call to its end; a start takes about as long."""
AT_START: Final = 0.2
"""The share of kills that fall within the start, before the first call."""
START_S: Final = 1.5
CONTROL_KILLS: Final = 25
BY_ITSELF: Final = "processes that ended by themselves"


def prove(scale: float, tell: Tell) -> Figures:
    """Kill `KILLS` times in all, then let each process finish, and count what is not there."""
    return asyncio.run(_prove(max(round(KILLS * scale), YARDS), tell, scale))


async def _prove(kills: int, tell: Tell, scale: float) -> Figures:
    began = time.monotonic()
    counts: Counter[str] = Counter()
    bad: Counter[str] = Counter()

    def told() -> None:
        tell(counts["kills"], kills)

    with ExitStack() as places:
        shares = [kills // YARDS + (number < kills % YARDS) for number in range(YARDS)]
        yards = [
            _yard(a_place(places), share, number, counts, bad, told)
            for number, share in enumerate(shares)
        ]
        await asyncio.gather(*yards)
        ends = max(round(CONTROL_KILLS * scale), 2)
        lost = await stock_loses(a_place(places), ends, signal.SIGKILL)
    return Figures(
        counts=dict(counts),
        bad=dict(bad),
        control={"messages lost by python-telegram-bot's own polling": lost},
        seconds=time.monotonic() - began,
    )


async def _yard(
    place: Path,
    kills: int,
    seed: int,
    counts: Counter[str],
    bad: Counter[str],
    told: Callable[[], None],
) -> None:
    dice = random.Random(f"kills {seed}")
    async with yard_at(place, people=0) as yard, Crowd(yard, AT_ONCE) as crowd:
        for _ in range(kills):
            process = await yard.start(*KIER)
            counts["kills within the start"] += await _some_moment(yard, dice)
            bad[BY_ITSELF] += process.returncode is not None
            if process.returncode is None:
                await end(process, signal.SIGKILL)
            counts["kills"] += 1
            told()
        process = await yard.start(*KIER)
        await crowd.drained(120)
        await asyncio.sleep(3)  # a repeat may follow a receipt
        status = await end(process, signal.SIGTERM)
        found = await kept(place / "data")
        bad.update(judged(crowd, found))
        bad[BY_ITSELF] += 0
        bad["exits other than 0 after the last SIGTERM"] += status != 0
        bad["tokens in the log"] += (place / "log.txt").read_text().count(TOKEN[10:30])
        counts["reports acknowledged"] += crowd.acknowledged
        counts["updates handed over"] += len(yard.sandbox.updates.history)
        counts["messages sent"] += found.messages.get("sent", 0)
        counts["receipts that came twice, marked"] += sum(
            len(one.receipts) > 1 for one in crowd.everybody
        )
        counts["messages in doubt twice, told to the coordinator"] += found.messages.get(
            "uncertain", 0
        )


async def _some_moment(yard: Yard, dice: random.Random) -> bool:
    """Wait for the moment to kill; return whether it fell before the process's first call."""
    calls = len(yard.sandbox.calls)
    if dice.random() < AT_START:
        await asyncio.sleep(dice.uniform(0, START_S))
    else:
        await yard.until(lambda: len(yard.sandbox.calls) > calls)
        if dice.random() < 0.5:
            await asyncio.sleep(dice.uniform(0, LIVES_LONGEST_S))
        else:  # close to a call: while it is on its way, or its answer is
            wanted = len(yard.sandbox.calls) + dice.randint(1, 30)
            await yard.until(
                lambda: len(yard.sandbox.calls) >= wanted, LIVES_LONGEST_S * 2, strict=False
            )
            await asyncio.sleep(dice.choice((0, 0, 0.001, 0.003, 0.01)))
    return len(yard.sandbox.calls) == calls


async def stock_loses(place: Path, ends: int, how: signal.Signals) -> int:
    """Return how many messages python-telegram-bot's own polling loses, ended so often."""
    async with yard_at(place) as yard:
        for round_ in range(ends):
            process = await yard.start("-m", "tests.kill.stock_bot", yard.origin, TOKEN)
            wanted = sum(yard.heard().values()) + 3
            yard.burst(round_)
            await yard.until_heard(wanted)
            await end(process, how)
        process = await yard.start("-m", "tests.kill.stock_bot", yard.origin, TOKEN)
        yard.sandbox.user_text(yard.people[0], "the last")
        await yard.until(lambda: (yard.people[0], "the last") in yard.heard())
        await end(process, signal.SIGKILL)
        return len(set(yard.said) - set(yard.heard()))

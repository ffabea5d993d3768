"""The same button is pressed twice in the same millisecond, on two connections to PostgreSQL."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from datetime import timedelta
from typing import Final

from bot.screen import Verb
from storage.database import Database
from storage.keys import Keyring
from tests.proofs.figures import Figures, Tell
from tests.proofs.load import SYLLABLES
from tests.proofs.postgresql import server
from tests.world import CHANNEL, KEYS, REPORT, TEAM, World

NAME = "Two presses in the same millisecond, on PostgreSQL"
PROMISES = ("P6",)

PAIRS: Final = 1000
CASES_OF_A_TEAM: Final = 25
"""A team with many more would make each report slower, and prove no more."""
TOLD: Final = ("al beantwoord", "Al geantwoord", "Al gezegd")
EXCLUDED: Final = (
    "pairs of which both counted",
    "pairs of which none counted",
    "second presses that were not told so",
    "updates not settled as one done, one refused",
    "presses that failed and were tried again",
)


async def _pair(world: World, presses: tuple[dict[str, object], ...], event: str) -> Counter[str]:
    """Let two presses be handled at once by two processes, and judge what came of them."""
    world.phone.toasts.clear()
    number = len(await world.cases()) - 1
    before, inbox = (await world.kinds(number)).count(event), await world.inbox()
    await world.stores(*presses)
    # as two processes would: each looks, each takes on a connection of its own
    workers, failed = (world._new_worker(), world._new_worker()), 0
    for _ in range(20):
        await asyncio.gather(*(worker.run_once() for worker in workers))
        failed += sum(len(worker._rests) for worker in workers)
        if not (await world.inbox()).new:
            break
    await world.sends()
    counted = (await world.kinds(number)).count(event) - before
    after = await world.inbox()
    told = sum(any(words in toast for words in TOLD) for toast in world.phone.toasts)
    settled = (after.done - inbox.done, after.refused - inbox.refused, after.new)
    return Counter({
        EXCLUDED[0]: int(counted > 1),
        EXCLUDED[1]: int(counted < 1),
        EXCLUDED[2]: int(told != 1),
        EXCLUDED[4]: failed,
        EXCLUDED[3]: int(settled not in ((1, 1, 0), (2, 0, 0)) or after.dead != inbox.dead),
    })  # fmt: skip


def _report(number: int) -> str:
    """Return a report about somebody whom no other is about."""
    last = "".join(SYLLABLES[int(digit)] for digit in f"{number:05}").capitalize()
    phone = f"04{number:08}"
    return (
        REPORT.replace("Verbeke", last)
        .replace("Dorpsstraat 12", f"Kerkstraat {number}")
        .replace("0470 12 34 56", " ".join((phone[:4], phone[4:6], phone[6:8], phone[8:])))
    )


async def _two_workers(world: World, number: int, turned: bool) -> Counter[str]:
    """An and Bram press the claim of a new case: two people, two lanes."""
    await world.reported(f"R{number}", _report(number))
    message_id, callback = await world.button(CHANNEL, Verb.CLAIM)
    names = ("Bram", "An") if turned else ("An", "Bram")
    presses = tuple(
        world.pressed(name, callback, chat_id=CHANNEL, message_id=message_id) for name in names
    )
    return await _pair(world, presses, "WorkerSet")


async def _two_telephones(world: World, turned: bool) -> Counter[str]:
    """Who has the case now answers its question on two telephones: one lane, two processes."""
    worker = (await world.cases())[-1].case.worker
    name = next(name for name, number in world.ids.items() if number == worker)
    chat = world.user(name)
    one = await world.button(chat, Verb.ANSWER, step="call_day1", arg="accepts_help")
    other = await world.button(chat, Verb.ANSWER, step="call_day1", arg="declines_help")
    both = (other, one) if turned else (one, one)
    presses = tuple(world.pressed(name, callback, message_id=at) for at, callback in both)
    return await _pair(world, presses, "StepAnswered")


async def _all(scale: float, tell: Tell) -> tuple[Counter[str], Counter[str]]:
    pairs = max(round(PAIRS * scale), 2)
    counts: Counter[str] = Counter()
    bad: Counter[str] = Counter(dict.fromkeys(EXCLUDED, 0))
    with server() as at:
        database = await Database.open(at.fresh()[1], keys=Keyring.load(KEYS))
        world: World | None = None
        for number in range(0, pairs, 2):
            if world is None or number % (2 * CASES_OF_A_TEAM) == 0:
                world = await World.open(database, team=TEAM.replace("Ravels", f"{number}"))
                await world.has_channel()
            turned = number % 4 == 0
            bad += await _two_workers(world, number, turned)
            counts["of two workers on one claim"] += 1
            bad += await _two_telephones(world, turned)
            counts["of one person on two telephones"] += 1
            await world.time_passes(by=timedelta(minutes=1))  # the channel takes 20 a minute
            tell(number + 2, pairs)
        await database.close()
    return counts, Counter({name: bad[name] for name in EXCLUDED})


def prove(scale: float, tell: Tell) -> Figures:
    """Press a thousand times two at once (1.0), in either order."""
    began = time.monotonic()
    counts, bad = asyncio.run(_all(scale, tell))
    return Figures(counts=dict(counts), bad=dict(bad), seconds=time.monotonic() - began)

"""A disk that is full, or fails, from the n-th write on, and then is well again (P14).

strace answers the process's writes with the error of the kernel; nothing in the process is
replaced. What has been confirmed by then, and what is confirmed after, must be there.
"""

from __future__ import annotations

import asyncio
import shutil
import signal
import time
from collections import Counter
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

from tests.kill.yard import KIER, end, yard_at
from tests.proofs import trace
from tests.proofs.figures import Figures, Tell
from tests.proofs.load import BROKEN, Crowd, a_place, judged, kept

NAME: Final = "A disk that is full or fails at the n-th write"
PROMISES: Final = ("P1", "P14")
FIRSTS: Final = (*range(1, 41), *range(60, 701, 20))
"""The first write that fails: each of a start's, then some of all that four reports make."""
FAILS_FOR: Final = 12
"""Writes that fail one after another; then there is room again."""
ERRORS: Final = ("ENOSPC", "EIO")
REPORTS: Final = 2
ENOUGH_S: Final = 60.0
SOON_S: Final = 10.0
"""How long a bot that loses messages is waited for."""
HASTY: Final = (
    "-c",
    (
        "import bot.assemble as room; from tests.simulation.mutants import HastyPoller as hasty; "
        "room.Poller = hasty; from bot.cli import main; main()"
    ),
    "run",
)
"""A bot that tells Telegram first and stores after that."""
CONTROLS: Final = (12, 16, 20, 24)
EXCLUDED: Final = (*BROKEN, "processes that did not end with status 0 when asked to")


def prove(scale: float, tell: Tell) -> Figures:
    """Let each of some eighty writes be the first that fails (1.0), by each of two errors."""
    began = time.monotonic()
    many = max(round(len(FIRSTS) * scale), 1)
    firsts = FIRSTS[:: len(FIRSTS) // many]
    errors = ERRORS if many > 1 else ERRORS[:1]
    plan = [(first, error) for first in firsts for error in errors]
    counts, bad = asyncio.run(_all(plan, KIER, ENOUGH_S, tell))
    few = [(first, ERRORS[0]) for first in CONTROLS[: max(round(len(CONTROLS) * scale), 1)]]
    lost = asyncio.run(_all(few, HASTY, SOON_S, lambda *_: None))[1].total()
    return Figures(
        counts=dict(counts),
        bad={name: bad[name] for name in EXCLUDED},
        control={"promises broken by a bot that tells Telegram before it stores": lost},
        seconds=time.monotonic() - began,
    )


async def _all(
    plan: list[tuple[int, str]], words: tuple[str, ...], enough_s: float, tell: Tell
) -> tuple[Counter[str], Counter[str]]:
    counts: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    with ExitStack() as until:
        made = a_place(until)
        await _begin(made)
        for done, (first, error) in enumerate(plan, start=1):
            with ExitStack() as places:
                place = a_place(places)
                shutil.copytree(made / "data", place / "data", dirs_exist_ok=True)
                await _one(place, words, enough_s, (first, error), counts, bad)
            tell(done, len(plan))
    return counts, bad


async def _begin(place: Path) -> None:
    """Make a data directory as a first start leaves it."""
    async with yard_at(place, people=0) as yard:
        process = await yard.start(*KIER)
        await yard.until(lambda: len(yard.sandbox.calls) > 2)
        await end(process, signal.SIGTERM)


async def _one(
    place: Path,
    words: tuple[str, ...],
    enough_s: float,
    failing: tuple[int, str],
    counts: Counter[str],
    bad: Counter[str],
) -> None:
    async with yard_at(place, people=0) as yard, Crowd(yard, REPORTS) as crowd:
        process = await yard.start(*words, under=_failing(place, *failing))
        with suppress(TimeoutError):  # a bot that lost a message waits for ever
            async with asyncio.timeout(enough_s):
                while process.returncode is None and crowd.acknowledged < REPORTS:  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
        counts[f"runs with {failing[1]}"] += 1
        if process.returncode is not None:
            counts["starts that ended with a sentence, and began again"] += 1
            process = await yard.start(*words)
        await crowd.drained(enough_s)
        failed = (place / "strace.txt").read_text().count("(INJECTED)")
        counts["writes that failed"] += failed
        bad[EXCLUDED[-1]] += await end(process, signal.SIGTERM) != 0
        bad += judged(crowd, await kept(place / "data"))
        counts["reports acknowledged"] += crowd.acknowledged


def _failing(place: Path, first: int, error: str) -> tuple[str, ...]:
    last = first + FAILS_FOR - 1
    return (
        *trace.beside("-e", "trace=pwrite64", "-o", str(place / "strace.txt")),
        *("-e", f"inject=pwrite64:error={error}:when={first}..{last}"),
    )

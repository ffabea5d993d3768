"""PostgreSQL is restarted, cut off and out of reach for a while under the load of `kier run`."""

from __future__ import annotations

import asyncio
import random
import re
import signal
import time
from collections import Counter
from contextlib import ExitStack
from typing import Final

from tests.kill.yard import KIER, end, yard_at
from tests.proofs.figures import Figures, Tell
from tests.proofs.load import BROKEN, SYLLABLES, Crowd, a_place, judged, kept
from tests.proofs.postgresql import Server, Wire, server, through, wire_to

NAME = "PostgreSQL restarted and cut under load"
PROMISES = ("P1", "P14", "P20")

TIMES: Final = 20
AT_ONCE: Final = 8
BACK_S: Final = 60.0
"""How long the bot may need to serve again by itself; its longest wait is 30 s."""
TROUBLES: Final = ("immediate", "fast", "cut", "down", "frozen")
EXCLUDED: Final = (
    "troubles after which the process did not serve again by itself",
    "times out of reach without a word in the log",
    "lines of the log with a person's words in them",
    *BROKEN,
)
_WORDS: Final = re.compile(r"(?:DatabaseFailed\((?!None)[\w-]+\)|Uncertain)")
_PERSONAL: Final = re.compile(
    f"(?i)\\b(?:{'|'.join(SYLLABLES)}){{5}}\\b|Kerkstraat|Huurachterstal"
)


async def _trouble(kind: str, at: Server, wire: Wire, dice: random.Random) -> None:
    match kind:
        case "immediate":
            await asyncio.to_thread(at.restart, "immediate")
        case "fast":
            await asyncio.to_thread(at.restart, "fast")
        case "cut":
            wire.cut()
        case "down":
            wire.down = True
            wire.cut()
            await asyncio.sleep(dice.uniform(1.0, 4.0))
            wire.down = False
        case _:
            wire.freeze()
            await asyncio.sleep(dice.uniform(1.0, 4.0))
            wire.cut()


async def _all(scale: float, tell: Tell) -> tuple[Counter[str], Counter[str]]:
    times = max(round(TIMES * scale), 1)
    dice = random.Random(20)
    counts: Counter[str] = Counter()
    bad: Counter[str] = Counter(dict.fromkeys(EXCLUDED, 0))
    with server() as at, ExitStack() as until:
        place, (name, url) = a_place(until), at.fresh()
        log = place / "log.txt"
        async with wire_to(at) as wire, yard_at(place, people=0) as yard:
            yard.settings["KIER_DATABASE_URL"] = through(wire, name)
            async with Crowd(yard, AT_ONCE) as crowd:
                process = await yard.start(*KIER)
                await yard.until(lambda: crowd.acknowledged > 0)
                for number in range(times):
                    await asyncio.sleep(dice.uniform(0.3, 1.5))
                    kind, words = TROUBLES[number % len(TROUBLES)], _said(log.read_text())
                    await _trouble(kind, at, wire, dice)
                    began, before = time.monotonic(), len(crowd.everybody)
                    # whoever writes only now gets a receipt: all of it works again
                    await yard.until(
                        lambda: any(one.receipts for one in crowd.everybody[before:]),  # noqa: B023
                        BACK_S,
                        strict=False,
                    )
                    late_s = time.monotonic() - began
                    counts[f"troubles: {kind}"] += 1
                    counts["longest until it served again, ms"] = max(
                        counts["longest until it served again, ms"], round(late_s * 1000)
                    )
                    bad[EXCLUDED[0]] += late_s >= BACK_S or process.returncode is not None
                    # what is over within a unit's three tries needs no word
                    bad[EXCLUDED[1]] += kind == "down" and _said(log.read_text()) == words
                    tell(number + 1, times)
                await crowd.drained(120)
                bad[EXCLUDED[0]] += await end(process, signal.SIGTERM) != 0
                bad += judged(crowd, await kept(place / "data", url))
                counts["reports acknowledged"] = crowd.acknowledged
                lines = log.read_text().splitlines()
                bad[EXCLUDED[2]] += sum(bool(_PERSONAL.search(line)) for line in lines)
                counts["lines that say what is the matter"] = _said("\n".join(lines))
    return counts, Counter({name: bad[name] for name in EXCLUDED})


def _said(log: str) -> int:
    return len(_WORDS.findall(log))


def prove(scale: float, tell: Tell) -> Figures:
    """Disturb PostgreSQL twenty times (1.0) while people report."""
    began = time.monotonic()
    counts, bad = asyncio.run(_all(scale, tell))
    return Figures(counts=dict(counts), bad=dict(bad), seconds=time.monotonic() - began)

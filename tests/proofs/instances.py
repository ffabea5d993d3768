"""Two and four `kier run` are started in the same moment, on the same settings."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from bot.assemble import EXIT_WRONG
from tests.kill.yard import KIER, ROOT, TOKEN, Yard, end, yard_at
from tests.proofs.figures import Figures, Tell
from tests.proofs.load import a_place
from tests.proofs.postgresql import Server, server

NAME = "Two and four instances started at once"
PROMISES = ("P15",)

ROUNDS: Final = 50
PEOPLE: Final = 5
SENTENCES: Final = ("Another kier process runs", "Another process serves this team")
EXCLUDED: Final = (
    "starts with none or several active",
    "others that did not end with status 2 and one sentence",
    "messages not answered exactly once",
    "active ones that did not stop cleanly",
)


async def _start(yard: Yard, log: Path) -> asyncio.subprocess.Process:
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KIER_")},
        "KIER_TOKEN": TOKEN,
        "KIER_API_URL": yard.origin,
        "KIER_DATA_DIR": str(yard.place / "data"),
        "KIER_TEAM_FILE": str(yard.place / "team.yaml"),
        **yard.settings,
    }
    with log.open("wb") as out:
        return await asyncio.create_subprocess_exec(
            sys.executable, *KIER, cwd=ROOT, env=env, stdout=out, stderr=out
        )


def _answers(yard: Yard) -> list[int]:
    return [sum(shown["mine"] for shown in yard.sandbox.view(person)) for person in yard.people]


async def _round(yard: Yard, many: int, bad: Counter[str]) -> None:
    """Start so many at once while people write; one serves, the others say why not."""
    before = _answers(yard)
    for person in yard.people:
        yard.sandbox.user_text(person, "/help")
    with tempfile.TemporaryDirectory() as place:
        logs = [Path(place) / f"{number}.txt" for number in range(many)]
        started = await asyncio.gather(*(_start(yard, log) for log in logs))
        waits = [asyncio.ensure_future(process.wait()) for process in started]
        async with asyncio.timeout(120):
            while sum(wait.done() for wait in waits) < many - 1:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED, timeout=0.2)
            await yard.until(
                lambda: all(now > was for now, was in zip(_answers(yard), before, strict=True)),
                strict=False,
            )
        # whoever would answer a second time, or come up after all, has a second to do so
        await asyncio.sleep(1.0)
        active = [process for process, wait in zip(started, waits, strict=True) if not wait.done()]
        bad[EXCLUDED[0]] += len(active) != 1
        for process, log in zip(started, logs, strict=True):
            if process in active:
                continue
            lines = log.read_text().splitlines()
            fine = process.returncode == EXIT_WRONG and len(lines) == 1
            bad[EXCLUDED[1]] += not (fine and any(words in lines[0] for words in SENTENCES))
        for now, was in zip(_answers(yard), before, strict=True):
            bad[EXCLUDED[2]] += now != was + 1
        for process in active:
            bad[EXCLUDED[3]] += await end(process, signal.SIGTERM) != 0
        await asyncio.gather(*waits)


async def _all(scale: float, tell: Tell) -> tuple[Counter[str], Counter[str]]:
    rounds = max(round(ROUNDS * scale), 1)
    counts: Counter[str] = Counter()
    bad: Counter[str] = Counter(dict.fromkeys(EXCLUDED, 0))
    with server() as at, ExitStack() as until:
        for number in range(rounds):
            for place, kind in enumerate(("SQLite", "PostgreSQL")):
                many = 2 if (number + place) % 2 else 4
                await _one(until, at if kind == "PostgreSQL" else None, many, number, bad)
                counts[f"starts of {many} at once on {kind}"] += 1
                tell(2 * number + place + 1, 2 * rounds)
    return counts, bad


_kept: dict[str, tuple[Path, str]] = {}


async def _one(
    until: ExitStack, at: Server | None, many: int, number: int, bad: Counter[str]
) -> None:
    """Play a round; every other one begins with nothing: no database, no key."""
    kind = "postgresql" if at else "sqlite"
    if number % 2 == 0 or kind not in _kept:
        _kept[kind] = (a_place(until), at.fresh()[1] if at else "")
    place, url = _kept[kind]
    async with yard_at(place, people=PEOPLE) as yard:
        if url:
            yard.settings["KIER_DATABASE_URL"] = url
        await _round(yard, many, bad)


def prove(scale: float, tell: Tell) -> Figures:
    """Start fifty times on each database (1.0)."""
    began = time.monotonic()
    counts, bad = asyncio.run(_all(scale, tell))
    _kept.clear()
    return Figures(counts=dict(counts), bad=dict(bad), seconds=time.monotonic() - began)

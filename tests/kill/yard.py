"""The real process and a Telegram of our own around it: started, signalled, looked at."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox import Sandbox, serve

TOKEN = "7300700700:AAcanaryCanaryCanaryCanaryCanary0123"
ROOT = Path(__file__).parents[2]
TEAM = (
    "name: Echo\ncountry: BE\ntimezone: Europe/Brussels\nlanguage: nl-BE\nprocedures: [ravels]\n"
)
PEOPLE = 10
EACH = 3
KIER = ("-c", "from bot.cli import main; main()", "run")
"""What `.venv/bin/kier run` runs."""


class Yard:
    """A sandbox with people, and processes that are started against it and killed."""

    def __init__(self, sandbox: Sandbox, origin: str, place: Path, people: int) -> None:
        self.sandbox, self.origin, self.place = sandbox, origin, place
        self.people = [sandbox.add_user(f"P{number}") for number in range(people)]
        for person in self.people:
            sandbox.people[person].started = True
        self.said: list[tuple[int, str]] = []
        self.settings: dict[str, str] = {}
        """More of what the processes find in their environment."""
        (place / "team.yaml").write_text(TEAM)

    def burst(self, round_: int) -> None:
        """Let everybody write at once."""
        for number in range(EACH):
            for person in self.people:
                text = f"{round_}-{person}-{number}"
                self.said.append((person, text))
                self.sandbox.user_text(person, text)

    def heard(self) -> Counter[tuple[int, str]]:
        """Return how often each answer stands in its chat; marks of a repeat taken off."""
        return Counter(
            (person, shown["text"].removeprefix("(again) ").removeprefix("echo "))
            for person in self.people
            for shown in self.sandbox.view(person)
            if shown["mine"]
        )

    def marked(self) -> int:
        """Return how many answers were marked as a repeat."""
        return sum(
            shown["text"].startswith("(again) ")
            for person in self.people
            for shown in self.sandbox.view(person)
            if shown["mine"]
        )

    async def start(self, *words: str, under: Sequence[str] = ()) -> asyncio.subprocess.Process:
        """Start a process with the settings of this yard; `under` is what runs it (strace)."""
        env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("KIER_")},
            "KIER_TOKEN": TOKEN,
            "KIER_API_URL": self.origin,
            "KIER_DATA_DIR": str(self.place / "data"),
            "KIER_TEAM_FILE": str(self.place / "team.yaml"),
            **self.settings,
        }
        log = (self.place / "log.txt").open("ab")
        try:
            return await asyncio.create_subprocess_exec(
                *under, sys.executable, *words, cwd=ROOT, env=env, stdout=log, stderr=log
            )
        finally:
            log.close()

    async def until_heard(self, count: int) -> None:
        """Wait until so many answers stand in the chats."""
        await self.until(lambda: sum(self.heard().values()) >= count)

    async def until(
        self, holds: Callable[[], bool], seconds: float = 60.0, *, strict: bool = True
    ) -> None:
        """Wait until something holds, looking after each change in the sandbox.

        When it does not within `seconds`: raises `TimeoutError`, or if not `strict` goes on.
        """
        changed = asyncio.Event()
        unsubscribe = self.sandbox.subscribe(changed.set)
        try:
            async with asyncio.timeout(seconds):
                while not holds():
                    changed.clear()
                    await changed.wait()
        except TimeoutError:
            if strict:
                raise
        finally:
            unsubscribe()


@asynccontextmanager
async def yard_at(place: Path, people: int = PEOPLE) -> AsyncIterator[Yard]:
    """Open a yard; what still runs at its end is killed."""
    sandbox = Sandbox(clock=lambda: datetime.now(UTC), monotonic=time.monotonic, token=TOKEN)  # noqa: TID251
    async with serve(sandbox) as origin:
        yield Yard(sandbox, origin, place, people)


async def end(process: asyncio.subprocess.Process, how: signal.Signals) -> int:
    """Send a signal and return the exit status."""
    process.send_signal(how)
    async with asyncio.timeout(30):
        return await process.wait()

"""A big team, on whose file as many cases wait for the next opening as somebody asks for.

The ordinary stories have a handful of people who do all kinds of things. Here nobody does
anything: what is looked at is how prompts go out of which very many fall due at once.
"""

from __future__ import annotations

import asyncio
import functools
import os
import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from bot.handle.main import Handler
from bot.handle.office import CHANNEL, open_office
from storage import people, teams
from storage.database import Database
from storage.keys import Keyring
from tests.bench.ground import as_sent, give, report
from tests.simulation.ground import CHANNEL_ID, KEY, team, template
from tests.simulation.plan import Plan
from tests.simulation.simulation import Simulation

FIRST_USER: Final = 70_000_001
EVENING: Final = datetime(2027, 9, 13, 17, 0, tzinfo=UTC)
"""Monday 19:00 in Ravels: what is assigned now is asked for the first time at nine tomorrow."""
CASES_AT_ONCE: Final = 20


class Crowd(Simulation):
    """A story on the file of a big team."""

    def __init__(
        self, plan: Plan, folder: Path, workers: int, cases: int, mutant: Any = None
    ) -> None:
        super().__init__(plan, folder, mutant)
        self.workers, self.cases = workers, cases

    def _settle_in(self) -> None:
        self.path.parent.mkdir(parents=True)
        shutil.copy(_laid(self.workers, self.cases), self.path)
        for number, name in enumerate(_names(self.workers)):
            user = FIRST_USER + number
            self.users[name] = user
            self.sandbox.add_user(name, user_id=user, language_code="nl")
            self.sandbox.people[user].started = True
        self.numbers = {name: number + 1 for number, name in enumerate(self.users)}
        self.names = {user: name for name, user in self.users.items()}
        owner = self.users["Carla"]
        members = list(self.users.values())
        self.sandbox.add_group("Team", owner=owner, members=members, chat_id=CHANNEL_ID)
        self.sandbox.set_bot(CHANNEL_ID, owner, "administrator")
        self.sandbox.updates.clear()
        self.facts.touched = {"person", "case_person", "outbox"}  # was laid before anybody looked


def _names(workers: int) -> list[str]:
    return ["Carla", *(f"worker {number:03}" for number in range(workers))]


@functools.cache
def _laid(workers: int, cases: int) -> Path:
    """Return a file with so many cases, shared evenly; laid once by a process."""
    path = template().with_name(f"crowd-{workers}-{cases}.sqlite")
    bytes_ = random.Random("crowd").randbytes
    with patch.object(os, "urandom", bytes_):
        asyncio.run(_lay(path, bytes_, workers, cases))
    return path


async def _lay(path: Path, bytes_: Callable[[int], bytes], workers: int, cases: int) -> None:
    database = await Database.open(
        f"sqlite:///{path}", keys=Keyring.load([KEY]), randomness=bytes_
    )
    ids: list[int] = []

    def found(c: Any) -> Handler:
        office = open_office(c, team(), "kier_sandbox_bot", EVENING)
        for number, name in enumerate(_names(workers)):
            ids.append(
                people.put_person(
                    c, office.team_id, name=name, role="worker" if number else "coordinator",
                    user_id=FIRST_USER + number, language="nl-BE", now=EVENING,
                )
            )  # fmt: skip
        teams.set_flag(c, office.team_id, CHANNEL, {"chat": CHANNEL_ID}, EVENING)
        return Handler(office)

    def some(first: int, c: Any) -> None:
        for number in range(first, min(first + CASES_AT_ONCE, cases)):
            case_id = report(handler, c, ids[0], number, EVENING)
            give(handler, c, case_id, ids[1 + number % workers], by=ids[0], now=EVENING)

    handler = await database.write(found)
    for first in range(0, cases, CASES_AT_ONCE):
        await database.write(partial(some, first))
    await database.write(partial(as_sent, now=EVENING))
    await database.close()

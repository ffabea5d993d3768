"""The ground of a story: a team on file, and a machine on which nothing differs twice."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import functools
import json
import logging
import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

import apscheduler.executors.base
import apscheduler.schedulers.base

import bot.assemble as assemble
import bot.fetcher as fetcher_room
import bot.handle.office as office_room
import bot.health.watch as watch_room
import bot.retention as retention_room
import bot.sandbox.server as server
import bot.sender as sender_room
import bot.worker as worker_room
from bot.handle.office import CHANNEL, open_office
from bot.maker import Maker
from bot.outcomes import Unsure
from bot.sender import Sender
from bot.team import Team, read_team
from scheduler.load import load
from storage import people, teams
from storage.database import Database
from storage.keys import Keyring
from tests.simulation.facts import Facts
from tests.simulation.plan import COORDINATORS, REPORTERS, WORKERS
from tests.simulation.seams import ROW
from tests.simulation.timeline import datetime_of

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

TOKEN: Final = ":".join(("7300700700", "AAsimulatedSimulatedSimulatedSim0123"))
KEY: Final = b"a2llcmtpZXJraWVya2llcmtpZXJraWVya2llcmtpZXI="
CHANNEL_ID: Final = -4242
QUIET_S: Final = 4 * 3600.0
"""How often loops look unasked, instead of each few seconds: a wake-up that is missed shows."""
RESTART_S: Final = 10.0
TEAM: Final = """\
name: OCMW Ravels
country: BE
timezone: Europe/Brussels
language: nl-BE
procedures: [ravels]
assignment: claim
phone: "014 00 00 00"
"""
PICTURE: Final = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\0\0\0\0"
MEMBERS: Final = {**dict.fromkeys(WORKERS, "worker"), **dict.fromkeys(COORDINATORS, "coordinator")}


async def _traced(self: Sender, row: Any, *, original: Any, facts: Facts) -> None:
    ROW.set(row)
    await original(self, row)
    if isinstance(self._finished[-1].outcome, Unsure):
        facts.doubts[(facts.era, row.id)] += 1


@contextlib.contextmanager
def quiet_machine(sim: Simulation) -> Iterator[None]:
    """Take away what would differ between two runs: randomness, the machine's clock, processes."""
    bytes_ = random.Random(f"{sim.plan.seed} bytes")
    random.seed(sim.plan.seed)
    moments = datetime_of(sim.clock)
    original = Sender._call

    async def made(self: Maker, kind: str, values: Any) -> bytes:
        return PICTURE

    def call(self: Sender, row: Any) -> Any:
        return _traced(self, row, original=original, facts=sim.facts)

    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    with ExitStack() as stack:
        for target, name, value in (
            (os, "urandom", bytes_.randbytes),
            (apscheduler.schedulers.base, "datetime", moments),
            (apscheduler.executors.base, "datetime", moments),
            (assemble, "SystemClock", lambda: sim.clock),
            (assemble, "WEBHOOK_LOOK_S", 86_400.0),
            (retention_room, "EVERY_S", QUIET_S),
            (office_room, "load", _load),
            (server, "POLL_S_MAX", QUIET_S),
            (fetcher_room, "LOOK_AGAIN_S", QUIET_S),
            (sender_room, "LOOK_AGAIN_S", QUIET_S),
            (watch_room, "EVERY_S", QUIET_S),
            (worker_room, "LOOK_AGAIN_S", QUIET_S),
            (Maker, "make", made),
            (Sender, "_call", call),
        ):
            stack.enter_context(patch.object(target, name, value))
        defaults = Database.open.__func__.__kwdefaults__  # type: ignore[attr-defined]
        stack.enter_context(patch.dict(defaults, {"randomness": bytes_.randbytes}))
        try:
            yield
        finally:
            logging.disable(before)


@functools.cache
def _loaded(text: str, origin: str, overrides: str) -> Any:
    return load(text, origin=origin, overrides=json.loads(overrides) or None)


def _load(text: str, *, origin: str, overrides: Any = None) -> Any:
    """Read each procedure once: a restart in a story would read the same file again."""
    return _loaded(text, origin, json.dumps(overrides or {}, sort_keys=True))


@functools.cache
def team() -> Team:
    """Return the team's file, read."""
    return read_team(TEAM.encode(), Path())


@functools.cache
def template() -> Path:
    """Return a database with a team, its members and its channel; the same bytes each time."""
    base = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="kier-sim-", dir=base))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "kier.key").touch(0o600)
    (folder / "kier.key").write_bytes(KEY + b"\n")
    path = folder / "kier.sqlite"
    bytes_ = random.Random("template").randbytes
    with patch.object(os, "urandom", bytes_):
        loop = asyncio.new_event_loop()
        try:
            loop.run_until_complete(_found(path, bytes_))
        finally:
            loop.close()
    return path


async def _found(path: Path, bytes_: Callable[[int], bytes]) -> None:
    now = datetime(2026, 1, 5, 9, tzinfo=UTC)
    database = await Database.open(
        f"sqlite:///{path}", keys=Keyring.load([KEY]), randomness=bytes_
    )

    def unit(c: Any) -> None:
        office = open_office(c, team(), "kier_sandbox_bot", now)
        for number, (name, role) in enumerate(MEMBERS.items()):
            user = 70_000_001 + len(REPORTERS) + number
            people.put_person(
                c, office.team_id, name=name, role=role,  # type: ignore[arg-type]
                user_id=user, language="nl-BE", now=now,
            )  # fmt: skip
        teams.set_flag(c, office.team_id, CHANNEL, {"chat": CHANNEL_ID}, now)

    await database.write(unit)
    await database.close()

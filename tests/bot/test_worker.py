"""The worker with a real database and a `handle` of the test's own."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.hooks import Handled
from bot.worker import Worker
from storage import inbox, outbox, teams
from storage.database import Database
from storage.errors import DatabaseFailed
from storage.inbox import InboxRow
from storage.keys import Keyring
from storage.outbox import OutgoingRow
from tests.bot.clocks import START, StandingClock

KEYS = [b"a2llcmtpZXJraWVya2llcmtpZXJraWVya2llcmtpZXI="]


class Bench:
    """A worker whose `handle` notes what it gets and raises at texts that say so."""

    def __init__(self, database: Database, team_id: int) -> None:
        self.database, self.team_id = database, team_id
        self.clock = StandingClock()
        self.seen: list[tuple[int, str]] = []
        self.dead: list[str] = []
        self.told: list[datetime | None] = []
        self.alarms: list[str] = []
        self.number = 0
        self.worker = Worker(
            database,
            team_id=team_id,
            clock=self.clock,
            handle=self.handle,
            on_dead=self.on_dead,
            handled=self.told.append,
            alarm=self.alarms.append,
        )

    def handle(self, c: Any, row: InboxRow, now: datetime) -> Handled:
        """Queue one message with the text, then do as the text says."""
        text = json.loads(row.raw)["message"]["text"]
        self.seen.append((row.lane, text))
        outbox.put(c, self.message(row, text), now)
        if "raise" in text:
            raise ValueError("Mevrouw Kanarie")
        if "refuse" in text:
            return Handled(refused="not-yours")
        return Handled(wake_at=now + timedelta(hours=1) if "due" in text else None)

    def on_dead(self, c: Any, row: InboxRow, now: datetime) -> None:
        """Queue a message to a coordinator."""
        self.dead.append(json.loads(row.raw)["message"]["text"])
        if "untold" in self.dead[-1]:
            raise AssertionError
        outbox.put(c, self.message(row, "dead"), now)

    def message(self, row: InboxRow, text: str) -> OutgoingRow:
        """Return a message to the person of a row."""
        return OutgoingRow(
            team_id=self.team_id,
            chat_id=row.lane,
            kind="receipt",
            method="sendMessage",
            payload={"text": text},
            meta={},
        )

    async def store(self, *updates: tuple[int, str]) -> None:
        """Put updates (person, text) into the inbox."""
        bodies = []
        for person, text in updates:
            self.number += 1
            message = {"from": {"id": person}, "text": text}
            bodies.append(json.dumps({"update_id": self.number, "message": message}).encode())
        await self.database.write(lambda c: inbox.store(c, self.team_id, bodies, START))

    async def run(self, times: int = 40) -> None:
        """Run until nothing is left to be handled."""
        for _ in range(times):
            ran = await self.worker.run_once()
            if ran.wait_s and not self.worker._rests:
                return
            self.clock.go(ran.wait_s or 0)

    async def counts(self) -> inbox.Counts:
        """Return how many rows the inbox holds, by state."""
        return await self.database.read(lambda c: inbox.counts(c, self.team_id))

    async def queued(self) -> int:
        """Return how many messages are queued."""
        found = await self.database.read(lambda c: outbox.counts(c, self.team_id))
        return found.get("queued", 0)


@asynccontextmanager
async def bench_at(path: Path) -> AsyncIterator[Bench]:
    """Open all."""
    database = await Database.open(f"sqlite:///{path / 'kier.sqlite'}", keys=Keyring.load(KEYS))
    try:
        team_id = await database.write(lambda c: teams.put_team(c, "Team", {}, START))
        yield Bench(database, team_id)
    finally:
        await database.close()


async def test_each_update_has_its_effect_once(tmp_path: Path) -> None:
    """P2, P3: handled, settled in the same commit as the effect; a second look finds nothing."""
    async with bench_at(tmp_path) as bench:
        await bench.store((7, "a"), (8, "refuse"), (7, "b"))
        await bench.run()
        assert await bench.counts() == inbox.Counts(new=0, done=2, refused=1, dead=0)
        assert await bench.queued() == 3
        await bench.run()
        assert len(bench.seen) == 3


async def test_one_person_in_order_many_side_by_side(tmp_path: Path) -> None:
    """P13: a flood of one person costs the others one turn, and stays in its order."""
    async with bench_at(tmp_path) as bench:
        await bench.store(*[(7, str(n)) for n in range(50)], (8, "later"))
        await bench.worker.run_once()
        assert bench.seen == [(7, "0"), (8, "later")]
        await bench.run(60)
        assert [text for lane, text in bench.seen if lane == 7] == [str(n) for n in range(50)]


async def test_an_update_that_raises_is_undone_and_becomes_a_dead_letter(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """P2: five attempts, nothing of them stays; a coordinator is told; its lane goes on."""
    async with bench_at(tmp_path) as bench:
        await bench.store((7, "raise"), (7, "after"), (8, "other"))
        await bench.run()
        assert await bench.counts() == inbox.Counts(new=0, done=2, refused=0, dead=1)
        assert [text for _, text in bench.seen].count("raise") == inbox.ATTEMPTS_MAX
        assert bench.seen[-1] == (7, "after")
        assert bench.dead == ["raise"]
        assert await bench.queued() == 3  # "after", "other", and the word to the coordinator
        assert "ValueError" in caplog.text
        assert "Kanarie" not in caplog.text


async def test_a_lane_that_raises_holds_up_no_other(tmp_path: Path) -> None:
    """Waits between attempts are the lane's own."""
    async with bench_at(tmp_path) as bench:
        await bench.store((7, "raise"))
        await bench.worker.run_once()
        await bench.store((8, "other"))
        assert (await bench.worker.run_once()).count == 1
        assert bench.seen == [(7, "raise"), (8, "other")]
        assert (await bench.worker.run_once()).wait_s == pytest.approx(0.1)


async def test_a_word_that_cannot_be_said_is_an_alarm(tmp_path: Path) -> None:
    """Telling of a dead letter may fail too: then it is dead all the same, with an alarm."""
    async with bench_at(tmp_path) as bench:
        await bench.store((7, "raise untold"))
        await bench.run()
        assert (await bench.counts()).dead == 1
        assert bench.alarms == ["dead-letter-untold"]


async def test_a_database_that_fails_counts_against_no_update(tmp_path: Path) -> None:
    """P14: full or locked: no attempt is counted, no effect, no confirmation; later all of it."""
    async with bench_at(tmp_path) as bench:
        await bench.store((7, "a"))

        class Full:
            read = bench.database.read

            async def write(self, unit: Any) -> None:
                raise DatabaseFailed("full")

        bench.worker._database = Full()  # type: ignore[assignment]
        for _ in range(10):
            with pytest.raises(DatabaseFailed):
                await bench.worker.run_once()
        assert await bench.queued() == 0
        assert bench.told == []
        bench.worker._database = bench.database
        await bench.run()
        assert await bench.counts() == inbox.Counts(new=0, done=1, refused=0, dead=0)


async def test_who_is_waiting_is_told_at_once(tmp_path: Path) -> None:
    """After each batch the sender is woken and the earliest due moment handed on."""
    async with bench_at(tmp_path) as bench:
        await bench.store((7, "a"))
        await bench.run()
        await bench.store((7, "due"), (8, "b"))
        await bench.run()
        assert bench.told[0] is None
        assert bench.told[1] is not None
        assert bench.told[1] >= START + timedelta(hours=1)

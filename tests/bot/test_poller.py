"""The poller with a real database and the sandbox's Bot API over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.gateway import Gateway
from bot.loops import Ran, Stop
from bot.outcomes import (
    Fetched,
    FetchOutcome,
    RetryLater,
    TakenOver,
    Tangled,
    Unauthorized,
    Unreachable,
)
from bot.poller import BACK_OFF_LONGEST_S, CONFLICT_S, Poller
from bot.sandbox import Fault, Sandbox, serve
from storage import inbox
from storage.errors import DatabaseFailed
from tests.bot.clocks import StandingClock
from tests.bot.places import database_at


class Desk:
    """A poller and what it works on."""

    def __init__(self, gateway: Any, database: Any, team_id: int) -> None:
        self.clock = StandingClock()
        self.database = database
        self.team_id = team_id
        self.stop = Stop()
        self.commits = 0
        self.conflicts: list[bool] = []
        self.alarms: list[str] = []
        self.poller = Poller(
            gateway,
            database,
            team_id=team_id,
            clock=self.clock,
            stop=self.stop,
            stored=self.stored,
            conflict=self.conflicts.append,
            alarm=self.alarms.append,
            poll_s=0,
        )

    def stored(self) -> None:
        """Count a commit."""
        self.commits += 1

    async def counts(self) -> inbox.Counts:
        """Return how many rows the inbox holds, by state."""
        found: inbox.Counts = await self.database.read(lambda c: inbox.counts(c, self.team_id))
        return found


@asynccontextmanager
async def desk_at(path: Path) -> AsyncIterator[tuple[Desk, Sandbox, int]]:
    """Open all: sandbox with one person, gateway, database, poller."""
    clock = StandingClock()
    sandbox = Sandbox(clock=clock.now, monotonic=clock.monotonic)
    an = sandbox.add_user("An")
    async with serve(sandbox) as origin, database_at(path) as (database, team_id):
        gateway = Gateway(sandbox.token, origin)
        try:
            yield Desk(gateway, database, team_id), sandbox, an
        finally:
            await gateway.close()


class Script:
    """A gateway that answers polls as it is told, and notes what was asked."""

    def __init__(self, *outcomes: FetchOutcome) -> None:
        self.outcomes = list(outcomes)
        self.offsets: list[int | None] = []

    async def fetch_updates(self, *, offset: int | None, **_: Any) -> FetchOutcome:
        """Return the next outcome."""
        self.offsets.append(offset)
        return self.outcomes.pop(0)


def update(number: int, text: str = "x") -> bytes:
    """Return an update's JSON."""
    return b'{"update_id":%d,"message":{"from":{"id":7},"text":"%s"}}' % (number, text.encode())


async def test_what_is_stored_is_acknowledged_and_not_before(tmp_path: Path) -> None:
    """P2: commit, and only the poll after it tells Telegram to forget."""
    async with desk_at(tmp_path) as (desk, sandbox, an):
        sandbox.start(an)
        sandbox.user_text(an, "Dag")
        assert await desk.poller.run_once() == Ran(count=2)
        assert (await desk.counts()).new == 2
        assert len(sandbox.updates.waiting) == 2
        assert await desk.poller.run_once() == Ran(count=0)
        assert len(sandbox.updates.waiting) == 0
        assert desk.commits == 1


async def test_a_database_error_acknowledges_nothing(tmp_path: Path) -> None:
    """P1, P14: what could not be committed comes again, and is stored then."""
    async with desk_at(tmp_path) as (desk, sandbox, an):
        sandbox.user_text(an, "Dag")
        sandbox.user_text(an, "Nog iets")
        real = desk.poller._database

        class Full:
            async def write(self, unit: Any) -> None:
                raise DatabaseFailed("full")

        desk.poller._database = Full()  # type: ignore[assignment]
        for _ in range(3):
            with pytest.raises(DatabaseFailed):
                await desk.poller.run_once()
        assert len(sandbox.updates.waiting) == 2
        desk.poller._database = real
        assert (await desk.poller.run_once()).count == 2
        assert (await desk.counts()).new == 2


async def test_after_a_restart_what_was_not_acknowledged_comes_again_once(tmp_path: Path) -> None:
    """P3: killed after the commit and before the next poll: delivered twice, stored once."""
    async with desk_at(tmp_path) as (desk, sandbox, an):
        sandbox.user_text(an, "Dag")
        await desk.poller.run_once()
        again = Desk(desk.poller._gateway, desk.database, desk.team_id)
        assert (await again.poller.run_once()).count == 0
        assert (await desk.counts()).new == 1
        await again.poller.run_once()
        assert len(sandbox.updates.waiting) == 0


async def test_numbers_that_begin_anew_after_a_quiet_week(tmp_path: Path) -> None:
    """Bad_inputs 10: Telegram goes on at a lower number; nothing new is taken for old."""
    async with desk_at(tmp_path) as (desk, sandbox, an):
        sandbox.reset_update_ids(900_000_000)
        sandbox.user_text(an, "voor de week")
        await desk.poller.run_once()
        await desk.poller.run_once()
        desk.clock.go(8 * 86_400)
        await desk.poller.run_once()
        sandbox.reset_update_ids(899_999_998)  # a far lower one would be read as no offset
        sandbox.user_text(an, "na de week")
        assert (await desk.poller.run_once()).count == 1
        assert (await desk.counts()).new == 2


async def test_odd_updates_do_not_stop_the_others(tmp_path: Path) -> None:
    """Bad_inputs 2, 3, 12: dead letters and a good one in one answer; all acknowledged."""
    async with desk_at(tmp_path) as (desk, sandbox, an):
        for number, raw in enumerate(
            [
                b'{"update_id":5,"message":{"text":"' + b"x" * 2_000_000 + b'"}}',
                b'{"update_id":6,"x":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
                b'{"update_id":7,"message":{"from":{"id":"seven"}}}',
                b"null",
            ]
        ):
            sandbox.inject_raw(raw, 5 + number)
        sandbox.user_text(an, "Dag")
        await desk.poller.run_once()
        counts = await desk.counts()
        assert (counts.new, counts.dead) == (1, 4)
        await desk.poller.run_once()
        assert len(sandbox.updates.waiting) == 0


async def test_updates_without_any_number_are_no_hot_loop(tmp_path: Path) -> None:
    """Bad_inputs 2: what has no number cannot be acknowledged: stored once, an alarm, a pause."""
    async with database_at(tmp_path) as (database, team_id):
        bodies = Fetched(updates=(b'{"message":{}}',))
        desk = Desk(Script(bodies, bodies), database, team_id)
        assert await desk.poller.run_once() == Ran(count=1, wait_s=BACK_OFF_LONGEST_S)
        assert await desk.poller.run_once() == Ran(count=0, wait_s=BACK_OFF_LONGEST_S)
        assert desk.alarms[0] == "updates-without-number"
        assert (await desk.counts()).dead == 1


async def test_an_update_whose_brackets_do_not_match_keeps_no_other_back(tmp_path: Path) -> None:
    """Bad_inputs 1: among a hundred others: a dead letter that is told of; all others are stored,
    all are acknowledged, within a few seconds."""
    async with desk_at(tmp_path) as (desk, sandbox, an):
        told: list[int] = []
        desk.poller._unreadable = lambda c, count, now: told.append(count)
        for number in range(50):
            sandbox.user_text(an, f"voor {number}")
        sandbox.inject_raw(b'{"update_id":900000900,"message":{"text":["open"}}', 900_000_900)
        sandbox.inject_raw(b'{"update_id":900000901,"message":{"text":"open}}', 900_000_901)
        for number in range(50):
            sandbox.user_text(an, f"na {number}")
        waited_s = 0.0
        for _ in range(150):
            waited_s += (await desk.poller.run_once()).wait_s or 0.0
        counts = await desk.counts()
        assert (counts.new, counts.dead) == (100, 2)
        assert told == [1, 1]
        assert len(sandbox.updates.waiting) == 0
        assert waited_s < 10


async def test_half_an_answer_is_no_dead_letter(tmp_path: Path) -> None:
    """Bad_inputs 67: an answer that broke off on its way comes whole the next time."""
    async with desk_at(tmp_path) as (desk, sandbox, an):
        sandbox.user_text(an, "Dag")
        sandbox.faults.add(Fault(kind="truncated"), method="getUpdates", times=2)
        for _ in range(5):
            await desk.poller.run_once()
        counts = await desk.counts()
        assert (counts.new, counts.dead) == (1, 0)
        assert len(sandbox.updates.waiting) == 0


async def test_a_tangle_without_a_number_is_told_once_and_is_no_hot_loop(tmp_path: Path) -> None:
    """Bad_inputs 1, 2: it cannot be acknowledged: stored and told once, an alarm, pauses."""
    async with database_at(tmp_path) as (database, team_id):
        desk = Desk(Script(*[Tangled(body=b'{"message":{')] * 9), database, team_id)
        waits = [(await desk.poller.run_once()).wait_s for _ in range(9)]
        assert waits[:3] == [0.0, 1.0, BACK_OFF_LONGEST_S]
        assert set(waits[3:]) == {BACK_OFF_LONGEST_S}
        assert set(desk.alarms) == {"updates-without-number"}
        assert (await desk.counts()).dead == 1


async def test_ids_out_of_order(tmp_path: Path) -> None:
    """Bad_inputs 11: the cursor is the last one received, not the highest."""
    async with database_at(tmp_path) as (database, team_id):
        script = Script(Fetched(updates=(update(1_000_007), update(9))), Fetched(updates=()))
        desk = Desk(script, database, team_id)
        await desk.poller.run_once()
        await desk.poller.run_once()
        assert script.offsets == [None, 10]
        assert (await desk.counts()).new == 2


async def test_a_token_that_is_refused_ends_it(tmp_path: Path) -> None:
    """Bad_inputs 69: 401 in mid-run: the process stops with a code, and does not poll on."""
    async with database_at(tmp_path) as (database, team_id):
        desk = Desk(Script(Unauthorized()), database, team_id)
        assert await desk.poller.run_once() == Ran(fatal="token-refused")


async def test_a_second_instance_is_an_alarm_and_stops_the_sending(tmp_path: Path) -> None:
    """S28: two 409 in a row: somebody else polls. Alarm, no sending, until a poll goes well."""
    async with database_at(tmp_path) as (database, team_id):
        script = Script(TakenOver(), TakenOver(), TakenOver(), Fetched(updates=()))
        desk = Desk(script, database, team_id)
        waits = [(await desk.poller.run_once()).wait_s for _ in range(4)]
        assert waits == [3.0, CONFLICT_S, CONFLICT_S, 0.0]
        assert desk.alarms == ["token-used-elsewhere"]
        assert desk.conflicts == [True, False]


async def test_telegram_out_of_reach(tmp_path: Path) -> None:
    """Bad_inputs 71: waits double up to 30 s; one alarm after five minutes; then at once again."""
    async with database_at(tmp_path) as (database, team_id):
        down = [Unreachable(code="ConnectError")] * 20
        desk = Desk(Script(*down, Fetched(updates=()), *down[:1]), database, team_id)
        waits = []
        for _ in range(20):
            ran = await desk.poller.run_once()
            assert ran.wait_s is not None
            waits.append(ran.wait_s)
            desk.clock.go(ran.wait_s)
        assert waits[:7] == [1, 2, 4, 8, 16, 30, 30]
        assert max(waits) == 30
        assert desk.alarms == ["telegram-unreachable"]
        assert (await desk.poller.run_once()).wait_s == 0
        assert (await desk.poller.run_once()).wait_s == 1


async def test_a_server_that_does_not_wait_is_no_hot_loop(tmp_path: Path) -> None:
    """Other servers may answer an empty long poll at once: then the waiting is ours."""
    async with database_at(tmp_path) as (database, team_id):
        desk = Desk(Script(Fetched(updates=())), database, team_id)
        desk.poller._poll_s = 50
        assert await desk.poller.run_once() == Ran(wait_s=0.5)


async def test_a_429_is_obeyed(tmp_path: Path) -> None:
    """Bad_inputs 66: polling waits as long as it is told."""
    async with database_at(tmp_path) as (database, team_id):
        desk = Desk(Script(RetryLater(seconds=17.0, chat_only=False)), database, team_id)
        assert (await desk.poller.run_once()).wait_s == 17


async def test_a_stop_ends_the_long_poll(tmp_path: Path) -> None:
    """Bad_inputs 81: SIGTERM does not wait for fifty seconds of silence."""
    async with desk_at(tmp_path) as (desk, _, _):
        desk.poller._poll_s = 50
        asyncio.get_running_loop().call_later(0.05, desk.stop.ask, "SIGTERM")
        async with asyncio.timeout(5):
            assert (await desk.poller.run_once()).wait_s is None


async def test_an_answer_of_a_captive_portal_is_no_list_of_updates(tmp_path: Path) -> None:
    """Bad_inputs 71: a login page with status 200 is trouble, and nothing is stored."""
    async with desk_at(tmp_path) as (desk, sandbox, an):
        sandbox.user_text(an, "Dag")
        sandbox.faults.add(Fault(kind="html"), method="getUpdates")
        assert (await desk.poller.run_once()).wait_s == 1
        assert (await desk.poller.run_once()).count == 1

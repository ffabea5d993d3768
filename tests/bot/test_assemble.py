"""The whole bot joined, on a real database and the sandbox's Bot API, with a simple main path."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.assemble import Parts, Refused, Running, serving
from bot.clock import Clock, ShiftedClock, SystemClock
from bot.hooks import Connection, Handled
from bot.leader import LEASE, NAME, Leader
from bot.loops import Loops, Ran, Stop
from bot.outcomes import Me
from bot.sandbox import Fault, Sandbox, serve
from bot.settings import Settings
from bot.team import read_team
from storage import dues, inbox, leases, outbox, teams
from storage.database import Database
from storage.errors import DatabaseFailed, DatabaseRefused, KeysRefused, LeaseLost
from storage.inbox import InboxRow
from storage.outbox import OutgoingRow

TOKEN = "7300700700:AAcanaryCanaryCanaryCanaryCanary0123"
TEAM = b"name: T\ncountry: BE\ntimezone: Europe/Brussels\nlanguage: nl-BE\nprocedures: [ravels]\n"
NOON = datetime(2027, 9, 14, 10, tzinfo=UTC)


class House:
    """A sandbox with one person, and settings for the bot that serves it."""

    def __init__(self, sandbox: Sandbox, origin: str, place: Path) -> None:
        self.sandbox, self.origin, self.place = sandbox, origin, place
        self.an = sandbox.add_user("An")
        sandbox.people[self.an].started = True
        self.settings = Settings(
            token=SecretStr(TOKEN),
            team=read_team(TEAM, place),
            team_file=place / "team.yaml",
            data_dir=place,
            key_file=place / "kier.key",
            database_url=f"sqlite:///{place / 'kier.sqlite'}",
            api_url=origin,
        )
        self.alarms: list[str] = []

    @asynccontextmanager
    async def bot(self, clock: Clock | None = None) -> AsyncIterator[Running]:
        """Run the bot with the simple main path."""
        async with serving(
            self.settings, clock=clock, assembly=simple, alarm=self.alarms.append
        ) as running:
            yield running

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds, looking after each change in the sandbox."""
        changed = asyncio.Event()
        unsubscribe = self.sandbox.subscribe(changed.set)
        try:
            async with asyncio.timeout(30):
                while not holds():
                    changed.clear()
                    await changed.wait()
        finally:
            unsubscribe()

    def heard(self) -> list[str]:
        """Return what the bot wrote to An."""
        return [each["text"] for each in self.sandbox.view(self.an) if each["mine"]]


@asynccontextmanager
async def house_at(place: Path) -> AsyncIterator[House]:
    """Open a house."""
    ticks = asyncio.get_running_loop().time
    sandbox = Sandbox(clock=lambda: NOON, monotonic=ticks, token=TOKEN)
    async with serve(sandbox) as origin:
        yield House(sandbox, origin, place)


async def simple(settings: Settings, database: Database, me: Me, clock: Clock) -> Parts:
    """Return a main path that answers each text, and at "remind me" again a workday later."""
    team_id = await database.write(lambda c: teams.put_team(c, "T", {}, clock.now()))

    def say(c: Connection, chat: int, text: str, now: datetime) -> None:
        row = OutgoingRow(
            team_id=team_id,
            chat_id=chat,
            kind="receipt",
            method="sendMessage",
            payload={"text": text},
            meta={},
        )
        outbox.put(c, row, now)

    def handle(c: Connection, row: InboxRow, now: datetime) -> Handled:
        message = json.loads(row.raw)["message"]
        say(c, message["chat"]["id"], f"echo {message['text']}", now)
        if message["text"] == "remind me":
            at = now + timedelta(days=1)
            dues.put_team_due(c, team_id, str(message["chat"]["id"]), at)
            return Handled(wake_at=at)
        return Handled()

    def fire(c: Connection, now: datetime) -> datetime | None:
        for due in dues.claim(c, team_id, now, 50):
            say(c, int(due.key), "reminded", now)
            dues.remove(c, due.id)
        return dues.next_due(c, team_id)

    return Parts(
        team_id=team_id,
        handle=handle,
        fire=fire,
        on_dead=lambda c, row, now: None,
        commands={"nl": {"help": "Hulp"}},
    )


async def test_a_message_is_answered(tmp_path: Path) -> None:
    """From Telegram through inbox, main path and outbox back to Telegram."""
    async with house_at(tmp_path) as house, house.bot() as running:
        assert running.me.user_id == 7300700700
        house.sandbox.user_text(house.an, "Dag")
        await house.until(lambda: house.heard() == ["echo Dag"])
        assert house.alarms == []
        commands = [call for call in house.sandbox.calls if call.method == "setMyCommands"]
        assert commands[0].payload["language_code"] == "nl"


async def test_a_jump_of_the_clock_wakes_what_falls_due(tmp_path: Path) -> None:
    """The demo: "+1 workday" and the prompt is there, without waiting for any sweep."""
    async with house_at(tmp_path) as house:
        clock = ShiftedClock()
        clock.jump_to(NOON)
        async with house.bot(clock):
            house.sandbox.user_text(house.an, "remind me")
            await house.until(lambda: house.heard() == ["echo remind me"])
            clock.jump(timedelta(days=1, seconds=1))
            await house.until(lambda: house.heard() == ["echo remind me", "reminded"])


async def test_what_fell_due_while_it_was_down_is_sent_at_the_start(tmp_path: Path) -> None:
    """P4: late rather than never."""
    async with house_at(tmp_path) as house:
        clock = ShiftedClock()
        async with house.bot(clock):
            house.sandbox.user_text(house.an, "remind me")
            await house.until(lambda: house.heard() == ["echo remind me"])
        clock.jump(timedelta(days=9))
        async with house.bot(clock):
            await house.until(lambda: house.heard() == ["echo remind me", "reminded"])


async def test_what_came_while_it_was_down_is_answered_once(tmp_path: Path) -> None:
    """P2, P3: stopped and started: nothing lost, nothing answered again."""
    async with house_at(tmp_path) as house:
        async with house.bot():
            house.sandbox.user_text(house.an, "een")
            await house.until(lambda: house.heard() == ["echo een"])
        house.sandbox.user_text(house.an, "twee")
        async with house.bot():
            await house.until(lambda: len(house.heard()) == 2)
        assert house.heard() == ["echo een", "echo twee"]


async def test_a_clock_that_is_set_back_holds_up_nothing_that_was_postponed(
    tmp_path: Path,
) -> None:
    """P4, P12: a moment that raised while the clock stood a month ahead comes once it is right."""
    clock = ShiftedClock(offset=timedelta(days=30))
    broken = asyncio.Event()

    async def assembly(settings: Any, database: Database, me: Any, clock: Clock) -> Parts:
        parts = await simple(settings, database, me, clock)

        def raises() -> None:
            if clock.now() > SystemClock().now() + timedelta(days=1):
                broken.set()
                raise ValueError("broken")

        def fire(c: Connection, now: datetime) -> datetime | None:
            for due in dues.claim(c, parts.team_id, now, 1):
                if dues.guarded(c, due, now, raises) is None:
                    return parts.fire(c, now)
            return dues.next_due(c, parts.team_id)

        return replace(parts, fire=fire)

    async with (
        house_at(tmp_path) as house,
        serving(house.settings, clock=clock, assembly=assembly) as running,
    ):
        due = partial(
            dues.put_team_due,
            team_id=running.team_id,
            key=str(house.an),
            due_at=SystemClock().now(),
        )
        await running.database.write(due)
        running.wake.rearm()
        async with asyncio.timeout(30):
            await broken.wait()
        clock.jump(timedelta(days=-30))
        await house.until(lambda: house.heard() == ["reminded"])


async def test_a_second_one_on_the_same_database_is_refused(tmp_path: Path) -> None:
    """P15: two instances cannot both act; the first goes on, and after it another may."""
    async with house_at(tmp_path) as house:
        async with house.bot():
            with pytest.raises(DatabaseRefused) as refused:
                async with house.bot():
                    raise AssertionError("two at once")
            assert refused.value.reason == "running"
            house.sandbox.user_text(house.an, "een")
            await house.until(lambda: house.heard() == ["echo een"])
        async with house.bot():
            pass


async def test_a_disk_that_is_full_at_the_start_is_said_in_a_sentence(tmp_path: Path) -> None:
    """Rows 76 and 79: the database opens and takes nothing then: refused with a way out, no stack
    trace, and the next start finds all as it was."""

    async def full(*_: Any) -> Parts:
        raise DatabaseFailed("SQLITE_FULL")

    async with house_at(tmp_path) as house:
        with pytest.raises(Refused) as refused:
            async with serving(house.settings, assembly=full):
                raise AssertionError("it serves")
        assert "SQLITE_FULL" in refused.value.way_out
        async with house.bot():
            pass


async def test_on_postgresql_it_serves_alone_too(tmp_path: Path, postgresql_url: str) -> None:
    """P15, P20, row 77: the whole bot on PostgreSQL; a second process is refused meanwhile."""
    async with house_at(tmp_path) as house:
        house.settings = replace(house.settings, database_url=postgresql_url)
        async with house.bot():
            with pytest.raises(Refused) as refused:
                async with house.bot():
                    raise AssertionError("two at once")
            assert refused.value.code == "running"
            house.sandbox.user_text(house.an, "een")
            await house.until(lambda: house.heard() == ["echo een"])
        async with house.bot():
            house.sandbox.user_text(house.an, "twee")
            await house.until(lambda: house.heard() == ["echo een", "echo twee"])


async def test_a_lease_that_another_took_ends_the_process(
    tmp_path: Path, postgresql_url: str
) -> None:
    """P15: a process that was frozen while another took over stops before it acts again."""
    async with house_at(tmp_path) as house:
        house.settings = replace(house.settings, database_url=postgresql_url)
        async with house.bot() as running:
            other = Stop()
            leader = Leader(running.database, running.team_id, stop=other)
            assert await leader.take() is False
            later = SystemClock().now() + LEASE
            taken = partial(
                leases.take,
                team_id=running.team_id,
                name=NAME,
                holder="another",
                now=later + LEASE,
                until=later + 2 * LEASE,
            )
            assert await running.database.write(taken) == 2
            house.sandbox.user_text(house.an, "te laat")
            async with asyncio.timeout(30):
                await running.stop.wait()
            assert running.stop.reason == "lease-lost"
            with pytest.raises(LeaseLost):
                await running.database.write(lambda c: None)
            assert house.alarms == ["lease-lost"]
            assert house.heard() == []
            leader._epoch = 1
            assert (await leader.run_once()).fatal == "lease-lost"


async def test_keys_are_made_once_and_never_anew(tmp_path: Path) -> None:
    """Design 6: a key file is made (0600) for a new database only; lost keys are no reason to."""
    async with house_at(tmp_path) as house:
        async with house.bot():
            pass
        key_file = house.settings.key_file
        assert key_file.stat().st_mode & 0o777 == 0o600
        key_file.unlink()
        with pytest.raises(KeysRefused):
            async with house.bot():
                raise AssertionError("without keys")
        assert not key_file.exists()


async def test_a_token_that_telegram_does_not_know(tmp_path: Path) -> None:
    """Bad_inputs 69: at the start 401 ends it with a sentence that does not hold the token."""
    async with house_at(tmp_path) as house:
        house.sandbox.faults.add(Fault(kind="unauthorized"), times=None)
        with pytest.raises(Refused) as refused:
            async with house.bot():
                raise AssertionError("with a wrong token")
        assert refused.value.code == "token-refused"
        assert "canary" not in str(refused.value).lower()


async def test_a_start_waits_for_telegram_and_can_be_stopped(tmp_path: Path) -> None:
    """Bad_inputs 71: no network at the start is waited for; SIGTERM then ends it cleanly."""
    async with house_at(tmp_path) as house:
        house.sandbox.faults.add(Fault(kind="server_error", status=502), times=None)
        stop = Stop()
        asyncio.get_running_loop().call_later(0.1, stop.ask, "SIGTERM")
        with pytest.raises(Refused) as refused:
            async with serving(house.settings, stop=stop, assembly=simple):
                raise AssertionError("without Telegram")
        assert refused.value.code == "stopped"


async def test_a_webhook_that_was_set_is_taken_away_with_an_alarm(tmp_path: Path) -> None:
    """S28: updates that go to somebody else's address are seen at the start."""
    async with house_at(tmp_path) as house:
        house.sandbox.webhook = {"url": "https://elsewhere.example/hook"}
        async with house.bot():
            house.sandbox.user_text(house.an, "Dag")
            await house.until(lambda: house.heard() == ["echo Dag"])
        assert house.alarms == ["webhook-was-set"]


async def test_a_webhook_that_is_set_later_is_seen_within_the_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S28: whoever has the token cannot lead the updates away for long; a person hears of it."""
    monkeypatch.setattr("bot.assemble.WEBHOOK_LOOK_S", 0.05)
    async with house_at(tmp_path) as house, house.bot():
        house.sandbox.webhook = {"url": "https://elsewhere.example/hook"}
        await house.until(lambda: "webhook-was-set" in house.alarms)
        await house.until(lambda: not house.sandbox.webhook)


async def test_a_stop_leaves_nothing_half_done(tmp_path: Path) -> None:
    """Bad_inputs 81: stopped in the middle of work: nothing `sending`, all updates settled or
    waiting."""
    async with house_at(tmp_path) as house:
        async with house.bot() as running:
            for number in range(6):
                house.sandbox.user_text(house.an, str(number))
            await house.until(lambda: len(house.heard()) >= 1)
            team_id = running.team_id
        database = await Database.open(house.settings.database_url, keys=_keys(house))
        states = await database.read(lambda c: outbox.counts(c, team_id))
        counts = await database.read(lambda c: inbox.counts(c, team_id))
        await database.close()
        assert "sending" not in states
        assert counts.dead == 0


def _keys(house: House) -> Any:
    from storage.keys import Keyring

    return Keyring.load(house.settings.key_file)


# --- loops ---------------------------------------------------------------------------------------


async def test_a_loop_that_raises_is_started_again_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An error nobody expected costs one loop a wait that grows; its text stays out of the log."""
    monkeypatch.setattr("bot.loops.RESTART_FIRST_S", 0.001)
    alarms: list[str] = []
    stop, calls = Stop(), {"bad": 0, "good": 0}
    loops = Loops(stop, alarm=alarms.append)

    async def bad() -> Ran:
        calls["bad"] += 1
        if calls["bad"] <= 5:
            raise RuntimeError(f"https://api.telegram.org/bot{TOKEN}/getMe")
        stop.ask("done")
        return Ran()

    async def good() -> Ran:
        calls["good"] += 1
        return Ran(wait_s=0.001)

    loops.add("bad", bad)
    loops.add("good", good)
    loops.start()
    async with asyncio.timeout(20):
        await stop.wait()
        await loops.drain()
    assert calls["bad"] == 6
    assert calls["good"] > 5
    assert alarms == ["loop-bad-failing"]
    assert "RuntimeError" in caplog.text
    assert "anary" not in caplog.text


async def test_a_fatal_code_stops_all_loops() -> None:
    """A token that is refused stops the sender too, not only the poller."""
    alarms: list[str] = []
    stop = Stop()
    loops = Loops(stop, alarm=alarms.append)

    async def over() -> Ran:
        return Ran(fatal="token-refused")

    async def asleep() -> Ran:
        return Ran(wait_s=None)

    loops.add("over", over)
    loops.add("asleep", asleep)
    loops.start()
    async with asyncio.timeout(20):
        await stop.wait()
        await loops.drain()
    assert stop.reason == "token-refused"
    assert alarms == ["token-refused"]


async def test_a_wake_during_the_work_is_not_lost() -> None:
    """What comes in while a loop is at work makes it look again at once."""
    stop, wake, looks = Stop(), asyncio.Event(), 0
    loops = Loops(stop)

    async def look() -> Ran:
        nonlocal looks
        looks += 1
        if looks == 1:
            wake.set()
        else:
            stop.ask("seen")
        return Ran(wait_s=None)

    loops.add("look", look, wake=wake)
    loops.start()
    async with asyncio.timeout(20):
        await stop.wait()
        await loops.drain()
    assert looks == 2


async def test_a_loop_that_was_woken_sleeps_again() -> None:
    """A wake is used up by the look that follows it: no loop turns idly."""
    stop, wake, looks = Stop(), asyncio.Event(), 0
    loops = Loops(stop)

    async def look() -> Ran:
        nonlocal looks
        looks += 1
        return Ran(wait_s=None)

    loops.add("look", look, wake=wake)
    loops.start()
    for _ in range(3):
        wake.set()
        for _ in range(30):
            await asyncio.sleep(0)
    stop.ask("done")
    await loops.drain()
    assert 3 <= looks <= 4


async def test_the_loops_run_the_real_clock_only_where_they_say() -> None:
    """A shifted clock moves the moment, never the seconds that limits run on."""
    clock = ShiftedClock()
    before, seconds = clock.now(), clock.monotonic()
    clock.jump(timedelta(days=30))
    assert clock.now() - before >= timedelta(days=30)
    assert clock.monotonic() - seconds < 60

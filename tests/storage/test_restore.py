"""A backup that is put back: whole, on either database, and safe for a bot that was elsewhere."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, text, update

from bot.handle import Handler
from bot.handle.office import open_office
from bot.leader import LEASE, NAME
from bot.screen import Verb
from bot.verify import look
from storage import backup, erasures, history, leases, outbox, people, teams
from storage.database import Database, lock_for_running
from storage.errors import BackupRefused, DatabaseRefused
from storage.keys import Keyring, new_key
from storage.migrations import HEAD, run
from storage.outbox import OutgoingRow
from storage.restore import Order, Restored, restore
from storage.sealed_file import BackupKeys
from storage.sqlite import SqliteEngine
from storage.tables import event, kase, person
from storage.tables import outbox as outbox_table
from tests.world import (
    BOT_NAME,
    KEYS,
    REPORT,
    World,
    any_url,
    any_world,
    database,
    empty_file,
    file_url,
    world,
)

__all__ = ["any_url", "any_world", "database", "empty_file", "file_url", "world"]

ROUNDS = int(os.environ.get("PROVE_RESTORES", "1"))
"""Restores under load on each database; `make prove` sets twenty."""
MINUTE = timedelta(minutes=1)
BACKUP_KEY = new_key(lambda n: b"k" * n)
BACKUP_KEYS = BackupKeys([BACKUP_KEY])

_numbers = itertools.count(1)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The directory of the backups."""
    return tmp_path / "backups"


@pytest.fixture
def other_url(any_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where nothing is yet, on the other kind of database than `any_world`'s."""
    if any_url.startswith("postgresql"):
        yield f"sqlite:///{tmp_path}/other.sqlite"
        return
    server = request.getfixturevalue("postgresql_server")
    name = f"other{next(_numbers)}"
    server.psql(f"CREATE DATABASE {name}")
    yield server.get_uri(name)
    server.psql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def same_kind(any_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Gives another empty place on the same kind of database, as often as it is called."""
    made: list[str] = []

    def another() -> str:
        name = f"another{next(_numbers)}"
        if not any_url.startswith("postgresql"):
            return f"sqlite:///{tmp_path}/{name}.sqlite"
        server = request.getfixturevalue("postgresql_server")
        server.psql(f"CREATE DATABASE {name}")
        made.append(name)
        return str(server.get_uri(name))

    yield another
    for name in made:
        request.getfixturevalue("postgresql_server").psql(f"DROP DATABASE {name} WITH (FORCE)")


def order(file: Path, world: World, **given: Any) -> Order:
    values: dict[str, Any] = {
        "file": file,
        "backup_keys": BACKUP_KEYS,
        "keys": Keyring.load(KEYS),
        "erased": file.parent / erasures.NAME,
        "now": world.now + MINUTE,
    }
    return Order(**values | given)


async def backed_up(world: World, place: Path) -> Path:
    made = await backup.make(world.database, place, BACKUP_KEYS, world.now)
    return made.path


async def why(url: str, wanted: Order) -> str:
    """Return why a restore is refused."""
    try:
        await restore(url, wanted)
    except (BackupRefused, DatabaseRefused) as refused:
        assert len(refused.way_out) > 30
        return refused.reason
    raise AssertionError("it was not refused")


@asynccontextmanager
async def on(url: str, before: World) -> AsyncIterator[World]:
    """The same team, telephones and clock, on another database; the bot has just begun there."""
    opened = await Database.open(url, keys=Keyring.load(KEYS))
    team = before.handler.office.team
    office = await opened.write(partial(open_office, team=team, bot_name=BOT_NAME, now=before.now))
    after = World(opened, Handler(office), before.clock)
    after.phone, after.users, after.ids = before.phone, before.users, before.ids
    after.update_id = before.update_id
    after.sender = after._new_sender()
    before.clock.at += MINUTE
    await opened.write(partial(after.handler.begin, now=after.now))
    try:
        yield after
    finally:
        await opened.close()


async def is_well(world: World) -> bool:
    report = await world.database.snapshot(lambda c: look(c, backup.hear_nothing))
    assert report.wrong == ()
    return not report.wrong


async def test_a_backup_goes_from_one_kind_of_database_to_the_other(
    any_world: World, place: Path, other_url: str
) -> None:
    """Every row is there again, to the byte; chains hold, and the bot works on (P16, P20)."""
    world = any_world
    await world.assigned()
    extra = await world.joins("Dirk", "worker")
    await world.write(people.set_person, person_id=world.ids["An"], stand_in=extra)
    last = await world.joins("Els", "worker")
    await world.database.write(lambda c: c.execute(delete(person).where(person.c.id == last)))
    before = await world.everything()
    restored = await restore(other_url, order(await backed_up(world, place), world))
    assert (restored.again, restored.doubtful, restored.aside) == (0, 0, None)
    opened = await Database.open(other_url, keys=Keyring.load(KEYS), migrate=False)
    after = await World(opened, world.handler, world.clock).everything()
    await opened.write(partial(teams.drop_flag, team_id=world.team_id, key=backup.RESTORED))
    await opened.close()
    differ = {table for table in before if before[table] != after[table]}
    assert differ == {"flag"}
    async with on(other_url, world) as there:
        assert await is_well(there)
        assert await there.joins("Fien", "worker") > last, "no number is given out twice"
        await there.reported("Lies", REPORT.replace("Mia", "Mieke"))
        assert await is_well(there)


@pytest.mark.parametrize("round_", range(ROUNDS))
async def test_a_backup_under_load_is_whole(
    any_world: World, place: Path, same_kind: Any, round_: int
) -> None:
    """Made while people report and answer: all that was committed before is in it (P16)."""
    world, done, enough = any_world, asyncio.Event(), asyncio.Event()
    wanted = 40 * (round_ % 5 + 1)
    await world.assigned()
    case_id = (await world.case()).row.id
    written: list[int] = []

    def one(c: Any, number: int) -> None:
        history.put_personal(c, case_id, f"n{number}", f"words {number}", world.now)
        row = OutgoingRow(
            team_id=world.team_id,
            chat_id=number,
            kind="screen",
            method="sendMessage",
            payload={"text": "x" * 900},
            meta={"n": number},
        )
        outbox.put(c, row, world.now)

    async def writes(lane: int) -> None:
        for number in itertools.count(lane * 100_000):
            if done.is_set():
                return
            await world.database.write(partial(one, number=number))
            written.append(number)
            if len(written) == wanted:
                enough.set()

    tasks = [asyncio.ensure_future(writes(lane)) for lane in range(4)]
    await enough.wait()
    before = set(written)
    file = await backed_up(world, place)
    during = len(written) - len(before)
    done.set()
    await asyncio.gather(*tasks)
    url = same_kind()
    await restore(url, order(file, world))
    opened = await Database.open(url, keys=Keyring.load(KEYS), migrate=False)
    kept = await opened.read(lambda c: {meta["n"] for meta in c.scalars(_META) if "n" in meta})
    rows = await opened.read(partial(history.personal, case_id=case_id))
    report = await opened.snapshot(lambda c: look(c, backup.hear_nothing))
    await opened.close()
    words = {int(field[1:]) for field in rows if field[1:].isdigit()}
    assert before <= kept and kept == words, "each unit is in it whole, or not at all"
    assert during > 0, "writers went on while it was made"
    assert report.findings == ()


_META = select(outbox_table.c.meta).where(outbox_table.c.kind == "screen")


async def test_what_is_there_is_not_replaced_unasked(any_world: World, place: Path) -> None:
    """Without --force nothing happens; with it the old one is moved aside, whole, every time."""
    world, url = any_world, await _closed_url(any_world)
    file = await backed_up_at(url, world, place)
    assert await why(url, order(file, world)) == "not_empty"
    asides = []
    for number in (1, 2):
        now = world.now + number * MINUTE
        restored = await restore(url, order(file, world, force=True, now=now))
        asides.append(restored.aside)
    assert len(set(asides)) == 2 and None not in asides
    async with on(url, world) as there:
        assert await is_well(there)
        assert len(await there.read(people.people, team_id=there.team_id)) == 3
    if url.startswith("sqlite"):
        old = await Database.open(f"sqlite:///{asides[0]}", keys=Keyring.load(KEYS))
        assert len(await old.read(partial(people.people, team_id=world.team_id))) == 3
        await old.close()


async def _closed_url(world: World) -> str:
    """Close the world's database, as when the bot is stopped, and return where it is."""
    await world.database.close()
    if world.database.path is not None:
        return f"sqlite:///{world.database.path}"
    engine: Any = world.database._engine
    url: str = engine._engine.url.render_as_string(hide_password=False)
    return url.replace("+asyncpg", "")


async def backed_up_at(url: str, world: World, place: Path) -> Path:
    world.database = await Database.open(url, keys=Keyring.load(KEYS))
    try:
        return await backed_up(world, place)
    finally:
        await world.database.close()


async def test_a_bot_that_runs_is_not_restored_under(any_world: World, place: Path) -> None:
    """The lock file, on PostgreSQL the lease, keeps a restore away from a running bot (P15)."""
    world = any_world
    file = await backed_up(world, place)
    until = world.now + 2 * LEASE + MINUTE
    take = partial(leases.take, team_id=world.team_id, name=NAME, holder="h", now=world.now)
    await world.database.write(partial(take, until=until))
    url = await _closed_url(world)
    lock = lock_for_running(Path(url.removeprefix("sqlite:///"))) if "sqlite" in url else None
    assert await why(url, order(file, world, force=True)) == "running"
    if lock is not None:
        lock.release()
    later = order(file, world, force=True, now=until)
    assert (await restore(url, later)).aside is not None


async def test_what_was_erased_since_is_erased_again(any_world: World, place: Path) -> None:
    """The list beside the backups outlives the database; who left since has no rights (S24)."""
    world = any_world
    await world.assigned()
    other = REPORT.replace("Mia Verbeke", "Jos Maes").replace("Dorpsstraat 12", "Kerkstraat 9")
    await world.reported("Lies", other.replace("0470 12 34 56", "0471 65 43 21"))
    case_ids = [stored.row.id for stored in await world.cases()]
    rita = await world.read(
        people.person_by_user, team_id=world.team_id, user_id=world.user("Rita")
    )
    assert rita is not None and len(case_ids) == 2
    file = await backed_up(world, place)
    await world.write(history.erase_case, case_id=case_ids[0], now=world.now)
    await world.write(people.leave, person_id=world.ids["Bram"], now=world.now)
    await world.write(people.forget, person_id=rita.id, now=world.now)
    list_ = place / erasures.NAME
    assert await erasures.catch_up(world.database, list_) == 3
    assert await erasures.catch_up(world.database, list_) == 0
    with list_.open("ab") as torn:
        torn.write(b'{"what":"case","id"')
    told = list_.read_text()
    assert not any(word in told for word in ("Mia", "Bram", "Rita", str(world.user("Bram"))))
    url = await _closed_url(world)
    restored = await restore(url, order(file, world, force=True))
    assert (restored.erased.cases, restored.erased.people) == (1, 2)
    async with on(url, world) as there:
        assert await is_well(there)
        values = await there.read(history.personal, case_id=case_ids[0])
        assert values and {value.text for value in values.values()} == {None}
        kept = await there.read(history.personal, case_id=case_ids[1])
        assert kept and None not in {value.text for value in kept.values()}
        states = {
            each.id: (each.state, each.name)
            for each in await there.read(people.people, team_id=there.team_id, gone=True)
        }
        assert states[there.ids["Bram"]] == ("left", "Bram")
        assert states[there.ids["An"]] == ("active", "An")
        assert states[rita.id] == ("left", "")


async def test_the_list_of_erasures_knows_its_rows(world: World, place: Path) -> None:
    """A number that another case has by now, after an older backup, is not that case's erasure."""
    await world.assigned()
    case_id = (await world.case()).row.id
    await world.write(history.erase_case, case_id=case_id, now=world.now)
    [told] = await world.read(erasures.erased)
    later = world.now + MINUTE
    await world.database.write(
        lambda c: c.execute(update(kase).values(opened_at=later, erased_at=None))
    )
    assert (await world.read(erasures.apply, erasures=[told], now=world.now)).cases == 0
    other = replace(told, id=case_id + 1000)
    assert (await world.read(erasures.apply, erasures=[other], now=world.now)).cases == 0


async def test_what_waited_goes_once_more_marked(any_world: World, place: Path) -> None:
    """Sent since, or not: nobody here can know. Once more, marked; a repeat not again (P4, P5)."""
    world = any_world

    def put(c: Any, number: int, **given: Any) -> int:
        values: dict[str, Any] = {
            "team_id": world.team_id,
            "chat_id": world.user("An"),
            "person_id": world.ids["An"],
            "kind": "info",
            "method": "sendMessage",
            "payload": {"text": f"nr {number}"},
            "meta": {"again_text": "(opnieuw)"},
        }
        return outbox.put(c, OutgoingRow(**values | given), world.now)

    def waiting(c: Any) -> dict[str, int]:
        under_way = put(c, 1)
        doubted = put(c, 2, chat_id=world.user("Bram"), person_id=world.ids["Bram"])
        assert len(outbox.claim(c, world.team_id, world.now, 2)) == 2
        outbox.ambiguous(c, doubted, world.now)
        return {
            "under way": under_way,
            "a repeat": doubted,
            "queued": put(c, 3),
            "later": put(c, 4, not_before=world.now + timedelta(days=1)),
            "edit": put(c, 5, kind="edit", method="deleteMessage", payload={"message_id": 99}),
        }

    ids = await world.database.write(waiting)
    file = await backed_up(world, place)
    url = await _closed_url(world)
    restored = await restore(url, order(file, world, force=True))
    assert (restored.again, restored.doubtful) == (2, 1)
    async with on(url, world) as there:
        table = outbox_table
        rows = await there.database.read(
            lambda c: {row.id: (row.state, row.again) for row in c.execute(select(table))}
        )
        assert {what: rows[number] for what, number in ids.items()} == {
            "under way": ("queued", True),
            "a repeat": ("uncertain", True),
            "queued": ("queued", True),
            "later": ("queued", False),
            "edit": ("queued", False),
        }
        await there.sends()
        told = [shown.text for shown in there.chat("An")]
        assert told == ["(opnieuw) nr 1", "(opnieuw) nr 3"]
        assert there.count("Bram") == 0


async def test_a_coordinator_is_told_once(world: World, place: Path) -> None:
    """What it was put back to, what goes again, and what to look after; never a second time."""
    await world.assigned()
    await world.write(
        people.put_invite,
        team_id=world.team_id,
        role="worker",
        name="Dirk",
        code_hash=b"x",
        expires_at=world.now + timedelta(days=2),
        now=world.now,
    )
    file, url = await backed_up(world, place), await _closed_url(world)
    restored = await restore(url, order(file, world, force=True))
    assert restored.invites == 1
    async with on(url, world) as there:
        await there.sends()
        assert "teruggezet" in there.last("Carla") and "ma 13 sep 10:20" in there.last("Carla")
        assert "opnieuw)" not in there.last("Carla"), "nothing waited"
        before = there.count("Carla")
        await there.write(there.handler.begin, now=there.now)
        await there.sends()
        assert there.count("Carla") == before
        used = await there.write(
            people.redeem_invite,
            team_id=there.team_id,
            code_hash=b"x",
            user_id=99,
            now=there.now,
        )
        assert used == people.Refused("expired")


async def test_the_world_went_on_meanwhile(any_world: World, place: Path) -> None:
    """Buttons of later messages get the refusal; updates that come again take effect, once."""
    world = any_world
    file = await backed_up(world, place)
    await world.reported()
    await world.time_passes(by=MINUTE)
    message, callback = await world.button(world.user("Carla"), Verb.ANSWER, step="assign")
    url = await _closed_url(world)
    await restore(url, order(file, world, force=True))
    async with on(url, world) as there:
        await there.sends()
        before = await there.everything()
        pressed = there.pressed("Carla", callback, message_id=message)
        await there.update(pressed)
        assert there.phone.toasts[-1] == there.phone.toasts[-1].strip() != ""
        after = await there.everything()
        assert (before["kase"], before["event"]) == (after["kase"], after["event"])
        there.update_id = 5  # Telegram numbers anew, below the stored number
        await there.reported()
        assert len(await there.cases()) == 1
        assert await is_well(there)


async def test_a_backup_whose_chain_is_broken_is_not_put_back_unasked(
    world: World, place: Path, tmp_path: Path
) -> None:
    """What is not as it was written is said before it takes a place; forced, it is kept (P10)."""
    await world.assigned()
    await world.database.write(
        lambda c: c.execute(update(event).where(event.c.seq == 2).values(kind="Changed"))
    )
    file, url = await backed_up(world, place), f"sqlite:///{tmp_path}/new.sqlite"
    assert await why(url, order(file, world)) == "unsound"
    assert not (tmp_path / "new.sqlite").exists()
    restored: Restored = await restore(url, order(file, world, force=True))
    assert [each.check for each in restored.wrong] == ["history"]


async def test_the_keys_of_the_rows_must_be_there(
    world: World, place: Path, tmp_path: Path
) -> None:
    """A backup with another key file would be names that nobody can read: refused (row 78)."""
    file, url = await backed_up(world, place), f"sqlite:///{tmp_path}/new.sqlite"
    other = Keyring([new_key(os.urandom)])
    assert await why(url, order(file, world, keys=other)) == "other_keys"
    assert [name for name in os.listdir(tmp_path) if "new" in name] == ["new.sqlite.lock"]


async def test_an_older_schema_is_brought_up_to_date(
    world: World, place: Path, tmp_path: Path
) -> None:
    """A backup of an earlier version is put into that version's tables, then migrated."""
    from storage.columns import Room

    engine = SqliteEngine(
        tmp_path / "old.sqlite", Room(keys=Keyring.load(KEYS), randomness=os.urandom), 1.0
    )
    await engine.open()
    await engine.write(lambda c: run.upgrade(c, "0001"))
    await engine.write(partial(teams.put_team, name="Old", settings={}, now=world.now))
    file = tmp_path / "old.backup"
    await engine.snapshot(
        partial(backup._write, file, BACKUP_KEYS, world.now, backup.hear_nothing)
    )
    await engine.close()
    url = f"sqlite:///{tmp_path}/new.sqlite"
    restored = await restore(url, order(file, world))
    assert restored.contents.schema == "0001" and HEAD > "0001"
    opened = await Database.open(url, keys=Keyring.load(KEYS), migrate=False)
    assert [team.name for team in await opened.read(teams.teams)] == ["Old"]
    await opened.close()


CHILD = """
import asyncio, os, signal, sys
from pathlib import Path
from datetime import datetime, UTC
from storage.keys import Keyring
from storage.restore import Order, restore
from storage.sealed_file import BackupKeys

url, file, key, rows_key, at = sys.argv[1:]

def told(name):
    if name == at:
        os.kill(os.getpid(), signal.SIGKILL)

order = Order(
    file=Path(file), backup_keys=BackupKeys([key.encode()]), keys=Keyring([rows_key.encode()]),
    erased=Path(file).parent / "erased.jsonl", now=datetime(2027, 9, 13, 9, tzinfo=UTC),
    force=True, told=told,
)
asyncio.run(restore(url, order))
"""


async def test_killed_in_mid_restore_the_old_one_is_as_it_was(
    any_world: World, place: Path
) -> None:
    """kill -9 while it is filled, or looked through: nothing has changed, and it can be redone."""
    world = any_world
    await world.assigned()
    file = await backed_up(world, place)
    await world.joins("Dirk", "worker")
    before = await world.everything()
    url = await _closed_url(world)
    at = "event" if url.startswith("sqlite") else "histories"
    words = [url, str(file), BACKUP_KEY.decode(), KEYS[0].decode(), at]
    child = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", CHILD, *words])
    assert child.returncode == -signal.SIGKILL
    world.database = await Database.open(url, keys=Keyring.load(KEYS), migrate=False)
    assert await world.everything() == before
    await world.database.close()
    assert (await restore(url, order(file, world, force=True))).aside is not None
    assert [name for name in os.listdir(place.parent) if "restoring" in name] == []


async def test_a_damaged_database_is_moved_aside_with_its_log(world: World, place: Path) -> None:
    """The log of a broken database goes with it: it never meets the file that takes its place."""
    file, url = await backed_up(world, place), await _closed_url(world)
    path = Path(url.removeprefix("sqlite:///"))
    spoil(path)
    assert await why(url, order(file, world)) == "not_empty"
    restored = await restore(url, order(file, world, force=True))
    assert is_spoilt(Path(restored.aside or ""))
    async with on(url, world) as there:
        assert await is_well(there)
        assert await there.database.read(lambda c: c.scalar(text("PRAGMA quick_check"))) == "ok"
        number = select(func.count()).select_from(person)
        assert await there.database.read(lambda c: c.scalar(number)) == 3


def spoil(path: Path) -> None:
    path.write_bytes(b"not a database" * 1000)
    path.with_name(path.name + "-wal").write_bytes(b"a log of before" * 1000)


def is_spoilt(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return path.read_bytes()[:5] == b"not a" and log.read_bytes()[:5] == b"a log"

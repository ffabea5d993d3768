"""Backups as whoever runs the bot meets them: hourly, by command, put back, looked through."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text, update

from bot import backup, restore, verify
from bot.backup import BackupJob, last_failure, last_made
from bot.settings import Settings
from storage import backup as backups
from storage import cases
from storage.database import Database, lock_for_running
from storage.keys import Keyring
from storage.tables import due, event, kase
from tests.bot.places import environment, settings
from tests.world import KEYS, World, database, empty_file, file_url, world

__all__ = ["database", "empty_file", "environment", "file_url", "settings", "world"]

HOUR = timedelta(hours=1)


def job(world: World, settings: Settings) -> BackupJob:
    return BackupJob(world.database, settings, world.clock, world.handler.on_backup_failed)


def kept(settings: Settings) -> list[Path]:
    assert settings.backup_dir is not None
    return [path for _, path in backups.kept(settings.backup_dir)]


async def test_a_backup_is_made_every_hour(world: World, settings: Settings):
    """At once when there is none, then when the last is an hour old, across restarts (P16)."""
    assert (await job(world, settings).run_once()).count == 1
    assert await world.read(last_made) == world.now
    world.clock.at += timedelta(minutes=20)
    assert (await job(world, settings).run_once()).wait_s == 40 * 60
    assert len(kept(settings)) == 1
    world.clock.at += timedelta(minutes=40)
    assert (await job(world, settings).run_once()).wait_s == 3600
    assert len(kept(settings)) == 2
    world.clock.at -= timedelta(days=3)  # a clock that was put right
    assert (await job(world, settings).run_once()).count == 1


async def test_a_backup_key_is_made_once(world: World, settings: Settings):
    """Of its own, for its owner only; it is none of the keys that seal the rows (S24)."""
    await job(world, settings).run_once()
    path = settings.backup_key_file
    assert path.stat().st_mode & 0o777 == 0o600
    key = path.read_bytes()
    assert key != settings.key_file.read_bytes()
    world.clock.at += HOUR
    await job(world, settings).run_once()
    assert path.read_bytes() == key


async def test_a_failure_is_told_once_and_stops_nothing(world: World, settings: Settings):
    """In plain words to a coordinator; tried again; told anew only after it had worked again."""
    assert settings.backup_dir is not None
    settings.backup_dir.write_text("in the way")
    at_work = job(world, settings)
    for _ in range(3):
        ran = await at_work.run_once()
        assert (ran.fatal, ran.wait_s) == (None, 600)
        world.clock.at += timedelta(minutes=10)
    await world.sends()
    assert world.reads("Carla").count("reservekopie") == 1
    assert await world.read(last_failure) == "not_written"
    settings.backup_dir.unlink()
    assert (await at_work.run_once()).count == 1
    assert await world.read(last_failure) is None
    spoil_key(settings)
    world.clock.at += HOUR
    await at_work.run_once()
    await world.sends()
    assert world.reads("Carla").count("reservekopie") == 2
    assert await world.read(last_failure) == "not_a_key"
    assert len(kept(settings)) == 1


def spoil_key(settings: Settings) -> None:
    settings.backup_key_file.write_text("canary")


async def run(command: Any, *args: Any, **kwargs: Any) -> int:
    """Run a command as its own process would: beside the loop that serves the bot."""
    code: int = await asyncio.to_thread(command, *args, **kwargs)
    return code


async def test_from_a_backup_to_a_bot_that_works(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
):
    """kier backup beside the bot, a lost disk, kier restore: the team goes on (P16)."""
    ref = await world.assigned()
    assert await run(backup.main, settings) == 0
    said = capsys.readouterr().err
    assert "cases: 1," in said and "A backup key was made" in said and "canary" not in said
    [path] = kept(settings)
    await world.reported("Lies")
    await world.database.close()
    lost = world.database.path
    assert lost is not None
    lock = lock_for_running(lost)
    assert await run(restore.main, settings, path, force=True) == 2
    assert "Another kier process" in capsys.readouterr().err
    lock.release()
    assert await run(restore.main, settings, path, force=False) == 1
    assert "--force" in capsys.readouterr().err
    remove(lost)
    assert await run(restore.main, settings, path, force=False) == 0
    assert "the coordinators are told" in capsys.readouterr().err
    opened = await Database.open(settings.database_url, keys=Keyring.load(KEYS))
    there = World(opened, world.handler, world.clock)
    there.phone, there.users, there.ids = world.phone, world.users, world.ids
    there.update_id = world.update_id
    there.sender = there._new_sender()
    await there.write(there.handler.begin, now=there.now)
    await there.sends()
    assert [stored.row.ref for stored in await there.cases()] == [ref]
    assert "teruggezet" in there.last("Carla")
    await opened.close()


def remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


async def test_what_cannot_be_put_back_says_why(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
):
    """A file that is none, no key, other keys: one sentence with the way out, nothing changed."""
    await run(backup.main, settings)
    [path] = kept(settings)
    await world.database.close()
    before = content(settings)
    for spoilt, code, word in (
        (lambda: path.write_bytes(path.read_bytes()[:-9]), 1, "damaged or was cut off"),
        (lambda: path.write_bytes(b"x"), 1, "no backup of Kier"),
        (path.unlink, 1, "cannot be read"),
        (lambda: spoil_key(settings), 2, "holds no key"),
        (settings.backup_key_file.unlink, 2, "no readable key file"),
    ):
        spoilt()
        capsys.readouterr()
        assert await run(restore.main, settings, path, force=True) == code
        assert word in capsys.readouterr().err
    assert content(settings) == before


def content(settings: Settings) -> bytes:
    return Path(settings.database_url.removeprefix("sqlite:///")).read_bytes()


async def verified(settings: Settings, capsys: Any, **given: Any) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    wanted: dict[str, Any] = {"backup": None, "as_json": True} | given
    code = await run(verify.main, settings, **wanted)
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, said


async def test_a_week_of_work_is_as_it_was_written(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
):
    """Live, beside the bot, and in a backup: state is the replay of history in each case (P10)."""
    await world.assigned()
    await world.reported("Lies")
    await world.presses("An", "Niet gesproken")
    await world.time_passes(by=timedelta(days=7))
    for given in ({}, {"backup": await a_backup(settings)}):
        code, said = await verified(settings, capsys, **given)
        assert (code, said["well"]) == (0, True)
        assert [each["code"] for each in said["findings"]] == ["open without a due moment"]
        assert said["counts"]["kase"] >= 1 and said["counts"]["event"] > 10
    assert sorted(os.listdir(settings.data_dir)) == ["backup.key", "backups"]
    assert await run(verify.main, settings, backup=None, as_json=False) == 0
    assert "all is as it was written" in capsys.readouterr().out


async def a_backup(settings: Settings) -> Path:
    await run(backup.main, settings)
    return kept(settings)[-1]


HISTORY = update(event).where(event.c.seq == 3).values(body=b"{}")
STATE = update(kase).values(state="closed")
DUE = update(due).where(due.c.case_id.is_not(None)).values(case_id=10**6)
WRONGS: dict[str, tuple[Any, tuple[str, str]]] = {
    "an event": (HISTORY, ("history", "changed")),
    "a state": (STATE, ("state", "row differs from state")),
    "a due moment": (DUE, ("orphan", "rows: 1")),
}


@pytest.mark.parametrize("what", WRONGS)
async def test_what_was_changed_by_hand_is_found(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str], what: str
):
    """Exit status 1, by number and code, never a word that a person wrote (P10, P19)."""
    ref = await world.assigned()
    statement, (check, code) = WRONGS[what]
    await world.database.close()
    by_hand(settings, statement)
    status, said = await verified(settings, capsys)
    assert status == 1 and not said["well"]
    found = [each for each in said["findings"] if each["wrong"]]
    assert (check, code) in {(each["check"], each["code"]) for each in found}
    assert ref in json.dumps(found) or check == "orphan"
    assert "Mia" not in json.dumps(said)


def by_hand(settings: Settings, statement: Any) -> None:
    """Change the file as somebody with a database tool would: no foreign keys, no Kier."""
    engine = create_engine(settings.database_url)
    with engine.begin() as c:
        c.execute(statement)
    engine.dispose()


async def test_a_state_that_is_not_its_history_is_found(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
):
    """Whoever changes the state of a case past its history is found by the replay (P10)."""
    await world.assigned()
    stored = await world.case()
    other = replace(stored.case, alerted_unassigned=not stored.case.alerted_unassigned)
    await world.write(
        cases.save, case_id=stored.row.id, case=other, expected_version=stored.row.version
    )
    status, said = await verified(settings, capsys)
    assert status == 1
    assert [(each["check"], each["where"]) for each in said["findings"]] == [
        ("replay", f"case {stored.row.ref}")
    ]


async def test_a_schema_that_was_changed_is_found(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
):
    """A missing index or a column too many is named, before it is slow or in the way."""
    await world.database.close()
    by_hand(settings, text("DROP INDEX ix_due_wake"))
    by_hand(settings, text("ALTER TABLE kase ADD COLUMN extra TEXT"))
    status, said = await verified(settings, capsys)
    assert status == 1
    assert {(each["where"], each["code"]) for each in said["findings"]} == {
        ("due.ix_due_wake", "add_index"),
        ("kase.extra", "remove_column"),
    }

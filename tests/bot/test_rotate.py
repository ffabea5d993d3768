"""Another master key: for everything, in the middle of which one may be killed."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot import rotate
from bot.clock import SystemClock
from bot.settings import Settings, SettingsError, load_settings
from bot.verify import look
from storage import backup, history, leases, restore
from storage.database import Database, lock_for_running
from storage.errors import DatabaseRefused
from storage.keys import Keyring, key_lines, write_key_file
from storage.sealed_file import BackupKeys
from tests.bot.places import environment, settings
from tests.world import World, any_url, any_world, database, empty_file, file_url, world

__all__ = [
    "any_url", "any_world", "database", "empty_file", "environment", "file_url", "settings",
    "world",
]  # fmt: skip


async def stopped(world: World, url: str, given: Settings) -> Settings:
    """Let a case be there and the bot be stopped; return the settings of that server."""
    await world.assigned()
    await world.database.close()
    return replace(given, database_url=url)


async def opens(given: Settings, case_id: int = 1) -> bool:
    """Return whether all can be read with the key file as it is, and is as it was written."""
    keys = Keyring.load(given.key_file)
    there = await Database.open(given.database_url, keys=keys, migrate=False)
    try:
        report = await there.snapshot(lambda c: look(c, backup.hear_nothing))
        values = await there.read(partial(history.personal, case_id=case_id))
        return report.wrong == () and values["intake.client"].text == "Mia Verbeke"
    finally:
        await there.close()


async def test_a_new_key_takes_over_and_the_old_one_goes(
    any_world: World, any_url: str, settings: Settings
) -> None:
    """Everything opens with the new key alone; the old one is kept apart for the older backups,
    and a backup under the new one is made at once; the household is found as before (blind)."""
    given = await stopped(any_world, any_url, settings)
    (old,) = key_lines(given.key_file)
    seen: list[tuple[int, int]] = []
    rotated = await rotate.change(given, any_world.now, lambda *at: seen.append(at))
    (new,) = key_lines(given.key_file)
    assert new != old and given.key_file.stat().st_mode & 0o777 == 0o600
    assert key_lines(Path(rotated.old_keys)) == (old,)
    assert await opens(given)
    assert seen[-1][0] == rotated.values > 10 and not rotated.went_on
    assert rotated.backup is not None
    with pytest.raises(DatabaseRefused):
        await Database.open(given.database_url, keys=Keyring([old]), migrate=False)
    told = "\n".join(rotate.summary(given, rotated))
    assert old.decode() not in told and new.decode() not in told
    assert rotated.old_keys in told


@pytest.mark.parametrize("at", [1, 3, 6])
async def test_broken_off_it_goes_on(
    any_world: World, any_url: str, settings: Settings, at: int
) -> None:
    """Wherever it ends: all can be read, both keys are there; called again, the same new key."""
    given = await stopped(any_world, any_url, settings)
    (old,) = key_lines(given.key_file)
    calls = 0

    class Killed(Exception):
        pass

    def die(done: int, of: int) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            raise Killed

    with pytest.raises(Killed):
        await rotate.change(given, any_world.now, die)
    new, kept = key_lines(given.key_file)
    assert kept == old
    assert await opens(given)
    rotated = await rotate.change(given, any_world.now)
    assert rotated.went_on
    assert key_lines(given.key_file) == (new,)
    assert await opens(given)


async def test_a_bot_that_runs_keeps_its_key(
    any_world: World, any_url: str, settings: Settings
) -> None:
    """It knows the old key alone: nothing is changed under it, and the sentence says so."""
    given = replace(settings, database_url=any_url)
    before = given.key_file.read_bytes()
    now = any_world.now
    if "sqlite" in any_url:
        lock = lock_for_running(Path(any_url.removeprefix("sqlite:///")))
    else:
        lock = None
        take = partial(leases.take, team_id=any_world.team_id, name="bot", holder="x")
        real = SystemClock().now()
        until = real + timedelta(seconds=30)
        await any_world.database.write(lambda c: take(c, now=real, until=until))
    with pytest.raises(DatabaseRefused) as refused:
        await rotate.change(given, now)
    assert "stop it first" in refused.value.way_out
    assert given.key_file.read_bytes() == before
    if lock is not None:
        lock.release()


async def test_an_older_backup_is_put_back_with_both_keys(
    world: World, file_url: str, settings: Settings, tmp_path: Path
) -> None:
    """As the sentence says: the old line below the new one, restore, and change once more."""
    place, keys = tmp_path / "backups", BackupKeys.create(tmp_path / "backup.key")
    await world.assigned()
    made = await backup.make(world.database, place, keys, world.now)
    await world.database.close()
    given = replace(settings, database_url=file_url)
    rotated = await rotate.change(given, world.now)
    order = partial(
        restore.Order, file=made.path, backup_keys=keys, erased=place / "x", now=world.now,
        force=True,
    )  # fmt: skip
    with pytest.raises(DatabaseRefused):
        await restore.restore(file_url, order(keys=Keyring.load(given.key_file)))
    both = (*key_lines(given.key_file), *key_lines(Path(rotated.old_keys)))
    write_key_file(given.key_file, both)
    await restore.restore(file_url, order(keys=Keyring.load(given.key_file)))
    assert (await rotate.change(given, world.now)).went_on
    assert len(key_lines(given.key_file)) == 1
    assert await opens(given)


async def test_the_command_says_it_for_a_program_too(
    world: World, file_url: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--json` on standard output, and nothing secret on either."""
    given = await stopped(world, file_url, settings)
    assert await asyncio.to_thread(rotate.main, given, as_json=True) == 0
    out, err = capsys.readouterr()
    said = json.loads(out)
    assert said["values"] > 10 and said["went_on"] is False
    for line in (*key_lines(given.key_file), *key_lines(Path(said["old_keys"]))):
        assert line.decode() not in out + err


@pytest.mark.parametrize("name", ["KIER_KEY_FILE", "KIER_BACKUP_KEY_FILE", "KIER_TOKEN_FILE"])
def test_a_secret_that_others_can_read_is_refused(
    environment: dict[str, str], tmp_path: Path, name: str
) -> None:
    """S25: each of the files with a secret, with the command that puts it right."""
    path = tmp_path / "secret"
    path.write_text(environment["KIER_TOKEN"] if "TOKEN" in name else "x" * 44)
    path.chmod(0o644)
    given = {**environment, name: str(path)}
    if "TOKEN" in name:
        del given["KIER_TOKEN"]
    with pytest.raises(SettingsError) as refused:
        load_settings(given)
    assert f"chmod 600 {path}" in str(refused.value)

"""`kier doctor`: one look at what Kier would run on, over real HTTP and with a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.backup import back_up
from bot.clock import SystemClock
from bot.doctor import Finding, look
from bot.sandbox import Fault, Sandbox, serve
from bot.settings import Settings, load_settings
from storage import inbox, teams
from storage.backup import LAST
from storage.database import Database
from storage.keys import Keyring

TOKEN = "7300700700:AAcanaryCanaryCanaryCanaryCanary0123"
TEAM = "name: A\ncountry: NL\ntimezone: Europe/Amsterdam\nlanguage: en\nprocedures: [own.yaml]\n"


@pytest.fixture
def settings(tmp_path: Path, own_procedure: str) -> Settings:
    (tmp_path / "own.yaml").write_text(own_procedure)
    (tmp_path / "team.yaml").write_text(TEAM)
    return load_settings(
        {
            "KIER_TOKEN": TOKEN,
            "KIER_DATA_DIR": str(tmp_path / "data"),
            "KIER_TEAM_FILE": str(tmp_path / "team.yaml"),
        }
    )


def sandbox() -> Sandbox:
    return Sandbox(clock=lambda: datetime(2027, 9, 14, 7, tzinfo=UTC), token=TOKEN)


async def found(settings: Settings, what: str, world: Sandbox | None = None) -> Finding:
    """Return the one line about `what`."""
    async with serve(world or sandbox()) as origin:
        findings = await look(replace(settings, api_url=origin))
    [only] = [each for each in findings if each.what == what]
    return only


async def test_before_the_first_start(settings: Settings):
    """All is well, and the doctor makes neither key nor database."""
    line = await found(settings, "Database")
    assert line.well
    assert "made at the first start" in line.found
    assert list(settings.data_dir.iterdir()) == []


async def test_a_team_without_a_phone(settings: Settings):
    """R-46: the client must know whom to call; Kier runs, and says what is missing."""
    line = await found(settings, "Phone")
    assert line.well
    assert "gap" in line.found


async def test_what_could_not_be_handled_is_listed_without_its_words(settings: Settings):
    """The alarm to coordinators sends the administrator here (P1): number and code, no content."""
    keys = Keyring.create(settings.key_file)
    database = await Database.open(settings.database_url, keys=keys)
    now = datetime(2027, 9, 14, 7, tzinfo=UTC)
    team_id = await database.write(partial(teams.put_team, name="A", settings={}, now=now))
    await database.write(partial(inbox.store, team_id=team_id, bodies=[b"Marc {"], now=now))
    await database.close()
    line = await found(settings, "Unhandled")
    assert line.well
    assert "no. 1, 2027-09-14 07:00 UTC" in line.found
    assert "Marc" not in line.found


async def test_a_database_that_is_there(settings: Settings):
    """It is opened, not changed; with the fixed SQLite there is nothing to warn of."""
    keys = Keyring.create(settings.key_file)
    await (await Database.open(settings.database_url, keys=keys)).close()
    line = await found(settings, "Database")
    assert line.well
    assert str(settings.data_dir) in line.found


async def test_a_database_of_another_program(settings: Settings):
    """bad_inputs 76: refused with the way out, never repaired."""
    Keyring.create(settings.key_file)
    file = settings.data_dir / "kier.sqlite"
    file.write_bytes(b"not a database" * 100)
    line = await found(settings, "Database")
    assert not line.well
    assert file.read_bytes() == b"not a database" * 100


async def test_a_wrong_key(settings: Settings):
    """A key file that holds something else is named, and its content is not shown."""
    settings.key_file.write_text("canary")
    settings.key_file.chmod(0o600)
    line = await found(settings, "Key")
    assert not line.well
    assert "canary" not in line.found


async def test_the_bots_own_name(settings: Settings):
    """A token that works shows whose it is."""
    line = await found(settings, "Telegram")
    assert line.well
    assert "as @" in line.found


async def test_a_token_that_telegram_does_not_know(settings: Settings):
    """bad_inputs 69: 401 says where to get another, and the token is not shown (P19)."""
    other = Sandbox(clock=lambda: datetime(2027, 9, 14, 7, tzinfo=UTC), token=TOKEN[:-1] + "4")
    line = await found(settings, "Telegram", other)
    assert not line.well
    assert "does not know this token" in line.found
    assert "canary" not in line.found.lower()


async def test_no_way_to_telegram(settings: Settings):
    """bad_inputs 71: no connection is said in a line."""
    world = sandbox()
    world.faults.add(Fault(kind="drop"), method="getMe")
    line = await found(settings, "Telegram", world)
    assert not line.well
    assert "cannot be reached" in line.found


async def test_how_old_the_newest_backup_is(settings: Settings):
    """None yet is no fault; one that is there is named with its age and how many are kept."""
    assert "none yet in" in (await found(settings, "Backup")).found
    keys = Keyring.create(settings.key_file)
    database = await Database.open(settings.database_url, keys=keys)
    made = await back_up(database, settings, SystemClock().now() - timedelta(minutes=90))
    await database.close()
    line = await found(settings, "Backup")
    assert line.well
    assert f"{made.path}, 90 minutes old, " in line.found
    assert line.found.endswith("; 1 kept")


async def test_a_backup_that_could_not_be_made(settings: Settings):
    """The alarm to coordinators sends the administrator here (P16): it says why, and what next."""
    keys = Keyring.create(settings.key_file)
    database = await Database.open(settings.database_url, keys=keys)
    now = datetime(2027, 9, 14, 7, tzinfo=UTC)
    team_id = await database.write(partial(teams.put_team, name="A", settings={}, now=now))
    value = {"made_at": None, "failed": "no_room"}
    flag = partial(teams.set_flag, team_id=team_id, key=LAST, value=value, now=now)
    await database.write(flag)
    await database.close()
    async with serve(sandbox()) as origin:
        findings = await look(replace(settings, api_url=origin))
    [line] = [each for each in findings if each.what == "Backup" and not each.well]
    assert "no_room" in line.found and "kier backup" in line.found

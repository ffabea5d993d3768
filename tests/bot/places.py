"""Where the bot stands in a test: a server with its settings, or a database with one team."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.settings import Settings, load_settings
from storage import teams
from storage.database import Database
from storage.keys import Keyring
from tests.bot.clocks import START
from tests.world import KEYS, TEAM


@pytest.fixture
def environment(tmp_path: Path, file_url: str) -> dict[str, str]:
    """The environment of a server on which the world's team lives."""
    (tmp_path / "team.yaml").write_text(TEAM)
    key = tmp_path / "kier.key"
    key.write_bytes(KEYS[0] + b"\n")
    key.chmod(0o600)
    return {
        "KIER_TOKEN": "7300700700:AAcanaryCanaryCanaryCanaryCanary0123",
        "KIER_TEAM_FILE": str(tmp_path / "team.yaml"),
        "KIER_DATA_DIR": str(tmp_path / "data"),
        "KIER_DATABASE_URL": file_url,
        "KIER_KEY_FILE": str(key),
    }


@pytest.fixture
def settings(environment: dict[str, str]) -> Settings:
    """The settings of that server."""
    return load_settings(environment)


@asynccontextmanager
async def database_at(path: Path) -> AsyncIterator[tuple[Database, int]]:
    """Open a database with one team."""
    database = await Database.open(f"sqlite:///{path / 'kier.sqlite'}", keys=Keyring.load(KEYS))
    try:
        yield database, await database.write(lambda c: teams.put_team(c, "Team", {}, START))
    finally:
        await database.close()

"""`kier doctor`: what Kier would run on and with, in one look. Changes nothing, sends nothing."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from bot.settings import Settings


def main(settings: Settings) -> int:
    """Print what was found; return 0, since wrong settings never get here."""
    table = Table(show_header=False, box=None)
    for name, found in _rows(settings):
        table.add_row(name, found)
    Console(soft_wrap=True).print(table)
    return 0


def _rows(settings: Settings) -> Iterator[tuple[str, str]]:
    team = settings.team
    yield "Kier", f"{version('kier')} on Python {platform.python_version()}"
    yield "Telegram", settings.api_url
    yield "Database", _database(settings.database_url)
    free = shutil.disk_usage(settings.data_dir).free // 2**20
    yield "Data directory", f"{settings.data_dir} ({free} MB free)"
    yield "Key", _key(settings.key_file)
    yield "Team file", str(settings.team_file)
    yield "Team", f"{team.name} ({team.calendar.country}, {team.calendar.timezone})"
    yield "Procedures", ", ".join(team.procedures)


def _database(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        file = Path(parts.path.removeprefix("/"))
        return f"SQLite in {file}" + ("" if file.exists() else " (made at the first start)")
    # never the user's name or password
    return f"PostgreSQL on {parts.hostname or 'a local socket'}, {parts.path.removeprefix('/')}"


def _key(path: Path) -> str:
    return f"{path}" + ("" if os.path.lexists(path) else " (made at the first start)")

"""Runs the migrations by program, inside the caller's transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def config(c: Connection | None = None) -> Config:
    """Return Alembic's configuration for the scripts beside this file, on the given connection."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = c
    return settings


def upgrade(c: Connection, revision: str = "head") -> None:
    """Bring the schema to the newest revision, or to that one; commits nothing."""
    command.upgrade(config(c), revision)

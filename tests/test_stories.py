"""Every rehearsal that the project ships, played strictly: on the engine alone, and whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.rehearsal.story import Story
from bot.rehearsal.story_file import read_stories
from bot.rehearse import new_keys, play
from tests.scheduler.pure_player import PurePlayer

FILES = sorted(Path(__file__).parent.joinpath("stories").glob("*.yaml"))
GIVEN = [file for file in FILES if file.name.startswith("s")]
"""The six that came with the specification; they are played on PostgreSQL too (P20)."""


def stories_of(file: Path) -> tuple[Story, ...]:
    """The file's main story and its variants."""
    return read_stories(file.read_bytes(), folder=file.parent)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_engine_alone_plays_it(file: Path) -> None:
    """procedures 1–4: which message comes to whom at which moment, and no other."""
    for story in stories_of(file):
        assert PurePlayer(story).play() == [], story.title


@pytest.mark.timeout(300)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_the_bot_plays_it(file: Path) -> None:
    """The same through updates, conversations, storage, inbox and outbox."""
    for story in stories_of(file):
        assert await play(story) == [], story.title


@pytest.mark.parametrize("file", GIVEN, ids=lambda file: file.stem)
async def test_the_bot_plays_it_on_postgresql(file: Path, postgresql_url: str) -> None:
    """P20: both databases behave alike; stories on one database are teams of their own."""
    keys = new_keys()
    for story in stories_of(file):
        assert await play(story, postgresql_url, keys) == [], story.title

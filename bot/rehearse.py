"""`kier rehearse`: plays rehearsal files, each story on an empty database, and prints what held.

What playing is stands in `bot/rehearsal/`.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from bot.rehearsal.player import Player
from bot.rehearsal.stage import overrides_of
from bot.rehearsal.story import Story, doubts
from bot.rehearsal.story_file import StoryError, read_stories
from scheduler.load import ProcedureError, load_named
from storage.database import Database
from storage.errors import DatabaseRefused, KeysRefused
from storage.keys import Keyring, new_key


def main(files: Iterable[Path], database: str | None = None) -> int:
    """Play files and print line by line; 0 all held, 1 something did not, 2 a file is wrong."""
    console = Console(soft_wrap=True)
    keys = new_keys()
    status = 0
    for file in files:
        try:
            stories = read_stories(file.read_bytes(), folder=file.parent)
        except (OSError, StoryError) as error:
            _print_wrong(console, file, error)
            status = 2
            continue
        wrong = list(_doubted(stories))
        if wrong:
            _print_wrong(console, file, StoryError(wrong))
            status = 2
            continue
        for story in stories:
            status = max(status, _play_one(console, file, story, database, keys))
    return status


def _doubted(stories: Iterable[Story]) -> Iterator[tuple[int, str]]:
    """Yield, once each, what the stories name that their procedure has not."""
    seen: set[tuple[int, str]] = set()
    for story in stories:
        overrides = overrides_of(story).get(Path(story.procedure).stem)
        try:
            procedure = load_named(story.procedure, overrides)
        except ProcedureError as error:
            found = [(story.procedure_line, str(problem)) for problem in error.problems]
        else:
            found = list(doubts(story, procedure))
        yield from (each for each in dict.fromkeys(found) if each not in seen)
        seen.update(found)


def _play_one(
    console: Console, file: Path, story: Story, database: str | None, keys: Keyring
) -> int:
    try:
        problems = asyncio.run(play(story, database, keys))
    except (DatabaseRefused, KeysRefused) as refused:
        console.print(f"[red]{escape(refused.way_out)}[/]")
        return 2
    except ProcedureError as error:
        for problem in error.problems:
            console.print(f"[red]{escape(f'{file}: {story.procedure}: {problem}')}[/]")
        return 2
    if not problems:
        console.print(f"[green]✓[/] {escape(story.title)}")
        return 0
    console.print(f"[red]✗[/] {escape(story.title)}")
    for line, words in problems:
        console.print(f"  {escape(f'{file}:{line}: {words}')}")
    return 1


def _print_wrong(console: Console, file: Path, error: OSError | StoryError) -> None:
    if isinstance(error, StoryError):
        for line, why in error.problems:
            console.print(f"[red]{escape(f'{file}:{line}: {why}')}[/]")
    else:
        console.print(f"[red]{escape(f'{file}: {error.strerror or error}')}[/]")


async def play(
    story: Story, database_url: str | None = None, keys: Keyring | None = None
) -> list[tuple[int, str]]:
    """Return what did not hold in a story.

    Played on an empty SQLite file, or on the database at `database_url`, where each story is a
    team of its own; several stories on one database share `keys`.
    """
    async with _opened(database_url, keys or new_keys()) as database:
        return await Player(story, database).play()


@asynccontextmanager
async def _opened(url: str | None, keys: Keyring) -> AsyncIterator[Database]:
    with tempfile.TemporaryDirectory(prefix="kier-rehearsal-") as folder:
        place = url or f"sqlite:///{folder}/rehearsal.sqlite"
        database = await Database.open(place, keys=keys)
        try:
            yield database
        finally:
            await database.close()


def new_keys() -> Keyring:
    """Return keys for a rehearsal's database; it lives no longer than they do."""
    return Keyring([new_key(os.urandom)])

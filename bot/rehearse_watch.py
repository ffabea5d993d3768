"""`kier rehearse --watch`: plays stories again whenever their file or their procedure's changes.

Looks at sizes and times of the files twice a second, which any file system can tell.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Final, TypeAlias

from rich.console import Console
from rich.markup import escape

from bot.command import STOPPED
from bot.rehearsal.story_file import StoryError, read_stories
from bot.rehearse import main as play_all

EVERY_S: Final = 0.5

Seen: TypeAlias = dict[Path, tuple[int, int] | None]
"""File → nanoseconds of its last change and size; None where it cannot be seen."""


def main(
    files: Sequence[Path],
    database: str | None = None,
    *,
    pause: Callable[[float], None] = time.sleep,
) -> int:
    """Play, wait for a change, play again, until Ctrl-C; returns 130 then.

    `pause` waits so many seconds.
    """
    console = Console(soft_wrap=True, highlight=False)
    seen: Seen = {}
    try:
        for turn in count(1):
            now = seen_now(files, seen)
            if now != seen:
                changed = [path for path in now if now[path] != seen.get(path)]
                if turn > 1 and changed:
                    console.rule(escape(", ".join(path.name for path in changed)))
                seen = now
                play_all(files, database)
                console.print("[dim]Waiting for a change; Ctrl-C ends it.[/]")
            pause(EVERY_S)
    except KeyboardInterrupt:
        pass
    return STOPPED


def seen_now(files: Sequence[Path], before: Seen) -> Seen:
    """Return what can be seen of the stories and of the procedures that they name.

    While a story cannot be read, what was watched `before` stays watched.
    """
    watched = dict.fromkeys(files)
    for file in files:
        try:
            watched |= dict.fromkeys(_procedures(file))
        except (OSError, StoryError):
            watched |= dict.fromkeys(before)
    return {path: _stamp(path) for path in watched}


def _procedures(file: Path) -> Iterator[Path]:
    for story in read_stories(file.read_bytes(), folder=file.parent):
        path = Path(story.procedure)
        if path.suffix:  # those that ship are named without one
            yield path


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size

"""Names that last: a new file's name is on the disk only once its directory is flushed too."""

from __future__ import annotations

import os
from pathlib import Path


def settle(directory: Path) -> None:
    """Bring the names in a directory to the disk. Raises `OSError`."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_directory(path: Path) -> None:
    """Make a directory (0700), and those above it, to last; it may be there. Raises `OSError`."""
    made = [each for each in (path, *path.parents) if not each.exists()]
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in made:
        settle(each.parent)

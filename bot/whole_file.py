"""Writes a file whole or not at all, for its owner's eyes only (bad_inputs 82).

What is there already is never half overwritten: the new one is made beside it under another name,
brought to the disk, and takes the name in one move.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_STREAMS: Final = ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


class NotWritten(Exception):
    """The file was not written, nothing else changed; `way_out` is one English sentence."""

    def __init__(self, way_out: str) -> None:
        super().__init__(way_out)
        self.way_out = way_out


def look_first(path: Path, *, force: bool) -> None:
    """Raise `NotWritten` where it can be known before the work that the file cannot be written."""
    try:
        _look(path, force=force)
    except OSError as error:
        raise NotWritten(_why(path, error)) from None


def _look(path: Path, *, force: bool) -> None:
    if is_stream(path):
        return
    if path.is_dir():
        raise NotWritten(f"{path} is a directory; name a file in it.")
    if not path.parent.is_dir():
        raise NotWritten(f"There is no directory {path.parent}; make it, or name another place.")
    if os.path.lexists(path) and not force:
        raise NotWritten(_there(path))


def _there(path: Path) -> str:
    what = "is a link" if path.is_symlink() else "is there already"
    return f"{path} {what}; name another file, or say --force to put this one in its place."


def is_stream(path: Path) -> bool:
    """Return whether bytes go through it to a reader: standard output, a pipe, a device."""
    if str(path) in _STREAMS:
        return True
    with suppress(OSError):
        mode = path.stat().st_mode
        return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
    return False


def write_whole(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write the file, mode 0600; raises `NotWritten`.

    Without `force` a name that is taken stays as it is, also when it was taken just now. A link is
    never followed: with `force` the file takes the link's place. A stream is written through.
    """
    look_first(path, force=force)
    try:
        if is_stream(path):
            _write_through(path, content)
            return
        with _beside(path) as (handle, new):
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if force:
                new.replace(path)
            else:
                _take_name(new, path)
        _settle(path.parent)
    except FileExistsError:
        raise NotWritten(_there(path)) from None
    except OSError as error:
        raise NotWritten(_why(path, error)) from None


def _write_through(path: Path, content: bytes) -> None:
    if str(path) in _STREAMS:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    with path.open("wb") as stream:
        stream.write(content)


@contextmanager
def _beside(path: Path) -> Iterator[tuple[int, Path]]:
    """Give an open file, mode 0600, in the same directory; whatever happens it does not stay."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:80]}.", suffix=".part")
    try:
        yield handle, Path(name)
    finally:
        with suppress(OSError):
            os.close(handle)
        with suppress(FileNotFoundError):
            os.unlink(name)


def _take_name(new: Path, path: Path) -> None:
    """Give the file its name unless that is taken; a link of the file system tells for certain."""
    try:
        os.link(new, path, follow_symlinks=False)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK):
            raise
        if os.path.lexists(path):  # no such links here: the best that is left
            raise FileExistsError(errno.EEXIST, "taken", str(path)) from None
        new.replace(path)


def _settle(directory: Path) -> None:
    """Bring the new name to the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _why(path: Path, error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return f"There is no room for {path}; nothing was written. Make room and try again."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"Kier may not write in {path.parent}; name another place."
        case errno.ENAMETOOLONG:
            return "The name of the file is too long; name a shorter one."
        case errno.EPIPE:
            return "Whoever was to read the file has gone; nothing more was written."
        case _:
            reason = os.strerror(error.errno) if error.errno else "unknown"
            return f"{path} could not be written ({reason}); nothing was left there."

"""What a process did to its disk and said over the network, in order, as the kernel saw it.

strace records it (Debian: `apt install strace`); nothing in the process is replaced.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes put into a file; `at` None: behind its end (nothing of ours writes otherwise)."""

    path: str
    at: int | None
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """A file cut, or made longer, to so many bytes."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """A file's bytes, or a directory's names, are on the disk from now on."""

    path: str


@dataclass(frozen=True, slots=True)
class Make:
    """A name in a directory, for a new file when there was none."""

    path: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A file gets another name, in one step."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Unlink:
    """A name is taken away."""

    path: str


@dataclass(frozen=True, slots=True)
class Said:
    """Bytes handed to the network: from here on somebody may have read them."""

    data: bytes


Event: TypeAlias = Write | Truncate | Sync | Make | Rename | Unlink | Said

CALLS: Final = (
    "openat,pwrite64,pwritev,write,writev,fsync,fdatasync,ftruncate,fallocate,"
    "mkdir,mkdirat,unlink,unlinkat,rename,renameat,renameat2,link,linkat,sendto,sendmsg"
)


class NoStrace(Exception):
    """There is no strace on this machine."""

    def __init__(self) -> None:
        super().__init__("strace is needed, and not there (Debian: apt install strace)")


def recorder(into: Path) -> tuple[str, ...]:
    """Return the words to put before a command, so that what it does is written to `into`.

    The process that is started is the command itself, strace is beside it. Raises `NoStrace`.
    """
    return beside("-y", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", "-o", str(into))


def beside(*words: str) -> tuple[str, ...]:
    """Return strace with these words, beside the command that follows and all its threads."""
    found = shutil.which("strace")
    if found is None:
        raise NoStrace
    return (found, "-D", "-f", "--seccomp-bpf", *words)


def ended(trace: Path) -> bool:
    """Return whether the process that was recorded has ended, and all of it is written."""
    if not trace.exists():
        return False
    with trace.open("rb") as file:
        first = file.read(20).split(b" ")[0]
        file.seek(max(trace.stat().st_size - 4096, 0))
        last = file.read().rstrip(b"\n").rpartition(b"\n")[2]
    return last.startswith(first + b" ") and last.endswith(b"+++")


_HEX: Final = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')
_FD: Final = re.compile(rb"\((\d+)<([^>]*)>")
_BROKEN_OFF: Final = b" <unfinished ...>"
_NOT_DONE: Final = re.compile(rb"\) += (?:-1 |\?)")
"""It failed, or the end came before its answer; strace aligns short lines with spaces."""
_RESUMED: Final = re.compile(rb"<\.\.\. (\w+) resumed>")


def read(trace: Path, folder: str) -> Iterator[Event]:
    """Give what was done in `folder` and said, in order of when it was done.

    A call that another thread's line interrupted counts as done at its end, but what was said
    counts from its beginning: so a file is never thought safer, or a word later, than it was.
    """
    begun: dict[bytes, bytes] = {}
    with trace.open("rb") as lines:
        for whole in lines:
            thread, _, rest = whole.rstrip(b"\n").partition(b" ")
            line = rest.lstrip(b" ")
            if line.endswith(_BROKEN_OFF):
                line = line.removesuffix(_BROKEN_OFF)
                if line.startswith((b"sendto(", b"sendmsg(")):
                    yield from _said(line)
                else:
                    begun[thread] = line
                continue
            if line.startswith(b"<... "):
                resumed = _RESUMED.match(line)
                assert resumed is not None
                if thread not in begun:
                    continue
                line = begun.pop(thread) + line[resumed.end() :]
            elif line.startswith((b"sendto(", b"sendmsg(")):
                yield from _said(line)
                continue
            if _NOT_DONE.search(line) is None:
                yield from _done(line, folder)


def _text(raw: bytes) -> str:
    return _bytes(raw).decode()


def _bytes(raw: bytes) -> bytes:
    return bytes.fromhex(raw.replace(b"\\x", b"").decode())


def _said(line: bytes) -> Iterator[Said]:
    if (found := _HEX.search(line)) is not None:
        yield Said(_bytes(found[1]))


def _done(line: bytes, folder: str) -> Iterator[Event]:
    call = line.partition(b"(")[0]
    if call in (b"pwrite64", b"write", b"fsync", b"fdatasync", b"ftruncate"):
        yield from _on_file(call, line, folder)
        return
    names = [_text(found) for found in _HEX.findall(line)]
    if not names or not all(name.startswith(folder) for name in names):
        return
    if call.startswith(b"mkdir"):
        yield Make(names[0])
    elif call == b"openat":
        if b"O_CREAT" in line:
            yield Make(names[0])
        if b"O_TRUNC" in line:
            yield Truncate(names[0], 0)
    elif call in (b"unlink", b"unlinkat"):
        yield Unlink(names[0])
    elif call.startswith(b"rename"):
        yield Rename(names[0], names[1])
    else:
        raise AssertionError(f"{call.decode()} in the data directory: the replay does not know it")


def _on_file(call: bytes, line: bytes, folder: str) -> Iterator[Event]:
    fd = _FD.search(line)
    if fd is None or not fd[2].startswith(b"\\x2f"):
        return
    path = _text(fd[2])
    if path == folder.rpartition("/")[0]:
        folder = path  # the directory above is flushed when ours is new in it
    if not path.startswith(folder):
        return
    if call in (b"fsync", b"fdatasync"):
        yield Sync(path)
    elif call == b"ftruncate":
        yield Truncate(path, int(line[fd.end() :].split(b",")[1].split(b")")[0]))
    else:
        found = _HEX.search(line, fd.end())
        assert found is not None
        done = int(line.rpartition(b" = ")[2])  # a short write wrote so many
        after = line[found.end() :].split(b")")[0].split(b",")
        at = int(after[2]) if call == b"pwrite64" else None
        yield Write(path, at, _bytes(found[1])[:done])

"""A file is written whole or not at all (bad_inputs 82)."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.whole_file import NotWritten, look_first, write_whole

ROOT = Path(__file__).parents[2]


def left_in(place: Path) -> list[str]:
    return sorted(os.listdir(place))


def test_a_new_file_is_its_owners_alone(tmp_path: Path):
    """Row 82: mode 0600 whatever the umask, and nothing else is left beside it."""
    before = os.umask(0)
    try:
        write_whole(tmp_path / "x.csv", b"a;b")
    finally:
        os.umask(before)
    assert (tmp_path / "x.csv").read_bytes() == b"a;b"
    assert stat.S_IMODE((tmp_path / "x.csv").stat().st_mode) == 0o600
    assert left_in(tmp_path) == ["x.csv"]


def test_what_is_there_is_not_overwritten_unless_told(tmp_path: Path):
    """Row 82: the cause and the next step are said; with --force the new one takes its place."""
    there = tmp_path / "x.csv"
    there.write_bytes(b"old")
    with pytest.raises(NotWritten, match=r"there already; .*--force"):
        write_whole(there, b"new")
    assert there.read_bytes() == b"old"
    write_whole(there, b"new", force=True)
    assert there.read_bytes() == b"new"
    assert stat.S_IMODE(there.stat().st_mode) == 0o600
    assert left_in(tmp_path) == ["x.csv"]


def test_a_name_that_is_taken_in_between_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Somebody else was quicker, after we had looked: theirs stays."""
    there = tmp_path / "x.csv"
    synced = os.fsync

    def slow(handle: int) -> None:
        synced(handle)
        there.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", slow)
    with pytest.raises(NotWritten, match="there already"):
        write_whole(there, b"ours")
    assert there.read_bytes() == b"theirs"
    assert left_in(tmp_path) == ["x.csv"]


def test_a_link_is_not_followed(tmp_path: Path):
    """Row 82: a link that somebody laid cannot lead the file elsewhere; nor one to nowhere."""
    secret = tmp_path / "secret"
    secret.write_bytes(b"kept")
    for name, to in (("link", secret), ("loose", tmp_path / "nowhere")):
        (tmp_path / name).symlink_to(to)
        with pytest.raises(NotWritten, match="is a link"):
            write_whole(tmp_path / name, b"new")
        write_whole(tmp_path / name, b"new", force=True)
        assert not (tmp_path / name).is_symlink()
    assert secret.read_bytes() == b"kept"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("path", "why"),
    [(".", "is a directory"), ("no/such/x.csv", "no directory"), ("x" * 300, "too long")],
)
def test_a_place_that_cannot_be_is_said_plainly(tmp_path: Path, path: str, why: str):
    """No trace of an error of ours: cause and next step."""
    with pytest.raises(NotWritten, match=why):
        write_whole(tmp_path / path, b"x")
    assert left_in(tmp_path) == []


def test_a_full_disk_leaves_nothing():
    """Row 82: the device that is always full says so in our words."""
    with pytest.raises(NotWritten, match="no room"):
        write_whole(Path("/dev/full"), b"x" * 100_000)


def test_a_pipe_is_written_through(tmp_path: Path):
    """What is no file is not replaced by one."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE)
    look_first(pipe, force=False)
    write_whole(pipe, b"a;b")
    assert reader.communicate()[0] == b"a;b"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


CHILD = """
import os, resource, signal, sys
from pathlib import Path
from bot.whole_file import NotWritten, write_whole
path, what = Path(sys.argv[1]), sys.argv[2]
if what == "killed":
    os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
elif what == "cancelled":
    os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGINT)
else:
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_whole(path, b"new" * 100_000, force=True)
except NotWritten as error:
    sys.exit(str(error))
"""


@pytest.mark.parametrize("what", ["killed", "cancelled", "cut short"])
def test_what_breaks_off_leaves_the_old_file_whole(tmp_path: Path, what: str):
    """Row 82: kill -9, Ctrl-C and a disk that takes no more: the name never holds half a file."""
    there = tmp_path / "x.csv"
    there.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(there), what], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == (-signal.SIGKILL if what == "killed" else done.returncode)
    assert done.returncode != 0
    assert there.read_bytes() == b"old"
    rest = [name for name in left_in(tmp_path) if name != "x.csv"]
    assert all(name.startswith(".x.csv.") and name.endswith(".part") for name in rest)
    assert (len(rest) == 1) is (what == "killed")
    for name in rest:
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600

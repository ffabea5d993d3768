"""A sealed file: what was written, whole, or a refusal that says what to do."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import pytest

from storage.errors import BackupRefused, KeysRefused
from storage.keys import new_key
from storage.sealed_file import PIECE_BYTES, BackupKeys, SealedWriter, read_header, read_sealed

KEY = new_key(random.Random(7).randbytes)
HEADER: dict[str, Any] = {"made_at": 1, "schema": "0001"}


def sealed(lines: list[bytes], key: bytes = KEY) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, BackupKeys([key]), HEADER, b"\1" * 32)
    for line in lines:
        writer.write(line + b"\n")
    writer.close()
    return file.getvalue()


def opened(content: bytes, *keys: bytes) -> list[bytes]:
    return list(read_sealed(io.BytesIO(content), BackupKeys(keys or [KEY])))


def reason(content: bytes, *keys: bytes) -> str:
    with pytest.raises(BackupRefused) as refused:
        opened(content, *keys)
    assert len(refused.value.way_out) > 30
    return refused.value.reason


def noise(size: int) -> bytes:
    """Bytes that do not pack, so that their number decides where pieces end."""
    return random.Random(size).randbytes(size).replace(b"\n", b"x")


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES - 40, 3 * PIECE_BYTES])
def test_what_was_written_is_read(size: int) -> None:
    """Lines of any length, over any number of pieces; the header can be read without a key."""
    lines = [b"first", noise(size), b"last"]
    content = sealed(lines)
    assert opened(content) == lines
    assert read_header(io.BytesIO(content))["schema"] == "0001"
    assert b"first" not in content


def test_a_full_last_piece_is_the_last() -> None:
    """The end is where it was written, also when it fills its piece to the last byte."""
    for size in range(PIECE_BYTES - 60, PIECE_BYTES + 10):
        assert opened(sealed([noise(size)])) == [noise(size)]


def test_every_changed_byte_is_found() -> None:
    """Header, pieces, tags: a backup with one flipped bit is refused, wherever it is (P16)."""
    content = sealed([noise(PIECE_BYTES), b"end"])
    chance = random.Random(16)
    places = [*range(300), *(chance.randrange(len(content)) for _ in range(300))]
    for place in places:
        flipped = bytearray(content)
        flipped[place] ^= 1 << chance.randrange(8)
        assert reason(bytes(flipped)) in ("damaged", "not_a_backup", "newer_format", "other_key")


def test_what_was_cut_off_is_found() -> None:
    """A copy that broke off is no backup, also where a piece ended; nor is one with more."""
    content = sealed([noise(3 * PIECE_BYTES)])
    start = len(content.split(b"}\n")[0]) + 2
    borders = [start + n * (PIECE_BYTES + 16) for n in range(3)]
    for cut in (0, 5, 20, 100, 200, *borders, len(content) - 1):
        assert reason(content[:cut]) in ("damaged", "not_a_backup"), cut
    assert reason(content + b"x") == "damaged"


def test_pieces_cannot_be_moved() -> None:
    """Two pieces changed about, or one of them left out, are not what was written."""
    content = sealed([noise(3 * PIECE_BYTES)])
    start = len(content.split(b"}\n")[0]) + 2
    size = PIECE_BYTES + 16
    head, one, two = content[:start], content[start:][:size], content[start + size :][:size]
    rest = content[start + 2 * size :]
    assert opened(head + one + two + rest) == [noise(3 * PIECE_BYTES)]
    assert reason(head + two + one + rest) == "damaged"
    assert reason(head + two + rest) == "damaged"


def test_another_key_is_named() -> None:
    """Who has the wrong key is told that, not that the backup is damaged; older keys open too."""
    other = new_key(random.Random(8).randbytes)
    content = sealed([b"x"])
    assert reason(content, other) == "other_key"
    assert opened(content, other, KEY) == [b"x"]


def test_a_newer_format_is_not_guessed_at() -> None:
    """A later Kier may write another kind of file: this one says which version reads it."""
    content = sealed([b"x"]).replace(b"BACKUP 1\n", b"BACKUP 2\n", 1)
    assert reason(content) == "newer_format"
    assert reason(b"PK\3\4" + content) == "not_a_backup"


def test_a_backup_key_file_is_made_once(tmp_path: Path) -> None:
    """For its owner only, never overwritten, and refused when it holds something else."""
    path = tmp_path / "backup.key"
    made = BackupKeys.create(path)
    assert path.stat().st_mode & 0o077 == 0
    assert BackupKeys.load(path).first == made.first
    assert path.read_bytes().strip().decode() not in repr(made)
    for content in (b"", b"canary\n", b"a" * 20):
        path.write_bytes(content)
        with pytest.raises(KeysRefused) as refused:
            BackupKeys.load(path)
        assert "canary" not in str(refused.value)
    with pytest.raises(KeysRefused):
        BackupKeys.create(path)

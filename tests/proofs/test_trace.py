"""What strace wrote down is read as it was: what had no answer did not happen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proofs.trace import Write, read

FOLDER = "/data"


def hexed(text: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


@pytest.mark.parametrize(
    ("answer", "is_done"),
    [
        (" = 3", True),
        ("      = 3", True),
        (" = -1 ENOSPC (No space left on device)", False),
        ("      = -1 EIO (Input/output error)", False),
        (" = ?", False),
        ("      = ?", False),
    ],
)
@pytest.mark.parametrize("is_resumed", [False, True])
def test_a_write_counts_when_it_was_answered(
    tmp_path: Path, answer: str, is_done: bool, is_resumed: bool
) -> None:
    """Also when another thread's line came between, and however strace aligns the answer."""
    begun = f'pwrite64(3<{hexed("/data/kier.sqlite")}>, "{hexed("abc")}", 3, 40'
    tape = tmp_path / "tape"
    if is_resumed:
        tape.write_text(f"7 {begun} <unfinished ...>\n7 <... pwrite64 resumed>){answer}\n")
    else:
        tape.write_text(f"7 {begun}){answer}\n")
    done = [Write("/data/kier.sqlite", 40, b"abc")] if is_done else []
    assert list(read(tape, FOLDER)) == done

"""What a line of the log holds: codes, and never a token, a person's words or a second line."""

from __future__ import annotations

import io
import json
import logging
import sys

import pytest

from bot.logs import LEVELS, formatter, log_to_stderr

TOKEN = "7300700700:AAcanaryCanaryCanaryCanaryCanary0123"


class Terminal(io.StringIO):
    """A stream where a person looks on."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()], ids=["machine", "terminal"])
def test_a_token_a_name_and_a_second_line_are_taken_out(stream: io.StringIO) -> None:
    """S17, S18, CWE-117: of an error class and place, of a token nothing, one line a record."""
    try:
        raise RuntimeError(f"Mevrouw Kanarie at https://api.telegram.org/bot{TOKEN}/getMe")
    except RuntimeError:
        error = sys.exc_info()
    said = f"at %s\nERROR forged\u202e {'x' * 9_000}"
    line = formatter(stream).format(logging.LogRecord("kier", 40, "x", 1, said, (TOKEN,), error))
    assert "RuntimeError" in line
    assert "test_logs.py:" in line
    assert "anary" not in line
    assert "Kanarie" not in line
    assert "\n" not in line
    assert "\u202e" not in line
    assert len(line) < 1_500


def test_a_line_for_machines_is_json() -> None:
    """Each line is one object: when, where, how bad, what."""
    record = logging.LogRecord("kier.sender", 30, "x", 1, "chat %d: %s", (7, "blocked"), None)
    read = json.loads(formatter(io.StringIO()).format(record))
    assert read.keys() == {"event", "level", "logger", "timestamp"}
    assert (read["event"], read["level"]) == ("chat 7: blocked", "warning")


def test_libraries_that_dump_what_they_handle_are_quiet() -> None:
    """S17, S18: even where the root logger lets DEBUG through."""
    root = logging.getLogger()
    before = (root.level, list(root.handlers), logging.raiseExceptions)
    try:
        log_to_stderr(logging.DEBUG)
        for name in (*LEVELS, "telegram.ext", "httpx", "httpcore", "sqlalchemy.engine"):
            assert not logging.getLogger(name).isEnabledFor(logging.INFO), name
        assert logging.getLogger("kier").isEnabledFor(logging.DEBUG)
    finally:
        root.setLevel(before[0])
        root.handlers[:] = before[1]
        logging.raiseExceptions = before[2]

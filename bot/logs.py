"""What Kier logs, and how: ids and codes, one line a record, never a token or a person's words.

Everything goes through one handler, the libraries' own records too. Structlog writes it: lines of
JSON for machines, columns where a person looks on.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from pathlib import Path
from typing import Final, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.gateway import redact, silence_libraries

LEVELS: Final = {
    "aiosqlite": logging.WARNING,  # its DEBUG holds the values of statements
    "sqlalchemy": logging.WARNING,  # and so do its INFO and DEBUG
    "asyncpg": logging.WARNING,
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
    "asyncio": logging.WARNING,
}
"""Libraries that say too much, and from where they may speak."""

VALUE_MAX: Final = 500
_CONTROL: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
)


def log_to_stderr(level: int = logging.INFO) -> None:
    """Write what happens to the standard error; a closed one is no reason to stop."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(sys.stderr))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.raiseExceptions = False
    quieten()


def quieten() -> None:
    """Keep libraries from dumping updates, addresses with the token and values (S17, S18)."""
    silence_libraries()
    for name, level in LEVELS.items():
        logging.getLogger(name).setLevel(level)


def formatter(stream: TextIO) -> logging.Formatter:
    """Return what makes a record a line that is fit for `stream`: JSON unless it is a terminal."""
    last: Processor = (
        structlog.dev.ConsoleRenderer()
        if stream.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            only_where,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            clean,
            last,
        ],
        # the standard formatter would print the whole trace after the line
        keep_exc_info=False,
        keep_stack_info=False,
    )


def only_where(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Put for an exception its class and places: its words may hold what people wrote (S18)."""
    raised = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if isinstance(raised, tuple) and raised[0] is not None:
        event["error"] = raised[0].__name__
        event["at"] = " < ".join(
            f"{Path(frame.filename).name}:{frame.lineno}"
            for frame in reversed(traceback.extract_tb(raised[2]))
        )
    return event


def clean(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Take out tokens and whatever would begin a line or turn one round (S17, CWE-117)."""
    return {key: _CONTROL.sub(" ", redact(str(value)))[:VALUE_MAX] for key, value in event.items()}

"""Asks the makers' process for a file and waits for it, without holding up the loop.

Knows no case: kinds and values come from a message that waits to be sent, or from a command.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Mapping
from typing import Any, Final

from bot.loops import Caught, caught, code_of
from bot.making import LIGHT, make

log = logging.getLogger(__name__)

MAKING_MAX_S: Final = 45.0
"""A picture takes a second or two, on a busy small server ten; with sending, less than a lease."""
AT_ONCE: Final = 2
"""Files made at the same time: each takes a core and some 100 MB."""
CODE_MAX: Final = 60


class NotMade(Exception):
    """The file could not be made; `code` is one word without anything personal."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Maker:
    """Makes files, few at a time."""

    def __init__(self) -> None:
        """Make nothing yet."""
        self._places = asyncio.Semaphore(AT_ONCE)

    async def make(self, kind: str, values: Mapping[str, Any]) -> bytes:
        """Return the file of `bot.making`; raises `NotMade`."""
        async with self._places:
            if kind in LIGHT:
                return await _beside(kind, values)
            return await _apart(kind, values)


async def _beside(kind: str, values: Mapping[str, Any]) -> bytes:
    made = await caught(asyncio.to_thread(make, kind, values))
    if isinstance(made, Caught):
        raise _not_made(kind, code_of(made.error))
    return made


async def _apart(kind: str, values: Mapping[str, Any]) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.making",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        # the token and the keys' place are not its business
        env={name: value for name, value in os.environ.items() if not name.startswith("KIER_")},
    )
    asked = json.dumps({"kind": kind, "values": dict(values)}).encode()
    try:
        made, said = await asyncio.wait_for(process.communicate(asked), MAKING_MAX_S)
    except TimeoutError:
        raise NotMade("too-slow") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0 or not made:
        words = said.decode(errors="replace").split()
        code = words[-1][:CODE_MAX] if words and words[-1].isidentifier() else "crashed"
        raise _not_made(kind, code)
    return made


def _not_made(kind: str, code: str) -> NotMade:
    log.error("a %s could not be made: %s", kind, code)
    return NotMade(code)

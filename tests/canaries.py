"""Names, streets, telephones and tokens that tests plant, and who looks whether one gets out.

Every log record of the whole suite is looked at, from DEBUG up, and every call about a group, to
the messenger in memory and to the one over HTTP. A hit fails the test in which it came (P9, P19).
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.gateway import TOKEN
from bot.logs import quieten
from bot.outcomes import Upload
from bot.sandbox.params import Params
from bot.sandbox.server import Desk
from bot.sandbox.state import Call

PLANTED: Final = re.compile(
    r"\b(?:Verbeke|Wouters|Peeters|Kanarie|Dorpsstraat|Kerkstraat|Mia)\b|canaryCanary"
    r"|0470[ /]?12[ .]?34[ .]?56|(?:\+32)?47[01]123456|0471[ /]?22[ .]?33[ .]?44"
)
"""What tests/world.py and the tests beside it give to people in distress, and the tests' token."""


@dataclass(slots=True)
class Watch:
    """What was looked at since the start, and what was found since somebody took it."""

    records: int = 0
    group_messages: int = 0
    found: list[str] = field(default_factory=list)
    hits: int = 0

    def record(self, name: str, words: str) -> None:
        """Look at what one logger said."""
        self.records += 1
        self._look(f"log {name}", words)

    def call(
        self, chat_id: object, payload: Mapping[str, object], files: Mapping[str, Upload] | None
    ) -> None:
        """Look at all that a call about a group says, topics and names of files too."""
        if isinstance(chat_id, int) and chat_id < 0:
            self.group_messages += 1
            names = [each.name for each in (files or {}).values()]
            said = json.dumps([payload, names], ensure_ascii=False, default=str)
            self._look("group", said)

    def _look(self, where: str, words: str) -> None:
        if (hit := PLANTED.search(words) or TOKEN.search(words)) is not None:
            self.hits += 1
            self.found.append(f"{where}: {hit[0]!r} in {words[:200]!r}")

    def take(self) -> list[str]:
        """Return what was found and begin anew."""
        found, self.found = self.found, []
        return found


WATCH: Final = Watch()


_made = logging.getLogRecordFactory()


def _heard(*args: Any, **more: Any) -> logging.LogRecord:
    """Look at a record before any handler does. What an error says is not in it: no line holds it
    (tests/bot/test_logs.py)."""
    record = _made(*args, **more)
    WATCH.record(record.name, f"{record.msg} {record.args}")
    return record


_record = Desk.record


def _called(self: Desk, name: str, params: Params) -> Call:
    """Look at a call that came over HTTP."""
    call = _record(self, name, params)
    WATCH.call(call.payload.get("chat_id"), call.payload, None)
    return call


def listen() -> None:
    """Hear everything from DEBUG up; libraries are as quiet as `kier run` makes them."""
    logging.setLogRecordFactory(_heard)
    Desk.record = _called  # type: ignore[method-assign]
    logging.getLogger("kier").setLevel(logging.DEBUG)
    quieten()

"""One try of one way in by one person, in a transaction that is undone: what came of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, event, func, select, text

from bot.handle import Handler
from bot.incoming import Update, read_update
from storage import inbox
from storage.tables import outbox
from tests.matrix.cast import Cast
from tests.world import BOT_NAME

Body: type = dict[str, Any]
Prepare = Callable[[Connection], Mapping[str, Any]]
"""Lay what the try needs (a button, a dialogue) in the same transaction; return the update."""

KEPT: Final = (
    "kase", "event", "personal", "due", "file", "person", "absence", "invite", "visit",
    "case_person", "flag",
)  # fmt: skip
"""The tables that hold what a person could learn about or change."""
_CALLBACK: Final = re.compile(r'"callback_data": "[^"]*"')


@dataclass(frozen=True, slots=True)
class Seen:
    """What one try came to. `shown`: (chat, method, words and labels), without buttons' codes."""

    update: Update
    shown: tuple[tuple[int, str, str], ...]
    changed: frozenset[str]
    """The tables whose rows are others now."""
    refused: str | None
    statements: int
    """How often the database was asked: its cost, without the machine's noise."""

    def to(self, chat_id: int) -> str:
        """Return all that one chat was shown."""
        return "\n".join(words for chat, _, words in self.shown if chat == chat_id)


class _Undo(Exception):
    """Carries what was seen out of the transaction, which is undone by it."""

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self.seen = seen


async def attempt(cast: Cast, prepare: Prepare, handler: Handler | None = None) -> Seen:
    """Return what comes of one update; nothing of it stays."""
    world = cast.world
    by = handler or world.handler

    def unit(c: Connection) -> None:
        raw = json.dumps({"update_id": 900_000, **prepare(c)}).encode()
        inbox.store(c, by.office.team_id, [raw], world.now)
        row_id = c.scalar(text("SELECT max(id) FROM inbox"))
        assert row_id is not None
        row = inbox.take(c, row_id)
        assert row is not None
        before, last = _kept(c), c.scalar(select(func.max(outbox.c.id))) or 0
        asked: list[str] = []

        def heard(*args: Any) -> None:
            asked.append(args[2])

        event.listen(c, "before_cursor_execute", heard)
        handled = by.handle(c, row, world.now)
        event.remove(c, "before_cursor_execute", heard)
        after = _kept(c)
        raise _Undo(
            Seen(
                update=read_update(row.raw, bot_name=BOT_NAME),
                shown=_shown(c, last),
                changed=frozenset(name for name in KEPT if before[name] != after[name]),
                refused=handled.refused or handled.dead,
                statements=len(asked),
            )
        )

    try:
        await world.database.write(unit)
    except _Undo as undone:
        return undone.seen
    raise AssertionError("the try was not undone")


def _kept(c: Connection) -> dict[str, list[Any]]:
    """Return the rows as they lie there, sealed."""
    return {
        name: [tuple(row) for row in c.execute(text(f"SELECT * FROM {name}"))]  # noqa: S608
        for name in KEPT
    }


def _shown(c: Connection, last: int) -> tuple[tuple[int, str, str], ...]:
    query = select(outbox.c.chat_id, outbox.c.method, outbox.c.payload)
    rows = c.execute(query.where(outbox.c.id > last).order_by(outbox.c.id))
    return tuple((row.chat_id, row.method, _words(row.payload)) for row in rows)


def _words(payload: Mapping[str, Any]) -> str:
    """Return the payload without what is random or another number each time."""
    kept = {key: value for key, value in payload.items() if key != "callback_query_id"}
    return _CALLBACK.sub('"callback_data": ""', json.dumps(kept, ensure_ascii=False))

"""What waits behind an update in its lane: pieces of one text, or the rest of a flood.

Both are settled in the unit of the first, so that a text that was split is one stimulus (row 29)
and a flood costs no transaction for each message (P13).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.conversations.scene import Said
from bot.handle.flood import Bucket
from bot.hooks import Connection
from bot.incoming import ButtonPress, PrivateMessage, read_update, without_numbers_in
from bot.reading.words import utf16_len
from storage import inbox
from storage.inbox import InboxRow

PIECE_UNITS_MIN: Final = 3_500
"""A message so long may be a piece: the messenger's clients split at a word before 4,096."""
PIECES_WITHIN: Final = timedelta(seconds=2)
PIECES_MAX: Final = 50
SWEPT_MAX: Final = 50
"""Of one transaction: others wait for it."""


def sent_at(update: PrivateMessage | ButtonPress, now: datetime) -> datetime:
    """Return when it was sent, as far as that is told: after an outage it comes much later."""
    date = update.date if isinstance(update, PrivateMessage) else None
    return now if date is None or date > now else date


def whole(
    c: Connection, row: InboxRow, first: PrivateMessage, now: datetime, *, bot_name: str | None
) -> PrivateMessage:
    """Return a text with the pieces of it that wait behind it; these are settled (row 29)."""
    parts = [first.incoming.text] if isinstance(first.incoming, Said) else []
    last = first
    while parts and len(parts) < PIECES_MAX and _may_go_on(last):
        follows = _next_piece(c, row, last, bot_name)
        if follows is None:
            break
        piece, row = follows
        assert isinstance(piece.incoming, Said), "_next_piece has seen it"
        parts.append(piece.incoming.text)
        inbox.done(c, row.id, now)
        last = piece
    if len(parts) < 2:
        return first
    return replace(first, incoming=Said(text="\n".join(parts)))


def _may_go_on(message: PrivateMessage) -> bool:
    said = message.incoming
    is_own = not message.edited and not message.forwarded
    return is_own and isinstance(said, Said) and utf16_len(said.text) >= PIECE_UNITS_MIN


def _next_piece(
    c: Connection, row: InboxRow, last: PrivateMessage, bot_name: str | None
) -> tuple[PrivateMessage, InboxRow] | None:
    behind = inbox.behind(c, row, limit=1)
    if not behind:
        return None
    piece = read_update(behind[0].raw, bot_name=bot_name)
    if not isinstance(piece, PrivateMessage) or piece.edited or piece.forwarded:
        return None
    is_text = isinstance(piece.incoming, Said) and piece.reply_to_message_id is None
    dates = last.date, piece.date
    if not is_text or dates[0] is None or dates[1] is None:
        return None
    return (piece, behind[0]) if dates[1] - dates[0] <= PIECES_WITHIN else None


def sweep(
    c: Connection,
    row: InboxRow,
    bucket: Bucket,
    now: datetime,
    *,
    roomy: bool,
    name: str | None,
) -> int:
    """Refuse what waits behind a message that was over, as long as it is over too.

    Return how many. What is neither a message nor a press keeps its turn, and ends it.
    """
    swept = 0
    for behind, update in _messages(c, row, name):
        if bucket.hears(update.user_id, sent_at(update, now), roomy=roomy):
            break
        kept = without_numbers_in(behind.raw)
        if kept is not behind.raw:
            inbox.rewrite(c, behind.id, kept)
        inbox.refused(c, behind.id, "flood", now)
        swept += 1
    return swept


def _messages(
    c: Connection, row: InboxRow, name: str | None
) -> Iterator[tuple[InboxRow, PrivateMessage | ButtonPress]]:
    for behind in inbox.behind(c, row, limit=SWEPT_MAX):
        update = read_update(behind.raw, bot_name=name)
        if not isinstance(update, PrivateMessage | ButtonPress):
            return
        yield behind, update

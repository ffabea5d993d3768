"""What the loops call and do not know: the shapes of what assembly puts into them.

Types only, importing neither the loops nor the gateway, so that the main path can use them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from storage.downloads import Download
from storage.inbox import InboxRow
from storage.outbox import Claimed

Connection: TypeAlias = Any
"""Storage's connection, handed on and never looked into: only storage says SQL."""


NOT_FOR_YOU: Final = "not_for_you"
"""Refused in conversation: it is not there (any more), or not for whoever asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """What became of one update. `wake_at`: the team's earliest due moment (aware), if any.

    `refused`: the update was answered with a refusal or left aside; `dead`: it cannot be read and
    becomes a dead letter; codes that say why.
    """

    wake_at: datetime | None = None
    refused: str | None = None
    dead: str | None = None


Handle: TypeAlias = Callable[[Connection, InboxRow, datetime], Handled]
"""Let an update take effect, inside the caller's transaction; raising undoes all of it."""

FILLED: Final = "filled"
"""The key, in the payload of a message that is sent empty, of what it is filled with; not sent."""

OnUnreadable: TypeAlias = Callable[[Connection, int, datetime], None]
"""So many updates could not be read at all: tell a coordinator."""

OnBackupFailed: TypeAlias = Callable[[Connection, datetime], None]
"""No backup can be made: tell a coordinator."""

OnOutOfBounds: TypeAlias = Callable[[Connection, str, datetime, datetime], None]
"""Something of how the bot does is out of bounds: its code, since when, and now."""

OnDead: TypeAlias = Callable[[Connection, InboxRow, datetime], None]
"""An update became a dead letter: tell a coordinator, and the person where that is safe."""


OnFileRefused: TypeAlias = Callable[[Connection, Download, str, datetime], None]
"""A file that somebody sent is not kept; the code says why: tell them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file to send in place of one field of a payload."""

    name: str
    content: bytes


def nothing(*_: Any) -> None:
    """Do nothing: what a hook does that nobody brought."""


def _no_files(*_: Any) -> Mapping[str, Attachment]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class SendHooks:
    """What the sender tells, each inside the transaction that settles the message.

    A hook that raises is tried thrice, then the message is settled without it and an alarm given.
    """

    on_failed: Callable[[Connection, Claimed, str, datetime], None] = nothing
    """Telegram will not take it; the code says why ("blocked", "too-long", …)."""

    on_uncertain: Callable[[Connection, Claimed, datetime], None] = nothing
    """Twice nobody knows whether it arrived: a coordinator must (P5)."""

    on_sent: Callable[[Connection, Claimed, Any, datetime], None] = nothing
    """Telegram did it; what it answered (a new topic's id stands there)."""

    on_migrated: Callable[[Connection, int, int, int, datetime], None] = nothing
    """Team, old chat id, new chat id: outbox and prompts have been moved already."""

    attach: Callable[[Connection, Claimed], Mapping[str, Attachment]] = _no_files
    """Return the files of a message, by field of the payload; read just before it is sent."""

    again_text: str = "(again)"
    """Before a text that may be a repeat, where `meta` has no "again_text" in the reader's
    language."""

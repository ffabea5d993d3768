"""What Telegram may answer, as values: what became of a call, and what a poll brought.

`gateway` makes them of Telegram's answers; poller and sender go by them, and need no library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

Json: TypeAlias = dict[str, Any]

UPDATES_MAX = 100  # of one poll


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Telegram did it. `message_id` where a message came of it; `result` as it was answered."""

    message_id: int | None = None
    result: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryLater:
    """429: not done; not again before `seconds`. `chat_only`: the call was about one chat."""

    seconds: float
    chat_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """403: this person or group does not take our messages now. `code`: why, one word."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Telegram refuses this call for good (400, 413, a method it does not know)."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseRejected:
    """400: the mark-up of the text is wrong; as plain text it may go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """400: the group became a supergroup; not done; it has this id from now on."""

    new_chat_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """400: the message (or topic) already looks like that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """400: the message to change or delete is not there, or cannot be changed any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TooOld:
    """400: the press cannot be answered any more; its effect stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unauthorized:
    """401, or 404 for a method that every server has: this token is not valid (any more)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """409: another process polls with this token, or a webhook is set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """It may have been done: no answer, half an answer, or one that is not Telegram's."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """It was surely not done: no connection, or a server that says it could not (5xx)."""

    code: str


Trouble: TypeAlias = RetryLater | Unauthorized | TakenOver | Unsure | Unreachable | Rejected
SendOutcome: TypeAlias = (
    Sent
    | RetryLater
    | Blocked
    | Rejected
    | ParseRejected
    | Migrated
    | NotModified
    | Gone
    | TooOld
    | Unauthorized
    | TakenOver
    | Unsure
    | Unreachable
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """Updates in the order in which Telegram gave them, each as the JSON it came in."""

    updates: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tangled:
    """Updates that cannot be told apart: brackets or quotes do not match. `body`: as they came."""

    body: bytes


FetchOutcome: TypeAlias = Fetched | Tangled | Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file to send along, instead of the value of one field of the payload."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """Who the bot is. Some servers that speak the Bot API give no username: then it is empty."""

    user_id: int
    username: str


class SendsMessages(Protocol):
    """The part of the gateway that the sender needs."""

    async def send(
        self, method: str, payload: Json, files: Mapping[str, Upload] | None = None
    ) -> SendOutcome:
        """Make one call; never raises for what Telegram or the network does."""
        ...


class FetchesUpdates(Protocol):
    """The part of the gateway that the poller needs."""

    async def fetch_updates(
        self,
        *,
        offset: int | None,
        timeout_s: int,
        allowed: tuple[str, ...],
        limit: int = UPDATES_MAX,
    ) -> FetchOutcome:
        """Make one long poll; never raises for what Telegram or the network does."""
        ...

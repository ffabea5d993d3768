"""The update queue of one bot: Telegram's rules for ids, confirming and forgetting. No HTTP."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

LIMIT_MAX = 100  # getUpdates: 1-100 updates a call
RETENTION_S = 86400.0  # "updates are kept for 24 hours", Bot API text
FUTURE_MAX = 10  # official server: an offset further past the end counts as "from the first one"
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """One update that waits. `raw` is its JSON text, as it will be written into the answer."""

    update_id: int
    raw: bytes
    at: float
    lane: str = ""

    @property
    def update(self) -> Any:
        """Return the update as JSON value, or None if the raw text is not JSON."""
        try:
            return json.loads(self.raw)
        except ValueError:
            return None


@dataclass(slots=True)
class UpdateQueue:
    """Waiting updates in order; `monotonic` gives their age in seconds."""

    monotonic: Callable[[], float]
    dice: random.Random
    next_id: int = 0
    waiting: list[Queued] = field(default_factory=list)
    again: list[Queued] = field(default_factory=list)
    history: list[Queued] = field(default_factory=list)
    allowed: frozenset[str] | None = None
    bodies: list[bytes] = field(default_factory=list)
    ignored: int = 0

    def __post_init__(self) -> None:
        """Begin at a random id, as a bot does that was idle."""
        if self.next_id == 0:
            self.reset_ids()

    def reset_ids(self, next_id: int | None = None) -> None:
        """Choose a new next id, as Telegram does after a week without updates."""
        self.next_id = next_id if next_id is not None else self.dice.randrange(10**8, 10**9)

    def allow(self, kinds: list[str] | None) -> None:
        """Remember `allowed_updates`; None leaves it as it was, [] means the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) if kinds else None

    def wants(self, kind: str) -> bool:
        """Return whether updates of this kind are queued at present."""
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed

    def put(self, kind: str, content: Json, lane: str = "") -> int | None:
        """Queue an update; return its id, or None if the bot does not want this kind."""
        if not self.wants(kind):
            self.ignored += 1
            return None
        update = {"update_id": self.next_id, kind: content}
        return self._append(json.dumps(update).encode(), lane)

    def put_raw(self, raw: bytes, update_id: int | None = None) -> int:
        """Queue any text in place of an update. Ids run on behind `update_id` if it is given."""
        if update_id is not None:
            self.waiting.append(self._queued(update_id, raw, ""))
            self.next_id = max(self.next_id, update_id + 1)
            return update_id
        return self._append(raw, "")

    def put_again(self, update_id: int, times: int = 1) -> None:
        """Deliver an update again in the next calls, whatever was confirmed meanwhile."""
        found = [queued for queued in self.history if queued.update_id == update_id]
        if not found:
            raise KeyError(update_id)
        self.again.extend([found[-1]] * times)

    def take(self, offset: int, limit: int) -> list[Queued]:
        """Return what getUpdates returns, and confirm what `offset` confirms.

        offset > 0 forgets all ids below it; offset < 0 forgets all but the last -offset; 0 forgets
        nothing. An offset far past the end is read as 0. Source: Bot API text and server.
        """
        now = self.monotonic()
        self.waiting = [queued for queued in self.waiting if now - queued.at < RETENTION_S]
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif 0 < offset <= self.next_id + FUTURE_MAX:
            self.waiting = [queued for queued in self.waiting if queued.update_id >= offset]
        count = min(max(limit, 1), LIMIT_MAX)
        repeated, self.again = self.again[:count], self.again[count:]
        return [*repeated, *self.waiting[: count - len(repeated)]]

    def confirm(self, queued: Queued) -> None:
        """Forget one update: a webhook took it."""
        for place in (self.again, self.waiting):
            if queued in place:
                place.remove(queued)
                return

    def clear(self) -> None:
        """Forget all that waits (drop_pending_updates)."""
        self.waiting.clear()
        self.again.clear()

    def _append(self, raw: bytes, lane: str) -> int:
        update_id = self.next_id
        self.waiting.append(self._queued(update_id, raw, lane))
        self.next_id += 1
        return update_id

    def _queued(self, update_id: int, raw: bytes, lane: str) -> Queued:
        queued = Queued(update_id=update_id, raw=raw, at=self.monotonic(), lane=lane)
        self.history.append(queued)
        return queued

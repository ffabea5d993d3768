"""Telegram's limits as one value: how long a message has to wait now. No I/O; seconds are given.

The server's moment of a message lies somewhere between our call and its answer. So what counts
against a limit is what is under way plus what was answered lately: that proves the limit at the
server, whatever the network and our own stalls do, and needs no margin. Source of the figures:
telegram.md, first table (30/s to all, 1/s in a chat with short bursts, 20/min in a group).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

PER_SECOND = 30
CHAT_GAP_S = 1.0
CHAT_BURST = 3  # changes and messages together in one chat, then one a second
GROUP_PER_MINUTE = 20
EVEN_GAP_S = 1 / 31  # a little above what the window lets through, to make up for late starts
CATCH_UP = 2  # so many late starts may follow at once; a clump now is a gap a second later
SLOWER = 1.5  # each 429 stretches the pace by this
SLOWEST_GAP_S = 0.5
FASTER = 0.97  # each message that went well brings it back by this
FLOOD_CHATS = 3  # so many chats with a 429 …
FLOOD_S = 5.0  # … within this: it is not the chats, it is us

_UNPACED = ("answer",)  # answers to a press are no messages, and cannot wait


def in_group(chat_id: int) -> bool:
    """Return whether a chat is a group: the Bot API gives these negative ids."""
    return chat_id < 0


@dataclass(slots=True)
class _Chat:
    """One chat's account; forgotten when it is all in order again."""

    free_at: float = 0.0  # for the next message
    full_at: float = 0.0  # when the burst is available in full again
    rests_until: float = 0.0  # a 429
    minute: deque[float] = field(default_factory=deque)  # answered in a group, oldest first
    under_way: int = 0


class Pacing:
    """The account of what was sent. `now` everywhere: seconds of a monotonic clock."""

    def __init__(self) -> None:
        self._chats: dict[int, _Chat] = {}
        self._second: deque[float] = deque()
        self._under_way = 0
        self._slot = 0.0
        self._gap_s = EVEN_GAP_S
        self._rests_until = 0.0
        self._flooded: deque[tuple[float, int]] = deque()

    @property
    def under_way(self) -> int:
        """How many messages were begun and not answered."""
        return self._under_way

    def overall_wait_s(self, now: float) -> float:
        """Return the seconds until any message may begin; 0: now."""
        while self._second and self._second[0] + 1.0 <= now:
            self._second.popleft()
        wait_s = max(self._rests_until, self._slot) - now
        if self._under_way + len(self._second) >= PER_SECOND:
            # none answered within the second: the next answer will tell
            wait_s = max(wait_s, self._second[0] + 1.0 - now if self._second else 0.05)
        return max(wait_s, 0.0)

    def chat_wait_s(self, chat_id: int, method: str, now: float) -> float:
        """Return the seconds until this chat takes a call of `method`; 0: now."""
        chat = self._chats.get(chat_id)
        if chat is None or method.startswith(_UNPACED):
            return 0.0
        until = chat.rests_until
        if counted(method):
            until = max(until, chat.full_at - (CHAT_BURST - 1) * CHAT_GAP_S)
            if in_group(chat_id):
                until = max(until, self._group_until(chat, now))
        if is_message(method):
            until = max(until, chat.free_at)
        return max(until - now, 0.0)

    def _group_until(self, chat: _Chat, now: float) -> float:
        while chat.minute and chat.minute[0] + 60.0 <= now:
            chat.minute.popleft()
        over = chat.under_way + len(chat.minute) - GROUP_PER_MINUTE
        if over < 0:
            return 0.0
        return chat.minute[over] + 60.0 if over < len(chat.minute) else now + 1.0

    def begun(self, chat_id: int, method: str, now: float) -> None:
        """Count a call that begins now; `ended` must follow, whatever becomes of it."""
        if not method.startswith(_UNPACED):
            self._under_way += 1
            self._slot = max(self._slot, now - CATCH_UP * self._gap_s) + self._gap_s
            self._chats.setdefault(chat_id, _Chat()).under_way += 1

    def ended(self, chat_id: int, method: str, now: float) -> None:
        """Count the answer to a call, or the end of waiting for it."""
        if method.startswith(_UNPACED):
            return
        self._under_way -= 1
        self._second.append(now)
        chat = self._chats[chat_id]
        chat.under_way -= 1
        if is_message(method):
            chat.free_at = now + CHAT_GAP_S
        if counted(method):
            chat.full_at = max(chat.full_at, now) + CHAT_GAP_S
            if in_group(chat_id):
                chat.minute.append(now)

    def went_well(self) -> None:
        """Come back a little to the full pace."""
        self._gap_s = max(EVEN_GAP_S, self._gap_s * FASTER)

    def too_many(self, chat_id: int | None, seconds: float, now: float) -> None:
        """Obey a 429: that chat rests, all go a little slower; without a chat, all rest.

        When several chats are refused at about the same time the limit is the bot's: all rest.
        """
        self._gap_s = min(self._gap_s * SLOWER, SLOWEST_GAP_S)
        if chat_id is None:
            self.rest(seconds, now)
            return
        chat = self._chats.setdefault(chat_id, _Chat())
        chat.rests_until = max(chat.rests_until, now + seconds)
        self._flooded.append((now, chat_id))
        while self._flooded[0][0] <= now - FLOOD_S:
            self._flooded.popleft()
        if len({chat for _, chat in self._flooded}) >= FLOOD_CHATS:
            self._flooded.clear()
            self.rest(seconds, now)

    def rest(self, seconds: float, now: float) -> None:
        """Let nothing begin for so long."""
        self._rests_until = max(self._rests_until, now + seconds)

    def forget(self, now: float) -> None:
        """Drop the accounts of chats that are in order again; call it now and then."""
        for chat_id, chat in list(self._chats.items()):
            quiet = max(chat.free_at, chat.full_at, chat.rests_until) <= now
            if quiet and not chat.under_way and (not chat.minute or chat.minute[-1] + 60.0 <= now):
                del self._chats[chat_id]


def is_message(method: str) -> bool:
    """Return whether a method puts something new into a chat."""
    return method.startswith(("send", "copy", "forward")) and method != "sendChatAction"


def counted(method: str) -> bool:
    """Return whether a method counts against a chat's limits: messages and their changes."""
    return is_message(method) or method.startswith(("edit", "pin"))

"""A group with topics, as the messenger in memory has it: Telegram's rules, and its refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.outcomes import NotModified, Rejected, SendOutcome, Sent

NAME_MAX = 128


@dataclass(slots=True)
class Topic:
    """A topic; who may not manage topics cannot write in a closed one."""

    name: str
    closed: bool = False


@dataclass(slots=True)
class Forum:
    """The topics of a group, by number. `manages`: the bot may make, close and reopen them."""

    manages: bool = True
    topics: dict[int, Topic] = field(default_factory=dict)
    last: int = 5000

    def call(self, method: str, payload: Mapping[str, Any]) -> SendOutcome:
        """Answer one of the calls about topics."""
        if not self.manages:
            return Rejected(code="no-rights")
        if method == "createForumTopic":
            assert 1 <= len(payload["name"]) <= NAME_MAX
            self.last += 1
            self.topics[self.last] = Topic(payload["name"])
            return Sent(result={"message_thread_id": self.last, "name": payload["name"]})
        topic = self.topics.get(payload["message_thread_id"])
        if topic is None:
            return Rejected(code="no-topic")
        closes = method == "closeForumTopic"
        if topic.closed == closes:
            return NotModified()
        topic.closed = closes
        return Sent(result=True)

    def refuses(self, thread: int) -> SendOutcome | None:
        """Return why a message cannot go into a topic, or None."""
        topic = self.topics.get(thread)
        if topic is None:
            return Rejected(code="no-topic")
        return Rejected(code="topic-closed") if topic.closed and not self.manages else None

    def of(self, ref: str) -> tuple[int, Topic]:
        """Return the one topic that is named by a case."""
        found = [(id_, topic) for id_, topic in self.topics.items() if ref in topic.name]
        assert len(found) == 1, f"{len(found)} topics of {ref}"
        return found[0]

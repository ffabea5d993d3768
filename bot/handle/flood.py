"""Token buckets: who sends very much at once gets one notice, and delays nobody else (S20, P13).

No ban, and nothing is dropped in silence: what is over stays stored and counts as refused. Of
drafts a person has one, so that no number of open ones needs a limit.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.team import Limits

PEOPLE_MAX: Final = 10_000
"""People remembered; the one heard longest ago is forgotten first."""
ROOMY_FACTOR: Final = 4
"""A frightened person writes a lot, and a worker taps fast: a report in the making and the team
have so many times the room."""
BURST_S: Final = 10
"""Seconds of the overall rate that may come at once."""
NOTICE_EVERY: Final = timedelta(minutes=1)


class Verdict(StrEnum):
    """Whether a message is heard; NOTICE: it is not, and the person is told so, once."""

    HEARD = "heard"
    NOTICE = "notice"
    OVER = "over"


@dataclass(slots=True)
class Tokens:
    """Room for `most` at once, that comes back evenly within `within`."""

    most: float
    within: timedelta
    left: float = field(init=False)
    at: datetime | None = None

    def __post_init__(self) -> None:
        self.left = self.most

    def has(self, at: datetime) -> bool:
        """Return whether there is room; an earlier moment than the last brings none back."""
        if self.at is not None and at > self.at:
            self.left = min(self.most, self.left + self.most * ((at - self.at) / self.within))
        self.at = at if self.at is None else max(self.at, at)
        return self.left >= 1.0

    def take(self, at: datetime) -> bool:
        """Take room for one where there is some; return whether there was."""
        found = self.has(at)
        self.left -= 1.0 if found else 0.0
        return found


@dataclass(slots=True)
class _Sender:
    messages: Tokens
    more: Tokens
    noticed: datetime | None = None


class Bucket:
    """What each person may still send, and all of them together. After a restart all is full."""

    def __init__(self, limits: Limits | None = None) -> None:
        """Hold people to `limits`, those of a team by default."""
        self._limits = limits or Limits()
        per_second = self._limits.overall_a_second
        self._overall = Tokens(per_second * BURST_S, timedelta(seconds=BURST_S))
        self._senders: OrderedDict[int, _Sender] = OrderedDict()

    def hears(self, user_id: int, at: datetime, *, roomy: bool) -> bool:
        """Return whether a message of that moment would be heard; nothing is counted."""
        sender = self._sender(user_id)
        return sender.messages.has(at) or (roomy and sender.more.has(at))

    def weigh(
        self, user_id: int, at: datetime, *, roomy: bool = False, of_team: bool = False
    ) -> Verdict:
        """Count one message and return whether it is heard.

        `at`: when it was sent, which after an outage is not when it came. `roomy`: it belongs to
        a report in the making, or is the team's. `of_team`: no crowd of strangers shuts it out.
        """
        sender = self._sender(user_id)
        fits = sender.messages.take(at) or (roomy and sender.more.take(at))
        if fits and (of_team or self._overall.take(at)):
            return Verdict.HEARD
        if sender.noticed is not None and at - sender.noticed < NOTICE_EVERY:
            return Verdict.OVER
        sender.noticed = at
        return Verdict.NOTICE

    def _sender(self, user_id: int) -> _Sender:
        found = self._senders.get(user_id)
        if found is None:
            most, minute = self._limits.messages_a_minute, timedelta(minutes=1)
            found = _Sender(Tokens(most, minute), Tokens(most * ROOMY_FACTOR, minute))
            self._senders[user_id] = found
            while len(self._senders) > PEOPLE_MAX:
                self._senders.popitem(last=False)
        self._senders.move_to_end(user_id)
        return found

"""A bucket per person: who sends very much at once gets one notice, and delays nobody else.

No ban, and nothing is dropped in silence: what is over stays stored and counts as refused (S20).
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

WINDOW: Final = timedelta(minutes=1)
PER_WINDOW: Final = 30
"""Messages and presses of one person a minute: more than a form filled in at full speed."""
PEOPLE_MAX: Final = 10_000
"""People remembered; the one heard longest ago is forgotten first."""


class Verdict(StrEnum):
    """Whether a message is heard; NOTICE: it is not, and the person is told so, once."""

    HEARD = "heard"
    NOTICE = "notice"
    OVER = "over"


@dataclass(slots=True)
class Bucket:
    """What each person sent in the last minute. In memory: after a restart it is empty."""

    per_window: int = PER_WINDOW
    _times: OrderedDict[int, deque[datetime]] = field(default_factory=OrderedDict)
    _noticed: dict[int, datetime] = field(default_factory=dict)

    def weigh(self, user_id: int, now: datetime) -> Verdict:
        """Count one message of a person and return whether it is heard."""
        times = self._times.setdefault(user_id, deque())
        self._times.move_to_end(user_id)
        while times and now - times[0] >= WINDOW:
            times.popleft()
        if len(times) < self.per_window:
            times.append(now)
            self._forget_oldest()
            return Verdict.HEARD
        noticed = self._noticed.get(user_id)
        if noticed is not None and now - noticed < WINDOW:
            return Verdict.OVER
        self._noticed[user_id] = now
        return Verdict.NOTICE

    def _forget_oldest(self) -> None:
        while len(self._times) > PEOPLE_MAX:
            user_id, _ = self._times.popitem(last=False)
            self._noticed.pop(user_id, None)

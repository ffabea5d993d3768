"""Telegram's sending limits, watched always and enforced when switched on. Pure but for its state.

Figures: Bot Support text (about 1/s in one chat with short bursts, 30/s to all, 20/min in a group;
edits in a group count too). Times are seconds of a monotonic clock handed in.
"""

import math
from collections import deque
from dataclasses import dataclass, field
from typing import Literal

ViolationKind = Literal["overall", "chat", "group", "early"]
COUNTED = ("send", "edit", "copy", "forward", "pin")
NOT_COUNTED = frozenset({"sendchataction"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`chat_burst` messages at once in one chat, then one each second; `enforce` answers 429."""

    overall_per_s: int = 30
    chat_per_s: float = 1.0
    chat_burst: int = 3
    group_per_min: int = 20
    enforce: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A call above a limit, or one that came before a `retry_after` was over ("early")."""

    kind: ViolationKind
    method: str
    chat_id: int | None
    at: float
    retry_after: int


@dataclass(slots=True)
class Meter:
    """What was sent lately, by chat and in all."""

    limits: Limits = field(default_factory=Limits)
    overall: deque[float] = field(default_factory=deque)
    group: dict[int, deque[float]] = field(default_factory=dict)
    full_at: dict[int, float] = field(default_factory=dict)
    waits_until: dict[int, float] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)

    def check(self, method: str, chat_id: int | None, now: float) -> int | None:
        """Return None, or the `retry_after` seconds to refuse with. Records every violation."""
        if not counted(method) or chat_id is None:
            return None
        found = self._above(method, chat_id, now)
        self.violations.extend(found)
        refusals = [each.retry_after for each in found if each.kind != "early"]
        if refusals and self.limits.enforce:
            self.told_to_wait(chat_id, max(refusals), now)
            return max(refusals)
        self._count(chat_id, now)
        return None

    def told_to_wait(self, chat_id: int | None, retry_after: int, now: float) -> None:
        """Remember a 429, so that a call before its end shows as a violation of kind early."""
        if chat_id is not None:
            self.waits_until[chat_id] = now + retry_after

    def _above(self, method: str, chat_id: int, now: float) -> list[Violation]:
        limits = self.limits
        waits: list[tuple[ViolationKind, float]] = []
        _drop_before(self.overall, now - 1.0)
        if len(self.overall) >= limits.overall_per_s:
            waits.append(("overall", self.overall[-limits.overall_per_s] + 1.0 - now))
        # one token a second, chat_burst at most: full_at is when the bucket is full again
        owed = max(0.0, self.full_at.get(chat_id, now) - now) * limits.chat_per_s
        if owed > limits.chat_burst - 1 + 1e-9:
            waits.append(("chat", (owed - limits.chat_burst + 1) / limits.chat_per_s))
        if chat_id < 0:
            sent = self.group.setdefault(chat_id, deque())
            _drop_before(sent, now - 60.0)
            if len(sent) >= limits.group_per_min:
                waits.append(("group", sent[-limits.group_per_min] + 60.0 - now))
        if self.waits_until.get(chat_id, now) > now + 1e-9:
            waits.append(("early", self.waits_until[chat_id] - now))
        return [
            Violation(
                kind=kind,
                method=method,
                chat_id=chat_id,
                at=now,
                retry_after=max(1, math.ceil(wait - 1e-9)),
            )
            for kind, wait in waits
        ]

    def _count(self, chat_id: int, now: float) -> None:
        self.overall.append(now)
        self.full_at[chat_id] = (
            max(self.full_at.get(chat_id, now), now) + 1 / self.limits.chat_per_s
        )
        if chat_id < 0:
            self.group.setdefault(chat_id, deque()).append(now)


def counted(method: str) -> bool:
    """Return whether a method sends or changes a message and so counts."""
    lower = method.lower()
    return lower.startswith(COUNTED) and lower not in NOT_COUNTED


def _drop_before(times: deque[float], moment: float) -> None:
    while times and times[0] <= moment:
        times.popleft()

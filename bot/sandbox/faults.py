"""Faults on demand: what the network and Telegram may do to one call. Decides, never acts.

    plan.add(Fault(kind="retry_after", retry_after=3), method="sendMessage", times=2)
    plan.add(Fault(kind="drop", delivered=True), chat_id=110042)
    plan.at_rate(Fault(kind="server_error", status=502), rate=0.2, seed=7)

`method` is matched without regard to case; `*` is every method but getUpdates, `file` a download
and `webhook` a delivery. `delivered` says whether the call took effect before it went wrong.
"""

import random
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

FaultKind = Literal[
    "retry_after",  # 429; `retry_after` may be a number, a text or None (parameter missing)
    "server_error",  # `status`: 500, 502, 503 …; the body is HTML for 502 and above, as seen
    "timeout",  # no answer for `delay_s`, then the connection is dropped
    "drop",  # connection closed without an answer
    "html",  # 200 with a page in the body
    "not_ok",  # 200 with ok:false
    "truncated",  # 200 with half of the JSON
    "empty",  # 204
    "unauthorized",  # 401
    "forbidden",  # 403; `description` after "Forbidden: "
    "bad_request",  # 400; `description` after "Bad Request: "
    "not_found",  # 404
    "conflict",  # 409
    "slow",  # the true answer after `delay_s`
]
FAULT_KINDS: tuple[str, ...] = get_args(FaultKind)
HANG_S = 3600.0  # "no answer": longer than any client waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that goes wrong. `delay_s` is for timeout and slow, in seconds."""

    kind: FaultKind
    delivered: bool = False
    retry_after: Any = 1
    status: int = 500
    description: str = ""
    delay_s: float = HANG_S

    def __post_init__(self) -> None:
        """Refuse kinds that do not exist: the control API takes them from outside."""
        if self.kind not in FAULT_KINDS:
            raise ValueError(f"no such fault: {self.kind}")


@dataclass(slots=True, kw_only=True)
class _Armed:
    fault: Fault
    method: str
    chat_id: int | None
    times: int | None
    after: int
    rate: float
    dice: random.Random

    def hits(self, method: str, chat_id: int | None) -> bool:
        """Return whether this call is struck; counts it."""
        if self.method != method and (self.method != "*" or method in ("getupdates", "webhook")):
            return False
        if self.chat_id is not None and self.chat_id != chat_id:
            return False
        if self.after > 0:
            self.after -= 1
            return False
        if self.times == 0 or (self.rate < 1 and self.dice.random() >= self.rate):
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass(slots=True)
class FaultPlan:
    """The faults that wait; the first that fits a call strikes it."""

    armed: list[_Armed] = field(default_factory=list)

    def add(
        self,
        fault: Fault,
        *,
        method: str = "*",
        times: int | None = 1,
        after: int = 0,
        chat_id: int | None = None,
    ) -> None:
        """Strike the next `times` calls (None: all) once `after` fitting ones went well."""
        self.armed.append(
            _Armed(
                fault=fault,
                method=method.lower(),
                chat_id=chat_id,
                times=times,
                after=after,
                rate=1.0,
                dice=random.Random(0),
            )
        )

    def at_rate(self, fault: Fault, *, rate: float, seed: int = 0, method: str = "*") -> None:
        """Strike each call with probability `rate`; the same seed strikes the same calls."""
        self.armed.append(
            _Armed(
                fault=fault,
                method=method.lower(),
                chat_id=None,
                times=None,
                after=0,
                rate=rate,
                dice=random.Random(seed),
            )
        )

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Return the fault that strikes this call, if any."""
        for armed in self.armed:
            if armed.hits(method.lower(), chat_id):
                return armed.fault
        return None

    def clear(self) -> None:
        """Let everything go well from now on."""
        self.armed.clear()

"""What came of an act that is not a case's stimulus, or beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from scheduler.decision import Decision, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Performed:
    """The act was done. `values` holds what a text needs (code, link, ref, name, case id …)."""

    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The engine decided; `seq` is the history number of the act's first event (for *Correct*).

    `case` is the id of the case that the act was about; `decision` holds its new state.
    """

    case: int
    decision: Decision
    seq: int


Outcome: TypeAlias = Decided | Performed | Refused

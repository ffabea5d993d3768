"""What a proof found, in words fit for a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Tell = Callable[[int, int], None]
"""Progress of a proof: so many done, of so many."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The outcome of one proof: it holds when all in `bad` is zero and nothing in `control` is."""

    counts: dict[str, int] = field(default_factory=dict)
    """What was done and seen: `{"kills": 500, "reports acknowledged": 9123}`."""
    bad: dict[str, int] = field(default_factory=dict)
    """What a promise excludes: each must be zero."""
    control: dict[str, int] = field(default_factory=dict)
    """What a bot built otherwise lost under the same oracle: zero says that the proof is blind."""
    seconds: float = 0.0
    """How long it took, by the wall."""

    @property
    def holds(self) -> bool:
        """Say whether the promise was kept and the proof could have shown otherwise."""
        return not any(self.bad.values()) and all(self.control.values())

"""What can be wrong with a procedure file, as values: where it stands, why, and what would help.

Pure. `load` and `check` make these; nothing here looks at a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """The named reason of a problem; a test of each holds a small file that has it."""

    # the file itself
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    NOT_YAML = "not_yaml"
    TAB = "tab"
    TAG = "tag"
    ALIASES = "aliases"
    DUPLICATE_KEY = "duplicate_key"
    NOT_FOUND = "not_found"
    # what stands in it
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    BAD_VALUE = "bad_value"
    BAD_TIMER = "bad_timer"
    SEED = "seed"
    # what it says together
    UNKNOWN_STEP = "unknown_step"
    UNKNOWN_OUTCOME = "unknown_outcome"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_PHASE = "unknown_phase"
    UNKNOWN_ANSWER = "unknown_answer"
    UNKNOWN_FACT = "unknown_fact"
    MISSING_TEXT = "missing_text"
    LONG_BUTTON = "long_button"
    PLACEHOLDER = "placeholder"
    EMPTY_CHECKLIST = "empty_checklist"
    NO_DATE_FIELD = "no_date_field"
    NO_ANSWERS = "no_answers"
    NO_DEADLINE = "no_deadline"
    DEADLINE_FIRST = "deadline_first"
    WINDOW = "window"
    DEAD_END = "dead_end"
    UNREACHABLE = "unreachable"
    CYCLE = "cycle"
    GATE = "gate"
    NEVER_CLOSES = "never_closes"
    CONFLICT = "conflict"
    OUTCOME_UNUSED = "outcome_unused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong. `line` counts from 1; None: it stands in the team's own settings.

    `where` is the path in the file (`steps.call_day1.due`). A `warning` does not refuse the file.
    """

    code: Code
    where: str
    reason: str
    suggestion: str = ""
    line: int | None = None
    warning: bool = False

    def __str__(self) -> str:
        """Return one line for people."""
        place = f"line {self.line}, {self.where}" if self.line else self.where
        advice = f" ({self.suggestion})" if self.suggestion else ""
        return f"{place}: {self.reason}{advice} [{self.code}]"

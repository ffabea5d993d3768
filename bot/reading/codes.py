"""A code of six digits as people type it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

DIGITS: Final = 6

_TYPED: Final = re.compile(r"[0-9]{6}")
_BETWEEN: Final = re.compile(r"[\s.-]")


def read_code(text: str) -> str | None:
    """Return the six digits, typed in one or with spaces, dots or dashes; None for all else."""
    code = _BETWEEN.sub("", text)
    return code if _TYPED.fullmatch(code) else None


def is_easy(code: str) -> bool:
    """Return whether somebody would try it first: one digit only, or steps of one (123456)."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(code)}
    return len(steps) == 1 and steps <= {0, 1, 9}

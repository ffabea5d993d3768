"""How long something takes, as people type it: "45", "1,5 uur", "1u30", "2 heures". Pure."""

from __future__ import annotations

import re
from typing import Final

SHORTEST: Final = 5
LONGEST: Final = 480
"""Minutes: a visit is no longer than a working day."""

_MINUTES: Final = r"(?:m|min|mins|minuut|minuten|minute|minutes)\.?"
_HOURS: Final = r"(?:u|uur|uren|h|hr|hour|hours|heure|heures)\.?"
_ALONE: Final = re.compile(rf"(\d{{1,3}}) ?(?:{_MINUTES})?")
_WHOLE: Final = re.compile(rf"(\d{{1,2}}(?:[.,]\d{{1,2}})?) ?{_HOURS}")
_BOTH: Final = re.compile(rf"(\d{{1,2}}) ?(?:{_HOURS}|:) ?(\d{{1,2}}) ?(?:{_MINUTES})?")


def read_minutes(text: str) -> int | None:
    """Return the minutes that `text` says; None where it says none of `SHORTEST` to `LONGEST`.

    A bare number is minutes.
    """
    said = " ".join(text.lower().split()).strip(" .!")
    minutes: float | None = None
    if found := _ALONE.fullmatch(said):
        minutes = int(found[1])
    elif found := _WHOLE.fullmatch(said):
        minutes = float(found[1].replace(",", ".")) * 60
    elif found := _BOTH.fullmatch(said):
        minutes = int(found[1]) * 60 + int(found[2])
    if minutes is None or not SHORTEST <= minutes <= LONGEST:
        return None
    return round(minutes)

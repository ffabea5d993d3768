"""What of a bot's vitals is out of bounds. Pure: numbers in, codes out.

A code names a text (`alarm-CODE`) and a heading of deploy/RUNBOOK.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from storage.vitals import Vitals

MINUTE: Final = 60.0
HOUR: Final = 3600.0

UNHANDLED_S: Final = 5 * MINUTE
UNSENT_S: Final = 10 * MINUTE
"""Telegram's own slowness is over in less; a prompt before noon can bear no more."""
OVERDUE_S: Final = 10 * MINUTE
BACKUP_S: Final = 3 * HOUR
"""Backups are made hourly: three were missed."""
SPACE_MIN_BYTES: Final = 256 * 1024 * 1024
"""Weeks of a large team: time enough to make room."""

CODES: Final = ("inbox-behind", "prompts-behind", "unsent", "backup-old", "disk-low")


def out_of_bounds(vitals: Vitals, *, free_bytes: int, makes_backups: bool) -> Mapping[str, float]:
    """Return the codes of what is wrong, each with its number: seconds, or bytes for the disk."""
    found: dict[str, float] = {}
    for code, value, bound in (
        ("inbox-behind", vitals.unhandled_s, UNHANDLED_S),
        ("prompts-behind", vitals.overdue_s, OVERDUE_S),
        ("unsent", vitals.unsent_s, UNSENT_S),
        ("backup-old", vitals.backup_s if makes_backups else None, BACKUP_S),
    ):
        if value is not None and value > bound:
            found[code] = value
    if free_bytes < SPACE_MIN_BYTES:
        found["disk-low"] = free_bytes
    return found

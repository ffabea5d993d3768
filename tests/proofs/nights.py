"""Every minute of the four nights on which the clocks change, 2026 and 2027."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final
from unittest.mock import patch

from scheduler.due import DueRule, due_at
from scheduler.workdays import CalendarError, Workdays
from tests.machine import test_nights
from tests.machine.test_nights import HOURS, NIGHTS, RULES, ZONES, minutes_of, team
from tests.proofs.figures import Figures, Tell

NAME: Final = "Every minute of the four nights on which the clocks change"
PROMISES: Final = ("P12",)
CHECKS: Final[tuple[Callable[..., None], ...]] = (
    test_nights.test_a_step_that_opens_in_the_night_is_due_at_one_real_moment,
    test_nights.test_what_is_put_off_to_a_minute_of_the_night_comes_once,
    test_nights.test_an_appointment_at_a_minute_of_the_night_is_reminded_and_asked_about_once,
    test_nights.test_a_clock_that_ticks_through_the_night_says_the_same_as_one_that_sleeps,
)


def prove(scale: float, tell: Tell) -> Figures:
    """From Saturday noon to Monday noon (1.0), for two zones and two kinds of hours."""
    began = time.monotonic()
    grounds = list(itertools.product(NIGHTS, ZONES, HOURS))
    grounds = grounds[: max(round(len(grounds) * scale), 1)]
    wrong = done = minutes = 0
    with patch.object(test_nights, "PROVING", new=scale >= 1.0):
        for night, zone, hours in grounds:
            minutes += sum(1 for _ in minutes_of(night, team(zone, hours)))
            for check in CHECKS:
                wrong += _fails(check, night, zone, hours)
                done += 1
                tell(done, len(grounds) * len(CHECKS))
        with patch.object(test_nights, "due_at", _with_the_old_offset):
            caught = sum(_fails(CHECKS[0], *ground) for ground in grounds)
    return Figures(
        counts={
            "nights, by zone and hours": len(grounds),
            "minutes": minutes,
            "kinds of due rules at each": len(RULES),
        },
        bad={"grounds on which a moment was missing, doubled or out of hours": wrong},
        control={"grounds on which a calendar with one offset was caught": caught},
        seconds=time.monotonic() - began,
    )


def _fails(check: Callable[..., None], *ground: Any) -> bool:
    try:
        check(*ground)
    except (AssertionError, CalendarError):  # out of hours, or on a day that has none
        return True
    return False


def _with_the_old_offset(
    rule: DueRule, opened: datetime, days: Workdays, *, first: date | None
) -> datetime:
    """Compute as one who takes the offset of today for that of the day to come."""
    wall = due_at(rule, opened, days, first=first).astimezone(days.zone)
    offset = opened.astimezone(days.zone).utcoffset()
    assert offset is not None
    return (wall.replace(tzinfo=None) - offset).replace(tzinfo=UTC)

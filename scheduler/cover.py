"""Who is there instead of somebody on leave, day by day: chains of stand-ins, and gaps in them.

A leave is judged as if its stand-in had accepted: what is told at its entering is what will be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from scheduler.people import Absence, Person, Roster
from scheduler.workdays import Workdays

DAYS_MAX = 400
"""Days of one leave that are looked at: a year and a bit."""


class Why(StrEnum):
    """Why the stand-in is not the one who is there."""

    STANDS_IN = "stands_in"
    """It is the stand-in."""
    AWAY = "away"
    OFF = "off"
    """The stand-in does not work on that weekday."""
    NOBODY = "nobody"
    """No stand-in is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Working days of a leave, both ends included, on which the same person is there, or None."""

    from_on: date
    to_on: date
    cover: int | None
    why: Why


def stretches(
    roster: Roster, person_id: int, leave: Absence, days: Workdays
) -> tuple[Stretch, ...]:
    """Return who covers the person on each working day of `leave`, in order.

    Days on which the team is closed or the person does not work anyway are left out.
    """
    person = roster.people[person_id]
    absent = replace(person, absences=(leave, *person.absences))
    seen = Roster(people={**roster.people, person_id: absent})
    said = [(day, *_cover(seen, absent, leave, day)) for day in _worked(person, leave, days)]
    found = []
    for (cover, why), several in groupby(said, key=lambda one: one[1:]):
        covered = [one[0] for one in several]
        found.append(Stretch(from_on=covered[0], to_on=covered[-1], cover=cover, why=why))
    return tuple(found)


def is_whole(found: tuple[Stretch, ...]) -> bool:
    """Return whether the stand-in is there on all of the days."""
    return all(one.why is Why.STANDS_IN for one in found)


def _worked(person: Person, leave: Absence, days: Workdays) -> Iterator[date]:
    for n in range(min((leave.to_on - leave.from_on).days + 1, DAYS_MAX)):
        day = leave.from_on + timedelta(days=n)
        works = person.works is None or day.weekday() in person.works
        if works and days.is_workday(day):
            yield day


def _cover(roster: Roster, absent: Person, leave: Absence, day: date) -> tuple[int | None, Why]:
    cover = roster.covering(absent.id, day)
    first = roster.person(leave.stand_in or absent.stand_in)
    if first is None or first.left:
        return cover, Why.NOBODY
    if cover == first.id:
        return cover, Why.STANDS_IN
    return cover, Why.AWAY if first.absence_on(day) is not None else Why.OFF

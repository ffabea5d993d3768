"""Who is on the team and who is there on a day: the roster that decides who receives a message.

Leave and part-time never move a day, they move the recipient. Source: procedures 1.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.procedure import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Leave from `from_on` to `to_on`, both included (team-local days)."""

    from_on: date
    to_on: date
    stand_in: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member as the rules see one: no name, no chat. `works` holds weekdays, Monday is 0."""

    id: int
    role: Role
    works: frozenset[int] | None = None
    stand_in: int | None = None
    absences: tuple[Absence, ...] = ()
    left: bool = False

    def absence_on(self, day: date) -> Absence | None:
        """Return the leave that covers `day`, if any."""
        return next((a for a in self.absences if a.from_on <= day <= a.to_on), None)

    def present_on(self, day: date) -> bool:
        """Return whether the person works on `day` by pattern and is not on leave."""
        pattern = self.works is None or day.weekday() in self.works
        return pattern and not self.left and self.absence_on(day) is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The members of one team, by id."""

    people: Mapping[int, Person]

    def person(self, id_: int | None) -> Person | None:
        """Return the member, None for an unknown id or for no one."""
        return None if id_ is None else self.people.get(id_)

    def covering(self, id_: int | None, day: date) -> int | None:
        """Return who stands for a person on `day`: themselves, or along the chain of stand-ins.

        None when the chain ends at someone absent or gone, or runs in a circle: then it is the
        coordinator's. Nobody stands in for who has left the team.
        """
        seen: set[int] = set()
        person = self.person(id_)
        while person is not None and not person.left and person.id not in seen:
            if person.present_on(day):
                return person.id
            seen.add(person.id)
            absence = person.absence_on(day)
            stand_in = absence.stand_in if absence and absence.stand_in else person.stand_in
            person = self.person(stand_in)
        return None

    def coordinators(self, day: date) -> tuple[int, ...]:
        """Return all present coordinators, else their stand-ins, else every one of them.

        Source: design 6, "several coordinators".
        """
        everyone = tuple(
            p.id for p in self.people.values() if p.role is Role.COORDINATOR and not p.left
        )
        present = tuple(i for i in everyone if self.people[i].present_on(day))
        if present:
            return present
        covers = (self.covering(i, day) for i in everyone)
        standing_in = tuple(dict.fromkeys(i for i in covers if i is not None))
        return standing_in or everyone

    def is_coordinator(self, id_: int | None) -> bool:
        """Return whether the person is a coordinator of the team today."""
        person = self.person(id_)
        return person is not None and person.role is Role.COORDINATOR and not person.left

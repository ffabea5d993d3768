"""Who is there instead of somebody on leave: chains and gaps, day by day."""

from __future__ import annotations

from datetime import date
from typing import Any

from scheduler.cover import Stretch, Why, is_whole, stretches
from scheduler.people import Absence, Person, Roster
from scheduler.procedure import Role
from scheduler.workdays import Workdays
from tests.bot.conversations.casework import a_team

AN, BRAM, CHRIS = 1, 2, 3
DAYS: Workdays = a_team("nl-BE").days


def day(text: str) -> date:
    return date.fromisoformat(f"2027-09-{text}")


def leave(first: str, last: str, stand_in: int | None = None) -> Absence:
    return Absence(from_on=day(first), to_on=day(last), stand_in=stand_in)


def roster(**absences: Any) -> Roster:
    people = {"an": AN, "bram": BRAM, "chris": CHRIS}
    return Roster(
        people={
            id_: Person(id=id_, role=Role.WORKER, **absences.get(name, {}))
            for name, id_ in people.items()
        }
    )


def said(found: tuple[Stretch, ...]) -> list[tuple[int, int, int | None, str]]:
    return [(one.from_on.day, one.to_on.day, one.cover, one.why.value) for one in found]


def test_a_stand_in_who_is_there_all_days() -> None:
    """Nothing to tell: the stand-in is there on each working day, over a weekend too."""
    found = stretches(roster(), AN, leave("16", "21", BRAM), DAYS)
    assert said(found) == [(16, 21, BRAM, "stands_in")]
    assert is_whole(found)


def test_a_stand_in_who_is_away_on_part_of_the_days() -> None:
    """The days without anybody are named, one by one."""
    away = roster(bram={"absences": (leave("15", "16"),)})
    found = stretches(away, AN, leave("14", "17", BRAM), DAYS)
    assert said(found) == [
        (14, 14, BRAM, "stands_in"),
        (15, 16, None, "away"),
        (17, 17, BRAM, "stands_in"),
    ]
    assert not is_whole(found)


def test_a_chain_of_stand_ins() -> None:
    """A's stand-in B is away too: C, who stands in for B, is there."""
    away = roster(bram={"absences": (leave("15", "16", CHRIS),)})
    found = stretches(away, AN, leave("14", "16", BRAM), DAYS)
    assert said(found) == [(14, 14, BRAM, "stands_in"), (15, 16, CHRIS, "away")]


def test_a_circle_is_a_gap() -> None:
    """B is away and would be stood in for by A: nobody is there."""
    away = roster(bram={"absences": (leave("14", "14", AN),)})
    assert said(stretches(away, AN, leave("14", "14", BRAM), DAYS)) == [(14, 14, None, "away")]


def test_a_stand_in_who_does_not_work_on_those_weekdays() -> None:
    """Bram works on Mondays and Tuesdays: from Wednesday on nobody is there."""
    part = roster(bram={"works": frozenset({0, 1})})
    found = stretches(part, AN, leave("14", "16", BRAM), DAYS)
    assert said(found) == [(14, 14, BRAM, "stands_in"), (15, 16, None, "off")]


def test_days_without_work_are_left_out() -> None:
    """The weekend, and the weekdays on which the absent one does not work anyway."""
    part = roster(an={"works": frozenset({0, 4})}, bram={"works": frozenset({0, 4})})
    assert said(stretches(part, AN, leave("13", "19", BRAM), DAYS)) == [
        (13, 17, BRAM, "stands_in")
    ]
    assert stretches(roster(), AN, leave("18", "19", BRAM), DAYS) == ()


def test_nobody_was_asked() -> None:
    """Without a stand-in nobody is there; the usual one is, where there is one."""
    found = stretches(roster(), AN, leave("14", "15"), DAYS)
    assert found == (Stretch(from_on=day("14"), to_on=day("15"), cover=None, why=Why.NOBODY),)
    usual = roster(an={"stand_in": BRAM})
    assert said(stretches(usual, AN, leave("14", "15"), DAYS)) == [(14, 15, BRAM, "stands_in")]


def test_an_older_leave_of_the_same_days_does_not_count() -> None:
    """What is being entered is judged, not what was entered before."""
    twice = roster(an={"absences": (leave("14", "15", CHRIS),)})
    assert said(stretches(twice, AN, leave("14", "15", BRAM), DAYS)) == [
        (14, 15, BRAM, "stands_in")
    ]

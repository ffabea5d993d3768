"""Which worker a new case goes to, where the team lets a rule choose. Never an absent one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.handle.looking import Looking
from bot.handle.office import Desk
from bot.team import Assignment
from scheduler.case import Case
from scheduler.procedure import Role
from storage import teams

LAST = "last_assigned"
"""The flag that remembers whose turn it was."""


def is_unclaimed(case: Case, step: str) -> bool:
    """Return whether the case waits for a worker and no crisis asks for a coordinator's choice."""
    return step in case.steps and case.worker is None and case.crisis is None


def choose(desk: Desk, look: Looking, rule: Assignment) -> int | None:
    """Return the worker by the team's rule; None where a person chooses, or nobody is there."""
    pick = _RULES.get(rule)
    today = desk.days.day_of(desk.now)
    present = [
        person.id
        for person in desk.roster.people.values()
        if person.role is Role.WORKER and person.present_on(today)
    ]
    return pick(desk, look, sorted(present)) if pick is not None and present else None


def _least_loaded(desk: Desk, look: Looking, present: list[int]) -> int:
    return min(present, key=lambda person: (look.load(person), person))


def _round_robin(desk: Desk, look: Looking, present: list[int]) -> int:
    flag = teams.flag(desk.c, desk.team_id, LAST)
    last = flag.value if flag else 0
    after = next((person for person in present if person > last), present[0])
    teams.set_flag(desk.c, desk.team_id, LAST, after, desk.now)
    return after


_RULES: Mapping[Assignment, Callable[[Desk, Looking, list[int]], int]] = {
    Assignment.LEAST_LOADED: _least_loaded,
    Assignment.ROUND_ROBIN: _round_robin,
}

"""What a reporter adds to a report: words, a file, "they paid", a date, how it is months later.

None of it decides anything by itself but a date that makes a case more urgent (§4): people do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scheduler.acting import settle_event
from scheduler.case import Planned, State
from scheduler.decision import AdditionMade, Kind, Refused
from scheduler.procedure import Role
from scheduler.stimuli import Added
from scheduler.turn import Turn

AFTERWARDS = "after_"
"""Before yes, no or unknown: what a reporter says at the check months after closing."""


def added(turn: Turn, act: Added) -> Refused | None:
    """Record it and tell the worker; what asks for a decision is told the coordinator too."""
    if turn.case.state is not State.OPEN and not act.what.startswith(AFTERWARDS):
        return Refused(reason="closed")
    turn.emit(AdditionMade(what=act.what, by=act.by, planned=act.planned))
    was_crisis = turn.case.crisis is not None
    if act.planned is not None and act.what in ("hearing", "eviction"):
        _take_date(turn, act, act.planned)
    is_alarmed = turn.case.crisis is not None and not was_crisis
    if not act.quiet:
        _tell(turn, act, is_alarmed=is_alarmed)
    return None


def _tell(turn: Turn, act: Added, *, is_alarmed: bool) -> None:
    """Tell the worker; a coordinator who was alarmed by it already is not told again."""
    about = f"added_{act.what}"
    decides = act.what not in ("text", "file")
    if not decides and any(notice.about == about for notice in turn.case.notices):
        return  # one waits for opening hours already, and says to look
    roles = [Role.WORKER, Role.COORDINATOR] if decides and not is_alarmed else [Role.WORKER]
    turn.notify(Kind.INFO, about, roles, but=act.by, planned=act.planned)


def _take_date(turn: Turn, act: Added, planned: Planned) -> None:
    """Take a date that was not known or is earlier; a later one waits for somebody's word."""
    facts = turn.case.facts
    known = facts.hearing if act.what == "hearing" else facts.eviction
    if not _is_more_urgent(known, planned, turn.today):
        return
    settle_event(turn, act.what)
    after = (
        replace(facts, hearing=planned)
        if act.what == "hearing"
        else replace(facts, eviction=planned)
    )
    turn.set_facts(act.what, after, act.by)


def _is_more_urgent(known: Planned | None, planned: Planned, today: date) -> bool:
    if known is None or known.day < today:
        return True
    is_clearer = planned.day == known.day and known.at is None
    return today <= planned.day < known.day or is_clearer

"""The fold: a case after one more event. State is the replay of a case's history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar, assert_never

from scheduler.case import Answered, Case, Facts, State, Told
from scheduler.decision import (
    AdditionMade,
    CaseClosed,
    ChangeTold,
    ComingDropped,
    ComingSet,
    ContactMade,
    CrisisSet,
    DateTold,
    DetailsTold,
    DeviationMade,
    EpisodeBegan,
    Event,
    FactsSet,
    GateLifted,
    ItemsSet,
    NoteMade,
    NoticesSet,
    PhaseSet,
    ReportJoined,
    Restored,
    StepAnswered,
    StepChanged,
    StepEnded,
    StepOpened,
    UnassignedAlerted,
    VisitTold,
    WorkerSet,
)

_V = TypeVar("_V")


def replay(case: Case, events: Iterable[Event]) -> Case:
    """Return `case` after all `events`, in order."""
    for event in events:
        case = apply(case, event)
    return case


def apply(case: Case, event: Event) -> Case:
    """Return the case after `event`. Needs neither calendar nor procedure: events say it all."""
    match event:
        case EpisodeBegan():
            return _begun(case, event)
        case WorkerSet():
            return replace(case, worker=event.worker)
        case FactsSet():
            return replace(case, facts=event.after, told=_retold(case, event.after))
        case PhaseSet():
            return replace(case, phase=event.after)
        case StepOpened():
            step = event.step
            return replace(
                case,
                steps={**case.steps, step.id: step},
                opened={**case.opened, step.id: step.opened_at},
                coming=tuple(c for c in case.coming if c.step != step.id),
            )
        case StepChanged():
            return replace(case, steps={**case.steps, event.step.id: event.step})
        case StepAnswered():
            return _answered(case, event)
        case StepEnded():
            return replace(case, steps=_without(case.steps, event.step))
        case ComingSet():
            others = tuple(c for c in case.coming if c.step != event.coming.step)
            return replace(case, coming=(*others, event.coming))
        case ComingDropped():
            return replace(case, coming=tuple(c for c in case.coming if c.step != event.step))
        case ItemsSet():
            return replace(case, items=event.items)
        case DateTold():
            return replace(case, told=_told(case, event))
        case CrisisSet():
            return replace(case, crisis=event.crisis)
        case NoticesSet():
            return replace(case, notices=event.notices)
        case UnassignedAlerted():
            return replace(case, alerted_unassigned=True)
        case CaseClosed():
            return replace(
                case,
                state=State.CLOSED,
                outcome=event.outcome,
                closed_at=event.at,
                steps={},
                coming=(),
                crisis=None,
            )
        case Restored():
            return event.case
        case ReportJoined() | AdditionMade() | ContactMade() | DeviationMade():
            return case
        case GateLifted() | NoteMade() | DetailsTold() | ChangeTold() | VisitTold():
            return case
        case _:
            assert_never(event)


def _begun(case: Case, event: EpisodeBegan) -> Case:
    # A report finds its worker anew (`assign`); a client who comes back has the same one.
    return Case(
        procedure=case.procedure,
        version=case.version,
        state=State.OPEN,
        episode=event.episode,
        facts=event.facts,
        worker=None if event.episode.began == "report" else case.worker,
        notices=case.notices,
    )


def _answered(case: Case, event: StepAnswered) -> Case:
    line = Answered(step=event.step, answer=event.answer, done_at=event.done_at, by=event.by)
    # The fields that a step asks first (a date, ticks) do not answer it: what its silence
    # would open still comes.
    coming = (
        case.coming
        if event.answer is None
        else tuple(c for c in case.coming if c.cause != event.step)
    )
    return replace(case, answered=(*case.answered, line), coming=coming)


def _retold(case: Case, after: Facts) -> Mapping[str, Told]:
    told = dict(case.told)
    if after.hearing != case.facts.hearing:
        told.pop("hearing", None)
    if after.eviction != case.facts.eviction:
        told.pop("eviction", None)
    return told


def _told(case: Case, event: DateTold) -> Mapping[str, Told]:
    before = case.told.get(event.event, Told())
    reminded = before.reminded
    if event.reminder is not None:
        reminded = (*reminded, event.reminder)
    return {
        **case.told,
        event.event: Told(reminded=reminded, asked=before.asked or event.asked),
    }


def _without(mapping: Mapping[str, _V], key: str) -> Mapping[str, _V]:
    return {k: v for k, v in mapping.items() if k != key}

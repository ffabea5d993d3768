"""A new version of a procedure, tried on what happened under another: what would be otherwise.

Pure. At each thing that a case's history tells (a report, an answer, a moment that came) both
versions decide from where the case really was; so one difference does not hide the next, and
nothing is guessed of what people would have answered to a question that was never asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from scheduler.agenda import Moment, Rules, first_moment
from scheduler.apply import apply
from scheduler.case import Case
from scheduler.decision import (
    CaseClosed,
    ComingSet,
    Decision,
    EpisodeBegan,
    Event,
    Refused,
    StepAnswered,
    StepChanged,
    StepOpened,
    WorkerSet,
)
from scheduler.engine import decide
from scheduler.people import Person, Roster
from scheduler.procedure import Procedure, Role
from scheduler.stimuli import Contacted, Reported, StepAnswer, Stimulus, TimePassed
from scheduler.workdays import Workdays


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """One thing that follows: `what` is opens, comes, again, closes, refused, or a step's wake.

    `at` is the deadline of what opens, the moment of what comes.
    """

    what: str
    step: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """Where the two part: what happened at `at`, what followed only then, what would only now.

    `what` is report, answer (with `step` and `answer`) or time (with the `step` that waits).
    """

    at: datetime
    what: str
    step: str = ""
    answer: str = ""
    then: tuple[Follows, ...] = ()
    now: tuple[Follows, ...] = ()


def trial(
    events: Sequence[tuple[datetime, Event]], old: Procedure, new: Procedure, days: Workdays
) -> tuple[Otherwise, ...]:
    """Return where a case's history would have gone on otherwise under `new`, in its order.

    `old` is the version that the case followed; moments are aware, as stored. Who did what is
    taken as allowed.
    """
    roster = _roster(events)
    both = [Rules(procedure=one, days=days, roster=roster) for one in (old, new)]
    return tuple(_walked(events, both[0], both[1]))


def _walked(
    events: Sequence[tuple[datetime, Event]], old: Rules, new: Rules
) -> Iterator[Otherwise]:
    case = Case(procedure=old.procedure.id, version=old.procedure.version)
    for at, several in groupby(events, key=lambda line: line[0]):
        for _, event in several:
            yield from _acted(case, event, at, old, new)
            case = apply(case, event)
        yield from _left_alone(case, at, old, new)


def _acted(case: Case, event: Event, at: datetime, old: Rules, new: Rules) -> Iterator[Otherwise]:
    if isinstance(event, EpisodeBegan) and event.episode.began == "report":
        report = Reported(by=event.by or 0, facts=event.facts, received_at=at)
        then, now = (_following(case, report, at, rules) for rules in (old, new))
        if then != now:
            yield Otherwise(at=at, what="report", then=_only(then, now), now=_only(now, then))
    elif isinstance(event, StepAnswered) and event.answer is not None:
        then, now = (_answered(case, event, rules) for rules in (old, new))
        # what even its own version does not take now was a corner of its day: nothing is known
        if then != now and not any(each.what == "refused" for each in then):
            yield Otherwise(
                at=at,
                what="answer",
                step=event.step,
                answer=event.answer,
                then=_only(then, now),
                now=_only(now, then),
            )


def _answered(case: Case, event: StepAnswered, rules: Rules) -> tuple[Follows, ...]:
    step = rules.procedure.steps.get(event.step)
    if step is None or event.answer is None or event.answer not in step.answers:
        return (Follows(what="refused", step=event.step),)
    act: Stimulus
    if event.step == rules.procedure.contact and event.step not in case.steps:
        act = Contacted(
            by=event.by, answer=event.answer, done_at=event.done_at, fields=event.fields
        )
    else:
        act = StepAnswer(
            by=event.by,
            step=event.step,
            answer=event.answer,
            done_at=event.done_at,
            fields=event.fields,
        )
    return _following(case, act, event.reported_at, rules)


def _left_alone(case: Case, at: datetime, old: Rules, new: Rules) -> Iterator[Otherwise]:
    """When nobody does anything more: what comes next, and when."""
    moments = [first_moment(_known(case, rules), at, rules) for rules in (old, new)]
    then, now = (_awaited(one) for one in moments)
    if then == now and moments[0] is not None:
        wake = moments[0].at
        then, now = (_following(case, TimePassed(), wake, rules) for rules in (old, new))
    if then != now:
        step = next((each.step for each in (*then, *now)), "")
        yield Otherwise(at=at, what="time", step=step, then=_only(then, now), now=_only(now, then))


def _awaited(moment: Moment | None) -> tuple[Follows, ...]:
    if moment is None:
        return ()
    return (Follows(what=moment.wakes.value, step=moment.step, at=moment.at),)


def _following(case: Case, act: Stimulus, at: datetime, rules: Rules) -> tuple[Follows, ...]:
    outcome = decide(_known(case, rules), act, at, rules)
    if isinstance(outcome, Refused):
        return (Follows(what="refused", step=outcome.reason),)
    return tuple(_told(outcome))


def _told(outcome: Decision) -> Iterator[Follows]:
    for event in outcome.events:
        match event:
            case StepOpened():
                yield Follows(what="opens", step=event.step.id, at=event.step.due_at)
            case StepChanged() if event.why == "again":
                yield Follows(what="again", step=event.step.id, at=event.step.due_at)
            case ComingSet():
                yield Follows(what="comes", step=event.coming.step, at=event.coming.at)
            case CaseClosed():
                yield Follows(what="closes", step=event.outcome)
            case _:
                pass


def _known(case: Case, rules: Rules) -> Case:
    """Return the case without what this version has no word for: its steps, phase, comings."""
    steps, phases = rules.procedure.steps, rules.procedure.phases
    return replace(
        case,
        steps={id_: state for id_, state in case.steps.items() if id_ in steps},
        coming=tuple(each for each in case.coming if each.step in steps),
        items=tuple(each for each in case.items if each.step in steps),
        phase=case.phase if case.phase in phases else None,
    )


def _only(these: Sequence[Follows], those: Sequence[Follows]) -> tuple[Follows, ...]:
    return tuple(each for each in these if each not in those)


def _roster(events: Sequence[tuple[datetime, Event]]) -> Roster:
    """Everybody who did something, each allowed to: who may do what is not what is tried."""
    ids = {0}
    for _, event in events:
        if isinstance(event, WorkerSet) and event.worker is not None:
            ids.add(event.worker)
        elif (by := getattr(event, "by", None)) is not None:
            ids.add(by)
    return Roster(people={id_: Person(id=id_, role=Role.COORDINATOR) for id_ in ids})

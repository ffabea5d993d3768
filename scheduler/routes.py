"""The roads through a procedure: where one can get to, and whether each road has an end.

Pure. A road leads from a step to what its answers, its silence or time open. What a person must
still answer is no loop; what asks again at once, with nothing to wait for, is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from scheduler.due import AnchorKind, DueRule
from scheduler.problems import Code, Problem
from scheduler.procedure import ALWAYS, Answer, Opening, Pace, Procedure, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """From a step to the next. `waits`: time must pass, or a date must move, on the way.

    `by` is the answer that leads there, None where silence or time does.
    """

    start: str
    to: str
    by: str | None = None
    waits: bool = False
    opening: Opening | None = None


def routes(procedure: Procedure) -> tuple[Problem, ...]:
    """Return what is wrong with the roads: no way there, no way on, no end, round the gate."""
    known = tuple(roads(procedure))
    return (
        *_starts(procedure),
        *_unreachable(procedure, known),
        *_dead_ends(procedure),
        *_endless(procedure, known),
        *_cycles(procedure, known),
        *_gate(procedure, known),
    )


def roads(procedure: Procedure) -> Iterator[Road]:
    """Return every road from a step to another, in the file's order; some go the same way."""
    for step in procedure.steps.values():
        for answer in step.answers.values():
            for opening in answer.opens:
                waits = answer.redates is not None or _waits(procedure, step, opening)
                yield Road(
                    start=step.id, to=opening.step, by=answer.id, waits=waits, opening=opening
                )
        for opening in step.unanswered:
            waits = _waits(procedure, step, opening)
            yield Road(start=step.id, to=opening.step, waits=waits, opening=opening)
        if step.left_out is not None:
            yield Road(start=step.id, to=step.left_out)
        if step.items_left is not None:
            yield Road(start=step.id, to=step.items_left)
        for id_ in step.schedules:
            yield Road(start=step.id, to=id_, waits=True)


def _waits(procedure: Procedure, step: Step, opening: Opening) -> bool:
    """A Wn may have passed already, so it is no wait; a step with a moment of its own is one."""
    target = procedure.steps.get(opening.step)
    if target is not None and _waits_itself(procedure, target):
        return True
    rule = step.due if opening.at_deadline else opening.at
    return rule is not None and _relative(rule)


def _waits_itself(procedure: Procedure, step: Step) -> bool:
    if step.dated is not None or step.opens is not None or step.pace is Pace.ITEMS:
        return True
    return any(event.step == step.id and event.waits for event in procedure.events.values())


def _relative(rule: DueRule) -> bool:
    return rule.anchor.kind is not AnchorKind.WORKDAY


def _reached(start: Iterable[str], roads: Collection[Road]) -> set[str]:
    reached = set(start)
    while True:
        new = {road.to for road in roads if road.start in reached} - reached
        if not new:
            return reached
        reached |= new


def _roots(procedure: Procedure) -> set[str]:
    """Where a case can come to without an answer: starts, dates, phases, a contact, the check."""
    roots = {opening.step for start in procedure.starts.values() for opening in start.opens}
    roots |= {s.without_worker for s in procedure.starts.values() if s.without_worker}
    roots |= {event.step for event in procedure.events.values()}
    roots |= {phase.first for phase in procedure.phases.values()}
    named = (procedure.assign, procedure.contact, procedure.check, procedure.gate_opens)
    return roots | {id_ for id_ in named if id_ is not None}


def _starts(procedure: Procedure) -> Iterator[Problem]:
    reopening = {
        "report": True,
        "client": procedure.contact is not None,
        "new_threat": any(a.reopens for s in procedure.steps.values() for a in s.answers.values()),
    }
    for id_, needed in reopening.items():
        if needed and id_ not in procedure.starts:
            why = f"nothing says how a case begins by {id_!r}"
            yield Problem(code=Code.MISSING_KEY, where="starts", reason=why)


def _unreachable(procedure: Procedure, roads: Collection[Road]) -> Iterator[Problem]:
    reached = _reached(_roots(procedure), roads)
    for id_ in procedure.steps:
        if id_ not in reached:
            yield Problem(
                code=Code.UNREACHABLE,
                where=f"steps.{id_}",
                reason="no start, answer, silence or date ever opens this step",
                suggestion="let an answer open it, or leave it out",
            )


def _dead_ends(procedure: Procedure) -> Iterator[Problem]:
    for step in procedure.steps.values():
        if _may_end_quietly(procedure, step):
            continue
        for answer in step.answers.values():
            if not _leads_on(answer):
                yield Problem(
                    code=Code.DEAD_END,
                    where=f"steps.{step.id}.answers.{answer.id}",
                    reason="after this answer nothing comes and the case stays open",
                    suggestion="say opens, closes or again",
                )


def _may_end_quietly(procedure: Procedure, step: Step) -> bool:
    """The check ends a closed case's story; a contact and a date that asks stand beside it."""
    beside = {procedure.check, procedure.contact}
    beside |= {event.step for event in procedure.events.values() if not event.waits}
    return step.id in beside or step.pace is Pace.ITEMS


def _leads_on(answer: Answer) -> bool:
    return (
        bool(answer.opens)
        or answer.reopens
        or None is not (answer.closes or answer.again or answer.redates)
    )


def _endless(procedure: Procedure, roads: Collection[Road]) -> Iterator[Problem]:
    closing = {
        step.id
        for step in procedure.steps.values()
        if any(answer.closes is not None for answer in step.answers.values())
    }
    back = tuple(Road(start=road.to, to=road.start) for road in roads)
    ending = _reached(closing, back)
    for step in procedure.steps.values():
        quiet = step.pace is Pace.INFORM or _may_end_quietly(procedure, step)
        if step.id not in ending and (not quiet or step.pace is Pace.ITEMS):
            yield Problem(
                code=Code.NEVER_CLOSES,
                where=f"steps.{step.id}",
                reason="from here no road leads to the end of the case",
                suggestion="let an answer close, or open a step that does",
            )


def _cycles(procedure: Procedure, roads: Collection[Road]) -> Iterator[Problem]:
    hurried = [road for road in roads if not road.waits]
    for id_ in procedure.steps:
        ahead = {road.to for road in hurried if road.start == id_}
        if id_ not in _reached(ahead, hurried):
            continue
        around = [one for one in procedure.steps if _on_cycle(one, id_, hurried)]
        if around and around[0] == id_:  # one problem for each round, at its first step
            yield Problem(
                code=Code.CYCLE,
                where=f"steps.{id_}",
                reason=f"{' → '.join([*around, id_])} goes round with nothing to wait for",
                suggestion="let one of them open at a moment, e.g. at next open",
            )


def _on_cycle(one: str, other: str, roads: Collection[Road]) -> bool:
    there = _reached({road.to for road in roads if road.start == one}, roads)
    back = _reached({road.to for road in roads if road.start == other}, roads)
    return other in there and one in back


def _gate(procedure: Procedure, roads: Collection[Road]) -> Iterator[Problem]:
    gate, start = procedure.gate, procedure.starts.get("report")
    if gate is None or start is None:
        return
    below = _reached({road.to for road in roads if road.start == gate and road.by}, roads)
    below |= {procedure.gate_opens} if procedure.gate_opens is not None else set()
    always = {opening.step for opening in start.opens if opening.when == ALWAYS}
    free = [
        road
        for road in roads
        if not (road.start == gate and road.by) and not _guarded(road, below, always)
    ]
    beside = {id_ for id_ in (procedure.contact, procedure.assign) if id_ is not None}
    before = _reached({opening.step for opening in start.opens} | beside, free)
    for id_ in sorted((before & below) - {gate} - beside):
        if procedure.steps.get(id_) is not None and id_ != procedure.check:
            yield Problem(
                code=Code.GATE,
                where=f"steps.{id_}",
                reason=f"a road leads here round the gate {gate!r}",
                suggestion=f"open it from {gate}, or say `if opened …` of a step behind the gate",
            )


def _guarded(road: Road, below: Collection[str], always: Collection[str]) -> bool:
    """Whether the road is shut as long as the gate has not been passed in this episode."""
    if road.opening is None:
        return False
    when = road.opening.when
    return bool(set(when.opened) & set(below)) or bool(set(when.not_opened) & set(always))

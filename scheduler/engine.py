"""The heart: decide(case, stimulus, now, rules) → what follows. Pure; sources in procedures 1–4.

Everything due by `now` happens before a person's act ("timers play before acts"), and what the
act itself makes due happens after it. `apply` folds the events; nothing else changes a case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from scheduler.agenda import Moment, Rules, Wakes, first_moment, utc
from scheduler.apply import apply, replay
from scheduler.case import Case, Facts, Item, Planned, Question, State, StepState
from scheduler.decision import (
    ComingDropped,
    ContactMade,
    CrisisSet,
    DateTold,
    Decision,
    DeviationMade,
    GateLifted,
    ItemsSet,
    Kind,
    Mark,
    NoteMade,
    NoticesSet,
    Refused,
    ReportJoined,
    Restored,
    StepAnswered,
    StepEnded,
    UnassignedAlerted,
)
from scheduler.due import due_at
from scheduler.procedure import Again, Answer, Opening, Pace, Role, Step, Then
from scheduler.stimuli import (
    Act,
    Changed,
    Closing,
    Contacted,
    Corrected,
    Deviated,
    Extended,
    Fields,
    HandedOver,
    Lifted,
    NewItem,
    Noted,
    PutOff,
    ReopenedByClient,
    Reported,
    SecondReport,
    StepAnswer,
    Stimulus,
    TimePassed,
    WorkerLeft,
)
from scheduler.turn import TIME, Cause, Turn, renewed

__all__ = ["Rules", "apply", "decide", "replay"]

MOMENTS_MAX = 200
"""Moments that may happen in one decision; more is a procedure that runs in circles."""


def decide(case: Case, stimulus: Stimulus, now: datetime, rules: Rules) -> Decision | Refused:
    """Return what follows from `stimulus` at `now` (aware), or why it cannot be done.

    Nothing is recorded as done without an answer. Never raises for what people or time do.
    """
    turn = Turn(case, utc(now), rules)
    _catch_up(turn)
    if not isinstance(stimulus, TimePassed):
        turn.acting = True
        refused = _act(turn, stimulus)
        turn.acting = False
        if refused is not None:
            return refused
        _catch_up(turn)
    ahead = first_moment(turn.case, turn.now, rules)
    return Decision(
        case=turn.case,
        events=tuple(turn.events),
        messages=tuple(turn.messages),
        wake_at=ahead.at if ahead else None,
    )


def _act(turn: Turn, act: Act) -> Refused | None:
    match act:
        case Reported():
            return _reported(turn, act)
        case SecondReport():
            return _second_report(turn, act)
        case StepAnswer():
            return _answer(turn, act)
        case Contacted():
            return _contacted(turn, act)
        case Deviated():
            return _deviated(turn, act)
        case PutOff():
            return _put_off(turn, act)
        case Changed():
            return _changed(turn, act)
        case Extended():
            return _extended(turn, act)
        case Lifted():
            return _lifted(turn, act)
        case HandedOver():
            return _handed_over(turn, act)
        case WorkerLeft():
            return _worker_left(turn, act)
        case Closing():
            return _closing(turn, act)
        case ReopenedByClient():
            return _reopened(turn, act)
        case Noted():
            turn.emit(NoteMade(by=act.by, note_ref=act.note_ref))
            return None
        case Corrected():
            turn.emit(Restored(case=act.back_to, seq=act.seq, by=act.by))
            return None
        case _:
            assert_never(act)


# Who may


def may_act(turn: Turn, by: int) -> bool:
    """Return whether a person is on the case: its worker, their cover, a coordinator, or asked."""
    person = turn.roster.person(by)
    if person is None or person.left:
        return False
    if turn.roster.is_coordinator(by) or by in turn.recipients(Role.WORKER):
        return True
    asked = any(by in state.asked_to for state in turn.case.steps.values())
    return by == turn.case.worker or asked


def _may_answer(turn: Turn, step: Step, state: StepState, by: int) -> bool:
    if turn.roster.is_coordinator(by) or by in state.asked_to:
        return True
    if step.role is Role.COORDINATOR:
        return by in turn.recipients(Role.COORDINATOR)
    return may_act(turn, by)


# Reports


def _reported(turn: Turn, act: Reported) -> Refused | None:
    if turn.case.state is State.OPEN:
        return Refused(reason="open")
    turn.begin("report", act.facts, act.received_at, act.by)
    crisis = turn.is_near(act.facts.eviction)
    if crisis:
        turn.begin_crisis("report", act.by)
    turn.say(act.by, Kind.RECEIPT)
    for opening in turn.procedure.starts["report"].opens:
        if turn.holds(opening.when, TIME, None):
            turn.open(opening.step, Cause(by=act.by), urgent=crisis)
    return None


def _second_report(turn: Turn, act: SecondReport) -> Refused | None:
    if turn.case.state is not State.OPEN:
        return Refused(reason="closed")
    turn.emit(ReportJoined(by=act.by))
    turn.say(act.by, Kind.RECEIPT, about="second_report")
    turn.notify(Kind.INFO, "second_report", [Role.COORDINATOR, Role.WORKER], but=act.by)
    known = turn.case.facts
    turn.set_facts(
        "report",
        replace(
            known,
            hearing=known.hearing or act.facts.hearing,
            eviction=known.eviction or act.facts.eviction,
            judgment=known.judgment or act.facts.judgment,
        ),
        act.by,
    )
    return None


# Answers


def _answer(turn: Turn, act: StepAnswer) -> Refused | None:
    state = turn.case.steps.get(act.step)
    if state is None:
        return Refused(reason="no_such_step")
    step = turn.procedure.step(act.step)
    if not _may_answer(turn, step, state, act.by):
        return Refused(reason="not_yours")
    if act.answer is None:
        return _fields_first(turn, step, state, act)
    answer = step.answers.get(act.answer)
    if answer is None:
        return Refused(reason="no_such_answer")
    if act.done_at > turn.now:
        return Refused(reason="in_future")
    refused = _lacks(turn, step, answer, act.fields)
    if refused is not None:
        return refused
    cause = _cause(step, state, act.by, act.done_at)
    _record(turn, state, act.answer, act)
    if answer.item:
        return _answer_item(turn, step, answer, act, cause)
    _take_facts(turn, step, answer, act)
    if answer.again is not None:
        _ask_again(turn, state, answer, answer.again)
    elif answer.redates is not None and _stays_for(turn, step, answer.redates):
        _await(turn, state, act.fields.when if answer.redates == "own" else None)
    else:
        turn.end(step.id, "answered")
    if answer.alerts:
        turn.notify(Kind.ALERT, answer.id, [Role.COORDINATOR], but=act.by, step=step.id)
    if answer.informs:
        turn.notify(Kind.INFO, answer.id, [Role.COORDINATOR], but=act.by, planned=act.fields.when)
    _follow(turn, step, answer, act, state, cause)
    return None


def _cause(step: Step, state: StepState, by: int, done_at: datetime) -> Cause:
    return Cause(
        by=by,
        role=step.role,
        received=by in state.asked_to,
        since=state.opened_at,
        done_at=done_at,
    )


def _lacks(turn: Turn, step: Step, answer: Answer, fields: Fields) -> Refused | None:
    """Return what an answer cannot do without: a date it moves to, a worker it assigns."""
    if answer.redates is not None and fields.when is None:
        return Refused(reason="needs_when")
    if any(f.id == "to" and f.required for f in answer.fields):
        person = turn.roster.person(fields.to)
        if person is None or person.left or person.role is Role.REPORTER:
            return Refused(reason="needs_to")
    if step.pace is Pace.CONTACT and answer.id == "wants_call" and fields.when is None:
        return Refused(reason="needs_when")
    return None


def _record(turn: Turn, state: StepState, answer: str | None, act: StepAnswer) -> None:
    late = state.due_at is not None and act.done_at > state.due_at
    turn.emit(
        StepAnswered(
            step=state.id,
            answer=answer,
            by=act.by,
            done_at=act.done_at,
            reported_at=turn.now,
            late=late,
            due_at=state.due_at,
            fields=act.fields,
        )
    )


def _take_facts(turn: Turn, step: Step, answer: Answer, act: StepAnswer) -> None:
    """Take over what an answer says of the case: dates, phase, judgment, the word on a crisis."""
    facts = _dates_of(turn, act)
    if answer.redates == "hearing":
        facts = replace(facts, hearing=act.fields.when)
    elif answer.redates == "eviction":
        facts = replace(facts, eviction=act.fields.when)
    if answer.id in turn.procedure.judgment_answers:
        facts = replace(facts, judgment=True)
    if answer.crisis is True and turn.case.crisis is None:
        turn.begin_crisis("coordinator", act.by)
    elif answer.crisis is False and turn.case.crisis is not None:
        turn.emit(CrisisSet(crisis=None, why="coordinator", by=act.by))
    turn.set_facts(answer.redates or step.id, facts, act.by, act.fields.reason_ref)
    if answer.sets_phase is not None:
        turn.set_phase(answer.sets_phase, act.by)
    if answer.id in turn.procedure.judgment_answers:
        _judged(turn, act.by)


def _dates_of(turn: Turn, act: StepAnswer) -> Facts:
    known, fields = turn.case.facts, act.fields
    return replace(
        known,
        hearing=fields.hearing or known.hearing,
        eviction=fields.eviction or known.eviction,
        served=fields.served or known.served,
    )


def _judged(turn: Turn, by: int) -> None:
    """A judgment before `contents` counts as `contents` answered with the last phase."""
    phase, contents = turn.procedure.judgment_phase, turn.procedure.judgment_step
    if phase is None or contents is None:
        return
    before = any(a.step == contents for a in turn.case.answered)
    turn.set_phase(phase, by)
    if not before:
        turn.ghost_answer(contents, phase, by)


def _stays_for(turn: Turn, step: Step, redates: str) -> bool:
    """Return whether a step stays open for the new date: its own, or an event's it awaits."""
    if redates == "own":
        return True
    event = turn.procedure.events[redates]
    return event.step == step.id and event.waits


def _await(turn: Turn, state: StepState, planned: Planned | None) -> None:
    """Let a step wait for its date; nothing is asked until then."""
    turn.change(
        "dated" if planned else "waiting",
        replace(
            renewed(state),
            question=Question.WAITING,
            planned=planned or state.planned,
            reminded=(),
            ask_at=None,
            holder=None,
            at_once=False,
            due_at=None,
            planned_due=None,
            rule_day=None,
            asked_at=None,
            later=(),
            item_ids=(),
        ),
    )


def _ask_again(turn: Turn, state: StepState, answer: Answer, again: Again) -> None:
    """Ask a step again later, or have done with asking (§3, *as above*)."""
    tries = state.tries + 1
    spent = again.at is None or (again.most is not None and tries > again.most)
    if spent and again.then is Then.END:
        turn.end(state.id, "answered")
        return
    quiet = replace(
        renewed(state),
        tries=tries,
        ask_at=None,
        asked_at=None,
        due_at=None,
        rule_day=None,
        holder=None,
        at_once=False,
        later=(),
    )
    if spent or again.at is None:
        turn.change("unasked", quiet)
        if again.then is Then.ALERT:
            turn.notify(Kind.ALERT, answer.id, [Role.COORDINATOR], step=state.id)
        return
    ask = turn.moment(again.at, turn.now)
    rule = again.due or turn.procedure.step(state.id).due
    due = due_at(rule, ask, turn.days, first=None) if rule else None
    turn.change("again", replace(quiet, ask_at=ask, due_at=due, planned_due=due))


def _follow(
    turn: Turn, step: Step, answer: Answer, act: StepAnswer, state: StepState, cause: Cause
) -> None:
    """Do what an answer leads to: end, close, reopen, open."""
    turn.end_all(answer.ends)
    if answer.closes is not None:
        turn.close(answer.closes, act.by, note_ref=act.fields.note_ref, check=answer.checks_later)
        return
    if answer.reopens:
        _reopen(turn, "new_threat", act.by, cause)
        return
    if _assigns(answer):
        _assign(turn, answer, act, cause)
        return
    if step.pace is Pace.CONTACT and answer.id == "wants_call":
        _call_back(turn, act.fields, act.by)
        return
    _open_with_items(turn, answer.opens, act.fields, cause, state)


def _open_with_items(
    turn: Turn,
    openings: tuple[Opening, ...],
    fields: Fields,
    cause: Cause,
    state: StepState | None,
) -> None:
    """Open what follows; agreed items are given to the step that follows them up."""
    for opening in openings:
        target = turn.procedure.step(opening.step)
        if target.pace is Pace.ITEMS and fields.items and turn.holds(opening.when, cause, state):
            _add_items(turn, target.id, fields.items)
            turn.open(target.id, cause, quiet=True)
        else:
            turn.open_all((opening,), cause, state)


# Fields that a step asks first: a date, ticks, actions


def _fields_first(turn: Turn, step: Step, state: StepState, act: StepAnswer) -> Refused | None:
    if step.dated is not None:
        if act.fields.when is None:
            return Refused(reason="needs_when")
        _record(turn, state, None, act)
        _await(turn, state, act.fields.when)
        return None
    if step.pace is Pace.ITEMS:
        _record(turn, state, None, act)
        _add_items(turn, step.id, act.fields.items)
        if state.question is Question.ASK:
            _await(turn, state, None)
        _leave_items(turn, step, act.by, _cause(step, state, act.by, act.done_at))
        return None
    event = next((e for e in turn.procedure.events.values() if e.step == step.id), None)
    _record(turn, state, None, act)
    facts = _dates_of(turn, act)
    if event is not None and act.fields.when is not None:
        dated = {event.id: act.fields.when}
        facts = replace(
            facts,
            hearing=dated.get("hearing", facts.hearing),
            eviction=dated.get("eviction", facts.eviction),
        )
    turn.set_facts(step.id, facts, act.by, act.fields.reason_ref)
    state = turn.case.steps[step.id]
    if event is not None and event.waits and state.question is Question.ASK:
        _await(turn, state, None)
    return None


# Actions and agreements


def _add_items(turn: Turn, step: str, items: tuple[NewItem, ...]) -> None:
    new = tuple(
        Item(id=i.what_ref, step=step, what_ref=i.what_ref, who_ref=i.who_ref, day=i.day)
        for i in items
    )
    if new:
        turn.emit(ItemsSet(items=(*turn.case.items, *new), why="added"))


def _pending(turn: Turn, step: str) -> tuple[Item, ...]:
    return tuple(i for i in turn.case.items if i.step == step and i.state == "pending")


def _which(turn: Turn, state: StepState, fields: Fields) -> Item | None:
    """Return the item an answer is about: the named one, else the first that was asked."""
    pending = _pending(turn, state.id)
    if fields.item is not None:
        return next((i for i in pending if i.id == fields.item), None)
    asked = [i for i in pending if i.id in state.item_ids]
    ordered = sorted(pending, key=lambda i: (i.day is None, i.day or turn.today))
    return next(iter(asked or ordered), None)


def _answer_item(
    turn: Turn, step: Step, answer: Answer, act: StepAnswer, cause: Cause
) -> Refused | None:
    state = turn.case.steps[step.id]
    item = _which(turn, state, act.fields)
    if item is None:
        return Refused(reason="no_such_item")
    when = act.fields.when
    if when is not None:
        after = replace(item, day=when.day, asked_on=None)
    else:
        after = replace(item, state=answer.id)
    items = tuple(after if i.id == item.id else i for i in turn.case.items)
    turn.emit(ItemsSet(items=items, why=answer.id))
    turn.end_all(answer.ends)
    left = {i.id for i in _pending(turn, step.id) if i.asked_on is not None}
    if state.question is Question.ITEMS and not left & set(state.item_ids):
        _await(turn, state, None)
    turn.open_all(answer.opens, cause, None)
    _leave_items(turn, step, act.by, cause)
    return None


def _leave_items(turn: Turn, step: Step, by: int, cause: Cause) -> None:
    """When no item is left: on to `close`, unless something else of the case is still open."""
    if _pending(turn, step.id):
        return
    turn.end(step.id, "answered")
    others = [s for s in turn.case.steps.values() if not s.overtaken]
    if step.items_left is not None and not others:
        turn.open(step.items_left, replace(cause, by=by, since=None))


# The client


def _contacted(turn: Turn, act: Contacted) -> Refused | None:
    contact = turn.procedure.contact
    if turn.case.state is not State.OPEN or contact is None:
        return Refused(reason="closed")
    if not may_act(turn, act.by):
        return Refused(reason="not_yours")
    step = turn.procedure.step(contact)
    answer = step.answers.get(act.answer)
    if answer is None:
        return Refused(reason="no_such_answer")
    refused = _lacks(turn, step, answer, act.fields)
    if refused is not None:
        return refused
    turn.emit(
        ContactMade(
            answer=act.answer,
            by=act.by,
            done_at=act.done_at,
            reported_at=turn.now,
            fields=act.fields,
        )
    )
    until = turn.procedure.contact_until
    if until is not None and until in turn.case.opened:
        return None
    if answer.id == "wants_call":
        turn.end_all([contact])
        _call_back(turn, act.fields, act.by)
        return None
    if answer.opens:
        turn.end_all([contact])
    cause = Cause(by=act.by, role=step.role, done_at=act.done_at)
    turn.open_all(answer.opens, cause, None)
    return None


def _call_back(turn: Turn, fields: Fields, by: int) -> None:
    """Prompt "client contact" when the client asked to be called, due that day's close."""
    assert turn.procedure.contact is not None
    assert fields.when is not None
    planned = fields.when
    at = planned.at or turn.days.opens(turn.days.roll(planned.day))
    turn.open(turn.procedure.contact, Cause(by=by), ask_at=max(at, turn.now))


# Assigning, handing over, leaving


def _assigns(answer: Answer) -> bool:
    return any(f.id == "to" for f in answer.fields)


def _assign(turn: Turn, answer: Answer, act: StepAnswer, cause: Cause) -> None:
    """Give the case to a worker: the episode's first step, or the steps that are open."""
    open_before = tuple(turn.case.steps)
    turn.assign(act.fields.to, "assigned", act.by)
    start = turn.procedure.starts[turn.episode.began]
    openings = answer.opens if turn.episode.began == "report" else start.opens
    fresh = tuple(o for o in openings if o.step not in turn.case.opened)
    if open_before:
        turn.ask_new_worker(act.by)
    turn.open_all(fresh, replace(cause, since=None), None)


def _handed_over(turn: Turn, act: HandedOver) -> Refused | None:
    person = turn.roster.person(act.to)
    if person is None or person.left or person.role is Role.REPORTER:
        return Refused(reason="needs_to")
    if not may_act(turn, act.by) and not (turn.case.worker is None and act.by == act.to):
        return Refused(reason="not_yours")
    waiting = _assigning_step(turn)
    if waiting is not None:
        return _answer(turn, _as_assignment(turn, act, waiting))
    if turn.case.state is State.CLOSED and not turn.case.steps:
        return Refused(reason="closed")
    turn.assign(act.to, "handed_over", act.by)
    turn.notify(Kind.INFO, "handed_over", [Role.WORKER, Role.COORDINATOR], but=act.by)
    turn.ask_new_worker(act.by)
    return None


def _assigning_step(turn: Turn) -> StepState | None:
    """Return the open step whose one answer is "to whom"."""
    return turn.case.steps.get(turn.procedure.assign)


def _as_assignment(turn: Turn, act: HandedOver, state: StepState) -> StepAnswer:
    if not turn.roster.is_coordinator(act.by):
        # The claim of a worker: as if the coordinator had given the case to them.
        turn.change("claimed", replace(state, asked_to=(*state.asked_to, act.by)))
    answer = next(iter(turn.procedure.step(state.id).answers))
    return StepAnswer(
        by=act.by, step=state.id, answer=answer, done_at=turn.now, fields=Fields(to=act.to)
    )


def _worker_left(turn: Turn, act: WorkerLeft) -> Refused | None:
    if turn.case.worker is None:
        return Refused(reason="needs_to")
    turn.assign(None, "left", act.by)
    if turn.case.state is State.OPEN:
        turn.open(turn.procedure.assign, Cause(by=act.by))
    return None


# Time, dates and phase


def _deviated(turn: Turn, act: Deviated) -> Refused | None:
    state = turn.case.steps.get(act.step)
    if state is None:
        return Refused(reason="no_such_step")
    step = turn.procedure.step(act.step)
    if not _may_answer(turn, step, state, act.by):
        return Refused(reason="not_yours")
    turn.emit(
        DeviationMade(
            step=act.step,
            by=act.by,
            did_ref=act.did_ref,
            reason_ref=act.reason_ref,
            done=act.done,
            due_at=state.due_at,
        )
    )
    if not act.done:
        return None
    if "done" in step.answers and not step.answers["done"].item:
        return _answer(turn, StepAnswer(by=act.by, step=act.step, answer="done", done_at=turn.now))
    turn.emit(StepEnded(step=act.step, how="deviated"))
    return None


def _put_off(turn: Turn, act: PutOff) -> Refused | None:
    state = turn.case.steps.get(act.step)
    if state is None:
        return Refused(reason="no_such_step")
    if not _may_answer(turn, turn.procedure.step(act.step), state, act.by):
        return Refused(reason="not_yours")
    if act.until <= turn.now:
        return Refused(reason="in_past")
    if state.due_at is not None and act.until > state.due_at:
        return Refused(reason="past_deadline")
    later = tuple(sorted({*state.later, utc(act.until)}))
    turn.change("put_off", replace(state, later=later))
    return None


def _changed(turn: Turn, act: Changed) -> Refused | None:
    if turn.case.state is not State.OPEN:
        return Refused(reason="closed")
    if not may_act(turn, act.by):
        return Refused(reason="not_yours")
    facts = turn.case.facts
    match act.fact:
        case "phase":
            return _change_phase(turn, act)
        case "hearing" | "eviction":
            _settle_event(turn, act.fact)
            changed = (
                replace(facts, hearing=act.planned)
                if act.fact == "hearing"
                else replace(facts, eviction=act.planned)
            )
            turn.set_facts(act.fact, changed, act.by, act.reason_ref)
        case "crisis":
            return _call_crisis(turn, act)
        case "served":
            turn.set_facts("served", replace(facts, served=act.served), act.by, act.reason_ref)
        case _:
            return Refused(reason="unknown_fact")
    return None


def _call_crisis(turn: Turn, act: Changed) -> Refused | None:
    """The coordinator says that it is a crisis (§4)."""
    if not turn.roster.is_coordinator(act.by):
        return Refused(reason="not_coordinator")
    if turn.case.crisis is None:
        turn.begin_crisis("coordinator", act.by)
    return None


def _settle_event(turn: Turn, fact: str) -> None:
    """A date that changes takes back the question about the old one."""
    event = turn.procedure.events.get(fact)
    if event is None:
        return
    state = turn.case.steps.get(event.step)
    if state is None or state.question is not Question.RESULT:
        return
    if event.waits:
        _await(turn, state, None)
    else:
        turn.end(state.id, "fallen_away")


def _change_phase(turn: Turn, act: Changed) -> Refused | None:
    phase = turn.procedure.phases.get(act.phase or "")
    if phase is None:
        return Refused(reason="unknown_fact")
    if turn.case.phase == phase.id:
        return None
    asked = turn.case.steps.get(turn.procedure.judgment_step or "")
    if asked is not None:
        return _answer(
            turn, StepAnswer(by=act.by, step=asked.id, answer=phase.id, done_at=turn.now)
        )
    later = (turn.procedure.judgment_step or "") in turn.case.opened
    turn.set_phase(phase.id, act.by)
    if later:
        cause = Cause(by=act.by, role=Role.WORKER, received=act.by == turn.case.worker)
        turn.open(phase.first, cause)
    return None


def _extended(turn: Turn, act: Extended) -> Refused | None:
    if not turn.roster.is_coordinator(act.by):
        return Refused(reason="not_coordinator")
    state = turn.case.steps.get(act.step)
    if state is None:
        return Refused(reason="no_such_step")
    if act.until <= turn.now:
        return Refused(reason="in_past")
    turn.change(
        "extended",
        replace(
            renewed(state),
            extended_at=turn.now,
            due_at=utc(act.until),
            asked_at=state.asked_at if state.ask_at else state.asked_at or turn.now,
            silent=False,
            rule_day=None,
        ),
    )
    return None


def _lifted(turn: Turn, act: Lifted) -> Refused | None:
    if not turn.roster.is_coordinator(act.by):
        return Refused(reason="not_coordinator")
    if turn.case.crisis is None:
        return Refused(reason="no_crisis")
    if act.what == "crisis":
        turn.emit(CrisisSet(crisis=None, why="coordinator", by=act.by, reason_ref=act.reason_ref))
        return None
    gate, opens = turn.procedure.gate, turn.procedure.gate_opens
    if act.what != "gate" or gate is None or opens is None or gate not in turn.case.steps:
        return Refused(reason="no_gate")
    turn.emit(GateLifted(by=act.by, reason_ref=act.reason_ref))
    turn.open(opens, Cause(by=act.by))
    return None


# Closing and reopening


def _closing(turn: Turn, act: Closing) -> Refused | None:
    if turn.case.state is not State.OPEN:
        return Refused(reason="closed")
    if not may_act(turn, act.by):
        return Refused(reason="not_yours")
    if act.outcome not in turn.procedure.outcomes and not act.joined:
        return Refused(reason="bad_outcome")
    turn.close(act.outcome, act.by, note_ref=act.note_ref, joined=act.joined)
    return None


def _reopened(turn: Turn, act: ReopenedByClient) -> Refused | None:
    if turn.case.state is not State.CLOSED:
        return Refused(reason="open")
    if not may_act(turn, act.by):
        return Refused(reason="not_yours")
    _reopen(turn, "client", act.by, Cause(by=act.by, role=Role.WORKER))
    return None


def _reopen(turn: Turn, began: str, by: int, cause: Cause) -> None:
    """Begin a new episode: same number, same worker; without a worker `assign` comes first."""
    turn.begin(began, turn.case.facts, turn.now, by)
    side = Role.COORDINATOR if began == "new_threat" else turn.other_side(by)
    if not (began == "new_threat" and turn.roster.is_coordinator(by)):
        turn.notify(Kind.INFO, "reopened", [side], but=by)
    start = turn.procedure.starts[began]
    if not turn.has_worker and start.without_worker is not None:
        turn.open(start.without_worker, replace(cause, since=None))
        return
    turn.open_all(start.opens, replace(cause, since=None), None)


# Time


def _catch_up(turn: Turn) -> None:
    """Let everything happen that is due by now, in order."""
    for _ in range(MOMENTS_MAX):
        moment = first_moment(turn.case, turn.now, turn.rules)
        if moment is None or moment.at > turn.now:
            return
        _WAKES[moment.wakes](turn, moment)
    raise AssertionError("the procedure runs in circles")


def _crisis_ends(turn: Turn, moment: Moment) -> None:
    turn.emit(CrisisSet(crisis=None, why="eviction_day_over"))


def _alert(turn: Turn, moment: Moment) -> None:
    """X: the step stays open, marked late; what follows still opens at its own time."""
    state = turn.case.steps[moment.step]
    turn.change("late", replace(state, alerted=True, nudged=True))
    marks = (Mark.LATE,)
    for person in turn.roster.coordinators(turn.today):
        turn.say(person, Kind.ALERT, about="late", step=moment.step, marks=marks)


def _unassigned(turn: Turn, moment: Moment) -> None:
    turn.emit(UnassignedAlerted())
    step = next(
        s.id for s in turn.case.steps.values() if turn.procedure.step(s.id).pace is Pace.CHASE
    )
    for person in turn.roster.coordinators(turn.today):
        turn.say(person, Kind.ALERT, about="unassigned", step=step)


def _opens(turn: Turn, moment: Moment) -> None:
    turn.emit(ComingDropped(step=moment.step))
    turn.open(moment.step)


def _result(turn: Turn, moment: Moment) -> None:
    """Ask how a step's own appointment went, due that day's close."""
    state = turn.case.steps[moment.step]
    _ask_result(turn, state)


def _ask_result(turn: Turn, state: StepState) -> None:
    due = turn.days.next_close(turn.now)
    turn.change(
        "result",
        replace(
            renewed(state),
            question=Question.RESULT,
            ask_at=turn.now,
            at_once=False,
            asked_at=None,
            due_at=due,
            planned_due=due,
            rule_day=None,
        ),
    )
    turn.prompt(state.id)


def _event_result(turn: Turn, moment: Moment) -> None:
    """Ask how a hearing or an eviction went, in the step that the procedure names."""
    event = turn.procedure.events[moment.step]
    turn.emit(DateTold(event=event.id, asked=True))
    if event.step not in turn.case.steps:
        turn.open(event.step, quiet=True)
    _ask_result(turn, turn.case.steps[event.step])


def _items(turn: Turn, moment: Moment) -> None:
    """Ask about all items of the day in one prompt; earlier ones stay open, and late."""
    state = turn.case.steps[moment.step]
    asked = {
        i.id
        for i in _pending(turn, state.id)
        if i.day is not None and i.asked_on is None and turn.days.roll(i.day) <= turn.today
    }
    items = tuple(replace(i, asked_on=turn.today) if i.id in asked else i for i in turn.case.items)
    turn.emit(ItemsSet(items=items, why="asked"))
    due = turn.days.next_close(turn.now)
    turn.change(
        "items",
        replace(
            renewed(state),
            question=Question.ITEMS,
            item_ids=tuple(sorted(asked)),
            ask_at=turn.now,
            asked_at=None,
            due_at=due,
            planned_due=due,
            rule_day=None,
        ),
    )
    turn.prompt(state.id)


def _prompt(turn: Turn, moment: Moment) -> None:
    state = turn.case.steps[moment.step]
    turn.prompt(moment.step, "hand_over" if state.asked_at else "first")


def _repeat(turn: Turn, moment: Moment) -> None:
    turn.prompt(moment.step, "last_day")


def _later(turn: Turn, moment: Moment) -> None:
    state = turn.case.steps[moment.step]
    turn.change("put_off", replace(state, later=state.later[1:]))
    turn.prompt(moment.step, "later")


def _nudge(turn: Turn, moment: Moment) -> None:
    state = turn.case.steps[moment.step]
    soft = moment.wakes is Wakes.SOFT_NUDGE
    after = replace(state, soft_nudged=True) if soft else replace(state, nudged=True)
    turn.change(moment.wakes.value, after)
    _say_nudge(turn, moment.step)


def _say_nudge(turn: Turn, id_: str) -> None:
    state = turn.case.steps[id_]
    marks = turn.late_marks(state)
    for person in turn.askees(turn.procedure.step(id_), state):
        turn.say(person, Kind.NUDGE, step=id_, marks=marks)


def _chase(turn: Turn, moment: Moment) -> None:
    state = turn.case.steps[moment.step]
    same = state.chased_on == turn.today
    turn.change(
        "chased",
        replace(
            state,
            chased_at=turn.now,
            chased_on=turn.today,
            chases=state.chases + 1 if same else 1,
        ),
    )
    _say_nudge(turn, moment.step)


def _status(turn: Turn, moment: Moment) -> None:
    """The crisis status of the day, with the days left; it replaces the dates' reminders."""
    crisis = turn.case.crisis
    assert crisis is not None
    turn.emit(CrisisSet(crisis=replace(crisis, status_on=turn.today), why="status"))
    planned = turn.case.facts.eviction
    left = (planned.day - turn.today).days if planned else None
    people = dict.fromkeys((*turn.recipients(Role.WORKER), *turn.recipients(Role.COORDINATOR)))
    for person in people:
        turn.say(
            person,
            Kind.INFO,
            about="crisis_status",
            on=planned.day if planned else None,
            at=planned.at if planned else None,
            days_left=left,
        )


def _reminder(turn: Turn, moment: Moment) -> None:
    """The reminder of a step's own appointment or meeting."""
    state = turn.case.steps[moment.step]
    assert state.planned is not None
    turn.change("reminded", replace(state, reminded=(*state.reminded, moment.n)))
    step = turn.procedure.step(moment.step)
    assert step.dated is not None
    for role in step.dated.reminders[moment.n].to:
        for person in turn.recipients(role):
            turn.say(
                person,
                Kind.INFO,
                about="appointment",
                step=step.id,
                on=state.planned.day,
                at=state.planned.at,
            )


def _event_reminder(turn: Turn, moment: Moment) -> None:
    """The information before a hearing or an eviction."""
    event = turn.procedure.events[moment.step]
    turn.emit(DateTold(event=event.id, reminder=moment.n))
    if event.crisis_replaces_reminders and turn.case.crisis is not None:
        return
    facts = turn.case.facts
    planned = facts.hearing if event.id == "hearing" else facts.eviction
    assert planned is not None
    roles = event.reminders[moment.n].to
    people = dict.fromkeys(p for role in roles for p in turn.recipients(role))
    for person in people:
        turn.say(
            person,
            Kind.INFO,
            about=event.id,
            step=event.step,
            on=planned.day,
            at=planned.at,
            days_left=(planned.day - turn.today) // timedelta(days=1),
        )


def _notice(turn: Turn, moment: Moment) -> None:
    notices = turn.case.notices
    rest = tuple(n for i, n in enumerate(notices) if i != moment.n)
    turn.emit(NoticesSet(notices=rest))
    turn.tell_notice(notices[moment.n])


_WAKES: dict[Wakes, Callable[[Turn, Moment], None]] = {
    Wakes.CRISIS_ENDS: _crisis_ends,
    Wakes.ALERT: _alert,
    Wakes.UNASSIGNED: _unassigned,
    Wakes.OPENS: _opens,
    Wakes.RESULT: _result,
    Wakes.EVENT_RESULT: _event_result,
    Wakes.ITEMS: _items,
    Wakes.PROMPT: _prompt,
    Wakes.REPEAT: _repeat,
    Wakes.LATER: _later,
    Wakes.STATUS: _status,
    Wakes.NUDGE: _nudge,
    Wakes.SOFT_NUDGE: _nudge,
    Wakes.CHASE: _chase,
    Wakes.REMINDER: _reminder,
    Wakes.EVENT_REMINDER: _event_reminder,
    Wakes.NOTICE: _notice,
}

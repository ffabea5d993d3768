"""What an answer leads to: facts, asking again, waiting for a date, the next steps, closing.

Source: procedures 2 and 3, the columns *Answers* and *Due*; 1.2 for late answers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from scheduler.asking import Cause, renewed
from scheduler.case import Facts, Question, StepState
from scheduler.decision import CrisisSet, Kind, Refused, StepAnswered
from scheduler.due import due_at
from scheduler.items import add_items, answer_item, leave_items
from scheduler.procedure import Again, Answer, Opening, Pace, Role, Step, Then
from scheduler.stimuli import Fields, StepAnswer
from scheduler.turn import Turn


def answer_step(turn: Turn, act: StepAnswer) -> Refused | None:
    """Answer an open step: record it, take its facts, and do what it leads to. Late is as good."""
    state = turn.case.steps.get(act.step)
    if state is None:
        return Refused(reason="no_such_step")
    step = turn.procedure.step(act.step)
    if not may_answer(turn, step, state, act.by):
        return Refused(reason="not_yours")
    if act.answer is None:
        return _fields_first(turn, step, state, act)
    answer = step.answers.get(act.answer)
    if answer is None:
        return Refused(reason="no_such_answer")
    if act.done_at > turn.now:
        return Refused(reason="in_future")
    refused = lacks(turn, step, answer, act.fields)
    if refused is not None:
        return refused
    cause = cause_of(step, state, act.by, act.done_at)
    _record(turn, state, act.answer, act)
    if answer.item:
        return answer_item(turn, step, answer, act, cause)
    _take_facts(turn, step, answer, act)
    if answer.again is not None:
        _ask_again(turn, state, answer, answer.again)
    elif answer.redates is not None and _stays_for(turn, step, answer.redates):
        turn.wait_for(state, act.fields.when if answer.redates == "own" else None)
    else:
        turn.end(step.id, "answered")
    if answer.alerts:
        turn.notify(Kind.ALERT, answer.id, [Role.COORDINATOR], but=act.by, step=step.id)
    if answer.informs:
        turn.notify(Kind.INFO, answer.id, [Role.COORDINATOR], but=act.by, planned=act.fields.when)
    _follow(turn, step, answer, act, state, cause)
    return None


def cause_of(step: Step, state: StepState, by: int, done_at: datetime) -> Cause:
    """Return who causes what follows, and since when the answered step was open."""
    return Cause(
        by=by,
        role=step.role,
        received=by in state.asked_to,
        since=state.opened_at,
        done_at=done_at,
    )


def lacks(turn: Turn, step: Step, answer: Answer, fields: Fields) -> Refused | None:
    """Return what an answer cannot do without: a date it moves to, a worker it assigns."""
    if answer.redates is not None and fields.when is None:
        return Refused(reason="needs_when")
    given = fields.to is not None
    if any(f.id == "to" and (f.required or given) for f in answer.fields):
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
        reopen(turn, "new_threat", act.by, cause)
        return
    if _assigns(answer):
        assign_worker(turn, answer, act, cause)
        return
    if step.pace is Pace.CONTACT and answer.id == "wants_call":
        call_back(turn, act.fields, act.by)
        return
    open_with_items(turn, answer.opens, act.fields, cause, state)


def open_with_items(
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
            add_items(turn, target.id, fields.items)
            turn.open(target.id, cause, quiet=True)
        else:
            turn.open_all((opening,), cause, state)


def _assigns(answer: Answer) -> bool:
    return any(f.id == "to" for f in answer.fields)


def assign_worker(turn: Turn, answer: Answer, act: StepAnswer, cause: Cause) -> None:
    """Give the case to a worker: the episode's first step, or the steps that are open."""
    open_before = tuple(turn.case.steps)
    turn.assign(act.fields.to, "assigned", act.by)
    start = turn.procedure.starts[turn.episode.began]
    openings = answer.opens if turn.episode.began == "report" else start.opens
    fresh = tuple(o for o in openings if o.step not in turn.case.opened)
    if open_before:
        turn.ask_new_worker(act.by)
    turn.open_all(fresh, replace(cause, since=None), None)


def reopen(turn: Turn, began: str, by: int, cause: Cause) -> None:
    """Begin a new episode: same number, same worker; without a worker `assign` comes first."""
    if began not in turn.procedure.starts:
        began = "report"  # the procedure does not say how a client comes back: from the start
    turn.begin(began, turn.case.facts, turn.now, by)
    side = Role.COORDINATOR if began == "new_threat" else turn.other_side(by)
    if not (began == "new_threat" and turn.roster.is_coordinator(by)):
        turn.notify(Kind.INFO, "reopened", [side], but=by)
    start = turn.procedure.starts[began]
    if not turn.has_worker and start.without_worker is not None:
        turn.open(start.without_worker, replace(cause, since=None))
        return
    turn.open_all(start.opens, replace(cause, since=None), None)


def call_back(turn: Turn, fields: Fields, by: int) -> None:
    """Prompt "client contact" when the client asked to be called, due that day's close."""
    assert turn.procedure.contact is not None
    assert fields.when is not None
    planned = fields.when
    at = planned.at or turn.days.opens(turn.days.roll(planned.day))
    turn.open(turn.procedure.contact, Cause(by=by), ask_at=max(at, turn.now))


def _fields_first(turn: Turn, step: Step, state: StepState, act: StepAnswer) -> Refused | None:
    if step.dated is not None:
        if act.fields.when is None:
            return Refused(reason="needs_when")
        _record(turn, state, None, act)
        turn.wait_for(state, act.fields.when)
        return None
    if step.pace is Pace.ITEMS:
        _record(turn, state, None, act)
        add_items(turn, step.id, act.fields.items)
        if state.question is Question.ASK:
            turn.wait_for(state, None)
        leave_items(turn, step, act.by, cause_of(step, state, act.by, act.done_at))
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
        turn.wait_for(state, None)
    return None


def may_act(turn: Turn, by: int) -> bool:
    """Return whether a person is on the case: its worker, their cover, a coordinator, or asked."""
    person = turn.roster.person(by)
    if person is None or person.left:
        return False
    if turn.roster.is_coordinator(by) or by in turn.recipients(Role.WORKER):
        return True
    asked = any(by in state.asked_to for state in turn.case.steps.values())
    return by == turn.case.worker or asked


def may_answer(turn: Turn, step: Step, state: StepState, by: int) -> bool:
    """Return whether a person may answer a step: whoever was asked, or holds its role (§1.1)."""
    person = turn.roster.person(by)
    if person is None or person.left:
        return False
    if turn.roster.is_coordinator(by) or by in state.asked_to:
        return True
    if step.role is Role.COORDINATOR:
        return by in turn.recipients(Role.COORDINATOR)
    return may_act(turn, by)

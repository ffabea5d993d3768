"""What people do to a case beside answering: report, hand over, deviate, change, close, reopen.

Source: procedures 1.4, 3 (the gate), 4 (crisis).
"""

from __future__ import annotations

from dataclasses import replace

from scheduler.agenda import utc
from scheduler.answering import (
    answer_step,
    call_back,
    lacks,
    may_act,
    may_answer,
    reopen,
)
from scheduler.asking import TIME, Cause, renewed
from scheduler.case import Question, State, StepState
from scheduler.decision import (
    HANDED_OVER,
    ChangeTold,
    ContactMade,
    CrisisSet,
    DetailsTold,
    DeviationMade,
    GateLifted,
    Kind,
    Refused,
    ReportJoined,
    StepEnded,
)
from scheduler.procedure import Role
from scheduler.stimuli import (
    Changed,
    Closing,
    Contacted,
    Detailed,
    Deviated,
    Extended,
    Fields,
    HandedOver,
    Lifted,
    Passed,
    PutOff,
    ReopenedByClient,
    Reported,
    SecondReport,
    StepAnswer,
    WorkerLeft,
)
from scheduler.turn import Turn


def reported(turn: Turn, act: Reported) -> Refused | None:
    """A report begins the case, or a new episode of it; its receipt goes at once (§1.2)."""
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


def second_report(turn: Turn, act: SecondReport) -> Refused | None:
    """Another report on an open case: receipt, information, no `assign`; facts are added."""
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


def contacted(turn: Turn, act: Contacted) -> Refused | None:
    """The client contacted us, in any open state; recorded only once `contents` has opened."""
    contact = turn.procedure.contact
    if turn.case.state is not State.OPEN or contact is None:
        return Refused(reason="closed")
    if not may_act(turn, act.by):
        return Refused(reason="not_yours")
    step = turn.procedure.step(contact)
    answer = step.answers.get(act.answer)
    if answer is None:
        return Refused(reason="no_such_answer")
    refused = lacks(turn, step, answer, act.fields)
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
        call_back(turn, act.fields, act.by)
        return None
    if answer.opens:
        turn.end_all([contact])
    cause = Cause(by=act.by, role=step.role, done_at=act.done_at)
    turn.open_all(answer.opens, cause, None)
    return None


def handed_over(turn: Turn, act: HandedOver) -> Refused | None:
    """Give the case to another worker; open steps are prompted anew (§1.4)."""
    person = turn.roster.person(act.to)
    if person is None or person.left or person.role is Role.REPORTER:
        return Refused(reason="needs_to")
    if not may_act(turn, act.by) and not (turn.case.worker is None and act.by == act.to):
        return Refused(reason="not_yours")
    waiting = _assigning_step(turn)
    if waiting is not None:
        return answer_step(turn, _as_assignment(turn, act, waiting))
    if turn.case.state is State.CLOSED and not turn.case.steps:
        return Refused(reason="closed")
    turn.assign(act.to, HANDED_OVER, act.by)
    turn.take_back(HANDED_OVER)
    turn.notify(Kind.INFO, HANDED_OVER, [Role.WORKER, Role.COORDINATOR], but=act.by)
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


def worker_left(turn: Turn, act: WorkerLeft) -> Refused | None:
    """The worker has left the team: the case goes back to `assign` at once (§1.4)."""
    if turn.case.worker is None:
        return Refused(reason="needs_to")
    turn.assign(None, "left", act.by)
    if turn.case.state is State.OPEN:
        turn.open(turn.procedure.assign, Cause(by=act.by))
    return None


def deviated(turn: Turn, act: Deviated) -> Refused | None:
    """Done differently (R-11): the step stays open with its deadline unless it is done by it."""
    state = turn.case.steps.get(act.step)
    if state is None:
        return Refused(reason="no_such_step")
    step = turn.procedure.step(act.step)
    if not may_answer(turn, step, state, act.by):
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
        return answer_step(
            turn, StepAnswer(by=act.by, step=act.step, answer="done", done_at=turn.now)
        )
    turn.emit(StepEnded(step=act.step, how="deviated"))
    return None


def detailed(turn: Turn, act: Detailed) -> Refused | None:
    """What an answer may still be told with; by who gave it, also when it closed the case."""
    if act.step not in turn.procedure.steps:
        return Refused(reason="no_such_step")
    theirs = any(one.by == act.by and one.step == act.step for one in turn.case.answered)
    if not theirs and not may_act(turn, act.by):
        return Refused(reason="not_yours")
    turn.emit(DetailsTold(step=act.step, answer=act.answer, by=act.by, fields=act.fields))
    return None


def passed(turn: Turn, act: Passed) -> Refused | None:
    """The worker is told of a change: in opening hours, in a crisis at any hour (§1.2)."""
    if not turn.roster.is_coordinator(act.by):
        return Refused(reason="not_coordinator")
    if turn.case.state is not State.OPEN:
        return Refused(reason="closed")
    if not turn.has_worker:
        return Refused(reason="needs_to")
    turn.emit(ChangeTold(what=act.what, by=act.by))
    about = f"changed_{act.what}"
    turn.take_back(about)
    turn.notify(Kind.INFO, about, [Role.WORKER], but=act.by, urgent=turn.case.crisis is not None)
    return None


def put_off(turn: Turn, act: PutOff) -> Refused | None:
    """Later: repeat the prompt at the chosen moment, never past the deadline (§1.4)."""
    state = turn.case.steps.get(act.step)
    if state is None:
        return Refused(reason="no_such_step")
    if not may_answer(turn, turn.procedure.step(act.step), state, act.by):
        return Refused(reason="not_yours")
    if act.until <= turn.now:
        return Refused(reason="in_past")
    if state.due_at is not None and act.until > state.due_at:
        return Refused(reason="past_deadline")
    later = tuple(sorted({*state.later, utc(act.until)}))
    turn.change("put_off", replace(state, later=later))
    return None


def changed(turn: Turn, act: Changed) -> Refused | None:
    """Change a fact of the case: phase, hearing, eviction, date of service, crisis."""
    if turn.case.state is not State.OPEN:
        return Refused(reason="closed")
    if not may_act(turn, act.by):
        return Refused(reason="not_yours")
    facts = turn.case.facts
    match act.fact:
        case "phase":
            return _change_phase(turn, act)
        case "hearing" | "eviction":
            settle_event(turn, act.fact)
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


def settle_event(turn: Turn, fact: str) -> None:
    """A date that changes takes back the question about the old one."""
    event = turn.procedure.events.get(fact)
    if event is None:
        return
    state = turn.case.steps.get(event.step)
    if state is None or state.question is not Question.RESULT:
        return
    if event.waits:
        turn.wait_for(state, None)
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
        return answer_step(
            turn, StepAnswer(by=act.by, step=asked.id, answer=phase.id, done_at=turn.now)
        )
    later = (turn.procedure.judgment_step or "") in turn.case.opened
    turn.set_phase(phase.id, act.by)
    if later:
        cause = Cause(by=act.by, role=Role.WORKER, received=act.by == turn.case.worker)
        turn.open(phase.first, cause)
    return None


def extended(turn: Turn, act: Extended) -> Refused | None:
    """A new deadline with its own nudge and alert; sends nothing at once (§1.2)."""
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


def lifted(turn: Turn, act: Lifted) -> Refused | None:
    """The coordinator lifts the gate in a crisis (E-08, G-27), or the crisis itself."""
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


def closing(turn: Turn, act: Closing) -> Refused | None:
    """Close with an outcome of the procedure; `joined` (into another case) has one of its own."""
    if turn.case.state is not State.OPEN:
        return Refused(reason="closed")
    if not may_act(turn, act.by):
        return Refused(reason="not_yours")
    if act.outcome not in turn.procedure.outcomes and not act.joined:
        return Refused(reason="bad_outcome")
    turn.close(act.outcome, act.by, note_ref=act.note_ref, joined=act.joined)
    return None


def reopened(turn: Turn, act: ReopenedByClient) -> Refused | None:
    """The client of a closed case is back: same number, new episode."""
    if turn.case.state is not State.CLOSED:
        return Refused(reason="open")
    if not may_act(turn, act.by):
        return Refused(reason="not_yours")
    reopen(turn, "client", act.by, Cause(by=act.by, role=Role.WORKER))
    return None

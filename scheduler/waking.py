"""What the passing of time does to a case: prompts, nudges, alerts, reminders, steps that open.

Source: procedures 1.2 and 1.3. What wakes when is `agenda`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from scheduler.agenda import Moment, Wakes, dated, first_moment
from scheduler.asking import renewed
from scheduler.case import Question, StepState
from scheduler.decision import (
    ComingDropped,
    CrisisSet,
    DateTold,
    ItemsSet,
    Kind,
    Mark,
    NoticesSet,
    UnassignedAlerted,
)
from scheduler.items import pending_items
from scheduler.procedure import Pace, Role
from scheduler.turn import Turn

MOMENTS_MAX = 200
"""Moments that may happen in one decision; more is a procedure that runs in circles."""


def catch_up(turn: Turn) -> None:
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
        for i in pending_items(turn, state.id)
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
    # several that come in one opening (after a night, after an outage) are one
    ahead = tuple(at for at in state.later if at > turn.now)
    turn.change("put_off", replace(state, later=ahead))
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
    planned = dated(crisis, turn.case.facts)
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

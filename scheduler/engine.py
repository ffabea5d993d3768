"""The heart: decide(case, stimulus, now, rules) → what follows. Pure; sources in procedures 1–4.

Everything due by `now` happens before a person's act ("timers play before acts"), and what the
act itself makes due happens after it. `apply` folds the events; nothing else changes a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from scheduler.acting import (
    changed,
    closing,
    contacted,
    detailed,
    deviated,
    extended,
    handed_over,
    lifted,
    passed,
    put_off,
    reopened,
    reported,
    second_report,
    worker_left,
)
from scheduler.adding import added
from scheduler.agenda import Rules, first_moment, utc
from scheduler.answering import answer_step
from scheduler.apply import apply, replay
from scheduler.case import Case, StepState
from scheduler.decision import (
    Decision,
    Kind,
    Message,
    NoteMade,
    Refused,
    Restored,
    VisitTold,
)
from scheduler.stimuli import (
    Act,
    Added,
    Changed,
    Closing,
    Contacted,
    Corrected,
    Detailed,
    Deviated,
    Extended,
    HandedOver,
    Lifted,
    Noted,
    Passed,
    PutOff,
    ReopenedByClient,
    Reported,
    SecondReport,
    StepAnswer,
    Stimulus,
    TimePassed,
    Visited,
    WorkerLeft,
)
from scheduler.turn import Turn
from scheduler.waking import catch_up

__all__ = ["Rules", "apply", "decide", "replay"]


def decide(case: Case, stimulus: Stimulus, now: datetime, rules: Rules) -> Decision | Refused:
    """Return what follows from `stimulus` at `now` (aware), or why it cannot be done.

    Nothing is recorded as done without an answer. Never raises for what people or time do.
    """
    turn = Turn(case, utc(now), rules)
    catch_up(turn)
    if not isinstance(stimulus, TimePassed):
        turn.acting = True
        refused = _act(turn, stimulus)
        turn.acting = False
        if refused is not None:
            return refused
        catch_up(turn)
    ahead = first_moment(turn.case, turn.now, rules)
    return Decision(
        case=turn.case,
        events=tuple(turn.events),
        messages=_timely(turn),
        wake_at=ahead.at if ahead else None,
    )


def _timely(turn: Turn) -> tuple[Message, ...]:
    """Return the messages but for questions that were overtaken before anyone could be asked.

    After an outage a step may open and be overtaken in one decision; only the later one is asked.
    """
    steps = turn.case.steps
    asks = (Kind.PROMPT, Kind.NUDGE)
    return tuple(
        message
        for message in turn.messages
        if message.kind not in asks or (message.step in steps and not _is_silent(steps, message))
    )


def _is_silent(steps: Mapping[str, StepState], message: Message) -> bool:
    state = steps.get(message.step or "")
    return state is not None and state.silent


def _act(turn: Turn, act: Act) -> Refused | None:
    match act:
        case Reported():
            return reported(turn, act)
        case SecondReport():
            return second_report(turn, act)
        case Added():
            return added(turn, act)
        case StepAnswer():
            return answer_step(turn, act)
        case Contacted():
            return contacted(turn, act)
        case Deviated():
            return deviated(turn, act)
        case PutOff():
            return put_off(turn, act)
        case Changed():
            return changed(turn, act)
        case Extended():
            return extended(turn, act)
        case Lifted():
            return lifted(turn, act)
        case HandedOver():
            return handed_over(turn, act)
        case WorkerLeft():
            return worker_left(turn, act)
        case Closing():
            return closing(turn, act)
        case ReopenedByClient():
            return reopened(turn, act)
        case Noted():
            turn.emit(NoteMade(by=act.by, note_ref=act.note_ref))
            return None
        case Detailed():
            return detailed(turn, act)
        case Passed():
            return passed(turn, act)
        case Visited():
            turn.emit(VisitTold(what=act.what, by=act.by, minutes=act.minutes))
            return None
        case Corrected():
            turn.emit(Restored(case=act.back_to, seq=act.seq, by=act.by))
            return None
        case _:
            assert_never(act)

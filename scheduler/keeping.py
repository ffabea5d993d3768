"""How each step of a case was kept: planned when, done when, late, done differently, not done.

Pure. Folds a history; figures count what comes out, a timeline shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from scheduler.attempts import Line
from scheduler.decision import (
    DeviationMade,
    StepAnswered,
    StepChanged,
    StepEnded,
    StepOpened,
)

_ASKED_ANEW = ("again", "dated", "waiting", "result")


class How(StrEnum):
    """How a step ended. Only the first five say something of a deadline."""

    ON_TIME = "on-time"
    LATE_REASON = "late-reason"
    """After the first deadline, with a reason or an extension by the coordinator."""
    LATE = "late"
    DEVIATED = "deviated"
    MISSED = "missed"
    """The deadline passed without an answer."""
    DONE = "done"
    """Answered; there was no deadline."""
    FELL_AWAY = "fell-away"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One question of a step, in UTC. `due_at` is the first deadline that it had.

    `at` is when it was done or ended, None while it is open; `how` is None while it is open and
    its deadline has not passed.
    """

    step: str
    opened_at: datetime
    due_at: datetime | None = None
    at: datetime | None = None
    how: How | None = None


def kept(lines: Iterable[Line]) -> tuple[Kept, ...]:
    """Return what became of each step, in the order in which they ended, the open ones last.

    `lines` as they stand: what was taken back is not among them.
    """
    fold = _Fold()
    ended = [one for line in lines for one in fold.ended(line)]
    return (*ended, *(fold.still_open(step) for step in fold.steps))


@dataclass(frozen=True, slots=True)
class _Open:
    """An open question of a step."""

    opened_at: datetime
    due_at: datetime | None
    is_late: bool = False
    extended: bool = False
    deviated: bool = False


@dataclass(slots=True)
class _Fold:
    """The open steps, while a history is read."""

    steps: dict[str, _Open] = field(default_factory=dict)

    def ended(self, line: Line) -> Iterator[Kept]:
        """Give what an event ends."""
        event = line.event
        match event:
            case StepOpened(step=state):
                yield from self._end(state.id, line.at)
                self.steps[state.id] = _Open(state.opened_at, state.planned_due or state.due_at)
            case StepChanged():
                self._change(event, line.at)
            case DeviationMade(step=step, due_at=due_at):
                known = self.steps.get(step) or _Open(line.at, due_at)
                self.steps[step] = replace(known, deviated=True)
            case StepAnswered():
                yield from self._answer(event)
            case StepEnded(step=step):
                yield from self._end(step, line.at)
            case _:
                return

    def still_open(self, step: str) -> Kept:
        """Return a step that nobody has answered by now."""
        state = self.steps[step]
        how = How.DEVIATED if state.deviated else How.MISSED if state.is_late else None
        return Kept(step=step, opened_at=state.opened_at, due_at=state.due_at, how=how)

    def _change(self, event: StepChanged, at: datetime) -> None:
        state = event.step
        due_at = state.planned_due or state.due_at
        known = self.steps.get(state.id) or _Open(at, due_at)
        if event.why in _ASKED_ANEW:
            known = _Open(known.opened_at, due_at)
        elif event.why == "late":
            known = replace(known, is_late=True)
        elif event.why == "extended":
            known = replace(known, extended=True)
        elif known.due_at is None:
            known = replace(known, due_at=due_at)
        self.steps[state.id] = known

    def _answer(self, event: StepAnswered) -> Iterator[Kept]:
        """Give the answered step; a date told first is no answer yet."""
        if event.answer is None:
            return
        state = self.steps.pop(event.step, None) or _Open(event.done_at, event.due_at)
        # without a deadline of now, that of before is one of an earlier question
        due_at = (state.due_at or event.due_at) if event.due_at is not None else None
        yield Kept(
            step=event.step,
            opened_at=state.opened_at,
            due_at=due_at,
            at=event.done_at,
            how=_how(state, event, due_at),
        )

    def _end(self, step: str, at: datetime) -> Iterator[Kept]:
        if step in self.steps:
            one = self.still_open(step)
            del self.steps[step]
            yield replace(one, at=at, how=one.how or How.FELL_AWAY)


def _how(state: _Open, event: StepAnswered, due_at: datetime | None) -> How:
    if state.deviated:
        return How.DEVIATED
    if due_at is None:
        return How.DONE
    if event.done_at <= due_at:
        return How.ON_TIME
    reason = state.extended or event.fields.reason_ref is not None
    return How.LATE_REASON if reason else How.LATE

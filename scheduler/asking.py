"""One decision being made: steps open, are asked, wait and end.

When a step is due, whose it is and whether a condition holds is answered here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from scheduler.agenda import opens_by_rule, talk_due
from scheduler.case import Coming, Planned, Question, StepState
from scheduler.decision import (
    ComingDropped,
    ComingSet,
    Kind,
    Mark,
    StepChanged,
    StepEnded,
    StepOpened,
)
from scheduler.due import AnchorKind, DueRule, due_at
from scheduler.procedure import Condition, Opening, Pace, Role, Step
from scheduler.telling import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Who caused a step to open, answering a step of `role`; `received`: they were asked it."""

    by: int | None = None
    role: Role | None = None
    received: bool = False
    since: datetime | None = None
    """When the answered step opened: what has opened since is not opened twice."""
    done_at: datetime | None = None


TIME = Cause()
"""Nobody: a step opens by time."""

_MIDDAY = time(12)
"""What a legal date without a time is taken for when deadlines are held against it."""


class Asking(Telling):
    """The case while its steps open, are asked and end."""

    def open(
        self,
        id_: str,
        cause: Cause = TIME,
        *,
        ordinary: bool = False,
        urgent: bool = False,
        ask_at: datetime | None = None,
        quiet: bool = False,
    ) -> None:
        """Open a step: fix its deadline, end and overtake others, prompt in its time.

        `urgent` sends at any hour; `ask_at` asks later than now; `quiet` asks nothing (its items
        or date are known). A step that is open already stays as it is.
        """
        step = self.procedure.step(id_)
        if id_ in self.case.steps:
            return
        if step.left_out is not None and not self._has_morning(step):
            self.open(step.left_out, cause)
            return
        if step.pace is Pace.INFORM:
            self._inform(step)
            return
        self.emit(StepOpened(step=self._new_state(step, cause, ordinary, urgent, ask_at, quiet)))
        for other in step.overtakes:
            self._overtake(other)
        self.end_all(step.ends)
        for other in step.schedules:
            self.schedule(other)
        self._schedule_silence(step)
        state = self.case.steps[id_]
        if state.ask_at is not None and state.ask_at <= self.now:
            self.prompt(id_)

    def open_all(self, openings: Iterable[Opening], cause: Cause, state: StepState | None) -> None:
        """Open what an answer leads to; nothing that has opened since the answered step did."""
        holding = [o for o in openings if self.holds(o.when, cause, state)]
        for opening in holding:
            opened = self.case.opened.get(opening.step)
            if opened is not None and cause.since is not None and opened > cause.since:
                continue
            self.open_by(opening, cause)

    def open_by(self, opening: Opening, cause: Cause) -> None:
        """Open a step at once, or schedule it for its moment."""
        if self.procedure.step(opening.step).opens is not None:
            self.schedule(opening.step)
            return
        if opening.at is not None and self.episode.clock:
            at = self.moment(opening.at, self.now)
            if at > self.now:
                coming = Coming(step=opening.step, at=at)
                self.emit(ComingSet(coming=coming))
                return
        self.open(opening.step, cause, ordinary=opening.ordinary)

    def _has_morning(self, step: Step) -> bool:
        if step.due is None or step.due.anchor.kind is not AnchorKind.WORKDAY:
            return True
        if not self.episode.clock:
            return True
        day = self.days.workday(self.episode.first, step.due.anchor.n)
        return not self.days.is_workday(day) or self.days.has_morning(day)

    def _inform(self, step: Step) -> None:
        self.emit(StepOpened(step=StepState(id=step.id, opened_at=self.now)))
        self.notify(Kind.INFO, "room", [step.role], step=step.id)  # in hours, also after an outage
        self.emit(StepEnded(step=step.id, how="told"))

    def _new_state(
        self,
        step: Step,
        cause: Cause,
        ordinary: bool,
        urgent: bool,
        ask_at: datetime | None,
        quiet: bool,
    ) -> StepState:
        holder = self._handed_to(step, cause)
        base = ask_at or self._earliest(step)
        urgent = urgent or (
            self.case.crisis is not None
            and step.role is Role.WORKER
            and self.roster.is_coordinator(cause.by)
        )
        at_once = base <= self.now and (holder is not None or urgent)
        ask = base if at_once else self.opening(base)
        due, rule_day = self._deadline(step, ask, ordinary)
        if quiet:
            return StepState(id=step.id, opened_at=self.now, question=Question.WAITING)
        return StepState(
            id=step.id,
            opened_at=self.now,
            question=Question.WHEN if step.dated else Question.ASK,
            ask_at=ask,
            at_once=at_once,
            holder=holder,
            due_at=due,
            planned_due=due,
            rule_day=rule_day,
        )

    def _handed_to(self, step: Step, cause: Cause) -> int | None:
        """Return the person who gets this step at once because of their own answer (§1.1)."""
        if cause.by is None:
            return None
        if step.role is Role.ACTOR:
            return cause.by
        if cause.by in self.recipients(step.role):
            return cause.by
        if step.role is Role.WORKER and cause.by == self.case.worker:
            return cause.by  # at work on a day off: their own answer's step is shown to them
        return cause.by if cause.received and cause.role is step.role else None

    def _earliest(self, step: Step) -> datetime:
        if step.not_before is None or not self.episode.clock:
            return self.now
        earliest = due_at(step.not_before, self.now, self.days, first=self.episode.first)
        return max(self.now, earliest)

    def _deadline(
        self, step: Step, ask: datetime, ordinary: bool
    ) -> tuple[datetime | None, date | None]:
        """Return the deadline and the Wn day it stands for."""
        if step.dated is not None:
            return self.moment(step.dated.due, ask), None
        match step.pace:
            case Pace.TALK | Pace.ITEMS:
                return talk_due(ask, self.days), None
            case Pace.CHASE | Pace.INFORM:
                return None, None
            case Pace.CONTACT:
                return self.days.next_close(ask), None
            case Pace.PLAIN:
                pass
        crisis = self.case.crisis is not None and not ordinary
        rule = step.due_crisis if crisis and step.due_crisis else step.due
        if rule is None:
            return None, None
        if rule.anchor.kind is not AnchorKind.WORKDAY:
            return self.moment(rule, ask), None
        if not self.episode.clock:
            return self.days.next_close(self.now), None
        due = due_at(rule, self.now, self.days, first=self.episode.first)
        day = self.days.workday(self.episode.first, rule.anchor.n)
        return (due if due > self.now else self.days.next_close(self.now)), day

    def moment(self, rule: DueRule, ask: datetime) -> datetime:
        """Return the moment of a rule counted from now; minutes count from the prompt `ask`."""
        start = ask if rule.anchor.kind is AnchorKind.MINUTES else self.now
        first = self.episode.first if self.episode.clock else None
        return due_at(rule, start, self.days, first=first)

    def _overtake(self, id_: str) -> None:
        state = self.case.steps.get(id_)
        if state is not None:
            # An alert whose deadline has passed still comes, at the next opening.
            passed = state.due_at is not None and state.due_at <= self.now
            silent = state.extended_at is None and not passed
            self.change("overtaken", replace(state, overtaken=True, silent=silent))

    def _schedule_silence(self, step: Step) -> None:
        """Schedule what opens when this step is not answered."""
        state = self.case.steps[step.id]
        for opening in step.unanswered:
            if not self.holds(opening.when, TIME, state):
                continue
            if opening.at_deadline:
                at = state.due_at
            elif opening.at is not None and self.episode.clock:
                at = self.moment(opening.at, self.now)
            else:
                at = None
            if at is not None:
                self.emit(ComingSet(coming=Coming(step=opening.step, at=at, cause=step.id)))

    def schedule(self, id_: str) -> None:
        """Schedule a step for its own moment (W4 open), unless that has passed."""
        at = opens_by_rule(self.case, self.procedure.step(id_), self.now, self.days)
        if at is not None:
            self.emit(ComingSet(coming=Coming(step=id_, at=at)))

    def change(self, why: str, state: StepState) -> None:
        """Write an open step's new state."""
        self.emit(StepChanged(why=why, step=state))

    def wait_for(self, state: StepState, planned: Planned | None = None) -> None:
        """Let a step wait for its date; nothing is asked until then."""
        self.change(
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

    def end(self, id_: str, how: str) -> None:
        """End an open step; an open step only."""
        if id_ in self.case.steps:
            self.emit(StepEnded(step=id_, how=how))

    def end_all(self, ids: Iterable[str]) -> None:
        """Let steps fall away, open or still to come."""
        for id_ in ids:
            self.end(id_, "fallen_away")
            if any(c.step == id_ for c in self.case.coming):
                self.emit(ComingDropped(step=id_))

    # asking

    def prompt(self, id_: str, repeat: str = "first") -> None:
        """Ask an open step's question now, of whoever holds its role.

        Two prompts of one question to one person in one minute are one (§1.2); another question
        of the same step is asked, however soon.
        """
        state = self.case.steps[id_]
        step = self.procedure.step(id_)
        people = self._prompted(step, state)
        last = state.prompted_at
        asked = state.asked_at is not None
        same_minute = asked and last is not None and self.now - last < timedelta(minutes=1)
        if not same_minute:
            state = replace(state, asked_to=tuple(p for p in state.asked_to))
        fresh = tuple(p for p in people if not (same_minute and p in state.asked_to))
        later = repeat == "later"
        self.change(
            "prompted" if repeat == "first" else repeat,
            replace(
                state,
                ask_at=state.ask_at if later else None,
                at_once=state.at_once and later,
                holder=state.holder if later else None,
                asked_at=state.asked_at or self.now,
                prompted_at=state.prompted_at if later else self.now,
                asked_to=tuple(dict.fromkeys((*state.asked_to, *people))),
                repeated=state.repeated or repeat == "last_day",
            ),
        )
        for person in fresh:
            self._say_prompt(person, id_, repeat)

    def _prompted(self, step: Step, state: StepState) -> tuple[int, ...]:
        """Return who is prompted: its holder, but on a later day whoever is there for them."""
        if state.holder is not None and state.at_once:
            return (state.holder,)
        cover = self.roster.covering(state.holder, self.today)
        return (cover,) if cover is not None else self.askees(step, state)

    def _say_prompt(self, person: int, id_: str, repeat: str) -> None:
        state = self.case.steps[id_]
        marks = set(self.late_marks(state))
        if repeat == "last_day":
            marks.add(Mark.LAST_DAY)
        self.say(person, Kind.PROMPT, step=id_, marks=marks)
        self.messages[-1] = replace(
            self.messages[-1], repeat=repeat, fits_not=self._misfits(state)
        )

    def _misfits(self, state: StepState) -> bool:
        """Return whether the deadline lies after a hearing or eviction still to come (§4)."""
        if state.question is Question.RESULT:
            return False
        if state.due_at is None:
            return False
        dates = (self.case.facts.hearing, self.case.facts.eviction)
        moments = (p.at or self.days.at(p.day, _MIDDAY) for p in dates if p is not None)
        return any(self.now < moment < state.due_at for moment in moments)

    def late_marks(self, state: StepState) -> tuple[Mark, ...]:
        """Return the late mark when a Wn day or the deadline has passed."""
        day_over = state.rule_day is not None and self.today > state.rule_day
        over = state.due_at is not None and self.now > state.due_at
        return (Mark.LATE,) if day_over or over or state.alerted else ()

    # conditions

    def holds(self, when: Condition, cause: Cause, state: StepState | None) -> bool:
        """Return whether every part of a condition holds; see `procedure.Condition`."""
        done = cause.done_at or self.now
        clock = self.episode.clock
        facts = {
            "kind": self.case.facts.kind,
            "consent": self.case.facts.consent,
            "needs_consent": self.case.facts.needs_consent,
        }
        checks = (
            when.asked_from is None
            or (clock and self._asked_day(state) >= self._w(when.asked_from)),
            when.asked_before is None
            or (clock and self._asked_day(state) < self._w(when.asked_before)),
            when.done_from is None or self._is_past(when.done_from, done),
            when.done_before is None or not self._is_past(when.done_before, done),
            when.clock is None or when.clock is clock,
            all(s in self.case.opened for s in when.opened),
            not any(s in self.case.opened for s in when.not_opened),
            all(facts.get(k) == v for k, v in when.fact.items()),
        )
        return all(checks)

    def _asked_day(self, state: StepState | None) -> date:
        asked = (state.asked_at or state.ask_at) if state else None
        return self.days.day_of(asked or self.now)

    def _w(self, n: int) -> date:
        return self.days.workday(self.episode.first, n)

    def _is_past(self, rule: DueRule, moment: datetime) -> bool:
        if not self.episode.clock:
            return False
        return moment >= due_at(rule, self.now, self.days, first=self.episode.first)


def renewed(state: StepState) -> StepState:
    """Return the step for a new question, which has its own repeat, nudge and alert."""
    return replace(
        state,
        repeated=False,
        nudged=False,
        soft_nudged=False,
        alerted=False,
        extended_at=None,
    )

"""One decision being made: the case as it becomes, the events and the messages so far.

The moves (open, prompt, end, tell, close …) are what the engine's rules are said in. Those of a
step are `asking`'s, those of a message `telling`'s; here are those of the case itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from scheduler.asking import Asking
from scheduler.case import Coming, Crisis, Episode, Facts, Planned, Question, StepState
from scheduler.decision import (
    CaseClosed,
    ComingSet,
    CrisisSet,
    EpisodeBegan,
    FactsSet,
    Kind,
    PhaseSet,
    StepAnswered,
    StepEnded,
    StepOpened,
    WorkerSet,
)
from scheduler.due import due_at
from scheduler.procedure import Role
from scheduler.stimuli import NO_FIELDS


class Turn(Asking):
    """The case while one stimulus is decided: what the engine's rules move."""

    def begin(self, began: str, facts: Facts, received_at: datetime, by: int | None) -> None:
        """Begin an episode with its own clock; a check still to come falls away."""
        before = self.case.episode
        episode = Episode(
            number=before.number + 1 if before else 1,
            began=began,
            received_at=received_at,
            first=self.days.first_workday(received_at),
            clock=self.procedure.starts[began].clock,
        )
        self.emit(EpisodeBegan(episode=episode, facts=facts, by=by))

    def assign(self, worker: int | None, why: str, by: int | None) -> None:
        """Give the case to a worker, or to none; what others received is theirs no more."""
        self.emit(WorkerSet(worker=worker, why=why, by=by))
        if why != "assigned":
            for state in tuple(self.case.steps.values()):
                if self.procedure.step(state.id).role is not Role.COORDINATOR:
                    self.change("reassigned", replace(state, asked_to=(), holder=None))

    def ask_new_worker(self, by: int | None) -> None:
        """Prompt the open steps to the new worker, not the overtaken ones (§1.4)."""
        for state in tuple(self.case.steps.values()):
            step = self.procedure.step(state.id)
            waits = state.question is Question.WAITING
            pending = state.asked_at is None and state.ask_at is not None
            if step.role is Role.COORDINATOR or state.overtaken or waits or pending:
                continue
            holder = by if by in self.recipients(Role.WORKER) else None
            urgent = self.case.crisis is not None and self.roster.is_coordinator(by)
            at_once = holder is not None or urgent
            ask = self.now if at_once else self.opening(self.now)
            self.change("reassigned", replace(state, ask_at=ask, at_once=at_once, holder=holder))
            if ask <= self.now:
                self.prompt(state.id, "hand_over")

    def set_phase(self, phase: str, by: int | None) -> None:
        """Set the phase; leaving one ends its steps but keeps its actions."""
        before = self.case.phase
        if before == phase:
            return
        if before is not None:
            for id_ in self.procedure.phases[before].steps:
                if not any(i.step == id_ and i.state == "pending" for i in self.case.items):
                    self.end_all([id_])
        self.emit(PhaseSet(before=before, after=phase, by=by))

    def set_facts(
        self, what: str, after: Facts, by: int | None, reason_ref: int | None = None
    ) -> None:
        """Change a fact; a new date of eviction may begin or end a crisis (§4)."""
        before = self.case.facts
        if before == after:
            return
        self.emit(FactsSet(what=what, before=before, after=after, by=by, reason_ref=reason_ref))
        if after.eviction != before.eviction:
            self._weigh_crisis(by)

    def is_near(self, planned: Planned | None) -> bool:
        """Return whether a date lies on or before W5 counted from now, and not in the past."""
        if planned is None or planned.day < self.today:
            return False
        first = self.days.first_workday(self.now)
        return planned.day <= self.days.workday(first, self.procedure.crisis_days)

    def _weigh_crisis(self, by: int | None) -> None:
        near = self.is_near(self.case.facts.eviction)
        if near and self.case.crisis is None:
            self.begin_crisis("date", by)
            if not self.roster.is_coordinator(by):
                self.notify(
                    Kind.ALERT,
                    "crisis_began",
                    [Role.COORDINATOR],
                    urgent=True,
                    planned=self.case.facts.eviction,
                )
        elif not near and self.case.crisis is not None:
            self.emit(CrisisSet(crisis=None, why="date", by=by))

    def begin_crisis(self, why: str, by: int | None) -> None:
        """Mark the case; deadlines that are fixed do not move."""
        self.emit(CrisisSet(crisis=Crisis(since=self.today), why=why, by=by))

    def close(
        self,
        outcome: str,
        by: int,
        *,
        note_ref: int | None = None,
        check: bool = True,
        joined: bool = False,
    ) -> None:
        """Close the case, tell the other side once, and schedule the check months later."""
        for state in tuple(self.case.steps.values()):
            self.emit(StepEnded(step=state.id, how="closed"))
        self.emit(
            CaseClosed(outcome=outcome, by=by, at=self.now, note_ref=note_ref, joined=joined)
        )
        if joined:
            return
        self.notify(Kind.INFO, "closed", [self.other_side(by)], but=by)
        if check and self.procedure.check and self.procedure.check_after:
            at = due_at(self.procedure.check_after, self.now, self.days, first=None)
            self.emit(ComingSet(coming=Coming(step=self.procedure.check, at=at)))

    def ghost_answer(self, id_: str, answer: str, by: int) -> None:
        """Count a step as answered that was not asked (a judgment before `contents`)."""
        step = self.procedure.step(id_)
        if id_ not in self.case.opened:
            self.emit(StepOpened(step=StepState(id=id_, opened_at=self.now)))
        self.end_all(step.ends)
        self.emit(
            StepAnswered(
                step=id_,
                answer=answer,
                by=by,
                done_at=self.now,
                reported_at=self.now,
                late=False,
                due_at=None,
                fields=NO_FIELDS,
            )
        )
        self.end(id_, "answered")

"""One decision being made: the case as it becomes, the events and the messages so far.

The moves here (open, prompt, end, tell, close …) are what the engine's rules are said in. A move
writes an event and applies it at once, so that the next move sees its effect.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from scheduler.agenda import Rules, opens_by_rule, talk_due
from scheduler.apply import apply
from scheduler.case import (
    Case,
    Coming,
    Crisis,
    Episode,
    Facts,
    Notice,
    Planned,
    Question,
    State,
    StepState,
)
from scheduler.decision import (
    CaseClosed,
    ComingDropped,
    ComingSet,
    CrisisSet,
    EpisodeBegan,
    Event,
    FactsSet,
    Kind,
    Mark,
    Message,
    NoticesSet,
    PhaseSet,
    StepAnswered,
    StepChanged,
    StepEnded,
    StepOpened,
    WorkerSet,
)
from scheduler.due import AnchorKind, DueRule, due_at
from scheduler.procedure import Condition, Opening, Pace, Role, Step
from scheduler.stimuli import NO_FIELDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Who caused a step to open, answering a step of `role`; `received`: they were asked it."""

    by: int | None = None
    role: Role | None = None
    received: bool = False
    since: datetime | None = None
    """When the answered step opened: what has opened since is not opened twice."""
    done_at: datetime | None = None


_MIDDAY = time(12)
"""What a legal date without a time is taken for when deadlines are held against it."""

TIME = Cause()
"""Nobody: a step opens by time."""


class Turn:
    """The case while one stimulus is decided at `now`."""

    def __init__(self, case: Case, now: datetime, rules: Rules) -> None:
        """Begin with the case as stored."""
        self.case, self.now = case, now
        self.procedure, self.days, self.roster = rules.procedure, rules.days, rules.roster
        self.rules = rules
        self.acting = False
        """A person's act is being done, not the passing of time."""
        self.events: list[Event] = []
        self.messages: list[Message] = []

    @property
    def today(self) -> date:
        """The team's local day."""
        return self.days.day_of(self.now)

    @property
    def episode(self) -> Episode:
        """The episode; a case that was never reported has none, which is our mistake."""
        assert self.case.episode is not None
        return self.case.episode

    def opening(self, moment: datetime) -> datetime:
        """Return `moment` moved into opening hours.

        What a person does at the very end of a block counts as after it; what a rule computes may
        fall on it (§1.1).
        """
        opening = self.days.next_opening(moment)
        if self.acting and opening == self.now == moment:
            ends = (end for _, end in self.days.blocks(self.today))
            if moment in ends:
                return self.days.next_opening_after(moment)
        return opening

    def emit(self, event: Event) -> None:
        """Write an event and apply it."""
        self.events.append(event)
        self.case = apply(self.case, event)

    # people

    def recipients(self, role: Role) -> tuple[int, ...]:
        """Return who of a role receives a message now: the worker's cover, else coordinators."""
        if role is Role.WORKER:
            cover = self.roster.covering(self.case.worker, self.today)
            if cover is not None:
                return (cover,)
        return self.roster.coordinators(self.today)

    def askees(self, step: Step, state: StepState) -> tuple[int, ...]:
        """Return who is asked a step now; one for "whoever's answer led there" stays theirs."""
        if step.role is not Role.ACTOR:
            return self.recipients(step.role)
        covers = (self.roster.covering(person, self.today) for person in state.asked_to)
        theirs = tuple(dict.fromkeys(cover for cover in covers if cover is not None))
        return theirs or self.recipients(Role.WORKER)

    # telling

    def notify(
        self,
        kind: Kind,
        about: str,
        roles: Iterable[Role],
        *,
        but: int | None = None,
        step: str | None = None,
        urgent: bool = False,
        planned: Planned | None = None,
    ) -> None:
        """Tell roles something in opening hours (`urgent`: now); each person once, never `but`."""
        notice = Notice(
            at=self.now if urgent else self.opening(self.now),
            kind=kind.value,
            about=about,
            roles=tuple(role.value for role in roles),
            but=but,
            step=step,
            urgent=urgent,
            on=planned.day if planned else None,
            moment=planned.at if planned else None,
        )
        if notice.at <= self.now:
            self.tell_notice(notice)
        else:
            self.emit(NoticesSet(notices=(*self.case.notices, notice)))

    def tell_notice(self, notice: Notice) -> None:
        """Send a notice to whoever holds its roles now."""
        people = dict.fromkeys(
            person for role in notice.roles for person in self.recipients(Role(role))
        )
        for person in people:
            if person != notice.but:
                self.say(
                    person,
                    Kind(notice.kind),
                    about=notice.about,
                    step=notice.step,
                    on=notice.on,
                    at=notice.moment,
                )

    def say(
        self,
        to: int,
        kind: Kind,
        *,
        about: str = "",
        step: str | None = None,
        marks: Iterable[Mark] = (),
        on: date | None = None,
        at: datetime | None = None,
        days_left: int | None = None,
    ) -> None:
        """Add a message; every message of a case in crisis is marked (§4)."""
        marked = frozenset(marks) | ({Mark.CRISIS} if self.case.crisis else frozenset())
        state = self.case.steps.get(step) if step else None
        self.messages.append(
            Message(
                to=to,
                kind=kind,
                step=step,
                about=about,
                question=state.question if state else "",
                due_at=state.due_at if state else None,
                marks=marked,
                on=on,
                at=at,
                days_left=days_left,
            )
        )

    # steps

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

    # the case

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

    def other_side(self, by: int | None) -> Role:
        """Return who is told: the coordinator, the worker when the coordinator acts (§1.2)."""
        by_coordinator = self.roster.is_coordinator(by)
        return Role.WORKER if by_coordinator and self.has_worker else Role.COORDINATOR

    @property
    def has_worker(self) -> bool:
        """Whether the case has a worker who is still on the team."""
        worker = self.roster.person(self.case.worker)
        return worker is not None and not worker.left

    def record_answer(self, event: StepAnswered) -> None:
        """Write an answer."""
        self.emit(event)

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

    @property
    def is_closed(self) -> bool:
        """Whether the case is closed now."""
        return self.case.state is State.CLOSED


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

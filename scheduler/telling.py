"""One decision being made: the case as it becomes, and who is told what.

A move writes an event and applies it at once, so that the next move sees its effect.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from scheduler.agenda import Rules
from scheduler.apply import apply
from scheduler.case import Case, Episode, Notice, Planned, State, StepState
from scheduler.decision import Event, Kind, Mark, Message, NoticesSet
from scheduler.procedure import Role, Step


class Telling:
    """The case while one stimulus is decided at `now`: its people, and what they are told."""

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

    @property
    def is_closed(self) -> bool:
        """Whether the case is closed now."""
        return self.case.state is State.CLOSED

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

    @property
    def has_worker(self) -> bool:
        """Whether the case has a worker who is still on the team."""
        worker = self.roster.person(self.case.worker)
        return worker is not None and not worker.left

    def other_side(self, by: int | None) -> Role:
        """Return who is told: the coordinator, the worker when the coordinator acts (§1.2)."""
        by_coordinator = self.roster.is_coordinator(by)
        return Role.WORKER if by_coordinator and self.has_worker else Role.COORDINATOR

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

    def take_back(self, about: str) -> None:
        """Forget what was to be told at the next opening and is true no more."""
        kept = tuple(notice for notice in self.case.notices if notice.about != about)
        if kept != self.case.notices:
            self.emit(NoticesSet(notices=kept))

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

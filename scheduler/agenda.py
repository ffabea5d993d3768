"""When a case wakes by itself: its coming moments, read from its state alone.

Nothing is stored but the earliest of them: whatever changes a case changes its agenda with it.
Source: procedures 1.1–1.3 and 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from scheduler.case import (
    Case,
    Crisis,
    Facts,
    Notice,
    Planned,
    Question,
    State,
    StepState,
    Told,
)
from scheduler.due import due_at
from scheduler.people import Roster
from scheduler.procedure import Nudge, Pace, Procedure, Reminder, Result, Step
from scheduler.workdays import Workdays

NUDGE_BEFORE = timedelta(minutes=60)
"""Before the deadline, or the close of a preferred day (§1.2)."""
QUIET = timedelta(minutes=30)
"""No nudge this soon after a prompt; no alert for a question first asked this late (§1.2)."""
CHASE_FIRST = timedelta(minutes=30)
CHASES_A_DAY_MAX = 3
"""Nudges of an unassigned case a working day (§1.2)."""
CHASE_SEARCH_HOURS_MAX = 24 * 60
PUNCTUAL = timedelta(minutes=15)
"""How far after its moment a message still counts as sent in the hours it was meant for."""


class Wakes(StrEnum):
    """What happens at a moment. The order is that of one and the same minute."""

    CRISIS_ENDS = "crisis_ends"
    ALERT = "alert"
    UNASSIGNED = "unassigned"
    OPENS = "opens"
    RESULT = "result"
    EVENT_RESULT = "event_result"
    ITEMS = "items"
    PROMPT = "prompt"
    REPEAT = "repeat"
    LATER = "later"
    STATUS = "status"
    NUDGE = "nudge"
    SOFT_NUDGE = "soft_nudge"
    CHASE = "chase"
    REMINDER = "reminder"
    EVENT_REMINDER = "event_reminder"
    NOTICE = "notice"


_ORDER = {wakes: rank for rank, wakes in enumerate(Wakes)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something that happens at `at`: to `step` (a step or event), number `n` of its kind."""

    at: datetime
    wakes: Wakes
    step: str = ""
    n: int = 0

    @property
    def order(self) -> tuple[datetime, int, str, int]:
        """Return what moments are sorted by; alerts come before what opens in their minute."""
        return (self.at, _ORDER[self.wakes], self.step, self.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a case is decided by: the procedure it began with, the team's days and people."""

    procedure: Procedure
    days: Workdays
    roster: Roster


def first_moment(case: Case, now: datetime, rules: Rules) -> Moment | None:
    """Return what happens next, perhaps in the past (not done yet); None when nothing will."""
    return min(moments(case, now, rules), key=lambda m: m.order, default=None)


def moments(case: Case, now: datetime, rules: Rules) -> Iterator[Moment]:
    """Yield every coming moment of the case, unordered. `now` moves what was missed."""
    agenda = _Agenda(case, now, rules)
    yield from agenda.notices()
    for coming in case.coming:
        yield Moment(at=coming.at, wakes=Wakes.OPENS, step=coming.step)
    for state in case.steps.values():
        yield from agenda.step(state)
    if case.state is State.OPEN:
        yield from agenda.unassigned()
        yield from agenda.crisis()
        yield from agenda.events()


def result_at(planned: Planned, result: Result, days: Workdays) -> datetime:
    """Return when "How did it go?" is asked; at or after close it is the next opening (§1.3).

    Without a time the minutes count from that day's open; a closed day has none, and is asked
    about at the next opening.
    """
    if planned.at is None and not days.is_workday(planned.day):
        return days.opens(days.roll(planned.day))
    start = planned.at or days.opens(planned.day)
    moment = start + timedelta(minutes=result.minutes_after)
    if result.not_before is not None:
        earliest = days.at(planned.day, time.fromisoformat(result.not_before))
        moment = max(moment, earliest) if planned.at else earliest
    day = days.day_of(moment)
    if days.is_workday(day) and moment < days.closes(day):
        return days.next_opening(moment)
    return days.next_opening_after(moment)


def talk_due(asked: datetime, days: Workdays) -> datetime:
    """Return the deadline of a question asked in the same talk: the close of the next open day.

    Source: §1.2, "N at the first day-`open` after P, X at that day's `close`".
    """
    return days.closes(days.day_of(days.next_day_open(asked)))


class _Agenda:
    """The moments of one case; methods yield those of one kind of thing."""

    def __init__(self, case: Case, now: datetime, rules: Rules) -> None:
        self.case, self.now = case, now
        self.days, self.procedure = rules.days, rules.procedure

    def _in_hours(self, moment: datetime) -> datetime:
        """Return `moment` moved into opening hours; what was missed goes at the next opening."""
        opening = self.days.next_opening(moment)
        missed = self.now - opening > PUNCTUAL
        return self.days.next_opening(self.now) if missed else opening

    def _nudge_fits(self, at: datetime, state: StepState) -> bool:
        prompted = state.prompted_at
        if prompted is None or at <= prompted or at - prompted < QUIET:
            return False
        if state.extended_at is not None and at <= state.extended_at:
            return False
        return self.days.is_open(at)

    def notices(self) -> Iterator[Moment]:
        for n, notice in enumerate(self.case.notices):
            yield Moment(at=self._notice_at(notice), wakes=Wakes.NOTICE, n=n)

    def _notice_at(self, notice: Notice) -> datetime:
        return notice.at if notice.urgent else self._in_hours(notice.at)

    # one open step

    def step(self, state: StepState) -> Iterator[Moment]:
        step = self.procedure.step(state.id)
        for n, at in enumerate(state.later):
            yield Moment(at=self._in_hours(at), wakes=Wakes.LATER, step=state.id, n=n)
        if state.question is Question.WAITING:
            yield from self._dated(state, step)
        if step.pace is Pace.ITEMS:
            yield from self._items(state)
        if state.ask_at is not None and not state.silent:
            at = state.ask_at if state.at_once else self._in_hours(state.ask_at)
            yield Moment(at=at, wakes=Wakes.PROMPT, step=state.id)
        if state.silent or state.asked_at is None:
            return
        if step.pace is Pace.CHASE:
            yield from self._chase(state)
        if state.due_at is not None:
            yield from self._deadline(state, step, state.asked_at, state.due_at)

    def _deadline(
        self, state: StepState, step: Step, asked: datetime, due: datetime
    ) -> Iterator[Moment]:
        if due - asked >= QUIET:
            if not state.alerted:
                yield Moment(at=self._in_hours(due), wakes=Wakes.ALERT, step=state.id)
            at = self._nudge_at(state, step, due)
            if at is not None and not state.nudged and self.now < due:
                # missed while the bot was down: in hours, if that is before the deadline
                at = self._in_hours(at)
                if at < due:
                    yield Moment(at=at, wakes=Wakes.NUDGE, step=state.id)
        yield from self._repeat(state, step, asked, due)
        yield from self._soft_nudge(state, step, due)

    def _nudge_at(self, state: StepState, step: Step, due: datetime) -> datetime | None:
        at = due - NUDGE_BEFORE
        if state.extended_at is None and state.prompted_at is not None:
            if step.nudge is Nudge.NONE:
                return None
            if self._same_talk(state, step):
                at = self.days.opens(self.days.day_of(due))
            elif step.nudge is Nudge.PROMPT_DAY:
                day = self.days.day_of(state.asked_at or state.prompted_at)
                if not self.days.is_workday(day):
                    return None
                at = self.days.closes(day) - NUDGE_BEFORE
        return at if at < due and self._nudge_fits(at, state) else None

    def _same_talk(self, state: StepState, step: Step) -> bool:
        """Return whether the current question is the follow-up of what was just answered."""
        if step.pace is Pace.TALK:
            return state.question is Question.ASK
        return step.pace is Pace.ITEMS and state.question is Question.ASK

    def _repeat(
        self, state: StepState, step: Step, asked: datetime, due: datetime
    ) -> Iterator[Moment]:
        if state.repeated or (self._same_talk(state, step) and state.extended_at is None):
            return
        day = self.days.day_of(due)
        if self.days.day_of(asked) >= day or not self.days.is_workday(day):
            return
        at = self.days.opens(day)
        if state.extended_at is not None and at <= state.extended_at:
            return
        if at < due and self.now < due:
            yield Moment(at=self._in_hours(at), wakes=Wakes.REPEAT, step=state.id)

    def _soft_nudge(self, state: StepState, step: Step, due: datetime) -> Iterator[Moment]:
        episode = self.case.episode
        if step.prefers is None or step.nudge is Nudge.NONE or state.soft_nudged:
            return
        if episode is None or not episode.clock:
            return
        day = self.days.workday(episode.first, step.prefers)
        if day == self.days.day_of(due) or not self.days.is_workday(day):
            return
        at = self.days.closes(day) - NUDGE_BEFORE
        if self._nudge_fits(at, state) and self.now - at <= PUNCTUAL:
            yield Moment(at=at, wakes=Wakes.SOFT_NUDGE, step=state.id)

    def _dated(self, state: StepState, step: Step) -> Iterator[Moment]:
        if step.dated is None or state.planned is None:
            return
        for n, reminder in enumerate(step.dated.reminders):
            if n not in state.reminded:
                at = self._reminder_at(state.planned, reminder)
                if at is not None:
                    yield Moment(at=at, wakes=Wakes.REMINDER, step=state.id, n=n)
        at = result_at(state.planned, step.dated.result, self.days)
        yield Moment(at=self._in_hours(at), wakes=Wakes.RESULT, step=state.id)

    def _reminder_at(self, planned: Planned, reminder: Reminder) -> datetime | None:
        """Return the reminder's moment; None when it is not for this date, or its time is past."""
        if not self._reminds(planned, reminder):
            return None
        n = reminder.days_before
        days = self.days
        day = days.add_workdays(planned.day, -n) if n else days.roll(planned.day)
        raw = days.opens(day)
        if reminder.clock != "open":
            raw = days.at(day, time.fromisoformat(reminder.clock))
        at = days.next_opening(raw)
        over = planned.at or days.closes(days.roll(planned.day))
        if at <= planned.known_at or at > over or self.now >= over:
            return None
        return self._in_hours(at)

    def _reminds(self, planned: Planned, reminder: Reminder) -> bool:
        if planned.at is None:
            return reminder.starts_before is None
        clock = planned.at.astimezone(self.days.zone).time()
        if reminder.starts_before and clock >= time.fromisoformat(reminder.starts_before):
            return False
        return not (reminder.starts_from and clock < time.fromisoformat(reminder.starts_from))

    def _items(self, state: StepState) -> Iterator[Moment]:
        for item in self.case.items:
            if item.step != state.id or item.state != "pending":
                continue
            if item.day is None or item.asked_on is not None:
                continue
            at = self.days.opens(self.days.roll(item.day))
            yield Moment(at=self._in_hours(at), wakes=Wakes.ITEMS, step=state.id)

    def _chase(self, state: StepState) -> Iterator[Moment]:
        """Yield the next of the nudges of an unassigned case: 30 minutes, then hourly (§1.2)."""
        assert state.asked_at is not None
        zone = self.days.zone
        first = state.asked_at + CHASE_FIRST
        after = max(state.chased_at or state.asked_at, state.asked_at)
        # hours that are over are not looked at one by one; two to spare for a change of the clocks
        over = max(after, self.now - PUNCTUAL) - first
        skipped = max(over // timedelta(hours=1) - 2, 0)
        wall = first.astimezone(zone).replace(tzinfo=None) + timedelta(hours=skipped)
        alert_at = self._first_close()
        for _ in range(CHASE_SEARCH_HOURS_MAX):
            at = self.days.at(wall.date(), wall.time())
            full = state.chased_on == wall.date() and state.chases >= CHASES_A_DAY_MAX
            missed = self.now - at > PUNCTUAL
            if at > after and not full and not missed and self.days.is_open(at) and at != alert_at:
                yield Moment(at=at, wakes=Wakes.CHASE, step=state.id)
                return
            wall += timedelta(hours=1)

    # the case

    def _first_close(self) -> datetime | None:
        """Return W1's close: its minute is the alert's, not a nudge's (§1.2)."""
        episode = self.case.episode
        if episode is None or not self.days.is_workday(episode.first):
            return None
        return self.days.closes(episode.first)

    def _unassigned_at(self) -> datetime | None:
        """Return W1's close while the alert about it is still to come."""
        at = self._first_close()
        if at is None or self.case.alerted_unassigned or self.case.worker is not None:
            return None
        chases = (
            state.opened_at <= at
            for state in self.case.steps.values()
            if self.procedure.step(state.id).pace is Pace.CHASE
        )
        return at if any(chases) else None

    def unassigned(self) -> Iterator[Moment]:
        at = self._unassigned_at()
        if at is not None:
            yield Moment(at=self._in_hours(at), wakes=Wakes.UNASSIGNED)

    def crisis(self) -> Iterator[Moment]:
        crisis = self.case.crisis
        if crisis is None:
            return
        planned = dated(crisis, self.case.facts)
        if planned is not None:
            over = self.days.at(planned.day + timedelta(days=1), time(0))
            yield Moment(at=over, wakes=Wakes.CRISIS_ENDS)
        last = max(crisis.since, crisis.status_on or date.min)
        day = self.days.add_workdays(last, 1)
        if planned is None or day <= planned.day:
            yield Moment(at=self._in_hours(self.days.opens(day)), wakes=Wakes.STATUS)

    def events(self) -> Iterator[Moment]:
        for event in self.procedure.events.values():
            facts = self.case.facts
            planned = {"hearing": facts.hearing, "eviction": facts.eviction}[event.id]
            if planned is None:
                continue
            told = self.case.told.get(event.id, Told())
            since = self._known_since(planned)
            for n, reminder in enumerate(event.reminders):
                if n not in told.reminded:
                    at = self._reminder_at(replace(planned, known_at=since), reminder)
                    if at is not None:
                        yield Moment(at=at, wakes=Wakes.EVENT_REMINDER, step=event.id, n=n)
            runs = planned.day >= self.days.day_of(since)
            if runs and not told.asked and self._may_open_by_time():
                at = result_at(planned, event.result, self.days)
                yield Moment(at=self._in_hours(at), wakes=Wakes.EVENT_RESULT, step=event.id)

    def _known_since(self, planned: Planned) -> datetime:
        """Return since when a legal date runs: known in this episode, not in the one before."""
        episode = self.case.episode
        return max(planned.known_at, episode.received_at) if episode else planned.known_at

    def _may_open_by_time(self) -> bool:
        """Return whether steps may open by time: not before the first one has (§1.2)."""
        episode = self.case.episode
        first = self.procedure.first_step
        return first in self.case.opened or (episode is not None and episode.began != "report")


def dated(crisis: Crisis, facts: Facts) -> Planned | None:
    """Return the eviction that the crisis is about; one that was over before it began is not."""
    planned = facts.eviction
    return planned if planned is not None and planned.day >= crisis.since else None


def opens_by_rule(case: Case, step: Step, now: datetime, days: Workdays) -> datetime | None:
    """Return the step's own moment (W4 open), None when it has passed or no clock runs."""
    episode = case.episode
    if step.opens is None or episode is None or not episode.clock:
        return None
    at = due_at(step.opens, now, days, first=episode.first)
    return at if at > now else None


def utc(moment: datetime) -> datetime:
    """Return the aware `moment` in UTC; a naive one is our mistake."""
    assert moment.tzinfo is not None, "naive moment"
    return moment.astimezone(UTC)

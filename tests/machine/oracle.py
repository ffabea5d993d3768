"""What must hold after every decision, whatever was done: the engine's promises as questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final, get_args

from bot.conversations.scene import CaseView, Team
from bot.views.lists import Urgency, rows_of
from scheduler.agenda import PUNCTUAL, Rules
from scheduler.case import Case, State, StepState, is_over
from scheduler.decision import Decision, Event, Kind, Mark, Message, Restored
from scheduler.procedure import Pace, Role
from scheduler.stimuli import Stimulus
from storage import codec

REASONS: Final = frozenset(
    {
        "not_yours", "no_such_step", "no_such_answer", "past_deadline", "needs_to", "needs_when",
        "no_crisis", "closed", "open", "not_coordinator", "no_gate", "in_past", "in_future",
        "no_such_item", "unknown_fact", "bad_outcome",
    }
)  # fmt: skip
"""The documented ones (`decision.Refused`)."""

MESSAGES_MAX: Final = 40
"""Of one decision, however long the bot was away."""
MINUTE: Final = timedelta(minutes=1)
EVENTS: Final = {kind.__name__ for kind in get_args(Event)}

Identity = tuple[Any, ...]


def question(state: StepState) -> Identity:
    """Return which question of the step is asked: an answer counts for that one (P6).

    `tries`: with a clock that was put back it may be asked again at the very same moment.
    """
    return (state.opened_at, state.question, state.asked_at, state.item_ids, state.tries)


class Oracle:
    """Watches one case. Each method asks one thing and fails with what was seen."""

    def __init__(self, case: Case) -> None:
        self.first = case
        self.bodies: list[bytes] = []
        self.counts: Counter[Any] = Counter()
        self.prompted: dict[Any, datetime] = {}

    def look(
        self, before: Case, stimulus: Stimulus, after: Decision, now: datetime, rules: Rules
    ) -> None:
        """Ask everything of one decision."""
        if any(isinstance(event, Restored) for event in after.events):
            self.counts.clear()
            self.prompted.clear()
        assert after.wake_at is None or after.wake_at > now, "wakes in the past"
        assert len(after.messages) <= MESSAGES_MAX, len(after.messages)
        for message in after.messages:
            self._is_told_rightly(message, before, stimulus, after.case, now, rules)
            self._is_told_once(message, after.case, now, rules)
        self._is_asked(before, after, now)
        self._is_settled(before, after.case)
        self._is_due_in_hours(after.case, rules)
        self._is_seen(after, now, rules)
        self._is_kept(after)

    def _is_kept(self, after: Decision) -> None:
        """P10: each event and the case come back from storage as they were."""
        for event in after.events:
            body = codec.dumps(event, Event)
            back: Event = codec.loads(Event, body)
            assert back == event
            self.bodies.append(body)
        case: Case = codec.loads(Case, codec.dumps(after.case))
        assert case == after.case

    # messages

    def _is_told_rightly(
        self,
        message: Message,
        before: Case,
        stimulus: Stimulus,
        after: Case,
        now: datetime,
        rules: Rules,
    ) -> None:
        """P7, P8: who is on the team and on the case; in hours, unless it may come at any hour."""
        by = getattr(stimulus, "by", None)
        if message.kind is Kind.RECEIPT:
            assert message.to == by, "a receipt for somebody else"
            return
        person = rules.roster.person(message.to)
        assert person is not None and not person.left, f"to somebody who left: {message}"
        assert person.role is not Role.REPORTER, f"to a reporter: {message}"
        # what was due before the act went to whom it was due: the outbox judges again (P7)
        on_it = reached(before, rules) | reached(after, rules)
        assert message.to in on_it, f"to somebody not on the case: {message}"
        if not in_hours(now, rules):
            urgent = Mark.CRISIS in message.marks or before.crisis is not None
            own = message.to == by and message.kind is Kind.PROMPT
            assert own or (urgent and by is not None), f"outside hours: {message} {stimulus} {now}"

    def _is_told_once(self, message: Message, after: Case, now: datetime, rules: Rules) -> None:
        """P5, P12: each question is put, repeated, reminded of and alerted about once."""
        state = after.steps.get(message.step or "")
        if state is None or message.kind is Kind.INFO:
            return
        asked = question(state)
        if message.kind is Kind.PROMPT and message.repeat != "hand_over":
            key = (message.to, state.id, asked)
            last = self.prompted.get(key)
            assert last is None or abs(now - last) >= MINUTE, f"twice in a minute: {message}"
            self.prompted[key] = now
        chased = rules.procedure.step(state.id).pace is Pace.CHASE
        repeat = message.repeat in ("first", "last_day")
        if (message.kind is Kind.PROMPT and not repeat) or (chased and message.kind is Kind.NUDGE):
            return
        if message.kind is Kind.ALERT and message.about not in ("late", "unassigned"):
            return  # an answer's own: as often as it is given
        what = (message.to, message.kind, message.about, message.repeat)
        episode = after.episode.number if after.episode else 0
        of = (episode,) if message.about == "unassigned" else (*asked, message.due_at)
        self.counts[what, state.id, of] += 1
        most = 2 if message.kind is Kind.NUDGE else 1  # the preferred day's, and the deadline's
        assert self.counts[what, state.id, of] <= most, f"told again: {message}"

    def _is_asked(self, before: Case, after: Decision, now: datetime) -> None:
        """P4: a question that counts as asked was put to somebody in that decision."""
        told = {m.step for m in after.messages if m.kind is Kind.PROMPT}
        for id_, state in after.case.steps.items():
            was = before.steps.get(id_)
            is_new = was is None or question(was) != question(state)
            restored = any(isinstance(event, Restored) for event in after.events)
            if is_new and state.asked_at and not (state.silent or restored):
                assert id_ in told or state.extended_at == now, f"asked of nobody: {state}"

    def _is_settled(self, before: Case, after: Case) -> None:
        """P6: when another question takes a question's place its buttons count no more."""
        for id_, state in before.steps.items():
            now = after.steps.get(id_)
            if state.asked_at and (now is None or question(now) != question(state)):
                assert is_over(state, now), f"an old button still counts: {state} {now}"

    # the case

    def _is_due_in_hours(self, case: Case, rules: Rules) -> None:
        """procedures 1.2: a deadline lies in a working day; a coordinator's own may lie anywhere.

        Between two blocks it may, and before the first: noon is noon (R-34).
        """
        for state in case.steps.values():
            if state.due_at is None or state.extended_at is not None:
                continue
            day = rules.days.day_of(state.due_at)
            assert rules.days.is_workday(day), f"due on a closed day: {state}"
            opens = min(rules.days.opens(day), rules.days.noon(day))
            hours = opens <= state.due_at <= rules.days.closes(day)
            assert hours, f"due outside hours: {state}"

    def _is_seen(self, after: Decision, now: datetime, rules: Rules) -> None:
        """design 6: an open case that nothing wakes stands in the morning list."""
        case = after.case
        if case.state is not State.OPEN or after.wake_at is not None:
            return
        morning = rules.days.next_day_open(now)
        assert stands_in_the_morning_list(case, morning, rules), f"nobody will see it: {case}"


def stands_in_the_morning_list(case: Case, now: datetime, rules: Rules) -> bool:
    """Return whether the coordinators' morning list names the case."""
    view = CaseView(
        id=1, ref="K7QM-4T", case=case, procedure=rules.procedure, short="M.V.",
        values={}, texts={}, worker_name=None,
    )  # fmt: skip
    team = Team(
        name="", language="en", phone=None, days=rules.days, procedures={}, intake_open=True,
        assignment="claim", country="BE",
    )  # fmt: skip
    (row,) = rows_of([view], team, "en", now)
    return row.urgency < Urgency.CALM


def in_hours(now: datetime, rules: Rules) -> bool:
    """Return whether the team is open, or was until a moment ago (a wake-up takes its time)."""
    blocks = rules.days.blocks(rules.days.day_of(now))
    return any(start <= now <= end + PUNCTUAL for start, end in blocks)


def reached(case: Case, rules: Rules) -> frozenset[int]:
    """Return who may be sent something of the case, as the outbox judges it at its claim (P7)."""
    on_it = {person for s in case.steps.values() for person in (*s.asked_to, s.holder)}
    coordinators = {p.id for p in rules.roster.people.values() if p.role is Role.COORDINATOR}
    step = {id_ for id_ in (*on_it, *coordinators, case.worker) if id_ is not None}
    seen: set[int] = set()
    while step:
        seen |= step
        step = set(_stand_ins(step, rules)) - seen
    return frozenset(seen)


def _stand_ins(ids: set[int], rules: Rules) -> Iterator[int]:
    for id_ in ids:
        person = rules.roster.person(id_)
        if person is not None:
            chosen = (person.stand_in, *(a.stand_in for a in person.absences))
            yield from (each for each in chosen if each is not None)

"""A machine of random acts walks over the engine: whatever is done, in any order, at any moment.

`make prove` walks 5,000 times fifty acts (P6, P10, P12); elsewhere a handful, always the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from scheduler import stimuli as s
from scheduler.case import Case, Planned, State
from scheduler.decision import Decision, Event, Refused, StepAnswered
from scheduler.engine import Rules, decide, replay
from scheduler.people import Absence, Person, Roster
from scheduler.stimuli import Stimulus
from storage import codec
from tests.machine import ground as g
from tests.machine.oracle import REASONS, Oracle, question

WAKES_MAX: Final = 60
"""Wake-ups that are played one by one; after that the bot was down."""
PROMPTS_MAX: Final = 12
INSTANT: Final = timedelta(microseconds=1)


def as_stored(case: Case) -> Case:
    """Return the case as it comes back from storage: what every decision begins with."""
    stored: Case = codec.loads(Case, codec.dumps(case))
    return stored


open_only = precondition(lambda self: self.case.state is State.OPEN)


class Casework(RuleBasedStateMachine):
    """One case, from its report on; every act is decided twice and looked at by the oracle."""

    @initialize(
        key=st.sampled_from(sorted(g.PROCEDURES)),
        days=st.sampled_from(g.CALENDARS),
        start=st.sampled_from(g.STARTS),
        kind=st.sampled_from(("arrears", "petition", "claim", "other", None)),
        needs=st.booleans(),
        hearing=g.whens,
        eviction=g.whens,
    )
    def begins(self, key, days, start, kind, needs, hearing, eviction) -> None:
        self.procedure = g.PROCEDURES[key]
        self.ground = g.Ground(days)
        self.days, self.now = days, start
        self.people: dict[int, Person] = g.people()
        self.case = Case(procedure=self.procedure.id, version=self.procedure.version)
        self.oracle = Oracle(self.case)
        self.wake_at: datetime | None = None
        self.acted_at: datetime | None = None
        self.last: tuple[int, int, Case] | None = None
        self.prompts: list[tuple[int, str, tuple[Any, ...]]] = []
        facts = self.ground.facts(kind, hearing, eviction, self.now, needs=needs)
        self.do(s.Reported(by=g.LIES, facts=facts, received_at=self.now))

    # what every act goes through

    @property
    def ruled(self) -> Rules:
        return Rules(procedure=self.procedure, days=self.days, roster=Roster(people=self.people))

    def do(self, stimulus: Stimulus) -> Decision | None:
        """Decide, look, and go on from there; None when it was refused."""
        if self.now == self.acted_at:
            self.now += INSTANT  # no two things happen at once: each is a transaction
        self.acted_at = self.now
        before, rules = self.case, self.ruled
        outcome = decide(before, stimulus, self.now, rules)
        assert decide(as_stored(before), stimulus, self.now, rules) == outcome, "not pure"
        if isinstance(outcome, Refused):
            assert outcome.reason in REASONS
            assert not isinstance(stimulus, s.TimePassed), "time was refused"
            return None
        assert replay(before, outcome.events) == outcome.case
        self.oracle.look(before, stimulus, outcome, self.now, rules)
        seq = len(self.oracle.bodies) - len(outcome.events) + 1
        by = getattr(stimulus, "by", None)
        if outcome.events:
            self.last = (seq, by, before) if by is not None else None
        self.case, self.wake_at = as_stored(outcome.case), outcome.wake_at
        asked = [m for m in outcome.messages if m.kind in ("prompt", "nudge")]
        for message in asked:
            state = self.case.steps.get(message.step or "")
            if state is not None:
                self.prompts.append((message.to, state.id, question(state)))
        del self.prompts[:-PROMPTS_MAX]
        return outcome

    def step(self, n: int) -> str:
        """Return an open step, now and then one that is not open or does not exist."""
        if n % 8 == 7:
            return (*self.procedure.steps, "nonsense")[n % (len(self.procedure.steps) + 1)]
        ids = sorted(self.case.steps) or sorted(self.procedure.steps)
        return ids[n % len(ids)]

    def answer(self, step: str, n: int) -> str | None:
        known = self.procedure.steps.get(step)
        answers = (*known.answers, None, "nonsense") if known else ("nonsense",)
        return answers[n % len(answers)]

    def fields(self, raw: Mapping[str, Any]) -> s.Fields:
        items = tuple(item.id for item in self.case.items)
        return self.ground.fields(dict(raw), self.now, items)

    # answers

    @rule(n=g.numbers, m=g.numbers, raw=g.RAW, helpful=st.booleans())
    def press(self, n: int, m: int, raw: dict[str, Any], helpful: bool) -> None:
        """P6: who was asked answers, and presses again."""
        if not self.prompts:
            return
        by, step, asked = self.prompts[-1 - n % len(self.prompts)]
        state = self.case.steps.get(step)
        if state is None or question(state) != asked:
            return  # the button counts no more: the bot says so, and the engine is not asked
        if helpful:
            raw = {**raw, "to": g.AN if n % 2 else g.BRAM, "when": raw.get("when") or (240, True)}
        answer = self.answer(step, m)
        act = s.StepAnswer(
            by=by, step=step, answer=answer, done_at=self.now, fields=self.fields(raw)
        )
        done = self.do(act)
        if done is None or answer is None:
            return
        counted = [e for e in done.events if isinstance(e, StepAnswered) and e.answer == answer]
        assert [e.by for e in counted if e.step == step] == [by], "counts once"
        self._again(act, asked)

    @rule(ways=st.lists(st.tuples(g.numbers, st.booleans()), min_size=1, max_size=8), raw=g.RAW)
    def goes_on(self, ways: list[tuple[int, bool]], raw: dict[str, Any]) -> None:
        """Far along the procedure: what is asked is answered, with a wait now and then."""
        for m, waits in ways:
            if waits:
                self.next_moment()
            self.press(0, m, raw, helpful=True)

    def _again(self, act: s.StepAnswer, asked: tuple[Any, ...]) -> None:
        state = self.case.steps.get(act.step)
        item = self.procedure.step(act.step).answers[act.answer or ""].item
        if state is not None and question(state) == asked:
            assert item, f"answered and still asked: {state}"
            pending = [i.id for i in self.case.items if i.state == "pending"]
            if act.fields.item is not None and act.fields.item not in pending:
                assert decide(self.case, act, self.now, self.ruled) == Refused(
                    reason="no_such_item"
                )
        elif state is None:
            again = decide(self.case, act, self.now, self.ruled)
            assert again == Refused(reason="no_such_step"), again

    @rule(by=g.ids, n=g.numbers, m=g.numbers, done=g.minutes, raw=g.RAW)
    def answers(self, by: int, n: int, m: int, done: int, raw: dict[str, Any]) -> None:
        step = self.step(n)
        done_at = self.now - timedelta(minutes=done if n % 3 == 0 else 0)
        self.do(
            s.StepAnswer(
                by=by,
                step=step,
                answer=self.answer(step, m),
                done_at=done_at,
                fields=self.fields(raw),
            )
        )

    @rule(by=g.ids, m=g.numbers, raw=g.RAW)
    @open_only
    def client_contacts(self, by: int, m: int, raw: dict[str, Any]) -> None:
        answer = self.answer(self.procedure.contact or "", m) or "nonsense"
        self.do(s.Contacted(by=by, answer=answer, done_at=self.now, fields=self.fields(raw)))

    @rule(by=g.members, n=g.numbers, done=st.booleans())
    def deviates(self, by: int, n: int, done: bool) -> None:
        self.do(s.Deviated(by=by, step=self.step(n), did_ref=self.ground.ref(), done=done))

    @rule(by=g.members, n=g.numbers, until=g.minutes)
    def puts_off(self, by: int, n: int, until: int) -> None:
        until_at = self.now + timedelta(minutes=until)
        self.do(s.PutOff(by=by, step=self.step(n), until=until_at))

    # reports

    @rule(by=g.ids, hearing=g.whens, eviction=g.whens, late=st.integers(0, 3000))
    def is_reported(self, by: int, hearing: Any, eviction: Any, late: int) -> None:
        if self.roster_has(by):
            facts = self.ground.facts("claim", hearing, eviction, self.now, needs=False)
            if self.case.state is State.CLOSED:
                received = self.now - timedelta(minutes=late)
                self.do(s.Reported(by=by, facts=facts, received_at=received))
            else:
                self.do(s.SecondReport(by=by, facts=facts))

    @rule(
        what=st.sampled_from(
            ("text", "file", "paid", "withdraw", "hearing", "eviction", "after_yes", "after_no")
        ),
        when=g.whens,
        quiet=st.booleans(),
    )
    def is_added_to(self, what: str, when: Any, quiet: bool) -> None:
        planned = self.ground.planned(when, self.now)
        self.do(s.Added(by=g.LIES, what=what, planned=planned, quiet=quiet))

    # the case

    @rule(
        by=g.members,
        fact=st.sampled_from(("phase", "hearing", "eviction", "served", "crisis", "nonsense")),
        when=g.whens,
        n=g.numbers,
    )
    @open_only
    def changes(self, by: int, fact: str, when: Any, n: int) -> None:
        phases = (*self.procedure.phases, "nonsense")
        planned: Planned | None = self.ground.planned(when, self.now)
        served = planned.day if planned else None
        phase = phases[n % len(phases)]
        self.do(s.Changed(by=by, fact=fact, planned=planned, phase=phase, served=served))

    @rule(by=g.members, n=g.numbers, until=g.ahead)
    def extends(self, by: int, n: int, until: int) -> None:
        until_at = self.now + timedelta(minutes=until)
        self.do(s.Extended(by=by, step=self.step(n), until=until_at))

    @rule(by=st.sampled_from(g.COORDINATORS), what=st.sampled_from(("gate", "crisis", "x")))
    @open_only
    def lifts(self, by: int, what: str) -> None:
        self.do(s.Lifted(by=by, what=what))

    @rule(by=g.ids, to=g.ids)
    def hands_over(self, by: int, to: int) -> None:
        self.do(s.HandedOver(by=by, to=to))

    @rule(by=g.members, n=g.numbers, joined=st.booleans())
    @open_only
    def closes(self, by: int, n: int, joined: bool) -> None:
        if n % 3:  # not too often, or nothing else is seen
            return
        outcomes = (*self.procedure.outcomes, "nonsense")
        self.do(s.Closing(by=by, outcome=outcomes[n % len(outcomes)], joined=joined and n > 30))

    @rule(by=g.members)
    @precondition(lambda self: self.case.state is State.CLOSED)
    def client_is_back(self, by: int) -> None:
        self.do(s.ReopenedByClient(by=by))

    @rule(by=g.members, what=st.sampled_from(("in", "out", "longer", "alerted", "look", "safe")))
    def visits_or_notes(self, by: int, what: str) -> None:
        self.do(s.Visited(by=by, what=what, minutes=60))
        self.do(s.Noted(by=by, note_ref=self.ground.ref()))

    @rule(later=st.integers(0, 10))
    @precondition(lambda self: self.last is not None)
    def is_taken_back(self, later: int) -> None:
        """A wrong tap, at once or within minutes."""
        assert self.last is not None
        seq, by, back_to = self.last
        self.now += timedelta(minutes=later)
        self.do(s.TimePassed())
        is_last = self.last is not None and self.last[0] == seq
        if is_last and back_to.state is not State.NEW:
            self.do(s.Corrected(by=by, back_to=back_to, seq=seq))
            self.last = None

    # people

    def roster_has(self, id_: int) -> bool:
        return id_ in self.people and not self.people[id_].left

    def change(self, id_: int, **changes: Any) -> None:
        self.people = {**self.people, id_: replace(self.people[id_], **changes)}

    @rule(who=g.members, start=st.integers(-2, 5), length=st.integers(0, 20), other=g.members)
    def goes_away(self, who: int, start: int, length: int, other: int) -> None:
        first = self.days.day_of(self.now) + timedelta(days=start)
        absence = Absence(
            from_on=first,
            to_on=first + timedelta(days=length),
            stand_in=other if other != who else None,
        )
        self.change(who, absences=(*self.people[who].absences[-2:], absence))

    @rule(who=g.members, works=st.none() | st.frozensets(st.integers(0, 6), max_size=4))
    def comes_back(self, who: int, works: frozenset[int] | None) -> None:
        self.change(who, absences=(), left=False, works=works)

    @rule(who=g.members)
    def leaves_the_team(self, who: int) -> None:
        """Every right ends at once; the case goes back to `assign`. The last coordinator stays."""
        others = {id_ for id_ in g.COORDINATORS if self.roster_has(id_)} - {who}
        if not others or not self.roster_has(who):
            return
        self.change(who, left=True)
        if self.case.worker == who and self.case.state is not State.CLOSED:
            assert self.do(s.WorkerLeft(by=min(others))) is not None

    # time

    @rule(by=g.ahead)
    def time_passes(self, by: int) -> None:
        """As it does while the bot runs: it wakes at each moment that it asked for."""
        until = self.now + timedelta(minutes=by)
        for _ in range(WAKES_MAX):
            if self.wake_at is None or self.wake_at > until:
                break
            self.now = max(self.wake_at, self.now)
            self.do(s.TimePassed())
        self.now = max(until, self.now)

    @rule()
    def next_moment(self) -> None:
        if self.wake_at is not None:
            self.now = max(self.wake_at, self.now)
            self.do(s.TimePassed())

    @rule(by=g.ahead, first=st.booleans())
    def bot_is_down(self, by: int, first: bool) -> None:
        """For minutes or weeks; what comes first after that is the wake-up, or a person."""
        self.now += timedelta(minutes=by)
        if first:
            self.do(s.TimePassed())

    @rule(by=st.integers(1, 60))
    def clock_is_put_back(self, by: int) -> None:
        """P12: a little; nothing is said twice for it."""
        self.now -= timedelta(minutes=by)
        self.do(s.TimePassed())

    def teardown(self) -> None:
        """P10: the whole history, as it lies in storage, is the case."""
        if hasattr(self, "oracle"):
            bodies = self.oracle.bodies
            events: list[Event] = [codec.loads(Event, body) for body in bodies]
            assert replay(self.oracle.first, events) == self.case


PROVING: Final = settings.get_current_profile_name() == "prove"
Casework.TestCase.settings = settings(
    max_examples=5_000 if PROVING else 60,
    stateful_step_count=50 if PROVING else 30,
    derandomize=not PROVING,
    database=None,
    print_blob=True,
)
TestEngine = pytest.mark.timeout(0 if PROVING else 60)(Casework.TestCase)

"""A team at work in memory: real procedures and the real engine, a look, and a person's chat."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from bot.acts import Act, AnswerStep, When
from bot.conversations import converse, respond
from bot.conversations.outcome import Decided, Outcome
from bot.conversations.scene import (
    AbsenceLine,
    CaseView,
    CodeState,
    Dialogue,
    Handed,
    HistoryLine,
    Incoming,
    Keep,
    Likeness,
    Member,
    Ordered,
    Pressed,
    Said,
    Scene,
    SeenLine,
    Team,
    Turn,
    VisitView,
)
from bot.screen import Intent, Key, Press, Screen, Verb
from scheduler.agenda import Rules
from scheduler.case import Case, Facts, Planned, State
from scheduler.decision import Decision, Message
from scheduler.engine import decide
from scheduler.figures import Figures, Period, figures_of, total
from scheduler.load import load_named
from scheduler.people import Absence, Person, Roster
from scheduler.procedure import Procedure, Role
from scheduler.stimuli import Fields, NewItem, Reported, StepAnswer, Stimulus, TimePassed
from scheduler.workdays import CalendarRules, Workdays, parse_hours

KARIN = Member(id=1, name="Karin", role=Role.COORDINATOR, language="nl-BE", user_id=110)
AN = Member(id=2, name="An", role=Role.WORKER, language="nl-BE", user_id=220)
BRAM = Member(id=3, name="Bram", role=Role.WORKER, language="en", user_id=330)
LIES = Member(id=4, name="Lies", role=Role.REPORTER, language="nl-BE", user_id=440)

CASE = 7
REF = "K7QM-4T"


def local(text: str) -> datetime:
    """Return "2027-09-13 10:20" in Ravels as UTC; the stories' days are in summer time."""
    wall = datetime.fromisoformat(text).replace(tzinfo=DAYS.zone)
    return wall.astimezone(UTC)


@cache
def procedure(name: str) -> Procedure:
    """Return a procedure that ships."""
    return load_named(name)


DAYS = Workdays(
    CalendarRules(
        country="BE",
        timezone="Europe/Brussels",
        hours=parse_hours({"mon-fri": ["09:00-17:00"]}),
        closed=frozenset({datetime(2027, 11, 2).date()}),  # noqa: DTZ001
    )
)
MONDAY = local("2027-09-13 10:20")


def a_team(language: str = "nl-BE") -> Team:
    """Return OCMW Ravels with both procedures."""
    return Team(
        name="OCMW Ravels",
        language=language,
        phone="014 00 00 00",
        days=DAYS,
        procedures={name: procedure(name) for name in ("ravels", "eropaf")},
        intake_open=True,
        assignment="coordinator",
        country="BE",
        bot_name="kierbot",
    )


@dataclass
class Office:
    """The team's cases and people; what `Look` promises, from memory."""

    members: list[Member] = field(default_factory=lambda: [KARIN, AN, BRAM, LIES])
    team: Team = field(default_factory=a_team)
    now: datetime = MONDAY
    views: dict[int, CaseView] = field(default_factory=dict)
    histories: dict[int, list[HistoryLine]] = field(default_factory=dict)
    likes: list[Likeness] = field(default_factory=list)
    seen: list[SeenLine] = field(default_factory=list)
    leave: list[AbsenceLine] = field(default_factory=list)
    sent: list[Message] = field(default_factory=list)
    visits: list[VisitView] = field(default_factory=list)
    code_state: CodeState = "none"

    @property
    def roster(self) -> Roster:
        """Return who is there, leave included."""
        people = {}
        for one in self.members:
            absences = tuple(
                Absence(from_on=a.from_on, to_on=a.to_on, stand_in=a.stand_in)
                for a in self.leave
                if a.person == one.id and (a.stand_in is None or a.accepted)
            )
            people[one.id] = Person(id=one.id, role=one.role, absences=absences)
        return Roster(people=people)

    # building a case by what happens to it

    def reports(
        self, name: str = "ravels", *, id_: int = CASE, ref: str = REF, **facts: Any
    ) -> None:
        """Let Lies report; `facts` as of the case."""
        self.views[id_] = self.new_view(name, id_, ref)
        known = {"kind": "arrears", **facts} if name == "ravels" else facts
        self.happens(Reported(by=LIES.id, facts=Facts(**known), received_at=self.now), id_)

    def new_view(self, name: str, id_: int, ref: str) -> CaseView:
        """Return a case to which nothing has happened yet."""
        return CaseView(
            id=id_,
            ref=ref,
            case=Case(procedure=name, version=procedure(name).version),
            procedure=procedure(name),
            short="M.V., Weelde",
            values={
                "client": "Marc Verlinden",
                "phone": "+32 470 00 01 12",
                "address": "Kerkstraat 12, Weelde",
                "amount": "1240",
            },
            texts={},
            worker_name=None,
            reporter=LIES.id,
            created_at=self.now,
        )

    def happens(self, stimulus: Stimulus, id_: int = CASE) -> Decision:
        """Let the engine decide; its refusal would be the test's own mistake."""
        view = self.views[id_]
        rules = Rules(procedure=view.procedure, days=DAYS, roster=self.roster)
        decision = decide(view.case, stimulus, self.now, rules)
        assert isinstance(decision, Decision), decision
        lines = self.histories.setdefault(id_, [])
        by = getattr(stimulus, "by", None)
        for event in decision.events:
            line = HistoryLine(seq=len(lines) + 1, at=self.now, by=by, event=event)
            lines.append(line)
        names = {one.id: one.name for one in self.members}
        worker = names.get(decision.case.worker or 0)
        self.views[id_] = replace(view, case=decision.case, worker_name=worker)
        self.sent = list(decision.messages)
        return decision

    def answers(
        self, by: Member, step: str, answer: str | None, id_: int = CASE, **f: Any
    ) -> None:
        """Let a person answer a step."""
        fields = Fields(**f)
        stimulus = StepAnswer(by=by.id, step=step, answer=answer, done_at=self.now, fields=fields)
        self.happens(stimulus, id_)

    def happens_time(self, id_: int = CASE) -> Decision:
        """Let time have passed until now."""
        return self.happens(TimePassed(), id_)

    def know(self, texts: dict[int, str], id_: int = CASE) -> None:
        """Give texts to the ids of personal rows."""
        self.views[id_] = replace(self.views[id_], texts={**self.views[id_].texts, **texts})

    def assigned(self, name: str = "ravels", **facts: Any) -> None:
        """Report, and give the case to An."""
        self.reports(name, **facts)
        if name == "ravels":
            self.answers(KARIN, "assign", "assigned", to=AN.id)
        else:
            self.answers(KARIN, "crisis_check", "no_crisis", to=AN.id)

    @property
    def view(self) -> CaseView:
        """Return the case of most tests."""
        return self.views[CASE]

    # Look

    def case(self, case_id: int) -> CaseView | None:
        return self.views.get(case_id)

    def case_by_ref(self, ref: str) -> CaseView | None:
        return next((v for v in self.views.values() if v.ref == ref), None)

    def guesses_too_much(self, person_id: int) -> bool:
        return False

    def code(self, person_id: int) -> CodeState:
        return self.code_state

    def code_tries(self, person_id: int) -> int:
        return 4

    def code_barred_until(self, person_id: int) -> datetime | None:
        return self.now + timedelta(hours=1)

    def open_cases(self) -> tuple[CaseView, ...]:
        return tuple(v for v in self.views.values() if v.case.state is State.OPEN)

    def cases_of(self, person_id: int) -> tuple[CaseView, ...]:
        today = DAYS.day_of(self.now)
        return tuple(
            v
            for v in self.open_cases()
            if person_id in (v.case.worker, self.roster.covering(v.case.worker, today))
        )

    def checks_of(self, person_id: int) -> tuple[CaseView, ...]:
        closed = (v for v in self.views.values() if v.case.state is State.CLOSED)
        return tuple(v for v in closed if v.case.worker == person_id and v.case.steps)

    def reports_of(self, person_id: int) -> tuple[CaseView, ...]:
        return tuple(v for v in self.views.values() if v.reporter == person_id)

    def likenesses(self, case_id: int) -> tuple[Likeness, ...]:
        return tuple(self.likes)

    def history(self, case_id: int) -> tuple[HistoryLine, ...]:
        return tuple(self.histories.get(case_id, ()))

    def who_saw(self, case_id: int) -> tuple[SeenLine, ...]:
        return tuple(self.seen)

    def people(self) -> tuple[Member, ...]:
        return tuple(sorted(self.members, key=lambda one: one.name))

    def absences(self) -> tuple[AbsenceLine, ...]:
        return tuple(self.leave)

    def load(self, person_id: int) -> int:
        return sum(v.case.worker == person_id for v in self.open_cases())

    def visit(self, visit_id: int) -> VisitView | None:
        return next((v for v in self.visits if v.id == visit_id), None)

    def visits_of(self, person_id: int) -> tuple[VisitView, ...]:
        over = ("out", "safe", "cancelled")
        mine = (v for v in self.visits if v.person == person_id)
        return tuple(v for v in mine if v.state not in over)

    def visits_inside(self) -> tuple[VisitView, ...]:
        return tuple(v for v in self.visits if v.state in ("inside", "asked", "alerted"))

    def figures(self, period: Period) -> Figures:
        return total(
            figures_of(self.histories[view.id], view.procedure, DAYS, period)
            for view in self.views.values()
        )


@dataclass
class Chat:
    """One person's private chat: presses only what stands on a screen that was shown."""

    office: Office
    member: Member = AN
    dialogue: Dialogue | None = None
    screens: list[Screen] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    turn: Turn = field(default_factory=Turn)

    @property
    def scene(self) -> Scene:
        """Return what the conversation may know now."""
        return Scene(
            now=self.office.now,
            team=self.office.team,
            roster=self.office.roster,
            member=self.member,
            language=self.member.language,
            dialogue=self.dialogue,
            look=self.office,
            user_id=self.member.user_id or 0,
            user_name=self.member.name,
        )

    def hear(self, incoming: Incoming) -> Turn:
        """Let the bot hear it."""
        return self._taken(converse(incoming, self.scene))

    def told(self, act: Act, outcome: Outcome) -> Turn:
        """Let the bot answer to an act's outcome."""
        return self._taken(respond(act, outcome, self.scene))

    def _taken(self, turn: Turn) -> Turn:
        if not isinstance(turn.dialogue, Keep):
            self.dialogue = turn.dialogue
        if turn.edit is not None:
            self.screens.append(turn.edit)
        self.screens += turn.screens
        if turn.act is not None:
            self.acts.append(turn.act)
        if turn.toast is not None:
            self.toasts.append(turn.toast)
        self.turn = turn
        return turn

    def counts(self) -> Turn:
        """Let the answer that was just given have its effect, and be told."""
        act = self.act
        assert isinstance(act, AnswerStep)
        now, said = self.office.now, act.fields
        fields = Fields(
            when=_planned(said.when, now),
            hearing=_planned(said.hearing, now),
            items=tuple(NewItem(what_ref=90 + n, day=one.day) for n, one in enumerate(said.items)),
            item=said.item,
        )
        stimulus = StepAnswer(
            by=self.member.id,
            step=act.step,
            answer=act.answer,
            done_at=now,
            fields=fields,
        )
        return self.told(act, decided(self.office, self.office.happens(stimulus), seq=3))

    def say(self, text: str, **reply: Any) -> Turn:
        """Type a text."""
        return self.hear(Said(text=text, **reply))

    def order(self, text: str) -> Turn:
        """Type a command, without its slash."""
        name, _, rest = text.partition(" ")
        return self.hear(Ordered(name=name, rest=rest))

    def hand(self, kind: str, **more: Any) -> Turn:
        """Hand in a file."""
        return self.hear(Handed(kind=kind, **more))

    def press(self, verb: Verb, arg: str | None = None, **wanted: Any) -> Turn:
        """Press the button of the latest screen that has it."""
        for screen in reversed(self.screens):
            for intent in intents(screen):
                fits = intent.verb is verb and (arg is None or intent.arg == arg)
                if fits and all(getattr(intent, k) == v for k, v in wanted.items()):
                    return self.hear(Pressed(intent=intent))
        raise AssertionError(f"no button {verb} {arg} {wanted}: {labels(self.last)}")

    def tap(self, label: str) -> Turn:
        """Press the button of the last screen with this label."""
        for key in keys(self.last):
            if isinstance(key, Press) and key.label == label:
                return self.hear(Pressed(intent=key.intent))
        raise AssertionError(f"no button {label!r}: {labels(self.last)}")

    def force(self, verb: Verb, **parts: Any) -> Turn:
        """Press a button of an older screen, or a forged one."""
        return self.hear(Pressed(intent=Intent(verb=verb, **parts)))

    @property
    def last(self) -> Screen:
        """Return the latest screen."""
        return self.screens[-1]

    @property
    def act(self) -> Any:
        """Return the act of the latest turn; `Any`: a test compares, or looks at its fields."""
        assert self.turn.act is not None, f"no act: {self.turn}"
        return self.turn.act

    @property
    def asking(self) -> str | None:
        """Return the field being asked."""
        return self.dialogue.asking if self.dialogue else None


def keys(screen: Screen) -> list[Key]:
    """Return all buttons."""
    return [key for row in screen.rows for key in row]


def labels(screen: Screen) -> list[str]:
    """Return all labels."""
    return [key.label for key in keys(screen)]


def intents(screen: Screen) -> list[Intent]:
    """Return what the buttons mean."""
    return [key.intent for key in keys(screen) if isinstance(key, Press)]


def decided(office: Office, decision: Decision, seq: int = 1) -> Decided:
    """Return the engine's decision as an act's outcome."""
    return Decided(case=CASE, decision=decision, seq=seq)


def _planned(when: When | None, now: datetime) -> Planned | None:
    return Planned(day=when.day, at=when.at, known_at=now) if when is not None else None

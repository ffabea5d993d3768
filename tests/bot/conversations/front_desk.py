"""A small team in memory, and a person who talks to it: what reporter and member tests share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache

from bot.acts import Act
from bot.conversations import reporter
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
from bot.screen import Intent, Press, Screen, Verb
from scheduler.case import Case, Episode, State
from scheduler.figures import Figures, Period
from scheduler.load import load_named
from scheduler.people import Person, Roster
from scheduler.procedure import Procedure, Role
from scheduler.workdays import CalendarRules, Workdays, parse_hours

MONDAY = datetime(2027, 9, 13, 8, 20, tzinfo=UTC)
"""Monday 13 September 2027, 10:20 in Ravels: the first story's report."""

LIES = Member(id=4, name="Lies", role=Role.REPORTER, language="nl-BE", user_id=440)
AN = Member(id=2, name="An", role=Role.WORKER, language="nl-BE", user_id=220)
KARIN = Member(id=1, name="Karin", role=Role.COORDINATOR, language="nl-BE", user_id=110)


@cache
def procedure(name: str) -> Procedure:
    return load_named(name)


@cache
def days(country: str = "BE", timezone: str = "Europe/Brussels") -> Workdays:
    hours = parse_hours({"mon-fri": ["09:00-17:00"]})
    return Workdays(CalendarRules(country=country, timezone=timezone, hours=hours))


def team(*names: str, intake_open: bool = True, phone: str | None = "014 00 00 00") -> Team:
    names = names or ("ravels",)
    return Team(
        name="OCMW Ravels",
        language="nl-BE",
        phone=phone,
        days=days(),
        procedures={name: procedure(name) for name in names},
        intake_open=intake_open,
        assignment="claim",
        country="BE",
        bot_name="kierbot",
    )


def case_view(
    id_: int,
    ref: str,
    *,
    worker: int | None = None,
    state: State = State.OPEN,
    reporter_id: int = LIES.id,
    at: datetime = MONDAY,
) -> CaseView:
    episode = Episode(number=1, began="report", received_at=at, first=days().first_workday(at))
    closed_at = at if state is State.CLOSED else None
    case = Case(
        procedure="ravels",
        version=1,
        state=state,
        worker=worker,
        episode=episode,
        closed_at=closed_at,
    )
    return CaseView(
        id=id_,
        ref=ref,
        case=case,
        procedure=procedure("ravels"),
        short="M.V., Weelde",
        values={"client": "Marc Verlinden"},
        texts={},
        worker_name="An" if worker else None,
        reporter=reporter_id,
        created_at=at,
    )


@dataclass
class MemoryLook:
    """What storage would answer, from lists."""

    cases: list[CaseView] = field(default_factory=list)
    reported: dict[int, list[int]] = field(default_factory=dict)
    histories: dict[int, tuple[HistoryLine, ...]] = field(default_factory=dict)
    members: list[Member] = field(default_factory=lambda: [KARIN, AN, LIES])

    def case(self, case_id: int) -> CaseView | None:
        return next((each for each in self.cases if each.id == case_id), None)

    def case_by_ref(self, ref: str) -> CaseView | None:
        return next((each for each in self.cases if each.ref == ref), None)

    def guesses_too_much(self, person_id: int) -> bool:
        return False

    def code(self, person_id: int) -> CodeState:
        return "none"

    def code_tries(self, person_id: int) -> int:
        return 4

    def code_barred_until(self, person_id: int) -> datetime | None:
        return None

    def open_cases(self) -> tuple[CaseView, ...]:
        return tuple(each for each in self.cases if each.case.state is not State.CLOSED)

    def cases_of(self, person_id: int) -> tuple[CaseView, ...]:
        return tuple(each for each in self.open_cases() if each.case.worker == person_id)

    def checks_of(self, person_id: int) -> tuple[CaseView, ...]:
        return ()

    def reports_of(self, person_id: int) -> tuple[CaseView, ...]:
        ids = self.reported.get(person_id, [])
        return tuple(each for each in self.cases if each.id in ids)

    def likenesses(self, case_id: int) -> tuple[Likeness, ...]:
        return ()

    def history(self, case_id: int) -> tuple[HistoryLine, ...]:
        return self.histories.get(case_id, ())

    def who_saw(self, case_id: int) -> tuple[SeenLine, ...]:
        return ()

    def people(self) -> tuple[Member, ...]:
        return tuple(self.members)

    def absences(self) -> tuple[AbsenceLine, ...]:
        return ()

    def load(self, person_id: int) -> int:
        return len(self.cases_of(person_id))

    def visit(self, visit_id: int) -> VisitView | None:
        return None

    def visits_of(self, person_id: int) -> tuple[VisitView, ...]:
        return ()

    def visits_inside(self) -> tuple[VisitView, ...]:
        return ()

    def figures(self, period: Period) -> Figures:
        return Figures()


def roster(look: MemoryLook) -> Roster:
    return Roster(people={m.id: Person(id=m.id, role=m.role) for m in look.members})


Converse = Callable[[Incoming, Scene], Turn]


@dataclass
class Chat:
    """One person's chat: says and presses, and remembers dialogue, screens and acts.

    Whatever is pressed must stand on the last screen, as in life.
    """

    team: Team = field(default_factory=team)
    look: MemoryLook = field(default_factory=MemoryLook)
    member: Member | None = LIES
    language: str = "nl-BE"
    now: datetime = MONDAY
    converse: Converse = reporter.converse
    dialogue: Dialogue | None = None
    screens: list[Screen] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    sent: int = 0

    @property
    def scene(self) -> Scene:
        return Scene(
            now=self.now,
            team=self.team,
            roster=roster(self.look),
            member=self.member,
            language=self.language,
            dialogue=self.dialogue,
            look=self.look,
            user_id=440,
            user_name="Lies",
        )

    @property
    def last(self) -> Screen:
        return self.screens[-1]

    @property
    def asking(self) -> str | None:
        return self.dialogue.asking if self.dialogue else None

    def take(self, turn: Turn) -> Turn:
        if not isinstance(turn.dialogue, Keep):
            self.dialogue = turn.dialogue
        if turn.edit is not None:
            self.screens.append(turn.edit)
        self.screens.extend(turn.screens)
        if turn.act is not None:
            self.acts.append(turn.act)
        if turn.toast is not None:
            self.toasts.append(turn.toast)
        return turn

    def hear(self, incoming: Incoming) -> Turn:
        self.sent += 1
        return self.take(self.converse(incoming, self.scene))

    def say(self, text: str) -> Turn:
        return self.hear(Said(text=text))

    def order(self, name: str, rest: str = "") -> Turn:
        return self.hear(Ordered(name=name, rest=rest))

    def hand(self, handed: Handed) -> Turn:
        return self.hear(handed)

    def press(self, verb: Verb, arg: str | None = None, case: int | None = None) -> Turn:
        for intent in intents(self.last):
            fits = intent.verb is verb and (arg is None or intent.arg == arg)
            if fits and (case is None or intent.case == case):
                return self.hear(Pressed(intent=intent))
        shown = [(i.verb.value, i.arg) for i in intents(self.last)]
        raise AssertionError(f"no button {verb.value} {arg} on the screen: {shown}")

    def force(self, intent: Intent) -> Turn:
        """Press a button of an older screen."""
        return self.hear(Pressed(intent=intent))

    def later(self, now: datetime) -> None:
        self.now = now


def intents(screen: Screen) -> list[Intent]:
    return [key.intent for row in screen.rows for key in row if isinstance(key, Press)]


def labels(screen: Screen) -> list[str]:
    return [key.label for row in screen.rows for key in row]


def with_case(chat: Chat, view: CaseView, *, person: int = LIES.id) -> None:
    chat.look.cases.append(view)
    chat.look.reported.setdefault(person, []).append(view.id)


def in_state(view: CaseView, **changes: object) -> CaseView:
    return replace(view, case=replace(view.case, **changes))  # type: ignore[arg-type]

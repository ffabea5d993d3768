"""`kier today` and `kier case …`: the essentials without a chat, beside the running bot or not.

The same desk, rights, engine and access log as in the chat: whoever is named with `--by` sees and
does what they could there, in their own language. What others are to hear waits in the outbox as
ever. Ids of steps, answers and outcomes are the procedure's own; `kier case show` names them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeVar

from rich.console import Console
from rich.markup import escape

from bot import acts
from bot.clock import Clock, SystemClock
from bot.command import AskedWrongly, ended
from bot.conversations.access import case_by_ref, is_coordinator, is_on_team, sight_of
from bot.conversations.intake import Draft as Report
from bot.conversations.intake import applicable, planned, read_wall
from bot.conversations.lists import show_list
from bot.conversations.outcome import Decided
from bot.conversations.scene import CaseView, Member, Scene
from bot.handle.counter import Counter
from bot.handle.office import Office, open_office
from bot.hooks import Connection
from bot.reading.identifiers import without_national_numbers
from bot.reading.phones import Phone, read_phone
from bot.reading.references import read_reference
from bot.screen import Screen
from bot.sender import as_plain
from bot.settings import Settings
from bot.texts import settled
from bot.views.cases import case_screen
from bot.views.details import details_screen
from bot.views.history import history_screen
from bot.views.lists import coordinator_digest
from bot.views.words import pick, step_title
from scheduler.decision import Refused
from scheduler.procedure import Procedure, Role
from scheduler.workdays import Workdays
from storage import access
from storage.database import Database
from storage.keys import Keyring

T = TypeVar("T")

DETAILS: Final = "details"
"""The code of a look at personal details in the access log."""
DATES: Final = ("hearing", "eviction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """An answer as typed: ids of step and answer, and the facts that came with it."""

    ref: str
    step: str
    answer: str
    when: str | None = None
    note: str | None = None
    reason: str | None = None
    to: str | None = None
    choice: str | None = None
    ticks: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


class Terminal:
    """What one member does without a chat; each method returns the exit status."""

    def __init__(self, settings: Settings, by: str | None, clock: Clock | None = None) -> None:
        """Work as the member named `by`; None: as the team's one coordinator."""
        self._settings, self._by, self._clock = settings, by, clock or SystemClock()

    def today(self) -> int:
        """Print the morning list of whoever asks: a coordinator's, or a worker's own."""

        def screens(here: _Here) -> Iterator[Screen]:
            scene = here.scene
            if is_coordinator(scene):
                views, people = scene.look.open_cases(), scene.look.people()
                yield coordinator_digest(
                    here.member, views, people, scene.team, scene.roster, scene.now
                )
            else:
                yield from show_list("today", scene).screens

        return self._shown(screens)

    def list_cases(self, page: int) -> int:
        """Print the open cases: all of them for a coordinator, else one's own."""

        def screens(here: _Here) -> Iterator[Screen]:
            name = "status" if is_coordinator(here.scene) else "cases"
            yield from show_list(name, here.scene, page - 1).screens

        return self._shown(screens)

    def show(self, ref: str, *, details: bool = False) -> int:
        """Print where a case stands, what can be answered, and the latest of its history.

        `details`: also who it is about, which is written in the access log as in the chat.
        """

        def screens(here: _Here) -> Iterator[Screen | str]:
            view, scene = here.case(ref), here.scene
            sight = sight_of(scene, view)
            yield case_screen(sight)
            if details:
                here.log(DETAILS, view.id)
                names = {one.id: one.name for one in scene.look.people()}
                yield details_screen(sight, reporter=names.get(view.reporter or 0))
            yield here.asked(view)
            yield history_screen(
                sight,
                scene.look.history(view.id),
                people={one.id: one.name for one in scene.look.people()},
                reader=here.member.id,
                is_coordinator=is_coordinator(scene),
            )

        return self._shown(screens)

    def answer(self, said: Answering) -> int:
        """Answer a step of a case."""

        def act(here: _Here) -> acts.Act:
            view = here.case(said.ref)
            step = view.procedure.steps.get(said.step)
            if step is None or said.step not in view.case.steps:
                raise AskedWrongly(
                    f"{said.step} is not asked in this case now.\n{here.asked(view)}"
                )
            if said.answer not in step.answers:
                raise AskedWrongly(f"{said.answer} answers nothing here.\n{here.asked(view)}")
            fields = acts.RawFields(
                to=here.person(said.to) if said.to is not None else None,
                when=here.when("--when", said.when),
                note=_kept(said.note),
                reason=_kept(said.reason),
                choice=said.choice,
                ticks=said.ticks,
                texts={name: _kept(text) or "" for name, text in said.texts.items()},
            )
            return acts.AnswerStep(case=view.id, step=said.step, answer=said.answer, fields=fields)

        return self._done(act)

    def close(self, ref: str, outcome: str, note: str | None) -> int:
        """Close a case with an outcome of its procedure."""

        def act(here: _Here) -> acts.Act:
            view = here.case(ref)
            if outcome not in view.procedure.outcomes:
                known = "\n".join(
                    f"  {id_}: {pick(words, here.scene.language)}"
                    for id_, words in view.procedure.outcomes.items()
                )
                raise AskedWrongly(
                    f"There is no outcome {outcome}; this procedure knows:\n{known}"
                )
            return acts.CloseCase(case=view.id, outcome=outcome, note=_kept(note))

        return self._done(act)

    def new(self, procedure: str | None, said: Mapping[str, str]) -> int:
        """Report a case; `said` holds the intake's fields by their ids, dates as in `when`."""

        def act(here: _Here) -> acts.Act:
            known = here.procedure(procedure)
            values = {name: text for name, text in said.items() if name not in DATES}
            _check_report(known, values, here.scene.language)
            for name, text in values.items():
                values[name] = _phone(text, here) if name == "phone" else _kept(text) or ""
            hearing, eviction = (here.when(f"{name}=", said.get(name)) for name in DATES)
            return acts.FileReport(
                procedure=known.id, values=values, hearing=hearing, eviction=eviction
            )

        return self._done(act)

    def _shown(self, screens: Callable[[_Here], Iterator[Screen | str]]) -> int:
        console = Console(soft_wrap=True)

        def unit(now: datetime, c: Connection) -> list[Screen | str]:
            return list(screens(_Here(c, self._settings, self._by, now)))

        def work() -> None:
            found = asyncio.run(self._at_desk(unit))
            said = (each if isinstance(each, str) else _text(each) for each in found)
            console.print(escape("\n\n".join(text for text in said if text)))

        return ended(console, work)

    def _done(self, act: Callable[[_Here], acts.Act]) -> int:
        console = Console(soft_wrap=True)

        def unit(now: datetime, c: Connection) -> str:
            here = _Here(c, self._settings, self._by, now)
            doing = act(here)
            outcome = here.counter.performer.perform(doing, here.member.id)
            if isinstance(outcome, Refused):
                raise AskedWrongly(f"This cannot be done now ({outcome.reason}); nothing changed.")
            here.counter.membership.tell_others(doing, outcome, here.member)
            assert isinstance(outcome, Decided)
            view = here.counter.look.case(outcome.case)
            assert view is not None
            return _text(case_screen(sight_of(here.scene, view)))

        def work() -> None:
            console.print(escape(asyncio.run(self._at_desk(unit))))

        return ended(console, work)

    async def _at_desk(self, unit: Callable[[datetime, Connection], T]) -> T:
        """Run one unit; what is refused changes nothing but the access log."""
        keys = Keyring.load(self._settings.key_file)
        database = await Database.open(self._settings.database_url, keys=keys, migrate=False)

        def guarded(now: datetime, c: Connection) -> T | _NotTheirs:
            try:
                return unit(now, c)
            except _NotTheirs as refused:
                return refused

        try:
            found: Any = await database.write(partial(guarded, self._clock.now()))
        finally:
            await database.close()
        if isinstance(found, _NotTheirs):
            raise found
        result: T = found
        return result


def _check_report(procedure: Procedure, values: Mapping[str, str], language: str) -> None:
    fields = applicable(Report(procedure=procedure.id, said=values), procedure)
    known = [each.id for each in fields]
    if unknown := sorted(set(values) - set(known)):
        raise AskedWrongly(f"A report has no {unknown[0]}; it has {', '.join(known)}.")
    if procedure.kinds and values.get("kind") not in procedure.kinds:
        kinds = ", ".join(procedure.kinds)
        raise AskedWrongly(f"Say what came in, as kind=…: one of {kinds}.")
    for each in fields:
        if each.required and not values.get(each.id):
            words = pick(each.label, language)
            raise AskedWrongly(f"Say {each.id}=…: {words}")


def _phone(text: str, here: _Here) -> str:
    found = read_phone(text, here.office.team.calendar.country)
    if not isinstance(found, Phone):
        raise AskedWrongly(f"{text} is not a telephone number; leave it out, or write it anew.")
    return found.e164


def _kept(text: str | None) -> str | None:
    """Return a text as it may be kept: a national number or an account is left out."""
    return None if text is None else without_national_numbers(text, phone_asked=False)


def _answers(view: CaseView, language: str, days: Workdays) -> str:
    """Return what can be answered now, with the ids to type."""
    found = []
    for id_ in view.case.steps:
        step = view.procedure.steps[id_]
        found.append(f"{id_}: {step_title(view, id_, language, days)}")
        found += [f"  {each.id}: {pick(each.text, language)}" for each in step.answers.values()]
    return "\n".join(found)


# --- at the desk ---------------------------------------------------------------------------------


class _Here:
    """One unit at the desk, as one member of the team."""

    def __init__(self, c: Connection, settings: Settings, by: str | None, now: datetime) -> None:
        self.c = c
        self.office: Office = open_office(c, settings.team, None, now)
        self.counter = Counter(c, self.office, now)
        self.member = self._member(by)
        desk = self.counter.desk
        self.scene = Scene(
            now=now,
            team=desk.team(),
            roster=desk.roster,
            member=self.member,
            language=settled(self.member.language, settings.team.language),
            dialogue=None,
            look=self.counter.look,
            user_id=self.member.user_id or 0,
            user_name=self.member.name,
        )

    def _member(self, by: str | None) -> Member:
        desk = self.counter.desk
        team = [
            desk.member(p.id)
            for p in desk.people.values()
            if p.state == "active" and p.role != "reporter"
        ]
        if by is None:
            team = [one for one in team if one.role is Role.COORDINATOR]
        else:
            team = [one for one in team if one.name.casefold() == by.strip().casefold()]
        if len(team) != 1:
            raise AskedWrongly("Say who you are, with --by NAME, as the team calls you.")
        return team[0]

    def person(self, name: str) -> int:
        """Return the member of that name."""
        people = self.scene.look.people()
        found = [one.id for one in people if one.name.casefold() == name.strip().casefold()]
        if len(found) != 1:
            raise AskedWrongly(f"Nobody on the team is called {name}.")
        return found[0]

    def case(self, ref: str) -> CaseView:
        """Return the case; unknown and not yours are answered alike."""
        assert is_on_team(self.scene)
        view = case_by_ref(self.scene, read_reference(ref))
        if view is None:
            self.log(access.REFUSED, None)  # remembered: this unit is committed all the same
            raise _NotTheirs(f"There is no case {ref} for {self.member.name}.")
        return view

    def log(self, what: str, case_id: int | None) -> None:
        """Write a look down."""
        access.log(self.c, self.office.team_id, self.member.id, what, case_id, self.scene.now)

    def asked(self, view: CaseView) -> str:
        """Return what can be answered now."""
        return _answers(view, self.scene.language, self.office.days)

    def procedure(self, name: str | None) -> Procedure:
        """Return the procedure of that id; the team's first when none is named."""
        if name is None:
            name = next(iter(self.office.current))
        version = self.office.current.get(name)
        if version is None:
            raise AskedWrongly(f"The team has no {name}; it has {', '.join(self.office.current)}.")
        return self.office.procedure(self.c, version)

    def when(self, option: str, text: str | None) -> acts.When | None:
        """Return a day or moment of the team's, typed as 2027-02-19 or 2027-02-19 10:00."""
        if text is None:
            return None
        wall = read_wall(text.strip())
        if wall is None:
            raise AskedWrongly(f"{option} {text}: write 2027-02-19, or 2027-02-19 10:00.")
        return planned(wall, self.office.days)


class _NotTheirs(AskedWrongly):
    """Refused, and remembered."""


def _text(screen: Screen) -> str:
    return str(as_plain({"parse_mode": "HTML", "text": screen.html})["text"])

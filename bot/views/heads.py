"""The lines around a screen about a case: which case, which day, how urgent, until when.

Never a name, phone or address: those are for *Details* alone (design 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.conversations.scene import CaseView, Team
from bot.screen import Intent, Key, Verb
from bot.texts import Markup, escaped, plain, say
from bot.views.words import (
    day_words,
    dotted,
    moment_words,
    placeholders,
    press,
    timed,
    workday_words,
)
from scheduler.case import Case, State, StepState
from scheduler.workdays import Workdays

GAP: Final = "………"
"""What nobody has told, in a text to copy: filled in by hand."""


def organisation_words(team: Team, language: str) -> str:
    """Return whom a worker comes from, as their country calls it: "from the OCMW", plain."""
    return plain(language, "note-from", country=team.country)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A case seen by someone: what nearly every line of a screen needs. `now` is aware UTC."""

    view: CaseView
    team: Team
    language: str
    now: datetime
    writer: str | None = None
    """Who copies a note by hand: the reader, where that is a worker."""

    @property
    def days(self) -> Workdays:
        """Return the team's calendar."""
        return self.team.days

    @property
    def today(self) -> date:
        """Return the team's local day."""
        return self.team.days.day_of(self.now)

    @property
    def case(self) -> Case:
        """Return the case's state."""
        return self.view.case

    def say(self, key: str, **values: object) -> Markup:
        """Return a text in the reader's language."""
        return say(self.language, key, **values)

    def plain(self, key: str, **values: object) -> str:
        """Return a label or toast in the reader's language."""
        return plain(self.language, key, **values)

    def values(self, **more: str) -> Mapping[str, str]:
        """Return what a procedure's text may name."""
        name = self.writer or self.view.worker_name or GAP
        mine = {
            "worker": name,
            "phone": self.team.phone or GAP,
            "organisation": organisation_words(self.team, self.language),
        }
        return placeholders(self.view, self.team.days, self.language, **mine, **more)

    def when(self, at: datetime) -> str:
        """Return a moment in words, near days by name."""
        return moment_words(at, self.team.days, self.language, self.now)

    def moment(self, at: datetime) -> Markup:
        """Return the same as HTML, tied to the moment: for deadlines and appointments."""
        return timed(at, self.when(at))

    def on(self, day: date) -> str:
        """Return a day in words."""
        return day_words(day, self.language, today=self.today)

    def intent(
        self,
        verb: Verb,
        *,
        step: str | None = None,
        arg: str | None = None,
        item: int | None = None,
        person: int | None = None,
        page: int = 0,
    ) -> Intent:
        """Return an intent about this case."""
        return Intent(
            verb=verb,
            case=self.view.id,
            step=step,
            arg=arg,
            item=item,
            person=person,
            page=page,
        )

    def key(
        self, text: str, verb: Verb, *, step: str | None = None, arg: str | None = None
    ) -> Key:
        """Return a button about this case whose label is the text `text`."""
        return press(self.plain(text), self.intent(verb, step=step, arg=arg))


def ref_words(view: CaseView) -> Markup:
    """Return the reference, to be copied by a tap."""
    return Markup(f"<code>{escaped(view.ref)}</code>")


def head(sight: Sight, *, is_crisis: bool = False) -> str:
    """Return the first line: crisis, workday, reference, client by initials (procedures 6)."""
    view = sight.view
    day = Markup(f"<b>{escaped(workday_words(view, sight.today, sight.days, sight.language))}</b>")
    crisis = is_crisis or view.case.crisis is not None
    return dotted(sight.say("crisis-mark") if crisis else None, day, ref_words(view), view.short)


def is_late(state: StepState, now: datetime) -> bool:
    """Return whether the step's deadline has passed without an answer, and still counts.

    A step that another overtook, or whose gate was lifted, stays open and is waited for no more.
    """
    return state.due_at is not None and state.due_at <= now and not state.silent


def may_wait(state: StepState | None, now: datetime) -> bool:
    """Return whether a step can be asked again later: never past its deadline (procedures 1.4)."""
    return state is not None and (state.due_at is None or state.due_at > now)


def due_line(sight: Sight, due_at: datetime | None, state: StepState | None = None) -> str | None:
    """Return "Uiterlijk di 14 sep 12:00", with the first deadline where it was extended (R-11)."""
    if due_at is None:
        return None
    was = state.planned_due if state is not None else None
    if was is not None and was != due_at:
        return sight.say("due-extended", at=sight.moment(due_at), was=sight.when(was))
    key = "due-passed" if is_passed(sight, due_at, state) else "due"
    return sight.say(key, at=sight.moment(due_at))


def is_passed(sight: Sight, due_at: datetime | None, state: StepState | None) -> bool:
    """Return whether the deadline has passed and was never extended: its line says so."""
    was = state.planned_due if state is not None else None
    return due_at is not None and due_at <= sight.now and was in (None, due_at)


def case_keys(sight: Sight) -> tuple[Key, ...]:
    """Return the row that ends each prompt: details, and all that is seldom needed."""
    return (sight.key("press-details", Verb.DETAILS), sight.key("press-more", Verb.MORE))


BACK: Final = "back"
"""The `arg` of a case button that leads back: its screen takes the place of the pressed one."""


def back_key(sight: Sight) -> Key:
    """Return the button back to the case, in the same message."""
    return sight.key("press-back-case", Verb.CASE, arg=BACK)


def is_closed(view: CaseView) -> bool:
    """Return whether the case is closed, perhaps with a check still to come."""
    return view.case.state is State.CLOSED

"""What a conversation may know: the person, the moment, their dialogue, and a way to look.

Conversations are pure: (scene, incoming) → turn. They read cases only through `Look`, which
`handle` answers from storage inside the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol, TypeAlias

from bot.acts import Act
from bot.screen import Intent, Kept, Screen
from scheduler.case import Case
from scheduler.decision import Event
from scheduler.figures import Figures, Period
from scheduler.people import Roster
from scheduler.procedure import Procedure, Role
from scheduler.workdays import Workdays

LANGUAGES = ("nl-BE", "nl-NL", "en", "fr")

CodeState: TypeAlias = Literal["none", "closed", "open", "barred"]
"""Of a coordinator's security code: there is none; it must be typed; it was, just now; too often
a wrong one was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person known to the team. `user_id` is the messenger's."""

    id: int
    name: str
    role: Role
    language: str
    state: str = "active"
    user_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """What texts need of the team's settings."""

    name: str
    language: str
    phone: str | None
    days: Workdays
    procedures: Mapping[str, Procedure]
    intake_open: bool
    assignment: str
    country: str
    bot_name: str | None = None
    """The bot's user name, for deep links; some servers give none."""
    leaflet: str | None = None
    """The leaflet that the team left, "kind:id" in the messenger's words."""
    leaflet_lost: bool = False
    """There was one, and the messenger does not know it any more."""
    clear_reports: bool = False
    """What a reporter wrote is deleted from their chat once it was sent."""
    safe_visits: bool = False
    reports_an_hour: int = 5
    """New reports that one reporter may send within an hour (S20)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case as a screen may show it. `values` are personal: only for those on the case.

    `short` is "M.V., Weelde" (initials only without an address). `texts` resolves the `…_ref`
    ids of notes, items and reasons.
    """

    id: int
    ref: str
    case: Case
    procedure: Procedure
    short: str
    values: Mapping[str, str]
    texts: Mapping[int, str]
    worker_name: str | None
    fields: Mapping[int, str] = field(default_factory=dict)
    """Which field each of `texts` is kept in: "note", "answer.causes", "deviation.did" …"""
    reporter: int | None = None
    created_at: datetime | None = None
    files: tuple[str, ...] = ()
    """What was handed in, each as "kind:id" in the messenger's words (photo, document, voice)."""
    kept: tuple[Kept, ...] = ()
    """Of these, what has been fetched and is stored here."""
    fetching: int = 0
    """How many of these are still to be fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One event of a case with its number, moment and who did it."""

    seq: int
    at: datetime
    by: int | None
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A case that the report may belong to: `closed` ones and weaker likenesses."""

    case: int
    ref: str
    closed_on: date | None
    outcome: str | None
    worker_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceLine:
    """One absence; `accepted` None: the stand-in has not answered yet."""

    id: int
    person: int
    from_on: date
    to_on: date
    stand_in: int | None
    accepted: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitView:
    """A safe visit as a screen may show it; moments are UTC.

    `state`: planned, inside, asked (is the worker out?), alerted (nobody knows), and at its end
    out, safe (who looked into it says so) or cancelled. `until`: when the bot gets worried, and
    once it has asked, when it tells those who watch. `looks`: who looks into it.
    """

    id: int
    case: int
    step: str
    person: int
    name: str
    state: str
    company: str | None = None
    company_typed: bool = False
    in_at: datetime | None = None
    until: datetime | None = None
    out_at: datetime | None = None
    was_alerted: bool = False
    alerted: frozenset[int] = frozenset()
    """Who was told that the worker is not out."""
    looks: str | None = None
    looks_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLine:
    """A line of the access log: `what` is its code, `by` None: the server, or time alone.

    `name` is empty for whoever was forgotten since.
    """

    at: datetime
    by: int | None
    name: str
    what: str


class Look(Protocol):
    """Reading inside the same transaction; everything is of the scene's own team."""

    def case(self, case_id: int) -> CaseView | None:
        """Return the case, None for another team's or none."""
        ...

    def case_by_ref(self, ref: str) -> CaseView | None:
        """Return the case with that reference (as `read_reference` gives it)."""
        ...

    def guesses_too_much(self, person_id: int) -> bool:
        """Return whether the person was refused so often lately that no reference counts (S21)."""
        ...

    def code(self, person_id: int) -> CodeState:
        """Return how it stands with the person's security code (S22)."""
        ...

    def code_tries(self, person_id: int) -> int:
        """Return how many wrong codes the person has left."""
        ...

    def code_barred_until(self, person_id: int) -> datetime | None:
        """Return until when no code of the person counts; None where it does."""
        ...

    def open_cases(self) -> tuple[CaseView, ...]:
        """Return all open cases, oldest first; at most 500."""
        ...

    def cases_of(self, person_id: int) -> tuple[CaseView, ...]:
        """Return the open cases whose worker the person is or stands in for today."""
        ...

    def checks_of(self, person_id: int) -> tuple[CaseView, ...]:
        """Return closed cases with an open step (the three-month check) for the person."""
        ...

    def reports_of(self, person_id: int) -> tuple[CaseView, ...]:
        """Return the cases that the person reported, newest first; at most 20."""
        ...

    def likenesses(self, case_id: int) -> tuple[Likeness, ...]:
        """Return the known cases that this report may belong to, the likeliest first."""
        ...

    def history(self, case_id: int) -> tuple[HistoryLine, ...]:
        """Return the case's events, in order."""
        ...

    def who_saw(self, case_id: int) -> tuple[SeenLine, ...]:
        """Return who looked at the case, and what was done with its details, the oldest first."""
        ...

    def people(self) -> tuple[Member, ...]:
        """Return everyone not left, by name."""
        ...

    def absences(self) -> tuple[AbsenceLine, ...]:
        """Return the leave of today and later."""
        ...

    def load(self, person_id: int) -> int:
        """Return how many open cases the worker has."""
        ...

    def visit(self, visit_id: int) -> VisitView | None:
        """Return the safe visit, None for another team's or none."""
        ...

    def visits_of(self, person_id: int) -> tuple[VisitView, ...]:
        """Return the visits that the person has not ended, the oldest first."""
        ...

    def visits_inside(self) -> tuple[VisitView, ...]:
        """Return the team's visits from which nobody has come out, the soonest to end first."""
        ...

    def figures(self, period: Period) -> Figures:
        """Return what the reports of the period came to; at most `CASES_MAX` cases are read."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """Where a person is in a conversation of several messages; survives restarts and days.

    `kind` names the conversation, `asking` the field being asked, `values` what was said so far
    (JSON values only). One dialogue a person; a second one asks first.
    """

    kind: str
    asking: str
    case: int | None = None
    step: str | None = None
    answer: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    began_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything a conversation may know. `member` None: a stranger. All moments are UTC."""

    now: datetime
    team: Team
    roster: Roster
    member: Member | None
    language: str
    dialogue: Dialogue | None
    look: Look
    user_id: int
    user_name: str
    """The messenger's display name, cleaned; never an identity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A fresh text in the private chat, cleaned. `reply_to`: the prompt's intent context."""

    text: str
    reply_to_case: int | None = None
    reply_to_step: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """A command, lower case, without slash and bot name; `rest` is what follows, trimmed."""

    name: str
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button of ours was pressed by its owner. `answered_by`… see `handle` for stale ones."""

    intent: Intent


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A file, voice note, photo, contact, sticker …: `kind` is the messenger's word for it.

    For kinds that are kept (photo, voice, document) `file_id` names it; `caption` cleaned.
    `contact_phone` only for the sender's own contact.
    """

    kind: str
    file_id: str | None = None
    file_name: str | None = None
    mime: str | None = None
    size: int | None = None
    caption: str = ""
    contact_phone: str | None = None
    album: str | None = None
    """Pictures that were sent together come one by one, with the same mark."""


Incoming: TypeAlias = Said | Ordered | Pressed | Handed


class Keep:
    """The dialogue stays as it is."""


KEEP = Keep()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a conversation wants. At most one act; `dialogue` None ends it, KEEP leaves it.

    `edit` replaces the message whose button was pressed; `screens` are sent; `toast` is the
    short answer to a press (at most 200 characters). With an act, the screens shown are those
    that `respond` makes from its outcome, sent after these.
    """

    screens: tuple[Screen, ...] = ()
    edit: Screen | None = None
    toast: str | None = None
    act: Act | None = None
    dialogue: Dialogue | Keep | None = KEEP
    refused: bool = False
    """Nothing was told: unknown, not theirs, no longer valid. It is written down (row 25)."""
    takes_away: bool = False
    """What was sent held a national or account number: the message is deleted (row 35)."""

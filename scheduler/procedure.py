"""A procedure as a table of values: what a YAML file says, after loading and checking.

Nothing here decides anything: `engine` reads these values, `load` makes them, `check` doubts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from scheduler.due import DueRule

Text: TypeAlias = Mapping[str, str]
"""Language tag (nl-BE, nl-NL, en, fr) → text. May hold {client}, {W3} and other placeholders."""

NO_TEXT: Text = MappingProxyType({})


class Role(StrEnum):
    """Who a step asks. ACTOR is "whoever's answer led there"."""

    REPORTER = "reporter"
    WORKER = "worker"
    COORDINATOR = "coordinator"
    ACTOR = "actor"


class FieldKind(StrEnum):
    """What kind of fact an answer asks for; decides how a conversation reads it."""

    TEXT = "text"
    PERSON = "person"
    MOMENT = "moment"
    DAY = "day"
    ITEMS = "items"
    TICKS = "ticks"
    PARTICIPANTS = "participants"
    CHOICE = "choice"
    PHOTO = "photo"


class Channel(StrEnum):
    """How a step tries to reach the client; what counts as an attempt, and as which kind."""

    PHONE = "phone"
    VISIT = "visit"
    MEETING = "meeting"
    NOTE = "note"
    LETTER = "letter"
    MESSAGE = "message"
    MAIL = "mail"


IN_PERSON = frozenset({Channel.PHONE, Channel.VISIT, Channel.MEETING})
"""The channels by which a client can be spoken to; by the others something is left or sent."""


class Help(StrEnum):
    """What the client said to help, by an answer."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A fact that an answer asks for. `id` is its key in an answer's fields (`to`, `when` …)."""

    id: str
    kind: FieldKind
    required: bool = False
    label: Text = field(default_factory=dict)
    choices: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When an opening holds; every given part must. Without a five-day clock no W has come.

    `asked_from`/`asked_before` look at the day on which the step was first asked (Wn),
    `done_from`/`done_before` at the moment the thing was done, `opened`/`not_opened` at the
    steps opened in this episode, `fact` at the case's facts (kind, consent).
    """

    asked_from: int | None = None
    asked_before: int | None = None
    done_from: DueRule | None = None
    done_before: DueRule | None = None
    clock: bool | None = None
    opened: tuple[str, ...] = ()
    not_opened: tuple[str, ...] = ()
    fact: Mapping[str, str] = field(default_factory=dict)


ALWAYS = Condition()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A step that an answer, a silence or a start leads to.

    `at` is None for "at once"; a moment that has passed counts as at once, but for a step with
    a moment of its own (`Step.opens`), which then does not come at all. `ordinary` keeps the
    ordinary deadline even while a crisis goes on.
    """

    step: str
    at: DueRule | None = None
    at_deadline: bool = False
    ordinary: bool = False
    when: Condition = ALWAYS


class Then(StrEnum):
    """What follows when a step has been asked again often enough."""

    ALERT = "alert"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """The step is asked again: at `at`, due at `due` (None: the step's own rule, counted anew).

    `most` bounds how often; then `then`. `at` None: not asked again by itself ("unasked").
    """

    at: DueRule | None
    due: DueRule | None = None
    most: int | None = None
    then: Then | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One thing that a person can say to a step, and what follows."""

    id: str
    text: Text = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    opens: tuple[Opening, ...] = ()
    ends: tuple[str, ...] = ()
    closes: str | None = None
    checks_later: bool = True
    """False: closing by this answer plans no three-month check."""
    again: Again | None = None
    redates: str | None = None
    """The date the answer moves: `own` (the step's appointment), `hearing` or `eviction`."""
    sets_phase: str | None = None
    informs: bool = False
    """One information to the coordinator."""
    alerts: bool = False
    reopens: bool = False
    """The three-month check found a new threat."""
    item: bool = False
    """The answer is about one item (action or agreement) of the step."""
    crisis: bool | None = None
    """The coordinator's word: a crisis begins (True) or there is none (False)."""
    reached: bool = False
    """The client was spoken to in person (R-27). Never of what is only left or sent."""
    help: Help | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """An information before a planned moment: `days_before` working days earlier, at `clock`.

    `clock` is "open" or "HH:MM". `starts_before`/`starts_from` ("HH:MM") narrow it to moments
    that begin before, or not before, that local time.
    """

    days_before: int
    clock: str = "open"
    to: tuple[Role, ...] = (Role.WORKER,)
    starts_before: str | None = None
    starts_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """When "How did it go?" is asked: minutes after the start, not before `not_before` (local)."""

    minutes_after: int
    not_before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A step that first asks for a date, reminds of it, then asks how it went (§1.3).

    `due` is the deadline of the date question; `window_last` the last working day for the date
    itself (n of Wn), `or_within` working days from the asking where that is later.
    """

    due: DueRule
    result: Result
    reminders: tuple[Reminder, ...] = ()
    window_first: int | None = None
    window_last: int | None = None
    or_within: int | None = None
    question: Text = field(default_factory=dict)
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DateEvent:
    """A legal date of the case (`hearing`, `eviction`) and the step that asks how it went.

    `waits` says that the step has a body of its own and stays open until the date; else it is
    opened by the date and ended by its answer.
    """

    id: str
    step: str
    result: Result
    reminders: tuple[Reminder, ...] = ()
    waits: bool = False
    crisis_replaces_reminders: bool = False
    source: str = ""


class Nudge(StrEnum):
    """Where a step's one nudge falls."""

    USUAL = "usual"
    PROMPT_DAY = "prompt_day"
    NONE = "none"


class Pace(StrEnum):
    """How a step is asked and chased.

    PLAIN: P, N, X. TALK: the follow-up of what a person just answered. CHASE: as unassigned
    (N after 30 minutes and hourly). INFORM: told once, asks nothing. ITEMS: asks for dated
    items, then for each on its date. CONTACT: an event in any open state.
    """

    PLAIN = "plain"
    TALK = "talk"
    CHASE = "chase"
    INFORM = "inform"
    ITEMS = "items"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row of a procedure's table.

    `opens` is the step's own moment (W4 open); `prefers` the n of the preferred day Wn;
    `overtakes` the steps that are not prompted any more once this one has opened; `ends` those
    that fall away then; `schedules` those whose own moment is set by it; `left_out` the step
    that opens instead where the day of the deadline has no morning.
    """

    id: str
    role: Role
    pace: Pace = Pace.PLAIN
    title: Text = field(default_factory=dict)
    """A few words for lists and status: "bel vóór 12 uur"."""
    text: Text = field(default_factory=dict)
    """The prompt itself."""
    due: DueRule | None = None
    due_crisis: DueRule | None = None
    opens: DueRule | None = None
    not_before: DueRule | None = None
    prefers: int | None = None
    nudge: Nudge = Nudge.USUAL
    dated: Dated | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    unanswered: tuple[Opening, ...] = ()
    checklist: Mapping[str, Text] = field(default_factory=dict)
    """Ticks by id, in order."""
    fields: tuple[Field, ...] = ()
    """Asked before any answer (ticks before the hearing, actions with owner and date)."""
    items_left: str | None = None
    """ITEMS: the step that opens when no item is left."""
    overtakes: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    schedules: tuple[str, ...] = ()
    left_out: str | None = None
    sample: Text = field(default_factory=dict)
    """A text to copy by hand (the note)."""
    channel: Channel | None = None
    """An answer to the step is an attempt to reach the client, by this channel."""
    source: str = ""
    team_default: bool = False
    """The step's times are the team's agreement, not the seed's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A phase of the contents: its first step, and the steps that end when it is left."""

    id: str
    first: str
    steps: tuple[str, ...]
    text: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How an episode begins: `opens`, and whether the working-day clock runs.

    `without_worker` is opened instead (first) when the case has no worker.
    """

    opens: tuple[Opening, ...]
    clock: bool = True
    without_worker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of message that a reporter can bring; `phase` prefills `contents`."""

    id: str
    text: Text
    phase: str | None = None
    asks_consent: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeField:
    """A fact asked of the reporter: `id` as in a rehearsal's `report:`; `why` says what for."""

    id: str
    label: Text
    required: bool = False
    why: Text = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A whole procedure. `first_step`: before it has opened, nothing opens by time.

    `starts` has the keys `report`, `client`, `new_threat`. `check` is the id of the check
    months after closing, None where the team has switched it off; `check_after` its moment.
    `crisis_days`: an eviction on or before this Wn, counted from now, is a crisis.
    """

    id: str
    version: int
    name: Text
    source: str
    first_step: str
    starts: Mapping[str, Start]
    steps: Mapping[str, Step]
    outcomes: Mapping[str, Text]
    events: Mapping[str, DateEvent]
    phases: Mapping[str, Phase] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    intake: tuple[IntakeField, ...] = ()
    check: str | None = None
    check_after: DueRule | None = None
    averted: tuple[str, ...] = ()
    """The outcomes that count as an eviction averted."""
    averted_later: tuple[str, ...] = ()
    """The answers to the check after closing by which it was averted then too."""
    contact: str | None = None
    """The step for "the client contacted us"."""
    contact_until: str | None = None
    """Once this step has opened a contact is recorded only."""
    gate: str | None = None
    """The step that nothing may be opened before; a coordinator may lift it in a crisis."""
    gate_opens: str | None = None
    assign: str = "assign"
    crisis_days: int = 5
    judgment_phase: str | None = None
    """The phase that a judgment stands for, however early it comes."""
    judgment_answers: tuple[str, ...] = ()
    judgment_step: str | None = None
    receipt: Text = field(default_factory=dict)
    expectations: Text = field(default_factory=dict)
    """What whoever reports may expect (E-01)."""
    support: Text = field(default_factory=dict)
    """"Support for my organisation" (E-47)."""

    def step(self, id_: str) -> Step:
        """Return the step; a KeyError here is our mistake, since `check` has seen every id."""
        return self.steps[id_]

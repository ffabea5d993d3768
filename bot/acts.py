"""What a person has decided to do, in their own words: acts still holding texts.

A conversation makes an act; `handle` stores its texts, turns it into a stimulus of
`scheduler.stimuli` and lets the engine decide. Moments are aware UTC, days team-local.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A planned day, with its moment where a time was given."""

    day: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """An action or agreement as typed."""

    what: str
    who: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFields:
    """What came with an answer; keys as in a procedure's fields."""

    to: int | None = None
    when: When | None = None
    note: str | None = None
    reason: str | None = None
    ticks: tuple[str, ...] = ()
    items: tuple[RawItem, ...] = ()
    item: int | None = None
    participants: str | None = None
    choice: str | None = None
    hearing: When | None = None
    eviction: When | None = None
    served: date | None = None
    file_id: str | None = None
    known: int | None = None
    """`assign`, `crisis_check`: the proposed known case that this report belongs to."""
    texts: dict[str, str] = field(default_factory=dict)
    """Any other text field, by its id (causes, professionals, network, own_idea, goal …)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """A complete report. `values` holds what was said, by intake field id, as text.

    `kind`, `consent` ("yes"/"no"), `relation` … as the procedure's intake names them.
    """

    procedure: str
    values: dict[str, str]
    hearing: When | None = None
    eviction: When | None = None
    files: tuple[str, ...] = ()
    for_case: int | None = None
    """Set when it is knowingly a new report on that (closed) case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddToReport:
    """A reporter adds something to an own report: text, a paid notice, a new date, withdrawal."""

    case: int
    what: str
    """text, paid, eviction, hearing, withdraw, file, or after_yes, after_no, after_unknown"""
    text: str | None = None
    when: When | None = None
    file_id: str | None = None
    also: tuple[str, ...] = ()
    """More files that came with it."""
    more: bool = False
    """Another picture of the same album: kept, and not told again."""
    apart: bool = False
    """What was tapped stays: a receipt, a list. The answer is a message of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerStep:
    """An answer to a step; `answer` None: only the fields asked first."""

    case: int
    step: str
    answer: str | None
    fields: RawFields = RawFields()
    done_at: datetime | None = None
    """When it was done, where that is not now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientContact:
    """The client contacted us."""

    case: int
    answer: str
    when: When | None = None
    note: str | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviate:
    """Done differently."""

    case: int
    step: str
    did: str
    reason: str | None = None
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOffStep:
    """Ask me later, at `until`."""

    case: int
    step: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFact:
    """A fact changes; `when` None for hearing or eviction: withdrawn."""

    case: int
    fact: str
    when: When | None = None
    phase: str | None = None
    served: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendStep:
    """The coordinator's new deadline."""

    case: int
    step: str
    until: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """`what` is gate or crisis."""

    case: int
    what: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """The case goes to person `to` (may be oneself: take over, claim)."""

    case: int
    to: int
    claim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCase:
    """Close with an outcome: an id of the procedure. `note` is in the worker's own words."""

    case: int
    outcome: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenCase:
    """The client of a closed case is back."""

    case: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOnCase:
    """A note, photo or voice message kept on the case; `also` more files, as "photo:F2"."""

    case: int
    text: str | None = None
    file_id: str | None = None
    file_kind: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddDetails:
    """What is told of a step after its answer has counted; `answer` None: what it asks first."""

    case: int
    step: str
    answer: str | None
    fields: RawFields


CORRECTED_WITHIN: Final = timedelta(hours=24)
"""How long a wrong tap can be taken back, if nothing has followed: seen the next morning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellWorker:
    """Let the worker know now what was changed of the case; `what` as in `ChangeFact.fact`."""

    case: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Correct a wrong tap: history event `seq` of the case."""

    case: int
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReport:
    """A joined report (an event's number) becomes a case of its own."""

    case: int
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLanguage:
    """The person reads another language."""

    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAway:
    """Leave of `person`, both days included."""

    person: int
    from_on: date
    to_on: date
    stand_in: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerStandIn:
    """The asked stand-in accepts or refuses absence `absence`."""

    absence: int
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAway:
    """Another last day or another stand-in of leave `absence`; one of the two."""

    absence: int
    to_on: date | None = None
    stand_in: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropAway:
    """Leave `absence` does not take place."""

    absence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetWorks:
    """The weekdays on which `person` works, Monday is 0; None: every day the team works."""

    person: int
    works: tuple[int, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOn:
    """Before `leaver` leaves: an open case of theirs goes to person `to`."""

    case: int
    to: int
    leaver: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveTeam:
    """`person` leaves the team: each open case goes back to `assign`."""

    person: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitePerson:
    """A coordinator invites a `role` under `name`."""

    role: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemInvite:
    """Someone opened an invitation's deep link."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideMember:
    """A coordinator confirms or refuses the person who opened an invitation."""

    person: int
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmGroup:
    """A coordinator confirms the chat as the team's channel (`accepted` False: leave it)."""

    chat_id: int
    accepted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCode:
    """A coordinator's security code, six digits, from now on (S22)."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterCode:
    """The code as typed when it was asked for."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSupport:
    """A reporter asks for "support for my organisation" (E-47)."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVisit:
    """A worker is about to visit at `step`: with a colleague `person`, with `name`, or alone."""

    case: int
    step: str
    person: int | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TellVisit:
    """What happened on a safe visit: in (for so many `minutes`), out, longer, cancel.

    By who watches: look (I look into it), safe (all is well).
    """

    visit: int
    what: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLeaflet:
    """The team's leaflet is `file` ("kind:id" in the messenger's words); None: there is none."""

    file: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepLonger:
    """What is personal in a closed `case` is needed so many months longer; `why` is a code."""

    case: int
    months: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A file of cases (`cases`: xlsx or csv), of contact attempts (`attempts`) or of one `case`.

    `first` and `last` are local days, both included; None: no bound. `with_names`: cases with what
    people are called and where they live.
    """

    what: str
    form: str = ""
    case: int | None = None
    first: date | None = None
    last: date | None = None
    with_names: bool = False


Act: TypeAlias = (
    FileReport
    | AddToReport
    | AnswerStep
    | ClientContact
    | Deviate
    | PutOffStep
    | ChangeFact
    | ExtendStep
    | Lift
    | HandOver
    | CloseCase
    | ReopenCase
    | NoteOnCase
    | AddDetails
    | TellWorker
    | TakeBack
    | PartReport
    | SetLanguage
    | SetAway
    | AnswerStandIn
    | ChangeAway
    | DropAway
    | SetWorks
    | HandOn
    | LeaveTeam
    | InvitePerson
    | RedeemInvite
    | DecideMember
    | ConfirmGroup
    | SetCode
    | EnterCode
    | AskSupport
    | Export
    | KeepLonger
    | SetLeaflet
    | PlanVisit
    | TellVisit
)

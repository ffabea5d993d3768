"""What follows from a stimulus: events for the history, and messages for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeAlias

from scheduler.case import Case, Coming, Crisis, Episode, Facts, Item, Notice, Planned, StepState
from scheduler.stimuli import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeBegan:
    """A report or a reopening began an episode; facts as known then."""

    episode: Episode
    facts: Facts
    by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportJoined:
    """A second report came on the open case."""

    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionMade:
    """A reporter added something to their report; `what` as in `stimuli.Added`."""

    what: str
    by: int
    planned: Planned | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSet:
    """The case has another worker, or none. `why`: assigned, handed_over, left."""

    worker: int | None
    why: str
    by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsSet:
    """Facts changed. `what` names the fact; before and after are both kept."""

    what: str
    before: Facts
    after: Facts
    by: int | None
    reason_ref: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseSet:
    """The phase of the contents; `before` is shown beside it."""

    before: str | None
    after: str
    by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOpened:
    """A step opened, with its deadline fixed."""

    step: StepState


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChanged:
    """An open step's own state moved on.

    `why`: prompted, last_day, later, again, nudged, soft_nudged, late, dated, waiting, unasked,
    overtaken, put_off, extended, chased, reminded, items.
    """

    why: str
    step: StepState


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAnswered:
    """A person answered. `late`: after the deadline. `reported_at` is when we heard."""

    step: str
    answer: str | None
    by: int
    done_at: datetime
    reported_at: datetime
    late: bool
    due_at: datetime | None
    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEnded:
    """An open step ended. `how`: answered, fallen_away, deviated, closed."""

    step: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingSet:
    """A step will open by time."""

    coming: Coming


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingDropped:
    """A step will not open by time after all (or has just done so)."""

    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsSet:
    """Actions or agreements were added, answered or moved: the items as they are now."""

    items: tuple[Item, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTold:
    """A reminder of a legal date was sent, or its result asked for (`asked`)."""

    event: str
    reminder: int | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisSet:
    """A crisis began, was told of, or ended (None)."""

    crisis: Crisis | None
    why: str
    by: int | None = None
    reason_ref: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesSet:
    """The informations that wait for opening hours, as they are now."""

    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnassignedAlerted:
    """W1 closed without a worker, and the coordinator was told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactMade:
    """The client contacted us."""

    answer: str
    by: int
    done_at: datetime
    reported_at: datetime
    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationMade:
    """The plan was deviated from (R-11); `due_at` is the deadline that stands."""

    step: str
    by: int
    did_ref: int | None
    reason_ref: int | None
    done: bool
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateLifted:
    """The coordinator lifted the gate in a crisis."""

    by: int
    reason_ref: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMade:
    """A note on the case; its words lie sealed under `note_ref`."""

    by: int
    note_ref: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsTold:
    """What was told of a step after its answer had counted; as in `stimuli.Detailed`."""

    step: str
    answer: str | None
    by: int
    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTold:
    """A coordinator had the worker told of a change; `what` as in `stimuli.Passed`."""

    what: str
    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitTold:
    """Who went in at the client's home, who came out, and who was told that nobody did.

    `what` as in `stimuli.Visited`; `by` is who visits, and for look and safe who looked into it.
    """

    what: str
    by: int
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed:
    """The case closed. `joined`: its report went to another case."""

    outcome: str
    by: int | None
    at: datetime
    note_ref: int | None = None
    joined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A wrong tap was taken back: the case is as it was before event `seq`."""

    case: Case
    seq: int
    by: int


Event: TypeAlias = (
    EpisodeBegan
    | ReportJoined
    | AdditionMade
    | WorkerSet
    | FactsSet
    | PhaseSet
    | StepOpened
    | StepChanged
    | StepAnswered
    | StepEnded
    | ComingSet
    | ComingDropped
    | ItemsSet
    | DateTold
    | CrisisSet
    | NoticesSet
    | UnassignedAlerted
    | ContactMade
    | DeviationMade
    | GateLifted
    | NoteMade
    | DetailsTold
    | ChangeTold
    | VisitTold
    | CaseClosed
    | Restored
)


class Kind(StrEnum):
    """What a message is; the words of rehearsals."""

    RECEIPT = "receipt"
    PROMPT = "prompt"
    NUDGE = "nudge"
    ALERT = "alert"
    INFO = "info"


HANDED_OVER: Final = "handed_over"
"""Why a case has another worker when somebody gave it to them, and the information about it."""


class Mark(StrEnum):
    """What a message is marked with."""

    LATE = "late"
    CRISIS = "crisis"
    LAST_DAY = "last_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing to tell one person about the case.

    `about` says which information or alert it is: appointment, hearing, eviction, crisis_status,
    crisis_began, second_report, added_… (`stimuli.Added`), handed_over, closed, reopened,
    postponed, room, late, unassigned, not_reached, declined, left. `question` is what a prompt
    asks (ask, when, result, items). `days_left` counts calendar days to the eviction in a crisis
    status. `fits_not` says that the step's deadline lies after the hearing or eviction.
    """

    to: int
    kind: Kind
    step: str | None = None
    about: str = ""
    question: str = ""
    due_at: datetime | None = None
    marks: frozenset[Mark] = frozenset()
    on: date | None = None
    at: datetime | None = None
    days_left: int | None = None
    repeat: str = ""
    """`first`, `last_day`, `later`, `again`, `hand_over`; of a prompt."""
    fits_not: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What follows: `case` is the state after `events`; `wake_at` its next due moment (UTC)."""

    case: Case
    events: tuple[Event, ...]
    messages: tuple[Message, ...]
    wake_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The act cannot be done; nothing changes. `reason` is a code for a text.

    not_yours, no_such_step, no_such_answer, past_deadline, needs_to, needs_when, no_crisis,
    closed, open, not_coordinator, no_gate, in_past, in_future, no_such_item, unknown_fact,
    bad_outcome.
    """

    reason: str

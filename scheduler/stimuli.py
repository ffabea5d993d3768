"""What can happen to a case: acts of people (each with its `by`) and the passing of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from scheduler.case import Case, Facts, Planned


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """An action or agreement as agreed; texts are ids of personal rows."""

    what_ref: int
    who_ref: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The facts that came with an answer. `item` is the id of the item an answer is about.

    `when` is an appointment's, meeting's or new date; `choice` a small choice (support at the
    hearing); `ticks` the ids ticked.
    """

    to: int | None = None
    when: Planned | None = None
    note_ref: int | None = None
    reason_ref: int | None = None
    ticks: tuple[str, ...] = ()
    items: tuple[NewItem, ...] = ()
    item: int | None = None
    participants_ref: int | None = None
    choice: str | None = None
    hearing: Planned | None = None
    eviction: Planned | None = None
    served: date | None = None
    photo_ref: int | None = None


NO_FIELDS = Fields()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A report opens the case, or a new episode of a closed one.

    `received_at` starts the clock, whenever the case comes to be handled (R-09).
    """

    by: int
    facts: Facts
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReport:
    """Another report on a case that is open; `facts` holds what it says."""

    by: int
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A reporter adds something to their report.

    `what`: text, file, paid, withdraw, hearing, eviction (with `planned`), or after_yes, after_no,
    after_unknown. `quiet`: it came with another that was told.
    """

    by: int
    what: str
    planned: Planned | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAnswer:
    """A person answered a step; `answer` None: only the fields asked first (a date, ticks)."""

    by: int
    step: str
    answer: str | None
    done_at: datetime
    fields: Fields = NO_FIELDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacted:
    """The client contacted us, by any way."""

    by: int
    answer: str
    done_at: datetime
    fields: Fields = NO_FIELDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviated:
    """Done differently: what and why (R-11); `done`: the step is done by it."""

    by: int
    step: str
    did_ref: int
    reason_ref: int | None = None
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOff:
    """Later: the prompt is repeated at `until`."""

    by: int
    step: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A fact of the case changed. `fact`: phase, hearing, eviction, served, crisis.

    `planned` None for hearing or eviction: withdrawn.
    """

    by: int
    fact: str
    planned: Planned | None = None
    phase: str | None = None
    served: date | None = None
    reason_ref: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """The coordinator gives a step a new deadline."""

    by: int
    step: str
    until: datetime
    reason_ref: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """The coordinator lifts the gate in a crisis, or the crisis itself, with a reason."""

    by: int
    what: str
    reason_ref: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """The case goes to another worker."""

    by: int
    to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLeft:
    """The case's worker has left the team."""

    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A person closes the case; `joined` when it turned out to be part of another one."""

    by: int
    outcome: str
    note_ref: int | None = None
    joined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenedByClient:
    """The client of a closed case asks for help again."""

    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A note on the case; changes nothing else."""

    by: int
    note_ref: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Detailed:
    """What is told of a step after its answer has counted (`answer` None: what it asks first).

    Changes nothing else of the case: of `fields` only what nothing hangs on counts.
    """

    by: int
    step: str
    answer: str | None
    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A coordinator lets the worker know now what they changed: `what` as in `Changed.fact`."""

    by: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """A safe visit: `what` in (for so many `minutes`), out, longer, alerted, look, safe.

    Changes nothing of the case: answering its step is another thing.
    """

    by: int
    what: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A wrong tap is taken back: the case returns to `back_to`, its state before event `seq`."""

    by: int
    back_to: Case
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePassed:
    """A due moment was reached: everything of the case that is due by `now` happens."""


Act: TypeAlias = (
    Reported
    | SecondReport
    | Added
    | StepAnswer
    | Contacted
    | Deviated
    | PutOff
    | Changed
    | Extended
    | Lifted
    | HandedOver
    | WorkerLeft
    | Closing
    | ReopenedByClient
    | Noted
    | Detailed
    | Passed
    | Visited
    | Corrected
)
Stimulus: TypeAlias = Act | TimePassed

"""The state of a case at one moment: frozen values, folded from its history by `apply`.

Nothing personal: names, texts and addresses are ids of rows in storage (`…_ref`). All moments
are aware and UTC, all days are the team's local days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    """Open, or closed (perhaps with a check still to come)."""

    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"


class Question(StrEnum):
    """What an open step asks right now."""

    ASK = "ask"
    """The step's own question."""
    WHEN = "when"
    """A date is asked for first."""
    WAITING = "waiting"
    """The date is known or awaited; nothing is asked."""
    RESULT = "result"
    """How did it go?"""
    ITEMS = "items"
    """The items of one day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A planned day, with its moment where a time is known. `known_at`: when we learned of it."""

    day: date
    at: datetime | None = None
    known_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What decides the path, as codes and dates.

    `kind`, `consent`, `relation` as reported; `needs_consent` "yes" for a petition without it.
    """

    kind: str | None = None
    consent: str | None = None
    needs_consent: str = "no"
    hearing: Planned | None = None
    eviction: Planned | None = None
    served: date | None = None
    judgment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One stretch of the case. `first` is W1; `clock` False: no five-day clock runs in it."""

    number: int
    began: str
    """`report`, `client` or `new_threat`."""
    received_at: datetime
    first: date
    clock: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Crisis:
    """Since when; `status_on` the last day on which the status was told."""

    since: date
    status_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """An open step.

    `ask_at` is the moment of the next prompt, None once asked (or when nothing is to be asked).
    `due_at` is the deadline of the current question; `rule_day` the Wn day it stands for.
    `asked_at` is when the current question was first asked, `prompted_at` the latest prompt.
    `holder` gets the next prompt whoever the role would be, `at_once` at any hour.
    """

    id: str
    opened_at: datetime
    question: Question = Question.ASK
    ask_at: datetime | None = None
    at_once: bool = False
    urgent: bool = False
    holder: int | None = None
    due_at: datetime | None = None
    planned_due: datetime | None = None
    """The deadline as first fixed, however it was extended: it stays visible (R-11)."""
    rule_day: date | None = None
    asked_at: datetime | None = None
    prompted_at: datetime | None = None
    asked_to: tuple[int, ...] = ()
    repeated: bool = False
    nudged: bool = False
    soft_nudged: bool = False
    alerted: bool = False
    extended_at: datetime | None = None
    silent: bool = False
    """No prompt, nudge or alert by itself any more (overtaken, gate lifted)."""
    overtaken: bool = False
    tries: int = 0
    planned: Planned | None = None
    reminded: tuple[int, ...] = ()
    """Indexes of the reminders already sent for `planned`."""
    later: tuple[datetime, ...] = ()
    chased_at: datetime | None = None
    chased_on: date | None = None
    chases: int = 0
    item_ids: tuple[int, ...] = ()
    """The items that the current question is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A step that opens by time at `at`, because of `cause` (a step; dropped with its answer)."""

    step: str
    at: datetime
    cause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A dated action or agreement; without a day it never prompts but keeps the case open."""

    id: int
    step: str
    what_ref: int
    who_ref: int | None = None
    day: date | None = None
    state: str = "pending"
    """`pending`, or the answer that ended it: done, dropped, kept, broken."""
    asked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A line of the record: which step was answered what in this episode, and when."""

    step: str
    answer: str | None
    done_at: datetime
    by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What has been told or asked of a legal date (`hearing`, `eviction`)."""

    reminded: tuple[int, ...] = ()
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """An information or alert that waits for opening hours; who gets it is chosen then.

    `roles` are the roles told (worker, coordinator), never the person `but` who caused it.
    """

    at: datetime
    kind: str
    about: str
    roles: tuple[str, ...]
    but: int | None = None
    step: str | None = None
    urgent: bool = False
    on: date | None = None
    moment: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A household's case. `opened` holds each step's last opening in this episode."""

    procedure: str
    version: int
    state: State = State.NEW
    episode: Episode | None = None
    facts: Facts = Facts()
    worker: int | None = None
    phase: str | None = None
    crisis: Crisis | None = None
    steps: Mapping[str, StepState] = field(default_factory=dict)
    coming: tuple[Coming, ...] = ()
    opened: Mapping[str, datetime] = field(default_factory=dict)
    answered: tuple[Answered, ...] = ()
    items: tuple[Item, ...] = ()
    told: Mapping[str, Told] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    alerted_unassigned: bool = False
    outcome: str | None = None
    closed_at: datetime | None = None


def is_over(before: StepState, after: StepState | None) -> bool:
    """Return whether what was asked is asked no more, or another time: its buttons are over."""
    if after is None or after.question is not before.question:
        return True
    if after.item_ids != before.item_ids:
        return True
    return before.asked_at is not None and after.asked_at != before.asked_at

"""A rehearsal as values: who does what when, and who must then be told what.

`story_file` reads it, `player` plays it; this module does neither.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from scheduler.procedure import Procedure, Role
from scheduler.spot import nearest
from scheduler.workdays import CalendarRules

W = TypeVar("W")
F = TypeVar("F")

KINDS = ("receipt", "prompt", "nudge", "alert", "info", "confirm", "digest")
QUIET_KINDS = ("confirm", "digest")
"""What need not be listed, and is never unexpected."""

_ACT_FIELDS = {
    "report": "kind relation why view client address phone amount consent hearing eviction text",
    "answer": (
        "step is to when note done_at reason known ticks actions agreements what participants"
        " phase date support hearing eviction served"
    ),
    "contact": "is when note done_at",
    "deviate": "step did reason done",
    "later": "step until",
    "change": "phase hearing eviction served reason",
    "away": "who from to stand_in",
    "leave_team": "who",
    "hand_over": "to",
    "extend": "step until reason",
    "lift": "what reason",
    "close": "outcome note",
    "reopen": "by",
}
ACTS: Mapping[str, tuple[str, ...]] = {k: tuple(v.split()) for k, v in _ACT_FIELDS.items()}
"""The acts and their fields; `case` may name the case in each."""

FACTS = ("phase", "hearing", "served", "eviction")
"""`change:` says one of them, or several, which are changed in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSpec:
    """A person of the story; `works` as weekdays, Monday is 0."""

    name: str
    role: Role
    works: frozenset[int] | None = None
    stand_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A day, with its moment (UTC) where the story gives a time."""

    day: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """A message that must come. `due` aware UTC."""

    to: str
    kind: str
    line: int
    step: str | None = None
    due: datetime | None = None
    contains: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    case: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the story. `act` is a key of `ACTS`, None: time passes to `at` (UTC)."""

    at: datetime
    line: int
    who: str | None = None
    act: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    refused: bool = False
    expect: tuple[Expect, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """What must hold when the story stops."""

    line: int
    state: str | None = None
    outcome: str | None = None
    history: tuple[str, ...] = ()
    case: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story to play: the main one, or a variant with its common beginning."""

    title: str
    procedure: str
    calendar: CalendarRules
    language: str
    overrides: Mapping[str, Any]
    assignment: str
    people: Mapping[str, PersonSpec]
    entries: tuple[Entry, ...]
    end: End | None
    loose: bool = False
    procedure_line: int = 1


def doubts(story: Story, procedure: Procedure) -> Iterator[tuple[int, str]]:
    """Yield what the story names that the procedure has not: steps, answers, kinds, outcomes.

    An act that must be refused may name anything.
    """
    steps, outcomes, kinds = procedure.steps, procedure.outcomes, procedure.kinds

    def missing(what: str, id_: object, known: Collection[str]) -> str:
        return f"{procedure.id} has no {what} {id_!r} ({nearest(str(id_), known)})"

    for entry in story.entries:
        fields = {} if entry.refused else entry.fields
        step = steps.get(str(fields.get("step")))
        if fields.get("step") is not None and step is None:
            yield entry.line, missing("step", fields["step"], steps)
        if step is not None and "is" in fields and word(fields["is"]) not in step.answers:
            what = f"answer to {step.id}"
            yield entry.line, missing(what, word(fields["is"]), step.answers)
        if entry.act == "report" and kinds and fields.get("kind", next(iter(kinds))) not in kinds:
            yield entry.line, missing("kind", fields["kind"], kinds)
        if entry.act == "close" and not entry.refused and fields.get("outcome") not in outcomes:
            yield entry.line, missing("outcome", fields.get("outcome"), outcomes)
        for expect in entry.expect:
            if expect.step is not None and expect.step not in steps:
                yield expect.line, missing("step", expect.step, steps)
    if story.end is not None:
        for id_ in story.end.history:
            if id_ not in steps:
                yield story.end.line, missing("step", id_, steps)
        if story.end.outcome is not None and story.end.outcome not in outcomes:
            yield story.end.line, missing("outcome", story.end.outcome, outcomes)


def matched(
    wanted: Sequence[W], found: Sequence[F], fits: Callable[[W, F], bool]
) -> tuple[tuple[W, ...], tuple[F, ...]]:
    """Return what of `wanted` has no counterpart in `found`, and what of `found` was not wanted.

    Each counts once, and as many as can be are matched, in whatever order they stand: a line that
    says little must not take the message that a line with more to say needs.
    """
    holder: dict[int, int] = {}

    def seat(w: int, tried: set[int]) -> bool:
        for f, each in enumerate(found):
            if f in tried or not fits(wanted[w], each):
                continue
            tried.add(f)
            if f not in holder or seat(holder[f], tried):
                holder[f] = w
                return True
        return False

    missing = tuple(each for w, each in enumerate(wanted) if not seat(w, set()))
    return missing, tuple(each for f, each in enumerate(found) if f not in holder)


def word(value: Any) -> str:
    """Return what the author wrote, where YAML 1.1 read `yes` and `no` as truth values."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)

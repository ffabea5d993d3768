"""The team file: what one team decides for itself, as a frozen value.

Reads and checks, the procedures and the team's overrides of them included; does nothing with it.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from bot import yaml_file
from bot.yaml_file import Problem
from scheduler.load import ProcedureError, load_named
from scheduler.workdays import (
    CalendarError,
    CalendarRules,
    Workdays,
    parse_half_days,
    parse_hours,
)

DEFAULT_HOURS: Mapping[str, list[str]] = MappingProxyType({"mon-fri": ["09:00-17:00"]})
"""TEAM default of procedures 1.1."""

USER_ID_MAX = 2**52  # Telegram: "at most 52 significant bits"

Overrides: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Key of a procedure → what `scheduler.load` takes as its overrides (step → option → value)."""

Found: TypeAlias = tuple[yaml_file.Path, str]
"""Where in the file, and what is wrong there."""


class Language(StrEnum):
    """The wordings that Kier has."""

    NL_BE = "nl-BE"
    NL_NL = "nl-NL"
    EN = "en"
    FR = "fr"


class Intake(StrEnum):
    """Who may report: anyone who finds the bot, or who was invited."""

    OPEN = "open"
    INVITED = "invited"


class Assignment(StrEnum):
    """How a new case finds its worker; the coordinator can always assign by hand."""

    CLAIM = "claim"
    COORDINATOR = "coordinator"
    LEAST_LOADED = "least_loaded"
    ROUND_ROBIN = "round_robin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long what is personal is kept; afterwards it is blanked, or deleted, for good.

    `after_closing_months`: a case, and never before its check months later is over;
    `unused_reports_weeks`: a report that was closed without a worker, and dead letters;
    `inbox_days`: updates after they were handled; `outbox_days`: messages after they were sent;
    `access_log_months`: who looked at what.
    """

    after_closing_months: int = 6
    unused_reports_weeks: int = 6
    inbox_days: int = 7
    outbox_days: int = 30
    access_log_months: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is heard (S20): messages of one person a minute, new reports of one reporter an
    hour, messages of everybody without a role a second. What is over is counted, not answered."""

    messages_a_minute: int = 20
    reports_an_hour: int = 5
    overall_a_second: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """What one team decided. `calendar` holds its country and time zone too.

    `procedures` are names of those that ship, or absolute paths of the team's own.
    `coordinators` are Telegram ids that seed the team once; a later removal wins.
    """

    name: str
    language: Language
    calendar: CalendarRules
    procedures: tuple[str, ...]
    intake: Intake = Intake.OPEN
    coordinators: tuple[int, ...] = ()
    assignment: Assignment = Assignment.COORDINATOR
    phone: str | None = None
    overrides: Overrides = field(default_factory=lambda: MappingProxyType({}))
    retention: Retention = Retention()
    limits: Limits = Limits()
    calendar_files: bool = True
    """Appointments and hearings go to their worker's phone as .ics files."""
    ask_reporter_after: bool = False
    """At the check months after closing, the reporter is asked too how it is."""
    clear_reports: bool = False
    """What a reporter wrote goes from their chat with the bot once the report is confirmed."""
    safe_visits: bool = False
    """A worker can say who goes in at a home, and the bot watches whether they come out."""


class TeamError(Exception):
    """The team file cannot be used; `problems` ascend by line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems, in the order of the file."""
        self.problems = problems
        super().__init__("; ".join(f"line {p.line}: {p.why}" for p in problems))


def read_team(content: bytes, folder: Path) -> Team:
    """Return the team that `content` (YAML) describes.

    The team's own procedures are looked for from `folder`. Raises `TeamError` with every problem.
    """
    try:
        document = yaml_file.parse(content)
    except yaml_file.YamlError as error:
        raise TeamError(error.problems) from None
    found, shape = _shape(document.value)
    if shape is not None:
        wrong = {path[0] for path, _ in found if path}
        found += [each for each in _problems(shape, folder) if each[0][0] not in wrong]
    if found or shape is None:
        problems = {Problem(line=document.line(path), why=why) for path, why in found}
        raise TeamError(tuple(sorted(problems)))
    return _team(shape, folder)


# What the file looks like, before its parts are held against each other


class _Strict(BaseModel):
    # strict: YAML already decided what is text and what is a number; a second guess hides mistakes
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Retention(_Strict):
    after_closing_months: Annotated[int, Field(ge=1, le=180)] = Retention().after_closing_months
    unused_reports_weeks: Annotated[int, Field(ge=1, le=104)] = Retention().unused_reports_weeks
    # Telegram may deliver an update again for a day, and a press of days ago finds its message
    inbox_days: Annotated[int, Field(ge=2, le=90)] = Retention().inbox_days
    outbox_days: Annotated[int, Field(ge=3, le=365)] = Retention().outbox_days
    access_log_months: Annotated[int, Field(ge=12, le=180)] = Retention().access_log_months


class _Limits(_Strict):
    messages_a_minute: Annotated[int, Field(ge=5, le=1000)] = Limits().messages_a_minute
    reports_an_hour: Annotated[int, Field(ge=1, le=1000)] = Limits().reports_an_hour
    overall_a_second: Annotated[int, Field(ge=5, le=1000)] = Limits().overall_a_second


class _Shape(_Strict):
    name: Annotated[str, Field(min_length=1, max_length=80)]
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")]
    timezone: str
    language: Annotated[Language, Field(strict=False)]
    procedures: Annotated[list[str], Field(min_length=1, max_length=20)]
    intake: Annotated[Intake, Field(strict=False)] = Intake.OPEN
    # what a day's hours may look like, the calendar itself knows and explains best
    hours: Annotated[dict[str, Any], Field(min_length=1)] = dict(DEFAULT_HOURS)
    closed: Annotated[list[date], Field(max_length=1000)] = []
    open: Annotated[list[date], Field(max_length=1000)] = []
    half_days: Annotated[dict[date, Any], Field(max_length=1000)] = {}
    coordinators: Annotated[
        list[Annotated[int, Field(ge=1, le=USER_ID_MAX)]], Field(max_length=100)
    ] = []
    assignment: Annotated[Assignment, Field(strict=False)] = Assignment.COORDINATOR
    phone: Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ()./-]{2,29}$")] | None = None
    overrides: dict[str, dict[str, Any]] = {}
    retention: _Retention = _Retention()
    limits: _Limits = _Limits()
    calendar_files: bool = True
    ask_reporter_after: bool = False
    clear_reports: bool = False
    safe_visits: bool = False


_STAND_IN: Mapping[str, Any] = MappingProxyType(
    {"name": "-", "country": "BE", "timezone": "UTC", "language": "en", "procedures": ["-.yaml"]}
)


def _shape(value: object) -> tuple[list[Found], _Shape | None]:
    """Return what is wrong with the shape, and the shape without the keys that are wrong."""
    if not isinstance(value, dict):
        return [((), "a team file is lines of `key: value`, beginning with name:")], None
    try:
        return [], _Shape.model_validate(value)
    except ValidationError as error:
        found = [_found(detail) for detail in error.errors(include_url=False)]
    wrong = {str(path[0]) for path, _ in found}
    rest = {key: each for key, each in value.items() if str(key) not in wrong}
    return found, _Shape.model_validate({**_STAND_IN, **rest})


def _found(detail: ErrorDetails) -> Found:
    # `[key]` is pydantic's mark for "the key itself"
    path = tuple(part for part in detail["loc"] if part != "[key]")
    words = " ".join(f"no. {part + 1}" if isinstance(part, int) else part for part in path)
    return path, f"{words[:80]}: {_why(detail)}"


_NEEDED = {
    "missing": "is missing",
    "invalid_key": "there is no such key",
    "string_type": "text is needed; put it in quotes",
    "int_type": "a whole number is needed, without quotes",
    "bool_type": "true or false is needed",
    "list_type": "a list is needed, e.g. [a, b]",
    "dict_type": "indented `key: value` lines are needed",
    "model_type": "indented `key: value` lines are needed",
    "date_type": "a date is needed, without quotes or a time, e.g. 2027-12-24",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
}
_PATTERNS = {
    "country": "two capitals are needed, e.g. BE or NL",
    "phone": 'a phone number in quotes is needed, e.g. "014 00 00 00"',
}


def _why(detail: ErrorDetails) -> str:
    kind, key = detail["type"], str(detail["loc"][-1])
    if kind == "extra_forbidden":
        known = _Retention.model_fields if len(detail["loc"]) > 1 else _Shape.model_fields
        near = difflib.get_close_matches(key, known, n=1)
        return f"there is no such key; did you mean {near[0]}?" if near else "there is no such key"
    if kind == "enum":
        return f"write {detail['ctx']['expected']}"
    if kind == "string_pattern_mismatch":
        return _PATTERNS[key]
    if kind == "string_type" and detail["input"] is False and key == "country":
        return 'put it in quotes: YAML reads NO as "no"'
    return _NEEDED.get(kind, detail["msg"].replace("Input should be", "must be"))


# The parts held against each other and against the world


def _problems(shape: _Shape, folder: Path) -> Iterator[Found]:
    if not shape.name.isprintable() or not shape.name.strip():
        yield ("name",), "name: one line of text is needed"
    yield from _calendar_problems(shape)
    yield from _procedure_problems(shape, folder)
    for index, user_id in enumerate(shape.coordinators):
        if user_id in shape.coordinators[:index]:
            yield ("coordinators", index), f"coordinators {user_id}: stands there twice"


def _calendar_problems(shape: _Shape) -> Iterator[Found]:
    hours = parse_hours(DEFAULT_HOURS)
    country = CalendarRules(country=shape.country, timezone="UTC", hours=hours)
    timezone = CalendarRules(country="BE", timezone=shape.timezone, hours=hours)
    yield from _tried(("country",), partial(Workdays, country))
    yield from _tried(("timezone",), partial(Workdays, timezone))
    wrong: list[Found] = []
    for key, blocks in shape.hours.items():
        if blocks != []:  # an empty list is a day off; a week of nothing else is found below
            wrong += _tried(("hours", key), partial(parse_hours, {key: blocks}))
    yield from wrong or _tried(("hours",), partial(parse_hours, shape.hours))
    halves = dict(shape.half_days)
    for day, blocks in shape.half_days.items():
        wrong = [*_tried(("half_days", day), partial(parse_half_days, {day: blocks}))]
        yield from wrong
        if wrong:
            del halves[day]
    try:
        CalendarRules(
            country="BE",
            timezone="UTC",
            hours=hours,
            closed=frozenset(shape.closed),
            open=frozenset(shape.open),
            half_days=parse_half_days(halves),
        )
    except CalendarError as error:
        key, _, listed = error.entry.partition(" ")
        yield (key, *_position(shape, key, listed)), f"{error.entry}: {error.why}"


def _tried(path: yaml_file.Path, build: Callable[[], object]) -> Iterator[Found]:
    try:
        build()
    except CalendarError as error:
        yield path, f"{error.entry}: {error.why}"


def _position(shape: _Shape, key: str, day: str) -> yaml_file.Path:
    listed = {"closed": shape.closed, "open": shape.open}.get(key, [])
    return tuple(index for index, each in enumerate(listed) if each.isoformat() == day)[:1]


def _procedure_problems(shape: _Shape, folder: Path) -> Iterator[Found]:
    known: set[str] = set()
    for index, name in enumerate(shape.procedures):
        path = ("procedures", index)
        if name in shape.procedures[:index]:
            yield path, f"procedures {name[:60]}: stands there twice"
            continue
        try:
            procedure = load_named(_place(name, folder))
        except ProcedureError as error:
            yield from ((path, f"procedures {name[:60]}, {each}") for each in error.problems)
            continue
        known.add(procedure.id)
        yield from _override_problems(shape, procedure.id, _place(name, folder))
    if len(known) == len(set(shape.procedures)):
        for key in shape.overrides.keys() - known:
            yield ("overrides", key), f"overrides {key[:40]}: is not among procedures"


def _override_problems(shape: _Shape, key: str, place: str) -> Iterator[Found]:
    if overrides := shape.overrides.get(key):
        try:
            load_named(place, overrides)
        except ProcedureError as error:
            for each in error.problems:
                at = each.where.removeprefix("overrides.").removeprefix("steps.").split(".")
                advice = f" ({each.suggestion})" if each.suggestion else ""
                why = f"overrides {key} {' '.join(at)}: {each.reason}{advice}"
                yield ("overrides", key, *at), why


def _place(name: str, folder: Path) -> str:
    """Return what `scheduler.load` finds the procedure by: its name, or an absolute path."""
    return str((folder / name).resolve()) if name.endswith((".yaml", ".yml")) else name


# The value


def _calendar(shape: _Shape) -> CalendarRules:
    return CalendarRules(
        country=shape.country,
        timezone=shape.timezone,
        hours=parse_hours(shape.hours),
        closed=frozenset(shape.closed),
        open=frozenset(shape.open),
        half_days=parse_half_days(shape.half_days),
    )


def _team(shape: _Shape, folder: Path) -> Team:
    return Team(
        name=shape.name.strip(),
        language=shape.language,
        calendar=_calendar(shape),
        procedures=tuple(_place(name, folder) for name in shape.procedures),
        intake=shape.intake,
        coordinators=tuple(shape.coordinators),
        assignment=shape.assignment,
        phone=shape.phone,
        overrides=_frozen(shape.overrides),
        retention=Retention(**shape.retention.model_dump()),
        limits=Limits(**shape.limits.model_dump()),
        calendar_files=shape.calendar_files,
        ask_reporter_after=shape.ask_reporter_after,
        clear_reports=shape.clear_reports,
        safe_visits=shape.safe_visits,
    )


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(each) for key, each in value.items()})
    if isinstance(value, list):
        return tuple(_frozen(each) for each in value)
    return value

"""Reads the tree of a procedure file into a `Procedure`, noting everything that is wrong.

Pure. One function per kind of value; the words of a phrase are in `phrases`, whether the whole
makes sense is asked in `check`. What could not be read has its default, so that one mistake does
not hide the next.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from scheduler import phrases
from scheduler.due import AnchorKind, DueRule, parse_due
from scheduler.phrases import DUE, LATER, W_ONLY
from scheduler.problems import Code
from scheduler.procedure import (
    NO_TEXT,
    Answer,
    Channel,
    Dated,
    DateEvent,
    Field,
    FieldKind,
    Help,
    IntakeField,
    Kind,
    Nudge,
    Pace,
    Phase,
    Procedure,
    Result,
    Role,
    Start,
    Step,
    Text,
)
from scheduler.spot import LANGUAGE, Notes, Spot, each, every, nearest, read
from scheduler.tree import Table

TOP = (
    *("procedure", "version", "language", "name", "source", "first_step", "gate", "check"),
    *("contact", "assign", "crisis_days", "judgment", "starts", "intake", "kinds", "receipt"),
    *("expectations", "support", "outcomes", "phases", "fields", "answer_texts", "steps"),
    *("events", "averted"),
)
STEP = (
    *("role", "pace", "title", "text", "due", "due_crisis", "opens", "not_before", "prefers"),
    *("nudge", "dated", "answers", "unanswered", "checklist", "fields", "items_left"),
    *("overtakes", "ends", "schedules", "left_out", "sample", "source", "team_default"),
    *("optional", "active", "channel"),
)
ANSWER = (
    *("text", "fields", "opens", "also_opens", "ends", "closes", "checks_later", "again"),
    *("redates", "sets_phase", "informs", "alerts", "reopens", "item", "crisis", "source"),
    *("reached", "help"),
)
DATED = ("due", "window", "or_within", "reminders", "result", "question", "fields")
EVENT = ("step", "waits", "reminders", "result", "crisis_replaces_reminders", "source")
FIELD = ("kind", "required", "label", "choices")

NEEDED = ("procedure", "version", "name", "first_step", "starts", "steps", "outcomes")

CRISIS_DAYS = 5
_PREFERRED = re.compile("W([0-9]{1,4})")
_DEFAULT_DUE = parse_due("same day close")
_DEFAULT_RESULT = Result(minutes_after=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the file says once for all its steps: fields and answers' texts by id."""

    fields: Mapping[str, Field] = field(default_factory=dict)
    answers: Mapping[str, Text] = field(default_factory=dict)


def procedure(tree: Table, notes: Notes) -> Procedure:
    """Return the procedure that the file says; whoever calls must look at `notes.problems`."""
    return read_file(Spot(where="", tree=tree, notes=notes))


def read_file(spot: Spot) -> Procedure:
    """Return the procedure that stands at `spot`, the whole file."""
    parts = spot.table(TOP)
    spot.notes.language = read(parts, "language", _language, None)
    spot.needs(parts, NEEDED)
    words = Words(
        fields=read(parts, "fields", _field_words, {}),
        answers=read(parts, "answer_texts", lambda s: s.texts_by_id(), {}),
    )
    check, check_after = read(parts, "check", _check, (None, None))
    averted, averted_later = read(parts, "averted", _averted, ((), ()))
    contact, contact_until = read(parts, "contact", _contact, (None, None))
    gate, gate_opens = read(parts, "gate", _gate, (None, None))
    phase, answers, step = read(parts, "judgment", _judgment, (None, (), None))
    return Procedure(
        id=read(parts, "procedure", lambda s: s.word(), "unnamed"),
        version=read(parts, "version", lambda s: s.number(1, 1_000_000), 1),
        name=read(parts, "name", lambda s: s.texts(), NO_TEXT),
        source=read(parts, "source", lambda s: s.string(), ""),
        first_step=read(parts, "first_step", lambda s: s.word(), ""),
        starts=read(parts, "starts", _starts, {}),
        steps=read(parts, "steps", lambda s: _steps(s, words), {}),
        outcomes=read(parts, "outcomes", lambda s: s.texts_by_id(), {}),
        events=read(parts, "events", _events, {}),
        phases=read(parts, "phases", _phases, {}),
        kinds=read(parts, "kinds", _kinds, {}),
        intake=read(parts, "intake", _intake, ()),
        check=check,
        check_after=check_after,
        averted=averted,
        averted_later=averted_later,
        contact=contact,
        contact_until=contact_until,
        gate=gate,
        gate_opens=gate_opens,
        assign=read(parts, "assign", lambda s: s.word(), "assign"),
        crisis_days=read(parts, "crisis_days", lambda s: s.number(1, phrases.W_MAX), CRISIS_DAYS),
        judgment_phase=phase,
        judgment_answers=answers,
        judgment_step=step,
        receipt=read(parts, "receipt", lambda s: s.texts(), NO_TEXT),
        expectations=read(parts, "expectations", lambda s: s.texts(), NO_TEXT),
        support=read(parts, "support", lambda s: s.texts(), NO_TEXT),
    )


def _language(spot: Spot) -> str:
    found = spot.matched(LANGUAGE)
    if found is None:
        raise spot.bad(f"{spot.string()!r} is no language", "write e.g. nl-BE, nl-NL, en or fr")
    return found[0]


# What stands at the top


def _check(spot: Spot) -> tuple[str | None, DueRule | None]:
    parts = spot.table(("step", "after", "team_default"))
    spot.needs(parts, ("step", "after"))
    return (
        read(parts, "step", lambda s: s.word(), None),
        read(parts, "after", lambda s: s.rule(LATER), None),
    )


def _averted(spot: Spot) -> tuple[tuple[str, ...], tuple[str, ...]]:
    parts = spot.table(("outcomes", "check"))
    spot.needs(parts, ("outcomes",))
    return read(parts, "outcomes", lambda s: s.words(), ()), read(
        parts, "check", lambda s: s.words(), ()
    )


def _contact(spot: Spot) -> tuple[str | None, str | None]:
    parts = spot.table(("step", "until"))
    spot.needs(parts, ("step",))
    return read(parts, "step", lambda s: s.word(), None), read(
        parts, "until", lambda s: s.word(), None
    )


def _gate(spot: Spot) -> tuple[str | None, str | None]:
    parts = spot.table(("step", "opens"))
    spot.needs(parts, ("step", "opens"))
    return read(parts, "step", lambda s: s.word(), None), read(
        parts, "opens", lambda s: s.word(), None
    )


def _judgment(spot: Spot) -> tuple[str | None, tuple[str, ...], str | None]:
    parts = spot.table(("phase", "answers", "step"))
    spot.needs(parts, ("phase", "answers", "step"))
    return (
        read(parts, "phase", lambda s: s.word(), None),
        read(parts, "answers", lambda s: s.words(), ()),
        read(parts, "step", lambda s: s.word(), None),
    )


def _starts(spot: Spot) -> dict[str, Start]:
    return {
        key: _start(one) for key, one in spot.table(("report", "client", "new_threat")).items()
    }


def _start(spot: Spot) -> Start:
    parts = spot.table(("opens", "clock", "without_worker"))
    spot.needs(parts, ("opens",))
    return Start(
        opens=each(parts, "opens", phrases.opening),
        clock=read(parts, "clock", lambda s: s.yes_no(), True),
        without_worker=read(parts, "without_worker", lambda s: s.word(), None),
    )


def _phases(spot: Spot) -> dict[str, Phase]:
    return {id_: _phase(id_, one) for id_, one in spot.named().items()}


def _phase(id_: str, spot: Spot) -> Phase:
    parts = spot.table(("first", "steps", "text"))
    spot.needs(parts, ("first", "steps"))
    return Phase(
        id=id_,
        first=read(parts, "first", lambda s: s.word(), ""),
        steps=read(parts, "steps", lambda s: s.words(), ()),
        text=read(parts, "text", lambda s: s.texts(), NO_TEXT),
    )


def _kinds(spot: Spot) -> dict[str, Kind]:
    return {id_: _kind(id_, one) for id_, one in spot.named().items()}


def _kind(id_: str, spot: Spot) -> Kind:
    parts = spot.table(("text", "phase", "asks_consent", "source"))
    return Kind(
        id=id_,
        text=read(parts, "text", lambda s: s.texts(), NO_TEXT),
        phase=read(parts, "phase", lambda s: s.word(), None),
        asks_consent=read(parts, "asks_consent", lambda s: s.yes_no(), False),
        source=read(parts, "source", lambda s: s.string(), ""),
    )


def _intake(spot: Spot) -> tuple[IntakeField, ...]:
    return tuple(_intake_field(id_, one) for id_, one in spot.named().items())


def _intake_field(id_: str, spot: Spot) -> IntakeField:
    parts = spot.table(("label", "required", "why", "source"))
    return IntakeField(
        id=id_,
        label=read(parts, "label", lambda s: s.texts(), NO_TEXT),
        required=read(parts, "required", lambda s: s.yes_no(), False),
        why=read(parts, "why", lambda s: s.texts(), NO_TEXT),
        source=read(parts, "source", lambda s: s.string(), ""),
    )


def _events(spot: Spot) -> dict[str, DateEvent]:
    return {id_: _event(id_, one) for id_, one in spot.table(("hearing", "eviction")).items()}


def _event(id_: str, spot: Spot) -> DateEvent:
    parts = spot.table(EVENT)
    spot.needs(parts, ("step", "result"))
    return DateEvent(
        id=id_,
        step=read(parts, "step", lambda s: s.word(), ""),
        result=read(parts, "result", phrases.result, _DEFAULT_RESULT),
        reminders=each(parts, "reminders", phrases.reminder),
        waits=read(parts, "waits", lambda s: s.yes_no(), False),
        crisis_replaces_reminders=read(
            parts, "crisis_replaces_reminders", lambda s: s.yes_no(), False
        ),
        source=read(parts, "source", lambda s: s.string(), ""),
    )


# Steps


def _steps(spot: Spot, words: Words) -> dict[str, Step]:
    return {id_: _step(id_, one, words) for id_, one in spot.named().items()}


def _step(id_: str, spot: Spot, words: Words) -> Step:
    parts = spot.table(STEP)
    spot.needs(parts, ("role",))
    if "checklist" in parts and parts["checklist"].empty:
        parts["checklist"].bad("the checklist is empty", code=Code.EMPTY_CHECKLIST)
    return Step(
        id=id_,
        role=read(parts, "role", lambda s: s.one_of(Role), Role.WORKER),
        pace=read(parts, "pace", lambda s: s.one_of(Pace), Pace.PLAIN),
        title=read(parts, "title", lambda s: s.texts(), NO_TEXT),
        text=read(parts, "text", lambda s: s.texts(), NO_TEXT),
        due=read(parts, "due", lambda s: s.rule(DUE), None),
        due_crisis=read(parts, "due_crisis", lambda s: s.rule(DUE), None),
        opens=read(parts, "opens", lambda s: s.rule(W_ONLY), None),
        not_before=read(parts, "not_before", lambda s: s.rule(W_ONLY), None),
        prefers=read(parts, "prefers", _preferred, None),
        nudge=read(parts, "nudge", _nudge, Nudge.USUAL),
        dated=read(parts, "dated", lambda s: _dated(s, words), None),
        answers=read(parts, "answers", lambda s: _answers(s, words), {}),
        unanswered=each(parts, "unanswered", phrases.opening),
        checklist=read(parts, "checklist", lambda s: s.texts_by_id(), {}),
        fields=read(parts, "fields", lambda s: _fields(s, words), ()),
        items_left=read(parts, "items_left", lambda s: s.word(), None),
        overtakes=read(parts, "overtakes", lambda s: s.words(), ()),
        ends=read(parts, "ends", lambda s: s.words(), ()),
        schedules=read(parts, "schedules", lambda s: s.words(), ()),
        left_out=read(parts, "left_out", lambda s: s.word(), None),
        sample=read(parts, "sample", lambda s: s.texts(), NO_TEXT),
        channel=read(parts, "channel", lambda s: s.one_of(Channel), None),
        source=read(parts, "source", lambda s: s.string(), ""),
        team_default=read(parts, "team_default", lambda s: s.yes_no(), False),
    )


def _preferred(spot: Spot) -> int:
    found = spot.matched(_PREFERRED)
    if found is None or not 1 <= int(found[1]) <= phrases.W_MAX:
        raise spot.bad(f"{spot.string()!r} is no preferred day", "write e.g. W2", Code.BAD_TIMER)
    return int(found[1])


def _nudge(spot: Spot) -> Nudge:
    """Read `yes` (the usual one), `no`, or `prompt_day`."""
    said = spot.yes_no_or(Nudge)
    if isinstance(said, Nudge):
        return said
    return Nudge.USUAL if said else Nudge.NONE


def _dated(spot: Spot, words: Words) -> Dated:
    parts = spot.table(DATED)
    spot.needs(parts, ("due", "result"))
    first, last = read(parts, "window", phrases.window, (None, None))
    return Dated(
        due=read(parts, "due", lambda s: s.rule(DUE), _DEFAULT_DUE),
        result=read(parts, "result", phrases.result, _DEFAULT_RESULT),
        reminders=each(parts, "reminders", phrases.reminder),
        window_first=first,
        window_last=last,
        or_within=read(parts, "or_within", _within, None),
        question=read(parts, "question", lambda s: s.texts(), NO_TEXT),
        fields=read(parts, "fields", lambda s: _fields(s, words), ()),
    )


def _within(spot: Spot) -> int:
    rule = spot.rule(frozenset({AnchorKind.WORKING_DAYS_AFTER}))
    return rule.anchor.n


def _answers(spot: Spot, words: Words) -> dict[str, Answer]:
    return {id_: _answer(id_, one, words) for id_, one in spot.named().items()}


def _answer(id_: str, spot: Spot, words: Words) -> Answer:
    parts = spot.table(ANSWER)
    opens = each(parts, "opens", phrases.opening)
    return Answer(
        id=id_,
        text=read(parts, "text", lambda s: s.texts(), words.answers.get(id_, NO_TEXT)),
        fields=read(parts, "fields", lambda s: _fields(s, words), ()),
        opens=opens + each(parts, "also_opens", phrases.opening),
        ends=read(parts, "ends", lambda s: s.words(), ()),
        closes=read(parts, "closes", lambda s: s.word(), None),
        checks_later=read(parts, "checks_later", lambda s: s.yes_no(), True),
        again=read(parts, "again", phrases.again, None),
        redates=read(parts, "redates", lambda s: s.word(), None),
        sets_phase=read(parts, "sets_phase", lambda s: s.word(), None),
        informs=read(parts, "informs", lambda s: s.yes_no(), False),
        alerts=read(parts, "alerts", lambda s: s.yes_no(), False),
        reopens=read(parts, "reopens", lambda s: s.yes_no(), False),
        item=read(parts, "item", lambda s: s.yes_no(), False),
        crisis=read(parts, "crisis", lambda s: s.yes_no(), None),
        reached=read(parts, "reached", lambda s: s.yes_no(), False),
        help=read(parts, "help", lambda s: s.one_of(Help), None),
        source=read(parts, "source", lambda s: s.string(), ""),
    )


# Fields: a list of known ones, or a table of one's own


def _field_words(spot: Spot) -> dict[str, Field]:
    return {id_: _field(id_, one, None) for id_, one in spot.named().items()}


def _fields(spot: Spot, words: Words) -> tuple[Field, ...]:
    return spot.either(
        lambda table: tuple(
            _field(id_, one, words.fields.get(id_)) for id_, one in table.named().items()
        ),
        lambda rows: every(rows.rows(), lambda row: _field_phrase(row, words)),
    )


def _field_phrase(spot: Spot, words: Words) -> Field:
    """Read `when` or `when required`, a field that the file describes under `fields:`."""
    id_, _, rest = spot.string().partition(" ")
    known = words.fields.get(id_)
    if known is None:
        why = f"the field {id_!r} is not described under `fields:` at the top"
        raise spot.bad(why, nearest(id_, words.fields.keys()), Code.UNKNOWN_FIELD)
    if rest not in ("", "required", "optional"):
        raise spot.bad(f"{rest!r} after a field", "required, optional, or nothing")
    return replace(known, required=known.required if not rest else rest == "required")


def _field(id_: str, spot: Spot, known: Field | None) -> Field:
    parts = spot.table(FIELD)
    if known is None:
        spot.needs(parts, ("kind",))
        known = Field(id=id_, kind=FieldKind.TEXT)
    return Field(
        id=id_,
        kind=read(parts, "kind", lambda s: s.one_of(FieldKind), known.kind),
        required=read(parts, "required", lambda s: s.yes_no(), known.required),
        label=read(parts, "label", lambda s: s.texts(), known.label),
        choices=read(parts, "choices", lambda s: s.texts_by_id(), known.choices),
    )

"""The draft of a report: what was said so far, and what is still to ask. Pure; it says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final

from bot.acts import FileReport, When
from bot.conversations.scene import Dialogue
from bot.texts import LANGUAGES, plain
from scheduler.procedure import IntakeField, Procedure
from scheduler.workdays import Workdays

KIND: Final = "report"
"""`Dialogue.kind` of a draft."""

SUMMARY: Final = "summary"
FREE: Final = "free"
PROCEDURE: Final = "procedure"
WHICH: Final = "which"
"""What a draft may be asking beside a field: the whole, the free message, which procedure, and
whether a text is a new report or belongs to an own one."""

DRAFT_DAYS_MAX: Final = 3
"""Days that a draft is kept after the last word (procedures 2, `report`; TEAM)."""

FILES_MAX: Final = 10
"""A claim photographed page by page."""

STORY_UNITS_MAX: Final = 16_000
"""UTF-16 units of all free text of one report: four full messages; nothing is cut (row 29)."""

_UNITS_MAX: Final = {
    "client": 120,
    "address": 240,
    "relation": 240,
    "phone": 60,
    "amount": 80,
    "reach": 120,
}
_TEXT_UNITS_MAX: Final = 4096

KIND_OF: Final = "."
"""Between a procedure and its kind of message, where one tap says both."""

OTHER: Final = "other"
"""The kind of message that is none of the known ones (G-13)."""

REACH: Final = "reach"
"""How the reporter is reached, where they are spoken to before anything else (E-08)."""
BY_CHAT: Final = "chat"
"""What `REACH` holds where no number was given."""

_STORIES: Final = ("text", "view", "why")
"""Where a free message is kept: the first that the intake has."""


class Ask(StrEnum):
    """How a field is asked and read."""

    KIND = "kind"
    CONSENT = "consent"
    PHONE = "phone"
    AMOUNT = "amount"
    DATE = "date"
    REACH = "reach"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A report being made. `dates` are the team's wall: "2027-02-19" or "2027-02-19T10:00".

    `amount` is cents and months; `wanted` the fields that a free message left unclear; `asked`
    the fields asked before this one (for Back); `waiting` a text that waits for a decision;
    `pending` a date or number that waits for one; `back_to_summary`: a line of the summary is
    being changed. `touched_on` is the team's day of the last word; `album` marks the pictures that
    came last.
    """

    procedure: str
    guided: bool = False
    said: Mapping[str, str] = field(default_factory=dict)
    amount: tuple[int | None, int | None] | None = None
    dates: Mapping[str, str] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    waiting: str = ""
    pending: str = ""
    back_to_summary: bool = False
    for_case: int | None = None
    touched_on: str = ""
    album: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost with it."""
        return not (self.said or self.amount or self.dates or self.files or self.waiting)

    def knows(self, id_: str) -> bool:
        """Return whether the field has a value."""
        if id_ == "amount":
            return self.amount is not None
        return id_ in self.said or id_ in self.dates


def to_values(draft: Draft) -> dict[str, Any]:
    """Return the draft as JSON values for `Dialogue.values`."""
    return {
        "procedure": draft.procedure,
        "guided": draft.guided,
        "said": dict(draft.said),
        "amount": None if draft.amount is None else list(draft.amount),
        "dates": dict(draft.dates),
        "skipped": list(draft.skipped),
        "wanted": list(draft.wanted),
        "files": list(draft.files),
        "asked": list(draft.asked),
        "waiting": draft.waiting,
        "pending": draft.pending,
        "back_to_summary": draft.back_to_summary,
        "for_case": draft.for_case,
        "touched_on": draft.touched_on,
        "album": draft.album,
    }


def from_values(values: Mapping[str, Any]) -> Draft:
    """Return the draft that `to_values` wrote; what an older version did not know is empty."""
    amount = values.get("amount")
    return Draft(
        procedure=values.get("procedure", ""),
        guided=values.get("guided", False),
        said=dict(values.get("said", {})),
        amount=None if amount is None else (amount[0], amount[1]),
        dates=dict(values.get("dates", {})),
        skipped=tuple(values.get("skipped", ())),
        wanted=tuple(values.get("wanted", ())),
        files=tuple(values.get("files", ())),
        asked=tuple(values.get("asked", ())),
        waiting=values.get("waiting", ""),
        pending=values.get("pending", ""),
        back_to_summary=values.get("back_to_summary", False),
        for_case=values.get("for_case"),
        touched_on=values.get("touched_on", ""),
        album=values.get("album", ""),
    )


def draft_of(dialogue: Dialogue | None) -> Draft | None:
    """Return the draft that the dialogue holds, None where it is about something else."""
    return from_values(dialogue.values) if dialogue and dialogue.kind == KIND else None


def is_expired(draft: Draft, today: date) -> bool:
    """Return whether nobody touched the draft for more than `DRAFT_DAYS_MAX` days."""
    if not draft.touched_on:
        return False
    return (today - date.fromisoformat(draft.touched_on)).days > DRAFT_DAYS_MAX


# Fields


def fields_of(procedure: Procedure) -> tuple[IntakeField, ...]:
    """Return the intake's fields in order.

    The kind of message comes first where the procedure knows kinds, and consent after it where a
    kind asks for it, whether or not the intake lists them (R-22, R-24).
    """
    intake = procedure.intake or _default_intake()
    listed = {each.id: each for each in intake}
    first: list[IntakeField] = []
    if procedure.kinds:
        first.append(listed.get("kind") or IntakeField(id="kind", label={}))
        if any(kind.asks_consent for kind in procedure.kinds.values()):
            first.append(listed.get("consent") or IntakeField(id="consent", label={}))
    leading = {each.id for each in first}
    return (*first, *(each for each in intake if each.id not in leading))


@cache
def _default_intake() -> tuple[IntakeField, ...]:
    """Return what is asked where a procedure's author said nothing: who, where, how, what."""

    def asked(id_: str, *, required: bool = False) -> IntakeField:
        label = {language: plain(language, f"intake-{id_}") for language in LANGUAGES}
        return IntakeField(id=id_, label=label, required=required)

    return (asked("client", required=True), asked("address"), asked("phone"), asked("text"))


def applicable(draft: Draft, procedure: Procedure) -> tuple[IntakeField, ...]:
    """Return the fields that this report is about: consent only for a kind that asks for it."""
    kind = procedure.kinds.get(draft.said.get("kind", ""))
    asks = kind is not None and kind.asks_consent
    return tuple(each for each in fields_of(procedure) if each.id != "consent" or asks)


def field_of(procedure: Procedure, id_: str) -> IntakeField | None:
    """Return the intake's field, None for an unknown id."""
    return next((each for each in fields_of(procedure) if each.id == id_), None)


def way_of(id_: str) -> Ask:
    """Return how the field is asked; what has no way of its own is text."""
    match id_:
        case "kind" | "consent" | "phone" | "amount" | "reach":
            return Ask(id_)
        case "hearing" | "eviction":
            return Ask.DATE
        case _:
            return Ask.TEXT


def units_max(id_: str) -> int:
    """Return how long an answer may be, in UTF-16 units."""
    return _UNITS_MAX.get(id_, _TEXT_UNITS_MAX)


def story_of(procedure: Procedure) -> str:
    """Return the field that holds what people write in their own words."""
    ids = {each.id for each in procedure.intake}
    return next((id_ for id_ in _STORIES if id_ in ids), _STORIES[0])


# Changes


def with_said(draft: Draft, id_: str, value: str) -> Draft:
    """Return the draft with the field said; another kind may make consent fall away."""
    said = {**draft.said, id_: value}
    if id_ == "kind" and said.get("kind") != draft.said.get("kind"):
        said.pop("consent", None)
    return replace(draft, said=said, skipped=_without(draft.skipped, id_), pending="")


def with_date(draft: Draft, id_: str, wall: str) -> Draft:
    """Return the draft with a date, as `Draft.dates` writes it."""
    dates = {**draft.dates, id_: wall}
    return replace(draft, dates=dates, skipped=_without(draft.skipped, id_), pending="")


def with_amount(draft: Draft, cents: int | None, months: int | None) -> Draft:
    """Return the draft with the amount, the months, or both."""
    return replace(draft, amount=(cents, months), skipped=_without(draft.skipped, "amount"))


def with_skipped(draft: Draft, procedure: Procedure, id_: str) -> Draft:
    """Return the draft with the field passed over; an earlier value of it is dropped.

    Consent passed over is no consent: the coordinator is then asked first (R-24). A kind passed
    over is `other` where there is one.
    """
    if id_ == "consent":
        return with_said(draft, id_, "no")
    if id_ == "kind" and OTHER in procedure.kinds:
        return with_said(draft, id_, OTHER)
    return replace(
        draft,
        said={key: value for key, value in draft.said.items() if key != id_},
        dates={key: value for key, value in draft.dates.items() if key != id_},
        amount=None if id_ == "amount" else draft.amount,
        skipped=(*_without(draft.skipped, id_), id_),
        pending="",
    )


def with_story(draft: Draft, procedure: Procedure, text: str) -> Draft:
    """Return the draft with `text` added under what was told before: nothing is replaced."""
    id_ = story_of(procedure)
    before = draft.said.get(id_)
    if before is not None and text in before:
        return draft
    whole = f"{before}\n\n{text}" if before else text
    return replace(draft, said={**draft.said, id_: whole}, skipped=_without(draft.skipped, id_))


def _without(ids: tuple[str, ...], id_: str) -> tuple[str, ...]:
    return tuple(each for each in ids if each != id_)


# Dates and the finished report


def planned(wall: str, days: Workdays) -> When:
    """Return the day or moment that a wall time of `Draft.dates` stands for."""
    if "T" not in wall:
        return When(day=date.fromisoformat(wall))
    local = datetime.fromisoformat(wall)
    return When(day=local.date(), at=days.at(local.date(), local.time()))


def wall_of(at: datetime, days: Workdays) -> str:
    """Return a moment as `Draft.dates` writes it, to the minute."""
    return at.astimezone(days.zone).strftime("%Y-%m-%dT%H:%M")


def read_wall(text: str) -> str | None:
    """Return the wall time that a button's `arg` holds, None when it is none."""
    try:
        if len(text) == len("2027-02-19"):
            return date.fromisoformat(text).isoformat()
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if at.tzinfo else at.strftime("%Y-%m-%dT%H:%M")


def finished(draft: Draft, days: Workdays, amount: str | None) -> FileReport:
    """Return the report; `amount` is the draft's amount in the team's words."""
    values = {id_: value for id_, value in draft.said.items() if value}
    if amount is not None:
        values["amount"] = amount
    hearing, eviction = (draft.dates.get(id_) for id_ in ("hearing", "eviction"))
    return FileReport(
        procedure=draft.procedure,
        values=values,
        hearing=planned(hearing, days) if hearing else None,
        eviction=planned(eviction, days) if eviction else None,
        files=draft.files,
        for_case=draft.for_case,
    )

"""What a person sees, without Telegram: text, buttons, and what a button means.

Views and conversations make these values; `gateway` alone turns them into a messenger's words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Final, TypeAlias


class Verb(StrEnum):
    """What a button asks for. `Intent` says about which case, step, answer, person or item."""

    # a case's work
    ANSWER = "answer"
    """answer `step` with `arg` (an answer id; "" for the fields that a step asks first)"""
    DATE = "date"
    """tell the date that `step` asks first: the day `arg`, then its time"""
    CONTACT = "contact"
    """the client contacted us; `arg` accepts_help, declines_help, wants_call, or None: ask"""
    DEVIATE = "deviate"
    LATER = "later"
    HAND_OVER = "hand_over"
    """to `person`, or None: ask whom"""
    EXTEND = "extend"
    CHANGE = "change"
    """`arg` phase, hearing, eviction, served, or None: ask what"""
    TELL = "tell"
    """let the worker know now that `arg` was changed: as CHANGE, or crisis"""
    LIFT = "lift"
    """`arg` gate or crisis"""
    CLOSE = "close"
    """`arg` an outcome, or None: ask"""
    REOPEN = "reopen"
    NOTE = "note"
    VISIT = "visit"
    """a safe visit: with, someone, stop, and of visit `item`: in (for `page` minutes), other, out,
    longer, cancel, look, safe, where; None: begin one"""
    SAMPLE = "sample"
    """the note of `step` in other languages"""
    LEAFLET = "leaflet"
    """the team's leaflet; `arg` None: have it, replace, remove, stop"""
    CORRECT = "correct"
    """take back the answer of history event `item`"""
    TAKE_OVER = "take_over"
    CLAIM = "claim"
    """the team channel's button"""
    PART = "part"
    """a joined second report (`item`) becomes a case of its own"""
    # looking
    CASE = "case"
    STEP = "step"
    """one open step with its answers"""
    MORE = "more"
    DETAILS = "details"
    WHY = "why"
    HISTORY = "history"
    PROCEDURE = "procedure"
    """the procedure's picture, with `case` lit up in it"""
    EXPORT = "export"
    """a file of cases; `step` what, period, confirm, make or stop, `arg` what was chosen"""
    WHO_SAW = "who_saw"
    """who looked at `case`; `page`"""
    RETAIN = "retain"
    """keep `case` longer than its term; `arg` why, None: ask"""
    LIST = "list"
    """`arg` today, cases, status, overdue, team, absent; `page`"""
    FIGURES = "figures"
    """`arg` the period; `item` 1: `page` of it in this one's place, 2: what that page counts"""
    # inside a dialogue
    PICK = "pick"
    """choose `arg` (a tick, a day, a person's id, yes/no …) for the field being asked"""
    DONE = "done"
    """all ticked / these are all / send"""
    SKIP = "skip"
    BACK = "back"
    CANCEL = "cancel"
    RESUME = "resume"
    DISCARD = "discard"
    # reporters and members
    REPORT = "report"
    """begin a report; `arg` free or guided"""
    CHANGE_LINE = "change_line"
    """change the summary's line `arg`"""
    SEND = "send"
    MY_REPORTS = "my_reports"
    ADD = "add"
    """add something to one's own report (`case`)"""
    AFTERWARDS = "afterwards"
    """how it is, months after `case` was closed: `arg` yes, no or unknown"""
    ABOUT = "about"
    SUPPORT = "support"
    LANGUAGE = "language"
    """`arg` a language tag, or None: ask"""
    CONFIRM_MEMBER = "confirm_member"
    REFUSE_MEMBER = "refuse_member"
    CONFIRM_GROUP = "confirm_group"
    AWAY = "away"
    LEAVE_TEAM = "leave_team"
    """`person` leaves the team"""
    MY_LEAVE = "my_leave"
    """the planned leave of `person`"""
    ABSENCE = "absence"
    """one leave, `item`, and what can be changed of it"""
    CHANGE_AWAY = "change_away"
    """`arg` to (its last day) or stand_in, of leave `item`"""
    DROP_AWAY = "drop_away"
    WORKS = "works"
    """the weekdays on which `person` works"""
    COVERED = "covered"
    """the cases of `person` for whom the reader stands in"""
    HAND_ON = "hand_on"
    """before `item` leaves the team: give `case` to `person` (None: ask whom); without `case` show
    their first open one after number `page`"""
    ACCEPT_STAND_IN = "accept_stand_in"
    REFUSE_STAND_IN = "refuse_stand_in"
    NOTHING = "nothing"
    """a label that does nothing"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What a button means: codes and ids only, stored behind a random callback id."""

    verb: Verb
    case: int | None = None
    step: str | None = None
    arg: str | None = None
    person: int | None = None
    item: int | None = None
    page: int = 0


_INTENT_FIELDS: Final = tuple(each.name for each in fields(Intent))


def to_codes(intent: Intent) -> dict[str, Any]:
    """Return an intent as stored: what is not set is left out."""
    said = ((name, getattr(intent, name)) for name in _INTENT_FIELDS)
    return {name: value for name, value in said if value not in (None, 0)}


def from_codes(codes: Mapping[str, Any]) -> Intent:
    """Return the intent that `to_codes` stored."""
    return Intent(**{**codes, "verb": Verb(codes["verb"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button. `style`: "" | "primary" | "success" | "danger" (old clients show it plain)."""

    label: str
    intent: Intent
    style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A button that copies a text (a reference) to the clipboard."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A button that opens an address of ours (a deep link)."""

    label: str
    url: str


Key: TypeAlias = Press | Copy | Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file or picture that is made when it is sent: `kind` and `values` as `bot.making` takes.

    `values` are JSON, and words that are ready to be read. `caption` is HTML, at most 1024
    characters; `photo`: shown as a picture, not as a file.
    """

    kind: str
    name: str
    values: Mapping[str, Any] = field(repr=False)
    photo: bool = False
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is stored here: the messenger's word for it (photo, document …), its number."""

    told: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One message. `html` is escaped already; `protect` forbids forwarding and saving.

    `forget_after_s`: the message is deleted after so many seconds (personal details), those of
    the case `details_of`.
    """

    html: str
    rows: tuple[tuple[Key, ...], ...] = ()
    protect: bool = False
    forget_after_s: int | None = None
    details_of: int | None = None
    files: tuple[str, ...] = ()
    """Sent after the text, under the same rules: "kind:id" in the messenger's words."""
    kept: tuple[Kept, ...] = ()
    """Stored here, and sent after the text under the same rules."""
    made: tuple[Made, ...] = ()
    """Made and sent after the text, under the same rules."""

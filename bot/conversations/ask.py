"""One question of a dialogue, and what an answer to it comes to. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from bot.screen import Key

Values: TypeAlias = Mapping[str, Any]
"""What was said so far in a dialogue, as JSON; names that begin with "_" are drafts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question of a dialogue.

    `kind` is a field kind or one of ours; `is_past` says that its date lies behind us;
    `needs_time` that a day alone is not enough; `offers` are (label, arg) to tap instead of
    typing; `choices` (id, label) of ticks and choices.
    """

    id: str
    kind: str
    label: str
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    offers: tuple[tuple[str, str], ...] = ()
    keys: tuple[Key, ...] = ()
    """Buttons made by whoever asks (people, items), each a PICK."""
    is_past: bool = False
    needs_time: bool = False
    opened: bool = False
    """The calendar stands under the offers at once, not behind a button."""
    whole_day: bool = False
    """A date whose time nobody needs: a day that was tapped is enough."""
    worked: bool = False
    """A date on which the team works: closed days are not offered."""
    since: date | None = None
    """The first day that can be meant, where it is not today."""
    withdrawable: bool = False
    """A date that may be said to be withdrawn (PICK "withdrawn")."""
    hint: str = ""
    is_extra: bool = False
    """Asked after the answer has counted: there is nothing to go back to, or to cancel."""
    known: str = ""
    """The date that stands in the case already, in words: skipping leaves it so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """The ask is answered; `value` is JSON, `notice` (HTML) what must be said of it.

    `echo` (HTML) is how a typed date was read: it counts once the person has seen it.
    """

    value: Any
    notice: str = ""
    echo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """The ask stays open; `drafts` replace those kept, `notice` says why (HTML)."""

    drafts: Values = field(default_factory=dict)
    notice: str = ""


Taken: TypeAlias = Got | Again

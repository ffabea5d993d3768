"""An appointment as a file for a phone's own calendar: reference, kind and initials, no more."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bot.screen import Made
from bot.views.heads import Sight, ref_words
from bot.views.words import dotted, planned_words, step_title
from scheduler.appointments import FACTS, Appointment, Change, Invitation

MINUTES: Final = 60
"""How long an appointment is taken to last."""
HOUR_BEFORE: Final = -60
DAY_BEFORE: Final = -24 * 60
NINE_THAT_DAY: Final = 9 * 60
NINE_THE_DAY_BEFORE: Final = -15 * 60
NAME_MAX: Final = 40


def invitation_file(sight: Sight, invitation: Invitation, sequence: int) -> Made:
    """Return the file and its caption, in the reader's language; `sequence` as RFC 5545 has it."""
    one, is_gone = invitation.appointment, invitation.change is Change.GONE
    what = _what(sight, one)
    summary = " · ".join(part for part in (sight.view.ref, what, sight.view.short) if part)
    return Made(
        kind="ics",
        name=f"{sight.view.ref}-{_plain(what) or one.what}.ics",
        values={
            "uid": f"{sight.view.ref}-{one.id}@kier",
            "sequence": sequence,
            "stamp": sight.now.isoformat(),
            "day": one.day.isoformat(),
            "at": one.at.isoformat() if one.at is not None else None,
            "minutes": MINUTES,
            "summary": sight.plain("ics-cancelled", what=summary) if is_gone else summary,
            "team": sight.team.name,
            "alarms": _alarms(one),
            "cancelled": is_gone,
        },
        caption=_caption(sight, invitation, what),
    )


def _what(sight: Sight, one: Appointment) -> str:
    if one.step is None:
        return sight.plain(f"ics-{one.what}")
    return step_title(sight.view, one.step, sight.language, sight.days)


def _caption(sight: Sight, invitation: Invitation, what: str) -> str:
    one = invitation.appointment
    at = planned_words(one.day, one.at, sight.days, sight.language, sight.now)
    name = what[:1].upper() + what[1:]
    return sight.say(
        f"ics-{invitation.change.value}",
        ref=dotted(ref_words(sight.view), sight.view.short),
        what=name,
        at=at,
    )


def _alarms(one: Appointment) -> list[int]:
    """Return an hour before; of a legal date a day before as well. All day: at nine."""
    is_legal = one.what in FACTS
    if one.at is None:
        return [NINE_THE_DAY_BEFORE, NINE_THAT_DAY] if is_legal else [NINE_THAT_DAY]
    return [DAY_BEFORE, HOUR_BEFORE] if is_legal else [HOUR_BEFORE]


def _plain(words: str) -> str:
    """Return words as a file name has them: "afspraak-thuis"."""
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:NAME_MAX].rstrip("-")

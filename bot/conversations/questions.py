"""Which questions a report that is being made still has, in which order, and what goes together.

The measure is a reporter who is done in eight messages: what one message can say is one question.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.conversations import intake
from bot.conversations.intake import Draft
from scheduler.procedure import IntakeField, Procedure

_WORTH_ASKING: Final = frozenset(
    {"kind", "consent", "client", "address", "phone", "relation", intake.REACH}
)
"""Asked after a free message that left them out; the rest only stands in the summary."""

_DATES: Final = ("hearing", "eviction")

_DATES_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "arrears": (),
    "petition": (),
    "claim": ("hearing",),
    intake.OTHER: ("eviction",),
    "": ("eviction",),
}
"""Which date a guided report asks for, by its kind of message: before court there is none.

The others stand in the summary, a tap away; a kind of a team's own asks for both.
"""


def to_ask(draft: Draft, procedure: Procedure) -> tuple[str, ...]:
    """Return the fields still to ask, in order: those of use when guided, else what is missing."""
    told = _told_along(draft, procedure)
    return tuple(
        each.id
        for each in _in_order(draft, procedure)
        if (not draft.knows(each.id) or _is_story_to_come(draft, procedure, each.id))
        and (each.required or each.id not in draft.skipped)
        and (
            each.required
            or each.id in draft.wanted
            or (draft.guided and each.id not in told)
            or (not draft.guided and each.id in _WORTH_ASKING)
        )
    )


STORY_WORDS_MIN: Final = 12
"""What is told by the way in fewer words is not yet the story that a guided report asks for."""


def _is_story_to_come(draft: Draft, procedure: Procedure, id_: str) -> bool:
    if not draft.guided or id_ != intake.story_of(procedure) or id_ in draft.asked:
        return False
    return len(draft.said.get(id_, "").split()) < STORY_WORDS_MIN


def _in_order(draft: Draft, procedure: Procedure) -> tuple[IntakeField, ...]:
    """Return the fields as they are asked: first who it is about, since all else hangs on it."""
    first = ("kind", "consent", "client", "address", "phone")
    if not draft.guided:
        # whoever tells a story is not asked for the name of a paper before anything else
        first = ("client", "address", "phone", "kind", "consent")
    rank = {id_: place for place, id_ in enumerate(first)}
    fields = intake.applicable(draft, procedure)
    return tuple(sorted(fields, key=lambda each: rank.get(each.id, len(first))))


def _told_along(draft: Draft, procedure: Procedure) -> frozenset[str]:
    """Return what a guided report asks with the story, in one message, or need not ask."""
    told = {*_DATES} - {*_dates_asked(draft, procedure)}
    story = intake.story_of(procedure)
    if intake.field_of(procedure, story) is not None:
        told |= {*_WITH_STORY} - {story}
        is_asked = story in draft.asked or _is_story_to_come(draft, procedure, story)
        if not is_asked or (story in draft.asked and not draft.knows(story)):
            # told before it was asked for, or not told at all
            told -= {"relation", intake.REACH}
    return frozenset(told)


def _dates_asked(draft: Draft, procedure: Procedure) -> tuple[str, ...]:
    kind = draft.said.get("kind", "") if procedure.kinds else ""
    return _DATES_OF.get(kind, _DATES)


_WITH_STORY: Final = ("relation", "why", "amount", intake.REACH)
_ALONG: Final[Mapping[str, tuple[str, ...]]] = {
    "client": ("address", "phone"),
    "address": ("phone",),
}


def along(draft: Draft, procedure: Procedure, id_: str) -> tuple[str, ...]:
    """Return what may be said in the same message as the field: who reports reads it with it.

    Only what is not known yet; changing one line of the summary is about that line alone.
    """
    if draft.back_to_summary:
        return ()
    asked = _ALONG.get(id_, ())
    if id_ == intake.story_of(procedure) and draft.guided:
        asked = tuple(each for each in _WITH_STORY if each != id_)
    known = {each.id for each in intake.applicable(draft, procedure)}
    is_owed = draft.said.get("kind") in (None, "arrears")
    return tuple(
        each
        for each in asked
        if each in known and not draft.knows(each) and (each != "amount" or is_owed)
    )


def place_of(draft: Draft, procedure: Procedure, id_: str) -> tuple[int, int]:
    """Return "question n of m" for the field; what was asked before counts (Back included)."""
    coming = [each for each in to_ask(draft, procedure) if each != id_]
    before = [each for each in draft.asked if each != id_ and each not in coming]
    return len(before) + 1, len(before) + 1 + len(coming)

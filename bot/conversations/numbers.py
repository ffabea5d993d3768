"""Cuts national and account numbers out of what a person sends, before any room hears it. Pure.

One place for all entrances: reports, notes, answers, captions, file names, commands (row 35).
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from bot.conversations.intake import REACH
from bot.conversations.scene import Dialogue, Handed, Incoming, Ordered, Pressed, Said
from bot.reading.identifiers import without_national_numbers

_PHONES: Final = frozenset({"phone", REACH})
"""Questions that are answered with figures which may look like a BSN."""


def without_numbers(incoming: Incoming, dialogue: Dialogue | None) -> Incoming:
    """Return what was sent without such numbers; the same object where there was none."""
    phone_asked = dialogue is not None and dialogue.asking in _PHONES
    cut = partial(without_national_numbers, phone_asked=phone_asked)
    kept: Incoming = incoming
    match incoming:
        case Said(text=text):
            kept = replace(incoming, text=cut(text))
        case Ordered(rest=rest):
            kept = replace(incoming, rest=cut(rest))
        case Handed(caption=caption, file_name=name):
            kept = replace(incoming, caption=cut(caption), file_name=cut(name) if name else name)
        case Pressed():
            pass
    return incoming if kept == incoming else kept


def says_anything(incoming: Incoming) -> bool:
    """Return whether words are left, or it was more than words."""
    return not isinstance(incoming, Said) or any(char.isalnum() for char in incoming.text)

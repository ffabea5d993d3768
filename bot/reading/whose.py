"""Whose telephone number stands in a message: the client's, or of who writes it. Pure."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from bot.reading.people import MASK, find_names

_OWN_NUMBER: Final = re.compile(
    r"\b(?:mijn (?:nummer|gsm|telefoon\w*|tel)|bel(?:t u)? (?:mij|me)|bereik(?:baar|en).{0,12}"
    r"|my (?:number|phone)|call me|reach me|mon (?:numero|gsm|telephone)|appelez-moi"
    r"|joignable|(?:me|nous) joindre)[^.\n]{0,25}$"
)
_THEIR_NUMBER: Final = re.compile(
    r"\b(?:hij|zij|ze|huurder|huurster|client|klant|bewoner|bewoonster|he|she|they|tenant|il|elle"
    r"|locataire) (?:[a-z']+ ){1,5}?(?:bereik|reach|joi)\w*[^.\n]{0,25}$"
    r"|\b(?:zijn|haar|his|her|son|sa) (?:gsm|tel|nummer|mobiel|number|phone|mobile|numero)"
    r"[^.\n]{0,25}$"
    r"|\b(?:nummer|gsm|number|phone|numero) (?:van|of|de|du) (?!mij|me\b|moi)[^.\n]{0,35}$"
)


_INTRODUCED: Final = re.compile(
    r"(?:\b(?:ik ben|wij zijn|mijn naam is|ik heet|u spreekt met|i am|i'm|we are|my name is"
    r"|this is|je suis|nous sommes|je m'appelle|mon nom est)"
    r"|\b(?:groet(?:en|jes)?|mvg|regards|cordialement|salutations|bien a vous)\b)"
)
"""What says who writes, at a message's begin or end; a number behind it is theirs."""
_OF_ANOTHER: Final = re.compile(
    r"\b(?:(?:de |mijn |onze |le |la |mon |ma |notre |the |my |our )?(?:huurder|huurster|tenant"
    r"|locataire)s?|client(?:e)?|klant|bewoner|bewoonster|hij|zij|ze|he|she"
    r"|il|elle"
    r"|mijn (?:buur|zoon|dochter|moeder|vader|broer|zus|vriend)\w*"
    r"|my (?:neighbou?r|son|daughter|mother|father|brother|sister|friend)"
    r"|m(?:on|a) (?:voisine?|fils|fille|mere|pere|frere|soeur|amie?)|naam|name|nom)\b"
)
_INTRODUCED_MAX: Final = 120
"""Characters between who introduces themselves and a number that is theirs."""


class Whose(Enum):
    """Whose a number is."""

    OWN = auto()
    THEIRS = auto()
    UNSAID = auto()
    """No name is beside it: the client's, where not the reporter's own was asked for."""
    UNCLEAR = auto()


def whose_number(text: str, flat: str, start: int, *, french: bool) -> Whose:
    """Return whose the number at `start` is: the reporter's where they say so, or name themselves.

    Behind somebody else who is named in between it is that person's; in the sentence after "Ik
    ben de huisbaas." nobody can tell. `text` holds MASK where addresses stood, `flat` is the
    same flattened. Never raises.
    """
    before = flat[max(0, start - 60) : start]
    if _THEIR_NUMBER.search(before):
        return Whose.THEIRS
    if _OWN_NUMBER.search(before):
        return Whose.OWN
    introduced = [match.end() for match in _INTRODUCED.finditer(flat, 0, start)]
    if not introduced or start - introduced[-1] > _INTRODUCED_MAX:
        return Whose.THEIRS if find_names(text[:start], french=french) else Whose.UNSAID
    between = flat[introduced[-1] : start]
    names = find_names(text[:start], french=french)
    named = any(one.start >= introduced[-1] for one in names)
    if named or MASK in between:
        return Whose.THEIRS
    if _OF_ANOTHER.search(between):
        return Whose.UNSAID
    return Whose.UNCLEAR if re.search(r"(?<!\btel)(?<!\bgsm)\.\s|[!?;]", between) else Whose.OWN

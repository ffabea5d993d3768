"""Whether somebody is telling something, rather than giving a name, an address or a number."""

from __future__ import annotations

import re
from typing import Final

from bot.reading.words import fold

SENTENCE_WORDS_MIN: Final = 3

_TELLING: Final = frozenset(
    (
        *("er", "ik", "ze", "zij", "hij", "wij", "we", "is", "was", "zijn", "heeft", "heb"),
        *("hebben", "had", "kwam", "komt", "kan", "moet", "wil", "gaat", "woont", "heet", "mijn"),
        *("onze", "hun", "een", "maar", "niet", "geen", "nog", "omdat", "dat", "wat", "hoe"),
        *("he", "she", "they", "has", "have", "came", "comes", "can", "must", "my"),
        *("our", "their", "not", "but", "because", "that", "lives"),
        *("je", "il", "elle", "ils", "elles", "nous", "est", "sont", "etait", "ont", "avait"),
        *("vient", "mon", "ma", "mes", "notre", "leur", "une", "mais", "pas", "que", "qui"),
        *("avec", "habite"),
    )
)
"""Words that stand in a sentence and in no name or address, folded."""


def is_sentence(text: str) -> bool:
    """Return whether the text tells something, in Dutch, English or French. Never raises."""
    words = fold(text).split()
    return len(words) >= SENTENCE_WORDS_MIN and not _TELLING.isdisjoint(words)


_SELF: Final = frozenset(
    (
        *("ik", "wij", "we", "mijn", "onze", "ons", "mij", "i", "my", "our", "us"),
        *("je", "nous", "mon", "ma", "mes", "notre", "nos", "moi"),
    )
)


def speaks_of_self(text: str) -> bool:
    """Return whether the text says something of who writes it. Never raises."""
    return not _SELF.isdisjoint(fold(text).split())


_WHERE: Final = re.compile(
    r"\b(?:naast|achter|boven|onder|tegenover|schuin|hoek|verdieping|gelijkvloers|ingang|zijdeur"
    r"|caravan|camping|boerderij|flat|beside|behind|above|below|opposite|corner|floor|next to"
    r"|entrance|a cote|derriere|dessus|dessous|en face|coin|etage|rez de chaussee|entree|ferme)\b"
)
_WHERE_WORDS_MAX: Final = 20


def says_where(text: str) -> bool:
    """Return whether a sentence says where somebody lives, as a neighbour would. Never raises.

    Only where an address was asked for: "achter de huur" says nothing of the kind.
    """
    folded = fold(text)
    return len(folded.split()) <= _WHERE_WORDS_MAX and bool(_WHERE.search(folded))

"""Whether a text is French, where a sign means another thing in it than in Dutch. Pure."""

from __future__ import annotations

from typing import Final

from bot.reading.words import fold

_FRENCH: Final = frozenset(
    (
        *("le", "les", "des", "du", "un", "une", "et", "est", "pas", "plus", "son", "sa", "ses"),
        *("mon", "ma", "mes", "je", "il", "elle", "nous", "qui", "que", "ne", "au", "aux", "chez"),
        *("rue", "loyer", "loyers", "locataire", "mois", "depuis", "pour", "avec", "habite"),
        *("arrieres", "impayes", "expulsion", "monsieur", "madame", "mme", "suis", "voisin"),
    )
)
_OTHER: Final = frozenset(
    (
        *("het", "een", "is", "niet", "van", "zijn", "haar", "mijn", "ik", "hij", "zij", "ze"),
        *("wij", "we", "huur", "huurder", "huurachterstal", "huurachterstand", "maanden", "bij"),
        *("sinds", "nog", "te", "voor", "met", "betaalt", "woont", "mevrouw", "meneer"),
        *("the", "his", "her", "my", "rent", "arrears", "tenant", "months", "not", "has", "lives"),
    )
)
"""Words that stand in one language and not in the other, folded."""


def is_french(text: str, language: str) -> bool:
    """Return whether `text` is French by its words; `language`, its writer's, where none tells."""
    words = fold(text).split()
    french = sum(word in _FRENCH for word in words)
    other = sum(word in _OTHER for word in words)
    return french > other if french != other else language == "fr"

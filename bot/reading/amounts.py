"""Amounts of money and months of arrears as people type them. No sum is ever worked out here."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.reading.datewords import NUMBERS
from bot.reading.words import clean, flatten

CENTS_MAX: Final = 100_000_000
"""One million euro, in cents: more is a slip of the keyboard."""

MONTHS_MAX: Final = 120
"""Ten years of arrears."""

BARE_MAX: Final = 12
"""A number up to this, without a word beside it, may be months as well as euros."""

_TEXT_MAX: Final = 80


class AmountProblem(StrEnum):
    """Why a text is not taken as an amount."""

    NOT_UNDERSTOOD = "not_understood"
    NEGATIVE = "negative"
    ZERO = "zero"
    TOO_LARGE = "too_large"
    EUROS_OR_MONTHS = "euros_or_months"
    PART_OF_MONTH = "part_of_month"
    OTHER_CURRENCY = "other_currency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What is owed: euros in cents, months of rent, or both; at least one of them."""

    cents: int | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A text that must be asked for again."""

    reason: AmountProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountFound:
    """An amount and its place in a longer text."""

    amount: Amount
    start: int
    end: int


def read_amount(text: str) -> Amount | Unreadable:
    """Return the euros, the months or both that `text` says, when only one reading is possible.

    "1.234,56", "1,234.56" and "1 234,56" are one amount; three figures after a single dot or
    comma are thousands. Digits of any script. Never raises. Source: rows 33, 41.
    """
    flat = _plain(clean(text))
    if len(flat) > _TEXT_MAX:
        return Unreadable(reason=AmountProblem.NOT_UNDERSTOOD)
    if _OTHER_CURRENCY.search(flat):
        return Unreadable(reason=AmountProblem.OTHER_CURRENCY)
    if _NEGATIVE.search(flat):
        return Unreadable(reason=AmountProblem.NEGATIVE)
    rest, months = _MONTHS.subn(" ", flat)
    rest, euros = _EUROS.subn(" ", rest)
    if months > 1 or euros > 1 or not _FILLERS.fullmatch(rest):
        return _bare(rest) if not months and not euros else _not_understood()
    return _both(_MONTHS.search(flat), _EUROS.search(_MONTHS.sub(" ", flat)))


def find_amounts(text: str) -> tuple[AmountFound, ...]:
    """Return each amount in `text` (cleaned) that has its word or sign beside it, in order."""
    flat = _plain(text)
    matches = sorted((*_MONTHS.finditer(flat), *_EUROS.finditer(flat)), key=re.Match.start)
    found = []
    for match in matches:
        read = read_amount(match[0])
        if isinstance(read, Amount):
            found.append(AmountFound(amount=read, start=match.start(), end=match.end()))
    return tuple(found)


def _plain(text: str) -> str:
    """Return `text` flat, with Arabic separators, odd minus signs and primes as Latin ones."""
    return flatten(text).translate(_SIGNS)


_SIGNS: Final = str.maketrans("٫٬−–—‚", ".,---,")

_NUMBER_WORDS: Final = {
    word: number for word, number in NUMBERS.items() if number and word not in ("an", "une")
}
_WORD: Final = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
# Figures with their separators; shape is judged later, so that "12,5,6" is seen whole.
_FIGURES: Final = r"\d+(?:[.,']\d+|(?: \d{3})(?!\d))*"
_ROUND: Final = r"(?:,-+|\.-+)?"
_MONTHS: Final = re.compile(
    rf"(?<![\w.,-])(?P<months>{_FIGURES}|{_WORD})\s?(?:maanden|maand|mnd|months?|mois)(?![a-z])"
)
_EUROS: Final = re.compile(
    rf"(?<![\w.,-])(?:(?:€|eur|euro)\s?(?P<after>{_FIGURES}){_ROUND}(?![\w])"
    rf"|(?P<before>{_FIGURES}){_ROUND}\s?(?:€|euro's|euros?|eur)(?![a-z]))"
)
_OTHER_CURRENCY: Final = re.compile(r"[$£¥]|\b(?:usd|gbp|dollars?|pounds?|ponden|chf|frank)\b")
_NEGATIVE: Final = re.compile(r"(?:^|[\s€(])-\s?(?:€\s?)?\d|\b(?:minus|min|(?<!ou )moins)\s?\d")
_FILLERS: Final = re.compile(
    r"(?:[\s.,;:()+=~±·&]|\b(?:ongeveer|circa|ca|zowat|bijna|min of meer|about|around|almost"
    r"|approx"
    r"|environ|env|presque|plus ou moins|a peu pres|rond|zo'n|is|en|and|et|of|ou|or|van|de|het"
    r"|samen|totaal|total|au total|in|huur|huurachterstand|huurachterstal|achterstal|achterstand"
    r"|schuld|loyers?|rent|arrears|arrieres?|impayes?|retard|dettes?|dus|so|soit|donc|bedrag)\b"
    r"|\bd')*"
)
_WHOLE: Final = re.compile(r"\d+")
_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(?:(?P<mark>[.,' ])\d{3})(?:(?P=mark)\d{3})*")
_DECIMAL: Final = re.compile(r"[.,](\d{1,2})")


def _bare(rest: str) -> Amount | Unreadable:
    """Return the amount of a text that is only figures."""
    figures = re.fullmatch(rf"\s*(?P<figures>{_FIGURES}){_ROUND}\s*", rest)
    if figures is None:
        return _not_understood()
    cents = _cents(figures["figures"])
    if cents is not None and cents <= BARE_MAX * 100:
        reason = AmountProblem.EUROS_OR_MONTHS if cents else AmountProblem.ZERO
        return Unreadable(reason=reason)
    return _checked(cents, None)


def _both(months: re.Match[str] | None, euros: re.Match[str] | None) -> Amount | Unreadable:
    if months is None and euros is None:
        return _not_understood()
    count = None
    if months is not None:
        word = months["months"]
        if word not in _NUMBER_WORDS and not _WHOLE.fullmatch(word):
            return Unreadable(reason=AmountProblem.PART_OF_MONTH)
        count = _NUMBER_WORDS.get(word) or int(word[:9])
    if euros is None:
        return _checked(None, count)
    cents = _cents(euros["after"] or euros["before"])
    return _not_understood() if cents is None else _checked(cents, count)


def _checked(cents: int | None, months: int | None) -> Amount | Unreadable:
    if cents is None and months is None:
        return _not_understood()
    if cents == 0 or months == 0:
        return Unreadable(reason=AmountProblem.ZERO)
    if (cents or 0) > CENTS_MAX or (months or 0) > MONTHS_MAX:
        return Unreadable(reason=AmountProblem.TOO_LARGE)
    return Amount(cents=cents, months=months)


def _not_understood() -> Unreadable:
    return Unreadable(reason=AmountProblem.NOT_UNDERSTOOD)


def _cents(figures: str) -> int | None:
    """Return the cents that `figures` are in the one way they can be read, else None."""
    if len(figures) > 20:
        # Longer than any sum allowed, and than what int() takes for free.
        return CENTS_MAX + 1
    whole, part = figures, ""
    if (decimal := _DECIMAL.search(figures[-3:])) and decimal.end() == len(figures[-3:]):
        whole, part = figures[: -len(decimal[0])], decimal[1]
        if decimal[0][0] in whole:
            return None
    if not _WHOLE.fullmatch(whole) and not _GROUPED.fullmatch(whole):
        return None
    euros = int(re.sub(r"\D", "", whole))
    return euros * 100 + int(part.ljust(2, "0") if part else "0")

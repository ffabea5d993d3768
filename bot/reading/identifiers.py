"""Numbers that nobody should send: national numbers and bank accounts. Found, and cut out.

The main path cuts them out of all that people type before anything hears it (row 35).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.reading.words import flatten


class IdentifierKind(StrEnum):
    """Which register a number belongs to."""

    BSN = "bsn"
    RIJKSREGISTER = "rijksregister"
    IBAN = "iban"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number with a right check figure, and its place in the text."""

    kind: IdentifierKind
    start: int
    end: int


FIGURES_MIN: Final = 8
"""The shortest of these numbers has so many: most texts need no closer look."""


def find_national_numbers(text: str) -> tuple[Identifier, ...]:
    """Return the BSNs, rijksregister (and BIS) numbers and IBANs in `text` (cleaned), in order.

    By check figure: 11-test, mod 97 with the births of both centuries, ISO 13616's mod 97. One in
    eleven of any nine figures is a BSN too, so it is a reason to ask, not to refuse; figures
    grouped like a telephone number are taken as one. Never raises. Source: row 35.
    """
    if sum(map(str.isdecimal, text)) < FIGURES_MIN:
        return ()
    flat = flatten(text)
    taken: list[Identifier] = []
    for found in (*_ibans(flat), *_national(flat), *_bsns(flat)):
        if all(found.end <= other.start or other.end <= found.start for other in taken):
            taken.append(found)
    return tuple(sorted(taken, key=lambda found: found.start))


def without_national_numbers(text: str, *, phone_asked: bool = False) -> str:
    """Return `text` with each such number replaced by "…"; the same text where there is none.

    `phone_asked`: nine bare figures are the telephone that was asked for, unless called a BSN.
    """
    kept: list[str] = []
    end = 0
    for number in find_national_numbers(text):
        is_bare = number.kind is IdentifierKind.BSN and not _is_named(flatten(text), number.start)
        if phone_asked and is_bare:
            continue
        kept.append(text[end : number.start])
        end = number.end
    return "…".join([*kept, text[end:]])


# Characters of an IBAN by country (ISO 13616 register): the neighbours, and who lives among us.
_IBAN_LENGTHS: Final = {
    sign[:2]: int(sign[2:])
    for sign in re.findall(
        r"\w+",
        "be16 nl18 fr27 de22 lu20 gb22 ie22 es24 pt25 it27 pl28 ro24 bg22 tr26 at20 ch21 gr27 hu28"
        " cz24 sk24 hr21 si19 lt20 lv21 ee20 se24 dk18 no15 fi18 cy28 mt31 rs22 al28 ua29"
        " ma28 tn24",
    )
}
_IBAN_START: Final = re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}")
_BETWEEN: Final = frozenset(" .-\n")
_NATIONAL: Final = re.compile(
    r"(?<![\d+])(\d{2})[ ./-]?(\d{2})[ ./-]?(\d{2})[ ./-]{0,3}(\d{3})[ ./-]{0,3}(\d{2})(?!\d)"
)
_NINE: Final = re.compile(
    r"(?<![\d+.,/-])(?:\d{9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}[ .]\d{2}[ .]\d{3}"
    r"|\d{3}\.\d{2}\.\d{3}\.?\d)(?!\d|[.,/-]\d)"
)
_EIGHT: Final = re.compile(r"(?<=\D)\d{8}(?!\d)")
_BSN_WORD: Final = re.compile(r"(?:bsn|burgerservice\w*|sofi\w*)\W{0,3}(?:is|nr|nummer)?\W{0,3}$")


# What nine figures in a row are, by the word before them, when they are no BSN …
_OTHER_WORD: Final = re.compile(
    r"(?:tel|telefoon\w*|telephone|phone|gsm|mobiel|mobile|portable|bel|appelez|call|dossier\w*|kenmerk|ref"
    r"|referentie\w*|reference|factuur\w*|facture|invoice|klant\w*|client|contract\w*|polis\w*"
    r"|rol\w*|zaak\w*|order|bestel\w*|€|eur|euro)"
    r"\W{0,3}(?:is|nr|no|n|num|nummer|numero|number)?\W{0,3}$"
)
# … and the word after them.
_MONEY: Final = re.compile(r"\W{0,2}(?:€|eur\b|euro)")
_FOREIGN_MOBILE: Final = re.compile(r"(?:32 ?4[5-9]|31 ?6)[\d ]*$")


def _is_named(flat: str, start: int) -> bool:
    return _BSN_WORD.search(flat[max(0, start - 40) : start]) is not None


def _ibans(flat: str) -> Iterator[Identifier]:
    for match in _IBAN_START.finditer(flat):
        length = _IBAN_LENGTHS.get(match[0][:2])
        signs: list[str] = []
        end = match.start()
        while length and len(signs) < length and end < len(flat):
            char = flat[end]
            if char.isascii() and char.isalnum():
                signs.append(char)
            elif char not in _BETWEEN:
                break
            end += 1
        if length and len(signs) == length and not flat[end : end + 1].isalnum():
            turned = "".join(signs[4:] + signs[:4])
            if int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1:
                yield Identifier(kind=IdentifierKind.IBAN, start=match.start(), end=end)


def _national(flat: str) -> Iterator[Identifier]:
    for match in _NATIONAL.finditer(flat):
        _year, month, day, order, check = match.groups()
        if _FOREIGN_MOBILE.match(match[0]):
            continue  # a telephone number without its plus
        # BIS numbers (people not in the register) have 20 or 40 added to the month.
        if int(month) % 20 > 12 or int(month) > 52 or int(day) > 31 or order in ("000", "999"):
            continue
        base = "".join(match.groups()[:4])
        if any(97 - int(century + base) % 97 == int(check) for century in ("", "2")):
            yield Identifier(
                kind=IdentifierKind.RIJKSREGISTER, start=match.start(), end=match.end()
            )


def _bsns(flat: str) -> Iterator[Identifier]:
    for match in (*_NINE.finditer(flat), *_EIGHT.finditer(flat)):
        digits = re.sub(r"\D", "", match[0])
        named = _is_named(flat, match.start())
        # Belgian telephone numbers have nine figures and begin with 0.
        if not named and (digits.startswith("0") or len(digits) == 8):
            continue
        before = flat[max(0, match.start() - 40) : match.start()]
        if not named and (_OTHER_WORD.search(before) or _MONEY.match(flat, match.end())):
            continue
        if _passes_eleven_test(digits.zfill(9)):
            yield Identifier(kind=IdentifierKind.BSN, start=match.start(), end=match.end())


def _passes_eleven_test(digits: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total % 11 == 0 and int(digits) > 0

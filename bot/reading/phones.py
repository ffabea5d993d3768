"""Telephone numbers as people write them. Whether somebody answers there is not known here."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import phonenumbers

from bot.reading.words import clean, flatten

FOLDS_MAX: Final = 20
"""More than a number has digits that a second folding could still take away."""

DIGITS_MAX: Final = 15
"""E.164's longest number, country code included."""

_TYPED_MAX: Final = 60
"""Code points looked at: a longer text is no telephone number, however it is written."""

_LABEL: Final = re.compile(
    r"(?:(?:c'est|het is|it's) )?(?:le )?"
    r"(?:tel|telefoon|telephone|phone|gsm|mobiel|mobile|portable|numero|nummer|nr|t|)\b[.:]*\s*"
)
# By plan and by what people know: pay lines, also where a digit is missing or too many.
_PREMIUM: Final = {
    "BE": re.compile(r"0?90\d"),
    "NL": re.compile(r"0?(?:900|906|909)"),
    "FR": re.compile(r"0?89\d"),
}


class PhoneProblem(StrEnum):
    """Why a text is not taken as a telephone number."""

    NOT_A_NUMBER = "not_a_number"
    LETTERS = "letters"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    PREMIUM = "premium"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A text that must be asked for again."""

    reason: PhoneProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """One number. `certain` is False where only its length fits the numbering plan."""

    e164: str
    shown: str
    certain: bool


def read_phone(text: str, country: str) -> Phone | Unreadable:
    """Return the number in `text`; one without country code is read as of `country` (ISO 3166-1).

    `shown` is the national form, or the international one for another country's number; an
    uncertain number keeps the grouping in which it was typed. Digits of any script are read.
    Never raises on any text. Source: rows 33, 39.
    """
    bare = _bare(text)
    if not any(char.isdigit() for char in bare):
        return Unreadable(reason=PhoneProblem.NOT_A_NUMBER)
    if any(unicodedata.category(char)[0] == "L" for char in bare):
        return Unreadable(reason=PhoneProblem.LETTERS)
    dialled = _dialled(bare)
    digits = dialled.removeprefix("+")
    if len(digits) > DIGITS_MAX + 2 or len(bare) > _TYPED_MAX:
        return Unreadable(reason=PhoneProblem.TOO_LONG)
    if not re.fullmatch(r"[+\d\s()/.\-‐-―]+", bare) or "+" in digits:
        return Unreadable(reason=PhoneProblem.NOT_A_NUMBER)
    return _parsed(dialled, bare, country)


def _bare(text: str) -> str:
    flat = flatten(clean(text).replace("(0)", ""))
    label = _LABEL.match(flat)
    return flat[label.end() if label else 0 :].strip(" .,;:\n")


def _dialled(bare: str) -> str:
    return "".join(char for char in bare if char.isdigit() or char == "+")


def _parsed(dialled: str, bare: str, country: str) -> Phone | Unreadable:
    try:
        number = phonenumbers.parse(dialled, country)
    except phonenumbers.NumberParseException:
        return Unreadable(reason=PhoneProblem.NOT_A_NUMBER)
    if _is_premium(number):
        return Unreadable(reason=PhoneProblem.PREMIUM)
    match phonenumbers.is_possible_number_with_reason(number):
        case phonenumbers.ValidationResult.IS_POSSIBLE:
            pass
        case phonenumbers.ValidationResult.TOO_LONG:
            return Unreadable(reason=PhoneProblem.TOO_LONG)
        case phonenumbers.ValidationResult.INVALID_COUNTRY_CODE:
            return Unreadable(reason=PhoneProblem.NOT_A_NUMBER)
        case _:
            return Unreadable(reason=PhoneProblem.TOO_SHORT)
    certain = phonenumbers.is_valid_number(number)
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    home = number.country_code == phonenumbers.country_code_for_region(country)
    form = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if home
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    shown = phonenumbers.format_number(number, form) if certain else " ".join(bare.split())
    return Phone(e164=e164, shown=shown, certain=certain)


def _is_premium(number: phonenumbers.PhoneNumber) -> bool:
    if phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.PREMIUM_RATE:
        return True
    region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    plan = _PREMIUM.get(region)
    national = phonenumbers.national_significant_number(number)
    return plan is not None and plan.match(national) is not None


def fold_phone(text: str, country: str) -> str:
    """Return one key for all ways to write a number: E.164, else what can be dialled of it.

    Empty when there is no digit. Idempotent; never raises. Source: R-13 (known household).
    """
    folded = _fold_once(text, country)
    for _ in range(FOLDS_MAX):
        again = _fold_once(folded, country)
        if again == folded:
            break
        folded = again  # a number of noughts only loses them one by one
    return folded


def _fold_once(text: str, country: str) -> str:
    dialled = _dialled(flatten(clean(text).replace("(0)", "")))
    plain = ("+" if dialled.startswith("+") else "") + dialled.replace("+", "")
    match read_phone(plain, country):
        case Phone(e164=e164):
            return e164
        case Unreadable():
            return plain if plain != "+" else ""

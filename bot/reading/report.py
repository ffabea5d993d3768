"""One free message to the fields of a report. What is not certain is left out, to be asked.

It knows no screens and stores nothing.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.reading.addresses import find_addresses
from bot.reading.amounts import Amount, find_amounts
from bot.reading.dates import Day, Moment
from bot.reading.identifiers import Identifier, find_national_numbers
from bot.reading.legal_dates import legal_dates
from bot.reading.owed import BY_NOW, amount_owed
from bot.reading.page import Found, Labelled, Page, Question, labelled
from bot.reading.people import COVER, MASK, NameFound, Role, find_names, find_relation
from bot.reading.phones import Phone, read_phone
from bot.reading.tongue import is_french
from bot.reading.whose import Whose, whose_number
from bot.reading.words import (
    clean,
    flatten,
    fold,
    fold_address,
    fold_name,
    is_blank,
    without_title,
)

TEXT_MAX: Final = 4096
"""Code points looked at; Telegram sends no longer text. The rest stays in `text`, unread."""

FIELD_MAX: Final = 120
"""Code points of the longest value that is taken from a labelled line."""


class ReportKind(StrEnum):
    """Which message started it (procedures.md §2, R-22 … R-25)."""

    ARREARS = "arrears"
    PETITION = "petition"
    CLAIM = "claim"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What the reporter is to the client: "woonmaatschappij De Heide", of "De Heide"."""

    role: Role
    words: str
    organisation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What one message certainly says; None is what must be asked. `text` is cleaned.

    `phone` is the client's, `own_phone` the reporter's; `lone_phone` stands beside neither, and is
    then whose number was asked for.
    """

    text: str
    client: Found[str] | None = None
    address: Found[str] | None = None
    phone: Found[Phone] | None = None
    own_phone: Found[Phone] | None = None
    lone_phone: Found[Phone] | None = None
    amount: Found[Amount] | None = None
    kind: Found[ReportKind] | None = None
    relation: Found[Relation] | None = None
    eviction: Found[Moment | Day] | None = None
    hearing: Found[Moment | Day] | None = None
    questions: tuple[Question, ...] = ()
    national_numbers: tuple[Identifier, ...] = ()


def recognise(
    text: str, *, now: dt.datetime, zone: dt.tzinfo, country: str, language: str
) -> Recognised:
    """Return the fields that `text` certainly holds, each with its place in the cleaned text.

    `now` is aware. Two people or two addresses are two cases: then nothing about a person is
    taken, and a question says so. Never raises on any text. Source: screens.md (one free
    message), rows 35, 36.
    """
    cleaned = clean(text)
    page = Page(
        text=cleaned, rest=cleaned[:TEXT_MAX], french=is_french(cleaned[:TEXT_MAX], language)
    )
    identifiers = find_national_numbers(page.rest)
    for number in identifiers:
        page.cover(number.start, number.end)
    labels = labelled(page.rest)
    address = _address(page, labels)
    phone, own_phone, lone_phone = _phone(page, labels, country)
    amount = amount_owed(page, labels)
    hearing, eviction = legal_dates(page, labels, now=now, zone=zone, language=language)
    relation = _relation(page, labels)
    kind = _kind(page, labels)
    client = _client(page, labels)
    if page.has(Question.SEVERAL_PEOPLE) or page.has(Question.SEVERAL_ADDRESSES):
        client = address = phone = amount = eviction = hearing = None
    return Recognised(
        text=cleaned,
        client=client,
        address=address,
        phone=phone,
        own_phone=own_phone,
        lone_phone=lone_phone,
        amount=amount,
        kind=kind,
        relation=relation,
        eviction=eviction,
        hearing=hearing,
        questions=tuple(dict.fromkeys(page.questions)),
        national_numbers=identifiers,
    )


# Field by field


def _address(page: Page, labels: dict[str, list[Labelled]]) -> Found[str] | None:
    found = [
        Found(value=one.address, start=one.start, end=one.end) for one in find_addresses(page.rest)
    ]
    for whole in labels.get("address", []):
        label = _without_months(whole)
        inside = any(label.start <= one.start < label.end for one in found)
        has_number = any(char.isdigit() for char in label.value)
        if not inside and has_number and len(label.value) <= FIELD_MAX:
            found.append(Found(value=label.value, start=label.start, end=label.end))
    for one in found:
        page.cover(one.start, one.end, MASK)
    if len({_address_key(one.value) for one in found}) > 1:
        page.ask(Question.SEVERAL_ADDRESSES)
        return None
    return max(found, key=lambda one: len(one.value)) if found else None


def _without_months(label: Labelled) -> Labelled:
    """Return the label's value up to the months of arrears that were typed behind it."""
    found = [one.start for one in find_amounts(label.value) if one.amount.months is not None]
    if not found:
        return label
    before = label.value[: found[0]]
    now = BY_NOW.search(flatten(before))
    value = before[: now.start() if now else None].rstrip(" ,.-*•")
    return replace(label, value=value, end=label.start + len(value))


def _address_key(address: str) -> tuple[str | None, str | None]:
    folded = fold_address(address)
    return folded.street, folded.number


_NUMBER_SHAPE: Final = re.compile(r"(?<![\w+,.])(?:\+|0)(?:(?: ?[/()-] ?|\.| )?\d){7,17}(?!\d)")
_IS_DATE: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?!\d)")


def _phone(
    page: Page, labels: dict[str, list[Labelled]], country: str
) -> tuple[Found[Phone] | None, Found[Phone] | None, Found[Phone] | None]:
    """Return the client's number, the reporter's own, and one that may be either's."""
    flat = flatten(page.rest)
    found: list[Found[Phone]] = []
    own: list[Found[Phone]] = []
    lone: list[Found[Phone]] = []
    for match in _NUMBER_SHAPE.finditer(flat):
        if _IS_DATE.match(match[0]):
            continue
        one = _longest_phone(match[0], match.start(), country)
        if one is not None:
            whose = whose_number(page.rest, flat, one.start, french=page.french)
            page.cover(one.start, one.end)
            if whose in (Whose.UNCLEAR, Whose.UNSAID):
                lone.append(one)
            if whose is not Whose.UNCLEAR:
                (own if whose is Whose.OWN else found).append(one)
    for label in labels.get("phone", []):
        read = read_phone(label.value, country)
        inside = any(label.start <= one.start < label.end for one in (*found, *own))
        if (
            isinstance(read, Phone)
            and not inside
            and COVER not in page.rest[label.start : label.end]
        ):
            found.append(Found(value=read, start=label.start, end=label.end))
            page.cover(label.start, label.end)
    if len({one.value.e164 for one in found}) > 1:
        page.ask(Question.SEVERAL_PHONES)
        found.clear()
    return found[0] if found else None, _only(own), _only(lone)


def _only(found: list[Found[Phone]]) -> Found[Phone] | None:
    return found[0] if len({one.value.e164 for one in found}) == 1 else None


def _longest_phone(typed: str, start: int, country: str) -> Found[Phone] | None:
    """Return the number that `typed` begins with: the longest valid one, else a possible one."""
    ends = [len(typed), *(match.start() for match in reversed([*re.finditer(r"[ /]", typed)]))]
    possible: Found[Phone] | None = None
    for end in ends:
        read = read_phone(typed[:end], country)
        if not isinstance(read, Phone):
            continue
        one = Found(value=read, start=start, end=start + len(typed[:end].rstrip(" .,-(")))
        if read.certain:
            return one
        possible = possible or one
    return possible


def _relation(page: Page, labels: dict[str, list[Labelled]]) -> Found[Relation] | None:
    found = find_relation(page.rest)
    for label in labels.get("relation", []):
        said = find_relation(f"ik ben {label.value}")
        if said is not None:
            value = Relation(role=said.role, words=label.value, organisation=said.organisation)
            page.cover(label.start, label.end)
            return Found(value=value, start=label.start, end=label.end)
    if found is None:
        return None
    if found.organisation:
        # Its name is not a person's; what else was said of the reporter may still name the client.
        place = page.rest.find(found.organisation, found.start)
        page.cover(place, place + len(found.organisation))
    value = Relation(role=found.role, words=found.words, organisation=found.organisation)
    return Found(value=value, start=found.start, end=found.end)


_KINDS: Final = (
    (
        ReportKind.CLAIM,
        re.compile(
            r"\b(?:vordering(?:en)?|dagvaarding|gedagvaard|claim for eviction|eviction claim"
            r"|summons|summoned|citation|(?:demande|requete) (?:en|d')[ ]?expulsion"
            r"|citee? (?:a comparaitre"
            r"|en justice))\b"
        ),
    ),
    (
        ReportKind.PETITION,
        re.compile(r"\b(?:verzoekschrift|petition|requete(?! (?:en |d'[ ]?)expulsion))\b"),
    ),
    (
        ReportKind.ARREARS,
        re.compile(
            r"\b(?:(?:huur)?achterstal(?:len)?|(?:huur)?achterstand(?:en)?|achterstallige huur"
            r"|huurschuld(?:en)?|achter (?:met|op) (?:de|zijn|haar|hun) (?:huur|betaling)"
            r"|(?:maand(?:en)?|euro) (?:huur )?achter|huur achter"
            r"|betaal(?:t|de|d) (?:[a-z0-9]+ ){0,4}?niet|niet (?:meer )?betaald"
            r"|stopped paying|not (?:been )?paying"
            r"|huur niet|geen huur|no rent|not paid (?:his |her |the )?rent|paie (?:pas|plus)"
            r"|(?:rent )?arrears|unpaid rent|behind (?:on|with) (?:the |his |her |their )?rent"
            r"|arrieres?(?: de loyer)?|loyers? impayes?|mois de loyer impayes?|retard de loyer"
            r"|retard (?:dans|de) (?:le |ses? )?(?:paiement|loyers?)|dettes? (?:de loyer"
            r"|locatives?)|(?:pas|plus) paye\w* (?:(?:son|le|leur|ses|les) )?loyers?)\b"
        ),
    ),
)
_NEGATED: Final = re.compile(
    r"\b(?:geen|niet|zonder|no|not|without|never|pas d[e']|aucune?|sans|nog niet)"
    r" ?(?:een |a |une? )?$"
)


def _kind(page: Page, labels: dict[str, list[Labelled]]) -> Found[ReportKind] | None:
    """Return which message this is: a claim or petition also where arrears are named with it."""
    for label in labels.get("kind", []):
        if fold(label.value) in ("andere", "anders", "ander", "other", "autre"):
            return Found(value=ReportKind.OTHER, start=label.start, end=label.end)
    flat = flatten(page.rest)
    found = [
        Found(value=kind, start=match.start(), end=match.end())
        for kind, shape in _KINDS
        for match in shape.finditer(flat)
        if not _NEGATED.search(flat[max(0, match.start() - 20) : match.start()])
    ]
    kinds = {one.value for one in found}
    if {ReportKind.CLAIM, ReportKind.PETITION} <= kinds:
        page.ask(Question.UNCLEAR_KIND)
        return None
    return found[0] if found else None


def _client(page: Page, labels: dict[str, list[Labelled]]) -> Found[str] | None:
    found = list(find_names(page.rest, french=page.french))
    labelled = [one for label in labels.get("client", []) if (one := _named(page, label))]
    for one in labelled:
        # The label's whole value is the name, also where only a part of it looked like one.
        found = [other for other in found if not one.start <= other.start < one.end]
    found = [
        other
        for other in found
        if not any(set(fold_name(other.name)) <= set(fold_name(one.name)) for one in labelled)
    ]
    people = {fold_name(one.name): one for one in (*labelled, *found)}
    if len(people) > 1:
        page.ask(Question.SEVERAL_PEOPLE)
        return None
    return next(
        (Found(value=one.name, start=one.start, end=one.end) for one in people.values()), None
    )


# Not the dot of "dhr. Peter Jansen" or "M. Dupont".
_NEXT_SENTENCE: Final = re.compile(
    r"(?<=\w\w)(?<!\bdhr)(?<!\bmevr)(?<!\bfam)(?<!\bmme)(?<!\bmw)(?<!\bmr)(?<!\bmrs)(?<!\bdr)(?<!\bdrs)"
    r"(?<!\bmej)(?<!\bmlle)\.\s",
    re.IGNORECASE,
)


def _named(page: Page, label: Labelled) -> NameFound | None:
    """Return the name on a labelled line; several on it are left to be found one by one."""
    part = re.split(rf",| en | and | et | & |/|[{MASK}{COVER}]", label.value)[0]
    part = _NEXT_SENTENCE.split(part)[0]
    covered = re.split(rf"[{MASK}{COVER}]", page.rest[label.start : label.end])[0]
    typed = part[: len(covered)].strip(" ,.-")
    name = without_title(typed, french=page.french)
    has_digit = any(char.isdigit() for char in name)
    if is_blank(name) or has_digit or len(name) > FIELD_MAX or len(name.split()) > 6:
        return None
    start = label.start + label.value.index(name)
    return NameFound(name=name, start=start, end=start + len(name))

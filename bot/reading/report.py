"""One free message to the fields of a report. What is not certain is left out, to be asked.

It knows no screens and stores nothing.
"""

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, Generic, TypeVar

from bot.reading.addresses import find_addresses
from bot.reading.amounts import Amount, find_amounts, read_amount
from bot.reading.dates import Ambiguous, Day, Moment, Unreadable, read_moment
from bot.reading.datewords import find_dates
from bot.reading.identifiers import Identifier, find_national_numbers
from bot.reading.people import COVER, MASK, NameFound, Role, find_names, find_relation
from bot.reading.phones import Phone, read_phone
from bot.reading.telling import is_sentence
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

T = TypeVar("T", covariant=True)


class ReportKind(StrEnum):
    """Which message started it (procedures.md §2, R-22 … R-25)."""

    ARREARS = "arrears"
    PETITION = "petition"
    CLAIM = "claim"
    OTHER = "other"


class Question(StrEnum):
    """What the message says in more than one way, so that it must be asked (row 36)."""

    SEVERAL_PEOPLE = "several_people"
    SEVERAL_ADDRESSES = "several_addresses"
    SEVERAL_PHONES = "several_phones"
    SEVERAL_AMOUNTS = "several_amounts"
    UNCLEAR_KIND = "unclear_kind"
    UNCLEAR_EVICTION = "unclear_eviction"
    UNCLEAR_HEARING = "unclear_hearing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[T]):
    """A value and its place in `Recognised.text`."""

    value: T
    start: int
    end: int


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
    page = _Page(
        text=cleaned, rest=cleaned[:TEXT_MAX], french=is_french(cleaned[:TEXT_MAX], language)
    )
    identifiers = find_national_numbers(page.rest)
    for number in identifiers:
        page.cover(number.start, number.end)
    labels = _labelled(page.rest)
    address = _address(page, labels)
    phone, own_phone, lone_phone = _phone(page, labels, country)
    amount = _amount(page, labels)
    hearing, eviction = _dates(page, labels, now=now, zone=zone, language=language)
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


@dataclass(slots=True, kw_only=True)
class _Page:
    """The message while it is read: what is taken is covered, so that nothing is read twice."""

    text: str
    rest: str
    french: bool
    questions: list[Question] = field(default_factory=list)

    def cover(self, start: int, end: int, sign: str = COVER) -> None:
        self.rest = self.rest[:start] + sign * (end - start) + self.rest[end:]

    def ask(self, question: Question) -> None:
        self.questions.append(question)

    def has(self, question: Question) -> bool:
        return question in self.questions


# ----------------------------------------------------------------------------------------- labels

_LABELS: Final = {
    "client": (
        r"naam(?: van)?(?: de)?(?: huurder| client| klant)?|huurder|huurster|client(?:e)?|klant"
        r"|bewoner|betreft|name(?: of(?: the)? (?:tenant|client))?|tenant(?:'s name)?"
        r"|nom(?: et prenom)?(?: du (?:locataire|beneficiaire)| de la (?:locataire|personne))?"
        r"|locataire|beneficiaire|concerne|over wie"
    ),
    "address": r"adres(?: huurder)?|address|adresse|woont|wonende|lives at|domicile",
    "phone": (
        r"telefoon(?:nummer)?|tel|gsm(?:-?nummer)?|mobiel(?: nummer)?|phone(?: number)?|mobile"
        r"|(?:numero de )?telephone|portable|nummer|numero"
    ),
    "amount": (
        r"bedrag|(?:huur)?achterstal|(?:huur)?achterstand|schuld|amount|arrears|montant(?: du)?"
        r"|arrieres?(?: de loyer)?|aantal maanden|maanden|months|mois"
    ),
    "relation": (
        r"relatie|relation(?:ship)?|lien|melder|qui etes-vous|vous etes|reporter|ik ben"
        r"|wie bent u|i am|je suis"
    ),
    "eviction": (
        r"(?:datum )?(?:van )?(?:de )?(?:uithuiszetting|uitzetting|ontruiming|huisuitzetting)"
        r"|ontruimingsdatum|eviction(?: date)?|(?:date de l'|date d')?expulsion"
    ),
    "hearing": r"(?:datum )?zitting(?:sdatum)?|hearing(?: date)?|(?:date de l'|date d')?audience",
    "kind": r"soort(?: bericht)?|bericht|type(?: de message)?|kind|message",
}
_LABEL: Final = re.compile(
    r"(?:(?<=^)|(?<=[\n;,.])|(?<=[\n;,.•*-] ))(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r") ?[:=] ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Labelled:
    """The value of a labelled line and its place."""

    value: str
    start: int
    end: int


def _labelled(text: str) -> dict[str, list[_Labelled]]:
    """Return the values behind "Naam:", "Adres:" …, each up to the line's end or next label."""
    flat = flatten(text)
    matches = list(_LABEL.finditer(flat))
    found: dict[str, list[_Labelled]] = {}
    for index, match in enumerate(matches):
        stop = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        line = re.split(r"[\n;]", text[match.end() : stop])[0]
        value = line.rstrip(" ,.-*•")
        if match.lastgroup and not is_blank(value):
            one = _Labelled(value=value, start=match.end(), end=match.end() + len(value))
            found.setdefault(match.lastgroup, []).append(one)
    return found


# ---------------------------------------------------------------------------------- field by field


def _address(page: _Page, labels: dict[str, list[_Labelled]]) -> Found[str] | None:
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


def _without_months(label: _Labelled) -> _Labelled:
    """Return the label's value up to the months of arrears that were typed behind it."""
    found = [one.start for one in find_amounts(label.value) if one.amount.months is not None]
    if not found:
        return label
    before = label.value[: found[0]]
    now = _BY_NOW.search(flatten(before))
    value = before[: now.start() if now else None].rstrip(" ,.-*•")
    return replace(label, value=value, end=label.start + len(value))


def _address_key(address: str) -> tuple[str | None, str | None]:
    folded = fold_address(address)
    return folded.street, folded.number


_NUMBER_SHAPE: Final = re.compile(r"(?<![\w+,.])(?:\+|0)(?:(?: ?[/()-] ?|\.| )?\d){7,17}(?!\d)")
_IS_DATE: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?!\d)")


def _phone(
    page: _Page, labels: dict[str, list[_Labelled]], country: str
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


_ARREARS: Final = re.compile(
    r"achterst\w*|achter\b|betaal\w*|pai[es]\w*|paye\w*|huurschuld|schuld|onbetaald\w*"
    r"|openstaand\w*|niet betaald"
    r"|huur\b|arrears|behind|unpaid|owe[sd]?\b|rent\b|due\b|arrieres?|impayes?|retard|loyers?"
    r"|doit\b|dette"
)
_RATE: Final = re.compile(
    r" ?(?:per maand|/ ?(?:maand|m\b|mois|month)|p/?m\b|maandelijks|par mois|per month|a month"
    r"|monthly|elke maand|chaque mois)"
)
_NOT_OWED: Final = re.compile(
    r"waarborg|borg\b|huurprijs|inkomen|leefloon|uitkering|loon\b|deposit|income|caution|revenu"
    r"|garantie|salaire"
)
_NO_ARREARS_MONTHS: Final = re.compile(r"\b(?:over|binnen|in|within|dans|contract\w*) $")
_BY_NOW: Final = re.compile(
    r"(?<!\w)(?:(?:nu|al|reeds|ondertussen|intussen|inmiddels|now|already|maintenant|deja"
    r"|ongeveer|bijna|about|almost|environ|presque) )+$"
)
"""What leads to the months of arrears, and belongs to nothing before them."""
_BLANK: Final = f" ,.:·-–_*•(){MASK}{COVER}"
_CLAUSE_END: Final = re.compile(r"[\n;!?()]|[.,] |[.,]$")


def _amount(page: _Page, labels: dict[str, list[_Labelled]]) -> Found[Amount] | None:
    for label in labels.get("amount", []):
        read = read_amount(label.value)
        if isinstance(read, Amount):
            page.cover(label.start, label.end)
            return Found(value=read, start=label.start, end=label.end)
    flat = flatten(page.rest)
    euros: list[Found[int]] = []
    months: list[Found[int]] = []
    for one in find_amounts(page.rest):
        clause, before = _clause(flat, one.start, one.end)
        if one.amount.cents is not None and not _RATE.match(flat, one.end):
            if not _NOT_OWED.search(clause):
                euros.append(Found(value=one.amount.cents, start=one.start, end=one.end))
        elif one.amount.months is not None:
            now = _BY_NOW.search(before)
            rest = clause.removeprefix(before).removeprefix(flat[one.start : one.end])
            # "Achterdorp, nu 4 maanden" tells of no more than that; "woont er nu 4 maanden" does
            told = rest.strip(_BLANK) or (is_sentence(before) if now else before.strip(_BLANK))
            said = _ARREARS.search(clause) and not _NO_ARREARS_MONTHS.search(before)
            if not told or said:
                start = one.start - len(now[0]) if now else one.start
                months.append(Found(value=one.amount.months, start=start, end=one.end))
        page.cover(one.start, one.end)
    return _one_amount(page, _meant(flat, euros), months)


def _clause(flat: str, start: int, end: int) -> tuple[str, str]:
    """Return the clause around a place, and what of it stands before the place."""
    begin = max((match.end() for match in _CLAUSE_END.finditer(flat, 0, start)), default=0)
    after = _CLAUSE_END.search(flat, end)
    return flat[begin : after.start() if after else len(flat)], flat[begin:start]


def _meant(flat: str, euros: list[Found[int]]) -> list[Found[int]]:
    """Return the sums whose clause speaks of arrears, where only some do."""
    owed = [
        one
        for one in euros
        if re.search(
            r"achterst|schuld|arrear|arriere|impaye|behind|owe",
            _clause(flat, one.start, one.end)[0],
        )
    ]
    return owed or euros


def _one_amount(
    page: _Page, euros: list[Found[int]], months: list[Found[int]]
) -> Found[Amount] | None:
    if len({one.value for one in euros}) > 1 or len({one.value for one in months}) > 1:
        page.ask(Question.SEVERAL_AMOUNTS)
        return None
    both = [*euros, *months]
    if not both:
        return None
    amount = Amount(
        cents=euros[0].value if euros else None, months=months[0].value if months else None
    )
    return Found(
        value=amount,
        start=min(one.start for one in both[:1] + months[:1]),
        end=max(one.end for one in both[:1] + months[:1]),
    )


# A claim "for eviction" speaks of no date of eviction.
_CLAIM_FOR: Final = re.compile(
    r"(?:vordering|verzoek(?:schrift)?|eis|dagvaarding|procedure|demande|requete|claim|petition"
    r"|application|dreigende?|threatened|menace)"
    r"(?: tot| om| voor| for| d'| en| of)?[ ]?(?:de |the |l')?"
    r"(?:uithuiszetting|uitzetting|huisuitzetting|ontruiming|eviction|expulsion)"
)
_DATED: Final = {
    "eviction": (
        r"uithuiszetting|huisuitzetting|uitzetting|ontruim\w*|uitgezet"
        r"|uit (?:zijn|haar|het) (?:huis|woning) gezet|eviction|evicted|expulsion|expuls\w*"
    ),
    "hearing": (
        r"zitting|vredegerecht|vrederechter|rechtbank|kantonrechter|rechtszaak|voorkomen|hearing"
        r"|court|audience|tribunal|justice de paix|juge de paix"
    ),
    "other": (
        r"vonnis|brief|brieven|betekening|betekend|dagvaarding|verzoekschrift|geboren|sinds"
        r"|judge?ment|letter|served|born|since|jugement|lettre|courrier|signifi\w*|nee? le|depuis"
        r"|gebeld|bezocht|contract|huurt|called|visited|betaald|paid|paye"
    ),
}
_DATED_SHAPES: Final = tuple(
    (name, re.compile(rf"\b(?:{words})\b")) for name, words in _DATED.items()
)
_SENTENCE_END: Final = re.compile(r"[\n;!?]|(?<!\d)\. |(?<=\d{4})\. |\.$")
_NEXT_TO: Final = re.compile(
    r"^(?:[ :,(]|is|op|van|dd\.?|gepland|voorzien|staat|wordt|zal|zijn|plaatsvinden|al|nu|on|the"
    r"|for|will|be|planned|scheduled|le|la|est|sera|prevue?|du|pour|de|het|om|in|vindt|plaats)*$"
)


def _dates(
    page: _Page,
    labels: dict[str, list[_Labelled]],
    *,
    now: dt.datetime,
    zone: dt.tzinfo,
    language: str,
) -> tuple[Found[Moment | Day] | None, Found[Moment | Day] | None]:
    """Return the hearing and the eviction: dates beside the word for them, in one sentence."""
    found: dict[str, list[Found[Moment | Day]]] = {"hearing": [], "eviction": []}
    asked = {"hearing": Question.UNCLEAR_HEARING, "eviction": Question.UNCLEAR_EVICTION}
    flat = _CLAIM_FOR.sub(lambda match: "·" * len(match[0]), flatten(page.rest))
    places = find_dates(page.rest, language)
    for index, place in enumerate(places):
        since = places[index - 1].end if index else 0
        until = places[index + 1].start if index + 1 < len(places) else len(flat)
        names = _beside(flat, since, place.start, place.end, until, full=place.full)
        if not names & {"hearing", "eviction"} or "other" in names:
            continue
        typed = page.rest[place.start : place.end]
        read = read_moment(typed, now=now, zone=zone, language=language)
        if len(names) > 1 or isinstance(read, Ambiguous | Unreadable):
            page.questions.extend(asked[name] for name in sorted(names))
            continue
        found[names.pop()].append(Found(value=read, start=place.start, end=place.end))
        page.cover(place.start, place.end)
    for name, values in found.items():
        if len({one.value for one in values}) > 1:
            page.ask(asked[name])
            values.clear()
    hearing, eviction = found["hearing"], found["eviction"]
    return hearing[0] if hearing else None, eviction[0] if eviction else None


def _beside(flat: str, since: int, start: int, end: int, until: int, *, full: bool) -> set[str]:
    """Return which words for a date stand before this one in its sentence, else after it."""
    breaks = [match.end() for match in _SENTENCE_END.finditer(flat, since, start)]
    before = flat[breaks[-1] if breaks else since : start]
    stop = _SENTENCE_END.search(flat, end, until)
    after = flat[end : stop.start() if stop else until]
    last = _words_for_dates(before)
    if last:
        hangs = {last[-1][1]} if _NEXT_TO.match(before[last[-1][2] :]) else set()
        if not full:
            # "De ontruiming is vrijdag", not "vrijdag hoorde ik van de ontruiming".
            return hangs
        names = {name for _, name, _ in last}
        # "een dagvaarding, zitting op 30 september": the date is not the summons'.
        return (names - {"other"}) | hangs if hangs else names
    following = _words_for_dates(after)
    if not full and following and not re.match(r"^ (?:is|wordt|est|komt|heeft)\b", after):
        return set()
    return {following[0][1]} if following else set()


def _words_for_dates(part: str) -> list[tuple[int, str, int]]:
    return sorted(
        (match.start(), name, match.end())
        for name, shape in _DATED_SHAPES
        for match in shape.finditer(part)
    )


def _relation(page: _Page, labels: dict[str, list[_Labelled]]) -> Found[Relation] | None:
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


def _kind(page: _Page, labels: dict[str, list[_Labelled]]) -> Found[ReportKind] | None:
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


def _client(page: _Page, labels: dict[str, list[_Labelled]]) -> Found[str] | None:
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


def _named(page: _Page, label: _Labelled) -> NameFound | None:
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

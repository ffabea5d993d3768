"""The message of a report while it is read: what was taken is covered, labelled lines apart."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Generic, TypeVar

from bot.reading.people import COVER, MASK
from bot.reading.words import flatten, is_blank

T = TypeVar("T", covariant=True)


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


@dataclass(slots=True, kw_only=True)
class Page:
    """The message while it is read: what is taken is covered, so that nothing is read twice."""

    text: str
    rest: str
    french: bool
    questions: list[Question] = field(default_factory=list)

    def cover(self, start: int, end: int, sign: str = COVER) -> None:
        """Put a sign over what was taken; places stay what they are."""
        self.rest = self.rest[:start] + sign * (end - start) + self.rest[end:]

    def ask(self, question: Question) -> None:
        """Leave something to be asked, once however often it is met."""
        self.questions.append(question)

    def has(self, question: Question) -> bool:
        """Return whether this is to be asked already."""
        return question in self.questions


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
class Labelled:
    """The value of a labelled line and its place."""

    value: str
    start: int
    end: int


def labelled(text: str) -> dict[str, list[Labelled]]:
    """Return the values behind "Naam:", "Adres:" …, each up to the line's end or next label."""
    flat = flatten(text)
    matches = list(_LABEL.finditer(flat))
    found: dict[str, list[Labelled]] = {}
    for index, match in enumerate(matches):
        stop = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        line = re.split(r"[\n;]", text[match.end() : stop])[0]
        value = line.rstrip(" ,.-*•")
        if match.lastgroup and not is_blank(value):
            one = Labelled(value=value, start=match.end(), end=match.end() + len(value))
            found.setdefault(match.lastgroup, []).append(one)
    return found


BLANK: Final = f" ,.:·-–_*•(){MASK}{COVER}"

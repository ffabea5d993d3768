"""Finds addresses in a free message. What is only likely is left out; it asks nobody."""

import re
from dataclasses import dataclass
from typing import Final

from bot.reading.words import flatten, fold

STREET_WORDS_MAX: Final = 5
"""Words of the longest street's name before the number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressFound:
    """An address as it is shown ("Kerkstraat 12, Weelde") and its place in the text."""

    address: str
    has_town: bool
    start: int
    end: int


def find_addresses(text: str) -> tuple[AddressFound, ...]:
    """Return the addresses in `text` (cleaned), in order: a street with a number, and its town.

    The town follows the number, after a comma or not, or stands before the street ("te Weelde,
    Kerkstraat 12"). It is left out when it may be another word. Never raises.
    """
    flat = flatten(text)
    found: list[AddressFound] = []
    matches = [m for shape in (_STREET, _NUMBER_RUE, _RUE) for m in shape.finditer(flat)]
    for match in sorted(matches, key=re.Match.start):
        if not found or match.start() >= found[-1].end:
            found.append(_address(text, flat, match))
    return tuple(found)


_STREET_END: Final = (
    r"(?:straat|str\.?|laan|lei|steenweg|stwg\.?|weg|plein|dreef|dijk|kade|kaai|singel|gracht|hof"
    r"|pad|markt|baan|berg|veld|park|heide|eind|einde|akker|plaats|steeg|vest|kouter|straatje)"
)
_BOX: Final = (
    r"(?:[ ,]{0,2}(?:bus|bte|boite|app?\.?|box)[ .]?\w{1,4}\b|/\d{1,3}\b|-[ivx]{1,4}\b"
    # In Amsterdam a door is "8-2", "100 hs" or "12 III".
    r"|-\d{1,3}\b(?![-/]\d)|[ -](?:hs|huis|iii?|iv|\d ?hoog)\b)?"
)
_NUMBER: Final = (
    r"(?P<number>\d{1,4}(?:[a-z]|[ -]?(?:bis|ter))?\b"
    r"(?![.,]?\d|:\d|[/-]\d{1,2}[/-]| ?(?:€|%|u\b|uur|euro?|maand|month|mois|jaar|jr|dag|week))"
    + _BOX
    + r")"
)
_WORD: Final = r"[a-z][a-z'.-]*"
# A street's other words stand before its last ("Oude Kerkstraat"); found backwards, see _start.
_STREET: Final = re.compile(
    rf"\b(?P<street>(?:[a-z][a-z'-]*)?{_STREET_END}) (?:nr\.? ?)?{_NUMBER}"
)
_RUE_WORD: Final = (
    r"(?:(?:steenweg|baan|weg) (?:op|naar)|rue|avenue|av\.|chaussee|boulevard|bd|place|allee|quai"
    r"|chemin|route|impasse|clos|square)"
)
_RUE_NAME: Final = rf"(?P<street>{_RUE_WORD}(?: {_WORD}){{1,5}}?)"
_RUE: Final = re.compile(
    rf"\b{_RUE_NAME}(?: |, ?| n[°o]\.? ?| nr\.? ?)(?<=[ ,.°o])(?!\d{{4}} [a-z]){_NUMBER}"
)
_NUMBER_RUE: Final = re.compile(
    rf"\b(?P<number>\d{{1,4}}[a-z]?(?:bis|ter)?),? {_RUE_NAME}(?=,|$|\n|\.| \d{{4,5}} | (?:a|in) )"
)
_POSTCODE: Final = r"(?:(?:b|be|nl|f)-)?(?:\d{4} ?[a-z]{2}\b|\d{4,5})"
_AFTER: Final = re.compile(
    rf"(?P<gap>(?:[ ]*[,·\n]|[ ](?:[-–] )?)[ ]*)(?:(?:te|in|a) )?(?P<postcode>{_POSTCODE} )?"
    r"(?P<town>(?:'[st][ -])?[a-z][a-z'-]*(?: [a-z][a-z'-]*){0,4})"
)
_BEFORE: Final = re.compile(r"(?:\b(?:te|in|a) |\b\d{4} )(?P<town>[a-z][a-z'-]+),? ?$")
_JOINING: Final = frozenset(
    ("aan", "den", "de", "der", "op", "sur", "la", "le", "les", "en", "sous")
)
_TOWN_FIRST: Final = frozenset(
    re.split(
        r",",
        "den,de,het,la,le,les,sint,saint,st,oud,oude,nieuw,heist,alphen,capelle,bergen,"
        "berg,villers,braine,fontaine,ham",
    )
)
_NO_TOWN: Final = frozenset(
    re.split(
        r",",
        "bewoner,bewoonster,huurster,klant,tel,telefoon,gsm,ik,wij,we,hij,zij,ze,je,nous,il,elle,i,he,she,they,phone,"
        "telephone,huurachterstal,huurachterstand,bus,huurder,naam,name,nom,tenant,"
        "locataire,loyer,rent,arrieres,en,and,et,woont,heeft,is,al,de heer,mevrouw,mevr,"
        "dhr,mr,mrs,mme,bedrag,zitting,uithuiszetting,ontruiming,eviction,hearing,mobiel,"
        "adres,address,client,klant,niet,nog,er,sinds,since,depuis",
    )
)


def _address(text: str, flat: str, match: re.Match[str]) -> AddressFound:
    start, end = match.span()
    name_start = match.start("street")
    if match.re is _STREET:
        start = name_start = _start(text, name_start)
    street = text[name_start : match.end("street")].strip(" ,")
    shown = f"{street} {text[match.start('number') : match.end('number')]}"
    town, end = _town_after(text, flat, end)
    if not town and (before := _BEFORE.search(flat[max(0, start - 60) : start])):
        offset = max(0, start - 60)
        typed = text[offset + before.start("town") : offset + before.end("town")]
        if typed[0].isupper() and fold(typed) not in _NO_TOWN:
            town, start = typed, offset + before.start("town")
    return AddressFound(
        address=f"{shown}, {town}" if town else shown,
        has_town=bool(town),
        start=start,
        end=end,
    )


def _start(text: str, street: int) -> int:
    """Return where the street's name begins: its last word stands at `street`."""
    start = street
    for _ in range(STREET_WORDS_MAX - 1):
        before = re.search(r"([^\W\d_][\w'’.-]*) $", text[max(0, start - 40) : start])
        if before is None:
            break
        word = before[1]
        is_particle = fold(word) in ("van", "de", "der", "den", "het", "ter", "ten")
        follows_name = is_particle and start < street
        if not (word[0].isupper() or follows_name) or fold(word) in _NO_STREET_START:
            break
        if fold(word) in _NO_TOWN:
            break
        if word.endswith(".") and len(word) > 4:
            break
        start -= len(word) + 1
    lead = re.match(r"(?:(?:van|de|der|den|het|ter|ten) )*", text[start:street])
    return start + (lead.end() if lead else 0)


_NO_STREET_START: Final = frozenset(
    ("in", "op", "aan", "te", "woont", "adres", "hij", "zij", "huurder", "wonende", "at", "a")
)


def _town_after(text: str, flat: str, end: int) -> tuple[str, int]:
    """Return the town after the number, with its postcode, and where it ends; "" when unsure."""
    after = _AFTER.match(flat, end)
    if after is None:
        return "", end
    words = text[after.start("town") : after.end("town")].split(" ")
    taken = _town_words(words, after)
    if not taken:
        return "", end
    town = " ".join(words[:taken])
    stop = after.start("town") + len(town)
    rest = flat[stop : stop + 1]
    if (
        after["postcode"] is None
        and not words[0][:1].isupper()
        and rest not in ("", ",", ".", "\n")
    ):
        return "", end
    postcode = text[after.start("postcode") : after.end("postcode")] if after["postcode"] else ""
    return postcode + town, stop


def _town_words(words: list[str], after: re.Match[str]) -> int:
    """Return how many of `words` are the town's name; 0 when that is not certain."""
    first = fold(words[0])
    if first in _NO_TOWN or f"{first} {fold(words[1]) if len(words) > 1 else ''}" in _NO_TOWN:
        return 0
    typed_small = not words[0].lstrip("'’st- ")[:1].isupper()
    if typed_small:
        plain = after["postcode"] is not None or "," not in after["gap"]
        return 1 if plain and (len(words) == 1 or after["postcode"]) else 0
    count = 1
    while count < len(words):
        word = words[count]
        ahead = [other for other in words[count:] if fold(other) not in _JOINING]
        joins = fold(word) in _JOINING and bool(ahead) and ahead[0][0].isupper()
        if not (
            joins or (word[0].isupper() and (count == 1 or fold(words[count - 1]) in _JOINING))
        ):
            break
        count += 1
    plain_pair = count > 1 and not any(fold(word) in _JOINING for word in words[1:count])
    if plain_pair and first not in _TOWN_FIRST:
        # "Kerkstraat 12, Marc Verlinden": two plain names are rather a person than a town.
        return 0
    if count > 1 and fold(words[1]) in ("en", "et", "and"):
        return 1
    return count

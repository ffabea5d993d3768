"""The dates of a report: the hearing and the eviction, told apart by the words beside them."""

import datetime as dt
import re
from typing import Final

from bot.reading.dates import Ambiguous, Day, Moment, Unreadable, read_moment
from bot.reading.datewords import find_dates
from bot.reading.page import Found, Labelled, Page, Question
from bot.reading.words import flatten

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


def legal_dates(
    page: Page,
    labels: dict[str, list[Labelled]],
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

"""The words and figures of dates in four languages: text to parts. It knows no calendar."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.reading.words import flatten

Nearness = Literal["next", "coming", "last", "week_on"]
Half = Literal["am", "pm", "morning", "afternoon", "night"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a text says, slot by slot, before any calendar is asked.

    `weekday` counts from Monday, 0. `week` is counted from this one. `offset` is in days from
    today, or in months (`offset_months`). `dotted` is "7.10": a day and month, or a time.
    `exact`: the hour cannot be one of the other half of the day.
    """

    day: int | None = None
    month: int | None = None
    year: int | None = None
    year_figures: int = 0
    weekday: int | None = None
    weekday_is_short: bool = False
    week: int | None = None
    nearness: Nearness | None = None
    offset: int | None = None
    offset_months: bool = False
    hour: int | None = None
    minute: int | None = None
    half: Half | None = None
    exact: bool = False
    dotted: tuple[int, int] | None = None
    shift: dt.timedelta | None = None

    @property
    def has_day(self) -> bool:
        """Whether any slot says something of the day."""
        slots = (self.day, self.weekday, self.offset, self.week)
        return any(slot is not None for slot in slots)

    @property
    def has_time(self) -> bool:
        """Whether a time of day is given."""
        return self.hour is not None

    @property
    def is_enough(self) -> bool:
        """Whether this can be meant as a date at all: "ma" or "morning" alone cannot."""
        if self.shift is not None:
            return not (self.has_day or self.has_time or self.dotted)
        if self.weekday_is_short and self.day is None and self.dotted is None:
            return self.has_time or self.week is not None or self.nearness is not None
        return self.has_day or self.has_time or self.dotted is not None


def parts_of(text: str, language: str) -> Part | None:
    """Return what `text` says when every word of it belongs to a date; else None.

    None too when it says one thing twice. `text` is cleaned.
    """
    flat = flatten(text)
    end, part = _run(flat, 0, language)
    return part if end == len(flat) and part.is_enough else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a text says a day; `full` when with its month, not only "vrijdag" or "morgen"."""

    start: int
    end: int
    full: bool


def find_dates(text: str, language: str) -> tuple[Place, ...]:
    """Return the places in `text` (cleaned) that say a day, in order."""
    flat = flatten(text)
    found: list[Place] = []
    end = 0
    for match in _WORD_START.finditer(flat):
        start = match.start()
        if start < end or _FILLER.match(flat, start):
            continue
        stop, part = _run(flat, start, language)
        full = part.day is not None and part.month is not None
        if full or (part.has_day and part.is_enough):
            end = start + len(flat[start:stop].rstrip(" ,.;!\n"))
            found.append(Place(start=start, end=end, full=full))
    return tuple(found)


def _run(flat: str, start: int, language: str) -> tuple[int, Part]:
    """Return how far from `start` every word belongs to one date, and what they say."""
    part = Part()
    end = position = start
    while True:
        position = _skip(flat, position)
        if position == len(flat):
            return position, part
        filler = _FILLER.match(flat, position)
        taken = _take(flat, position, part, language)
        if taken is not None:
            position, part = taken
            end = position
        elif filler is not None:
            position = filler.end()
        else:
            return end, part


def _skip(flat: str, position: int) -> int:
    gap = _GAP.match(flat, position)
    return gap.end() if gap else position


def _take(flat: str, position: int, part: Part, language: str) -> tuple[int, Part] | None:
    for pattern, read in _french_first() if language.startswith("fr") else _RULES:
        match = pattern.match(flat, position)
        if match is None:
            continue
        said = read(match)
        merged = _merged(part, said) if said is not None else None
        if merged is not None:
            return match.end(), merged
    return None


def _french_first() -> tuple["_Rule", ...]:
    return (*_FRENCH_RULES, *_RULES)


def _merged(part: Part, said: Part) -> Part | None:
    """Return both together; None where they say the same slot twice."""
    changes = {}
    for name in Part.__dataclass_fields__:
        new, old, unset = getattr(said, name), getattr(part, name), getattr(_NOTHING, name)
        if new == unset:
            continue
        if old != unset and not (name in ("half", "exact") and old == new):
            return None
        changes[name] = new
    return replace(part, **changes)


_NOTHING: Final = Part()

_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Part | None]]


def _table(rows: str) -> dict[str, int]:
    """Return {word: row} for rows parted by "/", words of one row by spaces."""
    return {word: row for row, words in enumerate(rows.split("/")) for word in words.split()}


_MONTHS: Final = {
    word: row + 1
    for word, row in _table(
        "januari january janvier jan janv/februari february fevrier feb febr fev fevr"
        "/maart march mars mrt mar mrch/april avril apr avr/mei may mai/juni june juin jun"
        "/juli july juillet jul juil juill/augustus august aout aug/september septembre sept sep"
        "/oktober october octobre okt oct/november novembre nov/december decembre dec"
    ).items()
}
_DAYS_LONG: Final = _table(
    "maandag monday lundi/dinsdag tuesday mardi/woensdag wednesday mercredi"
    "/donderdag thursday jeudi/vrijdag friday vendredi/zaterdag saturday samedi"
    "/zondag sunday dimanche"
)
_DAYS_SHORT: Final = _table(
    "ma mon lun maa/di tue tues din/wo wed mer woe/do thu thur thurs jeu don/vr fri ven vrij"
    "/za sat sam zat/zo sun dim zon"
)
NUMBERS: Final = _table(
    "nul/een one un une a an/twee two deux/drie three trois/vier four quatre/vijf five cinq"
    "/zes six/zeven seven sept/acht eight huit/negen nine neuf/tien ten dix/elf eleven onze"
    "/twaalf twelve douze"
)
"""Numbers written out, nought to twelve."""
_RELATIVE: Final = {
    "vandaag": 0,
    "today": 0,
    "aujourd'hui": 0,
    "aujourdhui": 0,
    "auj": 0,
    "auj.": 0,
    "morgen": 1,
    "tomorrow": 1,
    "demain": 1,
    "overmorgen": 2,
    "day after tomorrow": 2,
    "apres-demain": 2,
    "apres demain": 2,
    "gisteren": -1,
    "gister": -1,
    "yesterday": -1,
    "hier": -1,
    "eergisteren": -2,
    "day before yesterday": -2,
    "avant-hier": -2,
    "avant hier": -2,
}
_HALVES: Final[dict[str, Half]] = {
    "ochtend": "morning",
    "ochtends": "morning",
    "morgens": "morning",
    "voormiddag": "morning",
    "voormiddags": "morning",
    "vm": "morning",
    "morning": "morning",
    "matin": "morning",
    "matinee": "morning",
    "middag": "afternoon",
    "middags": "afternoon",
    "namiddag": "afternoon",
    "namiddags": "afternoon",
    "nm": "afternoon",
    "afternoon": "afternoon",
    "apres-midi": "afternoon",
    "apres midi": "afternoon",
    "avond": "afternoon",
    "avonds": "afternoon",
    "evening": "afternoon",
    "soir": "afternoon",
    "soiree": "afternoon",
    "nachts": "night",
    "nuit": "night",
    "night": "night",
}
_UNIT_DAYS: Final = {
    **dict.fromkeys(("dag", "dagen", "day", "days", "jour", "jours"), 1),
    **dict.fromkeys(("week", "weken", "weeks", "semaine", "semaines"), 7),
}
_UNIT_MINUTES: Final = {
    **dict.fromkeys(("minuut", "minuten", "minute", "minutes", "min"), 1),
    **dict.fromkeys(("uur", "uren", "hour", "hours", "heure", "heures"), 60),
}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_MONTH: Final = rf"(?:{_any_of(_MONTHS)})(?![a-z])\.?"
_LONG: Final = _any_of(_DAYS_LONG)
_SHORT: Final = _any_of(_DAYS_SHORT)
_NUMBER: Final = rf"(?:\d{{1,4}}|(?:{_any_of(NUMBERS)})(?![a-z]))"
_NUMBER_WORD: Final = rf"(?:{_any_of(NUMBERS)})(?![a-z])"
_HOUR_WORD: Final = r"(?:uur|uren|u|heures?|hrs|h|o'clock)(?![a-z])"
_NOT_TIME: Final = rf"(?!\s?{_HOUR_WORD}|\s?[ap]\.?m\b|[:.]\d|\d)"
_UNIT: Final = (
    rf"(?:{_any_of({**_UNIT_DAYS, **_UNIT_MINUTES})}"
    r"|maanden|maand|months|month|mois)(?![a-z])"
)

_WORD_START: Final = re.compile(r"(?<![\w.,/+-])\w")
_GAP: Final = re.compile(r"[\s,;·()!]*\.?[\s,;·()!]*")
_FILLER: Final = re.compile(
    r"(?:om|op|de|het|le|la|l'|du|the|on|at|a|of|van|rond|tegen|omstreeks|around|vers|ce|'s|uur"
    r"|in|dan|est|is)(?![a-z0-9'])|l'|-|–"
)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def _full(day: str, month: str, year: str) -> Part:
    return Part(day=int(day), month=int(month), year=int(year), year_figures=len(year))


def _iso(match: re.Match[str]) -> Part:
    return _full(match[3], match[2], match[1])


def _numeric(match: re.Match[str]) -> Part:
    return _full(match[1], match[2], match[3])


def _day_month(match: re.Match[str]) -> Part:
    return Part(day=int(match[1]), month=int(match[2]))


def _named(match: re.Match[str]) -> Part:
    month = _MONTHS[match["month"].rstrip(".")]
    year = match["year"]
    day = int(match["day"]) if match["day"].isdigit() else 1
    if year is None:
        return Part(day=day, month=month)
    return Part(day=day, month=month, year=int(year), year_figures=len(year))


def _clock(match: re.Match[str]) -> Part:
    """Read "14u30", "9:05", "2pm", "10.30u": groups hour, and minute and half where they are."""
    groups = match.groupdict()
    half = (groups.get("half") or "").replace(".", "")
    return Part(
        hour=_count(match["hour"]),
        minute=int(groups.get("minute") or 0),
        half="am" if half == "am" else "pm" if half == "pm" else None,
        exact=len(match["hour"]) == 2 and match["hour"].isdigit(),
    )


def _half_past(match: re.Match[str]) -> Part | None:
    hour = _count(match["hour"])
    return Part(hour=(hour + 11) % 12 if hour <= 12 else hour, minute=30) if hour else None


def _past(match: re.Match[str]) -> Part:
    minute = 30 if match["much"].startswith(("half", "et demi")) else 15
    return Part(hour=_count(match["hour"]), minute=minute)


def _half_noon(_match: re.Match[str]) -> Part:
    return Part(hour=12, minute=30, exact=True)


def _to(match: re.Match[str]) -> Part | None:
    hour = _count(match["hour"])
    return Part(hour=hour - 1, minute=45) if hour else None


def _noon(_match: re.Match[str]) -> Part:
    return Part(hour=12, minute=0, exact=True)


def _this_noon(_match: re.Match[str]) -> Part:
    return Part(offset=0, hour=12, minute=0, exact=True)


def _dotted(match: re.Match[str]) -> Part:
    first, second = int(match[1]), int(match[2])
    if len(match[2]) == 1:
        return Part(day=first, month=second)
    return Part(dotted=(first, second))


def _weekday(match: re.Match[str]) -> Part:
    groups = match.groupdict()
    word = match["weekday"]
    short = word not in _DAYS_LONG
    half_word = groups.get("half")
    half: Half | None = None
    if half_word:
        half = "morning" if half_word == "morgen" else _HALVES[half_word]
    return Part(
        weekday=_DAYS_SHORT[word] if short else _DAYS_LONG[word],
        weekday_is_short=short,
        nearness=_nearness(groups.get("near")),
        half=half,
    )


def _nearness(word: str | None) -> Nearness | None:
    if word is None:
        return None
    if word.startswith(("volgend", "next", "prochain")):
        return "next"
    if word.startswith(("vorig", "afgelopen", "last", "laatst", "dernier", "passe")):
        return "last"
    if word.startswith(("en huit", "over")):
        return "week_on"
    return "coming"


def _week(match: re.Match[str]) -> Part:
    near = match["near"]
    if near.startswith(("deze", "this", "cette")):
        return Part(week=0)
    return Part(week=-1 if _nearness(near) == "last" else 1)


def _relative(match: re.Match[str]) -> Part:
    groups = match.groupdict()
    half = groups.get("half")
    return Part(offset=_RELATIVE[match["word"]], half=_HALVES[half] if half else None)


def _tonight(match: re.Match[str]) -> Part:
    morning = re.search(r"ochtend|morgen|voormiddag|morning|matin", match[0]) is not None
    return Part(offset=0, half="morning" if morning else "afternoon")


def _early(match: re.Match[str]) -> Part:
    return Part(offset=1, half="morning")


def _ahead(match: re.Match[str]) -> Part:
    return _away(_count(match["count"]), match["unit"])


def _weeks_in_days(match: re.Match[str]) -> Part:
    return Part(offset=7 if match["weeks"] == "huit" else 14)


def _ago(match: re.Match[str]) -> Part:
    return _away(-_count(match["count"]), match["unit"])


def _away(count: int, unit: str) -> Part:
    if unit in _UNIT_MINUTES:
        return Part(shift=dt.timedelta(minutes=count * _UNIT_MINUTES[unit]))
    if unit in _UNIT_DAYS:
        return Part(offset=count * _UNIT_DAYS[unit])
    return Part(offset=count, offset_months=True)


def _half_hour(_match: re.Match[str]) -> Part:
    return Part(shift=dt.timedelta(minutes=30))


def _hour_and_half(_match: re.Match[str]) -> Part:
    return Part(shift=dt.timedelta(minutes=90))


def _quarter(_match: re.Match[str]) -> Part:
    return Part(shift=dt.timedelta(minutes=15))


def _now(_match: re.Match[str]) -> Part:
    return Part(shift=dt.timedelta())


def _half_of_day(match: re.Match[str]) -> Part:
    return Part(half=_HALVES[match["half"]])


def _rule(pattern: str, read: Callable[[re.Match[str]], Part | None]) -> _Rule:
    return re.compile(pattern), read


_NEAR: Final = (
    r"(?P<near>volgende|(?:eerst)?komende|eerstvolgende|aanstaande|deze|vorige|afgelopen|laatste"
    r"|next|this|coming|last|a\.s\.?|as)"
)
_YEAR: Final = (
    rf"(?:[\s,./-]{{1,2}}'?(?P<year>\d{{4}}(?!\d)|(?<=')\d{{2}}(?!\d)|\d{{2}}{_NOT_TIME}))?"
)

# In order: the first that matches and says nothing twice is taken.
_RULES: Final[tuple[_Rule, ...]] = (
    _rule(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)(?:t(?=\d))?", _iso),
    _rule(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?'?(\d{1,4})(?!\d|:)", _numeric),
    _rule(rf"(?P<hour>{_NUMBER})\s?(?:heures?|h) moins (?:le |un )?quart(?![a-z])", _to),
    _rule(
        rf"(?P<hour>{_NUMBER})\s?(?:uur|u|heures?|h)\s(?P<much>half|et demie?|et quart)(?![a-z])",
        _past,
    ),
    _rule(r"(?P<hour>\d{1,2})\s?(?:uur|u|h)(?P<minute>\d{2})(?!\d)(?:\s?u(?![a-z]))?", _clock),
    _rule(
        rf"(?P<hour>\d{{1,2}})\s?{_HOUR_WORD}\s(?P<minute>\d{{2}})(?![\d/-]|\.\d|\s?{_MONTH})",
        _clock,
    ),
    _rule(rf"(?P<hour>\d{{1,2}})\s?{_HOUR_WORD}", _clock),
    _rule(rf"(?P<hour>{_NUMBER_WORD})\s{_HOUR_WORD}", _clock),
    _rule(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s?(?P<half>[ap]\.?m)(?![a-z])\.?", _clock),
    _rule(rf"(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})\s?{_HOUR_WORD}", _clock),
    _rule(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?(?![\d:])", _clock),
    _rule(rf"(\d{{1,2}})\s?[-/]\s?(\d{{1,2}})(?![\d/-]){_NOT_TIME}", _day_month),
    _rule(
        rf"(?P<day>\d{{1,2}}|premier)(?:ste|de|er|st|nd|rd|th|e)?[\s./-]{{0,2}}(?:of |de |van )?"
        rf"(?P<month>{_MONTH}){_YEAR}"
        r"(?: (?:a\.s\.?|as|aanstaande|eerstkomend|prochain))?(?![\da-z])",
        _named,
    ),
    _rule(
        rf"(?P<month>{_MONTH})\s(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_NOT_TIME}"
        r"(?:,?\s(?P<year>\d{4}))?(?![\da-z])",
        _named,
    ),
    _rule(r"(\d{1,2})\.(\d{1,2})(?!\d|\.\d)", _dotted),
    _rule(rf"(?P<much>half past) (?P<hour>{_NUMBER})(?![\d:.])", _past),
    _rule(rf"half (?P<hour>{_NUMBER})(?![\d:.])", _half_past),
    _rule(rf"(?P<much>kwart na|kwart over|quarter past) (?P<hour>{_NUMBER})(?![\d:.])", _past),
    _rule(rf"(?:kwart voor|quarter to) (?P<hour>{_NUMBER})(?![\d:.])", _to),
    _rule(
        rf"(?:om|tegen|rond|omstreeks|at|around|a|vers)\s(?P<hour>\d{{1,2}}|{_NUMBER_WORD})"
        rf"(?![\d/a-z-]|[.:]\d|\s?{_HOUR_WORD}|\s?[ap]\.?m|\s?{_MONTH})",
        _clock,
    ),
    _rule(r"midi et demie?(?![a-z])", _half_noon),
    _rule(r"ce midi(?![a-z])", _this_noon),
    _rule(r"(?:noon|midi)(?![a-z])", _noon),
    # Said so in French: eight days are a week, fifteen are two.
    _rule(r"(?:dans|d'ici) (?P<weeks>huit|quinze) jours(?![a-z])", _weeks_in_days),
    _rule(r"over anderhalf uur(?![a-z])|dans une heure et demie(?![a-z])", _hour_and_half),
    _rule(
        rf"(?:over|binnen|in|na|within|dans|d'ici) (?P<count>{_NUMBER}) (?P<unit>{_UNIT})", _ahead
    ),
    _rule(rf"(?P<count>{_NUMBER}) (?P<unit>{_UNIT}) (?:geleden|ago)(?![a-z])", _ago),
    _rule(rf"il y a (?P<count>{_NUMBER}) (?P<unit>{_UNIT})", _ago),
    _rule(r"over een half ?uur(?![a-z])|in half an hour|dans une demi-?\s?heure", _half_hour),
    _rule(r"over een kwartier|in a quarter of an hour|dans un quart d'heure", _quarter),
    _rule(r"(?:nu|now|maintenant|tout de suite)(?![a-z])", _now),
    _rule(rf"{_NEAR} week(?![a-z])", _week),
    _rule(r"(?P<near>cette) semaine(?![a-z])", _week),
    _rule(r"semaine (?P<near>prochaine|derniere|passee)(?![a-z])", _week),
    _rule(rf"{_NEAR} (?P<weekday>{_LONG}|{_SHORT})(?![a-z])\.?", _weekday),
    _rule(
        rf"(?P<weekday>{_LONG}) (?P<near>prochain|dernier|passe|qui vient|en huit|aanstaande"
        r"|over (?:een|1) week|a\.s\.?|as)(?![a-z])",
        _weekday,
    ),
    _rule(
        rf"(?P<weekday>{_LONG})\s?"
        r"(?P<half>morgen|ochtend|voormiddag|middag|namiddag|avond)(?![a-z])",
        _weekday,
    ),
    _rule(rf"(?P<weekday>{_LONG}|{_SHORT})(?![a-z'])\.?", _weekday),
    _rule(r"morgen(?:vroeg|ochtend|voormiddag)(?![a-z])", _early),
    _rule(
        r"(?:vanochtend|vanmorgen|vanvoormiddag|vanmiddag|vannamiddag|vanavond|tonight"
        r"|this (?:morning|afternoon|evening)|ce (?:soir|matin)|cet(?:te)? apres[- ]midi)"
        r"(?![a-z])",
        _tonight,
    ),
    _rule(
        rf"(?P<word>{_any_of(_RELATIVE)})\s?"
        r"(?P<half>ochtend|voormiddag|namiddag|middag|avond)(?![a-z])",
        _relative,
    ),
    _rule(rf"(?P<word>{_any_of(_RELATIVE)})(?![a-z])", _relative),
    _rule(
        rf"(?:'s |in de |in the |at |dans la |dans l'|en |de l'|du |de la "
        rf"|l')?(?P<half>{_any_of(_HALVES)})(?![a-z])",
        _half_of_day,
    ),
)

# "mar." is mardi in French and March elsewhere.
_FRENCH_RULES: Final[tuple[_Rule, ...]] = (
    _rule(r"mar(?![a-z])\.?(?=\s\d)", lambda _match: Part(weekday=1, weekday_is_short=True)),
)

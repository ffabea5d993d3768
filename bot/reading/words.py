"""Cleaning and folding of text: what is stored, what is compared. It must not guess meanings."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MARKS_MAX: Final = 4
"""Combining marks kept on one letter; no living script needs more once composed, zalgo does."""

INITIALS_MAX: Final = 6
"""Initials shown for one client: longer ones would begin to spell the name."""

PLACE_WORDS_MAX: Final = 4
"""Words of the longest municipality's name; more is a sentence."""

_LINE_ENDS: Final = str.maketrans(
    {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
)

# Letters that look like a Latin one but have no decomposition to it (after case folding).
_LOOK_ALIKES: Final = {
    **dict(zip("авекмнорстухіјѕԁһԛԝӏ", "abekmhopctyxijsdhqwl", strict=True)),
    **dict(zip("αβεζηικμνορτυχ", "abezhikmvoptyx", strict=True)),
    **dict(zip("øłđðħıŧɑɡĸŀ", "olddhitagkl", strict=True)),
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}
_APOSTROPHES: Final = frozenset("'’‘ʼʹ`´′＇")
# Letters by category that show nothing at all.
_UNSEEN: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")

_TITLES: Final = frozenset(
    re.split(
        r"\s",
        "dhr mevr mevrouw mw meneer mr mrs ms mme mlle madame monsieur familie fam gezin famille",
    )
)
"""Left out of the keys of stored names: what is added here would no longer find those."""

_ADDRESSED: Final = _TITLES | {"dr", "drs", "mej", "mejuffrouw", "mijnheer", "mademoiselle"}
_PARTICLES: Final = frozenset(
    re.split(
        r"\s",
        "van de der den het ter ten te t d du des la le les di da dos von zu el al ben bin ibn op",
    )
)


def clean(text: str) -> str:
    """Return `text` as it may be stored and shown: NFC, without code points that control.

    No control, format or surrogate code point is left. Newlines stay (every kind of line end
    becomes one), other white space becomes a plain space, the ends are stripped. Emoji joined by
    ZWJ fall apart into their parts. Marks heaped on one letter are cut to `MARKS_MAX`.
    Idempotent; never raises. Source: rows 13, 28, 32.
    """
    # UTF-16 there and back joins surrogate pairs that arrived apart and drops the lone ones.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    lines = whole.replace("\r\n", "\n").translate(_LINE_ENDS)
    kept = "".join(_seen(char) for char in lines)
    return _few_marks(unicodedata.normalize("NFC", kept)).strip()


def _seen(char: str) -> str:
    if char == "\n":
        return char
    if char == "\t":
        return " "
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    return "" if category in ("Cc", "Cf", "Cs") else char


def _few_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= MARKS_MAX:
            kept.append(char)
    return "".join(kept)


def is_blank(text: str) -> bool:
    """Return whether nothing in `text` can be read as a word or number: no letter, no digit.

    So spaces, emoji, punctuation and invisible marks alone are blank. Source: row 28.
    """
    return not any(unicodedata.category(char)[0] in "LN" and char not in _UNSEEN for char in text)


def utf16_len(text: str) -> int:
    """Return the length in UTF-16 code units, the unit of all of Telegram's text limits."""
    return len(text) + sum(1 for char in text if char > "\uffff")


def cut(text: str, *, units_max: int) -> str:
    """Return the longest beginning of `text` that fits, ended between graphemes.

    `units_max` counts UTF-16 code units. Nothing is added to mark the cut. Only a single grapheme
    longer than the limit is itself cut, between code points. Source: row 29, and `telegram.md`'s
    limits on buttons.
    """
    if utf16_len(text) <= units_max:
        return text
    units = 0
    end = 0
    safe = 0
    for index, char in enumerate(text):
        if index and not _joins(text, index):
            safe = index
        units += utf16_len(char)
        if units > units_max:
            break
        end = index + 1
    return text[: safe or end]


def _joins(text: str, index: int) -> bool:
    """Return whether the code point at `index` belongs to the grapheme before it."""
    char, before = text[index], text[index - 1]
    if char == "\u200d" or before == "\u200d" or unicodedata.category(char) in ("Mn", "Me", "Mc"):
        return True
    if "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f":
        return True
    if _is_flag_half(char):
        halves = 0
        while halves < index and _is_flag_half(text[index - 1 - halves]):
            halves += 1
        return halves % 2 == 1
    return "\u1160" <= char <= "\u11ff" or (before == "\r" and char == "\n")


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def flatten(text: str) -> str:
    """Return `text` case-folded, without diacritics, with ASCII digits, of equal length.

    Each code point stays one, so that a place found in it is a place in `text`.
    """
    return "".join(_flat(char) for char in text)


def _flat(char: str) -> str:
    if char.isascii():
        return char.lower()
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    if char in _APOSTROPHES:
        return "'"
    folded = unicodedata.normalize("NFKD", char.casefold())
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    return bare if len(bare) == 1 else char


def fold(text: str) -> str:
    """Return `text` as a key for comparison: words of letters and digits, parted by one space.

    Case, diacritics, width, apostrophes, punctuation and look-alike letters of other scripts make
    no difference. Idempotent; never raises. Not for showing. Source: row 32.
    """
    current = clean(text)
    for _ in range(4):
        following = _fold_once(current)
        if following == current:
            break
        current = following
    return current


def _fold_once(text: str) -> str:
    letters: list[str] = []
    for char in unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()):
        digit = unicodedata.decimal(char, None)
        if digit is not None:
            letters.append(str(digit))
        elif unicodedata.category(char) in ("Mn", "Me", "Cf") or char in _APOSTROPHES:
            continue
        elif char in _LOOK_ALIKES:
            letters.append(_LOOK_ALIKES[char])
        else:
            visible = char not in _UNSEEN and unicodedata.category(char)[0] in "LNM"
            letters.append(char if visible else " ")
    return " ".join("".join(letters).split())


def fold_name(text: str) -> tuple[str, ...]:
    """Return the folded words of a name, sorted: "Verlinden, Marc" and "MARC VERLINDEN" are one.

    Forms of address ("mevr.", "familie") are left out unless nothing else is there. Source: R-13.
    """
    words = fold(text).split()
    return tuple(sorted(set(words) - _TITLES or set(words)))


def without_title(name: str, *, french: bool = False) -> str:
    """Return `name` without the form of address that it begins with ("de heer", "Mme", "fam.").

    In `french` a first "M." is Monsieur; elsewhere, and after another title, it is an initial.
    """
    words = name.split()
    if french and len(words) > 1 and words[0] in ("M.", "M"):
        return " ".join(words[1:])
    if len(words) > 2 and fold(" ".join(words[:2])) in ("de heer", "de familie", "la famille"):
        return " ".join(words[2:])
    while len(words) > 1 and fold(words[0]) in _ADDRESSED:
        words = words[1:]
    return " ".join(words)


def initials(name: str) -> str:
    """Return "M.V." for "Marc Verlinden" and "P.d.W." for "Piet de Wit".

    One initial for each word between spaces, in the order of reading, a surname before a comma
    moved last. Particles keep the case in which they were typed. "?" without a letter.
    Source: design.md §3.
    """
    family, comma, given = clean(name).partition(",")
    ordered = f"{given} {family}" if comma and not is_blank(given) else family
    firsts = [_initial(word) for word in without_title(ordered).split()]
    return "".join(f"{first}." for first in [f for f in firsts if f][:INITIALS_MAX]) or "?"


def _initial(word: str) -> str:
    for index, char in enumerate(word):
        if unicodedata.category(char)[0] != "L":
            continue
        end = index + 1
        while end < len(word) and unicodedata.category(word[end]) in ("Mn", "Mc"):
            end += 1
        upper = char if fold(word) in _PARTICLES or char in _APOSTROPHES else char.upper()[:1]
        return upper + word[index + 1 : end]
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedAddress:
    """An address as a key for comparison; None is what the text does not say."""

    street: str | None = None
    number: str | None = None
    box: str | None = None
    municipality: str | None = None


_NUMBER: Final = re.compile(
    r"(?<![\w])(?P<number>\d{1,5})(?:[ -]?(?P<letter>[a-z]|bis|ter))?(?![\w])"
    r"(?:[ ,]*(?:bus|bte|boite|box|apt|app|flat|/|-)[. ]*(?P<box>\w{1,5})\b)?"
)
_POSTCODE: Final = re.compile(
    r"\b(?:(?:b|be|nl|f|fr|l)[ -])?"
    r"(?:\d{4} ?[a-z]{2}(?= |,|$)|\d{4,5}(?= +[a-z'])|(?<=, )\d{4,5}(?= *$))"
)
_COUNTRY: Final = frozenset(
    re.split(
        r",",
        "belgie,belgium,belgique,nederland,netherlands,the netherlands,pays bas,france,be,nl,fr",
    )
)
_STREET_END: Final = re.compile(r"(?:straat|str|laan|steenweg|stwg|weg|plein|dreef|kade|singel)$")
_STREET_START: Final = re.compile(r"(?:rue|avenue|av|chaussee|boulevard|bd|place|allee|quai) ")
_SHORT_FORMS: Final = (
    (re.compile(r"str\b"), "straat"),
    (re.compile(r"\b(?:stwg|stw)\b"), "steenweg"),
    (re.compile(r"stwg\b"), "steenweg"),
    (re.compile(r"\b(?:st|sint|saint)\b"), "sint"),
    (re.compile(r"\b(?:ste|sainte)\b"), "sinte"),
    (re.compile(r"\bav\b"), "avenue"),
    (re.compile(r"\b(?:bd|bld|bvd|blvd)\b"), "boulevard"),
    (re.compile(r"\bch(?:ee)?\b"), "chaussee"),
    (re.compile(r"^r "), "rue "),
)


def fold_address(text: str) -> FoldedAddress:
    """Return what `text` says of street, house number (with letter), box and municipality, folded.

    Number before or after the street, with or without commas and postcode. What cannot be told
    stays None; never raises. Source: design.md §2 (blind index), R-13.
    """
    place = municipality(text)
    lines = flatten(clean(text).replace("\n", ", "))
    number = _house_number(lines)
    if number is None:
        street = _street_segment(lines)
        return FoldedAddress(
            street=_fold_street(street) if street else None,
            municipality=fold(place) if place else None,
        )
    before, after = lines[: number.start()].strip(" ,."), lines[number.end() :].strip(" ,.")
    street = before.split(",")[-1] if fold(before) else after.split(",")[0]
    return FoldedAddress(
        street=_fold_street(street) or None,
        number=number["number"].lstrip("0") + (number["letter"] or "") or None,
        box=number["box"],
        municipality=fold(place) if place else None,
    )


def _house_number(lines: str) -> re.Match[str] | None:
    """Return the first number that is neither a postcode nor a part of the street's name."""
    taken = [found.span() for found in _POSTCODE.finditer(lines)]
    numbers = [
        found
        for found in _NUMBER.finditer(lines)
        if not any(start <= found.start() < end for start, end in taken)
    ]
    if len(numbers) > 1 and _in_street_name(lines, numbers[0], numbers[1]):
        return numbers[1]
    return numbers[0] if numbers else None


def _in_street_name(lines: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Return whether `first` is the year in "Plein 1944 5"."""
    year = len(first["number"]) == 4 and first["number"] < "2000"
    return year and "," not in lines[first.end() : second.start()]


def _street_segment(lines: str) -> str | None:
    segments = [fold(segment) for segment in lines.split(",")]
    return next((segment for segment in segments if _is_street(segment)), None)


def _is_street(folded: str) -> bool:
    return bool(_STREET_END.search(folded) or _STREET_START.match(folded))


def _fold_street(street: str) -> str:
    folded = fold(street)
    for short, long in _SHORT_FORMS:
        folded = short.sub(long, folded)
    return folded


def municipality(text: str) -> str | None:
    """Return the municipality of an address as typed, for "M.V., Weelde"; None when not certain.

    After the last comma, without postcode (and country); without a comma, what follows the house
    number. It goes to the team channel, so nothing with a digit and no street is ever returned.
    Source: design.md §6, P9.
    """
    parts = [part.strip() for part in clean(text).replace("\n", ",").split(",")]
    parts = [part for part in parts if not is_blank(part) and fold(part) not in _COUNTRY]
    alone = len(parts) == 1
    if not any(char.isdigit() for part in parts for char in part):
        parts = parts[-1:]
    # A part with a postcode says it best, whatever is added after it.
    parts.sort(key=lambda part: _POSTCODE.search(flatten(part)) is not None)
    places = (_place(part, alone=alone) for part in reversed(parts))
    return next((place for place in places if place), None)


def _place(part: str, *, alone: bool) -> str | None:
    flat = flatten(part)
    number = _house_number(flat)
    if number is not None:
        rest = part[number.end() :] if fold(part[: number.start()]) else ""
    else:
        rest = "" if alone and not _POSTCODE.search(flat) else part
    rest = _without_postcode(rest).strip(" .-;")
    rest = re.sub(r"^(?:te|in|à|a)\s+", "", rest, flags=re.IGNORECASE)
    rest = re.sub(r"\s*\(.*?\)", "", rest).strip(" .-;")
    if is_blank(rest) or any(char.isdigit() for char in rest) or _is_street(fold(rest)):
        return None
    if re.match(r"(?:bij|chez|c o|co|at|with|met|t a v) ", fold(rest) + " "):
        return None
    return rest if len(rest.split()) <= PLACE_WORDS_MAX else None


def _without_postcode(part: str) -> str:
    postcode = _POSTCODE.search(flatten(part))
    return part if postcode is None else part[: postcode.start()] + part[postcode.end() :]


def conflicts(first: FoldedAddress, second: FoldedAddress) -> bool:
    """Return whether the two cannot be one household: house number or municipality differ.

    What one of them leaves open never conflicts. A box ("bus 3") counts as part of the number.
    Source: procedures.md §1.4 (known household).
    """
    pairs = (
        (first.number, second.number),
        (first.box, second.box),
        (first.municipality, second.municipality),
    )
    return any(a is not None and b is not None and a != b for a, b in pairs)


def discreet(name: str, address: str) -> str:
    """Return how a client is named outside *Details*: "M.V., Weelde", or only "M.V.".

    A place that repeats a word of the name is left out: somebody typed the name there too.
    """
    place = municipality(address)
    if place is None or set(fold_name(name)) & {w for w in fold(place).split() if len(w) > 2}:
        return initials(name)
    return f"{initials(name)}, {place}"

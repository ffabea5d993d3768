"""Names and sentences that run from right to left, as they must stand on paper.

The library that writes PDF puts signs where it is told. Arabic letters join, and a line of mixed
directions has an order of its own: both are worked out here, from Unicode's own tables.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

from fpdf.bidi import BidiParagraph, auto_detect_base_direction
from fpdf.enums import TextDirection

_RIGHT: Final = frozenset({"R", "AL"})
_FORMS: Final = (range(0xFB50, 0xFE00), range(0xFE70, 0xFF00))
"""Where Unicode keeps Arabic letters by how they join."""
_LAM: Final = "\u0644"
_PAIRS: Final = ("()", "[]", "{}", "<>", "«»", "‹›")
_MIRRORED: Final = {one: other for a, b in _PAIRS for one, other in ((a, b), (b, a))}


def runs_right_to_left(text: str) -> bool:
    """Return whether some of the text does."""
    return any(unicodedata.bidirectional(char) in _RIGHT for char in text)


def begins_right(text: str) -> bool:
    """Return whether the whole line begins at the right: its first letter decides."""
    return auto_detect_base_direction(text) is TextDirection.RTL


def reordered(line: str, *, from_right: bool) -> str:
    """Return one line in the order in which it stands on paper, from left to right."""
    base = TextDirection.RTL if from_right else TextDirection.LTR
    placed = BidiParagraph(line, base).get_reordered_characters()
    return "".join(_turned(each.character, each.embedding_level) for each in placed)


def _turned(char: str, level: int) -> str:
    """Return a bracket as its mirror image where the text runs from the right (odd levels)."""
    return _MIRRORED.get(char, char) if level % 2 else char


def joined(text: str) -> str:
    """Return the text with each Arabic letter in the form that its neighbours ask for."""
    out: list[str] = []
    for at, char in enumerate(text):
        forms = _forms().get(char)
        if forms is None:
            out.append(char)
            continue
        before, after = _neighbour(text, at, -1), _neighbour(text, at, +1)
        to_before = _joins_on(before) and ("final" in forms or "medial" in forms)
        to_after = after in _forms() and _joins_on(char) and _takes(after)
        out.append(_pick(forms, char, to_before=to_before, to_after=to_after))
    return _with_lam_alef("".join(out))


def _pick(forms: Mapping[str, str], char: str, *, to_before: bool, to_after: bool) -> str:
    if to_before and to_after and "medial" in forms:
        return forms["medial"]
    if to_before and "final" in forms:
        return forms["final"]
    if to_after and "initial" in forms:
        return forms["initial"]
    return forms.get("isolated", char)


def _neighbour(text: str, at: int, step: int) -> str:
    """Return the next letter in that direction; marks above and below do not part letters."""
    at += step
    while 0 <= at < len(text) and unicodedata.category(text[at]) == "Mn":
        at += step
    return text[at] if 0 <= at < len(text) else ""


def _joins_on(char: str) -> bool:
    """Return whether the letter joins the one after it."""
    return "initial" in _forms().get(char, {})


def _takes(char: str) -> bool:
    """Return whether the letter joins the one before it."""
    return "final" in _forms().get(char, {})


@cache
def _forms() -> Mapping[str, Mapping[str, str]]:
    """Return each letter's forms: isolated, initial, medial, final."""
    found: dict[str, dict[str, str]] = {}
    for char in (chr(code) for block in _FORMS for code in block):
        kind, *letters = unicodedata.decomposition(char).split() or [""]
        if len(letters) == 1 and kind.startswith("<"):
            found.setdefault(chr(int(letters[0], 16)), {})[kind.strip("<>")] = char
    return found


@cache
def _lam_alefs() -> tuple[tuple[str, str], ...]:
    """Return (two signs, the one sign that stands for them) of lam before alef."""
    pairs = []
    for code in range(0xFEF5, 0xFEFD):
        kind, lam, alef = unicodedata.decomposition(chr(code)).split()
        forms = _forms()
        first = forms[_LAM]["initial" if kind == "<isolated>" else "medial"]
        pairs.append((first + forms[chr(int(alef, 16))]["final"], chr(code)))
        assert chr(int(lam, 16)) == _LAM
    return tuple(pairs)


def _with_lam_alef(text: str) -> str:
    for two, one in _lam_alefs():
        text = text.replace(two, one)
    return text

"""What may stand in a cell of a table: text stays text in every program that opens the file.

A spreadsheet takes a cell that begins with one of a few signs as a formula, also one that a
stranger typed into a report (bad_inputs 34). Nothing is dropped: the sign is kept from leading.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

UNITS_MAX: Final = 32_000
"""Characters of a cell; a sheet holds 32,767."""

_LEADING: Final = frozenset("=+-@|%＝＋－＠")
"""What a formula, or a call of another program, begins with; the wide ones are read alike."""

_INTERNATIONAL: Final = re.compile(r"^\+(?=\d[\d ()/.-]*$)")


def bare(text: str) -> str:
    """Return the text on one line, without what controls a terminal or a sheet, cut to fit.

    TAB and CR, after which a sheet would begin a new cell or a formula, are spaces; what shows
    nothing is left out, so that it cannot stand before a sign.
    """
    seen = "".join(" " if char.isspace() else char for char in text)
    kept = "".join(char for char in seen if unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
    return " ".join(kept.split())[:UNITS_MAX]


def harmless(text: str) -> str:
    """Return the text as a cell of a file that knows no types: an apostrophe before a sign.

    A telephone number stays one to read and to dial: "+32 470 …" becomes "0032 470 …".
    """
    one_line = _INTERNATIONAL.sub("00", bare(text))
    return f"'{one_line}" if one_line[:1] in _LEADING else one_line

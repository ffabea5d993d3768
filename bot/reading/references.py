"""A case's short public name, read as people copy it. It knows no case."""

import re
import unicodedata
from typing import Final

from bot.reading.words import clean

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O (read as 1, 1, 0) and U."""

_SHAPE: Final = re.compile(r"([0-9A-Z]{4})[-\u2010-\u2015\u2212 ]?([0-9A-Z]{2})")
_READ_AS: Final = str.maketrans("OIL", "011")


def read_reference(text: str) -> str | None:
    """Return the reference that `text` is, written like "K7QM-4T", else None.

    Case, O for 0, I and L for 1, and the hyphen do not matter; anything beside the reference does.
    Says nothing about whether there is such a case. Source: rows 23, 24.
    """
    bare = unicodedata.normalize("NFKC", clean(text)).strip("` \n").upper()
    shape = _SHAPE.fullmatch(bare)
    if shape is None:
        return None
    first, last = (part.translate(_READ_AS) for part in shape.groups())
    if not set(first + last) <= set(ALPHABET):
        return None
    return f"{first}-{last}"

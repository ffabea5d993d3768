"""A case's short public name: made of random bytes, read as people copy it. It knows no case."""

import re
import unicodedata
from typing import Final

from bot.reading.words import clean

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O (read as 1, 1, 0) and U."""

RANDOM_BYTES_MIN: Final = 4
"""Bytes needed for the six signs (30 bits) of one reference."""

_SHAPE: Final = re.compile(r"([0-9A-Z]{4})[-\u2010-\u2015\u2212 ]?([0-9A-Z]{2})")
_READ_AS: Final = str.maketrans("OIL", "011")


def new_reference(random: bytes) -> str:
    """Return a reference like "K7QM-4T" from the first 30 bits of `random`.

    `random` must come from the operating system's generator and hold `RANDOM_BYTES_MIN` bytes or
    more. Uniqueness is the caller's to check: 30 bits meet by chance. Source: S21, design.md §2.
    """
    assert len(random) >= RANDOM_BYTES_MIN, "too few random bytes for a reference"
    bits = int.from_bytes(random[:RANDOM_BYTES_MIN], "big") >> 2
    signs = "".join(ALPHABET[(bits >> shift) & 31] for shift in range(25, -1, -5))
    return f"{signs[:4]}-{signs[4:]}"


def read_reference(text: str) -> str | None:
    """Return the reference that `text` is, in the form that `new_reference` gives, else None.

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

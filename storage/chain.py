"""Chains: every link depends on all before it, and on the team's secret, so none can be forged.

The hash is keyed (HMAC-SHA256 under a key of the team's): who can write to the database but has
not the key file cannot recompute a chain after changing it. The head is another value than the
last link, so that cutting off the end does not leave a valid head behind.
"""

from __future__ import annotations

from typing import Final

from storage.keys import Keyring

START: Final = b"\0" * 32
"""What the first link hangs on."""


def link(keys: Keyring, secret: bytes, before: bytes, *parts: bytes) -> bytes:
    """Return the link after `before` over the parts; their borders are part of it."""
    content = b"".join(len(part).to_bytes(4, "big") + part for part in (before, *parts))
    return keys.mac(secret, "chain", content)


def head(keys: Keyring, secret: bytes, last: bytes, count: int) -> bytes:
    """Return what says that a chain has `count` links and ends in `last`."""
    return keys.mac(secret, "head", count.to_bytes(8, "big") + last)

"""An invitation's code: shown once, kept as a hash."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Final

INVITE_VALID: Final = timedelta(hours=48)
"""How long an invitation counts (S7)."""
INVITE_BYTES: Final = 24


def new_code(random: bytes) -> str:
    """Return an invitation's code of letters that a deep link may hold (at most 64)."""
    return base64.urlsafe_b64encode(random).rstrip(b"=").decode()


def code_hash(code: str) -> bytes:
    """Return what is kept of a code: 192 random bits need no slow hash."""
    return hashlib.sha256(code.encode()).digest()

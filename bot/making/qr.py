"""The QR picture of an invitation, for a phone's camera to read from another screen."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final

import segno

SCALE: Final = 10
"""Pixels of one module: a picture of some 400 pixels, read at arm's length."""
BORDER: Final = 4
"""Modules of quiet around it, as the standard asks."""


def make(values: Mapping[str, Any]) -> bytes:
    """Return `values["text"]` as a PNG, dark on light in every colour scheme."""
    drawn = io.BytesIO()
    segno.make(values["text"], error="m", micro=False).save(
        drawn, kind="png", scale=SCALE, border=BORDER
    )
    return drawn.getvalue()

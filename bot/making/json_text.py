"""A document as JSON: UTF-8, indented, so that a person can read what is handed over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def make(values: Mapping[str, Any]) -> bytes:
    """Return `values["document"]`."""
    return (json.dumps(values["document"], ensure_ascii=False, indent=2) + "\n").encode()

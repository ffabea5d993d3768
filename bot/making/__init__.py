"""Pictures and files for people, each made of values; `bot.maker` says where they are made.

The libraries that draw are large and slow to start, and a drawing takes the processor for a
while: neither may hold up a prompt, so all but the lightest are made in a process of their own.
A maker is a function from JSON values to the bytes of one file. Its values are words and numbers
that are ready to be shown: nothing here knows a case, a language or the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

MAKERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "board": "bot.making.board",
        "case_file": "bot.making.case_file",
        "csv": "bot.making.csv_table",
        "figures": "bot.making.figures_chart",
        "handout": "bot.making.handout",
        "ics": "bot.making.ics",
        "json": "bot.making.json_text",
        "procedure": "bot.making.procedure",
        "qr": "bot.making.qr",
        "sheet": "bot.making.sheet",
        "timeline": "bot.making.timeline",
    }
)
"""Kind of file → the module whose `make(values)` makes it; imported when it is asked for."""

LIGHT: Final = frozenset({"ics", "qr"})
"""Kinds that take some milliseconds and no large library: made in a thread beside the loop."""


def make(kind: str, values: Mapping[str, Any]) -> bytes:
    """Return the file. Raises KeyError for a kind nobody makes; the rest is the maker's own."""
    made = import_module(MAKERS[kind]).make(values)
    assert isinstance(made, bytes), f"{kind} made no file"
    return made

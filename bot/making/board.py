"""How things stand: open cases by step and by worker, late, today, or later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.making import bars
from bot.making.card import Sheet, calm


def make(values: Mapping[str, Any]) -> bytes:
    """Return the board as a PNG. `values`: `title`, `below`, `keys`, `panels`, or `none`, `why`.

    A panel has a `title` and `rows` as `bars.stacks` takes them.
    """
    if values.get("none"):
        return calm(values["title"], values["below"], values["none"], values["why"])
    sheet = Sheet()
    sheet.heading(values["title"], values["below"])
    bars.legend(sheet, values["keys"])
    for panel in values["panels"]:
        sheet.head(panel["title"])
        bars.stacks(sheet, panel["rows"], values["keys"])
        sheet.space(20)
    return sheet.png()

"""The charts beside the figures of a period: shares, outcomes, how steps were kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.making import bars
from bot.making.card import Sheet, calm


def make(values: Mapping[str, Any]) -> bytes:
    """Return the chart as a PNG. `values`: `title`, `below`, `panels`, or `none` and `why`.

    A panel has `kind` (shares, stacks, counts), `title`, `rows`, and `keys` for stacks.
    """
    if values.get("none"):
        return calm(values["title"], values["below"], values["none"], values["why"])
    sheet = Sheet()
    sheet.heading(values["title"], values["below"])
    for panel in values["panels"]:
        sheet.head(panel["title"])
        if panel["kind"] == "shares":
            bars.shares(sheet, panel["rows"])
        elif panel["kind"] == "stacks":
            bars.legend(sheet, panel["keys"])
            bars.stacks(sheet, panel["rows"], panel["keys"])
        else:
            bars.counts(sheet, panel["rows"])
        sheet.space(20)
    return sheet.png()

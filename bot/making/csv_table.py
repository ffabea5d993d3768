"""A table as CSV, for every program that reads tables: UTF-8 with its mark, no cell a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from bot.making.cells import harmless


def make(values: Mapping[str, Any]) -> bytes:
    """Return the first of `values["sheets"]`, its cells parted by `values["separator"]`.

    Dates are as given: "2027-09-13", which every sheet understands in every language.
    """
    sheet = values["sheets"][0]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=values["separator"], lineterminator="\r\n")
    writer.writerow([harmless(column["head"]) for column in sheet["columns"]])
    writer.writerows([_cell(value) for value in row] for row in sheet["rows"])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: str | int | None) -> str | int:
    return harmless(value) if isinstance(value, str) else "" if value is None else value

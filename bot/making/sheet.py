"""Tables as an XLSX workbook: dates are dates, numbers are numbers, text is never a formula."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter

from bot.making.cells import bare

NAME_MAX: Final = 31
"""Characters of a sheet's name."""
WIDE: Final = 10
"""Columns that can still be read when they are printed on one page's width."""
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def make(values: Mapping[str, Any]) -> bytes:
    """Return the workbook. A sheet has `name`, `columns` (`head`, `kind`, `width`) and `rows`.

    Kinds: text, number, day ("2027-09-13"), moment ("2027-09-13T10:20", on the team's wall).
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        made_at = datetime.fromisoformat(values["made_at"])
        book.set_properties({"title": bare(values["title"]), "created": made_at})
        day = values["day_format"]
        formats = {
            "head": book.add_format(
                {
                    "bold": True,
                    "text_wrap": True,
                    "valign": "top",
                    "bottom": 1,
                    "bg_color": "#E8EEF4",
                }
            ),
            # with the prefix a cell stays text also after somebody has edited it
            "text": book.add_format(
                {"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": True}
            ),
            "number": book.add_format({"num_format": "0", "valign": "top"}),
            "day": book.add_format({"num_format": day, "valign": "top", "align": "left"}),
            "moment": book.add_format(
                {"num_format": f"{day} hh:mm", "valign": "top", "align": "left"}
            ),
        }
        for sheet in values["sheets"]:
            _fill(book.add_worksheet(_name(sheet["name"])), sheet, formats)
    return out.getvalue()


def _fill(page: Any, sheet: Mapping[str, Any], formats: Mapping[str, Any]) -> None:
    columns, rows = sheet["columns"], sheet["rows"]
    for at, column in enumerate(columns):
        page.set_column(at, at, column["width"])
        page.write_string(0, at, bare(column["head"]), formats["head"])
    for line, row in enumerate(rows, 1):
        for at, (value, column) in enumerate(zip(row, columns, strict=True)):
            _cell(page, (line, at), value, column["kind"], formats)
    page.freeze_panes(1, 1 if len(columns) > 1 else 0)
    if rows and len(columns) > 1:
        page.autofilter(0, 0, len(rows), len(columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    if len(columns) <= WIDE:
        page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _cell(
    page: Any,
    place: tuple[int, int],
    value: str | int | None,
    kind: str,
    formats: Mapping[str, Any],
) -> None:
    if value is None or value == "":
        return
    if kind == "number" and isinstance(value, int):
        page.write_number(*place, value, formats[kind])
    elif kind == "day":
        page.write_datetime(*place, date.fromisoformat(str(value)), formats[kind])
    elif kind == "moment":
        page.write_datetime(*place, datetime.fromisoformat(str(value)), formats[kind])
    else:
        page.write_string(*place, bare(str(value)), formats["text"])


def _name(name: str) -> str:
    return " ".join(name.translate(_NOT_IN_NAMES).split())[:NAME_MAX] or "-"

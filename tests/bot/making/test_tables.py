"""Tables that are read back with other libraries than those that wrote them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import openpyxl
import pytest

from bot.making import make

HARMFUL = {
    '=HYPERLINK("http://x","tik")': '\'=HYPERLINK("http://x","tik")',
    "@SUM(A1:A9)": "'@SUM(A1:A9)",
    "-1": "'-1",
    "+1+cmd|' /C calc'!A0": "'+1+cmd|' /C calc'!A0",
    "\t=1+1": "'=1+1",
    "\r=1+1": "'=1+1",
    "\n=1+1": "'=1+1",
    " \u00a0=1+1": "'=1+1",
    "\u200b=1+1": "'=1+1",
    "\u202e=1+1": "'=1+1",
    "＝1+1": "'＝1+1",
    "|calc": "'|calc",
    "%0a=1": "'%0a=1",
    "+32 470 00 01 12": "0032 470 00 01 12",
    "+32 (0)470-00.01/12": "0032 (0)470-00.01/12",
    "0470 00 01 12": "0470 00 01 12",
}
"""What a person can type, and the cell of a CSV that it becomes (bad_inputs 34)."""

ORDINARY = ["Marc Verlinden", "<b>&", "محمد عبد الرحمن", "a;b", 'zei "ja"', "K7QM-4T", "", "€ 5"]
COLUMNS = ("client", "phone", "address", "landlord", "amount")


def table(texts: list[str], separator: str = ";") -> dict[str, Any]:
    """Return values with each text in every column, its head too."""
    rows = [[text] * len(COLUMNS) for text in texts]
    columns = [{"head": texts[0], "kind": "text", "width": 20} for _ in COLUMNS]
    sheet = {"name": "Dossiers", "columns": columns, "rows": rows}
    return {
        "title": "=1+1",
        "made_at": "2027-09-13T10:20:00",
        "day_format": "dd/mm/yyyy",
        "separator": separator,
        "sheets": [sheet],
    }


@pytest.mark.parametrize("separator", [";", ","])
def test_a_csv_reads_back_without_a_formula(separator: str):
    """Row 34: in every column a sign that would begin a formula no longer leads; all is there."""
    made = make("csv", table([*HARMFUL, *ORDINARY], separator)).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(made, newline=""), delimiter=separator)
    expected = [[cell] * len(COLUMNS) for cell in [*HARMFUL.values(), *ORDINARY]]
    assert rows == expected
    assert head == expected[0]
    assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r\n")]


def test_a_csv_is_what_a_spreadsheet_takes_for_utf_8():
    """The mark in front, lines that end as the standard says, and a phone one can dial."""
    made = make("csv", table(["+32 470 00 01 12", "Zoë"]))
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.count(b"\r\n") == 3
    assert "Zoë".encode() in made


def test_a_sheet_reads_back_as_text_alone():
    """Row 34: no cell of any column is a formula or a link, and a phone stays as it was."""
    texts = [*HARMFUL, *ORDINARY]
    book = openpyxl.load_workbook(io.BytesIO(make("sheet", table(texts))))
    head, *rows = book.worksheets[0].rows
    assert {cell.data_type for row in (head, *rows) for cell in row if cell.value} == {"s"}
    assert not [cell for row in rows for cell in row if cell.hyperlink]
    for text, row in zip(texts, rows, strict=True):
        shown = [cell.value for cell in row]
        assert (
            shown
            == [" ".join(text.replace("\u200b", "").replace("\u202e", "").split()) or None] * 5
        )
        assert all(cell.quotePrefix for cell in row if cell.value)


def test_a_sheet_holds_dates_and_numbers_as_such():
    """Who sorts by a date or adds up attempts can; an empty cell is empty."""
    values = table(["Dag"])
    values["sheets"][0] = {
        "name": "x" * 40,
        "columns": [{"head": k, "kind": k, "width": 9} for k in ("day", "moment", "number")],
        "rows": [["2027-09-13", "2027-09-13 10:20", 0], [None, None, 3]],
    }
    sheet = openpyxl.load_workbook(io.BytesIO(make("sheet", values))).worksheets[0]
    assert [cell.is_date for cell in sheet[2]] == [True, True, False]
    assert [str(cell.value) for cell in sheet[2]] == [
        "2027-09-13 00:00:00",
        "2027-09-13 10:20:00",
        "0",
    ]
    assert [cell.value for cell in sheet[3]] == [None, None, 3]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:C3")


def test_a_cell_holds_no_more_than_a_sheet_can():
    """A text of a hundred thousand letters spoils no file."""
    book = openpyxl.load_workbook(io.BytesIO(make("sheet", table(["x" * 100_000]))))
    assert len(book.worksheets[0]["A2"].value) == 32_000


def test_a_document_is_json_that_a_person_can_read():
    """UTF-8 as it is, one thing a line."""
    made = make("json", {"document": {"naam": "Zoë", "leveringen": []}}).decode()
    assert json.loads(made) == {"naam": "Zoë", "leveringen": []}
    assert '\n  "naam": "Zoë"' in made

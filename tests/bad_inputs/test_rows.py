"""Every row of the bad inputs has a test that names it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
ROWS = range(1, 89)
"""The rows of the list."""

NAMED = re.compile(r"\brows?\s+((?:\d+(?:\s*[-–]\s*\d+)?(?:,?\s+and\s+|,\s*)?)+)", re.IGNORECASE)
SPAN = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")


def rows_in(text: str) -> Iterator[int]:
    """Yield the rows that a text names: "Row 4", "rows 1, 2 and 12-14"."""
    for named in NAMED.finditer(text):
        for first, last in SPAN.findall(named[1]):
            yield from range(int(first), int(last or first) + 1)


def docstrings(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (test, docstring) of every test; the sandbox's tests are about the sandbox."""
    for file in sorted(folder.rglob("test_*.py")):
        if "sandbox" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                    if name.startswith("test_"):
                        yield f"{file.name}::{name}", ast.get_docstring(node) or ""
                case _:
                    pass


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Row 26: a command", [26]),
        ("P3, row 9.", [9]),
        ("Rows 53, 55, 56: gone", [53, 55, 56]),
        ("rows 12 and 13", [12, 13]),
        ("Rows 1, 2, 12-14: dead", [1, 2, 12, 13, 14]),
        ("a row of buttons; in a row 3 long", [3]),
        ("narrow 5", []),
    ],
)
def test_what_counts_as_naming_a_row(text: str, rows: list[int]) -> None:
    """A docstring names a row by "row" or "rows" and its numbers, spans too."""
    assert list(rows_in(text)) == rows


def test_every_row_has_a_test_that_names_it() -> None:
    """All of them: none is without a test that says it proves it, and none is made up."""
    named = {
        row
        for name, text in docstrings(TESTS)
        if not name.startswith("test_rows.py")
        for row in rows_in(text)
    }
    assert sorted(set(ROWS) ^ named) == []

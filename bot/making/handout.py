"""One sheet to hang on a wall: what somebody does with the bot, and a QR code that leads to it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import segno
from fpdf import FPDF

from bot.making.fonts import FONT, add_fonts

MARGIN_MM: Final = 20.0
QR_MM: Final = 52.0
"""Read at arm's length by any phone."""
NUMBER_MM: Final = 11.0
"""The column of the steps' numbers."""
INK: Final = (29, 36, 43)
SOFT: Final = (90, 100, 110)
ACCENT: Final = (14, 92, 99)


SCALES: Final = (1.35, 1.2, 1.1, 1.0)
"""As large as the sheet allows: it is read by who stands before a wall."""


class _Paper(FPDF):
    """One sheet; `scale`: how much larger than usual its letters, lines and code are."""

    scale = 1.0


class Overfull(Exception):
    """More is to be said than one sheet holds."""


def make(values: Mapping[str, Any]) -> bytes:
    """Return the PDF: one page of A4.

    `values`: team, title, lead, steps (texts), below (title and lines), small (texts), link and
    link_words (what is written under the code; link None: no code), language, made_at (ISO).
    Raises `Overfull`.
    """
    for scale in SCALES:
        paper = _Paper(format="A4")
        paper.scale = scale
        _fill(paper, values)
        end = paper.get_y()
        made = bytes(paper.output())  # also closes the fonts' files
        if end <= paper.h - 12:
            return made
    raise Overfull


def _fill(paper: _Paper, values: Mapping[str, Any]) -> None:
    paper.set_margins(MARGIN_MM, 18, MARGIN_MM)
    paper.set_auto_page_break(auto=False)
    add_fonts(paper)
    paper.set_title(f"{values['title']} · {values['team']}")
    paper.set_lang(values["language"])
    paper.set_creation_date(datetime.fromisoformat(values["made_at"]))
    paper.add_page()
    _top(paper, values)
    _steps(paper, values["steps"])
    _below(paper, values["below"])
    _small(paper, values["small"])


def _top(paper: _Paper, values: Mapping[str, Any]) -> None:
    side = QR_MM * paper.scale
    width = paper.epw - (side + 8 if values["link"] else 0)
    top = paper.get_y()
    _write(paper, values["team"], width, 11, SOFT, style="B", line=6)
    paper.ln(3)
    _write(paper, values["title"], width, 25, INK, style="B", line=11)
    paper.ln(4)
    _write(paper, values["lead"], width, 13, INK, line=7)
    below = paper.get_y()
    if values["link"]:
        left = paper.w - MARGIN_MM - side
        drawn = io.BytesIO()
        segno.make(values["link"], error="m", micro=False).save(drawn, kind="png", scale=12)
        drawn.seek(0)
        paper.image(drawn, x=left, y=top, w=side, alt_text=values["link_words"])
        paper.set_xy(left, top + side + 1)
        paper.set_font(FONT, "", 9)
        paper.set_text_color(*SOFT)
        paper.multi_cell(side, 4.5, values["link_words"], align="C")
        below = max(below, paper.get_y())
    paper.set_y(below + 7)


def _steps(paper: _Paper, steps: list[str]) -> None:
    for number, text in enumerate(steps, 1):
        top = paper.get_y()
        indent = NUMBER_MM * paper.scale
        paper.set_font(FONT, "B", 17 * paper.scale)
        paper.set_text_color(*ACCENT)
        paper.cell(indent, 8 * paper.scale, str(number))
        paper.set_xy(MARGIN_MM + indent, top + 0.6)
        _write(paper, text, paper.epw - indent, 13, INK, line=7, indent=indent)
        paper.ln(3)


def _below(paper: _Paper, below: Mapping[str, Any]) -> None:
    if not below["lines"]:
        return
    paper.ln(3)
    paper.set_draw_color(*ACCENT)
    paper.line(MARGIN_MM, paper.get_y(), paper.w - MARGIN_MM, paper.get_y())
    paper.ln(4)
    _write(paper, below["title"], paper.epw, 13, INK, style="B", line=8)
    for text in below["lines"]:
        _write(paper, text, paper.epw, 11, INK, line=6.2)


def _small(paper: _Paper, small: list[str]) -> None:
    paper.ln(5)
    for text in small:
        _write(paper, text, paper.epw, 9.5, SOFT, line=5)
        paper.ln(1)


def _write(
    paper: _Paper,
    text: str,
    width: float,
    size: float,
    ink: tuple[int, int, int],
    *,
    style: str = "",
    line: float,
    indent: float = 0.0,
) -> None:
    paper.set_font(FONT, "B" if style == "B" else "", size * paper.scale)
    paper.set_text_color(*ink)
    paper.set_x(MARGIN_MM + indent)
    paper.multi_cell(width, line * paper.scale, text, align="L", new_x="LMARGIN", new_y="NEXT")

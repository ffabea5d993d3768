"""The letters on paper: one family, in two weights."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import matplotlib
from fpdf import FPDF

FONT: Final = "DejaVu"
"""Comes along with matplotlib; knows Latin, Greek, Cyrillic, Hebrew, Arabic and Armenian."""
_FACES: Final = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
"""No slanted face: it has no Arabic."""


def add_fonts(paper: FPDF) -> None:
    """Let the paper be written in `FONT`, from right to left where a text is."""
    fonts = Path(matplotlib.get_data_path(), "fonts", "ttf")
    for style, file in _FACES.items():
        paper.add_font(FONT, style, fonts / file)
    paper.set_text_shaping(True)  # names from right to left: letters join, lines are ordered

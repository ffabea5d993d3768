"""A case on paper, to be handed over: A4, numbered pages, its reference on each of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from fpdf import FPDF
from fpdf.bidi import auto_detect_base_direction
from fpdf.enums import MethodReturnValue, TextDirection
from fpdf.fonts import TTFFont

from bot.making.fonts import FONT, add_fonts

MARGIN_MM: Final = 20.0
LEFT_MM: Final = 54.0
"""The column of labels and moments."""
LINE_MM: Final = 5.2
BODY_PT: Final = 10.0
INK: Final = (29, 36, 43)
SOFT: Final = (90, 100, 110)
MARK: Final = (158, 27, 27)
UNKNOWN: Final = "\u25af"
"""In place of a letter that the font does not know."""


def make(values: Mapping[str, Any]) -> bytes:
    """Return the PDF.

    `values`: reference, title, team, mark ("vertrouwelijk"), made (who and when, in words),
    made_at (ISO, with zone), language, page and of ("Pagina", "van"), unknown (said when a letter
    could not be printed), sections: title, empty (said when it has no rows), rows of left, text,
    said (what somebody wrote with it).
    """
    paper = _Paper(values)
    for section in values["sections"]:
        paper.section(section)
    paper.end()
    return bytes(paper.output())


class _Paper(FPDF):
    """The pages; header and footer are the library's hooks."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(format="A4")
        self._values = values
        self._has_unknown = False
        self.set_margins(MARGIN_MM, 16, MARGIN_MM)
        self.set_auto_page_break(auto=False)
        add_fonts(self)
        font = self.fonts[FONT.lower()]
        assert isinstance(font, TTFFont)
        self._known = frozenset(font.cmap)
        self.set_title(f"{values['title']} {values['reference']}")
        self.set_lang(values["language"])
        self.set_creation_date(datetime.fromisoformat(values["made_at"]))
        self.alias_nb_pages()
        self.add_page()
        self._title()

    # the library's hooks

    def header(self) -> None:
        """Write reference, team and "confidential" above each page."""
        self._ink("B", 9, INK)
        self.cell(70, 5, self._values["reference"])
        self._ink("B", 9, MARK)
        mark = self._values["mark"].upper()
        self.cell(self.epw - 70, 5, mark, align="R", new_x="LMARGIN", new_y="NEXT")
        self.set_draw_color(*SOFT)
        self.line(self.l_margin, self.get_y() + 1, self.w - self.r_margin, self.get_y() + 1)
        self.ln(5)

    def footer(self) -> None:
        """Write who made it and when, and the page's number, below each page."""
        self.set_y(-14)
        self._ink("", 8, SOFT)
        page = f"{self._values['page']} {self.page_no()} {self._values['of']} {{nb}}"
        made = self._lines(self._values["made"], self.epw - 36)
        self.cell(self.epw - 36, 4, made[0] if made else "")
        self.cell(36, 4, page, align="R")

    # what stands on a page

    def _title(self) -> None:
        self._ink("B", 17, INK)
        self.cell(0, 9, self._values["title"], new_x="LMARGIN", new_y="NEXT")
        self._ink("", BODY_PT, SOFT)
        for text in (self._values["team"], self._values["made"]):
            self._block(text, self.l_margin, self.epw)
        self.ln(3)

    def section(self, section: Mapping[str, Any]) -> None:
        """Write a heading and its rows; the heading is never the last line of a page."""
        self._room(LINE_MM * 5)
        self.ln(3)
        self._ink("B", 12, INK)
        self.cell(0, 7, section["title"], new_x="LMARGIN", new_y="NEXT")
        self.ln(0.5)
        if not section["rows"]:
            self._ink("", BODY_PT, SOFT)
            self._block(section["empty"], self.l_margin, self.epw)
        is_wide = not any(row["left"] for row in section["rows"])
        for row in section["rows"]:
            self._row(row, 0.0 if is_wide else LEFT_MM)

    def _row(self, row: Mapping[str, Any], indent: float) -> None:
        width = self.epw - indent
        self._ink("", BODY_PT, INK)
        text = self._lines(row["text"], width)
        self._ink("", BODY_PT, SOFT)
        left = self._lines(row["left"], LEFT_MM - 3)
        self._room(LINE_MM * min(max(len(left), len(text), 1), 3))
        top, page = self.get_y(), self.page_no()
        for line in left:
            self._line(line, self.l_margin, LEFT_MM - 3)
        below = self.get_y()
        self.set_y(top)
        self._ink("", BODY_PT, INK)
        self._all(text, self.l_margin + indent, width)
        for said in row["said"]:
            self._ink("", BODY_PT, SOFT)
            self._block(said, self.l_margin + indent + 3, width - 3)
        if self.page_no() == page:
            self.set_y(max(self.get_y(), below))
        self.ln(1.2)

    def end(self) -> None:
        """Say that letters are missing, where some are."""
        if self._has_unknown:
            self.ln(4)
            self._ink("", 9, SOFT)
            self._block(self._values["unknown"], self.l_margin, self.epw)

    # lines

    def _block(self, text: str, x: float, width: float) -> None:
        self._all(self._lines(text, width), x, width)

    def _all(self, lines: Sequence[str], x: float, width: float) -> None:
        for line in lines:
            style, size, ink = self.font_style, self.font_size_pt, self.text_color
            if self._room(LINE_MM):
                self.set_font(FONT, style, size)
                self.text_color = ink
            self._line(line, x, width)

    def _line(self, line: str, x: float, width: float) -> None:
        self.set_x(x)
        from_right = line.startswith(_FROM_RIGHT)
        shown = line.removeprefix(_FROM_RIGHT)
        align = "R" if from_right else "L"
        self.cell(width, LINE_MM, shown, align=align, new_x="LMARGIN", new_y="NEXT")

    def _lines(self, text: str, width: float) -> list[str]:
        return list(self._broken(text, width))

    def _broken(self, text: str, width: float) -> Iterator[str]:
        """Yield the text's lines as they stand on paper, in the font that is set."""
        for part in text.split("\n"):
            shown = self._printable(part)
            broken = self.multi_cell(
                width, LINE_MM, shown, dry_run=True, output=MethodReturnValue.LINES
            )
            assert isinstance(broken, list)
            from_right = auto_detect_base_direction(shown) is TextDirection.RTL
            # one line stays beside its label; a paragraph has its edge at the right
            mark = _FROM_RIGHT if from_right and len(broken) > 1 else ""
            yield from (mark + line for line in broken)

    def _printable(self, text: str) -> str:
        """Return the text in letters that the font has; a picture sign goes, and its gap."""
        out: list[str] = []
        is_left_out = False
        for char in text:
            if is_left_out and char == " " and (not out or out[-1] == " "):
                continue
            is_left_out = ord(char) not in self._known
            if not is_left_out:
                out.append(char)
            elif unicodedata.category(char) not in ("So", "Cf", "Mn", "Cc", "Sk"):
                self._has_unknown = True
                out.append(UNKNOWN)
        return "".join(out)

    def _ink(self, style: str, size: float, ink: tuple[int, int, int]) -> None:
        self.set_font(FONT, style, size)
        self.set_text_color(*ink)

    def _room(self, height: float) -> bool:
        """Begin a page where so many millimetres are no more left, and say so."""
        if self.get_y() + height <= self.h - 20:
            return False
        self.add_page()
        return True


_FROM_RIGHT: Final = "\u200f"
"""Before a line that begins at the right; never printed."""

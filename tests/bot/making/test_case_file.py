"""The case on paper, read back with another library than the one that wrote it."""

from __future__ import annotations

import io
import unicodedata
from typing import Any

import pypdf
import pytest

from bot.making import make


def values(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    section = {"title": "Wat er gebeurde", "empty": "Niets.", "rows": list(rows)}
    return {
        "reference": "K7QM-4T",
        "title": "Dossier K7QM-4T",
        "team": "OCMW Ravels",
        "mark": "vertrouwelijk",
        "made": "Gemaakt op maandag 13 september 2027 om 10:20 door Carla",
        "made_at": "2027-09-13T08:20:00+00:00",
        "language": "nl-BE",
        "page": "Pagina",
        "of": "van",
        "unknown": "Tekens ontbreken.",
        "sections": [section],
        **more,
    }


def row(text: str, left: str = "Naam", *said: str) -> dict[str, Any]:
    return {"left": left, "text": text, "said": list(said)}


def read(*rows: dict[str, Any]) -> list[str]:
    """Return the text of each page."""
    pages = pypdf.PdfReader(io.BytesIO(make("case_file", values(*rows)))).pages
    return [page.extract_text() for page in pages]


def test_each_page_says_which_case_and_how_many():
    """Reference, confidential, number and maker stand on every page; nothing is lost between."""
    pages = read(*(row(f"Zin {n} van het dossier.", "13 september") for n in range(120)))
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "K7QM-4T" in page
        assert "VERTROUWELIJK" in page
        assert f"Pagina {number} van {len(pages)}" in page
        assert "door Carla" in page
    whole = "\n".join(pages)
    assert [n for n in range(120) if f"Zin {n} van" not in whole] == []


def test_a_long_name_is_broken_and_whole():
    """A name of 200 letters, with spaces or without, is all there, over several lines."""
    name = "Wilhelmina van den Bossche-Vandeputte " * 5
    [page] = read(row(name), row("x" * 200), row("Kort", "l" * 90, "een notitie " * 40))
    flat = " ".join(page.split())
    assert name.strip() in flat
    assert page.count("x") == 200
    assert flat.count("notitie") == 40


def test_markup_is_shown_as_it_was_typed():
    """Row 30: nothing that a person typed is taken for an instruction."""
    [page] = read(row("<b>& **vet** {nb} `x`", "Naam", "“=HYPERLINK()”"))
    assert "<b>& **vet**" in page
    assert "=HYPERLINK()" in page


def letters(page: str) -> set[str]:
    """Return the letters of a page, however they join."""
    return set(unicodedata.normalize("NFKC", page))


@pytest.mark.parametrize("name", ["محمد عبد الرحمن", "שלום כהן", "بِسْمِ پوریا گیلانی ٹھاکر"])
def test_a_name_from_right_to_left_is_on_paper(name: str):
    """Every letter of it; none is replaced by a box."""
    [page] = read(row(name), row(f"Naam: {name} (12)"))
    assert letters(name) - {" ", *"ِْ"} <= letters(page)
    assert "▯" not in page
    assert "Tekens ontbreken" not in page


def test_what_the_font_lacks_is_a_box_and_is_said():
    """A Chinese name is not silently gone; a picture sign may be."""
    [page] = read(row("中文 🔴 naam"), row("17:00 – 🛡 weer buiten"), row("🔴 te laat"))
    assert "▯▯ naam" in page
    assert "🔴" not in page
    assert "17:00 – weer buiten" in page
    assert "Naam te laat" in page
    assert "Tekens ontbreken." in page


def test_a_section_without_rows_says_so():
    """An empty heading would look like a page that is missing."""
    [page] = read()
    assert "Niets." in page

"""The picture of a procedure."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from PIL import Image

from bot.making import make
from bot.views.procedure_drawing import Arrow, Box, Drawing, drawing
from scheduler.load import load_named

SIDES_MAX = 10_000
"""Pixels of width and height together that Telegram takes as a photo."""
BYTES_MAX = 10 * 1024 * 1024


@pytest.mark.parametrize("name", ["ravels", "eropaf"])
def test_it_fits_telegram(name: str):
    """A picture of a procedure that ships is one that Telegram takes, in its widest language."""
    for language in ("nl-BE", "fr"):
        made = make("procedure", drawing(load_named(name), language).values("png"))
        picture = Image.open(io.BytesIO(made))
        assert picture.format == "PNG"
        assert sum(picture.size) <= SIDES_MAX
        assert max(picture.size) / min(picture.size) <= 20
        assert len(made) <= BYTES_MAX


def test_every_step_can_be_read_in_it():
    """The SVG holds each title, with the slides of the seed."""
    procedure = load_named("ravels")
    svg = make("procedure", drawing(procedure, "en").values("svg")).decode()
    read = unescape(" ".join(re.findall(r">([^<>]+)</text>", svg)))
    for step in procedure.steps.values():
        for word in step.title["en"].split():
            assert word in read
    assert "slide 7–10" in read


def test_where_a_case_stands_shows_without_colour():
    """A lit box has a thick frame and a mark, one behind it a dashed frame and a tick."""
    boxes = (
        Box(id="a", title="bel", state="done"),
        Box(id="b", title="bezoek", state="here"),
        Box(id="c", title="briefje", state="next"),
    )
    svg = make(
        "procedure",
        Drawing(title="t", boxes=boxes, arrows=(Arrow(start="a", to="b"),)).values("svg"),
    ).decode()
    assert "▶ bezoek" in svg
    assert "▷ briefje" in svg
    assert "✓ bel" in svg
    assert 'stroke-width="4"' in svg
    assert "stroke-dasharray" in svg


def test_odd_titles_are_only_titles():
    """Mark-up, line ends, a right-to-left name and 200 characters neither break nor act."""
    odd = ("<b>&amp;</b>", "a\\nb\\l{c}|<d>", "مرحبا بالعالم", "x" * 200, '"', "\u202e")
    boxes = tuple(Box(id=f"s{n}", title=text, when=text) for n, text in enumerate(odd))
    arrows = tuple(Arrow(start="s0", to=f"s{n}", said=(text,)) for n, text in enumerate(odd) if n)
    drawn = Drawing(title=odd[0], boxes=boxes, arrows=arrows, groups=((odd[1], ("s1",)),))
    svg = make("procedure", drawn.values("svg")).decode()
    assert "&lt;b&gt;" in svg
    assert make("procedure", drawn.values("png")).startswith(b"\x89PNG")


def test_nothing_to_draw_is_an_empty_sheet():
    """No steps: a picture with the title, and no error."""
    made = make("procedure", Drawing(title="Leeg", boxes=(), arrows=()).values("png"))
    assert Image.open(io.BytesIO(made)).size[0] > 0

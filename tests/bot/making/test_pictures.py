"""Pictures for a coordinator: what Telegram takes, and what a person can read."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pytest
from PIL import Image, ImageColor

from bot.making import make
from bot.making.card import HEIGHT_MAX, LOOKS, TRACK, WIDTH, plain_line
from bot.making.timeline import SHAPES

LONG = "Wilhelmina van den Bossche-Vandeputte " * 6
NAMES = (LONG, "محمد عبد الرحمن", "<b>&$x_1$", "a\x00b\ud83d", "")
KEYS = [{"id": id_, "label": LONG} for id_ in ("late", "today", "later")]
STACKS = [{"label": name, "parts": [1, 0, 40]} for name in NAMES]

BOARD: Mapping[str, Any] = {
    "title": LONG,
    "below": [LONG],
    "keys": KEYS,
    "panels": [{"title": LONG, "rows": STACKS}] * 2,
}
FIGURES: Mapping[str, Any] = {
    "title": LONG,
    "below": ["OCMW Ravels"],
    "panels": [
        {
            "kind": "shares",
            "title": LONG,
            "rows": [
                {
                    "label": name,
                    "said": LONG[:30],
                    "part": part,
                    "mark": mark,
                    "mark_said": "D: 6%",
                    "why": [LONG, "D: 6%"],
                }
                for name, part, mark in zip(
                    NAMES, (0, 1, None, 0.5, 0.06), (0, 1, 0.6, None, 0.06), strict=True
                )
            ],
        },
        {
            "kind": "counts",
            "title": "x",
            "rows": [
                {"label": name, "said": LONG, "n": n}
                for name, n in zip(NAMES, (0, None, 1, 5, 9), strict=True)
            ],
        },
        {"kind": "stacks", "title": "x", "keys": KEYS, "rows": STACKS},
    ],
}
TIMELINE: Mapping[str, Any] = {
    "title": "K7QM-4T",
    "below": [LONG],
    "days": [{"weekday": "ma", "day": "13 sept", "shut": n == 1} for n in range(20)],
    "now": 1.5,
    "rows": [
        {
            "label": name,
            "said": "lun 13 sept 10:20",
            "from": 0.0,
            "to": 20.0,
            "due": None if name else 20.0,
            "marks": [{"at": 1.0, "kind": kind} for kind in SHAPES],
        }
        for name in NAMES
    ],
    "keys": [{"id": key, "label": LONG} for key in ("planned", "open", *SHAPES, "now", "shut")],
}
NONE = {"title": LONG, "below": ["OCMW Ravels"], "none": "Nog niets te tonen", "why": LONG}


def opened(made: bytes) -> Image.Image:
    """Return the picture, after looking at what Telegram and a phone want of it."""
    picture = Image.open(io.BytesIO(made))
    assert picture.format == "PNG"
    assert picture.width == WIDTH
    assert 200 < picture.height <= HEIGHT_MAX
    assert len(made) < 1024 * 1024
    return picture.convert("RGB")


@pytest.mark.parametrize(
    ("kind", "values"), [("board", BOARD), ("figures", FIGURES), ("timeline", TIMELINE)]
)
def test_a_picture_takes_any_word(kind: str, values: Mapping[str, Any]):
    """200 letters are cut, right to left is read so, markup and formulas are letters (row 12)."""
    picture = opened(make(kind, values))
    assert len(picture.getcolors(1 << 24) or ()) > 20, "it is blank"
    # nothing was drawn over the card's own margin
    edge = picture.crop((picture.width - 24, 60, picture.width - 22, picture.height - 60))
    assert len(edge.getcolors(1 << 24) or ()) == 1


@pytest.mark.parametrize("kind", ["board", "figures", "timeline"])
def test_without_data_a_calm_picture_says_so(kind: str):
    """No axes of nothing: a sentence, on a card of the same make."""
    picture = opened(make(kind, NONE))
    assert picture.height < 700
    assert len(picture.getcolors(1 << 24) or ()) > 5, "it is blank"


@pytest.mark.parametrize(("part", "drawn"), [(0.5, True), (0.0, True), (None, False)])
def test_a_share_of_too_few_has_no_bar(part: float | None, drawn: bool):
    """An empty bar would read as nobody at all: none is drawn, and the reason is in words."""
    row: dict[str, Any] = {"label": "x", "said": "1 van 2", "part": part}
    row |= {"mark": 0.59, "mark_said": "D: 59%"}
    row["why"] = ["Minder dan 5: geen aandeel, dus geen balk"]
    panel = {"kind": "shares", "title": "x", "rows": [row]}
    picture = opened(make("figures", {"title": "x", "below": ["y"], "panels": [panel]}))
    ground = ImageColor.getrgb(TRACK)
    seen = {colour for _, colour in picture.getcolors(1 << 24) or ()}
    assert (ground in seen) is drawn


def test_many_rows_end_before_the_phone_does():
    """A sheet that would be too high is cut at a whole block, whatever it was given."""
    rows = [{"label": f"{n}", "parts": [1, 1, 1]} for n in range(200)]
    picture = opened(make("board", {**BOARD, "panels": [{"title": "x", "rows": rows}]}))
    assert picture.height == HEIGHT_MAX


def test_no_kind_of_bar_or_mark_is_told_by_colour_alone():
    """Colour-blind safe: patterns, shapes or the colour of letters differ where colours do."""
    assert len(set(SHAPES.values())) == len({shape for shape, _ in SHAPES.values()})
    for group in (
        ("late", "today", "later"),
        ("on-time", "late-reason", "late", "deviated", "missed"),
    ):
        patterns = [LOOKS[name].hatch for name in group]
        assert len(set(patterns)) == len(patterns), patterns


def test_a_line_holds_only_what_has_a_shape():
    """Controls and halves of letters are left out; what stands there is one line."""
    assert plain_line("a\x00b\n c\ud83d") == "a b c"

"""A sheet for a phone: words and bars from top to bottom, on a card of its own.

The card brings its own background, so it reads the same in a light and in a dark chat. Colours
are those of Okabe and Ito, which colour-blind people tell apart, and never stand alone: each kind
of bar has a pattern, each mark a shape, and numbers are written out.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

WIDTH: Final = 1080
"""Pixels: the width of a phone's screen, so that letters keep the size they are drawn with."""
DPI: Final = 72
"""One point is one pixel."""
MARGIN: Final = 56
LEFT: Final = MARGIN
RIGHT: Final = WIDTH - MARGIN
HEIGHT_MAX: Final = 2400
"""Higher than this a phone shrinks it until nobody can read it."""

TITLE, HEAD, TEXT, SMALL = 46, 36, 32, 27

PAPER, CARD, INK, GREY, RULE, TRACK = (
    "#E9ECEF",
    "#FFFFFF",
    "#1B1F23",
    "#57606A",
    "#D0D7DE",
    "#EEF1F4",
)
BLUE, ORANGE, GREEN, RED, PURPLE, SKY, DARK = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#D55E00",
    "#CC79A7",
    "#9CCBEA",
    "#4D4D4D",
)

Draw = Callable[[Any, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a kind of bar looks: its colour, its pattern, and the colour of letters on it."""

    colour: str
    hatch: str = ""
    ink: str = "#FFFFFF"


LOOKS: Final[Mapping[str, Look]] = {
    "on-time": Look(colour=GREEN),
    "late-reason": Look(colour=ORANGE, hatch="..", ink=INK),
    "late": Look(colour=RED, hatch="//"),
    "deviated": Look(colour=PURPLE, hatch="x", ink=INK),
    "missed": Look(colour=DARK, hatch="\\\\"),
    "today": Look(colour=ORANGE, hatch="..", ink=INK),
    "later": Look(colour=BLUE),
}


@dataclass(slots=True)
class Sheet:
    """What is drawn, block under block; each block knows its height."""

    blocks: list[tuple[float, Draw]] = field(default_factory=list)

    def add(self, height: float, draw: Draw) -> None:
        """Put a block of `height` pixels below the others; `draw` gets the axes and its top."""
        self.blocks.append((height, draw))

    def space(self, height: float) -> None:
        """Leave room."""
        self.add(height, lambda _axes, _top: None)

    def heading(self, title: str, below: Sequence[str]) -> None:
        """Write the title of the sheet and the lines under it."""
        self.words(title, size=TITLE, weight="bold", height=66)
        for line in below:
            if line:
                self.words(line, size=SMALL, colour=GREY, height=40)
        self.space(16)

    def head(self, text: str) -> None:
        """Write the head of a part, with a line above it."""

        def rule(axes: Any, top: float) -> None:
            axes.plot([LEFT, RIGHT], [top + 10, top + 10], color=RULE, linewidth=2)

        self.add(28, rule)
        self.words(text, size=HEAD, weight="bold", height=62)

    def words(
        self, text: str, *, size: int, height: float, weight: str = "normal", colour: str = INK
    ) -> None:
        """Write one line; what does not fit is cut."""

        def draw(axes: Any, top: float) -> None:
            write(axes, LEFT, top + height / 2, text, size=size, weight=weight, colour=colour)

        self.add(height, draw)

    def labelled(self, label: str, said: str, *, height: float = 48) -> None:
        """Write a label at the left, and what is said of it at the right."""

        def draw(axes: Any, top: float) -> None:
            middle = top + height / 2
            wide = write(axes, RIGHT, middle, said, size=SMALL, colour=GREY, anchor="right")
            room = RIGHT - LEFT - wide - 24
            write(axes, LEFT, middle, label, size=TEXT, room=room)

        self.add(height, draw)

    def png(self) -> bytes:
        """Return the sheet as a PNG."""
        height = min(sum(high for high, _ in self.blocks) + 2 * MARGIN, HEIGHT_MAX)
        axes = _axes(height)
        top = float(MARGIN)
        for high, draw in self.blocks:
            if top + high > height - MARGIN / 2:
                break
            draw(axes, top)
            top += high
        drawn = io.BytesIO()
        axes.figure.savefig(drawn, format="png", dpi=DPI)
        return drawn.getvalue()


def _axes(height: float) -> Any:
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    axes.add_patch(
        FancyBboxPatch(
            (18, 18),
            WIDTH - 36,
            height - 36,
            boxstyle="round,pad=0,rounding_size=26",
            facecolor=CARD,
            edgecolor=RULE,
            linewidth=2,
        )
    )
    return axes


def write(
    axes: Any,
    x: float,
    y: float,
    text: str,
    *,
    size: int = TEXT,
    weight: str = "normal",
    colour: str = INK,
    anchor: str = "left",
    room: float = RIGHT - LEFT,
    ground: str | None = None,
) -> float:
    """Write a line around the height `y`, cut to `room` pixels; return how wide it became.

    `ground` is the colour behind the letters, where lines run through.
    """
    shown = axes.text(
        x,
        y,
        plain_line(text),
        fontsize=size,
        fontweight=weight,
        color=colour,
        ha=anchor,
        va="center_baseline",
        family="DejaVu Sans",
        parse_math=False,
        bbox=None if ground is None else {"facecolor": ground, "linewidth": 0, "pad": 2},
    )
    wide = _width(axes, shown)
    words = shown.get_text()
    while wide > room and len(words) > 1:
        # proportional at first: a name of 200 characters is cut in two or three goes
        keep = min(len(words) - 1, max(1, int(len(words) * room / wide)))
        words = words[:keep].rstrip()
        shown.set_text(words + "…")
        wide = _width(axes, shown)
    return wide


def _width(axes: Any, shown: Any) -> float:
    return float(shown.get_window_extent(axes.figure.canvas.get_renderer()).width)


def plain_line(text: str) -> str:
    """Return the text in one line, without characters that have no shape of their own."""
    kept = "".join(c if c.isprintable() or c in "\u200e\u200f" else " " for c in text)
    return " ".join(kept.split())


def bar(axes: Any, box: tuple[float, float, float, float], look: Look) -> None:
    """Draw a bar: `box` is left, top, width, height."""
    x, y, wide, high = box
    axes.add_patch(
        Rectangle(
            (x, y),
            wide,
            high,
            facecolor=look.colour,
            edgecolor="#FFFFFF" if look.ink == "#FFFFFF" else INK,
            hatch=look.hatch,
            linewidth=0,
            hatch_linewidth=2.0,
        )
    )


def track(axes: Any, box: tuple[float, float, float, float]) -> None:
    """Draw the empty ground that a bar grows on."""
    x, y, wide, high = box
    axes.add_patch(Rectangle((x, y), wide, high, facecolor=TRACK, edgecolor=RULE, linewidth=1))


def calm(title: str, below: Sequence[str], none: str, why: str) -> bytes:
    """Return a sheet that says, calmly, that there is nothing to show."""
    sheet = Sheet()
    sheet.heading(title, below)
    sheet.space(60)

    def draw(axes: Any, top: float) -> None:
        axes.plot([WIDTH / 2], [top + 60], marker="o", markersize=64, color=TRACK)
        axes.plot([WIDTH / 2], [top + 60], marker="_", markersize=30, color=GREY, mew=6)
        write(axes, WIDTH / 2, top + 150, none, size=HEAD, weight="bold", anchor="center")
        write(axes, WIDTH / 2, top + 210, why, size=SMALL, colour=GREY, anchor="center")

    sheet.add(280, draw)
    return sheet.png()

"""One case in time: when each step was planned, and when it was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from matplotlib.patches import Rectangle

from bot.making.card import (
    BLUE,
    CARD,
    DARK,
    GREEN,
    GREY,
    INK,
    LEFT,
    ORANGE,
    PAPER,
    PURPLE,
    RED,
    RIGHT,
    RULE,
    SKY,
    SMALL,
    Sheet,
    calm,
    write,
)

WIDE: Final = RIGHT - LEFT
ROW: Final = 108
LANE: Final = 34
DAYS_NAMED_MAX: Final = 9
"""Columns that are named: more names would run into each other."""

SHAPES: Final[Mapping[str, tuple[str, str]]] = {
    "on-time": ("o", GREEN),
    "late-reason": ("s", ORANGE),
    "late": ("^", RED),
    "deviated": ("D", PURPLE),
    "missed": ("X", DARK),
}
"""Kind of mark → its shape and colour."""


def make(values: Mapping[str, Any]) -> bytes:
    """Return the timeline as a PNG. `values`: `title`, `below`, or `none` and `why`; and

    `days`: columns, each with `weekday`, `day` and `shut`; `now`: a place, or None; `rows` with
    `label`, `said`, `from`, `to`, `due` (None: no deadline) and `marks` (`at`, `kind`); `keys`
    with `id` and `label`. A place is a number of columns: 1.5 is the middle of the second day.
    """
    if values.get("none"):
        return calm(values["title"], values["below"], values["none"], values["why"])
    sheet = Sheet()
    sheet.heading(values["title"], values["below"])
    days, rows = values["days"], values["rows"]
    sheet.add(0, _ground(days, values["now"], ROW * len(rows) + 84))
    sheet.add(84, _named(days))
    for row in rows:
        sheet.add(ROW, _row(row, len(days)))
    sheet.space(16)
    sheet.add(50 * -(-len(values["keys"]) // 2), _legend(values["keys"]))
    return sheet.png()


def _x(place: float, columns: int) -> float:
    return LEFT + WIDE * place / columns


def _ground(days: Sequence[Mapping[str, Any]], now: float | None, height: float) -> Any:
    def draw(axes: Any, top: float) -> None:
        n = len(days)
        for at, day in enumerate(days):
            if day["shut"]:
                axes.add_patch(
                    Rectangle((_x(at, n), top), WIDE / n, height, facecolor=PAPER, linewidth=0)
                )
        for at in range(n + 1):
            axes.plot([_x(at, n)] * 2, [top, top + height], color=RULE, linewidth=1)
        if now is not None:
            axes.plot(
                [_x(now, n)] * 2, [top + 76, top + height], color=INK, linewidth=3, linestyle=":"
            )

    return draw


def _named(days: Sequence[Mapping[str, Any]]) -> Any:
    def draw(axes: Any, top: float) -> None:
        n = len(days)
        every = -(-n // DAYS_NAMED_MAX)
        room = WIDE / n * every - 8
        for at in range(0, n, every):
            x = _x(at + 0.5, n)
            for line, what in enumerate(("weekday", "day")):
                write(
                    axes,
                    x,
                    top + 22 + 34 * line,
                    days[at][what],
                    size=SMALL - 3,
                    colour=GREY,
                    anchor="center",
                    room=room,
                )

    return draw


def _row(row: Mapping[str, Any], columns: int) -> Any:
    def draw(axes: Any, top: float) -> None:
        wide = write(
            axes,
            RIGHT - 6,
            top + 26,
            row["said"],
            size=SMALL,
            colour=GREY,
            anchor="right",
            ground=CARD,
        )
        write(axes, LEFT + 6, top + 26, row["label"], room=WIDE - wide - 36, ground=CARD)
        lane = top + 54
        start, end = _x(row["from"], columns), _x(row["to"], columns)
        axes.add_patch(
            Rectangle(
                (start, lane),
                max(end - start, 8),
                LANE,
                facecolor=SKY,
                edgecolor=BLUE,
                linewidth=2,
                linestyle="-" if row["due"] is not None else "--",
            )
        )
        if row["due"] is not None:
            x = _x(row["due"], columns)
            axes.plot([x, x], [lane - 7, lane + LANE + 7], color=BLUE, linewidth=6)
        for mark in row["marks"]:
            _mark(axes, _x(mark["at"], columns), lane + LANE / 2, mark["kind"])

    return draw


def _mark(axes: Any, x: float, y: float, kind: str) -> None:
    shape, colour = SHAPES[kind]
    axes.plot([x], [y], marker=shape, markersize=26, color=colour, mec="#FFFFFF", mew=3)


def _legend(keys: Sequence[Mapping[str, str]]) -> Any:
    def draw(axes: Any, top: float) -> None:
        for n, key in enumerate(keys):
            x, y = LEFT + WIDE / 2 * (n % 2), top + 50 * (n // 2) + 25
            if key["id"] in SHAPES:
                _mark(axes, x + 22, y, key["id"])
            else:
                _sign(axes, x, y, key["id"])
            write(axes, x + 58, y, key["label"], size=SMALL, room=WIDE / 2 - 70)

    return draw


def _sign(axes: Any, x: float, y: float, kind: str) -> None:
    """Draw what is no mark: a planned stretch with its deadline, an open one, now, a shut day."""
    if kind == "now":
        axes.plot([x + 22] * 2, [y - 18, y + 18], color=INK, linewidth=3, linestyle=":")
        return
    shut = kind == "shut"
    axes.add_patch(
        Rectangle(
            (x, y - 14),
            44,
            28,
            facecolor=PAPER if shut else SKY,
            edgecolor=RULE if shut else BLUE,
            linewidth=2,
            linestyle="--" if kind == "open" else "-",
        )
    )
    if kind == "planned":
        axes.plot([x + 44] * 2, [y - 20, y + 20], color=BLUE, linewidth=6)

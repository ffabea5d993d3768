"""Parts of a sheet that are made of bars: shares beside published ones, stacks, counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.making.card import (
    BLUE,
    CARD,
    GREY,
    INK,
    LEFT,
    LOOKS,
    RIGHT,
    SMALL,
    Look,
    Sheet,
    bar,
    track,
    write,
)

WIDE: Final = RIGHT - LEFT
HIGH: Final = 34
ROWS_MAX: Final = 10
"""Bars of one part: the rest is one bar, "others"."""
OWN: Final = Look(colour=BLUE)
LINE: Final = 46
"""Pixels of a line of a legend."""
WHY: Final = 34
"""Pixels of a line that says why there is no bar."""
SHORT: Final = 14
"""Letters of a legend's words up to which three stand side by side."""
ROOM: Final = 14
"""Pixels left of and right of a number inside its piece of a bar."""


def shares(sheet: Sheet, rows: Sequence[Mapping[str, Any]]) -> None:
    """Draw each row's share as a bar of 100 %, with a diamond where others stand.

    A row has `label`, `said`, `part` (0 to 1, or None), `mark` (likewise) and `mark_said`. Without
    a `part` no bar is drawn, which would look like none of all: the lines of `why` say it.
    """
    for row in rows[:ROWS_MAX]:
        sheet.labelled(row["label"], row["said"])
        if row["part"] is None:
            for line in row["why"]:
                sheet.words(line, size=SMALL, height=WHY, colour=GREY)
            sheet.space(LINE - WHY)
            continue
        sheet.add(88 if row.get("mark") is not None else 52, _share(row))


def _share(row: Mapping[str, Any]) -> Any:
    def draw(axes: Any, top: float) -> None:
        track(axes, (LEFT, top, WIDE, HIGH))
        if row["part"]:
            bar(axes, (LEFT, top, WIDE * row["part"], HIGH), OWN)
        mark = row.get("mark")
        if mark is None:
            return
        x = LEFT + WIDE * mark
        line = [top - 4, top + HIGH + 8]
        axes.plot([x, x], line, color=CARD, linewidth=9)  # seen on the bar too
        axes.plot([x, x], line, color=INK, linewidth=4)
        axes.plot([x], [top + HIGH + 12], marker="D", markersize=17, color=INK, mec="#FFFFFF")
        said = row["mark_said"] or ""
        to_left = mark > 0.6  # else the words would run off the sheet
        anchor = "right" if to_left else "left"
        at = x - 22 if to_left else x + 22
        write(axes, at, top + HIGH + 18, said, size=SMALL, colour=GREY, anchor=anchor)

    return draw


def legend(sheet: Sheet, keys: Sequence[Mapping[str, str]]) -> None:
    """Draw what each pattern means, as many to a line as fit; `keys` have `id` and `label`."""

    a_line = 3 if all(len(key["label"]) <= SHORT for key in keys) else 2
    wide = WIDE / a_line

    def draw(axes: Any, top: float) -> None:
        for n, key in enumerate(keys):
            x, y = LEFT + wide * (n % a_line), top + LINE * (n // a_line)
            bar(axes, (x, y + 8, 44, 30), LOOKS[key["id"]])
            write(axes, x + 56, y + 23, key["label"], size=SMALL, room=wide - 70)

    sheet.add(LINE * -(-len(keys) // a_line) + 10, draw)


def stacks(
    sheet: Sheet, rows: Sequence[Mapping[str, Any]], keys: Sequence[Mapping[str, str]]
) -> None:
    """Draw each row's parts as one bar, the longest as wide as the sheet, numbers inside.

    A row has `label` and `parts`, as many as there are `keys`.
    """
    longest = max((sum(row["parts"]) for row in rows), default=0) or 1
    looks = [LOOKS[key["id"]] for key in keys]
    for row in rows:
        sheet.labelled(row["label"], str(sum(row["parts"])))
        sheet.add(HIGH + 20, _stack(row["parts"], looks, longest))


def _stack(parts: Sequence[int], looks: Sequence[Look], longest: int) -> Any:
    def draw(axes: Any, top: float) -> None:
        x = float(LEFT)
        for n, look in zip(parts, looks, strict=True):
            if not n:
                continue
            wide = WIDE * n / longest
            bar(axes, (x, top, wide, HIGH + 4), look)
            _number(axes, x, top, wide, n, look)
            x += wide

    return draw


def _number(axes: Any, x: float, top: float, wide: float, n: int, look: Look) -> None:
    """Write a number into its piece, on a plain ground of its own; not where it has no room."""
    need = 17 * len(str(n)) + 2 * ROOM
    if wide < need:
        return
    middle = x + wide / 2
    plain = Look(colour=look.colour, ink=look.ink)
    bar(axes, (middle - need / 2 + 4, top + 3, need - 8, HIGH - 2), plain)
    write(
        axes,
        middle,
        top + HIGH / 2 + 2,
        str(n),
        size=SMALL,
        weight="bold",
        colour=look.ink,
        anchor="center",
    )


def counts(sheet: Sheet, rows: Sequence[Mapping[str, Any]]) -> None:
    """Draw each row's `n` as a bar, none where it is None; a row has `label` and `said` too."""
    longest = max((row["n"] or 0 for row in rows), default=0) or 1
    for row in rows:
        sheet.labelled(row["label"], row["said"])
        if row["n"] is not None:
            sheet.add(HIGH + 16, _count(row["n"] / longest))


def _count(part: float) -> Any:
    def draw(axes: Any, top: float) -> None:
        track(axes, (LEFT, top, WIDE, HIGH - 6))
        if part:
            bar(axes, (LEFT, top, WIDE * part, HIGH - 6), OWN)

    return draw

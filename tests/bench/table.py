"""One table for all benches: median, spread and ratio of things that were run in turn."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Final

from rich.console import Console
from rich.progress import track
from rich.table import Table

IS_FULL: Final = os.environ.get("BENCH_FORM") == "full"
"""The quick form shows that all works and the order of size; the full form is for figures."""


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing; `aim` as performance.md words it, "–" where it sets none."""

    what: str
    samples: Sequence[float]
    unit: str
    aim: str = "–"


def of_form(quick: int, full: int) -> int:
    """Return how many times, in the form that was asked for."""
    return full if IS_FULL else quick


def ratios(of: Sequence[float], to: Sequence[float]) -> list[float]:
    """Return each of `of` over the one of `to` that was run in turn with it."""
    return [a / b for a, b in zip(of, to, strict=True)]


def show(title: str, lines: Iterable[Line], *notes: str) -> None:
    """Print the table; the spread is what lies between the 10th and the 90th percentile."""
    table = Table(title=title, title_justify="left", caption="\n".join(notes) or None)
    table.caption_justify = "left"
    table.add_column("what", overflow="fold")
    for column in ("median", "10 % – 90 %", "n", "aim"):
        table.add_column(column, justify="right", no_wrap=True)
    for line in lines:
        low, high = _spread(line.samples)
        table.add_row(
            line.what,
            f"{_number(median(line.samples))} {line.unit}",
            f"{_number(low)} – {_number(high)}",
            str(len(line.samples)),
            line.aim,
        )
    console = Console(width=110)
    console.print()
    console.print(table)


def rounds(count: int, what: str) -> Iterable[int]:
    """Count, and show on the terminal how far it is."""
    return track(range(count), description=what, console=Console(width=110), transient=True)


def _spread(samples: Sequence[float]) -> tuple[float, float]:
    if len(samples) < 2:
        return samples[0], samples[0]
    tenths = quantiles(samples, n=10, method="inclusive")
    return tenths[0], tenths[-1]


def _number(value: float) -> str:
    return f"{value:,.2f}" if abs(value) < 100 else f"{value:,.0f}"

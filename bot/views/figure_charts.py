"""The charts beside the figures of a period, as values for their maker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.screen import Made
from bot.views.figure_words import (
    Counted,
    attempts_words,
    by_channel,
    outcome_name,
    published_words,
    share_words,
    steps_kept,
    time_said,
    title_words,
)
from bot.views.pictures import with_others
from scheduler.figures import (
    COURSE,
    KEPT,
    PERSISTENCE,
    REACHED,
    SHARE_MIN,
    TIMES,
    Published,
    Share,
    ShareOf,
)

OUTCOMES_MAX: Final = 6
STEPS_MAX: Final = 8
CHARTS_MAX: Final = 3
"""Pictures of one period, at most."""


def charts(counted: Counted) -> tuple[Made, ...]:
    """Return the pictures: who was reached, how it went, how it ended; a calm one of nothing."""
    if not counted.figures.count("cases"):
        none = {"none": counted.plain("chart-none"), "why": counted.plain("chart-none-why")}
        return (_made(counted, "reach", none),)
    drawn = {"reach": _reach(counted), "course": _course(counted), "end": _end(counted)}
    return tuple(_made(counted, name, {"panels": each}) for name, each in drawn.items() if each)


def _made(counted: Counted, name: str, values: dict[str, Any]) -> Made:
    title, _ = title_words(counted)
    first, last = counted.period.first, counted.period.last
    return Made(
        kind="figures",
        name=f"kier-{first:%Y%m%d}-{last:%Y%m%d}-{name}.png",
        values={"title": title, "below": [counted.team.name], **values},
        photo=True,
    )


def _reach(counted: Counted) -> list[dict[str, Any]]:
    return [
        _shares(counted, "figures-head-reach", REACHED),
        _shares(counted, "figures-head-tries", PERSISTENCE),
    ]


def _course(counted: Counted) -> list[dict[str, Any]]:
    panels = [
        {"kind": "counts", "title": attempts_words(counted), "rows": _attempts(counted)},
        {"kind": "counts", "title": counted.plain("figures-head-times"), "rows": _times(counted)},
        _shares(counted, "figures-head-course", COURSE),
    ]
    return [panel for panel in panels if panel["rows"]]


def _attempts(counted: Counted) -> list[dict[str, Any]]:
    return [{"label": label, "said": "", "n": n} for label, n in by_channel(counted)]


def _times(counted: Counted) -> list[dict[str, Any]]:
    """Return a bar for each median; of too few, words alone."""
    figures = counted.figures
    return [
        {
            "label": counted.plain(f"figure-{name}"),
            "said": time_said(counted, name),
            "n": figures.typical(name).minutes,
        }
        for name in TIMES
    ]


def _end(counted: Counted) -> list[dict[str, Any]]:
    keys = [{"id": how, "label": counted.plain(f"kept-{how}")} for how in KEPT]
    kept = [(name, [parts.get(how, 0) for how in KEPT]) for name, parts in steps_kept(counted)]
    panels: list[dict[str, Any]] = [
        {"kind": "counts", "title": counted.plain("figures-head-end"), "rows": _ends(counted)},
        {
            "kind": "stacks",
            "title": counted.plain("figures-head-steps"),
            "keys": keys,
            "rows": with_others(kept, counted.language, most=STEPS_MAX),
        },
    ]
    return [panel for panel in panels if panel["rows"]]


def _ends(counted: Counted) -> list[dict[str, Any]]:
    found = sorted(counted.figures.under("outcome").items(), key=lambda one: (-one[1], one[0]))
    rows = [(outcome_name(counted, *name), [n]) for name, n in found]
    bars = with_others(rows, counted.language, most=OUTCOMES_MAX)
    return [
        {"label": bar["label"], "said": str(bar["parts"][0]), "n": bar["parts"][0]} for bar in bars
    ]


def _why_none(counted: Counted, share: Share, known: Published | None) -> list[str]:
    """Return why there is no bar, and what was published where a bar would stand beside it.

    A line each: both in one line are longer than the sheet is wide.
    """
    few = [counted.plain("chart-few", n=SHARE_MIN)] if share.of else []
    return few if known is None else [*few, published_words(counted, known)]


def _shares(counted: Counted, title: str, shown: Sequence[ShareOf]) -> dict[str, Any]:
    rows = []
    for one in shown:
        share, known = counted.figures.share(one.n, one.of), one.published
        rows.append(
            {
                "label": counted.plain(f"figure-{one.id}"),
                "said": share_words(counted, share),
                "part": share.part,
                "why": _why_none(counted, share, known) if share.part is None else [],
                "mark": known.part if known else None,
                "mark_said": published_words(counted, known) if known else None,
            }
        )
    return {"kind": "shares", "title": counted.plain(title), "rows": rows}

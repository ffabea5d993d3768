"""The charts of a period: each figure has its own, and the published one beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.screen import Made
from bot.texts import LANGUAGES
from bot.views.figure_charts import CHARTS_MAX, charts
from bot.views.figure_words import Counted
from scheduler.figures import COURSE, PERSISTENCE, REACHED, TIMES, Figures, Period
from scheduler.procedure import Channel
from tests.bot.conversations.casework import Office

QUARTER = Period(first=date(2027, 7, 1), last=date(2027, 9, 30))
SHARES = (*REACHED, *PERSISTENCE, *COURSE)


def counted(n: int, language: str = "fr") -> Counted:
    """Return figures in which everything that is counted was counted `n` times."""
    names = {("cases",), ("reports",), *(name for one in SHARES for name in (one.n, one.of))}
    names |= {("attempts", channel.value) for channel in Channel}
    names |= {("outcome", "ravels", "averted"), ("step", "ravels", "call_day1", "on-time")}
    figures = Figures(counts=dict.fromkeys(names, n), minutes={name: {40: n} for name in TIMES})
    return Counted(figures=figures, period=QUARTER, team=Office().team, language=language)


def rows(made: tuple[Made, ...]) -> list[dict[str, Any]]:
    """Return all rows of all panels."""
    return [row for one in made for panel in one.values["panels"] for row in panel["rows"]]


@pytest.mark.parametrize("n", [1, 9])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_figure_has_its_place_in_a_chart(language: str, n: int):
    """Item 4: shares, attempts by channel, both times, outcomes, and how each step was kept."""
    known = counted(n, language)
    made = charts(known)
    assert len(made) == CHARTS_MAX
    labels = [row["label"] for row in rows(made)]
    for name in (*(one.id for one in SHARES), *TIMES):
        assert known.plain(f"figure-{name}") in labels
    for channel in Channel:
        assert known.plain("channel-n", channel=channel.value, n=n) in labels


@pytest.mark.parametrize(("n", "is_drawn"), [(1, False), (9, True)])
def test_what_was_published_stands_beside_it_however_few(n: int, is_drawn: bool):
    """Beside a bar as a mark; where there are too few for one, in a line of its own."""
    known = counted(n)
    by_label = {row["label"]: row for row in rows(charts(known))}
    published = [one for one in SHARES if one.published is not None]
    assert len(published) == 5
    for one in published:
        row = by_label[known.plain(f"figure-{one.id}")]
        assert (row["part"] is not None) is is_drawn
        assert row["mark_said"].startswith("Divosa 2023")
        assert row["why"][1:] == ([] if is_drawn else [row["mark_said"]])


def test_too_few_times_have_words_and_no_bar():
    """A median of fewer than five would tell of one household."""
    for n, minutes in {4: None, 5: 40}.items():
        known = counted(n)
        by_label = {row["label"]: row for row in rows(charts(known))}
        assert [by_label[known.plain(f"figure-{name}")]["n"] for name in TIMES] == [minutes] * 2


def test_nothing_closed_and_nothing_due_is_no_third_picture():
    """Row of bad inputs "a picture with no data": none is sent that would be empty."""
    known = Counted(
        figures=Figures(counts={("cases",): 1, ("reports",): 1}),
        period=QUARTER,
        team=Office().team,
        language="fr",
    )
    assert [one.name for one in charts(known)] == [
        "kier-20270701-20270930-reach.png",
        "kier-20270701-20270930-course.png",
    ]

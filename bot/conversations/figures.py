"""The figures of a period, for coordinators: text on pages, charts, and what is counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from bot.conversations.access import is_coordinator, refused
from bot.conversations.scene import Scene, Turn
from bot.reading.periods import PeriodProblem, read_period
from bot.screen import Intent, Verb
from bot.views.figure_charts import charts
from bot.views.figure_words import Counted
from bot.views.figures import MEANS, figures_screen, means_screen, problem_screen


def order_figures(rest: str, scene: Scene) -> Turn:
    """Return the figures of the period that was typed, or why there is no such period."""
    if not is_coordinator(scene):
        return refused(scene)
    counted = _counted(rest, scene)
    if isinstance(counted, PeriodProblem):
        return Turn(screens=(problem_screen(counted.value, scene.language),))
    screen = figures_screen(counted)
    return Turn(screens=(replace(screen, made=charts(counted)),))


def press_figures(intent: Intent, scene: Scene) -> Turn:
    """Return another period anew; a page of this one, or what it means, in its place."""
    if intent.item is None:
        return order_figures(intent.arg or "", scene)
    if not is_coordinator(scene):
        return refused(scene)
    counted = _counted(intent.arg or "", scene)
    if isinstance(counted, PeriodProblem):
        return refused(scene)
    view = means_screen if intent.item == MEANS else figures_screen
    return Turn(edit=view(counted, intent.page))


def _counted(typed: str, scene: Scene) -> Counted | PeriodProblem:
    period = read_period(typed, scene.team.days.day_of(scene.now))
    if isinstance(period, PeriodProblem):
        return period
    return Counted(
        figures=scene.look.figures(period),
        period=period,
        team=scene.team,
        language=scene.language,
    )


COMMANDS: Final[Mapping[str, Callable[[str, Scene], Turn]]] = MappingProxyType(
    dict.fromkeys(("figures", "cijfers", "chiffres"), order_figures)
)
PRESSES: Final[Mapping[Verb, Callable[[Intent, Scene], Turn]]] = MappingProxyType(
    {Verb.FIGURES: press_figures}
)

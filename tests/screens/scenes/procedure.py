"""The procedure as a picture: what is said with it."""

from __future__ import annotations

from bot.conversations.scene import Turn
from bot.screen import Screen
from bot.views.cases import why_screen
from tests.screens.catalogue import scene
from tests.screens.scenes.worker import at_the_door, day_2
from tests.screens.stage import AN, Stage


@scene
def the_whole_procedure(stage: Stage) -> Turn:
    """/procedure: the team's procedures."""
    return stage.chat().order("procedure")


@scene
def where_a_case_stands(stage: Stage) -> Turn:
    """/procedure REF, or the button under *Why now?*."""
    day_2(stage)
    return stage.chat().order(f"procedure {stage.view.ref}")


@scene
def between_two_steps(stage: Stage) -> Turn:
    """/procedure REF, while nothing is open: what comes next is marked."""
    at_the_door(stage)
    stage.answers(AN, "note_1", "done")
    return stage.chat().order(f"procedure {stage.view.ref}")


@scene
def why_now(stage: Stage) -> Screen:
    """*Why now?* leads to the picture."""
    day_2(stage)
    return why_screen(stage.sight(), "call_day2")

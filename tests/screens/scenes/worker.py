"""What a worker sees in the private chat."""

from __future__ import annotations

from bot.screen import Screen
from tests.screens.catalogue import scene
from tests.screens.stage import AN, Stage


@scene
def prompt_day_1(stage: Stage) -> Screen:
    """The first question, right after the case was given."""
    stage.assigned()
    return stage.message(to=AN)

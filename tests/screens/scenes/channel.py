"""What the team's channel reads: references only."""

from __future__ import annotations

from bot.conversations import converse_group
from bot.conversations.scene import Ordered, Pressed, Said, Turn
from bot.screen import Intent, Screen, Verb
from bot.views.channel import claim_screen, taken_screen
from scheduler.stimuli import HandedOver
from tests.screens.catalogue import scene
from tests.screens.scenes.worker import planned
from tests.screens.stage import AN, KARIN, LIES, Stage


@scene
def claim(stage: Stage) -> Screen:
    """A case that anyone may take."""
    stage.reports()
    return claim_screen(stage.view, stage.team, stage.now)


@scene
def claim_crisis(stage: Stage) -> Screen:
    """The same in a crisis."""
    stage.reports(kind="claim", eviction=planned("2027-09-16 10:00", stage))
    return claim_screen(stage.view, stage.team, stage.now)


@scene
def claimed(stage: Stage) -> Screen:
    """Somebody took it."""
    stage.reports()
    stage.happens(HandedOver(by=AN.id, to=AN.id))
    return taken_screen(stage.view, stage.team, stage.now)


@scene
def given(stage: Stage) -> Screen:
    """A coordinator gave it to somebody."""
    stage.reports()
    stage.answers(KARIN, "assign", "assigned", to=AN.id)
    return taken_screen(stage.view, stage.team, stage.now)


@scene
def not_for_you(stage: Stage) -> Turn:
    """Somebody who is no worker presses the button."""
    stage.reports()
    pressed = Pressed(intent=Intent(verb=Verb.CLAIM, case=7))
    return converse_group(pressed, stage.chat(LIES).scene, -100)


@scene
def personal(stage: Stage) -> Turn:
    """Somebody typed a name and a phone."""
    said = Said(text="Marc Verlinden, 0470 00 01 12")
    return converse_group(said, stage.chat().scene, -100)


@scene
def invitation(stage: Stage) -> Turn:
    """Somebody pasted an invitation: it is burnt."""
    ordered = Ordered(name="start", rest="A" * 22)
    return converse_group(ordered, stage.chat().scene, -100)


@scene
def command(stage: Stage) -> Turn:
    """A command: not here."""
    return converse_group(Ordered(name="status", rest=""), stage.chat(KARIN).scene, -100)

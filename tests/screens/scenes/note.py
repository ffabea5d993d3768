"""The note to copy by hand in other languages, and the leaflet of the team."""

from __future__ import annotations

from dataclasses import replace

from bot.acts import SetLeaflet
from bot.conversations.outcome import Performed
from bot.conversations.scene import Turn
from bot.screen import Screen, Verb
from bot.texts import say
from tests.screens.catalogue import scene
from tests.screens.scenes.worker import at_the_door, day_5, talk
from tests.screens.stage import AN, KARIN, Chat, Stage


def with_leaflet(stage: Stage) -> None:
    stage.team = replace(stage.team, leaflet="document:FOLDER")


@scene
def other_languages(stage: Stage) -> Turn:
    """[Other language ▾] under the note."""
    at_the_door(stage)
    chat = stage.chat()
    chat.screens.append(stage.message(to=AN))
    return chat.press(Verb.SAMPLE)


@scene
def closing_note(stage: Stage) -> list[Screen | Turn]:
    """The second note, and the same in other languages."""
    day_5(stage)
    stage.at("2027-09-17 10:00")
    stage.answers(AN, "visit_2", "nobody_home")
    chat = stage.chat()
    prompt = stage.message(to=AN)
    chat.screens.append(prompt)
    return [prompt, chat.press(Verb.SAMPLE)]


@scene
def prompt_without_phone(stage: Stage) -> list[Screen | Turn]:
    """The team has given no number: a gap, and what to write there."""
    stage.team = replace(stage.team, phone=None)
    at_the_door(stage)
    chat = stage.chat()
    prompt = stage.message(to=AN)
    chat.screens.append(prompt)
    return [prompt, chat.press(Verb.SAMPLE)]


@scene
def leaflet_lost(stage: Stage) -> list[Screen]:
    """The messenger does not know the leaflet any more: prompt, worker, coordinator."""
    stage.team = replace(stage.team, leaflet_lost=True)
    at_the_door(stage)
    told = (say(stage.language, key) for key in ("leaflet-lost", "alarm-leaflet-lost"))
    return [stage.message(to=AN), *(Screen(html=html) for html in told)]


@scene
def prompt_with_leaflet(stage: Stage) -> Screen:
    """The note's prompt where the team has a leaflet."""
    with_leaflet(stage)
    at_the_door(stage)
    return stage.message(to=AN)


@scene
def offer_with_leaflet(stage: Stage) -> Turn:
    """The offer of help, and the leaflet that is asked for there."""
    with_leaflet(stage)
    talk(stage, "phase_1")
    chat = stage.chat()
    chat.screens.append(stage.message(to=AN))
    return chat.press(Verb.LEAFLET)


def _asked(stage: Stage) -> tuple[Chat, Turn]:
    chat = stage.chat(KARIN)
    return chat, chat.order("leaflet")


@scene
def leaflet_asked(stage: Stage) -> Turn:
    """/leaflet, while the team has none."""
    return _asked(stage)[1]


@scene
def leaflet_not_one(stage: Stage) -> Turn:
    """A voice message is no leaflet."""
    chat, _ = _asked(stage)
    return chat.hand("voice", file_id="V")


@scene
def leaflet_kept(stage: Stage) -> Turn:
    """The file came."""
    chat, _ = _asked(stage)
    chat.hand("document", file_id="FOLDER", mime="application/pdf", file_name="folder.pdf")
    return chat.told(SetLeaflet(file="document:FOLDER"), Performed())


@scene
def leaflet_shown(stage: Stage) -> Turn:
    """/leaflet, once there is one."""
    with_leaflet(stage)
    return _asked(stage)[1]


@scene
def leaflet_removed(stage: Stage) -> list[Turn]:
    """[Remove…]: asked, and done."""
    with_leaflet(stage)
    chat, _ = _asked(stage)
    asked = chat.press(Verb.LEAFLET, "remove")
    chat.press(Verb.LEAFLET, "drop")
    return [asked, chat.told(chat.act, Performed())]


@scene
def leaflet_of_nobody(stage: Stage) -> Turn:
    """/leaflet by a worker, while there is none."""
    return stage.chat(AN).order("leaflet")

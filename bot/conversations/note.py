"""The note to copy by hand in another language, and the leaflet that the team leaves once. Pure.

A coordinator hands the leaflet in; the messenger keeps the file, we its id.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from bot.acts import SetLeaflet
from bot.conversations.access import case_for, is_coordinator, refused, sight_of
from bot.conversations.outcome import Outcome
from bot.conversations.scene import Dialogue, Handed, Incoming, Pressed, Scene, Turn
from bot.screen import Intent, Screen, Verb
from bot.texts import say
from bot.views.note import (
    leaflet_ask_screen,
    leaflet_drop_screen,
    leaflet_screen,
    leaflet_sent_screen,
    sample_screen,
)
from scheduler.decision import Refused

KIND: Final = "leaflet"
"""The dialogue that waits for the file."""

MIMES: Final = frozenset({"application/pdf"})
ENDINGS: Final = frozenset({".pdf"})
"""What any phone shows and any office prints. A picture comes as a photo: the messenger takes out
where it was taken, which a picture sent as a file would tell whoever gets the leaflet (row 65)."""


def press_sample(intent: Intent, scene: Scene) -> Turn:
    """Return the note in the other languages, as a message of its own: the prompt stays."""
    view = case_for(scene, intent.case)
    step = view.procedure.steps.get(intent.step or "") if view is not None else None
    if view is None or step is None or not step.sample:
        return refused(scene)
    return Turn(screens=(sample_screen(sight_of(scene, view), step),))


# The leaflet


def order_leaflet(rest: str, scene: Scene) -> Turn:
    """Show the leaflet, or ask for one: a coordinator's; anyone of the team may have it."""
    if scene.team.leaflet is None:
        return _ask(scene) if is_coordinator(scene) else _none(scene)
    if is_coordinator(scene):
        return Turn(screens=(leaflet_screen(scene.team, scene.language),))
    return Turn(screens=(leaflet_sent_screen(scene.team, scene.language),))


def press_leaflet(intent: Intent, scene: Scene) -> Turn:
    """Send the leaflet, or do with it what a coordinator wants."""
    if intent.arg is None:
        if scene.team.leaflet is None:
            return _none(scene)
        return Turn(screens=(leaflet_sent_screen(scene.team, scene.language),))
    if not is_coordinator(scene):
        return refused(scene)
    match intent.arg:
        case "replace":
            return _ask(scene)
        case "remove":
            return Turn(screens=(leaflet_drop_screen(scene.language),))
        case "drop":
            return Turn(act=SetLeaflet(file=None))
        case _:
            return Turn(edit=Screen(html=say(scene.language, "cancelled")))


def _none(scene: Scene) -> Turn:
    key = "leaflet-lost" if scene.team.leaflet_lost else "leaflet-none"
    return Turn(screens=(Screen(html=say(scene.language, key)),))


def _ask(scene: Scene) -> Turn:
    dialogue = Dialogue(kind=KIND, asking="file", began_at=scene.now)
    return Turn(screens=(leaflet_ask_screen(scene.language),), dialogue=dialogue)


def proceed_leaflet(dialogue: Dialogue, incoming: Incoming, scene: Scene) -> Turn:
    """Take the file, or say what it must be."""
    if not is_coordinator(scene):
        return Turn(screens=refused(scene).screens, dialogue=None, refused=True)
    match incoming:
        case Handed() if (file := leaflet_of(incoming)) is not None:
            return Turn(act=SetLeaflet(file=file), dialogue=None)
        case Pressed(intent=intent) if intent.verb in (Verb.CANCEL, Verb.DISCARD):
            return Turn(edit=Screen(html=say(scene.language, "cancelled")), dialogue=None)
        case _:
            notice = say(scene.language, "leaflet-not")
            return Turn(screens=(leaflet_ask_screen(scene.language, notice),))


def leaflet_of(handed: Handed) -> str | None:
    """Return the file as "kind:id", None where it is no photo and no PDF.

    A name that says something else than the kind told by the sender's phone is believed.
    """
    if handed.file_id is None:
        return None
    if handed.kind == "photo":
        return f"photo:{handed.file_id}"
    ending = PurePath(handed.file_name or "").suffix.lower()
    is_known = handed.mime in MIMES if handed.mime else ending in ENDINGS
    if handed.kind != "document" or not is_known or (ending and ending not in ENDINGS):
        return None
    return f"document:{handed.file_id}"


def respond(act: SetLeaflet, outcome: Outcome, scene: Scene) -> Turn:
    """Say that it is kept, or gone."""
    if isinstance(outcome, Refused):
        return refused(scene)
    key = "leaflet-kept" if act.file is not None else "leaflet-gone"
    return Turn(edit=Screen(html=say(scene.language, key)))


COMMANDS: Final[Mapping[str, Callable[[str, Scene], Turn]]] = MappingProxyType(
    {"leaflet": order_leaflet}
)

PRESSES: Final[Mapping[Verb, Callable[[Intent, Scene], Turn]]] = MappingProxyType(
    {Verb.SAMPLE: press_sample, Verb.LEAFLET: press_leaflet}
)

"""For coordinators: who looked at a case, and which one is kept longer than its term. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bot.acts import KeepLonger
from bot.conversations.access import case_by_ref, case_for, is_coordinator, refused, sight_of
from bot.conversations.outcome import Outcome, Performed
from bot.conversations.scene import CaseView, Scene, Turn
from bot.reading.references import read_reference
from bot.screen import Intent, Screen, Verb
from bot.texts import say
from bot.views.privacy import REASONS, kept_longer_screen, who_saw_screen, why_longer_screen

MONTHS: Final = 6
"""What a case is kept longer for a reason; asked anew after that."""


def order_who_saw(rest: str, scene: Scene) -> Turn:
    """Return who looked at the case of a reference, from the access log."""
    if not is_coordinator(scene):
        return refused(scene)
    if not rest.strip():
        return Turn(screens=(Screen(html=say(scene.language, "saw-ask-ref")),))
    return _seen(case_by_ref(scene, read_reference(rest)), scene)


def press_who_saw(intent: Intent, scene: Scene) -> Turn:
    """Turn the page."""
    if not is_coordinator(scene):
        return refused(scene)
    return _seen(case_for(scene, intent.case), scene, intent.page)


def _seen(view: CaseView | None, scene: Scene, page: int | None = None) -> Turn:
    if view is None:
        return refused(scene)
    screen = who_saw_screen(sight_of(scene, view), scene.look.who_saw(view.id), page or 0)
    return Turn(screens=(screen,)) if page is None else Turn(edit=screen)


def press_retain(intent: Intent, scene: Scene) -> Turn:
    """Ask why the case is needed longer, and keep it."""
    if not is_coordinator(scene):
        return refused(scene)
    if intent.arg == "stop":
        return Turn(edit=Screen(html=say(scene.language, "cancelled")))
    view = case_for(scene, intent.case)
    if view is None:
        return refused(scene)
    if intent.arg in REASONS:
        return Turn(act=KeepLonger(case=view.id, months=MONTHS, why=intent.arg))
    return Turn(screens=(why_longer_screen(view.ref, view.id, scene.language, months=MONTHS),))


def respond(act: KeepLonger, outcome: Outcome, scene: Scene) -> Turn:
    """Say until when it is kept, or that it cannot be."""
    view = scene.look.case(act.case)
    if not isinstance(outcome, Performed) or view is None:
        return Turn(edit=Screen(html=say(scene.language, "retention-cannot")))
    today = scene.team.days.day_of(scene.now)
    until = outcome.values["until"]
    return Turn(edit=kept_longer_screen(view.ref, until, scene.language, today=today))


COMMANDS: Final[Mapping[str, Callable[[str, Scene], Turn]]] = MappingProxyType(
    {"who_saw": order_who_saw}
)

PRESSES: Final[Mapping[Verb, Callable[[Intent, Scene], Turn]]] = MappingProxyType(
    {Verb.WHO_SAW: press_who_saw, Verb.RETAIN: press_retain}
)

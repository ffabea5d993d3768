"""The procedure as a picture: the whole of it, or with the steps of one case lit up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bot.conversations.access import case_by_ref, case_for, refused
from bot.conversations.scene import CaseView, Scene, Turn
from bot.reading.references import read_reference
from bot.screen import Intent, Made, Screen, Verb
from bot.texts import say
from bot.views.procedure_drawing import Drawing, drawing
from scheduler.procedure import Procedure


def order_procedure(rest: str, scene: Scene) -> Turn:
    """Return the team's procedures as pictures; with a reference, where that case stands."""
    if not rest.strip():
        known = scene.team.procedures.values()
        made = tuple(_made(each, drawing(each, scene.language)) for each in known)
        return Turn(screens=(Screen(html=say(scene.language, "procedure-whole"), made=made),))
    return _of_case(case_by_ref(scene, read_reference(rest)), scene)


def press_procedure(intent: Intent, scene: Scene) -> Turn:
    """Return the picture with the case's steps lit up."""
    return _of_case(case_for(scene, intent.case), scene)


def _of_case(view: CaseView | None, scene: Scene) -> Turn:
    if view is None:
        return refused(scene)
    drawn = drawing(view.procedure, scene.language, view.case)
    text = say(scene.language, f"procedure-{drawn.lit or 'whole'}", ref=view.ref)
    return Turn(screens=(Screen(html=text, made=(_made(view.procedure, drawn),)),))


def _made(procedure: Procedure, drawn: Drawing) -> Made:
    return Made(
        kind="procedure",
        name=f"{procedure.id}.png",
        values=drawn.values("png"),
        photo=True,
    )


COMMANDS: Final[Mapping[str, Callable[[str, Scene], Turn]]] = MappingProxyType(
    dict.fromkeys(("procedure", "stappenplan", "etapes"), order_procedure)
)

PRESSES: Final[Mapping[Verb, Callable[[Intent, Scene], Turn]]] = MappingProxyType(
    {Verb.PROCEDURE: press_procedure}
)

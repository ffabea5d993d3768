"""What every form about one case begins with: its case, the lines above it, who may see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.conversations.access import case_for, refused, sight_of
from bot.conversations.forms import Form, begin
from bot.conversations.scene import CaseView, Dialogue, Scene, Turn
from bot.screen import Intent
from bot.texts import plain
from bot.views.cases import main_step
from bot.views.heads import head
from bot.views.words import dotted, lines, step_title
from scheduler.procedure import FieldKind

TEXT: Final = FieldKind.TEXT.value
MOMENT: Final = FieldKind.MOMENT.value
DAY: Final = FieldKind.DAY.value
CHOICE: Final = FieldKind.CHOICE.value


def view_of(dialogue: Dialogue, scene: Scene) -> CaseView:
    """Return the case of a dialogue whose access was checked when it began, and is each time."""
    view = scene.look.case(dialogue.case or 0)
    assert view is not None, "access has been checked"
    return view


def top_of(key: str) -> Callable[[Dialogue, Scene], str]:
    """Return the lines above a form's questions: the case, what is being done, on which step."""

    def top(dialogue: Dialogue, scene: Scene) -> str:
        view = view_of(dialogue, scene)
        sight = sight_of(scene, view)
        title = (
            step_title(view, dialogue.step, scene.language, scene.team.days)
            if dialogue.step
            else None
        )
        return lines(head(sight), dotted(plain(scene.language, key), title))

    return top


def start(kind: str, form: Form, intent: Intent, scene: Scene, *, step: str | None = None) -> Turn:
    """Return the first question of a form about the intent's case; refused where not theirs."""
    view = case_for(scene, intent.case)
    if view is None:
        return refused(scene)
    dialogue = Dialogue(kind=kind, asking="", case=view.id, step=step, answer=intent.arg)
    return begin(form, dialogue, scene)


def open_step(intent: Intent, scene: Scene) -> str | None:
    """Return the step that the intent names, else the one that asks something now."""
    view = case_for(scene, intent.case)
    if view is None:
        return None
    if intent.step is not None:
        return intent.step if intent.step in view.procedure.steps else None
    return main_step(sight_of(scene, view))

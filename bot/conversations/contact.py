"""The client contacted us: what was wanted, and the step for it while it is not open."""

from __future__ import annotations

from typing import Final

from bot.acts import ClientContact
from bot.conversations.access import case_for, refused, sight_of
from bot.conversations.answer import EARLIER, press_step
from bot.conversations.ask import Ask
from bot.conversations.case_forms import view_of
from bot.conversations.fields import asks_of, moment_of, raw_fields
from bot.conversations.forms import Form, begin
from bot.conversations.scene import CaseView, Dialogue, Scene, Turn
from bot.screen import Intent
from bot.texts import plain
from bot.views.cases import contact_screen
from bot.views.heads import head
from bot.views.steps import answer_words
from bot.views.words import dotted, lines
from scheduler.procedure import Field, Step


def press_contact(intent: Intent, scene: Scene) -> Turn:
    """Return the act, the question when to call back, or what the client can have wanted."""
    view = case_for(scene, intent.case)
    step = _contact_step(view)
    if view is None or step is None:
        return refused(scene)
    if intent.arg is None:
        return Turn(screens=(contact_screen(sight_of(scene, view), step),))
    if intent.arg not in step.answers:
        return refused(scene)
    values = _said_earlier(scene, view)
    dialogue = Dialogue(
        kind="contact",
        asking="",
        case=view.id,
        step=step.id,
        answer=intent.arg,
        values=values,
    )
    return begin(CONTACT, dialogue, scene)


def _contact_step(view: CaseView | None) -> Step | None:
    if view is None or view.procedure.contact is None:
        return None
    return view.procedure.step(view.procedure.contact)


def _said_earlier(scene: Scene, view: CaseView) -> dict[str, object]:
    kept = scene.dialogue
    if kept is None or kept.kind != EARLIER or kept.case != view.id:
        return {}
    return {"done_at": kept.values["done_at"]} if "done_at" in kept.values else {}


def _contact_fields(dialogue: Dialogue, scene: Scene) -> tuple[Field, ...]:
    view = view_of(dialogue, scene)
    step = view.procedure.step(dialogue.step or "")
    return step.answers[dialogue.answer or ""].fields


def _contact_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    return asks_of(_contact_fields(dialogue, scene), dialogue.values, scene.language)


def _contact_finish(dialogue: Dialogue, scene: Scene) -> ClientContact:
    fields = raw_fields(_contact_fields(dialogue, scene), dialogue.values, scene)
    done_at = dialogue.values.get("done_at")
    return ClientContact(
        case=dialogue.case or 0,
        answer=dialogue.answer or "",
        when=fields.when,
        note=fields.note,
        done_at=moment_of(done_at, scene, day_end=False) if done_at else None,
    )


def _contact_top(dialogue: Dialogue, scene: Scene) -> str:
    view = view_of(dialogue, scene)
    step = view.procedure.step(dialogue.step or "")
    said = answer_words(step, dialogue.answer or "", scene.language).rstrip("…")
    return lines(head(sight_of(scene, view)), dotted(plain(scene.language, "top-contact"), said))


CONTACT: Final = Form(asks=_contact_asks, finish=_contact_finish, top=_contact_top)


def press_step_of(intent: Intent, scene: Scene) -> Turn:
    """Return one step; the contact step has a screen of its own while it is not open."""
    view = case_for(scene, intent.case)
    step = _contact_step(view)
    if view is None or step is None or intent.step != step.id or intent.arg == EARLIER:
        return press_step(intent, scene)
    if step.id in view.case.steps:
        return press_step(intent, scene)
    return Turn(edit=contact_screen(sight_of(scene, view), step))

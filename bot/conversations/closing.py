"""A case is closed, opened again, or a wrong tap on it taken back."""

from __future__ import annotations

from typing import Final

from bot.acts import CloseCase, ReopenCase, TakeBack
from bot.conversations.access import case_for, refused, sight_of
from bot.conversations.ask import Ask
from bot.conversations.case_forms import TEXT, start, top_of, view_of
from bot.conversations.forms import Form
from bot.conversations.scene import Dialogue, Scene, Turn
from bot.screen import Intent, Key, Screen, Verb
from bot.texts import plain
from bot.views.cases import case_screen
from bot.views.heads import Sight, back_key, head, is_closed
from bot.views.words import in_rows, lines, outcome_words, pick, press


def press_close(intent: Intent, scene: Scene) -> Turn:
    """Ask the outcome, or with one a note, and close."""
    view = case_for(scene, intent.case)
    if view is None:
        return refused(scene)
    if is_closed(view):
        return Turn(edit=case_screen(sight_of(scene, view)))
    if intent.arg is None:
        return Turn(edit=_outcome_screen(sight_of(scene, view)))
    if intent.arg not in view.procedure.outcomes:
        return refused(scene)
    return start("close", CLOSE, intent, scene)


def _outcome_screen(sight: Sight) -> Screen:
    keys: list[Key] = [
        press(pick(text, sight.language) or id_, sight.intent(Verb.CLOSE, arg=id_))
        for id_, text in sight.view.procedure.outcomes.items()
    ]
    pending = sum(item.state == "pending" for item in sight.case.items)
    html = lines(
        head(sight),
        f"<b>{sight.say('ask-outcome')}</b>",
        sight.say("close-pending", n=pending) if pending else None,
    )
    back = back_key(sight)
    return Screen(html=html, rows=(*in_rows(keys), (back,)))


def _close_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    view = view_of(dialogue, scene)
    outcome = outcome_words(view, dialogue.answer or "", scene.language)
    label = plain(scene.language, "ask-close-note", outcome=outcome)
    return (Ask(id="note", kind=TEXT, label=label),)


def _close_finish(dialogue: Dialogue, scene: Scene) -> CloseCase:
    return CloseCase(
        case=dialogue.case or 0, outcome=dialogue.answer or "", note=dialogue.values["note"]
    )


CLOSE: Final = Form(asks=_close_asks, finish=_close_finish, top=top_of("top-close"))


def press_reopen(intent: Intent, scene: Scene) -> Turn:
    """The client of a closed case is back."""
    view = case_for(scene, intent.case)
    if view is None:
        return refused(scene)
    if not is_closed(view):
        return Turn(edit=case_screen(sight_of(scene, view)))
    return Turn(act=ReopenCase(case=view.id))


def press_correct(intent: Intent, scene: Scene) -> Turn:
    """Take back a wrong tap: a new event, nothing is wiped out."""
    view = case_for(scene, intent.case)
    if view is None or intent.item is None:
        return refused(scene)
    return Turn(act=TakeBack(case=view.id, seq=intent.item))

"""What an answer may still be told with, after it has counted: one message takes it all. Pure.

The answer itself is one tap (screens); ticks, a sentence and a photo come after it, and may stay
out. Nothing waits for them, and what is typed later is a loose note again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.acts import AddDetails, AnswerStep
from bot.conversations.ask import Ask
from bot.conversations.case_forms import view_of
from bot.conversations.fields import ask_of, raw_fields
from bot.conversations.forms import Form, begin, proceed
from bot.conversations.notes import loose
from bot.conversations.scene import Dialogue, Handed, Incoming, Said, Scene, Turn
from bot.reading.words import clean, is_blank
from bot.screen import Screen
from bot.texts import escaped, plain, say
from bot.views.heads import ref_words
from bot.views.steps import fields_of
from bot.views.words import dotted, lines, pick, step_title
from scheduler.procedure import Field, FieldKind

KIND: Final = "followup"
LASTS: Final = timedelta(minutes=30)
"""How long a text is taken as meant for the answer before it; then it asks where it belongs."""

_AFTER: Final = frozenset(
    {
        FieldKind.TEXT,
        FieldKind.TICKS,
        FieldKind.CHOICE,
        FieldKind.PARTICIPANTS,
        FieldKind.PHOTO,
    }
)


def comes_after(field: Field) -> bool:
    """Return whether a fact can be told after the answer: nothing that follows hangs on it."""
    return field.kind in _AFTER and not field.required


def followed_up(act: AnswerStep, scene: Scene) -> Turn:
    """Return the question that follows an answer which has counted; nothing where it has none.

    Nor where another dialogue is under way: what is half said there is not pushed aside.
    """
    view = scene.look.case(act.case)
    if view is None or scene.dialogue is not None or act.fields.known is not None:
        return Turn()
    dialogue = Dialogue(kind=KIND, asking="", case=act.case, step=act.step, answer=act.answer)
    return begin(FORM, dialogue, scene) if _fields(dialogue, scene) else Turn()


def proceed_followup(dialogue: Dialogue, incoming: Incoming, scene: Scene) -> Turn:
    """Return what follows from a message while an answer is being told more about."""
    if isinstance(incoming, Handed) and dialogue.asking != "photo":
        return loose(incoming, scene)
    if isinstance(incoming, Said) and (dialogue.began_at or scene.now) + LASTS < scene.now:
        return loose(incoming, scene)
    if isinstance(incoming, Said) and dialogue.asking in _TAPPED:
        return _in_words(dialogue, incoming.text, scene)
    return proceed(FORM, dialogue, incoming, scene)


_TAPPED: Final = frozenset({"ticks", "support"})


def _in_words(dialogue: Dialogue, text: str, scene: Scene) -> Turn:
    """Who types where boxes are offered has said it: what is ticked counts along with it."""
    said = clean(text)
    if is_blank(said):
        return proceed(FORM, dialogue, Said(text=text), scene)
    values = {key: value for key, value in dialogue.values.items() if not key.startswith("_")}
    if dialogue.values.get("_ticks"):
        values["ticks"] = list(dialogue.values["_ticks"])
    told = replace(dialogue, values={**values, "note": said})
    return Turn(act=_details(told, scene), dialogue=None)


def _fields(dialogue: Dialogue, scene: Scene) -> tuple[Field, ...]:
    view = view_of(dialogue, scene)
    step = view.procedure.step(dialogue.step or "")
    answer = step.answers.get(dialogue.answer or "")
    # of what the answer was about its question has just been answered
    return tuple(
        field for field in fields_of(view.procedure, step, answer, None) if comes_after(field)
    )


def _asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    fields = _fields(dialogue, scene)
    texts = [field for field in fields if field.kind is FieldKind.TEXT]
    asks = [ask_of(field, scene.language) for field in fields if field not in texts]
    if len(texts) == 1:
        asks.append(ask_of(texts[0], scene.language))
    elif texts:
        asks.append(_one_text(texts, scene))
    return tuple(_extra(ask, scene) for ask in asks)


def _extra(ask: Ask, scene: Scene) -> Ask:
    hint = say(scene.language, "hint-followup") if ask.kind == FieldKind.TICKS.value else ask.hint
    return replace(ask, is_extra=True, hint=hint)


def _one_text(texts: list[Field], scene: Scene) -> Ask:
    labels = "\n".join(f"• {escaped(pick(field.label, scene.language))}" for field in texts)
    return Ask(
        id="note",
        kind=FieldKind.TEXT.value,
        label=plain(scene.language, "ask-followup"),
        hint=labels,
    )


def _finish(dialogue: Dialogue, scene: Scene) -> AddDetails | Turn:
    if all(value in (None, []) for value in dialogue.values.values()):
        ref = ref_words(view_of(dialogue, scene))
        return Turn(edit=Screen(html=dotted(ref, say(scene.language, "followup-skipped"))))
    return _details(dialogue, scene)


def _details(dialogue: Dialogue, scene: Scene) -> AddDetails:
    fields = raw_fields(_fields(dialogue, scene), dialogue.values, scene)
    return AddDetails(
        case=dialogue.case or 0,
        step=dialogue.step or "",
        answer=dialogue.answer,
        fields=replace(fields, note=fields.note or dialogue.values.get("note")),
    )


def _top(dialogue: Dialogue, scene: Scene) -> str:
    view = view_of(dialogue, scene)
    title = step_title(view, dialogue.step or "", scene.language, scene.team.days)
    return lines(dotted(ref_words(view), view.short, title))


FORM: Final = Form(asks=_asks, finish=_finish, top=_top)

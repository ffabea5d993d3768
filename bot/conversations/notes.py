"""Notes on a case: a text, photo or voice message; what is typed loose asks where it belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from bot.acts import NoteOnCase
from bot.conversations.access import (
    case_for,
    is_coordinator,
    member_of,
    refused,
    sight_of,
)
from bot.conversations.fields import FILES_KEPT
from bot.conversations.forms import cancelled
from bot.conversations.scene import (
    CaseView,
    Dialogue,
    Handed,
    Incoming,
    Pressed,
    Said,
    Scene,
    Turn,
)
from bot.reading.words import clean, is_blank
from bot.screen import Intent, Key, Screen, Verb
from bot.texts import plain, say
from bot.views.heads import head
from bot.views.words import lines, press, quoted

Values: TypeAlias = Mapping[str, Any]
NOTHING: Final[Values] = MappingProxyType({})

KIND: Final = "note"
CASES_OFFERED: Final = 8
"""Cases offered for a loose text; else the note is made from the case itself."""


def press_note(intent: Intent, scene: Scene) -> Turn:
    """Ask for the note's text, photo or voice message."""
    view = case_for(scene, intent.case)
    if view is None:
        return refused(scene)
    dialogue = Dialogue(kind=KIND, asking="text", case=view.id, began_at=scene.now)
    return _asked(dialogue, scene)


def _asked(dialogue: Dialogue, scene: Scene) -> Turn:
    """Return the note's question again: what it is, or which case it belongs to."""
    view = case_for(scene, dialogue.case)
    if dialogue.asking != "text":
        return _which_case(dict(dialogue.values), _own_cases(scene), scene)
    if view is None:
        return replace(refused(scene), dialogue=None)
    question = f"<b>{say(scene.language, 'ask-note')}</b>"
    html = lines(head(sight_of(scene, view)), question, say(scene.language, "hint-note"))
    return Turn(screens=(Screen(html=html, rows=(_cancel_row(scene),)),), dialogue=dialogue)


def _cancel_row(scene: Scene) -> tuple[Key, ...]:
    return (press(plain(scene.language, "press-cancel"), Intent(verb=Verb.CANCEL)),)


def proceed_note(dialogue: Dialogue, incoming: Incoming, scene: Scene) -> Turn:
    """Return what follows in a note's dialogue: its content, or the case that it belongs to."""
    match incoming:
        case Pressed(intent=intent) if intent.verb is Verb.PICK and dialogue.asking == "case":
            return _kept(dialogue, intent.item, scene)
        case Pressed(intent=intent) if intent.verb is Verb.RESUME:
            return _asked(dialogue, scene)
        case Pressed():
            return cancelled(scene)
        case Said() | Handed() if dialogue.asking == "text":
            content = _content(incoming)
            if content is None:
                return Turn(screens=(Screen(html=say(scene.language, "text-only-note")),))
            return _kept(replace(dialogue, values=content), dialogue.case, scene)
        case _:
            return loose(incoming, scene, before=dialogue.values)


def _kept(dialogue: Dialogue, case_id: int | None, scene: Scene) -> Turn:
    view = case_for(scene, case_id)
    if view is None:
        return replace(refused(scene), dialogue=None)
    values = dialogue.values
    act = NoteOnCase(
        case=view.id,
        text=values.get("text"),
        file_id=values.get("file_id"),
        file_kind=values.get("file_kind"),
        also=tuple(values.get("also", ())),
    )
    return Turn(act=act, dialogue=None)


def _content(incoming: Incoming) -> dict[str, Any] | None:
    match incoming:
        case Said(text=text) if not is_blank(clean(text)):
            return {"text": clean(text)}
        case Handed(kind=kind, file_id=str(file_id), caption=caption) if kind in FILES_KEPT:
            return {"text": clean(caption) or None, "file_id": file_id, "file_kind": kind}
        case _:
            return None


def loose(incoming: Incoming, scene: Scene, *, before: Values = NOTHING) -> Turn:
    """Return the question which case a loose text or file belongs to (row 52).

    A reply to a prompt offers that case alone, and still asks: it may be meant as an answer. What
    waits for the same answer, `before`, becomes one note with it: none of an album is lost.
    """
    content = _content(incoming)
    if content is None:
        key = "write-something" if isinstance(incoming, Said) else "text-only"
        return Turn(screens=(Screen(html=say(scene.language, key)),))
    offered = _offered(incoming, scene)
    return _which_case(_together(before, content), offered, scene)


def _together(before: Values, new: dict[str, Any]) -> dict[str, Any]:
    """Return two contents as one: texts under each other, every file."""
    text = "\n".join(each for each in (before.get("text"), new.get("text")) if each) or None
    if not before.get("file_id"):
        return {**new, "text": text}
    also = list(before.get("also", ()))
    if new.get("file_id"):
        also.append(f"{new['file_kind']}:{new['file_id']}")
    return {**before, "text": text, "also": also}


def _which_case(content: dict[str, Any], offered: tuple[CaseView, ...], scene: Scene) -> Turn:
    if not offered:
        return Turn(screens=(Screen(html=say(scene.language, "loose-text")),))
    keys = [
        press(f"{view.ref} · {view.short}", Intent(verb=Verb.PICK, item=view.id))
        for view in offered[:CASES_OFFERED]
    ]
    shown = f"<i>{quoted(content['text'], units_max=200)}</i>" if content["text"] else None
    files = len(content.get("also", ())) + bool(content.get("file_id"))
    html = lines(say(scene.language, "loose-which"), shown, f"📎 {files}" if files else None)
    rows = (*((key,) for key in keys), _cancel_row(scene))
    dialogue = Dialogue(kind=KIND, asking="case", values=content, began_at=scene.now)
    screen = Screen(html=html, rows=rows, protect=shown is not None)
    return Turn(screens=(screen,), dialogue=dialogue)


def _offered(incoming: Incoming, scene: Scene) -> tuple[CaseView, ...]:
    if isinstance(incoming, Said) and incoming.reply_to_case is not None:
        replied = case_for(scene, incoming.reply_to_case)
        if replied is not None:
            return (replied,)
    return _own_cases(scene)


def _own_cases(scene: Scene) -> tuple[CaseView, ...]:
    mine = scene.look.cases_of(member_of(scene).id)
    return mine or (scene.look.open_cases() if is_coordinator(scene) else ())

"""A dialogue of one question after the other: begins, goes on, ends in an act. Pure.

A form says what it asks and what comes of it; this room knows how one goes through it: back,
skip, cancel, and an answer that was not understood.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from bot.acts import Act
from bot.conversations.access import case_for, refused
from bot.conversations.fields import (
    Again,
    Ask,
    Values,
    ask_screen,
    settle,
    take,
    unsettle,
)
from bot.conversations.scene import KEEP, Dialogue, Incoming, Pressed, Scene, Turn
from bot.screen import Intent, Screen, Verb
from bot.texts import plain, say
from bot.views.words import press

Asks: TypeAlias = Callable[[Dialogue, Scene], tuple[Ask, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a dialogue asks, in order, and its end: an act, or a turn that says why not.

    `top` is the first line of each question. `on_case` False: the form is about no case.
    """

    asks: Asks
    finish: Callable[[Dialogue, Scene], Act | Turn]
    top: Callable[[Dialogue, Scene], str]
    on_case: bool = True


def begin(form: Form, dialogue: Dialogue, scene: Scene) -> Turn:
    """Return the form's first question as a message of its own, or its act when it asks nothing.

    A draft of something else that already holds words is not lost in silence: a one-tap act
    leaves it where it is, another dialogue asks first (row 37).
    """
    other = scene.dialogue
    is_kept = other is not None and _holds_words(other) and not _is_same(other, dialogue)
    started = replace(dialogue, began_at=scene.now)
    if _open_ask(form.asks(started, scene), started.values) is None:
        ended = _ended(form, started, scene)
        return replace(ended, dialogue=KEEP) if is_kept and ended.act is not None else ended
    return _two_at_once(scene) if is_kept else _next(form, started, scene, is_pressed=False)


def _is_same(one: Dialogue, other: Dialogue) -> bool:
    return (one.kind, one.case, one.step, one.answer) == (
        other.kind,
        other.case,
        other.step,
        other.answer,
    )


_SAID_BEFORE: Final = frozenset({"done_at"})
"""Kept for the answer that comes next: no words that could be lost."""


def _holds_words(dialogue: Dialogue) -> bool:
    return any(
        isinstance(value, str | list) and value
        for key, value in dialogue.values.items()
        if not key.startswith("_") and key not in _SAID_BEFORE
    )


def _two_at_once(scene: Scene) -> Turn:
    rows = (
        (
            press(plain(scene.language, "press-resume"), Intent(verb=Verb.RESUME)),
            press(plain(scene.language, "press-discard"), Intent(verb=Verb.DISCARD)),
        ),
    )
    return Turn(screens=(Screen(html=say(scene.language, "two-at-once"), rows=rows),))


def proceed(form: Form, dialogue: Dialogue, incoming: Incoming, scene: Scene) -> Turn:
    """Return what follows from a message inside the form's dialogue."""
    if form.on_case and case_for(scene, dialogue.case) is None:
        return replace(refused(scene), dialogue=None)
    is_pressed = isinstance(incoming, Pressed)
    asks = form.asks(dialogue, scene)
    if isinstance(incoming, Pressed):
        verb = incoming.intent.verb
        if verb in (Verb.CANCEL, Verb.DISCARD):
            return cancelled(scene)
        if verb is Verb.RESUME:
            return _next(form, dialogue, scene, is_pressed=True)
        if verb is Verb.BACK:
            return _back(form, dialogue, asks, scene)
    ask = _open_ask(asks, dialogue.values)
    if ask is None:
        return _ended(form, dialogue, scene)
    taken = take(ask, dialogue.values, incoming, scene)
    if isinstance(taken, Again):
        return _asked_again(form, dialogue, ask, taken, scene, is_pressed=is_pressed)
    values = settle(dialogue.values, ask, taken.value)
    turn = _next(form, replace(dialogue, values=values), scene, is_pressed=is_pressed)
    return (
        replace(turn, screens=(Screen(html=taken.notice), *turn.screens)) if taken.notice else turn
    )


def cancelled(scene: Scene) -> Turn:
    """Return the end of a dialogue that changes nothing."""
    return Turn(edit=Screen(html=say(scene.language, "cancelled")), dialogue=None)


def _open_ask(asks: tuple[Ask, ...], values: Values) -> Ask | None:
    return next((ask for ask in asks if ask.id not in values), None)


def _next(form: Form, dialogue: Dialogue, scene: Scene, *, is_pressed: bool) -> Turn:
    ask = _open_ask(form.asks(dialogue, scene), dialogue.values)
    if ask is None:
        return _ended(form, dialogue, scene)
    asked = replace(dialogue, asking=ask.id)
    screen = ask_screen(ask, dialogue.values, scene, top=form.top(dialogue, scene))
    return _shown(screen, asked, is_pressed=is_pressed)


def _shown(screen: Screen, dialogue: Dialogue, *, is_pressed: bool) -> Turn:
    if is_pressed:
        return Turn(edit=screen, dialogue=dialogue)
    return Turn(screens=(screen,), dialogue=dialogue)


def _ended(form: Form, dialogue: Dialogue, scene: Scene) -> Turn:
    came = form.finish(dialogue, scene)
    if isinstance(came, Turn):
        return came if isinstance(came.dialogue, Dialogue) else replace(came, dialogue=None)
    return Turn(act=came, dialogue=None)


def _back(form: Form, dialogue: Dialogue, asks: tuple[Ask, ...], scene: Scene) -> Turn:
    values, was_answered = unsettle(dialogue.values, asks, dialogue.asking)
    if not was_answered:
        return cancelled(scene)
    return _next(form, replace(dialogue, values=values), scene, is_pressed=True)


def _asked_again(
    form: Form, dialogue: Dialogue, ask: Ask, again: Again, scene: Scene, *, is_pressed: bool
) -> Turn:
    kept: dict[str, Any] = {k: v for k, v in dialogue.values.items() if not k.startswith("_")}
    values = {**kept, **again.drafts}
    screen = ask_screen(ask, values, scene, top=form.top(dialogue, scene), notice=again.notice)
    asked = replace(dialogue, values=values, asking=ask.id)
    return _shown(screen, asked, is_pressed=is_pressed)

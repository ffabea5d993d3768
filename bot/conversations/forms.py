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
from bot.conversations.ask import Again, Ask, Got, Values
from bot.conversations.dates import DRAFTS
from bot.conversations.fields import REST, ask_screen, is_skippable, settle, take, unsettle
from bot.conversations.scene import KEEP, Dialogue, Incoming, Pressed, Scene, Turn
from bot.screen import Intent, Key, Press, Screen, Verb
from bot.texts import Markup, plain, say
from bot.views.words import press

Asks: TypeAlias = Callable[[Dialogue, Scene], tuple[Ask, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a dialogue asks, in order, and its end: an act, or a turn that says why not.

    `top` is the first line of each question. `on_case` False: the form is about no case.
    `before` is the screen that a form took the place of, where it did: it comes back when the
    form is left. `echoes`: what comes of it says back itself what was read, and changes nothing.
    """

    asks: Asks
    finish: Callable[[Dialogue, Scene], Act | Turn]
    top: Callable[[Dialogue, Scene], str]
    on_case: bool = True
    before: Callable[[Dialogue, Scene], Screen | None] | None = None
    echoes: bool = False


def begin(form: Form, dialogue: Dialogue, scene: Scene, *, in_place: bool = False) -> Turn:
    """Return the form's first question as a message of its own, or its act when it asks nothing.

    `in_place`: the question takes the place of the pressed message.

    A draft of something else that already holds words is not lost in silence: a one-tap act
    leaves it where it is, another dialogue asks first (row 37).
    """
    other = scene.dialogue
    is_kept = other is not None and holds_words(other) and not _is_same(other, dialogue)
    started = replace(dialogue, began_at=scene.now)
    if _open_ask(form.asks(started, scene), started.values) is None:
        ended = _ended(form, started, scene)
        return replace(ended, dialogue=KEEP) if is_kept and ended.act is not None else ended
    return two_at_once(scene) if is_kept else _next(form, started, scene, is_pressed=in_place)


def _is_same(one: Dialogue, other: Dialogue) -> bool:
    return (one.kind, one.case, one.step, one.answer) == (
        other.kind,
        other.case,
        other.step,
        other.answer,
    )


_SAID_BEFORE: Final = frozenset({"done_at"})
"""Kept for the answer that comes next: no words that could be lost."""


def holds_words(dialogue: Dialogue) -> bool:
    """Return whether something was said in it already that would be lost."""
    return any(
        isinstance(value, str | list) and value
        for key, value in dialogue.values.items()
        if not key.startswith("_") and key not in _SAID_BEFORE
    )


def two_at_once(scene: Scene) -> Turn:
    """Return what stands open, to go on with or to throw away, before something else begins."""
    rows = (
        (
            press(plain(scene.language, "press-resume"), Intent(verb=Verb.RESUME)),
            press(plain(scene.language, "press-discard"), Intent(verb=Verb.DISCARD), "danger"),
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
            return _left(form, dialogue, scene)
        if verb is Verb.RESUME:
            return _next(form, dialogue, scene, is_pressed=True)
        if verb is Verb.BACK:
            return _back(form, dialogue, asks, scene)
    ask = _open_ask(asks, dialogue.values)
    if ask is None:
        return _ended(form, dialogue, scene)
    if isinstance(incoming, Pressed) and _is_anothers(incoming.intent, dialogue, ask):
        return Turn(toast=plain(scene.language, "no-dialogue"))
    if isinstance(incoming, Pressed) and incoming.intent.arg == REST:
        skipped = _without_the_rest(form, dialogue, scene)
        if skipped is not None:
            return _next(form, skipped, scene, is_pressed=True)
    taken = take(ask, dialogue.values, incoming, scene)
    if isinstance(taken, Again):
        return _asked_again(form, dialogue, ask, taken, scene, is_pressed=is_pressed)
    return _settled(form, dialogue, ask, taken, scene, is_pressed=is_pressed)


def _without_the_rest(form: Form, dialogue: Dialogue, scene: Scene) -> Dialogue | None:
    """Return the dialogue with all that is left skipped; None when some of it is needed."""
    while (ask := _open_ask(form.asks(dialogue, scene), dialogue.values)) is not None:
        if not is_skippable(ask):
            return None
        dialogue = replace(dialogue, values=settle(dialogue.values, ask, None))
    return dialogue


def _is_last(form: Form, dialogue: Dialogue, ask: Ask, scene: Scene) -> bool:
    """Return whether nothing follows the question that could be skipped along with it."""
    if not is_skippable(ask) or not DRAFTS.isdisjoint(dialogue.values):
        return True  # half a date is not thrown away with the rest
    after = replace(dialogue, values=settle(dialogue.values, ask, None))
    follows = _open_ask(form.asks(after, scene), after.values) is not None
    return not follows or _without_the_rest(form, after, scene) is None


def _settled(
    form: Form, dialogue: Dialogue, ask: Ask, taken: Got, scene: Scene, *, is_pressed: bool
) -> Turn:
    """Go on after an answer; a typed date is said back before it counts (row 40).

    The next question says it where there is one; else it waits for a yes.
    """
    after = replace(dialogue, values=settle(dialogue.values, ask, taken.value))
    notice = taken.notice
    if taken.echo and not form.echoes:
        if _open_ask(form.asks(after, scene), after.values) is None:
            again = Again(
                drafts={"_echo": taken.value},
                notice=say(scene.language, "date-right", date=Markup(taken.echo)),
            )
            return _asked_again(form, dialogue, ask, again, scene, is_pressed=is_pressed)
        if not ask.id.startswith("items."):  # their list says it
            echo = say(scene.language, "date-noted", date=Markup(taken.echo))
            return _next(form, after, scene, is_pressed=is_pressed, notice=echo)
    turn = _next(form, after, scene, is_pressed=is_pressed)
    return replace(turn, screens=(Screen(html=notice), *turn.screens)) if notice else turn


def _is_anothers(intent: Intent, dialogue: Dialogue, ask: Ask) -> bool:
    """Return whether a button stood under another question: an old page of a calendar."""
    if intent.verb not in _ASKED or intent.step is None:
        return False
    return (intent.step, intent.case) != (ask.id, dialogue.case)


_ASKED: Final = frozenset({Verb.PICK, Verb.DONE, Verb.SKIP})


def _stamped(screen: Screen, dialogue: Dialogue, ask: Ask) -> Screen:
    """Return the screen, each button knowing the question that it stands under."""

    def stamped(key: Key) -> Key:
        if not isinstance(key, Press) or key.intent.verb not in _ASKED:
            return key
        return replace(key, intent=replace(key.intent, step=ask.id, case=dialogue.case))

    return replace(screen, rows=tuple(tuple(stamped(key) for key in row) for row in screen.rows))


def _left(form: Form, dialogue: Dialogue, scene: Scene) -> Turn:
    before = form.before(dialogue, scene) if form.before is not None else None
    if before is None:
        return cancelled(scene)
    return Turn(edit=before, toast=plain(scene.language, "cancelled"), dialogue=None)


def cancelled(scene: Scene) -> Turn:
    """Return the end of a dialogue that changes nothing."""
    return Turn(edit=Screen(html=say(scene.language, "cancelled")), dialogue=None)


def _open_ask(asks: tuple[Ask, ...], values: Values) -> Ask | None:
    return next((ask for ask in asks if ask.id not in values), None)


def _next(
    form: Form, dialogue: Dialogue, scene: Scene, *, is_pressed: bool, notice: str = ""
) -> Turn:
    ask = _open_ask(form.asks(dialogue, scene), dialogue.values)
    if ask is None:
        return _ended(form, dialogue, scene)
    asked = replace(dialogue, asking=ask.id)
    top = form.top(dialogue, scene)
    last = _is_last(form, dialogue, ask, scene)
    screen = ask_screen(ask, dialogue.values, scene, top=top, notice=notice, last=last)
    return _shown(_stamped(screen, asked, ask), asked, is_pressed=is_pressed)


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
    if not DRAFTS.isdisjoint(dialogue.values):
        kept = {key: each for key, each in dialogue.values.items() if key not in DRAFTS}
        return _next(form, replace(dialogue, values=kept), scene, is_pressed=True)
    values, was_answered = unsettle(dialogue.values, asks, dialogue.asking)
    if not was_answered:
        return _left(form, dialogue, scene)
    return _next(form, replace(dialogue, values=values), scene, is_pressed=True)


def _asked_again(
    form: Form, dialogue: Dialogue, ask: Ask, again: Again, scene: Scene, *, is_pressed: bool
) -> Turn:
    kept: dict[str, Any] = {k: v for k, v in dialogue.values.items() if not k.startswith("_")}
    values = {**kept, **again.drafts}
    asked = replace(dialogue, values=values, asking=ask.id)
    screen = ask_screen(
        ask,
        values,
        scene,
        top=form.top(dialogue, scene),
        notice=again.notice,
        last=_is_last(form, asked, ask, scene),
    )
    return _shown(_stamped(screen, asked, ask), asked, is_pressed=is_pressed)

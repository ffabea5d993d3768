"""A coordinator's security code: chosen once, and asked for before what could do the most harm.

Who took over an account, or found a screen open, has the chat but not the code (S22). Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from bot.acts import EnterCode, SetCode
from bot.conversations.access import is_coordinator, member_of, refused
from bot.conversations.forms import cancelled, holds_words, two_at_once
from bot.conversations.outcome import Outcome, Performed
from bot.conversations.scene import Dialogue, Handed, Incoming, Ordered, Pressed, Said, Scene, Turn
from bot.reading.codes import is_easy, read_code
from bot.screen import Intent, Verb, from_codes, to_codes
from bot.texts import plain
from bot.views.second_step import asked_screen, barred_screen, right_screen, set_screen
from scheduler.decision import Refused

KIND: Final = "code"


def order_code(rest: str, scene: Scene) -> Turn:
    """Choose a code, or another one: then the old one comes first, also while it holds: whoever
    shares the account in those ten minutes must not be able to keep it (S22).
    """
    if not is_coordinator(scene):
        return refused(scene)
    state = scene.look.code(member_of(scene).id)
    if state == "barred":
        return _barred(scene)
    return _ask("new" if state == "none" else "old", scene)


def asked_first(intent: Intent, scene: Scene) -> Turn | None:
    """Return the question for the code before what `intent` would do; None where none is due."""
    match scene.look.code(member_of(scene).id):
        case "closed":
            return _ask("enter", scene, then=to_codes(intent))
        case "barred":
            return _barred(scene)
        case _:
            return None


def _ask(asking: str, scene: Scene, *, notice: str = "", **kept: object) -> Turn:
    if scene.dialogue is not None and holds_words(scene.dialogue):
        return two_at_once(scene)
    dialogue = Dialogue(kind=KIND, asking=asking, values=kept, began_at=scene.now)
    return Turn(screens=(asked_screen(asking, scene.language, notice),), dialogue=dialogue)


def _barred(scene: Scene) -> Turn:
    until = scene.look.code_barred_until(member_of(scene).id)
    screen = barred_screen(until or scene.now, scene.team.days, scene.language, scene.now)
    return Turn(screens=(screen,), dialogue=None)


def proceed(dialogue: Dialogue, incoming: Incoming, scene: Scene) -> Turn:
    """Return what follows on what was typed; whatever it was, it goes from the chat at once."""
    match incoming:
        case Pressed(intent=intent) if intent.verb in (Verb.CANCEL, Verb.DISCARD):
            return cancelled(scene)
        case Pressed():
            return Turn(toast=plain(scene.language, "no-dialogue"))
        case Said(text=text):
            return replace(_typed(text, dialogue, scene), takes_away=True)
        case Handed() | Ordered():
            return _again(dialogue, scene, "six")


def _typed(text: str, dialogue: Dialogue, scene: Scene) -> Turn:
    code = read_code(text)
    if code is None:
        return _again(dialogue, scene, "six")
    match dialogue.asking:
        case "new" if is_easy(code):
            return _again(dialogue, scene, "easy")
        case "new":
            return _ask("again", scene, _code=code)
        case "again" if code != dialogue.values["_code"]:
            return _ask("new", scene, notice="not-same")
        case "again":
            return Turn(act=SetCode(code=code), dialogue=None)
        case _:
            return Turn(act=EnterCode(code=code))


def _again(dialogue: Dialogue, scene: Scene, notice: str) -> Turn:
    return Turn(screens=(asked_screen(dialogue.asking, scene.language, notice),))


def is_stray(incoming: Said | Handed, scene: Scene) -> bool:
    """Return whether somebody types a code that nobody asked for: it must not stay in the chat."""
    is_code = isinstance(incoming, Said) and read_code(incoming.text) is not None
    return is_code and scene.look.code(member_of(scene).id) != "none"


def respond(act: SetCode | EnterCode, outcome: Outcome, scene: Scene) -> Turn:
    """Return that the code is set; that it was right, and the way on; or that it was wrong."""
    if isinstance(act, SetCode):
        if isinstance(outcome, Refused):
            return refused(scene)
        return Turn(screens=(set_screen(scene.language),))
    asked = scene.dialogue
    if asked is None or (isinstance(outcome, Refused) and outcome.reason == "barred"):
        return _barred(scene)
    if not isinstance(outcome, Performed):
        left = scene.look.code_tries(member_of(scene).id)
        screen = asked_screen(asked.asking, scene.language, "wrong", left=left)
        return Turn(screens=(screen,))
    if asked.asking == "old":
        return _ask("new", scene)
    then = from_codes(asked.values["then"])
    until = outcome.values["until"]
    screen = right_screen(then, until, scene.team.days, scene.language, scene.now)
    return Turn(screens=(screen,), dialogue=None)


COMMANDS: Final[Mapping[str, Callable[[str, Scene], Turn]]] = MappingProxyType(
    {"code": order_code}
)

"""The doors of the conversations: each room says which verbs, commands and dialogues are its own.

Only opens the right one; what a verb means nobody but its room knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, assert_never

from bot.acts import (
    Act,
    AddToReport,
    AskSupport,
    EnterCode,
    Export,
    FileReport,
    HandOn,
    KeepLonger,
    LeaveTeam,
    PlanVisit,
    SetCode,
    SetLanguage,
    SetLeaflet,
    TellVisit,
)
from bot.conversations import (
    answer,
    away,
    coordinator,
    exporting,
    figures,
    followup,
    group,
    intake,
    leave,
    leaving,
    lists,
    member,
    note,
    notes,
    picture,
    privacy,
    replies,
    reporter,
    second_step,
    visits,
    worker,
)
from bot.conversations.access import is_coordinator, is_on_team, refused
from bot.conversations.command_names import own_name
from bot.conversations.forms import Form, cancelled, proceed
from bot.conversations.numbers import says_anything, without_numbers
from bot.conversations.outcome import Outcome
from bot.conversations.scene import (
    Dialogue,
    Handed,
    Incoming,
    Ordered,
    Pressed,
    Said,
    Scene,
    Turn,
)
from bot.screen import Intent, Screen, Verb
from bot.texts import plain, say

__all__ = ["converse", "converse_group", "respond"]

PressOf = Callable[[Intent, Scene], Turn]

PRESSES: Final[Mapping[Verb, PressOf]] = MappingProxyType(
    {
        **worker.PRESSES,
        **coordinator.PRESSES,
        **lists.PRESSES,
        **figures.PRESSES,
        **away.PRESSES,
        **leave.PRESSES,
        **leaving.PRESSES,
        **exporting.PRESSES,
        **picture.PRESSES,
        **privacy.PRESSES,
        **note.PRESSES,
        **visits.PRESSES,
        Verb.NOTE: notes.press_note,
    }
)
"""The team's own verbs; those of reporters and newcomers are in `reporter` and `member`."""

FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        answer.KIND: answer.FORM,
        answer.EARLIER: answer.EARLIER_FORM,
        **worker.FORMS,
        **coordinator.FORMS,
        **away.FORMS,
        **leave.FORMS,
        **visits.FORMS,
    }
)
"""The team's dialogues by their kind."""

COMMANDS: Final[Mapping[str, lists.Order]] = MappingProxyType(
    {
        **lists.COMMANDS,
        **figures.COMMANDS,
        **exporting.COMMANDS,
        **picture.COMMANDS,
        **privacy.COMMANDS,
        **second_step.COMMANDS,
        **note.COMMANDS,
        "away": away.order_away,
    }
)

_IN_DIALOGUE: Final = frozenset(
    {Verb.PICK, Verb.DONE, Verb.SKIP, Verb.BACK, Verb.CANCEL, Verb.RESUME, Verb.DISCARD}
)
_REPORTERS: Final = (FileReport, AddToReport, AskSupport)


def converse(incoming: Incoming, scene: Scene) -> Turn:
    """Return what follows from a message in a private chat. A press is its owner's own."""
    kept = without_numbers(incoming, scene.dialogue)
    if kept is incoming:
        return _heard(incoming, scene)
    warning = Screen(html=say(scene.language, "number-left-out"))
    turn = _heard(kept, scene) if says_anything(kept) else _asked_again(scene)
    return replace(turn, screens=(warning, *turn.screens), takes_away=True)


def _asked_again(scene: Scene) -> Turn:
    """Return the open question of a draft as a new message: nothing was said to it."""
    draft = intake.draft_of(scene.dialogue)
    if draft is None or draft.waiting:
        return Turn()
    turn = reporter.converse(Pressed(intent=Intent(verb=Verb.RESUME)), scene)
    return Turn(screens=(turn.edit,) if turn.edit else turn.screens, dialogue=turn.dialogue)


def _heard(incoming: Incoming, scene: Scene) -> Turn:
    match incoming:
        case Pressed(intent=intent):
            return _pressed(intent, incoming, scene)
        case Ordered():
            return _ordered(incoming, scene)
        case Said() | Handed():
            return _spoken(incoming, scene)
        case _:
            assert_never(incoming)


def converse_group(incoming: Incoming, scene: Scene, chat_id: int) -> Turn:
    """Return what follows from a message in the team channel."""
    return group.converse(incoming, scene, chat_id)


def respond(act: Act, outcome: Outcome, scene: Scene) -> Turn:
    """Return what the person reads after their act was performed or refused."""
    if isinstance(act, HandOn):
        return leaving.handed_on(act, outcome, scene)
    if isinstance(act, _REPORTERS):
        return reporter.respond(act, outcome, scene)
    if isinstance(act, Export):
        return exporting.respond(act, outcome, scene)
    if isinstance(act, KeepLonger):
        return privacy.respond(act, outcome, scene)
    if isinstance(act, SetCode | EnterCode):
        return second_step.respond(act, outcome, scene)
    if isinstance(act, SetLeaflet):
        return note.respond(act, outcome, scene)
    if isinstance(act, PlanVisit | TellVisit):
        return visits.respond(act, outcome, scene)
    if type(act) in replies.TAKES and not _is_anyones(act, scene):
        return replies.respond(act, outcome, scene)
    return member.respond(act, outcome, scene)


def _is_anyones(act: Act, scene: Scene) -> bool:
    """Return whether the act is one of `member`'s: one's own language, leaving by oneself."""
    me = scene.member
    own_leave = isinstance(act, LeaveTeam) and me is not None and act.person == me.id
    return own_leave or isinstance(act, SetLanguage)


# Presses


def _pressed(intent: Intent, incoming: Incoming, scene: Scene) -> Turn:
    verb = intent.verb
    if verb is Verb.NOTHING:
        return worker.nothing(intent, scene)
    if verb in _IN_DIALOGUE:
        return _in_dialogue(incoming, scene)
    if verb in reporter.VERBS:
        return reporter.converse(incoming, scene)
    if verb in member.VERBS:
        return member.converse(incoming, scene)
    press = PRESSES.get(verb)
    if press is None or not is_on_team(scene):
        return refused(scene)
    return press(intent, scene)


def _in_dialogue(incoming: Incoming, scene: Scene) -> Turn:
    dialogue = scene.dialogue
    if dialogue is None:
        if not is_on_team(scene):
            return reporter.converse(incoming, scene)
        return Turn(toast=plain(scene.language, "no-dialogue"))
    return _going_on(dialogue, incoming, scene)


def _going_on(dialogue: Dialogue, incoming: Incoming, scene: Scene) -> Turn:
    if dialogue.kind in reporter.DIALOGUES:
        return reporter.converse(incoming, scene)
    if dialogue.kind in member.DIALOGUES:
        return member.converse(incoming, scene)
    is_coordinators = dialogue.kind == second_step.KIND or dialogue.kind in coordinator.FORMS
    is_theirs = not is_coordinators or is_coordinator(scene)
    if not is_on_team(scene) or not is_theirs:  # the right may be gone since it was begun
        return replace(refused(scene), dialogue=None)
    if dialogue.kind == second_step.KIND:
        return second_step.proceed(dialogue, incoming, scene)
    if dialogue.kind == note.KIND:
        return note.proceed_leaflet(dialogue, incoming, scene)
    if dialogue.kind == notes.KIND:
        return notes.proceed_note(dialogue, incoming, scene)
    if dialogue.kind == followup.KIND:
        return followup.proceed_followup(dialogue, incoming, scene)
    form = FORMS.get(dialogue.kind)
    if form is None:
        return Turn(toast=plain(scene.language, "no-dialogue"), dialogue=None)
    if dialogue.kind == answer.EARLIER and dialogue.asking == "answer":
        return _after_earlier(dialogue, incoming, scene)
    return proceed(form, dialogue, incoming, scene)


def _after_earlier(dialogue: Dialogue, incoming: Incoming, scene: Scene) -> Turn:
    """The moment is known and an answer is awaited: a text is not one."""
    if isinstance(incoming, Pressed) and incoming.intent.verb in (Verb.CANCEL, Verb.DISCARD):
        return cancelled(scene)
    return answer.earlier_said(dialogue, scene)


# Commands


def _ordered(order: Ordered, scene: Scene) -> Turn:
    order = replace(order, name=own_name(order.name))
    name = order.name
    if name in member.COMMANDS:
        return member.converse(order, scene)
    if name == "cancel" and scene.dialogue is not None:
        # a reporter's draft is theirs to throw away, by its own button
        if scene.dialogue.kind in reporter.DIALOGUES:
            return reporter.converse(order, scene)
        return Turn(screens=(Screen(html=say(scene.language, "cancelled")),), dialogue=None)
    if name in reporter.COMMANDS:
        return reporter.converse(order, scene)
    known = COMMANDS.get(name)
    if known is None:
        return member.converse(Ordered(name="help", rest=""), scene)
    return known(order.rest, scene) if is_on_team(scene) else refused(scene)


# Texts and files


def _spoken(incoming: Said | Handed, scene: Scene) -> Turn:
    if scene.dialogue is not None:
        return _going_on(scene.dialogue, incoming, scene)
    if is_on_team(scene):
        turn = notes.loose(incoming, scene)
        return replace(turn, takes_away=second_step.is_stray(incoming, scene))
    return reporter.converse(incoming, scene)

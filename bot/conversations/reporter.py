"""Reporting in conversation: one free message or one question at a time, then a receipt.

Pure: (scene, incoming) → turn. A frightened person is never blocked and never loses a word; what
must not be kept (national numbers) is left out and said so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, assert_never

from bot.acts import Act, AddToReport, AskSupport, FileReport
from bot.conversations import drafting, intake, own_reports
from bot.conversations.asking import (
    ask,
    busy,
    dialogue_of,
    free,
    gone,
    is_greeting,
    new_draft,
    opened,
    own,
    recognised,
    show,
    tell,
    with_waiting,
)
from bot.conversations.outcome import Decided, Outcome
from bot.conversations.reporter_files import ALBUM_LASTS, handed_in
from bot.conversations.scene import (
    KEEP,
    Dialogue,
    Handed,
    Incoming,
    Ordered,
    Pressed,
    Said,
    Scene,
    Turn,
)
from bot.reading.words import is_blank
from bot.screen import Intent, Screen, Verb
from bot.texts import say
from bot.views import reports
from scheduler.decision import Kind, Refused

VERBS: Final = frozenset(
    {
        Verb.REPORT,
        Verb.CHANGE_LINE,
        Verb.SEND,
        Verb.MY_REPORTS,
        Verb.ADD,
        Verb.AFTERWARDS,
        Verb.ABOUT,
        Verb.SUPPORT,
    }
)
"""Presses that are a reporter's in any dialogue; the others go by the dialogue's kind."""


COMMANDS: Final = frozenset({"report", "reports", "about", "support"})


SUPPORT: Final = "support"


DIALOGUES: Final = frozenset({intake.KIND, own_reports.ADDING, SUPPORT})
"""The kinds of dialogue that are a reporter's."""


def converse(incoming: Incoming, scene: Scene) -> Turn:
    """Return what follows for a stranger or member who reports; see `VERBS`, `DIALOGUES`."""
    if not may_report(scene):
        closed = reports.closed_line_screen(scene.team, scene.language)
        return Turn(screens=(closed,), dialogue=None)
    draft = intake.draft_of(scene.dialogue)
    if draft is not None and intake.is_expired(draft, scene.team.days.day_of(scene.now)):
        return _after_expiry(incoming, scene)
    match incoming:
        case Said():
            return _said(incoming, scene)
        case Pressed(intent=intent):
            return _pressed(intent, scene)
        case Ordered():
            return _ordered(incoming, scene)
        case Handed():
            return handed_in(incoming, scene)
        case _:
            assert_never(incoming)


def home(scene: Scene) -> Turn:
    """Return what a reporter or stranger sees first: the welcome, or their draft left open."""
    if not may_report(scene):
        return Turn(screens=(reports.closed_line_screen(scene.team, scene.language),))
    draft = intake.draft_of(scene.dialogue)
    if draft is not None and not draft.is_empty:
        return Turn(screens=(reports.resume_screen(draft, scene.language),))
    has_reports = bool(own(scene))
    screen = reports.welcome_screen(scene.team, scene.language, has_reports=has_reports)
    return Turn(screens=(screen,), dialogue=None)


def in_language(scene: Scene, language: str) -> Scene:
    """Return the scene as it is in another language."""
    member = replace(scene.member, language=language) if scene.member else None
    return replace(scene, language=language, member=member)


def asked_again(scene: Scene) -> Turn:
    """Return the open draft's present question once more (its language has changed)."""
    here = opened(scene)
    return ask(here.draft, here.asking, scene)


def respond(act: Act, outcome: Outcome, scene: Scene) -> Turn:
    """Return what the person sees after FileReport, AddToReport or AskSupport."""
    language = scene.language
    match act:
        case FileReport() if isinstance(outcome, Refused):
            screen = reports.told_screen(language, "reporter-not-sent")
            return Turn(screens=(screen,), dialogue=scene.dialogue or KEEP)
        case FileReport():
            sent = reports.sent_screen(language, is_cleared=scene.team.clear_reports)
            return Turn(edit=sent, screens=_receipt(outcome, scene))
        case AddToReport():
            return own_reports.added(act, outcome, scene)
        case AskSupport() if not isinstance(outcome, Refused):
            return tell(scene, "reporter-support-passed")
        case _:
            return tell(scene, "refused")


def _receipt(outcome: Outcome, scene: Scene) -> tuple[Screen, ...]:
    """Return the receipt where the engine has not already written one to this person."""
    if not isinstance(outcome, Decided) or scene.member is None:
        return ()
    me = scene.member.id
    messages = outcome.decision.messages
    if any(each.kind is Kind.RECEIPT and each.to == me for each in messages):
        return ()
    view = scene.look.case(outcome.case)
    if view is None:
        return ()
    return (reports.receipt_screen(view, scene.member, scene.team, scene.now),)


def may_report(scene: Scene) -> bool:
    """Return whether the person may report: anyone, or only who was invited (design 6)."""
    if scene.team.intake_open:
        return True
    return scene.member is not None and scene.member.state == "active"


def _after_expiry(incoming: Incoming, scene: Scene) -> Turn:
    """Treat what came as fresh, and say that the old draft is gone (row 37)."""
    gone = reports.told_screen(scene.language, "reporter-draft-expired")
    turn = converse(incoming, replace(scene, dialogue=None))
    screens = (*turn.screens, *((turn.edit,) if turn.edit else ()))
    dialogue = None if turn.dialogue is KEEP else turn.dialogue
    return replace(turn, edit=None, screens=(gone, *screens), dialogue=dialogue)


def _ordered(order: Ordered, scene: Scene) -> Turn:
    match order.name:
        case "reports":
            return own_reports.my_reports(scene)
        case "about":
            return Turn(screens=(reports.about_screen(scene.team, scene.language),))
        case "support":
            return _support(scene)
        case "report":
            return drafting.begin(Intent(verb=Verb.REPORT), scene)
        case _:
            return drafting.cancelled(scene)


def _pressed(intent: Intent, scene: Scene) -> Turn:
    match intent.verb:
        case Verb.REPORT:
            return drafting.begin(intent, scene)
        case Verb.MY_REPORTS:
            return own_reports.my_reports(scene, intent)
        case Verb.ABOUT:
            return Turn(screens=(reports.about_screen(scene.team, scene.language),))
        case Verb.SUPPORT:
            return _support(scene)
        case Verb.ADD:
            return own_reports.add(intent, scene)
        case Verb.AFTERWARDS:
            return own_reports.afterwards(intent, scene)
        case _:
            pass
    kind = scene.dialogue.kind if scene.dialogue else None
    if kind == intake.KIND:
        return drafting.pressed(intent, scene)
    if kind == own_reports.ADDING:
        return own_reports.pressed_in_adding(intent, scene)
    if kind == SUPPORT and intent.verb is Verb.CANCEL:
        return gone(scene)
    return Turn(toast=str(say(scene.language, "reporter-no-draft")))


def _said(said: Said, scene: Scene) -> Turn:
    if own_reports.is_over(scene, ALBUM_LASTS):
        scene = replace(scene, dialogue=None)
    kind = scene.dialogue.kind if scene.dialogue else None
    if is_blank(said.text):
        return tell(scene, "reporter-write")
    if kind == intake.KIND:
        return drafting.said(said.text, scene)
    if kind == own_reports.ADDING:
        return own_reports.said_in_adding(said.text, scene)
    if kind == SUPPORT:
        return _ask_support(said.text, scene)
    mine = own(scene)
    if said.reply_to_case is not None and any(view.id == said.reply_to_case for view in mine):
        return own_reports.add_text(said.reply_to_case, said.text, scene)
    found = recognised(said.text, scene)
    if is_greeting(found):
        return home(scene)
    open_ones = [view for view in mine if view.case.closed_at is None]
    if open_ones:
        draft = with_waiting(new_draft(scene), said.text)
        screen = reports.which_screen(open_ones, scene.language, ())
        return Turn(screens=(screen,), dialogue=dialogue_of(draft, intake.WHICH, scene))
    return free(new_draft(scene), said.text, scene)


def _support(scene: Scene) -> Turn:
    other = busy(scene)
    if other is not None:
        return other
    draft = intake.draft_of(scene.dialogue)
    if draft is not None and not draft.is_empty:
        return show(reports.resume_screen(draft, scene.language))
    dialogue = Dialogue(kind=SUPPORT, asking="text", began_at=scene.now)
    return Turn(screens=(reports.support_screen(scene.team, scene.language),), dialogue=dialogue)


def _ask_support(text: str, scene: Scene) -> Turn:
    return Turn(act=AskSupport(text=text), dialogue=None)

"""Coming in, being let in, language, help and leaving: what anyone may do, whatever their role."""

from __future__ import annotations

import re
from typing import Final, assert_never

from bot.acts import Act, ConfirmGroup, DecideMember, LeaveTeam, RedeemInvite, SetLanguage
from bot.conversations import intake, lists, reporter
from bot.conversations.access import is_coordinator, is_on_team, refused
from bot.conversations.outcome import Outcome, Performed
from bot.conversations.scene import (
    LANGUAGES,
    Dialogue,
    Handed,
    Incoming,
    Ordered,
    Pressed,
    Said,
    Scene,
    Turn,
)
from bot.conversations.second_step import asked_first
from bot.reading.words import fold
from bot.screen import Intent, Screen, Verb
from bot.texts import plain, say
from bot.views import members, words
from bot.views.leaving import start_key
from scheduler.decision import Refused

VERBS: Final = frozenset(
    {
        Verb.LANGUAGE,
        Verb.CONFIRM_MEMBER,
        Verb.REFUSE_MEMBER,
        Verb.CONFIRM_GROUP,
    }
)

COMMANDS: Final = frozenset({"", "@", "start", "help", "language", "settings", "leave"})
"""`""` is a bare slash (help), `"@"` a command for another bot (ignored). Source: row 19."""

LEAVING: Final = "leaving"
DIALOGUES: Final = frozenset({LEAVING})

CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a deep link can hold (S7)."""


def converse(incoming: Incoming, scene: Scene) -> Turn:
    """Return what follows for anyone, stranger included; see `VERBS`, `COMMANDS`, `DIALOGUES`."""
    match incoming:
        case Ordered():
            return _ordered(incoming, scene)
        case Pressed(intent=intent):
            return _pressed(intent, scene)
        case Said(text=text):
            return _leave_said(text, scene)
        case Handed():
            return Turn()
        case _:
            assert_never(incoming)


def respond(act: Act, outcome: Outcome, scene: Scene) -> Turn:
    """Return what the person sees after RedeemInvite, DecideMember, ConfirmGroup, SetLanguage.

    Expects in `Performed.values`: RedeemInvite `waiting` (True until a coordinator confirms);
    DecideMember `accepted`, and `name` and `role` of who came in.
    """
    language = scene.language
    match act:
        case RedeemInvite():
            return _redeemed(outcome, scene)
        case DecideMember(accepted=accepted):
            return _member_decided(outcome, scene, accepted=accepted)
        case ConfirmGroup(accepted=accepted):
            if isinstance(outcome, Refused):
                return refused(scene)
            key = "member-group-confirmed" if accepted else "member-group-left"
            return Turn(edit=Screen(html=say(language, key)))
        case SetLanguage(language=chosen):
            return _language_set(chosen, outcome, scene)
        case LeaveTeam() if isinstance(outcome, Refused):
            key = "last" if outcome.reason == "last_coordinator" else "not"
            return Turn(edit=Screen(html=say(language, f"member-leave-{key}")))
        case LeaveTeam():
            return Turn(edit=Screen(html=say(language, "member-leave-farewell")))
        case _:
            return refused(scene)


# Commands


def _ordered(order: Ordered, scene: Scene) -> Turn:
    match order.name:
        case "@":
            return Turn()
        case "start" if order.rest:
            return _redeem(order.rest, scene)
        case "start":
            return home(scene)
        case "language":
            return _language(Intent(verb=Verb.LANGUAGE, arg=_tag(order.rest)), scene)
        case "settings":
            screen = members.settings_screen(scene.member, scene.team, scene.language)
            return Turn(screens=(screen,))
        case "leave":
            return leave(scene)
        case _:
            return _help(scene)


def home(scene: Scene) -> Turn:
    """Return the first screen: a team member's help, a reporter's or stranger's welcome."""
    member = scene.member
    if member is not None and member.state not in ("active", "left"):
        return Turn(screens=(members.waiting_screen(scene.team, scene.language),))
    if is_on_team(scene):
        return _help(scene)
    return reporter.home(scene)


def _help(scene: Scene) -> Turn:
    if is_on_team(scene):
        return lists.order_help("", scene)
    if not reporter.may_report(scene):
        return reporter.home(scene)
    return Turn(screens=(members.help_screen(scene.language),))


def _redeem(code: str, scene: Scene) -> Turn:
    """Hand a code of the right shape over; any other gets the same text as a wrong one."""
    if CODE.fullmatch(code) is None:
        return Turn(screens=(members.link_invalid_screen(scene.language),))
    return Turn(act=RedeemInvite(code=code))


def _redeemed(outcome: Outcome, scene: Scene) -> Turn:
    if not isinstance(outcome, Performed):
        return Turn(screens=(members.link_invalid_screen(scene.language),))
    if outcome.values.get("waiting"):
        return Turn(screens=(members.waiting_screen(scene.team, scene.language),))
    if scene.member is None:
        return Turn(screens=(Screen(html=say(scene.language, "member-joined")),))
    welcome = members.welcome_member_screen(scene.member, scene.team)
    return Turn(screens=(welcome,), dialogue=None)


# Presses


def _pressed(intent: Intent, scene: Scene) -> Turn:
    match intent.verb:
        case Verb.LANGUAGE:
            return _language(intent, scene)
        case Verb.CONFIRM_MEMBER | Verb.REFUSE_MEMBER:
            if not is_coordinator(scene) or intent.person is None:
                return refused(scene)
            accepted = intent.verb is Verb.CONFIRM_MEMBER
            code_asked = asked_first(intent, scene) if accepted else None
            return code_asked or Turn(act=DecideMember(person=intent.person, accepted=accepted))
        case Verb.CONFIRM_GROUP:
            return _group(intent, scene)
        case Verb.PICK | Verb.CANCEL if _is_leaving(scene):
            return _leave_answered(scene, sure=intent.arg == "yes")
        case _:
            return refused(scene)


def _group(intent: Intent, scene: Scene) -> Turn:
    chat = intent.arg or ""
    if not is_coordinator(scene) or not re.fullmatch(r"-?[0-9]{1,19}", chat):
        return refused(scene)
    accepted = intent.step == "yes"
    code_asked = asked_first(intent, scene) if accepted else None
    return code_asked or Turn(act=ConfirmGroup(chat_id=int(chat), accepted=accepted))


def _member_decided(outcome: Outcome, scene: Scene, *, accepted: bool) -> Turn:
    if not isinstance(outcome, Performed):
        return Turn(edit=Screen(html=say(scene.language, "member-already-decided")))
    screen = members.decided_member_screen(
        str(outcome.values.get("name", "–")),
        str(outcome.values.get("role", "worker")),
        scene.language,
        accepted=accepted,
    )
    return Turn(edit=screen)


# Language


def _tag(rest: str) -> str | None:
    """Return the language that `/language en` names, None where it names none."""
    wanted = rest.strip().lower()
    exact = next((each for each in LANGUAGES if each.lower() == wanted), None)
    family = next((each for each in LANGUAGES if wanted and each.lower()[:2] == wanted), None)
    return exact or family


def _language(intent: Intent, scene: Scene) -> Turn:
    if intent.arg in LANGUAGES:
        return Turn(act=SetLanguage(language=intent.arg))
    return Turn(screens=(members.language_screen(scene.language),))


def _language_set(chosen: str, outcome: Outcome, scene: Scene) -> Turn:
    """Say it in the new language; a draft goes on where it was, in that language (row 87)."""
    if isinstance(outcome, Refused):
        return refused(scene)
    done = Screen(html=say(chosen, "member-language-set"))
    draft = intake.draft_of(scene.dialogue)
    if draft is None and not is_on_team(scene):
        again = reporter.home(reporter.in_language(scene, chosen))
        return Turn(edit=done, screens=again.screens)
    if draft is not None:
        again = reporter.asked_again(reporter.in_language(scene, chosen))
        return Turn(edit=done, screens=again.screens, dialogue=again.dialogue)
    return Turn(edit=done)


# Leaving


def leave(scene: Scene) -> Turn:
    """Ask whether the person leaves; open cases can be handed on one by one before."""
    member = scene.member
    if member is None or not is_on_team(scene):
        return refused(scene)
    buttons = tuple(
        words.press(
            plain(scene.language, f"member-button-leave-{answer}"),
            Intent(verb=Verb.PICK, step="sure", arg=answer),
            "danger" if answer == "yes" else "",
        )
        for answer in ("yes", "no")
    )
    count = scene.look.load(member.id)
    walk = ((start_key(member.id, scene.language),),) if count else ()
    html = say(scene.language, "member-leave-sure", n=count)
    screen = Screen(html=html, rows=(*walk, buttons))
    dialogue = Dialogue(kind=LEAVING, asking="sure", began_at=scene.now)
    return Turn(screens=(screen,), dialogue=dialogue)


def _is_leaving(scene: Scene) -> bool:
    return scene.dialogue is not None and scene.dialogue.kind == LEAVING


def _leave_answered(scene: Scene, *, sure: bool) -> Turn:
    if sure and scene.member is not None and is_on_team(scene):
        return Turn(act=LeaveTeam(person=scene.member.id), dialogue=None)
    return Turn(edit=Screen(html=say(scene.language, "member-leave-stay")), dialogue=None)


def _leave_said(text: str, scene: Scene) -> Turn:
    if not _is_leaving(scene):
        return _help(scene)
    if fold(text) in ("ja", "yes", "oui"):
        return _leave_answered(scene, sure=True)
    screen = Screen(html=say(scene.language, "member-leave-stay"))
    return Turn(screens=(screen,), dialogue=None)

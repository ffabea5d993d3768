"""The team's channel: a claim button, and nothing else. What is typed there is never stored.

Also what follows when the bot's or a member's place in a chat changes: values for `handle`, which
alone knows the chats.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypeAlias, assert_never

from bot.acts import HandOver
from bot.conversations.access import is_on_team
from bot.conversations.member import CODE
from bot.conversations.scene import Handed, Incoming, Ordered, Pressed, Said, Scene, Turn
from bot.incoming import MemberChanged
from bot.reading.page import Question
from bot.reading.report import recognise
from bot.reading.words import fold_name
from bot.screen import Intent, Screen, Verb
from bot.texts import plain, say
from bot.views import members
from scheduler.procedure import Role

VERBS: Final = frozenset({Verb.CLAIM})
COMMANDS: Final[frozenset[str]] = frozenset()

_PERSONAL_KINDS: Final = frozenset({"contact", "location", "live_location", "venue"})


def converse(incoming: Incoming, scene: Scene, chat_id: int) -> Turn:
    """Return what follows in the team's own channel, for a person the messenger names.

    `chat_id` is the channel. Posts of channels, bots and anonymous admins never come here
    (row 58), nor what is said in any other group: there the bot leaves (S11).
    """
    match incoming:
        case Pressed(intent=intent):
            return _pressed(intent, scene)
        case Ordered():
            return _ordered(incoming, scene)
        case Said() | Handed():
            if not is_personal(incoming, scene):
                return Turn()
            return Turn(screens=(members.personal_in_group_screen(scene.team.language),))
        case _:
            assert_never(incoming)


def _pressed(intent: Intent, scene: Scene) -> Turn:
    if intent.verb is Verb.NOTHING:
        return Turn()
    member = scene.member
    claims = intent.verb is Verb.CLAIM and intent.case is not None
    may = member is not None and is_on_team(scene) and member.role is Role.WORKER
    if not claims or not may or member is None or intent.case is None:
        return Turn(toast=plain(scene.language, "refused-short"))
    return Turn(act=HandOver(case=intent.case, to=member.id, claim=True))


def _ordered(order: Ordered, scene: Scene) -> Turn:
    """Refuse an invitation's code (row 22); for other commands point to the private chat."""
    language = scene.team.language
    if order.name == "start" and CODE.fullmatch(order.rest):
        return Turn(screens=(Screen(html=say(language, "member-group-invite")),))
    if order.name == "@" or not is_on_team(scene):
        return Turn()
    return Turn(screens=(Screen(html=say(language, "member-group-private")),))


def shown_codes(text: str) -> tuple[str, ...]:
    """Return what may be invitations' codes in what a group has read: in a link, or alone."""
    return tuple(_SHOWN.findall(text)[:SHOWN_MAX])


SHOWN_MAX: Final = 8
_SHOWN: Final = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{32}(?![A-Za-z0-9_-])")


def is_personal(incoming: Incoming, scene: Scene) -> bool:
    """Return whether it seems to name a client: then it is asked to be deleted (row 57).

    A guess on the safe side: a phone, an address, a national number, a name that is no
    colleague's, a shared contact or place. `handle` deletes it where the bot may.
    """
    match incoming:
        case Said(text=text):
            return _names_someone(text, scene)
        case Handed(kind=kind, caption=caption):
            return kind in _PERSONAL_KINDS or _names_someone(caption, scene)
        case _:
            return False


def _names_someone(text: str, scene: Scene) -> bool:
    team = scene.team
    found = recognise(
        text,
        now=scene.now,
        zone=team.days.zone,
        country=team.country,
        language=team.language,
    )
    if found.phone or found.address or found.national_numbers:
        return True
    several = {
        Question.SEVERAL_PEOPLE,
        Question.SEVERAL_ADDRESSES,
        Question.SEVERAL_PHONES,
    }
    if several & set(found.questions):
        return True
    if found.client is None:
        return False
    named = set(fold_name(found.client.value))
    return not any(named <= set(fold_name(each.name)) for each in scene.look.people())


# Places in chats


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveChat:
    """A chat that is not ours: leave it, say nothing (S11, row 53)."""

    chat_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCoordinator:
    """A coordinator put the bot into a group: ask in private whether it is the team's channel."""

    chat_id: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLost:
    """The channel cannot be used as before: tell the coordinators in private (row 55).

    `why`: removed, muted or demoted.
    """

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftGroup:
    """A member left the channel: the coordinator is asked, no right is lost by it (S8, row 56)."""

    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """The person stopped the private chat (row 59)."""

    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """The person can be written to again: what failed is tried again (row 59)."""

    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """No consequence."""


Consequence: TypeAlias = (
    LeaveChat | AskCoordinator | ChannelLost | LeftGroup | Blocked | Back | Nothing
)

INSIDE: Final = frozenset({"creator", "administrator", "member", "restricted"})
OUTSIDE: Final = frozenset({"left", "kicked"})


def placed(
    change: MemberChanged, *, channel: int | None, by_coordinator: bool, knows_user: bool
) -> Consequence:
    """Return what a change of places means.

    `channel` is the team's confirmed chat; `by_coordinator` whether `change.by_user_id` is one
    of ours; `knows_user` whether `change.user_id` is on the team.
    """
    if not change.about_me:
        left = change.old in INSIDE and change.new not in INSIDE
        if left and knows_user and change.chat_id == channel:
            return LeftGroup(user_id=change.user_id)
        return Nothing()
    if change.chat_kind == "private":
        stopped = change.new in ("kicked", "left")
        user_id = change.by_user_id
        return Blocked(user_id=user_id) if stopped else Back(user_id=user_id)
    if change.chat_id == channel:
        return _in_channel(change)
    if change.new not in INSIDE:
        return Nothing()
    if by_coordinator and change.chat_kind in ("group", "supergroup"):
        return AskCoordinator(chat_id=change.chat_id, title=change.title)
    return LeaveChat(chat_id=change.chat_id)


def _in_channel(change: MemberChanged) -> Consequence:
    if change.new not in INSIDE:
        return ChannelLost(why="removed")
    if change.new == "restricted":
        return ChannelLost(why="muted")
    if change.old in ("administrator", "creator") and change.new == "member":
        return ChannelLost(why="demoted")
    return Nothing()

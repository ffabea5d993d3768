"""The team's channel: a claim, nothing stored, nothing quoted; and the bot's place in chats."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.acts import HandOver
from bot.conversations import group
from bot.conversations.group import (
    AskCoordinator,
    Back,
    Blocked,
    ChannelLost,
    Consequence,
    LeaveChat,
    LeftGroup,
    Nothing,
)
from bot.conversations.scene import Handed, Incoming, Ordered, Said, Scene, Turn
from bot.incoming import MemberChanged
from bot.screen import Intent, Verb
from tests.bot.conversations.front_desk import AN, KARIN, LIES, Chat

CHANNEL = -100


def in_channel(incoming: Incoming, scene: Scene) -> Turn:
    return group.converse(incoming, scene, CHANNEL)


def channel(person: Any = AN) -> Chat:
    return Chat(member=person, converse=in_channel)


# Claiming


def test_worker_claims_a_case() -> None:
    """design.md §6: the first press wins; whether it is the first is for the act to find out."""
    chat = channel()
    chat.force(Intent(verb=Verb.CLAIM, case=7))
    assert chat.acts == [HandOver(case=7, to=AN.id, claim=True)]


@pytest.mark.parametrize("person", [None, LIES, KARIN, replace(AN, state="left")])
def test_nobody_else_claims(person: Any) -> None:
    """S3, S8, row 47: being in the group gives nothing; the refusal is a toast, not a post."""
    chat = channel(person)
    turn = chat.force(Intent(verb=Verb.CLAIM, case=7))
    assert not chat.acts
    assert turn.screens == ()
    assert turn.toast


@pytest.mark.parametrize(
    "intent",
    [
        Intent(verb=Verb.CLAIM),
        Intent(verb=Verb.DETAILS, case=7),
        Intent(verb=Verb.ANSWER, case=7, step="call_day1", arg="accepts_help"),
        Intent(verb=Verb.CLOSE, case=7, arg="other"),
    ],
)
def test_other_buttons_do_nothing_in_a_group(intent: Intent) -> None:
    """privacy.md: details and answers live in private chats only."""
    chat = channel()
    turn = chat.force(intent)
    assert not chat.acts
    assert turn.screens == ()


# What is typed


@pytest.mark.parametrize(
    "incoming",
    [
        Said(text="Marc Verlinden woont in de Kerkstraat 12, Weelde"),
        Said(text="zijn nummer is 0470 00 01 12"),
        Said(text="Kerkstraat 12, Weelde"),
        Said(text="rijksregister 85.07.30-033.28"),
        Said(text="Huurachterstal: Marc Verlinden en Greta Maes"),
        Handed(kind="contact"),
        Handed(kind="location"),
        Handed(
            kind="photo", file_id="f", caption="brief van Marc Verlinden, Kerkstraat 12 Weelde"
        ),
    ],
)
def test_personal_things_are_asked_to_be_deleted_without_a_quote(incoming: Incoming) -> None:
    """Row 57: not stored, asked to be deleted; nothing of it is repeated."""
    chat = channel()
    turn = chat.hear(incoming)
    assert "verwijderen" in chat.last.html
    assert "Verlinden" not in chat.last.html
    assert "0470" not in chat.last.html
    assert not chat.acts
    assert chat.dialogue is None
    assert isinstance(turn, Turn)
    assert group.is_personal(incoming, chat.scene)


@pytest.mark.parametrize(
    "incoming",
    [
        Said(text="Wie kan K7QM-4T nemen?"),
        Said(text="Ik ben morgen om 10 uur vrij"),
        Said(text="An neemt het over"),
        Said(text=""),
        Said(text="👍"),
        Handed(kind="sticker"),
        Handed(kind="photo", file_id="f"),
    ],
)
def test_talk_among_colleagues_is_left_alone(incoming: Incoming) -> None:
    """Row 57: a bot that scolds for nothing is soon put out."""
    chat = channel()
    assert chat.hear(incoming) == Turn()


def test_invitation_in_the_group_is_burnt() -> None:
    """Row 22: everyone has read the code: refused here, and named to be made invalid."""
    chat = channel()
    order = Ordered(name="start", rest="abc-DEF_123")
    chat.hear(order)
    assert "privéchat" in chat.last.html
    assert "abc-DEF_123" not in chat.last.html
    assert not chat.acts
    code = "abc-DEF_1234567890abcdefghijklmn"
    assert group.shown_codes(f"/start {code}") == (code,)
    assert group.shown_codes(f"Hier: https://t.me/kier_bot?start={code}, tot zo!") == (code,)
    assert group.shown_codes(f"{code}x") == group.shown_codes("abc") == ()


def test_commands_are_answered_in_private_only() -> None:
    """privacy.md: nothing of a case is told in the group; strangers get no answer at all."""
    chat = channel()
    chat.order("status")
    assert "privéchat" in chat.last.html
    assert channel(None).order("status") == Turn()
    assert channel().order("@") == Turn()


# Places in chats


def moved(**changes: Any) -> MemberChanged:
    values: dict[str, Any] = {
        "chat_id": -5,
        "chat_kind": "supergroup",
        "title": "Team",
        "by_user_id": 110,
        "user_id": 1,
        "old": "left",
        "new": "member",
        "about_me": True,
    }
    return MemberChanged(**{**values, **changes})


@pytest.mark.parametrize(
    ("change", "by_coordinator", "consequence"),
    [
        (moved(), True, AskCoordinator(chat_id=-5, title="Team")),
        (moved(), False, LeaveChat(chat_id=-5)),
        (moved(new="administrator"), False, LeaveChat(chat_id=-5)),
        (moved(chat_kind="channel", new="administrator"), True, LeaveChat(chat_id=-5)),
        (moved(chat_kind="unknown"), True, LeaveChat(chat_id=-5)),
        (moved(new="kicked"), False, Nothing()),
        (moved(chat_id=CHANNEL, old="member", new="kicked"), False, ChannelLost(why="removed")),
        (moved(chat_id=CHANNEL, old="member", new="left"), True, ChannelLost(why="removed")),
        (moved(chat_id=CHANNEL, old="member", new="restricted"), False, ChannelLost(why="muted")),
        (
            moved(chat_id=CHANNEL, old="administrator", new="member"),
            False,
            ChannelLost(why="demoted"),
        ),
        (moved(chat_id=CHANNEL, new="member"), True, Nothing()),
        (
            moved(chat_id=440, chat_kind="private", by_user_id=440, old="member", new="kicked"),
            False,
            Blocked(user_id=440),
        ),
        (
            moved(chat_id=440, chat_kind="private", by_user_id=440, old="kicked", new="member"),
            False,
            Back(user_id=440),
        ),
    ],
)
def test_bots_own_place(
    change: MemberChanged, by_coordinator: bool, consequence: Consequence
) -> None:
    """Rows 53, 55, 59, S11: foreign chats are left, the channel's loss is told, blocks noted."""
    found = group.placed(change, channel=CHANNEL, by_coordinator=by_coordinator, knows_user=True)
    assert found == consequence


@pytest.mark.parametrize(
    ("changes", "knows_user", "consequence"),
    [
        ({"old": "member", "new": "left"}, True, LeftGroup(user_id=220)),
        ({"old": "member", "new": "kicked"}, True, LeftGroup(user_id=220)),
        ({"old": "member", "new": "left"}, False, Nothing()),
        ({"old": "member", "new": "left", "chat_id": -9}, True, Nothing()),
        ({"old": "left", "new": "member"}, True, Nothing()),
        ({"old": "member", "new": "administrator"}, True, Nothing()),
    ],
)
def test_members_place(
    changes: dict[str, Any], knows_user: bool, consequence: Consequence
) -> None:
    """Row 56, S8: joining gives nothing, leaving takes nothing; the coordinator is asked."""
    change = moved(**{"user_id": 220, "about_me": False, "chat_id": CHANNEL, **changes})
    found = group.placed(change, channel=CHANNEL, by_coordinator=False, knows_user=knows_user)
    assert found == consequence

"""What the page reads of the sandbox's chats, without a browser."""

from __future__ import annotations

from typing import Any, cast

from bot.sandbox.page.play import Part, Play, Speaker, Stage

KEYS = {"inline_keyboard": [[{"text": "Ik neem het", "callback_data": "claim"}]]}


def played(sandbox: Any, part: Part) -> Play:
    """Return a play in this sandbox; neither bot nor clock nor memory is looked at."""
    play, unseen = Play("nl-BE"), cast(Any, None)
    play.begin(Stage(parts=(part,), sandbox=sandbox, clock=unseen, database=unseen, office=unseen))
    return play


async def test_buttons_from_before_the_topics_are_still_there(api, sandbox) -> None:
    """A group that becomes a supergroup keeps what was written above, and its buttons: each is
    pressed where it stands, in the group of before; no number is another's."""
    boss = sandbox.add_user("Karin")
    group = sandbox.add_group("Team", owner=boss)
    sandbox.add_bot(group, boss, admin=True)
    await api.result("sendMessage", chat_id=group, text="K7QM-4T", reply_markup=KEYS)
    new = sandbox.set_topics(group, True)
    await api.result("sendMessage", chat_id=new, text="B4WX-1N", reply_markup=KEYS)
    who = (Speaker(user_id=boss, name="Karin"),)
    part = Part(key="t", role="channel", name="Team", chat_id=group, colour="", speakers=who)
    view = played(sandbox, part).view_of(part)
    assert len({each["message_id"] for each in view}) == len(view)
    pressable = [each for each in view if each["rows"]]
    assert [each["place"][0] for each in pressable] == [group, new]
    for each in pressable:
        chat, number = each["place"]
        sandbox.press(boss, number, "claim", chat_id=chat)
    pressed = [
        u["callback_query"] for u in await api.result("getUpdates") if "callback_query" in u
    ]
    assert [press["message"]["chat"]["id"] for press in pressed] == [group, new]
    assert [press["message"]["text"] for press in pressed] == ["K7QM-4T", "B4WX-1N"]

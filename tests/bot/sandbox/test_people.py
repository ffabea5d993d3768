"""People and places: who can be written to, what groups become, what the bot hears. Rows 42-59."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import ActError


@pytest.fixture
def boss(sandbox) -> int:
    """Return the owner of groups."""
    user_id: int = sandbox.add_user("Els")
    return user_id


async def news(api: Any) -> list[dict[str, Any]]:
    """Return and confirm what the bot is told."""
    updates: list[dict[str, Any]] = await api.result("getUpdates")
    if updates:
        await api.result("getUpdates", offset=updates[-1]["update_id"] + 1)
    return updates


async def test_the_bot_cannot_write_first(api, sandbox) -> None:
    """403 before Start, after a block and to a deleted account, each in its words (row 59)."""
    bram = sandbox.add_user("Bram")

    async def said() -> str:
        return str((await api("sendMessage", chat_id=bram, text="x")).get("description"))

    assert await said() == "Forbidden: bot can't initiate conversation with a user"
    sandbox.start(bram)
    assert await said() == "None"
    sandbox.block(bram)
    assert await said() == "Forbidden: bot was blocked by the user"
    sandbox.unblock(bram)
    assert await said() == "None"
    sandbox.deactivate(bram)
    assert await said() == "Forbidden: user is deactivated"
    statuses = [
        update["my_chat_member"]["new_chat_member"]["status"]
        for update in await news(api)
        if "my_chat_member" in update
    ]
    assert statuses == ["kicked", "member"]


async def test_privacy_mode_hides_small_talk(api, sandbox, an, boss) -> None:
    """Without admin rights the bot gets commands, answers to it and service messages only."""
    group = sandbox.add_group("Team", owner=boss, members=[an])
    sandbox.add_bot(group, boss)
    sent = await api.result("sendMessage", chat_id=group, text="hello")
    await news(api)
    sandbox.user_text(an, "private things", chat_id=group)
    sandbox.user_photo(an, b"jpeg", chat_id=group)
    sandbox.user_text(an, "/status", chat_id=group)
    sandbox.user_text(an, "yes", chat_id=group, reply_to=sent["message_id"])
    texts = [update["message"].get("text") for update in await news(api)]
    assert texts == ["/status", "yes"]
    sandbox.set_bot(group, boss, "administrator")
    await news(api)
    sandbox.user_text(an, "seen now", chat_id=group)
    assert [update["message"]["text"] for update in await news(api)] == ["seen now"]


@pytest.mark.parametrize("supergroup", [False, True])
async def test_being_added_and_removed(api, sandbox, boss, supergroup) -> None:
    """The bot hears of both; outside it may not write, in the words of the kind of group."""
    group = sandbox.add_group("Team", supergroup=supergroup, owner=boss)
    noun = "supergroup" if supergroup else "group"
    said = await api.error("sendMessage", chat_id=group, text="x")
    assert said == (403, f"Forbidden: bot is not a member of the {noun} chat")
    sandbox.add_bot(group, boss)
    membership, service = await news(api)
    assert membership["my_chat_member"]["from"]["id"] == boss
    assert membership["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert service["message"]["new_chat_members"][0]["id"] == sandbox.me.user_id
    await api.result("sendMessage", chat_id=group, text="x")
    sandbox.remove_bot(group, boss)
    assert (await news(api))[-1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    said = await api.error("sendMessage", chat_id=group, text="x")
    assert said == (403, f"Forbidden: bot was kicked from the {noun} chat")


async def test_leaving_muting_and_deleting_a_group(api, sandbox, boss) -> None:
    """A bot can leave; muted it may not write; a deleted group says so (rows 53, 55)."""
    group = sandbox.add_group("Team", owner=boss)
    sandbox.add_bot(group, boss)
    sandbox.set_bot(group, boss, "restricted", muted=True)
    said = await api.error("sendMessage", chat_id=group, text="x")
    assert said == (400, "Bad Request: not enough rights to send text messages to the chat")
    await api.result("leaveChat", chat_id=group)
    assert (await news(api))[-1]["my_chat_member"]["new_chat_member"]["status"] == "left"
    sandbox.set_bot(group, boss, "member")
    sandbox.delete_group(group)
    said = await api.error("sendMessage", chat_id=group, text="x")
    assert said == (403, "Forbidden: the group chat was deleted")


async def test_a_group_becomes_a_supergroup(api, sandbox, boss) -> None:
    """The old id answers 400 with migrate_to_chat_id; service messages name both (row 54)."""
    group = sandbox.add_group("Team", owner=boss)
    sandbox.add_bot(group, boss, admin=True)
    await news(api)
    new = sandbox.set_topics(group, True)
    answer = await api("sendMessage", chat_id=group, text="x")
    assert answer == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new},
    }
    old, fresh = [update["message"] for update in await news(api)]
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (group, new)
    assert (fresh["chat"]["id"], fresh["migrate_from_chat_id"]) == (new, group)
    chat = await api.result("getChat", chat_id=new)
    assert (chat["type"], chat["is_forum"]) == ("supergroup", True)
    await api.result("sendMessage", chat_id=new, text="x")


async def test_topics_from_open_to_deleted(api, sandbox, an, boss) -> None:
    """Created, written in, closed, reopened, renamed, deleted; doing it twice is refused."""
    group = sandbox.add_group("Team", topics=True, owner=boss, members=[an])
    sandbox.add_bot(group, boss, admin=True)
    topic = await api.result("createForumTopic", chat_id=group, name="K7QM-4T")
    place = {"chat_id": group, "message_thread_id": topic["message_thread_id"]}
    sent = await api.result("sendMessage", **place, text="claim?")
    assert sent["message_thread_id"] == topic["message_thread_id"]
    await news(api)
    sandbox.user_text(an, "me", chat_id=group, thread_id=topic["message_thread_id"])
    [update] = await news(api)
    assert update["message"]["is_topic_message"] is True
    assert "forum_topic_created" in update["message"]["reply_to_message"]
    await api.result("closeForumTopic", **place)
    said = await api.error("closeForumTopic", **place)
    assert said == (400, "Bad Request: TOPIC_NOT_MODIFIED")
    await api.result("reopenForumTopic", **place)
    await api.result("editForumTopic", **place, name="K7QM-4T closed")
    await api.result("deleteForumTopic", **place)
    said = await api.error("sendMessage", **place, text="x")
    assert said == (400, "Bad Request: message thread not found")
    for name in ("", "x" * 129):
        assert (await api.error("createForumTopic", chat_id=group, name=name))[0] == 400


async def test_topics_need_a_forum_and_the_right(api, sandbox, boss) -> None:
    """A group without topics or a bot without the right is refused in Telegram's words."""
    plain = sandbox.add_group("Plain", supergroup=True, owner=boss)
    forum = sandbox.add_group("Forum", topics=True, owner=boss)
    sandbox.add_bot(plain, boss, admin=True)
    sandbox.add_bot(forum, boss, admin=True, rights=["can_pin_messages"])
    said = await api.error("createForumTopic", chat_id=plain, name="x")
    assert said == (400, "Bad Request: the chat is not a forum")
    said = await api.error("createForumTopic", chat_id=forum, name="x")
    assert said == (400, "Bad Request: not enough rights to create a topic")


async def test_pins_and_members_are_shown(api, sandbox, an, boss) -> None:
    """Pinning needs the right; members, administrators and counts are told truly."""
    group = sandbox.add_group("Team", supergroup=True, owner=boss, members=[an])
    sandbox.add_bot(group, boss)
    sent = await api.result("sendMessage", chat_id=group, text="x")
    place = {"chat_id": group, "message_id": sent["message_id"]}
    assert "not enough rights to manage pinned" in (await api.error("pinChatMessage", **place))[1]
    sandbox.set_bot(group, boss, "administrator")
    await api.result("pinChatMessage", **place)
    assert sandbox.last(group)["pinned"]
    assert (await api.result("getChat", chat_id=group))["pinned_message"]["text"] == "x"
    assert await api.result("getChatMemberCount", chat_id=group) == 3
    admins = await api.result("getChatAdministrators", chat_id=group)
    assert [admin["status"] for admin in admins] == ["creator", "administrator"]
    member = await api.result("getChatMember", chat_id=group, user_id=an)
    assert member == {"status": "member", "user": sandbox.people[an].api()}
    await api.result("unpinChatMessage", **place)
    assert not sandbox.last(group)["pinned"]


async def test_the_bot_deletes_others_words_only_with_the_right(api, sandbox, an, boss) -> None:
    """In groups others' messages can be deleted by an admin bot only (row 57)."""
    group = sandbox.add_group("Team", supergroup=True, owner=boss, members=[an])
    sandbox.add_bot(group, boss)
    said = sandbox.user_text(an, "M. Verlinden, 0470 00 01 12", chat_id=group)["message_id"]
    refused = await api.error("deleteMessage", chat_id=group, message_id=said)
    assert refused == (400, "Bad Request: message can't be deleted for everyone")
    sandbox.set_bot(group, boss, "administrator")
    await api.result("deleteMessage", chat_id=group, message_id=said)
    assert all(drawn["message_id"] != said for drawn in sandbox.view(group))


async def test_who_speaks_in_whose_name(api, sandbox, an, boss) -> None:
    """Anonymous admins, channels and channel posts carry sender_chat and Telegram's bots (58)."""
    group = sandbox.add_group("Team", supergroup=True, owner=boss)
    channel = sandbox.add_channel("News")
    for chat_id in (group, channel):
        sandbox.add_bot(chat_id, boss, admin=True)
    await news(api)
    sandbox.anonymous_text(group, "who am I")
    sandbox.channel_text(channel, group, "as a channel")
    sandbox.channel_post(channel, "post")
    anonymous, in_name, post = await news(api)
    assert anonymous["message"]["from"]["username"] == "GroupAnonymousBot"
    assert anonymous["message"]["sender_chat"]["id"] == group
    assert in_name["message"]["from"]["username"] == "Channel_Bot"
    assert in_name["message"]["sender_chat"]["id"] == channel
    assert "from" not in post["channel_post"]


async def test_every_kind_of_message_arrives(api, sandbox, an) -> None:
    """Contacts, forwards, edits, stickers and long texts arrive as clients send them (42-45)."""
    bram = sandbox.add_user("Bram")
    sandbox.user_contact(an, "+32470000112")
    sandbox.user_contact(an, "+32470000113", first_name="Bram", own=False)
    sandbox.user_forward(an, "seen elsewhere", of=bram)
    sandbox.user_forward(an, "hidden")
    sandbox.user_content(an, {"sticker": {"emoji": "x"}})
    own = sandbox.user_text(an, "befor")
    sandbox.user_edit(an, own["message_id"], "before")
    sandbox.user_text(an, "x" * 5000)
    updates = await news(api)
    contact, other, forward, hidden, sticker, _, edit, first, second = updates
    assert contact["message"]["contact"]["user_id"] == an
    assert "user_id" not in other["message"]["contact"]
    assert forward["message"]["forward_origin"]["sender_user"]["id"] == bram
    assert hidden["message"]["forward_origin"]["type"] == "hidden_user"
    assert sticker["message"]["sticker"] == {"emoji": "x"}
    assert edit["edited_message"]["text"] == "before"
    assert [len(part["message"]["text"]) for part in (first, second)] == [4096, 904]


async def test_acts_that_no_client_could_do_are_refused(sandbox, an, boss) -> None:
    """Unknown people, buttons that are not there, groups one is not in: ActError, no update."""
    group = sandbox.add_group("Team", owner=boss)
    message = sandbox.user_text(an, "hello")["message_id"]
    sandbox.updates.clear()
    for act in (
        lambda: sandbox.user_text(1, "who"),
        lambda: sandbox.user_text(an, "let me in", chat_id=group),
        lambda: sandbox.press(an, message, "go"),
        lambda: sandbox.press_label(an, message, "Go"),
        lambda: sandbox.user_edit(boss, message, "x", chat_id=an),
        lambda: sandbox.add_user("Twice", user_id=an),
        lambda: sandbox.migrate(an),
    ):
        with pytest.raises(ActError):
            act()
    assert sandbox.updates.waiting == []

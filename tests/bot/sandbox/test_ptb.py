"""The libraries agree: PTB's own Bot works unchanged, and aiogram's models accept what is sent."""

from __future__ import annotations

import asyncio
from typing import Any

import aiogram
import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MessageEntity,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated

from bot.sandbox import until

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    + (640).to_bytes(4, "big")
    + (480).to_bytes(4, "big")
    + b"\x08\x02\x00\x00\x00"
)


async def test_a_conversation_by_long_polling(ptb, sandbox, an) -> None:
    """Poll, send with buttons, be pressed, answer, edit: all through PTB, none of it patched."""
    poll = asyncio.ensure_future(ptb.get_updates(timeout=10))
    await until(sandbox, lambda: sandbox.polling)
    sandbox.start(an, "invite")
    [update] = await asyncio.wait_for(poll, 3)
    assert update.message.text == "/start invite"
    assert update.message.entities[0].type == MessageEntity.BOT_COMMAND
    button = InlineKeyboardButton("Go", callback_data="go", style="success")
    await ptb.send_message(
        an,
        "<b>Klopt dit?</b>",
        parse_mode=ParseMode.HTML,
        reply_markup=InlineKeyboardMarkup([[button]]),
    )
    drawn = sandbox.last(an)
    assert drawn["html"] == "<b>Klopt dit?</b>"
    assert drawn["rows"] == [[{"text": "Go", "callback_data": "go", "style": "success"}]]
    query_id = sandbox.press_label(an, drawn["message_id"], "Go")
    [press] = await ptb.get_updates(offset=update.update_id + 1)
    await press.callback_query.answer("Dank u")
    await press.callback_query.edit_message_text("Verzonden")
    assert sandbox.queries[query_id].answer == {"text": "Dank u", "show_alert": False}
    assert (sandbox.last(an)["text"], sandbox.last(an)["rows"]) == ("Verzonden", [])


async def test_files_up_and_down(ptb, sandbox, an) -> None:
    """What the bot uploads and what people send comes back byte for byte."""
    sent = await ptb.send_document(an, b"BEGIN:VCALENDAR", filename="zitting.ics", caption="9:00")
    assert sent.document.file_name == "zitting.ics"
    assert sent.caption == "9:00"
    again = await ptb.send_document(an, sent.document.file_id)
    assert again.document.file_unique_id == sent.document.file_unique_id
    said = sandbox.user_document(an, b"%PDF-1.7", name="vordering.pdf", claimed_size=1)
    sandbox.user_voice(an, b"OggS...")
    for file_id, content in (
        (sent.document.file_id, b"BEGIN:VCALENDAR"),
        (said["document"]["file_id"], b"%PDF-1.7"),
        (sandbox.last(an)["file"]["file_id"], b"OggS..."),
    ):
        file = await ptb.get_file(file_id)
        assert bytes(await file.download_as_bytearray()) == content


async def test_pictures_are_sent_and_replaced(ptb, sandbox, an) -> None:
    """A picture has its true size; another one can take its place; no picture is refused."""
    sent = await ptb.send_photo(an, PNG, caption="<i>Status</i>", parse_mode=ParseMode.HTML)
    assert (sent.photo[-1].width, sent.photo[-1].height) == (640, 480)
    assert sandbox.last(an)["html"] == "<i>Status</i>"
    await ptb.edit_message_media(InputMediaPhoto(PNG + b"2", caption="Nieuw"), an, sent.message_id)
    assert (sandbox.last(an)["text"], sandbox.last(an)["edited"]) == ("Nieuw", True)
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await ptb.send_photo(an, b"not a picture")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "non-empty"), (b"x" * 50_000_001, "Request Entity Too Large")],
    ids=["empty", "50 MB + 1"],
)
async def test_files_that_cannot_be_sent(http, sandbox, an, content, words) -> None:
    """Empty files and those above 50 MB are refused (telegram.md, "Files")."""
    response = await http.post(
        f"/bot{sandbox.token}/sendDocument",
        data={"chat_id": str(an)},
        files={"document": ("x.bin", content)},
    )
    assert words in response.json()["description"]


async def test_files_that_cannot_be_fetched(api, http, sandbox, an) -> None:
    """Above 20 MB, unknown ids and paths: refused as Telegram does (row 60)."""
    big = sandbox.user_document(an, b"x" * 20_000_001)["document"]["file_id"]
    assert await api.error("getFile", file_id=big) == (400, "Bad Request: file is too big")
    assert (await api.error("getFile", file_id="nope"))[0] == 400
    assert (await http.get(f"/file/bot{sandbox.token}/nowhere.pdf")).status_code == 404
    assert (await http.get("/file/bot1:x/nowhere.pdf")).status_code == 401


async def test_migration_is_an_exception_of_its_own(ptb, sandbox, an) -> None:
    """PTB tells the new id of a group that became a supergroup (row 54)."""
    group = sandbox.add_group("Team", owner=an)
    sandbox.add_bot(group, an)
    new = sandbox.migrate(group)
    with pytest.raises(ChatMigrated) as raised:
        await ptb.send_message(group, "x")
    assert raised.value.new_chat_id == new


def everything(sandbox: Any, an: int) -> None:
    """Let each kind of update happen."""
    boss = sandbox.add_user("Els", "Claes", username="els_c", language_code="fr")
    group = sandbox.add_group("Team", owner=boss, members=[an])
    channel = sandbox.add_channel("News")
    sandbox.add_bot(group, boss, admin=True)
    sandbox.add_bot(channel, boss, admin=True)
    group = sandbox.set_topics(group, True)
    topic = sandbox.add_topic(group, "K7QM-4T", boss)
    said = sandbox.user_text(an, "ik /today @els_c", chat_id=group, thread_id=topic)
    sandbox.user_edit(an, said["message_id"], "toch niet", chat_id=group)
    sandbox.close_topic(group, topic, boss)
    sandbox.anonymous_text(group, "wie")
    sandbox.channel_text(channel, group, "kanaal")
    sandbox.channel_post(channel, "post")
    sandbox.remove_member(group, an, boss)
    sandbox.add_member(group, an, boss)
    sandbox.user_photo(an, PNG, caption="foto", media_group_id="1")
    sandbox.user_document(an, b"x", caption="stuk")
    sandbox.user_voice(an)
    sandbox.user_contact(an, "+32470000112", vcard="BEGIN:VCARD")
    sandbox.user_forward(an, "doorgestuurd", of=boss)
    sandbox.user_forward(an, "verborgen")
    sandbox.press(an, sandbox.user_text(an, "x")["message_id"], "go", forged=True)
    sandbox.press(an, 4242, "go", forged=True)
    sandbox.block(an)
    sandbox.unblock(an)
    sandbox.set_member(group, an, boss, "restricted", muted=True)
    sandbox.remove_bot(group, boss)


async def test_every_update_is_one_by_telegrams_schema(api, ptb, sandbox, an) -> None:
    """aiogram's models (generated from the Bot API 10.3 schema) and PTB accept every update."""
    await api.result("getUpdates", allowed_updates=["chat_member", *KINDS])
    everything(sandbox, an)
    updates = await api.result("getUpdates")
    kinds = {kind for update in updates for kind in update if kind != "update_id"}
    assert kinds == {*KINDS, "chat_member"}
    for update in updates:
        aiogram.types.Update.model_validate(update)
        assert Update.de_json(update, ptb).update_id == update["update_id"]


async def test_every_result_is_one_by_telegrams_schema(api, sandbox, an) -> None:
    """aiogram's models accept what the methods return."""
    group = sandbox.add_group("Team", topics=True, owner=an)
    sandbox.add_bot(group, an, admin=True)
    place = {"chat_id": group}
    types = aiogram.types
    sent = await api.result("sendMessage", **place, text="<b>x</b>", parse_mode="HTML")
    file_id = sandbox.user_document(an, b"x")["document"]["file_id"]
    members = await api.result("getChatAdministrators", **place)
    for model, result in (
        (types.Message, sent),
        (types.Message, await api.result("sendDocument", chat_id=an, document=file_id)),
        (types.Message, await api.result("sendVoice", chat_id=an, voice=file_id)),
        (types.User, await api.result("getMe")),
        (types.ChatFullInfo, await api.result("getChat", **place)),
        (types.ChatFullInfo, await api.result("getChat", chat_id=an)),
        (types.ForumTopic, await api.result("createForumTopic", **place, name="x")),
        (types.ChatMemberOwner, members[0]),
        (types.ChatMemberAdministrator, members[1]),
        (types.File, await api.result("getFile", file_id=file_id)),
        (types.WebhookInfo, await api.result("getWebhookInfo")),
    ):
        model.model_validate(result)


KINDS = ("message", "edited_message", "channel_post", "callback_query", "my_chat_member")

"""What the bot may send and change, and the words in which Telegram refuses. Rows 29, 46, 70."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.sandbox import Sandbox, serve


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return an inline keyboard."""
    return {"inline_keyboard": list(rows)}


GO = {"text": "Go", "callback_data": "go"}


async def test_a_text_is_sent_parsed_and_drawn(api, sandbox, an) -> None:
    """The bot gets the Message with entities; a client sees HTML, buttons and who sent it."""
    sent = await api.result(
        "sendMessage",
        chat_id=an,
        text="<b>Dag</b> An",
        parse_mode="HTML",
        reply_markup=keyboard([GO]),
        protect_content=True,
    )
    assert sent["text"] == "Dag An"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    assert sent["from"]["id"] == sandbox.me.user_id
    assert sent["date"] == int(sandbox.clock().timestamp())
    drawn = sandbox.last(an)
    assert drawn["html"] == "<b>Dag</b> An"
    assert drawn["rows"] == [[GO]]
    assert drawn["mine"]
    assert drawn["protected"]


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "message text is empty"),
    ({"text": " \n "}, "message text is empty"),
    ({"text": "x" * 4097}, "message is too long"),
    ({"text": "😀" * 2049}, "message is too long"),
    ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
    ({"chat_id": 999}, "chat not found"),
    ({"chat_id": "@nobody"}, "chat not found"),
    ({"chat_id": ""}, "chat_id is empty"),
    ({"reply_markup": keyboard([{"text": "a", "callback_data": ""}])}, "BUTTON_DATA_INVALID"),
    ({"reply_markup": keyboard([{"text": "a", "callback_data": "é" * 33}])}, "BUTTON_DATA_INV"),
    ({"reply_markup": keyboard([GO] * 9)}, "reply markup is too long"),
    ({"reply_markup": keyboard(*[[GO]] * 101)}, "reply markup is too long"),
    ({"reply_markup": keyboard([{"text": "a"}])}, "Text buttons are unallowed"),
    ({"reply_markup": keyboard([{**GO, "style": "pink"}])}, "invalid button style specified"),
    ({"reply_markup": keyboard([{"text": "a", "url": "x y"}])}, "wrong HTTP URL"),
    (
        {"reply_markup": keyboard([{"text": "a", "copy_text": {"text": "x" * 257}}])},
        "BUTTON_COPY_TEXT_INVALID",
    ),
    ({"reply_markup": {"inline_keyboard": [GO]}}, "must be an Array of Arrays"),
    ({"reply_markup": "{"}, "can't parse reply markup JSON object"),
    ({"reply_parameters": {"message_id": 77}}, "message to be replied not found"),
    ({"message_thread_id": 5}, "message thread not found"),
    ({"entities": [{"type": "bold"}]}, "wrong parameters (KeyError)"),
]


@pytest.mark.parametrize(("params", "words"), REFUSED, ids=lambda value: str(value)[:50])
async def test_what_cannot_be_sent_is_refused(api, sandbox, an, params, words) -> None:
    """400 in Telegram's words, and nothing in the chat."""
    before = len(sandbox.view(an))
    code, text = await api.error("sendMessage", **{"chat_id": an, "text": "x", **params})
    assert code == 400
    assert text.startswith("Bad Request: ")
    assert words in text
    assert len(sandbox.view(an)) == before


async def test_what_just_fits_is_sent(api, an) -> None:
    """4096 units after parsing, 64 bytes of callback data, 100 buttons, 8 a row."""
    await api.result("sendMessage", chat_id=an, text=f"<b>{'😀' * 2048}</b>", parse_mode="HTML")
    full = keyboard(*[[{"text": "a", "callback_data": "é" * 32}] * 8] * 12, [GO] * 4)
    await api.result("sendMessage", chat_id=an, text="x", reply_markup=full)


async def test_editing_changes_in_place_and_keeps_versions(api, sandbox, an) -> None:
    """An edit without reply_markup takes the buttons away; the same again is not modified."""
    sent = await api.result("sendMessage", chat_id=an, text="a", reply_markup=keyboard([GO]))
    place = {"chat_id": an, "message_id": sent["message_id"]}
    edited = await api.result("editMessageText", **place, text="b")
    assert "reply_markup" not in edited
    assert edited["edit_date"] == sent["date"]
    assert (sandbox.last(an)["html"], sandbox.last(an)["versions"]) == ("b", 2)
    code, text = await api.error("editMessageText", **place, text="b")
    assert (code, text[:38]) == (400, "Bad Request: message is not modified: ")
    await api.result("editMessageReplyMarkup", **place, reply_markup=keyboard([GO]))
    assert sandbox.last(an)["rows"] == [[GO]]
    assert (await api.error("editMessageReplyMarkup", **place, reply_markup=keyboard([GO])))[
        1
    ].startswith("Bad Request: message is not modified")


async def test_only_own_messages_that_are_there_can_be_edited(api, sandbox, an) -> None:
    """Gone, foreign or with a reply keyboard: refused, each in its own words."""
    edit = {"chat_id": an, "text": "x"}
    foreign = sandbox.user_text(an, "mine")["message_id"]
    said = await api.error("editMessageText", **edit, message_id=foreign)
    assert said == (400, "Bad Request: message can't be edited")
    said = await api.error("editMessageText", **edit, message_id=4242)
    assert said == (400, "Bad Request: message to edit not found")
    said = await api.error("editMessageText", **edit)
    assert said == (400, "Bad Request: message identifier is not specified")
    share = {"keyboard": [[{"text": "Share", "request_contact": True}]]}
    sent = await api.result("sendMessage", chat_id=an, text="?", reply_markup=share)
    assert "reply_markup" not in sent
    said = await api.error("editMessageText", **edit, message_id=sent["message_id"])
    assert said == (400, "Bad Request: message can't be edited")


async def test_a_reply_keyboard_types_its_text(api, sandbox, an) -> None:
    """Tapping a reply keyboard's button writes its text, until the keyboard is removed."""
    markup = {"keyboard": [["Ja", "Nee"]]}
    await api.result("sendMessage", chat_id=an, text="?", reply_markup=markup)
    assert sandbox.user_button_text(an, "Ja")["text"] == "Ja"
    await api.result("sendMessage", chat_id=an, text="ok", reply_markup={"remove_keyboard": True})
    assert sandbox.chat(an).keyboard is None


async def test_a_deleted_message_is_gone_for_clients(api, sandbox, an, hands) -> None:
    """Deleted once; then not found; after 48 hours not any more (P17)."""
    one, two = [
        (await api.result("sendMessage", chat_id=an, text=text))["message_id"] for text in "ab"
    ]
    await api.result("deleteMessage", chat_id=an, message_id=one)
    assert [drawn["text"] for drawn in sandbox.view(an)] == ["/start", "b"]
    assert [drawn["deleted"] for drawn in sandbox.view(an, deleted=True)] == [False, True, False]
    said = await api.error("deleteMessage", chat_id=an, message_id=one)
    assert said == (400, "Bad Request: message to delete not found")
    hands.move(hours=48)
    said = await api.error("deleteMessage", chat_id=an, message_id=two)
    assert said == (400, "Bad Request: message can't be deleted for everyone")
    assert await api.result("deleteMessages", chat_id=an, message_ids=[one, two, 77]) is True
    assert sandbox.last(an)["text"] == "b"


async def test_replies_may_outlive_what_they_answer(api, sandbox, an) -> None:
    """allow_sending_without_reply sends all the same when the prompt is gone (row 52)."""
    prompt = (await api.result("sendMessage", chat_id=an, text="?"))["message_id"]
    reply = {"message_id": prompt}
    sent = await api.result("sendMessage", chat_id=an, text="!", reply_parameters=reply)
    assert sent["reply_to_message"]["message_id"] == prompt
    sandbox.user_delete(an, prompt)
    lax = {**reply, "allow_sending_without_reply": True}
    sent = await api.result("sendMessage", chat_id=an, text="!", reply_parameters=lax)
    assert "reply_to_message" not in sent


async def test_a_press_is_answered_in_time_or_not_at_all(api, sandbox, an, hands) -> None:
    """A press can be answered for some 15 s; later, or unknown, it is too old (row 50)."""
    sent = await api.result("sendMessage", chat_id=an, text="?", reply_markup=keyboard([GO]))
    query_id = sandbox.press_label(an, sent["message_id"], "Go")
    [update] = await api.result("getUpdates")
    query = update["callback_query"]
    assert (query["id"], query["data"]) == (query_id, "go")
    assert query["message"] == sent
    await api.result(
        "answerCallbackQuery", callback_query_id=query_id, text="Done", show_alert=True
    )
    assert sandbox.queries[query_id].answer == {"text": "Done", "show_alert": True}
    late = sandbox.press(an, sent["message_id"], "go")
    hands.move(seconds=16)
    for stale in (late, "12345"):
        assert await api.error("answerCallbackQuery", callback_query_id=stale) == (
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        )


async def test_presses_can_be_forged_and_come_from_gone_messages(api, sandbox, an) -> None:
    """Any data can be pressed on purpose; a deleted message comes as inaccessible (46, 51)."""
    sent = await api.result("sendMessage", chat_id=an, text="?", reply_markup=keyboard([GO]))
    sandbox.press(an, sent["message_id"], "x" * 65, forged=True)
    sandbox.user_delete(an, sent["message_id"])
    sandbox.press(an, sent["message_id"], "go", forged=True)
    forged, gone = await api.result("getUpdates")
    assert forged["callback_query"]["data"] == "x" * 65
    assert gone["callback_query"]["message"] == {
        "chat": forged["callback_query"]["message"]["chat"],
        "message_id": sent["message_id"],
        "date": 0,
    }


async def test_unknown_methods_and_tokens(api, http, sandbox) -> None:
    """Unknown method 404, other token 401, no token at all 404; names in any case."""
    assert await api.error("makeCoffee") == (404, "Not Found: method not found")
    answer = (await http.get("/bot123456:XYZ/getMe")).json()
    assert answer == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert (await http.get("/botnonsense/getMe")).status_code == 404
    assert (await http.get("/nowhere")).json()["error_code"] == 404
    me = (await http.get(f"/bot{sandbox.token}/GETME")).json()["result"]
    assert (me["id"], me["is_bot"]) == (123456, True)


async def test_a_server_may_know_less(hands) -> None:
    """Methods and the username can be missing, as on other servers that speak the Bot API."""
    bare = Sandbox(clock=lambda: hands.now, username=None, missing=["createForumTopic"])
    async with (
        serve(bare) as origin,
        httpx.AsyncClient(base_url=f"{origin}/bot{bare.token}", trust_env=False) as client,
    ):
        assert "username" not in (await client.get("/getMe")).json()["result"]
        assert (await client.get("/createForumTopic")).status_code == 404


async def test_bodies_that_cannot_be_read(http, sandbox) -> None:
    """Broken JSON and JSON that is no object are 400 and never a 500."""
    path = f"/bot{sandbox.token}/sendMessage"
    head = {"content-type": "application/json"}
    for body in (b"{", b"[]", b"\xff", b"[" * 100_000):
        response = await http.post(path, content=body, headers=head)
        assert response.status_code == 400


async def test_every_call_is_recorded_with_its_outcome(api, sandbox, an) -> None:
    """Method, decoded payload, moment, outcome and result of every call stand in `calls`."""
    await api.result("sendMessage", chat_id=an, text="1", reply_markup=keyboard([GO]))
    await api.error("sendMessage", chat_id=an, text="")
    good, bad = sandbox.calls
    assert good.payload == {"chat_id": an, "text": "1", "reply_markup": keyboard([GO])}
    assert (good.method, good.outcome, good.status, good.at) == (
        "sendMessage",
        "ok",
        200,
        sandbox.clock(),
    )
    assert good.result["text"] == "1"
    assert (bad.outcome, bad.status, bad.delivered) == ("error", 400, False)
    assert bad.description == "Bad Request: message text is empty"


async def test_the_bots_profile_is_kept_by_language(api) -> None:
    """Commands and descriptions are set per language and checked as Telegram does."""
    commands = [{"command": "today", "description": "Vandaag"}]
    await api.result("setMyCommands", commands=commands, language_code="nl")
    assert await api.result("getMyCommands", language_code="nl") == commands
    assert await api.result("getMyCommands") == []
    for wrong in ("Today", "to-day", "", "x" * 33):
        bad = [{"command": wrong, "description": "x"}]
        assert (await api.error("setMyCommands", commands=bad))[0] == 400
    await api.result("setMyDescription", description="Meldlijn", language_code="nl")
    assert (await api.result("getMyDescription", language_code="nl"))["description"] == "Meldlijn"
    assert (await api.error("setMyShortDescription", short_description="x" * 121))[0] == 400

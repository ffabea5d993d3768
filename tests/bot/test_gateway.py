"""The gateway against the sandbox's Bot API, over real HTTP."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from telegram.error import BadRequest, NetworkError

from bot.gateway import Gateway, redact, split_updates
from bot.outcomes import (
    Blocked,
    Fetched,
    Gone,
    Me,
    Migrated,
    NotModified,
    ParseRejected,
    Rejected,
    RetryLater,
    SendOutcome,
    Sent,
    TakenOver,
    TooOld,
    Unauthorized,
    Unreachable,
    Unsure,
    Upload,
)
from bot.sandbox import Fault, Sandbox, serve

TOKEN = "7300700700:AAcanaryCanaryCanaryCanaryCanary0123"
NOW = datetime(2027, 9, 14, 7, tzinfo=UTC)


class Line:
    """A sandbox with one person who wrote to the bot, and the gateway to it."""

    def __init__(self, sandbox: Sandbox, gateway: Gateway, an: int) -> None:
        self.sandbox, self.gateway, self.an = sandbox, gateway, an

    async def say(self, text: str = "Dag", **fields: Any) -> SendOutcome:
        """Send a message to the person."""
        return await self.gateway.send("sendMessage", {"chat_id": self.an, "text": text, **fields})


@pytest_asyncio.fixture
async def line() -> AsyncIterator[Line]:
    """An open line between the two."""
    seconds = iter(range(10**9))
    sandbox = Sandbox(clock=lambda: NOW, monotonic=lambda: float(next(seconds)), token=TOKEN)
    an = sandbox.add_user("An", "Peeters", language_code="nl")
    sandbox.start(an)
    async with serve(sandbox) as origin:
        gateway = Gateway(TOKEN, origin)
        yield Line(sandbox, gateway, an)
        await gateway.close()


async def test_a_message_that_was_sent_has_its_number(line: Line) -> None:
    """What Telegram did is `Sent` with the number by which it can be changed later."""
    outcome = await line.say("Dag <b>An</b>", parse_mode="HTML")
    shown = line.sandbox.view(line.an)[-1]
    assert isinstance(outcome, Sent)
    assert (outcome.message_id, shown["text"]) == (shown["message_id"], "Dag An")


async def test_nested_parts_of_a_payload_arrive_as_they_are(line: Line) -> None:
    """Keyboards and entities go through the library's encoding unharmed."""
    rows = [[{"text": "Ja", "callback_data": "a" * 64}]]
    await line.say("Dag", reply_markup={"inline_keyboard": rows})
    assert line.sandbox.view(line.an)[-1]["rows"] == rows


async def test_a_file_is_uploaded_with_its_name(line: Line) -> None:
    """An appointment's .ics arrives whole, under its name."""
    outcome = await line.gateway.send(
        "sendDocument",
        {"chat_id": line.an, "caption": "Afspraak"},
        {"document": Upload(name="afspraak.ics", content=b"BEGIN:VCALENDAR")},
    )
    shown = line.sandbox.view(line.an)[-1]
    assert isinstance(outcome, Sent)
    assert shown["file"]["file_name"] == "afspraak.ics"
    content = await line.gateway.download(shown["file"]["file_id"])
    assert content == b"BEGIN:VCALENDAR"


REPLIES: list[tuple[Fault, SendOutcome]] = [
    (Fault(kind="retry_after", retry_after=0), RetryLater(seconds=1.0, chat_only=True)),
    (Fault(kind="retry_after", retry_after=1), RetryLater(seconds=1.0, chat_only=True)),
    (Fault(kind="retry_after", retry_after=7200), RetryLater(seconds=3600.0, chat_only=True)),
    (Fault(kind="retry_after", retry_after=None), RetryLater(seconds=30.0, chat_only=True)),
    (Fault(kind="retry_after", retry_after="soon"), RetryLater(seconds=30.0, chat_only=True)),
    (Fault(kind="server_error", status=500), Unreachable(code="500")),
    (Fault(kind="server_error", status=502), Unreachable(code="502")),
    (Fault(kind="server_error", status=504), Unsure(code="broke-off")),
    (Fault(kind="server_error", status=302), Unreachable(code="302")),
    (Fault(kind="server_error", status=407), Unreachable(code="407")),
    (Fault(kind="server_error", status=413), Rejected(code="status-4xx")),
    (Fault(kind="drop"), Unsure(code="broke-off")),
    (Fault(kind="drop", delivered=True), Unsure(code="broke-off")),
    (Fault(kind="html"), Unsure(code="no-json")),
    (Fault(kind="not_ok"), Unsure(code="no-result")),
    (Fault(kind="truncated"), Unsure(code="no-json")),
    (Fault(kind="empty"), Unsure(code="no-json")),
    (Fault(kind="unauthorized"), Unauthorized()),
    (Fault(kind="not_found"), Unauthorized()),
    (Fault(kind="conflict"), TakenOver()),
    (Fault(kind="forbidden"), Blocked(code="blocked")),
    (Fault(kind="forbidden", description="user is deactivated"), Blocked(code="deactivated")),
    (
        Fault(kind="forbidden", description="bot can't initiate conversation with a user"),
        Blocked(code="never-started"),
    ),
    (Fault(kind="bad_request", description="chat not found"), Blocked(code="chat-not-found")),
    (
        Fault(kind="bad_request", description="can't parse entities: unclosed tag"),
        ParseRejected(),
    ),
    (
        Fault(kind="bad_request", description="not enough rights to send text messages"),
        Rejected(code="no-rights"),
    ),
    (Fault(kind="bad_request", description="something new"), Rejected(code="bad-request")),
]


@pytest.mark.parametrize(("fault", "expected"), REPLIES, ids=lambda each: str(each)[:60])
async def test_every_reply_has_its_value(line: Line, fault: Fault, expected: SendOutcome) -> None:
    """Bad_inputs 66-70: each answer of the Bot API is one value, never taken for a good one."""
    line.sandbox.faults.add(fault)
    assert await line.say() == expected


async def test_a_text_that_cannot_be_encoded_is_refused(line: Line) -> None:
    """Bad_inputs 13: half of a surrogate pair cannot be sent: a refusal, no doubt, no repeat."""
    assert await line.say("x\ud800") == Rejected(code="not-text")


async def test_a_slow_answer_is_unknown(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bad_inputs 68: an answer that does not come in time may stand for a message that did."""
    monkeypatch.setattr("bot.gateway.READ_S", 0.05)
    monkeypatch.setattr(Gateway._call, "__kwdefaults__", {"read_s": 0.05})
    line.sandbox.faults.add(Fault(kind="timeout", delivered=True))
    assert await line.say() == Unsure(code="timed-out")
    assert line.sandbox.view(line.an)[-1]["text"] == "Dag"


async def test_no_server_is_surely_not_sent() -> None:
    """Bad_inputs 71: where no connection comes about, nothing was sent, and it may be repeated."""
    gateway = Gateway(TOKEN, "http://127.0.0.1:9")
    outcome = await gateway.send("sendMessage", {"chat_id": 1, "text": "x"})
    polled = await gateway.fetch_updates(offset=None, timeout_s=0, allowed=())
    await gateway.close()
    assert outcome == polled == Unreachable(code="ConnectError")


async def test_changes_that_need_no_change(line: Line) -> None:
    """Bad_inputs 70: not modified, gone, too old are values of their own, not errors."""
    sent = await line.say("Dag")
    assert isinstance(sent, Sent)
    place = {"chat_id": line.an, "message_id": sent.message_id}
    assert await line.gateway.send("editMessageText", {**place, "text": "Dag"}) == NotModified()
    assert isinstance(await line.gateway.send("deleteMessage", place), Sent)
    assert await line.gateway.send("editMessageText", {**place, "text": "x"}) == Gone()
    assert await line.gateway.send("deleteMessage", place) == Gone()
    answer = {"callback_query_id": "4000000000000000000"}
    assert await line.gateway.send("answerCallbackQuery", answer) == TooOld()


async def test_a_group_that_became_a_supergroup(line: Line) -> None:
    """A 400 with `migrate_to_chat_id` is the new id, to be saved and sent to again."""
    team = line.sandbox.add_group("Team", owner=line.an)
    line.sandbox.add_bot(team, by=line.an)
    new = line.sandbox.migrate(team)
    outcome = await line.gateway.send("sendMessage", {"chat_id": team, "text": "x"})
    assert outcome == Migrated(new_chat_id=new)


async def test_a_method_that_a_server_lacks_does_not_condemn_the_token(line: Line) -> None:
    """Some servers lack newer methods; only where all have it does 404 mean the token."""
    assert await line.gateway.send("sendHologram", {"chat_id": line.an}) == Rejected(
        code="no-such-method"
    )


async def test_a_429_about_no_chat_is_about_all(line: Line) -> None:
    """A limit on a call without a chat holds for the whole bot."""
    line.sandbox.faults.add(Fault(kind="retry_after", retry_after=4))
    outcome = await line.gateway.send("answerCallbackQuery", {"callback_query_id": "1"})
    assert outcome == RetryLater(seconds=4.0, chat_only=False)


async def test_who_the_bot_is(line: Line) -> None:
    """GetMe; a server that gives no username is no reason to stop."""
    assert await line.gateway.get_me() == Me(user_id=7300700700, username="kier_sandbox_bot")
    line.sandbox.me.username = None
    assert await line.gateway.get_me() == Me(user_id=7300700700, username="")


async def test_the_webhook_of_somebody_else(line: Line) -> None:
    """Threats S28: the address updates go to can be read, and taken away without losing any."""
    line.sandbox.updates.clear()  # or the sandbox would try to deliver to that address
    await line.gateway.send("setWebhook", {"url": "https://elsewhere.example/hook"})
    assert await line.gateway.get_webhook_url() == "https://elsewhere.example/hook"
    assert isinstance(await line.gateway.delete_webhook(), Sent)
    assert await line.gateway.get_webhook_url() == ""
    line.sandbox.user_text(line.an, "Dag")
    fetched = await line.gateway.fetch_updates(offset=None, timeout_s=0, allowed=())
    assert isinstance(fetched, Fetched)
    assert len(fetched.updates) == 1


async def test_commands_are_set_in_a_language(line: Line) -> None:
    """The list of commands goes out per language."""
    assert isinstance(await line.gateway.set_commands({"help": "Hulp"}, language="nl"), Sent)


async def test_a_file_that_is_too_big_or_has_no_path(line: Line) -> None:
    """Bad_inputs 60: no file above the limit, and never half of one."""
    await line.gateway.send(
        "sendDocument", {"chat_id": line.an}, {"document": Upload(name="a.pdf", content=b"x" * 9)}
    )
    file_id = line.sandbox.view(line.an)[-1]["file"]["file_id"]
    assert await line.gateway.download(file_id, bytes_max=8) == Rejected(code="too-big")
    assert await line.gateway.download(file_id, bytes_max=9) == b"x" * 9
    assert isinstance(await line.gateway.download("nope"), Rejected | Unauthorized)


# --- updates -------------------------------------------------------------------------------------


async def test_updates_come_as_they_are(line: Line) -> None:
    """The poller gets each update's JSON, in order, however odd it is (bad_inputs 2-8)."""
    odd = b'{"update_id": 900000001, "message": {"text": "]}\\" ,{", "chat": null}}'
    line.sandbox.inject_raw(odd, 900000001)
    fetched = await line.gateway.fetch_updates(offset=None, timeout_s=0, allowed=("message",))
    assert isinstance(fetched, Fetched)
    assert json.loads(fetched.updates[0])["message"]["text"] == "/start"
    assert fetched.updates[1] == odd


async def test_an_update_too_deep_to_parse_keeps_no_other_back(line: Line) -> None:
    """Bad_inputs 12: 100,000 brackets in one update; the one after it is there all the same."""
    deep = b'{"update_id": 900000001, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    line.sandbox.inject_raw(deep, 900000001)
    line.sandbox.user_text(line.an, "na de haakjes")
    fetched = await line.gateway.fetch_updates(offset=None, timeout_s=0, allowed=("message",))
    assert isinstance(fetched, Fetched)
    assert fetched.updates[1] == deep
    assert b"na de haakjes" in fetched.updates[2]


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (b'{"ok":true,"result":[]}', []),
        (
            b' { "ok" : true , "result" : [ 1 , {"a":[{}]},"],[" ] } ',
            [b"1", b'{"a":[{}]}', b'"],["'],
        ),
        (b'{"ok":true,"result":[{"a":1}', None),
        (b'{"ok":true,"result":[{"a":"\\"}]}', None),
        (b'{"ok":false,"error_code":409,"description":"x","result":[]}', None),
        (b'{"ok":true,"result":true}', None),
        (b"<html>", None),
        (b"", None),
        (b"null", None),
    ],
)
def test_an_answer_is_cut_where_it_should_be(payload: bytes, expected: list[bytes] | None) -> None:
    """Bad_inputs 1: whole answers are cut into updates; half ones and others are not."""
    assert split_updates(payload) == expected


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"<html>", b'{"ok":true,"result":{}}'])
async def test_a_poll_that_is_answered_with_anything_else(line: Line, body: bytes) -> None:
    """Bad_inputs 1, 71: what is not a list of updates is trouble, not a crash, not silence."""
    line.sandbox.inject_body(body)
    fetched = await line.gateway.fetch_updates(offset=None, timeout_s=0, allowed=())
    assert isinstance(fetched, Unsure)


async def test_a_second_poller_is_told(line: Line) -> None:
    """Bad_inputs 69: 409 is a value."""
    line.sandbox.faults.add(Fault(kind="conflict"), method="getUpdates")
    assert await line.gateway.fetch_updates(offset=None, timeout_s=0, allowed=()) == TakenOver()


# --- the token -----------------------------------------------------------------------------------


async def test_neither_token_nor_text_reaches_a_log(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    """P19, S17: at DEBUG, through every kind of error, no canary in a log, a repr or a value."""
    caplog.set_level(logging.DEBUG)
    seen = [repr(line.gateway), str(line.gateway), repr(vars(line.gateway).get("_origin"))]
    for fault, _ in REPLIES:
        line.sandbox.faults.add(fault)
        seen.append(repr(await line.say("Mevrouw Kanarie, Kerkstraat 1")))
    line.sandbox.faults.add(Fault(kind="truncated", delivered=True), method="getUpdates")
    seen.append(repr(await line.gateway.fetch_updates(offset=None, timeout_s=0, allowed=())))
    wrong = Gateway(TOKEN + "x", line.gateway._origin)
    seen += [
        repr(await wrong.get_me()),
        repr(await wrong.fetch_updates(offset=1, timeout_s=0, allowed=())),
    ]
    await wrong.close()
    written = caplog.text + "\n".join(seen)
    assert "Canary" not in written
    assert "Kanarie" not in written
    assert not [
        record for record in caplog.records if record.name.startswith(("httpx", "telegram"))
    ]


def test_a_token_in_a_text_is_taken_out() -> None:
    """S17: what has the form of a token never stays in a text that is shown."""
    assert redact(f"POST https://api.telegram.org/bot{TOKEN}/getMe") == (
        "POST https://api.telegram.org/bot<token>/getMe"
    )


def test_the_order_in_which_errors_are_asked_for_matters() -> None:
    """PTB's BadRequest is a NetworkError: the gateway would retry for ever if it asked late."""
    assert issubclass(BadRequest, NetworkError)

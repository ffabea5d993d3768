"""Webhook deliveries: secret, order, repetition. Source: Bot API setWebhook, official server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.sandbox import Fault, Sandbox, until


@dataclass
class Receiver:
    """An HTTP server that notes what it gets and answers by plan, then 200."""

    url: str = ""
    got: list[tuple[dict[str, str], Any]] = field(default_factory=list)
    plan: list[tuple[int, str, bytes]] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request and close."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[1:]
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in head if line)}
        body = await reader.readexactly(int(headers["content-length"]))
        self.got.append((headers, json.loads(body)))
        status, extra, answer = self.plan.pop(0) if self.plan else (200, "", b"")
        writer.write(
            f"HTTP/1.1 {status} X\r\n{extra}Content-Length: {len(answer)}\r\n"
            "Connection: close\r\n\r\n".encode()
            + answer
        )
        await writer.drain()
        writer.close()
        self.came.set()

    async def wait(self, count: int) -> list[Any]:
        """Return the updates once there are `count`."""
        while len(self.got) < count:
            self.came.clear()
            await asyncio.wait_for(self.came.wait(), 3)
        return [update for _, update in self.got]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """Return a webhook of our own."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    yield receiver
    server.close()
    await server.wait_closed()


async def settled(sandbox: Sandbox, api: Any) -> Any:
    """Return WebhookInfo once nothing is pending."""
    await until(sandbox, lambda: not sandbox.updates.waiting)
    return await api.result("getWebhookInfo")


async def test_delivery_carries_the_secret_and_waiting_updates(api, sandbox, an, receiver) -> None:
    """Updates that waited and new ones are posted in order, each with the secret header."""
    sandbox.user_text(an, "waited")
    await api.result("setWebhook", url=receiver.url, secret_token="s3cret_-")
    sandbox.user_text(an, "new")
    updates = await receiver.wait(2)
    assert [update["message"]["text"] for update in updates] == ["waited", "new"]
    for headers, _ in receiver.got:
        assert headers["x-telegram-bot-api-secret-token"] == "s3cret_-"
        assert headers["content-type"] == "application/json"
    state = await settled(sandbox, api)
    assert state["url"] == receiver.url
    assert "secret_token" not in state


async def test_anything_but_2xx_is_repeated(api, sandbox, an, receiver) -> None:
    """An update is repeated until a 2xx; the next one of the same chat waits behind it."""
    receiver.plan = [(500, "", b""), (302, "Location: /x\r\n", b""), (403, "", b"")]
    await api.result("setWebhook", url=receiver.url)
    sandbox.user_text(an, "first")
    sandbox.user_text(an, "second")
    texts = [update["message"]["text"] for update in await receiver.wait(5)]
    assert texts == ["first"] * 4 + ["second"]
    state = await settled(sandbox, api)
    assert state["last_error_message"] == "Wrong response from the webhook: 403"


async def test_one_chat_does_not_hold_up_another(api, sandbox, an, receiver) -> None:
    """While an update of one chat is refused, those of another are delivered."""
    bram = sandbox.add_user("Bram")
    receiver.plan = [(503, "Retry-After: 3600\r\n", b"")]
    await api.result("setWebhook", url=receiver.url)
    sandbox.user_text(an, "stuck")
    await receiver.wait(1)
    sandbox.user_text(bram, "free")
    assert (await receiver.wait(2))[1]["message"]["text"] == "free"
    assert (await api.result("getWebhookInfo"))["pending_update_count"] >= 1


async def test_a_lost_answer_means_a_second_delivery(api, sandbox, an, receiver) -> None:
    """If the receiver's answer is lost, the same update comes again (row 9, P3)."""
    sandbox.faults.add(Fault(kind="timeout", delivered=True), method="webhook")
    await api.result("setWebhook", url=receiver.url)
    sandbox.user_text(an, "twice")
    first, second = await receiver.wait(2)
    assert first == second


async def test_a_call_can_be_the_answer(api, sandbox, an, receiver) -> None:
    """A webhook may answer with a method to call."""
    reply = json.dumps({"method": "sendMessage", "chat_id": an, "text": "by reply"}).encode()
    receiver.plan = [(200, "", reply)]
    await api.result("setWebhook", url=receiver.url)
    sandbox.user_text(an, "hello")
    await receiver.wait(1)
    await settled(sandbox, api)
    assert sandbox.last(an)["text"] == "by reply"


async def test_webhook_settings_are_checked(api) -> None:
    """https or this machine only; the secret's alphabet and length as the server checks them."""
    error = api.error
    assert "HTTPS URL" in (await error("setWebhook", url="http://kier.example/"))[1]
    url = "https://kier.example/"
    wrong = await error("setWebhook", url=url, secret_token="a b")
    assert wrong[1] == "Bad Request: secret token contains unallowed characters"
    long = await error("setWebhook", url=url, secret_token="a" * 257)
    assert long[1] == "Bad Request: secret token is too long"


async def test_pending_updates_can_be_dropped(api, sandbox, an) -> None:
    """drop_pending_updates forgets what waits; the answers describe what happened."""
    sandbox.user_text(an, "forgotten")
    answer = await api("deleteWebhook", drop_pending_updates=True)
    assert answer == {"ok": True, "result": True, "description": "Webhook is already deleted"}
    assert await api.result("getUpdates") == []

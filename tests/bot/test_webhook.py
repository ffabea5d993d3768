"""Updates that Telegram brings: the whole bot behind a webhook, over real HTTP."""

from __future__ import annotations

import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.assemble import Refused, Running
from bot.sandbox import Fault
from bot.settings import Address, SettingsError, Webhook, load_settings
from bot.webhook import SECRET_HEADER
from storage import inbox
from storage.errors import DatabaseFailed
from tests.bot.places import environment
from tests.bot.test_assemble import House, house_at
from tests.world import empty_file, file_url

__all__ = ["empty_file", "environment", "file_url"]


def a_port() -> int:
    """Return a port that nobody has just now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


@asynccontextmanager
async def hooked(place: Path) -> AsyncIterator[House]:
    """A house whose bot is told of updates; its messenger tries again soon."""
    async with house_at(place) as house:
        address = Address("127.0.0.1", a_port())
        webhook = Webhook(url=f"http://127.0.0.1:{address.port}", address=address)
        house.settings = replace(house.settings, webhook=webhook)
        house.sandbox.webhook_retry_s = 0.05
        yield house


async def asked(house: House, body: bytes, **headers: str) -> int:
    """Knock at the bot's door, and return the status."""
    async with httpx.AsyncClient(trust_env=False) as client:
        url = house.sandbox.webhook["url"]
        reply = await client.post(url, content=body, headers=headers)
        assert reply.content == b""
        return reply.status_code


async def kept(running: Running) -> int:
    """Return how many updates are in the inbox."""
    counts = await running.database.read(lambda c: inbox.counts(c, running.team_id))
    return counts.new + counts.done + counts.refused + counts.dead


async def test_what_is_brought_is_answered_once(tmp_path: Path) -> None:
    """Stored, committed, answered with 200; a burst as well, in order; nothing is polled."""
    async with hooked(tmp_path) as house, house.bot():
        await house.until(lambda: bool(house.sandbox.webhook))
        for number in range(20):
            house.sandbox.user_text(house.an, f"Dag {number}")
        await house.until(lambda: len(house.heard()) == 20)
        assert house.heard() == [f"echo Dag {number}" for number in range(20)]
        assert not house.sandbox.updates.waiting
        assert "getUpdates" not in {call.method for call in house.sandbox.calls}
        assert house.alarms == []


async def test_what_was_written_while_it_was_away_comes_too(tmp_path: Path) -> None:
    """Telegram keeps it, and brings it to the address of the next start."""
    async with hooked(tmp_path) as house:
        async with house.bot():
            await house.until(lambda: bool(house.sandbox.webhook))
            before = dict(house.sandbox.webhook)
        house.sandbox.user_text(house.an, "Dag")
        async with house.bot():
            await house.until(lambda: house.heard() == ["echo Dag"])
            assert house.sandbox.webhook["url"] != before["url"]
            assert house.sandbox.webhook["secret_token"] != before["secret_token"]


async def test_an_answer_that_is_lost_doubles_nothing(tmp_path: Path) -> None:
    """P3: it was stored, Telegram did not hear so, and brings it again."""
    async with hooked(tmp_path) as house, house.bot():
        await house.until(lambda: bool(house.sandbox.webhook))
        house.sandbox.faults.add(Fault(kind="timeout", delivered=True), method="webhook", times=3)
        house.sandbox.user_text(house.an, "Dag")
        await house.until(lambda: not house.sandbox.updates.waiting and bool(house.heard()))
        house.sandbox.user_text(house.an, "En nog")
        await house.until(lambda: len(house.heard()) == 2)
        assert house.heard() == ["echo Dag", "echo En nog"]


@pytest.mark.parametrize(
    "given", [None, "", "wrong", "\u00e9".encode("latin-1").decode("latin-1")]
)
async def test_without_the_secret_nothing_is_read(tmp_path: Path, given: str | None) -> None:
    """S1: no secret, an empty one, another: 403 and nothing stored; the right one is heard."""
    async with hooked(tmp_path) as house, house.bot() as running:
        await house.until(lambda: bool(house.sandbox.webhook))
        body = json.dumps({"update_id": 7, "message": "x" * 2_000_000}).encode()
        headers: dict[str, Any] = {}
        if given is not None:
            headers[SECRET_HEADER] = given.encode("latin-1")
        assert await asked(house, body, **headers) == 403
        assert await kept(running) == 0


async def test_only_one_address_and_one_way(tmp_path: Path) -> None:
    """S1: the last part of the address is as long as a secret; all others are not there."""
    async with hooked(tmp_path) as house, house.bot() as running:
        await house.until(lambda: bool(house.sandbox.webhook))
        hook = house.sandbox.webhook
        right = {SECRET_HEADER: hook["secret_token"]}
        origin = hook["url"].rsplit("/", 1)[0]
        async with httpx.AsyncClient(trust_env=False, headers=right) as client:
            for url in (origin, f"{origin}/x", f"{hook['url']}x", f"{origin}/healthz"):
                assert (await client.post(url, content=b"{}")).status_code == 404
            assert (await client.get(hook["url"])).status_code == 405
        assert len(hook["url"].rsplit("/", 1)[1]) >= 40
        assert await kept(running) == 0


async def test_a_body_that_is_too_large_or_none_at_all(tmp_path: Path) -> None:
    """More than a megabyte is not read to its end; what is no update is kept as a dead letter."""
    async with hooked(tmp_path) as house, house.bot() as running:
        await house.until(lambda: bool(house.sandbox.webhook))
        secret = {SECRET_HEADER: house.sandbox.webhook["secret_token"]}
        assert await asked(house, b"x" * (inbox.BODY_BYTES_MAX + 1), **secret) == 413
        assert await kept(running) == 0
        assert await asked(house, b"{", **secret) == 200
        assert await kept(running) == 1


async def test_a_database_error_is_never_answered_with_200(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P14: it comes again until it is stored."""
    real: Callable[..., Any] = inbox.store
    failures = iter([DatabaseFailed("full"), DatabaseFailed("locked")])

    def store(*words: Any, **named: Any) -> Any:
        if (failure := next(failures, None)) is not None:
            raise failure
        return real(*words, **named)

    async with hooked(tmp_path) as house, house.bot():
        await house.until(lambda: bool(house.sandbox.webhook))
        monkeypatch.setattr(inbox, "store", store)
        house.sandbox.user_text(house.an, "Dag")
        await house.until(lambda: house.heard() == ["echo Dag"])


async def test_a_webhook_of_somebody_else_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S28: looked at each minute; a person hears of it."""
    monkeypatch.setattr("bot.webhook.LOOK_S", 0.05)
    async with hooked(tmp_path) as house, house.bot():
        await house.until(lambda: bool(house.sandbox.webhook))
        ours = dict(house.sandbox.webhook)
        house.sandbox.webhook = {**ours, "url": "https://elsewhere.example/hook"}
        await house.until(lambda: house.sandbox.webhook == ours)
        assert house.alarms == ["webhook-was-set"]
        house.sandbox.user_text(house.an, "Dag")
        await house.until(lambda: house.heard() == ["echo Dag"])


async def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    """One sentence with the setting's name; Telegram was told nothing."""
    async with hooked(tmp_path) as house:
        assert house.settings.webhook is not None
        port = house.settings.webhook.address.port
        with socket.create_server(("127.0.0.1", port)), pytest.raises(Refused) as refused:
            async with house.bot():
                raise AssertionError("on a port that is taken")
        assert "KIER_WEBHOOK_LISTEN" in refused.value.way_out
        assert not house.sandbox.webhook


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"KIER_WEBHOOK_URL": "http://kier.example"}, "https"),
        ({"KIER_WEBHOOK_URL": "kier.example"}, "https"),
        ({"KIER_WEBHOOK_URL": "https://kier.example/?a=1"}, "only scheme"),
        ({"KIER_WEBHOOK_LISTEN": "8643"}, "needs KIER_WEBHOOK_URL"),
        ({"KIER_WEBHOOK_URL": "https://kier.example", "KIER_WEBHOOK_LISTEN": "x"}, "no port"),
    ],
)
def test_settings_that_are_wrong(
    environment: dict[str, str], given: dict[str, str], why: str
) -> None:
    """Each with its way out."""
    with pytest.raises(SettingsError, match=why):
        load_settings({**environment, **given})


def test_settings_that_are_right(environment: dict[str, str]) -> None:
    """On this machine alone, at a port of its own, unless another is named; else none."""
    assert load_settings(environment).webhook is None
    url = "https://kier.example/telegram"
    one = load_settings({**environment, "KIER_WEBHOOK_URL": url})
    assert one.webhook == Webhook(url=url, address=Address("127.0.0.1", 8643))
    two = load_settings(
        {**environment, "KIER_WEBHOOK_URL": url, "KIER_WEBHOOK_LISTEN": "0.0.0.0:9000"}
    )
    assert two.webhook == Webhook(url=url, address=Address("0.0.0.0", 9000))

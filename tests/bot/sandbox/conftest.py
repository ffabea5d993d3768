"""A sandbox served over real HTTP, a clock that stands still until told, and a plain client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.sandbox import Sandbox, serve


@dataclass
class Hands:
    """The hands of both clocks; a test moves them."""

    now: datetime = datetime(2027, 9, 13, 8, 20, tzinfo=UTC)
    seconds: float = 1000.0

    def move(self, **by: float) -> None:
        """Let time go by on both clocks."""
        self.now += timedelta(**by)
        self.seconds += timedelta(**by).total_seconds()


@dataclass
class Api:
    """Calls of a bot, as JSON."""

    client: httpx.AsyncClient
    token: str

    async def __call__(self, method: str, **params: Any) -> Any:
        """Return the whole answer, good or not."""
        return (await self.post(method, **params)).json()

    async def post(self, method: str, **params: Any) -> httpx.Response:
        """Return the HTTP response."""
        return await self.client.post(f"/bot{self.token}/{method}", json=params)

    async def result(self, method: str, **params: Any) -> Any:
        """Return the result of a call that must go well."""
        answer = await self(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def error(self, method: str, **params: Any) -> tuple[int, str]:
        """Return code and description of a call that must fail, the same in status and body."""
        response = await self.post(method, **params)
        answer = response.json()
        assert answer["ok"] is False
        assert answer["error_code"] == response.status_code
        return answer["error_code"], answer["description"]


@pytest.fixture
def hands() -> Hands:
    """Return the clocks of the test's sandbox."""
    return Hands()


@pytest.fixture
def sandbox(hands: Hands) -> Sandbox:
    """Return an empty world with our bot."""
    return Sandbox(clock=lambda: hands.now, monotonic=lambda: hands.seconds, webhook_retry_s=0.01)


@pytest.fixture
async def origin(sandbox: Sandbox) -> AsyncIterator[str]:
    """Serve the sandbox and return its origin."""
    async with serve(sandbox) as origin:
        yield origin


@pytest.fixture
async def http(origin: str) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of the sandbox."""
    async with httpx.AsyncClient(base_url=origin, timeout=5, trust_env=False) as client:
        yield client


@pytest.fixture
def api(http: httpx.AsyncClient, sandbox: Sandbox) -> Api:
    """Return the bot's side."""
    return Api(http, sandbox.token)


@pytest.fixture
async def ptb(
    origin: str, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Bot]:
    """Return python-telegram-bot's own Bot on the sandbox."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    # no certificates on plain HTTP: reading them takes longer than all else here
    requests = [HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)]
    async with Bot(
        sandbox.token,
        base_url=f"{origin}/bot",
        base_file_url=f"{origin}/file/bot",
        request=requests[0],
        get_updates_request=requests[1],
    ) as bot:
        yield bot


@pytest.fixture
def an(sandbox: Sandbox) -> int:
    """Return a user who pressed Start; the update about it is gone."""
    user_id = sandbox.add_user("An", "Peeters", language_code="nl")
    sandbox.start(user_id)
    sandbox.updates.clear()
    return user_id

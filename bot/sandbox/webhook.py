"""Deliveries of one bot's updates to its webhook: in order per chat, repeated until taken."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.sandbox.params import Params
from bot.sandbox.state import ApiError, Json, bad_request
from bot.sandbox.telegram import World
from bot.sandbox.updates import Queued

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
CONNECTIONS = 40  # Bot API's default; 1-100
WAIT_MAX_S = 60.0  # official server: the delay doubles up to a random 60-120 s
RETRY_AFTER_MAX_S = 3600.0
ANSWER_TIMEOUT_S = 30.0
SECRET_MAX = 256


def read_webhook(params: Params) -> Json:
    """Return the webhook that setWebhook asks for, {} for none; raises ApiError.

    http is taken for this machine only, as the official server does in local mode.
    """
    url = params.text("url")
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.text("secret_token")
    if len(secret) > SECRET_MAX:
        raise bad_request("secret token is too long")
    if not secret.replace("_", "a").replace("-", "a").isalnum() and secret:
        raise bad_request("secret token contains unallowed characters")
    return {
        "url": url,
        "max_connections": min(max(params.integer("max_connections", CONNECTIONS), 1), 100),
        "secret_token": secret,
    }


class Courier:
    """Carries updates to the webhook while one is set; `answer` runs a call in a reply."""

    def __init__(self, world: World, answer: Callable[[Json], Coroutine[Any, Any, None]]) -> None:
        """Carry nothing yet."""
        self.world = world
        self.answer = answer
        self.lanes: dict[str, asyncio.Task[None]] = {}
        self.client: httpx.AsyncClient | None = None

    def wake(self) -> None:
        """Begin on every chat that has updates waiting and nobody carrying them."""
        if not self.world.webhook:
            return
        for queued in [*self.world.updates.again, *self.world.updates.waiting]:
            if queued.lane not in self.lanes:
                task = asyncio.get_running_loop().create_task(self._lane(queued.lane))
                self.lanes[queued.lane] = task

    async def stop(self) -> None:
        """Drop everything that is under way."""
        tasks = list(self.lanes.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.lanes.clear()
        if self.client is not None:
            await self.client.aclose()
            self.client = None

    async def _lane(self, lane: str) -> None:
        tries = 0
        while self.world.webhook and (queued := self._next(lane)) is not None:
            wait_s = await self._carry(queued)
            if wait_s is None:
                self.world.updates.confirm(queued)
                self.world.changed()
                tries = 0
                continue
            tries += 1
            doubled = self.world.webhook_retry_s * 2 ** min(tries - 1, 16)
            await asyncio.sleep(wait_s or min(doubled, WAIT_MAX_S))
        self.lanes.pop(lane, None)

    def _next(self, lane: str) -> Queued | None:
        updates = self.world.updates
        return next((q for q in [*updates.again, *updates.waiting] if q.lane == lane), None)

    async def _carry(self, queued: Queued) -> float | None:
        """Return None if the update was taken, else seconds to wait (0: the usual delay)."""
        fault = self.world.faults.take("webhook", None)
        if fault is not None and not fault.delivered:
            return self._failed("Connection timed out")
        hook = self.world.webhook
        headers = {"Content-Type": "application/json"}
        if hook["secret_token"]:
            headers[SECRET_HEADER] = hook["secret_token"]
        if self.client is None:
            self.client = httpx.AsyncClient(timeout=ANSWER_TIMEOUT_S, trust_env=False)
        try:
            reply = await self.client.post(hook["url"], content=queued.raw, headers=headers)
        except httpx.HTTPError as error:
            return self._failed(f"Connection failed: {type(error).__name__}")
        if fault is not None:
            return self._failed("Read timeout expired")
        if not reply.is_success:
            self._failed(f"Wrong response from the webhook: {reply.status_code}")
            return retry_after(reply)
        await self._reply(reply)
        return None

    async def _reply(self, reply: httpx.Response) -> None:
        try:
            call = json.loads(reply.content) if reply.content else None
        except ValueError:
            return
        if isinstance(call, dict) and isinstance(call.get("method"), str):
            await self.answer(call)

    def _failed(self, text: str) -> float:
        self.world.webhook["last_error_date"] = int(self.world.clock().timestamp())
        self.world.webhook["last_error_message"] = text
        return 0.0


def retry_after(reply: httpx.Response) -> float:
    """Return the seconds a webhook asks to wait, at most an hour, 0 if it asks nothing."""
    given = reply.headers.get("Retry-After", "")
    return min(float(given), RETRY_AFTER_MAX_S) if given.isdigit() else 0.0


def conflict(text: str) -> ApiError:
    """Return a 409 in Telegram's wording."""
    return ApiError(409, f"Conflict: {text}")

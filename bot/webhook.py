"""Telegram → inbox by webhook: store, commit, and only then answer 200. For behind a proxy.

The address's last part and the secret are made anew at each start and told to Telegram alone. The
secret is compared in constant time, before a byte of the body is read (threats S1). What is not
answered with 200 Telegram brings again, so an error of the database loses nothing.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from functools import partial
from typing import Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.clock import Clock
from bot.gateway import Gateway
from bot.hooks import Connection, OnUnreadable
from bot.loops import Alarm, Caught, Ran, caught
from bot.outcomes import Sent, Unauthorized
from bot.poller import ALLOWED, QUEUE_MAX
from storage import inbox
from storage.database import Database

SECRET_HEADER: Final = "x-telegram-bot-api-secret-token"
LOOK_S: Final = 60.0
"""How often it is looked whether the updates come here still (threats S28)."""
TRY_AGAIN_S: Final = 5.0
AT_ONCE: Final = 64
"""Telegram opens forty connections at most, unless it is asked for more."""


class Receiver:
    """Takes updates from Telegram's server; one for one token."""

    def __init__(
        self,
        database: Database,
        *,
        team_id: int,
        clock: Clock,
        stored: Callable[[], None],
        unreadable: OnUnreadable,
    ) -> None:
        """`stored` is called after each commit; `unreadable` is told of what is no update (P2)."""
        self._database, self._team_id, self._clock = database, team_id, clock
        self._stored, self._unreadable = stored, unreadable
        self.path = f"/{secrets.token_urlsafe(32)}"
        self.secret = secrets.token_urlsafe(32)

    def page(self) -> Starlette:
        """Return what is served: one address, and nothing else."""
        return Starlette(routes=[Route(self.path, self._receive, methods=["POST"])])

    async def _receive(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self.secret.encode()):
            return Response(status_code=403)
        body = await _whole(request)
        if body is None:
            return Response(status_code=413)
        taken = await caught(self._database.write(partial(self._unit, body)))
        if isinstance(taken, Caught) or not taken:
            return Response(status_code=503)  # it comes again
        self._stored()
        return Response(status_code=200)

    def _unit(self, body: bytes, c: Connection) -> bool:
        """Store it; False: too many wait already, Telegram keeps this one (S20)."""
        if inbox.is_full(c, self._team_id, QUEUE_MAX):
            return False
        now = self._clock.now()
        stored = inbox.store(c, self._team_id, (body,), now)
        if stored.dead:
            self._unreadable(c, stored.dead, now)
        return True


async def _whole(request: Request) -> bytes | None:
    """Return the body, None for one that is too large or was broken off."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > inbox.BODY_BYTES_MAX:
                return None
    except ClientDisconnect:
        return None
    return bytes(body)


class Registration:
    """Tells Telegram where updates go, and looks whether they still do (threats S28)."""

    def __init__(
        self, gateway: Gateway, receiver: Receiver, url: str, *, clock: Clock, alarm: Alarm
    ) -> None:
        """`url` is the public address up to the receiver's own last part."""
        self._gateway, self._receiver = gateway, receiver
        self._clock, self._alarm = clock, alarm
        self._url = url.rstrip("/") + receiver.path
        self._is_set = False
        self.answered_at: float | None = None
        """When Telegram last said that updates come here, by the monotonic clock."""

    async def run_once(self) -> Ran:
        """Set it, or look at it; raises nothing of the network's."""
        if self._is_set:
            url = await self._gateway.get_webhook_url()
            if url == self._url:
                self.answered_at = self._clock.monotonic()
                return Ran(wait_s=LOOK_S)
            if not isinstance(url, str):
                return Ran(wait_s=TRY_AGAIN_S)
            self._alarm("webhook-was-set")
        outcome = await self._gateway.set_webhook(
            self._url, secret=self._receiver.secret, allowed=ALLOWED
        )
        if isinstance(outcome, Unauthorized):
            return Ran(fatal="token-refused")
        self._is_set = isinstance(outcome, Sent)
        if not self._is_set:
            return Ran(wait_s=TRY_AGAIN_S)
        self.answered_at = self._clock.monotonic()
        return Ran(count=1, wait_s=LOOK_S)

"""`/healthz`, `/readyz` and `/metrics`, on this machine alone unless the settings say otherwise.

`/healthz`: the process's loop turns (200, always: no answer at all says that it does not).
`/readyz`: it serves its team, or why not, as JSON (200 or 503).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.health.metrics import CONTENT_TYPE, exposition
from bot.listening import listening
from bot.loops import Caught, caught
from bot.settings import Address
from storage.vitals import Vitals

AT_ONCE: Final = 16
DATABASE_S: Final = 5.0
TELEGRAM_S: Final = 120.0
"""A poll waits for fifty seconds; two of them without an answer are no chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What the page asks the running bot."""

    vitals: Callable[[], Awaitable[Vitals]]
    leads: Callable[[], bool]
    telegram_s: Callable[[], float | None]
    """Seconds since Telegram last answered a poll; None: not since the start."""


@contextlib.asynccontextmanager
async def health_page(address: Address, probe: Probe) -> AsyncIterator[int]:
    """Serve the page while the block runs; gives the port. Raises OSError when it cannot."""
    async with listening(_application(probe), address, at_once=AT_ONCE) as port:
        yield port


def _application(probe: Probe) -> Starlette:
    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_: Request) -> Response:
        found = {
            "database": await _seen(probe) is not None,
            "leader": probe.leads(),
            "telegram": (since := probe.telegram_s()) is not None and since < TELEGRAM_S,
        }
        return JSONResponse(found, status_code=200 if all(found.values()) else 503)

    async def metrics(_: Request) -> Response:
        vitals = await _seen(probe)
        if vitals is None:
            return PlainTextResponse("the database does not answer\n", status_code=503)
        body = exposition(vitals, leads=probe.leads(), telegram_s=probe.telegram_s())
        return Response(body, headers={"content-type": CONTENT_TYPE})

    routes = [
        Route("/healthz", healthz, methods=["GET"]),
        Route("/readyz", readyz, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
    ]
    return Starlette(routes=routes)


async def _seen(probe: Probe) -> Vitals | None:
    """Return the vitals; None when the database gives none in time."""

    async def look() -> Vitals:
        async with asyncio.timeout(DATABASE_S):
            return await probe.vitals()

    found = await caught(look())
    return None if isinstance(found, Caught) else found

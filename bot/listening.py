"""HTTP on the loop of the bot: what the pages for monitors and for Telegram have in common."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Final

import uvicorn
from starlette.applications import Starlette

from bot.settings import Address

GRACE_S: Final = 1
"""How long an answer under way may take when the bot ends."""


@contextlib.asynccontextmanager
async def listening(page: Starlette, address: Address, *, at_once: int) -> AsyncIterator[int]:
    """Serve the page while the block runs; gives the port. Raises OSError when it cannot.

    `at_once`: requests beyond that many are answered with 503.
    """
    config = uvicorn.Config(
        page,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=at_once,
        timeout_graceful_shutdown=GRACE_S,
    )
    taken = socket.create_server((address.host, address.port), family=address.family)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    try:
        await server.startup(sockets=[taken])
        yield taken.getsockname()[1]
    finally:
        server.should_exit = True
        await server.shutdown(sockets=[taken])

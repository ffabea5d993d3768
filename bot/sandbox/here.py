"""Only this machine's own pages and programs reach what the sandbox serves.

It listens on this machine alone, but a browser here also runs other people's pages: one whose name
was made to mean 127.0.0.1 would be served, and any could open the page's socket.
"""

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class OnlyHere:
    """Refuses, with a 403, what is asked under another name or by another site's page."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes from here."""
        if scope["type"] == "lifespan" or _is_from_here(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})  # before it is open: a 403
        else:
            refusal = PlainTextResponse("Only from this machine, as 127.0.0.1 or localhost.", 403)
            await refusal(scope, receive, send)


def _is_from_here(headers: Headers) -> bool:
    origin = headers.get("origin")
    return _name(f"//{headers.get('host', '')}") in HERE and (
        origin is None or _name(origin) in HERE
    )


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None

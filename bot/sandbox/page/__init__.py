"""The page on which one person plays all roles: telephones, a clock that jumps, the case.

Only what `kier demo` shows; `kier run` never imports it. Nothing is fetched from elsewhere.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from fastapi import FastAPI
from nicegui import ui
from nicegui.language import Language
from starlette.responses import Response

from bot.sandbox.here import OnlyHere
from bot.sandbox.page.board import Board
from bot.sandbox.page.play import Play
from bot.sandbox.page.script import SCRIPT
from bot.sandbox.page.tour import Tour
from bot.sandbox.page.words import words_of

SHEETS = ("style.css", "phone.css", "case.css")
SHOWN = ("image/jpeg", "image/png", "image/gif", "image/webp")
"""What a browser opens by itself; anything else that people sent is only saved."""

SPOKEN: Final[dict[str, Language]] = {"nl": "nl", "en": "en-GB", "fr": "fr"}
"""The page's language as the browser is told it: whoever has it read aloud hears it rightly."""

RECONNECT_S = 30.0
"""A laptop that slept comes back to the same page."""


def application(play: Play) -> OnlyHere:
    """Return the page as an application to serve, once in a process."""
    served = FastAPI(openapi_url=None)
    tour = Tour(play)

    @served.get("/file/{file_id}")
    def file(file_id: str) -> Response:
        """Return a file that somebody sent in a chat."""
        stored = play.sandbox.files.get(file_id)
        if stored is None:
            return Response(status_code=404)
        mime = stored.mime or "application/octet-stream"
        how = "inline" if mime in SHOWN else "attachment"
        headers = {"Content-Disposition": how, "X-Content-Type-Options": "nosniff"}
        return Response(stored.content, media_type=mime, headers=headers)

    @ui.page("/", title=words_of(play.language)["title"])
    def page() -> None:
        """Draw the board for one browser."""
        for sheet in SHEETS:
            ui.add_css(files(__name__).joinpath(sheet).read_text(encoding="utf-8"))
        ui.add_body_html(f"<script>{SCRIPT}</script>")
        ui.query(".nicegui-content").classes("whole")
        Board(play, tour)

    ui.run_with(
        served,
        dark=None,
        language=SPOKEN[play.language.split("-")[0]],
        favicon=FAVICON,
        reconnect_timeout=RECONNECT_S,
        tailwind=False,
        show_welcome_message=False,
        gzip_middleware_factory=None,  # the same machine
    )
    return OnlyHere(served)


FAVICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect x="6" y="3" width="20" height="26" rx="2" fill="#f2c14e"/>
<path d="M6 5a2 2 0 0 1 2-2l11 4v24L8 29a2 2 0 0 1-2-2z" fill="#0f6b5c"/></svg>"""

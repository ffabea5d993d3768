"""`kier demo`: the sandbox's server, the real bot and a page to play all roles, in one process.

The bot is assembled as by `kier run` and speaks to the sandbox over real HTTP on this machine. Its
data directory, database and key are made for one play and thrown away after it.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import socket
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml
from rich.console import Console

from bot.clock import Clock, ShiftedClock, SystemClock
from bot.logs import log_to_stderr
from bot.texts import LANGUAGES

if TYPE_CHECKING:
    import uvicorn

    from bot.assemble import Parts
    from bot.hooks import Connection
    from bot.loops import Stop
    from bot.outcomes import Me
    from bot.sandbox.acts import Sandbox
    from bot.sandbox.page.play import Part, Play, Stage
    from bot.settings import Settings
    from storage.database import Database

EXIT_WRONG: Final = 2
HOST: Final = "127.0.0.1"
# of a real one's form, which no file of ours may hold whole
TOKEN: Final = f"110000001:DEMO-{'0' * 30}"
BEGINS: Final = datetime(2027, 9, 13, 8, 15, tzinfo=UTC)
"""A Monday, 10:15 in Brussels: the morning is young and no holiday near."""

WELCOME_S_MAX: Final = 30.0
"""How long the bot may take to greet the team; a slow machine is no failure."""

CAST: Final = (
    ("reporter", "reporter", "Lies", "Janssens", "red"),
    ("an", "worker", "An", "Peeters", "green"),
    ("bram", "worker", "Bram", "Willems", "blue"),
    ("karin", "coordinator", "Karin", "De Vos", "violet"),
)
CHANNEL: Final = "channel"
TEAMS: Final = {"nl-NL": "Wijkteam Ravels", "fr": "CPAS de Ravels"}


def main(*, port: int = 8080, open_page: bool = True, language: str = "nl-BE") -> int:
    """Show the demo until Ctrl-C; return the exit status (2: it cannot be shown here).

    `port` 0 takes any free one.
    """
    console = Console()
    missing = [name for name in ("nicegui", "uvicorn", "starlette") if find_spec(name) is None]
    if missing:
        console.print(
            f"The demo needs {', '.join(missing)}: install Kier with its demo extra "
            "(`make install` does), then try again."
        )
        return EXIT_WRONG
    if language not in LANGUAGES:
        console.print(f"The demo is shown in {' or '.join(LANGUAGES)}, not in {language}.")
        return EXIT_WRONG
    try:
        listening = _listen(port)
    except OSError as error:
        console.print(_why_not(port, error))
        return EXIT_WRONG
    log_to_stderr(logging.WARNING)
    with listening:
        asyncio.run(_show(listening, console, open_page=open_page, language=language))
    return 0


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise error if isinstance(error, OSError) else OSError(errno.EINVAL, str(error)) from None
    return listening


def _why_not(port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken, perhaps by a demo that is still running. "
            f"Choose another: kier demo --port {port + 1 if port < 65535 else 8081}"
        )
    return f"Port {port} cannot be used ({error.strerror}); choose another: kier demo --port 8081"


async def _show(
    listening: socket.socket, console: Console, *, open_page: bool, language: str
) -> None:
    from bot.loops import Stop, stop_on_signals, together
    from bot.sandbox.page.play import Play

    stop = Stop()
    stop_on_signals(stop)
    play = Play(language)
    address = f"http://{HOST}:{listening.getsockname()[1]}"
    with tempfile.TemporaryDirectory(prefix="kier-demo-") as folder:
        os.environ.setdefault("NICEGUI_STORAGE_PATH", str(Path(folder) / "page"))

        async def page() -> None:
            await play.begun()
            await _serve_page(play, listening, stop, lambda: _say(console, address, open_page))

        await together([_keep_playing(play, Path(folder), stop), page()])


def _say(console: Console, address: str, open_page: bool) -> None:
    console.print(f"[bold]Kier[/bold] is on stage at [link={address}]{address}[/link]")
    console.print("All roles on one page; nothing leaves this machine. Ctrl-C ends it.")
    if open_page and _has_screen():
        webbrowser.open(address)


def _has_screen() -> bool:
    # without one, Linux would open a browser of text in this terminal
    return sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


async def _keep_playing(play: Play, folder: Path, stop: Stop) -> None:
    """Play, and begin again when that is wanted, until the stop."""
    while not stop.asked:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            async with stage(Path(place), play.language) as built:
                play.begin(built)
                await stop.unless(play.wanted_again())
                play.end()
                await play.unwatched()


async def _serve_page(
    play: Play, listening: socket.socket, stop: Stop, ready: Callable[[], None]
) -> None:
    import uvicorn

    from bot.sandbox.page import application

    config = uvicorn.Config(
        application(play),
        ws="websockets-sansio",
        log_config=None,
        log_level="error",
        access_log=False,
        timeout_graceful_shutdown=1,  # a page that stays open holds its connection
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listening])
    try:
        ready()
        await stop.wait()
    finally:
        await _close(server, listening)


async def _close(server: uvicorn.Server, listening: socket.socket) -> None:
    server.should_exit = True
    await server.shutdown(sockets=[listening])


# --- the stage: a world, the people in it, the bot -----------------------------------------------


@asynccontextmanager
async def stage(folder: Path, language: str) -> AsyncIterator[Stage]:
    """Build a stage and take it down: a world, its server, people with roles, the real bot."""
    from bot import assemble
    from bot.handle.office import open_office
    from bot.sandbox import Sandbox, serve, until
    from bot.sandbox.page.play import Stage

    clock = ShiftedClock(offset=BEGINS - SystemClock().now())
    sandbox = Sandbox(clock=clock.now, token=TOKEN, username="kier_demo_bot")
    async with AsyncExitStack() as opened:
        origin = await opened.enter_async_context(serve(sandbox))
        settings = _settings(folder, origin, language)
        parts = _people(sandbox, language)

        async def assembly(settings: Settings, database: Database, me: Me, clock: Clock) -> Parts:
            joined = await assemble.kier(settings, database, me, clock)
            await database.write(
                lambda c: _give_roles(c, joined.team_id, parts, language, clock.now())
            )
            return joined

        running = await opened.enter_async_context(
            assemble.serving(settings, clock=clock, assembly=assembly)
        )
        name = running.me.username
        office = await running.database.write(
            lambda c: open_office(c, settings.team, name or None, clock.now())
        )
        _enter(sandbox, parts)
        await until(sandbox, lambda: _are_welcomed(sandbox, parts), WELCOME_S_MAX)
        yield Stage(
            parts=parts, sandbox=sandbox, clock=clock, database=running.database, office=office
        )


def _settings(folder: Path, origin: str, language: str) -> Settings:
    from bot.settings import load_settings

    team_file = folder / "team.yaml"
    team_file.write_text(yaml.safe_dump(team_of(language), allow_unicode=True), encoding="utf-8")
    settings = load_settings(
        {
            "KIER_TOKEN": TOKEN,
            "KIER_API_URL": origin,
            "KIER_DATA_DIR": str(folder / "data"),
            "KIER_TEAM_FILE": str(team_file),
        }
    )
    return replace(settings, backup_dir=None)  # nothing is kept


def team_of(language: str) -> dict[str, object]:
    """Return the demo's team, as its team file says it."""
    return {
        "name": TEAMS.get(language, "OCMW Ravels"),
        "country": "BE",
        "timezone": "Europe/Brussels",
        "language": language,
        "procedures": ["ravels", "eropaf"],
        "hours": {"mon-fri": ["09:00-12:00", "13:00-17:00"]},
        "assignment": "claim",
        "phone": "014 00 00 00",
    }


def _people(sandbox: Sandbox, language: str) -> tuple[Part, ...]:
    """Put the people into the world; the team's group among them, with the bot not in it yet."""
    from bot.sandbox.page.play import Part, Speaker
    from bot.sandbox.page.words import words_of

    parts = []
    for key, role, first, last, colour in CAST:
        user_id = sandbox.add_user(first, last, language_code=language[:2])
        parts.append(
            Part(
                key=key,
                role=role,
                name=first,
                chat_id=user_id,
                colour=colour,
                speakers=(Speaker(user_id=user_id, name=first),),
            )
        )
    team = [part for part in parts if part.role != "reporter"]
    owner = next(part.chat_id for part in parts if part.role == "coordinator")
    name = words_of(language)["channel-name"]
    group = sandbox.add_group(
        f"{name} Ravels", owner=owner, members=[part.chat_id for part in team]
    )
    channel = Part(
        key=CHANNEL,
        role=CHANNEL,
        name=f"{name} Ravels",
        chat_id=group,
        colour="sand",
        speakers=tuple(part.speakers[0] for part in team),
    )
    return (*parts, channel)


def _give_roles(
    c: Connection, team_id: int, parts: tuple[Part, ...], language: str, now: datetime
) -> None:
    """Let the team's people in before anybody writes, as invitations would have done."""
    from bot.handle.office import CHANNEL as CHANNEL_FLAG
    from storage import people, teams

    for part in parts:
        if part.role == "worker" or part.role == "coordinator":
            people.put_person(
                c,
                team_id,
                name=part.name,
                role="worker" if part.role == "worker" else "coordinator",
                user_id=part.chat_id,
                language=language,
                now=now,
            )
        if part.is_group:
            teams.set_flag(c, team_id, CHANNEL_FLAG, {"chat": part.chat_id}, now)


def _enter(sandbox: Sandbox, parts: tuple[Part, ...]) -> None:
    """The team opens the bot; the reporter has not yet."""
    owner = next(part.chat_id for part in parts if part.role == "coordinator")
    for part in parts:
        if part.is_group:
            sandbox.add_bot(part.chat_id, by=owner, admin=True)
        elif part.role != "reporter":
            sandbox.start(part.chat_id)


def _are_welcomed(sandbox: Sandbox, parts: tuple[Part, ...]) -> bool:
    return all(
        any(message["mine"] for message in sandbox.view(part.chat_id))
        for part in parts
        if part.role in ("worker", "coordinator")
    )


if __name__ == "__main__":
    import argparse

    parser = argparse.ArgumentParser(prog="python -m bot.sandbox.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--no-open", action="store_true")
    parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    chosen = parser.parse_args()
    raise SystemExit(
        main(port=chosen.port, open_page=not chosen.no_open, language=chosen.language)
    )

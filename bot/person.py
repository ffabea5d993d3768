"""`kier person …`: everything about one person, for them or to be erased, beside the running bot.

Both are written in the access log; erasing says first what would go, and does it with `--yes`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from rich.console import Console
from rich.markup import escape

from bot import retention
from bot.clock import SystemClock
from bot.command import WRONG, AskedWrongly, ended
from bot.handle.codes import Codes
from bot.handle.looking import Looking
from bot.handle.notices import tell_coordinators
from bot.handle.office import Desk
from bot.handle.posting import Post
from bot.handle.subjects import Asked, Erased, Found, Subjects, readable
from bot.hooks import Connection
from bot.settings import Settings
from bot.texts import plain, settled
from bot.views.export_rows import Frame
from bot.whole_file import look_first, write_whole
from storage import cases, teams
from storage.database import Database
from storage.errors import DatabaseFailed
from storage.keys import Keyring

T = TypeVar("T")

THIRD_PARTIES: Final = (
    "What people wrote may be about others too. Read it all, and take out what is theirs, before "
    "you hand it over."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasing:
    """What was found, by reference, and what became of it; `done` None: nothing yet."""

    refs: tuple[str, ...]
    people: int
    done: Erased | None
    wiped: bool = True
    """Nothing of it is left on the disk; False: the running bot sees to that within the hour."""


def export(
    settings: Settings, asked: Asked, out: Path, *, force: bool, language: str | None
) -> int:
    """Write everything about the person as JSON, and beside it as text; exit status 0, 1 or 2."""
    console = Console(stderr=True, soft_wrap=True)
    beside = out.with_suffix(".txt")
    if beside == out:
        console.print("Name a file for the JSON, e.g. person.json; the text goes beside it.")
        return WRONG

    def unit() -> dict[str, Any]:
        return asyncio.run(_handed_over(settings, asked, SystemClock().now(), language))

    def write() -> None:
        for path in (out, beside):
            look_first(path, force=force)
        with console.status("Reading"):
            document = unit()
        warning = plain(settled(language, settings.team.language), "person-third-parties")
        text = readable(document, warning)
        for one in document["cases"]:
            del one["readable"]
        content = json.dumps(document, ensure_ascii=False, indent=2)
        write_whole(out, content.encode(), force=force)
        write_whole(beside, text.encode(), force=force)
        refs = ", ".join(one["reference"] for one in document["cases"]) or "none"
        said = f"{out}, {beside}: cases: {refs}; members: {len(document['people'])}"
        console.print(escape(f"{said}. Noted in the access log."))
        console.print(THIRD_PARTIES)

    return ended(console, write)


async def _handed_over(
    settings: Settings, asked: Asked, now: datetime, language: str | None
) -> dict[str, Any]:
    def unit(c: Connection) -> dict[str, Any]:
        desk, subjects = _at_desk(c, settings, now)
        found = _found(subjects, asked)
        frame = Frame(
            team=desk.team(),
            language=settled(language, settings.team.language),
            now=now,
            made_by=None,
        )
        document = subjects.document(found, frame)
        # in the same unit: nothing is handed over that is not noted
        subjects.log(found, "person-export", None)
        post = Post(desk, Looking(desk))
        tell_coordinators(desk, post, "exported-person", None, len(found.cases))
        return document

    return await _on(settings, lambda database: database.write(unit))


def erase(settings: Settings, asked: Asked, *, yes: bool) -> int:
    """Erase everything about the person, or say what would go; exit status 0, 1 or 2."""
    console = Console(stderr=True, soft_wrap=True)

    def work() -> None:
        with console.status("Erasing" if yes else "Looking"):
            told = asyncio.run(erased(settings, asked, SystemClock().now(), yes=yes))
        refs = escape(", ".join(told.refs) or "none")
        if told.done is None:
            console.print(f"Cases: {refs}; members: {told.people}. Nothing was erased yet.")
            console.print("Gone then for good: names, addresses, what people said, and files.")
            console.print("Is all of this the person's? Then say it again with --yes.")
            return
        console.print(f"Erased: cases: {told.done.cases} ({refs}), members: {told.done.people}.")
        if not told.wiped:
            console.print("The running bot takes it off the disk within the hour.")
        console.print(
            "Noted in the access log, and beside the backups; those hold it still, sealed, for a "
            "month at most, and a restore erases it again."
        )

    return ended(console, work)


async def erased(settings: Settings, asked: Asked, now: datetime, *, yes: bool) -> Erasing:
    """Find, and with `yes` erase, from the disk too.

    Raises `AskedWrongly`, and what the database and the backups' place raise.
    """

    def unit(c: Connection) -> Erasing:
        desk, subjects = _at_desk(c, settings, now)
        found = _found(subjects, asked)
        if still_open := subjects.still_open(found):
            raise AskedWrongly(
                f"{', '.join(still_open)}: still open; close it in the chat first, so that nobody "
                "waits for it."
            )
        if subjects.on_team(found):
            raise AskedWrongly("A member of the team has that name; they leave the team first.")
        refs = tuple(cases.load(c, number).row.ref for number in found.cases)
        done = subjects.erase(found, None) if yes else None
        if done is not None:
            tell_coordinators(desk, Post(desk, Looking(desk)), "erased", None, done.cases)
        return Erasing(refs=refs, people=len(found.people), done=done)

    async def work(database: Database) -> Erasing:
        told = await database.write(unit)
        if told.done is None:
            return told
        try:
            await retention.wipe(database, settings)
        except DatabaseFailed:  # the bot was reading just then
            return replace(told, wiped=False)
        return told

    return await _on(settings, work)


def forget_code(settings: Settings, name: str) -> int:
    """Clear the security code of the coordinator of that name; exit status 0, 1 or 2."""
    console = Console(stderr=True, soft_wrap=True)

    def unit(c: Connection) -> None:
        desk, _ = _at_desk(c, settings, SystemClock().now())
        called = [p for p in desk.people.values() if p.state != "left" and p.name == name]
        codes = Codes(desk)
        having = [person for person in called if codes.state(person.id) != "none"]
        if not called:
            raise AskedWrongly(f"Nobody on the team is called {name}; look in the chat: /team.")
        if len(having) != 1:
            raise AskedWrongly(
                f"{name} has no security code."
                if not having
                else f"{len(having)} people called {name} have one; give them names of their own."
            )
        codes.drop(having[0].id)
        post = Post(desk, Looking(desk))
        tell_coordinators(desk, post, "code-forgotten", None, member=having[0].id)

    def work() -> None:
        asyncio.run(_on(settings, lambda database: database.write(unit)))
        console.print(
            escape(f"{name} chooses another with /code in the chat. All coordinators are told.")
        )

    return ended(console, work)


def _found(subjects: Subjects, asked: Asked) -> Found:
    found = subjects.find(asked)
    if found.missed:
        raise AskedWrongly(f"{'; '.join(found.missed)}; nothing was done.".capitalize())
    if not found.cases and not found.people:
        raise AskedWrongly("Nobody was found; try the telephone, the address or the reference.")
    return found


def _at_desk(c: Connection, settings: Settings, now: datetime) -> tuple[Desk, Subjects]:
    known = {each.name: each.id for each in teams.teams(c)}
    if settings.team.name not in known:
        raise AskedWrongly(
            f"The database knows no team {settings.team.name}; look whether KIER_TEAM_FILE and "
            "KIER_DATABASE_URL belong together."
        )
    desk = Desk(c, retention.desk_office(settings, known[settings.team.name]), now)
    return desk, Subjects(desk, Looking(desk))


async def _on(settings: Settings, work: Callable[[Database], Awaitable[T]]) -> T:
    keys = Keyring.load(settings.key_file)
    database = await Database.open(settings.database_url, keys=keys, migrate=False)
    try:
        return await work(database)
    finally:
        await database.close()

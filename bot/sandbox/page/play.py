"""The play that the page shows: who is in it, what time it is, how time is moved on.

Reads the memory through storage's and the screens' own functions; writes nothing there. What it
moves is the clock; everything else happens because the bot noticed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeVar

from bot.clock import ShiftedClock
from bot.handle.office import Office
from bot.hooks import Connection
from bot.sandbox.acts import Sandbox
from bot.sandbox.control import wait_change
from bot.sandbox.page.cards import Card, cards_of
from bot.sandbox.state import Chat, Json
from storage import cases, dues, inbox, outbox
from storage.database import Database

T = TypeVar("T")

SETTLE_S_MAX: Final = 20.0
"""Thirty messages to one chat leave within Telegram's limits in about that time."""
PACED: Final = timedelta(seconds=5)
"""What is put off by less is held by the sender's limits, not by a rule: it is waited for."""
LOOK_S: Final = 0.05
MOMENTS_MAX: Final = 80
"""Due moments of one jump: a guard, not a rule."""
MIGRATED: Final = "migrate_from_chat_id"
"""The old group has said so already."""
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who can write and press in a chat."""

    user_id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A chat to play. `role` is reporter, worker, coordinator or channel; `key` names it."""

    key: str
    role: str
    name: str
    chat_id: int
    colour: str
    speakers: tuple[Speaker, ...]

    @property
    def is_group(self) -> bool:
        """Whether several people write here."""
        return self.role == "channel"

    @property
    def initial(self) -> str:
        """The letter that stands for the chat."""
        return self.name[:1].upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What stands while one play runs: a world, a clock, the bot and its memory."""

    parts: tuple[Part, ...]
    sandbox: Sandbox
    clock: ShiftedClock
    database: Database
    office: Office


class Ended(Exception):
    """The stage is gone or about to go."""


class Play:
    """The play on its stage.

    `version` counts the times it was begun; `busy` while time runs, `is_on` while a stage stands.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.version = 0
        self.busy = False
        self.is_on = False
        self._stage: Stage | None = None
        self._again = asyncio.Event()
        self._begun = asyncio.Event()
        self._readers = 0
        self._unread = asyncio.Event()
        self._unread.set()

    @property
    def stage(self) -> Stage:
        """What stands now."""
        assert self._stage is not None, "the play has not begun"
        return self._stage

    @property
    def sandbox(self) -> Sandbox:
        """The world of Telegram that it plays in."""
        return self.stage.sandbox

    def begin(self, stage: Stage) -> None:
        """Play on this stage from now on; every page draws itself anew."""
        self._stage = stage
        self.is_on = True
        self.version += 1
        self._again.clear()
        self._begun.set()

    def end(self) -> None:
        """The stage is about to be taken down: nobody looks at it any more."""
        self.is_on = False
        self._begun.clear()

    async def begun(self) -> None:
        """Return when a stage stands."""
        await self._begun.wait()

    async def unwatched(self) -> None:
        """Return when no reading of the stage is under way."""
        await self._unread.wait()

    async def wanted_again(self) -> None:
        """Return when somebody wants to begin again: the stage may be taken down then."""
        await self._again.wait()

    async def begin_again(self) -> None:
        """Ask for a new stage and return when it stands."""
        if self.is_on:
            self.end()
            self._again.set()
        await self._begun.wait()

    async def _read(self, unit: Callable[[Connection], T]) -> T:
        """Read from the stage's memory, which is not closed meanwhile; raises `Ended`."""
        async with self.watched():
            return await self.stage.database.read(unit)

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Keep the stage standing while it is looked at; raises `Ended`."""
        if not self.is_on:
            raise Ended
        self._readers += 1
        self._unread.clear()
        try:
            yield
        finally:
            self._readers -= 1
            if not self._readers:
                self._unread.set()

    # what time it is

    def now(self) -> datetime:
        """Return the play's moment, in the team's zone."""
        return self.local(self.stage.clock.now())

    def local(self, at: datetime) -> datetime:
        """Return `at` as the team's wall shows it."""
        return at.astimezone(self.stage.office.days.zone)

    async def next_moment(self) -> datetime | None:
        """Return the earliest due moment, in the team's zone."""
        found = await self._read(self._next_due)
        return None if found is None else self.local(found)

    def _next_due(self, c: Connection) -> datetime | None:
        return dues.next_due(c, self.stage.office.team_id)

    # moving time

    async def to_next_moment(self) -> None:
        """Jump to the earliest due moment."""
        moment = await self.next_moment()
        if moment is not None:
            await self._moving(partial(self._walk, moment))

    async def a_working_day_on(self) -> None:
        """Go to the same time on the next working day, through every moment before it."""
        days, now = self.stage.office.days, self.now()
        later = days.at(days.next_workday(now.date()), now.time().replace(tzinfo=None))
        await self._moving(partial(self._walk, later))

    async def an_hour_on(self) -> None:
        """Go an hour on, through every moment before it."""
        await self._moving(partial(self._walk, self.now() + HOUR))

    async def until(self, moment: datetime) -> None:
        """Go to a moment, through every one before it."""
        await self._moving(partial(self._walk, moment))

    async def until_something_happens(self) -> None:
        """Go on from moment to moment, unanswered, until one of them moves a case.

        Mornings with nothing but the list are passed.
        """
        await self._moving(self._wait_in_silence)

    async def _moving(self, move: Callable[[], Awaitable[None]]) -> None:
        if self.busy:
            return
        self.busy = True
        try:
            await self.settled()
            await move()
        except Ended:
            pass  # somebody began anew, or left
        finally:
            self.busy = False

    async def _walk(self, to: datetime) -> None:
        for _ in range(MOMENTS_MAX):
            due = await self.next_moment()
            if due is None or due > to:
                break
            await self._jump(due)
        await self._jump(to)

    async def _jump(self, to: datetime) -> None:
        clock = self.stage.clock
        if to > clock.now():
            clock.jump_to(to)
        await self.settled()

    async def _wait_in_silence(self) -> None:
        for _ in range(MOMENTS_MAX):
            due = await self.next_moment()
            if due is None:
                return
            before = await self._read(self._happened)
            await self._jump(due)
            if await self._read(self._happened) != before:
                return

    def _happened(self, c: Connection) -> tuple[int, ...]:
        """Return how often each case has changed."""
        return tuple(one.row.version for one in cases.all_cases(c, self.stage.office.team_id))

    async def settled(self) -> None:
        """Return when nothing is due, nothing waits to be heard and nothing to be sent."""
        loop = asyncio.get_running_loop()
        until = loop.time() + SETTLE_S_MAX
        while loop.time() < until:
            heard = not self.sandbox.updates.waiting
            if heard and await self._read(self._is_quiet):
                return
            await wait_change(self.sandbox, self.sandbox.revision, LOOK_S)

    def _is_quiet(self, c: Connection) -> bool:
        team_id, now = self.stage.office.team_id, self.stage.clock.now()
        if inbox.counts(c, team_id).new or outbox.counts(c, team_id).get("sending"):
            return False
        due, outgoing = self._next_due(c), outbox.oldest_due(c, team_id)
        if outgoing is not None and outgoing <= now + PACED:
            return False
        return due is None or due > now

    # the chats

    def chat_of(self, part: Part) -> Chat:
        """Return the chat that a part is played in: a group may have become a supergroup."""
        chat = self.sandbox.chat(part.chat_id)
        while chat.migrated_to is not None:
            chat = self.sandbox.chats[chat.migrated_to]
        return chat

    def view_of(self, part: Part) -> list[Json]:
        """Return a part's messages as a client draws them, those before a migration first.

        `place` is (chat, number) of each, where it is pressed: numbers begin anew there.
        """
        chat = self.sandbox.chat(part.chat_id)
        view = self._placed(chat)
        while chat.migrated_to is not None:
            chat = self.sandbox.chats[chat.migrated_to]
            old = [{**each, "message_id": -len(view) + n} for n, each in enumerate(view)]
            new = self._placed(chat)
            view = [*old, *(each for each in new if each["service"] != MIGRATED)]
        return view

    def _placed(self, chat: Chat) -> list[Json]:
        view = self.sandbox.view(chat.chat_id)
        return [{**each, "place": (chat.chat_id, each["message_id"])} for each in view]

    # the cases

    async def cards(self) -> tuple[Card, ...]:
        """Return the cases, open ones first, the newest first among each."""
        office, now = self.stage.office, self.stage.clock.now()
        return await self._read(
            lambda c: cards_of(c, office, self.language, now),
        )

    def commands(self, part: Part) -> tuple[tuple[str, str], ...]:
        """Return the commands that the bot offers in this chat, as a client's menu shows them."""
        profile = self.sandbox.profile
        code = self.language[:2]
        places = [
            f'{{"chat_id": {self.chat_of(part).chat_id}, "type": "chat"}}',
            '{"type": "all_private_chats"}',
        ]
        for where in [*places, '{"type": "default"}', ""]:
            for spoken in (code, ""):
                found = profile.get(f"commands/{spoken}/{where}")
                if found:
                    return tuple((each["command"], each["description"]) for each in found)
        return ()

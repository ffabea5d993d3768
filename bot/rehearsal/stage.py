"""The stage of a rehearsal: an empty team, its people's chats, and a clock that jumps.

Texts and presses become updates that the real bot handles; what its outbox holds lands in the
chats as if the messenger had taken it.
"""

from __future__ import annotations

import html as html_
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from bot.handle import Handler
from bot.handle.office import open_office
from bot.hooks import NOT_FOR_YOU
from bot.rehearsal.memory import client_of
from bot.rehearsal.story import Story
from bot.screen import Intent, Verb, from_codes
from bot.team import Assignment, Language, Team
from scheduler.procedure import Role
from scheduler.workdays import Workdays
from storage import buttons, drafts, dues, inbox, outbox, people, teams
from storage.database import Database

FIRST_USER: Final = 70_000_001
"""Telegram ids of the story's people; invented."""
EPOCH: Final = datetime(2027, 1, 1, tzinfo=UTC)
"""When a story without a moment is played."""
INSTANT: Final = timedelta(microseconds=1)

_TAG: Final = re.compile(r"<[^>]*>")
_TOLD: Final = ("prompt", "nudge", "alert", "info")
_ROLES: Final[Mapping[Role, people.Role]] = {
    Role.REPORTER: "reporter",
    Role.WORKER: "worker",
    Role.COORDINATOR: "coordinator",
}


class Stuck(Exception):
    """The bot offers no way to do what the story says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message as a person got it. `text` is plain; `client` names the case."""

    at: datetime
    to: str
    kind: str
    step: str | None
    about: str
    due_at: datetime | None
    marks: tuple[str, ...]
    text: str
    client: str | None


@dataclass(slots=True)
class Chat:
    """A person's chat: the messages that are there and the callbacks under each."""

    user_id: int
    name: str
    messages: dict[int, list[str]] = field(default_factory=dict)


class Stage:
    """An empty database with the story's team, and what its people see of the bot."""

    def __init__(self, story: Story, database: Database) -> None:
        """The database is empty, and stays the caller's to close."""
        self.story, self.database = story, database
        self.days = Workdays(story.calendar)
        self.chats = {
            name: Chat(user_id=FIRST_USER + n, name=name) for n, name in enumerate(story.people)
        }
        self.ids: dict[str, int] = {}
        self.names: dict[int, str] = {}
        self.sent: list[Sent] = []
        self.update_id = 0
        self.message_id = 0
        self.now = story.entries[0].at if story.entries else EPOCH
        self.refused: str | None = None
        self.denied = False

    # the team

    async def _set_up(self) -> None:
        story = self.story
        team = Team(
            name=story.title[:70],
            language=Language(story.language),
            calendar=story.calendar,
            procedures=(story.procedure,),
            assignment=Assignment(story.assignment),
            overrides=overrides_of(story),
        )
        before = self.now - timedelta(days=1)
        number = len(await self.database.read(teams.teams)) + 1
        team = replace(team, name=f"{number} {team.name}"[:80])
        office = await self.database.write(
            partial(open_office, team=team, bot_name="KierRehearsalBot", now=before)
        )
        self.team_id = office.team_id
        self.procedure = next(iter(office.versions.values()))
        self.handler = Handler(office)
        await self.database.write(partial(self._put_people, now=before))
        await self.database.write(partial(self.handler.begin, now=self.now - INSTANT))

    def _put_people(self, c: Any, now: datetime) -> None:
        for spec in self.story.people.values():
            self.ids[spec.name] = people.put_person(
                c,
                self.team_id,
                name=spec.name,
                role=_ROLES[spec.role],
                user_id=self.chats[spec.name].user_id,
                language=self.story.language,
                works=None if spec.works is None else tuple(sorted(spec.works)),
                now=now,
            )
        for spec in self.story.people.values():
            if spec.stand_in is not None:
                people.set_person(c, self.ids[spec.name], stand_in=self.ids[spec.stand_in])
        self.names = {id_: name for name, id_ in self.ids.items()}

    # time

    async def _pass_time(self, until: datetime) -> None:
        while True:
            due = await self.database.read(partial(dues.next_due, team_id=self.team_id))
            if due is None or due > until:
                return
            self.now = max(due, self.now)
            await self.database.write(partial(self.handler.fire, now=self.now))
            await self._deliver()

    # the messenger

    async def _deliver(self) -> None:
        """Take everything from the outbox as if the messenger had taken it."""
        while True:
            rows = await self.database.write(
                partial(outbox.claim, team_id=self.team_id, now=self.now, limit=30)
            )
            if not rows:
                return
            for row in rows:
                await self._receive(row)

    async def _receive(self, row: outbox.Claimed) -> None:
        if row.method == "sendMessage":
            self.message_id += 1
        message_id = self.message_id if row.method == "sendMessage" else None
        shown: int = row.payload.get("message_id", self.message_id)
        chat = next((c for c in self.chats.values() if c.user_id == row.chat_id), None)
        if chat is not None and row.method in ("sendMessage", "editMessageText"):
            chat.messages[shown] = list(_callbacks(row.payload))
        if chat is not None and row.method == "deleteMessage":
            chat.messages.pop(row.payload["message_id"], None)
        if chat is not None and row.method in ("sendMessage", "editMessageText"):
            # a reply may also stand in the message whose button was pressed
            self.sent.append(await self._as_sent(row, chat.name))
        await self.database.write(
            partial(outbox.sent, row_id=row.id, message_id=message_id, now=self.now)
        )

    async def _as_sent(self, row: outbox.Claimed, to: str) -> Sent:
        client = None
        if row.case_id is not None:
            client = await self.database.read(partial(client_of, case_id=row.case_id))
        due_at = row.meta.get("due_at")
        return Sent(
            at=self.now,
            to=to,
            kind=row.kind if row.kind in ("receipt", "digest", *_TOLD) else "confirm",
            step=row.meta.get("step"),
            about=row.meta.get("about", ""),
            due_at=datetime.fromisoformat(due_at) if due_at else None,
            marks=tuple(row.meta.get("marks", ())),
            text=html_.unescape(_TAG.sub("", row.payload.get("text", ""))),
            client=client,
        )

    async def _update(self, body: Mapping[str, Any]) -> None:
        self.update_id += 1
        raw = json.dumps({"update_id": self.update_id, **body}).encode()
        await self.database.write(
            partial(inbox.store, team_id=self.team_id, bodies=[raw], now=self.now)
        )
        rows = await self.database.read(partial(inbox.next_lanes, team_id=self.team_id, limit=10))
        for row in rows:
            handled = await self.database.write(partial(self._handle, row_id=row.id))
            # an older button may say no before the right one is found: the last word counts
            self.denied = handled == NOT_FOR_YOU
            self.refused = self.refused if self.denied else handled or self.refused
        await self._deliver()

    def _handle(self, c: Any, row_id: int) -> str | None:
        row = inbox.take(c, row_id)
        assert row is not None
        handled = self.handler.handle(c, row, self.now)
        inbox.done(c, row.id, self.now)
        return handled.refused

    # what a person can do

    async def _say(self, chat: Chat, text: str) -> None:
        self.message_id += 1
        await self._update({"message": _message(chat, self.message_id, self.now, text)})

    async def _press(self, chat: Chat, message_id: int, callback: str) -> None:
        message = _message(chat, message_id, self.now, "…")
        query = {
            "id": str(self.update_id + 1),
            "from": _user(chat),
            "chat_instance": "1",
            "data": callback,
            "message": message,
        }
        await self._update({"callback_query": query})

    async def _live(self, chat: Chat) -> list[tuple[int, str, Intent]]:
        """Return the buttons a person can press, those of the newest message first."""
        found = []
        for message_id in sorted(chat.messages, reverse=True):
            for callback in chat.messages[message_id]:
                intent = await self.database.read(
                    partial(_meaning, team_id=self.team_id, callback=callback)
                )
                if intent is not None:
                    found.append((message_id, callback, intent))
        return found

    async def _tap(self, chat: Chat, **wanted: Any) -> bool:
        """Press the newest button that means what is wanted; say whether there was one."""
        for message_id, callback, intent in await self._live(chat):
            if all(getattr(intent, key) == value for key, value in wanted.items()):
                await self._press(chat, message_id, callback)
                return True
        return False

    async def _pick(self, chat: Chat, arg: str) -> None:
        if not await self._tap(chat, verb=Verb.PICK, arg=arg):
            raise Stuck(f"{arg!r} cannot be chosen")

    async def _asking(self, chat: Chat) -> dict[str, Any] | None:
        return await self.database.read(
            partial(drafts.dialogue, team_id=self.team_id, user_id=chat.user_id)
        )


def overrides_of(story: Story) -> Mapping[str, Any]:
    """Return the team's layer by procedure; a story may leave the procedure's name out."""
    if story.procedure in story.overrides or not story.overrides:
        return story.overrides
    return {Path(story.procedure).stem: story.overrides}


def _user(chat: Chat) -> dict[str, Any]:
    return {"id": chat.user_id, "is_bot": False, "first_name": chat.name}


def _message(chat: Chat, message_id: int, now: datetime, text: str) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "date": int(now.timestamp()),
        "chat": {"id": chat.user_id, "type": "private", "first_name": chat.name},
        "from": _user(chat),
        "text": text,
    }


def _callbacks(payload: Mapping[str, Any]) -> Iterator[str]:
    for row in payload.get("reply_markup", {}).get("inline_keyboard", ()):
        for button in row:
            if "callback_data" in button:
                yield button["callback_data"]


def _meaning(c: Any, team_id: int, callback: str) -> Intent | None:
    """Return what a button means, None for one whose question is closed."""
    button = buttons.button(c, team_id, callback)
    if button is None:
        return None
    if button.prompt_id is not None:
        prompt = buttons.prompt(c, button.prompt_id)
        if prompt is None or not prompt.is_open:
            return None
    return from_codes(button.intent)

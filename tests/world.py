"""A team in a test: people by name, what they type and press, and what they are shown.

Given, when and then go through the front door: the real database, inbox, worker, main path, outbox
and sender. Only the messenger at the outermost seam is a small one in memory, and time stands
still until the test moves it.
"""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import pytest
import pytest_asyncio

from bot.assemble import stored_files
from bot.fetcher import Fetcher
from bot.handle import Handler
from bot.handle.flood import Bucket
from bot.handle.office import open_office
from bot.hooks import Handled, SendHooks
from bot.outcomes import (
    Blocked,
    Gone,
    Migrated,
    ParseRejected,
    Rejected,
    SendOutcome,
    Sent,
    TooOld,
    Trouble,
    Unreachable,
    Upload,
)
from bot.sandbox.entities import EntityError, parse_html, units
from bot.screen import Intent, Verb, from_codes
from bot.sender import Sender
from bot.team import read_team
from bot.worker import Worker
from scheduler.decision import StepAnswered
from storage import buttons, cases, drafts, dues, history, inbox, outbox, people
from storage.cases import StoredCase
from storage.database import Database
from storage.history import StoredEvent
from storage.keys import Keyring
from storage.tables import metadata
from tests.bot.clocks import StandingClock
from tests.canaries import WATCH
from tests.forum import Forum

T = TypeVar("T")

MONDAY: Final = datetime(2027, 9, 13, 8, 20, tzinfo=UTC)
"""Monday 13 September 2027, 10:20 in Ravels: an ordinary working day."""
CHANNEL: Final = -1002027091300
BOT_ID: Final = 7
BOT_NAME: Final = "KierTestBot"
FIRST_USER: Final = 70_000_001
TEXT_UNITS_MAX: Final = 4096
CAPTION_UNITS_MAX: Final = 1024
ROUNDS_MAX: Final = 400
PATIENCE_S: Final = 10.0
"""Seconds of the messenger's own pace that `sends` sits out; what waits longer stays queued."""
HELD: Final = timedelta(seconds=20)
"""When to look again at a message that waits for its chat."""
KEYS: Final = [b"a2llcmtpZXJraWVya2llcmtpZXJraWVya2llcmtpZXI="]

TEAM: Final = """\
name: OCMW Ravels
country: BE
timezone: Europe/Brussels
language: nl-BE
procedures: [ravels]
assignment: claim
phone: "014 00 00 00"
"""

TEAM_OF_THREE: Final[Mapping[str, people.Role]] = {
    "An": "worker",
    "Bram": "worker",
    "Carla": "coordinator",
}

REPORT: Final = (
    "Goedemorgen, ik meld huurachterstal voor mevrouw Mia Verbeke, Dorpsstraat 12, 2382 Ravels, "
    "0470 12 34 56. Ze is 3 maanden achter. Rita van woonmaatschappij De Kempen."
)
PERSONAL: Final = ("Mia", "Verbeke", "M.V.", "Dorpsstraat", "0470", "470123456", "Rita")
"""What of `REPORT` may never stand in a group."""


@dataclass(slots=True)
class Shown:
    """A message as it stands in a chat now. `text` is what a person reads."""

    message_id: int
    text: str
    html: str
    buttons: tuple[tuple[str, str | None], ...]
    """(label, callback) of each button in reading order; None for one that asks nothing of us."""
    protected: bool = False
    edits: int = 0
    deleted: bool = False
    thread: int | None = None
    """The topic it stands in."""
    file: Upload | None = None
    """What came with it and was made for it; `text` is its caption."""

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for label, _ in self.buttons)


@dataclass(slots=True)
class Telephone:
    """The messenger in memory: it shows what is sent as Telegram would, or refuses it."""

    chats: dict[int, dict[int, Shown]] = field(default_factory=dict)
    toasts: list[str] = field(default_factory=list)
    calls: list[tuple[str, int | None]] = field(default_factory=list)
    sent: list[tuple[int, str]] = field(default_factory=list)
    """(chat, mark-up) of everything that was ever shown, edits too."""
    outcomes: list[SendOutcome] = field(default_factory=list)
    """Given for the next calls in place of an answer; what they said is not shown."""
    closed: set[int] = field(default_factory=set)
    """Chats that take nothing now, because of `closed_code`."""
    closed_code: str = "blocked"
    refuse: dict[int, list[SendOutcome]] = field(default_factory=dict)
    """Given for the next calls about a chat."""
    doubt: dict[str, list[tuple[SendOutcome, bool]]] = field(default_factory=dict)
    """Given for the next messages that hold a text; True: it arrived all the same."""
    edits: SendOutcome | None = None
    """Given for every change of a message."""
    deletes: SendOutcome | None = None
    """Given for every deletion."""
    down: SendOutcome | None = None
    """Given for every call."""
    forums: dict[int, Forum] = field(default_factory=dict)
    """Groups that have topics."""
    statuses: dict[int, str] = field(default_factory=dict)
    """Whose place in groups is not a member's."""
    moved: dict[int, int] = field(default_factory=dict)
    """Groups that became supergroups: old id, new id."""
    unknown_files: set[str] = field(default_factory=set)
    """File ids that are another bot's: refused."""
    deletions: list[tuple[int, int]] = field(default_factory=list)
    """(chat, message) of each deletion that was asked for, people's own messages too."""
    files: dict[str, bytes | Trouble] = field(default_factory=dict)
    """What can be fetched, by its id; nothing else can."""
    too_old: bool = False
    """Presses cannot be answered any more."""
    last_id: int = 0

    async def send(
        self, method: str, payload: Mapping[str, Any], files: Mapping[str, Upload] | None = None
    ) -> SendOutcome:
        """Answer one call as the gateway does."""
        chat_id = payload.get("chat_id")
        self.calls.append((method, chat_id))
        WATCH.call(chat_id, payload, files)
        refusal = self._refusal(method, payload)
        if refusal is not None:
            return refusal
        match method:
            case "sendMessage" | "editMessageText":
                assert isinstance(chat_id, int)
                return self._show(chat_id, payload)
            case "sendPhoto" | "sendDocument" | "sendVoice" | "sendAudio" if files:
                assert isinstance(chat_id, int)
                return self._show_file(chat_id, payload, next(iter(files.values())))
            case "deleteMessage":
                assert isinstance(chat_id, int)
                return self._delete(chat_id, payload["message_id"])
            case "getChat":
                assert isinstance(chat_id, int)
                return Sent(result=self._chat(chat_id))
            case "getChatMember":
                return Sent(result={"status": self.statuses.get(payload["user_id"], "member")})
            case "createForumTopic" | "closeForumTopic" | "reopenForumTopic":
                assert isinstance(chat_id, int)
                forum = self.forums.get(chat_id)
                return forum.call(method, payload) if forum else Rejected(code="not-forum")
            case "answerCallbackQuery" if self.too_old:
                return TooOld()
            case "answerCallbackQuery":
                self.toasts.append(payload.get("text", ""))
            case _:
                pass
        return Sent(result=True)

    async def download(self, file_id: str, *, bytes_max: int = 0) -> bytes | Trouble:
        """Return a file as the gateway does."""
        self.calls.append(("getFile", None))
        if isinstance(self.down, Unreachable):
            return self.down
        return self.files.get(file_id, Rejected(code="no-file"))

    def _refusal(self, method: str, payload: Mapping[str, Any]) -> SendOutcome | None:
        """Return what the test has ordered instead of an answer."""
        chat_id = payload.get("chat_id", 0)
        if self.down is not None or self.outcomes:
            return self.down or self.outcomes.pop(0)
        if chat_id in self.closed:
            return Blocked(code=self.closed_code)
        if chat_id in self.moved:
            return Migrated(new_chat_id=self.moved[chat_id])
        if self.refuse.get(chat_id):
            return self.refuse[chat_id].pop(0)
        if self.unknown_files & {str(payload.get(field)) for field in ("photo", "document")}:
            return Rejected(code="no-file")
        if self.edits is not None and method.startswith("edit"):
            return self.edits
        if self.deletes is not None and method.startswith("delete"):
            return self.deletes
        text = str(payload.get("text", ""))
        ordered = next((each for part, each in self.doubt.items() if part in text and each), None)
        if ordered is None:
            return None
        outcome, arrived = ordered.pop(0)
        if arrived:
            self._show(chat_id, payload)
        return outcome

    def _chat(self, chat_id: int) -> dict[str, Any]:
        kind = "private" if chat_id > 0 else "supergroup"
        return {
            "id": chat_id,
            "type": kind,
            **({"is_forum": True} if chat_id in self.forums else {}),
        }

    def _show(self, chat_id: int, payload: Mapping[str, Any]) -> SendOutcome:
        thread = payload.get("message_thread_id")
        if thread is not None:
            forum = self.forums.get(chat_id, Forum())
            if (refusal := forum.refuses(thread)) is not None:
                return refusal
        chat = self.chats.setdefault(chat_id, {})
        before = chat.get(payload.get("message_id", 0))
        if "message_id" in payload and (before is None or before.deleted):
            return Gone()
        try:
            text = parse_html(payload["text"])[0] if "parse_mode" in payload else payload["text"]
        except EntityError:
            return ParseRejected()
        if units(text) > TEXT_UNITS_MAX or not text.strip():
            return Rejected(code="too-long")
        rows = payload.get("reply_markup", {}).get("inline_keyboard", ())
        assert all(len(row) <= 8 for row in rows), "more than 8 buttons in a row"
        if before is None:
            self.last_id += 1
        shown = Shown(
            message_id=self.last_id if before is None else before.message_id,
            text=text,
            html=payload["text"],
            buttons=tuple((b["text"], b.get("callback_data")) for row in rows for b in row),
            protected=bool(payload.get("protect_content")) if before is None else before.protected,
            edits=0 if before is None else before.edits + 1,
            thread=thread if before is None else before.thread,
        )
        chat[shown.message_id] = shown
        self.sent.append((chat_id, payload["text"] + json.dumps(rows, ensure_ascii=False)))
        result = {"message_id": shown.message_id, "chat": self._chat(chat_id)}
        return Sent(message_id=shown.message_id, result=result)

    def _show_file(self, chat_id: int, payload: Mapping[str, Any], file: Upload) -> SendOutcome:
        caption = parse_html(payload.get("caption", ""))[0]
        if units(caption) > CAPTION_UNITS_MAX or not file.content:
            return Rejected(code="too-long")
        self.last_id += 1
        shown = Shown(
            message_id=self.last_id,
            text=caption,
            html=payload.get("caption", ""),
            buttons=(),
            protected=bool(payload.get("protect_content")),
            file=file,
        )
        self.chats.setdefault(chat_id, {})[shown.message_id] = shown
        self.sent.append((chat_id, shown.html))
        return Sent(message_id=shown.message_id, result={"message_id": shown.message_id})

    def _delete(self, chat_id: int, message_id: int) -> SendOutcome:
        self.deletions.append((chat_id, message_id))
        shown = self.chats.get(chat_id, {}).get(message_id)
        if shown is None or shown.deleted:
            return Gone()
        shown.deleted = True
        return Sent(result=True)


class World:
    """One team, its people and their telephones, on a clock that stands still."""

    def __init__(self, database: Database, handler: Handler, clock: StandingClock) -> None:
        self.database, self.handler, self.clock = database, handler, clock
        self.team_id = handler.office.team_id
        self.phone = Telephone()
        self.users: dict[str, int] = {}
        self.ids: dict[str, int] = {}
        self.update_id = 100
        self.alarms: list[str] = []
        self.worker = self._new_worker()
        self.sender = self._new_sender()

    @classmethod
    async def open(
        cls,
        database: Database,
        *,
        team: str = TEAM,
        members: Mapping[str, people.Role] = TEAM_OF_THREE,
        at: datetime = MONDAY,
    ) -> World:
        """Return a team that has just begun, with these members already on it."""
        clock = StandingClock(at)
        office = await database.write(
            partial(open_office, team=read_team(team.encode(), Path()), bot_name=BOT_NAME, now=at)
        )
        world = cls(database, Handler(office), clock)
        for name, role in members.items():
            await world.joins(name, role)
        await database.write(partial(world.handler.begin, now=at))
        return world

    def _new_worker(self, handle: Any = None) -> Worker:
        return Worker(
            self.database,
            team_id=self.team_id,
            clock=self.clock,
            handle=handle or self.handler.handle,
            on_dead=self.handler.on_dead,
            handled=lambda _: None,
            alarm=self.alarms.append,
        )

    def _new_sender(self) -> Sender:
        return Sender(
            self.phone,
            self.database,
            team_id=self.team_id,
            clock=self.clock,
            hooks=SendHooks(
                on_failed=self.handler.on_failed,
                on_uncertain=self.handler.on_uncertain,
                on_sent=self.handler.on_sent,
                on_migrated=self.handler.on_migrated,
                attach=stored_files,
            ),
            alarm=self.alarms.append,
            jitter=lambda: 1.0,
        )

    def restart(self, bucket: Bucket | None = None) -> None:
        """Begin anew on the same database, as after a crash: nothing in memory is left.

        With a bucket floods are held off, as by `kier run`.
        """
        self.handler = Handler(self.handler.office, bucket)
        self.worker, self.sender = self._new_worker(), self._new_sender()

    @property
    def now(self) -> datetime:
        return self.clock.at

    def user(self, name: str) -> int:
        """Return the person's id at the messenger; a new name is a new person."""
        return self.users.setdefault(name, FIRST_USER + len(self.users))

    # when: somebody does something

    async def says(self, name: str, text: str, **message: Any) -> None:
        """Type in the private chat with the bot."""
        await self.update({"message": {**self.message(name, text=text), **message}})

    async def says_in(self, chat_id: int, name: str, text: str, **message: Any) -> None:
        """Type in a group."""
        chat = {"id": chat_id, "type": "supergroup", "title": "Team"}
        body = {**self.message(name, text=text), "chat": chat, **message}
        await self.update({"message": body})

    async def hands(self, name: str, **content: Any) -> None:
        """Send something that is no text."""
        await self.update({"message": {**self.message(name), **content}})

    async def presses(
        self, name: str, what: str | Verb, *, chat_id: int | None = None, **meaning: Any
    ) -> None:
        """Press the newest button that reads or means `what`, in a chat or one's own."""
        chat = self.user(name) if chat_id is None else chat_id
        message_id, callback = await self.button(chat, what, **meaning)
        await self.press(name, callback, chat_id=chat, message_id=message_id)

    async def press(
        self, name: str, callback: Any, *, chat_id: int | None = None, message_id: int = 1
    ) -> None:
        """Press a button by its code, whether it was shown to this person or not."""
        await self.update(self.pressed(name, callback, chat_id=chat_id, message_id=message_id))

    async def update(self, body: Mapping[str, Any]) -> None:
        """Let an update come in and have its effect; then everything is sent."""
        await self.stores(body)
        await self.settles()

    async def sends_raw(self, *bodies: bytes) -> inbox.Stored:
        """Let bytes come in as they are; then everything is handled and sent."""
        stored = await self.write(
            inbox.store, team_id=self.team_id, bodies=list(bodies), now=self.now
        )
        await self.settles()
        return stored

    async def stores(self, *bodies: Mapping[str, Any]) -> None:
        """Let updates come in together, and have none of them handled yet."""
        raw = [json.dumps(self.numbered(body)).encode() for body in bodies]
        await self.write(inbox.store, team_id=self.team_id, bodies=raw, now=self.now)

    def numbered(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return the update with the next number."""
        self.update_id += 1
        return {"update_id": self.update_id, **body}

    def message(self, name: str, **content: Any) -> dict[str, Any]:
        """Return a private message."""
        self.phone.last_id += 1
        return {
            "message_id": self.phone.last_id,
            "date": int(self.now.timestamp()),
            "chat": {"id": self.user(name), "type": "private", "first_name": name},
            "from": self.sender_of(name),
            **content,
        }

    def sender_of(self, name: str) -> dict[str, Any]:
        """Return who a message is from, as the messenger says it."""
        return {
            "id": self.user(name),
            "is_bot": False,
            "first_name": name,
            "language_code": "nl",
        }

    def pressed(
        self, name: str, callback: Any, *, chat_id: int | None = None, message_id: int = 1
    ) -> dict[str, Any]:
        """Return a press."""
        chat = self.user(name) if chat_id is None else chat_id
        kind = "private" if chat > 0 else "supergroup"
        return {
            "callback_query": {
                "id": str(9_000_000 + self.update_id),
                "from": self.sender_of(name),
                "chat_instance": "1",
                "data": callback,
                "message": {
                    "message_id": message_id,
                    "date": int(self.now.timestamp()),
                    "chat": {"id": chat, "type": kind},
                    "from": {"id": BOT_ID, "is_bot": True, "first_name": "Kier"},
                },
            }
        }

    async def moves(
        self,
        chat_id: int,
        *,
        by: str,
        old: str,
        new: str,
        who: str | None = None,
        kind: str = "supergroup",
        title: str = "Team Ravels",
    ) -> None:
        """Change the place of the bot (`who` None) or of a person in a chat."""
        bot = {"id": BOT_ID, "is_bot": True, "first_name": "Kier", "username": BOT_NAME}
        user = bot if who is None else self.sender_of(who)
        change = {
            "chat": {"id": chat_id, "type": kind, "title": title},
            "from": self.sender_of(by),
            "date": int(self.now.timestamp()),
            "old_chat_member": {"user": user, "status": old},
            "new_chat_member": {"user": user, "status": new},
        }
        await self.update({"my_chat_member" if who is None else "chat_member": change})

    async def time_passes(
        self, *, to: datetime | None = None, by: timedelta | None = None
    ) -> None:
        """Let time go by; every due moment happens at its own time, and its messages are sent."""
        until = to if to is not None else self.now + (by or timedelta())
        settled = False
        for _ in range(ROUNDS_MAX):
            due = await self.read(dues.next_due, team_id=self.team_id)
            send = await self.read(outbox.oldest_due, team_id=self.team_id)
            if send is not None and send <= self.now and settled:
                send = self.now + HELD  # it waits for its chat
            upcoming = min([at for at in (due, send) if at is not None], default=None)
            if upcoming is None or upcoming > until:
                break
            self._stand_at(max(upcoming, self.now))
            if due is not None and due <= self.now:
                await self.write(self.handler.fire, now=self.now)
            await self.settles()
            settled = True
        else:
            raise AssertionError("due moments without an end")
        self._stand_at(until)

    def _stand_at(self, moment: datetime) -> None:
        self.clock.seconds += max((moment - self.clock.at).total_seconds(), 0.0)
        self.clock.at = moment

    async def fetches(self) -> None:
        """Fetch every file that may be fetched now; what is said of it is sent."""
        fetcher = Fetcher(
            self.phone,
            self.database,
            team_id=self.team_id,
            clock=self.clock,
            refused=self.handler.on_file_refused,
            handled=self.sender.signal,
        )
        for _ in range(ROUNDS_MAX):
            if not (await fetcher.run_once()).count:
                break
        await self.sends()

    async def settles(self) -> None:
        """Handle everything that came in, send everything that may go; no time goes by."""
        await self.handles()
        await self.sends()

    async def handles(self) -> None:
        """Handle everything that came in."""
        here = self.clock.at
        for _ in range(ROUNDS_MAX):
            ran = await self.worker.run_once()
            if not ran.count and not self.worker._rests:
                break
            if not ran.count:
                self.clock.seconds += 2.0
        else:
            raise AssertionError("the inbox does not come to rest")
        self.clock.at = here

    async def sends(self) -> None:
        """Send everything that may go now; the messenger's own pace takes no time here."""
        here, idle_until = self.clock.at, self.clock.seconds + PATIENCE_S
        for _ in range(ROUNDS_MAX):
            self.sender.signal()
            ran = await self.sender.run_once()
            await self.sender._tasks.drain()
            if ran.count or self.sender._finished:
                idle_until = self.clock.seconds + PATIENCE_S
                continue
            waiting = await self.read(outbox.oldest_due, team_id=self.team_id)
            is_quiet = waiting is None and not self.sender._held
            # one in hand waits for the pace alone, whatever is queued for much later
            wait_s = 0.0
            if waiting is not None and not self.sender._held:
                wait_s = max((waiting - self.clock.at).total_seconds(), 0.0)
            if ran.fatal or is_quiet or self.clock.seconds + wait_s > idle_until:
                break
            self.clock.go(max(wait_s, 0.5))
        else:
            raise AssertionError("the outbox does not come to rest")
        self.clock.at = here

    # then: what is shown, and what is kept

    def chat(self, name: str | int) -> list[Shown]:
        """Return the messages that stand in a person's chat, or in a group, the oldest first."""
        chat_id = name if isinstance(name, int) else self.user(name)
        messages = self.phone.chats.get(chat_id, {})
        return [messages[id_] for id_ in sorted(messages) if not messages[id_].deleted]

    def last(self, name: str | int) -> str:
        """Return what the newest message in a chat reads."""
        return self.chat(name)[-1].text

    def reads(self, name: str | int) -> str:
        """Return all that stands in a chat now."""
        return "\n\n".join(shown.text for shown in self.chat(name))

    def ever(self, name: str | int) -> str:
        """Return the mark-up of all that was ever shown in a chat, buttons and edits too."""
        chat_id = name if isinstance(name, int) else self.user(name)
        return "\n\n".join(shown for chat, shown in self.phone.sent if chat == chat_id)

    def count(self, name: str | int) -> int:
        """Return how many messages stand in a chat."""
        return len(self.chat(name))

    async def button(self, chat_id: int, what: str | Verb, **meaning: Any) -> tuple[int, str]:
        """Return (message, code) of the newest button that reads or means `what`."""
        for shown in reversed(self.chat(chat_id)):
            for label, callback in shown.buttons:
                if callback is None:
                    continue
                if not isinstance(what, Verb):
                    if what.casefold() in label.casefold():
                        return shown.message_id, callback
                    continue
                intent = await self.intent(callback)
                wanted = {"verb": what, **meaning}
                if all(getattr(intent, key) == value for key, value in wanted.items()):
                    return shown.message_id, callback
        offered = [shown.labels for shown in self.chat(chat_id)[-3:]]
        raise AssertionError(f"no button {what!r} {meaning}; offered last: {offered}")

    async def intent(self, callback: str) -> Intent:
        """Return what a button means."""
        found = await self.read(buttons.button, team_id=self.team_id, callback=callback)
        assert found is not None
        return from_codes(found.intent)

    async def cases(self) -> list[StoredCase]:
        """Return all cases, the oldest first."""
        return list(await self.read(cases.all_cases, team_id=self.team_id))

    async def case(self, number: int = 0) -> StoredCase:
        """Return one case as it is now."""
        return (await self.cases())[number]

    async def history(self, number: int = 0) -> tuple[StoredEvent, ...]:
        """Return a case's events."""
        stored = await self.case(number)
        return await self.read(history.events, case_id=stored.row.id)

    async def kinds(self, number: int = 0) -> list[str]:
        """Return what happened in a case, in order."""
        return [event.kind for event in await self.history(number)]

    async def answers(self, number: int = 0) -> list[StepAnswered]:
        """Return the answers of a case, in order."""
        events = [line.event for line in await self.history(number)]
        return [event for event in events if isinstance(event, StepAnswered)]

    async def inbox(self) -> inbox.Counts:
        """Return how many updates are in which state."""
        return await self.read(inbox.counts, team_id=self.team_id)

    async def outbox(self) -> dict[str, int]:
        """Return how many messages are in which state."""
        return await self.read(outbox.counts, team_id=self.team_id)

    async def dialogue(self, name: str) -> dict[str, Any] | None:
        """Return the person's conversation half-way."""
        return await self.read(drafts.dialogue, team_id=self.team_id, user_id=self.user(name))

    async def everything(self) -> dict[str, list[Any]]:
        """Return all rows of all tables: for "nothing changed"."""

        def dump(c: Any) -> dict[str, list[Any]]:
            tables = metadata.sorted_tables
            return {t.name: sorted(map(repr, c.execute(t.select()).all())) for t in tables}

        return await self.database.read(dump)

    async def read(self, function: Callable[..., T], **kwargs: Any) -> T:
        """Return `function(connection, …)` on a snapshot."""
        return await self.database.read(partial(function, **kwargs))

    async def write(self, function: Callable[..., T], **kwargs: Any) -> T:
        """Return `function(connection, …)`, committed."""
        return await self.database.write(partial(function, **kwargs))

    def handled_alone(self, row_id: int) -> Callable[[Any], Handled]:
        """Return the one unit of an update, for a test that lets it break in the middle."""

        def unit(c: Any) -> Handled:
            row = inbox.take(c, row_id)
            assert row is not None
            handled = self.handler.handle(c, row, self.now)
            inbox.done(c, row.id, self.now)
            return handled

        return unit

    # given: stories that many tests begin with

    async def joins(self, name: str, role: people.Role) -> int:
        """Let somebody be on the team already, and return their number."""
        self.ids[name] = await self.write(
            people.put_person,
            team_id=self.team_id,
            name=name,
            role=role,
            user_id=self.user(name),
            language="nl-BE",
            now=self.now,
        )
        return self.ids[name]

    async def has_channel(self) -> None:
        """Let Carla put the bot in a group and confirm it as the team's channel."""
        await self.moves(CHANNEL, by="Carla", old="left", new="member")
        await self.presses("Carla", Verb.CONFIRM_GROUP, step="yes")

    async def reported(self, name: str = "Rita", text: str = REPORT) -> str:
        """Let a report come in by one free message, and return its reference."""
        before = len(await self.cases())
        await self.drafted(name, text)
        await self.presses(name, Verb.SEND)
        found = await self.cases()
        return found[-1].row.ref if len(found) > before else ""

    async def drafted(self, name: str = "Rita", text: str = REPORT) -> None:
        """Let a report be written, up to its summary, and not sent."""
        await self.says(name, "/report")
        await self.presses(name, Verb.REPORT, arg="free")
        await self.says(name, text)
        for _ in range(12):
            dialogue = await self.dialogue(name)
            assert dialogue is not None
            if dialogue["asking"] == "summary":
                return
            if dialogue["asking"] == "kind":
                await self.presses(name, Verb.PICK, arg="arrears")
            elif dialogue["asking"] == "reach":
                await self.presses(name, Verb.PICK, arg="chat")
            else:
                await self.presses(name, Verb.SKIP)
        raise AssertionError("the questions do not end")

    async def assigned(self, to: str = "An", name: str = "Rita", text: str = REPORT) -> str:
        """Let a report come in and the coordinator give it to a worker; return its reference."""
        ref = await self.reported(name, text)
        await self.presses("Carla", Verb.ANSWER, step="assign", person=self.ids[to])
        return ref


def texts(shown: Iterable[Shown]) -> str:
    """Return messages as one text."""
    return "\n\n".join(each.text for each in shown)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database file of today's schema: copied, which is quicker than made."""
    path = tmp_path_factory.mktemp("world") / "empty.db"

    async def make() -> None:
        await (await Database.open(f"sqlite:///{path}", keys=Keyring.load(KEYS))).close()

    asyncio.run(make())
    return path


@pytest.fixture
def file_url(empty_file: Path, tmp_path: Path) -> str:
    """A database file of the test's own."""
    path = tmp_path / "kier.db"
    shutil.copy(empty_file, path)
    return f"sqlite:///{path}"


@pytest_asyncio.fixture
async def database(file_url: str) -> AsyncIterator[Database]:
    """A database file of the test's own, open."""
    opened = await Database.open(file_url, keys=Keyring.load(KEYS))
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def world(database: Database) -> World:
    """An, Bram and Carla of the OCMW of Ravels, on a Monday morning."""
    return await World.open(database)


@pytest.fixture(params=["file_url", "postgresql_url"])
def any_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind in turn."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest_asyncio.fixture
async def any_world(any_url: str) -> AsyncIterator[World]:
    """The same team on each database in turn, for what depends on transactions."""
    opened = await Database.open(any_url, keys=Keyring.load(KEYS))
    yield await World.open(opened)
    await opened.close()

"""The sandbox's world: who exists, what was written where, what the bot may do. No HTTP.

`World` holds the state and the rules that bot methods (methods.py) and people's acts (acts.py)
share; `acts.Sandbox` is the class to use. Everything here is synchronous and belongs to one event
loop. Our own bot is the only one in a world; it must not depend on anything only found here.
"""

import hashlib
import json
import random
import struct
import time
from collections.abc import Callable, Collection
from datetime import datetime

from bot.sandbox import entities as rich
from bot.sandbox.faults import FaultPlan
from bot.sandbox.limits import Limits, Meter
from bot.sandbox.state import (
    Call,
    Chat,
    Json,
    Message,
    Person,
    Query,
    Stored,
    Topic,
    bad_request,
    forbidden,
)
from bot.sandbox.updates import UpdateQueue

DEFAULT_TOKEN = "123456:ABC"
FIRST_USER_ID = 110000
FIRST_GROUP_ID = -4100
FIRST_SUPERGROUP_ID = -1002000000100
ANONYMOUS_ADMIN_ID = 1087968824  # Telegram's GroupAnonymousBot
CHANNEL_BOT_ID = 136817688  # Telegram's Channel_Bot, the sender of posts in a channel's name


class World:
    """People, chats, files, the update queue and a record of every call.

    `clock` gives message dates (aware UTC; it may jump). `monotonic` gives seconds for limits,
    age of presses and of updates. The same `seed` makes the same ids.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
        token: str = DEFAULT_TOKEN,
        username: str | None = "kier_sandbox_bot",
        first_name: str = "Kier",
        limits: Limits | None = None,
        privacy: bool = True,
        query_lifetime_s: float = 15.0,
        webhook_retry_s: float = 1.0,
        missing: Collection[str] = (),
        seed: int = 0,
    ) -> None:
        """Begin an empty world.

        `privacy`: in groups the bot, unless admin, gets commands only. `missing` names methods
        that this server does not have and `username=None` leaves that out of getMe, as some
        other servers do that speak the Bot API.
        """
        self.clock = clock
        self.monotonic = monotonic
        self.token = token
        self.privacy = privacy
        self.query_lifetime_s = query_lifetime_s
        self.webhook_retry_s = webhook_retry_s
        self.missing = frozenset(name.lower() for name in missing)
        self.dice = random.Random(seed)
        self.me = Person(
            user_id=int(token.partition(":")[0]),
            first_name=first_name,
            username=username,
            is_bot=True,
        )
        self.updates = UpdateQueue(monotonic=monotonic, dice=self.dice)
        self.meter = Meter(limits=limits or Limits())
        self.faults = FaultPlan()
        self.people: dict[int, Person] = {self.me.user_id: self.me}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Stored] = {}
        self.queries: dict[str, Query] = {}
        self.calls: list[Call] = []
        self.webhook: Json = {}
        self.profile: Json = {}
        self.polling = False  # a getUpdates waits at this moment
        self.revision = 0
        self._next_user = FIRST_USER_ID
        self._next_group = FIRST_GROUP_ID
        self._next_supergroup = FIRST_SUPERGROUP_ID
        self._next_message = 1
        self._listeners: list[Callable[[], None]] = []

    # --- being told -----------------------------------------------------------------------

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after each change; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def changed(self) -> None:
        """Count a change and tell the listeners."""
        self.revision += 1
        for listener in list(self._listeners):
            listener()

    def emit(self, kind: str, content: Json, lane: int = 0) -> int | None:
        """Queue an update for the bot; return its id, None if the bot does not want the kind."""
        update_id = self.updates.put(kind, content, str(lane))
        self.changed()
        return update_id

    # --- chats and people -----------------------------------------------------------------

    def chat(self, chat_id: int) -> Chat:
        """Return a chat the bot knows; raises ApiError "chat not found"."""
        found = self.chats.get(chat_id)
        if found is None:
            person = self.people.get(chat_id)
            if person is None or person is self.me:
                raise bad_request("chat not found")
            found = self.chats[chat_id] = Chat(chat_id=chat_id, kind="private")
        return found

    def chat_api(self, chat: Chat) -> Json:
        """Return the Bot API's Chat."""
        if chat.kind == "private":
            person = self.people[chat.chat_id]
            user = person.api()
            names: Json = {
                k: user[k] for k in ("first_name", "last_name", "username") if k in user
            }
            return {"id": chat.chat_id, **names, "type": "private"}
        api: Json = {"id": chat.chat_id, "title": chat.title, "type": chat.kind}
        if chat.is_forum:
            api["is_forum"] = True
        return api

    def bot_status(self, chat: Chat) -> str:
        """Return the bot's status in a group: administrator, member, restricted, left, kicked."""
        member = chat.members.get(self.me.user_id)
        return member.status if member else "left"

    def bot_may(self, chat: Chat, right: str) -> bool:
        """Return whether the bot holds an admin right in a group."""
        member = chat.members.get(self.me.user_id)
        if member is None:
            return False
        return member.status == "creator" or (
            member.status == "administrator" and right in member.rights
        )

    def check_write(self, chat: Chat) -> None:
        """Raise ApiError unless the bot may write there; wording as the official server's."""
        if chat.kind == "private":
            self._check_person(self.people[chat.chat_id])
            return
        self.check_access(chat)
        member = chat.members[self.me.user_id]
        if member.muted:
            raise bad_request("not enough rights to send text messages to the chat")
        if chat.kind == "channel" and member.status != "administrator":
            raise bad_request("need administrator rights in the channel chat")

    def _check_person(self, person: Person) -> None:
        if person.deactivated:
            raise forbidden("user is deactivated")
        if person.is_bot:
            raise forbidden("bot can't send messages to bots")
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        if not person.started:
            raise forbidden("bot can't initiate conversation with a user")

    def check_access(self, chat: Chat) -> None:
        """Raise ApiError unless the bot is in the group."""
        if chat.migrated_to is not None:
            raise_migrated(chat.migrated_to)
        noun = {"group": "group", "supergroup": "supergroup", "channel": "channel"}[chat.kind]
        if chat.deleted:
            raise forbidden("the group chat was deleted")
        status = self.bot_status(chat)
        if status == "kicked":
            raise forbidden(f"bot was kicked from the {noun} chat")
        if status == "left":
            raise forbidden(f"bot is not a member of the {noun} chat")

    # --- messages -------------------------------------------------------------------------

    def new_message_id(self, chat: Chat) -> int:
        """Return the next id: a counter of its own in supergroups and channels, else shared."""
        if chat.kind in ("supergroup", "channel"):
            chat.next_id += 1
            return chat.next_id - 1
        self._next_message += 1
        return self._next_message - 1

    def add_message(
        self,
        chat: Chat,
        content: Json,
        *,
        by: Person | None,
        thread_id: int | None = None,
        reply_to: int | None = None,
    ) -> Message:
        """Store a message and return it; nothing is queued for the bot yet."""
        at = self.clock()
        message_id = self.new_message_id(chat)
        api: Json = {"message_id": message_id}
        if by is not None:
            api["from"] = by.api()
        api["chat"] = self.chat_api(chat)
        api["date"] = int(at.timestamp())
        if thread_id is not None:
            api["message_thread_id"] = thread_id
            api["is_topic_message"] = True
        if reply_to is not None and reply_to in chat.messages:
            original = dict(chat.messages[reply_to].api)
            original.pop("reply_to_message", None)
            api["reply_to_message"] = original
        api |= content
        message = Message(
            message_id=message_id,
            chat_id=chat.chat_id,
            at=at,
            by=by.user_id if by else 0,
            api=api,
        )
        chat.messages[message_id] = message
        self.changed()
        return message

    def message(self, chat: Chat, message_id: int, verb: str) -> Message:
        """Return a message that is still there; raises ApiError "message to `verb` not found"."""
        found = chat.messages.get(message_id)
        if found is None or found.deleted:
            raise bad_request(f"message to {verb} not found")
        return found

    def topic(self, chat: Chat, thread_id: int) -> Topic:
        """Return an open or closed topic; raises ApiError, also while topics are switched off."""
        found = chat.topics.get(thread_id)
        if found is None or found.deleted or not chat.is_forum:
            raise bad_request("message thread not found")
        return found

    # --- files ----------------------------------------------------------------------------

    def store(self, content: bytes, *, folder: str, name: str | None, mime: str | None) -> Stored:
        """Keep a file and return it. Its id belongs to this bot alone, as in Telegram."""
        number = len(self.files)
        digest = hashlib.sha256(content).hexdigest()
        ending = extension(name, mime)
        stored = Stored(
            file_id=f"AgAC{number:06d}{digest[:40]}",
            unique_id=f"AQAD{digest[:16]}",
            path=f"{folder}/file_{number}{ending}",
            content=content,
            name=name,
            mime=mime,
        )
        self.files[stored.file_id] = stored
        return stored

    def file_at(self, path: str) -> Stored | None:
        """Return the file behind `/file/bot<token>/<path>`."""
        return next((file for file in self.files.values() if file.path == path), None)

    # --- what the page sees ---------------------------------------------------------------

    def view(self, chat_id: int, *, deleted: bool = False) -> list[Json]:
        """Return the messages of a chat as a client draws them, oldest first.

        Each: message_id, date, from_id, from_name, mine (sent by the bot), text, html, entities,
        rows (inline buttons), keyboard (reply keyboard), edited, deleted, reply_to, thread_id,
        file, service, protected, pinned. With `deleted` also those that are gone.
        """
        chat = self.chats.get(chat_id)
        if chat is None:
            return []
        return [
            self._drawn(chat, message)
            for message in chat.messages.values()
            if deleted or not message.deleted
        ]

    def last(self, chat_id: int) -> Json:
        """Return the newest message of a chat as `view` draws it; IndexError if there is none."""
        return self.view(chat_id)[-1]

    def _drawn(self, chat: Chat, message: Message) -> Json:
        api = message.api
        text: str = api.get("text") or api.get("caption") or ""
        spans: list[Json] = api.get("entities") or api.get("caption_entities") or []
        sender = api.get("sender_chat") or api.get("from") or api["chat"]
        names = [sender.get("first_name"), sender.get("last_name"), sender.get("title")]
        return {
            "message_id": message.message_id,
            "chat_id": chat.chat_id,
            "date": api["date"],
            "from_id": sender["id"],
            "from_name": " ".join(name for name in names if name),
            "mine": message.by == self.me.user_id,
            "text": text,
            "html": rich.to_html(text, spans),
            "entities": spans,
            "rows": api.get("reply_markup", {}).get("inline_keyboard", []),
            "keyboard": message.keyboard,
            "edited": "edit_date" in api,
            "versions": len(message.versions) + 1,
            "deleted": message.deleted,
            "reply_to": api.get("reply_to_message", {}).get("message_id"),
            "thread_id": api.get("message_thread_id"),
            "file": self._file_drawn(api),
            "service": next((key for key in api if key in SERVICE), None),
            "protected": bool(api.get("has_protected_content")),
            "pinned": message.message_id in chat.pinned,
        }

    def _file_drawn(self, api: Json) -> Json | None:
        for kind in ("photo", "document", "voice", "video", "audio", "sticker", "video_note"):
            if kind in api:
                found = api[kind][-1] if kind == "photo" else api[kind]
                return {"kind": kind, **found}
        return {"kind": "contact", **api["contact"]} if "contact" in api else None


SERVICE = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "forum_topic_created",
        "forum_topic_closed",
        "forum_topic_reopened",
        "forum_topic_edited",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
        "group_chat_created",
        "new_chat_title",
    }
)


def raise_migrated(to: int) -> None:
    """Raise the ApiError of a group that became a supergroup."""
    error = bad_request("group chat was upgraded to a supergroup chat")
    error.parameters = {"migrate_to_chat_id": to}
    raise error


def extension(name: str | None, mime: str | None) -> str:
    """Return ".pdf" and the like, from the name or the type."""
    if name and "." in name.strip("."):
        tail = name.rpartition(".")[2]
        if tail.isascii() and tail.isalnum() and len(tail) <= 8:
            return f".{tail}"
    return {"image/jpeg": ".jpg", "image/png": ".png", "audio/ogg": ".oga"}.get(mime or "", "")


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, JPEG or GIF, None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    return _jpeg_size(content) if content.startswith(b"\xff\xd8") else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None


def same(one: Json, other: Json) -> bool:
    """Return whether two JSON values are equal, whatever the order of their keys."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)

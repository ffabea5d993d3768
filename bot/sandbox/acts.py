"""What people do in the sandbox: write, press, edit, join, block. Each act tells the bot.

`Sandbox` is the world with all acts, for tests, rehearsals and the page. Acts return the message
as JSON (Bot API Message) or an id; they raise ActError for what a client could not do.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.sandbox import entities as rich
from bot.sandbox.limits import Limits
from bot.sandbox.state import (
    ADMIN_RIGHTS,
    ActError,
    Chat,
    Json,
    Member,
    Message,
    Person,
    Query,
    Status,
    Topic,
)
from bot.sandbox.telegram import (
    ANONYMOUS_ADMIN_ID,
    CHANNEL_BOT_ID,
    World,
    picture_size,
)


class Sandbox(World):
    """A world of Telegram with one bot in it, and everything people can do there."""

    # --- making people and places ---------------------------------------------------------

    def add_user(
        self,
        first_name: str,
        last_name: str | None = None,
        *,
        user_id: int | None = None,
        username: str | None = None,
        language_code: str | None = None,
        is_bot: bool = False,
    ) -> int:
        """Return the id of a new user, who has not pressed Start yet."""
        if user_id is None:
            while self._next_user in self.people:
                self._next_user += 1
            user_id = self._next_user
        if user_id in self.people or user_id in self.chats:
            raise ActError(f"there is already a {user_id}")
        self.people[user_id] = Person(
            user_id=user_id,
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
            is_bot=is_bot,
        )
        self.changed()
        return user_id

    def add_group(
        self,
        title: str,
        *,
        supergroup: bool = False,
        topics: bool = False,
        owner: int | None = None,
        members: Sequence[int] = (),
        chat_id: int | None = None,
    ) -> int:
        """Return the id of a new group (a supergroup if it has topics), the bot not in it yet."""
        kind = "supergroup" if supergroup or topics else "group"
        chat = self._new_chat(kind, title, chat_id)
        chat.is_forum = topics
        if owner is not None:
            chat.members[owner] = Member(user_id=self._person(owner).user_id, status="creator")
        for user_id in members:
            chat.members.setdefault(user_id, Member(user_id=self._person(user_id).user_id))
        self.changed()
        return chat.chat_id

    def add_channel(self, title: str, *, chat_id: int | None = None) -> int:
        """Return the id of a new channel."""
        return self._new_chat("channel", title, chat_id).chat_id

    def _new_chat(self, kind: Any, title: str, chat_id: int | None) -> Chat:
        if chat_id is None and kind == "group":
            self._next_group -= 1
            chat_id = self._next_group
        elif chat_id is None:
            self._next_supergroup -= 1
            chat_id = self._next_supergroup
        assert chat_id is not None
        if chat_id >= 0 or chat_id in self.chats:
            raise ActError(f"a group cannot be {chat_id}")
        chat = self.chats[chat_id] = Chat(chat_id=chat_id, kind=kind, title=title)
        return chat

    # --- writing --------------------------------------------------------------------------

    def start(self, user_id: int, payload: str = "") -> Json:
        """Press Start, or open a deep link with `payload`."""
        return self.user_text(user_id, f"/start {payload}".strip())

    def user_text(
        self,
        user_id: int,
        text: str,
        *,
        chat_id: int | None = None,
        reply_to: int | None = None,
        thread_id: int | None = None,
    ) -> Json:
        """Write a text, in private (no `chat_id`) or in a group. Longer than 4096 is split."""
        pieces = split(text)
        for piece in pieces[:-1]:
            self._say(user_id, worded("text", piece), chat_id, reply_to, thread_id)
        return self._say(user_id, worded("text", pieces[-1]), chat_id, reply_to, thread_id)

    def user_photo(
        self,
        user_id: int,
        content: bytes,
        *,
        caption: str = "",
        chat_id: int | None = None,
        reply_to: int | None = None,
        thread_id: int | None = None,
        media_group_id: str | None = None,
    ) -> Json:
        """Send a picture; any bytes will do (800 x 600 is assumed if they are no picture)."""
        stored = self.store(content, folder="photos", name=None, mime="image/jpeg")
        width, height = picture_size(content) or (800, 600)
        size = {
            "file_id": stored.file_id,
            "file_unique_id": stored.unique_id,
            "file_size": len(content),
            "width": width,
            "height": height,
        }
        said = {"photo": [size], **worded("caption", caption)}
        if media_group_id:
            said["media_group_id"] = media_group_id
        return self._say(user_id, said, chat_id, reply_to, thread_id)

    def user_voice(
        self,
        user_id: int,
        content: bytes = b"OggS",
        *,
        duration: int = 3,
        chat_id: int | None = None,
        reply_to: int | None = None,
        thread_id: int | None = None,
    ) -> Json:
        """Send a voice note."""
        stored = self.store(content, folder="voice", name=None, mime="audio/ogg")
        voice = {
            "file_id": stored.file_id,
            "file_unique_id": stored.unique_id,
            "file_size": len(content),
            "duration": duration,
            "mime_type": "audio/ogg",
        }
        return self._say(user_id, {"voice": voice}, chat_id, reply_to, thread_id)

    def user_document(
        self,
        user_id: int,
        content: bytes,
        *,
        name: str | None = "document.pdf",
        mime: str | None = "application/pdf",
        caption: str = "",
        claimed_size: int | None = None,
        chat_id: int | None = None,
        reply_to: int | None = None,
        thread_id: int | None = None,
        media_group_id: str | None = None,
    ) -> Json:
        """Send a file under any name; `claimed_size` is a file_size that lies."""
        stored = self.store(content, folder="documents", name=name, mime=mime)
        document: Json = {
            "file_id": stored.file_id,
            "file_unique_id": stored.unique_id,
            "file_size": len(content) if claimed_size is None else claimed_size,
        }
        if name is not None:
            document["file_name"] = name
        if mime is not None:
            document["mime_type"] = mime
        said = {"document": document, **worded("caption", caption)}
        if media_group_id:
            said["media_group_id"] = media_group_id
        return self._say(user_id, said, chat_id, reply_to, thread_id)

    def user_contact(
        self,
        user_id: int,
        phone: str,
        *,
        first_name: str | None = None,
        contact_user_id: int | None = None,
        own: bool = True,
        vcard: str | None = None,
        chat_id: int | None = None,
    ) -> Json:
        """Share a contact: one's own number, or (`own=False`) somebody else's."""
        person = self._person(user_id)
        contact: Json = {"phone_number": phone, "first_name": first_name or person.first_name}
        if own or contact_user_id is not None:
            contact["user_id"] = contact_user_id or user_id
        if vcard is not None:
            contact["vcard"] = vcard
        return self._say(user_id, {"contact": contact}, chat_id, None, None)

    def user_content(self, user_id: int, content: Json, *, chat_id: int | None = None) -> Json:
        """Send any other kind: {"sticker": …}, {"location": …}, {"poll": …}, {"dice": …}."""
        return self._say(user_id, content, chat_id, None, None)

    def user_forward(
        self,
        user_id: int,
        text: str,
        *,
        of: int | None = None,
        hidden_name: str = "Somebody",
        chat_id: int | None = None,
    ) -> Json:
        """Forward a text written by `of`, or by somebody who hides behind a name."""
        date = int(self.clock().timestamp())
        origin: Json = (
            {"type": "hidden_user", "sender_user_name": hidden_name, "date": date}
            if of is None
            else {"type": "user", "sender_user": self._person(of).api(), "date": date}
        )
        said = {**worded("text", text), "forward_origin": origin}
        return self._say(user_id, said, chat_id, None, None)

    def user_edit(
        self, user_id: int, message_id: int, text: str, *, chat_id: int | None = None
    ) -> Json:
        """Edit an own message: its text, or the caption of a file."""
        chat = self.chat(user_id if chat_id is None else chat_id)
        message = chat.messages.get(message_id)
        if message is None or message.deleted or message.by != user_id:
            raise ActError(f"{user_id} cannot edit message {message_id}")
        field = "text" if "text" in message.api else "caption"
        gone = (field, "entities" if field == "text" else "caption_entities")
        message.versions.append(message.api)
        message.api = {
            **{k: v for k, v in message.api.items() if k not in gone},
            **worded(field, text),
            "edit_date": int(self.clock().timestamp()),
        }
        self._tell(chat, message, "edited_message")
        return message.api

    def user_delete(self, user_id: int, message_id: int, *, chat_id: int | None = None) -> None:
        """Delete a message. Bots are not told, as in Telegram."""
        chat = self.chat(user_id if chat_id is None else chat_id)
        if message_id not in chat.messages:
            raise ActError(f"no message {message_id}")
        chat.messages[message_id].deleted = True
        self.changed()

    def user_button_text(self, user_id: int, text: str) -> Json:
        """Tap a button of the reply keyboard: its text is written as one's own."""
        keyboard = self.chat(user_id).keyboard or {}
        buttons = [button for row in keyboard.get("keyboard", []) for button in row]
        if not any(button.get("text") == text for button in buttons):
            raise ActError(f"no keyboard button {text!r}")
        return self.user_text(user_id, text)

    def anonymous_text(self, chat_id: int, text: str, *, thread_id: int | None = None) -> Json:
        """Write as an anonymous admin of a group."""
        return self._say_as(
            ANONYMOUS_ADMIN_ID, "Group", "GroupAnonymousBot", chat_id, chat_id, text, thread_id
        )

    def channel_text(self, channel_id: int, chat_id: int, text: str) -> Json:
        """Write in a group in the name of a channel."""
        return self._say_as(
            CHANNEL_BOT_ID, "Channel", "Channel_Bot", channel_id, chat_id, text, None
        )

    def channel_post(self, channel_id: int, text: str) -> Json:
        """Post in a channel; the bot gets channel_post if it is in it."""
        chat = self._group(channel_id)
        content = {"sender_chat": self.chat_api(chat), **worded("text", text)}
        message = self.add_message(chat, content, by=None)
        if self.me.user_id in chat.members:
            self.emit("channel_post", message.api, channel_id)
        return message.api

    def _say_as(
        self,
        sender_id: int,
        name: str,
        username: str,
        sender_chat: int,
        chat_id: int,
        text: str,
        thread_id: int | None,
    ) -> Json:
        chat = self._group(chat_id)
        sender = Person(user_id=sender_id, first_name=name, username=username, is_bot=True)
        content = {
            "sender_chat": self.chat_api(self._group(sender_chat)),
            **worded("text", text),
        }
        message = self.add_message(chat, content, by=sender, thread_id=thread_id)
        self._tell(chat, message, "message")
        return message.api

    def _say(
        self,
        user_id: int,
        content: Json,
        chat_id: int | None,
        reply_to: int | None,
        thread_id: int | None,
    ) -> Json:
        person = self._person(user_id)
        if chat_id is None or chat_id == user_id:
            chat = self.chat(user_id)
            person.started = True
            if person.blocked:
                self.unblock(user_id)
        else:
            chat = self._group(chat_id)
            member = chat.members.get(user_id)
            if member is None or member.status in ("left", "kicked"):
                raise ActError(f"{user_id} is not in {chat_id}")
            if thread_id is not None and thread_id not in chat.topics:
                raise ActError(f"no topic {thread_id} in {chat_id}")
            # clients answer the message that opened the topic when nothing else is answered
            reply_to = reply_to or thread_id
        message = self.add_message(
            chat, content, by=person, thread_id=thread_id, reply_to=reply_to
        )
        self._tell(chat, message, "message")
        return message.api

    def _tell(self, chat: Chat, message: Message, kind: str) -> None:
        if chat.kind == "private" or self._sees(chat, message.api):
            self.emit(kind, message.api, chat.chat_id)
        else:
            self.changed()

    def _sees(self, chat: Chat, api: Json) -> bool:
        status = self.bot_status(chat)
        if status in ("left", "kicked") or chat.deleted:
            return False
        if not self.privacy or status in ("administrator", "creator"):
            return True
        text = api.get("text") or api.get("caption") or ""
        if not ("text" in api or "caption" in api or rich_content(api)):
            return True  # service messages
        reply = api.get("reply_to_message", {})
        answered = None if "forum_topic_created" in reply else reply.get("from", {}).get("id")
        return (
            text.startswith("/")
            or bool(self.me.username and f"@{self.me.username}" in text)
            or answered == self.me.user_id
        )

    # --- buttons --------------------------------------------------------------------------

    def press(
        self,
        user_id: int,
        message_id: int,
        data: str,
        *,
        chat_id: int | None = None,
        forged: bool = False,
    ) -> str:
        """Press an inline button; return the query's id. `forged` skips the check that it exists.

        The answer of the bot stands in `queries[id].answer` once it came.
        """
        person = self._person(user_id)
        chat = self.chat(user_id if chat_id is None else chat_id)
        message = chat.messages.get(message_id)
        if not forged and data not in button_data(message):
            raise ActError(f"no button {data!r} on message {message_id} of {chat.chat_id}")
        query_id = str(self.dice.randrange(10**17, 10**18))
        query = Query(query_id=query_id, user_id=user_id, born=self.monotonic())
        self.queries[query_id] = query
        content: Json = {
            "id": query_id,
            "from": person.api(),
            "chat_instance": str(chat.chat_id * 7919),
            "data": data,
        }
        if message is not None and not message.deleted:
            content["message"] = message.api
        else:  # InaccessibleMessage: only chat, id and the date 0
            content["message"] = {
                "chat": self.chat_api(chat),
                "message_id": message_id,
                "date": 0,
            }
        self.emit("callback_query", content, user_id)
        return query_id

    def press_label(
        self, user_id: int, message_id: int, label: str, *, chat_id: int | None = None
    ) -> str:
        """Press the inline button that reads `label`."""
        chat = self.chat(user_id if chat_id is None else chat_id)
        for button in buttons(chat.messages.get(message_id)):
            if button["text"] == label and "callback_data" in button:
                return self.press(user_id, message_id, button["callback_data"], chat_id=chat_id)
        raise ActError(f"no button {label!r} on message {message_id} of {chat.chat_id}")

    # --- coming and going -----------------------------------------------------------------

    def block(self, user_id: int) -> None:
        """The user blocks the bot."""
        self._private_status(user_id, blocked=True)

    def unblock(self, user_id: int) -> None:
        """The user unblocks the bot."""
        self._private_status(user_id, blocked=False)

    def deactivate(self, user_id: int) -> None:
        """The user deletes the account. Bots are not told."""
        self._person(user_id).deactivated = True
        self.changed()

    def _private_status(self, user_id: int, *, blocked: bool) -> None:
        person = self._person(user_id)
        if person.blocked == blocked:
            return
        person.blocked = blocked
        person.started = person.started or not blocked
        before: Json = {"status": "member" if blocked else "kicked", "user": self.me.api()}
        after: Json = {"status": "kicked" if blocked else "member", "user": self.me.api()}
        for member in (before, after):
            if member["status"] == "kicked":
                member["until_date"] = 0
        self._membership("my_chat_member", self.chat(user_id), person, before, after)

    def add_bot(
        self,
        chat_id: int,
        by: int,
        *,
        admin: bool = False,
        rights: Sequence[str] = ADMIN_RIGHTS,
    ) -> None:
        """Somebody adds the bot to a group or channel, as admin with `rights` if wanted."""
        status: Status = "administrator" if admin else "member"
        self.set_bot(chat_id, by, status, rights=rights)
        chat = self._group(chat_id)
        if chat.kind != "channel":
            self._service(chat, by, {"new_chat_members": [self.me.api()]})

    def remove_bot(self, chat_id: int, by: int) -> None:
        """Somebody removes the bot from a group."""
        chat = self._group(chat_id)
        if chat.kind == "group":
            self._service(chat, by, {"left_chat_member": self.me.api()})
        self.set_bot(chat_id, by, "kicked")

    def set_bot(
        self,
        chat_id: int,
        by: int,
        status: Status,
        *,
        rights: Sequence[str] = ADMIN_RIGHTS,
        muted: bool = False,
    ) -> None:
        """Promote, demote, mute ("restricted") or kick the bot."""
        chat = self._group(chat_id)
        held = frozenset(rights) if status == "administrator" else frozenset()
        self._set_member(chat, by, self.me, status, held, muted)

    def add_member(self, chat_id: int, user_id: int, by: int | None = None) -> None:
        """A user joins a group, or is added by somebody."""
        chat = self._group(chat_id)
        person = self._person(user_id)
        self._set_member(chat, by or user_id, person, "member", frozenset(), False)
        self._service(chat, by or user_id, {"new_chat_members": [person.api()]})

    def remove_member(self, chat_id: int, user_id: int, by: int | None = None) -> None:
        """A user leaves a group, or is removed by somebody."""
        chat = self._group(chat_id)
        person = self._person(user_id)
        status: Status = "left" if by in (None, user_id) else "kicked"
        self._service(chat, by or user_id, {"left_chat_member": person.api()})
        self._set_member(chat, by or user_id, person, status, frozenset(), False)

    def set_member(
        self, chat_id: int, user_id: int, by: int, status: Status, *, muted: bool = False
    ) -> None:
        """Promote, demote, restrict or ban a user."""
        chat = self._group(chat_id)
        rights = frozenset(ADMIN_RIGHTS) if status == "administrator" else frozenset[str]()
        self._set_member(chat, by, self._person(user_id), status, rights, muted)

    def rename_user(
        self, user_id: int, first_name: str, last_name: str | None, username: str | None
    ) -> None:
        """A user takes another name. Bots see it with the next message only."""
        self.people[user_id] = replace(
            self._person(user_id), first_name=first_name, last_name=last_name, username=username
        )
        self.changed()

    def _set_member(
        self,
        chat: Chat,
        by: int,
        person: Person,
        status: Status,
        rights: frozenset[str],
        muted: bool,
    ) -> None:
        member = chat.members.setdefault(
            person.user_id, Member(user_id=person.user_id, status="left")
        )
        before = member.api(person.api())
        member.status, member.rights, member.muted = status, rights, muted
        after = member.api(person.api())
        kind = "my_chat_member" if person is self.me else "chat_member"
        if kind == "my_chat_member" or self.bot_status(chat) == "administrator":
            self._membership(kind, chat, self._person(by), before, after)
        self.changed()

    def _membership(self, kind: str, chat: Chat, by: Person, before: Json, after: Json) -> None:
        content = {
            "chat": self.chat_api(chat),
            "from": by.api(),
            "date": int(self.clock().timestamp()),
            "old_chat_member": before,
            "new_chat_member": after,
        }
        self.emit(kind, content, chat.chat_id)

    def _service(
        self, chat: Chat, by: int, content: Json, thread_id: int | None = None
    ) -> Message:
        message = self.add_message(chat, content, by=self._person(by), thread_id=thread_id)
        if self._sees(chat, message.api):
            self.emit("message", message.api, chat.chat_id)
        return message

    # --- what groups become ---------------------------------------------------------------

    def migrate(self, chat_id: int, by: int | None = None) -> int:
        """Turn a group into a supergroup; return its new id. Calls to the old one get a 400."""
        old = self._group(chat_id)
        if old.kind != "group":
            raise ActError(f"{chat_id} is not a basic group")
        new = self._new_chat("supergroup", old.title, None)
        new.members = old.members
        who = by or next(iter(user for user in old.members if user != self.me.user_id))
        self._service(old, who, {"migrate_to_chat_id": new.chat_id})
        old.migrated_to = new.chat_id
        self._service(new, who, {"migrate_from_chat_id": old.chat_id})
        return new.chat_id

    def set_topics(self, chat_id: int, on: bool, by: int | None = None) -> int:
        """Switch topics on or off; a basic group becomes a supergroup. Returns the id to use."""
        if self._group(chat_id).kind == "group" and on:
            chat_id = self.migrate(chat_id, by)
        self._group(chat_id).is_forum = on
        self.changed()
        return chat_id

    def add_topic(self, chat_id: int, name: str, by: int) -> int:
        """A person opens a topic; returns its thread id."""
        chat = self._group(chat_id)
        if not chat.is_forum:
            raise ActError(f"{chat_id} has no topics")
        colour = 7322096
        message = self._service(
            chat, by, {"forum_topic_created": {"name": name, "icon_color": colour}}
        )
        chat.topics[message.message_id] = Topic(
            thread_id=message.message_id, name=name, icon_color=colour
        )
        return message.message_id

    def close_topic(self, chat_id: int, thread_id: int, by: int) -> None:
        """A person closes a topic."""
        chat = self._group(chat_id)
        chat.topics[thread_id].closed = True
        self._service(chat, by, {"forum_topic_closed": {}}, thread_id)

    def reopen_topic(self, chat_id: int, thread_id: int, by: int) -> None:
        """A person opens a closed topic again."""
        chat = self._group(chat_id)
        chat.topics[thread_id].closed = False
        self._service(chat, by, {"forum_topic_reopened": {}}, thread_id)

    def delete_topic(self, chat_id: int, thread_id: int) -> None:
        """A person deletes a topic with its messages. Bots are not told."""
        chat = self._group(chat_id)
        chat.topics[thread_id].deleted = True
        for message in chat.messages.values():
            if message.api.get("message_thread_id") == thread_id:
                message.deleted = True
        self.changed()

    def delete_group(self, chat_id: int) -> None:
        """The group is gone."""
        self._group(chat_id).deleted = True
        self.changed()

    # --- trouble --------------------------------------------------------------------------

    def reset_update_ids(self, next_id: int | None = None) -> None:
        """Let the next update have a random id, as after a week without updates."""
        self.updates.reset_ids(next_id)

    def redeliver(self, update_id: int, times: int = 1) -> None:
        """Hand out an update again though it was confirmed."""
        self.updates.put_again(update_id, times)
        self.changed()

    def inject(self, update: Any) -> int:
        """Queue any JSON value as an update; an object without update_id gets the next one."""
        if isinstance(update, dict) and "update_id" not in update:
            update = {"update_id": self.updates.next_id, **update}
        known = update.get("update_id") if isinstance(update, dict) else None
        fixed = known if isinstance(known, int) and not isinstance(known, bool) else None
        return self.inject_raw(json.dumps(update).encode(), fixed)

    def inject_raw(self, raw: bytes, update_id: int | None = None) -> int:
        """Queue text, JSON or not, to stand in the result of getUpdates as it is."""
        taken = self.updates.put_raw(raw, update_id)
        self.changed()
        return taken

    def inject_body(self, body: bytes) -> None:
        """Answer the next getUpdates with this body, whole, with status 200."""
        self.updates.bodies.append(body)
        self.changed()

    def set_limits(self, limits: Limits) -> None:
        """Change or switch on the sending limits."""
        self.meter.limits = limits

    def _person(self, user_id: int) -> Person:
        found = self.people.get(user_id)
        if found is None:
            raise ActError(f"no user {user_id}")
        return found

    def _group(self, chat_id: int) -> Chat:
        found = self.chats.get(chat_id)
        if found is None or found.kind == "private":
            raise ActError(f"no group {chat_id}")
        return found


def worded(field: str, text: str) -> Json:
    """Return text or caption with the entities Telegram finds in it, empty for no text."""
    if not text:
        return {}
    name = "entities" if field == "text" else "caption_entities"
    found = rich.detected(text)
    return {field: text, **({name: found} if found else {})}


def split(text: str) -> list[str]:
    """Return a text in pieces of at most 4096 units, as clients send a longer one."""
    pieces, piece, size = [], "", 0
    for char in text:
        width = rich.units(char)
        if size + width > rich.TEXT_UNITS_MAX:
            pieces.append(piece)
            piece, size = "", 0
        piece += char
        size += width
    return [*pieces, piece]


def buttons(message: Message | None) -> list[Json]:
    """Return the inline buttons of a message that is still there."""
    if message is None or message.deleted:
        return []
    rows = message.api.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def button_data(message: Message | None) -> list[str]:
    """Return the callback data of a message's buttons."""
    return [button["callback_data"] for button in buttons(message) if "callback_data" in button]


def rich_content(api: Json) -> bool:
    """Return whether a message carries a file or the like, which privacy mode hides."""
    kinds = ("photo", "document", "voice", "video", "audio", "sticker", "contact", "location")
    return any(kind in api for kind in (*kinds, "poll", "dice", "video_note", "animation"))

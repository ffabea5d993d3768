"""What people do in the sandbox: write, press, edit, join, block. Each act tells the bot.

`Sandbox` is the world with all acts, for tests, rehearsals and the page. Acts return the message
as JSON (Bot API Message) or an id; they raise ActError for what a client could not do.
"""

import json
from typing import Any

from bot.sandbox import entities as rich
from bot.sandbox.limits import Limits
from bot.sandbox.places import Places
from bot.sandbox.state import ActError, Json, Message, Person, Query
from bot.sandbox.telegram import ANONYMOUS_ADMIN_ID, CHANNEL_BOT_ID, picture_size


class Sandbox(Places):
    """A world of Telegram with one bot in it, and everything people can do there."""

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

"""People and places of the sandbox: made, joined, left, blocked, turned into something else."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.sandbox.state import (
    ADMIN_RIGHTS,
    ActError,
    Chat,
    Json,
    Member,
    Message,
    Person,
    Status,
    Topic,
)
from bot.sandbox.telegram import World


class Places(World):
    """A world of Telegram with one bot in it, and who is where."""

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

    # --- who hears of it ------------------------------------------------------------------

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


def rich_content(api: Json) -> bool:
    """Return whether a message carries a file or the like, which privacy mode hides."""
    kinds = ("photo", "document", "voice", "video", "audio", "sticker", "contact", "location")
    return any(kind in api for kind in (*kinds, "poll", "dice", "video_note", "animation"))

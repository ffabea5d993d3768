"""From the messenger's JSON to what a person did: a closed union, without its library, no I/O.

Tolerant of everything unknown, strict about everything used: what is not of the expected type is
`Malformed` (a dead letter), never an exception. Nothing here knows who may do what.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias, TypeGuard

from bot.conversations.scene import Handed, Ordered, Said
from bot.reading.identifiers import FIGURES_MIN, without_national_numbers
from bot.reading.words import clean, cut

RAW_BYTES_MAX: Final = 1 << 20
"""An update is a few kilobytes; a megabyte is not Telegram's (row 12, S1)."""

DATE_MIN: Final = 1_356_998_400
"""1 January 2013, Telegram's first year: an earlier date is no date, our own clock is used."""

DATE_MAX: Final = 4_102_444_800
"""1 January 2100, likewise."""

USER_ID_MAX: Final = 2**63 - 1
"""What a 64-bit column holds; Telegram promises 52 bits (row 14)."""

CALLBACK_BYTES_MAX: Final = 64
NAME_UNITS_MAX: Final = 128
TITLE_UNITS_MAX: Final = 255

SERVICE_IDS: Final = frozenset({1_087_968_824, 136_817_688, 777_000})
"""Anonymous admin, fake channel, Telegram itself: never a person (S6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateMessage:
    """Somebody wrote to the bot. `date` None: not believable, use our own clock.

    `forwarded`: not the sender's own fresh words (forwarded, or made by an inline bot); such a
    text, and an edited one, is never a command (row 26).
    """

    user_id: int
    user_name: str
    language_code: str | None
    chat_id: int
    message_id: int
    date: datetime | None
    incoming: Said | Ordered | Handed
    edited: bool
    forwarded: bool
    reply_to_message_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPress:
    """A button was pressed, by `user_id` and nobody else, wherever it stands (S3).

    `chat_id` and `message_id` None, `chat_kind` "": the press came without its message (row 51).
    `data` is "" when it is none that we could have sent.
    """

    user_id: int
    user_name: str
    language_code: str | None
    chat_id: int | None
    chat_kind: str
    message_id: int | None
    query_id: str
    data: str
    inaccessible: bool
    is_forum: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMessage:
    """Something was posted in a group, or in a chat of an unknown kind (row 8).

    `anonymous`: posted as a channel, as the group, by another bot or through one: `user_id` is
    None then, and nothing of it is answered (row 58). `incoming` is never stored.
    """

    chat_id: int
    chat_kind: str
    user_id: int | None
    user_name: str
    incoming: Said | Ordered | Handed
    text: str
    message_id: int
    anonymous: bool
    edited: bool
    thread_id: int | None
    in_topic: bool = False
    """`thread_id` is a topic's, not that of a chain of answers."""
    is_forum: bool = False
    """The group says that it has topics; some servers leave it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberChanged:
    """Someone's place in a chat changed; `about_me`: the bot's own.

    Statuses are the messenger's: creator, administrator, member, restricted, left, kicked. In a
    private chat kicked means that the person blocked the bot.
    """

    chat_id: int
    chat_kind: str
    title: str
    by_user_id: int
    user_id: int
    old: str
    new: str
    about_me: bool
    is_forum: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """The group became a supergroup: same people, other id (row 54). Told twice, by each."""

    chat_id: int
    new_chat_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """Well formed and not for us: counted, no effect. `query_id`: a press to be answered."""

    why: str
    chat_id: int | None = None
    query_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """A dead letter. `code` says which part was not as it must be; never what it held."""

    code: str


Update: TypeAlias = (
    PrivateMessage | ButtonPress | GroupMessage | MemberChanged | Migrated | Foreign | Malformed
)


def read_update(raw: bytes, *, bot_name: str | None = None) -> Update:
    """Return what `raw` says. Never raises, whatever the bytes are.

    `bot_name` is the bot's own user name without @ (None where the server gives none: then
    every command in a private chat is ours, and none with another's name in a group).
    Source: bad_inputs rows 1-8, 12-14, 19, 26, 42, 45, 46, 51, 58; S5, S6, S10.
    """
    try:
        update = _json(raw)
        return _update(update, bot_name)
    except _Wrong as wrong:
        return Malformed(code=wrong.code)


class _Wrong(Exception):
    """A part of the update is not as it must be."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _json(raw: bytes) -> Mapping[str, Any]:
    if len(raw) > RAW_BYTES_MAX:
        raise _Wrong("too_large")
    try:
        # Figures of any length and NaN are JSON to Python; int() refuses the absurd ones itself.
        value = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant)
    except RecursionError:
        raise _Wrong("too_deep") from None
    except ValueError:
        raise _Wrong("not_json") from None
    if not isinstance(value, dict):
        raise _Wrong("not_an_update")
    return value


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _update(update: Mapping[str, Any], bot_name: str | None) -> Update:
    _integer(update, "update_id")
    for kind, edited in (("message", False), ("edited_message", True)):
        if kind in update:
            return _message(_part(update, kind), bot_name, edited=edited)
    if "callback_query" in update:
        return _press(_part(update, "callback_query"))
    for kind, about_me in (("my_chat_member", True), ("chat_member", False)):
        if kind in update:
            return _member(_part(update, kind), about_me=about_me)
    for kind in ("channel_post", "edited_channel_post"):
        if kind in update:
            chat = _part(_part(update, kind), "chat")
            return Foreign(why="channel_post", chat_id=_integer(chat, "id"))
    return Foreign(why="unknown_kind")


def without_numbers_in(raw: bytes) -> bytes:
    """Return an update's body without national and account numbers in what was written (row 35).

    The same object where there was none, or where it is no message at all. Never raises.
    """
    if _FIGURES.search(raw) is None:
        return raw
    try:
        update = json.loads(raw)
        found = {kind: _scrubbed(update[kind]) for kind in _WRITTEN if kind in update}
        if all(update[kind] == kept for kind, kept in found.items()):
            return raw
        return json.dumps({**update, **found}, ensure_ascii=False).encode()
    except (ValueError, TypeError, RecursionError):
        return raw


_WRITTEN: Final = ("message", "edited_message", "channel_post", "edited_channel_post")
_FIGURES: Final = re.compile(rb'"(?:text|caption|file_name|title)"')
_KEPT: Final = frozenset({"file_id", "file_unique_id", "media_group_id", "phone_number"})


def _scrubbed(value: Any) -> Any:
    if isinstance(value, str):
        if sum(map(str.isdecimal, value)) < FIGURES_MIN:
            return value
        seen = clean(value)  # as the conversations hear it: nothing hides between the figures
        kept = without_national_numbers(seen)
        return value if kept == seen else kept
    if isinstance(value, list):
        return [_scrubbed(part) for part in value]
    if isinstance(value, dict):
        return {k: part if k in _KEPT else _scrubbed(part) for k, part in value.items()}
    return value


# Messages


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sender:
    id: int
    name: str
    language_code: str | None
    is_bot: bool

    @property
    def is_person(self) -> bool:
        return not self.is_bot and self.id not in SERVICE_IDS


def _message(message: Mapping[str, Any], bot_name: str | None, *, edited: bool) -> Update:
    chat = _part(message, "chat")
    chat_id, kind = _integer(chat, "id"), _kind(chat)
    message_id = _integer(message, "message_id")
    date = _date(message)
    moved = _migrated(message, chat_id) if kind in ("group", "supergroup") else None
    if moved is not None:
        return moved
    if _SERVICE & message.keys():
        return Foreign(why="service_message", chat_id=chat_id)
    if kind == "channel":
        return Foreign(why="channel_post", chat_id=chat_id)
    if kind != "private":
        return _in_group(message, chat_id, kind, bot_name, edited=edited)
    sender = _sender(_part(message, "from"))
    if not sender.is_person or "sender_chat" in message:
        return Foreign(why="no_person", chat_id=chat_id)
    if chat_id != sender.id:
        raise _Wrong("chat")  # the answer would go to somebody else
    forwarded = _is_forwarded(message)
    return PrivateMessage(
        user_id=sender.id,
        user_name=sender.name,
        language_code=sender.language_code,
        chat_id=chat_id,
        message_id=message_id,
        date=date,
        incoming=_content(
            message, sender.id, bot_name, may_order=not (edited or forwarded), private=True
        ),
        edited=edited,
        forwarded=forwarded,
        reply_to_message_id=_replied_to(message),
    )


def _in_group(
    message: Mapping[str, Any], chat_id: int, kind: str, bot_name: str | None, *, edited: bool
) -> GroupMessage:
    sender = _sender(_part(message, "from")) if message.get("from") is not None else None
    apart = sender is None or not sender.is_person
    anonymous = apart or "sender_chat" in message or "via_bot" in message
    user_id = None if sender is None or anonymous else sender.id
    fresh = not (edited or anonymous or _is_forwarded(message))
    incoming = _content(message, user_id, bot_name, may_order=fresh, private=False)
    thread = message.get("message_thread_id")
    return GroupMessage(
        chat_id=chat_id,
        chat_kind=kind,
        user_id=user_id,
        user_name="" if sender is None or anonymous else sender.name,
        incoming=incoming,
        text=_clean(message.get("text"), "text") or _clean(message.get("caption"), "caption"),
        message_id=_integer(message, "message_id"),
        anonymous=anonymous,
        edited=edited,
        thread_id=thread if _is_integer(thread) else None,
        in_topic=message.get("is_topic_message") is True,
        is_forum=_part(message, "chat").get("is_forum") is True,
    )


def _migrated(message: Mapping[str, Any], chat_id: int) -> Migrated | None:
    if "migrate_to_chat_id" in message:
        return Migrated(chat_id=chat_id, new_chat_id=_integer(message, "migrate_to_chat_id"))
    if "migrate_from_chat_id" in message:
        return Migrated(chat_id=_integer(message, "migrate_from_chat_id"), new_chat_id=chat_id)
    return None


def _date(message: Mapping[str, Any]) -> datetime | None:
    seconds = _integer(message, "date")
    return datetime.fromtimestamp(seconds, UTC) if DATE_MIN <= seconds < DATE_MAX else None


def _is_forwarded(message: Mapping[str, Any]) -> bool:
    marks = ("forward_origin", "forward_date", "forward_from", "forward_sender_name", "via_bot")
    return any(mark in message for mark in marks)


def _replied_to(message: Mapping[str, Any]) -> int | None:
    replied = message.get("reply_to_message")
    found = replied.get("message_id") if isinstance(replied, dict) else None
    return found if _is_integer(found) else None


# What was said, ordered or handed over


_COMMAND: Final = re.compile(r"/(?P<name>[A-Za-z0-9_]{0,32})(?:@(?P<bot>\w{0,64}))?(?=\s|$)")

_KINDS: Final = (
    *("photo", "voice", "document", "audio", "video", "video_note", "animation", "sticker"),
    *("live_location", "venue", "location", "contact", "poll", "dice", "story", "paid_media"),
    *("game", "invoice", "checklist"),
)
"""What a message may hold beside a text. An animation comes as a document too."""

_SERVICE: Final = frozenset(
    {
        *("new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo"),
        *("delete_chat_photo", "group_chat_created", "supergroup_chat_created"),
        *("channel_chat_created", "message_auto_delete_timer_changed", "pinned_message"),
        *("successful_payment", "users_shared", "chat_shared", "connected_website"),
        *("write_access_allowed", "proximity_alert_triggered", "boost_added"),
        *("chat_background_set", "forum_topic_created", "forum_topic_edited"),
        *("forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden"),
        *("general_forum_topic_unhidden", "video_chat_scheduled", "video_chat_started"),
        *("video_chat_ended", "video_chat_participants_invited", "web_app_data"),
        *("giveaway_created", "giveaway", "giveaway_winners", "giveaway_completed"),
        *("passport_data", "refunded_payment"),
    }
)


def _content(
    message: Mapping[str, Any],
    user_id: int | None,
    bot_name: str | None,
    *,
    may_order: bool,
    private: bool,
) -> Said | Ordered | Handed:
    if "text" in message:
        text = _clean(message["text"], "text")
        order = _order(text, bot_name, private=private) if may_order else None
        return order or Said(text=text)
    return _handed(message, user_id)


def _order(text: str, bot_name: str | None, *, private: bool) -> Ordered | None:
    """Return the command that `text` is; name "" for a bare slash, "@" for another bot's."""
    match = _COMMAND.match(text)
    if match is None:
        return None
    called = match["bot"]
    if called and not _is_ours(called, bot_name, private=private):
        return Ordered(name="@", rest="")
    return Ordered(name=match["name"].lower(), rest=text[match.end() :].strip())


def _is_ours(called: str, bot_name: str | None, *, private: bool) -> bool:
    return private if bot_name is None else called.lower() == bot_name.lower()


def _handed(message: Mapping[str, Any], user_id: int | None) -> Handed:
    kind = next((each for each in _KINDS if each in message), "other")
    content = message.get(kind)
    if kind == "animation":
        content = message.get("document", content)
    if kind == "photo":
        content = _largest(content)
    part: Mapping[str, Any] = content if isinstance(content, dict) else {}
    size = part.get("file_size")
    return Handed(
        kind=kind,
        file_id=_short(part.get("file_id"), 512) or None,
        file_name=_short(part.get("file_name"), NAME_UNITS_MAX) or None,
        mime=_short(part.get("mime_type"), NAME_UNITS_MAX) or None,
        size=size if _is_integer(size) and size >= 0 else None,
        caption=_clean(message.get("caption"), "caption"),
        contact_phone=_own_phone(message, part, user_id) if kind == "contact" else None,
        album=_short(message.get("media_group_id"), 64) or None,
    )


def _largest(sizes: object) -> Mapping[str, Any] | None:
    """Return the last picture size, Telegram's largest."""
    known = [size for size in sizes if isinstance(size, dict)] if isinstance(sizes, list) else []
    return known[-1] if known else None


_PHONE: Final = re.compile(r"\+?[0-9]{6,17}")


def _own_phone(
    message: Mapping[str, Any], contact: Mapping[str, Any], user_id: int | None
) -> str | None:
    """Return the phone of the sender's own contact, None for any other (row 45, S10)."""
    own = user_id is not None and contact.get("user_id") == user_id
    if not own or _is_forwarded(message) or isinstance(contact.get("user_id"), bool):
        return None
    phone = _short(contact.get("phone_number"), 32).replace(" ", "")
    return phone if _PHONE.fullmatch(phone) else None


# Presses and membership


def _press(query: Mapping[str, Any]) -> Update:
    sender = _sender(_part(query, "from"))
    query_id = query.get("id")
    if not isinstance(query_id, str) or not 0 < len(query_id) <= 64 or not query_id.isascii():
        raise _Wrong("query_id")
    if not sender.is_person:
        return Foreign(why="no_person", query_id=query_id)
    message = query.get("message")
    found: Mapping[str, Any] = message if isinstance(message, dict) else {}
    chat = found.get("chat")
    placed = isinstance(chat, dict) and _is_integer(chat.get("id"))
    if placed and chat is not None and _kind(chat) == "private" and chat["id"] != sender.id:
        raise _Wrong("chat")
    message_id = found.get("message_id")
    return ButtonPress(
        user_id=sender.id,
        user_name=sender.name,
        language_code=sender.language_code,
        chat_id=chat["id"] if placed and chat is not None else None,
        chat_kind=_kind(chat) if placed and chat is not None else "",
        message_id=message_id if placed and _is_integer(message_id) else None,
        query_id=query_id,
        data=_callback(query.get("data")),
        inaccessible=not placed or found.get("date") == 0,
        is_forum=placed and chat is not None and chat.get("is_forum") is True,
    )


def _callback(value: object) -> str:
    """Return the button's code, "" when it is none that we could have sent (row 46)."""
    if not isinstance(value, str) or not value.isascii() or not value.isprintable():
        return ""
    return value if len(value) <= CALLBACK_BYTES_MAX else ""


_STATUSES: Final = frozenset(
    {"creator", "administrator", "member", "restricted", "left", "kicked"}
)


def _member(change: Mapping[str, Any], *, about_me: bool) -> Update:
    chat, old, new = (_part(change, k) for k in ("chat", "old_chat_member", "new_chat_member"))
    statuses = old.get("status"), new.get("status")
    if not all(isinstance(status, str) and status in _STATUSES for status in statuses):
        raise _Wrong("status")
    title = chat.get("title", "")
    return MemberChanged(
        chat_id=_integer(chat, "id"),
        chat_kind=_kind(chat),
        title=cut(_clean(title, "title"), units_max=TITLE_UNITS_MAX),
        by_user_id=_sender(_part(change, "from")).id,
        user_id=_sender(_part(new, "user")).id,
        old=str(statuses[0]),
        new=str(statuses[1]),
        about_me=about_me,
        is_forum=chat.get("is_forum") is True,
    )


# Parts and their types


def _part(whole: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = whole.get(key)
    if not isinstance(part, dict):
        raise _Wrong(key)
    return part


def _integer(whole: Mapping[str, Any], key: str) -> int:
    value = whole.get(key)
    if not _is_integer(value):
        raise _Wrong(key)
    return value


def _is_integer(value: object) -> TypeGuard[int]:
    return type(value) is int and -USER_ID_MAX <= value <= USER_ID_MAX


def _kind(chat: Mapping[str, Any]) -> str:
    """Return the chat's type; "unknown" for one that we do not know (row 8)."""
    kind = chat.get("type")
    known = ("private", "group", "supergroup", "channel")
    return kind if isinstance(kind, str) and kind in known else "unknown"


_LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,3}")


def _sender(user: Mapping[str, Any]) -> _Sender:
    """Return who sent it; dead letter without the three fields that every user has (row 6)."""
    id_ = _integer(user, "id")
    is_bot, first = user.get("is_bot"), user.get("first_name")
    if id_ <= 0 or not isinstance(is_bot, bool) or not isinstance(first, str):
        raise _Wrong("from")
    last = user.get("last_name")
    name = _clean(f"{first} {last}" if isinstance(last, str) else first, "from")
    tag = user.get("language_code")
    tagged = isinstance(tag, str) and _LANGUAGE_TAG.fullmatch(tag) is not None
    return _Sender(
        id=id_,
        name=cut(" ".join(name.split()), units_max=NAME_UNITS_MAX),
        language_code=tag if tagged else None,
        is_bot=is_bot,
    )


def _clean(value: object, code: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _Wrong(code)
    return clean(value)


def _short(value: object, units_max: int) -> str:
    """Return a text of the messenger's own, cleaned and cut; "" when it is none."""
    return (
        cut(clean(value).replace("\n", " "), units_max=units_max) if isinstance(value, str) else ""
    )

"""The Bot API's methods on a world: arguments in, result or ApiError out. No HTTP, no waiting.

getUpdates, setWebhook and deleteWebhook are in server.py, because they wait or start deliveries.
"""

import json
from collections.abc import Callable
from typing import Any

from bot.sandbox import entities as rich
from bot.sandbox import markup
from bot.sandbox.params import Params
from bot.sandbox.state import (
    ApiError,
    Chat,
    Json,
    Message,
    Stored,
    Topic,
    Upload,
    bad_request,
)
from bot.sandbox.telegram import World, picture_size, same

DELETE_S_MAX = 48 * 3600  # Bot API: only messages younger than 48 hours
DOWNLOAD_MAX = 20_000_000  # getFile
UPLOAD_MAX = 50_000_000
PHOTO_MAX = 10_000_000
ANSWER_UNITS_MAX = 200
COMMANDS_MAX = 100
TOPIC_NAME_MAX = 128
TOPIC_COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


# --- sending ------------------------------------------------------------------------------


def send_message(world: World, params: Params) -> Json:
    """Send a text."""
    chat = writable(world, params)
    text, spans = read_text(params, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if rich.units(text) > rich.TEXT_UNITS_MAX:
        raise bad_request("message is too long")
    content: Json = {"text": text}
    spans = rich.with_detected(text, named(world, spans))
    if spans:
        content["entities"] = spans
    if params.mapping("link_preview_options", "link preview options"):
        content["link_preview_options"] = params.values["link_preview_options"]
    return post(world, params, chat, content)


def send_photo(world: World, params: Params) -> Json:
    """Send a picture: PNG, JPEG or GIF, at most 10 MB, sides within Telegram's limits."""
    chat = writable(world, params)
    stored = incoming(world, params, "photo", "photos")
    size = picture_size(stored.content)
    if len(stored.content) > PHOTO_MAX:
        raise bad_request("file is too big")
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if not width or not height or width + height > 10000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return post(
        world, params, chat, {"photo": [photo_size(stored, size)], **caption(world, params)}
    )


def send_document(world: World, params: Params) -> Json:
    """Send a file of any kind."""
    chat = writable(world, params)
    stored = incoming(world, params, "document", "documents")
    return post(world, params, chat, {"document": document(stored), **caption(world, params)})


def send_voice(world: World, params: Params) -> Json:
    """Send a voice note."""
    chat = writable(world, params)
    stored = incoming(world, params, "voice", "voice")
    voice = {**media(stored), "duration": params.integer("duration")}
    return post(world, params, chat, {"voice": voice, **caption(world, params)})


def send_contact(world: World, params: Params) -> Json:
    """Send a contact card."""
    chat = writable(world, params)
    contact = {n: params.text(n) for n in ("phone_number", "first_name", "last_name", "vcard")}
    if not contact["phone_number"] or not contact["first_name"]:
        raise bad_request("contact phone number and first name must be non-empty")
    return post(world, params, chat, {"contact": {k: v for k, v in contact.items() if v}})


def copy_message(world: World, params: Params) -> Json:
    """Copy a message of any chat the bot is in; returns a MessageId."""
    chat = writable(world, params)
    origin = world.chat(params.integer("from_chat_id"))
    source = world.message(origin, params.integer("message_id"), "copy")
    if source.api.get("has_protected_content"):
        raise bad_request("message can't be copied")
    kept = (
        "text",
        "entities",
        "photo",
        "document",
        "voice",
        "contact",
        "caption",
        "caption_entities",
    )
    content = {key: source.api[key] for key in kept if key in source.api}
    return {"message_id": post(world, params, chat, content)["message_id"]}


def forward_message(world: World, params: Params) -> Json:
    """Forward a message."""
    chat = writable(world, params)
    origin = world.chat(params.integer("from_chat_id"))
    source = world.message(origin, params.integer("message_id"), "forward")
    if source.api.get("has_protected_content"):
        raise bad_request("message can't be forwarded")
    skipped = {
        "message_id",
        "from",
        "chat",
        "date",
        "reply_markup",
        "reply_to_message",
        "edit_date",
    }
    content = {key: value for key, value in source.api.items() if key not in skipped}
    content["forward_origin"] = {
        "type": "user",
        "sender_user": source.api["from"],
        "date": source.api["date"],
    }
    return post(world, params, chat, content)


def post(world: World, params: Params, chat: Chat, content: Json) -> Json:
    """Store the bot's message with its keyboard, topic and reply; return the Message."""
    keyboard, other = markup.read(params)
    thread_id = params.integer("message_thread_id") or None
    if thread_id is not None:
        topic = world.topic(chat, thread_id)
        if topic.closed and not world.bot_may(chat, "can_manage_topics"):
            raise bad_request("TOPIC_CLOSED")
    reply_to = replied(world, params, chat)
    if keyboard:
        content = {**content, "reply_markup": keyboard}
    if params.flag("protect_content"):
        content = {**content, "has_protected_content": True}
    message = world.add_message(chat, content, by=world.me, thread_id=thread_id, reply_to=reply_to)
    if other:
        message.keyboard = other
        chat.keyboard = None if other.get("remove_keyboard") else other
    return message.api


def replied(world: World, params: Params, chat: Chat) -> int | None:
    """Return the message that is replied to, None if there is none or it may be missing."""
    reply = params.mapping("reply_parameters", "reply parameters") or {}
    message_id = reply.get("message_id") or params.integer("reply_to_message_id")
    if not message_id:
        return None
    found = chat.messages.get(int(message_id))
    if found is not None and not found.deleted:
        return int(message_id)
    if reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def writable(world: World, params: Params) -> Chat:
    """Return the chat of a sending call; raises ApiError where the bot may not write."""
    chat = world.chat(params.chat_id())
    world.check_write(chat)
    return chat


def read_text(params: Params, name: str, entities: str) -> tuple[str, list[Json]]:
    """Return text and entities of a field; raises ApiError "can't parse entities"."""
    given = params.sequence(entities)
    try:
        return rich.parse(params.text(name), params.text("parse_mode") or None, given)
    except rich.EntityError as error:
        raise bad_request(f"can't parse entities: {error}") from error


def named(world: World, spans: list[Json]) -> list[Json]:
    """Return entities in which a mention by id carries the whole user, if it is known."""
    kept = []
    for span in spans:
        if span["type"] != "text_mention":
            kept.append(span)
            continue
        person = world.people.get(int(span["user"]["id"]))
        if person is not None:
            kept.append({**span, "user": person.api()})
    return kept


def caption(world: World, params: Params) -> Json:
    """Return caption fields, empty if there is none."""
    text, spans = read_text(params, "caption", "caption_entities")
    if rich.units(text) > rich.CAPTION_UNITS_MAX:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    spans = rich.with_detected(text, named(world, spans))
    return {"caption": text, **({"caption_entities": spans} if spans else {})}


def incoming(world: World, params: Params, name: str, folder: str) -> Stored:
    """Return the file of a sending call: uploaded, attached or by file_id."""
    given = params.text(name)
    key = given.removeprefix("attach://") if given.startswith("attach://") else name
    upload: Upload | None = params.uploads.get(key)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > UPLOAD_MAX:
            raise ApiError(413, "Request Entity Too Large")
        return world.store(upload.content, folder=folder, name=upload.name, mime=upload.mime)
    if not given:
        raise bad_request(f"there is no {name} in the request")
    if given in world.files:
        return world.files[given]
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    raise bad_request("wrong remote file identifier specified: Wrong string length")


def media(stored: Stored) -> Json:
    """Return the fields that every file in a message has."""
    found: Json = {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.content),
    }
    if stored.mime:
        found["mime_type"] = stored.mime
    return found


def document(stored: Stored) -> Json:
    """Return the Bot API's Document."""
    return {**media(stored), **({"file_name": stored.name} if stored.name else {})}


def photo_size(stored: Stored, size: tuple[int, int]) -> Json:
    """Return the Bot API's PhotoSize."""
    found = media(stored)
    found.pop("mime_type", None)
    return {**found, "width": size[0], "height": size[1]}


# --- changing and deleting ----------------------------------------------------------------


def edit_text(world: World, params: Params) -> Json:
    """Change text and keyboard of an own message; without reply_markup the buttons go."""
    chat, message = editable(world, params)
    if "text" not in message.api:
        raise bad_request("there is no text in the message to edit")
    text, spans = read_text(params, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if rich.units(text) > rich.TEXT_UNITS_MAX:
        raise bad_request("message is too long")
    spans = rich.with_detected(text, named(world, spans))
    changed = {"text": text, **({"entities": spans} if spans else {})}
    return changed_message(world, params, chat, message, ("text", "entities"), changed)


def edit_caption(world: World, params: Params) -> Json:
    """Change the caption of an own message."""
    chat, message = editable(world, params)
    if "text" in message.api:
        raise bad_request("there is no caption in the message to edit")
    fields = ("caption", "caption_entities")
    return changed_message(world, params, chat, message, fields, caption(world, params))


def edit_markup(world: World, params: Params) -> Json:
    """Change the buttons of an own message."""
    chat, message = editable(world, params)
    return changed_message(world, params, chat, message, (), {})


def editable(world: World, params: Params) -> tuple[Chat, Message]:
    """Return an own message that can be changed; raises ApiError."""
    chat = world.chat(params.chat_id())
    if chat.kind == "private":
        if world.people[chat.chat_id].deactivated:
            world.check_write(chat)
    else:
        world.check_access(chat)
    if not params.integer("message_id"):
        raise bad_request("message identifier is not specified")
    message = world.message(chat, params.integer("message_id"), "edit")
    if message.by != world.me.user_id or message.keyboard is not None:
        raise bad_request("message can't be edited")
    return chat, message


def changed_message(
    world: World,
    params: Params,
    chat: Chat,
    message: Message,
    fields: tuple[str, ...],
    content: Json,
) -> Json:
    """Put new content and keyboard in place; raises ApiError "message is not modified"."""
    keyboard, _ = markup.read(params)
    kept = {k: v for k, v in message.api.items() if k not in (*fields, "reply_markup")}
    api = {**kept, **content, **({"reply_markup": keyboard} if keyboard else {})}
    if same(api, message.api):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    message.versions.append(message.api)
    message.api = {**api, "edit_date": int(world.clock().timestamp())}
    world.changed()
    return message.api


def delete_message(world: World, params: Params) -> bool:
    """Delete one message younger than 48 hours; others' only with the right to."""
    chat = world.chat(params.chat_id())
    if chat.kind != "private":
        world.check_access(chat)
    if not params.integer("message_id"):
        raise bad_request("message identifier is not specified")
    message = world.message(chat, params.integer("message_id"), "delete")
    if not may_delete(world, chat, message):
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    world.changed()
    return True


def delete_messages(world: World, params: Params) -> bool:
    """Delete up to 100 messages; what cannot be deleted or found is skipped, as in Telegram."""
    chat = world.chat(params.chat_id())
    ids = params.sequence("message_ids") or []
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    for message_id in ids:
        found = chat.messages.get(int(message_id))
        if found is not None and may_delete(world, chat, found):
            found.deleted = True
    world.changed()
    return True


def may_delete(world: World, chat: Chat, message: Message) -> bool:
    """Return whether the bot may delete this message now."""
    young = (world.clock() - message.at).total_seconds() < DELETE_S_MAX
    if not young or "forum_topic_created" in message.api:
        return False
    own = message.by == world.me.user_id
    return own or chat.kind == "private" or world.bot_may(chat, "can_delete_messages")


def edit_media(world: World, params: Params) -> Json:
    """Put another picture or file in the place of an own message's, with its caption."""
    chat, message = editable(world, params)
    given = params.mapping("media", "media") or {}
    kind = given.get("type")
    if kind not in ("photo", "document"):
        raise bad_request("can't parse InputMedia: media not found")
    inner = Params({**given, kind: given.get("media")}, params.uploads)
    stored = incoming(world, inner, kind, f"{kind}s")
    size = picture_size(stored.content)
    if kind == "photo" and size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    shown = [photo_size(stored, size)] if kind == "photo" and size else document(stored)
    fields = ("text", "entities", "photo", "document", "caption", "caption_entities")
    content = {kind: shown, **caption(world, inner)}
    return changed_message(world, params, chat, message, fields, content)


def answer_query(world: World, params: Params) -> bool:
    """Answer a press; too late or unknown is refused. Recorded on the query for the page."""
    query = world.queries.get(params.text("callback_query_id"))
    if query is None or world.monotonic() - query.born > world.query_lifetime_s:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if rich.units(params.text("text")) > ANSWER_UNITS_MAX:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answer = {"text": params.text("text"), "show_alert": params.flag("show_alert")}
    world.changed()
    return True


def pin(world: World, params: Params) -> bool:
    """Pin a message."""
    chat = world.chat(params.chat_id())
    world.check_write(chat)
    message = world.message(chat, params.integer("message_id"), "pin")
    if chat.kind != "private" and not world.bot_may(chat, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    if message.message_id not in chat.pinned:
        chat.pinned.append(message.message_id)
    world.changed()
    return True


def unpin(world: World, params: Params) -> bool:
    """Unpin one message, the last pinned one, or (unpinAllChatMessages) all."""
    chat = world.chat(params.chat_id())
    world.check_write(chat)
    if chat.kind != "private" and not world.bot_may(chat, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    message_id = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    world.changed()
    return True


def unpin_all(world: World, params: Params) -> bool:
    """Unpin everything."""
    chat = world.chat(params.chat_id())
    world.check_write(chat)
    chat.pinned.clear()
    world.changed()
    return True


# --- chats --------------------------------------------------------------------------------


def get_me(world: World, params: Params) -> Json:
    """Return the bot itself."""
    return {
        **world.me.api(),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(world: World, params: Params) -> Json:
    """Return ChatFullInfo."""
    chat = world.chat(params.chat_id())
    if chat.kind != "private":
        world.check_access(chat)
    full: Json = {
        **world.chat_api(chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.pinned:
        full["pinned_message"] = chat.messages[chat.pinned[-1]].api
    return full


def get_member(world: World, params: Params) -> Json:
    """Return a ChatMember."""
    chat = world.chat(params.chat_id())
    user_id = params.integer("user_id")
    person = world.people.get(user_id)
    if person is None:
        raise bad_request("invalid user_id specified" if not user_id else "user not found")
    if chat.kind == "private":
        return {"status": "member", "user": person.api()}
    world.check_access(chat)
    member = chat.members.get(user_id)
    return member.api(person.api()) if member else {"status": "left", "user": person.api()}


def get_admins(world: World, params: Params) -> list[Json]:
    """Return the administrators, owner included, other bots not."""
    chat = world.chat(params.chat_id())
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    world.check_access(chat)
    return [
        member.api(world.people[member.user_id].api())
        for member in chat.members.values()
        if member.status in ("creator", "administrator")
    ]


def count_members(world: World, params: Params) -> int:
    """Return how many are in a chat."""
    chat = world.chat(params.chat_id())
    if chat.kind == "private":
        return 2
    world.check_access(chat)
    return sum(1 for member in chat.members.values() if member.status not in ("left", "kicked"))


def leave_chat(world: World, params: Params) -> bool:
    """Leave a group. The bot gets my_chat_member about it, as from Telegram."""
    chat = world.chat(params.chat_id())
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    world.check_access(chat)
    member = chat.members[world.me.user_id]
    before = member.api(world.me.api())
    member.status = "left"
    world.emit(
        "my_chat_member",
        {
            "chat": world.chat_api(chat),
            "from": world.me.api(),
            "date": int(world.clock().timestamp()),
            "old_chat_member": before,
            "new_chat_member": member.api(world.me.api()),
        },
        chat.chat_id,
    )
    return True


def chat_action(world: World, params: Params) -> bool:
    """Show "typing …"."""
    writable(world, params)
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


# --- topics -------------------------------------------------------------------------------


def forum(world: World, params: Params, right: str = "can_manage_topics") -> Chat:
    """Return a supergroup with topics in which the bot holds `right`; raises ApiError."""
    chat = writable(world, params)
    if chat.kind != "supergroup" or not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not world.bot_may(chat, right):
        raise bad_request("not enough rights to manage topics in the chat")
    return chat


def create_topic(world: World, params: Params) -> Json:
    """Open a topic; its service message is the bot's own and comes back to nobody."""
    chat = writable(world, params)
    if chat.kind != "supergroup" or not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not world.bot_may(chat, "can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    name = topic_name(params)
    colour = params.integer("icon_color", TOPIC_COLOURS[0])
    if colour not in TOPIC_COLOURS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    created = {"name": name, "icon_color": colour}
    message = world.add_message(chat, {"forum_topic_created": created}, by=world.me)
    message.api["message_thread_id"] = message.message_id
    message.api["is_topic_message"] = True
    topic = Topic(thread_id=message.message_id, name=name, icon_color=colour)
    chat.topics[topic.thread_id] = topic
    return {"message_thread_id": topic.thread_id, **created}


def topic_name(params: Params) -> str:
    """Return a topic's name of 1-128 characters; raises ApiError."""
    name = params.text("name").strip()
    if not name:
        raise bad_request("TOPIC_TITLE_EMPTY")
    if len(name) > TOPIC_NAME_MAX:
        raise bad_request("TOPIC_TITLE_TOO_LONG")
    return name


def edit_topic(world: World, params: Params) -> bool:
    """Rename a topic."""
    chat = forum(world, params)
    topic = world.topic(chat, params.integer("message_thread_id"))
    if "name" in params.values and params.text("name"):
        name = topic_name(params)
        if name == topic.name:
            raise bad_request("TOPIC_NOT_MODIFIED")
        topic.name = name
        note_in_topic(world, chat, topic, "forum_topic_edited", {"name": name})
    return True


def close_topic(world: World, params: Params) -> bool:
    """Close a topic; closed already is "not modified"."""
    return set_closed(world, params, closed=True)


def reopen_topic(world: World, params: Params) -> bool:
    """Open a closed topic again."""
    return set_closed(world, params, closed=False)


def set_closed(world: World, params: Params, *, closed: bool) -> bool:
    """Close or reopen; raises ApiError TOPIC_NOT_MODIFIED if nothing changes."""
    chat = forum(world, params)
    topic = world.topic(chat, params.integer("message_thread_id"))
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    note_in_topic(world, chat, topic, f"forum_topic_{'closed' if closed else 'reopened'}", {})
    return True


def delete_topic(world: World, params: Params) -> bool:
    """Delete a topic with all its messages."""
    chat = forum(world, params, "can_delete_messages")
    topic = world.topic(chat, params.integer("message_thread_id"))
    topic.deleted = True
    for message in chat.messages.values():
        if message.api.get("message_thread_id") == topic.thread_id:
            message.deleted = True
    world.changed()
    return True


def note_in_topic(world: World, chat: Chat, topic: Topic, kind: str, content: Json) -> None:
    """Store a service message of the bot's own."""
    world.add_message(chat, {kind: content}, by=world.me, thread_id=topic.thread_id)


def topic_icons(world: World, params: Params) -> list[Json]:
    """Return no icon stickers: the sandbox has none."""
    return []


# --- the bot's own profile, files, webhook ------------------------------------------------


def profile_key(params: Params, name: str) -> str:
    """Return under which key a profile text is kept: by language and scope."""
    scope = params.values.get("scope")
    where = json.dumps(scope, sort_keys=True) if scope else ""
    return f"{name}/{params.text('language_code')}/{where}"


def set_commands(world: World, params: Params) -> bool:
    """Set the command list: at most 100, names a-z0-9_, descriptions 1-256."""
    commands = params.sequence("commands")
    if commands is None:
        raise bad_request("can't parse commands JSON object")
    if len(commands) > COMMANDS_MAX:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        name = each.get("command", "") if isinstance(each, dict) else ""
        if not name.isascii() or not 1 <= len(name) <= 32 or not name.replace("_", "a").isalnum():
            raise bad_request("BOT_COMMAND_INVALID")
        if name != name.lower():
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(each.get("description", "")) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile[profile_key(params, "commands")] = commands
    world.changed()
    return True


def get_commands(world: World, params: Params) -> list[Json]:
    """Return the command list."""
    found: list[Json] = world.profile.get(profile_key(params, "commands"), [])
    return found


def delete_commands(world: World, params: Params) -> bool:
    """Forget the command list."""
    world.profile.pop(profile_key(params, "commands"), None)
    return True


def setter(name: str, length_max: int) -> "Method":
    """Return the method that sets a text of the bot's profile."""

    def set_it(world: World, params: Params) -> bool:
        text = params.text(name)
        if rich.units(text) > length_max:
            raise bad_request(f"bot {name.replace('_', ' ')} is too long")
        world.profile[profile_key(params, name)] = text
        world.changed()
        return True

    return set_it


def getter(name: str) -> "Method":
    """Return the method that reads a text of the bot's profile."""
    return lambda world, params: {name: world.profile.get(profile_key(params, name), "")}


def set_menu(world: World, params: Params) -> bool:
    """Set the menu button."""
    world.profile["menu_button"] = params.mapping("menu_button", "menu button")
    return True


def get_menu(world: World, params: Params) -> Json:
    """Return the menu button."""
    return world.profile.get("menu_button") or {"type": "commands"}


def get_file(world: World, params: Params) -> Json:
    """Return where a file of at most 20 MB can be fetched."""
    file_id = params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = world.files.get(file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > DOWNLOAD_MAX:
        raise bad_request("file is too big")
    return stored.api()


def webhook_state(world: World, params: Params) -> Json:
    """Return WebhookInfo."""
    shown = {k: v for k, v in world.webhook.items() if k != "secret_token"}
    info: Json = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.waiting),
        **shown,
    }
    if world.updates.allowed is not None:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


def nothing(world: World, params: Params) -> bool:
    """Accept and do nothing: reactions, logOut and the like have no effect here."""
    return True


Method = Callable[[World, Params], Any]

METHODS: dict[str, Method] = {
    name.lower(): method
    for name, method in {
        "getMe": get_me,
        "sendMessage": send_message,
        "sendPhoto": send_photo,
        "sendDocument": send_document,
        "sendVoice": send_voice,
        "sendContact": send_contact,
        "copyMessage": copy_message,
        "forwardMessage": forward_message,
        "editMessageText": edit_text,
        "editMessageCaption": edit_caption,
        "editMessageReplyMarkup": edit_markup,
        "editMessageMedia": edit_media,
        "deleteMessage": delete_message,
        "deleteMessages": delete_messages,
        "answerCallbackQuery": answer_query,
        "pinChatMessage": pin,
        "unpinChatMessage": unpin,
        "unpinAllChatMessages": unpin_all,
        "getChat": get_chat,
        "getChatMember": get_member,
        "getChatAdministrators": get_admins,
        "getChatMemberCount": count_members,
        "leaveChat": leave_chat,
        "sendChatAction": chat_action,
        "createForumTopic": create_topic,
        "editForumTopic": edit_topic,
        "closeForumTopic": close_topic,
        "reopenForumTopic": reopen_topic,
        "deleteForumTopic": delete_topic,
        "getForumTopicIconStickers": topic_icons,
        "setMyCommands": set_commands,
        "getMyCommands": get_commands,
        "deleteMyCommands": delete_commands,
        "setMyName": setter("name", 64),
        "getMyName": getter("name"),
        "setMyDescription": setter("description", 512),
        "getMyDescription": getter("description"),
        "setMyShortDescription": setter("short_description", 120),
        "getMyShortDescription": getter("short_description"),
        "setChatMenuButton": set_menu,
        "getChatMenuButton": get_menu,
        "getFile": get_file,
        "getWebhookInfo": webhook_state,
        "setMessageReaction": nothing,
        "logOut": nothing,
        "close": nothing,
    }.items()
}

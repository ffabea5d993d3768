"""The Bot API's methods that change, delete and answer what was sent."""

from bot.sandbox import entities as rich
from bot.sandbox import markup
from bot.sandbox.params import Params
from bot.sandbox.sending import caption, document, incoming, named, photo_size, read_text
from bot.sandbox.state import Chat, Json, Message, bad_request
from bot.sandbox.telegram import World, picture_size, same

DELETE_S_MAX = 48 * 3600  # Bot API: only messages younger than 48 hours
ANSWER_UNITS_MAX = 200


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

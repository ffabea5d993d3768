"""The Bot API's methods that send: text, picture, document, voice, contact, copies."""

from bot.sandbox import entities as rich
from bot.sandbox import markup
from bot.sandbox.params import Params
from bot.sandbox.state import ApiError, Chat, Json, Stored, Upload, bad_request
from bot.sandbox.telegram import World, picture_size

UPLOAD_MAX = 50_000_000
PHOTO_MAX = 10_000_000


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

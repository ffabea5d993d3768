"""The Bot API's methods about the topics of a forum."""

from bot.sandbox.params import Params
from bot.sandbox.sending import writable
from bot.sandbox.state import Chat, Json, Topic, bad_request
from bot.sandbox.telegram import World

TOPIC_NAME_MAX = 128
TOPIC_COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


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

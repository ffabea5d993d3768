"""The Bot API's methods about chats and who is in them."""

from bot.sandbox.params import Params
from bot.sandbox.sending import writable
from bot.sandbox.state import Json, bad_request
from bot.sandbox.telegram import World

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

"""The Bot API's methods on a world: arguments in, result or ApiError out. No HTTP, no waiting.

Each kind of method stands in a module of its own; here is the table of all. getUpdates, setWebhook
and deleteWebhook are in server.py, because they wait or start deliveries.
"""

from collections.abc import Callable
from typing import Any

from bot.sandbox.changing import (
    answer_query,
    delete_message,
    delete_messages,
    edit_caption,
    edit_markup,
    edit_media,
    edit_text,
    pin,
    unpin,
    unpin_all,
)
from bot.sandbox.chats import (
    chat_action,
    count_members,
    get_admins,
    get_chat,
    get_me,
    get_member,
    leave_chat,
)
from bot.sandbox.params import Params
from bot.sandbox.profile import (
    delete_commands,
    get_commands,
    get_menu,
    getter,
    set_commands,
    set_menu,
    setter,
)
from bot.sandbox.sending import (
    copy_message,
    forward_message,
    send_contact,
    send_document,
    send_message,
    send_photo,
    send_voice,
)
from bot.sandbox.state import Json, bad_request
from bot.sandbox.telegram import World
from bot.sandbox.topics import (
    close_topic,
    create_topic,
    delete_topic,
    edit_topic,
    reopen_topic,
    topic_icons,
)

DOWNLOAD_MAX = 20_000_000  # getFile


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

"""Keyboards of messages: read, checked, refused in Telegram's words. Pure."""

from typing import Any

from bot.sandbox.entities import units
from bot.sandbox.params import Params
from bot.sandbox.state import Json, bad_request

CALLBACK_BYTES_MAX = 64  # Bot API: 1-64 bytes
BUTTONS_MAX = 100  # PTB constants: not in the documentation
ROW_MAX = 8
COPY_UNITS_MAX = 256
STYLES = frozenset({"danger", "success", "primary"})
ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "pay",
)


def read(params: Params) -> tuple[Json | None, Json | None]:
    """Return (inline keyboard, other reply markup), each None when there is none.

    An inline keyboard without buttons counts as none. Raises ApiError.
    """
    markup = params.mapping("reply_markup", "reply markup")
    if not markup:
        return None, None
    if "inline_keyboard" in markup:
        return inline(markup["inline_keyboard"]), None
    if "keyboard" in markup:
        rows = markup["keyboard"]
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            raise bad_request('field "keyboard" must be an Array of Arrays')
        check_size(rows)
        buttons = [[{"text": b} if isinstance(b, str) else b for b in row] for row in rows]
        if any(not isinstance(b, dict) or not b.get("text") for row in buttons for b in row):
            raise bad_request(
                "can't parse keyboard button: KeyboardButton must be a String or an Object"
            )
        return None, {**markup, "keyboard": buttons}
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return None, markup
    raise bad_request("object expected as reply markup")


def inline(rows: Any) -> Json | None:
    """Return a checked inline keyboard, None if it holds no button."""
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    check_size(rows)
    kept = [[button(each) for each in row] for row in rows if row]
    return {"inline_keyboard": kept} if kept else None


def check_size(rows: list[list[Any]]) -> None:
    """Raise ApiError for more than 100 buttons or 8 in a row."""
    if sum(len(row) for row in rows) > BUTTONS_MAX or any(len(row) > ROW_MAX for row in rows):
        raise bad_request("reply markup is too long")


def button(found: Any) -> Json:
    """Return one inline button as the Bot API gives it back; raises ApiError."""
    if not isinstance(found, dict):
        raise wrong("InlineKeyboardButton must be an Object")
    if not isinstance(found.get("text"), str) or not found["text"].strip():
        raise wrong('Field "text" must be of type String')
    style = found.get("style")
    if style is not None and style not in STYLES:
        raise wrong("invalid button style specified")
    actions = [name for name in ACTIONS if found.get(name) is not None]
    if not actions:
        raise wrong("Text buttons are unallowed in the inline keyboard")
    if "callback_data" in actions:
        size = len(str(found["callback_data"]).encode("utf-8", "surrogatepass"))
        if not 1 <= size <= CALLBACK_BYTES_MAX:
            raise bad_request("BUTTON_DATA_INVALID")
    if "copy_text" in actions:
        copied = found["copy_text"].get("text") if isinstance(found["copy_text"], dict) else None
        if not isinstance(copied, str) or not 1 <= units(copied) <= COPY_UNITS_MAX:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if "url" in actions and not str(found["url"]).startswith(
        ("http://", "https://", "tg://", "t.me/")
    ):
        raise bad_request(
            f"inline keyboard button URL '{found['url']}' is invalid: wrong HTTP URL"
        )
    kept = ("text", "style", "icon_custom_emoji_id", actions[0])
    return {name: found[name] for name in kept if found.get(name) is not None}


def wrong(text: str) -> Exception:
    """Return the error of a button that cannot be read."""
    return bad_request(f"can't parse inline keyboard button: {text}")

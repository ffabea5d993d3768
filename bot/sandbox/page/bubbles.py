"""One message as a client draws it: bubble, buttons under it, file, service line.

What is not known here is shown as its text, or said not to be shown: no message breaks the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from nicegui import ui

from bot.sandbox.page.tags import Tag, box
from bot.sandbox.page.words import Words

Json = dict[str, Any]

STYLES: Final = frozenset({"primary", "success", "danger"})
MOMENT: Final = re.compile(r'<tg-time unix="(-?\d{1,11})">')
LINKS: Final = ("https://", "http://", "tg://", "t.me/", "mailto:", "tel:")
SIZE_STEP: Final = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """What a tap does. `press`: message id and callback data."""

    press: Callable[[int, str], None]
    copied: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """How one message is to be drawn. `time` is HH:MM; `sender`, `topic` "" where not needed.

    `moment` says a Unix time as the team's wall shows it.
    """

    message: Json
    mine: bool
    time: str
    sender: str
    topic: str
    moment: Callable[[int], str]


def draw(drawn: Drawn, words: Words, acts: Acts) -> dict[str, Tag]:
    """Draw into the element that is open; return the buttons that call back, by their data."""
    message = drawn.message
    if message["service"]:
        Tag("p", service_text(message, words), "service")
        return {}
    with box("div", f"bubble {'out' if drawn.mine else 'in'}"):
        if drawn.topic:
            Tag("p", drawn.topic, "topic-of")
        if drawn.sender:
            Tag("p", drawn.sender, "sender")
        if message["file"]:
            _draw_file(message["file"], message["text"], words)
        if message["html"]:
            # sandbox.entities made it: everything escaped, tags of its own only
            ui.html(dated(message["html"], drawn.moment), sanitize=False).classes("said")
        elif not message["file"]:
            Tag("p", words["not-shown"], "unshown")
        _draw_foot(drawn, words)
    keys: dict[str, Tag] = {}
    for row in message["rows"]:
        with box("div", "keys"):
            for button in row:
                key = _draw_key(message["message_id"], button, acts)
                keys[button.get("callback_data", "")] = key
    return keys


def service_text(message: Json, words: Words) -> str:
    """Return the line in the middle of a chat."""
    about_bot = {
        "new_chat_members": "joined",
        "left_chat_member": "left",
        "pinned_message": "pinned",
    }
    kind = str(message["service"])
    if kind in about_bot:
        return f"Kier {words[about_bot[kind]]}"
    return words.get(kind) or kind.replace("_", " ")


def dated(html: str, moment: Callable[[int], str]) -> str:
    """Return the text with each moment's own day and time to be read on it."""
    return MOMENT.sub(
        lambda found: f'<tg-time unix="{found[1]}" title="{moment(int(found[1]))}">', html
    )


def _draw_foot(drawn: Drawn, words: Words) -> None:
    message = drawn.message
    with box("span", "foot"):
        if message["protected"]:
            lock = words["protected"]
            Tag("span", "", "icon i-lock", role="img", aria_label=lock, title=lock)
        if message["edited"] and not message["mine"]:
            Tag("span", words["edited"])
        Tag("time", drawn.time)


def _draw_file(file: Json, caption: str, words: Words) -> None:
    kind = file["kind"]
    if kind == "contact":
        Tag("p", f"{file.get('first_name', '')} {file.get('phone_number', '')}", "attached")
        return
    address = f"/file/{file['file_id']}"
    if kind == "photo":
        name = words["enlarge"]
        with box("a", "picture", href=address, target="_blank", rel="noopener", aria_label=name):
            shape = {"width": file.get("width"), "height": file.get("height")}
            box("img", "", src=address, alt=caption or words["photo"], **shape)
        return
    name = file.get("file_name") or words.get(kind) or words["document"]
    with box("a", "attached file", href=address, download=name, title=words["download"]):
        Tag("span", "", "icon i-paper", aria_hidden="true")
        Tag("span", name, "file-name")
        Tag("span", size_words(int(file.get("file_size") or 0)), "file-size")


def size_words(count: int) -> str:
    """Return bytes as people read them: 12 kB, 1.4 MB."""
    if count < SIZE_STEP:
        return f"{count} B"
    if count < SIZE_STEP * SIZE_STEP:
        return f"{count / SIZE_STEP:.0f} kB"
    return f"{count / SIZE_STEP / SIZE_STEP:.1f} MB"


def _draw_key(message_id: int, button: Json, acts: Acts) -> Tag:
    style = button.get("style")
    classes = f"key {style}" if style in STYLES else "key"
    if str(button.get("url", "")).startswith(LINKS):
        return Tag(
            "a",
            button["text"],
            f"{classes} link",
            href=button["url"],
            target="_blank",
            rel="noopener",
        )
    key = Tag("button", button["text"], classes, type="button")
    if "copy_text" in button:
        key.classes("copy")
        key.props["data-copy"] = button["copy_text"]["text"]
        key.on("click", acts.copied, js_handler=COPY)
    elif "callback_data" in button:
        key.on("click", lambda: acts.press(message_id, button["callback_data"]))
    return key


COPY: Final = """(event) => {
  const text = event.currentTarget.dataset.copy;
  const done = () => emit();
  if (navigator.clipboard) { navigator.clipboard.writeText(text).then(done, done); }
  else { done(); }
}"""

"""One message as a client draws it: bubble, buttons under it, file, service line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from nicegui import ui

from bot.sandbox.page.tags import Tag, box
from bot.sandbox.page.words import Words

Json = dict[str, Any]

FILE_WORDS: Final = ("photo", "voice", "document", "contact")
STYLES: Final = frozenset({"primary", "success", "danger"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """What a tap does. `press`: message id and callback data."""

    press: Callable[[int, str], None]
    copied: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """How one message is to be drawn. `time` is HH:MM; `sender` "" where it needs no name."""

    message: Json
    mine: bool
    time: str
    sender: str


def draw(drawn: Drawn, words: Words, acts: Acts) -> None:
    """Draw into the element that is open."""
    message = drawn.message
    if message["service"]:
        Tag("p", service_text(message, words), "service")
        return
    with box("div", f"bubble {'out' if drawn.mine else 'in'}"):
        if drawn.sender:
            Tag("p", drawn.sender, "sender")
        if message["file"]:
            _draw_file(message["file"], words)
        if message["html"]:
            # sandbox.entities made it: everything escaped, tags of its own only
            ui.html(message["html"], sanitize=False).classes("said")
        _draw_foot(drawn, words)
    for row in message["rows"]:
        with box("div", "keys"):
            for button in row:
                _draw_key(message["message_id"], button, acts)


def service_text(message: Json, words: Words) -> str:
    """Return the line in the middle of a chat."""
    known = {
        "new_chat_members": words["joined"],
        "left_chat_member": words["left"],
        "pinned_message": words["pinned"],
    }
    said = known.get(message["service"])
    return f"Kier {said}" if said else str(message["service"]).replace("_", " ")


def _draw_foot(drawn: Drawn, words: Words) -> None:
    message = drawn.message
    with box("span", "foot"):
        if message["protected"]:
            lock = words["protected"]
            Tag("span", "", "icon i-lock", role="img", aria_label=lock, title=lock)
        if message["edited"] and not message["mine"]:
            Tag("span", words["edited"])
        Tag("time", drawn.time)


def _draw_file(file: Json, words: Words) -> None:
    kind = file["kind"] if file["kind"] in FILE_WORDS else "document"
    if kind == "photo":
        box("img", "picture", src=f"/file/{file['file_id']}", alt=words["photo"])
        return
    if kind == "contact":
        Tag("p", f"{file.get('first_name', '')} {file.get('phone_number', '')}", "attached")
        return
    name = file.get("file_name") or words[kind]
    Tag("a", name, "attached", href=f"/file/{file['file_id']}", download=name)


def _draw_key(message_id: int, button: Json, acts: Acts) -> None:
    style = button.get("style")
    classes = f"key {style}" if style in STYLES else "key"
    if "url" in button:
        Tag(
            "a",
            button["text"],
            f"{classes} link",
            href=button["url"],
            target="_blank",
            rel="noopener",
        )
        return
    key = Tag("button", button["text"], classes, type="button")
    if "copy_text" in button:
        key.classes("copy")
        key.props["data-copy"] = button["copy_text"]["text"]
        key.on("click", acts.copied, js_handler=COPY)
    elif "callback_data" in button:
        key.on("click", lambda: acts.press(message_id, button["callback_data"]))


COPY: Final = """(event) => {
  const text = event.currentTarget.dataset.copy;
  const done = () => emit();
  if (navigator.clipboard) { navigator.clipboard.writeText(text).then(done, done); }
  else { done(); }
}"""

"""A screen as text that a person can read in a review: what is bold, the buttons, the rest.

`**bold**`, `*italic*`, `` `tap to copy` ``, `⟨a moment⟩`; a button is `[label]`, with `+` for a
green, `!` for a red and `*` for a blue one, `=text` for what it copies, `→address` for a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.conversations.scene import Turn
from bot.sandbox.entities import Entity, parse
from bot.screen import Copy, Key, Link, Made, Press, Screen
from tests.screens.catalogue import Shown

_MARKS = {
    "bold": ("**", "**"),
    "italic": ("*", "*"),
    "code": ("`", "`"),
    "strikethrough": ("~~", "~~"),
    "underline": ("__", "__"),
    "spoiler": ("||", "||"),
    "date_time": ("⟨", "⟩"),
    "blockquote": ("❝", "❞"),
    "expandable_blockquote": ("❝", "❞"),
}
_STYLES = {"success": "+", "danger": "!", "primary": "*", "": ""}


def drawn(shown: Shown) -> str:
    """Return everything that a scene shows."""
    return "\n\n".join(_parts(shown)) + "\n"


def _parts(shown: Shown) -> Iterator[str]:
    if isinstance(shown, Screen):
        yield as_text(shown)
    elif isinstance(shown, Turn):
        if shown.edit is not None:
            yield f"(in place of the message)\n{as_text(shown.edit)}"
        yield from map(as_text, shown.screens)
        if shown.toast is not None:
            yield f"(for a second) {shown.toast}"
    else:
        for each in shown:
            yield from _parts(each)


def as_text(screen: Screen) -> str:
    """Return one message."""
    text, entities = parse(screen.html, "HTML", None)
    rows = [" ┊ ".join(map(_button, row)) for row in screen.rows if row]
    made = [_made(one) for one in screen.made]
    return "\n".join([marked(text, entities), *rows, *_notes(screen), *made])


def _made(made: Made) -> str:
    text, entities = parse(made.caption, "HTML", None)
    below = f"\n{marked(text, entities)}" if text else ""
    return f"(then {'the picture' if made.photo else 'the file'} {made.name}){below}"


def marked(text: str, entities: Iterable[Entity]) -> str:
    """Return plain text with its entities as signs; offsets are UTF-16 units."""
    encoded = text.encode("utf-16-le")
    signs: list[tuple[int, int, int, int, str]] = []
    for number, found in enumerate(entities):
        begin, long = found["offset"], found["length"]
        before, after = _MARKS.get(found["type"], ("", ""))
        if found["type"] == "text_link":
            before, after = "[", f"]({found['url']})"
        # what opened last closes first, and a closing sign stands before an opening one
        signs.append((begin, 1, -long, number, before))
        signs.append((begin + long, 0, long, -number, after))
    out, at = [], 0
    for place, *_, sign in sorted(signs):
        out += [encoded[at * 2 : place * 2].decode("utf-16-le"), sign]
        at = place
    return "".join([*out, encoded[at * 2 :].decode("utf-16-le")])


def _button(key: Key) -> str:
    match key:
        case Press():
            return f"[{key.label}]{_STYLES[key.style]}"
        case Copy():
            return f"[{key.label}]={key.text}"
        case Link():
            return f"[{key.label}]→{key.url}"


def _notes(screen: Screen) -> Iterator[str]:
    notes = ["protected"] * screen.protect
    if screen.forget_after_s is not None:
        notes.append(f"gone after {screen.forget_after_s // 60} min")
    notes += [f"with {file.partition(':')[0]}" for file in screen.files]
    if notes:
        yield f"({', '.join(notes)})"

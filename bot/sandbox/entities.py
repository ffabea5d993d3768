"""Message text as Telegram reads it: HTML to plain text and entities, and back for the page.

Offsets and lengths are UTF-16 units, as in the Bot API. Nothing here knows chats or users.
"""

import html
import re
from typing import Any

Entity = dict[str, Any]

TEXT_UNITS_MAX = 4096  # Bot API: "1-4096 characters after entities parsing"
CAPTION_UNITS_MAX = 1024
ENTITIES_MAX = 100  # further ones are dropped silently, as Telegram does

SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
OTHER_TAGS = frozenset({"a", "span", "tg-emoji", "tg-time"})
HTML_OF = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
FOLLOWED = ("https://", "http://", "tg://", "mailto:", "tel:")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
CHARREF = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]+));")
ATTRIBUTE = re.compile(r"""\s*([a-zA-Z][a-zA-Z0-9-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
MENTION = re.compile(r"tg://user\?id=(\d{1,15})")
PLAIN = re.compile(r"[^&<]+")
TAG_NAME = re.compile(r"([^\s>]*)(?=[\s>])")
TAG_REST = re.compile(r"""((?:[^>"']|"[^"]*"|'[^']*')*)>""")
FOUND = (
    (
        "bot_command",
        re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{2,31}")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    ("url", re.compile(r"(?i)\bhttps?://[^\s<>\"]+[^\s<>\".,;:!?)]")),
    ("hashtag", re.compile(r"(?<![\w#&])#[^\W\d_]\w*")),
)


class EntityError(Exception):
    """The text cannot be read; `str()` is what follows "can't parse entities: "."""


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 units, the Bot API's measure."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def parse(text: str, mode: str | None, entities: list[Entity] | None) -> tuple[str, list[Entity]]:
    """Return plain text and entities of what a bot sent, trimmed as Telegram trims it.

    Raises EntityError. `mode` is HTML or empty; Markdown is refused, because Kier sends none.
    """
    if mode and mode.lower() == "html":
        plain, found = parse_html(text)
    elif mode:
        raise EntityError(f"Unsupported parse_mode {mode!r} (the sandbox reads HTML only)")
    else:
        plain, found = text, list(entities or [])
    return trimmed(plain, found[:ENTITIES_MAX])


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Return plain text and entities in order of offset; raises EntityError with a byte offset."""
    out: list[str] = []
    length = 0
    found: list[Entity] = []
    stack: list[tuple[str, int, Entity | None]] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char == "<":
            at = read_tag(text, at, length, stack, found)
            continue
        if char == "&":
            piece, at = charref(text, at)
        else:
            plain = PLAIN.match(text, at)
            assert plain is not None
            piece, at = plain[0], plain.end()
        out.append(piece)
        length += units(piece)
    if stack:
        raise EntityError(f"Can't find end tag corresponding to start tag {stack[-1][0]}")
    found.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(out), merged_pre(found)


def charref(text: str, at: int) -> tuple[str, int]:
    """Return the character at `&` and where reading goes on; unknown names stay literal."""
    match = CHARREF.match(text, at)
    if match is None:
        return "&", at + 1
    decimal, hexadecimal, name = match.groups()
    if name is not None:
        return (NAMED[name], match.end()) if name in NAMED else ("&", at + 1)
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "&", at + 1
    return chr(code), match.end()


def read_tag(
    text: str,
    at: int,
    length: int,
    stack: list[tuple[str, int, Entity | None]],
    found: list[Entity],
) -> int:
    """Read one tag at `at`; return where reading goes on."""
    byte = len(text[:at].encode("utf-8", "surrogatepass"))
    end = text.find(">", at)
    if text.startswith("</", at):
        if end < 0:
            raise EntityError(f"Unclosed end tag at byte offset {byte}")
        name = text[at + 2 : end].strip().lower()
        if not stack:
            raise EntityError(f"Unexpected end tag at byte offset {byte}")
        opened, offset, entity = stack.pop()
        if name and name != opened:
            raise EntityError(
                f"Unmatched end tag at byte offset {byte}, "
                f'expected "</{opened}>", found "</{name}>"'
            )
        if entity is not None and length > offset:
            found.append({**entity, "offset": offset, "length": length - offset})
        return end + 1
    match = TAG_NAME.match(text, at + 1)
    if match is None:
        raise EntityError(f"Unclosed start tag at byte offset {byte}")
    name = match.group(1).lower()
    if name not in SIMPLE_TAGS and name not in OTHER_TAGS:
        raise EntityError(f'Unsupported start tag "{name}" at byte offset {byte}')
    rest = TAG_REST.match(text, match.end())
    if rest is None:
        raise EntityError(f"Unclosed start tag at byte offset {byte}")
    attributes = {
        key.lower(): html.unescape(value.strip("\"'"))
        for key, value in ATTRIBUTE.findall(rest.group(1))
    }
    stack.append((name, length, entity_of(name, attributes, byte, stack)))
    return rest.end()


def entity_of(
    name: str,
    attributes: dict[str, str],
    byte: int,
    stack: list[tuple[str, int, Entity | None]],
) -> Entity | None:
    """Return the entity that an opened tag begins, or None for a link that leads nowhere."""
    if name == "a":
        url = attributes.get("href", "")
        mention = MENTION.fullmatch(url)
        if mention:
            return {"type": "text_mention", "user": {"id": int(mention.group(1))}}
        return {"type": "text_link", "url": url} if url else None
    if name == "span":
        if attributes.get("class") != "tg-spoiler":
            raise EntityError(f'Tag "span" must have class "tg-spoiler" at byte offset {byte}')
        return {"type": "spoiler"}
    if name == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
    if name == "tg-time":
        return time_entity(attributes, byte)
    if name == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    if name == "code" and stack and stack[-1][0] == "pre":
        language = attributes.get("class", "").removeprefix("language-")
        return {"type": "pre", "language": language} if language else None
    return {"type": SIMPLE_TAGS[name]}


def time_entity(attributes: dict[str, str], byte: int) -> Entity:
    """Return a date_time entity (Bot API 9.5)."""
    try:
        unix_time = int(attributes["unix"])
    except (KeyError, ValueError):
        raise EntityError(f"Invalid date-time specified at byte offset {byte}") from None
    entity: Entity = {"type": "date_time", "unix_time": unix_time}
    if attributes.get("format"):
        entity["date_time_format"] = attributes["format"]
    return entity


def merged_pre(found: list[Entity]) -> list[Entity]:
    """Return entities where `<pre><code class=…>` counts once, with its language."""
    named = {(e["offset"], e["length"]) for e in found if e["type"] == "pre" and "language" in e}
    return [
        e
        for e in found
        if e["type"] != "pre" or "language" in e or (e["offset"], e["length"]) not in named
    ]


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Return text without outer white space and control characters, entities moved along."""
    clean = text.replace("\r", "").translate(CONTROLS)
    left = units(clean) - units(clean.lstrip())
    short = clean.strip()
    total = units(short)
    kept = []
    for entity in entities:
        begin = max(0, int(entity["offset"]) - left)
        end = min(total, int(entity["offset"]) - left + int(entity["length"]))
        if end > begin:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return short, kept


CONTROLS = {code: " " for code in range(32) if code != 10}


def detected(text: str) -> list[Entity]:
    """Return the entities Telegram finds in plain text: commands, mentions, links, tags."""
    found: list[Entity] = [
        {
            "type": kind,
            "offset": units(text[: match.start()]),
            "length": units(match.group()),
        }
        for kind, pattern in FOUND
        for match in pattern.finditer(text)
    ]
    found.sort(key=lambda entity: entity["offset"])
    return found


def with_detected(text: str, entities: list[Entity]) -> list[Entity]:
    """Return `entities` and those found in the text that touch none of them."""
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities]
    free = [
        e
        for e in detected(text)
        if all(e["offset"] + e["length"] <= begin or e["offset"] >= end for begin, end in taken)
    ]
    return sorted([*entities, *free], key=lambda e: (e["offset"], -e["length"]))[:ENTITIES_MAX]


def to_html(text: str, entities: list[Entity]) -> str:
    """Return safe HTML of a message for the page: everything escaped, tags well nested."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    entities = [whole(entity, encoded) for entity in entities]
    opens: dict[int, list[Entity]] = {}
    cuts = {0, len(encoded) // 2}
    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"])):
        opens.setdefault(entity["offset"], []).append(entity)
        cuts |= {entity["offset"], entity["offset"] + entity["length"]}
    out: list[str] = []
    stack: list[tuple[int, str]] = []
    points = sorted(cuts)
    for begin, end in zip(points, [*points[1:], points[-1]], strict=True):
        while stack and stack[-1][0] <= begin:
            out.append(stack.pop()[1])
        for entity in opens.get(begin, []):
            limit = stack[-1][0] if stack else points[-1]
            start, stop = tags(entity)
            out.append(start)
            stack.append((min(limit, entity["offset"] + entity["length"]), stop))
        piece = encoded[begin * 2 : end * 2].decode("utf-16-le", "replace")
        out.append(html.escape(piece))
    out.extend(stop for _, stop in reversed(stack))
    return "".join(out)


def whole(entity: Entity, encoded: bytes) -> Entity:
    """Return an entity whose ends stand inside the text and between characters, not within one."""

    def placed(offset: int) -> int:
        offset = min(offset, len(encoded) // 2)
        inside = 0xDC <= (encoded[offset * 2 + 1] if offset * 2 < len(encoded) else 0) <= 0xDF
        return offset - 1 if inside and offset else offset

    begin = placed(entity["offset"])
    return {
        **entity,
        "offset": begin,
        "length": placed(entity["offset"] + entity["length"]) - begin,
    }


def tags(entity: Entity) -> tuple[str, str]:
    """Return the opening and closing tag of an entity, as a client would draw it.

    One that is not known, or leads where a client would not follow, is its text.
    """
    kind = str(entity.get("type", ""))
    if kind == "text_link" and str(entity.get("url", "")).startswith(FOLLOWED):
        return f'<a href="{html.escape(entity["url"])}">', "</a>"
    if kind == "text_mention" and "user" in entity:
        return f'<a href="tg://user?id={int(entity["user"]["id"])}">', "</a>"
    if kind == "date_time" and "unix_time" in entity:
        return f'<tg-time unix="{int(entity["unix_time"])}">', "</tg-time>"
    if kind == "pre" and entity.get("language"):
        return f'<pre><code class="language-{html.escape(entity["language"])}">', "</code></pre>"
    if kind in HTML_OF:
        extra = " expandable" if kind == "expandable_blockquote" else ""
        return f"<{HTML_OF[kind]}{extra}>", f"</{HTML_OF[kind]}>"
    return f'<span class="{html.escape(kind)}">', "</span>"

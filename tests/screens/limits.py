"""What Telegram takes, looked at before it is asked: our sandbox's rules, aiogram's models."""

from __future__ import annotations

import itertools
from typing import Any

import aiogram

from bot.handle.posting import _drawn
from bot.reading.words import utf16_len
from bot.sandbox import markup
from bot.sandbox.entities import CAPTION_UNITS_MAX, ENTITIES_MAX, TEXT_UNITS_MAX, parse
from bot.screen import Screen
from bot.views.words import LABEL_MAX

TOAST_MAX = 200
CALLBACK = "c" * 64
"""The longest callback that Telegram takes; ours are shorter."""


def whole(screen: Screen) -> None:
    """Assert that no label of ours is cut off: what people typed ("Your story: …") may be."""
    for key in itertools.chain(*screen.rows):
        is_cut = key.label.endswith("…") and utf16_len(key.label) >= LABEL_MAX - 1
        assert not is_cut or ": " in key.label, key.label


def check(screen: Screen) -> None:
    """Assert that a message can be sent, and what is sent after it."""
    text, entities = parse(screen.html, "HTML", None)
    assert 0 < utf16_len(text) <= TEXT_UNITS_MAX, text
    for made in screen.made:
        caption, _ = parse(made.caption, "HTML", None)
        assert utf16_len(caption) <= CAPTION_UNITS_MAX, caption
    assert len(entities) < ENTITIES_MAX, f"further marks are dropped: {text}"
    rows = [[_drawn(key, itertools.repeat(CALLBACK)) for key in row] for row in screen.rows if row]
    for button in itertools.chain(*rows):
        assert 0 < utf16_len(button["text"].strip()) <= LABEL_MAX, button
    sent: dict[str, Any] = {"reply_markup": {"inline_keyboard": rows}} if rows else {}
    assert markup.inline(rows) == (sent.get("reply_markup") or None)
    aiogram.methods.SendMessage.model_validate(
        {"chat_id": 1, "text": screen.html, "parse_mode": "HTML", **sent}, extra="forbid"
    )
    aiogram.types.Message.model_validate(
        {
            "message_id": 1,
            "date": 1,
            "chat": {"id": 1, "type": "private"},
            "text": text,
            "entities": entities,
            **sent,
        }
    )

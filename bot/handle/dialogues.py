"""A dialogue as JSON, and back: what is stored of a conversation half-way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.conversations.scene import Dialogue


def to_state(dialogue: Dialogue) -> dict[str, Any]:
    """Return the dialogue as JSON values; what is not set is left out."""
    state: dict[str, Any] = {
        "kind": dialogue.kind,
        "asking": dialogue.asking,
        "case": dialogue.case,
        "step": dialogue.step,
        "answer": dialogue.answer,
        "values": dict(dialogue.values),
        "began_at": dialogue.began_at.isoformat() if dialogue.began_at else None,
    }
    return {key: value for key, value in state.items() if value is not None}


def from_state(state: Mapping[str, Any]) -> Dialogue:
    """Return the dialogue that `to_state` stored."""
    began = state.get("began_at")
    return Dialogue(
        kind=state["kind"],
        asking=state["asking"],
        case=state.get("case"),
        step=state.get("step"),
        answer=state.get("answer"),
        values=state.get("values", {}),
        began_at=datetime.fromisoformat(began) if began else None,
    )

"""Who says what, and what it means: pure dialogues from a scene and a message to a turn.

The three entrances stand in `dispatch` and are looked up when they are first used: conversations
know the views, and the views know `scene`, so that neither may need the other to be imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.conversations.dispatch import converse, converse_group, respond

__all__ = ["converse", "converse_group", "respond"]


def __getattr__(name: str) -> Any:
    """Return an entrance by its name; AttributeError for anything else."""
    if name not in __all__:
        raise AttributeError(name)
    from bot.conversations import dispatch

    return getattr(dispatch, name)

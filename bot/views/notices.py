"""What every coordinator is told of what an account that was taken over would do (S22)."""

from __future__ import annotations

from typing import Literal

from bot.screen import Screen
from bot.texts import say

Done = Literal[
    "exported", "exported-names", "exported-person", "erased", "joined", "removed", "left",
    "channel-set", "code-set", "code-barred", "code-forgotten",
]  # fmt: skip


def notice_screen(
    done: Done,
    language: str,
    *,
    by: str | None,
    at: str,
    count: int = 0,
    member: str = "–",
    role: str = "worker",
) -> Screen:
    """Return who did it (None: the command line), what, with how many cases or whom, and when.

    It names no client and no case.
    """
    html = say(
        language,
        f"notice-{done}",
        by="–" if by is None else by,
        source="server" if by is None else "chat",
        n=count,
        member=member,
        role=role,
        at=at,
    )
    return Screen(html=html)

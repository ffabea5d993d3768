"""After an outage: everything missed is sent, once; one summary where thirty would come.

Questions are never summed up: each comes with its own buttons.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.handle.looking import Looking
from bot.handle.office import Desk
from bot.handle.posting import Post
from bot.views.lists import missed_screen
from scheduler.decision import Kind, Message

SUMMED_FROM: Final = 6
"""So many alerts, nudges and informations to one person at once become one message."""
_SUMMED: Final = frozenset({Kind.ALERT, Kind.NUDGE, Kind.INFO})


class Missed:
    """The messages of one batch whose moment was missed."""

    def __init__(self) -> None:
        """Begin with none."""
        self._messages: list[tuple[int, Message]] = []

    def add(self, case_id: int, messages: Iterable[Message]) -> None:
        """Keep a case's messages for `send`."""
        self._messages += [(case_id, message) for message in messages]

    def send(self, desk: Desk, look: Looking, post: Post) -> None:
        """Queue them: questions each by itself, the rest summed up where there are many."""
        told: dict[int, list[tuple[int, Message]]] = {}
        for case_id, message in self._messages:
            if message.kind in _SUMMED:
                told.setdefault(message.to, []).append((case_id, message))
        summed = {person for person, each in told.items() if len(each) >= SUMMED_FROM}
        for case_id, message in self._messages:
            if message.to not in summed or message.kind not in _SUMMED:
                view = look.case(case_id)
                assert view is not None
                post.message(view, message)
        for person in summed:
            views = [look.case(case_id) for case_id in dict(told[person])]
            known = [view for view in views if view is not None]
            screen = missed_screen(
                desk.member(person), known, len(told[person]), desk.team(), desk.now
            )
            chat_id = desk.people[person].user_id
            if chat_id is not None:
                post.screen(chat_id, screen, person_id=person, kind="digest", lane=1)

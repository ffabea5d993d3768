"""A case that is handed over twice within a minute: only the hand-over that stands is told.

Whoever heard of the first one finds its message changed, which makes no second sound; what had
not gone out yet never does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from bot.conversations.scene import CaseView
from bot.handle.office import Desk
from bot.handle.posting import Post
from bot.screen import Screen
from bot.views.answered import over_screen
from bot.views.messages import message_screen
from scheduler.decision import HANDED_OVER, Event, Kind, Message, WorkerSet
from storage import outbox
from storage.outbox import Told

STANDS_AFTER: Final = timedelta(minutes=1)
"""How long what was told of a hand-over can still be changed; later a new message says more."""


class HandOvers:
    """What was just told of hand-overs, at one desk."""

    def __init__(self, desk: Desk, post: Post) -> None:
        """Write from `desk`, through `post`."""
        self._desk, self._post = desk, post

    def told(
        self, view: CaseView, events: Iterable[Event], messages: tuple[Message, ...]
    ) -> tuple[Message, ...]:
        """Settle what people heard of the hand-over before; return what is still to be sent."""
        is_new = any(isinstance(each, WorkerSet) and each.why == HANDED_OVER for each in events)
        if not is_new:
            return messages
        said = {one.person_id: one for one in self._recent(view, "info") if one.person_id}
        stay = []
        for message in messages:
            earlier = said.pop(message.to, None) if message.about == HANDED_OVER else None
            if earlier is None or not self._change(view, earlier, self._news(view, message.to)):
                stay.append(message)
        for person_id, earlier in said.items():
            self._change(view, earlier, self._news(view, person_id))
        return tuple(stay)

    def told_in(self, chat: int, view: CaseView, news: Screen) -> bool:
        """Change what the channel just read of a hand-over; False where it is to be told anew."""
        recent = [one for one in self._recent(view, "group") if one.chat_id == chat]
        changed = [self._change(view, one, news) for one in recent]
        return any(changed)

    def _recent(self, view: CaseView, kind: outbox.Kind) -> tuple[Told, ...]:
        since = self._desk.now - STANDS_AFTER
        return outbox.told(self._desk.c, view.id, kind, HANDED_OVER, since)

    def _change(self, view: CaseView, earlier: Told, news: Screen) -> bool:
        """Let a message read as things are now; return False where it never went out."""
        if earlier.message_id is None:
            outbox.withdraw(self._desk.c, earlier.id, self._desk.now)
            return False
        self._post.edit(
            earlier.chat_id,
            earlier.message_id,
            news,
            person_id=earlier.person_id,
            case_id=view.id,
        )
        return True

    def _news(self, view: CaseView, person_id: int) -> Screen:
        """Return who has the case; to who has nothing to do with it any more in one line."""
        desk = self._desk
        member, is_theirs = desk.member(person_id), person_id == view.case.worker
        if not is_theirs and not desk.roster.is_coordinator(person_id):
            return over_screen(view, member.language, moved=True)
        message = Message(to=person_id, kind=Kind.INFO, about=HANDED_OVER)
        return message_screen(message, view, member, desk.team(), desk.now)

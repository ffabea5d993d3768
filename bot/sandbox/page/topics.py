"""A group's topics as a row of chips: all of them, or one at a time; and the switch for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.sandbox.page.play import Part, Play
from bot.sandbox.page.tags import Tag, box, set_attribute
from bot.sandbox.page.words import Words

GENERAL = 0
"""What no topic's message has as its thread."""


class Topics:
    """Which topic of a group is shown: None for all, `GENERAL`, or a thread's id."""

    def __init__(self, play: Play, part: Part, words: Words, changed: Callable[[], None]) -> None:
        self.shown: int | None = None
        self._play, self._part, self._words, self._changed = play, part, words, changed
        self._drawn: tuple[object, ...] | None = None
        self._row = box("div", "topics", role="group", aria_label=words["topics"])

    def switch(self) -> None:
        """Draw the switch where the element that is open stands."""
        self._switch = Tag("button", self._words["topics"], "chip switch", type="button")
        set_attribute(self._switch, "title", self._words["topics-why"])
        set_attribute(self._switch, "id", "topics")
        self._switch.on("click", self._turn)
        self.refresh()

    @property
    def thread_id(self) -> int | None:
        """The thread in which one writes now."""
        return self.shown or None

    def names(self) -> dict[int, str]:
        """Return the topics by thread, in the order in which they were opened."""
        chat = self._play.chat_of(self._part)
        return {topic.thread_id: topic.name for topic in chat.topics.values() if not topic.deleted}

    def has(self, thread_id: int | None) -> bool:
        """Return whether messages of that thread are shown."""
        return self.shown is None or self.shown == (thread_id or GENERAL)

    def refresh(self) -> None:
        """Draw the row anew when a topic came, closed or went."""
        chat = self._play.chat_of(self._part)
        topics = [topic for topic in chat.topics.values() if not topic.deleted]
        state = (
            chat.is_forum,
            self.shown,
            *((topic.thread_id, topic.name, topic.closed) for topic in topics),
        )
        if state == self._drawn:
            return
        self._drawn = state
        set_attribute(self._switch, "aria-pressed", str(chat.is_forum).lower())
        self._row.clear()
        if not chat.is_forum:
            return
        with self._row:
            self._chip(None, self._words["topic-all"], is_closed=False)
            self._chip(GENERAL, self._words["topic-general"], is_closed=False)
            for topic in topics:
                self._chip(topic.thread_id, topic.name, is_closed=topic.closed)

    def _chip(self, thread_id: int | None, name: str, *, is_closed: bool) -> None:
        chip = Tag("button", name, "chip topic closed" if is_closed else "chip topic")
        set_attribute(chip, "type", "button")
        set_attribute(chip, "aria-pressed", str(thread_id == self.shown).lower())
        if is_closed:
            label = self._words["topic-closed"]
            set_attribute(chip, "title", label)
            set_attribute(chip, "aria-label", f"{name}, {label}")
        chip.on("click", partial(self._show, thread_id))

    def _show(self, thread_id: int | None) -> None:
        self.shown = thread_id
        self.refresh()
        self._changed()

    def _turn(self) -> None:
        chat = self._play.chat_of(self._part)
        owner = next(m.user_id for m in chat.members.values() if m.status == "creator")
        self._play.sandbox.set_topics(chat.chat_id, not chat.is_forum, owner)
        self._show(None)

"""One chat on the page, as its owner's telephone shows it. Acts go to the sandbox alone."""

from __future__ import annotations

import contextlib
import json
from datetime import datetime
from typing import Final

from nicegui import ui
from nicegui.element import Element

from bot.sandbox.acts import Sandbox
from bot.sandbox.page.bubbles import Acts, Drawn, draw
from bot.sandbox.page.play import Part, Play
from bot.sandbox.page.tags import Tag, box, set_attribute
from bot.sandbox.page.topics import Topics
from bot.sandbox.page.words import Words, clock_face, day_face
from bot.sandbox.page.writing import Writing
from bot.sandbox.state import ActError, Json
from bot.texts import plain

SHOWN_MAX: Final = 150
"""Messages drawn of one chat; older ones stay in the sandbox."""

TOAST_S: Final = 4.0


class Phone:
    """The chat of one part, or the team's channel, where several can write."""

    def __init__(self, play: Play, part: Part, words: Words) -> None:
        self.part = part
        self.unread = 0
        self._play = play
        self._words = words
        self._acts = Acts(press=self._press, copied=lambda: self._toast(words["copied"]))
        self._drawn: dict[int, tuple[str, Element]] = {}
        self._keys: dict[tuple[int, str], Tag] = {}
        self._places: dict[int, tuple[int, int]] = {}
        self._pointed: Tag | None = None
        self._typing = ""
        self._waiting: list[str] = []
        self._topics: Topics | None = None
        self._build()

    @property
    def sandbox(self) -> Sandbox:
        """The world that the play is in at this moment."""
        return self._play.sandbox

    # drawing

    def _build(self) -> None:
        words, part = self._words, self.part
        name = f"{words['chat-of']} {part.name}"
        self.element = box(
            "section", "phone", id=f"phone-{part.key}", role="region", aria_label=name
        )
        with self.element:
            head = self._head()
            if part.is_group:
                self._topics = Topics(self._play, part, words, self.refresh)
                with head:
                    self._topics.switch()
            with box("div", "middle"):
                self._log = box(
                    "div",
                    "log",
                    id=f"log-{part.key}",
                    role="log",
                    tabindex="0",
                    aria_label=f"{words['messages-of']} {part.name}",
                )
                self._toasts = box("div", "toasts", role="status", aria_live="polite")
            self._writing = Writing(self._play, part, words, self._where)

    def _head(self) -> Element:
        part = self.part
        with box("header", "phone-head") as head:
            Tag("span", part.initial, f"face {part.colour}", aria_hidden="true")
            with box("div", "who"):
                Tag("h2", part.name)
                Tag("p", self._role())
        return head

    def _role(self) -> str:
        if self.part.is_group:
            return self._words["channel"]
        return plain(self._play.language, f"role-{self.part.role}")

    def _where(self) -> tuple[int, int | None]:
        """Return the chat and the topic in which its owner writes."""
        chat_id = self._play.chat_of(self.part).chat_id
        return chat_id, self._topics.thread_id if self._topics else None

    # the tour

    def point(self, finger: tuple[int, int, str] | None, typing: tuple[int, str] | None) -> None:
        """Show which button is about to be pressed, which text about to be sent, if in here."""
        found = None
        if finger is not None and finger[0] == self.part.chat_id:
            found = self._keys.get(finger[1:])
        before = self._pointed
        if before is not None and before is not found and not before.is_deleted:
            before.classes(remove="finger")
        if found is not None and found is not self._pointed:
            found.classes("finger")
            found.run_method("scrollIntoView", {"block": "nearest"})
        self._pointed = found
        text = typing[1] if typing is not None and typing[0] == self.part.chat_id else ""
        if text != self._typing:
            self._typing = text
            self._writing.suggest(text)

    def into_view(self) -> None:
        """Bring the telephone in view where they stand in a row that scrolls."""
        self.element.run_method("scrollIntoView", {"block": "nearest", "inline": "center"})

    # what the sandbox says

    def refresh(self) -> None:
        """Draw what changed: new and edited messages, those that are gone, toasts."""
        self._writing.refresh()
        if self._topics is not None:
            self._topics.refresh()
        view = [
            message
            for message in self._play.view_of(self.part)
            if self._topics is None or self._topics.has(message["thread_id"])
        ][-SHOWN_MAX:]
        self._places = {message["message_id"]: message["place"] for message in view}
        known = {*self._places}
        for message_id in [each for each in self._drawn if each not in known]:
            self._drawn.pop(message_id)[1].delete()
        self._keys = {at: key for at, key in self._keys.items() if at[0] in known}
        before: Json | None = None
        for place, message in enumerate(view):
            self._show(message, before, place)
            before = message
        self._answers()

    def _show(self, message: Json, before: Json | None, place: int) -> None:
        has_day = before is None or self._at(before).date() != self._at(message).date()
        print_ = json.dumps([message, has_day], sort_keys=True, default=str)
        message_id = message["message_id"]
        found = self._drawn.get(message_id)
        if found is not None and found[0] == print_:
            return
        if found is None:
            with self._log:
                element = box("article", "message", id=f"m-{self.part.key}-{message_id}")
            if place < len(self._drawn):  # shown again, now that its topic is
                element.move(target_index=place)
            if message["mine"]:
                self.unread += 1
        else:
            element = found[1]
            element.clear()
        self._drawn[message_id] = (print_, element)
        with element:
            if has_day:
                Tag("p", day_face(self._at(message).date(), self._play.language), "day")
            keys = draw(self._as_drawn(message), self._words, self._acts)
        self._keys |= {(message_id, data): key for data, key in keys.items()}

    def _as_drawn(self, message: Json) -> Drawn:
        is_group = self._topics is not None
        topic = ""
        if self._topics is not None and self._topics.shown is None and message["thread_id"]:
            topic = self._topics.names().get(message["thread_id"], "")
        return Drawn(
            message=message,
            mine=not message["mine"],
            time=f"{self._at(message):%H:%M}",
            sender=message["from_name"] if is_group and not message["mine"] else "",
            topic=topic,
            moment=self._moment,
        )

    def _at(self, message: Json) -> datetime:
        return self._wall(message["date"])

    def _wall(self, unix: int) -> datetime:
        return datetime.fromtimestamp(unix, self._play.now().tzinfo)

    def _moment(self, unix: int) -> str:
        return clock_face(self._wall(unix), self._play.language)

    def _answers(self) -> None:
        """Show what the bot said to presses: a line that goes away, or a box to close."""
        for query_id in list(self._waiting):
            query = self.sandbox.queries.get(query_id)
            if query is not None and query.answer is None:
                continue
            self._waiting.remove(query_id)
            if query is None or query.answer is None or not query.answer.get("text"):
                continue
            if query.answer.get("show_alert"):
                self._alert(query.answer["text"])
            else:
                self._toast(query.answer["text"])

    def _toast(self, text: str) -> None:
        with self._toasts:
            toast = Tag("p", text, "toast")
            ui.timer(TOAST_S, lambda: _delete(toast), once=True)

    def _alert(self, text: str) -> None:
        with self.element, ui.dialog(value=True) as dialog, box("div", "alert"):
            set_attribute(dialog, "aria-label", self._words["alert"])
            Tag("p", text)
            Tag("button", self._words["ok"], "key primary", type="button").on(
                "click", dialog.close
            )

    def _press(self, message_id: int, callback: str) -> None:
        chat_id, number = self._places[message_id]
        with contextlib.suppress(ActError):  # the message changed under the finger
            query_id = self.sandbox.press(
                self._writing.speaker.user_id, number, callback, chat_id=chat_id
            )
            self._waiting.append(query_id)


def _delete(element: Element) -> None:
    if not element.is_deleted:
        element.delete()

"""One chat on the page, as its owner's telephone shows it. Acts go to the sandbox alone."""

from __future__ import annotations

import contextlib
import json
from datetime import datetime
from typing import Any, Final

from nicegui import events, ui
from nicegui.element import Element

from bot.sandbox.acts import Sandbox
from bot.sandbox.page.bubbles import Acts, Drawn, draw
from bot.sandbox.page.play import Part, Play
from bot.sandbox.page.tags import Tag, box, set_attribute
from bot.sandbox.page.words import Words, day_face
from bot.sandbox.state import ActError, Json
from bot.texts import plain

SHOWN_MAX: Final = 150
"""Messages drawn of one chat; older ones stay in the sandbox."""

TOAST_S: Final = 4.0

ENTER: Final = """(event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault(); emit();
  }
}"""


class Phone:
    """The chat of one part, or the team's channel, where several can write."""

    def __init__(self, play: Play, part: Part, words: Words) -> None:
        self.part = part
        self.unread = 0
        self._play = play
        self._words = words
        self._acts = Acts(press=self._press, copied=lambda: self._toast(words["copied"]))
        self._speaker = part.speakers[0]
        self._drawn: dict[int, tuple[str, Element]] = {}
        self._waiting: list[str] = []
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
            self._head()
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
            self._foot = box("div", "writing")
        self._draw_foot()

    def _head(self) -> None:
        part = self.part
        with box("header", "phone-head"):
            Tag("span", part.initial, f"face {part.colour}", aria_hidden="true")
            with box("div", "who"):
                Tag("h2", part.name)
                Tag("p", self._role())

    def _role(self) -> str:
        if self.part.is_group:
            return self._words["channel"]
        return plain(self._play.language, f"role-{self.part.role}")

    def _draw_foot(self) -> None:
        self._foot.clear()
        with self._foot:
            if self._has_begun():
                self._draw_input()
            else:
                Tag("p", self._words["start-hint"], "hint")
                start = Tag("button", self._words["start"], "start", type="button")
                start.on("click", self._start)
        self._begun = self._has_begun()

    def _has_begun(self) -> bool:
        if self.part.is_group:
            return True
        return self.sandbox.people[self.part.chat_id].started

    def _draw_input(self) -> None:
        words, part = self._words, self.part
        if part.is_group:
            self._draw_speakers()
        if part.role == "reporter" and not self._own_messages():
            example = Tag("button", words["try"], "chip", type="button")
            example.on("click", lambda: self._fill(words["example"]))
        with box("form", "line").on("submit", js_handler="(event) => event.preventDefault()"):
            if not part.is_group:
                self._draw_menu()
                self._draw_attach()
            self._input = (
                ui.textarea(placeholder=words["placeholder"])
                .props("dense borderless autogrow rows=1 input-class=entry")
                .props(f'aria-label="{words["write"]} {part.name}"')
                .on("keydown", self._send, js_handler=ENTER)
                .classes("text")
            )
            send = Tag(
                "button",
                "",
                "send icon i-send",
                type="button",
                aria_label=words["send"],
                title=words["send"],
            )
            send.on("click", self._send)

    def _draw_speakers(self) -> None:
        with box("div", "speakers", role="group", aria_label=self._words["as"]):
            Tag("span", self._words["as"], "hint")
            for speaker in self.part.speakers:
                chip = Tag("button", speaker.name, "chip", type="button")
                set_attribute(chip, "aria-pressed", str(speaker is self._speaker).lower())
                chip.on("click", lambda _, who=speaker: self._speak_as(who))

    def _draw_menu(self) -> None:
        commands = self._play.commands(self.part)
        if not commands:
            return
        with Tag(
            "button", "/", "tool", type="button",
            aria_label=self._words["commands"], title=self._words["commands"],
        ), ui.menu().classes("menu") as menu:  # fmt: skip
            for name, description in commands:
                item = ui.menu_item(on_click=lambda _, name=name: self._say(f"/{name}"))
                with item:
                    Tag("b", f"/{name}")
                    Tag("span", description)
        menu.props("anchor='top left' self='bottom left'")

    def _draw_attach(self) -> None:
        upload = ui.upload(on_upload=self._attach, auto_upload=True, max_file_size=20_000_000)
        upload.classes("hidden-upload").props(f'id="upload-{self.part.key}"')
        button = Tag(
            "button", "", "tool icon i-file", type="button",
            aria_label=self._words["file"], title=self._words["file"],
        )  # fmt: skip
        button.on("click", lambda: upload.run_method("pickFiles"))

    # what the sandbox says

    def refresh(self) -> None:
        """Draw what changed: new and edited messages, those that are gone, toasts."""
        if self._begun != self._has_begun():
            self._draw_foot()
        view = self.sandbox.view(self.part.chat_id)[-SHOWN_MAX:]
        known = {message["message_id"] for message in view}
        for message_id in [each for each in self._drawn if each not in known]:
            self._drawn.pop(message_id)[1].delete()
        before: Json | None = None
        for message in view:
            self._show(message, before)
            before = message
        self._answers()

    def _show(self, message: Json, before: Json | None) -> None:
        print_ = json.dumps(message, sort_keys=True, default=str)
        found = self._drawn.get(message["message_id"])
        if found is not None and found[0] == print_:
            return
        if found is None:
            with self._log:
                element = box(
                    "article", "message", id=f"m-{self.part.key}-{message['message_id']}"
                )
            if message["mine"]:
                self.unread += 1
        else:
            element = found[1]
            element.clear()
        self._drawn[message["message_id"]] = (print_, element)
        with element:
            self._draw(message, before)

    def _draw(self, message: Json, before: Json | None) -> None:
        at = self._at(message)
        if before is None or self._at(before).date() != at.date():
            Tag("p", day_face(at.date(), self._play.language), "day")
        sender = message["from_name"] if self.part.is_group and not message["mine"] else ""
        drawn = Drawn(message=message, mine=not message["mine"], time=f"{at:%H:%M}", sender=sender)
        draw(drawn, self._words, self._acts)

    def _at(self, message: Json) -> datetime:
        return datetime.fromtimestamp(message["date"], self._play.now().tzinfo)

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
            Tag("p", text)
            Tag("button", self._words["ok"], "key primary", type="button").on(
                "click", dialog.close
            )

    # what the person does

    def _press(self, message_id: int, callback: str) -> None:
        with contextlib.suppress(ActError):  # the message changed under the finger
            query_id = self.sandbox.press(
                self._speaker.user_id, message_id, callback, chat_id=self.part.chat_id
            )
            self._waiting.append(query_id)

    def _send(self) -> None:
        text = str(self._input.value or "").strip()
        self._input.value = ""
        if text:
            self._say(text)

    def _say(self, text: str) -> None:
        first = not self._own_messages()
        self.sandbox.user_text(self._speaker.user_id, text, chat_id=self.part.chat_id)
        if first and self.part.role == "reporter":
            self._draw_foot()

    def _own_messages(self) -> bool:
        return any(
            not message["mine"] and not message["text"].startswith("/start")
            for message in self.sandbox.view(self.part.chat_id)
        )

    def _start(self) -> None:
        self.sandbox.start(self.part.chat_id)
        self._draw_foot()
        self._input.run_method("focus")

    def _fill(self, text: str) -> None:
        self._input.value = text
        self._input.run_method("focus")

    def _speak_as(self, speaker: Any) -> None:
        self._speaker = speaker
        self._draw_foot()

    async def _attach(self, upload: events.UploadEventArguments) -> None:
        content = await upload.file.read()
        if upload.file.content_type in ("image/jpeg", "image/png"):
            self.sandbox.user_photo(self.part.chat_id, content)
        else:
            self.sandbox.user_document(
                self.part.chat_id, content, name=upload.file.name, mime=upload.file.content_type
            )


def _delete(element: Element) -> None:
    if not element.is_deleted:
        element.delete()

"""The foot of a telephone: where its owner writes, starts the bot, sends files, picks commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from nicegui import events, ui

from bot.sandbox.acts import Sandbox
from bot.sandbox.page.play import Part, Play, Speaker
from bot.sandbox.page.tags import Tag, box, set_attribute
from bot.sandbox.page.words import Words

PICTURES: Final = ("image/jpeg", "image/png")
UPLOAD_BYTES_MAX: Final = 20_000_000
"""Telegram's own limit for what a bot may fetch."""

ENTER: Final = """(event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault(); emit();
  }
}"""


class Writing:
    """Writes as `speaker`, in the chat and topic that `where` says."""

    def __init__(
        self, play: Play, part: Part, words: Words, where: Callable[[], tuple[int, int | None]]
    ) -> None:
        self.speaker = part.speakers[0]
        self._play, self._part, self._words, self._where = play, part, words, where
        self._element = box("div", "writing")
        self._draw()

    @property
    def sandbox(self) -> Sandbox:
        """The world that the play is in at this moment."""
        return self._play.sandbox

    def refresh(self) -> None:
        """Draw anew when the owner has just begun, here or on another page."""
        if self._drawn != self._state():
            self._draw()

    def suggest(self, text: str) -> None:
        """Show a text in the box as if it were being typed; "" takes it away."""
        if self._drawn[0]:
            self._input.value = text

    def _state(self) -> tuple[bool, bool]:
        started = self._part.is_group or self.sandbox.people[self._part.chat_id].started
        return started, self._part.role == "reporter" and not self._has_written()

    def _draw(self) -> None:
        self._drawn = self._state()
        has_begun, offers_example = self._drawn
        self._element.clear()
        with self._element:
            if not has_begun:
                Tag("p", self._words["start-hint"], "hint")
                start = Tag("button", self._words["start"], "start", type="button")
                start.on("click", self._start)
                return
            if self._part.is_group:
                self._draw_speakers()
            if offers_example:
                example = Tag("button", self._words["try"], "chip", type="button")
                example.on("click", lambda: self._fill(self._words["example"]))
            self._draw_line()

    def _draw_line(self) -> None:
        words, part = self._words, self._part
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
                "button", "", "send icon i-send", type="button",
                aria_label=words["send"], title=words["send"],
            )  # fmt: skip
            send.on("click", self._send)

    def _draw_speakers(self) -> None:
        with box("div", "speakers", role="group", aria_label=self._words["as"]):
            Tag("span", self._words["as"], "hint")
            for speaker in self._part.speakers:
                chip = Tag("button", speaker.name, "chip", type="button")
                set_attribute(chip, "aria-pressed", str(speaker is self.speaker).lower())
                chip.on("click", lambda _, who=speaker: self._speak_as(who))

    def _draw_menu(self) -> None:
        commands = self._play.commands(self._part)
        if not commands:
            return
        name = self._words["commands"]
        opener = Tag("button", "/", "tool", type="button", aria_label=name, title=name)
        set_attribute(opener, "aria-haspopup", "menu")
        with opener, ui.menu().classes("menu") as menu:
            for command, description in commands:
                with ui.menu_item(on_click=lambda _, said=command: self._say(f"/{said}")):
                    Tag("b", f"/{command}")
                    Tag("span", description)
        menu.props("anchor='top left' self='bottom left'")

    def _draw_attach(self) -> None:
        upload = ui.upload(
            on_upload=self._attach, auto_upload=True, max_file_size=UPLOAD_BYTES_MAX
        )
        upload.classes("hidden-upload").props(f'id="upload-{self._part.key}"')
        name = self._words["file"]
        button = Tag("button", "", "tool icon i-file", type="button", aria_label=name, title=name)
        button.on("click", lambda: upload.run_method("pickFiles"))

    # what the person does

    def _send(self) -> None:
        text = str(self._input.value or "").strip()
        self._input.value = ""
        if text:
            self._say(text)

    def _say(self, text: str) -> None:
        chat_id, thread_id = self._where()
        self.sandbox.user_text(self.speaker.user_id, text, chat_id=chat_id, thread_id=thread_id)
        self.refresh()

    def _has_written(self) -> bool:
        return any(
            not message["mine"] and not message["text"].startswith("/start")
            for message in self.sandbox.view(self._part.chat_id)
        )

    def _start(self) -> None:
        self.sandbox.start(self._part.chat_id)
        self.refresh()
        self._input.run_method("focus")

    def _fill(self, text: str) -> None:
        self._input.value = text
        self._input.run_method("focus")

    def _speak_as(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self._draw()

    async def _attach(self, upload: events.UploadEventArguments) -> None:
        content: Any = await upload.file.read()
        user_id, mime = self.speaker.user_id, upload.file.content_type
        if mime in PICTURES:
            self.sandbox.user_photo(user_id, content)
        else:
            self.sandbox.user_document(user_id, content, name=upload.file.name, mime=mime)

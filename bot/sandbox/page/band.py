"""The tour's band on the page: what happens now, and the way on, to a pause and back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from nicegui import ui

from bot.sandbox.page.tags import Tag, box, set_attribute
from bot.sandbox.page.tour import Tour
from bot.sandbox.page.words import Words

TICK_S: Final = 0.25


class Band:
    """Stands under the clock while the tour is on."""

    def __init__(
        self, tour: Tour, words: Words, language: str, leave: Callable[[], Awaitable[None]]
    ) -> None:
        self._tour, self._words, self._language = tour, words, language
        self._shown: tuple[Any, ...] = ()
        self._band = box("section", "tour", id="tour", role="region", aria_label=words["tour"])
        with self._band:
            self._line = box("div", "tour-line")
            with box("div", "tour-said"):
                self._count = Tag("p", "", "tour-count", id="tour-count")
                self._caption = Tag(
                    "p", "", "tour-caption", id="tour-caption", role="status", aria_live="polite"
                )
            with box("div", "tour-keys"):
                self._play = self._key("play", "icon i-play", tour.toggle, "Space")
                self._next = self._key("next", "icon i-on primary", tour.go_on, "ArrowRight")
                self._leave = self._key("leave", "", leave, "Escape")
        ui.timer(TICK_S, tour.tick)
        self.look()

    def _key(self, key: str, style: str, act: Callable[[], Any], shortcut: str) -> Tag:
        label = self._words[f"tour-{key}"]
        button = Tag("button", label, f"move {style}", type="button", id=f"tour-{key}")
        set_attribute(button, "aria-keyshortcuts", shortcut)
        button.on("click", act)
        return button

    def focus(self) -> None:
        """Let the keyboard stand at the way on."""
        self._next.run_method("focus")

    def look(self) -> None:
        """Draw what changed."""
        tour, words = self._tour, self._words
        shown = (tour.is_on, tour.at, tour.is_playing, tour.is_at_end, tour.busy)
        if shown == self._shown:
            return
        self._shown = shown
        self._band.classes(**{"add" if tour.is_on else "remove": "shown"})
        if not tour.is_on:
            return
        count = len(tour.stops)
        self._count.text = f"{words['tour']} · {tour.at}/{count} · {tour.stop.who}"
        self._caption.text = self._words_now()
        self._line.style(f"--done: {tour.at / count:.3f}")
        self._play.text = words["tour-pause" if tour.is_playing else "tour-play"]
        self._play.classes(
            add="i-pause" if tour.is_playing else "i-play",
            remove="i-play" if tour.is_playing else "i-pause",
        )
        for button in (self._play, self._next):
            set_attribute(button, "disabled", True if tour.is_at_end else None)
        set_attribute(self._next, "data-busy", "yes" if tour.busy else "no")
        self._leave.classes(**{"add" if tour.is_at_end else "remove": "primary"})

    def _words_now(self) -> str:
        if self._tour.is_lost:
            return self._words["tour-lost"]
        said = self._tour.stop.caption(self._language)
        return f"{said} {self._words['tour-end']}" if self._tour.is_at_end else said

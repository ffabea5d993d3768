"""The case on the page: where it stands, and its days on one line. Always in view.

A strip of two lines on a telephone, which opens to all of it; a panel on a wide screen.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

from nicegui import ui

from bot.sandbox.page.cards import Card
from bot.sandbox.page.play import Play
from bot.sandbox.page.tags import Tag, box, set_attribute
from bot.sandbox.page.words import Words, moment_face

PAST: Final = "case-past"


class CasePanel:
    """One browser's view of the cases: all as chips, one of them shown."""

    def __init__(self, play: Play, words: Words) -> None:
        self._play, self._words = play, words
        self._cards: tuple[Card, ...] | None = None
        self._shown: str | None = None
        self._is_open = False
        self._panel = box(
            "section", "timeline", id="timeline", role="region", aria_label=words["timeline"]
        )
        with self._panel:
            self._row = box("div", "case-row")
            self._now = box("div", "case-now", tabindex="0", role="group")
            set_attribute(self._now, "aria-label", words["case-now"])
            self._past = box("div", f"{PAST} to-end", id=PAST, tabindex="0", role="group")
            set_attribute(self._past, "aria-label", words["history"])

    @property
    def is_empty(self) -> bool:
        """Whether nothing was played yet that could be lost."""
        return not self._cards

    async def look(self) -> None:
        """Draw what changed; a new case is shown at once."""
        cards = await self._play.cards()
        if cards == self._cards:
            return
        known = {card.ref for card in self._cards or ()}
        newest = [card.ref for card in cards if card.ref not in known]
        self._cards = cards
        if newest or self._shown is None:
            self._shown = next(iter(newest), None)
        self._draw()

    def _draw(self) -> None:
        cards = self._cards or ()
        for element in (self._row, self._now, self._past):
            element.clear()
        shown = next((card for card in cards if card.ref == self._shown), None)
        with self._row:
            self._draw_row(cards, shown)
        self._panel.classes(**{"remove" if shown else "add": "empty"})
        if shown is None:
            return
        with self._now:
            ui.html(shown.now, sanitize=False).classes("said")
        with self._past:
            self._draw_past(shown)

    def _draw_row(self, cards: tuple[Card, ...], shown: Card | None) -> None:
        words = self._words
        if shown is None:
            Tag("p", words["no-case"], "hint")
            return
        title = words["cases" if len(cards) > 1 else "case"]
        Tag("h2", title)
        for card in cards:
            chip = Tag("button", card.ref, f"case-chip {card.state}", type="button")
            set_attribute(chip, "aria-pressed", str(card is shown).lower())
            set_attribute(chip, "title", words[card.state])
            chip.on("click", partial(self._pick, card.ref))
        Tag("p", words[shown.state], f"case-state {shown.state}")
        self._toggle = Tag(
            "button", "", "tool icon i-unfold case-toggle", type="button",
            aria_label=words["whole-case"], title=words["whole-case"], aria_controls=PAST,
        ).on("click", self._fold)  # fmt: skip
        set_attribute(self._toggle, "aria-expanded", str(self._is_open).lower())

    def _draw_past(self, card: Card) -> None:
        for day in card.days:
            with box("div", "past-day"):
                Tag("h3", day.name)
                for clock, said in day.events:
                    with box("div", "past"):
                        Tag("time", clock)
                        ui.html(said, sanitize=False).classes("said")
        if card.next_at is not None:
            with box("div", "past-day to-come"):
                Tag("h3", self._words["next-moment"])
                with box("div", "past"):
                    Tag("time", self._face(card.next_at))

    def _face(self, at: datetime) -> str:
        return moment_face(at, self._play.now(), self._play.language)

    def _pick(self, ref: str) -> None:
        self._shown = ref
        self._draw()

    def _fold(self) -> None:
        self._is_open = not self._is_open
        self._panel.classes(**{"add" if self._is_open else "remove": "open"})
        set_attribute(self._toggle, "aria-expanded", str(self._is_open).lower())

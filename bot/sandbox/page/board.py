"""The page as a whole: the clock above, five telephones, the case's timeline below."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from nicegui import events, ui
from nicegui.element import Element

from bot.sandbox.page.phone import Phone
from bot.sandbox.page.play import Card, Ended, Play
from bot.sandbox.page.tags import Tag, box, set_attribute
from bot.sandbox.page.words import clock_face, words_of

LOOK_S: Final = 0.15
"""How long a change takes to be seen; a person does not notice less."""
CLOCK_S: Final = 1.0
TIMELINE: Final = "timeline"


class Board:
    """One browser's page; draws itself anew when the play begins again."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self._words = words_of(play.language)
        self._version = 0
        self._revision = -1
        self._shown_tab = "reporter"
        self._shown_case: str | None = None
        self._cards: tuple[Card, ...] = ()
        self._phones: dict[str, Phone] = {}
        self._tabs: dict[str, Tag] = {}
        self._panels: dict[str, Element] = {}
        self._root = box("div", "board")
        self._dark = ui.dark_mode(None)
        self._look_timer = ui.timer(LOOK_S, self.look)
        ui.timer(CLOCK_S, self._tick)

    # drawing

    def _build(self) -> None:
        play, words = self._play, self._words
        self._version, self._revision = play.version, -1
        self._shown_case, self._cards = None, ()
        self._root.clear()
        with self._root:
            self._bar()
            self._tab_row()
            with box("main", "desk", id="desk", aria_label=words["chats"]):
                self._phones = {part.key: Phone(play, part, words) for part in play.stage.parts}
            self._timeline = box(
                "section", "timeline", id="timeline", role="region", aria_label=words["timeline"]
            )
            with self._timeline:
                self._case_row = box("div", "case-row")
                self._case_now = box("div", "case-now", tabindex="0")
                self._case_past = box("div", "case-past to-end", tabindex="0")
        self._panels = {key: phone.element for key, phone in self._phones.items()}
        self._panels[TIMELINE] = self._timeline
        for phone in self._phones.values():
            phone.refresh()
            phone.unread = 0  # what was there before is not news
        self._show_tab(self._shown_tab)

    def _bar(self) -> None:
        words = self._words
        with box("header", "bar"):
            with box("div", "brand"):
                ui.html(DOOR, sanitize=False).classes("door")
                with box("div"):
                    Tag("h1", "Kier")
                    Tag("p", words["about"])
            with box("div", "clock"):
                self._face = Tag("p", "", "clock-face", id="clock", role="timer")
                set_attribute(self._face, "aria-label", words["clock"])
                self._next = Tag("p", "", "clock-next", id="next-moment")
            with box("div", "moves", role="group", aria_label=words["clock"]):
                self._moves = [
                    self._move("next", self._play.to_next_moment, "primary icon i-next"),
                    self._move("day", self._play.a_working_day_on),
                    self._move("hour", self._play.an_hour_on),
                    self._move("silence", self._play.until_something_happens, "icon i-silence"),
                ]
                set_attribute(self._moves[3], "title", words["silence-why"])
            with box("div", "rest"):
                Tag(
                    "button", "", "tool icon i-theme", type="button", id="theme",
                    aria_label=words["theme"], title=words["theme"],
                ).on("click", self._other_theme, js_handler=IS_DARK)  # fmt: skip
                Tag("button", words["reset"], "tool wide", type="button", id="reset").on(
                    "click", self._ask_reset
                )

    def _move(self, key: str, act: Callable[[], Awaitable[None]], style: str = "") -> Tag:
        words = self._words[key]
        button = Tag("button", words, f"move {style}", type="button", id=f"move-{key}")
        button.on("click", partial(self._moving, act))
        return button

    def _tab_row(self) -> None:
        words = self._words
        names = [(part.key, part.name) for part in self._play.stage.parts]
        with box("nav", "tabs", role="tablist", aria_label=words["chats"]):
            self._tabs = {}
            for key, name in [*names, (TIMELINE, words["timeline"])]:
                tab = Tag("button", name, "tab", type="button", role="tab", id=f"tab-{key}")
                tab.on("click", partial(self._show_tab, key))
                self._tabs[key] = tab

    def _show_tab(self, key: str) -> None:
        self._shown_tab = key
        for each, tab in self._tabs.items():
            set_attribute(tab, "aria-selected", str(each == key).lower())
        for each, panel in self._panels.items():
            panel.classes(**{"add" if each == key else "remove": "shown"})
        self._badges()

    # what changes

    async def look(self) -> None:
        """Draw what is new since the last look."""
        with contextlib.suppress(Ended):
            if self._play.is_on:
                await self._look()

    async def _look(self) -> None:
        if self._version != self._play.version:
            self._build()
            await self._tick()
        if self._revision == self._play.sandbox.revision:
            return
        self._revision = self._play.sandbox.revision
        for phone in self._phones.values():
            phone.refresh()
        self._badges()
        await self._show_cases()
        await self._tick()

    async def _tick(self) -> None:
        with contextlib.suppress(Ended):
            if self._play.is_on and self._version == self._play.version:
                await self._show_time()

    async def _show_time(self) -> None:
        words, play = self._words, self._play
        self._face.text = clock_face(play.now(), play.language)
        moment = await play.next_moment()
        if play.busy:
            self._next.text = words["jumping"]
        elif moment is None:
            self._next.text = words["next-none"]
        else:
            face = clock_face(moment, play.language)
            self._next.text = f"{words['next-moment']}: {face}"
        for button in self._moves:
            set_attribute(button, "disabled", True if play.busy else None)

    def _badges(self) -> None:
        for key, phone in self._phones.items():
            if key == self._shown_tab:
                phone.unread = 0
            tab = self._tabs[key]
            set_attribute(tab, "data-unread", str(phone.unread) if phone.unread else None)

    async def _show_cases(self) -> None:
        cards = await self._play.cards()
        if cards == self._cards and self._case_row.default_slot.children:
            return
        newest = {card.ref for card in cards} - {card.ref for card in self._cards}
        self._cards = cards
        if newest or self._shown_case is None:
            self._shown_case = next((card.ref for card in cards if card.ref in newest), None)
        self._draw_cases()

    def _draw_cases(self) -> None:
        words = self._words
        for element in (self._case_row, self._case_now, self._case_past):
            element.clear()
        shown = next((card for card in self._cards if card.ref == self._shown_case), None)
        with self._case_row:
            if self._cards:
                Tag("h2", words["cases" if len(self._cards) > 1 else "case"])
            for card in self._cards:
                chip = Tag("button", card.ref, f"case-chip {card.state}", type="button")
                set_attribute(chip, "aria-pressed", str(card is shown).lower())
                set_attribute(chip, "title", words[card.state])
                chip.on("click", partial(self._pick_case, card.ref))
            if shown is None:
                Tag("p", words["no-case"], "hint")
            elif shown.next_at is not None:
                face = clock_face(shown.next_at, self._play.language)
                Tag("p", f"{words['next-moment']}: {face}", "hint")
        self._timeline.classes(**{"remove" if shown else "add": "empty"})
        if shown is None:
            return
        with self._case_now:
            ui.html(shown.now, sanitize=False).classes("said")
        with self._case_past:
            for day in shown.days:
                with box("div", "past-day"):
                    Tag("h3", day.name)
                    for clock, said in day.events:
                        with box("div", "past"):
                            Tag("time", clock)
                            ui.html(said, sanitize=False).classes("said")

    def _pick_case(self, ref: str) -> None:
        self._shown_case = ref
        self._draw_cases()

    # what is pressed

    async def _moving(self, act: Callable[[], Awaitable[None]]) -> None:
        for button in self._moves:
            set_attribute(button, "disabled", True)
        self._next.text = self._words["jumping"]
        if self._play.is_on:
            await act()
        self._revision = -1
        await self._tick()

    def _other_theme(self, event: events.GenericEventArguments) -> None:
        # until the first press it is as the machine likes it, which only the browser knows
        self._dark.value = not event.args

    def _ask_reset(self) -> None:
        words = self._words
        with self._root, ui.dialog(value=True) as dialog, box("div", "alert"):
            Tag("p", words["reset-sure"])
            with box("div", "keys"):
                Tag("button", words["no"], "key", type="button").on("click", dialog.close)
                yes = Tag("button", words["yes"], "key danger", type="button", id="reset-yes")
                yes.on("click", self._play.begin_again)


IS_DARK: Final = "() => emit(document.body.classList.contains('body--dark'))"

# A door, ajar.
DOOR: Final = """<svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
<rect x="6" y="3" width="20" height="26" rx="2" fill="var(--light)"/>
<path d="M6 5a2 2 0 0 1 2-2l11 4v24L8 29a2 2 0 0 1-2-2z" fill="var(--accent)"/>
<circle cx="16" cy="18" r="1.4" fill="var(--paper)"/></svg>"""

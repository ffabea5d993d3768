"""The page as a whole: clock and tour above, the telephones, the case below."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

from nicegui import events, ui

from bot.sandbox.page.band import Band
from bot.sandbox.page.case import CasePanel
from bot.sandbox.page.phone import Phone
from bot.sandbox.page.play import Ended, Play
from bot.sandbox.page.tags import Tag, box, set_attribute
from bot.sandbox.page.tour import Tour
from bot.sandbox.page.words import clock_face, moment_face, words_of

LOOK_S: Final = 0.15
"""How long a change takes to be seen; a person does not notice less."""
CLOCK_S: Final = 1.0


class Board:
    """One browser's page; draws itself anew when the play begins again."""

    def __init__(self, play: Play, tour: Tour) -> None:
        self._play, self._tour = play, tour
        self._words = words_of(play.language)
        self._version = 0
        self._revision = -1
        self._shown_tab = "reporter"
        self._shown_tour: tuple[Any, ...] = ()
        self._phones: dict[str, Phone] = {}
        self._tabs: dict[str, Tag] = {}
        self._root = box("div", "board")
        self._dark = ui.dark_mode(None)
        self._look_timer = ui.timer(LOOK_S, self.look)
        ui.timer(CLOCK_S, self._tick)

    # drawing

    def _build(self) -> None:
        play, words = self._play, self._words
        self._version, self._revision = play.version, -1
        self._shown_tour = ()
        self._root.clear()
        with self._root:
            self._bar()
            self._band = Band(self._tour, words, play.language, self._leave_tour)
            self._tab_row()
            with box("div", "desk", id="desk", role="group", aria_label=words["chats"]):
                self._phones = {part.key: Phone(play, part, words) for part in play.stage.parts}
            self._case = CasePanel(play, words)
        for phone in self._phones.values():
            phone.refresh()
            phone.unread = 0  # what was there before is not news
        self._show_tab(self._shown_tab)
        if self._tour.is_on:
            self._band.focus()

    def _bar(self) -> None:
        words = self._words
        with box("header", "bar"):
            with box("div", "brand"):
                ui.html(DOOR, sanitize=False).classes("door")
                with box("div"):
                    Tag("h1", "Kier")
                    Tag("p", words["about"])
            with box("div", "clock"):
                with box("p", "clock-face", id="clock", role="timer", aria_label=words["clock"]):
                    self._day = Tag("span", "", "clock-day")
                    Tag("span", ", ", "unseen")
                    self._hour = Tag("span", "", "clock-hour")
                with box("p", "clock-next", id="next-moment"):
                    self._next_name = Tag("span", "", "name")
                    self._next = Tag("span", "")
            with box("div", "moves", role="group", aria_label=words["clock"]):
                self._moves = [
                    self._move("next", self._play.to_next_moment, "primary icon i-next"),
                    self._move("day", self._play.a_working_day_on),
                    self._move("hour", self._play.an_hour_on),
                    self._move("silence", self._play.until_something_happens, "icon i-silence"),
                ]
                set_attribute(self._moves[3], "title", words["silence-why"])
            with box("div", "rest"):
                self._start = self._tool(
                    "tour-start", words["tour"], "light", "i-play", self._ask_tour
                )
                self._theme()
                self._tool("reset", words["reset"], "", "i-again", self._ask_reset)

    def _move(self, key: str, act: Callable[[], Awaitable[None]], style: str = "") -> Tag:
        words = self._words[key]
        button = Tag("button", words, f"move {style}", type="button", id=f"move-{key}")
        button.on("click", partial(self._moving, act))
        return button

    def _tool(self, key: str, label: str, style: str, icon: str, act: Callable[[], Any]) -> Tag:
        button = Tag("button", "", f"move labelled {style}", type="button", id=key, title=label)
        with button.on("click", act):
            Tag("span", "", f"icon {icon}", aria_hidden="true")
            Tag("span", label, "label")
        return button

    def _theme(self) -> None:
        name = self._words["theme"]
        button = Tag(
            "button", "", "tool icon i-theme", type="button",
            id="theme", aria_label=name, title=name,
        )  # fmt: skip
        button.on("click", self._other_theme, js_handler=IS_DARK)

    def _tab_row(self) -> None:
        with box("nav", "tabs", role="tablist", aria_label=self._words["chats"]):
            self._tabs = {}
            for part in self._play.stage.parts:
                tab = Tag("button", part.name, "tab", type="button", role="tab")
                set_attribute(tab, "id", f"tab-{part.key}")
                set_attribute(tab, "aria-controls", f"phone-{part.key}")
                tab.on("click", partial(self._show_tab, part.key))
                self._tabs[part.key] = tab

    def _show_tab(self, key: str) -> None:
        self._shown_tab = key
        for each, tab in self._tabs.items():
            set_attribute(tab, "aria-selected", str(each == key).lower())
            set_attribute(tab, "tabindex", "0" if each == key else "-1")
        for each, phone in self._phones.items():
            phone.element.classes(**{"add" if each == key else "remove": "shown"})
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
        self._look_at_tour()
        if self._revision == self._play.sandbox.revision:
            return
        self._revision = self._play.sandbox.revision
        for phone in self._phones.values():
            phone.refresh()
        self._badges()
        await self._case.look()
        await self._tick()

    def _look_at_tour(self) -> None:
        tour = self._tour
        self._band.look()
        shown = (tour.is_on, tour.at, tour.finger, tour.typing, tour.is_at_end)
        if shown == self._shown_tour:
            return
        reached = shown[:2] != self._shown_tour[:2]
        self._shown_tour = shown
        part = tour.part
        for key, phone in self._phones.items():
            on_stage = part is not None and part.key == key
            phone.element.classes(**{"add" if on_stage else "remove": "on-stage"})
            phone.point(tour.finger, tour.typing)
        if reached and part is not None:
            self._show_tab(part.key)
            self._phones[part.key].into_view()

    async def _tick(self) -> None:
        with contextlib.suppress(Ended):
            if self._play.is_on and self._version == self._play.version:
                await self._show_time()

    async def _show_time(self) -> None:
        words, play = self._words, self._play
        now = play.now()
        self._day.text, _, self._hour.text = clock_face(now, play.language).rpartition(", ")
        moment = await play.next_moment()
        name = ""
        if play.busy:
            self._next.text = words["jumping"]
        elif moment is None:
            self._next.text = words["next-none"]
        else:
            name = f"{words['next-moment']} · "
            self._next.text = moment_face(moment, now, play.language)
        self._next_name.text = name
        for button in self._moves:
            set_attribute(button, "disabled", True if play.busy or self._tour.is_on else None)

    def _badges(self) -> None:
        for key, phone in self._phones.items():
            if key == self._shown_tab:
                phone.unread = 0
            tab = self._tabs[key]
            set_attribute(tab, "data-unread", str(phone.unread) if phone.unread else None)

    # what is pressed

    async def _moving(self, act: Callable[[], Awaitable[None]]) -> None:
        for button in self._moves:
            set_attribute(button, "disabled", True)
        self._next_name.text, self._next.text = "", self._words["jumping"]
        if self._play.is_on:
            await act()
        self._revision = -1
        await self._tick()

    def _other_theme(self, event: events.GenericEventArguments) -> None:
        # until the first press it is as the machine likes it, which only the browser knows
        self._dark.value = not event.args

    async def _ask_tour(self) -> None:
        if self._case.is_empty:
            await self._tour.begin()
        else:
            self._ask("tour-sure", "tour-yes", self._tour.begin, "primary")

    async def _leave_tour(self) -> None:
        self._tour.leave()
        self._band.look()
        self._start.run_method("focus")
        await self._tick()

    def _ask_reset(self) -> None:
        self._ask("reset-sure", "yes", self._reset, "danger")

    async def _reset(self) -> None:
        self._tour.leave()
        await self._play.begin_again()

    def _ask(self, said: str, yes: str, act: Callable[[], Any], style: str) -> None:
        words = self._words
        with self._root, ui.dialog(value=True) as dialog, box("div", "alert"):
            set_attribute(dialog, "aria-label", words[said])
            Tag("p", words[said])
            with box("div", "keys"):
                Tag("button", words["no"], "key", type="button").on("click", dialog.close)
                agreed = Tag("button", words[yes], f"key {style}", type="button")
                set_attribute(agreed, "id", f"{said.partition('-')[0]}-yes")
                agreed.on("click", act)  # the page is drawn anew, and the question goes with it


IS_DARK: Final = "() => emit(document.body.classList.contains('body--dark'))"

# A door, ajar.
DOOR: Final = """<svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
<rect x="6" y="3" width="20" height="26" rx="2" fill="var(--light)"/>
<path d="M6 5a2 2 0 0 1 2-2l11 4v24L8 29a2 2 0 0 1-2-2z" fill="var(--accent)"/>
<circle cx="16" cy="18" r="1.4" fill="var(--paper)"/></svg>"""

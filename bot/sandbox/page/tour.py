"""The guided tour: a rehearsal that ships, played on the page's telephones message by message.

What a rehearsal's act comes to is `rehearsal.Player`'s knowledge; here its texts and presses go
through the sandbox to the bot over HTTP, as a person's do, and time is moved as the page moves it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from bot import yaml_file
from bot.rehearsal.player import Player
from bot.rehearsal.stage import Chat
from bot.rehearsal.story import Entry, Story
from bot.rehearsal.story_file import read_stories
from bot.sandbox.acts import buttons
from bot.sandbox.page.play import Ended, Part, Play
from bot.sandbox.page.words import words_of
from bot.sandbox.state import ActError
from bot.screen import Verb
from storage import people

STORY: Final = "five-days"
LOOK_S: Final = 0.9
"""How long a finger rests on a button, or a text in its box, before it counts."""
READ_S: Final = 2.5
READ_CHARACTER_S: Final = 0.045
"""Reading a caption takes that long, and so much more for each character (220 words a minute)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop: what is said, whose chat to look at, and the entry played (None: only said)."""

    captions: Mapping[str, str]
    who: str
    entry: Entry | None

    def caption(self, language: str) -> str:
        """Return what is said in `language`, in English where there is nothing."""
        for tag in (language, language.split("-")[0], "en"):
            if tag in self.captions:
                return self.captions[tag]
        return ""


def read_tour(name: str = STORY) -> tuple[Story, tuple[Stop, ...]]:
    """Return a story that ships and its stops, the one before anything happens among them."""
    folder = files(__package__).joinpath("tours")
    story = read_stories(folder.joinpath(f"{name}.yaml").read_bytes(), folder=Path())[0]
    told = yaml_file.parse(folder.joinpath(f"{name}.captions.yaml").read_bytes()).value
    entries: tuple[Entry | None, ...] = (None, *story.entries)
    return story, tuple(
        Stop(
            captions={key: text for key, text in said.items() if key != "who"},
            who=str(said.get("who") or (entry.who if entry else "")),
            entry=entry,
        )
        for said, entry in zip(told, entries, strict=True)
    )


class Tour:
    """Where the tour stands. One for all browsers, as the play is.

    `at` counts the stops that were reached. `finger` is the button about to be pressed (chat,
    message id, callback data), `typing` the text about to be sent (chat, text).
    """

    def __init__(self, play: Play) -> None:
        self.is_on = False
        self.is_playing = False
        self.busy = False
        self.is_lost = False
        self.at = 0
        self.finger: tuple[int, int, str] | None = None
        self.typing: tuple[int, str] | None = None
        self.story, self.stops = read_tour()
        self._play = play
        self._guide: Guide | None = None
        self._hurry = asyncio.Event()
        self._next_at = 0.0

    @property
    def stop(self) -> Stop:
        """The stop that is being shown."""
        return self.stops[max(self.at, 1) - 1]

    @property
    def is_at_end(self) -> bool:
        """Whether there is nothing more to come."""
        return self.is_lost or (self.at == len(self.stops) and not self.busy)

    @property
    def part(self) -> Part | None:
        """The chat to look at."""
        if not (self.is_on and self._play.is_on):
            return None
        return next((p for p in self._play.stage.parts if p.name == self.stop.who), None)

    async def begin(self) -> None:
        """Begin the play anew and show the first stop."""
        self.leave()
        await self._play.begin_again()
        self._guide = Guide(self.story, self, self._play)
        self.is_on, self.is_lost = True, False
        self.at = 1
        self._read_on()

    def leave(self) -> None:
        """Back to free play: everything stays as it is."""
        self.is_on = self.is_playing = False
        self.finger = self.typing = None
        self._hurry.set()

    def toggle(self) -> None:
        """Play by itself, or pause."""
        self.is_playing = not self.is_playing and not self.is_at_end
        self._next_at = 0.0

    async def go_on(self) -> None:
        """Go to the next stop; while one is being played, hurry it."""
        if self.busy:
            self._hurry.set()
            return
        if not self.is_on or self.is_at_end or self._guide is None:
            return
        self.busy = True
        self._hurry.clear()
        self.at += 1
        try:
            with suppress(Ended):
                async with self._play.watched():
                    self.is_lost = not await self._guide.act(self.stop.entry)
        except ActError:  # somebody else changed the message under the finger
            self.is_lost = True
        finally:
            self.busy = False
            self.finger = self.typing = None
            self.is_playing = self.is_playing and not self.is_at_end
            self._read_on()

    async def tick(self) -> None:
        """Go on by itself when the caption has had its time."""
        if self.is_on and self.is_playing and not self.busy and _tick() >= self._next_at:
            await self.go_on()

    def _read_on(self) -> None:
        length = len(self.stop.caption(self._play.language))
        self._next_at = _tick() + READ_S + READ_CHARACTER_S * length

    async def look(self) -> None:
        """Give a person time to see what is about to happen; raises `Ended` if nobody looks."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), LOOK_S)
        if not self.is_on or not self._play.is_on:
            raise Ended


def _tick() -> float:
    return asyncio.get_running_loop().time()


class Guide(Player):
    """Plays the story's acts on the stage, by its people's own chats."""

    def __init__(self, story: Story, tour: Tour, play: Play) -> None:
        stage = play.stage
        super().__init__(story, stage.database)
        self._tour, self._play = tour, play
        self.team_id = stage.office.team_id
        self.procedure = next(
            each for each in stage.office.versions.values() if each.id == story.procedure
        )
        by_name = {part.name: part for part in stage.parts}
        self._parts = {name: by_name[name] for name in story.people}
        self.chats = {
            name: Chat(user_id=part.chat_id, name=name) for name, part in self._parts.items()
        }

    async def act(self, entry: Entry | None) -> bool:
        """Play an entry; say whether it could be done as the story tells it."""
        if entry is None:
            return True
        await self._play.until(entry.at)
        if entry.act is None:
            return True
        if not self.ids:
            self.ids = await self.database.read(self._people)
        if entry.act == "report":
            return await self._reported(self.chats[str(entry.who)])
        if entry.act == "answer" and await self._given_to(entry):
            return True
        return not await self._act(entry)

    async def _given_to(self, entry: Entry) -> bool:
        """Press the button that has the person's name on it, where there is one."""
        step, name = entry.fields["step"], entry.fields.get("to")
        if name is None:
            return False
        chat, person = self.chats[str(entry.who)], self.ids[name]
        return await self._tap(chat, verb=Verb.ANSWER, step=step, person=person)

    def _people(self, c: Any) -> dict[str, int]:
        return {person.name: person.id for person in people.people(c, self.team_id)}

    async def _reported(self, chat: Chat) -> bool:
        """File a report in one message, as the page proposes it."""
        sandbox = self._play.sandbox
        if not sandbox.people[chat.user_id].started:
            await self._tour.look()
            sandbox.start(chat.user_id)
            await self._play.settled()
        await self._say(chat, words_of(self._play.language)["example"])
        return await self._tap(chat, verb=Verb.SEND)

    async def _say(self, chat: Chat, text: str) -> None:
        self._tour.typing = (chat.user_id, text)
        await self._tour.look()
        self._tour.typing = None
        self._play.sandbox.user_text(chat.user_id, text)
        await self._play.settled()

    async def _press(self, chat: Chat, message_id: int, callback: str) -> None:
        self._tour.finger = (chat.user_id, message_id, callback)
        await self._tour.look()
        self._tour.finger = None
        self._play.sandbox.press(chat.user_id, message_id, callback)
        await self._play.settled()

    async def _live(self, chat: Chat) -> list[tuple[int, str, Any]]:
        messages = self._play.sandbox.chat(chat.user_id).messages
        chat.messages = {
            number: [each["callback_data"] for each in buttons(message) if "callback_data" in each]
            for number, message in messages.items()
        }
        return await super()._live(chat)

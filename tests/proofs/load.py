"""Reporters who write at the same time, and what became of what they wrote."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bot import verify
from bot.sandbox.state import ActError
from storage import cases, history, inbox, outbox, teams
from storage.database import Database
from storage.keys import Keyring
from tests.kill.yard import Yard

STORY: Final = (
    "Huurachterstal: {first} {last}, Kerkstraat {number} Weelde, 0470 {a:02} {b:02} {c:02}. "
    "2 maanden, 1.240 euro. Ik ben van woonmaatschappij De Heide."
)
FIRST: Final = ("Marc", "Greta", "Ilse", "Els", "Piet", "Tom", "Rik", "Ann", "Jo", "Leo")
SYLLABLES: Final = ("ba", "de", "ki", "lo", "mu", "ra", "se", "ti", "vo", "na")
SEND: Final = "✓ Verzenden"
RECEIVED: Final = "Uw melding is ontvangen"
AGAIN: Final = "(opnieuw) "
_REF: Final = re.compile(r"nummer (\S+?)[.\s]")


@dataclass(slots=True)
class Reporter:
    """One person with one report. `receipts`: the texts that said it was received, in order."""

    person: int
    last: str
    pressed: bool = False
    receipts: list[str] = field(default_factory=list)

    @property
    def refs(self) -> set[str]:
        """The numbers that the receipts named: one, unless a report was taken twice."""
        return {found for text in self.receipts for found in _REF.findall(text)}


def a_place(until: ExitStack) -> Path:
    """Return a new directory that is there until then."""
    return Path(until.enter_context(tempfile.TemporaryDirectory(prefix="kier-proof-")))


class Crowd:
    """So many people report at once; who has a receipt makes room for somebody new."""

    def __init__(self, yard: Yard, at_once: int) -> None:
        self.yard = yard
        self.at_once = at_once
        self.everybody: list[Reporter] = []
        self.busy: list[Reporter] = []
        self.open = True
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Crowd:
        """Let them begin; what the bot says to them is answered until the block ends."""
        self._leave = self.yard.sandbox.subscribe(self._changed.set)
        self._task = asyncio.get_running_loop().create_task(self._react())
        self._changed.set()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop reacting."""
        self._leave()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            if not self._task.cancelled() and (error := self._task.exception()) is not None:
                raise error

    @property
    def acknowledged(self) -> int:
        """How many reports were said to be received, so far."""
        return sum(bool(each.receipts) for each in self.everybody)

    def newcomer(self) -> Reporter:
        """Let somebody whom the bot never saw write a report, and return who."""
        number = len(self.everybody) + 1
        digits = f"{number:05}"
        last = "".join(SYLLABLES[int(digit)] for digit in digits).capitalize()
        person = self.yard.sandbox.add_user(f"P{number}")
        self.yard.sandbox.people[person].started = True
        one = Reporter(person, last)
        self.everybody.append(one)
        self.busy.append(one)
        pairs = {name: number // 100**place % 100 for place, name in enumerate("cba")}
        story = STORY.format(first=FIRST[number % 10], last=last, number=number, **pairs)
        self.yard.sandbox.user_text(person, story)
        return one

    async def drained(self, seconds: float) -> None:
        """Let nobody new begin, and wait until all have their receipt or the time is over."""
        self.open = False
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.busy:
                    self._changed.set()
                    await asyncio.sleep(0.1)

    async def _react(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            for one in tuple(self.busy):
                self._advance(one)
            while self.open and len(self.busy) < self.at_once:
                self.newcomer()

    def _advance(self, one: Reporter) -> None:
        shown = [each for each in self.yard.sandbox.view(one.person) if each["mine"]]
        one.receipts = [each["text"] for each in shown if RECEIVED in each["text"]]
        if one.receipts:
            self.busy.remove(one)
            return
        asks = [each for each in shown if _offers(each, SEND)]
        if asks and not one.pressed:
            one.pressed = True
            try:
                self.yard.sandbox.press_label(one.person, asks[-1]["message_id"], SEND)
            except ActError:  # taken away meanwhile: there will be another
                one.pressed = False

    def look_again(self) -> None:
        """Read the receipts anew: a repeat may have come after somebody had stopped looking."""
        for one in self.everybody:
            one.receipts = [
                each["text"]
                for each in self.yard.sandbox.view(one.person)
                if each["mine"] and RECEIVED in each["text"]
            ]


def _offers(shown: dict[str, Any], label: str) -> bool:
    return any(button["text"] == label for row in shown["rows"] for button in row)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file holds: words and number of each case, and how updates and messages ended."""

    words: tuple[tuple[str, tuple[str, ...]], ...]
    updates: inbox.Counts
    messages: dict[str, int]
    uncertain_chats: frozenset[int]
    wrong: tuple[str, ...]


async def kept(data: Path, url: str = "") -> Kept:
    """Return what a data directory, or the database at `url`, holds; may raise a refusal."""
    keys, url = Keyring.load(data / "kier.key"), url or f"sqlite:///{data}/kier.sqlite"
    database = await Database.open(url, keys=keys, migrate=False)
    try:
        return await database.read(_kept)
    finally:
        await database.close()


def _kept(c: Any) -> Kept:
    ours = teams.teams(c)[0].id
    found = []
    for one in cases.all_cases(c, ours):
        values = history.personal(c, one.row.id).values()
        found.append((one.row.ref, tuple(each.text or "" for each in values)))
    unsent = outbox.unsent(c, ours, limit=100_000)
    report = verify.look(c, lambda _: None)
    return Kept(
        words=tuple(found),
        updates=inbox.counts(c, ours),
        messages=outbox.counts(c, ours),
        uncertain_chats=frozenset(each.chat_id for each in unsent if each.state == "uncertain"),
        wrong=tuple(f"{each.check} {each.where}: {each.code}" for each in report.wrong),
    )


def judged(crowd: Crowd, found: Kept) -> Counter[str]:
    """Return how often a promise was broken: by what people saw, against what the file holds."""
    crowd.look_again()
    bad = Counter(dict.fromkeys(BROKEN, 0))
    by_ref = dict(found.words)
    reports = Counter(word for _, words in found.words for word in _lasts(words))
    for one in crowd.everybody:
        bad[MISSING] += any(one.last not in " ".join(by_ref.get(ref, ())) for ref in one.refs)
        bad[MISSING] += bool(one.receipts) and not one.refs
        bad[TWICE] += max(reports[one.last] - 1, 0)
        copies = Counter(text.removeprefix(AGAIN) for text in one.receipts)
        unmarked = sum(not text.startswith(AGAIN) for text in one.receipts)
        bad[COPIES] += any(count > 2 for count in copies.values()) or unmarked > len(copies)
        bad[SILENT] += not one.receipts and one.person not in found.uncertain_chats
    updates = found.updates
    handed = len(crowd.yard.sandbox.updates.history)
    bad[UNSETTLED] += abs(handed - updates.done - updates.refused - updates.dead) + updates.new
    bad[DEAD] += updates.dead
    bad[UNWELL] += len(found.wrong)
    return bad


MISSING: Final = "acknowledged reports missing"
TWICE: Final = "reports taken twice"
COPIES: Final = "messages beyond one copy and one marked repeat"
SILENT: Final = "reporters left without an answer and nobody told"
UNSETTLED: Final = "updates not done, refused or dead"
DEAD: Final = "updates dead though nothing was wrong with them"
UNWELL: Final = "things wrong in `kier verify`"
BROKEN: Final = (MISSING, TWICE, COPIES, SILENT, UNSETTLED, DEAD, UNWELL)


def _lasts(words: tuple[str, ...]) -> Iterator[str]:
    """Give the family names among what a case holds, each once: they are made of our syllables."""
    made = re.compile(f"\\b(?:{'|'.join(SYLLABLES)}){{5}}\\b", re.IGNORECASE)
    yield from {match.capitalize() for text in words for match in made.findall(text)}

"""Power loss: what the real process wrote and had not yet flushed is dropped, torn, in any order.

The kernel's view of a whole run is recorded (`trace`), from an empty data directory on. Then the
power fails at a thousand moments of it: the disk holds what was flushed, and of everything else a
random part. What anybody had been told by that moment must be in it.
"""

from __future__ import annotations

import asyncio
import random
import re
import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

from sqlalchemy import select

from bot import verify
from storage import cases, history, teams
from storage.database import Database
from storage.errors import DatabaseRefused, KeysRefused
from storage.keys import Keyring
from storage.tables import inbox
from tests.kill.yard import KIER, Yard, end, yard_at
from tests.proofs import trace
from tests.proofs.figures import Figures, Tell
from tests.proofs.load import RECEIVED, Crowd, a_place
from tests.proofs.trace import Event, Make, Rename, Said, Sync, Truncate, Unlink, Write

NAME: Final = "power loss: dropped and torn writes"
PROMISES: Final = ("P1", "P2", "P10")
CRASHES: Final = 1000
RECORDINGS: Final = 5
LIVES: Final = (signal.SIGTERM, signal.SIGKILL, signal.SIGTERM)
"""How the lives of one recording end: with a checkpoint, without, and with."""
LIFE_S: Final = 9.0
AT_ONCE: Final = 4
CONTROL_SHARE: Final = 0.2
CARELESS: Final = ("-m", "tests.proofs.careless")
SECTOR: Final = 512
"""A disk writes so much whole or not at all."""
NOT_KEPT: Final = ("-shm", ".lock")
"""Files whose content nobody reads after a crash: SQLite makes its index of the log anew."""

LOST: Final = "acknowledged reports missing"
UPDATES: Final = "updates acknowledged to Telegram and missing"
SHUT: Final = "databases that would not open"
UNWELL: Final = "databases with something wrong in `kier verify`"


def prove(scale: float, tell: Tell) -> Figures:
    """Record, crash `CRASHES` times, and the same with a database that does not flush."""
    began = time.monotonic()
    crashes = max(round(CRASHES * scale), 8)
    control = max(round(crashes * CONTROL_SHARE), 8)
    recordings = max(round(RECORDINGS * scale), 1)
    seconds = LIFE_S if scale >= 0.1 else 3.0
    counts: Counter[str] = Counter()
    bad, lost = Counter(dict.fromkeys((LOST, UPDATES, SHUT, UNWELL), 0)), Counter[str]()
    done = 0

    def told() -> None:
        nonlocal done
        done += 1
        tell(done, crashes + control)

    with ExitStack() as places, ProcessPoolExecutor(2, get_context("spawn")) as pool:
        for number in range(recordings):
            share = crashes // recordings + (number < crashes % recordings)
            tape = asyncio.run(recorded(a_place(places), KIER, seconds))
            bad += _crashed(tape, share, f"power {number}", pool, told, counts)
        tape = asyncio.run(recorded(a_place(places), CARELESS, seconds))
        lost += _crashed(tape, control, "careless", pool, told, Counter())
    return Figures(
        counts=dict(counts),
        bad={name: bad[name] for name in (LOST, UPDATES, SHUT, UNWELL)},
        control={f"broken promises with synchronous=OFF, in {control} crashes": lost.total()},
        seconds=time.monotonic() - began,
    )


# --- recording -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tape:
    """One recording: what happened in `folder`, and who (family name) reported."""

    folder: str
    events: tuple[Event, ...]


async def recorded(place: Path, words: Sequence[str], seconds: float) -> Tape:
    """Return what a process did in some lives under load, each so many seconds."""
    events: list[Event] = []
    folder = f"{place}/data"
    async with yard_at(place, people=0) as yard, Crowd(yard, AT_ONCE):
        for number, ends in enumerate(LIVES):
            tape = place / f"trace{number}"
            await _life(yard, words, tape, ends, seconds)
            events += await asyncio.to_thread(list, trace.read(tape, folder))
            tape.unlink()
    return Tape(folder, tuple(_useful(events)))


async def _life(
    yard: Yard, words: Sequence[str], tape: Path, ends: signal.Signals, seconds: float
) -> None:
    calls = len(yard.sandbox.calls)
    process = await yard.start(*words, under=trace.recorder(tape))
    await yard.until(lambda: len(yard.sandbox.calls) > calls)
    await asyncio.sleep(seconds)
    await end(process, ends)
    async with asyncio.timeout(60):
        while not trace.ended(tape):  # noqa: ASYNC110  a file tells nobody when it grows
            await asyncio.sleep(0.05)


def _useful(events: Sequence[Event]) -> Iterator[Event]:
    for event in events:
        if isinstance(event, Said):
            if RECEIPT in event.data or OFFSET.search(event.data) is not None:
                yield event
        elif not any(name.endswith(NOT_KEPT) or "/backups" in name for name in _names(event)):
            yield event


def _names(event: Event) -> tuple[str, ...]:
    if isinstance(event, Rename):
        return (event.old, event.new)
    return () if isinstance(event, Said) else (event.path,)


RECEIPT: Final = RECEIVED.replace(" ", "+").encode()
OFFSET: Final = re.compile(rb"allowed_updates=.*&offset=(\d+)")
_REF: Final = re.compile(r"nummer (?:<code>)?([\w-]+)")


@dataclass(slots=True)
class Told:
    """What others had been told by a moment: numbers of reports, and the offset of the updates."""

    refs: set[str] = field(default_factory=set)
    offset: int = 0

    def add(self, said: Said) -> None:
        """Note what these bytes tell."""
        if (found := OFFSET.search(said.data)) is not None:
            self.offset = max(self.offset, int(found[1]))
        elif RECEIPT in said.data:
            text = parse_qs(said.data.decode())["text"][0]
            number = _REF.search(text)
            assert number is not None, text
            self.refs.add(number[1])


# --- the disk ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Inode:
    """A file: bytes that are safe, and what was done to it since."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[Write | Truncate] = field(default_factory=list)

    def after(self, dice: random.Random) -> bytes:
        """Return what a crash leaves: each step since is there, not there, or torn."""
        content = bytearray(self.safe)
        mood = dice.random()
        # now and then everything, or nothing: a disk that is quick, and one that is slow
        kept = 1.0 if mood < 0.1 else 0.0 if mood < 0.2 else dice.random()
        for step in self.pending:
            if dice.random() >= kept:
                continue
            if isinstance(step, Write) and dice.random() < 0.2:
                _torn(content, step, dice)
            else:
                _apply(content, step)
        return bytes(content)

    def sync(self) -> None:
        """Make safe what was done."""
        for step in self.pending:
            _apply(self.safe, step)
        self.pending.clear()

    def size(self) -> int:
        """Return how long the file is to the process."""
        size = len(self.safe)
        for step in self.pending:
            if isinstance(step, Truncate):
                size = step.size
            else:
                size = max(size, (size if step.at is None else step.at) + len(step.data))
        return size


def _apply(content: bytearray, step: Write | Truncate) -> None:
    if isinstance(step, Truncate):
        del content[step.size :]
        content.extend(bytes(step.size - len(content)))
        return
    assert step.at is not None
    content.extend(bytes(max(step.at - len(content), 0)))
    content[step.at : step.at + len(step.data)] = step.data


def _torn(content: bytearray, step: Write, dice: random.Random) -> None:
    """Apply some of a write's sectors."""
    assert step.at is not None
    at = 0
    while at < len(step.data):
        until = min(at + SECTOR - (step.at + at) % SECTOR, len(step.data))
        if dice.random() < 0.5:
            _apply(content, Write(step.path, step.at + at, step.data[at:until]))
        at = until


class Disk:
    """A file system that keeps its promises and not one more.

    Names are as lasting as the last flush of their directory; what was done to names since lasts
    up to a random step of it, as a journal keeps the order of such steps. Bytes have no order.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._folder_is_safe = False
        self._names: dict[str, Inode] = {}
        self._safe_names: dict[str, Inode] = {}
        self._steps: list[Make | Rename | Unlink] = []
        self._made: list[Inode | None] = []

    def do(self, event: Event) -> None:
        """Let one event happen."""
        match event:
            case Make(path) if path == self._folder:
                pass
            case Sync(path) if path == str(Path(self._folder).parent):
                self._folder_is_safe = True
            case Make(path):
                if path not in self._names:
                    self._names[path] = Inode()
                    self._step(event, self._names[path])
            case Rename(old, new):
                self._names[new] = self._names.pop(old)
                self._step(event, None)
            case Unlink(path):
                if self._names.pop(path, None) is not None:
                    self._step(event, None)
            case Sync(path) if path == self._folder:
                self._safe_names = dict(self._names)
                self._steps.clear()
                self._made.clear()
            case Sync(path):
                if path in self._names:
                    self._names[path].sync()
            case Write(path, at, data):
                if path in self._names:
                    file = self._names[path]
                    where = file.size() if at is None else at
                    file.pending.append(Write(path, where, data))
            case Truncate(path):
                if path in self._names:
                    self._names[path].pending.append(event)
            case Said():
                pass

    def _step(self, step: Make | Rename | Unlink, made: Inode | None) -> None:
        self._steps.append(step)
        self._made.append(made)

    def crash(self, dice: random.Random) -> dict[str, bytes]:
        """Return the files that the power leaves, by name."""
        if not self._folder_is_safe and dice.random() < 0.5:
            return {}
        names = dict(self._safe_names)
        for step, made in list(zip(self._steps, self._made, strict=True))[
            : dice.randint(0, len(self._steps))
        ]:
            match step:
                case Make(path):
                    assert made is not None
                    names[path] = made
                case Rename(old, new):
                    names[new] = names.pop(old)
                case Unlink(path):
                    names.pop(path, None)
        return {path: file.after(dice) for path, file in names.items()}


# --- crashing ------------------------------------------------------------------------------------


def _crashed(
    tape: Tape, crashes: int, seed: str, pool: ProcessPoolExecutor, told: Any, counts: Counter[str]
) -> Counter[str]:
    """Crash at so many moments of a recording; return how often a promise was broken."""
    dice = random.Random(seed)
    disk, known = Disk(tape.folder), Told()
    bad: Counter[str] = Counter()
    waiting: list[Future[Counter[str]]] = []
    moments = Counter(_moments(tape.events, crashes, dice))
    with tempfile.TemporaryDirectory(prefix="kier-image-", dir=_quick()) as place:
        for index, event in enumerate(tape.events):
            for number in range(moments[index]):
                folder = Path(place) / f"{index}-{number}"
                _put(disk.crash(dice), folder)
                waiting.append(pool.submit(look, folder, frozenset(known.refs), known.offset))
                counts["crashes"] += 1
                counts["receipts looked for"] += len(known.refs)
                if len(waiting) >= 8:
                    bad += waiting.pop(0).result()
                    told()
            disk.do(event)
            if isinstance(event, Said):
                known.add(event)
            counts["writes recorded"] += isinstance(event, Write)
            counts["flushes recorded"] += isinstance(event, Sync)
        for one in waiting:
            bad += one.result()
            told()
    return bad


def _moments(events: Sequence[Event], crashes: int, dice: random.Random) -> Iterator[int]:
    """Give the moments to crash at: half anywhere, half just after something was told."""
    said = [index for index, event in enumerate(events) if isinstance(event, Said)]
    for number in range(crashes):
        if number % 2 or not said:
            yield dice.randrange(len(events))
        else:
            yield min(dice.choice(said) + dice.randint(1, 8), len(events) - 1)


def _quick() -> Path | None:
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None


def _put(files: dict[str, bytes], folder: Path) -> None:
    folder.mkdir()
    for path, content in files.items():
        here = folder / Path(path).name
        here.write_bytes(content)
        here.chmod(0o600)


def look(folder: Path, refs: frozenset[str], offset: int) -> Counter[str]:
    """Open what a crash left as a start would, and remove it; return what is missing in it."""
    try:
        return asyncio.run(_look(folder, refs, offset))
    finally:
        shutil.rmtree(folder)


async def _look(folder: Path, refs: frozenset[str], offset: int) -> Counter[str]:
    bad: Counter[str] = Counter()
    if not (folder / "kier.sqlite").exists():
        bad[LOST] += len(refs)
        bad[UPDATES] += offset > 0
        return bad
    try:
        keys = Keyring.load(folder / "kier.key")
        database = await Database.open(f"sqlite:///{folder}/kier.sqlite", keys=keys)
    except (DatabaseRefused, KeysRefused):
        bad[SHUT] += 1
        bad[LOST] += len(refs)
        return bad
    try:
        found, highest, wrong = await database.read(_contents)
    except Exception:  # noqa: BLE001  what cannot be read is lost, whatever it is called
        bad[UNWELL] += 1
        bad[LOST] += len(refs)
        return bad
    finally:
        await database.close()
    bad[LOST] += len(refs - found)
    bad[UPDATES] += offset > 0 and highest < offset - 1
    bad[UNWELL] += wrong > 0
    return bad


def _contents(c: Any) -> tuple[frozenset[str], int, int]:
    numbers = [row for row in c.scalars(select(inbox.c.update_id)) if row is not None]
    found = set()
    for team in teams.teams(c):
        for one in cases.all_cases(c, team.id):
            if any(value.text for value in history.personal(c, one.row.id).values()):
                found.add(one.row.ref)
    return frozenset(found), max(numbers, default=0), len(verify.look(c, lambda _: None).wrong)

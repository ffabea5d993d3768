"""After the term nothing personal is left: not in a table, and not in a byte of the files (P18).

Strings are planted through the front door. Whoever looks afterwards has everything: all files of
the data directory, the key file, and patience: what looks like a sealed value is cut out of the
raw bytes and opened with the master key, and with every data key that is found that way.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet, InvalidToken

from bot.handle.retention import NOTICE
from bot.retention import RetentionJob
from bot.screen import Verb
from bot.settings import Settings, load_settings
from scheduler.case import State
from storage import backup, files
from storage.database import Database
from storage.keys import Keyring, new_key
from storage.restore import Order, restore
from storage.sealed_file import BackupKeys
from tests.proofs.figures import Figures, Tell
from tests.proofs.load import SYLLABLES
from tests.world import KEYS, REPORT, TEAM, World

NAME = "Nothing personal after the term"
PROMISES = ("P18",)

CASES: Final = 100
KINDS: Final = (
    "first name", "last name", "street", "telephone", "reporter", "words of the report",
    "note", "name of a file", "content of a file", "words of a draft",
)  # fmt: skip
"""What is planted with each case: a thousand strings with a hundred cases."""
_SEALED: Final = re.compile(rb"gAAAAAAAAAA[A-Za-z0-9_-]+={0,2}")
"""How each value begins that Fernet sealed at no time."""
_SHORTEST, _STEP = 76, 64
_DATA_KEY_CHARS: Final = 44
_TOKENS: Final = (
    "SELECT data_key FROM kase", "SELECT value FROM personal", "SELECT content FROM file",
    "SELECT name FROM file", "SELECT raw FROM inbox", "SELECT payload FROM outbox",
    "SELECT state FROM dialogue", "SELECT name FROM person WHERE role = 'reporter'",
)  # fmt: skip
_EMPTIED: Final = (
    "UPDATE kase SET data_key = NULL", "DELETE FROM personal", "DELETE FROM file",
    "DELETE FROM inbox", "DELETE FROM outbox", "DELETE FROM dialogue", "DELETE FROM blind",
    "UPDATE person SET name = x'' WHERE role = 'reporter'",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planted:
    """What was said about one household, each word of it found nowhere else."""

    number: int

    def word(self, kind: str) -> str:
        """Return the planted string of that kind."""
        if kind == "telephone":
            return f"04{70_000_000 + self.number:08}"
        digits = f"{self.number:03}{KINDS.index(kind):02}"
        return "".join(SYLLABLES[int(digit)] for digit in digits).capitalize()

    @property
    def words(self) -> tuple[str, ...]:
        """Return all of them."""
        return tuple(self.word(kind) for kind in KINDS)

    @property
    def report(self) -> str:
        """Return the message with which it comes in."""
        phone = self.word("telephone")
        spaced = " ".join((phone[:4], phone[4:6], phone[6:8], phone[8:]))
        return (
            REPORT.replace("Mia", self.word("first name"))
            .replace("Verbeke", self.word("last name"))
            .replace("Dorpsstraat", f"{self.word('street')}straat")
            .replace("0470 12 34 56", spaced)
            + f" Zij zegt: {self.word('words of the report')}."
        )


async def _plant(world: World, one: Planted) -> None:
    """Let a household be reported, noted down, and its case be closed."""
    reporter = one.word("reporter")
    await world.assigned(name=reporter, text=one.report)
    case_id = (await world.cases())[-1].row.id
    await world.presses("An", Verb.MORE, case=case_id)
    await world.presses("An", Verb.NOTE, case=case_id)
    await world.says("An", f"Zij vertelde van {one.word('note')}")
    await world.write(
        files.put_file,
        case_id=case_id,
        name=f"{one.word('name of a file')}.pdf",
        mime="application/pdf",
        content=one.word("content of a file").encode(),
        now=world.now,
    )
    await world.presses("An", Verb.MORE, case=case_id)
    await world.presses("An", Verb.CLOSE, case=case_id)
    await world.presses("An", Verb.CLOSE, arg="averted")
    if await world.dialogue("An") is not None:
        await world.presses("An", Verb.SKIP)
    assert (await world.cases())[-1].case.state is State.CLOSED
    draft = f"Lies{one.number}"
    await world.says(draft, "/report")
    await world.presses(draft, Verb.REPORT, arg="free")
    await world.says(draft, f"Iemand heeft een schuld: {one.word('words of a draft')}")


# Looking


def raw(place: Path) -> bytes:
    """Return every byte under the directory, but those of the backups: they have their own key."""
    return b"\n".join(
        each.read_bytes()
        for each in sorted(place.rglob("*"))
        if each.is_file() and each.suffix not in (".backup", ".key")
    )


def opened(content: bytes) -> bytes:
    """Return all that can be opened of what lies about, one after the other."""
    boxes = [Fernet(key) for key in KEYS]
    closed, plain = {each for found in _SEALED.findall(content) for each in _ends(found)}, []
    while boxes:
        found = {token: _open(token, boxes) for token in closed}
        new = {text for text in found.values() if text is not None}
        closed = {token for token, text in found.items() if text is None}
        plain += sorted(new)
        boxes = [Fernet(text) for text in new if _is_key(text)]
    return b"\n".join(plain)


def _ends(found: bytes) -> Iterator[bytes]:
    """Give where a sealed value may end: what follows it may look like more of it."""
    yield found
    if not found.endswith(b"="):
        for length in range(_SHORTEST, len(found), _STEP):
            yield found[:length]


def _open(token: bytes, boxes: Iterable[Fernet]) -> bytes | None:
    for box in boxes:
        try:
            return box.decrypt(token)
        except InvalidToken:
            continue
    return None


def _is_key(text: bytes) -> bool:
    try:
        Fernet(text)
    except ValueError:
        return False
    return len(text) == _DATA_KEY_CHARS


def hits(content: bytes, words: Iterable[str]) -> int:
    """Return how many of the words stand in the bytes, in clear or sealed."""
    readable = content + opened(content)
    lower = readable.lower().replace(b" ", b"")
    # a telephone number also as it is folded, without its first digit
    return sum((word[1:] if word.isdigit() else word.lower()).encode() in lower for word in words)


def _tokens(path: Path) -> tuple[bytes, ...]:
    """Return a piece of each sealed value and key that is to go, as it lies in the file."""
    with sqlite3.connect(path) as c:
        rows = [row[0] for query in _TOKENS for row in c.execute(query) if row[0]]
    c.close()
    return tuple(bytes(each)[24:72] for each in rows)


# The whole


def _settings(place: Path) -> Settings:
    (place / "team.yaml").write_text(TEAM)
    return load_settings(
        {
            "KIER_TOKEN": "7300700700:AAcanaryCanaryCanaryCanaryCanary0123",
            "KIER_TEAM_FILE": str(place / "team.yaml"),
            "KIER_DATA_DIR": str(place / "data"),
        }
    )


async def _run_out(world: World, given: Settings) -> None:
    """Let the terms run out, with the mornings on which it is announced."""
    await world.time_passes(by=timedelta(days=1))
    world._stand_at(world.now + timedelta(days=170))
    await world.time_passes(by=timedelta(days=9))
    world._stand_at(world.now + NOTICE)
    await world.time_passes(by=timedelta(days=4))
    job = RetentionJob(world.database, given, world.team_id, world.clock)
    # what was told in these last days is an hour's work later, and thirty days
    await job.run_once()
    world._stand_at(world.now + timedelta(days=31))
    await job.run_once()


async def _all(place: Path, scale: float, tell: Tell) -> Figures:
    number = max(round(CASES * scale), 2)
    planted = [Planted(each) for each in range(number)]
    words = [word for one in planted for word in one.words]
    given = _settings(place)
    path = given.data_dir / "kier.sqlite"
    database = await Database.open(f"sqlite:///{path}", keys=Keyring.load(KEYS))
    world = await World.open(database)
    for done, one in enumerate(planted, 1):
        await _plant(world, one)
        tell(done, number)
    keys = BackupKeys([new_key(lambda n: b"k" * n)])
    assert given.backup_dir is not None
    made = await backup.make(database, given.backup_dir, keys, world.now)
    await database.close()
    before, tokens = raw(given.data_dir), _tokens(path)
    careless = {name: _careless(place, path, name, words) for name in CARELESS}

    world.database = await Database.open(f"sqlite:///{path}", keys=Keyring.load(KEYS))
    world.restart()
    await _run_out(world, given)
    beside = raw(given.data_dir)  # while the bot runs: its log is looked at too
    stored = await world.cases()
    await world.database.close()
    after = raw(given.data_dir)

    again = place / "again"
    again.mkdir()
    order = Order(
        file=made.path,
        backup_keys=keys,
        keys=Keyring.load(KEYS),
        erased=given.backup_dir / "erased.jsonl",
        now=world.now,
    )
    url = f"sqlite:///{again / 'kier.sqlite'}"
    restored = await restore(url, order)
    world.database = await Database.open(url, keys=Keyring.load(KEYS))
    await RetentionJob(world.database, given, world.team_id, world.clock).run_once()
    await world.database.close()
    seen = hits(before, words)
    counts = {
        "strings planted": len(words),
        "of them seen before, in the same bytes": seen,
        "sealed values and keys that are to go": len(tokens),
        "bytes looked through": len(before) + len(beside) + len(after),
    }
    bad = {
        "strings that the scan did not see before": len(words) - seen,
        "cases that were not erased": sum(one.row.erased_at is None for one in stored),
        "strings left while the bot runs": hits(beside, words),
        "strings left": hits(after, words),
        "sealed values and keys left": sum(token in after for token in tokens),
        "cases that were not erased again after a backup was put back": (
            number - restored.erased.cases
        ),
        "strings left after that": hits(raw(again), words),
    }
    return Figures(counts=counts, bad=bad, control=careless)


CARELESS: Final = ("left by a job that sets a flag", "left by a job that deletes rows")


def _careless(place: Path, path: Path, name: str, words: list[str]) -> int:
    """Let such a job do its work on a copy, and return what the same eyes find."""
    there = place / name
    there.mkdir()
    copy = there / path.name
    shutil.copy(path, copy)
    with sqlite3.connect(copy) as c:
        c.execute("PRAGMA secure_delete = OFF")
        for statement in _EMPTIED if "deletes" in name else ("UPDATE kase SET erased_at = 1",):
            c.execute(statement)
    c.close()
    return hits(raw(there), words)


def prove(scale: float, tell: Tell) -> Figures:
    """Plant a thousand strings (1.0), let the terms run out, and look."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kier-retention-") as place:
        figures = asyncio.run(_all(Path(place), scale, tell))
    return replace(figures, seconds=time.monotonic() - began)

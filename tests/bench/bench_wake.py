"""A wake-up with ten due among many: how long the loop stops, how late the last of them is.

Kier's real path (`Wake`, `fire`, the due rows, the engine, the outbox) beside APScheduler's SQL
job store and python-telegram-bot's JobQueue, each in a process of its own, in turn in one run.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select

from bot.clock import SystemClock
from storage.database import Database
from storage.keys import Keyring
from storage.tables import due, kase
from tests.bench import ground, wake_child
from tests.bench.table import Line, of_form, ratios, rounds, show
from tests.bench.wake_child import FIRST_DUE, PEERS, TEN
from tests.world import KEYS, TEAM, World

ROOT = Path(__file__).parents[2]
SIZES = (1_000, 100_000)
WAKES = of_form(4, 10)
ROUNDS = of_form(1, 5)
AT_ONCE = 5_000
FAR: Final = timedelta(days=90)
OURS, SQL, MEMORY = PEERS


def far(count: int, after: datetime) -> Iterator[datetime]:
    """Give moments of the next three months, none within the next hours."""
    seeded = random.Random(3)
    for _ in range(count):
        yield after + timedelta(hours=6) + seeded.random() * FAR


async def our_file(path: Path, scheduled: int) -> None:
    """Make a team with `WAKES` times ten cases that fall due together, among many others."""
    database = await Database.open(f"sqlite:///{path}", keys=Keyring.load(KEYS))
    world = await ground.lay(database, workers=TEN, cases=TEN * WAKES)
    await database.write(partial(_put_off, world))
    dues = far(scheduled - TEN * WAKES, FIRST_DUE)
    left = scheduled - TEN * WAKES
    while left:
        await database.write(partial(_others, count=min(left, AT_ONCE), dues=dues))
        left -= min(left, AT_ONCE)
    assert await database.read(_count) == scheduled
    await database.close()


def _put_off(world: World, c: Connection) -> None:
    """Let each worker press Later once per group of ten, until the same minute."""
    workers = [world.ids[f"worker {number:02}"] for number in range(TEN)]
    for number, row in enumerate(c.execute(select(kase.c.id).order_by(kase.c.id)).all()):
        until = FIRST_DUE + timedelta(minutes=number // TEN)
        ground.put_off(world.handler, c, row.id, workers[number % TEN], until)


def _others(c: Connection, count: int, dues: Iterator[datetime]) -> None:
    """Put in copies of the last case under other references, each with a moment of its own."""
    last = c.execute(select(kase).order_by(kase.c.id.desc()).limit(1)).one()._asdict()
    first = last["id"] + 1
    numbers = range(first, first + count)
    c.execute(insert(kase), [{**last, "id": each, "ref": f"{each:07}"} for each in numbers])
    rows = []
    for each in numbers:
        at = next(dues)
        rows.append(
            {
                "team_id": last["team_id"],
                "case_id": each,
                "key": "next",
                "due_at": at,
                "wake_at": at,
            }
        )
    c.execute(insert(due), rows)


def _count(c: Connection) -> int:
    return c.scalar(select(func.count()).where(due.c.case_id.is_not(None))) or 0


def measured(name: str, path: Path) -> dict[str, Any]:
    """Run one process on a copy of its file and return what it found."""
    copy = path.with_name("now.db")
    for leftover in path.parent.glob("now.db*"):
        leftover.unlink()
    shutil.copy(path, copy)
    code = "from tests.bench.wake_child import main; main()"
    spawned = str(time.monotonic_ns())
    ran = subprocess.run(
        [sys.executable, "-c", code, name, str(copy), str(WAKES), spawned],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


async def test_ten_due_among_many(tmp_path: Path) -> None:
    """Performance: ten due among 100,000 stop the loop 2 ms at most and are 20 ms late at most."""
    (tmp_path / "team.yaml").write_text(TEAM, encoding="utf-8")
    keys = tmp_path / "keys"
    keys.touch(mode=0o600)
    keys.write_bytes(KEYS[0])
    files: dict[tuple[str, int], Path] = {}
    now = SystemClock().now()
    for size in SIZES:
        for number, name in enumerate(PEERS):
            files[name, size] = tmp_path / f"{number}-{size}.db"
        await our_file(files[OURS, size], size)
        wake_child.fill_apscheduler(files[SQL, size], far(size + 1, now))
        wake_child.fill_table(files[MEMORY, size], far(size, now))
    ms: dict[tuple[str, str, int], list[float]] = defaultdict(list)
    once: dict[tuple[str, str, int], list[float]] = defaultdict(list)
    for _ in rounds(ROUNDS, "ten due"):
        for size in SIZES:
            for name in PEERS:
                found = measured(name, files[name, size])
                for what in ("idle_s", "lag_s", "late_s"):
                    ms[what, name, size] += [seconds * 1000 for seconds in found[what]]
                for what in ("start_s", "resident_mb"):
                    once[what, name, size].append(found[what])
    for size in SIZES:
        _show_wake(ms, size)
    _show_start(once)


def _show_wake(ms: dict[tuple[str, str, int], list[float]], size: int) -> None:
    lines = []
    for name in PEERS:
        aim = "≤ idle + 2 ms" if name == OURS else "–"
        lines.append(Line(f"{name}: loop idle", ms["idle_s", name, size], "ms"))
        lines.append(Line(f"{name}: worst lag", ms["lag_s", name, size], "ms", aim))
        late = "≤ 20 ms" if name == OURS else "–"
        lines.append(Line(f"{name}: lateness of the last", ms["late_s", name, size], "ms", late))
    lag = ratios(ms["lag_s", OURS, size], ms["lag_s", SQL, size])
    lines.append(Line("our lag over APScheduler's, in turn", lag, "x", "≤ 0.1x"))
    show(f"Ten due among {size:,}", lines)


def _show_start(once: dict[tuple[str, str, int], list[float]]) -> None:
    lines = []
    for name in PEERS:
        for what, words, unit in (("start_s", "start", "s"), ("resident_mb", "memory", "MB")):
            few, many = (once[what, name, size] for size in SIZES)
            lines.append(Line(f"{name}: {words}, {SIZES[0]:,}", few, unit))
            lines.append(Line(f"{name}: {words}, {SIZES[1]:,}", many, unit))
            aim = {"start": "≤ 1.5x", "memory": "≤ 1.1x"}[words] if name == OURS else "–"
            lines.append(Line(f"{name}: {words}, many to few", ratios(many, few), "x", aim))
    show("Start and memory: Kier with engine and texts, the peers with none", lines)

"""`kier verify`: is everything as it was written? Beside the running bot, or in a backup.

Joins what storage can see (schema, file, chains, orphans) with what only the rules can: that the
state of each case is the replay of its history (P10). Changes nothing.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bot.clock import SystemClock
from bot.command import ended
from bot.hooks import Connection
from bot.settings import Settings
from scheduler.apply import replay
from scheduler.case import Case
from storage import cases, dump, erasures, history, restore, verify
from storage.database import Database
from storage.errors import (
    CodecError,
    NotFound,
)
from storage.keys import Keyring
from storage.sealed_file import BackupKeys
from storage.verify import Finding

UNWELL: Final = 1
COUNTED: Final = ("kase", "event", "personal", "file", "access")
SHOWN_MAX: Final = 50

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was looked at, in rows by table, and what was found."""

    counts: dict[str, int]
    findings: tuple[Finding, ...]

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """What is not as it was written."""
        return tuple(each for each in self.findings if each.wrong)


def look(c: Connection, told: Told) -> Report:
    """Return the report on the whole database, on one snapshot."""
    findings = (*verify.verify(c, told), *_replays(c, told))
    return Report(counts=dict(dump.counted(c, COUNTED)), findings=findings)


def _replays(c: Connection, told: Told) -> Iterator[Finding]:
    """Give the cases whose state is not the replay of their history."""
    told("replay")
    for number, ref in cases.all_numbers(c):
        try:
            kept = cases.load(c, number).case
            events = [line.event for line in history.events(c, number)]
        except (CodecError, NotFound, ValueError, TypeError):
            yield Finding(check="replay", where=f"case {ref}", code="unreadable")
            continue
        if replay(Case(procedure=kept.procedure, version=kept.version), events) != kept:
            yield Finding(check="replay", where=f"case {ref}", code="state is not its history")


def main(settings: Settings, *, backup: Path | None, as_json: bool) -> int:
    """Say what is wrong; exit status 0: nothing, 1: something, 2: it could not be looked at."""
    console = Console(stderr=True, soft_wrap=True)

    def work() -> int:
        with _progress(console) as told:
            report = asyncio.run(_look(settings, backup, told))
        _say(report, as_json=as_json)
        return UNWELL if report.wrong else 0

    return ended(console, work, failed="The database cannot be read ({code}).")


@contextmanager
def _progress(console: Console) -> Iterator[Told]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    quiet = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=quiet) as progress:
        task = progress.add_task("Opening", total=None)
        yield lambda what: progress.update(task, description=f"Looking at {what}")


async def _look(settings: Settings, backup: Path | None, told: Told) -> Report:
    if backup is not None:
        return await _look_at_backup(settings, backup, told)
    keys = Keyring.load(settings.key_file)
    database = await Database.open(settings.database_url, keys=keys, migrate=False)
    try:
        return await database.snapshot(lambda c: look(c, told))
    finally:
        await database.close()


async def _look_at_backup(settings: Settings, backup: Path, told: Told) -> Report:
    """Put the backup into a database of its own, for as long as it is looked at."""
    keys = Keyring.load(settings.key_file)
    with tempfile.TemporaryDirectory(dir=settings.data_dir, prefix=".verify-") as folder:
        url = f"sqlite:///{folder}/kier.sqlite"
        order = restore.Order(
            file=backup,
            backup_keys=BackupKeys.load(settings.backup_key_file),
            keys=keys,
            erased=Path(folder) / erasures.NAME,
            now=SystemClock().now(),
            force=True,  # what is wrong is to be said, not refused
            told=told,
        )
        await restore.restore(url, order)
        database = await Database.open(url, keys=keys, migrate=False)
        try:
            return await database.snapshot(lambda c: look(c, told))
        finally:
            await database.close()


def _say(report: Report, *, as_json: bool) -> None:
    out = Console(soft_wrap=True, highlight=False)
    if as_json:
        said = {
            "well": not report.wrong,
            "counts": report.counts,
            "findings": [asdict(each) for each in report.findings],
        }
        out.print(json.dumps(said), markup=False)
        return
    shown = sorted(report.findings, key=lambda each: not each.wrong)
    for each in shown[:SHOWN_MAX]:
        out.print(f"{'!' if each.wrong else ' '} {each.check:<8} {each.where}: {each.code}",
                  markup=False)  # fmt: skip
    if (more := len(shown) - SHOWN_MAX) > 0:
        out.print(f"  and {more} more; --json has all of them")
    counts = report.counts
    wrong = len(report.wrong)
    verdict = "all is as it was written" if not wrong else f"{wrong} things are wrong"
    out.print(
        f"{counts['kase']} cases, {counts['event']} events, {counts['personal']} personal values, "
        f"{counts['file']} files, {counts['access']} lines of access: {verdict}",
        markup=False,
    )

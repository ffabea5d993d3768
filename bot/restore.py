"""`kier restore FILE`: put a backup back, with the bot stopped. What that means is storage's."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from bot.backup import place_of
from bot.clock import SystemClock
from bot.command import ended
from bot.settings import Settings
from storage import erasures, restore
from storage.keys import Keyring
from storage.restore import Order, Restored
from storage.sealed_file import BackupKeys


def main(settings: Settings, file: Path, *, force: bool) -> int:
    """Put the backup back; exit status 0, 1 when it was refused, 2 when Kier cannot work here.

    Unless it is 0, the database is as it was.
    """
    console = Console(stderr=True, soft_wrap=True)

    def work() -> None:
        with console.status("Looking at the backup") as status:
            order = Order(
                file=file,
                backup_keys=BackupKeys.load(settings.backup_key_file),
                keys=Keyring.load(settings.key_file),
                erased=place_of(settings) / erasures.NAME,
                now=SystemClock().now(),
                force=force,
                told=lambda what: status.update(f"Putting back: {what}"),
            )
            restored = asyncio.run(restore.restore(settings.database_url, order))
        for line in summary(restored):
            console.print(escape(line))

    failed = "The database did not take it ({code}); it is as it was."
    return ended(console, work, failed=failed)


def summary(restored: Restored) -> list[str]:
    """Return what was done, line by line."""
    counts = restored.contents.counts
    made = f"{restored.contents.made_at:%Y-%m-%d %H:%M} UTC"
    held = f"cases: {counts['kase']}, events: {counts['event']}"
    again, not_ = restored.again, restored.doubtful
    lines = [
        f"Put back as of {made}; {held}. What came after that is not in it.",
        f"Messages that waited and go once more, marked: {again}; that do not: {not_}.",
        f"Invitations that no longer count: {restored.invites}.",
        f"Erased again: cases: {restored.erased.cases}, people: {restored.erased.people}.",
    ]
    if restored.wrong:
        lines.append(f"Things in it that are wrong: {len(restored.wrong)}; see kier verify.")
    if restored.aside is not None:
        lines.append(f"The old database is in {restored.aside}; delete it when all is well.")
    lines.append("Start kier run: the coordinators are told.")
    return lines

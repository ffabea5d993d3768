"""Files that people sent: fetched from the messenger, judged by their bytes, stored sealed.

One at a time, outside any transaction; what a crash or an outage leaves is fetched later. What is
not kept is told to who sent it. Only paths of the messenger's own server are asked for: no
address that a person sent is ever called (S19, which the gateway holds).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Final, Protocol

from bot.clock import Clock
from bot.file_bytes import FILE_BYTES_MAX, Keepable, judged
from bot.hooks import Connection, OnFileRefused
from bot.loops import Ran
from bot.outcomes import Blocked, Gone, Rejected, RetryLater, Trouble
from storage import downloads, files
from storage.database import Database
from storage.downloads import Download
from storage.errors import NotFound

log = logging.getLogger("kier.fetcher")

LOOK_AGAIN_S: Final = 60.0
AGAIN_FIRST: Final = timedelta(seconds=5)
AGAIN_LONGEST: Final = timedelta(hours=1)
GIVEN_UP_AFTER: Final = timedelta(days=3)
"""An outage of a weekend costs no file; after it the sender and the coordinator are told."""

CASE_FILES_MAX: Final = 60
CASE_BYTES_MAX: Final = 200 * 1024 * 1024
PERSON_FILES_MAX: Final = 60
PERSON_WITHIN: Final = timedelta(days=1)
"""Row 64: so many files of one person a day, over all their cases."""


class FetchesFiles(Protocol):
    """What the fetcher needs of a gateway."""

    async def download(
        self, file_id: str, *, bytes_max: int = ...
    ) -> bytes | Trouble | Blocked | Gone:
        """Return a file's content, or why there is none."""


class Fetcher:
    """Fetches what waits to be fetched, the longest first."""

    def __init__(
        self,
        gateway: FetchesFiles,
        database: Database,
        *,
        team_id: int,
        clock: Clock,
        refused: OnFileRefused,
        handled: Callable[[], None],
        leads: Callable[[], bool] = lambda: True,
    ) -> None:
        """`refused` is told in the unit that settles a file; `handled` after it."""
        self._gateway = gateway
        self._database = database
        self._team_id = team_id
        self._clock = clock
        self._refused = refused
        self._handled = handled
        self._leads = leads

    async def run_once(self) -> Ran:
        """Fetch one file that is due; return whether there was one."""
        found, wait_s = await self._database.read(self._due)
        if found is None or not self._leads():
            return Ran(wait_s=wait_s)
        outcome: bytes | Trouble | Blocked | Gone = Gone()
        if found.told is not None:
            file_id = found.told.partition(":")[2]
            outcome = await self._gateway.download(file_id, bytes_max=FILE_BYTES_MAX)
        await self._database.write(partial(self._settle, found, outcome))
        self._handled()
        return Ran(count=1)

    def _due(self, c: Connection) -> tuple[Download | None, float]:
        now = self._clock.now()
        found = downloads.next_one(c, self._team_id, now)
        ahead = None if found else downloads.next_at(c, self._team_id)
        wait_s = LOOK_AGAIN_S if ahead is None else (ahead - now).total_seconds()
        return found, min(max(wait_s, 0.0), LOOK_AGAIN_S)

    def _settle(
        self, found: Download, outcome: bytes | Trouble | Blocked | Gone, c: Connection
    ) -> None:
        match outcome:
            case bytes():
                self._judge(found, outcome, c)
            case Rejected(code="too-big"):
                self._refuse(found, "large", c)
            case Rejected() | Blocked() | Gone():
                self._refuse(found, "gone", c)
            case _:
                self._later(found, outcome, c)

    def _judge(self, found: Download, content: bytes, c: Connection) -> None:
        told = (found.told or "").partition(":")[0]
        verdict = judged(content, told)
        if isinstance(verdict, str):
            self._refuse(found, verdict, c)
        elif self._is_full(found, len(verdict.content), c):
            self._refuse(found, "full", c)
        else:
            self._keep(found, verdict, c)

    def _is_full(self, found: Download, size: int, c: Connection) -> bool:
        there = downloads.quota(c, found, PERSON_WITHIN, self._clock.now())
        return (
            there.case_files >= CASE_FILES_MAX
            or there.case_bytes + size > CASE_BYTES_MAX
            or there.person_files >= PERSON_FILES_MAX
        )

    def _keep(self, found: Download, verdict: Keepable, c: Connection) -> None:
        name = f"{found.case_id}-{found.id}.{verdict.ending}"  # ours: no name that a person gave
        try:
            number = files.put_file(
                c, found.case_id, name, verdict.mime, verdict.content, self._clock.now()
            )
        except NotFound:  # the case was erased meanwhile, and its files with it
            downloads.refused(c, found.id, "erased")
            return
        downloads.kept(c, found.id, number)

    def _refuse(self, found: Download, code: str, c: Connection) -> None:
        if found.told is None:
            downloads.refused(c, found.id, "erased")
        elif downloads.refused(c, found.id, code):
            log.info("file %d is not kept: %s", found.id, code)
            self._refused(c, found, code, self._clock.now())

    def _later(self, found: Download, trouble: Trouble, c: Connection) -> None:
        now = self._clock.now()
        if now - found.asked_at > GIVEN_UP_AFTER:
            self._refuse(found, "gone", c)
            return
        wait = min(AGAIN_FIRST * 2 ** min(found.attempts, 12), AGAIN_LONGEST)
        if isinstance(trouble, RetryLater):
            wait = max(wait, timedelta(seconds=trouble.seconds))
        downloads.later(c, found.id, type(trouble).__name__.lower(), now + wait)

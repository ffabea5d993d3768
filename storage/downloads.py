"""Files that people sent and that are still at the messenger: fetched in time, or refused.

A row is written in the unit that takes a report or a note down, so that none is forgotten by a
crash or an outage. The messenger's id of the file is a personal value of the case; here are codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from storage.history import personal_text
from storage.rows import insert_row
from storage.tables import download as downloads
from storage.tables import file as files


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file to fetch. `told`: the messenger's word and id ("photo:AgAC…"); None: erased since."""

    id: int
    case_id: int
    person_id: int
    told: str | None
    attempts: int
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How much there is already: bytes and files of a case, files of a person within a while."""

    case_bytes: int
    case_files: int
    person_files: int


def put(
    c: Connection, team_id: int, case_id: int, person_id: int, personal_id: int, now: datetime
) -> None:
    """Have a file fetched; `personal_id` is the personal row that holds the messenger's id."""
    values = {
        "team_id": team_id,
        "case_id": case_id,
        "person_id": person_id,
        "personal_id": personal_id,
        "state": "waiting",
        "next_at": now,
        "asked_at": now,
    }
    insert_row(c, insert(downloads), values)


def next_one(c: Connection, team_id: int, now: datetime) -> Download | None:
    """Return the file that has waited longest for its turn, None when none is due."""
    query = (
        select(downloads)
        .where(downloads.c.team_id == team_id, downloads.c.state == "waiting")
        .where(downloads.c.next_at <= now)
        .order_by(downloads.c.next_at, downloads.c.id)
        .limit(1)
    )
    row = c.execute(query).first()
    return None if row is None else _read(c, row)


def next_at(c: Connection, team_id: int) -> datetime | None:
    """Return when the next file is due, perhaps past; None when none waits."""
    query = select(func.min(downloads.c.next_at))
    waits = (downloads.c.team_id == team_id, downloads.c.state == "waiting")
    found: datetime | None = c.scalar(query.where(*waits))
    return found


def later(c: Connection, download_id: int, code: str, at: datetime) -> None:
    """It could not be fetched now: again at that moment. `code` says why."""
    row = downloads.c.id == download_id
    values: dict[str, Any] = {"code": code, "next_at": at, "attempts": downloads.c.attempts + 1}
    c.execute(update(downloads).where(row, downloads.c.state == "waiting").values(values))


def kept(c: Connection, download_id: int, file_id: int) -> bool:
    """It is stored as that file; return False when the row was settled already."""
    return _settled(c, download_id, state="kept", file_id=file_id, code=None)


def refused(c: Connection, download_id: int, code: str) -> bool:
    """It is not kept, because of `code`; return False when the row was settled already."""
    return _settled(c, download_id, state="refused", code=code)


def kept_files(c: Connection, case_id: int) -> dict[int, int]:
    """Return personal row → number of the file, for what was fetched and is still there."""
    query = (
        select(downloads.c.personal_id, downloads.c.file_id)
        .join(files, files.c.id == downloads.c.file_id)
        .where(downloads.c.case_id == case_id, files.c.content.is_not(None))
        .order_by(downloads.c.id)
    )
    return {row.personal_id: row.file_id for row in c.execute(query)}


def waiting(c: Connection, case_id: int) -> int:
    """Return how many files of the case are still to be fetched."""
    query = select(func.count()).select_from(downloads)
    waits = (downloads.c.case_id == case_id, downloads.c.state == "waiting")
    return c.scalar(query.where(*waits)) or 0


def quota(c: Connection, download: Download, within: timedelta, now: datetime) -> Quota:
    """Return what the case has already, and how many files the person sent `within` that time."""
    sizes = select(func.coalesce(func.sum(files.c.size), 0), func.count())
    of_case = c.execute(sizes.where(files.c.case_id == download.case_id)).one()
    by_person = select(func.count()).select_from(downloads).where(
        downloads.c.person_id == download.person_id,
        downloads.c.state == "kept",
        downloads.c.asked_at > now - within,
    )  # fmt: skip
    return Quota(
        case_bytes=of_case[0], case_files=of_case[1], person_files=c.scalar(by_person) or 0
    )


def _settled(c: Connection, download_id: int, **values: Any) -> bool:
    row = downloads.c.id == download_id
    done = c.execute(update(downloads).where(row, downloads.c.state == "waiting").values(**values))
    return bool(done.rowcount)


def _read(c: Connection, row: Any) -> Download:
    return Download(
        id=row.id,
        case_id=row.case_id,
        person_id=row.person_id,
        told=personal_text(c, row.personal_id),
        attempts=row.attempts,
        asked_at=row.asked_at,
    )

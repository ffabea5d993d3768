"""Files on a case: a copy of the claim, a photo, a voice note; sealed under the case's own key.

The name is a display string that a person gave, never a place on a disk (S16).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import Connection, insert, select

from storage.columns import room_of
from storage.errors import NotFound, Unreadable
from storage.history import SALT_BYTES, case_box
from storage.keys import salted_digest
from storage.rows import insert_row
from storage.tables import file as files
from storage.teams import secret_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A file without its content. `size` in bytes; `name` None when it was erased."""

    id: int
    case_id: int
    name: str | None
    mime: str
    size: int
    created_at: datetime


def put_file(
    c: Connection, case_id: int, name: str, mime: str, content: bytes, now: datetime
) -> int:
    """Return the number of the file; the same content on the same case is stored once (row 64).

    Limits of size and kind are the caller's. Raises `NotFound`, also when the case was erased.
    """
    team_id, box = case_box(c, case_id)
    room = room_of(c)
    mark = room.keys.mac(secret_of(c, team_id), "file", content)
    known: int | None = c.scalar(
        select(files.c.id).where(files.c.case_id == case_id, files.c.mark == mark)
    )
    if known is not None:
        return known
    salted = room.randomness(SALT_BYTES) + content
    values = {
        "team_id": team_id,
        "case_id": case_id,
        "name": box.encrypt_at_time(name.encode(errors="replace"), 0),
        "mime": mime,
        "size": len(content),
        "mark": mark,
        "digest": salted_digest(salted, mime),
        "content": box.encrypt_at_time(salted, 0),
        "created_at": now,
    }
    return insert_row(c, insert(files), values)


def file(c: Connection, file_id: int) -> tuple[FileRow, bytes | None]:
    """Return the file and its content, None when it was erased; raises `NotFound`."""
    row = c.execute(select(files).where(files.c.id == file_id)).first()
    if row is None:
        raise NotFound(f"file {file_id}")
    found = _read(c, row)
    if row.content is None:
        return found, None
    return found, _decrypt(c, row.case_id, row.content)[SALT_BYTES:]


def files_of(c: Connection, case_id: int) -> tuple[FileRow, ...]:
    """Return the case's files without their content, the oldest first."""
    query = select(files.c.id, files.c.case_id, files.c.name, files.c.mime, files.c.size,
                   files.c.created_at)  # fmt: skip
    rows = c.execute(query.where(files.c.case_id == case_id).order_by(files.c.id)).all()
    return tuple(_read(c, row) for row in rows)


def _read(c: Connection, row: Any) -> FileRow:
    name = None if row.name is None else _decrypt(c, row.case_id, row.name).decode()
    return FileRow(
        id=row.id,
        case_id=row.case_id,
        name=name,
        mime=row.mime,
        size=row.size,
        created_at=row.created_at,
    )


def _decrypt(c: Connection, case_id: int, sealed: bytes) -> bytes:
    try:
        return case_box(c, case_id)[1].decrypt(sealed)
    except InvalidToken:
        raise Unreadable from None

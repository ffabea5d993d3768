"""The text of each procedure version that a case began with: it finishes as it began (P11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select

from storage.errors import NotFound, VersionChanged
from storage.rows import fields, insert_row
from storage.tables import procedure_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a procedure, as its file was when it was first loaded."""

    id: int
    key: str
    version: int
    text: str
    sha: str


_FIELDS: Final = (
    procedure_version.c.id,
    procedure_version.c.key,
    procedure_version.c.version,
    procedure_version.c.text,
    procedure_version.c.sha,
)
_BY_ID: Final = select(*_FIELDS).where(procedure_version.c.id == bindparam("row"))


def put_version(c: Connection, team_id: int, key: str, version: int, text: str, sha: str) -> int:
    """Return the number of this version: stored now, or before.

    Raises `VersionChanged` when the text differs from what is stored under the same number: give
    the procedure a new version instead, open cases run on the old one.
    """
    found = c.execute(
        select(procedure_version.c.id, procedure_version.c.sha).where(
            procedure_version.c.team_id == team_id,
            procedure_version.c.key == key,
            procedure_version.c.version == version,
        )
    ).first()
    if found is None:
        values = {"team_id": team_id, "key": key, "version": version, "text": text, "sha": sha}
        return insert_row(c, insert(procedure_version), values)
    if found.sha != sha:
        raise VersionChanged(f"{key} {version}")
    number: int = found.id
    return number


def version(c: Connection, version_id: int) -> Version:
    """Return that version; raises `NotFound`."""
    row = c.execute(_BY_ID, {"row": version_id}).first()
    if row is None:
        raise NotFound(f"procedure version {version_id}")
    return Version(**fields(row))


def versions(c: Connection, team_id: int, key: str | None = None) -> tuple[Version, ...]:
    """Return the team's versions (of one procedure), by key and number."""
    query = select(*_FIELDS).where(procedure_version.c.team_id == team_id)
    if key is not None:
        query = query.where(procedure_version.c.key == key)
    rows = c.execute(query.order_by(procedure_version.c.key, procedure_version.c.version))
    return tuple(Version(**fields(row)) for row in rows)

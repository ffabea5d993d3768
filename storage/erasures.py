"""What was erased, written down outside the database: applied again after a backup is put back.

One line of JSON each in a file beside the backups, so that whoever copies them away takes it along
(threats S24). It holds numbers, moments and a keyed mark, nothing of a person: `case` (erased),
`left` (lost every right) and `forgotten` (and who they were). The mark ties the line to that very
row: after an older backup was put back the same number may be given to another one.

The rows themselves say what was erased; `catch_up` writes down what is not in the file yet. It is
called after each unit that erases, and once more with each backup.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import Connection, select

from storage import erasing, history, people
from storage.backup import said
from storage.columns import canonical, room_of, to_moment, to_number
from storage.database import Database
from storage.disk import make_directory, settle
from storage.tables import kase, person, team

NAME: Final = "erased.jsonl"
"""The file's name, in the directory of the backups."""

What: TypeAlias = Literal["case", "left", "forgotten"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """One row that was erased, or one person who lost every right, and when."""

    what: What
    id: int
    mark: str
    at: datetime

    @property
    def key(self) -> tuple[str, int, str]:
        """What makes it the same one, whenever it was written down."""
        return self.what, self.id, self.mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """How many were erased, or sent away, again."""

    cases: int = 0
    people: int = 0


async def catch_up(database: Database, path: Path) -> int:
    """Write down what was erased and is not in the file yet; return how many that were.

    On the disk when this returns. Raises `BackupRefused` and `DatabaseFailed`.
    """
    return write_down(path, await database.read(erased))


def write_down(path: Path, erasures: Iterable[Erasure]) -> int:
    """Add those that are not in the file yet, on the disk; return how many.

    Raises `BackupRefused` when the disk does not take them.
    """
    known = {each.key for each in read(path)}
    missing = [each for each in erasures if each.key not in known]
    if not missing:
        return 0
    with said(path.parent):
        make_directory(path.parent)
        handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            # a line that a crash cut short ends here, and is no line
            file.write(b"\n" + b"".join(_line(each) for each in missing))
            file.flush()
            os.fsync(file.fileno())
        settle(path.parent)
    return len(missing)


def read(path: Path) -> tuple[Erasure, ...]:
    """Return what is written down, the oldest first; a line that a crash cut short is none."""
    try:
        lines = path.read_bytes().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return tuple(each for line in lines if (each := _erasure(line)) is not None)


def erased(c: Connection) -> tuple[Erasure, ...]:
    """Return every erasure that the rows of this database tell of."""
    return (*_cases(c), *_people(c))


def apply(c: Connection, erasures: Iterable[Erasure], now: datetime) -> Applied:
    """Erase again what is there again; what is erased already, or another row by now, stays."""
    done = {(each.what, each.id) for each in erased(c)}
    again = [each for each in erasures if (each.what, each.id) not in done]
    number = {"case": 0, "left": 0, "forgotten": 0}
    for each in again:
        if (each.what, each.id) in done or _mark_now(c, each) != each.mark:
            continue
        _APPLY[each.what](c, each.id, now)
        done.add((each.what, each.id))
        number[each.what] += 1
    if number["case"]:
        for (team_id,) in c.execute(select(team.c.id)).all():
            erasing.empty_settled(c, team_id, now)
    return Applied(cases=number["case"], people=number["left"] + number["forgotten"])


_APPLY: Final[dict[What, Callable[[Connection, int, datetime], None]]] = {
    "case": history.erase_case,
    "left": people.leave,
    "forgotten": people.forget,
}


def _cases(c: Connection) -> Iterator[Erasure]:
    query = select(kase.c.id, kase.c.opened_at, kase.c.erased_at, team.c.secret)
    query = query.join_from(kase, team, team.c.id == kase.c.team_id)
    for row in c.execute(query.where(kase.c.erased_at.is_not(None)).order_by(kase.c.id)):
        mark = _mark(c, row.secret, "case", row.id, row.opened_at)
        yield Erasure(what="case", id=row.id, mark=mark, at=row.erased_at)


def _people(c: Connection) -> Iterator[Erasure]:
    query = select(
        person.c.id, person.c.user_id, person.c.created_at, person.c.left_at, team.c.secret
    ).join_from(person, team, team.c.id == person.c.team_id)
    for row in c.execute(query.where(person.c.state == "left").order_by(person.c.id)):
        mark = _mark(c, row.secret, "person", row.id, row.created_at)
        what: What = "left" if row.user_id is not None else "forgotten"
        yield Erasure(what=what, id=row.id, mark=mark, at=row.left_at)


def _mark_now(c: Connection, each: Erasure) -> str | None:
    """Return the mark of the row that has this number now, None when there is none."""
    of_case = each.what == "case"
    table, began = (kase, kase.c.opened_at) if of_case else (person, person.c.created_at)
    query = select(table.c.id, began.label("began"), team.c.secret)
    query = query.join_from(table, team, team.c.id == table.c.team_id)
    row = c.execute(query.where(table.c.id == each.id)).first()
    if row is None:
        return None
    return _mark(c, row.secret, "case" if of_case else "person", row.id, row.began)


def _mark(c: Connection, secret: bytes, kind: str, number: int, began: datetime) -> str:
    content = f"{kind}:{number}:{to_number(began)}".encode()
    return room_of(c).keys.mac(secret, "erasure", content)[:16].hex()


def _line(each: Erasure) -> bytes:
    said = {"what": each.what, "id": each.id, "mark": each.mark, "at": to_number(each.at)}
    return canonical(said).encode() + b"\n"


def _erasure(line: bytes) -> Erasure | None:
    try:
        said: dict[str, Any] = json.loads(line)
        if said["what"] not in _APPLY:
            return None
        return Erasure(
            what=said["what"],
            id=int(said["id"]),
            mark=str(said["mark"]),
            at=to_moment(said["at"]),
        )
    except (ValueError, TypeError, KeyError):
        return None

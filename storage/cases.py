"""Cases: where each stands now (a fold of its history), who works on it, and its reference."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, or_, select, update

from scheduler.case import Case, State
from storage import codec
from storage.chain import START
from storage.chain import head as chain_head
from storage.columns import room_of
from storage.errors import NotFound, Stale
from storage.keys import new_key
from storage.rows import fields, insert_row
from storage.tables import case_person, kase, prompt
from storage.teams import secret_of

CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REF_LENGTH: Final = 6
"""30 random bits; guessing is stopped by the lock-out (S21), not by length."""
REF_TRIES_MAX: Final = 20
_LOOK_ALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """What is stored about a case beside its state. `version` counts the times it was saved."""

    id: int
    team_id: int
    ref: str
    procedure_id: int
    state: str
    worker_id: int | None
    version: int
    opened_at: datetime
    closed_at: datetime | None
    erased_at: datetime | None


class StoredCase(NamedTuple):
    """A case as stored: its row, and the state of the rules."""

    row: CaseRow
    case: Case


_ROW: Final = (
    kase.c.id,
    kase.c.team_id,
    kase.c.ref,
    kase.c.procedure_id,
    kase.c.state,
    kase.c.worker_id,
    kase.c.version,
    kase.c.opened_at,
    kase.c.closed_at,
    kase.c.erased_at,
)
_STORED: Final = select(*_ROW, kase.c.snapshot).where(kase.c.version > 0)
_BY_ID: Final = _STORED.where(kase.c.id == bindparam("row"))
_BY_REF: Final = select(*_ROW).where(
    kase.c.team_id == bindparam("team"), kase.c.ref == bindparam("ref")
)


def new_ref(c: Connection, team_id: int) -> str:
    """Return a random reference that no case of the team has: `K7QM-4T` (Crockford base32)."""
    for _ in range(REF_TRIES_MAX):
        raw = int.from_bytes(room_of(c).randomness(4), "big")
        letters = "".join(CROCKFORD[(raw >> 5 * place) & 31] for place in range(REF_LENGTH))
        ref = f"{letters[:4]}-{letters[4:]}"
        if c.execute(_BY_REF, {"team": team_id, "ref": ref}).first() is None:
            return ref
    raise AssertionError("no free reference: is the randomness random?")


def fold_ref(typed: str) -> str | None:
    """Return the reference that a person typed as it is stored (`k7qm4t`, O for 0, I for 1).

    None when it cannot be one (bad_inputs 23 and 24).
    """
    if len(typed) > 4 * REF_LENGTH:
        return None
    letters = typed.strip().upper().translate(_LOOK_ALIKE)
    if len(letters) != REF_LENGTH or not set(letters) <= set(CROCKFORD):
        return None
    return f"{letters[:4]}-{letters[4:]}"


def new_case(
    c: Connection, team_id: int, ref: str, procedure_version_id: int, now: datetime
) -> int:
    """Return the number of a new case with its own key; its state comes with the first `save`."""
    room = room_of(c)
    values = {
        "team_id": team_id,
        "ref": ref,
        "procedure_id": procedure_version_id,
        "state": State.NEW.value,
        "data_key": room.keys.wrap(new_key(room.randomness)),
        "chain_head": chain_head(room.keys, secret_of(c, team_id), START, 0),
        "opened_at": now,
    }
    return insert_row(c, insert(kase), values)


def load(c: Connection, case_id: int) -> StoredCase:
    """Return the case's row and state; raises `NotFound` when there is none, or no state yet."""
    row = c.execute(_BY_ID, {"row": case_id}).first()
    if row is None:
        raise NotFound(f"case {case_id}")
    return _stored(row)


_SAVE: Final = (
    update(kase)
    .where(kase.c.id == bindparam("row"), kase.c.version == bindparam("expected"))
    .values(
        snapshot=bindparam("snapshot_"),
        version=bindparam("version_"),
        state=bindparam("state_"),
        worker_id=bindparam("worker_"),
        closed_at=bindparam("closed_"),
    )
)
_ON_IT: Final = select(case_person.c.person_id).where(
    case_person.c.case_id == bindparam("row"), case_person.c.part == "worker"
)


def save(c: Connection, case_id: int, case: Case, expected_version: int) -> int:
    """Store the case's state and return its new version; a new case is at version 0.

    Who works on it (its worker, whom a step was handed to, whom it was asked) is kept beside it,
    for the claim of messages (P7). Raises `Stale` when another saved it since `expected_version`.
    """
    values = {
        "row": case_id,
        "expected": expected_version,
        "snapshot_": codec.dumps(case),
        "version_": expected_version + 1,
        "state_": case.state.value,
        "worker_": case.worker,
        "closed_": case.closed_at,
    }
    if not c.execute(_SAVE, values).rowcount:
        raise Stale(f"case {case_id}")
    wanted = {step.holder for step in case.steps.values()} | {case.worker}
    wanted |= {person for step in case.steps.values() for person in step.asked_to}
    _set_people(c, case_id, {person for person in wanted if person is not None})
    return expected_version + 1


def case_by_ref(c: Connection, team_id: int, ref: str) -> CaseRow | None:
    """Return the team's case of that reference, however typed; always at one look-up's cost."""
    row = c.execute(_BY_REF, {"team": team_id, "ref": fold_ref(ref) or ""}).first()
    return CaseRow(**fields(row)) if row else None


def case_or_another(c: Connection, team_id: int, ref: str) -> CaseRow | None:
    """Return the case of that reference, else the team's newest: in one look-up (S21).

    Whoever then reads on has read as much for a reference that there is as for one that there is
    not. None while the team has no case at all.
    """
    folded = fold_ref(ref) or ""
    newest = select(func.max(kase.c.id)).where(kase.c.team_id == team_id).scalar_subquery()
    is_either = or_(kase.c.ref == folded, kase.c.id == newest)
    query = select(*_ROW).where(kase.c.team_id == team_id, is_either)
    row = c.execute(query.order_by((kase.c.ref == folded).desc()).limit(1)).first()
    return CaseRow(**fields(row)) if row else None


def open_cases(c: Connection, team_id: int, limit: int | None = None) -> tuple[StoredCase, ...]:
    """Return the cases that are new or open, the oldest first, at most `limit`."""
    states = (State.NEW.value, State.OPEN.value)
    query = _STORED.where(kase.c.team_id == team_id, kase.c.state.in_(states))
    return _all(c, query.limit(limit) if limit is not None else query)


def all_cases(c: Connection, team_id: int) -> tuple[StoredCase, ...]:
    """Return every case, also closed and erased ones, the oldest first (figures, export)."""
    return _all(c, _STORED.where(kase.c.team_id == team_id))


def all_numbers(c: Connection) -> tuple[tuple[int, str], ...]:
    """Return number and reference of every case of every team that has a state, by number."""
    query = select(kase.c.id, kase.c.ref).where(kase.c.version > 0).order_by(kase.c.id)
    return tuple((row.id, row.ref) for row in c.execute(query))


def cases_of(c: Connection, person_id: int) -> tuple[StoredCase, ...]:
    """Return the open cases that this person works on, or has a step of, the oldest first."""
    return _all(c, _with(person_id, "worker").where(kase.c.state != State.CLOSED.value))


def checks_of(c: Connection, person_id: int) -> tuple[StoredCase, ...]:
    """Return the closed cases that this person worked on last, the oldest first."""
    return _all(c, _with(person_id, "worker").where(kase.c.state == State.CLOSED.value))


def asked_though_closed(c: Connection, team_id: int) -> tuple[StoredCase, ...]:
    """Return the closed cases with a question still open (the check months later)."""
    asked = select(prompt.c.id).where(prompt.c.case_id == kase.c.id, prompt.c.state == "open")
    closed = kase.c.state == State.CLOSED.value
    return _all(c, _STORED.where(kase.c.team_id == team_id, closed, asked.exists()))


_LOAD: Final = select(func.count()).where(
    kase.c.worker_id == bindparam("person"), kase.c.state == State.OPEN.value
)


def load_of(c: Connection, person_id: int) -> int:
    """Return how many open cases have this person as their worker."""
    count: int = c.execute(_LOAD, {"person": person_id}).scalar_one()
    return count


def cases_reported_by(c: Connection, person_id: int) -> tuple[StoredCase, ...]:
    """Return the cases that this person reported, open or closed, the oldest first."""
    return _all(c, _with(person_id, "reporter"))


def put_reporter(c: Connection, case_id: int, person_id: int) -> None:
    """This person reported the case (there may be several); no error when that is known."""
    here = select(case_person.c.case_id).where(
        case_person.c.case_id == case_id,
        case_person.c.person_id == person_id,
        case_person.c.part == "reporter",
    )
    if c.execute(here).first() is None:
        _put_people(c, case_id, [person_id], "reporter")


_REPORTERS: Final = (
    select(case_person.c.person_id)
    .where(case_person.c.case_id == bindparam("case"), case_person.c.part == "reporter")
    .order_by(case_person.c.person_id)
)


def reporters(c: Connection, case_id: int) -> tuple[int, ...]:
    """Return the persons who reported the case."""
    return tuple(c.execute(_REPORTERS, {"case": case_id}).scalars())


def to_erase(c: Connection, team_id: int, closed_before: datetime) -> tuple[CaseRow, ...]:
    """Return the cases closed before then that still hold personal values, the oldest first."""
    query = select(*_ROW).where(
        kase.c.team_id == team_id,
        kase.c.state == State.CLOSED.value,
        kase.c.closed_at < closed_before,
        kase.c.erased_at.is_(None),
    )
    return tuple(CaseRow(**fields(row)) for row in c.execute(query.order_by(kase.c.id)))


def erased(c: Connection, team_id: int) -> tuple[CaseRow, ...]:
    """Return the erased cases: the list to apply again after restoring an older backup (S24)."""
    query = select(*_ROW).where(kase.c.team_id == team_id, kase.c.erased_at.is_not(None))
    return tuple(CaseRow(**fields(row)) for row in c.execute(query.order_by(kase.c.id)))


def _set_people(c: Connection, case_id: int, wanted: Collection[int]) -> None:
    known = set(c.execute(_ON_IT, {"row": case_id}).scalars())
    gone = known.difference(wanted)
    if gone:
        c.execute(
            delete(case_person).where(
                case_person.c.case_id == case_id,
                case_person.c.part == "worker",
                case_person.c.person_id.in_(gone),
            )
        )
    if new := sorted(set(wanted) - known):
        _put_people(c, case_id, new, "worker")


def _put_people(c: Connection, case_id: int, people: Collection[int], part: str) -> None:
    team = select(kase.c.team_id).where(kase.c.id == case_id).scalar_subquery()
    team_id = c.scalar(select(team))
    c.execute(
        insert(case_person),
        [
            {"case_id": case_id, "person_id": person, "part": part, "team_id": team_id}
            for person in people
        ],
    )


def _with(person_id: int, part: str) -> Select[Any]:
    return _STORED.join(case_person, case_person.c.case_id == kase.c.id).where(
        case_person.c.person_id == person_id, case_person.c.part == part
    )


def _all(c: Connection, query: Select[Any]) -> tuple[StoredCase, ...]:
    return tuple(_stored(row) for row in c.execute(query.order_by(kase.c.id)))


def _stored(row: Any) -> StoredCase:
    values = fields(row)
    case: Case = codec.loads(Case, values.pop("snapshot"))
    return StoredCase(CaseRow(**values), case)

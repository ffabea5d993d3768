"""Looks a whole database through: is it as it was written? Changes nothing and mends nothing.

What is wrong is said by number and code, never by what a person wrote. That the state of a case is
the replay of its history is looked at in `bot.verify`: this room does not know the rules' mind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Select, func, select, text

from scheduler.case import Case, State
from storage import access, codec, history, teams
from storage.dump import Told
from storage.errors import CodecError
from storage.tables import due, kase, metadata, personal, prompt, visit

SHOWN_MAX: Final = 100
"""Rows of one kind that are named one by one; a thousand more say nothing more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was found.

    `check`: schema, file, history, access, orphan, state. `where`: a table, or a case by its
    number; `code` says what. `wrong` False: worth a look, and perhaps as it should be.
    """

    check: str
    where: str
    code: str
    wrong: bool = True


def verify(c: Connection, told: Told) -> tuple[Finding, ...]:
    """Return everything that was found; `told` hears what is looked at next.

    Works through all rows: 100,000 events take some twenty seconds, on PostgreSQL a minute. On one
    snapshot, beside the running bot.
    """
    found: list[Finding] = []
    for name, check in CHECKS.items():
        told(name)
        found += check(c)
    return tuple(found)


def _schema(c: Connection) -> Iterator[Finding]:
    """Give each difference between the schema that is there and the sum of the migrations."""
    context = MigrationContext.configure(c, opts={"include_name": _is_ours})
    for difference in compare_metadata(context, metadata):
        # several changes of one column come as a list
        one = difference[0] if isinstance(difference, list) else difference
        yield Finding(check="schema", where=_place_of(one), code=str(one[0]))


def _is_ours(name: str | None, kind: str, parents: Any) -> bool:
    return kind != "table" or name in metadata.tables


def _place_of(difference: tuple[Any, ...]) -> str:
    """Return table and name of (what, table, index or key) or (what, schema, table, column, …)."""
    subject = difference[1]
    if subject is None or isinstance(subject, str):
        column = difference[3]
        return f"{difference[2]}.{getattr(column, 'name', column)}"
    table = getattr(subject, "table", None)
    return str(subject.name) if table is None else f"{table.name}.{subject.name}"


def _file(c: Connection) -> Iterator[Finding]:
    """Give what SQLite finds wrong with its own file; PostgreSQL looks after its files itself."""
    if c.dialect.name == "sqlite":
        for row in c.execute(text(f"PRAGMA integrity_check({SHOWN_MAX})")):
            if row[0] != "ok":
                yield Finding(check="file", where="the database file", code=str(row[0]))


def _history(c: Connection) -> Iterator[Finding]:
    refs = _refs(c)
    for team in teams.teams(c):
        for problem in history.verify(c, team.id):
            event = "" if problem.seq is None else f" event {problem.seq}"
            where = f"case {refs.get(problem.case_id, '?')}{event}"
            yield Finding(check="history", where=where, code=problem.code)


def _access(c: Connection) -> Iterator[Finding]:
    for team in teams.teams(c):
        for seq in access.verify_access(c, team.id):
            where = f"team {team.id}" if seq == 0 else f"team {team.id} line {seq}"
            code = "end" if seq == 0 else "changed"
            yield Finding(check="access", where=where, code=code)


def _orphans(c: Connection) -> Iterator[Finding]:
    """Give the rows that point at rows which are not there."""
    for table in metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda each: each.parent.name):
            target = key.column.table.alias("target")
            there = select(target.c[key.column.name]).where(
                target.c[key.column.name] == key.parent
            )
            lost = select(func.count()).where(key.parent.is_not(None), ~there.exists())
            yield from _counted(c, lost, f"{table.name}.{key.parent.name}")
    said = select(personal.c.id).where(
        personal.c.id == visit.c.with_ref, personal.c.case_id == visit.c.case_id
    )
    lost = select(func.count()).where(visit.c.with_ref.is_not(None), ~said.exists())
    yield from _counted(c, lost, "visit.with_ref")
    erased = (kase.c.erased_at.is_not(None),)
    for table in (due, prompt):
        kept = select(func.count()).select_from(table).join(kase, kase.c.id == table.c.case_id)
        if table is prompt:
            kept = kept.where(prompt.c.state == "open")
        yield from _counted(c, kept.where(*erased), f"{table.name} of erased cases")


def _counted(c: Connection, query: Select[int], where: str) -> Iterator[Finding]:
    number = c.execute(query).scalar_one()
    if number:
        yield Finding(check="orphan", where=where, code=f"rows: {number}")


def _states(c: Connection) -> Iterator[Finding]:
    """Give the cases whose row, state and due moments do not belong together."""
    dues = set(c.scalars(select(due.c.case_id).where(due.c.case_id.is_not(None))))
    query = select(
        kase.c.id, kase.c.ref, kase.c.state, kase.c.worker_id, kase.c.closed_at, kase.c.snapshot
    ).where(kase.c.version > 0)
    for row in c.execute(query.order_by(kase.c.id)):
        where = f"case {row.ref}"
        try:
            case: Case = codec.loads(Case, row.snapshot)
        except (CodecError, TypeError):
            yield Finding(check="state", where=where, code="unreadable")
            continue
        if (row.state, row.worker_id, row.closed_at) != (case.state, case.worker, case.closed_at):
            yield Finding(check="state", where=where, code="row differs from state")
        has_next = bool(case.steps or case.coming or case.notices)
        if case.state is State.CLOSED and not has_next and row.id in dues:
            yield Finding(check="state", where=where, code="closed, and has a due moment")
        if case.state is State.OPEN and not (case.steps or case.coming):
            yield Finding(check="state", where=where, code="open without a step", wrong=False)
        elif case.state is State.OPEN and row.id not in dues:
            code = "open without a due moment"
            yield Finding(check="state", where=where, code=code, wrong=False)


def _refs(c: Connection) -> dict[int, str]:
    return {row.id: row.ref for row in c.execute(select(kase.c.id, kase.c.ref))}


CHECKS: Final[dict[str, Callable[[Connection], Iterator[Finding]]]] = {
    "schema": _schema,
    "file": _file,
    "histories": _history,
    "access log": _access,
    "orphans": _orphans,
    "states": _states,
}
"""What is looked at, in order: what is wrong with the file explains what follows."""

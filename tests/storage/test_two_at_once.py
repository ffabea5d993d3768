"""Two units on two connections of PostgreSQL at the same moment."""

from __future__ import annotations

import asyncio
from functools import partial

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from scheduler.decision import WorkerSet
from storage import dues, history, teams
from storage.dues import DueRow
from tests.storage.conftest import NOW, Store
from tests.storage.test_leases import _sleeping
from tests.storage.test_outbox import put_case

SET = WorkerSet(worker=None, why="left", by=None)


def test_two_units_that_write_to_one_case_come_one_after_the_other(
    postgresql_store: Store,
) -> None:
    """P6, row 48: the second waits for the first, is run again on what it wrote, and its event
    stands behind that one's; nobody's press is a failure."""
    store = postgresql_store
    team_id = store.write(teams.put_team, "two at once", {}, NOW)
    case_id = put_case(store, team_id)
    runs: list[str] = []

    def first(c: Connection) -> int:
        number = history.append(c, case_id, [SET], None, NOW)
        c.execute(text("SELECT pg_sleep(0.3)"))
        return number

    def second(c: Connection) -> int:
        runs.append("second")
        return history.append(c, case_id, [SET], None, NOW)

    async def both() -> tuple[int, int]:
        one = asyncio.ensure_future(store.database.write(first))
        while not await store.database.read(_sleeping):
            assert not one.done()
        other = await store.database.write(second)
        return await one, other

    assert store.run(both()) == (1, 2)
    assert runs == ["second", "second"]
    assert len(store.read(history.events, case_id)) == 2


def test_two_processes_that_start_at_once_make_one_team(postgresql_store: Store) -> None:
    """P15: neither breaks over the other's first row."""
    store = postgresql_store

    def unit(c: Connection) -> int:
        number = teams.put_team(c, "first of all", {}, NOW)
        c.execute(text("SELECT pg_sleep(0.1)"))
        return number

    async def all_at_once() -> list[int]:
        return await asyncio.gather(*(store.database.write(unit) for _ in range(4)))

    assert len(set(store.run(all_at_once()))) == 1


def test_two_units_that_wrote_for_a_team_and_then_lock_it_wait_for_each_other(
    postgresql_store: Store,
) -> None:
    """P1: rows that name a team hold its row a little; that must not keep a lock of it from the
    other: two reports at once would end each other again and again."""
    store = postgresql_store
    team_id = store.write(teams.put_team, "locked", {}, NOW)
    runs: list[str] = []

    def unit(c: Connection, key: str) -> None:
        runs.append(key)
        teams.set_flag(c, team_id, key, 1, NOW)
        c.execute(text("SELECT pg_sleep(0.2)"))
        teams.lock(c, team_id)

    async def both() -> None:
        units = (partial(unit, key="a"), partial(unit, key="b"))
        await asyncio.gather(*map(store.database.write, units))

    store.run(both())
    assert sorted(runs) == ["a", "b"]


def test_two_units_that_named_a_case_and_then_write_to_it_wait_for_each_other(
    postgresql_store: Store,
) -> None:
    """P6: the same of a case: a moment of it, and then an event."""
    store = postgresql_store
    team_id = store.write(teams.put_team, "named", {}, NOW)
    case_id = put_case(store, team_id)
    failed: list[str] = []

    def unit(c: Connection, kind: str) -> int:
        dues.sync(c, team_id, case_id, [DueRow(key=kind, due_at=NOW)])
        c.execute(text("SELECT pg_sleep(0.2)"))
        try:
            return history.append(c, case_id, [SET], None, NOW)
        except DBAPIError as error:
            failed.append(type(error).__name__)
            raise

    async def both() -> list[int]:
        units = (partial(unit, kind="a"), partial(unit, kind="b"))
        return await asyncio.gather(*map(store.database.write, units))

    assert sorted(store.run(both())) == [1, 2]
    assert failed == []

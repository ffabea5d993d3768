"""Two units on two connections of PostgreSQL at the same moment."""

from __future__ import annotations

import asyncio

from sqlalchemy import Connection, text

from scheduler.decision import WorkerSet
from storage import history, teams
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

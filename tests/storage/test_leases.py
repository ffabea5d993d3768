from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import Connection, text

from storage import leases, teams
from tests.storage.conftest import NOW, Store

TERM = timedelta(seconds=15)
SECOND = timedelta(seconds=1)


def take(store: Store, team_id: int, holder: str, after_s: int = 0) -> int | None:
    now = NOW + after_s * SECOND
    return store.write(leases.take, team_id, "leader", holder, now, now + TERM)


def test_one_holds_it_until_it_is_over(store: Store, team_id: int) -> None:
    """Two instances cannot both act: the second gets it when the first did not renew (P15)."""
    assert store.read(leases.lease_of, team_id, "leader") is None
    assert take(store, team_id, "a") == 1
    assert take(store, team_id, "b", 14) is None
    assert store.write(leases.renew, team_id, "leader", 1, NOW + 29 * SECOND)
    assert take(store, team_id, "b", 28) is None
    assert take(store, team_id, "b", 29) == 2
    held = store.read(leases.lease_of, team_id, "leader")
    assert held == leases.Lease(holder="b", epoch=2, until=NOW + 44 * SECOND)


def test_a_frozen_process_claims_nothing_when_it_wakes(store: Store, team_id: int) -> None:
    """An old epoch neither holds nor renews, whoever has it (P15)."""
    assert take(store, team_id, "a") == 1
    assert store.write(leases.holds, team_id, "leader", 1)
    assert take(store, team_id, "b", 15) == 2
    assert not store.write(leases.holds, team_id, "leader", 1)
    assert not store.write(leases.renew, team_id, "leader", 1, NOW + 99 * SECOND)
    store.write(leases.release, team_id, "leader", 1, NOW + 15 * SECOND)
    assert store.write(leases.holds, team_id, "leader", 2)


def test_a_lease_that_ran_out_is_renewed_while_nobody_took_it(store: Store, team_id: int) -> None:
    """The database was away for longer than the lease: the bot goes on by itself."""
    assert take(store, team_id, "a") == 1
    assert store.write(leases.renew, team_id, "leader", 1, NOW + 60 * SECOND)
    assert take(store, team_id, "b", 59) is None


def test_a_lease_written_by_a_clock_that_ran_ahead_keeps_nobody_out(
    store: Store, team_id: int
) -> None:
    """The clock stood a month ahead, the process crashed, the clock was set right (P12)."""
    assert take(store, team_id, "a", 30 * 86_400) == 1
    assert take(store, team_id, "b") == 2
    assert not store.write(leases.renew, team_id, "leader", 1, NOW + 60 * SECOND)


def test_a_clean_end_hands_over_at_once(store: Store, team_id: int) -> None:
    """A released lease is free in the same moment."""
    assert take(store, team_id, "a") == 1
    store.write(leases.release, team_id, "leader", 1, NOW + SECOND)
    assert take(store, team_id, "b", 1) == 2


def test_of_many_that_start_at_once_one_holds_it(store: Store, team_id: int) -> None:
    """Four instances start in the same moment: exactly one is active (P15)."""

    async def all_at_once() -> list[int | None]:
        units = [
            (lambda c, n=n: leases.take(c, team_id, "leader", f"p{n}", NOW, NOW + TERM))
            for n in range(4)
        ]
        return await asyncio.gather(*map(store.database.write, units))

    outcomes = store.run(all_at_once())
    assert sorted(outcomes, key=str) == [1, None, None, None]


def test_nobody_takes_over_while_a_claim_is_being_committed(
    postgresql_store: Store,
) -> None:
    """The claim that saw its epoch commits before the next leader's take (P15)."""
    store = postgresql_store
    team_id = store.write(teams.put_team, "frozen", {}, NOW)
    order: list[str] = []

    def claim(c: Connection) -> None:
        assert leases.holds(c, team_id, "leader", 1)
        c.execute(text("SELECT pg_sleep(0.2)"))
        order.append("claimed")

    def take_over(c: Connection) -> None:
        late = NOW + 60 * SECOND
        assert leases.take(c, team_id, "leader", "b", late, late + TERM) == 2
        order.append("taken")

    async def both() -> None:
        first = asyncio.ensure_future(store.database.write(claim))
        while not await store.database.read(_sleeping):
            assert not first.done()
        await store.database.write(take_over)
        await first

    assert take(store, team_id, "a") == 1
    store.run(both())
    assert order == ["claimed", "taken"]


def _sleeping(c: Connection) -> bool:
    query = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
    return bool(c.execute(query).scalar())

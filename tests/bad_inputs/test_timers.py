"""Moments that fall due in thousands, late, or just after they were needed (row 86; P4, P7)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from storage import dues, people
from storage.dues import DueRow
from tests.world import World

MANY = 10_000
BATCH = 500
CLOSES = datetime(2027, 9, 13, 15, tzinfo=UTC)
"""17:00 in Ravels: the call of the first day is due."""
A_MOMENT = timedelta(milliseconds=1)


async def test_ten_thousand_at_once(world: World) -> None:
    """Row 86: ten thousand moments of one second: each is claimed once, the oldest first."""
    await world.reported()
    case_id = (await world.case()).row.id
    rows = [DueRow(key=f"k{n}", due_at=world.now - timedelta(seconds=n % 7)) for n in range(MANY)]
    sync = partial(dues.sync, team_id=world.team_id, case_id=case_id, wanted=rows)
    await world.database.write(sync)
    seen: list[dues.Due] = []

    def claim(c: object) -> int:
        found = dues.claim(c, world.team_id, world.now, BATCH)  # type: ignore[arg-type]
        for due in found:
            dues.remove(c, due.id)  # type: ignore[arg-type]
        seen.extend(due for due in found if due.case_id is not None)
        return len(found)

    while await world.database.write(claim):
        pass
    assert len(seen) == len({due.key for due in seen}) == MANY
    assert [due.due_at for due in seen] == sorted(due.due_at for due in seen)


async def test_a_step_that_was_closed_just_before(world: World) -> None:
    """Row 86: answered a thousandth of a second before it is late: nobody is alerted."""
    await world.assigned()
    await world.time_passes(to=CLOSES - A_MOMENT)
    await world.presses("An", "Niet gesproken")
    before = world.count("Carla")
    await world.time_passes(to=CLOSES + timedelta(minutes=1))
    assert world.count("Carla") == before


async def test_a_person_who_was_removed_just_before(world: World) -> None:
    """Row 86, P7: who left a thousandth of a second before is sent nothing more."""
    await world.assigned()
    await world.time_passes(to=CLOSES - A_MOMENT)
    await world.write(people.leave, person_id=world.ids["An"], now=world.now)
    before = world.count("An")
    await world.time_passes(by=timedelta(days=2))
    assert world.count("An") == before


async def test_a_chat_that_is_gone(world: World) -> None:
    """Row 86: what falls due for a chat that is closed is told to the coordinator."""
    await world.assigned()
    world.phone.closed.add(world.user("An"))
    await world.time_passes(by=timedelta(days=1))
    assert "An" in world.reads("Carla")
    assert (await world.outbox()).get("failed")

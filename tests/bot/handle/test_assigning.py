"""Where the team lets a rule choose the worker: never an absent one, never in a crisis."""

from __future__ import annotations

from datetime import date

import pytest

from storage import people
from storage.database import Database
from tests.world import TEAM, World

CRISIS = (
    "Huurachterstal van Leo Mertens, Molenstraat 3, 2382 Ravels, 0472 11 22 33. "
    "De uithuiszetting is op 15 september 2027."
)


def household(n: int) -> str:
    """Return a report on a household of its own."""
    name = ("Piet Claes", "Els Maes", "Tom Wouters", "Rik Baert", "Ann Smets", "Jo Goos")[n - 1]
    return f"Huurachterstal van {name}, Kerkstraat {n}, 2382 Ravels, 0471 22 33 4{n}."


async def team(database: Database, rule: str) -> World:
    """Return a team that assigns by a rule."""
    return await World.open(database, team=TEAM.replace("claim", rule))


async def workers(world: World) -> list[int | None]:
    """Return each case's worker, in order of reporting."""
    return [stored.case.worker for stored in await world.cases()]


@pytest.mark.parametrize("rule", ["least_loaded", "round_robin"])
async def test_cases_are_shared_out(database: Database, rule: str) -> None:
    """Design 3: least loaded, or each in turn; the coordinator is told to whom it went."""
    world = await team(database, rule)
    for n in range(1, 5):
        await world.reported(f"Rita{n}", household(n))
    an, bram = world.ids["An"], world.ids["Bram"]
    assert await workers(world) == [an, bram, an, bram]
    assert world.reads("Carla").count("is toegewezen aan An") == 2
    assert "Bel" in world.reads("An")


async def test_never_an_absent_one(database: Database) -> None:
    """Design 3: who is on leave gets no new case."""
    world = await team(database, "least_loaded")
    day = date(2027, 9, 13)
    await world.write(
        people.put_absence,
        person_id=world.ids["An"],
        from_on=day,
        to_on=day,
        stand_in=None,
        accepted=True,
        now=world.now,
    )
    await world.reported("Rita1", household(1))
    await world.reported("Rita2", household(2))
    assert await workers(world) == [world.ids["Bram"], world.ids["Bram"]]


async def test_in_a_crisis_the_coordinator_chooses(database: Database) -> None:
    """Design 6, "Crisis: always the coordinator"."""
    world = await team(database, "least_loaded")
    await world.reported("Rita1", CRISIS)
    assert await workers(world) == [None]
    assert "CRISIS" in world.reads("Carla")

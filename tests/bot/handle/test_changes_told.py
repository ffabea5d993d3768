"""What a coordinator changed of a case is told to its worker when the coordinator wants it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.screen import Verb
from tests.world import World

EVENING = datetime(2027, 9, 13, 17, 30, tzinfo=UTC)
MORNING = datetime(2027, 9, 14, 7, 0, tzinfo=UTC)
CRISIS = "Dit dossier is nu in crisis."


async def changes(
    world: World, fact: str, *said: str, phase: str | None = None, name: str = "Carla"
) -> None:
    """Change a fact of the case as a coordinator does, without a reason."""
    await world.says(name, f"/case {(await world.case()).row.ref}")
    await world.presses(name, Verb.MORE)
    await world.presses(name, Verb.CHANGE, arg=None)
    await world.presses(name, Verb.CHANGE, arg=fact)
    for text in said:
        await world.says(name, text)
    if phase is not None:
        await world.presses(name, Verb.PICK, arg=phase)
    await world.presses(name, Verb.SKIP)


async def test_a_crisis_is_told_at_once_at_any_hour(world: World) -> None:
    """§1.2: what the coordinator's own act is for in a crisis reaches the worker at any hour;
    and marked as every message of a crisis."""
    await world.assigned()
    await world.time_passes(to=EVENING)
    before = world.count("An")
    await changes(world, "crisis")
    assert world.count("An") == before
    await world.presses("Carla", "Zeg het An nu")
    assert CRISIS in world.last("An")
    assert "CRISIS" in world.last("An").upper().split(CRISIS.upper(), maxsplit=1)[0]
    assert "Gezegd aan An" in world.last("Carla")


async def test_another_date_waits_for_the_opening(world: World) -> None:
    """§1.2: without a crisis a worker reads it in opening hours; the coordinator reads when."""
    await world.assigned()
    await world.time_passes(to=EVENING)
    await changes(world, "hearing", "do 14 okt 2027 9:00")
    before = world.count("An")
    await world.presses("Carla", "Zeg het An nu")
    assert world.count("An") == before
    assert "An leest het morgen 09:00" in world.last("Carla")
    await world.time_passes(to=MORNING)
    assert "De zitting is nu do 14 okt 09:00." in world.reads("An")


@pytest.mark.parametrize("times", [1, 2])
async def test_it_is_told_once(world: World, times: int) -> None:
    """P2: the button pressed twice in one batch tells once; a later change is told anew."""
    await world.assigned()
    await changes(world, "phase", phase="phase_2")
    message_id, callback = await world.button(world.user("Carla"), Verb.TELL)
    presses = [world.pressed("Carla", callback, message_id=message_id) for _ in range(times)]
    await world.stores(*presses)
    await world.settles()
    assert world.reads("An").count("De fase is nu 2 · procedure gestart.") == 1
    kinds = await world.kinds()
    assert kinds.count("ChangeTold") == 1


async def test_a_worker_is_not_offered_to_tell_themselves(world: World) -> None:
    """Only who is not on the case themselves has somebody to tell."""
    await world.assigned()
    await changes(world, "hearing", "do 14 okt 2027 9:00", name="An")
    assert "Zeg het" not in str([shown.labels for shown in world.chat("An")])

"""Who looked at a case: told to coordinators alone, in private, and without a name of a client."""

from __future__ import annotations

from bot.screen import Verb
from storage import access
from tests.world import CHANNEL, PERSONAL, World, database, empty_file, file_url, world

__all__ = ["database", "empty_file", "file_url", "world"]


async def test_who_saw_and_exported_what_and_when(world: World) -> None:
    """Each look by name and moment, the latest first; the client is named nowhere."""
    ref = await world.assigned()
    await world.presses("An", Verb.DETAILS)
    await world.says("Bram", f"/case {ref}")
    await world.says("Carla", f"/wiezag {ref}")
    assert "ma 13 sep 10:20 · An · zag de gegevens" in world.last("Carla")
    assert "Bram" not in world.last("Carla")  # a typed reference that is none of his names none
    assert not any(word in world.last("Carla") for word in PERSONAL if word != "M.V.")


async def test_a_long_log_has_pages(world: World) -> None:
    """Twelve lines a page, in the place of the one before."""
    ref = await world.assigned()
    case_id = (await world.case()).row.id
    for _ in range(30):
        await world.write(
            access.log, team_id=world.team_id, person_id=world.ids["An"], what="details",
            case_id=case_id, now=world.now,
        )  # fmt: skip
    await world.says("Carla", f"/who_saw {ref}")
    assert world.last("Carla").count("zag de gegevens") == 12
    count = world.count("Carla")
    await world.presses("Carla", Verb.WHO_SAW, page=1)
    await world.presses("Carla", Verb.WHO_SAW, page=2)
    assert world.last("Carla").count("zag de gegevens") == 6
    assert world.count("Carla") == count


async def test_nobody_else_is_told(world: World) -> None:
    """The worker of the case hears what everybody hears of no case at all; a group hears nothing
    of it."""
    await world.has_channel()
    ref = await world.assigned()
    await world.says("An", f"/who_saw {ref}")
    refusal = world.last("An")
    await world.says("An", "/who_saw ZZZZ-ZZ")
    assert world.last("An") == refusal
    before = world.reads(CHANNEL)
    await world.says_in(CHANNEL, "Carla", f"/who_saw {ref}")
    after = world.reads(CHANNEL).removeprefix(before)
    assert "zag" not in after and "Carla" not in after

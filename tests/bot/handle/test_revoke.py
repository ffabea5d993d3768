"""A coordinator ends somebody's rights by one command."""

from __future__ import annotations

from bot.screen import Verb
from bot.texts import plain
from tests.world import World

REFUSED = plain("nl-BE", "refused")


async def test_rights_end_by_one_command(world: World) -> None:
    """S9: /revoke with a name asks once, then all is as when somebody leaves; else the team."""
    await world.assigned()
    await world.says("Carla", "/revoke an")
    await world.presses("Carla", Verb.PICK, arg="yes")
    assert (await world.case()).case.worker is None
    await world.says("An", "/cases")
    assert world.last("An") == REFUSED
    for typed in ("/revoke", "/revoke Piet", "/intrekken"):
        await world.says("Carla", typed)
        assert "Bram" in world.last("Carla")
    await world.says("Bram", "/revoke Carla")
    assert world.last("Bram") == REFUSED

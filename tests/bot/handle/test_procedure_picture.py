"""The procedure's picture, asked for in the chat."""

from __future__ import annotations

from tests.world import World

PNG = b"\x89PNG"


async def test_a_worker_sees_where_a_case_stands(world: World):
    """`/procedure REF` answers with a line and a picture; no name of the client is in it."""
    ref = await world.assigned()
    await world.says("An", f"/procedure {ref}")
    text, picture = world.chat("An")[-2:]
    assert ref in text.text
    assert picture.file is not None
    assert picture.file.content.startswith(PNG)


async def test_who_is_not_on_the_case_gets_the_one_refusal(world: World):
    """Unknown and somebody else's read the same, and no picture comes (P8)."""
    ref = await world.assigned()
    await world.says("Bram", f"/procedure {ref}")
    await world.says("Bram", "/procedure ZZZZ-ZZ")
    theirs, unknown = world.chat("Bram")[-2:]
    assert theirs.text == unknown.text
    assert all(one.file is None for one in world.chat("Bram"))


async def test_a_reporter_is_not_shown_how_the_team_works(world: World):
    """The command is the team's; what a reporter may expect is told in their own words."""
    await world.says("Rita", "/procedure")
    assert all(one.file is None for one in world.chat("Rita"))

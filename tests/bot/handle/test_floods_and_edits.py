"""Edits, floods, refusals written down, newcomers declined (rows 25, 27, 43, 47; S7, S20, S30)."""

from __future__ import annotations

from functools import partial

from bot.handle.flood import Bucket
from bot.screen import Verb
from tests.bot.handle.test_membership import invites
from tests.world import World


async def test_a_declined_newcomer_is_told(world: World) -> None:
    """S7: whom the coordinator did not let in reads so, instead of waiting for ever."""
    code = await invites(world)
    await world.says("Fatima", f"/start {code}")
    await world.presses("Carla", Verb.REFUSE_MEMBER)
    assert "niet bevestigd" in world.last("Fatima")


async def test_an_edit_of_a_confirmed_report_is_a_new_event(world: World) -> None:
    """Row 43, S30: the first text stays, and the edit is a new event of the case."""
    await world.reported()
    before = await world.kinds()
    body = world.message("Rita", text="Ze woont in nummer 14, niet 12")
    await world.update({"edited_message": {**body, "edit_date": body["date"] + 60}})
    assert len(await world.kinds()) > len(before)


async def test_a_hundred_edits_are_answered_once(world: World) -> None:
    """Row 43, S20: a hundred edits in a minute: one notice."""
    world.restart(Bucket())
    body = world.message("Rita", text="x")
    for n in range(100):
        await world.stores({"edited_message": {**body, "text": f"x{n}"}})
    await world.settles()
    assert world.count("Rita") <= 31


async def test_two_hundred_commands_in_ten_seconds(world: World) -> None:
    """Row 27, S20: two hundred commands in ten seconds: the first thirty are answered, one
    notice, the rest is kept as refused (flood) and counted."""
    world.restart(Bucket())
    await world.stores(*[{"message": world.message("Zoë", text="/about")} for _ in range(200)])
    await world.settles()
    counts = await world.inbox()
    assert counts.refused >= 150
    assert world.count("Zoë") <= 50
    assert world.reads("Zoë").count("Dat zijn veel berichten") == 1


async def test_a_foreign_press_and_command_are_audited(world: World) -> None:
    """Rows 25, 47: the refusal of another's button, and of a coordinator's command, is written in
    the access log."""
    await world.assigned()
    message_id, callback = await world.button(world.user("An"), "Niet gesproken")
    before = len((await world.everything())["access"])
    await world.press("Bram", callback, message_id=message_id)
    await world.says("Bram", "/team")
    assert len((await world.everything())["access"]) == before + 2


async def test_dead_letters_at_the_door_are_told(world: World) -> None:
    """P2: what is no update at all, or too large, or of nobody, is in the list that a coordinator
    sees; they hear that there is one."""
    told = partial(world.handler.on_unreadable, count=3, now=world.clock.now())
    await world.database.write(told)
    await world.settles()
    assert "3 berichten kon ik niet lezen" in world.reads("Carla")

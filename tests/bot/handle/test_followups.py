"""What an answer is told with after it has counted, through the whole bot."""

from __future__ import annotations

from bot.screen import Verb
from scheduler.decision import DetailsTold
from tests.world import World


async def to_the_offer(world: World) -> None:
    """An has been let in; the offer of help is asked."""
    await world.assigned()
    await world.presses("An", Verb.ANSWER, step="call_day1", arg="no_number")
    await world.time_passes(to=world.now.replace(day=14, hour=9))
    await world.presses("An", Verb.ANSWER, step="visit_1", arg="let_in")
    await world.presses("An", Verb.ANSWER, step="contents", arg="phase_1")


async def details(world: World) -> list[DetailsTold]:
    """Return what was told after the answers of the case."""
    events = [line.event for line in await world.history()]
    return [event for event in events if isinstance(event, DetailsTold)]


async def test_the_answer_counts_before_its_ticks(world: World) -> None:
    """R-65 … R-69: one tap, and the next step is open; what was told is ticked after it, and
    stands in the history."""
    await to_the_offer(world)
    await world.presses("An", Verb.ANSWER, step="phase1_offer", arg="yes")
    assert "phase1_explore" in (await world.case()).case.steps
    assert await details(world) == []
    await world.presses("An", Verb.PICK, arg="leaflet")
    await world.presses("An", Verb.DONE)
    [told] = await details(world)
    assert (told.step, told.answer) == ("phase1_offer", "yes")
    assert told.fields.ticks == ("leaflet",)
    await world.says("An", f"/case {(await world.case()).row.ref}")
    await world.presses("An", Verb.MORE)
    await world.presses("An", Verb.HISTORY)
    assert "folder achtergelaten" in world.last("An")


async def test_a_text_in_place_of_ticks_is_kept_with_the_step(world: World) -> None:
    """What is typed is a sealed note of the case, and is asked about no more."""
    await to_the_offer(world)
    await world.presses("An", Verb.ANSWER, step="phase1_offer", arg="yes")
    await world.says("An", "Ze schrok van de brief van de deurwaarder.")
    [told] = await details(world)
    assert told.fields.note_ref is not None
    assert await world.dialogue("An") is None
    await world.presses("An", Verb.DETAILS)
    assert "Ze schrok van de brief" in world.last("An")


async def test_an_answer_that_was_told_about_can_still_be_corrected(world: World) -> None:
    """A wrong tap stays one tap away: what was told along with it is no next step."""
    await to_the_offer(world)
    await world.presses("An", Verb.ANSWER, step="phase1_offer", arg="yes")
    await world.presses("An", Verb.DONE, arg="all")
    await world.presses("An", Verb.CORRECT)
    assert "phase1_offer" in (await world.case()).case.steps
    assert "phase1_explore" not in (await world.case()).case.steps


async def test_an_answer_that_closes_can_be_told_about(world: World) -> None:
    """R-68: "no" closes the case; what was said at the door is still told, and then a receipt."""
    await to_the_offer(world)
    await world.presses("An", Verb.ANSWER, step="phase1_offer", arg="no")
    assert (await world.case()).case.state == "closed"
    await world.presses("An", Verb.PICK, arg="always_welcome")
    await world.presses("An", Verb.DONE)
    [told] = await details(world)
    assert told.fields.ticks == ("always_welcome",)


async def test_who_has_lost_the_case_tells_no_more(world: World) -> None:
    """P8: the case was handed over meanwhile: the old worker's boxes do nothing."""
    await to_the_offer(world)
    await world.presses("An", Verb.ANSWER, step="phase1_offer", arg="yes")
    message_id, callback = await world.button(world.user("An"), Verb.DONE, arg="all")
    dialogue = await world.dialogue("An")
    await world.presses("Carla", Verb.CASE)
    await world.presses("Carla", Verb.MORE)
    await world.presses("Carla", Verb.HAND_OVER)
    await world.presses("Carla", Verb.PICK, person=world.ids["Bram"])
    assert dialogue is not None
    await world.press("An", callback, message_id=message_id)
    assert await details(world) == []

"""Personal details in a chat: on demand, gone after ten minutes, whatever goes wrong (P17)."""

from __future__ import annotations

from datetime import timedelta

from bot.hooks import Connection
from bot.outcomes import Unsure
from bot.screen import Verb
from storage import outbox
from tests.world import World

COMES = "Even geduld: de gegevens komen hier."


def shown(world: World, name: str) -> list[str]:
    """Return what stands in somebody's chat now."""
    chat = world.phone.chats.get(world.user(name), {})
    return [each.text for each in chat.values() if not each.deleted]


async def test_details_come_into_a_message_that_was_empty(world: World) -> None:
    """What can be read on a locked screen holds no name; what replaces it is protected."""
    await world.assigned()
    await world.presses("An", Verb.DETAILS)
    texts = [text for chat, text in world.phone.sent if chat == world.user("An")]
    assert COMES in texts[-2] and "Verbeke" not in texts[-2]
    assert "Mia Verbeke" in world.last("An")
    [details] = [one for one in world.phone.chats[world.user("An")].values() if one.edits]
    assert details.protected
    await world.time_passes(by=timedelta(minutes=11))
    assert not [text for text in shown(world, "An") if "Verbeke" in text]


async def test_a_message_of_which_nobody_knows_the_number_holds_nothing(world: World) -> None:
    """It arrived, and its answer got lost: what stays is empty, what came again vanishes."""
    await world.assigned()
    world.phone.doubt[COMES] = [(Unsure(code="lost"), True)]
    await world.presses("An", Verb.DETAILS)
    assert sum("Mia Verbeke" in text for text in shown(world, "An")) == 1
    await world.time_passes(by=timedelta(minutes=11))
    assert not [text for text in shown(world, "An") if "Verbeke" in text]
    assert sum(text.endswith(COMES) for text in shown(world, "An")) == 1


async def test_who_must_delete_what_the_messenger_no_longer_does_is_told(world: World) -> None:
    """P17, S23: down for more than 48 hours: coordinators hear of which case and in whose chat
    details still stand, and nothing of what is in them."""
    ref = await world.assigned()
    await world.presses("An", Verb.DETAILS)

    def refused(c: Connection) -> None:
        at = world.now + timedelta(hours=49)
        (row,) = [one for one in outbox.claim(c, world.team_id, at, 9) if one.kind == "delete"]
        assert outbox.failed(c, row.id, "too-old-to-delete", at)
        world.handler.on_failed(c, row, "too-old-to-delete", at)

    await world.write(refused)
    await world.time_passes(by=timedelta(hours=49))
    (told,) = [each.text for each in world.chat("Carla") if "ouder dan 48 uur" in each.text]
    assert ref in told and "Vraag An " in told
    assert "Verbeke" not in told

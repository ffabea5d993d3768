"""The channel: exactly one claims, the coordinator may be first, and nothing personal is there."""

from __future__ import annotations

import pytest

from bot.screen import Verb
from bot.texts import plain
from tests.world import CHANNEL, PERSONAL, World


async def test_a_claim_gives_the_case_and_asks_the_worker(world: World) -> None:
    """Design 6, R-15: the worker who claims has the case and gets the first prompt in private;
    the coordinator's question changes in place."""
    await world.has_channel()
    ref = await world.reported()
    await world.presses("An", Verb.CLAIM, chat_id=CHANNEL)
    assert (await world.case()).case.worker == world.ids["An"]
    assert ref in world.last("An")
    assert "uiterlijk vandaag 17:00" in world.last("An")
    assert "An neemt het dossier" in world.reads("Carla")
    assert world.count(CHANNEL) == 1


async def test_two_claims_at_once_and_exactly_one_wins(any_world: World) -> None:
    """Row 48: two workers press the same claim in one batch: one has it, the other is told and
    gets nothing of the case."""
    world = any_world
    await world.has_channel()
    await world.reported()
    message_id, callback = await world.button(CHANNEL, Verb.CLAIM)
    world.phone.toasts.clear()
    await world.stores(
        world.pressed("An", callback, chat_id=CHANNEL, message_id=message_id),
        world.pressed("Bram", callback, chat_id=CHANNEL, message_id=message_id),
    )
    await world.settles()
    winner = (await world.case()).case.worker
    assert winner in (world.ids["An"], world.ids["Bram"])
    loser = "Bram" if winner == world.ids["An"] else "An"
    assert world.count(loser) == 0
    assert any("al beantwoord" in toast for toast in world.phone.toasts)
    assert (await world.kinds()).count("WorkerSet") == 1


async def test_the_coordinator_was_first(world: World) -> None:
    """Design 6: after the coordinator has assigned, a claim is told so and changes nothing; the
    announcement has no button any more."""
    await world.has_channel()
    await world.assigned(to="Bram")
    assert "is voor Bram" in world.last(CHANNEL)
    assert world.chat(CHANNEL)[-1].buttons == ()


async def test_a_claim_stored_before_the_assignment_was_shown(world: World) -> None:
    """Design 6: An pressed while Carla assigned Bram: the first of the two wins, and the other
    is told."""
    await world.has_channel()
    await world.reported()
    message_id, claim = await world.button(CHANNEL, Verb.CLAIM)
    await world.presses("Carla", Verb.ANSWER, step="assign", person=world.ids["Bram"])
    world.phone.toasts.clear()
    await world.press("An", claim, chat_id=CHANNEL, message_id=message_id)
    assert (await world.case()).case.worker == world.ids["Bram"]
    assert "al beantwoord" in world.phone.toasts[-1]
    assert world.count("An") == 0


async def test_the_claim_was_first(world: World) -> None:
    """Design 6: Carla's button after An has claimed: she is told, and An keeps the case."""
    await world.has_channel()
    await world.reported()
    message_id, callback = await world.button(
        world.user("Carla"), Verb.ANSWER, step="assign", person=world.ids["Bram"]
    )
    await world.presses("An", Verb.CLAIM, chat_id=CHANNEL)
    world.phone.toasts.clear()
    await world.press("Carla", callback, message_id=message_id)
    assert (await world.case()).case.worker == world.ids["An"]
    assert "al beantwoord" in world.phone.toasts[-1]


@pytest.mark.parametrize("name", ["Carla", "Rita", "Zoë"])
async def test_only_a_worker_of_the_team_claims(world: World, name: str) -> None:
    """Row 47, S8: who stands in the group and is no worker gets the one refusal; the case stays
    where it is."""
    await world.has_channel()
    await world.reported()
    world.phone.toasts.clear()
    await world.presses(name, Verb.CLAIM, chat_id=CHANNEL)
    assert (await world.case()).case.worker is None
    assert world.phone.toasts == [plain("nl-BE", "refused-short")]


async def test_a_crisis_is_not_announced(world: World) -> None:
    """Design 6: a crisis always goes to the coordinator, never to the channel."""
    await world.has_channel()
    text = (
        "Uithuiszetting op 15 september 2027 om 10:00 van Mia Verbeke, Dorpsstraat 12, "
        "2382 Ravels, 0470 12 34 56, huurachterstal."
    )
    await world.reported(text=text)
    assert (await world.case()).case.crisis is not None
    assert "CRISIS" in world.reads("Carla")
    assert world.count(CHANNEL) == 0


async def test_the_announcement_names_no_one(world: World) -> None:
    """P9, privacy.md: what is announced holds a reference, a municipality and a working day, and
    no word of the report's persons."""
    await world.has_channel()
    ref = await world.reported()
    announced = world.ever(CHANNEL)
    assert ref in announced
    assert "Ravels" in announced
    assert not [word for word in PERSONAL if word in announced]


async def test_without_a_channel_only_the_coordinator_is_asked(world: World) -> None:
    """Design 6: no channel is confirmed: the coordinator's question is all there is."""
    await world.reported()
    assert "Aan wie geef je" in world.last("Carla")
    assert (await world.outbox()) == {"sent": sum((await world.outbox()).values())}


async def test_after_a_claim_the_channel_still_names_no_one(world: World) -> None:
    """P9: from the announcement until long after the claim nothing personal stands in the group,
    and no button that belongs to the private chat."""
    await world.has_channel()
    await world.reported()
    await world.presses("An", Verb.CLAIM, chat_id=CHANNEL)
    assert [word for word in PERSONAL if word in world.ever(CHANNEL)] == []
    assert world.chat(CHANNEL)[-1].buttons == ()


async def test_after_a_claim_the_message_says_who_took_it(world: World) -> None:
    """Design 6: the announcement changes in place: who took it, and when."""
    await world.has_channel()
    ref = await world.reported()
    await world.presses("An", Verb.CLAIM, chat_id=CHANNEL)
    assert world.last(CHANNEL) == f"{ref} · An neemt het · 10:20"


async def test_a_refused_claim_says_nothing_in_the_channel(world: World) -> None:
    """Design 6: who was too late is told in the answer to the press, not before the whole team."""
    await world.has_channel()
    await world.reported()
    message_id, callback = await world.button(CHANNEL, Verb.CLAIM)
    await world.presses("An", Verb.CLAIM, chat_id=CHANNEL)
    await world.press("Bram", callback, chat_id=CHANNEL, message_id=message_id)
    assert world.count(CHANNEL) == 1


async def test_a_claim_whose_message_is_not_told(world: World) -> None:
    """Row 51: the press on the claim comes without its message: it counts all the same."""
    await world.has_channel()
    await world.reported()
    message_id, callback = await world.button(CHANNEL, Verb.CLAIM)
    press = world.pressed("An", callback, chat_id=CHANNEL, message_id=message_id)
    del press["callback_query"]["message"]
    await world.update(press)
    assert (await world.case()).case.worker == world.ids["An"]

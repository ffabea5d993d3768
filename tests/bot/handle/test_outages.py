"""After an outage: all that was missed comes once, and one summary where thirty would come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.handle.missed import SUMMED_FROM
from scheduler.stimuli import TimePassed
from storage import dues
from tests.world import World

WEDNESDAY = datetime(2027, 9, 15, 9, 30, tzinfo=UTC)


def household(n: int) -> str:
    """Return a report on a household of its own."""
    name = ("Piet Claes", "Els Maes", "Tom Wouters", "Rik Baert", "Ann Smets", "Jo Goos")[n - 1]
    return f"Huurachterstal van {name}, Kerkstraat {n}, 2382 Ravels, 0471 22 33 4{n}."


async def missed(world: World, cases: int) -> None:
    """Let cases be given to An on Monday, and the bot be away until Wednesday noon."""
    for n in range(1, cases + 1):
        await world.assigned("An", f"Rita{n}", household(n))
    world.phone.sent.clear()
    world._stand_at(WEDNESDAY)
    world.restart()
    await world.time_passes(by=timedelta(minutes=10))


async def test_many_alerts_are_one_message_and_each_question_comes(world: World) -> None:
    """§1.2, P4: six cases slipped while the bot was away: Carla reads one message with all of
    them; An is asked each question, once."""
    await missed(world, SUMMED_FROM)
    told = [text for chat, text in world.phone.sent if chat == world.user("Carla")]
    assert sum("Ik was even weg" in text for text in told) == 1
    asked = [text for chat, text in world.phone.sent if chat == world.user("An")]
    assert sum("Ga onaangekondigd langs" in text for text in asked) == SUMMED_FROM
    assert not any("Bel opnieuw" in text for text in asked)  # overtaken before it could be asked


async def test_a_few_alerts_come_as_they_are(world: World) -> None:
    """§1.2: one case slipped: its alerts keep their own buttons."""
    await missed(world, 1)
    assert "Ik was even weg" not in world.reads("Carla")
    assert "antwoord van An op bel vandaag" in world.reads("Carla")


async def test_a_case_that_cannot_be_handled_holds_no_other_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P4: one case raises when its moment comes: the others are prompted, and it is looked at
    again later."""
    await world.assigned("An", "Rita1", household(1))
    await world.assigned("Bram", "Rita2", household(2))
    broken = (await world.cases())[0].row.id
    from bot.handle.keeping import Keeper

    whole = Keeper.decide

    def decide(self, case_id, stimulus, **more):
        if case_id == broken and isinstance(stimulus, TimePassed):
            raise AssertionError("broken")
        return whole(self, case_id, stimulus, **more)

    monkeypatch.setattr(Keeper, "decide", decide)
    world.phone.sent.clear()
    await world.time_passes(to=datetime(2027, 9, 13, 14, 5, tzinfo=UTC))
    asked = [chat for chat, _ in world.phone.sent]
    assert world.user("Bram") in asked
    assert world.user("An") not in asked
    again = await world.read(dues.next_due, team_id=world.team_id)
    assert again is not None and again > world.now

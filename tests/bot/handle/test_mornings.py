"""The morning: one list, drafts that wait, and those that nobody went on with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.screen import Verb
from tests.world import REPORT, World

TUESDAY_OPEN = datetime(2027, 9, 14, 7, 0, tzinfo=UTC)
MONDAY_EVENING = datetime(2027, 9, 13, 18, 0, tzinfo=UTC)


def digests(world: World, name: str) -> list[str]:
    """Return the morning lists that stand in a chat: they begin with the day's whole name."""
    return [
        shown.text for shown in world.chat(name) if shown.text.startswith(("Dinsdag", "Woensdag"))
    ]


async def test_nothing_to_say_is_one_line(world: World) -> None:
    """1.2, design 6: no case: the coordinator gets one line, a worker nothing."""
    await world.time_passes(to=TUESDAY_OPEN)
    assert [text.splitlines() for text in digests(world, "Carla")] == [
        ["Dinsdag 14 september · geen open dossiers"]
    ]
    assert world.count("An") == 0


async def test_one_message_not_thirty(world: World) -> None:
    """1.2: six cases wait unassigned: one list to the coordinator at open, with each of them."""
    refs = [
        await world.reported(
            f"Rita{n}",
            f"Huurachterstal van Jan Peeters{n}, Kerkstraat {n}, 2382 Ravels, 0471 22 33 4{n}.",
        )
        for n in range(1, 7)
    ]
    assert len(set(refs)) == 6
    await world.time_passes(to=TUESDAY_OPEN)
    assert len(digests(world, "Carla")) == 1
    assert all(ref in digests(world, "Carla")[0] for ref in refs)
    assert digests(world, "An") == []


async def test_a_worker_gets_todays_and_late_steps_only_when_there_are_any(world: World) -> None:
    """1.2: An has a call that is late, Bram has nothing: one list to An, none to Bram; no name of
    a client in it."""
    ref = await world.assigned()
    await world.time_passes(to=TUESDAY_OPEN)
    assert len(digests(world, "An")) == 1
    assert ref in digests(world, "An")[0]
    assert "Verbeke" not in digests(world, "An")[0]
    assert digests(world, "Bram") == []


async def test_a_missed_morning_is_not_made_up_for(world: World) -> None:
    """P4, 1.2: the bot was down for two mornings: one list, today's, and the next one is set."""
    world._stand_at(datetime(2027, 9, 15, 9, 30, tzinfo=UTC))
    world.restart()
    await world.time_passes(by=timedelta(minutes=1))
    assert len(digests(world, "Carla")) == 1
    assert digests(world, "Carla")[0].startswith("Woensdag 15")


async def test_no_list_on_a_closed_day(world: World) -> None:
    """1.1: Saturday and Sunday have none; Monday has."""
    await world.time_passes(to=datetime(2027, 9, 20, 6, 59, tzinfo=UTC))
    lists = [shown.text for shown in world.chat("Carla") if "geen open dossiers" in shown.text]
    assert [text.split()[0] for text in lists] == ["Dinsdag", "Woensdag", "Donderdag", "Vrijdag"]
    await world.time_passes(to=datetime(2027, 9, 20, 7, 0, tzinfo=UTC))
    assert world.last("Carla").startswith("Maandag 20")


async def test_a_draft_left_is_reminded_once_and_can_be_gone_on_with(world: World) -> None:
    """`report`, row 37: a draft left on Monday is reminded of at Tuesday's open, once, and is
    sent with what was said."""
    await world.drafted()
    messages = world.count("Rita")
    await world.time_passes(to=TUESDAY_OPEN)
    assert world.count("Rita") == messages + 1
    await world.time_passes(to=TUESDAY_OPEN + timedelta(days=1))
    assert world.count("Rita") == messages + 1
    await world.presses("Rita", Verb.RESUME)
    await world.presses("Rita", Verb.SEND)
    assert len(await world.cases()) == 1


async def test_a_draft_is_gone_after_three_days(world: World) -> None:
    """`report`, row 37: nobody touched it for more than three days: it is wiped from the
    database, and the next word begins anew."""
    await world.drafted()
    await world.time_passes(to=datetime(2027, 9, 17, 7, 0, tzinfo=UTC))
    assert await world.dialogue("Rita") is None
    await world.says("Rita", "hallo")
    assert "meldlijn" in world.last("Rita")
    assert await world.cases() == []


async def test_a_draft_on_a_second_device_is_the_same_draft(world: World) -> None:
    """Row 37: a second "/report" while a draft is open offers the one that is there; one draft
    state, and sending it makes one case."""
    await world.drafted()
    await world.says("Rita", "/report")
    assert "U was een melding aan het maken" in world.last("Rita")
    await world.presses("Rita", Verb.RESUME)
    await world.presses("Rita", Verb.SEND)
    assert len(await world.cases()) == 1
    old = [shown for shown in world.chat("Rita") if any("Verzenden" in e for e in shown.labels)]
    for shown in old:
        callback = next(code for label, code in shown.buttons if "Verzenden" in label)
        await world.press("Rita", callback, message_id=shown.message_id)
    assert len(await world.cases()) == 1


async def test_a_report_outside_hours_has_its_receipt_at_once(world: World) -> None:
    """1.2, R-09: the receipt at any hour; the coordinator is asked at the next opening."""
    await world.time_passes(to=MONDAY_EVENING)
    await world.reported(text=REPORT)
    assert "Uw melding is ontvangen" in world.reads("Rita")
    assert "di 14 sep" in world.reads("Rita")
    assert world.count("Carla") == 0
    await world.time_passes(to=TUESDAY_OPEN)
    assert "Aan wie geef je" in world.reads("Carla")

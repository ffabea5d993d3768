"""Rows 59, 66-71 through the front door: what the messenger answers, and what comes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.outcomes import (
    Blocked,
    Gone,
    NotModified,
    ParseRejected,
    Rejected,
    RetryLater,
    SendOutcome,
    TakenOver,
    Unauthorized,
    Unreachable,
    Unsure,
)
from bot.screen import Verb
from storage import outbox, people
from tests.world import World


async def receipt_waits(world: World) -> None:
    """Let a report be handled and none of its messages be sent yet."""
    await world.drafted()
    message_id, callback = await world.button(world.user("Rita"), Verb.SEND)
    await world.stores(world.pressed("Rita", callback, message_id=message_id))
    await world.handles()
    world.phone.calls.clear()


def receipts(world: World) -> int:
    """Return how many receipts stand in Rita's chat."""
    return sum("Uw melding is ontvangen" in shown.text for shown in world.chat("Rita"))


@pytest.mark.parametrize("seconds", [1.0, 30.0, 3600.0])
async def test_a_429_is_obeyed(world: World, seconds: float) -> None:
    """Row 66: `retry_after` of a second, of half a minute (where it is missing) and of an hour:
    nothing to that chat before it is over, then everything, once."""
    await receipt_waits(world)
    chat = world.user("Rita")
    world.phone.refuse[chat] = [RetryLater(seconds=seconds, chat_only=True)]
    await world.sends()
    await world.time_passes(by=timedelta(seconds=seconds + 60))
    assert receipts(world) == 1
    assert world.reads("Carla").count("Aan wie geef je") == 1
    assert set(await world.outbox()) <= {"sent", "cancelled"}


@pytest.mark.parametrize("code", ["no-json", "no-result", "broke-off"])
@pytest.mark.parametrize("arrived", [True, False])
async def test_an_answer_that_is_none_is_repeated_once_and_marked(
    world: World, code: str, arrived: bool
) -> None:
    """Rows 67, 68, P5: a page with 200, `ok:false`, half of the JSON, 204, or an answer that came
    too late: not counted as sent; once more with "(opnieuw)", never a third time."""
    await receipt_waits(world)
    world.phone.doubt = {"Uw melding is ontvangen": [(Unsure(code=code), arrived)]}
    await world.sends()
    shown = [each.text for each in world.chat("Rita") if "Uw melding is ontvangen" in each.text]
    assert len(shown) == 1 + arrived
    assert shown[-1].startswith("(opnieuw)")


async def test_a_second_doubt_is_told_to_a_coordinator(world: World) -> None:
    """Rows 67, 68, P5: twice nobody knows: it is not sent again and a coordinator must ask."""
    await receipt_waits(world)
    doubt: tuple[SendOutcome, bool] = (Unsure(code="no-json"), False)
    world.phone.doubt = {"Uw melding is ontvangen": [doubt, doubt]}
    await world.sends()
    assert receipts(world) == 0
    assert (await world.outbox())["uncertain"] == 1
    assert "Het is niet zeker" in world.reads("Carla")


async def test_a_refused_token_stops_the_sending(world: World) -> None:
    """Row 69: 401 or 404 in mid-run: it ends at once with a reason, no hot loop, and what was not
    sent waits still."""
    await receipt_waits(world)
    world.phone.outcomes = [Unauthorized()] * 50
    reasons = set()
    for _ in range(10):
        world.sender.signal()
        reasons.add((await world.sender.run_once()).fatal)
        await world.sender._tasks.drain()
    assert "token-refused" in reasons
    assert len(world.phone.calls) <= 3
    world.phone.outcomes = []
    world.restart()
    await world.time_passes(by=timedelta(minutes=2))
    assert receipts(world) == 1


async def test_another_instance_on_the_token(world: World) -> None:
    """Row 69: 409: not sent, tried again later; nothing is lost and nothing doubled."""
    await receipt_waits(world)
    world.phone.refuse[world.user("Rita")] = [TakenOver()]
    await world.sends()
    await world.time_passes(by=timedelta(minutes=2))
    assert receipts(world) == 1


@pytest.mark.parametrize("outcome", [NotModified(), Gone()])
async def test_an_edit_that_cannot_be_made_is_no_trouble(
    world: World, outcome: SendOutcome
) -> None:
    """Row 70: "message is not modified", "message to edit not found": done, nobody is told."""
    await world.assigned()
    before = world.count("Carla")
    world.phone.edits = outcome
    await world.presses("An", "Niet gesproken")
    assert set(await world.outbox()) <= {"sent", "cancelled"}
    assert world.count("Carla") == before
    assert len(await world.answers()) == 2


async def test_mark_up_that_cannot_be_read_goes_as_plain_text(world: World) -> None:
    """Row 70, S12: "can't parse entities": the same words without mark-up, once."""
    await receipt_waits(world)
    world.phone.doubt = {"Uw melding is ontvangen": [(ParseRejected(), False)]}
    await world.sends()
    assert receipts(world) == 1
    assert "<b>" not in next(
        shown.text for shown in world.chat("Rita") if "ontvangen" in shown.text
    )


@pytest.mark.parametrize(
    "outcome",
    [Rejected(code="no-rights"), Rejected(code="too-long"), Blocked(code="chat-not-found")],
)
async def test_what_is_refused_for_good_is_told(world: World, outcome: SendOutcome) -> None:
    """Rows 59, 70: "chat not found", "not enough rights", too long: failed, not repeated, and the
    coordinator is told by reference and name."""
    ref = await world.reported()
    world.phone.doubt = {"Antwoord uiterlijk": [(outcome, False)]}
    await world.presses("Carla", Verb.ANSWER, step="assign", person=world.ids["An"])
    assert (await world.outbox())["failed"] == 1
    assert ref in world.last("Carla")
    assert "An" in world.last("Carla")
    failed = await world.read(outbox.unsent, team_id=world.team_id)
    assert [each.attempts for each in failed] == [1]


@pytest.mark.parametrize("code", ["blocked", "deactivated", "never-started"])
async def test_a_closed_private_chat(world: World, code: str) -> None:
    """Row 59: An never pressed start, blocked the bot, or is gone: failed, the coordinator told;
    when An writes again the prompt comes."""
    await world.reported()
    world.phone.closed_code = code
    world.phone.closed.add(world.user("An"))
    await world.presses("Carla", Verb.ANSWER, step="assign", person=world.ids["An"])
    assert world.count("An") == 0
    assert "neem zelf contact op" in world.reads("Carla").casefold()
    person = await world.read(people.person_by_id, person_id=world.ids["An"])
    assert person is not None
    assert not person.chat_ok
    world.phone.closed.clear()
    await world.says("An", "/cases")
    assert any("Niet gesproken" in shown.labels for shown in world.chat("An"))


async def test_the_coordinators_own_chat_is_closed(world: World) -> None:
    """Row 59: the one who would be told cannot be told: no loop, and all of it comes when the
    chat is open again."""
    world.phone.closed.add(world.user("Carla"))
    await world.reported()
    await world.time_passes(by=timedelta(hours=1))
    assert len(world.phone.calls) < 40
    world.phone.closed.clear()
    await world.says("Carla", "/status")
    assert "Aan wie geef je" in world.reads("Carla")


async def test_the_network_is_gone_for_ten_minutes(world: World) -> None:
    """Row 71, P4: no way to the messenger: back-off instead of a hot loop, an alarm after five
    minutes, and afterwards everything arrives once."""
    await receipt_waits(world)
    world.phone.down = Unreachable(code="no-connection")
    for _ in range(40):
        world.sender.signal()
        await world.sender.run_once()
        await world.sender._tasks.drain()
        world.clock.go(15)
    assert world.alarms == ["telegram-unreachable-sending"]
    assert 3 <= len(world.phone.calls) <= 41
    world.phone.down = None
    await world.time_passes(by=timedelta(minutes=5))
    assert receipts(world) == 1
    assert set(await world.outbox()) <= {"sent", "cancelled"}


async def test_replies_come_before_everything_else(world: World) -> None:
    """Row 66, P13: while one chat must rest for an hour the others are served."""
    await receipt_waits(world)
    world.phone.refuse[world.user("Rita")] = [RetryLater(seconds=3600.0, chat_only=True)]
    await world.sends()
    await world.says("Zoë", "/about")
    assert "meldlijn" in world.last("Zoë")
    assert receipts(world) == 0

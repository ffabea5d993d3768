"""What becomes of a question, its reminder and its answer's *Correct*, through the front door."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.screen import Verb
from bot.texts import plain
from tests.world import Shown, World


def as_it_is(world: World, message_id: int) -> Shown:
    """Return An's message as it stands now."""
    return next(shown for shown in world.chat("An") if shown.message_id == message_id)


async def reminded(world: World) -> tuple[Shown, Shown]:
    """Let An be asked to call, and be reminded of it; return the question and the reminder."""
    await world.assigned()
    while "Nog geen antwoord" not in world.last("An"):
        await world.time_passes(by=timedelta(minutes=30))
    question, reminder = [s for s in world.chat("An") if "Niet gesproken" in s.labels]
    return question, reminder


async def test_answered_for_the_worker_the_reminder_is_one_line(world: World) -> None:
    """screens.md: nothing is said twice: the question says who answered, the reminder no more."""
    ids = [shown.message_id for shown in await reminded(world)]
    await world.says("Carla", "/status")
    await world.presses("Carla", Verb.CASE)
    await world.presses("Carla", Verb.ANSWER, step="call_day1", arg="not_reached")
    question, reminder = (as_it_is(world, each) for each in ids)
    assert question.text.startswith("✓ Niet gesproken · Carla · ")
    assert reminder.text == f"✓ {(await world.case()).row.ref} · bel vandaag: beantwoord"
    assert question.labels == reminder.labels == ()


@pytest.mark.parametrize("pressed", [0, 1], ids=["the question", "the reminder"])
async def test_where_it_is_answered_it_stands_in_full(world: World, pressed: int) -> None:
    """screens.md: after one tap the same message says what and what comes next; the other copy
    is one line, without a live button."""
    both = await reminded(world)
    message_id = both[pressed].message_id
    callback = dict(both[pressed].buttons)["Niet gesproken"]
    await world.press("An", callback, message_id=message_id)
    mine = as_it_is(world, message_id)
    assert "Volgende" in mine.text
    assert "Verbeteren" in mine.labels
    other = as_it_is(world, both[1 - pressed].message_id)
    assert "Volgende" not in other.text
    assert (other.labels, "\n" in other.text) == ((), False)


@pytest.mark.parametrize("why", ["a day has passed", "something has followed"])
async def test_correct_says_kindly_why_no_more(world: World, why: str) -> None:
    """screens.md: *Correct* for a while; then its button says why, and is gone."""
    await world.assigned()
    await world.presses("An", "Niet gesproken")
    message_id, correct = await world.button(world.user("An"), Verb.CORRECT)
    if why == "a day has passed":
        world._stand_at(world.now + timedelta(hours=24, seconds=1))
    else:
        await world.time_passes(by=timedelta(minutes=1))
        await world.says("Carla", f"/case {(await world.case()).row.ref}")
        await world.presses("Carla", Verb.MORE)
        await world.presses("Carla", Verb.NOTE)
        await world.says("Carla", "gebeld met de verhuurder")
    before, seen = await world.history(), world.count("An")
    world.phone.toasts.clear()
    await world.press("An", correct, message_id=message_id)
    assert world.phone.toasts == [plain("nl-BE", "cannot-too-late")]
    assert (await world.history(), world.count("An")) == (before, seen)
    shown = as_it_is(world, message_id)
    assert shown.text.startswith("✓ Niet gesproken")
    assert shown.labels == ("Dossier",)


async def test_within_the_day_a_wrong_tap_is_taken_back(world: World) -> None:
    """Design 3: seen an hour later, nothing has followed: one tap."""
    await world.assigned()
    await world.presses("An", "Niet gesproken")
    await world.time_passes(by=timedelta(hours=1))
    await world.presses("An", Verb.CORRECT)
    assert (await world.kinds())[-1] == "Restored"


async def test_an_old_button_says_who_answered_when_and_what(world: World) -> None:
    """screens.md: "that button belongs to a question that Carla answered at 10:20"."""
    await world.assigned()
    message_id, callback = await world.button(world.user("An"), "Niet gesproken")
    await world.says("Carla", f"/case {(await world.case()).row.ref}")
    await world.presses("Carla", Verb.ANSWER, step="call_day1", arg="no_number")
    world.phone.toasts.clear()
    await world.press("An", callback, message_id=message_id)
    assert world.phone.toasts == [
        plain("nl-BE", "answered-by", name="Carla", at="vandaag 10:20", said="Geen juist nummer")
    ]


async def test_who_has_the_case_no_more_is_not_told_the_answer(world: World) -> None:
    """P8: an old button of a case that was handed over says no more than that it is answered."""
    await world.assigned()
    message_id, callback = await world.button(world.user("An"), "Niet gesproken")
    await world.presses("An", Verb.MORE)
    await world.presses("An", Verb.HAND_OVER)
    await world.presses("An", Verb.PICK, person=world.ids["Bram"])
    await world.presses("Bram", "Niet gesproken")
    world.phone.toasts.clear()
    await world.press("An", callback, message_id=message_id)
    assert world.phone.toasts == [plain("nl-BE", "already-answered")]

"""A press counts once, for whom it was shown to, for the question that it belongs to (S3, S4)."""

from __future__ import annotations

import pytest

from bot.screen import Verb
from bot.texts import plain
from storage import buttons
from tests.world import CHANNEL, World

REFUSED = plain("nl-BE", "refused-short")


async def test_a_press_that_nobody_could_have_been_shown(world: World) -> None:
    """Row 46: an empty code, 65 bytes, a random one and another's shape: one short refusal each,
    no effect."""
    await world.assigned()
    before = await world.history()
    random = "A" * 22
    for data in ("", "x" * 65, random, "1' OR '1'='1", "\u0661\u0662", "é" * 30, None, 12):
        world.phone.toasts.clear()
        await world.press("An", data)
        assert world.phone.toasts == [REFUSED], data
    assert await world.history() == before


@pytest.mark.parametrize("name", ["Bram", "Carla", "Rita", "Zoë"])
async def test_the_right_button_pressed_by_the_wrong_person(world: World, name: str) -> None:
    """Row 47, S3: An's button pressed by another worker, the coordinator, the reporter and a
    stranger: the one refusal, no effect, and nothing of the case in the answer."""
    await world.assigned()
    message_id, callback = await world.button(world.user("An"), "Niet gesproken")
    before, seen = await world.history(), world.count(name)
    world.phone.toasts.clear()
    await world.press(name, callback, message_id=message_id)
    assert world.phone.toasts == [REFUSED]
    assert (await world.history(), world.count(name)) == (before, seen)


async def test_a_button_of_who_left_the_team(world: World) -> None:
    """Row 47, S9: an ex-member's own button has no effect any more."""
    await world.assigned()
    message_id, callback = await world.button(world.user("An"), "Niet gesproken")
    await world.says("An", "/leave")
    await world.presses("An", Verb.PICK, arg="yes")
    before = await world.history()
    world.phone.toasts.clear()
    await world.press("An", callback, message_id=message_id)
    assert world.phone.toasts == [REFUSED]
    assert await world.history() == before


async def test_a_press_of_an_anonymous_admin_is_nobodys(world: World) -> None:
    """Rows 47, 58, S6: an anonymous admin presses the claim: no effect, no case moves."""
    await world.has_channel()
    await world.reported()
    message_id, callback = await world.button(CHANNEL, Verb.CLAIM)
    press = world.pressed("An", callback, chat_id=CHANNEL, message_id=message_id)
    group = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group"}
    press["callback_query"]["from"] = group
    await world.update(press)
    assert (await world.case()).case.worker is None


async def test_two_presses_in_one_batch_are_one_answer(any_world: World) -> None:
    """Row 48, P6: a double tap within ten milliseconds: one answer, and the second says so."""
    world = any_world
    await world.assigned()
    message_id, callback = await world.button(world.user("An"), "Niet gesproken")
    world.phone.toasts.clear()
    await world.stores(
        world.pressed("An", callback, message_id=message_id),
        world.pressed("An", callback, message_id=message_id),
    )
    await world.settles()
    assert (await world.kinds()).count("StepAnswered") == 2  # assign, and this call
    assert any("al beantwoord" in toast for toast in world.phone.toasts)
    assert [shown.labels for shown in world.chat("An") if "Niet gesproken" in shown.labels] == []


async def test_a_press_during_a_restart_counts_once(world: World) -> None:
    """Row 48: a press stored before a crash, and pressed again after it, is one answer."""
    await world.assigned()
    message_id, callback = await world.button(world.user("An"), "Niet gesproken")
    await world.stores(world.pressed("An", callback, message_id=message_id))
    world.restart()
    await world.press("An", callback, message_id=message_id)
    assert (await world.kinds()).count("StepAnswered") == 2


async def test_an_answer_after_the_deadline_counts_and_is_late(world: World) -> None:
    """Row 49: a press after deadline and alert is accepted, with its own moment."""
    await world.assigned()
    await world.time_passes(to=world.now.replace(hour=15, minute=30))
    assert "Nog geen antwoord van An" in world.reads("Carla")
    await world.presses("An", "Niet gesproken")
    answers = await world.answers()
    assert [each.step for each in answers] == ["assign", "call_day1"]
    assert answers[-1].done_at == world.now


async def test_a_press_on_an_answered_step_changes_nothing(world: World) -> None:
    """Row 49, S4: the coordinator has answered for the worker: the worker's old button says so,
    and its message keeps no button that answers."""
    ref = await world.assigned()
    message_id, callback = await world.button(world.user("An"), "Niet gesproken")
    await world.says("Carla", f"/case {ref}")
    await world.presses("Carla", Verb.ANSWER, step="call_day1", arg="not_reached")
    before = await world.history()
    world.phone.toasts.clear()
    await world.press("An", callback, message_id=message_id)
    assert "al beantwoord" in world.phone.toasts[-1]
    assert await world.history() == before
    old = next(shown for shown in world.chat("An") if shown.message_id == message_id)
    assert "Niet gesproken" not in old.labels


async def test_a_press_after_the_case_is_closed(world: World) -> None:
    """Row 49: after the close a press on any old button has no effect."""
    ref = await world.assigned()
    message_id, callback = await world.button(world.user("An"), "Niet gesproken")
    await world.says("Carla", f"/case {ref}")
    await world.presses("Carla", Verb.MORE)
    await world.presses("Carla", Verb.CLOSE, arg=None)
    await world.presses("Carla", Verb.CLOSE, arg="other")
    await world.presses("Carla", Verb.SKIP)
    assert (await world.case()).case.state == "closed"
    before = await world.history()
    await world.press("An", callback, message_id=message_id)
    assert await world.history() == before


async def test_a_button_of_sixty_days_ago(world: World) -> None:
    """Row 49: a button that was cleaned away answers like one that never was."""
    await world.assigned()
    await world.presses("An", "Niet gesproken")
    message_id, callback = await world.button(world.user("An"), Verb.CASE)
    gone = await world.write(
        buttons.purge_buttons, team_id=world.team_id, before=world.now.replace(month=12)
    )
    assert gone > 0
    world.phone.toasts.clear()
    await world.press("An", callback, message_id=message_id)
    assert world.phone.toasts == [REFUSED]


@pytest.mark.parametrize("shape", ["no message", "null", "inaccessible", "inline"])
async def test_a_press_without_its_message_still_answers(world: World, shape: str) -> None:
    """Row 51: the message of the button is gone, inaccessible, null or inline: the answer counts
    and its confirmation comes as a new message."""
    await world.assigned()
    message_id, callback = await world.button(world.user("An"), "Niet gesproken")
    press = world.pressed("An", callback, message_id=message_id)
    query = press["callback_query"]
    if shape == "inaccessible":
        query["message"]["date"] = 0
    elif shape == "null":
        query["message"] = None
    else:
        del query["message"]
    if shape == "inline":
        query["inline_message_id"] = "AgAAAA"
    await world.update(press)
    assert (await world.kinds()).count("StepAnswered") == 2
    assert "Niet gesproken" in world.last("An")


async def test_a_press_too_old_to_be_answered_has_had_its_effect(world: World) -> None:
    """Row 50: "query is too old": the effect stands, nobody sees an error, nothing is repeated."""
    await world.assigned()
    message_id, callback = await world.button(world.user("An"), "Niet gesproken")
    await world.stores(world.pressed("An", callback, message_id=message_id))
    await world.handles()
    world.phone.too_old = True
    world.phone.calls.clear()
    await world.sends()
    methods = [method for method, _ in world.phone.calls]
    assert methods.count("answerCallbackQuery") == 1
    assert (await world.kinds()).count("StepAnswered") == 2
    assert set(await world.outbox()) == {"sent"}


async def test_a_text_where_buttons_are_asked(world: World) -> None:
    """Row 52: a text after a prompt is no answer: it is asked where it belongs."""
    await world.assigned()
    before = await world.history()
    await world.says("An", "ze nam niet op")
    assert "Bij welk dossier" in world.last("An")
    assert await world.history() == before


async def test_a_reply_to_a_prompt_offers_that_case_alone(world: World) -> None:
    """Row 52: an answer in words by reply asks whether it is a note on that case."""
    first = await world.assigned()
    other = await world.assigned(
        name="Ria", text="Huurachterstal: Jan Peeters, Kerkstraat 3, 2382 Ravels, 0471 22 33 44."
    )
    prompt = next(shown for shown in world.chat("An") if first in shown.text)
    await world.says("An", "niemand", reply_to_message={"message_id": prompt.message_id})
    shown = world.chat("An")[-1]
    assert any(first in label for label in shown.labels)
    assert not any(other in label for label in shown.labels)


async def test_a_reply_to_a_message_that_is_not_there(world: World) -> None:
    """Row 52: a reply to a deleted prompt is a text like any other."""
    await world.assigned()
    await world.says("An", "niemand thuis", reply_to_message={"message_id": 99_999})
    assert "Bij welk dossier" in world.last("An")
    await world.says("An", "niemand thuis", reply_to_message=None)
    await world.says("An", "niemand thuis", reply_to_message={"message_id": "x"})
    assert (await world.inbox()).dead == 0

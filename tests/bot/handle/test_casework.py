"""Casework through the front door: details, wrong taps, hand-over, extension, the alert."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import acts
from bot.handle.counter import Counter
from bot.screen import Verb
from bot.texts import plain
from tests.world import CHANNEL, World

NAME, ADDRESS = "Mia Verbeke", "Dorpsstraat 12"


def other(world: World, n: int, street: str = "Kerkstraat") -> str:
    """Return a report on another household."""
    return f"Huurachterstal van Jan Peeters{n}, {street} {n}, 2382 Ravels, 0471 22 33 4{n}."


async def test_details_come_on_tap_protected_and_are_gone_after_ten_minutes(world: World) -> None:
    """Privacy, S23: name, phone and address stand in no prompt; on tap they come in a protected
    message, and after ten minutes it is deleted."""
    await world.assigned()
    assert NAME not in world.reads("An")
    await world.presses("An", Verb.DETAILS)
    shown = world.chat("An")[-1]
    assert NAME in shown.text
    assert ADDRESS in shown.text
    assert shown.protected
    await world.time_passes(by=timedelta(minutes=9, seconds=59))
    assert NAME in world.reads("An")
    await world.time_passes(by=timedelta(minutes=1))
    assert NAME not in world.reads("An")


async def test_details_are_gone_also_when_the_bot_was_down(world: World) -> None:
    """P17: the deletion waits in the database: after a restart and an hour it is done."""
    await world.assigned()
    await world.presses("An", Verb.DETAILS)
    world.restart()
    await world.time_passes(by=timedelta(hours=1))
    assert NAME not in world.reads("An")


@pytest.mark.parametrize("name", ["Bram", "Rita", "Zoë"])
async def test_details_only_to_people_on_the_case(world: World, name: str) -> None:
    """P8, row 47: the button of the details pressed by anybody else shows nothing."""
    await world.assigned()
    message_id, callback = await world.button(world.user("An"), Verb.DETAILS)
    before = world.reads(name)
    await world.press(name, callback, message_id=message_id)
    assert world.reads(name) == before


async def test_details_of_a_case_handed_over(world: World) -> None:
    """Row 47, P8: after the hand-over the old worker's own button of details is refused."""
    await world.assigned()
    message_id, callback = await world.button(world.user("An"), Verb.DETAILS)
    await world.presses("An", Verb.MORE)
    await world.presses("An", Verb.HAND_OVER)
    await world.presses("An", Verb.PICK, person=world.ids["Bram"])
    await world.press("An", callback, message_id=message_id)
    assert NAME not in world.reads("An")


async def test_a_wrong_tap_is_taken_back(world: World) -> None:
    """Design 3: a wrong tap is corrected by a new event: what it opened is gone, the question is
    open again, and the history keeps both."""
    await world.assigned()
    steps = (await world.case()).case.steps.keys()
    await world.presses("An", "wil nu geen hulp")
    assert (await world.case()).case.steps.keys() != steps
    await world.presses("An", Verb.CORRECT)
    assert (await world.case()).case.steps.keys() == steps
    kinds = await world.kinds()
    assert kinds.count("StepAnswered") == 2
    assert "Teruggenomen" in world.reads("An")
    await world.presses("An", Verb.CASE)
    await world.presses("An", "Niet gesproken")
    assert (await world.kinds()).count("StepAnswered") == 3


async def test_what_a_wrong_tap_opened_is_asked_no_more(world: World) -> None:
    """S4: the question that the wrong tap had opened keeps no button that answers."""
    await world.assigned()
    await world.presses("An", "Gesproken – wil hulp")
    message_id, callback = await world.button(
        world.user("An"), Verb.ANSWER, step="home_appointment", arg=""
    )
    await world.presses("An", Verb.CORRECT)
    before = await world.history()
    await world.press("An", callback, message_id=message_id)
    assert await world.history() == before
    opened = next(shown for shown in world.chat("An") if shown.message_id == message_id)
    assert "niet meer open" in opened.text


async def test_only_the_last_tap_and_only_by_who_did_it(world: World) -> None:
    """Design 3: after something else happened an old tap cannot be taken back any more."""
    ref = await world.assigned()
    await world.presses("An", "Niet gesproken")
    message_id, correct = await world.button(world.user("An"), Verb.CORRECT)
    await world.says("Carla", f"/case {ref}")
    await world.presses("Carla", Verb.MORE)
    await world.presses("Carla", Verb.NOTE)
    await world.time_passes(by=timedelta(minutes=1))
    await world.says("Carla", "gebeld met de verhuurder")
    before = await world.history()
    await world.press("An", correct, message_id=message_id)
    assert await world.history() == before


async def test_hand_over_closes_the_old_prompt_and_opens_the_new(world: World) -> None:
    """1.4: the new worker gets the open step and an information, the coordinator the information,
    the old worker's prompt keeps no button, and its old button has no effect."""
    ref = await world.assigned()
    message_id, callback = await world.button(world.user("An"), "Niet gesproken")
    await world.presses("An", Verb.MORE)
    await world.presses("An", Verb.HAND_OVER)
    await world.presses("An", Verb.PICK, person=world.ids["Bram"])
    old = next(shown for shown in world.chat("An") if shown.message_id == message_id)
    assert "Niet gesproken" not in old.labels
    assert "uiterlijk vandaag 17:00" in world.reads("Bram")
    assert f"{ref}" in world.last("Carla")
    assert "is nu bij Bram" in world.reads("Carla")
    before = await world.history()
    await world.press("An", callback, message_id=message_id)
    assert await world.history() == before
    await world.presses("Bram", "Niet gesproken")
    assert (await world.kinds()).count("StepAnswered") == 2


async def hands_over(world: World, name: str, to: str) -> None:
    """Let a worker hand over the case that they were last asked about."""
    await world.presses(name, Verb.MORE)
    await world.presses(name, Verb.HAND_OVER)
    await world.presses(name, Verb.PICK, person=world.ids[to])


async def test_two_hand_overs_within_a_minute_are_told_once(world: World) -> None:
    """A second hand-over within a minute changes what the first one told, to the coordinator, to
    who had the case for a moment and in the channel: only the last that stands is told."""
    await world.joins("Cem", "worker")
    await world.has_channel()
    await world.assigned()
    carla, channel = world.count("Carla"), world.count(CHANNEL)
    await hands_over(world, "An", "Bram")
    await world.time_passes(by=timedelta(seconds=50))
    await hands_over(world, "Bram", "Cem")
    assert world.count("Carla") == carla + 1
    assert "is nu bij Cem" in world.last("Carla")
    assert "Bram" not in world.last("Carla")
    assert world.count(CHANNEL) == channel + 1
    assert "is nu bij Cem" in world.last(CHANNEL)
    assert "is nu bij jou" in world.reads("Cem")
    assert "is nu bij jou" not in world.reads("Bram")


async def test_what_was_not_sent_yet_of_a_hand_over_is_never_told(world: World) -> None:
    """Two hand-overs before anything is sent: of the first nothing goes out at all."""
    await world.joins("Cem", "worker")
    await world.has_channel()
    await world.assigned()
    case_id = (await world.case()).row.id
    for name, to in (("An", "Bram"), ("Bram", "Cem")):
        await world.write(hand_over, world=world, case_id=case_id, name=name, to=to)
    await world.settles()
    assert world.ever("Carla").count("is nu bij") == 1
    assert world.ever(CHANNEL).count("is nu bij") == 1
    assert "is nu bij jou" not in world.ever("Bram")


def hand_over(c: Any, *, world: World, case_id: int, name: str, to: str) -> None:
    """Hand a case over; what comes of it is queued and not sent."""
    act = acts.HandOver(case=case_id, to=world.ids[to])
    Counter(c, world.handler.office, world.now).performer.perform(act, world.ids[name])


async def test_a_hand_over_a_minute_later_is_told_anew(world: World) -> None:
    """Who read of the first hand-over hears of the second with a sound."""
    await world.joins("Cem", "worker")
    await world.assigned()
    carla = world.count("Carla")
    await hands_over(world, "An", "Bram")
    await world.time_passes(by=timedelta(seconds=70))
    await hands_over(world, "Bram", "Cem")
    assert world.count("Carla") == carla + 2


async def test_hand_overs_at_night_are_told_once_in_the_morning(world: World) -> None:
    """1.2: an information waits for the opening; of two hand-overs the last is told, once."""
    await world.joins("Cem", "worker")
    await world.assigned()
    await world.time_passes(to=datetime(2027, 9, 13, 19, 0, tzinfo=UTC))
    await hands_over(world, "An", "Bram")
    case_id = (await world.case()).row.id
    await world.write(hand_over, world=world, case_id=case_id, name="Bram", to="Cem")
    await world.time_passes(to=datetime(2027, 9, 14, 7, 30, tzinfo=UTC))
    assert world.ever("Carla").count("is nu bij") == 1
    assert world.ever("Cem").count("is nu bij jou") == 1
    assert "is nu bij jou" not in world.ever("Bram")


async def test_an_extension_edits_the_deadline_that_is_shown(world: World) -> None:
    """1.2: after the alert the coordinator gives more time: the worker's prompt shows the new
    deadline in place, and nothing new is sent to the worker."""
    await world.assigned()
    await world.time_passes(to=datetime(2027, 9, 13, 15, 0, 30, tzinfo=UTC))
    assert "Nog geen antwoord van An" in world.reads("Carla")
    messages = world.count("An")
    await world.presses("Carla", Verb.EXTEND)
    await world.says("Carla", "morgen 12u")
    if await world.dialogue("Carla"):
        await world.presses("Carla", Verb.SKIP)
    prompt = next(shown for shown in world.chat("An") if "Niet gesproken" in shown.labels)
    assert "morgen 12:00" in prompt.text
    assert prompt.edits >= 1
    assert world.count("An") == messages


async def test_the_coordinator_fills_in_the_answer(world: World) -> None:
    """1.2: what follows from the coordinator's answer goes to the worker."""
    await world.assigned()
    await world.time_passes(to=datetime(2027, 9, 13, 15, 0, 30, tzinfo=UTC))
    await world.presses("Carla", "Antwoord invullen")
    await world.presses("Carla", Verb.ANSWER, step="call_day1", arg="not_reached")
    await world.time_passes(to=datetime(2027, 9, 14, 7, 0, 30, tzinfo=UTC))
    assert "voor 12" in world.last("An") or "12:00" in world.last("An")


async def test_take_over_by_the_coordinator(world: World) -> None:
    """1.2: *Take over* on the alert: the case is the coordinator's, who gets the open step."""
    await world.assigned()
    await world.time_passes(to=datetime(2027, 9, 13, 15, 0, 30, tzinfo=UTC))
    await world.presses("Carla", Verb.TAKE_OVER)
    assert (await world.case()).case.worker == world.ids["Carla"]
    assert "Niet gesproken" in "".join(
        label for shown in world.chat("Carla") for label in shown.labels
    )


async def test_unknown_and_not_yours_get_the_same_words(world: World) -> None:
    """Row 23, P8, S21: another's, an unknown and a mistyped reference: letter for letter the same
    answer, to a worker, a reporter and a stranger alike."""
    ref = await world.assigned()
    for name in ("Bram", "Rita", "Zoë"):
        answers = set()
        for typed in (ref, ref.lower(), "ZZZZ-ZZ", "K7QM-4T", "'; DROP TABLE kase;--", "%", "_"):
            await world.says(name, f"/case {typed}")
            answers.add(world.last(name))
            await world.says(name, f"/status {typed}")
            answers.add(world.last(name))
        assert len(answers) == 1, (name, answers)


async def test_a_crisis_marks_the_question_that_stands(world: World) -> None:
    """Procedures 4: every message of a case in crisis is marked. The coordinator's own word sends
    the worker nothing before the next opening: the open question says it at once, and says
    when it is over."""
    ref = await world.assigned()
    before = world.count("An")
    await world.says("Carla", f"/case {ref}")
    await world.presses("Carla", Verb.MORE)
    await world.presses("Carla", Verb.CHANGE, arg=None)
    await world.presses("Carla", Verb.CHANGE, arg="crisis")
    await world.says("Carla", "de deurwaarder belde")
    assert (await world.case()).case.crisis is not None
    assert world.count("An") == before
    assert world.last("An").startswith("‼️ CRISIS")
    await world.says("Carla", f"/case {ref}")
    await world.presses("Carla", Verb.MORE)
    await world.presses("Carla", Verb.LIFT, arg="crisis")
    await world.says("Carla", "uitgesteld")
    assert (await world.case()).case.crisis is None
    assert not world.last("An").startswith("‼️ CRISIS")


async def test_who_tries_too_many_references_is_answered_no_more(world: World) -> None:
    """S21: after twenty misses within an hour no reference is looked up for that person, not
    even their own; the coordinator hears of it once; an hour later it has passed."""
    ref = await world.assigned()
    for _ in range(19):
        await world.says("An", "/case ZZZZ-ZZ")
    await world.says("An", f"/case {ref}")
    assert ref in world.last("An")
    assert "keer een dossier" not in world.reads("Carla")
    for _ in range(3):
        await world.says("An", "/case ZZZZ-ZZ")
    refusal = world.last("An")
    await world.says("An", f"/case {ref}")
    assert world.last("An") == refusal
    assert world.reads("Carla").count("An vroeg in een uur 20 keer een dossier") == 1
    await world.time_passes(by=timedelta(hours=1, minutes=1))
    await world.says("An", f"/case {ref}")
    assert ref in world.last("An")


async def test_a_reference_as_people_type_it(world: World) -> None:
    """Row 23: lower case, without the dash, with O for 0 and I for 1: Crockford's reading."""
    ref = await world.assigned()
    plain = ref.replace("-", "")
    likes = plain.lower().replace("0", "o").replace("1", "i")
    for typed in (ref, ref.lower(), plain, likes, f" {ref} "):
        await world.says("An", f"/case {typed}")
        assert ref in world.last("An"), typed


@pytest.mark.parametrize("name", ["An", "Rita", "Zoë", "Ex"])
async def test_a_coordinators_commands_from_anybody_else(world: World, name: str) -> None:
    """Row 25, P8: a coordinator's command from a worker, a reporter, a stranger and an
    ex-coordinator: the one refusal text, and no effect."""
    await world.reported()
    if name == "Ex":
        world.ids["Ex"] = await world.joins("Ex", "coordinator")
        await world.says("Ex", "/leave")
        await world.presses("Ex", Verb.PICK, arg="yes")
    before = await world.history()
    for order in ("/status", "/overdue", "/team", "/invite"):
        await world.says(name, order)
        assert world.last(name) == plain("nl-BE", "refused"), order
    assert await world.history() == before

"""Rows 25 to 59 for what reporters add, how they are reached, and what they are asked later."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.screen import Verb
from scheduler.decision import AdditionMade
from storage.database import Database
from tests.bad_inputs.new_screens import changed_nothing, flooded
from tests.world import TEAM, World

NATIONAL = "85.07.30-033.28"
EROPAF = TEAM.replace("[ravels]", "[eropaf]")


async def added(world: World) -> list[str]:
    """Return what was added to the first case, in order."""
    events = [line.event for line in await world.history()]
    return [event.what for event in events if isinstance(event, AdditionMade)]


async def adding(world: World, what: str | None = None) -> None:
    """Let Rita's report be with An, and Rita be about to add something."""
    await world.assigned()
    await world.presses("Rita", Verb.ADD)
    if what is not None:
        await world.presses("Rita", Verb.ADD, arg=what)


@pytest.mark.parametrize("text", ["   ", "🙂", "\u200d\u200f", "\u2066\u2069"])
@pytest.mark.parametrize("what", [None, "eviction"])
async def test_nothing_written(world: World, what: str | None, text: str) -> None:
    """Row 28: spaces, marks, an emoji alone: asked to write, nothing added."""
    await adding(world, what)
    await world.says("Rita", text)
    assert await added(world) == []
    assert await world.dialogue("Rita") is not None


@pytest.mark.parametrize(
    "text",
    [
        "<b>vet</b> &lt; </a><a href='tg://user?id=1'>x",
        "_ja_ * [x](y) ~ > # + - = { } . ! ` |",
        "\u202etxt.exe\u202c Hij is vertrokken",
        "=HYPERLINK(1) is wat hij schreef",
        "Z̷a̶l̵g̸o̷ is wat er stond",
    ],
)
async def test_words_are_words(world: World, text: str) -> None:
    """Rows 30, 31, 32, 34: what is added is shown literally, to the worker too."""
    await adding(world)
    await world.says("Rita", text)
    assert await added(world) == ["text"]
    await world.presses("An", Verb.DETAILS)
    shown = world.last("An")
    assert "Van de melder" in shown
    assert "\u202e" not in shown
    assert "<a href" not in world.ever("An")


async def test_the_longest_message_is_added_whole(world: World) -> None:
    """Row 29: 4,096 units are kept; what is shown of them fits."""
    await adding(world)
    await world.says("Rita", "Hij is weg. " * 341)
    assert await added(world) == ["text"]
    await world.presses("An", Verb.DETAILS)
    assert "Hij is weg" in world.last("An")


async def test_national_numbers_are_left_out(database: Database) -> None:
    """Row 35: not in what is added, nor in how to reach somebody."""
    world = await World.open(database, team=EROPAF)
    await world.says("Rita", "Ik ben de buurvrouw van Mia Verbeke, Dorpsstraat 12, 2382 Ravels.")
    await world.presses("Rita", Verb.SKIP)
    await world.says("Rita", f"mijn nummer is {NATIONAL}")
    assert "weggelaten" in world.reads("Rita")
    dialogue = await world.dialogue("Rita")
    if dialogue is not None and dialogue["asking"] == "reach":
        await world.presses("Rita", Verb.PICK, arg="chat")
    await world.presses("Rita", Verb.SEND)
    await world.presses("Rita", Verb.ADD)
    await world.says("Rita", f"zijn rijksregisternummer is {NATIONAL}")
    assert "weggelaten" in world.reads("Rita")
    kept = await world.everything()
    kept.pop("inbox", None)
    assert NATIONAL not in str(kept)


@pytest.mark.parametrize(
    "typed",
    [
        *("31-02", "29-02-2027", "1-1-0001", "9999", "01/02/03", "gisteren", "veel te laat"),
        *("28-03-2027 02:30", "1e9", "∞", "7 oktober of 8 oktober"),
    ],
)
@pytest.mark.parametrize("what", ["eviction", "hearing"])
async def test_odd_dates_never_count_by_themselves(world: World, what: str, typed: str) -> None:
    """Row 40: refused, or echoed and asked; nothing is added before somebody says yes."""
    await adding(world, what)
    before = (await world.case()).case.facts
    await world.says("Rita", typed)
    assert await added(world) in ([], ["text"])
    assert (await world.case()).case.facts == before


async def test_two_taps_withdraw_once(world: World) -> None:
    """Row 48: pressed twice in one batch, told once; later it says so and changes nothing."""
    await adding(world, "withdraw")
    message_id, callback = await world.button(world.user("Rita"), Verb.PICK, arg="yes")
    await world.stores(*(world.pressed("Rita", callback, message_id=message_id) for _ in range(2)))
    await world.settles()
    assert await added(world) == ["withdraw"]
    await world.press("Rita", callback, message_id=message_id)
    assert await added(world) == ["withdraw"]


@pytest.mark.parametrize("name", ["Zoë", "An", "Carla"])
async def test_somebody_elses_report_takes_nothing(world: World, name: str) -> None:
    """Rows 25, 47: the buttons of one's own reports work for nobody else."""
    await world.assigned()
    message_id, callback = await world.button(world.user("Rita"), Verb.ADD)
    await world.press(name, callback, message_id=message_id)
    await world.says(name, "De huur is betaald, zegt men in de straat")
    assert await added(world) == []


@pytest.mark.parametrize("way", ["edited", "forwarded", "via_bot"])
async def test_only_fresh_own_words_are_added(world: World, way: str) -> None:
    """Rows 26, 43: an edit is heard as more of the newest report, and nothing is replaced."""
    await adding(world)
    body: dict[str, Any] = world.message("Rita", text="Hij heeft nu werk gevonden")
    if way == "edited":
        await world.update({"edited_message": {**body, "edit_date": body["date"]}})
        assert await added(world) in ([], ["text"])
        return
    extra = (
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1}}
        if way == "forwarded"
        else {"via_bot": {"id": 5, "is_bot": True, "first_name": "b"}}
    )
    await world.update({"message": {**body, **extra}})
    assert await added(world) in ([], ["text"])


async def test_an_answer_to_the_question_of_months_later_comes_late(database: Database) -> None:
    """Row 49: after the check was answered, or the case begun again, it is still only told."""
    world = await World.open(database, team=TEAM + "ask_reporter_after: true\n")
    await world.assigned()
    await world.presses("An", Verb.MORE)
    await world.presses("An", Verb.CLOSE)
    await world.presses("An", Verb.CLOSE, arg="averted")
    if await world.dialogue("An") is not None:
        await world.presses("An", Verb.SKIP)
    await world.time_passes(to=datetime(2027, 12, 13, 9, tzinfo=UTC))
    await world.presses("An", Verb.ANSWER, arg="still_housed")
    before = (await world.case()).case
    await world.presses("Rita", Verb.AFTERWARDS, arg="unknown")
    assert await added(world) == ["after_unknown"]
    assert (await world.case()).case == before
    assert "Dank u" in world.last("Rita")


@pytest.mark.parametrize("text", ["/reports", "/report", "/support"])
async def test_two_hundred_messages_in_ten_seconds(world: World, text: str) -> None:
    """Row 27: a reporter who has no patience reads one notice; nothing is lost or filed twice."""
    await world.assigned()
    before = await world.everything()
    await flooded(
        world, "Rita", *({"message": world.message("Rita", text=text)} for _ in range(200))
    )
    assert await changed_nothing(world, before)


async def test_two_hundred_presses_on_the_receipt(world: World) -> None:
    """Row 27: a thumb that stays on *Add something*."""
    await world.assigned()
    message, callback = await world.button(world.user("Rita"), Verb.ADD)
    presses = [world.pressed("Rita", callback, message_id=message) for _ in range(200)]
    await flooded(world, "Rita", *presses)

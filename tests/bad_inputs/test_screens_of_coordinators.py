"""Rows 19 and 24 to 52 for the coordinator's figures, exports, pictures, leaflet and team."""

from __future__ import annotations

from typing import Any, Final

import pytest

from bot.texts import say
from storage.database import Database
from tests.bad_inputs.new_screens import (
    HEARD,
    ODD,
    changed_nothing,
    flooded,
    is_answered_twice_and_late,
    is_for_nobody_else,
    nothing_is_lost,
    opened,
)
from tests.world import World

COORDINATORS: Final = ("figures", "export", "team", "invite", "overdue")
TEAMS: Final = (
    *COORDINATORS,
    "leaflet",
    "status",
    "procedure",
    "case",
    "cases",
    "today",
    "away",
    "settings",
)
SCREENS: Final = ("figures", "export", "team", "settings")


@pytest.mark.parametrize("command", TEAMS)
async def test_odd_words_after_a_command_and_at_its_question(world: World, command: str) -> None:
    """Rows 24, 28 to 35, 40: each is answered, none breaks, none changes a case."""
    await world.assigned()
    before = await world.everything()
    for text in ODD:
        shown = world.count("Carla")
        await world.says("Carla", f"/{command} {text}")
        assert world.count("Carla") > shown, text
        if await world.dialogue("Carla") is not None:
            await world.says("Carla", text)
            await world.says("Carla", "/cancel")
    assert await changed_nothing(world, before)
    assert "<a href" not in world.ever("Carla")
    await nothing_is_lost(world)


@pytest.mark.parametrize("command", COORDINATORS)
async def test_who_may_not_reads_the_one_refusal(world: World, command: str) -> None:
    """Row 25: a worker reads the same words for each of them; a reporter and a stranger are not
    told that there is such a thing.
    """
    await world.assigned()
    await world.says("An", f"/{command}")
    if command != "export":  # a worker may take out an own case, and is told how
        assert world.last("An") == say("nl-BE", "refused")
    for name in ("Rita", "Vreemde"):
        await world.says(name, f"/{command}")
        assert all(shown.file is None for shown in world.chat(name))
        assert "Ravels 12" not in world.ever(name)
    await nothing_is_lost(world)


@pytest.mark.parametrize("way", ["edited", "caption", "forwarded", "by a bot"])
@pytest.mark.parametrize("command", ["figures", "export", "leaflet", "procedure"])
async def test_not_one_s_own_fresh_words(world: World, command: str, way: str) -> None:
    """Row 26: edited, forwarded, in a caption or by an inline bot it is no command."""
    message: dict[str, Any] = world.message("Carla", text=f"/{command}")
    kind = "message"
    if way == "edited":
        kind, message["edit_date"] = "edited_message", message["date"] + 5
    elif way == "caption":
        del message["text"]
        photo = [{"file_id": "p1", "file_unique_id": "u", "width": 1, "height": 1}]
        message |= {"caption": f"/{command}", "photo": photo}
    elif way == "forwarded":
        message["forward_origin"] = {"type": "user", "date": message["date"]}
    else:
        message["via_bot"] = {"id": 5, "is_bot": True, "first_name": "x"}
    await world.update({kind: message})
    assert await world.dialogue("Carla") is None
    assert all(shown.file is None for shown in world.chat("Carla"))


@pytest.mark.parametrize("words", SCREENS)
async def test_no_button_of_theirs_works_for_another(database: Database, words: str) -> None:
    """Rows 46, 47: by a colleague, a reporter or a stranger each gets the one refusal and does
    nothing.
    """
    await is_for_nobody_else(await opened(database, "Carla", words), "Carla")


@pytest.mark.parametrize("words", SCREENS)
async def test_each_button_pressed_twice_and_after_sixty_days(
    database: Database, words: str
) -> None:
    """Rows 48, 49, 50: a second press and a very late one are answered, whatever they find."""
    await is_answered_twice_and_late(await opened(database, "Carla", words), "Carla")


@pytest.mark.parametrize("command", ["figures", "export", "team", "leaflet", "status"])
async def test_two_hundred_commands_in_ten_seconds(world: World, command: str) -> None:
    """Row 27: a picture or a file for what is heard at most, one notice, nothing lost."""
    orders = [{"message": world.message("Carla", text=f"/{command}")} for _ in range(200)]
    await flooded(world, "Carla", *orders)
    assert sum(shown.file is not None for shown in world.chat("Carla")) <= HEARD


async def test_a_picture_of_nothing_is_a_picture(world: World) -> None:
    """A team's first morning: figures, board and tables without a case say so, and break not."""
    for command in ("status", "figures", "overdue", "export"):
        await world.says("Carla", f"/{command}")
        await world.says("Carla", "/cancel")
    pictures = [shown.file for shown in world.chat("Carla") if shown.file is not None]
    assert pictures
    assert all(each.content.startswith(b"\x89PNG") for each in pictures)
    await nothing_is_lost(world)

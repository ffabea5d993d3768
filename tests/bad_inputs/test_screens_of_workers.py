"""Rows 27 and 46 to 50 for the worker's settings, case and safe visit."""

from __future__ import annotations

from typing import Final

import pytest

from storage.database import Database
from tests.bad_inputs.new_screens import (
    changed_nothing,
    flooded,
    is_answered_twice_and_late,
    is_for_nobody_else,
    live_buttons,
    opened,
)

SCREENS: Final = ("settings", "case K7QM-4T")


@pytest.mark.parametrize("words", SCREENS)
async def test_no_button_of_theirs_works_for_another(database: Database, words: str) -> None:
    """Rows 46, 47: by a colleague, a reporter or a stranger each gets the one refusal and does
    nothing.
    """
    await is_for_nobody_else(await opened(database, "An", words), "An")


@pytest.mark.parametrize("words", SCREENS)
async def test_each_button_pressed_twice_and_after_sixty_days(
    database: Database, words: str
) -> None:
    """Rows 48, 49, 50: a second press and a very late one are answered, whatever they find."""
    await is_answered_twice_and_late(await opened(database, "An", words), "An")


@pytest.mark.parametrize("words", SCREENS)
async def test_two_hundred_commands_in_ten_seconds(database: Database, words: str) -> None:
    """Row 27: one notice, and no case is changed."""
    world = await opened(database, "An", words)
    before = await world.everything()
    text = f"/{words.split()[0]}"
    await flooded(world, "An", *({"message": world.message("An", text=text)} for _ in range(200)))
    assert await changed_nothing(world, before)


@pytest.mark.parametrize("words", SCREENS)
async def test_two_hundred_presses_in_ten_seconds(database: Database, words: str) -> None:
    """Row 27: a thumb that stays on a button gets one notice too."""
    world = await opened(database, "An", words)
    callback, _ = (await live_buttons(world, "An"))[0]
    await flooded(world, "An", *(world.pressed("An", callback) for _ in range(200)))

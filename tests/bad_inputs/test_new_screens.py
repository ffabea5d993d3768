"""Rows 19 and 24 to 52 for figures, exports, pictures, leaflet, leave and safe visits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest

from bot.screen import Intent, Verb
from bot.texts import plain, say
from storage.database import Database
from tests.world import TEAM, World

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
ODD: Final = (
    "'; DROP TABLE kase;--",
    "% _ * [x](y) ~ | `",
    '<b>&lt;</a><a href="tg://user?id=1">',
    "=HYPERLINK(1)",
    "\u202e\u2066 مرحبا",
    "🙂",
    "٣٢",
    "31-02-2027..29-02-2027",
    "9999-Q9",
    "é" * 3_000,
    "85.07.30-033.28 BE68 5390 0754 7034",
)
BUTTONS: Final = 6
"""Kinds of button pressed thrice: each press is answered at the messenger's own pace."""
CASE_TABLES: Final = ("kase", "event", "personal", "due", "person", "absence", "visit", "file")


async def changed_nothing(world: World, before: dict[str, list[Any]]) -> bool:
    """Return whether cases, people and leave are as they were."""
    after = await world.everything()
    return all(before[name] == after[name] for name in CASE_TABLES)


async def nothing_is_lost(world: World) -> None:
    """Every update was taken up, and every message that came of it went out."""
    inbox = await world.inbox()
    assert (inbox.dead, inbox.new) == (0, 0)
    assert set(await world.outbox()) <= {"sent"}
    assert world.alarms == []


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


SCREENS: Final = (
    ("Carla", "figures"),
    ("Carla", "export"),
    ("Carla", "team"),
    ("Carla", "settings"),
    ("An", "settings"),
    ("An", "case K7QM-4T"),
)


async def opened(database: Database, owner: str, words: str) -> World:
    """Return a team with a case of An's, on which somebody has just opened a screen."""
    world = await World.open(database, team=TEAM + "safe_visits: true\n")
    ref = await world.assigned()
    await world.says(owner, f"/{words.replace('K7QM-4T', ref)}")
    return world


async def live_buttons(world: World, name: str) -> list[tuple[str, Intent]]:
    """Return a callback for each thing that one can ask at the newest message with buttons."""
    found: dict[Verb, tuple[str, Intent]] = {}
    newest = next(shown for shown in reversed(world.chat(name)) if shown.buttons)
    for _, callback in newest.buttons:
        if callback is not None:
            intent = await world.intent(callback)
            found.setdefault(intent.verb, (callback, intent))
    return list(found.values())


@pytest.mark.parametrize(("owner", "words"), SCREENS)
async def test_no_button_of_theirs_works_for_another(
    database: Database, owner: str, words: str
) -> None:
    """Rows 46, 47: by a colleague, a reporter or a stranger each gets the one refusal and does
    nothing.
    """
    world = await opened(database, owner, words)
    buttons = await live_buttons(world, owner)
    assert buttons
    before = await world.everything()
    shown = {name: world.count(name) for name in ("Bram", "Rita", "Vreemde")}
    for callback, _ in buttons:
        for name in shown:
            world.phone.toasts.clear()
            await world.press(name, callback)
            assert world.phone.toasts == [plain("nl-BE", "refused-short")]
    assert await changed_nothing(world, before)
    assert {name: world.count(name) for name in shown} == shown
    await nothing_is_lost(world)


@pytest.mark.parametrize(("owner", "words"), SCREENS)
async def test_each_button_pressed_twice_and_after_sixty_days(
    database: Database, owner: str, words: str
) -> None:
    """Rows 48, 49, 50: a second press and a very late one are answered, whatever they find."""
    world = await opened(database, owner, words)
    buttons = [
        callback
        for callback, intent in await live_buttons(world, owner)
        if intent.verb not in (Verb.LEAVE_TEAM, Verb.CLOSE)
    ][:BUTTONS]
    assert buttons
    world.phone.too_old = True
    for callback in buttons:
        await world.press(owner, callback)
        await world.press(owner, callback)
    await world.says(owner, "/cancel")
    world.clock.at += timedelta(days=60)  # the bot was away: nothing has happened meanwhile
    for callback in buttons:
        await world.press(owner, callback)
    inbox = await world.inbox()
    assert (inbox.dead, inbox.new) == (0, 0)
    assert world.alarms == []


async def test_a_picture_of_nothing_is_a_picture(world: World) -> None:
    """A team's first morning: figures, board and tables without a case say so, and break not."""
    for command in ("status", "figures", "overdue", "export"):
        await world.says("Carla", f"/{command}")
        await world.says("Carla", "/cancel")
    pictures = [shown.file for shown in world.chat("Carla") if shown.file is not None]
    assert pictures
    assert all(each.content.startswith(b"\x89PNG") for each in pictures)
    await nothing_is_lost(world)

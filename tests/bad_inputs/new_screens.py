"""What the trials of figures, exports, pictures, leaflet, leave and safe visits have in common."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from bot.handle.flood import ROOMY_FACTOR, Bucket
from bot.screen import Intent, Verb
from bot.team import Limits
from bot.texts import plain
from storage.database import Database
from tests.world import TEAM, World

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
OTHERS: Final = ("Bram", "Rita", "Vreemde")
BUTTONS: Final = 6
"""Kinds of button pressed thrice: each press is answered at the messenger's own pace."""
CASE_TABLES: Final = ("kase", "event", "personal", "due", "person", "absence", "visit", "file")
HEARD: Final = 6
"""What the bucket hears of one person in these trials: a picture takes most of a second."""


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


async def is_for_nobody_else(world: World, owner: str) -> None:
    """Let the others press each button of the owner's screen: each reads the one refusal."""
    buttons = await live_buttons(world, owner)
    assert buttons
    before = await world.everything()
    shown = {name: world.count(name) for name in OTHERS}
    for callback, _ in buttons:
        for name in shown:
            world.phone.toasts.clear()
            await world.press(name, callback)
            assert world.phone.toasts == [plain("nl-BE", "refused-short")]
    assert await changed_nothing(world, before)
    assert {name: world.count(name) for name in shown} == shown
    await nothing_is_lost(world)


async def is_answered_twice_and_late(world: World, owner: str) -> None:
    """Press each button twice, and once more after sixty days: it is answered, come what may."""
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


async def flooded(world: World, name: str, *updates: dict[str, Any]) -> None:
    """Let all of it come at once: no more is heard than the bucket holds, and one notice said."""
    notice = plain("nl-BE", "flood").split(".")[0]
    world.restart(Bucket(Limits(messages_a_minute=HEARD // (1 + ROOMY_FACTOR))))
    await world.stores(*updates)
    await world.settles()
    inbox = await world.inbox()
    assert (inbox.dead, inbox.new) == (0, 0)
    assert inbox.refused >= len(updates) - HEARD
    said = [*world.phone.toasts, *(shown.text for shown in world.chat(name))]
    assert sum(notice in each for each in said) == 1
    assert world.alarms == []

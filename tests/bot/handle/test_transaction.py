"""One stimulus, one transaction: all of it or nothing, wherever it breaks (style, habit 1)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.hooks import Handled
from bot.screen import Verb
from storage import inbox
from tests.world import World


class Broken(Exception):
    """The machine broke in the middle."""


@contextmanager
def breaks_before(number: int) -> Iterator[list[int]]:
    """Break before the `number`-th statement of a transaction; yield how many there were."""
    seen = [0]

    def count(*_: Any) -> None:
        seen[0] += 1
        if seen[0] == number:
            raise Broken

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", count)


async def waiting(world: World) -> int:
    """Return the number of the one update that waits."""
    rows = await world.read(inbox.next_lanes, team_id=world.team_id, limit=10)
    assert len(rows) == 1
    return rows[0].id


async def breaks_everywhere(world: World) -> None:
    """Let the update that waits break before each of its statements, and then succeed."""
    row = await waiting(world)
    before = await world.everything()
    number = 1
    while True:
        with breaks_before(number) as seen:
            try:
                await world.database.write(world.handled_alone(row))
            except Broken:
                pass
            else:
                break
        assert seen[0] >= number
        assert await world.everything() == before, f"something was left by statement {number}"
        number += 1
    assert number > 10
    assert await world.everything() != before


async def test_a_report_broken_at_any_statement_leaves_nothing(any_world: World) -> None:
    """Row 79, P1, P14: a report broken before any of its statements leaves no case, message or
    due moment, and the update waits still; then it takes effect once."""
    world = any_world
    await world.drafted()
    _, callback = await world.button(world.user("Rita"), Verb.SEND)
    await world.stores(world.pressed("Rita", callback))
    await breaks_everywhere(world)
    await world.settles()
    assert len(await world.cases()) == 1
    assert "ontvangen" in world.last("Rita")


async def test_an_answer_broken_at_any_statement_leaves_nothing(any_world: World) -> None:
    """P6, P14: an answer broken before any of its statements leaves the question open."""
    world = any_world
    await world.assigned()
    _, callback = await world.button(world.user("An"), "Niet gesproken")
    await world.stores(world.pressed("An", callback))
    await breaks_everywhere(world)
    assert (await world.kinds()).count("StepAnswered") == 2


async def test_what_raises_five_times_is_a_dead_letter_and_its_lane_goes_on(
    any_world: World,
) -> None:
    """P2: an update that raises each time has no effect, is kept as a dead letter, a coordinator
    is told, and what the person typed next is handled."""
    world = any_world
    real = world.handler.handle

    def breaks(c: Any, row: inbox.InboxRow, now: Any) -> Handled:
        handled = real(c, row, now)
        if b"breek" in row.raw:
            raise Broken
        return handled

    world.worker = world._new_worker(breaks)
    await world.stores(
        {"message": world.message("Rita", text="breek")},
        {"message": world.message("Rita", text="/about")},
    )
    await world.settles()
    counts = await world.inbox()
    assert (counts.new, counts.dead) == (0, 1)
    assert "kon ik niet verwerken" in world.last("Carla")
    assert "breek" not in world.reads("Carla")
    assert "meldlijn van OCMW Ravels" in world.reads("Rita")
    assert world.count("Rita") == 1


async def test_an_update_that_comes_again_has_one_effect(any_world: World) -> None:
    """Row 9, P3: the same update twice, a hundred times, and after a restart: one effect."""
    world = any_world
    body = world.numbered({"message": world.message("Rita", text="/about")})
    raw = json.dumps(body).encode()
    await world.sends_raw(raw, raw)
    await world.sends_raw(*[raw] * 100)
    world.restart()
    await world.sends_raw(raw)
    assert world.count("Rita") == 1
    assert (await world.inbox()).done == 1


async def test_a_number_used_anew_for_another_update_counts(world: World) -> None:
    """Row 10, P3: the same update_id with another body is another message: both take effect."""
    for text in ("/about", "/help"):
        body = {"update_id": 7, "message": world.message("Rita", text=text)}
        await world.sends_raw(json.dumps(body).encode())
    assert world.count("Rita") == 2


async def test_numbers_out_of_order_and_with_gaps_are_handled(world: World) -> None:
    """Row 11: ids out of order and a gap of a million: all are handled."""
    bodies = [
        json.dumps({"update_id": n, "message": world.message("Rita", text="/about")}).encode()
        for n in (5_000_000, 3, 4_000_000_000, 2)
    ]
    await world.sends_raw(*bodies)
    assert world.count("Rita") == 4


async def test_a_restart_between_receiving_and_handling_loses_nothing(world: World) -> None:
    """P1, P2: what was stored before a crash is handled after it."""
    await world.stores({"message": world.message("Rita", text="/about")})
    world.restart()
    await world.settles()
    assert world.count("Rita") == 1


@pytest.mark.parametrize("broken_at", ["handled", "sent"])
async def test_nothing_is_sent_for_what_was_not_committed(world: World, broken_at: str) -> None:
    """Habit 1: messages leave only after the commit of what caused them."""
    await world.stores({"message": world.message("Rita", text="/about")})
    if broken_at == "handled":
        await world.sends()
        assert world.phone.calls == []
    await world.handles()
    assert world.phone.calls == []
    await world.sends()
    assert [method for method, _ in world.phone.calls] == ["sendMessage"]

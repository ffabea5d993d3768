"""Files by the real gateway, over HTTP, from the messenger's server alone (S19)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.fetcher import Fetcher
from bot.gateway import Gateway, _plain_path
from bot.sandbox import serve
from tests.bot.handle.test_files import adds, stored
from tests.bot.handle.test_topics_over_http import sandbox_of
from tests.bot.pictures import EXIF, PLACE, jpeg, pdf
from tests.world import World


@asynccontextmanager
async def fetching(world: World, origin: str, token: str) -> AsyncIterator[Fetcher]:
    """Give a fetcher that asks this server."""
    gateway = Gateway(token, origin)
    yield Fetcher(
        gateway,
        world.database,
        team_id=world.team_id,
        clock=world.clock,
        refused=world.handler.on_file_refused,
        handled=world.sender.signal,
    )
    await gateway.close()


async def test_what_was_sent_is_what_is_stored(world: World) -> None:
    """S15, S19: getFile and its path at the server of the settings; what is stored holds no
    place, and nothing else was called."""
    await world.assigned()
    sandbox = sandbox_of(world)
    there = sandbox.store(jpeg(EXIF), folder="photos", name=None, mime="image/jpeg")
    await adds(world, b"", file_id=there.file_id)
    async with serve(sandbox) as origin, fetching(world, origin, sandbox.token) as fetcher:
        assert (await fetcher.run_once()).count == 1
    (row,) = await stored(world)
    assert row.size == len(jpeg()) < len(jpeg(EXIF))
    assert PLACE in jpeg(EXIF)
    assert {call.method for call in sandbox.calls} == {"getFile"}


async def test_a_server_that_is_away_costs_no_file(world: World) -> None:
    """Rows 60, 71: nothing answers, later it does: stored then, without a second message."""
    await world.assigned()
    sandbox = sandbox_of(world)
    there = sandbox.store(pdf(), folder="documents", name="../../x.pdf", mime="application/pdf")
    await adds(world, b"", told="document", file_id=there.file_id)
    async with fetching(world, "http://127.0.0.1:9", sandbox.token) as fetcher:
        assert (await fetcher.run_once()).count == 1
    assert await stored(world) == ()
    await world.time_passes(by=timedelta(minutes=1))
    async with serve(sandbox) as origin, fetching(world, origin, sandbox.token) as fetcher:
        await fetcher.run_once()
    (row,) = await stored(world)
    assert row.name is not None
    assert ".." not in row.name


@pytest.mark.parametrize(
    ("path", "is_plain"),
    [
        ("photos/file_1.jpg", True),
        ("documents/file-2", True),
        ("../secret", False),
        ("/etc/passwd", False),
        ("photos/../../x", False),
        ("http://evil.example/x", False),
        ("//evil.example/x", False),
        ("x?y=1", False),
        ("x#y", False),
        ("x%2e%2e/y", False),
        ("x\\y", False),
        ("x\ny", False),
        ("x@evil.example", False),
        ("", False),
        ("x" * 300, False),
    ],
)
def test_a_path_leads_nowhere_else(path: str, is_plain: bool) -> None:
    """S19: a path that getFile names is a path below the server's own, or is not asked for."""
    assert _plain_path(path) is is_plain

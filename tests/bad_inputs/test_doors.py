"""Entrances that Kier does not have, and what comes through none of them (rows 15-18, 83)."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import signal
from datetime import timedelta
from pathlib import Path

import typer.main

from bot.cli import app
from tests.kill.yard import KIER, end, yard_at
from tests.world import World

LISTENING = "0A"


def listening(pid: int) -> list[str]:
    """Return the sockets on which a process waits for others to call."""
    held = set()
    for handle in Path(f"/proc/{pid}/fd").iterdir():
        try:
            held.add(os.readlink(handle).removeprefix("socket:[").removesuffix("]"))
        except FileNotFoundError:  # closed while we looked
            continue
    found = []
    for kind in ("tcp", "tcp6", "udp", "udp6"):
        lines = Path(f"/proc/{pid}/net/{kind}").read_text().splitlines()[1:]
        open_ = [line.split() for line in lines]
        found += [p[1] for p in open_ if p[9] in held and (p[3] == LISTENING or "udp" in kind)]
    return found


async def test_nobody_can_call_it(tmp_path: Path) -> None:
    """Rows 15, 16: `kier run` asks Telegram and listens on no port: no secret to guess, no header,
    method or slow body to send; the control is a door of our own."""
    async with yard_at(tmp_path, people=1) as yard:
        process = await yard.start(*KIER)
        await yard.until(lambda: len(yard.sandbox.calls) > 3)
        assert listening(process.pid) == []
        assert await end(process, signal.SIGTERM) == 0
    door = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    assert len(listening(os.getpid())) >= 1
    door.close()
    await door.wait_closed()


async def test_what_is_packed_is_not_unpacked(world: World) -> None:
    """Row 17: a packed body is none: a dead letter as it came, whatever it would become."""
    bomb = gzip.compress(b"\0" * 5_000_000)
    stored = await world.sends_raw(bomb)
    assert (stored.dead, (await world.inbox()).dead) == (1, 1)


async def test_a_body_that_is_replayed_a_day_later(world: World) -> None:
    """Row 18: it is known by its content: one effect."""
    body = json.dumps(world.numbered({"message": world.message("Rita", text="/about")})).encode()
    await world.sends_raw(body)
    before = world.count("Rita")
    await world.time_passes(by=timedelta(days=1))
    stored = await world.sends_raw(body)
    assert (stored.count, world.count("Rita")) == (0, before)


def test_no_table_is_read_in() -> None:
    """Row 83: there is no import. Who makes one brings the tests of this row and removes this."""
    command = typer.main.get_command(app)
    names = set(getattr(command, "commands", {}))
    assert "export" in names
    assert not [name for name in names if "import" in name or "load" in name]

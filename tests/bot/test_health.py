"""How the bot does: the page for monitors over HTTP, and what coordinators hear of it."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families as families

from bot.assemble import Refused, serving
from bot.health import watch as watch_room
from bot.health.bounds import BACKUP_S, CODES, SPACE_MIN_BYTES, out_of_bounds
from bot.health.page import TELEGRAM_S, Probe, health_page
from bot.health.watch import Watch
from bot.outcomes import Unreachable
from bot.settings import Address, Settings, SettingsError, load_settings
from bot.texts import LANGUAGES, plain
from storage import dues
from storage.vitals import Vitals, vitals
from tests.bot.places import environment, settings
from tests.bot.test_assemble import house_at, simple
from tests.world import (
    PERSONAL,
    REPORT,
    World,
    any_url,
    any_world,
    database,
    empty_file,
    file_url,
    world,
)

__all__ = [
    "any_url", "any_world", "database", "empty_file", "environment", "file_url", "settings",
    "world",
]  # fmt: skip

HERE = Address("127.0.0.1", 0)
WELL = Vitals(
    unhandled=0,
    unhandled_s=None,
    dead_letters=0,
    overdue_s=None,
    outbox={},
    unsent_s=None,
    lateness_s=(),
    backup_s=60.0,
)
MINUTE = timedelta(minutes=1)


def watch(world: World, settings: Settings) -> Watch:
    """The watch of a bot that began a while ago."""
    found = Watch(
        world.database, settings, world.team_id, world.clock, world.handler.on_out_of_bounds
    )
    world.clock.at += MINUTE
    return found


async def seen(world: World) -> Vitals:
    return await world.read(vitals, team_id=world.team_id, now=world.now)


# What is read


async def test_what_waits_and_since_when(any_world: World) -> None:
    """An update and a due moment that wait are seen with their age, on both databases."""
    world = any_world
    before = await seen(world)
    assert (before.unhandled, before.unhandled_s, before.unsent_s) == (0, None, None)
    await world.assigned()
    await world.stores({"message": world.message("Rita", text="Dag")})
    world.clock.at += timedelta(minutes=7)
    found = await seen(world)
    assert (found.unhandled, found.unhandled_s) == (1, 420.0)
    assert found.overdue_s is None and found.dead_letters == 0
    world.clock.at += timedelta(days=1)
    due = await world.read(dues.next_due, team_id=world.team_id)
    assert due is not None and due < world.now
    assert (await seen(world)).overdue_s == (world.now - due).total_seconds()


async def test_a_message_that_telegram_refuses_for_long_is_seen_waiting(world: World) -> None:
    """Each try moves the next one, and not since when it waits."""
    world.phone.outcomes = [Unreachable(code="x")] * 3
    await world.stores({"message": world.message("Rita", text=REPORT)})
    began = world.now
    await world.worker.run_once()
    for _ in range(3):
        await world.sender.run_once()
        await world.sender.drain()
        world.clock.at += timedelta(seconds=70)
        world.clock.seconds += 70
    assert (await seen(world)).unsent_s == (world.now - began).total_seconds()


async def test_how_late_the_prompts_of_the_last_hour_were(world: World) -> None:
    """From when a prompt was due to be sent until Telegram had it; older ones are left out."""
    await world.assigned()
    assert (await seen(world)).lateness_s == (0.0, 0.5)
    world.clock.at += timedelta(hours=2)
    assert (await seen(world)).lateness_s == ()


# What is out of bounds


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("inbox-behind", {"unhandled_s": 301.0}),
        ("prompts-behind", {"overdue_s": 601.0}),
        ("unsent", {"unsent_s": 601.0}),
        ("backup-old", {"backup_s": BACKUP_S + 1}),
    ],
)
def test_each_bound(code: str, change: dict[str, Any]) -> None:
    """Just above is out, just below is not."""
    above = replace(WELL, **change)
    below = replace(WELL, **{name: seconds - 2 for name, seconds in change.items()})
    room = SPACE_MIN_BYTES
    assert set(out_of_bounds(above, free_bytes=room, makes_backups=True)) == {code}
    assert not out_of_bounds(below, free_bytes=room, makes_backups=True)


def test_a_full_disk_and_a_bot_without_backups() -> None:
    """The disk counts always; backups only where some are made."""
    assert set(out_of_bounds(WELL, free_bytes=1, makes_backups=True)) == {"disk-low"}
    old = replace(WELL, backup_s=BACKUP_S * 9)
    assert not out_of_bounds(old, free_bytes=SPACE_MIN_BYTES, makes_backups=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_each_has_words(code: str, language: str) -> None:
    """Plain words in each language, with the way out."""
    assert "kier doctor" in plain(language, f"alarm-{code}", since="9:00")


# What coordinators hear


async def test_coordinators_hear_once_of_what_is_wrong(world: World, settings: Settings) -> None:
    """Once, also across a restart; anew when it was well in between. No name stands in it."""
    await world.stores({"message": world.message("Rita", text=REPORT)})
    await watch(world, settings).run_once()
    assert world.count("Carla") == 0, "a minute is nothing"
    world.clock.at += 6 * MINUTE
    for _ in range(2):
        await watch(world, settings).run_once()
        await world.sends()
        assert world.count("Carla") == 1
    assert "ma 13 sep 10:20" in world.last("Carla")
    assert not [word for word in PERSONAL if word in world.last("Carla")]
    await world.settles()
    await watch(world, settings).run_once()
    told = world.count("Carla")
    await world.stores({"message": world.message("Rita", text="Nog iets")})
    world.clock.at += 7 * MINUTE
    await watch(world, settings).run_once()
    await world.sends()
    assert world.count("Carla") == told + 1


async def test_a_start_is_no_alarm(world: World, settings: Settings) -> None:
    """What a night without the bot left behind is being caught up with in its first minute."""
    await world.stores({"message": world.message("Rita", text=REPORT)})
    world.clock.at += timedelta(hours=9)
    first = Watch(
        world.database, settings, world.team_id, world.clock, world.handler.on_out_of_bounds
    )
    assert (await first.run_once()).wait_s == watch_room.EVERY_S
    await world.sends()
    assert world.count("Carla") == 0


# The page


@asynccontextmanager
async def page(**changes: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Open a page on what is well, but for the changes."""

    async def well() -> Vitals:
        return WELL

    probe = Probe(vitals=well, leads=lambda: True, telegram_s=lambda: 3.0)
    async with health_page(HERE, replace(probe, **changes)) as port:
        url = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
            yield client


async def test_the_page_of_a_bot_that_is_well() -> None:
    """Three addresses, and no other."""
    async with page() as client:
        assert (await client.get("/healthz")).text == "ok\n"
        ready = await client.get("/readyz")
        assert (ready.status_code, ready.json()) == (
            200,
            {"database": True, "leader": True, "telegram": True},
        )
        metrics = await client.get("/metrics")
        found = {family.name: family for family in families(metrics.text)}
        assert found["kier_backup_age_seconds"].samples[0].value == 60.0
        assert found["kier_leader"].samples[0].value == 1.0
        for path in ("/", "/docs", "/metrics/x"):
            assert (await client.get(path)).status_code == 404
        assert (await client.post("/healthz")).status_code == 405


async def _broken() -> Vitals:
    raise RuntimeError("the password is hunter2")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("database", {"vitals": _broken}),
        ("leader", {"leads": lambda: False}),
        ("telegram", {"telegram_s": lambda: TELEGRAM_S}),
        ("telegram", {"telegram_s": lambda: None}),
    ],
)
async def test_what_keeps_it_from_serving_is_named(name: str, change: dict[str, Any]) -> None:
    """503 and which of the three; nothing of the error itself. It is alive all the same."""
    async with page(**change) as client:
        ready = await client.get("/readyz")
        assert ready.status_code == 503
        assert [key for key, well in ready.json().items() if not well] == [name]
        assert (await client.get("/healthz")).status_code == 200
        metrics = await client.get("/metrics")
        assert metrics.status_code == (503 if name == "database" else 200)
        assert "hunter2" not in ready.text + metrics.text


async def test_metrics_hold_numbers_alone(world: World) -> None:
    """P19: no reference, no name, no chat stands on the page of a team with a case."""
    ref = await world.assigned()
    async with page(vitals=partial(seen, world)) as client:
        text = (await client.get("/metrics")).text
    assert 'kier_outbox{state="queued"} 0.0' in text
    assert 'kier_prompt_lateness_seconds{quantile="1"} 0.5' in text
    told = (ref, *PERSONAL, "An", str(world.user("An")), str(world.user("Rita")))
    values = [line.rpartition(" ")[2] for line in text.splitlines() if line[0] != "#"]
    assert not [word for word in told for value in values if word in value]
    assert not [word for word in (*PERSONAL, ref) if word in text]


async def test_a_running_bot_shows_its_page(tmp_path: Path) -> None:
    """`KIER_HEALTH`: ready once Telegram has answered a poll, and gone with the process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with house_at(tmp_path) as house:
        house.settings = replace(house.settings, health=Address("127.0.0.1", port))
        url = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
            async with house.bot():
                house.sandbox.user_text(house.an, "Dag")
                await house.until(lambda: house.heard() == ["echo Dag"])
                ready = await client.get("/readyz")
                assert ready.status_code == 200, ready.text
            with pytest.raises(httpx.ConnectError):
                await client.get("/healthz")


async def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    """One sentence, before anything was served."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        at = Address("127.0.0.1", taken.getsockname()[1])
        async with house_at(tmp_path) as house:
            with pytest.raises(Refused, match=r"KIER_HEALTH: 127.0.0.1:.* name another port"):
                async with serving(replace(house.settings, health=at), assembly=simple):
                    raise AssertionError("it began to serve")


# The setting


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("8642", "127.0.0.1", 8642),
        ("0.0.0.0:8642", "0.0.0.0", 8642),
        ("[::1]:8642", "::1", 8642),
    ],
)
def test_where_to_listen(environment: dict[str, str], text: str, host: str, port: int) -> None:
    """A port alone is on this machine; another host has to be named."""
    found = load_settings(environment | {"KIER_HEALTH": text}).health
    assert found == Address(host, port)
    assert found is not None
    assert found.family is (socket.AF_INET6 if ":" in host else socket.AF_INET)


@pytest.mark.parametrize("text", ["x", "70000", "host:", "-1", "80 80"])
def test_what_is_no_port(environment: dict[str, str], text: str) -> None:
    """It is said with an example."""
    with pytest.raises(SettingsError, match=r"KIER_HEALTH: is no port; write e.g. 8642"):
        load_settings(environment | {"KIER_HEALTH": text})


def test_nothing_listens_unasked(settings: Settings) -> None:
    """Left out, no port is opened."""
    assert settings.health is None

"""Safe visits through the whole bot: asked, told, looked into; restarts and outages in between."""

from __future__ import annotations

import asyncio
import copy
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from bot.handle import Handler
from bot.handle.office import open_office
from bot.outcomes import Rejected
from bot.screen import Verb
from bot.team import read_team
from scheduler.decision import VisitTold
from storage import access, dues, people, visits
from storage.database import Database
from storage.keys import Keyring
from tests.bot.clocks import StandingClock
from tests.world import (
    BOT_NAME,
    CHANNEL,
    KEYS,
    REPORT,
    TEAM,
    TEAM_OF_THREE,
    Shown,
    Telephone,
    World,
)

SAFE = TEAM + "safe_visits: true\n"
TUESDAY_OPEN = datetime(2027, 9, 14, 7, 0, tzinfo=UTC)
LONG = "Wilhelmina van den Bossche-Vandeputte de la Motte Fouqué " * 4
OUT, LONGER = "Ik ben buiten", "+30 min"
ALARM = "is nog niet buiten"


async def opened(database: Database, team: str = SAFE, **members: people.Role) -> World:
    """Return a team that wants safe visits, whose An is asked to go to Mia Verbeke's home."""
    world = await World.open(database, team=team, members={**TEAM_OF_THREE, **members})
    await to_visit(world)
    return world


async def to_visit(world: World, *texts: str) -> None:
    """Let cases come so far that An goes there: nobody answers the phone on two days."""
    reports = texts or (REPORT,)
    for text in reports:
        await world.assigned(text=text)
        await world.presses("An", Verb.ANSWER, step="call_day1", arg="not_reached")
    await world.time_passes(to=TUESDAY_OPEN)
    for _ in reports:
        await world.presses("An", Verb.ANSWER, step="call_day2", arg="not_reached")


@dataclass(frozen=True)
class Door:
    """A world that stands at the door, as it was kept: played once, copied for each test."""

    path: Path
    phone: Telephone
    users: dict[str, int]
    ids: dict[str, int]
    update_id: int
    at: datetime


@pytest.fixture(scope="session")
def door(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Door:
    """The team of three on Tuesday; An is asked to go to Mia Verbeke's home."""
    path = tmp_path_factory.mktemp("door") / "door.db"
    shutil.copy(empty_file, path)

    async def make() -> Door:
        database = await Database.open(f"sqlite:///{path}", keys=Keyring.load(KEYS))
        made = await opened(database)
        await database.close()
        return Door(path, made.phone, made.users, made.ids, made.update_id, made.now)

    return asyncio.run(make())


@pytest_asyncio.fixture
async def safe(door: Door, tmp_path: Path) -> AsyncIterator[World]:
    """The team of three; An is at the door."""
    shutil.copy(door.path, tmp_path / "door.db")
    keys = Keyring.load(KEYS)
    database = await Database.open(f"sqlite:///{tmp_path / 'door.db'}", keys=keys)
    team = read_team(SAFE.encode(), Path())
    office = await database.write(partial(open_office, team=team, bot_name=BOT_NAME, now=door.at))
    world = World(database, Handler(office), StandingClock(door.at))
    world.phone = copy.deepcopy(door.phone)
    world.users, world.ids = dict(door.users), dict(door.ids)
    world.update_id = door.update_id
    world.restart()
    yield world
    await database.close()


async def goes_in(
    world: World, minutes: int = 30, who: str = "Alleen", **case: int | None
) -> None:
    """An says with whom, and goes in for so long."""
    await world.presses("An", Verb.VISIT, arg=None, **case)
    await world.presses("An", who)
    await world.presses("An", Verb.VISIT, arg="in", page=minutes)


async def told(world: World) -> list[str]:
    """Return what the case's history holds of its visits."""
    events = [line.event for line in await world.history()]
    return [event.what for event in events if isinstance(event, VisitTold)]


def alarms(world: World, name: str) -> list[Shown]:
    return [shown for shown in world.chat(name) if ALARM in shown.text]


async def fires(world: World, to: datetime) -> None:
    """Let the clock stand there, nothing having happened meanwhile; then the bot is back."""
    world._stand_at(to)
    world.restart()
    await world.time_passes(by=timedelta())


async def test_in_and_out(safe: World):
    """Item 7: one tap in, one tap out: nobody is asked or told anything, the history knows."""
    await goes_in(safe)
    assert safe.last("An").startswith("🛡 Binnen sinds")
    await safe.presses("An", OUT)
    assert safe.last("An").startswith("✓ Buiten om")
    before = safe.count("An")
    await safe.time_passes(by=timedelta(hours=2))
    assert safe.count("An") == before
    assert alarms(safe, "Carla") == []
    assert await told(safe) == ["in", "out"]


async def test_who_is_not_out_is_asked_and_then_a_coordinator_is_told(safe: World):
    """Item 7: no *out* after the chosen time: a question at once, an alert five minutes later."""
    await goes_in(safe)
    await safe.time_passes(by=timedelta(minutes=29))
    assert "Ben je buiten?" not in safe.reads("An")
    await safe.time_passes(by=timedelta(minutes=1))
    assert safe.last("An").startswith("❔ Ben je buiten?")
    await safe.time_passes(by=timedelta(minutes=4))
    assert alarms(safe, "Carla") == []
    await safe.time_passes(by=timedelta(minutes=1))
    assert len(alarms(safe, "Carla")) == 1
    assert "Dorpsstraat" not in safe.reads("Carla")
    assert safe.last("An").startswith("🔴")
    assert await told(safe) == ["in", "alerted"]


async def test_the_address_is_on_tap_protected_and_written_down(safe: World):
    """Item 7: the address comes by a tap, protected, and the access log knows who saw it."""
    await goes_in(safe)
    await safe.time_passes(by=timedelta(minutes=35))
    await safe.presses("Carla", "Adres")
    shown = safe.chat("Carla")[-1]
    assert "Dorpsstraat" in shown.text
    assert shown.protected
    case = await safe.case()
    seen = await safe.read(access.who_saw, case_id=case.row.id)
    assert [(one.person_id, one.what) for one in seen][-1] == (safe.ids["Carla"], "details")
    await safe.time_passes(by=timedelta(minutes=10))
    assert "Dorpsstraat" not in safe.reads("Carla")


async def test_the_first_who_looks_wins(database: Database):
    """Item 7: two coordinators are told; the first answer wins, the other's copy says whose."""
    world = await opened(database, Karin="coordinator")
    await goes_in(world)
    await world.time_passes(by=timedelta(minutes=35))
    message_id, callback = await world.button(world.user("Karin"), Verb.VISIT, arg="look")
    await world.presses("Carla", Verb.VISIT, arg="look")
    assert "Carla kijkt het na" in world.reads("Karin")
    assert "Carla kijkt waar je bent" in world.last("An")
    await world.press("Karin", callback, message_id=message_id)
    assert "Je kijkt het na" not in world.reads("Karin")
    assert await told(world) == ["in", "alerted", "look"]
    before = world.count("Karin")
    await world.time_passes(by=timedelta(minutes=30))
    assert (world.count("Karin"), len(alarms(world, "Carla"))) == (before, 1)
    heard = world.count("Carla")
    await world.presses("An", OUT)
    assert alarms(world, "Carla") == alarms(world, "Karin") == []
    assert world.count("Carla") == heard + 1  # an edit makes no sound
    assert world.last("Carla").startswith("✓ An is buiten")
    assert world.count("Karin") == before


async def test_who_looked_into_it_can_say_that_all_is_well(safe: World):
    """The coordinator found the worker: the visit is over, and the worker reads who said so."""
    await goes_in(safe)
    await safe.time_passes(by=timedelta(minutes=35))
    await safe.presses("Carla", Verb.VISIT, arg="look")
    await safe.presses("Carla", Verb.VISIT, arg="safe")
    assert "Dat meldt Carla" in safe.last("An")
    assert await told(safe) == ["in", "alerted", "look", "safe"]


async def test_an_alert_that_nobody_looks_into_comes_once_more(safe: World):
    """Ten minutes without an answer: to all coordinators, once more; then it stands."""
    await goes_in(safe)
    await safe.time_passes(by=timedelta(minutes=45))
    assert len(alarms(safe, "Carla")) == 2
    await safe.time_passes(by=timedelta(hours=3))
    assert len(alarms(safe, "Carla")) == 2


async def test_it_survives_a_restart_at_any_moment(safe: World):
    """Item 7: inside, asked, alerted: each is taken up where it was."""
    await goes_in(safe)
    safe.restart()
    await safe.time_passes(by=timedelta(minutes=30))
    assert safe.last("An").startswith("❔")
    safe.restart()
    await safe.time_passes(by=timedelta(minutes=5))
    assert len(alarms(safe, "Carla")) == 1
    safe.restart()
    await safe.presses("Carla", Verb.VISIT, arg="look")
    await safe.presses("An", OUT)
    assert await told(safe) == ["in", "alerted", "look", "out"]


async def test_what_was_missed_is_asked_late_and_then_told(safe: World):
    """Item 7: down for two hours: the worker is asked at once, and has the same five minutes."""
    await goes_in(safe)
    await fires(safe, safe.now + timedelta(hours=2))
    assert safe.last("An").startswith("❔ Ben je buiten?")
    assert alarms(safe, "Carla") == []
    await safe.time_passes(by=timedelta(minutes=5))
    assert len(alarms(safe, "Carla")) == 1


async def test_a_press_that_waited_comes_before_the_alert(safe: World):
    """Down while the worker pressed *out*: asked late perhaps, but nobody is told."""
    await goes_in(safe)
    message_id, callback = await safe.button(safe.user("An"), Verb.VISIT, arg="out")
    await safe.stores(safe.pressed("An", callback, message_id=message_id))
    await fires(safe, safe.now + timedelta(hours=2))
    await safe.time_passes(by=timedelta(hours=1))
    assert alarms(safe, "Carla") == []
    assert await told(safe) == ["in", "out"]
    assert not any(OUT in shown.labels for shown in safe.chat("An"))


async def test_longer(safe: World):
    """*+30 min*: before the time it is added; after the alert it calms those who were told."""
    await goes_in(safe)
    await safe.presses("An", LONGER)
    await safe.time_passes(by=timedelta(minutes=59))
    assert "Ben je buiten?" not in safe.reads("An")
    await safe.time_passes(by=timedelta(minutes=6))
    assert len(alarms(safe, "Carla")) == 1
    await safe.presses("An", LONGER)
    assert alarms(safe, "Carla") == []
    assert "An liet iets horen" in safe.last("Carla")
    await safe.time_passes(by=timedelta(minutes=34))  # counted from now, the time was over
    assert alarms(safe, "Carla") == []
    await safe.time_passes(by=timedelta(minutes=1))
    assert len(alarms(safe, "Carla")) == 1


async def test_answering_does_not_say_that_one_is_out(safe: World):
    """Item 7: the answer counts as ever, *I am out* stands under it, and the clock goes on."""
    await goes_in(safe)
    await safe.presses("An", Verb.ANSWER, step="visit_1", arg="let_in")
    assert (await safe.answers())[-1].answer == "let_in"
    assert [OUT in shown.labels for shown in safe.chat("An")].count(True) == 2
    await safe.time_passes(by=timedelta(minutes=35))
    assert len(alarms(safe, "Carla")) == 1
    await safe.presses("An", OUT)
    await safe.presses("An", Verb.CORRECT)
    assert "Teruggenomen" in safe.reads("An")


async def test_not_after_all(safe: World):
    """Cancelled before going in: nothing is watched, and it can begin anew."""
    await safe.presses("An", Verb.VISIT, arg=None)
    await safe.presses("An", "Alleen")
    await safe.presses("An", Verb.VISIT, arg="cancel")
    assert "Niet binnengegaan" in safe.last("An")
    await goes_in(safe)
    assert await told(safe) == ["in"]


async def test_all_buttons_of_a_visit_that_is_over_are_gone(safe: World):
    """One message carries the visit; after *out* none does, and an old tap changes nothing."""
    await goes_in(safe)
    message_id, callback = await safe.button(safe.user("An"), Verb.VISIT, arg="out")
    await safe.time_passes(by=timedelta(minutes=31))
    await safe.presses("An", OUT)
    assert not any(OUT in shown.labels for shown in safe.chat("An"))
    before = await safe.history()
    await safe.press("An", callback, message_id=message_id)
    assert await safe.history() == before


async def test_two_visits_at_once_by_one_worker(database: Database):
    """Each has its own time and its own reference."""
    other = "Huurachterstal van Jan Peeters, Kerkstraat 9, 2382 Ravels, 0471 22 33 44."
    world = await World.open(database, team=SAFE)
    await to_visit(world, REPORT, other)
    first, second = (one.row for one in await world.cases())
    await goes_in(world, 90, case=first.id)
    await goes_in(world, 30, case=second.id)
    await world.time_passes(by=timedelta(minutes=30))
    assert second.ref in world.last("An")
    await world.presses("An", OUT)
    await world.time_passes(by=timedelta(minutes=65))
    assert [first.ref in shown.text for shown in alarms(world, "Carla")] == [True]


async def test_the_only_coordinator_is_on_leave(safe: World):
    """Item 7: then all coordinators are told, whatever their leave."""
    today = safe.handler.office.days.day_of(safe.now)
    await safe.write(
        people.put_absence,
        person_id=safe.ids["Carla"],
        from_on=today,
        to_on=today,
        stand_in=None,
        accepted=True,
        now=safe.now,
    )
    await goes_in(safe)
    await safe.time_passes(by=timedelta(minutes=35))
    assert (len(alarms(safe, "Carla")), alarms(safe, "Bram")) == (1, [])


async def test_no_coordinator_can_be_reached(safe: World):
    """The only one has blocked the bot: the rest of the team is told, and may see the address."""
    safe.phone.closed.add(safe.user("Carla"))
    await goes_in(safe)
    await safe.time_passes(by=timedelta(minutes=35))
    assert len(alarms(safe, "Bram")) == 1
    await safe.presses("Bram", "Adres")
    assert "Dorpsstraat" in safe.last("Bram")
    await safe.presses("Bram", Verb.VISIT, arg="look")
    await safe.presses("An", OUT)
    before = safe.count("Bram")
    await safe.says("Bram", f"/case {(await safe.case()).row.ref}")
    assert safe.count("Bram") == before + 1
    assert "Dat gaat niet" in safe.last("Bram")


async def test_an_alert_that_is_refused_goes_on_to_the_next(safe: World):
    """The messenger will not take it for Carla, for whatever reason: the rest is told, once."""
    await goes_in(safe)
    await safe.time_passes(by=timedelta(minutes=34))
    safe.phone.refuse[safe.user("Carla")] = [Rejected(code="no-rights")] * 5
    await safe.time_passes(by=timedelta(minutes=2))
    assert (len(alarms(safe, "Carla")), len(alarms(safe, "Bram"))) == (0, 1)
    assert len(safe.phone.refuse[safe.user("Carla")]) >= 3


async def test_the_worker_cannot_be_reached(safe: World):
    """The worker's chat is blocked: the coordinator is told all the same, in time."""
    await goes_in(safe)
    safe.phone.closed.add(safe.user("An"))
    await safe.time_passes(by=timedelta(minutes=35))
    assert len(alarms(safe, "Carla")) == 1


async def test_a_coordinator_who_visits_is_not_told_of_herself(database: Database):
    """Who visits cannot look into it; who goes along neither, while there is somebody else."""
    world = await opened(database, Karin="coordinator")
    await goes_in(world, who="Carla")
    await world.time_passes(by=timedelta(minutes=35))
    assert (len(alarms(world, "Karin")), alarms(world, "Carla"), alarms(world, "Bram")) == (
        1,
        [],
        [],
    )
    assert "Met Carla" in world.reads("Karin")


async def test_somebody_else_is_typed_and_kept_apart(safe: World):
    """A typed name of 200 characters and more: sealed with the case, shown, and cut to fit."""
    await safe.presses("An", Verb.VISIT, arg=None)
    await safe.presses("An", Verb.VISIT, arg="someone")
    await safe.says("An", LONG)
    assert "Met Wilhelmina" in safe.last("An")
    await safe.presses("An", Verb.VISIT, arg="in", page=30)
    await safe.time_passes(by=timedelta(minutes=35))
    assert "Met Wilhelmina" in alarms(safe, "Carla")[0].text
    assert alarms(safe, "Carla")[0].protected
    everything = await safe.everything()
    assert "Wilhelmina" not in repr(everything["visit"])


async def test_a_worker_with_a_name_of_200_characters(database: Database):
    """Row 12: the alert with it reaches the coordinator."""
    world = await opened(database)
    await world.write(people.set_person, person_id=world.ids["An"], name=LONG[:200])
    await goes_in(world)
    await world.time_passes(by=timedelta(minutes=35))
    assert len(alarms(world, "Carla")) == 1


async def test_another_time(safe: World):
    """*Other*: typed as people type it, and tapped at the door."""
    await safe.presses("An", Verb.VISIT, arg=None)
    await safe.presses("An", "Alleen")
    await safe.presses("An", Verb.VISIT, arg="other")
    await safe.says("An", "2u15")
    await safe.presses("An", Verb.VISIT, arg="in", page=135)
    await safe.time_passes(by=timedelta(minutes=134))
    assert "Ben je buiten?" not in safe.reads("An")
    await safe.time_passes(by=timedelta(minutes=1))
    assert "Ben je buiten?" in safe.reads("An")


async def test_the_clock_is_put_back_at_night(database: Database):
    """DST: thirty minutes are thirty minutes while the wall says 2:30 twice."""
    world = await opened(database)
    await world.time_passes(to=datetime(2027, 10, 31, 0, 45, tzinfo=UTC))  # 2:45 summer time
    await world.says("An", f"/case {(await world.case()).row.ref}")
    await world.presses("An", Verb.STEP, step="visit_1")
    await goes_in(world)
    await world.time_passes(by=timedelta(minutes=29))
    assert "Ben je buiten?" not in world.reads("An")
    await world.time_passes(by=timedelta(minutes=6))
    assert len(alarms(world, "Carla")) == 1


async def test_the_clock_jumps_back(safe: World):
    """A clock that jumps back loses no visit: it is asked when its moment comes again."""
    await goes_in(safe)
    safe.clock.at -= timedelta(minutes=20)
    safe.restart()
    await safe.time_passes(by=timedelta(minutes=49))
    assert "Ben je buiten?" not in safe.reads("An")
    await safe.time_passes(by=timedelta(minutes=6))
    assert len(alarms(safe, "Carla")) == 1


async def test_nobody_elses_button_counts(safe: World):
    """S3: nobody says *out* for another; who was not told sees no address."""
    await goes_in(safe)
    _, callback = await safe.button(safe.user("An"), Verb.VISIT, arg="out")
    await safe.press("Bram", callback)
    assert await told(safe) == ["in"]


async def test_nothing_of_it_in_the_channel(safe: World):
    """Item 7, P9: the channel hears nothing of who is inside where."""
    await safe.has_channel()
    before = safe.ever(CHANNEL)
    await goes_in(safe)
    await safe.time_passes(by=timedelta(minutes=45))
    await safe.presses("Carla", Verb.VISIT, arg="look")
    await safe.presses("An", OUT)
    assert safe.ever(CHANNEL) == before


async def test_a_team_that_does_not_want_it_sees_nothing_of_it(world: World):
    """Item 7: off by default."""
    await to_visit(world)
    with pytest.raises(AssertionError, match="no button"):
        await world.button(world.user("An"), Verb.VISIT)


async def test_a_visit_wakes_the_bot_in_time(safe: World):
    """Whoever goes in sets a moment that the loops are told of at once."""
    await safe.presses("An", Verb.VISIT, arg=None)
    await safe.presses("An", "Alleen")
    heard: list[datetime | None] = []
    safe.worker._handled = heard.append
    await safe.presses("An", Verb.VISIT, arg="in", page=30)
    assert safe.now + timedelta(minutes=30) in heard


async def test_it_is_the_same_on_each_database(any_url: str):
    """Tables, locks and due moments, on SQLite and on PostgreSQL."""
    database = await Database.open(any_url, keys=Keyring.load(KEYS))
    try:
        world = await opened(database)
        await goes_in(world)
        await world.time_passes(by=timedelta(minutes=35))
        await world.presses("Carla", Verb.VISIT, arg="look")
        await world.presses("An", OUT)
        assert await told(world) == ["in", "alerted", "look", "out"]
        row = await world.read(visits.visit, team_id=world.team_id, visit_id=1)
        assert row is not None
        assert row.state == "out"
        assert await world.read(dues.team_due, team_id=world.team_id, key="visit:1") is None
    finally:
        await database.close()


async def test_the_coordinators_overview_says_who_is_inside(safe: World) -> None:
    """`/status` of a coordinator: reference, who, since and until when; who is late is marked;
    nothing of it once they are out."""
    ref = (await safe.case()).row.ref
    await goes_in(safe)
    await safe.says("Carla", "/status")
    assert f"{ref} · An is binnen: sinds 09:00, tot 09:30" in safe.reads("Carla")
    said = next(s for s in safe.chat("Carla") if "is binnen" in s.text).text.splitlines()[0]
    assert [word for word in ("Mia", "Verbeke", "M.V.", "Dorpsstraat") if word in said] == []
    await safe.time_passes(by=timedelta(minutes=31))
    await safe.says("Carla", "/status")
    assert "An zou buiten zijn: binnen sinds 09:00" in safe.reads("Carla")
    await safe.time_passes(by=timedelta(minutes=6))
    await safe.says("Carla", "/status")
    assert "An is nog niet buiten: binnen sinds 09:00" in safe.reads("Carla")
    await safe.presses("An", OUT)
    before = safe.count("Carla")
    await safe.says("Carla", "/status")
    assert "binnen sinds" not in "".join(s.text for s in safe.chat("Carla")[before:])


async def test_an_overview_without_safe_visits_says_nothing_of_them(safe: World) -> None:
    """The option switched off again while somebody is inside: the overview is as it was."""
    await goes_in(safe)
    team = read_team(TEAM.encode(), Path())
    office = await safe.write(open_office, team=team, bot_name=BOT_NAME, now=safe.now)
    safe.handler = Handler(office)
    safe.restart()
    before = safe.count("Carla")
    await safe.says("Carla", "/status")
    shown = "".join(s.text for s in safe.chat("Carla")[before:])
    assert "Dossiers: 1" in shown
    assert "binnen" not in shown

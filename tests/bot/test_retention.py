"""What is personal is announced and then erased, and nothing else changes (P18, privacy)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.handle.counting import figures_of_period
from bot.handle.retention import NOTICE, term_ends
from bot.retention import RetentionJob
from bot.screen import Verb
from bot.settings import Settings
from bot.team import Retention
from scheduler.case import Case, Coming, State
from scheduler.figures import Period
from storage import access, history, people
from storage.restore import restore
from tests.bot.places import environment, settings
from tests.storage.test_restore import (
    _closed_url,
    backed_up,
    is_well,
    on,
    order,
)
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

DAY = timedelta(days=1)
WEEK = 7 * DAY
YEAR = Period(first=date(2027, 1, 1), last=date(2027, 12, 31))
CLOSED = datetime(2027, 9, 13, 8, tzinfo=UTC)


async def closed(world: World, text: str = REPORT, name: str = "Rita") -> int:
    """Let a case be reported, given to An and closed; return its number."""
    await world.assigned(name=name, text=text)
    case_id = (await world.cases())[-1].row.id
    await world.presses("An", Verb.MORE, case=case_id)
    await world.presses("An", Verb.CLOSE, case=case_id)
    await world.presses("An", Verb.CLOSE, arg="averted")
    if await world.dialogue("An") is not None:
        await world.presses("An", Verb.SKIP)
    assert (await world.cases())[-1].case.state is State.CLOSED
    return case_id


async def jumps(world: World, by: timedelta) -> None:
    """Let time go by: an outage, with some ordinary days at its end."""
    if by > WEEK:
        world._stand_at(world.now + by - WEEK)
    await world.time_passes(by=min(by, WEEK))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The directory of the backups."""
    return tmp_path / "backups"


def job(world: World, given: Settings) -> RetentionJob:
    return RetentionJob(world.database, given, world.team_id, world.clock)


def at_this(given: Settings, world: World) -> Settings:
    return replace(given, team=world.handler.office.team)


@pytest.mark.timeout(120)
async def test_announced_fourteen_days_before_then_gone(
    any_world: World, settings: Settings, place: Path
) -> None:
    """Six months after closing: first the coordinators hear which cases, by reference alone; two
    weeks later nothing personal opens any more, and history, states and figures are as before."""
    world = any_world
    settings = replace(at_this(settings, world), backup_dir=place)
    case_id = await closed(world)
    ref = (await world.case()).row.ref
    at_work = job(world, settings)
    await jumps(world, timedelta(days=160))
    assert ref not in told(world)
    await jumps(world, timedelta(days=10))
    assert told(world).count(ref) == 1
    assert not any(word in told(world) for word in PERSONAL)
    office = world.handler.office
    before = await world.read(figures_of_period, office=office, period=YEAR)
    kept = await world.history()
    await at_work.run_once()
    assert None not in {
        v.text for v in (await world.read(history.personal, case_id=case_id)).values()
    }
    file = await backed_up(world, place)
    await jumps(world, timedelta(days=21))
    assert told(world).count(ref) == 1
    assert (await at_work.run_once()).count > 0
    values = await world.read(history.personal, case_id=case_id)
    assert values and {value.text for value in values.values()} == {None}
    assert [line.event for line in await world.history()] == [line.event for line in kept]
    assert await world.read(figures_of_period, office=office, period=YEAR) == before
    rita = await world.read(people.people, team_id=world.team_id, gone=True)
    assert not any(one.name == "Rita" for one in rita)
    assert await world.dialogue("Rita") is None
    assert await is_well(world)
    assert [one.what for one in await world.read(access.who_saw, case_id=case_id)][-1] == "erased"
    # and a backup of before brings nothing of it back
    url = await _closed_url(world)
    restored = await restore(url, order(file, world, force=True))
    assert (restored.erased.cases, restored.erased.people) == (1, 1)
    async with on(url, world) as there:
        values = await there.read(history.personal, case_id=case_id)
        assert values and {value.text for value in values.values()} == {None}
        assert await is_well(there)


def told(world: World) -> str:
    """Return what Carla was told of terms."""
    return "\n".join(shown.text for shown in world.chat("Carla") if "gewist" in shown.text)


async def test_who_needs_one_longer_says_why(world: World, settings: Settings) -> None:
    """A press and a reason: kept six months more, written down, and announced anew after that."""
    given = at_this(settings, world)
    case_id = await closed(world)
    ref = (await world.case()).row.ref
    await jumps(world, timedelta(days=170))
    await world.presses("Carla", Verb.RETAIN, case=case_id)
    await world.presses("Carla", Verb.RETAIN, case=case_id, arg="court")
    assert ref in world.last("Carla")
    assert [one.what for one in await world.read(access.who_saw, case_id=case_id)] == [
        "kept-court"
    ]
    await jumps(world, timedelta(days=60))
    await job(world, given).run_once()
    assert (await world.case()).row.erased_at is None
    await jumps(world, timedelta(days=125))
    assert told(world).count(ref) == 2  # announced, and announced anew
    await jumps(world, NOTICE)
    await job(world, given).run_once()
    assert (await world.case()).row.erased_at is not None


async def test_a_case_that_is_open_again_is_not_erased(world: World, settings: Settings) -> None:
    """What was announced and then reopened has no term; a reporter with an open case stays."""
    case_id = await closed(world)
    await jumps(world, timedelta(days=170))
    await world.says("Carla", f"/case {(await world.case()).row.ref}")
    await world.presses("Carla", Verb.MORE, case=case_id)
    await world.presses("Carla", Verb.REOPEN, case=case_id)
    if await world.dialogue("Carla") is not None:
        await world.presses("Carla", Verb.SKIP)
    await jumps(world, timedelta(days=30))
    await job(world, at_this(settings, world)).run_once()
    assert (await world.case()).row.erased_at is None
    assert any(
        one.name == "Rita" for one in await world.read(people.people, team_id=world.team_id)
    )


CASE = Case(
    procedure="ravels",
    version=1,
    state=State.CLOSED,
    closed_at=CLOSED,
    worker=1,
    outcome="averted",
)


def case(**more: Any) -> Case:
    return replace(CASE, **more)


COMING = (Coming(step="three_month_check", at=CLOSED),)


@pytest.mark.parametrize(
    ("given", "terms", "ends"),
    [
        (case(), Retention(), datetime(2028, 3, 13, 8, tzinfo=UTC)),
        (case(worker=None), Retention(), CLOSED + timedelta(weeks=6)),
        (case(worker=None, outcome="joined"), Retention(), datetime(2028, 3, 13, 8, tzinfo=UTC)),
        (case(), Retention(after_closing_months=1), datetime(2027, 10, 13, 8, tzinfo=UTC)),
        (
            case(coming=COMING),
            Retention(after_closing_months=1),
            datetime(2028, 3, 13, 8, tzinfo=UTC),
        ),
        (replace(case(), state=State.OPEN), Retention(), None),
    ],
)
def test_terms(given: Case, terms: Retention, ends: datetime | None) -> None:
    """After closing and after the check; shorter for what became no case; none while open."""
    assert term_ends(given, terms) == ends


async def test_what_has_done_its_work_goes_by_itself(world: World, settings: Settings) -> None:
    """Updates seven days after they were handled, messages after thirty, dead letters after six
    weeks, conversations that nobody went on with, looks after two years; the log stays whole."""
    await world.assigned()
    await world.presses("An", Verb.DETAILS)
    await world.sends_raw(b"{")
    await world.says("Lies", "/report")
    await world.presses("Lies", Verb.REPORT, arg="free")
    at_work = job(world, at_this(settings, world))
    world.clock.at += 6 * DAY
    await at_work.run_once()
    assert (await world.inbox()).done > 0
    world.clock.at += 2 * DAY
    await at_work.run_once()
    inbox = await world.inbox()
    assert (inbox.done, inbox.refused, inbox.dead) == (0, 0, 1)
    assert (await world.outbox())["sent"] > 0
    assert await world.dialogue("Lies") is not None
    world.clock.at += 40 * DAY
    await at_work.run_once()
    assert (await world.inbox()).dead == 0
    assert await world.dialogue("Lies") is None
    assert not (await world.outbox()).get("sent")
    case_id = (await world.case()).row.id
    assert len(await world.read(access.who_saw, case_id=case_id)) == 1
    world.clock.at += 800 * DAY
    await at_work.run_once()
    assert await world.read(access.who_saw, case_id=case_id) == ()
    assert await world.read(access.verify_access, team_id=world.team_id) == ()

"""Rows 72-77: procedures, settings, clocks and databases that are not as they should be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.handle import Handler
from bot.handle.office import open_office
from bot.team import TeamError, read_team
from scheduler.load import ProcedureError, load
from storage.database import Database, lock_for_running
from storage.errors import DatabaseRefused
from storage.keys import Keyring
from tests.conftest import OWN_PROCEDURE
from tests.world import BOT_NAME, KEYS, MONDAY, TEAM, World

TOKEN = ":".join(("7300700700", "AAcanaryCanaryCanaryCanaryCanary0123"))  # no file holds one


def bomb() -> str:
    """Return a page that would be a billion words."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    return "\n".join(lines)


def changed(old: str, new: str) -> str:
    """Return the smallest procedure with something wrong in it."""
    assert old in OWN_PROCEDURE
    return OWN_PROCEDURE.replace(old, new)


BROKEN: Mapping[str, str] = {
    "empty": "",
    "10 MB": "x: " + "y" * 10_000_000,
    "bomb": bomb(),
    "tabs": changed("  call:\n", "\tcall:\n"),
    "duplicate keys": changed("version: 1", "version: 1\nversion: 2"),
    "python object": changed("version: 1", "version: !!python/object/apply:os.system ['true']"),
    "unknown step": changed("opens: note}", "opens: nowhere}"),
    "cycle without wait": changed("closes: done}", "opens: note}"),
    "unreachable step": changed("opens: note}", "closes: done}"),
    "timer 0": changed("2 working days", "0 working days"),
    "timer -1": changed("2 working days", "-1 working days"),
    "timer 10^9": changed("2 working days", "1000000000 working days"),
    "missing translation": changed('text: {en: "Phone {client}."}', "text: {}"),
    "duplicate ids": OWN_PROCEDURE + "  call:\n    role: worker\n",
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_broken_procedure_is_refused_with_line_and_reason(name: str) -> None:
    """Row 72: each is refused at load, at once, and says where and why."""
    with pytest.raises(ProcedureError) as refused:
        load(BROKEN[name], origin="own.yaml")
    assert refused.value.problems
    whole_file = name in ("empty", "10 MB")
    for problem in refused.value.problems:
        assert (problem.line is None) is whole_file
        assert str(problem)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("language: nl-BE", 'language: nl-BE\nhours: {mon-fri: ["22:00-06:00"]}'),
        ("language: nl-BE", 'language: nl-BE\nhours: {mon-fri: ["09:00-25:00"]}'),
        ("Europe/Brussels", "Europe/Ravels"),
        ("procedures: [ravels]", "procedures: [nowhere]"),
    ],
)
def test_bad_hours_and_zones_are_refused_with_their_line(old: str, new: str) -> None:
    """Row 72: hours over midnight, 25:00, a time zone or a procedure that is not there."""
    with pytest.raises(TeamError) as refused:
        read_team(TEAM.replace(old, new).encode(), Path())
    assert [problem.line > 0 for problem in refused.value.problems] == [True]


async def test_the_running_version_stays_when_a_new_one_is_broken(
    world: World, tmp_path: Path
) -> None:
    """Row 72: a broken file changes nothing of the team that runs, nor of its database."""
    await world.assigned()
    (tmp_path / "own.yaml").write_text(BROKEN["unknown step"])
    broken = TEAM.replace("[ravels]", f'["{tmp_path / "own.yaml"}"]')
    before = await world.everything()
    with pytest.raises((TeamError, ProcedureError)):
        read_team(broken.encode(), tmp_path)
    assert await world.everything() == before
    await world.presses("An", "Niet gesproken")
    assert len(await world.answers()) == 2


async def test_a_procedure_changed_while_cases_are_open(world: World) -> None:
    """Row 73, P11: the team's file changes: the open case ends by the version that it began with,
    a new case begins with the new one, and both are the same team's."""
    await world.assigned()
    other = TEAM + "overrides:\n  ravels: {phase1_explore: {due: 5 working days}}\n"
    office = await world.write(
        open_office, team=read_team(other.encode(), Path()), bot_name=BOT_NAME, now=world.now
    )
    world.handler = Handler(office)
    world.restart()
    await world.reported(
        "Ria", "Huurachterstal van Jan Peeters, Kerkstraat 3, 2382 Ravels, 0471 22 33 44."
    )
    old, new = await world.case(0), await world.case(1)
    assert old.row.team_id == new.row.team_id
    assert old.row.procedure_id != new.row.procedure_id
    await world.presses("An", "Niet gesproken")
    assert (await world.case(0)).row.procedure_id == old.row.procedure_id
    assert len(await world.answers(0)) == 2


# Settings


def good(tmp_path: Path) -> dict[str, str]:
    """Return settings with which `kier run` would begin."""
    (tmp_path / "team.yaml").write_text(TEAM)
    return {
        "KIER_TOKEN": TOKEN,
        "KIER_TEAM_FILE": str(tmp_path / "team.yaml"),
        "KIER_DATA_DIR": str(tmp_path / "data"),
        "KIER_API_URL": "http://127.0.0.1:9",
    }


def world_readable(tmp_path: Path) -> dict[str, str]:
    """Return a token in a file that everyone may read."""
    file = tmp_path / "token"
    file.write_text(TOKEN)
    file.chmod(0o644)
    return {"KIER_TOKEN": "", "KIER_TOKEN_FILE": str(file)}


WRONG: Mapping[str, Any] = {
    "no token": lambda p: {"KIER_TOKEN": ""},
    "wrong form": lambda p: {"KIER_TOKEN": TOKEN[:20]},
    "newline": lambda p: {"KIER_TOKEN": TOKEN[:30] + "\n" + TOKEN[30:]},
    "placeholder": lambda p: {"KIER_TOKEN": "<your-token-here>"},
    "world-readable": world_readable,
    "unknown key": lambda p: {"KIER_TOKN": TOKEN},
    "database URL": lambda p: {"KIER_DATABASE_URL": "mysql://x/y"},
    "directory for a file": lambda p: {"KIER_TEAM_FILE": str(p)},
    "no team file": lambda p: {"KIER_TEAM_FILE": str(p / "nowhere.yaml")},
    "a file as directory": lambda p: {"KIER_DATA_DIR": str(p / "team.yaml")},
    "key file a directory": lambda p: {"KIER_KEY_FILE": str(p)},
}


@pytest.mark.parametrize("name", list(WRONG))
def test_settings_that_cannot_be_worked_with(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 74, S17, S25: `kier run` ends with a status that is not 0 and one line that says which
    setting and how to mend it; neither token nor stack trace is in it."""
    for key, value in {**good(tmp_path), **WRONG[name](tmp_path)}.items():
        monkeypatch.setenv(key, value)
    result = CliRunner().invoke(app, ["run"])
    said = result.output + (result.stderr if result.stderr_bytes else "")
    assert result.exit_code != 0
    assert isinstance(result.exception, SystemExit)
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, lines
    assert TOKEN[11:] not in said
    assert "Traceback" not in said


# Clocks

OPEN_DAYS = [
    datetime(1970, 1, 5, 9, tzinfo=UTC),
    datetime(2038, 1, 20, 9, tzinfo=UTC),
    datetime(2028, 2, 29, 9, tzinfo=UTC),
    datetime(2027, 10, 29, 8, tzinfo=UTC),  # the Friday before the clocks go back
    datetime(2027, 3, 26, 9, tzinfo=UTC),  # the Friday before they go forward
]


@pytest.mark.parametrize("at", OPEN_DAYS, ids=lambda at: f"{at:%Y-%m-%d}")
async def test_a_case_in_any_year_and_over_both_nights(database: Database, at: datetime) -> None:
    """Row 75, P12: in 1970, 2038, on a leap day and over the nights of the clocks: each prompt
    once, none lost."""
    world = await World.open(database, at=at)
    await world.assigned()
    await world.presses("An", "Niet gesproken")
    await world.time_passes(by=timedelta(days=6))
    prompts = [shown for shown in world.chat("An") if "opnieuw" in shown.text.casefold()]
    steps = [line.event for line in await world.history() if line.kind == "StepOpened"]
    opened = [getattr(event, "state", event) for event in steps]
    assert len({repr(each) for each in opened}) == len(opened)
    assert len(prompts) <= 3
    assert (await world.case()).case.state == "open"


@pytest.mark.parametrize("jump", [-timedelta(hours=1), timedelta(days=30)], ids=["back", "on"])
async def test_a_clock_that_jumps(world: World, jump: timedelta) -> None:
    """Row 75, P12, P4: an hour back: nothing twice. Thirty days on: what was due comes late,
    once, not thirty times."""
    await world.assigned()
    await world.presses("An", "Niet gesproken")
    await world.time_passes(to=datetime(2027, 9, 14, 7, 0, 30, tzinfo=UTC))
    asked = world.count("An")
    world.clock.at += jump
    for _ in range(5):
        await world.write(world.handler.fire, now=world.now)
        await world.settles()
    if jump < timedelta():
        assert world.count("An") == asked
        world.clock.at -= jump
        await world.write(world.handler.fire, now=world.now)
        await world.settles()
        assert world.count("An") == asked
    else:
        assert asked <= world.count("An") <= asked + 4
        assert world.reads("Carla").count("Geen antwoord") <= 2


async def test_a_clock_that_stands_still(world: World) -> None:
    """Row 75: the clock is frozen: asked again and again, nothing more comes."""
    await world.assigned()
    everything = await world.everything()
    for _ in range(20):
        await world.write(world.handler.fire, now=world.now)
        await world.settles()
    assert await world.everything() == everything


# Databases


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00", b"not a database" * 100])
async def test_a_database_that_is_none_is_refused_with_the_way_out(
    tmp_path: Path, content: bytes
) -> None:
    """Row 76: zero bytes, a header alone, another file: refused, said how to go on, and the file
    is byte for byte what it was."""
    path = tmp_path / "kier.db"
    path.write_bytes(content)
    with pytest.raises(DatabaseRefused) as refused:
        await Database.open(f"sqlite:///{path}", keys=Keyring.load(KEYS))
    assert refused.value.way_out
    assert path.read_bytes() == content


async def test_a_log_left_by_a_crash_is_taken_up(world: World, tmp_path: Path) -> None:
    """Row 76: a copy of the file with the log that a crash left: all committed is there."""
    await world.assigned()
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in ("kier.db", "kier.db-wal"):
        crashed.joinpath(name).write_bytes(tmp_path.joinpath(name).read_bytes())
    again = await Database.open(f"sqlite:///{crashed / 'kier.db'}", keys=Keyring.load(KEYS))
    try:
        office = await again.write(
            partial(
                open_office,
                team=read_team(TEAM.encode(), Path()),
                bot_name=BOT_NAME,
                now=MONDAY,
            )
        )
        after = World(again, Handler(office), world.clock)
        assert (await after.cases()) == (await world.cases())
    finally:
        await again.close()


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    """Row 77, P15: while one runs on the file another is refused; after it, it may."""
    first = lock_for_running(tmp_path / "kier.db")
    with pytest.raises(DatabaseRefused):
        lock_for_running(tmp_path / "kier.db")
    first.release()
    lock_for_running(tmp_path / "kier.db").release()

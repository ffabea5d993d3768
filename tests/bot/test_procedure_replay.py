"""`kier procedure replay`: cases under a new version, by reference; nothing is written."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.procedure_replay import main
from bot.screen import Verb
from bot.settings import Settings
from scheduler.load import shipped_text
from tests.bot.places import environment, settings
from tests.world import PERSONAL, World, database, empty_file, file_url, world

__all__ = ["database", "empty_file", "environment", "file_url", "settings", "world"]


async def run(settings: Settings, name: str) -> int:
    """Run the command as its own process would: beside the loop that serves the bot."""
    return await asyncio.to_thread(main, settings, name)


def new_version(place: Path, written: str, instead: str) -> str:
    text = shipped_text("ravels").replace("version: 1\n", "version: 2\n")
    assert written in text
    file = place / "new.yaml"
    file.write_text(text.replace(written, instead), "utf-8")
    return str(file)


async def test_what_a_new_version_would_have_asked(
    world: World, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """The case by its number, what happened, what was and what would be; status 1; no name."""
    await world.assigned()
    await world.presses("An", Verb.ANSWER, step="call_day1", arg="accepts_help")
    before = await rows(world)
    new = new_version(tmp_path, "due: W1 close", "due: W2 close")
    assert await run(settings, new) == 1
    told = capsys.readouterr().out
    assert "after assign: assigned" in told
    assert "was:      opens call_day1 due " in told
    assert "would be: opens call_day1 due " in told
    assert told.rstrip().endswith("1 cases of ravels tried: 1 would have gone otherwise.")
    assert [word for word in PERSONAL if word in told] == []
    assert await rows(world) == before


async def rows(world: World) -> str:
    """Return a digest of all that the cases' histories and states hold."""
    from storage import cases, history

    def read(c):
        kept = cases.all_cases(c, 1)
        return [(one, history.events(c, one.row.id)) for one in kept]

    return hashlib.sha256(repr(await world.database.read(read)).encode()).hexdigest()


async def test_the_same_rules_change_nothing(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
):
    """The version that the cases followed, tried on them: status 0."""
    await world.assigned()
    assert await run(settings, "ravels") == 0
    assert "0 would have gone otherwise" in capsys.readouterr().out


async def test_what_cannot_be_tried_is_said(
    world: World, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """A procedure that no case followed, a file that is refused: status 2, the reason."""
    await world.assigned()
    assert await run(settings, "vroegsignalering") == 2
    assert "No case followed vroegsignalering; procedures of this" in capsys.readouterr().err
    assert await run(settings, new_version(tmp_path, "due: W1 close", "due: W1 midnight")) == 2
    assert "line " in capsys.readouterr().err


def test_a_copy_that_is_not_there_is_said(tmp_path: Path):
    """`--data` makes no directory of its own."""
    place = tmp_path / "copy"
    done = CliRunner().invoke(app, ["procedure", "replay", "ravels", "--data", str(place)])
    assert (done.exit_code, "copy the data directory first" in done.output) == (2, True)
    assert not place.exists()


async def test_a_copy_is_tried_whatever_the_environment_says_of_the_bots_own(
    world: World,
    environment: dict[str, str],
    file_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """`--data DIR`: the database and the key are the copy's."""
    await world.assigned()
    copy, own = tmp_path / "copy", Path(file_url.removeprefix("sqlite:///"))
    copy.mkdir(mode=0o700)
    for end in ("", "-wal"):
        shutil.copy(f"{own}{end}", copy / f"kier.sqlite{end}")
    shutil.copy(environment["KIER_KEY_FILE"], copy / "kier.key")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("KIER_DATABASE_URL", "postgresql://nobody@nowhere.invalid/none")
    new = new_version(tmp_path, "due: W1 close", "due: W2 close")
    words = ["procedure", "replay", new, "--data", str(copy)]
    done = await asyncio.to_thread(CliRunner().invoke, app, words)
    assert done.exit_code == 1, done.output
    assert "1 cases of ravels tried: 1 would have gone otherwise." in done.output

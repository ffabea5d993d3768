"""`kier figures`: the words of the chat in a terminal, and the charts as files."""

from __future__ import annotations

import asyncio
import io
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from bot.figures_table import Order, main, read, show
from bot.reading.periods import quarter_of
from bot.screen import Verb
from bot.settings import Settings
from tests.bot.places import environment, settings
from tests.world import PERSONAL, World, database, empty_file, file_url, world

__all__ = ["database", "empty_file", "environment", "file_url", "settings", "world"]


async def run(settings: Settings, order: Order) -> int:
    """Run the command as its own process would: beside the loop that serves the bot."""
    return await asyncio.to_thread(main, settings, order)


async def test_the_terminal_says_what_the_chat_says(world: World, settings: Settings):
    """Numbers, published figures and what is counted, in the language asked for; no client."""
    await world.assigned()
    await world.presses("An", Verb.ANSWER, step="call_day1", arg="accepts_help")
    period = quarter_of(world.now.date())
    counted = await world.database.read(lambda c: read(c, settings, period, world.now))
    for language, line in {
        "nl-BE": "• met een telefoonpoging: 1 van 1 · Divosa 2023: 59%",
        "fr": "• avec une tentative par téléphone : 1 sur 1 · Divosa 2023 : 59 %",
    }.items():
        out = Console(file=io.StringIO(), width=200)
        show(replace(counted, language=language), out)
        told = out.file.getvalue()  # type: ignore[attr-defined]
        assert line in told.replace("\N{NO-BREAK SPACE}", " ")
        assert [word for word in PERSONAL if word in told] == []


async def test_charts_are_written_for_their_owner_alone(
    world: World, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """A period of long ago: a calm picture, mode 0600; never over a file without --force."""
    png = tmp_path / "figures.png"
    assert await run(settings, Order(period="2020", png=png, language="en")) == 0
    assert "No report came in in this period." in capsys.readouterr().out
    assert stat.S_IMODE(png.stat().st_mode) == 0o600
    assert Image.open(io.BytesIO(png.read_bytes())).size[0] == 1080
    assert await run(settings, Order(period="2020", png=png)) == 1
    assert "--force" in capsys.readouterr().err


@pytest.mark.parametrize("typed", ["zomer", "2020-12-31..2020-01-01", "2999"])
async def test_a_period_that_is_none_is_told(
    settings: Settings, typed: str, capsys: pytest.CaptureFixture[str]
):
    """Exit status 2 and one sentence, before anything is read."""
    assert await run(settings, Order(period=typed)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "periode" in told.err
    assert "<code>" not in told.err


async def test_another_database_is_told(world: World, settings: Settings, capsys):
    """A team file that does not belong to the database: no figures of somebody else."""
    other = replace(settings, team=replace(settings.team, name="Elders"))
    assert await run(other, Order(period="2020")) == 2
    assert "KIER_TEAM_FILE" in capsys.readouterr().err

"""Figures and pictures asked for in the chat, from what is in storage."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.handle import counting
from bot.reading.periods import quarter_before, quarter_of
from bot.screen import Verb
from scheduler.figures import NOTHING
from tests.world import PERSONAL, Shown, World

PUBLISHED = "met een telefoonpoging: 1 van 1 · Divosa 2023: 59%"


def pictures(world: World, name: str) -> list[Shown]:
    return [one for one in world.chat(name) if one.file is not None]


def size_of(shown: Shown) -> tuple[int, int]:
    assert shown.file is not None
    return Image.open(io.BytesIO(shown.file.content)).size


async def test_figures_of_this_quarter_with_their_charts(any_world: World):
    """One report, one call, one talk: numbers, the published figure beside, three pictures."""
    world = any_world
    ref = await world.assigned()
    await world.presses("An", Verb.ANSWER, step="call_day1", arg="accepts_help")
    await world.says("Carla", "/cijfers")
    texts = [one.text for one in world.chat("Carla") if one.text.startswith("Cijfers")]
    assert "Cijfers · 3e kwartaal 2027" in texts[-1]
    assert "Meldingen: 1, in 1 dossier" in texts[-1]
    assert PUBLISHED in texts[-1]
    names = [one.file.name for one in pictures(world, "Carla") if one.file]
    assert names == [f"kier-20270701-20270930-{each}.png" for each in ("reach", "course", "end")]
    await world.presses("Carla", "▸")
    assert "binnengelaten bij een huisbezoek" in world.reads("Carla")
    await world.presses("Carla", "Wat is er geteld?")
    assert "Werktijd van de melding" in world.reads("Carla")
    await world.presses("Carla", "Terug naar de cijfers")
    assert len(pictures(world, "Carla")) == 3, "leafing through sends no picture anew"
    everything = world.ever("Carla")
    assert ref in everything
    figures = "\n".join(text for text in texts)
    assert [word for word in PERSONAL if word in figures] == []


async def test_status_comes_with_a_board(world: World):
    """Text as ever, then one picture; of a case its timeline, also for its worker."""
    ref = await world.assigned()
    await world.says("Carla", "/status")
    (board,) = pictures(world, "Carla")
    assert size_of(board)[0] == 1080
    await world.says("An", f"/status {ref}")
    (timeline,) = pictures(world, "An")
    assert timeline.file is not None
    assert timeline.file.name == f"kier-{ref}.png"
    assert size_of(timeline)[1] > 400


async def test_figures_are_for_coordinators(world: World):
    """A worker and a reporter get the one refusal; a press that was forged too."""
    await world.reported()
    for name in ("An", "Rita"):
        await world.says(name, "/figures 2027-Q3")
        assert "Cijfers" not in world.reads(name)
        assert pictures(world, name) == []


async def test_more_cases_than_are_read_is_said(world: World, monkeypatch: pytest.MonkeyPatch):
    """Figures that are not whole never look as if they were; none is read beyond the bound."""
    await world.reported()
    period = quarter_of(world.now.date())
    office = world.handler.office
    whole = await world.read(counting.figures_of_period, office=office, period=period)
    assert (whole.count("cases"), whole.count("cut")) == (1, 0)
    monkeypatch.setattr(counting, "CASES_MAX", 0)
    cut = await world.read(counting.figures_of_period, office=office, period=period)
    assert (cut.count("cases"), cut.count("cut")) == (0, 1)
    before = quarter_before(period)
    assert await world.read(counting.figures_of_period, office=office, period=before) == NOTHING

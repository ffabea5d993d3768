"""The tour that the demo's page plays: a rehearsal that ships, told in every language."""

from __future__ import annotations

import pytest

from bot.rehearse import play
from bot.sandbox.page.tour import read_tour
from bot.texts import LANGUAGES

CAPTION_CHARACTERS_MAX = 130
"""Two lines on a telephone's width would be read; four would not."""


async def test_the_tours_story_is_a_rehearsal_that_holds():
    """What the tour shows is what the procedure does, message by message (strict)."""
    story, _ = read_tour()
    assert await play(story) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_stop_is_told_in_every_language(language):
    """Nobody is guided half in another language, and no caption is long."""
    _, stops = read_tour()
    captions = [stop.caption(language) for stop in stops]
    assert all(0 < len(caption) <= CAPTION_CHARACTERS_MAX for caption in captions)
    assert len(set(captions)) == len(captions)
    if language != "en":
        assert not {stop.caption("en") for stop in stops} & set(captions)


def test_each_stop_looks_at_somebody_of_the_story():
    """There is always a telephone to look at, and each entry of the story has its stop."""
    story, stops = read_tour()
    assert {stop.who for stop in stops} <= set(story.people)
    assert tuple(stop.entry for stop in stops) == (None, *story.entries)

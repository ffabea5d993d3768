"""What happened in a case, as people read it."""

from __future__ import annotations

import pytest

from bot.texts import LANGUAGES, say
from bot.views.history import told_lines
from scheduler.decision import CrisisSet
from tests.screens.scenes.worker import planned
from tests.screens.stage import AN, CASE, Stage


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_crisis_began_once_however_often_its_status_was_told(language: str):
    """The status of each morning is a message, no crisis that begins anew."""
    stage = Stage(language=language)
    stage.assigned(kind="claim", eviction=planned("2027-09-16 10:00", stage))
    stage.passes("2027-09-14 09:00")
    stage.passes("2027-09-15 09:00")
    history = stage.history(CASE)
    assert sum(isinstance(line.event, CrisisSet) for line in history) == 3
    told = [words for _, words in told_lines(stage.sight(), history, {AN.id: "An"})]
    assert told.count(say(language, "event-crisis")) == 1

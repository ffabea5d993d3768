"""Backups: what coordinators are told of them."""

from __future__ import annotations

from datetime import timedelta

from bot.screen import Screen
from bot.views.backups import backup_failed_screen, restored_screen
from tests.screens.catalogue import scene
from tests.screens.stage import Stage


@scene
def none_could_be_made(stage: Stage) -> Screen:
    """Told once, until one succeeds again."""
    return backup_failed_screen(stage.language)


@scene
def put_back(stage: Stage) -> Screen:
    """After a restore, at the next start."""
    made_at = stage.now - timedelta(minutes=40)
    return restored_screen(
        made_at, stage.language, stage.team.days, stage.now, again=3, doubtful=1
    )


@scene
def put_back_with_nothing_waiting(stage: Stage) -> Screen:
    """After a restore of a quiet hour."""
    made_at = stage.now - timedelta(minutes=40)
    return restored_screen(
        made_at, stage.language, stage.team.days, stage.now, again=0, doubtful=0
    )

"""What stands beside a step's answers on its prompt: the note's languages, the leaflet."""

from __future__ import annotations

from bot.screen import Key
from bot.views.heads import Sight
from bot.views.note import note_keys
from bot.views.visits import visit_keys
from bot.views.words import in_rows
from scheduler.procedure import Step


def beside_rows(sight: Sight, step: Step, question: str) -> tuple[tuple[Key, ...], ...]:
    """Return the rows between a step's answers and what is seldom needed; often none."""
    return in_rows((*note_keys(sight, step), *visit_keys(sight, step, question)))

"""Figures of a period, from the histories in storage."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Final

from bot.handle.office import Office
from bot.hooks import Connection
from scheduler.figures import Figures, Period, figures_of, total
from storage import history

CASES_MAX: Final = 2000
"""Cases that are read for one answer: what a large team begins in a year; counted in seconds."""
CUT: Final = ("cut",)
"""Counted under this name when there were more: then the figures are not whole."""

_WRITTEN_LATER: Final = timedelta(days=31)
"""A report may be written down after it came in: the bot was away, or it was parted later."""


def figures_of_period(c: Connection, office: Office, period: Period) -> Figures:
    """Return what the team's reports of the period came to; `CUT` says when not all were read."""
    since = office.days.at(period.first, time())
    until = office.days.at(period.last, time()) + timedelta(days=1) + _WRITTEN_LATER
    begun = history.begun(c, office.team_id, since, until, CASES_MAX + 1)
    counted = total(
        figures_of(each.events, office.procedure(c, each.begun.procedure_id), office.days, period)
        for each in history.histories(c, begun[:CASES_MAX])
    )
    return counted.plus(Figures(counts={CUT: 1})) if len(begun) > CASES_MAX else counted

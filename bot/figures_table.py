"""`kier figures …`: the figures of a period in a terminal, beside the running bot; or as pictures.

Reads one snapshot and changes nothing: figures name nobody, so no line in the access log either.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.clock import SystemClock
from bot.command import AskedWrongly, ended
from bot.handle.counting import figures_of_period
from bot.handle.office import Desk, Office
from bot.hooks import Connection
from bot.making import make
from bot.reading.periods import PeriodProblem, read_period
from bot.settings import Settings
from bot.texts import plain, settled
from bot.views.figure_charts import CHARTS_MAX, charts
from bot.views.figure_words import Counted, pages, title_words
from bot.whole_file import look_first, write_whole
from scheduler.figures import Period
from scheduler.workdays import Workdays
from storage import procedures, teams
from storage.database import Database
from storage.keys import Keyring


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was typed: the period, the language (None: the team's), where pictures go."""

    period: str = ""
    language: str | None = None
    png: Path | None = None
    force: bool = False


def main(settings: Settings, order: Order) -> int:
    """Print the figures; exit status 0, 1 when a file could not be written, 2 when asked wrongly.

    More pictures stand beside the first, their names with "-2" and "-3".
    """
    out, err = Console(highlight=False), Console(stderr=True, soft_wrap=True)

    def work() -> None:
        for path in _paths(order):
            look_first(path, force=order.force)
        counted = asyncio.run(_counted(settings, order, SystemClock().now()))
        show(counted, out)
        for path, made in zip(_paths(order), charts(counted), strict=False):
            write_whole(path, make(made.kind, made.values), force=order.force)
            err.print(escape(str(path)))

    return ended(err, work)


def show(counted: Counted, out: Console) -> None:
    """Print the figures part by part, and what is counted under each."""
    title, whose = title_words(counted)
    out.print(f"[bold]{escape(title)}[/] · {escape(counted.team.name)}")
    out.print(escape(whose))
    for part in (part for page in pages(counted) for part in page):
        out.print(f"\n[bold]{escape(part.head)}[/]")
        for line in part.body:
            out.print(escape(line))
    out.print(f"\n[bold]{escape(counted.plain('figures-means'))}[/]")
    told = dict.fromkeys(word for page in pages(counted) for part in page for word in part.means)
    table = Table.grid(padding=(0, 1))
    for word in told:
        table.add_row("•", escape(word))
    out.print(table)


def _paths(order: Order) -> Sequence[Path]:
    if order.png is None:
        return ()
    more = (order.png.with_stem(f"{order.png.stem}-{n}") for n in range(2, CHARTS_MAX + 1))
    return order.png, *more


async def _counted(settings: Settings, order: Order, now: datetime) -> Counted:
    days = Workdays(settings.team.calendar)
    language = settled(order.language, settings.team.language)
    period = read_period(order.period, days.day_of(now))
    if isinstance(period, PeriodProblem):
        said = plain(language, f"figures-problem-{period.value}")
        raise AskedWrongly(said.replace("<code>", "").replace("</code>", ""))
    keys = Keyring.load(settings.key_file)
    database = await Database.open(settings.database_url, keys=keys, migrate=False)
    try:
        known = await database.read(lambda c: read(c, settings, period, now))
        return replace(known, language=language)
    finally:
        await database.close()


def read(c: Connection, settings: Settings, period: Period, now: datetime) -> Counted:
    """Return the figures of the period, in the team's language, as the database has them."""
    known = {each.name: each.id for each in teams.teams(c)}
    if settings.team.name not in known:
        raise AskedWrongly(
            f"The database knows no team {settings.team.name}; look whether KIER_TEAM_FILE and "
            "KIER_DATABASE_URL belong together."
        )
    team_id = known[settings.team.name]
    office = Office(
        team_id=team_id,
        team=settings.team,
        days=Workdays(settings.team.calendar),
        bot_name=None,
        current={each.key: each.id for each in procedures.versions(c, team_id)},
    )
    return Counted(
        figures=figures_of_period(c, office, period),
        period=period,
        team=Desk(c, office, now).team(),
        language=settings.team.language,
    )

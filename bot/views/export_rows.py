"""Cases as tables: which columns, and what stands in each cell. Pure; the file is made elsewhere.

Without names unless asked: a reference, codes and dates. What a person typed stands in the
columns of `WITH_NAMES` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from bot.conversations.scene import CaseView, HistoryLine, Team
from bot.reading.words import fold
from bot.texts import plain
from bot.views.cases import asking
from bot.views.exports import period_words
from bot.views.heads import Sight, is_closed
from bot.views.steps import answer_words
from bot.views.words import (
    kind_words,
    municipality_words,
    outcome_words,
    pick,
    short_phase_words,
    step_title,
    whole_day_words,
)
from scheduler.attempts import Attempt, attempts, standing
from scheduler.decision import ContactMade, StepAnswered
from scheduler.procedure import Channel, Help

JOINED: Final = "joined"
"""The outcome of a report that turned out to belong to another case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A case with its whole history."""

    view: CaseView
    lines: tuple[HistoryLine, ...]

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """Return the attempts to reach the client."""
        return attempts(self.lines, self.view.procedure)

    @property
    def helps(self) -> tuple[tuple[datetime, Help], ...]:
        """Return when the client said yes or no to help, in the order in which it was told."""
        return tuple(_helps(self))


def _helps(record: Record) -> Iterator[tuple[datetime, Help]]:
    procedure = record.view.procedure
    for line in standing(record.lines):
        match line.event:
            case StepAnswered(step=step_id, answer=answer_id, done_at=at):
                step = procedure.steps.get(step_id)
            case ContactMade(answer=answer_id, done_at=at):
                step = procedure.steps.get(procedure.contact or "")
            case _:
                continue
        answer = step.answers.get(answer_id) if step is not None and answer_id else None
        if answer is not None and answer.help is not None:
            yield at, answer.help


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a file is about and who made it. `first` and `last` are local days, None: no bound."""

    team: Team
    language: str
    now: datetime
    made_by: str | None
    """A member's name; None: the command line."""
    first: date | None = None
    last: date | None = None
    with_names: bool = False

    def plain(self, key: str, **values: object) -> str:
        """Return a text in the file's language."""
        return plain(self.language, key, **values)

    def covers(self, day: date) -> bool:
        """Return whether the day lies in the period."""
        after = self.first is None or self.first <= day
        return after and (self.last is None or day <= self.last)

    def made_words(self) -> str:
        """Return "Gemaakt op maandag 13 september 2027 om 10:20 door Carla"."""
        at = self.now.astimezone(self.team.days.zone)
        day = whole_day_words(at.date(), self.language)
        if self.made_by is None:
            return self.plain("export-made-here", day=day, clock=f"{at:%H:%M}")
        return self.plain("export-made-by", day=day, clock=f"{at:%H:%M}", name=self.made_by)

    def period_words(self) -> str:
        """Return the period in words."""
        return period_words(self.first, self.last, self.language)


Cell = Callable[["_Row"], str | int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `name` is its text's key after "export-col-"; `width` counts letters."""

    name: str
    cell: Cell
    kind: str = "text"
    width: int = 14
    fits_to: int | None = None
    """As wide as its longest cell, up to this; None: `width`, whatever stands in it."""


class _Row:
    """One case in one language, with what several cells need."""

    def __init__(self, record: Record, frame: Frame) -> None:
        self.view, self.case, self.frame = record.view, record.view.case, frame
        self.sight = Sight(
            view=record.view, team=frame.team, language=frame.language, now=frame.now
        )
        self.tried, self.helps = record.attempts, record.helps
        self.reached = min((one.at for one in self.tried if one.reached), default=None)

    def title(self, step: str) -> str:
        return step_title(self.view, step, self.frame.language, self.frame.team.days)

    def moment(self, at: datetime | None) -> str | None:
        """Return a moment as the maker takes it, on the team's wall."""
        zone = self.frame.team.days.zone
        return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at is not None else None

    def yes_no(self, is_so: bool) -> str:
        return self.frame.plain("press-yes" if is_so else "press-no")

    def count(self, *channels: Channel) -> int:
        return sum(one.channel in channels for one in self.tried)

    def open_steps(self) -> str:
        return ", ".join(self.title(state.id) for state in asking(self.case))

    def deadline(self) -> str | None:
        moments = (state.due_at for state in self.case.steps.values() if state.due_at is not None)
        return self.moment(min(moments, default=None))

    def outcome(self) -> str | None:
        outcome = self.case.outcome
        if outcome is None or not is_closed(self.view):
            return None
        if outcome == JOINED:
            return self.frame.plain("export-joined")
        return outcome_words(self.view, outcome, self.frame.language)

    def check(self) -> str | None:
        """Return what the check months later gave."""
        step = self.view.procedure.steps.get(self.view.procedure.check or "")
        if step is None:
            return None
        said = [one.answer for one in self.case.answered if one.step == step.id and one.answer]
        return answer_words(step, said[-1], self.frame.language) if said else None

    def help(self) -> str | None:
        """Return what the client last said to help."""
        if not self.helps:
            return None
        _, last = self.helps[-1]
        return self.frame.plain("export-help-yes" if last is Help.ACCEPTED else "export-help-no")

    def day(self, of: date | None) -> str | None:
        return of.isoformat() if of is not None else None

    def value(self, name: str) -> str | None:
        return self.view.values.get(name)


def _fact_day(name: str) -> Cell:
    def cell(row: _Row) -> str | None:
        planned = getattr(row.case.facts, name)
        return row.day(planned.day) if planned is not None else None

    return cell


def _first_day(row: _Row) -> str | None:
    episode = row.case.episode
    return row.day(episode.first) if episode is not None else None


COLUMNS: Final = (
    Column(name="ref", cell=lambda r: r.view.ref, width=11),
    Column(
        name="procedure",
        cell=lambda r: pick(r.view.procedure.name, r.frame.language),
        width=16,
        fits_to=44,
    ),
    Column(
        name="state",
        cell=lambda r: r.frame.plain("export-closed" if is_closed(r.view) else "export-open"),
        width=11,
    ),
    Column(name="phase", cell=lambda r: short_phase_words(r.view, r.frame.language), width=12),
    Column(name="kind", cell=lambda r: kind_words(r.view, r.frame.language), width=18),
    Column(name="place", cell=lambda r: municipality_words(r.view), width=16),
    Column(name="received", kind="moment", cell=lambda r: r.moment(r.view.created_at), width=17),
    Column(name="first-day", kind="day", cell=_first_day, width=12),
    Column(
        name="episode",
        kind="number",
        cell=lambda r: r.case.episode.number if r.case.episode else None,
        width=9,
    ),
    Column(name="crisis", cell=lambda r: r.yes_no(r.case.crisis is not None), width=8),
    Column(name="hearing", kind="day", cell=_fact_day("hearing"), width=12),
    Column(name="eviction", kind="day", cell=_fact_day("eviction"), width=14),
    Column(name="served", kind="day", cell=lambda r: r.day(r.case.facts.served), width=12),
    Column(name="steps", cell=lambda r: r.open_steps(), width=26),
    Column(name="deadline", kind="moment", cell=lambda r: r.deadline(), width=17),
    Column(name="attempts", kind="number", cell=lambda r: len(r.tried), width=10),
    Column(name="calls", kind="number", cell=lambda r: r.count(Channel.PHONE), width=9),
    Column(
        name="visits",
        kind="number",
        cell=lambda r: r.count(Channel.VISIT, Channel.MEETING),
        width=9,
    ),
    Column(name="notes", kind="number", cell=lambda r: r.count(Channel.NOTE), width=9),
    Column(
        name="first-try",
        kind="moment",
        cell=lambda r: r.moment(min((one.at for one in r.tried), default=None)),
        width=17,
    ),
    Column(name="reached", cell=lambda r: r.yes_no(r.reached is not None), width=9),
    Column(name="first-talk", kind="moment", cell=lambda r: r.moment(r.reached), width=17),
    Column(name="help", cell=lambda r: r.help(), width=12),
    Column(name="outcome", cell=lambda r: r.outcome(), width=16, fits_to=36),
    Column(name="closed", kind="moment", cell=lambda r: r.moment(r.case.closed_at), width=17),
    Column(name="check", cell=lambda r: r.check(), width=18),
)
"""Of each case, names or not."""

WITH_NAMES: Final = (
    Column(name="worker", cell=lambda r: r.view.worker_name, width=16),
    Column(name="client", cell=lambda r: r.value("client"), width=26),
    Column(name="phone", cell=lambda r: r.value("phone"), width=18),
    Column(name="address", cell=lambda r: r.value("address"), width=32),
    Column(name="landlord", cell=lambda r: r.value("landlord"), width=22),
    Column(name="amount", cell=lambda r: r.value("amount"), width=14),
)
"""Only where they were asked for."""

_ATTEMPTS: Final = (
    ("ref", "text", 11),
    ("date", "moment", 17),
    ("channel", "text", 16),
    ("reached", "text", 9),
    ("step", "text", 26),
    ("answer", "text", 26),
)

_DAY_FORMATS: Final[Mapping[str, str]] = MappingProxyType(
    {"nl-BE": "dd/mm/yyyy", "nl-NL": "dd-mm-yyyy", "fr": "dd/mm/yyyy", "en": "d mmm yyyy"}
)
"""A day as each country writes it; a sheet's own letters."""

_COMMA: Final = frozenset({"en"})
"""Languages whose programs part the cells of a CSV by a comma."""


def file_name(what: str, form: str, frame: Frame) -> str:
    """Return a file's name in the words of who asked, as any machine takes it: no accent."""
    ends = [day.isoformat() for day in (frame.first, frame.last) if day is not None]
    words = fold(frame.plain(f"export-sheet-{what}")).replace(" ", "-")
    return "-".join(("kier", words, *ends)) + f".{form}"


def tables(records: Sequence[Record], frame: Frame) -> dict[str, Any]:
    """Return the values for `bot.making.sheet` and `csv_table`: cases, attempts, about the file.

    `records` are shown as they come.
    """
    columns = (*COLUMNS, *(WITH_NAMES if frame.with_names else ()))
    rows = [_Row(record, frame) for record in records]
    cells = [[column.cell(row) for column in columns] for row in rows]
    cases = {
        "name": frame.plain("export-sheet-cases"),
        "columns": [
            {
                "head": frame.plain(f"export-col-{c.name}"),
                "kind": c.kind,
                "width": _width(c, [line[n] for line in cells]),
            }
            for n, c in enumerate(columns)
        ],
        "rows": cells,
    }
    return {
        "title": frame.plain("export-sheet-cases"),
        "made_at": f"{frame.now.astimezone(frame.team.days.zone):%Y-%m-%dT%H:%M:%S}",
        "day_format": _DAY_FORMATS[frame.language],
        "separator": "," if frame.language in _COMMA else ";",
        "sheets": [cases, _attempts(rows, frame), _about(len(rows), frame)],
    }


def _width(column: Column, cells: Sequence[str | int | None]) -> int:
    """Return the letters of a column: a name that stands in every row is not broken in two."""
    if column.fits_to is None:
        return column.width
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    return max(column.width, min(longest + 2, column.fits_to))


def _attempts(rows: Sequence[_Row], frame: Frame) -> dict[str, Any]:
    return {
        "name": frame.plain("export-sheet-attempts"),
        "columns": [
            {"head": frame.plain(f"export-col-{name}"), "kind": kind, "width": width}
            for name, kind, width in _ATTEMPTS
        ],
        "rows": [cells for row in rows for cells in _tries(row)],
    }


def _tries(row: _Row) -> Iterator[list[str | None]]:
    for one in row.tried:
        step = row.view.procedure.steps.get(one.step)
        said = answer_words(step, one.answer, row.frame.language) if step else one.answer
        yield [
            row.view.ref,
            row.moment(one.at),
            row.frame.plain(f"export-by-{one.channel.value}"),
            row.yes_no(one.reached),
            row.title(one.step),
            said.rstrip("…"),
        ]


def _about(count: int, frame: Frame) -> dict[str, Any]:
    """Return the sheet that says what this is, for who finds the file in a year."""
    held = "export-holds-names" if frame.with_names else "export-holds-no-names"
    said = (
        frame.team.name,
        frame.plain("export-cases-of", period=frame.period_words(), n=count),
        frame.made_words(),
        frame.plain(held),
        frame.plain("export-about-attempts"),
    )
    head = frame.plain("export-sheet-about")
    return {
        "name": head,
        "columns": [{"head": head, "kind": "text", "width": 60}],
        "rows": [[line] for line in said],
    }

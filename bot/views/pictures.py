"""Pictures for a coordinator, as values for their makers: how things stand, and one case in time.

References, steps and colleagues' names only: a picture is forwarded more easily than it is told
apart, so it never holds a name, an address or a word of a client.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from bot.conversations.scene import CaseView, HistoryLine, Team
from bot.screen import Made
from bot.texts import plain
from bot.views.heads import Sight
from bot.views.lists import Row, Urgency
from bot.views.words import dated_moment_words, day_words, title_of, unasked
from scheduler.attempts import standing
from scheduler.case import State
from scheduler.keeping import How, Kept, kept
from scheduler.procedure import Pace
from scheduler.workdays import Workdays

ROWS_MAX: Final = 8
"""Steps or workers on a board: the others are one bar."""
STEPS_MAX: Final = 12
"""Steps of a timeline: the latest; how many came before is said."""
DAYS_WHOLE_MAX: Final = 14
"""Up to so many days every day has a column; beyond, only days on which something was."""
COLUMNS_MAX: Final = 20
DAY_FROM, DAY_HOURS = 7, 12.0
"""A column runs from 7:00 to 19:00 on the team's wall."""

_LATENESS: Final = ("late", "today", "later")
_PLACES: Final = {
    Urgency.LATE: 0,
    Urgency.CRISIS: 1,
    Urgency.TODAY: 1,
    Urgency.UNSEEN: 2,
    Urgency.CALM: 2,
}


# How things stand


def board(rows: Sequence[Row], team: Team, language: str, now: datetime) -> Made:
    """Return the picture beside /status: open cases by step and by worker, and how late."""
    open_rows = [row for row in rows if row.sight.case.state is State.OPEN]
    values: dict[str, Any] = {
        "title": team.name,
        "below": [dated_moment_words(now, team.days, language, now)],
    }
    if not open_rows:
        values["none"] = plain(language, "chart-none")
        values["why"] = plain(language, "board-none-why")
    else:
        values["keys"] = [
            {"id": id_, "label": plain(language, f"board-{id_}")} for id_ in _LATENESS
        ]
        values["panels"] = [
            _panel("board-title", ((_step_of(row), row) for row in open_rows), language),
            _panel("board-load", ((_worker_of(row), row) for row in open_rows), language),
        ]
    return Made(kind="board", name="kier-status.png", values=values, photo=True)


def _panel(title: str, rows: Iterable[tuple[str, Row]], language: str) -> dict[str, Any]:
    parts: dict[str, list[int]] = {}
    for label, row in rows:
        parts.setdefault(label, [0, 0, 0])[_PLACES[row.urgency]] += 1
    ordered = sorted(parts.items(), key=lambda one: (-sum(one[1]), one[0].casefold()))
    return {"title": plain(language, title), "rows": with_others(ordered, language)}


def with_others(
    rows: Sequence[tuple[str, Sequence[int]]], language: str, *, most: int = ROWS_MAX
) -> list[dict[str, Any]]:
    """Return rows as bars; of more than `most`, the last are added up as "3 others"."""
    if len(rows) <= most:
        return [{"label": label, "parts": list(parts)} for label, parts in rows]
    shown, rest = rows[: most - 1], rows[most - 1 :]
    added = [sum(column) for column in zip(*(parts for _, parts in rest), strict=True)]
    others = {"label": plain(language, "chart-others", n=len(rest)), "parts": added}
    return [{"label": label, "parts": list(parts)} for label, parts in shown] + [others]


def _step_of(row: Row) -> str:
    sight = row.sight
    known = sight.view.procedure.steps
    asked = (
        one
        for one in sight.case.coming
        if one.step not in known or known[one.step].pace is not Pace.INFORM
    )
    coming = min(asked, key=lambda one: one.at, default=None)
    step = row.state.id if row.state is not None else coming.step if coming else None
    return (
        sight.plain("board-no-step") if step is None else _title(sight.view, step, sight.language)
    )


def _worker_of(row: Row) -> str:
    return row.sight.view.worker_name or row.sight.plain("board-nobody")


def _title(view: CaseView, step: str, language: str) -> str:
    """Return a step's title without what it may say of the client."""
    known = view.procedure.steps.get(step)
    return unasked(title_of(known, language, {})) if known else step.replace("_", " ")


# One case in time


def timeline(sight: Sight, history: Sequence[HistoryLine]) -> Made:
    """Return the picture beside /status REF: planned against done, step by step."""
    everything = [one for one in kept(standing(history)) if _is_shown(sight.view, one)]
    everything.sort(key=lambda one: (one.opened_at, one.at is None, one.at or one.opened_at))
    shown = everything[-STEPS_MAX:]
    below = [sight.plain("timeline-title")]
    if left := len(everything) - len(shown):
        below[0] += f" (+ {sight.plain('chart-others', n=left)})"
    values: dict[str, Any] = {"title": sight.view.ref, "below": below}
    if shown:
        values |= _drawn(sight, shown)
    else:
        values |= {
            "none": sight.plain("chart-none"),
            "why": sight.plain("timeline-none-why"),
        }
    return Made(kind="timeline", name=f"kier-{sight.view.ref}.png", values=values, photo=True)


def _is_shown(view: CaseView, one: Kept) -> bool:
    """Return whether the step asked something: what only informs, or fell away, has no lane."""
    step = view.procedure.steps.get(one.step)
    return one.how is not How.FELL_AWAY and (step is None or step.pace is not Pace.INFORM)


def _drawn(sight: Sight, shown: Sequence[Kept]) -> dict[str, Any]:
    is_open = sight.case.state is State.OPEN
    columns = _Columns(shown, sight.days, sight.now if is_open else None)
    rows = [_lane(sight, one, columns) for one in shown]
    kinds = {mark["kind"] for row in rows for mark in row["marks"]}
    days = columns.days
    keys = ["planned"]
    keys += ["open"] if any(row["due"] is None for row in rows) else []
    keys += [how.value for how in How if how.value in kinds]
    keys += ["now"] if is_open else []
    keys += ["shut"] if any(not sight.days.is_workday(day) for day in days) else []
    return {
        "days": [_column(day, sight) for day in days],
        "now": columns.place(sight.now) if is_open else None,
        "rows": rows,
        "keys": [{"id": key, "label": sight.plain(_KEYS.get(key, f"kept-{key}"))} for key in keys],
    }


_KEYS: Final[Mapping[str, str]] = {
    "planned": "timeline-planned",
    "open": "timeline-no-deadline",
    "now": "timeline-now",
    "shut": "timeline-shut",
}


def _lane(sight: Sight, one: Kept, columns: _Columns) -> dict[str, Any]:
    end = max((at for at in (one.due_at, one.at) if at is not None), default=sight.now)
    stop = one.due_at if one.due_at is not None else end
    marks = []
    if one.how is not None:
        at = one.at if one.how is not How.MISSED else one.due_at
        kind = How.ON_TIME if one.how is How.DONE else one.how
        marks = [{"at": columns.place(at or end), "kind": kind.value}]
    return {
        "label": _title(sight.view, one.step, sight.language),
        "said": _said(sight, one),
        "from": columns.place(min(one.opened_at, stop)),
        "to": columns.place(stop),
        "due": columns.place(one.due_at) if one.due_at is not None else None,
        "marks": marks,
    }


def _said(sight: Sight, one: Kept) -> str:
    """Return when it was done, or until when there is time."""
    if one.how is How.MISSED:
        return sight.plain("kept-missed")
    at = one.at or one.due_at
    if at is None:
        return sight.plain("timeline-open")
    words = dated_moment_words(at, sight.days, sight.language, sight.now)
    return words if one.at is not None else sight.plain("by-when", at=words)


def _column(day: date, sight: Sight) -> dict[str, Any]:
    weekday, _, rest = day_words(day, sight.language, today=sight.today).partition(" ")
    return {"weekday": weekday, "day": rest, "shut": not sight.days.is_workday(day)}


class _Columns:
    """Days side by side, and where a moment stands in them."""

    def __init__(self, shown: Sequence[Kept], days: Workdays, now: datetime | None) -> None:
        """Take every day of a short case, of a long one those on which something was."""
        moments = [at for one in shown for at in (one.opened_at, one.due_at, one.at) if at]
        moments += [now] if now is not None else []
        found = sorted({days.day_of(at) for at in moments})
        length = (found[-1] - found[0]).days + 1
        if length <= DAYS_WHOLE_MAX:
            found = [found[0] + timedelta(days=n) for n in range(length)]
        self.days: Sequence[date] = found[-COLUMNS_MAX:]
        self._calendar = days

    def place(self, at: datetime) -> float:
        """Return where the moment stands: 1.5 is the middle of the second day's hours."""
        day = self._calendar.day_of(at)
        if day < self.days[0]:
            return 0.0
        column = max(n for n, known in enumerate(self.days) if known <= day)
        if self.days[column] != day:
            return column + 1.0
        wall = at.astimezone(self._calendar.zone)
        hours = wall.hour + wall.minute / 60 - DAY_FROM
        return column + min(max(hours / DAY_HOURS, 0.0), 1.0)

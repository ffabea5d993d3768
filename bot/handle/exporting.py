"""Files of cases, from storage: read, counted in the access log, and put into values.

The log's line is written in the unit that queues the file: nothing leaves without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot import acts
from bot.conversations.outcome import Outcome, Performed
from bot.handle.looking import Looking
from bot.handle.office import Desk
from bot.screen import Made
from bot.views.case_file import case_file
from bot.views.ddas import delivery
from bot.views.export_rows import Frame, Record, file_name, tables
from bot.views.exports import CASES_MAX
from scheduler.decision import Refused
from storage import access, cases
from storage.cases import StoredCase

KINDS: Final = {"xlsx": "sheet", "csv": "csv", "json": "json"}
"""Form of a file → who makes it (`bot.making`)."""

Told = Callable[[int, int], None]
"""Told how many cases of how many have been read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What a file is made of, and how many cases are in it."""

    made: Made
    count: int
    case_ids: tuple[int, ...]


class Exporter:
    """Makes values of files at one desk. Reads all, writes nothing but the log."""

    def __init__(self, desk: Desk, look: Looking) -> None:
        """Read at `desk`."""
        self._desk, self._look = desk, look

    def perform(self, act: acts.Export, by: int) -> Outcome:
        """Return the file of a person in the chat, written down in the access log."""
        if not self._may(act, by):
            return Refused(reason="not_yours")
        language = self._desk.member(by).language
        frame = self.frame(act, language=language, made_by=self._desk.people[by].name)
        if act.what != "case" and len(self._in_period(act, frame)) > CASES_MAX:
            return Refused(reason="too_many")
        file = self.file(act, frame)
        if file is None:
            return Performed()
        self.log(act, file, by)
        return Performed(values={"made": file.made, "count": file.count})

    def _may(self, act: acts.Export, by: int) -> bool:
        roster = self._desk.roster
        if roster.is_coordinator(by):
            return True
        view = self._look.case(act.case) if act.what == "case" and act.case else None
        if view is None or view.case.worker is None:
            return False
        today = self._desk.days.day_of(self._desk.now)
        return by in (view.case.worker, roster.covering(view.case.worker, today))

    def frame(self, act: acts.Export, *, language: str, made_by: str | None) -> Frame:
        """Return what the file is about. `made_by` None: the command line."""
        return Frame(
            team=self._desk.team(),
            language=language,
            now=self._desk.now,
            made_by=made_by,
            first=act.first,
            last=act.last,
            with_names=act.with_names,
        )

    def file(
        self, act: acts.Export, frame: Frame, *, told: Told | None = None, **more: str
    ) -> File | None:
        """Return the file, None where there is nothing to put in it.

        `more`: `municipality` and `supplier` of a delivery of attempts.
        """
        if act.what == "case":
            return self._case(act.case or 0, frame)
        found = self._records(self._in_period(act, frame), told)
        records = [one for one in found if _belongs(one, frame)]
        if not records:
            return None
        values: dict[str, Any]
        if act.what == "attempts":
            values = {"document": delivery(records, frame, **more)}
        else:
            values = tables(records, frame)
        name = file_name(act.what, act.form, frame)
        made = Made(kind=KINDS[act.form], name=name, values=values)
        return File(made=made, count=len(records), case_ids=tuple(r.view.id for r in records))

    def _case(self, case_id: int, frame: Frame) -> File | None:
        record = next(self._records([case_id], None), None)
        if record is None:
            return None
        people = {one.id: one.name for one in self._desk.people.values()}
        made = Made(
            kind="case_file",
            name=f"{record.view.ref}.pdf",
            values=case_file(record, frame, people),
        )
        return File(made=made, count=1, case_ids=(case_id,))

    def _in_period(self, act: acts.Export, frame: Frame) -> list[int]:
        """Return the cases reported in the period, the oldest first.

        Attempts may have been made in it for a report from before: then cases that were open.
        """
        stored = cases.all_cases(self._desk.c, self._desk.team_id)
        return [
            one.row.id
            for one in stored
            if self._is_in(one, frame)
            or (act.what == "attempts" and self._may_have_been_tried(one, frame))
        ]

    def _is_in(self, one: StoredCase, frame: Frame) -> bool:
        return frame.covers(self._desk.days.day_of(one.row.opened_at))

    def _may_have_been_tried(self, one: StoredCase, frame: Frame) -> bool:
        day_of, closed = self._desk.days.day_of, one.case.closed_at
        if frame.first is None or (closed is not None and day_of(closed) < frame.first):
            return False
        return frame.last is None or day_of(one.row.opened_at) <= frame.last

    def _records(self, case_ids: Sequence[int], told: Told | None) -> Iterator[Record]:
        for number, case_id in enumerate(case_ids, 1):
            view = self._look.case(case_id)
            if view is not None:
                yield Record(view=view, lines=self._look.history(case_id))
            self._look.forget(case_id)
            if told is not None:
                told(number, len(case_ids))

    def log(self, act: acts.Export, file: File, by: int | None) -> None:
        """Write the export down; where names are in it, by each case (who saw what of whom)."""
        what = f"export-{'names' if act.with_names else act.what}"
        each = file.case_ids if act.with_names or act.what == "case" else (None,)
        for case_id in each:
            access.log(self._desk.c, self._desk.team_id, by, what, case_id, self._desk.now)


def _belongs(record: Record, frame: Frame) -> bool:
    """Return whether the report, or an attempt, lies in the period."""
    day_of, began = frame.team.days.day_of, record.view.created_at
    if began is not None and frame.covers(day_of(began)):
        return True
    return any(frame.covers(day_of(one.at)) for one in record.attempts)

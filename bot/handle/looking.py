"""What a conversation may read, answered from storage inside the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversations.scene import (
    AbsenceLine,
    CaseView,
    CodeState,
    HistoryLine,
    Likeness,
    Member,
    SeenLine,
    VisitView,
)
from bot.handle import households
from bot.handle.codes import Codes
from bot.handle.counting import figures_of_period
from bot.handle.office import Desk
from bot.reading.words import discreet
from bot.screen import Kept
from scheduler.case import Case, State
from scheduler.figures import Figures, Period
from storage import access, buttons, cases, downloads, history, visits
from storage.cases import StoredCase
from storage.errors import NotFound
from storage.history import PersonalRow
from storage.visits import Visit

OPEN_MAX = 500
REPORTS_MAX = 20
GUESSES_MAX = 20
"""Refusals after which a typed reference is not looked up any more (S21)."""
GUESSES_WITHIN = timedelta(hours=1)


class Looking:
    """`conversations.scene.Look` on one desk; keeps what it has read for one transaction."""

    def __init__(self, desk: Desk) -> None:
        """Look through `desk`."""
        self._desk = desk
        self._views: dict[int, CaseView] = {}
        self._stored: dict[int, StoredCase] = {}

    def forget(self, case_id: int) -> None:
        """Read the case anew next time: what people said of it has changed."""
        self._views.pop(case_id, None)
        self._stored.pop(case_id, None)

    def stored(self, case_id: int) -> StoredCase:
        """Return the case as stored, read once a transaction; raises `NotFound`."""
        known = self._stored.get(case_id)
        if known is None:
            known = self._stored[case_id] = cases.load(self._desk.c, case_id)
        return known

    def kept(self, case_id: int, case: Case, version: int) -> None:
        """Know the case as it was just stored, without reading it again."""
        before = self._stored.get(case_id)
        if before is None:
            self.forget(case_id)
            return
        row = replace(before.row, version=version, state=case.state, worker_id=case.worker)
        self._stored[case_id] = StoredCase(row, case)
        view = self._views.get(case_id)
        if view is not None:
            name = self._worker_name(case)
            self._views[case_id] = replace(view, case=case, worker_name=name)

    def _worker_name(self, case: Case) -> str | None:
        worker = self._desk.people.get(case.worker) if case.worker else None
        return worker.name if worker else None

    def case(self, case_id: int) -> CaseView | None:
        """Return the case of this team, or None."""
        known = self._views.get(case_id)
        if known is not None:
            return known
        with suppress(NotFound):
            stored = self.stored(case_id)
            if stored.row.team_id == self._desk.team_id:
                return self._view(stored)
        return None

    def case_by_ref(self, ref: str) -> CaseView | None:
        """Return the case with this reference, or None: at the same cost, by reading another.

        Who tries references learns nothing from how long it takes (S21).
        """
        row = cases.case_or_another(self._desk.c, self._desk.team_id, ref)
        view = None if row is None else self.case(row.id)
        return view if view is not None and view.ref == cases.fold_ref(ref) else None

    def guesses_too_much(self, person_id: int) -> bool:
        """Return whether the person was refused `GUESSES_MAX` times within an hour."""
        since = self._desk.now - GUESSES_WITHIN
        return access.misses(self._desk.c, person_id, since) >= GUESSES_MAX

    def code(self, person_id: int) -> CodeState:
        """Return how it stands with the person's security code."""
        return Codes(self._desk).state(person_id)

    def code_tries(self, person_id: int) -> int:
        """Return how many wrong codes the person has left."""
        return Codes(self._desk).tries(person_id)

    def code_barred_until(self, person_id: int) -> datetime | None:
        """Return until when no code of the person counts."""
        return Codes(self._desk).barred_until(person_id)

    def open_cases(self) -> tuple[CaseView, ...]:
        """Return all open cases, oldest first; at most `OPEN_MAX`."""
        stored = cases.open_cases(self._desk.c, self._desk.team_id, limit=OPEN_MAX)
        return tuple(self._of(stored))

    def cases_of(self, person_id: int) -> tuple[CaseView, ...]:
        """Return the open cases whose worker the person is, or stands in for today."""
        today = self._desk.days.day_of(self._desk.now)
        covered = [
            p.id
            for p in self._desk.roster.people.values()
            if p.id == person_id or self._desk.roster.covering(p.id, today) == person_id
        ]
        stored = [
            one
            for worker in covered
            for one in cases.cases_of(self._desk.c, worker)
            if one.case.worker == worker
        ]
        return tuple(self._of(sorted(stored, key=lambda one: one.row.id)))

    def checks_of(self, person_id: int) -> tuple[CaseView, ...]:
        """Return closed cases with an open step (the check months later) for the person."""
        closed = cases.checks_of(self._desk.c, person_id)
        return tuple(self._of(one for one in closed if one.case.steps))

    def open_checks(self) -> tuple[CaseView, ...]:
        """Return the team's closed cases in which the check months later is being asked."""
        return tuple(self._of(cases.asked_though_closed(self._desk.c, self._desk.team_id)))

    def reports_of(self, person_id: int) -> tuple[CaseView, ...]:
        """Return the cases that the person reported, newest first."""
        reported = cases.cases_reported_by(self._desk.c, person_id)
        return tuple(self._of(reversed(reported[-REPORTS_MAX:])))

    def likenesses(self, case_id: int) -> tuple[Likeness, ...]:
        """Return the known cases that this report may belong to; a human decides (R-13)."""
        view = self.case(case_id)
        if view is None:
            return ()
        found = []
        for other_id in households.alike(self._desk, case_id, view.values):
            other = self.case(other_id)
            if other is None or _is_joined(other.case):
                continue
            closed_at = other.case.closed_at
            found.append(
                Likeness(
                    case=other.id,
                    ref=other.ref,
                    closed_on=self._desk.days.day_of(closed_at) if closed_at else None,
                    outcome=other.case.outcome,
                    worker_name=other.worker_name,
                )
            )
        return tuple(found)

    def history(self, case_id: int) -> tuple[HistoryLine, ...]:
        """Return the events of a case, in order."""
        return tuple(
            HistoryLine(seq=e.seq, at=e.at, by=e.by_id, event=e.event)
            for e in history.events(self._desk.c, case_id)
        )

    def who_saw(self, case_id: int) -> tuple[SeenLine, ...]:
        """Return who looked at the case, the oldest first."""
        people = self._desk.people
        return tuple(
            SeenLine(
                at=one.at,
                by=one.person_id,
                name=people[one.person_id].name if one.person_id is not None else "",
                what=one.what,
            )
            for one in access.who_saw(self._desk.c, case_id)
        )

    def people(self) -> tuple[Member, ...]:
        """Return everyone not left, by name."""
        members = (
            self._desk.member(p.id) for p in self._desk.people.values() if p.state != "left"
        )
        return tuple(sorted(members, key=lambda m: (m.name.casefold(), m.id)))

    def absences(self) -> tuple[AbsenceLine, ...]:
        """Return the leave of today and later."""
        return tuple(
            AbsenceLine(
                id=a.id,
                person=a.person_id,
                from_on=a.from_on,
                to_on=a.to_on,
                stand_in=a.stand_in,
                accepted=a.accepted if a.stand_in else True,
            )
            for a in self._desk.leave
        )

    def load(self, person_id: int) -> int:
        """Return how many open cases the worker has."""
        return cases.load_of(self._desk.c, person_id)

    def visit(self, visit_id: int) -> VisitView | None:
        """Return the safe visit as it is now."""
        row = visits.visit(self._desk.c, self._desk.team_id, visit_id)
        return self._visit(row) if row is not None else None

    def visits_of(self, person_id: int) -> tuple[VisitView, ...]:
        """Return the visits that the person has not ended."""
        if not self._desk.office.team.safe_visits:
            return ()
        return tuple(self._visit(row) for row in visits.running(self._desk.c, person_id))

    def visits_inside(self) -> tuple[VisitView, ...]:
        """Return the visits from which nobody has come out yet."""
        if not self._desk.office.team.safe_visits:
            return ()
        inside = visits.inside(self._desk.c, self._desk.team_id)
        return tuple(self._visit(row) for row in inside)

    def _visit(self, row: Visit) -> VisitView:
        people, view = self._desk.people, self.case(row.case_id)
        typed = view.texts.get(row.with_ref) if view and row.with_ref is not None else None
        company = people[row.with_id].name if row.with_id is not None else typed
        told = buttons.prompts_of(self._desk.c, row.case_id, visit_key(row.id))
        until = row.until
        if row.state == "asked" and row.asked_at is not None:
            until = row.asked_at + ANSWERS_WITHIN
        return VisitView(
            id=row.id,
            case=row.case_id,
            step=row.step,
            person=row.person_id,
            name=people[row.person_id].name,
            state=row.state,
            company=company,
            company_typed=row.with_ref is not None,
            in_at=row.in_at,
            until=until,
            out_at=row.out_at,
            was_alerted=row.alerted_at is not None,
            alerted=frozenset(p.person_id for p in told if p.question == ALERT and p.person_id),
            looks=people[row.looks_id].name if row.looks_id is not None else None,
            looks_by=row.looks_id,
        )

    def figures(self, period: Period) -> Figures:
        """Return what the reports of the period came to."""
        return figures_of_period(self._desk.c, self._desk.office, period)

    def _of(self, stored: Iterable[StoredCase]) -> Iterable[CaseView]:
        return (self._views.get(one.row.id) or self._view(one) for one in stored)

    def _view(self, stored: StoredCase) -> CaseView:
        desk, row, case = self._desk, stored.row, stored.case
        rows = history.personal_rows(desk.c, row.id)
        values, texts = _personal(rows)
        reporters = cases.reporters(desk.c, row.id)
        view = CaseView(
            id=row.id,
            ref=row.ref,
            case=case,
            procedure=desk.office.procedure(desk.c, row.procedure_id),
            short=discreet(values.get("client", ""), values.get("address", "")),
            values=values,
            texts=texts,
            fields={each.id: each.field for each in rows},
            worker_name=self._worker_name(case),
            reporter=reporters[0] if reporters else None,
            created_at=row.opened_at,
            files=tuple(each.text for each in rows if each.field == FILE_FIELD),
        )
        if view.files:
            view = self._with_files(view, rows)
        self._views[row.id] = view
        return view

    def _with_files(self, view: CaseView, rows: Iterable[PersonalRow]) -> CaseView:
        """Return the view with what of its files is stored here, each once."""
        stored = downloads.kept_files(self._desk.c, view.id)
        kept = {
            stored[row.id]: row.text.partition(":")[0]
            for row in rows
            if row.field == FILE_FIELD and row.id in stored
        }
        fetching = downloads.waiting(self._desk.c, view.id)
        found = tuple(Kept(told, number) for number, told in kept.items())
        return replace(view, kept=found, fetching=fetching)


def _is_joined(case: Case) -> bool:
    return case.state is State.CLOSED and case.outcome == "joined"


def _personal(
    rows: Iterable[PersonalRow],
) -> tuple[dict[str, str], dict[int, str]]:
    """Return the newest value of each intake field, and every text by its row number."""
    values: dict[str, str] = {}
    texts: dict[int, str] = {}
    for row in rows:
        texts[row.id] = row.text
        if row.field.startswith(INTAKE):
            values[row.field.removeprefix(INTAKE)] = row.text
    return values, texts


ALERT = "visit_alert"
CARD = "visit_card"
"""Questions of the prompts of a safe visit: to who watches, and to who visits."""
VISIT_WITH = "visit.with"
"""The personal field that holds who goes along, where that is no colleague."""
ANSWERS_WITHIN = timedelta(minutes=5)
"""How long a worker who should be out has before others are told."""


def visit_key(visit_id: int) -> str:
    """Return what a visit's due moment, and the step of its prompts, are called."""
    return f"{VISIT}{visit_id}"


VISIT = "visit:"
FILE_FIELD = "file"
"""The personal field that holds a file's kind and messenger's id."""
INTAKE = "intake."
"""Before the names of the fields that a report brought; notes and items have none."""

"""Everything about one person, to be handed to them or erased (privacy): found, read, let go.

A person is found by what a household is found by (the blind index), by a reference, or as a member
by name. Who may ask, and by which second step, is the caller's; each time is written down here.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.handle.looking import Looking
from bot.handle.office import Desk
from bot.reading.phones import fold_phone
from bot.reading.references import read_reference
from bot.reading.words import fold_address, fold_name
from bot.views.case_file import case_file
from bot.views.export_rows import Frame, Record
from scheduler.case import State
from storage import access, cases, drafts, erasing, files, history
from storage.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is known of the person; what is left empty says nothing."""

    refs: tuple[str, ...] = ()
    name: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Cases about the person, and members of that name (reporters too), by number."""

    cases: tuple[int, ...]
    people: tuple[int, ...]
    missed: tuple[str, ...] = ()
    """What was typed and says too little, or what is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How many cases and people were erased."""

    cases: int
    people: int


class Subjects:
    """Looks persons up at one desk."""

    def __init__(self, desk: Desk, look: Looking) -> None:
        """Work at `desk`."""
        self._desk, self._look = desk, look

    def find(self, asked: Asked) -> Found:
        """Return what there is about the person; a human judges whether it is one person."""
        c, team_id = self._desk.c, self._desk.team_id
        found: set[int] = set()
        missed: list[str] = []
        for typed in asked.refs:
            ref = read_reference(typed)
            row = cases.case_by_ref(c, team_id, ref) if ref is not None else None
            if row is None:
                missed.append(f"there is no case {typed}")
            else:
                found.add(row.id)
        for kind, folded in self._folded(asked, missed):
            found |= set(history.match(c, team_id, kind, folded))
        members = self._members(asked.name)
        return Found(cases=tuple(sorted(found)), people=members, missed=tuple(missed))

    def _folded(self, asked: Asked, missed: list[str]) -> list[tuple[str, str]]:
        tokens: list[tuple[str, str]] = []
        if asked.phone:
            phone = fold_phone(asked.phone, self._desk.office.team.calendar.country)
            tokens += [("phone", phone)] if phone else []
            missed += [] if phone else ["the telephone number has no digits"]
        if asked.name:
            name = fold_name(asked.name)
            tokens += [("name", " ".join(name))] if len(name) > 1 else []
            missed += [] if len(name) > 1 else ["a household is found by first and last name"]
        if asked.address:
            at = fold_address(asked.address)
            is_whole = at.street and at.number and at.municipality
            tokens += (
                [("address", f"{at.street} {at.number} {at.municipality}")] if is_whole else []
            )
            missed += [] if is_whole else ["an address is street, number and municipality"]
        return tokens

    def _members(self, name: str) -> tuple[int, ...]:
        wanted = fold_name(name) if name else ()
        people = self._desk.people.values()
        return tuple(p.id for p in people if wanted and p.name and fold_name(p.name) == wanted)

    def still_open(self, found: Found) -> tuple[str, ...]:
        """Return the references of those that are not closed: somebody is at work on them."""
        stored = (cases.load(self._desk.c, number) for number in found.cases)
        return tuple(
            one.row.ref
            for one in stored
            if one.case.state is not State.CLOSED and one.row.erased_at is None
        )

    def on_team(self, found: Found) -> tuple[str, ...]:
        """Return the names of members who are still at work here: they leave first."""
        people = (self._desk.people[number] for number in found.people)
        return tuple(p.name for p in people if p.state != "left" and p.role != "reporter")

    # handing over

    def document(self, found: Found, frame: Frame) -> dict[str, Any]:
        """Return everything as JSON values, the files too (base64)."""
        return {
            "team": frame.team.name,
            "made_at": frame.now.isoformat(),
            "cases": [self._case(number, frame) for number in found.cases],
            "people": [self._person(self._desk.people[number]) for number in found.people],
        }

    def _case(self, case_id: int, frame: Frame) -> dict[str, Any]:
        c = self._desk.c
        view = self._look.case(case_id)
        assert view is not None, "found, and not there"
        row = cases.load(c, case_id).row
        lines = self._look.history(case_id)
        names = {one.id: one.name for one in self._desk.people.values()}
        return {
            "reference": view.ref,
            "procedure": view.procedure.id,
            "state": view.case.state.value,
            "outcome": view.case.outcome,
            "reported_at": row.opened_at.isoformat(),
            "closed_at": row.closed_at.isoformat() if row.closed_at else None,
            "erased_at": row.erased_at.isoformat() if row.erased_at else None,
            "values": [
                {"field": one.field, "text": one.text} for one in history.personal_rows(c, case_id)
            ],
            "files": [self._file(one.id) for one in files.files_of(c, case_id)],
            "history": [
                {"at": line.at.isoformat(), "what": type(line.event).__name__, "by": line.by}
                for line in lines
            ],
            "reporters": [names.get(number, "") for number in cases.reporters(c, case_id)],
            "seen": [
                {"at": one.at.isoformat(), "by": one.name, "what": one.what}
                for one in self._look.who_saw(case_id)
            ],
            "readable": case_file(Record(view=view, lines=lines), frame, names),
        }

    def _file(self, number: int) -> dict[str, Any]:
        row, content = files.file(self._desk.c, number)
        return {
            "name": row.name,
            "kind": row.mime,
            "received_at": row.created_at.isoformat(),
            "content": None if content is None else base64.b64encode(content).decode(),
        }

    def _person(self, person: Person) -> dict[str, Any]:
        c = self._desk.c
        known = person.user_id is not None
        return {
            "name": person.name,
            "role": person.role,
            "state": person.state,
            "language": person.language,
            "telegram_id": person.user_id,
            "reported": [one.row.ref for one in cases.cases_reported_by(c, person.id)],
            "half_way": drafts.dialogue(c, person.team_id, person.user_id or 0) if known else None,
        }

    def log(self, found: Found, what: str, by: int | None) -> None:
        """Write it down in the access log, by each case. `by` None: the command line."""
        desk = self._desk
        for case_id in found.cases or (None,):
            access.log(desk.c, desk.team_id, by, what, case_id, desk.now)

    # letting go

    def erase(self, found: Found, by: int | None) -> Erased:
        """Erase the cases for good, and forget the reporters and former members of that name.

        Open cases and members at work are not among them: that is the caller's to see to. Who
        reported the person is somebody else, and goes when their own term is over.
        After the commit: `bot.retention.wipe`.
        """
        desk = self._desk
        self.log(found, "person-erase", by)
        there = [n for n in found.cases if cases.load(desk.c, n).row.erased_at is None]
        erasing.erase_cases(desk.c, desk.team_id, there, desk.now)
        erasing.forget_people(desk.c, found.people, desk.now)
        return Erased(cases=len(there), people=len(found.people))


def readable(document: dict[str, Any], warning: str) -> str:
    """Return the document as text to be read on paper; files by name."""
    lines = [document["team"], document["made_at"][:10], "", warning, ""]
    for one in document["cases"]:
        file = one["readable"]
        lines += [file["title"], "=" * len(file["title"]), file["made"], ""]
        for section in file["sections"]:
            lines += [section["title"], "-" * len(section["title"])]
            lines += _rows(section["rows"]) or [section["empty"]]
            lines.append("")
        lines += [f"{each['name']} ({each['kind']})" for each in one["files"]]
        lines += [f"{each['at'][:16]} {each['by']} {each['what']}" for each in one["seen"]]
        lines.append("")
    for person in document["people"]:
        lines += [f"{key}: {value}" for key, value in person.items() if value]
        lines.append("")
    return "\n".join(lines)


def _rows(rows: Sequence[dict[str, Any]]) -> list[str]:
    told: list[str] = []
    for row in rows:
        told.append(": ".join(part for part in (row["left"], row["text"]) if part))
        told += [f"    {said}" for said in row["said"]]
    return told

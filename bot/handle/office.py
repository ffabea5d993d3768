"""A team as the main path sees it: its settings, its days, its people, its procedures.

One `Office` lives as long as the process; `Desk` is it for one transaction and one moment.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from bot.conversations import scene
from bot.hooks import Connection
from bot.team import Team
from bot.texts import settled
from scheduler.load import load, named_text
from scheduler.people import Absence, Person, Roster
from scheduler.procedure import Procedure, Role
from scheduler.workdays import Workdays
from storage import people, procedures, teams

CHANNEL: Final = "channel"
"""The flag under which the team's group chat is remembered: {"chat": id}."""
LEAFLET: Final = "leaflet"
"""The flag under which the team's leaflet is remembered: {"file": "kind:id"}.

With "lost" where the messenger does not know the file any more: its ids hold for one token.
"""


@dataclass(slots=True)
class Office:
    """What does not change between two transactions. `versions` caches by row number."""

    team_id: int
    team: Team
    days: Workdays
    bot_name: str | None
    current: Mapping[str, int]
    """The procedure version that a new case begins with, by key."""
    versions: dict[int, Procedure] = field(default_factory=dict)

    def procedure(self, c: Connection, version_id: int) -> Procedure:
        """Return the procedure as it was when a case began with it (P11)."""
        known = self.versions.get(version_id)
        if known is None:
            known = self.versions[version_id] = _stored(c, version_id)
        return known


def open_office(c: Connection, team: Team, bot_name: str | None, now: datetime) -> Office:
    """Return the office of a team: made in storage where it is not there, and brought up to date.

    Raises `ProcedureError` for a procedure that cannot be loaded.
    """
    team_id = teams.put_team(c, team.name, {"language": str(team.language)}, now)
    current = {}
    versions: dict[int, Procedure] = {}
    for name in team.procedures:
        text = named_text(name)
        key = load(text, origin=name).id
        overrides = _plain(team.overrides.get(key) or {})
        procedure = load(text, origin=name, overrides=overrides)
        version_id = _put_version(c, team_id, procedure, text, overrides)
        current[procedure.id] = version_id
        versions[version_id] = procedure
    _seed_coordinators(c, team_id, team, now)
    return Office(
        team_id=team_id,
        team=team,
        days=Workdays(team.calendar),
        bot_name=bot_name,
        current=current,
        versions=versions,
    )


def _put_version(
    c: Connection, team_id: int, procedure: Procedure, text: str, overrides: Mapping[str, Any]
) -> int:
    """Store the file with the team's layer: together they are what a case began with.

    Each new text is a new version of ours, whatever number its author gave it (P11).
    """
    kept = json.dumps({"text": text, "overrides": overrides}, sort_keys=True)
    sha = hashlib.sha256(kept.encode()).hexdigest()
    known = procedures.versions(c, team_id, procedure.id)
    same = next((v.id for v in known if v.sha == sha), None)
    if same is not None:
        return same
    number = max((v.version for v in known), default=0) + 1
    return procedures.put_version(c, team_id, procedure.id, number, kept, sha)


def _stored(c: Connection, version_id: int) -> Procedure:
    stored = procedures.version(c, version_id)
    kept = json.loads(stored.text)
    return load(kept["text"], origin=stored.key, overrides=kept["overrides"])


def _seed_coordinators(c: Connection, team_id: int, team: Team, now: datetime) -> None:
    """Let the team file's ids in once; a later removal wins (design 6)."""
    seeded = teams.flag(c, team_id, "seeded")
    before = set(seeded.value) if seeded else set()
    for user_id in team.coordinators:
        if user_id in before:
            continue
        known = people.person_by_user(c, team_id, user_id)
        if known is None:
            people.put_person(c, team_id, name="", role="coordinator", user_id=user_id, now=now)
        elif known.role != "coordinator":
            people.set_person(c, known.id, role="coordinator")
    after = sorted(before | set(team.coordinators))
    if after != sorted(before):
        teams.set_flag(c, team_id, "seeded", after, now)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


class Desk:
    """One transaction at one moment: the connection, the people as they are now."""

    def __init__(self, c: Connection, office: Office, now: datetime) -> None:
        """Read the people once; `refresh` after they changed."""
        self.c, self.office, self.now = c, office, now
        self._leaflet: str | None = None
        self._leaflet_lost = False
        self._has_looked = False
        self.refresh()

    def refresh(self) -> None:
        """Read the people again."""
        team_id = self.office.team_id
        self.people = {p.id: p for p in people.people(self.c, team_id, gone=True)}
        self._by_user = {
            p.user_id: p for p in self.people.values() if p.user_id and p.state != "left"
        }
        self.leave = people.absences(self.c, team_id, self._from())
        self.roster = self._roster()

    def _from(self) -> date:
        return self.office.days.day_of(self.now)

    @property
    def team_id(self) -> int:
        """The team's number."""
        return self.office.team_id

    @property
    def days(self) -> Workdays:
        """The team's calendar."""
        return self.office.days

    def _roster(self) -> Roster:
        absences: dict[int, list[Absence]] = {}
        for one in self.leave:
            absences.setdefault(one.person_id, []).append(
                Absence(
                    from_on=one.from_on,
                    to_on=one.to_on,
                    stand_in=one.stand_in if one.accepted else None,
                )
            )
        return Roster(
            people={
                p.id: Person(
                    id=p.id,
                    role=Role(p.role),
                    works=None if p.works is None else frozenset(p.works),
                    stand_in=p.stand_in,
                    absences=tuple(absences.get(p.id, ())),
                    left=p.state != "active",
                )
                for p in self.people.values()
            }
        )

    def by_user(self, user_id: int) -> people.Person | None:
        """Return the member with this messenger id; None for a stranger and for one who left."""
        return self._by_user.get(user_id)

    def member(self, person_id: int) -> scene.Member:
        """Return a person as texts see one."""
        person = self.people[person_id]
        return scene.Member(
            id=person.id,
            name=person.name,
            role=Role(person.role),
            language=settled(person.language, self.office.team.language),
            state=person.state,
            user_id=person.user_id,
        )

    def team(self) -> scene.Team:
        """Return what texts need of the team."""
        team = self.office.team
        return scene.Team(
            name=team.name,
            language=team.language,
            phone=team.phone,
            days=self.days,
            procedures={
                key: self.office.procedure(self.c, version)
                for key, version in self.office.current.items()
            },
            intake_open=team.intake == "open",
            assignment=team.assignment,
            country=team.calendar.country,
            bot_name=self.office.bot_name,
            leaflet=self.leaflet(),
            leaflet_lost=self._leaflet_lost,
            clear_reports=team.clear_reports,
            safe_visits=team.safe_visits,
            reports_an_hour=team.limits.reports_an_hour,
        )

    def leaflet(self) -> str | None:
        """Return the team's leaflet, "kind:id" in the messenger's words; read once."""
        if not self._has_looked:
            flag = teams.flag(self.c, self.team_id, LEAFLET)
            self._leaflet_lost = flag is not None and flag.value.get("lost", False)
            self._leaflet = flag.value["file"] if flag and not self._leaflet_lost else None
            self._has_looked = True
        return self._leaflet

    def channel(self) -> int | None:
        """Return the team channel's chat, None while there is none."""
        flag = teams.flag(self.c, self.team_id, CHANNEL)
        return flag.value["chat"] if flag else None

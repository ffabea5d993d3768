"""Who there is: two cases, their people, and those who have no business with the first of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from bot.handle import Handler
from bot.handle.office import open_office
from bot.screen import Verb
from bot.team import read_team
from storage import people, visits
from storage.database import Database
from tests.world import BOT_NAME, TEAM, World

OPTIONS: Final = "safe_visits: true\nask_reporter_after: true\n"
OTHER_REPORT: Final = (
    "Goedemorgen, huurachterstal voor de heer Karel Wouters, Kerkstraat 4, 2381 Weelde, "
    "0471 22 33 44. Hij is 2 maanden achter. Otto van woonmaatschappij Zonnig."
)


class Kind(StrEnum):
    """A kind of person, seen from the first case."""

    UNKNOWN = "unknown"
    EX_MEMBER = "ex-member"
    """a worker who had this very case, was asked about it, and left the team"""
    REPORTER = "reporter"
    OTHER_REPORTER = "reporter of another case"
    WORKER = "worker on the case"
    OTHER_WORKER = "worker of another case"
    STAND_IN = "stand-in"
    COORDINATOR = "coordinator"
    OTHER_COORDINATOR = "coordinator of another team"
    ANONYMOUS_ADMIN = "anonymous admin"
    CHANNEL = "channel"
    BOT = "bot"


NAMES: Final[dict[Kind, str]] = {
    Kind.UNKNOWN: "Ulrike",
    Kind.EX_MEMBER: "Evelien",
    Kind.REPORTER: "Rita",
    Kind.OTHER_REPORTER: "Otto",
    Kind.WORKER: "Anneleen",
    Kind.OTHER_WORKER: "Bramwell",
    Kind.STAND_IN: "Dorothea",
    Kind.COORDINATOR: "Carla",
    Kind.OTHER_COORDINATOR: "Greet",
    Kind.ANONYMOUS_ADMIN: "Group",
    Kind.CHANNEL: "Nieuws",
    Kind.BOT: "Otherbot",
}
SERVICE: Final[dict[Kind, dict[str, Any]]] = {
    Kind.ANONYMOUS_ADMIN: {"id": 1_087_968_824, "is_bot": True, "first_name": "Group"},
    Kind.CHANNEL: {"id": 136_817_688, "is_bot": True, "first_name": "Channel"},
    Kind.BOT: {"id": 99_000_111, "is_bot": True, "first_name": "Otherbot"},
}
"""Who is no person: what Telegram says that such a message is from (S6)."""

CANARIES: Final = ("Verbeke", "M.V.", "Dorpsstraat", "0470", "470123456")
"""What of the first case nobody without business with it may read."""
COLLEAGUES: Final = ("Anneleen", "Dorothea", "Bramwell")
"""Names that the team knows, and nobody else."""


@dataclass(slots=True)
class Cast:
    """The team, its two cases, and the neighbouring team on the same database."""

    world: World
    ref: str
    case_id: int
    other_case_id: int
    neighbours: World
    """The other team, whose coordinator Greet is."""
    foreign_case_id: int
    """A case of that team: for the first one it does not exist."""

    @classmethod
    async def open(cls, database: Database) -> Cast:
        """Let it all come about through the front door."""
        members: dict[str, people.Role] = {
            NAMES[Kind.WORKER]: "worker",
            NAMES[Kind.OTHER_WORKER]: "worker",
            NAMES[Kind.STAND_IN]: "worker",
            NAMES[Kind.EX_MEMBER]: "worker",
            NAMES[Kind.COORDINATOR]: "coordinator",
        }
        world = await World.open(database, team=TEAM + OPTIONS, members=members)
        await world.has_channel()
        ref = await world.assigned(to=NAMES[Kind.EX_MEMBER])
        await world.says(NAMES[Kind.EX_MEMBER], "/leave")
        await world.presses(NAMES[Kind.EX_MEMBER], Verb.PICK, arg="yes")
        await world.presses("Carla", Verb.ANSWER, step="assign", person=world.ids["Anneleen"])
        await world.assigned(to=NAMES[Kind.OTHER_WORKER], name="Otto", text=OTHER_REPORT)
        today = world.now.date()
        await world.write(
            people.put_absence,
            person_id=world.ids["Anneleen"],
            from_on=today,
            to_on=today + timedelta(days=3),
            stand_in=world.ids["Dorothea"],
            accepted=True,
            now=world.now,
        )
        found = {one.row.ref: one.row.id for one in await world.cases()}
        await world.write(
            visits.put,
            team_id=world.team_id,
            case_id=found[ref],
            person_id=world.ids["Anneleen"],
            step="visit_1",
            now=world.now,
        )
        (other,) = set(found.values()) - {found[ref]}
        neighbours = await _neighbours(world)
        foreign = (await neighbours.case()).row.id
        return cls(world, ref, found[ref], other, neighbours, foreign)

    def user_id(self, kind: Kind) -> int:
        """Return who acts, as the messenger says it."""
        return int(SERVICE[kind]["id"]) if kind in SERVICE else self.world.user(NAMES[kind])

    def person_id(self, kind: Kind) -> int | None:
        """Return the person's number on the team; None: nobody of ours."""
        return {**self.neighbours.ids, **self.world.ids}.get(NAMES[kind])

    def sender(self, kind: Kind) -> dict[str, Any]:
        """Return `from` of an update."""
        return SERVICE.get(kind) or self.world.sender_of(NAMES[kind])


async def _neighbours(world: World) -> World:
    """Return another team on the same database, with one coordinator and one case."""
    text = TEAM.replace("OCMW Ravels", "OCMW Elders")
    team = read_team(text.encode(), Path())
    office = await world.write(open_office, team=team, bot_name=BOT_NAME, now=world.now)
    other = World(world.database, Handler(office), world.clock)
    other.users = world.users
    await other.joins(NAMES[Kind.OTHER_COORDINATOR], "coordinator")
    await other.reported("Paula", OTHER_REPORT)
    return other

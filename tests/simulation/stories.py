"""Short stories of which every point is crashed at, one for each thing that people do here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from tests.simulation.plan import Act, Fault, Plan

HOME: Final = ZoneInfo("Europe/Brussels")
MONDAY: Final = datetime(2027, 9, 13, 10, 20, tzinfo=HOME)
SHORT_S: Final = 2 * 3600.0
AN_HOUR: Final = 3600.0

Line = tuple[float, str, tuple[str, ...]]
"""When, who, and their steps (`Act.steps`)."""

FREE: Final = ("/report", ">report:free", "{report}", ">skip", ">send")
CLOSES: Final = (">more", ">close", ">close:averted", ">skip")


def _story(*lines: Line, seed: int = 16, faults: tuple[Fault, ...] = ()) -> Plan:
    acts = tuple(
        Act(number=number, kind="script", who=who, at=at, steps=steps)
        for number, (at, who, steps) in enumerate(lines)
    )
    return Plan(seed=seed, start=MONDAY, acts=acts, faults=faults, tail_s=SHORT_S)


def _case(*lines: Line, seed: int = 16, faults: tuple[Fault, ...] = ()) -> Plan:
    """A story in which Rita's report was claimed by An."""
    return _story(
        (1.0, "Rita", FREE), (600.0, "An", ("#claim",)), *lines, seed=seed, faults=faults
    )


STORIES: Final[Mapping[str, Plan]] = {
    "report": Plan(
        seed=16,
        start=MONDAY,
        acts=(Act(number=0, kind="report", who="Rita", at=1.0),),
        faults=(),
        tail_s=SHORT_S,
    ),
    "case": Plan(
        seed=2,
        start=MONDAY,
        acts=(
            Act(number=0, kind="report", who="Rita", at=1.0),
            Act(number=1, kind="office", who="Carla", at=1200.0),
            Act(number=2, kind="work", who="An", at=2400.0),
            Act(number=3, kind="work", who="Bram", at=2500.0),
            Act(number=4, kind="claim", who="Dirk", at=2600.0),
        ),
        faults=(),
        tail_s=SHORT_S,
    ),
    "removal": Plan(
        seed=3,
        start=MONDAY,
        acts=(
            Act(number=0, kind="report", who="Lies", at=1.0),
            Act(number=1, kind="claim", who="An", at=900.0),
            Act(number=2, kind="work", who="An", at=1000.0),
        ),
        faults=(
            Fault(number=1, kind="removed", at=1500.0, until=1501.0, args={"who": "An"}),
            Fault(number=2, kind="migration", at=1800.0, until=1801.0),
        ),
        tail_s=SHORT_S,
    ),
    "free": _story((1.0, "Rita", FREE)),
    "guided": _story(
        (
            1.0,
            "Rita",
            (
                "/report",
                ">report:guided",
                ">pick:arrears",
                "mevrouw {name}",
                ">skip:address",
                ">skip:text",
                ">skip:relation",
                ">send",
            ),
        )
    ),
    "known": _story((1.0, "Rita", FREE), (900.0, "Rita", FREE)),
    "assigned": _story((1.0, "Rita", FREE), (600.0, "Carla", (">answer:1",))),
    "claimed": _case(),
    "claimed twice": _case((600.0, "Bram", ("#claim",))),
    "answered": _case((700.0, "An", (">answer",))),
    "corrected": _case((700.0, "An", (">answer", ">correct"))),
    "differently": _case((700.0, "An", (">more", ">deviate", "Ik ging er langs", ">skip"))),
    "later": _case((700.0, "An", (">more", ">later", ">pick:until"))),
    "handed over": _case(
        (700.0, "An", (">more", ">hand_over", ">pick:2")), (900.0, "Bram", (">answer",))
    ),
    "note": _case((700.0, "An", (">more", ">note", "Belt morgen terug"))),
    "crisis": _case(
        (700.0, "An", (">more", ">change", ">change:eviction", "do 16 sep 10:00", ">skip"))
    ),
    "hearing": _case(
        (700.0, "An", (">more", ">change", ">change:hearing", "do 7 okt 10:00", ">skip"))
    ),
    "leave": _case(
        (700.0, "An", ("/away", "do 23 sep", "vr 24 sep", ">pick:stand_in")),
        (900.0, "Bram", (">accept_stand_in",)),
    ),
    "closed": _case((700.0, "An", CLOSES)),
    "reopened": _case((700.0, "An", CLOSES), (1200.0, "Carla", ("/case 4HF2-YT", ">reopen"))),
    "withdrawn": _story(
        (1.0, "Rita", FREE), (600.0, "Rita", (">add", ">add:withdraw", ">pick:yes"))
    ),
    "exported": _case((700.0, "Carla", ("/case 4HF2-YT", ">more", ">export", ">export:make"))),
    "backup": _case(
        (700.0, "An", (">answer",)),
        faults=(Fault(number=1, kind="backup", at=704.0, until=705.0),),
    ),
    "restore": _case(
        (700.0, "An", (">answer",)),
        faults=(Fault(number=1, kind="restore", at=500.0, until=900.0, args={"damaged": False}),),
    ),
    "group moved": _case(
        faults=(Fault(number=1, kind="migration", at=608.0, until=609.0),),
    ),
    "taken off": _case(
        (700.0, "Carla", ("/team", ">leave_team:1", ">pick:yes")),
    ),
}

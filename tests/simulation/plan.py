"""What a seed decides beforehand: when the story is, what people set out to do, what goes wrong.

A plan is a value. Each act and each fault has dice of its own (seed and number), so that leaving
one out changes no other: that is how a failing story is made short.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

DAY_S: Final = 86_400.0
TAIL_S: Final = 2.0 * DAY_S
"""How long the clock runs on after the last act and the last fault: a working day is in it."""
STARTS: Final = (
    datetime(2027, 9, 13, 6, 40, tzinfo=UTC),  # an ordinary Monday
    datetime(2027, 9, 16, 12, 30, tzinfo=UTC),  # a Thursday afternoon
    datetime(2026, 10, 23, 13, 0, tzinfo=UTC),  # the Fridays before the four DST nights
    datetime(2027, 3, 26, 13, 0, tzinfo=UTC),
    datetime(2027, 10, 29, 13, 0, tzinfo=UTC),
    datetime(2028, 3, 24, 13, 0, tzinfo=UTC),
    datetime(2027, 10, 30, 21, 0, tzinfo=UTC),  # the evening before one
    datetime(2027, 12, 30, 9, 0, tzinfo=UTC),  # a year's end
    datetime(2027, 7, 20, 9, 0, tzinfo=UTC),  # the day before the national day
)
REPORTERS: Final = ("Rita", "Lies", "Omar")
WORKERS: Final = ("An", "Bram", "Dirk")
COORDINATORS: Final = ("Carla", "Karin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Somebody sets out to do something `at` so many seconds; they go on for some steps.

    `steps` of a `script`: `>verb` or `>verb:arg` presses a button of their chat, `#verb` one of
    the group; anything else is typed (`{report}`, `{name}`: words and name of a client).
    """

    number: int
    kind: str
    who: str
    at: float
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something goes wrong from `at` until `until` (seconds)."""

    number: int
    kind: str
    at: float
    until: float
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One story. `crash_at`: also crash at that point of all (exhaustive runs)."""

    seed: int
    start: datetime
    acts: tuple[Act, ...]
    faults: tuple[Fault, ...]
    crash_at: int | None = None
    down_s: float = 1.0
    tail_s: float = TAIL_S

    @property
    def end(self) -> float:
        """Seconds at which the last act begins and the last fault has ended."""
        return max([each.at for each in self.acts] + [each.until for each in self.faults] + [0.0])


# --- faults: kind → how long, and what else it says ----------------------------------------------

Dice = random.Random
_Args = Callable[[Dice], dict[str, Any]]


def _short(dice: Dice) -> float:
    return dice.choice((5.0, 40.0, 300.0, 3600.0, 4 * 3600.0))


def _hour(dice: Dice) -> float:
    return dice.choice((5.0, 40.0, 300.0, 3600.0))


def _while(dice: Dice) -> float:
    return 1200.0


def _moment(dice: Dice) -> float:
    return dice.choice((2.0, 30.0, 600.0))


def _none(dice: Dice) -> dict[str, Any]:
    return {}


def _rate(dice: Dice) -> dict[str, Any]:
    return {"rate": dice.choice((0.1, 0.4, 0.9))}


POINTS: Final = (
    "unit-before",
    "unit-after",
    "commit-before",
    "commit-after",
    "http-before",
    "http-after",
    "statement",
)


def _crash(dice: Dice) -> dict[str, Any]:
    return {
        "point": dice.choice(POINTS),
        "skip": dice.choice((0, 0, 1, 2, 3, 5, 8, 13)),
        "down_s": dice.choice((0.3, 0.3, 5.0, 5.0, 90.0, 90.0, 3600.0, 5 * 3600.0, 3 * DAY_S)),
        "redeliver": dice.choice((0, 0, 1, 5)),
    }


def _stop(dice: Dice) -> dict[str, Any]:
    return {"down_s": dice.choice((1.0, 30.0, 1800.0))}


def _jump(dice: Dice) -> dict[str, Any]:
    minutes = dice.choice((-60, -5, 10, 60, 24 * 60, 30 * 24 * 60))
    return {"by": timedelta(minutes=minutes), "stays": minutes in (-5, 10)}


def _asleep(dice: Dice) -> dict[str, Any]:
    return {"for_s": dice.choice((60.0, 600.0, 9 * 3600.0))}


def _wait(dice: Dice) -> dict[str, Any]:
    chat = dice.choice((None, *WORKERS, *REPORTERS, "channel"))
    return {"rate": dice.choice((0.3, 1.0)), "chat": chat,
            "retry_after": dice.choice((0, 1, 30, 3600, None, "soon"))}  # fmt: skip


def _who(dice: Dice) -> dict[str, Any]:
    return {"who": dice.choice((*WORKERS, *REPORTERS, "Karin"))}


def _case(dice: Dice) -> dict[str, Any]:
    return {"then": dice.random()}


def _restore(dice: Dice) -> dict[str, Any]:
    return {"damaged": dice.random() < 0.4}


CATALOGUE: Final[Mapping[str, tuple[int, Callable[[Dice], float], _Args]]] = {
    # weight, duration, arguments
    "crash": (16, _while, _crash),
    "stop": (2, _moment, _stop),
    "duplicates": (5, _short, _rate),
    "reordering": (3, _short, _rate),
    "id-reset": (1, _moment, _none),
    "429": (4, _moment, _wait),
    "5xx": (4, _hour, _rate),
    "unreachable": (4, _short, _none),
    "timeout-delivered": (4, _moment, _rate),
    "timeout-lost": (3, _moment, _rate),
    "half-answer": (3, _short, _rate),
    "403": (1, _moment, _rate),
    "400": (1, _moment, _rate),
    "blocked": (2, _short, _who),
    "401": (1, _moment, _none),
    "409": (1, _moment, _none),
    "migration": (2, _moment, _none),
    "channel-lost": (1, _short, _none),
    "clock-jump": (4, _short, _jump),
    "asleep": (2, _moment, _asleep),
    "db-locked": (3, _hour, _rate),
    "db-full": (4, _hour, _rate),
    "db-readonly": (2, _hour, _rate),
    "db-io": (3, _moment, _rate),
    "db-corrupt": (2, _moment, _rate),
    "second-instance": (2, _moment, _none),
    "restore": (3, _hour, _restore),
    "removed": (4, _short, _who),
    "moved": (3, _moment, _case),
}
"""Everything that may go wrong in a seeded story (promises: the fault catalogue)."""

ACTS: Final[Mapping[str, tuple[int, tuple[str, ...]]]] = {
    "report": (3, REPORTERS),
    "work": (12, WORKERS),
    "office": (7, COORDINATORS),
    "claim": (2, WORKERS),
    "old-button": (2, (*WORKERS, *REPORTERS, *COORDINATORS)),
    "double-tap": (2, WORKERS),
    "edit": (1, REPORTERS),
    "ask": (2, (*WORKERS, *COORDINATORS, *REPORTERS)),
    "junk": (2, (*WORKERS, *REPORTERS, "Stranger")),
    "group-talk": (1, WORKERS),
    "raw": (1, ("Stranger",)),
}


def plan_of(seed: int) -> Plan:
    """Return the story of a seed."""
    dice = random.Random(f"kier {seed}")
    start = dice.choice(STARTS)
    days = dice.choice((1, 2, 2, 3, 4))
    gap_s = 8 * DAY_S if dice.random() < 0.06 else 0.0
    acts = [Act(number=0, kind="report", who=dice.choice(REPORTERS), at=30.0)]
    for number in range(1, dice.choice((10, 16, 24))):
        kind = _chosen(dice, {name: weight for name, (weight, _) in ACTS.items()})
        acts.append(
            Act(number=number, kind=kind, who=dice.choice(ACTS[kind][1]),
                at=_when(dice, start, days, gap_s))
        )  # fmt: skip
    faults = [_fault(dice, number, days, acts) for number in range(dice.choice((1, 2, 4, 6, 9)))]
    if gap_s:
        at = (days // 2) * DAY_S + gap_s
        faults.append(Fault(number=99, kind="id-reset", at=at, until=at + 1))
    return Plan(
        seed=seed,
        start=start,
        acts=tuple(sorted(acts, key=lambda act: act.at)),
        faults=tuple(sorted(faults, key=lambda fault: fault.at)),
    )


def with_faults(seed: int, kinds: Sequence[str], points: Sequence[str] = POINTS) -> Plan:
    """Return the people of a seed's story under faults of these kinds only.

    Crashes come at these kinds of points.
    """
    plan = plan_of(seed)
    dice = random.Random(f"kier {seed} {kinds}")
    faults = [_fault(dice, n, 1, plan.acts, kind) for n, kind in enumerate(kinds)]
    faults = [
        replace(each, args={**each.args, "point": dice.choice(points)})
        if each.kind == "crash"
        else each
        for each in faults
    ]
    return replace(plan, faults=tuple(sorted(faults, key=lambda fault: fault.at)))


def _chosen(dice: Dice, weights: Mapping[str, int]) -> str:
    return dice.choices(list(weights), list(weights.values()))[0]


def _when(dice: Dice, start: datetime, days: int, gap_s: float) -> float:
    """Return a moment of a day's work, seldom of a night; after an idle week in half of them."""
    day = dice.randrange(days)
    if day == 0:
        at = dice.uniform(40.0, 7 * 3600.0)
    else:
        morning = (start + timedelta(days=day)).replace(hour=6, minute=30)
        hours = 24.0 if dice.random() < 0.1 else 9.5
        at = (morning - start).total_seconds() + dice.uniform(0.0, hours * 3600.0)
    return at + (gap_s if day >= days // 2 and days > 1 else 0.0)


def _fault(
    dice: Dice, number: int, days: int, acts: Sequence[Act], kind: str | None = None
) -> Fault:
    kind = kind or _chosen(dice, {name: weight for name, (weight, _, _) in CATALOGUE.items()})
    _, long, args = CATALOGUE[kind]
    at = dice.uniform(10.0, 7 * 3600.0) + dice.randrange(days) * DAY_S
    if dice.random() < 0.75:  # while somebody is doing something
        at = max(dice.choice(acts).at + dice.uniform(-5.0, 45.0), 1.0)
    return Fault(number=number, kind=kind, at=at, until=at + long(dice), args=args(dice))

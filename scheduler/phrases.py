"""The short forms of a procedure file: `call_day2 at W2 open if asked before W2` and its like.

Pure: each function reads one phrase at a place. The words are chosen so that a line reads as a
caseworker would say it; README and `kier procedure show` use the same ones.
"""

from __future__ import annotations

import re

from scheduler.due import AnchorKind
from scheduler.problems import Code
from scheduler.procedure import ALWAYS, Again, Condition, Opening, Reminder, Result, Role, Then
from scheduler.spot import Spot

AT = frozenset(
    {
        AnchorKind.WORKDAY,
        AnchorKind.NEXT_OPEN,
        AnchorKind.NEXT_OPENING,
        AnchorKind.WORKING_DAYS_AFTER,
    }
)
"""When a step can open."""
DUE = frozenset(
    {
        AnchorKind.WORKDAY,
        AnchorKind.WORKING_DAYS_AFTER,
        AnchorKind.SAME_DAY,
        AnchorKind.MINUTES,
    }
)
"""What can be a deadline."""
W_ONLY = frozenset({AnchorKind.WORKDAY})
LATER = frozenset({AnchorKind.MONTHS, AnchorKind.WORKING_DAYS_AFTER})
"""How long after closing the check comes."""

MINUTES_MAX = 72 * 60
DAYS_BEFORE_MAX = 60
TIMES_MAX = 20
W_MAX = 30

_WORD = "[a-z][a-z0-9_]*"
_OPENING = re.compile(
    f"(?P<step>{_WORD})(?: at (?P<at>.+?))?(?P<ordinary> with ordinary deadlines)?"
    "(?: if (?P<when>.+))?"
)
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
_PARTS = re.compile(f" and (?=asked |done |clock|no clock|opened |not opened |{_WORD} is )")
_REMINDER = re.compile(
    f"(?:same day|(?P<days>[0-9]+) working days? before) at (?P<clock>open|{_CLOCK})"
    f"(?: to (?P<to>{_WORD}(?: and {_WORD})*))?"
    f"(?: if it starts (?P<side>before|from) (?P<start>{_CLOCK}))?"
)
_RESULT = re.compile(
    f"(?P<n>[0-9]+) (?P<unit>minutes?|hours?) after the start(?:, not before (?P<clock>{_CLOCK}))?"
)
_WINDOW = re.compile("W([0-9]{1,4}) to W([0-9]{1,4})")
_AGAIN = re.compile(
    "(?P<at>[^,]+)(?:, due (?P<due>[^,]+))?(?:, (?P<most>[0-9]+) times? at most)?"
    "(?:, then (?P<then>alert|end))?"
)


def opening(spot: Spot) -> Opening:
    """Return `STEP [at RULE | at deadline] [with ordinary deadlines] [if CONDITIONS]`."""
    found = spot.matched(_OPENING)
    if found is None:
        raise spot.bad(
            f"{spot.string()!r} does not say which step opens",
            "write e.g. call_day2 at W2 open if asked before W2",
        )
    at, when = found["at"], found["when"]
    return Opening(
        step=found["step"],
        at=spot.rule(AT, at) if at is not None and at != "deadline" else None,
        at_deadline=at == "deadline",
        ordinary=found["ordinary"] is not None,
        when=condition(spot, when) if when is not None else ALWAYS,
    )


def condition(spot: Spot, text: str) -> Condition:
    """Return what stands after `if`; its parts are joined by `and`, and all must hold."""
    said: dict[str, object] = {}
    facts: dict[str, str] = {}
    opened: dict[str, list[str]] = {"opened": [], "not_opened": []}
    for part in _PARTS.split(text):
        _part(spot, part, said, facts, opened)
    return Condition(
        asked_from=_as_int(said.get("asked_from")),
        asked_before=_as_int(said.get("asked_before")),
        done_from=spot.rule(W_ONLY, str(said["done_from"])) if "done_from" in said else None,
        done_before=spot.rule(W_ONLY, str(said["done_before"])) if "done_before" in said else None,
        clock=bool(said["clock"]) if "clock" in said else None,
        opened=tuple(opened["opened"]),
        not_opened=tuple(opened["not_opened"]),
        fact=facts,
    )


def _part(
    spot: Spot,
    part: str,
    said: dict[str, object],
    facts: dict[str, str],
    opened: dict[str, list[str]],
) -> None:
    if found := re.fullmatch("asked (from|before) W([0-9]{1,4})", part):
        if not 1 <= int(found[2]) <= W_MAX:
            raise spot.bad(f"W{found[2]}: the day must be W1 to W{W_MAX}", code=Code.BAD_TIMER)
        said[f"asked_{found[1]}"] = int(found[2])
    elif found := re.fullmatch("done (from|before) (.+)", part):
        said[f"done_{found[1]}"] = found[2]
    elif part in ("clock", "no clock"):
        said["clock"] = part == "clock"
    elif found := re.fullmatch(f"(not )?opened ({_WORD})", part):
        opened["not_opened" if found[1] else "opened"].append(found[2])
    elif found := re.fullmatch(f"({_WORD}) is ({_WORD})", part):
        facts[found[1]] = found[2]
    else:
        raise spot.bad(
            f"{part!r} is no condition",
            "known: asked from|before W2 · done from|before W5 open · clock · no clock · "
            "opened STEP · not opened STEP · FACT is VALUE",
        )


def _as_int(value: object) -> int | None:
    return value if isinstance(value, int) else None


def reminder(spot: Spot) -> Reminder:
    """Return `1 working day before at 16:00 [to worker] [if it starts before 10:00]`."""
    found = spot.matched(_REMINDER)
    if found is None:
        text = spot.string()
        raise spot.bad(
            f"{text!r} is no reminder",
            "write e.g. 1 working day before at open, or same day at open",
        )
    days = int(found["days"] or 0)
    if not 0 <= days <= DAYS_BEFORE_MAX or found["days"] == "0":
        why = f"the number of days must be 1 to {DAYS_BEFORE_MAX}"
        raise spot.bad(why, "the day itself is `same day`", Code.BAD_TIMER)
    side = found["side"]
    return Reminder(
        days_before=days,
        clock=found["clock"],
        to=_roles(spot, found["to"] or Role.WORKER),
        starts_before=found["start"] if side == "before" else None,
        starts_from=found["start"] if side == "from" else None,
    )


def _roles(spot: Spot, text: str) -> tuple[Role, ...]:
    known = (Role.WORKER.value, Role.COORDINATOR.value)
    for word in text.split(" and "):
        if word not in known:
            raise spot.bad(f"{word!r} cannot be reminded", "worker, coordinator, or both")
    return tuple(Role(word) for word in text.split(" and "))


def result(spot: Spot) -> Result:
    """Return `60 minutes after the start[, not before 14:00]`."""
    found = spot.matched(_RESULT)
    if found is None:
        text = spot.string()
        raise spot.bad(f"{text!r} does not say when", "write e.g. 60 minutes after the start")
    minutes = int(found["n"]) * (60 if found["unit"].startswith("hour") else 1)
    if not 1 <= minutes <= MINUTES_MAX:
        why = f"it must come 1 minute to {MINUTES_MAX // 60} hours after the start"
        raise spot.bad(why, code=Code.BAD_TIMER)
    return Result(minutes_after=minutes, not_before=found["clock"])


def again(spot: Spot) -> Again:
    """Return `next open[, due same day close][, 2 times at most][, then alert]`, or `unasked`."""
    found = spot.matched(_AGAIN)
    if found is None:
        text = spot.string()
        raise spot.bad(
            f"{text!r} does not say when to ask again",
            "write e.g. next open, due same day close, 2 times at most, then alert",
        )
    most = found["most"]
    if most is not None and not 1 <= int(most) <= TIMES_MAX:
        why = f"{most} times: it must be 1 to {TIMES_MAX}"
        raise spot.bad(why, code=Code.BAD_TIMER)
    at = None if found["at"] == "unasked" else spot.rule(AT, found["at"])
    return Again(
        at=at,
        due=spot.rule(DUE, found["due"]) if found["due"] else None,
        most=int(most) if most is not None else None,
        then=Then(found["then"]) if found["then"] else None,
    )


def window(spot: Spot) -> tuple[int, int]:
    """Return first and last working day of `W2 to W3`."""
    found = spot.matched(_WINDOW)
    if found is None:
        text = spot.string()
        raise spot.bad(f"{text!r} is no window of days", "write e.g. W2 to W3")
    first, last = int(found[1]), int(found[2])
    if not (1 <= first <= W_MAX and 1 <= last <= W_MAX):
        raise spot.bad(f"the days must be W1 to W{W_MAX}", code=Code.BAD_TIMER)
    return first, last

"""Is this household known? Found by folded phone, name and address; decided by a human (R-13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.handle.office import Desk
from bot.reading.phones import fold_phone
from bot.reading.words import conflicts, fold_address, fold_name
from scheduler.case import State
from storage import cases, history


def tokens(values: Mapping[str, str], country: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, folded) of what a household can be found by.

    `phone` and `name` (of two words at least: "Mevr. Peeters" is nobody in particular) join a
    report to an open case; `address` and `name_place` (a name token
    with the municipality) only propose.
    """
    if phone := fold_phone(values.get("phone", ""), country):
        yield "phone", phone
    name = fold_name(values.get("client", ""))
    if len(name) > 1:
        yield "name", " ".join(name)
    address = fold_address(values.get("address", ""))
    if address.street and address.number and address.municipality:
        yield "address", f"{address.street} {address.number} {address.municipality}"
    if address.municipality:
        for token in name:
            yield "name_place", f"{token} {address.municipality}"


def index(desk: Desk, case_id: int, values: Mapping[str, str]) -> None:
    """Make the case findable by what its report says."""
    for kind, folded in tokens(values, desk.office.team.calendar.country):
        history.put_blind(desk.c, case_id, kind, folded)


def same_open(desk: Desk, values: Mapping[str, str]) -> int | None:
    """Return the open case that the report joins: same phone, or same name and no conflict."""
    for kind, folded in tokens(values, desk.office.team.calendar.country):
        if kind not in ("phone", "name"):
            continue
        for case_id in history.match(desk.c, desk.team_id, kind, folded):
            if cases.load(desk.c, case_id).case.state is not State.OPEN:
                continue
            if kind == "phone" or not _conflict(desk, case_id, values):
                return case_id
    return None


def alike(desk: Desk, case_id: int, values: Mapping[str, str]) -> tuple[int, ...]:
    """Return other cases with a likeness, the strongest first; two name tokens count as one.

    A single common name token in one municipality is no likeness.
    """
    strength: dict[int, int] = {}
    weights = {"phone": 4, "name": 3, "address": 2, "name_place": 1}
    for kind, folded in tokens(values, desk.office.team.calendar.country):
        for other in history.match(desk.c, desk.team_id, kind, folded):
            if other != case_id:
                strength[other] = strength.get(other, 0) + weights[kind]
    strong = [other for other, weight in strength.items() if weight >= 2]
    return tuple(sorted(strong, key=lambda other: (-strength[other], -other)))


def _conflict(desk: Desk, case_id: int, values: Mapping[str, str]) -> bool:
    stored = history.personal(desk.c, case_id).get("intake.address")
    known = stored.text if stored and stored.text else ""
    return conflicts(fold_address(known), fold_address(values.get("address", "")))

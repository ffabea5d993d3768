"""What a player looks up in the memory, where no person could: which case the story means."""

from __future__ import annotations

from typing import Any

from scheduler.case import State
from storage import cases, history


def client_of(c: Any, case_id: int) -> str | None:
    """Return the client's name as it was first reported, None where there is none."""
    value = history.personal(c, case_id).get("intake.client")
    return value.text if value else None


def all_cases(c: Any, team_id: int) -> list[tuple[cases.StoredCase, str | None]]:
    """Return every case of the team with its client's name, the oldest first."""
    return [(one, client_of(c, one.row.id)) for one in cases.all_cases(c, team_id)]


def is_joined(stored: cases.StoredCase) -> bool:
    """Return whether it is a report that was closed into another case: no case of the story."""
    return stored.case.state is State.CLOSED and stored.case.outcome == "joined"


def item_of(c: Any, case_id: int, step: str, what: str) -> int | None:
    """Return the number of the pending action of `step` that is worded like this."""
    items = cases.load(c, case_id).case.items
    pending = [i for i in items if i.step == step and i.state == "pending"]
    same = (i.id for i in pending if history.personal_text(c, i.what_ref) == what)
    return next(same, None)


def first_item(c: Any, case_id: int, step: str) -> int | None:
    """Return the pending action a person sees first: asked now, else the soonest, else any."""
    case = cases.load(c, case_id).case
    state = case.steps.get(step)
    pending = [i for i in case.items if i.step == step and i.state == "pending"]
    asked = [i for i in pending if state is not None and i.id in state.item_ids]
    dated = sorted((i for i in pending if i.day), key=lambda i: (i.day, i.id))
    return next((i.id for i in (*asked, *dated, *pending)), None)


def intake_of(c: Any, case_id: int) -> dict[str, str]:
    """Return what the first report said, by the names of its questions."""
    values = history.personal(c, case_id)
    prefix = "intake."
    return {
        field.removeprefix(prefix): value.text
        for field, value in values.items()
        if field.startswith(prefix) and value.text is not None
    }


def at_the_end(c: Any, case_id: int) -> tuple[cases.StoredCase, list[str]]:
    """Return the case and the steps answered in it, in their order."""
    lines = history.events(c, case_id)
    answered = [getattr(line.event, "step", "") for line in lines if line.kind == "StepAnswered"]
    return cases.load(c, case_id), answered

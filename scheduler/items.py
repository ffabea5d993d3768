"""Dated actions and agreements: added, answered one by one, and what follows when none is left.

Source: procedures 2 (`phase1_actions`) and 3 (`check_agreements`).
"""

from __future__ import annotations

from dataclasses import replace

from scheduler.asking import Cause
from scheduler.case import Item, Question, StepState
from scheduler.decision import (
    ItemsSet,
    Refused,
)
from scheduler.procedure import Answer, Step
from scheduler.stimuli import (
    Fields,
    NewItem,
    StepAnswer,
)
from scheduler.turn import Turn


def add_items(turn: Turn, step: str, items: tuple[NewItem, ...]) -> None:
    """Add agreed actions to a step."""
    new = tuple(
        Item(id=i.what_ref, step=step, what_ref=i.what_ref, who_ref=i.who_ref, day=i.day)
        for i in items
    )
    if new:
        turn.emit(ItemsSet(items=(*turn.case.items, *new), why="added"))


def pending_items(turn: Turn, step: str) -> tuple[Item, ...]:
    """Return the step's actions that nobody has answered yet, dated or not."""
    return tuple(i for i in turn.case.items if i.step == step and i.state == "pending")


def _which(turn: Turn, state: StepState, fields: Fields) -> Item | None:
    """Return the item an answer is about: the named one, else the first that was asked."""
    pending = pending_items(turn, state.id)
    if fields.item is not None:
        return next((i for i in pending if i.id == fields.item), None)
    asked = [i for i in pending if i.id in state.item_ids]
    ordered = sorted(pending, key=lambda i: (i.day is None, i.day or turn.today))
    return next(iter(asked or ordered), None)


def answer_item(
    turn: Turn, step: Step, answer: Answer, act: StepAnswer, cause: Cause
) -> Refused | None:
    """Answer one action or agreement: done, moved, dropped, kept, broken."""
    state = turn.case.steps[step.id]
    item = _which(turn, state, act.fields)
    if item is None:
        return Refused(reason="no_such_item")
    when = act.fields.when
    if when is not None:
        after = replace(item, day=when.day, asked_on=None)
    else:
        after = replace(item, state=answer.id)
    items = tuple(after if i.id == item.id else i for i in turn.case.items)
    turn.emit(ItemsSet(items=items, why=answer.id))
    turn.end_all(answer.ends)
    left = {i.id for i in pending_items(turn, step.id) if i.asked_on is not None}
    if state.question is Question.ITEMS and not left & set(state.item_ids):
        turn.wait_for(state, None)
    turn.open_all(answer.opens, cause, None)
    leave_items(turn, step, act.by, cause)
    return None


def leave_items(turn: Turn, step: Step, by: int, cause: Cause) -> None:
    """When no item is left: on to `close`, unless one was broken and that is being mended."""
    if pending_items(turn, step.id):
        return
    turn.end(step.id, "answered")
    if step.items_left is not None and not _is_mending(turn, step):
        turn.open(step.items_left, replace(cause, by=by, since=None))


def _is_mending(turn: Turn, step: Step) -> bool:
    """Return whether a step that a broken item led to, at once or by others, is open."""
    seen = {step.id, step.items_left}
    ways = [o.step for a in step.answers.values() if a.item for o in a.opens]
    while ways:
        id_ = ways.pop()
        if id_ in seen:
            continue
        seen.add(id_)
        state = turn.case.steps.get(id_)
        if state is not None and not state.overtaken:
            return True
        ways += [o.step for a in turn.procedure.step(id_).answers.values() for o in a.opens]
    return False

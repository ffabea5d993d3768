"""How many taps an answer costs at a front door, of every step that asks a worker.

The measure of screens.md: one tap; two where the branch needs a fact (a date, a reason, which
agreement). What may stay out is asked after the answer has counted. A date with its time is one
text and the yes to what was read of it; tapped in the calendar it takes a tap more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

import pytest

from bot.conversations import converse
from bot.conversations.scene import Dialogue, Incoming, Keep, Pressed, Said, Turn
from bot.screen import Press, Screen, Verb
from bot.views.prompts import prompt_rows
from bot.views.steps import asks_apart
from scheduler.case import Item, Planned, Question, StepState
from scheduler.procedure import Pace, Role
from tests.bot.conversations.casework import (
    AN,
    CASE,
    Chat,
    Office,
    intents,
    local,
    procedure,
)
from tests.screens.stage import Stage

TAPS_MAX: Final = 3
"""Looked for no further: more than that is too many already."""
TYPED: Final = frozenset({"reason"})
"""Facts in words: the tap on the answer, and then a text."""
DATES: Final = frozenset({"when", "hearing", "eviction", "served"})
"""Facts that can be typed as people say them, and are said back."""
NOW: Final = local("2027-09-14 10:00")
WHOSE: Final = frozenset({Role.WORKER, Role.ACTOR})


class Asked(NamedTuple):
    """An answer to a step; None: what the step asks first."""

    procedure: str
    step: str
    answer: str | None


def answers() -> Iterator[Asked]:
    """Yield every answer that a worker is asked for, by both procedures."""
    for name in ("ravels", "eropaf"):
        for step in procedure(name).steps.values():
            if step.role not in WHOSE or step.pace is Pace.INFORM:
                continue
            if asks_apart(procedure(name), step):
                yield Asked(name, step.id, None)
            for answer in step.answers.values():
                yield Asked(name, step.id, answer.id)


def needs_a_fact(asked: Asked) -> bool:
    """Return whether the branch hangs on a fact: a date, agreements, a reason."""
    step = procedure(asked.procedure).step(asked.step)
    answer = step.answers.get(asked.answer or "")
    if answer is None:
        return True
    effects = {"moment", "day", "items", "person"}
    return any(field.required or field.kind in effects for field in answer.fields)


def at_the_step(asked: Asked) -> Chat:
    """Return An's chat, the step being asked; one action is known, and no date."""
    office = Office()
    office.assigned(asked.procedure)
    office.now = NOW
    view = office.views[CASE]
    step = view.procedure.step(asked.step)
    answer = step.answers.get(asked.answer or "")
    has_items = answer is not None and answer.item
    apart = asked.answer is not None and (step.dated is not None or step.pace is Pace.ITEMS)
    question = Question.ITEMS if has_items else Question.RESULT if apart else Question.ASK
    if asked.answer is not None and step.fields and step.pace is Pace.TALK:
        events = view.procedure.events.values()
        question = Question.RESULT if any(e.step == step.id for e in events) else question
    if asked.answer is None and step.dated is not None:
        question = Question.WHEN
    at = local("2027-09-14 09:00")
    state = StepState(
        id=step.id,
        opened_at=at,
        asked_at=at,
        asked_to=(AN.id,),
        question=question,
        planned=Planned(day=date(2027, 9, 14), at=at, known_at=at) if apart else None,
        item_ids=(1,) if has_items else (),
    )
    item = Item(id=1, step=step.id, what_ref=1, day=date(2027, 9, 14))
    office.know({1: "Huurtoelage"})
    view = office.views[CASE]
    case = replace(view.case, steps={step.id: state}, items=(item,) if has_items else ())
    office.views[CASE] = replace(view, case=case)
    return Chat(office)


def shown(chat: Chat, asked: Asked) -> Screen:
    """Return the prompt as it stands in the chat."""
    stage = Stage()
    stage.views, stage.now = chat.office.views, chat.office.now
    sight = stage.sight()
    step = sight.view.procedure.step(asked.step)
    return Screen(html="", rows=prompt_rows(sight, step, sight.case.steps[step.id].question))


_LEADS_AWAY: Final = frozenset(
    {Verb.CANCEL, Verb.BACK, Verb.MORE, Verb.DETAILS, Verb.CASE, Verb.CONTACT, Verb.VISIT}
)


def taps(asked: Asked, *, typing: bool = True) -> int:
    """Return how few taps the answer takes to count; what is typed is no tap."""
    chat = at_the_step(asked)
    first = [
        intent
        for intent in intents(shown(chat, asked))
        if (intent.verb is Verb.ANSWER and (intent.arg or None) == asked.answer)
        or (intent.verb is Verb.DATE and asked.answer is None)
    ]
    assert first, f"{asked}: not on its prompt"
    ways: deque[tuple[int, Dialogue | None, Incoming]] = deque(
        (1, None, Pressed(intent=one)) for one in first
    )
    while ways:
        n, dialogue, incoming = ways.popleft()
        if n > TAPS_MAX:
            continue
        turn = converse(incoming, replace(chat.scene, dialogue=dialogue))
        if turn.act is not None or _only_typed(turn):
            return n
        if isinstance(turn.dialogue, Keep) or turn.dialogue is None:
            continue
        ways += ((n + 1, turn.dialogue, pressed) for pressed in _presses(turn))
        if typing and turn.dialogue.asking in DATES and "_echo" not in turn.dialogue.values:
            ways.appendleft((n, turn.dialogue, Said(text=_typed(turn.dialogue))))
    return TAPS_MAX + 1


def _presses(turn: Turn) -> Iterator[Pressed]:
    for screen in (*([turn.edit] if turn.edit else []), *turn.screens):
        for key in (key for row in screen.rows for key in row):
            if isinstance(key, Press) and key.intent.verb not in _LEADS_AWAY:
                yield Pressed(intent=key.intent)


def _typed(dialogue: Dialogue) -> str:
    return "1 september 2027" if dialogue.asking == "served" else "ma 20 sep 2027 10:00"


def _only_typed(turn: Turn) -> bool:
    return isinstance(turn.dialogue, Dialogue) and turn.dialogue.asking in TYPED


@pytest.mark.parametrize("asked", list(answers()), ids=lambda one: "-".join(filter(None, one)))
def test_an_answer_is_one_tap(asked: Asked) -> None:
    """One thumb, one tap; two where the branch needs a fact."""
    assert taps(asked) <= (2 if needs_a_fact(asked) else 1)
    assert taps(asked, typing=False) <= TAPS_MAX


def test_the_count_sees_a_tap_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: were what may stay out asked first again, the first contact took two."""
    reached = Asked("eropaf", "first_contact", "reached")
    assert taps(reached) == 1
    monkeypatch.setattr("bot.conversations.answer.comes_after", lambda field: False)
    assert taps(reached) > 1

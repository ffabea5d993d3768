"""What a step offers to be answered: its fields, its answers, and the buttons for them.

Decides nothing about the case: which answers a person may give is the engine's to judge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.conversations.scene import CaseView
from bot.screen import Intent, Key, Press, Verb
from bot.texts import plain
from bot.views.words import in_rows, pick, press
from scheduler.case import Item, Question, StepState
from scheduler.procedure import Answer, Field, FieldKind, Pace, Procedure, Step

WHEN: Final = Field(id="when", kind=FieldKind.MOMENT, required=True)
"""What a dated step asks where its procedure names no fields."""

DONE: Final = "done"
"""The answer that a checklist's ticks belong to."""

ITEMS_MAX: Final = 15
"""Items answered from one screen: three buttons each, and more is no list for a person."""


def first_fields(step: Step) -> tuple[Field, ...]:
    """Return what the step asks before any answer: a date, ticks, actions. Often nothing."""
    if step.dated is not None:
        return step.dated.fields or (WHEN,)
    return step.fields


def asks_apart(procedure: Procedure, step: Step) -> bool:
    """Return whether the first fields are told by themselves, long before the answer comes.

    So for a date (asked now, answered after it), for dated items, and for a step that waits for
    a hearing or an eviction. Ticks of a talk go along with the answer.
    """
    waits = any(event.waits and event.step == step.id for event in procedure.events.values())
    return bool(first_fields(step)) and (
        step.dated is not None or step.pace is Pace.ITEMS or waits
    )


def fields_of(
    procedure: Procedure, step: Step, answer: Answer | None, state: StepState | None
) -> tuple[Field, ...]:
    """Return the fields to ask for an answer, in order; `answer` None: the first fields alone."""
    if answer is None:
        return first_fields(step)
    if asks_apart(procedure, step) or (state is not None and state.question is not Question.ASK):
        return answer.fields
    own = {field.id for field in answer.fields}
    return (*(field for field in step.fields if field.id not in own), *answer.fields)


def ticks_of(step: Step, number: int) -> tuple[str, ...]:
    """Return the ticked lines of the step's checklist that a button's `number` stands for.

    One more than a bit per line, the first the lowest: 0 is left for a button that says nothing.
    """
    return tuple(id_ for n, id_ in enumerate(step.checklist) if (number - 1) >> n & 1)


def number_of(step: Step, ticks: Collection[str]) -> int:
    """Return the number that stands for these ticks in a button; see `ticks_of`."""
    return 1 + sum(1 << n for n, id_ in enumerate(step.checklist) if id_ in ticks)


def pending_items(view: CaseView, step: str) -> tuple[Item, ...]:
    """Return the step's actions or agreements without an ending, those now asked about first."""
    state = view.case.steps.get(step)
    asked = state.item_ids if state is not None else ()
    pending = [i for i in view.case.items if i.state == "pending" and i.step == step]
    return tuple(sorted(pending, key=lambda item: (item.id not in asked, item.id)))


def asked_items(view: CaseView, step: str) -> tuple[Item, ...]:
    """Return the pending items that the step asks about now; all, where it names none."""
    state = view.case.steps.get(step)
    asked = state.item_ids if state is not None else ()
    pending = pending_items(view, step)
    return tuple(item for item in pending if item.id in asked) or pending


def item_words(view: CaseView, item: Item) -> str:
    """Return an item as it was typed, plain; a dash where its text has been erased."""
    who = view.texts.get(item.who_ref) if item.who_ref is not None else None
    what = view.texts.get(item.what_ref, "–")
    return f"{what} ({who})" if who else what


def suggested(view: CaseView, step: Step) -> str | None:
    """Return the answer that the report already points at: the phase for `contents`."""
    facts = view.case.facts
    kind = view.procedure.kinds.get(facts.kind or "")
    phase = kind.phase if kind is not None else None
    if facts.judgment:
        phase = view.procedure.judgment_phase
    if phase is None:
        return None
    return next((a.id for a in step.answers.values() if a.sets_phase == phase), None)


def answer_keys(
    view: CaseView,
    step: Step,
    language: str,
    *,
    item: int | None = None,
    number: int | None = None,
    ticks: Collection[str] = (),
) -> list[Key]:
    """Return one button per answer, the suggested one marked.

    `item` None: the answers about the whole step; else those about that item, each with the
    item's `number` in the list where there are several. `ticks`: what of the checklist is ticked.
    """
    hint = suggested(view, step)
    keys: list[Key] = []
    for answer in step.answers.values():
        if answer.item is not (item is not None):
            continue
        label = answer_words(step, answer.id, language)
        if answer.id == DONE and step.checklist:
            keys += _done_keys(view, step, language, ticks)
            continue
        label = label if number is None else f"{number} · {label}"
        intent = Intent(verb=Verb.ANSWER, case=view.id, step=step.id, arg=answer.id, item=item)
        is_hint = answer.id == hint
        keys.append(press(f"▸ {label}" if is_hint else label, intent, _style(is_hint)))
    return keys


def _done_keys(
    view: CaseView, step: Step, language: str, ticks: Collection[str]
) -> Iterator[Press]:
    """Yield "all done", whatever is ticked; before it what is ticked, where not all is."""
    done = Intent(verb=Verb.ANSWER, case=view.id, step=step.id, arg=DONE)
    if 0 < len(ticks) < len(step.checklist):
        label = plain(language, "press-some-done", n=len(ticks), m=len(step.checklist))
        yield press(label, replace(done, item=number_of(step, ticks)), "success")
    yield press(plain(language, "press-all-done"), done)


def _style(is_hint: bool) -> str:
    return "primary" if is_hint else ""


def answer_words(step: Step, answer: str, language: str) -> str:
    """Return an answer as its button says it, plain; its id where the procedure forgot it."""
    known = step.answers.get(answer)
    return (pick(known.text, language) if known else "") or answer.replace("_", " ")


def first_key(view: CaseView, step: Step, language: str) -> Press:
    """Return the button that begins with the fields which the step asks first."""
    key, style = "press-fill-in", "primary"
    if step.dated is not None and (step.dated.window_last or step.dated.or_within):
        key, style = "date-other", ""  # the days of its window stand before it
    elif step.dated is not None:
        key = "press-fill-in-date"
    elif step.pace is Pace.ITEMS:
        key = "press-add-item"
    intent = Intent(verb=Verb.ANSWER, case=view.id, step=step.id, arg="")
    return press(plain(language, key), intent, style)


def keys_of(view: CaseView, step: Step, language: str, question: str) -> Iterator[Key]:
    """Yield what answers the question that a prompt asks, and nothing more.

    `question` as in `scheduler.case.Question`. Answers about items come with `item_rows`.
    """
    apart = asks_apart(view.procedure, step)
    if apart and question in (Question.ASK, Question.WHEN):
        yield first_key(view, step, language)
    if not apart or question in (Question.RESULT, Question.WAITING):
        yield from answer_keys(view, step, language)


def item_rows(
    view: CaseView, step: Step, language: str, *, items: Sequence[Item] | None = None
) -> tuple[tuple[Key, ...], ...]:
    """Return the answers for each pending item or of `items`, numbered as `item_lines` does."""
    items = (pending_items(view, step.id) if items is None else items)[:ITEMS_MAX]
    rows = (
        answer_keys(view, step, language, item=item.id, number=number if len(items) > 1 else None)
        for number, item in enumerate(items, 1)
    )
    return tuple(row for keys in rows for row in in_rows(keys))


def every_key(
    view: CaseView, step: Step, language: str, ticks: Collection[str] = ()
) -> Iterator[Key]:
    """Yield everything that can be said to the step now, for its own screen."""
    if asks_apart(view.procedure, step):
        yield first_key(view, step, language)
    yield from answer_keys(view, step, language, ticks=ticks)

"""One case on a screen: where it stands, a step of it, more, and why now.

Names, phone, address and free texts stand in `views.details` alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from bot.screen import Copy, Intent, Key, Screen, Verb
from bot.views.beside import beside_rows
from bot.views.heads import (
    Sight,
    back_key,
    case_keys,
    due_line,
    head,
    is_closed,
    is_late,
    may_wait,
)
from bot.views.note import note_lines
from bot.views.prompts import (
    kind_line,
    legal_date_lines,
    planned_in_words,
    planned_moment,
    question_words,
    tick_rows,
)
from bot.views.steps import answer_words, every_key, item_rows, item_words, pending_items
from bot.views.why import why_line
from bot.views.window import window_rows
from bot.views.words import (
    dotted,
    fill,
    first_bold,
    fitted,
    in_rows,
    lines,
    outcome_words,
    press,
    quoted,
    short_phase_words,
    short_text,
    step_title,
    title_of,
)
from scheduler.case import Case, Planned, Question, StepState
from scheduler.procedure import Pace, Step

STEPS_MAX: Final = 20
"""Open steps shown one by one; a case has one to four."""


# Where it stands


def case_screen(sight: Sight) -> Screen:
    """Return the case: open steps with their deadlines, dates, what comes, and its buttons."""
    html = lines(
        head(sight),
        dotted(kind_line(sight), short_phase_words(sight.view, sight.language)) or None,
        _holder_line(sight),
        *legal_date_lines(sight),
        *_step_lines(sight),
        *_coming_lines(sight),
        *_undated_lines(sight),
        _closed_line(sight),
    )
    return Screen(
        html=fitted(html, sight.language),
        rows=(*_step_rows(sight), _end_row(sight)),
        protect=_has_items(sight),
    )


def _has_items(sight: Sight) -> bool:
    """Return whether actions or agreements are shown, in words that somebody typed."""
    return any(item.state == "pending" for item in sight.case.items)


def _holder_line(sight: Sight) -> str:
    name = sight.view.worker_name
    return sight.say("case-worker", name=name) if name else sight.say("case-no-worker")


def asking(case: Case) -> list[StepState]:
    """Return the open steps, the most urgent first."""
    far = max((s.due_at for s in case.steps.values() if s.due_at), default=None)
    return sorted(
        case.steps.values(),
        key=lambda s: (s.due_at is None, s.due_at or far or s.opened_at, s.id),
    )[:STEPS_MAX]


def _step_lines(sight: Sight) -> Iterator[str]:
    for state in asking(sight.case):
        yield dotted(_dot(sight, state) + _title(sight, state.id), _state_words(sight, state))


def _dot(sight: Sight, state: StepState) -> str:
    return "🔴 " if is_late(state, sight.now) else "▸ "


def _title(sight: Sight, step: str) -> str:
    return step_title(sight.view, step, sight.language, sight.days)


def _state_words(sight: Sight, state: StepState) -> str | None:
    if state.question is Question.WAITING and state.planned is not None:
        return planned_moment(sight, state.planned)
    if state.due_at is not None:
        key = "due-late-short" if is_late(state, sight.now) else "due-short"
        return sight.say(key, at=sight.moment(state.due_at))
    if state.ask_at is not None and state.ask_at > sight.now:
        return sight.say("asked-at", at=sight.moment(state.ask_at))
    return None


def _coming_lines(sight: Sight) -> Iterator[str]:
    for coming in sorted(sight.case.coming, key=lambda c: c.at):
        what = _title(sight, coming.step)
        yield sight.say("case-coming", what=what, at=sight.moment(coming.at))


def _undated_lines(sight: Sight) -> Iterator[str]:
    pending = [item for item in sight.case.items if item.state == "pending"]
    for item in pending:
        day = sight.on(item.day) if item.day is not None else sight.plain("no-date")
        yield f"• {dotted(short_text(item_words(sight.view, item), 120), day)}"


def _closed_line(sight: Sight) -> str | None:
    case = sight.case
    if not is_closed(sight.view):
        return None if case.steps or case.coming else sight.say("case-no-next")
    on = sight.on(sight.days.day_of(case.closed_at)) if case.closed_at else "–"
    outcome = outcome_words(sight.view, case.outcome or "other", sight.language)
    return sight.say("case-closed", on=on, outcome=outcome)


def _step_rows(sight: Sight) -> tuple[tuple[Key, ...], ...]:
    """Return the answers themselves where one step is open, else a button per step."""
    open_steps = asking(sight.case)
    if len(open_steps) == 1 and _answers_fit(sight, open_steps[0]):
        return step_rows(sight, open_steps[0].id)
    keys = (
        press(_title(sight, s.id), sight.intent(Verb.STEP, step=s.id))
        for s in open_steps
        if not _only_told(sight, s)
    )
    return in_rows(keys)


def _answers_fit(sight: Sight, state: StepState) -> bool:
    return not _only_told(sight, state)


def _only_told(sight: Sight, state: StepState) -> bool:
    step = sight.view.procedure.steps.get(state.id)
    return step is None or step.pace is Pace.INFORM


def _end_row(sight: Sight) -> tuple[Key, ...]:
    copy = Copy(label=sight.plain("press-copy"), text=sight.view.ref)
    return (*case_keys(sight), copy)


# One step


def step_screen(
    sight: Sight, step: str, *, earlier: str | None = None, is_coordinator: bool = False
) -> Screen:
    """Return one open step with everything that can be said to it.

    `earlier`: since when it was done, in words, where the person has said so first.
    """
    known = sight.view.procedure.step(step)
    state = sight.case.steps.get(step)
    question = state.question if state is not None else Question.ASK
    html = lines(
        head(sight),
        first_bold(question_words(sight, known, question)),
        *_numbered(sight, step),
        *note_lines(sight, known),
        sight.say("done-earlier", at=earlier) if earlier else None,
        due_line(sight, state.due_at if state else None, state),
    )
    back = back_key(sight)
    rows = step_rows(sight, step)
    if earlier is None:
        beside = in_rows(_beside_answers(sight, step, is_coordinator=is_coordinator))
        rows = (*rows, *beside, (back,))
    else:
        rows = (*rows, (_cancel_key(sight),))
    shows_words = bool(pending_items(sight.view, step))
    return Screen(html=fitted(html, sight.language), rows=rows, protect=shows_words)


def _cancel_key(sight: Sight) -> Key:
    return press(sight.plain("press-cancel"), Intent(verb=Verb.CANCEL))


def checklist_screen(sight: Sight, step: Step, ticks: Collection[str]) -> Screen:
    """Return the step with some of its checklist ticked, in place of the pressed message."""
    state = sight.case.steps.get(step.id)
    question = state.question if state is not None else Question.ASK
    html = lines(
        head(sight),
        first_bold(question_words(sight, step, question)),
        *note_lines(sight, step),
        due_line(sight, state.due_at if state else None, state),
    )
    rows = (
        *tick_rows(sight, step, ticks),
        *in_rows(every_key(sight.view, step, sight.language, ticks)),
        *beside_rows(sight, step, question),
        case_keys(sight),
    )
    return Screen(html=fitted(html, sight.language), rows=rows)


def _beside_answers(sight: Sight, step: str, *, is_coordinator: bool) -> Iterator[Key]:
    """Yield what can be done with this very step beside answering it (procedures 1.4)."""
    yield sight.key("press-earlier", Verb.STEP, step=step, arg="earlier")
    if not is_closed(sight.view):
        yield sight.key("press-deviate", Verb.DEVIATE, step=step)
        if may_wait(sight.case.steps.get(step), sight.now):
            yield sight.key("press-later", Verb.LATER, step=step)
    if is_coordinator:
        yield sight.key("press-extend", Verb.EXTEND, step=step)


def _numbered(sight: Sight, step: str) -> Iterator[str]:
    for number, item in enumerate(pending_items(sight.view, step), 1):
        day = f" ({sight.on(item.day)})" if item.day else ""
        yield f"{number}. {quoted(item_words(sight.view, item), units_max=160)}{day}"


def contact_screen(sight: Sight, step: Step, *, earlier: str | None = None) -> Screen:
    """Return what the client can have wanted; a prompt of its own takes *not reached* as well."""
    keys = [
        press(
            answer_words(step, answer.id, sight.language),
            sight.intent(Verb.CONTACT, arg=answer.id),
        )
        for answer in step.answers.values()
        if answer.again is None
    ]
    if earlier is None:
        keys.append(
            press(
                sight.plain("press-earlier"),
                sight.intent(Verb.STEP, step=step.id, arg="earlier"),
            )
        )
    html = lines(
        head(sight),
        f"<b>{fill(step.text, sight.language, sight.values())}</b>",
        sight.say("done-earlier", at=earlier) if earlier else None,
    )
    out = back_key(sight) if earlier is None else _cancel_key(sight)
    return Screen(html=html, rows=(*in_rows(keys), (out,)))


def step_rows(sight: Sight, step: str) -> tuple[tuple[Key, ...], ...]:
    """Return every answer that the step takes, those about its items included."""
    known = sight.view.procedure.step(step)
    state = sight.case.steps.get(step)
    question = state.question if state is not None else ""
    return (
        *tick_rows(sight, known),
        *item_rows(sight.view, known, sight.language),
        *window_rows(sight, known, question),
        *in_rows(every_key(sight.view, known, sight.language)),
        *beside_rows(sight, known, question),
    )


# More


def more_screen(sight: Sight, *, is_coordinator: bool) -> Screen:
    """Return what is seldom needed, as role and state allow (procedures 1.4)."""
    keys = (
        sight.key(text, verb, step=step, arg=arg)
        for text, verb, step, arg in _more(sight, is_coordinator=is_coordinator)
    )
    rows = (*in_rows(keys), (back_key(sight),))
    return Screen(html=lines(head(sight), sight.say("more-question")), rows=rows)


def _more(
    sight: Sight, *, is_coordinator: bool
) -> Iterator[tuple[str, Verb, str | None, str | None]]:
    one = main_step(sight)
    if not is_closed(sight.view):
        if sight.view.procedure.contact is not None:
            yield ("press-contact", Verb.CONTACT, None, None)
        if one is not None:
            yield ("press-deviate", Verb.DEVIATE, one, None)
            if may_wait(sight.case.steps.get(one), sight.now):
                yield ("press-later", Verb.LATER, one, None)
        yield ("press-hand-over", Verb.HAND_OVER, None, None)
        yield ("press-change", Verb.CHANGE, None, None)
    if one is not None:
        yield ("press-earlier", Verb.STEP, one, "earlier")
        yield ("press-why", Verb.WHY, one, None)
    yield ("press-note", Verb.NOTE, None, None)
    yield ("press-details", Verb.DETAILS, None, None)
    yield ("press-history", Verb.HISTORY, None, None)
    yield ("press-export-pdf", Verb.EXPORT, None, None)
    if is_coordinator:
        yield from _more_of_coordinator(sight, one)
    if is_closed(sight.view):
        yield ("press-reopen", Verb.REOPEN, None, None)
    else:
        yield ("press-close", Verb.CLOSE, None, None)


def _more_of_coordinator(
    sight: Sight, one: str | None
) -> Iterator[tuple[str, Verb, str | None, str | None]]:
    if is_closed(sight.view):
        return
    if one is not None:
        yield ("press-extend", Verb.EXTEND, one, None)
    if sight.case.crisis is not None:
        yield ("press-lift-crisis", Verb.LIFT, None, "crisis")
        gate = sight.view.procedure.gate
        if gate is not None and gate in sight.case.steps:
            yield ("press-lift-gate", Verb.LIFT, None, "gate")


def main_step(sight: Sight) -> str | None:
    """Return the open step that asks something first, where there is one."""
    asked = [s for s in asking(sight.case) if not _only_told(sight, s)]
    loud = [s for s in asked if not s.silent]
    return next((s.id for s in [*loud, *asked]), None)


# What comes next


def next_line(sight: Sight, *, said: str = "") -> str | None:
    """Return what comes next: an open step with its deadline, else the next that time opens.

    `said`: what stands above it; an outcome is not said twice.
    """
    case = sight.case
    if is_closed(sight.view):
        outcome = outcome_words(sight.view, case.outcome or "other", sight.language)
        return sight.say("case-closed-now") if said == outcome else _closed_line(sight)
    loud = [s for s in asking(case) if not s.silent and not _only_told(sight, s)]
    # what is late already was told as late; what this answer leads to comes first
    now_open = sorted(loud, key=lambda s: is_late(s, sight.now))
    if now_open:
        title = _title(sight, now_open[0].id)
        when = _state_words(sight, now_open[0]) or _first_item_day(sight, now_open[0].id)
        if when is None and now_open[0].asked_at is None:
            return None
        if now_open[0].planned is not None and _is_said(sight, title, now_open[0].planned, said):
            return None
        return sight.say("next-step", what=title, when=when or sight.say("now"))
    coming = min(case.coming, key=lambda c: c.at, default=None)
    if coming is not None:
        when = sight.say("from-when", at=sight.moment(coming.at))
        return sight.say("next-step", what=_title(sight, coming.step), when=when)
    return None


def _is_said(sight: Sight, title: str, planned: Planned, said: str) -> bool:
    """Return whether the date stands above already."""
    at = planned_in_words(sight, planned)
    return said.casefold() == sight.plain("told-date", what=title, at=at).casefold()


def _first_item_day(sight: Sight, step: str) -> str | None:
    days = [item.day for item in pending_items(sight.view, step) if item.day is not None]
    return sight.on(min(days)) if days else None


def why_screen(sight: Sight, step: str) -> Screen:
    """Return the line that explains the step's date."""
    known = sight.view.procedure.step(step)
    title = title_of(known, sight.language, sight.values())
    html = lines(head(sight), sight.say("why-title", what=title), why_line(sight, known))
    return Screen(
        html=fitted(html, sight.language),
        rows=(
            (press(sight.plain("press-procedure"), sight.intent(Verb.PROCEDURE)), back_key(sight)),
        ),
    )

"""A case's history in words: codes and times only; free texts stand in *Details*."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.acts import CORRECTED_WITHIN
from bot.conversations.scene import HistoryLine
from bot.screen import Key, Screen, Verb
from bot.texts import escaped
from bot.views.heads import Sight, back_key, head
from bot.views.prompts import planned_in_words
from bot.views.steps import answer_words, fields_of
from bot.views.words import (
    dated_moment_words,
    fitted,
    lines,
    outcome_words,
    page_of,
    phase_words,
    pick,
    press,
    step_title,
    unasked,
)
from scheduler.decision import (
    AdditionMade,
    CaseClosed,
    ChangeTold,
    ContactMade,
    CrisisSet,
    DetailsTold,
    DeviationMade,
    EpisodeBegan,
    FactsSet,
    GateLifted,
    NoteMade,
    PhaseSet,
    ReportJoined,
    Restored,
    StepAnswered,
    StepChanged,
    StepOpened,
    UnassignedAlerted,
    VisitTold,
    WorkerSet,
)
from scheduler.procedure import Role

PAGE_EVENTS: Final = 20
"""Lines of history on one page."""


def history_screen(
    sight: Sight,
    history: Sequence[HistoryLine],
    *,
    people: Mapping[int, str],
    reader: int,
    is_coordinator: bool,
    page: int = 0,
) -> Screen:
    """Return a page of what happened, the latest page first, oldest line first on it.

    The reader's own latest answer can be corrected; a coordinator can part a joined report.
    """
    told = told_lines(sight, history, people)
    newest_first = told[::-1]
    shown, pages = page_of(newest_first, page, size=PAGE_EVENTS)
    html = lines(
        head(sight),
        sight.say("history-title", page=page + 1, pages=pages),
        *(_dated(sight, line, words, people) for line, words in reversed(shown)),
    )
    lines_shown = [line for line, _ in shown]
    rows = (
        *_own_answer_row(sight, history, reader),
        *(_part_rows(sight, lines_shown) if is_coordinator else ()),
        _page_row(sight, page, pages),
    )
    return Screen(html=fitted(html, sight.language), rows=tuple(row for row in rows if row))


def _page_row(sight: Sight, page: int, pages: int) -> tuple[Key, ...]:
    keys: list[Key] = []
    if page + 1 < pages:
        keys.append(press("◂", sight.intent(Verb.HISTORY, page=page + 1)))
    keys.append(back_key(sight))
    if page > 0:
        keys.append(press("▸", sight.intent(Verb.HISTORY, page=page - 1)))
    return tuple(keys)


def _own_answer_row(
    sight: Sight, history: Sequence[HistoryLine], reader: int
) -> Iterator[tuple[Key, ...]]:
    acts = [one for one in history if isinstance(one.event, StepAnswered | ContactMade | Restored)]
    last = acts[-1] if acts else None
    if last is None or sight.now - last.at > CORRECTED_WITHIN:
        return
    if isinstance(last.event, StepAnswered) and last.event.by == reader:
        yield (
            press(sight.plain("press-correct-last"), sight.intent(Verb.CORRECT, item=last.seq)),
        )


def _part_rows(sight: Sight, shown: Sequence[HistoryLine]) -> Iterator[tuple[Key, ...]]:
    for line in shown:
        if isinstance(line.event, ReportJoined):
            at = dated_moment_words(line.at, sight.days, sight.language, sight.now)
            label = sight.plain("press-part", at=at)
            yield (press(label, sight.intent(Verb.PART, item=line.seq)),)


def told_lines(
    sight: Sight, history: Sequence[HistoryLine], people: Mapping[int, str]
) -> list[tuple[HistoryLine, str]]:
    """Return each event that says something to people, with its words (HTML), in order.

    What only moves the machine is left out, and a step's opening where its answer comes later.
    """
    answered = {(one.at, one.by) for one in history if isinstance(one.event, StepAnswered)}
    last = {
        line.event.step: n
        for n, line in enumerate(history)
        if isinstance(line.event, StepAnswered)
    }
    heard = (
        line
        for n, line in enumerate(history)
        if not (isinstance(line.event, StepOpened) and last.get(line.event.step.id, -1) > n)
        # the answer that set the phase says it
        if not (isinstance(line.event, PhaseSet) and (line.at, line.by) in answered)
    )
    told = ((line, _said(sight, line, people)) for line in heard)
    return [(line, said) for line, said in told if said is not None]


def told_by(line: HistoryLine, people: Mapping[int, str]) -> str | None:
    """Return who did it, None for what time did."""
    is_act = not isinstance(line.event, StepOpened | StepChanged)
    return people.get(line.by) if line.by is not None and is_act else None


def _dated(sight: Sight, line: HistoryLine, words: str, people: Mapping[int, str]) -> str:
    at = dated_moment_words(line.at, sight.days, sight.language, sight.now)
    by = told_by(line, people)
    return f"{escaped(at)} · {words}" + (f" · {escaped(by)}" if by else "")


def _said(sight: Sight, line: HistoryLine, people: Mapping[int, str]) -> str | None:
    event, view = line.event, sight.view
    match event:
        case StepAnswered(step=step_id) if step_id == view.procedure.assign:
            return None  # "Naar An" says it
        case StepAnswered(step=step_id, answer=answer) if _is_said_below(sight, step_id, answer):
            return None
        case StepAnswered():
            return _answered(sight, event)
        case ContactMade(answer=answer):
            step = view.procedure.steps.get(view.procedure.contact or "")
            said = answer_words(step, answer, sight.language) if step else answer
            return sight.say("event-contact", said=said)
        case DeviationMade(step=step_id):
            return sight.say("event-deviation", what=_title(sight, step_id))
        case WorkerSet(worker=worker):
            name = people.get(worker, "–") if worker is not None else None
            return sight.say("event-worker", name=name) if name else sight.say("event-no-worker")
        case FactsSet(what=what):
            return sight.say("event-fact", what=sight.plain(_fact_key(what)))
        case PhaseSet(before=before, after=after):
            now = phase_words(view, after, sight.language)
            if before is None:
                return sight.say("event-phase-first", after=now)
            was = phase_words(view, before, sight.language)
            return sight.say("event-phase", before=was, after=now)
        case CrisisSet(crisis=crisis, why=why):
            if why == "status":  # told once more that morning: nothing changed
                return None
            return sight.say("event-crisis-ended" if crisis is None else "event-crisis")
        case CaseClosed(outcome=outcome):
            return sight.say("event-closed", outcome=outcome_words(view, outcome, sight.language))
        case StepOpened(step=state):
            return sight.say("event-opened", what=_title(sight, state.id))
        case StepChanged(why="dated", step=state) if state.planned is not None:
            at = planned_in_words(sight, state.planned)
            return sight.say("event-planned", what=_title(sight, state.id), at=at)
        case StepChanged(why=why, step=state) if why in _CHANGES:
            return sight.say(_CHANGES[why], what=_title(sight, state.id))
        case EpisodeBegan() | ReportJoined() | GateLifted() | NoteMade() | Restored():
            return sight.say(_PLAIN[type(event)])
        case DetailsTold():
            return _details(sight, event)
        case AdditionMade(what=what):
            return sight.say("event-added", what=sight.plain(f"added-{what.replace('_', '-')}"))
        case ChangeTold(what=what):
            return sight.say("event-told", what=sight.plain(f"told-{what}"))
        case VisitTold(what=what):
            return sight.say(f"event-visit-{what}")
        case UnassignedAlerted():
            return sight.say("event-unassigned")
        case _:
            return None


def _is_said_below(sight: Sight, step_id: str, answer: str | None) -> bool:
    """Return whether the next line says it: a date that was told, the outcome of a close."""
    step = sight.view.procedure.steps.get(step_id)
    if step is None:
        return False
    if answer is None:
        return step.dated is not None
    return step.role is Role.ACTOR and answer in sight.view.procedure.outcomes


_CHANGES: Final[Mapping[str, str]] = {
    "late": "event-late",
    "extended": "event-extended",
    "put_off": "event-put-off",
    "dated": "event-dated",
}

_PLAIN: Final[Mapping[type, str]] = {
    EpisodeBegan: "event-began",
    ReportJoined: "event-joined",
    GateLifted: "event-gate",
    NoteMade: "event-note",
    Restored: "event-restored",
}


def _fact_key(what: str) -> str:
    return f"fact-name-{what}" if what in ("hearing", "eviction", "served") else "fact-name-other"


def _title(sight: Sight, step: str) -> str:
    return step_title(sight.view, step, sight.language, sight.days)


def _details(sight: Sight, event: DetailsTold) -> str:
    """Return what was ticked or chosen beside an answer; words stand in *Details*."""
    step = sight.view.procedure.steps.get(event.step)
    answer = step.answers.get(event.answer or "") if step is not None else None
    fields = fields_of(sight.view.procedure, step, answer, None) if step is not None else ()
    chosen = {*event.fields.ticks, event.fields.choice}
    said = [
        pick(text, sight.language)
        for field in fields
        for id_, text in field.choices.items()
        if id_ in chosen
    ]
    if not said:
        return sight.say(_PLAIN[NoteMade])
    title = unasked(_title(sight, event.step))
    return sight.say("event-answered", what=title, said=", ".join(said))


def _answered(sight: Sight, event: StepAnswered) -> str:
    step = sight.view.procedure.steps.get(event.step)
    said = sight.plain("noted-down")
    if event.answer is not None and step is not None:
        said = answer_words(step, event.answer, sight.language).rstrip("…")
    late = f" ({sight.plain('late-word')})" if event.late else ""
    words = sight.say("event-answered", what=unasked(_title(sight, event.step)), said=said)
    done = sight.days.day_of(event.done_at) != sight.days.day_of(event.reported_at)
    if done or (event.reported_at - event.done_at).total_seconds() > 900:
        at = dated_moment_words(event.done_at, sight.days, sight.language, sight.now)
        return f"{words}{late} {sight.say('event-done-at', at=at)}"
    return f"{words}{late}"

"""`kier procedure show` and `check`: what comes when, in a terminal, in the file's own words.

Reads values and prints; what a procedure means is scheduler's affair.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from scheduler.check import check as doubts
from scheduler.load import Problem, ProcedureError, load_named
from scheduler.procedure import (
    ALWAYS,
    Again,
    Answer,
    Condition,
    Dated,
    DateEvent,
    Nudge,
    Opening,
    Pace,
    Procedure,
    Reminder,
    Result,
    Start,
    Step,
    Text,
)

WRONG = 2
WIDTH_MIN = 150  # narrower than this the table is a column of single words

_PACES = {
    Pace.PLAIN: "",
    Pace.TALK: "in the same talk",
    Pace.CHASE: "at once; nudged after 30 minutes, then hourly",
    Pace.INFORM: "tells, asks nothing",
    Pace.ITEMS: "then each item on its own date",
    Pace.CONTACT: "at any time",
}


def check(file: Path) -> int:
    """Print every problem and warning of a procedure file; return 0, or 2 when it is refused."""
    out = Console(soft_wrap=True, highlight=False)
    try:
        procedure = load_named(str(file.absolute()))
    except ProcedureError as error:
        for problem in error.problems:
            out.print(escape(f"{file}: {problem}"))
        return WRONG
    warnings = doubts(procedure, tuple(procedure.name))
    for problem in warnings:
        out.print(escape(f"{file}: warning: {problem}"))
    steps, answers = len(procedure.steps), sum(len(s.answers) for s in procedure.steps.values())
    languages = ", ".join(procedure.name)
    out.print(
        escape(
            f"{file}: {procedure.id} version {procedure.version} holds: "
            f"{steps} steps, {answers} answers, texts in {languages}"
        )
    )
    return 0


def show(name: str, language: str) -> int:
    """Print the procedure that ships under `name`, or the file there, step by step.

    Returns 2, with the problems printed, when it is not there or refused.
    """
    out = Console(highlight=False)
    try:
        procedure = load_named(name)
    except ProcedureError as error:
        _print_problems(out, name, error.problems)
        return WRONG
    if not out.is_terminal or out.width < WIDTH_MIN:
        out = Console(highlight=False, width=max(out.width, WIDTH_MIN))
    out.print(f"[bold]{escape(_said(procedure.name, language))}[/] · {procedure.id}", end=" ")
    out.print(f"version {procedure.version} · texts in {', '.join(procedure.name)}")
    out.print(_table(procedure, language))
    for line in _endings(procedure, language):
        out.print(escape(line))
    return 0


def _print_problems(out: Console, name: str, problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        out.print(escape(f"{name}: {problem}"), soft_wrap=True)


def _table(procedure: Procedure, language: str) -> Table:
    table = Table(show_lines=True, title_justify="left", expand=True)
    longest = max(len(id_) for id_ in procedure.steps)
    table.add_column("Step", width=longest)
    table.add_column("Who", width=len("coordinator"))
    for head, ratio in (("Opens", 6), ("Due", 4), ("Answers", 8), ("Beside", 6), ("Source", 6)):
        table.add_column(head, ratio=ratio, overflow="fold")
    for step in procedure.steps.values():
        cells = (
            (step.id, _said(step.title, language)),
            (step.role.value,),
            _opened_by(procedure, step),
            _due(step),
            [line for answer in step.answers.values() for line in _answer(answer)],
            [*_beside(step, procedure)],
            (step.source,),
        )
        table.add_row(*(escape("\n".join(line for line in cell if line)) for cell in cells))
    return table


def _endings(procedure: Procedure, language: str) -> Iterator[str]:
    outcomes = (f"{id_} ({_said(text, language)})" for id_, text in procedure.outcomes.items())
    yield f"Outcomes: {', '.join(outcomes)}"
    if procedure.check:
        yield f"After closing: {procedure.check} at {procedure.check_after}"
    if procedure.gate:
        yield f"Gate: nothing from {procedure.gate_opens} on opens before {procedure.gate}"
    yield f"Crisis: an eviction on or before W{procedure.crisis_days}, counted from now"


# When a step comes


def _opened_by(procedure: Procedure, step: Step) -> list[str]:
    lines = [f"at {step.opens}, when one of these came"] if step.opens else []
    for key, start in procedure.starts.items():
        lines += _start(key, start, step.id)
    for other in procedure.steps.values():
        for answer in other.answers.values():
            cause = f"{other.id}: {answer.id}"
            lines += [_open(cause, each) for each in answer.opens if each.step == step.id]
        cause = f"{other.id} unanswered"
        lines += [_open(cause, each) for each in other.unanswered if each.step == step.id]
        if other.items_left == step.id:
            lines.append(f"• {other.id}: none left")
        if other.left_out == step.id:
            lines.append(f"• {other.id} left out (no morning)")
    lines += [f"• {e.id} known" for e in procedure.events.values() if e.step == step.id]
    lines += [f"• {p.id} set later" for p in procedure.phases.values() if p.first == step.id]
    if procedure.check == step.id:
        lines.append(f"• closing → {procedure.check_after} later")
    if step.pace is Pace.CONTACT:
        lines.append("• the client contacts us")
    return lines


def _start(key: str, start: Start, step: str) -> Iterator[str]:
    clock = "" if start.clock else " (no five-day clock)"
    for each in start.opens:
        if each.step == step:
            yield _open(f"start, {key}{clock}", each)
    if start.without_worker == step:
        yield f"• start, {key}, without a worker"


def _open(cause: str, opening: Opening) -> str:
    at = f" → at {opening.at}" if opening.at else ""
    if opening.at_deadline:
        at = " → at the deadline"
    ordinary = ", ordinary deadlines" if opening.ordinary else ""
    return f"• {cause}{at}{ordinary}{_if(opening.when)}"


def _if(when: Condition) -> str:
    if when == ALWAYS:
        return ""
    parts = [f"asked from W{when.asked_from}"] if when.asked_from is not None else []
    parts += [f"asked before W{when.asked_before}"] if when.asked_before is not None else []
    parts += [f"done from {when.done_from}"] if when.done_from else []
    parts += [f"done before {when.done_before}"] if when.done_before else []
    parts += ["clock" if when.clock else "no clock"] if when.clock is not None else []
    parts += [f"opened {step}" for step in when.opened]
    parts += [f"not opened {step}" for step in when.not_opened]
    parts += [f"{fact} is {value}" for fact, value in when.fact.items()]
    return f" if {' and '.join(parts)}"


def _due(step: Step) -> list[str]:
    lines = [str(step.due)] if step.due else []
    lines += [f"crisis: {step.due_crisis}"] if step.due_crisis else []
    lines += [f"not before {step.not_before}"] if step.not_before else []
    lines += [f"preferred: W{step.prefers}"] if step.prefers is not None else []
    lines += [f"date asked: {step.dated.due}"] if step.dated else []
    return [*lines, _PACES[step.pace]]


# What a step leads to


def _answer(answer: Answer) -> Iterator[str]:
    fields = [f"{each.id}{'' if each.required else '?'}" for each in answer.fields]
    asks = f" ({', '.join(fields)})" if fields else ""
    ends = " ".join(_effects(answer))
    to = ", ".join(f"{each.step}{_short(each)}" for each in answer.opens)
    yield f"• {answer.id}{asks}{f' → {to}' if to else ''}{f' [{ends}]' if ends else ''}"


def _short(opening: Opening) -> str:
    return (f" at {opening.at}" if opening.at else "") + _if(opening.when)


def _effects(answer: Answer) -> Iterator[str]:
    if answer.closes:
        yield f"closes: {answer.closes}" + ("" if answer.checks_later else ", no check later")
    if answer.ends:
        yield f"ends {', '.join(answer.ends)}"
    if answer.again:
        yield _again(answer.again)
    if answer.sets_phase:
        yield f"sets {answer.sets_phase}"
    if answer.redates:
        yield f"moves the {answer.redates} date"
    words: Mapping[str, bool] = {
        "per item": answer.item,
        "informs": answer.informs,
        "alerts": answer.alerts,
        "reopens": answer.reopens,
        "crisis": answer.crisis is True,
        "no crisis": answer.crisis is False,
    }
    yield from (word for word, holds in words.items() if holds)


def _again(again: Again) -> str:
    at = f"again at {again.at}" if again.at else "stays open, unasked"
    due = f", due {again.due}" if again.due else ""
    most = f", {again.most} times at most" if again.most else ""
    return at + due + most + (f", then {again.then}" if again.then else "")


# What comes beside prompt, nudge and alert


def _beside(step: Step, procedure: Procedure) -> Iterator[str]:
    if step.nudge is Nudge.PROMPT_DAY:
        yield "nudged at close − 60 minutes of the prompt's day"
    if step.nudge is Nudge.NONE:
        yield "no nudge"
    if step.dated:
        yield from _dated(step.dated)
    for event in procedure.events.values():
        if event.step == step.id:
            yield from _event(event)
    if step.checklist:
        yield f"ticks: {', '.join(step.checklist)}"
    if step.fields:
        yield f"asks first: {', '.join(field.id for field in step.fields)}"
    if step.overtakes:
        yield f"silences {', '.join(step.overtakes)}"
    if step.ends:
        yield f"ends {', '.join(step.ends)}"
    if step.schedules:
        yield f"plans {', '.join(step.schedules)}"
    if step.left_out:
        yield f"no morning: {step.left_out} instead"
    if step.team_default:
        yield "afspraak van het team (team default)"


def _dated(dated: Dated) -> Iterator[str]:
    if dated.window_first is not None:
        within = f", or within {dated.or_within} working days" if dated.or_within else ""
        yield f"date on W{dated.window_first} to W{dated.window_last}{within}"
    yield from map(_reminder, dated.reminders)
    yield _result(dated.result)


def _event(event: DateEvent) -> Iterator[str]:
    yield from (f"{event.id}: {_reminder(each)}" for each in event.reminders)
    yield f"{event.id}: {_result(event.result)}"


def _reminder(reminder: Reminder) -> str:
    days = f"{reminder.days_before} working days before" if reminder.days_before else "that day"
    side = f" if it starts before {reminder.starts_before}" if reminder.starts_before else ""
    side += f" if it starts from {reminder.starts_from}" if reminder.starts_from else ""
    return f"reminds {' and '.join(reminder.to)} {days} at {reminder.clock}{side}"


def _result(result: Result) -> str:
    floor = f", not before {result.not_before}" if result.not_before else ""
    return f"asks how it went {result.minutes_after} minutes after the start{floor}"


def _said(text: Text, language: str) -> str:
    return text.get(language) or next(iter(text.values()), "")

"""`kier procedure show` and `check`: what comes when, in a terminal; what is wrong with a file.

Prints values; the words are `scheduler.show`'s, what a procedure means is the engine's affair.
"""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from scheduler import show as words
from scheduler.check import check as doubts
from scheduler.load import Problem, ProcedureError, load_named

WRONG = 2
WIDTH_MIN = 150  # narrower than this the table is a column of single words
_RATIOS = (5, 3, 5, 10, 6, 6)
"""Widths of the columns, each as against the others; the answers need most."""


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
    out.print(f"[bold]{escape(words.name(procedure, language))}[/] · {procedure.id}", end=" ")
    out.print(words.version(procedure, language))
    table = Table(show_lines=True, expand=True)
    for head, ratio in zip(words.heads(language), _RATIOS, strict=True):
        table.add_column(head, ratio=ratio, overflow="fold")
    for row in words.rows(procedure, language):
        table.add_row(*map(escape, words.cells(row, language)))
    out.print(table)
    for line in words.around(procedure, language):
        out.print(escape(line))
    return 0


def _print_problems(out: Console, name: str, problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        out.print(escape(f"{name}: {problem}"), soft_wrap=True)

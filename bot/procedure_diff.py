"""`kier procedure diff OLD NEW`: what changes for a case, in plain words; status as `diff` has it.

The words are `scheduler.difference`'s.
"""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.markup import escape

from scheduler.difference import difference
from scheduler.difference_words import words
from scheduler.load import ProcedureError, load_named
from scheduler.procedure import Procedure

SAME: Final = 0
DIFFERENT: Final = 1
WRONG: Final = 2


def main(old: str, new: str, language: str) -> int:
    """Print the differences; 0 where there are none, 1 where there are, 2 where one is refused.

    `old` and `new` name a procedure that ships, an example or a file. What is wrong with a file is
    said on the standard error.
    """
    out = Console(soft_wrap=True, highlight=False)
    both = [_read(name) for name in (old, new)]
    if both[0] is None or both[1] is None:
        return WRONG
    sections = difference(both[0], both[1], language)
    if not sections:
        out.print(words(language)["same"])
        return SAME
    for section in sections:
        out.print(f"[bold]{escape(section.title)}[/]")
        for line in section.lines:
            out.print(escape(f"  {line}"))
    return DIFFERENT


def _read(name: str) -> Procedure | None:
    try:
        return load_named(name)
    except ProcedureError as error:
        errors = Console(stderr=True, soft_wrap=True, highlight=False)
        for problem in error.problems:
            errors.print(escape(f"{name}: {problem}"))
        return None

"""`kier procedure show --as …`: a procedure as Mermaid's text, or as a picture in a file.

The drawing is `bot.views.procedure_drawing`'s; the picture is made as the bot makes it.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from bot.maker import Maker, NotMade
from bot.views.procedure_drawing import Drawing, drawing, mermaid
from scheduler.load import ProcedureError, load_named

WRONG = 2


def write(name: str, language: str, form: str, out: Path | None) -> int:
    """Write the procedure's drawing to `out`, or print it when it is text; return 0, or 2.

    `form` is "mermaid", "png" or "svg". What is wrong is said on the standard error.
    """
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        drawn = drawing(load_named(name), language)
    except ProcedureError as error:
        for problem in error.problems:
            errors.print(escape(f"{name}: {problem}"))
        return WRONG
    if out is None and form != "mermaid":
        errors.print(f"A picture needs a file to go to: add --out {escape(name)}.{form}")
        return WRONG
    try:
        content = _content(drawn, form)
        if out is None:
            Console(highlight=False, soft_wrap=True, markup=False).print(content.decode(), end="")
        else:
            out.write_bytes(content)
    except NotMade as error:
        errors.print(f"The picture could not be made ({error.code}); --as mermaid needs no maker.")
        return WRONG
    except OSError as error:
        errors.print(escape(f"{out} could not be written: {error.strerror}. Try another place."))
        return WRONG
    return 0


def _content(drawn: Drawing, form: str) -> bytes:
    if form == "mermaid":
        return mermaid(drawn).encode()
    return asyncio.run(Maker().make("procedure", drawn.values(form)))

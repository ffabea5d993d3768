"""`kier procedure new`: a procedure file to begin with, which passes `check` as it stands."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.markup import escape

from bot.command import AskedWrongly, ended
from bot.whole_file import write_whole
from scheduler.check import LANGUAGES
from scheduler.load import ProcedureError, examples, load_named, named_text, shipped
from scheduler.spot import WORD, nearest

ONE_OF_FOUR: Final = re.compile(
    r'\{nl-BE: "(?P<be>[^"]*)", nl-NL: "(?P<nl>[^"]*)", en: "(?P<en>[^"]*)", fr: "(?P<fr>[^"]*)"\}'
)
"""A text of the skeleton; the file that is made holds the one that was asked for."""
_GROUPS: Final = {"nl-BE": "be", "nl-NL": "nl", "en": "en", "fr": "fr"}


def main(name: str, seed: str | None, language: str) -> int:
    """Write `NAME.yaml` here; return 0, 1 where it could not be written, 2 where asked wrongly.

    A file that is there stays as it is. `seed` is a procedure that ships, an example or a file.
    """
    console = Console(soft_wrap=True, highlight=False)
    return ended(console, lambda: _write(console, name, seed, language))


def _write(console: Console, name: str, seed: str | None, language: str) -> None:
    if not WORD.fullmatch(name):
        why = f"{name!r} cannot be the key of a procedure"
        raise AskedWrongly(f"{why}: write small letters, digits and _, e.g. our_round.")
    if name in (*shipped(), *examples()):
        raise AskedWrongly(f"{name} is there already, and ships with Kier: choose another name.")
    file = Path(f"{name}.yaml")
    text = skeleton(name, language) if seed is None else copied(seed, name)
    write_whole(file, text.encode())
    console.print(escape(f"{file} is written. Change it, and then: kier procedure check {file}"))


def skeleton(name: str, language: str) -> str:
    """Return a file of three steps with a word on each line of what it is for."""
    if language not in LANGUAGES:
        advice = nearest(language, LANGUAGES)
        raise AskedWrongly(f"There is no skeleton in {language!r} ({advice}).")
    text = resources.files("bot").joinpath("procedure_skeleton.yaml").read_text("utf-8")
    text = ONE_OF_FOUR.sub(lambda found: f'"{found[_GROUPS[language]]}"', text)
    title = name.replace("_", " ").capitalize()
    for blank, words in {"$name": name, "$language": language, "$title": title}.items():
        text = text.replace(blank, words)
    return text


def copied(seed: str, name: str) -> str:
    """Return the file of `seed` under another key, as version 1 of its own."""
    try:
        load_named(seed)
    except ProcedureError as error:
        first = error.problems[0]
        raise AskedWrongly(f"{seed} cannot be copied: {first}.") from None
    text = named_text(seed)
    for key, value in {"procedure": name, "version": "1"}.items():
        text = re.sub(rf"(?m)^{key}:[^#\n]*?(?=[ \t]*(?:#|$))", f"{key}: {value}", text, count=1)
    return f"# Begun as a copy of {Path(seed).stem}.\n{text}"

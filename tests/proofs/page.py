"""The page of figures: which proof did what, what it found, on which machine and commit."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from storage import sqlite
from tests.proofs.figures import Figures

PAGE = Path(__file__).with_name("FIGURES.md")
HEAD = """# The figures behind the promises

Written by `make prove`; [what each proof does](README.md). A promise is kept when the third column
is 0 throughout and the fourth, where there is one, is not: it counts what a bot that is built
otherwise lost under the same eyes. What is not listed was not run in full.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One proof that was run, in full or in part (`scale` below 1)."""

    proof: str
    name: str
    promises: tuple[str, ...]
    figures: Figures
    broke: str | None
    """The kind of error that ended the proof before its time."""
    scale: float
    where: str

    @property
    def holds(self) -> bool:
        """Say whether the proof ran to its end and found what it should."""
        return self.broke is None and self.figures.holds

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Entry:
        """Return the entry that was kept as JSON."""
        figures = Figures(**kept["figures"])
        return cls(**{**kept, "figures": figures, "promises": tuple(kept["promises"])})


def commit() -> str:
    """Return the commit that is checked out, with `-dirty` behind it when files differ from it.

    But for the page of figures, which each proof that was run in full writes anew.
    """
    at = _git("rev-parse", "--short=10", "HEAD")
    but = f":(exclude,top){PAGE.relative_to(PAGE.parents[2])}"
    differs = _git("status", "--porcelain", "--untracked-files=no", "--", ".", but)
    return f"{at}-dirty" if differs else at


def _git(*words: str) -> str:
    done = subprocess.run(("git", *words), capture_output=True, text=True, check=False)
    return done.stdout.strip()


def here() -> str:
    """Return commit, machine and versions, in a line."""
    return (
        f"commit {commit() or 'unknown'}, {os.cpu_count()} cores {platform.machine()},"
        f" Python {platform.python_version()}, SQLite {sqlite.driver().sqlite_version},"
        f" SQLAlchemy {version('sqlalchemy')}"
    )


def page(entries: Sequence[Entry]) -> str:
    """Return the page for these proofs, in the order given."""
    rows = [
        "| proof | what was done | must be 0 | control: must not be 0 | took |",
        "|---|---|---|---|---|",
        *(_row(entry) for entry in entries),
    ]
    places = sorted({entry.where for entry in entries})
    ran = [
        f"- {place}: {', '.join(entry.name for entry in entries if entry.where == place)}"
        for place in places
    ]
    return "\n".join([HEAD, *rows, "", "Run on:", "", *ran, ""])


def _row(entry: Entry) -> str:
    part = "" if entry.scale == 1.0 else f", a share of {entry.scale:g}"
    verdict = "" if entry.holds else " **does not hold**"
    broke = f" (ended by {entry.broke})" if entry.broke else ""
    minutes, seconds = divmod(round(entry.figures.seconds), 60)
    cells = (
        f"{entry.name} ({', '.join(entry.promises)}{part}){verdict}{broke}",
        _said(entry.figures.counts),
        _said(entry.figures.bad),
        _said(entry.figures.control),
        f"{minutes} min {seconds:02} s",
    )
    return f"| {' | '.join(cells)} |"


def _said(figures: dict[str, int]) -> str:
    return "<br>".join(f"{count:,} {what}" for what, count in figures.items())

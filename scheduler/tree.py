"""A YAML file as a tree of values that know their line: tables, rows and leaves of text.

Pure, and without YAML: `load` builds it from a file, `layer` from a team's settings, `reader`
reads it. A leaf keeps what was written, so that no 12:00 becomes 720 and no `no` False.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A text as written; `line` None: it came from the team's settings."""

    text: str
    line: int | None = None
    quoted: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return not self.quoted and self.text.lower() in ("", "~", "null")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A list."""

    items: tuple[Tree, ...]
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a table."""

    key: str
    value: Tree
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A mapping; each key stands in it once, in the file's order."""

    entries: tuple[Entry, ...] = ()
    line: int | None = None

    def get(self, key: str) -> Tree | None:
        """Return what stands under `key`."""
        return next((entry.value for entry in self.entries if entry.key == key), None)

    def keys(self) -> tuple[str, ...]:
        """Return the keys in order."""
        return tuple(entry.key for entry in self.entries)

    def with_(self, key: str, value: Tree, line: int | None = None) -> Table:
        """Return the table with `value` under `key`, in its old place if it had one."""
        new = Entry(key=key, value=value, line=line)
        if key not in self.keys():
            return Table(entries=(*self.entries, new), line=self.line)
        entries = tuple(new if entry.key == key else entry for entry in self.entries)
        return Table(entries=entries, line=self.line)

    def without(self, key: str) -> Table:
        """Return the table without `key`."""
        return Table(entries=tuple(e for e in self.entries if e.key != key), line=self.line)


Tree: TypeAlias = Leaf | Rows | Table


def from_python(value: object) -> Tree:
    """Return the tree of what a YAML 1.1 loader made of a team's settings.

    A boolean becomes the `yes` or `no` that it was, as far as that can be known.
    """
    match value:
        case Mapping():
            entries = tuple(Entry(key=_word(k), value=from_python(v)) for k, v in value.items())
            return Table(entries=entries)
        case str():
            return Leaf(text=value, quoted=True)
        case Sequence():
            return Rows(items=tuple(from_python(item) for item in value))
        case _:
            return Leaf(text=_word(value))


def merged(base: Tree | None, over: Tree) -> Tree:
    """Return `base` with `over` laid on it: tables key by key, all else replaced."""
    if not isinstance(base, Table) or not isinstance(over, Table):
        return over
    for entry in over.entries:
        base = base.with_(entry.key, merged(base.get(entry.key), entry.value), entry.line)
    return base


def _word(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case _:
            return str(value)

"""A place in a procedure file: reads one value, and notes what is wrong there without stopping.

Pure. Knows how words, numbers, rules and texts are written; `reader` knows what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from functools import partial
from typing import TypeVar

from scheduler.due import AnchorKind, DueError, DueRule, parse_due
from scheduler.problems import Code, Problem
from scheduler.procedure import Text
from scheduler.tree import Leaf, Rows, Table, Tree

T = TypeVar("T")
D = TypeVar("D")
E = TypeVar("E", bound=StrEnum)

WORD = re.compile("[a-z][a-z0-9_]{0,39}")
LANGUAGE = re.compile("[a-z]{2}(-[A-Z]{2})?")
TEXT_MAX = 4000
"""Characters of one text: what a message can hold."""

YES = ("yes", "true", "on")
NO = ("no", "false", "off")


class Bad(Exception):
    """The value cannot be read; what is wrong has been noted already."""


@dataclass(slots=True)
class Notes:
    """What was found so far: problems, and the line of each place."""

    problems: list[Problem] = field(default_factory=list)
    lines: dict[str, int | None] = field(default_factory=dict)
    language: str | None = None
    """The language of texts that are written plainly."""

    def add(self, code: Code, where: str, reason: str, suggestion: str = "") -> None:
        """Note a problem at `where`, with the line of that place or the nearest around it."""
        self.problems.append(
            Problem(
                code=code,
                where=where,
                reason=reason,
                suggestion=suggestion,
                line=self.line(where),
            )
        )

    def line(self, where: str) -> int | None:
        """Return the line of `where`, or of what holds it."""
        while where and where not in self.lines:
            where = where.rpartition(".")[0]
        return self.lines.get(where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A value of the file and its place. Its readers raise `Bad` after noting why."""

    where: str
    tree: Tree
    notes: Notes

    def bad(self, reason: str, suggestion: str = "", code: Code = Code.BAD_VALUE) -> Bad:
        """Note the problem; return what to raise."""
        self.notes.add(code, self.where, reason, suggestion)
        return Bad()

    def under(self, key: str, tree: Tree, line: int | None) -> Spot:
        """Return the place `key` in this one."""
        where = f"{self.where}.{key}" if self.where else key
        self.notes.lines[where] = tree.line if line is None else line
        return Spot(where=where, tree=tree, notes=self.notes)

    @property
    def empty(self) -> bool:
        """Whether nothing is written here."""
        return isinstance(self.tree, Leaf) and self.tree.empty

    def table(self, known: Collection[str] | None = None) -> dict[str, Spot]:
        """Return the table's places by key; a key that is not `known` is noted and left out."""
        if self.empty:
            return {}
        if not isinstance(self.tree, Table):
            raise self.bad("a table is expected here, with a key and a colon on each line")
        parts: dict[str, Spot] = {}
        for entry in self.tree.entries:
            spot = self.under(entry.key, entry.value, entry.line)
            if known is None or entry.key in known:
                parts[entry.key] = spot
                continue
            spot.bad(
                f"{entry.key!r} is not known here", nearest(entry.key, known), Code.UNKNOWN_KEY
            )
        return parts

    def named(self) -> dict[str, Spot]:
        """Return the table's places by id; what is no id is noted and left out."""
        parts: dict[str, Spot] = {}
        for key, spot in self.table().items():
            if WORD.fullmatch(key):
                parts[key] = spot
            else:
                spot.bad(f"{key!r} cannot be an id", "write small letters, digits and _")
        return parts

    def needs(self, parts: Mapping[str, Spot], keys: Iterable[str]) -> None:
        """Note each of `keys` that this table must have and does not."""
        for key in keys:
            if key not in parts or parts[key].empty:
                self.notes.add(Code.MISSING_KEY, self.where or "top", f"`{key}:` is missing")

    def either(self, table: Callable[[Spot], T], other: Callable[[Spot], T]) -> T:
        """Return what `table` reads where a table stands here, else what `other` reads."""
        return table(self) if isinstance(self.tree, Table) else other(self)

    def rows(self) -> list[Spot]:
        """Return the places of a list; a single value is a list of one."""
        if self.empty:
            return []
        if not isinstance(self.tree, Rows):
            return [self]
        return [
            self.under(str(n), item, item.line) for n, item in enumerate(self.tree.items, start=1)
        ]

    def string(self) -> str:
        """Return the text that stands here, without the spaces around it."""
        if not isinstance(self.tree, Leaf) or self.empty:
            raise self.bad("a text is expected here")
        if len(self.tree.text) > TEXT_MAX:
            raise self.bad(f"longer than {TEXT_MAX} characters, which no message can hold")
        return self.tree.text.strip()

    def matched(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return how the text here fits `pattern`, as a whole; None where it does not."""
        return pattern.fullmatch(self.string())

    def word(self) -> str:
        """Return an id."""
        text = self.string()
        if not WORD.fullmatch(text):
            raise self.bad(f"{text!r} cannot be an id", "write small letters, digits and _")
        return text

    def words(self) -> tuple[str, ...]:
        """Return ids: a list, or one alone."""
        return tuple(spot.word() for spot in self.rows())

    def yes_no(self) -> bool:
        """Return what `yes` or `no` says."""
        text = self.string().lower()
        if text not in YES and text not in NO:
            raise self.bad(f"{text!r} is neither yes nor no")
        return text in YES

    def number(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`."""
        text = self.string()
        if not re.fullmatch("-?[0-9]{1,12}", text) or not low <= int(text) <= high:
            why = f"{text!r} is not a whole number from {low} to {high}"
            raise self.bad(why, code=Code.BAD_TIMER)
        return int(text)

    def one_of(self, kinds: type[E]) -> E:
        """Return the member that is written here."""
        text = self.string()
        if text not in [kind.value for kind in kinds]:
            raise self.bad(f"{text!r} is not known here", nearest(text, [k.value for k in kinds]))
        return kinds(text)

    def yes_no_or(self, kinds: type[E]) -> E | bool:
        """Return the member that is written here, else what `yes` or `no` says."""
        text = self.string()
        return kinds(text) if text in [kind.value for kind in kinds] else self.yes_no()

    def rule(self, kinds: Collection[AnchorKind], text: str | None = None) -> DueRule:
        """Return the due rule that is written here (or that `text`, a part of it, says)."""
        text = self.string() if text is None else text
        try:
            rule = parse_due(text)
        except DueError as error:
            hint = ""
            if re.fullmatch("[0-9]{1,4}", text):
                hint = "YAML reads an unquoted 12:00 as 720; a moment needs a day, e.g. W2 12:00"
            raise self.bad(f"{text!r} {error.why}", hint, Code.BAD_TIMER) from None
        if rule.anchor.kind not in kinds:
            why = f"{text!r} cannot be used here"
            raise self.bad(why, f"e.g. {_EXAMPLES[min(kinds)]}", Code.BAD_TIMER)
        return rule

    def texts(self) -> Text:
        """Return a text by language: a table, or a plain text in the file's `language`."""
        if isinstance(self.tree, Leaf) and not self.empty:
            if self.notes.language is None:
                raise self.bad(
                    "in which language is this text?",
                    "write {nl-BE: …, en: …}, or say `language: nl-BE` at the top of the file",
                )
            return {self.notes.language: self.string()}
        found: dict[str, str] = {}
        for tag, spot in self.table().items():
            if LANGUAGE.fullmatch(tag):
                text = tried(spot.string)
                found |= {} if text is None else {tag: text}
            else:
                spot.bad(f"{tag!r} is no language", "write e.g. nl-BE, nl-NL, en or fr")
        return found

    def texts_by_id(self) -> dict[str, Text]:
        """Return texts by id, in order."""
        found = {id_: tried(spot.texts) for id_, spot in self.named().items()}
        return {id_: text or {} for id_, text in found.items()}


def tried(read: Callable[[], T]) -> T | None:
    """Return what `read` reads, None when it could not (what is wrong has been noted)."""
    try:
        return read()
    except Bad:
        return None


def read(parts: Mapping[str, Spot], key: str, reader: Callable[[Spot], T], default: D) -> T | D:
    """Return what `reader` reads at `key`; `default` when nothing stands there or it is wrong."""
    spot = parts.get(key)
    if spot is None or spot.empty:
        return default
    value = tried(lambda: reader(spot))
    return default if value is None else value


def each(parts: Mapping[str, Spot], key: str, reader: Callable[[Spot], T]) -> tuple[T, ...]:
    """Return what `reader` reads at each row of `key`; rows that are wrong are left out."""
    spot = parts.get(key)
    return () if spot is None else every(spot.rows(), reader)


def every(spots: Iterable[Spot], reader: Callable[[Spot], T]) -> tuple[T, ...]:
    """Return what `reader` reads at each place; those that are wrong are left out."""
    found = (tried(partial(reader, spot)) for spot in spots)
    return tuple(one for one in found if one is not None)


def nearest(word: str, known: Collection[str]) -> str:
    """Return "did you mean …", or what is known when nothing is near."""
    close = get_close_matches(word, sorted(known), n=1)
    if close:
        return f"did you mean {close[0]}?"
    return "known: " + ", ".join(sorted(known)) if known else ""


_EXAMPLES = {
    AnchorKind.WORKDAY: "W2 open",
    AnchorKind.WORKING_DAYS_AFTER: "2 working days",
    AnchorKind.WORKING_DAYS_BEFORE: "-1 working days open",
    AnchorKind.SAME_DAY: "same day close",
    AnchorKind.MINUTES: "60 minutes",
    AnchorKind.NEXT_OPEN: "next open",
    AnchorKind.NEXT_OPENING: "next opening",
    AnchorKind.MONTHS: "3 months open",
    AnchorKind.HOURS_AFTER_START: "2 hours after start",
}

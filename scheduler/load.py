"""YAML to `Procedure`, or every problem at once with line and reason: the one reader of YAML.

Only text is taken from the YAML, event by event: nothing is constructed, so no tag can run
anything, and `12:00`, `no` and `2027-09-13` stay as they were written (S27, bad_inputs row 72).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml

from scheduler import reader
from scheduler.check import LANGUAGES, check, check_parts
from scheduler.layer import laid
from scheduler.problems import Code, Problem
from scheduler.procedure import Procedure
from scheduler.spot import Notes
from scheduler.tree import Entry, Leaf, Rows, Table, Tree
from scheduler.yaml_words import plainly

__all__ = [
    "Code",
    "Problem",
    "ProcedureError",
    "examples",
    "load",
    "load_named",
    "named_text",
    "shipped",
    "shipped_text",
]

EXAMPLES = "examples"
SIZE_MAX = 256 * 1024
"""Bytes of a file; the longest that ships has a fifth of that."""
DEPTH_MAX = 20
ALIASES_MAX = 50
VALUES_MAX = 20_000
"""Values after every alias has been followed: what a bomb would blow up."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ProcedureError(Exception):
    """The procedure cannot be used; `problems` says why, all at once and with their lines."""

    def __init__(self, origin: str, problems: tuple[Problem, ...]) -> None:
        """Keep where the file came from and what is wrong with it."""
        super().__init__("\n".join(f"{origin}: {problem}" for problem in problems))
        self.origin = origin
        self.problems = problems


def load(
    text: str,
    *,
    origin: str,
    overrides: Mapping[str, object] | None = None,
    languages: tuple[str, ...] = (),
) -> Procedure:
    """Return the procedure that `text` says, under the team's `overrides` ({step: {field: …}}).

    Texts must be there in all `languages` and in every language in which the procedure's `name`
    is; those that the overrides add, in every language in which they add any. Raises
    `ProcedureError` with all problems, but for warnings, which `check` gives.
    """
    if not overrides:
        return _alone(text, origin, languages)
    return _read(text, origin, overrides, languages)


@lru_cache(maxsize=16)
def _alone(text: str, origin: str, languages: tuple[str, ...]) -> Procedure:
    # the same few files are read again and again: at each start, and by each story
    return _read(text, origin, None, languages)


def _read(
    text: str, origin: str, overrides: Mapping[str, object] | None, languages: tuple[str, ...]
) -> Procedure:
    problems, tree = _parsed(text)
    if problems or tree is None:
        raise ProcedureError(origin, tuple(problems))
    notes, file = Notes(), None
    if overrides:
        file = reader.procedure(tree, Notes())
        tree = laid(tree, overrides, notes)
    procedure = reader.procedure(tree, notes)
    asked = tuple(dict.fromkeys((*(file or procedure).name, *languages)))
    # what could not be read would look like a dead end: then only the parts are doubted
    found = (check_parts if notes.problems else check)(procedure, asked, file=file)
    refused = [_placed(one, notes) for one in found if not (one.warning or _said(one, notes))]
    problems = _once([*notes.problems, *refused])
    if problems:
        raise ProcedureError(origin, tuple(problems))
    return procedure


def load_named(name: str, overrides: Mapping[str, object] | None = None) -> Procedure:
    """Return a procedure that ships (`ravels`), an example, or that of the file at `name`.

    One of ours must hold every text in all of `LANGUAGES`. Raises `ProcedureError`, also for a
    name or path that is not there.
    """
    origin = f"{name}.yaml" if name in (*shipped(), *examples()) else name
    text = named_text(name)
    languages = LANGUAGES if _ships(name) else ()
    return load(text, origin=origin, overrides=overrides, languages=languages)


def _ships(name: str) -> bool:
    """Whether the file is one of ours, also where it is named by its path."""
    ours = Path(str(_folder())).resolve()
    named = name in (*shipped(), *examples())
    return named or Path(name).resolve().parent in (ours, ours / EXAMPLES)


def named_text(name: str) -> str:
    """Return the file of a procedure that ships, of an example, or that at the path `name`.

    Raises `ProcedureError` for a name or path that is not there.
    """
    if name in shipped():
        return shipped_text(name)
    if name in examples():
        return _folder().joinpath(EXAMPLES, f"{name}.yaml").read_text(encoding="utf-8")
    return _file_text(name)


@cache
def shipped() -> tuple[str, ...]:
    """Return the keys of the procedures that ship."""
    return _named_in(_folder())


@cache
def examples() -> tuple[str, ...]:
    """Return the keys of the examples: for a team to begin its own from, or to run as they are."""
    return _named_in(_folder().joinpath(EXAMPLES))


def _named_in(folder: Traversable) -> tuple[str, ...]:
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def shipped_text(name: str) -> str:
    """Return the file of a procedure that ships, as stored beside the cases that follow it."""
    return _folder().joinpath(f"{name}.yaml").read_text(encoding="utf-8")


def _folder() -> Traversable:
    return resources.files("scheduler").joinpath("procedures")


def _file_text(name: str) -> str:
    try:
        with Path(name).open("rb") as file:
            raw = file.read(SIZE_MAX + 1)
    except (OSError, ValueError):
        why = f"there is no procedure of that name, and no readable file: {name}"
        raise _not_found(name, why) from None
    if len(raw) > SIZE_MAX:
        raise ProcedureError(name, (_too_large(),))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        why = "the file is not UTF-8 text"
        problem = Problem(code=Code.NOT_YAML, where="file", reason=why, line=line)
        raise ProcedureError(name, (problem,)) from None


def _not_found(name: str, why: str) -> ProcedureError:
    advice = f"those that ship: {', '.join(shipped())}; examples: {', '.join(examples())}"
    problem = Problem(code=Code.NOT_FOUND, where="file", reason=why, suggestion=advice)
    return ProcedureError(name, (problem,))


def _placed(problem: Problem, notes: Notes) -> Problem:
    return Problem(
        code=problem.code,
        where=problem.where,
        reason=problem.reason,
        suggestion=problem.suggestion,
        line=notes.line(problem.where),
    )


def _said(problem: Problem, notes: Notes) -> bool:
    """Whether it only misses what stands there but could not be read, as was said already."""
    places = (problem.where, f"{problem.where}.")
    said = (one.where == places[0] or one.where.startswith(places[1]) for one in notes.problems)
    return problem.code in _ABSENT and any(said)


_ABSENT = {
    Code.MISSING_KEY,
    Code.MISSING_TEXT,
    Code.NO_ANSWERS,
    Code.NO_DATE_FIELD,
    Code.NO_DEADLINE,
    Code.EMPTY_CHECKLIST,
    Code.UNKNOWN_FIELD,
}


def _once(problems: list[Problem]) -> list[Problem]:
    """Leave out what was said already about the same place, and go down the file."""
    first: dict[tuple[str, Code], Problem] = {}
    for problem in problems:
        first.setdefault((problem.where, problem.code), problem)
    return sorted(first.values(), key=lambda problem: problem.line or 0)


# From text to tree


def _too_large() -> Problem:
    why = f"the file is larger than {SIZE_MAX // 1024} KB"
    return Problem(code=Code.TOO_LARGE, where="file", reason=why)


def _parsed(text: str) -> tuple[list[Problem], Table | None]:
    if len(text) > SIZE_MAX or len(text.encode("utf-8", "surrogatepass")) > SIZE_MAX:
        return [_too_large()], None
    if odd := _SURROGATE.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        why = "half a character (a lone surrogate) stands here"
        return [Problem(code=Code.NOT_YAML, where="file", reason=why, line=line)], None
    tabs = [n for n, line in enumerate(text.split("\n"), start=1) if re.match(" *\t", line)]
    if tabs:
        why, advice = "a tab begins this line", "YAML wants spaces"
        return [
            Problem(code=Code.TAB, where="file", reason=why, suggestion=advice, line=n)
            for n in tabs
        ], None
    builder = _Builder()
    try:
        tree = builder.build(yaml.parse(text, Loader=_LOADER))
    except _Refused as error:
        return [*builder.problems, error.problem], None
    except yaml.YAMLError as error:
        return [*builder.problems, _syntax(error)], None
    if builder.problems:
        return builder.problems, None
    if tree is None or (isinstance(tree, Leaf) and tree.empty):
        return [Problem(code=Code.EMPTY, where="file", reason="nothing stands in it")], None
    if not isinstance(tree, Table):
        why = "a procedure is a table: `procedure: name` and so on"
        return [Problem(code=Code.BAD_VALUE, where="file", reason=why, line=tree.line)], None
    return [], tree


def _syntax(error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    why = getattr(error, "problem", None) or getattr(error, "reason", None) or "this is not YAML"
    code = Code.TAB if "\\t" in str(why) or "\t" in str(why) else Code.NOT_YAML
    reason, advice = plainly(str(why))
    if "nesting depth" in str(why):
        code, reason, advice = Code.TOO_DEEP, f"tables in tables, deeper than {DEPTH_MAX}", ""
    line = mark.line + 1 if mark else None
    return Problem(code=code, where="file", reason=reason, suggestion=advice, line=line)


class _Refused(Exception):
    """The file is refused as a whole; reading on would be what it wants."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


@dataclass(slots=True)
class _Open:
    """A table or list that has begun: its values, keys and values in turn for a table."""

    event: yaml.CollectionStartEvent
    values: list[Tree] = field(default_factory=list)
    size: int = 1


@dataclass(slots=True)
class _Builder:
    """Builds the tree from YAML's events with a stack of its own, so no depth can break it."""

    problems: list[Problem] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Tree, int]] = field(default_factory=dict)
    aliases: int = 0
    documents: int = 0
    root: Tree | None = None

    def build(self, events: Iterator[yaml.Event]) -> Tree | None:
        for event in events:
            self._take(event)
        return self.root

    def _take(self, event: yaml.Event) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    raise self._refused(Code.NOT_YAML, "a second document begins here", event)
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.ScalarEvent():
                self._no_tag(event)
                quoted = bool(event.style)  # "" or None where plain
                leaf = Leaf(text=event.value, line=_line(event), quoted=quoted)
                self._put(leaf, 1, event.anchor, event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._no_tag(event)
                if len(self.stack) >= DEPTH_MAX:
                    why = f"tables in tables, deeper than {DEPTH_MAX}"
                    raise self._refused(Code.TOO_DEEP, why, event)
                self.stack.append(_Open(event))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                done = self.stack.pop()
                self._put(self._closed(done), done.size, done.event.anchor, done.event)
            case _:
                pass  # the stream's and document's own beginnings and ends hold nothing

    def _put(self, tree: Tree, size: int, anchor: str | None, event: yaml.Event) -> None:
        if anchor is not None:
            self.anchors[anchor] = (tree, size)
        if not self.stack:
            self.root = tree
            return
        self.stack[-1].values.append(tree)
        self.stack[-1].size += size
        if self.stack[-1].size > VALUES_MAX:
            why = f"more than {VALUES_MAX} values, with all aliases followed"
            raise self._refused(Code.ALIASES, why, event)

    def _alias(self, event: yaml.AliasEvent) -> None:
        self.aliases += 1
        if self.aliases > ALIASES_MAX:
            raise self._refused(Code.ALIASES, f"more than {ALIASES_MAX} aliases", event)
        if event.anchor not in self.anchors:
            raise self._refused(Code.NOT_YAML, f"nothing is named &{event.anchor}", event)
        tree, size = self.anchors[event.anchor]
        self._put(tree, size, None, event)

    def _no_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None and event.tag != "!":
            why = f"the tag {event.tag} asks for more than text"
            self.problems.append(self._problem(Code.TAG, why, event))

    def _closed(self, done: _Open) -> Tree:
        line = _line(done.event)
        if isinstance(done.event, yaml.SequenceStartEvent):
            return Rows(items=tuple(done.values), line=line)
        entries: dict[str, Entry] = {}
        for key, value in zip(done.values[::2], done.values[1::2], strict=True):
            self._entry(entries, key, value)
        return Table(entries=tuple(entries.values()), line=line)

    def _entry(self, entries: dict[str, Entry], key: Tree, value: Tree) -> None:
        if not isinstance(key, Leaf):
            why = "a key must be a word"
            self.problems.append(
                Problem(code=Code.NOT_YAML, where="file", reason=why, line=key.line)
            )
        elif key.text in entries:
            first = entries[key.text].line
            why = f"{key.text!r} stands here a second time; the first is in line {first}"
            advice = "take one out; or the line with the name of what begins here is missing above"
            self.problems.append(
                Problem(
                    code=Code.DUPLICATE_KEY,
                    where=key.text,
                    reason=why,
                    suggestion=advice,
                    line=key.line,
                )
            )
        else:
            entries[key.text] = Entry(key=key.text, value=value, line=key.line)

    def _problem(self, code: Code, why: str, event: yaml.Event) -> Problem:
        return Problem(code=code, where="file", reason=why, line=_line(event))

    def _refused(self, code: Code, why: str, event: yaml.Event) -> _Refused:
        return _Refused(self._problem(code, why, event))


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None, "a parsed event has its place"
    return event.start_mark.line + 1

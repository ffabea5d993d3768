"""YAML that people wrote, read strictly: one plain tree, each value's line, every problem at once.

Knows nothing of what the file is for. Nothing in it is executed, expanded or silently replaced.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from scheduler.yaml_words import plainly

SIZE_MAX_BYTES = 64 * 1024
DEPTH_MAX = 12  # the deepest file that we know has 6

Path: TypeAlias = tuple[object, ...]
"""Keys and list positions from the top of the file down to a value; compared as text."""

Words: TypeAlias = tuple[str, ...]

_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}"
    for kind in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """Something that stands wrong in line `line` (from 1), and why."""

    line: int
    why: str


class YamlError(Exception):
    """The file cannot be read as it stands; `problems` ascend by line."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems, in the order of the file."""
        self.problems = tuple(sorted(problems))
        super().__init__("; ".join(f"line {p.line}: {p.why}" for p in self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What the file says, and where it says so."""

    value: Any
    lines: Mapping[Words, int]

    def line(self, path: Path) -> int:
        """Return the line of `path`, or of the nearest thing above it that is there."""
        words = tuple(str(part) for part in path)
        while words not in self.lines and words:
            words = words[:-1]
        return self.lines.get(words, 1)


def parse(content: bytes) -> Document:
    """Return the one document in `content`.

    YAML 1.1's readings stand (`12:00` is 720, `on` is true, a bare date is a date): who asks for
    text sees a number and says so. Raises `YamlError` for what is too large or too deep, for
    anchors, aliases, tags, merge keys, and duplicate keys.
    """
    if len(content) > SIZE_MAX_BYTES:
        raise YamlError([Problem(line=1, why=f"larger than {SIZE_MAX_BYTES // 1024} kB")])
    loader = _Loader(_text(content))
    try:
        node = loader.get_single_node()
        if node is None:
            raise YamlError([Problem(line=1, why="the file is empty")])
        lines: dict[Words, int] = {}
        value = _plain(loader, node, (), lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise YamlError([Problem(line=line, why=_worded(error.problem or "not YAML"))]) from None
    finally:
        loader.dispose()
    if loader.problems:
        raise YamlError(loader.problems)
    return Document(value=value, lines=lines)


class _Loader(yaml.SafeLoader):
    def __init__(self, text: str) -> None:
        self.problems: list[Problem] = []
        self.depth = 0
        super().__init__(text)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs forgot it
        if isinstance(event, yaml.AliasEvent):
            raise _refusal(event, "an alias (*) is not used here; write the value out")
        if getattr(event, "anchor", None) is not None:
            raise _refusal(event, "an anchor (&) is not used here")
        if self.depth >= DEPTH_MAX:
            raise _refusal(event, f"more than {DEPTH_MAX} levels deep")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _worded(said: str) -> str:
    reason, advice = plainly(said)
    return said if reason == said else f"{reason} ({advice})"


def _refusal(event: yaml.Event, why: str) -> yaml.MarkedYAMLError:
    mark = event.start_mark
    return yaml.MarkedYAMLError(problem=why, problem_mark=mark)  # type: ignore[arg-type]  # stubs


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise YamlError([Problem(line=line, why="not text in UTF-8")]) from None
    unprintable = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if unprintable:
        line = text.count("\n", 0, unprintable.start()) + 1
        raise YamlError([Problem(line=line, why="holds a character that cannot be printed")])
    return text


def _plain(loader: _Loader, node: yaml.Node, path: Words, lines: dict[Words, int]) -> object:
    """Return `node` as dict, list or scalar; note problems and go on, so that all are found."""
    line = node.start_mark.line + 1
    lines[path] = line
    if node.tag not in _TAGS:
        loader.problems.append(Problem(line=line, why=f"{node.tag[:60]} is not used here"))
        return None
    if isinstance(node, yaml.MappingNode):
        return dict(_entries(loader, node, path, lines))
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(loader, item, (*path, str(index)), lines)
            for index, item in enumerate(node.value)
        ]
    return _scalar(loader, node)


def _entries(
    loader: _Loader,
    node: yaml.MappingNode,
    path: Words,
    lines: dict[Words, int],
) -> Iterator[tuple[Hashable, object]]:
    seen: dict[Hashable, int] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode) or key_node.tag not in _TAGS:
            why = "a key must be a word, a number or a date"
            loader.problems.append(Problem(line=line, why=why))
            continue
        key = _scalar(loader, key_node)
        if key in seen:
            why = f"{str(key)[:40]} stands here a second time; the first is in line {seen[key]}"
            loader.problems.append(Problem(line=line, why=why))
            continue
        seen[key] = line
        value = _plain(loader, value_node, (*path, str(key)), lines)
        lines[*path, str(key)] = line
        yield key, value


def _scalar(loader: _Loader, node: yaml.Node) -> Hashable:
    try:
        value: Hashable = loader.construct_object(node)
    except ValueError:  # 2027-02-31, or a number of ten thousand digits
        line = node.start_mark.line + 1
        why = f"{str(node.value)[:40]} does not exist; put it in quotes if it is text"
        loader.problems.append(Problem(line=line, why=why))
        return None
    return value

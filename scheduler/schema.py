"""The JSON Schema of a procedure file, for editors: learned from the reader by letting it read.

Pure. `reader` is run on a place that has every key and writes down what it is asked for; so what
the schema knows is what the reader reads, and no list can fall behind. Whether the whole makes
sense (a step that nobody opens) only `check` can say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias, TypeVar

from scheduler import reader
from scheduler.due import PATTERNS, AnchorKind, DueRule
from scheduler.problems import Code
from scheduler.procedure import Text
from scheduler.spot import LANGUAGE, NO, TEXT_MAX, WORD, YES, Bad, E, Notes, Spot
from scheduler.tree import Leaf

T = TypeVar("T")
Node: TypeAlias = dict[str, Any]

ANY_ID = "an_id"
"""Stands for an id of the author's own."""


def schema() -> Node:
    """Return the schema (draft 2020-12), for YAML as editors read it."""
    probe = Probe(where="", tree=Leaf(text="", quoted=True), notes=Notes())
    reader.read_file(probe)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A procedure of Kier",
        **_DEFINED,
        **probe.node,
        "type": "object",
    }


def as_text() -> str:
    """Return the schema as the file `procedures/procedure.schema.json` holds it."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _whole(pattern: str) -> str:
    """Return Python's pattern as JSON Schema's (ECMA 262), for the whole of a text."""
    return f"^(?:{re.sub(r'[(][?]P<[a-z]+>', '(?:', pattern)})$"


def _any_case(pattern: str) -> str:
    bare = re.sub(r"[(][?]P<[a-z]+>", "(?:", pattern)
    return re.sub("[a-z]", lambda letter: f"[{letter[0].upper()}{letter[0]}]", bare)


_SCALAR = ["string", "number", "boolean", "null"]
"""How an editor's YAML may read one word; `null` is a key with nothing after it."""
_DEFINED: Node = {
    "$defs": {
        "text": {"type": _SCALAR, "maxLength": TEXT_MAX},
        "id": {"type": ["string", "null"], "pattern": _whole(WORD.pattern)},
        "yes_no": {"enum": [*YES, *NO, True, False, None]},
        "moment": {
            "type": ["string", "null"],
            "pattern": _whole("|".join(_any_case(pattern) for pattern in PATTERNS)),
        },
        "texts": {
            "description": "a text by language, or a text alone where `language:` says which",
            "anyOf": [
                {"$ref": "#/$defs/text"},
                {
                    "type": "object",
                    "patternProperties": {_whole(LANGUAGE.pattern): {"$ref": "#/$defs/text"}},
                    "additionalProperties": False,
                },
            ],
        },
    }
}


def _defined(name: str) -> Node:
    return {"$ref": f"#/$defs/{name}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe(Spot):
    """A place that has whatever it is asked for, and keeps what that was in `node`."""

    node: Node = field(default_factory=dict)

    def bad(self, reason: str, suggestion: str = "", code: Code = Code.BAD_VALUE) -> Bad:
        """Keep the way out, which the checker would tell, for the editor to tell."""
        if suggestion and "$ref" not in self.node:
            self.node.setdefault("description", suggestion)
        return Bad()

    def _is(self, node: Node) -> NoReturn:
        self.node.update(node)
        raise Bad

    def _child(self, key: str) -> Probe:
        return Probe(where=f"{self.where}.{key}", tree=self.tree, notes=self.notes)

    @property
    def empty(self) -> bool:
        """Something stands everywhere."""
        return False

    def table(self, known: Collection[str] | None = None) -> dict[str, Spot]:
        """Have every key that is `known`."""
        parts = {key: self._child(key) for key in known or (ANY_ID,)}
        nodes = {key: part.node for key, part in parts.items()}
        here: Node = {"type": ["object", "null"], "additionalProperties": False}
        if known is None:
            here["patternProperties"] = {_whole(WORD.pattern): nodes[ANY_ID]}
        else:
            here["properties"] = nodes
        self.node.update(here)
        return dict(parts)

    def needs(self, parts: Mapping[str, Spot], keys: Iterable[str]) -> None:
        """Keep that the keys must be there."""
        self.node["required"] = list(keys)

    def either(self, table: Callable[[Spot], T], other: Callable[[Spot], T]) -> T:
        """Be read both ways."""
        one, two = self._child("table"), self._child("other")
        table(one)
        found = other(two)
        self.node["anyOf"] = [one.node, two.node]
        return found

    def rows(self) -> list[Spot]:
        """Be a list, or one row alone."""
        row = self._child("1")
        self.node["anyOf"] = [row.node, {"type": "array", "items": row.node}]
        return [row]

    def matched(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Keep the pattern; nothing fits it, so the reader says what would."""
        self.node.update({"type": ["string", "null"], "pattern": _whole(pattern.pattern)})
        return None

    def string(self) -> str:
        """Be a text; what the reader would make of it is not asked."""
        if not self.node:
            self._is(_defined("text"))
        return ""

    def word(self) -> str:
        """Be an id."""
        self._is(_defined("id"))

    def yes_no(self) -> bool:
        """Be yes or no."""
        self._is(_defined("yes_no"))

    def number(self, low: int, high: int) -> int:
        """Be a whole number, also as a text."""
        digits = "[1-9][0-9]{0,11}" if low > 0 else "-?[0-9]{1,12}"
        text = {"type": "string", "pattern": _whole(digits)}
        number = {"type": "integer", "minimum": low, "maximum": high}
        self._is({"anyOf": [number, text, {"type": "null"}]})

    def one_of(self, kinds: type[E]) -> E:
        """Be one of the members."""
        self._is({"enum": [*(kind.value for kind in kinds), None]})

    def yes_no_or(self, kinds: type[E]) -> E | bool:
        """Be one of the members, or yes or no."""
        self._is({"enum": [*(kind.value for kind in kinds), *YES, *NO, True, False, None]})

    def rule(self, kinds: Collection[AnchorKind], text: str | None = None) -> DueRule:
        """Be a moment."""
        self._is(_defined("moment"))

    def texts(self) -> Text:
        """Be a text in one language or in several."""
        self._is(_defined("texts"))

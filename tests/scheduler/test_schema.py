"""The JSON Schema of procedure files: learned from the reader, and refusing what it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from bot.cli import app
from bot.procedure_new import skeleton
from scheduler import load as load_module
from scheduler import reader
from scheduler.load import ProcedureError, examples, load, named_text, shipped
from scheduler.schema import as_text, schema

FILE = Path(load_module.__file__).parent / "procedures" / "procedure.schema.json"
STORIES = Path(__file__).parents[1] / "stories" / "procedures"
SCHEMA = schema()
GOOD = {name: named_text(name) for name in (*shipped(), *examples())} | {
    "skeleton": skeleton("ours", "fr"),
    "door": (STORIES / "door.yaml").read_text("utf-8"),
}
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def fits(value: Any, node: dict[str, Any]) -> bool:
    """Say whether a value fits a schema: as much of draft 2020-12 as ours uses, and no more."""
    unknown = set(node) - KEYWORDS
    assert not unknown, unknown
    if "$ref" in node:
        return fits(value, SCHEMA["$defs"][node["$ref"].rsplit("/", 1)[1]])
    kinds = node.get("type", list(TYPES))
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if not any(_is(value, kind) for kind in kinds):
        return False
    if "enum" in node and not any(
        value == one and type(value) is type(one) for one in node["enum"]
    ):
        return False
    if "anyOf" in node and not any(fits(value, one) for one in node["anyOf"]):
        return False
    if isinstance(value, str):
        pattern, longest = node.get("pattern", ""), node.get("maxLength", len(value))
        return re.search(pattern, value) is not None and len(value) <= longest
    if isinstance(value, dict):
        return all(key in value for key in node.get("required", ())) and all(
            _entry(key, each, node) for key, each in value.items()
        )
    if isinstance(value, list):
        return all(fits(each, node.get("items", {})) for each in value)
    if isinstance(value, int) and not isinstance(value, bool):
        low, high = node.get("minimum", value), node.get("maximum", value)
        return bool(low <= value <= high)
    return True


KEYWORDS = {
    *("$schema", "$defs", "$ref", "title", "description", "type", "enum", "anyOf", "pattern"),
    *("maxLength", "required", "properties", "patternProperties", "additionalProperties"),
    *("items", "minimum", "maximum"),
}


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, TYPES[kind])


def _entry(key: Any, value: Any, node: dict[str, Any]) -> bool:
    known = node.get("properties", {})
    if key in known:
        return fits(value, known[key])
    for pattern, one in node.get("patternProperties", {}).items():
        if re.search(pattern, str(key)):
            return fits(value, one)
    return node.get("additionalProperties", True) is not False


LOADERS = [yaml.SafeLoader, yaml.BaseLoader]
"""As an editor with YAML 1.1 reads a word (`yes` is true), and as one that keeps it a text."""


def read_as(text: str, loader: Any) -> Any:
    return yaml.load(text, Loader=loader)  # noqa: S506  both are safe ones


def test_the_file_for_editors_is_what_the_reader_reads():
    """It cannot fall behind: `kier procedure schema` writes it anew."""
    assert FILE.read_text("utf-8") == as_text()
    printed = CliRunner().invoke(app, ["procedure", "schema"])
    assert (printed.exit_code, json.loads(printed.output)) == (0, SCHEMA)


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("name", GOOD)
def test_what_loads_fits(name: str, loader: Any):
    """Seeds, example, skeleton and a team's own: an editor underlines nothing in them."""
    assert fits(read_as(GOOD[name], loader), SCHEMA)


def test_every_key_that_the_reader_knows_is_offered():
    """An editor completes all keys of the file, of a step and of an answer."""
    [step] = SCHEMA["properties"]["steps"]["patternProperties"].values()
    [answer] = step["properties"]["answers"]["patternProperties"].values()
    assert set(SCHEMA["properties"]) == set(reader.TOP)
    assert set(step["properties"]) == set(reader.STEP)
    assert set(answer["properties"]) == set(reader.ANSWER)
    assert (SCHEMA["required"], step["required"]) == (list(reader.NEEDED), ["role"])


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("first_step: letter", "frist_step: letter"),
        ("    channel: letter", "    chanel: letter"),
        ("        reached: yes", "        reachd: yes"),
        ("        reached: yes", "        reached: perhaps"),
        ("    role: coordinator", "    role: boss"),
        ("    role: coordinator\n", ""),
        ("    pace: chase", "    pace: run"),
        ("  letter:\n", "  Letter:\n"),
        ("      nl-NL: bellen", "      dutch: bellen"),
        ("    due: 3 working days", "    due: after three days"),
        ("    due: 3 working days", "    due: 720"),
        ("opens: call at 5 working days open", "opens: call the client tomorrow"),
        ("        help: accepted", "        help: gladly"),
        ("version: 1", "version: one"),
        ("version: 1", "version: 0"),
        ("first_step: letter", "first_step: [letter, call]"),
        ("    kind: person", "    kind: someone"),
    ],
)
def test_what_the_checkers_grammar_refuses_does_not_fit(written: str, instead: str, loader: Any):
    """Keys, words, ids, languages, moments and roads: the editor says it before the checker."""
    text = GOOD["vroegsignalering"]
    assert written in text
    text = text.replace(written, instead, 1)
    assert not fits(read_as(text, loader), SCHEMA)
    with pytest.raises(ProcedureError):
        load(text, origin="own.yaml")

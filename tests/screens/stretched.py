"""Every text half as long again: what a fifth language would bring."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import cycle, islice
from types import MappingProxyType
from typing import Any

import pytest

from bot import texts
from scheduler.load import load_named
from scheduler.procedure import Procedure

_TAG = re.compile(r"<[^<>]*>|\{[^{}]*\}")
_LETTERS = "lorem ipsum dolor sit amet "


def longer(text: str) -> str:
    """Return the text with half its length more behind it."""
    visible = len(_TAG.sub("", text))
    return text + " " + "".join(islice(cycle(_LETTERS), (visible + 1) // 2)).strip()


@contextmanager
def longer_texts() -> Iterator[None]:
    """Let every text of ours be longer; those of procedures are `longer_procedure`."""
    formatted = texts._format

    def lengthened(language: str, key: str, values: dict[str, Any]) -> str:
        return longer(formatted(language, key, values))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "_format", lengthened)
        yield


@cache
def longer_procedure(name: str) -> Procedure:
    """Return a procedure that ships, each of its texts half as long again."""
    made = _lengthened(load_named(name))
    assert isinstance(made, Procedure)
    return made


def _lengthened(value: Any) -> Any:
    if isinstance(value, Mapping):
        if value and set(value) <= set(texts.LANGUAGES):
            return MappingProxyType({language: longer(text) for language, text in value.items()})
        return MappingProxyType({key: _lengthened(each) for key, each in value.items()})
    if isinstance(value, tuple):
        return tuple(map(_lengthened, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{f.name: _lengthened(getattr(value, f.name)) for f in fields(value) if f.init}
        )
    return value

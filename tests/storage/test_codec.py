from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Literal, NewType, Union

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.case import Case, StepState
from scheduler.decision import Event, NoteMade
from storage import codec
from storage.errors import CodecError

Number = NewType("Number", int)


class Colour(Enum):
    RED = 1
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    word: str = ""
    none: None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Twig:
    number: Number
    leaf: Leaf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """Every kind of field that the rules may use."""

    yes: bool
    number: int
    share: float
    text: str
    raw: bytes
    money: Decimal
    at: datetime
    on: date
    of: time
    span: timedelta
    colour: Colour
    word: Literal["a", "b", 3]
    either: Leaf | Twig
    mixed: int | str | datetime | Leaf | None
    many: tuple[Leaf, ...]
    pair: tuple[int, str]
    words: frozenset[str]
    by_name: Mapping[str, Leaf]
    by_day: Mapping[date, tuple[int, ...]]
    maybe: int | None = None
    child: Everything | None = None
    empty: tuple[int, ...] = ()
    mapping: Mapping[str, int] = dataclasses.field(default_factory=dict)


def strategy(hint: Any, depth: int = 2) -> st.SearchStrategy[Any]:
    """Give values of any hint; recursion ends after `depth` dataclasses."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if isinstance(hint, NewType):
        return strategy(hint.__supertype__, depth)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return st.builds(
            hint,
            **{
                name: st.none()
                if depth == 0 and "None" in str(part)
                else strategy(part, depth - 1)
                for name, part in typing.get_type_hints(hint).items()
            },
        )
    if origin in (Union, types.UnionType):
        return st.one_of(*(strategy(argument, depth) for argument in arguments))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple and arguments[-1] is Ellipsis:
        return st.lists(strategy(arguments[0], depth), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(strategy(argument, depth) for argument in arguments))
    if origin is frozenset:
        return st.frozensets(strategy(arguments[0], depth), max_size=3)
    if origin is not None:
        return st.dictionaries(*(strategy(a, depth) for a in arguments), max_size=2)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    return _PLAIN[hint]


_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    str: st.text(st.characters(), max_size=5),
    bytes: st.binary(max_size=5),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    datetime: st.datetimes(timezones=st.just(UTC)),
    date: st.dates(),
    time: st.times(),
    timedelta: st.timedeltas(),
    type(None): st.none(),
}
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


@QUICK
@given(strategy(Case))
def test_every_case_comes_back_as_it_was(case: Case) -> None:
    """A state survives storage exactly, and its JSON has one spelling (P10)."""
    raw = codec.dumps(case)
    again: Case = codec.loads(Case, raw)
    assert again == case
    assert codec.dumps(again) == raw


@QUICK
@given(strategy(Event))
def test_every_event_comes_back_as_it_was(event: Event) -> None:
    """Each kind of event survives storage exactly (P10)."""
    assert codec.loads(Event, codec.dumps(event, Event)) == event


@QUICK
@given(strategy(Everything))
def test_every_kind_of_field_comes_back(value: Everything) -> None:
    """Whatever a later rule stores: numbers, days, unions, sets, mappings by day."""
    assert codec.loads(Everything, codec.dumps(value)) == value


def test_every_event_can_be_stored() -> None:
    """No event has a field without a codec."""
    for member in typing.get_args(Event):
        codec.encoder(member)
        codec.decoder(member)


def test_what_is_empty_is_left_out_and_what_is_not_is_kept() -> None:
    """Only empty defaults are absent: another default is written, whatever it becomes later."""
    at = datetime(2027, 9, 13, 8, tzinfo=UTC)
    plain = json.loads(codec.dumps(StepState(id="a", opened_at=at)))
    assert plain == {
        "v": 1,
        "x": {"id": "a", "opened_at": "2027-09-13T08:00:00+00:00", "question": "ask"},
    }


def test_a_moment_is_stored_in_utc() -> None:
    """An aware moment of any zone comes back as the same moment in UTC; a naive one is refused."""
    local = datetime(2027, 9, 13, 10, tzinfo=timezone(timedelta(hours=2)))
    again: datetime = codec.loads(datetime, codec.dumps(local))
    assert again == local and again.tzinfo is UTC
    with pytest.raises(CodecError):
        codec.dumps(datetime(2027, 9, 13, 10))  # noqa: DTZ001 - what is refused


@pytest.mark.parametrize(
    ("hint", "plain"),
    [
        (NoteMade, {"by": 1}),
        (NoteMade, {"by": 1, "note_ref": 2, "more": 3}),
        (NoteMade, {"by": "1", "note_ref": 2}),
        (NoteMade, {"by": True, "note_ref": 2}),
        (NoteMade, {"by": 1.0, "note_ref": 2}),
        (NoteMade, [1, 2]),
        (Event, {"by": 1, "note_ref": 2}),
        (Event, {"$": "Unknown", "by": 1}),
        (Event, {"$": 3}),
        (Event, {"$": ["NoteMade"], "by": 1, "note_ref": 2}),
        (Colour, 2),
        (Colour, [1]),
        (Literal["a"], "b"),
        (Literal[1], True),
        (datetime, "2027-09-13T10:00:00"),
        (datetime, "tomorrow"),
        (datetime, 5),
        (date, "2027-09-13T10:00"),
        (date, "20270913"),
        (Decimal, "x"),
        (bytes, "%"),
        (float, "1"),
        (tuple[int, str], [1]),
        (tuple[int, ...], {"a": 1}),
        (frozenset[int], [1, 1]),
        (Mapping[str, int], [["a", 1]]),
        (Mapping[date, int], [["2027-09-13"]]),
        (Mapping[date, int], [["2027-09-13", 1], ["2027-09-13", 2]]),
        (int | str | None, {"$": "int"}),
        (int | str | None, {"$": "int", "=": 1, "x": 2}),
    ],
    ids=str,
)
def test_what_is_not_of_its_shape_is_refused(hint: Any, plain: Any) -> None:
    """An unknown field or tag, or a value of another type, is an error and never a guess."""
    with pytest.raises(CodecError):
        codec.loads(hint, json.dumps({"v": 1, "x": plain}).encode())


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b'{"v":1}', b'{"v":2,"x":1}', b"\xff", b"[" * 10**5]
)
def test_what_was_not_written_by_us_is_refused(raw: bytes) -> None:
    """Broken JSON and other formats are errors of one kind."""
    with pytest.raises(CodecError):
        codec.loads(int, raw)


class Word(StrEnum):
    A = "a"


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (int, True), (str, 1), (str, Word.A), (float, float("nan")), (Colour, "blue"),
        (tuple[int, ...], [1]), (tuple[int, ...], "12"), (tuple[int, str], (1,)),
        (frozenset[int], (1,)), (Mapping[str, int], ((1, 2),)), (Leaf, Twig(number=Number(1))),
        (Leaf | Twig, 5), (date, datetime(2027, 9, 13, tzinfo=UTC)), (Any, 1), (object, 1),
        (set[int] | frozenset[int], 5), (dict[str, Any], {}), (Literal["a"], []),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_of_its_hint_is_not_written(hint: Any, value: Any) -> None:
    """A value that could not come back as it was is refused when it is written."""
    with pytest.raises(CodecError):
        codec.dumps(value, hint)


def test_an_error_names_the_place_and_not_the_value() -> None:
    """No stored value reaches an error's text (P19)."""
    with pytest.raises(CodecError) as caught:
        codec.loads(NoteMade, b'{"v":1,"x":{"by":1,"note_ref":"Canary"}}')
    assert "note_ref" in str(caught.value) and "Canary" not in str(caught.value)
    with pytest.raises(CodecError) as caught:
        codec.loads(NoteMade, b'{"v":1,"x":{"Canary":1}}')
    assert "Canary" not in str(caught.value)

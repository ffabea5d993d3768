"""Values to JSON and back, driven by type hints: whatever frozen dataclasses the rules define.

Strict: an unknown field or tag, or a value of another type, is a `CodecError`, which names the
place and never the value. A field that is absent has its default; a field whose value is its empty
default (None, False, 0, "", an empty collection) is left out, so that a case's state stays short.
Changing such a default, or the meaning of a field, needs a new `FORMAT` and a step in `UPGRADES`.
"""

from __future__ import annotations

import base64
import binascii
import collections.abc
import dataclasses
import json
import math
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, Final, Literal, TypeVar, Union

from storage.columns import canonical
from storage.errors import CodecError

T = TypeVar("T")
Encoder = Callable[[Any], Any]
Decoder = Callable[[Any], Any]

FORMAT: Final = 1
UPGRADES: Final[Mapping[int, Callable[[Any], Any]]] = {}
"""From format n to n + 1, on the JSON: none yet."""
TAG: Final = "$"
"""Beside a value of a union: the name of its class."""
PLAIN: Final = "="
"""The value itself, where a union's member is no dataclass."""

_encoders: dict[Any, Encoder] = {}
_decoders: dict[Any, Decoder] = {}
_MICROSECOND: Final = timedelta(microseconds=1)


def dumps(value: object, hint: Any = None) -> bytes:
    """Return `value` as canonical JSON with the format's number; `hint` for a union or collection.

    Raises `CodecError` for a value that is not of its hint.
    """
    plain = encoder(type(value) if hint is None else hint)(value)
    return canonical({"v": FORMAT, "x": plain}).encode()


def loads(hint: type[T] | Any, raw: bytes) -> T:
    """Return the value of type `hint`; raises `CodecError` for what `dumps` did not write."""
    try:
        outer = json.loads(raw)
    except (ValueError, RecursionError):
        raise CodecError("not JSON") from None
    if not isinstance(outer, dict) or outer.keys() != {"v", "x"}:
        raise CodecError("no format number")
    version, plain = outer["v"], outer["x"]
    while version != FORMAT:
        if version not in UPGRADES:
            raise CodecError("written by another version of Kier")
        plain, version = UPGRADES[version](plain), version + 1
    value: T = decoder(hint)(plain)
    return value


def encoder(hint: Any) -> Encoder:
    """Return what turns a value of this hint into JSON's own types; built once for each hint."""
    found = _encoders.get(hint)
    if found is None:
        _encoders[hint] = lambda value: _encoders[hint](value)  # a class that holds itself
        try:
            found = _encoders[hint] = _build(hint)[0]
        except BaseException:
            del _encoders[hint]
            raise
    return found


def decoder(hint: Any) -> Decoder:
    """Return what turns JSON's own types into a value of this hint; built once for each hint."""
    found = _decoders.get(hint)
    if found is None:
        _decoders[hint] = lambda plain: _decoders[hint](plain)
        try:
            found = _decoders[hint] = _build(hint)[1]
        except BaseException:
            del _decoders[hint]
            raise
    return found


def _build(hint: Any) -> tuple[Encoder, Decoder]:
    if isinstance(hint, typing.NewType):
        return _build(hint.__supertype__)
    if value := getattr(hint, "__value__", None):  # `type X = …` of Python 3.12
        return _build(value)
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        return _build(typing.get_args(hint)[0])
    if origin in (Union, types.UnionType):
        return _union(typing.get_args(hint))
    if origin is Literal:
        return _literal(typing.get_args(hint))
    if origin is not None:
        return _collection(origin, typing.get_args(hint))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _dataclass(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum(hint)
    if hint in _SCALARS:
        return _SCALARS[hint]
    raise CodecError(f"no codec for {hint!r}")


# ------------------------------------------------------------------------------------ dataclasses


def _dataclass(cls: type[Any]) -> tuple[Encoder, Decoder]:
    hints = typing.get_type_hints(cls, include_extras=True)
    fields = [field for field in dataclasses.fields(cls) if field.init]
    encoders = [(field.name, encoder(hints[field.name]), _empty(field)) for field in fields]
    decoders = {field.name: decoder(hints[field.name]) for field in fields}
    needed = frozenset(field.name for field in fields if not _has_default(field))
    name = cls.__name__

    def encode(value: Any) -> Any:
        if type(value) is not cls:
            raise CodecError(f"{name}: a {type(value).__name__}")
        plain: dict[str, Any] = {}
        for key, turn, empty in encoders:
            part = getattr(value, key)
            if part is empty or (part == empty and type(part) is type(empty)):
                continue
            try:
                plain[key] = turn(part)
            except CodecError as error:
                raise CodecError(f"{name}.{key}: {error}") from None
        return plain

    def decode(plain: Any) -> Any:
        if type(plain) is not dict:
            raise CodecError(f"{name}: not an object")
        parts: dict[str, Any] = {}
        for key, part in plain.items():
            turn = decoders.get(key)
            if turn is None:
                raise CodecError(f"{name}: no field of that name")
            try:
                parts[key] = turn(part)
            except CodecError as error:
                raise CodecError(f"{name}.{key}: {error}") from None
        if not needed <= parts.keys():
            raise CodecError(f"{name}: without {sorted(needed - parts.keys())}")
        return cls(**parts)

    return encode, decode


_NEVER: Final = object()


def _empty(field: dataclasses.Field[Any]) -> Any:
    """Return the field's default when it is an empty value, else something equal to no value."""
    if field.default_factory is not dataclasses.MISSING:
        made = field.default_factory()
        return made if isinstance(made, (dict, tuple, frozenset, list)) and not made else _NEVER
    default = field.default
    plain = default is None or isinstance(default, (bool, int, str, tuple, frozenset))
    return default if plain and not default and not isinstance(default, Enum) else _NEVER


def _has_default(field: dataclasses.Field[Any]) -> bool:
    return (
        field.default is not dataclasses.MISSING
        or field.default_factory is not dataclasses.MISSING
    )


# ----------------------------------------------------------------------------------------- unions


def _union(members: tuple[Any, ...]) -> tuple[Encoder, Decoder]:
    some = tuple(member for member in members if member is not type(None))
    if len(some) == 1:
        inner, outer = (
            (encoder(some[0]), decoder(some[0])) if len(members) > 1 else _build(some[0])
        )
    else:
        inner, outer = _tagged(some)
    if len(some) == len(members):
        return inner, outer
    return (
        lambda value: None if value is None else inner(value),
        lambda plain: None if plain is None else outer(plain),
    )


def _tagged(members: tuple[Any, ...]) -> tuple[Encoder, Decoder]:
    classes = {_runtime_class(member): member for member in members}
    names = {cls.__name__: (cls, decoder(member)) for cls, member in classes.items()}
    if not len(members) == len(classes) == len(names):
        raise CodecError("two members of a union that cannot be told apart")
    encoders = {cls: encoder(member) for cls, member in classes.items()}

    def encode(value: Any) -> Any:
        cls = type(value)
        turn = encoders.get(cls)
        if turn is None:
            raise CodecError(f"a {cls.__name__} is not of this union")
        plain = turn(value)
        if dataclasses.is_dataclass(cls):
            plain[TAG] = cls.__name__
            return plain
        return {TAG: cls.__name__, PLAIN: plain}

    def decode(plain: Any) -> Any:
        tag = plain.get(TAG) if type(plain) is dict else None
        if type(tag) is not str or tag not in names:
            raise CodecError("no tag of this union")
        cls, turn = names[tag]
        rest = {key: part for key, part in plain.items() if key != TAG}
        if dataclasses.is_dataclass(cls):
            return turn(rest)
        if rest.keys() != {PLAIN}:
            raise CodecError("a tag without its value")
        return turn(rest[PLAIN])

    return encode, decode


def _runtime_class(member: Any) -> type[Any]:
    origin = typing.get_origin(member) or member
    if isinstance(origin, typing.NewType):
        return _runtime_class(origin.__supertype__)
    found = _MADE.get(origin, origin)
    if not isinstance(found, type):
        raise CodecError(f"no codec for a union with {member!r}")
    return found


# ------------------------------------------------------------------------------------ collections


_MADE: Final[Mapping[Any, Callable[[Iterable[Any]], Any]]] = {
    tuple: tuple,
    list: list,
    set: set,
    frozenset: frozenset,
    collections.abc.Sequence: tuple,
    collections.abc.Set: frozenset,
}
_MAPPINGS: Final = (dict, collections.abc.Mapping)


def _collection(origin: Any, arguments: tuple[Any, ...]) -> tuple[Encoder, Decoder]:
    if origin in _MAPPINGS:
        return _mapping(*arguments)
    if origin is tuple and not (len(arguments) == 2 and arguments[1] is Ellipsis):
        return _fixed(arguments)
    if origin not in _MADE:
        raise CodecError(f"no codec for {origin!r}")
    make = _MADE[origin]
    inner, outer = encoder(arguments[0]), decoder(arguments[0])
    accepted = origin if origin is not tuple else (tuple,)

    if make in (set, frozenset):

        def encode_set(value: Any) -> Any:
            if not isinstance(value, collections.abc.Set):
                raise CodecError("not a set")
            return sorted(map(inner, value), key=canonical)

        encode: Encoder = encode_set
    else:

        def encode_sequence(value: Any) -> Any:
            if not isinstance(value, accepted) or isinstance(value, (str, bytes)):
                raise CodecError("not a sequence of its kind")
            return [inner(part) for part in value]

        encode = encode_sequence

    def decode(plain: Any) -> Any:
        if type(plain) is not list:
            raise CodecError("not a list")
        made = make(map(outer, plain))
        if len(made) != len(plain):
            raise CodecError("twice the same in a set")
        return made

    return encode, decode


def _fixed(arguments: tuple[Any, ...]) -> tuple[Encoder, Decoder]:
    arguments = () if arguments == ((),) else arguments
    inner = [encoder(argument) for argument in arguments]
    outer = [decoder(argument) for argument in arguments]

    def encode(value: Any) -> Any:
        if type(value) is not tuple or len(value) != len(inner):
            raise CodecError("not a tuple of that length")
        return [turn(part) for turn, part in zip(inner, value, strict=True)]

    def decode(plain: Any) -> Any:
        if type(plain) is not list or len(plain) != len(outer):
            raise CodecError("not a list of that length")
        return tuple(turn(part) for turn, part in zip(outer, plain, strict=True))

    return encode, decode


def _mapping(key: Any, value: Any) -> tuple[Encoder, Decoder]:
    """Return the codec of a mapping: an object when its keys are texts, else a list of pairs."""
    key_in, key_out = encoder(key), decoder(key)
    inner, outer = encoder(value), decoder(value)
    texts = isinstance(key, type) and issubclass(key, str)

    def encode(whole: Any) -> Any:
        if not isinstance(whole, collections.abc.Mapping):
            raise CodecError("not a mapping")
        pairs = [(key_in(name), inner(part)) for name, part in whole.items()]
        return dict(pairs) if texts else sorted(pairs, key=canonical)

    def decode(plain: Any) -> Any:
        if type(plain) is not (dict if texts else list):
            raise CodecError("not a mapping")
        pairs = list(plain.items()) if type(plain) is dict else plain
        if not texts and not all(type(pair) is list and len(pair) == 2 for pair in pairs):
            raise CodecError("not a list of pairs")
        whole = {key_out(name): outer(part) for name, part in pairs}
        if len(whole) != len(plain):
            raise CodecError("twice the same key")
        return whole

    return encode, decode


# ---------------------------------------------------------------------------------------- scalars


def _literal(values: tuple[Any, ...]) -> tuple[Encoder, Decoder]:
    known = {(type(value), value) for value in values}

    def check(value: Any) -> Any:
        try:
            if (type(value), value) in known:
                return value
        except TypeError:
            pass
        raise CodecError("none of the words that it may be")

    return check, check


def _enum(cls: type[Enum]) -> tuple[Encoder, Decoder]:
    if not all(type(member.value) in (str, int) for member in cls):
        raise CodecError(f"{cls.__name__}: members that are neither words nor numbers")
    known = {(type(member.value), member.value): member for member in cls}

    def encode(value: Any) -> Any:
        if type(value) is not cls:
            raise CodecError(f"not a {cls.__name__}")
        return value.value

    def decode(plain: Any) -> Any:
        try:
            return known[(type(plain), plain)]
        except (KeyError, TypeError):
            raise CodecError(f"no {cls.__name__}") from None

    return encode, decode


def _exactly(cls: type[Any]) -> Encoder:
    def check(value: Any) -> Any:
        if type(value) is not cls:
            raise CodecError(f"not a {cls.__name__}")
        return value

    return check


def _number(value: Any) -> Any:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise CodecError("not a finite number")
    return float(value)


def _moment_in(value: Any) -> str:
    if type(value) is not datetime or value.tzinfo is None:
        raise CodecError("not an aware moment")
    return (value if value.tzinfo is UTC else value.astimezone(UTC)).isoformat()


def _moment_out(plain: Any) -> datetime:
    moment = _parsed(datetime.fromisoformat, plain)
    if moment.tzinfo is None:
        raise CodecError("a moment without a zone")
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def _day_out(plain: Any) -> date:
    if type(plain) is str and len(plain) != 10:
        raise CodecError("not a day")
    return _parsed(date.fromisoformat, plain)


def _parsed(parse: Callable[[str], T], plain: Any) -> T:
    if type(plain) is not str:
        raise CodecError("not a text")
    try:
        return parse(plain)
    except (ValueError, InvalidOperation, binascii.Error):
        raise CodecError("cannot be read") from None


def _written(cls: type[Any], write: Callable[[Any], Any]) -> Encoder:
    check = _exactly(cls)
    return lambda value: write(check(value))


_SCALARS: Final[Mapping[Any, tuple[Encoder, Decoder]]] = {
    **{cls: (_exactly(cls), _exactly(cls)) for cls in (bool, int, str, type(None))},
    None: (_exactly(type(None)), _exactly(type(None))),
    float: (_number, _number),
    datetime: (_moment_in, _moment_out),
    date: (_written(date, date.isoformat), _day_out),
    time: (_written(time, time.isoformat), lambda plain: _parsed(time.fromisoformat, plain)),
    timedelta: (
        _written(timedelta, lambda span: span // _MICROSECOND),
        lambda plain: _exactly(int)(plain) * _MICROSECOND,
    ),
    Decimal: (_written(Decimal, str), lambda plain: _parsed(Decimal, plain)),
    bytes: (
        _written(bytes, lambda raw: base64.b64encode(raw).decode()),
        lambda plain: _parsed(lambda text: base64.b64decode(text, validate=True), plain),
    ),
}

"""Column types: moments in UTC, sealed values, codes as JSON; and what an engine carries for them.

The keys hang on the engine's dialect, because that is the one thing SQLAlchemy hands to a column
type, and because two databases with different keys may be open at once (a restore test is).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, Dialect, Integer, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

from storage.errors import Unreadable
from storage.keys import Keyring, Randomness

Id = BigInteger().with_variant(Integer(), "sqlite")
"""A row's number; on SQLite an alias of the rowid, never used twice (AUTOINCREMENT)."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_SPELL: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What every unit on one database may need beside its connection."""

    keys: Keyring
    randomness: Randomness


def furnish(dialect: Dialect, room: Room) -> None:
    """Hang the keys and the randomness on an engine's dialect, once, before its first unit."""
    dialect.kier_room = room  # type: ignore[attr-defined]


def room_of(source: Connection | Dialect) -> Room:
    """Return the keys and randomness of the database that `source` belongs to."""
    dialect = source.dialect if isinstance(source, Connection) else source
    room: Room = dialect.kier_room  # type: ignore[attr-defined]
    return room


def check_aware(moment: datetime) -> datetime:
    """Return `moment`; a moment without a zone is our mistake and an AssertionError."""
    if moment.tzinfo is None:
        raise AssertionError("a moment without a zone")
    return moment


def to_number(moment: datetime) -> int:
    """Return the moment as whole microseconds since 1970 in UTC."""
    return (check_aware(moment) - _EPOCH) // _MICROSECOND


def to_moment(number: int) -> datetime:
    """Return the aware UTC moment of `to_number`."""
    return _EPOCH + timedelta(microseconds=number)


def canonical(value: object) -> str:
    """Return JSON in one spelling only: keys sorted, no spaces, ASCII; refuses NaN."""
    return _SPELL(value)


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored as microseconds in UTC: exact, sorted alike on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Refuse a naive moment; store the number."""
        return None if value is None else to_number(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC."""
        return None if value is None else to_moment(value)


class Codes(TypeDecorator[Any]):
    """Codes, numbers and moments as JSON in clear; never a word that a person wrote."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write canonical JSON (ASCII only, so that no database refuses a character)."""
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read it back."""
        return None if value is None else json.loads(value)


class Sealed(TypeDecorator[bytes]):
    """Bytes, sealed under the master key at rest."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Seal."""
        return None if value is None else room_of(dialect).keys.seal(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Open; raises `Unreadable`."""
        return None if value is None else room_of(dialect).keys.open(value)


class SealedText(TypeDecorator[str]):
    """A text that a person wrote, sealed at rest; what is not Unicode becomes `?`."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal."""
        return (
            None if value is None else room_of(dialect).keys.seal(value.encode(errors="replace"))
        )

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Open; raises `Unreadable`."""
        return None if value is None else room_of(dialect).keys.open_often(value)


class SealedJson(TypeDecorator[Any]):
    """JSON with personal words in it, sealed at rest."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Seal the canonical JSON."""
        return None if value is None else room_of(dialect).keys.seal(canonical(value).encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        """Open and read; raises `Unreadable`."""
        if value is None:
            return None
        opened = room_of(dialect).keys.open(value)
        try:
            return json.loads(opened)
        except ValueError:
            raise Unreadable from None

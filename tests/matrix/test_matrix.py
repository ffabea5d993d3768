"""Every way in × every kind of person: only who has business with a case learns of it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Final, get_args

import pytest
import pytest_asyncio

from bot.incoming import Update
from bot.screen import Verb
from storage.database import Database
from storage.keys import Keyring
from tests.matrix.cast import CANARIES, COLLEAGUES, Cast, Kind
from tests.matrix.entrances import ABSENT_REF, FOREIGN, SHAPES, Entrance, entrances, here, nowhere
from tests.matrix.rights import RIGHTS, TEAM
from tests.matrix.trial import Seen, attempt
from tests.world import CHANNEL, KEYS, empty_file, file_url

__all__ = ["empty_file", "file_url"]

_OWN: Final = re.compile(r'"message_id": \d+')
ALL: Final = tuple(entrances())


@pytest_asyncio.fixture
async def cast(file_url: str) -> AsyncIterator[Cast]:
    """The team with its two cases, and the neighbouring team."""
    database = await Database.open(file_url, keys=Keyring.load(KEYS))
    yield await Cast.open(database)
    await database.close()


def test_every_way_in_has_a_row() -> None:
    """P8: a new command, button, dialogue or update kind is in the matrix, or this fails."""
    assert {each.key for each in ALL} == RIGHTS.keys()
    assert SHAPES.keys() == set(Verb)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", list(Kind))
async def test_who_has_no_business_with_it_cannot_tell_that_it_is_there(
    cast: Cast, kind: Kind
) -> None:
    """P8, S3, S21: words, changes and cost are the same for this case and for none at all; not
    a name, number or street of it is shown."""
    wrong = []
    for entrance in ALL:
        if kind not in entrance.kinds:
            continue
        real, absent = await both(cast, entrance, kind)
        wrong += [f"{entrance}: {each}" for each in leaks(cast, kind, entrance, real, absent)]
    assert wrong == []


async def both(cast: Cast, entrance: Entrance, kind: Kind) -> tuple[Seen, Seen]:
    """Return what is seen when they try it on the case, and on one that does not exist."""
    handler = cast.neighbours.handler if kind is Kind.OTHER_COORDINATOR else None
    real = await attempt(cast, entrance.update(cast, kind, here(cast)), handler)
    absent = await attempt(cast, entrance.update(cast, kind, nowhere(cast, kind)), handler)
    return real, absent


def leaks(cast: Cast, kind: Kind, entrance: Entrance, real: Seen, absent: Seen) -> list[str]:
    """Return, in words, each thing by which the case can be told from none."""
    found = []
    for chat in (CHANNEL, FOREIGN):
        found += [f"{word} in a group" for word in CANARIES if word in real.to(chat)]
    if kind in RIGHTS[entrance.key]:
        return found
    said = real.to(cast.user_id(kind))
    # a reporter gets their own words back
    forbidden: tuple[str, ...] = () if kind is Kind.REPORTER else CANARIES
    forbidden += () if kind in TEAM else COLLEAGUES
    found += [f"shows {word}" for word in forbidden if word in said]
    if _masked(cast, real) != _masked(cast, absent):
        found.append(f"says {_masked(cast, real)} and of none {_masked(cast, absent)}")
    if real.changed != absent.changed:
        found.append(f"changes {set(real.changed)} and of none {set(absent.changed)}")
    if real.refused != absent.refused:
        found.append(f"ends as {real.refused} and of none as {absent.refused}")
    if entrance.guess and real.statements != absent.statements:
        found.append(f"costs {real.statements} and of none {absent.statements} statements")
    return found


def _masked(cast: Cast, seen: Seen) -> list[tuple[int, str, str]]:
    """Return what was shown, but for what says which of the two was tried: its own words back."""
    return [
        (chat, method, _OWN.sub("", words.replace(cast.ref, "REF").replace(ABSENT_REF, "REF")))
        for chat, method, words in seen.shown
    ]


async def test_the_matrix_meets_every_kind_of_update(cast: Cast) -> None:
    """Its ways in are read as every kind of update that the bot tells apart."""
    met = set()
    for entrance in ALL:
        kind = next(iter(sorted(entrance.kinds)))
        seen = await attempt(cast, entrance.update(cast, kind, here(cast)))
        met.add(type(seen.update))
    assert met == set(get_args(Update))


@pytest.mark.timeout(300)
async def test_a_right_in_the_table_is_one(cast: Cast) -> None:
    """The matrix is not blind: by each way in that has a row of people, one of them is shown or
    changes what is not so when the case is not there, or what a stranger does not get."""
    telling = set()
    for entrance in ALL:
        for kind in sorted(RIGHTS[entrance.key] & entrance.kinds):
            if entrance.key in telling:
                break
            real, absent = await both(cast, entrance, kind)
            if told(cast, kind, real) != told(cast, kind, absent):
                telling.add(entrance.key)
                continue
            stranger = await attempt(cast, entrance.update(cast, Kind.UNKNOWN, here(cast)))
            if told(cast, kind, real) != told(cast, Kind.UNKNOWN, stranger):
                telling.add(entrance.key)
    blind = sorted({key for key, kinds in RIGHTS.items() if kinds} - telling)
    assert not blind, ", ".join(blind)


def told(cast: Cast, kind: Kind, seen: Seen) -> tuple[list[str], frozenset[str]]:
    """Return what they themselves were shown, and what it changed."""
    chat = cast.user_id(kind)
    return [words for to, _, words in _masked(cast, seen) if to == chat], seen.changed

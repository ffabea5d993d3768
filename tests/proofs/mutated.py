"""Updates as nobody should send them: recorded ones, changed with a seed and with their structure.

A part is replaced by another of its kind or of none, left out, doubled, taken from another update,
made long or deep; numbers, names, commands, references and marks that have hurt programs before
stand where they may hurt. The same seed gives the same updates.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

Json = dict[str, Any]

NASTY: Final = (
    *("", " ", "\n", "\u200d\u200e", "\u202egnp.exe", "Z̸͖̀ä́l̷go", "💶" * 40, "a" * 4097),
    *("\0", "\ud800", "/start", "/start x y", "/START@KierTestBot", "/status", "/status K7QM-4T"),
    *("/case ", "/team", "/export", "/invite", "/leave", "/away", "/figures 2027-Q3", "/", "/@"),
    *("/report", "/cancel", "<b>", "</a><a href='tg://user?id=1'>", "&lt;", "*_[](`"),
    *("=HYPERLINK(1)", "'; DROP TABLE", "BE68 5390 0754 7034", "85.07.30-033.28"),
    *("0470 12 34 56", "+32 (0)470 11", "1.234,56 euro", "31-02", "morgen 14u", "∞", "ja", "nee"),
    *("28-03-2027 02:30", "9999-99-99", "stop", "x@y", "uithuiszetting donderdag", "null"),
    "Huurachterstal Jan Maes, Kerkstraat 3, 2300 Turnhout, 3 maanden",
    *("٠١٢٣٤", "１２３", "Ⅷ", "ﬃ", "İ", "ß", "K7QM4T", "KOQM-IT", "%s%n", "../../etc/passwd"),
)
NUMBERS: Final = (
    *(0, -1, 1, 64, 2**31, 2**32, 2**52, 2**63 - 1, 2**63, -(2**63) - 1, 10**18, 10**30),
)
OTHERS: Final[tuple[Any, ...]] = (None, True, False, [], {}, 1.5, [[]], [None], {"id": None})
KEYS: Final = (
    *("text", "caption", "photo", "document", "voice", "contact", "location", "forward_origin"),
    *("via_bot", "sender_chat", "reply_to_message", "media_group_id", "entities", "message"),
    *("edited_message", "callback_query", "my_chat_member", "chat_member", "channel_post", "poll"),
    *("from", "chat", "data", "date", "message_thread_id", "is_topic_message", "sticker", "dice"),
)
DEEP: Final = 300
CHANGES: Final = (0, 1, 1, 1, 2, 2, 4)
"""How many changes an update has: few, so that most are read and only then go wrong."""


class Mutator:
    """Gives changed copies of recorded updates."""

    def __init__(self, corpus: Sequence[Json], seed: int) -> None:
        """Change updates of `corpus`; `seed` decides everything."""
        self._corpus = corpus
        self._random = random.Random(seed)
        self._parts = [part for each in corpus for part in _values(each)]
        self._id = 1_000_000

    def updates(self, count: int) -> Iterator[Json]:
        """Yield so many, each with a number of its own unless that was what was changed."""
        for _ in range(count):
            yield self.update()

    def update(self) -> Json:
        """Return one; some in a hundred are as they were recorded."""
        update = copy.deepcopy(self._random.choice(self._corpus))
        self._id += 1
        update["update_id"] = self._id
        for _ in range(self._random.choice(CHANGES)):
            self._change(update)
        return update

    def raw(self, update: Json) -> bytes:
        """Return its bytes; some are cut, or hold a byte that is none of theirs."""
        body = json.dumps(update, ensure_ascii=self._random.random() < 0.5)
        found = body.encode(errors="surrogatepass")
        if self._random.random() < 0.02 and found:
            at = self._random.randrange(len(found))
            found = self._random.choice((found[:at], found[:at] + b"\xff" + found[at + 1 :]))
        return found

    def _change(self, update: Json) -> None:
        places = list(_places(update))
        if not places:
            return  # everything was left out before
        holder, key = self._random.choice(places)
        value = holder[key]
        change: Callable[[Any, Any, Any], None] = self._random.choice(
            (
                self._replace,
                self._replace,
                self._kind,
                self._swap,
                self._drop,
                self._add,
                self._grow,
            )
        )
        change(holder, key, value)

    def _replace(self, holder: Any, key: Any, value: Any) -> None:
        """Another value of the same kind."""
        if isinstance(value, str):
            holder[key] = self._random.choice(NASTY)
        elif isinstance(value, int) and not isinstance(value, bool):
            holder[key] = self._random.choice((*NUMBERS, value + 1, -value))
        else:
            holder[key] = copy.deepcopy(self._random.choice(self._parts))

    def _kind(self, holder: Any, key: Any, value: Any) -> None:
        """A value of another kind."""
        holder[key] = copy.deepcopy(self._random.choice((*OTHERS, *NUMBERS[:4], *NASTY[:4])))

    def _swap(self, holder: Any, key: Any, value: Any) -> None:
        """A part of another update."""
        holder[key] = copy.deepcopy(self._random.choice(self._parts))

    def _drop(self, holder: Any, key: Any, value: Any) -> None:
        del holder[key]

    def _add(self, holder: Any, key: Any, value: Any) -> None:
        """A field that other updates have."""
        if isinstance(value, dict):
            part = copy.deepcopy(self._random.choice(self._parts))
            value[self._random.choice(KEYS)] = part

    def _grow(self, holder: Any, key: Any, value: Any) -> None:
        """Longer, or deeper, than anything that the messenger sends."""
        if isinstance(value, str) and value:
            holder[key] = (value * 5000)[: self._random.choice((64, 4096, 4097, 20_000))]
        elif isinstance(value, list) and value:
            holder[key] = value * 50
        elif self._random.random() < 0.1:
            deep: Any = value
            for _ in range(DEEP):
                deep = [deep]
            holder[key] = deep


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield (holder, key) of every part."""
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value[:20])
    for key, part in items:
        yield value, key
        yield from _places(part)


def _values(value: Any) -> Iterator[Any]:
    for holder, key in _places(value):
        yield holder[key]

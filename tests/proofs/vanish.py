"""A thousand messages of personal details under crashes and faults: none is left after its term.

Workers ask for who a case is about, all day, while the process is killed, stopped and cut off from
Telegram. Whatever chat is looked into after the term (ten minutes, and as long as nobody could
delete) must hold no client's name (P17, S23). Virtual time.
"""

from __future__ import annotations

import multiprocessing
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from bot.handle.posting import Post
from bot.sandbox.state import Message
from storage.outbox import Claimed
from tests.bench.ground import client_name
from tests.proofs.figures import Figures, Tell
from tests.simulation.crowd import EVENING, Crowd
from tests.simulation.ground import template
from tests.simulation.mutants import Mutant
from tests.simulation.oracles import judge
from tests.simulation.plan import DAY_S, POINTS, Fault, Plan

NAME: Final = "Personal details vanish from chats"
PROMISES: Final = ("P17",)
MESSAGES: Final = 1_000
WORKERS: Final = 5
CASES: Final = 20
"""Of one story: each worker asks for each of their cases, some twice."""
EACH: Final = 40
"""Looks of one story."""
DAY: Final = 6 * 3600.0
_JUDGED: Final = ("messages left after the term", "other promises broken", "told", "untold")
KINDS: Final = ("crash", "stop", "unreachable", "timeout-delivered", "timeout-lost", "5xx", "429")
FAULTS: Final = 12
LONG_S: Final = 50 * 3600.0
"""An absence after which the messenger deletes nothing any more: a coordinator must hear of it."""


class InMemory(Mutant):
    """Deletes by a timer of the process, as bots do that keep it in memory."""

    def lives(self, stack: ExitStack) -> None:
        """Queue no deletion that would outlive the process."""
        stack.enter_context(patch.object(Post, "forget_later", _forgotten))


def _forgotten(self: Post, row: Claimed, message_id: int, seconds: int) -> None:
    """Leave it to a timer that is gone with the process."""


def prove(scale: float, tell: Tell) -> Figures:
    """Let details be looked at a thousand times (1.0), and once before a long absence."""
    began = time.monotonic()
    stories = max(round(MESSAGES * scale / EACH), 1)
    runs = [
        *(partial(played, seed, None) for seed in range(stories)),
        partial(played, 0, InMemory),
        partial(absent),
    ]
    counts: Counter[str] = Counter()
    bad: Counter[str] = Counter({"messages left after the term": 0, "other promises broken": 0})
    control = 0
    for number, seen in enumerate(_in_workers(runs)):
        if number == stories:
            control = seen["messages left after the term"]
        elif number > stories:
            counts["messages beyond 48 hours, told to a coordinator"] = seen["told"]
            bad["times that nobody was told of such"] = seen["untold"]
        else:
            bad["messages left after the term"] += seen["messages left after the term"]
            bad["other promises broken"] += seen["other promises broken"]
            counts.update({name: seen[name] for name in seen if name not in _JUDGED})
        tell(number + 1, len(runs))
    return Figures(
        counts=dict(counts),
        bad=dict(bad),
        control={"messages left by a timer in memory": control},
        seconds=time.monotonic() - began,
    )


def played(seed: int, mutant: type[Mutant] | None) -> Counter[str]:
    """Play a day; return what was shown, what struck, and what is left at its end."""
    dice = random.Random(f"vanish {seed}")
    faults = tuple(_fault(number, dice) for number in range(FAULTS))
    return _run(Plan(seed=seed, start=_morning(), acts=(), faults=faults, tail_s=DAY_S), mutant)


def absent() -> Counter[str]:
    """Let the process be away for longer than the messenger deletes; return what was told."""
    stop = Fault(number=0, kind="stop", at=DAY + 60.0, until=DAY + 61.0, args={"down_s": LONG_S})
    plan = Plan(seed=0, start=_morning(), acts=(), faults=(stop,), tail_s=DAY_S)
    return _run(plan, None, looks_until=DAY + 30.0, looks_from=DAY)


def _morning() -> Any:
    return EVENING + timedelta(hours=14, minutes=30)


def _fault(number: int, dice: random.Random) -> Fault:
    kind = dice.choice(KINDS)
    at = dice.uniform(60.0, DAY)
    length = dice.choice((5.0, 60.0, 600.0, 1800.0))
    args: dict[str, dict[str, Any]] = {
        "stop": {"down_s": length},
        "crash": {
            "point": dice.choice(POINTS),
            "skip": dice.randrange(6),
            "down_s": length,
            "redeliver": 0,
        },
        "429": {"rate": 0.4, "retry_after": 20},
    }
    until = at + (1.0 if kind == "stop" else max(length, 600.0))
    found = args.get(kind, {"rate": 0.4})
    return Fault(number=number, kind=kind, at=at, until=until, args=found)


def _run(
    plan: Plan, mutant: type[Mutant] | None, *, looks_from: float = 60.0, looks_until: float = DAY
) -> Counter[str]:
    with tempfile.TemporaryDirectory(dir=template().parent) as folder:
        sim = Crowd(plan, Path(folder), WORKERS, CASES, mutant() if mutant else None)
        dice = random.Random(f"looks {plan.seed}")
        for number in range(EACH):
            worker = f"worker {number % WORKERS:03}"
            sim.at(dice.uniform(looks_from, looks_until), partial(_looks, sim, worker, dice))
        sim.play()
        shown = [
            noted for noted in sim.facts.calls
            if noted.call.delivered and _is_personal(str(noted.call.payload.get("text", "")))
        ]  # fmt: skip
        left = [message for message in _messages(sim) if _is_personal(_text(message))]
        told = sum("48 uur" in _text(message) for message in _messages(sim))
        return Counter(
            {
                "messages with details shown": len(shown),
                "crashes": sim.run.crashes,
                **{f"of these {kind}": count for kind, count in sim.world.struck.items()},
                "messages left after the term": len(left),
                "other promises broken": len(judge(sim)),
                "told": told,
                "untold": int(bool(left) and not told),
            }
        )


def _looks(sim: Crowd, worker: str, dice: random.Random) -> None:
    """Press *Details* of one of the cases that stand in the worker's chat."""
    user = sim.users[worker]
    keys = [key for key in sim.people.keys(user, newest=60) if key[2].get("verb") == "details"]
    if keys:
        sim.people.press(user, dice.choice(keys))


def _messages(sim: Crowd) -> Iterator[Message]:
    for user in sim.users.values():
        for message in sim.sandbox.chats[user].messages.values():
            if not message.deleted and message.by == sim.sandbox.me.user_id:
                yield message


def _text(message: Message) -> str:
    return str(message.api.get("text", ""))


def _is_personal(text: str) -> bool:
    return any(client_name(number) in text for number in range(CASES))


def _in_workers(runs: list[Any]) -> Iterator[Counter[str]]:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=spawn) as pool:
        yield from (future.result() for future in [pool.submit(run) for run in runs])

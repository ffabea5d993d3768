"""The process that serves is frozen under load, another takes over, and the first is woken."""

from __future__ import annotations

import asyncio
import random
import re
import signal
import time
from collections import Counter
from contextlib import ExitStack, suppress
from typing import Final
from urllib.parse import urlsplit

from bot.assemble import EXIT_WRONG
from tests.kill.yard import Yard, end, yard_at
from tests.proofs.figures import Figures, Tell
from tests.proofs.load import BROKEN, Crowd, a_place, judged, kept
from tests.proofs.postgresql import server

NAME = "A frozen leader woken after another took over"
PROMISES = ("P15", "P5")

ROUNDS: Final = 20
AT_ONCE: Final = 6
# as `kier run`, with a lease of six seconds in place of thirty; with three a machine that has much
# else to do may lose it again before it has begun to serve
_HURRY: Final = (
    "from datetime import timedelta; import bot.leader as leader; "
    "leader.LEASE = timedelta(seconds=6); leader.SURE_S = 5.0; leader.RENEW_S = 1.0; "
)
_FORGET: Final = (
    "leader.Leader.leads = lambda self: True; leader.Leader._still = lambda self, c: None; "
    "leader.leases.renew = lambda c, **_: True; "
)
_MAIN: Final = "from bot.cli import main; main()"
HURRIED: Final = ("-c", _HURRY + _MAIN, "run")
CARELESS: Final = ("-c", _HURRY + _FORGET + _MAIN, "run")
"""One that holds a lease and never looks at it again."""
CONTROLS: Final = 3
CONTROL: Final = "calls begun under an old epoch by one that does not look at it"
UNDER_WAY_S: Final = 0.25
"""A call that had begun when the process was frozen goes on when it is woken: nobody can stop it.
What begins later than this began under an old epoch."""
EXCLUDED: Final = (
    "calls begun under an old epoch",
    "woken ones that did not end with status 2",
    *BROKEN,
)
_CALL: Final = re.compile(
    rb"POST /bot[^ ]*/(?!getUpdates|getMe|getWebhookInfo|setMyCommands)(\w+)"
)


class Relay:
    """A process's own way to Telegram, which notes when it began a call."""

    def __init__(self, origin: str) -> None:
        self._there = urlsplit(origin)
        self.calls: list[float] = []
        self._server: asyncio.Server | None = None
        self._carried: set[asyncio.Task[None]] = set()

    async def open(self) -> str:
        """Return the origin to give to the process."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        """End the connections that there are, and take no more."""
        if self._server is not None:
            self._server.close()
        for task in self._carried:
            task.cancel()
        await asyncio.gather(*self._carried, return_exceptions=True)
        await asyncio.sleep(0)  # the loop closes a socket one turn after its transport

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._carried.add(task)
        try:
            with suppress(asyncio.CancelledError):  # `close`
                await self._carry(reader, writer)
        finally:
            self._carried.discard(task)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = self._there.hostname, self._there.port
        with suppress(OSError):
            back, forth = await asyncio.open_connection(host, port)
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(_pass(back, writer))
                    while piece := await reader.read(65_536):
                        self.calls += [time.monotonic()] * len(_CALL.findall(piece))
                        forth.write(piece)
                        await forth.drain()
                    forth.close()
            except* OSError:
                pass
            finally:
                forth.close()
                writer.close()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(65_536):
        writer.write(piece)
        await writer.drain()
    writer.close()


class _Process:
    """A running bot and its relay."""

    def __init__(self, yard: Yard, words: tuple[str, ...] = HURRIED) -> None:
        self._yard, self._words, self.relay = yard, words, Relay(yard.origin)

    async def serve(self) -> int:
        """Start, again and again as a supervisor would, until it serves; return how often."""
        self._yard.settings["KIER_API_URL"] = await self.relay.open()
        for tries in range(1, 60):
            before = len(self.relay.calls)
            self.process = await self._yard.start(*self._words)
            waiting = asyncio.ensure_future(self.process.wait())
            while not waiting.done() and len(self.relay.calls) == before:
                await asyncio.wait([waiting], timeout=0.05)
            if not waiting.done():
                return tries
        raise TimeoutError("nobody took over")


async def _all(scale: float, tell: Tell) -> tuple[Counter[str], Counter[str]]:
    rounds = max(round(ROUNDS * scale), 1)
    dice = random.Random(15)
    counts: Counter[str] = Counter()
    bad: Counter[str] = Counter(dict.fromkeys(EXCLUDED, 0))
    with server() as at, ExitStack() as until:
        place, (_, url) = a_place(until), at.fresh()
        async with yard_at(place, people=0) as yard:
            yard.settings["KIER_DATABASE_URL"] = url
            async with Crowd(yard, AT_ONCE) as crowd:
                leader = _Process(yard)
                await leader.serve()
                for number in range(rounds):
                    leader = await _round(yard, leader, dice, counts, bad)
                    tell(number + 1, rounds)
                await crowd.drained(120)
                await end(leader.process, signal.SIGTERM)
                await leader.relay.close()
                bad += judged(crowd, await kept(place / "data", url))
                counts["reports acknowledged"] = crowd.acknowledged
    return counts, Counter({name: bad[name] for name in EXCLUDED})


async def _round(
    yard: Yard, first: _Process, dice: random.Random, counts: Counter[str], bad: Counter[str]
) -> _Process:
    """Freeze the one that serves, let another take over, wake the first; return the other."""
    await asyncio.sleep(dice.uniform(0.5, 2.5))
    first.process.send_signal(signal.SIGSTOP)
    second = _Process(yard)
    counts["starts until the other served"] += await second.serve()
    await asyncio.sleep(dice.uniform(0.0, 1.0))
    woken = time.monotonic()
    first.process.send_signal(signal.SIGCONT)
    async with asyncio.timeout(60):
        status = await first.process.wait()
    after = [at - woken for at in first.relay.calls if at > woken]
    counts["leaders frozen and woken"] += 1
    counts["calls under way when frozen, ended when woken"] += sum(
        at < UNDER_WAY_S for at in after
    )
    bad[EXCLUDED[0]] += sum(at >= UNDER_WAY_S for at in after)
    bad[EXCLUDED[1]] += status != EXIT_WRONG
    await first.relay.close()
    return second


async def _control(scale: float) -> int:
    """Return how many calls a careless leader begins after another has taken over."""
    begun = 0
    with server() as at, ExitStack() as until:
        for number in range(max(round(CONTROLS * scale), 1)):
            async with yard_at(a_place(until), people=0) as yard:
                yard.settings["KIER_DATABASE_URL"] = at.fresh()[1]
                async with Crowd(yard, AT_ONCE):
                    first, second = _Process(yard, CARELESS), _Process(yard)
                    await first.serve()
                    await asyncio.sleep(1.0 + number / 4)
                    first.process.send_signal(signal.SIGSTOP)
                    await second.serve()
                    woken = time.monotonic()
                    first.process.send_signal(signal.SIGCONT)
                    begun += await _begun_after(first.relay, woken + UNDER_WAY_S)
                    for one in (first, second):
                        with suppress(ProcessLookupError):
                            await end(one.process, signal.SIGKILL)
                        await one.relay.close()
    return begun


async def _begun_after(relay: Relay, moment: float) -> int:
    """Return how many calls were begun by the time that there is one, or after half a minute."""
    for _ in range(300):
        if relay.calls and relay.calls[-1] > moment:
            break
        await asyncio.sleep(0.1)
    return sum(at > moment for at in relay.calls)


def prove(scale: float, tell: Tell) -> Figures:
    """Freeze twenty leaders (1.0)."""
    began = time.monotonic()
    counts, bad = asyncio.run(_all(scale, tell))
    control = {CONTROL: asyncio.run(_control(scale))}
    return Figures(
        counts=dict(counts), bad=dict(bad), control=control, seconds=time.monotonic() - began
    )

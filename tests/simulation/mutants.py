"""Ways in which bots of this kind are usually built. Each loses or doubles something, and the
oracles must say so: an oracle that lets a mutant pass proves nothing of the bot.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from bot.assemble import Parts, _Due
from bot.gateway import Gateway
from bot.handle.posting import Post
from bot.loops import Ran
from bot.outcomes import (
    Fetched,
    ParseRejected,
    Rejected,
    SendOutcome,
    Tangled,
    Unreachable,
    Unsure,
)
from bot.poller import Poller
from bot.worker import Worker
from scheduler.wake import Wake
from storage import outbox
from tests.simulation.plan import POINTS

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation


class Mutant:
    """A bot built in another way. `parts` replaces classes of the composition root."""

    parts: Mapping[str, Any] = MappingProxyType({})
    caught_by: str = ""
    """The promise whose oracle must fail."""
    faults: tuple[str, ...] = ()
    """Under which faults."""
    first_seed = 0
    """From which seed on to look for a story that shows it: the first that is known to."""
    points: tuple[str, ...] = POINTS
    """Where its crashes come."""

    def lives(self, stack: ExitStack) -> None:
        """Change what is no class of the composition root, for one life."""

    def parts_of(self, sim: Simulation, parts: Parts) -> Parts:
        """Change the main path."""
        return parts


# --- stock polling -------------------------------------------------------------------------------


class _StockPoller(Poller):
    """Puts what came into a queue in memory; its next poll acknowledges it (PTB's updater)."""

    async def run_once(self) -> Ran:
        outcome = await self._stop.unless(
            self._gateway.fetch_updates(
                offset=self._offset, timeout_s=self._poll_s, allowed=self._allowed
            )
        )
        if outcome is None or isinstance(outcome, Tangled):
            return Ran(wait_s=None)
        if not isinstance(outcome, Fetched):
            return self._trouble(outcome)
        if outcome.updates:
            self._offset = _last_id(outcome) + 1
            loop = asyncio.get_running_loop()
            self.task = loop.create_task(self._consume(outcome), name="consumer")
        return Ran(count=len(outcome.updates))

    async def _consume(self, fetched: Fetched) -> None:
        await asyncio.sleep(3.0)  # another update is being handled
        try:
            await self._database.write(partial(self._unit, fetched))
        except Exception:  # noqa: BLE001  an error handler logs it
            return
        self._stored()


class StockPolling(Mutant):
    """python-telegram-bot's own polling loop."""

    parts = MappingProxyType({"Poller": _StockPoller})
    caught_by = "P2"
    faults = ("crash",) * 8
    points = ("http-before", "http-after", "statement")


# --- acknowledged before the commit --------------------------------------------------------------


class HastyPoller(Poller):
    """Moves its offset first and stores after that."""

    async def _store(self, fetched: Fetched) -> Ran:
        if fetched.updates:
            self._offset = _last_id(fetched) + 1
        return await super()._store(fetched)


class AcknowledgedFirst(Mutant):
    """The next offset does not wait for the commit."""

    parts = MappingProxyType({"Poller": HastyPoller})
    caught_by = "P2"
    faults = ("db-full", "db-locked", "db-io", "db-readonly") * 2


# --- effect and outbox in two transactions -------------------------------------------------------


class _TwiceWorker(Worker):
    """Writes the messages of an update in a transaction of their own, after the effect's."""

    mutant: TwoTransactions

    async def _one(self, row: Any) -> Any:
        outcome = await super()._one(row)
        await self._database.write(partial(self.mutant.flush, row.id))
        return outcome


class _TwiceDue(_Due):
    mutant: TwoTransactions

    async def fire(self) -> Any:
        upcoming = await super().fire()
        await self.database.write(partial(self.mutant.flush, 0))
        return upcoming


class TwoTransactions(Mutant):
    """History and state first, what is to be sent in a second transaction."""

    caught_by = "P4"
    faults = ("crash",) * 8
    points = ("commit-after", "unit-after")
    first_seed = 9

    def __init__(self) -> None:
        self.pending: dict[int, list[Any]] = {}
        self.current: int | None = None
        self.parts = {
            "Worker": type("Worker", (_TwiceWorker,), {"mutant": self}),
            "_Due": type("_Due", (_TwiceDue,), {"mutant": self}),
        }

    def lives(self, stack: ExitStack) -> None:
        self.pending.clear()
        original = Post._put

        def put(post: Post, **values: Any) -> int:
            if self.current is None:
                return original(post, **values)
            row = outbox.OutgoingRow(team_id=post._desk.team_id, **values)
            self.pending[self.current].append((row, post._desk.now))
            return 0

        stack.enter_context(patch.object(Post, "_put", put))

    def flush(self, number: int, c: Any) -> None:
        for row, now in self.pending.pop(number, ()):
            outbox.put(c, row, now)

    def _within(self, number: int, call: Any, *args: Any) -> Any:
        self.current = number
        self.pending[number] = []
        try:
            return call(*args)
        finally:
            self.current = None

    def parts_of(self, sim: Simulation, parts: Parts) -> Parts:
        return replace(
            parts,
            handle=lambda c, row, now: self._within(row.id, parts.handle, c, row, now),
            fire=lambda c, now: self._within(0, parts.fire, c, now),
        )


# --- the scheduler keeps the moments -------------------------------------------------------------


class _KeepingWake(Wake):
    """Knows only the moments that it was told of since the process began."""

    def start(self) -> None:
        self._scheduler.start()
        self._stopped = False


class SchedulerKeeps(Mutant):
    """APScheduler's store in memory is where the due moments are."""

    parts = MappingProxyType({"Wake": _KeepingWake})
    caught_by = "P4"
    faults = ("crash", "stop") * 3
    first_seed = 3


# --- retry on every NetworkError -----------------------------------------------------------------


ENOUGH: Final = 40
"""So many show it; without an end the story would be nothing else."""


class _RetryingGateway(Gateway):
    """Tries again whatever PTB calls a NetworkError: BadRequest and time-outs are among them."""

    tried = 0

    async def send(self, method: str, payload: Any, files: Any = None) -> SendOutcome:
        outcome = await super().send(method, payload, files)
        if isinstance(outcome, Unsure | Rejected | ParseRejected) and self.tried < ENOUGH:
            self.tried += 1
            return Unreachable(code="network")
        return outcome


class RetriesAll(Mutant):
    """`except NetworkError: try again`."""

    parts = MappingProxyType({"Gateway": _RetryingGateway})
    caught_by = "P5"
    faults = ("timeout-delivered",) * 8
    first_seed = 3


MUTANTS: Final[tuple[type[Mutant], ...]] = (
    StockPolling, AcknowledgedFirst, TwoTransactions, SchedulerKeeps, RetriesAll,
)  # fmt: skip


def _last_id(fetched: Fetched) -> int:
    numbers = [json.loads(body).get("update_id", 0) for body in fetched.updates]
    return max(number for number in numbers if isinstance(number, int))

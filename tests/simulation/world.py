"""What goes wrong while a story is played: faults begin and end, and strike at the seams."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import httpx

from bot.assemble import serving
from bot.loops import Stop
from bot.sandbox import faults as api
from storage.errors import DatabaseRefused
from tests.simulation.plan import Fault
from tests.simulation.seams import REAL, Crash, sql_error

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

SQL: Final = {
    "db-locked": ("SQLITE_BUSY", ("BEGIN IMMEDIATE", "PRAGMA")),
    "db-full": ("SQLITE_FULL", ("INSERT", "UPDATE", "DELETE", "COMMIT")),
    "db-readonly": ("SQLITE_READONLY", ("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE")),
    "db-io": ("SQLITE_IOERR_WRITE", ("INSERT", "UPDATE", "DELETE", "COMMIT", "SELECT", "BEGIN")),
    "db-corrupt": ("SQLITE_CORRUPT", ("SELECT",)),
}
"""Kind of fault → SQLite's name of it, and at which statements it comes."""
LOST: Final[tuple[api.FaultKind, ...]] = ("timeout", "drop")
HALF: Final[tuple[api.FaultKind, ...]] = ("truncated", "html", "empty", "not_ok")
COUNTED: Final = frozenset(
    {"unit-before", "unit-after", "commit-before", "commit-after", "http-before", "http-after"}
)
"""The points of an exhaustive run: before and after each unit, commit and HTTP call."""


class World:
    """The faults of one story."""

    def __init__(self, sim: Simulation) -> None:
        self.sim = sim
        self.active: dict[int, Fault] = {}
        self.armed: dict[int, int] = {}
        self.points = 0
        self.struck: Counter[str] = Counter()

    # --- begin and end ---------------------------------------------------------------------------

    def begin(self, fault: Fault) -> None:
        """Something begins to go wrong."""
        self.sim.tell(f"fault begins: {fault.kind} {dict(fault.args)}")
        self.active[fault.number] = fault
        begins = getattr(self, "_begin_" + fault.kind.replace("-", "_"), None)
        if begins is not None:
            self.hit(fault.kind)
            begins(fault)

    def end(self, fault: Fault) -> None:
        """It is over."""
        if self.active.pop(fault.number, None) is None:
            return
        self.armed.pop(fault.number, None)
        ends = getattr(self, "_end_" + fault.kind.replace("-", "_"), None)
        if ends is not None:
            ends(fault)
        self.sim.tell(f"fault ends: {fault.kind}")

    def hit(self, kind: str) -> None:
        """Count a strike."""
        self.struck[kind] += 1

    def _begin_crash(self, fault: Fault) -> None:
        self.armed[fault.number] = fault.args["skip"]

    def _begin_stop(self, fault: Fault) -> None:
        if self.sim.stop is not None:
            self.sim.down_s = fault.args["down_s"]
            self.sim.stop.ask("SIGTERM")

    def _begin_clock_jump(self, fault: Fault) -> None:
        self.sim.clock.off += fault.args["by"]

    def _end_clock_jump(self, fault: Fault) -> None:
        if not fault.args["stays"]:
            self.sim.clock.off -= fault.args["by"]

    def _begin_asleep(self, fault: Fault) -> None:
        if self.sim.loop is not None:
            self.sim.loop.seconds += fault.args["for_s"]

    def _begin_blocked(self, fault: Fault) -> None:
        self.sim.sandbox.block(self.sim.users[fault.args["who"]])

    def _end_blocked(self, fault: Fault) -> None:
        self.sim.sandbox.unblock(self.sim.users[fault.args["who"]])

    def _begin_removed(self, fault: Fault) -> None:
        self.sim.people.remove(fault.args["who"])

    def _begin_moved(self, fault: Fault) -> None:
        self.sim.people.hand_over(fault.args["then"])

    def _begin_migration(self, fault: Fault) -> None:
        sandbox, channel = self.sim.sandbox, self.sim.channel
        if sandbox.chats[channel].kind == "group":
            sandbox.migrate(channel, self.sim.users["Carla"])

    def _begin_channel_lost(self, fault: Fault) -> None:
        self.sim.sandbox.set_bot(self.sim.channel, self.sim.users["Carla"], "kicked")

    def _end_channel_lost(self, fault: Fault) -> None:
        self.sim.sandbox.set_bot(self.sim.channel, self.sim.users["Carla"], "administrator")

    def _begin_id_reset(self, fault: Fault) -> None:
        updates = self.sim.sandbox.updates
        last = max((each.at for each in updates.history), default=0.0)
        if self.sim.clock.monotonic() - last > 7 * 86_400.0:
            dice = random.Random(f"{self.sim.plan.seed} reset")
            self.sim.sandbox.reset_update_ids(dice.randrange(1, 10**9))

    def _begin_second_instance(self, fault: Fault) -> None:
        if self.sim.loop is not None and self.sim.database is not None:
            self.second = self.sim.loop.create_task(self._second(), name="second")

    async def _second(self) -> None:
        try:
            async with serving(self.sim.settings(), stop=Stop(), clock=self.sim.clock):
                self.sim.run.wrong.append("P15: a second process began to serve")
        except DatabaseRefused as refused:
            if refused.reason != "running":
                self.sim.run.wrong.append(f"P15: a second process was refused: {refused.reason}")

    def _begin_backup(self, fault: Fault) -> None:
        sim = self.sim
        if sim.loop is not None and sim.database is not None:
            self.saving = sim.loop.create_task(sim.restorer.back_up(sim.database), name="backup")

    _begin_restore = _begin_backup

    def _end_restore(self, fault: Fault) -> None:
        self.sim.restorer.order(damaged=fault.args["damaged"])

    # --- at the seams ----------------------------------------------------------------------------

    def point(self, kind: str, detail: str) -> None:
        """Pass a point of the process, or crash there."""
        sim = self.sim
        if sim.dead:
            raise Crash("dead")
        if kind == "ask":
            return
        sim.trace.add(f"{sim.clock.monotonic():.6f} {kind} {detail}")
        if kind in COUNTED:
            self.points += 1
            if self.points == sim.plan.crash_at:
                sim.down_s = sim.plan.down_s
                sim.crash(f"at point {self.points}, {kind} {detail}")
        for number, skip in self.armed.items():
            fault = self.active[number]
            if fault.args["point"] != kind:
                continue
            if skip > 0:
                self.armed[number] = skip - 1
                continue
            del self.armed[number]
            sim.down_s = fault.args["down_s"]
            self._redeliver(fault.args["redeliver"])
            sim.crash(f"at {kind} {detail}")

    def _redeliver(self, count: int) -> None:
        """The messenger gives again what was acknowledged, as it does after its own restarts."""
        for queued in self.sim.queue.confirmed[len(self.sim.queue.confirmed) - count :]:
            self.sim.sandbox.updates.again.append(queued)

    def statement(self, connection: Any, sql: str) -> None:
        """Let a statement through, or raise what SQLite would."""
        sim = self.sim
        if sim.dead:
            raise Crash("dead")
        sim.trace.add(sql)
        sim.facts.said(sql)
        self.point("statement", "")
        for fault in self.active.values():
            name, at = SQL.get(fault.kind, ("", ()))
            if at and sql.startswith(at) and sim.dice.random() < fault.args["rate"]:
                self.hit(fault.kind)
                if sql == "COMMIT" and sim.dice.random() < 0.5:
                    REAL.Connection.rollback(connection)  # SQLite may do that by itself
                raise sql_error(name)

    def committed(self, connection: Any) -> None:
        """A write is on the disk."""
        self.sim.facts.committed(connection)

    async def network(self, method: str, fields: bytes) -> None:
        """Let a request through after a while, or arm what will become of it."""
        sim, dice = self.sim, self.sim.dice
        sim.trace.add(f"{method} {fields!r}")
        await asyncio.sleep(dice.choice((0.004, 0.03, 0.08, 0.4)))
        sim.sandbox.faults.clear()
        for fault in self.active.values():
            if fault.kind == "unreachable":
                self.hit(fault.kind)
                raise httpx.ConnectError("down")
            found = self._of_call(fault, method, dice)
            if found is not None:
                self.hit(fault.kind)
                sim.sandbox.faults.add(found, method=method, chat_id=self._chat(fault))
                return
        if method == "getUpdates":
            self._deliver(dice)

    def _chat(self, fault: Fault) -> int | None:
        chat = fault.args.get("chat")
        if chat is None:
            return None
        return self.sim.channel if chat == "channel" else self.sim.users[chat]

    def _of_call(self, fault: Fault, method: str, dice: random.Random) -> api.Fault | None:
        kind, polls = fault.kind, method == "getUpdates"
        if kind not in ("401", "409") and dice.random() >= fault.args.get("rate", 0.0):
            return None
        match kind:
            case "429":
                return api.Fault(kind="retry_after", retry_after=fault.args["retry_after"])
            case "5xx":
                return api.Fault(kind="server_error", status=dice.choice((500, 502, 503)))
            case "timeout-delivered" if not polls:
                return api.Fault(kind=dice.choice(LOST), delivered=True)
            case "timeout-lost":
                return api.Fault(kind=dice.choice(LOST))
            case "half-answer":
                half = dice.choice(HALF)
                return api.Fault(kind=half, delivered=not polls and half != "not_ok")
            case "401":
                return api.Fault(kind="unauthorized")
            case "409" if polls:
                return api.Fault(kind="conflict")
            case "403" if method == "sendMessage":
                return api.Fault(kind="forbidden")
            case "400" if method == "sendMessage":
                said = dice.choice(
                    ("chat not found", "message is too long", "can't parse entities")
                )
                return api.Fault(kind="bad_request", description=said)
        return None

    def _deliver(self, dice: random.Random) -> None:
        """Give updates twice, and in another order, while it is the time for that."""
        updates = self.sim.sandbox.updates
        for fault in self.active.values():
            if fault.kind not in ("duplicates", "reordering"):
                continue
            if dice.random() >= fault.args["rate"] or not updates.history:
                continue
            self.hit(fault.kind)
            if fault.kind == "reordering":
                dice.shuffle(updates.waiting)
                continue
            chosen = dice.choice(updates.history[-8:])
            if chosen not in self.sim.queue.expired:
                updates.again += [chosen] * dice.choice((1, 1, 3))

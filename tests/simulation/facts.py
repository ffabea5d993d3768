"""What was seen of a run from outside: every commit, every call, every button that was shown."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from bot.sandbox.state import Call
from storage.outbox import Claimed

_WRITES: Final = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")
_ROWS: Final = (
    "SELECT id, chat_id, person_id, case_id, prompt_id, kind, method, state, attempts, again, "
    "code, queued_at, not_before, started_at, settled_at, meta FROM outbox "
)
_OF_A_CASE: Final = frozenset({"prompt", "nudge", "alert", "info"})


class Row(NamedTuple):
    """An outbox row as it was last committed. Moments are microseconds since 1970."""

    id: int
    chat_id: int
    person_id: int | None
    case_id: int | None
    prompt_id: int | None
    kind: str
    method: str
    state: str
    attempts: int
    again: int
    code: str | None
    queued_at: int
    not_before: int
    started_at: int | None
    settled_at: int | None
    meta: str

    @property
    def codes(self) -> dict[str, Any]:
        """What may be read of it without keys."""
        found: dict[str, Any] = json.loads(self.meta)
        return found


Key = tuple[int, int]
"""Era (one more with each restored backup) and row number."""


@dataclass(slots=True)
class Noted:
    """One call of the bot: for which row, and as the messenger recorded it."""

    key: Key | None
    claimed: Claimed | None
    call: Call


@dataclass(slots=True)
class Facts:
    """Everything that the oracles judge by."""

    era: int = 0
    buttons: dict[str, dict[str, Any]] = field(default_factory=dict)
    outbox: dict[Key, Row] = field(default_factory=dict)
    inbox: dict[Key, tuple[int | None, str, bytes]] = field(default_factory=dict)
    people: dict[int, tuple[int | None, str, str]] = field(default_factory=dict)
    on_case: frozenset[tuple[int, int]] = frozenset()
    calls: list[Noted] = field(default_factory=list)
    doubts: Counter[Key] = field(default_factory=Counter)
    """Ambiguous outcomes of a row: no clear answer, or a crash while it was `sending`."""
    fired_at: set[int] = field(default_factory=set)
    """The `now` of each firing that was begun, in microseconds."""
    handled_at: set[int] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    """What was wrong at the very moment."""
    touched: set[str] = field(default_factory=set)
    seen_button: int = 0
    seen_outbox: int = 0
    has_stand_ins: bool = False
    left_known: frozenset[int] = frozenset()
    """User ids of those who had left when a backup was put back."""

    def said(self, sql: str) -> None:
        """Remember which tables the open transaction writes to."""
        found = _WRITES.match(sql)
        if found is not None:
            self.touched.add(found[1])

    def committed(self, connection: Any) -> None:
        """Look at what has just been committed."""
        touched, self.touched = self.touched, set()
        if "button" in touched:
            rows = connection.execute(
                "SELECT rowid, id, intent FROM button WHERE rowid > ?", (self.seen_button,)
            )
            for number, id_, intent in rows.fetchall():
                self.seen_button = max(self.seen_button, number)
                self.buttons[id_] = json.loads(intent)
        if "person" in touched or not self.people:
            rows = connection.execute("SELECT id, user_id, role, state FROM person")
            self.people = {row[0]: (row[1], row[2], row[3]) for row in rows.fetchall()}
            self._nobody_came_back()
        if "absence" in touched:
            self.has_stand_ins = True
        if "case_person" in touched:
            rows = connection.execute(
                "SELECT case_id, person_id FROM case_person WHERE part = 'worker'"
            )
            self.on_case = frozenset(rows.fetchall())
        if "inbox" in touched:
            for row in connection.execute("SELECT id, update_id, state, digest FROM inbox"):
                self.inbox[(self.era, row[0])] = (row[1], row[2], row[3])
        if "outbox" in touched:
            self._outbox(connection)

    def undone(self) -> None:
        """A new process begins: no transaction is open."""
        if self.people:
            self.touched.clear()

    def _outbox(self, connection: Any) -> None:
        moving = ("queued", "sending", "failed", "uncertain")
        live = [key[1] for key, row in self.outbox.items()
                if key[0] == self.era and row.state in moving]  # fmt: skip
        numbers = ",".join(map(str, live))
        for values in connection.execute(
            f"{_ROWS} WHERE id > {self.seen_outbox} OR id IN ({numbers})"
        ).fetchall():
            row = Row(*values)
            before = self.outbox.get((self.era, row.id))
            self.outbox[(self.era, row.id)] = row
            self.seen_outbox = max(self.seen_outbox, row.id)
            if row.state == "sending" and (before is None or before.attempts < row.attempts):
                self._begins(row)

    def _begins(self, row: Row) -> None:
        """P7: the commit that begins a sending knows of every removal before it."""
        if row.kind == "delete":
            return
        left = {user for user, _, state in self.people.values() if state == "left"} - {
            user for user, _, state in self.people.values() if state != "left"
        }
        person = self.people.get(row.person_id or 0)
        if person is not None and person[2] == "left":
            self.broken.append(f"P7: row {row.id} ({row.kind}) begins to one who left")
        if row.case_id is not None and row.chat_id in left:
            self.broken.append(f"P7: row {row.id} ({row.kind}) tells one who left of a case")
        if (
            person is not None
            and person[1] == "worker"
            and row.kind in _OF_A_CASE
            and row.case_id is not None
            and not self.has_stand_ins
            and (row.case_id, row.person_id) not in self.on_case
        ):
            self.broken.append(f"P7: row {row.id} ({row.kind}) tells who lost the case")

    def _nobody_came_back(self) -> None:
        """A restore gives nobody the rights again that were taken since the backup."""
        active = {user for user, _, state in self.people.values() if state == "active"}
        if self.left_known & active:
            self.broken.append("P7: a restore brought back somebody who had left")
        self.left_known = frozenset()

    def restored(self) -> None:
        """Another database is there: rows are counted anew, nothing is known of it yet."""
        left = {user for user, _, state in self.people.values() if state == "left" and user}
        active = {user for user, _, state in self.people.values() if state == "active" and user}
        self.left_known |= left - active
        self.era += 1
        self.people, self.seen_button, self.seen_outbox = {}, 0, 0
        self.touched = {"button", "person", "case_person", "inbox", "outbox"}

    def lost_life(self) -> None:
        """The process is gone: what was under way is in doubt now."""
        for key, row in self.outbox.items():
            if key[0] == self.era and row.state == "sending":
                self.doubts[key] += 1

"""What must be so at the end of every story, whatever went wrong in it. Each returns what is not.

They judge by what was seen from outside (`Facts`) and by the file that the last life left, not by
what the bot believes of itself.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.sandbox.updates import RETENTION_S
from scheduler.agenda import PUNCTUAL
from scheduler.apply import replay
from scheduler.case import Case
from scheduler.decision import StepChanged, StepEnded
from scheduler.workdays import Workdays
from storage import cases, history, teams
from storage.cases import StoredCase
from storage.columns import to_moment
from storage.database import Database
from storage.history import StoredEvent
from storage.keys import Keyring
from storage.tables import due
from tests.simulation.facts import Key, Noted, Row
from tests.simulation.ground import KEY, team
from tests.simulation.simulation import Simulation

REPEATABLE: Final = frozenset({"edit", "delete", "answer"})
OF_A_CASE: Final = frozenset({"receipt", "prompt", "nudge", "alert", "info"})
ASKED: Final = frozenset({"prompted", "last_day", "later", "again"})
BUSY_POINTS: Final = 150_000
"""A story has 2,000 to 5,000; with hours of refused calls, tried again each second, 40,000."""
SLACK: Final = timedelta(minutes=5)
"""What may still be on its way at the end: a message waits for its chat's second at most."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file holds at the end."""

    cases: tuple[StoredCase, ...]
    events: dict[int, tuple[StoredEvent, ...]]
    texts: dict[int, tuple[str, ...]]
    problems: tuple[str, ...]
    dues: tuple[tuple[int | None, str, datetime], ...]


def judge(sim: Simulation) -> list[str]:
    """Return everything that the oracles find wrong with a story."""
    kept = asyncio.run(_kept(sim))
    found = [*sim.run.wrong, *dict.fromkeys(sim.facts.broken)]
    for oracle in ORACLES:
        found += oracle(sim, kept)
    sim.run.figures = figures(sim, kept)
    sim.run.events = frozenset(line.kind for lines in kept.events.values() for line in lines)
    return found


async def _kept(sim: Simulation) -> Kept:
    url = f"sqlite:///{sim.path}"
    database = await Database.open(url, keys=Keyring.load([KEY]), migrate=False)
    try:
        return await database.read(_read)
    finally:
        await database.close()


def _read(c: Any) -> Kept:
    ours = teams.teams(c)[0]
    stored = cases.all_cases(c, ours.id)
    ids = [one.row.id for one in stored]
    return Kept(
        cases=stored,
        events={id_: history.events(c, id_) for id_ in ids},
        texts={
            id_: tuple(v.text or "" for v in history.personal(c, id_).values()) for id_ in ids
        },
        problems=tuple(f"case {p.case_id}: {p.code}" for p in history.verify(c, ours.id)),
        dues=tuple(c.execute(due.select().with_only_columns(
            due.c.case_id, due.c.key, due.c.wake_at)).all()),
    )  # fmt: skip


def confirmed(sim: Simulation, kept: Kept) -> Iterator[str]:
    """P1: what a reporter was told was received is in the database, with their words; once."""
    by_id = {one.row.id: one for one in kept.cases}
    for noted in _delivered(sim):
        if noted.claimed is None or noted.claimed.kind != "receipt":
            continue
        if any(since <= noted.call.at <= until for since, until in sim.restorer.lost_since):
            continue  # since the backup that was put back: said to be lost (P16)
        row, text = noted.claimed, str(noted.call.payload.get("text", ""))
        case = by_id.get(row.case_id or 0)
        told = [client for number, client in sim.people.clients.items()
                if sim.users[_who(sim, number)] == row.chat_id]  # fmt: skip
        if case is None or case.row.ref not in text:
            yield f"P1: {sim.name_of(row.chat_id)} has a receipt of a report that is not there"
        elif not any(c.name in words for c in told for words in kept.texts[case.row.id]):
            yield f"P1: the report {case.row.ref} has lost its words"
    names = Counter(
        client.name
        for client in sim.people.clients.values()
        for id_, texts in kept.texts.items()
        if client.name in texts
    )
    for name, count in names.items():
        if count > 1:
            yield f"P3: one report took effect {count} times ({name})"


def settled(sim: Simulation, kept: Kept) -> Iterator[str]:
    """P2: what the messenger handed over ends as done, refused or dead; nothing else, ever."""
    got = Counter(
        update_id for update_id, _ in {(one[0], one[2]) for one in sim.facts.inbox.values()}
    )
    handed: dict[int, set[bytes]] = {}
    for queued in sim.queue.confirmed:
        handed.setdefault(queued.update_id, set()).add(queued.raw)
    for update_id, bodies in handed.items():
        if got[update_id] < len(bodies):
            yield f"P2: update {update_id} was acknowledged and is not there"
    taken = Counter((key[0], one[0]) for key, one in sim.facts.inbox.items() if one[0] is not None)
    for (_, number), rows in taken.items():
        if rows > len({each.raw for each in sim.queue.history if each.update_id == number}):
            yield f"P3: update {number} was taken up {rows} times"
    left = [one for key, one in sim.facts.inbox.items()
            if key[0] == sim.facts.era and one[1] == "new"]  # fmt: skip
    if left:
        yield f"P2: {len(left)} updates were never settled"
    away_s = max(sim.longest_down_s, sim.unreachable_s)
    if sim.queue.expired and away_s < RETENTION_S - 4 * 3600.0:
        yield f"P2: {len(sim.queue.expired)} updates grew too old at the messenger"
    if sim.queue.waiting:
        yield f"P2: {len(sim.queue.waiting)} updates were never fetched"


def copies(sim: Simulation, kept: Kept) -> Iterator[str]:
    """P5: a message arrives once, after each doubt once more, marked, and never a third time."""
    arrived: dict[Key, list[Noted]] = {}
    for noted in _delivered(sim):
        row = noted.claimed
        if row is not None and noted.key is not None and row.kind not in REPEATABLE:
            arrived.setdefault(noted.key, []).append(noted)
    for key, copies_ in arrived.items():
        allowed = min(1 + sim.facts.doubts[key], 2)
        row = copies_[0].claimed
        assert row is not None
        if not row.method.startswith("send"):
            continue
        if len(copies_) > allowed:
            yield f"P5: {len(copies_)} copies of row {key[1]} ({row.kind}), {allowed} allowed"
        texts = [str(each.call.payload.get("text")) for each in copies_]
        if len(texts) > 1 and row.method == "sendMessage" and texts[0] == texts[1]:
            yield f"P5: row {key[1]} ({row.kind}) came again without a mark"


def references(sim: Simulation, kept: Kept) -> Iterator[str]:
    """P9: nothing of a client stands in a message to a group."""
    words = {word.casefold() for c in sim.people.clients.values() for word in c.canaries}
    for noted in sim.facts.calls:
        chat = noted.call.payload.get("chat_id")
        if not isinstance(chat, int) or chat >= 0:
            continue
        said = json.dumps(noted.call.payload, ensure_ascii=False).casefold()
        for word in words:
            if word in said:
                yield f"P9: {noted.call.method} to a group says {word!r}"


def histories(sim: Simulation, kept: Kept) -> Iterator[str]:
    """P10: the chains hold, and each state is the replay of its history."""
    yield from (f"P10: {problem}" for problem in kept.problems)
    for one in kept.cases:
        first = Case(procedure=one.case.procedure, version=one.case.version)
        if replay(first, [line.event for line in kept.events[one.row.id]]) != one.case:
            yield f"P10: case {one.row.ref} is not the replay of its history"


def moments(sim: Simulation, kept: Kept) -> Iterator[str]:
    """P4: every moment has come, what it asked for was queued, and ended sent or explained."""
    now = sim.clock.now()
    for case_id, key, at in kept.dues:
        if at < now - SLACK:
            yield f"P4: a moment of case {case_id} ({key}) never came"
    asked = Counter(
        (row.case_id, row.codes.get("step"), row.queued_at)
        for row in sim.facts.outbox.values()
        if row.kind == "prompt"
    )
    for one in kept.cases:
        for event, at in _questions(kept.events[one.row.id]):
            if not _asked(asked, one.row.id, event, at):
                yield f"P4: case {one.row.ref} asked {event.step.id} ({event.why}), unsent"
    for (era, _), row in sim.facts.outbox.items():
        if era != sim.facts.era:
            continue
        if row.state == "sending":
            yield f"P4: row {row.id} ({row.kind}) is under way for ever"
        from_ahead = to_moment(row.queued_at) > now or to_moment(row.started_at or 0) > now
        if row.state == "queued" and (from_ahead or to_moment(row.not_before) < now - SLACK):
            yield f"P4: row {row.id} ({row.kind} {row.method}) was never sent ({row.code})"
        ended_ill = row.state in ("failed", "uncertain") and row.kind in OF_A_CASE
        if ended_ill and not _explained(sim, row):
            yield f"P4: row {row.id} ({row.kind}) is {row.state} and nobody was told"


def _questions(lines: tuple[StoredEvent, ...]) -> Iterator[tuple[StepChanged, datetime]]:
    """Give what was asked of somebody, but what another step overtook at the same moment."""
    for number, line in enumerate(lines):
        event = line.event
        if not isinstance(event, StepChanged) or event.why not in ASKED or not event.step.asked_to:
            continue
        if event.step.ask_at is not None and event.step.ask_at > line.at:
            continue  # it will be asked then: a due moment, which has an oracle of its own
        after = [each.event for each in lines[number + 1 :] if each.at == line.at]
        over = any(
            (
                isinstance(each, StepChanged)
                and each.why == "overtaken"
                and each.step.id == event.step.id
            )
            or (isinstance(each, StepEnded) and each.step == event.step.id)
            for each in after
        )
        if not over:
            yield event, line.at


def _asked(asked: Counter[Any], case_id: int, event: StepChanged, at: datetime) -> bool:
    number = int(at.timestamp()) * 1_000_000 + at.microsecond
    return asked[(case_id, event.step.id, number)] > 0


def _explained(sim: Simulation, row: Row) -> bool:
    told = [
        other
        for other in sim.facts.outbox.values()
        if other.kind in ("screen", "digest") and other.queued_at >= (row.settled_at or 0)
        and other.person_id in sim.facts.people
        and sim.facts.people[other.person_id][1] == "coordinator"
    ]  # fmt: skip
    return bool(told)


def hours(sim: Simulation, kept: Kept) -> Iterator[str]:
    """P12: what time itself brings comes while the team is open, but for a crisis."""
    days = Workdays(team().calendar)
    crises = {
        one.row.id
        for one in kept.cases
        if any("Crisis" in line.kind for line in kept.events[one.row.id])
    }
    for row in sim.facts.outbox.values():
        if row.kind not in ("prompt", "nudge", "alert", "info") or row.case_id in crises:
            continue
        at = row.queued_at
        if at not in sim.facts.fired_at or at in sim.facts.handled_at:
            continue
        moment = to_moment(at)
        if not days.is_open(moment) and not days.is_open(moment - PUNCTUAL):
            yield f"P12: row {row.id} ({row.kind} {row.codes.get('step')}) at {moment:%a %H:%M}"


def idle(sim: Simulation, kept: Kept) -> Iterator[str]:
    """P13: a process that has nothing to do rests, whatever went wrong before."""
    if sim.world.points > BUSY_POINTS + sim.unreachable_s:
        yield f"P13: {sim.world.points} points: the process is never at rest"


ORACLES: Final[tuple[Callable[[Simulation, Kept], Iterator[str]], ...]] = (
    confirmed, settled, copies, references, histories, moments, hours, idle,
)  # fmt: skip


def figures(sim: Simulation, kept: Kept) -> dict[str, int]:
    """Return what the story held, for the sums of a whole run."""
    states = Counter(state for _, state, _ in sim.facts.inbox.values())
    receipts = sum(n.claimed is not None and n.claimed.kind == "receipt" for n in _delivered(sim))
    prompts = [key for key, row in sim.facts.outbox.items() if row.kind == "prompt"]
    twice = Counter(n.key for n in _delivered(sim) if n.key in set(prompts))
    return {
        "cases": len(kept.cases),
        "receipts": receipts,
        "received": sum(states.values()),
        "done": states["done"],
        "refused": states["refused"],
        "dead": states["dead"],
        "prompts": len(prompts),
        "prompts sent twice": sum(count == 2 for count in twice.values()),
        "doubts": sum(sim.facts.doubts.values()),
        "calls": len(sim.facts.calls),
        "expired": len(sim.queue.expired),
    }


def _delivered(sim: Simulation) -> Iterator[Noted]:
    return (noted for noted in sim.facts.calls if noted.call.delivered)


def _who(sim: Simulation, number: int) -> str:
    return next(act.who for act in sim.plan.acts if act.number == number)

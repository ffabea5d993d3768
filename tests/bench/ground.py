"""What the benches begin with: a team whose workers each have cases with an open question.

Laid through Kier's own main path (reports, assignments), so that every row is what a real team
has. Only the sending is left out: the messages are marked as sent, with the ids they would have.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, select, update

from bot import acts
from bot.conversations.outcome import Decided
from bot.handle.counter import Counter
from bot.handle.main import Handler
from storage.database import Database
from storage.tables import button, outbox, person, prompt
from tests.world import BOT_ID, MONDAY, World

STEP: Final = "call_day1"
ANSWER: Final = "not_reached"
"""A worker's most frequent answer: one tap, the case goes on to the next call."""
CASES_AT_ONCE: Final = 20
_VALUES: Final = {
    "kind": "arrears",
    "amount": "3 maanden",
    "relation": "Rita, woonmaatschappij De Kempen",
    "text": "Ze doet al weken niet open; de buren zien 's avonds licht.",
}


@dataclass(frozen=True, slots=True)
class Button:
    """A button that one worker can press now, once."""

    user_id: int
    callback: str
    message_id: int


async def lay(database: Database, *, workers: int, cases: int) -> World:
    """Return a team with that many workers, who share that many cases evenly."""
    names = {f"worker {number:02}": "worker" for number in range(workers)}
    world = await World.open(
        database,
        members={**names, "Carla": "coordinator", "Rita": "reporter"},  # type: ignore[dict-item]
    )
    for first in range(0, cases, CASES_AT_ONCE):
        numbers = range(first, min(first + CASES_AT_ONCE, cases))
        await database.write(partial(_cases, world, [world.ids[name] for name in names], numbers))
    await database.write(partial(as_sent, now=world.now))
    return world


def _cases(world: World, workers: Sequence[int], numbers: range, c: Connection) -> None:
    for number in numbers:
        case_id = report(world.handler, c, world.ids["Rita"], number, world.now)
        give(
            world.handler,
            c,
            case_id,
            workers[number % len(workers)],
            by=world.ids["Carla"],
            now=world.now,
        )


def report(handler: Handler, c: Connection, by: int, number: int, now: datetime) -> int:
    """Let a report come in and return its case; each household is another one."""
    values = {
        **_VALUES,
        "client": client_name(number),
        "phone": f"+32470{number:06}",
        "address": f"Dorpsstraat {number + 1}, 2382 Ravels",
    }
    act = acts.FileReport(procedure="ravels", values=values)
    outcome = Counter(c, handler.office, now).performer.perform(act, by)
    assert isinstance(outcome, Decided), outcome
    return outcome.case


def give(
    handler: Handler, c: Connection, case_id: int, to: int, *, by: int, now: datetime
) -> None:
    """Let the coordinator assign a case, which puts the first question to its worker."""
    fields = acts.RawFields(to=to)
    act = acts.AnswerStep(case=case_id, step="assign", answer="assigned", fields=fields)
    outcome = Counter(c, handler.office, now).performer.perform(act, by)
    assert isinstance(outcome, Decided), outcome


def put_off(handler: Handler, c: Connection, case_id: int, by: int, until: datetime) -> None:
    """Let a worker press Later: the case has its next due moment then."""
    act = acts.PutOffStep(case=case_id, step=STEP, until=until)
    now = until - timedelta(hours=1)
    outcome = Counter(c, handler.office, now).performer.perform(act, by)
    assert isinstance(outcome, Decided), outcome


def client_name(number: int) -> str:
    """Return a name that no other has, or the main path would see one household in all."""
    letters = "bcdfghjklmnprstvwz"
    first, second, third = (letters[number // 18**place % 18] for place in range(3))
    return f"{first.upper()}a{first}o {second.upper()}e{third}in{number}"


def as_sent(c: Connection, now: datetime) -> None:
    """Take every message that waits for sent."""
    c.execute(update(prompt).values(message_id=prompt.c.id + 1000))
    sent = {"state": "sent", "settled_at": now, "message_id": outbox.c.id + 1000}
    c.execute(update(outbox).where(outbox.c.state == "queued").values(sent))


def buttons(c: Connection) -> list[Button]:
    """Return the button of `ANSWER` of every open question, workers in turn."""
    rows = c.execute(
        select(person.c.user_id, button.c.id, prompt.c.message_id, button.c.intent)
        .join_from(button, prompt, prompt.c.id == button.c.prompt_id)
        .join(person, person.c.id == button.c.person_id)
        .where(prompt.c.step == STEP, prompt.c.state == "open")
        .order_by(prompt.c.id)
    )
    return [Button(row.user_id, row.id, row.message_id) for row in rows if _is_answer(row.intent)]


def _is_answer(intent: dict[str, Any]) -> bool:
    return intent.get("verb") == "answer" and intent.get("arg") == ANSWER


def press(number: int, button: Button) -> bytes:
    """Return the update of a press, as Telegram writes it."""
    who = {"id": button.user_id, "is_bot": False, "first_name": "W", "language_code": "nl"}
    message = {
        "message_id": button.message_id,
        "date": int(MONDAY.timestamp()),
        "chat": {"id": button.user_id, "type": "private", "first_name": "W"},
        "from": {"id": BOT_ID, "is_bot": True, "first_name": "Kier", "username": "KierTestBot"},
        "text": "K7QM-4T · M.V., Ravels · bel vandaag\nProbeer te bellen vóór 17 uur. " * 3,
    }
    query = {
        "id": str(4_000_000_000 + number),
        "from": who,
        "chat_instance": "-5541237",
        "data": button.callback,
        "message": message,
    }
    return json.dumps({"update_id": 700_000_000 + number, "callback_query": query}).encode()

"""Prompts and buttons: which question is open in which message, and what a press means.

A callback is a random id that means nothing by itself (S2); who may press is judged at each press
by the caller (S3); an answer counts only on a prompt that is open (S4).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, delete, insert, select, update

from storage.columns import room_of
from storage.rows import fields, insert_row
from storage.tables import button as buttons
from storage.tables import outbox
from storage.tables import prompt as prompts

CALLBACK_BYTES: Final = 16
"""128 random bits: 22 of the 64 bytes that Telegram allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A question put to one person; `message_id` None until it was sent."""

    id: int
    team_id: int
    case_id: int | None
    person_id: int | None
    step: str
    question: str
    outbox_id: int | None
    chat_id: int | None
    message_id: int | None
    state: str
    opened_at: datetime
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Return whether an answer still counts."""
        return self.state == "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """What a press means: codes only. `person_id`: whom it was shown to (None: anyone)."""

    id: str
    team_id: int
    person_id: int | None
    prompt_id: int | None
    intent: dict[str, Any]
    created_at: datetime


_BUTTON: Final = select(buttons).where(
    buttons.c.id == bindparam("callback"), buttons.c.team_id == bindparam("team")
)
_PROMPT: Final = select(prompts).where(prompts.c.id == bindparam("row"))
_INSERT_PROMPT: Final = insert(prompts)
_INSERT_BUTTON: Final = insert(buttons)


def put_prompt(
    c: Connection,
    team_id: int,
    case_id: int | None,
    person_id: int | None,
    step: str,
    question: str,
    outbox_id: int | None,
    now: datetime,
) -> int:
    """Open a question and return its number.

    Its buttons need that number, and its message needs the buttons: so put the prompt first,
    then the buttons, then the message with `prompt_id`, which ties `outbox_id` by itself.
    """
    values = {
        "team_id": team_id,
        "case_id": case_id,
        "person_id": person_id,
        "step": step,
        "question": question,
        "outbox_id": outbox_id,
        "state": "open",
        "opened_at": now,
    }
    prompt_id = insert_row(c, _INSERT_PROMPT, values)
    if outbox_id is not None:
        c.execute(update(outbox).where(outbox.c.id == outbox_id).values(prompt_id=prompt_id))
        chat = select(outbox.c.chat_id).where(outbox.c.id == outbox_id).scalar_subquery()
        c.execute(update(prompts).where(prompts.c.id == prompt_id).values(chat_id=chat))
    return prompt_id


def prompt(c: Connection, prompt_id: int) -> Prompt | None:
    """Return that prompt, open or not."""
    row = c.execute(_PROMPT, {"row": prompt_id}).first()
    return Prompt(**fields(row)) if row else None


def prompt_of_message(c: Connection, team_id: int, chat_id: int, message_id: int) -> Prompt | None:
    """Return the prompt that this message carries: what a person replied to."""
    query = select(prompts).where(
        prompts.c.team_id == team_id,
        prompts.c.chat_id == chat_id,
        prompts.c.message_id == message_id,
    )
    return next(iter(_prompts(c, query.order_by(prompts.c.id.desc()).limit(1))), None)


def open_prompts(c: Connection, case_id: int, step: str | None = None) -> tuple[Prompt, ...]:
    """Return the open prompts of a case, of one step or of all, the oldest first."""
    return _open(c, case_id, step)


def open_prompts_of(c: Connection, person_id: int) -> tuple[Prompt, ...]:
    """Return what still waits for an answer of this person, the oldest first."""
    query = select(prompts).where(prompts.c.person_id == person_id, prompts.c.state == "open")
    return _prompts(c, query.order_by(prompts.c.id))


def prompts_of(c: Connection, case_id: int, step: str) -> tuple[Prompt, ...]:
    """Return all prompts of a step of a case, the closed ones too, the oldest first."""
    query = select(prompts).where(prompts.c.case_id == case_id, prompts.c.step == step)
    return _prompts(c, query.order_by(prompts.c.id))


def carried(c: Connection, prompt_id: int, chat_id: int, message_id: int) -> None:
    """A message that is there already carries the prompt from now on."""
    here = update(prompts).where(prompts.c.id == prompt_id)
    c.execute(here.values(chat_id=chat_id, message_id=message_id))


def adrift(c: Connection, prompt_id: int) -> None:
    """The message that carried the prompt is out of reach: it may get another."""
    c.execute(update(prompts).where(prompts.c.id == prompt_id).values(message_id=None))


def unshown(c: Connection, team_id: int, chat_id: int) -> tuple[Prompt, ...]:
    """Return the open prompts of a chat that no message carries and none is about to."""
    coming = select(outbox.c.id).where(
        outbox.c.id == prompts.c.outbox_id, outbox.c.state.in_(("queued", "sending"))
    )
    query = select(prompts).where(
        prompts.c.team_id == team_id,
        prompts.c.chat_id == chat_id,
        prompts.c.message_id.is_(None),
        prompts.c.state == "open",
        ~coming.exists(),
    )
    return _prompts(c, query.order_by(prompts.c.id))


def close_prompts(
    c: Connection, case_id: int, step: str | None, now: datetime
) -> tuple[Prompt, ...]:
    """Close the open prompts of a step (None: of the whole case) and return them.

    Their messages still show buttons: edit those that have a `message_id`. A message that was not
    sent yet is cancelled by `outbox.cancel_prompt`.
    """
    closed = _open(c, case_id, step, lock=True)
    if closed:
        _close(c, [row.id for row in closed], now)
    return closed


def close_prompt(c: Connection, prompt_id: int, now: datetime) -> bool:
    """Close one prompt; False when it was closed already: an answer has no effect (S4)."""
    return _close(c, [prompt_id], now) == 1


def put_buttons(
    c: Connection,
    team_id: int,
    person_id: int | None,
    intents: Sequence[Mapping[str, Any]],
    now: datetime,
    prompt_id: int | None = None,
) -> tuple[str, ...]:
    """Return new callback ids for many intents, in their order and in one statement."""
    randomness = room_of(c).randomness
    rows = [
        {
            "id": base64.urlsafe_b64encode(randomness(CALLBACK_BYTES)).rstrip(b"=").decode(),
            "team_id": team_id,
            "person_id": person_id,
            "prompt_id": prompt_id,
            "intent": dict(intent),
            "created_at": now,
        }
        for intent in intents
    ]
    if rows:
        c.execute(_INSERT_BUTTON, rows)
    return tuple(str(row["id"]) for row in rows)


def button(c: Connection, team_id: int, callback: str) -> Button | None:
    """Return what this callback means in this team, or None; never raises, whatever was sent."""
    if len(callback) > 64 or not callback.isascii() or "\0" in callback:
        return None
    row = c.execute(_BUTTON, {"team": team_id, "callback": callback}).first()
    return Button(**fields(row)) if row else None


def purge_buttons(c: Connection, team_id: int, before: datetime) -> int:
    """Delete buttons made before then whose prompt, if any, is closed; return how many."""
    still_open = select(prompts.c.id).where(
        prompts.c.id == buttons.c.prompt_id, prompts.c.state == "open"
    )
    return c.execute(
        delete(buttons).where(
            buttons.c.team_id == team_id,
            buttons.c.created_at < before,
            ~still_open.exists(),
        )
    ).rowcount


_OPEN: Final = (
    select(prompts)
    .where(prompts.c.case_id == bindparam("case"), prompts.c.state == "open")
    .order_by(prompts.c.id)
)
_OPEN_OF_STEP: Final = _OPEN.where(prompts.c.step == bindparam("of"))
_CLOSE: Final = (
    update(prompts)
    .where(prompts.c.id.in_(bindparam("rows", expanding=True)), prompts.c.state == "open")
    .values(state="closed", closed_at=bindparam("now"))
)


def _open(
    c: Connection, case_id: int, step: str | None, *, lock: bool = False
) -> tuple[Prompt, ...]:
    query = _OPEN if step is None else _OPEN_OF_STEP
    values = {"case": case_id} if step is None else {"case": case_id, "of": step}
    rows = c.execute(query.with_for_update(key_share=True) if lock else query, values)
    return tuple(Prompt(**fields(row)) for row in rows)


def _close(c: Connection, ids: list[int], now: datetime) -> int:
    return c.execute(_CLOSE, {"rows": ids, "now": now}).rowcount


def _prompts(c: Connection, query: Select[Any]) -> tuple[Prompt, ...]:
    return tuple(Prompt(**fields(row)) for row in c.execute(query))

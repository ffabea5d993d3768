"""The attempts to reach the client, coded, from a case's history and its procedure.

Pure. What is an attempt, by which channel, and when the client was reached, the procedure says
(`channel` of a step, `reached` of an answer); of one that says no channel at all, it is guessed
from the names of its steps and answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Protocol, TypeVar

from scheduler.decision import Event, Restored, StepAnswered
from scheduler.procedure import IN_PERSON, Answer, Channel, Help, Pace, Procedure, Role, Step


class Line(Protocol):
    """An event of a case as stored or shown: its number and moment (UTC)."""

    @property
    def seq(self) -> int:
        """Counts from 1."""
        ...

    @property
    def at(self) -> datetime:
        """When it was written down."""
        ...

    @property
    def event(self) -> Event:
        """What happened."""
        ...


L = TypeVar("L", bound=Line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt to reach the client. `at` (UTC) is when it was done, not when it was told.

    `reached`: the client was spoken to in person (R-27). `answer` is the answer's id in `step`.
    """

    seq: int
    at: datetime
    step: str
    channel: Channel
    reached: bool
    answer: str
    by: int


WORDS: Mapping[Channel, frozenset[str]] = MappingProxyType(
    {
        Channel.PHONE: frozenset({"call", "phone", "contact", "bel", "bellen", "appel"}),
        Channel.VISIT: frozenset({"visit", "bezoek", "huisbezoek", "visite", "appointment"}),
        Channel.NOTE: frozenset({"note", "briefje", "kaartje", "mot"}),
        Channel.LETTER: frozenset({"letter", "brief", "lettre"}),
        Channel.MESSAGE: frozenset({"sms", "whatsapp", "message", "bericht"}),
        Channel.MAIL: frozenset({"mail", "email"}),
        Channel.MEETING: frozenset({"meeting", "gesprek", "reunion"}),
    }
)
"""What a step's id holds when its procedure names no channel; the first that fits."""

OTHERS = frozenset(
    {"reporter", "round", "parties", "landlord", "melder", "verhuurder", "bailleur"}
)
"""Words of steps that try to reach somebody else than the client."""

SPOKEN = frozenset(
    {
        *("reached", "spoken", "accepts_help", "declines_help", "wants_call", "let_in"),
        *("went_ahead", "bereikt", "gesproken", "parle", "joint"),
    }
)
"""Answers by which the client was reached when the procedure names no channel."""

HELP: Mapping[str, Help] = MappingProxyType(
    {"accepts_help": Help.ACCEPTED, "declines_help": Help.DECLINED}
)
"""What was said to help when the procedure names no channel."""


def attempts(lines: Iterable[L], procedure: Procedure) -> tuple[Attempt, ...]:
    """Return the attempts of the whole history, in the order in which they were told.

    What was corrected does not count; neither does an appointment moved to another date, a note
    that was not delivered, or the client's own call (that is no attempt of ours).
    """
    channels = channels_of(procedure)
    told = not _guessed(procedure)
    found = []
    for line in standing(lines):
        event = line.event
        if not isinstance(event, StepAnswered) or event.answer is None:
            continue
        channel = channels.get(event.step)
        answer = _answer(procedure, event.step, event.answer)
        if channel is None or not _is_attempt(channel, answer):
            continue
        spoken = answer.reached if told else answer.id in SPOKEN
        found.append(
            Attempt(
                seq=line.seq,
                at=event.done_at,
                step=event.step,
                channel=channel,
                reached=spoken and channel in IN_PERSON,
                answer=event.answer,
                by=event.by,
            )
        )
    return tuple(found)


def standing(lines: Iterable[L]) -> tuple[L, ...]:
    """Return the lines that were not taken back, in order; the taking back itself is left out.

    `Restored` takes back everything from its `seq` on.
    """
    kept: list[L] = []
    for line in lines:
        event = line.event
        if isinstance(event, Restored):
            kept = [one for one in kept if one.seq < event.seq]
        else:
            kept.append(line)
    return tuple(kept)


def help_of(procedure: Procedure, step: str, answer: str) -> Help | None:
    """Return what the client said to help by that answer, None when it says nothing of it."""
    found = _answer(procedure, step, answer).help
    return HELP.get(answer) if found is None and _guessed(procedure) else found


def channels_of(procedure: Procedure) -> Mapping[str, Channel]:
    """Return the channel of each step that tries to reach the client."""
    steps = procedure.steps.values()
    if _guessed(procedure):
        guesses = ((step.id, _guess(step)) for step in steps)
        return {id_: channel for id_, channel in guesses if channel is not None}
    return {step.id: step.channel for step in steps if step.channel is not None}


def _guessed(procedure: Procedure) -> bool:
    return all(step.channel is None for step in procedure.steps.values())


def _guess(step: Step) -> Channel | None:
    if step.role is not Role.WORKER or step.pace not in (Pace.PLAIN, Pace.CONTACT):
        return None
    words = set(step.id.split("_"))
    if words & OTHERS:
        return None
    named = (channel for channel, known in WORDS.items() if words & known)
    return next(named, Channel.PHONE if step.pace is Pace.CONTACT else None)


def _answer(procedure: Procedure, step: str, answer: str) -> Answer:
    """Return the answer; one of an older version that is no longer there has only its id."""
    known = procedure.steps.get(step)
    found = known.answers.get(answer) if known is not None else None
    return found or Answer(id=answer)


def _is_attempt(channel: Channel, answer: Answer) -> bool:
    if answer.redates is not None:
        return False
    return channel in IN_PERSON or answer.again is None

"""What the team's channel reads: reference, phase, municipality and working day.

Never a name of a client, not even initials, no address, no phone, no free text (P9, privacy.md).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.conversations.scene import CaseView, Team
from bot.reading.words import cut, municipality
from bot.screen import Intent, Screen, Verb
from bot.texts import Markup, plain, say
from bot.views.heads import ref_words
from bot.views.prompts import presenting_steps
from bot.views.words import (
    clock_words,
    dated_moment_words,
    dotted,
    lines,
    press,
    short_phase_words,
    workday_words,
)
from scheduler.case import State


def claim_screen(view: CaseView, team: Team, now: datetime) -> Screen:
    """Return the announcement of a case that anyone may take; exactly one press wins."""
    language = team.language
    claim = Intent(verb=Verb.CLAIM, case=view.id, step=view.procedure.assign)
    html = lines(channel_line(view, team, now), say(language, "channel-claim"))
    return Screen(html=html, rows=((press(plain(language, "press-claim"), claim, "success"),),))


def taken_screen(view: CaseView, team: Team, now: datetime) -> Screen:
    """Return what the announcement reads once nobody is asked any more: who has the case."""
    if view.case.state is State.CLOSED:
        return _line(view, _at(team, "topic-closed", now))
    if view.worker_name is None:
        return _line(view, say(team.language, "topic-with-coordinator"))
    return _line(view, _taken(view, team, now))


def begun_screen(view: CaseView, team: Team, now: datetime) -> Screen:
    """Return the first line of a case's topic where nobody is asked to claim it."""
    taken = _taken(view, team, now) if view.worker_name else None
    return Screen(html=lines(channel_line(view, team, now), taken))


def news_screen(
    view: CaseView, before: CaseView, team: Team, now: datetime, *, is_said: bool
) -> Screen | None:
    """Return what became of a case in one message: closed, reopened, phase, worker; or None.

    `is_said`: its announcement tells already who has it, or that it is closed.
    """
    was, case = before.case, view.case
    if case.state is State.CLOSED:
        closes = was.state is State.OPEN and not is_said
        return _line(view, _at(team, "topic-closed", now)) if closes else None
    said = []
    phases = short_phase_words(before, team.language), short_phase_words(view, team.language)
    if was.state is State.CLOSED:
        said.append(_at(team, "topic-reopened", now))
    elif all(phases) and phases[0] != phases[1]:
        said.append(say(team.language, "topic-phase", before=phases[0], after=phases[1]))
    if case.worker is not None and case.worker != was.worker and not is_said:
        moved = _at(team, "topic-moved", now, name=view.worker_name or "–")
        said.append(_taken(view, team, now) if was.worker is None else moved)
    return _line(view, *said) if said else None


def topic_name(view: CaseView) -> str:
    """Return a topic's name, "K7QM-4T · Weelde": at most `TOPIC_NAME_MAX` characters."""
    place = municipality(view.values.get("address", ""))
    name = f"{view.ref} · {place}" if place else view.ref
    return cut(name, units_max=TOPIC_NAME_MAX)


TOPIC_NAME_MAX: Final = 128
"""Characters that Telegram takes."""


def _line(view: CaseView, *said: str) -> Screen:
    return Screen(html=dotted(Markup(f"<b>{ref_words(view)}</b>"), *said))


def _at(team: Team, key: str, now: datetime, **values: str) -> str:
    return say(
        team.language, key, at=dated_moment_words(now, team.days, team.language, now), **values
    )


def _taken(view: CaseView, team: Team, now: datetime) -> str:
    key = "channel-taken" if _is_claimed(view) else "channel-assigned"
    at = clock_words(now, team.days)
    return say(team.language, key, name=view.worker_name or "–", at=at)


def _is_claimed(view: CaseView) -> bool:
    """Return whether the worker took the case; else it was given, or a rule chose."""
    given = [one.by for one in view.case.answered if one.step in presenting_steps(view)]
    return bool(given) and given[-1] == view.case.worker


def channel_line(view: CaseView, team: Team, now: datetime) -> str:
    """Return "K7QM-4T · Weelde · fase 1 · Werkdag 1 (ma 13 sep)"."""
    place = municipality(view.values.get("address", ""))
    phase = short_phase_words(view, team.language)
    day = workday_words(view, team.days.day_of(now), team.days, team.language)
    crisis = say(team.language, "crisis-mark") if view.case.crisis is not None else None
    return dotted(crisis, Markup(f"<b>{ref_words(view)}</b>"), place, phase, day)

"""What the team's channel reads: reference, phase, municipality and working day.

Never a name of a client, not even initials, no address, no phone, no free text (P9, privacy.md).
"""

from __future__ import annotations

from datetime import datetime

from bot.conversations.scene import CaseView, Team
from bot.reading.words import municipality
from bot.screen import Intent, Screen, Verb
from bot.texts import Markup, plain, say
from bot.views.heads import ref_words
from bot.views.prompts import presenting_steps
from bot.views.words import (
    clock_words,
    dotted,
    lines,
    press,
    short_phase_words,
    workday_words,
)


def claim_screen(view: CaseView, team: Team, now: datetime) -> Screen:
    """Return the announcement of a case that anyone may take; exactly one press wins."""
    language = team.language
    claim = Intent(verb=Verb.CLAIM, case=view.id, step=view.procedure.assign)
    html = lines(channel_line(view, team, now), say(language, "channel-claim"))
    return Screen(html=html, rows=((press(plain(language, "press-claim"), claim, "success"),),))


def taken_screen(view: CaseView, team: Team, now: datetime) -> Screen:
    """Return what the announcement reads once somebody has the case: who, and when."""
    name = view.worker_name or "–"
    at = clock_words(now, team.days)
    key = "channel-taken" if _is_claimed(view) else "channel-assigned"
    taken = say(team.language, key, name=name, at=at)
    return Screen(html=dotted(Markup(f"<b>{ref_words(view)}</b>"), taken))


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

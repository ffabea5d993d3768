"""Leave: what the stand-in is asked, and what the absent one is told."""

from __future__ import annotations

from datetime import date

from bot.conversations.scene import Member
from bot.screen import Intent, Screen, Verb
from bot.texts import plain, say
from bot.views.leave import change_key
from bot.views.words import day_words, press


def stand_in_screen(
    absence: int, absent: Member, from_on: date, to_on: date, language: str
) -> Screen:
    """Return the question to a stand-in; both days are included."""
    yes = Intent(verb=Verb.ACCEPT_STAND_IN, item=absence)
    no = Intent(verb=Verb.REFUSE_STAND_IN, item=absence)
    return Screen(
        html=say(
            language,
            "stand-in-ask",
            name=absent.name,
            **{"from": day_words(from_on, language), "to": day_words(to_on, language)},
        ),
        rows=(
            (
                press(plain(language, "stand-in-yes"), yes, "success"),
                press(plain(language, "stand-in-no"), no),
            ),
        ),
    )


def stand_in_answered_screen(
    stand_in: Member, language: str, *, absence: int, accepted: bool
) -> Screen:
    """Return what the absent one is told of the answer, and after a no the way to another."""
    if accepted:
        return Screen(html=say(language, "stand-in-accepted", name=stand_in.name))
    html = say(language, "stand-in-refused", name=stand_in.name)
    return Screen(html=html, rows=((change_key(absence, "stand_in", language),),))

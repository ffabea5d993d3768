"""What is shown around a coordinator's security code. Never the code."""

from __future__ import annotations

from datetime import datetime

from bot.screen import Intent, Screen, Verb
from bot.texts import plain, say
from bot.views.words import lines, moment_words, press
from scheduler.workdays import Workdays


def asked_screen(asking: str, language: str, notice: str = "", *, left: int = 0) -> Screen:
    """Return the question; `notice`: why it is asked again, `left`: how many tries there are."""
    html = lines(
        say(language, f"code-{notice}", left=left) if notice else None,
        say(language, f"code-ask-{asking}"),
    )
    cancel = press(plain(language, "press-cancel"), Intent(verb=Verb.CANCEL))
    return Screen(html=html, rows=((cancel,),))


def set_screen(language: str) -> Screen:
    """Return that there is a code now, what it is for, and what if it is forgotten."""
    return Screen(html=say(language, "code-set"))


def right_screen(
    then: Intent, until: datetime, days: Workdays, language: str, now: datetime
) -> Screen:
    """Return that it was right, how long that holds, and the way on to what was asked for."""
    on = press(plain(language, "code-press-go-on"), then, "primary")
    at = moment_words(until, days, language, now)
    return Screen(html=say(language, "code-right", at=at), rows=((on,),))


def barred_screen(until: datetime, days: Workdays, language: str, now: datetime) -> Screen:
    """Return that it was wrong too often, and until when nothing counts."""
    return Screen(html=say(language, "code-barred", at=moment_words(until, days, language, now)))

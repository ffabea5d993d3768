"""The walk through the open cases of somebody who leaves the team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversations.scene import Member
from bot.screen import Intent, Key, Press, Screen, Verb
from bot.texts import Markup, plain, say
from bot.views.cases import next_line
from bot.views.heads import Sight, ref_words
from bot.views.words import dotted, in_rows, lines, press

SHOWN_MAX = 40
"""Colleagues that can be chosen from: a screen holds a hundred buttons."""


def start_key(leaver: int, language: str) -> Press:
    """Return the button that begins the walk."""
    return press(plain(language, "press-hand-on"), Intent(verb=Verb.HAND_ON, item=leaver))


def hand_on_screen(
    sight: Sight,
    leaver: Member,
    successors: Sequence[Member],
    loads: Mapping[int, int],
    *,
    more: int,
) -> Screen:
    """Return one case with the proposed successor first; what is skipped goes to be assigned."""
    html = lines(
        say(sight.language, "hand-on", name=leaver.name, n=more),
        Markup(f"<b>{dotted(ref_words(sight.view), sight.view.short)}</b>"),
        next_line(sight),
        say(sight.language, "hand-on-ask" if successors else "hand-on-nobody"),
    )
    here = Intent(verb=Verb.HAND_ON, item=leaver.id, case=sight.view.id)
    first = [_to(sight, leaver, one, loads, "success") for one in successors[:1]]
    other = [press(sight.plain("press-someone-else"), here)] if len(successors) > 1 else []
    skip = Intent(verb=Verb.HAND_ON, item=leaver.id, page=sight.view.id)
    back: Key = press(sight.plain("press-hand-on-assign"), skip)
    return Screen(html=html, rows=in_rows([*first, *other, back]))


def choose_screen(
    sight: Sight, leaver: Member, successors: Sequence[Member], loads: Mapping[int, int]
) -> Screen:
    """Return everybody who can have the case."""
    html = lines(
        Markup(f"<b>{dotted(ref_words(sight.view), sight.view.short)}</b>"),
        sight.say("hand-on-ask"),
    )
    keys: list[Key] = [_to(sight, leaver, one, loads) for one in successors[:SHOWN_MAX]]
    back = Intent(verb=Verb.HAND_ON, item=leaver.id, page=sight.view.id - 1)
    return Screen(html=html, rows=(*in_rows(keys), (press(sight.plain("press-back"), back),)))


def _to(
    sight: Sight, leaver: Member, one: Member, loads: Mapping[int, int], style: str = ""
) -> Press:
    label = f"{one.name} · {sight.plain('load', n=loads.get(one.id, 0))}"
    intent = Intent(verb=Verb.HAND_ON, item=leaver.id, case=sight.view.id, person=one.id)
    return press(label, intent, style)

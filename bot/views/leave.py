"""Leave as it is planned: who is there instead, what they take on, what one comes back to.

The messages to a stand-in and to who is back name cases by initials, never by more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.conversations.scene import AbsenceLine, HistoryLine, Member
from bot.screen import Intent, Key, Press, Screen, Verb
from bot.texts import Markup, plain, say
from bot.views.cases import next_line
from bot.views.heads import Sight, is_closed, ref_words
from bot.views.history import told_by, told_lines
from bot.views.lists import Row, row_line
from bot.views.words import (
    _written,
    day_words,
    dotted,
    fitted,
    in_rows,
    lines,
    moment_words,
    page_keys,
    page_of,
    press,
    span_words,
)
from scheduler.cover import Stretch, Why, is_whole
from scheduler.decision import StepChanged, StepOpened

BRIEF_LINES: Final = 8
"""Cases on a page of a brief: each has two lines."""
DIGEST_CASES: Final = 10
"""Cases that are told of at a return; how many more there are is said."""
DIGEST_EVENTS: Final = 3
"""The latest events of each, at least."""
DIGEST_LINES: Final = 20
"""Events of all cases together: where they are few, each may tell more of itself."""

Names = Mapping[int, str]


def weekday_words(weekday: int, language: str) -> str:
    """Return "maandag" for 0."""
    return _written(date(2027, 3, 1 + weekday), "EEEE", language)


def cover_lines(
    found: Sequence[Stretch], stand_in: int | None, names: Names, language: str, today: date
) -> str | None:
    """Return who is there on which days; None when the stand-in is on all of them."""
    if is_whole(tuple(found)) or stand_in is None:
        return None
    said = (_stretch_words(one, names.get(stand_in, "–"), names, language, today) for one in found)
    return lines(say(language, "cover-title"), *(f"• {words}" for words in said))


def _stretch_words(one: Stretch, stand_in: str, names: Names, language: str, today: date) -> str:
    days = span_words(one.from_on, one.to_on, language, today)
    if one.cover is not None and one.why is Why.STANDS_IN:
        return say(language, "cover-yes", days=days, name=names.get(one.cover, "–"))
    why = "off" if one.why is Why.OFF else "away"
    if one.cover is None:
        return say(language, f"cover-gap-{why}", days=days, who=stand_in)
    name = names.get(one.cover, "–")
    return say(language, f"cover-chain-{why}", days=days, name=name, who=stand_in)


def affected_lines(
    absent: str, found: Sequence[Stretch], names: Names, language: str, today: date
) -> str | None:
    """Return what one's own absence means for somebody one stands in for, or None."""
    missed = [one for one in found if one.why is not Why.STANDS_IN]
    if not missed:
        return None
    said = [
        say(
            language,
            "cover-missed-gap" if one.cover is None else "cover-missed-chain",
            days=span_words(one.from_on, one.to_on, language, today),
            name=names.get(one.cover or 0, "–"),
        )
        for one in missed
    ]
    return lines(say(language, "cover-missed", name=absent), *(f"• {words}" for words in said))


# One leave


def leave_screen(
    absences: Sequence[AbsenceLine],
    who: Member,
    works: Collection[int] | None,
    language: str,
    today: date,
) -> Screen:
    """Return the working days and the planned leave of somebody, each to be opened."""
    own = [one for one in absences if one.person == who.id]
    keys = [
        press(
            span_words(one.from_on, one.to_on, language, today),
            Intent(verb=Verb.ABSENCE, item=one.id),
        )
        for one in own[:20]
    ]
    html = lines(
        say(language, "leave-works", name=who.name, days=works_words(works, language)),
        say(language, "leave-planned" if own else "leave-planned-none"),
    )
    new = press(plain(language, "press-away"), Intent(verb=Verb.AWAY, person=who.id))
    days = press(plain(language, "press-works"), Intent(verb=Verb.WORKS, person=who.id))
    return Screen(html=html, rows=(*in_rows(keys), (new, days)))


def absence_screen(
    absence: AbsenceLine, cover: str | None, names: Names, language: str, today: date
) -> Screen:
    """Return one leave, who stands in, and what can be changed of it."""
    html = lines(
        say(
            language,
            "leave-one",
            name=names.get(absence.person, "–"),
            days=span_words(absence.from_on, absence.to_on, language, today),
        ),
        _stand_in_words(absence, names, language),
        cover,
    )
    return Screen(html=html, rows=change_rows(absence, language, today))


def _stand_in_words(absence: AbsenceLine, names: Names, language: str) -> str:
    if absence.stand_in is None:
        return say(language, "leave-one-nobody")
    key = "leave-one-accepted" if absence.accepted else "leave-one-asked"
    return say(language, key, name=names.get(absence.stand_in, "–"))


def change_rows(absence: AbsenceLine, language: str, today: date) -> tuple[tuple[Key, ...], ...]:
    """Return the buttons that change a leave; who is away now can be back today."""
    runs = absence.from_on <= today <= absence.to_on
    keys = [
        change_key(absence.id, "stand_in", language),
        change_key(absence.id, "to", language),
        press(plain(language, "press-away-drop"), Intent(verb=Verb.DROP_AWAY, item=absence.id)),
    ]
    if runs:
        keys[2] = change_key(absence.id, "back", language)
    return in_rows(keys)


def change_key(absence: int, what: str, language: str) -> Press:
    """Return the button for another `stand_in`, another last day (`to`), or being `back`."""
    label = plain(language, f"press-away-{what.replace('_', '-')}")
    return press(label, Intent(verb=Verb.CHANGE_AWAY, item=absence, arg=what))


# What a stand-in takes on, and what one comes back to


def brief_screen(
    absent: Member,
    until: date | None,
    rows: Sequence[Row],
    lately: Mapping[int, str],
    language: str,
    *,
    today: date,
    page: int = 0,
) -> Screen:
    """Return the open cases of somebody absent, for who stands in: where each stands.

    `until` the last day of the leave; `lately` the last thing that happened, by case.
    """
    shown, pages = page_of(rows, page, size=BRIEF_LINES)
    at = min(max(page, 0), pages - 1)
    last = None if until is None else day_words(until, language, today=today)
    head = say(
        language,
        "brief" if last else "brief-open",
        name=absent.name,
        n=len(rows),
        **({"last": last} if last else {}),
    )
    body = [
        lines(row_line(row, with_worker=False), lately.get(row.sight.view.id)) for row in shown
    ]
    keys = [press(row.sight.view.ref, row.sight.intent(Verb.CASE)) for row in shown]
    turned = Intent(verb=Verb.COVERED, person=absent.id, item=1)  # in this one's place
    turns = page_keys(turned, at, pages, language)
    html = fitted(lines(f"<b>{head}</b>", *body), language)
    return Screen(html=html, rows=tuple(row for row in (*in_rows(keys, a_row=3), turns) if row))


def last_words(sight: Sight, history: Sequence[HistoryLine], names: Names) -> str | None:
    """Return the last thing that was done in a case, with when and by whom, or None."""
    done = [each for each in told_lines(sight, history, names) if _is_done(each[0])]
    return f"  ↳ {_event_words(sight, *done[-1], names)}" if done else None


def _is_done(line: HistoryLine) -> bool:
    """Return whether people did it; that a step opened or is late stands in what comes next."""
    return not isinstance(line.event, StepOpened | StepChanged)


def _event_words(sight: Sight, line: HistoryLine, words: str, names: Names) -> str:
    at = moment_words(line.at, sight.days, sight.language, sight.now)
    by = told_by(line, names)
    return dotted(at, Markup(words), by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanwhile:
    """A case of somebody who is back, with what happened in it during the leave."""

    sight: Sight
    events: Sequence[tuple[HistoryLine, str]]


def digest_screen(
    who: Member, since: date, cases: Sequence[Meanwhile], names: Names, today: date
) -> Screen:
    """Return what happened while somebody was away, case by case, in one message."""
    language = who.language
    busy = [one for one in cases if one.events]
    quiet = [one.sight.view.ref for one in cases if not one.events]
    shown = busy[:DIGEST_CASES]
    each_max = max(DIGEST_EVENTS, DIGEST_LINES // max(len(shown), 1))
    html = lines(
        f"<b>{say(language, 'back', name=who.name)}</b>",
        say(
            language,
            "back-since" if busy else "back-nothing",
            since=day_words(since, language, today=today),
        ),
        *(_meanwhile(one, names, each_max) for one in shown),
        say(language, "and-more", n=len(busy) - len(shown)) if len(busy) > len(shown) else None,
        say(language, "back-quiet", refs=", ".join(quiet[:20])) if busy and quiet else None,
    )
    keys = [press(one.sight.view.ref, one.sight.intent(Verb.CASE)) for one in shown]
    return Screen(html=fitted(html, language), rows=in_rows(keys, a_row=3))


def _meanwhile(one: Meanwhile, names: Names, events_max: int) -> str:
    sight = one.sight
    told = one.events[-events_max:]
    more = len(one.events) - len(told)
    return lines(
        f"\n<b>{dotted(ref_words(sight.view), sight.view.short)}</b>",
        say(sight.language, "back-more", n=more) if more else None,
        *(f"• {_event_words(sight, line, words, names)}" for line, words in told),
        None if is_closed(sight.view) else next_line(sight),  # how it ended stands above
    )


def meanwhile(
    sight: Sight, history: Sequence[HistoryLine], names: Names, since: date
) -> Meanwhile:
    """Return what happened in a case from `since` on (a local day)."""
    told = told_lines(sight, history, names)
    events = [each for each in told if sight.days.day_of(each[0].at) >= since]
    done = [each for each in events if _is_done(each[0])]
    return Meanwhile(sight=sight, events=done or events[-1:])


def works_words(works: Collection[int] | None, language: str) -> str:
    """Return "maandag, dinsdag", or that it is every day on which the team works."""
    if works is None:
        return plain(language, "works-all")
    return ", ".join(weekday_words(day, language) for day in sorted(works))

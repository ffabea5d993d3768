"""Safe visits: with whom, inside, outside, and what is said when somebody does not come out.

Everything is private, between the bot, who visits and who watches: nothing of it in the channel.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.conversations.scene import Member, VisitView
from bot.screen import Copy, Intent, Key, Screen, Verb
from bot.texts import Markup
from bot.views.details import DETAILS_S
from bot.views.heads import Sight, head, ref_words
from bot.views.words import (
    COPIED_MAX,
    clock_words,
    dotted,
    in_rows,
    lines,
    press,
    quoted,
    short,
    short_text,
)
from scheduler.attempts import channels_of
from scheduler.case import Question
from scheduler.procedure import Channel, Step

MINUTES: Final = (30, 60, 90)
"""After so many minutes inside the bot gets worried, at the worker's choice."""
LONGER: Final = 30
"""Minutes that one tap adds."""
COLLEAGUES_MAX: Final = 8
"""Offered as company; another name is typed."""
_NAME_MAX: Final = 80
_LABEL_NAME_MAX: Final = 16


def is_visit(sight: Sight, step: Step) -> bool:
    """Return whether somebody goes to the client's home at the step."""
    return channels_of(sight.view.procedure).get(step.id) is Channel.VISIT


def visit_keys(sight: Sight, step: Step, question: str) -> Iterator[Key]:
    """Yield the way to a safe visit, where the team wants it and the day of the visit is known."""
    if sight.team.safe_visits and question != Question.WHEN and is_visit(sight, step):
        yield press(sight.plain("press-visit"), sight.intent(Verb.VISIT, step=step.id))


# Before


def with_screen(sight: Sight, step: str, colleagues: Sequence[Member]) -> Screen:
    """Ask who goes along; one tap for alone and for a colleague."""

    def key(text: str, arg: str, person: int | None = None) -> Key:
        return press(text, sight.intent(Verb.VISIT, step=step, arg=arg, person=person))

    names = (short_text(one.name, _LABEL_NAME_MAX) for one in colleagues)
    asked = zip(names, colleagues, strict=True)
    keys = [
        key(sight.plain("press-visit-alone"), "with"),
        *(key(name, "with", one.id) for name, one in asked),
        key(sight.plain("press-visit-someone"), "someone"),
    ]
    stop = key(sight.plain("press-cancel"), "stop")
    html = lines(head(sight), f"<b>{sight.say('visit-with')}</b>")
    return Screen(html=html, rows=(*in_rows(keys), (stop,)))


def ready_screen(sight: Sight, visit: VisitView, minutes: int | None = None) -> Screen:
    """Return what is tapped at the door: one tap goes in, and says how long it may take."""
    offered = (*((minutes,) if minutes is not None else ()), *MINUTES)
    keys = [
        press(
            sight.plain("press-visit-in", time=span_words(sight, each)),
            _intent(sight, visit, "in", page=each),
            "primary" if each == minutes else "",
        )
        for each in dict.fromkeys(offered)
    ]
    other = press(sight.plain("press-visit-other"), _intent(sight, visit, "other"))
    stop = press(sight.plain("press-visit-not"), _intent(sight, visit, "cancel"))
    html = lines(
        dotted(sight.say("visit-title"), ref_words(sight.view), sight.view.short),
        company_line(sight, visit),
        sight.say("visit-ready"),
    )
    return _private(visit, Screen(html=html, rows=(*in_rows(keys), (other, stop))))


def span_words(sight: Sight, minutes: int) -> str:
    """Return "45 min", "1 uur", "1,5 uur": short, for a button."""
    hours, rest = divmod(minutes, 60)
    if rest == 0:
        return sight.plain("visit-hours", n=hours)
    if rest == LONGER and hours:
        return sight.plain("visit-half-hours", n=hours)
    return sight.plain("visit-minutes", n=minutes)


def company_line(sight: Sight, visit: VisitView) -> Markup:
    """Return "Alleen." or "Met Bram."."""
    if visit.company is None:
        return sight.say("visit-alone")
    return sight.say("visit-company", name=short_text(visit.company, _NAME_MAX))


def _intent(sight: Sight, visit: VisitView, arg: str, *, page: int = 0) -> Intent:
    return sight.intent(Verb.VISIT, step=visit.step, arg=arg, item=visit.id, page=page)


def _private(visit: VisitView, screen: Screen) -> Screen:
    """A name that was typed is nobody's to pass on."""
    return replace(screen, protect=visit.company_typed)


# Inside, and out


def card_screen(sight: Sight, visit: VisitView) -> Screen:
    """Return the visit as its worker sees it now, with what can be tapped."""
    match visit.state:
        case "planned":
            return ready_screen(sight, visit)
        case "inside" | "asked" | "alerted":
            html = lines(*_inside_lines(sight, visit))
            return _private(visit, Screen(html=html, rows=(_out_keys(sight, visit),)))
        case _:
            return Screen(html=lines(*_over_lines(sight, visit)))


def _out_keys(sight: Sight, visit: VisitView) -> tuple[Key, ...]:
    out = press(sight.plain("press-visit-out"), _intent(sight, visit, "out"), "success")
    longer = press(sight.plain("press-visit-longer", n=LONGER), _intent(sight, visit, "longer"))
    return (out, longer)


def _inside_lines(sight: Sight, visit: VisitView) -> Iterator[str | None]:
    assert visit.in_at is not None, "nobody is inside"
    since, until = clock_words(visit.in_at, sight.days), _clock(sight, visit)
    title = {
        "inside": sight.say("visit-inside", at=since),
        "asked": sight.say("visit-asked"),
        "alerted": sight.say("visit-alerted"),
    }[visit.state]
    yield dotted(title, ref_words(sight.view), sight.view.short)
    yield company_line(sight, visit)
    if visit.state == "inside":
        yield sight.say("visit-until", at=until)
    elif visit.state == "asked":
        yield sight.say("visit-asked-more", since=since, at=until)
    elif visit.looks is not None:
        yield sight.say("visit-is-looked-after", name=short_text(visit.looks, _NAME_MAX))
    else:
        yield sight.say("visit-alerted-more" if visit.alerted else "visit-alerted-nobody")


def inside_line(sight: Sight, visit: VisitView) -> str:
    """Return a visit in the coordinator's overview: reference, who, since and until when."""
    assert visit.in_at is not None, "nobody is inside"
    key = {"inside": "list-inside", "asked": "list-inside-asked"}
    return sight.say(
        key.get(visit.state, "list-inside-alerted"),
        ref=ref_words(sight.view),
        name=short_text(visit.name, _NAME_MAX),
        since=clock_words(visit.in_at, sight.days),
        until=_clock(sight, visit),
    )


def _clock(sight: Sight, visit: VisitView) -> str:
    return clock_words(visit.until, sight.days) if visit.until is not None else "–"


def _over_lines(sight: Sight, visit: VisitView) -> Iterator[str | None]:
    if visit.state == "cancelled":
        yield dotted(sight.say("visit-cancelled"), ref_words(sight.view))
        return
    at = clock_words(visit.out_at or sight.now, sight.days)
    title = sight.say("visit-out", at=at) if visit.state == "out" else sight.say("visit-safe")
    yield dotted(title, ref_words(sight.view), sight.view.short)
    if visit.was_alerted and visit.state == "out":
        yield sight.say("visit-out-told")
    elif visit.state == "safe" and visit.looks is not None:
        yield sight.say("visit-safe-by", name=short_text(visit.looks, _NAME_MAX))


def retired_screen(sight: Sight, visit: VisitView) -> Screen:
    """Return what an older message of a visit becomes: the newer one has the buttons."""
    if visit.state in ("out", "safe", "cancelled"):
        return Screen(html=lines(*_over_lines(sight, visit)))
    at = clock_words(visit.in_at or sight.now, sight.days)
    return Screen(html=dotted(sight.say("visit-was-inside", at=at), ref_words(sight.view)))


def time_top(sight: Sight) -> str:
    """Return the line above the question how long."""
    return dotted(sight.say("visit-title"), ref_words(sight.view), sight.view.short)


# Who watches


def where_screen(sight: Sight) -> Screen:
    """Return whose home it is and where: no more of the case, protected, gone after a while.

    Who is told need not be on the case.
    """
    values = sight.view.values
    known = ((name, values[name]) for name in ("client", "phone", "address") if values.get(name))
    html = lines(
        dotted(ref_words(sight.view)),
        *(sight.say(f"details-{name}", value=quoted(value)) for name, value in known),
        sight.say("details-gone"),
    )
    copied = values.get("address", "")[:COPIED_MAX]
    copy = Copy(label=short(sight.plain("press-copy-address")), text=copied) if copied else None
    rows = ((copy,),) if copy is not None else ()
    return Screen(
        html=html,
        rows=rows,
        protect=True,
        forget_after_s=DETAILS_S,
        details_of=sight.view.id,
    )


def alert_screen(sight: Sight, visit: VisitView, *, reader: int) -> Screen:
    """Return what who watches is told: who is not out, since when, and who looks into it."""
    name = short_text(visit.name, _NAME_MAX)
    if visit.state != "alerted":
        return Screen(html=lines(*_calm_lines(sight, visit, name)))
    since = clock_words(visit.in_at or sight.now, sight.days)
    looks = None
    if visit.looks is not None and visit.looks_by != reader:
        looks = sight.say("visit-looked-after", name=short_text(visit.looks, _NAME_MAX))
    html = lines(
        dotted(sight.say("visit-alarm", name=name), ref_words(sight.view), sight.view.short),
        sight.say("visit-alarm-since", since=since, until=_clock(sight, visit)),
        company_line(sight, visit),
        looks or sight.say("visit-alarm-you" if visit.looks else "visit-alarm-do", name=name),
    )
    return _private(visit, Screen(html=html, rows=_alert_rows(sight, visit, reader)))


def _alert_rows(sight: Sight, visit: VisitView, reader: int) -> tuple[tuple[Key, ...], ...]:
    where = press(sight.plain("press-visit-where"), _intent(sight, visit, "where"))
    if visit.looks_by is None:
        look = press(sight.plain("press-visit-look"), _intent(sight, visit, "look"), "primary")
        return ((look, where),)
    if visit.looks_by != reader:
        return ((where,),)
    safe = press(sight.plain("press-visit-safe"), _intent(sight, visit, "safe"), "success")
    return ((safe, where),)


def _calm_lines(sight: Sight, visit: VisitView, name: str) -> Iterator[str | None]:
    if visit.state in ("inside", "asked"):
        yield dotted(
            sight.say("visit-calm-inside", name=name, at=_clock(sight, visit)),
            ref_words(sight.view),
        )
        return
    at = clock_words(visit.out_at or sight.now, sight.days)
    yield dotted(sight.say("visit-calm-out", name=name, at=at), ref_words(sight.view))
    if visit.state == "safe" and visit.looks is not None:
        yield sight.say("visit-safe-by", name=short_text(visit.looks, _NAME_MAX))

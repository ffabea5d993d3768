"""Lists: today, my cases, status, too late, the team, and the morning lists. One line a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum
from typing import Final

from bot.conversations.scene import AbsenceLine, CaseView, Member, Team
from bot.screen import Intent, Key, Screen, Verb
from bot.texts import escaped, plain, say
from bot.views.cases import asking
from bot.views.heads import Sight, is_late, ref_words
from bot.views.words import (
    day_words,
    dotted,
    fitted,
    in_rows,
    lines,
    long_day_words,
    page_keys,
    page_of,
    press,
    span_words,
    step_title,
)
from scheduler.agenda import Rules, first_moment
from scheduler.case import Coming, Planned, Question, State, StepState
from scheduler.due import AnchorKind, due_at
from scheduler.people import Roster
from scheduler.procedure import Pace, Role

KEYS_MAX: Final = 12
"""Cases of a page that have a button: as many as the page has lines."""

DIGEST_LINES: Final = 25
"""Cases named in a morning list; how many more there are is said."""


class Urgency(IntEnum):
    """How soon a case wants attention; lower is sooner."""

    LATE = 0
    CRISIS = 1
    TODAY = 2
    UNSEEN = 3
    CALM = 4


_DOTS: Final = {
    Urgency.LATE: "🔴",
    Urgency.CRISIS: "‼️",
    Urgency.TODAY: "🟠",
    Urgency.UNSEEN: "❔",
    Urgency.CALM: "⚪",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A case in a list, with its most urgent step, if any."""

    sight: Sight
    urgency: Urgency
    state: StepState | None
    legal: str | None = None
    """A hearing or eviction today or on the next working day, in words."""


def rows_of(
    views: Iterable[CaseView], team: Team, language: str, now: datetime
) -> tuple[Row, ...]:
    """Return the cases as rows, the most urgent first, then by deadline."""
    rows = [_row(Sight(view=view, team=team, language=language, now=now)) for view in views]
    return tuple(sorted(rows, key=_order))


def _row(sight: Sight) -> Row:
    row, legal = _by_steps(sight), _legal_soon(sight)
    if legal is None:
        return row
    return replace(row, legal=legal, urgency=min(row.urgency, Urgency.TODAY))


def _legal_soon(sight: Sight) -> str | None:
    facts, last = sight.case.facts, sight.days.next_workday(sight.today)
    for key, planned in (("soon-hearing", facts.hearing), ("soon-eviction", facts.eviction)):
        if planned is not None and sight.today <= planned.day <= last:
            return sight.plain(key, at=_planned(sight, planned))
    return None


def _by_steps(sight: Sight) -> Row:
    states = [s for s in asking(sight.case) if not _is_told_only(sight, s.id)]
    late = next((s for s in states if is_late(s, sight.now)), None)
    if late is not None:
        return Row(sight=sight, urgency=Urgency.LATE, state=late)
    first = states[0] if states else None
    if sight.case.crisis is not None:
        return Row(sight=sight, urgency=Urgency.CRISIS, state=first)
    today = next((s for s in states if _is_today(sight, s)), None)
    if today is not None:
        return Row(sight=sight, urgency=Urgency.TODAY, state=today)
    coming = _coming(sight)
    if coming is not None and sight.days.day_of(coming.at) <= sight.today:
        return Row(sight=sight, urgency=Urgency.TODAY, state=None)
    if sight.case.state is State.OPEN and not _goes_on(sight):
        return Row(sight=sight, urgency=Urgency.UNSEEN, state=None)
    return Row(sight=sight, urgency=Urgency.CALM, state=first)


def _goes_on(sight: Sight) -> bool:
    """Return whether the case will wake by itself; a step may wait for a date nobody knows yet."""
    rules = Rules(procedure=sight.view.procedure, days=sight.days, roster=Roster(people={}))
    return first_moment(sight.case, sight.now, rules) is not None


def _is_told_only(sight: Sight, step_id: str) -> bool:
    step = sight.view.procedure.steps.get(step_id)
    return step is not None and step.pace is Pace.INFORM


def _coming(sight: Sight) -> Coming | None:
    """Return the next step that will open by time and ask something.

    The morning list goes out in the minute in which the day's steps open: it names them too.
    """
    asked = (c for c in sight.case.coming if not _is_told_only(sight, c.step))
    return min(asked, key=lambda c: c.at, default=None)


def _is_today(sight: Sight, state: StepState) -> bool:
    moments = [state.due_at, state.planned.at if state.planned else None]
    days = [sight.days.day_of(at) for at in moments if at is not None]
    days += [state.planned.day] if state.planned is not None else []
    asked = state.ask_at is not None and sight.days.day_of(state.ask_at) <= sight.today
    dated = any(
        item.day is not None and item.day <= sight.today
        for item in sight.case.items
        if item.step == state.id and item.state == "pending"
    )
    return sight.today in days or asked or dated or _asks_now(state)


def _asks_now(state: StepState) -> bool:
    """Return whether the step is asked without a deadline: unassigned, or in the same talk."""
    return state.due_at is None and state.question is not Question.WAITING and not state.silent


def _order(row: Row) -> tuple[int, float, str]:
    due = row.state.due_at if row.state is not None else None
    return (row.urgency, due.timestamp() if due else float("inf"), row.sight.view.ref)


def row_line(row: Row, *, with_worker: bool) -> str:
    """Return "🔴 K7QM-4T An · M.V., Weelde · bel vóór 12 uur — te laat sinds vr 12:00"."""
    sight = row.sight
    worker = sight.view.worker_name if with_worker else None
    step = None
    if row.state is not None:
        title = step_title(sight.view, row.state.id, sight.language, sight.days)
        when = _when(sight, row.state)
        step = f"{title} – {when}" if when else title
    elif row.urgency is Urgency.UNSEEN:
        step = sight.plain("no-next-step")
    elif (coming := _coming(sight)) is not None:
        title = step_title(sight.view, coming.step, sight.language, sight.days)
        step = f"{title} – {_coming_when(sight, coming)}"
    parts = (ref_words(sight.view), worker, sight.view.short, row.legal, step)
    return f"{_DOTS[row.urgency]} {dotted(*parts)}"


def _coming_when(sight: Sight, coming: Coming) -> str:
    """Return until when a step that opens today can be answered, else from when on it is asked."""
    due = _coming_due(sight, coming)
    if due is None or sight.days.day_of(coming.at) > sight.today:
        return sight.plain("from-when", at=sight.when(coming.at))
    return sight.plain("by-when", at=sight.when(due))


def _coming_due(sight: Sight, coming: Coming) -> datetime | None:
    """Return the deadline that the step will have when it opens; None: not certain yet."""
    step, episode = sight.view.procedure.steps.get(coming.step), sight.case.episode
    if step is None or step.due is None or step.pace is not Pace.PLAIN or sight.case.crisis:
        return None
    first = episode.first if episode is not None and episode.clock else None
    if first is None and step.due.anchor.kind is AnchorKind.WORKDAY:
        return None
    due = due_at(step.due, coming.at, sight.days, first=first)
    return due if due > coming.at else None


def _planned(sight: Sight, planned: Planned) -> str:
    """Return when something takes place, near days by name."""
    if planned.at is not None:
        return sight.when(planned.at)
    return day_words(planned.day, sight.language, today=sight.today)


def _when(sight: Sight, state: StepState) -> str | None:
    if state.question is Question.WAITING and state.planned is not None:
        return _planned(sight, state.planned)
    if state.due_at is None:
        return _first_item(sight, state)
    key = "late-since" if is_late(state, sight.now) else "by-when"
    return sight.plain(key, at=sight.when(state.due_at))


def _first_item(sight: Sight, state: StepState) -> str | None:
    """Return the day of the first action or agreement that is still open."""
    days = [
        item.day
        for item in sight.case.items
        if item.step == state.id and item.state == "pending" and item.day is not None
    ]
    return day_words(min(days), sight.language, today=sight.today) if days else None


# Lists on request


def list_screen(
    name: str,
    rows: Sequence[Row],
    language: str,
    *,
    page: int,
    with_worker: bool,
    extra: tuple[Key, ...] = (),
    above: Sequence[str] = (),
) -> Screen:
    """Return a page of a list: `name` today, cases, status or overdue.

    `above` stands before the first case: what matters more than any.
    """
    shown, pages = page_of(rows, page)
    at = min(max(page, 0), pages - 1)
    body = [row_line(row, with_worker=with_worker) for row in shown]
    keys = [_case_key(row) for row in shown[:KEYS_MAX]]
    title = f"<b>{say(language, f'list-{name}', n=len(rows))}</b>"
    if not rows:
        title = say(language, f"list-{name}-empty")
    html = lines(*(() if at else above), title, *body)
    bottom = _pages(name, language, at, pages)
    return Screen(
        html=fitted(html, language),
        rows=tuple(row for row in (*in_rows(keys, a_row=3), bottom, extra) if row),
    )


def _case_key(row: Row) -> Key:
    return press(row.sight.view.ref, row.sight.intent(Verb.CASE))


def _pages(name: str, language: str, page: int, pages: int) -> tuple[Key, ...]:
    return page_keys(_turned(name, page), page, pages, language)


def _turned(name: str, page: int) -> Intent:
    """Return the intent of turning a page; `item` says that it takes this one's place."""
    return Intent(verb=Verb.LIST, arg=name, page=page, item=1)


def list_keys(language: str, *names: str) -> tuple[Key, ...]:
    """Return buttons to lists, e.g. [Status] [Te laat] [Team]."""
    return tuple(
        press(plain(language, f"press-list-{name}"), Intent(verb=Verb.LIST, arg=name))
        for name in names
    )


# The team


def team_screen(
    people: Sequence[Member],
    absences: Sequence[AbsenceLine],
    loads: dict[int, int],
    roster: Roster,
    language: str,
    *,
    today: date,
    reader: int,
    page: int = 0,
) -> Screen:
    """Return who is on the team, with load and leave; each colleague can be marked as left."""
    members = [one for one in people if one.role is not Role.REPORTER]
    shown, pages = page_of(members, page)
    at = min(max(page, 0), pages - 1)
    body = [_member_line(one, absences, people, loads, roster, language, today) for one in shown]
    keys = [
        press(plain(language, key, name=one.name), Intent(verb=verb, person=one.id))
        for one in shown
        if one.id != reader
        for key, verb in (
            ("press-leave-of", Verb.MY_LEAVE),
            ("press-leave-team", Verb.LEAVE_TEAM),
        )
    ]
    html = lines(f"<b>{say(language, 'list-team', n=len(members))}</b>", *body)
    bottom = _pages("team", language, at, pages)
    away = press(plain(language, "press-away"), Intent(verb=Verb.AWAY))
    rows = (*in_rows(keys), bottom, (away, *list_keys(language, "absent")))
    return Screen(html=fitted(html, language), rows=tuple(row for row in rows if row))


def _member_line(
    one: Member,
    absences: Sequence[AbsenceLine],
    people: Sequence[Member],
    loads: dict[int, int],
    roster: Roster,
    language: str,
    today: date,
) -> str:
    person = roster.person(one.id)
    is_away = person is not None and not person.present_on(today)
    leave = next((a for a in absences if a.person == one.id and a.to_on >= today), None)
    parts = [
        f"<b>{escaped(one.name)}</b>",
        say(language, f"role-{one.role.value}"),
        say(language, "load", n=loads.get(one.id, 0)) if one.role is Role.WORKER else None,
        say(language, "invited") if one.state == "invited" else None,
        say(language, "away-today") if is_away else None,
        _leave_words(leave, people, language, today) if leave is not None else None,
    ]
    return f"{'○' if is_away else '●'} " + " · ".join(part for part in parts if part)


def _leave_words(leave: AbsenceLine, people: Sequence[Member], language: str, today: date) -> str:
    names = {one.id: one.name for one in people}
    days = span_words(leave.from_on, leave.to_on, language, today)
    who = names.get(leave.stand_in) if leave.stand_in is not None else None
    key = "leave-covered" if leave.accepted else "leave-asked"
    return say(language, key if who else "leave-nobody", days=days, who=who or "–")


def absent_screen(
    people: Sequence[Member],
    absences: Sequence[AbsenceLine],
    language: str,
    *,
    today: date,
    page: int = 0,
) -> Screen:
    """Return the leave of today and later, with each stand-in and whether they accepted."""
    names = {one.id: one.name for one in people}
    coming = sorted((a for a in absences if a.to_on >= today), key=lambda a: (a.from_on, a.id))
    shown, pages = page_of(coming, page)
    body = [
        f"• <b>{escaped(names.get(a.person, '–'))}</b> {_leave_words(a, people, language, today)}"
        for a in shown
    ]
    turned = _pages("absent", language, min(max(page, 0), pages - 1), pages)
    html = lines(f"<b>{say(language, 'list-absent', n=len(coming))}</b>", *body)
    if not coming:
        html = say(language, "list-absent-empty")
    keys = [
        press(
            f"{names.get(a.person, '–')} · {day_words(a.from_on, language, today=today)}",
            Intent(verb=Verb.ABSENCE, item=a.id),
        )
        for a in shown
    ]
    rows = (*in_rows(keys), *((turned,) if turned else ()), list_keys(language, "team"))
    return Screen(html=fitted(html, language), rows=rows)


# Morning lists


def worker_digest(
    member: Member, views: Iterable[CaseView], team: Team, now: datetime
) -> Screen | None:
    """Return the worker's morning list: today's and late steps; None when there are none."""
    language = member.language
    rows = [r for r in rows_of(views, team, language, now) if r.urgency < Urgency.CALM]
    if not rows:
        return None
    today = team.days.day_of(now)
    head = say(language, "digest-worker", day=long_day_words(today, language), n=len(rows))
    html = lines(f"<b>{head}</b>", *_digest_lines(rows, language, with_worker=False))
    keys = [_case_key(row) for row in rows[:KEYS_MAX]]
    return Screen(html=fitted(html, language), rows=in_rows(keys, a_row=3))


def coordinator_digest(
    member: Member,
    views: Sequence[CaseView],
    people: Sequence[Member],
    team: Team,
    roster: Roster,
    now: datetime,
) -> Screen:
    """Return the coordinator's morning list: late, today, absent; else one line (§1.2)."""
    language = member.language
    today = team.days.day_of(now)
    rows = rows_of(views, team, language, now)
    urgent = [row for row in rows if row.urgency < Urgency.CALM]
    day = long_day_words(today, language)
    absent = list(_absent_lines(people, roster, language, today))
    if not urgent:
        key = "digest-well" if rows else "digest-none"
        html = lines(f"<b>{say(language, key, day=day)}</b>", *absent)
        return Screen(html=html, rows=(list_keys(language, "status", "team"),))
    html = lines(
        f"<b>{say(language, 'digest-coordinator', day=day, n=len(urgent))}</b>",
        *_digest_lines(urgent, language, with_worker=True),
        _asked_today(rows, people, roster, language, today),
        *absent,
    )
    keys = list_keys(language, "status", "overdue", "team")
    return Screen(html=fitted(html, language), rows=(keys,))


def missed_screen(
    member: Member, views: Iterable[CaseView], count: int, team: Team, now: datetime
) -> Screen:
    """Return the one message for all that was missed while the bot was away (procedures 1.2)."""
    language = member.language
    rows = rows_of(views, team, language, now)
    head = say(language, "missed", n=count)
    html = lines(f"<b>{head}</b>", *_digest_lines(rows, language, with_worker=True))
    keys = [_case_key(row) for row in rows[:KEYS_MAX]]
    return Screen(html=fitted(html, language), rows=in_rows(keys, a_row=3))


def _digest_lines(rows: Sequence[Row], language: str, *, with_worker: bool) -> Iterator[str]:
    for row in rows[:DIGEST_LINES]:
        yield row_line(row, with_worker=with_worker)
    if len(rows) > DIGEST_LINES:
        yield say(language, "and-more", n=len(rows) - DIGEST_LINES)


def _asked_today(
    rows: Sequence[Row], people: Sequence[Member], roster: Roster, language: str, today: date
) -> str | None:
    """Return "Vandaag: 7 vragen aan An, 4 aan Bram", of those that a worker or stand-in gets."""
    names = {one.id: one.name for one in people}
    counts: dict[str, int] = {}
    for row in rows:
        name = names.get(roster.covering(row.sight.case.worker, today) or 0)
        if name and row.urgency in (Urgency.LATE, Urgency.CRISIS, Urgency.TODAY):
            counts[name] = counts.get(name, 0) + 1
    if not counts:
        return None
    who = ", ".join(
        plain(language, "asked-of", n=n, name=name) for name, n in sorted(counts.items())
    )
    return say(language, "digest-today", who=who)


def _absent_lines(
    people: Sequence[Member], roster: Roster, language: str, today: date
) -> Iterator[str]:
    names = {one.id: one.name for one in people}
    for one in people:
        person = roster.person(one.id)
        if one.role is Role.REPORTER or person is None or person.present_on(today):
            continue
        stand_in = roster.covering(one.id, today)
        if stand_in is None:
            yield say(language, "digest-absent-nobody", name=one.name)
        else:
            yield say(language, "digest-absent", name=one.name, who=names.get(stand_in, "–"))

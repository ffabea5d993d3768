"""What reporters see of their own reports: three words, what can be added, what is asked later.

Never anything of the case but "received, being worked on, closed" (procedures 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.acts import AddToReport
from bot.conversations.scene import CaseView, HistoryLine, Team
from bot.screen import Intent, Screen, Verb
from bot.texts import plain, say
from bot.views import words
from bot.views.report_dates import Dated
from bot.views.reports import button, cancel_button, way_rows
from scheduler.case import State
from scheduler.decision import CaseClosed, EpisodeBegan, ReportJoined
from scheduler.workdays import Workdays


class Status(StrEnum):
    """The three words that a reporter is told."""

    RECEIVED = "received"
    WORKED_ON = "worked-on"
    CLOSED = "closed"


def status_of(
    view: CaseView, history: Sequence[HistoryLine], person: int, *, days: Workdays, now: datetime
) -> Status:
    """Return what the reporter is told of their own report on the case.

    A report that joined an open case is told like a new one, "being worked on" from the next
    opening on: an answer at once would say that the client was known (procedures 6).
    """
    mine = None
    for line in history:
        if line.by == person and isinstance(line.event, EpisodeBegan | ReportJoined):
            mine = line
    if mine is None:
        return _plain_status(view)
    later = [line.event for line in history if line.seq > mine.seq]
    if any(isinstance(event, CaseClosed) for event in later):
        return Status.CLOSED
    joined = isinstance(mine.event, ReportJoined)
    if joined and now < days.next_day_open(mine.at):
        return Status.RECEIVED
    return _plain_status(view)


def _plain_status(view: CaseView) -> Status:
    if view.case.state is State.CLOSED:
        return Status.CLOSED
    return Status.RECEIVED if view.case.worker is None else Status.WORKED_ON


def _is_awaited(view: CaseView, status: Status) -> bool:
    """Return whether the reporter is still to be spoken to; a gate is lifted in a crisis only."""
    gate = view.procedure.gate
    if gate is None or status is Status.CLOSED:
        return False
    return status is Status.RECEIVED or gate in view.case.steps


REPORTS_ON_A_PAGE: Final = 6
"""Own reports on one page, a button each."""


def my_reports_screen(
    own: Sequence[tuple[CaseView, Status]], language: str, *, page: int = 0
) -> Screen:
    """Return the own reports, newest first: reference and one of three words, nothing else.

    Who is spoken to before anything is done (E-08) is told so, until that has been.
    """
    if not own:
        return Screen(html=say(language, "reporter-none"), rows=way_rows(language))
    own, pages = words.page_of(own, page, size=REPORTS_ON_A_PAGE)
    turned = words.page_keys(Intent(verb=Verb.MY_REPORTS, item=1), page, pages, language)
    lines = [
        words.lines(
            say(
                language,
                "reporter-mine-line",
                ref=view.ref,
                status=plain(language, f"reporter-status-{status}"),
            ),
            say(language, "reporter-mine-gate") if _is_awaited(view, status) else None,
        )
        for view, status in own
    ]
    adds = [
        words.press(
            plain(language, "reporter-button-add-to", ref=view.ref),
            Intent(verb=Verb.ADD, case=view.id),
        )
        for view, _ in own
    ]
    new = button(language, "reporter-button-new", Intent(verb=Verb.REPORT))
    return Screen(
        html=words.lines(say(language, "reporter-mine"), *lines),
        rows=(*((each,) for each in adds), *((turned,) if turned else ()), (new,)),
    )


def add_screen(view: CaseView, language: str, *, closed: bool) -> Screen:
    """Return what can be added to an own report; to a closed one only a new report."""
    ref = view.ref
    if closed:
        new = button(
            language,
            "reporter-button-new",
            Intent(verb=Verb.REPORT, case=view.id, arg="free"),
        )
        return Screen(html=say(language, "reporter-add-closed", ref=ref), rows=((new,),))
    ways = ("paid", "eviction", "hearing", "withdraw")
    known = [each for each in ways if each != "hearing" or "hearing" in view.procedure.events]
    keys = [
        button(
            language, f"reporter-button-add-{each}", Intent(verb=Verb.ADD, case=view.id, arg=each)
        )
        for each in known
    ]
    return Screen(
        html=say(language, "reporter-add", ref=ref),
        rows=(*words.in_rows(keys), (cancel_button(language),)),
    )


def date_screen(asking: str, dated: Dated, *, language: str) -> Screen:
    """Return the question for a date of an own report, with its calendar."""
    html = words.lines(say(language, f"reporter-add-{asking}"), dated.hint)
    return Screen(html=html, rows=(*dated.rows, (cancel_button(language),)), protect=True)


def added_screen(
    act: AddToReport, view: CaseView, team: Team, language: str, now: datetime
) -> Screen:
    """Return the echo of what was added."""
    if act.what == "withdraw":
        return Screen(html=say(language, "reporter-withdrawn", ref=view.ref))
    at = ""
    if act.when is not None:
        at = words.planned_words(act.when.day, act.when.at, team.days, language, now)
    return Screen(html=say(language, f"reporter-added-{act.what}", ref=view.ref, at=at))


def after_screen(view: CaseView, reported_on: date, language: str) -> Screen:
    """Return the one question to a reporter, months after the case was closed (a team's option).

    It says nothing of what was done, nor for whom (procedures 6).
    """
    keys = (
        button(language, label, Intent(verb=Verb.AFTERWARDS, case=view.id, arg=arg))
        for label, arg in (
            ("reporter-yes", "yes"),
            ("reporter-no", "no"),
            ("reporter-button-skip", "unknown"),
        )
    )
    day = words.whole_day_words(reported_on, language)
    html = say(language, "reporter-after", ref=view.ref, day=day)
    return Screen(html=html, rows=(tuple(keys),))


def after_thanks_screen(view: CaseView, language: str) -> Screen:
    """Return what the question becomes, with the way to report anew."""
    new = Intent(verb=Verb.REPORT, case=view.id, arg="free")
    html = say(language, "reporter-after-thanks", ref=view.ref)
    return Screen(html=html, rows=((button(language, "reporter-button-new", new),),))


def sure_screen(key: str, *, ref: str, step: str, language: str) -> Screen:
    """Return a question to be answered with yes or no before an act on an own report."""
    yes = Intent(verb=Verb.PICK, step=step, arg="yes")
    return Screen(
        html=say(language, key, ref=ref),
        rows=(
            (
                button(language, "reporter-yes", yes, "danger" if step == "withdraw" else ""),
                button(language, "reporter-no", Intent(verb=Verb.PICK, step=step, arg="no")),
            ),
        ),
    )

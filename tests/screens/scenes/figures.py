"""The figures of a period, as a coordinator asks for them."""

from __future__ import annotations

from bot.conversations.scene import Turn
from bot.screen import Screen, Verb
from scheduler.case import State
from scheduler.stimuli import Closing, Contacted
from tests.screens.catalogue import scene
from tests.screens.stage import AN, KARIN, Stage

FIRST = 20


def quarter(stage: Stage) -> None:
    """Twelve reports on one Monday: three reached by phone, four at the door, five not at all."""
    cases = range(FIRST, FIRST + 12)
    stage.at("2027-09-13 10:20")
    for id_ in cases:
        stage.reports(id_=id_, ref=f"B4WX-{id_}")
        stage.answers(KARIN, "assign", "assigned", id_, to=AN.id)
    stage.at("2027-09-13 11:00")
    for id_ in cases[:3]:
        stage.answers(AN, "call_day1", "accepts_help", id_)
        stage.happens(Closing(by=AN.id, outcome="averted"), id_)
    for id_ in cases[3:]:
        stage.answers(AN, "call_day1", "not_reached", id_)
        stage.passes("2027-09-14 09:00", id_)
        stage.at("2027-09-13 11:00")
    stage.at("2027-09-14 12:30")
    for id_ in cases[3:]:
        stage.passes("2027-09-14 12:30", id_)
        stage.answers(AN, "call_day2", "not_reached", id_)
    stage.at("2027-09-14 15:00")
    for id_ in cases[3:7]:
        stage.answers(AN, "visit_1", "let_in", id_)
    for id_ in cases[7:]:
        stage.answers(AN, "visit_1", "nobody_home", id_)
        stage.answers(AN, "note_1", "done", id_)
    stage.at("2027-09-15 10:00")
    stage.happens(Contacted(by=AN.id, answer="accepts_help", done_at=stage.now), FIRST + 7)
    stage.passes("2027-09-17 09:00", FIRST + 8)
    stage.answers(AN, "visit_2", "nobody_home", FIRST + 8)
    stage.answers(AN, "note_2", "done", FIRST + 8)
    assert stage.views[FIRST + 8].case.state is State.CLOSED


@scene
def figures(stage: Stage) -> list[Screen]:
    """/figures: who was reached, leafed through to the last page."""
    quarter(stage)
    chat = stage.chat(KARIN)
    chat.order("figures")
    for page in (1, 2, 3):
        chat.press(Verb.FIGURES, page=page, item=1)
    return chat.screens


@scene
def means(stage: Stage) -> list[Screen]:
    """What is counted: of each page."""
    quarter(stage)
    chat = stage.chat(KARIN)
    chat.order("figures 2027-Q3")
    shown = [chat.press(Verb.FIGURES, page=0, item=2)]
    for page in (1, 2, 3):
        chat.press(Verb.FIGURES, page=page - 1, item=1)
        chat.press(Verb.FIGURES, page=page, item=1)
        shown.append(chat.press(Verb.FIGURES, page=page, item=2))
    return [turn.edit for turn in shown if turn.edit is not None]


@scene
def figures_of_two_cases(stage: Stage) -> Turn:
    """/figures of a month with two cases: numbers, no shares."""
    for id_ in (FIRST, FIRST + 1):
        stage.reports(id_=id_, ref=f"B4WX-{id_}")
        stage.answers(KARIN, "assign", "assigned", id_, to=AN.id)
        stage.answers(AN, "call_day1", "accepts_help", id_)
    return stage.chat(KARIN).order("figures 2027-09")


@scene
def figures_of_nothing(stage: Stage) -> Turn:
    """/figures of a year without reports."""
    return stage.chat(KARIN).order("figures 2026")


@scene
def figures_of_two_days(stage: Stage) -> Turn:
    """/figures of two days that somebody typed."""
    return stage.chat(KARIN).order("figures 2027-07-01..2027-08-31")


@scene
def no_such_period(stage: Stage) -> list[Screen]:
    """A period that is none: not known, no such day, backwards, not begun, too long."""
    chat = stage.chat(KARIN)
    for typed in (
        "zomer",
        "2027-02-30..2027-03-01",
        "2027-09-30..2027-07-01",
        "2028",
        "2020-01-01..2027-01-01",
    ):
        chat.order(f"figures {typed}")
    return chat.screens

"""What a reporter sees of a report: receipt, status, summary; nothing that tells on the client."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversations.intake import Draft
from bot.conversations.scene import HistoryLine
from bot.screen import Copy, Intent, Press, Verb
from bot.views import own_reports, reports
from bot.views.own_reports import Status
from scheduler.case import Facts, State
from scheduler.decision import CaseClosed, EpisodeBegan, Event, ReportJoined
from tests.bot.conversations.front_desk import (
    AN,
    LIES,
    MONDAY,
    case_view,
    days,
    labels,
    team,
)


def line(seq: int, event: Event, at: datetime = MONDAY, by: int = LIES.id) -> HistoryLine:
    return HistoryLine(seq=seq, at=at, by=by, event=event)


# Receipt


def test_receipt_says_reference_day_and_what_happens() -> None:
    """screens.md: received, when, the number to copy, which day is workday 1."""
    screen = reports.receipt_screen(case_view(7, "K7QM-4T"), LIES, team(), MONDAY)
    assert "<b>Uw melding is ontvangen</b>, ma 13 sep om 10:20" in screen.html
    assert "<code>K7QM-4T</code>" in screen.html
    assert "Werkdag 1 is vandaag (ma 13 sep)" in screen.html
    assert "014 00 00 00" in screen.html
    keys = [key for row in screen.rows for key in row]
    assert keys[0] == Copy(label="Kopieer nummer", text="K7QM-4T")
    verbs = [key.intent for key in keys if isinstance(key, Press)]
    assert verbs == [Intent(verb=Verb.ADD, case=7), Intent(verb=Verb.MY_REPORTS)]


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (datetime(2027, 9, 13, 15, 0, tzinfo=UTC), "morgen (di 14 sep)"),
        (datetime(2027, 9, 17, 15, 0, tzinfo=UTC), "ma 20 sep"),
        (datetime(2027, 9, 18, 8, 0, tzinfo=UTC), "ma 20 sep"),
    ],
)
def test_report_at_or_after_close_starts_the_next_workday(now: datetime, first: str) -> None:
    """procedures.md §1.1: a report at 17:00 starts tomorrow; R-09, receipt starts the clock."""
    screen = reports.receipt_screen(case_view(7, "K7QM-4T"), LIES, team(), now)
    assert f"Werkdag 1 is {first}" in screen.html


def test_receipt_of_a_second_report_is_like_a_first() -> None:
    """procedures.md §6, row 38: its words never tell that the client was known."""
    known = case_view(7, "K7QM-4T", worker=AN.id, reporter_id=99, at=MONDAY - timedelta(days=30))
    new = case_view(7, "K7QM-4T")
    screens = [reports.receipt_screen(view, LIES, team(), MONDAY) for view in (known, new)]
    assert screens[0] == screens[1]


def test_receipt_names_nobody() -> None:
    """procedures.md §6: number and day only."""
    screen = reports.receipt_screen(case_view(7, "K7QM-4T"), LIES, team(), MONDAY)
    for secret in ("Verlinden", "M.V.", "Weelde"):
        assert secret not in screen.html


# Status


def test_own_report_is_received_then_worked_on_then_closed() -> None:
    """procedures.md §6: three words."""
    begun = line(1, _began())
    for view, expected in [
        (case_view(7, "K7QM-4T"), Status.RECEIVED),
        (case_view(7, "K7QM-4T", worker=AN.id), Status.WORKED_ON),
        (case_view(7, "K7QM-4T", state=State.CLOSED), Status.CLOSED),
    ]:
        assert _status(view, begun) is expected


def test_joined_report_is_not_worked_on_before_the_next_opening() -> None:
    """procedures.md §6: "being worked on" at once would say that the client was known."""
    view = case_view(7, "K7QM-4T", worker=AN.id, reporter_id=99, at=MONDAY - timedelta(days=9))
    history = (
        line(1, _began(), at=MONDAY - timedelta(days=9), by=99),
        line(5, ReportJoined(by=LIES.id)),
    )
    assert _status(view, *history) is Status.RECEIVED
    assert _status(view, *history, now=MONDAY + timedelta(hours=8)) is Status.RECEIVED
    assert _status(view, *history, now=MONDAY + timedelta(days=1)) is Status.WORKED_ON


def test_closed_report_stays_closed_when_another_reopens_the_case() -> None:
    """Row 38: what others report later is not told to this reporter."""
    view = case_view(7, "K7QM-4T", worker=AN.id)
    history = (
        line(1, _began()),
        line(5, CaseClosed(outcome="door_ajar", by=AN.id, at=MONDAY), by=AN.id),
        line(6, _began(), at=MONDAY + timedelta(days=60), by=99),
    )
    assert _status(view, *history, now=MONDAY + timedelta(days=61)) is Status.CLOSED


def _began() -> EpisodeBegan:
    episode = case_view(7, "K7QM-4T").case.episode
    assert episode is not None
    return EpisodeBegan(episode=episode, facts=Facts(), by=LIES.id)


def _status(view, *history: HistoryLine, now: datetime = MONDAY) -> Status:
    return own_reports.status_of(view, history, LIES.id, days=days(), now=now)


# Summary and questions


def test_long_values_are_cut_on_buttons_and_shown_whole_above() -> None:
    """Row 87, telegram.md: labels of at most 40 units; what does not fit is quoted."""
    draft = Draft(
        procedure="ravels",
        said={"client": "Maria-Magdalena van den Bossche-Vanderlinden", "text": "x" * 300},
    )
    screen = reports.summary_screen(draft, team(), language="nl-BE", now=MONDAY)
    assert all(len(label) <= 40 for label in labels(screen))
    assert "<blockquote>Maria-Magdalena van den Bossche-Vanderlinden</blockquote>" in screen.html
    assert f"<blockquote>{'x' * 300}</blockquote>" in screen.html


def test_a_huge_story_still_fits_one_message() -> None:
    """telegram.md: 4,096 units; all of it is kept, some of it shown."""
    draft = Draft(procedure="eropaf", said=dict.fromkeys(("view", "why", "relation"), "&" * 9000))
    screen = reports.summary_screen(draft, team("eropaf"), language="nl-BE", now=MONDAY)
    assert len(screen.html) <= 4096
    assert screen.html.count("<blockquote>") == screen.html.count("</blockquote>")
    assert labels(screen)[-2:] == ["✓ Verzenden", "Annuleren"]


def test_values_are_escaped() -> None:
    """Row 30, S12: in the quoted lines of the summary and in the resume screen."""
    evil = '<a href="tg://user?id=1">' + "x" * 60
    draft = Draft(procedure="ravels", said={"client": evil, "text": evil})
    for screen in (
        reports.summary_screen(draft, team(), language="nl-BE", now=MONDAY),
        reports.resume_screen(draft, "nl-BE"),
    ):
        assert "<a" not in screen.html


def test_resume_names_initials_only() -> None:
    """design.md §3: a notification on a locked phone shows no name."""
    draft = Draft(procedure="ravels", said={"client": "Marc Verlinden"})
    for screen in (
        reports.resume_screen(draft, "nl-BE"),
        reports.draft_reminder_screen(draft, "nl-BE"),
    ):
        assert "M.V." in screen.html
        assert "Verlinden" not in screen.html


@pytest.mark.parametrize(
    ("cents", "months", "language", "shown"),
    [
        (124000, 2, "nl-BE", "€ 1.240 · 2 maanden"),
        (123456, None, "nl-BE", "€ 1.234,56"),
        (None, 1, "nl-BE", "1 maand"),
        (124000, 2, "en", "€ 1,240 · 2 months"),
        (5, None, "en", "€ 0.05"),
        (124000, 2, "fr", "1\u00a0240\u00a0€ · 2 mois"),
        (123456, None, "nl-NL", "€ 1.234,56"),
    ],
)
def test_amounts_in_words(
    cents: int | None, months: int | None, language: str, shown: str
) -> None:
    """Row 41: one way to write it in each language; cents only where there are some."""
    assert reports.amount_words(cents, months, language) == shown


def test_hearing_is_offered_where_the_procedure_knows_hearings() -> None:
    """procedures.md §1.3."""
    view = case_view(7, "K7QM-4T")
    assert "Datum zitting" in labels(own_reports.add_screen(view, "nl-BE", closed=False))
    bare = replace(view, procedure=replace(view.procedure, events={}))
    assert "Datum zitting" not in labels(own_reports.add_screen(bare, "nl-BE", closed=False))


@pytest.mark.parametrize("language", ["nl-BE", "nl-NL", "en", "fr", "xx-YY"])
def test_every_language_has_a_welcome(language: str) -> None:
    """Row 87: an unknown language falls back."""
    screen = reports.welcome_screen(team(), language, has_reports=True)
    assert "OCMW Ravels" in screen.html
    assert all(0 < len(label) <= 40 for label in labels(screen))

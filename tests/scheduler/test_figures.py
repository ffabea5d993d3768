"""Figures of a period, counted by hand beside."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.case import Case
from scheduler.counting import working_minutes
from scheduler.decision import Event, ReportJoined, Restored
from scheduler.figures import (
    NOTHING,
    SHARE_MIN,
    Figures,
    Period,
    Share,
    figures_of,
    total,
)
from scheduler.load import load_named
from tests.scheduler.histories import DAYS, at, began, closed, contact, history, opened, said

RAVELS = load_named("ravels")
SEPTEMBER = Period(first=date(2027, 9, 1), last=date(2027, 9, 30))


def counted(*events: tuple[str, Event], period: Period = SEPTEMBER) -> Figures:
    return figures_of(history(*events), RAVELS, DAYS, period)


# One case


def test_a_case_reached_at_the_door():
    """Report Mon 10:20; calls Mon 11:00 and Tue 9:40, visit Tue 14:00: let in.

    Attempts 3 (2 calls, 1 visit). First attempt after 40 minutes; first talk after Mon 10:20-12:00
    (100) and 13:00-17:00 (240), Tue 9:00-12:00 (180) and 13:00-14:00 (60): 580 minutes.
    """
    found = counted(
        began("13 10:20"),
        said("13 11:00", "call_day1", "not_reached"),
        said("14 09:40", "call_day2", "not_reached"),
        said("14 14:00", "visit_1", "let_in"),
    )
    names = ("cases", "reports", "reached")
    assert [found.count(name) for name in names] == [1, 1, 1]
    assert (found.count("attempts", "phone"), found.count("attempts", "visit")) == (2, 1)
    assert found.share(("way", "phone", "reached"), ("way", "phone")) == Share(n=1, of=1)
    assert found.share(("way", "visit", "reached"), ("way", "visit")) == Share(n=1, of=1)
    assert found.count("way", "written") == 0
    assert found.share(("tries", "three", "reached"), ("tries", "three")) == Share(n=1, of=1)
    assert found.minutes == {"first-attempt": {40: 1}, "first-talk": {580: 1}}
    assert found.share(("visits", "reached"), ("attempts", "visit")) == Share(n=1, of=1)


def test_a_case_with_a_note_only_is_written_only():
    """One note, nobody spoken to: not reached, nothing followed."""
    found = counted(began("13 10:20"), said("14 15:00", "note_1", "done"))
    assert found.share(("way", "written", "reached"), ("way", "written")) == Share(n=0, of=1)
    assert found.share(("notes", "followed"), ("notes",)) == Share(n=0, of=1)
    assert found.count("way", "phone") == 0
    assert "first-talk" not in found.minutes


def test_the_client_who_calls_after_the_note_is_reached():
    """A note on Tuesday, the client on Thursday: followed, and help was accepted."""
    found = counted(
        began("13 10:20"),
        said("13 11:00", "call_day1", "not_reached"),
        said("14 15:00", "note_1", "done"),
        contact("16 10:00"),
    )
    assert found.share(("notes", "followed"), ("notes",)) == Share(n=1, of=1)
    assert found.share(("help",), ("reached",)) == Share(n=1, of=1)
    assert found.count("attempts", "phone") == 1


def test_a_talk_before_the_note_does_not_follow_it():
    """Spoken to on Monday, a note on Tuesday: nothing followed it."""
    found = counted(
        began("13 10:20"),
        said("13 11:00", "call_day1", "declines_help"),
        said("14 15:00", "note_1", "done"),
    )
    assert found.share(("notes", "followed"), ("notes",)) == Share(n=0, of=1)


def test_the_last_word_on_help_counts():
    """Yes by phone, no at the kitchen table: not accepted."""
    found = counted(
        began("13 10:20"),
        said("13 11:00", "call_day1", "accepts_help"),
        said("15 11:00", "phase1_offer", "no"),
    )
    assert found.share(("help",), ("reached",)) == Share(n=0, of=1)


def test_attempts_after_the_first_talk_are_no_persistence():
    """Reached at the first call, then three visits: one attempt was enough."""
    found = counted(
        began("13 10:20"),
        said("13 11:00", "call_day1", "accepts_help"),
        said("14 11:00", "home_appointment", "nobody_home"),
        said("15 11:00", "visit_1", "nobody_home"),
        said("17 11:00", "visit_2", "let_in"),
    )
    assert found.share(("tries", "few", "reached"), ("tries", "few")) == Share(n=1, of=1)
    assert found.count("tries", "many") == 0
    assert found.count("attempts", "visit") == 3


def test_four_attempts_in_vain_are_many():
    """Call, call, visit, note, visit: five."""
    found = counted(
        began("13 10:20"),
        *(said("14 11:00", step, "not_reached") for step in ("call_day1", "call_day2")),
        *(said("15 11:00", step, "nobody_home") for step in ("visit_1", "visit_2")),
        said("15 11:30", "note_1", "done"),
    )
    assert found.share(("tries", "many", "reached"), ("tries", "many")) == Share(n=0, of=1)


def test_averted_at_closing_and_after_three_months():
    """Closed as averted; at the check people still live there."""
    end = (began("13 10:20"), closed("20 10:00", "averted"))
    found = counted(*end, said("29 10:00", "three_month_check", "not_reached"))
    assert found.share(("averted",), ("closed",)) == Share(n=1, of=1)
    assert found.count("checked") == 0, "nobody was reached at the check"
    found = counted(*end, said("29 10:00", "three_month_check", "still_housed"))
    assert found.share(("averted-later",), ("checked",)) == Share(n=1, of=1)
    found = counted(*end, said("29 10:00", "three_month_check", "evicted"))
    assert found.share(("averted-later",), ("checked",)) == Share(n=0, of=1)
    assert found.count("outcome", "ravels", "averted") == 1


def test_a_case_opened_again_counts_by_its_last_closing():
    """Door left open, the client comes back (reached), averted in the end; open again: no end."""
    back = (
        began("13 10:20"),
        closed("17 16:00", "door_ajar"),
        began("20 09:00", "client"),
    )
    assert counted(*back).count("closed") == 0
    assert counted(*back).count("reached") == 1
    found = counted(*back, closed("24 10:00", "averted"))
    assert found.under("outcome") == {("ravels", "averted"): 1}


def test_steps_are_counted_by_how_they_were_kept():
    """The call on Monday on time, the one before Tuesday noon too late."""
    found = counted(
        began("13 10:20"),
        opened("13 10:20", "call_day1", "13 17:00"),
        said("13 11:00", "call_day1", "not_reached", "13 17:00"),
        opened("14 09:00", "call_day2", "14 12:00"),
        said("14 13:00", "call_day2", "not_reached", "14 12:00"),
    )
    assert found.under("step", "ravels") == {
        ("call_day1", "on-time"): 1,
        ("call_day2", "late"): 1,
    }


def test_what_was_taken_back_is_not_counted():
    """A wrong tap, corrected: one call, not reached."""
    found = counted(
        began("13 10:20"),
        said("13 11:00", "call_day1", "accepts_help"),
        ("13 11:01", Restored(case=Case(procedure="ravels", version=1), seq=2, by=7)),
        said("13 11:02", "call_day1", "not_reached"),
    )
    assert (found.count("reached"), found.count("attempts", "phone")) == (0, 1)


# Which reports


def test_a_report_counts_on_the_day_it_came_in():
    """By the team's wall: 23:30 UTC on 31 August is 1 September in Brussels."""
    began_late, event = began("1 01:30")
    assert figures_of(history((began_late, event)), RAVELS, DAYS, SEPTEMBER).count("cases") == 1
    august = Period(first=date(2027, 8, 1), last=date(2027, 8, 31))
    assert figures_of(history((began_late, event)), RAVELS, DAYS, august) == NOTHING


def test_a_second_report_is_a_report_but_no_case():
    """R-13: two reports on one household."""
    found = counted(began("13 10:20"), ("14 10:00", ReportJoined(by=4)))
    assert (found.count("reports"), found.count("cases")) == (2, 1)


def test_a_report_that_belonged_to_another_case_is_counted_there():
    """Joined by the coordinator: nothing of it is counted here."""
    assert counted(began("13 10:20"), closed("13 11:00", "joined", joined=True)) == NOTHING


def test_each_report_on_a_case_has_its_own_story():
    """Reported on the 2nd, closed, reported again on the 20th: two, the second not reached."""
    lines = (
        began("2 10:00"),
        said("2 11:00", "call_day1", "accepts_help"),
        closed("3 10:00", "settled"),
        began("20 10:00"),
        said("20 11:00", "call_day1", "not_reached"),
    )
    found = counted(*lines)
    assert (found.count("cases"), found.count("reached"), found.count("closed")) == (2, 1, 1)
    later = Period(first=date(2027, 9, 15), last=date(2027, 9, 30))
    assert counted(*lines, period=later).count("reached") == 0


# Numbers


@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        ("13 10:20", "13 11:00", 40),
        ("13 11:30", "13 13:30", 60),
        ("13 16:30", "14 09:30", 60),
        ("17 16:00", "20 10:00", 120),
        ("18 10:00", "19 20:00", 0),
        ("13 18:00", "13 20:00", 0),
        ("14 11:00", "13 11:00", 0),
    ],
)
def test_working_time_is_when_the_team_is_open(since: str, until: str, minutes: int):
    """Lunch, nights and weekends do not count; backwards is nothing."""
    assert working_minutes(at(since), at(until), DAYS) == minutes


def test_too_few_give_no_share_and_no_median():
    """Below five only the number is told: nobody can be recognised by it."""
    assert Share(n=2, of=SHARE_MIN - 1).part is None
    assert Share(n=2, of=SHARE_MIN).part == 0.4
    few = Figures(minutes={"first-talk": {10: 4}})
    assert few.typical("first-talk").minutes is None
    assert few.typical("first-talk").of == 4


def test_the_median_is_the_one_in_the_middle():
    """10, 20, 20, 30, 400: 20; of six the lower of the two in the middle."""
    five = Figures(minutes={"first-talk": {10: 1, 20: 2, 30: 1, 400: 1}})
    assert five.typical("first-talk").minutes == 20
    six = Figures(minutes={"first-talk": {1: 3, 9: 3}})
    assert six.typical("first-talk").minutes == 1


counts = st.dictionaries(
    st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["x", "y"])), st.integers(0, 9)
)
times = st.dictionaries(
    st.sampled_from(["first-talk", "first-attempt"]),
    st.dictionaries(st.integers(0, 99), st.integers(1, 9)),
)
some = st.builds(Figures, counts=counts, minutes=times)


def said_by(figures: Figures) -> object:
    """Return everything that can be asked of figures."""
    names = [(a, b) for a in "ab" for b in "xy"]
    return (
        [figures.count(*name) for name in names],
        [figures.typical(name) for name in ("first-talk", "first-attempt")],
    )


@given(st.lists(some, max_size=6), st.integers(0, 6))
def test_parts_added_are_the_whole(parts: list[Figures], cut: int):
    """However the cases are parted, and in whatever order, the figures are the same."""
    whole = total(parts)
    left, right = total(parts[:cut]), total(parts[cut:])
    assert said_by(left.plus(right)) == said_by(whole)
    assert said_by(right.plus(left)) == said_by(whole)
    assert said_by(whole.plus(NOTHING)) == said_by(whole)


STORY = (
    said("13 11:00", "call_day1", "not_reached"),
    said("14 14:00", "visit_1", "nobody_home"),
    said("14 14:10", "note_1", "done"),
    contact("16 10:00"),
    closed("17 10:00", "averted"),
)


def told(figures: Figures) -> tuple[object, object]:
    """Return all that was counted; a number of 0 says nothing."""
    return {name: n for name, n in figures.counts.items() if n}, figures.minutes


@given(st.lists(st.lists(st.sampled_from(STORY), max_size=4), max_size=5), st.integers(0, 5))
def test_cases_counted_apart_are_cases_counted_together(
    stories: list[list[tuple[str, Event]]], cut: int
):
    """Folding histories one by one gives what all of them give at once."""
    figures = [counted(began("13 10:20"), *story) for story in stories]
    whole, parts = total(figures), (total(figures[:cut]), total(figures[cut:]))
    assert told(parts[0].plus(parts[1])) == told(whole)
    assert whole.count("cases") == len(stories)
    shares = [("reached", "cases"), ("averted", "closed"), ("notes", "reports")]
    for n, of in shares:
        assert whole.share((n,), (of,)).n <= whole.share((n,), (of,)).of

"""What comes when, as a caseworker reads it."""

from __future__ import annotations

import pytest

from scheduler.load import load_named, shipped
from scheduler.show import cells, heads, rows


def row(name: str, step: str, language: str):
    return next(row for row in rows(load_named(name), language) if row.step == step)


@pytest.mark.parametrize("language", ["nl-BE", "en"])
@pytest.mark.parametrize("name", shipped())
def test_nothing_of_a_procedure_is_left_out(name: str, language: str):
    """One row per step, one line per answer, each with its source; no empty cell but `beside`."""
    procedure = load_named(name)
    shown = rows(procedure, language)
    assert [row.step for row in shown] == list(procedure.steps)
    for row, step in zip(shown, procedure.steps.values(), strict=True):
        assert len(row.answers) == len(step.answers)
        assert row.title == step.title[language]
        assert row.role
        assert row.due
        assert row.source
        assert len(cells(row, language)) == len(heads(language))


def test_the_second_call_in_both_languages():
    """R-34: working day 2 before noon, the visit after it; in the reader's own words."""
    dutch = row("ravels", "call_day2", "nl-BE")
    assert dutch.title == "bel vóór 12 uur"
    assert dutch.role == "begeleider"
    assert dutch.due == ("tegen werkdag 2, vóór 12 uur",)
    english = row("ravels", "call_day2", "en")
    assert english.due == ("by working day 2, before 12:00",)
    assert dict(english.answers)["Not reached"] == (
        "unannounced home visit (not yet: last home visit)"
    )
    assert "no morning: unannounced home visit" in english.beside
    assert "silences: phone today" in english.beside


def test_the_window_of_the_visit_and_its_preferred_day():
    """R-35, R-36: by working day 3, preferably day 2; the seed's time has no team label."""
    shown = row("ravels", "visit_1", "en")
    assert shown.due == ("by working day 3, at closing", "preferably working day 2")
    assert not shown.team_default
    assert "team" not in cells(shown, "en")[2]


def test_the_teams_own_times_are_labelled():
    """TEAM: a reader sees which times the team may change."""
    shown = row("eropaf", "plan", "nl-BE")
    assert shown.due == (
        "tegen 2 werkdagen later, bij sluiting",
        "crisis: tegen 1 werkdag later, vóór 12 uur",
    )
    assert cells(shown, "nl-BE")[2].endswith("(afspraak van het team)")


def test_what_asks_again_says_how_often_and_what_then():
    """E-08, E-46: not reached: asked again, a bound, and what comes after it."""
    asked = dict(row("eropaf", "speak_reporter", "en").answers)
    assert asked["Not reached"] == (
        "again: the next working day, at opening, 2 times at most, then an alert"
    )
    checked = dict(row("eropaf", "three_month_check", "en").answers)
    assert checked["Not reached"].endswith("1 times at most, then it ends")
    assert checked["New threat"] == "the case opens again"
    declined = dict(row("eropaf", "first_contact", "en").answers)
    assert declined["Spoken – no help for now"] == "stays open, not asked again, then an alert"


def test_the_dates_of_a_hearing_and_an_eviction():
    """§1.3: when the reminders come and when it is asked how it went."""
    hearing = row("ravels", "phase2_hearing", "en").beside
    assert "reminder 5 working days before, at opening" in hearing
    assert "how it went: 2 h after, not before 14:00" in hearing
    eviction = row("eropaf", "eviction", "nl-BE").beside
    assert "in een crisis: elke werkdag de stand" in eviction
    home = row("ravels", "home_appointment", "en").beside
    assert "reminder 1 working day before, 16:00 (starts before 10:00)" in home
    assert "reminder that day, at opening (starts from 10:00)" in home


def test_the_postponement_tells_the_coordinator():
    """Procedures 3: `postponed` in a round of calls informs the coordinator and goes on."""
    said = dict(row("eropaf", "call_round_1", "en").answers)["Eviction postponed…"]
    assert "second round of calls, with ordinary deadlines" in said
    assert "the coordinator is told" in said


def test_a_language_without_texts_falls_back():
    """nl-NL and fr are not written yet: the nearest wording, never an empty cell."""
    assert row("ravels", "call_day1", "nl-NL").title == "bel vandaag"
    assert row("ravels", "call_day1", "fr").title == "phone today"
    assert heads("fr") == heads("en")

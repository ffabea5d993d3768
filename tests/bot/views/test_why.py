"""Why now? One line, from the case and the calendar alone."""

from __future__ import annotations

import pytest

from bot.views.heads import Sight
from bot.views.why import why_line
from scheduler.stimuli import Extended
from tests.bot.conversations.casework import AN, KARIN, Office, local


def line(office, step, language="nl-BE"):
    """Return why the step is asked now."""
    sight = Sight(view=office.view, team=office.team, language=language, now=office.now)
    return why_line(sight, office.view.procedure.step(step))


def autumn():
    """Received on Friday 29 October 11:00; 1 and 2 November are closed, 3 November is W2."""
    office = Office(now=local("2027-10-29 11:00"))
    office.assigned()
    office.answers(AN, "call_day1", "not_reached")
    office.now = local("2027-11-03 09:00")
    office.happens_time()
    return office


def test_closed_days_in_between_are_named():
    """screens.md's own example: 1 November is a holiday, the 2nd a closing day of the team."""
    assert line(autumn(), "call_day2").startswith(
        "Werkdag 2 is wo 3 nov: de melding kwam vr 29 okt 11:00, "
        "en ma 1 nov en di 2 nov zijn sluitingsdagen."
    )


def test_the_line_is_in_the_readers_language():
    """The same in English, dates included."""
    assert line(autumn(), "call_day2", "en").startswith(
        "Working day 2 is Wed 3 Nov: the report came Fri 29 Oct 11:00, "
        "and Mon 1 Nov and Tue 2 Nov are closed days."
    )


def test_weekends_surprise_nobody():
    """A Saturday that is closed every week is not worth naming."""
    office = Office(now=local("2027-09-10 11:00"))
    office.assigned()
    office.answers(AN, "call_day1", "not_reached")
    office.now = local("2027-09-13 09:00")
    office.happens_time()
    assert "sluitingsdag" not in line(office, "call_day2")
    assert line(office, "call_day2").startswith("Werkdag 2 is ma 13 sep")


def test_the_source_is_shown():
    """R-34: the seed's slide stands under the line."""
    assert line(autumn(), "call_day2").endswith("<i>Ravels, dia 8.</i>")
    assert line(autumn(), "visit_1", "en").endswith("<i>Ravels, slide 7–10.</i>")


def test_a_step_of_the_teams_own_names_no_slide():
    """A text that is nobody's seed has no place in one."""
    assert "<i>" not in line(autumn(), "three_month_check").replace("Eropaf", "")


def test_a_teams_agreement_is_called_one():
    """G-35: a time that the seed does not set is said to be the team's."""
    office = Office()
    office.assigned("eropaf")
    assert "(afspraak van het team)" in line(office, "speak_reporter")
    assert "Werkdag" not in line(office, "speak_reporter")


def test_an_extension_says_whose_it_is():
    """A deadline that the coordinator moved is explained as such."""
    office = Office()
    office.assigned()
    until = local("2027-09-15 12:00")
    office.happens(Extended(by=KARIN.id, step="call_day1", until=until))
    assert "De coördinator gaf uitstel tot wo 15 sep 12:00." in line(office, "call_day1")


@pytest.mark.parametrize("language", ["nl-BE", "en", "fr", "nl-NL"])
def test_the_client_who_came_back_is_no_report(language):
    """An episode that the client began says so, in every language."""
    office = Office()
    office.assigned()
    from scheduler.stimuli import Closing, ReopenedByClient

    office.happens(Closing(by=AN.id, outcome="door_ajar"))
    office.happens(ReopenedByClient(by=AN.id))
    said = line(office, "home_appointment", language)
    begins = {"nl": "De cliënt", "en": "The client", "fr": "Le bénéficiaire"}[language[:2]]
    assert said.startswith(begins)

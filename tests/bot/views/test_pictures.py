"""What a picture for a coordinator is made of: references and steps, nothing of a client."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.screen import Made
from bot.texts import LANGUAGES
from bot.views.pictures import COLUMNS_MAX, ROWS_MAX, STEPS_MAX, with_others
from scheduler.case import Planned
from scheduler.stimuli import Contacted, Extended, Fields
from tests.screens.scenes.figures import quarter
from tests.screens.scenes.worker import actions, at_the_door, day_5
from tests.screens.stage import AN, KARIN, REF, Stage, local

PERSONAL = ("Marc", "M.V.", "Weelde", "Kerkstraat", "0470", "470 00")


def made(stage: Stage, order: str) -> tuple[Made, ...]:
    return stage.chat(KARIN).order(order).screens[0].made


def at_noon(stage: Stage) -> Fields:
    """Return that the client wants to be called back at noon."""
    noon = stage.now + timedelta(hours=2)
    return Fields(when=Planned(day=noon.date(), at=noon, known_at=stage.now))


def timeline(stage: Stage) -> Any:
    return made(stage, f"status {REF}")[0].values


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_a_client_is_in_a_picture(language: str):
    """Design 3: no name, initials, address or phone, and none of what was written down."""
    stage = Stage(language=language)
    actions(stage)
    quarter(stage)
    shown = [*made(stage, "status"), *made(stage, f"status {REF}"), *made(stage, "figures")]
    values = json.dumps([dict(one.values) for one in shown], ensure_ascii=False)
    assert len(shown) == 5
    assert [word for word in (*PERSONAL, "Huurtoelage") if word in values] == []
    assert REF in values


def test_a_board_counts_each_open_case_once_by_step_and_by_worker():
    """An has two cases, one late since Monday 17:00; nobody has the third yet."""
    stage = Stage()
    stage.assigned()
    stage.reports(id_=8, ref="B4WX-1N")
    stage.answers(KARIN, "assign", "assigned", 8, to=AN.id)
    stage.answers(AN, "call_day1", "accepts_help", 8)
    stage.reports(id_=9, ref="T9CE-7V")
    stage.passes("2027-09-13 17:00")
    steps, workers = made(stage, "status")[0].values["panels"]
    assert workers["rows"][0]["label"] == "An"
    assert sum(workers["rows"][0]["parts"]) == 2
    assert workers["rows"][1]["label"] == "nog niemand"
    late = {row["label"]: row["parts"][0] for row in steps["rows"]}
    assert late["bel vandaag"] == 1
    assert sum(sum(row["parts"]) for row in steps["rows"]) == 3


def test_more_rows_than_a_picture_holds_are_others():
    """The largest are named, the rest is one bar; nothing is lost."""
    rows = [(f"step {n}", [1, n, 0]) for n in range(12)]
    shown = with_others(rows, "nl-BE")
    assert len(shown) == ROWS_MAX
    assert shown[-1]["label"] == f"{12 - ROWS_MAX + 1} andere"
    assert sum(sum(row["parts"]) for row in shown) == sum(1 + n for n in range(12))


def test_a_timeline_shows_planned_against_done():
    """Monday's call on Monday morning, due at 17:00; Friday's visit still to be done."""
    stage = Stage()
    day_5(stage)
    values = timeline(stage)
    days = [day["day"] for day in values["days"]]
    assert days == ["13 sep", "14 sep", "15 sep", "16 sep", "17 sep"]
    call = next(row for row in values["rows"] if row["label"] == "bel vandaag")
    assert 0 < call["marks"][0]["at"] < call["due"] < 1
    assert call["marks"][0]["kind"] == "on-time"
    visit = next(row for row in values["rows"] if row["label"] == "laatste huisbezoek")
    assert visit["marks"] == []
    assert 4 < values["now"] <= visit["due"] < 5
    assert "ruimte voor de cliënt" not in [row["label"] for row in values["rows"]]


def test_a_step_that_is_late_has_its_mark_at_the_deadline():
    """Not done: the mark stands where it should have been done; no word of who."""
    stage = Stage()
    stage.assigned()
    stage.passes("2027-09-13 17:00")
    row = next(row for row in timeline(stage)["rows"] if row["label"] == "bel vandaag")
    assert row["marks"] == [{"at": row["due"], "kind": "missed"}]
    assert row["said"] == "niet gedaan"


def test_an_extended_step_shows_its_first_deadline():
    """R-11: what was planned first stays visible; done after it, with a reason."""
    stage = Stage()
    stage.assigned()
    stage.at("2027-09-13 16:00")
    until = local("2027-09-14 10:00")
    stage.happens(Extended(by=KARIN.id, step="call_day1", until=until, reason_ref=4))
    stage.at("2027-09-14 09:30")
    stage.answers(AN, "call_day1", "accepts_help")
    row = next(row for row in timeline(stage)["rows"] if row["label"] == "bel vandaag")
    assert row["due"] < 1 < row["marks"][0]["at"]
    assert row["marks"][0]["kind"] == "late-reason"


def test_a_long_case_has_columns_for_the_days_on_which_something_was():
    """Months of waiting take no room; the oldest steps are told by their number."""
    stage = Stage()
    at_the_door(stage)
    for n in range(STEPS_MAX + 3):
        stage.at(f"2027-{10 + n // 10}-{10 + n % 10:02} 10:00")
        call_back = Contacted(
            by=AN.id, answer="wants_call", done_at=stage.now, fields=at_noon(stage)
        )
        stage.happens(call_back)
        stage.passes(f"2027-{10 + n // 10}-{10 + n % 10:02} 12:00")
        stage.answers(AN, "client_contact", "declines_help")
    values = timeline(stage)
    assert len(values["rows"]) == STEPS_MAX
    assert 1 < len(values["days"]) <= COLUMNS_MAX
    assert "andere" in values["below"][0]
    places = [row[name] for row in values["rows"] for name in ("from", "to")]
    assert 0 <= min(places) <= max(places) <= len(values["days"])

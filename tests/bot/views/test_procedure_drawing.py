"""A procedure as boxes and arrows."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.texts import LANGUAGES
from bot.views.procedure_drawing import BEGIN, END, drawing, mermaid
from scheduler.load import load_named
from scheduler.procedure import Procedure
from tests.screens.scenes.worker import at_the_door, day_2, day_5
from tests.screens.stage import AN, Stage

SHIPPED = ("ravels", "eropaf")


@pytest.fixture(params=SHIPPED)
def procedure(request: pytest.FixtureRequest) -> Procedure:
    """Each procedure that ships."""
    return load_named(str(request.param))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_is_a_box_with_its_place_in_the_seed(procedure: Procedure, language: str):
    """Each step is there once, with a title; one that the seed asks for names slide or step."""
    boxes = {box.id: box for box in drawing(procedure, language).boxes}
    assert set(boxes) == {BEGIN, END, *procedure.steps}
    assert all(box.title for box in boxes.values())
    placed = [s.id for s in procedure.steps.values() if re.search(r"\b[ST]\d", s.source)]
    assert placed
    assert all(any(sign.isdigit() for sign in boxes[id_].source) for id_ in placed)


def test_each_answer_that_leads_on_is_said_on_an_arrow(procedure: Procedure):
    """No road is left out: what an answer opens or closes is an arrow that says the answer."""
    drawn = drawing(procedure, "nl-BE")
    said = {(a.start, a.to, word) for a in drawn.arrows for word in a.said}
    for step in procedure.steps.values():
        for answer in step.answers.values():
            ends = [END] if answer.closes is not None else []
            for to in (*(opening.step for opening in answer.opens), *ends):
                assert (step.id, to, answer.text["nl-BE"]) in said


def test_where_a_case_stands_is_lit_and_what_came_before_is_ticked():
    """An open step is here, one that was opened before is done, and the rest is plain."""
    stage = Stage(language="nl-BE")
    day_2(stage)
    view = stage.sight().view
    states = {box.id: box.state for box in drawing(view.procedure, "nl-BE", view.case).boxes}
    assert states["call_day2"] == "here"
    assert states["call_day1"] == "done"
    assert states["visit_2"] == ""


def test_between_two_steps_what_comes_next_is_marked():
    """The note lies there, Thursday's room is to come: never a picture in which nothing is lit."""
    stage = Stage(language="nl-BE")
    at_the_door(stage)
    stage.answers(AN, "note_1", "done")
    view = stage.sight().view
    assert view.case.steps == {}
    drawn = drawing(view.procedure, "nl-BE", view.case)
    states = {box.id: box.state for box in drawn.boxes}
    assert (states["room_day4"], states["visit_2"], states["note_1"]) == ("next", "", "done")
    assert drawn.lit == "next"
    assert "class room_day4 next" in mermaid(drawn)


def test_a_closed_case_stands_at_the_end():
    """Its check in three months is no step that it waits in."""
    stage = Stage(language="nl-BE")
    day_5(stage)
    stage.answers(AN, "visit_2", "nobody_home")
    stage.answers(AN, "note_2", "done")
    view = stage.sight().view
    drawn = drawing(view.procedure, "nl-BE", view.case)
    assert {box.id for box in drawn.boxes if box.state in ("here", "next")} == {END}
    assert drawn.lit == "here"


def test_the_whole_procedure_has_nothing_lit():
    """No case, nothing to mark."""
    assert drawing(load_named("ravels"), "fr").lit == ""


def test_mermaid_says_every_box_and_arrow(procedure: Procedure):
    """The text holds each box and arrow once, and nothing that would end a label early."""
    drawn = drawing(procedure, "fr")
    text = mermaid(drawn)
    assert text.startswith("flowchart TD\n")
    for box in drawn.boxes:
        assert text.count(f" {box.id}[") + text.count(f" {box.id}([") == 1
    arrows = [line for line in text.splitlines() if "-->" in line or "-.->" in line]
    assert len(arrows) == len(drawn.arrows)
    assert all(line.count('"') % 2 == 0 for line in text.splitlines())


def test_marks_of_mermaid_are_shown_as_they_are():
    """A title with quotes, brackets or HTML is a text like any other (row 30)."""
    procedure = load_named("ravels")
    hostile = replace(procedure.step("close"), title={"en": '"]; <b>&|# end'})
    steps = {**procedure.steps, "close": hostile}
    line = next(
        each
        for each in mermaid(drawing(replace(procedure, steps=steps), "en")).splitlines()
        if each.strip().startswith("close[")
    )
    assert "#34;]#59; #60;b#62;#38;#124;#35; end" in line

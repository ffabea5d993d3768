"""`kier procedure show` and `check`: the rules by eye, and what is wrong with a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.views.procedure_drawing import drawing, mermaid
from scheduler.load import load_named, shipped, shipped_text


def kier(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(words), env={"COLUMNS": "500"})
    return done.exit_code, done.output


@pytest.mark.parametrize("name", shipped())
def test_every_step_and_answer_is_shown(name: str):
    """What comes when, per step: who, due, answers; nothing of the procedure is left out."""
    status, printed = kier("procedure", "show", name)
    assert status == 0
    procedure = load_named(name)
    for step in procedure.steps.values():
        assert step.id in printed
        assert step.title["en"] in printed
        assert all(f"• {answer.text['en']}" in printed for answer in step.answers.values())
    assert all(outcome["en"] in printed for outcome in procedure.outcomes.values())


def test_what_comes_when_in_ravels():
    """A caseworker finds the five days: call, call, visit, room, visit (R-26, R-34, R-36)."""
    _, printed = kier("procedure", "show", "ravels", "--language", "nl-BE")
    assert "Preventieve woonbegeleiding" in printed
    for words in (
        "tegen werkdag 1, bij sluiting",
        "tegen werkdag 2, vóór 12 uur",
        "liefst werkdag 2",
        "komt werkdag 4, bij opening",
        "tegen werkdag 5, bij sluiting",
        "Crisis: een uithuiszetting binnen 5 werkdagen",
    ):
        assert words in printed


def test_a_procedure_that_is_not_there():
    """Status 2, and what there is instead."""
    status, printed = kier("procedure", "show", "ravles")
    assert status == 2
    assert all(name in printed for name in shipped())


def test_a_file_that_holds(tmp_path: Path):
    """A copy of a seed is a procedure; status 0 and one line of what is in it."""
    file = tmp_path / "own.yaml"
    file.write_text(shipped_text("ravels"))
    status, printed = kier("procedure", "check", str(file))
    assert status == 0
    assert f"{file}: ravels version 1 holds:" in printed


def test_a_file_that_does_not(tmp_path: Path):
    """bad_inputs 72: status 2 and each problem with its line."""
    file = tmp_path / "own.yaml"
    file.write_text(shipped_text("ravels").replace("due: W1 close", "due: W1 midnight"))
    line = shipped_text("ravels").split("due: W1 close")[0].count("\n") + 1
    status, printed = kier("procedure", "check", str(file))
    assert status == 2
    assert f"{file}: line {line}, steps.call_day1.due: " in printed


# The drawing


def test_mermaid_is_printed_as_it_is():
    """Text goes to the output, unchanged and unwrapped, for a page of the team's own."""
    status, printed = kier("procedure", "show", "eropaf", "--as", "mermaid", "--language", "nl-BE")
    assert status == 0
    assert printed == mermaid(drawing(load_named("eropaf"), "nl-BE"))


@pytest.mark.parametrize(("form", "begins"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_a_picture_goes_to_a_file(tmp_path: Path, form: str, begins: bytes):
    """A picture is written where it is asked for; without a place the way out is said."""
    file = tmp_path / f"ravels.{form}"
    assert kier("procedure", "show", "ravels", "--as", form, "--out", str(file)) == (0, "")
    assert file.read_bytes().startswith(begins)
    status, printed = kier("procedure", "show", "ravels", "--as", form)
    assert status == 2
    assert f"--out ravels.{form}" in printed


def test_a_place_that_cannot_be_written(tmp_path: Path):
    """Status 2 and the reason, no traceback."""
    status, printed = kier(
        "procedure", "show", "ravels", "--as", "mermaid", "--out", str(tmp_path)
    )
    assert status == 2
    assert f"{tmp_path} could not be written" in printed

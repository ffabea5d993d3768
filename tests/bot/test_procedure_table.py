"""`kier procedure show` and `check`: the rules by eye, and what is wrong with a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.texts import LANGUAGES
from bot.views.procedure_drawing import drawing, mermaid
from scheduler import load as load_module
from scheduler.check import LANGUAGES as demanded
from scheduler.load import load_named, shipped, shipped_text


def kier(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(words), env={"COLUMNS": "500"})
    return done.exit_code, done.output


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", shipped())
def test_every_step_and_answer_is_shown(name: str, language: str):
    """What comes when, per step: who, due, answers; nothing is left out in any language."""
    status, printed = kier("procedure", "show", name, "--language", language)
    assert status == 0
    procedure = load_named(name)
    for step in procedure.steps.values():
        assert step.id in printed
        assert step.title[language] in printed
        assert all(f"• {answer.text[language]}" in printed for answer in step.answers.values())
    assert all(outcome[language] in printed for outcome in procedure.outcomes.values())


def test_procedures_and_screens_speak_the_same_languages():
    """The checker demands of a procedure what the screens offer a person, and no less."""
    assert set(LANGUAGES) == set(demanded)


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


@pytest.mark.parametrize("name", shipped())
def test_a_file_that_ships_is_held_to_every_language(name: str):
    """The file of ours, named by its path, holds in all four languages."""
    file = Path(load_module.__file__).parent / "procedures" / f"{name}.yaml"
    status, printed = kier("procedure", "check", str(file))
    assert status == 0
    assert printed.rstrip().endswith(f"texts in {', '.join(demanded)}")


def test_a_language_half_written_is_named_with_its_place(tmp_path: Path):
    """A copy of a seed without one French title: status 2, the line, the step, the language."""
    text = shipped_text("ravels").replace("      fr: attribution\n", "", 1)
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    status, printed = kier("procedure", "check", str(file))
    assert status == 2
    assert "steps.assign.title: no text in fr" in printed


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

"""What changes for a case between two procedures: everything, and in plain words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from scheduler.check import LANGUAGES
from scheduler.difference import difference
from scheduler.difference_words import _WORDS as WORDS
from scheduler.load import examples, load, named_text, shipped

TEXT = named_text("vroegsignalering")
OLD = load(TEXT, origin="old.yaml")


def told(*changes: tuple[str, str], language: str = "en") -> list[str]:
    """Return the lines of a file with these changes, version 2, without the version's own."""
    text = TEXT.replace("version: 1\n", "version: 2\n")
    for written, instead in changes:
        assert written in text
        text = text.replace(written, instead)
    new = load(text, origin="new.yaml")
    lines = [line for section in difference(OLD, new, language) for line in section.lines]
    assert lines.pop(0) == WORDS[language]["changed"].format(
        what=WORDS[language]["version"], old=1, new=2
    )
    return lines


def test_a_time():
    """Times are said as `show` says them."""
    assert told(("    due: 2 working days", "    due: 3 working days")) == [
        "when: by 2 working days later, at closing → by 3 working days later, at closing"
    ]


def test_a_road():
    """An answer that leads elsewhere: where to, before and now."""
    [line, *others] = told(("closes: no_contact", "opens: letter"))
    assert line == "answer “Not reached” leads elsewhere: closed: Not reached → send the letter"
    assert others == []


def test_a_step_more_and_a_step_less():
    """Steps added say who, when and the answers; steps removed say that they go."""
    step = TEXT[TEXT.index("  visit:\n") :].split("    source:")[0]
    text = TEXT + step.replace("  visit:", "  visit_2:") + "    source: more\n"
    new = load(
        text.replace("not_reached: {closes: no_contact}", "not_reached: {opens: visit_2}", 1),
        origin="new.yaml",
    )
    more = {s.title: s.lines for s in difference(OLD, new, "en")}
    assert more["home visit (visit_2)"][0].startswith("new step: ")
    assert "• Accepts help → closed: Help started" in more["home visit (visit_2)"]
    less = {s.title: s.lines for s in difference(new, OLD, "en")}
    assert less["home visit (visit_2)"] == ("this step goes",)


def test_answers_come_go_and_are_renamed():
    """Each in a line of its own."""
    lines = told(
        ("      solved: {closes: solved}\n    source", "    source"),
        ("          en: Sent\n", "          en: Posted\n"),
    )
    assert "answer goes: Already solved → closed: Solved by themselves" in lines
    assert "answer is called otherwise: “Sent” → “Posted”" in lines


def test_what_no_table_shows_is_said_by_its_place():
    """That the client was spoken to counts in the figures and stands in no road."""
    lines = told(("        reached: yes\n        help: declined\n", "        reached: yes\n"))
    assert lines == ["answers.declines.help: declined → –"] * 2


def test_a_text_in_another_language_is_not_passed_over():
    """Who reads English hears that the French changed; who reads French sees how."""
    change = ("      fr: téléphoner\n", "      fr: appeler\n")
    assert told(change)[-1] == "texts differ in: fr"
    assert "titre\u00a0: téléphoner → appeler" in told(change, language="fr")


def test_a_version_that_was_not_raised():
    """Open and new cases keep what a version said: an author must hear it."""
    new = load(TEXT.replace("due: 2 working days", "due: 3 working days"), origin="new.yaml")
    [around, _] = difference(OLD, new, "en")
    assert around.lines == ("the version is still 1: raise it, or no case gets the difference",)


@pytest.mark.parametrize("name", [*shipped(), *examples()])
def test_no_line_of_a_file_changes_in_silence(name: str):
    """Each field of each step and answer, emptied by itself, is told of."""
    procedure = load(named_text(name), origin=name)
    silent = []
    for id_, step in procedure.steps.items():
        for key in step.__slots__:
            bare = type(step)(id=id_, role=step.role)
            if key == "id" or getattr(bare, key) == getattr(step, key):
                continue
            other = replace(step, **{key: getattr(bare, key)})
            new = replace(procedure, version=99, steps={**procedure.steps, id_: other})
            found = difference(procedure, new, "en")
            if not any(f"({id_})" in section.title for section in found):
                silent.append((id_, key))
    assert silent == []


@pytest.mark.parametrize("name", [*shipped(), *examples()])
def test_nothing_is_different_from_itself(name: str):
    """No line for what is the same, in any language."""
    procedure = load(named_text(name), origin=name)
    assert [difference(procedure, procedure, each) for each in LANGUAGES] == [()] * 4


def test_every_language_has_every_phrase():
    """A phrase that one language lacks would break the command for who reads it."""
    assert len({frozenset(phrases) for phrases in WORDS.values()}) == 1


def test_the_command_answers_as_diff_does(tmp_path: Path):
    """Status 0 for nothing, 1 for something, 2 for a file that is refused."""
    run = CliRunner().invoke
    same = run(app, ["procedure", "diff", "ravels", "ravels"])
    assert (same.exit_code, same.output) == (0, "For a case nothing changes.\n")
    differs = run(app, ["procedure", "diff", "ravels", "eropaf", "--language", "nl-BE"])
    assert differs.exit_code == 1
    assert "deze stap valt weg" in differs.output
    broken = tmp_path / "x.yaml"
    broken.write_text("procedure: x\n")
    refused = run(app, ["procedure", "diff", "ravels", str(broken)])
    assert refused.exit_code == 2
    assert f"{broken}: " in refused.output.replace("\n", "")

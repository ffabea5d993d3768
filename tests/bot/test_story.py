"""Rehearsal files: what is wrong is said with its line; `kier rehearse` ends with its status."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.rehearsal.story import matched
from bot.rehearsal.story_file import StoryError, read_stories
from bot.rehearse import main

GOOD = """\
rehearsal: A call
procedure: ravels
people:
  Karin: {role: coordinator}
  An: {role: worker}
  Lies: {role: reporter}
story:
  - at: 2027-09-13 10:20
    who: Lies
    report: {kind: arrears, client: "Marc Verlinden", phone: "0470 00 01 12"}
    expect:
      - {to: Lies, is: receipt}
      - {to: Karin, is: prompt, step: assign}
  - at: 2027-09-13 10:31
    who: Karin
    answer: {step: assign, to: An}
    expect:
      - {to: An, is: prompt, step: call_day1, due: 2027-09-13 17:00}
end: {state: open, history: [assign]}
"""

WRONG = {
    "a tab": ("  Karin: {", "\tKarin: {"),
    "an unknown key": ("rehearsal:", "reharsal:"),
    "an unknown act": ("    report: {", "    reprot: {"),
    "an unknown field": ("kind: arrears", "knid: arrears"),
    "an unknown role": ("role: worker", "role: boss"),
    "an unknown person acting": ("who: Karin", "who: Karen"),
    "an unknown person expected": ("to: An, is", "to: Ann, is"),
    "an unknown person assigned": ("assign, to: An}", "assign, to: Ann}"),
    "an unknown kind of message": ("is: receipt", "is: reciept"),
    "an unknown step answered": ("{step: assign", "{step: asign"),
    "an unknown step expected": ("step: call_day1", "step: call_day9"),
    "an unknown kind of report": ("kind: arrears", "kind: arears"),
    "an unknown procedure": ("procedure: ravels", "procedure: rovers"),
    "an unknown step at the end": ("history: [assign]", "history: [asign]"),
    "a bad state": ("state: open", "state: ajar"),
    "a bad date": ("2027-09-13 10:20", "2027-09-31 10:20"),
    "moments that do not ascend": ("2027-09-13 10:31", "2027-09-13 10:11"),
    "no step": ("answer: {step: assign, to: An}", "answer: {to: An}"),
    "two acts": ("    who: Karin\n", "    who: Karin\n    hand_over: {to: An}\n"),
    "actions that are no list": ("{step: assign, to: An}", "{step: assign, to: An, actions: 5}"),
    "a language that is none": ("people:", "team: {language: de}\npeople:"),
    "bad hours": ("people:", 'team: {hours: {mon: ["22:00-06:00"]}}\npeople:'),
    "an unknown zone": ("people:", "team: {timezone: Europe/Ravels}\npeople:"),
    "overrides that are none": ("people:", "team: {overrides: 5}\npeople:"),
}


def played(tmp_path: Path, text: str) -> int:
    """Return the exit status of `kier rehearse` on a file of that text."""
    file = tmp_path / "story.yaml"
    file.write_text(text)
    return main([file])


def test_a_good_file_holds(tmp_path: Path) -> None:
    """Exit status 0: all held."""
    assert played(tmp_path, GOOD) == 0


def test_what_does_not_hold_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 1, with the line that did not hold, and what came unexpectedly."""
    text = GOOD.replace("due: 2027-09-13 17:00", "due: 2027-09-13 16:00")
    assert played(tmp_path, text) == 1
    said = capsys.readouterr().out
    assert "story.yaml:18: missing: prompt call_day1 to An" in said
    assert "unexpected: Mon 13 Sep 2027 10:31 prompt call_day1 to An" in said


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_with_its_line(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 2, with line and reason, and never a traceback."""
    before, after = WRONG[name]
    assert before in GOOD
    assert played(tmp_path, GOOD.replace(before, after, 1)) == 2
    assert "story.yaml:" in capsys.readouterr().out


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Exit status 2; the other files are played all the same."""
    (tmp_path / "good.yaml").write_text(GOOD)
    assert main([tmp_path / "nothing.yaml", tmp_path / "good.yaml"]) == 2


def test_a_refused_act_may_name_anything(tmp_path: Path) -> None:
    """`refused: true`: the bot must refuse it, whatever it is, and nothing changes."""
    text = GOOD.replace(
        "end:",
        """  - at: 2027-09-13 10:40
    who: An
    answer: {step: call_day9, is: done}
    refused: true
end:""",
    )
    assert played(tmp_path, text) == 0


def test_every_problem_is_told_at_once() -> None:
    """All problems, by line."""
    text = GOOD.replace("role: worker", "role: boss").replace("is: receipt", "is: reciept")
    with pytest.raises(StoryError) as error:
        read_stories(text.encode(), folder=Path())
    assert [line for line, _ in error.value.problems] == sorted(
        line for line, _ in error.value.problems
    )


def test_a_vague_line_does_not_take_what_a_precise_one_needs() -> None:
    """Expected lines match in any order, as many as can."""
    missing, left = matched(["any", "b"], ["a", "b"], lambda w, f: w in ("any", f))
    assert (missing, left) == ((), ())
    missing, left = matched(["any", "b", "c"], ["a", "b"], lambda w, f: w in ("any", f))
    assert missing == ("c",)


@pytest.mark.parametrize(
    ("written", "instead", "meant"),
    [
        ("step: assign", "step: asign", "did you mean assign?"),
        ("is: not_reached", "is: notreached", "did you mean not_reached?"),
    ],
)
def test_a_name_that_the_procedure_has_not_is_answered_with_what_was_meant(
    tmp_path: Path, written: str, instead: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is played: the line, and the step or answer that was meant."""
    assert written in ANSWERED
    assert played(tmp_path, ANSWERED.replace(written, instead)) == 2
    assert meant in capsys.readouterr().out


ANSWERED = GOOD.replace(
    "end:",
    """  - at: 2027-09-13 10:40
    who: An
    answer: {step: call_day1, is: not_reached}
end:""",
)

"""What the checker says to an author who is no programmer: the cause, and the way out."""

from __future__ import annotations

import pytest

from scheduler.load import ProcedureError, load, shipped_text
from scheduler.problems import Problem

SEED = shipped_text("ravels")


def said(text: str) -> tuple[Problem, ...]:
    """Return the problems of a file, in its order."""
    with pytest.raises(ProcedureError) as caught:
        load(text, origin="own.yaml")
    return caught.value.problems


@pytest.mark.parametrize(
    ("written", "instead", "meant"),
    [
        ("first_step: call_day1", "first_step: call_dai1", "call_day1"),
        ("      - visit_1 at deadline", "      - visit1 at deadline", "visit_1"),
        ("closes: averted", "closes: avertet", "averted"),
        ("judgment: {phase: phase_3", "judgment: {phase: phase3", "phase_3"),
        ("default_judgment]}   #", "default_jugement]}   #", "default_judgment"),
        ("if needs_consent is yes", "if need_consent is yes", "needs_consent"),
        ("    role: coordinator", "    role: cordinator", "coordinator"),
        ("    checklist:", "    cheklist:", "checklist"),
        ("{organisation}", "{organisatie}", "organisation"),
    ],
)
def test_a_slip_of_the_pen_is_answered_with_what_was_meant(written: str, instead: str, meant: str):
    """bad_inputs 72: step, outcome, phase, answer, fact, word, key or blank: did you mean …?"""
    assert written in SEED
    problems = said(SEED.replace(written, instead, 1))
    assert f"did you mean {meant}?" in {problem.suggestion for problem in problems}
    line = SEED.split(written)[0].count("\n") + 1
    # a blank is told of at the head of its text, which may have a line for each language
    assert any(0 <= line - problem.line <= 4 for problem in problems if problem.line)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("name: Brief: tweede\n", 1, "quotation marks"),
        ("a:\n  b: 1\n c: 2\n", 3, "same column"),
        ("name: {en: x\nversion: 1\n", 2, "a { is not closed"),
        ("steps: [x\nversion: 1\n", 2, "a [ is not closed"),
        ('name: "x\nversion: 1\n', 3, "not closed"),
        ('name: "a\\d"\n', 1, "leave it out"),
        ("name: @home\n", 1, "quotation marks"),
        ("- a\nb: c\n", 2, "begin it with -"),
        ("name: x\nname: y\n", 2, "take one out"),
    ],
)
def test_what_is_no_yaml_is_said_without_yamls_words(text: str, line: int, words: str):
    """Row 72: nobody has to know what a mapping, a token or a stream is."""
    [problem] = said(text)
    assert (problem.line, words in str(problem)) == (line, True), str(problem)
    assert not any(jargon in str(problem) for jargon in ("mapping", "token", "stream", "expected"))


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("    due: W1 close\n", ""),
        ("      fr: attribution\n", ""),
        ("    fr: Non joint\n", "    fr: Pas pu joindre cette personne aujourd’hui\n"),
    ],
)
def test_each_doubt_comes_with_a_way_out(written: str, instead: str):
    """A missing deadline, a missing text, a button too long: what to write is said."""
    assert written in SEED
    problems = said(SEED.replace(written, instead, 1))
    assert all(problem.suggestion for problem in problems), [str(each) for each in problems]

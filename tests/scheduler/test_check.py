"""Failing controls: one small file for every reason why a procedure can be refused."""

# ruff: noqa: E501  one case per line reads best

from __future__ import annotations

import pytest

from scheduler.check import BUTTON_MAX, LANGUAGES, check
from scheduler.load import Code, ProcedureError, load, load_named, shipped, shipped_text

TINY = """\
procedure: tiny
version: 1
language: en
name: Tiny
receipt: Received.
first_step: call
contact: {step: contact, until: talk}
check: {step: later, after: 3 months open}
starts:
  report:
    opens: assign
  client: {opens: meet, clock: no}
  new_threat: {opens: call}
outcomes:
  settled: Settled
phases:
  one:
    first: talk
    steps: [talk]
    text: One
fields:
  to: {kind: person, label: To whom?}
  when: {kind: moment, label: When?}
  deals: {kind: items, label: Which?}
steps:
  assign:
    role: coordinator
    pace: chase
    title: assign
    text: To whom do you give {client}?
    answers:
      assigned:
        text: Assign
        fields: [to required]
        opens: call
  call:
    role: worker
    title: phone
    text: Phone {client} by {W2}.
    not_before: W1 open
    due: W2 12:00
    prefers: W1
    schedules: visit
    unanswered:
      - meet at deadline
    answers:
      reached:
        text: Reached
        opens: meet
      not_reached:
        text: Not reached
        opens: meet at W2 open if asked before W2 and not opened visit
  visit:
    role: worker
    title: visit
    text: Go and see.
    opens: W5 open
    due: W5 close
    answers:
      seen:
        text: Seen
        opens: talk
  meet:
    role: worker
    title: meeting
    text: How did it go?
    dated:
      question: When is it?
      fields: [when required]
      due: same day close
      window: W2 to W3
      result: 60 minutes after the start
    answers:
      went_ahead:
        text: Went ahead
        opens: talk
      moved:
        text: Another date
        fields: [when required]
        redates: own
  talk:
    role: worker
    pace: talk
    title: talk
    text: What now?
    answers:
      agreed:
        text: Agreed
        opens: deals
      over:
        text: Over
        closes: settled
  deals:
    role: worker
    pace: items
    title: agreements
    text: Kept?
    fields: [deals]
    items_left: talk
    answers:
      kept:
        text: Kept
        item: yes
  note:
    role: worker
    title: note
    text: Note in the letterbox?
    sample: Please phone us.
    due: 1 working days
    checklist:
      details: contact details
    answers:
      done:
        text: Done
        closes: settled
  contact:
    role: worker
    pace: contact
    title: contact
    text: What do they want?
    answers:
      note:
        text: A note
        opens: note
  later:
    role: worker
    title: later
    text: How are things?
    due: 5 working days
    answers:
      well:
        text: Well
      threat:
        text: New threat
        reopens: yes
"""

ROUND = """\
  back: {role: worker, pace: talk, title: back, text: Back?, answers: {"yes": {text: "Yes", opens: talk}}}
"""
SILENT_ROUND = """\
  one: {role: worker, title: one, text: x, due: W5 close, unanswered: two, answers: {a: {text: A, closes: settled}}}
  two: {role: worker, title: two, text: x, due: W5 close, unanswered: one at W5 open, answers: {a: {text: A, closes: settled}}}
"""

PARTS = [
    # names
    (Code.UNKNOWN_STEP, "        opens: meet\n", "        opens: meat  # HERE\n"),
    (Code.UNKNOWN_STEP, "schedules: visit\n", "schedules: vist  # HERE\n"),
    (Code.UNKNOWN_STEP, "    items_left: talk\n", "    items_left: tlak  # HERE\n"),
    (Code.UNKNOWN_STEP, "first_step: call\n", "first_step: cal  # HERE\n"),
    (Code.UNKNOWN_STEP, "if asked before W2 and not opened visit", "if not opened visitt  # HERE"),
    (Code.UNKNOWN_OUTCOME, "        closes: settled\n  deals", "        closes: setled  # HERE\n  deals"),
    (Code.UNKNOWN_FIELD, "fields: [to required]", "fields: [too required]  # HERE"),
    (Code.UNKNOWN_FIELD, "redates: own", "redates: hearing  # HERE"),
    (Code.UNKNOWN_FIELD, "    fields: [deals]\n", ""),
    (Code.UNKNOWN_PHASE, "closes: settled\n  deals", "sets_phase: two  # HERE\n        closes: settled\n  deals"),
    (Code.UNKNOWN_FACT, "if asked before W2 and not opened visit", "if weather is bad  # HERE"),
    (
        Code.UNKNOWN_ANSWER,
        "outcomes:\n",
        "judgment: {phase: one, step: talk, answers: [verdict]}  # HERE\noutcomes:\n",
    ),
    # one step alone
    (Code.NO_ANSWERS, "    answers:\n      seen:\n        text: Seen\n        opens: talk\n", ""),
    (Code.NO_DEADLINE, "    due: 1 working days\n", ""),
    (Code.NO_DEADLINE, "    due: W2 12:00\n", "    \n"),
    (Code.DEADLINE_FIRST, "    due: W5 close\n", "    due: W4 close  # HERE\n"),
    (Code.DEADLINE_FIRST, "    due: W2 12:00\n    prefers: W1\n", "    due: W1 open  # HERE\n"),
    (Code.DEADLINE_FIRST, "- meet at deadline", "- meet at deadline\n      - visit at W6 open  # HERE"),
    (Code.WINDOW, "window: W2 to W3", "window: W3 to W2  # HERE"),
    (Code.WINDOW, "prefers: W1", "prefers: W3  # HERE"),
    (Code.WINDOW, "if asked before W2 and not opened visit", "if asked from W3 and asked before W3  # HERE"),
    (Code.WINDOW, "if asked before W2 and not", "if done from W3 open and done before W2 open and not"),
    (Code.WINDOW, "if asked before W2 and not opened visit", "if opened visit and not opened visit"),
    (Code.WINDOW, "if asked before W2 and not opened visit", "if no clock and asked from W2"),
    (Code.CONFLICT, "    pace: talk\n", "    pace: talk\n    due: W5 close  # HERE\n"),
    (Code.CONFLICT, "        opens: talk\n      moved", "        opens: talk\n        closes: settled\n      moved"),
    (Code.CONFLICT, "        item: yes\n", "        reopens: yes  # HERE\n        item: yes\n"),
    (Code.CONFLICT, "    due: 1 working days\n", "    due: 1 working days\n    left_out: talk  # HERE\n"),
    (Code.CONFLICT, "    pace: items\n", "    pace: talk\n"),
    (Code.CONFLICT, "    opens: W5 open\n    due: W5 close\n", "    opens: W5 open\n    pace: inform\n"),
    (Code.CONFLICT, "reopens: yes\n", "reopens: yes\n      no_one: {text: No, again: 'next open, then end'}  # HERE\n"),
    (Code.NO_DATE_FIELD, "        fields: [when required]\n        redates", "        redates"),
    (Code.NO_DATE_FIELD, "      fields: [when required]\n      due", "      due"),
    (Code.EMPTY_CHECKLIST, "    checklist:\n      details: contact details\n", "    checklist:  # HERE\n"),
    (Code.EMPTY_CHECKLIST, "    checklist:\n      details: contact details\n", ""),
    (Code.EMPTY_CHECKLIST, "fields: [to required]", "fields: {ticks: {kind: ticks, label: What?}}  # HERE"),
    # texts
    (Code.MISSING_TEXT, "    title: phone\n", ""),
    (Code.MISSING_TEXT, "        text: Went ahead\n", ""),
    (Code.MISSING_TEXT, "name: Tiny", "name: {en: Tiny, nl-BE: Klein}"),
    (Code.MISSING_TEXT, "      question: When is it?\n", ""),
    (Code.MISSING_TEXT, "label: To whom?", "required: yes"),
    (Code.LONG_BUTTON, "text: Went ahead", "text: Went ahead, as we had agreed by telephone  # HERE"),
    (Code.PLACEHOLDER, "Phone {client} by {W2}.", "Phone {name}.  # HERE"),
    (Code.PLACEHOLDER, "Phone {client} by {W2}.", "Phone {client today.  # HERE"),
    (Code.PLACEHOLDER, "Phone {client} by {W2}.", "Phone by {W9}.  # HERE"),
    # the roads
    (Code.UNREACHABLE, "        opens: note\n", "        opens: talk\n"),
    (Code.DEAD_END, "        text: Reached\n        opens: meet\n", "        text: Reached\n"),
    (Code.NEVER_CLOSES, "        text: Done\n        closes: settled\n", "        text: Done\n        again: next open\n"),
    (Code.GATE, "first_step: call\n", "first_step: call\ngate: {step: call, opens: meet}\n"),
    (Code.MISSING_KEY, "  new_threat: {opens: call}\n", ""),
    (Code.MISSING_KEY, "  client: {opens: meet, clock: no}\n", ""),
    # timers, names of keys, values
    (Code.BAD_TIMER, "due: 5 working days", "due: 0 working days  # HERE"),
    (Code.BAD_TIMER, "due: 5 working days", "due: -1 working days  # HERE"),
    (Code.BAD_TIMER, "due: 5 working days", "due: -1 working days open  # HERE"),
    (Code.BAD_TIMER, "due: 5 working days", "due: 1000000000 minutes  # HERE"),
    (Code.BAD_TIMER, "due: 5 working days", "due: 12:00  # HERE"),
    (Code.BAD_TIMER, "due: W5 close", "due: W5 25:00  # HERE"),
    (Code.BAD_TIMER, "3 months open", "1e9 months open"),
    (Code.BAD_TIMER, "60 minutes after", "0 minutes after"),
    (Code.BAD_TIMER, "60 minutes after", "99999 minutes after"),
    (Code.BAD_TIMER, "asked before W2 and", "asked before W0 and"),
    (Code.BAD_TIMER, "prefers: W1", "prefers: W31  # HERE"),
    (Code.BAD_TIMER, "version: 1\n", "version: 0  # HERE\n"),
    (Code.UNKNOWN_KEY, "    prefers: W1\n", "    preferes: W1  # HERE\n"),
    (Code.MISSING_KEY, "    role: coordinator\n", ""),
    (Code.BAD_VALUE, "    role: coordinator\n", "    role: boss  # HERE\n"),
]  # fmt: skip

FILES = [
    (Code.EMPTY, ""),
    (Code.EMPTY, "# only a comment\n"),
    (Code.TOO_LARGE, "a: " + "x" * 10_000_000),
    (Code.TOO_DEEP, "a: " + "[" * 1_000 + "]" * 1_000),
    (Code.TOO_DEEP, "a: " + "[" * 100_000),
    (Code.NOT_YAML, "a: [1, 2"),
    (Code.TAB, "a:\n\tb: 1\n"),
    (Code.TAG, "a: !!python/object/apply:os.system ['true']\n"),
    (Code.ALIASES, "a: &a [x]\nb: [" + "*a, " * 51 + "]\n"),
    (Code.DUPLICATE_KEY, "a: 1\nb: 2\na: 3\n"),
]

ELSEWHERE = {Code.NOT_FOUND, Code.SEED, Code.OUTCOME_UNUSED, Code.CYCLE}
"""Refused in test_load (no file; the team's layer), or below (rounds, and what only warns)."""


def problems_of(text: str):
    with pytest.raises(ProcedureError) as caught:
        load(text, origin="tiny.yaml")
    return caught.value.problems


def test_the_control_itself_holds():
    """Without a fault the small procedure loads: what fails below fails for its own reason."""
    assert load(TINY, origin="tiny.yaml").id == "tiny"


@pytest.mark.parametrize(("code", "good", "bad"), PARTS)
def test_each_fault_has_its_reason_and_line(code: Code, good: str, bad: str):
    """bad_inputs 72: refused with line and reason: unknown step, cycle, timer 0/-1/10^9 …"""
    assert TINY.count(good) >= 1
    text = TINY.replace(good, bad, 1)
    found = [problem for problem in problems_of(text) if problem.code is code]
    assert found, problems_of(text)
    assert all(problem.reason and problem.where for problem in found)
    if "HERE" in bad:
        line = next(n for n, one in enumerate(text.split("\n"), start=1) if "HERE" in one)
        assert line in [problem.line for problem in found]
    else:
        assert all(problem.line for problem in found if problem.where not in ("top", "starts"))


@pytest.mark.parametrize(("code", "text"), FILES)
def test_each_broken_file_has_its_reason(code: Code, text: str):
    """bad_inputs 72, S27: empty, 10 MB, bomb, tabs, duplicate keys, tags: refused by name."""
    assert code in [problem.code for problem in problems_of(text)]


def test_no_reason_without_its_failing_control():
    """Each reason code is proven by a file that has it."""
    proven = {code for code, *_ in PARTS} | {code for code, _ in FILES} | ELSEWHERE
    assert proven == set(Code)


def test_an_outcome_that_nothing_reaches_only_warns():
    """An outcome without an answer is said, and does not refuse the file."""
    text = TINY.replace("  settled: Settled\n", "  settled: Settled\n  lost: Lost\n")
    found = check(load(text, origin="tiny.yaml"), ("en",))
    assert [(p.code, p.warning, p.where) for p in found] == [
        (Code.OUTCOME_UNUSED, True, "outcomes.lost")
    ]


@pytest.mark.parametrize("name", shipped())
def test_the_seeds_have_nothing_to_doubt(name: str):
    """The procedures that ship give no problem and no warning in any of our languages."""
    assert check(load_named(name), LANGUAGES) == ()


# Languages

NAMED = "language: en\nname: Tiny\n"
TWO = "language: en\nname: {en: Tiny, fr: Petit}\n"


def test_a_text_is_missed_in_the_language_that_is_asked_for():
    """The check asks for the languages it is given, of every text and by its place."""
    found = check(load_named("ravels"), ("de",))
    assert {(problem.code, problem.reason) for problem in found} == {
        (Code.MISSING_TEXT, "no text in de")
    }
    assert len(found) > 100


def test_one_language_is_enough_for_a_teams_own_procedure():
    """A team's own file speaks what it says it speaks: here English, and nothing is missed."""
    assert check(load(TINY, origin="tiny.yaml"), ("en",)) == ()
    with pytest.raises(ProcedureError) as caught:
        load(TINY, origin="tiny.yaml", languages=LANGUAGES)
    assert {problem.code for problem in caught.value.problems} == {Code.MISSING_TEXT}


def test_a_language_that_the_name_declares_is_asked_of_every_text():
    """Half a screen in another language is refused, at each text that is missing."""
    said = TINY.replace(NAMED, TWO).replace("title: phone", "title: {en: phone, fr: appel}")
    missed = {problem.where: problem.reason for problem in problems_of(said)}
    assert missed["steps.call.text"] == "no text in fr"
    assert missed["outcomes.settled"] == "no text in fr"
    assert "name" not in missed
    assert "steps.call.title" not in missed


def test_a_language_that_only_some_texts_speak_is_doubted():
    """A language that the name does not declare only warns: cases that run on it go on."""
    said = TINY.replace("title: phone", "title: {en: phone, fr: appel}")
    (found,) = check(load(said, origin="tiny.yaml"), ("en",))
    assert (found.code, found.where, found.warning) == (Code.MISSING_TEXT, "name", True)
    assert "fr" in found.reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_button_fits_in_every_language(language: str):
    """A label that is one character too long is refused with its language; the longest fits."""
    here = TINY.replace("language: en\n", f"language: {language}\n")
    longest = "x" * BUTTON_MAX
    assert load(here.replace("Went ahead", longest), origin="tiny.yaml")
    (found,) = problems_of(here.replace("Went ahead", longest + "x"))
    assert (found.code, found.where) == (Code.LONG_BUTTON, "steps.meet.answers.went_ahead.text")
    assert f"({language})" in found.reason


def test_a_round_of_questions_with_nothing_to_wait_for():
    """bad_inputs 72: a cycle without a wait is refused, with its steps; one that waits is not."""
    text = TINY.replace("        opens: deals\n", "        opens: [deals, back]\n") + ROUND
    (found,) = problems_of(text)
    assert (found.code, found.where) == (Code.CYCLE, "steps.talk")
    assert "talk → back → talk" in found.reason
    waiting = text.replace("opens: [deals, back]", "opens: [deals, back at next open]")
    assert load(waiting, origin="tiny.yaml").steps["back"].answers["yes"].opens[0].step == "talk"


def test_a_round_that_silence_alone_would_turn():
    """bad_inputs 72: two steps that open each other unanswered never stop; a passed Wn is no wait."""
    text = TINY.replace("        opens: note\n", "        opens: [note, one]\n") + SILENT_ROUND
    assert [problem.code for problem in problems_of(text)] == [Code.CYCLE]


def test_a_road_cut_in_the_seed_is_noticed():
    """G-01: were `contents` never opened, a household let in would be followed no further."""
    text = shipped_text("ravels").replace("opens: contents\n", "opens: close\n")
    assert [(p.code, p.where) for p in problems_of(text)] == [(Code.UNREACHABLE, "steps.contents")]


def test_the_gate_holds_against_a_contact_and_an_assignment():
    """E-08: neither the client's own call nor a new worker may open what is behind the gate."""
    gated = TINY.replace(
        "first_step: call\n", "first_step: call\ngate: {step: call, opens: meet}\n"
    )
    shut = (
        gated.replace("    unanswered:\n      - meet at deadline\n", "")
        .replace("    schedules: visit\n", "")
        .replace("        opens: note\n", "        opens: note if opened meet\n")
        .replace("        opens: meet\n", "        opens: visit\n", 1)
    )
    assert load(shut, origin="tiny.yaml").gate == "call"
    by_contact = shut.replace("opens: note if opened meet", "opens: visit")
    assert Code.GATE in [problem.code for problem in problems_of(by_contact)]
    by_silence = shut.replace(
        "    due: W2 12:00\n", "    due: W2 12:00\n    unanswered: meet at deadline\n"
    )
    assert Code.GATE in [problem.code for problem in problems_of(by_silence)]

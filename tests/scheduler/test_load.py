"""YAML to Procedure: what a file may say, what is refused, and what a team may lay over it."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler import load as load_module
from scheduler.check import LANGUAGES, check
from scheduler.due import parse_due
from scheduler.load import (
    ALIASES_MAX,
    SIZE_MAX,
    Code,
    ProcedureError,
    load,
    load_named,
    shipped,
    shipped_text,
)
from scheduler.procedure import Again, FieldKind, Nudge, Pace, Role, Then
from scheduler.reader import ANSWER, STEP


def refused(text: str, overrides=None):
    with pytest.raises(ProcedureError) as caught:
        load(text, origin="own.yaml", overrides=overrides)
    return caught.value.problems


def codes(problems):
    return [problem.code for problem in problems]


def overlaid(name: str, overrides):
    with pytest.raises(ProcedureError) as caught:
        load_named(name, overrides)
    return [(problem.code, problem.where) for problem in caught.value.problems]


RAVELS = shipped_text("ravels")


# What the phrases of the file become


def test_the_procedures_that_ship():
    """Both seeds ship as data, by key (procedures 2 and 3)."""
    assert shipped() == ("eropaf", "ravels")
    assert [load_named(name).id for name in shipped()] == list(shipped())


def test_an_opening_at_a_moment_under_conditions():
    """R-34: `call_day2 at W2 open if asked before W2` is a step, a moment and a condition."""
    first, second = load_named("ravels").steps["call_day1"].unanswered
    assert (first.step, first.at, first.when.asked_before) == (
        "call_day2",
        parse_due("W2 open"),
        2,
    )
    assert (second.step, second.at, second.at_deadline) == ("visit_1", None, True)
    assert (second.when.asked_from, second.when.not_opened) == (2, ("visit_2",))


def test_conditions_of_the_clock_and_of_what_was_done():
    """R-31, G-07: parts joined by `and` must all hold."""
    declined = load_named("ravels").steps["home_appointment"].answers["declines_help"].opens
    assert declined[0].when.clock is True
    assert declined[0].when.done_before == parse_due("W3 close")
    assert declined[1].when.done_from == parse_due("W3 close")
    assert declined[1].when.done_before == parse_due("W5 open")
    assert declined[4].when.clock is False


def test_a_condition_on_a_fact():
    """R-24: a petition without consent is asked about first; YAML's bare yes stays a word."""
    first, second = load_named("ravels").starts["report"].opens
    assert (first.step, first.when.fact) == ("consent_check", {"needs_consent": "yes"})
    assert (second.step, second.when.fact) == ("assign", {"needs_consent": "no"})


def test_asking_again():
    """`next open, due same day close, 2 times at most, then alert`; `unasked` waits for a word."""
    steps = load_named("eropaf").steps
    assert steps["speak_reporter"].answers["not_reached"].again == Again(
        at=parse_due("next open"), due=parse_due("same day close"), most=2, then=Then.ALERT
    )
    assert steps["first_contact"].answers["declines_help"].again == Again(at=None, then=Then.ALERT)
    check = steps["three_month_check"].answers["not_reached"].again
    assert check is not None
    assert (check.most, check.then) == (1, Then.END)


def test_reminders_and_results():
    """§1.3: that day at open from 10:00 on, else 16:00 the working day before; 60 minutes on."""
    dated = load_named("ravels").steps["home_appointment"].dated
    assert dated is not None
    day, eve = dated.reminders
    assert (day.days_before, day.clock, day.starts_from) == (0, "open", "10:00")
    assert (eve.days_before, eve.clock, eve.starts_before) == (1, "16:00", "10:00")
    assert (dated.window_first, dated.window_last, dated.or_within) == (2, 3, 1)
    assert dated.result.minutes_after == 60
    eviction = load_named("eropaf").events["eviction"]
    assert eviction.reminders[1].to == (Role.WORKER, Role.COORDINATOR)
    assert eviction.result.minutes_after == 240


def test_words_and_fields_said_once_serve_many_steps():
    """An answer's text and a field may stand once at the top; a step adds what differs."""
    steps = load_named("ravels").steps
    texts = {id_: steps[id_].answers["not_reached"].text for id_ in ("call_day1", "call_day2")}
    assert (
        texts["call_day1"]
        == texts["call_day2"]
        == {
            "nl-BE": "Niet gesproken",
            "nl-NL": "Niet gesproken",
            "en": "Not reached",
            "fr": "Non joint",
        }
    )
    (reason,) = steps["note_1"].answers["not_done"].fields
    assert (reason.kind, reason.required) == (FieldKind.TEXT, True)


def test_nudges():
    """R-44: the note's nudge falls on the day of its prompt; all else has the usual one."""
    steps = load_named("ravels").steps
    assert {step.id for step in steps.values() if step.nudge is Nudge.PROMPT_DAY} == {
        "note_1",
        "note_2",
    }
    assert not [step for step in steps.values() if step.nudge is Nudge.NONE]


def test_a_plain_text_is_in_the_files_language():
    """A municipality with one language writes texts without a table."""
    text = re.sub(
        "\nname:\n(  .*\n)+", "\nlanguage: nl-BE\nname: Woonbegeleiding\n", RAVELS, count=1
    )
    assert load(text, origin="own.yaml").name == {"nl-BE": "Woonbegeleiding"}
    (found,) = refused(text.replace("language: nl-BE\n", ""))
    assert found.code is Code.BAD_VALUE
    assert "language: nl-BE" in found.suggestion


# YAML 1.1


def test_yaml_1_1_changes_nothing_that_was_written():
    """Design §6: 12:00 is no 720, no is no False, a date no date: only what was written counts."""
    for written in ('"no":', "no:", "'no':"):
        text = RAVELS.replace(
            '      "no":\n        help: declined\n', f"      {written}\n        help: declined\n"
        )
        assert written == '"no":' or text != RAVELS
        assert "no" in load(text, origin="own.yaml").steps["phase1_offer"].answers
    assert load(RAVELS, origin="own.yaml").steps["call_day2"].due == parse_due("W2 noon")


def test_a_bare_time_of_day_is_explained():
    """A team file's 12:00 comes as 720 from YAML 1.1: the problem says so."""
    with pytest.raises(ProcedureError) as caught:
        load_named("ravels", yaml.safe_load("phase1_explore: {due: 12:00}"))
    (found,) = caught.value.problems
    assert found.code is Code.BAD_TIMER
    assert "720" in found.suggestion


# Refusals


def test_every_problem_at_once_with_its_line():
    """bad_inputs 72: five mistakes, five problems, each with line and reason, in file order."""
    text = (
        RAVELS.replace("due: W1 close", "due: W1 closing")
        .replace("    prefers: W2\n", "    preferred: W2\n")
        .replace("closes: rehoused}", "closes: rehused}", 1)
        .replace("schedules: visit_2", "schedules: visit_3")
        .replace("      nl-BE: toewijzen\n      nl-NL: toewijzen\n", "      nl-BE: toewijzen\n")
    )
    problems = refused(text)
    assert [(p.code, p.where) for p in problems] == [
        (Code.MISSING_TEXT, "steps.assign.title"),
        (Code.BAD_TIMER, "steps.call_day1.due"),
        (Code.UNKNOWN_STEP, "steps.call_day1.schedules"),
        (Code.UNKNOWN_KEY, "steps.visit_1.preferred"),
        (Code.UNKNOWN_OUTCOME, "steps.phase3_leaving.answers.rehoused.closes"),
    ]
    lines = text.split("\n")
    assert "closing" in lines[(problems[1].line or 0) - 1]
    assert "preferred" in lines[(problems[3].line or 0) - 1]
    assert problems[3].suggestion == "did you mean prefers?"


def test_the_error_reads_as_a_list():
    """One line for each problem, with the file's name: what the terminal shows."""
    with pytest.raises(ProcedureError) as caught:
        load("procedure: x\n", origin="own.yaml")
    assert str(caught.value).count("\n") == len(caught.value.problems) - 1
    assert str(caught.value).startswith("own.yaml: ")


@pytest.mark.parametrize("loader", [yaml.SafeLoader, yaml.CSafeLoader])
def test_both_of_yamls_parsers_say_the_same(loader, monkeypatch: pytest.MonkeyPatch):
    """A machine without libyaml reads the same procedures and refuses the same files."""
    expected = load(RAVELS, origin="own.yaml")
    monkeypatch.setattr(load_module, "_LOADER", loader)
    assert load(RAVELS, origin="own.yaml") == expected
    assert codes(refused("a:\n  - b\n\t- c\n")) == [Code.TAB]
    assert set(codes(refused("a: b\tc: d\n"))) <= {Code.NOT_YAML, Code.TAB}
    assert codes(refused("a: [" * 2_000)) == [Code.TOO_DEEP]
    assert Code.EMPTY_CHECKLIST in codes(
        refused(
            RAVELS.replace("    checklist:\n      no_f", "    checklist:\n    fields:\n      no_f")
        )
    )


def test_a_bomb_costs_nothing():
    """S27: ten lists of ten aliases each would be 10^10 values; refused before they are made."""
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for n in range(1, 11):
        bomb += f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n"
    assert codes(refused(bomb)) == [Code.ALIASES]
    few = "a0: &a0 [" + "x, " * 900 + "]\n"
    for n in range(1, 9):
        few += f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 5)}]\n"
    assert few.count("*a") < ALIASES_MAX
    assert codes(refused(few)) == [Code.ALIASES]


def test_an_anchor_cannot_hold_itself():
    """S27: a value that contains itself has no end."""
    assert codes(refused("a: &a [*a]\n")) == [Code.NOT_YAML]


@pytest.mark.parametrize(
    "text",
    [
        "a: !!python/object/apply:os.system ['true']\n",
        "a: !!python/name:os.system\n",
        "a: !!python/object:x.Y {}\n",
        "a: !own {b: 1}\n",
        "!!set {a, b}\n",
        "a: !!binary aGk=\n",
        "a: !!timestamp 2027-01-01\n",
    ],
)
def test_no_tag_is_followed(text: str):
    """S27: tags are refused with their line, never resolved."""
    problems = refused(text)
    assert Code.TAG in codes(problems)
    assert problems[0].line == 1


def test_duplicate_keys_are_all_named():
    """bad_inputs 72: both places of a key that stands twice, wherever it is."""
    problems = refused("a: 1\nsteps:\n  b: {c: 1, c: 2}\na: 2\n")
    assert codes(problems) == [Code.DUPLICATE_KEY, Code.DUPLICATE_KEY]
    assert {problem.line for problem in problems} == {3, 4}
    assert all("second time" in problem.reason for problem in problems)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.EMPTY),
        ("---\n", Code.EMPTY),
        ("null\n", Code.EMPTY),
        ("just words\n", Code.BAD_VALUE),
        ("- a\n- b\n", Code.BAD_VALUE),
        ("a: 1\n---\nb: 2\n", Code.NOT_YAML),
        ("? [a, b]\n: c\n", Code.NOT_YAML),
        ("a: *nothing\n", Code.NOT_YAML),
        ("a: \x00\n", Code.NOT_YAML),
        ("a: \ud800\n", Code.NOT_YAML),
        ("a: b: c\n", Code.NOT_YAML),
        ("a" * (SIZE_MAX + 1), Code.TOO_LARGE),
        ("é" * (SIZE_MAX // 2 + 1), Code.TOO_LARGE),
        ("<<: {a: 1}\n", Code.UNKNOWN_KEY),
    ],
)
def test_what_is_no_procedure(text: str, code: Code):
    """bad_inputs 72: empty, not a table, broken, too large in bytes: each by its name."""
    assert code in codes(refused(text))


def test_files_by_path(tmp_path: Path):
    """Design §6: a procedure may be a path; what cannot be read is said with what ships."""
    own = tmp_path / "own.yaml"
    own.write_text(RAVELS, encoding="utf-8")
    assert load_named(str(own)) == load_named("ravels")
    own.write_bytes(b"\xef\xbb\xbf" + RAVELS.encode())
    assert load_named(str(own)).id == "ravels"
    for bad in (str(tmp_path / "missing.yaml"), str(tmp_path), "ravles", "a\0b", "x" * 5000):
        with pytest.raises(ProcedureError) as caught:
            load_named(bad)
        assert codes(caught.value.problems) == [Code.NOT_FOUND]
        assert "ravels" in caught.value.problems[0].suggestion
    own.write_bytes(b"procedure: x\nname: caf\xe9\n")
    with pytest.raises(ProcedureError) as caught:
        load_named(str(own))
    assert [(p.code, p.line) for p in caught.value.problems] == [(Code.NOT_YAML, 2)]
    own.write_bytes(b"a" * 10_000_000)
    with pytest.raises(ProcedureError) as caught:
        load_named(str(own))
    assert codes(caught.value.problems) == [Code.TOO_LARGE]


@given(st.text(max_size=300))
def test_no_text_breaks_the_loader(text: str):
    """bad_inputs 72: whatever stands in the file, the answer is a list of problems."""
    assert refused(text)


@settings(max_examples=60)
@given(st.integers(min_value=0))
def test_a_seed_with_random_damage_loads_or_is_refused(seed: int):
    """bad_inputs 72: lines of a real file lost, doubled or swapped never raise anything else."""
    chance = random.Random(seed)
    lines = RAVELS.split("\n")
    for _ in range(chance.randrange(1, 4)):
        n, m = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[n : n + 1] = chance.choice([[], [lines[n]] * 2, [lines[m]]])
    try:
        procedure = load("\n".join(lines), origin="own.yaml")
    except ProcedureError as error:
        assert all(problem.reason for problem in error.problems)
    else:
        assert procedure.steps


# The team's layer


def test_a_team_changes_its_own_times_nudges_and_words():
    """TEAM, design §6: times that the seed leaves open, nudges and texts are the team's."""
    changed = load_named(
        "ravels",
        {
            "phase1_explore": {"due": "4 working days", "title": {"nl-BE": "verkennen"}},
            "visit_1": {"nudge": False},
            "home_appointment": {"dated": {"reminders": ["same day at open"]}},
            "call_day1": {"answers": {"no_number": {"text": {"nl-BE": "Nummer klopt niet"}}}},
            "three_month_check": {"after": "2 months open"},
            "receipt": {"nl-BE": "Dank u."},
        },
    )
    steps, seed = changed.steps, load_named("ravels").steps
    assert steps["phase1_explore"].due == parse_due("4 working days")
    title = seed["phase1_explore"].title
    assert steps["phase1_explore"].title == {**title, "nl-BE": "verkennen"}
    assert steps["visit_1"].nudge is Nudge.NONE
    assert steps["visit_1"].due == seed["visit_1"].due
    dated = steps["home_appointment"].dated
    assert dated is not None
    assert len(dated.reminders) == 1
    assert dated.window_first == 2
    assert steps["call_day1"].answers["no_number"].text["nl-BE"] == "Nummer klopt niet"
    assert (
        steps["call_day1"].answers["no_number"].opens
        == seed["call_day1"].answers["no_number"].opens
    )
    assert changed.check_after == parse_due("2 months open")
    assert changed.receipt["nl-BE"] == "Dank u."


def test_a_team_switches_the_check_off():
    """Procedures 2: in Ravels the check after three months is the team's addition."""
    off = load_named("ravels", {"three_month_check": {"active": False}})
    assert off.check is None
    assert "three_month_check" not in off.steps
    on = load_named("ravels", {"three_month_check": {"active": True}})
    assert on == load_named("ravels")


def test_the_seeds_times_stay():
    """SEED: what a slide says is refused with its reason; Eropaf's three months too (E-46)."""
    assert overlaid("ravels", {"call_day1": {"due": "W2 close"}}) == [
        (Code.SEED, "overrides.call_day1.due")
    ]
    assert overlaid("ravels", {"visit_2": {"opens": "W6 open"}, "visit_1": {"prefers": "W3"}}) == [
        (Code.SEED, "overrides.visit_2.opens"),
        (Code.SEED, "overrides.visit_1.prefers"),
    ]
    assert overlaid("ravels", {"home_appointment": {"dated": {"window": "W2 to W9"}}}) == [
        (Code.SEED, "overrides.home_appointment.dated.window")
    ]
    assert overlaid("eropaf", {"three_month_check": {"after": "1 months open"}}) == [
        (Code.SEED, "overrides.three_month_check.after")
    ]
    assert overlaid("eropaf", {"three_month_check": {"active": False}}) == [
        (Code.SEED, "overrides.three_month_check.active")
    ]
    assert overlaid("ravels", {"call_day1": {"active": False}}) == [
        (Code.SEED, "overrides.call_day1.active")
    ]


def test_the_seeds_roads_stay():
    """SEED: where an answer leads is the procedure's; a team may let it lead further."""
    assert overlaid("ravels", {"visit_1": {"answers": {"let_in": {"opens": "close"}}}}) == [
        (Code.SEED, "overrides.visit_1.answers.let_in.opens")
    ]
    assert overlaid("ravels", {"visit_1": {"overtakes": []}}) == [
        (Code.SEED, "overrides.visit_1.overtakes")
    ]
    assert overlaid("ravels", {"note_1": {"team_default": True}}) == [
        (Code.SEED, "overrides.note_1.team_default")
    ]


def test_all_times_of_eropaf_are_the_teams():
    """TEAM: all of Eropaf's times but the three months."""
    changed = load_named(
        "eropaf",
        {
            "speak_reporter": {"due": "2 working days", "due_crisis": "30 minutes"},
            "meeting": {"dated": {"due": "3 working days"}},
        },
    )
    assert changed.steps["speak_reporter"].due_crisis == parse_due("30 minutes")
    dated = changed.steps["meeting"].dated
    assert dated is not None
    assert dated.due == parse_due("3 working days")


def test_a_team_adds_a_step_of_its_own():
    """Procedures 5: steps, answers and ticks of the team's own, without code."""
    own = {
        "photo_meter": {
            "role": "worker",
            "title": {"nl-BE": "meterstand", "en": "meter"},
            "text": {"nl-BE": "Meterstand genoteerd?", "en": "Meter read?"},
            "due": "3 working days",
            "answers": {
                "done": {"opens": "close"},
                "skipped": {"text": {"nl-BE": "Overslaan", "en": "Skip"}, "opens": "close"},
            },
        },
        "phase1_explore": {"answers": {"done": {"also_opens": "photo_meter"}}},
        "note_1": {"checklist": {"opening_hours": {"nl-BE": "openingsuren", "en": "hours"}}},
    }
    added = load_named("ravels", own)
    assert [o.step for o in added.steps["phase1_explore"].answers["done"].opens] == [
        "phase1_actions",
        "photo_meter",
    ]
    assert added.steps["photo_meter"].team_default
    assert added.steps["photo_meter"].pace is Pace.PLAIN
    assert len(added.steps["note_1"].checklist) == 6
    (found,) = overlaid("ravels", {k: v for k, v in own.items() if k != "phase1_explore"})
    assert found == (Code.UNREACHABLE, "steps.photo_meter")


def test_a_team_adds_texts_in_its_own_language_alone():
    """A team of one language need not write in ours; one that uses two writes all in both."""
    meter = {
        "role": "worker",
        "title": {"nl-BE": "meterstand"},
        "text": {"nl-BE": "Meterstand genoteerd?"},
        "due": "3 working days",
        "answers": {"done": {"opens": "close"}},
    }
    own = {
        "meter": meter,
        "phase1_explore": {"answers": {"done": {"also_opens": "meter"}}},
        "note_1": {"checklist": {"opening_hours": {"nl-BE": "openingsuren"}}},
        "fields": {"actions": {"choices": {"garden": {"nl-BE": "Tuin"}}}},
    }
    added = load_named("ravels", own)
    assert added.steps["meter"].title == {"nl-BE": "meterstand"}
    assert set(added.steps["meter"].answers["done"].text) == set(LANGUAGES)
    half = {**own, "meter": {**meter, "title": {"nl-BE": "meterstand", "fr": "compteur"}}}
    assert overlaid("ravels", half) == [
        (Code.MISSING_TEXT, "steps.note_1.checklist.opening_hours"),
        (Code.MISSING_TEXT, "steps.meter.text"),
        (Code.MISSING_TEXT, "steps.phase1_actions.fields.actions.choices.garden"),
        (
            Code.MISSING_TEXT,
            "steps.phase2_hearing.answers.repayment_plan.fields.actions.choices.garden",
        ),
    ]
    silent = {**own, "meter": {**meter, "title": {}}}
    assert overlaid("ravels", silent) == [(Code.MISSING_TEXT, "steps.meter.title")]


def test_what_a_layer_may_not_even_name():
    """Unknown steps, fields and shapes are said with what was perhaps meant."""
    with pytest.raises(ProcedureError) as caught:
        load_named(
            "ravels",
            {
                "visit1": {"nudge": False},
                "visit_1": {"nugde": False},
                "visit_2": "off",
                "note_1": {"due": date(2027, 9, 13)},
                "assign": {"after": "2 months open"},
            },
        )
    found = {problem.where: problem for problem in caught.value.problems}
    assert found["overrides.visit1"].code is Code.UNKNOWN_STEP
    assert found["overrides.visit1"].suggestion == "did you mean visit_1?"
    assert found["overrides.visit_1.nugde"].suggestion == "did you mean nudge?"
    assert found["overrides.visit_2"].code is Code.BAD_VALUE
    assert found["steps.note_1.due"].code is Code.BAD_TIMER
    assert found["overrides.assign.after"].code is Code.UNKNOWN_KEY
    assert all(problem.line is None for problem in found.values())


def test_a_layer_leaves_the_seed_as_it_was():
    """One team's changes are no other team's."""
    before = load_named("ravels")
    load_named("ravels", {"visit_1": {"nudge": False}})
    assert load_named("ravels") == before


def test_the_authors_page_shows_a_procedure_that_loads():
    """Procedures 5: the example that authors copy is a whole procedure, with nothing to doubt."""
    page = Path(load_module.__file__).parent / "procedures" / "README.md"
    whole = page.read_text(encoding="utf-8").split("\n## A whole file")[1]
    example = whole.split("```yaml\n")[1].split("```")[0]
    procedure = load(example, origin="README.md")
    assert check(procedure, ("nl-BE", "en")) == ()
    page_says = page.read_text(encoding="utf-8")
    assert all(f"`{key}" in page_says for key in (*STEP, *ANSWER) if key not in ("title", "text"))


_KEYS = st.sampled_from(
    ["visit_1", "note_1", "due", "answers", "done", "dated", "checklist", "text", "role", "nudge"]
) | st.text(max_size=8)
_LOOSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.dates() | st.text(max_size=20) | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=150)
@given(st.dictionaries(_KEYS, _LOOSE, max_size=4))
def test_no_layer_breaks_the_loader(overrides):
    """Design §6: whatever stands under `overrides`, it is laid on or refused with reasons."""
    try:
        procedure = load(RAVELS, origin="ravels.yaml", overrides=overrides)
    except ProcedureError as error:
        assert all(problem.reason for problem in error.problems)
    else:
        assert procedure.id == "ravels"

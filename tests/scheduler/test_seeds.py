"""The two seeds against procedures.md, rule by rule: roads, moments, lists, words."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

from scheduler.check import LANGUAGES
from scheduler.due import parse_due
from scheduler.load import Code, ProcedureError, load, load_named, shipped, shipped_text
from scheduler.procedure import FieldKind, Nudge, Opening, Pace, Role

RAVELS, EROPAF = load_named("ravels"), load_named("eropaf")
BOTH = (RAVELS, EROPAF)

FAILED_VISIT = "note_1 room_day4 visit_2 note_2"

ROADS = {
    "ravels": """
        consent_check.obtained: assign
        consent_check.refused: = other
        assign.assigned: call_day1 home_appointment
        call_day1.accepts_help: home_appointment
        call_day1.declines_help: visit_1
        call_day1.no_number: visit_1
        call_day1.not_reached: call_day2 visit_1
        call_day2.accepts_help: home_appointment
        call_day2.not_reached: visit_1
        call_day2.declines_help: visit_1
        call_day2.no_number: visit_1
        home_appointment.went_ahead: contents
        home_appointment.nobody_home: FAILED
        home_appointment.not_let_in: FAILED
        home_appointment.moved: @own
        home_appointment.declines_help: visit_1 note_1 visit_2 note_2 note_2
        visit_1.let_in: contents
        visit_1.not_let_in: FAILED
        visit_1.nobody_home: FAILED
        visit_1.door_not_opened: FAILED
        note_1.done: home_appointment
        note_1.not_done: again
        client_contact.accepts_help: home_appointment
        client_contact.declines_help:
        client_contact.wants_call:
        client_contact.not_reached: again
        visit_2.let_in: contents
        visit_2.not_let_in: note_2
        visit_2.nobody_home: note_2
        visit_2.door_not_opened: note_2
        note_2.done: = door_ajar
        note_2.not_done: again
        contents.phase_1: phase1_offer
        contents.phase_2: phase2_hearing
        contents.phase_3: phase3_leaving
        phase1_offer.yes: phase1_explore
        phase1_offer.no: = door_ajar
        phase1_explore.done: phase1_actions
        phase1_actions.done:
        phase1_actions.moved:
        phase1_actions.dropped:
        phase2_hearing.settled: phase1_actions
        phase2_hearing.repayment_plan: phase1_actions
        phase2_hearing.postponed: @hearing
        phase2_hearing.judgment: phase3_leaving
        phase2_hearing.default_judgment: phase3_leaving
        phase2_hearing.unknown: again
        phase3_leaving.left: = left
        phase3_leaving.rehoused: = rehoused
        phase3_leaving.evicted: = evicted
        phase3_leaving.averted: = averted
        phase3_leaving.postponed: @eviction
        close.door_ajar: = door_ajar
        close.averted: = averted
        close.settled: = settled
        close.rehoused: = rehoused
        close.left: = left
        close.evicted: = evicted
        close.moved: = moved
        close.other: = other
        close.keep_following: phase1_actions
        three_month_check.still_housed:
        three_month_check.moved:
        three_month_check.evicted:
        three_month_check.new_threat: reopens
        three_month_check.not_reached: again
    """,
    "eropaf": """
        assign.assigned: first_contact
        crisis_check.crisis: speak_reporter
        crisis_check.no_crisis: speak_reporter
        speak_reporter.spoken: first_contact
        speak_reporter.not_reached: again
        first_contact.reached: plan
        first_contact.not_reached: again
        first_contact.declines_help: again
        client_contact.accepts_help:
        client_contact.declines_help:
        client_contact.wants_call:
        client_contact.not_reached: again
        plan.done: call_round_1
        call_round_1.agreements: check_agreements
        call_round_1.prospect: call_round_2
        call_round_1.none: meeting
        call_round_1.postponed: @eviction call_round_2
        call_round_2.agreements: check_agreements
        call_round_2.prospect: meeting
        call_round_2.none: meeting
        call_round_2.postponed: @eviction call_round_2
        meeting.signed_by_all: check_agreements
        meeting.not_all_signed: again
        meeting.no_result: escalate_management
        meeting.refuses_to_come: escalate_management
        meeting.moved: @own
        escalate_management.agreements: check_agreements
        escalate_management.unreasonable: escalate_media
        escalate_management.no: close
        escalate_media.agreements: check_agreements
        escalate_media.none: close
        check_agreements.kept:
        check_agreements.broken: call_round_1
        close.averted: = averted
        close.agreements_kept: = agreements_kept
        close.no_result: = no_result
        close.evicted: = evicted
        close.moved: = moved
        close.other: = other
        three_month_check.still_housed:
        three_month_check.moved:
        three_month_check.evicted:
        three_month_check.new_threat: reopens
        three_month_check.not_reached: again
        hearing.settled:
        hearing.repayment_plan:
        hearing.postponed: @hearing
        hearing.judgment:
        hearing.default_judgment:
        hearing.unknown: again
        eviction.evicted: close
        eviction.averted: close
        eviction.postponed: @eviction
    """,
}

DUES = {
    ("ravels", "call_day1"): "W1 close",
    ("ravels", "call_day2"): "W2 12:00",
    ("ravels", "visit_1"): "W3 close",
    ("ravels", "note_1"): "1 working days",
    ("ravels", "visit_2"): "W5 close",
    ("ravels", "note_2"): "1 working days",
    ("ravels", "phase1_explore"): "2 working days",
    ("ravels", "three_month_check"): "5 working days",
    ("eropaf", "speak_reporter"): "1 working days / 60 minutes",
    ("eropaf", "first_contact"): "1 working days / same day close",
    ("eropaf", "plan"): "2 working days / next working day 12:00",
    ("eropaf", "call_round_1"): "3 working days / same day close",
    ("eropaf", "call_round_2"): "3 working days / same day close",
    ("eropaf", "escalate_management"): "2 working days",
    ("eropaf", "escalate_media"): "5 working days",
    ("eropaf", "three_month_check"): "5 working days",
    ("eropaf", "hearing"): "same day close",
    ("eropaf", "eviction"): "same day close",
}


def opened(openings: tuple[Opening, ...]) -> str:
    return " ".join(opening.step for opening in openings)


def road(answer) -> str:
    """Say what follows an answer in the short hand of ROADS."""
    said = [f"@{answer.redates}"] if answer.redates else []
    said += [f"= {answer.closes}"] if answer.closes else []
    said += ["again"] if answer.again else []
    said += ["reopens"] if answer.reopens else []
    return " ".join([*said, opened(answer.opens)]).strip()


@pytest.mark.parametrize("name", shipped())
def test_every_answer_leads_where_the_table_says(name: str):
    """Procedures 2 and 3, column *Answers*: each answer of each step, none more and none less."""
    table = ROADS[name].replace("FAILED", FAILED_VISIT)
    expected = [line.strip().split(":", 1) for line in table.strip().split("\n")]
    found = {
        f"{step.id}.{answer.id}": road(answer)
        for step in load_named(name).steps.values()
        for answer in step.answers.values()
    }
    assert found == {key: value.strip() for key, value in expected}


def test_every_deadline_is_the_tables():
    """Procedures 2 and 3, column *Due*: ordinary and crisis deadlines, and no others."""
    found = {}
    for procedure in BOTH:
        for step in procedure.steps.values():
            rules = (step.due, step.due_crisis)
            if step.due is not None:
                found[procedure.id, step.id] = tuple(rule for rule in rules if rule is not None)
    assert found == {
        key: tuple(parse_due(rule) for rule in rules.split(" / ")) for key, rules in DUES.items()
    }


def test_every_rule_of_both_seeds_can_be_found():
    """R-01 to R-85 and E-01 to E-48: each stands in a procedure's file or a test's docstring."""
    said = "".join(shipped_text(name) for name in shipped())
    here = Path(__file__).parents[1]
    for file in here.rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                said += ast.get_docstring(node) or ""
    wanted = {f"R-{n:02}" for n in range(1, 86)} | {f"E-{n:02}" for n in range(1, 49)}
    assert wanted - set(re.findall(r"[RE]-[0-9]{2}", said)) == set()


@pytest.mark.parametrize("procedure", BOTH, ids=lambda procedure: procedure.id)
def test_every_step_says_where_it_comes_from(procedure):
    """Procedures 5: the seed's slide or step for each rule, or that it is our reading."""
    for step in procedure.steps.values():
        assert re.search("S[0-9]|T[0-9]|our reading|The team", step.source), step.id
    for kind in procedure.kinds.values():
        assert kind.source
    for asked in procedure.intake:
        assert asked.source, asked.id


# Ravels


def test_how_a_ravels_case_begins():
    """R-24, R-58: a petition without consent first; the client's return runs no five-day clock."""
    starts = RAVELS.starts
    assert opened(starts["report"].opens) == "consent_check assign"
    assert opened(starts["client"].opens) == "home_appointment"
    assert (starts["client"].clock, starts["client"].without_worker) == (False, "assign")
    assert opened(starts["new_threat"].opens) == "call_day1"
    assert RAVELS.first_step == "call_day1"


def test_the_kinds_of_message_and_their_phases():
    """R-22, R-23, R-25, R-80, G-14: arrears and petition are phase 1, the claim is phase 2."""
    phases = {id_: kind.phase for id_, kind in RAVELS.kinds.items()}
    assert phases == {
        "arrears": "phase_1",
        "petition": "phase_1",
        "claim": "phase_2",
        "other": None,
    }
    assert [id_ for id_, kind in RAVELS.kinds.items() if kind.asks_consent] == ["petition"]


def test_the_moments_of_the_five_days():
    """R-26, R-34, R-36, R-51, R-52: not before W1, W2 preferred, room on W4, W5 the last visit."""
    steps = RAVELS.steps
    assert steps["call_day1"].not_before == parse_due("W1 open")
    assert steps["call_day1"].schedules == ("visit_2",)
    assert steps["call_day2"].left_out == "visit_1"
    assert steps["visit_1"].prefers == 2
    assert steps["room_day4"].opens == parse_due("W4 open")
    assert (steps["room_day4"].pace, steps["room_day4"].answers) == (Pace.INFORM, {})
    assert steps["visit_2"].opens == parse_due("W5 open")


def test_what_silence_opens():
    """R-33, R-35: an unanswered first call leads on; first asked on W2, to the visit."""
    steps = RAVELS.steps
    assert opened(steps["call_day1"].unanswered) == "call_day2 visit_1"
    (visit,) = steps["call_day2"].unanswered
    assert (visit.step, visit.at) == ("visit_1", parse_due("W2 noon"))
    others = [step.id for step in steps.values() if step.unanswered]
    assert others == ["call_day1", "call_day2"]


def test_one_spoken_call_ends_the_other():
    """R-27, R-32, G-11: spoken, or no number, ends the other call; not reached ends nothing."""
    first, second = RAVELS.steps["call_day1"], RAVELS.steps["call_day2"]
    assert {id_: answer.ends for id_, answer in first.answers.items()} == {
        "accepts_help": (),
        "declines_help": ("call_day2",),
        "not_reached": (),
        "no_number": ("call_day2",),
    }
    assert second.answers["declines_help"].ends == ("call_day1",)
    assert second.answers["no_number"].ends == ("call_day1",)
    ended = {"call_day1", "call_day2", "visit_1", "visit_2", "room_day4", "note_1"}
    assert set(RAVELS.steps["home_appointment"].ends) == {*ended, "note_2"}
    assert set(RAVELS.steps["contents"].ends) == {*ended, "home_appointment"}


def test_overtaken_steps_are_not_prompted_again():
    """§1.4: a step whose next has opened falls silent; note_2 ends what is left."""
    steps = RAVELS.steps
    assert steps["call_day2"].overtakes == ("call_day1",)
    assert steps["visit_1"].overtakes == ("call_day1", "call_day2")
    assert steps["visit_2"].overtakes == ("call_day1", "call_day2", "visit_1")
    assert set(steps["note_2"].ends) == {"visit_1", "visit_2", "room_day4"}


def test_the_first_note_says_the_seeds_five_things():
    """R-44 … R-50: R-46, R-47, R-48, R-49 and the leaflet R-50, no more and no less."""
    note = RAVELS.steps["note_1"]
    assert list(note.checklist) == [
        "contact_details",
        "contact_us",
        "think_together",
        "come_back",
        "leaflet",
    ]
    assert note.nudge is Nudge.PROMPT_DAY
    for sample in note.sample.values():
        assert "{phone}" in sample
        assert "{client}" not in sample
    contents = {
        "nl-BE": ("{organisation}", "Belt u mij", "samen met u", "Ik kom nog eens langs"),
        "nl-NL": ("{organisation}", "Belt u mij", "samen met u", "Ik kom nog een keer langs"),
        "en": ("{organisation}", "phone me soon", "together with you", "come by again"),
        "fr": ("{organisation}", "m’appeler bientôt", "chercher avec vous", "Je repasserai"),
    }
    for language, words in contents.items():
        assert [w for w in words if w not in note.sample[language]] == [], language


def test_the_closing_note_says_two_things():
    """R-56, R-57, R-58: no further steps, always welcome; then the door stays ajar."""
    note = RAVELS.steps["note_2"]
    assert list(note.checklist) == ["no_further_steps", "always_welcome"]
    assert note.answers["done"].closes == "door_ajar"
    contents = {
        "nl-BE": ("geen verdere stappen", "altijd bellen"),
        "nl-NL": ("geen verdere stappen", "altijd bellen"),
        "en": ("no further steps", "always call"),
        "fr": ("plus d’autres démarches", "toujours nous appeler"),
    }
    for language, words in contents.items():
        assert [w for w in words if w not in note.sample[language]] == [], language


def test_what_is_said_at_an_open_door():
    """R-38, R-39, R-40, R-41: the four things, in every language. Whom one comes from is the
    team's own: a Dutch one does not come from an OCMW."""
    text = RAVELS.steps["visit_1"].text
    said = {
        "nl-BE": ("{organisation}", "weten waarom je komt", "voorkomen", "of je binnen mag"),
        "nl-NL": ("{organisation}", "weten waarom je komt", "voorkomen", "of je binnen mag"),
        "en": ("{organisation}", "know why you come", "prevent eviction", "may come in"),
        "fr": ("{organisation}", "savent pourquoi", "éviter l’expulsion", "si vous pouvez entrer"),
    }
    for language, words in said.items():
        assert [w for w in (*words, "{W3}") if w not in text[language]] == [], language


def test_the_phases_open_their_first_step():
    """R-60 … R-63: an answer of `contents` sets the phase and opens that phase's first step."""
    for id_, answer in RAVELS.steps["contents"].answers.items():
        assert answer.sets_phase == id_
        assert opened(answer.opens) == RAVELS.phases[id_].first
    # leaving phase 1 takes back the question which actions there will be; actions stay (k72)
    assert "phase1_actions" in RAVELS.phases["phase_1"].steps
    assert "phase1_actions" not in RAVELS.phases["phase_2"].steps


def test_a_judgment_counts_as_the_last_phase():
    """G-13: judgment and default judgment set phase 3, also before `contents`."""
    assert (RAVELS.judgment_phase, RAVELS.judgment_step) == ("phase_3", "contents")
    for id_ in RAVELS.judgment_answers:
        assert RAVELS.steps["phase2_hearing"].answers[id_].sets_phase == "phase_3"


def test_the_ticks_of_the_phases():
    """R-65 … R-68, R-81 … R-85: what was told, asked and done stands as ticks."""
    steps = RAVELS.steps
    found = {
        id_: [choice for field in steps[id_].fields if field.kind is FieldKind.TICKS
              for choice in field.choices]
        for id_ in ("phase1_offer", "phase2_hearing", "phase3_leaving")
    }  # fmt: skip
    assert found == {
        "phase1_offer": ["consequences", "expectations", "leaflet"],
        "phase2_hearing": ["hearing_matters"],
        "phase3_leaving": ["leave_themselves", "registered", "private_search"],
    }
    (ticks,) = steps["phase1_offer"].answers["no"].fields
    assert list(ticks.choices) == ["consequences", "always_welcome"]
    support = next(field for field in steps["phase2_hearing"].fields if field.id == "support")
    assert list(support.choices) == ["yes", "no", "later"]
    assert [field.id for field in steps["phase3_leaving"].fields][1:] == ["served", "eviction"]


def test_the_priority_actions():
    """R-73 … R-79: the seed's actions, and room for another one."""
    (actions,) = RAVELS.steps["phase1_actions"].fields
    assert list(actions.choices) == [
        "mediate",
        "proposal",
        "inquiry",
        "energy_bill",
        "rent_allowance",
        "budget_guidance",
        "budget_management",
        "debt_help",
        "referral",
        "other",
    ]
    assert RAVELS.steps["phase1_actions"].items_left == "close"


def test_a_refused_consent_plans_no_check():
    """Procedures 2: `refused` closes as `other`, without a three-month check."""
    unchecked = [
        f"{step.id}.{answer.id}"
        for procedure in BOTH
        for step in procedure.steps.values()
        for answer in step.answers.values()
        if answer.closes and not answer.checks_later
    ]
    assert unchecked == ["consent_check.refused"]


def test_the_outcomes():
    """Procedures 2 and 3: the two lists of outcomes, each of them a choice of `close`."""
    assert " ".join(RAVELS.outcomes) == (
        "door_ajar averted settled rehoused left evicted moved other"
    )
    assert " ".join(EROPAF.outcomes) == "averted agreements_kept no_result evicted moved other"
    for procedure in BOTH:
        closes = [answer.closes for answer in procedure.steps["close"].answers.values()]
        assert [outcome for outcome in closes if outcome] == list(procedure.outcomes)
        assert procedure.steps["close"].role is Role.ACTOR


# Eropaf


def test_the_gate():
    """E-08: nothing opens before the reporter is spoken to; a lifted gate opens first_contact."""
    assert (EROPAF.gate, EROPAF.gate_opens) == ("speak_reporter", "first_contact")
    assert opened(EROPAF.starts["report"].opens) == "crisis_check"
    assert opened(EROPAF.starts["client"].opens) == "first_contact"
    assert opened(EROPAF.starts["new_threat"].opens) == "first_contact"
    assert EROPAF.steps["first_contact"].overtakes == ("speak_reporter",)


def test_the_word_on_a_crisis():
    """E-14, E-15: the coordinator says whether it is one, and to whom the case goes."""
    answers = EROPAF.steps["crisis_check"].answers
    assert (answers["crisis"].crisis, answers["no_crisis"].crisis) == (True, False)
    assert [field.id for field in answers["crisis"].fields] == ["to"]
    assert EROPAF.crisis_days == RAVELS.crisis_days == 5


def test_the_first_contact_learns_four_things():
    """E-18, E-19, E-20, E-21: causes, professionals, network, own idea; once (E-22)."""
    fields = EROPAF.steps["first_contact"].answers["reached"].fields
    assert [field.id for field in fields] == ["causes", "professionals", "network", "own_idea"]
    assert not any(field.required for field in fields)
    assert [field.id for field in EROPAF.steps["plan"].answers["done"].fields] == ["note"]


def test_a_postponed_eviction_goes_on_with_ordinary_deadlines():
    """Procedures 3: `postponed` moves the date, informs the coordinator, opens round 2."""
    for id_ in ("call_round_1", "call_round_2"):
        postponed = EROPAF.steps[id_].answers["postponed"]
        (again,) = postponed.opens
        assert (again.step, again.ordinary, postponed.informs) == ("call_round_2", True, True)


def test_the_meeting_asks_who_has_a_mandate_and_who_signed():
    """E-33, E-34, E-35: participants with their mandate; agreements and a photo of the paper."""
    meeting = EROPAF.steps["meeting"]
    assert meeting.dated is not None
    assert [field.id for field in meeting.dated.fields] == ["when", "participants"]
    signed = meeting.answers["signed_by_all"].fields
    assert [field.id for field in signed] == ["agreements", "photo"]
    assert meeting.dated.result.minutes_after == 120
    assert [reminder.days_before for reminder in meeting.dated.reminders] == [1, 0]


def test_agreements_are_checked_one_by_one():
    """E-45: each on its own date; kept may be repeated, broken leads to a new round of calls."""
    step = EROPAF.steps["check_agreements"]
    assert step.pace is Pace.ITEMS
    assert all(answer.item for answer in step.answers.values())
    assert [field.id for field in step.answers["kept"].fields] == ["when"]
    assert step.items_left == "close"


def test_the_check_after_three_months():
    """E-46: three calendar months at open; in Ravels the team's own addition, and labelled so."""
    for procedure in BOTH:
        assert procedure.check == "three_month_check"
        assert procedure.check_after == parse_due("3 months open")
    added = {
        "nl-BE": "Toevoeging van het team",
        "nl-NL": "Toevoeging van het team",
        "en": "The team's addition",
        "fr": "Ajout de l’équipe",
    }
    for language, words in added.items():
        assert words in RAVELS.steps["three_month_check"].text[language]
        assert words not in EROPAF.steps["three_month_check"].text[language]


def test_which_times_are_the_teams():
    """Procedures 3: all times of Eropaf are TEAM; of Ravels those that the seed leaves open."""
    assert all(step.team_default for step in EROPAF.steps.values())
    assert {step.id for step in RAVELS.steps.values() if step.team_default} == {
        "consent_check",
        "assign",
        "note_1",
        "note_2",
        "client_contact",
        "phase1_explore",
        "three_month_check",
    }


def test_the_dates_of_hearing_and_eviction():
    """§1.3: −5 and −1 working days; asked at 14:00 or two hours later, four after an eviction."""
    for procedure, steps in (
        (RAVELS, "phase2_hearing phase3_leaving"),
        (EROPAF, "hearing eviction"),
    ):
        hearing, eviction = procedure.events["hearing"], procedure.events["eviction"]
        assert f"{hearing.step} {eviction.step}" == steps
        for event in (hearing, eviction):
            assert [reminder.days_before for reminder in event.reminders] == [5, 1]
            assert event.waits is (procedure is RAVELS)
        assert (hearing.result.minutes_after, hearing.result.not_before) == (120, "14:00")
        assert (eviction.result.minutes_after, eviction.result.not_before) == (240, None)
        assert eviction.crisis_replaces_reminders
        assert Role.COORDINATOR in eviction.reminders[1].to
        assert Role.COORDINATOR not in eviction.reminders[0].to
        assert Role.COORDINATOR not in hearing.reminders[1].to


# Words


def worded(procedure):
    """Yield place, language and words of what a worker or coordinator reads."""
    for step in procedure.steps.values():
        texts = {"title": step.title, "text": step.text}
        texts |= {id_: answer.text for id_, answer in step.answers.items()}
        if step.dated is not None:
            texts["question"] = step.dated.question
        for field in (*step.fields, *(f for a in step.answers.values() for f in a.fields)):
            texts[f"field {field.id}"] = field.label
        for key, text in texts.items():
            for language, words in text.items():
                yield f"{step.id}.{key}", language, words


def reported(procedure):
    """Yield place, language and words of what a reporter reads."""
    texts = {"receipt": procedure.receipt, "expectations": procedure.expectations}
    texts |= {"support": procedure.support}
    texts |= {f"{asked.id}.label": asked.label for asked in procedure.intake}
    texts |= {f"{asked.id}.why": asked.why for asked in procedure.intake}
    for key, text in texts.items():
        for language, words in text.items():
            yield key, language, words


@pytest.mark.parametrize("procedure", BOTH, ids=lambda procedure: procedure.id)
def test_je_for_the_team_and_u_for_the_reporter(procedure):
    """Procedures 6: in Dutch, reporter u, worker and coordinator je; never mixed."""
    team = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)
    public = re.compile(r"\b(je|jij|jouw|jou)\b", re.IGNORECASE)
    mixed = [
        (at, tag) for at, tag, words in worded(procedure) if dutch(tag) and team.search(words)
    ]
    mixed += [
        (at, tag) for at, tag, words in reported(procedure) if dutch(tag) and public.search(words)
    ]
    assert mixed == []


def dutch(language: str) -> bool:
    return language.startswith("nl")


@pytest.mark.parametrize("procedure", BOTH, ids=lambda procedure: procedure.id)
def test_observations_and_no_judgments(procedure):
    """R-08, R-17, R-43, procedures 6: neutral words; nobody home is not door not opened."""
    banned = re.compile(
        "wanbetaler|zorgmijder|weiger(t|de) hulp|fraud|probleemgezin|mauvais payeur|refuse l’aide",
        re.IGNORECASE,
    )
    texts = [*worded(procedure), *reported(procedure)]
    assert [at for at, _, words in texts if banned.search(words)] == []
    for step in procedure.steps.values():
        assert ("nobody_home" in step.answers) <= ("not_let_in" in step.answers)


@pytest.mark.parametrize("procedure", BOTH, ids=lambda procedure: procedure.id)
def test_texts_are_short(procedure):
    """Procedures 6: a title is a few words, a prompt fits on a telephone's screen."""
    for at, _, words in worded(procedure):
        assert len(words) <= (40 if at.endswith(".title") else 400), at
        assert "  " not in words, at


def test_the_reporter_is_asked_for_no_personal_details():
    """E-12: no diagnosis, no very personal information; said where free text is asked for."""
    for procedure, field in ((RAVELS, "text"), (EROPAF, "view")):
        why = next(asked.why for asked in procedure.intake if asked.id == field)
        assert "geen medische" in why["nl-BE"].casefold()
        assert "geen medische" in why["nl-NL"].casefold()
        assert "no medical" in why["en"].casefold()
        assert "pas de données médicales" in why["fr"].casefold()


def test_what_the_reporter_is_told_and_not_told():
    """E-01, G-22: what to expect in steps, and that nothing is told about the tenant."""
    for language in LANGUAGES:
        lines = EROPAF.expectations[language].split("\n")
        assert [line[0] for line in lines[1:10]] == list("123456789"), language  # E-03
    for procedure in BOTH:
        nothing = {"nl-BE": "niets", "nl-NL": "niets", "en": "anything", "fr": "rien"}
        assert [tag for tag, word in nothing.items() if word not in procedure.receipt[tag]] == []
        assert "gekend" not in procedure.receipt["nl-BE"]
    assert "We spreken u eerst zelf" in EROPAF.receipt["nl-BE"]
    assert "advies en ondersteuning" in EROPAF.support["nl-BE"]  # E-47, E-48


def test_only_the_reporters_name_of_the_tenant_must_be_given():
    """A frightened reporter may skip nearly everything: who it is about is what is needed."""
    required = {p.id: [asked.id for asked in p.intake if asked.required] for p in BOTH}
    assert required == {"ravels": ["client"], "eropaf": ["client"]}


# Languages


def written(name: str) -> dict[str, dict[str, str]]:
    """Return every text of a file that ships by its place, as the file alone says it."""
    found: dict[str, dict[str, str]] = {}

    def read(node: yaml.Node, where: str) -> None:
        if isinstance(node, yaml.SequenceNode):
            for n, one in enumerate(node.value):
                read(one, f"{where}.{n}")
        if not isinstance(node, yaml.MappingNode):
            return
        table = {key.value: value for key, value in node.value}
        if not table.keys().isdisjoint(LANGUAGES):
            found[where] = {tag: str(value.value) for tag, value in table.items()}
            return
        for key, value in table.items():
            read(value, f"{where}.{key}" if where else key)

    root = yaml.compose(shipped_text(name))
    assert root is not None
    read(root, "")
    return found


@pytest.mark.parametrize("name", shipped())
def test_every_text_is_there_in_every_language(name: str):
    """Glossary: nl-BE, nl-NL, en and fr, text by text; this names what is missing, and where."""
    texts = written(name)
    assert len(texts) > 100
    missing = [
        f"{where}: {tag}"
        for where, text in texts.items()
        for tag in LANGUAGES
        if not text.get(tag, "").strip()
    ]
    assert missing == []
    assert {tag for text in texts.values() for tag in text} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", shipped())
def test_the_checker_demands_every_text(name: str, language: str):
    """A language taken out of a file that ships is missed at each place where it stood."""
    kept, inside = [], -1
    for line in shipped_text(name).split("\n"):
        indent = len(line) - len(line.lstrip())
        if line.lstrip().startswith(f"{language}: "):
            inside = indent
        elif inside < 0 or (line.strip() and indent <= inside):
            inside = -1
            kept.append(line)
    with pytest.raises(ProcedureError) as caught:
        load("\n".join(kept), origin="own.yaml", languages=LANGUAGES)
    problems = caught.value.problems
    assert {(p.code, p.reason) for p in problems} == {
        (Code.MISSING_TEXT, f"no text in {language}")
    }
    places = {p.where for p in problems}
    once = ("fields.", "answer_texts.")  # said once at the top, missed where it is used
    assert {at for at in written(name) if not at.startswith(once)} - places == set()
    assert any(at.endswith(".fields.when.label") for at in places)
    assert any(at.endswith(".answers.not_reached.text") for at in places)


@pytest.mark.parametrize("name", shipped())
def test_every_language_fills_the_same_blanks(name: str):
    """A day or number that one language names, the others name too."""
    for where, text in written(name).items():
        blanks = {tag: sorted(re.findall("{[^}]*}", words)) for tag, words in text.items()}
        assert len(set(map(tuple, blanks.values()))) == 1, (where, blanks)


BUTTON = 34
"""Characters that a small telephone shows on a button of its own row."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_fits(language: str):
    """An outcome, answer, tick or choice is read whole on a small telephone."""
    labels = re.compile(
        r"outcomes|answer_texts|kinds|phases|choices|checklist|answers\.\w+\.text$"
    )
    long = [
        (where, text[language])
        for name in shipped()
        for where, text in written(name).items()
        if labels.search(where) and not where.endswith(".label") and len(text[language]) > BUTTON
    ]
    assert long == []


FOREIGN = {
    "nl-BE": r"huurachterstand|ontruiming|huurtoeslag|betalingsregeling|corporatie|gemeente ben",
    "nl-NL": r"huurachterstal\b|uithuiszetting|gekend|geweten|\bnoden\b|tegen wanneer|opvolg"
    r"|huurtoelage|poetsdienst|afbetalingsplan|\bS[VH][KM]\b|van het OCMW|in de bus\b|intussen",
    "en": r"\bhuur|uithuis|évic",
    "fr": r"OCMW|SVK|propriétaire|\b(tu|ton|toi|tes)\b",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_own_words(language: str):
    """Glossary: Flemish is not Dutch of the Netherlands, and the OCMW is the CPAS in French."""
    foreign = re.compile(FOREIGN[language], re.IGNORECASE)
    found = [
        (where, text[language])
        for name in shipped()
        for where, text in written(name).items()
        if foreign.search(text[language])
    ]
    assert found == []


def test_french_is_set_as_french():
    """Glossary: a no-break space before : ; ? ! » and after «, and a curly apostrophe."""
    wrong = re.compile(r"(?<!\u00a0)[:;?!»]|«(?!\u00a0)|'|\u202f| $")
    found = [
        (where, text["fr"])
        for name in shipped()
        for where, text in written(name).items()
        if wrong.search(text["fr"].replace("Eropaf!", "Eropaf"))
    ]
    assert found == []

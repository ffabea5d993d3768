"""What comes when, as a caseworker reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from scheduler.check import LANGUAGES
from scheduler.load import load, load_named, shipped
from scheduler.procedure import Channel, Pace, Role
from scheduler.show import around, cells, heads, name, rows, version
from scheduler.show_words import tongue, words


def row(name: str, step: str, language: str):
    return next(row for row in rows(load_named(name), language) if row.step == step)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", shipped())
def test_nothing_of_a_procedure_is_left_out(key: str, language: str):
    """One row per step, one line per answer, each with its source; no empty cell but `beside`."""
    procedure = load_named(key)
    shown = rows(procedure, language)
    assert [row.step for row in shown] == list(procedure.steps)
    for row, step in zip(shown, procedure.steps.values(), strict=True):
        assert len(row.answers) == len(step.answers)
        assert row.title == step.title[language]
        assert row.role
        assert row.due
        assert row.source
        assert len(cells(row, language)) == len(heads(language))


def test_the_second_call_in_both_languages():
    """R-34: working day 2 before noon, the visit after it; in the reader's own words."""
    dutch = row("ravels", "call_day2", "nl-BE")
    assert dutch.title == "bel vóór 12 uur"
    assert dutch.role == "begeleider"
    assert dutch.due == ("tegen werkdag 2, vóór 12 uur",)
    english = row("ravels", "call_day2", "en")
    assert english.due == ("by working day 2, before 12:00",)
    assert dict(english.answers)["Not reached"] == (
        "unannounced home visit (not yet: last home visit)"
    )
    assert "no morning: unannounced home visit" in english.beside
    assert "silences: phone today" in english.beside


def test_the_window_of_the_visit_and_its_preferred_day():
    """R-35, R-36: by working day 3, preferably day 2; the seed's time has no team label."""
    shown = row("ravels", "visit_1", "en")
    assert shown.due == ("by working day 3, at closing", "preferably working day 2")
    assert not shown.team_default
    assert "team" not in cells(shown, "en")[2]


def test_the_teams_own_times_are_labelled():
    """TEAM: a reader sees which times the team may change."""
    shown = row("eropaf", "plan", "nl-BE")
    assert shown.due == (
        "tegen 2 werkdagen later, bij sluiting",
        "crisis: tegen 1 werkdag later, vóór 12 uur",
    )
    assert cells(shown, "nl-BE")[2].endswith("(afspraak van het team)")


def test_what_asks_again_says_how_often_and_what_then():
    """E-08, E-46: not reached: asked again, a bound, and what comes after it."""
    asked = dict(row("eropaf", "speak_reporter", "en").answers)
    assert asked["Not reached"] == (
        "again: the next working day, at opening, 2 times at most, then an alert"
    )
    checked = dict(row("eropaf", "three_month_check", "en").answers)
    assert checked["Not reached"].endswith("1 time at most, then it ends")
    assert checked["New threat"] == "the case opens again"
    declined = dict(row("eropaf", "first_contact", "en").answers)
    assert declined["Spoken – no help for now"] == "stays open, not asked again, then an alert"


def test_the_dates_of_a_hearing_and_an_eviction():
    """§1.3: when the reminders come and when it is asked how it went."""
    hearing = row("ravels", "phase2_hearing", "en").beside
    assert "reminder 5 working days before, at opening" in hearing
    assert "how it went: 2 h after, not before 14:00" in hearing
    eviction = row("eropaf", "eviction", "nl-BE").beside
    assert "in een crisis: elke werkdag de stand" in eviction
    home = row("ravels", "home_appointment", "en").beside
    assert "reminder 1 working day before, 16:00 (starts before 10:00)" in home
    assert "reminder that day, at opening (starts from 10:00)" in home


def test_the_postponement_tells_the_coordinator():
    """Procedures 3: `postponed` in a round of calls informs the coordinator and goes on."""
    said = dict(row("eropaf", "call_round_1", "en").answers)["Eviction postponed…"]
    assert "second round of calls, with ordinary deadlines" in said
    assert "the coordinator is told" in said


def test_the_second_call_in_french_and_in_the_dutch_of_the_netherlands():
    """R-34: the same row, in words of Wallonia and of the Netherlands."""
    french = row("ravels", "call_day2", "fr")
    assert french.title == "appel avant midi"
    assert french.role == "travailleur social"
    assert french.due == ("échéance\u00a0: le jour ouvrable 2, avant midi",)
    assert dict(french.answers)["Non joint"] == (
        "visite à domicile à l’improviste (pas encore\u00a0: dernière visite à domicile)"
    )
    assert "met en veille\u00a0: appel aujourd’hui" in french.beside
    dutch = row("ravels", "call_day2", "nl-NL")
    assert dutch.role == "hulpverlener"
    assert dutch.due == ("uiterlijk werkdag 2, vóór 12.00 uur",)
    assert "dag zonder ochtend: onaangekondigd huisbezoek" in dutch.beside


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("nl-BE", "tegen 1 werkdag later, bij sluiting", "tegen 2 werkdagen later, bij sluiting"),
        ("nl-NL", "uiterlijk 1 werkdag later, bij s", "uiterlijk 2 werkdagen later, bij s"),
        ("en", "by 1 working day later, at closing", "by 2 working days later, at closing"),
        ("fr", "1 jour ouvrable plus tard, à la", "2 jours ouvrables plus tard, à la fermeture"),
    ],
)
def test_one_day_and_several(language: str, one: str, many: str):
    """A number agrees with what it counts, in each language."""
    assert one in row("ravels", "note_1", language).due[0]
    assert many in row("ravels", "phase1_explore", language).due[0]


def test_a_time_that_is_no_whole_hour_is_said_in_minutes():
    """§1.3: ninety minutes are not one hour."""
    ravels = load_named("ravels")
    dated = ravels.steps["home_appointment"].dated
    assert dated is not None
    later = replace(dated, result=replace(dated.result, minutes_after=90))
    steps = {"home_appointment": replace(ravels.steps["home_appointment"], dated=later)}
    (shown,) = rows(replace(ravels, steps={**ravels.steps, **steps}), "en")[4:5]
    assert shown.step == "home_appointment"
    assert "how it went: 90 min after" in shown.beside


def said(key: str, language: str) -> Iterator[str]:
    """Yield every phrase that is said of a procedure; its own sources are in English."""
    procedure = load_named(key)
    yield from (*heads(language), name(procedure, language), version(procedure, language))
    yield from around(procedure, language)
    for shown in rows(procedure, language):
        yield from cells(shown, language)[:-1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", shipped())
def test_nothing_is_said_in_another_language_or_in_code(key: str, language: str):
    """Glossary: each language in its own words; ids stand under the titles only."""
    foreign = {
        "nl-BE": r"ontruiming|working day|jour ouvrable|12\.00 uur",
        "nl-NL": r"uithuiszetting|voormiddag|tegen|begeleider|working day|jour ouvrable|12 uur",
        "en": r"werkdag|jour ouvrable|huis",
        "fr": r"werkdag|working day|case|dossier opent|[^\u00a0] ?[:;?!»](?<!Eropaf!)(?!\d)",
    }[language]
    ids = set(load_named(key).steps)
    for phrase in said(key, language):
        lines = [line for line in phrase.split("\n") if line not in ids]
        assert not re.search(foreign, "\n".join(lines)), phrase
        assert not re.search(r"\w+_\w+|[{}]| = ", "\n".join(lines)), phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_there_for_every_case(language: str):
    """Each phrase in each language with the same blanks; each role, pace and channel has one."""
    blanks = {key: sorted(re.findall("{[a-z]+}", text)) for key, text in words("en").items()}
    assert {
        key: sorted(re.findall("{[a-z]+}", text)) for key, text in words(language).items()
    } == blanks
    assert all(text.strip() for text in words(language).values())
    needed = {f"role-{role}" for role in Role} | {f"channel-{channel}" for channel in Channel}
    needed |= {f"pace-{pace}" for pace in Pace if pace is not Pace.PLAIN}
    assert needed - words(language).keys() == set()


def test_a_fact_is_said_in_words():
    """R-24, G-15: whether the landlord's consent is needed, not the name of a field."""
    begins = {language: around(load_named("ravels"), language)[0] for language in LANGUAGES}
    assert "toestemming verhuurder (toestemming nodig)" in begins["nl-BE"]
    assert "landlord's consent (consent needed) · assign (no consent needed)" in begins["en"]
    assert "accord du bailleur (accord nécessaire)" in begins["fr"]


OWN = """\
procedure: own
version: 3
language: nl-BE
name: Eigen
receipt: Dank u.
first_step: call
starts: {report: {opens: assign}}
outcomes: {done: Klaar}
fields: {to: {kind: person, label: "Aan wie?"}}
steps:
  assign:
    role: coordinator
    pace: chase
    title: toewijzen
    text: "Aan wie?"
    answers: {assigned: {text: Toewijzen, fields: [to required], opens: call}}
  call:
    role: worker
    title: bellen
    text: Bel.
    due: next working day 12:00
    answers: {ok: {text: Gelukt, closes: done}}
"""


def test_a_procedure_of_one_language_is_shown_in_any():
    """A team's own texts stay as they are; the words around them are the reader's."""
    procedure = load(OWN, origin="own.yaml")
    _, shown = rows(procedure, "fr")
    assert (shown.title, shown.role) == ("bellen", "travailleur social")
    assert dict(shown.answers) == {"Gelukt": "clôturé\u00a0: Klaar"}
    assert version(procedure, "fr") == "version 3 · textes en nl-BE"
    assert [tongue(tag) for tag in ("nl", "fr-CA", "en-GB", "de", "")] == [
        "nl-BE",
        "fr",
        "en",
        "en",
        "en",
    ]

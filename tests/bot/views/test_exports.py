"""What stands in the files: attempts in DDAS' words, the cells of a table, a case on paper."""

from __future__ import annotations

import json
import re
from datetime import date, time, timedelta
from typing import Any

import pytest

from bot.texts import LANGUAGES
from bot.views.case_file import case_file
from bot.views.ddas import KINDS, delivery, part_of_day, result
from bot.views.export_rows import Frame, Record, file_name, tables
from scheduler.procedure import Channel
from scheduler.stimuli import Closing, Corrected, Deviated, NewItem, Noted
from tests.bot.conversations.casework import AN, CASE, KARIN, LIES, REF, Office, local

PERSONAL = ("Marc", "Verlinden", "Kerkstraat", "470")
PEOPLE = {AN.id: "An", KARIN.id: "Karin", LIES.id: "Lies"}


def record(office: Office, id_: int = CASE) -> Record:
    return Record(view=office.views[id_], lines=office.history(id_))


def frame(office: Office, language: str = "nl-BE", **more: Any) -> Frame:
    return Frame(team=office.team, language=language, now=office.now, made_by="Karin", **more)


def worked(*, note: bool = True) -> Office:
    """Monday not reached, Tuesday's call at noon likewise, nobody home at six, a note."""
    office = Office()
    office.assigned()
    office.now = local("2027-09-13 11:59")
    office.answers(AN, "call_day1", "not_reached")
    office.now = local("2027-09-14 09:00")
    office.happens_time()
    office.now = local("2027-09-14 12:00")
    office.answers(AN, "call_day2", "not_reached")
    office.now = local("2027-09-14 18:00")
    office.answers(AN, "visit_1", "nobody_home")
    if note:
        office.answers(AN, "note_1", "done")
    return office


# DDAS

DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TEXT = re.compile(r".*", re.DOTALL)
STATUS = {
    *("Nog niet opgepakt", "Niet opgepakt: onterecht signaal", "Inwoner is overleden"),
    *("Persoon is geen inwoner (meer) in de gemeente", "Niet opgepakt: herhaalde melding"),
    "Niet opgepakt: andere reden",
}
RESULT = (STATUS - {"Nog niet opgepakt"}) | {
    "Inwoner al bekend bij schuldhulpverlening",
    "Inwoner heeft al een ander lopend traject",
    "Definitief geen contact kunnen krijgen",
    "Geen reactie na eerder contact",
    "Inwoner hoeft geen hulp vanuit vroegsignalering",
    "Inwoner heeft zelf al betaald/betalingsregeling getroffen",
    "(Budget)advies en/of quick fix",
    "Vervolghulp en/of verwijzing financieel",
    "Verwijzing zonder contact",
    "Vervolghulp en/of verwijzing niet financieel",
}
KIND = {
    *("Mail", "Brief", "SMS/Whatsapp", "Telefoon", "Huisbezoek", "Kaartje", "Overige"),
    "Administratief",
}
ATTEMPT = {"soort": KIND, "bereikt": bool, "datum": DAY, "dagdeel": {"Ochtend", "Middag", "Avond"}}
SIGNAL = {
    "ID!": TEXT,
    "crisissignaal": bool,
    "bedrag": int,
    "signaaldatum": DAY,
    "status": STATUS,
    "signaalpartner!": {"type": {"Huur", "Overige"}},
    "client!": {},
}
ZAAK = {
    "resultaat": RESULT,
    "datum_opgepakt": DAY,
    "vroegsignalen": [{"ID!": TEXT}],
    "contactpogingen": [ATTEMPT],
}
SHAPE = {
    "startdatumLevering!": DAY,
    "einddatumLevering!": DAY,
    "aanleverdatumEnTijd!": MOMENT,
    "codeGegevensleverancier!": TEXT,
    "leveringen": [
        {
            "teller!": int,
            "gemeentecode!": TEXT,
            "aanleverende_organisatie!": {"naam": TEXT},
            "vroegsignalen": [SIGNAL],
            "vroegsignaalzaken": [ZAAK],
        }
    ],
}
"""The part of the v0.9 schema that we fill; `!` must be there, nothing else may."""


def fits(value: Any, shape: Any, place: str = "") -> None:
    """Assert that a document has the shape."""
    match shape:
        case dict():
            allowed = {name.rstrip("!") for name in shape}
            assert set(value) <= allowed, (place, set(value) - allowed)
            needed = {name[:-1] for name in shape if name.endswith("!")}
            assert needed <= set(value), (place, needed - set(value))
            for name, part in shape.items():
                if name.rstrip("!") in value:
                    fits(value[name.rstrip("!")], part, f"{place}.{name}")
        case list():
            for each in value:
                fits(each, shape[0], f"{place}[]")
        case set():
            assert value in shape, (place, value)
        case re.Pattern():
            assert shape.fullmatch(value), (place, value)
        case _:
            assert type(value) is shape, (place, value)


def test_the_attempts_have_the_shape_of_ddas():
    """Kinds, reached, day and part of the day, in the model's own words and nothing more."""
    office = worked()
    made = delivery([record(office)], frame(office), municipality="0344", supplier="X-1")
    fits(made, SHAPE)
    [levering] = made["leveringen"]
    assert (made["codeGegevensleverancier"], levering["gemeentecode"]) == ("X-1", "0344")
    assert levering["vroegsignalen"] == [
        {
            "ID": REF,
            "crisissignaal": False,
            "bedrag": 1240,
            "signaaldatum": "2027-09-13",
            "signaalpartner": {"type": "Huur"},
            "client": {},
        }
    ]
    [zaak] = levering["vroegsignaalzaken"]
    assert zaak["datum_opgepakt"] == "2027-09-13"
    tried = [tuple(one.values()) for one in zaak["contactpogingen"]]
    assert tried == [
        ("Telefoon", False, "2027-09-13", "Ochtend"),
        ("Telefoon", False, "2027-09-14", "Middag"),
        ("Huisbezoek", False, "2027-09-14", "Avond"),
        ("Kaartje", False, "2027-09-14", "Avond"),
    ]
    assert [word for word in PERSONAL if word in json.dumps(made, ensure_ascii=False)] == []


def test_every_channel_has_a_word_of_theirs():
    """A channel that a procedure can name is one of the model's kinds."""
    assert set(KINDS) == set(Channel)
    assert set(KINDS.values()) <= KIND


@pytest.mark.parametrize(
    ("at", "part"),
    [
        *(("00:00", "Ochtend"), ("11:59", "Ochtend"), ("12:00", "Middag"), ("17:59", "Middag")),
        *(("18:00", "Avond"), ("23:59", "Avond")),
    ],
)
def test_a_part_of_the_day_begins_on_the_hour(at: str, part: str):
    """Morning until 12:00, evening from 18:00, as the model says."""
    assert part_of_day(time.fromisoformat(at)) == part


def test_only_attempts_of_the_period_are_delivered():
    """A delivery of Monday holds Monday's call, though the case went on."""
    office = worked()
    monday = date(2027, 9, 13)
    made = delivery([record(office)], frame(office, first=monday, last=monday))
    [zaak] = made["leveringen"][0]["vroegsignaalzaken"]
    assert [one["datum"] for one in zaak["contactpogingen"]] == ["2027-09-13"]
    assert made["startdatumLevering"] == made["einddatumLevering"] == "2027-09-13"


def test_what_was_taken_back_is_no_attempt():
    """A wrong tap that was corrected is not delivered."""
    office = Office()
    office.assigned()
    before, seq = office.view.case, len(office.history(CASE)) + 1
    office.answers(AN, "call_day1", "not_reached")
    office.happens(Corrected(by=AN.id, back_to=before, seq=seq))
    [zaak] = delivery([record(office)], frame(office))["leveringen"][0]["vroegsignaalzaken"]
    assert zaak["contactpogingen"] == []


def closed(outcome: str, *answers: tuple[str, str], after_days: int = 0) -> Record:
    office = Office()
    office.assigned()
    for step, answer in answers:
        office.answers(AN, step, answer)
    office.now += timedelta(days=after_days)
    office.happens(Closing(by=KARIN.id, outcome=outcome))
    return record(office)


CALLED = ("call_day1", "not_reached")
NO_HELP = ("call_day1", "declines_help")
HELP = ("call_day1", "accepts_help")


@pytest.mark.parametrize(
    ("outcome", "answers", "after_days", "word"),
    [
        ("other", (), 0, "Niet opgepakt: andere reden"),
        ("door_ajar", (CALLED,), 0, "Definitief geen contact kunnen krijgen"),
        ("door_ajar", (NO_HELP,), 0, "Inwoner hoeft geen hulp vanuit vroegsignalering"),
        ("door_ajar", (HELP,), 0, "Geen reactie na eerder contact"),
        ("settled", (HELP,), 30, "(Budget)advies en/of quick fix"),
        ("averted", (HELP,), 31, "Vervolghulp en/of verwijzing financieel"),
        ("averted", (CALLED,), 1, None),
        ("rehoused", (HELP,), 1, "Vervolghulp en/of verwijzing niet financieel"),
        ("evicted", (HELP,), 1, None),
        ("moved", (CALLED,), 1, None),
    ],
)
def test_how_it_ended_is_said_only_where_they_have_a_word(
    outcome: str, answers: Any, after_days: int, word: str | None
):
    """The mapping of DDAS.md, line by line; what does not fit is left out."""
    found = closed(outcome, *answers, after_days=after_days)
    assert result(found) == word
    assert word is None or word in RESULT


def test_an_open_case_has_no_result():
    """Nothing is said of how it ended before it did."""
    assert result(record(worked())) is None


# Tables


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_without_names_holds_none(language: str):
    """Nothing that a person typed is in it, in any language, on any of its sheets."""
    office = worked()
    made = json.dumps(tables([record(office)], frame(office, language)), ensure_ascii=False)
    assert REF in made
    assert "Weelde" in made
    assert [word for word in (*PERSONAL, "1240") if word in made] == []


def test_a_row_says_where_the_case_stands():
    """Dates as dates, attempts counted by kind, what is open and until when."""
    office = worked()
    made = tables([record(office)], frame(office))
    sheet, attempts, about = made["sheets"]
    told = {c["head"]: v for c, v in zip(sheet["columns"], sheet["rows"][0], strict=True)}
    assert (told["Pogingen"], told["Telefoon"], told["Bezoeken"], told["Briefjes"]) == (4, 2, 1, 1)
    assert (told["Werkdag 1"], told["Eerste poging"]) == ("2027-09-13", "2027-09-13 11:59")
    assert (told["Stand"], told["Fase"], told["Bereikt"]) == ("open", "fase 1", "Nee")
    assert [row[2] for row in attempts["rows"]] == [
        "telefoon",
        "telefoon",
        "huisbezoek",
        "briefje",
    ]
    assert "Karin" in about["rows"][2][0]


def test_with_names_has_more_columns():
    """Name, phone, address and who works on it, after all the others."""
    office = worked()
    made = tables([record(office)], frame(office, with_names=True))
    sheet = made["sheets"][0]
    told = {c["head"]: v for c, v in zip(sheet["columns"], sheet["rows"][0], strict=True)}
    assert (told["Naam"], told["Telefoonnummer"]) == ("Marc Verlinden", "+32 470 00 01 12")
    assert told["Begeleider"] == "An"


def test_a_closed_case_says_how_it_ended():
    """Outcome, moment, and what the client said to help."""
    found = closed("averted", HELP, after_days=3)
    sheet = tables([found], frame(Office()))["sheets"][0]
    told = {c["head"]: v for c, v in zip(sheet["columns"], sheet["rows"][0], strict=True)}
    assert (told["Stand"], told["Afloop"]) == ("afgesloten", "Uithuiszetting afgewend")
    assert told["Afgesloten op"] == "2027-09-16 10:20"
    assert (told["Hulp"], told["Bereikt"]) == ("wil hulp", "Ja")


# The case on paper


def parts(values: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {section["title"]: section["rows"] for section in values["sections"]}


def test_a_case_file_tells_all_that_happened():
    """Who, what is open until when, each event in its order with what was said, and by whom."""
    office = worked(note=False)
    office.know({31: "De buurvrouw belde", 32: "Zij was er niet", 33: "los"})
    office.happens(Noted(by=AN.id, note_ref=31))
    office.happens(Deviated(by=AN.id, step="note_1", did_ref=32, reason_ref=None, done=False))
    told = parts(case_file(record(office), frame(office), PEOPLE))
    assert told["De cliënt en de melding"][0]["text"] == "Marc Verlinden"
    assert told["De cliënt en de melding"][-1]["text"] == "Lies"
    story = told["Wat er gebeurde"]
    assert story[0]["left"] == "maandag 13 september 2027"
    assert [row["left"] for row in story].count("maandag 13 september 2027") == 1
    assert story[0]["text"] == "10:20 – Melding ontvangen (Lies)."
    assert [row["said"] for row in story if row["said"]] == [
        ["“De buurvrouw belde”"],
        ["“Zij was er niet”"],
    ]
    assert [row["text"] for row in told["Wat er verder gezegd is"]] == ["“los”"]
    assert told["Pogingen"][0] == {
        "left": "telefoon",
        "text": "2 keer, niet gesproken",
        "said": [],
    }


def test_agreements_stand_with_their_day_and_state():
    """What was agreed, with whom and by when; said once in the whole file."""
    office = Office()
    office.assigned("eropaf")
    office.answers(AN, "speak_reporter", "spoken")
    office.answers(AN, "first_contact", "reached")
    office.answers(AN, "plan", "done")
    office.know({41: "Elke vrijdag 50 euro", 42: "Marc"})
    item = NewItem(what_ref=41, who_ref=42, day=date(2027, 9, 17))
    office.answers(AN, "call_round_1", "agreements", items=(item,))
    made = case_file(record(office), frame(office), PEOPLE)
    [row] = parts(made)["Acties en afspraken"]
    assert row["left"] == "vrijdag 17 september 2027"
    assert row["text"] == "Elke vrijdag 50 euro (Marc) – nog open"
    assert json.dumps(made, ensure_ascii=False).count("Elke vrijdag") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_file_reads_in_every_language(language: str):
    """Nothing is missing in any, and no mark-up is left in a sentence."""
    office = worked()
    made = json.dumps(case_file(record(office), frame(office, language), PEOPLE))
    assert "<b>" not in made
    assert "&lt;" not in made


@pytest.mark.parametrize(
    ("language", "what", "name"),
    [
        ("nl-BE", "cases", "kier-dossiers-2027-07-01-2027-09-30.xlsx"),
        ("nl-NL", "attempts", "kier-contactpogingen-2027-07-01-2027-09-30.xlsx"),
        ("fr", "attempts", "kier-tentatives-de-contact-2027-07-01-2027-09-30.xlsx"),
        ("en", "cases", "kier-cases-2027-07-01-2027-09-30.xlsx"),
    ],
)
def test_a_file_is_called_in_the_words_of_who_asked(language: str, what: str, name: str):
    """A name that a colleague understands and every machine takes: ASCII, no spaces."""
    first, last = date(2027, 7, 1), date(2027, 9, 30)
    assert file_name(what, "xlsx", frame(Office(), language, first=first, last=last)) == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_procedures_name_is_not_broken_in_two(language: str):
    """The column is as wide as the name in it, which stands in every row."""
    office = worked()
    table = tables([record(office)], frame(office, language))["sheets"][0]
    name = office.views[CASE].procedure.name[language]
    assert len(name) < table["columns"][table["rows"][0].index(name)]["width"] <= 44

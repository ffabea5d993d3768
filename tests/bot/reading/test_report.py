"""One free message to fields: screens.md (one free message), rows 35, 36, and the rehearsals."""

import datetime as dt
import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.amounts import Amount
from bot.reading.dates import Day, Moment
from bot.reading.identifiers import IdentifierKind
from bot.reading.page import Question
from bot.reading.people import Role
from bot.reading.report import Recognised, ReportKind, recognise

BRUSSELS = ZoneInfo("Europe/Brussels")
NOW = dt.datetime(2027, 9, 13, 8, 20, tzinfo=dt.UTC)  # Monday 10:20 in Ravels

LIES = (
    "Huurachterstal: Marc Verlinden, Kerkstraat 12 Weelde, 0470 00 01 12. 2 maanden, 1.240 euro."
    " Ik ben van woonmaatschappij De Heide, we krijgen hem zelf niet te pakken."
)


def read(text: str, *, country: str = "BE", language: str = "nl-BE") -> Recognised:
    return recognise(text, now=NOW, zone=BRUSSELS, country=country, language=language)


def fields(found: Recognised) -> dict[str, object]:
    """Return what was found, field by field, as plain values."""
    relation = found.relation.value if found.relation else None
    return {
        name: value
        for name, value in {
            "client": found.client and found.client.value,
            "address": found.address and found.address.value,
            "phone": found.phone and found.phone.value.e164,
            "cents": found.amount and found.amount.value.cents,
            "months": found.amount and found.amount.value.months,
            "kind": found.kind and found.kind.value,
            "role": relation and relation.role,
            "organisation": relation and relation.organisation,
        }.items()
        if value is not None
    }


FULL = {
    "client": "Marc Verlinden",
    "address": "Kerkstraat 12, Weelde",
    "phone": "+32470000112",
    "cents": 124000,
    "months": 2,
    "kind": ReportKind.ARREARS,
    "role": Role.SOCIAL_LANDLORD,
    "organisation": "De Heide",
}


@pytest.mark.parametrize(
    ("text", "country", "language", "other"),
    [
        (LIES, "BE", "nl-BE", {}),
        (
            (
                "Rent arrears: Marc Verlinden, Kerkstraat 12 Weelde, 0470 00 01 12. 2 months,"
                " 1,240 euros. I am from housing company De Heide, we cannot reach him ourselves."
            ),
            "BE",
            "en",
            {},
        ),
        (
            (
                "Huurachterstand: Marc Verlinden, Kerkstraat 12, 5611 AB Eindhoven, 06 00 00 09"
                " 16. 2 maanden, € 1.240. Ik ben van woningcorporatie De Heide, wij krijgen hem"
                " niet te pakken."
            ),
            "NL",
            "nl-NL",
            {"address": "Kerkstraat 12, 5611 AB Eindhoven", "phone": "+31600000916"},
        ),
        (
            (
                "Arriérés de loyer : Marc Verlinden, rue de l'Église 12, 4000 Liège, 0470 00 01"
                " 12. 2 mois, 1.240 euros. Je suis de la société de logement La Bruyère, nous"
                " n'arrivons pas à le joindre."
            ),
            "BE",
            "fr",
            {"address": "rue de l'Église 12, 4000 Liège", "organisation": "La Bruyère"},
        ),
    ],
)
def test_the_message_of_the_screens_in_four_languages(
    text: str, country: str, language: str, other: dict[str, object]
) -> None:
    """screens.md: one free message fills the whole form, in each of the four languages."""
    found = read(text, country=country, language=language)
    assert fields(found) == FULL | other
    assert found.questions == ()
    assert found.eviction is None
    assert found.hearing is None


def test_each_field_has_its_place() -> None:
    """Each value points at the words it was read from."""
    found = read(LIES)
    parts = [found.client, found.address, found.phone, found.amount, found.kind, found.relation]
    assert [found.text[part.start : part.end] for part in parts if part] == [
        "Marc Verlinden",
        "Kerkstraat 12 Weelde",
        "0470 00 01 12",
        "2 maanden, 1.240 euro",
        "Huurachterstal",
        "woonmaatschappij De Heide",
    ]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            (
                "Naam: Greta Maes\nAdres: Molenstraat 8, Ravels\nTelefoon: 014 00 03 19\n"
                "Bedrag: 1 maand\nIk ben: buurvrouw"
            ),
            "nl-BE",
            {"role": Role.NEIGHBOUR, "months": 1},
        ),
        (
            (
                "naam: Greta Maes, adres: Molenstraat 8 Ravels, tel: 014 00 03 19, bedrag: 1240,"
                " relatie: SVK Noorderkempen, soort: vordering"
            ),
            "nl-BE",
            {
                "role": Role.RENTAL_AGENCY,
                "organisation": "SVK Noorderkempen",
                "cents": 124000,
                "kind": ReportKind.CLAIM,
            },
        ),
        (
            (
                "Name: Greta Maes\nAddress: Molenstraat 8, Ravels\nPhone: 014 00 03 19\n"
                "Amount: 2 months\nRelation: neighbour"
            ),
            "en",
            {"role": Role.NEIGHBOUR, "months": 2},
        ),
        (
            (
                "Nom : Greta Maes\nAdresse : Molenstraat 8, Ravels\nTéléphone : 014 00 03 19\n"
                "Montant : 1.240 euros\nLien : bailleur"
            ),
            "fr",
            {"role": Role.LANDLORD, "cents": 124000},
        ),
    ],
)
def test_labelled_lines(text: str, language: str, expected: dict[str, object]) -> None:
    """People who write "Naam: …", line by line or in one line, are read too."""
    found = read(text, language=language)
    same = {"client": "Greta Maes", "address": "Molenstraat 8, Ravels", "phone": "+3214000319"}
    assert fields(found) == same | expected


def test_a_label_takes_a_name_as_it_is_typed() -> None:
    """Row 32: behind a label a name may be in any case and script."""
    for name in ("greta maes", "محمد علي", "MAES"):
        found = read(f"Naam: {name}\nTel: 014 00 03 19")
        assert found.client is not None
        assert found.client.value == name


@pytest.mark.parametrize(
    ("text", "client", "address"),
    [
        (
            (
                "Graag aandacht voor mevrouw An Claes (Dorpsstraat 5 bus 2, 2380 Ravels). Groeten,"
                " Bart Maes, SVK Noorderkempen"
            ),
            "An Claes",
            "Dorpsstraat 5 bus 2, 2380 Ravels",
        ),
        (
            "mijn buurvrouw, zij heet Fatima El Amrani en woont in de Kerkstraat 14 in Weelde",
            "Fatima El Amrani",
            "Kerkstraat 14, Weelde",
        ),
        (
            "Marc Verlinden\nKerkstraat 12\n2381 Weelde\n0470 00 01 12",
            "Marc Verlinden",
            "Kerkstraat 12, 2381 Weelde",
        ),
        (
            "Marc Verlinden - Kerkstraat 12 - 2381 Weelde - 1240 EUR",
            "Marc Verlinden",
            "Kerkstraat 12, 2381 Weelde",
        ),
        ("de heer P. de Wit, Grote Baan 7 te Ravels", "P. de Wit", "Grote Baan 7, Ravels"),
        (
            "Bewoonster Grote Baan 7 Ravels, naam Sofie Van den Broeck, achterstand 2.400 €",
            "Sofie Van den Broeck",
            "Grote Baan 7, Ravels",
        ),
        (
            "An Peeters, Steenweg op Turnhout 45, 2381 Weelde, 1 maand huur achter",
            "An Peeters",
            "Steenweg op Turnhout 45, 2381 Weelde",
        ),
        (
            "My client, Mr. Ahmed Benali, lives at Kerkstraat 12, 2381 Weelde.",
            "Ahmed Benali",
            "Kerkstraat 12, 2381 Weelde",
        ),
        ("M. Jean Dupont habite 12, rue Haute à Liège", "Jean Dupont", "rue Haute 12, Liège"),
        ("Meneer Janssens betaalt niet. Weelde", "Janssens", None),
        ("Marc Verlinden uit de Kerkstraat betaalt zijn huur niet.", None, None),
    ],
)
def test_who_and_where(text: str, client: str | None, address: str | None) -> None:
    """screens.md: name and address as people tell them; a name with nothing beside it is asked."""
    found = read(text)
    assert (found.client and found.client.value) == client
    assert (found.address and found.address.value) == address
    assert found.questions == ()


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        ("Ik ben zijn buurvrouw en maak me zorgen", Role.NEIGHBOUR, None),
        ("Mijn buurman doet niet open", Role.NEIGHBOUR, None),
        ("Ik ben Lies Peeters van woonmaatschappij De Heide.", Role.SOCIAL_LANDLORD, "De Heide"),
        ("Namens SVK Noorderkempen: ", Role.RENTAL_AGENCY, "SVK Noorderkempen"),
        ("Ik werk bij CAW De Kempen.", Role.SOCIAL_WORK, "CAW De Kempen"),
        ("Ik ben de wijkverpleegkundige van Els Bakker.", Role.CARE, None),
        ("onze huurder betaalt niet", Role.LANDLORD, None),
        ("Ik ben de huisbaas", Role.LANDLORD, None),
        ("Ik ben zijn dochter.", Role.FAMILY, None),
        ("I'm from housing association De Heide", Role.SOCIAL_LANDLORD, "De Heide"),
        ("I am his neighbour", Role.NEIGHBOUR, None),
        ("Je suis la voisine de M. Dupont", Role.NEIGHBOUR, None),
        ("Je suis assistante sociale au CPAS de Liège", Role.SOCIAL_WORK, "CPAS de Liège"),
        ("Nous sommes de la société de logement Le Foyer.", Role.SOCIAL_LANDLORD, "Le Foyer"),
    ],
)
def test_who_reports(text: str, role: Role, organisation: str | None) -> None:
    """R-22, E-11: the reporter's own words about themselves give the relation."""
    found = read(text).relation
    assert found is not None
    assert (found.value.role, found.value.organisation) == (role, organisation)


@pytest.mark.parametrize(
    "text",
    [
        "Ik ben bang dat de deurwaarder komt",
        "Ik ben ongerust",
        "Er komen brieven van de deurwaarder",
        "Ik ben geen familie",
        "Ik ben van Turnhout",
    ],
)
def test_who_is_only_mentioned_is_not_the_reporter(text: str) -> None:
    """E-11: what is not certain is left out: a bailiff in the story is not who writes."""
    assert read(text).relation is None


def test_report_of_the_district_nurse() -> None:
    """The rehearsal of the crisis (s09), told in one's own words."""
    found = recognise(
        "Ik ben de wijkverpleegkundige van Els Bakker, 06 00 00 09 16. De ontruiming is op"
        " 19 februari om 10u, twee kinderen. De corporatie wil niet meer praten.",
        now=dt.datetime(2027, 2, 16, 12, 10, tzinfo=dt.UTC),
        zone=ZoneInfo("Europe/Amsterdam"),
        country="NL",
        language="nl-NL",
    )
    assert fields(found) == {"client": "Els Bakker", "phone": "+31600000916", "role": Role.CARE}
    assert found.eviction is not None
    assert found.eviction.value == Moment(
        at=dt.datetime(2027, 2, 19, 9, 0, tzinfo=dt.UTC), is_past=False
    )


def test_report_of_the_neighbour() -> None:
    """The rehearsal of King's Day (s13): a neighbour, a name, nothing else that is certain."""
    found = read(
        "Mijn buurman Piet de Wit krijgt steeds brieven van de deurwaarder, ik denk dat hij eruit"
        " moet, hij doet niet open.",
        country="NL",
        language="nl-NL",
    )
    assert fields(found) == {"client": "Piet de Wit", "role": Role.NEIGHBOUR}


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Jan Janssens, Piet Peeters, An Claes hebben huurachterstal", Question.SEVERAL_PEOPLE),
        (", ".join(f"Jan{chr(97 + n)} Peeters" for n in range(20)), Question.SEVERAL_PEOPLE),
        ("Marc Verlinden en Ann Claes, Kerkstraat 12 Weelde", Question.SEVERAL_PEOPLE),
        ("Huurder Marc Verlinden. Huurder Greta Maes.", Question.SEVERAL_PEOPLE),
        ("Naam: Marc Verlinden\nNaam: Greta Maes", Question.SEVERAL_PEOPLE),
        ("Naam: Marc Verlinden en Greta Maes", Question.SEVERAL_PEOPLE),
        (
            "Huurder in Kerkstraat 12, Weelde, 0470 00 01 12 en ook Molenstraat 8, Ravels",
            Question.SEVERAL_ADDRESSES,
        ),
    ],
)
def test_two_cases_in_one_message(text: str, question: Question) -> None:
    """Row 36: 20 names, or two cases: it asks, and takes nothing of either."""
    found = read(text)
    assert question in found.questions
    assert found.client is None
    assert found.address is None
    assert found.phone is None
    assert found.amount is None


def test_one_person_named_twice_is_one() -> None:
    """Row 36: the same name again, shorter or in another order, is no second case."""
    found = read("Huurder Marc Verlinden, Kerkstraat 12 Weelde. Mevrouw Verlinden antwoordt niet.")
    assert found.client is not None
    assert found.client.value == "Marc Verlinden"


def test_the_reporters_own_name_and_number_are_not_the_clients() -> None:
    """Row 36: who signs, and the number to call them back on, are the reporter's."""
    found = read(
        "Huurder Marc Verlinden, 0470 00 01 12. Bel mij op 0471 00 00 00.\nGroeten, Lies Peeters"
    )
    assert fields(found) == {"client": "Marc Verlinden", "phone": "+32470000112"}


def test_two_numbers_are_asked() -> None:
    """What is not certain is left out: of two numbers neither is taken."""
    found = read("Huurder Marc Verlinden, 0470 00 01 12 of 014 00 03 19")
    assert found.phone is None
    assert found.questions == (Question.SEVERAL_PHONES,)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Vordering tot uithuiszetting tegen Marc, huurachterstal 1.240 euro", ReportKind.CLAIM),
        ("Verzoekschrift voor de heer Marc Verlinden", ReportKind.PETITION),
        ("Geen dagvaarding, wel huurachterstal", ReportKind.ARREARS),
        ("He is 3 months behind on his rent", ReportKind.ARREARS),
        ("Il a reçu une citation", ReportKind.CLAIM),
        ("loyers impayés", ReportKind.ARREARS),
        ("Meneer Janssens betaalt al 4 maanden geen huur", ReportKind.ARREARS),
        ("Soort: andere", ReportKind.OTHER),
        ("Hij doet niet open", None),
        ("Er is geen huurachterstand", None),
    ],
)
def test_which_message(text: str, kind: ReportKind | None) -> None:
    """R-22 … R-25: arrears, petition or claim by its word, unless the word is denied."""
    found = read(text).kind
    assert (found and found.value) == kind


def test_petition_and_claim_together_are_asked() -> None:
    """R-23, R-25: a petition and a claim have other questions, so one of both is not guessed."""
    found = read("Verzoekschrift en vordering in bijlage")
    assert found.kind is None
    assert found.questions == (Question.UNCLEAR_KIND,)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("al 2 maanden huurachterstal", Amount(months=2)),
        ("Hij is 3 maanden achter met de huur", Amount(months=3)),
        ("achterstal 1.240 euro, huurprijs 620 euro per maand", Amount(cents=124000)),
        ("Huur 620 euro, achterstal 1.240 euro", Amount(cents=124000)),
        ("We proberen al 2 maanden hem te bereiken", None),
        ("De huur is 620 euro per maand", None),
        ("Hij moet over 2 maanden huur betalen", None),
        ("waarborg 900 euro", None),
    ],
)
def test_what_is_owed(text: str, amount: Amount | None) -> None:
    """Row 41: months of silence, a monthly rent or a deposit are no arrears."""
    found = read(text).amount
    assert (found and found.value) == amount


def test_two_sums_are_asked() -> None:
    """Row 41: of two sums neither is guessed."""
    assert read("500 euro en 600 euro").questions == (Question.SEVERAL_AMOUNTS,)


SEVENTH = Day(on=dt.date(2027, 10, 7), is_past=False)
SEVENTH_AT_9 = Moment(at=dt.datetime(2027, 10, 7, 7, 0, tzinfo=dt.UTC), is_past=False)
FRIDAY_AT_10 = Moment(at=dt.datetime(2027, 9, 17, 8, 0, tzinfo=dt.UTC), is_past=False)


@pytest.mark.parametrize(
    ("text", "hearing", "eviction"),
    [
        ("Zitting op 7 oktober om 9u in het vredegerecht Turnhout.", SEVENTH_AT_9, None),
        ("Vordering tot uithuiszetting, zitting 7/10/2027 9u", SEVENTH_AT_9, None),
        ("Er is een dagvaarding, zitting op 7 oktober om 9u.", SEVENTH_AT_9, None),
        ("Op 7 oktober is de zitting.", SEVENTH, None),
        ("L'audience est le 7 octobre.", SEVENTH, None),
        ("The hearing is on 7 October.", SEVENTH, None),
        ("Uithuiszetting: 7/10/2027", None, SEVENTH),
        ("De ontruiming is vrijdag om 10u!", None, FRIDAY_AT_10),
        ("He will be evicted on 7 October.", None, SEVENTH),
        ("Zitting 7 oktober om 9u. Uithuiszetting 7 oktober", SEVENTH_AT_9, SEVENTH),
        ("Vandaag hoorde ik van de uithuiszetting", None, None),
        ("Vonnis van 7 september over de uithuiszetting", None, None),
        ("Zij huurt sinds 1 mei 2020", None, None),
        ("Geboren op 3/4/1980, uithuiszetting dreigt", None, None),
    ],
)
def test_dates_beside_their_word(
    text: str, hearing: Moment | Day | None, eviction: Moment | Day | None
) -> None:
    """R-25, §1.3: a date counts where the word for it stands in the same sentence."""
    found = read(text)
    assert (found.hearing and found.hearing.value) == hearing
    assert (found.eviction and found.eviction.value) == eviction


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Zitting op 31-02-2028", Question.UNCLEAR_HEARING),
        ("Uithuiszetting op do 8 okt", Question.UNCLEAR_EVICTION),
        ("Zitting 7 oktober, of was de zitting 8 oktober", Question.UNCLEAR_HEARING),
        ("De ontruiming is volgende dinsdag", Question.UNCLEAR_EVICTION),
    ],
)
def test_unclear_dates_are_asked(text: str, question: Question) -> None:
    """Row 40: a date that does not exist, or two of them, is asked and not taken."""
    found = read(text)
    assert found.questions == (question,)
    assert found.hearing is None
    assert found.eviction is None


def test_national_numbers_are_told() -> None:
    """Row 35: a BSN is pointed out, and is not taken for anything else."""
    found = read("Huurder Marc Verlinden, bsn 123456782", country="NL")
    (number,) = found.national_numbers
    assert number.kind is IdentifierKind.BSN
    assert found.text[number.start : number.end] == "123456782"
    assert found.phone is None


def test_two_reporters_one_address() -> None:
    """Row 38: the same address in two hands is read the same; nothing else passes between them."""
    first, second = read(LIES), read("Ik ben de buurvrouw. kerkstraat 12 weelde, help")
    assert first.address is not None
    assert second.address is not None
    assert first.address.value.casefold() == second.address.value.casefold()
    assert fields(second).keys() == {"address", "role"}


@pytest.mark.parametrize("text", ["", "hallo", "🙂", "\ud800\x00", "<b>x</b>", "=1+1"])
def test_nothing_said(text: str) -> None:
    """Rows 13, 28, 30, 34: a text that says nothing gives nothing."""
    found = read(text)
    assert fields(found) == {}
    assert found.questions == ()


WORDS = st.sampled_from(
    [
        *("Huurachterstal:", "Marc", "Verlinden", ",", ".", "Kerkstraat", "12", "Weelde", "en"),
        *("0470 00 01 12", "2 maanden", "1.240 euro", "Ik ben", "van", "woonmaatschappij", "De"),
        *("Heide", "zitting", "7 okt", "uithuiszetting", "morgen", "\n", "Naam:", "Adres:", "rue"),
        *("Tel:", "Bedrag:", "█", "▒", "mijn buurman", "de heer", "namens", "bsn 123456782", "("),
    ]
)


@given(
    st.text(st.characters(exclude_categories=()), max_size=80)
    | st.lists(WORDS, max_size=14).map(" ".join),
    st.sampled_from(["nl-BE", "nl-NL", "en", "fr", "xx"]),
)
def test_never_raises_and_places_are_true(text: str, language: str) -> None:
    """Rows 28-36: any message is read, and every place lies within the cleaned text."""
    found = read(text, language=language)
    parts = (found.client, found.address, found.phone, found.amount, found.kind, found.relation)
    for part in (*parts, found.hearing, found.eviction):
        assert part is None or 0 <= part.start < part.end <= len(found.text)
    if found.client is not None:
        assert found.client.value == found.text[found.client.start : found.client.end]


@pytest.mark.parametrize(
    "text",
    [
        "a-" * 2048,
        "0 " * 2048,
        "Jan Peeters, " * 315,
        "straat 1 " * 455,
        "namens " * 585,
        "9" * 4096,
    ],
)
def test_long_messages_are_read_at_once(text: str) -> None:
    """Row 12, P13: the longest message Telegram sends costs no noticeable time, whatever it is."""
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("text", "language", "client"),
    [
        ("Arriérés de loyer de M. Peeters, rue Haute 12 à Liège", "fr", "Peeters"),
        ("M. Peeters ne paie plus son loyer", "nl-BE", "Peeters"),
        ("Locataire : M. J. Peeters", "fr", "J. Peeters"),
        ("Locataire : M. M. Peeters", "fr", "M. Peeters"),
        ("Locataire : Mme M. Peeters, rue Haute 12, Liège", "fr", "M. Peeters"),
        ("Mlle Anne Claes, rue Haute 12 à Liège", "fr", "Anne Claes"),
        ("Huurachterstal bij M. Peeters, Kerkstraat 12 Weelde", "nl-BE", "M. Peeters"),
        ("Huurachterstal bij M. Van Dam, Kerkstraat 12 Weelde", "fr", "M. Van Dam"),
        ("Rent arrears: M. Peeters, Kerkstraat 12 Weelde", "en", "M. Peeters"),
        ("Huurder: mw. A. de Vries", "nl-NL", "A. de Vries"),
        ("Huurder: dhr. P. Jansen", "nl-NL", "P. Jansen"),
        ("Huurder: Mevr. Els Bakker", "nl-BE", "Els Bakker"),
        ("Huurder: dr. Els Bakker", "nl-BE", "Els Bakker"),
        ("Tenant: Mr. John Smith", "en", "John Smith"),
        ("Huurachterstal: Mr. M. Peeters, Kerkstraat 12 Weelde", "nl-BE", "M. Peeters"),
    ],
)
def test_a_form_of_address_is_no_part_of_the_name(text: str, language: str, client: str) -> None:
    """An initial is: "M." is Monsieur in a French message only, and only as the first word."""
    found = read(text, language=language)
    assert found.client is not None
    assert found.client.value == client
    assert found.text[found.client.start : found.client.end] == client


@pytest.mark.parametrize(
    "text",
    [
        "Ik ben Lies van Woonpunt, 0470 00 01 12. Huurder: Marc Verlinden",
        "Ik ben Lies van Woonpunt\n0470 00 01 12\nHuurder: Marc Verlinden",
        "Mijn naam is Lies, tel. 0470 00 01 12. Huurder: Marc Verlinden",
        "Ik ben Lies en ik ben haar buurvrouw, 0470 00 01 12. Huurder: Marc Verlinden",
        "Je suis Anne, mon numéro est le 0470 00 01 12. Locataire : Marc Verlinden",
        "Je suis Anne de La Bruyère (0470 00 01 12). Locataire : Marc Verlinden",
        "I'm Lies from the housing company, 0470 00 01 12. Tenant: Marc Verlinden",
        "Huurder: Marc Verlinden, Kerkstraat 12 Weelde. Groeten, Lies, 0470 00 01 12",
        "Huurder: Marc Verlinden, Kerkstraat 12 Weelde\nMvg\nLies Janssens\n0470 00 01 12",
    ],
)
def test_a_number_behind_who_reports_is_theirs(text: str) -> None:
    """Nobody calls the neighbour for the tenant: a number behind "I am …" is the reporter's."""
    found = read(text)
    assert found.client is not None
    assert found.phone is None
    assert found.own_phone is not None
    assert found.own_phone.value.e164 == "+32470000112"
    assert found.questions == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ik ben Lies van Woonpunt. Marc Verlinden, 0470 00 01 12, betaalt niet",
        "Ik ben Lies van Woonpunt. Huurder: Marc Verlinden, 0470 00 01 12",
        "Ik ben de buurvrouw van Marc Verlinden, 0470 00 01 12",
        "Ik ben Lies van Woonpunt, 0471 00 01 13. Huurder: Marc Verlinden, 0470 00 01 12",
        "Je suis Anne. M. Jean Dupont, rue Haute 12 à Liège, 0470 00 01 12",
        "Ik ben Lies, zijn nummer is 0470 00 01 12",
        "Ik ben de huurder zelf, 0470 00 01 12",
    ],
)
def test_a_number_behind_the_client_is_the_clients(text: str) -> None:
    """Who is named last before the number is reached at it."""
    phone = read(text).phone
    assert phone is not None
    assert phone.value.e164 == "+32470000112"


def test_a_number_that_may_be_either_s_is_nobody_s() -> None:
    """In doubt it is asked: the sentence after "Ik ben de huisbaas." says of nobody."""
    found = read("Huurder: Marc Verlinden. Ik ben de huisbaas. 0470 00 01 12")
    assert (found.phone, found.own_phone) == (None, None)


@pytest.mark.parametrize(
    ("text", "months", "address"),
    [
        ("Huurachterstal: Marc Verlinden, Achterdorp Weelde, nu 4 maanden", 4, None),
        ("Marc Verlinden, achter de kerk in Weelde, nu al 4 maanden", 4, None),
        ("Adres: Achterdorp Weelde nu 4 maanden", 4, None),
        ("Adres: naast de kerk 3 Weelde, nu 4 maanden", 4, "naast de kerk 3 Weelde"),
        ("Adresse : derrière l'église 3, maintenant 4 mois", 4, "derrière l'église 3"),
        ("Marc Verlinden, Kerkstraat 12 Weelde nu 4 maanden", 4, "Kerkstraat 12, Weelde"),
        ("Tenant: Marc Verlinden, by the church, now 4 months", 4, None),
        ("Marc Verlinden woont er nu 4 maanden", None, None),
        ("Ze is nu 4 maanden zwanger", None, None),
        ("Het contract loopt over 4 maanden af", None, None),
    ],
)
def test_months_after_an_address_are_what_is_owed(
    text: str, months: int | None, address: str | None
) -> None:
    """The months are read also behind an address that cannot be, and are no part of it."""
    found = read(text)
    assert (found.amount and found.amount.value.months) == months
    assert (found.address and found.address.value) == address

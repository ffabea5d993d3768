"""Free messages as people write them in French-speaking Belgium and in the Netherlands."""

import pytest

from bot.reading.dates import Day, Moment
from bot.reading.people import Role
from bot.reading.report import ReportKind
from tests.bot.reading.test_report import BRUSSELS, fields, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Bonjour, ma locataire Fatima El Amrani, avenue Louise 45 bte 3, 1050 Bruxelles"
                " (0470/12.34.56) a trois mois de retard de loyer, environ 2.100 €."
                " Je suis la propriétaire."
            ),
            {
                "client": "Fatima El Amrani",
                "address": "avenue Louise 45 bte 3, 1050 Bruxelles",
                "phone": "+32470123456",
                "cents": 210000,
                "months": 3,
                "kind": ReportKind.ARREARS,
                "role": Role.LANDLORD,
            },
        ),
        (
            (
                "Je suis l'assistante sociale du CPAS de Charleroi. Il s'agit de la famille"
                " Diallo, boulevard Tirou 12, 6000 Charleroi. Deux mois de loyer impayés, 1.500"
                " euros."
            ),
            {
                "client": "Diallo",
                "address": "boulevard Tirou 12, 6000 Charleroi",
                "cents": 150000,
                "months": 2,
                "kind": ReportKind.ARREARS,
                "role": Role.SOCIAL_WORK,
                "organisation": "CPAS de Charleroi",
            },
        ),
        (
            (
                "Nom : Ahmed Ben Salah\nAdresse : rue des Écoles 14, 1030 Schaerbeek\n"
                "Numéro de téléphone : 0488 12 12 12\nMontant dû : 1 850 €\nType : citation\n"
                "Lien : bailleur"
            ),
            {
                "client": "Ahmed Ben Salah",
                "address": "rue des Écoles 14, 1030 Schaerbeek",
                "phone": "+32488121212",
                "cents": 185000,
                "kind": ReportKind.CLAIM,
                "role": Role.LANDLORD,
            },
        ),
        (
            (
                "Locataire: Julie Petit. Elle n'a plus payé son loyer depuis juillet. 3 mois."
                " Rue Neuve 5 boîte 2, 7000 Mons. Je suis sa mère."
            ),
            {
                "client": "Julie Petit",
                "address": "Rue Neuve 5 boîte 2, 7000 Mons",
                "months": 3,
                "kind": ReportKind.ARREARS,
                "role": Role.FAMILY,
            },
        ),
        (
            (
                "Signalement : loyers impayés, Mohamed Bensaïd, quai de Rome 20, Liège,"
                " 0486 10 20 30, 3 mois, 1800 eur, SLSP Logivesdre"
            ),
            {
                "client": "Mohamed Bensaïd",
                "address": "quai de Rome 20, Liège",
                "phone": "+32486102030",
                "cents": 180000,
                "months": 3,
                "kind": ReportKind.ARREARS,
            },
        ),
        (
            (
                "Ma voisine Claire Simon, rue de la Paix 9, Tournai, risque l'expulsion."
                " Elle est joignable au 069 22 33 44."
            ),
            {
                "client": "Claire Simon",
                "address": "rue de la Paix 9, Tournai",
                "phone": "+3269223344",
                "role": Role.NEIGHBOUR,
            },
        ),
    ],
)
def test_reports_in_belgian_french(text: str, expected: dict[str, object]) -> None:
    """Screens: what is said in one message is not asked again, in French either."""
    found = read(text, language="fr")
    assert fields(found) == expected
    assert found.questions == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Dagvaarding voor dhr. Peter Jansen, Molenstraat 8-2, 1054 XX Amsterdam."
                " Ik ben van het wijkteam."
            ),
            {
                "client": "Peter Jansen",
                "address": "Molenstraat 8-2, 1054 XX Amsterdam",
                "kind": ReportKind.CLAIM,
                "role": Role.SOCIAL_WORK,
            },
        ),
        (
            (
                "Mijn buurvrouw Anja Smit, Hoofdweg 100 hs, Amsterdam, heeft problemen met de"
                " huur. Ze is te bereiken op 020 6123456."
            ),
            {
                "client": "Anja Smit",
                "address": "Hoofdweg 100 hs, Amsterdam",
                "phone": "+31206123456",
                "role": Role.NEIGHBOUR,
            },
        ),
        (
            (
                "Goedemiddag, ik ben schuldhulpverlener bij de gemeente. Cliënt: Mo Yilmaz."
                " Huurachterstand 3 maanden (€ 2.100,-)."
            ),
            {
                "client": "Mo Yilmaz",
                "cents": 210000,
                "months": 3,
                "kind": ReportKind.ARREARS,
                "role": Role.SOCIAL_WORK,
            },
        ),
        (
            "Mevrouw Els Bakker, Kerkweg 3 in Zaandam, 06-87654321. Ik ben deurwaarder.",
            {
                "client": "Els Bakker",
                "address": "Kerkweg 3, Zaandam",
                "phone": "+31687654321",
                "role": Role.BAILIFF,
            },
        ),
    ],
)
def test_reports_in_the_dutch_of_the_netherlands(text: str, expected: dict[str, object]) -> None:
    """E-10: reporters of Eropaf write as people in Amsterdam do."""
    found = read(text, country="NL", language="nl-NL")
    assert fields(found) == expected
    assert found.questions == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Il ne paie plus le loyer", ReportKind.ARREARS),
        ("dettes de loyer", ReportKind.ARREARS),
        ("retard de paiement du loyer", ReportKind.ARREARS),
        ("Nous avons déposé une requête", ReportKind.PETITION),
        ("Elle est citée à comparaître", ReportKind.CLAIM),
        ("demande en expulsion", ReportKind.CLAIM),
        ("copie d'une requête en expulsion", ReportKind.CLAIM),
        ("pas de citation, mais des arriérés", ReportKind.ARREARS),
        ("Il n'ouvre pas la porte", None),
    ],
)
def test_kinds_of_message_in_french(text: str, kind: ReportKind | None) -> None:
    """R-22 … R-25, in the words of the justice of the peace."""
    found = read(text, language="fr").kind
    assert (found.value if found else None) == kind


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Je suis travailleuse sociale", Role.SOCIAL_WORK),
        ("Je suis son administrateur de biens", Role.SOCIAL_WORK),
        ("Je suis aide familiale", Role.CARE),
        ("Je travaille pour une agence immobilière sociale", Role.RENTAL_AGENCY),
        ("Je suis l'agence immobilière", Role.LANDLORD),
        ("Je suis son oncle", Role.FAMILY),
        ("Ik ben deurwaarder", Role.BAILIFF),
        ("Huurachterstand. Rita van woningcorporatie De Kempen.", Role.SOCIAL_LANDLORD),
        ("Arriérés de loyer. Rita, de la société de logement De Kempen", Role.SOCIAL_LANDLORD),
        ("Ik ben wijkcoach", Role.SOCIAL_WORK),
        ("Ik ben woonconsulent", Role.SOCIAL_LANDLORD),
    ],
)
def test_who_reports_in_french_and_dutch(text: str, role: Role) -> None:
    """R-22, E-11: what the reporter is to the client, as they call themselves."""
    found = read(text, language="fr").relation
    assert found is not None
    assert found.value.role is role


@pytest.mark.parametrize(
    "text",
    ["Achterstand. Huurder van SVK Noord.", "Achterstand. Marc Verlinden van SVK Noord."],
)
def test_whose_tenant_it_is_says_nothing_of_the_reporter(text: str) -> None:
    """What may be said of the client is not taken for the reporter: it is asked."""
    assert read(text).relation is None


def test_months_behind_are_arrears() -> None:
    """ "Ze is 3 maanden achter" says how much."""
    found = read("Huurder Mia Verbeke. Ze is 3 maanden achter.", language="nl-NL")
    assert found.amount is not None
    assert found.amount.value.months == 3


def test_hearing_and_eviction_in_french() -> None:
    """The dates of the court are read beside their word, and no other date for them."""
    found = read(
        "Audience le 7 octobre à 10h devant la justice de paix. Expulsion prévue le 15 octobre"
        " 2027. Jugement signifié le 1er septembre.",
        language="fr",
    )
    assert found.hearing is not None
    assert isinstance(found.hearing.value, Moment)
    local = found.hearing.value.at.astimezone(BRUSSELS)
    assert (local.day, local.hour) == (7, 10)
    assert found.eviction is not None
    assert isinstance(found.eviction.value, Day)
    assert found.eviction.value.on.day == 15


def test_whose_number_it_is() -> None:
    """Row 36: the number where the reporter is reached is not the client's; theirs is."""
    own = read("Appelez-moi au 0475 11 22 33. Locataire: Julie Petit", language="fr")
    assert own.phone is None
    theirs = read("Huurder Jan Maes, hij is het best te bereiken op 0475 11 22 33")
    assert theirs.phone is not None

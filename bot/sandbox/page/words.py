"""What the page itself says, in the demo's language; what the bot says stands in bot/texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from bot.sandbox.page.more_words import more_words
from bot.views.words import day_words

Words = Mapping[str, str]

DUTCH: Final[Words] = MappingProxyType(
    {
        "title": "Kier – probeer het uit",
        "about": "Alle rollen, één bladzijde. Telegram en de klok zijn nagemaakt, de bot is echt.",
        "clock": "Klok van de demo",
        "next": "Naar het volgende moment",
        "next-none": "Geen volgend moment",
        "day": "+1 werkdag",
        "hour": "+1 uur",
        "silence": "Niemand antwoordt",
        "silence-why": "Laat de tijd lopen, zonder antwoord, tot er in een dossier iets gebeurt",
        "reset": "Opnieuw",
        "reset-sure": "Alles wissen en opnieuw beginnen?",
        "yes": "Ja, opnieuw",
        "no": "Nee",
        "theme": "Licht of donker",
        "chats": "Gesprekken",
        "chat-of": "Gesprek van",
        "messages-of": "Berichten van",
        "write": "Schrijf als",
        "placeholder": "Bericht",
        "send": "Verzenden",
        "commands": "Commando’s",
        "file": "Foto of bestand sturen",
        "start": "Start",
        "start-hint": "Zo begint wie de bot voor het eerst opent.",
        "try": "Voorbeeld van een melding",
        "as": "Als",
        "to-bottom": "Naar het laatste bericht",
        "unread": "ongelezen",
        "edited": "bewerkt",
        "protected": "beschermd: kan niet worden doorgestuurd",
        "copied": "Gekopieerd",
        "case": "Dossier",
        "cases": "Dossiers",
        "timeline": "Dossier",
        "no-case": "Nog geen dossier. Doe als Lies een melding; wat er dan gebeurt, ziet u hier.",
        "next-moment": "Volgend moment",
        "new": "nieuw",
        "open": "open",
        "closed": "gesloten",
        "late": "te laat",
        "jumping": "De tijd loopt …",
        "lost": "De verbinding is weg. Draait kier demo nog?",
        "ok": "Goed",
        "photo": "Foto",
        "voice": "Spraakbericht",
        "document": "Bestand",
        "contact": "Contact",
        "pinned": "vastgemaakt",
        "joined": "is toegevoegd",
        "left": "is weg",
        "channel": "kanaal van het team",
        "channel-name": "Team",
        "example": (
            "Huurachterstal: Marc Verlinden, Kerkstraat 12 Weelde, 0470 00 01 12. 2 maanden, "
            "1.240 euro. Ik ben van woonmaatschappij De Heide, we krijgen hem zelf niet te pakken."
        ),
    }
)

ENGLISH: Final[Words] = MappingProxyType(
    {
        "title": "Kier – try it",
        "about": "All roles on one page. Telegram and the clock are imitations, the bot is real.",
        "clock": "The demo's clock",
        "next": "To the next moment",
        "next-none": "No next moment",
        "day": "+1 working day",
        "hour": "+1 hour",
        "silence": "Nobody answers",
        "silence-why": "Let time pass, without an answer, until something happens in a case",
        "reset": "Start over",
        "reset-sure": "Erase everything and start over?",
        "yes": "Yes, start over",
        "no": "No",
        "theme": "Light or dark",
        "chats": "Chats",
        "chat-of": "Chat of",
        "messages-of": "Messages of",
        "write": "Write as",
        "placeholder": "Message",
        "send": "Send",
        "commands": "Commands",
        "file": "Send a photo or file",
        "start": "Start",
        "start-hint": "This is how someone begins who opens the bot for the first time.",
        "try": "Example of a report",
        "as": "As",
        "to-bottom": "To the latest message",
        "unread": "unread",
        "edited": "edited",
        "protected": "protected: cannot be forwarded",
        "copied": "Copied",
        "case": "Case",
        "cases": "Cases",
        "timeline": "Case",
        "no-case": "No case yet. Send a report as Lies; what happens then is shown here.",
        "next-moment": "Next moment",
        "new": "new",
        "open": "open",
        "closed": "closed",
        "late": "late",
        "jumping": "Time passes …",
        "lost": "The connection is gone. Is kier demo still running?",
        "ok": "OK",
        "photo": "Photo",
        "voice": "Voice note",
        "document": "File",
        "contact": "Contact",
        "pinned": "pinned",
        "joined": "was added",
        "left": "has left",
        "channel": "the team's channel",
        "channel-name": "Team",
        "example": (
            "Rent arrears: Marc Verlinden, Kerkstraat 12 Weelde, 0470 00 01 12. 2 months, "
            "1,240 euros. I am from housing company De Heide, we cannot get hold of him ourselves."
        ),
    }
)


FRENCH: Final[Words] = MappingProxyType(
    {
        "title": "Kier – essayez-le",
        "about": "Tous les rôles sur une page. Telegram et l’heure sont imités, le bot est vrai.",
        "clock": "L’heure de la démo",
        "next": "Au moment suivant",
        "next-none": "Pas de moment suivant",
        "day": "+1 jour ouvrable",
        "hour": "+1 heure",
        "silence": "Personne ne répond",
        "silence-why": "Laisse passer le temps, sans réponse, jusqu’à ce qu’un dossier bouge",
        "reset": "Recommencer",
        "reset-sure": "Tout effacer et recommencer\u00a0?",
        "yes": "Oui, recommencer",
        "no": "Non",
        "theme": "Clair ou foncé",
        "chats": "Conversations",
        "chat-of": "Conversation de",
        "messages-of": "Messages de",
        "write": "Écrire comme",
        "placeholder": "Message",
        "send": "Envoyer",
        "commands": "Commandes",
        "file": "Envoyer une photo ou un fichier",
        "start": "Démarrer",
        "start-hint": "C’est ainsi que l’on commence, en ouvrant le bot.",
        "try": "Exemple de signalement",
        "as": "Comme",
        "to-bottom": "Au dernier message",
        "unread": "non lus",
        "edited": "modifié",
        "protected": "protégé\u00a0: ne peut pas être transféré",
        "copied": "Copié",
        "case": "Dossier",
        "cases": "Dossiers",
        "timeline": "Dossier",
        "no-case": (
            "Pas encore de dossier. Faites un signalement comme Lies\u00a0; la suite se voit ici."
        ),
        "next-moment": "Moment suivant",
        "new": "nouveau",
        "open": "ouvert",
        "closed": "clôturé",
        "late": "en retard",
        "jumping": "Le temps passe…",
        "lost": "La connexion est perdue. kier demo tourne-t-il encore\u00a0?",
        "ok": "OK",
        "photo": "Photo",
        "voice": "Message vocal",
        "document": "Fichier",
        "contact": "Contact",
        "pinned": "épinglé",
        "joined": "a été ajouté",
        "left": "est parti",
        "channel": "canal de l’équipe",
        "channel-name": "Équipe",
        "example": (
            "Arriérés de loyer\u00a0: Marc Verlinden, rue de l’Église 12, Weelde, 0470 00 01 12. "
            "2 mois, 1.240 euros. Je suis de la société de logement De Heide, nous n’arrivons "
            "pas à le joindre nous-mêmes."
        ),
    }
)

NETHERLANDS: Final[Words] = MappingProxyType(
    {
        **DUTCH,
        "example": DUTCH["example"]
        .replace("Huurachterstal", "Huurachterstand")
        .replace("woonmaatschappij", "woningcorporatie"),
    }
)

_LANGUAGES: Final[Mapping[str, Words]] = MappingProxyType(
    {"nl-BE": DUTCH, "nl-NL": NETHERLANDS, "en": ENGLISH, "fr": FRENCH}
)


def words_of(language: str) -> Words:
    """Return the page's words in one of the demo's languages."""
    return MappingProxyType({**_LANGUAGES[language], **more_words(language)})


def clock_face(at: datetime, language: str) -> str:
    """Return "ma 13 sep 2027, 10:15"; `at` is in the zone in which it is to be read."""
    return f"{day_words(at.date(), language)} {at:%Y, %H:%M}"


def moment_face(at: datetime, now: datetime, language: str) -> str:
    """Return "ma 13 sep 10:15", with its year where that is not this year's."""
    if at.year != now.year:
        return clock_face(at, language)
    return f"{day_face(at.date(), language)} {at:%H:%M}"


def day_face(day: date, language: str) -> str:
    """Return "ma 13 sep", for the line between two days of a chat."""
    return day_words(day, language)

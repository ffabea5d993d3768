"""What the page itself says, in the demo's language; what the bot says stands in bot/texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from babel.dates import format_date

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


def words_of(language: str) -> Words:
    """Return the page's words; any language but Dutch is shown in English."""
    return DUTCH if language.startswith("nl") else ENGLISH


def clock_face(at: datetime, language: str) -> str:
    """Return "ma 13 sep 2027, 10:15"; `at` is in the zone in which it is to be read."""
    return f"{_day(at.date(), 'EEE d MMM y', language)}, {at:%H:%M}"


def day_face(day: date, language: str) -> str:
    """Return "ma 13 sep", for the line between two days of a chat."""
    return _day(day, "EEE d MMM", language)


def _day(day: date, pattern: str, language: str) -> str:
    locale = "nl_BE" if language.startswith("nl") else "en"
    return format_date(day, pattern, locale=locale).replace(".", "")

"""What the page says of the tour, the case, topics and files: one row a word, in each language.

Dutch here is read in Flanders and in the Netherlands alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ROWS: Final[Mapping[str, tuple[str, str, str]]] = {
    # key: Dutch, English, French
    "tour": ("Rondleiding", "Tour", "Visite guidée"),
    "tour-play": ("Afspelen", "Play", "Lecture"),
    "tour-pause": ("Pauze", "Pause", "Pause"),
    "tour-next": ("Volgende", "Next", "Suivant"),
    "tour-leave": ("Zelf verder spelen", "Back to free play", "Retour au jeu libre"),
    "tour-sure": (
        "De rondleiding begint opnieuw; wat u speelde, wordt gewist.",
        "The tour starts over; what you played is erased.",
        "La visite recommence à zéro\u00a0; ce que vous avez joué sera effacé.",
    ),
    "tour-yes": ("Begin de rondleiding", "Start the tour", "Commencer la visite"),
    "tour-end": (
        "Dat was de week. Alles blijft staan: speel zelf verder.",
        "That was the week. Everything stays as it is: play on yourself.",
        "C’était la semaine. Tout reste en place\u00a0: continuez vous-même.",
    ),
    "tour-lost": (
        "U speelde zelf mee; zo gaat dit verhaal niet verder. Alles blijft staan.",
        "You played along, so this story cannot go on. Everything stays as it is.",
        "Vous avez joué vous-même, l’histoire ne peut donc plus continuer. Tout reste en place.",
    ),
    "case-now": ("Het dossier nu", "The case now", "Le dossier maintenant"),
    "history": ("Geschiedenis", "History", "Historique"),
    "whole-case": ("Heel het dossier", "The whole case", "Tout le dossier"),
    "topics": ("Onderwerpen", "Topics", "Sujets"),
    "topics-why": (
        "Onderwerpen aan of uit: één per dossier",
        "Topics on or off: one for each case",
        "Sujets activés ou non\u00a0: un par dossier",
    ),
    "topic-all": ("Alles", "All", "Tout"),
    "topic-general": ("Algemeen", "General", "Général"),
    "topic-closed": ("gesloten onderwerp", "closed topic", "sujet fermé"),
    "forum_topic_created": ("Onderwerp geopend", "Topic opened", "Sujet ouvert"),
    "forum_topic_closed": ("Onderwerp gesloten", "Topic closed", "Sujet fermé"),
    "forum_topic_reopened": ("Onderwerp heropend", "Topic reopened", "Sujet rouvert"),
    "forum_topic_edited": ("Onderwerp hernoemd", "Topic renamed", "Sujet renommé"),
    "migrate_to_chat_id": (
        "De groep werd een supergroep",
        "The group became a supergroup",
        "Le groupe est devenu un supergroupe",
    ),
    "alert": ("Kier zegt", "Kier says", "Kier dit"),
    "enlarge": ("Foto vergroten", "Enlarge the photo", "Agrandir la photo"),
    "download": ("Downloaden", "Download", "Télécharger"),
    "not-shown": (
        "Een bericht dat deze bladzijde niet toont",
        "A message that this page does not show",
        "Un message que cette page n’affiche pas",
    ),
}

_COLUMNS: Final = {"nl": 0, "en": 1, "fr": 2}


def more_words(language: str) -> dict[str, str]:
    """Return the words by key; a language that is not there is read in English."""
    column = _COLUMNS.get(language.split("-")[0], _COLUMNS["en"])
    return {key: row[column] for key, row in _ROWS.items()}

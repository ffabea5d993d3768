"""The words in which `scheduler.difference` says what changes, in each language of ours.

Pure. French sets a no-break space before : and inside «», as its texts do.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scheduler.show_words import tongue

_DUTCH = {
    "version": "versie",
    "version-same": "de versie is nog {n}: verhoog ze, anders krijgt geen dossier het verschil",
    "name": "naam",
    "title": "titel",
    "who": "wie",
    "when": "wanneer",
    "text": "vraag",
    "beside": "daarbij",
    "around": "rond de stappen",
    "source": "bron",
    "step-new": "nieuwe stap: {who}, {when}",
    "step-gone": "deze stap valt weg",
    "answer-new": "nieuw antwoord: {what}",
    "answer-gone": "antwoord valt weg: {what}",
    "answer-named": "antwoord heet anders: “{old}” → “{new}”",
    "answer-leads": "antwoord “{what}” leidt elders heen: {old} → {new}",
    "nothing": "niets",
    "changed": "{what}: {old} → {new}",
    "gone": "{what}, valt weg: {old}",
    "come": "{what}, nieuw: {new}",
    "other-languages": "teksten anders in: {what}",
    "same": "Voor een dossier verandert er niets.",
}
_NETHERLANDS = _DUTCH | {
    "version-same": "de versie is nog {n}: verhoog die, anders krijgt geen dossier het verschil",
}
_ENGLISH = {
    "version": "version",
    "version-same": "the version is still {n}: raise it, or no case gets the difference",
    "name": "name",
    "title": "title",
    "who": "who",
    "when": "when",
    "text": "question",
    "beside": "besides",
    "around": "around the steps",
    "source": "source",
    "step-new": "new step: {who}, {when}",
    "step-gone": "this step goes",
    "answer-new": "new answer: {what}",
    "answer-gone": "answer goes: {what}",
    "answer-named": "answer is called otherwise: “{old}” → “{new}”",
    "answer-leads": "answer “{what}” leads elsewhere: {old} → {new}",
    "nothing": "nothing",
    "changed": "{what}: {old} → {new}",
    "gone": "{what}, goes: {old}",
    "come": "{what}, new: {new}",
    "other-languages": "texts differ in: {what}",
    "same": "For a case nothing changes.",
}
_FRENCH = {
    "version": "version",
    "version-same": "la version est encore {n}\u00a0: augmentez-la, sinon aucun dossier ne change",
    "name": "nom",
    "title": "titre",
    "who": "qui",
    "when": "quand",
    "text": "question",
    "beside": "en plus",
    "around": "autour des étapes",
    "source": "source",
    "step-new": "nouvelle étape\u00a0: {who}, {when}",
    "step-gone": "cette étape disparaît",
    "answer-new": "nouvelle réponse\u00a0: {what}",
    "answer-gone": "réponse supprimée\u00a0: {what}",
    "answer-named": "la réponse change de nom\u00a0: «\u00a0{old}\u00a0» → «\u00a0{new}\u00a0»",
    "answer-leads": "la réponse «\u00a0{what}\u00a0» mène ailleurs\u00a0: {old} → {new}",
    "nothing": "rien",
    "changed": "{what}\u00a0: {old} → {new}",
    "gone": "{what}, supprimé\u00a0: {old}",
    "come": "{what}, nouveau\u00a0: {new}",
    "other-languages": "textes différents en\u00a0: {what}",
    "same": "Pour un dossier, rien ne change.",
}
_WORDS = MappingProxyType({"nl-BE": _DUTCH, "nl-NL": _NETHERLANDS, "en": _ENGLISH, "fr": _FRENCH})


def words(language: str) -> Mapping[str, str]:
    """Return the phrases by key, in `language` or the one nearest to it."""
    return _WORDS[tongue(language)]

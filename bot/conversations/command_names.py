"""Commands as people type them in Dutch and French; English ones are the commands' own names.

A name is what Telegram allows: a–z, 0–9 and "_". The rooms know the own names only.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_SAID: Final = """
    report: melden signaler
    reports: meldingen signalements
    about: over apropos
    support: steun ondersteuning soutien
    language: taal langue
    settings: instellingen reglages
    help: hulp aide
    cancel: annuleren stop annuler
    today: vandaag aujourdhui
    cases: dossiers zaken
    case: dossier zaak
    status: stand statut situation
    overdue: telaat retard retards
    team: equipe
    invite: uitnodigen inviter
    away: afwezig verlof absence conge
    leave: weggaan quitter
"""

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        said: own
        for line in _SAID.strip().splitlines()
        for own, words in [line.strip().split(": ")]
        for said in words.split()
    }
)


def own_name(typed: str) -> str:
    """Return the name by which the rooms know the command, else `typed` in small letters."""
    name = typed.lower()
    return NAMES.get(name, name)

"""Commands as people type them in Dutch and French; English ones are the commands' own names.

A name is what Telegram allows: a–z, 0–9 and "_". The rooms know the own names only.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# own name: Dutch; French. The first of each is shown, all are understood.
_SAID: Final = """
    report: melden; signaler
    reports: meldingen; signalements
    about: over; apropos
    support: steun ondersteuning; soutien
    language: taal; langue
    settings: instellingen; reglages
    help: hulp; aide
    cancel: annuleren stop; annuler
    today: vandaag; aujourdhui
    cases: dossiers zaken; dossiers
    case: dossier zaak; dossier
    status: status stand; statut situation
    overdue: telaat; retard retards
    team: team; equipe
    invite: uitnodigen; inviter
    revoke: intrekken; revoquer
    export: uitvoer; exporter
    who_saw: wiezag; quiavu
    code: code pincode; code pin
    away: afwezig verlof; absence conge
    leave: weggaan; quitter
    leaflet: folder; depliant
"""


def _read() -> dict[str, dict[str, list[str]]]:
    rows: dict[str, dict[str, list[str]]] = {}
    for line in _SAID.strip().splitlines():
        own, _, said = line.strip().partition(": ")
        dutch, french = (part.split() for part in said.split("; "))
        rows[own] = {"nl": dutch, "fr": french}
    return rows


_ROWS: Final = _read()

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        word: own
        for own, row in _ROWS.items()
        for words in row.values()
        for word in words
        if word != own
    }
)
"""Own name by translated one."""


def own_name(typed: str) -> str:
    """Return the name by which the rooms know the command, else `typed` in small letters."""
    name = typed.lower()
    return NAMES.get(name, name)


def name_in(language: str, own: str) -> str:
    """Return the name to show for a command in a language of ours, without its slash."""
    return _ROWS.get(own, {}).get(language[:2], [own])[0]

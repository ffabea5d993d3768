"""Contact attempts in the shape of VNG's DDAS early-signalling model, version 0.9. Pure.

How each of our words becomes one of theirs, and what is left out, stands in DDAS.md beside this
file. No name, address or free text: a reference, codes and days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, time, timedelta
from types import MappingProxyType
from typing import Any, Final

from bot.reading.amounts import Amount, read_amount
from bot.views.export_rows import JOINED, Frame, Record
from bot.views.heads import is_closed
from scheduler.attempts import standing
from scheduler.decision import CrisisSet, WorkerSet
from scheduler.procedure import Channel, Help

VERSION: Final = "0.9"
SUPPLIER: Final = "kier"
"""`codeGegevensleverancier` where the deliverer names no other."""

KINDS: Final[Mapping[Channel, str]] = MappingProxyType(
    {
        Channel.PHONE: "Telefoon",
        Channel.VISIT: "Huisbezoek",
        Channel.NOTE: "Kaartje",
        Channel.LETTER: "Brief",
        Channel.MESSAGE: "SMS/Whatsapp",
        Channel.MAIL: "Mail",
        Channel.MEETING: "Overige",
    }
)
"""`EnumContactsoort`."""

NOON: Final = time(12)
EVENING: Final = time(18)
QUICK: Final = timedelta(days=30)
"""Solved within so long after help was accepted: a "quick fix" in the model's words."""

RENT_KINDS: Final = frozenset({"arrears", "petition", "claim"})
"""Kinds of report that are about rent: `signaalpartner` Huur; any other: Overige."""

_SOLVED: Final = frozenset({"averted", "settled", "agreements_kept"})
_OTHER_HELP: Final = frozenset({"rehoused"})
_NO_CONTACT: Final = "Definitief geen contact kunnen krijgen"
_SILENT: Final = "Geen reactie na eerder contact"
_NO_HELP: Final = "Inwoner hoeft geen hulp vanuit vroegsignalering"
_QUICK_FIX: Final = "(Budget)advies en/of quick fix"
_MONEY_HELP: Final = "Vervolghulp en/of verwijzing financieel"
_NO_MONEY_HELP: Final = "Vervolghulp en/of verwijzing niet financieel"
_NOT_TAKEN: Final = "Niet opgepakt: andere reden"
_REPEATED: Final = "Niet opgepakt: herhaalde melding"
_NOT_YET: Final = "Nog niet opgepakt"


def delivery(
    records: Sequence[Record],
    frame: Frame,
    *,
    municipality: str = "",
    supplier: str = SUPPLIER,
) -> dict[str, Any]:
    """Return the document (`Uitwisselmodel`) of one delivery for one municipality.

    `municipality` is its CBS code; left empty it is for who delivers to fill in. The period's
    open ends are the first report and today.
    """
    days = frame.team.days
    today = days.day_of(frame.now)
    began = [days.day_of(r.view.created_at) for r in records if r.view.created_at is not None]
    signals = [_signal(record, frame) for record in records]
    cases = [_case(r, frame) for r in records if not _is_joined(r)]
    return {
        "startdatumLevering": (frame.first or min(began, default=today)).isoformat(),
        "einddatumLevering": (frame.last or today).isoformat(),
        "aanleverdatumEnTijd": f"{frame.now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "codeGegevensleverancier": supplier,
        "leveringen": [
            {
                "teller": 1,
                "gemeentecode": municipality,
                "aanleverende_organisatie": {"naam": frame.team.name},
                "vroegsignalen": signals,
                "vroegsignaalzaken": cases,
            }
        ],
    }


def _is_joined(record: Record) -> bool:
    return record.view.case.outcome == JOINED


def _signal(record: Record, frame: Frame) -> dict[str, Any]:
    view = record.view
    crisis = any(
        isinstance(line.event, CrisisSet) and line.event.crisis is not None
        for line in standing(record.lines)
    )
    is_rent = view.case.facts.kind in RENT_KINDS
    said: dict[str, Any] = {"ID": view.ref, "crisissignaal": crisis}
    euros = _euros(view.values.get("amount", ""))
    if euros is not None:
        said["bedrag"] = euros
    if view.created_at is not None:
        said["signaaldatum"] = frame.team.days.day_of(view.created_at).isoformat()
    status = _status(record)
    if status is not None:
        said["status"] = status
    return said | {"signaalpartner": {"type": "Huur" if is_rent else "Overige"}, "client": {}}


def _euros(typed: str) -> int | None:
    """Return whole euros, where the reporter said an amount and not only months."""
    amount = read_amount(typed)
    if not isinstance(amount, Amount) or amount.cents is None:
        return None
    return round(amount.cents / 100)


def _status(record: Record) -> str | None:
    """Return why a signal was not taken up; of one that was, the model asks no status."""
    if _is_joined(record):
        return _REPEATED
    if record.attempts:
        return None
    return _NOT_TAKEN if is_closed(record.view) else _NOT_YET


def _case(record: Record, frame: Frame) -> dict[str, Any]:
    said: dict[str, Any] = {}
    ended = result(record)
    if ended is not None:
        said["resultaat"] = ended
    taken_up = _taken_up(record, frame)
    if taken_up is not None:
        said["datum_opgepakt"] = taken_up.isoformat()
    said["vroegsignalen"] = [{"ID": record.view.ref}]
    said["contactpogingen"] = list(_tries(record, frame))
    return said


def _taken_up(record: Record, frame: Frame) -> date | None:
    """Return the day on which somebody first had the case."""
    given = (
        line.at
        for line in standing(record.lines)
        if isinstance(line.event, WorkerSet) and line.event.worker is not None
    )
    at = next(given, None)
    return frame.team.days.day_of(at) if at is not None else None


def _tries(record: Record, frame: Frame) -> Iterator[dict[str, Any]]:
    zone = frame.team.days.zone
    for one in sorted(record.attempts, key=lambda attempt: (attempt.at, attempt.seq)):
        at = one.at.astimezone(zone)
        if frame.covers(at.date()):
            yield {
                "soort": KINDS[one.channel],
                "bereikt": one.reached,
                "datum": at.date().isoformat(),
                "dagdeel": part_of_day(at.time()),
            }


def part_of_day(at: time) -> str:
    """Return `EnumDagdeel` of a time on the team's wall."""
    if at < NOON:
        return "Ochtend"
    return "Middag" if at < EVENING else "Avond"


def result(record: Record) -> str | None:
    """Return `EnumEindresultaat` of a closed case, None where none of theirs says it."""
    view, tried = record.view, record.attempts
    outcome = view.case.outcome
    if not is_closed(view) or outcome is None:
        return None
    if not tried:
        return _NOT_TAKEN
    if outcome in _OTHER_HELP:
        return _NO_MONEY_HELP
    if outcome in _SOLVED:
        return _solved(record)
    if outcome == "door_ajar":
        return _left_open(record)
    return None


def _solved(record: Record) -> str | None:
    accepted = (at for at, said in record.helps if said is Help.ACCEPTED)
    since, until = min(accepted, default=None), record.view.case.closed_at
    if since is None or until is None:
        return None
    return _QUICK_FIX if until - since <= QUICK else _MONEY_HELP


def _left_open(record: Record) -> str:
    if not any(one.reached for one in record.attempts):
        return _NO_CONTACT
    said = [word for _, word in record.helps]
    return _NO_HELP if said and said[-1] is Help.DECLINED else _SILENT

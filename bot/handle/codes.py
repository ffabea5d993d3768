"""Coordinators' security codes: kept as a value that tells nothing without the master key (S22).

A right one opens for ten minutes; five wrong ones within a day bar for an hour, and each one more
within that day does so again: who guesses slowly is noticed too.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot import acts
from bot.conversations.scene import CodeState
from bot.handle.office import Desk
from storage import teams
from storage.columns import room_of

OPEN_FOR: Final = timedelta(minutes=10)
TRIES: Final = 5
TRIES_WITHIN: Final = timedelta(days=1)
BARRED_FOR: Final = timedelta(hours=1)
"""How long nothing counts after the last of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A person's code: its value, when wrong ones were typed, and until when it holds."""

    mac: str
    wrong: tuple[datetime, ...] = ()
    open_until: datetime | None = None


class Codes:
    """The codes of one team's people, at one desk."""

    def __init__(self, desk: Desk) -> None:
        """Look and write at `desk`."""
        self._desk = desk

    def state(self, person_id: int) -> CodeState:
        """Return whether the person has a code, and whether it must be typed now."""
        kept = self._kept(person_id)
        if kept is None:
            return "none"
        if self._barred_until(kept) is not None:
            return "barred"
        is_open = kept.open_until is not None and self._desk.now < kept.open_until
        return "open" if is_open else "closed"

    def is_missing(self, act: acts.Act, by: int) -> bool:
        """Return whether the act has to wait for the code of who wants it."""
        match act:
            case acts.Export():
                is_guarded = True
            case acts.DecideMember(accepted=accepted) | acts.ConfirmGroup(accepted=accepted):
                is_guarded = accepted
            case acts.LeaveTeam(person=person):
                is_guarded = person != by
            case acts.SetCode():
                is_guarded = True
            case _:
                is_guarded = False
        return is_guarded and self.state(by) in ("closed", "barred")

    def barred_until(self, person_id: int) -> datetime | None:
        """Return until when nothing counts that the person types; None where it does."""
        kept = self._kept(person_id)
        return self._barred_until(kept) if kept is not None else None

    def tries(self, person_id: int) -> int:
        """Return how many wrong codes are left."""
        kept = self._kept(person_id)
        return max(TRIES - len(self._lately(kept)), 1) if kept is not None else TRIES

    def choose(self, person_id: int, code: str) -> None:
        """Keep the person's new code; it has to be typed the next time."""
        self._keep(person_id, _Kept(mac=self._mac(person_id, code)))

    def enter(self, person_id: int, code: str) -> datetime | None:
        """Return until when the code holds; None: it was wrong, or nothing counts now."""
        kept = self._kept(person_id)
        if kept is None or self._barred_until(kept) is not None:
            return None
        now = self._desk.now
        if hmac.compare_digest(kept.mac, self._mac(person_id, code)):
            until = now + OPEN_FOR
            self._keep(person_id, replace(kept, wrong=(), open_until=until))
            return until
        self._keep(person_id, replace(kept, wrong=(*self._lately(kept), now), open_until=None))
        return None

    def drop(self, person_id: int) -> bool:
        """Forget the person's code; return whether there was one."""
        if self._kept(person_id) is None:
            return False
        teams.drop_flag(self._desk.c, self._desk.team_id, _key(person_id))
        return True

    def _lately(self, kept: _Kept) -> tuple[datetime, ...]:
        return tuple(at for at in kept.wrong if self._desk.now - at < TRIES_WITHIN)

    def _barred_until(self, kept: _Kept) -> datetime | None:
        lately = self._lately(kept)
        if len(lately) < TRIES:
            return None
        until = lately[-1] + BARRED_FOR
        return until if self._desk.now < until else None

    def _mac(self, person_id: int, code: str) -> str:
        desk = self._desk
        secret = teams.secret_of(desk.c, desk.team_id)
        content = f"{person_id}:{code}".encode()
        return room_of(desk.c).keys.mac(secret, "code", content).hex()

    def _kept(self, person_id: int) -> _Kept | None:
        flag = teams.flag(self._desk.c, self._desk.team_id, _key(person_id))
        if flag is None:
            return None
        until = flag.value.get("open_until")
        return _Kept(
            mac=flag.value["mac"],
            wrong=tuple(datetime.fromisoformat(at) for at in flag.value["wrong"]),
            open_until=datetime.fromisoformat(until) if until else None,
        )

    def _keep(self, person_id: int, kept: _Kept) -> None:
        value = {
            "mac": kept.mac,
            "wrong": [at.isoformat() for at in kept.wrong],
            "open_until": kept.open_until.isoformat() if kept.open_until else None,
        }
        desk = self._desk
        teams.set_flag(desk.c, desk.team_id, _key(person_id), value, desk.now)


def _key(person_id: int) -> str:
    return f"code:{person_id}"

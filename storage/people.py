"""The people of a team, their leave, and the invitations by which they came.

Roles live here and nowhere else: neither a user name nor membership of a group gives one (S5, S8).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import Connection, Select, bindparam, delete, insert, or_, select, update

from storage import drafts, inbox, outbox
from storage.errors import NotFound
from storage.rows import fields, insert_row
from storage.tables import absence, invite, person, prompt

Role: TypeAlias = Literal["coordinator", "worker", "reporter"]
State: TypeAlias = Literal["invited", "active", "left"]
ROLES: Final[tuple[Role, ...]] = ("coordinator", "worker", "reporter")
_RANK: Final = {role: rank for rank, role in enumerate(reversed(ROLES))}
_CHANGEABLE: Final = frozenset(
    {"user_id", "name", "role", "language", "works", "stand_in", "state", "chat_ok"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One member. `works` holds weekdays (Monday is 0), None: every working day of the team.

    `chat_ok` is False while Telegram says that the person blocked the bot.
    """

    id: int
    team_id: int
    user_id: int | None
    name: str
    role: Role
    language: str | None
    works: tuple[int, ...] | None
    stand_in: int | None
    state: State
    chat_ok: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Leave, both days included (team-local). The stand-in counts once `accepted`."""

    id: int
    person_id: int
    from_on: date
    to_on: date
    stand_in: int | None
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """An invitation; its code is not in it, for it is not stored."""

    id: int
    team_id: int
    role: Role
    name: str | None
    trusted: bool
    by_id: int | None
    expires_at: datetime
    state: str
    user_id: int | None
    person_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeemed:
    """This person won the invitation. `person` is None while a coordinator must still confirm."""

    invite: Invite
    person: Person | None


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be used. `reason` is for the log; people get one text for all of them (row 20).

    unknown, used, expired, has_role (nothing burnt), left (the person left meanwhile).
    """

    reason: str


_PERSON: Final = select(
    person.c.id,
    person.c.team_id,
    person.c.user_id,
    person.c.name,
    person.c.role,
    person.c.language,
    person.c.works,
    person.c.stand_in_id.label("stand_in"),
    person.c.state,
    person.c.chat_ok,
)
_BY_USER: Final = _PERSON.where(
    person.c.team_id == bindparam("team"),
    person.c.user_id == bindparam("user"),
    person.c.state != "left",
)
_BY_ID: Final = _PERSON.where(person.c.id == bindparam("row"))
_EVER: Final = _PERSON.where(person.c.team_id == bindparam("team")).order_by(person.c.id)
_TEAM: Final = _PERSON.where(
    person.c.team_id == bindparam("team"), person.c.state != "left"
).order_by(person.c.id)
_INVITE: Final = select(
    invite.c.id,
    invite.c.team_id,
    invite.c.role,
    invite.c.name,
    invite.c.trusted,
    invite.c.by_id,
    invite.c.expires_at,
    invite.c.state,
    invite.c.user_id,
    invite.c.person_id,
)


def person_by_user(c: Connection, team_id: int, user_id: int) -> Person | None:
    """Return the member with this Telegram id; None for a stranger and for one who left."""
    if not -(2**63) <= user_id < 2**63:
        return None
    return _one(c, _BY_USER, {"team": team_id, "user": user_id})


def person_by_id(c: Connection, person_id: int) -> Person | None:
    """Return that person, also when they left."""
    return _one(c, _BY_ID, {"row": person_id})


def people(c: Connection, team_id: int, *, gone: bool = False) -> tuple[Person, ...]:
    """Return the members in order of joining; with `gone` also those who left."""
    return tuple(_read(row) for row in c.execute(_EVER if gone else _TEAM, {"team": team_id}))


def put_person(
    c: Connection,
    team_id: int,
    *,
    name: str,
    role: Role,
    user_id: int | None = None,
    language: str | None = None,
    works: tuple[int, ...] | None = None,
    stand_in: int | None = None,
    now: datetime,
) -> int:
    """Add a member and return the id: active with a Telegram id, invited without.

    A second active member with the same Telegram id is our mistake (IntegrityError).
    """
    values = {
        "team_id": team_id,
        "user_id": user_id,
        "name": name,
        "role": role,
        "language": language,
        "works": None if works is None else list(works),
        "stand_in_id": stand_in,
        "state": "invited" if user_id is None else "active",
        "created_at": now,
    }
    return insert_row(c, insert(person), values)


def set_person(c: Connection, person_id: int, **changes: Any) -> None:
    """Change some of user_id, name, role, language, works, stand_in, state, chat_ok.

    Raises `NotFound`. Use `leave` for a person who leaves: more than a state changes then.
    """
    assert changes and changes.keys() <= _CHANGEABLE, sorted(changes)
    values = {"stand_in_id" if key == "stand_in" else key: to for key, to in changes.items()}
    if values.get("works") is not None:
        values["works"] = list(values["works"])
    if not c.execute(update(person).where(person.c.id == person_id).values(**values)).rowcount:
        raise NotFound(f"person {person_id}")


def leave(c: Connection, person_id: int, now: datetime) -> None:
    """Take away every right at once, cancel what was on its way, forget a conversation (S9, P7).

    Cases and open prompts are the caller's: the rules decide who takes them over.
    """
    gone = person_by_id(c, person_id)
    if gone is None:
        raise NotFound(f"person {person_id}")
    c.execute(update(person).where(person.c.id == person_id).values(state="left", left_at=now))
    c.execute(update(person).where(person.c.stand_in_id == person_id).values(stand_in_id=None))
    outbox.cancel_for(c, person_id, None, now)
    if gone.user_id is not None:
        drafts.drop_dialogue(c, gone.team_id, gone.user_id)


def forget(c: Connection, person_id: int, now: datetime) -> None:
    """Erase who a person was: they leave, and name, Telegram id and language go, and the id in
    what was written to and by them; history stays.

    For a reporter past the term, or a member who asks for it (row 84). Raises `NotFound`.
    """
    known = person_by_id(c, person_id)
    leave(c, person_id, now)
    if known is not None and known.user_id is not None:
        inbox.forget_sender(c, known.team_id, known.user_id)
    outbox.forget_person(c, person_id)
    c.execute(
        update(prompt).where(prompt.c.person_id == person_id).values(chat_id=None, message_id=None)
    )
    c.execute(
        update(person).where(person.c.id == person_id).values(name="", user_id=None, language=None)
    )
    c.execute(
        update(invite).where(invite.c.person_id == person_id).values(name=None, user_id=None)
    )


def purge_invites(c: Connection, team_id: int, before: datetime) -> int:
    """Delete invitations that ended before then and let nobody in; return how many."""
    return c.execute(
        delete(invite).where(
            invite.c.team_id == team_id,
            invite.c.expires_at < before,
            invite.c.state != "confirmed",
        )
    ).rowcount


def end_invites(c: Connection, now: datetime) -> int:
    """Let no open invitation of any team count any more; return how many did."""
    here = (invite.c.state == "open", invite.c.expires_at > now)
    return c.execute(update(invite).where(*here).values(expires_at=now)).rowcount


def put_absence(
    c: Connection,
    person_id: int,
    from_on: date,
    to_on: date,
    stand_in: int | None,
    accepted: bool,
    now: datetime,
) -> int:
    """Add leave from the first to the last day, both included; return its id."""
    assert from_on <= to_on, "leave that ends before it begins"
    found = person_by_id(c, person_id)
    if found is None:
        raise NotFound(f"person {person_id}")
    values = {
        "team_id": found.team_id,
        "person_id": person_id,
        "from_on": from_on,
        "to_on": to_on,
        "stand_in_id": stand_in,
        "accepted": accepted,
        "created_at": now,
    }
    return insert_row(c, insert(absence), values)


def accept_absence(c: Connection, absence_id: int, stand_in: int) -> bool:
    """The stand-in said yes; False when the leave is gone or asks somebody else by now."""
    return bool(
        c.execute(
            update(absence)
            .where(absence.c.id == absence_id, absence.c.stand_in_id == stand_in)
            .values(accepted=True)
        ).rowcount
    )


def set_absence(
    c: Connection, absence_id: int, *, to_on: date | None = None, stand_in: int | None = None
) -> None:
    """Move the last day, or ask another stand-in, who has not accepted yet; raises `NotFound`."""
    values: dict[str, Any] = {}
    if to_on is not None:
        values["to_on"] = to_on
    if stand_in is not None:
        values |= {"stand_in_id": stand_in, "accepted": False}
    assert values, "nothing to change"
    if not c.execute(update(absence).where(absence.c.id == absence_id).values(**values)).rowcount:
        raise NotFound(f"absence {absence_id}")


def unask(c: Connection, absence_id: int) -> None:
    """Whoever was asked cannot stand in: the leave has no stand-in."""
    values: dict[str, Any] = {"stand_in_id": None, "accepted": True}
    c.execute(update(absence).where(absence.c.id == absence_id).values(**values))


def drop_absence(c: Connection, absence_id: int) -> None:
    """The leave does not take place; no error when it is gone already."""
    c.execute(delete(absence).where(absence.c.id == absence_id))


_ABSENCES: Final = (
    select(
        absence.c.id,
        absence.c.person_id,
        absence.c.from_on,
        absence.c.to_on,
        absence.c.stand_in_id.label("stand_in"),
        absence.c.accepted,
    )
    .where(absence.c.team_id == bindparam("team"), absence.c.to_on >= bindparam("from"))
    .order_by(absence.c.from_on, absence.c.id)
)


def absences(c: Connection, team_id: int, from_on: date) -> tuple[Absence, ...]:
    """Return the leave that ends on that day or later, the earliest first."""
    rows = c.execute(_ABSENCES, {"team": team_id, "from": from_on})
    return tuple(Absence(**fields(row)) for row in rows)


def put_invite(
    c: Connection,
    team_id: int,
    role: Role,
    name: str | None,
    code_hash: bytes,
    expires_at: datetime,
    now: datetime,
    *,
    trusted: bool = False,
    by: int | None = None,
) -> int:
    """Add an invitation and return its id; only the hash of the code is given and stored (S7).

    `trusted`: whoever redeems it needs no confirmation (made on the command line).
    """
    values = {
        "team_id": team_id,
        "role": role,
        "name": name,
        "code_hash": code_hash,
        "trusted": trusted,
        "by_id": by,
        "expires_at": expires_at,
        "state": "open",
        "created_at": now,
    }
    return insert_row(c, insert(invite), values)


def redeem_invite(
    c: Connection, team_id: int, code_hash: bytes, user_id: int, now: datetime
) -> Redeemed | Refused:
    """Use an invitation up; of two at once exactly one wins (bad_inputs 21).

    It counts while `now` is before `expires_at`. A member whose role is as high already keeps it,
    and the invitation stays open for whom it was meant.
    """
    member = person_by_user(c, team_id, user_id)
    here = (invite.c.team_id == team_id, invite.c.code_hash == code_hash)
    found = _invite(c, _INVITE.where(*here))
    if found is None:
        return Refused("unknown")
    if found.state != "open":
        return Refused("used")
    if found.expires_at <= now:
        return Refused("expired")
    if member is not None and _RANK[member.role] >= _RANK[found.role]:
        return Refused("has_role")
    won = c.execute(
        update(invite)
        .where(*here, invite.c.state == "open", invite.c.expires_at > now)
        .values(state="redeemed", user_id=user_id, redeemed_at=now)
    ).rowcount
    if not won:
        return Refused("used")
    if found.trusted:
        confirmed = confirm_invite(c, found.id, None, now)
        return confirmed if isinstance(confirmed, Refused) else _redeemed(c, found.id, confirmed)
    return _redeemed(c, found.id, None)


def confirm_invite(
    c: Connection, invite_id: int, name: str | None, now: datetime
) -> Person | Refused:
    """Give the one who redeemed it the role, and return the person; a second time is refused.

    `name` None: the name on the invitation. A reporter who becomes a worker stays the same person.
    """
    won = c.execute(
        update(invite)
        .where(invite.c.id == invite_id, invite.c.state == "redeemed")
        .values(state="confirmed")
    ).rowcount
    found = _invite(c, _INVITE.where(invite.c.id == invite_id))
    if not won or found is None:
        return Refused("unknown" if found is None else "used")
    assert found.user_id is not None
    member = person_by_user(c, found.team_id, found.user_id)
    chosen = name or found.name
    if member is None:
        person_id = put_person(
            c,
            found.team_id,
            name=chosen or "",
            role=found.role,
            user_id=found.user_id,
            now=now,
        )
    else:
        person_id = member.id
        set_person(c, person_id, role=found.role, name=chosen or member.name)
    c.execute(update(invite).where(invite.c.id == invite_id).values(person_id=person_id))
    joined = person_by_id(c, person_id)
    assert joined is not None
    return joined


def burn_invite(c: Connection, team_id: int, code_hash: bytes) -> Invite | None:
    """Make the invitation useless (shown in a group); return it if it was open."""
    here = (invite.c.team_id == team_id, invite.c.code_hash == code_hash)
    won = c.execute(update(invite).where(*here, invite.c.state == "open").values(state="burnt"))
    return _invite(c, _INVITE.where(*here)) if won.rowcount else None


def decline_invite(c: Connection, invite_id: int) -> Invite | None:
    """Say no to an invitation, open or redeemed, and return it.

    None when it was confirmed, declined or burnt already.
    """
    won = c.execute(
        update(invite)
        .where(invite.c.id == invite_id, invite.c.state.in_(("open", "redeemed")))
        .values(state="declined")
    ).rowcount
    return _invite(c, _INVITE.where(invite.c.id == invite_id)) if won else None


def invites(c: Connection, team_id: int) -> tuple[Invite, ...]:
    """Return the invitations that are open or wait for confirmation, the oldest first."""
    rows = c.execute(
        _INVITE.where(
            invite.c.team_id == team_id,
            or_(invite.c.state == "open", invite.c.state == "redeemed"),
        ).order_by(invite.c.id)
    )
    return tuple(Invite(**fields(row)) for row in rows)


def _one(c: Connection, query: Select[Any], values: dict[str, Any]) -> Person | None:
    row = c.execute(query, values).first()
    return _read(row) if row else None


def _read(row: Any) -> Person:
    values = fields(row)
    values["works"] = None if values["works"] is None else tuple(values["works"])
    return Person(**values)


def _invite(c: Connection, query: Select[Any]) -> Invite | None:
    row = c.execute(query).first()
    return Invite(**fields(row)) if row else None


def _redeemed(c: Connection, invite_id: int, joined: Person | None) -> Redeemed:
    found = _invite(c, _INVITE.where(invite.c.id == invite_id))
    assert found is not None
    return Redeemed(invite=found, person=joined)

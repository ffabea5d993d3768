from __future__ import annotations

import asyncio
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import LargeBinary, cast, insert, select
from sqlalchemy.exc import IntegrityError

from storage import drafts, people, teams
from storage.errors import NotFound
from storage.people import Redeemed, Refused
from storage.tables import person
from tests.storage.conftest import NOW, Store

CODE = b"h" * 32
HOUR = timedelta(hours=1)


def put(store: Store, team_id: int, user_id: int | None = None, **given: Any) -> int:
    values = {"name": "Mia Peeters", "role": "worker", "user_id": user_id, "now": NOW}
    return store.write(people.put_person, team_id, **values | given)


def invite(store: Store, team_id: int, role: str = "worker", **given: Any) -> int:
    return store.write(
        people.put_invite, team_id, role, "Mia", CODE, NOW + 48 * HOUR, NOW, **given
    )


def redeem(store: Store, team_id: int, user_id: int, now: Any = NOW) -> Redeemed | Refused:
    return store.write(people.redeem_invite, team_id, CODE, user_id, now)


def test_a_member_is_known_by_the_number_only(store: Store, team_id: int) -> None:
    """Only the numeric id is an identity; ids beyond 32 and 52 bits fit (S5, row 14)."""
    mia = put(store, team_id, 2**52 + 7, works=(0, 1, 2), language="nl-BE")
    tom = put(store, team_id, name="Tom", stand_in=mia)
    found = store.read(people.person_by_user, team_id, 2**52 + 7)
    assert found is not None
    assert (found.id, found.name, found.role, found.state) == (
        mia,
        "Mia Peeters",
        "worker",
        "active",
    )
    assert (found.works, found.language, found.stand_in, found.chat_ok) == (
        (0, 1, 2),
        "nl-BE",
        None,
        True,
    )
    assert store.read(people.person_by_user, team_id, 1) is None
    assert store.read(people.person_by_user, team_id, 2**63) is None
    invited = store.read(people.person_by_id, tom)
    assert invited is not None and (invited.state, invited.stand_in) == ("invited", mia)
    assert [p.id for p in store.read(people.people, team_id)] == [mia, tom]


def test_names_are_not_readable_in_the_database(store: Store, team_id: int) -> None:
    """Names are sealed at rest (design, Data)."""
    mia = put(store, team_id, 1)
    sealed = select(cast(person.c.name, LargeBinary)).where(person.c.id == mia)
    raw = store.read(lambda c: c.execute(sealed).scalar_one())
    assert len(raw) > 50 and b"Mia" not in raw


def test_one_number_is_one_active_member(store: Store, team_id: int) -> None:
    """Two active members with one Telegram id cannot be; after leaving one may come back."""
    mia = put(store, team_id, 1)
    with pytest.raises(IntegrityError):
        put(store, team_id, 1)
    store.write(people.leave, mia, NOW)
    again = put(store, team_id, 1)
    found = store.read(people.person_by_user, team_id, 1)
    assert found is not None and found.id == again
    assert [p.id for p in store.read(people.people, team_id, gone=True)] == [mia, again]


def test_leaving_takes_everything_at_once(store: Store, team_id: int) -> None:
    """A leaver has no role, no conversation, and stands in for nobody (S9)."""
    mia = put(store, team_id, 1)
    tom = put(store, team_id, 2, stand_in=mia)
    store.write(drafts.put_dialogue, team_id, 1, {"at": "intake"}, NOW)
    store.write(people.leave, mia, NOW)
    assert store.read(people.person_by_user, team_id, 1) is None
    assert store.read(drafts.dialogue, team_id, 1) is None
    left = store.read(people.person_by_id, tom)
    assert left is not None and left.stand_in is None


def test_who_is_forgotten_has_no_name_left(store: Store, team_id: int) -> None:
    """Name, Telegram id and language go, the number stays for history (row 84, privacy)."""
    invite(store, team_id, trusted=True)
    won = redeem(store, team_id, 7)
    assert isinstance(won, Redeemed) and won.person is not None
    number = won.person.id
    store.write(people.forget, number, NOW)
    found = store.read(people.person_by_id, number)
    assert found is not None
    assert (found.name, found.user_id, found.language, found.state) == ("", None, None, "left")
    assert store.read(people.person_by_user, team_id, 7) is None
    again = put(store, team_id, 7)
    assert again != number


def test_old_invitations_are_purged(store: Store, team_id: int) -> None:
    """An invitation that let nobody in is not kept with its name (privacy)."""
    invite(store, team_id)
    assert store.write(people.purge_invites, team_id, NOW + 48 * HOUR) == 0
    assert store.write(people.purge_invites, team_id, NOW + 49 * HOUR) == 1
    assert redeem(store, team_id, 1) == Refused("unknown")


def test_changes_are_named_and_of_somebody(store: Store, team_id: int) -> None:
    """Only known fields change, only of a person who is there."""
    mia = put(store, team_id, 1)
    store.write(people.set_person, mia, role="coordinator", works=(4,), chat_ok=False)
    found = store.read(people.person_by_id, mia)
    assert found is not None
    assert (found.role, found.works, found.chat_ok) == ("coordinator", (4,), False)
    with pytest.raises(AssertionError):
        store.write(people.set_person, mia, team_id=2)
    for change in (partial(store.write, people.set_person, 10**9, role="worker"),
                   partial(store.write, people.leave, 10**9, NOW)):  # fmt: skip
        with pytest.raises(NotFound):
            change()


def test_leave_is_seen_until_its_last_day(store: Store, team_id: int) -> None:
    """Absences that end on the day or later; a stand-in counts once they accepted."""
    mia, tom, eva = (put(store, team_id, n) for n in (1, 2, 3))
    first, last = date(2027, 9, 13), date(2027, 9, 17)
    leave = store.write(people.put_absence, mia, first, last, tom, False, NOW)
    (found,) = store.read(people.absences, team_id, last)
    assert found == people.Absence(
        id=leave, person_id=mia, from_on=first, to_on=last, stand_in=tom, accepted=False
    )
    assert store.read(people.absences, team_id, last + timedelta(days=1)) == ()
    assert not store.write(people.accept_absence, leave, eva)
    assert store.write(people.accept_absence, leave, tom)
    assert store.read(people.absences, team_id, first)[0].accepted
    store.write(people.set_absence, leave, stand_in=eva, to_on=last + timedelta(days=3))
    (moved,) = store.read(people.absences, team_id, last + timedelta(days=1))
    assert (moved.stand_in, moved.accepted) == (eva, False)
    store.write(people.drop_absence, leave)
    assert store.read(people.absences, team_id, first) == ()


def test_an_invitation_lets_one_person_in_after_confirmation(store: Store, team_id: int) -> None:
    """Redeemed once, confirmed once; before that no role (S7, bad_inputs 21)."""
    number = invite(store, team_id)
    won = redeem(store, team_id, 1)
    assert isinstance(won, Redeemed) and won.person is None and won.invite.id == number
    assert store.read(people.person_by_user, team_id, 1) is None
    assert redeem(store, team_id, 2) == Refused("used")
    assert redeem(store, team_id, 1) == Refused("used")
    joined = store.write(people.confirm_invite, number, None, NOW)
    assert isinstance(joined, people.Person)
    assert (joined.user_id, joined.role, joined.name, joined.state) == (
        1,
        "worker",
        "Mia",
        "active",
    )
    assert store.write(people.confirm_invite, number, None, NOW) == Refused("used")
    assert store.read(people.invites, team_id) == ()


def test_an_invitation_made_on_the_command_line_needs_no_confirmation(
    store: Store, team_id: int
) -> None:
    """`kier invite --role coordinator` lets the first coordinator in at once (design 6)."""
    invite(store, team_id, "coordinator", trusted=True)
    won = redeem(store, team_id, 1)
    assert isinstance(won, Redeemed) and won.person is not None
    assert won.person.role == "coordinator"


@pytest.mark.parametrize(("late_s", "wins"), [(-1, True), (0, False), (1, False)])
def test_an_invitation_ends_on_the_second(
    store: Store, team_id: int, late_s: int, wins: bool
) -> None:
    """A second before its end it counts, at its end it does not (bad_inputs 21)."""
    invite(store, team_id)
    outcome = redeem(store, team_id, 1, NOW + 48 * HOUR + timedelta(seconds=late_s))
    assert isinstance(outcome, Redeemed) is wins
    assert wins or outcome == Refused("expired")


def test_what_cannot_be_redeemed_is_refused(store: Store, team_id: int) -> None:
    """Unknown, another team's, burnt in a group, declined: nobody gets in."""
    other = store.write(teams.put_team, f"other {team_id}", {}, NOW)
    number = invite(store, team_id)
    assert redeem(store, other, 1) == Refused("unknown")
    assert store.write(people.confirm_invite, number, None, NOW) == Refused("used")
    assert store.write(people.confirm_invite, 10**9, None, NOW) == Refused("unknown")
    burnt = store.write(people.burn_invite, team_id, CODE)
    assert burnt is not None and burnt.id == number
    assert store.write(people.burn_invite, team_id, CODE) is None
    assert redeem(store, team_id, 1) == Refused("used")
    assert not store.write(people.decline_invite, number)


def test_a_role_is_raised_and_never_lowered_by_an_invitation(store: Store, team_id: int) -> None:
    """A reporter who becomes a worker stays one person; an own old role burns nothing (row 21)."""
    mia = put(store, team_id, 1, role="reporter", name="Mia")
    chief = put(store, team_id, 2, role="coordinator")
    number = invite(store, team_id)
    assert redeem(store, team_id, 2) == Refused("has_role")
    assert isinstance(redeem(store, team_id, 1), Redeemed)
    joined = store.write(people.confirm_invite, number, "Mia P.", NOW)
    assert isinstance(joined, people.Person)
    assert (joined.id, joined.role, joined.name) == (mia, "worker", "Mia P.")
    assert chief != mia


def test_of_two_at_once_exactly_one_wins(store: Store, team_id: int) -> None:
    """Two people redeem one invitation in the same moment (S7)."""
    invite(store, team_id)

    async def both() -> list[Redeemed | Refused]:
        unit = [
            (lambda c, user=user: people.redeem_invite(c, team_id, CODE, user, NOW))
            for user in range(1, 9)
        ]
        return await asyncio.gather(*map(store.database.write, unit))

    outcomes = store.run(both())
    assert sum(isinstance(outcome, Redeemed) for outcome in outcomes) == 1


def test_a_team_keeps_its_settings_and_small_things(store: Store, team_id: int) -> None:
    """The team file is read anew at each start; a removal in the database is not undone by it."""
    name = f"Ravels {team_id}"
    number = store.write(teams.put_team, name, {"language": "nl-BE"}, NOW)
    assert store.write(teams.put_team, name, {"language": "en"}, NOW + HOUR) == number
    found = store.read(teams.team, number)
    assert found == teams.Team(id=number, name=name, settings={"language": "en"}, created_at=NOW)
    assert found in store.read(teams.teams)
    assert store.read(teams.team, 10**9) is None
    with pytest.raises(NotFound):
        store.read(teams.secret_of, 10**9)
    assert store.read(teams.flag, number, "channel") is None
    store.write(teams.set_flag, number, "channel", {"chat": -100}, NOW)
    store.write(teams.set_flag, number, "channel", {"chat": -200}, NOW + HOUR)
    assert store.read(teams.flag, number, "channel") == teams.Flag(
        value={"chat": -200}, at=NOW + HOUR
    )
    store.write(teams.drop_flag, number, "channel")
    assert store.read(teams.flag, number, "channel") is None


def test_a_moment_without_a_zone_is_our_mistake(store: Store, team_id: int) -> None:
    """Naive moments never reach the database."""
    with pytest.raises(Exception, match="a moment without a zone"):
        put(store, team_id, 1, now=NOW.replace(tzinfo=None))
    with pytest.raises(IntegrityError):
        store.write(lambda c: c.execute(insert(person), {"team_id": team_id}))
    assert (
        store.read(lambda c: c.execute(select(person).where(person.c.team_id == team_id)).all())
        == []
    )


def test_a_name_that_is_not_unicode_is_kept_readable(store: Store, team_id: int) -> None:
    """NUL and halves of surrogate pairs in a name raise nothing on either database (row 13)."""
    mia = put(store, team_id, 1, name="a\0b\ud800c")
    found = store.read(people.person_by_id, mia)
    assert found is not None and found.name == "a\0b?c"

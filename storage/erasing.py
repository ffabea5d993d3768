"""Erasing for good: cases, who reported them, and the words about them that are kept elsewhere.

A case's own values go with its key (`history.erase_case`). The rest does not know whose words it
holds: what has done its work (messages that were sent, updates that were handled, dead letters) is
emptied for the whole team, and a conversation about the case is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, exists, select

from storage import drafts, history, inbox, outbox, people
from storage.tables import case_person, dialogue, kase, person


def erase_cases(c: Connection, team_id: int, case_ids: Iterable[int], now: datetime) -> int:
    """Erase these cases of the team, and the words about them elsewhere; return how many.

    A second time changes nothing (row 84). On disk it is gone after `Database.fold_log`.
    """
    of_team = set(case_ids)
    for case_id in sorted(of_team):
        history.erase_case(c, case_id, now)
    if of_team:
        empty_settled(c, team_id, now)
        drafts.drop_about(c, team_id, frozenset(of_team))
    return len(of_team)


def empty_settled(c: Connection, team_id: int, now: datetime) -> None:
    """Leave no words in what has done its work; what waits, or is under way, keeps its own."""
    outbox.empty_settled(c, team_id, now)
    inbox.empty_settled(c, team_id)


def to_forget(
    c: Connection, team_id: int, *, joined_before: datetime | None, left_before: datetime
) -> tuple[int, ...]:
    """Return whom nothing is kept for any more, by number.

    Reporters who came before `joined_before` (None: none of them) and have no case that is not
    erased, and no conversation; and members who left before `left_before` and are named still.
    """
    on_case = (
        select(case_person.c.person_id)
        .join(kase, kase.c.id == case_person.c.case_id)
        .where(case_person.c.person_id == person.c.id, kase.c.erased_at.is_(None))
    )
    talks = exists().where(
        dialogue.c.team_id == person.c.team_id, dialogue.c.user_id == person.c.user_id
    )
    here = select(person.c.id, person.c.name).where(person.c.team_id == team_id, ~on_case.exists())
    left = here.where(person.c.state == "left", person.c.left_at < left_before)
    found = [row.id for row in c.execute(left) if row.name]
    if joined_before is not None:
        came = here.where(
            person.c.state != "left",
            person.c.role == "reporter",
            person.c.created_at < joined_before,
            ~talks,
        )
        found += [row.id for row in c.execute(came)]
    return tuple(sorted(found))


def forget_people(c: Connection, person_ids: Iterable[int], now: datetime) -> int:
    """Forget who these were; return how many."""
    number = 0
    for person_id in person_ids:
        people.forget(c, person_id, now)
        number += 1
    return number

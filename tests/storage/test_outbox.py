from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from storage import buttons, outbox, people, teams
from storage.outbox import AfterDoubt, OutgoingRow
from storage.tables import case_person, kase, procedure_version
from tests.storage.conftest import NOW, Store

SECOND = timedelta(seconds=1)


def row(team_id: int, chat_id: int = 1, **given: Any) -> OutgoingRow:
    values: dict[str, Any] = {
        "team_id": team_id,
        "chat_id": chat_id,
        "kind": "screen",
        "method": "sendMessage",
        "payload": {"text": "Dag Mia"},
        "meta": {"step": "phone_w1"},
    }
    return OutgoingRow(**values | given)


def put(store: Store, *rows: OutgoingRow) -> tuple[int, ...]:
    return store.write(lambda c: tuple(outbox.put(c, row, NOW) for row in rows))


def claimed(store: Store, team_id: int, limit: int = 30, after_s: int = 0) -> list[int]:
    now = NOW + after_s * SECOND
    return [found.id for found in store.write(outbox.claim, team_id, now, limit)]


def put_case(store: Store, team_id: int, *on_it: int) -> int:
    """A case with nothing but its row and who is on it."""

    def unit(c: Any) -> int:
        version = c.execute(
            insert(procedure_version),
            {"team_id": team_id, "key": "ravels", "version": 1, "text": "", "sha": ""},
        ).inserted_primary_key[0]
        values = {
            "team_id": team_id,
            "ref": "K7QM-4T",
            "procedure_id": version,
            "state": "open",
            "chain_head": b"",
            "opened_at": NOW,
        }
        case_id: int = c.execute(insert(kase), values).inserted_primary_key[0]
        for person_id in on_it:
            c.execute(
                insert(case_person),
                {"team_id": team_id, "case_id": case_id, "person_id": person_id, "part": "worker"},
            )
        return case_id

    return store.write(unit)


def put_worker(store: Store, team_id: int, user_id: int, role: str = "worker") -> int:
    return store.write(
        people.put_person, team_id, name=f"W{user_id}", role=role, user_id=user_id, now=NOW
    )


def test_a_message_is_claimed_as_it_was_put(store: Store, team_id: int) -> None:
    """What the sender gets is what was queued, with the attempt counted and its beginning."""
    message = store.write(outbox.put, row(team_id, 42, lane=1), NOW)
    (found,) = store.write(outbox.claim, team_id, NOW + SECOND, 30)
    assert (found.id, found.chat_id, found.lane, found.kind) == (message, 42, 1, "screen")
    assert (found.payload, found.meta) == ({"text": "Dag Mia"}, {"step": "phone_w1"})
    assert (found.attempts, found.again, found.queued_at) == (1, False, NOW)
    assert found.started_at == NOW + SECOND
    assert claimed(store, team_id) == []


def test_replies_go_before_bulk_and_each_in_order(store: Store, team_id: int) -> None:
    """A person's answer does not wait behind a burst (P13)."""
    ids = put(store, *(row(team_id, n, lane=1) for n in range(5)), row(team_id, 9, lane=0))
    assert claimed(store, team_id, limit=3) == [ids[5], ids[0], ids[1]]
    assert claimed(store, team_id, limit=3) == [ids[2], ids[3], ids[4]]


def test_one_message_a_chat_is_under_way_at_once(store: Store, team_id: int) -> None:
    """Messages to one chat keep their order: the next is claimed when the first is settled."""
    first, other, second = put(store, row(team_id, 1), row(team_id, 2), row(team_id, 1))
    assert claimed(store, team_id) == [first, other]
    assert claimed(store, team_id) == []
    assert store.write(outbox.sent, first, 100, NOW)
    assert claimed(store, team_id) == [second]


def test_a_chat_with_hundreds_waiting_hides_no_other(store: Store, team_id: int) -> None:
    """Somebody to whom much is to be said does not delay the others."""
    many = put(store, *(row(team_id, 1) for _ in range(500)), row(team_id, 2))
    assert claimed(store, team_id) == [many[0], many[500]]


def test_nothing_is_sent_before_its_moment(store: Store, team_id: int) -> None:
    """`not_before` is kept; the earliest one is what the sender wakes for."""
    assert store.read(outbox.oldest_due, team_id) is None
    later = NOW + timedelta(minutes=10)
    (message,) = put(store, row(team_id, 1, not_before=later))
    assert store.read(outbox.oldest_due, team_id) == later
    assert claimed(store, team_id, after_s=599) == []
    assert claimed(store, team_id, after_s=600) == [message]


def test_a_retry_holds_its_chat_until_its_moment(store: Store, team_id: int) -> None:
    """After a 429 or 5xx nothing overtakes the message that waits (promises, outbox)."""
    first, second = put(store, row(team_id, 1), row(team_id, 1, lane=0))
    assert claimed(store, team_id) == [first]
    store.write(outbox.retry, first, NOW + 30 * SECOND, "429", NOW)
    assert claimed(store, team_id, after_s=29) == []
    assert claimed(store, team_id, after_s=30) == [first]
    store.write(outbox.sent, first, 5, NOW)
    assert claimed(store, team_id, after_s=31) == [second]


def test_doubt_is_answered_by_one_marked_repeat_and_then_by_a_person(
    store: Store, team_id: int
) -> None:
    """Copies never exceed two; then somebody knows that it perhaps did not arrive (P5)."""
    (message,) = put(store, row(team_id))
    claimed(store, team_id)
    assert store.write(outbox.ambiguous, message, NOW) is AfterDoubt.AGAIN
    (found,) = store.write(outbox.claim, team_id, NOW, 1)
    assert (found.id, found.again, found.attempts) == (message, True, 2)
    assert store.write(outbox.ambiguous, message, NOW) is AfterDoubt.GAVE_UP
    assert claimed(store, team_id, after_s=3600) == []
    (unsent,) = store.read(outbox.unsent, team_id)
    assert (unsent.id, unsent.state, unsent.code) == (message, "uncertain", "ambiguous")


def test_a_crash_while_sending_is_doubt(store: Store, team_id: int) -> None:
    """Rows left in `sending` by a crash are judged at the next start (P5)."""
    once, twice, edit = put(store, row(team_id, 1), row(team_id, 2), row(team_id, 3, kind="edit"))
    claimed(store, team_id)
    store.write(outbox.ambiguous, twice, NOW)
    claimed(store, team_id)
    assert store.write(outbox.recover, team_id, NOW, lapsed_only=True) == (0, 0)
    late = NOW + outbox.LEASE + SECOND
    assert store.write(outbox.recover, team_id, late, lapsed_only=True) == (2, 1)
    again = {c.id: c.again for c in store.write(outbox.claim, team_id, late, 9)}
    assert again == {once: True, edit: False}


def test_who_left_is_sent_nothing_but_deletions(store: Store, team_id: int) -> None:
    """No sending to a person begins after their removal was committed (P7, S9)."""
    worker = put_worker(store, team_id, 70)
    before, deletion = put(
        store,
        row(team_id, 70, person_id=worker),
        row(team_id, 71, person_id=worker, kind="delete"),
    )
    store.write(people.leave, worker, NOW)
    after = store.write(outbox.put, row(team_id, 70, person_id=worker), NOW)
    assert claimed(store, team_id) == [deletion]
    assert store.read(outbox.counts, team_id) == {"cancelled": 2, "sending": 1}
    assert before < after


@pytest.mark.parametrize("kind", ["prompt", "nudge", "alert", "info"])
def test_who_lost_the_case_is_told_nothing_about_it(store: Store, team_id: int, kind: str) -> None:
    """The claim checks who is on the case; a reply to their own press still goes (P7)."""
    mia, tom = put_worker(store, team_id, 1), put_worker(store, team_id, 2)
    chief = put_worker(store, team_id, 3, "coordinator")
    case_id = put_case(store, team_id, tom)
    about = {"case_id": case_id, "kind": kind}
    lost, _kept, to_chief, reply = put(
        store,
        row(team_id, 1, person_id=mia, **about),
        row(team_id, 2, person_id=tom, **about),
        row(team_id, 3, person_id=chief, **about),
        row(team_id, 1, person_id=mia, case_id=case_id, kind="answer"),
    )
    assert claimed(store, team_id) == [_kept, to_chief, reply]
    assert lost not in (_kept, to_chief, reply)
    assert store.read(outbox.counts, team_id)["cancelled"] == 1


def test_a_stand_in_is_told_what_the_absent_one_would(store: Store, team_id: int) -> None:
    """Leave moves the recipient: along accepted stand-ins, also in a circle, never beyond."""
    mia, tom, eva, lou = (put_worker(store, team_id, n) for n in range(1, 5))
    case_id = put_case(store, team_id, mia)
    day = date(2027, 9, 13)
    store.write(people.put_absence, mia, day, day, tom, True, NOW)
    store.write(people.set_person, tom, stand_in=eva)
    store.write(people.set_person, eva, stand_in=mia)
    store.write(people.put_absence, mia, day, day, lou, False, NOW)
    ids = put(
        store,
        *(row(team_id, n, person_id=n_id, case_id=case_id, kind="prompt")
          for n, n_id in enumerate((mia, tom, eva, lou))),
    )  # fmt: skip
    assert claimed(store, team_id) == list(ids[:3])


def test_cancelling_takes_what_is_queued_only(store: Store, team_id: int) -> None:
    """By person, by person and case, by prompt, by case: what is under way is not undone."""
    mia = put_worker(store, team_id, 1)
    case_id = put_case(store, team_id, mia)
    under_way, one, two = put(
        store,
        row(team_id, 1, person_id=mia, case_id=case_id),
        row(team_id, 1, person_id=mia, case_id=case_id),
        row(team_id, 1, person_id=mia),
    )
    assert claimed(store, team_id) == [under_way]
    assert store.write(outbox.cancel_for, mia, case_id, NOW) == 1
    assert store.write(outbox.cancel_for, mia, None, NOW) == 1
    assert store.write(outbox.sent, under_way, 1, NOW)
    assert store.read(outbox.counts, team_id) == {"cancelled": 2, "sent": 1}
    assert store.write(outbox.empty_case, case_id, NOW) == 0
    assert one < two


def test_a_prompt_learns_which_message_carries_it(store: Store, team_id: int) -> None:
    """A reply finds the prompt by chat and message; closed unsent, it is cancelled."""
    mia = put_worker(store, team_id, 1)
    case_id = put_case(store, team_id, mia)
    prompts = [
        store.write(buttons.put_prompt, team_id, case_id, mia, "phone_w1", "ask", None, NOW)
        for _ in range(2)
    ]
    first = store.write(outbox.put, row(team_id, 8, prompt_id=prompts[0], kind="prompt"), NOW)
    second = store.write(outbox.put, row(team_id, 9, kind="prompt"), NOW)
    tied = store.write(buttons.put_prompt, team_id, case_id, mia, "visit_1", "ask", second, NOW)
    claimed(store, team_id)
    store.write(outbox.sent, first, 500, NOW)
    found = store.read(buttons.prompt_of_message, team_id, 8, 500)
    assert found is not None and (found.id, found.outbox_id) == (prompts[0], first)
    shown = store.read(buttons.prompt, tied)
    assert shown is not None and (shown.outbox_id, shown.chat_id) == (second, 9)
    late = store.write(outbox.put, row(team_id, 10, prompt_id=prompts[1]), NOW)
    assert store.write(outbox.cancel_prompt, prompts[1], NOW) == 1
    assert late not in claimed(store, team_id)


def test_a_settled_message_is_not_settled_again(store: Store, team_id: int) -> None:
    """An outcome that comes after another one changes nothing."""
    (message,) = put(store, row(team_id))
    assert not store.write(outbox.sent, message, 1, NOW)
    claimed(store, team_id)
    assert store.write(outbox.failed, message, "403", NOW)
    assert not store.write(outbox.sent, message, 1, NOW)
    assert not store.write(outbox.retry, message, NOW, "5xx", NOW)
    assert store.read(outbox.counts, team_id) == {"failed": 1}


def test_who_comes_back_gets_what_failed(store: Store, team_id: int) -> None:
    """After 'blocked by the user' the message is tried again when the person is back (row 59)."""
    mia = put_worker(store, team_id, 1)
    (message,) = put(store, row(team_id, 1, person_id=mia))
    claimed(store, team_id)
    store.write(outbox.failed, message, "403", NOW)
    assert store.write(outbox.retry_person, mia, NOW) == 1
    assert claimed(store, team_id) == [message]


def test_a_group_that_moved_is_sent_to_where_it_is(store: Store, team_id: int) -> None:
    """Group to supergroup: what waits goes to the new chat, in one unit (row 54)."""
    under_way, waiting = put(store, row(team_id, -5), row(team_id, -5))
    claimed(store, team_id)
    assert store.write(outbox.migrate_chat, team_id, -5, -1005) == 1
    store.write(outbox.retry, under_way, NOW, "migrated", NOW)
    (found,) = store.write(outbox.claim, team_id, NOW, 9)
    assert (found.id, found.chat_id) == (under_way, -1005)
    assert waiting > under_way


def test_settled_messages_are_purged_after_their_term(store: Store, team_id: int) -> None:
    """What was sent is not kept for ever; what waits is (privacy)."""
    old, waiting = put(store, row(team_id, 1), row(team_id, 2, not_before=NOW + SECOND))
    claimed(store, team_id)
    store.write(outbox.sent, old, 1, NOW)
    assert store.write(outbox.purge, team_id, NOW) == 0
    assert store.write(outbox.purge, team_id, NOW + SECOND) == 1
    assert claimed(store, team_id, after_s=1) == [waiting]


def test_teams_do_not_send_for_each_other(store: Store, team_id: int) -> None:
    """A claim takes its own team's messages only."""
    other = store.write(teams.put_team, f"other {team_id}", {}, NOW)
    put(store, row(other))
    assert claimed(store, team_id) == []
    assert len(claimed(store, other)) == 1


def test_a_clock_that_ran_ahead_holds_nothing_up(store: Store, team_id: int) -> None:
    """Row 75, P4, P12: what was queued or tried while the clock was a month ahead goes when it is
    right again, and its chat with it; what is meant for later waits."""
    ahead = NOW + timedelta(days=30)
    tried, behind, later = put(
        store, row(team_id, 1), row(team_id, 1), row(team_id, 2, not_before=NOW + 60 * SECOND)
    )
    new = store.write(outbox.put, row(team_id, 3), ahead)
    (found,) = store.write(outbox.claim, team_id, ahead, 1)
    assert found.id == tried
    store.write(outbox.retry, tried, ahead + SECOND, "429", ahead)
    assert claimed(store, team_id) == []
    assert store.write(outbox.clock_set_back, team_id, NOW) == 2
    assert claimed(store, team_id) == [tried, new]
    store.write(outbox.sent, tried, 1, NOW)
    assert claimed(store, team_id) == [behind]
    assert claimed(store, team_id, after_s=60) == [later]

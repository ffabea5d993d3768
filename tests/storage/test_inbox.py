from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from storage import inbox
from tests.storage.conftest import NOW, Store


def body(number: int, user: int = 7, words: str = "dag") -> bytes:
    return json.dumps(
        {"update_id": number, "message": {"date": 1, "from": {"id": user}, "text": words}}
    ).encode()


def test_an_update_delivered_a_hundred_times_is_stored_once(store: Store, team_id: int) -> None:
    """One update takes effect once, however often it is delivered (P3, bad_inputs 9 and 18)."""
    for _ in range(50):
        store.write(inbox.store, team_id, [body(5), body(5)], NOW)
    spelled_otherwise = json.dumps(json.loads(body(5)), indent=1).encode()
    assert store.write(inbox.store, team_id, [spelled_otherwise], NOW).count == 0
    (row,) = store.read(inbox.next_lanes, team_id, 10)
    store.write(inbox.done, row.id, NOW)
    assert store.write(inbox.store, team_id, [body(5)], NOW) == inbox.Stored(count=0, cursor=5)
    assert store.read(inbox.next_lanes, team_id, 10) == ()


def test_the_same_number_with_another_body_is_another_update(store: Store, team_id: int) -> None:
    """After an idle week Telegram numbers anew: both take effect (bad_inputs 10 and 11)."""
    stored = store.write(
        inbox.store,
        team_id,
        [body(5, 1, "a"), body(5, 2, "b"), body(1_000_005, 3), body(2, 4)],
        NOW,
    )
    assert stored == inbox.Stored(count=4, cursor=2)
    assert [row.update_id for row in store.read(inbox.next_lanes, team_id, 10)] == [
        5,
        5,
        1_000_005,
        2,
    ]
    known = store.read(inbox.cursor, team_id)
    assert known is not None and (known.value, known.at) == (2, NOW)


@pytest.mark.parametrize(
    ("raw", "code", "number"),
    [
        (b"", "not_json", None),
        (b"null", "not_an_update", None),
        (b"[]", "not_an_update", None),
        (b'{"message": {}}', "no_update_id", None),
        (b'{"update_id": "5"}', "no_update_id", None),
        (b'{"update_id": true}', "no_update_id", None),
        (b'{"update_id": -1}', "no_update_id", None),
        (b'{"update_id": 9223372036854775808}', "no_update_id", None),
        (b'{"update_id": 6, "message": {"text": "\xff"}}', "not_utf8", 6),
        (b'{"update_id": 6, "message": {"from": {"id": "x"}}}', "bad_user_id", 6),
        (b'{"update_id": 6, "message": {"from": {"id": 99999999999999999999}}}', "bad_user_id", 6),
        (b'{"update_id": 6, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "not_json", 6),
        (b'{"update_id": 6, "x": "' + b"a" * 2_000_000 + b'"}', "too_large", 6),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_update_is_a_dead_letter_and_the_next_goes_on(
    store: Store, team_id: int, raw: bytes, code: str, number: int | None
) -> None:
    """A body that is no update is seen by a person and stops nothing (P2, rows 1, 2, 12-14)."""
    stored = store.write(inbox.store, team_id, [raw, raw], NOW)
    assert stored == inbox.Stored(count=1, cursor=number, dead=1)
    assert store.write(inbox.store, team_id, [raw, body(7)], NOW).count == 1
    (letter,) = store.read(inbox.dead_letters, team_id)
    assert (letter.code, letter.update_id, letter.attempts) == (code, number, 0)
    assert [row.update_id for row in store.read(inbox.next_lanes, team_id, 10)] == [7]


@pytest.mark.parametrize("deep", [400, 2_000])
def test_depth_and_dirt_raise_nothing(store: Store, team_id: int, deep: int) -> None:
    """Deep nesting, NUL and halves of surrogate pairs never raise; emoji stay (rows 12 and 13)."""
    nested = b'{"update_id": 1, "x": ' + b"[" * deep + b'"\\u0000"' + b"]" * deep + b"}"
    dirty = b'{"update_id": 2, "message": {"text": "a\\u0000b\\ud800c\\ud83d\\ude00 \\\\u0000"}}'
    assert store.write(inbox.store, team_id, [nested, dirty], NOW).count == 2
    last = store.read(inbox.next_lanes, team_id, 10, frozenset())[0]
    if last.update_id == 1:
        store.write(inbox.done, last.id, NOW)
        last = store.read(inbox.next_lanes, team_id, 10)[0]
    text = json.loads(last.raw)["message"]["text"]
    assert text == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c😀 \\u0000"


def test_each_lane_gives_its_oldest_in_order(store: Store, team_id: int) -> None:
    """One person's updates are handled one after the other; lanes do not wait for each other."""
    bodies = [body(1, 50), body(2, 50), body(3, -60), body(4, 2**52 + 1), body(5, -60)]
    store.write(inbox.store, team_id, bodies, NOW)
    rows = store.read(inbox.next_lanes, team_id, 10)
    assert [(row.lane, row.update_id) for row in rows] == [(50, 1), (-60, 3), (2**52 + 1, 4)]
    assert [r.update_id for r in store.read(inbox.next_lanes, team_id, 2)] == [1, 3]
    assert [r.update_id for r in store.read(inbox.next_lanes, team_id, 9, frozenset({50}))] == [
        3,
        4,
    ]
    store.write(inbox.refused, rows[0].id, "unknown", NOW)
    assert store.read(inbox.next_lanes, team_id, 1)[0].update_id == 2


def test_an_update_is_taken_only_at_the_head_of_its_lane(store: Store, team_id: int) -> None:
    """What is settled, or behind an older update of the same person, is not taken."""
    store.write(inbox.store, team_id, [body(1), body(2)], NOW)
    (first,) = store.read(inbox.next_lanes, team_id, 10)
    assert store.write(inbox.take, first.id + 1) is None
    assert store.write(inbox.take, first.id) == first
    store.write(inbox.done, first.id, NOW)
    assert store.write(inbox.take, first.id) is None
    second = store.write(inbox.take, first.id + 1)
    assert second is not None and second.update_id == 2


def test_the_fifth_failure_parks_an_update(store: Store, team_id: int) -> None:
    """A row that cannot be handled becomes a dead letter and its lane goes on (P2)."""
    store.write(inbox.store, team_id, [body(1), body(2)], NOW)
    row_id = store.read(inbox.next_lanes, team_id, 1)[0].id
    for attempt in range(1, 5):
        store.write(inbox.failed, row_id, "AssertionError", NOW)
        assert store.read(inbox.next_lanes, team_id, 1)[0].attempts == attempt
    store.write(inbox.failed, row_id, "AssertionError", NOW + timedelta(hours=1))
    (letter,) = store.read(inbox.dead_letters, team_id)
    assert (letter.code, letter.attempts, letter.raw) == ("AssertionError", 5, body(1))
    assert letter.settled_at == NOW + timedelta(hours=1)
    assert store.read(inbox.next_lanes, team_id, 1)[0].update_id == 2
    store.write(inbox.failed, row_id, "again", NOW)
    assert store.read(inbox.dead_letters, team_id)[0].attempts == 5


def test_every_update_is_counted_until_it_is_purged(store: Store, team_id: int) -> None:
    """Received = new + done + refused + dead; only settled rows past the term go (P2, privacy)."""
    store.write(inbox.store, team_id, [body(n, n) for n in range(1, 5)] + [b"x"], NOW)
    rows = store.read(inbox.next_lanes, team_id, 10)
    store.write(inbox.done, rows[0].id, NOW)
    store.write(inbox.refused, rows[1].id, "flood", NOW)
    store.write(inbox.done, rows[2].id, NOW + timedelta(days=8))
    found = store.read(inbox.counts, team_id)
    assert found == inbox.Counts(new=1, done=2, refused=1, dead=1)
    assert store.write(inbox.purge, team_id, NOW + timedelta(days=7)) == 2
    found = store.read(inbox.counts, team_id)
    assert found == inbox.Counts(new=1, done=1, refused=0, dead=1)


def test_the_lane_is_the_sender_else_the_chat(store: Store, team_id: int) -> None:
    """Presses, reactions, channel posts: each kind of update finds its lane."""
    updates: list[dict[str, Any]] = [
        {"callback_query": {"from": {"id": 1}, "message": {"chat": {"id": 9}}}},
        {"message_reaction": {"chat": {"id": 9}, "user": {"id": 2}}},
        {"channel_post": {"chat": {"id": -3}}},
        {"my_chat_member": {"chat": {"id": 9}, "from": {"id": 4}}},
        {"message": {"chat": None, "from": {"id": 5}}},
        {"something_new": 1},
    ]
    bodies = [json.dumps({"update_id": n, **part}).encode() for n, part in enumerate(updates)]
    store.write(inbox.store, team_id, bodies, NOW)
    rows = store.read(inbox.next_lanes, team_id, 10)
    assert [row.lane for row in rows] == [1, 2, -3, 4, 5, 0]


def test_a_team_never_sees_another_team(store: Store, team_id: int) -> None:
    """Rows of one team are nobody else's, and the same body may come to two teams."""
    from storage import teams

    other = store.write(teams.put_team, f"other {team_id}", {}, NOW)
    store.write(inbox.store, team_id, [body(1)], NOW)
    assert store.write(inbox.store, other, [body(1)], NOW).count == 1
    assert len(store.read(inbox.next_lanes, other, 10)) == 1
    assert store.read(inbox.counts, other).new == 1


def test_what_waits_behind_an_update_is_its_lanes_own(store: Store, team_id: int) -> None:
    """Pieces of a text, or the rest of a flood: in order, of the same person, not yet settled."""
    bodies = [body(1, 1), body(2, 2), body(3, 1), body(4, 1), body(5, 1)]
    store.write(inbox.store, team_id, bodies, NOW)
    first = store.read(inbox.next_lanes, team_id, 1)[0]
    behind = store.read(inbox.behind, first, 2)
    assert [row.update_id for row in behind] == [3, 4]
    store.write(inbox.done, behind[0].id, NOW)
    assert [row.update_id for row in store.read(inbox.behind, first, 9)] == [4, 5]


def test_a_full_queue_is_seen(store: Store, team_id: int) -> None:
    """S20: so many that wait and no fewer; what is settled does not count."""
    store.write(inbox.store, team_id, [body(1, 1), body(2, 2)], NOW)
    assert store.read(inbox.is_full, team_id, 2)
    assert not store.read(inbox.is_full, team_id, 3)
    store.write(inbox.done, store.read(inbox.next_lanes, team_id, 1)[0].id, NOW)
    assert not store.read(inbox.is_full, team_id, 2)


def test_a_body_that_is_rewritten_is_the_same_update(store: Store, team_id: int) -> None:
    """Rows 9, 35: what must not stay is gone, and a redelivery is still known."""
    store.write(inbox.store, team_id, [body(1, words="bsn 123456782")], NOW)
    (row,) = store.read(inbox.next_lanes, team_id, 9)
    store.write(inbox.rewrite, row.id, body(1, words="bsn …"))
    (now,) = store.read(inbox.next_lanes, team_id, 9)
    assert b"123456782" not in now.raw
    again = store.write(inbox.store, team_id, [body(1, words="bsn 123456782")], NOW)
    assert again.count == 0

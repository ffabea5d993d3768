"""A case's topic: what waits for it goes there, and what cannot go without it does not."""

from __future__ import annotations

from storage import outbox, topics
from tests.storage.conftest import NOW, Store
from tests.storage.test_outbox import claimed, put, put_case, row

CHANNEL = -100
THREAD = 77


def about(team_id: int, case_id: int, method: str = "sendMessage") -> outbox.OutgoingRow:
    """Return a message of a case to the channel, or a call about its topic."""
    kind: outbox.Kind = "group" if method == "sendMessage" else "topic"
    return row(team_id, CHANNEL, case_id=case_id, kind=kind, method=method)


def asked(store: Store, team_id: int) -> int:
    """Return a case whose topic is being made."""
    case_id = put_case(store, team_id)
    store.write(topics.put, team_id, case_id, CHANNEL, "asked", NOW)
    return case_id


def test_what_waits_goes_to_the_topic_once_it_is_there(store: Store, team_id: int) -> None:
    """The number is looked up as a message is claimed: queued before it was known, too."""
    case_id = asked(store, team_id)
    put(store, about(team_id, case_id))
    store.write(topics.opened, case_id, CHANNEL, THREAD)
    (found,) = store.write(outbox.claim, team_id, NOW, 5)
    assert found.thread_id == THREAD


def test_a_topic_that_is_lost_leaves_the_group(store: Store, team_id: int) -> None:
    """Without it the same message goes to the group itself; it is lost once."""
    case_id = asked(store, team_id)
    store.write(topics.opened, case_id, CHANNEL, THREAD)
    put(store, about(team_id, case_id))
    assert store.write(topics.lost, case_id, "gone")
    assert not store.write(topics.lost, case_id, "gone")
    (found,) = store.write(outbox.claim, team_id, NOW, 5)
    assert found.thread_id is None


def test_what_is_to_be_done_with_a_topic_waits_until_it_is_made(
    store: Store, team_id: int
) -> None:
    """Made and closed before anything was sent: the closing is not lost meanwhile."""
    case_id = asked(store, team_id)
    made, closed = put(
        store,
        about(team_id, case_id, "createForumTopic"),
        about(team_id, case_id, "closeForumTopic"),
    )
    assert claimed(store, team_id) == [made]
    store.write(topics.opened, case_id, CHANNEL, THREAD)
    store.write(outbox.sent, made, None, NOW)
    assert claimed(store, team_id) == [closed]


def test_a_call_about_a_topic_that_is_not_there_is_cancelled(store: Store, team_id: int) -> None:
    """Nothing is closed that was never made."""
    case_id = asked(store, team_id)
    store.write(topics.lost, case_id, "plain")
    put(store, about(team_id, case_id, "closeForumTopic"))
    assert claimed(store, team_id) == []
    assert store.read(outbox.counts, team_id) == {"cancelled": 1}


def test_a_topic_of_another_group_is_none(store: Store, team_id: int) -> None:
    """The channel was changed: a number from the old one means nothing in the new one."""
    case_id = asked(store, team_id)
    store.write(topics.opened, case_id, -5, THREAD)
    found = store.read(topics.topic, case_id)
    assert found is not None
    assert (found.thread_id, found.state) == (None, "asked")


def test_a_topic_moves_with_its_group(store: Store, team_id: int) -> None:
    """Row 54: the group has another id: so has the place of its cases."""
    case_id = asked(store, team_id)
    store.write(outbox.migrate_chat, team_id, CHANNEL, -200)
    found = store.read(topics.topic, case_id)
    assert found is not None
    assert found.chat_id == -200


def test_a_change_becomes_a_message_when_the_group_moves(store: Store, team_id: int) -> None:
    """Row 54: what is queued or under way as a change of an old message is said anew, once."""
    change = row(
        team_id,
        CHANNEL,
        kind="edit",
        method="editMessageText",
        payload={"text": "An neemt het", "message_id": 4},
    )
    (number,) = put(store, change)
    assert claimed(store, team_id) == [number]
    for _ in range(2):
        store.write(outbox.migrate_chat, team_id, CHANNEL, -200)
    store.write(outbox.retry, number, NOW, "migrated", NOW)
    (found,) = store.write(outbox.claim, team_id, NOW, 5)
    assert (found.chat_id, found.method) == (-200, "sendMessage")
    assert found.payload == {"text": "An neemt het"}

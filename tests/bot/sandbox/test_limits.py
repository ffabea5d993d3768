"""Sending limits: watched always, enforced when asked. Source: telegram.md, "Rate"."""

from __future__ import annotations

import pytest

from bot.sandbox import Fault, Limits


@pytest.fixture
def team(sandbox, an) -> int:
    """Return a group with the bot in it."""
    group: int = sandbox.add_group("Team", owner=an)
    sandbox.add_bot(group, an)
    return group


async def test_a_burst_in_one_chat_then_one_a_second(api, sandbox, an, hands) -> None:
    """Three at once in one chat, the fourth is told to wait a second, then it goes."""
    sandbox.set_limits(Limits(enforce=True))
    for number in range(3):
        await api.result("sendMessage", chat_id=an, text=str(number))
    response = await api.post("sendMessage", chat_id=an, text="too soon")
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "1"
    assert response.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert sandbox.last(an)["text"] == "2"
    hands.move(seconds=1)
    await api.result("sendMessage", chat_id=an, text="now")
    assert [call.outcome for call in sandbox.calls] == ["ok", "ok", "ok", "limited", "ok"]


async def test_thirty_a_second_over_all_chats(api, sandbox, hands) -> None:
    """The 31st message within a second is refused, whoever it is for."""
    sandbox.set_limits(Limits(enforce=True))
    people = [sandbox.add_user(f"User {number}") for number in range(31)]
    for user_id in people:
        sandbox.start(user_id)
    for user_id in people[:30]:
        await api.result("sendMessage", chat_id=user_id, text="hi")
    assert (await api.error("sendMessage", chat_id=people[30], text="hi"))[0] == 429
    hands.move(seconds=1)
    await api.result("sendMessage", chat_id=people[30], text="hi")


async def test_twenty_a_minute_in_a_group_edits_included(api, sandbox, team, hands) -> None:
    """Twenty sends and edits a minute in one group; then wait until the first is a minute old."""
    sandbox.set_limits(Limits(enforce=True))
    sent = await api.result("sendMessage", chat_id=team, text="0")
    for number in range(1, 20):
        hands.move(seconds=2)
        await api.result(
            "editMessageText", chat_id=team, message_id=sent["message_id"], text=str(number)
        )
    hands.move(seconds=2)
    answer = await api("sendMessage", chat_id=team, text="too many")
    assert answer["parameters"] == {"retry_after": 20}
    hands.move(seconds=20)
    await api.result("sendMessage", chat_id=team, text="fits")


async def test_violations_are_recorded_when_not_enforced(api, sandbox, an) -> None:
    """Without enforcement nothing is refused, but a test can see what was too much."""
    for number in range(5):
        await api.result("sendMessage", chat_id=an, text=str(number))
    assert [(each.kind, each.chat_id) for each in sandbox.meter.violations] == [("chat", an)] * 2


async def test_sending_before_retry_after_is_over_shows(api, sandbox, an, hands) -> None:
    """A call to a chat before its retry_after is over is recorded as early (row 66)."""
    sandbox.faults.add(Fault(kind="retry_after", retry_after=5), method="sendMessage")
    assert (await api.error("sendMessage", chat_id=an, text="x"))[0] == 429
    hands.move(seconds=4)
    await api.result("sendMessage", chat_id=an, text="x")
    hands.move(seconds=1)
    await api.result("sendMessage", chat_id=an, text="x")
    assert [each.kind for each in sandbox.meter.violations] == ["early"]


async def test_reading_and_answering_do_not_count(api, sandbox, an) -> None:
    """Only what sends or changes a message counts: chat actions and getChat are free."""
    sandbox.set_limits(Limits(enforce=True, chat_burst=1))
    for _ in range(5):
        await api.result("sendChatAction", chat_id=an, action="typing")
        await api.result("getChat", chat_id=an)
    assert sandbox.meter.violations == []

"""getUpdates: what is confirmed, what comes again, who is thrown out. Source: telegram.md."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from bot.sandbox import Sandbox, server, until


def ids(updates: list[Any]) -> list[int]:
    """Return the ids of updates."""
    return [update["update_id"] for update in updates]


async def test_unconfirmed_updates_come_again(api, sandbox, an) -> None:
    """What was handed out but not confirmed by a higher offset is handed out again."""
    for text in ("one", "two", "three"):
        sandbox.user_text(an, text)
    first = await api.result("getUpdates")
    assert [update["message"]["text"] for update in first] == ["one", "two", "three"]
    assert ids(first) == list(range(first[0]["update_id"], first[0]["update_id"] + 3))
    assert await api.result("getUpdates", offset=first[0]["update_id"]) == first
    assert await api.result("getUpdates", offset=first[1]["update_id"]) == first[1:]
    assert await api.result("getUpdates") == first[1:]
    assert await api.result("getUpdates", offset=first[2]["update_id"] + 1) == []
    assert await api.result("getUpdates") == []


async def test_negative_offset_forgets_all_earlier(api, sandbox, an) -> None:
    """offset -1 returns the last update and forgets every earlier one."""
    for text in ("one", "two", "three"):
        sandbox.user_text(an, text)
    last = await api.result("getUpdates", offset=-1)
    assert [update["message"]["text"] for update in last] == ["three"]
    assert await api.result("getUpdates") == last


async def test_limit_is_between_1_and_100(api, sandbox, an) -> None:
    """`limit` cuts the answer; 0 counts as 1, more than 100 as 100."""
    for number in range(103):
        sandbox.user_text(an, str(number))
    assert len(await api.result("getUpdates", limit=2)) == 2
    assert len(await api.result("getUpdates", limit=0)) == 1
    assert len(await api.result("getUpdates", limit=1000)) == 100


async def test_an_offset_from_before_the_reset_confirms_nothing(api, sandbox, an) -> None:
    """After an idle week ids begin elsewhere: a persisted higher offset confirms none of them."""
    sandbox.reset_update_ids(900_000_000)
    sandbox.user_text(an, "before")
    [old] = await api.result("getUpdates")
    stale = old["update_id"] + 1
    assert await api.result("getUpdates", offset=stale) == []
    sandbox.reset_update_ids(5_000)
    sandbox.user_text(an, "after")
    for _ in range(2):
        found = await api.result("getUpdates", offset=stale)
        assert [update["update_id"] for update in found] == [5_000]
    assert await api.result("getUpdates", offset=5_001) == []


async def test_updates_are_kept_for_a_day(api, sandbox, an, hands) -> None:
    """An update that nobody fetched for 24 hours is gone."""
    sandbox.user_text(an, "hello")
    hands.move(hours=23, minutes=59)
    assert len(await api.result("getUpdates")) == 1
    hands.move(minutes=1)
    assert await api.result("getUpdates") == []


async def test_allowed_updates_are_remembered(api, sandbox, an) -> None:
    """allowed_updates stays until named again; the default leaves out chat_member."""
    boss = sandbox.add_user("Boss")
    group = sandbox.add_group("Team", supergroup=True, owner=boss, members=[an])
    sandbox.add_bot(group, boss, admin=True)
    sandbox.updates.clear()
    sandbox.remove_member(group, an, boss)
    kinds = [set(update) - {"update_id"} for update in await api.result("getUpdates", offset=-9)]
    assert kinds == [{"message"}]
    await api.result("getUpdates", offset=-1, allowed_updates=["chat_member"])
    sandbox.updates.clear()
    sandbox.add_member(group, an)
    sandbox.user_text(an, "not wanted")
    found = await api.result("getUpdates")
    assert [set(update) - {"update_id"} for update in found] == [{"chat_member"}]
    await api.result("getUpdates", allowed_updates=[])
    sandbox.user_text(an, "wanted")
    assert (await api.result("getUpdates"))[-1]["message"]["text"] == "wanted"


async def test_allowed_updates_as_form_field(http, sandbox, an) -> None:
    """PTB sends lists as JSON in a form; GET with a query string is the same call."""
    path = f"/bot{sandbox.token}/getUpdates"
    await http.post(path, data={"allowed_updates": '["callback_query"]', "timeout": "0"})
    sandbox.user_text(an, "not wanted")
    assert (await http.get(path, params={"limit": "5"})).json() == {"ok": True, "result": []}


async def test_a_poll_waits_for_the_first_update(api, sandbox, an) -> None:
    """A long poll is answered as soon as something happens, not at its end."""
    poll = asyncio.ensure_future(api.result("getUpdates", timeout=30))
    await until_polling(sandbox)
    sandbox.user_text(an, "now")
    [update] = await asyncio.wait_for(poll, 2)
    assert update["message"]["text"] == "now"


async def test_a_poll_ends_empty_after_its_time(api, monkeypatch) -> None:
    """A poll without updates is answered with none; its time is capped by the server."""
    assert server.POLL_S_MAX == 50
    monkeypatch.setattr(server, "POLL_S_MAX", 0.02)
    assert await asyncio.wait_for(api.result("getUpdates", timeout=3600), 2) == []


async def test_the_second_poller_ends_the_first(api, sandbox, an) -> None:
    """Two pollers: the older one gets 409, the younger one the updates (row 69)."""
    older = asyncio.ensure_future(api("getUpdates", timeout=30))
    await until_polling(sandbox)
    younger = asyncio.ensure_future(api.result("getUpdates", timeout=30))
    answer = await asyncio.wait_for(older, 2)
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: terminated by other getUpdates request")
    sandbox.user_text(an, "for the younger")
    assert len(await asyncio.wait_for(younger, 2)) == 1


async def test_a_webhook_and_a_poll_exclude_each_other(api, sandbox) -> None:
    """setWebhook ends the poll that waits; while it is set, getUpdates is refused."""
    poll = asyncio.ensure_future(api("getUpdates", timeout=30))
    await until_polling(sandbox)
    await api.result("setWebhook", url="https://kier.example/hook")
    answer = await asyncio.wait_for(poll, 2)
    assert answer["description"] == "Conflict: terminated by setWebhook request"
    code, text = await api.error("getUpdates")
    assert code == 409
    assert "while webhook is active" in text
    await api.result("deleteWebhook")
    assert await api.result("getUpdates") == []


async def test_redelivery_ignores_confirmation(api, sandbox, an) -> None:
    """A confirmed update can be delivered again, any number of times (row 9)."""
    sandbox.user_text(an, "once")
    [update] = await api.result("getUpdates")
    confirmed = update["update_id"] + 1
    assert await api.result("getUpdates", offset=confirmed) == []
    sandbox.redeliver(update["update_id"], times=2)
    assert await api.result("getUpdates", offset=confirmed) == [update, update]
    assert await api.result("getUpdates", offset=confirmed) == []


@pytest.mark.parametrize(
    "raw", [b"null", b"[]", b'{"message":{}}', b'{"update_id":1,"message":{"date":1e18}}']
)
async def test_raw_updates_stand_as_they_are(api, sandbox, raw) -> None:
    """Any JSON can be put in the place of an update, and stays until confirmed (rows 1-8)."""
    sandbox.inject_raw(raw)
    for _ in range(2):
        assert await api.result("getUpdates") == [json.loads(raw)]


async def test_injected_updates_get_an_id_and_can_be_out_of_order(api, sandbox) -> None:
    """An object without update_id gets the next one; a given one is kept (rows 2, 11, 14)."""
    taken = sandbox.inject({"message": {"text": "\ud800 NUL \x00"}})
    sandbox.inject({"update_id": taken + 10**6, "unknown_kind": {}})
    sandbox.inject({"update_id": taken + 5, "unknown_kind": {}})
    found = await api.result("getUpdates")
    assert ids(found) == [taken, taken + 10**6, taken + 5]
    assert found[0]["message"]["text"] == "\ud800 NUL \x00"
    assert ids(await api.result("getUpdates", offset=taken + 6)) == [taken + 10**6]


async def test_a_whole_answer_can_be_replaced(http, sandbox, an) -> None:
    """The next getUpdates can be answered with any body, once (row 1)."""
    sandbox.inject_body(b"\xff not JSON")
    path = f"/bot{sandbox.token}/getUpdates"
    assert (await http.get(path)).content == b"\xff not JSON"
    assert (await http.get(path)).json() == {"ok": True, "result": []}


async def until_polling(sandbox: Sandbox) -> None:
    """Return when a poll waits."""
    await until(sandbox, lambda: sandbox.polling)

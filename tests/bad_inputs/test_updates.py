"""Rows 1-14 through the front door: whatever comes in, the next message is handled."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from storage import inbox
from tests.world import CHANNEL, World

Body = dict[str, Any]
Spoil = Callable[[Body], Any]


def message(world: World, **changes: Any) -> Body:
    """Return a whole update with a message in which something is not as it should be."""
    body = world.message("Rita", text="/about")
    return world.numbered({"message": {**body, **changes}})


def without(body: Body, key: str) -> Body:
    """Return the update whose message lacks a field."""
    del body["message"][key]
    return body


async def goes_on(world: World, *raw: bytes) -> dict[str, list[Any]]:
    """Let bytes come in, then an ordinary message; return all that the bytes left behind."""
    await world.sends_raw(*raw)
    left = await world.everything()
    assert (await world.inbox()).new == 0
    await world.says("Zoë", "/about")
    assert "meldlijn" in world.last("Zoë")
    return left


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"true",
        b'"text"',
        b"<html></html>",
        b'{"update_id": 5',
        b"\xff\xfe\x00",
        b'{"message": {"text": "x"}}',
        b'{"update_id": "7"}',
        b'{"update_id": -1}',
        b'{"update_id": 1.5}',
        b'{"update_id": true}',
        b'{"update_id": 99999999999999999999999999}',
        b'{"update_id": 5, "message": {"from": {"id": "70"}, "text": "x"}}',
    ],
)
async def test_what_is_no_update_is_a_dead_letter(world: World, raw: bytes) -> None:
    """Rows 1, 2, 14: not JSON, empty, null, a list, no usable number: a dead letter with a code,
    nothing else is stored, and the next message is handled."""
    left = await goes_on(world, raw)
    letters = await world.read(inbox.dead_letters, team_id=world.team_id)
    assert len(letters) == 1
    assert letters[0].code
    assert left["outbox"] == left["dialogue"] == left["cases" if "cases" in left else "kase"] == []


SPOILT: dict[str, Spoil] = {
    "no date": lambda b: without(b, "date"),
    "no chat": lambda b: without(b, "chat"),
    "chat null": lambda b: {**b, "message": {**b["message"], "chat": None}},
    "no from": lambda b: without(b, "from"),
    "from without is_bot": lambda b: {**b, "message": {**b["message"], "from": {"id": 70}}},
    "text a number": lambda b: {**b, "message": {**b["message"], "text": 12}},
    "message a list": lambda b: {**b, "message": []},
}


@pytest.mark.parametrize("name", list(SPOILT))
async def test_a_message_that_lacks_something_has_no_effect(world: World, name: str) -> None:
    """Rows 3, 5, 6, 14: no date, no chat, no or half a sender, no text: a dead letter of which
    a coordinator hears, no other effect, and the next message is handled."""
    spoilt = SPOILT[name](message(world))
    left = await goes_on(world, json.dumps(spoilt).encode())
    assert (await world.inbox()).dead == 1
    assert (world.count("Rita"), world.count("Carla"), left["dialogue"]) == (0, 1, [])
    assert "kon ik niet verwerken" in world.last("Carla")


@pytest.mark.parametrize("date", [0, -5, 10**18, 10**12])
async def test_a_date_that_cannot_be_true_is_our_own_clocks(world: World, date: int) -> None:
    """Row 4: a date of 0, before it or 10^18: our own clock counts: the message is handled."""
    await goes_on(world, json.dumps(message(world, date=date)).encode())
    assert "meldlijn" in world.last("Rita")


@pytest.mark.parametrize(
    "body",
    [
        {"chat_boost": {}},
        {"business_message": {"text": "x"}},
        {"message_reaction": {"user": {"id": 3}}},
        {"poll": {"id": "1"}},
        {"something_of_2030": [1, 2]},
    ],
)
async def test_an_unknown_kind_is_counted_and_ignored(world: World, body: Body) -> None:
    """Row 7: an update of a kind that we do not know: counted as refused, no effect."""
    left = await goes_on(world, json.dumps(world.numbered(body)).encode())
    assert left["outbox"] == []
    assert (await world.inbox()).refused == 1


async def test_unknown_fields_are_no_obstacle(world: World) -> None:
    """Row 7: fields that we do not know, anywhere: the message is handled."""
    body = message(world, new_field={"a": [1]}, sender_boost_count=3)
    body["message"]["from"]["added_to_attachment_menu"] = True
    await goes_on(world, json.dumps(body).encode())
    assert "meldlijn" in world.last("Rita")


async def test_an_unknown_kind_of_chat_is_a_foreign_group(world: World) -> None:
    """Row 8: a chat of a type that does not exist yet: nothing is answered in it."""
    chat = {"id": -55, "type": "megagroup", "title": "x"}
    await goes_on(world, json.dumps(message(world, chat=chat)).encode())
    assert world.count(-55) == 0


@pytest.mark.parametrize("times", [3, 100])
async def test_redelivery_after_a_restart_is_one_effect(world: World, times: int) -> None:
    """Row 9, P3: delivered over and over, with a restart in between: one answer."""
    raw = json.dumps(message(world)).encode()
    for _ in range(3):
        await world.sends_raw(*[raw] * times)
        world.restart()
    assert world.count("Rita") == 1


async def test_a_body_of_two_megabytes(world: World) -> None:
    """Row 12: a text of 2 MB is refused by its size: a dead letter that keeps nothing of it."""
    left = await goes_on(world, json.dumps(message(world, text="x" * 2_000_000)).encode())
    letters = await world.read(inbox.dead_letters, team_id=world.team_id)
    assert [(each.code, each.raw) for each in letters] == [("too_large", b"")]
    assert left["outbox"] == []


async def test_ten_thousand_entities_and_a_depth_of_five_hundred(world: World) -> None:
    """Row 12: many entities and deep nesting: no recursion error, the next one is handled."""
    entities = [{"type": "bold", "offset": n, "length": 1} for n in range(10_000)]
    deep: Any = {}
    for _ in range(500):
        deep = {"reply_to_message": deep}
    await goes_on(world, json.dumps(message(world, entities=entities)).encode())
    await goes_on(world, json.dumps(message(world, reply_to_message=deep)).encode())
    hopeless = b'{"update_id": 7, "message": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001
    await goes_on(world, hopeless)


@pytest.mark.parametrize(
    "text",
    [
        "Mia \ud800 Verbeke heeft een huurachterstal van 3 maanden",
        "Mia \x00 Verbeke heeft een huurachterstal van 3 maanden",
        "Mia \u202e Verbeke \u200b heeft een huurachterstal van 3 maanden",
    ],
)
async def test_halves_of_characters_and_nul(any_world: World, text: str) -> None:
    """Row 13: lone surrogates, NUL, bidi marks: cleaned; the draft is stored and read again."""
    world = any_world
    body = message(world, text=text)
    await goes_on(world, json.dumps(body).encode())
    dialogue = await world.dialogue("Rita")
    assert dialogue is not None
    assert "Verbeke" in json.dumps(dialogue)
    assert not {"\x00", "\u202e"} & set(json.dumps(dialogue, ensure_ascii=False))


@pytest.mark.parametrize("user_id", [2**32 + 1, 2**52 - 1, 2**52 + 1, 2**62])
async def test_large_ids_are_kept_whole(world: World, user_id: int) -> None:
    """Row 14: ids above 32 and 52 bits are the same person everywhere."""
    world.users["Groot"] = user_id
    await world.reported("Groot")
    await world.says("Groot", "/reports")
    assert (await world.case()).row.ref in world.last("Groot")


@pytest.mark.parametrize("user_id", [-1, 0, 2**63, 2**70])
async def test_ids_that_nobody_has(world: World, user_id: int) -> None:
    """Row 14: negative, nought and beyond 64 bits: a dead letter, the next one is handled."""
    world.users["Niemand"] = user_id
    body = world.numbered({"message": world.message("Niemand", text="/about")})
    await goes_on(world, json.dumps(body).encode())
    assert (await world.inbox()).dead == 1
    assert world.count("Niemand") == 0


async def test_a_wild_update_in_the_channel(world: World) -> None:
    """Rows 5-8: odd updates about the channel break nothing there."""
    await world.has_channel()
    for body in (
        {"chat_member": {"chat": {"id": CHANNEL}}},
        {"my_chat_member": None},
        {"callback_query": {"id": "1"}},
        {"callback_query": {"id": "1", "from": None, "data": "x"}},
        {"message": {"chat": {"id": CHANNEL, "type": "supergroup"}}},
    ):
        await world.update(body)
    assert (await world.inbox()).new == 0
    await world.reported()
    assert world.count(CHANNEL) == 1

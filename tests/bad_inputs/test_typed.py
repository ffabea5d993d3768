"""Rows 19-45 through the front door: what people type, hand over and change."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.screen import Verb
from bot.texts import plain
from storage import history
from tests.world import World

REFUSED = plain("nl-BE", "refused")


async def stored(world: World, number: int = 0) -> dict[str, str]:
    """Return what a report said, as it is kept."""
    case = await world.case(number)
    values = await world.read(history.personal, case_id=case.row.id)
    return {
        name.removeprefix("intake."): value.text
        for name, value in values.items()
        if value.text is not None
    }


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("/", True),
        ("/ ", True),
        ("/@KierTestBot", True),
        ("/HELP", True),
        ("/help@KierTestBot", True),
        ("/Help@kiertestbot", True),
        ("/nonsense", True),
        ("/start@otherbot", False),
        ("/help@otherbot x", False),
    ],
)
async def test_odd_commands(world: World, typed: str, answered: bool) -> None:
    """Row 19: a bare slash, capitals, our own name: help; another bot's command: silence."""
    for name in ("An", "Zoë"):
        await world.says(name, typed)
        assert bool(world.chat(name)) is answered, name
    assert (await world.inbox()).dead == 0


@pytest.mark.parametrize("typed", ["K7QM-4T'; DROP TABLE kase", "%", "_", "*", "K7QM-4T%", "?"])
async def test_wild_references(world: World, typed: str) -> None:
    """Row 24: SQL, wildcards and stars as a reference are unknown, like any other."""
    await world.assigned()
    await world.says("An", f"/status {typed}")
    assert world.last("An") == REFUSED
    assert len(await world.cases()) == 1


@pytest.mark.parametrize("way", ["edited", "caption", "forwarded", "via bot"])
async def test_commands_only_from_fresh_own_messages(world: World, way: str) -> None:
    """Row 26: "/leave" in an edited message, a caption, a forwarded message or by an inline bot
    is no command: nobody is asked whether they leave."""
    message: dict[str, Any] = world.message("An", text="/leave")
    kind = "message"
    if way == "edited":
        kind, message["edit_date"] = "edited_message", message["date"] + 5
    elif way == "caption":
        del message["text"]
        message |= {"caption": "/leave", "photo": [{"file_id": "p1", "width": 1, "height": 1}]}
    elif way == "forwarded":
        message["forward_origin"] = {"type": "user", "date": message["date"]}
    else:
        message["via_bot"] = {"id": 5, "is_bot": True, "first_name": "x"}
    await world.update({kind: message})
    assert await world.dialogue("An") is None
    assert "uit het team" not in world.reads("An")


async def test_a_command_as_a_reply_is_a_command(world: World) -> None:
    """Row 26: one's own fresh words in a reply to something are one's own fresh words."""
    ref = await world.assigned()
    prompt = world.chat("An")[-1]
    await world.says("An", f"/case {ref}", reply_to_message={"message_id": prompt.message_id})
    assert ref in world.last("An")


@pytest.mark.parametrize("text", ["   ", "\n", "🙂🙂", "\u200d\u200d", "\u202e\u202c", "…"])
async def test_nothing_written(world: World, text: str) -> None:
    """Row 28: spaces, emoji and invisible marks instead of a report: asked to write, no draft."""
    await world.says("Rita", text)
    assert world.count("Rita") == 1
    await world.says("An", text)
    assert world.last("An") == plain("nl-BE", "write-something")
    assert await world.cases() == []


async def test_the_longest_message_is_kept_whole(world: World) -> None:
    """Row 29: 4,096 units in one message, then again: all of it is in the case; nothing is cut."""
    opening = "Huurachterstal van Mia Verbeke, Dorpsstraat 12, 2382 Ravels, 0470 12 34 56. "
    text = opening + "é" * (4096 - len(opening) - 4) + "EIND"
    await world.reported(text=text)
    assert (await stored(world))["text"] == text


async def test_a_report_in_many_messages_is_one_report(world: World) -> None:
    """Row 29: a long story in pieces: kept whole up to the limit, then asked to shorten; never
    cut silently."""
    await world.drafted()
    for n in range(40):
        await world.says("Rita", f"deel {n}: " + "woord " * 100 + f"slot{n}")
    dialogue = json.dumps(await world.dialogue("Rita"), ensure_ascii=False)
    kept = [n for n in range(40) if f"slot{n}" in dialogue]
    assert kept == list(range(len(kept)))
    assert len(kept) < 40
    assert "kon er niet meer bij" in world.reads("Rita")
    assert all(f"deel {n}:" not in dialogue for n in range(len(kept), 40))


MARKED_UP = [
    "<b>Mia</b> Verbeke",
    "Mia &lt;Verbeke",
    '</a><a href="tg://user?id=1">Mia</a>',
    "<b>Mia Verbeke",
    "Mia _*[]()~>#+-={}.!`| Verbeke",
]


@pytest.mark.parametrize("name", MARKED_UP)
async def test_mark_up_is_shown_literally_everywhere(world: World, name: str) -> None:
    """Rows 30, 31, S12: tags, entities and Markdown in a name come out as they were typed, in
    the summary and in the worker's details, and every message could be read by Telegram."""
    await world.says("Rita", "/report")
    await world.presses("Rita", Verb.REPORT, arg="guided")
    for _ in range(14):
        dialogue = await world.dialogue("Rita")
        assert dialogue is not None
        if dialogue["asking"] == "summary":
            break
        if dialogue["asking"] == "kind":
            await world.presses("Rita", Verb.PICK, arg="arrears")
        elif dialogue["asking"] == "client":
            await world.says("Rita", name)
        elif dialogue["asking"] == "address":
            await world.says("Rita", "Dorpsstraat 12, 2382 <i>Ravels")
        else:
            await world.presses("Rita", Verb.SKIP)
    assert any(name in label for label in world.chat("Rita")[-1].labels) or name in world.last(
        "Rita"
    )
    await world.presses("Rita", Verb.SEND)
    await world.presses("Carla", Verb.ANSWER, step="assign", person=world.ids["An"])
    await world.presses("An", Verb.DETAILS)
    assert name in world.last("An")
    assert "failed" not in await world.outbox()


async def test_composed_and_decomposed_names_are_one_household(world: World) -> None:
    """Row 32: NFD and NFC, capitals and zalgo: the second report finds the first."""
    await world.assigned(text="Huurachterstal van René Dujardin, Dorpsstraat 12, 2382 Ravels.")
    await world.reported(
        "Ria", "Huurachterstal van RENE\u0301 Dujardin, Dorpsstraat 12, 2382 Ravels."
    )
    assert len(await world.cases()) == 1


async def test_arabic_digits_in_a_phone(world: World) -> None:
    """Row 33: a phone in Arabic digits is the same phone: the second report joins."""
    await world.assigned()
    arabic = "٠٤٧٠ ١٢ ٣٤ ٥٦"
    await world.reported("Ria", f"Huurachterstal, mevrouw V., Ravels, telefoon {arabic}")
    assert len(await world.cases()) == 1


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+32470123456", "-1", "@SUM(A1)", "\t=1"])
async def test_formulas_are_words(world: World, text: str) -> None:
    """Row 34: what a spreadsheet would calculate is a note like any other, kept as typed."""
    ref = await world.assigned()
    await world.says("An", f"/case {ref}")
    await world.presses("An", Verb.MORE)
    await world.presses("An", Verb.NOTE)
    await world.says("An", text)
    assert text.strip() in (await stored(world))["note"]


async def test_national_numbers_are_nowhere_in_the_database(world: World) -> None:
    """Row 35: a rijksregisternummer and an IBAN in a report and in a note: said so, and kept in
    no personal value."""
    numbers = ("85.07.30-033.28", "BE68 5390 0754 7034")
    await world.assigned(
        text="Huurachterstal Mia Verbeke, Dorpsstraat 12, 2382 Ravels, 0470 12 34 56, "
        f"rijksregister {numbers[0]}, rekening {numbers[1]}."
    )
    await world.says("An", f"nummer {numbers[0]}")
    assert "niet bewaard" in world.ever("Rita")
    kept = " ".join((await stored(world)).values())
    dialogue = json.dumps(await world.dialogue("An"))
    for number in numbers:
        assert number not in kept
        assert number not in dialogue


async def test_two_households_in_one_message_are_asked(world: World) -> None:
    """Row 36: two cases in one message: it is asked; none is guessed."""
    await world.says(
        "Rita",
        "Huurachterstal van Mia Verbeke, Dorpsstraat 12, 2382 Ravels en van Jan Peeters, "
        "Kerkstraat 3, 2300 Turnhout.",
    )
    assert "meer dan één" in world.reads("Rita")
    assert await world.cases() == []


@pytest.mark.parametrize("typed", ["bel mij", "123", "1" * 40, "0900 12 345"])
async def test_what_is_no_phone(world: World, typed: str) -> None:
    """Row 39: letters, three digits, forty, a premium number: asked again, nothing kept."""
    await world.says("Rita", "/report")
    await world.presses("Rita", Verb.REPORT, arg="guided")
    for _ in range(14):
        dialogue = await world.dialogue("Rita")
        assert dialogue is not None
        if dialogue["asking"] == "phone":
            break
        if dialogue["asking"] == "kind":
            await world.presses("Rita", Verb.PICK, arg="arrears")
        elif dialogue["asking"] == "client":
            await world.says("Rita", "Mia Verbeke")
        elif dialogue["asking"] == "summary":
            await world.presses("Rita", Verb.CHANGE_LINE, arg="phone")
        else:
            await world.presses("Rita", Verb.SKIP)
    await world.says("Rita", typed)
    after = await world.dialogue("Rita")
    assert after is not None
    assert after["asking"] == "phone"
    assert "phone" not in after["values"]["said"]


@pytest.mark.parametrize(
    "typed", ["31-02", "29-02-2027", "1-1-0001", "1-1-9999", "01/02/03", "gisteren", "ooit"]
)
async def test_dates_that_are_none(world: World, typed: str) -> None:
    """Row 40: days that do not exist, long past, far off: never taken without a question."""
    ref = await world.assigned()
    await world.says("Carla", f"/case {ref}")
    await world.presses("Carla", Verb.MORE)
    await world.presses("Carla", Verb.CHANGE, arg=None)
    await world.presses("Carla", Verb.CHANGE, arg="hearing")
    await world.says("Carla", typed)
    assert (await world.case()).case.facts.hearing is None
    dialogue = await world.dialogue("Carla")
    assert dialogue is not None
    assert dialogue["asking"] == "hearing"


@pytest.mark.parametrize("typed", ["€ -5", "1e9", "NaN", "∞", "12,5,6"])
async def test_amounts_that_are_none(world: World, typed: str) -> None:
    """Row 41: no single reading: it is asked again and none is guessed."""
    await world.drafted(text="Huurachterstal Mia Verbeke, Dorpsstraat 12, 2382 Ravels, 0470123456")
    await world.presses("Rita", Verb.CHANGE_LINE, arg="amount")
    await world.says("Rita", typed)
    dialogue = await world.dialogue("Rita")
    assert dialogue is not None
    assert dialogue["values"]["amount"] is None


CONTENTS: dict[str, dict[str, Any]] = {
    "sticker": {"sticker": {"file_id": "s"}},
    "video_note": {"video_note": {"file_id": "v"}},
    "location": {"location": {"latitude": 1.0, "longitude": 2.0}},
    "live": {"location": {"latitude": 1.0, "longitude": 2.0, "live_period": 60}},
    "poll": {"poll": {"id": "1", "question": "x"}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "story": {"story": {"id": 1}},
    "paid": {"paid_media": {"star_count": 1}},
    "voice": {"voice": {"file_id": "v", "duration": 3}},
}


@pytest.mark.parametrize("content", list(CONTENTS))
async def test_contents_that_are_no_text(world: World, content: str) -> None:
    """Row 42: from a reporter in a draft and from a stranger: one kind answer, nothing stored."""
    await world.drafted()
    before = await world.dialogue("Rita")
    for name in ("Rita", "Zoë"):
        messages = world.count(name)
        await world.hands(name, **CONTENTS[content])
        assert world.count(name) == messages + 1
    assert await world.dialogue("Rita") == before
    assert await world.dialogue("Zoë") is None
    assert '"s"' not in json.dumps(await world.everything())


@pytest.mark.parametrize("content", ["photo", "voice"])
async def test_a_workers_photo_and_voice_are_notes(world: World, content: str) -> None:
    """Row 42: from a worker a photo or a voice message is asked about and kept as a note."""
    await world.assigned()
    value: Any = {"file_id": "f1", "duration": 2}
    await world.hands("An", **{content: [value] if content == "photo" else value})
    assert "Bij welk dossier" in world.last("An")
    await world.presses("An", Verb.PICK)
    assert (await world.kinds())[-1] == "NoteMade"


async def test_a_message_that_its_writer_deletes(world: World) -> None:
    """Row 44: bots are not told; what was said stays in the record, and the news of a deletion
    that some accounts send changes nothing."""
    await world.reported()
    before = await world.history()
    gone = {"business_connection_id": "x", "chat": {"id": world.user("Rita")}, "message_ids": [1]}
    await world.update({"deleted_business_messages": gone})
    assert await world.history() == before
    assert (await world.inbox()).dead == 0


@pytest.mark.parametrize("contact", ["other", "none", "forwarded", "letters", "huge"])
async def test_contacts_of_others_are_refused(world: World, contact: str) -> None:
    """Row 45, S10: another's contact, one without a user id, forwarded, with letters, of 1 MB:
    refused and not kept."""
    await world.drafted()
    before = await world.dialogue("Rita")
    value: dict[str, Any] = {
        "phone_number": "abc" if contact == "letters" else "+32499000111",
        "first_name": "X" * 900_000 if contact == "huge" else "X",
        "user_id": world.user("Rita"),
    }
    extra: dict[str, Any] = {}
    if contact == "other":
        value["user_id"] = 5
    elif contact == "none":
        del value["user_id"]
    elif contact == "forwarded":
        extra["forward_origin"] = {"type": "user", "date": 1_800_000_000}
    await world.hands("Rita", contact=value, **extra)
    assert await world.dialogue("Rita") == before
    assert "32499000111" not in json.dumps(await world.dialogue("Rita"))

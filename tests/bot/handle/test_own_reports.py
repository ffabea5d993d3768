"""What reporters add to their own reports, how they are reached, and what they are asked later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.screen import Verb
from scheduler.decision import AdditionMade
from storage.database import Database
from tests.world import TEAM, World

PHOTO = {"photo": [{"file_id": "P1", "file_unique_id": "u", "file_size": 9, "width": 1}]}
EROPAF = TEAM.replace("[ravels]", "[eropaf]")
OWN_NUMBER = "0471 22 33 44"


def photo(number: int, **more: Any) -> dict[str, Any]:
    """Return one picture; `media_group_id` makes it one of an album."""
    size = {"file_id": f"P{number}", "file_unique_id": f"u{number}", "file_size": 9, "width": 1}
    return {"photo": [size], **more}


async def additions(world: World) -> list[str]:
    """Return what was added to the first case, in order."""
    events = [line.event for line in await world.history()]
    return [event.what for event in events if isinstance(event, AdditionMade)]


async def closed(world: World) -> None:
    """Let An close the case."""
    await world.presses("An", Verb.MORE)
    await world.presses("An", Verb.CLOSE)
    await world.presses("An", Verb.CLOSE, arg="averted")
    if await world.dialogue("An") is not None:
        await world.presses("An", Verb.SKIP)
    assert (await world.case()).case.closed_at is not None


async def test_a_fact_is_echoed_and_told_to_the_worker(world: World) -> None:
    """What a reporter adds is no second report: no second receipt, nothing counted twice; the
    worker is told that there is something, and reads it in Details alone."""
    ref = await world.assigned()
    receipts = world.ever("Rita").count("is ontvangen")
    await world.presses("Rita", Verb.ADD)
    await world.says("Rita", "Hij heeft nu werk gevonden")
    assert world.last("Rita") == f"Toegevoegd aan {ref}: uw bericht. Dank u; het team leest het."
    assert world.ever("Rita").count("is ontvangen") == receipts
    assert "voegt iets toe" in world.last("An")
    assert "werk gevonden" not in world.reads("An")
    await world.presses("An", Verb.DETAILS)
    assert world.chat("An")[-1].protected
    assert "Van de melder: Hij heeft nu werk gevonden" in world.last("An")
    kinds = await world.kinds()
    assert "AdditionMade" in kinds
    assert "ReportJoined" not in kinds
    await world.presses("An", Verb.HISTORY)
    assert "Melder: aanvulling" in world.last("An")


@pytest.mark.parametrize(
    ("what", "told"), [("paid", "de huur is betaald"), ("withdraw", "trekt de melding in")]
)
async def test_paid_and_withdrawn_are_told_and_decide_nothing(
    world: World, what: str, told: str
) -> None:
    """Procedures 6: worker and coordinator hear of it; the team decides what it means."""
    await world.assigned()
    before = (await world.case()).case
    await world.presses("Rita", Verb.ADD)
    await world.presses("Rita", Verb.ADD, arg=what)
    await world.presses("Rita", Verb.PICK, arg="yes")
    assert told in world.last("An")
    assert told in world.last("Carla")
    assert (await world.case()).case == before
    assert await additions(world) == [what]
    # the question became its answer: there is no button left to press again
    assert not world.chat("Rita")[-1].buttons


async def test_withdrawn_before_anybody_has_it_stands_in_the_question(world: World) -> None:
    """Whoever still has to say to whom the case goes reads in the question that the report was
    withdrawn meanwhile; its buttons stay."""
    await world.reported()
    await world.presses("Rita", Verb.ADD)
    await world.presses("Rita", Verb.ADD, arg="withdraw")
    await world.presses("Rita", Verb.PICK, arg="yes")
    [asked] = [each for each in world.chat("Carla") if "Aan wie geef je" in each.text]
    assert "Van de melder: melding ingetrokken (vandaag" in asked.text
    assert any("An" in label for label in asked.labels)


async def test_a_date_counts_when_it_is_more_urgent(world: World) -> None:
    """Procedures 4: a date that becomes known may begin a crisis; a later one waits for a word."""
    await world.assigned()

    async def names(typed: str) -> None:
        await world.presses("Rita", Verb.MY_REPORTS)
        await world.presses("Rita", Verb.ADD)
        await world.presses("Rita", Verb.ADD, arg="eviction")
        await world.says("Rita", typed)
        assert "klopt dat?" in world.last("Rita")
        await world.presses("Rita", Verb.PICK, arg="yes")
        assert "Toegevoegd aan" in world.last("Rita")

    await names("20 oktober 2027")
    assert (await world.case()).case.facts.eviction.day.isoformat() == "2027-10-20"  # type: ignore[union-attr]
    await names("25 oktober 2027")
    assert (await world.case()).case.facts.eviction.day.isoformat() == "2027-10-20"  # type: ignore[union-attr]
    assert "In het dossier blijft staan: wo 20 okt" in world.last("An")
    before = world.count("Carla")
    await names("16 september 2027")
    case = (await world.case()).case
    assert case.crisis is not None
    assert world.count("Carla") == before + 1  # alarmed, and not told once more
    assert await additions(world) == ["eviction"] * 3


async def test_a_date_is_tapped_in_the_calendar(world: World) -> None:
    """Design 3: a hearing is a day, then its time; what was tapped needs no second question."""
    await world.assigned()
    await world.presses("Rita", Verb.ADD)
    await world.presses("Rita", Verb.ADD, arg="hearing")
    await world.presses("Rita", Verb.PICK, arg="2027-09-23")
    await world.says("Rita", "9u")
    await world.presses("Rita", Verb.PICK, arg="yes")
    facts = (await world.case()).case.facts
    assert facts.hearing is not None
    assert facts.hearing.at == datetime(2027, 9, 23, 7, tzinfo=UTC)


async def test_an_album_has_one_answer(world: World) -> None:
    """Row 64: ten pictures at once: all are kept, one answer, one information."""
    await world.assigned()
    await world.presses("Rita", Verb.ADD)
    before = world.count("Rita"), world.count("An")
    for number in range(10):
        await world.hands("Rita", **photo(number, media_group_id="album"))
    assert (world.count("Rita"), world.count("An")) == (before[0] + 1, before[1] + 1)
    await world.presses("An", Verb.DETAILS)
    assert await additions(world) == ["file"] * 10
    # the album is over after a while: what is said then is not taken for more of it
    await world.time_passes(by=timedelta(minutes=11))
    await world.says("Rita", "Er is nog iets anders aan de hand in de straat")
    assert "nieuwe melding" in world.last("Rita")


async def test_photo_first_is_kept_and_asked_about(world: World) -> None:
    """Design 3: whichever they begin with; a photo of the letter begins a report of its own, or
    waits to be told to which report it belongs."""
    for number in range(3):
        await world.hands("Rita", **photo(number, media_group_id="album"))
    assert world.count("Rita") == 1
    await world.says("Rita", "Huurachterstal: Marc Verlinden, Kerkstraat 12 Weelde, 0470 00 01 12")
    await world.presses("Rita", Verb.SKIP)
    assert "3 bestanden" in world.last("Rita")
    await world.presses("Rita", Verb.SEND)
    await world.hands("Rita", **photo(9))
    assert "nieuwe melding" in world.last("Rita")
    await world.presses("Rita", Verb.ADD)
    assert "uw bestand" in world.last("Rita")
    assert await additions(world) == ["file"]


async def test_closed_meanwhile_offers_a_new_report(world: World) -> None:
    """Procedures 2: what is added to a closed report becomes a new one; nothing is kept on it."""
    await world.assigned()
    await world.presses("Rita", Verb.ADD)
    await closed(world)
    await world.says("Rita", "De huur is intussen betaald")
    assert "afgesloten" in world.last("Rita")
    assert await additions(world) == []


@pytest.mark.parametrize("content", ["voice", "sticker", "location", "contact"])
async def test_other_contents_are_not_added(world: World, content: str) -> None:
    """Row 42: polite "text only", and nothing is stored."""
    await world.assigned()
    await world.presses("Rita", Verb.ADD)
    await world.hands("Rita", **{content: {"file_id": "X", "file_unique_id": "x"}})
    assert await additions(world) == []
    assert "niet bewaard" in world.last("Rita") or "bewaar ik niet" in world.last("Rita")


# Being called back first


async def test_how_to_reach_the_reporter_is_in_details_until_then(
    database: Database, file_url: str
) -> None:
    """E-08: the number is sealed, shown to the worker in Details while the reporter is still to be
    spoken to, and never in a prompt; the reporter reads that they are spoken to first."""
    world = await World.open(database, team=EROPAF)
    await world.says("Rita", "Ik ben de buurvrouw van Mia Verbeke, Dorpsstraat 12, 2382 Ravels.")
    await world.presses("Rita", Verb.SKIP)
    assert "Hoe bereiken we u zelf?" in world.last("Rita")
    await world.says("Rita", OWN_NUMBER)
    await world.presses("Rita", Verb.SEND)
    assert "We spreken u eerst zelf" in world.last("Rita")
    await world.presses("Rita", Verb.MY_REPORTS)
    assert "We spreken u eerst zelf" in world.last("Rita")
    await world.presses("Carla", Verb.ANSWER, arg="no_crisis")
    await world.presses("Carla", Verb.PICK, person=world.ids["An"])
    assert OWN_NUMBER not in world.ever("An")
    await world.presses("An", Verb.DETAILS)
    assert f"Melder bereiken: {OWN_NUMBER}" in world.last("An")
    await world.presses("An", Verb.ANSWER, step="speak_reporter", arg="spoken")
    while await world.dialogue("An") is not None:
        await world.says("An", "zij vertelt het zelf")
    await world.presses("An", Verb.DETAILS)
    assert OWN_NUMBER not in world.last("An")
    await world.presses("Rita", Verb.MY_REPORTS)
    assert "We spreken u eerst zelf" not in world.last("Rita")
    files = Path(file_url.removeprefix("sqlite:///")).parent.glob("kier.db*")
    assert OWN_NUMBER.encode() not in b"".join(each.read_bytes() for each in files)


# Three months later


async def three_months_on(database: Database, *, asks: bool) -> World:
    """Return a world in which a case was closed, and its check begins."""
    team = TEAM + ("ask_reporter_after: true\n" if asks else "")
    world = await World.open(database, team=team)
    await world.assigned()
    await closed(world)
    await world.time_passes(to=datetime(2027, 12, 13, 9, tzinfo=UTC))
    return world


async def test_the_reporter_is_asked_once_when_the_team_wants_it(database: Database) -> None:
    """E-46: beside the worker's check; what the reporter says is told and answers nothing."""
    world = await three_months_on(database, asks=True)
    asked = [shown for shown in world.chat("Rita") if "woont de huurder daar nog" in shown.text]
    assert len(asked) == 1
    assert asked[0].labels == ("Ja", "Nee", "Weet ik niet")
    assert "afgesloten" not in asked[0].text
    assert "hulp" not in asked[0].text
    steps = (await world.case()).case.steps
    message_id, callback = await world.button(world.user("Rita"), Verb.AFTERWARDS, arg="no")
    for _ in range(2):  # row 48: pressed twice, told once
        await world.press("Rita", callback, message_id=message_id)
    assert world.reads("An").count("woont er niet meer") == 1
    assert await additions(world) == ["after_no"]
    assert (await world.case()).case.steps == steps
    await world.time_passes(by=timedelta(days=30))
    assert world.ever("Rita").count("woont de huurder daar nog") == 1


async def test_no_reporter_is_asked_otherwise(database: Database) -> None:
    """A team option, off by default."""
    world = await three_months_on(database, asks=False)
    assert "woont de huurder daar nog" not in world.ever("Rita")
    assert (await world.case()).case.steps


@pytest.mark.parametrize("name", ["Zoë", "An"])
async def test_only_the_reporter_may_answer(database: Database, name: str) -> None:
    """Row 47: the button of somebody else's question is refused."""
    world = await three_months_on(database, asks=True)
    message_id, callback = await world.button(world.user("Rita"), Verb.AFTERWARDS, arg="yes")
    await world.press(name, callback, message_id=message_id)
    assert await additions(world) == []


async def test_a_reporter_who_blocked_the_bot_is_left_alone(database: Database) -> None:
    """Row 59: nobody is alarmed about a question that can do without an answer."""
    world = await World.open(database, team=TEAM + "ask_reporter_after: true\n")
    await world.assigned()
    await closed(world)
    rita = world.user("Rita")
    await world.moves(rita, by="Rita", old="member", new="kicked", kind="private")
    await world.time_passes(to=datetime(2027, 12, 13, 9, tzinfo=UTC))
    assert "woont de huurder daar nog" not in world.ever("Rita")
    assert (await world.case()).case.steps


@pytest.mark.parametrize("waiting", ["file", "text"])
async def test_the_receipt_stays_when_what_waits_is_added_from_it(
    world: World, waiting: str
) -> None:
    """What came before the tap is added; what it was tapped on can still be read, and used."""
    await world.assigned()
    receipt, callback = await world.button(world.user("Rita"), Verb.ADD)
    if waiting == "file":
        await world.hands("Rita", **photo(1))
    else:
        await world.says("Rita", "Hij heeft nu werk gevonden in Turnhout")
    await world.press("Rita", callback, message_id=receipt)
    assert await additions(world) == [waiting]
    kept = [shown for shown in world.chat("Rita") if "is ontvangen" in shown.text]
    assert [callback in dict(shown.buttons).values() for shown in kept] == [True]
    assert world.last("Rita").startswith("Toegevoegd aan")

"""Working without a chat: the same desk, rights, engine and log, from a terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.screen import Verb
from bot.settings import Settings
from bot.terminal import Answering, Terminal
from storage import access
from tests.bot.places import environment, settings
from tests.world import PERSONAL, REPORT, World, database, empty_file, file_url, world

__all__ = ["database", "empty_file", "environment", "file_url", "settings", "world"]

Typed = Callable[..., Any]


@pytest.fixture
def typed(world: World, settings: Settings, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Call a method of the terminal as a member; give its status and what it printed."""

    async def call(by: str | None, method: str, *words: Any, **more: Any) -> tuple[int, str]:
        terminal = Terminal(settings, by, world.clock)
        status = await asyncio.to_thread(getattr(terminal, method), *words, **more)
        return status, " ".join(capsys.readouterr().out.split())

    return call


def answering(ref: str, step: str, answer: str, **more: Any) -> Answering:
    return Answering(ref=ref, step=step, answer=answer, **more)


FIELDS: Mapping[str, str] = {
    "kind": "arrears",
    "client": "Jos Maes",
    "address": "Kerkstraat 9, 2382 Ravels",
    "phone": "0471 65 43 21",
    "amount": "3 maanden",
    "relation": "Karin van het loket",
    "text": "Kwam aan het loket. 85.07.30-033.28 staat op de brief.",
}


async def test_a_case_from_report_to_closing(world: World, typed: Typed) -> None:
    """Reported, assigned, answered and closed without a message from anybody; each is history."""
    status, said = await typed("Carla", "new", None, FIELDS)
    assert (status, "J.M., Ravels" in said) == (0, True)
    number = await ref(world)
    status, said = await typed("Carla", "answer", answering(number, "assign", "assigned", to="An"))
    assert status == 0 and "An" in said
    await world.sends()
    assert number in world.reads("An"), "An hears of it as of any other"
    status, said = await typed("An", "today")
    assert (status, number in said) == (0, True)
    status, said = await typed(
        "An", "answer", answering(number, "call_day1", "not_reached", note="Niemand nam op.")
    )
    assert status == 0, said
    status, said = await typed("An", "show", number)
    assert "bel vóór 12 uur: morgen 09:00" in said
    assert (await typed("An", "close", number, "averted", None))[0] == 0
    assert (await world.case()).case.state == "closed"
    assert "Niemand nam op." in (await typed("Carla", "show", number, details=True))[1]


async def ref(world: World) -> str:
    return (await world.case()).row.ref


async def test_who_it_is_about_is_shown_on_demand_and_noted(world: World, typed: Typed) -> None:
    """privacy: the name stands behind --details, and the look in the access log (S22)."""
    number = await world.assigned()
    case_id = (await world.case()).row.id
    said = (await typed("An", "show", number))[1]
    assert "M.V." in said and not [word for word in ("Mia", "Verbeke") if word in said]
    before = len(await world.read(access.who_saw, case_id=case_id))
    assert "Mia Verbeke" in (await typed("An", "show", number, details=True))[1]
    seen = await world.read(access.who_saw, case_id=case_id)
    assert [one.what for one in seen[before:]] == ["details"]


async def test_rights_are_those_of_the_chat(world: World, typed: Typed) -> None:
    """P8, S21: a case of somebody else and one that is not there are answered alike, and noted."""
    number = await world.assigned()
    for typed_ref in (number, "ZZZZ-ZZ"):
        status, said = await typed("Bram", "show", typed_ref)
        assert (status, said) == (2, f"There is no case {typed_ref} for Bram.")
        status, said = await typed("Bram", "close", typed_ref, "averted", None)
        assert (status, said) == (2, f"There is no case {typed_ref} for Bram.")
    earlier = world.now - timedelta(minutes=1)
    misses = await world.read(access.misses, person_id=world.ids["Bram"], since=earlier)
    assert misses == 4
    assert number not in (await typed("Bram", "list_cases", 1))[1]
    assert number in (await typed("Carla", "list_cases", 1))[1]


async def test_the_morning_list_of_a_coordinator(world: World, typed: Typed) -> None:
    """Who is the only coordinator need not say so; references and initials, no name."""
    number = await world.assigned()
    status, said = await typed(None, "today")
    assert (status, number in said) == (0, True)
    assert not [word for word in PERSONAL if word in said and word != "M.V."]


@pytest.mark.parametrize("by", ["Nobody", "", "Rita", None])
async def test_who_is_typing_must_be_known(world: World, typed: Typed, by: str | None) -> None:
    """A reporter, a stranger, and nobody where there are two coordinators."""
    await world.reported("Rita", REPORT)
    await world.joins("Karin", "coordinator")
    status, said = await typed(by, "today")
    assert (status, said) == (2, "Say who you are, with --by NAME, as the team calls you.")


@pytest.mark.parametrize(
    ("step", "answer", "more", "said"),
    [
        ("call_day9", "reached", {}, "call_day9 is not asked in this case now. call_day1:"),
        ("call_day1", "maybe", {}, "maybe answers nothing here. call_day1:"),
        ("call_day1", "not_reached", {"when": "tomorrow"}, "--when tomorrow: write 2027-02-19"),
        ("call_day1", "not_reached", {"to": "Nobody"}, "Nobody on the team is called Nobody."),
    ],
)
async def test_a_wrong_answer_changes_nothing(
    world: World, typed: Typed, step: str, answer: str, more: dict[str, Any], said: str
) -> None:
    """What can be answered is named, with the ids to type."""
    number = await world.assigned()
    before = (await world.case()).row.version
    status, told = await typed("An", "answer", answering(number, step, answer, **more))
    assert (status, told.startswith(said)) == (2, True), told
    assert (await world.case()).row.version == before


async def test_what_the_engine_refuses_is_said(world: World, typed: Typed) -> None:
    """A code of the engine's, and nothing changed."""
    number = await world.assigned()
    await typed("An", "close", number, "averted", None)
    status, said = await typed("An", "close", number, "averted", None)
    assert (status, said) == (2, "This cannot be done now (closed); nothing changed.")
    status, said = await typed("An", "close", number, "won", None)
    assert status == 2 and said.startswith("There is no outcome won; this procedure knows: ")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "rumour"}, "Say what came in, as kind=…: one of arrears"),
        ({"client": ""}, "Say client=…:"),
        ({"phone": "12"}, "12 is not a telephone number"),
        ({"hearing": "soon"}, "hearing= soon: write 2027-02-19"),
        ({"colour": "red"}, "A report has no colour; it has kind,"),
    ],
)
async def test_a_report_that_is_not_whole(
    world: World, typed: Typed, changes: dict[str, str], said: str
) -> None:
    """Which field, and how; no case begins."""
    status, told = await typed("Carla", "new", None, {**FIELDS, **changes})
    assert (status, told.startswith(said)) == (2, True), told
    assert (await typed("Carla", "list_cases", 1))[1].count("·") == 0


async def test_a_national_number_is_not_kept(world: World, typed: Typed) -> None:
    """A rijksregisternummer that was typed is left out, as in the chat."""
    await typed("Carla", "new", "ravels", FIELDS)
    status, said = await typed("Carla", "show", await ref(world), details=True)
    assert status == 0
    assert "033.28" not in said and "Kwam aan het loket" in said
    status, said = await typed("Carla", "new", "eropaf", FIELDS)
    assert (status, said) == (2, "The team has no eropaf; it has ravels.")


async def test_the_chat_goes_on_from_there(world: World, typed: Typed) -> None:
    """An answer typed on the server takes the buttons off the prompt in the chat (P6)."""
    number = await world.assigned()
    message_id, press = await world.button(world.user("An"), Verb.ANSWER, arg="not_reached")
    assert (await typed("An", "answer", answering(number, "call_day1", "not_reached")))[0] == 0
    version = (await world.case()).row.version
    await world.press("An", press, message_id=message_id)
    assert (await world.case()).row.version == version

"""Files out of the bot: who gets which, what is in it, and that it is written down."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta

import openpyxl
import pypdf

from bot.screen import Verb
from storage import access, people
from tests.world import PERSONAL, Shown, World

REFUSED = "Dat gaat niet"


async def seen(world: World, number: int = 0) -> list[tuple[int | None, str]]:
    """Return who saw what of a case, as the access log has it."""
    stored = await world.case(number)
    lines = await world.read(access.who_saw, case_id=stored.row.id)
    return [(line.person_id, line.what) for line in lines]


def file_of(shown: Shown) -> bytes:
    assert shown.file is not None
    return shown.file.content


async def exported(world: World, form: str, *, names: bool = False) -> Shown:
    """Let Carla have a file of everything, and return the message it came in."""
    await world.says("Carla", "/export")
    await world.presses("Carla", Verb.EXPORT, step="period", arg=f"{form} - -")
    await world.presses("Carla", "Alles")
    if names:
        await world.presses("Carla", "Met namen")
    await world.presses("Carla", "Maak het bestand")
    return next(shown for shown in reversed(world.chat("Carla")) if shown.file is not None)


async def test_all_coordinators_hear_of_a_file(world: World):
    """S22: who, what, how much and when, to each coordinator, also to who did it; no one else."""
    await worked(world)
    await world.joins("Dina", role="coordinator")
    await exported(world, "xlsx", names=True)
    told = world.last("Dina")
    assert "Carla exporteerde 1 dossier met namen" in told
    assert [word for word in PERSONAL if word in told] == []
    assert "exporteerde" in world.reads("Carla")
    assert "exporteerde" not in world.reads("An")


async def worked(world: World) -> str:
    """Let a case be reported, given to An and tried once."""
    ref = await world.assigned()
    await world.presses("An", Verb.ANSWER, step="call_day1", arg="not_reached")
    return ref


async def test_a_coordinator_gets_the_cases_as_a_table(world: World):
    """Reference, place, dates, attempts: and nothing that says who it is about."""
    ref = await worked(world)
    shown = await exported(world, "xlsx")
    sheets = openpyxl.load_workbook(io.BytesIO(file_of(shown)))
    head, row, *rest = [[cell.value for cell in row] for row in sheets.worksheets[0].rows]
    assert not rest
    told = dict(zip(head, row, strict=True))
    assert told["Nummer"] == ref
    assert told["Gemeente"] == "Ravels"
    assert (told["Pogingen"], told["Telefoon"], told["Bereikt"]) == (1, 1, "Nee")
    assert told["Gemeld op"] == datetime(2027, 9, 13, 10, 20)  # noqa: DTZ001  a sheet has no zones
    everything = " ".join(str(c.value) for s in sheets.worksheets for r in s.rows for c in r)
    assert [word for word in PERSONAL if word in everything] == []


async def test_with_names_is_asked_apart_and_noted_by_case(world: World):
    """Names come only where they were asked for, and the log then says whose (privacy)."""
    await worked(world)
    shown = await exported(world, "csv", names=True)
    told = file_of(shown).decode("utf-8-sig")
    first = next(csv.DictReader(io.StringIO(told), delimiter=";"))
    assert first["Naam"].startswith("Mia")
    assert first["Begeleider"] == "An"
    assert (world.ids["Carla"], "export-names") in await seen(world)


async def test_the_attempts_are_coded(world: World):
    """One call on a Monday morning, not reached: no name beside it."""
    ref = await worked(world)
    shown = await exported(world, "json")
    document = json.loads(file_of(shown))
    [case] = document["leveringen"][0]["vroegsignaalzaken"]
    assert case["vroegsignalen"] == [{"ID": ref}]
    assert case["contactpogingen"] == [
        {"soort": "Telefoon", "bereikt": False, "datum": "2027-09-13", "dagdeel": "Ochtend"}
    ]
    assert [word for word in PERSONAL if word in json.dumps(document)] == []


async def test_an_export_is_written_down_in_the_unit_that_queues_it(world: World):
    """A table without names is about no case in particular; the chain holds."""
    await worked(world)
    await exported(world, "xlsx")
    everything = await world.everything()
    lines = [line for line in everything["access"] if "export-cases" in line]
    assert len(lines) == 1
    assert await world.read(access.verify_access, team_id=world.team_id) == ()
    queued = everything["outbox"]
    assert any("sendDocument" in line for line in queued)


async def test_a_worker_hands_over_an_own_case(world: World):
    """More → Case as PDF, one question, the file: protected, noted, and gone by itself."""
    ref = await worked(world)
    await world.says("An", f"/case {ref}")
    await world.presses("An", Verb.MORE)
    await world.presses("An", Verb.EXPORT)
    assert "Alles over dit dossier" in world.last("An")
    await world.presses("An", "Maak het bestand")
    shown = world.chat("An")[-1]
    assert shown.protected
    assert shown.file is not None
    assert shown.file.name == f"{ref}.pdf"
    text = pypdf.PdfReader(io.BytesIO(shown.file.content)).pages[0].extract_text()
    assert "Mia Verbeke" in text
    assert (world.ids["An"], "export-case") in await seen(world)
    before = world.count("An")
    await world.time_passes(by=timedelta(minutes=11))
    assert shown.deleted
    assert world.count("An") <= before - 2


async def test_nobody_else_gets_anything(world: World):
    """A worker no tables and no other's case, a reporter and a stranger nothing: one refusal."""
    ref = await worked(world)
    await world.joins("Dina", "worker")
    for name, typed in (
        ("Bram", "/export"),
        ("Dina", f"/export {ref}"),
        ("Dina", "/export 2027-Q3"),
        ("Dina", "/export K7QM-4T"),
        ("Rita", "/export"),
        ("Vreemd", f"/export {ref}"),
    ):
        await world.says(name, typed)
        assert REFUSED in world.last(name), (name, typed)
        assert all(shown.file is None for shown in world.chat(name))
    assert [what for _, what in await seen(world) if what.startswith("export")] == []


async def test_who_was_a_coordinator_cannot_use_an_old_button(world: World):
    """Rights are looked at when a button is pressed, not when it was shown (S3)."""
    await worked(world)
    await world.says("Carla", "/export")
    await world.presses("Carla", Verb.EXPORT, step="period", arg="xlsx - -")
    await world.presses("Carla", "Alles")
    _, callback = await world.button(world.user("Carla"), "Maak het bestand")
    await world.write(people.set_person, person_id=world.ids["Carla"], role="worker")
    before = world.count("Carla")
    await world.press("Carla", callback)
    assert all(shown.file is None for shown in world.chat("Carla"))
    assert world.count("Carla") == before + 1
    await world.press("Bram", callback)
    assert all(shown.file is None for shown in world.chat("Bram"))


async def test_an_empty_period_has_no_file(world: World):
    """No file of nothing, and nothing to write down."""
    await worked(world)
    await world.says("Carla", "/export 2026-Q1")
    await world.presses("Carla", "Dossiers · CSV")
    await world.presses("Carla", "Maak het bestand")
    assert "In deze periode is er niets" in world.last("Carla")


async def test_too_many_cases_are_for_the_command_line(world: World, monkeypatch):
    """A table that would hold up the team's prompts is not made in the chat."""
    await worked(world)
    monkeypatch.setattr("bot.handle.exporting.CASES_MAX", 0)
    await world.says("Carla", "/export 2027-Q3")
    await world.presses("Carla", "Dossiers · CSV")
    await world.presses("Carla", "Maak het bestand")
    assert "kier export" in world.last("Carla")
    assert all(shown.file is None for shown in world.chat("Carla"))

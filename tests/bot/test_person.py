"""Everything about one person: handed over, or erased for good, and noted each time."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot import person
from bot.command import AskedWrongly
from bot.handle.subjects import Asked
from bot.screen import Verb
from bot.settings import Settings
from storage import access, erasures, files, history, people, sqlite
from storage.database import Database
from storage.keys import Keyring
from storage.restore import restore
from tests.bot.places import environment, settings
from tests.bot.test_retention import closed, job, place
from tests.proofs.retention import hits, raw
from tests.storage.test_restore import _closed_url, backed_up, is_well, on, order
from tests.world import (
    KEYS,
    PERSONAL,
    REPORT,
    World,
    any_url,
    any_world,
    database,
    empty_file,
    file_url,
    world,
)

__all__ = [
    "any_url", "any_world", "database", "empty_file", "environment", "file_url", "place",
    "settings", "world",
]  # fmt: skip

MIA = Asked(name="Mia Verbeke")
OTHER = (
    REPORT.replace("Mia Verbeke", "Jos Maes")
    .replace("Dorpsstraat 12", "Kerkstraat 9")
    .replace("0470 12 34 56", "0471 65 43 21")
)


async def noted(world: World, case_id: int) -> list[str]:
    assert await world.read(access.verify_access, team_id=world.team_id) == ()
    return [one.what for one in await world.read(access.who_saw, case_id=case_id)]


@pytest.mark.parametrize(
    "asked",
    [
        MIA,
        Asked(phone="+32 470 12 34 56"),
        Asked(address="Dorpsstraat 12, 2382 Ravels"),
        Asked(name="VERBEKE, mia"),
    ],
)
async def test_a_person_is_handed_everything(
    world: World, settings: Settings, tmp_path: Path, asked: Asked
) -> None:
    """However they are looked up: values, files, history and who saw it, as JSON and as text; not
    a word of anybody else's case; noted, and with a warning about third parties."""
    await world.assigned()
    case_id = (await world.case()).row.id
    await world.write(
        files.put_file, case_id=case_id, name="brief.pdf", mime="application/pdf",
        content=b"%PDF-x", now=world.now,
    )  # fmt: skip
    await world.presses("An", Verb.DETAILS)
    await world.assigned(name="Lies", text=OTHER)
    out = tmp_path / "person.json"
    export = partial(person.export, settings, asked, out, force=False, language="fr")
    assert await asyncio.to_thread(export) == 0
    document, text = json.loads(out.read_text()), out.with_suffix(".txt").read_text()
    (case,) = document["cases"]
    assert {"intake.client", "intake.phone"} <= {one["field"] for one in case["values"]}
    (file,) = case["files"]
    assert base64.b64decode(file["content"]) == b"%PDF-x"
    assert [one["what"] for one in case["seen"]] == ["details"]
    assert case["history"] and case["reporters"] == ["Rita"]
    for told in (out.read_text(), text):
        assert "Mia Verbeke" in told and "Jos" not in told and "Lies" not in told
    assert "d’autres personnes" in text and case["reference"] in text
    assert await noted(world, case_id) == ["details", "person-export"]
    await world.says("Carla", "/help")  # the sender looks again
    assert "exporteerde alles over één persoon (1 dossier)" in world.reads("Carla")
    for path in (out, out.with_suffix(".txt")):
        assert path.stat().st_mode & 0o777 == 0o600


async def test_who_is_not_there_is_said(
    world: World, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Unknown, too little said, open still, a colleague: one sentence, and nothing was done."""
    ref = await world.assigned()
    before = await world.everything()
    for asked, why in (
        (Asked(name="Piet Nergens"), "Nobody was found"),
        (Asked(name="Mia"), "first and last name"),
        (Asked(refs=("ZZZZ-ZZ",)), "there is no case"),
        (Asked(), "Nobody was found"),
        (Asked(refs=(ref,)), "close it in the chat first"),
        (Asked(phone="x"), "no digits"),
    ):
        erase = partial(person.erase, settings, asked, yes=True)
        assert await asyncio.to_thread(erase) == 2
        assert why.casefold() in capsys.readouterr().err.replace("\n", " ").casefold()
    assert await world.everything() == before


async def test_a_forgotten_code_is_cleared_on_the_server_and_all_coordinators_hear(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has the server; who has no code, or is nobody here, is told so."""
    await world.joins("Dina", role="coordinator")
    for words in ("/code", "274918", "274918"):
        await world.says("Carla", words)
    for name, status, why in (
        ("Carla", 0, "chooses another"),
        ("Carla", 2, "has no security code"),
        ("Piet", 2, "Nobody on the team"),
    ):
        assert await asyncio.to_thread(person.forget_code, settings, name) == status
        assert why in capsys.readouterr().err.replace("\n", " ")
    await world.settles()
    assert "wiste de veiligheidscode van Carla" in world.last("Dina")


async def test_without_yes_it_is_only_said(world: World, settings: Settings) -> None:
    """What would go, by reference; not a row is another one."""
    await closed(world)
    ref = (await world.case()).row.ref
    before = await world.everything()
    told = await person.erased(settings, MIA, world.now, yes=False)
    assert (told.refs, told.done) == ((ref,), None)
    assert await world.everything() == before


async def test_a_person_is_gone_for_good(
    any_world: World, any_url: str, settings: Settings, place: Path
) -> None:
    """Their case, and a reporter by name; what is others' stays; twice changes nothing; a backup
    of before, put back, does not bring them back (row 84)."""
    world = any_world
    settings = replace(settings, database_url=any_url, backup_dir=place)
    case_id = await closed(world, name="Rita Peeters")
    other = await world.assigned(name="Lies", text=OTHER)
    file = await backed_up(world, place)
    told = await person.erased(settings, MIA, world.now, yes=True)
    assert told.done is not None and (told.done.cases, told.done.people) == (1, 0)
    assert await noted(world, case_id) == ["person-erase"]
    await world.settles()
    assert "wiste één persoon (1 dossier)" in world.last("Carla")
    assert [word for word in PERSONAL if word in world.last("Carla")] == []
    values = await world.read(history.personal, case_id=case_id)
    assert values and {value.text for value in values.values()} == {None}
    kept = await world.read(history.personal, case_id=case_id + 1)
    assert kept["intake.client"].text == "Jos Maes"
    names = {p.name for p in await world.read(people.people, team_id=world.team_id, gone=True)}
    assert {"Rita Peeters", "Lies"} <= names
    asked = Asked(name="Peeters, Rita")
    told = await person.erased(settings, asked, world.now, yes=True)
    assert told.done is not None and (told.done.cases, told.done.people) == (0, 1)
    names = {p.name for p in await world.read(people.people, team_id=world.team_id, gone=True)}
    assert "Rita Peeters" not in names and "Lies" in names
    assert await is_well(world)
    assert len(erasures.read(place / erasures.NAME)) == 2
    with pytest.raises(AskedWrongly):
        await person.erased(settings, MIA, world.now, yes=True)
    again = Asked(refs=((await world.case()).row.ref,))
    twice = await person.erased(settings, again, world.now, yes=True)
    assert twice.done is not None and (twice.done.cases, twice.done.people) == (0, 0)
    await world.presses("An", "Niet gesproken")  # the bot goes on
    assert (await world.case(1)).row.ref == other
    url = await _closed_url(world)
    restored = await restore(url, order(file, world, force=True))
    assert (restored.erased.cases, restored.erased.people) == (1, 1)
    async with on(url, world) as there:
        values = await there.read(history.personal, case_id=case_id)
        assert values and {value.text for value in values.values()} == {None}
        assert await is_well(there)


async def test_not_a_byte_is_left(
    database: Database, world: World, settings: Settings, tmp_path: Path
) -> None:
    """Neither in the file nor in its log, while the bot runs; also what was sent, typed half-way,
    or could not be read; a message that waits is not sent."""
    folder = tmp_path / "bytes"
    folder.mkdir()
    url = f"sqlite:///{folder}/kier.sqlite"
    other = await World.open(await Database.open(url, keys=Keyring.load(KEYS)))
    case_id = await closed(other)
    await other.says("An", "/case " + (await other.case()).row.ref)
    await other.presses("An", Verb.DETAILS, case=case_id)
    await other.sends_raw(b'{"update_id": 5, "text": "Verbeke", ')
    assert hits(raw(folder), PERSONAL) > 4
    given = replace(settings, database_url=url, backup_dir=None)
    await person.erased(given, MIA, other.now + timedelta(minutes=1), yes=True)
    assert hits(raw(folder), [word for word in PERSONAL if len(word) > 4]) == 0
    await other.database.close()


async def test_beside_a_reader_the_bot_takes_it_off_the_disk(
    world: World, settings: Settings, file_url: str
) -> None:
    """Who reads just then holds the log: what was erased is erased, and gone within the hour."""
    await closed(world)
    path = file_url.removeprefix("sqlite:///")
    folder = Path(path).parent
    reader = sqlite.driver().connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM personal").fetchone()
    told = await person.erased(settings, MIA, world.now, yes=True)
    assert told.done is not None and not told.wiped
    assert hits(raw(folder), ["Verbeke"]) == 1
    reader.execute("ROLLBACK")
    reader.close()
    await job(world, settings).run_once()
    assert hits(raw(folder), ["Verbeke"]) == 0

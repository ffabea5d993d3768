"""The team's leaflet: handed in once, sent to who goes on a visit, replaced, removed."""

from __future__ import annotations

from bot.screen import Verb
from storage import teams
from tests.world import World

PDF = {"file_id": "FOLDER", "file_name": "folder.pdf", "mime_type": "application/pdf"}


async def kept(world: World) -> object:
    """Return what the team remembers of it."""
    flag = await world.read(teams.flag, team_id=world.team_id, key="leaflet")
    return flag.value if flag else None


async def at_the_note(world: World) -> None:
    """Nobody was at home: An is asked to leave a note."""
    await world.assigned()
    await world.presses("An", Verb.ANSWER, step="call_day1", arg="not_reached")
    await world.time_passes(to=world.handler.office.days.next_day_open(world.now))
    await world.presses("An", Verb.ANSWER, step="call_day2", arg="not_reached")
    await world.presses("An", Verb.ANSWER, step="visit_1", arg="nobody_home")


async def test_it_is_handed_in_once_and_comes_by_a_tap(world: World):
    """R-50, R-67: the coordinator hands it in; the worker gets the messenger's own file; a restart
    forgets nothing, and the worker's prompt stays."""
    await world.says("Carla", "/folder")
    await world.hands("Carla", document=PDF)
    assert await kept(world) == {"file": "document:FOLDER"}
    assert "bewaard" in world.last("Carla")
    world.restart()
    await at_the_note(world)
    await world.presses("An", Verb.LEAFLET)
    assert world.phone.calls[-2:].count(("sendDocument", world.user("An"))) == 1
    await world.presses("An", "Alles gedaan")
    assert (await world.answers())[-1].step == "note_1"


async def test_without_one_there_is_no_button(world: World):
    """A button that leads nowhere is none; the note in another language is always there."""
    await at_the_note(world)
    labels = world.chat("An")[-1].labels
    assert not any("Folder" in label for label in labels)
    await world.presses("An", "Andere taal")
    assert "Bonjour, je suis An" in world.last("An")
    assert "014 00 00 00" in world.last("An")


async def test_it_is_replaced_and_removed(world: World):
    """/leaflet shows it, another file takes its place, and it can go."""
    await world.says("Carla", "/folder")
    await world.hands("Carla", document=PDF)
    await world.says("Carla", "/leaflet")
    assert ("sendDocument", world.user("Carla")) in world.phone.calls
    await world.presses("Carla", "Vervangen")
    await world.hands("Carla", photo=[{"file_id": "SMALL"}, {"file_id": "LARGE"}])
    assert await kept(world) == {"file": "photo:LARGE"}
    await world.says("Carla", "/leaflet")
    await world.presses("Carla", Verb.LEAFLET, arg="remove")
    await world.presses("Carla", Verb.LEAFLET, arg="drop")
    assert await kept(world) is None


async def test_what_is_no_leaflet_is_not_kept(world: World):
    """Row 65: a PDF by name and kind, or a photo; a picture as a file is asked for again."""
    await world.says("Carla", "/folder")
    for name, mime in (
        *(("folder.exe", "application/pdf"), ("folder.pdf", "text/html"), ("x", "")),
        *(("folder.jpg", "image/jpeg"), ("folder.png", ""), ("folder", "image/heic")),
    ):
        document = {"file_id": "X", "file_name": name, "mime_type": mime}
        await world.hands("Carla", document=document)
        assert "geen folder" in world.last("Carla")
    await world.hands("Carla", voice={"file_id": "V"})
    await world.says("Carla", "hier is hij")
    assert await kept(world) is None
    await world.hands("Carla", document={"file_id": "P", "file_name": "Folder.PDF"})
    assert await kept(world) == {"file": "document:P"}


async def test_only_a_coordinator_hands_it_in(world: World):
    """A worker can have it, and is told so when there is none."""
    await world.says("An", "/leaflet")
    assert "nog geen folder" in world.last("An")
    await world.hands("An", document=PDF)
    assert await kept(world) is None


async def test_a_leaflet_of_another_token_is_to_be_handed_in_again(world: World):
    """The messenger's id of a file holds for one bot's token: with another one the coordinator is
    told once what to do, who wanted it too, and nothing else is touched."""
    await world.says("Carla", "/folder")
    await world.hands("Carla", document=PDF)
    await at_the_note(world)
    world.phone.unknown_files.add("FOLDER")
    for _ in range(2):
        await world.presses("An", Verb.LEAFLET)
    assert world.reads("Carla").count("Zet de folder opnieuw klaar met /folder") == 1
    assert "opnieuw klaar" in world.last("An")
    assert "/folder" not in world.reads("Carla").split("opnieuw klaar met /folder")[1]
    await world.says("An", "/leaflet")
    assert "opnieuw klaar" in world.last("An")
    case = await world.case()
    assert list(case.case.steps) == ["note_1"]
    await world.says("Carla", "/folder")
    assert "Stuur de folder" in world.last("Carla")
    await world.hands("Carla", document={**PDF, "file_id": "NEW"})
    assert await kept(world) == {"file": "document:NEW"}
    calls = len(world.phone.calls)
    await world.presses("An", Verb.LEAFLET)
    assert ("sendDocument", world.user("An")) in world.phone.calls[calls:]
    assert "niet meer" not in world.last("An")


async def test_a_prompt_says_that_the_leaflet_is_to_come_again(world: World):
    """Who stands at the door sees it before looking for a button that is not there."""
    await world.says("Carla", "/folder")
    await world.hands("Carla", document=PDF)
    world.phone.unknown_files.add("FOLDER")
    await world.says("Carla", "/folder")
    assert "Zet de folder opnieuw klaar met /folder" in world.last("Carla")
    await at_the_note(world)
    prompt = world.chat("An")[-1]
    assert "De folder moet opnieuw klaargezet worden" in prompt.text
    assert not any("Folder" in label for label in prompt.labels)


async def test_another_file_that_is_refused_is_not_the_leaflet(world: World):
    """A reporter's photo that cannot be shown again does not throw the leaflet away."""
    await world.says("Carla", "/folder")
    await world.hands("Carla", document=PDF)
    await world.assigned()
    await world.presses("Rita", Verb.ADD)
    await world.hands("Rita", photo=[{"file_id": "P1", "file_unique_id": "u", "file_size": 9}])
    world.phone.unknown_files.add("P1")
    await world.presses("An", Verb.DETAILS)
    assert await kept(world) == {"file": "document:FOLDER"}
    assert "opnieuw klaar" not in world.reads("Carla")

"""What is made for a person: sent after its text, or said to be missing."""

from __future__ import annotations

from functools import partial

from bot.handle.counter import Counter
from bot.screen import Made, Screen
from tests.world import World

MISSING = (
    "Het bestand of de afbeelding hierbij kon ik niet maken, dat lag aan ons. "
    "De tekst klopt wel. Vraag het straks nog eens."
)


def _screen(values: dict[str, str]) -> Screen:
    made = Made(kind="qr", name="kier.png", values=values, photo=True, caption="<b>Kier</b>")
    return Screen(html="Hier is de link.", made=(made,), protect=True)


def _queue(c: object, world: World, screen: Screen) -> None:
    counter = Counter(c, world.handler.office, world.now)
    person = world.ids["An"]
    counter.post.screen(world.user("An"), screen, person_id=person)


async def test_a_picture_follows_its_text(world: World):
    """The values wait sealed in the outbox; the picture is made when its turn comes."""
    await world.write(partial(_queue, world=world, screen=_screen({"text": "t.me/kier"})))
    await world.settles()
    text, picture = world.chat("An")[-2:]
    assert text.text == "Hier is de link."
    assert picture.file is not None
    assert picture.file.content.startswith(b"\x89PNG")
    assert (picture.file.name, picture.text, picture.protected) == ("kier.png", "Kier", True)


async def test_a_picture_that_cannot_be_made_is_said_to_be_missing(world: World):
    """The text stands, the person is told once, and nothing stays in the queue."""
    await world.write(partial(_queue, world=world, screen=_screen({"wrong": "t.me/kier"})))
    await world.settles()
    assert [one.text for one in world.chat("An")][-2:] == [
        "Hier is de link.",
        MISSING,
    ]
    assert all(one.file is None for one in world.chat("An"))

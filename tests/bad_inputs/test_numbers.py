"""Numbers that must not be there: national and account numbers, wherever they are typed (row 35).

What is cut out stands in no table afterwards, the row of the inbox included.
"""

from __future__ import annotations

import pytest

from bot.conversations.numbers import without_numbers
from bot.conversations.scene import Dialogue, Handed, Ordered, Said
from bot.hooks import Handled
from bot.incoming import without_numbers_in
from bot.screen import Verb
from bot.texts import say
from tests.world import CHANNEL, MONDAY, World

NATIONAL = "85.07.30-033.28"
IBAN = "BE68 5390 0754 7034"
BSN = "bsn 123456782"


async def is_nowhere(world: World, *numbers: str) -> bool:
    """Return whether no table holds any of the numbers, queue and rows of the inbox included."""
    kept = str(await world.everything())
    assert "Verbeke" in kept or "huur" in kept, "nothing is read at all"
    return not any(number in kept for number in numbers)


@pytest.mark.parametrize("number", [NATIONAL, IBAN, BSN])
async def test_it_is_gone_from_everywhere_once_handled(world: World, number: str) -> None:
    """Row 35: in a report: nowhere afterwards, not in what Telegram handed over either; the
    message is taken out of the chat, and its writer is told."""
    await world.reported()
    await world.says("Rita", f"huur van Mia Verbeke, {number}, nog niet betaald")
    assert await is_nowhere(world, number.removeprefix("bsn "))
    assert "weggelaten en niet bewaard" in world.reads("Rita")
    assert ("deleteMessage", world.user("Rita")) in world.phone.calls


async def test_a_message_without_one_stays(world: World) -> None:
    """Row 35, the control: what holds no such number is neither changed nor taken away."""
    await world.says("Rita", "huur van Mia Verbeke, tel 0470 12 34 56, 1.240 euro achter")
    assert ("deleteMessage", world.user("Rita")) not in world.phone.calls
    assert "0470 12 34 56" in str((await world.everything())["inbox"])


async def test_answers_notes_and_captions(world: World) -> None:
    """Row 35: in a worker's note, in an answer's text and under a photo."""
    await world.assigned()
    await world.presses("An", Verb.MORE)
    await world.presses("An", Verb.NOTE)
    await world.says("An", f"huur betaald van {IBAN}")
    await world.hands("An", photo=[{"file_id": "p1"}], caption=f"haar kaart {NATIONAL}")
    assert await is_nowhere(world, NATIONAL, IBAN)
    assert "niet bewaard" in world.reads("An")


async def test_edits_and_commands(world: World) -> None:
    """Rows 35, 43: an edit that brings one in, and what follows a command."""
    await world.reported()
    body = world.message("Rita", text=f"ze heeft {NATIONAL}, huur blijft open")
    await world.update({"edited_message": {**body, "edit_date": body["date"] + 60}})
    await world.says("Rita", f"/report huur {IBAN}")
    assert await is_nowhere(world, NATIONAL, IBAN)


async def test_a_number_alone_is_no_answer(world: World) -> None:
    """Row 35: where nothing else was said the question stays."""
    await world.says("Rita", "huurachterstal Mia Verbeke")
    before = await world.dialogue("Rita")
    await world.says("Rita", NATIONAL)
    assert await world.dialogue("Rita") == before
    warning, question = world.chat("Rita")[-2:]
    assert "weggelaten" in warning.text
    assert question.buttons


async def test_what_raised_five_times(world: World) -> None:
    """Rows 3, 35: a dead letter, which a coordinator is shown, holds no number either."""

    def broken(*_: object) -> Handled:
        raise ValueError("broken")

    world.worker = world._new_worker(broken)
    await world.says("Rita", f"huur {NATIONAL}")
    assert (await world.inbox()).dead == 1
    assert NATIONAL not in str(await world.everything())


async def test_in_a_group(world: World) -> None:
    """Rows 35, 57: typed in the channel it is nowhere, and its writer is asked to delete it."""
    await world.has_channel()
    await world.says_in(CHANNEL, "An", f"huur: {IBAN}")
    assert IBAN not in str(await world.everything())
    assert "Wil je dat bericht verwijderen" in world.last(CHANNEL)


async def test_a_redelivery_is_still_known(world: World) -> None:
    """Rows 9, 35: the body that stays is another one, and the update is the same."""
    body = {"message": world.message("Rita", text=f"huur {NATIONAL}")}
    await world.update(body)
    world.update_id -= 1
    before = world.count("Rita")
    await world.update(body)
    assert world.count("Rita") == before


@pytest.mark.parametrize("language", ["nl-BE", "nl-NL", "fr", "en"])
def test_it_is_said_in_each_language(language: str) -> None:
    """Row 35: the sender is told kindly in their own language."""
    assert len(say(language, "number-left-out")) > 80


def test_what_hides_between_the_figures() -> None:
    """Rows 32, 35: characters that nobody sees do not keep a number from being seen."""
    raw = '{"message": {"text": "huur 85.07.30\u200d-033.28"}}'.encode()
    assert b"033" not in without_numbers_in(raw)


def test_whatever_is_no_update_is_left_alone() -> None:
    """Rows 1, 12, 35: what cannot be read is not touched, and nothing is raised."""
    for raw in (b"", b"[]", b'{"text": ', b'{"message": 3, "text": 1}', b'["text"]'):
        assert without_numbers_in(raw) is raw


def test_a_phone_that_was_asked_for() -> None:
    """Rows 35, 39: nine bare figures are a telephone where one is asked, and nowhere else."""
    asked = Dialogue(kind="report", asking="phone", began_at=MONDAY)
    said = Said(text="612345609")
    assert without_numbers(said, asked) is said
    assert without_numbers(said, None) == Said(text="…")
    assert without_numbers(Said(text=BSN), asked) == Said(text="bsn …")


def test_every_word_of_a_person_is_looked_through() -> None:
    """Row 35: texts, what follows a command, captions and the names of files."""
    assert without_numbers(Ordered(name="report", rest=IBAN), None) == Ordered(
        name="report", rest="…"
    )
    handed = Handed(kind="document", file_id="d", file_name=f"{NATIONAL}.pdf", caption=BSN)
    kept = Handed(kind="document", file_id="d", file_name="….pdf", caption="bsn …")
    assert without_numbers(handed, None) == kept

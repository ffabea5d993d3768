"""A report goes from its reporter's chat once it was sent, where the team wants that."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.screen import Verb
from storage import files
from storage.database import Database
from tests.bot.pictures import jpeg
from tests.world import PERSONAL, REPORT, TEAM, World

PHOTO = [{"file_id": "AAA", "file_unique_id": "a", "width": 9, "height": 9, "file_size": 9}]
TAPPED = ("kind", "reach")
"""Questions that are answered by a tap; the others are passed over."""


@pytest.fixture
async def tidy(database: Database) -> AsyncIterator[World]:
    """A team that wants it."""
    yield await World.open(database, team=TEAM + "clear_reports: true\n")


def deleted(world: World, name: str = "Rita") -> set[int]:
    """Return the messages in a chat that a deletion was asked for, ours and theirs."""
    return {number for chat, number in world.phone.deletions if chat == world.user(name)}


async def test_what_was_written_and_asked_goes_and_the_receipt_stays(tidy: World) -> None:
    """The first message, the answers, the questions; not what the report is known by."""
    await tidy.says("Rita", "/start")
    await tidy.time_passes(by=timedelta(minutes=10))
    before = tidy.phone.last_id
    await tidy.drafted()
    during = tidy.phone.last_id
    await tidy.presses("Rita", Verb.SEND)
    sent = {shown.message_id for shown in tidy.chat("Rita")}
    gone = deleted(tidy)
    assert gone and min(gone) > before
    assert gone <= set(range(before, during + 1))
    assert not any(word in tidy.reads("Rita") for word in PERSONAL if word not in ("Rita",))
    assert "wis ik uit deze chat" in tidy.reads("Rita")
    assert "ontvangen" in tidy.last("Rita") and not sent & gone
    left = set(range(before + 1, during + 1)) - gone
    assert len(left) == 1  # the summary, which says now that it was sent
    assert len(await tidy.cases()) == 1


async def test_a_team_that_does_not_want_it_keeps_them(world: World) -> None:
    """The control: the same report, nothing deleted."""
    await world.drafted()
    await world.presses("Rita", Verb.SEND)
    assert deleted(world) == set()
    assert "wis ik" not in world.reads("Rita")


async def test_what_came_long_before_and_what_cannot_be_deleted_stays(tidy: World) -> None:
    """An earlier report's talk is not touched, nor what is older than the messenger allows."""
    await tidy.says("Rita", "/reports")
    await tidy.drafted()
    begun = tidy.phone.last_id
    await tidy.time_passes(by=timedelta(hours=49))
    await tidy.says("Rita", "/reports")
    later = tidy.phone.last_id
    await tidy.says("Rita", "/report")
    await tidy.presses("Rita", Verb.RESUME)
    await tidy.presses("Rita", Verb.SEND)
    assert len(await tidy.cases()) == 1
    assert deleted(tidy) and min(deleted(tidy)) > begun
    assert later > begun


async def test_a_cancelled_one_deletes_nothing(tidy: World) -> None:
    """Only what was sent is with the team; the rest is still its writer's alone."""
    await tidy.drafted()
    await tidy.says("Rita", "/cancel")
    await tidy.presses("Rita", Verb.DISCARD)
    assert deleted(tidy) == set()


async def test_files_are_fetched_though_their_message_is_gone(tidy: World) -> None:
    """What was handed in belongs to the case by then."""
    tidy.phone.files["AAA"] = jpeg()
    await tidy.says("Rita", "/report")
    await tidy.presses("Rita", Verb.REPORT, arg="free")
    await tidy.hands("Rita", photo=PHOTO, caption=REPORT)
    handed = tidy.phone.last_id
    for _ in range(12):
        dialogue = await tidy.dialogue("Rita")
        assert dialogue is not None
        if dialogue["asking"] == "summary":
            break
        await tidy.presses("Rita", Verb.PICK if dialogue["asking"] in TAPPED else Verb.SKIP)
    await tidy.presses("Rita", Verb.SEND)
    await tidy.fetches()
    case = await tidy.case()
    assert len(await tidy.read(files.files_of, case_id=case.row.id)) == 1
    assert handed - 1 in deleted(tidy) or handed in deleted(tidy)

"""Files that people send: fetched, judged, stored sealed, shown to those on the case (S15-S19)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from bot.assemble import stored_files
from bot.fetcher import CASE_FILES_MAX, PERSON_FILES_MAX, Fetcher
from bot.outcomes import Rejected, RetryLater, Unreachable, Unsure
from bot.screen import Verb
from bot.texts import say
from storage import downloads, files, history
from storage.downloads import Quota
from storage.errors import DatabaseFailed, NotFound
from tests.bot.pictures import EXIF, PLACE, jpeg, pdf, png
from tests.world import Shown, World


async def adds(world: World, content: Any, *, told: str = "photo", file_id: str = "P1") -> None:
    """Let the reporter add a file to their report; `content` is what can be fetched of it."""
    world.phone.files[file_id] = content
    await world.says("Rita", "/reports")
    await world.presses("Rita", Verb.ADD)
    if told == "photo":
        await world.hands("Rita", photo=[{"file_id": file_id}])
    else:
        await world.hands("Rita", document={"file_id": file_id, "mime_type": "application/pdf"})


async def stored(world: World) -> tuple[files.FileRow, ...]:
    """Return the files of the first case."""
    return await world.read(files.files_of, case_id=(await world.case()).row.id)


async def details(world: World) -> list[Shown]:
    """Let the worker ask for the details; return the files among what they are shown."""
    await world.presses("An", Verb.DETAILS)
    return [shown for shown in world.chat("An") if shown.file is not None]


async def test_a_file_of_a_report_is_stored_and_shown(world: World) -> None:
    """S15, S16, row 65: fetched, stored without its EXIF under a name of ours, shown protected to
    the worker in private and taken away after ten minutes."""
    await world.assigned()
    await adds(world, jpeg(EXIF))
    await world.fetches()
    (row,) = await stored(world)
    assert row.mime == "image/jpeg"
    assert row.name is not None
    assert row.name.endswith(".jpg")
    (shown,) = await details(world)
    assert shown.protected
    assert shown.file is not None
    assert shown.file.content == jpeg()
    await world.time_passes(by=timedelta(minutes=11))
    assert shown.deleted


async def test_it_is_sealed_at_rest(world: World) -> None:
    """S15: neither the content nor the messenger's id stands readable in any table."""
    await world.assigned()
    await adds(
        world, pdf(b"/Title (Huurachterstand Verbeke)"), told="document", file_id="SECRETID"
    )
    await world.fetches()
    raw = await world.database.read(
        lambda c: str(c.exec_driver_sql("select name, content from file").all())
    )
    assert "Verbeke" not in raw
    assert len(await stored(world)) == 1


async def test_until_it_is_fetched_it_is_not_shared(world: World) -> None:
    """Row 65: the original, which may hold a place, is never sent on; that one waits is said."""
    await world.assigned()
    await adds(world, jpeg(EXIF))
    assert await details(world) == []
    assert "wordt nog opgehaald" in world.reads("An")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "leeg"),
        (b"<html>", "wachtwoord"),
        (png(wide=50_000, high=50_000), "te groot"),
        (Rejected(code="too-big"), "10 MB"),
        (Rejected(code="no-file"), "niet meer op te halen"),
    ],
)
async def test_what_is_not_kept_is_told(world: World, content: Any, why: str) -> None:
    """Rows 60-62: nothing is stored, the case goes on, and who sent it hears why."""
    await world.assigned()
    await adds(world, content)
    await world.fetches()
    assert await stored(world) == ()
    assert why in world.last("Rita")
    assert "bewaard" in world.last("Rita")
    assert await details(world) == []


@pytest.mark.parametrize("language", ["nl-BE", "nl-NL", "fr", "en"])
@pytest.mark.parametrize("why", ["empty", "large", "kind", "pixels", "full", "gone"])
def test_a_refusal_is_said_in_each_language(language: str, why: str) -> None:
    """Rows 60-64: each reason has its words."""
    told = {say(language, "file-refused", ref="K7QM-4T", why=each) for each in (why, "kind")}
    assert len(told) == (1 if why == "kind" else 2)


async def test_an_outage_costs_no_file(world: World) -> None:
    """Rows 60, 71: Telegram is out of reach, answers half, or wants patience: fetched later."""
    await world.assigned()
    await adds(world, jpeg())
    for trouble in (
        Unreachable(code="x"),
        Unsure(code="half-file"),
        RetryLater(seconds=9, chat_only=False),
    ):
        world.phone.files["P1"] = trouble
        await world.fetches()
        assert await stored(world) == ()
        await world.time_passes(by=timedelta(minutes=5))
    world.phone.files["P1"] = jpeg()
    await world.time_passes(by=timedelta(hours=2))
    await world.fetches()
    assert len(await stored(world)) == 1


async def test_after_days_it_is_given_up_and_told(world: World) -> None:
    """P2: what cannot be fetched for three days is not tried for ever, and not in silence."""
    await world.assigned()
    await adds(world, Unreachable(code="x"))
    await world.fetches()
    await world.time_passes(by=timedelta(days=4))
    await world.fetches()
    assert "niet meer op te halen" in world.reads("Rita")


async def test_a_crash_between_fetching_and_storing(world: World) -> None:
    """P1: what was fetched and not committed is fetched again after a restart, and stored once."""
    await world.assigned()
    await adds(world, jpeg())

    class Breaking:
        """The database goes away while the file is on its way."""

        def __getattr__(self, name: str) -> Any:
            return getattr(world.database, name)

        async def write(self, unit: Any) -> Any:
            raise DatabaseFailed("io")

    fetcher = Fetcher(
        world.phone,
        Breaking(),  # type: ignore[arg-type]
        team_id=world.team_id,
        clock=world.clock,
        refused=world.handler.on_file_refused,
        handled=lambda: None,
    )
    with pytest.raises(DatabaseFailed):
        await fetcher.run_once()
    world.restart()
    await world.fetches()
    await world.fetches()
    assert len(await stored(world)) == 1


async def test_the_same_file_again_is_stored_once(world: World) -> None:
    """Row 64: the same content under two ids: one file, shown once."""
    await world.assigned()
    await adds(world, jpeg(), file_id="P1")
    await adds(world, jpeg(EXIF), file_id="P2")
    await world.fetches()
    assert len(await stored(world)) == 1
    assert len(await details(world)) == 1


@pytest.mark.parametrize(
    "there",
    [
        Quota(case_bytes=0, case_files=CASE_FILES_MAX, person_files=0),
        Quota(case_bytes=10**9, case_files=1, person_files=0),
        Quota(case_bytes=0, case_files=0, person_files=PERSON_FILES_MAX),
    ],
)
async def test_there_is_an_end_to_it(
    world: World, there: Quota, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 64, S15: files and bytes of a case, and files of a person a day, have a limit."""
    await world.assigned()
    await adds(world, jpeg())
    monkeypatch.setattr(downloads, "quota", lambda *_: there)
    await world.fetches()
    assert await stored(world) == ()
    assert "al veel bestanden" in world.last("Rita")


async def test_what_counts_towards_the_limits(world: World) -> None:
    """Row 64: what is stored on the case counts with its bytes; of the person, a day's files."""
    await world.assigned()
    await adds(world, jpeg(), file_id="P1")
    await world.fetches()
    await adds(world, png(), file_id="P2")
    waits = await world.read(downloads.next_one, team_id=world.team_id, now=world.now)
    assert waits is not None
    count = partial(downloads.quota, download=waits, within=timedelta(days=1))
    now = await world.read(count, now=world.now)
    assert now == Quota(case_bytes=len(jpeg()), case_files=1, person_files=1)
    later = await world.read(count, now=world.now + timedelta(days=2))
    assert later.person_files == 0


async def test_an_erased_case_keeps_no_file(world: World) -> None:
    """Row 84, P18: what was stored is gone with the case; what was still to be fetched is not
    fetched any more, and a message that waits to be sent has nothing to send."""
    await world.assigned()
    await adds(world, jpeg(), file_id="P1")
    await world.fetches()
    await adds(world, png(), file_id="P2")
    case = await world.case()
    await world.write(history.erase_case, case_id=case.row.id, now=world.now)
    before = len(world.phone.calls)
    await world.fetches()
    assert ("getFile", None) not in world.phone.calls[before:]
    (row,) = await stored(world)
    assert row.name is None

    queued = SimpleNamespace(meta={"files": {"photo": row.id}})
    with pytest.raises(NotFound):
        await world.database.read(lambda c: stored_files(c, queued))  # type: ignore[arg-type]


async def test_a_name_that_a_person_gave_is_never_used(world: World) -> None:
    """Row 63, S16: a path, a device, marks that turn the text: none of it is kept anywhere."""
    await world.assigned()
    for number, name in enumerate(
        ["../../etc/passwd", "CON", "a\0b.pdf", "-rf", "x" * 5000, "\u202efdp.exe"]
    ):
        file_id = f"N{number}"
        world.phone.files[file_id] = pdf(str(number).encode())
        await world.says("Rita", "/reports")
        await world.presses("Rita", Verb.ADD)
        document = {"file_id": file_id, "file_name": name, "mime_type": "application/pdf"}
        await world.hands("Rita", document=document)
    await world.fetches()
    rows = await stored(world)
    assert len(rows) == 6
    for row in rows:
        assert row.name is not None
        assert row.name.replace("-", "").replace(".", "").isalnum()


async def test_a_voice_note_of_a_worker(world: World) -> None:
    """Row 42: what a worker sends as a note is stored and shown likewise."""
    await world.assigned()
    world.phone.files["V1"] = b"OggS\0\x02 spoken"
    await world.presses("An", Verb.MORE)
    await world.presses("An", Verb.NOTE)
    await world.hands("An", voice={"file_id": "V1"})
    await world.fetches()
    assert [row.mime for row in await stored(world)] == ["audio/ogg"]


async def test_nobody_else_is_shown_a_file(world: World) -> None:
    """P8: another worker, who is not on the case, and the reporter get none."""
    await world.assigned()
    await adds(world, jpeg())
    await world.fetches()
    message_id, callback = await world.button(world.user("An"), Verb.DETAILS)
    await world.press("Bram", callback, message_id=message_id)
    assert all(shown.file is None for name in ("Bram", "Rita") for shown in world.chat(name))
    assert PLACE not in jpeg()

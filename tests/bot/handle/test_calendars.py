"""A worker's own calendar: files that add an appointment, move it, and take it out again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar

from bot.outcomes import Upload
from bot.screen import Verb
from storage.database import Database
from tests.world import MONDAY, PERSONAL, TEAM, World

WEDNESDAY = datetime(2027, 9, 15, 12, 0, tzinfo=UTC)
"""14:00 in Ravels, in summer time."""


def files(world: World, name: str) -> list[Upload]:
    return [shown.file for shown in world.chat(name) if shown.file is not None]


def event(file: Upload) -> Any:
    calendar = Calendar.from_ical(file.content)
    (found,) = calendar.walk("VEVENT")
    found["method"] = calendar["METHOD"]
    return found


def read(file: Upload) -> tuple[str, str, int, Any]:
    """Return method, status, number of changes and start."""
    one = event(file)
    return str(one["method"]), str(one["STATUS"]), int(one["SEQUENCE"]), one["DTSTART"].dt


async def appointed(world: World) -> str:
    """An has an appointment on Wednesday at two."""
    ref = await world.assigned()
    await world.presses("An", Verb.ANSWER, step="call_day1", arg="accepts_help")
    await world.presses("An", Verb.DATE, arg="2027-09-15")
    await world.presses("An", "14:00")
    return ref


async def test_an_appointment_comes_as_a_file(world: World):
    """A tap puts it in the phone's calendar: reference, kind and initials, an alarm, no name."""
    ref = await appointed(world)
    (file,) = files(world, "An")
    assert file.name == f"{ref}-afspraak-thuis.ics"
    one = event(file)
    assert read(file) == ("PUBLISH", "CONFIRMED", 0, WEDNESDAY)
    assert one["DTEND"].dt - one["DTSTART"].dt == timedelta(hours=1)
    assert str(one["SUMMARY"]) == f"{ref} · afspraak thuis · M.V., Ravels"
    assert [alarm["TRIGGER"].dt for alarm in one.walk("VALARM")] == [timedelta(hours=-1)]
    assert one["DTSTAMP"].dt == MONDAY
    text = file.content.decode()
    assert [word for word in PERSONAL if word in text and word != "M.V."] == []
    assert files(world, "Carla") == files(world, "Bram") == []


async def test_the_prompt_became_the_calendar_and_then_the_answer(world: World):
    """One message all along: two taps on the prompt itself, and nothing is said twice."""
    await world.assigned()
    await world.presses("An", Verb.ANSWER, step="call_day1", arg="accepts_help")
    before = world.count("An")
    await world.presses("An", Verb.DATE, arg="2027-09-15")
    assert "hoe laat?" in world.last("An")
    await world.presses("An", "14:00")
    said = [shown.text for shown in world.chat("An") if "wo 15 sep 14:00" in shown.text]
    assert world.count("An") == before + 1  # the file
    assert len([text for text in said if text.startswith("✓")]) == 1


async def test_who_leaves_the_calendar_has_the_question_again(world: World):
    """Cancel brings the prompt back; its buttons are over when another has answered it."""
    ref = await world.assigned()
    await world.presses("An", Verb.ANSWER, step="call_day1", arg="accepts_help")
    await world.presses("An", "Andere dag…")
    await world.presses("An", "okt ▸")
    await world.presses("An", Verb.CANCEL)
    chat = world.user("An")
    message_id, code = await world.button(chat, Verb.DATE, arg="2027-09-15")
    await world.says("Carla", f"/case {ref}")
    await world.presses("Carla", Verb.DATE, arg="2027-09-14")
    await world.presses("Carla", "10:00")
    await world.press("An", code, chat_id=chat, message_id=message_id)
    assert await world.dialogue("An") is None
    assert len(await world.answers()) == 3  # assigned, phoned, and Carla's date


async def test_it_moves_and_is_withdrawn(world: World):
    """The same UID all along, a number that grows; then CANCEL takes it out."""
    ref = await appointed(world)
    await world.says("An", f"/case {ref}")
    await world.presses("An", Verb.ANSWER, step="home_appointment", arg="moved")
    await world.says("An", "do 16 sep 9u")
    await world.presses("An", Verb.PICK, arg="yes")
    await world.presses("An", Verb.ANSWER, step="home_appointment", arg="declines_help")
    first, second, third = (read(file) for file in files(world, "An"))
    thursday = datetime(2027, 9, 16, 7, 0, tzinfo=UTC)
    assert first[3] == WEDNESDAY
    assert second[:2] + second[3:] == ("PUBLISH", "CONFIRMED", thursday)
    assert third[:2] + third[3:] == ("CANCEL", "CANCELLED", thursday)
    assert first[2] < second[2] < third[2]
    assert len({str(event(file)["UID"]) for file in files(world, "An")}) == 1
    assert [shown.text for shown in world.chat("An") if shown.file][-1].startswith("📅")


async def test_who_takes_over_gets_it_and_the_other_phone_lets_go(world: World):
    """A case that is handed over takes its appointments along."""
    ref = await appointed(world)
    await world.says("An", f"/case {ref}")
    await world.presses("An", Verb.MORE)
    await world.presses("An", Verb.HAND_OVER)
    await world.presses("An", Verb.PICK, person=world.ids["Bram"])
    assert read(files(world, "An")[-1])[:2] == ("CANCEL", "CANCELLED")
    (taken,) = files(world, "Bram")
    assert read(taken) == ("PUBLISH", "CONFIRMED", 1, WEDNESDAY)


async def test_a_hearing_in_winter_keeps_its_hour(world: World):
    """10:00 on the wall on either side of the change of the clock; a day before, and an hour."""
    ref = await world.assigned()
    at = {"29 okt 2027 10:00": 8, "2 dec 2027 10:00": 9}
    for typed in at:
        await world.says("An", f"/case {ref}")
        await world.presses("An", Verb.MORE)
        await world.presses("An", Verb.CHANGE, arg=None)
        await world.presses("An", Verb.CHANGE, arg="hearing")
        await world.says("An", typed)
        await world.presses("An", Verb.SKIP)
    autumn, winter = (event(file) for file in files(world, "An"))
    assert [one["DTSTART"].dt.hour for one in (autumn, winter)] == list(at.values())
    assert [alarm["TRIGGER"].dt for alarm in winter.walk("VALARM")] == [
        timedelta(days=-1),
        timedelta(hours=-1),
    ]
    assert int(winter["SEQUENCE"]) == 1


async def test_a_day_without_a_time_is_all_day(world: World):
    """The time is not known yet: the calendar holds the day, and warns in the morning."""
    await world.assigned()
    await world.presses("An", Verb.ANSWER, step="call_day1", arg="accepts_help")
    await world.presses("An", Verb.DATE, arg="2027-09-15")
    await world.presses("An", "Uur nog niet bekend")
    one = event(files(world, "An")[0])
    assert one["DTSTART"].dt == WEDNESDAY.date()
    assert one["DTEND"].dt == WEDNESDAY.date() + timedelta(days=1)
    assert [alarm["TRIGGER"].dt for alarm in one.walk("VALARM")] == [timedelta(hours=9)]


async def test_what_took_place_stays(world: World):
    """An answer after the appointment is no reason to take it out of the calendar."""
    await appointed(world)
    await world.time_passes(to=WEDNESDAY + timedelta(hours=2))
    await world.presses("An", Verb.ANSWER, step="home_appointment", arg="went_ahead")
    assert len(files(world, "An")) == 1


async def test_a_wrong_tap_taken_back_puts_it_back(world: World):
    """Correct: the event that was cancelled comes again, with a higher number."""
    ref = await appointed(world)
    await world.says("An", f"/case {ref}")
    await world.presses("An", Verb.ANSWER, step="home_appointment", arg="declines_help")
    await world.presses("An", Verb.CORRECT)
    made, gone, back = (read(file) for file in files(world, "An"))
    assert [one[0] for one in (made, gone, back)] == ["PUBLISH", "CANCEL", "PUBLISH"]
    assert made[2] < gone[2] < back[2]


async def test_a_team_may_do_without(database: Database):
    """`calendar_files: false` in the team file: no files."""
    world = await World.open(database, team=TEAM + "calendar_files: false\n")
    await appointed(world)
    assert files(world, "An") == []


async def test_the_calendar_is_there_after_a_restart(world: World):
    """A month that was leafed to before a crash can be tapped after it."""
    await world.assigned()
    await world.presses("An", Verb.ANSWER, step="call_day1", arg="accepts_help")
    await world.presses("An", "Andere dag…")
    await world.presses("An", "okt ▸")
    world.restart()
    await world.presses("An", Verb.PICK, arg="2027-10-07")
    world.restart()
    await world.presses("An", "09:30")
    await world.presses("An", Verb.SKIP)  # why so late
    (answer,) = [each for each in await world.answers() if each.step == "home_appointment"]
    assert answer.fields.when is not None
    assert answer.fields.when.at == datetime(2027, 10, 7, 7, 30, tzinfo=UTC)


async def test_an_old_calendar_changes_nothing(world: World):
    """A page of a calendar that was answered long ago says so, kindly."""
    await world.assigned()
    await world.presses("An", Verb.ANSWER, step="call_day1", arg="accepts_help")
    await world.presses("An", "Andere dag…")
    chat = world.user("An")
    message_id, code = await world.button(chat, Verb.PICK, arg="2027-09-22")
    await world.says("An", "wo 15 sep 14u")
    await world.presses("An", Verb.PICK, arg="yes")
    await world.press("An", code, chat_id=chat, message_id=message_id)
    assert world.phone.toasts[-1] == "Die vraag is al afgehandeld. Er is niets veranderd."
    assert len(files(world, "An")) == 1

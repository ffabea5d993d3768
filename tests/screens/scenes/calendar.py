"""The small calendar, dates that are typed, and the file for a phone's own calendar."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversations.scene import Turn
from bot.screen import Made, Screen, Verb
from bot.views.invitations import invitation_file
from scheduler.appointments import Change, Invitation, appointments
from scheduler.case import Planned
from tests.screens.catalogue import scene
from tests.screens.stage import AN, CASE, LIES, Chat, Stage, local


def accepted(stage: Stage) -> Chat:
    """An's client wants help: when is the talk?"""
    stage.assigned()
    stage.answers(AN, "call_day1", "accepts_help")
    return stage.chat()


def at(local_time: str, stage: Stage) -> Planned:
    moment = local(local_time)
    return Planned(day=stage.team.days.day_of(moment), at=moment, known_at=stage.now)


@scene
def month_with_closed_days(stage: Stage) -> Turn:
    """Leafing to November: closed days are dots where a working day is asked."""
    chat = accepted(stage)
    chat.force(Verb.ANSWER, case=CASE, step="home_appointment", arg="")
    chat.press(Verb.PICK, "2027-10")
    return chat.press(Verb.PICK, "2027-11")


@scene
def month_of_a_hearing(stage: Stage) -> Turn:
    """A hearing may be on any day: closed ones are dimmed."""
    chat = accepted(stage)
    chat.force(Verb.CHANGE, case=CASE, arg="hearing")
    return chat.press(Verb.PICK, "2027-10")


@scene
def month_behind_us(stage: Stage) -> Turn:
    """The judgment was served: the calendar ends today."""
    chat = accepted(stage)
    return chat.force(Verb.CHANGE, case=CASE, arg="served")


@scene
def time_by_hand(stage: Stage) -> list[Screen]:
    """A day of the prompt was tapped; its time is typed, wrongly, then rightly."""
    chat = accepted(stage)
    chat.force(Verb.DATE, case=CASE, step="home_appointment", arg="2027-09-15")
    chat.press(Verb.PICK, "2027-09-15~")
    for text in ("25:00", "14:15"):
        chat.say(text)
    return chat.screens[1:]


@scene
def typed_and_said_back(stage: Stage) -> list[Turn]:
    """A typed date counts once it was said back; on a closed day with that beside it."""
    chat = accepted(stage)
    chat.force(Verb.CONTACT, case=CASE, arg="wants_call")
    return [chat.say("14-09-2027 14:00"), chat.say("18-09-2027 10:00")]


@scene
def typed_before_a_question(stage: Stage) -> Turn:
    """Where another question follows, it says what was read."""
    chat = accepted(stage)
    chat.force(Verb.CHANGE, case=CASE, arg="hearing")
    return chat.say("07-10-2027 10:00")


@scene
def typed_and_refused(stage: Stage) -> list[Turn]:
    """No such day, no such hour, a year too far, an hour that the clock skips."""
    chat = accepted(stage)
    chat.force(Verb.CHANGE, case=CASE, arg="hearing")
    return [
        chat.say(text)
        for text in ("31-02", "29-02-2029 10:00", "9999", "07-10-9999", "26-03-2028 02:30")
    ]


@scene
def pressed_what_is_no_day(stage: Stage) -> list[Turn]:
    """A weekday or a closed day of the calendar was pressed; an old page of it."""
    chat = accepted(stage)
    chat.force(Verb.ANSWER, case=CASE, step="home_appointment", arg="")
    label = chat.force(Verb.NOTHING)
    closed = chat.force(Verb.NOTHING, arg="day")
    chat.press(Verb.CANCEL)
    old = chat.force(Verb.PICK, case=CASE, step="when", arg="2027-09-22")
    return [label, closed, old]


@scene
def left(stage: Stage) -> Turn:
    """Cancel: the question that the calendar took the place of is back."""
    chat = accepted(stage)
    chat.force(Verb.ANSWER, case=CASE, step="home_appointment", arg="")
    return chat.press(Verb.CANCEL)


@scene
def reporter(stage: Stage) -> list[Screen]:
    """A reporter is asked for the hearing: a month, then the times of a day."""
    chat = stage.chat(LIES)
    chat.force(Verb.REPORT, arg="guided")
    chat.press(Verb.PICK, "ravels.arrears")
    for _ in range(20):
        asking = chat.asking
        if asking == "summary":
            break
        if asking == "client":
            chat.say("Marc Verlinden")  # shown nowhere here
        else:
            chat.press(Verb.SKIP)
    chat.press(Verb.CHANGE_LINE, "hearing")
    month = chat.press(Verb.PICK, "2027-10").edit
    times = chat.press(Verb.PICK, "2027-10-07").edit
    assert month is not None and times is not None
    return [month, times]


@scene
def files(stage: Stage) -> list[Screen]:
    """What comes for the phone's calendar: an appointment that is new, moved, gone."""
    accepted(stage)
    stage.answers(AN, "home_appointment", None, when=at("2027-09-15 14:00", stage))
    return list(_files(stage))


def _files(stage: Stage) -> Iterator[Screen]:
    sight = stage.sight()
    (one,) = appointments(stage.view.case, stage.view.procedure).values()
    for number, change in enumerate(Change):
        invitation = Invitation(appointment=one, to=AN.id, change=change)
        made = invitation_file(sight, invitation, number)
        yield Screen(html=f"<code>{_summary(made)}</code>", made=(made,))


def _summary(made: Made) -> str:
    return str(made.values["summary"]).replace("&", "&amp;").replace("<", "&lt;")

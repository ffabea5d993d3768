"""What somebody who reports adds to it, reads of it, and is asked months later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.acts import AddToReport, When
from bot.conversations.scene import Handed, Turn
from bot.screen import Screen, Verb
from bot.texts import say
from bot.views import own_reports
from bot.views.details import details_screen
from scheduler.case import Planned
from scheduler.decision import Kind
from scheduler.stimuli import Added
from tests.screens.catalogue import scene
from tests.screens.scenes.reporter import reported, story, up_to
from tests.screens.stage import AN, CASE, LIES, Stage

ADDED = ("text", "file", "paid", "hearing", "eviction", "withdraw")
OTHERWISE = ("paid", "withdraw", "after_yes", "after_no", "after_unknown")


def begun(stage: Stage, name: str = "ravels") -> None:
    """Lies has reported, and An has the case."""
    stage.only(name)
    stage.assigned(name)


# The form, as short as it can be


@scene
def asked_together(stage: Stage) -> list[Screen]:
    """Name, address and phone in one message; else address and phone in one question."""
    stage.only("ravels")
    chat = stage.stranger()
    chat.force(Verb.REPORT, arg="guided")
    chat.press(Verb.PICK, "arrears")
    chat.say(stage.own("Marc Verlinden")[:100].strip())
    chat.say("0900 12 345")
    chat.press(Verb.SKIP)
    return chat.screens[1:]


@scene
def short_messages(stage: Stage) -> list[Screen]:
    """A frightened neighbour in short messages: each is noted, nobody is sent back."""
    stage.only("eropaf")
    chat = stage.stranger()
    for text in ("ik ben bang voor mijn buurvrouw", "er kwam vandaag een deurwaarder"):
        chat.say(text)
    return chat.screens


@scene
def reached_how(stage: Stage) -> Turn:
    """How do we reach you yourself? Asked once, where the reporter is spoken to first."""
    stage.only("eropaf")
    chat = stage.stranger()
    chat.force(Verb.REPORT, arg="guided")
    return up_to(chat, "reach", stage).turn


@scene
def photo_first(stage: Stage) -> Turn:
    """A photo of the letter is the first thing that comes."""
    stage.only("ravels")
    return stage.stranger().hear(Handed(kind="photo", file_id="P1", size=9))


@scene
def photos_together(stage: Stage) -> Turn:
    """An album, in the middle of a report."""
    stage.only("ravels")
    chat = stage.stranger()
    chat.say(story(stage))
    return chat.hear(Handed(kind="photo", file_id="P1", size=9, album="1"))


# Adding


@scene
def add_hearing(stage: Stage) -> Turn:
    """A date of the hearing, from the calendar."""
    reported(stage)
    return stage.chat(LIES).force(Verb.ADD, case=CASE, arg="hearing")


@scene
def date_echoed(stage: Stage) -> Turn:
    """A typed date is echoed before it counts."""
    reported(stage)
    chat = stage.chat(LIES)
    chat.force(Verb.ADD, case=CASE, arg="eviction")
    return chat.say("07-10-2027")


@scene
def added(stage: Stage) -> list[Screen]:
    """What was added, said back."""
    reported(stage)
    when = When(day=date(2027, 10, 7))
    acts = [
        AddToReport(case=CASE, what=what, when=when if what in ("hearing", "eviction") else None)
        for what in ADDED
    ]
    language, now = stage.language, stage.now
    return [own_reports.added_screen(act, stage.view, stage.team, language, now) for act in acts]


@scene
def added_told(stage: Stage) -> list[Screen]:
    """What the worker is told of it."""
    begun(stage)
    screens = []
    for what in ("text", "file", *OTHERWISE):
        stage.happens(Added(by=LIES.id, what=what))
        screens.append(stage.message(Kind.INFO, to=AN))
    return screens


@scene
def added_dates_told(stage: Stage) -> list[Screen]:
    """A date that was not known, then a later one: the first stays."""
    begun(stage)
    screens = []
    for what in ("hearing", "eviction"):
        for day in (date(2027, 10, 20), date(2027, 10, 25)):
            planned = Planned(day=day, known_at=stage.now)
            stage.happens(Added(by=LIES.id, what=what, planned=planned))
            screens.append(stage.message(Kind.INFO, to=AN))
    return screens


# Called back first


@scene
def my_reports_gate(stage: Stage) -> Turn:
    """Status of an Eropaf report: first the reporter."""
    begun(stage, "eropaf")
    return stage.chat(LIES).order("reports")


@scene
def details_reach(stage: Stage) -> list[Screen]:
    """Details of the step in which the reporter is spoken to: by phone, or by this chat."""
    begun(stage, "eropaf")
    sight = stage.sight()
    ways = (stage.own("0471 22 33 44")[:100].strip(), "chat")
    return [
        details_screen(
            replace(sight, view=replace(sight.view, values={**sight.view.values, "reach": way})),
            reporter=stage.own("Lies"),
        )
        for way in ways
    ]


# Three months later


@scene
def asked_afterwards(stage: Stage) -> list[Screen]:
    """At the check, where the team wants it; and what the question becomes."""
    reported(stage)
    view, language = stage.view, stage.language
    return [
        own_reports.after_screen(view, date(2027, 9, 13), language),
        own_reports.after_thanks_screen(view, language),
        Screen(html=say(language, "reporter-after-already")),
    ]

"""Leave with its chains and gaps, briefs and digests, working days, and the walk of a leaver."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot import acts
from bot.conversations.outcome import Performed
from bot.conversations.scene import AbsenceLine, Member, Turn
from bot.screen import Screen, Verb
from bot.texts import say
from bot.views import leave as views
from bot.views.lists import rows_of
from bot.views.words import span_words
from scheduler.procedure import Role
from tests.screens.catalogue import scene
from tests.screens.scenes.worker import day_2
from tests.screens.stage import AN, BRAM, KARIN, Stage

DINA: Final = Member(id=5, name="Dina", role=Role.WORKER, language="nl-BE", user_id=550)


def september(day: int) -> date:
    return date(2027, 9, day)


def leave(
    id_: int, person: Member, first: int, last: int, stand_in: Member | None, *, yes: bool = True
) -> AbsenceLine:
    return AbsenceLine(
        id=id_,
        person=person.id,
        from_on=september(first),
        to_on=september(last),
        stand_in=stand_in.id if stand_in else None,
        accepted=yes,
    )


def entered(stage: Stage, *others: AbsenceLine) -> Turn:
    """An entered leave from Tuesday to Friday, with Bram as stand-in."""
    stage.members.append(stage.of(DINA))
    stage.leave += [*others, leave(1, AN, 14, 17, BRAM, yes=False)]
    act = acts.SetAway(person=AN.id, from_on=september(14), to_on=september(17), stand_in=BRAM.id)
    return stage.chat().told(act, Performed(values={"absence": 1}))


@scene
def entered_well(stage: Stage) -> Turn:
    """The stand-in is there on all days."""
    return entered(stage)


@scene
def entered_with_a_gap(stage: Stage) -> Turn:
    """The stand-in is away on two of the days, and nobody for them."""
    return entered(stage, leave(2, BRAM, 15, 16, None))


@scene
def entered_with_a_chain(stage: Stage) -> Turn:
    """The stand-in is away too, and has a stand-in."""
    return entered(stage, leave(2, BRAM, 15, 16, DINA))


@scene
def a_promise_broken(stage: Stage) -> Turn:
    """Who stands in for An goes away: what becomes of An's days."""
    stage.leave += [leave(1, AN, 14, 17, BRAM), leave(2, BRAM, 16, 17, None)]
    act = acts.SetAway(person=BRAM.id, from_on=september(16), to_on=september(17))
    return stage.chat(BRAM).told(act, Performed(values={"absence": 2}))


@scene
def stand_in_accepts(stage: Stage) -> Turn:
    """The stand-in says yes, and is away on one day."""
    stage.members.append(stage.of(DINA))
    stage.leave += [leave(1, AN, 14, 17, BRAM), leave(2, BRAM, 15, 15, DINA)]
    act = acts.AnswerStandIn(absence=1, accepted=True)
    return stage.chat(BRAM).told(act, Performed(values={"person": AN.id}))


@scene
def my_leave(stage: Stage) -> list[Screen]:
    """My leave: none, then two; one of them opened, before and during it."""
    chat = stage.chat()
    chat.force(Verb.MY_LEAVE)
    stage.leave += [leave(1, AN, 14, 17, BRAM), leave(2, AN, 27, 27, None)]
    chat.force(Verb.MY_LEAVE)
    chat.force(Verb.ABSENCE, item=1)
    stage.at("2027-09-15 10:00")
    chat.force(Verb.ABSENCE, item=1)
    return chat.screens


@scene
def changing(stage: Stage) -> list[Screen]:
    """Another stand-in, another last day: what is asked."""
    stage.leave += [leave(1, AN, 14, 17, BRAM)]
    chat = stage.chat()
    chat.force(Verb.CHANGE_AWAY, item=1, arg="stand_in")
    chat.force(Verb.CANCEL)
    chat.force(Verb.CHANGE_AWAY, item=1, arg="to")
    return chat.screens


@scene
def changed(stage: Stage) -> list[Screen]:
    """After it: another stand-in, no leave, back today."""
    stage.leave += [leave(1, AN, 14, 17, BRAM, yes=False)]
    chat = stage.chat()
    chat.told(acts.ChangeAway(absence=1, stand_in=BRAM.id), Performed(values={"absence": 1}))
    chat.told(acts.DropAway(absence=1), Performed(values={}))
    chat.told(acts.ChangeAway(absence=9, to_on=september(13)), Performed(values={"absence": 9}))
    return chat.screens


@scene
def told_to_the_stand_in(stage: Stage) -> list[Screen]:
    """Not needed any more; other days."""
    days = span_words(september(14), september(17), stage.language, september(13))
    name = stage.of(AN).name
    return [
        Screen(html=say(stage.language, key, name=name, days=days))
        for key in ("stand-in-off", "stand-in-until")
    ]


@scene
def brief(stage: Stage) -> Turn:
    """As the leave begins: the cases that the stand-in takes on."""
    day_2(stage)
    stage.leave.append(leave(1, AN, 14, 17, BRAM))
    return stage.chat(BRAM).force(Verb.COVERED, person=AN.id)


@scene
def brief_of_many(stage: Stage) -> Screen:
    """More than a page holds."""
    day_2(stage)
    rows = rows_of([stage.view] * 20, stage.team, stage.language, stage.now)
    return views.brief_screen(
        stage.of(AN), None, rows, {}, stage.language, today=september(14), page=1
    )


@scene
def brief_of_nothing(stage: Stage) -> Turn:
    """No open case (any more)."""
    stage.leave.append(leave(1, AN, 13, 17, BRAM))
    return stage.chat(BRAM).force(Verb.COVERED, person=AN.id)


@scene
def back(stage: Stage) -> list[Screen]:
    """Back from leave: with something, with nothing that happened."""
    day_2(stage)
    names = {one.id: one.name for one in stage.members if one.role is not Role.REPORTER}
    history = stage.history(stage.view.id)
    return [
        views.digest_screen(
            stage.of(AN),
            since,
            [views.meanwhile(stage.sight(), history, names, since)],
            names,
            september(20),
        )
        for since in (september(13), september(17))
    ]


@scene
def working_days(stage: Stage) -> list[Screen]:
    """Which days: one ticked off, none left, and how it is kept; what others hear."""
    chat = stage.chat()
    chat.force(Verb.WORKS)
    chat.force(Verb.PICK, arg="2")
    for day in "0134":
        chat.force(Verb.PICK, arg=day)
    chat.force(Verb.DONE)
    screens = [*chat.screens[:2], chat.screens[-1]]
    chat.told(acts.SetWorks(person=AN.id, works=(0, 1, 3)), Performed())
    chat.told(acts.SetWorks(person=AN.id, works=None), Performed())
    return [*screens, *chat.screens[-2:]]


@scene
def walk(stage: Stage) -> list[Screen]:
    """Before leaving: asked, a case with its proposed successor, everybody, and the end."""
    stage.members.append(stage.of(DINA))
    day_2(stage)
    chat = stage.chat()
    chat.order("leave")
    chat.force(Verb.HAND_ON, item=AN.id)
    chat.force(Verb.HAND_ON, item=AN.id, case=stage.view.id)
    chat.force(Verb.HAND_ON, item=AN.id, page=stage.view.id)
    return chat.screens


@scene
def walk_of_a_coordinator(stage: Stage) -> list[Screen]:
    """A coordinator marks somebody as left."""
    day_2(stage)
    chat = stage.chat(KARIN)
    chat.force(Verb.LEAVE_TEAM, person=AN.id)
    chat.force(Verb.HAND_ON, item=AN.id)
    return chat.screens

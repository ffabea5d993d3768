"""Safe visits, from the door to the door, and what is said when nobody comes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.conversations.outcome import Performed
from bot.conversations.scene import Turn, VisitView
from bot.screen import Screen, Verb
from bot.views.history import history_screen
from bot.views.visits import alert_screen, card_screen, retired_screen
from scheduler.decision import Kind
from scheduler.stimuli import Visited
from tests.screens.catalogue import scene
from tests.screens.scenes.worker import appointment, day_2
from tests.screens.stage import AN, BRAM, CASE, KARIN, Chat, Stage, local

IN = local("2027-09-14 14:02")
ONE = VisitView(id=1, case=CASE, step="visit_1", person=AN.id, name="An", state="planned")


def to_visit(stage: Stage) -> Chat:
    """The team wants safe visits; An is asked to go there."""
    stage.team = replace(stage.team, safe_visits=True)
    day_2(stage)
    stage.at("2027-09-14 09:40")
    stage.answers(AN, "call_day2", "not_reached")
    chat = stage.chat()
    chat.screens.append(stage.message(to=AN))
    return chat


def visit(stage: Stage, state: str, **more: object) -> VisitView:
    """Let the visit be in that state, and keep it."""
    known = replace(ONE, name=stage.own("An"), state=state, **more)  # type: ignore[arg-type]
    if state != "planned" and known.in_at is None:
        known = replace(known, in_at=IN, until=IN + timedelta(hours=1))
    stage.visits = [known]
    return known


@scene
def prompt_of_a_visit(stage: Stage) -> Screen:
    """The prompt of a home visit, in a team that wants safe visits."""
    return to_visit(stage).last


@scene
def info_of_an_appointment(stage: Stage) -> Screen:
    """The morning of an appointment at home."""
    stage.team = replace(stage.team, safe_visits=True)
    appointment(stage)
    stage.passes("2027-09-15 09:00")
    return stage.message(Kind.INFO, to=AN)


@scene
def with_whom(stage: Stage) -> Turn:
    """[Safe visit]: who goes along?"""
    return to_visit(stage).press(Verb.VISIT)


@scene
def with_someone_else(stage: Stage) -> Turn:
    """[Someone else…]: typed."""
    chat = to_visit(stage)
    chat.press(Verb.VISIT)
    return chat.press(Verb.VISIT, "someone")


def _ready(stage: Stage, **more: object) -> Chat:
    chat = to_visit(stage)
    chat.press(Verb.VISIT)
    chat.press(Verb.VISIT, "with", person=None)
    visit(stage, "planned", **more)
    chat.told(chat.act, Performed(values={"visit": 1}))
    return chat


@scene
def at_the_door(stage: Stage) -> Screen:
    """What is tapped at the door: how long it may take."""
    return _ready(stage).last


@scene
def at_the_door_with_a_typed_name(stage: Stage) -> Screen:
    """The same, with somebody who is no colleague."""
    return _ready(stage, company=stage.own("wijkagent Peters"), company_typed=True).last


@scene
def another_time(stage: Stage) -> list[Turn]:
    """[Other time…]: asked, not understood, understood."""
    chat = _ready(stage)
    return [chat.press(Verb.VISIT, "other"), chat.say("eventjes"), chat.say("2u30")]


def _card(stage: Stage, state: str, **more: object) -> Screen:
    to_visit(stage)
    return card_screen(stage.sight(), visit(stage, state, **more))


@scene
def inside(stage: Stage) -> Screen:
    """[I go in] was tapped."""
    return _card(stage, "inside", company=stage.own("Bram"))


@scene
def are_you_out(stage: Stage) -> Screen:
    """The time is over, and nothing was heard."""
    return _card(stage, "asked", until=IN + timedelta(minutes=65), in_at=IN)


@scene
def coordinator_told(stage: Stage) -> Screen:
    """Five minutes later, to the worker."""
    return _card(stage, "alerted", alerted=frozenset({KARIN.id}))


@scene
def somebody_looks(stage: Stage) -> Screen:
    """A coordinator looks into it."""
    alerted = frozenset({KARIN.id})
    return _card(stage, "alerted", alerted=alerted, looks=stage.own("Karin"), looks_by=KARIN.id)


@scene
def nobody_to_tell(stage: Stage) -> Screen:
    """Nobody on the team can be reached."""
    return _card(stage, "alerted")


@scene
def out(stage: Stage) -> list[Screen]:
    """[I am out], in time and after an alarm; what an older message becomes."""
    in_time = _card(stage, "out", out_at=IN + timedelta(minutes=40))
    late = visit(stage, "out", out_at=IN + timedelta(minutes=80), was_alerted=True)
    older = retired_screen(stage.sight(), visit(stage, "asked"))
    return [in_time, card_screen(stage.sight(), late), older]


@scene
def said_to_be_safe(stage: Stage) -> Screen:
    """The coordinator says that all is well."""
    out_at = IN + timedelta(minutes=80)
    return _card(stage, "safe", out_at=out_at, looks=stage.own("Karin"), looks_by=KARIN.id)


@scene
def not_after_all(stage: Stage) -> Screen:
    """[Not after all], before going in."""
    return _card(stage, "cancelled")


@scene
def answered_while_inside(stage: Stage) -> Turn:
    """The visit's step is answered, and the worker is still inside."""
    chat = to_visit(stage)
    visit(stage, "inside")
    chat.press(Verb.ANSWER, "nobody_home")
    return chat.told(chat.act, Performed())


def _alert(stage: Stage, reader: int, state: str = "alerted", **more: object) -> Screen:
    to_visit(stage)
    told = frozenset({KARIN.id, BRAM.id})
    known = visit(stage, state, alerted=told, was_alerted=True, **more)
    return alert_screen(stage.sight(KARIN), known, reader=reader)


@scene
def alarm(stage: Stage) -> Screen:
    """To the coordinators: who is not out."""
    return _alert(stage, KARIN.id, company=stage.own("Bram"))


@scene
def alarm_looked_into(stage: Stage) -> list[Screen]:
    """After [I look into it]: one's own copy, and the others'."""
    looks = stage.own("Karin")
    mine = _alert(stage, KARIN.id, looks=looks, looks_by=KARIN.id)
    return [mine, alert_screen(stage.sight(KARIN), stage.visits[0], reader=BRAM.id)]


@scene
def alarm_over(stage: Stage) -> list[Screen]:
    """The worker is out, stays longer, or was found well."""
    over = {"out_at": IN + timedelta(minutes=80)}
    looks = {"looks": stage.own("Karin"), "looks_by": KARIN.id}
    is_out = _alert(stage, KARIN.id, "out", **over)
    sight = stage.sight(KARIN)
    longer = alert_screen(sight, replace(stage.visits[0], state="inside"), reader=KARIN.id)
    found = replace(stage.visits[0], state="safe", **looks)  # type: ignore[arg-type]
    return [is_out, longer, alert_screen(sight, found, reader=KARIN.id)]


@scene
def alarm_where(stage: Stage) -> Turn:
    """[Address], by who was told: protected, gone after ten minutes."""
    alert = _alert(stage, KARIN.id)
    chat = stage.chat(KARIN)
    chat.screens.append(alert)
    return chat.press(Verb.VISIT, "where")


@scene
def in_the_history(stage: Stage) -> Screen:
    """The case's history holds who went in and came out, and when."""
    to_visit(stage)
    for at, what, by in (("14:02", "in", AN), ("15:07", "alerted", AN), ("15:09", "look", KARIN)):
        stage.at(f"2027-09-14 {at}")
        stage.happens(Visited(by=by.id, what=what))
    for at, what, by in (("15:12", "longer", AN), ("15:20", "out", AN), ("15:21", "safe", KARIN)):
        stage.at(f"2027-09-14 {at}")
        stage.happens(Visited(by=by.id, what=what))
    people = {one.id: one.name for one in stage.members}
    history = stage.history(CASE)
    return history_screen(
        stage.sight(), history, people=people, reader=AN.id, is_coordinator=False
    )


@scene
def status_with_visits(stage: Stage) -> Turn:
    """/status while colleagues are inside: one in time, one asked, one whom nobody has heard."""
    to_visit(stage)
    visit(stage, "inside")
    late = replace(stage.visits[0], id=2, name=stage.own("Bram"), state="asked")
    unheard = replace(late, id=3, state="alerted", was_alerted=True)
    stage.visits += [late, unheard]
    return stage.chat(KARIN).order("status")

"""Safe visits: who goes along, in, out, and who looks into it when nobody comes out. Pure.

It never stands in the way of answering: all of it is a message of its own beside the prompt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from bot.acts import Act, AnswerStep, PlanVisit, TellVisit
from bot.conversations.access import case_for, is_on_team, member_of, refused, sight_of
from bot.conversations.ask import Ask
from bot.conversations.case_forms import view_of
from bot.conversations.forms import Form, begin
from bot.conversations.outcome import Outcome, Performed
from bot.conversations.scene import Dialogue, Member, Scene, Turn, VisitView
from bot.reading.spans import read_minutes
from bot.screen import Intent, Screen, Verb
from bot.texts import plain, say
from bot.views.heads import Sight, head
from bot.views.visits import (
    COLLEAGUES_MAX,
    LONGER,
    alert_screen,
    card_screen,
    is_visit,
    ready_screen,
    span_words,
    time_top,
    where_screen,
    with_screen,
)
from scheduler.procedure import FieldKind, Role

INSIDE: Final = frozenset({"inside", "asked", "alerted"})
"""States in which somebody is, or may be, inside."""

OTHER_MINUTES: Final = (15, 45, 120, 180)
"""Offered beside the ordinary ones; any other is typed."""

_TEAM: Final = frozenset({Role.WORKER, Role.COORDINATOR})
_WATCHERS: Final = frozenset({"look", "safe", "where"})


def press_visit(intent: Intent, scene: Scene) -> Turn:
    """Return what follows of one tap about a visit; see `Verb.VISIT`."""
    if intent.item is not None:
        return _of_visit(intent, scene)
    view = case_for(scene, intent.case)
    step = view.procedure.steps.get(intent.step or "") if view is not None else None
    if view is None or step is None or not scene.team.safe_visits:
        return refused(scene)
    sight = sight_of(scene, view)
    if not is_visit(sight, step):
        return refused(scene)
    match intent.arg:
        case "with":
            return Turn(act=PlanVisit(case=view.id, step=step.id, person=intent.person))
        case "someone":
            dialogue = Dialogue(kind="visit_with", asking="", case=view.id, step=step.id)
            return begin(WITH, dialogue, scene, in_place=True)
        case "stop":
            return Turn(edit=Screen(html=say(scene.language, "cancelled")))
        case _:
            return _begun(sight, step.id, scene)


def _begun(sight: Sight, step: str, scene: Scene) -> Turn:
    """Ask who goes along; where a visit at the step is under way, show that."""
    mine = scene.look.visits_of(member_of(scene).id)
    here = [one for one in mine if (one.case, one.step) == (sight.view.id, step)]
    known = [one for one in here if one.state in INSIDE]
    if known:
        return Turn(screens=(card_screen(sight, known[-1]),))
    return Turn(screens=(with_screen(sight, step, _colleagues(scene)),))


def _colleagues(scene: Scene) -> list[Member]:
    """Return who can go along: the team but oneself, who is there today first, by name."""
    today = scene.team.days.day_of(scene.now)

    def is_away(one: Member) -> bool:
        person = scene.roster.person(one.id)
        return person is None or not person.present_on(today)

    me = member_of(scene).id
    team = [one for one in scene.look.people() if one.role in _TEAM and one.state == "active"]
    others = [one for one in team if one.id != me]
    return sorted(others, key=lambda one: (is_away(one), one.name.casefold()))[:COLLEAGUES_MAX]


# A visit that is known


def _of_visit(intent: Intent, scene: Scene) -> Turn:
    visit = scene.look.visit(intent.item or 0)
    if visit is None or not is_on_team(scene):
        return refused(scene)
    if intent.arg in _WATCHERS:
        return _watched(intent, visit, scene)
    if visit.person != member_of(scene).id:
        return refused(scene)
    if intent.arg == "other" and visit.state == "planned":
        dialogue = Dialogue(
            kind="visit_time", asking="", case=visit.case, step=visit.step, answer=str(visit.id)
        )
        return begin(TIME, dialogue, scene, in_place=True)
    fits = {"in": {"planned"}, "cancel": {"planned"}, "out": INSIDE, "longer": INSIDE}
    if visit.state not in fits.get(intent.arg or "", ()):
        return Turn(edit=card_screen(_sight(visit, scene), visit))
    minutes = {"in": intent.page or None, "longer": LONGER}.get(intent.arg or "")
    return Turn(act=TellVisit(visit=visit.id, what=intent.arg or "", minutes=minutes))


def _watched(intent: Intent, visit: VisitView, scene: Scene) -> Turn:
    """What who was told can do: look into it, see where it is, say that all is well."""
    me = member_of(scene).id
    if me not in visit.alerted:
        return refused(scene)
    sight = _sight(visit, scene)
    if visit.state == "alerted":
        if intent.arg == "where":
            return Turn(screens=(where_screen(sight),))
        if intent.arg == "look" and visit.looks_by is None:
            return Turn(act=TellVisit(visit=visit.id, what="look"))
        if intent.arg == "safe" and visit.looks_by == me:
            return Turn(act=TellVisit(visit=visit.id, what="safe"))
    return Turn(edit=alert_screen(sight, visit, reader=me))


def _sight(visit: VisitView, scene: Scene) -> Sight:
    view = scene.look.case(visit.case)
    assert view is not None, "a visit without its case"
    return sight_of(scene, view)


# What came of it


def respond(act: PlanVisit | TellVisit, outcome: Outcome, scene: Scene) -> Turn:
    """Show the visit as it is now, in place of what was pressed."""
    if not isinstance(outcome, Performed):
        return refused(scene)
    visit = scene.look.visit(outcome.values["visit"])
    assert visit is not None, "an act on a visit that is not there"
    sight = _sight(visit, scene)
    if isinstance(act, TellVisit) and act.what in _WATCHERS:
        return Turn(edit=alert_screen(sight, visit, reader=member_of(scene).id))
    return Turn(edit=card_screen(sight, visit))


def still_inside(act: Act, scene: Scene) -> tuple[Screen, ...]:
    """Return the visit's own message again once its step is answered: its clock goes on.

    Answering does not say that one is out.
    """
    if not isinstance(act, AnswerStep) or act.answer is None:
        return ()
    mine = scene.look.visits_of(member_of(scene).id)
    return tuple(
        card_screen(_sight(one, scene), one)
        for one in mine
        if (one.case, one.step) == (act.case, act.step) and one.state in INSIDE
    )


# Typed: somebody else, another time


def _with_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    label = plain(scene.language, "visit-with-whom")
    return (Ask(id="name", kind=FieldKind.TEXT.value, label=label, required=True),)


def _with_finish(dialogue: Dialogue, scene: Scene) -> PlanVisit:
    name = " ".join(str(dialogue.values["name"]).split())
    known = [one for one in _colleagues(scene) if one.name.casefold() == name.casefold()]
    plan = PlanVisit(case=dialogue.case or 0, step=dialogue.step or "")
    if len(known) == 1:
        return replace(plan, person=known[0].id)
    return replace(plan, name=name)


def _with_top(dialogue: Dialogue, scene: Scene) -> str:
    return head(sight_of(scene, view_of(dialogue, scene)))


WITH: Final = Form(asks=_with_asks, finish=_with_finish, top=_with_top)


def _visit(dialogue: Dialogue, scene: Scene) -> VisitView:
    visit = scene.look.visit(int(dialogue.answer or 0))
    assert visit is not None, "a dialogue about a visit that is not there"
    return visit


def _time_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    sight = _sight(_visit(dialogue, scene), scene)
    return (
        Ask(
            id="time",
            kind=FieldKind.TEXT.value,
            label=sight.plain("visit-how-long"),
            required=True,
            offers=tuple((span_words(sight, each), str(each)) for each in OTHER_MINUTES),
            hint=sight.say("visit-how-long-hint"),
        ),
    )


def _time_finish(dialogue: Dialogue, scene: Scene) -> Turn:
    """Return the visit with the time that was told as its first button, or ask again."""
    visit = _visit(dialogue, scene)
    minutes = read_minutes(str(dialogue.values["time"]))
    if minutes is None:
        again = begin(TIME, replace(dialogue, values={}), scene)
        notice = Screen(html=say(scene.language, "visit-how-long-again"))
        return replace(again, screens=(notice, *again.screens))
    sight = _sight(visit, scene)
    if visit.state != "planned":
        return Turn(edit=card_screen(sight, visit))
    return Turn(edit=ready_screen(sight, visit, minutes))


def _time_top(dialogue: Dialogue, scene: Scene) -> str:
    return time_top(_sight(_visit(dialogue, scene), scene))


def _time_before(dialogue: Dialogue, scene: Scene) -> Screen:
    visit = _visit(dialogue, scene)
    return card_screen(_sight(visit, scene), visit)


TIME: Final = Form(asks=_time_asks, finish=_time_finish, top=_time_top, before=_time_before)

FORMS: Final[Mapping[str, Form]] = MappingProxyType({"visit_with": WITH, "visit_time": TIME})

PRESSES: Final[Mapping[Verb, Callable[[Intent, Scene], Turn]]] = MappingProxyType(
    {Verb.VISIT: press_visit}
)

"""Before somebody leaves: their open cases one by one, each with a proposed successor, one tap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bot.acts import HandOn
from bot.conversations import coordinator, member
from bot.conversations.access import is_coordinator, is_on_team, member_of, refused, sight_of
from bot.conversations.outcome import Outcome
from bot.conversations.scene import CaseView, Member, Scene, Turn
from bot.screen import Intent, Verb
from bot.texts import plain
from bot.views import leaving as views
from scheduler.decision import Refused
from scheduler.procedure import Role


def press_hand_on(intent: Intent, scene: Scene) -> Turn:
    """Show the next case, ask to whom, or hand it on; for the leaver and for coordinators."""
    leaver = _leaver(intent.item, scene)
    if leaver is None:
        return refused(scene)
    if intent.case is None:
        return _next(leaver, scene, after=intent.page)
    view = next((one for one in _open(leaver, scene) if one.id == intent.case), None)
    if view is None:
        return _next(leaver, scene, after=intent.case)
    if intent.person is None:
        screen = views.choose_screen(
            sight_of(scene, view), leaver, _successors(leaver, scene), _loads(scene)
        )
        return Turn(edit=screen)
    return Turn(act=HandOn(case=view.id, to=intent.person, leaver=leaver.id))


def handed_on(act: HandOn, outcome: Outcome, scene: Scene) -> Turn:
    """Return the next case after one was handed on."""
    leaver = _leaver(act.leaver, scene)
    if isinstance(outcome, Refused) or leaver is None:
        return Turn(toast=plain(scene.language, "refused-short"))
    name = next((one.name for one in scene.look.people() if one.id == act.to), "–")
    turn = _next(leaver, scene, after=act.case)
    return Turn(
        edit=turn.edit,
        screens=turn.screens,
        dialogue=turn.dialogue,
        toast=plain(scene.language, "hand-on-done", name=name),
    )


def _leaver(person_id: int | None, scene: Scene) -> Member | None:
    if not is_on_team(scene):
        return None
    me = member_of(scene)
    if person_id == me.id:
        return me
    found = (one for one in scene.look.people() if one.id == person_id)
    return next(found, None) if is_coordinator(scene) else None


def _open(leaver: Member, scene: Scene) -> list[CaseView]:
    """Return the leaver's own open cases by number, not those they stand in for."""
    own = [view for view in scene.look.open_cases() if view.case.worker == leaver.id]
    return sorted(own, key=lambda view: view.id)


def _successors(leaver: Member, scene: Scene) -> list[Member]:
    """Return who can have the case: who stands in for the leaver first, then by load."""
    roster, loads = scene.roster, _loads(scene)
    today = scene.team.days.day_of(scene.now)
    first = roster.people[leaver.id].stand_in if leaver.id in roster.people else None
    workers = [
        one
        for one in scene.look.people()
        if one.role is Role.WORKER and one.state == "active" and one.id != leaver.id
    ]

    def order(one: Member) -> tuple[bool, bool, int, int]:
        person = roster.person(one.id)
        away = person is None or not person.present_on(today)
        return (away, one.id != first, loads.get(one.id, 0), one.id)

    return sorted(workers, key=order)


def _loads(scene: Scene) -> dict[int, int]:
    return {one.id: scene.look.load(one.id) for one in scene.look.people()}


def _next(leaver: Member, scene: Scene, *, after: int) -> Turn:
    ahead = [view for view in _open(leaver, scene) if view.id > after]
    if not ahead:
        return _end(leaver, scene)
    screen = views.hand_on_screen(
        sight_of(scene, ahead[0]),
        leaver,
        _successors(leaver, scene),
        _loads(scene),
        more=len(ahead) - 1,
    )
    return Turn(edit=screen)


def _end(leaver: Member, scene: Scene) -> Turn:
    """Ask whether they leave, now that every case was seen."""
    if scene.member is not None and leaver.id == scene.member.id:
        turn = member.leave(scene)
    else:
        turn = coordinator.press_leave_team(Intent(verb=Verb.LEAVE_TEAM, person=leaver.id), scene)
    return Turn(edit=turn.screens[0], dialogue=turn.dialogue)


PRESSES: Final[Mapping[Verb, Callable[[Intent, Scene], Turn]]] = MappingProxyType(
    {Verb.HAND_ON: press_hand_on}
)

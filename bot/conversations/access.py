"""Who may see and do what with a case: one text and one cost for every refusal (design 6)."""

from __future__ import annotations

from bot.conversations.scene import CaseView, Member, Scene, Turn
from bot.screen import Screen
from bot.texts import plain, say
from bot.views.heads import Sight
from scheduler.procedure import Role


def member_of(scene: Scene) -> Member:
    """Return the person; that there is one has been seen to by `converse`."""
    assert scene.member is not None, "a stranger in a team member's conversation"
    return scene.member


def is_coordinator(scene: Scene) -> bool:
    """Return whether the person is a coordinator who has not left."""
    member = scene.member
    return member is not None and member.state == "active" and member.role is Role.COORDINATOR


def is_on_team(scene: Scene) -> bool:
    """Return whether the person is an active worker or coordinator."""
    member = scene.member
    return (
        member is not None
        and member.state == "active"
        and member.role in (Role.WORKER, Role.COORDINATOR)
    )


def is_on_case(scene: Scene, view: CaseView) -> bool:
    """Return whether the person may see the case: coordinator, its worker, who stands in today,
    or who received a prompt of it that is still open (procedures 1.1).
    """
    if not is_on_team(scene):
        return False
    me = member_of(scene).id
    today = scene.team.days.day_of(scene.now)
    states = view.case.steps.values()
    return (
        is_coordinator(scene)
        or view.case.worker == me
        or (view.case.worker is not None and scene.roster.covering(view.case.worker, today) == me)
        or any(state.holder == me or me in state.asked_to for state in states)
    )


def case_for(scene: Scene, case_id: int | None) -> CaseView | None:
    """Return the case when the person may see it; None for unknown and for someone else's."""
    view = scene.look.case(case_id) if case_id is not None else None
    return view if view is not None and is_on_case(scene, view) else None


def case_by_ref(scene: Scene, ref: str | None) -> CaseView | None:
    """Return the case of a reference as `read_reference` gives it, as `case_for` does.

    Nor for whoever has tried too many that were none of theirs (S21).
    """
    if ref is None or scene.member is None or scene.look.guesses_too_much(scene.member.id):
        return None
    view = scene.look.case_by_ref(ref)
    return view if view is not None and is_on_case(scene, view) else None


def refused(scene: Scene) -> Turn:
    """Return the one refusal: unknown, not yours, no longer valid (rows 23, 25, 46, 47)."""
    return Turn(
        toast=plain(scene.language, "refused-short"),
        screens=(Screen(html=say(scene.language, "refused")),),
        refused=True,
    )


def sight_of(scene: Scene, view: CaseView) -> Sight:
    """Return the case as the person of the scene sees it."""
    me = scene.member
    writer = me.name if me is not None and me.role is Role.WORKER else None
    return Sight(view=view, team=scene.team, language=scene.language, now=scene.now, writer=writer)

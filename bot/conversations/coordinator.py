"""What a coordinator alone decides: extend, lift, part, invite, who leaves the team."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bot.acts import ExtendStep, InvitePerson, LeaveTeam, Lift, PartReport
from bot.conversations.access import case_for, is_coordinator, refused, sight_of
from bot.conversations.ask import Ask
from bot.conversations.case_forms import MOMENT, TEXT, start, top_of
from bot.conversations.fields import YES_NO, moment_of
from bot.conversations.forms import Form, begin, cancelled
from bot.conversations.scene import Dialogue, Member, Scene, Turn
from bot.conversations.second_step import asked_first
from bot.screen import Intent, Verb
from bot.texts import plain, say
from bot.views.cases import main_step
from bot.views.leaving import start_key
from bot.views.words import moment_words
from scheduler.procedure import Role

NAME_MAX: Final = 60
"""Characters of a member's name: a first name, perhaps a family name."""


def guarded(
    press_: Callable[[Intent, Scene], Turn],
) -> Callable[[Intent, Scene], Turn]:
    """Return the press for coordinators; everyone else gets the one refusal (row 25)."""

    def press_by(intent: Intent, scene: Scene) -> Turn:
        return press_(intent, scene) if is_coordinator(scene) else refused(scene)

    return press_by


# Extend


def press_extend(intent: Intent, scene: Scene) -> Turn:
    """Ask for a step's new deadline and why."""
    view = case_for(scene, intent.case)
    if view is None:
        return refused(scene)
    step = intent.step or main_step(sight_of(scene, view))
    if step is None or step not in view.case.steps:
        return refused(scene)
    return start("extend", EXTEND, intent, scene, step=step)


def _extend_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    days = scene.team.days
    today = days.day_of(scene.now)
    ends = [days.closes(days.add_workdays(today, n)) for n in (1, 2, 3)]
    if days.is_workday(today) and days.closes(today) > scene.now:
        ends.insert(0, days.closes(today))
    offers = tuple(
        (
            moment_words(at, days, scene.language, scene.now),
            f"{at.astimezone(days.zone):%Y-%m-%dT%H:%M}",
        )
        for at in ends
    )
    return (
        Ask(
            id="until",
            kind=MOMENT,
            label=plain(scene.language, "ask-extend"),
            required=True,
            offers=offers,
            worked=True,
            whole_day=True,
        ),
        Ask(id="reason", kind=TEXT, label=plain(scene.language, "ask-reason")),
    )


def _extend_finish(dialogue: Dialogue, scene: Scene) -> ExtendStep:
    return ExtendStep(
        case=dialogue.case or 0,
        step=dialogue.step or "",
        until=moment_of(dialogue.values["until"], scene, day_end=True),
        reason=dialogue.values["reason"],
    )


EXTEND: Final = Form(asks=_extend_asks, finish=_extend_finish, top=top_of("top-extend"))


# Lift the gate or the crisis


def press_lift(intent: Intent, scene: Scene) -> Turn:
    """Ask why the gate or the crisis is lifted."""
    if intent.arg not in ("gate", "crisis"):
        return refused(scene)
    return start("lift", LIFT, intent, scene)


def _lift_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    label = plain(scene.language, f"ask-lift-{dialogue.answer}")
    return (Ask(id="reason", kind=TEXT, label=label, required=True),)


def _lift_finish(dialogue: Dialogue, scene: Scene) -> Lift:
    return Lift(
        case=dialogue.case or 0, what=dialogue.answer or "", reason=dialogue.values["reason"]
    )


LIFT: Final = Form(asks=_lift_asks, finish=_lift_finish, top=top_of("top-lift"))


def press_part(intent: Intent, scene: Scene) -> Turn:
    """Make a joined second report a case of its own."""
    view = case_for(scene, intent.case)
    if view is None or intent.item is None:
        return refused(scene)
    return Turn(act=PartReport(case=view.id, seq=intent.item))


# Members


def order_invite(rest: str, scene: Scene) -> Turn:
    """Ask which role and what name: `/invite An` saves the name's question."""
    values: dict[str, object] = {}
    if rest.strip():
        values["name"] = " ".join(rest.split())[:NAME_MAX]
    return begin(INVITE, Dialogue(kind="invite", asking="", values=values), scene)


def _invite_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    language = scene.language
    roles = tuple((role.value, plain(language, f"role-{role.value}")) for role in INVITABLE)
    role = Ask(
        id="role",
        kind="choice",
        label=plain(language, "ask-invite-role"),
        required=True,
        choices=roles,
    )
    name = Ask(id="name", kind=TEXT, label=plain(language, "ask-invite-name"), required=True)
    return (name, role)


INVITABLE: Final = (Role.WORKER, Role.COORDINATOR, Role.REPORTER)


def _invite_finish(dialogue: Dialogue, scene: Scene) -> InvitePerson:
    name = " ".join(str(dialogue.values["name"]).split())[:NAME_MAX]
    return InvitePerson(role=dialogue.values["role"], name=name)


def _plain_top(key: str) -> Callable[[Dialogue, Scene], str]:
    return lambda dialogue, scene: say(scene.language, key)


INVITE: Final = Form(
    asks=_invite_asks, finish=_invite_finish, top=_plain_top("top-invite"), on_case=False
)


def press_leave_team(intent: Intent, scene: Scene) -> Turn:
    """Ask whether the person has really left: their open cases go back to be assigned."""
    person = _person(scene, intent.person)
    if person is None:
        return refused(scene)
    code_asked = asked_first(intent, scene)
    if code_asked is not None:
        return code_asked
    dialogue = Dialogue(kind="leave_team", asking="", answer=str(person.id))
    return begin(LEAVE, dialogue, scene)


def _person(scene: Scene, person_id: int | None) -> Member | None:
    return next((one for one in scene.look.people() if one.id == person_id), None)


def _leave_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    person = _person(scene, int(dialogue.answer or 0))
    label = plain(
        scene.language,
        "ask-leave-team",
        name=person.name if person is not None else "–",
        n=scene.look.load(person.id) if person is not None else 0,
    )
    has_cases = person is not None and scene.look.load(person.id) > 0
    keys = (start_key(person.id, scene.language),) if person is not None and has_cases else ()
    return (Ask(id="sure", kind=YES_NO, label=label, required=True, keys=keys),)


def _leave_finish(dialogue: Dialogue, scene: Scene) -> LeaveTeam | Turn:
    if dialogue.values["sure"] != "yes":
        return cancelled(scene)
    return LeaveTeam(person=int(dialogue.answer or 0))


LEAVE: Final = Form(
    asks=_leave_asks, finish=_leave_finish, top=_plain_top("top-leave-team"), on_case=False
)

PRESSES: Final[Mapping[Verb, Callable[[Intent, Scene], Turn]]] = MappingProxyType(
    {
        Verb.EXTEND: guarded(press_extend),
        Verb.LIFT: guarded(press_lift),
        Verb.PART: guarded(press_part),
        Verb.LEAVE_TEAM: guarded(press_leave_team),
    }
)

FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {"extend": EXTEND, "lift": LIFT, "invite": INVITE, "leave_team": LEAVE}
)

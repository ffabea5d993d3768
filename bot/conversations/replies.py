"""What a person reads after an act: that it was done, what comes next, or why it could not be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from bot.acts import (
    Act,
    AddDetails,
    AnswerStandIn,
    AnswerStep,
    ChangeAway,
    ChangeFact,
    ClientContact,
    CloseCase,
    Deviate,
    DropAway,
    ExtendStep,
    HandOver,
    InvitePerson,
    LeaveTeam,
    Lift,
    NoteOnCase,
    PartReport,
    PutOffStep,
    ReopenCase,
    SetAway,
    SetWorks,
    TakeBack,
    TellWorker,
)
from bot.conversations import leave
from bot.conversations.access import is_coordinator, member_of
from bot.conversations.followup import followed_up
from bot.conversations.outcome import Decided, Outcome, Performed
from bot.conversations.scene import Scene, Turn
from bot.conversations.visits import still_inside
from bot.screen import Copy, Key, Link, Made, Screen, Verb
from bot.texts import plain, say
from bot.views.answered import answered_screen
from bot.views.cases import next_line
from bot.views.heads import Sight, ref_words
from bot.views.steps import answer_words
from bot.views.words import (
    day_words,
    dotted,
    lines,
    outcome_words,
    phase_of,
    phase_words,
    planned_words,
    press,
    short,
    short_text,
    step_title,
    timed,
)
from scheduler.decision import PhaseSet, Refused, StepAnswered
from scheduler.workdays import months_later

Reply = Callable[[Any, Outcome, Scene], Screen]

REFUSALS: Final = frozenset(
    {
        "not_yours",
        "no_such_step",
        "no_such_answer",
        "past_deadline",
        "needs_to",
        "needs_when",
        "no_crisis",
        "closed",
        "open",
        "not_coordinator",
        "needs_code",
        "no_gate",
        "in_past",
        "no_such_item",
        "unknown_fact",
        "bad_outcome",
        "last_coordinator",
        "taken",
        "stand_in_absent",
    }
)
"""Codes with a text of their own; any other gets the plain refusal."""

_SECRET: Final = frozenset({"not_yours", "not_coordinator"})
"""Said in the one text of all refusals: they would tell what exists (design 6)."""


def respond(act: Act, outcome: Outcome, scene: Scene) -> Turn:
    """Return what the person reads after the act; `edit` also where no message was pressed."""
    if isinstance(outcome, Refused):
        if isinstance(act, TakeBack) and outcome.reason == "too_late":
            return _too_late(act, scene)
        return _refusal(outcome, scene)
    reply = _REPLIES.get(type(act))
    if reply is None:
        return Turn(edit=Screen(html=say(scene.language, "done")))
    told = Turn(edit=reply(act, outcome, scene), screens=still_inside(act, scene))
    if not isinstance(act, AnswerStep):
        return told
    more = followed_up(act, scene)
    return replace(told, screens=(*told.screens, *more.screens), dialogue=more.dialogue)


def _refusal(outcome: Refused, scene: Scene) -> Turn:
    reason = outcome.reason
    if reason not in REFUSALS or reason in _SECRET:
        return Turn(
            toast=plain(scene.language, "refused-short"),
            screens=(Screen(html=say(scene.language, "refused")),),
        )
    text = f"cannot-{reason.replace('_', '-')}"
    return Turn(screens=(Screen(html=say(scene.language, text)),))


def _too_late(act: TakeBack, scene: Scene) -> Turn:
    """Say why it can be corrected no more, and take that button away."""
    toast = plain(scene.language, "cannot-too-late")
    view = scene.look.case(act.case)
    line = next((one for one in scene.look.history(act.case) if one.seq == act.seq), None)
    if view is None or line is None or not isinstance(line.event, StepAnswered):
        return Turn(toast=toast)
    event, member = line.event, member_of(scene)
    screen = answered_screen(
        view,
        scene.team,
        replace(member, language=scene.language),
        scene.now,
        step=event.step,
        answer=event.answer,
        by=event.by,
        by_name=member.name,
        done_at=event.done_at,
        item=event.fields.item,
    )
    sight = Sight(view=view, team=scene.team, language=scene.language, now=scene.now)
    return Turn(edit=replace(screen, rows=((sight.key("press-case", Verb.CASE),),)), toast=toast)


# Acts on a case


def _after(case_id: int, outcome: Outcome, scene: Scene) -> Sight:
    view = scene.look.case(case_id)
    assert view is not None, "an act on a case that is not there"
    if isinstance(outcome, Decided):
        names = {one.id: one.name for one in scene.look.people()}
        case = outcome.decision.case
        name = names.get(case.worker) if case.worker is not None else None
        view = replace(view, case=case, worker_name=name)
    return Sight(view=view, team=scene.team, language=scene.language, now=scene.now)


def _confirmed(sight: Sight, said: str, *, then: str | None = None) -> Screen:
    """Return "✓ …", the case, what comes next, and the way to the case.

    `then`: what stands in place of what comes next, "" where it would be said twice.
    """
    after = next_line(sight) if then is None else then
    html = lines(said, dotted(ref_words(sight.view), sight.view.short), after)
    rows: tuple[tuple[Key, ...], ...] = ((sight.key("press-case", Verb.CASE),),)
    return Screen(html=html, rows=rows)


def _answered(act: AnswerStep, outcome: Outcome, scene: Scene) -> Screen:
    if act.fields.known not in (None, act.case):
        return _joined(act.case, act.fields.known, outcome, scene)
    sight = _after(act.case, outcome, scene)
    member = member_of(scene)
    done_at, seq = act.done_at or scene.now, None
    if isinstance(outcome, Decided):
        seq = outcome.seq
        events = (e for e in outcome.decision.events if isinstance(e, StepAnswered))
        done_at = next((e.done_at for e in events if e.step == act.step), done_at)
    return answered_screen(
        sight.view,
        scene.team,
        replace(member, language=scene.language),
        scene.now,
        step=act.step,
        answer=act.answer,
        by=member.id,
        by_name=member.name,
        done_at=done_at,
        seq=seq,
        item=act.fields.item,
    )


def _joined(case_id: int, known: int | None, outcome: Outcome, scene: Scene) -> Screen:
    """Return that a report is about a case that was there, and who has it now."""
    assert known is not None, "joined to nothing"
    joined, sight = scene.look.case(case_id), _after(known, outcome, scene)
    assert joined is not None, "an act on a case that is not there"
    worker = sight.view.worker_name
    return _confirmed(
        sight,
        sight.say("done-joined", ref=ref_words(joined), known=ref_words(sight.view)),
        then=sight.say("case-worker", name=worker) if worker else sight.say("case-no-worker"),
    )


def _told_more(act: AddDetails, outcome: Outcome, scene: Scene) -> Screen:
    sight = _after(act.case, outcome, scene)
    return _confirmed(sight, sight.say("done-details"), then="")  # the answer said what is next


def _contacted(act: ClientContact, outcome: Outcome, scene: Scene) -> Screen:
    sight = _after(act.case, outcome, scene)
    step = sight.view.procedure.steps.get(sight.view.procedure.contact or "")
    said = answer_words(step, act.answer, scene.language).rstrip("…") if step else act.answer
    return _confirmed(sight, sight.say("done-contact", said=said))


def _deviated(act: Deviate, outcome: Outcome, scene: Scene) -> Screen:
    sight = _after(act.case, outcome, scene)
    said = sight.say("done-deviate", what=_title(sight, act.step))
    return _confirmed(sight, said, then=None if act.done else _stands(sight, act.step))


def _stands(sight: Sight, step: str) -> str | None:
    """Return that the step's deadline stays, where it has one."""
    state = sight.case.steps.get(step)
    if state is None or state.due_at is None:
        return None
    return sight.say("deadline-stands", at=sight.moment(state.due_at))


def _title(sight: Sight, step: str) -> str:
    return step_title(sight.view, step, sight.language, sight.days)


def _put_off(act: PutOffStep, outcome: Outcome, scene: Scene) -> Screen:
    sight = _after(act.case, outcome, scene)
    said = sight.say("done-later", what=_title(sight, act.step), at=sight.moment(act.until))
    return _confirmed(sight, said, then=_stands(sight, act.step))


def _changed(act: ChangeFact, outcome: Outcome, scene: Scene) -> Screen:
    sight = _after(act.case, outcome, scene)
    screen = _confirmed(sight, _change_words(act, sight, _phase_before(outcome)))
    me, name = member_of(scene), sight.view.worker_name
    if not is_coordinator(scene) or name is None or sight.case.worker == me.id:
        return screen
    label = sight.plain("press-tell", name=short_text(name, TELL_NAME_MAX))
    style = "primary" if act.fact == "crisis" else ""
    tell = press(label, sight.intent(Verb.TELL, arg=act.fact), style)
    return replace(screen, rows=((tell,), *screen.rows))


TELL_NAME_MAX: Final = 20
"""Units of a worker's name in the button that tells them."""


def _worker_told(act: TellWorker, outcome: Outcome, scene: Scene) -> Screen:
    """Return who knows it now, or when they will read it."""
    sight = _after(act.case, outcome, scene)
    opening = sight.days.next_opening(scene.now)
    is_now = opening <= scene.now or sight.case.crisis is not None
    name = sight.view.worker_name or "–"
    said = (
        sight.say("done-told", name=name)
        if is_now
        else sight.say("done-told-later", name=name, at=sight.moment(opening))
    )
    return _confirmed(sight, said, then="")


def _phase_before(outcome: Outcome) -> str | None:
    events = outcome.decision.events if isinstance(outcome, Decided) else ()
    return next((one.before for one in events if isinstance(one, PhaseSet)), None)


def _change_words(act: ChangeFact, sight: Sight, before: str | None) -> str:
    if act.fact == "phase":
        was = phase_words(sight.view, before or phase_of(sight.view, None), sight.language)
        now = phase_words(sight.view, act.phase, sight.language)
        return sight.say("done-phase", before=was or "–", after=now)
    if act.fact == "crisis":
        return sight.say("done-crisis")
    if act.fact == "served":
        assert act.served is not None, "a served judgment has a day"
        earliest = day_words(months_later(act.served, 1), sight.language)
        return sight.say(
            "done-served", on=day_words(act.served, sight.language), earliest=earliest
        )
    if act.when is None:
        return sight.say(f"done-{act.fact}-withdrawn")
    at = planned_words(act.when.day, act.when.at, sight.days, sight.language, sight.now)
    return sight.say(f"done-{act.fact}", at=timed(act.when.at, at) if act.when.at else at)


def _extended(act: ExtendStep, outcome: Outcome, scene: Scene) -> Screen:
    sight = _after(act.case, outcome, scene)
    said = sight.say("done-extend", what=_title(sight, act.step), at=sight.moment(act.until))
    return _confirmed(sight, said, then="")


def _lifted(act: Lift, outcome: Outcome, scene: Scene) -> Screen:
    sight = _after(act.case, outcome, scene)
    return _confirmed(sight, sight.say(f"done-lift-{act.what}"))


def _handed_over(act: HandOver, outcome: Outcome, scene: Scene) -> Screen:
    sight = _after(act.case, outcome, scene)
    if act.to == member_of(scene).id:
        return _confirmed(sight, sight.say("done-take-over"))
    return _confirmed(sight, sight.say("done-hand-over", name=sight.view.worker_name or "–"))


def _closed(act: CloseCase, outcome: Outcome, scene: Scene) -> Screen:
    sight = _after(act.case, outcome, scene)
    words = outcome_words(sight.view, act.outcome, sight.language)
    return _confirmed(sight, sight.say("done-close", outcome=words), then="")


def _on_case(key: str) -> Reply:
    """Return the reply of an act that needs no more than one sentence."""

    def reply(act: Any, outcome: Outcome, scene: Scene) -> Screen:
        sight = _after(act.case, outcome, scene)
        return _confirmed(sight, sight.say(key))

    return reply


# Acts on people


def _values(outcome: Outcome) -> Mapping[str, Any]:
    return outcome.values if isinstance(outcome, Performed) else {}


def _left(act: LeaveTeam, outcome: Outcome, scene: Scene) -> Screen:
    values = _values(outcome)
    return Screen(html=say(scene.language, "done-leave-team", name=str(values.get("name", "–"))))


def _invited(act: InvitePerson, outcome: Outcome, scene: Scene) -> Screen:
    """Return the single-use link to pass on, and the words to type where there is none."""
    code = str(_values(outcome).get("code", ""))
    link = _values(outcome).get("link")
    if link is None and scene.team.bot_name is not None and code:
        link = f"https://t.me/{scene.team.bot_name}?start={code}"
    html = lines(
        say(
            scene.language,
            "done-invite",
            name=act.name,
            role=plain(scene.language, f"role-{act.role}"),
        ),
        say(scene.language, "invite-link", link=str(link)) if link else None,
        say(scene.language, "invite-code", code=code) if code else None,
    )
    keys: list[Key] = []
    if link:
        keys.append(Link(label=short(plain(scene.language, "press-open-link")), url=str(link)))
    if code:
        text = str(link) if link else f"/start {code}"
        keys.append(Copy(label=short(plain(scene.language, "press-copy-invite")), text=text))
    made = (_qr(str(link), act.name, scene.language),) if link else ()
    return Screen(html=html, rows=(tuple(keys),) if keys else (), protect=True, made=made)


def _qr(link: str, name: str, language: str) -> Made:
    """Return the picture of the link, for a phone that stands beside this one."""
    caption = say(language, "invite-qr", name=name)
    return Made(kind="qr", name="kier.png", values={"text": link}, photo=True, caption=caption)


_REPLIES: Final[Mapping[type, Reply]] = MappingProxyType(
    {
        AnswerStep: _answered,
        ClientContact: _contacted,
        Deviate: _deviated,
        PutOffStep: _put_off,
        ChangeFact: _changed,
        TellWorker: _worker_told,
        ExtendStep: _extended,
        Lift: _lifted,
        HandOver: _handed_over,
        CloseCase: _closed,
        ReopenCase: _on_case("done-reopen"),
        NoteOnCase: _on_case("done-note"),
        AddDetails: _told_more,
        TakeBack: _on_case("done-correct"),
        PartReport: _on_case("done-part"),
        SetAway: leave.away_set,
        ChangeAway: leave.changed,
        DropAway: leave.dropped,
        SetWorks: leave.works_set,
        AnswerStandIn: leave.stood_in,
        LeaveTeam: _left,
        InvitePerson: _invited,
    }
)

TAKES: Final = frozenset(_REPLIES)
"""The acts that are answered here; a reporter's and a newcomer's have their own rooms."""

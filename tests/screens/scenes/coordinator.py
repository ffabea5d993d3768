"""What a coordinator is asked, told and shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.acts import ChangeFact, InvitePerson, When
from bot.conversations.outcome import Decided, Performed
from bot.conversations.scene import AbsenceLine, Likeness, Turn
from bot.screen import Screen, Verb
from bot.texts import say
from bot.views import members
from bot.views.lists import coordinator_digest, missed_screen
from scheduler.case import Facts, Planned
from scheduler.decision import Kind, Mark, Message
from scheduler.stimuli import Changed, Closing, Passed, SecondReport, WorkerLeft
from tests.screens.catalogue import scene
from tests.screens.scenes.worker import at_the_door, day_2, planned, three_cases
from tests.screens.stage import AN, BRAM, CASE, KARIN, LIES, REF, Chat, Stage, local


def away(stage: Stage, *, stand_in: int | None = AN.id, accepted: bool | None = True) -> None:
    """Bram is away this week."""
    stage.leave.append(
        AbsenceLine(
            id=1,
            person=BRAM.id,
            from_on=date(2027, 9, 13),
            to_on=date(2027, 9, 17),
            stand_in=stand_in,
            accepted=accepted,
        )
    )


def late(stage: Stage) -> None:
    """An answered nothing on Monday; it has just become 17:00."""
    stage.assigned()
    stage.passes("2027-09-13 17:00")


# A new report


@scene
def prompt_assign(stage: Stage) -> Screen:
    """A new report: to whom?"""
    stage.reports()
    return stage.message(to=KARIN)


@scene
def prompt_assign_known(stage: Stage) -> Screen:
    """A new report of a household that may be known; a colleague is away."""
    away(stage)
    stage.likes.append(
        Likeness(
            case=3,
            ref="H2DP-9C",
            closed_on=date(2026, 11, 12),
            outcome="door_ajar",
            worker_name=stage.own("Bram"),
        )
    )
    stage.reports()
    return stage.message(to=KARIN)


@scene
def prompt_assign_known_open(stage: Stage) -> Screen:
    """A new report that may be about cases which are open: with a worker, and not assigned yet."""
    for id_, ref, name in ((3, "H2DP-9C", stage.own("An")), (4, "B4WX-1N", None)):
        stage.likes.append(
            Likeness(case=id_, ref=ref, closed_on=None, outcome=None, worker_name=name)
        )
    stage.reports()
    return stage.message(to=KARIN)


@scene
def prompt_assign_soon(stage: Stage) -> Screen:
    """A claim with a hearing this week, and an eviction date."""
    stage.reports(
        kind="claim",
        hearing=planned("2027-09-17 09:00", stage),
        eviction=planned("2027-10-20", stage),
    )
    return stage.message(to=KARIN)


@scene
def prompt_assign_crisis(stage: Stage) -> Screen:
    """An eviction in three days."""
    stage.reports(kind="claim", eviction=planned("2027-09-16 10:00", stage))
    return stage.message(to=KARIN)


@scene
def prompt_consent(stage: Stage) -> Screen:
    """A petition without the tenant's consent: first that."""
    stage.reports(kind="petition", consent="no", needs_consent="yes")
    return stage.message(to=KARIN)


@scene
def prompt_crisis_check(stage: Stage) -> Screen:
    """Eropaf: is it a crisis?"""
    stage.reports("eropaf")
    return stage.message(to=KARIN)


@scene
def nudge_assign(stage: Stage) -> Screen:
    """Nobody has assigned it yet."""
    stage.reports()
    for moment in ("10:50", "11:20", "12:20", "13:20", "14:20", "15:00", "16:00"):
        stage.passes(f"2027-09-13 {moment}")
        if any(one.kind in (Kind.NUDGE, Kind.ALERT) for one in stage.sent):
            break
    return stage.message(stage.sent[0].kind, to=KARIN)


@scene
def someone_else(stage: Stage) -> Turn:
    """None of the names on the prompt: everybody."""
    stage.reports()
    return stage.chat(KARIN).force(Verb.ANSWER, case=CASE, step="assign", arg="assigned")


# Alerts


@scene
def alert_late(stage: Stage) -> Screen:
    """The deadline passed without an answer."""
    late(stage)
    return stage.message(Kind.ALERT, to=KARIN)


@scene
def alert_late_day_2(stage: Stage) -> Screen:
    """Noon of working day 2 passed; the visit stands open."""
    day_2(stage)
    stage.passes("2027-09-14 11:00")
    stage.passes("2027-09-14 12:00")
    return stage.message(Kind.ALERT, to=KARIN)


_ALERTS = ("late", "unassigned", "not_reached", "answered", "crisis_began", "left")


@scene
def alerts(stage: Stage) -> list[Screen]:
    """Each kind of alert."""
    stage.assigned()
    stage.at("2027-09-13 17:00")
    shown = []
    for about in _ALERTS:
        stage.sent = [
            Message(
                to=KARIN.id,
                kind=Kind.ALERT,
                step="assign" if about in ("unassigned", "left") else "call_day1",
                about="declines_help" if about == "answered" else about,
                due_at=local("2027-09-13 17:00"),
                marks=frozenset({Mark.CRISIS}) if about == "crisis_began" else frozenset(),
            )
        ]
        shown.append(stage.message(Kind.ALERT))
    return shown


@scene
def worker_left(stage: Stage) -> list[Screen]:
    """A colleague left the team: the cases come back to be given."""
    stage.assigned()
    stage.happens(WorkerLeft(by=KARIN.id))
    return [stage.message(one.kind, to=KARIN) for one in stage.sent if one.to == KARIN.id]


@scene
def told_second_report(stage: Stage) -> Screen:
    """Somebody else reported the same household."""
    stage.assigned()
    stage.happens(SecondReport(by=LIES.id, facts=Facts(kind="arrears")))
    told = [one for one in stage.sent if one.to == KARIN.id]
    return stage.message(told[0].kind if told else stage.sent[0].kind)


# The morning list and its like


@scene
def digest(stage: Stage) -> Screen:
    """The morning list."""
    away(stage)
    three_cases(stage)
    hearing = Planned(day=date(2027, 9, 15), at=local("2027-09-15 09:00"), known_at=stage.now)
    stage.happens(Changed(by=AN.id, fact="hearing", planned=hearing), 9)
    return coordinator_digest(
        stage.of(KARIN), stage.open_cases(), stage.people(), stage.team, stage.roster, stage.now
    )


@scene
def digest_all_well(stage: Stage) -> Screen:
    """The morning list when all is well: one line."""
    stage.assigned()
    stage.answers(AN, "call_day1", "not_reached")
    return coordinator_digest(
        stage.of(KARIN), stage.open_cases(), stage.people(), stage.team, stage.roster, stage.now
    )


@scene
def digest_without_cases(stage: Stage) -> Screen:
    """The morning list of a team that has nothing open."""
    return coordinator_digest(
        stage.of(KARIN), (), stage.people(), stage.team, stage.roster, stage.now
    )


@scene
def digest_of_hundreds(stage: Stage) -> Screen:
    """The morning list of a bad day fits in one message."""
    for n in range(20, 80):
        stage.reports(id_=n, ref=f"B4WX-{n}")
    return coordinator_digest(
        stage.of(KARIN), stage.open_cases(), stage.people(), stage.team, stage.roster, stage.now
    )


@scene
def missed(stage: Stage) -> Screen:
    """The bot was away for a while, and is back."""
    three_cases(stage)
    return missed_screen(stage.of(KARIN), stage.open_cases(), 3, stage.team, stage.now)


# Lists


@scene
def status(stage: Stage) -> Turn:
    """/status."""
    three_cases(stage)
    return stage.chat(KARIN).order("status")


@scene
def status_second_page(stage: Stage) -> Turn:
    """/status, leafed through."""
    for n in range(20, 45):
        stage.reports(id_=n, ref=f"B4WX-{n}")
    chat = stage.chat(KARIN)
    chat.order("status")
    return chat.press(Verb.LIST, "status", page=1)


@scene
def status_of_one(stage: Stage) -> Turn:
    """/status K7QM-4T."""
    day_2(stage)
    return stage.chat(KARIN).order(f"status {REF}")


@scene
def overdue(stage: Stage) -> Turn:
    """/overdue."""
    late(stage)
    return stage.chat(KARIN).order("overdue")


@scene
def overdue_empty(stage: Stage) -> Turn:
    """/overdue when nothing is late."""
    return stage.chat(KARIN).order("overdue")


@scene
def team(stage: Stage) -> Turn:
    """/team."""
    away(stage, accepted=None)
    stage.assigned()
    return stage.chat(KARIN).order("team")


@scene
def absent(stage: Stage) -> Turn:
    """Who is away, and when."""
    away(stage)
    chat = stage.chat(KARIN)
    chat.order("team")
    return chat.press(Verb.LIST, "absent")


@scene
def absent_second_page(stage: Stage) -> Turn:
    """Who is away, leafed through."""
    for n in range(15):
        day = date(2027, 9, 13) + timedelta(weeks=n)
        stage.leave.append(
            AbsenceLine(id=n, person=AN.id, from_on=day, to_on=day, stand_in=None, accepted=None)
        )
    chat = stage.chat(KARIN)
    chat.force(Verb.LIST, arg="absent")
    return chat.press(Verb.LIST, "absent", page=1)


@scene
def absent_nobody(stage: Stage) -> Turn:
    """Nobody is away."""
    return stage.chat(KARIN).force(Verb.LIST, arg="absent")


@scene
def help_(stage: Stage) -> Turn:
    """/help."""
    return stage.chat(KARIN).order("help")


# Behind More


@scene
def more(stage: Stage) -> Turn:
    """Behind More, with what a coordinator alone may."""
    day_2(stage)
    return stage.chat(KARIN).force(Verb.MORE, case=CASE)


@scene
def more_in_crisis(stage: Stage) -> Turn:
    """Behind More, of an Eropaf case in crisis before its gate."""
    stage.reports("eropaf", eviction=planned("2027-09-16 10:00", stage))
    stage.answers(KARIN, "crisis_check", "crisis", to=AN.id)
    return stage.chat(KARIN).force(Verb.MORE, case=CASE)


@scene
def one_step(stage: Stage) -> Turn:
    """One open step, with an extension."""
    day_2(stage)
    return stage.chat(KARIN).force(Verb.STEP, case=CASE, step="call_day2")


@scene
def extend(stage: Stage) -> list[Screen]:
    """An extension: until when, why."""
    late(stage)
    chat = stage.chat(KARIN)
    chat.force(Verb.EXTEND, case=CASE, step="call_day1")
    chat.say("15-09-2027 12:00")
    return chat.screens


@scene
def lift_gate(stage: Stage) -> Turn:
    """Lifting the gate, in a crisis: why?"""
    stage.reports("eropaf", eviction=planned("2027-09-16 10:00", stage))
    stage.answers(KARIN, "crisis_check", "crisis", to=AN.id)
    return stage.chat(KARIN).force(Verb.LIFT, case=CASE, arg="gate")


@scene
def lift_crisis(stage: Stage) -> Turn:
    """Ending a crisis: why?"""
    stage.assigned(kind="claim", eviction=planned("2027-09-16 10:00", stage))
    return stage.chat(KARIN).force(Verb.LIFT, case=CASE, arg="crisis")


@scene
def history_with_second_report(stage: Stage) -> Turn:
    """History, with a joined report that can be parted."""
    at_the_door(stage)
    stage.happens(SecondReport(by=LIES.id, facts=Facts(kind="arrears")))
    return stage.chat(KARIN).force(Verb.HISTORY, case=CASE)


@scene
def history_of_everything(stage: Stage) -> Turn:
    """History, with changes of facts, a handing over, an end and a reopening."""
    at_the_door(stage)
    stage.happens(Changed(by=AN.id, fact="hearing", planned=planned("2027-10-07 09:00", stage)))
    stage.happens(Changed(by=AN.id, fact="phase", phase="phase_2"))
    stage.happens(Closing(by=AN.id, outcome="door_ajar"))
    return stage.chat(KARIN).force(Verb.HISTORY, case=CASE)


# The team


@scene
def invite(stage: Stage) -> list[Screen]:
    """/invite: name, role, the link."""
    chat = stage.chat(KARIN)
    chat.order("invite")
    chat.say(stage.own("Dina"))
    chat.press(Verb.PICK, "worker")
    act = chat.act
    assert isinstance(act, InvitePerson)
    chat.told(replace(act, name=stage.own("Dina")), Performed(values={"code": "c0de-c0de"}))
    return chat.screens


@scene
def newcomer(stage: Stage) -> list[Screen]:
    """Somebody opened an invitation: is it them? Then what it becomes."""
    name, shown = stage.own("Dina"), stage.own("D. Peeters")
    return [
        members.confirm_member_screen(
            5, name=name, role="worker", user_name=shown, language=stage.language
        ),
        members.decided_member_screen(name, "worker", stage.language, accepted=True),
        members.decided_member_screen(name, "worker", stage.language, accepted=False),
        Screen(html=say(stage.language, "member-already-decided")),
    ]


@scene
def group_asked(stage: Stage) -> list[Screen]:
    """The bot was put into a group: is it the team's? Then: it was lost, somebody left it."""
    return [
        members.confirm_group_screen(-100, stage.own("Team Ravels"), stage.language),
        *(
            members.channel_lost_screen(why, stage.language)
            for why in ("removed", "muted", "demoted")
        ),
        members.left_group_screen(stage.of(AN), stage.language),
    ]


@scene
def leave_team(stage: Stage) -> list[Screen]:
    """A colleague leaves the team: asked once more."""
    stage.assigned()
    chat = stage.chat(KARIN)
    chat.force(Verb.LEAVE_TEAM, person=AN.id)
    chat.press(Verb.PICK, "no")
    return chat.screens


@scene
def leave_of_a_colleague(stage: Stage) -> list[Screen]:
    """/away: whose, from, until, who stands in."""
    chat = stage.chat(KARIN)
    chat.order("away")
    chat.press(Verb.PICK, person=AN.id)
    chat.say("20-09-2027")
    chat.say("24-09-2027")
    return chat.screens


# What was changed, told to the worker


def changed_by(stage: Stage, act: ChangeFact, **change: Any) -> Chat:
    """Karin changes a fact of An's case."""
    if stage.views.get(CASE) is None:
        stage.assigned()
    chat = stage.chat(KARIN)
    decision = stage.happens(Changed(by=KARIN.id, fact=act.fact, **change))
    chat.told(act, Decided(case=CASE, decision=decision, seq=9))
    return chat


def told(chat: Chat, fact: str) -> list[Screen]:
    """Return what the coordinator reads, and the worker."""
    stage = chat.office
    assert isinstance(stage, Stage)
    before = chat.last
    chat.press(Verb.TELL, fact)
    decision = stage.happens(Passed(by=KARIN.id, what=fact))
    chat.told(chat.act, Decided(case=CASE, decision=decision, seq=10))
    return [before, chat.last, stage.message(Kind.INFO, to=AN)]


@scene
def change_told_crisis(stage: Stage) -> list[Screen]:
    """The coordinator called it a crisis, and lets An know now."""
    return told(changed_by(stage, ChangeFact(case=CASE, fact="crisis")), "crisis")


@scene
def change_told_phase(stage: Stage) -> list[Screen]:
    """Another phase, told to An."""
    act = ChangeFact(case=CASE, fact="phase", phase="phase_2")
    return told(changed_by(stage, act, phase="phase_2"), "phase")


@scene
def change_told_hearing(stage: Stage) -> list[Screen]:
    """A hearing, and then none, told to An."""
    day = planned("2027-10-14 09:00", stage)
    act = ChangeFact(case=CASE, fact="hearing", when=When(day=day.day, at=day.at))
    first = told(changed_by(stage, act, planned=day), "hearing")
    off = changed_by(stage, replace(act, when=None))
    return [*first, *told(off, "hearing")]


@scene
def change_told_eviction(stage: Stage) -> list[Screen]:
    """An eviction, and then none, told to An."""
    day = planned("2027-10-20", stage)
    act = ChangeFact(case=CASE, fact="eviction", when=When(day=day.day))
    first = told(changed_by(stage, act, planned=day), "eviction")
    off = changed_by(stage, replace(act, when=None))
    return [*first, *told(off, "eviction")]


@scene
def change_told_served(stage: Stage) -> list[Screen]:
    """The judgment was served, told to An in the evening: she reads it in the morning."""
    stage.assigned()
    stage.at("2027-09-13 19:00")
    day = date(2027, 9, 13)
    chat = changed_by(stage, ChangeFact(case=CASE, fact="served", served=day), served=day)
    chat.press(Verb.TELL, "served")
    decision = stage.happens(Passed(by=KARIN.id, what="served"))
    chat.told(chat.act, Decided(case=CASE, decision=decision, seq=10))
    stage.passes("2027-09-14 09:00")
    return [chat.last, stage.message(Kind.INFO, to=AN)]

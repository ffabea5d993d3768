"""What a coordinator decides, and that nobody else does."""

from __future__ import annotations

from datetime import date

import pytest

from bot.acts import (
    ChangeFact,
    ExtendStep,
    HandOver,
    InvitePerson,
    LeaveTeam,
    Lift,
    PartReport,
    SetAway,
)
from bot.conversations.outcome import Decided, Performed
from bot.conversations.scene import AbsenceLine
from bot.sandbox.entities import parse_html
from bot.screen import Screen, Verb
from bot.texts import say
from bot.views.messages import message_screen
from scheduler.case import Facts, Planned
from scheduler.decision import Kind, Message, Refused
from scheduler.stimuli import SecondReport
from tests.bot.conversations.casework import (
    AN,
    BRAM,
    CASE,
    KARIN,
    LIES,
    REF,
    Chat,
    Office,
    intents,
    keys,
    labels,
    local,
)

COMMANDS = ("status", "overdue", "team", "invite")


@pytest.fixture
def office():
    made = Office()
    made.assigned()
    return made


def shown(screen: Screen) -> str:
    """Return what a person reads, without marks."""
    return parse_html(screen.html)[0]


@pytest.fixture
def chat(office):
    return Chat(office, member=KARIN)


def to_alert(office, chat):
    """An has not answered by the close of W1: Karin has the alert on her screen."""
    office.now = local("2027-09-13 17:00")
    decision = office.happens_time()
    alert = next(m for m in decision.messages if m.kind is Kind.ALERT)
    screen = message_screen(
        alert, office.view, KARIN, office.team, office.now, look=office, roster=office.roster
    )
    chat.screens.append(screen)


def test_an_alert_carries_the_coordinators_choices(office, chat):
    """§1.2: Fill in the answer · Hand over · Extend with reason · Take over · Close."""
    to_alert(office, chat)
    shown = labels(chat.last)
    assert shown[:5] == [
        "Antwoord invullen",
        "Overdragen",
        "Uitstel met reden",
        "Ik neem het over",
        "Afsluiten",
    ]
    assert "Nog geen antwoord van An op <i>bel vandaag</i>" in chat.last.html


def test_an_answer_that_ends_the_asking_is_told_as_itself(office):
    """§3: who wants no help is not late: the alert says the answer, never a missing deadline."""
    office.assigned("eropaf")
    message = Message(to=KARIN.id, kind=Kind.ALERT, step="first_contact", about="declines_help")
    screen = message_screen(message, office.view, KARIN, office.team, office.now)
    assert "Eerste contact: Gesproken – wil nu geen hulp." in screen.html
    assert "geen antwoord" not in screen.html


def test_to_whom_is_never_skipped(office):
    """§3 `crisis_check`: the answer needs somebody; one question, then the other."""
    office.reports("eropaf")
    chat = Chat(office, member=KARIN)
    chat.order(f"case {REF}")
    chat.press(Verb.ANSWER, "no_crisis")
    assert chat.asking == "to"
    assert "Overslaan" not in labels(chat.last)


def test_the_coordinator_fills_in_the_answer(office, chat):
    """Whoever has the role may answer for the worker."""
    to_alert(office, chat)
    chat.tap("Antwoord invullen")
    chat.press(Verb.ANSWER, "not_reached")
    assert chat.act.step == "call_day1"


def test_the_coordinator_takes_over(office, chat):
    """Take over: the case is the coordinator's own."""
    to_alert(office, chat)
    chat.tap("Ik neem het over")
    assert chat.act == HandOver(case=CASE, to=KARIN.id)


def test_the_coordinator_extends_with_a_reason(office, chat):
    """An extension has a new deadline and a reason; a day alone means its close."""
    to_alert(office, chat)
    chat.tap("Uitstel met reden")
    chat.say("wo 15 sep")
    chat.say("An is op huisbezoek")
    assert chat.act == ExtendStep(
        case=CASE,
        step="call_day1",
        until=local("2027-09-15 17:00"),
        reason="An is op huisbezoek",
    )


def test_a_worker_neither_extends_nor_takes_over(office):
    """Row 25: a coordinator's button pressed by a worker is the one refusal."""
    chat = Chat(office, member=AN)
    for verb in (Verb.EXTEND, Verb.TAKE_OVER, Verb.LIFT, Verb.PART):
        chat.force(verb, case=CASE, step="call_day1", arg="gate", item=1)
        assert chat.acts == []
        assert chat.last.html == say("nl-BE", "refused")
    chat.force(Verb.LEAVE_TEAM, person=BRAM.id)
    assert chat.last.html == say("nl-BE", "refused")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("member", [AN, LIES])
def test_a_coordinators_command_from_others_is_refused(office, command, member):
    """Row 25: the one refusal text, the same as for an unknown reference."""
    chat = Chat(office, member=member)
    chat.order(command)
    assert chat.last.html == say(member.language, "refused")
    chat.order("case 0000-00")
    assert chat.last.html == say(member.language, "refused")


def test_the_coordinators_word_makes_a_crisis(chat):
    """§4: a case is in crisis when the coordinator says so."""
    chat.force(Verb.CHANGE, case=CASE)
    chat.press(Verb.CHANGE, "crisis")
    chat.say("deurwaarder staat voor de deur")
    assert chat.act == ChangeFact(
        case=CASE, fact="crisis", reason="deurwaarder staat voor de deur"
    )


def in_crisis():
    """An Eropaf case with an eviction in three days, still before the gate."""
    office = Office()
    planned = Planned(day=date(2027, 9, 16), at=local("2027-09-16 10:00"), known_at=office.now)
    office.reports("eropaf", eviction=planned)
    office.answers(KARIN, "crisis_check", "crisis", to=AN.id)
    return office


def test_the_gate_is_lifted_with_a_reason():
    """E-08, G-27: in a crisis, by the coordinator, and never without why."""
    chat = Chat(in_crisis(), member=KARIN)
    chat.order(f"case {REF}")
    chat.press(Verb.MORE)
    chat.press(Verb.LIFT, "gate")
    chat.force(Verb.SKIP)
    assert chat.acts == []
    chat.say("melder onbereikbaar, ontruiming donderdag")
    assert chat.act == Lift(
        case=CASE, what="gate", reason="melder onbereikbaar, ontruiming donderdag"
    )


def test_without_a_crisis_nothing_is_lifted(chat):
    """The buttons stand only where they can do something."""
    chat.order(f"case {REF}")
    chat.press(Verb.MORE)
    lifts = [intent for intent in intents(chat.last) if intent.verb is Verb.LIFT]
    assert lifts == []


def test_a_joined_report_can_be_parted(office, chat):
    """R-13: a second report joined the case; the coordinator can part them again."""
    office.happens(SecondReport(by=LIES.id, facts=Facts(kind="arrears")))
    chat.force(Verb.HISTORY, case=CASE)
    chat.press(Verb.PART)
    assert isinstance(chat.act, PartReport)


def test_the_worker_sees_no_button_to_part(office):
    """Parting is the coordinator's."""
    office.happens(SecondReport(by=LIES.id, facts=Facts(kind="arrears")))
    chat = Chat(office, member=AN)
    chat.force(Verb.HISTORY, case=CASE)
    assert not any(i.startswith("Melding van") for i in labels(chat.last))


# The team


def test_an_invitation_asks_role_and_name(chat):
    """Anyone invited joins by a single-use link; the name may come with the command."""
    chat.order("invite")
    chat.say("Dina")
    chat.press(Verb.PICK, "worker")
    assert chat.act == InvitePerson(role="worker", name="Dina")
    chat.order("invite  Noor  Peeters")
    chat.press(Verb.PICK, "coordinator")
    assert chat.act == InvitePerson(role="coordinator", name="Noor Peeters")


def test_an_invitation_shows_link_and_code(chat):
    """The link to pass on, and what to type where the bot has no user name."""
    act = InvitePerson(role="worker", name="Dina")
    chat.told(act, Performed(values={"code": "c0de"}))
    assert "https://t.me/kierbot?start=c0de" in chat.last.html
    assert "/start c0de" in chat.last.html
    kinds = [type(key).__name__ for key in keys(chat.last)]
    assert kinds == ["Link", "Copy"]


def test_leaving_the_team_is_asked_twice(office, chat):
    """A colleague who leaves: the number of open cases is said, and one more tap is needed."""
    chat.order("team")
    chat.press(Verb.LEAVE_TEAM, person=AN.id)
    assert "open dossier" in chat.last.html
    chat.press(Verb.PICK, "no")
    assert chat.acts == []
    chat.press(Verb.LEAVE_TEAM, person=AN.id)
    chat.press(Verb.PICK, "yes")
    assert chat.act == LeaveTeam(person=AN.id)


def test_leave_has_two_days_and_a_stand_in(office):
    """/away: from, until (both included), who stands in."""
    chat = Chat(office, member=AN)
    chat.order("away")
    chat.say("ma 20 sep")
    chat.say("vr 24 sep")
    chat.press(Verb.PICK, person=BRAM.id)
    assert chat.act == SetAway(
        person=AN.id, from_on=date(2027, 9, 20), to_on=date(2027, 9, 24), stand_in=BRAM.id
    )


def test_a_coordinator_enters_a_colleagues_leave(office, chat):
    """Who is ill cannot always do it themselves; without a stand-in it is said what follows."""
    chat.order("away")
    chat.press(Verb.PICK, person=AN.id)
    chat.say("vandaag")
    chat.say("vandaag")
    chat.press(Verb.SKIP)
    act = chat.act
    assert act == SetAway(person=AN.id, from_on=date(2027, 9, 13), to_on=date(2027, 9, 13))
    chat.told(act, Performed())
    assert say("nl-BE", "done-away-nobody") in chat.last.html


def test_leave_does_not_end_before_it_begins(office):
    """Two days in the wrong order are told, not turned round in silence."""
    chat = Chat(office, member=AN)
    chat.order("away")
    chat.say("vr 24 sep")
    chat.say("ma 20 sep")
    chat.press(Verb.SKIP)
    assert chat.acts == []
    assert chat.last.html == say("nl-BE", "away-backwards")


def test_a_worker_enters_nobody_elses_leave(office):
    """Only one's own leave, whatever a forged button says."""
    chat = Chat(office, member=AN)
    chat.force(Verb.AWAY, person=BRAM.id)
    assert chat.dialogue is not None
    assert chat.dialogue.values["who"] == AN.id


# What is read after an act


def test_after_an_answer_the_next_step_is_said(office):
    """screens.md: what, when, [Correct], and what comes next."""
    chat = Chat(office, member=AN)
    chat.force(Verb.ANSWER, case=CASE, step="call_day1", arg="not_reached")
    act = chat.act
    from scheduler.stimuli import StepAnswer

    decision = office.happens(
        StepAnswer(by=AN.id, step="call_day1", answer="not_reached", done_at=office.now)
    )
    chat.told(act, Decided(case=CASE, decision=decision, seq=9))
    assert chat.last.html.startswith("✓ <b>Niet gesproken</b> · ma 13 sep 10:20")
    assert "Volgende: bel vóór 12 uur (vanaf morgen 09:00)." in shown(chat.last)
    chat.press(Verb.CORRECT, item=9)


@pytest.mark.parametrize(
    "reason",
    [
        *("not_yours", "no_such_step", "no_such_answer", "past_deadline", "needs_to"),
        *("needs_when", "no_crisis", "closed", "open", "not_coordinator", "no_gate"),
        *("in_past", "no_such_item", "unknown_fact", "bad_outcome", "something_new"),
    ],
)
def test_every_refusal_has_its_words(office, reason):
    """A refusal is kind, in words, and says that nothing changed; unknown ones too."""
    chat = Chat(office, member=AN)
    chat.told(HandOver(case=CASE, to=BRAM.id), Refused(reason=reason))
    assert chat.last.html
    assert "_" not in chat.last.html


def test_what_would_tell_too_much_is_the_one_refusal(office):
    """Not yours and not a coordinator read as unknown does (design 6)."""
    chat = Chat(office, member=AN)
    for reason in ("not_yours", "not_coordinator"):
        chat.told(HandOver(case=CASE, to=BRAM.id), Refused(reason=reason))
        assert chat.last.html == say("nl-BE", "refused")


# Assigning


def first_prompt(office):
    """Return Karin's prompt for a new report."""
    office.reports()
    prompt = next(m for m in office.sent if m.kind is Kind.PROMPT)
    return message_screen(
        prompt, office.view, KARIN, office.team, office.now, look=office, roster=office.roster
    )


def test_the_first_prompt_shows_load_and_absence():
    """design 3: assign with the load shown, absent workers marked."""
    office = Office()
    day = date(2027, 9, 13)
    office.leave.append(
        AbsenceLine(id=1, person=BRAM.id, from_on=day, to_on=day, stand_in=None, accepted=None)
    )
    screen = first_prompt(office)
    assert labels(screen)[:3] == [
        "An · geen dossiers",
        "Bram · afwezig · 0",
        "Iemand anders…",
    ]


def test_a_soon_hearing_is_said_in_the_first_prompt():
    """G-25: a hearing on or before W5 is said to the coordinator at once."""
    office = Office()
    hearing = Planned(day=date(2027, 9, 17), known_at=office.now)
    office.reports(kind="claim", hearing=hearing)
    prompt = next(m for m in office.sent if m.kind is Kind.PROMPT)
    screen = message_screen(prompt, office.view, KARIN, office.team, office.now)
    assert say("nl-BE", "note-soon") in screen.html
    assert "vr 17 sep" in screen.html

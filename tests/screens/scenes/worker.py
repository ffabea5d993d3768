"""What a worker is asked and told, as the days of a Ravels case go by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.conversations.scene import AbsenceLine, Turn
from bot.screen import Screen, Verb
from bot.views.away import stand_in_answered_screen, stand_in_screen
from bot.views.lists import worker_digest
from scheduler.case import Planned
from scheduler.decision import Kind, Message
from scheduler.stimuli import Changed, Closing, HandedOver, NewItem, PutOff, SecondReport
from tests.screens.catalogue import scene
from tests.screens.stage import AN, BRAM, CASE, KARIN, LIES, REF, Stage, local


def day_2(stage: Stage) -> None:
    """An reached nobody on Monday; it is Tuesday 9:00."""
    stage.assigned()
    stage.answers(AN, "call_day1", "not_reached")
    stage.passes("2027-09-14 09:00")


def at_the_door(stage: Stage, found: str = "nobody_home") -> None:
    """An phoned and went there on Tuesday."""
    day_2(stage)
    stage.at("2027-09-14 09:40")
    stage.answers(AN, "call_day2", "not_reached")
    stage.at("2027-09-14 11:10")
    stage.answers(AN, "visit_1", found)


def day_5(stage: Stage) -> None:
    """The note lay in the letterbox on Tuesday; it is Friday 9:00."""
    at_the_door(stage)
    stage.answers(AN, "note_1", "done", ticks=("contact_details", "contact_us"))
    stage.passes("2027-09-16 09:00")
    stage.passes("2027-09-17 09:00")


def planned(text: str, stage: Stage) -> Planned:
    """Return a planned moment; a day alone has ten characters."""
    day = date.fromisoformat(text[:10])
    return Planned(
        day=day, at=local(text) if len(text) > len("2027-09-15") else None, known_at=stage.now
    )


def appointment(stage: Stage) -> None:
    """The client accepts help, and a visit is agreed for Wednesday 10:00."""
    stage.assigned()
    stage.answers(AN, "call_day1", "accepts_help")
    stage.answers(AN, "home_appointment", None, when=planned("2027-09-15 10:00", stage))


def talk(stage: Stage, phase: str) -> None:
    """The talk at home went ahead, and it is about this phase."""
    appointment(stage)
    stage.passes("2027-09-15 11:00")
    stage.answers(AN, "home_appointment", "went_ahead")
    stage.answers(AN, "contents", phase)


def actions(stage: Stage) -> None:
    """Two actions are agreed, both for Monday 20 September."""
    talk(stage, "phase_1")
    stage.answers(AN, "phase1_offer", "yes")
    stage.answers(AN, "phase1_explore", "done")
    day = date(2027, 9, 20)
    items = (NewItem(what_ref=51, day=day), NewItem(what_ref=52, who_ref=53, day=day))
    stage.answers(AN, "phase1_actions", None, items=items)
    stage.know({51: "Huurtoelage aanvragen", 52: "Verhuurder bellen", 53: "An"})


# Prompts


@scene
def prompt_day_1(stage: Stage) -> Screen:
    """The first question, right after the case was given."""
    stage.assigned()
    return stage.message(to=AN)


@scene
def prompt_day_1_crisis(stage: Stage) -> Screen:
    """The first question where the eviction is three days away."""
    stage.assigned(kind="claim", eviction=planned("2027-09-16 10:00", stage))
    return stage.message(to=AN)


@scene
def prompt_day_2(stage: Stage) -> Screen:
    """Working day 2, at opening: phone again."""
    day_2(stage)
    return stage.message(to=AN)


@scene
def nudge_day_2(stage: Stage) -> Screen:
    """Working day 2, an hour before the deadline, no answer yet."""
    day_2(stage)
    stage.passes("2027-09-14 11:00")
    return stage.message(Kind.NUDGE, to=AN)


@scene
def prompt_visit_1(stage: Stage) -> Screen:
    """Nobody answered the phone: go there."""
    day_2(stage)
    stage.at("2027-09-14 09:40")
    stage.answers(AN, "call_day2", "not_reached")
    return stage.message(to=AN)


@scene
def prompt_note_1(stage: Stage) -> Screen:
    """Nobody was at home: the note in the letterbox, with its sample and boxes."""
    at_the_door(stage)
    return stage.message(to=AN)


@scene
def note_1_ticked(stage: Stage) -> Turn:
    """Two boxes of the note are ticked, in the same message."""
    at_the_door(stage)
    chat = stage.chat()
    chat.screens.append(stage.message(to=AN))
    chat.tap(next(one.label for one in chat.last.rows[0]))
    return chat.tap(chat.last.rows[1][0].label)


@scene
def info_room_day_4(stage: Stage) -> Screen:
    """Working day 4: nothing is asked, the client has room."""
    at_the_door(stage)
    stage.answers(AN, "note_1", "done")
    stage.passes("2027-09-16 09:00")
    return stage.message(Kind.INFO, to=AN)


@scene
def prompt_visit_2(stage: Stage) -> Screen:
    """Working day 5: the last visit."""
    day_5(stage)
    return stage.message(to=AN)


@scene
def nudge_visit_2(stage: Stage) -> Screen:
    """Working day 5, after noon: the one reminder."""
    day_5(stage)
    for hour in ("11:00", "12:00", "13:00", "14:00", "15:00", "16:00"):
        stage.passes(f"2027-09-17 {hour}")
        if any(message.kind is Kind.NUDGE for message in stage.sent):
            break
    return stage.message(Kind.NUDGE, to=AN)


@scene
def prompt_note_2(stage: Stage) -> Screen:
    """Nobody was at home the second time: the last note."""
    day_5(stage)
    stage.answers(AN, "visit_2", "nobody_home")
    return stage.message(to=AN)


@scene
def prompt_close(stage: Stage) -> Screen:
    """Every action is done: how did it end?"""
    actions(stage)
    stage.passes("2027-09-20 09:00")
    for item in stage.view.case.items:
        stage.answers(AN, "phase1_actions", "done", item=item.id)
    return stage.message(to=AN, about="close")


@scene
def prompt_appointment(stage: Stage) -> Screen:
    """The client accepts help: when is the talk at home?"""
    stage.assigned()
    stage.answers(AN, "call_day1", "accepts_help")
    return stage.message(to=AN)


@scene
def info_appointment_today(stage: Stage) -> list[Screen]:
    """The morning of the appointment."""
    appointment(stage)
    shown = []
    for moment in ("2027-09-14 17:00", "2027-09-15 09:00"):
        stage.passes(moment)
        shown += [stage.message(message.kind, to=AN) for message in stage.sent]
    return shown


@scene
def prompt_appointment_result(stage: Stage) -> Screen:
    """After the hour of the appointment: how did it go?"""
    appointment(stage)
    stage.passes("2027-09-15 11:00")
    return stage.message(to=AN)


@scene
def prompt_contents(stage: Stage) -> Screen:
    """The talk went ahead: what is it about? The report's own phase is marked."""
    appointment(stage)
    stage.passes("2027-09-15 11:00")
    stage.answers(AN, "home_appointment", "went_ahead")
    return stage.message(to=AN)


@scene
def prompt_phase_1_offer(stage: Stage) -> Screen:
    """Phase 1: is help wanted?"""
    talk(stage, "phase_1")
    return stage.message(to=AN)


@scene
def prompt_phase_1_explore(stage: Stage) -> Screen:
    """Phase 1: what is going on?"""
    talk(stage, "phase_1")
    stage.answers(AN, "phase1_offer", "yes")
    return stage.message(to=AN)


@scene
def prompt_phase_1_actions(stage: Stage) -> Screen:
    """Phase 1: which actions first?"""
    talk(stage, "phase_1")
    stage.answers(AN, "phase1_offer", "yes")
    stage.answers(AN, "phase1_explore", "done")
    return stage.message(to=AN)


@scene
def prompt_two_actions(stage: Stage) -> Screen:
    """The day of two actions has come: each has its own buttons."""
    actions(stage)
    stage.passes("2027-09-20 09:00")
    return stage.message(to=AN)


@scene
def prompt_phase_2_hearing(stage: Stage) -> Screen:
    """Phase 2: before the hearing."""
    talk(stage, "phase_2")
    return stage.message(to=AN)


@scene
def prompt_phase_2_result(stage: Stage) -> Screen:
    """Phase 2: the day after the hearing."""
    talk(stage, "phase_2")
    stage.answers(
        AN, "phase2_hearing", None, hearing=planned("2027-10-07 09:00", stage), choice="together"
    )
    for moment in ("2027-10-06 09:00", "2027-10-07 09:00", "2027-10-07 17:00", "2027-10-08 09:00"):
        stage.passes(moment)
        if any(m.kind is Kind.PROMPT for m in stage.sent):
            break
    return stage.message(to=AN)


@scene
def prompt_phase_3_leaving(stage: Stage) -> Screen:
    """Phase 3: the eviction is near."""
    talk(stage, "phase_3")
    return stage.message(to=AN)


@scene
def prompt_three_month_check(stage: Stage) -> Screen:
    """Three months after closing: how is it going?"""
    day_5(stage)
    stage.happens(Closing(by=AN.id, outcome="averted"))
    stage.passes("2027-12-17 09:00")
    return stage.message(to=AN)


@scene
def prompt_wanted_call(stage: Stage) -> Screen:
    """The client asked to be phoned at this hour."""
    stage.assigned()
    chat_when = planned("2027-09-13 15:00", stage)
    from scheduler.stimuli import Contacted, Fields

    stage.happens(
        Contacted(by=AN.id, answer="wants_call", done_at=stage.now, fields=Fields(when=chat_when))
    )
    stage.passes("2027-09-13 15:00")
    return stage.message(to=AN)


@scene
def prompt_again_after_later(stage: Stage) -> Screen:
    """What was put off comes back at the chosen moment."""
    stage.assigned()
    stage.happens(PutOff(by=AN.id, step="call_day1", until=local("2027-09-13 15:00")))
    stage.passes("2027-09-13 15:00")
    return stage.message(to=AN)


@scene
def prompt_handed_over(stage: Stage) -> list[Screen]:
    """A colleague handed the case over: the new worker is told and asked."""
    day_2(stage)
    stage.happens(HandedOver(by=AN.id, to=BRAM.id))
    return [
        stage.message(message.kind, to=BRAM) for message in stage.sent if message.to == BRAM.id
    ]


@scene
def prompt_taken_over_late(stage: Stage) -> Screen:
    """Taken over after its deadline: that it is late is said once."""
    stage.assigned()
    stage.passes("2027-09-13 17:00")
    stage.happens(HandedOver(by=KARIN.id, to=KARIN.id))
    return stage.message(to=KARIN)


# Told


@scene
def told_hearing(stage: Stage) -> list[Screen]:
    """A colleague put in the date of the hearing: told then, and the day before."""
    stage.assigned()
    stage.happens(Changed(by=KARIN.id, fact="hearing", planned=planned("2027-09-20 09:00", stage)))
    shown = [stage.message(m.kind, to=AN) for m in stage.sent if m.to == AN.id]
    stage.passes("2027-09-17 09:00")
    return [
        *shown,
        *(
            stage.message(m.kind, to=AN)
            for m in stage.sent
            if m.kind is Kind.INFO and m.to == AN.id
        ),
    ]


@scene
def told_second_report(stage: Stage) -> Screen:
    """Somebody else reported the same household."""
    from scheduler.case import Facts

    stage.assigned()
    stage.happens(SecondReport(by=LIES.id, facts=Facts(kind="arrears")))
    return stage.message(Kind.INFO, to=AN)


_INFORMED = (
    *("appointment", "hearing", "eviction", "crisis_status", "crisis_began", "second_report"),
    *("handed_over", "closed", "reopened", "postponed"),
)


@scene
def told_of_everything(stage: Stage) -> list[Screen]:
    """Each kind of information that asks nothing."""
    stage.assigned()
    shown = []
    for about in _INFORMED:
        stage.sent = [
            Message(
                to=AN.id,
                kind=Kind.INFO,
                step="home_appointment",
                about=about,
                on=date(2027, 9, 16),
                at=local("2027-09-16 10:00"),
                days_left=3 if about == "crisis_status" else None,
            )
        ]
        shown.append(stage.message(Kind.INFO))
    return shown


# The morning list


@scene
def digest(stage: Stage) -> Screen:
    """The morning list: what is late, what is for today."""
    stage.assigned()
    stage.reports(id_=8, ref="B4WX-1N")
    stage.answers(KARIN, "assign", "assigned", 8, to=AN.id)
    stage.answers(AN, "call_day1", "not_reached", 8)
    stage.passes("2027-09-13 17:00")
    stage.passes("2027-09-14 09:00")
    stage.happens_time(8)
    screen = worker_digest(stage.of(AN), stage.cases_of(AN.id), stage.team, stage.now)
    assert screen is not None
    return screen


# A case


@scene
def case_by_reference(stage: Stage) -> Turn:
    """/case K7QM-4T: where it stands, and its answers."""
    day_2(stage)
    return stage.chat().order(f"case {REF}")


@scene
def case_closed(stage: Stage) -> Turn:
    """/case of one that is closed."""
    day_5(stage)
    stage.happens(Closing(by=AN.id, outcome="averted"))
    return stage.chat().order(f"case {REF}")


@scene
def case_with_dates(stage: Stage) -> Turn:
    """/case with a hearing, an eviction, an appointment and actions."""
    actions(stage)
    stage.happens(Changed(by=AN.id, fact="hearing", planned=planned("2027-10-07 09:00", stage)))
    stage.happens(Changed(by=AN.id, fact="eviction", planned=planned("2027-11-03", stage)))
    return stage.chat().order(f"case {REF}")


@scene
def one_step(stage: Stage) -> Turn:
    """One open step by itself, with all that can be done about it."""
    day_2(stage)
    return stage.chat().force(Verb.STEP, case=CASE, step="call_day2")


@scene
def more(stage: Stage) -> Turn:
    """Behind More."""
    day_2(stage)
    return stage.chat().force(Verb.MORE, case=CASE)


@scene
def more_when_closed(stage: Stage) -> Turn:
    """Behind More, of a closed case."""
    day_5(stage)
    stage.happens(Closing(by=AN.id, outcome="averted"))
    return stage.chat().force(Verb.MORE, case=CASE)


@scene
def details(stage: Stage) -> Turn:
    """Name, phone, address: on tap, protected, gone after ten minutes."""
    at_the_door(stage)
    stage.know({7: "Hond in de tuin, bel eerst de buren."})
    return stage.chat().force(Verb.DETAILS, case=CASE)


@scene
def details_without_phone(stage: Stage) -> Turn:
    """Nobody knew a number: who is asked to call reads so."""
    stage.assigned()
    view = stage.views[CASE]
    said = {key: value for key, value in view.values.items() if key != "phone"}
    stage.views[CASE] = replace(view, values=said)
    return stage.chat().force(Verb.DETAILS, case=CASE)


@scene
def details_of_second_report(stage: Stage) -> Turn:
    """Somebody else reported the household too: what is new in it, a code in words."""
    stage.assigned()
    said = {"kind": "claim", "address": "Dorp 7, Poppel", "text": "Er is een dagvaarding."}
    for ref, (name, text) in enumerate(said.items(), 7):
        stage.know({ref: text}, field=f"report1.{name}")
    view = stage.views[CASE]
    stage.views[CASE] = replace(view, texts={**view.texts, 7: "claim"})
    return stage.chat().force(Verb.DETAILS, case=CASE)


@scene
def why_now(stage: Stage) -> Turn:
    """Why now? The workday, counted."""
    day_2(stage)
    return stage.chat().force(Verb.WHY, case=CASE, step="call_day2")


@scene
def history(stage: Stage) -> Turn:
    """What happened so far."""
    day_5(stage)
    return stage.chat().force(Verb.HISTORY, case=CASE)


# Lists


def three_cases(stage: Stage) -> None:
    """An has one late, one for today and one that is calm."""
    stage.assigned()
    for id_, ref in ((8, "B4WX-1N"), (9, "T9CE-7V")):
        stage.reports(id_=id_, ref=ref)
        stage.answers(KARIN, "assign", "assigned", id_, to=AN.id)
    stage.answers(AN, "call_day1", "not_reached", 8)
    stage.answers(AN, "call_day1", "accepts_help", 9)
    when = planned("2027-09-16 14:00", stage)
    stage.answers(AN, "home_appointment", None, 9, when=when)
    stage.passes("2027-09-13 17:00")
    stage.passes("2027-09-14 09:00")
    stage.happens_time(8)


@scene
def today(stage: Stage) -> Turn:
    """/today."""
    three_cases(stage)
    return stage.chat().order("today")


@scene
def today_empty(stage: Stage) -> Turn:
    """/today when nothing waits."""
    return stage.chat().order("today")


@scene
def cases_with_actions(stage: Stage) -> Turn:
    """My cases, where only agreed actions are ahead: the first one's day."""
    actions(stage)
    return stage.chat().order("cases")


@scene
def cases(stage: Stage) -> Turn:
    """/cases."""
    three_cases(stage)
    return stage.chat().order("cases")


@scene
def cases_second_page(stage: Stage) -> Turn:
    """/cases, leafed through, of somebody with many."""
    for n in range(20, 45):
        stage.reports(id_=n, ref=f"B4WX-{n}")
        stage.answers(KARIN, "assign", "assigned", n, to=AN.id)
    chat = stage.chat()
    chat.order("cases")
    return chat.press(Verb.LIST, "cases", page=1)


@scene
def help_(stage: Stage) -> Turn:
    """/help."""
    return stage.chat().order("help")


@scene
def refused(stage: Stage) -> Turn:
    """A case that is not one's own, or does not exist: one text."""
    return stage.chat().order("case B4WX-1N")


# Leave


@scene
def stand_in_asked(stage: Stage) -> Screen:
    """A colleague asks to stand in."""
    return stand_in_screen(1, stage.of(BRAM), date(2027, 9, 20), date(2027, 9, 24), stage.language)


@scene
def stand_in_answers(stage: Stage) -> list[Screen]:
    """What the absent one reads of the answer."""
    return [
        stand_in_answered_screen(stage.of(BRAM), stage.language, absence=1, accepted=accepted)
        for accepted in (True, False)
    ]


@scene
def case_of_absent_colleague(stage: Stage) -> Turn:
    """Who stands in today sees the case."""
    day_2(stage)
    day = date(2027, 9, 14)
    stage.leave.append(
        AbsenceLine(id=1, person=AN.id, from_on=day, to_on=day, stand_in=BRAM.id, accepted=True)
    )
    return stage.chat(BRAM).order(f"case {REF}")

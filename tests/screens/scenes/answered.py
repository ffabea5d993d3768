"""What an act's message becomes: what was done, when, and what comes next."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot import acts
from bot.acts import When
from bot.conversations.outcome import Decided, Performed
from bot.conversations.scene import Member, Turn
from bot.screen import Screen
from scheduler.case import Planned
from scheduler.decision import Refused
from scheduler.stimuli import (
    Changed,
    Closing,
    Contacted,
    Corrected,
    Deviated,
    Extended,
    Fields,
    HandedOver,
    Noted,
    PutOff,
    ReopenedByClient,
    StepAnswer,
    Stimulus,
)
from tests.screens.catalogue import scene
from tests.screens.scenes.worker import actions, appointment, at_the_door, day_2, day_5, planned
from tests.screens.stage import AN, BRAM, CASE, KARIN, Stage, local


def after(stage: Stage, act: acts.Act, stimulus: Stimulus, *, by: Member = AN) -> Turn:
    """Let the engine decide, and the conversation say what came of it."""
    decision = stage.happens(stimulus)
    seq = len(stage.history(CASE)) - len(decision.events) + 1
    return stage.chat(by).told(act, Decided(case=CASE, decision=decision, seq=seq))


def answers(
    stage: Stage, step: str, answer: str | None, *, by: Member = AN, **fields: Any
) -> Turn:
    """Answer a step."""
    act = acts.AnswerStep(case=CASE, step=step, answer=answer)
    stimulus = StepAnswer(
        by=by.id, step=step, answer=answer, done_at=stage.now, fields=Fields(**fields)
    )
    return after(stage, act, stimulus, by=by)


@scene
def not_reached(stage: Stage) -> Turn:
    """One tap on a prompt: not reached."""
    day_2(stage)
    stage.at("2027-09-14 09:40")
    return answers(stage, "call_day2", "not_reached")


@scene
def not_reached_for_the_worker(stage: Stage) -> Turn:
    """The coordinator filled it in for the worker."""
    day_2(stage)
    stage.at("2027-09-14 12:10")
    return answers(stage, "call_day2", "not_reached", by=KARIN)


@scene
def accepts_help(stage: Stage) -> Turn:
    """The client accepts help."""
    stage.assigned()
    return answers(stage, "call_day1", "accepts_help")


@scene
def appointment_made(stage: Stage) -> Turn:
    """A visit is agreed: the date is said back."""
    stage.assigned()
    stage.answers(AN, "call_day1", "accepts_help")
    return answers(stage, "home_appointment", None, when=planned("2027-09-15 10:00", stage))


@scene
def appointment_moved(stage: Stage) -> Turn:
    """The visit is moved to another day."""
    appointment(stage)
    stage.passes("2027-09-15 11:00")
    return answers(stage, "home_appointment", "moved", when=planned("2027-09-17 14:00", stage))


@scene
def note_done(stage: Stage) -> Turn:
    """The note lies in the letterbox."""
    at_the_door(stage)
    return answers(stage, "note_1", "done", ticks=("contact_details",))


@scene
def action_done(stage: Stage) -> Turn:
    """One of two actions is done: which one is said."""
    actions(stage)
    stage.passes("2027-09-20 09:00")
    item = stage.view.case.items[0].id
    act = acts.AnswerStep(
        case=CASE, step="phase1_actions", answer="done", fields=acts.RawFields(item=item)
    )
    stimulus = StepAnswer(
        by=AN.id,
        step="phase1_actions",
        answer="done",
        done_at=stage.now,
        fields=Fields(item=item),
    )
    return after(stage, act, stimulus)


@scene
def actions_noted(stage: Stage) -> Turn:
    """Actions were told, without an answer yet."""
    from scheduler.stimuli import NewItem

    appointment(stage)
    stage.passes("2027-09-15 11:00")
    stage.answers(AN, "home_appointment", "went_ahead")
    stage.answers(AN, "contents", "phase_1")
    stage.answers(AN, "phase1_offer", "yes")
    stage.answers(AN, "phase1_explore", "done")
    stage.know({51: "Huurtoelage aanvragen"})
    return answers(
        stage, "phase1_actions", None, items=(NewItem(what_ref=51, day=date(2027, 9, 20)),)
    )


@scene
def assigned(stage: Stage) -> Turn:
    """The coordinator gave the case."""
    stage.reports()
    return answers(stage, "assign", "assigned", by=KARIN, to=AN.id)


@scene
def closed_by_answer(stage: Stage) -> Turn:
    """The answer ends the case."""
    day_5(stage)
    stage.answers(AN, "visit_2", "nobody_home")
    return answers(stage, "note_2", "done")


@scene
def contact_noted(stage: Stage) -> Turn:
    """The client contacted us, and accepts help."""
    day_2(stage)
    act = acts.ClientContact(case=CASE, answer="accepts_help")
    return after(stage, act, Contacted(by=AN.id, answer="accepts_help", done_at=stage.now))


@scene
def deviated(stage: Stage) -> Turn:
    """Something else was done; the step stays."""
    day_2(stage)
    act = acts.Deviate(case=CASE, step="call_day2", did="x", done=False)
    return after(stage, act, Deviated(by=AN.id, step="call_day2", did_ref=9))


@scene
def put_off(stage: Stage) -> Turn:
    """Later: asked again then."""
    day_2(stage)
    until = local("2027-09-14 11:00")
    act = acts.PutOffStep(case=CASE, step="call_day2", until=until)
    return after(stage, act, PutOff(by=AN.id, step="call_day2", until=until))


@scene
def hearing_noted(stage: Stage) -> Turn:
    """The date of a hearing was put in."""
    day_2(stage)
    at = local("2027-10-07 09:00")
    when = When(day=date(2027, 10, 7), at=at)
    act = acts.ChangeFact(case=CASE, fact="hearing", when=when)
    known = Planned(day=when.day, at=at, known_at=stage.now)
    return after(stage, act, Changed(by=AN.id, fact="hearing", planned=known))


@scene
def eviction_withdrawn(stage: Stage) -> Turn:
    """The eviction was withdrawn."""
    stage.assigned(kind="claim", eviction=planned("2027-11-03", stage))
    act = acts.ChangeFact(case=CASE, fact="eviction")
    return after(stage, act, Changed(by=AN.id, fact="eviction"))


@scene
def served_noted(stage: Stage) -> Turn:
    """The judgment was served: a month from then is the earliest day."""
    day_2(stage)
    day = date(2027, 9, 13)
    act = acts.ChangeFact(case=CASE, fact="served", served=day)
    return after(stage, act, Changed(by=AN.id, fact="served", served=day))


@scene
def phase_changed(stage: Stage) -> Turn:
    """Another phase."""
    day_2(stage)
    act = acts.ChangeFact(case=CASE, fact="phase", phase="phase_2")
    return after(stage, act, Changed(by=AN.id, fact="phase", phase="phase_2"))


@scene
def extended(stage: Stage) -> Turn:
    """The coordinator gave more time."""
    day_2(stage)
    until = local("2027-09-15 12:00")
    act = acts.ExtendStep(case=CASE, step="call_day2", until=until, reason=None)
    stimulus = Extended(by=KARIN.id, step="call_day2", until=until)
    return after(stage, act, stimulus, by=KARIN)


@scene
def handed_over(stage: Stage) -> Turn:
    """The case was handed over."""
    day_2(stage)
    return after(stage, acts.HandOver(case=CASE, to=BRAM.id), HandedOver(by=AN.id, to=BRAM.id))


@scene
def taken_over(stage: Stage) -> Turn:
    """The coordinator took the case."""
    day_2(stage)
    act = acts.HandOver(case=CASE, to=KARIN.id)
    return after(stage, act, HandedOver(by=KARIN.id, to=KARIN.id), by=KARIN)


@scene
def closed(stage: Stage) -> Turn:
    """The case was closed from More."""
    day_2(stage)
    act = acts.CloseCase(case=CASE, outcome="moved")
    return after(stage, act, Closing(by=AN.id, outcome="moved"))


@scene
def reopened(stage: Stage) -> Turn:
    """The case was opened again."""
    day_5(stage)
    stage.happens(Closing(by=AN.id, outcome="door_ajar"))
    stage.at("2027-10-04 09:30")
    return after(stage, acts.ReopenCase(case=CASE), ReopenedByClient(by=AN.id))


@scene
def noted(stage: Stage) -> Turn:
    """A note was kept."""
    day_2(stage)
    return after(stage, acts.NoteOnCase(case=CASE, text="x"), Noted(by=AN.id, note_ref=9))


@scene
def taken_back(stage: Stage) -> Turn:
    """A wrong tap was taken back."""
    day_2(stage)
    before = stage.view.case
    stage.answers(AN, "call_day2", "no_number")
    seq = len(stage.history(CASE))
    act = acts.TakeBack(case=CASE, seq=seq)
    return after(stage, act, Corrected(by=AN.id, back_to=before, seq=seq))


@scene
def away_noted(stage: Stage) -> list[Screen]:
    """Leave was entered, with and without a stand-in; a stand-in cannot."""
    chat = stage.chat()
    first, last = date(2027, 9, 20), date(2027, 9, 24)
    for stand_in in (BRAM.id, None):
        act = acts.SetAway(person=AN.id, from_on=first, to_on=last, stand_in=stand_in)
        chat.told(act, Performed())
    chat.told(acts.AnswerStandIn(absence=1, accepted=False), Performed())
    return chat.screens


_REASONS = (
    *("no_such_step", "no_such_answer", "past_deadline", "needs_to", "needs_when", "no_crisis"),
    *("closed", "open", "no_gate", "in_past", "no_such_item", "unknown_fact", "bad_outcome"),
    *("last_coordinator", "taken", "stand_in_absent", "not_yours"),
)


@scene
def cannot(stage: Stage) -> list[Screen]:
    """Why something could not be done."""
    stage.assigned()
    chat = stage.chat()
    for reason in _REASONS:
        chat.told(acts.HandOver(case=CASE, to=BRAM.id), Refused(reason=reason))
    return chat.screens

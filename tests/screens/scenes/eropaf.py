"""The questions of the Eropaf way of working."""

from __future__ import annotations

from datetime import date

from bot.conversations.outcome import Performed
from bot.conversations.scene import Turn
from bot.screen import Screen, Verb
from scheduler.decision import Kind
from scheduler.stimuli import NewItem
from tests.screens.catalogue import scene
from tests.screens.scenes.worker import planned
from tests.screens.stage import AN, CASE, Stage


def spoken(stage: Stage) -> None:
    """The reporter was spoken to."""
    stage.assigned("eropaf")
    stage.answers(AN, "speak_reporter", "spoken")


def reached(stage: Stage) -> None:
    """The client was reached at the door."""
    spoken(stage)
    stage.answers(AN, "first_contact", "reached")


def prompted(stage: Stage, step: str) -> Screen:
    """Let time pass until the step is asked of An."""
    for day in range(13, 31):
        for hour in ("09:00", "12:00", "14:00", "17:00"):
            if any(m.kind is Kind.PROMPT and m.step == step for m in stage.sent):
                return stage.message(to=AN, about=step)
            stage.passes(f"2027-09-{day} {hour}")
    raise AssertionError(f"{step} was never asked: {list(stage.view.case.steps)}")


@scene
def prompt_speak_reporter(stage: Stage) -> Screen:
    """The gate: first the reporter."""
    stage.assigned("eropaf")
    return stage.message(to=AN)


@scene
def prompt_first_contact(stage: Stage) -> Screen:
    """Then the client."""
    spoken(stage)
    return prompted(stage, "first_contact")


@scene
def first_contact_asked(stage: Stage) -> list[Screen]:
    """Reached: that counts; then causes, professionals, network and own idea in one message."""
    spoken(stage)
    chat = stage.chat()
    chat.force(Verb.ANSWER, case=CASE, step="first_contact", arg="reached")
    chat.counts()
    chat.say(stage.own("Werk verloren in mei"))
    chat.told(chat.act, Performed())
    return chat.screens


@scene
def prompt_plan(stage: Stage) -> Screen:
    """A plan."""
    reached(stage)
    return prompted(stage, "plan")


@scene
def prompt_call_round_1(stage: Stage) -> Screen:
    """The first round of calls."""
    reached(stage)
    prompted(stage, "plan")
    stage.answers(AN, "plan", "done")
    return prompted(stage, "call_round_1")


@scene
def prompt_meeting(stage: Stage) -> Screen:
    """Everybody at one table: when?"""
    reached(stage)
    prompted(stage, "plan")
    stage.answers(AN, "plan", "done")
    prompted(stage, "call_round_1")
    stage.answers(AN, "call_round_1", "prospect")
    prompted(stage, "call_round_2")
    stage.answers(AN, "call_round_2", "prospect")
    return prompted(stage, "meeting")


@scene
def prompt_meeting_result(stage: Stage) -> Screen:
    """Everybody at one table: how did it go?"""
    prompt_meeting(stage)
    stage.sent = []
    stage.answers(AN, "meeting", None, when=planned("2027-09-21 10:00", stage))
    return prompted(stage, "meeting")


@scene
def meeting_asked(stage: Stage) -> list[Screen]:
    """When is the meeting, and who comes?"""
    prompt_meeting(stage)
    chat = stage.chat()
    chat.force(Verb.ANSWER, case=CASE, step="meeting", arg="")
    chat.say("22-09-2027 10:00")
    chat.press(Verb.PICK, "yes")
    chat.counts()
    chat.say(stage.own("Marc"))
    return chat.screens


@scene
def agreements_signed(stage: Stage) -> list[Screen]:
    """Signed: which agreements, a photo of the sheet?"""
    prompt_meeting_result(stage)
    chat = stage.chat()
    chat.force(Verb.ANSWER, case=CASE, step="meeting", arg="signed_by_all")
    chat.say(stage.own("Elke maand 100 euro"))
    chat.say(stage.own("Marc"))
    chat.say("01-10-2027")
    chat.press(Verb.DONE)
    chat.counts()
    return chat.screens


@scene
def prompt_check_agreements(stage: Stage) -> Screen:
    """The day of an agreement: was it kept?"""
    prompt_meeting_result(stage)
    items = (NewItem(what_ref=61, who_ref=62, day=date(2027, 9, 24)),)
    stage.answers(AN, "meeting", "signed_by_all", items=items)
    stage.know({61: "Eerste afbetaling", 62: "Marc"})
    stage.sent = []
    return prompted(stage, "check_agreements")


@scene
def case_before_the_gate(stage: Stage) -> Turn:
    """/case before the reporter was spoken to."""
    stage.assigned("eropaf")
    return stage.chat().order("case K7QM-4T")


@scene
def why_now(stage: Stage) -> Turn:
    """Why now? Without a five-day clock."""
    stage.assigned("eropaf")
    return stage.chat().force(Verb.WHY, case=CASE, step="speak_reporter")


@scene
def details(stage: Stage) -> Turn:
    """Details, with what the reporter and the client told."""
    spoken(stage)
    stage.know({7: "Werk verloren in mei"}, field="answer.causes")
    stage.know({8: "Haar zus in Turnhout"}, field="answer.network")
    stage.know({9: "Collega sprak haar aan de kassa"}, field="deviation.did")
    stage.know({10: "Was op huisbezoek"}, field="reason")
    stage.know({11: "Er is iets betaald"}, field="added.text")
    return stage.chat().force(Verb.DETAILS, case=CASE)

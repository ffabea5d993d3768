"""What is asked inside a worker's dialogue: one fact at a time."""

from __future__ import annotations

from bot.conversations.outcome import Performed
from bot.conversations.scene import Turn
from bot.screen import Screen, Verb
from scheduler.stimuli import Changed
from tests.screens.catalogue import scene
from tests.screens.scenes.worker import actions, at_the_door, day_2, planned, talk
from tests.screens.stage import AN, CASE, KARIN, Chat, Stage


def asked(stage: Stage, step: str, answer: str = "") -> Chat:
    """Press the answer of a step, wherever its button stood."""
    chat = stage.chat()
    chat.force(Verb.ANSWER, case=CASE, step=step, arg=answer)
    return chat


@scene
def appointment_when(stage: Stage) -> list[Screen]:
    """When is the appointment: the day, its hour, and what cannot be read."""
    stage.assigned()
    stage.answers(AN, "call_day1", "accepts_help")
    chat = asked(stage, "home_appointment")
    chat.say("15-09-2027")
    chat.press(Verb.BACK)
    for text in ("31-02-2028", "xyz", "10-09-2027 10:00"):
        chat.say(text)
    return chat.screens


@scene
def appointment_beyond(stage: Stage) -> Turn:
    """The appointment lies beyond working day 3: why?"""
    stage.assigned()
    stage.answers(AN, "call_day1", "accepts_help")
    return asked(stage, "home_appointment").say("20-09-2027 10:00")


@scene
def note_not_done(stage: Stage) -> list[Screen]:
    """The note could not be delivered: why? It cannot be skipped."""
    at_the_door(stage)
    chat = asked(stage, "note_1", "not_done")
    chat.say("…")
    return chat.screens


@scene
def ticks(stage: Stage) -> list[Screen]:
    """What was told in the talk: the answer has counted, then boxes or words."""
    talk(stage, "phase_1")
    chat = asked(stage, "phase1_offer", "yes")
    chat.counts()
    chat.press(Verb.PICK, "leaflet")
    chat.say(stage.own("Wil met budgetbeheer beginnen"))
    chat.told(chat.act, Performed())
    return chat.screens


@scene
def action_by_action(stage: Stage) -> list[Screen]:
    """Which actions: what, who, by when, another?"""
    talk(stage, "phase_1")
    stage.answers(AN, "phase1_offer", "yes")
    stage.answers(AN, "phase1_explore", "done")
    chat = asked(stage, "phase1_actions")
    chat.say(stage.own("Huurtoelage aanvragen"))
    chat.say(stage.own("An"))
    chat.say("20-09-2027")
    return chat.screens


@scene
def action_moved(stage: Stage) -> list[Screen]:
    """Which action is moved, and to when?"""
    actions(stage)
    chat = asked(stage, "phase1_actions", "moved")
    chat.press(Verb.PICK, item=stage.view.case.items[0].id)
    return chat.screens


@scene
def hearing(stage: Stage) -> list[Screen]:
    """Before the hearing: when; that counts, and then what was told and who goes along."""
    talk(stage, "phase_2")
    chat = asked(stage, "phase2_hearing")
    chat.say("20-09-2027 10:00")
    chat.press(Verb.PICK, "yes")
    chat.counts()
    chat.press(Verb.DONE, "all")
    return chat.screens


@scene
def hearing_known(stage: Stage) -> Screen:
    """Before a hearing whose date is in the case: left so by one tap."""
    talk(stage, "phase_2")
    stage.happens(Changed(by=AN.id, fact="hearing", planned=planned("2027-09-20 10:00", stage)))
    return asked(stage, "phase2_hearing").last


@scene
def followup_skipped(stage: Stage) -> Screen:
    """Nothing to add to an answer that has counted."""
    talk(stage, "phase_1")
    chat = asked(stage, "phase1_offer", "yes")
    chat.counts()
    chat.press(Verb.SKIP)
    return chat.last


@scene
def leaving(stage: Stage) -> list[Screen]:
    """Before an eviction: when it was served, when it is; then what was told."""
    talk(stage, "phase_3")
    chat = asked(stage, "phase3_leaving")
    chat.say("10-09-2027")
    chat.press(Verb.SKIP)
    chat.counts()
    return chat.screens


@scene
def contact(stage: Stage) -> list[Screen]:
    """The client contacted us: what did they want? When to phone?"""
    day_2(stage)
    chat = stage.chat()
    chat.force(Verb.CONTACT, case=CASE)
    chat.press(Verb.CONTACT, "wants_call")
    return chat.screens


@scene
def done_earlier(stage: Stage) -> list[Screen]:
    """It was done earlier: when? Then the answers."""
    day_2(stage)
    stage.at("2027-09-14 11:30")
    chat = stage.chat()
    chat.force(Verb.STEP, case=CASE, step="call_day2", arg="earlier")
    chat.say("14-09-2027 10:00")
    return chat.screens


@scene
def deviate(stage: Stage) -> list[Screen]:
    """Something else was done: what, why, is the step done with it?"""
    day_2(stage)
    chat = stage.chat()
    chat.force(Verb.DEVIATE, case=CASE, step="call_day2")
    chat.say(stage.own("collega sprak haar aan de kassa"))
    chat.press(Verb.SKIP)
    return chat.screens


@scene
def later(stage: Stage) -> Turn:
    """Later: when?"""
    day_2(stage)
    return stage.chat().force(Verb.LATER, case=CASE, step="call_day2")


@scene
def hand_over(stage: Stage) -> Turn:
    """Handing over: to whom?"""
    day_2(stage)
    return stage.chat().force(Verb.HAND_OVER, case=CASE)


@scene
def change(stage: Stage) -> list[Screen]:
    """A change of dates or phase: what, when, why."""
    day_2(stage)
    chat = stage.chat()
    chat.force(Verb.CHANGE, case=CASE)
    chat.press(Verb.CHANGE, "hearing")
    chat.say("07-10-2027 09:00")
    return chat.screens


@scene
def change_phase(stage: Stage) -> Turn:
    """Another phase."""
    day_2(stage)
    return stage.chat().force(Verb.CHANGE, case=CASE, arg="phase")


@scene
def change_eviction(stage: Stage) -> Turn:
    """An eviction date that is known: a new one, or withdrawn."""
    day_2(stage)
    stage.happens(Changed(by=AN.id, fact="eviction", planned=planned("2027-11-03", stage)))
    return stage.chat().force(Verb.CHANGE, case=CASE, arg="eviction")


@scene
def change_served(stage: Stage) -> Turn:
    """The judgment was served: when?"""
    day_2(stage)
    return stage.chat().force(Verb.CHANGE, case=CASE, arg="served")


@scene
def change_of_a_coordinator(stage: Stage) -> Turn:
    """A coordinator can call it a crisis as well."""
    day_2(stage)
    return stage.chat(KARIN).force(Verb.CHANGE, case=CASE)


@scene
def close(stage: Stage) -> list[Screen]:
    """Closing: how did it end, a last note?"""
    day_2(stage)
    chat = stage.chat()
    chat.force(Verb.CLOSE, case=CASE)
    chat.press(Verb.CLOSE, "moved")
    return chat.screens


@scene
def note(stage: Stage) -> list[Screen]:
    """A note: text, photo or voice; what is not kept."""
    day_2(stage)
    chat = stage.chat()
    chat.force(Verb.NOTE, case=CASE)
    chat.hand("sticker", file_id="F1")
    return chat.screens


@scene
def note_with_number(stage: Stage) -> Turn:
    """A national number in a note is left out."""
    day_2(stage)
    chat = stage.chat()
    chat.force(Verb.NOTE, case=CASE)
    return chat.say("85.07.30-033.28")


@scene
def loose_text(stage: Stage) -> list[Screen]:
    """A text that answers nothing: which case? And a sticker."""
    day_2(stage)
    chat = stage.chat()
    chat.say(stage.own("ze was niet thuis"))
    chat.press(Verb.CANCEL)
    chat.hand("sticker", file_id="F1")
    return chat.screens


@scene
def loose_text_without_cases(stage: Stage) -> Turn:
    """A text of somebody who has no case."""
    return stage.chat().say(stage.own("hallo"))


@scene
def two_at_once(stage: Stage) -> Turn:
    """Another dialogue is begun while words are waiting in one."""
    day_2(stage)
    chat = stage.chat()
    chat.force(Verb.DEVIATE, case=CASE, step="call_day2")
    chat.say(stage.own("collega sprak haar aan de kassa"))
    return chat.force(Verb.LATER, case=CASE, step="call_day2")


@scene
def cancelled(stage: Stage) -> Turn:
    """Cancel."""
    day_2(stage)
    chat = stage.chat()
    chat.force(Verb.LATER, case=CASE, step="call_day2")
    return chat.press(Verb.CANCEL)


@scene
def leave(stage: Stage) -> list[Screen]:
    """/away: from, until, who stands in; the wrong way round."""
    chat = stage.chat()
    chat.order("away")
    chat.say("24-09-2027")
    chat.say("20-09-2027")
    chat.press(Verb.SKIP)
    return chat.screens

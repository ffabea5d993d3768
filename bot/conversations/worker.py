"""What a worker does beside answering: look, do differently, put off, hand over.

Every one is a press that acts at once, shows a choice, or begins a form. The presses and forms of
all that is done to a case are listed here; contact, changes and closing are modules of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from bot.acts import Deviate, HandOver, PutOffStep
from bot.conversations.access import case_for, is_coordinator, member_of, refused, sight_of
from bot.conversations.answer import person_keys, press_answer, press_date
from bot.conversations.ask import Ask
from bot.conversations.case_forms import MOMENT, TEXT, open_step, start, top_of, view_of
from bot.conversations.changing import CHANGE, press_change, press_tell
from bot.conversations.closing import CLOSE, press_close, press_correct, press_reopen
from bot.conversations.contact import CONTACT, press_contact, press_step_of
from bot.conversations.fields import YES_NO, moment_of
from bot.conversations.forms import Form
from bot.conversations.scene import CaseView, Dialogue, Scene, Turn
from bot.screen import Intent, Screen, Verb
from bot.texts import plain, say
from bot.views.cases import case_screen, more_screen, why_screen
from bot.views.details import details_screen
from bot.views.heads import BACK, may_wait
from bot.views.history import history_screen
from bot.views.words import moment_words

OFFER_STEP_S: Final = 300
"""Moments are offered at whole five minutes."""


# Looking


def look_at_case(intent: Intent, scene: Scene) -> Turn:
    """Return where the case stands; in place of the pressed message only on the way back."""
    view = case_for(scene, intent.case)
    if view is None:
        return refused(scene)
    screen = case_screen(sight_of(scene, view))
    return Turn(edit=screen) if intent.arg == BACK else Turn(screens=(screen,))


def look_at_more(intent: Intent, scene: Scene) -> Turn:
    """Return what is seldom needed, as a message of its own so that the prompt stays."""
    view = case_for(scene, intent.case)
    if view is None:
        return refused(scene)
    sight = sight_of(scene, view)
    return Turn(screens=(more_screen(sight, is_coordinator=is_coordinator(scene)),))


def look_at_details(intent: Intent, scene: Scene) -> Turn:
    """Return the personal details, protected and gone after ten minutes."""
    view = case_for(scene, intent.case)
    if view is None:
        return refused(scene)
    people = {one.id: one.name for one in scene.look.people()}
    reporter = people.get(view.reporter) if view.reporter is not None else None
    return Turn(screens=(details_screen(sight_of(scene, view), reporter=reporter),))


def look_at_why(intent: Intent, scene: Scene) -> Turn:
    """Return why the step is asked now, in one line."""
    view, step = case_for(scene, intent.case), open_step(intent, scene)
    if view is None or step is None:
        return refused(scene)
    return Turn(edit=why_screen(sight_of(scene, view), step))


def look_at_history(intent: Intent, scene: Scene) -> Turn:
    """Return the case's history in codes, a page at a time."""
    view = case_for(scene, intent.case)
    if view is None:
        return refused(scene)
    screen = history_screen(
        sight_of(scene, view),
        scene.look.history(view.id),
        people={one.id: one.name for one in scene.look.people()},
        reader=member_of(scene).id,
        is_coordinator=is_coordinator(scene),
        page=intent.page,
    )
    return Turn(edit=screen)


# Done differently


def press_deviate(intent: Intent, scene: Scene) -> Turn:
    """Ask what was done instead, and why (R-11)."""
    step = open_step(intent, scene)
    return refused(scene) if step is None else start("deviate", DEVIATE, intent, scene, step=step)


def _deviate_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    language = scene.language
    return (
        Ask(id="did", kind=TEXT, label=plain(language, "ask-did"), required=True),
        Ask(id="reason", kind=TEXT, label=plain(language, "ask-reason")),
        Ask(id="done", kind=YES_NO, label=plain(language, "ask-deviation-done")),
    )


def _deviate_finish(dialogue: Dialogue, scene: Scene) -> Deviate:
    values = dialogue.values
    return Deviate(
        case=dialogue.case or 0,
        step=dialogue.step or "",
        did=values["did"],
        reason=values["reason"],
        done=values["done"] == "yes",
    )


DEVIATE: Final = Form(asks=_deviate_asks, finish=_deviate_finish, top=top_of("top-deviate"))


# Later


def press_later(intent: Intent, scene: Scene) -> Turn:
    """Ask when the prompt is to come again."""
    step, view = open_step(intent, scene), case_for(scene, intent.case)
    if step is None or view is None:
        return refused(scene)
    if step in view.case.steps and not may_wait(view.case.steps[step], scene.now):
        return Turn(screens=(Screen(html=say(scene.language, "later-over")),), refused=True)
    return start("later", LATER, intent, scene, step=step)


def _later_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    label = plain(scene.language, "ask-later")
    offers = _later_offers(dialogue, scene)
    ask = Ask(id="until", kind=MOMENT, label=label, required=True, offers=offers, worked=True)
    return (replace(ask, whole_day=True),)


def _later_offers(dialogue: Dialogue, scene: Scene) -> tuple[tuple[str, str], ...]:
    """Return in one hour, in two (at a round minute), the next day's open: none past the due."""
    days = scene.team.days
    due = _due(view_of(dialogue, scene), dialogue.step)
    soon = scene.now + timedelta(seconds=-scene.now.timestamp() % OFFER_STEP_S)
    moments = [soon + timedelta(hours=1), soon + timedelta(hours=2)]
    moments = [at for at in moments if days.is_open(at)] + [days.next_day_open(scene.now)]
    return tuple(_offer(at, scene) for at in moments if due is None or at <= due)


def _due(view: CaseView, step: str | None) -> datetime | None:
    state = view.case.steps.get(step or "")
    return None if state is None else state.due_at


def _offer(at: datetime, scene: Scene) -> tuple[str, str]:
    local = at.astimezone(scene.team.days.zone)
    words = moment_words(at, scene.team.days, scene.language, scene.now)
    return words, f"{local:%Y-%m-%dT%H:%M}"


def _later_finish(dialogue: Dialogue, scene: Scene) -> PutOffStep:
    until = moment_of(dialogue.values["until"], scene, day_end=False)
    return PutOffStep(case=dialogue.case or 0, step=dialogue.step or "", until=until)


LATER: Final = Form(asks=_later_asks, finish=_later_finish, top=top_of("top-later"))


# Hand over, take over


def press_hand_over(intent: Intent, scene: Scene) -> Turn:
    """Hand the case to the intent's person, or ask to whom."""
    if intent.person is not None:
        return _hand_to(intent, scene, intent.person)
    return start("hand_over", HAND_OVER, intent, scene)


def press_take_over(intent: Intent, scene: Scene) -> Turn:
    """Give the case to oneself: a coordinator's choice on an alert."""
    return (
        _hand_to(intent, scene, member_of(scene).id) if is_coordinator(scene) else refused(scene)
    )


def _hand_to(intent: Intent, scene: Scene, to: int) -> Turn:
    view = case_for(scene, intent.case)
    return refused(scene) if view is None else Turn(act=HandOver(case=view.id, to=to))


def _hand_over_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    view = view_of(dialogue, scene)
    label = plain(scene.language, "ask-hand-over")
    keys = person_keys(view, scene)
    return (Ask(id="to", kind="person", label=label, required=True, keys=keys),)


def _hand_over_finish(dialogue: Dialogue, scene: Scene) -> HandOver:
    return HandOver(case=dialogue.case or 0, to=dialogue.values["to"])


HAND_OVER: Final = Form(
    asks=_hand_over_asks, finish=_hand_over_finish, top=top_of("top-hand-over")
)


def nothing(intent: Intent, scene: Scene) -> Turn:
    """A label was pressed, or a day of a calendar that is not offered."""
    key = "nothing-pressed" if intent.arg is None else "date-not-offered"
    return Turn(toast=plain(scene.language, key))


PRESSES: Final[Mapping[Verb, Callable[[Intent, Scene], Turn]]] = MappingProxyType(
    {
        Verb.ANSWER: press_answer,
        Verb.DATE: press_date,
        Verb.CONTACT: press_contact,
        Verb.DEVIATE: press_deviate,
        Verb.LATER: press_later,
        Verb.HAND_OVER: press_hand_over,
        Verb.TAKE_OVER: press_take_over,
        Verb.CHANGE: press_change,
        Verb.TELL: press_tell,
        Verb.CLOSE: press_close,
        Verb.REOPEN: press_reopen,
        Verb.CORRECT: press_correct,
        Verb.CASE: look_at_case,
        Verb.STEP: press_step_of,
        Verb.MORE: look_at_more,
        Verb.DETAILS: look_at_details,
        Verb.WHY: look_at_why,
        Verb.HISTORY: look_at_history,
        Verb.NOTHING: nothing,
    }
)
"""Each verb of a case and what a press on it does."""

FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        "contact": CONTACT,
        "deviate": DEVIATE,
        "later": LATER,
        "hand_over": HAND_OVER,
        "change": CHANGE,
        "close": CLOSE,
    }
)
"""The dialogues of this room, by their kind."""

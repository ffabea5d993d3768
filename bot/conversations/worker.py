"""What a worker does beside answering: contact, deviation, later, hand over, changes, closing.

Every one is a press that acts at once, shows a choice, or begins a form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from bot.acts import (
    ChangeFact,
    ClientContact,
    CloseCase,
    Deviate,
    HandOver,
    PutOffStep,
    ReopenCase,
    TakeBack,
)
from bot.conversations.access import (
    case_for,
    is_coordinator,
    member_of,
    refused,
    sight_of,
)
from bot.conversations.answer import (
    EARLIER,
    person_keys,
    press_answer,
    press_date,
    press_step,
)
from bot.conversations.ask import Ask
from bot.conversations.dates import when_of
from bot.conversations.fields import YES_NO, asks_of, moment_of, raw_fields
from bot.conversations.forms import Form, begin
from bot.conversations.scene import CaseView, Dialogue, Scene, Turn
from bot.screen import Intent, Key, Screen, Verb
from bot.texts import plain
from bot.views.cases import (
    case_screen,
    contact_screen,
    main_step,
    more_screen,
    why_screen,
)
from bot.views.details import details_screen
from bot.views.heads import BACK, Sight, back_key, head, is_closed
from bot.views.history import history_screen
from bot.views.steps import answer_words
from bot.views.words import (
    dotted,
    in_rows,
    lines,
    moment_words,
    outcome_words,
    phase_of,
    phase_words,
    pick,
    press,
    step_title,
)
from scheduler.procedure import Field, FieldKind, Step

TEXT: Final = FieldKind.TEXT.value
MOMENT: Final = FieldKind.MOMENT.value
DAY: Final = FieldKind.DAY.value
CHOICE: Final = FieldKind.CHOICE.value

OFFER_STEP_S: Final = 300
"""Moments are offered at whole five minutes."""


def _view(dialogue: Dialogue, scene: Scene) -> CaseView:
    view = scene.look.case(dialogue.case or 0)
    assert view is not None, "access has been checked"
    return view


def _top(key: str) -> Callable[[Dialogue, Scene], str]:
    """Return the lines above a form's questions: the case, what is being done, on which step."""

    def top(dialogue: Dialogue, scene: Scene) -> str:
        view = _view(dialogue, scene)
        sight = sight_of(scene, view)
        title = (
            step_title(view, dialogue.step, scene.language, scene.team.days)
            if dialogue.step
            else None
        )
        return lines(head(sight), dotted(plain(scene.language, key), title))

    return top


def start(kind: str, form: Form, intent: Intent, scene: Scene, *, step: str | None = None) -> Turn:
    """Return the first question of a form about the intent's case; refused where not theirs."""
    view = case_for(scene, intent.case)
    if view is None:
        return refused(scene)
    dialogue = Dialogue(kind=kind, asking="", case=view.id, step=step, answer=intent.arg)
    return begin(form, dialogue, scene)


def _open_step(intent: Intent, scene: Scene) -> str | None:
    """Return the step that the intent names, else the one that asks something now."""
    view = case_for(scene, intent.case)
    if view is None:
        return None
    if intent.step is not None:
        return intent.step if intent.step in view.procedure.steps else None
    return main_step(sight_of(scene, view))


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
    view, step = case_for(scene, intent.case), _open_step(intent, scene)
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


# The client contacted us


def press_contact(intent: Intent, scene: Scene) -> Turn:
    """Return the act, the question when to call back, or what the client can have wanted."""
    view = case_for(scene, intent.case)
    step = _contact_step(view)
    if view is None or step is None:
        return refused(scene)
    if intent.arg is None:
        return Turn(screens=(contact_screen(sight_of(scene, view), step),))
    if intent.arg not in step.answers:
        return refused(scene)
    values = _said_earlier(scene, view)
    dialogue = Dialogue(
        kind="contact",
        asking="",
        case=view.id,
        step=step.id,
        answer=intent.arg,
        values=values,
    )
    return begin(CONTACT, dialogue, scene)


def _contact_step(view: CaseView | None) -> Step | None:
    if view is None or view.procedure.contact is None:
        return None
    return view.procedure.step(view.procedure.contact)


def _said_earlier(scene: Scene, view: CaseView) -> dict[str, object]:
    kept = scene.dialogue
    if kept is None or kept.kind != EARLIER or kept.case != view.id:
        return {}
    return {"done_at": kept.values["done_at"]} if "done_at" in kept.values else {}


def _contact_fields(dialogue: Dialogue, scene: Scene) -> tuple[Field, ...]:
    view = _view(dialogue, scene)
    step = view.procedure.step(dialogue.step or "")
    return step.answers[dialogue.answer or ""].fields


def _contact_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    return asks_of(_contact_fields(dialogue, scene), dialogue.values, scene.language)


def _contact_finish(dialogue: Dialogue, scene: Scene) -> ClientContact:
    fields = raw_fields(_contact_fields(dialogue, scene), dialogue.values, scene)
    done_at = dialogue.values.get("done_at")
    return ClientContact(
        case=dialogue.case or 0,
        answer=dialogue.answer or "",
        when=fields.when,
        note=fields.note,
        done_at=moment_of(done_at, scene, day_end=False) if done_at else None,
    )


def _contact_top(dialogue: Dialogue, scene: Scene) -> str:
    view = _view(dialogue, scene)
    step = view.procedure.step(dialogue.step or "")
    said = answer_words(step, dialogue.answer or "", scene.language).rstrip("…")
    return lines(head(sight_of(scene, view)), dotted(plain(scene.language, "top-contact"), said))


CONTACT: Final = Form(asks=_contact_asks, finish=_contact_finish, top=_contact_top)


# Done differently


def press_deviate(intent: Intent, scene: Scene) -> Turn:
    """Ask what was done instead, and why (R-11)."""
    step = _open_step(intent, scene)
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


DEVIATE: Final = Form(asks=_deviate_asks, finish=_deviate_finish, top=_top("top-deviate"))


# Later


def press_later(intent: Intent, scene: Scene) -> Turn:
    """Ask when the prompt is to come again."""
    step = _open_step(intent, scene)
    return refused(scene) if step is None else start("later", LATER, intent, scene, step=step)


def _later_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    label = plain(scene.language, "ask-later")
    offers = _later_offers(dialogue, scene)
    ask = Ask(id="until", kind=MOMENT, label=label, required=True, offers=offers, worked=True)
    return (replace(ask, whole_day=True),)


def _later_offers(dialogue: Dialogue, scene: Scene) -> tuple[tuple[str, str], ...]:
    """Return in one hour, in two (at a round minute), the next day's open: none past the due."""
    days = scene.team.days
    due = _due(_view(dialogue, scene), dialogue.step)
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


LATER: Final = Form(asks=_later_asks, finish=_later_finish, top=_top("top-later"))


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
    view = _view(dialogue, scene)
    label = plain(scene.language, "ask-hand-over")
    keys = person_keys(view, scene)
    return (Ask(id="to", kind="person", label=label, required=True, keys=keys),)


def _hand_over_finish(dialogue: Dialogue, scene: Scene) -> HandOver:
    return HandOver(case=dialogue.case or 0, to=dialogue.values["to"])


HAND_OVER: Final = Form(asks=_hand_over_asks, finish=_hand_over_finish, top=_top("top-hand-over"))


# Changes of the case's facts

_DATES: Final = ("hearing", "eviction")


def press_change(intent: Intent, scene: Scene) -> Turn:
    """Ask which fact changes, or begin with the one named."""
    view = case_for(scene, intent.case)
    if view is None:
        return refused(scene)
    if intent.arg is None:
        return Turn(edit=_change_screen(sight_of(scene, view), scene))
    if intent.arg not in _facts(view, scene):
        return refused(scene)
    return start("change", CHANGE, intent, scene)


def _facts(view: CaseView, scene: Scene) -> tuple[str, ...]:
    facts = ["hearing", "eviction", "served"]
    if view.procedure.phases:
        facts.insert(0, "phase")
    if is_coordinator(scene) and view.case.crisis is None:
        facts.append("crisis")
    return tuple(facts)


def _change_screen(sight: Sight, scene: Scene) -> Screen:
    keys = [
        press(sight.plain(f"press-change-{fact}"), sight.intent(Verb.CHANGE, arg=fact))
        for fact in _facts(sight.view, scene)
    ]
    back = back_key(sight)
    html = lines(head(sight), f"<b>{sight.say('ask-change')}</b>")
    return Screen(html=html, rows=(*in_rows(keys), (back,)))


def _change_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    reason = Ask(id="reason", kind=TEXT, label=plain(scene.language, "ask-reason"))
    fact = dialogue.answer or ""
    if fact == "crisis":
        return (reason,)
    return (_FACT_ASKS[fact](dialogue, scene), reason)


def _phase_ask(dialogue: Dialogue, scene: Scene) -> Ask:
    view = _view(dialogue, scene)
    choices = tuple((id_, phase_words(view, id_, scene.language)) for id_ in view.procedure.phases)
    now = phase_words(view, phase_of(view, view.case.phase), scene.language) or "–"
    label = plain(scene.language, "ask-change-phase", now=now)
    return Ask(id="phase", kind=CHOICE, label=label, required=True, choices=choices)


def _date_ask(fact: str) -> Callable[[Dialogue, Scene], Ask]:
    def ask(dialogue: Dialogue, scene: Scene) -> Ask:
        facts = _view(dialogue, scene).case.facts
        known = facts.hearing if fact == "hearing" else facts.eviction
        withdrawn = press(
            plain(scene.language, "press-withdrawn"), Intent(verb=Verb.PICK, arg="withdrawn")
        )
        return Ask(
            id=fact,
            kind=MOMENT,
            label=plain(scene.language, f"ask-change-{fact}"),
            required=True,
            keys=(withdrawn,) if known is not None else (),
            withdrawable=True,
        )

    return ask


def _served_ask(dialogue: Dialogue, scene: Scene) -> Ask:
    label = plain(scene.language, "ask-change-served")
    return Ask(id="served", kind=DAY, label=label, required=True, is_past=True)


_FACT_ASKS: Final[Mapping[str, Callable[[Dialogue, Scene], Ask]]] = MappingProxyType(
    {
        "phase": _phase_ask,
        "hearing": _date_ask("hearing"),
        "eviction": _date_ask("eviction"),
        "served": _served_ask,
    }
)


def _change_finish(dialogue: Dialogue, scene: Scene) -> ChangeFact:
    fact, values = dialogue.answer or "", dialogue.values
    act = ChangeFact(case=dialogue.case or 0, fact=fact, reason=values["reason"])
    if fact == "phase":
        return replace(act, phase=values["phase"])
    if fact == "served":
        return replace(act, served=when_of(values["served"], scene).day)
    if fact in _DATES and values[fact] != "withdrawn":
        return replace(act, when=when_of(values[fact], scene))
    return act


CHANGE: Final = Form(asks=_change_asks, finish=_change_finish, top=_top("top-change"))


# Closing, reopening, correcting


def press_close(intent: Intent, scene: Scene) -> Turn:
    """Ask the outcome, or with one a note, and close."""
    view = case_for(scene, intent.case)
    if view is None:
        return refused(scene)
    if is_closed(view):
        return Turn(edit=case_screen(sight_of(scene, view)))
    if intent.arg is None:
        return Turn(edit=_outcome_screen(sight_of(scene, view)))
    if intent.arg not in view.procedure.outcomes:
        return refused(scene)
    return start("close", CLOSE, intent, scene)


def _outcome_screen(sight: Sight) -> Screen:
    keys: list[Key] = [
        press(pick(text, sight.language) or id_, sight.intent(Verb.CLOSE, arg=id_))
        for id_, text in sight.view.procedure.outcomes.items()
    ]
    pending = sum(item.state == "pending" for item in sight.case.items)
    html = lines(
        head(sight),
        f"<b>{sight.say('ask-outcome')}</b>",
        sight.say("close-pending", n=pending) if pending else None,
    )
    back = back_key(sight)
    return Screen(html=html, rows=(*in_rows(keys), (back,)))


def _close_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    view = _view(dialogue, scene)
    outcome = outcome_words(view, dialogue.answer or "", scene.language)
    label = plain(scene.language, "ask-close-note", outcome=outcome)
    return (Ask(id="note", kind=TEXT, label=label),)


def _close_finish(dialogue: Dialogue, scene: Scene) -> CloseCase:
    return CloseCase(
        case=dialogue.case or 0, outcome=dialogue.answer or "", note=dialogue.values["note"]
    )


CLOSE: Final = Form(asks=_close_asks, finish=_close_finish, top=_top("top-close"))


def press_reopen(intent: Intent, scene: Scene) -> Turn:
    """The client of a closed case is back."""
    view = case_for(scene, intent.case)
    if view is None:
        return refused(scene)
    if not is_closed(view):
        return Turn(edit=case_screen(sight_of(scene, view)))
    return Turn(act=ReopenCase(case=view.id))


def press_correct(intent: Intent, scene: Scene) -> Turn:
    """Take back a wrong tap: a new event, nothing is wiped out."""
    view = case_for(scene, intent.case)
    if view is None or intent.item is None:
        return refused(scene)
    return Turn(act=TakeBack(case=view.id, seq=intent.item))


def nothing(intent: Intent, scene: Scene) -> Turn:
    """A label was pressed, or a day of a calendar that is not offered."""
    key = "nothing-pressed" if intent.arg is None else "date-not-offered"
    return Turn(toast=plain(scene.language, key))


def press_step_of(intent: Intent, scene: Scene) -> Turn:
    """Return one step; the contact step has a screen of its own while it is not open."""
    view = case_for(scene, intent.case)
    step = _contact_step(view)
    if view is None or step is None or intent.step != step.id or intent.arg == EARLIER:
        return press_step(intent, scene)
    if step.id in view.case.steps:
        return press_step(intent, scene)
    return Turn(edit=contact_screen(sight_of(scene, view), step))


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

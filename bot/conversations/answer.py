"""Answering a step: one tap, or the facts that the answer asks for, one at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.acts import AnswerStep
from bot.conversations.access import case_for, is_coordinator, refused, sight_of
from bot.conversations.ask import Ask
from bot.conversations.case_forms import view_of
from bot.conversations.dates import is_iso, when_of
from bot.conversations.fields import ITEM, KNOWN, asks_of, moment_of, raw_fields
from bot.conversations.followup import comes_after
from bot.conversations.forms import Form, begin
from bot.conversations.scene import CaseView, Dialogue, Scene, Turn
from bot.screen import Intent, Key, Screen, Verb
from bot.texts import plain
from bot.views.cases import checklist_screen, contact_screen, step_screen
from bot.views.heads import head
from bot.views.prompts import (
    candidates,
    likeness_label,
    planned_in_words,
    presenting_steps,
    worker_label,
)
from bot.views.steps import (
    DONE,
    answer_words,
    fields_of,
    item_words,
    pending_items,
    ticks_of,
)
from bot.views.window import window_days, window_label
from bot.views.words import dotted, filled, moment_words, pick, press, step_title
from scheduler.procedure import Answer, Field, FieldKind, Step

KIND: Final = "answer"
EARLIER: Final = "earlier"
"""A dialogue that first asks when it was done, then waits for the answer."""

PEOPLE_MAX: Final = 30
"""Workers offered for one case; a larger team types the name."""


def press_answer(intent: Intent, scene: Scene) -> Turn:
    """Return what a press on an answer leads to: the act at once, or its first question."""
    view = case_for(scene, intent.case)
    step = view.procedure.steps.get(intent.step or "") if view is not None else None
    if view is None or step is None:
        return refused(scene)
    if intent.arg and intent.arg not in step.answers:
        return refused(scene)
    if intent.page and step.checklist and intent.arg == DONE:
        return Turn(
            edit=checklist_screen(sight_of(scene, view), step, ticks_of(step, intent.page))
        )
    values: dict[str, object] = {}
    if intent.item is not None and step.id in presenting_steps(view):
        values[KNOWN] = intent.item
    elif intent.item is not None and step.checklist:
        values["ticks"] = list(ticks_of(step, intent.item))
    elif intent.item is not None:
        values[ITEM] = intent.item
    if intent.person is not None:
        values["to"] = intent.person
    done_at = _done_earlier(scene, view, step)
    if done_at is not None:
        values["done_at"] = done_at
    dialogue = Dialogue(
        kind=KIND,
        asking="",
        case=view.id,
        step=step.id,
        answer=intent.arg or None,
        values=values,
    )
    in_place = _takes_the_place(dialogue, step)
    return begin(FORM, _all_ticked(dialogue, step), scene, in_place=in_place)


def press_date(intent: Intent, scene: Scene) -> Turn:
    """Return the times of a day that stood on the prompt; the calendar, where it is past."""
    view = case_for(scene, intent.case)
    step = view.procedure.steps.get(intent.step or "") if view is not None else None
    if view is None or step is None or step.dated is None or not is_iso(intent.arg or ""):
        return refused(scene)
    assert intent.arg is not None
    is_ahead = date.fromisoformat(intent.arg[:10]) >= scene.team.days.day_of(scene.now)
    dialogue = Dialogue(
        kind=KIND,
        asking="",
        case=view.id,
        step=step.id,
        values={"_day": intent.arg[:10]} if is_ahead else {},
    )
    return begin(FORM, dialogue, scene, in_place=True)


def _takes_the_place(dialogue: Dialogue, step: Step) -> bool:
    """Return whether the form takes the place of the prompt: the calendar of a dated step."""
    return dialogue.answer is None and step.dated is not None


def _before(dialogue: Dialogue, scene: Scene) -> Screen | None:
    view = view_of(dialogue, scene)
    step = _step(dialogue, view)
    if not _takes_the_place(dialogue, step):
        return None
    is_coordinator_ = is_coordinator(scene)
    return step_screen(sight_of(scene, view), step.id, is_coordinator=is_coordinator_)


def _all_ticked(dialogue: Dialogue, step: Step) -> Dialogue:
    """Return the dialogue with the whole checklist ticked where "all done" was tapped."""
    answer = step.answers.get(dialogue.answer or "")
    if answer is None or not _asks_checklist(step, answer) or "ticks" in dialogue.values:
        return dialogue
    return replace(dialogue, values={**dialogue.values, "ticks": list(step.checklist)})


def _asks_checklist(step: Step, answer: Answer) -> bool:
    return (
        bool(step.checklist)
        and answer.id == DONE
        and not any(field.kind is FieldKind.TICKS for field in answer.fields)
    )


def _done_earlier(scene: Scene, view: CaseView, step: Step) -> str | None:
    kept = scene.dialogue
    if kept is None or kept.kind != EARLIER or (kept.case, kept.step) != (view.id, step.id):
        return None
    said = kept.values.get("done_at")
    return said if isinstance(said, str) else None


def _step(dialogue: Dialogue, view: CaseView) -> Step:
    return view.procedure.step(dialogue.step or "")


def _fields(dialogue: Dialogue, view: CaseView) -> tuple[Field, ...]:
    step = _step(dialogue, view)
    answer = step.answers.get(dialogue.answer or "")
    return fields_of(view.procedure, step, answer, view.case.steps.get(step.id))


def _asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    view = view_of(dialogue, scene)
    step = _step(dialogue, view)
    answer = step.answers.get(dialogue.answer or "")
    asks: list[Ask] = []
    if answer is not None and answer.item:
        asks += _item_ask(view, step, scene)
    if answer is not None and step.id in presenting_steps(view):
        asks += _known_ask(view, scene)
        if _is_open(dialogue.values.get(KNOWN), view, scene):
            return tuple(asks)  # it joins: who has that case, or gets it, is asked there
    if answer is not None and _asks_checklist(step, answer):
        asks.append(_checklist_ask(step, scene))
    needed = [field for field in _fields(dialogue, view) if not comes_after(field)]
    for ask in asks_of(needed, dialogue.values, scene.language):
        asks.append(_dressed(ask, dialogue, view, scene))
    if _is_beyond_window(dialogue, view, step, scene):
        label = plain(scene.language, "ask-window-reason")
        asks.append(Ask(id="reason", kind=FieldKind.TEXT.value, label=label))
    return tuple(asks)


def _item_ask(view: CaseView, step: Step, scene: Scene) -> list[Ask]:
    items = pending_items(view, step.id)
    keys: tuple[Key, ...] = tuple(
        press(item_words(view, item), Intent(verb=Verb.PICK, item=item.id)) for item in items
    )
    label = plain(scene.language, "ask-item")
    return [Ask(id=ITEM, kind=ITEM, label=label, required=True, keys=keys)]


def _known_ask(view: CaseView, scene: Scene) -> list[Ask]:
    found = scene.look.likenesses(view.id)
    if not found:
        return []
    sight = sight_of(scene, view)
    keys: list[Key] = [
        press(likeness_label(sight, one), Intent(verb=Verb.PICK, arg=KNOWN, item=one.case))
        for one in found[:8]
    ]
    keys.append(press(sight.plain("press-new-household"), Intent(verb=Verb.PICK, arg="new")))
    return [Ask(id=KNOWN, kind=KNOWN, label=sight.plain("ask-known"), keys=tuple(keys))]


def _is_open(known: object, view: CaseView, scene: Scene) -> bool:
    found = scene.look.likenesses(view.id) if known is not None else ()
    return any(one.case == known and one.closed_on is None for one in found)


def _checklist_ask(step: Step, scene: Scene) -> Ask:
    return Ask(
        id="ticks",
        kind=FieldKind.TICKS.value,
        label=plain(scene.language, "ask-checklist"),
        required=True,
        choices=tuple((id_, pick(text, scene.language)) for id_, text in step.checklist.items()),
    )


def _dressed(ask: Ask, dialogue: Dialogue, view: CaseView, scene: Scene) -> Ask:
    """Return the ask with what only the case knows: who can be chosen, whether a time matters."""
    if ask.kind == FieldKind.PERSON.value:
        keys = person_keys(view, scene, known=dialogue.values.get(KNOWN))
        return replace(ask, keys=keys, required=True)  # a case without anybody helps nobody
    if ask.id == "items.who":
        names = (view.worker_name, plain(scene.language, "who-client"))
        offers = tuple((name, f"who{n}") for n, name in enumerate(names) if name)
        return replace(ask, offers=offers)
    step = _step(dialogue, view)
    if ask.id in _FACTS and not ask.required:
        return replace(ask, known=_known_date(ask.id, view, scene))
    if ask.id != "when" or step.dated is None:
        return ask
    dated = replace(ask, needs_time=True, worked=True)
    if dialogue.answer is not None:
        return dated
    sight = sight_of(scene, view)
    question = filled(step.dated.question, scene.language, sight.values())
    offers = tuple(
        (window_label(sight, n, day), day.isoformat()) for n, day in window_days(sight, step)
    )
    return replace(dated, label=question or ask.label, offers=offers, opened=True)


_FACTS: Final = frozenset({"hearing", "eviction", "served"})
"""Dates of the case itself: asked of whoever talks to the client, unless they are known."""


def _known_date(fact: str, view: CaseView, scene: Scene) -> str:
    """Return a date that stands in the case, in words; "" for none, and for one that is past."""
    facts, sight = view.case.facts, sight_of(scene, view)
    if fact == "served":
        return sight.on(facts.served) if facts.served is not None else ""
    planned = facts.hearing if fact == "hearing" else facts.eviction
    if planned is None or planned.day < sight.today:
        return ""
    return planned_in_words(sight, planned)


def person_keys(view: CaseView, scene: Scene, *, known: object = None) -> tuple[Key, ...]:
    """Return a button per worker, with load and absence, then the coordinator's own name."""
    sight = sight_of(scene, view)
    likes = scene.look.likenesses(view.id)
    knows = {one.worker_name for one in likes if known is None or one.case == known}
    people = list(candidates(scene.look, view, knows=knows))
    if scene.member is not None and all(one.id != scene.member.id for one in people):
        people.append(scene.member)
    return tuple(
        press(
            worker_label(
                sight, one, look=scene.look, roster=scene.roster, knows=one.name in knows
            ),
            Intent(verb=Verb.PICK, person=one.id),
        )
        for one in people[:PEOPLE_MAX]
        if one.id != view.case.worker
    )


def _is_beyond_window(dialogue: Dialogue, view: CaseView, step: Step, scene: Scene) -> bool:
    """Return whether a first appointment lies later than the procedure's window (G-08)."""
    dated, said = step.dated, dialogue.values.get("when")
    if dated is None or dialogue.answer is not None or not isinstance(said, str):
        return False
    last = _window_end(view, step, scene)
    return last is not None and when_of(said, scene).day > last


def _window_end(view: CaseView, step: Step, scene: Scene) -> date | None:
    dated, days = step.dated, scene.team.days
    assert dated is not None, "only dated steps have a window"
    ends: list[date] = []
    episode = view.case.episode
    if dated.window_last is not None and episode is not None and episode.clock:
        ends.append(days.workday(episode.first, dated.window_last))
    state = view.case.steps.get(step.id)
    if dated.or_within is not None and state is not None:
        asked = days.day_of(state.asked_at or scene.now)
        ends.append(days.add_workdays(asked, dated.or_within))
    return max(ends, default=None)


def _finish(dialogue: Dialogue, scene: Scene) -> AnswerStep:
    view = view_of(dialogue, scene)
    done_at = dialogue.values.get("done_at")
    return AnswerStep(
        case=view.id,
        step=dialogue.step or "",
        answer=dialogue.answer,
        fields=raw_fields(_fields(dialogue, view), dialogue.values, scene),
        done_at=moment_of(done_at, scene, day_end=False) if done_at else None,
    )


def _top(dialogue: Dialogue, scene: Scene) -> str:
    view = view_of(dialogue, scene)
    sight = sight_of(scene, view)
    step = _step(dialogue, view)
    title = step_title(view, step.id, scene.language, scene.team.days)
    said = answer_words(step, dialogue.answer, scene.language) if dialogue.answer else ""
    said = said.rstrip("…")
    is_same = said.casefold() == title.casefold()
    title = title[:1].upper() + title[1:]
    return f"{head(sight)}\n{dotted(title, None if is_same else said)}"


FORM: Final = Form(asks=_asks, finish=_finish, top=_top, before=_before)


# Done earlier


def press_step(intent: Intent, scene: Scene) -> Turn:
    """Return one step with its answers, or the question when it was done (`arg` "earlier")."""
    view = case_for(scene, intent.case)
    if view is None or intent.step not in view.procedure.steps:
        return refused(scene)
    assert intent.step is not None
    if intent.arg != EARLIER:
        sight = sight_of(scene, view)
        screen = step_screen(sight, intent.step, is_coordinator=is_coordinator(scene))
        return Turn(edit=screen)
    dialogue = Dialogue(kind=EARLIER, asking="done_at", case=view.id, step=intent.step)
    return begin(EARLIER_FORM, dialogue, scene)


def _earlier_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    label = plain(scene.language, "ask-done-at")
    offers = _earlier_offers(scene)
    return (
        Ask(
            id="done_at",
            kind=FieldKind.MOMENT.value,
            label=label,
            required=True,
            offers=offers,
            is_past=True,
            needs_time=True,
        ),
    )


def _earlier_offers(scene: Scene) -> tuple[tuple[str, str], ...]:
    zone = scene.team.days.zone
    moments = [scene.now - timedelta(hours=back) for back in (1, 2, 4)]
    local = [moment.astimezone(zone).replace(minute=0) for moment in moments]
    return tuple(
        (moment_words(at, scene.team.days, scene.language, scene.now), f"{at:%Y-%m-%dT%H:%M}")
        for at in local
    )


def earlier_said(dialogue: Dialogue, scene: Scene) -> Turn:
    """Return the step's answers, once it is known when it was done; the dialogue keeps that."""
    view = view_of(dialogue, scene)
    sight = sight_of(scene, view)
    at = moment_of(dialogue.values["done_at"], scene, day_end=False)
    step = view.procedure.step(dialogue.step or "")
    if step.id == view.procedure.contact and step.id not in view.case.steps:
        screen = contact_screen(sight, step, earlier=sight.when(at))
    else:
        screen = step_screen(sight, step.id, earlier=sight.when(at))
    return Turn(screens=(screen,), dialogue=replace(dialogue, asking="answer"))


EARLIER_FORM: Final = Form(asks=_earlier_asks, finish=earlier_said, top=_top, echoes=True)

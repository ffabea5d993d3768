"""A case's facts change: phase, hearing, eviction, the day papers were served."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from bot.acts import ChangeFact, TellWorker
from bot.conversations.access import case_for, is_coordinator, refused, sight_of
from bot.conversations.ask import Ask
from bot.conversations.case_forms import CHOICE, DAY, MOMENT, TEXT, start, top_of, view_of
from bot.conversations.dates import when_of
from bot.conversations.forms import Form
from bot.conversations.scene import CaseView, Dialogue, Scene, Turn
from bot.screen import Intent, Screen, Verb
from bot.texts import plain
from bot.views.heads import Sight, back_key, head
from bot.views.words import in_rows, lines, phase_of, phase_words, press

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


def press_tell(intent: Intent, scene: Scene) -> Turn:
    """Let the worker know of a change, where a coordinator wants it."""
    view = case_for(scene, intent.case)
    if view is None or not is_coordinator(scene) or intent.arg not in TOLD:
        return refused(scene)
    return Turn(act=TellWorker(case=view.id, what=intent.arg))


TOLD: Final = ("phase", "hearing", "eviction", "served", "crisis")
"""What can be told to the worker once it was changed."""


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
    view = view_of(dialogue, scene)
    choices = tuple((id_, phase_words(view, id_, scene.language)) for id_ in view.procedure.phases)
    now = phase_words(view, phase_of(view, view.case.phase), scene.language) or "–"
    label = plain(scene.language, "ask-change-phase", now=now)
    return Ask(id="phase", kind=CHOICE, label=label, required=True, choices=choices)


def _date_ask(fact: str) -> Callable[[Dialogue, Scene], Ask]:
    def ask(dialogue: Dialogue, scene: Scene) -> Ask:
        facts = view_of(dialogue, scene).case.facts
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


CHANGE: Final = Form(asks=_change_asks, finish=_change_finish, top=top_of("top-change"))

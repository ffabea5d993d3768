"""Inside a draft: buttons, texts, back, skip, cancel, send. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.conversations import intake, questions
from bot.conversations.access import is_on_team
from bot.conversations.asking import (
    Open,
    answered,
    ask,
    ask_again,
    ask_next,
    busy,
    dialogue_of,
    free,
    gone,
    new_draft,
    opened,
    own,
    show,
    with_waiting,
)
from bot.conversations.intake import Draft
from bot.conversations.intake_answers import READERS, picked
from bot.conversations.scene import (
    Scene,
    Turn,
)
from bot.reading.words import fold, utf16_len
from bot.screen import Intent, Verb
from bot.texts import say
from bot.views import reports


def begin(intent: Intent, scene: Scene) -> Turn:
    """Begin a report, free or guided; a draft left open is offered first (one at a time)."""
    draft = intake.draft_of(scene.dialogue)
    waiting = ""
    files: tuple[str, ...] = ()
    if draft is not None and scene.dialogue is not None:
        if scene.dialogue.asking == intake.WHICH:
            waiting, files = draft.waiting, draft.files
        elif not draft.is_empty:
            return show(reports.resume_screen(draft, scene.language))
    other = busy(scene)
    if other is not None:
        return other
    if intent.arg not in ("free", "guided"):
        return show(reports.way_screen(scene.team, scene.language))
    fresh = replace(
        new_draft(scene),
        guided=intent.arg == "guided",
        for_case=_closed_own(intent, scene),
        files=files,
    )
    if waiting:
        return free(fresh, waiting, scene, pressed=True)
    if not fresh.procedure:
        return ask(fresh, intake.PROCEDURE, scene, pressed=True)
    if fresh.guided:
        return ask_next(fresh, scene, pressed=True)
    return ask(fresh, intake.FREE, scene, pressed=True)


def _closed_own(intent: Intent, scene: Scene) -> int | None:
    return intent.case if any(view.id == intent.case for view in own(scene)) else None


def pressed(intent: Intent, scene: Scene) -> Turn:
    """Return what a button inside the draft does; one of an older question does nothing."""
    here = opened(scene)
    if intent.step is not None and intent.step != here.asking:
        return Turn(toast=str(say(scene.language, "reporter-old-question")))
    match intent.verb:
        case Verb.RESUME:
            return _resumed(here, scene)
        case Verb.DISCARD:
            return _discarded(here.draft, scene)
        case Verb.CANCEL if here.draft.is_empty or here.asking == intake.WHICH:
            return gone(scene)
        case Verb.CANCEL:
            return show(reports.resume_screen(here.draft, scene.language))
        case Verb.BACK:
            return _back(here, scene)
        case Verb.PICK if here.asking == intake.PROCEDURE:
            return _procedure_picked(here.draft, intent.arg or "", scene)
        case _ if here.procedure is None:
            return ask(here.draft, intake.PROCEDURE, scene, pressed=True)
        case Verb.SEND:
            return _send(here.draft, scene)
        case Verb.CHANGE_LINE:
            return _change(here, intent.arg or "", scene)
        case Verb.SKIP:
            return _skipped(here, scene)
        case Verb.DONE if here.draft.knows(here.asking):
            return answered(here, here.draft, scene, pressed=True)
        case Verb.PICK:
            return picked(here, intent.arg or "", scene)
        case _:
            return ask(here.draft, here.asking, scene, pressed=True)


def said(text: str, scene: Scene) -> Turn:
    """Return what a text does; days later it may be about somebody else: one tap decides."""
    here = opened(scene)
    today = scene.team.days.day_of(scene.now).isoformat()
    if here.draft.touched_on not in ("", today) and not here.draft.is_empty:
        # Days later it may well be about somebody else: one tap decides (row 37).
        held = with_waiting(here.draft, text)
        dialogue = replace(dialogue_of(held, here.asking, scene), values=intake.to_values(held))
        screen = reports.resume_screen(held, scene.language)
        return Turn(screens=(screen,), dialogue=dialogue)
    return said_now(here, text, scene)


def said_now(here: Open, text: str, scene: Scene) -> Turn:
    """Take the text as the answer to what is asked, or as more of the story."""
    asking = here.asking
    if here.procedure is None or asking in (intake.FREE, intake.SUMMARY, intake.PROCEDURE):
        return free(here.draft, text, scene)
    if asking == intake.WHICH:
        return ask(with_waiting(here.draft, text), asking, scene)
    if fold(text) in _DONT_KNOW:
        return _skipped(here, scene, pressed=False)
    if utf16_len(text) > intake.units_max(asking):
        return ask_again(
            here,
            scene,
            say(
                scene.language,
                "reporter-too-long",
                n=utf16_len(text),
                max=intake.units_max(asking),
            ),
        )
    return READERS[intake.way_of(asking)](here, text, scene)


_DONT_KNOW: Final = frozenset(
    {
        *("weet ik niet", "weet niet", "geen idee", "onbekend", "niet bekend", "nvt", "n v t"),
        *("dont know", "i dont know", "unknown", "no idea", "je ne sais pas", "inconnu"),
    }
)


def _resumed(here: Open, scene: Scene) -> Turn:
    waiting = here.draft.waiting
    today = scene.team.days.day_of(scene.now).isoformat()
    draft = replace(here.draft, waiting="", touched_on=today)
    if waiting and here.asking not in (intake.WHICH, intake.PROCEDURE):
        return said_now(replace(here, draft=draft), waiting, scene)
    return ask(replace(draft, waiting=waiting), here.asking, scene, pressed=True)


def _discarded(draft: Draft, scene: Scene) -> Turn:
    if draft.waiting:
        fresh = replace(scene, dialogue=None)
        return free(new_draft(fresh), draft.waiting, fresh)
    return gone(scene)


def cancelled(scene: Scene) -> Turn:
    """Answer `/cancel`: what was written is thrown away by a button only."""
    draft = intake.draft_of(scene.dialogue)
    if draft is not None and not draft.is_empty:
        return show(reports.resume_screen(draft, scene.language))
    return gone(scene)


def _back(here: Open, scene: Scene) -> Turn:
    draft = replace(here.draft, pending="")
    if draft.back_to_summary:
        return ask(draft, intake.SUMMARY, scene, pressed=True)
    if not draft.asked:
        return ask(draft, here.asking, scene, pressed=True)
    previous = replace(draft, asked=draft.asked[:-1])
    return ask(previous, draft.asked[-1], scene, pressed=True)


def _procedure_picked(draft: Draft, id_: str, scene: Scene) -> Turn:
    id_, _, kind = id_.partition(intake.KIND_OF)
    procedure = scene.team.procedures.get(id_)
    if procedure is None or (kind and kind not in procedure.kinds):
        return ask(draft, intake.PROCEDURE, scene, pressed=True)
    chosen = replace(draft, procedure=id_)
    if kind:
        chosen = intake.with_said(chosen, "kind", kind)
    if chosen.waiting:
        return free(chosen, chosen.waiting, scene, pressed=True)
    if chosen.guided:
        return ask_next(chosen, scene, pressed=True)
    return ask(chosen, intake.FREE, scene, pressed=True)


def _change(here: Open, id_: str, scene: Scene) -> Turn:
    assert here.procedure is not None, "asked before"
    known = {each.id for each in intake.applicable(here.draft, here.procedure)}
    if id_ not in known:
        return ask(here.draft, intake.SUMMARY, scene, pressed=True)
    return ask(replace(here.draft, back_to_summary=True), id_, scene, pressed=True)


def _skipped(here: Open, scene: Scene, *, pressed: bool = True) -> Turn:
    assert here.procedure is not None, "asked before"
    found = intake.field_of(here.procedure, here.asking)
    if found is None:
        return ask(here.draft, here.asking, scene, pressed=pressed)
    if found.required:
        return ask_again(here, scene, say(scene.language, "reporter-required"), pressed=pressed)
    draft = here.draft
    for id_ in (here.asking, *_given_up(here)):
        draft = intake.with_skipped(draft, here.procedure, id_)
    return answered(here, draft, scene, pressed=pressed)


def _given_up(here: Open) -> tuple[str, ...]:
    """Return what was asked in the same breath as an address that is not known."""
    if here.asking != "address" or here.procedure is None:
        return ()
    return questions.along(here.draft, here.procedure, here.asking)


def _sent_lately(scene: Scene) -> int:
    """Return how many reports the person sent within the last hour (S20)."""
    since = scene.now - timedelta(hours=1)
    return sum(each.created_at is not None and each.created_at > since for each in own(scene))


def _send(draft: Draft, scene: Scene) -> Turn:
    procedure = scene.team.procedures[draft.procedure]
    needed = {each.id for each in intake.fields_of(procedure) if each.required} | {"consent"}
    if any(id_ in needed for id_ in questions.to_ask(draft, procedure)):
        note = say(scene.language, "reporter-still-missing")
        return ask_next(replace(draft, back_to_summary=True), scene, notes=(note,), pressed=True)
    limit = scene.team.reports_an_hour
    if not is_on_team(scene) and _sent_lately(scene) >= limit:
        notes = reports.many_notes(scene.team, scene.language)
        return ask(draft, intake.SUMMARY, scene, notes=notes, pressed=True)
    amount = None
    if draft.amount is not None:
        amount = reports.amount_words(*draft.amount, scene.team.language)
    return Turn(act=intake.finished(draft, scene.team.days, amount), dialogue=None)

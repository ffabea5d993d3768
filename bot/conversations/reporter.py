"""Reporting in conversation: one free message or one question at a time, then a receipt.

Pure: (scene, incoming) → turn. A frightened person is never blocked and never loses a word; what
must not be kept (national numbers) is left out and said so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, assert_never

from bot.acts import Act, AddToReport, AskSupport, FileReport, When
from bot.conversations import intake
from bot.conversations.intake import Ask, Draft
from bot.conversations.outcome import Decided, Outcome
from bot.conversations.scene import (
    KEEP,
    CaseView,
    Dialogue,
    Handed,
    Incoming,
    Keep,
    Ordered,
    Pressed,
    Said,
    Scene,
    Turn,
)
from bot.reading.amounts import Amount, AmountProblem, read_amount
from bot.reading.dates import Ambiguous, Day, Moment, read_moment
from bot.reading.dates import Unreadable as UnreadableDate
from bot.reading.identifiers import find_national_numbers
from bot.reading.phones import Phone, read_phone
from bot.reading.report import Question, Recognised, recognise
from bot.reading.words import fold, is_blank, utf16_len
from bot.screen import Intent, Screen, Verb
from bot.texts import Markup, say
from bot.views import reports, words
from scheduler.decision import Kind, Refused
from scheduler.procedure import Procedure

VERBS: Final = frozenset(
    {
        Verb.REPORT,
        Verb.CHANGE_LINE,
        Verb.SEND,
        Verb.MY_REPORTS,
        Verb.ADD,
        Verb.ABOUT,
        Verb.SUPPORT,
    }
)
"""Presses that are a reporter's in any dialogue; the others go by the dialogue's kind."""

COMMANDS: Final = frozenset({"report", "melden", "reports", "meldingen", "about", "support"})

ADDING: Final = "add"
SUPPORT: Final = "support"
DIALOGUES: Final = frozenset({intake.KIND, ADDING, SUPPORT})
"""The kinds of dialogue that are a reporter's."""

FILE_BYTES_MAX: Final = 10 * 1024 * 1024
"""S15: a photographed claim is far below."""

KEPT_MIMES: Final = frozenset({"application/pdf", "image/jpeg", "image/png", "image/heic"})

GREETING_WORDS_MAX: Final = 3
"""A text of so few words in which nothing is recognised is a greeting, not a report."""

_DONT_KNOW: Final = frozenset(
    {
        *("weet ik niet", "weet niet", "geen idee", "onbekend", "niet bekend", "nvt", "n v t"),
        *("dont know", "i dont know", "unknown", "no idea", "je ne sais pas", "inconnu"),
    }
)
_YES: Final = frozenset({"ja", "jawel", "yes", "y", "oui", "ok", "oke", "klopt"})
_NO: Final = frozenset({"nee", "neen", "no", "n", "non"})

Notes = tuple[Markup, ...]


def converse(incoming: Incoming, scene: Scene) -> Turn:
    """Return what follows for a stranger or member who reports; see `VERBS`, `DIALOGUES`."""
    if not may_report(scene):
        closed = reports.closed_line_screen(scene.team, scene.language)
        return Turn(screens=(closed,), dialogue=None)
    draft = intake.draft_of(scene.dialogue)
    if draft is not None and intake.is_expired(draft, scene.team.days.day_of(scene.now)):
        return _after_expiry(incoming, scene)
    match incoming:
        case Said():
            return _said(incoming, scene)
        case Pressed(intent=intent):
            return _pressed(intent, scene)
        case Ordered():
            return _ordered(incoming, scene)
        case Handed():
            return _handed(incoming, scene)
        case _:
            assert_never(incoming)


def home(scene: Scene) -> Turn:
    """Return what a reporter or stranger sees first: the welcome, or their draft left open."""
    if not may_report(scene):
        return Turn(screens=(reports.closed_line_screen(scene.team, scene.language),))
    draft = intake.draft_of(scene.dialogue)
    if draft is not None and not draft.is_empty:
        return Turn(screens=(reports.resume_screen(draft, scene.language),))
    has_reports = bool(_own(scene))
    screen = reports.welcome_screen(scene.team, scene.language, has_reports=has_reports)
    return Turn(screens=(screen,), dialogue=None)


def in_language(scene: Scene, language: str) -> Scene:
    """Return the scene as it is in another language."""
    member = replace(scene.member, language=language) if scene.member else None
    return replace(scene, language=language, member=member)


def asked_again(scene: Scene) -> Turn:
    """Return the open draft's present question once more (its language has changed)."""
    here = _open(scene)
    return _ask(here.draft, here.asking, scene)


def respond(act: Act, outcome: Outcome, scene: Scene) -> Turn:
    """Return what the person sees after FileReport, AddToReport or AskSupport."""
    language = scene.language
    match act:
        case FileReport() if isinstance(outcome, Refused):
            screen = reports.told_screen(language, "reporter-not-sent")
            return Turn(screens=(screen,), dialogue=scene.dialogue or KEEP)
        case FileReport():
            return Turn(edit=reports.sent_screen(language), screens=_receipt(outcome, scene))
        case AddToReport() if not isinstance(outcome, Refused):
            view = scene.look.case(act.case)
            key = "reporter-withdrawn" if act.what == "withdraw" else "reporter-added"
            return _tell(scene, key, ref=view.ref if view else "")
        case AskSupport() if not isinstance(outcome, Refused):
            return _tell(scene, "reporter-support-passed")
        case _:
            return _tell(scene, "refused")


def _receipt(outcome: Outcome, scene: Scene) -> tuple[Screen, ...]:
    """Return the receipt where the engine has not already written one to this person."""
    if not isinstance(outcome, Decided) or scene.member is None:
        return ()
    me = scene.member.id
    messages = outcome.decision.messages
    if any(each.kind is Kind.RECEIPT and each.to == me for each in messages):
        return ()
    view = scene.look.case(outcome.case)
    if view is None:
        return ()
    return (reports.receipt_screen(view, scene.member, scene.team, scene.now),)


def may_report(scene: Scene) -> bool:
    """Return whether the person may report: anyone, or only who was invited (design 6)."""
    if scene.team.intake_open:
        return True
    return scene.member is not None and scene.member.state == "active"


def _after_expiry(incoming: Incoming, scene: Scene) -> Turn:
    """Treat what came as fresh, and say that the old draft is gone (row 37)."""
    gone = reports.told_screen(scene.language, "reporter-draft-expired")
    turn = converse(incoming, replace(scene, dialogue=None))
    screens = (*turn.screens, *((turn.edit,) if turn.edit else ()))
    dialogue = None if turn.dialogue is KEEP else turn.dialogue
    return replace(turn, edit=None, screens=(gone, *screens), dialogue=dialogue)


# What came


def _ordered(order: Ordered, scene: Scene) -> Turn:
    match order.name:
        case "reports" | "meldingen":
            return _my_reports(scene)
        case "about":
            return Turn(screens=(reports.about_screen(scene.team, scene.language),))
        case "support":
            return _support(scene)
        case "report" | "melden":
            return _begin(Intent(verb=Verb.REPORT), scene)
        case _:
            return _cancelled(scene)


def _pressed(intent: Intent, scene: Scene) -> Turn:
    match intent.verb:
        case Verb.REPORT:
            return _begin(intent, scene)
        case Verb.MY_REPORTS:
            return _my_reports(scene)
        case Verb.ABOUT:
            return Turn(screens=(reports.about_screen(scene.team, scene.language),))
        case Verb.SUPPORT:
            return _support(scene)
        case Verb.ADD:
            return _add(intent, scene)
        case _:
            pass
    kind = scene.dialogue.kind if scene.dialogue else None
    if kind == intake.KIND:
        return _pressed_in_draft(intent, scene)
    if kind == ADDING:
        return _pressed_in_adding(intent, scene)
    if kind == SUPPORT and intent.verb is Verb.CANCEL:
        return _gone(scene)
    return Turn(toast=str(say(scene.language, "reporter-no-draft")))


def _said(said: Said, scene: Scene) -> Turn:
    kind = scene.dialogue.kind if scene.dialogue else None
    if is_blank(said.text):
        return _tell(scene, "reporter-write")
    if kind == intake.KIND:
        return _said_in_draft(said.text, scene)
    if kind == ADDING:
        return _said_in_adding(said.text, scene)
    if kind == SUPPORT:
        return _ask_support(said.text, scene)
    own = _own(scene)
    if said.reply_to_case is not None and any(view.id == said.reply_to_case for view in own):
        return _add_text(said.reply_to_case, said.text, scene)
    found = _recognised(said.text, scene)
    if _is_greeting(found):
        return home(scene)
    open_ones = [view for view in own if view.case.closed_at is None]
    if open_ones:
        draft = _new_draft(scene, waiting=said.text)
        screen = reports.which_screen(open_ones, scene.language)
        return Turn(screens=(screen,), dialogue=_dialogue(draft, intake.WHICH, scene))
    return _free(_new_draft(scene), said.text, scene)


def _is_greeting(found: Recognised) -> bool:
    fields = (found.client, found.address, found.phone, found.amount, found.kind, found.hearing)
    known = any(fields) or found.eviction or found.questions or found.national_numbers
    return not known and len(found.text.split()) <= GREETING_WORDS_MAX


def _handed(handed: Handed, scene: Scene) -> Turn:
    """Keep a photo or PDF as a copy of the claim; anything else is answered and not kept."""
    refusal = _file_refusal(handed)
    if refusal is not None:
        return _tell(scene, refusal)
    file_id = handed.file_id
    assert file_id is not None, "_file_refusal has seen it"
    dialogue = scene.dialogue
    if dialogue is not None and dialogue.kind == ADDING and dialogue.case is not None:
        text, _ = _without_numbers(handed.caption, scene.language)
        act = AddToReport(case=dialogue.case, what="file", text=text or None, file_id=file_id)
        return Turn(act=act, dialogue=None)
    draft = intake.draft_of(dialogue)
    if draft is None and is_blank(handed.caption):
        return _tell(scene, "reporter-file-first")
    draft = draft or _new_draft(scene)
    asking = dialogue.asking if intake.draft_of(dialogue) and dialogue else intake.FREE
    if len(draft.files) >= intake.FILES_MAX:
        return _tell(scene, "reporter-files-full", max=intake.FILES_MAX)
    if file_id not in draft.files:
        draft = replace(draft, files=(*draft.files, file_id))
    note = say(scene.language, "reporter-file-kept")
    if not is_blank(handed.caption):
        return _free(draft, handed.caption, scene, notes=(note,))
    return _ask(draft, asking, scene, notes=(note,))


def _file_refusal(handed: Handed) -> str | None:
    if handed.kind not in ("photo", "document") or handed.file_id is None:
        return "reporter-contact" if handed.kind == "contact" else "reporter-text-only"
    if handed.kind == "document" and handed.mime not in KEPT_MIMES:
        return "reporter-file-kind"
    if handed.size == 0:
        return "reporter-file-empty"
    if handed.size is not None and handed.size > FILE_BYTES_MAX:
        return "reporter-file-large"
    return None


# Beginning


def _begin(intent: Intent, scene: Scene) -> Turn:
    draft = intake.draft_of(scene.dialogue)
    waiting = ""
    if draft is not None and scene.dialogue is not None:
        if scene.dialogue.asking == intake.WHICH:
            waiting = draft.waiting
        elif not draft.is_empty:
            return _show(reports.resume_screen(draft, scene.language))
    if intent.arg not in ("free", "guided"):
        return _show(reports.way_screen(scene.team, scene.language))
    fresh = replace(
        _new_draft(scene), guided=intent.arg == "guided", for_case=_closed_own(intent, scene)
    )
    if waiting:
        return _free(fresh, waiting, scene, pressed=True)
    if not fresh.procedure:
        return _ask(fresh, intake.PROCEDURE, scene, pressed=True)
    if fresh.guided:
        return _next(fresh, scene, pressed=True)
    return _ask(fresh, intake.FREE, scene, pressed=True)


def _closed_own(intent: Intent, scene: Scene) -> int | None:
    return intent.case if any(view.id == intent.case for view in _own(scene)) else None


def _new_draft(scene: Scene, *, waiting: str = "") -> Draft:
    procedures = tuple(scene.team.procedures)
    return Draft(procedure=procedures[0] if len(procedures) == 1 else "", waiting=waiting)


def _free(
    draft: Draft, text: str, scene: Scene, *, notes: Notes = (), pressed: bool = False
) -> Turn:
    """Take everything recognisable from a free message, add it, ask what is missing."""
    if not draft.procedure:
        waiting = f"{draft.waiting}\n\n{text}" if draft.waiting else text
        held = replace(draft, waiting=waiting)
        return _ask(held, intake.PROCEDURE, scene, notes=notes, pressed=pressed)
    merged, more = _merged(replace(draft, waiting=""), text, scene)
    return _next(merged, scene, notes=(*notes, *more), pressed=pressed)


def _merged(draft: Draft, text: str, scene: Scene) -> tuple[Draft, Notes]:
    """Return the draft with what `text` says; what is known already is not replaced."""
    language, procedure = scene.language, scene.team.procedures[draft.procedure]
    kept, notes = _without_numbers(text, language)
    story = draft.said.get(intake.story_of(procedure), "")
    if utf16_len(story) + utf16_len(kept) > intake.STORY_UNITS_MAX:
        return draft, (*notes, say(language, "reporter-story-full"))
    found = _recognised(kept, scene)
    draft = _taken(draft, found, scene)
    draft = intake.with_story(draft, procedure, kept)
    draft = replace(draft, wanted=tuple(dict.fromkeys((*draft.wanted, *_unclear(found)))))
    if Question.SEVERAL_PEOPLE in found.questions or Question.SEVERAL_ADDRESSES in found.questions:
        notes = (*notes, say(language, "reporter-several"))
    return draft, notes


def _taken(draft: Draft, found: Recognised, scene: Scene) -> Draft:
    procedure = scene.team.procedures[draft.procedure]
    ids = {each.id for each in intake.fields_of(procedure)}
    said = {
        "kind": found.kind.value.value if found.kind else "",
        "client": found.client.value if found.client else "",
        "address": found.address.value if found.address else "",
        "phone": found.phone.value.shown if found.phone else "",
        "relation": found.relation.value.words if found.relation else "",
    }
    if said["kind"] not in procedure.kinds:
        del said["kind"]
    for id_, value in said.items():
        if value and id_ in ids and not draft.knows(id_):
            draft = intake.with_said(draft, id_, value)
    if found.amount and "amount" in ids and not draft.knows("amount"):
        draft = intake.with_amount(draft, found.amount.value.cents, found.amount.value.months)
    for id_, date in (("hearing", found.hearing), ("eviction", found.eviction)):
        if date and id_ in ids and not draft.knows(id_):
            draft = intake.with_date(draft, id_, _wall(date.value, scene))
    return draft


_ASKED_BECAUSE: Final = {
    Question.SEVERAL_PEOPLE: "client",
    Question.SEVERAL_ADDRESSES: "address",
    Question.SEVERAL_PHONES: "phone",
    Question.SEVERAL_AMOUNTS: "amount",
    Question.UNCLEAR_KIND: "kind",
    Question.UNCLEAR_EVICTION: "eviction",
    Question.UNCLEAR_HEARING: "hearing",
}


def _unclear(found: Recognised) -> tuple[str, ...]:
    return tuple(_ASKED_BECAUSE[question] for question in found.questions)


def _recognised(text: str, scene: Scene) -> Recognised:
    team = scene.team
    return recognise(
        text,
        now=scene.now,
        zone=team.days.zone,
        country=team.country,
        language=scene.language,
    )


def _without_numbers(text: str, language: str) -> tuple[str, Notes]:
    """Return `text` without national numbers and bank accounts, and what is said of them.

    They are never stored (row 35); the rest of what a frightened person wrote is not lost.
    """
    found = find_national_numbers(text)
    if not found:
        return text, ()
    kept, end = [], 0
    for number in found:
        kept.append(text[end : number.start])
        end = number.end
    return "…".join([*kept, text[end:]]), (say(language, "reporter-number-left-out"),)


# Asking


def _next(
    draft: Draft,
    scene: Scene,
    *,
    notes: Notes = (),
    pressed: bool = False,
) -> Turn:
    """Ask the first thing still missing, or show the summary."""
    procedure = scene.team.procedures[draft.procedure]
    missing = intake.to_ask(draft, procedure)
    if draft.back_to_summary:
        needed = {each.id for each in intake.fields_of(procedure) if each.required}
        missing = tuple(each for each in missing if each in needed or each == "consent")
    asking = missing[0] if missing else intake.SUMMARY
    return _ask(draft, asking, scene, notes=notes, pressed=pressed)


def _ask(
    draft: Draft, asking: str, scene: Scene, *, notes: Notes = (), pressed: bool = False
) -> Turn:
    language = scene.language
    if asking == intake.SUMMARY:
        draft = replace(draft, back_to_summary=False)
        screen = reports.summary_screen(
            draft, scene.team, language=language, now=scene.now, notes=notes
        )
    elif asking == intake.FREE:
        screen = reports.free_screen(language, notes)
    elif asking == intake.PROCEDURE:
        screen = reports.procedure_screen(scene.team, language, notes)
    elif asking == intake.WHICH:
        screen = reports.which_screen(_own(scene), language)
    else:
        procedure = scene.team.procedures[draft.procedure]
        screen = reports.question_screen(draft, procedure, asking, language=language, notes=notes)
    dialogue = _dialogue(draft, asking, scene)
    if pressed:
        return Turn(edit=screen, dialogue=dialogue)
    return Turn(screens=(screen,), dialogue=dialogue)


def _dialogue(draft: Draft, asking: str, scene: Scene) -> Dialogue:
    before = scene.dialogue
    is_same = before is not None and before.kind == intake.KIND
    touched = replace(draft, touched_on=scene.team.days.day_of(scene.now).isoformat())
    return Dialogue(
        kind=intake.KIND,
        asking=asking,
        values=intake.to_values(touched),
        began_at=before.began_at if before and is_same and before.began_at else scene.now,
    )


# Inside a draft


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """The draft and what it is asking."""

    draft: Draft
    asking: str
    procedure: Procedure | None


def _open(scene: Scene) -> _Open:
    draft = intake.draft_of(scene.dialogue)
    assert draft is not None, "no draft is open"
    assert scene.dialogue is not None, "a draft is a dialogue"
    return _Open(
        draft=draft,
        asking=scene.dialogue.asking,
        procedure=scene.team.procedures.get(draft.procedure),
    )


def _pressed_in_draft(intent: Intent, scene: Scene) -> Turn:
    here = _open(scene)
    if intent.step is not None and intent.step != here.asking:
        return Turn(toast=str(say(scene.language, "reporter-old-question")))
    match intent.verb:
        case Verb.RESUME:
            return _resumed(here, scene)
        case Verb.DISCARD:
            return _discarded(here.draft, scene)
        case Verb.CANCEL if here.draft.is_empty or here.asking == intake.WHICH:
            return _gone(scene)
        case Verb.CANCEL:
            return _show(reports.resume_screen(here.draft, scene.language))
        case Verb.BACK:
            return _back(here, scene)
        case Verb.PICK if here.asking == intake.PROCEDURE:
            return _procedure_picked(here.draft, intent.arg or "", scene)
        case _ if here.procedure is None:
            return _ask(here.draft, intake.PROCEDURE, scene, pressed=True)
        case Verb.SEND:
            return _send(here.draft, scene)
        case Verb.CHANGE_LINE:
            return _change(here, intent.arg or "", scene)
        case Verb.SKIP:
            return _skipped(here, scene)
        case Verb.DONE if here.draft.knows(here.asking):
            return _answered(here, here.draft, scene, pressed=True)
        case Verb.PICK:
            return _picked(here, intent.arg or "", scene)
        case _:
            return _ask(here.draft, here.asking, scene, pressed=True)


def _said_in_draft(text: str, scene: Scene) -> Turn:
    here = _open(scene)
    today = scene.team.days.day_of(scene.now).isoformat()
    if here.draft.touched_on not in ("", today) and not here.draft.is_empty:
        # Days later it may well be about somebody else: one tap decides (row 37).
        waiting = f"{here.draft.waiting}\n\n{text}" if here.draft.waiting else text
        held = replace(here.draft, waiting=waiting)
        dialogue = replace(_dialogue(held, here.asking, scene), values=intake.to_values(held))
        screen = reports.resume_screen(held, scene.language)
        return Turn(screens=(screen,), dialogue=dialogue)
    return _said_now(here, text, scene)


def _said_now(here: _Open, text: str, scene: Scene) -> Turn:
    asking = here.asking
    if here.procedure is None or asking in (intake.FREE, intake.SUMMARY, intake.PROCEDURE):
        return _free(here.draft, text, scene)
    if asking == intake.WHICH:
        waiting = f"{here.draft.waiting}\n\n{text}"
        return _ask(replace(here.draft, waiting=waiting), asking, scene)
    if fold(text) in _DONT_KNOW:
        return _skipped(here, scene, pressed=False)
    if utf16_len(text) > intake.units_max(asking):
        return _again(
            here,
            scene,
            say(
                scene.language,
                "reporter-too-long",
                n=utf16_len(text),
                max=intake.units_max(asking),
            ),
        )
    return _READERS[intake.way_of(asking)](here, text, scene)


def _resumed(here: _Open, scene: Scene) -> Turn:
    waiting = here.draft.waiting
    today = scene.team.days.day_of(scene.now).isoformat()
    draft = replace(here.draft, waiting="", touched_on=today)
    if waiting and here.asking not in (intake.WHICH, intake.PROCEDURE):
        return _said_now(replace(here, draft=draft), waiting, scene)
    return _ask(replace(draft, waiting=waiting), here.asking, scene, pressed=True)


def _discarded(draft: Draft, scene: Scene) -> Turn:
    if draft.waiting:
        fresh = replace(scene, dialogue=None)
        return _free(_new_draft(fresh), draft.waiting, fresh)
    return _gone(scene)


def _cancelled(scene: Scene) -> Turn:
    """Answer `/cancel`: what was written is thrown away by a button only."""
    draft = intake.draft_of(scene.dialogue)
    if draft is not None and not draft.is_empty:
        return _show(reports.resume_screen(draft, scene.language))
    return _gone(scene)


def _gone(scene: Scene) -> Turn:
    return Turn(edit=reports.told_screen(scene.language, "reporter-discarded"), dialogue=None)


def _back(here: _Open, scene: Scene) -> Turn:
    draft = replace(here.draft, pending="")
    if draft.back_to_summary:
        return _ask(draft, intake.SUMMARY, scene, pressed=True)
    if not draft.asked:
        return _ask(draft, here.asking, scene, pressed=True)
    previous = replace(draft, asked=draft.asked[:-1])
    return _ask(previous, draft.asked[-1], scene, pressed=True)


def _procedure_picked(draft: Draft, id_: str, scene: Scene) -> Turn:
    if id_ not in scene.team.procedures:
        return _ask(draft, intake.PROCEDURE, scene, pressed=True)
    chosen = replace(draft, procedure=id_)
    if chosen.waiting:
        return _free(chosen, chosen.waiting, scene, pressed=True)
    if chosen.guided:
        return _next(chosen, scene, pressed=True)
    return _ask(chosen, intake.FREE, scene, pressed=True)


def _change(here: _Open, id_: str, scene: Scene) -> Turn:
    assert here.procedure is not None, "asked before"
    known = {each.id for each in intake.applicable(here.draft, here.procedure)}
    if id_ not in known:
        return _ask(here.draft, intake.SUMMARY, scene, pressed=True)
    return _ask(replace(here.draft, back_to_summary=True), id_, scene, pressed=True)


def _skipped(here: _Open, scene: Scene, *, pressed: bool = True) -> Turn:
    assert here.procedure is not None, "asked before"
    found = intake.field_of(here.procedure, here.asking)
    if found is None:
        return _ask(here.draft, here.asking, scene, pressed=pressed)
    if found.required:
        return _again(here, scene, say(scene.language, "reporter-required"), pressed=pressed)
    draft = intake.with_skipped(here.draft, here.procedure, here.asking)
    return _answered(here, draft, scene, pressed=pressed)


def _send(draft: Draft, scene: Scene) -> Turn:
    procedure = scene.team.procedures[draft.procedure]
    needed = {each.id for each in intake.fields_of(procedure) if each.required} | {"consent"}
    if any(id_ in needed for id_ in intake.to_ask(draft, procedure)):
        note = say(scene.language, "reporter-still-missing")
        return _next(replace(draft, back_to_summary=True), scene, notes=(note,), pressed=True)
    amount = None
    if draft.amount is not None:
        amount = reports.amount_words(*draft.amount, scene.team.language)
    return Turn(act=intake.finished(draft, scene.team.days, amount), dialogue=None)


def _answered(
    here: _Open, draft: Draft, scene: Scene, *, notes: Notes = (), pressed: bool = False
) -> Turn:
    """Go on after the field was answered, passed over or left as it was."""
    asked = draft.asked
    if not draft.back_to_summary and here.asking not in asked:
        asked = (*asked, here.asking)
    return _next(replace(draft, asked=asked, pending=""), scene, notes=notes, pressed=pressed)


def _again(here: _Open, scene: Scene, note: Markup, *, pressed: bool = False) -> Turn:
    return _ask(here.draft, here.asking, scene, notes=(note,), pressed=pressed)


# Answers, field by field


def _picked(here: _Open, arg: str, scene: Scene) -> Turn:
    assert here.procedure is not None, "asked before"
    match intake.way_of(here.asking):
        case Ask.KIND if arg in here.procedure.kinds:
            draft = intake.with_said(here.draft, "kind", arg)
        case Ask.CONSENT if arg in ("yes", "no"):
            draft = intake.with_said(here.draft, "consent", arg)
        case Ask.AMOUNT if arg in ("euros", "months") and here.draft.pending.isdigit():
            count = int(here.draft.pending)
            euros = arg == "euros"
            draft = intake.with_amount(
                here.draft, count * 100 if euros else None, None if euros else count
            )
        case Ask.DATE if arg == "yes" and here.draft.pending:
            draft = intake.with_date(here.draft, here.asking, here.draft.pending)
        case Ask.DATE if (wall := intake.read_wall(arg)) is not None:
            draft = intake.with_date(here.draft, here.asking, wall)
        case _:
            return _ask(replace(here.draft, pending=""), here.asking, scene, pressed=True)
    return _answered(here, draft, scene, pressed=True)


def _kind_said(here: _Open, text: str, scene: Scene) -> Turn:
    assert here.procedure is not None, "asked before"
    for kind in here.procedure.kinds.values():
        if fold(text) in {kind.id, *(fold(wording) for wording in kind.text.values())}:
            return _answered(here, intake.with_said(here.draft, "kind", kind.id), scene)
    found = _recognised(text, scene)
    if found.kind is not None or not _is_greeting(found):
        # Whoever tells the story instead of choosing is not sent back.
        return _free(here.draft, text, scene)
    return _again(here, scene, say(scene.language, "reporter-choose"))


def _consent_said(here: _Open, text: str, scene: Scene) -> Turn:
    first = fold(text).split(" ")[0]
    if first in _YES | _NO:
        answer = "yes" if first in _YES else "no"
        return _answered(here, intake.with_said(here.draft, "consent", answer), scene)
    return _again(here, scene, say(scene.language, "reporter-choose"))


def _phone_said(here: _Open, text: str, scene: Scene) -> Turn:
    read = read_phone(text, scene.team.country)
    if isinstance(read, Phone):
        certain = read.certain or not find_national_numbers(text)
        if certain:
            return _answered(here, intake.with_said(here.draft, "phone", read.shown), scene)
        return _again(here, scene, say(scene.language, "reporter-number-left-out"))
    found = _recognised(text, scene).phone
    if found is not None:
        return _answered(here, intake.with_said(here.draft, "phone", found.value.shown), scene)
    return _again(here, scene, say(scene.language, f"reporter-phone-{read.reason}"))


def _amount_said(here: _Open, text: str, scene: Scene) -> Turn:
    read = read_amount(text)
    if not isinstance(read, Amount):
        found = _recognised(text, scene).amount
        if found is None:
            return _amount_unclear(here, text, read.reason, scene)
        read = found.value
    draft = intake.with_amount(here.draft, read.cents, read.months)
    return _answered(here, draft, scene)


def _amount_unclear(here: _Open, text: str, why: AmountProblem, scene: Scene) -> Turn:
    language = scene.language
    digits = "".join(str(int(char)) for char in text if char.isdecimal())
    if why is not AmountProblem.EUROS_OR_MONTHS or not digits:
        return _again(here, scene, say(language, "reporter-amount-unclear"))
    count = int(digits)
    choices = (
        (reports.amount_words(count * 100, None, language), "euros"),
        (reports.amount_words(None, count, language), "months"),
    )
    question = say(language, "reporter-amount-which", n=str(count))
    screen = reports.choice_screen(question, choices, id_="amount", language=language)
    draft = replace(here.draft, pending=str(count))
    return Turn(screens=(screen,), dialogue=_dialogue(draft, here.asking, scene))


def _date_said(here: _Open, text: str, scene: Scene) -> Turn:
    read = _DateRead.of(text, scene)
    if read.certain is not None:
        draft = intake.with_date(here.draft, here.asking, read.certain)
        return _answered(here, draft, scene, notes=(_noted(read.certain, scene),))
    if not read.choices:
        return _again(here, scene, say(scene.language, "reporter-date-unclear"))
    screen = reports.choice_screen(
        read.question, read.choices, id_=here.asking, language=scene.language
    )
    draft = replace(here.draft, pending=read.pending)
    return Turn(screens=(screen,), dialogue=_dialogue(draft, here.asking, scene))


def _text_said(here: _Open, text: str, scene: Scene) -> Turn:
    kept, notes = _without_numbers(text, scene.language)
    if is_blank(kept):
        return _ask(here.draft, here.asking, scene, notes=notes)
    if here.asking == "client":
        return _client_said(here, kept, scene, notes)
    return _answered(here, intake.with_said(here.draft, here.asking, kept), scene, notes=notes)


def _client_said(here: _Open, text: str, scene: Scene, notes: Notes) -> Turn:
    """Take a name; from "Marc Verlinden, Kerkstraat 12 Weelde" what else is said as well."""
    found = _recognised(text, scene)
    several = Question.SEVERAL_PEOPLE in found.questions
    if several and ("\n" in text or len(text.split(",")) > 1 or len(text.split()) > 8):
        return _again(here, scene, say(scene.language, "reporter-several"))
    rest = (found.address, found.phone, found.amount, found.kind, found.eviction)
    if found.client is not None and any(rest):
        asked = replace(here.draft, said={**here.draft.said, "client": found.client.value})
        return _answered(here, _taken(asked, found, scene), scene, notes=notes)
    if not any(char.isalpha() for char in text):
        return _again(here, scene, say(scene.language, "reporter-write"))
    name = " ".join(text.split())
    return _answered(here, intake.with_said(here.draft, "client", name), scene, notes=notes)


_READERS: Final[dict[Ask, Callable[[_Open, str, Scene], Turn]]] = {
    Ask.KIND: _kind_said,
    Ask.CONSENT: _consent_said,
    Ask.PHONE: _phone_said,
    Ask.AMOUNT: _amount_said,
    Ask.DATE: _date_said,
    Ask.TEXT: _text_said,
}


# Dates


_NO_QUESTION: Final = Markup("")


@dataclass(frozen=True, slots=True, kw_only=True)
class _DateRead:
    """A typed date: certain, or a question with choices (label, arg); `pending` waits for yes."""

    certain: str | None = None
    question: Markup = _NO_QUESTION
    choices: tuple[tuple[str, str], ...] = ()
    pending: str = ""

    @classmethod
    def of(cls, text: str, scene: Scene) -> _DateRead:
        """Read `text`; a past, moved or double-meaning date is asked again (row 40)."""
        language = scene.language
        read = read_moment(text, now=scene.now, zone=scene.team.days.zone, language=language)
        match read:
            case Day() | Moment():
                return _checked(read, scene)
            case Ambiguous(candidates=candidates):
                question = say(language, "reporter-date-which")
                return cls(question=question, choices=_date_choices(candidates, scene))
            case UnreadableDate(suggestions=suggestions) if suggestions:
                question = say(language, "reporter-date-none", typed=text)
                return cls(question=question, choices=_date_choices(suggestions, scene))
            case UnreadableDate():
                return cls()
            case _:
                assert_never(read)


def _checked(read: Day | Moment, scene: Scene) -> _DateRead:
    wall = _wall(read, scene)
    moved = isinstance(read, Moment) and read.moved
    if not read.is_past and not moved:
        return _DateRead(certain=wall)
    language = scene.language
    key = "reporter-date-moved" if moved else "reporter-date-past"
    yes, no = (str(say(language, each)) for each in ("reporter-yes", "reporter-no"))
    return _DateRead(
        question=say(language, key, date=_date_words(wall, scene)),
        choices=((yes, "yes"), (no, "no")),
        pending=wall,
    )


def _date_choices(found: tuple[Moment | Day, ...], scene: Scene) -> tuple[tuple[str, str], ...]:
    walls = tuple(_wall(each, scene) for each in found)
    return tuple((_date_words(wall, scene), wall) for wall in walls)


def _wall(read: Moment | Day, scene: Scene) -> str:
    if isinstance(read, Day):
        return read.on.isoformat()
    return intake.wall_of(read.at, scene.team.days)


def _date_words(wall: str, scene: Scene) -> str:
    when = intake.planned(wall, scene.team.days)
    return words.planned_words(when.day, when.at, scene.team.days, scene.language, scene.now)


def _noted(wall: str, scene: Scene) -> Markup:
    return say(scene.language, "reporter-noted", value=_date_words(wall, scene))


# Own reports


def _own(scene: Scene) -> tuple[CaseView, ...]:
    return scene.look.reports_of(scene.member.id) if scene.member else ()


def _my_reports(scene: Scene) -> Turn:
    own = [(view, _status(view, scene)) for view in _own(scene)]
    return Turn(screens=(reports.my_reports_screen(own, scene.language),))


def _status(view: CaseView, scene: Scene) -> reports.Status:
    assert scene.member is not None, "a stranger has no reports"
    history = scene.look.history(view.id)
    return reports.status_of(view, history, scene.member.id, days=scene.team.days, now=scene.now)


def _add(intent: Intent, scene: Scene) -> Turn:
    view = next((each for each in _own(scene) if each.id == intent.case), None)
    if view is None:
        return _tell(scene, "refused")
    draft = intake.draft_of(scene.dialogue)
    waiting = draft.waiting if draft and _asks_which(scene) else ""
    if draft is not None and not draft.is_empty and not waiting:
        return _show(reports.resume_screen(draft, scene.language))
    if _status(view, scene) is reports.Status.CLOSED:
        return _show(reports.add_screen(view, scene.language, closed=True))
    if waiting:
        return _add_text(view.id, waiting, scene)
    asking = intent.arg or "text"
    match asking:
        case "paid" | "withdraw":
            screen = reports.sure_screen(
                f"reporter-sure-{asking}", ref=view.ref, step=asking, language=scene.language
            )
        case "eviction" | "hearing":
            question = say(scene.language, f"reporter-add-{asking}", ref=view.ref)
            screen = reports.choice_screen(question, (), id_=asking, language=scene.language)
        case _:
            screen = reports.add_screen(view, scene.language, closed=False)
            asking = "text"
    return Turn(screens=(screen,), dialogue=_adding(view.id, asking, scene))


def _asks_which(scene: Scene) -> bool:
    return scene.dialogue is not None and scene.dialogue.asking == intake.WHICH


def _adding(case: int, asking: str, scene: Scene, *, pending: str = "") -> Dialogue:
    return Dialogue(
        kind=ADDING, asking=asking, case=case, values={"pending": pending}, began_at=scene.now
    )


def _add_text(case: int, text: str, scene: Scene) -> Turn:
    if utf16_len(text) > intake.STORY_UNITS_MAX:
        return _tell(scene, "reporter-story-full")
    kept, notes = _without_numbers(text, scene.language)
    screens = tuple(Screen(html=note) for note in notes)
    if is_blank(kept):
        return Turn(screens=screens)
    return Turn(screens=screens, act=AddToReport(case=case, what="text", text=kept), dialogue=None)


def _said_in_adding(text: str, scene: Scene) -> Turn:
    dialogue = scene.dialogue
    assert dialogue is not None, "adding is a dialogue"
    assert dialogue.case is not None, "adding is about a case"
    asking, case = dialogue.asking, dialogue.case
    if asking in ("paid", "withdraw") and fold(text) in _YES:
        return Turn(act=AddToReport(case=case, what=asking), dialogue=None)
    if asking in ("paid", "withdraw") and fold(text) in _NO:
        return _tell(scene, "reporter-nothing-changed", dialogue=None)
    if asking not in ("eviction", "hearing"):
        return _add_text(case, text, scene)
    read = _DateRead.of(text, scene)
    if read.certain is not None:
        return _add_date(case, asking, read.certain, scene)
    if not read.choices:
        return _tell(scene, "reporter-date-unclear")
    screen = reports.choice_screen(
        read.question, read.choices, id_=asking, language=scene.language
    )
    return Turn(screens=(screen,), dialogue=_adding(case, asking, scene, pending=read.pending))


def _pressed_in_adding(intent: Intent, scene: Scene) -> Turn:
    dialogue = scene.dialogue
    assert dialogue is not None, "adding is a dialogue"
    assert dialogue.case is not None, "adding is about a case"
    asking, case, arg = dialogue.asking, dialogue.case, intent.arg or ""
    if intent.verb in (Verb.CANCEL, Verb.DISCARD):
        return _tell(scene, "reporter-nothing-changed", dialogue=None)
    if intent.verb is not Verb.PICK or intent.step not in (None, asking):
        return _add(Intent(verb=Verb.ADD, case=case), scene)
    pending = str(dialogue.values.get("pending", ""))
    if asking in ("paid", "withdraw"):
        if arg == "yes":
            return Turn(act=AddToReport(case=case, what=asking), dialogue=None)
        return _tell(scene, "reporter-nothing-changed", dialogue=None)
    wall = pending if arg == "yes" and pending else intake.read_wall(arg)
    if wall is None:
        return _add(Intent(verb=Verb.ADD, case=case, arg=asking), scene)
    return _add_date(case, asking, wall, scene)


def _add_date(case: int, what: str, wall: str, scene: Scene) -> Turn:
    when: When = intake.planned(wall, scene.team.days)
    return Turn(act=AddToReport(case=case, what=what, when=when), dialogue=None)


# Support for an organisation


def _support(scene: Scene) -> Turn:
    draft = intake.draft_of(scene.dialogue)
    if draft is not None and not draft.is_empty:
        return _show(reports.resume_screen(draft, scene.language))
    dialogue = Dialogue(kind=SUPPORT, asking="text", began_at=scene.now)
    return Turn(screens=(reports.support_screen(scene.team, scene.language),), dialogue=dialogue)


def _ask_support(text: str, scene: Scene) -> Turn:
    kept, notes = _without_numbers(text, scene.language)
    screens = tuple(Screen(html=note) for note in notes)
    return Turn(screens=screens, act=AskSupport(text=kept), dialogue=None)


# Small turns


def _show(screen: Screen) -> Turn:
    return Turn(screens=(screen,))


def _tell(scene: Scene, key: str, *, dialogue: Keep | None = KEEP, **values: str | int) -> Turn:
    screen = reports.told_screen(scene.language, key, **values)
    return Turn(screens=(screen,), dialogue=dialogue)

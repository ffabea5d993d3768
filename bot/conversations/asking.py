"""A draft's next question, and what one free message says of it. Pure; the words are in views."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.conversations import intake, questions
from bot.conversations.intake import Draft
from bot.conversations.scene import KEEP, CaseView, Dialogue, Keep, Scene, Turn
from bot.conversations.typed_dates import wall_said
from bot.reading.page import Question
from bot.reading.people import Role
from bot.reading.report import Recognised, Relation, ReportKind, recognise
from bot.reading.words import fold, utf16_len
from bot.screen import Intent, Screen, Verb
from bot.texts import Markup, plain, say
from bot.views import reports, words
from bot.views.calendar import Grid
from bot.views.report_dates import Dated, dated
from scheduler.procedure import Procedure

Notes = tuple[Markup, ...]


def free(
    draft: Draft, text: str, scene: Scene, *, notes: Notes = (), pressed: bool = False
) -> Turn:
    """Take everything recognisable from a free message, add it, ask what is missing."""
    if not draft.procedure:
        draft = replace(draft, procedure=_procedure_of(text, scene))
    if not draft.procedure:
        held = with_waiting(draft, text)
        return ask(held, intake.PROCEDURE, scene, notes=notes, pressed=pressed)
    merged, more = with_message(replace(draft, waiting=""), text, scene)
    return ask_next(merged, scene, notes=(*notes, *more), pressed=pressed)


def _procedure_of(text: str, scene: Scene) -> str:
    """Return the procedure whose kind of message the text certainly is, "" where it must be asked.

    Arrears, a petition and a claim each belong to one way of working; "something else" to none.
    """
    found = recognised(text, scene)
    if found.kind is None or found.kind.value is ReportKind.OTHER:
        return ""
    kind = found.kind.value.value
    knows = [each.id for each in scene.team.procedures.values() if kind in each.kinds]
    return knows[0] if len(knows) == 1 else ""


def new_draft(scene: Scene) -> Draft:
    """Return an empty draft; its procedure is known where the team runs only one."""
    procedures = tuple(scene.team.procedures)
    return Draft(procedure=procedures[0] if len(procedures) == 1 else "")


def with_waiting(draft: Draft, text: str) -> Draft:
    """Return the draft with a text that waits for a decision."""
    return replace(draft, waiting=f"{draft.waiting}\n\n{text}" if draft.waiting else text)


def with_message(draft: Draft, text: str, scene: Scene) -> tuple[Draft, Notes]:
    """Return the draft with what `text` says; what is known already is not replaced."""
    language, procedure = scene.language, scene.team.procedures[draft.procedure]
    story = draft.said.get(intake.story_of(procedure), "")
    if utf16_len(story) + utf16_len(text) > intake.STORY_UNITS_MAX:
        return draft, (say(language, "reporter-story-full"),)
    found = recognised(text, scene)
    draft = with_found(draft, found, scene)
    draft = intake.with_story(draft, procedure, text)
    draft = replace(draft, wanted=tuple(dict.fromkeys((*draft.wanted, *_unclear(found)))))
    if Question.SEVERAL_PEOPLE in found.questions or Question.SEVERAL_ADDRESSES in found.questions:
        return draft, (say(language, "reporter-several"),)
    return draft, ()


def with_found(draft: Draft, found: Recognised, scene: Scene) -> Draft:
    """Return the draft with the recognised fields that it does not know yet."""
    procedure = scene.team.procedures[draft.procedure]
    ids = {each.id for each in intake.fields_of(procedure)}
    said = {
        "kind": found.kind.value.value if found.kind else "",
        "client": found.client.value if found.client else "",
        "address": found.address.value if found.address else "",
        "phone": found.phone.value.shown if found.phone else "",
        "relation": _relation_words(found.relation.value, scene) if found.relation else "",
        intake.REACH: found.own_phone.value.shown if found.own_phone else "",
    }
    is_sure = found.kind is not None or bool(found.amount)
    said["kind"] = said["kind"] or _kind_by(found)
    if said["kind"] not in procedure.kinds:
        del said["kind"]
    elif is_sure and draft.said.get("kind") == intake.OTHER and "kind" not in draft.asked:
        draft = intake.with_said(draft, "kind", said["kind"])
    for id_, value in said.items():
        if value and id_ in ids and not draft.knows(id_):
            draft = intake.with_said(draft, id_, value)
    if found.amount and "amount" in ids and not draft.knows("amount"):
        draft = intake.with_amount(draft, found.amount.value.cents, found.amount.value.months)
    for id_, date in (("hearing", found.hearing), ("eviction", found.eviction)):
        if date and id_ in ids and not draft.knows(id_):
            draft = intake.with_date(draft, id_, wall_said(date.value, scene))
    return draft


def _kind_by(found: Recognised) -> str:
    """Return the kind of message that follows from what else is said, "" where nothing does.

    Who names what is owed reports arrears; no neighbour sends a petition (G-13).
    """
    if Question.UNCLEAR_KIND in found.questions:
        return ""
    if found.amount:
        return ReportKind.ARREARS.value
    return intake.OTHER if found.relation and found.relation.value.role in _NEAR else ""


_NEAR: Final = frozenset(
    {Role.NEIGHBOUR, Role.FAMILY, Role.FRIEND, Role.TENANT, Role.SCHOOL, Role.CARE}
)

_MIRRORED: Final = {
    Role.LANDLORD: "reporter-relation-landlord",
    Role.NEIGHBOUR: "reporter-relation-neighbour",
    Role.FAMILY: "reporter-relation-family",
    Role.FRIEND: "reporter-relation-friend",
}


def _relation_words(relation: Relation, scene: Scene) -> str:
    """Return who reports; "my tenant" says what the tenant is, and so what they are themselves."""
    is_mirrored = fold(relation.words).split()[:1] in (["mijn"], ["mon"], ["ma"], ["my"])
    key = _MIRRORED.get(relation.role) if is_mirrored else None
    return plain(scene.language, key) if key else relation.words


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


def recognised(text: str, scene: Scene) -> Recognised:
    """Return what one message certainly says, read in the team's zone and country."""
    team = scene.team
    return recognise(
        text,
        now=scene.now,
        zone=team.days.zone,
        country=team.country,
        language=scene.language,
    )


def is_greeting(found: Recognised) -> bool:
    """Return whether nothing was recognised in a text of a few words."""
    fields = (found.client, found.address, found.phone, found.amount, found.kind, found.hearing)
    known = any(fields) or found.eviction or found.questions or found.national_numbers
    return not known and len(found.text.split()) <= GREETING_WORDS_MAX


GREETING_WORDS_MAX: Final = 3
"""A text of so few words in which nothing is recognised is a greeting, not a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """The draft and what it is asking."""

    draft: Draft
    asking: str
    procedure: Procedure | None


def opened(scene: Scene) -> Open:
    """Return the open draft; that there is one has been seen to by the caller."""
    draft = intake.draft_of(scene.dialogue)
    assert draft is not None, "no draft is open"
    assert scene.dialogue is not None, "a draft is a dialogue"
    if draft.procedure not in scene.team.procedures:
        # The team has stopped working by that procedure since the draft was begun.
        draft = replace(draft, procedure=new_draft(scene).procedure)
    return Open(
        draft=draft,
        asking=scene.dialogue.asking,
        procedure=scene.team.procedures.get(draft.procedure),
    )


def ask_next(
    draft: Draft,
    scene: Scene,
    *,
    notes: Notes = (),
    pressed: bool = False,
) -> Turn:
    """Ask the first thing still missing, or show the summary."""
    procedure = scene.team.procedures[draft.procedure]
    missing = questions.to_ask(draft, procedure)
    if draft.back_to_summary:
        needed = {each.id for each in intake.fields_of(procedure) if each.required}
        missing = tuple(each for each in missing if each in needed or each == "consent")
    asking = missing[0] if missing else intake.SUMMARY
    return ask(draft, asking, scene, notes=notes, pressed=pressed)


def ask(
    draft: Draft, asking: str, scene: Scene, *, notes: Notes = (), pressed: bool = False
) -> Turn:
    """Show the question `asking` (or the summary …) and remember it; a press edits its message."""
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
        screen = reports.which_screen(own(scene), language, notes)
    else:
        procedure = scene.team.procedures[draft.procedure]
        if intake.field_of(procedure, asking) is None:
            # The intake was changed since the draft was begun.
            return ask_next(draft, scene, notes=notes, pressed=pressed)
        screen = reports.question_screen(
            draft,
            procedure,
            asking,
            language=language,
            notes=notes,
            dated=_dated(draft, asking, scene),
        )
    dialogue = dialogue_of(draft, asking, scene)
    if pressed:
        return Turn(edit=screen, dialogue=dialogue)
    return Turn(screens=(screen,), dialogue=dialogue)


def _dated(draft: Draft, asking: str, scene: Scene) -> Dated | None:
    if intake.way_of(asking) is not intake.Ask.DATE:
        return None
    return calendar(draft.pending, asking, scene)


def calendar(pending: str, field: str, scene: Scene) -> Dated:
    """Return the calendar for a date, which lies ahead; one that does not is typed."""
    today = scene.team.days.day_of(scene.now)
    grid = Grid(
        days=scene.team.days, today=today, language=scene.language, since=today, field=field
    )
    return dated(pending, grid, scene.now)


def dialogue_of(draft: Draft, asking: str, scene: Scene) -> Dialogue:
    """Return the draft as a dialogue, touched today."""
    before = scene.dialogue
    is_same = before is not None and before.kind == intake.KIND
    touched = replace(draft, touched_on=scene.team.days.day_of(scene.now).isoformat())
    return Dialogue(
        kind=intake.KIND,
        asking=asking,
        values=intake.to_values(touched),
        began_at=before.began_at if before and is_same and before.began_at else scene.now,
    )


def answered(
    here: Open, draft: Draft, scene: Scene, *, notes: Notes = (), pressed: bool = False
) -> Turn:
    """Go on after the field was answered, passed over or left as it was."""
    asked = draft.asked
    if not draft.back_to_summary and here.asking not in asked:
        asked = (*asked, here.asking)
    return ask_next(replace(draft, asked=asked, pending=""), scene, notes=notes, pressed=pressed)


def ask_again(here: Open, scene: Scene, note: Markup, *, pressed: bool = False) -> Turn:
    """Ask the same once more, with a note why."""
    return ask(here.draft, here.asking, scene, notes=(note,), pressed=pressed)


def busy(scene: Scene) -> Turn | None:
    """Return the question what to do with words of another dialogue (an answer, a note) first.

    One dialogue a person: what was said in it is never lost in silence (row 37).
    """
    other = scene.dialogue
    if other is None or other.kind in (intake.KIND, "add", "support"):
        return None
    if not any(isinstance(value, str | list) and value for value in other.values.values()):
        return None
    keys = (
        words.press(plain(scene.language, "press-resume"), Intent(verb=Verb.RESUME)),
        words.press(plain(scene.language, "press-discard"), Intent(verb=Verb.DISCARD)),
    )
    return show(Screen(html=say(scene.language, "two-at-once"), rows=(keys,)))


def own(scene: Scene) -> tuple[CaseView, ...]:
    """Return the person's own reports, newest first; a stranger has none."""
    return scene.look.reports_of(scene.member.id) if scene.member else ()


def show(screen: Screen) -> Turn:
    """Send one screen and leave the dialogue as it is."""
    return Turn(screens=(screen,))


def tell(scene: Scene, key: str, *, dialogue: Keep | None = KEEP, **values: str | int) -> Turn:
    """Send one sentence."""
    screen = reports.told_screen(scene.language, key, **values)
    return Turn(screens=(screen,), dialogue=dialogue)


def gone(scene: Scene) -> Turn:
    """Say that nothing was sent or kept, and end the dialogue."""
    return Turn(edit=reports.told_screen(scene.language, "reporter-discarded"), dialogue=None)

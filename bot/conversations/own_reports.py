"""A reporter's own reports: three words of status, and adding something. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.acts import AddToReport, When
from bot.conversations import intake
from bot.conversations.asking import (
    busy,
    calendar,
    own,
    show,
    tell,
)
from bot.conversations.intake import Draft
from bot.conversations.intake_answers import NO, YES, is_day
from bot.conversations.outcome import Outcome
from bot.conversations.scene import (
    KEEP,
    CaseView,
    Dialogue,
    Keep,
    Scene,
    Turn,
)
from bot.conversations.typed_dates import DateRead, date_words
from bot.reading.telling import is_sentence
from bot.reading.words import fold, utf16_len
from bot.screen import Intent, Screen, Verb
from bot.texts import plain, say
from bot.views import own_reports, reports
from bot.views.calendar import read_month
from bot.views.report_dates import NO_TIME, WAITS, waiting_day
from scheduler.adding import AFTERWARDS
from scheduler.decision import AdditionMade, CaseClosed, Refused

ADDING: Final = "add"


def my_reports(scene: Scene, intent: Intent | None = None) -> Turn:
    """List the own reports in three words; a turned page takes the other's place."""
    mine = [(view, _status(view, scene)) for view in own(scene)]
    page = intent.page if intent is not None else 0
    screen = own_reports.my_reports_screen(mine, scene.language, page=page)
    is_turned = intent is not None and intent.item is not None
    return Turn(edit=screen) if is_turned else Turn(screens=(screen,))


def _status(view: CaseView, scene: Scene) -> own_reports.Status:
    assert scene.member is not None, "a stranger has no reports"
    history = scene.look.history(view.id)
    return own_reports.status_of(
        view, history, scene.member.id, days=scene.team.days, now=scene.now
    )


def add(intent: Intent, scene: Scene) -> Turn:
    """Ask what to add to an own report; somebody else's is refused like an unknown one."""
    view = next((each for each in own(scene) if each.id == intent.case), None)
    if view is None:
        return tell(scene, "refused")
    other = busy(scene)
    if other is not None:
        return other
    draft = intake.draft_of(scene.dialogue)
    which = draft if draft is not None and _asks_which(scene) else None
    if draft is not None and not draft.is_empty and which is None:
        return show(reports.resume_screen(draft, scene.language))
    if _status(view, scene) is own_reports.Status.CLOSED:
        return show(own_reports.add_screen(view, scene.language, closed=True))
    if which is not None and (which.files or which.waiting):
        waiting = _add_files if which.files else _add_waiting
        turn = waiting(view.id, which, scene)
        if isinstance(turn.act, AddToReport) and intent.arg is None:
            turn = replace(turn, act=replace(turn.act, apart=True))
        return turn
    asking = intent.arg or "text"
    match asking:
        case "paid" | "withdraw":
            screen = own_reports.sure_screen(
                f"reporter-sure-{asking}", ref=view.ref, step=asking, language=scene.language
            )
        case "eviction" | "hearing":
            return _ask_date(view.id, asking, scene)
        case _:
            screen = own_reports.add_screen(view, scene.language, closed=False)
            asking = "text"
    turn = Turn(screens=(screen,), dialogue=_adding(view.id, asking, scene))
    return _in_place(turn) if intent.arg in ("paid", "withdraw") else turn


def _in_place(turn: Turn) -> Turn:
    """Show what a choice asks in the place of the choices."""
    return replace(turn, screens=(), edit=turn.screens[0])


def _add_files(case: int, draft: Draft, scene: Scene) -> Turn:
    """Add the files that waited to be told where they belong."""
    act = AddToReport(
        case=case,
        what="file",
        text=draft.waiting or None,
        file_id=draft.files[0],
        also=draft.files[1:],
    )
    return Turn(act=act, dialogue=album(case, draft.album or None, scene))


def _add_waiting(case: int, draft: Draft, scene: Scene) -> Turn:
    return add_text(case, draft.waiting, scene)


def _ask_date(case: int, asking: str, scene: Scene, pending: str = "") -> Turn:
    """Ask for a date, with the calendar under the question."""
    screen = own_reports.date_screen(
        asking, calendar(pending, asking, scene), language=scene.language
    )
    return Turn(edit=screen, dialogue=_adding(case, asking, scene, pending=pending))


def _asks_which(scene: Scene) -> bool:
    return scene.dialogue is not None and scene.dialogue.asking == intake.WHICH


def _adding(case: int, asking: str, scene: Scene, *, pending: str = "") -> Dialogue:
    return Dialogue(
        kind=ADDING, asking=asking, case=case, values={"pending": pending}, began_at=scene.now
    )


def album(case: int, mark: str | None, scene: Scene) -> Dialogue | None:
    """Return what stays open after a file: the rest of its album belongs to the same report."""
    if mark is None:
        return None
    values = {"pending": "", "album": mark}
    return Dialogue(kind=ADDING, asking="text", case=case, values=values, began_at=scene.now)


def is_over(scene: Scene, lasts: timedelta) -> bool:
    """Return whether only an album of a while ago is still open."""
    dialogue = scene.dialogue
    if dialogue is None or dialogue.kind != ADDING or not dialogue.values.get("album"):
        return False
    return dialogue.began_at is None or scene.now - dialogue.began_at > lasts


def added(act: AddToReport, outcome: Outcome, scene: Scene) -> Turn:
    """Say what was added, or why not; a picture more of an album is not told."""
    view = scene.look.case(act.case)
    if isinstance(outcome, Refused) and outcome.reason == "closed" and view is not None:
        screen = own_reports.add_screen(view, scene.language, closed=True)
        return _answered(act, screen, dialogue=None)
    if isinstance(outcome, Refused) or view is None:
        return tell(scene, "refused")
    if act.more:
        return Turn()
    if act.what.startswith(AFTERWARDS):
        return Turn(edit=own_reports.after_thanks_screen(view, scene.language))
    return _answered(
        act, own_reports.added_screen(act, view, scene.team, scene.language, scene.now)
    )


def _answered(act: AddToReport, screen: Screen, *, dialogue: Keep | None = KEEP) -> Turn:
    """Show it in the place of what was tapped, unless that is to stay."""
    if act.apart:
        return Turn(screens=(screen,), dialogue=dialogue)
    return Turn(edit=screen, dialogue=dialogue)


def afterwards(intent: Intent, scene: Scene) -> Turn:
    """Pass on how it is, months after the case was closed; once is enough."""
    view = next((each for each in own(scene) if each.id == intent.case), None)
    if view is None or scene.member is None or intent.arg not in ("yes", "no", "unknown"):
        return tell(scene, "refused")
    for line in reversed(scene.look.history(view.id)):
        if isinstance(line.event, CaseClosed):
            break
        event = line.event
        if not isinstance(event, AdditionMade) or event.by != scene.member.id:
            continue
        if event.what.startswith(AFTERWARDS):
            return Turn(toast=plain(scene.language, "reporter-after-already"))
    return Turn(act=AddToReport(case=view.id, what=f"{AFTERWARDS}{intent.arg}"))


def add_text(case: int, text: str, scene: Scene) -> Turn:
    """Add a text."""
    if utf16_len(text) > intake.STORY_UNITS_MAX:
        return tell(scene, "reporter-story-full")
    return Turn(act=AddToReport(case=case, what="text", text=text), dialogue=None)


def said_in_adding(text: str, scene: Scene) -> Turn:
    """Take a text as what is added: words, yes or no, or a date."""
    dialogue = scene.dialogue
    assert dialogue is not None, "adding is a dialogue"
    assert dialogue.case is not None, "adding is about a case"
    asking, case = dialogue.asking, dialogue.case
    if asking in ("paid", "withdraw") and fold(text) in YES:
        return Turn(act=AddToReport(case=case, what=asking), dialogue=None)
    if asking in ("paid", "withdraw") and fold(text) in NO:
        return tell(scene, "reporter-nothing-changed", dialogue=None)
    if asking not in ("eviction", "hearing"):
        return add_text(case, text, scene)
    return _date_said(case, asking, text, scene)


def _date_said(case: int, asking: str, text: str, scene: Scene) -> Turn:
    """Echo a typed date before it counts; what is no date is more of the story."""
    dialogue = scene.dialogue
    day = waiting_day(str(dialogue.values.get("pending", ""))) if dialogue else None
    read = DateRead.of(f"{day:%d-%m-%Y} {text}" if day else text, scene)
    if day is not None and read.certain is None and not read.choices:
        read = DateRead.of(text, scene)
    if fold(text) in NO:
        return tell(scene, "reporter-nothing-changed", dialogue=None)
    if read.certain is not None:
        question = say(scene.language, "reporter-date-sure", date=date_words(read.certain, scene))
        choices: tuple[tuple[str, str], ...] = ((plain(scene.language, "reporter-yes"), "yes"),)
        pending = read.certain
    elif read.choices:
        # a day that is offered is a whole answer; one of the calendar asks its time
        choices = tuple(
            (label, f"{arg}{NO_TIME}" if is_day(arg) else arg) for label, arg in read.choices
        )
        question, pending = read.question, read.pending
    elif is_sentence(text):
        return add_text(case, text, scene)
    else:
        return tell(scene, "reporter-date-unclear")
    screen = reports.choice_screen(question, choices, id_=asking, language=scene.language)
    return Turn(screens=(screen,), dialogue=_adding(case, asking, scene, pending=pending))


def _unchanged(scene: Scene) -> Turn:
    screen = reports.told_screen(scene.language, "reporter-nothing-changed")
    return Turn(edit=screen, dialogue=None)


def pressed_in_adding(intent: Intent, scene: Scene) -> Turn:
    """Take a press as what is added."""
    dialogue = scene.dialogue
    assert dialogue is not None, "adding is a dialogue"
    assert dialogue.case is not None, "adding is about a case"
    asking, case, arg = dialogue.asking, dialogue.case, intent.arg or ""
    if intent.verb in (Verb.CANCEL, Verb.DISCARD):
        return _unchanged(scene)
    if intent.verb is not Verb.PICK or intent.step not in (None, asking):
        return add(Intent(verb=Verb.ADD, case=case), scene)
    if asking in ("paid", "withdraw"):
        if arg == "yes":
            return Turn(act=AddToReport(case=case, what=asking), dialogue=None)
        return _unchanged(scene)
    return _date_picked(case, asking, arg, scene)


def _date_picked(case: int, asking: str, arg: str, scene: Scene) -> Turn:
    """Take a tapped day, its time, or the yes to a date that was echoed."""
    assert scene.dialogue is not None, "adding is a dialogue"
    pending = str(scene.dialogue.values.get("pending", ""))
    if is_day(arg) or read_month(arg) is not None:
        return _ask_date(case, asking, scene, f"{arg}{WAITS}" if is_day(arg) else arg)
    wall = intake.read_wall(pending if arg == "yes" else arg.removesuffix(NO_TIME))
    if wall is None:
        return _ask_date(case, asking, scene)
    return _add_date(case, asking, wall, scene)


def _add_date(case: int, what: str, wall: str, scene: Scene) -> Turn:
    when: When = intake.planned(wall, scene.team.days)
    return Turn(act=AddToReport(case=case, what=what, when=when), dialogue=None)

"""A reporter's own reports: three words of status, and adding something. Pure."""

from __future__ import annotations

from typing import Final

from bot.acts import AddToReport, When
from bot.conversations import intake
from bot.conversations.asking import (
    busy,
    own,
    show,
    tell,
    without_numbers,
)
from bot.conversations.intake_answers import NO, YES
from bot.conversations.scene import (
    CaseView,
    Dialogue,
    Scene,
    Turn,
)
from bot.conversations.typed_dates import DateRead
from bot.reading.words import fold, is_blank, utf16_len
from bot.screen import Intent, Screen, Verb
from bot.texts import say
from bot.views import reports

ADDING: Final = "add"


def my_reports(scene: Scene) -> Turn:
    """List the own reports in three words."""
    mine = [(view, _status(view, scene)) for view in own(scene)]
    return Turn(screens=(reports.my_reports_screen(mine, scene.language),))


def _status(view: CaseView, scene: Scene) -> reports.Status:
    assert scene.member is not None, "a stranger has no reports"
    history = scene.look.history(view.id)
    return reports.status_of(view, history, scene.member.id, days=scene.team.days, now=scene.now)


def add(intent: Intent, scene: Scene) -> Turn:
    """Ask what to add to an own report; somebody else's is refused like an unknown one."""
    view = next((each for each in own(scene) if each.id == intent.case), None)
    if view is None:
        return tell(scene, "refused")
    other = busy(scene)
    if other is not None:
        return other
    draft = intake.draft_of(scene.dialogue)
    waiting = draft.waiting if draft and _asks_which(scene) else ""
    if draft is not None and not draft.is_empty and not waiting:
        return show(reports.resume_screen(draft, scene.language))
    if _status(view, scene) is reports.Status.CLOSED:
        return show(reports.add_screen(view, scene.language, closed=True))
    if waiting:
        return add_text(view.id, waiting, scene)
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


def add_text(case: int, text: str, scene: Scene) -> Turn:
    """Add a text, without national numbers."""
    if utf16_len(text) > intake.STORY_UNITS_MAX:
        return tell(scene, "reporter-story-full")
    kept, notes = without_numbers(text, scene.language)
    screens = tuple(Screen(html=note) for note in notes)
    if is_blank(kept):
        return Turn(screens=screens)
    return Turn(screens=screens, act=AddToReport(case=case, what="text", text=kept), dialogue=None)


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
    read = DateRead.of(text, scene)
    if read.certain is not None:
        return _add_date(case, asking, read.certain, scene)
    if not read.choices:
        return tell(scene, "reporter-date-unclear")
    screen = reports.choice_screen(
        read.question, read.choices, id_=asking, language=scene.language
    )
    return Turn(screens=(screen,), dialogue=_adding(case, asking, scene, pending=read.pending))


def pressed_in_adding(intent: Intent, scene: Scene) -> Turn:
    """Take a press as what is added."""
    dialogue = scene.dialogue
    assert dialogue is not None, "adding is a dialogue"
    assert dialogue.case is not None, "adding is about a case"
    asking, case, arg = dialogue.asking, dialogue.case, intent.arg or ""
    if intent.verb in (Verb.CANCEL, Verb.DISCARD):
        return tell(scene, "reporter-nothing-changed", dialogue=None)
    if intent.verb is not Verb.PICK or intent.step not in (None, asking):
        return add(Intent(verb=Verb.ADD, case=case), scene)
    pending = str(dialogue.values.get("pending", ""))
    if asking in ("paid", "withdraw"):
        if arg == "yes":
            return Turn(act=AddToReport(case=case, what=asking), dialogue=None)
        return tell(scene, "reporter-nothing-changed", dialogue=None)
    wall = pending if arg == "yes" and pending else intake.read_wall(arg)
    if wall is None:
        return add(Intent(verb=Verb.ADD, case=case, arg=asking), scene)
    return _add_date(case, asking, wall, scene)


def _add_date(case: int, what: str, wall: str, scene: Scene) -> Turn:
    when: When = intake.planned(wall, scene.team.days)
    return Turn(act=AddToReport(case=case, what=what, when=when), dialogue=None)

"""Files out of the bot: what can be had, of when, what is in it, and the message with the file."""

from __future__ import annotations

from datetime import date

from bot.conversations.outcome import Performed
from bot.conversations.scene import Turn
from bot.screen import Made, Screen, Verb
from bot.views.export_rows import Frame, file_name
from scheduler.decision import Refused
from tests.screens.catalogue import scene
from tests.screens.stage import AN, BRAM, KARIN, REF, Chat, Stage


@scene
def what(stage: Stage) -> Turn:
    """/export: a coordinator chooses what."""
    return stage.chat(KARIN).order("export")


@scene
def what_of_a_period(stage: Stage) -> Turn:
    """/export 2027-Q3: the period is known already."""
    return stage.chat(KARIN).order("export 2027-Q3")


@scene
def which_period(stage: Stage) -> Turn:
    """After the choice: of when."""
    return _period(stage)[1]


def _period(stage: Stage, form: str = "xlsx") -> tuple[Chat, Turn]:
    chat = stage.chat(KARIN)
    chat.order("export")
    return chat, chat.press(Verb.EXPORT, step="period", arg=f"{form} - -")


def _confirm(stage: Stage, form: str = "xlsx") -> tuple[Chat, Turn]:
    chat, _ = _period(stage, form)
    return chat, chat.press(Verb.EXPORT, step="confirm", arg=f"{form} 2027-07-01 2027-09-30")


@scene
def cases(stage: Stage) -> Turn:
    """The period is chosen: what the table holds."""
    return _confirm(stage)[1]


@scene
def cases_with_names(stage: Stage) -> Turn:
    """With names: what more it holds, and how soon it goes."""
    chat, _ = _confirm(stage)
    return chat.press(Verb.EXPORT, arg="xlsx 2027-07-01 2027-09-30 names")


@scene
def attempts(stage: Stage) -> Turn:
    """The coded contact attempts, of all time."""
    chat, _ = _period(stage, "json")
    return chat.press(Verb.EXPORT, step="confirm", arg="json - -")


def _called(stage: Stage) -> str:
    frame = Frame(
        team=stage.team,
        language=stage.language,
        now=stage.now,
        made_by="Karin",
        first=date(2027, 7, 1),
        last=date(2027, 9, 30),
    )
    return file_name("cases", "xlsx", frame)


def _made(stage: Stage, name: str, count: int) -> Performed:
    made = Made(kind="sheet", name=name, values={})
    return Performed(values={"made": made, "count": count})


@scene
def cases_made(stage: Stage) -> Turn:
    """The file, in a message that goes by itself."""
    chat, _ = _confirm(stage)
    chat.press(Verb.EXPORT, step="make")
    return chat.told(chat.act, _made(stage, _called(stage), 42))


@scene
def one_case_made(stage: Stage) -> Turn:
    """The case's file, for whoever takes it over."""
    stage.assigned()
    chat = stage.chat(AN)
    chat.order(f"export {REF}")
    chat.press(Verb.EXPORT, step="make")
    return chat.told(chat.act, _made(stage, f"{REF}.pdf", 1))


@scene
def nothing(stage: Stage) -> Turn:
    """The period holds no case."""
    chat, _ = _confirm(stage)
    chat.press(Verb.EXPORT, step="make")
    return chat.told(chat.act, Performed())


@scene
def too_many(stage: Stage) -> Turn:
    """More cases than the chat can take."""
    chat, _ = _confirm(stage)
    chat.press(Verb.EXPORT, step="make")
    return chat.told(chat.act, Refused(reason="too_many"))


@scene
def one_case_how(stage: Stage) -> Turn:
    """How to say which case."""
    chat = stage.chat(KARIN)
    chat.order("export")
    return chat.press(Verb.EXPORT, step="case")


@scene
def stopped(stage: Stage) -> Turn:
    """Cancelled: nothing is made."""
    chat, _ = _period(stage)
    return chat.press(Verb.EXPORT, step="stop")


@scene
def one_case(stage: Stage) -> Turn:
    """More → Case as PDF, by the worker who has it."""
    stage.assigned()
    chat = stage.chat(AN)
    chat.order(f"case {REF}")
    chat.press(Verb.MORE)
    return chat.press(Verb.EXPORT)


@scene
def not_theirs(stage: Stage) -> list[Screen]:
    """A worker asks for tables, and for somebody else's case: the one refusal."""
    stage.assigned()
    chat = stage.chat(BRAM)
    return [*chat.order("export").screens, *chat.order(f"export {REF}").screens]

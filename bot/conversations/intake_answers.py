"""Answers to the intake's questions, field by field: taken, or asked again kindly. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.conversations import intake
from bot.conversations.asking import (
    Notes,
    Open,
    answered,
    ask,
    ask_again,
    dialogue_of,
    free,
    is_greeting,
    recognised,
    with_found,
    without_numbers,
)
from bot.conversations.intake import Ask
from bot.conversations.scene import (
    Scene,
    Turn,
)
from bot.conversations.typed_dates import DateRead, noted
from bot.reading.amounts import Amount, AmountProblem, read_amount
from bot.reading.identifiers import find_national_numbers
from bot.reading.phones import Phone, read_phone
from bot.reading.report import Question
from bot.reading.words import fold, is_blank
from bot.texts import say
from bot.views import reports
from bot.views.calendar import read_month
from bot.views.report_dates import NO_TIME, WAITS, waiting_day

YES: Final = frozenset({"ja", "jawel", "yes", "y", "oui", "ok", "oke", "klopt", "daccord"})


NO: Final = frozenset({"nee", "neen", "no", "n", "non"})


def picked(here: Open, arg: str, scene: Scene) -> Turn:
    """Take a pressed answer; one that does not fit the question asks it again."""
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
        case Ask.DATE if arg == "yes" and intake.read_wall(here.draft.pending) is not None:
            draft = intake.with_date(here.draft, here.asking, here.draft.pending)
        case Ask.DATE if read_month(arg) is not None or _is_day(arg):
            pending = f"{arg}{WAITS}" if _is_day(arg) else arg
            return ask(replace(here.draft, pending=pending), here.asking, scene, pressed=True)
        case Ask.DATE if (wall := intake.read_wall(arg.removesuffix(NO_TIME))) is not None:
            draft = intake.with_date(here.draft, here.asking, wall)
        case _:
            return ask(replace(here.draft, pending=""), here.asking, scene, pressed=True)
    return answered(here, draft, scene, pressed=True)


def _is_day(arg: str) -> bool:
    return len(arg) == len("2027-02-19") and intake.read_wall(arg) is not None


def _kind_said(here: Open, text: str, scene: Scene) -> Turn:
    assert here.procedure is not None, "asked before"
    for kind in here.procedure.kinds.values():
        if fold(text) in {kind.id, *(fold(wording) for wording in kind.text.values())}:
            return answered(here, intake.with_said(here.draft, "kind", kind.id), scene)
    found = recognised(text, scene)
    if found.kind is not None or not is_greeting(found):
        # Whoever tells the story instead of choosing is not sent back.
        return free(here.draft, text, scene)
    return ask_again(here, scene, say(scene.language, "reporter-choose"))


def _consent_said(here: Open, text: str, scene: Scene) -> Turn:
    first = fold(text).split(" ")[0]
    if first in YES | NO:
        answer = "yes" if first in YES else "no"
        return answered(here, intake.with_said(here.draft, "consent", answer), scene)
    return ask_again(here, scene, say(scene.language, "reporter-choose"))


def _phone_said(here: Open, text: str, scene: Scene) -> Turn:
    read = read_phone(text, scene.team.country)
    if isinstance(read, Phone):
        certain = read.certain or not find_national_numbers(text)
        if certain:
            return answered(here, intake.with_said(here.draft, "phone", read.shown), scene)
        return ask_again(here, scene, say(scene.language, "reporter-number-left-out"))
    found = recognised(text, scene).phone
    if found is not None:
        return answered(here, intake.with_said(here.draft, "phone", found.value.shown), scene)
    return ask_again(here, scene, say(scene.language, f"reporter-phone-{read.reason}"))


def _amount_said(here: Open, text: str, scene: Scene) -> Turn:
    read = read_amount(text)
    if not isinstance(read, Amount):
        found = recognised(text, scene).amount
        if found is None:
            return _amount_unclear(here, text, read.reason, scene)
        read = found.value
    draft = intake.with_amount(here.draft, read.cents, read.months)
    return answered(here, draft, scene)


def _amount_unclear(here: Open, text: str, why: AmountProblem, scene: Scene) -> Turn:
    language = scene.language
    digits = "".join(str(int(char)) for char in text if char.isdecimal())
    if why is not AmountProblem.EUROS_OR_MONTHS or not digits:
        return ask_again(here, scene, say(language, "reporter-amount-unclear"))
    count = int(digits)
    choices = (
        (reports.amount_words(count * 100, None, language), "euros"),
        (reports.amount_words(None, count, language), "months"),
    )
    question = say(language, "reporter-amount-which", n=str(count))
    screen = reports.choice_screen(question, choices, id_="amount", language=language)
    draft = replace(here.draft, pending=str(count))
    return Turn(screens=(screen,), dialogue=dialogue_of(draft, here.asking, scene))


def _date_said(here: Open, text: str, scene: Scene) -> Turn:
    day = waiting_day(here.draft.pending)
    read = DateRead.of(text, scene)
    if day is not None:
        on_day = DateRead.of(f"{day:%d-%m-%Y} {text}", scene)
        # an hour completes the day that was tapped; a whole date is meant instead of it
        read = on_day if on_day.certain is not None or on_day.choices else read
    if read.certain is not None:
        draft = intake.with_date(here.draft, here.asking, read.certain)
        return answered(here, draft, scene, notes=(noted(read.certain, scene),))
    if not read.choices:
        return ask_again(here, scene, say(scene.language, "reporter-date-unclear"))
    # a day offered for a day that was typed asks no more; one of the calendar asks its time
    choices = [(label, f"{arg}{NO_TIME}" if _is_day(arg) else arg) for label, arg in read.choices]
    screen = reports.choice_screen(
        read.question, choices, id_=here.asking, language=scene.language
    )
    draft = replace(here.draft, pending=read.pending)
    return Turn(screens=(screen,), dialogue=dialogue_of(draft, here.asking, scene))


def _text_said(here: Open, text: str, scene: Scene) -> Turn:
    kept, notes = without_numbers(text, scene.language)
    if is_blank(kept):
        return ask(here.draft, here.asking, scene, notes=notes)
    if here.asking == "client":
        return _client_said(here, kept, scene, notes)
    return answered(here, intake.with_said(here.draft, here.asking, kept), scene, notes=notes)


def _client_said(here: Open, text: str, scene: Scene, notes: Notes) -> Turn:
    """Take a name; from "Marc Verlinden, Kerkstraat 12 Weelde" what else is said as well."""
    found = recognised(text, scene)
    several = Question.SEVERAL_PEOPLE in found.questions
    if several and ("\n" in text or len(text.split(",")) > 1 or len(text.split()) > 8):
        return ask_again(here, scene, say(scene.language, "reporter-several"))
    rest = (found.address, found.phone, found.amount, found.kind, found.eviction)
    if found.client is not None and any(rest):
        asked = replace(here.draft, said={**here.draft.said, "client": found.client.value})
        return answered(here, with_found(asked, found, scene), scene, notes=notes)
    if not any(char.isalpha() for char in text):
        return ask_again(here, scene, say(scene.language, "reporter-write"))
    name = " ".join(text.split())
    return answered(here, intake.with_said(here.draft, "client", name), scene, notes=notes)


READERS: Final[dict[Ask, Callable[[Open, str, Scene], Turn]]] = {
    Ask.KIND: _kind_said,
    Ask.CONSENT: _consent_said,
    Ask.PHONE: _phone_said,
    Ask.AMOUNT: _amount_said,
    Ask.DATE: _date_said,
    Ask.TEXT: _text_said,
}

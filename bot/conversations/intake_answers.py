"""Answers to the intake's questions, field by field: taken, or asked again kindly. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.conversations import intake, questions
from bot.conversations.asking import (
    Open,
    answered,
    ask,
    ask_again,
    ask_next,
    dialogue_of,
    is_greeting,
    recognised,
    with_found,
    with_message,
)
from bot.conversations.intake import Ask, Draft
from bot.conversations.scene import Scene, Turn
from bot.conversations.typed_dates import DateRead, noted
from bot.reading.amounts import Amount, AmountProblem, read_amount
from bot.reading.identifiers import find_national_numbers
from bot.reading.page import Found, Question
from bot.reading.people import NAME_WORDS_MAX
from bot.reading.phones import Phone, read_phone
from bot.reading.report import Recognised
from bot.reading.telling import is_sentence, says_where, speaks_of_self
from bot.reading.tongue import is_french
from bot.reading.words import fold, without_title
from bot.texts import say
from bot.views import reports
from bot.views.calendar import read_month
from bot.views.report_dates import NO_TIME, WAITS, waiting_day
from scheduler.procedure import Procedure

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
        case Ask.REACH if arg == intake.BY_CHAT:
            draft = intake.with_said(here.draft, here.asking, arg)
        case Ask.AMOUNT if arg in ("euros", "months") and here.draft.pending.isdigit():
            count = int(here.draft.pending)
            euros = arg == "euros"
            draft = intake.with_amount(
                here.draft, count * 100 if euros else None, None if euros else count
            )
        case Ask.DATE if arg == "yes" and intake.read_wall(here.draft.pending) is not None:
            draft = intake.with_date(here.draft, here.asking, here.draft.pending)
        case Ask.DATE if read_month(arg) is not None or is_day(arg):
            pending = f"{arg}{WAITS}" if is_day(arg) else arg
            return ask(replace(here.draft, pending=pending), here.asking, scene, pressed=True)
        case Ask.DATE if (wall := intake.read_wall(arg.removesuffix(NO_TIME))) is not None:
            draft = intake.with_date(here.draft, here.asking, wall)
        case _:
            return ask(replace(here.draft, pending=""), here.asking, scene, pressed=True)
    return answered(here, draft, scene, pressed=True)


def is_day(arg: str) -> bool:
    """Return whether a button's `arg` is a day without a time."""
    return len(arg) == len("2027-02-19") and intake.read_wall(arg) is not None


def _kind_said(here: Open, text: str, scene: Scene) -> Turn:
    assert here.procedure is not None, "asked before"
    for kind in here.procedure.kinds.values():
        if fold(text) in {kind.id, *(fold(wording) for wording in kind.text.values())}:
            return answered(here, intake.with_said(here.draft, "kind", kind.id), scene)
    found = recognised(text, scene)
    if found.kind is not None or not is_greeting(found):
        # Whoever tells the story instead of choosing is not sent back.
        return more_of_the_story(here, text, scene)
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
        # it may be a telephone number and a national one: it is treated as what may not be here
        again = ask_again(here, scene, say(scene.language, "number-left-out"))
        return replace(again, takes_away=True)
    found = recognised(text, scene).phone
    if found is not None:
        return answered(here, intake.with_said(here.draft, "phone", found.value.shown), scene)
    if is_sentence(text):
        return more_of_the_story(here, text, scene)
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
    assert here.procedure is not None, "asked before"
    if fold(text) in NO | _NOT_YET:
        draft = intake.with_skipped(here.draft, here.procedure, here.asking)
        return answered(here, draft, scene)
    day = waiting_day(here.draft.pending)
    read = DateRead.of(text, scene)
    if day is not None:
        on_day = DateRead.of(f"{day:%d-%m-%Y} {text}", scene)
        # an hour completes the day that was tapped; a whole date is meant instead of it
        read = on_day if on_day.certain is not None or on_day.choices else read
    if read.certain is not None:
        draft = intake.with_date(here.draft, here.asking, read.certain)
        return answered(here, draft, scene, notes=(noted(read.certain, scene),))
    if not read.choices and is_sentence(text):
        return more_of_the_story(here, text, scene)
    if not read.choices:
        return ask_again(here, scene, say(scene.language, "reporter-date-unclear"))
    # a day offered for a day that was typed asks no more; one of the calendar asks its time
    choices = [(label, f"{arg}{NO_TIME}" if is_day(arg) else arg) for label, arg in read.choices]
    screen = reports.choice_screen(
        read.question, choices, id_=here.asking, language=scene.language
    )
    draft = replace(here.draft, pending=read.pending)
    return Turn(screens=(screen,), dialogue=dialogue_of(draft, here.asking, scene))


def _reach_said(here: Open, text: str, scene: Scene) -> Turn:
    """Take a number, or how else the reporter wants to be reached, in their words."""
    read = read_phone(text, scene.team.country)
    theirs = recognised(text, scene).phone
    is_theirs = theirs is not None and not here.draft.knows("phone")
    if is_sentence(text) and (
        is_theirs or not any(char.isdecimal() or char == "@" for char in text)
    ):
        return more_of_the_story(here, text, scene)
    said = read.shown if isinstance(read, Phone) else " ".join(text.split())
    if fold(text) in _BY_CHAT:
        said = intake.BY_CHAT
    draft = intake.with_said(here.draft, here.asking, said)
    return answered(here, draft, scene)


def _text_said(here: Open, text: str, scene: Scene) -> Turn:
    assert here.procedure is not None, "asked before"
    if here.asking == "client":
        return _client_said(here, text, scene)
    if here.asking == "address":
        return _address_said(here, text, scene)
    draft = here.draft
    if here.asking == intake.story_of(here.procedure) and not draft.back_to_summary:
        return answered(here, _with_story(here, text, scene), scene)
    if here.asking == "relation" and is_sentence(text):
        found = recognised(text, scene).relation
        if found is None and not speaks_of_self(text):
            return more_of_the_story(here, text, scene)
        if found is not None:
            # who they are, and more: all of it is kept
            draft = intake.with_story(draft, here.procedure, text)
            text = found.value.words
    return answered(here, intake.with_said(draft, here.asking, text), scene)


def _with_story(here: Open, text: str, scene: Scene) -> Draft:
    """Return the draft with the story and what is told in it: who reports, what is owed, dates."""
    assert here.procedure is not None, "asked before"
    draft = intake.with_story(here.draft, here.procedure, text)
    found = recognised(text, scene)
    if intake.REACH in questions.along(here.draft, here.procedure, here.asking):
        draft, found = _with_reach(draft, found)
    draft = with_found(draft, found, scene)
    draft = _with_who(draft, text, _I_AM, here.procedure)
    return _with_who(draft, text, _SIGNED, here.procedure)


def _with_reach(draft: Draft, found: Recognised) -> tuple[Draft, Recognised]:
    """Return the draft with how the reporter is reached, which was asked with the story.

    A number is theirs unless they say that it is another's; without one it is this chat.
    """
    own = found.own_phone or found.lone_phone
    if own is not None and own == found.phone:
        found = replace(found, phone=None)
    reached = own.value.shown if own else intake.BY_CHAT
    return intake.with_said(draft, intake.REACH, reached), found


def _with_who(draft: Draft, text: str, begins: re.Pattern[str], procedure: Procedure) -> Draft:
    """Return the draft with who reports, where the text begins with it and nobody said so yet."""
    said = begins.match(text)
    if draft.knows("relation") or said is None or len(said[0]) > RELATION_MAX:
        return draft
    if intake.field_of(procedure, "relation") is None:
        return draft
    return intake.with_said(draft, "relation", said["who"].strip())


_I_AM: Final = re.compile(
    r"(?i:ik ben|mijn naam is|ik heet|je suis|je m['’]appelle|i am|i'm|my name is)\s+"
    r"(?P<who>(?:[A-ZÀ-Þ]|(?:de|het|een|the|an?|la|le|une?)\s)[^.,;!?\n]+)"
)
_SIGNED: Final = re.compile(r"(?P<who>[A-ZÀ-Þ]\w+(?: \w+){0,5}),")
"""Who reports, where a text begins with it; a name alone only where it is asked for."""

RELATION_MAX: Final = 120


def _client_said(here: Open, text: str, scene: Scene) -> Turn:
    """Take a name; from "Marc Verlinden, Kerkstraat 12 Weelde" what else is said as well."""
    assert here.procedure is not None, "asked before"
    found = recognised(text, scene)
    several = Question.SEVERAL_PEOPLE in found.questions
    if several and ("\n" in text or len(text.split(",")) > 1 or len(text.split()) > 8):
        return ask_again(here, scene, say(scene.language, "reporter-several"))
    if is_sentence(text):
        head = text.replace("\n", ",").split(",")[0].strip()
        if found.client is None and head != text and _is_name(head):
            named = intake.with_said(here.draft, "client", head)
            return more_of_the_story(replace(here, draft=named), text, scene)
        return more_of_the_story(here, text, scene)
    rest = [found.address, found.phone, found.own_phone, found.amount, found.kind, found.eviction]
    left = _besides(found, rest)
    name = left[0] if left else ""
    if found.client is not None and any(rest):
        name, left = found.client.value, []
    name = without_title(name, french=is_french(text, scene.language))
    if not any(char.isalpha() for char in name):
        return ask_again(here, scene, say(scene.language, "reporter-write"))
    draft = intake.with_said(here.draft, "client", name)
    if len(left) > 1:
        draft = intake.with_story(draft, here.procedure, text)  # no word is lost
    return answered(here, with_found(draft, found, scene), scene)


def _address_said(here: Open, text: str, scene: Scene) -> Turn:
    """Take an address as it is typed; a number that stands beside it is the phone."""
    found = recognised(text, scene)
    read = read_phone(text, scene.team.country)
    tells_where = found.address is None and says_where(text) and not found.kind
    if is_sentence(text) and not tells_where:
        return more_of_the_story(here, text, scene)
    beside = [found.phone, found.own_phone, found.amount]
    address = "" if isinstance(read, Phone) else ", ".join(_besides(found, beside))
    if found.address is not None and not _besides(found, [*beside, found.address]):
        address = found.address.value
    if tells_where and not any(beside):
        address = " ".join(text.split())
    draft = here.draft
    if isinstance(read, Phone) and not draft.knows("phone"):
        draft = intake.with_said(draft, "phone", read.shown)
    if not any(char.isalpha() for char in address):
        key = "reporter-noted" if isinstance(read, Phone) else f"reporter-phone-{read.reason}"
        note = say(scene.language, key, value=draft.said.get("phone", ""))
        return ask_again(replace(here, draft=draft), scene, note)
    draft = with_found(intake.with_said(draft, "address", address), found, scene)
    return answered(here, _without_phone(here, draft), scene)


def _without_phone(here: Open, draft: Draft) -> Draft:
    """Return the draft with the phone passed over where it was asked with the address."""
    assert here.procedure is not None, "asked before"
    for id_ in questions.along(here.draft, here.procedure, here.asking):
        if not draft.knows(id_) and draft.knows(here.asking):
            draft = intake.with_skipped(draft, here.procedure, id_)
    return draft


def _besides(read: Recognised, found: Sequence[Found[Any] | None]) -> list[str]:
    """Return what is left of a text without what was found in it, part by part."""
    rest = read.text
    for one in sorted((one for one in found if one), key=lambda one: one.start, reverse=True):
        rest = f"{rest[: one.start]}\0{rest[one.end :]}"
    parts = (_LABEL.sub("", part.strip(_AROUND)).strip(_AROUND) for part in rest.split("\0"))
    return [" ".join(part.split()) for part in parts if part]


_AROUND: Final = " ,.;:/-–"
_LABEL: Final = re.compile(
    r"(?:^|(?<=[ ,]))(?:tel(?:\.|efoon\w*)?|gsm|nummer|phone|mobile|mobiel|téléphone|numéro)$",
    re.IGNORECASE,
)


def more_of_the_story(here: Open, text: str, scene: Scene) -> Turn:
    """Take a sentence that answers no question as more of the story: nobody is sent back."""
    assert here.procedure is not None, "asked before"
    merged, more = with_message(here.draft, text, scene)
    merged = _with_who(merged, text, _I_AM, here.procedure)
    if here.asking == "address":
        merged = _without_phone(here, merged)
    notes = (say(scene.language, "reporter-also-noted"), *more)
    if merged.knows(here.asking):
        return answered(here, merged, scene, notes=notes)
    return ask_next(merged, scene, notes=notes)


def _is_name(text: str) -> bool:
    words = text.split()
    return 1 < len(words) <= NAME_WORDS_MAX and words[0][:1].isupper() and not is_sentence(text)


_NOT_YET: Final = frozenset(
    (
        *("geen", "nog niet", "nog geen", "neen nog niet", "nee nog niet", "geen datum"),
        *("not yet", "none", "no date", "pas encore", "non pas encore", "aucune", "pas de date"),
    )
)

_BY_CHAT: Final = frozenset(
    (
        *("chat", "via chat", "via deze chat", "deze chat", "hier", "in deze chat", "telegram"),
        *("by chat", "this chat", "through this chat", "here", "via telegram"),
        *("par chat", "par ce chat", "ce chat", "ici", "sur telegram"),
    )
)


READERS: Final[dict[Ask, Callable[[Open, str, Scene], Turn]]] = {
    Ask.KIND: _kind_said,
    Ask.CONSENT: _consent_said,
    Ask.PHONE: _phone_said,
    Ask.AMOUNT: _amount_said,
    Ask.DATE: _date_said,
    Ask.REACH: _reach_said,
    Ask.TEXT: _text_said,
}

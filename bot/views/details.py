"""The personal details of a case: name, phone, address, what was said, what was tried.

They stand here alone: protected, gone after ten minutes, and only for people on the case, which
the caller has made sure of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from bot.conversations.intake import BY_CHAT, REACH
from bot.conversations.scene import CaseView
from bot.screen import Copy, Screen, Verb
from bot.texts import Markup, escaped
from bot.views.heads import Sight, head
from bot.views.steps import answer_words
from bot.views.words import (
    COPIED_MAX,
    dated_moment_words,
    dotted,
    fitted,
    lines,
    pick,
    quoted,
    short,
    step_title,
)
from scheduler.procedure import Role

DETAILS_S: Final = 600
"""Seconds that personal details stay in a chat (privacy.md)."""

SAID_MAX: Final = 10
"""Latest notes and written answers in *Details*."""


def details_screen(sight: Sight, *, reporter: str | None) -> Screen:
    """Return the personal details: name, phone, address, what was said, what was tried."""
    html = lines(
        head(sight),
        *_personal_lines(sight),
        sight.say("details-reporter", name=reporter) if reporter else None,
        _reach_line(sight),
        *_tried_lines(sight),
        *_said_lines(sight),
        sight.say("details-fetching", n=sight.view.fetching) if sight.view.fetching else None,
        sight.say("details-gone"),
    )
    phone = sight.view.values.get("phone", "")[:COPIED_MAX]
    copies = [Copy(label=short(sight.plain("press-copy-phone")), text=phone)] if phone else []
    reach = _reach(sight)
    if any(char.isdecimal() for char in reach):
        label = short(sight.plain("press-copy-reach"))
        copies.append(Copy(label=label, text=reach[:COPIED_MAX]))
    keys = (sight.key("press-case", Verb.CASE), sight.key("press-history", Verb.HISTORY))
    return Screen(
        html=fitted(html, sight.language),
        rows=(*((copy,) for copy in copies), keys),
        protect=True,
        forget_after_s=DETAILS_S,
        details_of=sight.view.id,
        kept=sight.view.kept,
    )


_PERSONAL: Final = (
    *("client", "phone", "address", "landlord", "amount", "relation", "why", "view", "text"),
)
"""What is shown first, in this order, under a short label of ours."""

_CODES: Final = frozenset({"kind", "consent", "hearing", "eviction", REACH})
"""Shown elsewhere, in words."""


def _reach(sight: Sight) -> str:
    """Return how the reporter is reached, as long as they are still to be spoken to (E-08)."""
    gate = sight.view.procedure.gate
    if gate is None or gate not in sight.case.steps:
        return ""
    return sight.view.values.get(REACH, "")


def _reach_line(sight: Sight) -> str | None:
    reach = _reach(sight)
    if not reach:
        return None
    value = sight.say("reach-by-chat") if reach == BY_CHAT else quoted(reach)
    return sight.say("details-reach", value=value)


def _personal_lines(sight: Sight) -> Iterator[str]:
    values = sight.view.values
    for name in _PERSONAL:
        if values.get(name):
            yield sight.say(f"details-{name}", value=quoted(values[name]))
        elif name == "phone" and values:
            yield sight.say("details-no-phone")  # who is asked to call looks for it here
    labels = {f.id: f.label for f in sight.view.procedure.intake}
    for name, value in values.items():
        if value and name not in _PERSONAL and name not in _CODES:
            label = pick(labels.get(name, {}), sight.language) or name.replace("_", " ")
            yield f"{escaped(label)} {quoted(value)}"


def _tried_lines(sight: Sight) -> Iterator[str]:
    steps = sight.view.procedure.steps
    answered = [
        one
        for one in sight.case.answered
        if one.answer is not None and one.step in steps and steps[one.step].role is Role.WORKER
    ][-8:]
    if answered:
        yield sight.say("details-tried")
    for one in answered:
        at = dated_moment_words(one.done_at, sight.days, sight.language, sight.now)
        said = answer_words(steps[one.step], one.answer or "", sight.language).rstrip("…")
        yield f"• {dotted(step_title(sight.view, one.step, sight.language, sight.days), said, at)}"


def _said_lines(sight: Sight) -> Iterator[str]:
    """Yield what was written on the case since the report: notes, reasons, facts of answers."""
    view = sight.view
    items = {ref for item in sight.case.items for ref in (item.what_ref, item.who_ref)}
    shown = {*view.values.values(), *view.files}
    said = [
        (view.fields.get(ref, ""), text)
        for ref, text in view.texts.items()
        if ref not in items and text not in shown
    ]
    yield from _joined_lines(sight, [one for one in said if _JOINED.match(one[0])])
    said = [one for one in said if not _JOINED.match(one[0])][-SAID_MAX:]
    if said:
        yield sight.say("details-notes")
    for field, text in said:
        yield f"• {_asked_and_said(sight, field, quoted(text, units_max=300))}"


_JOINED: Final = re.compile(r"report\d+\.(?P<name>.+)")
"""The field of what a later report on the household said, by its number."""


def _joined_lines(sight: Sight, said: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield what later reports said that the first did not."""
    told = [
        (match["name"], words)
        for field, text in said
        if (match := _JOINED.match(field))
        and (words := joined_words(sight.view, field, text, sight.language))
    ]
    if told:
        yield f"<b>{sight.say('event-joined')}</b>"
    for name, words in told:
        text = quoted(words, units_max=300)
        is_labelled = name in _PERSONAL and name != "client"
        yield f"• {sight.say(f'details-{name}', value=text) if is_labelled else text}"


def joined_words(view: CaseView, field: str, text: str, language: str) -> str:
    """Return a text as people read it: a later report's kind in words, "" for its other codes."""
    match = _JOINED.match(field)
    if match is None or match["name"] not in _CODES:
        return text
    kind = view.procedure.kinds.get(text) if match["name"] == "kind" else None
    return pick(kind.text, language) if kind is not None else ""


_SAID_AS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "reason": "said-reason",
        "deviation.did": "said-deviation",
        "deviation.reason": "said-reason",
        "participants": "said-participants",
        "visit.with": "said-visit-with",
    }
)
"""What a text is an answer to, by the field that it is kept in; a note is one by itself."""


def _asked_and_said(sight: Sight, field: str, text: Markup) -> str:
    """Return a text with the question that it answers, where it answers one."""
    if field.startswith("added."):
        return sight.say("said-added", text=text)
    if field in _SAID_AS:
        return sight.say(_SAID_AS[field], text=text)
    label = _label_of(sight, field.removeprefix("answer.")) if "." in field else ""
    return f"<i>{escaped(label)}</i> {text}" if label else text


def _label_of(sight: Sight, field_id: str) -> str:
    """Return the question under which an answer's fact is asked."""
    for step in sight.view.procedure.steps.values():
        answers = (one for answer in step.answers.values() for one in answer.fields)
        for each in (*step.fields, *answers):
            if each.id == field_id and each.label:
                return pick(each.label, sight.language)
    return ""

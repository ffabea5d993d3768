"""Every message that the engine sends, as a screen in its reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final, assert_never

from bot.conversations.scene import CaseView, Look, Member, Team
from bot.screen import Key, Screen, Verb
from bot.texts import Markup, escaped
from bot.views.heads import Sight, case_keys, due_line, head
from bot.views.prompts import (
    assign_rows,
    item_lines,
    legal_date_lines,
    mark_line,
    planned_moment,
    presenting_steps,
    prompt_rows,
    prompt_screen,
    question_words,
)
from bot.views.steps import answer_words
from bot.views.visits import visit_keys
from bot.views.words import (
    fitted,
    in_rows,
    lines,
    outcome_words,
    phase_words,
    planned_words,
    step_title,
    timed,
    unasked,
)
from scheduler.case import Question, StepState
from scheduler.decision import HANDED_OVER, Kind, Mark, Message
from scheduler.people import Roster
from scheduler.procedure import Role, Step


def message_screen(
    message: Message,
    view: CaseView,
    recipient: Member,
    team: Team,
    now: datetime,
    *,
    look: Look | None = None,
    roster: Roster | None = None,
) -> Screen:
    """Return the screen of an engine's message to `recipient`, in their language.

    With `look` and `roster` the coordinator's `assign` shows each worker's load, who is away and
    the known files; without them it asks by one button. Receipts are `views.reports`' own.
    """
    writer = recipient.name if recipient.role is Role.WORKER else None
    sight = Sight(view=view, team=team, language=recipient.language, now=now, writer=writer)
    match message.kind:
        case Kind.PROMPT:
            return prompt_screen(sight, message, look=look, roster=roster)
        case Kind.NUDGE:
            return _nudge(sight, message, look=look, roster=roster)
        case Kind.ALERT:
            return _alert(sight, message)
        case Kind.INFO:
            return _info(sight, message, recipient)
        case Kind.RECEIPT:
            raise AssertionError("a receipt is made by views.reports.receipt_screen")
        case _:
            assert_never(message.kind)


def _screen(sight: Sight, html: str, rows: tuple[tuple[Key, ...], ...]) -> Screen:
    return Screen(html=fitted(html, sight.language), rows=rows)


def _step(sight: Sight, message: Message) -> Step | None:
    return sight.view.procedure.steps.get(message.step or "")


def _title(sight: Sight, message: Message) -> str:
    """Return the step's title as part of a sentence of ours."""
    return unasked(step_title(sight.view, message.step or "", sight.language, sight.days))


# The one reminder


def _nudge(sight: Sight, message: Message, *, look: Look | None, roster: Roster | None) -> Screen:
    step = _step(sight, message)
    assert step is not None, "a nudge without a step"
    is_soft = message.about == "soft"
    key = "nudge-soft" if is_soft else "nudge"
    html = lines(
        head(sight, is_crisis=Mark.CRISIS in message.marks),
        sight.say(key, what=_title(sight, message)),
        *item_lines(sight, step, message.question),
        mark_line(sight, message),
        due_line(sight, message.due_at, sight.case.steps.get(step.id)),
    )
    if step.id in presenting_steps(sight.view):
        keys = assign_rows(sight, step, look=look, roster=roster)
        return _screen(sight, html, (*keys, case_keys(sight)))
    state = sight.case.steps.get(step.id)
    question = message.question or (state.question if state is not None else "ask")
    screen = _screen(sight, html, prompt_rows(sight, step, question))
    return replace(screen, protect=question == Question.ITEMS)


# Alerts, with the coordinator's choices

_ALERTS: Final = frozenset(
    {"late", "unassigned", "not_reached", "answered", "crisis_began", "left"}
)


def _alert(sight: Sight, message: Message) -> Screen:
    step = _step(sight, message)
    about = message.about if message.about in _ALERTS else "late"
    if about == "late" and step is not None and message.about in step.answers:
        about = "answered"  # an answer that the step ends its asking with
    title = _title(sight, message)
    values = {
        "what": title if about == "late" else title[:1].upper() + title[1:],
        "said": answer_words(step, message.about, sight.language) if step is not None else "",
        "worker": sight.view.worker_name or "–",
        "due": sight.moment(message.due_at) if message.due_at else "–",
        "at": planned_at(sight, message),
    }
    is_own = about == "late" and step is not None and step.role is not Role.WORKER
    text = _worded(sight, "alert-late-own" if is_own else f"alert-{about}", values)
    html = lines(
        head(sight, is_crisis=Mark.CRISIS in message.marks),
        text,
        *(legal_date_lines(sight) if about == "crisis_began" else ()),
        mark_line(sight, message) if about != "late" else None,
        _open_now(sight, message),
    )
    return _screen(sight, html, alert_rows(sight, message.step))


def _worded(sight: Sight, key: str, values: Mapping[str, str]) -> Markup:
    return sight.say(key.replace("_", "-"), **values)


def planned_at(sight: Sight, message: Message) -> str:
    """Return the message's planned day in words, a dash for none."""
    if message.on is None and message.at is None:
        return "–"
    day = message.on or (sight.days.day_of(message.at) if message.at else sight.today)
    words = planned_words(day, message.at, sight.days, sight.language, sight.now)
    return words if message.at is None else timed(message.at, words)


def _open_now(sight: Sight, message: Message) -> str | None:
    """Return which other steps are open now, so that the coordinator sees where it stands."""
    others = [s for s in sight.case.steps.values() if s.id != message.step and not s.silent]
    if not others:
        return None
    what = Markup(", ".join(escaped(_with_due(sight, one)) for one in others))
    return sight.say("alert-open-now", what=what)


def _with_due(sight: Sight, state: StepState) -> str:
    title = step_title(sight.view, state.id, sight.language, sight.days)
    if state.due_at is None:
        return title
    by = sight.say("by-when", at=sight.moment(state.due_at))
    return Markup(f"{escaped(title)} ({by})")


def alert_rows(sight: Sight, step: str | None) -> tuple[tuple[Key, ...], ...]:
    """Return the coordinator's choices on an alert (procedures 1.2)."""
    keys: list[Key] = []
    known = sight.view.procedure.steps.get(step or "")
    if known is not None and known.id in sight.case.steps:
        keys.append(sight.key("press-answer-for", Verb.STEP, step=known.id))
    keys.append(sight.key("press-hand-over", Verb.HAND_OVER))
    if known is not None and known.id in sight.case.steps:
        keys.append(sight.key("press-extend", Verb.EXTEND, step=known.id))
    keys.append(sight.key("press-take-over", Verb.TAKE_OVER))
    keys.append(sight.key("press-close", Verb.CLOSE))
    return (*in_rows(keys), case_keys(sight))


# Informations: they ask nothing

ADDITIONS: Final = (
    *("text", "file", "paid", "withdraw", "hearing", "eviction"),
    *("after_yes", "after_no", "after_unknown"),
)
"""What a reporter may add (`stimuli.Added`)."""

CHANGES: Final = tuple(
    f"changed_{what}" for what in ("phase", "hearing", "eviction", "served", "crisis")
)
"""What a coordinator lets a worker know of (`stimuli.Passed`)."""

_INFOS: Final = frozenset(
    {
        "appointment",
        "hearing",
        "eviction",
        "crisis_status",
        "crisis_began",
        "second_report",
        *(f"added_{what}" for what in ADDITIONS),
        HANDED_OVER,
        *CHANGES,
        "closed",
        "reopened",
        "postponed",
        "room",
    }
)

_INFO_KEYS: Final[Mapping[str, tuple[tuple[str, Verb], ...]]] = MappingProxyType(
    {
        "room": (("press-contact", Verb.CONTACT),),
        "appointment": (("press-contact", Verb.CONTACT),),
        "second_report": (
            ("press-details", Verb.DETAILS),
            ("press-history", Verb.HISTORY),
        ),
        "added_text": (("press-details", Verb.DETAILS),),
        "added_file": (("press-details", Verb.DETAILS),),
        "added_hearing": (("press-change", Verb.CHANGE),),
        "added_eviction": (("press-change", Verb.CHANGE),),
        "closed": (("press-reopen", Verb.REOPEN),),
        "crisis_status": (("press-change", Verb.CHANGE),),
    }
)


def _info(sight: Sight, message: Message, recipient: Member) -> Screen:
    about = message.about if message.about in _INFOS else "other"
    values = {
        "what": _title(sight, message),
        "worker": sight.view.worker_name or "–",
        "at": planned_at(sight, message),
        "outcome": outcome_words(sight.view, sight.case.outcome or "other", sight.language),
    }
    if about == "crisis_status" and message.days_left is None:
        text = sight.say("info-crisis-undated")
    elif about == "crisis_status":
        text = sight.say("info-crisis-status", days=message.days_left or 0, at=values["at"])
    elif about == HANDED_OVER and recipient.id == sight.case.worker:
        text = sight.say("info-handed-over-you")
    elif about == "room":
        text = _room(sight, message)
    elif about in CHANGES:
        text = _change(sight, about)
    else:
        text = _worded(sight, f"info-{about}", values)
    html = lines(
        head(sight, is_crisis=Mark.CRISIS in message.marks), text, _other_date(sight, message)
    )
    step = _step(sight, message)
    safe = visit_keys(sight, step, "") if about == "appointment" and step is not None else ()
    extra = tuple(sight.key(key, verb) for key, verb in _INFO_KEYS.get(about, ()))
    rows = in_rows((*safe, *extra, sight.key("press-case", Verb.CASE)))
    return _screen(sight, html, rows)


def _change(sight: Sight, about: str) -> Markup:
    """Return a fact as the case has it now, whatever was changed since."""
    facts = sight.case.facts
    phase = phase_words(sight.view, sight.case.phase, sight.language)
    match about.removeprefix("changed_"):
        case "phase":
            return sight.say("info-changed-phase", phase=phase or "–")
        case "hearing" if facts.hearing is not None:
            return sight.say("info-changed-hearing", at=planned_moment(sight, facts.hearing))
        case "hearing":
            return sight.say("info-changed-hearing-none")
        case "eviction" if facts.eviction is not None:
            return sight.say("info-eviction", at=planned_moment(sight, facts.eviction))
        case "eviction":
            return sight.say("info-changed-eviction-none")
        case "served":
            return Markup(lines(*legal_date_lines(sight)))
        case _:
            return Markup(lines(sight.say("info-changed-crisis"), *legal_date_lines(sight)))


def _other_date(sight: Sight, message: Message) -> str | None:
    """Return the date that stands in the case, where a reporter now names another."""
    facts = sight.case.facts
    known = {"added_hearing": facts.hearing, "added_eviction": facts.eviction}.get(message.about)
    if known is None or (known.day, known.at) == (message.on, message.at):
        return None
    at = planned_words(known.day, known.at, sight.days, sight.language, sight.now)
    return sight.say("info-added-other", at=at)


def _room(sight: Sight, message: Message) -> Markup:
    step = _step(sight, message)
    return escaped(_title(sight, message)) if step is None else question_words(sight, step, "")

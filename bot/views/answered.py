"""What becomes of a question: its message, its reminder, its old button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.conversations.scene import CaseView, HistoryLine, Member, Team
from bot.screen import Key, Screen, Verb
from bot.texts import Markup, escaped, plain, say
from bot.views.cases import next_line
from bot.views.heads import Sight, ref_words
from bot.views.prompts import planned_in_words
from bot.views.steps import answer_words, item_words, pending_items
from bot.views.words import (
    dated_moment_words,
    dotted,
    lines,
    moment_words,
    press,
    short_text,
    step_title,
)
from scheduler.decision import StepAnswered
from scheduler.procedure import FieldKind
from scheduler.workdays import Workdays

NAME_MAX: Final = 40
"""Units of a name in a toast, which has room for 200."""


def answered_toast(
    view: CaseView,
    history: Sequence[HistoryLine],
    step: str,
    *,
    reader: Member,
    people: Mapping[int, str],
    team: Team,
    now: datetime,
) -> str | None:
    """Return who answered the step last, when and what; None where nobody did (screens)."""
    events = (line.event for line in reversed(history))
    last = next((e for e in events if isinstance(e, StepAnswered) and e.step == step), None)
    known = view.procedure.steps.get(step)
    if last is None or last.answer is None or known is None:
        return None
    said = answer_words(known, last.answer, reader.language).rstrip("…")
    at = moment_words(last.done_at, team.days, reader.language, now)
    if last.by == reader.id:
        return plain(reader.language, "answered-by-you", at=at, said=said)
    name = short_text(people.get(last.by, "–"), NAME_MAX)
    return plain(reader.language, "answered-by", name=name, at=at, said=said)


def reminded_screen(view: CaseView, step: str, language: str, days: Workdays) -> Screen:
    """Return what a reminder becomes: one line; what was answered stands where it was asked."""
    said = say(language, "nudge-over", what=step_title(view, step, language, days))
    return Screen(html=f"✓ {dotted(ref_words(view), said)}")


def over_screen(view: CaseView, language: str, *, moved: bool) -> Screen:
    """Return what a question becomes that is asked no more, or of somebody else now."""
    if moved and view.worker_name:
        return Screen(
            html=dotted(ref_words(view), say(language, "prompt-moved", name=view.worker_name))
        )
    return Screen(html=dotted(ref_words(view), say(language, "prompt-over")))


def answered_screen(
    view: CaseView,
    team: Team,
    recipient: Member,
    now: datetime,
    *,
    step: str,
    answer: str | None,
    by: int,
    by_name: str,
    done_at: datetime,
    seq: int | None = None,
    item: int | None = None,
) -> Screen:
    """Return what a prompt reads after its answer: what, when, by whom, and what comes next.

    `view` is the case after the answer, which may be about one `item`. Who answered gets
    *Correct* (event `seq`); the copies of others say who did and keep no live button.
    """
    sight = Sight(view=view, team=team, language=recipient.language, now=now)
    said = _told(sight, step) if answer is None else _said(sight, step, answer, by=by)
    about_item = next((one for one in sight.case.items if one.id == item), None)
    if about_item is not None:
        words = short_text(item_words(view, about_item), 120)
        said = sight.plain("answered-item", said=said, item=words)
    mine = by == recipient.id
    if mine and seq is None:
        # What was answered stands in full where it was tapped or typed.
        return Screen(html=dotted(Markup(f"✓ {escaped(said)}"), ref_words(view)))
    at = dated_moment_words(done_at, team.days, recipient.language, now)
    state = view.case.steps.get(step)
    says_date = answer is None and state is not None and state.planned is not None
    is_assigned = step == view.procedure.assign and view.worker_name is not None
    line = dotted(
        Markup(f"✓ <b>{escaped(said)}</b>"),
        None if mine or (is_assigned and by == view.case.worker) else by_name,
        None if says_date else at,  # two dates on one line would be read as one
    )
    title = (
        None if is_assigned or says_date else step_title(view, step, sight.language, sight.days)
    )
    about = dotted(ref_words(view), view.short, title)
    rows: tuple[tuple[Key, ...], ...] = ()
    if mine and seq is not None:
        correct = press(sight.plain("press-correct"), sight.intent(Verb.CORRECT, item=seq))
        rows = ((correct, sight.key("press-case", Verb.CASE)),)
    html = lines(line, about, next_line(sight, said=said))
    return Screen(html=html, rows=rows, protect=about_item is not None)


def _told(sight: Sight, step: str) -> str:
    """Return what was told before any answer: a date; else that it is noted down."""
    state = sight.case.steps.get(step)
    if state is None or state.planned is None:
        n = len(pending_items(sight.view, step))
        return sight.plain("noted-items", n=n) if n else sight.plain("noted-down")
    title = step_title(sight.view, step, sight.language, sight.days)
    what = f"{title[:1].upper()}{title[1:]}"
    return sight.plain("told-date", what=what, at=planned_in_words(sight, state.planned))


def _said(sight: Sight, step: str, answer: str, *, by: int) -> str:
    known, name = sight.view.procedure.steps.get(step), sight.view.worker_name
    if known is None:
        return sight.plain("noted-down")
    if step == sight.view.procedure.assign and name:
        taken = by == sight.case.worker
        return sight.plain("answered-taken" if taken else "answered-assigned", name=name)
    said = answer_words(known, answer, sight.language).rstrip("…")
    if name and any(f.kind is FieldKind.PERSON for f in known.answers[answer].fields):
        return sight.plain("answered-to", said=said, name=name)
    return said

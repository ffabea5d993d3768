"""Doubts a procedure before any household follows it: each part alone here, its roads in `routes`.

Pure. Gives problems as values and decides nothing; `load` refuses a file that has any. Source:
bad_inputs row 72, procedures 5 and 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import time

from scheduler.due import AnchorKind, DueRule
from scheduler.problems import Code, Problem
from scheduler.procedure import (
    IN_PERSON,
    Answer,
    Condition,
    Field,
    FieldKind,
    Opening,
    Pace,
    Procedure,
    Step,
    Text,
)
from scheduler.routes import routes
from scheduler.spot import nearest

BUTTON_MAX = 30
"""Characters of a button: more is cut off on a small telephone."""

LANGUAGES = ("nl-BE", "nl-NL", "en", "fr")
"""What a procedure that ships speaks, text by text. A team's own speaks those of its `name`."""

FACTS = ("kind", "consent", "needs_consent")
"""The facts of a case that an opening can ask for."""

PLACEHOLDERS = ("client", "worker", "phone", "organisation", "W1", "W2", "W3", "W4", "W5")
"""What a text may hold in braces: the client in short, who asks, the team's number, a date."""

_ASKING = frozenset({Pace.PLAIN, Pace.TALK, Pace.CHASE, Pace.ITEMS, Pace.CONTACT})
_BRACES = re.compile("{([^{}]*)}|[{}]")
_DAY_CLOCKS = {"open": time(9), "noon": time(12), "close": time(17)}


def check(
    procedure: Procedure, languages: Sequence[str], *, file: Procedure | None = None
) -> tuple[Problem, ...]:
    """Return everything that is wrong, warnings too; texts must be there in all `languages`.

    `file` is the procedure without the team's layer, where there is one: what the team adds must
    be there in each language that the team itself adds texts in, and in no other.
    """
    return (*check_parts(procedure, languages, file=file), *routes(procedure))


def check_parts(
    procedure: Procedure, languages: Sequence[str], *, file: Procedure | None = None
) -> tuple[Problem, ...]:
    """Return what is wrong with the parts alone, whatever road leads to them."""
    return (
        *_names(procedure),
        *_outcomes(procedure),
        *(found for step in procedure.steps.values() for found in _step(procedure, step)),
        *_wordings(procedure, languages, file),
        *_undeclared(procedure),
    )


def _problem(code: Code, where: str, reason: str, suggestion: str = "") -> Problem:
    return Problem(code=code, where=where, reason=reason, suggestion=suggestion)


# Names: everything that is named is there


def _names(procedure: Procedure) -> Iterator[Problem]:
    steps = procedure.steps
    for where, step in _step_names(procedure):
        if step not in steps:
            why = f"there is no step {step!r}"
            yield _problem(Code.UNKNOWN_STEP, where, why, nearest(step, steps))
    for where, phase in _phase_names(procedure):
        if phase not in procedure.phases:
            why = f"there is no phase {phase!r}"
            yield _problem(Code.UNKNOWN_PHASE, where, why, nearest(phase, procedure.phases))
    for where, opening in _all_openings(procedure):
        yield from (
            _problem(
                Code.UNKNOWN_FACT, where, f"{fact!r} is no fact of a case", nearest(fact, FACTS)
            )
            for fact in opening.when.fact
            if fact not in FACTS
        )
    answers = {id_ for step in steps.values() for id_ in step.answers}
    for id_ in procedure.judgment_answers:
        if id_ not in answers:
            why = f"no step has an answer {id_!r}"
            yield _problem(Code.UNKNOWN_ANSWER, "judgment.answers", why, nearest(id_, answers))


def _step_names(procedure: Procedure) -> Iterator[tuple[str, str]]:
    """Yield each place that names a step, and the name."""
    single = {
        "first_step": procedure.first_step,
        "assign": procedure.assign,
        "check.step": procedure.check,
        "contact.step": procedure.contact,
        "contact.until": procedure.contact_until,
        "gate.step": procedure.gate,
        "gate.opens": procedure.gate_opens,
        "judgment.step": procedure.judgment_step,
    }
    yield from ((where, step) for where, step in single.items() if step)
    for id_, start in procedure.starts.items():
        if start.without_worker:
            yield f"starts.{id_}.without_worker", start.without_worker
    for id_, phase in procedure.phases.items():
        yield f"phases.{id_}.first", phase.first
        yield from ((f"phases.{id_}.steps", step) for step in phase.steps)
    yield from ((f"events.{id_}.step", event.step) for id_, event in procedure.events.items())
    for step in procedure.steps.values():
        yield from _names_in(step)
    for where, opening in _all_openings(procedure):
        yield where, opening.step
        yield from ((where, id_) for id_ in (*opening.when.opened, *opening.when.not_opened))


def _names_in(step: Step) -> Iterator[tuple[str, str]]:
    here = f"steps.{step.id}"
    many = {"overtakes": step.overtakes, "ends": step.ends, "schedules": step.schedules}
    for key, ids in many.items():
        yield from ((f"{here}.{key}", id_) for id_ in ids)
    for key, id_ in {"items_left": step.items_left, "left_out": step.left_out}.items():
        if id_ is not None:
            yield f"{here}.{key}", id_
    for answer in step.answers.values():
        yield from ((f"{here}.answers.{answer.id}.ends", id_) for id_ in answer.ends)


def _phase_names(procedure: Procedure) -> Iterator[tuple[str, str]]:
    for id_, kind in procedure.kinds.items():
        if kind.phase is not None:
            yield f"kinds.{id_}.phase", kind.phase
    if procedure.judgment_phase is not None:
        yield "judgment.phase", procedure.judgment_phase
    for step in procedure.steps.values():
        for answer in step.answers.values():
            if answer.sets_phase is not None:
                yield f"steps.{step.id}.answers.{answer.id}.sets_phase", answer.sets_phase


def _all_openings(procedure: Procedure) -> Iterator[tuple[str, Opening]]:
    for id_, start in procedure.starts.items():
        yield from _numbered(f"starts.{id_}.opens", start.opens)
    for step in procedure.steps.values():
        yield from _numbered(f"steps.{step.id}.unanswered", step.unanswered)
        for answer in step.answers.values():
            yield from _numbered(f"steps.{step.id}.answers.{answer.id}.opens", answer.opens)


def _numbered(where: str, openings: tuple[Opening, ...]) -> Iterator[tuple[str, Opening]]:
    yield from ((f"{where}.{n}", opening) for n, opening in enumerate(openings, start=1))


def _outcomes(procedure: Procedure) -> Iterator[Problem]:
    used = set()
    for step in procedure.steps.values():
        for answer in step.answers.values():
            if answer.closes is None:
                continue
            used.add(answer.closes)
            if answer.closes not in procedure.outcomes:
                where = f"steps.{step.id}.answers.{answer.id}.closes"
                why = f"there is no outcome {answer.closes!r}"
                yield _problem(
                    Code.UNKNOWN_OUTCOME, where, why, nearest(answer.closes, procedure.outcomes)
                )
    for id_ in procedure.outcomes:
        if id_ not in used:
            yield Problem(
                code=Code.OUTCOME_UNUSED,
                where=f"outcomes.{id_}",
                reason=f"no answer ever closes a case with {id_!r}",
                suggestion="leave it out, or let an answer close with it",
                warning=True,
            )
    for id_ in procedure.averted:
        if id_ not in procedure.outcomes:
            why = f"there is no outcome {id_!r}"
            advice = nearest(id_, procedure.outcomes)
            yield _problem(Code.UNKNOWN_OUTCOME, "averted.outcomes", why, advice)
    check = procedure.steps.get(procedure.check or "")
    for id_ in procedure.averted_later:
        if check is not None and id_ not in check.answers:
            why = f"the check after closing has no answer {id_!r}"
            yield _problem(Code.UNKNOWN_ANSWER, "averted.check", why, nearest(id_, check.answers))


# One step alone


def _step(procedure: Procedure, step: Step) -> Iterator[Problem]:
    here = f"steps.{step.id}"
    yield from _asking(step, here)
    yield from _deadline(step, here)
    yield from _opened_late(procedure, step, here)
    yield from _dated(step, here)
    yield from _ticks(step, here)
    yield from _attempts(step, here)
    for answer in step.answers.values():
        yield from _answer(procedure, step, answer, f"{here}.answers.{answer.id}")


def _asking(step: Step, here: str) -> Iterator[Problem]:
    if step.pace in _ASKING and not step.answers:
        yield _problem(
            Code.NO_ANSWERS,
            here,
            "it asks something, but nothing can be answered",
            "write `answers:` under it, with one button at least, or `pace: inform`",
        )
    if step.pace is Pace.INFORM:
        if step.answers:
            yield _problem(
                Code.CONFLICT,
                here,
                "it only informs, so it has no answers",
                "take the answers out, or `pace: inform`",
            )
        if step.opens is None:
            yield _problem(
                Code.MISSING_KEY,
                here,
                "it informs, but `opens:` does not say when",
                "write e.g. opens: W2 open",
            )
    items = [field for field in step.fields if field.kind is FieldKind.ITEMS]
    if step.pace is Pace.ITEMS and not items:
        why = "it asks about dated items, but no field of kind items brings any"
        yield _problem(Code.UNKNOWN_FIELD, here, why)
    if step.pace is not Pace.ITEMS and any(answer.item for answer in step.answers.values()):
        yield _problem(Code.CONFLICT, here, "an answer is about an item, but `pace:` is not items")


def _deadline(step: Step, here: str) -> Iterator[Problem]:
    if step.pace is not Pace.PLAIN:
        if step.due is not None:
            why = f"a step of pace {step.pace} has no deadline of its own"
            yield _problem(Code.CONFLICT, f"{here}.due", why, "take `due:` out, or `pace:`")
        return
    if step.due is None and step.dated is None:
        yield _problem(
            Code.NO_DEADLINE,
            here,
            "nothing says by when: `due:` is missing",
            "write e.g. due: 3 working days, or due: W2 close",
        )
    for key, rule in {"opens": step.opens, "not_before": step.not_before}.items():
        if rule is not None and _not_after(step.due, rule):
            why = f"the deadline ({step.due}) is not after {key} ({rule})"
            yield _problem(Code.DEADLINE_FIRST, f"{here}.due", why, "move one of the two")
    if step.prefers is not None and not (_is_w(step.due) and step.prefers <= _n(step.due)):
        why = f"the preferred day W{step.prefers} is not within the deadline ({step.due})"
        yield _problem(Code.WINDOW, f"{here}.prefers", why)
    if step.left_out is not None and (step.due is None or step.due.clock != "noon"):
        why = "only a step that is due at noon can be left out where a day has no morning"
        yield _problem(Code.CONFLICT, f"{here}.left_out", why)
    if step.due is None and any(opening.at_deadline for opening in step.unanswered):
        why = "something opens at the deadline, but there is none"
        yield _problem(Code.NO_DEADLINE, here, why)


def _opened_late(procedure: Procedure, step: Step, here: str) -> Iterator[Problem]:
    """What `step` opens at a moment when its deadline will have passed already."""
    sources = [("unanswered", step.unanswered)]
    sources += [(f"answers.{id_}.opens", a.opens) for id_, a in step.answers.items()]
    for key, openings in sources:
        for where, opening in _numbered(f"{here}.{key}", openings):
            target = procedure.steps.get(opening.step)
            if target is not None and opening.at and _not_after(target.due, opening.at):
                why = f"{target.id} would open ({opening.at}) after its deadline ({target.due})"
                yield _problem(
                    Code.DEADLINE_FIRST, where, why, "open it sooner, or make it due later"
                )
            yield from _never(where, opening.when)


def _never(where: str, when: Condition) -> Iterator[Problem]:
    asked = when.asked_from is not None and when.asked_before is not None
    days = asked and (when.asked_from or 0) >= (when.asked_before or 0)
    if days or _not_after(when.done_before, when.done_from):
        yield _problem(Code.WINDOW, where, "the window ends before it begins: this never opens")
    if set(when.opened) & set(when.not_opened):
        why = "a step that both has and has not opened: this never opens"
        yield _problem(Code.WINDOW, where, why)
    if when.clock is False and (when.asked_from is not None or when.done_from is not None):
        yield _problem(Code.WINDOW, where, "without a clock no working day comes")


def _dated(step: Step, here: str) -> Iterator[Problem]:
    dated = step.dated
    if dated is None:
        return
    if (dated.window_first or 0) > (dated.window_last or 0):
        why = f"W{dated.window_first} to W{dated.window_last} ends before it begins"
        yield _problem(Code.WINDOW, f"{here}.dated.window", why)
    if not _asks_moment(dated.fields):
        why = "it asks for a date first, but no field of kind moment takes one"
        yield _problem(Code.NO_DATE_FIELD, f"{here}.dated", why, "fields: [when required]")


def _ticks(step: Step, here: str) -> Iterator[Problem]:
    if step.sample and not step.checklist:
        why = "a text to copy by hand, but no checklist says what must stand in it"
        yield _problem(Code.EMPTY_CHECKLIST, here, why)
    for where, field in _fields(step):
        if field.kind in (FieldKind.TICKS, FieldKind.CHOICE) and not field.choices:
            why = f"the {field.kind} {field.id!r} offers nothing to choose"
            yield _problem(Code.EMPTY_CHECKLIST, where, why, "write `choices:` under it")


def _attempts(step: Step, here: str) -> Iterator[Problem]:
    reached = [answer.id for answer in step.answers.values() if answer.reached]
    if step.channel is None:
        if reached:
            why = "an answer says `reached`, but the step has no `channel:`"
            where = f"{here}.answers.{reached[0]}.reached"
            yield _problem(Code.CONFLICT, where, why, "write e.g. channel: visit at the step")
    elif step.channel in IN_PERSON and not reached:
        yield Problem(
            code=Code.MISSING_KEY,
            where=f"{here}.channel",
            reason="no answer says that the client was reached: none ever counts as reached",
            suggestion="write `reached: yes` at the answers that mean it",
            warning=True,
        )
    elif step.channel not in IN_PERSON and reached:
        why = f"nobody is spoken to by {step.channel}, so none of its answers is `reached`"
        yield _problem(Code.CONFLICT, f"{here}.answers.{reached[0]}.reached", why)


def _answer(procedure: Procedure, step: Step, answer: Answer, here: str) -> Iterator[Problem]:
    yield from _redating(procedure, step, answer, here)
    follows = [
        key
        for key, said in {
            "opens": bool(answer.opens),
            "closes": answer.closes is not None,
            "again": answer.again is not None,
        }.items()
        if said
    ]
    if len(follows) > 1:
        why = f"{' and '.join(follows)} cannot both follow one answer"
        yield _problem(Code.CONFLICT, here, why, "keep one of them")
    if answer.reopens and step.id != procedure.check:
        why = "only the check after closing can reopen a case"
        yield _problem(Code.CONFLICT, f"{here}.reopens", why)
    again = answer.again
    if again is not None and again.at is not None and (again.most is None) != (again.then is None):
        why = "`times at most` and `then` belong together"
        advice = "e.g. next open, due same day close, 2 times at most, then alert"
        yield _problem(Code.CONFLICT, f"{here}.again", why, advice)


def _redating(procedure: Procedure, step: Step, answer: Answer, here: str) -> Iterator[Problem]:
    if answer.redates is None:
        return
    if answer.redates == "own":
        if step.dated is None:
            why = "it moves the step's own date, but the step has none"
            yield _problem(Code.CONFLICT, f"{here}.redates", why)
    elif answer.redates not in procedure.events:
        why = f"there is no date {answer.redates!r} to move"
        known = nearest(answer.redates, ("own", *procedure.events))
        yield _problem(Code.UNKNOWN_FIELD, f"{here}.redates", why, known)
    if not _asks_moment(answer.fields):
        why = "it moves a date, but does not ask for the new one"
        yield _problem(Code.NO_DATE_FIELD, here, why, "fields: [when required]")


def _asks_moment(fields: tuple[Field, ...]) -> bool:
    return any(field.kind is FieldKind.MOMENT for field in fields)


# Moments: whether one W rule can be seen to come after another


def _not_after(rule: DueRule | None, other: DueRule | None) -> bool:
    """Return whether `rule` is surely not later than `other`, seen on an ordinary day."""
    if rule is None or other is None or not (_is_w(rule) and _is_w(other)):
        return False
    return (_n(rule), _clock(rule)) <= (_n(other), _clock(other))


def _is_w(rule: DueRule | None) -> bool:
    return rule is not None and rule.anchor.kind is AnchorKind.WORKDAY


def _n(rule: DueRule | None) -> int:
    return 0 if rule is None else rule.anchor.n


def _clock(rule: DueRule) -> time:
    return rule.clock if isinstance(rule.clock, time) else _DAY_CLOCKS[rule.clock or "close"]


# Texts: there in every language, short enough, and nothing in braces that nobody fills in


def _wordings(
    procedure: Procedure, languages: Sequence[str], file: Procedure | None
) -> Iterator[Problem]:
    added = _added(procedure, file)
    theirs = tuple(dict.fromkeys(tag for text in added.values() for tag in text)) or languages
    for where, text, longest in _texts(procedure):
        missing = [tag for tag in (theirs if where in added else languages) if not text.get(tag)]
        if missing:
            why = f"no text in {', '.join(missing)}"
            advice = "write it, or take that language out of `name:`"
            yield _problem(Code.MISSING_TEXT, where, why, advice)
        for tag, words in text.items():
            if longest is not None and len(words) > longest:
                why = f"{len(words)} characters ({tag}) do not fit on a button of {longest}"
                yield _problem(Code.LONG_BUTTON, where, why, "say it in fewer words")
            yield from _braces(where, words)


def _added(procedure: Procedure, file: Procedure | None) -> dict[str, Text]:
    """Return the texts that the team's layer brings: not those it words anew or only borrows."""
    if file is None:
        return {}
    before = {where: text for where, text, _ in _texts(file)}
    borrowed = tuple(before.values())
    return {
        where: text
        for where, text, _ in _texts(procedure)
        if where not in before and text not in borrowed
    }


def _undeclared(procedure: Procedure) -> Iterator[Problem]:
    """Languages of some texts, but not of the name: half a screen would be in another language."""
    used = dict.fromkeys(tag for _, text, _ in _texts(procedure) for tag in text)
    odd = [tag for tag in used if tag not in procedure.name]
    if odd and procedure.name:
        yield Problem(
            code=Code.MISSING_TEXT,
            where="name",
            reason=f"some texts are in {', '.join(odd)}, but the name is not",
            suggestion="name it in that language too, and every text is asked for in it",
            warning=True,
        )


def _braces(where: str, words: str) -> Iterator[Problem]:
    for found in _BRACES.finditer(words):
        name = found[1] or ""
        if name not in PLACEHOLDERS:
            why = f"nobody fills in {found[0]}"
            yield _problem(Code.PLACEHOLDER, where, why, nearest(name, PLACEHOLDERS))


def _texts(procedure: Procedure) -> Iterator[tuple[str, Text, int | None]]:
    """Yield place, text and, for a button, how long it may be."""
    yield "name", procedure.name, None
    yield "receipt", procedure.receipt, None
    for key, text in {
        "expectations": procedure.expectations,
        "support": procedure.support,
    }.items():
        if text:
            yield key, text, None
    yield from _by_id("outcomes", procedure.outcomes, None)
    for id_, phase in procedure.phases.items():
        yield f"phases.{id_}.text", phase.text, BUTTON_MAX
    for id_, kind in procedure.kinds.items():
        yield f"kinds.{id_}.text", kind.text, BUTTON_MAX
    for asked in procedure.intake:
        yield f"intake.{asked.id}.label", asked.label, None
        if asked.why:
            yield f"intake.{asked.id}.why", asked.why, None
    for step in procedure.steps.values():
        yield from _step_texts(step)


def _step_texts(step: Step) -> Iterator[tuple[str, Text, int | None]]:
    here = f"steps.{step.id}"
    yield f"{here}.title", step.title, None
    yield f"{here}.text", step.text, None
    if step.sample:
        yield f"{here}.sample", step.sample, None
    if step.dated is not None:
        yield f"{here}.dated.question", step.dated.question, None
    yield from _by_id(f"{here}.checklist", step.checklist, BUTTON_MAX)
    for id_, answer in step.answers.items():
        yield f"{here}.answers.{id_}.text", answer.text, BUTTON_MAX
    for where, field in _fields(step):
        yield f"{where}.label", field.label, None
        yield from _by_id(f"{where}.choices", field.choices, BUTTON_MAX)


def _by_id(
    where: str, texts: Mapping[str, Text], longest: int | None
) -> Iterator[tuple[str, Text, int | None]]:
    yield from ((f"{where}.{id_}", text, longest) for id_, text in texts.items())


def _fields(step: Step) -> Iterator[tuple[str, Field]]:
    here = f"steps.{step.id}"
    places = [(f"{here}.fields", step.fields)]
    places += [(f"{here}.answers.{id_}.fields", a.fields) for id_, a in step.answers.items()]
    if step.dated is not None:
        places.append((f"{here}.dated.fields", step.dated.fields))
    for where, fields in places:
        yield from ((f"{where}.{field.id}", field) for field in fields)

"""The team's layer over a procedure: what a team file's `overrides` may change, and what not.

Pure. A team changes every TEAM default (times, nudges, texts) and adds steps, answers and ticks;
what the seed says stays, and a refusal says why. Source: procedures, marks SEED/READ/TEAM and 5.
"""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.problems import Code
from scheduler.spot import Notes, nearest
from scheduler.tree import Entry, Leaf, Rows, Table, Tree, from_python, merged

TEXTS = ("name", "receipt", "expectations", "support", "outcomes", "answer_texts", "fields")
"""Parts at the top of the file that a team may word anew or add to."""

_WORDING = {"title", "text", "sample", "checklist"}
_TIMES = frozenset({"due", "due_crisis", "opens", "not_before", "prefers"})
_STEP_SEED = {
    *("role", "pace", "unanswered", "overtakes", "ends", "schedules", "left_out", "items_left"),
    *("source", "team_default", "optional", "channel"),
}
_DATED_FREE = {"reminders", "result", "question", "fields"}
_YES = ("yes", "true", "on")


def laid(base: Table, overrides: Mapping[str, object], notes: Notes) -> Table:
    """Return the file's tree with the team's changes; what is refused is noted and left out."""
    for name, change in overrides.items():
        base = _one(base, str(name), from_python(change), notes)
    return base


def _one(base: Table, name: str, change: Tree, notes: Notes) -> Table:
    where = f"overrides.{name}"
    steps = base.get("steps")
    steps = steps if isinstance(steps, Table) else Table()
    if not isinstance(change, Table):
        notes.add(Code.BAD_VALUE, where, "a table of changes is expected here")
        return base
    if name in TEXTS:
        return base.with_(name, merged(base.get(name), change))
    step = steps.get(name)
    if isinstance(step, Table):
        return _changed(base, steps, name, change, notes)
    if change.get("role") is None:
        why = f"there is no step {name!r}; a new step says at least its role"
        notes.add(Code.UNKNOWN_STEP, where, why, nearest(name, (*steps.keys(), *TEXTS)))
        return base
    own = change.with_("team_default", Leaf(text="yes"))
    return base.with_("steps", steps.with_(name, own), _line(base, "steps"))


def _changed(base: Table, steps: Table, name: str, change: Table, notes: Notes) -> Table:
    step = steps.get(name)
    assert isinstance(step, Table), name
    for entry in change.entries:
        where = f"overrides.{name}.{entry.key}"
        if entry.key == "active":
            if not _says_yes(entry.value):
                return _without(base, steps, name, notes)
        elif entry.key == "after":
            base = _check_after(base, name, entry.value, notes)
        else:
            step = _field(step, entry, where, base.get("answer_texts"), notes)
    return base.with_("steps", steps.with_(name, step, _line(steps, name)), _line(base, "steps"))


def _field(step: Table, entry: Entry, where: str, words: Tree | None, notes: Notes) -> Table:
    key, old, value = entry.key, step.get(entry.key), entry.value
    own = _TIMES if _says_yes(step.get("team_default")) else frozenset[str]()
    if key in _WORDING or key in own or key == "nudge":
        return step.with_(key, merged(old, value))
    if key == "fields":
        asked = _fields(old, value, where, notes)
        return step if asked is None else step.with_(key, asked)
    if key == "answers" and isinstance(value, Table):
        return step.with_(key, _answers(old, value, where, words, notes))
    if key == "dated" and isinstance(value, Table):
        return step.with_(key, _dated(step, value, where, notes))
    if key in ("answers", "dated"):
        notes.add(Code.BAD_VALUE, where, "a table of changes is expected here")
    elif key in _TIMES:
        _refuse(notes, where, "this time is the seed's, not the team's")
    elif key in _STEP_SEED:
        _refuse(notes, where, "where a step leads is the procedure's")
    else:
        known = {*_WORDING, *_TIMES, "nudge", "fields", "answers", "dated", "active"}
        notes.add(Code.UNKNOWN_KEY, where, f"{key!r} is not known here", nearest(key, known))
    return step


def _answers(
    answers: Tree | None, change: Table, where: str, words: Tree | None, notes: Notes
) -> Table:
    answers = answers if isinstance(answers, Table) else Table()
    for entry in change.entries:
        old = answers.get(entry.key)
        if old is None:
            answers = answers.with_(entry.key, entry.value)
            continue
        said = words.get(entry.key) if isinstance(words, Table) else None
        new = _answer(old, entry, f"{where}.{entry.key}", said, notes)
        answers = answers.with_(entry.key, new, _line(answers, entry.key))
    return answers


def _answer(old: Tree, entry: Entry, where: str, said: Tree | None, notes: Notes) -> Table:
    """`said` is the text that the file gives all answers of this name."""
    answer = old if isinstance(old, Table) else Table(line=old.line)
    for part in entry.value.entries if isinstance(entry.value, Table) else ():
        if part.key == "text":
            answer = answer.with_("text", merged(answer.get("text") or said, part.value))
        elif part.key == "also_opens":
            answer = answer.with_(part.key, part.value)
        else:
            _refuse(notes, f"{where}.{part.key}", "where an answer leads is the procedure's")
    return answer


def _fields(old: Tree | None, value: Tree, where: str, notes: Notes) -> Tree | None:
    """A team asks for more, never for less: lists grow, tables are laid on each other."""
    if isinstance(old, Rows) and isinstance(value, Rows):
        return Rows(items=(*old.items, *value.items), line=old.line)
    if isinstance(old, Rows) or (isinstance(old, Table) and not isinstance(value, Table)):
        notes.add(Code.BAD_VALUE, where, "the seed's fields stay", "write them as the file does")
        return old
    return merged(old, value)


def _dated(step: Table, change: Table, where: str, notes: Notes) -> Table:
    dated = step.get("dated")
    dated = dated if isinstance(dated, Table) else Table()
    free = _says_yes(step.get("team_default"))
    for entry in change.entries:
        if free or entry.key in _DATED_FREE:
            new = merged(dated.get(entry.key), entry.value)
            dated = dated.with_(entry.key, new)
        else:
            _refuse(notes, f"{where}.{entry.key}", "this time is the seed's, not the team's")
    return dated


def _check_after(base: Table, name: str, value: Tree, notes: Notes) -> Table:
    check, where = base.get("check"), f"overrides.{name}.after"
    if not isinstance(check, Table) or check.get("step") is None or not _is(check, "step", name):
        notes.add(Code.UNKNOWN_KEY, where, "only the check after closing has `after`")
        return base
    if not _says_yes(check.get("team_default")):
        _refuse(notes, where, "this time is the seed's, not the team's")
        return base
    return base.with_("check", check.with_("after", value), _line(base, "check"))


def _without(base: Table, steps: Table, name: str, notes: Notes) -> Table:
    step, check = steps.get(name), base.get("check")
    if not isinstance(step, Table) or not _says_yes(step.get("optional")):
        _refuse(notes, f"overrides.{name}.active", "this step is the seed's and stays")
        return base
    if isinstance(check, Table) and _is(check, "step", name):
        base = base.without("check")
    return base.with_("steps", steps.without(name), _line(base, "steps"))


def _refuse(notes: Notes, where: str, why: str) -> None:
    advice = "add a step or an answer of your own, or bring a procedure of your own as a path"
    notes.add(Code.SEED, where, why, advice)


def _says_yes(tree: Tree | None) -> bool:
    return isinstance(tree, Leaf) and tree.text.strip().lower() in _YES


def _is(table: Table, key: str, text: str) -> bool:
    leaf = table.get(key)
    return isinstance(leaf, Leaf) and leaf.text == text


def _line(table: Table, key: str) -> int | None:
    return next((entry.line for entry in table.entries if entry.key == key), None)

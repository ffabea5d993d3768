"""What comes when, in a caseworker's words: a procedure as the rows of one table.

Pure values; whoever prints them chooses the table (`bot.procedure_table`: this room knows no
terminal). The words are `show_words`'; titles and answers are the procedure's, in the language
asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from typing import assert_never

from scheduler.due import AnchorKind, DueRule
from scheduler.procedure import (
    Again,
    Answer,
    Condition,
    DateEvent,
    Nudge,
    Opening,
    Pace,
    Procedure,
    Reminder,
    Start,
    Step,
    Text,
    Then,
)
from scheduler.show_words import tongue, words

HEADS = ("step", "who", "when", "answers", "differs", "source")
"""The columns, in the order of `cells`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One step: who is asked what, by when, what each answer leads to, and the seed's place.

    `due` and `beside` are lines; `beside` names only what differs from prompt, nudge and alert
    (§1.2) or comes on top. `answers` are pairs of an answer and what follows ("" for nothing).
    """

    step: str
    title: str
    role: str
    due: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    beside: tuple[str, ...]
    source: str
    team_default: bool


def heads(language: str) -> tuple[str, ...]:
    """Return the heads of the columns, in the order of `cells`."""
    said = words(tongue(language))
    return tuple(said[f"head-{column}"] for column in HEADS)


def cells(row: Row, language: str) -> tuple[str, ...]:
    """Return a row as plain text, one cell for each head, its lines parted by newlines."""
    team = words(tongue(language))["team"]
    answers = (f"• {said} → {next_}" if next_ else f"• {said}" for said, next_ in row.answers)
    due = (*row.due, team) if row.team_default else row.due
    return (
        f"{row.title}\n{row.step}",
        row.role,
        "\n".join(due),
        "\n".join(answers),
        "\n".join(row.beside),
        row.source,
    )


def rows(procedure: Procedure, language: str) -> tuple[Row, ...]:
    """Return the procedure's steps in the file's order; a text that is missing is its id."""
    says = _Words(procedure=procedure, language=language)
    return tuple(says.row(step) for step in procedure.steps.values())


def name(procedure: Procedure, language: str) -> str:
    """Return the procedure's name in the language, or in the nearest that it has."""
    return _Words(procedure=procedure, language=language).text(procedure.name, procedure.id)


def version(procedure: Procedure, language: str) -> str:
    """Return which version it is, and in which languages its texts are."""
    languages = ", ".join(procedure.name)
    says = _Words(procedure=procedure, language=language)
    return says.say("version", n=procedure.version, languages=languages)


def around(procedure: Procedure, language: str) -> tuple[str, ...]:
    """Return what stands in no single step, a line each: starts, crisis, gate, endings, check."""
    return tuple(_Words(procedure=procedure, language=language).around())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """Says parts of one procedure in one language."""

    procedure: Procedure
    language: str

    def row(self, step: Step) -> Row:
        return Row(
            step=step.id,
            title=self.text(step.title, step.id),
            role=self.say(f"role-{step.role}"),
            due=tuple(self.when(step)),
            answers=tuple(self.answer(answer) for answer in step.answers.values()),
            beside=tuple(self.beside(step)),
            source=step.source,
            team_default=step.team_default,
        )

    def say(self, key: str, **values: object) -> str:
        return words(tongue(self.language))[key].format(**values)

    def count(self, key: str, n: int, **values: object) -> str:
        """Say a phrase in its form for `n` things."""
        return self.say(f"{key}-one" if n == 1 else key, n=n, **values)

    def text(self, text: Text, id_: str) -> str:
        own = text.get(self.language)
        near = (said for tag, said in text.items() if tag[:2] == self.language[:2])
        return own or next(near, "") or text.get(tongue(self.language)) or _any(text) or id_

    def title(self, id_: str) -> str:
        return self.text(self.procedure.step(id_).title, id_)

    def titles(self, ids: Iterable[str]) -> str:
        return ", ".join(self.title(id_) for id_ in ids)

    # When

    def when(self, step: Step) -> Iterator[str]:
        rules = {
            "comes": step.opens,
            "not-before": step.not_before,
            "by": step.due,
            "by-crisis": step.due_crisis,
        }
        for key, rule in rules.items():
            if rule is not None:
                yield self.say(key, at=self.rule(rule))
        if step.prefers is not None:
            yield self.say("prefers", day=self.workday(step.prefers))
        yield from self.dated(step)
        if step.pace is not Pace.PLAIN:
            yield self.say(f"pace-{step.pace}")

    def dated(self, step: Step) -> Iterator[str]:
        if step.dated is None:
            return
        yield self.say("date-by", at=self.rule(step.dated.due))
        first, last = step.dated.window_first, step.dated.window_last
        if first is None or last is None:
            return
        if (n := step.dated.or_within) is None:
            yield self.say("window", first=first, last=last)
        else:
            yield self.say("window-or", first=first, last=last, days=self.days(n))

    def workday(self, n: int) -> str:
        return self.say("workday", n=n)

    def days(self, n: int) -> str:
        return self.count("days", n)

    def rule(self, rule: DueRule) -> str:
        n, at = rule.anchor.n, self.clock(rule.clock)
        match rule.anchor.kind:
            case AnchorKind.WORKDAY:
                return f"{self.workday(n)}, {at}"
            case AnchorKind.WORKING_DAYS_AFTER:
                return self.say("days-later", days=self.days(n), at=at)
            case AnchorKind.WORKING_DAYS_BEFORE:
                return self.say("days-before", days=self.days(n), at=at)
            case AnchorKind.SAME_DAY:
                return self.say("same-day", at=at)
            case AnchorKind.MINUTES:
                return self.count("minutes", n)
            case AnchorKind.NEXT_OPEN:
                return self.say("next-open", at=at)
            case AnchorKind.NEXT_OPENING:
                return self.say("next-opening")
            case AnchorKind.MONTHS:
                return self.count("months", n, at=at)
            case AnchorKind.HOURS_AFTER_START:
                return self.count("hours", n)
            case _:
                assert_never(rule.anchor.kind)

    def clock(self, clock: time | str | None) -> str:
        if isinstance(clock, time):
            return f"{clock:%H:%M}"
        return self.say(f"clock-{clock}") if clock in _NAMED_CLOCKS else ""

    # What an answer leads to

    def answer(self, answer: Answer) -> tuple[str, str]:
        return self.text(answer.text, answer.id), " · ".join(self.follows(answer))

    def follows(self, answer: Answer) -> Iterator[str]:
        yield from (self.opening(opening) for opening in answer.opens)
        if answer.closes is not None:
            outcome = self.text(self.procedure.outcomes[answer.closes], answer.closes)
            yield self.say("closed", what=outcome)
        if answer.again is not None:
            yield self.again(answer.again)
        if answer.redates is not None:
            yield self.say("redates")
        if answer.informs:
            yield self.say("informs")
        if answer.reopens:
            yield self.say("reopens")
        if answer.ends:
            yield self.say("falls-away", what=self.titles(answer.ends))

    def opening(self, opening: Opening) -> str:
        parts = [self.title(opening.step)]
        if opening.at_deadline:
            parts.append(self.say("at-deadline"))
        if opening.at is not None:
            parts.append(self.say("from", at=self.rule(opening.at)))
        if opening.ordinary:
            parts.append(self.say("ordinary"))
        said = ", ".join(parts)
        conditions = self.say("and").join(self.conditions(opening.when))
        return f"{said} ({conditions})" if conditions else said

    def conditions(self, when: Condition) -> Iterator[str]:
        if when.asked_from is not None:
            yield self.say("asked-from", day=self.workday(when.asked_from))
        if when.asked_before is not None:
            yield self.say("asked-before", day=self.workday(when.asked_before))
        if when.done_from is not None:
            yield self.say("done-from", at=self.rule(when.done_from))
        if when.done_before is not None:
            yield self.say("done-before", at=self.rule(when.done_before))
        if when.clock is not None:
            yield self.say("clock-yes" if when.clock else "clock-no")
        yield from (self.say("after", what=self.title(id_)) for id_ in when.opened)
        yield from (self.say("not-yet", what=self.title(id_)) for id_ in when.not_opened)
        yield from (self.fact(fact, value) for fact, value in when.fact.items())

    def fact(self, fact: str, value: str) -> str:
        if fact == "kind":
            kind = self.procedure.kinds.get(value)
            return self.say("fact-kind", what=self.text(kind.text, value) if kind else value)
        key = f"fact-{fact.replace('_', '-')}-{value}"
        return self.say(key) if key in words("en") else f"{fact} = {value}"

    def again(self, again: Again) -> str:
        said = self.say("unasked")
        if again.at is not None:
            said = self.say("again", at=self.rule(again.at))
        if again.most is not None:
            said += self.count("most", again.most)
        match again.then:
            case None:
                return said
            case Then.ALERT:
                return said + self.say("then-alert")
            case Then.END:
                return said + self.say("then-end")
            case _:
                assert_never(again.then)

    # Beside prompt, nudge and alert

    def beside(self, step: Step) -> Iterator[str]:
        yield from self.nudged(step)
        for opening in step.unanswered:
            yield self.say("unanswered", what=self.opening(opening))
        if step.left_out is not None:
            yield self.say("no-morning", what=self.title(step.left_out))
        named = {"silences": step.overtakes, "ends": step.ends, "plans": step.schedules}
        for key, ids in named.items():
            if ids:
                yield self.say(key, what=self.titles(ids))
        if step.items_left is not None:
            yield self.say("none-left", what=self.title(step.items_left))
        yield from self.attempt(step)
        ticks = [self.text(text, id_) for id_, text in step.checklist.items()]
        if ticks:
            yield self.say("ticks", what=", ".join(ticks))
        asked = [self.text(field.label, field.id) for field in step.fields]
        if asked:
            yield self.say("first", what=" ".join(asked))
        yield from self.reminded(step)

    def attempt(self, step: Step) -> Iterator[str]:
        if step.channel is None:
            return
        channel = self.say(f"channel-{step.channel}")
        reached = [self.text(a.text, a.id) for a in step.answers.values() if a.reached]
        if reached:
            yield self.say("attempt-reached", channel=channel, answers=", ".join(reached))
        else:
            yield self.say("attempt", channel=channel)

    def nudged(self, step: Step) -> Iterator[str]:
        match step.nudge:
            case Nudge.USUAL:
                return
            case Nudge.PROMPT_DAY:
                yield self.say("nudge-prompt-day")
            case Nudge.NONE:
                yield self.say("nudge-no")
            case _:
                assert_never(step.nudge)

    def reminded(self, step: Step) -> Iterator[str]:
        events = [e for e in self.procedure.events.values() if e.step == step.id]
        for event in events:
            yield from self.event(event)
        if step.dated is not None:
            for reminder in step.dated.reminders:
                yield self.reminder(reminder)
            yield self.result(step.dated.result.minutes_after, step.dated.result.not_before)

    def event(self, event: DateEvent) -> Iterator[str]:
        for reminder in event.reminders:
            yield self.reminder(reminder)
        if event.crisis_replaces_reminders:
            yield self.say("crisis-status")
        yield self.result(event.result.minutes_after, event.result.not_before)

    def reminder(self, reminder: Reminder) -> str:
        n = reminder.days_before
        day = self.say("before", days=self.days(n)) if n else self.say("that-day")
        at = self.clock(reminder.clock) or reminder.clock
        if reminder.starts_before is not None:
            return self.say("reminder-before", day=day, at=at, start=reminder.starts_before)
        if reminder.starts_from is not None:
            return self.say("reminder-from", day=day, at=at, start=reminder.starts_from)
        return self.say("reminder", day=day, at=at)

    def result(self, minutes: int, not_before: str | None) -> str:
        hours, rest = divmod(minutes, 60)
        after = self.say("n-minutes", n=minutes) if rest else self.say("n-hours", n=hours)
        if not_before is None:
            return self.say("result", after=after)
        return self.say("result-not-before", after=after, clock=not_before)

    # Around the steps

    def around(self) -> Iterator[str]:
        p = self.procedure
        for key, start in p.starts.items():
            yield self.say(f"start-{key}", what=" · ".join(self.start(start)))
        yield self.say("crisis", days=self.days(p.crisis_days))
        if p.gate is not None and p.gate_opens is not None:
            yield self.say("gate", first=self.title(p.gate_opens), gate=self.title(p.gate))
        endings = ", ".join(self.text(text, id_) for id_, text in p.outcomes.items())
        yield self.say("outcomes", what=endings)
        if p.check is not None and p.check_after is not None:
            at = self.rule(p.check_after)
            yield self.say("after-closing", what=self.title(p.check), at=at)

    def start(self, start: Start) -> Iterator[str]:
        if start.without_worker is not None:
            yield self.say("without-worker", what=self.title(start.without_worker))
        yield from (self.opening(opening) for opening in start.opens)


_NAMED_CLOCKS = ("open", "close", "noon")


def _any(text: Text) -> str:
    return next(iter(text.values()), "")

"""What comes when, in a caseworker's words: a procedure as the rows of one table.

Pure values; whoever prints them chooses the table (`bot.procedure_table`: this room knows no
terminal). Words in Dutch or English; titles and answers in the language asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Literal, assert_never

from scheduler.due import AnchorKind, DueRule
from scheduler.procedure import (
    Again,
    Answer,
    Channel,
    Condition,
    DateEvent,
    Nudge,
    Opening,
    Pace,
    Procedure,
    Reminder,
    Role,
    Start,
    Step,
    Text,
    Then,
)

Tongue = Literal["nl", "en"]


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
    if _tongue(language) == "nl":
        return ("Stap", "Wie", "Wanneer", "Antwoord → wat volgt", "Wat er anders is", "Bron")
    return ("Step", "Who", "When", "Answer → what follows", "What differs", "Source")


def cells(row: Row, language: str) -> tuple[str, ...]:
    """Return a row as plain text, one cell for each head, its lines parted by newlines."""
    team = {"nl": "(afspraak van het team)", "en": "(the team's agreement)"}[_tongue(language)]
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
    words = _words(procedure, language)
    return tuple(words.row(step) for step in procedure.steps.values())


def name(procedure: Procedure, language: str) -> str:
    """Return the procedure's name in the language, or in the nearest that it has."""
    return _words(procedure, language).text(procedure.name, procedure.id)


def around(procedure: Procedure, language: str) -> tuple[str, ...]:
    """Return what stands in no single step, a line each: starts, crisis, gate, endings, check."""
    return tuple(_words(procedure, language).around())


def _words(procedure: Procedure, language: str) -> _Words:
    return _Words(procedure=procedure, language=language, nl=_tongue(language) == "nl")


def _tongue(language: str) -> Tongue:
    return "nl" if language.startswith("nl") else "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """Says parts of one procedure in one language."""

    procedure: Procedure
    language: str
    nl: bool

    def row(self, step: Step) -> Row:
        return Row(
            step=step.id,
            title=self.text(step.title, step.id),
            role=self.role(step.role),
            due=tuple(self.when(step)),
            answers=tuple(self.answer(answer) for answer in step.answers.values()),
            beside=tuple(self.beside(step)),
            source=step.source,
            team_default=step.team_default,
        )

    def say(self, nl: str, en: str) -> str:
        return nl if self.nl else en

    def text(self, text: Text, id_: str) -> str:
        return text.get(self.language) or text.get(self.say("nl-BE", "en")) or id_

    def title(self, id_: str) -> str:
        return self.text(self.procedure.step(id_).title, id_)

    def role(self, role: Role) -> str:
        match role:
            case Role.REPORTER:
                return self.say("melder", "reporter")
            case Role.WORKER:
                return self.say("begeleider", "worker")
            case Role.COORDINATOR:
                return self.say("coördinator", "coordinator")
            case Role.ACTOR:
                return self.say("wie het vorige antwoordde", "whoever answered before")
            case _:
                assert_never(role)

    # When

    def when(self, step: Step) -> Iterator[str]:
        if step.opens is not None:
            yield self.say("komt ", "comes ") + self.rule(step.opens)
        if step.not_before is not None:
            yield self.say("niet vóór ", "not before ") + self.rule(step.not_before)
        if step.due is not None:
            yield self.say("tegen ", "by ") + self.rule(step.due)
        if step.due_crisis is not None:
            yield self.say("crisis: tegen ", "crisis: by ") + self.rule(step.due_crisis)
        if step.prefers is not None:
            day = self.workday(step.prefers)
            yield self.say(f"liefst {day}", f"preferably {day}")
        yield from self.dated(step)
        if pace := self.pace(step.pace):
            yield pace

    def dated(self, step: Step) -> Iterator[str]:
        if step.dated is None:
            return
        yield self.say("datum vragen tegen ", "date asked by ") + self.rule(step.dated.due)
        first, last = step.dated.window_first, step.dated.window_last
        if first is not None and last is not None:
            said = self.say(
                f"de afspraak zelf op werkdag {first} tot {last}",
                f"the appointment itself on working day {first} to {last}",
            )
            if (n := step.dated.or_within) is not None:
                said += self.say(", of binnen ", ", or within ") + self.days(n)
            yield said

    def pace(self, pace: Pace) -> str:
        match pace:
            case Pace.PLAIN:
                return ""
            case Pace.TALK:
                return self.say("in hetzelfde gesprek", "in the same talk")
            case Pace.CHASE:
                return self.say(
                    "meteen; herinnering na 30 minuten, dan elk uur",
                    "at once; nudged after 30 minutes, then hourly",
                )
            case Pace.INFORM:
                return self.say("alleen ter informatie", "for information only")
            case Pace.ITEMS:
                return self.say("daarna elk op de eigen datum", "then each on its own date")
            case Pace.CONTACT:
                return self.say("op elk moment", "at any time")
            case _:
                assert_never(pace)

    def workday(self, n: int) -> str:
        return self.say(f"werkdag {n}", f"working day {n}")

    def days(self, n: int) -> str:
        return self.say(
            "1 werkdag" if n == 1 else f"{n} werkdagen",
            "1 working day" if n == 1 else f"{n} working days",
        )

    def rule(self, rule: DueRule) -> str:
        n, at = rule.anchor.n, self.clock(rule.clock)
        days = self.days(n)
        match rule.anchor.kind:
            case AnchorKind.WORKDAY:
                return f"{self.workday(n)}, {at}"
            case AnchorKind.WORKING_DAYS_AFTER:
                return self.say(f"{days} later, {at}", f"{days} later, {at}")
            case AnchorKind.WORKING_DAYS_BEFORE:
                return self.say(f"{days} ervoor, {at}", f"{days} before, {at}")
            case AnchorKind.SAME_DAY:
                return self.say("dezelfde dag, ", "the same day, ") + at
            case AnchorKind.MINUTES:
                return self.say(f"{n} minuten later", f"{n} minutes later")
            case AnchorKind.NEXT_OPEN:
                return self.say("de volgende werkdag, ", "the next working day, ") + at
            case AnchorKind.NEXT_OPENING:
                return self.say("de volgende opening", "the next opening")
            case AnchorKind.MONTHS:
                return self.say(f"{n} maanden later, {at}", f"{n} months later, {at}")
            case AnchorKind.HOURS_AFTER_START:
                return self.say(f"{n} uur na het begin", f"{n} hours after the start")
            case _:
                assert_never(rule.anchor.kind)

    def clock(self, clock: time | str | None) -> str:
        if isinstance(clock, time):
            return f"{clock:%H:%M}"
        named = {
            "open": self.say("bij opening", "at opening"),
            "close": self.say("bij sluiting", "at closing"),
            "noon": self.say("vóór 12 uur", "before 12:00"),
        }
        return named.get(clock or "", "")

    # What an answer leads to

    def answer(self, answer: Answer) -> tuple[str, str]:
        return self.text(answer.text, answer.id), " · ".join(self.follows(answer))

    def follows(self, answer: Answer) -> Iterator[str]:
        yield from (self.opening(opening) for opening in answer.opens)
        if answer.closes is not None:
            outcome = self.text(self.procedure.outcomes[answer.closes], answer.closes)
            yield self.say(f"afgesloten: {outcome}", f"closed: {outcome}")
        if answer.again is not None:
            yield self.again(answer.again)
        if answer.redates is not None:
            yield self.say("op de nieuwe datum verder", "on from the new date")
        if answer.informs:
            yield self.say("bericht aan de coördinator", "the coordinator is told")
        if answer.reopens:
            yield self.say("het dossier gaat weer open", "the case opens again")
        if answer.ends:
            titles = ", ".join(self.title(id_) for id_ in answer.ends)
            yield self.say(f"vervalt: {titles}", f"falls away: {titles}")

    def opening(self, opening: Opening) -> str:
        parts = [self.title(opening.step)]
        if opening.at_deadline:
            parts.append(self.say("op de deadline", "at the deadline"))
        if opening.at is not None:
            parts.append(self.say("vanaf ", "from ") + self.rule(opening.at))
        if opening.ordinary:
            parts.append(self.say("met gewone termijnen", "with ordinary deadlines"))
        said = ", ".join(parts)
        conditions = self.say(" en ", " and ").join(self.conditions(opening.when))
        return f"{said} ({conditions})" if conditions else said

    def conditions(self, when: Condition) -> Iterator[str]:
        if when.asked_from is not None:
            day = self.workday(when.asked_from)
            yield self.say(f"gevraagd vanaf {day}", f"asked from {day}")
        if when.asked_before is not None:
            day = self.workday(when.asked_before)
            yield self.say(f"gevraagd vóór {day}", f"asked before {day}")
        if when.done_from is not None:
            yield self.say("gedaan vanaf ", "done from ") + self.rule(when.done_from)
        if when.done_before is not None:
            yield self.say("gedaan vóór ", "done before ") + self.rule(when.done_before)
        if when.clock is not None:
            clock = self.say("vijf werkdagen", "five working days")
            yield clock if when.clock else self.say("zonder ", "without ") + clock
        for id_ in when.opened:
            yield self.say("na: ", "after: ") + self.title(id_)
        for id_ in when.not_opened:
            yield self.say("nog geen: ", "not yet: ") + self.title(id_)
        yield from (f"{fact} = {value}" for fact, value in when.fact.items())

    def again(self, again: Again) -> str:
        if again.at is None:
            said = self.say("blijft open, niet opnieuw gevraagd", "stays open, not asked again")
        else:
            said = self.say("opnieuw: ", "again: ") + self.rule(again.at)
        if again.most is not None:
            said += self.say(f", hoogstens {again.most} keer", f", {again.most} times at most")
        match again.then:
            case None:
                return said
            case Then.ALERT:
                return said + self.say(", dan melding aan de coördinator", ", then an alert")
            case Then.END:
                return said + self.say(", dan klaar", ", then it ends")
            case _:
                assert_never(again.then)

    # Beside prompt, nudge and alert

    def beside(self, step: Step) -> Iterator[str]:
        yield from self.nudged(step)
        for opening in step.unanswered:
            yield self.say("zonder antwoord: ", "unanswered: ") + self.opening(opening)
        if step.left_out is not None:
            yield self.say("dag zonder voormiddag: ", "no morning: ") + self.title(step.left_out)
        named = {
            self.say("maakt stil", "silences"): step.overtakes,
            self.say("doet vervallen", "ends"): step.ends,
            self.say("plant", "plans"): step.schedules,
        }
        for label, ids in named.items():
            if ids:
                yield f"{label}: {', '.join(self.title(id_) for id_ in ids)}"
        if step.items_left is not None:
            yield self.say("niets meer over: ", "none left: ") + self.title(step.items_left)
        if step.channel is not None:
            yield self.say("telt als poging: ", "counts as an attempt: ") + self.channel(step)
        ticks = [self.text(text, id_) for id_, text in step.checklist.items()]
        if ticks:
            yield self.say("aanvinken: ", "ticks: ") + ", ".join(ticks)
        asked = [self.text(field.label, field.id) for field in step.fields]
        if asked:
            yield self.say("eerst: ", "first: ") + " ".join(asked)
        yield from self.reminded(step)

    def channel(self, step: Step) -> str:
        nl, en = {
            Channel.PHONE: ("telefoon", "phone"),
            Channel.VISIT: ("huisbezoek", "visit"),
            Channel.MEETING: ("gesprek", "meeting"),
            Channel.NOTE: ("briefje", "note"),
            Channel.LETTER: ("brief", "letter"),
            Channel.MESSAGE: ("bericht", "message"),
            Channel.MAIL: ("e-mail", "e-mail"),
            None: ("", ""),
        }[step.channel]
        reached = [self.text(a.text, a.id) for a in step.answers.values() if a.reached]
        said = self.say(nl, en)
        if reached:
            said += self.say(" (bereikt: ", " (reached: ") + ", ".join(reached) + ")"
        return said

    def nudged(self, step: Step) -> Iterator[str]:
        match step.nudge:
            case Nudge.USUAL:
                return
            case Nudge.PROMPT_DAY:
                yield self.say(
                    "herinnering op de dag van de vraag, een uur voor sluiting",
                    "nudged on the day of the prompt, an hour before closing",
                )
            case Nudge.NONE:
                yield self.say("geen herinnering", "no nudge")
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
            yield self.say(
                "in een crisis: elke werkdag de stand", "in a crisis: the status each working day"
            )
        yield self.result(event.result.minutes_after, event.result.not_before)

    def reminder(self, reminder: Reminder) -> str:
        n = reminder.days_before
        day = self.say("dezelfde dag", "that day")
        if n:
            day = self.days(n) + self.say(" ervoor", " before")
        clock = self.clock(reminder.clock) or reminder.clock
        said = self.say("bericht ", "reminder ") + f"{day}, {clock}"
        if reminder.starts_before is not None:
            start = reminder.starts_before
            said += self.say(f" (begint vóór {start})", f" (starts before {start})")
        if reminder.starts_from is not None:
            start = reminder.starts_from
            said += self.say(f" (begint vanaf {start})", f" (starts from {start})")
        return said

    def result(self, minutes: int, not_before: str | None) -> str:
        after = f"{minutes // 60} {self.say('uur', 'h')}" if minutes >= 60 else f"{minutes} min"
        said = self.say(f"hoe het ging: {after} na het begin", f"how it went: {after} after")
        if not_before is not None:
            said += self.say(f", niet vóór {not_before}", f", not before {not_before}")
        return said

    # Around the steps

    def around(self) -> Iterator[str]:
        p = self.procedure
        labels = {
            "report": self.say("Na een melding", "After a report"),
            "client": self.say(
                "Wie zelf komt, na het afsluiten", "A client who comes back after closing"
            ),
            "new_threat": self.say("Opnieuw bedreigd", "A new threat"),
        }
        for key, start in p.starts.items():
            yield f"{labels[key]}: {' · '.join(self.start(start))}"
        yield self.say(
            f"Crisis: een uithuiszetting binnen {p.crisis_days} werkdagen",
            f"Crisis: an eviction within {p.crisis_days} working days",
        )
        if p.gate is not None and p.gate_opens is not None:
            first, gate = self.title(p.gate_opens), self.title(p.gate)
            yield self.say(
                f"Niets vanaf “{first}” begint vóór “{gate}”",
                f"Nothing from “{first}” on begins before “{gate}”",
            )
        endings = ", ".join(self.text(text, id_) for id_, text in p.outcomes.items())
        yield self.say("Afloop: ", "Outcomes: ") + endings
        if p.check is not None and p.check_after is not None:
            check, rule = self.title(p.check), self.rule(p.check_after)
            yield self.say(f"Na het afsluiten: {check}, {rule}", f"After closing: {check}, {rule}")

    def start(self, start: Start) -> Iterator[str]:
        if start.without_worker is not None:
            title = self.title(start.without_worker)
            yield self.say(f"zonder begeleider eerst {title}", f"without a worker first {title}")
        yield from (self.opening(opening) for opening in start.opens)

"""A case as a file to hand over: who, where it stands, what is open, all that happened. Pure.

The one export that names people. `bot.making.case_file` puts it on paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from html import unescape
from typing import Any, Final

from bot.views.cases import asking
from bot.views.details import joined_words
from bot.views.export_rows import Frame, Record
from bot.views.heads import Sight, is_closed
from bot.views.history import told_by, told_lines
from bot.views.steps import answer_words, item_words
from bot.views.words import (
    clock_words,
    kind_words,
    outcome_words,
    phase_words,
    pick,
    short_phase_words,
    step_title,
    whole_day_words,
)
from scheduler.case import Item, Planned
from scheduler.procedure import Channel

Line = dict[str, Any]
Section = dict[str, Any]

PEOPLE: Final = ("client", "phone", "address", "landlord", "amount")
"""Fields of a report with a label of ours, in this order."""
STORY: Final = ("relation", "why", "view", "text")
"""What the reporter told, likewise."""
_ELSEWHERE: Final = frozenset({"kind", "consent", "hearing", "eviction", "reach"})
"""Fields that the file says in other words, or not at all: who reported is reached once."""
_TAG: Final = re.compile(r"</?[a-z]+>")
_ENDS: Final = (".", "?", "!", "…", ":")


def case_file(record: Record, frame: Frame, people: Mapping[int, str]) -> dict[str, Any]:
    """Return the values of the PDF. `people` names everybody who ever did something here."""
    return _CaseFile(record, frame, people).values()


class _CaseFile:
    """One file being written down."""

    def __init__(self, record: Record, frame: Frame, people: Mapping[int, str]) -> None:
        self._record, self._frame, self._people = record, frame, people
        self._view, self._case = record.view, record.view.case
        self._sight = Sight(
            view=record.view, team=frame.team, language=frame.language, now=frame.now
        )
        self._quoted: set[int] = set()

    def values(self) -> dict[str, Any]:
        """Return everything that stands on paper."""
        say, frame = self._frame.plain, self._frame
        sections = [
            self._section("stands", self._stands()),
            self._section("client", self._client()),
            self._section("next", self._next()),
            self._section("agreements", self._agreements()),
            self._section("tried", self._tried()),
            self._section("story", self._story()),
        ]
        said = self._section("said", self._rest())
        sections += [said] if said["rows"] else []
        return {
            "reference": self._view.ref,
            "title": say("export-file-title", ref=self._view.ref),
            "team": frame.team.name,
            "mark": say("export-confidential"),
            "made": frame.made_words(),
            "made_at": frame.now.isoformat(),
            "language": frame.language,
            "page": say("export-page"),
            "of": say("export-of"),
            "unknown": say("export-unknown-letters"),
            "sections": sections,
        }

    def _section(self, name: str, rows: Iterator[Line]) -> Section:
        say = self._frame.plain
        title, empty = say(f"export-part-{name}"), say("export-nothing")
        return {"title": title, "empty": empty, "rows": list(rows)}

    # where it stands

    def _stands(self) -> Iterator[Line]:
        case, view, language = self._case, self._view, self._frame.language
        facts = case.facts
        yield self._fact("state", self._state())
        yield self._fact("procedure", pick(view.procedure.name, language))
        yield self._fact("kind", kind_words(view, language))
        phase = phase_words(view, case.phase, language) or short_phase_words(view, language)
        yield self._fact("phase", phase)
        yield self._fact("received", self._moment(view.created_at))
        yield self._fact("worker", view.worker_name)
        if case.crisis is not None:
            yield self._fact("crisis", self._day(case.crisis.since))
        yield self._fact("hearing", self._planned(facts.hearing))
        yield self._fact("eviction", self._planned(facts.eviction))
        if facts.served is not None:
            yield self._fact("served", self._day(facts.served))

    def _state(self) -> str:
        if not is_closed(self._view):
            return self._frame.plain("export-open")
        closed = self._case.closed_at
        outcome = outcome_words(self._view, self._case.outcome or "other", self._frame.language)
        on = self._day(self._frame.team.days.day_of(closed)) if closed else "–"
        return self._frame.plain("export-closed-on", on=on or "–", outcome=outcome)

    def _fact(self, name: str, text: str | None) -> Line:
        return _line(self._frame.plain(f"export-col-{name}"), text or "–")

    # the people

    def _client(self) -> Iterator[Line]:
        values = self._view.values
        for name in (*PEOPLE, *STORY):
            if values.get(name) or name in PEOPLE[:3]:
                yield self._fact(name, values.get(name))
        labels = {field.id: field.label for field in self._view.procedure.intake}
        known = {*PEOPLE, *STORY, *_ELSEWHERE}
        for name, text in values.items():
            if name not in known and text:
                label = pick(labels.get(name, {}), self._frame.language)
                yield _line(label or name.replace("_", " "), text)
        reporter = self._people.get(self._view.reporter or 0)
        if reporter:
            yield self._fact("reporter", reporter)

    # what comes

    def _next(self) -> Iterator[Line]:
        for state in asking(self._case):
            due = self._moment(state.due_at)
            planned = self._planned(state.planned)
            if planned:
                when = planned
            else:
                when = self._frame.plain("export-by", at=due) if due else "–"
            yield _line(when, _sentence(self._title(state.id)))
        for coming in sorted(self._case.coming, key=lambda one: one.at):
            when = self._frame.plain("export-from", at=self._moment(coming.at) or "–")
            yield _line(when, _sentence(self._title(coming.step)))

    def _agreements(self) -> Iterator[Line]:
        for item in sorted(self._case.items, key=lambda one: (one.day or date.max, one.id)):
            self._quoted |= {ref for ref in (item.what_ref, item.who_ref) if ref is not None}
            day = self._day(item.day) or self._frame.plain("export-no-date")
            state = self._item_state(item)
            yield _line(day, f"{item_words(self._view, item)} – {state}")

    def _item_state(self, item: Item) -> str:
        if item.state == "pending":
            return self._frame.plain("export-pending")
        step = self._view.procedure.steps.get(item.step)
        if step is None:
            return item.state
        return answer_words(step, item.state, self._frame.language).rstrip("…").lower()

    def _tried(self) -> Iterator[Line]:
        tried = self._record.attempts
        for channel in Channel:
            of_it = [one for one in tried if one.channel is channel]
            if of_it:
                reached = sum(one.reached for one in of_it)
                yield _line(
                    self._frame.plain(f"export-by-{channel.value}"),
                    self._frame.plain("export-tried", n=len(of_it), reached=reached),
                )

    # what happened, and what was said

    def _story(self) -> Iterator[Line]:
        shown: date | None = None
        for line, words in told_lines(self._sight, self._record.lines, self._people):
            day = self._frame.team.days.day_of(line.at)
            clock = clock_words(line.at, self._frame.team.days)
            by = told_by(line, self._people)
            text = unescape(_TAG.sub("", words)) + (f" ({by})" if by else "")
            left = "" if day == shown else whole_day_words(day, self._frame.language)
            yield _line(left, f"{clock} – {_sentence(text)}", self._said(line.event))
            shown = day

    def _said(self, event: object) -> tuple[str, ...]:
        """Return what was written with an event, each text once in the whole file."""
        texts = self._view.texts
        refs = [ref for ref in _refs(event) if ref in texts and ref not in self._quoted]
        self._quoted |= set(refs)
        return tuple(self._quote(texts[ref]) for ref in refs)

    def _rest(self) -> Iterator[Line]:
        """Yield what people said that stands with no event: the facts of an answer."""
        shown = {*self._view.values.values(), *self._view.files}
        for ref, text in self._view.texts.items():
            field = self._view.fields.get(ref, "")
            words = joined_words(self._view, field, text, self._frame.language)
            if words and ref not in self._quoted and text not in shown:
                shown.add(text)
                yield _line("", self._quote(words))
        if self._view.files:
            yield _line("", self._frame.plain("export-files", n=len(self._view.files)))

    # words

    def _quote(self, text: str) -> str:
        return self._frame.plain("quoted-word", word=text)

    def _title(self, step: str) -> str:
        return step_title(self._view, step, self._frame.language, self._frame.team.days)

    def _day(self, day: date | None) -> str | None:
        return whole_day_words(day, self._frame.language) if day is not None else None

    def _moment(self, at: datetime | None) -> str | None:
        if at is None:
            return None
        days = self._frame.team.days
        return f"{self._day(days.day_of(at))}, {clock_words(at, days)}"

    def _planned(self, planned: Planned | None) -> str | None:
        if planned is None:
            return None
        return self._moment(planned.at) if planned.at is not None else self._day(planned.day)


def _line(left: str, text: str, said: tuple[str, ...] = ()) -> Line:
    return {"left": left, "text": text, "said": list(said)}


def _sentence(text: str) -> str:
    """Return the words as a sentence: a capital before, a full stop after."""
    begun = text[:1].upper() + text[1:]
    return begun if begun.endswith(_ENDS) else f"{begun}."


def _refs(value: object) -> Iterator[int]:
    """Yield the numbers of the texts that an event names, those of its fields and items too."""
    if isinstance(value, tuple):
        for each in value:
            yield from _refs(each)
    if not is_dataclass(value) or isinstance(value, type):
        return
    for one in fields(value):
        held = getattr(value, one.name)
        if one.name.endswith("_ref") and isinstance(held, int):
            yield held
        else:
            yield from _refs(held)

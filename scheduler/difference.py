"""What changes for a case between two procedures, in a caseworker's words.

Pure values. Steps, times, answers and roads are said as `show` says them; what `show` leaves out
is said by its place in the file, so that no difference is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum

from scheduler import show
from scheduler.difference_words import words
from scheduler.due import DueRule
from scheduler.procedure import Procedure, Step
from scheduler.show import Row

NOT_SHOWN = frozenset(
    {
        *("alerts", "crisis", "checks_later", "sets_phase", "item", "help", "reached"),
        *("required", "kind", "redates", "team_default"),
    }
)
"""Keys of a step that no line of its table says, or not all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What is different in one place: a step, or what stands around the steps."""

    title: str
    lines: tuple[str, ...]


def difference(old: Procedure, new: Procedure, language: str) -> tuple[Section, ...]:
    """Return what is different, in `new`'s order and the language asked for; () for nothing."""
    says = _Words(old=old, new=new, language=language)
    sections = (says.around(), *says.steps())
    return tuple(section for section in sections if section.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """Says the differences of two procedures in one language."""

    old: Procedure
    new: Procedure
    language: str

    def say(self, key: str, **values: object) -> str:
        return words(self.language)[key].format(**values)

    # Steps

    def steps(self) -> Iterator[Section]:
        before = {row.step: row for row in show.rows(self.old, self.language)}
        after = {row.step: row for row in show.rows(self.new, self.language)}
        for id_, row in after.items():
            if id_ in before:
                yield self.step(before[id_], row)
            else:
                yield Section(title=self.headed(row), lines=self.whole(row))
        for id_, row in before.items():
            if id_ not in after:
                lines = (self.say("step-gone"),)
                yield Section(title=self.headed(row), lines=lines)

    def headed(self, row: Row) -> str:
        return f"{row.title} ({row.step})"

    def whole(self, row: Row) -> tuple[str, ...]:
        answers = (f"• {_answer(*each)}" for each in row.answers)
        return (self.say("step-new", who=row.role, when="; ".join(row.due)), *answers)

    def step(self, was: Row, now: Row) -> Section:
        old, new = self.old.step(was.step), self.new.step(now.step)
        lines = [
            *self.changed("title", (was.title,), (now.title,)),
            *self.changed("who", (was.role,), (now.role,)),
            *self.changed("when", was.due, now.due),
            *self.texts("text", old, new),
            *self.answers(was, now, old, new),
            *self.changed("beside", was.beside, now.beside),
            *self.changed("source", (was.source,), (now.source,)),
        ]
        # a step that differs in no line that `show` has is told of by all its places
        lines += self.places(old, new, self.unsaid if lines else lambda _: True)
        return Section(title=self.headed(now), lines=tuple(lines))

    def answers(self, was: Row, now: Row, old: Step, new: Step) -> Iterator[str]:
        before = dict(zip(old.answers, was.answers, strict=True))
        after = dict(zip(new.answers, now.answers, strict=True))
        for id_, (text, follows) in after.items():
            if id_ not in before:
                yield self.say("answer-new", what=_answer(text, follows))
                continue
            text_was, follows_was = before[id_]
            if text_was != text:
                yield self.say("answer-named", old=text_was, new=text)
            if follows_was != follows:
                nothing = self.say("nothing")
                yield self.say(
                    "answer-leads", what=text, old=follows_was or nothing, new=follows or nothing
                )
        for id_, (text, follows) in before.items():
            if id_ not in after:
                yield self.say("answer-gone", what=_answer(text, follows))

    def texts(self, key: str, old: Step, new: Step) -> Iterator[str]:
        was, now = (_in(step.text, self.language) for step in (old, new))
        yield from self.changed(key, (was,), (now,))

    def unsaid(self, place: str) -> bool:
        path = place.split(".")
        if path[-1] in self.tags:
            return "fields" in path or "checklist" in path or path[-2] not in _SAID_TEXTS
        return path[-1] in NOT_SHOWN or "again.due" in place or "dated.fields" in place

    # Around the steps

    def around(self) -> Section:
        title = show.name(self.new, self.language)
        lines = [*self.changed("version", (str(self.old.version),), (str(self.new.version),))]
        same = (self.old.id, self.old.version) == (self.new.id, self.new.version)
        if same and self.old != self.new:
            lines.append(self.say("version-same", n=self.new.version))
        lines += self.changed("name", (show.name(self.old, self.language),), (title,))
        lines += self.changed(
            "around", show.around(self.old, self.language), show.around(self.new, self.language)
        )
        keys = [each.name for each in fields(Procedure) if each.name not in ("steps", "version")]
        was, now = ({key: getattr(one, key) for key in keys} for one in (self.old, self.new))
        lines += self.places(was, now, lambda place: place.split(".")[0] not in _SAID_AROUND)
        return Section(title=title, lines=tuple(lines))

    # Any two values

    def changed(self, key: str, was: Sequence[str], now: Sequence[str]) -> Iterator[str]:
        gone = [line for line in was if line not in now]
        come = [line for line in now if line not in was]
        if len(gone) == len(come) == 1:
            yield self.say("changed", what=self.say(key), old=gone[0] or "–", new=come[0] or "–")
            return
        yield from (self.say("gone", what=self.say(key), old=line) for line in gone)
        yield from (self.say("come", what=self.say(key), new=line) for line in come)

    def places(self, old: object, new: object, unsaid: Callable[[str], bool]) -> Iterator[str]:
        """Say what is different by its place, where no line has said it: that is for `unsaid`."""
        was, now = dict(_leaves(old, "")), dict(_leaves(new, ""))
        others: dict[str, None] = {}
        for place in dict.fromkeys((*was, *now)):
            last = place.rpartition(".")[2]
            if was.get(place) == now.get(place) or last == "id":
                continue
            if last in self.tags and last != self.language:
                others[last] = None
            elif unsaid(place):
                yield self.say(
                    "changed", what=place, old=was.get(place, "–"), new=now.get(place, "–")
                )
        if others:
            yield self.say("other-languages", what=", ".join(others))

    @property
    def tags(self) -> frozenset[str]:
        return frozenset((*self.old.name, *self.new.name))


_SAID_AROUND = frozenset(
    {*("name", "starts", "outcomes", "gate", "gate_opens", "check", "check_after", "crisis_days")}
)
_SAID_TEXTS = ("title", "text")
"""Texts of a step and of its answers that have a line of their own; others are told by place."""


def _answer(text: str, follows: str) -> str:
    return f"{text} → {follows}" if follows else text


def _in(text: Mapping[str, str], language: str) -> str:
    near = (said for tag, said in text.items() if tag[:2] == language[:2])
    return text.get(language) or next(near, "") or next(iter(text.values()), "")


def _leaves(value: object, at: str) -> Iterator[tuple[str, str]]:
    """Yield each single value below, by its place, as a person would write it."""
    match value:
        case DueRule() | Enum():
            yield at, str(value)
        case bool():
            yield at, "yes" if value else "no"
        case Mapping():
            for key, each in value.items():
                yield from _leaves(each, f"{at}.{key}".lstrip("."))
        case tuple():
            yield from (
                pair
                for n, each in enumerate(value, start=1)
                for pair in _leaves(each, f"{at}.{getattr(each, 'id', n)}")
            )
        case None:
            return
        case _ if is_dataclass(value):
            for each in fields(value):
                one = getattr(value, each.name)
                if one != each.default:  # what is not written in the file is no difference
                    yield from _leaves(one, f"{at}.{each.name}".lstrip("."))
        case _:
            yield at, str(value)

"""A procedure as boxes and arrows: what comes when, what leads where, and where a case stands.

Pure values, for a picture (`bot.making.procedure`) and for Mermaid's text. A box says what is
asked, by when, and the slide or step of the seed that says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from bot.texts import plain
from bot.views.why import seed_place
from scheduler import show
from scheduler.case import Case, State
from scheduler.procedure import Answer, Procedure, Text
from scheduler.routes import Road, roads

BEGIN: Final = "begin_"
END: Final = "end_"
"""The two boxes that are no step; no step's id ends like that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A step, a beginning or an end. `state` is that of the case that is shown.

    "here": open; "next": what comes, where nothing is open; "done": behind it; "".
    """

    id: str
    title: str
    when: str = ""
    source: str = ""
    shape: str = "step"
    """start, step or end"""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """From one box to another; `said` holds the answers that lead there. Waiting is dashed."""

    start: str
    to: str
    said: tuple[str, ...] = ()
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A whole procedure. `groups`: a heading and the boxes under it (the phases)."""

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def lit(self) -> str:
        """Return the state of what is lit up: "here", "next", "" where nothing is."""
        states = {box.state for box in self.boxes}
        return next((state for state in ("here", "next") if state in states), "")

    def values(self, form: str) -> dict[str, Any]:
        """Return what the maker takes; `form` is "png" or "svg"."""
        return {
            "form": form,
            "title": self.title,
            "boxes": [
                {
                    "id": box.id,
                    "title": box.title,
                    "when": box.when,
                    "source": box.source,
                    "shape": box.shape,
                    "state": box.state,
                }
                for box in self.boxes
            ],
            "arrows": [
                {"start": a.start, "to": a.to, "said": list(a.said), "waits": a.waits}
                for a in self.arrows
            ],
            "groups": [[title, list(ids)] for title, ids in self.groups],
        }


def drawing(procedure: Procedure, language: str, case: Case | None = None) -> Drawing:
    """Return the procedure's drawing, with the steps of `case` lit where one is given."""
    words = _Words(procedure=procedure, language=language, case=case)
    return Drawing(
        title=show.name(procedure, language),
        boxes=(words.beginning(), *words.steps(), words.end()),
        arrows=tuple(words.arrows()),
        groups=tuple(words.groups()),
    )


def mermaid(drawn: Drawing) -> str:
    """Return the drawing as a flowchart in Mermaid's words."""
    lines = ["flowchart TD"]
    grouped = {id_ for _, ids in drawn.groups for id_ in ids}
    boxes = {box.id: box for box in drawn.boxes}
    lines += [f"    {_mermaid_box(box)}" for box in drawn.boxes if box.id not in grouped]
    for number, (title, ids) in enumerate(drawn.groups, start=1):
        lines.append(f"    subgraph group{number}[{_quoted(title)}]")
        lines += [f"        {_mermaid_box(boxes[id_])}" for id_ in ids]
        lines.append("    end")
    for arrow in drawn.arrows:
        said = "<br/>".join(_escaped(one) for one in arrow.said)
        line = "-.->" if arrow.waits else "-->"
        label = f"|{_quoted(said)}|" if said else ""
        lines.append(f"    {arrow.start} {line}{label} {arrow.to}")
    lines += [f"    class {box.id} {box.state}" for box in drawn.boxes if box.state]
    if any(box.state for box in drawn.boxes):
        lines.append("    classDef here stroke-width:4px,font-weight:bold")
        lines.append("    classDef next stroke-width:4px")
        lines.append("    classDef done stroke-dasharray:4")
    return "\n".join(lines) + "\n"


def _mermaid_box(box: Box) -> str:
    parts = (box.title, *box.when.splitlines(), box.source)
    text = "<br/>".join(_escaped(part) for part in parts if part)
    left, right = ("[", "]") if box.shape == "step" else ("([", "])")
    return f"{box.id}{left}{_quoted(text)}{right}"


def _quoted(text: str) -> str:
    return f'"{text}"'


def _escaped(text: str) -> str:
    """Return a text that Mermaid shows as it is: its own marks become numbered signs."""
    return "".join(f"#{ord(sign)};" if sign in '"#<>&|;' else sign for sign in text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    procedure: Procedure
    language: str
    case: Case | None

    def beginning(self) -> Box:
        return Box(id=BEGIN, title=plain(self.language, "drawing-report"), shape="start")

    def steps(self) -> Iterator[Box]:
        for row in show.rows(self.procedure, self.language):
            yield Box(
                id=row.step,
                title=row.title,
                when="\n".join(row.due),
                source=seed_place(row.source, self.language) or "",
                state=self.state(row.step),
            )

    def state(self, step: str) -> str:
        if self.case is None:
            return ""
        if step in self.case.steps:
            return "here"
        if step == self.next_step(self.case):
            return "next"
        return "done" if step in self.case.opened else ""

    def next_step(self, case: Case) -> str | None:
        """Return the step that the case waits for, where none is open."""
        if case.steps or case.state is State.CLOSED:
            return None
        coming = min(case.coming, key=lambda one: one.at, default=None)
        return coming.step if coming is not None else None

    def end(self) -> Box:
        is_here = self.case is not None and self.case.state is State.CLOSED and not self.case.steps
        return Box(
            id=END,
            title=plain(self.language, "drawing-closed"),
            shape="end",
            state="here" if is_here else "",
        )

    def arrows(self) -> Iterator[Arrow]:
        yield from self.from_the_beginning()
        ways: dict[tuple[str, str, bool], list[str]] = {}
        for road in roads(self.procedure):
            said = ways.setdefault((road.start, road.to, road.waits), [])
            if (word := self.said(road)) not in said:
                said.append(word)
        for step in self.procedure.steps.values():
            closing = [self.answer(a) for a in step.answers.values() if a.closes is not None]
            if closing:
                ways[step.id, END, False] = closing
        for (start, to, waits), words in ways.items():
            yield Arrow(start=start, to=to, said=tuple(w for w in words if w), waits=waits)
        if self.procedure.check is not None:
            after = plain(self.language, "drawing-after")
            yield Arrow(start=END, to=self.procedure.check, said=(after,), waits=True)

    def from_the_beginning(self) -> Iterator[Arrow]:
        seen: set[str] = set()
        start = self.procedure.starts.get("report")
        for opening in start.opens if start is not None else ():
            if opening.step not in seen:
                seen.add(opening.step)
                yield Arrow(start=BEGIN, to=opening.step)

    def said(self, road: Road) -> str:
        if road.by is not None:
            return self.answer(self.procedure.step(road.start).answers[road.by])
        silent = road.opening is not None
        return plain(self.language, "drawing-unanswered") if silent else ""

    def answer(self, answer: Answer) -> str:
        return self.text(answer.text, answer.id)

    def text(self, text: Text, id_: str) -> str:
        return text.get(self.language) or next(iter(text.values()), id_)

    def groups(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for phase in self.procedure.phases.values():
            yield self.text(phase.text, phase.id), phase.steps

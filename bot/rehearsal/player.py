"""Plays one story and says, line by line, what did not hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.rehearsal.acting import Actor
from bot.rehearsal.memory import at_the_end
from bot.rehearsal.stage import INSTANT, Sent, Stuck
from bot.rehearsal.story import QUIET_KINDS, Entry, Expect, matched

ON_TIME: Final = timedelta(seconds=60)


class Player(Actor):
    """Plays one story against an empty database."""

    async def play(self) -> list[tuple[int, str]]:
        """Return what did not hold, as (line, words); empty when all held."""
        await self._set_up()
        problems: list[tuple[int, str]] = []
        for entry in self.story.entries:
            self.sent = []
            await self._pass_time(entry.at - INSTANT)
            between, self.sent = self.sent, []
            await self._pass_time(entry.at)
            self.now = entry.at
            if entry.act is not None:
                problems += await self._act(entry)
            problems += self._compare(entry, between)
        if self.story.end is not None:
            problems += await self._check_end()
        return problems

    def _compare(self, entry: Entry, between: Iterable[Sent]) -> Iterator[tuple[int, str]]:
        told = [s for s in self.sent if s.kind not in QUIET_KINDS]
        quiet = [s for s in self.sent if s.kind in QUIET_KINDS]
        wanted = [e for e in entry.expect if e.kind not in QUIET_KINDS]
        asides = [e for e in entry.expect if e.kind in QUIET_KINDS]
        missing, left = matched(wanted, told, _fits)
        for expect in (*missing, *matched(asides, quiet, _fits)[0]):
            yield expect.line, f"missing: {self._wanted(expect)}"
        if not self.story.loose:
            early = [s for s in between if s.kind not in QUIET_KINDS]
            for sent in (*early, *left):
                yield entry.line, f"unexpected: {self._words(sent)}"

    def _wanted(self, expect: Expect) -> str:
        parts = [expect.kind, expect.step, f"to {expect.to}"]
        if expect.due is not None:
            parts.append(f"due {self._local(expect.due)}")
        parts += [*expect.marked, *(f"with {text!r}" for text in expect.contains)]
        return " ".join(part for part in parts if part)

    def _words(self, sent: Sent) -> str:
        due = f"due {self._local(sent.due_at)}" if sent.due_at else ""
        parts = (self._local(sent.at), sent.kind, sent.step or sent.about, f"to {sent.to}", due)
        return " ".join(part for part in (*parts, *sent.marks) if part)

    def _local(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.days.zone):%a %d %b %Y %H:%M}"

    async def _check_end(self) -> list[tuple[int, str]]:
        end = self.story.end
        assert end is not None
        fields = {"case": end.case} if end.case else {}
        try:
            case_id, _ = await self._find(fields)
        except Stuck as stuck:
            return [(end.line, f"end: {stuck}")]
        stored, kinds = await self.database.read(partial(at_the_end, case_id=case_id))
        problems = []
        if end.state is not None and stored.case.state != end.state:
            problems.append((end.line, f"end: the case is {stored.case.state}"))
        if end.outcome is not None and stored.case.outcome != end.outcome:
            problems.append((end.line, f"end: the outcome is {stored.case.outcome}"))
        answered = iter(kinds)
        missing = [step for step in end.history if step not in answered]
        if missing:
            problems.append((end.line, f"end: not answered in this order: {', '.join(missing)}"))
        return problems


def _fits(expect: Expect, sent: Sent) -> bool:
    return (
        sent.to == expect.to
        and sent.kind == expect.kind
        and (expect.step is None or sent.step == expect.step)
        and (expect.due is None or _close_to(sent.due_at, expect.due))
        and all(mark in sent.marks for mark in expect.marked)
        and all(text in sent.text for text in expect.contains)
        and (expect.case is None or sent.client == expect.case)
    )


def _close_to(moment: datetime | None, wanted: datetime) -> bool:
    return moment is not None and abs(moment - wanted) <= ON_TIME

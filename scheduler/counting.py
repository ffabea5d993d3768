"""Counts one case: from its history and procedure to the numbers that figures are made of.

Pure. What is counted is a *report* with all that followed, until the next report on the same case:
its attempts, how long they took in working time, what came of it, how its steps were kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from scheduler.attempts import Attempt, Line, attempts, help_of, standing
from scheduler.decision import (
    CaseClosed,
    ContactMade,
    EpisodeBegan,
    ReportJoined,
    StepAnswered,
)
from scheduler.keeping import How, kept
from scheduler.procedure import IN_PERSON, Channel, Help, Procedure
from scheduler.workdays import Workdays

Counts: TypeAlias = Counter[tuple[str, ...]]
Minutes: TypeAlias = dict[str, Counter[int]]

AVERTED: Final = frozenset({"averted", "settled", "agreements_kept"})
AVERTED_LATER: Final = frozenset({"still_housed"})
"""What counts where a procedure does not say (`averted:`)."""

OF_DEADLINES: Final = (How.ON_TIME, How.LATE_REASON, How.LATE, How.DEVIATED, How.MISSED)
"""In the order in which they are shown."""

DAYS_MAX: Final = 800
"""Days over which working time is counted: longer says nothing about a first call."""


def counted(
    lines: Iterable[Line], procedure: Procedure, days: Workdays, has: Callable[[date], bool]
) -> tuple[Counts, Minutes]:
    """Return what the case's reports of the days that `has` knows add up to."""
    counts: Counts = Counter()
    minutes: Minutes = {}
    for report in _reports(standing(lines)):
        if has(days.day_of(report.received_at)) and not report.is_joined:
            _count(report, procedure, days, counts, minutes)
    return counts, minutes


def working_minutes(since: datetime, until: datetime, days: Workdays) -> int:
    """Return how many minutes the team was open from `since` to `until` (aware); 0 or more."""
    if until <= since:
        return 0
    day, last = days.day_of(since), days.day_of(until)
    spent = timedelta()
    for _ in range(DAYS_MAX):
        for start, end in days.blocks(day):
            spent += max(min(end, until) - max(start, since), timedelta())
        if day >= last:
            break
        day += timedelta(days=1)
    return int(spent.total_seconds()) // 60


# A report and what followed


@dataclass(frozen=True, slots=True)
class _Report:
    """The lines of one report, from its `EpisodeBegan` on."""

    received_at: datetime
    lines: Sequence[Line]

    @property
    def is_joined(self) -> bool:
        """Return whether it turned out to belong to another case: it is counted there."""
        return any(isinstance(one.event, CaseClosed) and one.event.joined for one in self.lines)


def _reports(lines: Sequence[Line]) -> Iterator[_Report]:
    starts = [
        (n, line.event.episode.received_at)
        for n, line in enumerate(lines)
        if isinstance(line.event, EpisodeBegan) and line.event.episode.began == "report"
    ]
    ends = [*(n for n, _ in starts[1:]), len(lines)]
    for (start, received_at), end in zip(starts, ends, strict=True):
        yield _Report(received_at, lines[start:end])


def _count(
    report: _Report, procedure: Procedure, days: Workdays, counts: Counts, minutes: Minutes
) -> None:
    tries = attempts(report.lines, procedure)
    talks = sorted([*_spoken(tries), *_own_contacts(report)])
    counts["cases",] += 1
    counts["reports",] += 1 + sum(isinstance(one.event, ReportJoined) for one in report.lines)
    counts["reached",] += bool(talks)
    _count_attempts(tries, talks, counts)
    for name, moments in {"first-attempt": [one.at for one in tries], "first-talk": talks}.items():
        if moments:
            spent = working_minutes(report.received_at, min(moments), days)
            minutes.setdefault(name, Counter())[spent] += 1
    _count_notes(report, tries, talks, counts)
    _count_help(report, procedure, talks, counts)
    _count_end(report, procedure, counts)
    for one in kept(report.lines):
        if one.how in OF_DEADLINES:
            counts["step", procedure.id, one.step, one.how.value] += 1


def _spoken(tries: Iterable[Attempt]) -> Iterator[datetime]:
    return (one.at for one in tries if one.reached)


def _own_contacts(report: _Report) -> Iterator[datetime]:
    """Give when the client came to us: called, wrote, or came back after closing."""
    for line in report.lines:
        event = line.event
        if isinstance(event, ContactMade):
            yield event.done_at
        elif isinstance(event, EpisodeBegan) and event.episode.began == "client":
            yield event.episode.received_at


# Attempts


def _count_attempts(tries: Sequence[Attempt], talks: Sequence[datetime], counts: Counts) -> None:
    reached = int(bool(talks))
    for one in tries:
        counts["attempts", one.channel.value] += 1
        counts["visits", "reached"] += one.channel is Channel.VISIT and one.reached
    for way in _ways(tries):
        counts["way", way] += 1
        counts["way", way, "reached"] += reached
    # what came after the first talk was no attempt to reach them any more
    n = sum(1 for one in tries if not talks or one.at <= talks[0])
    if n:
        size = "few" if n <= 2 else "three" if n == 3 else "many"
        counts["tries", size] += 1
        counts["tries", size, "reached"] += reached


def _ways(tries: Sequence[Attempt]) -> Iterator[str]:
    channels = {one.channel for one in tries}
    if Channel.PHONE in channels:
        yield "phone"
    if Channel.VISIT in channels:
        yield "visit"
    if channels and not channels & IN_PERSON:
        yield "written"


def _count_notes(
    report: _Report, tries: Sequence[Attempt], talks: Sequence[datetime], counts: Counts
) -> None:
    notes = [one.at for one in tries if one.channel is Channel.NOTE]
    if notes:
        counts["notes",] += 1
        counts["notes", "followed"] += any(at > min(notes) for at in talks)


# What came of it


def _count_help(
    report: _Report, procedure: Procedure, talks: Sequence[datetime], counts: Counts
) -> None:
    said = [word for word in _words_on_help(report, procedure) if word is not None]
    counts["help",] += bool(talks) and bool(said) and said[-1] is Help.ACCEPTED


def _words_on_help(report: _Report, procedure: Procedure) -> Iterator[Help | None]:
    for line in report.lines:
        event = line.event
        if isinstance(event, StepAnswered) and event.answer is not None:
            yield help_of(procedure, event.step, event.answer)
        elif isinstance(event, ContactMade) and procedure.contact is not None:
            yield help_of(procedure, procedure.contact, event.answer)


def _count_end(report: _Report, procedure: Procedure, counts: Counts) -> None:
    """Count how it closed: the last time, when it was opened again."""
    closings = [n for n, one in enumerate(report.lines) if isinstance(one.event, CaseClosed)]
    reopenings = [n for n, one in enumerate(report.lines) if isinstance(one.event, EpisodeBegan)]
    if not closings or closings[-1] < reopenings[-1]:
        return
    closed = report.lines[closings[-1]].event
    assert isinstance(closed, CaseClosed)
    counts["closed",] += 1
    counts["outcome", procedure.id, closed.outcome] += 1
    if closed.outcome not in (procedure.averted or AVERTED):
        return
    counts["averted",] += 1
    checked = _check(report.lines[closings[-1] :], procedure)
    if checked is not None:
        counts["checked",] += 1
        counts["averted-later",] += checked in (procedure.averted_later or AVERTED_LATER)


def _check(lines: Sequence[Line], procedure: Procedure) -> str | None:
    """Return what was found at the check after closing; None while nobody was reached."""
    step = procedure.steps.get(procedure.check or "")
    for line in lines:
        event = line.event
        if step is not None and isinstance(event, StepAnswered) and event.step == step.id:
            answer = step.answers.get(event.answer or "")
            if answer is not None and answer.again is None:
                return answer.id
    return None

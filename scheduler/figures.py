"""What a team's work came to in a period: numbers that add up, each with its denominator.

Pure. `figures_of` folds one case at a time (`scheduler.counting`), and figures are added: what was
counted apart, per case or per month, is the same as what is counted in one go. Numbers only: which
case or person a number came from nobody can tell from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeAlias

from scheduler.attempts import Line
from scheduler.counting import OF_DEADLINES, Counts, Minutes, counted
from scheduler.procedure import Procedure
from scheduler.workdays import Workdays

SHARE_MIN: Final = 5
"""Fewer than this and no share or median is given: it could tell of one household (S22)."""

Name: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from `first` to `last`, both included. A report belongs to the day it came in."""

    first: date
    last: date

    def has(self, day: date) -> bool:
        """Return whether the day lies in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many. `part` is None below `SHARE_MIN`."""

    n: int
    of: int

    @property
    def part(self) -> float | None:
        """Return the share, 0 to 1; None where there are too few to give one."""
        return self.n / self.of if self.of >= SHARE_MIN else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Typical:
    """The median of `of` times, in minutes; None below `SHARE_MIN`."""

    minutes: int | None
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Numbers by name, and times as how often each number of working minutes came."""

    counts: Mapping[Name, int] = field(default_factory=dict)
    minutes: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    def plus(self, other: Figures) -> Figures:
        """Return both together; in any order, and however they were parted."""
        counts = Counter(self.counts)
        counts.update(other.counts)
        names = {*self.minutes, *other.minutes}
        minutes = {
            name: dict(Counter(self.minutes.get(name, {})) + Counter(other.minutes.get(name, {})))
            for name in names
        }
        return Figures(counts=dict(counts), minutes=minutes)

    def count(self, *name: str) -> int:
        """Return the number of that name, 0 when nothing was counted under it."""
        return self.counts.get(name, 0)

    def under(self, *name: str) -> Mapping[Name, int]:
        """Return the numbers whose names begin so, by what is left of their names."""
        n = len(name)
        found = {key[n:]: value for key, value in self.counts.items() if key[:n] == name}
        return {key: value for key, value in found.items() if key and value}

    def share(self, n: Name, of: Name) -> Share:
        """Return how many of how many."""
        return Share(n=self.count(*n), of=self.count(*of))

    def typical(self, name: str) -> Typical:
        """Return the median of a time: of an even number, the lower of the two in the middle."""
        known = sorted(self.minutes.get(name, {}).items())
        of = sum(times for _, times in known)
        if of < SHARE_MIN:
            return Typical(minutes=None, of=of)
        seen, middle = 0, (of + 1) // 2
        for minutes, times in known:
            seen += times
            if seen >= middle:
                return Typical(minutes=minutes, of=of)
        raise AssertionError("the middle lies within the times")


NOTHING: Final = Figures()


def figures_of(
    lines: Iterable[Line], procedure: Procedure, days: Workdays, period: Period
) -> Figures:
    """Return what one case's history adds to the figures of a period."""
    counts, minutes = counted(lines, procedure, days, period.has)
    return _frozen(counts, minutes)


def total(parts: Iterable[Figures]) -> Figures:
    """Return all of them together."""
    counts: Counts = Counter()
    minutes: Minutes = {}
    for part in parts:
        counts.update(part.counts)
        for name, known in part.minutes.items():
            minutes.setdefault(name, Counter()).update(known)
    return _frozen(counts, minutes)


def _frozen(counts: Counts, minutes: Minutes) -> Figures:
    return Figures(
        counts=dict(counts), minutes={name: dict(known) for name, known in minutes.items()}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A figure that others published: the share, 0 to 1, and where it stands."""

    part: float
    source: str


DIVOSA: Final = "Divosa 2023"
"""Divosa, Monitor vroegsignalering 2023: signals of arrears in the municipalities of NL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOf:
    """A share that is shown: its name (also of its texts) and what it is made of."""

    id: str
    n: Name
    of: Name
    published: Published | None = None


def _divosa(part: float) -> Published:
    return Published(part=part, source=DIVOSA)


REACHED: Final[Sequence[ShareOf]] = (
    ShareOf(id="reached", n=("reached",), of=("cases",)),
    *(
        ShareOf(id=f"reached-{way}", n=("way", way, "reached"), of=("way", way), published=said)
        for way, said in {
            "phone": _divosa(0.59),
            "visit": _divosa(0.46),
            "written": _divosa(0.06),
        }.items()
    ),
)
"""How many were reached, and by which way."""

PERSISTENCE: Final[Sequence[ShareOf]] = tuple(
    ShareOf(id=f"tries-{n}", n=("tries", n, "reached"), of=("tries", n), published=said)
    for n, said in {"few": _divosa(0.18), "three": None, "many": _divosa(0.37)}.items()
)
"""How many were reached after 1 or 2, 3, and 4 or more attempts."""

COURSE: Final[Sequence[ShareOf]] = (
    ShareOf(id="visits", n=("visits", "reached"), of=("attempts", "visit")),
    ShareOf(id="notes", n=("notes", "followed"), of=("notes",)),
    ShareOf(id="help", n=("help",), of=("reached",)),
    ShareOf(id="averted", n=("averted",), of=("closed",)),
    ShareOf(id="averted-later", n=("averted-later",), of=("checked",)),
)
"""What came of it."""

TIMES: Final = ("first-attempt", "first-talk")
"""Working minutes from the report on."""

KEPT: Final = tuple(how.value for how in OF_DEADLINES)
"""How a step with a deadline went, in the order in which it is shown."""

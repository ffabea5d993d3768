"""The figures of a period in words, part by part, and what each part counts.

Plain lines: the chat, the charts and the terminal say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.conversations.scene import Team
from bot.reading.periods import month_of, quarter_of, year_of
from bot.texts import plain
from bot.views.words import month_words, pick, title_of, unasked, year_day_words
from scheduler.counting import AVERTED
from scheduler.figures import (
    COURSE,
    DIVOSA,
    KEPT,
    PERSISTENCE,
    REACHED,
    SHARE_MIN,
    TIMES,
    Figures,
    Period,
    Published,
    Share,
    ShareOf,
)
from scheduler.procedure import Channel

STEPS_A_PAGE: Final = 12
PERCENT: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The figures of a team's period, as somebody reads them."""

    figures: Figures
    period: Period
    team: Team
    language: str

    def plain(self, key: str, **values: object) -> str:
        """Return a text in the reader's language."""
        return plain(self.language, key, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading, its lines (plain), and the texts that say what they count."""

    head: str
    body: Sequence[str]
    means: Sequence[str]


# Words


def title_words(counted: Counted) -> tuple[str, str]:
    """Return the title, and whose figures they are: by the day of the report."""
    ends = counted.period.first, counted.period.last
    first, last = (year_day_words(day, counted.language) for day in ends)
    whose = "figures-whose" if counted.figures.count("cases") else "figures-none"
    said = counted.plain(whose, first=first, last=last)
    if counted.figures.count("cut"):
        said = f"{said}\n{counted.plain('figures-cut')}"
    return counted.plain("figures-title", period=period_words(counted)), said


def period_words(counted: Counted) -> str:
    """Return "3e kwartaal 2027", "2027", "september 2027", or the two days."""
    period, language = counted.period, counted.language
    first, last = period.first, period.last
    year = str(first.year)
    if period == quarter_of(first):
        return counted.plain("period-quarter", n=(first.month + 2) // 3, year=year)
    if period == year_of(first):
        return year
    if period == month_of(first):
        return month_words(first, language)
    ends = (year_day_words(day, language) for day in (first, last))
    return counted.plain("period-days", first=next(ends), last=next(ends))


def share_words(counted: Counted, share: Share) -> str:
    """Return "24 of 40 (60 %)", without the share where there are too few."""
    if not share.of:
        return counted.plain("share-none")
    if share.part is None:
        return counted.plain("share-few", n=share.n, of=share.of)
    return counted.plain("share-words", n=share.n, of=share.of, part=percent(share.part))


def percent(part: float) -> int:
    """Return a share as a whole percentage, half rounded up."""
    return int(part * PERCENT + 0.5)


def published_words(counted: Counted, known: Published) -> str:
    """Return "Divosa 2023: 59 %"."""
    return counted.plain("published-words", source=known.source, part=percent(known.part))


def outcome_name(counted: Counted, procedure: str, outcome: str) -> str:
    """Return an outcome as the team's procedure words it."""
    known = counted.team.procedures.get(procedure)
    text = known.outcomes.get(outcome, {}) if known is not None else {}
    return pick(text, counted.language) or outcome.replace("_", " ")


def step_name(counted: Counted, procedure: str, step: str) -> str:
    """Return a step's title; its id where the team's procedure no longer has it."""
    known = counted.team.procedures.get(procedure)
    found = known.steps.get(step) if known is not None else None
    if found is None:
        return step.replace("_", " ")
    return unasked(title_of(found, counted.language, {}))


# Pages


def pages(counted: Counted) -> tuple[tuple[Part, ...], ...]:
    """Return the figures in parts, page by page; one empty page where nothing came in."""
    if not counted.figures.count("cases"):
        return ((),)
    return (
        (_reports(counted), _reach(counted), _tries(counted)),
        (_course(counted),),
        (_end(counted),),
        *((part,) for part in _steps(counted)),
    )


def _reports(counted: Counted) -> Part:
    n, cases = counted.figures.count("reports"), counted.figures.count("cases")
    said = counted.plain("figure-reports", n=n, cases=cases)
    return Part(head=said, body=(), means=_means(counted, "reports"))


def _reach(counted: Counted) -> Part:
    return Part(
        head=counted.plain("figures-head-reach"),
        body=[_share_line(counted, one) for one in REACHED],
        means=(*_means(counted, "reached", "ways"), *_published(counted), *_few(counted)),
    )


def _tries(counted: Counted) -> Part:
    return Part(
        head=counted.plain("figures-head-tries"),
        body=[_share_line(counted, one) for one in PERSISTENCE],
        means=_means(counted, "tries"),
    )


def _course(counted: Counted) -> Part:
    attempts, channels = attempts_words(counted), [label for label, _ in by_channel(counted)]
    said = f"{attempts} ({', '.join(channels)})" if channels else attempts
    return Part(
        head=counted.plain("figures-head-course"),
        body=[
            f"• {said}",
            *(_time_line(counted, name) for name in TIMES),
            *(_share_line(counted, one) for one in COURSE[:3]),
        ],
        means=(
            *_means(counted, "attempts", "times", "visits", "notes", "help"),
            *_few(counted),
        ),
    )


def attempts_words(counted: Counted) -> str:
    """Return "Attempts: 37"."""
    return counted.plain("figure-attempts", n=sum(n for _, n in by_channel(counted)))


def by_channel(counted: Counted) -> tuple[tuple[str, int], ...]:
    """Return "21 phone calls" and 21, for each way that was tried."""
    numbers = ((one, counted.figures.count("attempts", one.value)) for one in Channel)
    return tuple(
        (counted.plain("channel-n", channel=channel.value, n=n), n) for channel, n in numbers if n
    )


def _end(counted: Counted) -> Part:
    figures = counted.figures
    outcomes = sorted(figures.under("outcome").items(), key=lambda one: (-one[1], one[0]))
    return Part(
        head=counted.plain("figures-head-end"),
        body=[
            f"• {counted.plain('figure-closed', n=figures.count('closed'))}",
            *(_line(counted, outcome_name(counted, *name), str(n), "   ") for name, n in outcomes),
            *(_share_line(counted, one) for one in COURSE[3:]),
        ],
        means=(
            *_means(counted, "closed"),
            counted.plain("means-averted", outcomes=_averting(counted)),
            *_means(counted, "averted-later"),
            *_few(counted),
        ),
    )


def _averting(counted: Counted) -> str:
    """Return the outcomes that count as averted, in words."""
    names = {
        outcome_name(counted, procedure.id, outcome)
        for procedure in counted.team.procedures.values()
        for outcome in (procedure.averted or sorted(AVERTED & procedure.outcomes.keys()))
    }
    return ", ".join(counted.plain("quoted-word", word=name) for name in sorted(names))


def _steps(counted: Counted) -> Iterator[Part]:
    kept = list(steps_kept(counted))
    head, means = counted.plain("figures-head-steps"), _means(counted, "steps")
    if not kept:
        yield Part(head=head, body=[counted.plain("figure-no-steps")], means=means)
    for at in range(0, len(kept), STEPS_A_PAGE):
        shown = kept[at : at + STEPS_A_PAGE]
        body = [_line(counted, name, _kept_words(counted, parts)) for name, parts in shown]
        yield Part(head=head, body=body, means=means)


def steps_kept(counted: Counted) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Give each step's title with how often it was kept how, in the procedures' own order."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for (procedure, step, how), n in counted.figures.under("step").items():
        found.setdefault((procedure, step), {})[how] = n
    order = [(p.id, step) for p in counted.team.procedures.values() for step in p.steps]
    places = {name: at for at, name in enumerate(order)}
    for name in sorted(found, key=lambda one: (places.get(one, len(places)), one)):
        yield step_name(counted, *name), found[name]


def _kept_words(counted: Counted, parts: Mapping[str, int]) -> str:
    return ", ".join(
        f"{n} {counted.plain(f'kept-{how}')}" for how in KEPT if (n := parts.get(how))
    )


def _share_line(counted: Counted, one: ShareOf) -> str:
    share = counted.figures.share(one.n, one.of)
    said = share_words(counted, share)
    if one.published is not None:
        said = f"{said} · {published_words(counted, one.published)}"
    return _line(counted, counted.plain(f"figure-{one.id}"), said)


def _time_line(counted: Counted, name: str) -> str:
    return _line(counted, counted.plain(f"figure-{name}"), time_said(counted, name))


def time_said(counted: Counted, name: str) -> str:
    """Return "half within 40 min (12)", without the median where there are too few."""
    typical = counted.figures.typical(name)
    if typical.minutes is None:
        return counted.plain("too-few-times", of=typical.of)
    hours, minutes = divmod(typical.minutes, 60)
    shown = f"{minutes:02}" if hours else str(minutes)
    time = counted.plain("time-words", hours=hours, minutes=shown)
    return counted.plain("half-within", time=time, of=typical.of)


def _line(counted: Counted, label: str, said: str, sign: str = "• ") -> str:
    return sign + counted.plain("figure-line", label=label, said=said)


def _means(counted: Counted, *names: str) -> tuple[str, ...]:
    return tuple(counted.plain(f"means-{name}") for name in names)


def _published(counted: Counted) -> tuple[str, ...]:
    return (counted.plain("means-published", source=DIVOSA),)


def _few(counted: Counted) -> tuple[str, ...]:
    return (counted.plain("means-few", n=SHARE_MIN),)

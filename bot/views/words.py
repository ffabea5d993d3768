"""Small words of the screens: days, moments, names of clients, procedure texts, rows, pages.

Pure and without Telegram; every function gives escaped HTML where its result is `Markup`, plain
text else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Final, TypeVar

from babel import Locale
from babel.dates import format_date

from bot.conversations.scene import CaseView
from bot.reading.words import cut, utf16_len
from bot.screen import Intent, Key, Press, Verb
from bot.texts import Markup, escaped, plain, say, settled
from scheduler.case import Case
from scheduler.due import AnchorKind
from scheduler.procedure import Procedure, Step, Text
from scheduler.workdays import CalendarError, Workdays

LABEL_MAX: Final = 40
"""UTF-16 units of a button's label: longer ones are cut off by phones anyway."""

HTML_MAX: Final = 4096
"""UTF-16 units of a message after its tags are taken off; we count them with the tags."""

PAIR_MAX: Final = 18
"""Units up to which two labels stand side by side on a small phone; what is longer is cut off."""

COPIED_MAX: Final = 256
"""Characters that a button can copy (Bot API)."""

PAGE_LINES: Final = 12
"""Cases on one page of a list: what can be read at one look."""

_WORKDAY_SHOWN_MAX: Final = 10
"""Wn beyond this says nothing any more to anybody: the date alone is shown."""

_LOCALES: Final = {"nl-BE": "nl_BE", "nl-NL": "nl_NL", "en": "en", "fr": "fr_BE"}

T = TypeVar("T")


# Days and moments


def day_words(day: date, language: str, *, today: date | None = None) -> str:
    """Return "di 14 sep", "mar 14 sept", with the year where it is not that of `today`."""
    pattern = "EEE d MMM" if today is None or day.year == today.year else "EEE d MMM y"
    return _written(day, pattern, language).replace(".", "")


@lru_cache(maxsize=4096)
def _written(day: date, pattern: str, language: str) -> str:
    # a morning's lists name the same few days hundreds of times
    locale = locale_of(language)
    if locale.language == "fr" and day.day == 1:
        pattern = pattern.replace(" d ", " '1er' ")
    return format_date(day, pattern, locale=locale)


def long_day_words(day: date, language: str) -> str:
    """Return "Maandag 13 september", with its capital: the head of a morning list."""
    words = _written(day, "EEEE d MMMM", language)
    return words[:1].upper() + words[1:]


def whole_day_words(day: date, language: str) -> str:
    """Return "maandag 13 september 2027": for what is read outside the chat, in any year."""
    return _written(day, "EEEE d MMMM y", language)


def year_day_words(day: date, language: str) -> str:
    """Return "1 jul 2027": a day of a period that may be long ago."""
    return _written(day, " d MMM y", language).strip().replace(".", "")


def month_words(day: date, language: str) -> str:
    """Return "september 2027"."""
    return _written(day, "LLLL y", language)


def calendar_day_words(day: date, language: str) -> str:
    """Return "1 juli 2027": the first or last day of a period, where the weekday says nothing."""
    return _written(day, " d MMMM y", language).strip()


def near_day_words(day: date, today: date, language: str) -> str:
    """Return "vandaag" or "morgen", else the day with its date."""
    if day == today:
        return plain(language, "day-today")
    if (day - today).days == 1:
        return plain(language, "day-tomorrow")
    return day_words(day, language, today=today)


def span_words(first: date, last: date, language: str, today: date) -> str:
    """Return "di 14 sep – vr 17 sep", or the one day."""
    one = day_words(first, language, today=today)
    return one if first == last else f"{one} – {day_words(last, language, today=today)}"


def clock_words(at: datetime, days: Workdays) -> str:
    """Return "09:40", on the team's wall."""
    return f"{at.astimezone(days.zone):%H:%M}"


def moment_words(at: datetime, days: Workdays, language: str, now: datetime) -> str:
    """Return "di 14 sep 09:40", or "vandaag 09:40", in the team's zone."""
    day = near_day_words(days.day_of(at), days.day_of(now), language)
    return f"{day} {clock_words(at, days)}"


def dated_moment_words(at: datetime, days: Workdays, language: str, now: datetime) -> str:
    """Return "di 14 sep 09:40" also today: for what stays in the chat for years."""
    day = day_words(days.day_of(at), language, today=days.day_of(now))
    return f"{day} {clock_words(at, days)}"


def timed(at: datetime, words: str) -> Markup:
    """Return words for a moment, tied to it: a tap shows it in the reader's own time and calendar.

    Telegram's `date_time` entity (Bot API 9.5) without a format: the words stay ours.
    """
    return Markup(f'<tg-time unix="{int(at.timestamp())}">{escaped(words)}</tg-time>')


def planned_words(
    day: date, at: datetime | None, days: Workdays, language: str, now: datetime
) -> str:
    """Return a planned day, with its time where it is known."""
    if at is not None:
        return dated_moment_words(at, days, language, now)
    return day_words(day, language, today=days.day_of(now))


@cache
def locale_of(language: str) -> Locale:
    """Return what Babel writes the language's days and numbers by."""
    return Locale.parse(_LOCALES[settled(language)])


# Workdays


def counts_workdays(procedure: Procedure) -> bool:
    """Return whether the procedure knows a five-day clock: Ravels does, Eropaf does not."""
    return any(
        rule is not None and rule.anchor.kind is AnchorKind.WORKDAY
        for step in procedure.steps.values()
        for rule in (step.due, step.opens, step.not_before)
    )


def workday_number(case: Case, day: date, days: Workdays) -> int | None:
    """Return n where `day` is Wn of the running clock, None without one, before W1 or far on.

    A closed day counts as the working day before it.
    """
    episode = case.episode
    if episode is None or not episode.clock or day < episode.first:
        return None
    try:
        for n in range(1, _WORKDAY_SHOWN_MAX + 1):
            if days.workday(episode.first, n + 1) > day:
                return n
    except CalendarError:
        return None
    return None


def workday_words(view: CaseView, day: date, days: Workdays, language: str) -> str:
    """Return "Werkdag 2 (di 14 sep)", or the date alone where no clock runs (procedures 6)."""
    shown = counts_workdays(view.procedure)
    n = workday_number(view.case, day, days) if shown else None
    if n is None or not days.is_workday(day):
        words = day_words(day, language)
        return words[:1].upper() + words[1:]
    return plain(language, "workday", n=n, day=day_words(day, language))


# Texts of a procedure


_PLACEHOLDER: Final = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*)\}")


def pick(text: Text, language: str) -> str:
    """Return the wording for the language; "" when there is none at all.

    A team's own procedure may know fewer languages than we do: then that of a sister language,
    else its first.
    """
    if language in text:
        return text[language]
    sisters = (each for tag, each in text.items() if tag[:2] == language[:2])
    return next(sisters, next(iter(text.values()), ""))


def fill(text: Text, language: str, values: Mapping[str, str]) -> Markup:
    """Return a procedure's text as HTML, its placeholders filled and everything escaped.

    A placeholder that nobody fills is left out rather than shown: the checker has seen them all.
    """
    wording = pick(text, language)

    def value(found: re.Match[str]) -> str:
        return escaped(values.get(found[1], ""))

    parts: list[str] = []
    end = 0
    for found in _PLACEHOLDER.finditer(wording):
        parts += [escaped(wording[end : found.start()]), value(found)]
        end = found.end()
    return Markup("".join([*parts, escaped(wording[end:])]).strip())


_SENTENCE_END: Final = re.compile(r"(?<=[a-zà-ÿ0-9)…\u00a0])[.?!:](?= )")
"""The initials of a client ("M.V.") end no sentence."""


def first_bold(text: Markup) -> Markup:
    """Return a wording with its first sentence in bold: that is the question."""
    found = _SENTENCE_END.search(text)
    if found is None:
        return Markup(f"<b>{text}</b>")
    return Markup(f"<b>{text[: found.end()]}</b>{text[found.end() :]}")


def filled(text: Text, language: str, values: Mapping[str, str]) -> str:
    """Return a procedure's text plain, its placeholders filled: for labels."""
    wording = pick(text, language)
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), wording).strip()


def placeholders(view: CaseView, days: Workdays, language: str, **more: str) -> dict[str, str]:
    """Return what a procedure's text may name of a case: {client} and {W1} … {W5}."""
    values = {"client": view.short, **more}
    episode = view.case.episode
    if episode is not None and episode.clock:
        for n in range(1, 6):
            values[f"W{n}"] = day_words(days.workday(episode.first, n), language)
    return values


def step_title(view: CaseView, step: str, language: str, days: Workdays) -> str:
    """Return a step in a few words, plain; its id where the procedure no longer knows it."""
    known = view.procedure.steps.get(step)
    if known is None:
        return step
    if "{" not in pick(known.title, language):
        return title_of(known, language, {})
    return title_of(known, language, placeholders(view, days, language))


def title_of(step: Step, language: str, values: Mapping[str, str]) -> str:
    """Return the title of a step, plain."""
    return filled(step.title, language, values) or step.id.replace("_", " ")


def unasked(title: str) -> str:
    """Return a title as part of a sentence of ours: "afsluiten?", "clôturer ?" lose their mark."""
    return title.rstrip("?").rstrip()


def outcome_words(view: CaseView, outcome: str, language: str) -> str:
    """Return an outcome as the procedure words it."""
    return pick(view.procedure.outcomes.get(outcome, {}), language) or outcome.replace("_", " ")


def phase_words(view: CaseView, phase: str | None, language: str) -> str:
    """Return a phase as the procedure words it, "" for none."""
    if phase is None:
        return ""
    known = view.procedure.phases.get(phase)
    return pick(known.text, language) if known and known.text else phase.replace("_", " ")


_PHASE_NUMBER: Final = re.compile(r"(\d+)\W")


def phase_of(view: CaseView, phase: str | None) -> str | None:
    """Return the phase, before it is known that of the case's kind of message."""
    if phase is not None:
        return phase
    kind = view.procedure.kinds.get(view.case.facts.kind or "")
    return kind.phase if kind is not None else None


def short_phase_words(view: CaseView, language: str) -> str:
    """Return "fase 1": the case's phase, before it is known that of its kind of message; or ""."""
    words = phase_words(view, phase_of(view, view.case.phase), language)
    number = _PHASE_NUMBER.match(words)
    return plain(language, "phase-short", n=number[1]) if number else words


def kind_words(view: CaseView, language: str) -> str:
    """Return the kind of message that began the case, "" where the procedure has no kinds."""
    found = view.procedure.kinds.get(view.case.facts.kind or "")
    return pick(found.text, language) if found else ""


def municipality_words(view: CaseView) -> str:
    """Return the place behind the client's initials, "" where none is known."""
    return view.short.partition(", ")[2]


# Buttons


def press(label: str, intent: Intent, style: str = "") -> Press:
    """Return a button with its label cut to what a phone shows (row 87)."""
    return Press(label=short(label), intent=intent, style=style)


def sentences(text: str) -> str:
    """Return what was written in several lines or messages as one line, a sentence each."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    ended = [line if line[-1] in _ENDS else f"{line}." for line in lines[:-1]]
    return " ".join([*ended, *lines[-1:]])


_ENDS: Final = frozenset(".!?…:;,-–")


def short(label: str, units_max: int = LABEL_MAX) -> str:
    """Return a label that fits, an ellipsis where it was cut. Never empty: Telegram refuses it.

    A space that keeps a mark at its word stays one: "?" never stands alone on a second line.
    """
    one_line = _GAP.sub(" ", label).strip() or "…"
    if utf16_len(one_line) <= units_max:
        return one_line
    return cut(one_line, units_max=units_max - 1).rstrip() + "…"


_GAP: Final = re.compile(r"[^\S\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+")


def in_rows(keys: Iterable[Key], *, a_row: int = 2) -> tuple[tuple[Key, ...], ...]:
    """Return the buttons in rows: two short ones side by side, a long one alone."""
    rows: list[tuple[Key, ...]] = []
    waiting: list[Key] = []
    for key in keys:
        if utf16_len(key.label) > PAIR_MAX:
            rows += [tuple(waiting)] if waiting else []
            rows.append((key,))
            waiting = []
            continue
        waiting.append(key)
        if len(waiting) == a_row:
            rows.append(tuple(waiting))
            waiting = []
    return tuple([*rows, tuple(waiting)] if waiting else rows)


# Lines and pages


def labelled(name: str, value: str, language: str) -> str:
    """Return "Huurder: Marc Verlinden", plain, for a button; what no button holds is cut off."""
    return plain(language, "labelled", name=name, value=cut(value, units_max=2 * LABEL_MAX))


def lines(*parts: str | None) -> str:
    """Return the parts that are there, one a line."""
    return "\n".join(part for part in parts if part)


def dotted(*parts: str | None) -> Markup:
    """Return the parts that are there, parted by a middle dot; each is escaped unless Markup."""
    return Markup(" · ".join(escaped(part) for part in parts if part))


def fitted(html: str, language: str) -> str:
    """Return whole lines of `html` up to what one message holds, with a line that says so.

    Cutting inside a line could leave a tag open. Lines of ours are short but for quoted texts,
    which `quoted` has cut.
    """
    if utf16_len(html) <= HTML_MAX:
        return html
    end = say(language, "cut-off")
    room = HTML_MAX - utf16_len(end) - 1
    kept: list[str] = []
    for line in html.split("\n"):
        room -= utf16_len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join([*kept, end])


def quoted(text: str, *, units_max: int = 600) -> Markup:
    """Return a text that a person wrote, escaped and cut to `units_max` units before escaping."""
    return escaped(short_text(text, units_max))


def short_text(text: str, units_max: int) -> str:
    """Return the text, cut with an ellipsis where it is longer; its lines stay."""
    if utf16_len(text) <= units_max:
        return text
    return cut(text, units_max=units_max - 1).rstrip() + "…"


def page_of(rows: Sequence[T], page: int, *, size: int = PAGE_LINES) -> tuple[Sequence[T], int]:
    """Return the rows of the page and how many pages there are; a page too far is the last."""
    pages = max(1, -(-len(rows) // size))
    at = min(max(page, 0), pages - 1)
    return rows[at * size : (at + 1) * size], pages


def page_keys(turned: Intent, page: int, pages: int, language: str) -> tuple[Key, ...]:
    """Return "◂", "2 van 3", "▸" for a list of several pages; `turned` is how a page is asked."""
    if pages < 2:
        return ()
    at = min(max(page, 0), pages - 1)
    keys: list[Key] = []
    if at > 0:
        keys.append(press("◂", replace(turned, page=at - 1)))
    here = plain(language, "page-of", page=at + 1, pages=pages)
    keys.append(press(here, Intent(verb=Verb.NOTHING)))
    if at + 1 < pages:
        keys.append(press("▸", replace(turned, page=at + 1)))
    return tuple(keys)

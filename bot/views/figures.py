"""The figures of a period as screens: pages, and what they count behind a button."""

from __future__ import annotations

from collections.abc import Iterator

from bot.reading.periods import quarter_before, written
from bot.screen import Intent, Key, Screen, Verb
from bot.texts import escaped, plain, say
from bot.views.figure_words import Counted, Part, pages, title_words
from bot.views.words import fitted, lines, page_keys, press

PAGE, MEANS = 1, 2
"""What a button's `item` says: a page of the figures, or what that page counts."""


def figures_screen(counted: Counted, page: int = 0) -> Screen:
    """Return a page of the figures, with its neighbours and what is counted behind buttons."""
    parts = pages(counted)
    at = min(max(page, 0), len(parts) - 1)
    title, whose = title_words(counted)
    body = [line for part in parts[at] for line in _part_lines(part)]
    html = lines(f"<b>{escaped(title)}</b>", escaped(whose), *body)
    return Screen(html=fitted(html, counted.language), rows=_rows(counted, at, len(parts)))


def means_screen(counted: Counted, page: int) -> Screen:
    """Return what the words of a page mean, with the way back to it."""
    parts = pages(counted)
    at = min(max(page, 0), len(parts) - 1)
    words = [word for part in parts[at] for word in part.means]
    head = escaped(counted.plain("figures-means"))
    html = lines(f"<b>{head}</b>", *(f"• {escaped(word)}" for word in words))
    back = press(counted.plain("press-figures-back"), _intent(counted, at, item=PAGE))
    return Screen(html=fitted(html, counted.language), rows=((back,),))


def problem_screen(problem: str, language: str) -> Screen:
    """Return what is wrong with a period as it was typed, and how one writes it."""
    key = press(plain(language, "press-figures"), Intent(verb=Verb.FIGURES))
    return Screen(html=say(language, f"figures-problem-{problem}"), rows=((key,),))


def _part_lines(part: Part) -> Iterator[str]:
    yield f"\n<b>{escaped(part.head)}</b>"
    yield from map(escaped, part.body)


def _rows(counted: Counted, page: int, pages_n: int) -> tuple[tuple[Key, ...], ...]:
    turns = page_keys(_intent(counted, 0, item=PAGE), page, pages_n, counted.language)
    before = Intent(verb=Verb.FIGURES, arg=written(quarter_before(counted.period)))
    others = [press(counted.plain("press-figures-before"), before)]
    if counted.figures.count("cases"):
        means = _intent(counted, page, item=MEANS)
        others.insert(0, press(counted.plain("press-figures-means"), means))
    return tuple(row for row in (turns, tuple(others)) if row)


def _intent(counted: Counted, page: int, *, item: int) -> Intent:
    """Return the intent of a page, or of what it counts: in the message's place."""
    return Intent(verb=Verb.FIGURES, arg=written(counted.period), page=page, item=item)

"""The screens around a file: what can be had, of when, what is in it, and the file itself.

Pure. What the file holds is `export_rows`', `ddas`' and `case_file`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.screen import Intent, Key, Made, Screen, Verb
from bot.texts import Markup, plain, say
from bot.views.heads import Sight, back_key, ref_words
from bot.views.words import calendar_day_words, dotted, in_rows, lines, press
from scheduler.figures import Period

PERSONAL_S: Final = 600
"""Seconds that a file with names stays in a chat, as *Details* does. One without names may be
kept: a coordinator reports to a council with it."""
CASES_MAX: Final = 2000
"""Cases of one file made in the chat: read in some seconds, in which nobody else's answer is
taken down. The command line reads beside the bot and has no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asks for. `form`: xlsx, csv or json of many cases, "" of one case."""

    form: str
    first: date | None = None
    last: date | None = None
    with_names: bool = False

    def written(self) -> str:
        """Return it as a button keeps it."""
        days = (day.isoformat() if day else "-" for day in (self.first, self.last))
        return " ".join((self.form, *days, *(["names"] if self.with_names else [])))


def period_words(first: date | None, last: date | None, language: str) -> str:
    """Return "van 1 juli 2027 tot en met 30 september 2027"; an open end is said likewise."""
    from_ = calendar_day_words(first, language) if first is not None else None
    until = calendar_day_words(last, language) if last is not None else None
    if from_ and until:
        return plain(language, "export-period", first=from_, last=until)
    if from_:
        return plain(language, "export-period-from", first=from_)
    if until:
        return plain(language, "export-period-until", last=until)
    return plain(language, "export-period-all")


def export_screen(language: str, period: Period | None = None) -> Screen:
    """Return what can be had; with a period that is asked no more."""
    step = "period" if period is None else "confirm"
    first, last = (period.first, period.last) if period is not None else (None, None)
    keys = [
        press(
            plain(language, f"press-export-{form}"),
            _intent(step, Wanted(form=form, first=first, last=last)),
        )
        for form in ("xlsx", "csv", "json")
    ]
    one = press(plain(language, "press-export-one"), Intent(verb=Verb.EXPORT, step="case"))
    of = period_words(first, last, language) if period is not None else None
    html = lines(f"<b>{say(language, 'export-what')}</b>", of)
    return Screen(html=html, rows=((keys[0],), (keys[1],), (keys[2],), (one,), (_stop(language),)))


def _intent(step: str, wanted: Wanted) -> Intent:
    return Intent(verb=Verb.EXPORT, step=step, arg=wanted.written())


def _stop(language: str) -> Key:
    return press(plain(language, "press-cancel"), Intent(verb=Verb.EXPORT, step="stop"))


def period_screen(wanted: Wanted, periods: tuple[Period, ...], language: str) -> Screen:
    """Return the periods to tap, and how another is typed."""
    keys = [
        press(_period_label(one, language), _intent("confirm", _of(wanted, one)))
        for one in periods
    ]
    everything = press(plain(language, "press-export-all"), _intent("confirm", wanted))
    html = lines(
        f"<b>{dotted(plain(language, f'export-name-{wanted.form}'))}</b>",
        say(language, "export-which-period"),
    )
    return Screen(html=html, rows=(*in_rows(keys), (everything, _stop(language))))


def _of(wanted: Wanted, period: Period) -> Wanted:
    return replace(wanted, first=period.first, last=period.last)


def _period_label(period: Period, language: str) -> str:
    year = str(period.first.year)
    if (period.last - period.first).days > 100:
        return year
    n = (period.first.month + 2) // 3
    return plain(language, "export-quarter", n=n, year=year)


def confirm_screen(wanted: Wanted, language: str) -> Screen:
    """Return what the file will hold, and the button that makes it."""
    html = lines(
        _title(wanted, language),
        say(language, f"export-holds-{_content(wanted)}"),
        _goes_words(wanted, language),
    )
    make = press(plain(language, "press-export-make"), _intent("make", wanted), "primary")
    rows: list[tuple[Key, ...]] = [(make,)]
    if wanted.form != "json":
        other = replace(wanted, with_names=not wanted.with_names)
        label = "press-export-no-names" if wanted.with_names else "press-export-names"
        rows.append((press(plain(language, label), _intent("confirm", other)),))
    return Screen(html=html, rows=(*rows, (_stop(language),)))


def _content(wanted: Wanted) -> str:
    if wanted.form == "json":
        return "attempts"
    return "names" if wanted.with_names else "no-names"


def _title(wanted: Wanted, language: str) -> str:
    name = Markup(f"<b>{say(language, f'export-name-{wanted.form}')}</b>")
    return dotted(name, period_words(wanted.first, wanted.last, language))


def _goes_words(wanted: Wanted, language: str) -> str:
    return say(language, "export-goes" if wanted.with_names else "export-stays")


def case_confirm_screen(sight: Sight) -> Screen:
    """Return what the case's file holds, and the button that makes it."""
    html = lines(
        dotted(Markup(f"<b>{sight.say('press-export-pdf')}</b>"), ref_words(sight.view)),
        sight.say("export-holds-case"),
        sight.say("export-goes"),
    )
    make = press(
        sight.plain("press-export-make"), sight.intent(Verb.EXPORT, step="make"), "primary"
    )
    return Screen(html=html, rows=((make,), (back_key(sight),)))


def made_screens(
    wanted: Wanted, made: Made, language: str, *, count: int, ref: str | None
) -> tuple[Screen, Screen]:
    """Return what takes the question's place, and the message with the file."""
    if ref is not None:
        name = say(language, "press-export-pdf")
        done = dotted(Markup(f"✓ <b>{name}</b>"), Markup(f"<code>{ref}</code>"))
    else:
        said = plain(language, "export-count", n=count)
        done = dotted(Markup(f"✓ {_title(wanted, language)}"), said)
    file = Screen(
        html=say(language, "export-gone" if wanted.with_names else "export-kept"),
        protect=wanted.with_names,
        forget_after_s=PERSONAL_S if wanted.with_names else None,
        made=(made,),
    )
    return Screen(html=done), file


def none_screen(wanted: Wanted, language: str) -> Screen:
    """Return that the period holds nothing."""
    return Screen(html=lines(_title(wanted, language), say(language, "export-none")))


def too_many_screen(language: str) -> Screen:
    """Return that the chat is too small for it, and where it can be had."""
    return Screen(html=say(language, "export-too-many", n=CASES_MAX))

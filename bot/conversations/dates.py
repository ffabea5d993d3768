"""Asking a date: tapped in a small calendar, or typed; said back before it counts. Pure.

Where a person is in the calendar is a draft of the dialogue, and each button holds its day: what
was tapped means the same after a restart. Drafts: `_month` is shown, `_day` waits for its time,
`_typing` its time is typed, `_candidates` were offered for an unclear text, `_echo` waits for yes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from bot.acts import When
from bot.conversations.ask import Again, Ask, Got, Taken, Values
from bot.conversations.scene import Incoming, Pressed, Said, Scene
from bot.reading.dates import (
    Ambiguous,
    DateProblem,
    Day,
    Moment,
    Reading,
    Unreadable,
    read_moment,
)
from bot.reading.words import clean
from bot.screen import Intent, Key, Press, Verb
from bot.texts import Markup, escaped, plain, say
from bot.views.calendar import Grid, month_arg, month_rows, read_month, slots, time_rows
from bot.views.words import dated_moment_words, day_words, in_rows, moment_words, press
from scheduler.procedure import FieldKind

NO_TIME: Final = "!"
"""After a day in a PICK: its time is not known."""
TYPED: Final = "~"
"""After a day in a PICK: its time will be typed."""
YES: Final = "yes"
DRAFTS: Final = frozenset({"_month", "_day", "_typing", "_candidates", "_echo"})
"""Drafts that Back leaves first, to where the question began."""

_YES_WORDS: Final = frozenset({"ja", "yes", "oui", "ok", "oke", "klopt", "y", "j"})


def asks_otherwise(values: Values) -> bool:
    """Return whether what was read or tapped is the question now, in place of the first one."""
    return "_echo" in values or "_day" in values or bool(values.get("_candidates"))


# What is shown


def date_rows(ask: Ask, values: Values, scene: Scene) -> tuple[tuple[Key, ...], ...]:
    """Return what can be tapped: a reading to confirm, the times of a day, or days."""
    language = scene.language
    if "_echo" in values:
        yes = press(plain(language, "date-yes"), _intent(YES), "success")
        return ((yes, _other_key(date.fromisoformat(values["_echo"][:10]), scene)),)
    if values.get("_candidates"):
        return _candidate_rows(values["_candidates"], scene)
    if "_day" in values:
        return _time_rows(ask, values, scene)
    offers = in_rows(_pick(label, arg) for label, arg in ask.offers)
    if (ask.offers or ask.known) and "_month" not in values and not ask.opened:
        return (*offers, (_other_key(ask.since or _today(scene), scene),), *in_rows(ask.keys))
    grid = _grid(ask, scene)
    shown = read_month(values.get("_month", "")) or ask.since or grid.today
    return (*offers, *month_rows(grid, shown), *in_rows(ask.keys))


def date_hint(ask: Ask, values: Values, scene: Scene) -> Markup | None:
    """Return what can be typed, where it helps."""
    if "_day" in values:
        day = day_words(date.fromisoformat(values["_day"]), scene.language, today=_today(scene))
        return say(
            scene.language, "hint-typed-time" if "_typing" in values else "hint-time", day=day
        )
    if asks_otherwise(values) or (ask.known and "_month" not in values):
        return None
    return say(scene.language, "hint-day" if ask.kind == FieldKind.DAY.value else "hint-moment")


def _candidate_rows(found: Sequence[str], scene: Scene) -> tuple[tuple[Key, ...], ...]:
    labels = [(moment_label(iso, scene), iso) for iso in found]
    other = (_other_key(date.fromisoformat(found[0][:10]), scene),)
    if len(labels) == 1:
        label = plain(scene.language, "press-yes-label", what=labels[0][0])
        return ((_pick(label, YES),), other)
    return (*in_rows(_pick(label, iso) for label, iso in labels), other)


def _time_rows(ask: Ask, values: Values, scene: Scene) -> tuple[tuple[Key, ...], ...]:
    day = date.fromisoformat(values["_day"])
    untimed = _pick(plain(scene.language, "press-no-time"), f"{day.isoformat()}{NO_TIME}")
    if "_typing" in values:
        return ((untimed,),)
    clocks = slots(day, scene.team.days, now=scene.now, past=ask.is_past)
    other = _pick(plain(scene.language, "date-other-time"), f"{day.isoformat()}{TYPED}")
    return (*time_rows(day, clocks), *in_rows((other, untimed)))


def _other_key(near: date, scene: Scene) -> Key:
    return _pick(plain(scene.language, "date-other"), month_arg(near))


def _grid(ask: Ask, scene: Scene) -> Grid:
    today = _today(scene)
    since = None if ask.is_past else ask.since or today
    return Grid(
        days=scene.team.days,
        today=today,
        language=scene.language,
        since=since,
        until=today if ask.is_past else None,
        worked=ask.worked,
    )


def _pick(label: str, arg: str) -> Press:
    return press(label, _intent(arg))


def _intent(arg: str) -> Intent:
    return Intent(verb=Verb.PICK, arg=arg)


def _today(scene: Scene) -> date:
    return scene.team.days.day_of(scene.now)


def moment_label(iso: str, scene: Scene) -> str:
    """Return a kept date in words: "do 7 okt 10:00" or "do 7 okt"; near days by their name."""
    when = when_of(iso, scene)
    if when.at is None:
        return day_words(when.day, scene.language, today=_today(scene))
    return moment_words(when.at, scene.team.days, scene.language, scene.now)


def _full_label(iso: str, scene: Scene) -> str:
    """Return a kept date with its weekday and day, also when it is today or tomorrow."""
    when = when_of(iso, scene)
    if when.at is None:
        return day_words(when.day, scene.language, today=_today(scene))
    return dated_moment_words(when.at, scene.team.days, scene.language, scene.now)


# What is taken


def take_date(ask: Ask, values: Values, incoming: Incoming, scene: Scene) -> Taken:
    """Return the date that was tapped or typed, or why it is asked again (row 40)."""
    if isinstance(incoming, Pressed) and incoming.intent.verb is Verb.PICK:
        return _picked(ask, values, incoming.intent.arg or "", scene)
    if not isinstance(incoming, Said):
        return _again(scene, "ask-date-again")
    text = clean(incoming.text)
    if "_echo" in values and text.casefold() in _YES_WORDS:
        return Got(value=values["_echo"])
    return _typed(ask, values, text, scene)


def _typed(ask: Ask, values: Values, text: str, scene: Scene) -> Taken:
    reading = _reading(ask, text, scene)
    if "_day" in values:
        on_day = _reading(ask, f"{date.fromisoformat(values['_day']):%d-%m-%Y} {text}", scene)
        # an hour completes the day that was tapped; a whole date is meant instead of it
        reading = reading if isinstance(on_day, Unreadable) else on_day
    match reading:
        case Ambiguous(candidates=found):
            return _offered(scene, "ask-date-which", found)
        case Unreadable(reason=reason, suggestions=found):
            key = _UNREADABLE.get(reason, "ask-date-unreadable")
            return _offered(scene, key, found, typed=text, kept=_kept(values, reason))
        case Moment() | Day():
            return _read(ask, reading, scene)


def _reading(ask: Ask, text: str, scene: Scene) -> Reading:
    return read_moment(
        text,
        now=scene.now,
        zone=scene.team.days.zone,
        language=scene.language,
        prefer_future=not ask.is_past,
    )


def _kept(values: Values, reason: DateProblem) -> Values:
    """Return the drafts that stand after a text that was no date: its day, the month shown."""
    names = ("_day", "_typing", "_month") if reason is not DateProblem.NO_SUCH_DAY else ("_month",)
    return {name: values[name] for name in names if name in values}


_UNREADABLE: Final[Mapping[DateProblem, str]] = MappingProxyType(
    {
        DateProblem.NO_SUCH_DAY: "date-no-such-day",
        DateProblem.NO_SUCH_TIME: "ask-date-no-such-time",
        DateProblem.WEEKDAY_DIFFERS: "ask-date-weekday-differs",
        DateProblem.YEAR: "ask-date-year",
    }
)


def _read(ask: Ask, reading: Moment | Day, scene: Scene) -> Taken:
    iso = _iso(reading, scene)
    if ask.is_past and _is_ahead(reading, scene):
        return _again(scene, "ask-date-ahead")
    if isinstance(reading, Moment) and reading.moved:
        return _offered(scene, "ask-date-moved", (reading,))
    if reading.is_past and not ask.is_past:
        return _offered(scene, "ask-date-past", (reading,))
    if isinstance(reading, Day) and ask.needs_time:
        return Again(drafts={"_day": iso})
    return Got(value=iso, echo=_echo(ask, iso, scene))


def _echo(ask: Ask, iso: str, scene: Scene) -> Markup:
    """Return how a typed date was read, and that nobody works then where that matters."""
    date_ = Markup(f"<b>{escaped(_full_label(iso, scene))}</b>")
    day = date.fromisoformat(iso[:10])
    if ask.worked and not _grid(ask, scene).is_worked(day):
        return say(scene.language, "date-closed", date=date_)
    return date_


def _is_ahead(reading: Moment | Day, scene: Scene) -> bool:
    if isinstance(reading, Moment):
        return reading.at > scene.now
    return reading.on > _today(scene)


def _again(scene: Scene, key: str) -> Again:
    return Again(notice=say(scene.language, key))


def _offered(
    scene: Scene,
    key: str,
    found: Sequence[Moment | Day],
    *,
    typed: str = "",
    kept: Values | None = None,
) -> Again:
    candidates = [_iso(one, scene) for one in found]
    drafts = {"_candidates": candidates} if candidates else kept or {}
    more = {"typed": typed} if key == "date-no-such-day" else {}
    return Again(notice=say(scene.language, key, **more), drafts=drafts)


def _picked(ask: Ask, values: Values, arg: str, scene: Scene) -> Taken:
    if arg == "withdrawn" and ask.withdrawable:
        return Got(value=arg)
    if arg == YES:
        return _confirmed(values, scene)
    if read_month(arg) is not None:
        return Again(drafts={"_month": arg})
    bare, mark = (arg[:-1], arg[-1]) if arg[-1:] in (NO_TIME, TYPED) else (arg, "")
    if not is_iso(bare):
        return _again(scene, "ask-date-again")
    if mark == TYPED:
        return Again(drafts={"_day": bare[:10], "_typing": True})
    if mark == NO_TIME or not _wants_time(ask, bare, values):
        return Got(value=bare)
    return Again(drafts={"_day": bare})


def _confirmed(values: Values, scene: Scene) -> Taken:
    waiting = [values["_echo"]] if "_echo" in values else values.get("_candidates", [])
    if len(waiting) == 1:
        return Got(value=waiting[0])
    return _again(scene, "ask-date-again")


def _wants_time(ask: Ask, iso: str, values: Values) -> bool:
    """Return whether a tapped day is asked for its time; one that was typed stays as typed."""
    is_day = len(iso) == len("2027-10-07")
    if not is_day or iso in values.get("_candidates", ()):
        return False
    return ask.needs_time or (ask.kind == FieldKind.MOMENT.value and not ask.whole_day)


def is_iso(text: str) -> bool:
    """Return whether a button's `arg` is a day or a wall time."""
    try:
        return datetime.fromisoformat(text).tzinfo is None
    except ValueError:
        return False


def _iso(reading: Moment | Day, scene: Scene) -> str:
    if isinstance(reading, Day):
        return reading.on.isoformat()
    return f"{reading.at.astimezone(scene.team.days.zone):%Y-%m-%dT%H:%M}"


def when_of(iso: str, scene: Scene) -> When:
    """Return a kept date as a planned day, with its moment (UTC) where a time was given."""
    if len(iso) <= len("2027-10-07"):
        return When(day=date.fromisoformat(iso))
    local = datetime.fromisoformat(iso)
    return When(day=local.date(), at=scene.team.days.at(local.date(), local.time()))

"""Asking facts one at a time: how each kind of field is asked, read and kept.

A dialogue's `values` hold what was said so far as JSON: an ask whose id is among them has been
answered (None: skipped). Names that begin with "_" are drafts of the ask that is open.
Pure: what a text means is `bot.reading`'s, what an answer leads to the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from bot.acts import RawFields, RawItem, When
from bot.conversations.scene import Handed, Incoming, Pressed, Said, Scene
from bot.reading.dates import Ambiguous, DateProblem, Day, Moment, Unreadable, read_moment
from bot.reading.identifiers import find_national_numbers
from bot.reading.words import clean, is_blank, utf16_len
from bot.screen import Intent, Key, Screen, Verb
from bot.texts import Markup, plain, say
from bot.views.words import (
    day_words,
    in_rows,
    lines,
    moment_words,
    pick,
    press,
    quoted,
)
from scheduler.procedure import Field, FieldKind

TEXT_UNITS_MAX: Final = 4096
"""UTF-16 units of one typed field: a whole message is kept whole (row 29)."""

ITEMS_ASKED_MAX: Final = 20
"""Actions or agreements told in one go."""

DAYS_OFFERED: Final = 6
"""Working days offered as buttons: this week and a bit of the next."""

DAYS_AHEAD_MAX: Final = 120
"""Days that can be leafed to; a date beyond is typed."""

FURTHER: Final = ">"
"""Before a day in a PICK: show the days from there on."""

FILES_KEPT: Final = frozenset({"photo", "voice", "document", "audio"})
"""What a worker may hand in as a note (row 42)."""

Values: TypeAlias = Mapping[str, Any]

YES_NO: Final = "yes_no"
ITEM: Final = "item"
KNOWN: Final = "known"
MORE: Final = "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question of a dialogue.

    `kind` is a field kind or one of ours; `is_past` says that its date lies behind us;
    `needs_time` that a day alone is not enough; `offers` are (label, arg) to tap instead of
    typing; `choices` (id, label) of ticks and choices.
    """

    id: str
    kind: str
    label: str
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    offers: tuple[tuple[str, str], ...] = ()
    keys: tuple[Key, ...] = ()
    """Buttons made by whoever asks (people, items), each a PICK."""
    is_past: bool = False
    needs_time: bool = False
    withdrawable: bool = False
    """A date that may be said to be withdrawn (PICK "withdrawn")."""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """The ask is answered; `value` is JSON, `notice` (HTML) what must be said of it."""

    value: Any
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """The ask stays open; `drafts` replace those kept, `notice` says why (HTML)."""

    drafts: Values = field(default_factory=dict)
    notice: str = ""


Taken: TypeAlias = Got | Again


# From a procedure's field to asks


def asks_of(fields: Sequence[Field], values: Values, language: str) -> tuple[Ask, ...]:
    """Return the asks that the fields come to, in order; items grow with what was said."""
    asks: list[Ask] = []
    for one in fields:
        asks += (
            _item_asks(one, values, language)
            if one.kind is FieldKind.ITEMS
            else [ask_of(one, language)]
        )
    return tuple(asks)


def ask_of(one: Field, language: str) -> Ask:
    """Return the ask of a field that is not a list of items."""
    label = pick(one.label, language) or plain(language, f"ask-{one.kind.value}")
    return Ask(
        id=one.id,
        kind=one.kind.value,
        label=label,
        required=one.required,
        choices=tuple((id_, pick(text, language) or id_) for id_, text in one.choices.items()),
        is_past=one.id in ("served", "done_at"),
    )


def _item_asks(one: Field, values: Values, language: str) -> list[Ask]:
    done = values.get("items.more") == "done" or len(_items(values)) >= ITEMS_ASKED_MAX
    if done:
        return []
    label = plain(language, "ask-items-action" if one.choices else "ask-items-agreement")
    if _items(values) and "items.what" not in values and values.get("items.more") != "another":
        return [Ask(id="items.more", kind=MORE, label=plain(language, "ask-items-more"))]
    offers = tuple((pick(text, language) or id_, id_) for id_, text in one.choices.items())
    return [
        Ask(
            id="items.what",
            kind=FieldKind.TEXT.value,
            label=label,
            required=one.required and not _items(values),
            offers=offers,
        ),
        Ask(id="items.who", kind=FieldKind.TEXT.value, label=plain(language, "ask-items-who")),
        Ask(id="items.day", kind=FieldKind.DAY.value, label=plain(language, "ask-items-day")),
    ]


def _items(values: Values) -> list[dict[str, Any]]:
    kept = values.get("items")
    return list(kept) if isinstance(kept, list) else []


def settle(values: Values, ask: Ask, value: Any) -> dict[str, Any]:
    """Return the values after `ask` was answered: drafts gone, a complete item put in the list."""
    kept = {key: each for key, each in values.items() if not key.startswith("_")}
    kept[ask.id] = value
    if ask.id == "items.what" and value is None:
        kept["items.more"] = "done"
        return kept
    if ask.id == "items.more" and value != "done":
        kept["items.more"] = "another"
        if value != "another":
            kept["items.what"] = value
        return kept
    if ask.id == "items.day":
        item = {"what": kept.pop("items.what"), "who": kept.pop("items.who"), "day": value}
        kept.pop("items.day")
        kept.pop("items.more", None)
        kept["items"] = [*_items(values), item]
    return kept


def unsettle(values: Values, asks: Sequence[Ask], asking: str) -> tuple[dict[str, Any], bool]:
    """Return the values with the latest answer taken back, and whether there was one (Back)."""
    kept = {key: each for key, each in values.items() if not key.startswith("_")}
    said = [ask.id for ask in asks if ask.id in kept and ask.id != asking]
    if not said:
        return kept, False
    kept.pop(said[-1])
    return kept, True


# The screen of an ask


def ask_screen(ask: Ask, values: Values, scene: Scene, *, top: str, notice: str = "") -> Screen:
    """Return the question with what can be tapped; `top` says about which case and step."""
    html = lines(
        top,
        notice,
        _said_line(values, scene) if ask.id.startswith("items.") else None,
        f"<b>{quoted(ask.label)}</b>",
        ask.hint or _hint(ask, values, scene),
    )
    return Screen(html=html, rows=(*_rows(ask, values, scene), _end_row(ask, scene.language)))


def _said_line(values: Values, scene: Scene) -> str | None:
    said = _items(values)
    if not said:
        return None
    return "\n".join(
        f"{number}. {quoted(_item_line(item, scene), units_max=160)}"
        for number, item in enumerate(said, 1)
    )


def _item_line(item: Mapping[str, Any], scene: Scene) -> str:
    day = day_words(date.fromisoformat(item["day"]), scene.language) if item["day"] else None
    return " · ".join(part for part in (item["what"], item["who"], day) if part)


def _hint(ask: Ask, values: Values, scene: Scene) -> str | None:
    if "_day" in values:
        day = day_words(date.fromisoformat(values["_day"]), scene.language)
        return say(scene.language, "hint-time", day=day)
    hints = {
        "moment": "hint-moment",
        "day": "hint-day",
        "ticks": "hint-ticks",
        "participants": "hint-participants",
        "photo": "hint-photo",
    }
    return say(scene.language, hints[ask.kind]) if ask.kind in hints else None


def _rows(ask: Ask, values: Values, scene: Scene) -> tuple[tuple[Key, ...], ...]:
    maker = _KEYS.get(ask.kind, _offer_keys)
    return (*in_rows(ask.keys), *in_rows(maker(ask, values, scene)))


def _pick(label: str, arg: str, style: str = "") -> Key:
    return press(label, Intent(verb=Verb.PICK, arg=arg), style)


def _offer_keys(ask: Ask, values: Values, scene: Scene) -> list[Key]:
    return [_pick(label, arg) for label, arg in ask.offers]


def _choice_keys(ask: Ask, values: Values, scene: Scene) -> list[Key]:
    return [_pick(label, id_) for id_, label in ask.choices]


def _tick_keys(ask: Ask, values: Values, scene: Scene) -> list[Key]:
    ticked = values.get("_ticks", [])
    boxes = [_pick(f"{'☑' if id_ in ticked else '☐'} {label}", id_) for id_, label in ask.choices]
    every = _pick(plain(scene.language, "press-tick-all"), "all")
    done = press(plain(scene.language, "press-done"), Intent(verb=Verb.DONE), "success")
    return [*boxes, every, done]


def _yes_no_keys(ask: Ask, values: Values, scene: Scene) -> list[Key]:
    return [_pick(plain(scene.language, f"press-{one}"), one) for one in ("yes", "no")]


def _more_keys(ask: Ask, values: Values, scene: Scene) -> list[Key]:
    done = press(plain(scene.language, "press-done"), Intent(verb=Verb.DONE), "success")
    return [_pick(plain(scene.language, "press-another"), "another"), done]


def _participant_keys(ask: Ask, values: Values, scene: Scene) -> list[Key]:
    if not values.get("_lines"):
        return []
    return [press(plain(scene.language, "press-done"), Intent(verb=Verb.DONE), "success")]


def _date_keys(ask: Ask, values: Values, scene: Scene) -> list[Key]:
    """Return what was offered: a doubtful reading to confirm, times of a day, else near days."""
    language, days = scene.language, scene.team.days
    if values.get("_candidates"):
        found = [(moment_label(iso, scene), iso) for iso in values["_candidates"]]
        if len(found) == 1:
            return [_pick(plain(language, "press-yes-label", what=found[0][0]), "yes")]
        return [_pick(label, iso) for label, iso in found]
    if "_day" in values:
        day = date.fromisoformat(values["_day"])
        hours = [f"{hour:02}:00" for hour in range(9, 17)]
        keys = [_pick(hour, f"{day.isoformat()}T{hour}") for hour in hours]
        return [*keys, _pick(plain(language, "press-no-time"), f"{day.isoformat()}!")]
    if ask.offers:
        return _offer_keys(ask, values, scene)
    today = days.day_of(scene.now)
    if ask.is_past:
        past = [today - timedelta(days=back) for back in range(3)]
        return [_pick(day_words(day, language), day.isoformat()) for day in past]
    first = date.fromisoformat(values["_from"]) if "_from" in values else today
    offered = [first, *(days.add_workdays(first, n) for n in range(1, DAYS_OFFERED))]
    keys = [_pick(day_words(day, language, today=today), day.isoformat()) for day in offered]
    further = days.add_workdays(first, DAYS_OFFERED)
    if (further - today).days > DAYS_AHEAD_MAX:
        return keys
    return [*keys, _pick(plain(language, "press-further"), f"{FURTHER}{further.isoformat()}")]


_KEYS: Final[Mapping[str, Callable[[Ask, Values, Scene], list[Key]]]] = MappingProxyType(
    {
        FieldKind.TICKS.value: _tick_keys,
        FieldKind.CHOICE.value: _choice_keys,
        FieldKind.MOMENT.value: _date_keys,
        FieldKind.DAY.value: _date_keys,
        FieldKind.PARTICIPANTS.value: _participant_keys,
        YES_NO: _yes_no_keys,
        MORE: _more_keys,
    }
)


def _end_row(ask: Ask, language: str) -> tuple[Key, ...]:
    cancel = press(plain(language, "press-cancel"), Intent(verb=Verb.CANCEL))
    back = press(plain(language, "press-back"), Intent(verb=Verb.BACK))
    if ask.required or ask.kind in (MORE, YES_NO, KNOWN):
        return (back, cancel)
    return (back, press(plain(language, "press-skip"), Intent(verb=Verb.SKIP)), cancel)


def moment_label(iso: str, scene: Scene) -> str:
    """Return a kept date in words: "do 7 okt 10:00" or "do 7 okt"."""
    when = when_of(iso, scene)
    if when.at is None:
        today = scene.team.days.day_of(scene.now)
        return day_words(when.day, scene.language, today=today)
    return moment_words(when.at, scene.team.days, scene.language, scene.now)


# Reading an answer


def take(ask: Ask, values: Values, incoming: Incoming, scene: Scene) -> Taken:
    """Return what the message says to the ask: its value, or why it is asked again."""
    if isinstance(incoming, Pressed) and incoming.intent.verb is Verb.SKIP:
        skippable = not ask.required and ask.kind not in (MORE, YES_NO, KNOWN)
        return Got(value=None) if skippable else _again(scene, "ask-needed")
    return _READERS.get(ask.kind, _take_text)(ask, values, incoming, scene)


def _again(scene: Scene, key: str, drafts: Values | None = None) -> Again:
    return Again(notice=say(scene.language, key), drafts=drafts or {})


def _pick_intent(incoming: Incoming) -> Intent | None:
    if isinstance(incoming, Pressed) and incoming.intent.verb is Verb.PICK:
        return incoming.intent
    return None


def _picked(incoming: Incoming) -> str | None:
    """Return the arg of a PICK, "" for a DONE, None for anything else."""
    if not isinstance(incoming, Pressed):
        return None
    if incoming.intent.verb is Verb.DONE:
        return ""
    return incoming.intent.arg or None if incoming.intent.verb is Verb.PICK else None


def _take_text(ask: Ask, values: Values, incoming: Incoming, scene: Scene) -> Taken:
    picked = _picked(incoming)
    if picked:
        offered = {arg: label for label, arg in ask.offers}
        return Got(value=offered[picked]) if picked in offered else _again(scene, "ask-type")
    if picked == "" and not ask.required:
        return Got(value=None)
    if not isinstance(incoming, Said):
        return _again(scene, "ask-type")
    text = clean(incoming.text)
    if is_blank(text):
        return _again(scene, "ask-blank")
    if utf16_len(text) > TEXT_UNITS_MAX:
        return _again(scene, "ask-too-long")
    kept = without_numbers(text)
    left_out = say(scene.language, "number-left-out") if kept != text else ""
    return Got(value=kept, notice=left_out)


def without_numbers(text: str) -> str:
    """Return the text without national and account numbers: they are never stored (row 35)."""
    kept: list[str] = []
    end = 0
    for number in find_national_numbers(text):
        kept.append(text[end : number.start])
        end = number.end
    return "…".join([*kept, text[end:]])


def _take_participants(ask: Ask, values: Values, incoming: Incoming, scene: Scene) -> Taken:
    said = list(values.get("_lines", []))
    if _picked(incoming) == "":
        if said:
            return Got(value="\n".join(said))
        return _again(scene, "ask-needed") if ask.required else Got(value=None)
    taken = _take_text(replace(ask, required=True), values, incoming, scene)
    if isinstance(taken, Again):
        return replace(taken, drafts={"_lines": said})
    said.append(taken.value)
    if utf16_len("\n".join(said)) > TEXT_UNITS_MAX:
        return _again(scene, "ask-too-long", {"_lines": said[:-1]})
    shown = quoted("\n".join(said))
    return Again(drafts={"_lines": said}, notice=say(scene.language, "participants", lines=shown))


def _take_ticks(ask: Ask, values: Values, incoming: Incoming, scene: Scene) -> Taken:
    ids = [id_ for id_, _ in ask.choices]
    ticked = [id_ for id_ in ids if id_ in values.get("_ticks", [])]
    picked = _picked(incoming)
    if picked == "":
        return Got(value=ticked)
    if picked == "all":
        return Again(drafts={"_ticks": ids})
    if picked in ids:
        now_ticked = [i for i in ids if (i in ticked) is not (i == picked)]
        return Again(drafts={"_ticks": now_ticked})
    return _again(scene, "ask-tap", {"_ticks": ticked})


def _take_choice(ask: Ask, values: Values, incoming: Incoming, scene: Scene) -> Taken:
    picked = _picked(incoming)
    allowed = {id_ for id_, _ in ask.choices} or {"yes", "no"}
    return Got(value=picked) if picked in allowed else _again(scene, "ask-tap")


def _take_more(ask: Ask, values: Values, incoming: Incoming, scene: Scene) -> Taken:
    picked = _picked(incoming)
    if picked == "":
        return Got(value="done")
    if picked == "another":
        return Got(value="another")
    taken = _take_text(replace(ask, required=True), values, incoming, scene)
    return taken


def _take_person(ask: Ask, values: Values, incoming: Incoming, scene: Scene) -> Taken:
    intent = _pick_intent(incoming)
    if intent is not None and intent.person is not None:
        return Got(value=intent.person)
    if isinstance(incoming, Said):
        named = clean(incoming.text).casefold()
        found = [one for one in scene.look.people() if one.name.casefold() == named]
        if len(found) == 1:
            return Got(value=found[0].id)
    return _again(scene, "ask-tap")


def _take_item(ask: Ask, values: Values, incoming: Incoming, scene: Scene) -> Taken:
    intent = _pick_intent(incoming)
    if intent is not None and intent.item is not None:
        return Got(value=intent.item)
    return _again(scene, "ask-tap")


def _take_known(ask: Ask, values: Values, incoming: Incoming, scene: Scene) -> Taken:
    picked = _picked(incoming)
    if picked == "new":
        return Got(value=None)
    if picked == "known" and isinstance(incoming, Pressed) and incoming.intent.item is not None:
        return Got(value=incoming.intent.item)
    return _again(scene, "ask-tap")


def _take_photo(ask: Ask, values: Values, incoming: Incoming, scene: Scene) -> Taken:
    if isinstance(incoming, Handed) and incoming.kind in FILES_KEPT and incoming.file_id:
        return Got(value=f"{incoming.kind}:{incoming.file_id}")
    return _again(scene, "ask-photo-again")


def _take_date(ask: Ask, values: Values, incoming: Incoming, scene: Scene) -> Taken:
    picked = _picked(incoming)
    if picked:
        return _date_picked(ask, values, picked, scene)
    if not isinstance(incoming, Said):
        return _again(scene, "ask-date-again")
    text = incoming.text
    if "_day" in values:
        text = f"{date.fromisoformat(values['_day']):%d-%m-%Y} {text}"
    reading = read_moment(
        text,
        now=scene.now,
        zone=scene.team.days.zone,
        language=scene.language,
        prefer_future=not ask.is_past,
    )
    match reading:
        case Ambiguous(candidates=found):
            return _offered(scene, "ask-date-which", found)
        case Unreadable(reason=reason, suggestions=found):
            return _offered(scene, _UNREADABLE.get(reason, "ask-date-unreadable"), found)
        case Moment() | Day():
            return _date_read(ask, reading, scene)


_UNREADABLE: Final[Mapping[DateProblem, str]] = MappingProxyType(
    {
        DateProblem.NO_SUCH_DAY: "ask-date-no-such-day",
        DateProblem.NO_SUCH_TIME: "ask-date-no-such-time",
        DateProblem.WEEKDAY_DIFFERS: "ask-date-weekday-differs",
        DateProblem.YEAR: "ask-date-year",
    }
)


def _date_read(ask: Ask, reading: Moment | Day, scene: Scene) -> Taken:
    iso = _iso(reading, scene)
    if ask.is_past and _is_ahead(reading, scene):
        return _again(scene, "ask-date-ahead")
    if isinstance(reading, Moment) and reading.moved:
        return _offered(scene, "ask-date-moved", (reading,))
    if reading.is_past and not ask.is_past:
        return _offered(scene, "ask-date-past", (reading,))
    if isinstance(reading, Day) and ask.needs_time:
        return Again(drafts={"_day": iso})
    return Got(value=iso)


def _is_ahead(reading: Moment | Day, scene: Scene) -> bool:
    if isinstance(reading, Moment):
        return reading.at > scene.now
    return reading.on > scene.team.days.day_of(scene.now)


def _offered(scene: Scene, key: str, found: Sequence[Moment | Day]) -> Again:
    candidates = [_iso(one, scene) for one in found]
    return _again(scene, key, {"_candidates": candidates} if candidates else {})


def _date_picked(ask: Ask, values: Values, picked: str, scene: Scene) -> Taken:
    offered = values.get("_candidates", [])
    if picked == "withdrawn" and ask.withdrawable:
        return Got(value=picked)
    if picked.startswith(FURTHER) and _is_day(picked[1:]):
        return Again(drafts={"_from": picked[1:]})
    if picked == "yes" and len(offered) == 1:
        return Got(value=offered[0])
    if picked.endswith("!") and _is_iso(picked[:-1]):
        return Got(value=picked[:-1])
    if not _is_iso(picked):
        return _again(scene, "ask-date-again")
    if len(picked) == len("2027-10-07") and ask.needs_time and picked not in offered:
        return Again(drafts={"_day": picked})
    return Got(value=picked)


def _is_day(text: str) -> bool:
    return len(text) == len("2027-10-07") and _is_iso(text)


def _is_iso(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _iso(reading: Moment | Day, scene: Scene) -> str:
    if isinstance(reading, Day):
        return reading.on.isoformat()
    return f"{reading.at.astimezone(scene.team.days.zone):%Y-%m-%dT%H:%M}"


_READERS: Final[Mapping[str, Callable[[Ask, Values, Incoming, Scene], Taken]]] = MappingProxyType(
    {
        FieldKind.PERSON.value: _take_person,
        FieldKind.MOMENT.value: _take_date,
        FieldKind.DAY.value: _take_date,
        FieldKind.TICKS.value: _take_ticks,
        FieldKind.CHOICE.value: _take_choice,
        FieldKind.PARTICIPANTS.value: _take_participants,
        FieldKind.PHOTO.value: _take_photo,
        YES_NO: _take_choice,
        ITEM: _take_item,
        KNOWN: _take_known,
        MORE: _take_more,
    }
)


# From values to an act's fields


def when_of(iso: str, scene: Scene) -> When:
    """Return a kept date as a planned day, with its moment (UTC) where a time was given."""
    if len(iso) <= len("2027-10-07"):
        return When(day=date.fromisoformat(iso))
    local = datetime.fromisoformat(iso)
    return When(day=local.date(), at=scene.team.days.at(local.date(), local.time()))


def moment_of(iso: str, scene: Scene, *, day_end: bool) -> datetime:
    """Return a kept date as a moment (UTC): a day alone means its open, or its close.

    A day that is not worked has neither: 9:00 or 17:00 on the wall then.
    """
    when = when_of(iso, scene)
    if when.at is not None:
        return when.at
    days = scene.team.days
    if days.is_workday(when.day):
        return days.closes(when.day) if day_end else days.opens(when.day)
    return days.at(when.day, time(17 if day_end else 9))


_KNOWN_TEXTS: Final = frozenset({"note", "reason"})


def raw_fields(fields: Sequence[Field], values: Values, scene: Scene) -> RawFields:
    """Return the fields of an act from what was said; what was skipped is left out."""
    parts: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for one in fields:
        value = values.get(one.id)
        if one.kind is FieldKind.TEXT and value is not None:
            (parts if one.id in _KNOWN_TEXTS else texts)[one.id] = value
        elif one.kind is FieldKind.ITEMS:
            parts["items"] = tuple(_raw_item(item) for item in _items(values))
        elif value is not None:
            name, kept = _part(one, value, scene)
            parts[name] = kept
    for name in ("item", "known", "reason"):
        if values.get(name) is not None:
            parts[name] = values[name]
    if "ticks" in values and "ticks" not in parts:
        parts["ticks"] = tuple(values["ticks"] or ())
    return RawFields(**parts, texts=texts)


def _part(one: Field, value: Any, scene: Scene) -> tuple[str, Any]:
    match one.kind:
        case FieldKind.PERSON:
            return "to", value
        case FieldKind.MOMENT | FieldKind.DAY:
            when = when_of(value, scene)
            if one.id == "served":
                return "served", when.day
            return (one.id if one.id in ("hearing", "eviction") else "when"), when
        case FieldKind.TICKS:
            return "ticks", tuple(value)
        case FieldKind.CHOICE:
            return "choice", value
        case FieldKind.PARTICIPANTS:
            return "participants", value
        case FieldKind.PHOTO:
            return "file_id", value
        case FieldKind.TEXT | FieldKind.ITEMS:
            raise AssertionError(f"{one.kind} is read above")


def _raw_item(item: Mapping[str, Any]) -> RawItem:
    day = date.fromisoformat(item["day"][:10]) if item["day"] else None
    return RawItem(what=item["what"], who=item["who"], day=day)


__all__ = [
    "ITEM",
    "KNOWN",
    "YES_NO",
    "Again",
    "Ask",
    "Got",
    "Markup",
    "ask_of",
    "ask_screen",
    "asks_of",
    "moment_of",
    "raw_fields",
    "settle",
    "take",
    "unsettle",
    "when_of",
]

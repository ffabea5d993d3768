"""Asking facts one at a time: how each kind of field is asked, read and kept.

A dialogue's `values` hold what was said so far as JSON: an ask whose id is among them has been
answered (None: skipped). Names that begin with "_" are drafts of the ask that is open.
Pure: what a text means is `bot.reading`'s, what an answer leads to the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any, Final

from bot.acts import RawFields, RawItem
from bot.conversations.ask import Again, Ask, Got, Taken, Values
from bot.conversations.dates import asks_otherwise, date_hint, date_rows, take_date, when_of
from bot.conversations.scene import Handed, Incoming, Pressed, Said, Scene
from bot.reading.words import clean, is_blank, utf16_len
from bot.screen import Intent, Key, Screen, Verb
from bot.texts import Markup, plain, say
from bot.views.words import (
    day_words,
    in_rows,
    lines,
    pick,
    press,
    quoted,
)
from scheduler.procedure import Field, FieldKind

TEXT_UNITS_MAX: Final = 4096
"""UTF-16 units of one typed field: a whole message is kept whole (row 29)."""

ITEMS_ASKED_MAX: Final = 20
"""Actions or agreements told in one go."""

FILES_KEPT: Final = frozenset({"photo", "voice", "document", "audio"})
"""What a worker may hand in as a note (row 42)."""

YES_NO: Final = "yes_no"
ITEM: Final = "item"
KNOWN: Final = "known"
MORE: Final = "more"
ALL: Final = "all"
"""All ticks at once, and on."""
REST: Final = "rest"
"""This question and all that follow it stay without an answer."""


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
        worked=one.id == "when",
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


def is_skippable(ask: Ask) -> bool:
    """Return whether the question may stay without an answer."""
    return not ask.required and ask.kind not in (MORE, YES_NO, KNOWN)


def ask_screen(
    ask: Ask, values: Values, scene: Scene, *, top: str, notice: str = "", last: bool = True
) -> Screen:
    """Return the question with what can be tapped; `top` says about which case and step.

    `last` False: more questions follow, and all of them may be skipped at once.
    """
    html = lines(
        top,
        notice,
        _said_line(values, scene) if ask.id.startswith("items.") else None,
        None if asks_otherwise(values) else _question(ask, scene.language),
        ask.hint or _hint(ask, values, scene),
    )
    return Screen(
        html=html,
        rows=(
            *_rows(ask, values, scene),
            _end_row(ask, scene.language),
            *(() if last else (_rest_row(scene.language),)),
        ),
        protect=ask.id.startswith("items.") or ask.kind == FieldKind.PARTICIPANTS.value,
    )


def _question(ask: Ask, language: str) -> str:
    """Return the question; of a date that is known already whether it is still so."""
    label = Markup(f"<b>{quoted(ask.label)}</b>")
    return say(language, "ask-known-date", label=label, at=ask.known) if ask.known else label


def _said_line(values: Values, scene: Scene) -> str | None:
    """Return the list so far, the one that is being asked about last."""
    said = [_item_line(item, scene) for item in _items(values)]
    begun = " · ".join(filter(None, (values.get("items.what"), values.get("items.who"))))
    if begun:
        said.append(begun)
    numbered = enumerate(said, 1)
    return "\n".join(f"{n}. {quoted(line, units_max=160)}" for n, line in numbered) or None


def _item_line(item: Mapping[str, Any], scene: Scene) -> str:
    day = day_words(date.fromisoformat(item["day"]), scene.language) if item["day"] else None
    return " · ".join(part for part in (item["what"], item["who"], day) if part)


def _hint(ask: Ask, values: Values, scene: Scene) -> str | None:
    if ask.kind in _DATES:
        return date_hint(ask, values, scene)
    hints = {
        "ticks": "hint-ticks",
        "participants": "hint-participants",
        "photo": "hint-photo",
    }
    return say(scene.language, hints[ask.kind]) if ask.kind in hints else None


_DATES: Final = frozenset({FieldKind.MOMENT.value, FieldKind.DAY.value})


def _rows(ask: Ask, values: Values, scene: Scene) -> tuple[tuple[Key, ...], ...]:
    if ask.kind in _DATES:
        return date_rows(ask, values, scene)
    maker = _KEYS.get(ask.kind, _offer_keys)
    ends = _tick_ends(scene) if ask.kind == FieldKind.TICKS.value else []
    return (*in_rows(ask.keys), *in_rows(maker(ask, values, scene)), *in_rows(ends))


def _pick(label: str, arg: str, style: str = "") -> Key:
    return press(label, Intent(verb=Verb.PICK, arg=arg), style)


def _offer_keys(ask: Ask, values: Values, scene: Scene) -> list[Key]:
    return [_pick(label, arg) for label, arg in ask.offers]


def _choice_keys(ask: Ask, values: Values, scene: Scene) -> list[Key]:
    return [_pick(label, id_) for id_, label in ask.choices]


def _tick_keys(ask: Ask, values: Values, scene: Scene) -> list[Key]:
    ticked = values.get("_ticks", [])
    return [_pick(f"{'☑' if id_ in ticked else '☐'} {label}", id_) for id_, label in ask.choices]


def _tick_ends(scene: Scene) -> list[Key]:
    """Return what ends the ticking, in a row of its own: a box beside it is hit too easily."""
    every = press(plain(scene.language, "press-tick-all"), Intent(verb=Verb.DONE, arg=ALL))
    done = press(plain(scene.language, "press-done"), Intent(verb=Verb.DONE), "success")
    return [done, every]


def _yes_no_keys(ask: Ask, values: Values, scene: Scene) -> list[Key]:
    return [_pick(plain(scene.language, f"press-{one}"), one) for one in ("yes", "no")]


def _more_keys(ask: Ask, values: Values, scene: Scene) -> list[Key]:
    done = press(plain(scene.language, "press-done"), Intent(verb=Verb.DONE), "success")
    return [_pick(plain(scene.language, "press-another"), "another"), done]


def _participant_keys(ask: Ask, values: Values, scene: Scene) -> list[Key]:
    if not values.get("_lines"):
        return []
    return [press(plain(scene.language, "press-done"), Intent(verb=Verb.DONE), "success")]


_KEYS: Final[Mapping[str, Callable[[Ask, Values, Scene], list[Key]]]] = MappingProxyType(
    {
        FieldKind.TICKS.value: _tick_keys,
        FieldKind.CHOICE.value: _choice_keys,
        FieldKind.PARTICIPANTS.value: _participant_keys,
        YES_NO: _yes_no_keys,
        MORE: _more_keys,
    }
)


def _end_row(ask: Ask, language: str) -> tuple[Key, ...]:
    cancel = press(plain(language, "press-cancel"), Intent(verb=Verb.CANCEL))
    back = press(plain(language, "press-back"), Intent(verb=Verb.BACK))
    if not is_skippable(ask):
        return (back, cancel)
    if ask.is_extra:
        return (press(plain(language, "press-skip"), Intent(verb=Verb.SKIP)),)
    if ask.known:
        leave = press(plain(language, "press-leave-so"), Intent(verb=Verb.SKIP), "success")
        return (leave, back, cancel)
    return (back, press(plain(language, "press-skip"), Intent(verb=Verb.SKIP)), cancel)


def _rest_row(language: str) -> tuple[Key, ...]:
    """Return the way past all that is left: with one thumb free nobody types four texts."""
    return (press(plain(language, "press-skip-rest"), Intent(verb=Verb.SKIP, arg=REST)),)


# Reading an answer


def take(ask: Ask, values: Values, incoming: Incoming, scene: Scene) -> Taken:
    """Return what the message says to the ask: its value, or why it is asked again."""
    if isinstance(incoming, Pressed) and incoming.intent.verb is Verb.SKIP:
        return Got(value=None) if is_skippable(ask) else _again(scene, "ask-needed")
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
    return Got(value=text)


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
        is_all = isinstance(incoming, Pressed) and incoming.intent.arg == ALL
        return Got(value=ids if is_all else ticked)
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


_READERS: Final[Mapping[str, Callable[[Ask, Values, Incoming, Scene], Taken]]] = MappingProxyType(
    {
        FieldKind.PERSON.value: _take_person,
        FieldKind.MOMENT.value: take_date,
        FieldKind.DAY.value: take_date,
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

"""Leave: from when, until when, and who stands in. Entering it sends nothing else (1.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from bot.acts import AnswerStandIn, SetAway
from bot.conversations.access import is_coordinator, is_on_team, member_of, refused
from bot.conversations.ask import Ask
from bot.conversations.forms import Form, begin
from bot.conversations.scene import AbsenceLine, Dialogue, Scene, Turn
from bot.screen import Intent, Key, Screen, Verb
from bot.texts import plain, say
from bot.views.words import day_words, press, span_words
from scheduler.procedure import FieldKind, Role

KIND: Final = "away"


def order_away(rest: str, scene: Scene) -> Turn:
    """Ask from when, until when and who stands in; a coordinator may ask it for a colleague."""
    return begin(AWAY, Dialogue(kind=KIND, asking="", values=_whose(scene)), scene)


def press_away(intent: Intent, scene: Scene) -> Turn:
    """Ask the same after a press; of `person` where it names one."""
    if not is_on_team(scene):
        return refused(scene)
    named = intent.person is not None and is_coordinator(scene)
    values: dict[str, object] = {"who": intent.person} if named else _whose(scene)
    return begin(AWAY, Dialogue(kind=KIND, asking="", values=values), scene)


def press_stand_in(intent: Intent, scene: Scene) -> Turn:
    """Accept or refuse to stand in during absence `item`; whose it is, `handle` knows."""
    if not is_on_team(scene) or intent.item is None:
        return refused(scene)
    accepted = intent.verb is Verb.ACCEPT_STAND_IN
    return Turn(act=AnswerStandIn(absence=intent.item, accepted=accepted))


def _whose(scene: Scene) -> dict[str, object]:
    """Return whose leave it is: a worker's own; a coordinator is asked."""
    return {} if is_coordinator(scene) else {"who": member_of(scene).id}


def _asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    language = scene.language
    person = FieldKind.PERSON.value
    who = Ask(
        id="who",
        kind=person,
        label=plain(language, "ask-away-who"),
        required=True,
        keys=people_keys(scene, but=None),
    )
    dates = (
        Ask(
            id="from",
            kind=FieldKind.DAY.value,
            label=plain(language, "ask-away-from"),
            required=True,
        ),
        Ask(
            id="to",
            kind=FieldKind.DAY.value,
            label=plain(language, "ask-away-to"),
            required=True,
            offers=last_days(_day(dialogue, "from"), scene),
            since=_day(dialogue, "from"),
        ),
    )
    stand_in = Ask(
        id="stand_in",
        kind=person,
        label=plain(language, "ask-away-stand-in"),
        keys=people_keys(scene, but=_int(dialogue.values.get("who"))),
    )
    return (who, *dates, stand_in)


def _int(value: object) -> int | None:
    return value if isinstance(value, int) else None


def people_keys(scene: Scene, *, but: int | None) -> tuple[Key, ...]:
    """Return the team's people as answers, all but one."""
    return tuple(
        press(one.name, Intent(verb=Verb.PICK, person=one.id))
        for one in scene.look.people()
        if one.role is not Role.REPORTER and one.state == "active" and one.id != but
    )[:40]


def _day(dialogue: Dialogue, name: str) -> date | None:
    day = dialogue.values.get(name)
    return date.fromisoformat(day[:10]) if isinstance(day, str) else None


def last_days(first: date | None, scene: Scene) -> tuple[tuple[str, str], ...]:
    """Return last days to offer for a leave from `first` on."""
    if first is None:
        return ()
    days = [first, *(scene.team.days.add_workdays(first, n) for n in (1, 2, 3, 4, 9))]
    return tuple((day_words(one, scene.language), one.isoformat()) for one in days)


def _finish(dialogue: Dialogue, scene: Scene) -> SetAway | Turn:
    values = dialogue.values
    first, last = (date.fromisoformat(values[name][:10]) for name in ("from", "to"))
    if last < first:
        html = say(scene.language, "away-backwards")
        return Turn(screens=(Screen(html=html),))
    known = _overlapping(values["who"], first, last, scene)
    if known is not None:
        return Turn(screens=(_known_screen(known, scene),))
    return SetAway(person=values["who"], from_on=first, to_on=last, stand_in=values["stand_in"])


def _overlapping(person: int, first: date, last: date, scene: Scene) -> AbsenceLine | None:
    """Return the leave that the person has on one of these days already."""
    planned = (one for one in scene.look.absences() if one.person == person)
    return next((one for one in planned if one.from_on <= last and first <= one.to_on), None)


def _known_screen(known: AbsenceLine, scene: Scene) -> Screen:
    """Return that there is a leave already, and the way to it: of two, one would be forgotten."""
    days = span_words(
        known.from_on, known.to_on, scene.language, scene.team.days.day_of(scene.now)
    )
    look = press(days, Intent(verb=Verb.ABSENCE, item=known.id))
    return Screen(html=say(scene.language, "away-overlaps", days=days), rows=((look,),))


def _top(dialogue: Dialogue, scene: Scene) -> str:
    """Return what is being entered, with the days as they were understood (row 40)."""
    first, last = _day(dialogue, "from"), _day(dialogue, "to")
    if first is None:
        return say(scene.language, "top-away")
    if last is None or last < first:
        return say(scene.language, "top-away-from", first=day_words(first, scene.language))
    days = span_words(first, last, scene.language, scene.team.days.day_of(scene.now))
    return say(scene.language, "top-away-days", days=days)


AWAY: Final = Form(asks=_asks, finish=_finish, top=_top, on_case=False, echoes=True)

PRESSES: Final[Mapping[Verb, Callable[[Intent, Scene], Turn]]] = MappingProxyType(
    {
        Verb.AWAY: press_away,
        Verb.ACCEPT_STAND_IN: press_stand_in,
        Verb.REFUSE_STAND_IN: press_stand_in,
    }
)

FORMS: Final[Mapping[str, Form]] = MappingProxyType({KIND: AWAY})

"""Leave and working days: what is planned, who is there instead, and how to change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from bot.acts import Act, AnswerStandIn, ChangeAway, DropAway, SetAway, SetWorks
from bot.conversations.access import is_coordinator, is_on_team, member_of, refused, sight_of
from bot.conversations.ask import Ask
from bot.conversations.away import last_days, people_keys
from bot.conversations.forms import Form, begin
from bot.conversations.outcome import Outcome, Performed
from bot.conversations.scene import AbsenceLine, Dialogue, Member, Scene, Turn
from bot.screen import Intent, Screen, Verb
from bot.texts import plain, say
from bot.views import leave as views
from bot.views.lists import rows_of
from bot.views.words import day_words, lines, span_words
from scheduler.cover import stretches
from scheduler.people import Absence
from scheduler.procedure import FieldKind, Role

CHANGE: Final = "change_away"
WORKS: Final = "works"
WEEK: Final = 28
"""Days that are looked at to know on which weekdays the team works."""


def _names(scene: Scene) -> dict[int, str]:
    """Return colleagues' names: no reporter is named here."""
    people = scene.look.people()
    return {one.id: one.name for one in people if one.role is not Role.REPORTER}


def _today(scene: Scene) -> date:
    return scene.team.days.day_of(scene.now)


def _whose(intent: Intent, scene: Scene) -> Member | None:
    """Return the member that a press is about, where the reader may know of it."""
    if not is_on_team(scene):
        return None
    me = member_of(scene)
    if intent.person in (None, me.id):
        return me
    found = (one for one in scene.look.people() if one.id == intent.person)
    return next(found, None) if is_coordinator(scene) else None


def _absence(absence: int | None, scene: Scene) -> AbsenceLine | None:
    """Return a leave that is the reader's own or, for a coordinator, anybody's."""
    if not is_on_team(scene):
        return None
    found = next((one for one in scene.look.absences() if one.id == absence), None)
    if found is None or not (is_coordinator(scene) or found.person == member_of(scene).id):
        return None
    return found


# Who is there instead


def cover_said(absence: AbsenceLine, scene: Scene) -> str | None:
    """Return chains and gaps of a leave as if its stand-in had accepted; None without any."""
    planned = Absence(from_on=absence.from_on, to_on=absence.to_on, stand_in=absence.stand_in)
    found = stretches(scene.roster, absence.person, planned, scene.team.days)
    stand_in = absence.stand_in or scene.roster.people[absence.person].stand_in
    return views.cover_lines(found, stand_in, _names(scene), scene.language, _today(scene))


def missed_said(person: int, first: date | None, last: date | None, scene: Scene) -> str | None:
    """Return for whom the person cannot stand in on days that were promised, or None."""
    said = []
    for one in scene.look.absences():
        if one.stand_in != person or not one.accepted:
            continue
        begins, ends = max(one.from_on, first or one.from_on), min(one.to_on, last or one.to_on)
        if begins <= ends:
            planned = Absence(from_on=begins, to_on=ends, stand_in=person)
            found = stretches(scene.roster, one.person, planned, scene.team.days)
            name = _names(scene).get(one.person, "–")
            today = _today(scene)
            said.append(views.affected_lines(name, found, _names(scene), scene.language, today))
    return lines(*said) or None


# Presses


def press_my_leave(intent: Intent, scene: Scene) -> Turn:
    """Show the planned leave of somebody."""
    who = _whose(intent, scene)
    if who is None:
        return refused(scene)
    person = scene.roster.person(who.id)
    screen = views.leave_screen(
        scene.look.absences(),
        who,
        person.works if person else None,
        scene.language,
        _today(scene),
    )
    return Turn(screens=(screen,))


def press_absence(intent: Intent, scene: Scene) -> Turn:
    """Show one leave."""
    absence = _absence(intent.item, scene)
    if absence is None:
        return refused(scene)
    cover = cover_said(absence, scene)
    screen = views.absence_screen(absence, cover, _names(scene), scene.language, _today(scene))
    return Turn(screens=(screen,))


def press_change(intent: Intent, scene: Scene) -> Turn:
    """Ask for another last day or another stand-in; `back` is today, and asks nothing."""
    absence = _absence(intent.item, scene)
    if absence is None or intent.arg not in ("to", "stand_in", "back"):
        return refused(scene)
    if intent.arg == "back":
        yesterday = _today(scene) - timedelta(days=1)
        if yesterday < absence.from_on:
            return Turn(act=DropAway(absence=absence.id))
        return Turn(act=ChangeAway(absence=absence.id, to_on=yesterday))
    dialogue = Dialogue(kind=CHANGE, asking="", answer=intent.arg, values={"absence": absence.id})
    return begin(CHANGE_FORM, dialogue, scene)


def press_drop(intent: Intent, scene: Scene) -> Turn:
    """The leave does not take place."""
    absence = _absence(intent.item, scene)
    return refused(scene) if absence is None else Turn(act=DropAway(absence=absence.id))


def press_works(intent: Intent, scene: Scene) -> Turn:
    """Ask on which weekdays somebody works: one's own, or for a coordinator anybody's."""
    who = _whose(intent, scene)
    person = scene.roster.person(who.id) if who is not None else None
    if who is None or person is None:
        return refused(scene)
    ticked = [day for day in _weekdays(scene) if person.works is None or day in person.works]
    values = {"who": who.id, "_ticks": [str(day) for day in ticked]}
    return begin(WORKS_FORM, Dialogue(kind=WORKS, asking="", values=values), scene)


def press_covered(intent: Intent, scene: Scene) -> Turn:
    """Show the cases that the reader takes on for somebody; another page in its place."""
    screen = brief(intent.person, scene, intent.page)
    if screen is None:
        return refused(scene)
    return Turn(edit=screen) if intent.item is not None else Turn(screens=(screen,))


def brief(person_id: int | None, scene: Scene, page: int = 0) -> Screen | None:
    """Return the cases of somebody for who stands in today, or for a coordinator; else None."""
    absent = next((one for one in scene.look.people() if one.id == person_id), None)
    if absent is None or not is_on_team(scene):
        return None
    today, me = _today(scene), member_of(scene).id
    if not (is_coordinator(scene) or scene.roster.covering(absent.id, today) == me):
        return None
    leave = next(
        (
            one
            for one in scene.look.absences()
            if one.person == absent.id and one.from_on <= today <= one.to_on
        ),
        None,
    )
    own = [view for view in scene.look.cases_of(me) if view.case.worker == absent.id]
    if is_coordinator(scene):
        own = [view for view in scene.look.open_cases() if view.case.worker == absent.id]
    names = _names(scene)
    lately = {
        view.id: views.last_words(sight_of(scene, view), scene.look.history(view.id), names)
        for view in own
    }
    return views.brief_screen(
        absent,
        leave.to_on if leave else None,
        rows_of(own, scene.team, scene.language, scene.now),
        {id_: words for id_, words in lately.items() if words is not None},
        scene.language,
        today=today,
        page=page,
    )


# Forms


def _change_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    absence = _absence(dialogue.values.get("absence"), scene)
    person = absence.person if absence else None
    if dialogue.answer == "stand_in":
        return (
            Ask(
                id="stand_in",
                kind=FieldKind.PERSON.value,
                label=plain(scene.language, "ask-away-stand-in"),
                required=True,
                keys=people_keys(scene, but=person),
            ),
        )
    first = absence.from_on if absence else None
    return (
        Ask(
            id="to",
            kind=FieldKind.DAY.value,
            label=plain(scene.language, "ask-away-to"),
            required=True,
            offers=last_days(max(first, _today(scene)), scene) if first else (),
            since=first,
        ),
    )


def _change_finish(dialogue: Dialogue, scene: Scene) -> Act | Turn:
    absence = _absence(dialogue.values.get("absence"), scene)
    if absence is None:
        return refused(scene)
    if dialogue.answer == "stand_in":
        return ChangeAway(absence=absence.id, stand_in=dialogue.values["stand_in"])
    last = date.fromisoformat(str(dialogue.values["to"])[:10])
    if last < absence.from_on:
        return Turn(screens=(Screen(html=say(scene.language, "away-backwards")),))
    return ChangeAway(absence=absence.id, to_on=last)


def _change_top(dialogue: Dialogue, scene: Scene) -> str:
    absence = _absence(dialogue.values.get("absence"), scene)
    if absence is None:
        return say(scene.language, "top-away")
    name = _names(scene).get(absence.person, "–")
    days = span_words(absence.from_on, absence.to_on, scene.language, _today(scene))
    return say(scene.language, "leave-one", name=name, days=days)


CHANGE_FORM: Final = Form(asks=_change_asks, finish=_change_finish, top=_change_top, on_case=False)


def _weekdays(scene: Scene) -> list[int]:
    """Return the weekdays on which the team works."""
    today = _today(scene)
    near = (today + timedelta(days=n) for n in range(WEEK))
    return sorted({day.weekday() for day in near if scene.team.days.is_workday(day)})


def _works_asks(dialogue: Dialogue, scene: Scene) -> tuple[Ask, ...]:
    return (
        Ask(
            id="days",
            kind=FieldKind.TICKS.value,
            label=plain(scene.language, "ask-works"),
            required=True,
            choices=tuple(
                (str(day), views.weekday_words(day, scene.language)) for day in _weekdays(scene)
            ),
            hint=say(scene.language, "ask-works-hint"),
        ),
    )


def _works_finish(dialogue: Dialogue, scene: Scene) -> Act | Turn:
    days = tuple(sorted(int(day) for day in dialogue.values["days"]))
    who = dialogue.values["who"]
    if not days:
        return Turn(screens=(Screen(html=say(scene.language, "works-none")),))
    return SetWorks(person=who, works=None if list(days) == _weekdays(scene) else days)


def _works_top(dialogue: Dialogue, scene: Scene) -> str:
    name = _names(scene).get(dialogue.values["who"], "–")
    return say(scene.language, "top-works", name=name)


WORKS_FORM: Final = Form(asks=_works_asks, finish=_works_finish, top=_works_top, on_case=False)


# What is read after an act


def away_set(act: SetAway, outcome: Outcome, scene: Scene) -> Screen:
    """Return the leave as it was entered, what is wrong with it, and how to change it."""
    names, today = _names(scene), _today(scene)
    found = _of(outcome, scene)
    stand_in = names.get(act.stand_in) if act.stand_in is not None else None
    asked = found is None or not found.accepted
    html = lines(
        say(
            scene.language,
            "done-away",
            name=names.get(act.person, "–"),
            first=day_words(act.from_on, scene.language, today=today),
            last=day_words(act.to_on, scene.language, today=today),
        ),
        _asked_words(stand_in, scene.language, asked=asked),
        cover_said(found, scene) if found else None,
        missed_said(act.person, act.from_on, act.to_on, scene),
    )
    rows = views.change_rows(found, scene.language, today) if found else ()
    return Screen(html=html, rows=rows)


def _asked_words(stand_in: str | None, language: str, *, asked: bool) -> str:
    if stand_in is None:
        return say(language, "done-away-nobody")
    return say(language, "done-away-asked" if asked else "leave-one-accepted", name=stand_in)


def _of(outcome: Outcome, scene: Scene) -> AbsenceLine | None:
    values: Mapping[str, Any] = outcome.values if isinstance(outcome, Performed) else {}
    return next((one for one in scene.look.absences() if one.id == values.get("absence")), None)


def changed(act: ChangeAway, outcome: Outcome, scene: Scene) -> Screen:
    """Return the leave as it is now."""
    found = _of(outcome, scene)
    if found is None:
        return Screen(html=say(scene.language, "done-away-back"))
    cover = cover_said(found, scene)
    screen = views.absence_screen(found, cover, _names(scene), scene.language, _today(scene))
    return Screen(
        html=lines(say(scene.language, "done-away-changed"), screen.html), rows=screen.rows
    )


def dropped(act: DropAway, outcome: Outcome, scene: Scene) -> Screen:
    """Return that the leave does not take place."""
    return Screen(html=say(scene.language, "done-away-dropped"))


def works_set(act: SetWorks, outcome: Outcome, scene: Scene) -> Screen:
    """Return the working days, and for whom one cannot stand in by them."""
    html = lines(
        say(
            scene.language,
            "done-works",
            name=_names(scene).get(act.person, "–"),
            days=views.works_words(act.works, scene.language),
        ),
        missed_said(act.person, None, None, scene),
    )
    return Screen(html=html)


def stood_in(act: AnswerStandIn, outcome: Outcome, scene: Scene) -> Screen:
    """Return that it is noted, and on which of the days the stand-in is not there."""
    absence = next((one for one in scene.look.absences() if one.id == act.absence), None)
    if not act.accepted:
        return Screen(html=say(scene.language, "done-stand-in-no"))
    if absence is None:
        return Screen(html=say(scene.language, "done"))
    days = span_words(absence.from_on, absence.to_on, scene.language, _today(scene))
    name = _names(scene).get(absence.person, "–")
    said = say(scene.language, "done-stand-in-yes", name=name, days=days)
    return Screen(html=lines(said, cover_said(absence, scene)))


PRESSES: Final[Mapping[Verb, Callable[[Intent, Scene], Turn]]] = MappingProxyType(
    {
        Verb.MY_LEAVE: press_my_leave,
        Verb.ABSENCE: press_absence,
        Verb.CHANGE_AWAY: press_change,
        Verb.DROP_AWAY: press_drop,
        Verb.WORKS: press_works,
        Verb.COVERED: press_covered,
    }
)

FORMS: Final[Mapping[str, Form]] = MappingProxyType({CHANGE: CHANGE_FORM, WORKS: WORKS_FORM})

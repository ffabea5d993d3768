"""Commands and lists: what is there to do, how things stand, who is on the team."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from bot.conversations.access import (
    case_by_ref,
    is_coordinator,
    member_of,
    refused,
    sight_of,
)
from bot.conversations.coordinator import order_invite, press_leave_team
from bot.conversations.scene import CaseView, Scene, Turn
from bot.reading.references import read_reference
from bot.reading.words import fold_name
from bot.screen import Intent, Screen, Verb
from bot.texts import plain, say
from bot.views.cases import case_screen
from bot.views.lists import (
    Urgency,
    absent_screen,
    list_keys,
    list_screen,
    rows_of,
    team_screen,
)
from bot.views.pictures import board, timeline
from bot.views.visits import inside_line
from bot.views.words import in_rows, lines, press

Order = Callable[[str, Scene], Turn]


# Lists


def show_list(name: str, scene: Scene, page: int = 0) -> Turn:
    """Return a list by name; the team's lists are for coordinators."""
    if name in COORDINATORS and not is_coordinator(scene):
        return refused(scene)
    maker = _LISTS.get(name)
    if maker is None:
        return refused(scene)
    return Turn(screens=(maker(scene, page),))


def press_list(intent: Intent, scene: Scene) -> Turn:
    """Return a list; another page of it takes the place of the one that was pressed."""
    turn = show_list(intent.arg or "", scene, intent.page)
    if intent.item is None or turn.toast is not None or not turn.screens:
        return turn
    return Turn(edit=replace(turn.screens[0], made=()))


def _mine(scene: Scene) -> tuple[CaseView, ...]:
    me = member_of(scene).id
    return (*scene.look.cases_of(me), *scene.look.checks_of(me))


def _all_open(scene: Scene) -> tuple[CaseView, ...]:
    checks = [view for one in scene.look.people() for view in scene.look.checks_of(one.id)]
    unique = {view.id: view for view in (*scene.look.open_cases(), *checks)}
    return tuple(unique.values())


def _today(scene: Scene, page: int) -> Screen:
    rows = rows_of(_mine(scene), scene.team, scene.language, scene.now)
    urgent = [row for row in rows if row.urgency < Urgency.CALM]
    extra = list_keys(scene.language, "cases")
    return list_screen("today", urgent, scene.language, page=page, with_worker=False, extra=extra)


def _cases(scene: Scene, page: int) -> Screen:
    rows = rows_of(_mine(scene), scene.team, scene.language, scene.now)
    return list_screen("cases", rows, scene.language, page=page, with_worker=False)


def _status(scene: Scene, page: int) -> Screen:
    rows = rows_of(_all_open(scene), scene.team, scene.language, scene.now)
    figures = press(plain(scene.language, "press-figures"), Intent(verb=Verb.FIGURES))
    extra = (*list_keys(scene.language, "overdue", "team"), figures)
    screen = list_screen(
        "status",
        rows,
        scene.language,
        page=page,
        with_worker=True,
        extra=extra,
        above=tuple(_inside(scene)),
    )
    return replace(screen, made=(board(rows, scene.team, scene.language, scene.now),))


def _inside(scene: Scene) -> Iterator[str]:
    """Yield who is at a client's home now, where the team watches over visits."""
    for visit in scene.look.visits_inside():
        view = scene.look.case(visit.case)
        if view is not None:
            yield inside_line(sight_of(scene, view), visit)


def _overdue(scene: Scene, page: int) -> Screen:
    rows = rows_of(_all_open(scene), scene.team, scene.language, scene.now)
    late = [row for row in rows if row.urgency is Urgency.LATE]
    extra = list_keys(scene.language, "status", "team")
    return list_screen("overdue", late, scene.language, page=page, with_worker=True, extra=extra)


def _team(scene: Scene, page: int) -> Screen:
    people = scene.look.people()
    return team_screen(
        people,
        scene.look.absences(),
        {one.id: scene.look.load(one.id) for one in people},
        scene.roster,
        scene.language,
        today=scene.team.days.day_of(scene.now),
        reader=member_of(scene).id,
        page=page,
    )


def _absent(scene: Scene, page: int) -> Screen:
    today = scene.team.days.day_of(scene.now)
    return absent_screen(
        scene.look.people(), scene.look.absences(), scene.language, today=today, page=page
    )


_LISTS: Final[Mapping[str, Callable[[Scene, int], Screen]]] = MappingProxyType(
    {
        "today": _today,
        "cases": _cases,
        "status": _status,
        "overdue": _overdue,
        "team": _team,
        "absent": _absent,
    }
)

COORDINATORS: Final = frozenset({"status", "overdue", "team", "absent"})
"""Lists about everybody's work."""


# Commands


def order_case(rest: str, scene: Scene) -> Turn:
    """Return the case of a reference; unknown and someone else's get the one refusal (row 23)."""
    if not rest.strip():
        return show_list("cases", scene)
    view = case_by_ref(scene, read_reference(rest))
    return refused(scene) if view is None else Turn(screens=(case_screen(sight_of(scene, view)),))


def order_status(rest: str, scene: Scene) -> Turn:
    """Return how all stands, or one case in time; a worker may ask it of their own cases."""
    if not rest.strip():
        return show_list("status", scene)
    view = case_by_ref(scene, read_reference(rest))
    if view is None:
        return refused(scene)
    sight = sight_of(scene, view)
    picture = timeline(sight, scene.look.history(view.id))
    return Turn(screens=(replace(case_screen(sight), made=(picture,)),))


def _order_list(name: str) -> Order:
    return lambda rest, scene: show_list(name, scene)


def order_help(rest: str, scene: Scene) -> Turn:
    """Return what one can ask the bot, by role; also the answer to an unknown command (row 19)."""
    coordinator = is_coordinator(scene)
    html = lines(
        f"<b>{say(scene.language, 'help-title', name=member_of(scene).name)}</b>",
        say(scene.language, "help-worker"),
        say(scene.language, "help-more"),
        say(scene.language, "help-coordinator") if coordinator else None,
        say(scene.language, "help-figures") if coordinator else None,
        say(scene.language, "help-leaflet") if coordinator else None,
        say(scene.language, "help-who-saw") if coordinator else None,
        say(scene.language, "help-code") if coordinator else None,
        say(scene.language, "help-note"),
    )
    names = ("today", "cases", "status", "team") if coordinator else ("today", "cases")
    language = press(plain(scene.language, "press-language"), Intent(verb=Verb.LANGUAGE))
    away = press(plain(scene.language, "press-away"), Intent(verb=Verb.AWAY))
    rows = (*in_rows(list_keys(scene.language, *names)), (away, language))
    return Turn(screens=(Screen(html=html, rows=rows),))


def order_revoke(rest: str, scene: Scene) -> Turn:
    """Ask whether somebody's rights end; without a name, or with one of several, show the team."""
    wanted = fold_name(rest)
    found = [one for one in scene.look.people() if wanted and fold_name(one.name) == wanted]
    if len(found) != 1:
        return show_list("team", scene)
    return press_leave_team(Intent(verb=Verb.LEAVE_TEAM, person=found[0].id), scene)


def _guarded(order: Order) -> Order:
    return lambda rest, scene: order(rest, scene) if is_coordinator(scene) else refused(scene)


COMMANDS: Final[Mapping[str, Order]] = MappingProxyType(
    {
        "today": _order_list("today"),
        "cases": _order_list("cases"),
        "case": order_case,
        "status": order_status,
        "overdue": _order_list("overdue"),
        "team": _order_list("team"),
        "invite": _guarded(order_invite),
        "revoke": _guarded(order_revoke),
        "help": order_help,
    }
)
"""Commands of the team, lower case, without the slash."""

PRESSES: Final[Mapping[Verb, Callable[[Intent, Scene], Turn]]] = MappingProxyType(
    {Verb.LIST: press_list}
)

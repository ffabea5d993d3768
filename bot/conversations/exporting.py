"""Files out of the bot: a coordinator's tables, and a case to be handed over. Pure.

What, of which period, and one question that says what is in it: then the file is made. It goes to
the one who asked alone, cannot be passed on in the messenger, and goes away by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

from bot.acts import Export
from bot.conversations.access import (
    case_by_ref,
    case_for,
    is_coordinator,
    member_of,
    refused,
    sight_of,
)
from bot.conversations.outcome import Outcome, Performed
from bot.conversations.scene import CaseView, Scene, Turn
from bot.conversations.second_step import asked_first
from bot.reading.periods import PeriodProblem, quarter_before, quarter_of, read_period
from bot.reading.references import read_reference
from bot.screen import Intent, Screen, Verb
from bot.texts import say
from bot.views.exports import (
    Wanted,
    case_confirm_screen,
    confirm_screen,
    export_screen,
    made_screens,
    none_screen,
    period_screen,
    too_many_screen,
)
from scheduler.decision import Refused
from scheduler.figures import Period

FORMS: Final = frozenset({"xlsx", "csv", "json"})


def order_export(rest: str, scene: Scene) -> Turn:
    """Return what can be had; with a reference the case's file, with a period the tables of it."""
    if not rest.strip():
        return _choice(scene) if is_coordinator(scene) else refused(scene)
    period = read_period(rest, scene.team.days.day_of(scene.now))
    if isinstance(period, PeriodProblem):
        view = case_by_ref(scene, read_reference(rest))
        return _case(view, scene, is_pressed=False)
    return _choice(scene, period) if is_coordinator(scene) else refused(scene)


def press_export(intent: Intent, scene: Scene) -> Turn:
    """Go on to the next of: what, which period, is that so, the file."""
    if intent.case is not None:
        return _pressed_case(intent, scene)
    if not is_coordinator(scene):
        return refused(scene)
    wanted = read_wanted(intent.arg or "")
    match intent.step:
        case "period" if wanted.form in FORMS:
            return Turn(edit=period_screen(wanted, _periods(scene), scene.language))
        case "confirm" if wanted.form in FORMS:
            return Turn(edit=confirm_screen(wanted, scene.language))
        case "make" if wanted.form in FORMS:
            return asked_first(intent, scene) or Turn(act=_act(wanted))
        case "case":
            return Turn(edit=Screen(html=say(scene.language, "export-ask-ref")))
        case "stop":
            return Turn(edit=Screen(html=say(scene.language, "cancelled")))
        case _:
            return refused(scene)


def _choice(scene: Scene, period: Period | None = None) -> Turn:
    return Turn(screens=(export_screen(scene.language, period),))


def _act(wanted: Wanted) -> Export:
    return Export(
        what="attempts" if wanted.form == "json" else "cases",
        form=wanted.form,
        first=wanted.first,
        last=wanted.last,
        with_names=wanted.with_names,
    )


def _periods(scene: Scene) -> tuple[Period, ...]:
    """Return the periods offered: this quarter, the one before, this year, the one before."""
    today = scene.team.days.day_of(scene.now)
    quarter = quarter_of(today)
    years = (_year(today.year), _year(today.year - 1))
    return (quarter, quarter_before(quarter), *years)


def _year(year: int) -> Period:
    return Period(first=date(year, 1, 1), last=date(year, 12, 31))


# One case


def _pressed_case(intent: Intent, scene: Scene) -> Turn:
    view = case_for(scene, intent.case)
    if intent.step == "make" and view is not None and may_hand_over(scene, view):
        return asked_first(intent, scene) or Turn(act=Export(what="case", case=view.id))
    return _case(view, scene, is_pressed=True)


def _case(view: CaseView | None, scene: Scene, *, is_pressed: bool) -> Turn:
    if view is None or not may_hand_over(scene, view):
        return refused(scene)
    screen = case_confirm_screen(sight_of(scene, view))
    return Turn(edit=screen) if is_pressed else Turn(screens=(screen,))


def may_hand_over(scene: Scene, view: CaseView) -> bool:
    """Return whether the person may have the case as a file: coordinator, its worker, stand-in."""
    me, worker = member_of(scene).id, view.case.worker
    if is_coordinator(scene) or worker == me:
        return True
    today = scene.team.days.day_of(scene.now)
    return worker is not None and scene.roster.covering(worker, today) == me


# What came of it


def respond(act: Export, outcome: Outcome, scene: Scene) -> Turn:
    """Return the file, or why there is none."""
    if isinstance(outcome, Refused):
        if outcome.reason == "too_many":
            return Turn(edit=too_many_screen(scene.language))
        return replace(refused(scene), refused=False)
    assert isinstance(outcome, Performed), outcome
    wanted = Wanted(
        form=act.form, first=act.first, last=act.last, with_names=act.with_names or bool(act.case)
    )
    made, count = outcome.values.get("made"), outcome.values.get("count", 0)
    if made is None:
        return Turn(edit=none_screen(wanted, scene.language))
    view = scene.look.case(act.case) if act.case is not None else None
    done, file = made_screens(
        wanted, made, scene.language, count=count, ref=view.ref if view else None
    )
    return Turn(edit=done, screens=(file,))


# In a button


def read_wanted(arg: str) -> Wanted:
    """Return what `Wanted.written` wrote; what is no such text is wanted by nobody."""
    form, first, last, names = (*arg.split(" "), "", "", "", "")[:4]
    return Wanted(form=form, first=_day(first), last=_day(last), with_names=names == "names")


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso not in ("", "-") else None


COMMANDS: Final[Mapping[str, Callable[[str, Scene], Turn]]] = MappingProxyType(
    {"export": order_export}
)

PRESSES: Final[Mapping[Verb, Callable[[Intent, Scene], Turn]]] = MappingProxyType(
    {Verb.EXPORT: press_export}
)

"""What coordinators are told of terms, and what the access log says."""

from __future__ import annotations

from datetime import date, timedelta

from bot.acts import KeepLonger
from bot.conversations import dispatch
from bot.conversations.outcome import Performed
from bot.conversations.scene import SeenLine, Turn
from bot.screen import Screen, Verb
from bot.views.privacy import KNOWN, Ending, retention_screen
from tests.screens.catalogue import scene
from tests.screens.stage import AN, CASE, KARIN, REF, Stage


def ending(number: int) -> list[Ending]:
    """Return cases whose term ends, in a fortnight or later."""
    letters = "ABCDEFGHJKMNPQRSTVWXYZ"
    first = [Ending(id=CASE, ref=REF, on=date(2027, 9, 27))]
    more = [
        Ending(id=100 + n, ref=f"H2D{letters[n]}-9C", on=date(2027, 9, 28))
        for n in range(number - 1)
    ]
    return first + more


@scene
def term_of_one(stage: Stage) -> Screen:
    """In a morning: the term of one case is over in two weeks."""
    return retention_screen(ending(1), stage.language, days=stage.team.days, now=stage.now)


@scene
def term_of_many(stage: Stage) -> Screen:
    """The first morning after the terms were made shorter: many at once."""
    return retention_screen(ending(16), stage.language, days=stage.team.days, now=stage.now)


@scene
def why_longer(stage: Stage) -> Turn:
    """One of them is needed longer."""
    stage.assigned()
    return stage.chat(KARIN).force(Verb.RETAIN, case=CASE)


@scene
def kept_longer(stage: Stage) -> Turn:
    """After the reason."""
    stage.assigned()
    act = KeepLonger(case=CASE, months=6, why="court")
    done = Performed(values={"until": date(2028, 3, 27)})
    return dispatch.respond(act, done, stage.chat(KARIN).scene)


@scene
def cannot_be_kept(stage: Stage) -> Turn:
    """It was opened again, or erased, since it was announced."""
    stage.assigned()
    act = KeepLonger(case=999, months=6, why="court")
    return dispatch.respond(act, Performed(), stage.chat(KARIN).scene)


@scene
def who_saw_which(stage: Stage) -> Turn:
    """The command without a number."""
    return stage.chat(KARIN).order("who_saw")


@scene
def who_saw_nobody(stage: Stage) -> Turn:
    """A case at which nobody looked."""
    stage.assigned()
    return stage.chat(KARIN).order(f"who_saw {REF}")


@scene
def who_saw(stage: Stage) -> Turn:
    """Everything that the log can say, on its first page."""
    stage.assigned()
    for number, what in enumerate([*sorted(KNOWN), "new", "details", "details"]):
        by = (AN.id, KARIN.id, None)[number % 3]
        at = stage.now - timedelta(days=20 - number)
        name = "" if by is None else stage.own("An" if by == AN.id else "Karin")
        stage.seen.append(SeenLine(at=at, by=by, name=name, what=what))
    stage.seen.append(SeenLine(at=stage.now, by=99, name="", what="details"))
    return stage.chat(KARIN).order(f"who_saw {REF}")

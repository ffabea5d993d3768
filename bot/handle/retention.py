"""What is personal is kept no longer than the team's terms: announced, and then erased (P18).

Fourteen days before, the coordinators are told once which cases are next, by reference; whoever
needs one longer says so, and why. Decides when; what erasing means is `storage.erasing`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot import acts
from bot.conversations.outcome import Outcome, Performed
from bot.handle.office import Desk
from bot.handle.posting import Post
from bot.team import Intake, Retention
from bot.views.privacy import NAMED_MAX, Ending, retention_screen
from scheduler.case import Case, State
from scheduler.decision import Refused
from scheduler.workdays import months_later
from storage import access, buttons, cases, drafts, erasing, inbox, outbox, people, teams
from storage.columns import to_moment, to_number
from storage.errors import NotFound

FLAG: Final = "retention"
"""What is remembered, by case number: {"told": {number: moment}, "until": {number: moment}}."""
NOTICE: Final = timedelta(days=14)
"""Between telling the coordinators and erasing."""
CHECK_MONTHS: Final = 6
"""A check three months later that nobody answered by then keeps a case no longer."""
CONVERSATIONS_KEPT: Final = timedelta(days=14)
"""A conversation that nobody went on with."""
ENDED_KEPT: Final = timedelta(days=30)
"""Invitations that let nobody in, and buttons of questions that are over."""
AT_ONCE: Final = 25
"""Cases erased in one transaction."""


@dataclass(slots=True)
class _Memory:
    """Of which cases the coordinators were told, and which are kept longer."""

    told: dict[int, datetime]
    until: dict[int, datetime]


class Keeping:
    """The terms of one team, at one desk."""

    def __init__(self, desk: Desk) -> None:
        """Work at `desk`."""
        self._desk = desk
        self._terms = desk.office.team.retention

    # announcing

    def announce(self, post: Post) -> None:
        """Tell the coordinators of the cases whose term ends within fourteen days, once."""
        desk, memory = self._desk, self._remembered()
        ending = {one.id: one for one in self._ending(memory)}
        new = [one for one in ending.values() if one.id not in memory.told]
        new = sorted(new, key=lambda one: (one.on, one.id))[:NAMED_MAX]
        memory.told = {n: at for n, at in memory.told.items() if n in ending}
        memory.told |= dict.fromkeys((one.id for one in new), desk.now)
        self._remember(memory)
        if not new:
            return
        for person_id in desk.roster.coordinators(desk.days.day_of(desk.now)):
            chat_id = desk.people[person_id].user_id
            if chat_id is not None:
                language = desk.member(person_id).language
                screen = retention_screen(new, language, days=desk.days, now=desk.now)
                post.screen(chat_id, screen, person_id=person_id, kind="digest", lane=1)

    def _ending(self, memory: _Memory) -> Iterator[Ending]:
        """Give the cases whose term ends within the notice, with the day of erasing."""
        desk = self._desk
        for row in cases.to_erase(desk.c, desk.team_id, desk.now):
            over = self._over_at(row.id, memory)
            if over is not None and over <= desk.now + NOTICE:
                told = memory.told.get(row.id, desk.now)
                at = max(over, told + NOTICE)
                yield Ending(id=row.id, ref=row.ref, on=desk.days.day_of(at))

    def _over_at(self, case_id: int, memory: _Memory) -> datetime | None:
        """Return when the case's term is over; None while it is open."""
        try:
            case = cases.load(self._desk.c, case_id).case
        except NotFound:
            return None
        over = term_ends(case, self._terms)
        until = memory.until.get(case_id)
        return over if over is None or until is None else max(over, until)

    # keeping one longer

    def perform(self, act: acts.KeepLonger, by: int) -> Outcome:
        """Keep a case some months longer; why is written down in the access log."""
        desk = self._desk
        if not desk.roster.is_coordinator(by):
            return Refused(reason="not_yours")
        memory = self._remembered()
        over = self._over_at(act.case, memory)
        if over is None or cases.load(desk.c, act.case).row.erased_at is not None:
            return Refused(reason="not_yours")
        until = _months_on(max(over, desk.now), act.months)
        memory.until[act.case] = until
        memory.told.pop(act.case, None)
        self._remember(memory)
        access.log(desk.c, desk.team_id, by, f"kept-{act.why}", act.case, desk.now)
        return Performed(values={"until": desk.days.day_of(until)})

    # erasing

    def erase(self) -> int:
        """Erase a batch of what was announced and is over; return how many cases.

        As long as it is not 0 there may be more. Called in transactions of its own.
        """
        desk, memory = self._desk, self._remembered()
        ripe = [number for number, at in memory.told.items() if at + NOTICE <= desk.now]
        over = [n for n in ripe if self._is_over(n, memory)][:AT_ONCE]
        for case_id in over:
            access.log(desk.c, desk.team_id, None, "erased", case_id, desk.now)
            memory.told.pop(case_id)
            memory.until.pop(case_id, None)
        if over:
            self._remember(memory)
        return erasing.erase_cases(desk.c, desk.team_id, over, desk.now)

    def _is_over(self, case_id: int, memory: _Memory) -> bool:
        at = self._over_at(case_id, memory)
        return at is not None and at <= self._desk.now

    def tidy(self) -> int:
        """Delete what has done its work, and forget who has nothing here; return how many rows."""
        desk, terms, c, now = self._desk, self._terms, self._desk.c, self._desk.now
        unused = now - timedelta(weeks=terms.unused_reports_weeks)
        team = desk.team_id
        gone = inbox.purge(c, team, now - timedelta(days=terms.inbox_days))
        gone += inbox.purge_dead(c, team, unused)
        gone += outbox.purge(c, team, now - timedelta(days=terms.outbox_days))
        gone += drafts.purge(c, team, now - CONVERSATIONS_KEPT)
        gone += people.purge_invites(c, team, now - ENDED_KEPT)
        gone += buttons.purge_buttons(c, team, now - _BUTTONS_KEPT)
        gone += access.prune_access(c, team, _months_on(now, -terms.access_log_months), now)
        is_open = desk.office.team.intake is Intake.OPEN
        forgotten = erasing.to_forget(
            c,
            team,
            # who was invited to report stays a member
            joined_before=unused if is_open else None,
            left_before=_months_on(now, -terms.after_closing_months),
        )
        return gone + erasing.forget_people(c, forgotten, now)

    def _remembered(self) -> _Memory:
        found = teams.flag(self._desk.c, self._desk.team_id, FLAG)
        value: dict[str, dict[str, Any]] = found.value if found is not None else {}

        def read(name: str) -> dict[int, datetime]:
            return {int(key): to_moment(at) for key, at in value.get(name, {}).items()}

        return _Memory(told=read("told"), until=read("until"))

    def _remember(self, memory: _Memory) -> None:
        value = {
            name: {str(key): to_number(at) for key, at in moments.items()}
            for name, moments in (("told", memory.told), ("until", memory.until))
        }
        teams.set_flag(self._desk.c, self._desk.team_id, FLAG, value, self._desk.now)


_BUTTONS_KEPT: Final = timedelta(days=400)
"""A press on a message of long ago is still told that its question is over."""


def term_ends(case: Case, terms: Retention) -> datetime | None:
    """Return when what is personal in the case is to go; None while it is open.

    After the months of the team, and after the check months later: not while it is still to come
    or waits for an answer, but at most `CHECK_MONTHS`. A report that was closed without a worker
    became no case.
    """
    if case.state is not State.CLOSED or case.closed_at is None:
        return None
    if case.worker is None and case.outcome != "joined":
        return case.closed_at + timedelta(weeks=terms.unused_reports_weeks)
    over = _months_on(case.closed_at, terms.after_closing_months)
    if case.steps or case.coming or case.notices:
        return max(over, _months_on(case.closed_at, CHECK_MONTHS))
    return over


def _months_on(moment: datetime, months: int) -> datetime:
    return datetime.combine(months_later(moment.date(), months), moment.timetz())

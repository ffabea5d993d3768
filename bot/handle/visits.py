"""Safe visits at work: their due moments, who is asked, who is told, and the messages of both.

A moment that was missed is made up for at once: the worker is asked first, and has the same five
minutes. All of it lies in the database; nothing is said in the channel.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from bot import acts
from bot.conversations.outcome import Outcome, Performed
from bot.conversations.scene import VisitView
from bot.handle.keeping import Keeper
from bot.handle.looking import ALERT, ANSWERS_WITHIN, CARD, VISIT_WITH, Looking, visit_key
from bot.handle.office import Desk
from bot.handle.posting import Post
from bot.reading.words import cut
from bot.screen import Screen
from bot.views.heads import Sight
from bot.views.visits import alert_screen, card_screen, retired_screen
from scheduler.decision import Refused
from scheduler.stimuli import Visited
from storage import buttons, dues, history, outbox, visits
from storage.buttons import Prompt
from storage.outbox import Claimed
from storage.visits import INSIDE, OVER, Visit

LOOKS_WITHIN: Final = timedelta(minutes=10)
"""How long who was told has before all coordinators are, once more."""
NAME_UNITS_MAX: Final = 200

_INSIDE: Final = frozenset(INSIDE)
_FITS: Final = {
    "in": frozenset({"planned"}),
    "cancel": frozenset({"planned"}),
    "out": _INSIDE,
    "longer": _INSIDE,
    "look": frozenset({"alerted"}),
    "safe": frozenset({"alerted"}),
}
"""In which states of a visit what can be told."""
_STAFF: Final = frozenset({"worker", "coordinator"})


class Visits:
    """The visits of one team, at one desk."""

    def __init__(self, desk: Desk, look: Looking, post: Post, keeper: Keeper) -> None:
        """Work at `desk`."""
        self._desk, self._look, self._post, self._keeper = desk, look, post, keeper

    # what people say

    def plan(self, act: acts.PlanVisit, by: int) -> Outcome:
        """Note a visit that is about to be; nothing is watched before somebody goes in."""
        desk = self._desk
        if act.person is not None and not self._is_staff(act.person):
            return Refused(reason="no_such_step")
        with_ref = None
        if act.name is not None:
            name = cut(act.name, units_max=NAME_UNITS_MAX)
            self._look.forget(act.case)
            with_ref = history.put_personal(desk.c, act.case, VISIT_WITH, name, desk.now)
        visit_id = visits.put(
            desk.c,
            desk.team_id,
            act.case,
            by,
            act.step,
            desk.now,
            with_id=act.person,
            with_ref=with_ref,
        )
        return Performed(values={"visit": visit_id})

    def tell(self, act: acts.TellVisit, by: int) -> Outcome:
        """Let it happen where it still fits; else nothing changes, and the visit is shown."""
        row = visits.visit(self._desk.c, self._desk.team_id, act.visit, lock=True)
        if row is None or not self._may(act, row, by):
            return Refused(reason="not_yours")
        values: dict[str, Any] = {"visit": row.id}
        if row.state not in _FITS[act.what]:
            return Performed(values=values)
        match act.what:
            case "in":
                self._goes_in(row, act.minutes or 0)
            case "longer":
                self._stays(row, act.minutes or 0)
            case "look":
                self._change(row, looks_id=by)
            case "cancel":
                self._change(row, state="cancelled")
            case _:
                state = "safe" if act.what == "safe" else "out"
                self._change(row, state=state, out_at=self._desk.now)
                dues.remove_team_due(self._desk.c, self._desk.team_id, visit_key(row.id))
        if act.what != "cancel":
            self._happened(row, act.what, by, act.minutes)
        self._redraw(row.id, is_workers=by == row.person_id)
        if row.state == "alerted" and act.what in ("out", "longer", "safe"):
            self._reassure(row, by)
        return Performed(values=values)

    def _may(self, act: acts.TellVisit, row: Visit, by: int) -> bool:
        if act.what not in ("look", "safe"):
            return act.what in _FITS and row.person_id == by
        view = self._look.visit(row.id)
        is_free = row.looks_id in (None, by) if act.what == "safe" else True
        return view is not None and by in view.alerted and is_free

    def _goes_in(self, row: Visit, minutes: int) -> None:
        until = self._desk.now + timedelta(minutes=minutes)
        self._change(row, state="inside", in_at=self._desk.now, until=until)
        self._wake_at(row, until)

    def _stays(self, row: Visit, minutes: int) -> None:
        """More time, counted from now where the agreed time is over: who says so is well."""
        assert row.until is not None, "nobody is inside"
        until = max(row.until, self._desk.now) + timedelta(minutes=minutes)
        self._change(row, state="inside", until=until, asked_at=None, looks_id=None)
        self._wake_at(row, until)

    def _change(self, row: Visit, **values: Any) -> None:
        visits.change(self._desk.c, row.id, **values)

    def _wake_at(self, row: Visit, at: Any) -> None:
        dues.put_team_due(self._desk.c, self._desk.team_id, visit_key(row.id), at)

    def _happened(self, row: Visit, what: str, by: int | None, minutes: int | None = None) -> None:
        """Write it into the case's history."""
        stimulus = Visited(by=row.person_id if by is None else by, what=what, minutes=minutes)
        self._keeper.decide(row.case_id, stimulus, by=by)

    # what time does

    def wake(self, visit_id: int) -> None:
        """The visit's moment has come: ask, tell, or tell once more."""
        row = visits.visit(self._desk.c, self._desk.team_id, visit_id, lock=True)
        if row is None or row.state in OVER or row.looks_id is not None:
            dues.remove_team_due(self._desk.c, self._desk.team_id, visit_key(visit_id))
        elif row.state == "asked":
            self._alarm(row)
        elif row.state == "alerted":
            self._alert(row, self._watchers(row, wide=True))
            dues.remove_team_due(self._desk.c, self._desk.team_id, visit_key(row.id))
        else:
            self._ask(row)

    def _ask(self, row: Visit) -> None:
        now = self._desk.now
        self._change(row, state="asked", asked_at=now)
        self._wake_at(row, now + ANSWERS_WITHIN)
        for prompt in self._prompts(row, CARD):
            self._retire(row, prompt)
        sight, view = self._sight(row, row.person_id)
        self._send(row, row.person_id, card_screen(sight, view), CARD)

    def _alarm(self, row: Visit) -> None:
        self._change(row, state="alerted", alerted_at=self._desk.now)
        self._wake_at(row, self._desk.now + LOOKS_WITHIN)
        self._happened(row, "alerted", None)
        self._alert(row, self._watchers(row, wide=False))
        self._redraw(row.id)

    def _alert(self, row: Visit, watchers: Iterable[int]) -> None:
        for person_id in watchers:
            sight, view = self._sight(row, person_id)
            self._send(row, person_id, alert_screen(sight, view, reader=person_id), ALERT)

    def unheard(self, sent: Claimed) -> None:
        """One who was told cannot be reached: where nobody else was, tell the next."""
        row = visits.visit(self._desk.c, self._desk.team_id, sent.meta["visit"], lock=True)
        prompt = buttons.prompt(self._desk.c, sent.prompt_id) if sent.prompt_id else None
        if row is None or prompt is None or prompt.question != ALERT:
            return
        buttons.close_prompt(self._desk.c, prompt.id, self._desk.now)
        self._desk.refresh()
        is_open = row.state == "alerted" and row.looks_id is None
        view = self._look.visit(row.id)
        if is_open and view is not None and not self._prompts(row, ALERT):
            self._alert(row, self._watchers(row, wide=True, told=view.alerted))

    # who

    def _is_staff(self, person_id: int) -> bool:
        person = self._desk.people.get(person_id)
        return person is not None and person.state == "active" and person.role in _STAFF

    def _watchers(
        self, row: Visit, *, wide: bool, told: frozenset[int] = frozenset()
    ) -> tuple[int, ...]:
        """Return who is told: coordinators who are there, else all and their stand-ins.

        `wide`: all coordinators. Where none of them can be reached, everyone on the team. Never
        who visits or is among `told`; who went along only where nobody else is left.
        """
        roster, today = self._desk.roster, self._desk.days.day_of(self._desk.now)
        every = tuple(i for i in roster.people if roster.is_coordinator(i))
        there = tuple(i for i in every if roster.people[i].present_on(today))
        away = (*roster.coordinators(today), *every)
        staff = tuple(i for i in self._desk.people if self._is_staff(i))
        first = (*there, *every) if wide else (there or away)
        for skipped in ({row.person_id, row.with_id, *told}, {row.person_id, *told}):
            for circle in (first, away, staff):
                found = [i for i in circle if i not in skipped and self._is_reachable(i)]
                if found:
                    return tuple(dict.fromkeys(found))
        return ()

    def _is_reachable(self, person_id: int) -> bool:
        person = self._desk.people[person_id]
        return person.state == "active" and person.user_id is not None and person.chat_ok

    # messages

    def _sight(self, row: Visit, reader: int) -> tuple[Sight, VisitView]:
        view, visit = self._look.case(row.case_id), self._look.visit(row.id)
        assert view is not None, "a visit without its case"
        assert visit is not None, "a visit that is not there"
        language = self._desk.member(reader).language
        team = self._desk.team()
        return Sight(view=view, team=team, language=language, now=self._desk.now), visit

    def _send(self, row: Visit, person_id: int, screen: Screen, question: str) -> None:
        chat_id = self._desk.people[person_id].user_id
        if chat_id is None:
            return
        prompt_id = self._post.question(row.case_id, person_id, visit_key(row.id), question)
        self._post.screen(
            chat_id,
            screen,
            person_id=person_id,
            case_id=row.case_id,
            meta={"visit": row.id},
            prompt_id=prompt_id,
        )

    def _prompts(self, row: Visit, question: str) -> list[Prompt]:
        found = buttons.open_prompts(self._desk.c, row.case_id, visit_key(row.id))
        return [prompt for prompt in found if prompt.question == question]

    def _redraw(self, visit_id: int, *, is_workers: bool = False) -> None:
        """Show what is there now in each message but the pressed one, which is answered apart.

        `is_workers`: its worker pressed, and that message is the visit's from now on.
        """
        row = visits.visit(self._desk.c, self._desk.team_id, visit_id)
        assert row is not None, "a visit that is not there"
        pressed = self._keeper.pressed
        if is_workers and pressed is not None:
            self._adopt(row, pressed)
        for prompt in self._prompts(row, CARD):
            if row.state in OVER:
                self._retire(row, prompt)
            elif (prompt.chat_id, prompt.message_id) != pressed:
                self._edit(row, prompt, card_screen(*self._sight(row, row.person_id)))
        for prompt in self._prompts(row, ALERT):
            self._redraw_alert(row, prompt)

    def _redraw_alert(self, row: Visit, prompt: Prompt) -> None:
        assert prompt.person_id is not None, "an alert to nobody"
        if row.state != "alerted":
            buttons.close_prompt(self._desk.c, prompt.id, self._desk.now)
            if prompt.message_id is None:
                outbox.cancel_prompt(self._desk.c, prompt.id, self._desk.now)
        if (prompt.chat_id, prompt.message_id) != self._keeper.pressed:
            sight, view = self._sight(row, prompt.person_id)
            self._edit(row, prompt, alert_screen(sight, view, reader=prompt.person_id))

    def _adopt(self, row: Visit, pressed: tuple[int, int]) -> None:
        """Let the pressed message carry the visit; older ones of its worker lose their buttons."""
        others = [p for p in self._prompts(row, CARD) if (p.chat_id, p.message_id) != pressed]
        is_known = len(others) != len(self._prompts(row, CARD))
        for prompt in others:
            self._retire(row, prompt)
        if not is_known:
            key = visit_key(row.id)
            prompt_id = self._post.question(row.case_id, row.person_id, key, CARD)
            buttons.carried(self._desk.c, prompt_id, *pressed)

    def _retire(self, row: Visit, prompt: Prompt) -> None:
        buttons.close_prompt(self._desk.c, prompt.id, self._desk.now)
        if prompt.message_id is None:
            outbox.cancel_prompt(self._desk.c, prompt.id, self._desk.now)
        elif (prompt.chat_id, prompt.message_id) != self._keeper.pressed:
            self._edit(row, prompt, retired_screen(*self._sight(row, row.person_id)))

    def _edit(self, row: Visit, prompt: Prompt, screen: Screen) -> None:
        if prompt.chat_id is None or prompt.message_id is None:
            return
        self._post.edit(
            prompt.chat_id,
            prompt.message_id,
            screen,
            person_id=prompt.person_id,
            case_id=row.case_id,
            prompt_id=prompt.id if screen.rows else None,
        )

    def _reassure(self, row: Visit, by: int) -> None:
        """Tell who looked into it, else all who were told, that the worker is well.

        An edit makes no sound; and the worker, where somebody else said so.
        """
        sight, view = self._sight(row, row.person_id)
        told = {row.looks_id} if row.looks_id is not None else set(view.alerted)
        for person_id in sorted(told - {by}):
            own = replace(sight, language=self._desk.member(person_id).language)
            screen = replace(alert_screen(own, view, reader=person_id), rows=())
            self._tell(row, person_id, screen)

    def _tell(self, row: Visit, person_id: int, screen: Screen) -> None:
        chat_id = self._desk.people[person_id].user_id
        if chat_id is not None:
            self._post.screen(chat_id, screen, person_id=person_id, case_id=row.case_id)

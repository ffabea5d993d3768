"""Leave as it comes: it is changed, briefs go out as it begins, digests as somebody is back.

What was told is remembered beside the leave, so that a brief is sent once to each who stands in,
late rather than never, and a digest when its owner is there again.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from bot import acts
from bot.conversations.leave import brief
from bot.conversations.outcome import Outcome, Performed
from bot.conversations.scene import Scene
from bot.handle.looking import Looking
from bot.handle.office import Desk
from bot.handle.posting import Post
from bot.screen import Screen
from bot.texts import plain, say
from bot.views import leave as views
from bot.views.away import stand_in_screen
from bot.views.heads import Sight
from bot.views.words import span_words
from scheduler.decision import Refused
from storage import people, teams

TOLD: Final = "leave_told"
"""The flag that remembers, by the leave's number, who was briefed on which cases."""


class Leaves:
    """The leave of one team, at one desk."""

    def __init__(self, desk: Desk, look: Looking, post: Post) -> None:
        """Work at `desk`."""
        self._desk, self._look, self._post = desk, look, post

    # entering and changing

    def enter(self, act: acts.SetAway, by: int) -> Outcome:
        """Leave is entered; a stand-in is asked to accept."""
        if by != act.person and not self._desk.roster.is_coordinator(by):
            return Refused(reason="not_yours")
        if act.to_on < act.from_on:
            return Refused(reason="in_past")
        absence = people.put_absence(
            self._desk.c,
            act.person,
            act.from_on,
            act.to_on,
            act.stand_in,
            act.stand_in is None or act.stand_in == by,
            self._desk.now,
        )
        self._desk.refresh()
        self.look_after()
        return Performed(values={"absence": absence, "stand_in": act.stand_in})

    def answer_stand_in(self, act: acts.AnswerStandIn, by: int) -> Outcome:
        """The stand-in says yes or no."""
        known = next((a for a in self._desk.leave if a.id == act.absence), None)
        if known is None or known.stand_in != by:
            return Refused(reason="not_yours")
        if act.accepted:
            people.accept_absence(self._desk.c, act.absence, by)
            self._desk.refresh()
            self.look_after()
        else:
            people.unask(self._desk.c, act.absence)
            self._desk.refresh()
        return Performed(values={"person": known.person_id, "accepted": act.accepted})

    def change(self, act: acts.ChangeAway, by: int) -> Outcome:
        """Another last day, or another stand-in who is asked."""
        known = self._own(act.absence, by)
        if known is None:
            return Refused(reason="not_yours")
        if act.stand_in is not None:
            self._ask_another(known, act.stand_in, by)
        elif act.to_on is not None and act.to_on < known.from_on:
            return Refused(reason="in_past")
        elif act.to_on is not None:
            self._move_end(known, act.to_on, by)
        self._desk.refresh()
        self.look_after()
        return Performed(values={"absence": act.absence, "person": known.person_id})

    def _ask_another(self, known: people.Absence, stand_in: int, by: int) -> None:
        if stand_in == known.stand_in:
            return
        people.set_absence(self._desk.c, known.id, stand_in=stand_in)
        self._tell_off(known)
        self._ask(known.id, known.person_id, known.from_on, known.to_on, stand_in, by)

    def _move_end(self, known: people.Absence, to_on: date, by: int) -> None:
        """Shorten it, or add the further days, for which the stand-in is asked anew."""
        c, now = self._desk.c, self._desk.now
        if to_on <= known.to_on or known.stand_in is None or not known.accepted:
            people.set_absence(c, known.id, to_on=to_on)
            if to_on != known.to_on and known.stand_in is not None:
                self._tell_stand_in(known, "stand-in-until", to_on)
            return
        first = known.to_on + timedelta(days=1)
        accepted = known.stand_in == by
        more = people.put_absence(c, known.person_id, first, to_on, known.stand_in, accepted, now)
        self._ask(more, known.person_id, first, to_on, known.stand_in, by)

    def drop(self, act: acts.DropAway, by: int) -> Outcome:
        """The leave does not take place; who was asked to stand in hears of it."""
        known = self._own(act.absence, by)
        if known is None:
            return Refused(reason="not_yours")
        people.drop_absence(self._desk.c, known.id)
        self._tell_off(known)
        self._desk.refresh()
        self.look_after()
        return Performed(values={"person": known.person_id})

    def works(self, act: acts.SetWorks, by: int) -> Outcome:
        """Other working days; whoever did not choose them hears of it."""
        desk = self._desk
        if by != act.person and not desk.roster.is_coordinator(by):
            return Refused(reason="not_yours")
        if act.person not in desk.roster.people or desk.people[act.person].state == "left":
            return Refused(reason="no_such_step")
        people.set_person(desk.c, act.person, works=act.works)
        desk.refresh()
        name = desk.people[act.person].name
        others = desk.roster.coordinators(desk.days.day_of(desk.now))
        for person_id in [each for each in (act.person, *others) if each != by]:
            language = desk.member(person_id).language
            days = views.works_words(act.works, language)
            self._tell(person_id, say(language, "done-works", name=name, days=days))
        return Performed(values={"person": act.person})

    def _own(self, absence: int, by: int) -> people.Absence | None:
        known = next((each for each in self._desk.leave if each.id == absence), None)
        if known is None or not (known.person_id == by or self._desk.roster.is_coordinator(by)):
            return None
        return known

    def _ask(
        self, absence: int, person: int, first: date, last: date, stand_in: int, by: int
    ) -> None:
        if stand_in == by:
            people.accept_absence(self._desk.c, absence, by)
            return
        asked, absent = self._desk.member(stand_in), self._desk.member(person)
        self._show(stand_in, stand_in_screen(absence, absent, first, last, asked.language))

    def _tell_off(self, known: people.Absence) -> None:
        if known.stand_in is not None and known.to_on >= self._today():
            self._tell_stand_in(known, "stand-in-off", known.to_on)

    def _tell_stand_in(self, known: people.Absence, key: str, last: date) -> None:
        assert known.stand_in is not None
        language, today = self._desk.member(known.stand_in).language, self._today()
        days = span_words(known.from_on, max(last, known.from_on), language, today)
        name = self._desk.people[known.person_id].name
        self._tell(known.stand_in, say(language, key, name=name, days=days))

    def _tell(self, person_id: int, html: str) -> None:
        self._show(person_id, Screen(html=html))

    def _show(self, person_id: int, screen: Screen, *, digest: bool = False) -> None:
        person = self._desk.people[person_id]
        if person.user_id is None or person.state != "active":
            return
        kind, lane = ("digest", 1) if digest else ("screen", 0)
        self._post.screen(person.user_id, screen, person_id=person_id, kind=kind, lane=lane)  # type: ignore[arg-type]

    def _today(self) -> date:
        return self._desk.days.day_of(self._desk.now)

    # briefs and digests

    def look_after(self) -> None:
        """Brief who stands in today and was not briefed, and tell who is back; on working days.

        Called as each working day opens, and at each change of leave.
        """
        desk, today = self._desk, self._today()
        if not desk.days.is_workday(today) or desk.now < desk.days.opens(today):
            return
        flag = teams.flag(desk.c, desk.team_id, TOLD)
        before: dict[str, Any] = dict(flag.value) if flag is not None else {}
        told = {**before}
        for one in desk.leave:
            if one.from_on <= today <= one.to_on:
                told[str(one.id)] = self._briefed(one, told.get(str(one.id)))
        running = {str(one.id) for one in desk.leave if one.from_on <= today <= one.to_on}
        self._welcome_back(told, running)
        if told != before:
            teams.set_flag(desk.c, desk.team_id, TOLD, told, desk.now)

    def _briefed(self, leave: people.Absence, said: dict[str, Any] | None) -> dict[str, Any]:
        """Brief who stands in today, unless that one was; return what is told by now."""
        desk = self._desk
        own = [view.id for view in self._look.open_cases() if view.case.worker == leave.person_id]
        known = said or {
            "person": leave.person_id,
            "from": leave.from_on.isoformat(),
            "briefed": [],
            "cases": [],
        }
        cases = sorted({*known["cases"], *own})
        cover = desk.roster.covering(leave.person_id, self._today())
        briefed = list(known["briefed"])
        if cover is not None and cover != leave.person_id and cover not in briefed and own:
            screen = brief(leave.person_id, self._scene(cover))
            if screen is not None:
                self._show(cover, screen, digest=True)
                briefed.append(cover)
        return {**known, "briefed": briefed, "cases": cases}

    def _welcome_back(self, told: dict[str, Any], running: set[str]) -> None:
        """Tell who is there again what happened; forget what is over."""
        desk, today = self._desk, self._today()
        over: dict[int, list[str]] = {}
        for key, each in told.items():
            if key not in running:
                over.setdefault(each["person"], []).append(key)
        for person_id, keys in over.items():
            person = desk.roster.person(person_id)
            if person is not None and not person.left and not person.present_on(today):
                continue  # not a working day of theirs, or the next leave
            ended = [told.pop(key) for key in keys]
            if person is not None and not person.left:
                self._digest(person_id, ended)

    def _digest(self, person_id: int, ended: list[dict[str, Any]]) -> None:
        since = min(date.fromisoformat(each["from"]) for each in ended)
        were = {case_id for each in ended for case_id in each["cases"]}
        now = {v.id for v in self._look.open_cases() if v.case.worker == person_id}
        # colleagues: who reported is not named in a message that nobody asked for
        people_ = self._desk.people.values()
        names = {each.id: each.name for each in people_ if each.role != "reporter"}
        who = self._desk.member(person_id)
        views_ = [self._look.case(case_id) for case_id in sorted(were | now)]
        found = [
            views.meanwhile(
                Sight(view=v, team=self._desk.team(), language=who.language, now=self._desk.now),
                self._look.history(v.id),
                names,
                since,
            )
            for v in views_
            if v is not None
        ]
        if found:
            screen = views.digest_screen(who, since, found, names, self._today())
            self._show(person_id, screen, digest=True)

    def _scene(self, person_id: int) -> Scene:
        desk = self._desk
        member = desk.member(person_id)
        return Scene(
            now=desk.now,
            team=desk.team(),
            roster=desk.roster,
            member=member,
            language=member.language,
            dialogue=None,
            look=self._look,
            user_id=member.user_id or 0,
            user_name=plain(member.language, "role-worker"),
        )

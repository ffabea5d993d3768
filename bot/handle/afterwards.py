"""Months after closing: a team may have the reporter asked too how it is (`ask_reporter_after`).

One message to each reporter, beside the worker's own check; what they say answers nothing (E-46).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.conversations.scene import CaseView
from bot.handle.looking import Looking
from bot.handle.office import Desk
from bot.handle.posting import Post
from bot.views.own_reports import after_screen
from scheduler.decision import EpisodeBegan, Event, ReportJoined, StepOpened
from storage import cases


class Afterwards:
    """Asks reporters at the check, at one desk."""

    def __init__(self, desk: Desk, look: Looking, post: Post) -> None:
        """Ask from `desk`."""
        self._desk, self._look, self._post = desk, look, post

    def ask(self, view: CaseView, events: Iterable[Event]) -> None:
        """Ask each reporter of the case once, when its check opens and the team wants it."""
        desk, check = self._desk, view.procedure.check
        if not desk.office.team.ask_reporter_after or check is None:
            return
        if not any(isinstance(one, StepOpened) and one.step.id == check for one in events):
            return
        for person_id in cases.reporters(desk.c, view.id):
            self._ask_one(view, person_id)

    def _ask_one(self, view: CaseView, person_id: int) -> None:
        """Ask one reporter; who is on the team asks themselves, and a closed chat stays so."""
        desk = self._desk
        person, reported_at = desk.people.get(person_id), self._reported_at(view, person_id)
        if person is None or reported_at is None or person.user_id is None:
            return
        if person.role == "reporter" and person.chat_ok:
            day = desk.days.day_of(reported_at)
            screen = after_screen(view, day, desk.member(person_id).language)
            self._post.screen(person.user_id, screen, person_id=person_id, lane=1)

    def _reported_at(self, view: CaseView, person_id: int) -> datetime | None:
        """Return when the person last reported on the case themselves."""
        reports = (
            line.at
            for line in self._look.history(view.id)
            if line.by == person_id and isinstance(line.event, EpisodeBegan | ReportJoined)
        )
        return max(reports, default=None)
